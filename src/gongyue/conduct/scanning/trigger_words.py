"""Cues: the words that say what stands beside them, as one tree, and where they stand in a text.

The tree is a double array (Aoe 1989): a node is a cell, the cell below it by a sign is at the node's base plus the sign's code, and it
is below it where it says so itself. One look a sign, right or wrong.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gongyue.conduct.jit import entry_point, inlined, to_int64
from gongyue.conduct.scanning.characters import LETTER, LOWER, UPPER, Array
from gongyue.conduct.scanning.entity_types import KEY

PREFIX = 1 << KEY
"""A cue that is the beginning of a word, not one by itself."""
_ENDS, _LEAF, _BASE, _ABOVE = 1, 2, 2, 32
"""Whether a cue ends at a node, whether none goes on; by how many bits the node's base, and the node above it, are shifted."""


class TriggerTrie(NamedTuple):
    """The tree of cues. Node 0 is the root; its base is 0, and that of no other."""

    klass: Array
    codes: Array  # sign, capital or small → its code, 0 for a sign of no cue
    cells: Array  # node → the node above, the base, whether a cue ends, whether none goes on
    marks: Array  # node → bits of the kinds of cue that end there


def cues_of(vocabulary: dict[str, int], klass: Array, fold: Array) -> TriggerTrie:
    """The tree of cues, from each, as `fold` makes it, and its bits."""
    edges: dict[int, int] = {}
    ends = [0]
    for word, bits in vocabulary.items():
        node = 0
        for sign in word:
            node = edges.setdefault(node << 16 | ord(sign), len(ends))
            if node == len(ends):
                ends.append(0)
        ends[node] |= bits
    keys, below = np.array(list(edges)), np.array(list(edges.values()))
    signs, which, often = np.unique(keys & 0xFFFF, return_inverse=True, return_counts=True)
    rank = np.empty(len(signs), dtype=np.int64)
    rank[np.argsort(-often, kind="stable")] = np.arange(1, len(signs) + 1)
    order = np.lexsort((rank[which], keys >> 16))
    above, code, below = (keys >> 16)[order], rank[which][order], below[order]
    heads = np.flatnonzero(np.diff(above, prepend=-1))
    sizes = np.diff(heads, append=len(above))
    base = np.zeros(len(ends), dtype=np.int64)
    taken = np.zeros((2 + np.count_nonzero(sizes > 1)) * (len(signs) + 1) + len(below), dtype=np.bool_)
    _seat(code, above, heads, sizes, np.lexsort((-sizes, above[heads] > 0)), base, taken)
    seats = np.zeros(len(ends), dtype=np.int64)
    seats[below] = base[above] + code
    cells = np.zeros(int(max(seats.max(), base.max())) + len(signs) + 1, dtype=np.int64)
    marks = np.zeros(len(cells), dtype=np.int64)
    marks[seats] = ends
    leaf = np.ones(len(ends), dtype=np.bool_)
    leaf[above] = False
    cells[seats] = base << _BASE | np.where(leaf, _LEAF, 0) | np.where(np.array(ends) != 0, _ENDS, 0)
    cells[seats[below]] |= seats[above] << _ABOVE
    codes = np.zeros(65536, dtype=np.uint16)
    codes[signs] = rank
    return TriggerTrie(klass, codes[fold], cells, marks)


@entry_point
def _seat(code: Array, above: Array, heads: Array, sizes: Array, order: Array, base: Array, taken: Array) -> None:
    """Give each node a base so that no two cells fall together, the nodes with most below them first."""
    free = 1
    for group in order:
        first, last = heads[group], heads[group] + sizes[group]
        at = max(free, code[first] + 1) if above[first] else code[first]
        while not _fits(code, first, last, at - code[first], taken):
            at += 1
        for i in range(first, last):
            taken[at - code[first] + code[i]] = True
        base[above[first]] = at - code[first]
        if sizes[group] == 1:
            free = at + 1


@inlined
def _fits(code: Array, first: int, last: int, base: int, taken: Array) -> bool:
    for i in range(first, last):  # noqa: SIM110 (a kernel has no generators)
        if taken[base + code[i]]:
            return False
    return True


@entry_point
def find_triggers(tables: TriggerTrie, text: Array, places: Array, cues: Array) -> int:
    """Every cue that begins at one of `places`, longest first, none inside another, as rows (start, end, bits); returns how many.
    Past the end of `cues` they are only counted."""
    count, last = 0, 0
    for place in places:
        at = to_int64(place)
        if at < last:
            continue
        end, bits = _longest(tables, text, at)
        if bits == 0:
            continue
        if count < len(cues):
            cues[count, 0] = at
            cues[count, 1] = end
            cues[count, 2] = bits
        count += 1
        last = end
    return count


@inlined
def _longest(tables: TriggerTrie, text: Array, at: int) -> tuple[int, int]:
    """The end of the longest cue that begins at `at`, and its bits, 0 if there is none."""
    node, i = to_int64(tables.codes[text[at]]), at + 1
    cell = tables.cells[node]
    end, bits = at, to_int64(0)
    while True:
        if cell & _ENDS:
            here = tables.marks[node]
            if here & PREFIX or _ended(tables.klass, text, i):
                end, bits = i, here
        if cell & _LEAF:
            break
        below = ((cell >> _BASE) & 0x3FFFFFFF) + to_int64(tables.codes[text[i]])
        cell = tables.cells[below]
        if cell >> _ABOVE != node:
            break
        node = below
        i += 1
    return end, bits


@inlined
def _ended(klass: Array, text: Array, end: int) -> bool:
    """A word of letters ends where none follows, or where a capital follows a small letter."""
    last, after = klass[text[end - 1]], klass[text[end]]
    if not last & LETTER or not after & LETTER:
        return True
    return bool(last & LOWER) and bool(after & UPPER)
