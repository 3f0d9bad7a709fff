"""Slots of the sealed book and their audit: where each stands, which may be drawn, what was drawn and stated of them (formats §10.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.governance.book import Anchor

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

LEAST = 30
"""Slots that are audited at once, at least: the number of acts in few of them would say when something was filed."""


class Drawing(Struct, frozen=True):
    """A draw that two officers announced at `index`: of `count` slots, by the first checkpoint of more than `size` entries.

    `seen`: the least size beyond that which an act since had in view, 0 for none: a checkpoint of that size was signed.
    """

    index: int
    count: int
    size: int
    seen: int = 0


class Seed(Struct, frozen=True):
    """A seed that was recorded at `index` for the draw announced at `plan`: 32 bytes in hex, how many slots it draws.

    `size`: of the checkpoint that made it, which the book's objects have as `checkpoint`; `past`: the size announced. `before`:
    it draws from the slots whose anchors stand before that entry; those since may hold ballots of a vote open then.
    """

    index: int
    plan: int
    seed: str
    count: int
    before: int
    past: int
    size: int
    checkpoint: str
    members: tuple[str, ...] = ()
    """The member units that it draws to check the padding."""


class Auditor(Struct, frozen=True):
    """A unit outside that audits the content, registered by the entry at `index`, for the days from `begins` to `ends`."""

    begins: int
    ends: int
    index: int


class Audit(Struct, frozen=True):
    """What was stated of the slots a seed drew: by which entry, whose, which half; leaves of padding and of acts, the digest of the rest."""

    index: int
    actor: str
    half: str
    padding: int
    real: int
    rest: str
    verdict: str


class YearlyReport(Struct, frozen=True):
    """Figures of a year's sealed acts, by name, as they were stated at `index`; what is under the least that is told is None."""

    index: int
    figures: dict[str, int | None]


def spans(inst: Institution) -> dict[int, tuple[int, Anchor]]:
    """Of every anchored slot where it begins in the sealed book, and the anchor at which it ends.

    What a recovery placed is of no slot, nor what was anchored in a false time.
    """
    found, start = dict[int, tuple[int, Anchor]](), 0
    for anchor in inst.anchors:
        start = max([start, *(r.sealed for r in inst.recoveries if r.index < anchor.index)])
        found[anchor.slot] = start, anchor
        start = anchor.size
    return found


def free_of_ballots(inst: Institution) -> int:
    """Anchors before this entry hold no ballot of a vote that is open now."""
    opened = [vote.opened_index for vote in inst.votes.values() if not vote.outcome]
    return min(opened, default=inst.size)


def auditable(inst: Institution, before: int) -> list[int]:
    """The slots whose anchors stand before that entry, ascending."""
    return [anchor.slot for anchor in inst.anchors if anchor.index < before]


def lapsed(inst: Institution, drawing: Drawing) -> bool:
    """Whether a draw can be made no longer: an anchor came past the announced size, and no seed before it."""
    return bool(inst.anchors) and inst.anchors[-1].index > drawing.size
