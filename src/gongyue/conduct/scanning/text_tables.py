"""Tables inside a text: a line of labels, and below it lines of as many fields, each of which its column's label labels."""

from __future__ import annotations

from gongyue.conduct.jit import entry_point, inlined, kernel
from gongyue.conduct.scanning.characters import Array, among, char_set
from gongyue.conduct.scanning.entity_types import COUNT, DOCUMENT, KEYWORD, NEGATIVE, PHONE, ROLE
from gongyue.conduct.scanning.scan_buffer import CELLS, CONNECTED, ScanBuffer

LABELS = (1 << COUNT) - 2 | (1 << PHONE) | (1 << DOCUMENT) | (1 << NEGATIVE) | (1 << KEYWORD) | (1 << ROLE)
"""Cues that name a column."""
FIELDS = 48
"""How many columns of a table are told."""
WORDY = 16
"""Signs of a label, at most."""
LONGEST = 4000
"""Signs of a line of a table, at most."""
TAB, BAR, COMMA, SEMICOLON, SPACE = 9, 0x7C, 0x2C, 0x3B, 32
_OPENING, _CLOSING = char_set(" \t\"'[`*(|"), char_set(" \t\r\"']`*)|")
"""What may stand around a field and is not of it."""
_RULES = char_set("-+=|: ─┼├┤═")
"""What lines are drawn with."""


@entry_point
def headed(page: ScanBuffer, columns: Array) -> int:
    """Write into `page.aside` where the fields of such tables begin and end and what labels them; returns how many there are,
    more than there is room for too. `columns` is room for FIELDS bits of labels."""
    count, cue, done = 0, 0, 0
    while cue + 1 < page.cue_n:
        start = page.cues[cue, 0]
        cue += 1
        if not page.cues[cue - 1, 2] & LABELS or start < done:
            continue
        sign = _parts(page.text, page.cues[cue - 1, 1])
        if sign == 0:
            continue
        first, last = _line(page.text, page.n, start)
        done = last
        width = _labels(page, columns, cue - 1, first, last, sign)
        if width > 1:
            below = last
            while below < page.n and page.text[below] != 10:
                below += 1
            count, done = _below(page, columns, count, below + 1, sign, width)
    page.aside[0] = min(count, _room(page))
    return count


@inlined
def _room(page: ScanBuffer) -> int:
    """For how many fields there is room."""
    return int(page.aside[1] - CELLS) // 3


@inlined
def _parts(text: Array, end: int) -> int:
    """What parts the fields of a line in which a label ends there: a tab, |, a comma, a semicolon, two spaces; 0 if nothing does."""
    i = end
    while i - end < 3 and text[i] in (0x22, 0x27, 0x5D, 0x60):
        i += 1
    if text[i] in (TAB, COMMA, SEMICOLON):
        return int(text[i])
    if text[i] != SPACE:
        return BAR if text[i] == BAR else 0
    first = i
    while text[i] == SPACE and i - end < 40:
        i += 1
    return BAR if text[i] == BAR else SPACE if i - first > 1 else 0


@kernel
def _line(text: Array, n: int, at: int) -> tuple[int, int]:
    """(start, end) of the line of `at`; one place twice if it is too long for a table's, up to which it was looked at."""
    first = last = at
    while first > 0 and text[first - 1] != 10 and at - first < LONGEST:
        first -= 1
    while last < n and text[last] != 10 and last - at < LONGEST:
        last += 1
    if text[last] != 10 or (first > 0 and text[first - 1] != 10):
        return last, last
    while last > first and text[last - 1] in (SPACE, 13, SEMICOLON):
        last -= 1
    return first, last - (last > first and text[last - 1] == COMMA)


@kernel
def _field(text: Array, at: int, last: int, sign: int) -> int:
    """The end of the field that begins at `at` on the line that ends at `last`; what stands in quotes is not parted by commas."""
    i = at
    while sign == COMMA and i < last and text[i] in (SPACE, 0x28):  # a value of SQL: (1, 'a, b', NULL)
        i += 1
    quote = text[i] if sign == COMMA and i < last and text[i] in (0x22, 0x27) else 0
    quoted = quote != 0
    i += quoted
    while i < last:
        if quoted:
            quoted = text[i] != quote
        elif text[i] == sign and (sign != SPACE or text[i + 1] == SPACE):
            break
        i += 1
    return i


