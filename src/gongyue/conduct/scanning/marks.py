"""Identifiers known by their signs: addresses of mail, internet and network cards, coordinates, plates, dates, masks."""

from __future__ import annotations

from gongyue.conduct.scanning import checks
from gongyue.conduct.scanning.compiling import inlined, kernel, wide
from gongyue.conduct.scanning.kinds import (
    BANK_CARD,
    BORN,
    CN_ID,
    CN_MOBILE,
    DOB,
    EMAIL,
    GPS,
    IPV4,
    IPV6,
    MAC,
    MASKED,
    PLATE,
    REJECTED,
    VALID,
    VERSION,
)
from gongyue.conduct.scanning.lexicon import Forms
from gongyue.conduct.scanning.page import Page, found, label, near
from gongyue.conduct.scanning.signs import ALNUM, DIGIT, HEX, LETTER, UPPER, Array

STAR = 0x2A


@inlined
def run(page: Page, klass: Array, at: int, of: int) -> int:
    """The end of the signs from `at` that are of those classes."""
    while at < page.n and klass[page.text[at]] & of:
        at += 1
    return at


@kernel
def email(page: Page, klass: Array, at: int) -> int:
    """An address around the @ at `at`; returns where to go on."""
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
    end, dot = at + 1, 0
    while end < page.n and end - at < 255 and (klass[text[end]] & ALNUM or text[end] in (46, 45)):
        if text[end] == 46:
            dot = end
        end += 1
    while end > at and text[end - 1] in (46, 45):
        end -= 1
    if dot >= end:
        dot = _last_dot(text, at, end)
    if start == at or dot <= at + 1 or not _top_level(text, klass, dot + 1, end) or _credentials(text, start):
        return at + 1
    tier = VALID
    for i in range(start, at):
        if text[i] == STAR:
            tier = MASKED
    found(page, start, end, EMAIL, tier, 0)
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
        word = ((wide(text[start]) | 32) << 16) | ((wide(text[start + 1]) | 32) << 8) | (wide(text[start + 2]) | 32)
        return word not in (0x706E67, 0x6A7067, 0x676966, 0x737667)
    return True


@kernel
def _credentials(text: Array, start: int) -> bool:
    """Whether what stands before the @ is the user of a URL (https://user:password@host)."""
    i = start - 1
    while i > 2 and start - i < 80 and text[i] > 32 and text[i] < 127:
        if text[i] == 47 and text[i - 1] == 47 and text[i - 2] == 58:
            return True
        i -= 1
    return False


@kernel
def ipv4(page: Page, klass: Array, at: int) -> int:
    """Four numbers up to 255; returns the end, `at` if there is none. A version is none, nor a mask, nor this machine."""
    text = page.text
    i, biggest, first = at, 0, 0
    for part in range(4):
        end = run(page, klass, i, DIGIT)
        if not 1 <= end - i <= 3 or (end - i > 1 and text[i] == 48) or (part < 3 and text[end] != 46):
            return at
        value = checks.number(text, i, end)
        if value > 255:
            return at
        first = value if part == 0 else first
        biggest = max(biggest, value)
        i = end + (part < 3)
    if (
        (text[i] == 46 and klass[text[i + 1]] & DIGIT)
        or klass[text[i]] & LETTER
        or (at > 0 and text[at - 1] in (46, 95))
    ):
        return at
    doubtful = biggest < 10 or near(page, at) & (1 << VERSION) != 0
    if doubtful and not label(page, at) & (1 << IPV4):
        return at
    if first in (0, 255) or _here(text, at) or (text[i] == 47 and klass[text[i + 1]] & DIGIT):
        return at
    found(page, at, i, IPV4, VALID, biggest)
    return i


@kernel
def _here(text: Array, at: int) -> bool:
    """127.0.0.x: this machine."""
    return bool(
        text[at] == 49 and text[at + 1] == 50 and text[at + 2] == 55 and text[at + 4] == 48 and text[at + 6] == 48
    )


@kernel
def hexes(page: Page, klass: Array, at: int, end: int) -> int:
    """A MAC or IPv6 address whose first group is `at` to `end`; returns the end, `at` if there is none."""
    joint = page.text[end]
    if end - at == 2 and joint in (58, 45):
        last = _mac(page, klass, at, joint)
        if last > at:
            return last
    if end - at == 4 and joint == 46:
        return _dotted_mac(page, klass, at)
    return _ipv6(page, klass, at) if joint == 58 else at


