"""The packages of numbered draft interpretations: procedure rules P… and readings R…, as the alliance may adopt them.

Packages stand side by side by version. A later one only adds: what an earlier one says stays to the letter, and a rule
that is to mean something else gets another name. So a name means one thing for ever, and a book is judged by what it
adopted, whatever later software knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from gongyue.covenant.periods import Period

FILES = ("interpretations.toml", "interpretations-2.toml", "interpretations-3.toml")
"""What each version brings, the first one first."""


class ProcedureRule(msgspec.Struct, frozen=True):
    """A numbered procedure rule P…: its default, its floor and its ceiling, in `unit` (day, year or person).

    `clause`: the capability it belongs to; under which article that is, the text's binding says.
    """

    clause: str
    unit: str
    value: int
    floor: int
    ceiling: int
    zh: str
    en: str

    def means(self, value: int) -> Period | int:
        """What such a value is to those who count by it: a period, in days or in years, or so many persons."""
        return {"day": Period(value), "year": Period(12 * value, "month")}.get(self.unit, value)


class Reading(msgspec.Struct, frozen=True):
    """A numbered reading: the choices it offers, the proposed one first; `clause`: the capability it is a reading of."""

    clause: str
    choices: tuple[str, ...]
    zh: str
    en: str


class Package(msgspec.Struct, frozen=True):
    """A package of draft interpretations the alliance may adopt: what its version brings, and all versions before it."""

    version: str
    procedure: dict[str, ProcedureRule]
    readings: dict[str, Reading]

    def of(self, name: str) -> ProcedureRule | Reading | None:
        """The procedure rule or reading of that name, if it is one."""
        return self.procedure.get(name) or self.readings.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, procedure rules first."""
        return (*self.procedure, *self.readings)

    @property
    def proposed(self) -> dict[str, int | str]:
        """Every procedure rule at its default and every reading at its first choice."""
        values: dict[str, int | str] = {name: rule.value for name, rule in self.procedure.items()}
        return values | {name: reading.choices[0] for name, reading in self.readings.items()}


@cache
def packages() -> dict[str, Package]:
    """Every package by its version, the first one first."""
    here = files("gongyue.covenant")
    return grown(msgspec.convert(tomllib.loads(here.joinpath(name).read_text("utf-8")), Package) for name in FILES)


def grown(brought: Iterable[Package]) -> dict[str, Package]:
    """The packages from what each version brings; ValueError where one says anew what an earlier one said."""
    found: dict[str, Package] = {}
    last = Package("", {}, {})
    for new in brought:
        if new.version in found or (again := [name for name in new.names if last.of(name)]) or not new.names:
            raise ValueError(f"{new.version}: {again if new.names else 'nothing new'}")
        last = Package(new.version, last.procedure | new.procedure, last.readings | new.readings)
        found[new.version] = last
    return found


def package() -> Package:
    """The latest package: every procedure rule and reading that this program knows."""
    return list(packages().values())[-1]
