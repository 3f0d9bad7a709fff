"""Where acts stand in the open book: by article, actor, type and matter, folded once and afterwards over new leaves only.

Facts are asked for below the size they are made of, so a later fold never changes what an earlier page says.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from heapq import merge
from typing import TypeVar

import msgspec

from gongyue.covenant.periods import day_of
from gongyue.governance.sheet import marked
from gongyue.governance.sheet_words import Mark

ROUTINE = marked(Mark.ROUTINE)
"""Acts of the office key at fixed times, which would crowd out all others: they are counted only."""

T = TypeVar("T")


class _Body(msgspec.Struct):
    """The fields by which acts say on which proposal, vote or annex they are done."""

    annex: str = ""
    matter: str = ""
    proposal: str = ""


class _Act(msgspec.Struct):
    actor: str
    basis: str
    body: _Body
    type: str


class _Received(msgspec.Struct):
    t: int


class _Leaf(msgspec.Struct):
    act: _Act
    rx: _Received


_leaf = msgspec.json.Decoder(_Leaf)
_Places = defaultdict[str, "array[int]"]


def _places() -> _Places:
    return defaultdict(partial(array, "Q"))


class Index:
    """Where the acts of one open book stand, and the Beijing day each arrived on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._size = 0
        self._days: array[int] = array("L")
        self._by: dict[str, _Places] = {what: _places() for what in ("article", "actor", "type", "matter")}
        self._kept: dict[str, tuple[tuple[object, ...], object]] = {}

    def catch_up(self, leaves: Callable[[int, int], Iterable[bytes]], size: int) -> Index:
        """Fold what was appended since, up to `size` at least; `leaves(start, stop)` reads the book."""
        if self._size < size:
            with self._lock:
                if self._size < size:
                    for data in leaves(self._size, size):
                        self._add(_leaf.decode(data))
        return self

    def _add(self, leaf: _Leaf) -> None:
        act, index = leaf.act, self._size
        self._days.append(day_of(leaf.rx.t))
        self._by["article"][act.basis].append(index)
        self._by["actor"][act.actor].append(index)
        self._by["type"][act.type].append(index)
        if of := act.body.matter or act.body.proposal or act.body.annex:
            self._by["matter"][of].append(index)
        self._size += 1

    def day(self, index: int) -> int:
        """The Beijing day an act arrived on."""
        return self._days[index]

    def of(self, what: str, name: str, size: int) -> array[int]:
        """The indices below `size` of the acts of that `article` (art.22), `actor`, `type` or `matter` (p:2026-01)."""
        places = self._by[what].get(name)
        return places[: bisect_left(places, size)] if places is not None else array("Q")

    def types(self, size: int) -> list[str]:
        """The act types that occur below `size`."""
        return sorted(name for name, places in self._by["type"].items() if places[0] < size)

    def of_types(self, types: list[str], size: int) -> list[int]:
        """The acts of any of these types, in the book's order."""
        return list(merge(*(self.of("type", name, size) for name in types)))

    def kept(self, name: str, made_of: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives, kept while it is made of the same: days and sizes equal, parts of the state the very same."""
        known = self._kept.get(name)
        if known is None or not all(map(_same, known[0], made_of)):
            known = self._kept[name] = (made_of, make())
        return known[1]  # type: ignore[return-value]


def _same(one: object, other: object) -> bool:
    """Comparing two maps of ten thousand units would cost more than making the roll anew."""
    return one is other or (isinstance(one, int) and one == other)
