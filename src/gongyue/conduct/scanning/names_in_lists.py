"""Names in lists that nothing labels: where one field of the lines around holds names, the word in it is a name too.

B1-016 浙A·3F92K 翁嘉禾 138…, B2-003 浙ADG8190 荆楚 191…: 荆楚 is a word, and here it is somebody.
"""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel
from gongyue.conduct.scanning.characters import ALNUM, HAN, Array, among, char_set
from gongyue.conduct.scanning.entity_types import (
    COUNT,
    LABEL,
    NEGATIVE,
    PERSON,
    PLACE,
    PLAUSIBLE,
    REGION,
    REJECTED,
    ROLE,
    SURNAMES,
    TITLE,
)
from gongyue.conduct.scanning.lexicon import PART, Words
from gongyue.conduct.scanning.scan_buffer import ScanBuffer, add_candidate, cue_at, last_trigger

SEATS = 10
"""How many fields of a line are looked at."""
NAMES, LEAST, MOST, FIRST, LAST = range(5)
"""Of each field: how many names were found in it; how few and how many fields their lines have; from where to where these go."""
AROUND = 3
"""How many lines before and after those with names belong to the list."""
LONGEST = 300
OTHER = (1 << COUNT) - 2 | (1 << LABEL) | (1 << NEGATIVE) | (1 << ROLE) | (1 << TITLE) | (1 << REGION) | (1 << PLACE)
"""Cues that are no name where they fill a field."""

PAUSE = 0x3001
"""、"""
OFFICES = char_set("部科室处组店厂司局院所省市区县镇乡村路街号")


@entry_point
def listed(page: ScanBuffer, tables: Words, order: Array, starts: Array, seats: Array) -> None:
    """Add the names of lists; `order` are the finds by their start, `seats` room for SEATS × 5 numbers."""
    finds, i, unit = page.finds, 0, 0
    while i < len(order):
        while starts[unit + 1] <= finds[order[i], 0]:
            unit += 1
        j, names = i, 0
        while j < len(order) and finds[order[j], 0] < starts[unit + 1]:
            names += finds[order[j], 2] == PERSON and finds[order[j], 3] != REJECTED
            j += 1
        if names > 1:
            _counted_up(page, tables, order[i:j], starts[unit])
            _seated(page, tables.klass, order[i:j], seats)
            for seat in range(SEATS):
                if seats[seat, NAMES] > 1:
                    _fill(page, tables, order[i:j], seats[seat], seat, starts[unit], starts[unit + 1] - 1)
        i = j


@kernel
def _counted_up(page: ScanBuffer, tables: Words, order: Array, begin: int) -> None:
    """Add what stands before two names of one count, where somebody can be called so: 工程处：雷鸣远、孟庆凯、公孙蕾."""
    finds, text, klass, last = page.finds, page.text, tables.klass, begin
    for k in range(len(order) - 1):
        i, following = order[k], order[k + 1]
        if finds[i, 3] == REJECTED:
            continue
        at, end = finds[i, 0], finds[i, 1]
        counted = finds[following, 2] == PERSON and finds[following, 3] != REJECTED and finds[following, 0] == end + 1
        if counted and finds[i, 2] == PERSON and at > last and text[at - 1] == PAUSE and text[end] == PAUSE:
            start = at - 1
            while start > last and at - start < 6 and klass[text[start - 1]] & HAN:
                start -= 1
            first = start == begin or (
                not klass[text[start - 1]] & (ALNUM | HAN) and text[start - 1] not in (PAUSE, 0x300A, 0x201C)
            )
            if first and 2 <= at - 1 - start <= 4 and _callable(page, tables, start, at - 1):
                add_candidate(page, start, at - 1, PERSON, PLAUSIBLE, 0)
        last = max(last, end)


@kernel
def _seated(page: ScanBuffer, klass: Array, order: Array, seats: Array) -> None:
    """Count the names that fill a field, by the place of the field on its line."""
    seats[:] = 0
    for i in order:
        at, end = page.finds[i, 0], page.finds[i, 1]
        if page.finds[i, 2] != PERSON or page.finds[i, 3] == REJECTED or not klass[page.text[at]] & HAN:
            continue
        if not (_bounds(page.text[at - 1]) and _bounds(page.text[end])):
            continue
        first, last = _line(page, at)
        if first == last:
            continue
        seat, fields, start, stop = 0, 0, first, first
        for k in range(SEATS):
            start, stop = _field(page.text, stop, last)
            if start == at and stop == end:
                seat = k + 1
            if start == stop:
                break
            fields += 1
        if seat and fields > 1:
            row = seats[seat - 1]
            row[LEAST] = min(row[LEAST], fields) if row[NAMES] else fields
            row[FIRST] = min(row[FIRST], first) if row[NAMES] else first
            row[MOST], row[LAST] = max(row[MOST], fields), max(row[LAST], last)
            row[NAMES] += 1


