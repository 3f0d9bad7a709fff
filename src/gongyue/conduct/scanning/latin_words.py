"""Words in Latin letters: where one ends, whether it is written as a name, what the lists say of it, which comes next."""

from __future__ import annotations

from typing import Any

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import ALNUM, LETTER, LOWER, UPPER, Array
from gongyue.conduct.scanning.hash_tables import KEYS, place_of
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.scan_buffer import ScanBuffer

GIVEN, FAMILY, COMMON, WORD, BODY, SAYS, ELSEWHERE, BEING, ABOUT, KIN, WHERE, HONOURS = (1 << bit for bit in range(12))
"""Bits of a word: a first name, a surname, no name even after a label, a common word, of firms, places and things after a
name (University, Street, Award), a verb of speech; of a first name that is a place or thing as well; what is said of a person;
what stands before one; who is whose kin; after what a place stands; Lady, Sgt."""
NAME = GIVEN | FAMILY


@inlined
def capital(klass: Array, sign: int) -> bool:
    """Whether it is a capital, one with an accent too."""
    return (
        bool(klass[sign] & UPPER)
        or (0xC0 <= sign < 0xDF and sign != 0xD7)
        or (0x1E00 <= sign < 0x1F00 and sign % 2 == 0)
    )


@inlined
def letter(klass: Array, sign: int) -> bool:
    """A letter, one with an accent too."""
    return bool(klass[sign] & LETTER) or (0xC0 <= sign < 0x250 and sign not in (0xD7, 0xF7)) or 0x1E00 <= sign < 0x1F00


@kernel
def word_end(page: ScanBuffer, klass: Array, at: int) -> int:
    """The end of the letters from `at`; a hyphen or apostrophe between two is one of them."""
    text = page.text
    while at < page.n and (
        letter(klass, text[at])
        or (text[at] in (0x27, 0x2D, 0x2019) and letter(klass, text[at + 1]) and letter(klass, text[at - 1]))
    ):
        at += 1
    if at > 2 and text[at - 1] == 0x73 and text[at - 2] in (0x27, 0x2019):  # …'s
        return at - 2
    return at


@kernel
def key_of(page: ScanBuffer, tables: English, start: int, end: int) -> int:
    """The hash of a word's letters in lower case without accents, up to a hyphen, or after it (Al-), apostrophes left out."""
    key = 1
    for i in range(start, end):
        sign = page.text[i]
        if sign in (0x27, 0x2019):
            continue
        if sign == 0x2D and i - start < 3:
            key = 1
            continue
        if not letter(tables.klass, sign):
            break
        key = (key * 1000003 + int(tables.fold[sign]) + 1) & KEYS
    return key


@inlined
def bits_of(tables: English, key: int) -> int:
    """What the lists say of a word, 0 where none has it."""
    slot = place_of(tables.words, key)
    return int(tables.bits[slot]) if tables.words[slot] == key else 0


@kernel
def proper(page: ScanBuffer, klass: Array, start: int, end: int) -> bool:
    """Whether a word is written as a name: a capital, then another letter; JPMorgan is none."""
    text = page.text
    mixed = end - start > 3 and klass[text[start + 1]] & UPPER and klass[text[end - 1]] & LOWER
    return end - start >= 2 and capital(klass, text[start]) and not klass[text[end]] & ALNUM and not mixed


@kernel
def next_word(page: ScanBuffer, tables: English, end: int) -> tuple[int, int]:
    """(start, end) of the next word of a name after one space, an initial or de, van, bin passed over; (end, end) if none."""
    text, klass = page.text, tables.klass
    if text[end] != 32:
        return end, end
    start = end + 1
    if (
        capital(klass, text[start])
        and text[start + 1] == 46
        and text[start + 2] == 32
        and letter(klass, text[start + 3])
    ):
        start += 3
    elif capital(klass, text[start]) and text[start + 1] == 32 and capital(klass, text[start + 2]):
        start += 2
    for _ in range(2):
        last = start
        while last - start < 4 and 97 <= text[last] <= 122:
            last += 1
        if last == start or text[last] != 32 or not particle(text, start, last):
            break
        start = last + 1
    last = word_end(page, klass, start)
    return (start, last) if proper(page, klass, start, last) else (end, end)


@inlined
def particle(text: Array, start: int, end: int) -> bool:
    """de del della di da du der den la le van von bin ibn al el dos."""
    word = 0
    for i in range(start, end):
        word = word << 8 | int(text[i])
    return word in (
        0x6465, 0x64656C, 0x6469, 0x6461, 0x6475, 0x646572, 0x64656E, 0x6C61, 0x6C65, 0x76616E, 0x766F6E, 0x62696E, 0x69626E,
        0x616C, 0x656C, 0x646F73,
    )  # fmt: skip


INITIALS, FINALS = (
    tuple(int.from_bytes(part.encode()) for part in parts.split())
    for parts in (
        "zh ch sh b p m f d t n l g k h j q x r z c s y w",
        "a o e i u v ai ei ui ao ou iu ie ue ve er an en in un ang eng ing ong ia iao ian iang iong ua uo uai uan uang",
    )
)
"""What a syllable of pinyin is made of."""


@inlined
def _among(text: Array, fold: Array, start: int, end: int, parts: Any) -> bool:
    """Whether these letters are one of the parts."""
    word = 0
    for i in range(start, end):
        word = word << 8 | int(fold[text[i]])
    return word in parts


@kernel
def _syllable(text: Array, fold: Array, start: int, end: int) -> bool:
    """Whether these letters are a syllable of pinyin."""
    if _among(text, fold, start, end, FINALS):
        return True
    for first in (1, 2):
        if (
            first < end - start <= first + 4
            and _among(text, fold, start, start + first, INITIALS)
            and _among(text, fold, start + first, end, FINALS)
        ):
            return True
    return False


@kernel
def pinyin(text: Array, fold: Array, start: int, end: int) -> bool:
    """Whether a word is two syllables of pinyin, as most Chinese first names are: Zhenhua."""
    if not 5 <= end - start <= 12:
        return False
    for middle in range(start + 1, end):  # noqa: SIM110 (a kernel has no generators)
        if _syllable(text, fold, start, middle) and _syllable(text, fold, middle, end):
            return True
    return False


@kernel
def bits_after(page: ScanBuffer, tables: English, end: int) -> int:
    """The bits of the word that follows after one space, 0 if none does."""
    if page.text[end] != 32:
        return 0
    last = word_end(page, tables.klass, end + 1)
    return bits_of(tables, key_of(page, tables, end + 1, last))


@kernel
def bits_before(page: ScanBuffer, tables: English, at: int) -> int:
    """The bits of the word before, 0 if none stands there."""
    text, i = page.text, at - 1
    if at < 3 or text[i] != 32:
        return 0
    while i > 0 and at - i < 12 and letter(tables.klass, text[i - 1]):
        i -= 1
    return bits_of(tables, key_of(page, tables, i, at - 1))
