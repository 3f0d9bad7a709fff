"""One block of text through every kernel: bytes and offsets in, finds out, as arrays. Where it has signs that nobody sees, it
goes through once more without them, and what either way finds is found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gongyue.conduct.jit import entry_point, inlined, maker
from gongyue.conduct.scanning.addresses import addresses, roles_of
from gongyue.conduct.scanning.addresses_building import roads
from gongyue.conduct.scanning.bigram_filter import match_starts
from gongyue.conduct.scanning.characters import CAPITALS, CHINESE, HIDDEN, UNSEEN, Array, decode, present
from gongyue.conduct.scanning.document_context import company, spoken_of
from gongyue.conduct.scanning.lexicon import Tables, tables
from gongyue.conduct.scanning.names_en import RECENT, english
from gongyue.conduct.scanning.names_in_lists import SEATS, listed
from gongyue.conduct.scanning.names_minority import peoples
from gongyue.conduct.scanning.names_transliterated import dotted, sounded, sounds
from gongyue.conduct.scanning.names_zh import KNOWN, people
from gongyue.conduct.scanning.patterns import at_cues, in_fields
from gongyue.conduct.scanning.postal_codes import posts
from gongyue.conduct.scanning.scan_buffer import CELLS, BufferPool, ScanBuffer
from gongyue.conduct.scanning.scanner import run_matchers
from gongyue.conduct.scanning.segmentation import CUTS
from gongyue.conduct.scanning.text_tables import FIELDS, headed
from gongyue.conduct.scanning.trigger_words import find_triggers

MARGIN = 64
"""Line feeds before the first sign and after the last, so that no kernel looks beyond the block."""


class Spans(NamedTuple):
    """Finds of a block, in order: the unit, start and end in signs of the unit, kind, tier, figure (see `ScanBuffer`)."""

    unit: Array
    start: Array
    end: Array
    kind: Array
    tier: Array
    figure: Array
    length: Array  # signs of each unit


def scan_block(
    data: Array, offsets: Array, default: int = 0, *, shapes: bool = False, room: BufferPool | None = None
) -> Spans:
    """Everything found in the units of UTF-8 `data`, unit i between offsets i and i + 1; finds do not overlap.

    `default` are the bits of the column's name. With `shapes` what was looked at and rejected follows, for counting.
    """
    known, room = tables(), room or BufferPool()
    text = room.array("text", int(offsets[-1] - offsets[0]) + len(offsets) + 2 * MARGIN, np.uint16)
    starts = np.empty(len(offsets), dtype=np.int64)
    n = MARGIN + decode(data, offsets, known.plain, text[MARGIN:], starts)
    starts += MARGIN
    text[:MARGIN] = text[n : n + MARGIN] = 10
    signs = present(text, n)
    rows, order = _finds(known, text, starts, default, signs, room)
    if signs & UNSEEN:
        rows = np.concatenate([rows[rows[:, 3] > 0], _laid_bare(known, text, starts, default, signs)])
        order = _in_order(rows, order[:0], room)
    kept = room.array("kept", len(rows), np.int64)
    return Spans(*_settled(rows, order, kept, starts, shapes), np.diff(starts) - 1)


def _finds(
    known: Tables, text: Array, starts: Array, default: int, signs: int, room: BufferPool
) -> tuple[Array, Array]:
    """(the finds, their order)."""
    n = int(starts[-1])
    chinese, capitals = signs & CHINESE > 0, signs & CAPITALS > 0
    begins = match_starts(text, n, known.sides, room, signs)
    cues = room.array("cues", n // 8 + 64, np.int64, 3)
    count = find_triggers(known.cues, text, begins.cues, cues)
    if count > len(cues):
        cues = room.array("cues", count, np.int64, 3)
        find_triggers(known.cues, text, begins.cues, cues)
    most = max(n // 6, len(starts)) + 64
    fields, order = 0 if default else 256, starts[:0]
    while True:
        page = ScanBuffer(
            text, n, cues, count, np.array((-1, 0), dtype=np.int64), room.array("finds", most, np.int64, 5),
            np.zeros(96, dtype=np.int64), np.zeros((16, 3), dtype=np.int64), default, _aside(fields, starts if fields else starts[:0]),
        )  # fmt: skip
        if fields:
            cells = headed(page, np.zeros(FIELDS, dtype=np.int64))
            if cells > fields:
                fields = cells
                continue
        run_matchers(page, known.forms, begins.words)
        if capitals:
            _again(page)
            english(page, known.english, starts, begins.words, np.zeros((RECENT + 1, 2), dtype=np.int64))
        if chinese:
            _again(page)
            costs = np.zeros(CUTS, dtype=np.int64)
            people(page, known.words, costs, starts, np.zeros((KNOWN, 2), dtype=np.int64), begins.surnames)
            dotted(page, known.forms.klass, sounds(), begins.words)
            sounded(page, known.words, sounds(), costs)
            _again(page)
            peoples(page, known.words)
            _again(page)
            before = int(page.state[1])
            addresses(page, known.forms.klass, roles_of())
            roads(page, known.forms.klass, roles_of(), begins.words, before)
        if fields and page.state[1] <= most and spoken_of(page):
            _again(page)
            order = _beside(page, known, starts, chinese, room)
        if page.state[1] <= most:
            break
        most = int(page.state[1]) * 5 // 4 + 64  # where there is room, more is found: names beside names
    places = room.array("posts", len(begins.words) if capitals else 0, np.int64)
    places = places[: posts(text, known.forms.klass, begins.words, places)] if capitals else places
    others = at_cues(text, starts, page.cues[: page.cue_n], places, room)
    rows = _joined(page.finds, int(page.state[1]), (others, in_fields(text, page.aside)))
    return rows, _in_order(rows, order, room, "last order")


def _joined(finds: Array, count: int, others: tuple[Array, ...]) -> Array:
    """The first `count` finds and the others, where they are if there is room."""
    if count + sum(map(len, others)) > len(finds):
        return np.concatenate([finds[:count], *others])
    for more in others:
        finds[count : count + len(more)] = more
        count += len(more)
    return finds[:count]


def _laid_bare(known: Tables, text: Array, starts: Array, default: int, signs: int) -> Array:
    """The finds once the signs that nobody sees are gone, by their places among all signs."""
    left = np.flatnonzero(text[: starts[-1]] != HIDDEN)
    bare = np.full(len(left) + MARGIN, 10, dtype=np.uint16)
    bare[: len(left)] = text[left]
    rows, _ = _finds(known, bare, np.searchsorted(left, starts), default, signs, BufferPool())
    rows[:, 0], rows[:, 1] = left[rows[:, 0]], left[rows[:, 1] - 1] + 1
    return rows


def _beside(page: ScanBuffer, known: Tables, starts: Array, chinese: bool, room: BufferPool) -> Array:
    """Names and papers by what stands beside them, in the finds made so far; returns the order in which these were read last."""
    order = starts[:0]
    if chinese:
        order = _in_order(page.finds[: page.state[1]], order, room)
        listed(page, known.words, order, starts, np.zeros((SEATS, 5), dtype=np.int64))
    if page.state[1] <= len(page.finds):
        order = _in_order(page.finds[: page.state[1]], order, room)
        company(page, known.english, order, starts)
    return order


def _in_order(finds: Array, order: Array, room: BufferPool, name: str = "order") -> Array:
    """The order of all finds by their start, from that of the first of them; where these are some, in the room's array of that name."""
    if len(order) == len(finds):
        return order
    starts = room.array("by start", len(finds) - len(order), np.int64)
    starts[:] = finds[len(order) :, 0]
    more = np.argsort(starts, kind="stable")
    if not len(order):
        return more
    merged = room.array(name, len(finds), np.int64)
    _merge(finds, order, more, merged)
    return merged


