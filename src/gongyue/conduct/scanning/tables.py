"""Tables: each column's cells go through the kernels once, in pieces; distinct values once where the file keeps them so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from gongyue.conduct.compiling import maker
from gongyue.conduct.scanning import kinds
from gongyue.conduct.scanning.blocks import Found, scan_block
from gongyue.conduct.scanning.columns import Counts, Decision, decide, decide_text, names_for
from gongyue.conduct.scanning.deep import deepened
from gongyue.conduct.scanning.hashing import spelled
from gongyue.conduct.scanning.headings import looked_at
from gongyue.conduct.scanning.kinds import STRENGTH
from gongyue.conduct.scanning.lexicon import PART, tables
from gongyue.conduct.scanning.masking import masked
from gongyue.conduct.scanning.naming import AGAINST, USED, name_bits
from gongyue.conduct.scanning.plain import texts_of
from gongyue.conduct.scanning.respelling import born, hidden, respelled
from gongyue.conduct.scanning.signs import Array
from gongyue.conduct.scanning.texts import pieces

NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "/",
        "\\",
        "N/A",
        "n/a",
        "NA",
        "NULL",
        "null",
        "None",
        "none",
        "nan",
        "NaN",
        "无",
        "空",
        "暂无",
        "未知",
        "?",
        "0",
    }
)
"""What people write into a cell that holds nothing."""
_POWER = re.compile(r"\s*[1-9](?:\.\d+)?[eE]\+?(?P<power>\d\d?)\s*")
_POWERS = {
    kinds.CN_MOBILE: {10}, kinds.CN_ID: {17, 14}, kinds.BANK_CARD: {15, 16, 17, 18}, kinds.IMEI: {14}, kinds.IMSI: {14},
}  # fmt: skip
"""What a spreadsheet made of a number: the power of ten by type."""
LOOKED_AT = 200
"""How many filled cells are looked at where a column has no form."""
RARE = 0.02
"""Below this share a find does not tell what a column is."""
FILLERS = 5
"""How many words may stand for nothing in a column of names."""
COUNTED = 100
"""From how many cells a run without a gap is a counter."""

_HIDDEN = re.compile(
    r"(?P<surname>[\u4e00-\u9fff])(?:[\u4e00-\u9fff]?(?:[*\uff0a×Xx○●]{1,3}|某{1,2})|[*\uff0a×Xx○●]{1,2}[\u4e00-\u9fff])|[*\uff0a]{1,2}[\u4e00-\u9fff]"
)
"""A name that its owner hid all but a sign or two of."""
_NO_SECRET = re.compile(r"(?i)true|false|(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.+Z-]*)?")
"""What stands in a column that says of a password whether or since when there is one."""


class Column:
    """One column while its cells pass by: `add` pieces of it, then ask for `types`."""

    def __init__(self, name: str, *, text: bool = False, deep: bool = False, samples: int = 0) -> None:
        self.name = name
        self.bits = 0 if text else name_bits(name)
        self.shown: dict[int, list[str]] = {}
        self._deep, self._samples = deep, samples
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
        for first, data, offsets in pieces(text):
            found = scan_block(data, offsets, self.bits & USED, shapes=True)
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

    def _names(self, found: Found, data: Array, offsets: Array) -> None:
        """Remember how many different cells with names were seen."""
        if len(self.counts.distinct) >= 1000 or self.seen > 100_000:
            return
        for unit in found.unit[(found.kind == kinds.PERSON) & (found.tier > 0)][:1000].tolist():
            self.counts.distinct.add(int(spelled(data, int(offsets[unit]), int(offsets[unit + 1]))))

    def _sample(self, found: Found, data: Array, offsets: Array) -> None:
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
        if self._counting and self.counts.filled >= COUNTED and not self.bits & names_for(kinds.CN_MOBILE):
            found = [d for d in found if d.kind != kinds.CN_MOBILE]
        if self.counts.filled and all(d.share < RARE for d in found):
            return _joined(list(self._guesses()), found)
        told = {d.kind for d in found}
        return [*found, *(d for d in self._written() if d.kind not in told)]

    def _guesses(self) -> Iterator[Decision]:
        """What a column is by its first cells and its name, where few or none of its cells have a form."""
        for guess in (self._powers, self._written, self._named, self._axis, self._passwords):
            yield from guess()
        yield from [*self._hidden_names()] or self._few_names()

    def _powers(self) -> Iterator[Decision]:
        """Numbers a spreadsheet wrote as 1.38E+10, in a column that is called after a type."""
        for kind, powers in _POWERS.items():
            if self.bits & names_for(kind):
                hits = [m for value in self._first if (m := _POWER.fullmatch(value)) and int(m["power"]) in powers]
                if len(hits) >= 0.3 * max(1, len(self._first)):
                    share = round(len(hits) / len(self._first), 4)
                    yield Decision(kind, share, "plausible", round(share * self.counts.filled))
                    return

    def _filled(self) -> list[str]:
        """The first cells that hold something, as they stand without the space around them."""
        return [v.strip() for v in self._first]

    def _written(self) -> Iterator[Decision]:
        """Values in a way of writing that nothing is known by, such as thousands set apart."""
        cells = self._filled()
        plain = [] if self.bits & AGAINST else respelled(cells)
        if plain:
            column = Column(self.name)
            column.add(pa.array(plain, pa.large_string()))
            for d in decide(column.counts, column.bits):
                yield self._guess(d.kind, d.share * len(plain) / len(cells), d.tier)

    def _named(self) -> Iterator[Decision]:
        """Hidden numbers and days of birth that only the column's name tells."""
        cells = self._filled()
        for kind, share in hidden(cells, lambda kind: bool(self.bits & names_for(kind))):
            yield self._guess(kind, share, "masked")
        if self.bits & (1 << kinds.DOB) and cells and (share := born(cells)):
            yield self._guess(kinds.DOB, share, "plausible")

    def _guess(self, kind: int, share: float, tier: str) -> Decision:
        return Decision(kind, round(share, 4), tier, round(share * self.counts.filled))

    def _axis(self) -> Iterator[Decision]:
        """One of a pair of columns: latitude or longitude, by its name and its decimals."""
        if self.bits & (1 << kinds.GPS):
            hits = [v for v in self._first if re.fullmatch(r"\s*[+-]?(?:\d|\d\d|1[0-7]\d)\.\d{3,}\s*[°NSEW]?\s*", v)]
            if len(hits) >= 0.5 * max(1, len(self._first)):
                yield Decision(kinds.GPS, round(len(hits) / len(self._first), 4), "plausible", self.counts.filled)

    def _hidden_names(self) -> Iterator[Decision]:
        """Names of which one sign was left (张**, *伟, 李某), by themselves or among whole ones; and whole ones among roles."""
        filled = self._filled()
        hits = [m for v in filled if (m := _HIDDEN.fullmatch(v))]
        whole, hidden = int(self.counts.whole[kinds.PERSON]) / self.counts.filled, len(hits) / max(1, len(filled))
        roles = sum(map(_is_role, filled)) / len(filled) if whole >= 0.3 else 0.0
        share = min(1.0, whole + hidden)
        if self.bits & AGAINST or not hidden + roles or share < max(0.3, 0.6 * (1 - roles)):
            return
        seen = len({m[0].strip("*\uff0a") for m in hits}) + len(self.counts.distinct)
        first = [tables().plain[ord(m["surname"])] for m in hits if m["surname"]]
        known = sum(tables().words.surname[c] < PART for c in first)
        if seen >= (min(20, 0.5 * share * self.counts.filled) if whole else 5) and known >= 0.8 * len(first):
            tier = "masked" if self.counts.whole[kinds.PERSON] < 2 else "valid"
            yield Decision(kinds.PERSON, round(share, 4), tier, round(share * self.counts.filled))

    def _few_names(self) -> Iterator[Decision]:
        """Different names, in a column called after people, where the first cells hold nothing else but a few words."""
        whole = int(self.counts.whole[kinds.PERSON])
        if not self.bits & (1 << kinds.PERSON) or whole < 5 or len(self.counts.distinct) < min(1000, 0.5 * whole):
            return
        cells = self._filled()
        rest = [
            cell
            for cell, found in zip(cells, looked_at(cells, self.bits & USED), strict=True)
            if not any(f.kind == kinds.PERSON and f.tier for f in found)
        ]
        if len(cells) >= 20 and len(set(rest)) <= FILLERS:
            yield Decision(kinds.PERSON, round(whole / self.counts.filled, 4), "plausible", whole)

    def _passwords(self) -> Iterator[Decision]:
        """Passwords and tokens have no form: a column called so, with cells of one word each."""
        if self.bits & (1 << kinds.KEYWORD):
            filled = self._first
            hits = [
                v
                for v in filled
                if 4 <= len(v) <= 512 and not re.search(r"[\s\u4e00-\u9fff*]", v) and not _NO_SECRET.fullmatch(v)
            ]
            if filled and len(hits) >= 0.5 * len(filled):
                yield Decision(kinds.SECRET, round(len(hits) / len(filled), 4), "plausible", self.counts.filled)


