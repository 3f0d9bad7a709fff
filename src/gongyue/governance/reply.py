"""The accused's reply in a case: what it answers, by when, and what has to happen before its time can pass (P2, P18)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.covenant.periods import Deadline, Period, day_of, deadline
from gongyue.governance.course import Rest, Said, Service

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

UNRECEIVED, RESTING, UNTOLD = "签收", "恢复", "告知记录"
"""What must happen first: it is received; the dossier is resumed; the unit is told of what was recorded from paper."""


class Reply(Struct, frozen=True):
    """`received`: the day from which the accused may reply to the whole, 0 while something was not received; `last`: its last day.

    `waits`: what must happen before that day can pass, empty for nothing; `complete`: it said, after it had all, that it has replied;
    `said`: the last place at which it received or said something in that time.
    """

    waits: str
    received: int
    last: int
    complete: bool
    said: int = 0

    @classmethod
    def to(cls, inst: Institution, dossier: Dossier, cited: Collection[str]) -> Reply:
        """The reply to the notices and to the evidence that is cited: the time for it runs from the last of these received."""
        answered = [
            s for s in dossier.services if s.what == "notice" or (s.what == "evidence" and set(s.docs) & set(cited))
        ]
        answered = _without_replaced(answered)
        if not any(s.what == "notice" for s in answered) or not all(s.got for s in answered):
            return cls(UNRECEIVED, 0, 0, False)
        received, place = max(s.got for s in answered), max(s.place for s in answered)
        end = _replied(inst, dossier, place) or reply_by(inst, dossier, received).last
        said = [one for one in dossier.said if set(one.docs) & set(cited)]
        last, waits = lapses(inst, dossier, answered, end, said)
        return cls(waits, received, last, dossier.completed >= place, max(place, last_said(dossier, last)))


def last_said(dossier: Dossier, day: int, itself: bool = False) -> int:
    """The last place at which its party said something no later than that day, or said it `itself`; 0 where it said nothing."""
    others = {one.n for one in dossier.said} if itself else set[int]()
    said = (
        n
        for n, one in enumerate(dossier.entries, 1)
        if one.type == "dossier.note/1" and one.actor in dossier.parties and not one.void and day_of(one.t) <= day
    )
    return max((n for n in said if n not in others), default=0)


def _replied(inst: Institution, dossier: Dossier, place: int) -> int:
    """The last day on which it denies that it has replied in full, where others can have said so after it had all; 0 where nobody told it.

    Any word of its own after that, no later than then, denies it.
    """
    for one in dossier.said:
        if one.complete and one.told and one.n > place:
            last = told_until(inst, dossier, one.told).last
            if last_said(dossier, last, itself=True) < one.n:
                return last
    return 0


def _without_replaced(services: list[Service]) -> list[Service]:
    """The services but for those that did not open, where their documents were served again."""
    return [
        one
        for one in services
        if one.got or not any(set(one.docs) <= set(other.docs) and other.n > one.n for other in services)
    ]


def lapses(
    inst: Institution, dossier: Dossier, services: Collection[Service], last: int, said: Collection[Said] = ()
) -> tuple[int, str]:
    """The last day of a period that runs from receipts, whatever paper there was; and what must happen before it can pass at all.

    `said`: what is cited of what others can have said in its name.
    """
    waits = ""
    for told in [*(one.told for one in services if one.paper), *(one.told for one in said)]:
        if not told:
            waits = UNTOLD
        else:
            last = max(last, told_until(inst, dossier, told).last)
    return last, RESTING if dossier.paused else waits


def days_of(inst: Institution, dossier: Dossier, name: str) -> int:
    """How many days a procedure rule gives in a case: as it was in force when the day of its opening began."""
    assert dossier.case is not None
    return inst.meaning_on(dossier.case.opened - 1).period(name).n


def panel_size(inst: Institution, dossier: Dossier) -> int:
    """How many persons a panel has at least, likewise."""
    assert dossier.case is not None
    return int(str(inst.meaning_on(dossier.case.opened - 1).value("P14")))


def reply_by(inst: Institution, dossier: Dossier, received: int) -> Deadline:
    """By when the accused replies to what it received on that day: P2, once more where it was extended, without days of rest.

    It is, too, where the accused asked for that in time and was not answered: nobody's request lapses because nobody looks at it.
    """
    days = days_of(inst, dossier, "P2")
    once = ends_after(inst, dossier, received, days)
    said = {one.n for one in dossier.said}
    asked = any(one.what == "extension" and one.n not in said and one.day <= once.last for one in dossier.asks)
    if asked or "party_request" in dossier.extensions:
        return ends_after(inst, dossier, received, 2 * days)
    return once


def conclude_by(inst: Institution, dossier: Dossier) -> Deadline:
    """By when a case is concluded: P4 since it was opened, once more where it was extended, without days of rest."""
    assert dossier.case is not None
    days = days_of(inst, dossier, "P4") * (2 if "complexity" in dossier.extensions else 1)
    return ends_after(inst, dossier, dossier.case.opened, days)


def result_by(inst: Institution, dossier: Dossier) -> Deadline:
    """By when something follows a conclusion, a proposal or else the result: P13 since that."""
    assert dossier.case is not None
    return ends_after(inst, dossier, dossier.case.concluded, days_of(inst, dossier, "P13"))


def told_until(inst: Institution, dossier: Dossier, told: int) -> Deadline:
    """Until when nothing lapses that paper began, its unit having been told of the recording on that day: P18."""
    return ends_after(inst, dossier, told, days_of(inst, dossier, "P18"))


def ends_after(inst: Institution, dossier: Dossier, start: int, days: int) -> Deadline:
    """The end of so many days from that day on, without the days on which the dossier rested."""
    for rest in dossier.rests:
        days += rested(rest, start, start + days)
    return deadline(start, Period(days), inst.meaning.calendar_of(start))


def rested(rest: Rest, start: int, end: int) -> int:
    """How many days of a period from the day after `start` to `end` fall into a rest that has ended."""
    if not rest.ends or rest.begins >= end:
        return 0
    return max(0, rest.ends - max(rest.begins, start))
