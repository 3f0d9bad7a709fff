"""What a name costs against what stands around it: a text is cut into the words that cost least, with the name as one and without.

Costs are -ln of a word's share, 64 a factor of e.
"""

from __future__ import annotations

from gongyue.conduct.compiling import inlined
from gongyue.conduct.scanning.hashing import NEVER, begins, spelled, word_cost
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.page import Page
from gongyue.conduct.scanning.signs import HAN, Array

REACH = 5
"""How many signs on either side of a name are read with it."""
LONGEST_WORD = 4
UNUSUAL = 760
"""What a sign costs that is in no list of given names."""


@inlined
def best_cut(page: Page, tables: Words, costs: Array, at: int, size: int, one: int, two: int) -> tuple[int, int]:
    """(margin, signs of the given name) of the best name at `at`, read with what stands around it.

    `one` and `two` are what a name of one sign, and of two, is better than nothing at all.
    """
    text, klass = page.text, tables.klass
    left, right = at, at + size
    while left > 0 and at - left < REACH and klass[text[left - 1]] & HAN:
        left -= 1
    while right < page.n and right - at < size + 2 + REACH and klass[text[right]] & HAN:
        right += 1
    forward(text, tables, costs[0], left, right)
    backward(text, tables, costs[1], at + size, left, right)
    plain = costs[0, right - left]
    best, given = -NEVER, 0
    for n in range(1, 3):
        end = at + size + n
        if end > right:
            break
        margin = plain - (costs[0, at - left] + costs[1, end - left]) + (one if n == 1 else two)
        if margin > best:
            best, given = margin, n
    return best, given


@inlined
def uncut(page: Page, tables: Words, at: int, one: int, two: int, short: int, long: int) -> tuple[int, int]:
    """As `best_cut`, where two or three signs of Chinese stand by themselves: then no cut need be looked for."""
    text = page.text
    if not tables.klass[text[at + 2]] & HAN:
        return one, 1
    plain = long
    if begins(tables.pairs, text[at], text[at + 1]):
        plain = min(plain, cost(text, tables, at, at + 3))
    one += plain - short - tables.single[text[at + 2]]
    two += plain - long
    return (one, 1) if one >= two else (two, 2)


@inlined
def spans(text: Array, tables: Words, at: int, size: int) -> tuple[int, int]:
    """What a surname and a sign cost in their cheapest cut, and a surname and two."""
    a, b = text[at + size], text[at + size + 1]
    apart = tables.single[text[at]] if size == 1 else 2 * UNUSUAL
    short = apart + tables.single[a]
    if size == 1 and begins(tables.pairs, text[at], a):
        short = min(short, cost(text, tables, at, at + 2))
    long = short + tables.single[b]
    if begins(tables.pairs, a, b):
        long = min(long, apart + cost(text, tables, at + size, at + size + 2))
    return int(short), int(long)


@inlined
def forward(text: Array, tables: Words, costs: Array, left: int, right: int) -> None:
    """The cheapest cut from `left` to every sign up to `right`."""
    for i in range(1, right - left + 1):
        costs[i] = NEVER
    costs[0] = 0
    for start in range(left, right):
        so_far = costs[start - left]
        costs[start - left + 1] = min(costs[start - left + 1], so_far + tables.single[text[start]])
        if start + 1 < right and begins(tables.pairs, text[start], text[start + 1]):
            for end in range(start + 2, min(right, start + LONGEST_WORD) + 1):
                costs[end - left] = min(costs[end - left], so_far + cost(text, tables, start, end))


@inlined
def backward(text: Array, tables: Words, costs: Array, first: int, left: int, right: int) -> None:
    """The cheapest cut from every sign after `first` to `right`."""
    costs[right - left] = 0
    for start in range(right - 1, first, -1):
        best = costs[start - left + 1] + tables.single[text[start]]
        if start + 1 < right and begins(tables.pairs, text[start], text[start + 1]):
            for end in range(start + 2, min(right, start + LONGEST_WORD) + 1):
                best = min(best, costs[end - left] + cost(text, tables, start, end))
        costs[start - left] = best


@inlined
def cost(text: Array, tables: Words, start: int, end: int) -> int:
    """What a word of several signs costs."""
    return word_cost(tables.words, spelled(text, start, end))
