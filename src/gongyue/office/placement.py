"""Where what arrived under seal comes to stand: at the anchor, among the slot's padding, ascending by commitment (formats §10.1).

Until then nothing has a place: neither receipts nor the order of the leaves tell what came before what.
"""

from __future__ import annotations

from itertools import dropwhile, islice
from typing import NamedTuple

from gongyue.office.sources import NO_HEAD
from gongyue.office.store import SEALED, Reading
from gongyue.sealing import padding
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import merkle


class PlacedLeaf(NamedTuple):
    """A leaf to come: its commitment, and the number of the act under it; 0 for padding."""

    commitment: str
    number: int


class Placement(NamedTuple):
    """The leaves of a slot in their order, and the sealed book's compact range once they are there."""

    leaves: list[PlacedLeaf]
    frontier: merkle.Frontier

    @classmethod
    def of(cls, store: Reading, slot_key: bytes, quantum: int) -> Placement:
        """All that waits in the store, padded with the slot's key to a multiple of the quantum."""
        head = store.head(SEALED) or NO_HEAD
        leaves = [PlacedLeaf(one.commitment, one.number) for one in store.pending()]

        def is_there(commitment: str) -> bool:
            """A slot that was anchored in a false time is anchored again in the true one, with what padding it has left."""
            return store.find_sealed(merkle.leaf_hash(sealed_leaf(commitment))) is not None

        fresh = dropwhile(is_there, padding.paddings(slot_key))
        needed = padding.missing(head.size + len(leaves), quantum)
        leaves += (PlacedLeaf(commitment, 0) for commitment in islice(fresh, needed))
        frontier = merkle.Frontier.from_bytes(head.frontier)
        for leaf in sorted(leaves):
            frontier.append(merkle.leaf_hash(sealed_leaf(leaf.commitment)))
        return cls(sorted(leaves), frontier)
