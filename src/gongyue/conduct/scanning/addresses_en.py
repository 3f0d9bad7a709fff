"""Addresses and dates in English, by patterns: streets, postal codes, months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongyue.conduct.scanning.regex_compiler import programs
from gongyue.conduct.scanning.regex_vm import RegexPrograms

_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|plaza|terrace|square|highway|hwy|parkway|crescent"
    "|close|gardens|mews|alley|circle|trail|row|walk|hill|grove|parade|quay|esplanade|wharf|circuit"
)
_SMALL = r"(?:d[aeiou]|d[aeo]s|del|della|la|le|les|el|den|de[rnsmt]|van|vo[nm]|zu[mr]|am|an|im|of|the|rue|bureau|étage|bd|upon|sur|and|und|et|y|op|ter)"
_CAPITAL = r"(?:[dl]['’])?[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w.'’&-]*\w)?"
_LONG = r"(?:[dl]['’])?[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’]{2}(?:[\w.'’&-]*\w)?"
_NAMED = rf"(?:{_SMALL}\s){{0,2}}{_CAPITAL}\.?"
"""A word of a name, with what stands before it: de la Paix."""
_TOWN = rf"{_LONG}(?:[\s-](?:{_SMALL}\s)?{_CAPITAL}){{0,3}}"
_COUNTRY = (
    r"(?:,\s(?:USA?|U\.S\.A?\.?|United\sStates|UK|U\.K\.|United\sKingdom|England|Scotland|Wales|Northern\sIreland|Ireland|Canada"
    r"|Australia|New\sZealand|India|Singapore|Malaysia|Japan|Germany|France|Italy|Spain|Portugal|Netherlands|The\sNetherlands|Belgium"
    r"|Austria|Switzerland|Poland|Denmark|Norway|Sweden|Finland|Czech\sRepublic|Hungary)\b)?"
)
_AMERICAN = r"(?:A[AEKLPRSZ]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])"
_STATE = r"(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)"
_POSTAL = (
    rf"(?:{_AMERICAN},?\s\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}|[A-Z]{{2}},?\s[A-Z]\d[A-Z]\s?\d[A-Z]\d"
    rf"|{_STATE},?\s\d{{4}}|[A-Z]\d[\dW]\s[A-Z\d]{{4}}|(?:(?<=[a-z][\s-])|(?<=\s-\s))(?:\d{{3}}\s?\d{{3}}|\d{{3}}-\d{{4}}))(?![A-Za-z0-9]){_COUNTRY}"
)
"""Postal codes of the United States, the United Kingdom, Canada, Australia, Ireland; India and Singapore, Japan after a town."""
_ROOMED = r"Flat|Studio|Unit|Apt\.?|Apartment|Suite|Room|Floor|Level|House|Block|Blk|Plot|Lot|Shop|H\.?\s?No\.?|P\.?\s?O\.?\s?Box"
_START = (
    rf"(?!(?:19|20)\d\d[/-]\d)(?:(?:{_ROOMED})\s|#|[A-Z]-)?\d{{1,6}}[A-Za-z]?(?:[/-]\d+[A-Za-z]?)*"
    r"|Flat|Studio|Unit|Apt\.?|Suite|PSC|USNS|USS|USCGC|P\.?\s?O\.?\s?Box|Room|Floor"
)
_POST = re.compile(rf"\b(?=[A-Z\d]){_POSTAL}")
_FULL = re.compile(
    rf"(?<![A-Za-z0-9_.#/-])(?:{_START})(?:,?\s(?:{_NAMED}|#?\d[\w/-]*)){{1,14}}?(?:,?\s|\s?-\s?){_POSTAL}"
)
_HOUSED = re.compile(
    rf"(?<![A-Za-z0-9_.-])(?:{_CAPITAL}(?:\s{_NAMED}){{0,3}},\s){{2}}{_TOWN},?\s[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}(?![A-Za-z0-9])"
)
"""The Old Maltings, Mill Lane, Halesworth IP19 8AD: houses that have a name and no number."""
_LOOSE = re.compile(rf"(?<![A-Za-z0-9_.-])(?:{_START})\s(?:[^\n;:!?。，]){{3,100}}?,?\s{_POSTAL}")
_ROAD = re.compile(
    rf"(?<![A-Za-z0-9_.-])\d{{1,6}}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z'’]\w*\s|[A-Z]\.\s){{1,4}}(?:(?i:{_STREETS})\b\.?)(?:,?\s(?:Apt|Suite|Unit|Ste|Flat)\.?\s#?\w+)?"
    rf"(?:,\s{_TOWN}){{0,2}}"
)
_ROOM = re.compile(
    r"(?:Room|Rm\.?|Unit|Flat|Suite|Apt\.?)\s?[\w-]+,\s(?:[^\n;:!?，。]{0,80}?)(?:Road|Rd|Street|St|Lane|Avenue|Ave)\b\.?"
    rf"(?:,\s{_TOWN}){{0,4}}"
)
_HOUSE = r"\d{1,4}\s?[a-zA-Z]?(?:\s?[/-]\s?(?:\d+[a-zA-Z]?|[IVX]+\b))*"
_CODED = rf"(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|(?!19|20)\d{{4}}|\d{{4}}\s?[A-Z]{{2}}|\d\d-\d{{3}}|\d{{3}}\s\d\d|\d{{4}}-\d{{3}})\s{_TOWN}{_COUNTRY}"
_NO_STREET = (
    r"(?!(?:In|Since|By|From|Until|During|Year|Order|Invoice|Item|Page|Section|Version|Chapter|Figure|Table|Annex|Batch|Line|Step|Part|Volume|Vol|No|Flight|Week|Day|Release"
    r"|Article|Row|Case|Ticket|Model|Lot|Gate|Room|Grade|Class|Group|Phase|Stage|Level)\b)"
)
_CONTINENT = re.compile(
    rf"(?<![\w.-])(?:(?:[a-zà-ž]{{2,4}}\.\s)?{_NO_STREET}{_CAPITAL}(?:\s{_NAMED}){{0,3}}(?:\s[a-z]{{1,3}}\.)?\s{_HOUSE}"
    rf"|\d{{1,4}}(?:\s?(?:bis|ter|[A-Z]))?,?\s(?:[a-zéè]{{2,10}}\s)?{_NAMED}(?:\s{_NAMED}){{0,4}}),\s{_CODED}"
)
"""Lindenstraße 14, 50674 Köln; 12 rue de la Paix, 75002 Paris: the number after the street or before, the code before the town."""
_TOWN_CODE = re.compile(r"[a-z -]\d{3}[\s-]?\d{3,4}$")
_POST_FIRST = re.compile(r",\s(?:[A-Z]{1,2}-)?\d{2,5}[\s-]")


def streets(line: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the addresses on a line of English: up to a postal code, or number, road, town."""
    held: list[tuple[int, int]] = []
    post = (_FULL, _LOOSE, _HOUSED) if _POST.search(line) else ()
    continent = (_CONTINENT,) if _POST_FIRST.search(line) else ()
    for pattern in (*post, *continent, _ROOM, _ROAD):
        for match in pattern.finditer(line):
            if "," not in match[0] and match[0][-3:].isdigit() and _TOWN_CODE.search(match[0]):
                continue  # 42 Nm. Lot 240918
            if all(match.end() <= start or match.start() >= end for start, end in held):
                held.append(match.span())
                yield _nearest(line, *match.span())


