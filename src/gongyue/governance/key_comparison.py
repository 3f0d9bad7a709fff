"""The first key of a unit, brought by its application: it signs once two officers compared it with the stamped form (articles 4, 23).

Anybody can apply in a firm's name with a key of its own, and whom the alliance invited anybody can read. Until the words of that key
stand on a form with the firm's stamp, and two officers have seen that they are the same, the key counts for the application alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Commitment, KeyId, UnitId
from gongyue.governance.key import delayed

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


@act(
    "membership.compare/1",
    by=office("clerk", "secretary", two=True),
    clause="office.executive",
    example={"unit": "u:0099", "key": "k:" + "55" * 32, "form": "sha256:" + "00" * 32},
)
class Compare(Body, frozen=True):
    """Two officers compared the words of the key that an application brought with the unit's stamped form: from now on it signs."""

    unit: UnitId
    key: KeyId
    form: Commitment

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        waiting = [
            id for id, key in inst.keys_of(self.unit).items() if id in inst.uncompared and not key.ended(filing.time)
        ]
        if self.key not in waiting:
            raise OutOfTurn("not-found", "membership.compare/1", what=self.key).saying(what=_instead(self, waiting))
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        # Where a first key was disavowed before, this one waits, as where officers register one from paper.
        first = len(inst.keys_of(self.unit)) == 1
        valid_from = filing.time if first else delayed(inst, filing.time)
        inst = inst.with_key(self.key, replace(inst.keys[self.key], valid_from=valid_from))
        return replace(inst, uncompared=inst.uncompared.delete(self.key))


def _instead(asked: Compare, waiting: list[str]) -> tuple[str, str]:
    """What is not there, and what to do: compare the key that waits, or none where the form bears other words."""
    if not waiting:
        return (
            f"{asked.unit} 等待核对的密钥：已经核对过、已经终止，或者从不须核对，无须再办",
            f"key of {asked.unit} that waits to be compared: it was compared, has ended, or never had to be, and nothing need be done",
        )
    listed = ", ".join(waiting)
    return (
        f"{asked.unit} 等待核对的密钥 {asked.key}：它申请所带的是 {listed}，请改为核对这一把。盖章申请表上的核对词与它的不同的，不要核对：请该单位凭盖章的函件"
        "补办密钥（gongyue key recover）",
        f"key {asked.key} of {asked.unit} that waits to be compared: its application brought {listed}, compare that one. Where the stamped"
        " form bears other words, compare none: the unit has a key recovered by a letter under its seal (gongyue key recover)",
    )
