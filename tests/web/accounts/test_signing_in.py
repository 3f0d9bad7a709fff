from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from tests.web.conftest import House, Visitor

BEICHEN = "beichen@demo.invalid"
PASSWORD = "yanshi-gongyue-2027"


def signs_in(client: Any, email: str = BEICHEN, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/account/login/", {"login": email, "password": password, **more})


def confirms(client: Any) -> None:
    """The password, given again."""
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


def test_address_and_password_open_a_session(house: House) -> None:
    """After signing in, the workspace."""
    client = house.client()
    answer = signs_in(client)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/workspace/"
    assert client.get("/account/").status_code == 200


def test_an_english_speaker_is_led_to_english_pages(house: House) -> None:
    """The language of the account decides."""
    from gongyue.web.accounts.models import Person

    Person.objects.filter(email=BEICHEN).update(language="en")
    assert signs_in(house.client()).headers["Location"] == "/en/workspace/"


def test_a_wrong_password_says_neither_which(house: House) -> None:
    """An unknown address and a wrong password are told alike."""
    texts = []
    for email in (BEICHEN, "nobody@demo.invalid"):
        answer = signs_in(house.client(), email, "wrong-password-1")
        assert answer.status_code == 200
        text = answer.content.decode()
        texts.append(text[text.index('class="errors"') : text.index('class="field')])
        assert "<title>有误：登录" in text
    assert texts[0] == texts[1]


def test_too_many_failures_lock_the_account_from_there(house: House) -> None:
    """Ten failures lock sign-in from that place for an hour, right password or not (429); others are not locked."""
    for n in range(10):
        answer = signs_in(house.client(), password=f"wrong-{n}")
    assert answer.status_code == 429
    locked = signs_in(house.client())
    assert locked.status_code == 429
    assert "暂时不能登录" in locked.content.decode()
    assert signs_in(house.client(), "qinghe@demo.invalid").status_code == 302
    elsewhere = house.client()
    elsewhere.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert signs_in(elsewhere).status_code == 302


def test_a_session_fixed_beforehand_is_worth_nothing(house: House) -> None:
    """Signing in gives a new session; the one from before stays nobody's."""
    client = house.client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    signs_in(client)
    after = client.cookies["sessionid"].value
    assert after != before
    thief = house.client()
    thief.cookies["sessionid"] = before
    assert thief.get("/account/").status_code == 302


def test_signing_out_ends_the_session(house: House) -> None:
    """The cookie from before opens nothing more; it takes a post from our own page."""
    client = house.client()
    signs_in(client)
    kept = client.cookies["sessionid"].value
    client.post("/account/logout/")
    thief = house.client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/account/").status_code == 302
    assert house.client(BEICHEN, enforce_csrf_checks=True).post("/account/logout/").status_code == 403


def test_nobody_signs_up(house: House) -> None:
    """There is no open registration, by form or by passkey."""
    from gongyue.web.accounts.models import Person

    before = Person.objects.count()
    data = {"email": "x@demo.invalid", "password1": PASSWORD, "password2": PASSWORD}
    for path in ("/account/signup/", "/account/signup/passkey/"):
        house.client().post(path, data)
    assert Person.objects.count() == before


def test_signing_in_leads_to_our_own_pages_only(house: House) -> None:
    """A foreign address to go to is ignored."""
    assert signs_in(house.client(), next="https://evil.example/").headers["Location"] == "/workspace/"
    assert signs_in(house.client(), next="/acts/keys/u:0004/").headers["Location"] == "/acts/keys/u:0004/"


def test_a_second_factor_is_asked_for_once_it_is_set_up(house: House) -> None:
    """With an authenticator app, the password alone opens nothing; the six digits do; a code works once."""
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

    from gongyue.web.accounts.models import Person

    secret = generate_totp_secret()
    TOTP.activate(Person.objects.get(email=BEICHEN), secret)
    client = house.client()
    assert signs_in(client).headers["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/account/").status_code == 302
    import time

    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/account/2fa/authenticate/", {"code": code}).headers["Location"] == "/workspace/"
    again = house.client()
    signs_in(again)
    assert again.post("/account/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_real_installation_asks_desk_and_units_for_a_second_factor(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is required, unit, desk and authority lead to setting it up first; one's account stays open."""
    from gongyue.web.accounts import mfa_policy

    real = msgspec.structs.replace(mfa_policy.WEB, office=msgspec.structs.replace(mfa_policy.WEB.office, demo=False))
    monkeypatch.setattr(mfa_policy, "WEB", real)
    client = house.client(BEICHEN)
    assert client.get("/workspace/u:0004/").headers["Location"] == "/account/2fa/"
    assert client.get("/acts/new/membership.withdraw/1/?as=u:0004").headers["Location"] == "/account/2fa/"
    assert house.client("qin@demo.invalid").get("/desk/").headers["Location"] == "/account/2fa/"
    assert house.client("authority@demo.invalid").get("/authority/").headers["Location"] == "/account/2fa/"
    assert client.get("/account/").status_code == 200
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from gongyue.web.accounts.models import Person

    TOTP.activate(Person.objects.get(email=BEICHEN), generate_totp_secret())
    assert client.get("/workspace/u:0004/").status_code == 200


def test_a_passkey_signs_in(house: House, visitor: Callable[..., Visitor]) -> None:
    """In a real browser: added on the account's page after the password, it then signs in without one."""
    from tests.web.acting.test_passkey import authenticator

    member = visitor()
    authenticator(member)
    page = member.at("/account/login/")
    page.fill("input[name=login]", BEICHEN)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/workspace/**")
    page = member.at("/account/2fa/webauthn/add/")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/webauthn/add/")
    page.check("input[name=passwordless]")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto(member.address + "/account/")
    page.get_by_role("button", name="退出登录").click()
    page = member.at("/account/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/workspace/**")
    assert [c for c in member.complaints if "Content Security" in c] == []


def test_ones_data_is_given_and_erased(house: House) -> None:
    """The export names what is kept; erasing leaves nothing personal, and the unit's acts and drafts stand."""
    from django.utils import timezone

    from gongyue.web.accounts.invitations import invite
    from gongyue.web.accounts.models import Invitation, Person
    from tests.web.acting.test_drafts import draft_of

    client = house.client()
    signs_in(client)
    confirms(client)
    invite(BEICHEN, "u:0004", "signatory", date(2027, 1, 31), None, None)
    Invitation.objects.update(used_at=timezone.now())
    draft_of(client, "membership.declare/1", "u:0004", {"activities": ["research"]})
    data = json.loads(client.get("/account/data.json").content)
    assert data["email"] == BEICHEN
    assert data["seats"][0]["party"] == "u:0004"
    assert len(data["drafts"]) == len(data["sessions"]) == 1
    assert client.post("/account/erase/", {}).status_code == 422
    assert client.post("/account/erase/", {"sure": "yes"}).status_code == 302
    assert not Person.objects.filter(email=BEICHEN).exists()
    assert not Invitation.objects.filter(email=BEICHEN).exists()
    assert client.get("/account/").status_code == 302
    from gongyue.web.acting.models import Draft

    assert Draft.objects.get().created_by is None


def test_ones_data_asks_for_the_password_again(house: House) -> None:
    """A session left open does not give the data away or erase the account."""
    client = house.client(BEICHEN)  # signed in, but the password was not given a moment ago
    assert client.get("/account/data.json").headers["Location"].startswith("/account/reauthenticate/")
    assert client.post("/account/erase/", {"sure": "yes"}).headers["Location"].startswith("/account/reauthenticate/")


def test_name_and_language_are_ones_own_to_change(house: House) -> None:
    """Kept at once; a language there is not is ignored."""
    from gongyue.web.accounts.models import Person

    client = house.client(BEICHEN)
    assert client.post("/account/", {"name": " 新名字 ", "language": "en"}).headers["Location"] == "/en/account/"
    client.post("/account/", {"name": "新名字", "language": "xx"})
    person = Person.objects.get(email=BEICHEN)
    assert (person.name, person.language) == ("新名字", "en")


def test_the_demonstrations_logins_are_made_once(house: House) -> None:
    """Again gives the same people; a real installation has none."""
    from gongyue.web import demo_accounts
    from gongyue.web.accounts.models import Person

    before = Person.objects.count()
    logins = demo_accounts.logins()
    assert Person.objects.count() == before == len(logins)
    assert {login.party for login in logins} >= {"o:qin", "o:bai", "authority", "u:0001", "u:0004"}
    real = msgspec.structs.replace(
        demo_accounts.WEB, office=msgspec.structs.replace(demo_accounts.WEB.office, demo=False)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo_accounts, "WEB", real)
        with pytest.raises(demo_accounts.NotADemonstration):
            demo_accounts.logins()


def test_a_newcomer_reads_what_needs_no_account_and_how_to_get_one(house: House) -> None:
    """What signing in is for, that reading and applying need none, who invites whom; both languages."""
    page = house.client().get("/account/login/").content.decode()
    assert "登录是为了以单位或职务的名义办事" in page and 'href="/join/"' in page
    assert "请本单位的签署人邀请；本单位还没有人有账号的，请执行机构邀请" in page and "只读链接" in page
    english = house.client().get("/en/account/login/").content.decode()
    assert "nor does applying to join" in " ".join(english.split()) and "Ask your unit&#x27;s signatory" in english
