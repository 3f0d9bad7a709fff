"""Every page of drafts and keys in a real browser: no fault that axe finds, nothing too wide, silent console, print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongyue.governance import institution  # noqa: F401  (registers every act type)
from gongyue.governance.acts import ACT_TYPES
from tests.web.acting.answers import seat_for
from tests.web.conftest import House, Visitor
from tests.web.going import PROPOSAL, Going

BEICHEN = "beichen@demo.invalid"
NEXT = "form.act-form .buttons button[type=submit]"
WIDTHS = [1280, 360]
LANGUAGES = ["", "/en"]


def sound(visitor: Visitor, what: str) -> None:
    assert visitor.violations() == [], what
    assert visitor.too_wide() <= 0, what


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_way_of_a_ballot_has_no_fault(house: House, visitor: Callable[..., Visitor], lang: str, width: int) -> None:
    """Form, error, draft, receipt: each page is sound, and the error takes the focus."""
    Going(house).is_under_vote().at("2027-02-03 10:00")
    member = visitor(viewport={"width": width, "height": 800}).signs_in(BEICHEN)
    page = member.at(f"{lang}/acts/new/vote.ballot/1/?as=u:0004&vote={PROPOSAL}")
    sound(member, "form")
    member.presses(NEXT)
    sound(member, "errors")
    assert page.evaluate("document.activeElement.id") == "errors"
    page.locator("input[name=choice][value=abstain]").check()
    member.presses(NEXT)
    sound(member, "draft")
    page.locator("form.demo button").click()
    page.wait_for_url("**/done/")
    sound(member, "receipt")
    assert [c for c in member.complaints if "422" not in c] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_refusals_and_keys_have_no_fault(house: House, visitor: Callable[..., Visitor], lang: str, width: int) -> None:
    """A refused draft, keys of a unit and of an officer, the choice of a seat."""
    Going(house).at("2027-02-01 10:00").proposes()
    member = visitor(viewport={"width": width, "height": 800}).signs_in(BEICHEN)
    page = member.at(f"{lang}/acts/new/amendment.file/1/?as=u:0004&proposal={PROPOSAL}")
    member.presses(NEXT)
    assert "GY-22-01" in page.content()
    sound(member, "refused")
    member.at(f"{lang}/acts/keys/u:0004/")
    sound(member, "keys")
    officer = visitor(viewport={"width": width, "height": 800}).signs_in("qin@demo.invalid")
    officer.at(f"{lang}/acts/keys/")
    sound(officer, "own keys")
    officer.at(f"{lang}/account/people/")
    sound(officer, "people")
    assert member.complaints == officer.complaints == []


@pytest.mark.slow(25)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_form_of_an_act_has_a_fault(house: House, visitor: Callable[..., Visitor], lang: str, width: int) -> None:
    """The form of every act type is sound."""
    seats: dict[str, Visitor] = {}
    for type, kind in ACT_TYPES.items():
        if kind.asks_dossier:
            continue
        email, actor = seat_for(kind)
        if email not in seats:
            seats[email] = visitor(viewport={"width": width, "height": 800}).signs_in(email)
        seats[email].at(f"{lang}/acts/new/{type}/?as={actor}")
        sound(seats[email], type)
        assert seats[email].complaints == [], type


def test_forms_work_without_script(house: House, visitor: Callable[..., Visitor]) -> None:
    """Drafted, looked at, signed by file or demonstration key with scripts off; passkeys say that they need them."""
    member = visitor(java_script_enabled=False).signs_in(BEICHEN)
    page = member.at("/acts/new/membership.declare/1/?as=u:0004")
    page.get_by_label("科研").check()
    member.presses(NEXT)
    page.locator("form.demo button").click()
    page.wait_for_url("**/done/")
    assert "请保存回执" in page.content()
    assert "须启用脚本" in member.at("/acts/keys/u:0004/").content()


def test_the_keyboard_alone_reaches_the_signature(house: House, visitor: Callable[..., Visitor]) -> None:
    """From the first choice to the signature with tab, space and enter."""
    member = visitor().signs_in(BEICHEN)
    page = member.at("/acts/new/membership.declare/1/?as=u:0004")
    page.locator("input[name=activities]").first.focus()
    page.keyboard.press("Space")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.act-form .buttons button')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".digest-words")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('form.demo button')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/done/")


def test_a_draft_is_printed_without_controls(house: House, visitor: Callable[..., Visitor]) -> None:
    """On paper: what is signed, its words and its digest; no navigation, no form."""
    member = visitor().signs_in(BEICHEN)
    page = member.at("/acts/new/membership.declare/1/?as=u:0004")
    page.get_by_label("科研").check()
    member.presses(NEXT)
    page.emulate_media(media="print")
    assert page.locator(".digest-words .words").first.is_visible()
    for hidden in (".side", ".signing", "form", ".nav"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert len(page.pdf(format="A4")) > 10_000


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_way_of_an_amendment_has_no_fault(visitor: Callable[..., Visitor], lang: str, width: int) -> None:
    """Opening an article by Enter, what is still to be said, the page on which it is signed: sound without scripts, too."""
    member = visitor(viewport={"width": width, "height": 800}).signs_in(BEICHEN)
    page = member.at(f"{lang}/acts/new/amendment.initiate/1/?as=u:0004")
    sound(member, "which article")
    page.fill("[name=open]", "第二十二条")
    with page.expect_navigation():
        page.press("[name=open]", "Enter")
    text = page.input_value("[name='texts.0.text']")
    page.fill("[name='texts.0.text']", text.replace("十分之一以上成员单位", "若干成员单位"))
    member.presses(NEXT)
    sound(member, "still to be said")
    assert page.evaluate("() => document.activeElement.id") == "errors"
    page.fill("[name='texts.0.text']", text.replace("十分之一", "五分之一"))
    member.presses(NEXT)
    sound(member, "the page on which it is signed")
    assert page.locator(".sentence").is_visible()
    assert [c for c in member.complaints if "422" not in c] == []  # Chromium says so of every form that is refused


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_deciding_and_comparing_have_no_fault(
    house: House, visitor: Callable[..., Visitor], lang: str, width: int
) -> None:
    """An application with both choices, one of them not open yet; a saved checkpoint compared, and one that is none."""
    Going(house).at("2027-02-01 10:00").applies()
    secretary = visitor(viewport={"width": width, "height": 800}).signs_in("qin@demo.invalid")
    page = secretary.at(f"{lang}/desk/admissions/")
    sound(secretary, "admissions")
    assert page.locator(".choices > section").count() == 2
    anybody = visitor(viewport={"width": width, "height": 800})
    page = anybody.at(f"{lang}/log/verify/")
    page.fill("[name=checkpoint]", "no checkpoint")
    anybody.presses(".compare button")
    sound(anybody, "no checkpoint")
    note = anybody.at("/log/checkpoint/").locator("pre code").first.inner_text()
    page = anybody.at(f"{lang}/log/verify/")
    page.fill("[name=checkpoint]", note)
    anybody.presses(".compare button")
    sound(anybody, "compared")
    assert page.locator("[role=status]").is_visible()
