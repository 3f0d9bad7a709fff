"""The common faults of the web, each tried: forgery, foreign hosts, open redirects, sizes, methods, injection."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from gongyue.covenant.parties import fictional_code
from gongyue.demo.simulated_office import json_object, public_of, text_object
from web.conftest import House
from web.going import Going
from web.security.crawling import Page, walk
from web.security.matrix import BY_TYPE, table
from web.security.people import client_of
from web.security.routes import routes

SIGNS_ITSELF = {"api:hand_in", "api:draft"}
"""POST routes that need no token: no cookie is asked there, the act or the key says whose it is."""
READS = {"compare_checkpoint"}
"""POST routes that change nothing for anybody, whoever asks: the answer is worked out of what is posted."""
SAFE = {"account_signup", "invitation"}
"""Closed or without effect for whoever is signed in."""


def test_every_post_needs_the_token(house: House) -> None:
    """Each route, asked by whoever may open it, without the token of its form: 403, or it takes no POST at all."""
    from django.test import Client

    rows, missing = table(), []
    for route in routes():
        if route.name in SIGNS_ITSELF | READS:
            continue
        everybody = sorted(rows.get(route.name, frozenset()))
        who = "signatory" if route.name in BY_TYPE or "signatory" in everybody else (everybody or ["outsider"])[0]
        known = client_of(house, who)
        client = Client(enforce_csrf_checks=True, headers={"host": known.defaults["HTTP_HOST"]})
        client.cookies = known.cookies
        answer = client.post(route.address, {"x": "y"})
        if answer.status_code not in {403, 404, 405}:
            missing.append(f"{who} {route.name} {route.address}: {answer.status_code}")
    assert not missing, "\n".join(missing)


def test_a_foreign_host_is_refused(house: House) -> None:
    """400 for a name that is not ours, also by X-Forwarded-Host; the page names it nowhere."""
    for headers in ({"host": "evil.example"}, {"host": "localhost.evil.example"}, {"host": "evil.example:80"}):
        assert house.client().get("/", headers=headers).status_code == 400
    answer = house.client().get("/account/password/reset/", headers={"x-forwarded-host": "evil.example"})
    assert b"evil.example" not in answer.content


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://localhost:1/",
    "\thttps://evil.example/",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(house: House, target: str) -> None:
    """`next` leads to our own pages only, at sign-in, at confirmation and at sign-out."""
    from django.core.cache import cache

    from gongyue.web.demo_accounts import PASSWORD

    cache.clear()
    client = house.client()
    fields = {"login": "yunling@demo.invalid", "password": PASSWORD, "next": target}
    answers = [client.post(f"/account/login/?next={quote(target)}", fields)]
    answers.append(client.post(f"/account/reauthenticate/?next={quote(target)}", fields))
    answers.append(client.post(f"/account/logout/?next={quote(target)}", {"next": target}))
    answers.append(house.client().get(f"/{target.lstrip('/')}"))
    for answer in answers:
        location = answer.headers.get("Location", "/")
        assert location.startswith("/") and not location.startswith(("//", "/\\")), location


def test_a_method_that_is_not_meant_is_refused(house: House) -> None:
    """DELETE, PUT, PATCH and TRACE do nothing anywhere, and break nothing."""
    methods, size = ("put", "delete", "patch", "trace"), house.office.inst.size
    for turn, who in enumerate(("outsider", "signatory", "secretary")):
        client = client_of(house, who)
        for number, route in enumerate(routes()):
            method = methods[(number + turn) % len(methods)]
            answer = getattr(client, method)(route.address)
            answer.close()
            assert answer.status_code < 500, (who, method, route.address)
    assert house.office.catch_up().size == size


def test_a_body_that_is_too_large_or_too_deep_breaks_nothing(house: House) -> None:
    """4xx for forms of ten thousand fields, megabytes of JSON, two hundred thousand brackets, rubbish multipart."""
    client = client_of(house, "signatory")
    many = {f"f{n}": "x" for n in range(10_000)}
    deep = b"[" * 200_000
    for path in ("/account/", "/acts/new/membership.declare/1/", "/workspace/u:0001/api-keys/"):
        assert client.post(path, many).status_code in {400, 302}, path
    for path in ("/acts/passkeys/finish", "/api/acts", "/acts/passkeys/begin"):
        answer = client.post(path, deep, content_type="application/json")
        assert 400 <= answer.status_code < 500, path
        answer = client.post(path, b"x" * 3_000_000, content_type="application/json")
        assert 400 <= answer.status_code < 500, path
    rubbish = client.post(
        "/acts/new/membership.declare/1/", b"--x\r\nrubbish", content_type="multipart/form-data; boundary=x"
    )
    assert rubbish.status_code < 500


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("scan.pdf", b"MZ an executable"),
        ("scan.pdf", b""),
        ("../../etc/passwd", b"not a scan"),
        ("x.svg", b"<svg onload=alert(1)>"),
    ],
)
def test_a_file_of_another_kind_is_not_taken_for_a_scan(house: House, name: str, data: bytes) -> None:
    """422 with the error beside the field: what is no PDF, image or OFD, an empty file, a name with a path in it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    fields = {"as": "u:0004", "paper.number": "1", "paper.dated": "2027-01-30", "paper.arrived": "2027-01-30",
              "activities": "analysis", "paper.scan": SimpleUploadedFile(name, data)}  # fmt: skip
    answer = client_of(house, "clerk").post("/acts/new/membership.withdraw/1/?as=u:0004", fields)
    assert answer.status_code == 422, answer.status_code
    assert name not in answer.content.decode() or "svg onload" not in answer.content.decode()


