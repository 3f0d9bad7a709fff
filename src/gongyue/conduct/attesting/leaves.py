"""Rows of verdicts as leaves of the sum tree: the root over a chunk of them, and the paths to it (`sumtree`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gongyue.conduct.attesting.sha256_simd import LANES, digests, padded, room
from gongyue.conduct.attesting.sumtree import NARROW, NARROW_RECORD, WIDE_RECORD, Node, read, siblings
from gongyue.conduct.jit import entry_point, inlined
from gongyue.conduct.verdict import KINDS

CHUNK = 1 << 16
"""Leaves hashed at one time: a power of two, so that chunks are complete subtrees, all but the last."""
NONE = -1
"""No authorisation, in an array of ids."""
Level = npt.NDArray[np.uint32]
"""Nodes as the words of their records: the hash is the first eight, the counts follow."""
_NARROW, _WIDE = NARROW_RECORD // 4, WIDE_RECORD // 4
_HEIGHT = NARROW.bit_length() - 1
"""The highest level whose records are narrow."""


class Rows(NamedTuple):
    """A chunk: the number of its first row, kinds as places in KINDS, ids of authorisations."""

    first: int
    kinds: npt.NDArray[np.uint8]
    ids: npt.NDArray[np.int64]


class Drawn(NamedTuple):
    """A row that was asked for, with its path inside its chunk, lowest sibling first."""

    row: int
    verdict: str
    authorisation: int | None
    path: list[Node]


def hashed(rows: Rows, asked: Sequence[int] = ()) -> tuple[Node, list[Drawn]]:
    """The root over a chunk, and the asked rows of it. The same as of `sumtree`, made without a step between."""
    levels = [np.empty((len(rows.kinds), _NARROW), np.uint32)]
    _leaves(*rows, *_PARTS, *room(), levels[0])
    while len(below := levels[-1]) > 1:
        if len(levels) == _HEIGHT + 1:
            below = _widened(below)
        levels.append(np.empty(((len(below) + 1) // 2, below.shape[1]), np.uint32))
        _above(below, *room()[:3], levels[-1])
    return _node(levels[-1][0]), [_drawn_row(rows, levels, row) for row in asked]


def _drawn_row(rows: Rows, levels: list[Level], row: int) -> Drawn:
    place = row - rows.first
    cited = int(rows.ids[place])
    path = [_node(levels[level][at]) for level, at in siblings(place, len(rows.kinds))]
    return Drawn(row, KINDS[rows.kinds[place]], None if cited == NONE else cited, path)


def _node(words: Level) -> Node:
    return read(words.astype(">u4").tobytes())


def _widened(level: Level) -> Level:
    """The same nodes, with eight bytes a count."""
    wide = np.zeros((len(level), _WIDE), np.uint32)
    wide[:, :8] = level[:, :8]
    wide[:, 9::2] = level[:, 8:].astype(">u4").view(np.uint8)
    return wide


def _bytes(text: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text, np.uint8)


_ENDS = [b',"verdict":"' + kind.encode() + b'"}' for kind in KINDS]
_PARTS = (_bytes(b'\x00{"authorisation":'), _bytes(b"null"), _bytes(b',"row":'),
          _bytes(b"".join(_ENDS)), np.cumsum([0, *map(len, _ENDS)]))  # fmt: skip


@entry_point
def _leaves(  # pragma: no cover - compiled
    first: Any, kinds: Any, ids: Any, head: Any, null: Any, middle: Any, ends: Any, bounds: Any,
    words: Any, blocks: Any, state: Any, text: Any, four: Any, found: Any,
) -> None:  # fmt: skip
    """The record of each row."""
    for lane in range(LANES):
        _append_bytes(text, lane, 0, head, 0, len(head))
    for begin in range(0, len(kinds), LANES):
        many = min(LANES, len(kinds) - begin)
        for lane in range(many):
            row = begin + lane
            id, size = ids[row], len(head)
            size = _append_bytes(text, lane, size, null, 0, len(null)) if id == NONE else _number(text, lane, size, id)
            size = _append_bytes(text, lane, size, middle, 0, len(middle))
            size = _number(text, lane, size, first + row)
            size = _append_bytes(text, lane, size, ends, bounds[kinds[row]], bounds[kinds[row] + 1])
            padded(text, four, lane, size, words, blocks)
            for n in range(8, found.shape[1]):
                found[row, n] = 0
            found[row, 8 + (kinds[row] >> 2)] = np.uint32(1) << np.uint32(24 - 8 * (kinds[row] & 3))
        digests(words, blocks, state, found, begin, many)


@entry_point
def _above(below: Any, words: Any, blocks: Any, state: Any, found: Any) -> None:  # pragma: no cover - compiled
    """The level above: a message is 0x01 and two records; a last record without a neighbour goes up as it is."""
    pairs, size = len(below) // 2, below.shape[1]
    last = 16 * ((8 * size + 73) // 64) - 1  # the padding takes nine bytes more
    blocks[:] = (last + 1) // 16
    words[last, :] = 8 * (8 * size + 1)
    for begin in range(0, pairs, LANES):
        many = min(LANES, pairs - begin)
        for lane in range(many):
            left, carried = 2 * (begin + lane), np.uint32(1)
            for child in range(2):
                for n in range(size):
                    word = below[left + child, n]
                    words[child * size + n, lane] = carried << np.uint32(24) | word >> np.uint32(8)
                    carried = word
            words[2 * size, lane] = carried << np.uint32(24) | np.uint32(0x800000)
            for n in range(8, size):
                found[begin + lane, n] = below[left, n] + below[left + 1, n]
        digests(words, blocks, state, found, begin, many)
    if len(below) % 2:
        for n in range(size):
            found[pairs, n] = below[len(below) - 1, n]


@inlined
def _append_bytes(
    text: Any, lane: Any, size: Any, words: Any, begin: Any, end: Any
) -> Any:  # pragma: no cover - compiled
    """Write these bytes behind the first `size`; how many there are then."""
    for place in range(begin, end):
        text[lane, size] = words[place]
        size += 1
    return size


@inlined
def _number(text: Any, lane: Any, size: Any, number: Any) -> Any:  # pragma: no cover - compiled
    """Write an integer, from 0 up, in digits."""
    rest = np.uint64(number)
    digits, beyond = 1, np.uint64(10)
    while rest >= beyond:
        digits, beyond = digits + 1, beyond * np.uint64(10)
    for place in range(digits, 0, -1):
        text[lane, size + place - 1] = np.uint8(48 + rest % np.uint64(10))
        rest //= np.uint64(10)
    return size + digits
