"""Tests handed out to several workers: the longest are begun first for certain, whatever the order of the rest.

What is long is a unit, done by one worker: a test so marked, or a module so marked, whose tests share what takes long to
make. Half of the workers, rounded up, take unit by unit, the longest first; the others take module by module of the rest, in its order,
and towards the end parts of modules. Whoever finds nothing of its own kind helps with the other. Folders share what takes
long to make, too: a worker goes on in the one it is in, then where nobody is.

A worker holds one test besides the one it does, and what it holds cannot be taken back. So behind a long test only a short
one waits, and nothing long stands still while another worker is idle.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import WorkStealingScheduling

AT_HAND = 2
"""Tests a worker must have: xdist's begin one only once they know which comes after it."""
PARTS = 2
"""No worker is given more of the rest at once than its share of what is left, divided by this."""


class LongestFirst(WorkStealingScheduling):
    """xdist's own bookkeeping, with another way of giving; nothing is stolen, as little is given in advance."""

    def __init__(self, config: pytest.Config, log: Any, plan: Path) -> None:
        super().__init__(config, log)
        self._plan = plan
        self._units: list[list[int]] = []
        self._long: set[int] = set()
        self._modules: list[str] = []
        self._folders: dict[int, str] = {}

    @property
    def tests_finished(self) -> bool:
        """Whether everything was given and no worker has more than its last."""
        return not self._units and super().tests_finished

    @property
    def has_pending(self) -> bool:
        """Whether anything is left to do."""
        return bool(self._units) or super().has_pending

    def schedule(self) -> None:
        """Give every worker its first, once all have found the same tests."""
        if self.collection is None:
            if not self._check_nodes_have_same_collection():
                self.log("**Different tests collected, aborting run**")
                return
            self.collection = next(iter(self.node2collection.values()))
            # none is written where none was found: of a path that does not exist, which pytest says itself
            long = json.loads(self._plan.read_text("utf-8")) if self._plan.exists() else []
            self._units, self.pending[:] = planned(self.collection, long)
            self._modules = [name.partition("::")[0] for name in self.collection]
            self._long = {test for unit in self._units for test in unit}
        self.check_schedule()

    def check_schedule(self) -> None:
        """Give whoever has too little more; whoever gets nothing does its last one and ends."""
        for number, (node, held) in enumerate(self.node2pending.items()):
            while len(held) < AT_HAND and not node.shutting_down:
                given = self._next(number, held)
                if given:
                    held += given
                    node.send_runtest_some(given)
                else:
                    node.shutdown()

    def _next(self, worker: int, held: Sequence[int]) -> list[int]:
        if held and held[-1] in self._long and self.pending:
            return [self.pending.pop()]  # a short one behind a long one
        begins = worker < (self.numnodes + 1) // 2
        if self._units and (begins or len(self.pending) <= len(self._units)):  # a short one is left for behind each
            return self._units.pop(0)
        return self._of_the_rest(worker)

    def _of_the_rest(self, worker: int) -> list[int]:
        """What comes next for that worker, as far as it is of one module."""
        if not self.pending:
            return []
        names = [self._modules[test] for test in self.pending]
        folders = {_folder(name): place for place, name in reversed(list(enumerate(names)))}
        mine, others = self._folders.get(worker), {folder for who, folder in self._folders.items() if who != worker}
        free = [place for folder, place in folders.items() if folder not in others]
        first = folders[mine] if mine in folders else min(free, default=0)
        self._folders[worker] = _folder(names[first])
        end, most = first, max(1, len(names) // (PARTS * self.numnodes))
        while end < len(names) and end - first < most and names[end] == names[first]:
            end += 1
        given = self.pending[first:end]
        del self.pending[first:end]
        return given


def _folder(module: str) -> str:
    """The one below `tests`, with all that is in it."""
    return "/".join(module.split("/")[:2])


def planned(collection: Sequence[str], units: list[list[str]]) -> tuple[list[list[int]], list[int]]:
    """The places of the long, unit by unit, and of the rest; what is named and was not asked for (`-m`, `-k`) is left out."""
    places = {name: place for place, name in enumerate(collection)}
    long = [[places.pop(name) for name in unit if name in places] for unit in units]
    return [unit for unit in long if unit], list(places.values())
