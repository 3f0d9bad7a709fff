"""The package of numbered draft interpretations: procedure rules P… and readings R…, as the alliance may adopt them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

PACKAGE_VERSION = "gongyue/interpretations@1"


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
