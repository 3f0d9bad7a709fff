"""The packed ledger: one (subject, controller) pair in one 64-byte cache line, memory-mapped; the kernel probes it.

A line is eight words of 64 bits:

    0, 1   key of the subject            3 … 6   for each of the first four authorisations: start | end << 32,
    2      controller | count << 16              coarse: see `shift`
           | first row of terms << 32    7       for each of them: its mark, 16 bits

A mark is whether the basis is statutory | scope's place in its page << 1 | page << 7. Coarse times are ticks since
`base` shifted right; where one of them equals the use's, the exact times decide, in `terms`: start, end, id, mark (and
1 << 16 if what ended it was the person's word), in order of id. A pair with more than four spills over into `terms`
alone. The last rows of `terms` are the promise's own: the bases standing for everyone, then all as promised.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from gongyue.conduct.auditing.cells import combined
from gongyue.conduct.auditing.columns import subjects
from gongyue.conduct.auditing.fingerprints import mixed
from gongyue.conduct.auditing.ledger import Ledger
from gongyue.conduct.auditing.use_encoder import PAGE
from gongyue.conduct.grants import Authorisation, promised, statutory_grants
from gongyue.conduct.instants import LAST
from gongyue.conduct.jit import entry_point, inlined, maker
from gongyue.conduct.promise import Promise

INLINE = 4
WITHDRAWN_MARK = 1 << 16
LIMITS = (512 * PAGE, 1 << 16, 1 << 32)
"""Scopes, controllers and authorisations that a line has bits for."""
COARSE = (1 << 32) - 1
Ints = npt.NDArray[np.int64]


class TooMany(Exception):
    """The ledger has more of something than a line has bits for: another engine takes it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


class Layout(msgspec.Struct, frozen=True):
    """The figures a packed ledger is read by."""

    seed: int
    base: int
    shift: int
    terms: int
    standing: int
    promised: int


class Packed(msgspec.Struct, frozen=True):
    """Lines and terms, and how to read them."""

    lines: Ints
    terms: Ints
    layout: Layout


def packed(ledger: Ledger, promise: Promise, seed: int) -> Packed:
    """The packed form; TooMany where it does not fit."""
    held = (
        (len(ledger.scopes), "不同的授权范围", "distinct scopes"),
        (len(ledger.controllers), "控制者", "controllers"),
        (len(ledger.rows), "授权", "authorisations"),
    )
    for limit, (many, zh, en) in zip(LIMITS, held, strict=True):
        if many > limit:
            raise TooMany(f"{zh}多于 {limit}", f"more than {limit} {en}")
    rows = ledger.rows
    keys = subjects(combined(rows.column("subject")), seed)
    controller = _column(rows, "controller")
    start, end, ids = _column(rows, "start"), _column(rows, "end"), _column(rows, "id")
    page, place = np.divmod(_column(rows, "scope"), PAGE)
    marks = page << 7 | place << 1 | _column(rows, "statutory")
    marks |= _column(rows, "withdrawn") * WITHDRAWN_MARK
    base, shift = _coarse(start, end)
    own = _own(ledger, promise)
    terms = np.empty((len(ids) + len(own), 4), np.int64)
    terms[len(ids) :] = own
    capacity = 1 << max(4, int(np.ceil(np.log2(max(1, len(ids)) / 0.6))))
    lines = np.zeros((_pairs_capacity(keys.low, keys.high, controller, capacity), 8), np.int64)
    if not _fill(lines, terms, keys.low, keys.high, controller, start, end, ids, marks, base, shift):
        raise TooMany("同一主体的授权多于 65535", "more than 65,535 authorisations of one subject")
    basic = len(statutory_grants(promise))
    return Packed(lines, terms, Layout(seed, base, shift, len(ids), basic, len(own) - basic))


def _column(rows: Any, name: str) -> Ints:
    return np.asarray(rows.column(name).to_numpy(), np.int64)


def _coarse(start: Ints, end: Ints) -> tuple[int, int]:
    """(the first tick, by how many bits ticks are shifted so that all that is finite fits 32)."""
    if not len(start):
        return 0, 0
    base = int(start.min())
    finite = end[end < LAST]
    span = max(int(start.max()), int(finite.max()) if len(finite) else base) - base
    return base, max(0, span.bit_length() - 31)


