"""Names and addresses in English: given names and surnames of a census, labels, streets and postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongyue.conduct.scanning.compiling import entry, kernel
from gongyue.conduct.scanning.hashing import KEYS, place_of
from gongyue.conduct.scanning.kinds import PERSON, PLAUSIBLE, VALID
from gongyue.conduct.scanning.lexicon import English
from gongyue.conduct.scanning.page import Page, found, label
from gongyue.conduct.scanning.signs import ALNUM, LETTER, UPPER, Array

GIVEN, FAMILY, COMMON = 1, 2, 4
"""Bits of a word: a first name, a surname, a word that begins no name even after a label."""


@entry
def english(page: Page, tables: English) -> None:
    """Find names of two or three words, and of one after a label."""
    text, klass = page.text, tables.klass
    at = 0
    while at < page.n:
        if not klass[text[at]] & UPPER or (
            at > 0 and (klass[text[at - 1]] & ALNUM or text[at - 1] in (0x5F, 0x2F, 0x40, 0x5C))
        ):
            at += 1
            continue
        end = _name(page, tables, at)
        at = end if end > at else _word(page, klass, at)


@kernel
def _word(page: Page, klass: Array, at: int) -> int:
    """The end of the letters from `at`; a hyphen or apostrophe between two is one of them."""
    text = page.text
    while at < page.n and (
        klass[text[at]] & LETTER
        or (text[at] in (0x27, 0x2D, 0x2019) and klass[text[at + 1]] & LETTER and klass[text[at - 1]] & LETTER)
    ):
        at += 1
    return at


@kernel
def _bits(page: Page, tables: English, start: int, end: int) -> int:
    """What a word is, by its letters in lower case up to a hyphen."""
    key = 1
    for i in range(start, end):
        if not tables.klass[page.text[i]] & LETTER:
            break
        key = (key * 1000003 + int(tables.fold[page.text[i]]) + 1) & KEYS
    slot = place_of(tables.words, key)
    return int(tables.bits[slot]) if tables.words[slot] == key else 0


@kernel
def _proper(page: Page, klass: Array, start: int, end: int) -> bool:
    """Whether a word is written as a name: a capital, then a small letter somewhere, or all capitals."""
    return end - start >= 2 and bool(klass[page.text[start]] & UPPER) and not klass[page.text[end]] & ALNUM


@kernel
def _next(page: Page, tables: English, end: int) -> tuple[int, int]:
    """(start, end) of the next word of a name after one space, an initial passed over; (end, end) if there is none."""
    text, klass = page.text, tables.klass
    start = end + 1
    if text[end] != 32 or not klass[text[start]] & UPPER:
        return end, end
    if text[start + 1] == 46 and text[start + 2] == 32 and klass[text[start + 3]] & UPPER:
        start += 3
    elif text[start + 1] == 32 and klass[text[start + 2]] & UPPER:
        start += 2
    last = _word(page, klass, start)
    return (start, last) if _proper(page, klass, start, last) else (end, end)


@kernel
def _name(page: Page, tables: English, at: int) -> int:
    """The end of a name that begins at `at`, which is written down; `at` if there is none."""
    klass = tables.klass
    end = _word(page, klass, at)
    if not _proper(page, klass, at, end):
        return at
    first = _bits(page, tables, at, end)
    if first & COMMON:
        return at
    labelled = label(page, at) & (1 << PERSON) != 0
    if not (first & GIVEN or labelled):
        return at
    start, last = _next(page, tables, end)
    second = _bits(page, tables, start, last) if last > end else 0
    if last == end or second & COMMON:
        if labelled and first & GIVEN and not _goes_on(page, klass, end):
            found(page, at, end, PERSON, PLAUSIBLE, 0)
            return end
        return at
    if not (second & FAMILY or labelled):
        return at
    more, further = _next(page, tables, last)
    if further > last and (second & GIVEN or labelled) and _bits(page, tables, more, further) & FAMILY:
        last = further
    found(page, at, last, PERSON, VALID if labelled or second & FAMILY else PLAUSIBLE, 0)
    return last


@kernel
def _goes_on(page: Page, klass: Array, end: int) -> bool:
    return bool(page.text[end] == 32 and klass[page.text[end + 1]] & UPPER)


_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|plaza|terrace|square|highway|hwy|parkway|crescent"
    "|close|gardens|mews|alley|circle|trail|row|walk|hill"
)
_POSTAL = r"(?:[A-Z]{2}\s\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?![A-Za-z0-9])"
_START = r"(?:\d{1,6}[A-Za-z]?|Flat|Studio|Unit|Apt\.?|Suite|PSC|USNS|USS|USCGC|P\.?\s?O\.?\s?Box|Room|Floor)"
_FULL = re.compile(rf"(?<![\w.-]){_START}\s(?:[^\n;:!?。，]){{3,100}}?,?\s{_POSTAL}")
_ROAD = re.compile(
    rf"(?<![\w.-])\d{{1,6}}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z'’]\w*\s|[A-Z]\.\s){{1,4}}(?:(?i:{_STREETS})\b\.?)(?:,?\s(?:Apt|Suite|Unit|Ste|Flat)\.?\s#?\w+)?"
    r"(?:,\s[A-Z][\w' ]{2,30}){0,2}"
)
_LABEL = re.compile(
    r"(?:address|ship to|deliver to|resides at|lives at|located at)\s*(?:is)?\s*[:：]?\s*$", re.IGNORECASE
)


def streets(line: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the addresses on a line of English: up to a postal code, or number, road, town."""
    done = 0
    for pattern in (_FULL, _ROAD):
        for match in pattern.finditer(line):
            if match.start() >= done:
                done = match.end()
                yield _nearest(line, match.start(), match.end())


def _nearest(line: str, start: int, end: int) -> tuple[int, int]:
    """A number before the address's label is not of it: begin at the last label inside."""
    for lead in re.finditer(r"(?i)\b(?:address|ship to|deliver to|at|to)[:：]?\s+", line[start:end]):
        rest = start + lead.end()
        if re.match(_START, line[rest:]):
            start = rest
    return start, end


_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE = re.compile(
    rf"""(?:\s|[:："'(]|on|is|was|date)*?(?P<date>(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"""
    rf"""|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})\.?,?\s(?:19|20)\d\d)""",
    re.IGNORECASE,
)


def spelled_date(text: str) -> tuple[int, int] | None:
    """(start, end) of a date with the month's name right at the beginning of the text, such as October 7, 1991."""
    match = _DATE.match(text)
    return match.span("date") if match is not None else None