@inlined
def _past(text: Array, at: int, last: int, sign: int) -> int:
    """Where the next field begins after one that ends at `at`."""
    if sign != SPACE:
        return at + 1
    while at < last and text[at] == SPACE:
        at += 1
    return at


@inlined
def _bare(text: Array, start: int, end: int) -> tuple[int, int]:
    """A field without the spaces, quotes and brackets around it."""
    while start < end and among(text[start], _OPENING):
        start += 1
    while end > start and among(text[end - 1], _CLOSING):
        end -= 1
    return start, end


@kernel
def _labels(page: ScanBuffer, columns: Array, cue: int, first: int, last: int, sign: int) -> int:
    """How many fields the line has; 0 if less than two of them are labels, or one holds a number."""
    text = page.text
    at, width, told = first, 0, 0
    while cue > 0 and page.cues[cue - 1, 0] >= first:
        cue -= 1
    while at <= last:
        end = _field(text, at, last, sign)
        start, stop = _bare(text, at, end)
        if end >= last and sign == COMMA:  # `birthday`) VALUES
            for i in range(start, stop):
                if text[i] == 0x29:
                    start, stop = _bare(text, start, i)
                    break
        bits, cue = _label(page, cue, start, stop)
        if width < FIELDS:
            columns[width] = bits
        told += bits != 0
        width += 1
        for i in range(start, stop):
            if 48 <= text[i] <= 57 and bits == 0:
                return 0
        if end >= last:
            break
        at = _past(text, end, last, sign)
    return width if told > 1 and width <= FIELDS else 0


@inlined
def _label(page: ScanBuffer, cue: int, start: int, stop: int) -> tuple[int, int]:
    """(the bits of the label that ends a field, 0 if none does; the cue to go on from): 证件号, 业主姓名, 通行证号码."""
    bits, end = 0, start
    while cue < page.cue_n and page.cues[cue, 1] <= stop:
        if page.cues[cue, 0] >= start:
            if page.cues[cue, 2] & LABELS:
                bits, end = page.cues[cue, 2] & LABELS, page.cues[cue, 1]
            elif page.cues[cue, 2] & CONNECTED and page.cues[cue, 0] == end:
                end = page.cues[cue, 1]
        cue += 1
    return (bits if end == stop and stop - start <= WORDY else 0), cue


@kernel
def _below(page: ScanBuffer, columns: Array, count: int, at: int, sign: int, width: int) -> tuple[int, int]:
    """(how many cells there are now, where the table ends) after the lines from `at` that have as many fields."""
    text = page.text
    while at < page.n:
        first, last = _line(text, page.n, at)
        if first == last or (_fields(text, first, last, sign) != width and not _rule(text, first, last)):
            break
        begin, field = first, 0
        while begin <= last and field < width:
            end = _field(text, begin, last, sign)
            start, stop = _bare(text, begin, end)
            if stop > start and columns[field]:
                if count < _room(page):
                    i = CELLS + 3 * count
                    page.aside[i], page.aside[i + 1], page.aside[i + 2] = start, columns[field], stop
                count += 1
            field += 1
            begin = _past(text, end, last, sign)
        at = last
        while at < page.n and text[at] != 10:
            at += 1
        at += 1
    return count, at


@kernel
def _fields(text: Array, first: int, last: int, sign: int) -> int:
    """How many fields a line has."""
    width, at = 0, first
    while at <= last:
        end = _field(text, at, last, sign)
        width += 1
        if end >= last:
            break
        at = _past(text, end, last, sign)
    return width


@inlined
def _rule(text: Array, first: int, last: int) -> bool:
    """Whether a line only draws one: |---|:--:|."""
    for i in range(first, last):  # noqa: SIM110 (a kernel has no generators)
        if not among(text[i], _RULES):
            return False
    return True
