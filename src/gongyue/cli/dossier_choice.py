"""The dossiers that somebody sees, and the one that is meant: by its name or the first digits of its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.book.dossier_names import named
from gongyue.cli.book_source import BookSource, OfficePlace
from gongyue.cli.errors import InvalidInput, usage
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import ActType, On
from gongyue.governance.dossier import MEMBERS
from gongyue.office.docket import Docket
from gongyue.office.evidence import dossier_at
from gongyue.office.facts.docket import OfficersDocket
from gongyue.office.facts.dossiers import DossierFacts, of_unit

RECEIVE = "dossier.receive/1"
WHOLE = len("d:") + 64
"""Characters of an id that is written out."""


def one_of(place: OfficePlace, dossier: str, unit: str) -> DossierFacts:
    """The one dossier of the unit that is called so, or whose id begins so; another's is not found, as if there were none."""
    mine = {one.id: one for one in dossiers_of(place, unit)}
    found = [mine[id] for id in named(dossier, mine)]
    if len(found) != 1:
        raise no_dossier(dossier, unit)
    return found[0]


def no_dossier(dossier: str, who: str) -> InvalidInput:
    """That nothing, or more than one, is called so among what somebody sees."""
    return InvalidInput(
        f"{who} 的卷里没有恰好一卷叫 {dossier}，或编号以此开头；见 gongyue dossier list --as {who}。",
        f"No single dossier of {who} is called {dossier}, or has an id that begins so: see gongyue dossier list --as {who}.",
    )


def dossiers_of(place: OfficePlace, unit: str) -> list[DossierFacts]:
    """Every dossier that the unit is party to."""
    assert place.store is not None
    if not is_unit(unit):
        raise InvalidInput(
            f"--as 须是单位（u:…），不是 {unit}：卷宗的当事方是单位。",
            f"--as takes a unit (u:…), not {unit}: the parties of a dossier are units.",
        )
    return of_unit(place.inst, place.store, unit, place.day)


def docket_of(place: OfficePlace, officer: str) -> OfficersDocket:
    """What an officer sees of the dossiers."""
    assert place.store is not None
    return OfficersDocket(place.inst, Docket().catch_up(place.inst, place.store), officer, place.day)


def id_of(place: BookSource, dossier: str, who: str) -> str:
    """The id of the dossier that is meant, among those that a unit or an officer sees: as its name, or the beginning of its id, says.

    What is written out, or is read away from the office, stays as it is: whether there is such a one, the office says.
    """
    if not isinstance(place, OfficePlace) or len(dossier) == WHOLE or dossier == MEMBERS:
        return dossier
    if who.startswith("o:"):
        seen = docket_of(place, who).ids
    elif is_unit(who):
        seen = [one.id for one in dossiers_of(place, who)]
    else:
        return dossier
    found = named(dossier, seen)
    if len(found) != 1:
        raise no_dossier(dossier, who)
    return found[0]


def answered_in(place: BookSource, kind: ActType, body: Mapping[str, Any], on: On | None, to: str | None) -> str | None:
    """The entry that is said to be answered, by its digest or its place; of a receipt what served these very documents; else None."""
    if on is None or not isinstance(place, OfficePlace) or (to is not None and not to.isdecimal()):
        return to
    dossier = dossier_at(place.office, on.dossier)
    if to is None:
        served = reversed(dossier.services) if kind.type == RECEIVE else ()
        return next((one.digest for one in served if list(one.docs) == body["docs"]), None)
    if not 1 <= int(to) <= dossier.n:
        raise usage(f"--to {to}：卷里共 {dossier.n} 条。", f"--to {to}: the dossier has {dossier.n} entries.")
    return dossier.entries[int(to) - 1].digest
