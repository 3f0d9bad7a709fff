"""Document numbers and birth dates by neighbouring spans: what has the form of a paper, or is a date, beside a person or beside a paper.

No number of a passport or permit has a check that is printed in it. In a list of travellers nothing labels it either: the
name before it does, and that the text speaks of papers at all. The finds made so far are looked at in order, forth and back,
as one that is settled may settle its neighbour.
"""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import DIGIT, HAN, LETTER, UPPER, Array
from gongyue.conduct.scanning.entity_types import (
    CONNECT,
    DOB,
    DOCUMENT,
    HKM_PERMIT,
    PASSPORT,
    PERSON,
    PLACE,
    PLAUSIBLE,
    REGION,
    REJECTED,
    ROLE,
    SAID,
    SHAPE,
    SOCIAL_SEC,
    SURNAMES,
    TITLE,
    TW_PERMIT,
)
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.latin_words import letter
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.names_by_document import HELD, REACH, bearer
from gongyue.conduct.scanning.scan_buffer import FAR, ScanBuffer, label, last_trigger

ABROAD = (1 << PASSPORT) | (1 << HKM_PERMIT) | (1 << TW_PERMIT)
SILENT = (
    HELD | (1 << DOCUMENT) | (1 << CONNECT) | (1 << PERSON) | (1 << TITLE) | (1 << ROLE) | (1 << REGION) | (1 << PLACE)
    | (1 << SAID) | (1 << SURNAMES) | (1 << DOB)
)  # fmt: skip
"""Labels that do not say that a number is something else."""
MONTHS = tuple(
    int.from_bytes(name.encode())
    for name in ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
)
LONG_PAST, PAST = 2008, 2022
"""Up to which year a date beside a paper is a birth and no day of issue; up to which between a person and a paper."""


@entry_point
def spoken_of(page: ScanBuffer) -> bool:
    """Whether a person or a paper was found, or one is spoken of."""
    for i in range(page.state[1]):
        if page.finds[i, 3] != REJECTED and (HELD | 1 << PERSON) >> page.finds[i, 2] & 1:
            return True
    for i in range(page.cue_n):  # noqa: SIM110 (a kernel has no generators)
        if page.cues[i, 2] & (HELD | 1 << DOCUMENT | 1 << SOCIAL_SEC):
            return True
    return False


@entry_point
def company(page: ScanBuffer, tables: English, order: Array, starts: Array) -> None:
    """Settle what is beside a person or a paper; `order` are the finds by their start. Names beside papers are added."""
    _one_way(page, tables.klass, order, starts, 1)
    _one_way(page, tables.klass, order, starts, -1)
    last = other = -1
    for i in order:
        if page.finds[i, 3] != REJECTED:
            if ABROAD >> page.finds[i, 2] & 1:
                bearer(page, tables, i, last, other)
            last, other = i, last


@kernel
def _one_way(page: ScanBuffer, klass: Array, order: Array, starts: Array, step: int) -> None:
    """`last` is the find that was accepted last, `papers` the kinds of papers seen in the unit."""
    finds = page.finds
    last, papers = -1, 0
    unit = 0 if step > 0 else len(starts) - 2
    for k in range(len(order)):
        place = k if step > 0 else len(order) - 1 - k
        i = order[place]
        while not starts[unit] <= finds[i, 0] < starts[unit + 1]:
            unit += step
            last, papers = -1, 0
        if finds[i, 3] == REJECTED:
            dated = finds[i, 2] == SHAPE and 6 <= finds[i, 1] - finds[i, 0] <= 9
            year = _year(page, klass, finds[i, 0], finds[i, 1]) if dated else 0
            if year:
                finds[i, 2], finds[i, 4] = DOB, year
            kind = _kind(page, klass, i)
            before = order[place - 1] if place > 0 else -1
            if kind:
                kind = _settled(page, klass, before, i, kind, last, papers, starts[unit], starts[unit + 1])
            if kind:
                finds[i, 2], finds[i, 3] = kind, PLAUSIBLE
        if finds[i, 3] != REJECTED:
            last = i
            if HELD >> finds[i, 2] & 1:
                papers |= 1 << finds[i, 2]