_WRITTEN = re.compile(
    r"\s*(?:is\s*)?[:：]\s*[\"']?(?P<address>(?=[^\n]{0,60}\d)(?=[^\n]{4,80},)(?![^\n]{0,60}(?:@|://))(?:[a-z]{2,8}\.?\s)?[A-Z0-9ÄÖÜÉŁŚŻ#][^\n\t|;；。\"'{}<>\u4e00-\u9fff]{9,110})"
)
_BEARER = re.compile(rf"{_CAPITAL}(?:\s{_NAMED}){{1,2}},\s(?=[^\n]*\d)")
"""Who lives there, before the address: Declan Rafferty, Unit 6."""


def street_address(text: str) -> tuple[int, int] | None:
    """(start, end) of an address in Latin letters that fills what its label asks for: Lindenstraße 14, 50674 Köln."""
    match = _WRITTEN.match(text)
    if match is None:
        return None
    value = re.split(r"\s{2,}", match["address"])[0].rstrip(" ,.")
    start = match.start("address")
    if (bearer := _BEARER.match(value)) is not None:
        start, value = start + bearer.end(), value[bearer.end() :]
    return (start, start + len(value)) if any(c.isdigit() for c in value) and "," in value else None


def _nearest(line: str, start: int, end: int) -> tuple[int, int]:
    """A number before the address's label is not of it: begin at the last label inside."""
    for lead in re.finditer(r"(?i)\b(?:address|ship to|deliver to|at|to)[:：]?\s+", line[start:end]):
        rest = start + lead.end()
        if re.match(_START, line[rest:]):
            start = rest
    return start, end


_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE = (
    rf"""(?i)(?:\s|[:："'(]|on|is|was|date)*?(?P<date>\d{{1,2}}\s\d{{1,2}}月/(?:{_MONTHS})\s(?:19|20)\d\d|(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"""
    rf"""|\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of\s)?(?:{_MONTHS})\.?,?[\s-](?:19|20)\d\d)"""
)
"""A date with the month's name, right at the beginning, such as October 7, 1991."""


@cache
def dates() -> RegexPrograms:
    """The pattern of dates, compiled."""
    return programs([_DATE])
