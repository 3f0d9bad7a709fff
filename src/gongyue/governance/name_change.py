"""A member changes its name (articles 2, 23): the same member under another name, on the roll and on the next list with both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, act
from gongyue.governance.fields import Commitment, Name
from gongyue.governance.registry import Renamed
from gongyue.governance.unit_names import require_name

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


@act(
    "membership.rename/1",
    by=UNIT,
    clause="publication.list",
    undo=True,
    example={"name": "云岭数字科技", "document": "sha256:" + "00" * 32},
)
class Rename(Body, frozen=True):
    """A member states its new name: the same firm by the same code. The document of the registry that says so is a commitment.

    Who was absorbed or merged is another firm, and does not come by its place this way.
    """

    name: Name
    document: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "membership.rename/1")
        unit = inst.units[filing.actor]
        filing.require_after(unit.known_from - 1, unit.since)
        if self.name == unit.name:
            raise OutOfTurn("already", "membership.rename/1")
        require_name(inst, self.name, unit.id, "membership.rename/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        unit = inst.units[filing.actor]
        changed = Renamed(unit.id, unit.name, self.name, filing.governing_day, filing.index)
        named = replace(unit, name=self.name, former=(*unit.former, unit.name))
        return replace(inst, units=inst.units.set(unit.id, named), renamed=(*inst.renamed, changed))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        """As if it had never been recorded: what was stated before it and after it stands, one name following the other.

        Kept is only what a list said meanwhile, for the next one to correct.
        """
        gone = next((one for one in inst.renamed if one.index == index and one.by < 0), None)
        if gone is None:
            return inst
        kept: list[Renamed] = []
        name = before = next(one.former for one in inst.renamed if one.unit == actor and one.by < 0)
        former: list[str] = []
        for one in inst.renamed:
            if one.index == index:
                if listed := inst.listed_in(index, one.day):
                    kept.append(replace(one, by=inst.size, listed=listed))
                continue
            if one.unit == actor and one.by < 0:
                one, name = replace(one, former=name), one.name
                former.append(one.former)
            kept.append(one)
        assert former or name == before
        unit = replace(inst.units[actor], name=name, former=tuple(former))
        return replace(inst, units=inst.units.set(actor, unit), renamed=tuple(kept))
