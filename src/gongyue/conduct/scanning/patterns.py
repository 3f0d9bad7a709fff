"""What is found by patterns rather than by kernels: where a cue calls for one it is tried, and on whole fields of tables in a text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gongyue.conduct.compiling import entry
from gongyue.conduct.scanning import kinds
from gongyue.conduct.scanning.lexicon import tables
from gongyue.conduct.scanning.markings import marking_at, may_mark
from gongyue.conduct.scanning.page import CELLS, Room
from gongyue.conduct.scanning.secrets import REACH, assigned, kept, key_at
from gongyue.conduct.scanning.signs import LETTER, Array
from gongyue.conduct.scanning.streets import spelled_date, streets, written

KEY, KEYWORD, BORN, LIVES, MARK, STREET = (
    1 << kind for kind in (kinds.KEY, kinds.KEYWORD, kinds.DOB, kinds.ADDRESS, kinds.MARK, kinds.STREET_EN)
)
"""Cues at which a pattern is tried: for births and addresses where Latin letters stand."""


def at_cues(
    text: Array, starts: Array, cues: Array, places: Array, room: Room
) -> Iterator[tuple[int, int, int, int, int]]:
    """Finds by patterns, at the cues that call for one and where postal codes may stand (`places`), within their unit; what a
    find covers is not looked at again."""
    chosen = room.array("chosen", len(cues), np.int64, 3)
    chosen = chosen[: _chosen(text, tables().forms.klass, cues, chosen)]
    if len(places):
        chosen = np.concatenate([chosen, np.stack([places, places, np.full(len(places), STREET)], axis=1)])
        chosen = chosen[np.argsort(chosen[:, 0], kind="stable")]
    if not len(chosen):
        return
    whole, done, line_done = _string(text[: starts[-1]], room), 0, 0
    for start, end, of, begin, stop, first, last in _bounded(starts, chosen):
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


@entry
def _chosen(text: Array, klass: Array, cues: Array, chosen: Array) -> int:
    """Write down the cues at which a pattern is tried; returns how many there are."""
    count = 0
    for cue in range(len(cues)):
        start, end, bits = cues[cue, 0], cues[cue, 1], cues[cue, 2]
        asked = bits & (KEY | KEYWORD | STREET) != 0
        if not asked and bits & (BORN | LIVES):
            asked = text[start] < 128
            for i in range(end, end + 10):
                asked |= klass[text[i]] & LETTER != 0
        if asked or (bits & MARK and may_mark(text, klass, start)):
            chosen[count, 0], chosen[count, 1], chosen[count, 2] = start, end, bits
            count += 1
    return count


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


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def _string(text: Array, room: Room) -> str:
    """The signs as a string of as many characters, but for zeros at the end."""
    if not len(text):
        return ""
    broad = room.array("broad", len(text), np.uint32)
    broad[:] = text
    return str(broad.view(f"U{len(text)}").item())