@kernel
def _fill(page: ScanBuffer, tables: Words, order: Array, row: Array, seat: int, begin: int, end: int) -> None:
    """Add the names in a field in which a quarter of all words are names already; half, where lines have not as many fields."""
    first, last = row[FIRST], row[LAST]
    for _ in range(AROUND):
        if first > begin:
            first, _same = _line(page, first - 1)
        if last < end:
            _same, last = _line(page, last + 1)
    words, share = 0, 4 if row[LEAST] == row[MOST] else 2
    for adds in (False, True):
        at, place = first, 0
        while at < last:
            start, close, stop = _seat(page.text, tables.klass, at, seat, row)
            at = stop + 1
            if close == start:
                continue
            words += not adds
            if row[NAMES] * share < words:
                return
            while place < len(order) and page.finds[order[place], 1] <= start:
                place += 1
            taken = place < len(order) and page.finds[order[place], 0] < close
            if (
                adds
                and not (taken and page.finds[order[place], 3] != REJECTED)
                and _callable(page, tables, start, close)
            ):
                add_candidate(page, start, close, PERSON, PLAUSIBLE, 0)


@kernel
def _seat(text: Array, klass: Array, line: int, seat: int, row: Array) -> tuple[int, int, int]:
    """(start, end) of the two to four Chinese signs that fill that field of a line with a number, one place twice if none do or
    the line is too long for a list's; and the end of the line."""
    start = end = fields = 0
    stop, numbers = line, False
    for k in range(SEATS):
        begin, stop = _field(text, stop, line + LONGEST)
        if begin == stop:
            break
        fields += 1
        if k == seat:
            start, end = begin, stop
        numbers |= klass[text[begin]] & ALNUM > 0 or klass[text[stop - 1]] & ALNUM > 0
    while text[stop] != 10:
        stop += 1
    if not row[LEAST] <= fields <= row[MOST] or not numbers or not 2 <= end - start <= 4 or stop - line > LONGEST:
        return 0, 0, stop
    for i in range(start, end):
        if not klass[text[i]] & HAN:
            return 0, 0, stop
    return start, end, stop


@kernel
def _callable(page: ScanBuffer, tables: Words, start: int, end: int) -> bool:
    """Whether somebody can be called so: it begins with a surname, is no cue and ends in no word for an office or place."""
    last_trigger(page, start)
    cue = cue_at(page, start)
    if cue >= 0 and page.cues[cue, 1] == end and page.cues[cue, 2] & OTHER:
        return False
    if among(page.text[end - 1], OFFICES):
        return False
    double = cue >= 0 and page.cues[cue, 2] & (1 << SURNAMES) != 0
    return bool(double or (end - start < 4 and tables.surname[page.text[start]] < PART))


@kernel
def _line(page: ScanBuffer, at: int) -> tuple[int, int]:
    """(start, end) of the line of `at`; one place twice if it is too long for a list's."""
    first = last = at
    while first > 0 and page.text[first - 1] != 10 and at - first < LONGEST:
        first -= 1
    while last < page.n and page.text[last] != 10 and last - at < LONGEST:
        last += 1
    whole = page.text[last] == 10 and (first == 0 or page.text[first - 1] == 10)
    return (first, last) if whole else (last, last)


@inlined
def _parts(sign: int) -> bool:
    """A space, tab, comma, | or /."""
    return sign in (32, 9, 44, 0x7C, 0x2F)


@inlined
def _bounds(sign: int) -> bool:
    """What a field begins after and ends before."""
    return _parts(sign) or sign == 10


@kernel
def _field(text: Array, at: int, last: int) -> tuple[int, int]:
    """(start, end) of the next field from `at` on its line, up to `last`."""
    while at < last and _parts(text[at]):
        at += 1
    end = at
    while end < last and not _bounds(text[end]):
        end += 1
    return at, end
