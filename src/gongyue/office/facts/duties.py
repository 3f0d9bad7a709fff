"""What the executive body must do, and what it did late (articles 5, 14, 19, 21)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.book.disclosure import recorded
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.governance import lateness
from gongyue.governance.acts import act_type_of
from gongyue.governance.fields import Date
from gongyue.governance.institution import Institution
from gongyue.office import due_list as office_due_list
from gongyue.office.due_list import Due
from gongyue.office.facts.shapes import AsOf, Said, body_at, filled, valid_acts


class DueItem(msgspec.Struct, frozen=True):
    """A duty: what, of whom, by which article; the target, the last lawful day, days left or late; the order that forbids it now."""

    what: Said
    matter: str
    whose: str
    article: int
    at: str
    basis: str
    words: str
    target: Date
    last: Date
    calendar_known: bool
    act: str
    left: int
    late: int
    order: str = ""


class DoneLate(msgspec.Struct, frozen=True):
    """A duty done late: its entry, the last lawful day, how many days after it. Accepted, and shown late for ever."""

    matter: str
    article: int
    at: str
    act: str
    index: int
    last: Date
    late: int


class DueList(msgspec.Struct, frozen=True):
    """What the executive body must do, overdue first, and what it did late."""

    day: Date
    due: tuple[DueItem, ...]
    done_late: tuple[DoneLate, ...]


def due_list(at: AsOf) -> DueList:
    """What everybody is told of it."""
    return DueList(iso(at.day), tuple(map(due_item, public_duties(at))), tuple(done_late(at)))


def public_duties(at: AsOf) -> list[Due]:
    """What the executive body must do, overdue first; what rests on sealed acts is not told."""
    return [d for d in office_due_list.due(at.inst, (), at.day) if d.whose == EXECUTIVE]


def due_item(d: Due) -> DueItem:
    """What is told of a duty."""
    return filled(DueItem, d, what=Said(d.zh, d.en))


def done_late(at: AsOf) -> list[DoneLate]:
    """What was done late, for ever told: publications and filings, then openings of votes, then decisions on applications."""
    grants = valid_acts(at, "membership.grant/1")
    decided = at.index.kept("late grants", (len(grants), *grants[-1:]), lambda: list(_late_grants(at, grants)))
    opened = (_told(at.inst, one) for one in lateness.opened_late(at.inst))
    return [*published_late(at.inst), *opened, *decided]


def late_as(at: AsOf, index: int) -> DoneLate | None:
    """How an entry came late; None where it did not, or had no last day."""
    return next((one for one in done_late(at) if one.index == index), None)


def published_late(inst: Institution) -> list[DoneLate]:
    """The publication of the covenant, lists, amendments (their filing too) and annexes that were late."""
    return [_told(inst, one) for one in lateness.published_late(inst)]


def _told(inst: Institution, one: lateness.Late) -> DoneLate:
    """An act done late, with the article that acts of its type rest on; of a vote on an annex, the one on annexes."""
    on_annex = one.type == "vote.open/1" and one.matter.startswith("a:")
    article = inst.meaning.article("annex.initiation" if on_annex else act_type_of(one.type).clause)
    return DoneLate(one.matter, article, inst.meaning.at(article), one.type, one.index, iso(one.last), one.days)


def _late_grants(at: AsOf, grants: tuple[int, ...]) -> Iterator[DoneLate]:
    for place in grants:
        (opening,) = recorded(at.object(body_at(at, place)["application"]) or b"")
        for one in lateness.granted_late(at.inst, place, at.index.day(place), opening):
            yield _told(at.inst, one)
