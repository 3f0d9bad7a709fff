"""OpenID Connect opens a session for an invited, verified address; it makes no account of its own and signs nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest

from tests.web.accounts.provider import CLIENT, SECRET, Provider
from tests.web.accounts.test_invitations import NEW, invited
from tests.web.conftest import House

BEICHEN = "beichen@demo.invalid"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """Stay where the provider sends back."""


@pytest.fixture
def provider(house: House) -> Iterator[Provider]:
    """The provider, known to the pages."""
    from django.test import override_settings

    made = Provider()
    app = {
        "provider_id": "sso",
        "name": "单位统一登录",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": made.address},
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}):
        yield made
    made.close()


def signs_in(client: Any, provider: Provider, **person: Any) -> Any:
    """Through the provider and back; the answer of the last page."""
    provider.person = {"sub": "s-1"} | person
    leave = client.post("/account/oidc/sso/login/")
    assert leave.status_code == 302
    assert leave.headers["Location"].startswith(provider.address + "/authorize?")
    assert "code_challenge=" in leave.headers["Location"]
    with pytest.raises(HTTPError) as back:
        build_opener(_Stay).open(leave.headers["Location"])
    url = urlsplit(back.value.headers["Location"])
    back.value.close()
    return client.get(f"{url.path}?{url.query}", follow=True)


def whose(client: Any) -> str:
    """Whose session it is; empty if nobody's."""
    from gongyue.web.accounts.models import Person

    id = client.session.get("_auth_user_id")
    return str(Person.objects.get(pk=id).email) if id else ""


def test_a_verified_address_opens_the_session_of_its_account(house: House, provider: Provider) -> None:
    """The account that was invited before; again by the same subject, even under another address."""
    client = house.client()
    assert "用 单位统一登录 登录" in client.get("/account/login/").content.decode()
    signs_in(client, provider, email=BEICHEN.upper(), email_verified=True)
    assert whose(client) == BEICHEN
    again = house.client()
    signs_in(again, provider, email="renamed@demo.invalid", email_verified=True)
    assert whose(again) == BEICHEN


def test_an_address_that_is_not_verified_opens_nothing(house: House, provider: Provider) -> None:
    """What a provider has not verified is nobody's."""
    client = house.client()
    signs_in(client, provider, email=BEICHEN, email_verified=False)
    assert whose(client) == ""


def test_an_address_nobody_invited_opens_nothing(house: House, provider: Provider) -> None:
    """No account is made, and the page says that there is no registration."""
    from gongyue.web.accounts.models import Person

    before = Person.objects.count()
    client = house.client()
    answer = signs_in(client, provider, email="stranger@demo.invalid", email_verified=True)
    assert whose(client) == ""
    assert answer.status_code == 200
    assert Person.objects.count() == before


def test_an_invited_address_takes_its_invitation(house: House, provider: Provider) -> None:
    """Signing in by the provider takes the invitation: the account has its seat and no password; the link is used."""
    from gongyue.web.accounts.models import Person

    link = invited(house)
    client = house.client()
    signs_in(client, provider, email=NEW, email_verified=True)
    assert whose(client) == NEW
    person = Person.objects.get(email=NEW)
    assert not person.has_usable_password()
    assert person.seats.get().party == "u:0004"
    assert house.client().get(link).status_code == 410


def test_a_provider_stands_in_the_settings(house: House) -> None:
    """`web.toml` names it, its secret lies in a file; the policy lets the form go there, and nowhere else."""
    office = house.directory / "office"
    (office / "sso.secret").write_text(SECRET + "\n", "utf-8")
    (office / "web.toml").write_text(
        '[[oidc]]\nid = "sso"\nname = "单位统一登录"\nserver = "https://sso.example"\nclient = "gongyue"\nsecret_file = "sso.secret"\n',
        "utf-8",
    )
    program = (
        "import json; from gongyue.web import django_settings as s;"
        "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS, s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"GONGYUE_OFFICE": str(office)},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent,
    )
    providers, form_action = json.loads(told.stdout)
    (app,) = providers["openid_connect"]["APPS"]
    assert (app["secret"], app["settings"]) == (SECRET, {"server_url": "https://sso.example"})
    assert form_action == ["'self'", "https://sso.example"]


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ('mail = "mail.example"', "mail 不合格式", "mail is not well formed"),
        ('mail = "smtp://mail.example:x"', "smtp+tls://", "smtp+tls://"),
        ('origins = ["alliance.example"]', "origins[0] 不合格式；写作 https://", "origins[0] is not well formed"),
        ("api_per_minute = 0", "api_per_minute 应 >= 1", "api_per_minute should be >= 1"),
        ('secret_file = "short"', "short", "short"),
    ],
)
def test_a_setting_of_a_wrong_form_stops_the_start(line: str, zh: str, en: str, house: House) -> None:
    """Said in both languages, and how it is written."""
    from gongyue.office.office_folder import BadOffice
    from gongyue.web import settings

    office = house.directory / "office"
    (office / "short").touch()
    (office / "web.toml").write_text(line, "utf-8")
    with pytest.raises(BadOffice) as said:
        settings.read(office)
    assert zh in said.value.zh and en in said.value.en


def test_settings_without_an_address_take_that_of_the_port(house: House) -> None:
    """A web.toml about something else, or an empty list, does not move the pages to another port."""
    from gongyue.web import settings

    office = house.directory / "office"
    for line in ("require_mfa = true", "origins = []"):
        (office / "web.toml").write_text(line, "utf-8")
        assert settings.read(office, otherwise=("http://localhost:8123",)).address == "http://localhost:8123"
        assert settings.read(office).address == "http://localhost:8000"


def test_a_missing_secret_stops_the_start(house: House) -> None:
    """The file that holds a provider's secret must be there: said with its path."""
    from gongyue.office.office_folder import BadOffice
    from gongyue.web import settings

    office = house.directory / "office"
    (office / "web.toml").write_text(
        '[[oidc]]\nid = "sso"\nname = "x"\nserver = "https://sso.example"\nclient = "c"\nsecret_file = "gone.secret"\n',
        "utf-8",
    )
    with pytest.raises(BadOffice, match=r"gone\.secret"):
        settings.read(office)
