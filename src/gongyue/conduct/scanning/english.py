"""Names of people in English text: first names and surnames of many countries, common words, titles, verbs of speech."""

from __future__ import annotations

from gongyue.conduct.compiling import entry, inlined, kernel
from gongyue.conduct.scanning.hashing import KEYS
from gongyue.conduct.scanning.kinds import PERSON, PLAUSIBLE, ROLE, VALID
from gongyue.conduct.scanning.latin import (
    bits_after,
    bits_before,
    bits_of,
    capital,
    key_of,
    letter,
    next_word,
    particle,
    proper,
    word_end,
)
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.page import Page, found, label
from gongyue.conduct.scanning.signs import ALNUM, HAN, UPPER, Array

GIVEN, FAMILY, COMMON, WORD, BODY, SAYS, ELSEWHERE, BEING, ABOUT, KIN, WHERE, HONOURS = (1 << bit for bit in range(12))
"""Bits of a word: a first name, a surname, no name even after a label, a common word, of firms, places and things after a
name (University, Street, Award), a verb of speech; of a first name that is a place or thing as well; what is said of a person;
what stands before one; who is whose kin; after what a place stands; Lady, Sgt."""
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
        if not capital(klass, text[at]) or (
            at > 0
            and (
                letter(klass, text[at - 1])
                or klass[text[at - 1]] & ALNUM
                or text[at - 1] in (0x5F, 0x2F, 0x5C)
                or (text[at - 1] == 0x40 and at > 1 and text[at - 2] not in (10, 32))
            )
        ):
            at += 1
            continue
        while starts[unit + 1] <= at:
            unit += 1
            recent[RECENT, 0] = 0
        end = _initial(page, tables, recent, at)
        if end == at:
            end = _name(page, tables, recent, at)
        at = end if end > at else word_end(page, klass, at)


