"""Signing an annex and leaving it: whom it binds where it binds its signers (article 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, act
from gongyue.governance.annex import Annex, Left, annex_of, signs
from gongyue.governance.fields import MatterId

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


@act(
    "annex.sign/1",
    by=UNIT,
    clause="annex.publication",
    undo=True,
    example={"annex": "a:health"},
)
class Sign(Body, frozen=True):
    """A member signs a published annex and is bound by it."""

    annex: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        annex = annex_of(inst, self.annex)
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "annex.sign/1")
        if annex.stage != "published":
            raise OutOfTurn("not-open", "annex.sign/1", annex.stage)
        if signs(inst, annex, filing.actor):
            raise OutOfTurn("already", "annex.sign/1")
        unit = inst.units[filing.actor]
        filing.require_after(unit.known_from - 1, unit.since)  # of this membership: one kept back would bind it unasked
        filing.require_not_before(annex.published_day or 0, filing.governing_day)
        if (left := annex.left.get(filing.actor)) is not None:  # else one kept back would bind it anew
            filing.require_after(left.index, left.day)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex = inst.annexes[self.annex]
        return _with_signer(inst, annex, filing.actor, filing.governing_day, filing.index)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for annex in inst.annexes.values():  # in what replaced it too; not where it left and signed again since
            if annex.signed.get(actor) == index:
                inst = _without_signer(inst, annex.id, actor)
        return inst


@act(
    "annex.leave/1",
    by=UNIT,
    clause="annex.publication",
    undo=True,
    example={"annex": "a:health"},
)
class Leave(Body, frozen=True):
    """A member leaves an annex it signed."""

    annex: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        annex = annex_of(inst, self.annex)
        if not signs(inst, annex, filing.actor):
            raise OutOfTurn("not-signer", "annex.leave/1", unit=filing.actor, annex=self.annex)
        filing.require_after(annex.signed[filing.actor], annex.signers[filing.actor])
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        annex, unit = inst.annexes[self.annex], filing.actor
        left = Left(filing.index, filing.governing_day, annex.signers[unit], annex.signed.get(unit, -1))
        known = replace(inst, annexes=inst.annexes.set(annex.id, replace(annex, left=annex.left.set(unit, left))))
        return _without_signer(known, self.annex, unit)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for annex in inst.annexes.values():
            left = annex.left.get(actor)
            if left is not None and left.index == index and actor not in annex.signers:
                inst = _with_signer(inst, annex, actor, left.signed_day, left.signed)
        return inst


def _with_signer(inst: Institution, annex: Annex, unit: str, day: int, index: int) -> Institution:
    signed = replace(annex, signers=annex.signers.set(unit, day), signed=annex.signed.set(unit, index))
    return replace(inst, annexes=inst.annexes.set(annex.id, signed))


def _without_signer(inst: Institution, id: str, unit: str) -> Institution:
    annex = inst.annexes[id]
    if unit not in annex.signers:
        return inst
    return replace(inst, annexes=inst.annexes.set(id, replace(annex, signers=annex.signers.delete(unit))))
