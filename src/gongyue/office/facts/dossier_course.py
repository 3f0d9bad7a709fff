"""The course of a dossier: the stages of its kind, how far it has come, where it stands."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gongyue.covenant.periods import day_of, iso
from gongyue.governance.course import Case
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.note_names import NOTE
from gongyue.governance.question import EXPLAIN
from gongyue.governance.reply import Reply
from gongyue.office.openings import OpenedEntry

DONE, NOW, TO_COME = "done", "now", "to"


class Stage(msgspec.Struct, frozen=True):
    """A stage: what it is called, whether it is done, where the dossier stands, or to come; the day it was done, where that is known."""

    zh: str
    en: str
    state: str
    day: str = ""


COMING = {
    "forwarded or explained": "forwarding or explanation",
    "answered by the authority": "the authority's answer",
    "decided": "decision",
    "answered": "answer",
    "told the outcome": "word of the outcome",
    "told": "notice",
    "replied": "reply",
    "concluded": "conclusion",
    "told what is proposed": "notice of what is proposed",
    "reviewed": "review",
}
"""What a stage is called in English as long as it is not done."""
_Stages = list[tuple[str, str, bool, int]]
"""(Chinese, English, whether it is done, the day or 0)."""


def course_of(inst: Institution, dossier: Dossier, first: OpenedEntry) -> tuple[Stage, ...]:
    """The stages a dossier goes through; of one withdrawn or ended, those it reached."""
    stages = COURSES[dossier.kind](inst, dossier, first) if dossier.kind in COURSES else []
    if dossier.closed:
        stages = [*(one for one in stages if one[2]), ("已终结", "ended", True, day_of(dossier.entries[-1].t))]
    here = next((place for place, one in enumerate(stages) if not one[2]), len(stages))
    return tuple(
        Stage(
            zh,
            en if done else COMING[en],
            DONE if done else NOW if place == here else TO_COME,
            iso(day) if day else "",
        )
        for place, (zh, en, done, day) in enumerate(stages)
    )


def ending_of(inst: Institution, dossier: Dossier, first: OpenedEntry) -> Stage | None:
    """The stage with which a settled dossier ended, on the day of its last entry where the stage has none of its own."""
    done = [one for one in course_of(inst, dossier, first) if one.state == DONE]
    if not done:
        return None
    return msgspec.structs.replace(done[-1], day=done[-1].day or iso(day_of(dossier.entries[-1].t)))


def _petition(_: Institution, dossier: Dossier, __: OpenedEntry) -> _Stages:
    petition = dossier.petition
    assert petition is not None
    stages = [
        ("提出", "submitted", True, petition.since),
        ("反映或说明", "forwarded or explained", bool(petition.answered), petition.answered),
    ]
    explained = petition.answered and not petition.forwarded
    last = ("主管部门答复", "answered by the authority", bool(petition.replied), petition.replied)
    return stages if explained else [*stages, last]


def _application(inst: Institution, dossier: Dossier, first: OpenedEntry) -> _Stages:
    refused = next((day_of(e.t) for e in dossier.entries if e.type == "membership.refuse/1" and not e.void), 0)
    granted = inst.answered.get(first.commitment)
    zh, en = (
        ("准予", "admitted") if granted is not None else ("不予", "not admitted") if refused else ("决定", "decided")
    )
    day = refused or _day_granted(inst, dossier, granted)
    return [
        ("申请", "applied", True, day_of(dossier.entries[0].t)),
        (zh, en, bool(refused) or granted is not None, day),
    ]


def _day_granted(inst: Institution, dossier: Dossier, granted: int | None) -> int:
    """The day from which the entry that grants an application made its unit a member; 0 where there is none."""
    unit = inst.units.get(dossier.parties[0]) if granted is not None and dossier.parties else None
    if unit is not None and unit.changed == granted:
        return unit.since
    joined = (e.day for e in inst.events.values() if e.index == granted)  # it left since, and may have joined anew
    return next(joined, 0) if granted is not None else 0


def _question(inst: Institution, dossier: Dossier, first: OpenedEntry) -> _Stages:
    explained = next((day_of(e.t) for e in dossier.entries if e.type == EXPLAIN and not e.void), 0)
    answered = bool(explained) or first.commitment in inst.answered
    return [("提出", "asked", True, day_of(dossier.entries[0].t)), ("答复", "answered", answered, explained)]


def _report(_: Institution, dossier: Dossier, __: OpenedEntry) -> _Stages:
    report = dossier.report
    assert report is not None
    answered = next((day_of(e.t) for e in dossier.entries if e.type == "report.answer/1" and not e.void), 0)
    stages = [("检举", "reported", True, report.since), ("答复", "answered", not report.waits_since, answered)]
    if report.answer == "declined":
        return stages
    return [*stages, ("结果", "told the outcome", bool(report.told), report.told)]


def _case(inst: Institution, dossier: Dossier, __: OpenedEntry) -> _Stages:
    case = dossier.case
    assert case is not None
    told = min((one.got for one in dossier.services if one.what == "notice" and one.got), default=0)
    reply = Reply.to(inst, dossier, dossier.shown)
    stages = [
        ("立案", "opened", True, case.opened),
        ("告知", "told", bool(told), told),
        (
            "答复",
            "replied",
            bool(reply.complete or any(s.complete for s in dossier.said) or case.concluded),
            _replied(dossier),
        ),
        ("结论", "concluded", bool(case.concluded), case.concluded),
    ]
    if case.proposals or case.decision is not None:
        stages += _sanction(dossier, case)
    return stages


def _replied(dossier: Dossier) -> int:
    """The day on which the accused last handed something in before the conclusion; 0 where it never did."""
    ends = next((n for n, one in enumerate(dossier.entries) if one.type == "case.conclude/1" and not one.void), None)
    asked = {one.n for one in dossier.asks}
    days = (
        day_of(one.t)
        for n, one in enumerate(dossier.entries[:ends], 1)
        if one.type == NOTE and one.actor in dossier.parties and not one.void and n not in asked
    )
    return max(days, default=0)


def _sanction(dossier: Dossier, case: Case) -> _Stages:
    """From what was proposed to what became of it."""
    served = min((one.day for one in dossier.services if one.what == "proposal"), default=0)
    decided = case.decision.day if case.decision is not None else 0
    stages = [
        ("拟处理告知", "told what is proposed", bool(served or decided), served),
        ("决定", "decided", bool(decided), decided),
    ]
    if case.review is not None or dossier.asked("review") is not None:
        reviewed = case.review.day if case.review is not None else 0
        stages.append(("复核", "reviewed", bool(reviewed), reviewed))
    return stages


COURSES: dict[str, Callable[[Institution, Dossier, OpenedEntry], _Stages]] = {
    "application": _application,
    "case": _case,
    "petition": _petition,
    "question": _question,
    "report": _report,
}
"""The stages of each kind."""
