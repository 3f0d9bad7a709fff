"""The executive body's figures year by year: of the open book counted here, of what is under seal as they were recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from gongyue.governance.sheet import marked
from gongyue.governance.sheet_words import Mark
from gongyue.governance.yearly_figures import FIGURES, year_of
from gongyue.office.facts.duties import done_late
from gongyue.office.facts.shapes import AsOf

TIMED = marked(Mark.TIMED)
"""The acts of the executive body that have a last day."""


class Figure(msgspec.Struct, frozen=True):
    """A figure of what is under seal, by its name in oversight.report; `count` is None where it is below three."""

    name: str
    count: int | None


class Year(msgspec.Struct, frozen=True):
    """What was done in a year: open acts by type, the roll's changes, what was late, what was corrected.

    `report`: the entry that states the figures of what is under seal, None while there is none; `sealed`: those figures.
    """

    year: int
    acts: int
    joined: int
    left: int
    ended: int
    timed: int
    on_time: int
    late: int
    corrected: int
    voided: int
    types: tuple[tuple[str, int], ...]
    report: int | None
    sealed: tuple[Figure, ...]


class Years(msgspec.Struct, frozen=True):
    """Every year of the book, the newest first, as of a checkpoint: its size and root."""

    size: int
    root: str
    years: tuple[Year, ...]


def years(at: AsOf) -> tuple[Year, ...]:
    """Computed from the open book alone."""
    return at.index.kept("years", (at.size, at.day), lambda: tuple(_years(at)))


def _years(at: AsOf) -> Iterator[Year]:
    index, per_year = at.index, Counter[tuple[int, str]]()
    for name in index.types(at.size):
        for place in index.of("type", name, at.size):
            per_year[year_of(index.day(place)), name] += 1
    events = Counter((year_of(e.day), e.what) for e in at.inst.on(at.day).events.values())
    lates = Counter(year_of(index.day(x.index)) for x in done_late(at))
    for year in sorted({y for y, _ in per_year}, reverse=True):
        of = {name: n for (y, name), n in per_year.items() if y == year}
        timed, stated = sum(of.get(name, 0) for name in TIMED), at.inst.yearly.get(year)
        yield Year(
            year,
            sum(of.values()),
            events[year, "joined"],
            events[year, "left"],
            events[year, "ended"],
            timed,
            timed - lates[year],
            lates[year],
            of.get("correction.correct/1", 0),
            of.get("correction.void/1", 0),
            tuple(sorted(of.items(), key=lambda row: (-row[1], row[0]))),
            stated.index if stated else None,
            tuple(Figure(name, stated.figures[name]) for name in FIGURES) if stated else (),
        )