@kernel
def _mac(page: Page, klass: Array, at: int, joint: int) -> int:
    i = at
    for part in range(6):
        if run(page, klass, i, HEX) - i != 2 or run(page, klass, i, ALNUM) - i != 2:
            return at
        i += 2
        if part < 5:
            if page.text[i] != joint:
                return at
            i += 1
    if page.text[i] == joint and klass[page.text[i + 1]] & HEX:
        return at
    found(page, at, i, MAC, VALID, 0)
    return i


@kernel
def _dotted_mac(page: Page, klass: Array, at: int) -> int:
    for part in range(3):
        i = at + 5 * part
        if (
            run(page, klass, i, HEX) - i != 4
            or run(page, klass, i, ALNUM) - i != 4
            or (part < 2 and page.text[i + 4] != 46)
        ):
            return at
    found(page, at, at + 14, MAC, VALID, 0)
    return at + 14


@kernel
def _ipv6(page: Page, klass: Array, at: int) -> int:
    text = page.text
    i, groups, gaps, digits = at, 0, 0, 0
    while i < page.n:
        end = run(page, klass, i, HEX)
        if end - i > 4 or (end == i and (text[i - 1] != 58 or text[i - 2] != 58)):
            break
        groups += end > i
        for j in range(i, end):
            digits += text[j] < 58
        i = end
        if text[i] != 58:
            break
        if text[i + 1] == 58:
            gaps += 1
            i += 1
        elif not klass[text[i + 1]] & HEX:
            break
        i += 1
    if klass[text[i]] & ALNUM or gaps > 1 or digits == 0:
        return at
    if groups == 8 and gaps == 0 or (gaps == 1 and 2 <= groups <= 7 and i - at >= 6):
        found(page, at, i, IPV6, VALID, 0)
        return i
    return at


@kernel
def plate(page: Page, tables: Forms, at: int) -> int:
    """A number plate whose province stands at `at`; returns the end, `at` if there is none (GA 36)."""
    text, klass = page.text, tables.klass
    i = at + 1
    if not klass[text[i]] & UPPER or text[i] in (73, 79):
        return at
    i += 1
    if text[i] in (0xB7, 32, 45, 0x2022, 46):
        i += 1
    end, digits = i, 0
    while end - i < 7 and klass[text[end]] & (DIGIT | UPPER) and text[end] not in (73, 79):
        digits += (klass[text[end]] & DIGIT) > 0
        end += 1
    size = end - i
    special = text[end] in (0x6302, 0x5B66, 0x8B66, 0x6E2F, 0x6FB3)  # 挂学警港澳
    if size == 4 and special:
        end, size = end + 1, 5
    if klass[text[end]] & (ALNUM) or size not in (5, 6) or digits < 1:
        return at
    if size == 6 and not _new_energy(text, klass, i):
        return at
    found(page, at, end, PLATE, VALID, 0)
    return end


@kernel
def _new_energy(text: Array, klass: Array, i: int) -> bool:
    """D A B C E F G H J K first (small) or last (large); digits beside it."""
    letter = text[i] if klass[text[i]] & UPPER else text[i + 5]
    if letter not in (65, 66, 67, 68, 69, 70, 71, 72, 74, 75):
        return False
    digits = 0
    for j in range(i, i + 6):
        digits += (klass[text[j]] & DIGIT) > 0
    return digits >= 4


