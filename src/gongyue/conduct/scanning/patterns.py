"""What is found by patterns, where a cue calls for one, and on whole fields of tables in a text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gongyue.conduct.compiling import entry, inlined
from gongyue.conduct.scanning import kinds
from gongyue.conduct.scanning.assigned import spaces
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.markings import marking_at, marks
from gongyue.conduct.scanning.matching import Programs, Ways, ways
from gongyue.conduct.scanning.page import CELLS, Room
from gongyue.conduct.scanning.secrets import keeping, kept, secret_at
from gongyue.conduct.scanning.signs import HAN, LETTER, Array
from gongyue.conduct.scanning.streets import spelled_date, streets, written

KEY, KEYWORD, BORN, LIVES, MARK, STREET = (
    1 << kind for kind in (kinds.KEY, kinds.KEYWORD, kinds.DOB, kinds.ADDRESS, kinds.MARK, kinds.STREET_EN)
)
"""Cues at which a pattern is tried: for births and addresses where Latin letters stand."""
SECRETS = KEY | KEYWORD
CALLING = SECRETS | BORN | LIVES | MARK | STREET


def at_cues(text: Array, starts: Array, cues: Array, places: Array, room: Room) -> Array:
    """Finds by patterns, at the cues that call for one and where postal codes may stand (`places`), within their unit; what a
    find covers is not looked at again for the like."""
    most = len(cues) + len(places)
    found, asked = room.array("by patterns", most, np.int64, 5), room.array("asked", most, np.int64, 5)
    counts = np.zeros(2, dtype=np.int64)
    _tried(text, tables().forms.klass, starts, cues, places, marks(), keeping(), ways(), found, asked, counts)
    found, asked = found[: counts[0]], asked[: counts[1]]
    if not len(asked):
        return found
    latin = np.array([*_in_latin(_string(text[: starts[-1]], room), asked)], dtype=np.int64)
    return np.concatenate([found, latin.reshape(-1, 5)])


@entry
def _tried(
    text: Array,
    klass: Array,
    starts: Array,
    cues: Array,
    places: Array,
    marks: Programs,
    keeping: Programs,
    ways: Ways,
    found: Array,
    asked: Array,
    counts: Array,
) -> None:
    """Write down the secrets and markings, and the cues and places at which a pattern of Latin letters is tried, each with the
    first sign and the end of its unit; and how many there are of either."""
    cue, place, unit, done = 0, 0, 0, 0
    while cue < len(cues) or place < len(places):
        if cue == len(cues) or (place < len(places) and places[place] < cues[cue, 0]):
            at = end = places[place]
            bits = STREET
            place += 1
        else:
            at, end, bits = cues[cue, 0], cues[cue, 1], cues[cue, 2]
            cue += 1
            if not bits & CALLING:
                continue
        while starts[unit + 1] <= at:
            unit += 1
        first, last = starts[unit], starts[unit + 1] - 1
        if _asked(text, klass, at, end, bits, last):
            row = asked[counts[1]]
            row[0], row[1], row[2], row[3], row[4] = at, end, bits, first, last
            counts[1] += 1
        if at < done:
            continue
        start, stop, kind = -1, -1, kinds.SECRET
        if bits & SECRETS:
            start, stop = secret_at(text, klass, keeping, ways, at, end, last, bits & KEY != 0)
        elif bits & MARK:
            start, stop = marking_at(text, klass, marks, ways, at, first, last)
            kind = kinds.TRADE_SECRET
        if start >= 0:
            row = found[counts[0]]
            row[0], row[1], row[2], row[3], row[4] = start, stop, kind, kinds.VALID, 0
            counts[0] += 1
            done = stop


@inlined
def _asked(text: Array, klass: Array, start: int, end: int, bits: int, last: int) -> bool:
    """Whether a pattern of Latin letters is tried at a cue."""
    born = bits & (BORN | LIVES) and not bits & SECRETS and _latin(text, klass, start, end)
    return bool(bits & STREET or (born and (bits & BORN or _elsewhere(text, klass, end, last))))


def _in_latin(whole: str, asked: Array) -> Iterator[tuple[int, int, int, int, int]]:
    """The addresses and dates of birth in Latin letters."""
    done, line_done = 0, 0
    for start, end, of, first, last in asked.tolist():
        if of & STREET and start >= line_done:
            lead, line_done = _line(whole, start, first, last)
            found = streets(whole[lead:line_done])
            yield from ((lead + a, lead + b, kinds.ADDRESS, kinds.VALID, 0) for a, b in found)
        if start < done or not of & (BORN | LIVES):
            continue
        span, kind = _spelled(whole, start, end, of, first, last)
        if span is not None:
            done = span[1]
            yield span[0], done, kind, kinds.VALID, 0


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
    cells, room = aside[CELLS : CELLS + 3 * aside[0]].reshape(-1, 3), ways()
    for start, bits, end in cells[cells[:, 1] & (KEYWORD | BORN) != 0].tolist():
        if bits & KEYWORD and kept(text, tables().forms.klass, keeping(), room, start, end):
            yield start, end, kinds.SECRET, kinds.PLAUSIBLE, 0
        elif bits & BORN and (span := spelled_date(_string(text[start:end], Room()))) is not None:
            yield start + span[0], start + span[1], kinds.DOB, kinds.VALID, 0


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
