"""Names of people in English text: first names and surnames of many countries, common words, titles, verbs of speech."""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import ALNUM, HAN, UPPER, Array
from gongyue.conduct.scanning.entity_types import PERSON, PLAUSIBLE, ROLE, VALID
from gongyue.conduct.scanning.hash_tables import KEYS
from gongyue.conduct.scanning.latin_words import (
    ABOUT,
    BEING,
    BODY,
    COMMON,
    ELSEWHERE,
    FAMILY,
    GIVEN,
    KIN,
    NAME,
    SAYS,
    WORD,
    bits_after,
    bits_before,
    bits_of,
    capital,
    key_of,
    letter,
    next_word,
    particle,
    pinyin,
    proper,
    word_end,
)
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.name_context_en import (
    addressed,
    amid,
    amid_words,
    apposed,
    beside_han,
    cell,
    cited,
    dashed,
    goes_on,
    honoured,
    mailed,
    of_kin,
    quoted,
    signed,
    sure,
    timed,
)
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, label

RECENT = 32
"""How many words of names are remembered, so that one of them alone is a name too further on."""
REACH = 3000
"""For how many signs."""


@entry_point
def english(page: ScanBuffer, tables: English, starts: Array, words: Array, recent: Array) -> None:
    """Find names of two words or more, and of one after a label, before "said", or of somebody named in full before.

    `recent` is room for RECENT words of names of one unit, hash and place, and how many there were in the last row.
    """
    text, klass = page.text, tables.klass
    done, unit = 0, 0
    for place in words:
        at = to_int64(place)
        if at < done or not capital(klass, text[at]) or letter(klass, text[at - 1]):
            continue
        if text[at - 1] in (0x5F, 0x2F, 0x5C) or (text[at - 1] == 0x40 and text[at - 2] not in (10, 32)):
            continue
        while starts[unit + 1] <= at:
            unit += 1
            recent[RECENT, 0] = 0
        end = _initial(page, tables, recent, at)
        if end == at:
            end = _name(page, tables, recent, at)
        done = end if end > at else word_end(page, klass, at)