@kernel
def _name(page: Page, tables: English, recent: Array, at: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none."""
    klass = tables.klass
    end = word_end(page, klass, at)
    if not proper(page, klass, at, end):
        return at
    key = key_of(page, tables, at, end)
    first = bits_of(tables, key)
    shouted = bool(first & FAMILY and klass[page.text[at + 1]] & UPPER)
    if (first & COMMON and not shouted) or (first & (WORD | NAME) == WORD and not _addressed(page.text, klass, at)):
        return at
    bits = label(page, at)
    if first & COMMON and not (bits & (1 << PERSON) or (at > 1 and klass[page.text[at - 2]] & HAN)):
        return at
    labelled, titled = bits & (1 << PERSON) != 0, bits & (1 << ROLE) != 0
    labelled |= first & (WORD | NAME) == WORD
    start, last = next_word(page, tables, end)
    labelled |= last > end and (_mailed(page.text, last) or (_timed(page.text, at) and page.text[last] == 58))
    other = key_of(page, tables, start, last) if last > end else 1
    second = bits_of(tables, other) if last > end else 0
    if last > end and second & BODY and not (first & GIVEN or labelled):
        return at  # on Birchwood Lane
    common = second & COMMON and not (second & FAMILY and first & NAME == GIVEN and not first & WORD)
    turned = first & FAMILY and second & GIVEN and _cell(page, at, last)  # SMITH Mary
    turned = bool(turned) or (first & FAMILY != 0 and last > end and _beside_han(page, klass, at, end, last))
    two = turned or _two(first, second, labelled, titled)
    strange = bool(first & GIVEN) and not first & ELSEWHERE and last > end and second == 0
    strange |= last > end and _sure(first) and second & ~(SAYS | ABOUT) == WORD and _amid_words(page, tables, at, last)
    two |= strange and (last - start > 4 or not klass[page.text[start + 1]] & UPPER)
    if last == end or common or not two or bits_of(tables, _pair(key, other)) & COMMON:
        return _alone(page, tables, recent, at, end, first, key, labelled or titled)
    more, further = next_word(page, tables, last)
    if further > last:
        third = bits_of(tables, key_of(page, tables, more, further))
        family = third & FAMILY and not third & BODY and (second & GIVEN or more > last + 1)
        if family or (labelled and (third & FAMILY or third == 0 or third & (NAME | WORD) == GIVEN)):
            last, other = further, key_of(page, tables, more, further)
        elif third & BODY:
            return at
    found(page, at, last, PERSON, VALID if labelled or (first & GIVEN and second & FAMILY) else PLAUSIBLE, 0)
    _remember(recent, key, at)
    _remember(recent, other, at)
    return last


@inlined
def _beside_han(page: Page, klass: Array, at: int, end: int, last: int) -> bool:
    """Whether two words in capitals stand right after Chinese, as the name in Latin letters does: 葛明德 GE MINGDE."""
    text = page.text
    if at < 2 or text[at - 1] != 32 or not klass[text[at - 2]] & HAN or last - end < 4:
        return False
    for i in range(at, last):  # noqa: SIM110 (a kernel has no generators)
        if i != end and not klass[text[i]] & UPPER:
            return False
    return True


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
    if first & GIVEN and not first & (WORD | ELSEWHERE) and (second == 0 or second & (NAME | WORD) == GIVEN):
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
    last = _turned(page, tables, at, end, bits)
    if last > end:
        found(page, at, last, PERSON, VALID, 0)
        _remember(recent, key, at)
        return last
    if _goes_on(page, klass, end):
        return at
    after = bits_after(page, tables, end)
    said = bits & NAME and not bits & WORD and (after & SAYS or (bits & FAMILY and _cited(page, end)))
    before = bits_before(page, tables, at)
    given = bits & (GIVEN | WORD | ELSEWHERE) == GIVEN
    said |= given and _amid(page, klass, at, end, before)
    said |= given and (after & BEING != 0 or (before & ABOUT != 0 and text[end] not in (0x27, 0x2019)))
    said |= (given or bits == 0) and before & KIN != 0
    begins = at == 0 or text[at - 1] == 10 or _timed(text, at)
    speaks = bits & (GIVEN | WORD) == GIVEN and begins and text[end] == 58 and text[end + 1] == 32
    speaks |= bits & GIVEN != 0 and begins and at > 1 and text[at - 2] in (33, 44) and text[end] == 10  # Regards, Mary
    speaks |= _sure(bits) and text[end] == 44 and text[end + 1] == 32 and text[end + 2] == 119 and text[end + 3] == 104
    told |= bits & FAMILY and not bits & WORD and _honoured(page, tables, at)
    told &= not (bits & WORD and text[end] == 32 and 97 <= text[end + 1] <= 122)  # HR: Can you
    if (
        (told and (bits & NAME or (bits == 0 and (_honoured(page, tables, at) or _quoted(text, at, end)))))
        or said
        or speaks
        or _known(recent, key, at)
    ):
        found(page, at, end, PERSON, PLAUSIBLE, 0)
        return end
    return at


@inlined
def _amid(page: Page, klass: Array, at: int, end: int, before: int) -> bool:
    """Whether a first name stands in a sentence where no place would (Could Sunita check), or begins one: Gareth opened it."""
    text = page.text
    i = at - 1
    while i > 0 and at - i < 14 and 97 <= text[i - 1] <= 122:
        i -= 1
    if at > 1 and text[at - 1] == 32 and i < at - 1 and not klass[text[i - (i > 0)]] & UPPER:
        return not before & WHERE and (
            text[end] in (44, 46, 63, 10) or (text[end] == 32 and 97 <= text[end + 1] <= 122)
        )
    last = end + 1
    while last - end < 14 and 97 <= text[last] <= 122:
        last += 1
    return bool(
        text[end] == 32 and last - end > 4 and text[last] == 32 and text[last - 1] == 100 and text[last - 2] == 101
    )


@inlined
def _sure(bits: int) -> bool:
    """Whether a word is a first name and nothing else."""
    return bool(bits & (GIVEN | WORD | ELSEWHERE | COMMON | BODY) == GIVEN)


@kernel
def _amid_words(page: Page, tables: English, at: int, last: int) -> bool:
    """Whether a sentence goes on around that says of a person rather than a place or thing: interviewed Zainab Merchant on."""
    text = page.text
    i = at - 2
    while i > 0 and 97 <= text[i] <= 122:
        i -= 1
    if at < 3 or text[at - 1] != 32 or i == at - 2 or text[i] != 32 or bits_before(page, tables, at) & WHERE:
        return False
    return bool(text[last] in (44, 46, 41, 10) or (text[last] == 32 and 97 <= text[last + 1] <= 122))


@inlined
def _mailed(text: Array, end: int) -> bool:
    """Whether an address of mail follows in angle brackets."""
    if text[end] != 32 or text[end + 1] != 60:
        return False
    for i in range(end + 2, end + 40):
        if text[i] in (10, 32, 62):
            return False
        if text[i] == 64:
            return True
    return False


@inlined
def _timed(text: Array, at: int) -> bool:
    """Whether a time of day opens the line before, as in chats: [10:14] Marek."""
    i = at - 2
    if at < 6 or text[at - 1] != 32:
        return False
    i -= text[i] == 93
    return bool(48 <= text[i] <= 57 and 48 <= text[i - 1] <= 57 and text[i - 2] == 58 and 48 <= text[i - 3] <= 57)


@inlined
def _honoured(page: Page, tables: English, at: int) -> bool:
    """Whether Mr, Lady or Sgt stands before, with or without its stop."""
    text, i = page.text, at - 1 - (at > 1 and page.text[at - 2] == 46)
    if at < 3 or text[at - 1] != 32:
        return False
    last = i
    while i > 0 and last - i < 10 and letter(tables.klass, text[i - 1]):
        i -= 1
    return _addressed(text, tables.klass, at) or bits_of(tables, key_of(page, tables, i, last)) & HONOURS != 0


@inlined
def _quoted(text: Array, at: int, end: int) -> bool:
    """Whether a word fills a value in quotes."""
    return bool(at > 0 and text[at - 1] in (0x22, 0x27) and text[end] == text[at - 1])


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
def _turned(page: Page, tables: English, at: int, end: int, bits: int) -> int:
    """The end of the first name or its initial after a surname and a comma that fill a field: Kowalczyk, Piotr; Okafor, N."""
    text, klass = page.text, tables.klass
    if text[end] != 44 or text[end + 1] != 32 or bits & COMMON or not (bits & FAMILY or bits == 0):
        return end
    begin = at
    while begin > 0 and at - begin < 5 and (text[begin - 1] == 32 or 97 <= text[begin - 1] <= 122):
        begin -= 1
    if not particle(text, begin, at - 1):  # van Dijk, M.
        begin = at
    if begin > 1 and not (
        text[begin - 1] in (9, 10, 0x7C)
        or (text[begin - 1] == 32 and (text[begin - 2] in (32, 46, 0x7C) or klass[text[begin - 2]] & HAN))
    ):
        return end
    last = word_end(page, klass, end + 2)
    initial = last == end + 3 and capital(klass, text[end + 2]) and text[last] == 46
    given = proper(page, klass, end + 2, last) and bits_of(tables, key_of(page, tables, end + 2, last)) & GIVEN != 0
    other = bits_of(tables, key_of(page, tables, end + 2, last))
    strange = proper(page, klass, end + 2, last) and (other == 0 or other & (NAME | WORD) == FAMILY)
    last += initial
    if given and text[last] == 32 and capital(klass, text[last + 1]) and text[last + 2] == 46:  # Whitaker, Joan M.
        last += 3
    ends = text[last] in (9, 10, 0x7C) or (text[last] == 32 and text[last + 1] in (32, 0x7C))
    return last if ends and (given or ((initial or strange) and bits & FAMILY)) else end


@kernel
def _initial(page: Page, tables: English, recent: Array, at: int) -> int:
    """The end of a name of initials and a surname (L. Hargreaves), or as tickets have it (WANG/JIAWEI); `at` if there is none."""
    text, klass = page.text, tables.klass
    start = at
    while text[start + 1] == 46 and capital(klass, text[start]) and start - at < 9:
        start += 3 if text[start + 2] == 32 else 2
    if start == at:
        return _ticket(page, tables, at)
    end = word_end(page, klass, start)
    bits = bits_of(tables, key_of(page, tables, start, end))
    known = bits & FAMILY and not bits & (WORD | COMMON | BODY)
    known |= bits == 0 and end - start > 3 and not klass[text[start + 1]] & UPPER and text[end] != 0x27
    if text[start - 1] != 32 or not proper(page, klass, start, end) or not known or (at > 0 and text[at - 1] == 46):
        return at
    found(page, at, end, PERSON, PLAUSIBLE, 0)
    _remember(recent, key_of(page, tables, start, end), at)
    return end


@kernel
def _ticket(page: Page, tables: English, at: int) -> int:
    """The end of SURNAME/GIVENNAME, `at` if it is none."""
    text, klass = page.text, tables.klass
    end = word_end(page, klass, at)
    if text[end] != 0x2F or end - at < 2 or not bits_of(tables, key_of(page, tables, at, end)) & FAMILY:
        return at
    last = word_end(page, klass, end + 1)
    for i in range(at, last):
        if not klass[text[i]] & UPPER and i != end:
            return at
    bits = bits_of(tables, key_of(page, tables, end + 1, last))
    whole = (
        last - end > 3 and not bits & (WORD | COMMON | BODY) and text[last] != 0x2F and not klass[text[last]] & ALNUM
    )
    if whole:
        found(page, at, last, PERSON, PLAUSIBLE, 0)
    return last if whole else at


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
    return bool(page.text[end] == 32 and capital(klass, page.text[end + 1]) and letter(klass, page.text[end + 2]))
