"""Where the office is reached: a setting, on every page, on forms and in the mirror; the application form without an account."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from gongyue.office.office_folder import BadOffice
from gongyue.web import settings
from gongyue.web.settings import Contact
from web.conftest import House
from web.going import Going
from web.rooms import signs
from web.site.walking import text_of

SAID = Contact("示范联盟秘书处", "某市某路 1 号", "010 0000 0000", "office@alliance.example")


def says(monkeypatch: pytest.MonkeyPatch, contact: Contact | None) -> None:
    """Have the installation say that."""
    from gongyue.web import context_processors, letter_response

    for module in (context_processors, letter_response):
        written = msgspec.structs.replace(module.WEB.written, contact=contact)
        monkeypatch.setattr(module, "WEB", msgspec.structs.replace(module.WEB, written=written))


@pytest.fixture
def told(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """An installation that says where it is reached."""
    says(monkeypatch, SAID)
    return house


@pytest.mark.parametrize("path", ["/", "/en/", "/join/", "/register/", "/account/login/"])
def test_every_page_says_where_the_office_is_reached(told: House, path: str) -> None:
    """In the footer, in both languages, and for whoever wants to sign in; on the page for joining beside the form."""
    shown = text_of(told.client().get(path))
    for part in (SAID.office, SAID.post, SAID.phone, SAID.mail):
        assert part in shown, (path, part)


def test_the_demonstration_says_where_its_office_is_reached(house: House) -> None:
    """As an installation should: in the footer, and beside the form of whoever wants to join."""
    assert "join@gongyue.example" in text_of(house.client().get("/join/"))


def test_nothing_is_said_where_nothing_is_set(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """No empty address."""
    says(monkeypatch, None)
    assert "<address" not in house.client().get("/").content.decode()


def test_the_form_needs_no_account(told: House) -> None:
    """A PDF for anybody, the same bytes again as long as the book stays; not before the covenant is in force."""
    first = told.client().get("/join/form.pdf")
    assert first.status_code == 200 and first.headers["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF-") and told.client().get("/join/form.pdf").content == first.content
    assert 'href="/join/form.pdf"' in told.client().get("/join/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        'office = "a\\nb"',
        'office = "x"\nphone = "javascript:1"',
        'office = "x"\nmail = "a b@c"',
        'office = "x"\nperson = "y"',
    ],
)
def test_a_setting_that_is_none_stops_the_start(tmp_path: Path, wrong: str) -> None:
    """A line end, a number or address of another form, a field there is not."""
    path = tmp_path / "web.toml"
    path.write_text(f'v = "gongyue/web@1"\n[contact]\n{wrong}\n', "utf-8")
    with pytest.raises(BadOffice):
        settings._written(path)


def test_a_new_name_is_shown_with_the_former_one(house: House) -> None:
    """On the roll, on the unit's page, when searched by the name it had; in the API's words too."""
    going = Going(house).at("2027-02-01 10:00")
    former = going.inst.units["u:0004"].name
    going.of("membership.rename/1", "u:0004", name="北辰数据科学研究院", document="sha256:" + "0" * 64)
    client = house.client()
    size = house.office.inst.size
    for path in (f"/log/{size - 1}/", "/gazette/"):
        shown = text_of(client.get(path))
        assert f"变更名称 {former} 更名为 北辰数据科学研究院" in shown, path
    assert f"from {former} to 北辰数据科学研究院" in text_of(client.get(f"/en/log/{size - 1}/"))
    for path in ("/register/u:0004/", f"/register/?q={former}"):
        shown = text_of(client.get(path))
        assert "北辰数据科学研究院" in shown and former in shown and "原名" in shown
    assert client.get("/api/register/u:0004").json()["unit"]["former"] == [former]
    assert former in client.get("/register/register.csv").content.decode()


def test_both_names_are_read_before_and_after_signing(house: House) -> None:
    """The form shows the name it has; the sheet and the done page say from which to which."""
    going = Going(house).at("2027-02-01 10:00")
    former, client = going.inst.units["u:0004"].name, house.client("beichen@demo.invalid")
    form = "/acts/new/membership.rename/1/?as=u:0004"
    assert f"现名：{former}" in text_of(client.get(form))
    made = client.post(form, {"name": "北辰数据科学研究院", "document.text": "登记通知书"})
    assert made.status_code == 302, text_of(made)
    draft = made.headers["Location"]
    assert f"{former}：变更名称——北辰数据科学研究院。" in text_of(client.get(draft))
    signs(client, draft)
    done = text_of(client.get(f"{draft}done/"))
    assert f"变更名称 {former} 更名为 北辰数据科学研究院" in done