@kernel
def masked(page: Page, klass: Array, at: int) -> int:
    """Digits around a run of * at `at`: which number its owner hid; returns where to go on."""
    text = page.text
    start, end = at, at
    while text[end] == STAR or (text[end] == 32 and text[end + 1] == STAR):
        end += 1
    stars = end - at
    while (
        start > 0
        and at - start < 12
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
    kind = _hidden(text, start, head, stars, left)
    if kind and not klass[text[last]] & ALNUM and not (start > 0 and klass[text[start - 1]] & ALNUM):
        found(page, start, last, kind, MASKED, head + stars + left)
        return last
    return end


@kernel
def _hidden(text: Array, start: int, head: int, stars: int, left: int) -> int:
    if head == 3 and text[start] == 49 and text[start + 1] >= 51 and stars in (4, 5) and left in (3, 4):
        return CN_MOBILE
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


@kernel
def date(page: Page, klass: Array, at: int, end: int) -> int:
    """A day that begins with the digits `at` to `end`: a date of birth beside its cue, else a shape with its year."""
    text = page.text
    year, last = 0, at
    if end - at == 8:
        year = checks.number(text, at, at + 4)
        if checks.is_date(year, checks.number(text, at + 4, at + 6), checks.number(text, at + 6, at + 8)):
            last = end
    elif end - at == 4 and text[end] in (45, 47, 46, 0x5E74):
        year = checks.number(text, at, end)
        last = _rest(page, klass, year, end, at)
    elif end - at <= 2 and text[end] in (45, 47, 46):
        year, last = _backwards(page, klass, at, end)
    if last == at:
        return at
    born = label(page, at) & (1 << DOB) or _born_after(page, last)
    found(page, at, last, DOB, VALID if born and year < 2027 else REJECTED, year)
    return last


@kernel
def _rest(page: Page, klass: Array, year: int, end: int, at: int) -> int:
    """Month and day after a year; returns the end, `at` if there is no such day."""
    text, joint = page.text, page.text[end]
    other = joint if joint != 0x5E74 else 0x6708
    middle = run(page, klass, end + 1, DIGIT)
    if not 1 <= middle - end - 1 <= 2 or text[middle] != other:
        return at
    last = run(page, klass, middle + 1, DIGIT)
    if not 1 <= last - middle - 1 <= 2:
        return at
    if not checks.is_date(year, checks.number(text, end + 1, middle), checks.number(text, middle + 1, last)):
        return at
    return last + 1 if text[last] in (0x65E5, 0x53F7) and joint == 0x5E74 else last


@kernel
def _backwards(page: Page, klass: Array, at: int, end: int) -> tuple[int, int]:
    """Day and month before the year, in either order: (year, end)."""
    text = page.text
    middle = run(page, klass, end + 1, DIGIT)
    if not 1 <= middle - end - 1 <= 2 or text[middle] != text[end]:
        return 0, at
    last = run(page, klass, middle + 1, DIGIT)
    if last - middle - 1 != 4:
        return 0, at
    a, b, year = (
        checks.number(text, at, end),
        checks.number(text, end + 1, middle),
        checks.number(text, middle + 1, last),
    )
    return (year, last) if checks.is_date(year, a, b) or checks.is_date(year, b, a) else (0, at)


@kernel
def _born_after(page: Page, at: int) -> bool:
    """Whether 生, 出生 or born follows."""
    i = at
    if page.text[i] == 32:
        i += 1
    cue = page.cursor[0]
    while cue + 1 < page.cue_n and cue - page.cursor[0] < 6:
        cue += 1
        if page.cues[cue, 0] >= i:
            return bool(page.cues[cue, 0] == i and page.cues[cue, 2] & (1 << BORN) != 0)
    return False


@kernel
def degrees(page: Page, klass: Array, at: int) -> tuple[int, float, int, int]:
    """A coordinate at `at`: (end, value, decimals, marks); end is `at` where there is none; marks: 1 °, 2 N S E W, 4 minutes."""
    text = page.text
    i = at + 1 if text[at] in (45, 43) else at
    end = run(page, klass, i, DIGIT)
    if not 1 <= end - i <= 3:
        return at, 0.0, 0, 0
    value, decimals, marks = float(checks.number(text, i, end)), 0, 0
    if text[end] == 46:
        last = run(page, klass, end + 1, DIGIT)
        decimals = last - end - 1
        if 0 < decimals <= 15:
            value += checks.number(text, end + 1, last) / 10.0**decimals
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
    here = text[end + 1] if text[end] == 32 else text[end]
    if here in (78, 83, 69, 87) and not klass[text[end + (text[end] == 32) + 1]] & LETTER:
        marks |= 2
        end += 1 + (text[end] == 32)
    return end, value, decimals, marks


@kernel
def coordinates(page: Page, klass: Array, at: int) -> int:
    """Latitude and longitude in either order; returns the end, `at` if there is no pair."""
    text = page.text
    start = at - 1 if at > 0 and text[at - 1] == 45 else at
    end, first, decimals, marks = degrees(page, klass, start)
    if end == start or (decimals < 3 and not marks):
        return at
    i = end
    while i - end < 14 and (
        text[i] in (32, 44, 59, 47, 61, 38, 0x3001, 9, 0x22, 0x27, 58, 0x4E1C, 0x897F, 0x5317, 0x5357, 0x7ECF, 0x7EAC)
        or (klass[text[i]] & LETTER and text[end] in (44, 32, 59, 38, 0x22))
    ):
        i += 1
    if i == end:
        return at
    last, second, places, more = degrees(page, klass, i)
    if last == i or (places < 3 and not more):
        return at
    sure = (decimals >= 4 and places >= 4) or (marks and more) or bool(near(page, at) & (1 << GPS))
    if not sure or max(first, second) > 180.0 or min(first, second) > 90.0 or klass[text[last]] & ALNUM:
        return at
    if start > 1 and text[start - 1] in (0x7EAC, 0x7ECF) and text[start - 2] in (0x5317, 0x5357, 0x4E1C, 0x897F):
        start -= 2
    found(page, start, last, GPS, VALID, 0)
    return last
