"""Telephone numbers with a country, an area in brackets, an extension."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, GAP, Array, among, char_set
from gongyue.conduct.scanning.entity_types import (
    CN_MOBILE,
    LANDLINE,
    PHONE_INTL,
    VALID,
)
from gongyue.conduct.scanning.identifiers import SPOKEN, run
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate

_SMALL = char_set("一幺二两零〇")
"""What the second digit of a mobile number is not, in words."""


@inlined
def country(page: ScanBuffer, at: int) -> int:
    """Where a telephone number begins, its +86, (+86), (010) or +1 included."""
    text = page.text
    i = at
    while i > 0 and at - i < 3 and text[i - 1] in (32, 45, 41):
        i -= 1
    j = i
    while j > 0 and i - j < 4 and 48 <= text[j - 1] <= 57:
        j -= 1
    if j > 0 and text[j - 1] == 43 and j < i:
        j -= 1
    elif not (i - j in (2, 4) and text[i - 1] == 54 and text[i - 2] == 56 and (i - j == 2 or text[j] == 48)):
        return at
    return j - 1 if j > 0 and text[j - 1] == 40 else j


@inlined
def extension(page: ScanBuffer, klass: Array, end: int) -> int:
    """Where a landline ends, its extension included: -801, 转801."""
    text = page.text
    if text[end] in (45, 0x8F6C):
        last = run(page, klass, end + 1, DIGIT)
        if 1 <= last - end - 1 <= 5:
            return last
    return end


@kernel
def bracketed(page: ScanBuffer, tables: Forms, at: int) -> int:
    """A number whose area code stands in brackets at `at`: (010) 12345678, (748) 415-6939; returns the end or `at`."""
    text, klass = page.text, tables.klass
    end = run(page, klass, at + 1, DIGIT)
    if not 3 <= end - at - 1 <= 4 or text[end] != 41:
        return at
    n = 0
    for i in range(at + 1, end):
        page.digits[n] = text[i]
        n += 1
    area = n
    i = end + 1 + (text[end + 1] in (32, 45))
    last = i
    while n < 12 and (
        klass[text[last]] & DIGIT or (klass[text[last]] & GAP and klass[text[last + 1]] & DIGIT and n > area)
    ):
        if klass[text[last]] & DIGIT:
            page.digits[n] = text[last]
            n += 1
        last += 1
    if klass[text[last]] & ALNUM:
        return at
    if checksums.area_length(page.digits) == area and 7 <= n - area <= 8:
        last = extension(page, klass, last)
        add_candidate(page, at, last, LANDLINE, VALID, n)
        return last
    if n == 10 and area == 3 and page.digits[0] >= 50 and page.digits[3] >= 50:
        add_candidate(page, country(page, at), last, PHONE_INTL, VALID, n)
        return last
    return at


@kernel
def international(page: ScanBuffer, tables: Forms, at: int) -> int:
    """A number with its country at the + at `at`, China's left to others; returns the end, `at` if there is none."""
    text, klass = page.text, tables.klass
    if at > 0 and klass[text[at - 1]] & ALNUM:
        return at
    n, i = 0, at + 1
    while n < 16 and (klass[text[i]] & DIGIT or (text[i] in (32, 45, 40, 41, 46) and n > 0)):
        if klass[text[i]] & DIGIT:
            page.digits[n] = text[i]
            n += 1
        elif not (klass[text[i + 1]] & DIGIT or text[i + 1] in (40, 32)):
            break
        i += 1
    while text[i - 1] in (32, 45, 40, 41, 46):
        i -= 1
    if not 8 <= n <= 15 or page.digits[0] == 48 or klass[text[i]] & ALNUM:
        return at
    if page.digits[0] == 56 and page.digits[1] == 54:
        return _chinese(page, at, i, n)
    add_candidate(page, at, i, PHONE_INTL, VALID, n)
    return i


@kernel
def _chinese(page: ScanBuffer, at: int, end: int, n: int) -> int:
    """+86: a mobile number, or an area code without its 0."""
    start = at - 1 if at > 0 and page.text[at - 1] == 40 else at
    if n == 13 and checksums.mobile(page.digits[2:13]):
        add_candidate(page, start, end, CN_MOBILE, VALID, 11)
        return end
    if n in (11, 12, 13) and page.digits[2] != 49:
        add_candidate(page, start, end, LANDLINE, VALID, n)
        return end
    if n in (12, 13) and page.digits[2] == 49 and page.digits[3] == 48:
        add_candidate(page, start, end, LANDLINE, VALID, n)
        return end
    return at


@kernel
def spoken_mobile(page: ScanBuffer, at: int) -> int:
    """A mobile number in words (一三七零零零零…), as calls are written down; returns the end, `at` if there is none."""
    text, end = page.text, at
    while end - at < 12 and among(text[end], SPOKEN):
        end += 1
    if end - at != 11 or among(text[at + 1], _SMALL) or (at > 0 and among(text[at - 1], SPOKEN)):
        return at
    add_candidate(page, at, end, CN_MOBILE, VALID, 11)
    return end
