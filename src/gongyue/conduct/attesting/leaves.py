"""Rows of verdicts as Merkle leaves: their bytes, and the hashes of a chunk of them (RFC 6962 2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gongyue.conduct.attesting.lanes import LANES, digests, padded, room
from gongyue.conduct.compiling import entry, inlined
from gongyue.conduct.verdict import KINDS
from gongyue.transparency.canonical import encode

CHUNK = 1 << 16
"""Leaves hashed at one time: a power of two, so that chunks are complete subtrees, all but the last."""
NONE = -1
"""No authorisation, in an array of ids."""
Level = npt.NDArray[np.uint32]
"""Hashes as eight words each."""


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
    path: list[bytes]


def leaf(row: int, verdict: str, authorisation: int | None) -> bytes:
    """The canonical bytes of one row's verdict; rows count from 1, and leaf `row - 1` is theirs."""
    return encode({"authorisation": authorisation, "row": row, "verdict": verdict})


def hashed(rows: Rows, asked: Sequence[int] = ()) -> tuple[bytes, list[Drawn]]:
    """The root over a chunk, and the asked rows of it. The bytes are those of `leaf`, made without a step between."""
    levels = [np.empty((len(rows.kinds), 8), np.uint32)]
    _leaves(*rows, *_PARTS, *room(), levels[0])
    while len(levels[-1]) > 1:
        levels.append(np.empty(((len(levels[-1]) + 1) // 2, 8), np.uint32))
        _above(levels[-2], *room()[:3], levels[-1])
    return _hash(levels[-1][0]), [_drawn(rows, levels, row) for row in asked]


def _drawn(rows: Rows, levels: list[Level], row: int) -> Drawn:
    place = row - rows.first
    cited = int(rows.ids[place])
    beside = [(level, (place >> height) ^ 1) for height, level in enumerate(levels[:-1])]
    path = [_hash(level[there]) for level, there in beside if there < len(level)]
    return Drawn(row, KINDS[rows.kinds[place]], None if cited == NONE else cited, path)


def _hash(words: Level) -> bytes:
    return words.astype(">u4").tobytes()


def _bytes(text: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text, np.uint8)


_ENDS = [b',"verdict":"' + kind.encode() + b'"}' for kind in KINDS]
_PARTS = (_bytes(b'\x00{"authorisation":'), _bytes(b"null"), _bytes(b',"row":'),
          _bytes(b"".join(_ENDS)), np.cumsum([0, *map(len, _ENDS)]))  # fmt: skip


@entry
def _leaves(  # pragma: no cover - compiled
    first: Any, kinds: Any, ids: Any, head: Any, null: Any, middle: Any, ends: Any, bounds: Any,
    words: Any, blocks: Any, state: Any, text: Any, four: Any, found: Any,
) -> None:  # fmt: skip
    """The hash of each row."""
    for lane in range(LANES):
        _said(text, lane, 0, head, 0, len(head))
    for begin in range(0, len(kinds), LANES):
        many = min(LANES, len(kinds) - begin)
        for lane in range(many):
            row = begin + lane
            id, size = ids[row], len(head)
            size = _said(text, lane, size, null, 0, len(null)) if id == NONE else _number(text, lane, size, id)
            size = _said(text, lane, size, middle, 0, len(middle))
            size = _number(text, lane, size, first + row)
            size = _said(text, lane, size, ends, bounds[kinds[row]], bounds[kinds[row] + 1])
            padded(text, four, lane, size, words, blocks)
        digests(words, blocks, state, found, begin, many)


@entry
def _above(below: Any, words: Any, blocks: Any, state: Any, found: Any) -> None:  # pragma: no cover - compiled
    """The level above; a last hash without a neighbour goes up as it is, which is RFC 6962's tree."""
    pairs = len(below) // 2
    blocks[:] = 2
    words[31, :] = 65 * 8  # a node's 65 bytes are one block and a byte: 0x01, left, right
    for begin in range(0, pairs, LANES):
        many = min(LANES, pairs - begin)
        for lane in range(many):
            last = np.uint32(1)
            for n in range(16):
                word = below[2 * (begin + lane) + (n >> 3), n & 7]
                words[n, lane] = last << np.uint32(24) | word >> np.uint32(8)
                last = word
            words[16, lane] = last << np.uint32(24) | np.uint32(0x800000)
        digests(words, blocks, state, found, begin, many)
    if len(below) % 2:
        for n in range(8):
            found[pairs, n] = below[len(below) - 1, n]


@inlined
def _said(text: Any, lane: Any, size: Any, words: Any, begin: Any, end: Any) -> Any:  # pragma: no cover - compiled
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
