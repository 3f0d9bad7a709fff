"""Journeys of a member in a real browser, and what every page must be: accessible, narrow, readable without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from web.bulletins.test_seen import last as last_bulletin
from web.conftest import House, Visitor
from web.going import NORTHLAKE, PROPOSAL, QINGHE, YIWEI, YUNLING, Going

Visitors = Callable[..., Visitor]


def _signs(page: Any) -> None:
    """From the form of an act to its record, with the demonstration's key, on the pages where acts are signed."""
    form = page.locator("form.demo")
    if not form.count():
        page.locator("main form button[type=submit]").first.click()
    for box in form.locator("input[type=checkbox]").all():
        box.check()
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile(r"/done/"))


def test_a_member_disavows_a_ballot_on_paper_votes_and_sees_its_own(
    house: House, going: Going, visitor: Visitors
) -> None:
    """A paper ballot is disavowed while it can be; attention → vote → signed → own ballot among its acts, whatever paper says."""
    going.is_under_vote().on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="consent")
    member = visitor().signs_in("qinghe@demo.invalid")
    page = member.at(f"/workspace/{QINGHE}/")
    page.get_by_role("link", name="核对凭纸面记录的行为：投票").click()
    page.get_by_role("link", name="否认这项行为").click()
    _signs(page)
    page = member.at(f"/workspace/{QINGHE}/votes/{PROPOSAL}/")
    assert "贵单位尚未投票" in page.locator("main").inner_text()

    page = member.at(f"/workspace/{QINGHE}/")
    page.get_by_role("link", name="表决：修改第四条").click()
    page.get_by_label("不同意").check()
    page.get_by_role("button", name="核对并签署").click()
    _signs(page)
    assert going.inst.votes[PROPOSAL].outcome == ""

    page = member.at(f"/workspace/{QINGHE}/acts/")
    first = page.locator("ol.acts > li").first
    assert "投票" in first.inner_text() and "本单位密钥签署" in first.inner_text()
    first.get_by_role("link", name="投票").click()
    assert "不同意" in page.locator("main").inner_text()

    going.at("2027-02-03 10:00").on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="consent")
    page = member.at(f"/workspace/{QINGHE}/votes/{PROPOSAL}/")
    assert "不同意" in page.locator(".choice-made").inner_text()
    assert member.complaints == []


def test_an_applicant_applies_and_follows_its_application(house: House, going: Going, visitor: Visitors) -> None:
    """Membership page → application signed → status until it is decided."""
    going.at("2027-02-03 10:00")
    applicant = visitor().signs_in("northlake@demo.invalid")
    page = applicant.at(f"/workspace/{NORTHLAKE.id}/membership/")
    page.get_by_role("link", name="填写申请").click()
    page.locator("[name=name]").fill("北湖分析（演示）")
    for name in ("domestic", "accepts"):
        page.locator(f"[name={name}]").first.check()
    page.locator("[name=activities]").first.check()
    _signs(page)
    page = applicant.at(f"/workspace/{NORTHLAKE.id}/membership/")
    text = page.locator("main").inner_text()
    assert "申请中" in text and "2027年2月23日 24:00" in text
    assert page.locator("[aria-current=step]").inner_text().startswith("申请已存证")
    going.at("2027-02-04 09:00").ticks()
    page.reload()
    assert page.locator("[aria-current=step]").inner_text().startswith("决定")
    assert applicant.complaints == []


MEMBER = (
    "/workspace/{u}/",
    "/workspace/{u}/month/",
    "/workspace/{u}/membership/",
    "/workspace/{u}/membership/leave/",
    "/workspace/{u}/votes/",
    "/workspace/{u}/votes/p:2027-01/",
    "/workspace/{u}/votes/p:2026-01/",
    "/workspace/{u}/votes/a:health/",
    "/workspace/{u}/amendments/",
    "/workspace/{u}/amendments/p:2027-01/",
    "/workspace/{u}/annexes/",
    "/workspace/{u}/questions/",
    "/workspace/{u}/bulletins/",
    "/workspace/{u}/bulletins/{bulletin}/",
    "/workspace/{u}/acts/",
    "/workspace/{u}/acts/sealed/{ballot}/",
    "/workspace/{u}/drafts/",
    "/workspace/{u}/paper/",
    "/notices/",
    "/notices/preferences/",
)
OFFICER = ("/notices/", "/notices/outbox/", "/notices/outbox/{mail}/", "/desk/bulletins/{bulletin}/")
APPLICANT = ("/workspace/{a}/", "/workspace/{a}/membership/")