def test_more_files_than_are_wanted_are_refused(house: House) -> None:
    """400: eleven files in one form."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = {f"f{n}": SimpleUploadedFile("x.pdf", b"%PDF") for n in range(11)}
    assert client_of(house, "signatory").post("/acts/new/membership.declare/1/", files).status_code == 400


INJECTED = (
    "' OR 1=1 --",
    '"; DROP TABLE entry; --',
    "%' AND 1=0 UNION SELECT 1 --",
    "\x00",
    "%00",
    "${7*7}",
    "{{7*7}}",
    "\u202e",
    "a" * 5_000,
)


@pytest.mark.parametrize("words", INJECTED, ids=range(len(INJECTED)))
def test_a_search_is_words_and_nothing_else(house: House, words: str) -> None:
    """Searches, filters and addresses with quotes, nulls and templates find nothing, run nothing, break nothing."""
    client = client_of(house, "secretary")
    for path in (
        "/register/",
        "/en/register/",
        "/log/",
        "/api/register",
        "/api/log",
        "/desk/go/",
        "/votes/",
        "/gazette/",
    ):
        names = ("q", "type", "actor", "article", "page", "status", "sector")
        answer = client.get(path, dict.fromkeys(names, words))
        assert answer.status_code in {200, 302, 404, 422}, (path, answer.status_code)
        assert (
            "49" not in answer.content.decode() if words in {"${7*7}", "{{7*7}}"} and path == "/api/register" else True
        )
    for path in ("/register/{}/", "/votes/{}/", "/covenant/annexes/{}/", "/api/register/{}", "/desk/members/{}/"):
        answer = client.get(path.format(quote(words, safe="")))
        assert answer.status_code in {301, 400, 404, 422}, (path, answer.status_code)


PATHS = (
    "/book/../office.toml",
    "/book/%2e%2e/office.toml",
    "/book/..%2foffice.toml",
    "/book/objects/sha256/../../../office.toml",
    "/book//etc/passwd",
    "/book/tile/entries/../../../../guard.json",
    "/static/../settings.py",
    "/static/%2e%2e/django_settings.py",
    "/static/gongyue/../../web.db",
    "/log/../../office/web-secret",
    "/authority/read/../../web-secret/",
    "/workspace/u:0001/paper/../../../web-secret/form.pdf",
    "/desk/letters/x/../../../web-secret.pdf",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_address_leads_out_of_its_folder(house: House, path: str) -> None:
    """404 or a redirect to a plain address; never a file of the office."""
    for who in ("outsider", "secretary", "signatory"):
        answer = client_of(house, who).get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        assert answer.status_code in {301, 302, 400, 403, 404}, (who, answer.status_code)
        assert b"gongyue/office@1" not in body and b"root:" not in body


SCRIPT = '<script>alert("公约")</script><img src=x onerror=alert(1)>'


UNIT = f"u:{fictional_code(9001).lower()}"


def _with_scripts(house: House) -> Going:
    """The book with markup in every text people write: names, other activities, reasons, sources, annexes, answers."""
    going = Going(house).at("2027-02-01 10:00")
    applied = {"name": SCRIPT, "code": fictional_code(9001), "domestic": True, "accepts": True, "activities": [],
               "other": SCRIPT, "key": public_of("u:9001"), "alg": "ed25519"}  # fmt: skip
    application = going.do("membership.apply/1", UNIT, applied, ["u:9001"])
    going.at("2027-02-02 10:00").ticks().grants(application)
    letter = {"scan": "sha256:" + "1" * 64, "number": SCRIPT[:60], "dated": "2027-02-01", "arrived": "2027-02-01"}
    text, annex = json_object({"v": "gongyue/annex@1", "title": SCRIPT, "text": SCRIPT})
    initiated = {"annex": "a:script", "text": text, "scope": ["analysis"], "kind": "new", "target": None}
    going.unit("annex.initiate/1", "u:0004", initiated, [annex])
    reasons, words = text_object(SCRIPT)
    order = {"order": "l:script", "source": SCRIPT, "forbids": ["annex.leave/1"], "party": "", "begins": "2027-02-01",
             "ends": None}  # fmt: skip
    going.executive("law.order/1", order, ["o:qin", "o:bai"], paper=letter)
    answered = {
        "number": len(going.inst.interpretations) + 1,
        "kind": "prose",
        "article": 8,
        "text": reasons,
        "sets": None,
        "effective": "2027-02-03",
        "answers": None,
    }
    going.executive("interpretation.issue/1", answered, ["o:qin", "o:mo"], [words])
    return going


def test_stored_markup_is_text_on_every_page(house: House) -> None:
    """Public site, workspace, desk and authority: what was written as a script is read as words, in both languages."""
    from gongyue.web.accounts.models import Person

    _with_scripts(house)
    Person.objects.filter(email="yunling@demo.invalid").update(name=SCRIPT[:60])
    shown = 0
    starts = {
        "outsider": ("/register/?q=script", "/en/register/?q=script", f"/register/{UNIT}/", "/covenant/annexes/a:script/",
                     "/covenant/interpretations/", "/covenant/8/", "/log/", "/gazette/", "/feed.atom", "/api/"),
        "signatory": ("/account/", "/account/people/u:0001/", "/workspace/u:0001/", "/workspace/u:0001/annexes/"),
        "secretary": ("/desk/", f"/desk/members/{UNIT}/", "/desk/annexes/", "/desk/law/", "/account/people/"),
        "authority": ("/authority/",),
    }  # fmt: skip
    for who, addresses in starts.items():
        for address, answer in walk(client_of(house, who), *addresses):
            assert answer.status_code < 500, address
            if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
                continue
            html = answer.content.decode()
            assert SCRIPT[:20] not in html and "<img src=x" not in html, address
            assert not Page(html, address).faults, address
            shown += "&lt;script&gt;" in html
    assert shown >= 8, shown


def test_a_table_for_spreadsheets_runs_no_formula(house: House) -> None:
    """A name that begins like a formula is quoted in the CSV."""
    from gongyue.web.pages import register

    assert register._harmless("=1+1") == "'=1+1"


def test_answers_name_no_software_and_show_no_traceback(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that breaks says so and nothing of the code."""

    def broken(*_: Any) -> None:
        raise RuntimeError("secret of the code")

    monkeypatch.setattr("gongyue.web.pages.register.roll_of", broken)
    client = house.client()
    client.raise_request_exception = False
    answer = client.get("/register/?q=typed")
    assert answer.status_code == 500
    for secret in ("secret of the code", "Traceback", "RuntimeError", "roll_of", "Django"):
        assert secret not in answer.content.decode()
