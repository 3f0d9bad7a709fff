"""The record of a hearing on the pages: written question by question, signed by two, served, printed; the accused reads the same."""

from __future__ import annotations

import re
from typing import Any

import pytest

from support.documents import document
from web.cases import MO, XU, Casework
from web.conftest import House
from web.desk.test_panel import mail
from web.going import QINGHE
from web.rooms import name_of, signs, text_of

ACCUSED = "qinghe@demo.invalid"
PROPOSAL = document("情节较轻，拟内部通报。", "拟处理意见书.txt")
ANSWERS: dict[str, Any] = {
    "what": "heard",
    "ground": "held",
    "hearing.day": "2027-03-11",
    "hearing.place": "执行机构会议室，在场",
    "hearing.present": "周岚，青禾健康的代表\n许，承办人\n莫，审议人",
    "hearing.said.0.who": "周岚",
    "hearing.said.0.what": "3月20日自查发现即停用。\n【日期】不是标题。",
    "hearing.said.1.who": "莫",
    "hearing.said.1.what": "问：6名用户是否都已致歉？",
    "hearing.corrected": "当场读给周岚，没有要求更正。",
    "signers": ["o:mo"],
}


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def asked_to_be_heard(going: Casework) -> str:
    """A case in which a circular was proposed, served and received, and the accused asked to be heard."""
    case = going.concludes()
    body = {"kind": "内部通报", "reasons": PROPOSAL.commitment}
    going.hands_in("case.propose/1", "exec", body, (MO, "o:ge"), PROPOSAL, dossier=case)
    going.do("dossier.serve/1", "exec", {"what": "proposal", "docs": [PROPOSAL.commitment]}, [XU], dossier=case)
    going.receives(case, PROPOSAL).notes(case, asks="hearing")
    return case


def form_of(page: str, called: str) -> str:
    """The address behind the gate of that name."""
    found = re.search(rf'href="([^"]+)">{called}', page)
    assert found is not None, called
    return found[1].replace("&amp;", "&")


def test_the_time_to_decide_is_said_to_run_from_the_hearing(house: House, going: Casework) -> None:
    """P13 is named after the result: beside its days stands from when they run, for the panel and for the accused, on both pages."""
    case = asked_to_be_heard(going)
    rooms = [(mail(XU), f"/desk/docket/{name_of(case)}/"), (ACCUSED, f"/my/dossiers/{name_of(case)}/")]
    reasons = document("当面听取了申辩。", "申辩记录.txt")
    body = {"what": "heard", "ground": "held", "reasons": reasons.commitment}
    going.at("2027-03-12 10:00")
    going.hands_in("dossier.order/1", "exec", body, (XU, MO), reasons, dossier=case)
    for who, at in rooms:
        assert "期限自2027年3月12日听取申辩起算" in text_of(house.client(who), at)
        assert "its time runs from the hearing on 12 March 2027" in text_of(
            house.client(who), f"/en{at.replace(name_of(case), name_of(case, 'en'))}"
        )


def test_without_a_hearing_the_time_to_decide_runs_from_the_last_day_to_ask_for_one(
    house: House, going: Casework
) -> None:
    """Nobody asked: the last day of the time to be heard."""
    case = going.concludes()
    body = {"kind": "内部通报", "reasons": PROPOSAL.commitment}
    going.hands_in("case.propose/1", "exec", body, (MO, "o:ge"), PROPOSAL, dossier=case)
    going.do("dossier.serve/1", "exec", {"what": "proposal", "docs": [PROPOSAL.commitment]}, [XU], dossier=case)
    going.receives(case, PROPOSAL).at("2027-04-02 10:00")
    assert re.search(
        r"期限自2027年3月\d+日申辩期满起算", text_of(house.client(mail(XU)), f"/desk/docket/{name_of(case)}/")
    )


def test_a_hearing_is_recorded_by_two_and_the_accused_reads_the_very_same(house: House, going: Casework) -> None:
    """The gate leads to the questions; what is lacking is said; two sign; it is named, opened, printed, and served on the accused."""
    case = asked_to_be_heard(going)
    at, xu = f"/desk/docket/{name_of(case)}/", house.client(mail(XU))
    form = form_of(xu.get(at).content.decode(), "程序决定：已听取申辩")
    page = xu.get(form).content.decode()
    assert "<h1>听取申辩记录</h1>" in page and 'name="hearing.said.0.who"' in page and 'name="reasons"' not in page
    lacking = xu.post(form, {**ANSWERS, "hearing.present": "许", "hearing.said.1.who": ""})
    assert lacking.status_code == 422 and "至少写两人" in lacking.content.decode()
    assert "自查发现即停用" in lacking.content.decode()
    more = xu.post(form, {**ANSWERS, "more": "hearing.said"})
    assert more.status_code == 200 and 'name="hearing.said.2.who"' in more.content.decode()
    alone = xu.post(form, {k: v for k, v in ANSWERS.items() if k != "signers"})
    assert alone.status_code == 422 and "至少选 1 人" in alone.content.decode()
    made = xu.post(form, ANSWERS)
    assert made.status_code == 302, made.content.decode()
    draft = made.headers["Location"]
    again = xu.get(f"{draft}edit/").content.decode()
    assert "【日期】不是标题。" in again and 'value="执行机构会议室，在场"' in again
    _signs_once(xu, draft)
    assert "已举行" not in text_of(house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/").partition("经过")[2]
    signs(house.client(mail(MO)), draft)

    client, room = house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/"
    told = text_of(client, room)
    n = int(re.findall(r"(\d+) 程序决定：已举行，已听取申辩", told)[0])
    assert "听取申辩记录" in told
    mine, theirs = text_of(client, f"{room}{n}/1/"), text_of(xu, f"{at}{n}/1/")
    assert "周岚，青禾健康的代表" in mine and "自查发现即停用" in mine
    assert mine.partition("听取申辩记录")[2] == theirs.partition("听取申辩记录")[2]
    assert client.get(f"{room}{n}/1/letter.pdf").content.startswith(b"%PDF")

    page = xu.get(at).content.decode()
    assert "送达听取申辩记录" in page
    form = form_of(page, "送达：听取申辩记录")
    (kept,) = re.findall(r'name="docs" value="(sha256:\w+)" checked', xu.get(form).content.decode())
    served = xu.post(form, {"what": "record", "docs": [kept]})
    signs(xu, served.headers["Location"])
    assert "送达：听取申辩记录" in text_of(client, room)
    going.do("dossier.receive/1", QINGHE, {"docs": [kept]}, [QINGHE], dossier=case)
    assert "送达听取申辩记录" not in xu.get(at).content.decode().partition("经过")[0]


def _signs_once(client: Any, draft: str) -> None:
    digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(draft).content.decode())
    assert digest is not None
    client.post(f"{draft}sign/demo", {"digest": digest[1], "sure": "yes"})


def test_the_form_is_in_english_too(house: House, going: Casework) -> None:
    """Every question has its words in the language of the page."""
    case = asked_to_be_heard(going)
    page = house.client(mail(XU)).get(
        f"/en/acts/new/dossier.order/1/?dossier={case}&what=heard&ground=held"
    ).content.decode()  # fmt: skip
    for words in ("Record of the hearing", "Who was there", "What was said", "Read back"):
        assert words in page
