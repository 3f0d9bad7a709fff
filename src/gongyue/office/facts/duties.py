"""What the executive body must do, and what it did late (articles 5, 14, 19, 21)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.book.disclosure import recorded
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.governance import adoption, annex
from gongyue.governance.acts import act_type_of
from gongyue.governance.admission import decide_by
from gongyue.governance.annex import Annex
from gongyue.governance.fields import Date
from gongyue.governance.institution import Institution
from gongyue.governance.proposal import Proposal
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
    """A duty done late: accepted, and shown late for ever."""

    matter: str
    article: int
    at: str
    act: str
    index: int
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
    return [*published_late(at.inst), *_late_openings(at), *decided]


def published_late(inst: Institution) -> list[DoneLate]:
    """The publication of the covenant, lists, amendments (their filing too) and annexes that were late."""
    late = []
    if inst.founding.late_days and inst.founding.published_index is not None:
        founded = inst.founding
        late.append(_late_act(inst, "founding", "founding.publish/1", inst.founding.published_index, founded.late_days))
    late += [
        _late_act(inst, f"list:{x.number}", "publication.list/1", x.index, x.late_days)
        for x in inst.lists
        if x.late_days
    ]
    late += [x for _, p in sorted(inst.proposals.items()) for x in _late_amendment(inst, p)]
    return late + [x for _, a in sorted(inst.annexes.items()) for x in _late_annex(inst, a)]


def _late_act(inst: Institution, matter: str, act: str, index: int, late: int) -> DoneLate:
    """An act done late, with the article that acts of its type rest on."""
    article = inst.meaning.article(act_type_of(act).clause)
    return DoneLate(matter, article, inst.meaning.at(article), act, index, late)


def _late_annex(inst: Institution, one: Annex) -> Iterator[DoneLate]:
    if one.published_day is None or one.published_index is None:
        return
    if late := annex.publish_by(inst, one).overdue(one.published_day):
        yield _late_act(inst, one.id, "annex.publish/1", one.published_index, late)


def _late_amendment(inst: Institution, proposal: Proposal) -> Iterator[DoneLate]:
    reported, published = "amendment.notify/1", "amendment.publish/1"
    if (
        proposal.pinned.authority == "file"
        and proposal.notified_day is not None
        and proposal.notified_index is not None
    ):
        late = adoption.notify_by(inst, proposal).overdue(proposal.notified_day)
        if late:
            yield _late_act(inst, proposal.id, reported, proposal.notified_index, late)
    if proposal.published_day is not None and proposal.published_index is not None:
        late = adoption.publish_by(inst, proposal).overdue(proposal.published_day)
        if late:
            yield _late_act(inst, proposal.id, published, proposal.published_index, late)


def _late_grants(at: AsOf, grants: tuple[int, ...]) -> Iterator[DoneLate]:
    """An application is public once granted: then it shows when it arrived, and by when it had to be decided (P8)."""
    for place in grants:
        (opening,) = recorded(at.object(body_at(at, place)["application"]) or b"")
        if days := decide_by(at.inst, opening).overdue(at.index.day(place)):
            yield _late_act(at.inst, opening.entry.act.actor, "membership.grant/1", place, days)


def _late_openings(at: AsOf) -> Iterator[DoneLate]:
    for place in valid_acts(at, "vote.open/1"):
        matter = str(body_at(at, place)["matter"])
        subject = at.inst.proposals.get(matter) or at.inst.annexes.get(matter)
        if days := subject.open_by.overdue(at.index.day(place)) if subject and subject.open_by else 0:
            article = at.inst.meaning.article("annex.initiation" if matter.startswith("a:") else "amendment.adoption")
            yield DoneLate(matter, article, at.inst.meaning.at(article), "vote.open/1", place, days)
