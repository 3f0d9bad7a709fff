"""Who sees what of a dossier, asked of the book: its parties, the officers assigned to it, the secretary (articles 5, 14, 23).

A party opens all of its dossier, for ever; whom a case accuses from the first thing served on it. An officer assigned opens
it while it holds an office of that role, unless its recusal was asked for and is not decided: then it only preserves. The
secretary sees how a dossier stands, never its documents; but for the reasons of a recusal while it is the one to decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from enum import Enum

import msgspec

from gongyue.book.documents import documents_named, documents_of
from gongyue.book.dossiers import folded
from gongyue.book.entry import Leaf, decode
from gongyue.book.sources import Sources
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import Entry, act_type_of
from gongyue.governance.bulletin import memberships, opened_by
from gongyue.governance.dossier import MEMBERS, Dossier
from gongyue.governance.dossier_roles import offices_for
from gongyue.governance.institution import Institution
from gongyue.office.vault.readers import Readers, Standing
from gongyue.office.vault.register import Document


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
    if not dossier.entries or dossier.id == MEMBERS:  # of which each opens its own: see `opened_by`
        return Sight.NOTHING
    if is_unit(who):
        told = dossier.kind != "case" or bool(dossier.services)  # of a case nobody is tipped off before it is told
        return Sight.PARTY if who in dossier.parties and told else Sight.NOTHING
    officer = inst.officers.get(who)
    held = officer.held(day) if officer else set()
    roles = [role for role, officers in dossier.assigned.items() if who in officers]
    if who not in dossier.challenged and any(held & offices_for(role, dossier.kind) for role in roles):
        return Sight.ASSIGNED
    return Sight.COURSE if "secretary" in held else Sight.NOTHING


def decides_recusals(inst: Institution, dossier: Dossier, who: str, day: int) -> bool:
    """Whether a recusal asked for in a dossier is for that officer to decide, which sees no more of it: a secretary not challenged itself."""
    officer = inst.officers.get(who)
    waits = bool(dossier.challenged & dossier.officers) and not dossier.closed
    return waits and who not in dossier.challenged and officer is not None and "secretary" in officer.held(day)


def recusals(dossier: Dossier, entries: Iterable[Entry]) -> Iterator[tuple[int, list[str]]]:
    """The requests in a dossier that somebody recuse itself which are not decided: their places, and the documents that say why.

    Those alone that came with the request: no other paper of the dossier is laid open by naming it there.
    """
    known: set[str] = set()
    for n, (line, entry) in enumerate(zip(dossier.entries, entries, strict=True), 1):
        named = documents_named(act_type_of(entry.act.type), entry.act)
        if line.type == "dossier.note/1" and not line.void:
            said = msgspec.json.decode(entry.act.body)
            if said.get("asks") == "recusal" and said.get("whom") in dossier.challenged:
                yield n, [c for c in named if c not in known]
        known.update(named)


ABOUT = frozenset(("dossier.hold/1", "dossier.erase/1"))
"""What only says of a document what becomes of it: whoever opens that, and not what brought it, does not read it."""
READING = frozenset({"secretary", "clerk", "caseworker", "panellist"})
"""The offices whose holders read what goes to all members: neither a mediator's nor a system keeper's."""


def reads_bulletins(inst: Institution, who: str, day: int) -> bool:
    """Whether an officer reads what goes to all members, by an office held on that day."""
    officer = inst.officers.get(who)
    return officer is not None and bool(officer.held(day) & READING)


def _of_members(
    inst: Institution, entries: list[Leaf], document: Document, who: str, day: int, results: Set[int]
) -> Standing | None:
    """Who reads a document of `d:members` that an entry names: a unit that opens the entry, an officer in an office that reads."""
    if not is_unit(who):
        return Standing.OTHER if reads_bulletins(inst, who, day) else None
    opened = opened_by(memberships(inst, who).get(who, ()), entries, lambda one: one.entry, results)
    acts = [(act_type_of(e.entry.act.type), e.entry.act) for e in opened]
    named = any(document.c in documents_named(kind, act) for kind, act in acts if kind.type not in ABOUT)
    return Standing.PARTY if named else None


UNSERVED = ("case.propose/1", "case.decide/1", "case.review/1")
"""What the documents of these say is the parties' to read once they were served it, and not before."""


def _shown(dossier: Dossier, document: str, entries: Iterable[bytes]) -> bool:
    """Whether a party may read a document that its dossier names: of a case not what it was not served yet of a sanction."""
    if dossier.kind != "case":
        return True
    return document in documents_of(data for data in entries if decode(data).entry.act.type not in UNSERVED)


def readers(
    inst: Institution, sources: Sources, day: int, results: Callable[[str], Set[int]] = lambda who: frozenset()
) -> Readers:
    """Who may read a document: of a dossier once an entry names it, whoever sees all of that dossier.

    `results`: the places, among the bulletins, of those of a unit's own cases.
    What no entry names is a draft, or stands behind the open book: whoever put it reads it, and whom that named.
    """

    def standing(document: Document, who: str) -> Standing | None:
        placed = list(sources.dossier(document.dossier))
        named = document.c in documents_of(data for _, data in placed)
        if named and document.dossier == MEMBERS:
            return _of_members(inst, [decode(data) for _, data in placed], document, who, day, results(who))
        dossier = folded(inst, placed)
        if named and is_unit(who) and not _shown(dossier, document.c, [data for _, data in placed]):
            return None
        if named:
            sight = sight_of(inst, dossier, who, day)
            if not sight.whole and decides_recusals(inst, dossier, who, day):
                asked = recusals(dossier, (decode(data).entry for _, data in placed))
                return Standing.OTHER if any(document.c in why for _, why in asked) else None
            return {Sight.PARTY: Standing.PARTY, Sight.ASSIGNED: Standing.OTHER}.get(sight)
        officer = inst.officers.get(who)
        known = who in inst.units or who in dossier.parties or (officer is not None and bool(officer.held(day)))
        return Standing.PARTY if known and who in (document.by, *document.readers) else None

    return standing