@kernel
def _year(page: ScanBuffer, klass: Array, start: int, end: int) -> int:
    """The year of a day as tickets have it (12FEB91, 3NOV1957), 0 if it is none."""
    text = page.text
    month = run(page, klass, start, DIGIT)
    after = month + 3
    if not 1 <= month - start <= 2 or end - after not in (2, 4) or run(page, klass, after, DIGIT) != end:
        return 0
    word = (to_int64(text[month]) << 16 | to_int64(text[month + 1]) << 8 | to_int64(text[month + 2])) & 0xDFDFDF
    year = int(checksums.number(text, after, end))
    return (year if end - after == 4 else year + (1900 if year > 26 else 2000)) if word in MONTHS else 0


@kernel
def _kind(page: ScanBuffer, klass: Array, i: int) -> int:
    """What a find that was rejected can be: by its form alone; 0 for nothing."""
    kind, start, end = page.finds[i, 2], page.finds[i, 0], page.finds[i, 1]
    if kind in (HKM_PERMIT, PASSPORT):
        return int(kind)
    if kind == DOB:
        return DOB
    if kind != SHAPE or not 7 <= end - start <= 10:
        return 0
    text = page.text
    letters = run(page, klass, start, UPPER) - start
    digits = run(page, klass, start + letters, DIGIT) - start - letters
    if letters == 0:
        return TW_PERMIT if digits == end - start == 8 else 0
    return PASSPORT if 1 <= letters <= 2 and _foreign(text, klass, start, end, digits) else 0


@inlined
def _foreign(text: Array, klass: Array, start: int, end: int, digits: int) -> bool:
    """Whether a token that begins with a letter or two has a form of passports: seven or eight digits, six after two letters, a
    letter after them or not; nine signs of which most are digits."""
    size = end - start
    if (7 <= digits <= 8 and size - digits <= 3) or (digits == 6 and size == 8 and klass[text[start + 1]] & UPPER):
        return True
    count = 0
    for i in range(start, end):
        if not klass[text[i]] & (DIGIT | UPPER):
            return False
        count += klass[text[i]] & DIGIT > 0
    return size == 9 and count >= 4


@kernel
def _settled(
    page: ScanBuffer, klass: Array, before: int, i: int, kind: int, last: int, papers: int, first: int, end: int
) -> int:
    """What its neighbour, and what the unit between `first` and `end` speaks of, make of find `i` that can be of that kind, 0 for
    nothing; `before` is the find before it, `last` the one that was accepted last."""
    finds = page.finds
    if last >= 0 and finds[last, 0] < finds[i, 1] and finds[i, 0] < finds[last, 1]:
        return 0  # inside another
    if kind == DOB:
        return DOB if _born(page, klass, before, i, last) else 0
    at = finds[i, 0]
    told = label(page, at)
    if told & ~SILENT or checksums.day(page.text, finds[i, 1] - 8) or checksums.day(page.text, at + 1):
        return 0
    beside = last >= 0 and _neighbours(page, klass, before, i, last)
    listed = before >= 0 and before != last and finds[before, 2] == DOB and finds[before, 4] <= LONG_PAST
    paper = _paper(page, klass, i, kind, told, beside, listed, papers | _speaks(page, at, first, end))
    if paper == HKM_PERMIT and beside and finds[last, 2] == PERSON and letter(klass, page.text[finds[last, 0]]):
        return PASSPORT
    return paper


@kernel
def _paper(
    page: ScanBuffer, klass: Array, i: int, kind: int, told: int, beside: bool, listed: bool, spoken: int
) -> int:
    """The paper that find `i` is, 0 for none: `told` and `spoken` are the bits of its label and of all that the unit speaks of;
    `beside` that a neighbour speaks for it, `listed` that a name and a birth do."""
    at, end = page.finds[i, 0], page.finds[i, 1]
    if kind == HKM_PERMIT:
        return HKM_PERMIT if beside or spoken & ((1 << HKM_PERMIT) | (1 << DOCUMENT)) else 0
    travels = spoken & (ABROAD | (1 << DOCUMENT)) != 0
    if kind == TW_PERMIT:
        year = page.text[at] in (49, 50) and page.text[at + 1] in (57, 48)  # 20180034: a library's card
        sure = page.text[at] == 48 and spoken & (1 << TW_PERMIT)
        return TW_PERMIT if sure or (beside and travels and not year) else 0
    crossing = _crossing(page, klass, at, end)
    if crossing and beside and spoken >> crossing & 1 and not told & (1 << PASSPORT):
        return crossing
    ours = page.finds[i, 2] == PASSPORT and page.text[at] in (69, 71)
    ours |= page.text[at] in (68, 80, 83) and page.text[at + 1] == 69 and end - at == 9  # of diplomats, officials
    if told & (1 << DOCUMENT) or (ours and spoken & ((1 << PASSPORT) | (1 << DOCUMENT))):
        return PASSPORT
    if beside and (travels or listed or _nation(page.text, klass, end) or (ours and klass[page.text[at + 1]] & LETTER)):
        return PASSPORT
    card = end - at == 9 and run(page, klass, at + 1, DIGIT) >= end - 1
    return SOCIAL_SEC if card and not travels and spoken & (1 << SOCIAL_SEC) else 0


