"""What the executive body did late, as the open book shows it (articles 5, 19): accepted, and told for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.covenant.periods import Deadline, day_of
from gongyue.governance import adoption, annex
from gongyue.governance.admission import decide_by

if TYPE_CHECKING:
    from gongyue.governance.acts import Opening
    from gongyue.governance.annex import Annex
    from gongyue.governance.institution import Institution
    from gongyue.governance.proposal import Proposal


class Late(Struct, frozen=True):
    """An act done late: its entry and type, on what matter, the last lawful day, how many days after it."""

    index: int
    type: str
    matter: str
    last: int
    days: int


def published_late(inst: Institution) -> Iterator[Late]:
    """The publication of the covenant, lists, amendments (their filing too) and annexes that were late."""
    founded = inst.founding
    stated = [(founded.published_index, "founding.publish/1", "founding", founded.published_day, founded.late_days)]
    stated += [(one.index, "publication.list/1", f"list:{one.number}", one.day, one.late_days) for one in inst.lists]
    for index, type, matter, day, days in stated:
        if days and index is not None and day is not None:
            yield Late(index, type, matter, day - days, days)
    for _, proposal in sorted(inst.proposals.items()):
        yield from _late_amendment(inst, proposal)
    for _, made in sorted(inst.annexes.items()):
        yield from _late_annex(inst, made)


def opened_late(inst: Institution) -> Iterator[Late]:
    """The votes that were opened late (P7)."""
    for vote in sorted(inst.votes.values(), key=lambda one: one.opened_index):
        subject = inst.proposals.get(vote.id) or inst.annexes.get(vote.id)
        end = subject.open_by if subject else None
        if end is not None:
            yield from _late(end, day_of(vote.opened), vote.opened_index, "vote.open/1", vote.id)


def granted_late(inst: Institution, index: int, day: int, application: Opening) -> Iterator[Late]:
    """A grant on a day too late: once granted an application is public, and shows by when it had to be decided (P8)."""
    actor = application.entry.act.actor
    yield from _late(decide_by(inst, application), day, index, "membership.grant/1", actor)


def _late_annex(inst: Institution, one: Annex) -> Iterator[Late]:
    if one.published_day is not None and one.published_index is not None:
        yield from _late(annex.publish_by(inst, one), one.published_day, one.published_index, "annex.publish/1", one.id)


def _late_amendment(inst: Institution, one: Proposal) -> Iterator[Late]:
    filed = one.pinned.authority == "file"
    if filed and one.notified_day is not None and one.notified_index is not None:
        end = adoption.notify_by(inst, one)
        yield from _late(end, one.notified_day, one.notified_index, "amendment.notify/1", one.id)
    if one.published_day is not None and one.published_index is not None:
        end = adoption.publish_by(inst, one)
        yield from _late(end, one.published_day, one.published_index, "amendment.publish/1", one.id)


def _late(end: Deadline, day: int, index: int, type: str, matter: str) -> Iterator[Late]:
    if days := end.overdue(day):
        yield Late(index, type, matter, end.last, days)
