"""Interests of officers as values: in which unit, of which kind, from when until when; and what they still bear on (articles 3, 19).

A declaration is kept at the office, the book holds its commitment. Who decides on a dossier's parties asks `of_units` which of them an
officer must leave to others: whatever was so within two years, and whoever mediated on the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from gongyue.covenant.periods import from_iso, months_after
from gongyue.governance.fields import Date, OfficerId, UnitId

InterestKind = Literal["employed", "paid", "owning", "competitor", "mediator"]
"""受雇、受酬（会费除外）、持股、在投标或年报中被列为竞争者、就同一事实任过调解员: the ways an officer is bound to a unit."""
VERSION: Literal["gongyue/interests@1"] = "gongyue/interests@1"
YEARS = 2
"""For how long what has ended still bears on a dossier."""
RENEWED_DAYS = 365
"""After so many days a declaration is made anew."""


class Interest(Struct, frozen=True, forbid_unknown_fields=True):
    """What binds an officer to a unit, from a day to a day; `until` is None while it lasts.

    `dossier`: of a mediator, where: it bears on the same facts only, for ever.
    """

    kind: InterestKind
    unit: UnitId
    since: Date
    until: Date | None = None
    dossier: Annotated[str, Meta(pattern=r"\A(?:d:[0-9a-f]{64})?\Z")] = ""

    def bears_on(self, day: int) -> bool:
        """Whether it still keeps the officer from a matter of the unit on that day: it is so, or was within two years."""
        if from_iso(self.since) > day:
            return False
        return self.kind == "mediator" or self.until is None or day <= months_after(from_iso(self.until), 12 * YEARS)


class Declaration(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything an officer declares on a day; whatever it does not name it declares not to have."""

    officer: OfficerId
    made: Date
    interests: Annotated[tuple[Interest, ...], Meta(max_length=200)] = ()
    v: Literal["gongyue/interests@1"] = VERSION

    def of_units(self, day: int, dossier: str = "") -> tuple[str, ...]:
        """The units that the officer leaves to others on that day, in order.

        What it mediated counts where `dossier` is that matter, or none is named.
        """
        found = {one.unit for one in self.interests if one.bears_on(day) and _same(one, dossier)}
        return tuple(sorted(found))


class BadDeclaration(ValueError):
    """Bytes that are no declaration: why, in one line."""


def read(data: bytes) -> Declaration:
    """A declaration from its JSON; BadDeclaration where it is none, or an interest ends before it begins."""
    try:
        found = msgspec.json.decode(data, type=Declaration)
        from_iso(found.made)
        for one in found.interests:
            if one.until is not None and from_iso(one.until) < from_iso(one.since):
                raise ValueError(f"{one.unit}: {one.until} < {one.since}")
            if bool(one.dossier) != (one.kind == "mediator"):
                raise ValueError(f"{one.unit}: dossier ↔ mediator")
    except (msgspec.DecodeError, ValueError) as error:
        raise BadDeclaration(str(error)) from None
    return found


def conflicts(
    declared: Iterable[Declaration], parties: Iterable[str], day: int, dossier: str = ""
) -> dict[str, tuple[str, ...]]:
    """By officer the parties that it declared an interest in; whoever has none is not named."""
    among = set(parties)
    found = {one.officer: tuple(u for u in one.of_units(day, dossier) if u in among) for one in declared}
    return {officer: units for officer, units in found.items() if units}


def _same(one: Interest, dossier: str) -> bool:
    return one.kind != "mediator" or not dossier or one.dossier == dossier
