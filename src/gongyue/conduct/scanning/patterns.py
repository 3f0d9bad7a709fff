"""What is found by patterns rather than by kernels: where a cue calls for one it is tried, and on whole fields of tables in a text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gongyue.conduct.scanning import kinds
from gongyue.conduct.scanning.markings import marking_at
from gongyue.conduct.scanning.page import CELLS, Room
from gongyue.conduct.scanning.secrets import REACH, assigned, kept, key_at
from gongyue.conduct.scanning.signs import Array
from gongyue.conduct.scanning.streets import spelled_date, streets, written

KEY, KEYWORD, BORN, LIVES, MARK, STREET = (
    1 << kind for kind in (kinds.KEY, kinds.KEYWORD, kinds.DOB, kinds.ADDRESS, kinds.MARK, kinds.STREET_EN)
)
SPELLED = KEY | KEYWORD | MARK | STREET
"""Cues at which a pattern is tried; and those of a date of birth in English."""


def at_cues(text: Array, starts: Array, cues: Array, room: Room) -> Iterator[tuple[int, int, int, int, int]]:
    """Finds by patterns, at the cues that call for one, within their unit; what a find covers is not looked at again."""
    bits = cues[:, 2]
    asked = bits & SPELLED != 0
    labels = np.flatnonzero(bits & (BORN | LIVES))
    asked[labels] |= (text[cues[labels, 0]] < 128) | _lettered(text, cues[labels, 1])
    chosen = cues[asked]
    if not len(chosen):
        return
    whole, done, line_done = _string(text[: starts[-1]], room), 0, 0
    for start, end, of, begin, stop, first, last in _bounded(starts, chosen[np.argsort(chosen[:, 0], kind="stable")]):
        if of & STREET and start >= line_done:
            lead, line_done = _line(whole, start, first, last)
            found = streets(whole[lead:line_done])
            yield from ((lead + a, lead + b, kinds.ADDRESS, kinds.VALID, 0) for a, b in found)
        if start < done or of == STREET:
            continue
        here = whole[begin : min(last, start + REACH) if whole.startswith("-----", start) else stop]
        span, kind = _at(here, start - begin, end - begin, of)
        if span is not None:
            done = begin + span[1]
            yield begin + span[0], done, kind, kinds.VALID, 0


def _bounded(starts: Array, cues: Array) -> Iterator[tuple[int, ...]]:
    """(start, end, bits) of each cue, from where to where a pattern looks at what is around it, first and last of its unit."""
    start, end, bits = cues.T
    units = np.searchsorted(starts, start, "right")
    first, last = starts[units - 1], starts[units] - 1
    columns = (start, end, bits, np.maximum(first, start - 48), np.minimum(last, end + 300), first, last)
    return zip(*(column.tolist() for column in columns), strict=True)


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
        if bits & KEYWORD and kept(value):
            yield start, end, kinds.SECRET, kinds.PLAUSIBLE, 0
        elif bits & BORN and (span := spelled_date(value)) is not None:
            yield start + span[0], start + span[1], kinds.DOB, kinds.VALID, 0


def _at(here: str, start: int, end: int, bits: int) -> tuple[tuple[int, int] | None, int]:
    """(the span in `here`, its kind) of the pattern tried at a cue."""
    if bits & KEY:
        return _moved(key_at(here[start:], 0), start), kinds.SECRET
    if bits & KEYWORD:
        return assigned(here, end, here[start:end]), kinds.SECRET
    if bits & BORN:
        if here[start:end] in {"b.", "B."} and here[:start].rstrip(" ")[-1:] not in {",", "(", ";"}:
            return None, 0  # the second item of a list
        return _moved(spelled_date(here[end : end + 40]), end), kinds.DOB
    if bits & LIVES:
        return _moved(written(here[end : end + 140]), end), kinds.ADDRESS
    if bits & MARK:
        return marking_at(here[: end + 100], start), kinds.TRADE_SECRET
    return None, 0


def _lettered(text: Array, ends: Array) -> Array:
    """For each cue whether a Latin letter stands within ten signs of its end."""
    near = text[ends[:, None] + np.arange(10)] | 32
    return np.asarray(((near >= 97) & (near <= 122)).any(axis=1))


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def _string(text: Array, room: Room) -> str:
    """The signs as a string of as many characters, but for zeros at the end."""
    if not len(text):
        return ""
    broad = room.array("broad", len(text), np.uint32)
    broad[:] = text
    return str(broad.view(f"U{len(text)}").item())
