"""Dates: of birth beside a cue, else a shape with its year."""

from __future__ import annotations

from gongyue.conduct.jit import inlined, kernel
from gongyue.conduct.scanning import checksums
from gongyue.conduct.scanning.births import FIELDS, after_sex, born_after, told_before
from gongyue.conduct.scanning.characters import ALNUM, DIGIT, Array, among
from gongyue.conduct.scanning.entity_types import DOB, REJECTED, VALID
from gongyue.conduct.scanning.identifiers import SPOKEN, run
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, label

LONG_PAST = 2012
"""Up to which year a date is a birth where the label of births stands only near it (`births.TOLD`)."""


@kernel
def date(page: ScanBuffer, klass: Array, at: int, end: int) -> int:
    """A day that begins with the digits `at` to `end`: a date of birth beside its cue, else a shape with its year."""
    text = page.text
    year, last = 0, at
    if end - at == 8:
        year = checksums.number(text, at, at + 4)
        if checksums.is_date(year, checksums.number(text, at + 4, at + 6), checksums.number(text, at + 6, at + 8)):
            last = end
    elif end - at == 4 and text[end] in (45, 47, 46, 0x5E74):
        year = checksums.number(text, at, end)
        last = _rest(page, klass, year, end, at)
        if last == at and text[end] == 0x5E74:
            last = _lunar(page, at, end + 1)
    elif end - at <= 2 and text[end] in (45, 47, 46):
        year, last = _backwards(page, klass, at, end)
    elif end - at == 4 and text[end] == 32 and text[end + 1] == 0x5E74:
        year, last = _spaced(page, klass, at, end)
    elif end - at in (2, 3) and text[end] == 0x5E74:
        return _short_year(page, klass, at, end)
    if last == at:
        return at
    born = label(page, at) & (1 << DOB) or born_after(page, last) or after_sex(page, at)
    born = born or (year <= LONG_PAST and told_before(page, klass, at))
    add_candidate(
        page, at, last, DOB, VALID if born and year < 2027 and not _numbered(page.text, at) else REJECTED, year
    )
    return last


@inlined
def _numbered(text: Array, at: int) -> bool:
    """Whether b. is the second item of a list: it begins the line."""
    return (
        at > 2
        and text[at - 1] == 32
        and text[at - 2] == 46
        and text[at - 3] | 32 == 98
        and (at == 3 or text[at - 4] == 10)
    )


@kernel
def _short_year(page: ScanBuffer, klass: Array, at: int, end: int) -> int:
    """85年9月30日, 民国52年8月15日 and 101年4月7日(民国) where they are told as births: the end, `at` where they are none."""
    text, start = page.text, at
    if at > 1 and text[at - 2] == 0x6C11 and text[at - 1] == 0x56FD:
        start = at - 2
    year = int(checksums.number(text, at, end))
    last = _rest(page, klass, 1996, end, at)  # a leap year
    republic = start < at or _republic(text, last)
    year += 1911 if republic else (1900 if year > 30 else 2000)
    if last == at or (end - at == 3 and not republic) or not 1900 <= year < 2027:
        return at
    if not (label(page, start) & (1 << DOB) or born_after(page, last) or after_sex(page, start)):
        return at
    add_candidate(page, start, last, DOB, VALID, year)
    return last


@inlined
def _republic(text: Array, at: int) -> bool:
    """Whether (民国) follows."""
    return bool(text[at] == 0x28 and text[at + 1] == 0x6C11 and text[at + 2] == 0x56FD)


@kernel
def _rest(page: ScanBuffer, klass: Array, year: int, end: int, at: int) -> int:
    """Month and day after a year; returns the end, `at` if there is no such day."""
    text, joint = page.text, page.text[end]
    other = joint if joint != 0x5E74 else 0x6708
    middle = run(page, klass, end + 1, DIGIT)
    if not 1 <= middle - end - 1 <= 2 or (joint == 0x5E74 and text[middle] != other):
        return at
    if joint != 0x5E74 and text[middle] != joint:
        return middle if _month(page, klass, year, at, end + 1, middle) else at
    last = run(page, klass, middle + 1, DIGIT)
    if last == middle + 1 and other == 0x6708 and checksums.is_date(year, checksums.number(text, end + 1, middle), 1):
        return middle + 1 if label(page, at) & (1 << DOB) or after_sex(page, at) or born_after(page, middle + 1) else at
    if not 1 <= last - middle - 1 <= 2:
        return at
    if not checksums.is_date(year, checksums.number(text, end + 1, middle), checksums.number(text, middle + 1, last)):
        return at
    if text[last] in (0x65E5, 0x53F7) and joint == 0x5E74:
        return last + 1
    return _midnight(text, last)


@kernel
def _month(page: ScanBuffer, klass: Array, year: int, at: int, start: int, end: int) -> bool:
    """Whether a month and nothing else follows the year at `at`, as forms tell a birth: 出生年月：1993.06, 女|1988-01|."""
    after = page.text[end]
    if (
        after in (45, 46, 58, 0xB7)
        or klass[after] & ALNUM
        or not checksums.is_date(year, checksums.number(page.text, start, end), 1)
    ):
        return False
    apart = among(after, FIELDS)
    return bool(label(page, at) & (1 << DOB) or (apart and after_sex(page, at)))


