"""Who sees what of a dossier, asked of the book: its parties, the officers assigned to it, the secretary (articles 5, 14, 23).

A party opens all of its dossier, for ever. An officer assigned opens it while it holds an office of that role, unless its
recusal was asked for and is not decided: then it only preserves. The secretary sees how a dossier stands, never its documents.
"""

from __future__ import annotations

from enum import Enum

from gongyue.covenant.parties import is_unit
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.proceedings import offices_for


class Sight(Enum):
    """What somebody sees of a dossier: all of it as a party or as an officer assigned, only how it stands, or nothing."""

    PARTY = "party"
    ASSIGNED = "assigned"
    COURSE = "course"
    NOTHING = "nothing"

    @property
    def whole(self) -> bool:
        """Whether entries and documents are seen."""
        return self in (Sight.PARTY, Sight.ASSIGNED)


def sight_of(inst: Institution, dossier: Dossier, who: str, day: int) -> Sight:
    """What somebody sees of a dossier on that day."""
    if not dossier.entries:
        return Sight.NOTHING
    if is_unit(who):
        return Sight.PARTY if who in dossier.parties else Sight.NOTHING
    officer = inst.officers.get(who)
    held = officer.held(day) if officer else set()
    roles = [role for role, officers in dossier.assigned.items() if who in officers]
    if who not in dossier.challenged and any(held & offices_for(role, dossier.kind) for role in roles):
        return Sight.ASSIGNED
    return Sight.COURSE if "secretary" in held else Sight.NOTHING