def _joined(guesses: list[Decision], found: list[Decision]) -> list[Decision]:
    """The guesses and what was found; of a type in both the guess, with the stronger tier."""
    tiers = {d.kind: d.tier for d in found}
    told = {g.kind: replace(g, tier=max(g.tier, tiers.get(g.kind, g.tier), key=STRENGTH.index)) for g in guesses}
    return [*told.values(), *(d for d in found if d.kind not in told)]


def _is_role(cell: str) -> bool:
    """Whether a cell says what somebody is, and nothing else."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,6}", cell):
        return False
    return cell[-1] == "员" or bool(name_bits(cell) & ((1 << kinds.ROLE) | (1 << kinds.TITLE)))


def _weighed(found: Found, weights: Array, empty: Array) -> tuple[Found, Array]:
    """The finds of distinct values, each as often as its value stands."""
    starts = np.concatenate([[0], np.cumsum(weights)])
    times = weights[found.unit]
    units = np.repeat(starts[found.unit], times) + _within(times)
    start, end, kind, tier, figure = (np.repeat(part, times) for part in found[1:6])
    return Found(units, start, end, kind, tier, figure, np.repeat(found.length, weights)), np.repeat(empty, weights)


def _within(times: Array) -> Array:
    """0 to n - 1 for each n."""
    total = np.arange(int(times.sum()))
    return np.asarray(total - np.repeat(np.cumsum(times) - times, times))


_NOTHING = np.array(
    sorted(spelled(np.frombuffer(word.encode(), dtype=np.uint8), 0, len(word.encode())) for word in NOTHING - {""})
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
            key = spelled(data, start, end)
            for word in nothing:
                empty[i] |= word == key
    return empty
