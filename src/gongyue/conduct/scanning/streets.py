"""Addresses and dates in English, by patterns: streets, postal codes, months."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|plaza|terrace|square|highway|hwy|parkway|crescent"
    "|close|gardens|mews|alley|circle|trail|row|walk|hill"
)
_POSTAL = r"(?:[A-Z]{2}\s\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?![A-Za-z0-9])"
_START = r"(?:\d{1,6}[A-Za-z]?|Flat|Studio|Unit|Apt\.?|Suite|PSC|USNS|USS|USCGC|P\.?\s?O\.?\s?Box|Room|Floor)"
_FULL = re.compile(rf"(?<![A-Za-z0-9_.-]){_START}\s(?:[^\n;:!?。，]){{3,100}}?,?\s{_POSTAL}")
_ROAD = re.compile(
    rf"(?<![A-Za-z0-9_.-])\d{{1,6}}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z'’]\w*\s|[A-Z]\.\s){{1,4}}(?:(?i:{_STREETS})\b\.?)(?:,?\s(?:Apt|Suite|Unit|Ste|Flat)\.?\s#?\w+)?"
    r"(?:,\s[A-Z][\w' ]{2,30}){0,2}"
)
_ROOM = re.compile(
    r"(?:Room|Rm\.?|Unit|Flat|Suite|Apt\.?)\s?[\w-]+,\s(?:[^\n;:!?，。]{0,80}?)(?:Road|Rd|Street|St|Lane|Avenue|Ave)\b\.?(?:,\s[A-Z][\w ’'-]+){0,4}"
)
_LABEL = re.compile(
    r"(?:address|ship to|deliver to|resides at|lives at|located at)\s*(?:is)?\s*[:：]?\s*$", re.IGNORECASE
)


def streets(line: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the addresses on a line of English: up to a postal code, or number, road, town."""
    done = 0
    for pattern in (_FULL, _ROAD, _ROOM):
        for match in pattern.finditer(line):
            if match.start() >= done:
                done = match.end()
                yield _nearest(line, match.start(), match.end())


_WRITTEN = re.compile(
    r"\s*(?:is\s*)?[:：]\s*[\"']?(?P<address>(?=[^\n]{0,60}\d)(?=[^\n]{4,80},)(?![^\n]{0,60}(?:@|://))(?:[a-z]{2,8}\.?\s)?[A-Z0-9ÄÖÜÉŁŚŻ#][^\n\t|;；。\"'{}<>\u4e00-\u9fff]{9,110})"
)


def written(text: str) -> tuple[int, int] | None:
    """(start, end) of an address in Latin letters that fills what its label asks for: Lindenstraße 14, 50674 Köln."""
    match = _WRITTEN.match(text)
    if match is None:
        return None
    value = re.split(r"\s{2,}", match["address"])[0].rstrip(" ,.")
    start = match.start("address")
    return (start, start + len(value)) if any(c.isdigit() for c in value) and "," in value else None


def _nearest(line: str, start: int, end: int) -> tuple[int, int]:
    """A number before the address's label is not of it: begin at the last label inside."""
    for lead in re.finditer(r"(?i)\b(?:address|ship to|deliver to|at|to)[:：]?\s+", line[start:end]):
        rest = start + lead.end()
        if re.match(_START, line[rest:]):
            start = rest
    return start, end


_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE = re.compile(
    rf"""(?:\s|[:："'(]|on|is|was|date)*?(?P<date>\d{{1,2}}\s\d{{1,2}}月/(?:{_MONTHS})\s(?:19|20)\d\d|(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"""
    rf"""|\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s)?(?:{_MONTHS})\.?,?[\s-](?:19|20)\d\d)""",
    re.IGNORECASE,
)


def spelled_date(text: str) -> tuple[int, int] | None:
    """(start, end) of a date with the month's name right at the beginning of the text, such as October 7, 1991."""
    match = _DATE.match(text)
    return match.span("date") if match is not None else None
