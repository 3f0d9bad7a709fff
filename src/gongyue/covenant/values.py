"""What the rules mean now: `value(name)` resolves the text first, then the adopted procedure (house §2).

`Meaning` is what an act's `rev` pins: the edition, the procedure rules and readings, the law packs and the
version of the rules. The digest itself is taken by the caller; nothing here hashes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import msgspec

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.edition import USED_TERMS, BadEdition, Clause, Edition, Note
from gongyue.covenant.periods import NO_CALENDAR, Calendar, Period
from gongyue.covenant.refusals import refusal

RULE_VERSION = "gongyue/rules@1"
PACKAGE_VERSION = "gongyue/interpretations@1"

Value = Fraction | Period | int | str


class ProcedureRule(msgspec.Struct, frozen=True):
    """A numbered procedure rule P…: its default, its floor and its ceiling, in `unit` (day or person)."""

    article: int
    unit: str
    value: int
    floor: int
    ceiling: int
    zh: str
    en: str


class Reading(msgspec.Struct, frozen=True):
    """A numbered reading: the choices it offers, the proposed one first."""

    article: int
    choices: tuple[str, ...]
    zh: str
    en: str


class Package(msgspec.Struct, frozen=True):
    """The package of draft interpretations the alliance may adopt."""

    version: str
    procedure: dict[str, ProcedureRule]
    readings: dict[str, Reading]


@cache
def package() -> Package:
    """The package of this rule version."""
    text = files("gongyue.covenant").joinpath("interpretations.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Package)


def proposed() -> dict[str, int | str]:
    """Every procedure rule at its default and every reading at its first choice."""
    offered = package()
    values: dict[str, int | str] = {name: rule.value for name, rule in offered.procedure.items()}
    return values | {name: reading.choices[0] for name, reading in offered.readings.items()}


def require_periods(edition: Edition) -> None:
    """A term named like a procedure rule takes its place: it must be a length of time where the rule is one. BadEdition."""
    for term in edition.terms:
        rule = package().procedure.get(term.name)
        if term.name in package().readings or (rule is not None and (rule.unit != "day" or term.unit == "share")):
            raise BadEdition(
                f"{term.name}：施行细则的这一项不是“{term.words}”所载的数额，须另取名称",
                f"{term.name}: “{term.words}” is not what that procedure rule or reading is; give the term another name",
            )


@cache
def clause_patterns() -> dict[str, str]:
    """Clause name to the pattern its words match, for `edition.confirm`."""
    return tomllib.loads(files("gongyue.covenant").joinpath("provisions.toml").read_text("utf-8"))


@cache
def edition_notes() -> tuple[Note, ...]:
    """The annotations of our edition, for `edition.confirm`."""
    text = files("gongyue.covenant").joinpath("annotations.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["note"], tuple[Note, ...])


class LoggedCalendar(msgspec.Struct, frozen=True):
    """A calendar, and the Beijing day (ordinal) on which it was recorded."""

    day: int
    calendar: Calendar


class Meaning(msgspec.Struct, frozen=True, dict=True):
    """The edition, the adopted procedure, the law packs and the rule version: what `rev` is the digest of."""

    edition: Edition | None = None
    edition_digest: str = ""
    procedure: dict[str, int | str] | None = None
    law: tuple[str, ...] = ()
    rules: str = RULE_VERSION
    calendars: tuple[LoggedCalendar, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """The calendar recorded last."""
        return self.calendars[-1].calendar if self.calendars else NO_CALENDAR

    def calendar_of(self, start: int) -> Calendar:
        """The calendar of a period that began on that day: the last recorded before, and none recorded since moves it."""
        return next((c.calendar for c in reversed(self.calendars) if c.day < start), NO_CALENDAR)

    def content(self) -> dict[str, Any]:
        """The canonical content of `rev`; before there is an edition, the rule version alone."""
        if self.edition is None:
            return {"rules": self.rules}
        return {
            "edition": self.edition_digest,
            "law": list(self.law),
            "procedure": self.procedure or {},
            "rules": self.rules,
        }

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every value in force, by name: T first, then P."""
        adopted: dict[str, Value] = {}
        for name, value in (self.procedure or {}).items():
            rule = package().procedure.get(name)
            adopted[name] = Period(int(value)) if rule and rule.unit == "day" else value
        return adopted | (dict(self.edition.values) if self.edition else {})

    def value(self, name: str) -> Value:
        """The value of that name; OutOfTurn where the text has no such term or the package is not adopted."""
        try:
            return self.values[name]
        except KeyError:
            offered = package()
            procedural = name in offered.procedure or name in offered.readings
            raise OutOfTurn("no-procedure" if procedural else "capability-off", name=name) from None

    def share(self, name: str) -> Fraction:
        """A share stated by the text."""
        value = self.value(name)
        assert isinstance(value, Fraction), name
        return value

    def period(self, name: str) -> Period:
        """A period stated by the text or by the procedure."""
        value = self.value(name)
        assert isinstance(value, Period), name
        return value

    def choice(self, name: str) -> str:
        """The adopted choice of a reading."""
        return str(self.value(name))

    def clause(self, name: str) -> Clause | None:
        """The clause of that name in the present edition."""
        return self.edition.clause(name) if self.edition else None

    def article(self, name: str, article: int) -> int:
        """The number of the article that has that clause; `article` where this text has none."""
        clause = self.clause(name)
        return clause.article if clause else article

    @cached_property
    def _bases(self) -> dict[tuple[str, int], str]:
        return {}

    def basis(self, name: str, article: int) -> str:
        """The article that acts on that clause rest on, as they write it; `article` where this text has none."""
        known = self._bases.get((name, article))
        if known is None:
            known = self._bases[name, article] = f"art.{self.article(name, article)}"
        return known

    def suspended(self, provision: str) -> bool:
        """Whether the text once imported no longer has the clause a rule carries out; P, R and L are never suspended."""
        if self.edition is None or self.edition.clause(provision) is not None:
            return False
        return provision in clause_patterns() or provision in USED_TERMS

    def cite(self, ruling: Ruling, article: int) -> dict[str, Any]:
        """The refusal a ruling amounts to, quoting this edition; `article` where it has no clause for it."""
        provision = ruling.rule.provision
        if clause := self.clause(provision):
            return refusal(ruling.rule.code, clause.article, clause.words, ruling.finding)
        offered = package()
        known = offered.procedure.get(provision) or offered.readings.get(provision)
        return refusal(ruling.rule.code, known.article if known else article, known.zh if known else "", ruling.finding)
