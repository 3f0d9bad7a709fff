"""Names in Latin letters that no list has, known by the paper after them."""

from __future__ import annotations

from gongyue.conduct.jit import kernel
from gongyue.conduct.scanning.characters import DIGIT, UPPER
from gongyue.conduct.scanning.entity_types import (
    CN_ID,
    DOB,
    DOCUMENT,
    FOREIGNER_ID,
    HKM_PERMIT,
    NEGATIVE,
    PASSPORT,
    PERSON,
    PHONE,
    PLAUSIBLE,
    TW_PERMIT,
)
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.latin_words import BODY, COMMON, NAME, WORD, bits_of, capital, key_of, letter, particle
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, last_trigger

HELD = (1 << CN_ID) | (1 << FOREIGNER_ID) | (1 << PASSPORT) | (1 << HKM_PERMIT) | (1 << TW_PERMIT)
"""Papers that a person holds."""
LABELS = HELD | (1 << DOCUMENT) | (1 << NEGATIVE) | (1 << PHONE) | (1 << DOB)
"""Words that are no part of a name."""
REACH = 12
"""How many signs may stand between neighbours."""


@kernel
def bearer(page: ScanBuffer, tables: English, i: int, last: int, other: int) -> None:
    """Write down a name in Latin letters that no list has, before a paper or before the day of birth between: Nkechi Obiora,
    Nigeria, passport A00000000. `last` and `other` are the finds before."""
    text, klass, at = page.text, tables.klass, page.finds[i, 0]
    if last >= 0 and page.finds[last, 2] == DOB and at - page.finds[last, 1] < REACH:
        at, last = page.finds[last, 0], other
    least = 0 if last < 0 else page.finds[last, 1]
    end = at
    while end > least and at - end < REACH and not letter(klass, text[end - 1]) and not klass[text[end - 1]] & DIGIT:
        if text[end - 1] == 10:
            return
        end -= 1
    start, end, words = _capitals(page, tables, least, end)
    cue = last_trigger(page, end)
    if words < 2 or (cue >= 0 and page.cues[cue, 0] >= start and page.cues[cue, 2] & LABELS):
        return
    add_candidate(page, start, end, PERSON, PLAUSIBLE, 0)


@kernel
def _capitals(page: ScanBuffer, tables: English, least: int, end: int) -> tuple[int, int, int]:
    """(start, end, how many) of the words with capitals before `end`, none a common one; the code of a nation last is none."""
    text, klass = page.text, tables.klass
    start, words, i = end, 0, end
    while words < 6:
        begin = i
        while begin > least and (letter(klass, text[begin - 1]) or text[begin - 1] in (0x27, 0x2D, 0x2019)):
            begin -= 1
        small = begin < i and particle(text, begin, i)
        if not small:
            bits = bits_of(tables, key_of(page, tables, begin, i))
            if (
                i - begin < 2
                or not capital(klass, text[begin])
                or bits & (COMMON | BODY)
                or bits & (WORD | NAME) == WORD
            ):
                break
            if words == 0 and i == end and bits == 0 and i - begin == 3 and run(page, klass, begin, UPPER) == i:
                end = begin - 1  # CHN, MMR
            else:
                start, words = begin, words + 1
        if begin <= least or text[begin - 1] not in (32, 0x2F):
            break
        i = begin - 1
    return start, end, words
