"""What is found by patterns rather than by kernels: where a cue calls for one it is tried, and on whole fields of tables in a text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gongyue.conduct.compiling import entry, inlined
from gongyue.conduct.scanning import kinds
from gongyue.conduct.scanning.assigned import CARRIERS, assigned, random, spaces
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.markings import line_around, marking_at, may_mark, stamps
from gongyue.conduct.scanning.page import CELLS, Room
from gongyue.conduct.scanning.secrets import REACH, carried, kept, key_at, secret
from gongyue.conduct.scanning.signs import HAN, LETTER, Array
from gongyue.conduct.scanning.streets import spelled_date, streets, written

KEY, KEYWORD, BORN, LIVES, MARK, STREET = (
    1 << kind for kind in (kinds.KEY, kinds.KEYWORD, kinds.DOB, kinds.ADDRESS, kinds.MARK, kinds.STREET_EN)
)
"""Cues at which a pattern is tried: for births and addresses where Latin letters stand."""
SECRETS = KEY | KEYWORD
CALLING = SECRETS | BORN | LIVES | MARK | STREET
_CARRYING = tuple(len(label) for label in CARRIERS)


def at_cues(
    text: Array, starts: Array, cues: Array, places: Array, room: Room
) -> Iterator[tuple[int, int, int, int, int]]:
    """Finds by patterns, at the cues that call for one and where postal codes may stand (`places`), within their unit; what a
    find covers is not looked at again."""
    chosen = room.array("chosen", len(cues) + len(places), np.int64, 8)
    chosen = chosen[: _chosen(text, tables().forms.klass, starts, cues, places, chosen)]
    if not len(chosen):
        return
    whole, done, line_done = _string(text[: starts[-1]], room), 0, 0
    for start, end, of, first, last, begin, stop, bits in zip(*(column.tolist() for column in chosen.T), strict=True):
        if of & STREET and start >= line_done:
            lead, line_done = _line(whole, start, first, last)
            found = streets(whole[lead:line_done])
            yield from ((lead + a, lead + b, kinds.ADDRESS, kinds.VALID, 0) for a, b in found)
        if start < done:
            continue
        if of & SECRETS:
            span, kind = _secret(whole, start, end, of, last, (begin, stop, bits)), kinds.SECRET
        elif of & (BORN | LIVES):
            span, kind = _spelled(whole, start, end, of, first, last)
        elif of & MARK:
            span, kind = marking_at(whole, start, last, begin, (stop, bits)), kinds.TRADE_SECRET
        else:
            continue
        if span is not None:
            done = span[1]
            yield span[0], done, kind, kinds.VALID, 0


@entry
def _chosen(text: Array, klass: Array, starts: Array, cues: Array, places: Array, chosen: Array) -> int:
    """Write down the cues at which a pattern is tried, and the places; returns how many there are. Each with the first sign and
    the end of its unit; a value that is set there, as by `assigned`; or where `stamps` begin, and the line around."""
    count, cue, place, unit = 0, 0, 0, 0
    while cue < len(cues) or place < len(places):
        row = chosen[count]
        if cue == len(cues) or (place < len(places) and places[place] < cues[cue, 0]):
            row[0] = row[1] = places[place]
            row[2] = STREET
            place += 1
        else:
            row[0], row[1], row[2] = cues[cue, 0], cues[cue, 1], cues[cue, 2]
            cue += 1
            if not row[2] & CALLING:
                continue
        while starts[unit + 1] <= row[0]:
            unit += 1
        row[3], row[4] = starts[unit], starts[unit + 1] - 1
        count += _asked(text, klass, row)
    return count


@inlined
def _asked(text: Array, klass: Array, row: Array) -> bool:
    """Whether a pattern is tried at a cue; what the kernels read there is written down."""
    start, end, bits, last = row[0], row[1], row[2], row[4]
    if bits & KEY:
        return True
    asked = bits & STREET != 0
    if bits & KEYWORD:
        row[5], row[6], row[7] = assigned(text, klass, start, end, min(last, end + 300))
        asked |= row[5] >= 0 or end - start in _CARRYING
    elif bits & (BORN | LIVES):
        asked |= _latin(text, klass, start, end) and (bits & BORN != 0 or _elsewhere(text, klass, end, last))
    elif bits & MARK:
        row[5] = stamps(text, start, row[3])
        if row[5] >= 0 and may_mark(text, klass, start):
            row[6], row[7] = line_around(text, start, last)
            asked = True
    return bool(asked)


@inlined
def _latin(text: Array, klass: Array, start: int, end: int) -> bool:
    """Whether a label is in Latin letters, or some stand right after it."""
    latin = text[start] < 128
    for i in range(end, end + 10):
        latin |= klass[text[i]] & LETTER != 0
    return bool(latin)


@inlined
def _elsewhere(text: Array, klass: Array, end: int, last: int) -> bool:
    """Whether an address that a label asks for may be one of another country: it does not begin in Chinese."""
    at = spaces(text, end, last)
    if text[at] == 0x3A:
        at = spaces(text, at + 1, last)
    return not klass[text[at]] & HAN


def _line(whole: str, at: int, first: int, last: int) -> tuple[int, int]:
    """The line of a sign, within 400 of it on either side and between the bounds of its unit."""
    begin, end = max(first, at - 400), min(last, at + 400)
    stop = whole.find("\n", at, end)
    return max(begin, whole.rfind("\n", begin, at) + 1), stop if stop >= 0 else end


def in_fields(text: Array, aside: Array) -> Iterator[tuple[int, int, int, int, int]]:
    """The passwords in the fields of tables in a text, and dates of birth with the names of months."""
    cells = aside[CELLS : CELLS + 3 * aside[0]].reshape(-1, 3)
    for start, bits, end in cells[cells[:, 1] & (KEYWORD | BORN) != 0].tolist():
        value = _string(text[start:end], Room())
        if bits & KEYWORD and kept(value) and _random(text, tables().forms.klass, start, end):
            yield start, end, kinds.SECRET, kinds.PLAUSIBLE, 0
        elif bits & BORN and (span := spelled_date(value)) is not None:
            yield start + span[0], start + span[1], kinds.DOB, kinds.VALID, 0


@entry
def _random(text: Array, klass: Array, start: int, end: int) -> bool:
    """Whether a field is as random as a secret."""
    return random(text, klass, start, end, quoted=True, said=False)


def _secret(
    whole: str, start: int, end: int, bits: int, last: int, told: tuple[int, int, int]
) -> tuple[int, int] | None:
    """The span of the key that begins with a cue, or of what a label is set to."""
    stop = min(last, end + 300)
    if bits & KEY:
        return key_at(whole, start, min(last, start + REACH) if whole.startswith("-----", start) else stop)
    label = whole[start:end].lower()
    if label in CARRIERS:
        return carried(whole, end, stop)
    begin, after, how = told
    return (begin, after) if begin >= 0 and secret(label, whole[begin:after], how) else None


def _spelled(whole: str, start: int, end: int, bits: int, first: int, last: int) -> tuple[tuple[int, int] | None, int]:
    """(the span, its kind) of the date of birth or the address that is spelled out after a cue."""
    if bits & BORN:
        before = whole[max(first, start - 48) : start].rstrip(" ")
        if whole[start:end] in {"b.", "B."} and before[-1:] not in {",", "(", ";"}:
            return None, 0  # the second item of a list
        return _moved(spelled_date(whole[end : min(last, end + 40)]), end), kinds.DOB
    return _moved(written(whole[end : min(last, end + 140)]), end), kinds.ADDRESS


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def _string(text: Array, room: Room) -> str:
    """The signs as a string of as many characters, but for zeros at the end."""
    if not len(text):
        return ""
    broad = room.array("broad", len(text), np.uint32)
    broad[:] = text
    return str(broad.view(f"U{len(text)}").item())