@entry_point
def _merge(finds: Array, order: Array, more: Array, merged: Array) -> None:
    """Write down the order of all finds, from that of the first of them and that of the rest among themselves."""
    i, first = 0, len(order)
    for j in range(len(more)):
        start = finds[first + more[j], 0]
        while i < first and finds[order[i], 0] <= start:
            merged[i + j] = order[i]
            i += 1
        merged[i + j] = first + more[j]
    while i < first:
        merged[i + len(more)] = order[i]
        i += 1


def _again(page: ScanBuffer) -> None:
    """Begin another walk over the cues."""
    page.state[0] = -1


def _aside(fields: int, starts: Array) -> Array:
    """Room for so many fields, and where units begin; see `CELLS`."""
    aside = np.zeros(CELLS + 3 * fields + len(starts), dtype=np.int64)
    aside[1] = CELLS + 3 * fields
    aside[aside[1] :] = starts
    return aside


@inlined
def _keep(rows: Array, order: Array, kept: Array) -> int:
    """Of finds in order of their start, those that stay where two claim a place: the kind with the lower number, else the longer."""
    count, last = 0, -1
    for i in order:
        if rows[i, 3] == 0:
            continue
        if last >= 0 and rows[i, 0] < rows[last, 1]:
            longer = rows[i, 1] - rows[i, 0] > rows[last, 1] - rows[last, 0]
            if rows[i, 2] > rows[last, 2] or (rows[i, 2] == rows[last, 2] and not longer):
                continue
            count -= 1
        kept[count] = last = i
        count += 1
    return count


@maker
def _settled(
    rows: Array, order: Array, kept: Array, starts: Array, shapes: bool
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """(unit, start, end, kind, tier, figure) of the finds that stay, places counted from the unit's start; then shapes, if asked for.
    `kept` is room for them."""
    good = count = _keep(rows, order, kept)
    if shapes:
        for i in order:
            if rows[i, 3] == 0:
                kept[count] = i
                count += 1
    unit, start, end = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    kind, tier, figure = (
        np.empty(count, dtype=np.int64),
        np.empty(count, dtype=np.int64),
        np.empty(count, dtype=np.int64),
    )
    at = 0
    for j in range(count):
        i = kept[j]
        if j == good:
            at = 0
        while starts[at + 1] <= rows[i, 0]:
            at += 1
        unit[j], start[j], end[j] = at, rows[i, 0] - starts[at], rows[i, 1] - starts[at]
        kind[j], tier[j], figure[j] = rows[i, 2], rows[i, 3], rows[i, 4]
    return unit, start, end, kind, tier, figure
