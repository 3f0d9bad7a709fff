"""Every page of accounts: in both languages without a word of the other, without a fault that axe finds, at 360 pixels."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.accounts.test_invitations import invited
from tests.web.accounts.test_signing_in import BEICHEN, PASSWORD, confirms, signs_in
from tests.web.conftest import House, Visitor

OPEN = ("/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/signup/")
MINE = (
    "/account/",
    "/account/people/u:0004/",
    "/account/erase/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/sessions/",
    "/account/email/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/account/3rdparty/",
)
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+")
LONE = re.compile(r"^\s*(?!English\b)[A-Z][a-z]{2,}\s*$", re.MULTILINE)
"""A label or button of one English word."""
LEFT = re.compile(r"<(script|style|pre|code|noscript|option)\b.*?</\1>|<!--.*?-->", re.DOTALL)


def words_of(answer: Any) -> str:
    """What a page says: its title and everything between tags, code left out."""
    text = answer.content.decode()
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    main = text[text.index("<main") : text.index("</main>")]
    said = re.sub(r"<[^>]+>", "\n", LEFT.sub("", main))
    return re.sub(r"[ \t]+", " ", f"{title[1] if title else ''}\n{said}")


def in_chinese(words: str) -> list[str]:
    """English left on a Chinese page, names and addresses apart."""
    return LONE.findall(words) + [
        w for w in ENGLISH.findall(words) if not re.fullmatch(r"(?:Northlake Analytics|Mozilla.*)", w)
    ]


@pytest.fixture
def member(house: House) -> Any:
    client = house.client()
    client.defaults["HTTP_USER_AGENT"] = "x"
    signs_in(client)
    confirms(client)
    return client


def test_every_page_of_accounts_is_in_chinese(house: House, member: Any) -> None:
    """No English sentence is left on the Chinese pages."""
    for path in OPEN:
        answer = house.client().get(path)
        assert answer.status_code == 200, path
        assert not in_chinese(words_of(answer)), path
    for path in MINE:
        answer = member.get(path)
        assert answer.status_code == 200, path
        assert not in_chinese(words_of(answer)), path


def test_a_session_is_told_by_its_device(house: House) -> None:
    """Browser and system in a word each, since when in Beijing time; the raw description of the browser is nowhere."""
    client = house.client()
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    signs_in(client)
    said = words_of(client.get("/account/sessions/"))
    assert "Chrome · Windows" in said and "本机" in said and "Mozilla" not in said
    assert re.search(r"\d{4}年\d+月\d+日 \d\d:\d\d", said)


def test_every_page_of_accounts_is_in_english(house: House, member: Any) -> None:
    """No Chinese is left on the English pages, but names."""
    for path in (*OPEN, *MINE):
        answer = (house.client() if path in OPEN else member).get("/en" + path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        main = re.sub(r'<(\w+)[^>]*lang="zh-Hans"[^>]*>.*?</\1>', "", LEFT.sub("", main), flags=re.DOTALL)
        main = re.sub(r"签署人北|云岭数基|拾贝科技", "", main)
        assert not re.findall(r"[一-鿿]{2,}", re.sub(r"<[^>]+>", "", main)), path


def test_english_pages_of_accounts_use_our_words(house: House, member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two-step verification and passkeys, as everywhere else; no second name for the same thing. A reset is asked for where mails are sent."""
    from gongyue.web import context_processors

    monkeypatch.setattr(context_processors, "sends", lambda: True)
    for client, path, words in (
        (member, "/en/account/2fa/", ("Two-step verification", "Passkeys (security keys)", "Recovery codes")),
        (house.client(), "/en/account/password/reset/", ("Reset the password", "Send the link")),
        (house.client("yiwei@demo.invalid"), "/en/account/2fa/totp/activate/", ("Confirm that it is you",)),
    ):
        text = words_of(client.get(path, follow=True))
        assert all(word in text for word in words), (path, text)
        assert not re.search("two-factor|reauthenticate", text, re.IGNORECASE), path


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_reset_says_that_no_mail_is_sent_where_none_is(
    house: House, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demonstration's passwords stand on its sign-in page; without a mail server somebody is to be asked; with one, a mail is under way."""
    from gongyue.web import context_processors, django_settings

    told, sent = ("演示不发邮件", "重设邮件已经发出") if not prefix else ("sends no mail", "a mail is on its way")
    client, base = house.client(), f"{prefix}/account/password/reset/"
    done = client.post(base, {"email": BEICHEN}, follow=True)
    for page in (client.get(base), done):
        assert told in words_of(page) and sent not in words_of(page)
        assert f'{prefix}/account/login/#demo-logins"' in page.content.decode()
        assert 'name="email"' not in page.content.decode()
    monkeypatch.setattr(context_processors, "sends", lambda: True)
    assert 'name="email"' in client.get(base).content.decode()
    assert sent in words_of(client.get(f"{base}done/")) and told not in words_of(client.get(f"{base}done/"))
    assert django_settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def test_errors_of_accounts_are_in_chinese(house: House, member: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong answers are told in Chinese: sign-in, password, the six digits, reset where mails are sent, reauthentication."""
    from gongyue.web import context_processors

    monkeypatch.setattr(context_processors, "sends", lambda: True)
    posts = [
        (house.client(), "/account/login/", {"login": "x", "password": ""}),
        (house.client(), "/account/login/", {"login": BEICHEN, "password": "wrong"}),
        (house.client(), "/account/password/reset/", {"email": "x"}),
        (member, "/account/password/change/", {"oldpassword": "x", "password1": "a", "password2": "b"}),
        (
            member,
            "/account/password/change/",
            {"oldpassword": PASSWORD, "password1": "password", "password2": "password"},
        ),
        (member, "/account/2fa/totp/activate/", {"code": "000000"}),
        (member, "/account/reauthenticate/", {"password": "wrong"}),
    ]
    for client, path, data in posts:
        answer = client.post(path, data)
        assert answer.status_code == 200, path
        words = words_of(answer)
        assert not in_chinese(words), (path, in_chinese(words))
        assert "errorlist" in answer.content.decode(), path


def test_the_way_through_two_step_verification_is_in_chinese(house: House, member: Any) -> None:
    """Set up, recovery codes shown once, deactivated: what is said on the way is Chinese too."""
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    text = member.get("/account/2fa/totp/activate/").content.decode()
    assert "<svg" in text
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", text)
    assert secret
    code = format_hotp_value(hotp_value(secret[1], int(time.time()) // 30))
    answer = member.post("/account/2fa/totp/activate/", {"code": code}, follow=True)
    pages = [answer]
    for path in ("/account/2fa/", "/account/2fa/recovery-codes/", "/account/2fa/totp/deactivate/", "/account/"):
        pages.append(member.get(path))
        assert pages[-1].status_code == 200, path
    shown = [re.findall(r"(?m)>?(\d{8})\b", page.content.decode()) for page in pages]
    assert len(shown[0]) == 10 and not any(shown[1:])  # at the end of setting up, and never again
    assert member.get("/account/2fa/recovery-codes/download/").status_code == 403
    for page in pages:
        assert not in_chinese(words_of(page)), in_chinese(words_of(page))
    other = house.client()
    signs_in(other)
    assert not in_chinese(words_of(other.get("/account/2fa/authenticate/")))


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_accounts_has_a_fault(house: House, visitor: Callable[..., Visitor], lang: str, width: int) -> None:
    """axe finds nothing, nothing is wider than the window, the console is silent."""
    link = invited(house)
    guest, here = visitor(viewport={"width": width, "height": 800}), visitor(viewport={"width": width, "height": 800})
    client = house.client()
    signs_in(client)
    confirms(client)
    here.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": here.address}])
    for one, paths in ((guest, (*OPEN, link)), (here, MINE)):
        for path in paths:
            one.at(lang + path)
            assert one.violations() == [], path
            assert one.too_wide() <= 0, path
        assert one.complaints == []
