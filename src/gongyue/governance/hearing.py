"""What follows a conclusion, by its days: the hearing on a proposal, the time for a review, when a decision takes effect (P3, P5).

All of it is read from the dossier and from the law as it was when the day of the case's opening began.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import Deadline
from gongyue.governance.course import Ask, Said, Service
from gongyue.governance.court_orders import forbidden_days, forbidding
from gongyue.governance.kinds import kinds_of, weight_of
from gongyue.governance.reply import UNRECEIVED, days_of, ends_after, lapses, last_said, told_until

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

UNPROPOSED, UNHEARD, UNSERVED = "拟处理告知", "听取申辩", "送达"
"""What must happen first: a proposal is served; the accused, which asked for it, is heard; the decision is served."""
AGAINST_IT, CANCELLING, OF_NOW = "对该单位的决定", "取消资格的决定", "现在的成员期内的决定"
"""What an end of membership rests on: a decision against that very unit, by which its membership ends, which stands, and made in it."""
EFFECT, FINAL, SERVED = "sanction.effect", "final", "served"
"""The reading of when a cancellation takes effect, and its choices: when its review is over, or on service."""
RESULT = "bulletin.result/1"
"""What tells all members the result of a case."""
REVIEW_WITHIN = "P20"
"""Within so many days of its request a review is decided; in a book that has not adopted it, within P5."""


def proposed(dossier: Dossier) -> tuple[tuple[str, Service], ...]:
    """Every proposal that was served: its kind, and the service of it; each service is of the proposal before it."""
    case, found = dossier.case, []
    assert case is not None
    for service in dossier.services:
        if service.what == "proposal":
            last = next((one for one in reversed(case.proposals) if one.n < service.n), None)
            if last is not None:
                found.append((last.kind, service))
    return tuple(found)


def lightest(inst: Institution, dossier: Dossier) -> int | None:
    """The weight of the lightest proposal that was served, or whose reasons were, as whatever; None where none was."""
    assert dossier.case is not None
    shown = {doc for one in dossier.services for doc in one.docs}
    kinds = [one.kind for one in dossier.case.proposals if one.reasons in shown]
    return min((weight_of(inst, dossier, kind) for kind in kinds), default=None)


class Hearing(Struct, frozen=True):
    """The hearing on what was proposed last: whether it may be decided, or what that waits for.

    `received`: the day on which the proposal was, 0 before; `last`: the last day to ask to be heard, or to write; `waits`: what has
    to happen first; `done`: it was heard, or said that it has said all; `over`: the day on which it was, or let the time pass;
    `asked`: the day on which it asked in time to be heard, 0 where it did not, or was heard; `said`: the last place at which it
    received the proposal, was heard on it, or said something in that time.
    """

    waits: str
    received: int
    last: int
    done: bool
    over: int = 0
    asked: int = 0
    said: int = 0

    @classmethod
    def of(cls, inst: Institution, dossier: Dossier) -> Hearing:
        """The hearing as it stands in a case."""
        case = dossier.case
        assert case is not None
        at = case.proposals[-1].n if case.proposals else 0
        served = [one for one in dossier.services if one.what == "proposal" and at and one.n > at]
        if not served:
            return cls(UNPROPOSED, 0, 0, False)
        got = [one for one in served if one.got]
        if not got:
            return cls(UNRECEIVED, 0, 0, False)
        service = got[-1]
        end = heard_by(inst, dossier, service.got).last
        asked = _asked(dossier, "hearing", served[0].n, lapses(inst, dossier, [service], end)[0])
        if asked is None and dossier.completed < service.place:
            asked = _still_asked(inst, dossier, at)
        doubted = [] if asked is None else said_by_others(dossier, asked)
        last, waits = lapses(inst, dossier, [service], end, doubted)
        heard = dossier.heard
        seats = [seat.n for who in dossier.assigned.get("panel", ()) if (seat := dossier.seated.get(("panel", who)))]
        since = max([asked.n if asked else service.place, *seats])  # those who decide have heard it
        held = heard is not None and heard.how == "held" and heard.n > since
        if asked is not None and not held:
            return cls(waits or UNHEARD, service.got, last, False, asked=asked.day)
        # What others can have asked for in its name ends no time by being held.
        done = (held and not doubted) or (asked is None and dossier.completed >= service.place)
        over = heard.day if held and not doubted and heard is not None else last
        said = max([service.place, last_said(dossier, last), *([heard.n] if held and heard is not None else [])])
        return cls("" if done and not dossier.paused else waits, service.got, last, done, over, said=said)


def said_by_others(dossier: Dossier, asked: Ask) -> list[Said]:
    """That a party asked for it, where others can have said so in its name; empty where it did itself."""
    return [one for one in dossier.said if one.n == asked.n]


def _asked(dossier: Dossier, what: str, after: int, last: int) -> Ask | None:
    """The last time that was asked for after a place, and in time."""
    return next((one for one in reversed(dossier.asks) if one.what == what and one.n > after and one.day <= last), None)


def _still_asked(inst: Institution, dossier: Dossier, before: int) -> Ask | None:
    """That it asked in time to be heard on an earlier proposal, and was not: another proposal in its place takes nothing back."""
    for ask in reversed([one for one in dossier.asks if one.what == "hearing" and one.n < before]):
        service = max((s for _, s in proposed(dossier) if s.n < ask.n), key=lambda s: s.n)
        last = (
            lapses(inst, dossier, [service], heard_by(inst, dossier, service.got).last)[0] if service.got else ask.day
        )
        if ask.day <= last:
            heard = dossier.heard
            return None if heard is not None and heard.how == "held" and heard.n > ask.n else ask
    return None


def heard_by(inst: Institution, dossier: Dossier, received: int) -> Deadline:
    """By when the accused asks to be heard on a proposal received on that day, or writes: P3."""
    return ends_after(inst, dossier, received, days_of(inst, dossier, "P3"))


def sanction_by(inst: Institution, dossier: Dossier, over: int) -> Deadline:
    """By when it is decided after the hearing was over on that day: P13."""
    return ends_after(inst, dossier, over, days_of(inst, dossier, "P13"))


class Reviewing(Struct, frozen=True):
    """The time for a review of a decision: `received`, the day on which it first was, 0 before; `last`: the last day to ask.

    `waits`: what must happen before that day can pass;
    `asked`: what asked for a review, None where nothing did; `over`: the day from which nothing of it can change any more, 0 before.
    """

    waits: str
    received: int
    last: int
    asked: Ask | None
    over: int

    @classmethod
    def of(cls, inst: Institution, dossier: Dossier) -> Reviewing:
        """The review as it stands in a case that was decided."""
        case = dossier.case
        assert case is not None
        assert case.decision is not None
        at = case.decision.n
        served = [one for one in dossier.services if one.what == "decision" and one.n > at]
        got = [one for one in served if one.got]
        asks = [one for one in dossier.asks if one.what == "review" and one.n > at]
        own = [one for one in asks if not said_by_others(dossier, one)]
        asked = next(iter([*own, *asks]), None)
        over = case.review.day if case.review is not None else 0
        if not got:
            return cls(UNRECEIVED if served else UNSERVED, 0, 0, asked, over)
        last, waits = lapses(inst, dossier, got, review_by(inst, dossier, got[-1].got).last)
        if asked is None and not waits:
            over = last + 1
        return cls(waits, got[0].got, last, asked, over)


def review_by(inst: Institution, dossier: Dossier, received: int) -> Deadline:
    """By when a review is asked for of a decision received on that day: P5."""
    return ends_after(inst, dossier, received, days_of(inst, dossier, "P5"))


def reviewed_by(inst: Institution, dossier: Dossier, asked: int) -> Deadline:
    """By when a review is decided that was asked for on that day."""
    return ends_after(inst, dossier, asked, days_of(inst, dossier, review_basis(inst, dossier)))


def review_basis(inst: Institution, dossier: Dossier) -> str:
    """The procedure rule by which a review is decided: P20, or P5 in a book that has not adopted it."""
    assert dossier.case is not None
    return REVIEW_WITHIN if REVIEW_WITHIN in inst.meaning_on(dossier.case.opened - 1).values else "P5"


def settled_on(inst: Institution, dossier: Dossier) -> int:
    """The day from which the result of a case is published: of its conclusion where nothing is proposed, else once a review is over.

    0 while a proposal is not decided, or a review may be asked for or is not decided.
    """
    case = dossier.case
    assert case is not None
    if not case.proposals or not case.concluded:
        return case.concluded
    if case.decision is None:
        return 0
    return case.decision.day if not case.decision.kind else Reviewing.of(inst, dossier).over


def told_by(inst: Institution, dossier: Dossier) -> Deadline:
    """By when the result of a case that is settled is told to all members: P13 since then, without the days on which an order forbade it."""
    assert dossier.case is not None
    rests = (*dossier.rests, *forbidden_days(inst, RESULT, (EXECUTIVE, dossier.case.accused)))
    return ends_after(inst, replace(dossier, rests=rests), settled_on(inst, dossier), days_of(inst, dossier, "P13"))


def suspended_by(inst: Institution, dossier: Dossier, day: int) -> str:
    """The order by which the result of a case may not be told on that day; empty where none forbids it."""
    assert dossier.case is not None
    return forbidding(inst, RESULT, (EXECUTIVE, dossier.case.accused), day)


def takes_effect(inst: Institution, dossier: Dossier) -> int:
    """From which day the decision of a case is in effect, by the adopted reading; 0 while that is not known.

    A book that has not adopted the reading waits until a review is over: nobody loses a right sooner than a text says.
    """
    case = dossier.case
    assert case is not None
    if case.decision is None or not case.stands:
        return 0
    if str(inst.meaning_on(case.opened - 1).values.get(EFFECT, FINAL)) != SERVED:
        return Reviewing.of(inst, dossier).over
    at = case.decision.n
    days = (_served_on(inst, dossier, one) for one in dossier.services if one.what == "decision" and one.n > at)
    return min((day for day in days if day), default=0)


def _served_on(inst: Institution, dossier: Dossier, service: Service) -> int:
    """From which day on a decision counts as served: of its receipt; of one on paper, once its unit could deny it. 0 before."""
    if not service.paper or not service.got:
        return service.got
    return max(service.got, told_until(inst, dossier, service.told).last + 1) if service.told else 0


def ending(inst: Institution, dossier: Dossier, unit: str, n: int) -> tuple[str, int]:
    """What is wrong with ending that unit's membership on the decision at a place, empty for nothing; and from which day it is right."""
    case = dossier.case
    if case is None or case.accused != unit:
        return AGAINST_IT, 0
    kind = next((one for one in kinds_of(inst, dossier) if one.words == case.stands), None)
    if case.decision is None or case.decision.n != n or kind is None or not kind.ends:
        return CANCELLING, 0
    if (
        dossier.entries[n - 1].open <= inst.units[unit].changed
    ):  # it has left and joined anew since: that is another membership
        return OF_NOW, 0
    return "", takes_effect(inst, dossier)


def may_be_reviewed(inst: Institution, dossier: Dossier, day: int) -> Ask | None:
    """What asked for a review that may be decided on that day: not what others can have asked for, while the accused may deny it, or ask itself."""
    found = Reviewing.of(inst, dossier)
    doubted = [] if found.asked is None else said_by_others(dossier, found.asked)
    if doubted and (found.waits or day <= found.last):
        return None
    if any(not one.told or day <= told_until(inst, dossier, one.told).last for one in doubted):
        return None
    return found.asked


def review_said(inst: Institution, dossier: Dossier) -> int:
    """The last place at which the accused said something in the time to ask for a review: whoever decides on that has seen it."""
    return last_said(dossier, Reviewing.of(inst, dossier).last)
