"""Names of people in English text: first names and surnames of many countries, common words, titles, verbs of speech."""

from __future__ import annotations

from gongyue.conduct.compiling import entry, inlined, kernel
from gongyue.conduct.scanning.hashing import KEYS, place_of
from gongyue.conduct.scanning.kinds import PERSON, PLAUSIBLE, ROLE, VALID
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.page import Page, found, label
from gongyue.conduct.scanning.signs import ALNUM, LETTER, UPPER, Array

GIVEN, FAMILY, COMMON, WORD, BODY, SAYS = 1, 2, 4, 8, 16, 32
"""Bits of a word: a first name, a surname, no name even after a label, a common word, of firms, places and things after a
name (University, Street, Award), a verb of speech."""
NAME = GIVEN | FAMILY
RECENT = 32
"""How many words of names are remembered, so that one of them alone is a name too further on."""
REACH = 3000
"""For how many signs."""


@entry
def english(page: Page, tables: English, starts: Array, recent: Array) -> None:
    """Find names of two words or more, and of one after a label, before "said", or of somebody named in full before.

    `recent` is room for RECENT words of names of one unit, hash and place, and how many there were in the last row.
    """
    text, klass = page.text, tables.klass
    at, unit = 0, 0
    while at < page.n:
        if not _capital(klass, text[at]) or (
            at > 0
            and (
                _letter(klass, text[at - 1]) or klass[text[at - 1]] & ALNUM or text[at - 1] in (0x5F, 0x2F, 0x40, 0x5C)
            )
        ):
            at += 1
            continue
        while starts[unit + 1] <= at:
            unit += 1
            recent[RECENT, 0] = 0
        end = _name(page, tables, recent, at)
        at = end if end > at else _word(page, klass, at)


@inlined
def _capital(klass: Array, sign: int) -> bool:
    return bool(klass[sign] & UPPER) or (0xC0 <= sign < 0xDF and sign != 0xD7)


@inlined
def _letter(klass: Array, sign: int) -> bool:
    """A letter, one with an accent too."""
    return bool(klass[sign] & LETTER) or (0xC0 <= sign < 0x250 and sign not in (0xD7, 0xF7))


@kernel
def _word(page: Page, klass: Array, at: int) -> int:
    """The end of the letters from `at`; a hyphen or apostrophe between two is one of them."""
    text = page.text
    while at < page.n and (
        _letter(klass, text[at])
        or (text[at] in (0x27, 0x2D, 0x2019) and _letter(klass, text[at + 1]) and _letter(klass, text[at - 1]))
    ):
        at += 1
    if at > 2 and text[at - 1] == 0x73 and text[at - 2] in (0x27, 0x2019):  # …'s
        return at - 2
    return at


@kernel
def _key(page: Page, tables: English, start: int, end: int) -> int:
    """The hash of a word's letters in lower case without accents, up to a hyphen, or after it (Al-), apostrophes left out."""
    key = 1
    for i in range(start, end):
        sign = page.text[i]
        if sign in (0x27, 0x2019):
            continue
        if sign == 0x2D and i - start < 3:
            key = 1
            continue
        if not _letter(tables.klass, sign):
            break
        key = (key * 1000003 + int(tables.fold[sign]) + 1) & KEYS
    return key


@inlined
def _bits(tables: English, key: int) -> int:
    slot = place_of(tables.words, key)
    return int(tables.bits[slot]) if tables.words[slot] == key else 0


@kernel
def _proper(page: Page, klass: Array, start: int, end: int) -> bool:
    """Whether a word is written as a name: a capital, then another letter."""
    return end - start >= 2 and _capital(klass, page.text[start]) and not klass[page.text[end]] & ALNUM


@kernel
def _next(page: Page, tables: English, end: int) -> tuple[int, int]:
    """(start, end) of the next word of a name after one space, an initial or de, van, bin passed over; (end, end) if none."""
    text, klass = page.text, tables.klass
    if text[end] != 32:
        return end, end
    start = end + 1
    if (
        _capital(klass, text[start])
        and text[start + 1] == 46
        and text[start + 2] == 32
        and _letter(klass, text[start + 3])
    ):
        start += 3
    elif _capital(klass, text[start]) and text[start + 1] == 32 and _capital(klass, text[start + 2]):
        start += 2
    for _ in range(2):
        last = start
        while last - start < 4 and 97 <= text[last] <= 122:
            last += 1
        if last == start or text[last] != 32 or not _particle(text, start, last):
            break
        start = last + 1
    last = _word(page, klass, start)
    return (start, last) if _proper(page, klass, start, last) else (end, end)


@inlined
def _particle(text: Array, start: int, end: int) -> bool:
    """de del della di da du der den la le van von bin ibn al el dos."""
    word = 0
    for i in range(start, end):
        word = word << 8 | int(text[i])
    return word in (
        0x6465, 0x64656C, 0x6469, 0x6461, 0x6475, 0x646572, 0x64656E, 0x6C61, 0x6C65, 0x76616E, 0x766F6E, 0x62696E, 0x69626E,
        0x616C, 0x656C, 0x646F73,
    )  # fmt: skip


