"""What a reader is told when a page cannot be shown, and a program when it asks the API."""

from __future__ import annotations

from typing import Any

import django.db
import pytest

from web.conftest import House, Visitor

FORM = "/acts/new/membership.declare/1/?as=u:0004"
MEMBER = "beichen@demo.invalid"


def _address() -> str:
    from gongyue.web.django_settings import WEB

    return WEB.address


def test_a_form_without_its_token_says_so_in_both_languages(house: House) -> None:
    """403: the form is out of date, nothing was recorded, and the way back to its page; without cookies, that."""
    client = house.client(MEMBER, enforce_csrf_checks=True)
    client.get("/account/login/")
    client.cookies["csrftoken"] = "a" * 32
    for prefix, words in (("", "表单已失效"), ("/en", "The form is out of date")):
        answer = client.post(prefix + FORM, {"x": "y"}, headers={"referer": _address() + prefix + FORM})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert f"<h1>{words}</h1>" in page
        assert f'href="{_address()}{prefix}/acts/new/' in page
    elsewhere = client.post(FORM, {"x": "y"}, headers={"referer": "http://evil.example/"})
    assert "evil" not in elsewhere.content.decode()
    without = house.client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert without.status_code == 403 and "没有收到 cookie" in without.content.decode()


def test_what_is_too_large_says_how_large_it_may_be(house: House) -> None:
    """413 for text beyond 2 MiB, 400 for fields beyond 500; each says the limit."""
    client = house.client(MEMBER)
    large = client.post(FORM, {"x": "y" * 3_000_000})
    assert large.status_code == 413 and "2 MiB" in large.content.decode()
    many = client.post("/en" + FORM, {f"f{n}": "x" for n in range(600)})
    assert many.status_code == 400 and "At most 500 fields" in many.content.decode()


def test_a_foreign_host_is_shown_the_address_of_the_site(house: House) -> None:
    """400 with a whole address: links of the page itself would lead to the same refusal."""
    answer = house.client().get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert f'<a href="{_address()}/">' in answer.content.decode()


def test_an_address_that_only_takes_forms_says_so(house: House) -> None:
    """405 with a page, where signing in brings a reader back to what was posted; JSON under /api/."""
    answer = house.client(MEMBER).get("/acts/passkeys/begin")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "这个地址只接收表单" in answer.content.decode()
    program = house.client().put("/api/acts")
    assert (program.status_code, program.json()["code"]) == (405, "not-a-page")


def test_too_often_says_how_long_to_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 with the minutes and Retry-After."""
    from gongyue.web.accounts import rate_limit

    monkeypatch.setattr(rate_limit, "wait_for", lambda limit, who: 725)
    for prefix, words in (("", "请在 13 分钟后再试"), ("/en", "Try again in 13 minutes")):
        answer = house.client(MEMBER).post(prefix + FORM, {})
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "725")
        assert words in answer.content.decode()


def _broken(error: Exception) -> Any:
    def broken() -> None:
        raise error

    return broken


@pytest.mark.parametrize(
    ("error", "status", "zh", "en"),
    [
        (django.db.OperationalError("away"), 503, "数据库暂时连不上", "The database cannot be reached"),
        (KeyError("x"), 500, "请把下面的时间和地址告诉执行机构", "tell the executive body the time"),
    ],
)
def test_a_store_that_is_away_is_no_fault_of_the_program(
    house: House, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, zh: str, en: str
) -> None:
    """503 with Retry-After while the store is away, 500 otherwise: page and API, behind the page cache too."""
    from wsgiref.util import setup_testing_defaults

    from gongyue.web import installation
    from gongyue.web.wsgi import application

    client = house.client(raise_request_exception=False)
    monkeypatch.setattr(installation, "now", _broken(error))
    for path, words in (("/register/", zh), ("/en/register/", en)):
        answer = client.get(path)
        page = answer.content.decode()
        assert (answer.status_code, answer.headers.get("Retry-After")) == (status, "60" if status == 503 else None)
        assert words in page and f'href="{path}"' in page
        assert "第 0 条" not in page and "size 0" not in page
    program = client.get("/api/register")
    assert (program.status_code, set(program.json())) == (status, {"code", "zh", "en"})
    assert client.get("/healthz").json() == {"ok": True}, "the process lives all the same"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"ok": False, "missing": type(error).__name__})
    told: list[str] = []
    environ = {"PATH_INFO": "/register/", "HTTP_HOST": _address().partition("://")[2]}
    setup_testing_defaults(environ)
    body = b"".join(application(environ, lambda said, headers, exc_info=None: told.append(said)))
    assert told[0].startswith(str(status)) and zh in body.decode()


def test_failures_are_readable_by_everybody(visitor: Any, house: House) -> None:
    """axe finds nothing wrong with the page, and it fits a phone, also where the address is long."""
    for lang in ("", "/en"):
        reader: Visitor = visitor(viewport={"width": 360, "height": 780})
        answer = reader.page.goto(f"{reader.address}{lang}/nowhere/{'x' * 120}")
        assert answer.status == 404
        assert reader.violations() == []
        assert reader.too_wide() <= 0