@inlined
def _crossing(page: ScanBuffer, klass: Array, at: int, end: int) -> int:
    """The permit of the mainland's people that has this form: C81640275, CB2917468 and W57302916 to Hong Kong and Macao, L07281946 to
    Taiwan; 0 for none."""
    first, letters = page.text[at], run(page, klass, at, UPPER) - at
    if end - at != 9 or letters > 2 or run(page, klass, at + letters, DIGIT) != end:
        return 0
    if letters == 1 and first == 76:
        return TW_PERMIT
    return HKM_PERMIT if first == 67 or (letters == 1 and first == 87) else 0


@inlined
def _nation(text: Array, klass: Array, end: int) -> bool:
    """Whether three capitals follow as the next field: PT8204913  IRL."""
    i = end
    while i - end < 4 and text[i] in (32, 9, 0x2C, 0x7C, 0x2F):
        i += 1
    if i == end or klass[text[i + 3]] & (LETTER | DIGIT):
        return False
    return bool(klass[text[i]] & klass[text[i + 1]] & klass[text[i + 2]] & UPPER)


@kernel
def _neighbours(page: ScanBuffer, klass: Array, before: int, i: int, last: int) -> bool:
    """Whether a person, a paper or a birth stands beside, a few words or a date between at most."""
    finds = page.finds
    if finds[last, 2] not in (PERSON, DOB) and not HELD >> finds[last, 2] & 1:
        return False
    if finds[last, 1] > finds[i, 0]:
        return _between(page, klass, finds[i, 1], finds[last, 0], 2)
    if before >= 0 and before != last and finds[before, 2] == DOB and finds[before, 1] <= finds[i, 0]:
        return _between(page, klass, finds[last, 1], finds[before, 0], REACH) and _between(
            page, klass, finds[before, 1], finds[i, 0], REACH
        )
    return _between(page, klass, finds[last, 1], finds[i, 0], REACH)


@kernel
def _between(page: ScanBuffer, klass: Array, start: int, end: int, han: int) -> bool:
    """Whether no more than separators and a few words stand between two places of one line."""
    if not 0 < end - start <= REACH:
        return False
    words, letters = 0, 0
    for i in range(start, end):
        sign = page.text[i]
        if sign in (10, 0x3002, 0x3B, 0x21, 0x3F) or klass[sign] & DIGIT:
            return False
        words += klass[sign] & HAN > 0
        letters += klass[sign] & LETTER > 0
    return words <= han and letters <= 10  # passport no


@kernel
def _born(page: ScanBuffer, klass: Array, before: int, i: int, last: int) -> bool:
    """Whether a date is a birth: right after a paper or before one, long past; between a person and a paper, any."""
    finds = page.finds
    if last < 0 or not HELD >> finds[last, 2] & 1 or not 1900 <= finds[i, 4] <= PAST:
        return False
    if finds[last, 1] <= finds[i, 0]:
        return finds[i, 4] <= LONG_PAST and _between(page, klass, finds[last, 1], finds[i, 0], 0)
    if not _between(page, klass, finds[i, 1], finds[last, 0], 6):
        return False
    called = before >= 0 and finds[before, 2] == PERSON and finds[before, 3] != REJECTED
    return finds[i, 4] <= LONG_PAST or (called and _between(page, klass, finds[before, 1], finds[i, 0], 4))


@kernel
def _speaks(page: ScanBuffer, at: int, first: int, end: int) -> int:
    """The bits of all cues of the unit, FAR signs away at most."""
    bits = 0
    here = last_trigger(page, at)
    cue = here
    while cue >= 0 and page.cues[cue, 0] >= max(first, at - FAR):
        bits |= page.cues[cue, 2]
        cue -= 1
    cue = here + 1
    while cue < page.cue_n and page.cues[cue, 0] < min(end, at + FAR):
        bits |= page.cues[cue, 2]
        cue += 1
    return bits
