"""Telling all members a result, from the desk: due to those who do it, a form that knows the case, done, corrected, never forgotten."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from gongyue.demo.simulated_office import paper
from gongyue.office.openings import for_member
from web.cases import MO, XU, Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.desk.test_panel import mail
from web.going import BEICHEN, CLERK, QINGHE, SECRETARY
from web.rooms import name_of, signs, text_of

RESULT = "/acts/new/bulletin.result/1/"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def form_at(client: Any, page: str) -> str:
    """The address of the form of a result that stands on that page."""
    found = re.search(rf'href="({RESULT}[^"]*)"', client.get(page).content.decode())
    assert found is not None, page
    return html.unescape(found[1])


def answers(page: str, **other: Any) -> dict[str, Any]:
    """What the form holds before anybody writes, and what is written."""
    link = re.search(r'<option value="(sealed:\w+)" selected', page)
    text = re.search(r'name="text.text"[^>]*>([^<]*)</textarea>', page)
    named = re.search(
        r'name="names"[^>]*value="([^"]*)"|<select name="names".*?<option value="([^"]*)" selected', page, re.DOTALL
    )
    assert link and text, page
    found: dict[str, Any] = {"link": link[1], "text.text": html.unescape(text[1])}
    if named and (whom := named[1] or named[2]):
        found["names"] = whom
    return found | {"signers": [SECRETARY]} | other


def told(house: House) -> list[str]:
    """The results that 北辰 opens, by what they replace."""
    store = house.office.store
    return [one.body["replaces"] for one in for_member(house.office.inst, store, BEICHEN) if one.body.get("link")]


def test_a_result_is_due_at_the_desk_of_the_clerk_told_by_two_and_corrected_from_its_page(
    house: House, going: Casework
) -> None:
    """The clerk opens no case, and is told that one waits; the form brings case, name and text; then it waits no more."""
    before = told(house)
    case, clerk, secretary = going.concludes(), house.client(mail(CLERK)), house.client(mail(SECRETARY))
    desk = text_of(clerk, "/desk/")
    assert "公布调查结果" in desk and f"卷 {name_of(case)}" in desk and case not in desk
    assert "青禾" not in desk.partition("公布调查结果")[2][:80]
    assert "把调查结果告知全体成员" in text_of(house.client(mail(XU)), f"/desk/docket/{name_of(case)}/")
    form = form_at(clerk, "/desk/")
    page = clerk.get(form).content.decode()
    assert name_of(case) in page and "本案" in page and "第八条成立" in page and "造成不良影响" in page
    made = clerk.post(form, answers(page))
    assert made.status_code == 302, made.content.decode()
    for officer in (clerk, secretary):
        _signs(officer, made.headers["Location"])
    assert told(house) == [*before, None]
    assert f"卷 {name_of(case)}" not in text_of(clerk, "/desk/")
    assert "把调查结果告知全体成员" not in text_of(house.client(mail(XU)), f"/desk/docket/{name_of(case)}/")

    n = max(int(x) for x in re.findall(r"/desk/bulletins/(\d+)/", clerk.get("/desk/bulletins/").content.decode()))
    form = form_at(clerk, f"/desk/bulletins/{n}/")
    assert f"replaces={n}" in form and "link=sealed" in form
    page = clerk.get(form).content.decode()
    mended = answers(page, replaces=str(n))
    made = clerk.post(form, mended | {"text.text": mended["text.text"] + "更正：日期有误。\n"})
    assert made.status_code == 302, made.content.decode()
    for officer in (clerk, secretary):
        _signs(officer, made.headers["Location"])
    assert told(house) == [*before, None, n]


def test_a_result_that_was_not_told_in_time_is_overdue_on_the_desk(house: House, going: Casework) -> None:
    """On the last day it is due; the day after it is late, for the clerk, in its notices, and in the docket."""
    case = going.concludes()
    clerk = house.client(mail(CLERK))
    (last,) = re.findall(r"公布调查结果", text_of(clerk, "/desk/"))[:1]
    assert last
    going.at("2027-04-30 10:00")
    desk = text_of(clerk, "/desk/")
    assert re.search(r"逾期.{0,400}公布调查结果.{0,80}" + name_of(case), desk), desk[:2000]
    assert f"公布调查结果（卷 {name_of(case)}）" in text_of(clerk, "/notices/")
    assert "告知全体成员" in text_of(house.client(mail(XU)), "/desk/docket/").partition("轮到办公室")[0]


def test_a_result_that_a_court_suspended_is_not_overdue_and_says_by_which_order(house: House, going: Casework) -> None:
    """Long after its last day: in docket and room the order, no lateness; the clerk has nothing to do; lifted, it is due again."""
    case = going.concludes()
    clerk, xu, accused = house.client(mail(CLERK)), house.client(mail(XU)), house.client("qinghe@demo.invalid")
    at, room, name = f"/desk/docket/{name_of(case)}/", f"/my/dossiers/{name_of(case)}/", name_of(case)
    going.at("2027-03-12 10:00")
    order = {"order": "l:court-2027-9", "source": "示范人民法院", "forbids": ["bulletin.result/1"], "party": QINGHE}
    order |= {"begins": "2027-03-12", "ends": None}
    letter = paper("裁定", "2027-03-12", "2027-03-12")
    assert "暂不公布" not in text_of(xu, at)
    going.executive("law.order/1", order, [CLERK, SECRETARY], paper=letter)
    assert "结果暂不公布：l:court-2027-9 号命令在" in text_of(xu, at)
    going.at("2027-04-30 10:00")
    for client, page in ((xu, at), (accused, room)):
        told = text_of(client, page)
        assert "结果暂不公布：l:court-2027-9 号命令在" in told and "期限已过" not in told, page
    assert name not in text_of(xu, "/desk/docket/").partition("轮到办公室")[0]
    assert f"卷 {name}" not in text_of(clerk, "/desk/") and name not in text_of(clerk, "/notices/")
    from gongyue.web.acting.result_form import conclusion_in

    page = clerk.get(f"{RESULT}?link={conclusion_in(house.office.store, case)}").content.decode()
    assert "该行为违反法律规定" in page and "本案须点名" not in page
    going.executive(
        "law.lift/1", {"order": "l:court-2027-9"}, [CLERK, SECRETARY], paper=paper("解除", "2027-04-30", "2027-04-30")
    )
    assert "把调查结果告知全体成员" in text_of(xu, at) and f"卷 {name}" in text_of(clerk, "/desk/")


def test_a_result_waits_for_the_review_and_says_so(house: House, going: Casework) -> None:
    """Something was proposed: the gate and the form say GY-18-10, and name nobody."""
    case = going.concludes()
    from web.desk.test_hearing import PROPOSAL

    body = {"kind": "内部通报", "reasons": PROPOSAL.commitment}
    going.hands_in("case.propose/1", "exec", body, (MO, "o:ge"), PROPOSAL, dossier=case)
    clerk = house.client(mail(CLERK))
    assert f"卷 {name_of(case)}" not in text_of(clerk, "/desk/")
    assert "须由" in shut(house.client(mail(MO)).get(f"/desk/docket/{name_of(case)}/").content.decode(), "公布调查结果")
    from gongyue.web.acting.result_form import conclusion_in

    page = clerk.get(f"{RESULT}?link={conclusion_in(house.office.store, case)}").content.decode()
    assert "复核期" in page and "青禾" not in page.partition('name="link"')[2].partition("</select>")[0]
    assert "本案须点名" not in page


def _signs(client: Any, draft: str) -> None:
    digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(draft).content.decode())
    assert digest is not None
    client.post(f"{draft}sign/demo", {"digest": digest[1], "sure": "yes"})


def test_signing_is_not_skipped(house: House, going: Casework) -> None:
    """One signature tells nobody."""
    before = told(house)
    going.concludes()
    clerk = house.client(mail(CLERK))
    form = form_at(clerk, "/desk/")
    made = clerk.post(form, answers(clerk.get(form).content.decode()))
    _signs(clerk, made.headers["Location"])
    assert told(house) == before
    with pytest.raises((AssertionError, KeyError)):
        signs(clerk, made.headers["Location"])
