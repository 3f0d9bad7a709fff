"""What exports come to: persons counted exactly, what forces an assessment, what is planned, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from gongyue.conduct.flows import Flow
from gongyue.conduct.rows import Bad


class MissingFact(msgspec.Struct, frozen=True):
    """A fact that is missing: of which flow or of the controller ("" ), which key, and why it matters."""

    flow: str
    key: str
    zh: str
    en: str


class Counted(msgspec.Struct):
    """Counted persons, exactly, with the first day of each; and by day the counts (ordinary, sensitive) that are stated without
    persons, which cannot be told apart."""

    ordinary: dict[str, date] = {}
    sensitive: dict[str, date] = {}
    stated: dict[date, tuple[int, int]] = {}

    @property
    def stated_ordinary(self) -> int:
        """What was stated of ordinary data."""
        return sum(n for n, _ in self.stated.values())

    @property
    def stated_sensitive(self) -> int:
        """What was stated of sensitive data."""
        return sum(s for _, s in self.stated.values())

    @property
    def n(self) -> int:
        """Ordinary: distinct persons, and what was stated."""
        return len(self.ordinary) + self.stated_ordinary

    @property
    def s(self) -> int:
        """Sensitive: likewise."""
        return len(self.sensitive) + self.stated_sensitive

    def add(self, flow: Flow, day: date) -> None:
        """Count a flow of that day."""
        if flow.person is not None:
            persons = self.sensitive if flow.sensitive else self.ordinary
            persons[flow.person] = min(persons.get(flow.person, day), day)
            return
        n, s = self.stated.get(day, (0, 0))
        many = flow.persons or 0
        self.stated[day] = (n, s + many) if flow.sensitive else (n + many, s)

    def with_(self, more: Counted) -> tuple[int, int]:
        """(ordinary, sensitive) of both together; a person in both counts once."""
        return (
            len(self.ordinary.keys() | more.ordinary.keys()) + self.stated_ordinary + more.stated_ordinary,
            len(self.sensitive.keys() | more.sensitive.keys()) + self.stated_sensitive + more.stated_sensitive,
        )

    def up_to(self, days: Iterable[date]) -> dict[date, tuple[int, int]]:
        """(ordinary, sensitive) counted up to and including each of these days, which are all those counted on."""
        new = {day: list(self.stated.get(day, (0, 0))) for day in days}
        for place, persons in enumerate((self.ordinary, self.sensitive)):
            for day in persons.values():
                new[day][place] += 1
        found: dict[date, tuple[int, int]] = {}
        n = s = 0
        for day in sorted(new):
            n, s = n + new[day][0], s + new[day][1]
            found[day] = (n, s)
        return found


class Left(msgspec.Struct):
    """What left on one day for one reason to count it: how many rows, and the names of a few."""

    rows: int = 0
    flows: list[str] = []


class Year(msgspec.Struct):
    """Flows of a year not asked about: rows, distinct persons, and counts stated without them; nothing is judged."""

    rows: int = 0
    persons: set[str] = set()
    stated: int = 0


class Tally(msgspec.Struct):
    """What the flows come to: rows by outcome, the counted persons, what forces an assessment, what is missing.

    `planned` and `planned_forced`: the same of what is dated after the day asked about; `left` by day, and by "counted"
    or what forces the assessment; `failed`: rows by a ground that was claimed and the fact that brings it down.
    """

    counted: Counted = msgspec.field(default_factory=Counted)
    planned: Counted = msgspec.field(default_factory=Counted)
    outcomes: dict[str, int] = {}
    forced: dict[str, int] = {}
    planned_forced: dict[str, int] = {}
    planned_from: date | None = None
    planned_to: date | None = None
    left: dict[tuple[date, str], Left] = {}
    years: dict[int, Year] = {}
    failed: dict[tuple[str, str], int] = {}
    asked: dict[tuple[str, str], MissingFact] = {}
    bad: list[Bad] = []
    rows: int = 0
    personal: bool = False
