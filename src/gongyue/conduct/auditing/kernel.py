"""The fused kernel: a use's codes in, its verdict out, by one probe into the packed ledger.

Most uses are covered: the first authorisation in order of id whose scope's bit is not among the failing ones, and in
whose time the use falls, is the answer. Only what none covers is explained, by the least key (see `verdict.key`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gongyue.conduct import verdict as meaning
from gongyue.conduct.auditing.kernel_arrays import Coded, Judged
from gongyue.conduct.auditing.packed_ledger import INLINE, WITHDRAWN_MARK, Packed, coarse, probed, slot_of
from gongyue.conduct.auditing.prefetch import prefetch
from gongyue.conduct.auditing.use_encoder import PAGE, EncoderTables
from gongyue.conduct.jit import entry_point, inlined, kernel

K = {kind: place for place, kind in enumerate(meaning.KINDS)}
OK, STATUTORY, NO_AUTH, FAILING = K["OK"], K["STATUTORY"], K["NO_AUTH"], K["PURPOSE"]
UNKNOWN, NOBODY, UNPARSED = K["PURPOSE_UNKNOWN"], K["SUBJECT_UNKNOWN"], K["UNPARSED"]
COUNT, BITS, ID_MASK = meaning.COUNT, meaning.BITS, meaning.ID_MASK
EXPIRED, WITHDRAWN, NOT_YET = (
    1 << COUNT | bits << BITS for bits in (meaning.EXPIRED, meaning.WITHDRAWN, meaning.NOT_YET)
)
P, S, A, R, G = (1 << COUNT | bit << BITS for bit in (1, 2, 4, 8, 16))
NONE = 1 << 62
BLOCK = 256
"""Uses whose lines are found together: as many as the nearest cache has room for."""
AHEAD = 32
"""By how many rows of terms a cache line is asked for before it is needed."""
FURTHER_PAGES = np.uint64(0xFF80FF80FF80FF80)
"""The bits of the pages in four marks."""
FIRST = sum(((found & -found).bit_length() - 1 if found else 0) << 2 * found for found in range(16))
"""For each set of four, the place of its first member, two bits each."""
_WORST = np.array([0, *(K[meaning.kinds_of(bits)[0]] for bits in range(1, 128))], np.uint8)


def judged(packed: Packed, held: EncoderTables, coded: Coded, cite: bool) -> Judged:
    """The verdicts; `cite`: with the ids of the authorisations that cover."""
    found = Judged(len(coded))
    pages = held.pages
    ways = held.ways
    three = ways.reshape(len(ways), 3, pages)
    together = np.bitwise_or.reduce(three, axis=1)
    figures = packed.layout
    layout = np.array(
        [figures.base, figures.shift, figures.terms, figures.terms + figures.standing, len(packed.terms), held.known]
    )
    codes = (coded.purpose, coded.touch, coded.way)
    tables = (held.purposes, held.touches)
    controllers, ours = np.array(held.controller or [-1], np.int64), np.array(held.ours or [False], np.bool_)
    left, at = np.empty(len(coded), np.int64), np.empty((len(coded), 2), np.int64)
    many = _cover(coded.time, coded.low, coded.high, coded.state, *codes, packed.lines, packed.terms, layout, *tables,
                  together, controllers, cite, found.kind, found.nearest, at, left, np.zeros(BLOCK, np.uint64), np.zeros(BLOCK, np.int64))  # fmt: skip
    if cite:
        _cited(packed.terms, found.kind, found.nearest)
    _explain(coded.time, coded.state, *codes, packed.terms, layout, *tables, three, ours, found.kind, found.nearest,
             found.failed, found.of_terms, _WORST, at, left, many)  # fmt: skip
    return found


@entry_point
def _cover(  # pragma: no cover - compiled
    time: Any, low: Any, high: Any, state: Any, purpose: Any, touch: Any, way: Any, lines: Any, terms: Any, layout: Any,
    purposes: Any, touches: Any, ways: Any, controllers: Any, cite: Any, kind: Any, nearest: Any, at: Any, left: Any,
    slots: Any, places: Any,
) -> int:  # fmt: skip
    """Judge what is covered. `left`: the rows that are not, with `at`, the first row of their pair's terms (-1: none) and
    how many there are; the number of these. `slots` and `places` are room for a BLOCK."""
    base, shift, known = layout[0], layout[1], layout[5]
    many = 0
    for begin in range(0, len(time), BLOCK):
        end = min(begin + BLOCK, len(time))
        _lines(low, high, state, way, lines, controllers, begin, end, slots, places, left, many)
        for row in range(begin, end):
            p, c, w, t = purpose[row], touch[row], way[row], time[row]
            if state[row] == 2 or p >= known:
                kind[row] = UNPARSED if state[row] == 2 else UNKNOWN
                continue
            line = places[row - begin]
            if line < 0:
                left[many], at[many, 0], at[many, 1] = row, -1, 0
                many += 1
                continue
            first = np.int64(np.uint64(lines[line, 2]) >> np.uint64(32))
            covering = _covering(lines, terms, line, t, base, shift, purposes, touches, ways, p, c, w)
            if covering < 0:
                left[many], at[many, 0], at[many, 1] = row, first, (lines[line, 2] >> 16) & 0xFFFF
                many += 1
                continue
            kind[row] = STATUTORY if covering & 1 else OK
            if cite:
                nearest[row] = first + (covering >> 1)
    return many


@inlined
def _lines(  # pragma: no cover - compiled
    low: Any, high: Any, state: Any, way: Any, lines: Any, controllers: Any, begin: Any, end: Any,
    slots: Any, places: Any, room: Any, used: Any,
) -> None:  # fmt: skip
    """The line of each of a block of uses into `places`, -1 for none; `room` is free from `used` on.

    Waiting for memory is most of the time, and many loads are waited for as long as one: so all first lines are read
    before any is looked at, and what lies elsewhere, one in four, is asked for together.
    """
    mask, seen, elsewhere = np.uint64(len(lines) - 1), np.int64(0), used
    address = lines.ctypes.data
    for row in range(begin, end):
        slots[row - begin] = slot_of(low[row], high[row], controllers[way[row]]) & mask
    for i in range(end - begin):
        seen ^= lines[slots[i], 2]
    places[0] = seen  # what is not used would not be read
    for row in range(begin, end):
        slot = slots[row - begin]
        places[row - begin] = slot
        if state[row] or not _is(lines, slot, low[row], high[row], controllers[way[row]]):
            prefetch(address + np.int64(slot ^ np.uint64(1)) * 64)
            prefetch(address + np.int64((slot + np.uint64(2)) & mask) * 64)
            room[elsewhere] = row
            elsewhere += 1
    for i in range(used, elsewhere):
        row = room[i]
        stated = state[row] == 0 and controllers[way[row]] >= 0
        places[row - begin] = (
            _line(lines, slots[row - begin], low[row], high[row], controllers[way[row]], mask) if stated else -1
        )


@entry_point
def _cited(terms: Any, kind: Any, nearest: Any) -> None:  # pragma: no cover - compiled
    """From the places of what covers to its ids."""
    address = terms.ctypes.data
    for row in range(len(kind)):
        if row + AHEAD < len(kind) and nearest[row + AHEAD] >= 0:
            prefetch(address + nearest[row + AHEAD] * 32)
        if nearest[row] >= 0:
            nearest[row] = terms[nearest[row], 2]


@entry_point
def _explain(  # noqa: C901 - one loop, compiled  # pragma: no cover
    time: Any, state: Any, purpose: Any, touch: Any, way: Any, terms: Any, layout: Any, purposes: Any, touches: Any, three: Any,
    ours: Any, kind: Any, nearest: Any, failed: Any, of_terms: Any, worst: Any, at: Any, left: Any, many: Any,
) -> None:  # fmt: skip
    """Judge the rows that no authorisation of their subject covers."""
    standing, promised, last = layout[2], layout[3], layout[4]
    address = terms.ctypes.data
    for i in range(many):
        if i % AHEAD == 0:
            for j in range(i, min(i + AHEAD, many)):
                if at[j, 0] >= 0:
                    prefetch(address + at[j, 0] * 32)
                    prefetch(address + at[j, 0] * 32 + 64)
        row = left[i]
        p, c, w, t = purpose[row], touch[row], way[row], time[row]
        if ours[w]:  # PIPL 13(2): a basis that stands for everyone permits, and is never a near miss
            lawful = _least(terms, standing, promised, t, purposes, touches, three, p, c, w)
            if lawful >> COUNT == 0:
                kind[row], nearest[row], of_terms[row] = STATUTORY, lawful & ID_MASK, 1
                continue
        best = np.int64(NONE)
        if state[row] == 1:
            of_terms[row] = 1
            if ours[w]:
                best = _least(terms, promised, last, t, purposes, touches, three, p, c, w)
        elif at[i, 0] >= 0:
            best = _least(terms, at[i, 0], at[i, 0] + at[i, 1], t, purposes, touches, three, p, c, w)
        if best == NONE:
            kind[row], of_terms[row] = NO_AUTH, 0
        elif best >> COUNT == 0:
            kind[row], nearest[row] = NOBODY, best & ID_MASK
        else:
            bits = best >> BITS & 127
            kind[row], nearest[row], failed[row] = worst[bits], best & ID_MASK, bits


@inlined
def _is(lines: Any, slot: Any, low: Any, high: Any, controller: Any) -> bool:  # pragma: no cover - compiled
    """Whether a line is this pair's; no pair's counts nothing, and a controller that is in no line is -1."""
    return bool(
        (lines[slot, 0] == low)
        & (lines[slot, 1] == high)
        & (lines[slot, 2] & 0xFFFF == controller)
        & (lines[slot, 2] != 0)
    )


@inlined
def _line(
    lines: Any, first: Any, low: Any, high: Any, controller: Any, mask: Any
) -> Any:  # pragma: no cover - compiled
    """The line of a pair, -1 for none."""
    step = np.uint64(0)
    slot = first & mask
    while lines[slot, 2] != 0:
        if _is(lines, slot, low, high, controller):
            return np.int64(slot)
        step += np.uint64(1)
        slot = probed(first, step) & mask
    return np.int64(-1)


@inlined
def _covering(  # pragma: no cover - compiled
    lines: Any, terms: Any, line: Any, t: Any, base: Any, shift: Any, purposes: Any, touches: Any, ways: Any, p: Any, c: Any, w: Any
) -> Any:  # fmt: skip
    """Place of the first authorisation that covers, doubled, + 1 if its basis is statutory; -1 for none."""
    failing = purposes[p, 0] | touches[c, 0] | ways[w, 0]
    count = (lines[line, 2] >> 16) & 0xFFFF
    first = np.int64(np.uint64(lines[line, 2]) >> np.uint64(32))
    marks = np.uint64(lines[line, 7])
    tick = coarse(t, base, shift)
    if marks & FURTHER_PAGES == 0:  # without branches: which of the four cover, and which only the exact times settle
        found, unsure = np.int64(0), np.int64(0)
        for place in range(INLINE):
            mark = np.int64(marks >> np.uint64(16 * place))
            fits = ~(failing >> (mark >> 1 & 63)) & 1
            times = np.uint64(lines[line, 3 + place])
            begin, stop = np.int64(times & np.uint64(0xFFFFFFFF)), np.int64(times >> np.uint64(32))
            found |= (fits & (begin < tick) & (tick < stop)) << place
            unsure |= (fits & ((begin == tick) | (tick == stop))) << place
        if unsure == 0:
            if found:
                lowest = np.int64(FIRST >> (2 * found)) & 3
                return lowest << 1 | np.int64(marks >> np.uint64(16 * lowest)) & 1
            if count <= INLINE:
                return np.int64(-1)
            return _spilled(terms, first, INLINE, count, t, purposes, touches, ways, p, c, w)
    return _spilled(terms, first, 0, count, t, purposes, touches, ways, p, c, w)


@kernel
def _spilled(  # pragma: no cover - compiled
    terms: Any,
    first: Any,
    begin: Any,
    count: Any,
    t: Any,
    purposes: Any,
    touches: Any,
    ways: Any,
    p: Any,
    c: Any,
    w: Any,
) -> Any:
    """The same by the exact terms, from the one at `begin` on."""
    for place in range(begin, count):
        at = first + place
        mark = terms[at, 3]
        page = mark >> 7 & 511
        word = purposes[p, page] | touches[c, page] | ways[w, page]
        if not word >> (mark >> 1 & 63) & 1 and terms[at, 0] <= t < terms[at, 1]:
            return place << 1 | mark & 1
    return np.int64(-1)


@kernel
def _least(  # pragma: no cover - compiled
    terms: Any, begin: Any, end: Any, t: Any, purposes: Any, touches: Any, three: Any, p: Any, c: Any, w: Any
) -> Any:
    """The least key of these rows of terms, NONE for no row."""
    best = np.int64(NONE)
    for at in range(begin, end):
        mark = terms[at, 3]
        page, place = mark >> 7 & 511, mark >> 1 & 63
        key = terms[at, 2]
        key += P * (purposes[p, page] >> place & 1)
        key += S * (touches[c, page] >> place & 1)
        key += A * (three[w, 0, page] >> place & 1)
        key += R * (three[w, 1, page] >> place & 1)
        key += G * (three[w, 2, page] >> place & 1)
        if t >= terms[at, 1]:
            key += WITHDRAWN if mark & WITHDRAWN_MARK else EXPIRED
        elif t < terms[at, 0]:
            key += NOT_YET
        best = min(best, key)
    return best


assert PAGE <= 62  # a bit's place fits the six bits of a mark