def _pages(house: House, going: Going) -> list[tuple[str, str]]:
    """(who, path) of every page of the workspace and of notices, with something on each."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting.models import Draft
    from gongyue.web.notices import outbox
    from gongyue.web.notices.models import Mail

    going.at("2027-02-01 08:00")
    outbox.collect()
    going.is_under_vote().at("2027-02-03 10:00").applies()
    ballot = going.on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="abstain").name
    from gongyue.demo.simulated_office import commitment_to

    going.of("interpretation.ask/1", QINGHE, article=8, question=commitment_to("问题"))
    going.at("2027-02-27 09:00").ticks()
    outbox.collect()
    person = Person.objects.get(email="qinghe@demo.invalid")
    Draft.objects.create(type="membership.declare/1", party=QINGHE, actor=QINGHE, created_by=person)
    mail = Mail.objects.filter(confidential=False).order_by("pk").first()
    Mail.objects.filter(pk=mail.pk if mail else 0).update(state=Mail.GIVEN_UP, error="550 nobody")
    filled = {
        "u": QINGHE,
        "a": NORTHLAKE.id,
        "ballot": ballot,
        "mail": mail.number if mail else 0,
        "bulletin": last_bulletin(house),
    }
    rows = [("qinghe@demo.invalid", p) for p in MEMBER]
    rows += [("qin@demo.invalid", p) for p in OFFICER] + [("northlake@demo.invalid", p) for p in APPLICANT]
    Person.objects.create_user("nobody@demo.invalid", "a long pass phrase 17")
    rows.append(("nobody@demo.invalid", "/workspace/"))
    rows.append(("yunling-engineer@demo.invalid", f"/workspace/{YUNLING}/"))
    return [(who, path.format(**filled)) for who, path in rows]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing_and_nothing_is_too_wide_on_a_phone(
    house: House, going: Going, visitor: Visitors, prefix: str
) -> None:
    """Every page, in both languages, at 360 pixels."""
    pages, wrong = _pages(house, going), []
    visitors: dict[str, Visitor] = {}
    for who, path in pages:
        guest = visitors.get(who) or visitors.setdefault(
            who, visitor(viewport={"width": 360, "height": 800}).signs_in(who)
        )
        guest.at(prefix + path)
        wrong += [(path, one) for one in guest.violations()]
        if guest.too_wide() > 0:
            wrong.append((path, f"{guest.too_wide()} px too wide"))
    assert wrong == []
    assert [c for v in visitors.values() for c in v.complaints] == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_a_member_came_for_stands_in_the_first_screen_of_a_phone(
    house: House, going: Going, visitor: Visitors, prefix: str
) -> None:
    """360 by 800: the three choices, the text of a bulletin, the way to the signature; on a wide screen ballot and text side by side."""
    going.is_under_vote().at("2027-02-03 10:00")
    guest = visitor(viewport={"width": 360, "height": 800}).signs_in("qinghe@demo.invalid")

    def box(what: str) -> dict[str, float]:
        found = guest.page.locator(what).first.bounding_box()
        assert found is not None, what
        return found

    def ends(what: str) -> float:
        return box(what)["y"] + box(what)["height"]

    page = guest.at(f"{prefix}/workspace/{QINGHE}/bulletins/{last_bulletin(house)}/")
    assert box("main article")["y"] < 700
    page = guest.at(f"{prefix}/workspace/{QINGHE}/votes/{PROPOSAL}/")
    assert ends("form.choice label >> nth=2") < 800
    page.set_viewport_size({"width": 1280, "height": 800})
    assert box("#text")["y"] < 600 and box("form.choice")["y"] < 600
    assert box("#text")["x"] < box("form.choice")["x"]
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator("[name=choice]").first.check()
    guest.presses("form.choice button")
    assert ends(".to-sign") < 800
    page.click(".to-sign a")
    page.wait_for_function("() => Math.abs(document.querySelector('#sign').getBoundingClientRect().top) < 60")


def test_every_page_can_be_read_without_scripts(house: House, going: Going, visitor: Visitors) -> None:
    """The same words are there when scripts are off, and a ballot can be begun."""
    for who, path in _pages(house, going):
        guest = visitor(java_script_enabled=False).signs_in(who)
        page = guest.at(path)
        assert len(page.locator("main").inner_text()) > 40, path
        guest.context.close()
    guest = visitor(java_script_enabled=False).signs_in("qinghe@demo.invalid")
    page = guest.at(f"/workspace/{QINGHE}/votes/{PROPOSAL}/")
    page.get_by_label("弃权").check()
    guest.presses("role=button[name='核对并签署']")
    assert re.search(r"/acts/[0-9a-f-]{36}/$", page.url) and "弃权" in page.locator("main").inner_text()


def test_what_is_printed_is_the_page_without_its_controls(house: House, going: Going, visitor: Visitors) -> None:
    """The month on paper: no navigation, no buttons, the deadlines."""
    going.is_under_vote()
    guest = visitor().signs_in("yiwei@demo.invalid")
    page = guest.at(f"/workspace/{YIWEI}/month/")
    page.emulate_media(media="print")
    assert not page.locator("nav.side").is_visible() and not page.locator("nav.nav").is_visible()
    assert page.get_by_text("2027年3月4日 24:00").first.is_visible()
    page = guest.at(f"/workspace/{YIWEI}/votes/{PROPOSAL}/")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="核对并签署").is_visible()


def test_a_vote_can_be_cast_with_the_keyboard_alone(house: House, going: Going, visitor: Visitors) -> None:
    """Tab to the choices, arrow to one, enter on the button."""
    going.is_under_vote()
    page = visitor().signs_in("yiwei@demo.invalid").at(f"/workspace/{YIWEI}/votes/{PROPOSAL}/")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name === 'choice'"):
            break
    assert page.evaluate("() => document.activeElement.name") == "choice"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.querySelector('[name=choice]:checked').value") == "against"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/acts/[0-9a-f-]{36}/"))
    assert "不同意" in page.locator("main").inner_text()