@kernel
def _name(page: Page, tables: English, recent: Array, at: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none."""
    klass = tables.klass
    end = _word(page, klass, at)
    if not _proper(page, klass, at, end):
        return at
    key = _key(page, tables, at, end)
    first = _bits(tables, key)
    if first & COMMON or first & (WORD | NAME) == WORD:
        return at
    bits = label(page, at)
    labelled, titled = bits & (1 << PERSON) != 0, bits & (1 << ROLE) != 0
    start, last = _next(page, tables, end)
    other = _key(page, tables, start, last) if last > end else 1
    second = _bits(tables, other) if last > end else 0
    common = second & COMMON and not (second & FAMILY and first & NAME == GIVEN and not first & WORD)
    turned = first & FAMILY and second & GIVEN and _cell(page, at, last)  # SMITH Mary
    two = turned or _two(first, second, labelled, titled)
    if last == end or common or not two or _bits(tables, _pair(key, other)) & COMMON:
        return _alone(page, tables, recent, at, end, first, key, labelled or titled)
    more, further = _next(page, tables, last)
    if further > last:
        third = _bits(tables, _key(page, tables, more, further))
        if third & FAMILY and not third & BODY and (second & GIVEN or more > last + 1 or labelled):
            last, other = further, _key(page, tables, more, further)
        elif third & BODY:
            return at
    found(page, at, last, PERSON, VALID if labelled or (first & GIVEN and second & FAMILY) else PLAUSIBLE, 0)
    _remember(recent, key, at)
    _remember(recent, other, at)
    return last


@inlined
def _cell(page: Page, start: int, end: int) -> bool:
    """Whether nothing else stands on the line."""
    return bool((start == 0 or page.text[start - 1] == 10) and page.text[end] == 10)


@inlined
def _two(first: int, second: int, labelled: bool, titled: bool) -> bool:
    """Whether two words are a name: a first name and a surname; or one of them, and the other in no list."""
    if second & BODY and not second & FAMILY:
        return False
    if labelled:
        return True
    if first & GIVEN and second & FAMILY:
        return True
    if first & GIVEN and not first & WORD and (second == 0 or second & (NAME | WORD) == GIVEN):
        return True
    return bool(second & FAMILY) and (first == 0 or bool(titled and first & NAME) or first & (FAMILY | WORD) == FAMILY)


@inlined
def _pair(first: int, second: int) -> int:
    """The key of two words together."""
    return (first * 31 + second) & KEYS


@kernel
def _alone(page: Page, tables: English, recent: Array, at: int, end: int, bits: int, key: int, told: bool) -> int:
    """The end of a name of one word: after a label, before a verb of speech, named in full before; or Smith, Mary in a cell."""
    text, klass = page.text, tables.klass
    if bits & FAMILY and text[end] == 44 and text[end + 1] == 32 and (at == 0 or text[at - 1] == 10):
        last = _word(page, klass, end + 2)
        if (
            text[last] == 10
            and _proper(page, klass, end + 2, last)
            and _bits(tables, _key(page, tables, end + 2, last)) & GIVEN
        ):
            found(page, at, last, PERSON, VALID, 0)
            return last
    if _goes_on(page, klass, end):
        return at
    said = bits & NAME and not bits & WORD and (_says(page, tables, end) or (bits & FAMILY and _cited(page, end)))
    begins = at == 0 or text[at - 1] == 10
    speaks = bits & (GIVEN | WORD) == GIVEN and begins and text[end] == 58 and text[end + 1] == 32
    speaks |= bits & GIVEN != 0 and begins and at > 1 and text[at - 2] == 44 and text[end] == 10  # Regards, Mary
    if (
        (told and (bits & NAME or (bits == 0 and _addressed(text, klass, at))))
        or said
        or speaks
        or _known(recent, key, at)
    ):
        found(page, at, end, PERSON, PLAUSIBLE, 0)
        return end
    return at


@inlined
def _addressed(text: Array, klass: Array, at: int) -> bool:
    """Whether Mr, Mrs, Ms or Dr stands before, with or without its stop."""
    if at < 3 or text[at - 1] != 32:
        return False
    i = at - 3 if text[at - 2] == 46 else at - 2
    last = int(text[i]) | 32
    before = int(text[i - 1]) | 32 if i > 0 else 0
    if before == 0x72 and last == 0x73 and i > 1:  # Mrs
        i, before = i - 1, int(text[i - 2]) | 32
    mister = before == 0x6D and last in (0x72, 0x73)
    return bool((mister or (before == 0x64 and last == 0x72)) and (i < 2 or not klass[text[i - 2]] & ALNUM))


@kernel
def _says(page: Page, tables: English, end: int) -> bool:
    """Whether a verb of speech follows."""
    if page.text[end] != 32:
        return False
    last = _word(page, tables.klass, end + 1)
    return _bits(tables, _key(page, tables, end + 1, last)) & SAYS != 0


@inlined
def _cited(page: Page, end: int) -> bool:
    """Whether a year in brackets follows, or et al."""
    text = page.text
    if (
        text[end] == 32
        and text[end + 1] == 0x65
        and text[end + 2] == 0x74
        and text[end + 3] == 32
        and text[end + 4] == 0x61
    ):
        return True
    return text[end] == 32 and text[end + 1] == 40 and text[end + 2] in (49, 50) and text[end + 6] in (41, 44, 97, 98)


@inlined
def _remember(recent: Array, key: int, at: int) -> None:
    slot = recent[RECENT, 0] % RECENT
    recent[slot, 0], recent[slot, 1] = key, at
    recent[RECENT, 0] += 1


@kernel
def _known(recent: Array, key: int, at: int) -> bool:
    """Whether the word was part of a name not far before."""
    for i in range(min(RECENT, recent[RECENT, 0])):  # noqa: SIM110 (a kernel has no generators)
        if recent[i, 0] == key and at - recent[i, 1] < REACH:
            return True
    return False


@kernel
def _goes_on(page: Page, klass: Array, end: int) -> bool:
    return bool(page.text[end] == 32 and _capital(klass, page.text[end + 1]) and _letter(klass, page.text[end + 2]))
