"""The form that serves: what can be served in that state of the dossier is offered, the rest named with what closes it."""

from __future__ import annotations

import re

import pytest

from web.cases import NOTICE, XU, Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.desk.test_panel import mail
from web.rooms import name_of


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def form(house: House, dossier: str, lang: str = "") -> tuple[set[str], dict[str, str]]:
    """What the form of a service offers, and what is closed there, with why."""
    page = house.client(mail(XU)).get(f"{lang}/acts/new/dossier.serve/1/?dossier={dossier}").content.decode()
    closed = re.findall(r'aria-disabled="true"><b>([^<]*)</b> <small>([^<]*)</small>', page)
    each = {one: why.strip() for words, why in closed for one in re.split("、|, ", words)}
    return set(re.findall(r'name="what"\s+value="(\w+)"', page)), each


def test_before_the_notice_nothing_but_the_notice_is_offered(house: House, going: Casework) -> None:
    """Everything else is named with why, in both languages; after it evidence is offered, what follows a conclusion is not."""
    case = going.opens()
    offered, closed = form(house, case)
    assert offered == {"notice"}
    assert closed["证据"] == closed["决定"] and "尚未送达告知书" in closed["证据"] and "拟给对方看的版本" not in closed
    assert "the notice was not served yet" in form(house, case, "/en")[1]["evidence"]
    going.serves(case, "notice", NOTICE)
    offered, closed = form(house, case)
    assert offered == {"notice", "evidence", "reply", "recorded"}
    assert closed["决定"] == closed["拟处理意见"] == closed["听取申辩记录"] == "不在可办理的阶段。"


def test_in_a_concluded_case_what_was_proposed_is_offered(house: House, going: Casework) -> None:
    """Evidence and notice are over; a decision is not there yet."""
    case = going.concludes()
    offered, closed = form(house, case)
    assert (
        "evidence" not in offered and closed["证据"] == closed["告知书"] == closed["拟处理意见"] == "不在可办理的阶段。"
    )


def test_a_report_is_served_its_version_and_replies(house: House, going: Casework) -> None:
    """Nothing of a case is offered in it; and no order ends it that its answer ends."""
    report = going.reports()
    offered, _ = form(house, report)
    assert "preview" in offered and not offered & {"record"}
    page = house.client(mail(XU)).get(f"/desk/docket/{name_of(report)}/").content.decode()
    assert "程序决定：终结" not in page and not shut(page, "程序决定：终结")
