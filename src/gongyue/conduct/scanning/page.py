"""What the kernels read and write: one block of signs, its cues, and the finds made so far."""

from __future__ import annotations

from typing import NamedTuple

from gongyue.conduct.compiling import entry, inlined, kernel, wide
from gongyue.conduct.scanning.hashing import begins, place_of
from gongyue.conduct.scanning.kinds import CONNECT, KEY
from gongyue.conduct.scanning.lexicon import Cues
from gongyue.conduct.scanning.signs import ALNUM, LETTER, LOWER, UPPER, Array

NEAR = 32
"""How many signs a cue reaches on its line when other words stand between it and the value."""
CONNECTED = 1 << CONNECT
PREFIX = 1 << KEY


class Page(NamedTuple):
    """One block: signs `text[:n]`, units ended by a line feed; cues in order; finds as rows.

    A find is (start, end, kind, tier, figure): positions in signs; figure is the count of digits of a number, the year of
    a date, the margin of a name. `default` are the bits of the cue that stands above the whole column, 0 in a text.
    """

    text: Array
    n: int
    cues: Array  # start, end, bits
    cue_n: int
    cursor: Array  # [0] the last cue that ends where we are
    finds: Array
    made: Array  # [0] how many finds
    digits: Array  # the digits of the number at hand
    groups: Array  # its groups: start, end, digits before
    default: int


@inlined
def found(page: Page, start: int, end: int, kind: int, tier: int, figure: int) -> None:
    """Write a find down; when there is no room left, only count it."""
    at = page.made[0]
    page.made[0] += 1
    if at < len(page.finds):
        page.finds[at, 0] = start
        page.finds[at, 1] = end
        page.finds[at, 2] = kind
        page.finds[at, 3] = tier
        page.finds[at, 4] = figure


@entry
def read_cues(tables: Cues, text: Array, n: int, cues: Array) -> int:
    """Every cue in the text, longest first, none inside another; returns how many."""
    count = 0
    at = 0
    while at < n:
        sign = tables.fold[text[at]]
        kind = tables.first[sign]
        if (
            kind == 0
            or (kind == 1 and not begins(tables.pairs, sign, tables.fold[text[at + 1]]))
            or not _begins(tables.klass, text, at)
        ):
            at += 1
            continue
        end, bits = _longest(tables, text, at, n)
        if bits == 0:
            at += 1
            continue
        if count < len(cues):
            cues[count, 0] = at
            cues[count, 1] = end
            cues[count, 2] = bits
        count += 1
        at = end
    return count


@inlined
def _begins(klass: Array, text: Array, at: int) -> bool:
    """A word of letters begins where no letter or digit stands before it, or where a capital follows a small letter."""
    here = klass[text[at]]
    if at == 0 or not here & LETTER:
        return True
    before = klass[text[at - 1]]
    return not before & ALNUM or (bool(before & LOWER) and bool(here & UPPER))


@inlined
def _ends(klass: Array, text: Array, end: int) -> bool:
    """A word of letters ends where none follows, or where a capital follows a small letter."""
    last, after = klass[text[end - 1]], klass[text[end]]
    if not last & LETTER or not after & LETTER:
        return True
    return bool(last & LOWER) and bool(after & UPPER)


@kernel
def _longest(tables: Cues, text: Array, at: int, n: int) -> tuple[int, int]:
    node, i = 0, at
    end, bits = at, 0
    while i < n:
        key = (wide(node) << 16) | wide(tables.fold[text[i]])
        slot = place_of(tables.edges, key)
        if tables.edges[slot] != key:
            break
        node = tables.nodes[slot]
        i += 1
        if tables.marks[node] != 0 and (tables.marks[node] & PREFIX or _ends(tables.klass, text, i)):
            end, bits = i, tables.marks[node]
    return end, bits


@inlined
def last_cue(page: Page, at: int) -> int:
    """The index of the last cue that ends at or before `at`, -1 if there is none."""
    i = page.cursor[0]
    while i + 1 < page.cue_n and page.cues[i + 1, 1] <= at:
        i += 1
    while i >= 0 and page.cues[i, 1] > at:
        i -= 1
    page.cursor[0] = i
    return int(i)


@inlined
def _joins(sign: int) -> bool:
    """Signs that may stand between a label and its value."""
    return sign in (32, 9, 0x3A, 0x3D, 0x22, 0x27, 0x28, 0x29, 0x5B, 0x7B, 0x2D, 0x5F, 0x23, 0x2E, 0x7C, 0x3C, 0x3E, 0x200B, 0x201C, 0x300C,
        0x3010, 0x2116, 0x60, 0x2B, 0x2F, 0x2192,)  # fmt: skip


@kernel
def label(page: Page, at: int) -> int:
    """The bits of the cue that labels a value at `at`: right before it but for colons, quotes, "is" and the like."""
    i, left = at, 12
    cue = last_cue(page, at)
    while left > 0:
        if cue >= 0 and page.cues[cue, 1] == i:
            bits = page.cues[cue, 2]
            if bits & ~CONNECTED:
                return int(bits)
            i = page.cues[cue, 0]
            cue -= 1
        elif i > 0 and _joins(page.text[i - 1]):
            i -= 1
        else:
            break
        left -= 1
    return page.default if i == 0 or page.text[i - 1] == 10 else 0


@kernel
def near(page: Page, at: int) -> int:
    """The bits of all cues within NEAR signs before `at` on its line, and of the column's name."""
    bits = page.default
    cue = last_cue(page, at)
    i = at
    while cue >= 0 and page.cues[cue, 1] >= at - NEAR:
        while i > page.cues[cue, 1]:
            i -= 1
            if page.text[i] == 10:
                return bits
        bits |= page.cues[cue, 2]
        cue -= 1
    return bits
