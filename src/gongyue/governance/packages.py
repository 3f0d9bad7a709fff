"""Packages of interpretations: the one adopted at founding, and what later ones add to it (article 25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant import procedure
from gongyue.covenant.procedure import Package, package
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Slug
from gongyue.rules import interpretation as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

Value = Annotated[int, Meta(le=3_650)] | Annotated[str, Meta(max_length=40)]


@act(
    "interpretation.adopt/1",
    by=office("secretary", "panellist", two=True),
    clause="interpretation.authority",
    outsider=rules.only_the_alliance_interprets,
    example={"package": "gongyue/interpretations@1", "other": {"P2": 20, "annex.binds": "scope"}},
)
class Adopt(Body, frozen=True):
    """Adopts a package of draft interpretations in one act; `other` names the values and choices that differ."""

    package: Slug
    other: dict[Slug, Value]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if not inst.effective:
            raise OutOfTurn("not-effective", "interpretation.adopt/1")
        if inst.meaning.procedure is not None:
            raise OutOfTurn("already", "interpretation.adopt/1", can="interpretation.issue/1")
        offered = _package(self.package, filing)
        for name, value in self.other.items():
            yield rules.leaves_the_text_alone(name, value, bool(offered.of(name)) and inst.meaning.applies(name))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        adopted = procedure.packages()[self.package].proposed | self.other
        meaning = replace(inst.meaning, procedure=adopted)
        return replace(inst.with_meaning(meaning, filing.given.rev), adopted=adopted)


@act(
    "interpretation.supplement/1",
    by=office("secretary", "panellist", two=True),
    clause="interpretation.authority",
    outsider=rules.only_the_alliance_interprets,
    example={"package": "gongyue/interpretations@2", "other": {"P20": 30}},
)
class Supplement(Body, frozen=True):
    """Adopts a later package: what it adds holds for what begins from now on; `other` differs from it among what it adds.

    What was adopted before stays as it was adopted; what began before is judged by what it began under.
    """

    package: Slug
    other: dict[Slug, Value]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.meaning.procedure is None:
            raise OutOfTurn("no-procedure", filing.act.type, can="interpretation.adopt/1", name=self.package)
        added = _added(inst, _package(self.package, filing))
        if not added:
            raise OutOfTurn("already", filing.act.type, can="interpretation.issue/1")
        for name, value in self.other.items():
            yield rules.leaves_the_text_alone(name, value, name in added and inst.meaning.applies(name))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        values = _added(inst, procedure.packages()[self.package]) | self.other
        meaning = replace(inst.meaning, procedure=(inst.meaning.procedure or {}) | values)
        brought = inst.supplements.set(filing.index, tuple(values))
        return replace(inst.with_meaning(meaning, filing.given.rev), adopted=inst.adopted | values, supplements=brought)


def _package(version: str, filing: Filing) -> Package:
    """The package of that version; OutOfTurn where nobody knows one."""
    if version not in procedure.packages():
        raise OutOfTurn("not-found", filing.act.type, what=version)
    return procedure.packages()[version]


def _added(inst: Institution, offered: Package) -> dict[str, int | str]:
    """What a package proposes beyond what was adopted."""
    return {name: value for name, value in offered.proposed.items() if name not in inst.adopted}


def not_adopted(inst: Institution) -> tuple[str, ...]:
    """The procedure rules and readings of later packages that this book has not adopted: none of them holds in it."""
    return tuple(_added(inst, package())) if inst.meaning.procedure is not None else ()
