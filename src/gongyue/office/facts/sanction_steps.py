"""What comes next in a case that was concluded: a proposal, a hearing on it, a decision, a review, the end of a membership."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import Deadline
from gongyue.governance.court_orders import forbidding
from gongyue.governance.dossier import Dossier
from gongyue.governance.dossier_roles import OFFICE_OF
from gongyue.governance.hearing import RESULT as TELL
from gongyue.governance.hearing import (
    UNHEARD,
    UNPROPOSED,
    UNSERVED,
    Hearing,
    Reviewing,
    ending,
    heard_by,
    review_basis,
    review_by,
    reviewed_by,
    sanction_by,
    settled_on,
    suspended_by,
    told_by,
)
from gongyue.governance.institution import Institution
from gongyue.governance.kinds import asks_for_an_effect
from gongyue.governance.reply import panel_size, result_by
from gongyue.governance.sheet import Words
from gongyue.office.deadline_text import day_text

RESULT = "result.publish"
"""The words by which results are told; another text may not have them."""


class Next(NamedTuple):
    """What comes next: whose turn it is, with which act, answering which place (0: none in particular); until when, by what."""

    whose: str
    zh: str
    en: str
    act: str
    n: int = 0
    last: Deadline | None = None
    basis: str = ""


def sanction_steps(inst: Institution, dossier: Dossier, day: int, told: bool = False) -> Iterator[Next]:
    """What comes next in a case that was concluded; `told`: all members were told its result."""
    case = dossier.case
    assert case is not None
    if case.decision is None and case.proposals:
        yield from _decision(inst, dossier, day)
    elif case.decision is None and not told:  # once the result is told nothing is proposed any more
        yield from _proposal(inst, dossier, day)
    elif case.decision is not None and case.decision.kind:
        yield from _service(dossier)
        yield from _review(inst, dossier, day)
        yield from _end(inst, dossier, day)
    since = settled_on(inst, dossier)
    if since and since <= day and not told and inst.meaning.article(RESULT):
        place = max(n for n, one in enumerate(dossier.entries, 1) if one.type == "case.conclude/1" and not one.void)
        if order := suspended_by(inst, dossier, day):
            zh = f"结果暂不公布：{order} 号命令在；命令不再禁止以后，期限接着计算"
            en = f"The result is suspended by order {order}; once nothing forbids it its period goes on"
            yield Next(EXECUTIVE, zh, en, TELL, place)
            return
        zh, en = "把调查结果告知全体成员，一案一件", "Tell all members the result, once for the case"
        yield Next(EXECUTIVE, zh, en, TELL, place, told_by(inst, dossier), "P13")


def _proposal(inst: Institution, dossier: Dossier, day: int) -> Iterator[Next]:
    """While the result is not due: a panel that may propose and does not is never late, the result is."""
    case, last = dossier.case, result_by(inst, dossier)
    assert case is not None
    member = case.accused in inst.members  # whoever left is not sanctioned (GY-18-05); the result is told all the same
    grounds = member and case.established and (case.adverse or not asks_for_an_effect(inst, dossier))
    if grounds and day <= last.last:
        zh, en = "审议组可以提出拟处理；不提出的，公布结果", "The panel may propose a sanction; else the result is due"
        yield Next(EXECUTIVE, zh, en, "case.propose/1", 0, last, "P13")


def _decision(inst: Institution, dossier: Dossier, day: int) -> Iterator[Next]:
    case, hearing = dossier.case, Hearing.of(inst, dossier)
    assert case is not None
    if hearing.waits == UNPROPOSED:
        zh, en = "送达拟处理意见", "Serve what is proposed"
        yield Next(EXECUTIVE, zh, en, "dossier.serve/1", case.proposals[-1].n)
    elif hearing.waits == UNHEARD:
        zh, en = "听取申辩，然后记录", "Hear the accused, and record it"
        yield Next(EXECUTIVE, zh, en, "dossier.order/1", 0, heard_by(inst, dossier, hearing.asked), "P3")
    elif hearing.received and not hearing.done and (hearing.waits or day <= hearing.last):
        zh, en = "可以申请听取申辩，或者书面申辩", "May ask to be heard, or write"
        yield Next(case.accused, zh, en, "dossier.note/1", 0, heard_by(inst, dossier, hearing.received), "P3")
    heard = dossier.heard
    if heard is not None and heard.how == "held" and not _served_since(dossier, "record", heard.n):
        zh, en = "送达听取申辩记录", "Serve the record of the hearing"
        yield Next(EXECUTIVE, zh, en, "dossier.serve/1", heard.n)
    if hearing.over:
        zh, en = _decides(dossier, hearing.over)
        yield Next(EXECUTIVE, zh, en, "case.decide/1", 0, sanction_by(inst, dossier, hearing.over), "P13")


def _decides(dossier: Dossier, over: int) -> Words:
    """That the panel decides, and from what its days run: P13 is named after the result, and counted from the end of the hearing."""
    held, since = dossier.heard is not None and dossier.heard.day == over, day_text(over)
    zh, en = ("听取申辩", "the hearing on") if held else ("申辩期满", "the end of the time to be heard on")
    return Words(
        f"审议组作出决定（期限自{since.zh}{zh}起算）", f"The panel decides (its time runs from {en} {since.en})"
    )


def _served_since(dossier: Dossier, what: str, n: int) -> bool:
    """Whether that was served after a place."""
    return any(one.what == what and one.n > n for one in dossier.services)


def _service(dossier: Dossier) -> Iterator[Next]:
    """What was decided, or reviewed, and is not served yet."""
    case = dossier.case
    assert case is not None and case.decision is not None
    if not any(one.what == "decision" for one in dossier.services):
        yield Next(EXECUTIVE, "送达决定", "Serve the decision", "dossier.serve/1", case.decision.n)
    if case.review is not None and not any(one.what == "review" for one in dossier.services):
        yield Next(EXECUTIVE, "送达复核决定", "Serve the review", "dossier.serve/1", case.review.n)


def _review(inst: Institution, dossier: Dossier, day: int) -> Iterator[Next]:
    case, found = dossier.case, Reviewing.of(inst, dossier)
    assert case is not None
    if case.review is not None:
        return
    if found.asked is not None:
        last, basis = reviewed_by(inst, dossier, found.asked.day), review_basis(inst, dossier)
        zh, en = "复核人作出复核决定", "The reviewers decide"
        if not dossier.assigned.get("reviewers"):
            zh, en = f"指派没有参与过的复核人；{zh}", "Assign reviewers who took no part in it; they decide"
            if lacking := _reviewers_lacking(inst, dossier, day):
                zh = f"没有参与过的审议人还少 {lacking} 名，须先任命；{zh}"
                en = f"{lacking} more panellists who took no part have to be appointed first. {en}"
        yield Next(EXECUTIVE, zh, en, "case.review/1", found.asked.n, last, basis)
    elif found.waits != UNSERVED and found.received and (found.waits or day <= found.last):
        last = review_by(inst, dossier, found.received)
        yield Next(case.accused, "可以申请复核", "May ask for a review", "dossier.note/1", 0, last, "P5")


def _reviewers_lacking(inst: Institution, dossier: Dossier, day: int) -> int:
    """How many panellists have to be appointed before a review can be decided: those who took part decide none (P14, GY-18-12)."""
    assert dossier.case is not None
    took_part = (
        dossier.case.judged_by | dossier.challenged | {one for role in dossier.assigned.values() for one in role}
    )
    others = [o for o in inst.officers.values() if OFFICE_OF["reviewers"] in o.held(day) and o.id not in took_part]
    return max(0, panel_size(inst, dossier) - len(others))


END = "membership.end/1"


def decision_to_carry_out(inst: Institution, dossier: Dossier, day: int) -> int:
    """The place of the decision by which the accused's membership is to be ended now, or once no order forbids it; 0 for none."""
    case = dossier.case
    waits = case is not None and case.decision is not None
    return next((one.n for one in _end(inst, dossier, day)), 0) if waits else 0


def _end(inst: Institution, dossier: Dossier, day: int) -> Iterator[Next]:
    case = dossier.case
    assert case is not None and case.decision is not None
    wrong, effect = ending(inst, dossier, case.accused, case.decision.n)  # whoever was put out and joined anew stays
    if not wrong and effect and effect <= day and case.accused in inst.members:
        zh, en = "决定已生效：记载资格终止", "The decision is in effect: record the end of the membership"
        if id := forbidding(inst, END, (EXECUTIVE, case.accused), day):
            zh, en = (
                f"决定暂不执行：{id} 号命令在，资格不终止",
                f"The decision is suspended: order {id} keeps the membership from ending",
            )
        yield Next(EXECUTIVE, zh, en, END, case.decision.n)
