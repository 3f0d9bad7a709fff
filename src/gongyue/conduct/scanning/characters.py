"""From bytes to signs: UTF-8 units become one array of 16-bit signs, a sign a code point, forms of the same sign made one.

Full-width letters, digits and stops become their plain forms, every dash a hyphen, every space a space, traditional
signs the simplified ones, in which the word lists are; signs nobody sees become one mark (HIDDEN), so that positions stay
those of the text. Between units stands a line feed.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from gongyue.conduct.jit import entry_point, inlined, to_int64
from gongyue.conduct.scanning.wordlists import list_lines

Array = np.ndarray[Any, np.dtype[Any]]

DIGIT, UPPER, LOWER, HAN, GAP, HEX = (1 << bit for bit in range(6))
LETTER = UPPER | LOWER
ALNUM = DIGIT | LETTER
HIDDEN, DOT = 0x200B, 0xB7
CHINESE, CAPITALS, UNSEEN = 1, 2, 4
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"


def plain_forms() -> Array:
    """For each sign of the first plane, the sign that is read in its place."""
    table = np.arange(65536, dtype=np.uint16)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for signs, plain in ((_DASHES, 0x2D), (_SPACES, 0x20), (_UNSEEN, HIDDEN)):
        table[[ord(c) for c in signs]] = plain
    table[0x2D] = 0x2D
    table[[ord(c) for c in "•∙・‧"]] = ord("·")
    table[[ord(c) for c in "│┃║¦"]] = ord("|")
    traditional = "".join(list_lines("traditional.txt"))
    table[[ord(c) for c in traditional[::2]]] = [ord(c) for c in traditional[1::2]]
    return table


def classes() -> Array:
    """For each sign what it is as bits: DIGIT, UPPER, LOWER, HAN, GAP, HEX."""
    table = np.zeros(65536, dtype=np.uint8)
    table[0x30:0x3A] = DIGIT | HEX
    table[0x41:0x5B] = UPPER
    table[0x61:0x7B] = LOWER
    for first in (0x41, 0x61):
        table[first : first + 6] |= HEX
    table[0x4E00:0xA000] = HAN
    table[0x3400:0x4DC0] = HAN
    table[[0x20, 0x2D, HIDDEN]] |= GAP
    return table


def char_set(signs: str) -> Array:
    """A set of signs for `among`: a number to multiply with, and a table in which no two of them then share a place."""
    codes = np.array(sorted({ord(c) for c in signs}))
    for size, by in product((1 << bits for bits in range(1, 17)), range(40503, 40631, 2)):
        places = codes * by >> 8 & size - 1
        if len(np.unique(places)) == len(codes):
            table = np.full(1 + size, codes[0], dtype=np.uint16)
            table[0] = by
            table[1 + places] = codes
            return table
    raise ValueError(signs)


@inlined
def among(sign: int, signs: Array) -> bool:
    """Whether a sign is one of `char_set`: one look; to compare it with thirty one after the other takes thirty times as long."""
    return bool(signs[1 + (to_int64(sign) * to_int64(signs[0]) >> 8 & (len(signs) - 2))] == sign)


@entry_point
def decode(data: Array, offsets: Array, plain: Array, text: Array, starts: Array) -> int:
    """Fill `text` and `starts` from UTF-8 `data`, one unit between two offsets; returns how many signs there are.

    `text` must hold len(data) + units signs, `starts` units + 1. Bytes that are no UTF-8 become U+FFFD, one each.
    """
    n = 0
    for unit in range(len(offsets) - 1):
        starts[unit] = n
        at, end = offsets[unit], offsets[unit + 1]
        while at < end:
            byte = data[at]
            if byte < 0x80:
                text[n] = byte
                at += 1
            else:
                sign, length = _sign(data, at, end)
                text[n] = plain[sign]
                at += length
            n += 1
        text[n] = 10
        n += 1
    starts[len(offsets) - 1] = n
    return n


@entry_point
def present(text: Array, n: int) -> int:
    """Whether among the first n signs are Chinese ones, capitals, hidden ones, as bits."""
    chinese, capitals, hidden = False, False, False
    for i in range(n):
        sign = to_int64(text[i])
        chinese |= sign >= 0x3400
        capitals |= 65 <= sign <= 90
        hidden |= sign == HIDDEN
    return CHINESE * chinese + CAPITALS * capitals + UNSEEN * hidden


@inlined
def _sign(data: Array, at: int, end: int) -> tuple[int, int]:
    """The sign of several bytes at `at`, and how many they are; beyond the first plane it is U+FFFF."""
    byte = to_int64(data[at])
    if 0xE0 <= byte < 0xF0 and at + 2 < end:
        return ((byte & 15) << 12) | ((to_int64(data[at + 1]) & 63) << 6) | (to_int64(data[at + 2]) & 63), 3
    if 0xC2 <= byte < 0xE0 and at + 1 < end:
        return ((byte & 31) << 6) | (to_int64(data[at + 1]) & 63), 2
    if 0xF0 <= byte < 0xF5 and at + 3 < end:
        return 0xFFFF, 4
    return 0xFFFD, 1
