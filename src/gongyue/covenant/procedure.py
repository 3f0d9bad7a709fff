"""The package of numbered draft interpretations: procedure rules P… and readings R…, as the alliance may adopt them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

PACKAGE_VERSION = "gongyue/interpretations@1"


class ProcedureRule(msgspec.Struct, frozen=True):
    """A numbered procedure rule P…: its default, its floor and its ceiling, in `unit` (day or person).

    `clause`: the capability it belongs to; under which article that is, the text's binding says.
    """

    clause: str
    unit: str
    value: int
    floor: int
    ceiling: int
    zh: str
    en: str


class Reading(msgspec.Struct, frozen=True):
    """A numbered reading: the choices it offers, the proposed one first; `clause`: the capability it is a reading of."""

    clause: str
    choices: tuple[str, ...]
    zh: str
    en: str


class Package(msgspec.Struct, frozen=True):
    """The package of draft interpretations the alliance may adopt."""

    version: str
    procedure: dict[str, ProcedureRule]
    readings: dict[str, Reading]

    def of(self, name: str) -> ProcedureRule | Reading | None:
        """The procedure rule or reading of that name, if it is one."""
        return self.procedure.get(name) or self.readings.get(name)


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
