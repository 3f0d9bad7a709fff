"""Cells written as what they hold is not read by itself: what they are without it, or by what their column is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from gongyue.conduct.scanning import entity_types

LEAST = 5
"""How many cells of a way of writing make a column of them."""
SHARE = 0.3
"""And which share of those that are filled."""


class CellForm(NamedTuple):
    """A way of writing: the cells of that form, and how they are read."""

    form: re.Pattern[str]
    read: Callable[[str], str]


def _starred(cell: str) -> str:
    return re.sub(r"(?<=\d)([xX×#●•])\1{3,}", lambda m: "*" * len(m[0]), cell)


def _escaped(cell: str) -> str:
    signs = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), cell)
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


WAYS = (
    CellForm(re.compile(r"[1-9]\d{0,2}(?:[,，]\d{3}){2,}(?:\.0+)?"), lambda cell: re.sub(r"[,，]|\.0+$", "", cell)),
    CellForm(re.compile(r"[1-9]\d{10,18}\.0+"), lambda cell: cell.split(".")[0]),
    CellForm(re.compile(r"[1-9]\d{2,9}([xX×#●•])\1{3,}\d{3,4}[xX]?"), _starred),
    CellForm(re.compile(r"NI\d{17}[\dXx]|(?:NI|PP)[A-Z]{1,2}\d{7,8}"), lambda cell: cell[2:]),
    CellForm(re.compile(r".*%[0-9A-Fa-f]{2}.*", re.DOTALL), unquote),
    CellForm(re.compile(r".*\\u[0-9A-Fa-f]{4}.*", re.DOTALL), _escaped),
)
"""Thousands set apart, a fraction of nothing, digits hidden by other signs than stars, papers as airlines write them, what a URL or
JSON spells out."""

_HIDDEN = {
    entity_types.CN_MOBILE: re.compile(r"(?:\+?86[ -]?)?[\d*]{3}[ -]?[\d*]{4}[ -]?[\d*]{4}"),
    entity_types.CN_ID: re.compile(r"[\d*]{15}|[\d*]{17}[\d*Xx]"),
    entity_types.BANK_CARD: re.compile(r"(?:[\d*]{4}[ -]?){3,4}[\d*]{0,4}"),
    entity_types.PASSPORT: re.compile(r"[A-Z*][A-Z\d*][\d*]{6,7}"),
    entity_types.PLATE: re.compile(r"[\u4e00-\u9fff*][A-Z*][ ·]?[A-Z\d*]{5,6}"),
    entity_types.US_SSN: re.compile(r"[\d*]{3}[ -]?[\d*]{2}[ -]?[\d*]{4}"),
}
"""Numbers of which some digits are left, in a column called after them."""
_BORN = re.compile(
    r"(?:19|20)\d\d(?:[-./]|年\s?)?(?:0?[1-9]|1[0-2])月?|\d\d?[ -][A-Za-z]{3,9}[ ,-]+(?:19|20)\d\d|\d\d?[A-Za-z]{3}(?:19|20)?\d\d"
    r"|[A-Za-z]{3,9}\.? \d\d?,? (?:19|20)\d\d|\d\d([-/.])\d\d?\1\d\d?"
)
"""Days and months no other sign of which says that somebody was born: a month, one spelled out, a year of two digits."""

_PAPERS = {
    entity_types.PASSPORT: re.compile(r"[A-Z]{1,2}\d{7,8}|[1-9]\d{8}"),
    entity_types.HKM_PERMIT: re.compile(r"[HM]\d{8}(?:\d\d)?|HA\d{7}"),
    entity_types.TW_PERMIT: re.compile(r"\d{8}"),
}
"""Papers of travel by their forms, in a column called after documents. A later one goes before."""


def respelled(cells: Sequence[str]) -> list[str]:
    """The cells of the way of writing that they are in, read without it; none where they are in no such way."""
    for way in WAYS:
        read = [way.read(cell) for cell in cells if way.form.fullmatch(cell)]
        if len(read) >= max(LEAST, SHARE * len(cells)):
            return read
    return []


def hidden(cells: Sequence[str], named: Callable[[int], bool]) -> Iterator[tuple[int, float]]:
    """(type, share) of numbers that were hidden but for a few digits, of a type that the column is `named` for."""
    starred = [cell for cell in cells if cell.count("*") >= 2 and sum(c.isdigit() for c in cell) >= 2]
    for kind, form in _HIDDEN.items():
        hits = sum(form.fullmatch(cell) is not None for cell in starred) if named(kind) else 0
        if hits >= max(LEAST, SHARE * len(cells)):
            yield kind, hits / len(cells)
            return


def papers(cells: Sequence[str]) -> dict[int, float]:
    """Type → the share of the cells that have the form of its papers of travel. M and eight digits are a passport where no H is."""
    found: dict[int, int] = {}
    homeward = any(cell[:1] == "H" and _PAPERS[entity_types.HKM_PERMIT].fullmatch(cell) for cell in cells)
    for cell in cells:
        kind = max((kind for kind, form in _PAPERS.items() if form.fullmatch(cell)), default=0)
        kind = entity_types.PASSPORT if kind == entity_types.HKM_PERMIT and not homeward and len(cell) == 9 else kind
        found[kind] = found.get(kind, 0) + 1
    return {kind: count / len(cells) for kind, count in found.items() if kind}


def born(cells: Sequence[str]) -> float:
    """Which share of the cells are days or months in which somebody can be born; 0 where they are too few."""
    hits = sum(_BORN.fullmatch(cell) is not None for cell in cells)
    return hits / len(cells) if hits >= max(LEAST, 0.5 * len(cells)) else 0.0
