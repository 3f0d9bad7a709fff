"""Holes in `d:members`: a unit opens every entry from its joining to its leaving, and lacks none but what came while it was no member (formats §10.10).

A missing entry arrived after every disclosed one before it and every head that ends before it, and before those behind it.
It is lawfully missing where the unit was no member at some moment in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongyue.book.disclosure import DisclosedEntry
from gongyue.covenant.periods import day_of, start_of
from gongyue.governance.bulletin import Membership
from gongyue.governance.dossier import MEMBERS
from gongyue.verifying.failures import tampered

ArrivalOf = Callable[[int], int]
"""When the open entry of that index arrived, Unix seconds."""


class Known(NamedTuple):
    """Something known of the dossier: up to place `n` it had arrived by `time`, the rest came later; `open`: of an entry, −1 of a head."""

    n: int
    time: int
    open: int = -1


class Absence(NamedTuple):
    """A time in which the unit was no member: since the end of one membership, until the next began; None without end or beginning."""

    after: Membership | None
    before: Membership | None


def absences(own: Sequence[Membership]) -> Iterator[Absence]:
    """The times in which a unit with these memberships was no member."""
    yield Absence(None, own[0] if own else None)
    for one, other in pairwise(own):
        yield Absence(one, other)
    if own and not own[-1].lasts:
        yield Absence(own[-1], None)


def holes(
    shelf: Sequence[DisclosedEntry], heads: Iterable[tuple[int, int]], own: Sequence[Membership], arrival: ArrivalOf
) -> list[tuple[int, int]]:
    """The lawful holes as (first, last) place missing; Stop where an entry is missing that the unit could open.

    `heads`: (place, time) of those it kept.
    """
    entries = [Known(rx.nth, rx.t, rx.size) for rx in (one.leaf.entry.rx for one in shelf)]
    points = sorted([*entries, *(Known(n, time) for n, time in heads)])
    there, found, last = {one.n for one in entries}, list[tuple[int, int]](), 0
    for end in sorted({one.n for one in points}):
        first, missing = last + 1, end - (end in there)
        if first <= missing:
            _require_absent(
                first, [p for p in points if p.n < first], [p for p in points if p.n >= missing], own, arrival
            )
            found.append((first, missing))
        last = end
    return _joined(found)


def _require_absent(
    first: int, before: list[Known], behind: list[Known], own: Sequence[Membership], arrival: ArrivalOf
) -> None:
    for absence in absences(own):
        too_early = any(_until_its_begin(point, absence.after, arrival) for point in behind)
        too_late = any(_since_its_end(point, absence.before, arrival) for point in before)
        if not (too_early or too_late):
            return
    raise tampered("gap", f"{MEMBERS} {first}", dossier=MEMBERS, n=first)


def _until_its_begin(point: Known, after: Membership | None, arrival: ArrivalOf) -> bool:
    """Whether all up to that point had arrived when the membership ended; never where there was none before."""
    if after is None:
        return False
    if point.open >= 0:
        return not after.over(point.open, day_of(point.time))
    return point.time <= ended(after, arrival)


def _since_its_end(point: Known, before: Membership | None, arrival: ArrivalOf) -> bool:
    """Whether all behind that point arrived once the next membership had begun; never where there is none."""
    if before is None:
        return False
    return before.joined < point.open if point.open >= 0 else arrival(before.joined) <= point.time


def ended(one: Membership, arrival: ArrivalOf) -> int:
    """When a membership ended, Unix seconds: on arrival of what ended it, or as the day of its notice began."""
    return start_of(one.until) if one.until else arrival(one.left)


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Holes that touch, as one."""
    made: list[tuple[int, int]] = []
    for first, last in found:
        if made and made[-1][1] == first - 1:
            made[-1] = (made[-1][0], last)
        else:
            made.append((first, last))
    return made
