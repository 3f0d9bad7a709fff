"""Latitude and longitude: decimals, degrees, minutes, in either order."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, LETTER, Array, among, char_set
from gongyue.conduct.scanning.entity_types import GPS, VALID
from gongyue.conduct.scanning.identifiers import run
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, near

NOWHERE = 2.0
"""Less than so many degrees from the equator and from Greenwich there is only sea: a pair of shares, a vector, a box in a picture."""
VECTOR = 15.0
"""And less than so many of both where more numbers stand on a side: hardly anybody's way, but the numbers of a vector."""
_JOINING = char_set(" \t,;:/=&、\"'度经纬东西北南")
"""What may stand between latitude and longitude."""


@inlined
def _quarter(sign: int) -> bool:
    """N S E W."""
    return sign in (78, 83, 69, 87)


@kernel
def degrees(page: ScanBuffer, klass: Array, at: int) -> tuple[int, float, int, int]:
    """A coordinate at `at`: (end, value, decimals, marks); end is `at` where there is none; marks: 1 °, 2 N S E W, 4 minutes."""
    text = page.text
    i = at + 1 if text[at] in (45, 43) else at
    end = run(page, klass, i, DIGIT)
    if not 1 <= end - i <= 3:
        return at, 0.0, 0, 0
    value, decimals, marks = float(checksums.number(text, i, end)), 0, 0
    if text[end] == 46:
        last = run(page, klass, end + 1, DIGIT)
        decimals = last - end - 1
        if 0 < decimals <= 15:
            value += checksums.number(text, end + 1, last) / 10.0**decimals
            end = last
    if text[end] in (0xB0, 0x5EA6):
        marks |= 1
        end += 1
        for sign in (0x2032, 0x2033):
            last = run(page, klass, end, DIGIT)
            if 1 <= last - end <= 2:
                if text[last] == 46:
                    last = run(page, klass, last + 1, DIGIT)
                if text[last] in (sign, 0x27, 0x22, 0x2019, 0x201D, 0x5206, 0x79D2):
                    marks |= 4
                    end = last + 1
    here = end + (text[end] == 32)
    if _quarter(text[here]) and not klass[text[here + 1]] & ALNUM:
        marks |= 2
        end = here + 1
    return end, value, decimals, marks


@inlined
def _compass(sign: int) -> bool:
    """东西北南."""
    return sign in (0x4E1C, 0x897F, 0x5317, 0x5357)


@inlined
def _parts(sign: int) -> bool:
    """A line's end, | < >: what parts latitude from longitude where each has its name."""
    return sign in (10, 0x7C, 0x3C, 0x3E)


@kernel
def _other(page: ScanBuffer, klass: Array, end: int) -> tuple[int, bool, bool]:
    """Where the second of a pair may begin after the first's `end`; whether letters, and whether a border, stand between."""
    text = page.text
    i, spelled, apart = end, False, False
    while i - end < 20:
        letter = klass[text[i]] & LETTER != 0
        named = letter and (apart or text[end] in (44, 32, 59, 38, 0x22))
        if not (named or among(text[i], _JOINING) or _parts(text[i])):
            break
        apart |= _parts(text[i])
        spelled |= letter
        i += 1
    return i, spelled, apart


@inlined
def _goes_on(text: Array, klass: Array, start: int, last: int) -> bool:
    """Whether before `start` or from `last` on a comma and another number stand."""
    i = last + 1 + (text[last + 1] == 32)
    j = start - 1 - (start > 0 and text[start - 1] == 32)
    after = text[last] == 44 and (text[i] == 45 or klass[text[i]] & DIGIT > 0)
    return bool(after or (j > 0 and text[j] == 44 and klass[text[j - 1]] & DIGIT > 0))


@kernel
def coordinates(page: ScanBuffer, klass: Array, at: int) -> int:
    """Latitude and longitude in either order; returns the end, `at` if there is no pair."""
    text = page.text
    start = at - 1 if at > 0 and text[at - 1] == 45 else at
    end, first, decimals, marks = degrees(page, klass, start)
    if end == start or (decimals < 3 and not marks):
        return at
    i, spelled, apart = _other(page, klass, end)
    if i == end:
        return at
    last, second, places, more = degrees(page, klass, i)
    if last == i or (places < 3 and not more):
        return at
    told = bool(near(page, at) & (1 << GPS))
    sure = (decimals >= 4 and places >= 4) or (marks and more) or told
    listed = text[end] == 0x3001 and not (marks | more) & 2  # 29.7°、35.6°: angles
    if (not marks and max(first, second) < NOWHERE) or (not told and (listed or apart)) or (apart and not spelled):
        return at
    if not (told or marks | more) and max(first, second) < VECTOR and _goes_on(text, klass, start, last):
        return at
    if not sure or max(first, second) > 180.0 or min(first, second) > 90.0 or klass[text[last]] & ALNUM:
        return at
    if start > 1 and text[start - 1] in (0x7EAC, 0x7ECF) and _compass(text[start - 2]):
        start -= 2
    quarter = _quarter(text[i - 1]) and not klass[text[i - 2]] & LETTER  # N39.9,E116.3
    if not spelled or quarter:
        add_candidate(page, start, last, GPS, VALID, 0)
        return last
    add_candidate(page, start, end, GPS, VALID, 0)  # "lat":…,"lng":…: two values, each with its name
    add_candidate(page, i, last, GPS, VALID, 0)
    return last