@inlined
def _midnight(text: Array, at: int) -> int:
    """The end of the midnight that databases and spreadsheets add to a day (00:00:00, 0:00, 00:00:00.0, in UTC 16:00:00.000Z);
    `at` if there is none."""
    if text[at] not in (32, 84):
        return at
    colon = at + 3
    if text[at + 1] == 48 and text[at + 2] == 58:
        colon = at + 2
    elif text[colon] != 58 or not ((text[at + 1] == text[at + 2] == 48) or (text[at + 1] == 49 and text[at + 2] == 54)):
        return at
    end = colon + 1
    while text[end] in (46, 48, 58) and end - colon < 16:
        end += 1
    if end < colon + 3 or text[end - 1] != 48 or 48 < text[end] < 58:
        return at
    return _zone(text, end)


@inlined
def _zone(text: Array, at: int) -> int:
    """The end of a zone after a time: Z, +08:00; `at` if there is none."""
    if text[at] == 90:
        return at + 1
    end = at + 1
    while text[at] == 43 and 48 <= text[end] <= 58 and end - at < 6:
        end += 1
    return end if end - at >= 3 else at


@kernel
def _backwards(page: ScanBuffer, klass: Array, at: int, end: int) -> tuple[int, int]:
    """Day and month before the year, in either order: (year, end)."""
    text = page.text
    middle = run(page, klass, end + 1, DIGIT)
    if not 1 <= middle - end - 1 <= 2 or text[middle] != text[end]:
        return 0, at
    last = run(page, klass, middle + 1, DIGIT)
    if last - middle == 3 and label(page, at) & (1 << DOB):  # 6/24/79
        a, b = checksums.number(text, at, end), checksums.number(text, end + 1, middle)
        return (1900 + checksums.number(text, middle + 1, last), last) if a <= 12 or b <= 12 else (0, at)
    if last - middle - 1 != 4:
        return 0, at
    a, b, year = (
        checksums.number(text, at, end),
        checksums.number(text, end + 1, middle),
        checksums.number(text, middle + 1, last),
    )
    return (year, last) if checksums.is_date(year, a, b) or checksums.is_date(year, b, a) else (0, at)


@kernel
def _spaced(page: ScanBuffer, klass: Array, at: int, end: int) -> tuple[int, int]:
    """(year, end) of 1968 年 7 月 1 日."""
    text, numbers, i = page.text, (0, 0), end + 2
    for sign in (0x6708, 0x65E5):
        i += text[i] == 32
        last = run(page, klass, i, DIGIT)
        if not 1 <= last - i <= 2:
            return 0, at
        numbers = (numbers[1], int(checksums.number(text, i, last)))
        i = last + (text[last] == 32)
        if text[i] != sign:
            return 0, at
        i += 1
    year = int(checksums.number(text, at, end))
    return (year, i) if checksums.is_date(year, numbers[0], numbers[1]) else (0, at)


@kernel
def worded(page: ScanBuffer, at: int) -> int:
    """A day of birth in words (一九七一年八月二十日出生, 生于一九三四年十月初二, 民国三十八年二月十一日生, 生日九零年二月十四号);
    returns the end, `at` if there is none."""
    text, start = page.text, at
    i = _words(text, at)
    while i - at < 5 and among(text[i], SPOKEN):
        i += 1
    if text[i] != 0x5E74:
        return at
    if at > 1 and text[at - 2] == 0x6C11 and text[at - 1] == 0x56FD:
        start = at - 2
    short = i - at == 2 and start == at
    if start == at and not short and (i - at != 4 or text[at] not in (0x4E00, 0x4E8C)):
        return at
    last = _in_words(text, i + 1)
    told = label(page, start) & (1 << DOB) or (not short and born_after(page, last))
    if last == i + 1 or not told:
        return at
    add_candidate(page, start, last, DOB, VALID, 1900)
    return last


@kernel
def _in_words(text: Array, month: int) -> int:
    """The end of a month and day in words, of the lunar year too (正月十五, 农历八月初三, 冬月十二), `month` if there is none."""
    i = month
    if text[i] in (0x519C, 0x9634, 0x85CF) and text[i + 1] == 0x5386:  # 农历 阴历 藏历
        i += 2
    first = i
    i = i + 1 if text[i] in (0x6B63, 0x51AC, 0x814A) else _words(text, i)
    if i == first or text[i] != 0x6708:
        return month
    day = i + 1 + (text[i + 1] == 0x521D)
    last = _words(text, day)
    return last + (text[last] in (0x65E5, 0x53F7)) if last > day else month


@inlined
def _words(text: Array, at: int) -> int:
    """The end of a number below a hundred in words."""
    i = at
    while i - at < 3 and (among(text[i], SPOKEN) or text[i] in (0x5341, 0x5EFF)):
        i += 1
    return i


@kernel
def _lunar(page: ScanBuffer, at: int, month: int) -> int:
    """The end of 1939年正月十五, 1911年农历八月初三, where it is told as a birth; `at` if it is none."""
    last = _in_words(page.text, month)
    told = last > month and (label(page, at) & (1 << DOB) or born_after(page, last))
    return last if told else at
