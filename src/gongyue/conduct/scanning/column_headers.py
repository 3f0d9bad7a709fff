"""Names of columns: each once, what to call those that have none, and whether a first row is names at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from gongyue.conduct.scanning.column_triggers import name_bits
from gongyue.conduct.scanning.entity_types import ADDRESS, DOB, GPS, PERSON, SECRET, SURNAMES, TRADE_SECRET, VALID
from gongyue.conduct.scanning.pipeline import scan_block
from gongyue.conduct.scanning.texts import buffers

NO_IDENTIFIERS = frozenset({PERSON, ADDRESS, DOB, GPS, SECRET, TRADE_SECRET})
BELOW = 20
"""Rows that a first row is held against."""


class Find(NamedTuple):
    """What stands in a cell, from where to where."""

    start: int
    end: int
    kind: int
    tier: int


def unique_names(names: Iterable[str]) -> list[str]:
    """Each name once: one that was there before gets its place behind it."""
    found: dict[str, None] = {}
    for i, name in enumerate(names, 1):
        while name in found:
            name = f"{name}#{i}"
        found[name] = None
    return list(found)


def field_names(schema: Any) -> list[str]:
    """The names in an Arrow schema, each once; one that is no text is called by its place."""
    return unique_names(_field_name(schema, i) for i in range(len(schema)))


def _field_name(schema: Any, place: int) -> str:
    try:
        return str(schema.field(place).name)
    except UnicodeDecodeError:
        return f"c{place + 1}"


def looked_at(cells: Sequence[str], default: int = 0) -> list[list[Find]]:
    """What stands in each cell."""
    found: list[list[Find]] = [[] for _ in cells]
    data, offsets = buffers(pa.array([cell.encode("utf-8", "replace").decode() for cell in cells], pa.large_string()))
    block = scan_block(data, offsets, default)
    columns = (np.asarray(part).tolist() for part in block[:5])
    for unit, start, end, kind, tier in zip(*columns, strict=True):
        found[unit].append(Find(start, end, kind, tier))
    return found


def is_data(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is data already: an identifier is a cell of it; or a person's name is, above others."""
    cells = [cell.strip() for cell in first]
    whole = [_whole(cell, found) for cell, found in zip(cells, looked_at(cells), strict=True)]
    if any(f.tier == VALID and f.kind not in NO_IDENTIFIERS - {ADDRESS} for f in whole if f):
        return True
    if any(name_bits(cell) & ~(1 << SURNAMES) for cell in cells):
        return False
    return any(f.kind == PERSON and _people(place, below) for place, f in enumerate(whole) if f)


def _whole(cell: str, found: list[Find]) -> Find | None:
    """The find that is the whole cell."""
    return next((f for f in found if f.tier and f.end - f.start >= len(cell)), None)


def _people(place: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether most cells below are names of persons."""
    cells = [row[place].strip() for row in below[:BELOW] if place < len(row) and row[place].strip()]
    named = [_whole(cell, found) for cell, found in zip(cells, looked_at(cells, 1 << PERSON), strict=True)]
    return bool(cells) and 2 * sum(f is not None and f.kind == PERSON for f in named) > len(cells)


def above(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the heading: empty ones; and titles and names of groups, of which half the cells at most are
    filled, where in the row below them all are, none of them data."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    head = next((i for i, count in enumerate(filled) if 2 * count > len(rows[i])), 0)
    if head and filled[head] == len(rows[head]) and not is_data(rows[head], rows[head + 1 :]):
        return head
    return next((i for i, count in enumerate(filled) if count), 0)


def is_form(first: Sequence[str]) -> bool:
    """Whether a first row is one of a form that somebody filled in: a label, and beside it the name of a person."""
    found = looked_at([cell.strip() for cell in first], 1 << PERSON)
    whole = [_whole(cell.strip(), finds) for cell, finds in zip(first, found, strict=True)]
    pairs = zip(first, first[1:], whole[1:], strict=False)
    return any(
        name_bits(label) & (1 << PERSON)
        and f is not None
        and f.kind == PERSON
        and f.tier == VALID
        and not name_bits(cell)
        for label, cell, f in pairs
    )


def numbered(size: int) -> list[str]:
    """Names for columns that have none."""
    return [f"c{i}" for i in range(1, size + 1)]


def names_of(row: Iterable[str | None]) -> list[str]:
    """The names in a heading, each once; an empty one is called by its place."""
    return unique_names((cell or "").strip().strip("\ufeff") or f"c{i}" for i, cell in enumerate(row, 1))
