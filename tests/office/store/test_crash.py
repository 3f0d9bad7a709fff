"""SIGKILL at any moment: what was acknowledged is there, what is there is whole.

The process dies, the machine does not: this shows that a commit is one step, not that the disk keeps its word.
"""

from __future__ import annotations

import random
import sys
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

import pytest

from gongyue.office.store import OPEN, Store
from gongyue.transparency.merkle import Frontier, Tree, leaf_hash
from support.mortal import Mortal, mortal

from .places import Place

pytestmark = pytest.mark.slow(20)
AT_BIRTH = 40
DEATHS, ACKNOWLEDGED = 200, 300
"""So many deaths, and so many leaves acknowledged before them: a slow machine dies more often."""


def dying(place: Place) -> AbstractContextManager[Mortal]:
    """The process whose children append there."""
    return mortal("tests.office.store.dying", *place)


def lived(process: Mortal, chance: random.Random, from_birth: bool) -> list[int]:
    """What was acknowledged to one killed after up to 30 ms."""
    return [int(line) for line in process.live(chance.uniform(0, 0.03), from_birth)]


class Kept:
    """What the store has held so far, and must hold for ever."""

    def __init__(self) -> None:
        self.tree, self.frontier = Tree(), Frontier()

    def check(self, store: Store, acknowledged: list[int]) -> None:
        """Nothing acknowledged lost, at most one more than that, head over all leaves, no gap."""
        before = self.tree.size
        with store.writing() as tx:  # under the lock: PostgreSQL may still be committing for the dead
            head, leaves = tx.head(OPEN), list(tx.leaves(OPEN, before, sys.maxsize))
            size = head.size if head else 0
            assert tx.leaf(OPEN, size) is None
        for leaf in leaves:
            self.tree.append(leaf_hash(leaf))
            self.frontier.append(leaf_hash(leaf))
        assert size == self.tree.size
        assert acknowledged == list(range(before, before + len(acknowledged)))
        assert size - before - len(acknowledged) in (0, 1)
        if head:
            assert (head.root, head.frontier) == (self.tree.root(), self.frontier.to_bytes())
            assert store.note(OPEN, size) == (head.root, head.note)

    def check_all(self, store: Store) -> None:
        """From the first leaf: leaves, acts, notes and every node of the tree."""
        size = self.tree.size
        for index, leaf in enumerate(store.leaves(OPEN, 0, size)):
            assert leaf_hash(leaf) == self.tree.node(0, index)
            assert store.note(OPEN, index + 1) is not None
        for level in range(size.bit_length()):
            for index in range(size >> level):
                assert store.node(OPEN, level, index) == self.tree.node(level, index)


def test_a_killed_writer_loses_nothing_acknowledged(lasting: Place) -> None:
    """Killed hundreds of times while it commits, with the store opened anew after each death."""
    chance, kept, total = random.Random(22), Kept(), 0
    lasting.open(create=True).close()
    with dying(lasting) as process:
        for death in count():
            if death >= DEATHS and total >= ACKNOWLEDGED:
                break
            assert death < 20 * DEATHS, f"{death} deaths, only {total} leaves acknowledged"
            acknowledged = lived(process, chance, from_birth=death % 4 == 0)
            total += len(acknowledged)
            store = lasting.open()
            kept.check(store, acknowledged)
            store.close()
    store = lasting.open()
    kept.check_all(store)
    store.close()


def test_a_store_killed_while_it_is_created_can_be_created_again(tmp_path: Path) -> None:
    """The file is empty or a store, never something between."""
    chance = random.Random(8)
    for death in range(AT_BIRTH):
        place = Place(str(tmp_path / f"store {death}"))
        with dying(place) as process:
            acknowledged = lived(process, chance, from_birth=True)
        store = place.open(create=True)
        Kept().check(store, acknowledged)
        store.close()
