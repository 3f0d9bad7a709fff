"""Names of columns: each once, what to call those that have none, and whether a first row is names at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from gongyue.conduct.scanning.blocks import scan_block
from gongyue.conduct.scanning.kinds import ADDRESS, DOB, GPS, PERSON, SECRET, SURNAMES, TRADE_SECRET, VALID
from gongyue.conduct.scanning.naming import name_bits
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


def once(names: Iterable[str]) -> list[str]:
    """Each name once: one that was there before gets its place behind it."""
    found: dict[str, None] = {}
    for i, name in enumerate(names, 1):
        while name in found:
            name = f"{name}#{i}"
        found[name] = None
    return list(found)


def field_names(schema: Any) -> list[str]:
    """The names in an Arrow schema, each once; one that is no text is called by its place."""
    return once(_field_name(schema, i) for i in range(len(schema)))


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


def titled(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is a title above the heading: one cell of two or more is filled, in the second row all are, none of them data."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:2]]
    return len(filled) == 2 and filled[0] == 1 < filled[1] == len(rows[1]) and not is_data(rows[1], rows[2:])


def numbered(size: int) -> list[str]:
    """Names for columns that have none."""
    return [f"c{i}" for i in range(1, size + 1)]


def names_of(row: Iterable[str | None]) -> list[str]:
    """The names in a heading, each once; an empty one is called by its place."""
    return once((cell or "").strip().strip("\ufeff") or f"c{i}" for i, cell in enumerate(row, 1))
