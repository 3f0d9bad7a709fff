"""Keys of subjects: 128 bits in which an integer stands as itself, and other text as a keyed fingerprint.

Integers, also those written as text, are compared exactly. Two different texts share a fingerprint with a chance of
2^-127 a pair, under a seed drawn when the ledger was packed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gongyue.conduct.jit import entry_point, inlined, maker

Ints = npt.NDArray[np.int64]
TEXT = np.int64(-(1 << 63))
"""Set in the high half of what is no integer."""
_M1, _M2, _M3, _M4 = (
    np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)
)

_GREATEST = np.uint64((1 << 63) - 1)


@inlined
def mixed(x: Any) -> Any:  # pragma: no cover - compiled
    """A permutation of 64 bits in which each bit stirs all (the finaliser of MurmurHash3)."""
    x ^= x >> np.uint64(33)
    x *= _M3
    x ^= x >> np.uint64(33)
    x *= _M4
    return x ^ (x >> np.uint64(33))


@inlined
def _turned(x: Any, by: int) -> Any:  # pragma: no cover - compiled
    return (x << np.uint64(by)) | (x >> np.uint64(64 - by))


def number_keys(numbers: Ints) -> tuple[Ints, Ints]:
    """The keys of integers: themselves."""
    return numbers, np.zeros(len(numbers), np.int64)


@entry_point
def trimmable(offsets: Any, data: Any) -> bool:  # pragma: no cover - compiled
    """Whether some text may begin or end with what `str.strip` takes away: by its first and last byte."""
    for row in range(len(offsets) - 1):
        begin, end = offsets[row], offsets[row + 1]
        if begin == end:
            continue
        first, last = data[begin], data[end - 1]
        if first <= 0x20 or first in (0xC2, 0xE1, 0xE2, 0xE3):
            return True
        if last <= 0x20 or (0x80 <= last <= 0x8A) or last in (0x9F, 0xA0, 0xA8, 0xA9, 0xAF):
            return True
    return False


@maker
def text_keys(offsets: Any, data: Any, seed: Any) -> Any:  # pragma: no cover - compiled
    """The keys of texts."""
    n = len(offsets) - 1
    low, high = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for row in range(n):
        begin, end = offsets[row], offsets[row + 1]
        number, good = _integer(data, begin, end)
        if good:
            low[row] = number
            continue
        one, two = seed, ~seed
        place = begin
        while place < end:
            word = np.uint64(0)
            for byte in range(min(8, end - place)):
                word |= np.uint64(data[place + byte]) << np.uint64(8 * byte)
            one = _turned(one ^ (word * _M1), 31) * _M2
            two = mixed(two + word) * _M1
            place += 8
        size = np.uint64(end - begin)
        low[row] = np.int64(mixed(one ^ size))
        high[row] = np.int64(mixed(two + size)) | TEXT
    return low, high


@inlined
def _integer(data: Any, begin: Any, end: Any) -> Any:  # pragma: no cover - compiled
    """(the integer, whether the text is one as `str` writes it and 64 bits hold it)."""
    size = end - begin
    if size == 0 or size > 20:
        return np.int64(0), False
    minus = data[begin] == 0x2D
    first = begin + 1 if minus else begin
    digits = end - first
    if digits == 0 or digits > 19 or (data[first] == 0x30 and (digits > 1 or minus)):
        return np.int64(0), False
    number = np.uint64(0)
    for place in range(first, end):
        digit = data[place]
        if digit < 0x30 or digit > 0x39:
            return np.int64(0), False
        number = number * np.uint64(10) + np.uint64(digit - 0x30)
    if number > _GREATEST + np.uint64(minus):
        return np.int64(0), False
    return (np.int64(~number + np.uint64(1)) if minus else np.int64(number)), True