@kernel
def _name(page: ScanBuffer, tables: English, recent: Array, at: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none."""
    klass = tables.klass
    end = word_end(page, klass, at)
    if not proper(page, klass, at, end):
        return at
    key = key_of(page, tables, at, end)
    first = bits_of(tables, key)
    shouted = bool(first & FAMILY and klass[page.text[at + 1]] & UPPER)
    if (first & COMMON and not shouted) or (first & (WORD | NAME) == WORD and not addressed(page.text, klass, at)):
        return at
    bits = label(page, at)
    if first & COMMON and not (bits & (1 << PERSON) or (at > 1 and klass[page.text[at - 2]] & HAN)):
        return at
    labelled, titled = bits & (1 << PERSON) != 0, bits & (1 << ROLE) != 0
    labelled |= first & (WORD | NAME) == WORD
    start, last = next_word(page, tables, end)
    labelled |= last > end and (mailed(page.text, last) or (timed(page.text, at) and page.text[last] == 58))
    other = key_of(page, tables, start, last) if last > end else 1
    second = bits_of(tables, other) if last > end else 0
    if last > end and second & BODY and not (first & GIVEN or labelled):
        return at  # on Birchwood Lane
    common = second & COMMON and not (second & FAMILY and first & NAME == GIVEN and not first & WORD)
    turned = first & FAMILY and second & GIVEN and cell(page, at, last)  # SMITH Mary
    turned = bool(turned) or (first & FAMILY != 0 and last > end and beside_han(page, klass, at, end, last))
    two = turned or _two(first, second, labelled, titled)
    strange = bool(first & GIVEN) and not first & ELSEWHERE and last > end and second == 0
    strange |= last > end and sure(first) and second & ~(SAYS | ABOUT) == WORD and amid_words(page, tables, at, last)
    two |= (
        second == 0 and last > end and first & (FAMILY | WORD) == FAMILY and pinyin(page.text, tables.fold, start, last)
    )
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
    add_candidate(page, at, last, PERSON, VALID if labelled or (first & GIVEN and second & FAMILY) else PLAUSIBLE, 0)
    _remember(recent, key, at)
    _remember(recent, other, at)
    return last


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
def _alone(page: ScanBuffer, tables: English, recent: Array, at: int, end: int, bits: int, key: int, told: bool) -> int:
    """The end of a name of one word: after a label, before a verb of speech, named in full before; or Smith, Mary in a cell."""
    text, klass = page.text, tables.klass
    last = _turned(page, tables, at, end, bits)
    if last > end:
        add_candidate(page, at, last, PERSON, VALID, 0)
        _remember(recent, key, at)
        return last
    if goes_on(page, klass, end):
        return at
    after = bits_after(page, tables, end)
    said = bits & NAME and not bits & WORD and (after & SAYS or (bits & FAMILY and cited(page, end)))
    before = bits_before(page, tables, at)
    given = bits & (GIVEN | WORD | ELSEWHERE) == GIVEN
    said |= given and amid(page, klass, at, end, before)
    said |= given and (after & BEING != 0 or (before & ABOUT != 0 and text[end] not in (0x27, 0x2019)))
    said |= (given or bits == 0) and before & KIN != 0
    said |= given and of_kin(page, tables, at)
    begins = at == 0 or text[at - 1] == 10 or timed(text, at)
    speaks = bits & (GIVEN | WORD) == GIVEN and begins and text[end] == 58 and text[end + 1] == 32
    speaks |= bits & GIVEN != 0 and begins and at > 1 and text[at - 2] in (33, 44) and text[end] == 10  # Regards, Mary
    speaks |= sure(bits) and (apposed(text, at, end) or dashed(text, at, end) or signed(text, klass, at, end))
    speaks |= sure(bits) and timed(text, at) and text[end] == 32 and text[end + 2] == 58  # [20:14] Declan R: did you
    told |= bits & FAMILY != 0 and not bits & WORD and honoured(page, tables, at)
    told &= not (bits & WORD and text[end] == 32 and 97 <= text[end + 1] <= 122)  # HR: Can you
    if (
        (told and (bits & NAME or (bits == 0 and (honoured(page, tables, at) or quoted(text, at, end)))))
        or said
        or speaks
        or _known(recent, key, at)
    ):
        add_candidate(page, at, end, PERSON, PLAUSIBLE, 0)
        return end
    return at


@kernel
def _turned(page: ScanBuffer, tables: English, at: int, end: int, bits: int) -> int:
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
def _initial(page: ScanBuffer, tables: English, recent: Array, at: int) -> int:
    """The end of a name of initials and a surname (L. Hargreaves), or as tickets have it (WANG/JIAWEI); `at` if there is none."""
    text, klass = page.text, tables.klass
    start = at
    while text[start + 1] == 46 and capital(klass, text[start]) and start - at < 9:
        start += 3 if text[start + 2] == 32 else 2
    if start == at:
        return _ticket(page, tables, at)
    end = word_end(page, klass, start)
    bits = bits_of(tables, key_of(page, tables, start, end))
    known = bits & FAMILY != 0 and not bits & (WORD | COMMON | BODY)
    known |= bits == 0 and end - start > 3 and not klass[text[start + 1]] & UPPER and text[end] != 0x27
    if text[start - 1] != 32 or not proper(page, klass, start, end) or not known or (at > 0 and text[at - 1] == 46):
        return at
    add_candidate(page, at, end, PERSON, PLAUSIBLE, 0)
    _remember(recent, key_of(page, tables, start, end), at)
    return end


@kernel
def _ticket(page: ScanBuffer, tables: English, at: int) -> int:
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
        add_candidate(page, at, last, PERSON, PLAUSIBLE, 0)
    return last if whole else at


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
