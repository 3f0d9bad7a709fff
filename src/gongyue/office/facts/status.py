"""Where the institution stands today, in figures."""

from __future__ import annotations

import msgspec

from gongyue.covenant.periods import iso
from gongyue.governance.clock import Clock
from gongyue.governance.fields import Date, Digest
from gongyue.office.facts.authorities import AuthorityFacts, authorities
from gongyue.office.facts.duties import public_duties
from gongyue.office.facts.shapes import AsOf, Said
from gongyue.office.facts.votes import open_votes


class Anchored(msgspec.Struct, frozen=True):
    """The latest anchor of the sealed book."""

    size: int
    slot: int


class ClockOff(msgspec.Struct, frozen=True):
    """A clock too far from the last entry, ahead of it or behind: both times in Beijing; nothing is recorded meanwhile."""

    time: str
    last: str
    off: str
    what: Said


class Status(msgspec.Struct, frozen=True):
    """Where the institution stands. `rev`: the digest of the present meaning, which every act carries.

    `clock`: null where the office's clock is right.
    """

    covenant: str
    title: str
    executive: str
    demo: bool
    stage: str
    size: int
    root: Digest
    day: Date
    members: int
    rev: Digest
    procedure_adopted: bool
    anchored: Anchored | None
    open_votes: tuple[str, ...]
    overdue: int
    authorities: tuple[AuthorityFacts, ...]
    clock: ClockOff | None


def status(at: AsOf, root: str, rev: str, clock: Clock | None) -> Status:
    """Where everything stands; `root` and `rev` are of the book's head, `clock` the office's own where there is one."""
    inst = at.inst.on(at.day)
    edition, genesis = inst.meaning.edition, inst.genesis
    return Status(
        covenant=inst.cov,
        title=edition.title if edition else "",
        executive=genesis.executive if genesis else "",
        demo=bool(genesis and genesis.demo),
        stage=inst.founding.stage,
        size=at.size,
        root=root,
        day=iso(at.day),
        members=len(inst.members),
        rev=rev,
        procedure_adopted=inst.meaning.procedure is not None,
        anchored=anchored(at),
        open_votes=tuple(v.id for v in open_votes(at)),
        overdue=sum(bool(d.late) for d in public_duties(at)),
        authorities=authorities(at),
        clock=_clock_off(clock),
    )


def anchored(at: AsOf) -> Anchored | None:
    """The latest anchor; None before the first."""
    last = at.inst.anchors[-1] if at.inst.anchors else None
    return Anchored(last.size, last.slot) if last else None


def _clock_off(clock: Clock | None) -> ClockOff | None:
    if clock is None or (refusal := clock.refusal) is None:
        return None
    return ClockOff(**clock.data(), what=Said(refusal.refusal["zh"], refusal.refusal["en"]))
