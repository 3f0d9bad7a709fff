"""The executive body (articles 5, 14, 19): its offices, what is due and overdue, what was late, yearly figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.covenant.periods import day_of
from gongyue.governance.office import staffing
from gongyue.governance.office_names import OFFICES_ZH
from gongyue.governance.recovery import anchored
from gongyue.governance.sheet import marked
from gongyue.governance.sheet_words import Mark
from gongyue.office.facts.duties import DoneLate, done_late, public_duties
from gongyue.office.openings import found_by
from gongyue.office.store.words import typed
from gongyue.web import installation, names
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import matter
from gongyue.web.pages.decorators import page
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick

FEWEST = 3
"""A yearly figure of sealed acts below this is not told: with few members it would point at somebody."""


class Holder(msgspec.Struct, frozen=True):
    """An officer, known by an opaque id, in one office for a term; `now`: it is today's."""

    office: str
    officer: str
    begins: int
    ends: int
    now: bool

    @property
    def name(self) -> str:
        """What the office is called."""
        return names.office_name(self.office)


class Year(msgspec.Struct, frozen=True):
    """What was done in a year: acts by type, the roll's changes, what was late, what was corrected."""

    year: int
    acts: int
    joined: int
    left: int
    ended: int
    on_time: int
    late: int
    corrected: int
    voided: int
    types: tuple[tuple[str, int], ...]
    refused: int | None
    asked: int | None

    @property
    def timed(self) -> int:
        """The acts that had a last day."""
        return self.on_time + self.late


def holders(at: Now) -> list[Holder]:
    """Every office that is or was held, those held today first."""
    rows = [
        Holder(t.office, o.id, t.begins, t.ends, t.begins <= at.day <= t.ends)
        for o in at.inst.officers.values()
        for t in o.tenures
    ]
    order = list(OFFICES_ZH)
    return sorted(rows, key=lambda h: (not h.now, order.index(h.office), h.officer, h.begins))


def late(at: Now) -> list[DoneLate]:
    """What was done late, by article, for ever shown."""
    return sorted(done_late(at), key=lambda x: (x.article, x.index))


TIMED = marked(Mark.TIMED)
"""The acts of the executive body that have a last day."""


def years(at: Now) -> list[Year]:
    """The figures of every year of the book, the newest first, computed from the books alone."""
    index = at.index
    return index.kept("years", (at.size, at.day), lambda: list(_years(at)))


def _years(at: Now) -> Iterator[Year]:
    index, per_year = at.index, Counter[tuple[int, str]]()
    for name in index.types(at.size):
        for place in index.of("type", name, at.size):
            per_year[_year(index.day(place)), name] += 1
    events = Counter((_year(e.day), e.what) for e in at.inst.on(at.day).events.values())
    lates = Counter(_year(index.day(x.index)) for x in late(at))
    sealed = _sealed(at)
    for year in sorted({y for y, _ in per_year}, reverse=True):
        of = {name: n for (y, name), n in per_year.items() if y == year}
        timed = sum(of.get(name, 0) for name in TIMED)
        ended = year < date.fromordinal(at.day).year
        yield Year(
            year,
            sum(of.values()),
            events[year, "joined"],
            events[year, "left"],
            events[year, "ended"],
            timed - lates[year],
            lates[year],
            of.get("correction.correct/1", 0),
            of.get("correction.void/1", 0),
            tuple(sorted(of.items(), key=lambda row: (-row[1], row[0]))),
            sealed[year, "membership.refuse/1"] if ended else None,
            sealed[year, "interpretation.ask/1"] if ended else None,
        )


def _year(day: int) -> int:
    return date.fromordinal(day).year


def _sealed(at: Now) -> Counter[tuple[int, str]]:
    """Refusals and questions up to the last anchor, by year and type; what is told of them is only a past year's total."""
    size = anchored(at.inst)
    return at.index.kept("sealed", (size,), lambda: _count_sealed(size))


def _count_sealed(size: int) -> Counter[tuple[int, str]]:
    counted: Counter[tuple[int, str]] = Counter()
    told = typed("membership.refuse/1"), typed("interpretation.ask/1")
    for opened in found_by(installation.office().store, *told):
        entry = opened.entry
        if opened.opening.index >= size:
            continue
        counted[_year(day_of(entry.rx.t)), entry.act.type] += 1
    return counted


def told_figure(count: int | None) -> str:
    """A figure of sealed acts as it may be told."""
    if count is None:
        return pick("年终后公布", "told after the year's end")
    return str(count) if count >= FEWEST else pick(f"少于 {FEWEST}", f"fewer than {FEWEST}")


@page
def executive(request: HttpRequest) -> HttpResponse:
    """Who acts for the executive body, and whether it acts in time."""
    at = now(request)
    duties = public_duties(at)
    context = {
        "here": "executive",
        "founding": at.inst.founding,
        "holders": holders(at),
        "overdue": [d for d in duties if d.late],
        "due": [d for d in duties if not d.late],
        "late": [(x, at.index.day(x.index), names.act_name(x.act), matter(at, x.matter)) for x in late(at)],
        "years": [
            (y, [(names.act_name(name), n) for name, n in y.types], told_figure(y.refused), told_figure(y.asked))
            for y in years(at)
        ],
        "short": [
            (names.work_name(s.what), names.staff_needed(s.needs), max(0, s.have), s.article)
            for s in staffing(at.inst, at.day)
        ],
        "orders": sorted((o for o in at.inst.orders.values() if o.types), key=lambda o: -o.begins),
    }
    return render(request, "pages/executive.html", context)
