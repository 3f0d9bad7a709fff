"""The dossiers of a unit, and the one that is meant: by its name or the first digits of its id."""

from __future__ import annotations

from gongyue.book.dossier_names import named
from gongyue.cli.book_source import OfficePlace
from gongyue.cli.errors import InvalidInput
from gongyue.covenant.parties import is_unit
from gongyue.office.facts.dossiers import DossierFacts, of_unit


def one_of(place: OfficePlace, dossier: str, unit: str) -> DossierFacts:
    """The one dossier of the unit that is called so, or whose id begins so; another's is not found, as if there were none."""
    mine = {one.id: one for one in dossiers_of(place, unit)}
    found = [mine[id] for id in named(dossier, mine)]
    if len(found) != 1:
        raise InvalidInput(
            f"{unit} 的卷里没有恰好一卷叫 {dossier}，或编号以此开头；见 gongyue dossier list --as {unit}。",
            f"No single dossier of {unit} is called {dossier}, or has an id that begins so: see gongyue dossier list --as {unit}.",
        )
    return found[0]


def dossiers_of(place: OfficePlace, unit: str) -> list[DossierFacts]:
    """Every dossier that the unit is party to."""
    assert place.store is not None
    if not is_unit(unit):
        raise InvalidInput(
            f"--as 须是单位（u:…），不是 {unit}：卷宗的当事方是单位；职员的案头见网页与 GET /api/docket。",
            f"--as takes a unit (u:…), not {unit}: the parties of a dossier are units; an officer's docket is on the pages and at GET /api/docket.",
        )
    return of_unit(place.inst, place.store, unit, place.day)
