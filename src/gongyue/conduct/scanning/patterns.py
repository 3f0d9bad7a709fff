"""What is found by patterns, where a cue calls for one, and on whole fields of tables in a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from gongyue.conduct.jit import entry_point, inlined
from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.addresses_en import dates, street_address, streets
from gongyue.conduct.scanning.assigned_secrets import spaces
from gongyue.conduct.scanning.characters import HAN, LETTER, Array
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.regex_vm import MatchState, RegexPrograms, span, ways
from gongyue.conduct.scanning.scan_buffer import CELLS, BufferPool
from gongyue.conduct.scanning.secret_rules import is_random_password, keeping, secret_at
from gongyue.conduct.scanning.trade_secret_marks import marking_at, marks

KEY, KEYWORD, BORN, LIVES, MARK, STREET = (
    1 << kind
    for kind in (
        entity_types.KEY,
        entity_types.KEYWORD,
        entity_types.DOB,
        entity_types.ADDRESS,
        entity_types.MARK,
        entity_types.STREET_EN,
    )
)
"""Cues at which a pattern is tried: for births and addresses where Latin letters stand."""
SECRETS = KEY | KEYWORD
DATE, LONGEST = 40, 140
"""How many signs after its label are looked at for a day of birth, and for an address."""
CALLING = SECRETS | BORN | LIVES | MARK | STREET


class Patterns(NamedTuple):
    """Those of markings, secrets and dates, and what they are tried with."""

    marks: RegexPrograms
    secrets: RegexPrograms
    dates: RegexPrograms
    ways: MatchState


def _patterns() -> Patterns:
    return Patterns(marks(), keeping(), dates(), ways())


def at_cues(text: Array, starts: Array, cues: Array, places: Array, room: BufferPool) -> Array:
    """Finds by patterns, at the cues that call for one and where postal codes may stand (`places`), within their unit; what a
    find covers is not looked at again for the like."""
    most = len(cues) + len(places)
    found, asked = room.array("by patterns", most, np.int64, 5), room.array("asked", most, np.int64, 5)
    counts = np.zeros(2, dtype=np.int64)
    how = _patterns()
    _tried(text, tables().forms.klass, starts, cues, places, how, found, asked, counts)
    found, asked = found[: counts[0]], asked[: counts[1]]
    if not len(asked):
        return found
    latin = np.array([*_in_latin(text, asked)], dtype=np.int64)
    return np.concatenate([found, latin.reshape(-1, 5)])


@entry_point
def _tried(
    text: Array,
    klass: Array,
    starts: Array,
    cues: Array,
    places: Array,
    how: Patterns,
    found: Array,
    asked: Array,
    counts: Array,
) -> None:
    """Write down the secrets, markings and births, and the cues and places at which an address in Latin letters is looked for, each
    with the first sign and the end of its unit; and how many there are of either."""
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
        start, stop, kind = _at(text, klass, how, at, end, bits, first, last)
        if start >= 0:
            row = found[counts[0]]
            row[0], row[1], row[2], row[3], row[4] = start, stop, kind, entity_types.VALID, 0
            counts[0] += 1
            done = stop


@inlined
def _at(
    text: Array, klass: Array, how: Patterns, at: int, end: int, bits: int, first: int, last: int
) -> tuple[int, int, int]:
    """(start, end, kind) of the secret, date of birth or marking at a cue; start is -1 if there is none."""
    start, stop, kind = -1, -1, entity_types.SECRET
    if bits & SECRETS:
        start, stop = secret_at(text, klass, how.secrets, how.ways, at, end, last, bits & KEY != 0)
    elif bits & BORN:
        kind = entity_types.DOB
        if _latin(text, klass, at, end) and not _item(text, at, end, first):
            start, stop = span(how.dates, 0, text, end, min(last, end + DATE), how.ways)
    elif bits & MARK:
        kind = entity_types.TRADE_SECRET
        start, stop = marking_at(text, klass, how.marks, how.ways, at, first, last)
    return start, stop, kind


@inlined
def _asked(text: Array, klass: Array, start: int, end: int, bits: int, last: int) -> bool:
    """Whether an address in Latin letters is looked for at a cue."""
    lives = bits & LIVES and not bits & (SECRETS | BORN)
    return bool(bits & STREET or (lives and _latin(text, klass, start, end) and _elsewhere(text, klass, end, last)))


@inlined
def _item(text: Array, start: int, end: int, first: int) -> bool:
    """Whether b. is the second item of a list, not born: no comma, bracket or semicolon stands before it."""
    if end - start != 2 or text[start] | 32 != 0x62 or text[start + 1] != 46:
        return False
    before = start
    while before > first and text[before - 1] == 32:
        before -= 1
    return before == first or text[before - 1] not in (44, 40, 59)


def _in_latin(text: Array, asked: Array) -> Iterator[tuple[int, int, int, int, int]]:
    """The addresses in Latin letters."""
    unit, whole, done, line_done = -1, "", 0, 0
    for start, end, of, first, last in zip(*asked.T.tolist(), strict=True):
        if first != unit:
            unit, whole = first, _string(text[first:last])
        if of & STREET and start >= line_done:
            lead, stop = _line(whole, start - first)
            line_done = first + stop
            found = streets(whole[lead:stop])
            yield from (
                (first + lead + a, first + lead + b, entity_types.ADDRESS, entity_types.VALID, 0) for a, b in found
            )
        if start < done or not of & LIVES:
            continue
        address = street_address(whole[end - first : end - first + LONGEST])
        if address is not None:
            done = end + address[1]
            yield end + address[0], done, entity_types.ADDRESS, entity_types.VALID, 0


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


def _line(whole: str, at: int) -> tuple[int, int]:
    """The line of a sign, within 400 of it on either side."""
    begin, end = max(0, at - 400), min(len(whole), at + 400)
    stop = whole.find("\n", at, end)
    return max(begin, whole.rfind("\n", begin, at) + 1), stop if stop >= 0 else end


def in_fields(text: Array, aside: Array) -> Array:
    """The passwords in the fields of tables in a text, and dates of birth with the names of months."""
    cells = aside[CELLS : CELLS + 3 * aside[0]].reshape(-1, 3)
    found = np.empty((len(cells), 5), dtype=np.int64)
    how = _patterns()
    return found[: _in_fields(text, tables().forms.klass, how, cells, found)]


@entry_point
def _in_fields(text: Array, klass: Array, how: Patterns, cells: Array, found: Array) -> int:
    """Write them down; returns how many there are."""
    count = 0
    for i in range(len(cells)):
        start, bits, end = cells[i, 0], cells[i, 1], cells[i, 2]
        kind, tier = entity_types.SECRET, entity_types.PLAUSIBLE
        if not (bits & KEYWORD and is_random_password(text, klass, how.secrets, how.ways, start, end)):
            if not bits & BORN:
                continue
            start, end = span(how.dates, 0, text, start, end, how.ways)
            kind, tier = entity_types.DOB, entity_types.VALID
        if start >= 0:
            row = found[count]
            row[0], row[1], row[2], row[3], row[4] = start, end, kind, tier, 0
            count += 1
    return count


def _string(text: Array) -> str:
    """The signs as a string of as many characters, but for zeros at the end."""
    return str(text.astype(np.uint32).view(f"U{len(text)}").item()) if len(text) else ""
