"""Which exports left on days when nothing on file covered them: before a contract took effect, before a result was issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from gongyue.conduct.exports import SHOWN, Tally, route_by_number
from gongyue.conduct.facts import Facts
from gongyue.conduct.lawpack import Pack
from gongyue.covenant.periods import months_after


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
    """The same day so many years later."""
    return date.fromordinal(months_after(start.toordinal(), 12 * years))


def covers(facts: Facts, pack: Pack) -> list[Cover]:
    """All that is on file, with its term: 令16 art 9 (assessment), 令13 art 6 (contract), 令20 (certificate)."""
    found = []
    if facts.assessment and facts.assessment_issued:
        ends = years_after(facts.assessment_issued, pack.number("assessment_years"))
        found.append(Cover(("assessment", "contract"), facts.assessment_issued, ends))
    if facts.contract_effective:
        found.append(Cover(("contract",), facts.contract_effective, date.max))
    if facts.certificate and facts.certificate_issued:
        ends = years_after(facts.certificate_issued, pack.number("certificate_years"))
        found.append(Cover(("contract",), facts.certificate_issued, ends))
    return found


def covered(route: str, days: Iterable[date], facts: Facts, pack: Pack) -> bool:
    """Whether something on file carries the route on each of these days."""
    held = [one for one in covers(facts, pack) if route in one.routes]
    return all(any(one.since <= day < one.ends for one in held) for day in days)


def outside(found: Tally, facts: Facts, pack: Pack) -> tuple[Outside, ...]:
    """What left uncovered, by the route its day needed; nothing where nothing is on file: all of it is uncovered then.

    A day needs the route of the numbers counted up to and including it: below them an export needed none (our reading).
    """
    held, numbers = covers(facts, pack), found.counted.up_to({day for day, _ in found.left})
    made: dict[str, Outside] = {}
    for (day, kind), left in sorted(found.left.items()) if held else ():
        need = route_by_number(*numbers[day], pack) if kind == "counted" else _forced(kind, day, facts, pack)
        need = "" if need == "exempt" else need
        if need is not None and not any(
            (not need or need in one.routes) and one.since <= day < one.ends for one in held
        ):
            made[need] = _with(made.get(need), need, day, left.rows, left.flows)
    return tuple(made.values())


def _forced(kind: str, day: date, facts: Facts, pack: Pack) -> str | None:
    """The assessment; None while important data may still leave without, in the months from its notice (令16 art 2)."""
    if kind == "important" and facts.important_notified:
        last = months_after(facts.important_notified.toordinal(), pack.number("important_months"))
        return None if day.toordinal() <= last else "assessment"
    return "assessment"


def _with(so_far: Outside | None, need: str, day: date, rows: int, flows: list[str]) -> Outside:
    first, held, names = (so_far.first, so_far.rows, so_far.flows) if so_far else (day.isoformat(), 0, ())
    return Outside(need, held + rows, first, day.isoformat(), tuple(dict.fromkeys((*names, *flows)))[:SHOWN])