def _own(ledger: Ledger, promise: Promise) -> Ints:
    number = {scope: place for place, scope in enumerate(ledger.scopes)}

    def row(grant: Authorisation) -> list[int]:
        page, place = divmod(number[grant.scope], PAGE)
        mark = page << 7 | place << 1 | (grant.basis != "consent")
        return [grant.valid_from, grant.valid_to, grant.id, mark]

    return np.array([row(g) for g in (*statutory_grants(promise), *promised(promise))], np.int64).reshape(-1, 4)


def _pairs_capacity(low: Ints, high: Ints, controller: Ints, most: int) -> int:
    """Lines so that three in five are taken at most: by the number of pairs, which is found by counting them."""
    pairs = _distinct(low, high, controller, np.zeros((most, 3), np.int64)) if len(low) else 0
    return 1 << max(4, int(np.ceil(np.log2(max(1, pairs) / 0.6))))


@inlined
def slot_of(low: Any, high: Any, controller: Any) -> Any:  # pragma: no cover - compiled
    """Where a pair is looked for first."""
    return mixed(np.uint64(low) ^ (np.uint64(high) * np.uint64(3)) ^ (np.uint64(controller) << np.uint64(48)))


@inlined
def probed(first: Any, step: Any) -> Any:  # pragma: no cover - compiled
    """Where it is looked for after so many steps: a line, the other of its pair of lines, then the next pair."""
    return (first ^ (step & np.uint64(1))) + (step & ~np.uint64(1))


@entry_point
def _distinct(low: Any, high: Any, controller: Any, seen: Any) -> int:  # pragma: no cover - compiled
    mask, pairs = np.uint64(len(seen) - 1), 0
    for row in range(len(low)):
        slot = slot_of(low[row], high[row], controller[row]) & mask
        while seen[slot, 2] != 0:
            if seen[slot, 0] == low[row] and seen[slot, 1] == high[row] and seen[slot, 2] == controller[row] + 1:
                break
            slot = (slot + np.uint64(1)) & mask
        if seen[slot, 2] == 0:
            seen[slot, 0], seen[slot, 1], seen[slot, 2] = low[row], high[row], controller[row] + 1
            pairs += 1
    return pairs


@maker
def _fill(  # pragma: no cover - compiled
    lines: Any, terms: Any, low: Any, high: Any, controller: Any, start: Any, end: Any, ids: Any, marks: Any, base: Any, shift: Any
) -> bool:  # fmt: skip
    mask = np.uint64(len(lines) - 1)
    slots = np.empty(len(low), np.int64)
    for row in range(len(low)):  # count each pair's rows
        first, step = slot_of(low[row], high[row], controller[row]), np.uint64(0)
        slot = probed(first, step) & mask
        while lines[slot, 2] != 0:
            if (
                lines[slot, 0] == low[row]
                and lines[slot, 1] == high[row]
                and lines[slot, 2] & 0xFFFF == controller[row]
            ):
                break
            step += np.uint64(1)
            slot = probed(first, step) & mask
        if lines[slot, 2] == 0:
            lines[slot, 0], lines[slot, 1], lines[slot, 2] = low[row], high[row], controller[row]
        if (lines[slot, 2] >> 16) & 0xFFFF == 0xFFFF:
            return False
        lines[slot, 2] += 1 << 16
        slots[row] = slot
    begun = 0
    for slot in range(len(lines)):  # where each pair's rows begin, in order of the lines
        count = (lines[slot, 2] >> 16) & 0xFFFF
        if count:
            lines[slot, 2] |= np.int64(np.uint64(begun) << np.uint64(32))
            begun += count
    filled = np.zeros(len(lines), np.uint16)
    for row in range(len(low)):  # rows come in order of id, and stay so
        slot = slots[row]
        place = np.int64(filled[slot])
        filled[slot] += 1
        at = np.int64(np.uint64(lines[slot, 2]) >> np.uint64(32)) + place
        terms[at, 0], terms[at, 1], terms[at, 2], terms[at, 3] = start[row], end[row], ids[row], marks[row]
        if place < INLINE:
            begin, stop = coarse(start[row], base, shift), coarse(end[row], base, shift)
            lines[slot, 3 + place] = np.int64(np.uint64(begin) | np.uint64(stop) << np.uint64(32))
            lines[slot, 7] |= np.int64(np.uint64(marks[row] & 0xFFFF) << np.uint64(16 * place))
    return True


@inlined
def coarse(ticks: Any, base: Any, shift: Any) -> Any:  # pragma: no cover - compiled
    """A tick as 32 bits; beyond them the nearest there is."""
    return min(max((ticks - base) >> shift, 0), COARSE)
