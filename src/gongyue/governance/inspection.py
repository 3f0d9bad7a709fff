"""Inspections by lot: a draw is announced before anybody can know its outcome, and made by a checkpoint that comes later (article 14).

What is drawn here are slots of the sealed book, for an audit of it in two halves, and the two members that check the padding
(`governance.oversight`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import SYSTEM, Body, Filing, act, office
from gongyue.governance.fields import Count, PublicDigest, RootDigest
from gongyue.governance.slots import LEAST, Drawing, Seed, auditable, free_of_ballots, lapsed

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

MOST = 400
"""Slots drawn at once, at most: an act that names them fits into a leaf."""
FARTHEST = 10_000
"""Entries, at most, that the announced size lies ahead: the draw comes within days, not never."""
_DIGEST = "sha256:" + "00" * 32


@act(
    "inspection.plan/1",
    by=office("secretary", "clerk", two=True),
    clause="inspection.plan",
    example={"method": "slots", "count": 30, "size": 500},
)
class Plan(Body, frozen=True):
    """Announces a draw: how many slots are audited, and the size of the open book past which the first checkpoint draws them.

    One at a time: who announces several draws and makes the one it likes has drawn nothing.
    """

    method: Literal["slots"]
    count: Annotated[int, Meta(ge=LEAST, le=MOST)]
    size: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.drawing is not None and not lapsed(inst, inst.drawing):
            raise OutOfTurn("already", "inspection.plan/1", entry=inst.drawing.index)
        if (
            not filing.index < self.size <= filing.index + FARTHEST
        ):  # the checkpoint has this act and at least one after it
            raise OutOfTurn(
                "draw-size", "inspection.plan/1", size=self.size, least=filing.index + 1, most=filing.index + FARTHEST
            )
        there = len(auditable(inst, free_of_ballots(inst)))
        if there < self.count:
            raise OutOfTurn("few-slots", "inspection.plan/1", count=self.count, slots=there)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return replace(inst, drawing=Drawing(filing.index, self.count, self.size))


@act(
    "inspection.seed/1",
    by=SYSTEM,
    clause="inspection.plan",
    example={"plan": 480, "size": 501, "root": _DIGEST, "checkpoint": _DIGEST},
)
class DrawSeed(Body, frozen=True):
    """Records the first checkpoint past the size announced, with whatever witnesses cosigned it: the seed of the draw.

    The caller has held checkpoint and root against the book, and gives the seed made of it.
    """

    plan: Count
    size: Count
    root: RootDigest
    checkpoint: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        drawing = inst.drawing
        if drawing is None or drawing.index != self.plan:
            raise OutOfTurn("not-found", "inspection.seed/1", what=f"#{self.plan}")
        if lapsed(inst, drawing):
            raise OutOfTurn("draw-lapsed", "inspection.seed/1", plan=drawing.index, size=drawing.size)
        seen = min([self.size, *filter(None, [drawing.seen, _past(filing.act.view.size, drawing.size)])])
        if not drawing.size < self.size <= inst.size or seen < self.size:
            raise OutOfTurn("draw-checkpoint", "inspection.seed/1", size=self.size, past=drawing.size, seen=seen)
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        drawing, before = inst.drawing, min(free_of_ballots(inst), filing.index)
        assert drawing is not None
        of = (drawing.count, before, drawing.size, self.size, self.checkpoint, filing.given.checkers)
        seed = Seed(filing.index, self.plan, filing.given.seed, *of)
        return replace(inst, drawing=None, seeds=inst.seeds.set(filing.index, seed))


def _past(size: int, announced: int) -> int:
    return size if size > announced else 0


def seen_in(inst: Institution, size: int) -> Institution:
    """The institution once an act had a checkpoint of that size in view: it bears on a draw that waits for one."""
    drawing = inst.drawing
    if drawing is None or size <= drawing.size or 0 < drawing.seen <= size:
        return inst
    return replace(inst, drawing=replace(drawing, seen=size))
