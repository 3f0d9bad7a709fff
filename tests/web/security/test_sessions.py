"""Signing in: sessions that change hands with nobody, passwords that are not guessed, accounts that are not told apart."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from gongyue.web.access import SIGNATORY
from web.conftest import House

EMAIL = "yunling@demo.invalid"


@pytest.fixture(autouse=True)
def unlimited(house: House) -> Iterator[None]:
    """allauth's own limits outlive a test."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


def _signs_in(client: Any, email: str = EMAIL, password: str = "", **fields: str) -> Any:
    from gongyue.web.demo_accounts import PASSWORD

    return client.post("/account/login/", {"login": email, "password": password or PASSWORD} | fields)


def test_the_session_is_a_new_one_after_signing_in(house: House) -> None:
    """Fixation: whoever knew the session before does not have the one after; signing out ends it."""
    client = house.client()
    client.session["planted"] = "x"
    planted = client.session
    planted.save()
    client.cookies["sessionid"] = planted.session_key or ""
    _signs_in(client)
    after = client.cookies["sessionid"].value
    assert after != planted.session_key
    client.post("/account/logout/")
    thief = house.client()
    thief.cookies["sessionid"] = after
    assert thief.get("/workspace/u:0001/").status_code == 302


def test_cookies_are_for_our_own_pages_alone(house: House) -> None:
    """HttpOnly and SameSite; the session ends with the browser; no cookie before signing in but the form's own."""
    client = house.client()
    client.get("/account/login/")
    assert set(client.cookies) <= {"csrftoken"}
    _signs_in(client)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
    assert client.cookies["sessionid"]["expires"] == ""


def test_an_https_installation_sends_cookies_nowhere_else(tmp_path: Any) -> None:
    """Where every address is https: Secure cookies, HSTS, and http is sent to https."""
    (tmp_path / "office.toml").write_text('v = "gongyue/office@1"\norigin = "gongyue.example/x"\n', "utf-8")
    (tmp_path / "web.toml").write_text('v = "gongyue/web@1"\norigins = ["https://alliance.example"]\n', "utf-8")
    asked = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0,"
        "s.ALLOWED_HOSTS, s.DEBUG)"
    )
    named = {"GONGYUE_OFFICE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gongyue.web.django_settings"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGYUE_")} | named
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "True True True True ['alliance.example'] False"


@pytest.mark.parametrize("password", ["short-1", "123456789012345", "password1234", "yunling@demo.invalid"])
def test_a_weak_password_is_not_taken(house: House, password: str) -> None:
    """Under twelve characters, digits alone, a common one, one's own address."""
    from gongyue.web.demo_accounts import PASSWORD

    client = house.client()
    _signs_in(client)
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/account/password/change/", fields)
    assert answer.status_code in {200, 422}
    assert _signs_in(house.client()).status_code == 302


def test_passwords_are_kept_as_slow_hashes(house: House) -> None:
    """Nothing else of them is anywhere in the database."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.demo_accounts import PASSWORD

    kept = Person.objects.get(email=EMAIL).password
    assert kept.startswith(("pbkdf2_sha256$", "argon2", "scrypt")) and PASSWORD not in kept


def test_guessing_is_stopped(house: House) -> None:
    """After ten wrong passwords the right one does not help for a while: 429, for that account from that address."""
    client = house.client()
    statuses = [_signs_in(client, password=f"wrong-password-{n}").status_code for n in range(12)]
    assert 429 in statuses or 403 in statuses
    assert _signs_in(client).status_code in {403, 429}
    assert _signs_in(house.client(), "beichen@demo.invalid").status_code == 302


def test_an_account_is_not_told_from_none(house: House) -> None:
    """The same answer for a wrong password and for nobody; the same when a reset is asked for."""
    known, unknown = house.client(), house.client()
    first = _signs_in(known, EMAIL, "wrong-password-1")
    second = _signs_in(unknown, "nobody@demo.invalid", "wrong-password-1")
    assert first.status_code == second.status_code
    assert _said(first) == _said(second)
    resets = [
        c.post("/account/password/reset/", {"email": e}) for c, e in ((known, EMAIL), (unknown, "nobody@demo.invalid"))
    ]
    assert resets[0].status_code == resets[1].status_code
    assert resets[0].headers.get("Location") == resets[1].headers.get("Location")


def _said(answer: Any) -> str:
    text = answer.content.decode().replace(EMAIL, "").replace("nobody@demo.invalid", "")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text)


def test_nobody_signs_up_without_an_invitation(house: House) -> None:
    """The sign-up page makes no account."""
    from gongyue.web.accounts.models import Person

    before = Person.objects.count()
    fields = {"email": "new@demo.invalid", "password1": "a-long-one-of-2027", "password2": "a-long-one-of-2027"}
    house.client().post("/account/signup/", fields)
    assert Person.objects.count() == before


def test_a_person_made_inactive_is_out_at_once(house: House) -> None:
    """The session that is open opens nothing any more."""
    from gongyue.web.accounts.models import Person

    client = house.client(EMAIL)
    assert client.get("/workspace/u:0001/").status_code == 200
    Person.objects.filter(email=EMAIL).update(is_active=False)
    assert client.get("/workspace/u:0001/").status_code == 302


def test_there_is_no_back_door(house: House) -> None:
    """Nobody is staff, there is no admin site, and a superuser sees no more than its seats show."""
    from gongyue.web.accounts.models import Person

    client = house.client()
    for path in ("/admin/", "/django-admin/", "/__debug__/", "/.env", "/.git/config", "/metrics", "/server-status"):
        assert client.get(path).status_code == 404, path
    root = Person.objects.create_user("root@demo.invalid", None, is_superuser=True)
    client = house.client("root@demo.invalid")
    assert not root.is_staff
    assert client.get("/desk/").status_code == client.get("/workspace/u:0001/").status_code == 403


def test_a_seat_given_in_the_database_is_dated(house: House) -> None:
    """One that begins tomorrow opens nothing today."""
    from datetime import date

    from gongyue.web.accounts.models import Person, Seat

    person = Person.objects.create_user("later@demo.invalid", None)
    Seat.objects.create(person=person, party="u:0001", role=SIGNATORY, begins=date(2099, 1, 1))
    assert house.client("later@demo.invalid").get("/workspace/u:0001/").status_code == 403
