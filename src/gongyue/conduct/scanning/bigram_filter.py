"""Where something may begin, told by two signs beside each other: most signs of a text begin nothing and are not looked at again.

Each sign has one number: its lower half is what it says as the left of two, its upper half what it says as the right. What both say
holds. So a text is gone through once, without guessing at any sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gongyue.conduct.jit import entry_point, to_int64
from gongyue.conduct.scanning.characters import ALNUM, CAPITALS, CHINESE, DOT, HAN, LOWER, UPPER, Array
from gongyue.conduct.scanning.scan_buffer import BufferPool

_HALF = 32
_KINDS = 25
"""Signs that begin cues are spread over so many bits; a sign has, as the right one, those of all that it follows in a cue."""
_CUE, _SURNAME, _WORD, _OPENS, _SMALL, _CAPITAL = (1 << bit for bit in range(_KINDS, _KINDS + 6))
_CUES = (_CUE << 1) - 1
_WORDS = _WORD | _OPENS
_INSIDE = _SMALL | _CAPITAL


class MatchStarts(NamedTuple):
    """Places in order; what they are named by begins nowhere else."""

    words: Array  # words in Latin letters, numbers; dots and signs that open something, see `sides`
    cues: Array
    surnames: Array


def sides(klass: Array, fold: Array, opens: Array, surnames: Array, cues: Iterable[str]) -> Array:
    """The number of each sign. Signs that open something (`opens`) are listed with the words wherever they stand; `surnames` begin
    before a Chinese sign or a space; `cues` are as `fold` makes them, words of letters in them begin where no word goes on."""
    left, right = np.zeros(65536, dtype=np.int64), np.zeros(65536, dtype=np.int64)
    for cue in cues:
        kind = _CUE if len(cue) == 1 else 1 << ord(cue[0]) % _KINDS
        left[ord(cue[0])] |= kind
        right[ord(cue[1:2] or "\0")] |= kind
    left, right = left[fold] | _OPENS, right[fold] | _CUE
    latin, small, letters = klass & ALNUM > 0, klass & LOWER > 0, klass & (LOWER | UPPER) > 0
    words, after = latin.copy(), klass & HAN > 0
    words[DOT] = words[0xC0:0x250] = words[0x1E00:0x1F00] = after[0x20] = True
    for side, bit, signs in (
        (left, _SURNAME, surnames), (right, _SURNAME, after), (left, _WORD, ~latin), (right, _WORD, words), (right, _OPENS, opens),
        (left, _SMALL, small), (right, _SMALL, small), (left, _CAPITAL, latin & ~small), (right, _CAPITAL, letters),
    ):  # fmt: skip
        side[signs] |= bit
    return left | right << _HALF


def match_starts(text: Array, n: int, table: Array, room: BufferPool, signs: int = 0) -> MatchStarts:
    """Where something may begin among the first `n` signs, by the table of `sides`; text[n] is a line feed, and n is below 2**32.

    `signs` is what `present` tells: without Chinese no surnames are listed, without capitals besides no words. Such text holds few cues.
    """
    for most in (n // 2 + 64, n + 2):
        places = room.array("places", 3, np.uint32, most)
        if signs & CHINESE:
            words, cues, surnames = _begun(text, n, table, places)
        else:
            words, surnames = _worded(text, n, table, places[0]) if signs & CAPITALS else 0, 0
            cues = _cued(text, n, table, places[1])
        if words >= 0 and cues >= 0:
            break
    return MatchStarts(places[0, :words], places[1, :cues], places[2, :surnames])


@entry_point
def _begun(text: Array, n: int, table: Array, places: Array) -> tuple[int, int, int]:
    """How many there are of each in `places`; -1 where there is no room for them."""
    words = cues = surnames = 0
    before, inside, first = table[10], to_int64(0), 0
    while first <= n:
        last = min(n + 1, first + places.shape[1] - max(words, cues, surnames))
        if last == first:
            return -1, 0, 0
        for i in range(first, last):
            sides = table[text[i]]
            both = before & (sides >> _HALF)
            places[0, words] = i
            words += both & _WORDS != 0
            places[1, cues] = places[2, surnames] = i - 1
            cues += (both & _CUES != 0) & (inside & _INSIDE == 0)
            surnames += both & _SURNAME != 0
            before, inside = sides, both
        first = last
    return words, cues, surnames


@entry_point
def _worded(text: Array, n: int, table: Array, places: Array) -> int:
    """How many words there are, in `places`; -1 where there is no room for them."""
    words = 0
    before, first = table[10], 0
    while first < n:
        last = min(n, first + len(places) - words)
        if last == first:
            return -1
        for i in range(first, last):
            sides = table[text[i]]
            places[words] = i
            words += before & (sides >> _HALF) & _WORDS != 0
            before = sides
        first = last
    return words


@entry_point
def _cued(text: Array, n: int, table: Array, places: Array) -> int:
    """The same of cues, where most signs begin none."""
    cues = 0
    for i in range(n):
        here = table[text[i]]
        if not here & _CUES or not here & (table[text[i + 1]] >> _HALF) & _CUES:
            continue
        if i > 0 and table[text[i - 1]] & (here >> _HALF) & _INSIDE:
            continue
        if cues == len(places):
            return -1
        places[cues] = i
        cues += 1
    return cues
