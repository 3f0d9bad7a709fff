"""Identifiers known by their signs: addresses of mail, internet and network cards, coordinates, plates, dates, masks."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel, to_int64
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, LETTER, LOWER, UPPER, Array, among, char_set
from gongyue.conduct.scanning.entity_types import (
    BANK_CARD,
    CN_ID,
    CN_MOBILE,
    EMAIL,
    MASKED,
    PLATE,
    US_SSN,
    VALID,
)
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate

STAR = 0x2A
SPOKEN = char_set("零〇一幺二两三四五六七八九")
"""Digits in words."""
_SPECIAL = char_set("挂学警港澳领")
"""What the last place of a plate may be."""
_ELECTRIC = char_set("ABCDEFGHJK")


@inlined
def run(page: ScanBuffer, klass: Array, at: int, of: int) -> int:
    """The end of the signs from `at` that are of those classes; the line feed after a text is of none."""
    while klass[page.text[at]] & of:
        at += 1
    return at


@kernel
def email(page: ScanBuffer, klass: Array, at: int, size: int) -> int:
    """An address around the @ at `at`, or around [at], of `size` signs; returns where to go on."""
    text = page.text
    start = at
    while (
        start > 0
        and at - start < 64
        and (klass[text[start - 1]] & ALNUM or text[start - 1] in (46, 95, 37, 43, 45, STAR))
    ):
        start -= 1
    while start < at and not (klass[text[start]] & ALNUM or text[start] in (95, STAR)):
        start += 1
    end, dot = at + size, 0
    while end < page.n and end - at < 255 and (klass[text[end]] & ALNUM or text[end] in (46, 45)):
        if text[end] == 46:
            dot = end
        end += 1
    while end > at and text[end - 1] in (46, 45):
        end -= 1
    if dot >= end:
        dot = _last_dot(text, at, end)
    if start == at or dot <= at + size or not _top_level(text, klass, dot + 1, end) or _credentials(text, start):
        return at + 1
    tier = VALID
    for i in range(start, at):
        if text[i] == STAR:
            tier = MASKED
    add_candidate(page, start, end, EMAIL, tier, 0)
    return end


@kernel
def _last_dot(text: Array, at: int, end: int) -> int:
    i = end - 1
    while i > at and text[i] != 46:
        i -= 1
    return i


@kernel
def _top_level(text: Array, klass: Array, start: int, end: int) -> bool:
    """Letters, two at least, and not the end of a picture's name (icon@2x.png)."""
    if not 2 <= end - start <= 18:
        return False
    for i in range(start, end):
        if not klass[text[i]] & LETTER:
            return False
    if end - start == 3:
        word = (
            ((to_int64(text[start]) | 32) << 16)
            | ((to_int64(text[start + 1]) | 32) << 8)
            | (to_int64(text[start + 2]) | 32)
        )
        return word not in (0x706E67, 0x6A7067, 0x676966, 0x737667)
    return True


@kernel
def _credentials(text: Array, start: int) -> bool:
    """Whether what stands before the @ is the user of a URL (https://user:password@host), and not in its path or query."""
    i = start - 1
    while i > 2 and start - i < 80 and text[i] > 32 and text[i] < 127 and text[i] not in (35, 63, 38):
        if text[i] == 47 and text[i - 1] == 47 and text[i - 2] == 58:
            return True
        i -= 1
    return False


@kernel
def plate(page: ScanBuffer, tables: Forms, at: int) -> int:
    """A number plate whose province stands at `at`; returns the end, `at` if there is none (GA 36)."""
    text, klass = page.text, tables.klass
    i = at + 1
    if not klass[text[i]] & (UPPER | LOWER) or text[i] & 0xFFDF in (73, 79):
        return at
    small = klass[text[i]] & LOWER
    case = LOWER if small else UPPER
    i += 1
    if text[i] in (0xB7, 32, 45, 0x2022, 46):
        i += 1
    end, digits = i, 0
    while end - i < 7 and klass[text[end]] & (DIGIT | case) and text[end] & 0xFFDF not in (73, 79):
        digits += (klass[text[end]] & DIGIT) > 0
        end += 1
    size = end - i
    special = among(text[end], _SPECIAL)
    if size == 4 and special:
        end, size = end + 1, 5
    if klass[text[end]] & (ALNUM) or size not in (5, 6) or digits < (3 if small else 1):
        return at
    if size == 6 and not _new_energy(text, klass, i):
        return at
    add_candidate(page, at, end, PLATE, VALID, 0)
    return end


@kernel
def _new_energy(text: Array, klass: Array, i: int) -> bool:
    """D A B C E F G H J K first (small) or last (large); digits beside it."""
    letter = text[i] if klass[text[i]] & LETTER else text[i + 5]
    if not among(letter & 0xFFDF, _ELECTRIC):
        return False
    digits = 0
    for j in range(i, i + 6):
        digits += (klass[text[j]] & DIGIT) > 0
    return digits >= 4


@kernel
def masked(page: ScanBuffer, klass: Array, at: int) -> int:
    """Digits around a run of * at `at`: which number its owner hid; returns where to go on."""
    text = page.text
    start, end = at, at
    if (
        text[at + 3] == 45
        and text[at + 6] == 45
        and text[at + 5] == STAR
        and run(page, klass, at + 7, DIGIT) == at + 11
    ):
        add_candidate(page, at, at + 11, US_SSN, MASKED, 9)  # ***-**-6620
        return at + 11
    while text[end] == STAR or (text[end] == 32 and text[end + 1] == STAR):
        end += 1
    stars = 0
    for i in range(at, end):
        stars += text[i] == STAR
    while (
        start > 0
        and at - start < 14
        and (klass[text[start - 1]] & DIGIT or (text[start - 1] in (32, 45) and klass[text[start - 2]] & DIGIT))
    ):
        start -= 1
    last = end
    if text[last] in (32, 45) and klass[text[last + 1]] & DIGIT:
        last += 1
    tail = last
    while last - tail < 8 and (klass[text[last]] & DIGIT or text[last] in (88, 120)):
        last += 1
    head, left = at - start, last - tail
    for i in range(start, at):
        head -= text[i] in (32, 45)
    kind = _hidden(text, start, head, stars, left)
    if kind and not klass[text[last]] & ALNUM and not (start > 0 and klass[text[start - 1]] & ALNUM):
        add_candidate(page, start, last, kind, MASKED, head + stars + left)
        return last
    return end


@kernel
def _hidden(text: Array, start: int, head: int, stars: int, left: int) -> int:
    if head == 3 and text[start] == 49 and text[start + 1] >= 51 and stars in (4, 5) and left in (3, 4):
        return CN_MOBILE
    if head == 7 and left == 0 and stars == 4 and text[start] == 49 and text[start + 1] >= 51:
        return CN_MOBILE
    if head == 14 and left == 0 and stars == 4 and 49 <= text[start] <= 56:
        return CN_ID
    if head in (1, 3, 4, 6, 10) and 49 <= text[start] <= 56 and head + stars + left == 18:
        return CN_ID
    if (
        head in (4, 6, 7)
        and 51 <= text[start] <= 54
        and left in (3, 4)
        and 4 <= stars <= 12
        and head + stars + left >= 12
    ):
        return BANK_CARD
    return 0
