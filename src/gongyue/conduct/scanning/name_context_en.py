"""What stands beside a word with a capital and speaks for a name: honours, mail, times of day, verbs, quotes."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning.characters import ALNUM, HAN, UPPER, Array
from gongyue.conduct.scanning.latin_words import (
    BODY,
    COMMON,
    ELSEWHERE,
    GIVEN,
    HONOURS,
    KIN,
    WHERE,
    WORD,
    bits_before,
    bits_of,
    capital,
    key_of,
    letter,
)
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.scan_buffer import ScanBuffer


@inlined
def beside_han(page: ScanBuffer, klass: Array, at: int, end: int, last: int) -> bool:
    """Whether two words in capitals stand right after Chinese, as the name in Latin letters does: 葛明德 GE MINGDE."""
    text = page.text
    if at < 2 or text[at - 1] != 32 or not klass[text[at - 2]] & HAN or last - end < 4:
        return False
    for i in range(at, last):  # noqa: SIM110 (a kernel has no generators)
        if i != end and not klass[text[i]] & UPPER:
            return False
    return True


@inlined
def cell(page: ScanBuffer, start: int, end: int) -> bool:
    """Whether nothing else stands on the line."""
    return bool((start == 0 or page.text[start - 1] == 10) and page.text[end] == 10)


@inlined
def amid(page: ScanBuffer, klass: Array, at: int, end: int, before: int) -> bool:
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
def sure(bits: int) -> bool:
    """Whether a word is a first name and nothing else."""
    return bool(bits & (GIVEN | WORD | ELSEWHERE | COMMON | BODY) == GIVEN)


@kernel
def amid_words(page: ScanBuffer, tables: English, at: int, last: int) -> bool:
    """Whether a sentence goes on around that says of a person rather than a place or thing: interviewed Zainab Merchant on."""
    text = page.text
    if at > 1 and text[at - 2] == 58 and text[at - 1] == 32:  # Secretary: Paulette Grange
        return bool(text[last] in (10, 44, 40) or text[last + 1] == 40)
    i = at - 2
    while i > 0 and 97 <= text[i] <= 122:
        i -= 1
    if at < 3 or text[at - 1] != 32 or i == at - 2 or text[i] != 32 or bits_before(page, tables, at) & WHERE:
        return False
    return bool(text[last] in (44, 46, 41, 10) or (text[last] == 32 and 97 <= text[last + 1] <= 122))


@inlined
def mailed(text: Array, end: int) -> bool:
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
def timed(text: Array, at: int) -> bool:
    """Whether a time of day opens the line before, as in chats: [10:14] Marek."""
    i = at - 2
    if at < 6 or text[at - 1] != 32:
        return False
    i -= text[i] == 93
    return bool(48 <= text[i] <= 57 and 48 <= text[i - 1] <= 57 and text[i - 2] == 58 and 48 <= text[i - 3] <= 57)


@inlined
def honoured(page: ScanBuffer, tables: English, at: int) -> bool:
    """Whether Mr, Lady or Sgt stands before, with or without its stop."""
    text, i = page.text, at - 1 - (at > 1 and page.text[at - 2] == 46)
    if at < 3 or text[at - 1] != 32:
        return False
    last = i
    while i > 0 and last - i < 10 and letter(tables.klass, text[i - 1]):
        i -= 1
    return addressed(text, tables.klass, at) or bits_of(tables, key_of(page, tables, i, last)) & HONOURS != 0


@inlined
def quoted(text: Array, at: int, end: int) -> bool:
    """Whether a word fills a value in quotes."""
    return bool(at > 0 and text[at - 1] in (0x22, 0x27) and text[end] == text[at - 1])


@inlined
def addressed(text: Array, klass: Array, at: int) -> bool:
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


@inlined
def of_kin(page: ScanBuffer, tables: English, at: int) -> bool:
    """Whether "of" stands before, and before it whose kin it is: husband of Nuala."""
    text = page.text
    if at < 8 or text[at - 1] != 32 or text[at - 2] != 0x66 or text[at - 3] != 0x6F:
        return False
    return bits_before(page, tables, at - 3) & KIN != 0


@inlined
def dashed(text: Array, at: int, end: int) -> bool:
    """Whether it stands between dashes before a telephone number: Mum - Gillian - 07700."""
    if at < 4 or text[at - 1] != 32 or text[end] != 32 or text[end + 2] != 32:
        return False
    dash, number = text[at - 2], text[end + 3]
    return bool(
        dash in (0x2D, 0x2013, 0x2014)
        and text[end + 1] == dash
        and text[at - 3] == 32
        and (48 <= number <= 57 or number in (43, 40))
    )


@inlined
def signed(text: Array, klass: Array, at: int, end: int) -> bool:
    """Whether it ends a line after one word with a capital and a comma: Cheers, Barnaby."""
    i = at - 2
    if at < 7 or text[end] != 10 or text[at - 1] != 32 or text[i] != 44 or not 97 <= text[at + 1] <= 122:
        return False  # MA is a state
    while i > 0 and 97 <= text[i - 1] <= 122:
        i -= 1
    return bool(i < at - 4 and i > 0 and klass[text[i - 1]] & UPPER)


@inlined
def cited(page: ScanBuffer, end: int) -> bool:
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


@kernel
def goes_on(page: ScanBuffer, klass: Array, end: int) -> bool:
    """Whether another word with a capital follows."""
    return bool(page.text[end] == 32 and capital(klass, page.text[end + 1]) and letter(klass, page.text[end + 2]))


@inlined
def apposed(text: Array, at: int, end: int) -> bool:
    """Whether a word stands between commas after a small one, before who, or first in a line of a list: my cousin, Farid, at."""
    if text[end] == 44 and text[end + 1] == 32 and text[end + 2] == 119 and text[end + 3] == 104:
        return True
    if at < 3 or text[at - 1] != 32:
        return False
    listed = text[at - 2] == 45 and (at == 2 or text[at - 3] == 10)
    if listed:
        return bool(text[end] == 32 and 97 <= text[end + 1] <= 122)
    i = at - 3
    while i > 0 and 97 <= text[i] <= 122:
        i -= 1
    return bool(text[at - 2] == 44 and i < at - 3 and text[i] == 32 and text[end] == 44)
