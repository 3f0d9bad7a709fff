"""What came of it, in the rooms of those it concerns: the result told to all members, and what the reporter was told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongyue.demo.simulated_office import document_of
from gongyue.office.openings import bulletins, found_by
from gongyue.office.store.words import in_dossier
from support.documents import document
from web.cases import GE, MO, NOTICE, PROMISE, REASONS, REPLY, XU, Casework
from web.conftest import House
from web.going import BEICHEN, CLERK, QINGHE, SECRETARY
from web.rooms import name_of, signs, text_of

ACCUSED, REPORTER, OTHER = "qinghe@demo.invalid", "beichen@demo.invalid", "yunling@demo.invalid"
TEXT = "调查结果与通报\n{}违反第八条。"


@pytest.fixture
def going(house: House) -> Casework:
    """The demonstration's caseworker and panellists go on."""
    return Casework(house).at("2027-03-11 10:00")


def concluded(going: Casework, report: str) -> tuple[str, int]:
    """A case on a report, concluded; its id and the place of the conclusion."""
    case = going.heard(report)
    answers(going, report, "opened", (case, 1))
    finding = {"article": "8", "clause": "users.rights", "established": True, "evidence": [PROMISE.commitment]}
    body = {"findings": [finding], "adverse": True, "reasons": REASONS.commitment}
    going.hands_in("case.conclude/1", "exec", body, (MO, GE), REASONS, dossier=case)
    return case, places(going, case)


def places(going: Casework, dossier: str) -> int:
    """How many entries stand in a dossier."""
    return sum(1 for _ in found_by(going.office.store, in_dossier(dossier)))


def answers(going: Casework, report: str, answer: str, of: tuple[str, int]) -> None:
    """The caseworker answers a report."""
    link, line = going.link(of)
    reasons = document(f"违反第八条，已告知全体成员。{answer}", "结果.txt").commitment
    body = {"answer": answer, "ground": None, "reasons": reasons, "link": link}
    going.do("report.answer/1", "exec", body, [XU], [line], dossier=report)


def tells(going: Casework, of: tuple[str, int], **other: Any) -> int:
    """Two officers tell all members the result; its place."""
    text, words = document_of(TEXT.format(going.inst.units[QINGHE].name) + str(other))
    link, line = going.link(of)
    body = {"text": text, "link": link, "names": QINGHE, "replaces": None, "review": None} | other
    going.do("bulletin.result/1", "exec", body, [CLERK, SECRETARY], [words, line])
    return bulletins(going.office.store)[-1].entry.rx.n or 0


def links_in(client: Any, path: str) -> list[str]:
    """What the section on what came of it leads to."""
    page = client.get(path).content.decode()
    found = re.search(r'<section class="part" aria-labelledby="outcome">(.*?)</section>', page, re.DOTALL)
    return re.findall(r'href="([^"]*)"', found[1]) if found else []


def test_the_accused_and_the_reporter_are_led_to_the_result_once_it_is_told(house: House, going: Casework) -> None:
    """The accused to the result; the reporter to what it was told, and from then on to the result: not before, nor anybody else's report."""
    report, another = going.reports(), going.reports(QINGHE, BEICHEN, document("另一件事。", "事实二.txt"))
    of = concluded(going, report)
    room, theirs = f"/my/dossiers/{name_of(of[0])}/", f"/my/dossiers/{name_of(report)}/"
    accused, reporter = house.client(ACCUSED), house.client(REPORTER)
    assert not links_in(accused, room) and not links_in(reporter, theirs)
    n = tells(going, of)
    assert links_in(accused, room) == [f"/workspace/{QINGHE}/bulletins/{n}/"]
    assert "可以提出拟处理" not in text_of(accused, room) and "已经办结" in text_of(accused, room)
    assert "告知全体成员单位" in text_of(accused, room) and not links_in(reporter, theirs)
    assert accused.get(links_in(accused, room)[0]).status_code == 200
    answers(going, report, "outcome", of)
    read, result = links_in(reporter, theirs)
    assert result == f"/workspace/{BEICHEN}/bulletins/{n}/" and read.endswith(f"/{places(going, report)}/1/")
    assert not links_in(accused, f"/my/dossiers/{name_of(another)}/")
    after = tells(going, of, replaces=n)
    assert links_in(accused, room) == [f"/workspace/{QINGHE}/bulletins/{after}/"]
    assert f"代替第 {n} 件" in text_of(accused, room)
    assert links_in(reporter, theirs)[1] == f"/workspace/{BEICHEN}/bulletins/{after}/"


