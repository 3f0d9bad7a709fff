"""What a name costs against what stands around it: a text is cut into the words that cost least, with the name as one and without.

Costs are -ln of a word's share, 64 a factor of e.
"""

from __future__ import annotations

from gongyue.conduct.jit import inlined
from gongyue.conduct.scanning.characters import HAN, Array
from gongyue.conduct.scanning.hash_tables import NEVER, begins, hash_span, onto, word_cost
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.scan_buffer import ScanBuffer

REACH = 5
"""How many signs on either side of a name are read with it."""
LONGEST_WORD = 4
CUTS = (LONGEST_WORD + 1, 4 * REACH)
"""Room for cuts: what they cost from the left and from the right, and what each sign's words of two signs and more do."""
UNUSUAL = 760
"""What a sign costs that is in no list of given names."""


@inlined
def best_segmentation(
    page: ScanBuffer, tables: Words, costs: Array, at: int, size: int, one: int, two: int
) -> tuple[int, int]:
    """(margin, signs of the given name) of the best name at `at`, read with what stands around it.

    `one` and `two` are what a name of one sign, and of two, is better than nothing at all.
    """
    text, klass = page.text, tables.klass
    left, right = at, at + size
    while left > 0 and at - left < REACH and klass[text[left - 1]] & HAN:
        left -= 1
    while right < page.n and right - at < size + 2 + REACH and klass[text[right]] & HAN:
        right += 1
    read_words(text, tables, costs, left, right)
    forward(text, tables, costs, left, right)
    backward(text, tables, costs, at + size, left, right)
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
def uncut(page: ScanBuffer, tables: Words, at: int, one: int, two: int, short: int, long: int) -> tuple[int, int]:
    """As `best_segmentation`, where two or three signs of Chinese stand by themselves: then no cut need be looked for."""
    text = page.text
    if not tables.klass[text[at + 2]] & HAN:
        return one, 1
    plain = long
    if begins(tables.longer, text[at], text[at + 1]):
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
def read_words(text: Array, tables: Words, costs: Array, left: int, right: int) -> None:
    """Write down what the words of two, three and four signs cost that begin at every sign from `left` to `right`."""
    for start in range(left, right):
        i = start - left
        costs[2, i] = costs[3, i] = costs[4, i] = NEVER
        if start + 1 < right and begins(tables.pairs, text[start], text[start + 1]):
            key = hash_span(text, start, start + 2)
            costs[2, i] = word_cost(tables.words, key)
            if start + 2 < right and begins(tables.longer, text[start], text[start + 1]):
                for size in range(3, min(LONGEST_WORD, right - start) + 1):
                    key = onto(key, text[start + size - 1])
                    costs[size, i] = word_cost(tables.words, key)


@inlined
def forward(text: Array, tables: Words, costs: Array, left: int, right: int) -> None:
    """The cheapest cut from `left` to every sign up to `right`, of the words that `read_words` has read."""
    one, two, three, four = 0, NEVER, NEVER, NEVER
    costs[0, 0] = 0
    for i in range(1, right - left + 1):
        best = one + tables.single[text[left + i - 1]]
        if i > 1:
            best = min(best, two + costs[2, i - 2])
        if i > 2:
            best = min(best, three + costs[3, i - 3])
        if i > 3:
            best = min(best, four + costs[4, i - 4])
        one, two, three, four = best, one, two, three
        costs[0, i] = best


@inlined
def backward(text: Array, tables: Words, costs: Array, first: int, left: int, right: int) -> None:
    """The cheapest cut from every sign after `first` to `right`, of the words that `read_words` has read from `left`."""
    one, two, three, four = 0, NEVER, NEVER, NEVER
    costs[1, right - left] = 0
    for i in range(right - left - 1, first - left, -1):
        best = min(one + tables.single[text[left + i]], two + costs[2, i])
        best = min(best, three + costs[3, i], four + costs[4, i])
        one, two, three, four = best, one, two, three
        costs[1, i] = best


@inlined
def cost(text: Array, tables: Words, start: int, end: int) -> int:
    """What a word of several signs costs."""
    return word_cost(tables.words, hash_span(text, start, end))
