"""Which exports left on days when nothing on file covered them: before a contract took effect, before a result was issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from gongyue.conduct.export_counts import Tally
from gongyue.conduct.exports import SHOWN, route_by_number
from gongyue.conduct.facts import Facts
from gongyue.conduct.findings import BadInput
from gongyue.conduct.lawpack import Pack
from gongyue.covenant.periods import Calendar, Period, deadline


class Outside(msgspec.Struct, frozen=True):
    """Rows outside the term of everything on file, with a few names; `needed`: the route of their day, "" for none yet."""

    needed: str
    rows: int
    first: str
    last: str
    flows: tuple[str, ...]


class Cover(msgspec.Struct, frozen=True):
    """Something on file: the routes it carries, its first day, and the first day it carries no more."""

    routes: tuple[str, ...]
    since: date
    ends: date


def years_after(start: date, years: int) -> date:
    """The same day so many years later; after 29 February, where there is none, 1 March: no day of the term is lost."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def assessment_terms(issued: date, facts: Facts, pack: Pack) -> list[Cover]:
    """The terms of a result: three years from its issue, and three more for each extension (令16 art 9, which sets no limit).

    One that is approved after the term before has ended carries nothing until then. BadInput where one comes before that
    term has begun: an extension is applied for in the last working days of a term.
    """
    carried, years = _CARRIED["assessment"], pack.number("assessment_years")
    terms = [Cover(carried, issued, years_after(issued, years))]
    for approved in facts.assessment_extended:
        before = terms[-1]
        if approved < before.since:
            raise BadInput(
                f"assessment_extended：{approved} 批准的延长在前一段有效期（自 {before.since} 起）开始之前；只写各次批准之日，由早到晚",
                f"assessment_extended: that of {approved} comes before the term it extends, which begins on {before.since}; write"
                " the days of approval alone, the earliest first",
            )
        years += pack.number("extension_years")
        terms.append(Cover(carried, max(before.ends, approved), years_after(issued, years)))
    return terms


def certificate_ends(issued: date, pack: Pack) -> date:
    """The first day a certificate no longer holds (令20 art 8)."""
    return years_after(issued, pack.number("certificate_years"))


def important_due(notified: date, pack: Pack, calendar: Calendar) -> int:
    """The last day to apply for the assessment of important data; a rest day passes it on (Civil Code 203)."""
    return deadline(notified.toordinal(), Period(pack.number("important_months"), "month"), calendar).last


def covers(facts: Facts, pack: Pack) -> list[Cover]:
    """All that is on file now, with its term: 令16 art 9 (assessment), 令13 art 6 (contract), 令20 art 8 (certificate)."""
    found = []
    if facts.assessment and facts.assessment_issued:
        found += assessment_terms(facts.assessment_issued, facts, pack)
    if facts.contract_effective:
        found.append(Cover(_CARRIED["contract"], facts.contract_effective, date.max))
    if facts.certificate and facts.certificate_issued:
        ends = certificate_ends(facts.certificate_issued, pack)
        found.append(Cover(_CARRIED["contract"], facts.certificate_issued, ends))
    return found


_CARRIED = {"assessment": ("assessment", "contract"), "contract": ("contract",)}
"""The routes that what was obtained by one carries."""


def _before(facts: Facts) -> list[Cover]:
    """What was on file before, and was replaced: it covers what left in its time, and nothing that is planned."""
    return [Cover(_CARRIED[one.carries], one.first, one.last + timedelta(1)) for one in facts.earlier]


def covered(route: str, days: Iterable[date], facts: Facts, pack: Pack) -> bool:
    """Whether something on file carries the route on each of these days."""
    held = [one for one in covers(facts, pack) if route in one.routes]
    return all(any(one.since <= day < one.ends for one in held) for day in days)


def outside(found: Tally, facts: Facts, pack: Pack, calendar: Calendar) -> tuple[Outside, ...]:
    """What left uncovered, by the route its day needed; nothing where nothing is on file: all of it is uncovered then.

    A day needs the route of the numbers counted up to and including it: below them an export needed none (our reading).
    """
    held, numbers = covers(facts, pack) + _before(facts), found.counted.up_to({day for day, _ in found.left})
    made: dict[str, Outside] = {}
    for (day, kind), left in sorted(found.left.items()) if held else ():
        need = route_by_number(*numbers[day], pack) if kind == "counted" else _forced(kind, day, facts, pack, calendar)
        need = "" if need == "exempt" else need
        if need is not None and not any(
            (not need or need in one.routes) and one.since <= day < one.ends for one in held
        ):
            made[need] = _with(made.get(need), need, day, left.rows, left.flows)
    return tuple(made.values())


def _forced(kind: str, day: date, facts: Facts, pack: Pack, calendar: Calendar) -> str | None:
    """The assessment; None while important data may still leave without, in the months from its notice (令16 art 2)."""
    if kind == "important" and facts.important_notified:
        last = important_due(facts.important_notified, pack, calendar)
        return None if day.toordinal() <= last else "assessment"
    return "assessment"


def _with(so_far: Outside | None, need: str, day: date, rows: int, flows: list[str]) -> Outside:
    first, held, names = (so_far.first, so_far.rows, so_far.flows) if so_far else (day.isoformat(), 0, ())
    return Outside(need, held + rows, first, day.isoformat(), tuple(dict.fromkeys((*names, *flows)))[:SHOWN])