def test_the_accused_replies_from_the_next_step_until_its_reply_is_whole(house: House, going: Casework) -> None:
    """The buttons stand with the deadline, what else may be done below; once nothing is waited for from it, none does."""
    case = going.opens()
    for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
        going.serves(case, what, one).receives(case, one)
    accused, room = house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/"

    def next_step() -> str:
        page = accused.get(room).content.decode()
        return page[page.index('id="next"') : page.index("</section>", page.index('id="next"'))]

    assert "写答复、交材料" in next_step() and "申请延长答复期" not in next_step()
    going.notes(case, REPLY, complete=True)
    assert "写答复、交材料" not in next_step()


def test_whoever_left_before_the_result_opens_that_of_its_own_case(house: House, going: Casework) -> None:
    """Its room leads to it, its text is there, nothing else of what came since is; and no other former member opens it."""
    of = concluded(going, going.reports())
    going.of("membership.withdraw/1", QINGHE)
    going.at("2027-03-12 10:00").ticks()
    n = tells(going, of)
    accused, room = house.client(ACCUSED), f"/my/dossiers/{name_of(of[0])}/"
    assert links_in(accused, room) == [f"/workspace/{QINGHE}/bulletins/{n}/"]
    page = accused.get(links_in(accused, room)[0])
    assert page.status_code == 200 and "调查" in page.content.decode()
    assert accused.get(f"/workspace/{QINGHE}/bulletins/{n}/document").status_code == 200
    assert f"/workspace/{QINGHE}/bulletins/{n}/" in accused.get(f"/workspace/{QINGHE}/bulletins/").content.decode()
    assert house.client(REPORTER).get(f"/workspace/{BEICHEN}/bulletins/{n}/").status_code == 200


def test_whoever_left_before_the_result_of_another_s_case_is_told_that_it_does_not_open_it(
    house: House, going: Casework
) -> None:
    """The reporter's room says that the result was told, and leads nowhere; by its address it is not there."""
    report = going.reports()
    of = concluded(going, report)
    going.of("membership.withdraw/1", BEICHEN)
    going.at("2027-03-12 10:00").ticks()
    n = tells(going, of)
    answers(going, report, "outcome", of)
    reporter, room = house.client(REPORTER), f"/my/dossiers/{name_of(report)}/"
    assert "贵单位当时不是成员，打不开" in text_of(reporter, room)
    assert not [link for link in links_in(reporter, room) if "/bulletins/" in link]
    assert reporter.get(f"/workspace/{BEICHEN}/bulletins/{n}/").status_code == 404


def test_who_says_that_its_file_is_complete_is_told_what_it_gives_up_and_is_asked_for_nothing_more(
    house: House, going: Casework
) -> None:
    """The room and the sentence to sign name the days and their end; afterwards only adding is offered, with what that still does."""
    case = going.opens()
    for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
        going.serves(case, what, one).receives(case, one)
    accused, room = house.client(ACCUSED), f"/my/dossiers/{name_of(case)}/"
    before = text_of(accused, room)
    assert "剩下的 20 日就此放弃" in before and "申请延长答复期" in before, before

    def sentence(answers: dict[str, str]) -> tuple[str, str]:
        made = accused.post(f"/acts/new/dossier.note/1/?as={QINGHE}&dossier={case}", answers)
        assert made.status_code == 302, made.content.decode()
        page = text_of(accused, made.headers["Location"])
        return page[page.index("签署前") : page.index("将要签署的内容")], made.headers["Location"]

    said, draft = sentence({"docs.text": "系配置疏漏。", "complete": "yes"})
    assert (
        "青禾健康：答复（1 份文书），并申明材料已齐" in said and "剩下的 20 日就此放弃" in said and "3月31日" in said
    ), said
    assert "补充或申请" not in text_of(accused, draft)
    signs(accused, draft)
    shown = text_of(accused, room)
    assert "complete=yes" not in accused.get(room).content.decode()
    assert "申请延长答复期" not in shown and "写答复、交材料" not in shown
    assert "已申明材料齐备，审议组不再等" in shown and "答复：材料已齐" in shown and "补充或申请" not in shown
    later, _ = sentence({"docs.text": "补一份说明。"})
    assert "审议组不等这些材料" in later and "须看过才能作" in later


def test_an_empty_answer_is_refused_in_the_words_of_the_form(house: House, going: Casework) -> None:
    """Nothing of how acts are written is said to whoever sends an empty form; a note without anything says what may stand in it."""
    case = going.opens()
    going.serves(case, "notice", NOTICE).receives(case, NOTICE)
    accused = house.client(ACCUSED)
    made = accused.post(f"/acts/new/dossier.note/1/?as={QINGHE}&dossier={case}", {})
    page = made.content.decode()
    assert made.status_code in {400, 422}, made.status_code
    assert "malformed" not in page and "withdrawn |" not in page and "请写下文字或附上文件" in page
