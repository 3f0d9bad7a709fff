"""Open tables: keys spread over a power of two, the next free slot where one is taken; and bits for pairs of signs."""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import Array

NEVER = 30000
"""A cost nothing pays: 64 × -ln of a share, above every other."""
SPREAD = -7046029254386353131
"""2**64 divided by the golden ratio, as a signed number: it spreads keys over a table."""
PAIRS = 1 << 20
"""Size of the tables of pairs: whether any word begins with two signs (some other pairs hit too)."""
COST_BITS = 12
KEYS = (1 << 51) - 1
"""Hashes of words have 51 bits, so that a cost fits beside them."""


def slots(n: int) -> int:
    """The size of a table that n keys fill to less than a half."""
    return 1 << max(4, (2 * n).bit_length())


@kernel
def place_of(table: Array, key: int) -> int:
    """The slot of a key in an open table, or the free slot where it would stand; keys are not 0."""
    mask = len(table) - 1
    at = ((key * SPREAD) >> 31) & mask
    while table[at] != 0 and table[at] != key:
        at = (at + 1) & mask
    return at


@inlined
def begins(pairs: Array, first: int, second: int) -> bool:
    """Whether a word may begin with two signs, by a table of bits."""
    place = (to_int64(first) * 40503 ^ to_int64(second) * 7919) & (PAIRS - 1)
    return bool((pairs[place >> 6] >> (place & 63)) & 1)


@inlined
def beside(table: Array, key: int, bits: int) -> int:
    """What stands beside a key in a table whose slots hold both, the value in the last `bits`: one look is enough; -1 if the
    key is not there."""
    mask = len(table) - 1
    at = ((key * SPREAD) >> 31) & mask
    while table[at] != 0:
        if table[at] >> bits == key:
            return int(table[at] & ((1 << bits) - 1))
        at = (at + 1) & mask
    return -1


@inlined
def word_cost(words: Array, key: int) -> int:
    """The cost of the word with that hash, NEVER if it is none."""
    cost = beside(words, key, COST_BITS)
    return cost if cost >= 0 else NEVER


@inlined
def onto(key: int, sign: int) -> int:
    """The hash of some signs and one more."""
    return (key * 1000003 + to_int64(sign) + 1) & KEYS


@entry_point
def hash_span(text: Array, start: int, end: int) -> int:
    """The hash of signs from `start` to `end`, never 0."""
    key = to_int64(1)
    for i in range(start, end):
        key = onto(key, text[i])
    return key


@entry_point
def fill(table: Array, values: Array, keys: Array, given: Array) -> None:
    """Put keys into an open table, and what is given for each beside it."""
    for i in range(len(keys)):
        at = place_of(table, keys[i])
        table[at] = keys[i]
        values[at] = given[i]
