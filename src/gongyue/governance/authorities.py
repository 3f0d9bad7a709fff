"""Another authority once the text is frozen: a new approver, addressee of petitions or supervisor, with its basis (articles 14, 19, 21).

Authorities are reorganised, associations lose their supervising unit. Whoever is supervised names its supervisor here, so nothing of
it is quick or quiet: the document it rests on is public, every member is told, and it counts once it was seen for the whole delay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.parties import AUTHORITY
from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act
from gongyue.governance.fields import Date
from gongyue.governance.founding import SECRETARIAT, Authority, AuthorityRole, Named
from gongyue.governance.office import earliest
from gongyue.rules import founding as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
TYPE = "founding.redesignate/1"


@act(
    TYPE,
    by=SECRETARIAT,
    clause="office.executive",
    undo=True,
    example={
        "role": "addressee",
        "authority": {"name": "示范主管部门（新）", "basis": _DIGEST},
        "effective": "2027-01-15",
    },
)
class Redesignate(Body, frozen=True):
    """Names another authority as approver, addressee of petitions or supervisor, with its basis; letters and filings then go there.

    A text that one authority refused is not taken to another; one that is being approved is submitted anew. Whoever approves signs
    with its own key: while one is registered it ends it itself, or by its letter, before another takes its place.
    """

    role: AuthorityRole
    authority: Authority
    effective: Date

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        founding, effective = inst.founding, from_iso(self.effective)
        if founding.stage == "draft":
            raise OutOfTurn("not-frozen", TYPE, founding.stage, can="founding.designate/1")
        before = founding.authority(self.role, effective)
        if before is not None and before.name == self.authority.name:
            raise OutOfTurn("already", TYPE)
        yield rules.seen_before_it_counts(effective, earliest(inst, filing.time))
        if self.role != "approver":
            return
        yield rules.refused_is_refused(founding.stage)
        for kid, key in inst.keys_of(AUTHORITY).items():
            if not key.ended(filing.time):
                raise OutOfTurn("key-registered", TYPE, can="key.revoke/1", key=kid)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        named = Named(self.role, self.authority, from_iso(self.effective), filing.index)
        founding = replace(inst.founding, named=(*inst.founding.named, named))
        if (
            self.role == "approver" and founding.stage == "submitted"
        ):  # what lies with the former is not approved by the next
            founding = replace(founding, stage="frozen")
        return replace(inst, founding=founding)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        named = tuple(one for one in inst.founding.named if one.index != index)
        return replace(inst, founding=replace(inst.founding, named=named))
