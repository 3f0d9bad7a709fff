"""Tables: each column's cells go through the kernels once, in pieces; distinct values once where the file keeps them so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from gongyue.conduct.jit import maker
from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.arrow_text import texts_of
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.column_counts import Counts
from gongyue.conduct.scanning.column_triggers import USED, calls_a_person, name_bits, of_things
from gongyue.conduct.scanning.columns import LABELLED, Decision, decide, decide_text, names_for
from gongyue.conduct.scanning.deep import deepened
from gongyue.conduct.scanning.entity_types import STRENGTH
from gongyue.conduct.scanning.guesses import Guesses
from gongyue.conduct.scanning.hash_tables import hash_span
from gongyue.conduct.scanning.masking import masked
from gongyue.conduct.scanning.pipeline import Spans, scan_block
from gongyue.conduct.scanning.scan_buffer import BufferPool
from gongyue.conduct.scanning.texts import pieces

NOTHING = frozenset(
    (*"-/\\?0无空", "", "--", "N/A", "n/a", "NA", "NULL", "null", "None", "none", "nan", "NaN", "暂无", "未知")
)
"""What people write into a cell that holds nothing."""
LOOKED_AT = 200
"""How many filled cells are looked at where a column has no form."""
RARE = 0.02
"""Below this share a find does not tell what a column is."""
LONG = 1 << 14
"""Of a cell of more bytes nobody asks what stands before a name."""
BEFORE = 16
"""How many signs before a name are looked at for its label."""
COUNTED = 100
"""From how many cells a run without a gap is a counter."""


class Column:
    """One column while its cells pass by: `add` pieces of it, then ask for `types`."""

    def __init__(self, name: str, *, text: bool = False, deep: bool = False, samples: int = 0) -> None:
        self.name = name
        self.bits = 0 if text else name_bits(name) | (of_things(name) << entity_types.THING)
        self.shown: dict[int, list[str]] = {}
        self._text, self._deep, self._samples = text, deep, samples
        self.counts = Counts()
        self.seen = 0
        self.spoilt = 0  # cells of which some bytes were no text
        self.broken = False  # whether some of its cells could not be read
        self._first: list[str] = []
        self._last: int | None = None  # the last number of a counter
        self._counting = True  # whether each cell so far is the one before and 1

    def add(self, cells: Any) -> None:
        """Look at some cells: an Arrow array of any type. BadInput where some cannot be read."""
        try:
            for text, weights, spoilt in texts_of(cells):
                self.spoilt += spoilt
                if text is not None:
                    self._add(text, weights, self.seen)
        finally:
            self.seen += len(cells)

    def _add(self, text: Any, weights: Array | None, start: int) -> None:
        if self._counting and len(text):
            self._count_on(text, weights)
        room = BufferPool()
        for first, data, offsets in pieces(text):
            found = scan_block(data, offsets, self.bits & USED, shapes=True, room=room)
            if self._deep:
                found = deepened(found, data, offsets)
            if self._samples:
                self._sample(found, data, offsets)
            size = len(offsets) - 1
            empty = _empty(data, offsets, _NOTHING)
            if len(self._first) < LOOKED_AT:
                self._keep(text.slice(first, size), empty)
            self._names(found, data, offsets)
            if weights is not None:
                found, empty = _weighed(found, weights[first : first + size], empty)
            self.counts.add(found, empty, start + first if weights is None else 0)

    def _keep(self, text: Any, empty: Array) -> None:
        """Remember the first cells that hold something."""
        filled = np.flatnonzero(~empty)[: LOOKED_AT - len(self._first)]
        self._first += text.take(pa.array(filled)).to_pylist()

    def _count_on(self, text: Any, weights: Array | None) -> None:
        """Whether the cells go on counting by one: a list of telephone numbers has gaps. Most columns show it in their head."""
        once = weights is None or bool((weights == 1).all())
        self._counting = once and _counter(text.slice(0, 16), self._last) is not None
        self._last = _counter(text, self._last) if self._counting else None
        self._counting = self._last is not None

    def _names(self, found: Spans, data: Array, offsets: Array) -> None:
        """Remember different cells with names, and which of these are names by themselves, inside others, after a label."""
        counts = self.counts
        asked = len(counts.labelled) < LABELLED
        if self._text or not (asked or (len(counts.distinct) < 1000 and self.seen <= 100_000)):
            return
        people = np.flatnonzero((found.kind == entity_types.PERSON) & (found.tier > 0))[:1000]
        units = found.unit[people]
        first, last, length = offsets[units], offsets[units + 1], found.length[units]
        start, end, sure = found.start[people], found.end[people], found.tier[people] == entity_types.VALID
        cells, which = np.unique(units, return_inverse=True)
        keys = _keys(data, offsets[cells], offsets[cells + 1])[which]
        alone = (length - 1 <= end - start) | (last - first > LONG)
        counts.distinct.update(keys.tolist())
        counts.names.update(keys[alone].tolist())
        counts.full.update(keys[alone & sure & (length >= 3) & (length <= 4)].tolist())
        for i in np.flatnonzero(~alone).tolist():
            cell = data[first[i] : last[i]].tobytes().decode("utf-8", "replace")
            name = hash(cell[start[i] : end[i]])
            counts.names.add(name)
            if asked and start[i] and sure[i] and calls_a_person(cell[max(0, start[i] - BEFORE) : start[i]]):
                counts.labelled.add(name)

    def _sample(self, found: Spans, data: Array, offsets: Array) -> None:
        """Keep the first few values of each type, masked at once."""
        for i in np.flatnonzero(found.tier > 0)[: 50 * self._samples].tolist():
            kept = self.shown.setdefault(int(found.kind[i]), [])
            if len(kept) < self._samples:
                unit = int(found.unit[i])
                cell = data[offsets[unit] : offsets[unit + 1]].tobytes().decode("utf-8", "replace")
                shown = masked(cell[found.start[i] : found.end[i]])
                if shown not in kept:
                    kept.append(shown)

    def types(self, *, text: bool = False) -> list[Decision]:
        """What the column holds; of a text, everything found in it."""
        if text:
            return decide_text(self.counts)
        found = decide(self.counts, self.bits)
        if self._counting and self.counts.filled >= COUNTED and not self.bits & names_for(entity_types.CN_MOBILE):
            found = [d for d in found if d.kind != entity_types.CN_MOBILE]
        guesses = Guesses(self.bits, self.counts, self._first, self._again)
        found = guesses.people(guesses.papers(found))
        if self.counts.filled and all(d.share < RARE for d in found):
            return _joined(list(guesses.every()), found)
        told = {d.kind for d in found}
        return [*found, *(d for d in guesses.written() if d.kind not in told)]

    def _again(self, cells: list[str]) -> list[Decision]:
        """The decision on some cells by themselves."""
        column = Column(self.name)
        column.add(pa.array(cells, pa.large_string()))
        return decide(column.counts, column.bits)


def _joined(guesses: list[Decision], found: list[Decision]) -> list[Decision]:
    """The guesses and what was found; of a type in both the guess, with the stronger tier."""
    tiers = {d.kind: d.tier for d in found}
    told = {g.kind: replace(g, tier=max(g.tier, tiers.get(g.kind, g.tier), key=STRENGTH.index)) for g in guesses}
    return [*told.values(), *(d for d in found if d.kind not in told)]


def _weighed(found: Spans, weights: Array, empty: Array) -> tuple[Spans, Array]:
    """The finds of distinct values, each as often as its value stands."""
    starts = np.concatenate([[0], np.cumsum(weights)])
    times = weights[found.unit]
    units = np.repeat(starts[found.unit], times) + _within(times)
    start, end, kind, tier, figure = (np.repeat(part, times) for part in found[1:6])
    return Spans(units, start, end, kind, tier, figure, np.repeat(found.length, weights)), np.repeat(empty, weights)


def _within(times: Array) -> Array:
    """0 to n - 1 for each n."""
    total = np.arange(int(times.sum()))
    return np.asarray(total - np.repeat(np.cumsum(times) - times, times))


_NOTHING = np.array(
    sorted(hash_span(np.frombuffer(word.encode(), dtype=np.uint8), 0, len(word.encode())) for word in NOTHING - {""})
)


def _counter(text: Any, last: int | None) -> int | None:
    """The last of numbers that go on counting by one, after `last` where there is one; None where they do not."""
    if text.null_count:
        return None
    try:
        numbers = text.cast(pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    steps = np.diff(numbers) if last is None else np.diff(numbers, prepend=last)
    return int(numbers[-1]) if bool((steps == 1).all()) else None


@maker
def _keys(data: Array, first: Array, last: Array) -> Array:
    """The hash of each cell between two places."""
    keys = np.empty(len(first), dtype=np.int64)
    for i in range(len(first)):
        keys[i] = hash_span(data, first[i], last[i])
    return keys


@maker
def _empty(data: Array, offsets: Array, nothing: Array) -> Array:
    """Which cells hold nothing, or what people write for nothing."""
    empty = np.zeros(len(offsets) - 1, dtype=np.bool_)
    for i in range(len(empty)):
        start, end = offsets[i], offsets[i + 1]
        while start < end and data[start] <= 32:
            start += 1
        while end > start and data[end - 1] <= 32:
            end -= 1
        if start == end:
            empty[i] = True
        elif end - start <= 6:
            key = hash_span(data, start, end)
            for word in nothing:
                empty[i] |= word == key
    return empty
