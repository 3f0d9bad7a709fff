"""What a given name costs: by lists of the signs and words that names are made of; after a label that asks for one, any word."""

from __future__ import annotations

from gongyue.conduct.jit import inlined
from gongyue.conduct.scanning.characters import HAN, Array, among, char_set
from gongyue.conduct.scanning.hash_tables import NEVER, begins, hash_span, word_cost
from gongyue.conduct.scanning.lexicon import Words
from gongyue.conduct.scanning.name_context_zh import CLAN, DISTRICT, FILLED, HOME, of_places
from gongyue.conduct.scanning.scan_buffer import ScanBuffer
from gongyue.conduct.scanning.segmentation import UNUSUAL, cost, spans

ONE, TWO = 110, 15
"""What a given name of one sign costs, and of two."""
TWICE = 250
"""What it costs a given name to be one sign said twice, besides that sign."""
RARE, SELDOM = 800, 680
"""From what cost a sign is rare enough to be a given name though no list has it, and what it costs then."""
WORDED = 620
"""What a given name costs that is any word, where it fills what a label asks for."""
_CALLED, _CALLED_SO = char_set("总姐嫂姨婶奶爷"), char_set("伯叔哥工队导局处科董某")
"""What begins no given name after a surname, and what is none by itself."""


@inlined
def signs(page: ScanBuffer, tables: Words, at: int, size: int, start: int) -> tuple[int, int, int, int]:
    """By how much a name of one sign, and of two, is better than its signs by themselves, which is the most its margin can be;
    and what these signs cost."""
    text = page.text
    a, b = text[at + size], text[at + size + 1]
    one = start + ONE + min(tables.given[a, 0], _unusual(tables, a)) + (DISTRICT if a in (HOME, CLAN) else 0)
    apart = min(tables.given[a, 1], _unusual(tables, a)) + min(tables.given[b, 2], _unusual(tables, b))
    if a == b:
        apart = min(apart, TWICE + tables.given[a, 0])
    whole = word_cost(tables.wholes, hash_span(text, at + size, at + size + 2))
    two = start + TWO + min(apart, whole) + (DISTRICT if a == CLAN or (of_places(a, b) and whole == NEVER) else 0)
    short, long = spans(text, tables, at, size)
    if not tables.klass[b] & HAN:
        return short - one, -NEVER, short, 0
    return short - one, long - two, short, long


@inlined
def filled(page: ScanBuffer, tables: Words, at: int, one: int, two: int, short: int, long: int) -> tuple[int, int]:
    """The margins of a name after a label, whose given name at `at` is all that stands before the next stop: any word will do."""
    text, klass = page.text, tables.klass
    if not klass[text[at + 2]] & HAN:
        two = max(two, long - TWO - _worded(text, tables, at)) + FILLED
    if not klass[text[at + 1]] & HAN:
        one = max(one, short - ONE - WORDED) + FILLED
    return one, two


@inlined
def uncalled(sign: int, one: int, two: int) -> tuple[int, int]:
    """The margins of a name whose given name begins with this sign: 李总, 王姐, 张工 name nobody, though 李伯清 does."""
    if among(sign, _CALLED):
        return -NEVER, -NEVER
    if among(sign, _CALLED_SO):
        return -NEVER, two
    return one, two


@inlined
def unheard(text: Array, tables: Words, at: int) -> bool:
    """Whether nobody's given name begins with a sign, though it is no rare one."""
    return bool(
        tables.given[text[at], 1] == NEVER
        and tables.single[text[at]] < RARE
        and word_cost(tables.wholes, hash_span(text, at, at + 2)) == NEVER
    )


@inlined
def _worded(text: Array, tables: Words, at: int) -> int:
    """What a given name of two signs costs that is any word, where a label and a stop leave room for no other."""
    if begins(tables.pairs, text[at], text[at + 1]) and cost(text, tables, at, at + 2) < NEVER:
        return WORDED
    return NEVER


@inlined
def _unusual(tables: Words, sign: int) -> int:
    """What a sign of no list costs as a given name: less where it is hardly ever written otherwise."""
    return SELDOM if tables.single[sign] >= RARE else UNUSUAL
