"""How long the documents of a case are kept: what was served in it or given by its party, until P17 after it ended (article 20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongyue.covenant.periods import Period, deadline
from gongyue.covenant.rulings import OutOfTurn

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

YEARS = 3
"""P17 where it is not adopted."""


def require_documents(dossier: Dossier, docs: Iterable[str]) -> None:
    """OutOfTurn for a document that no act in the dossier names; where some of it is hidden, nobody can tell."""
    missing = [one for one in docs if one not in dossier.docs]
    if missing and not dossier.has_holes:
        raise OutOfTurn("not-found", what=f"{dossier.id} {missing[0]}")


def kept(inst: Institution, dossier: Dossier, ground: str, day: int) -> frozenset[str]:
    """The documents that nobody erases on that day, on that ground: those under hold, and what a case rests on.

    What is unlawful goes at once; a person's request restricts such a document to the parties meanwhile.
    """
    if dossier.case is None or ground == "unlawful":
        return dossier.held
    if dossier.ended and day > _until(inst, dossier.ended):
        return dossier.held
    served = {doc for docs in dossier.served.values() for doc in docs}
    said = {doc for one in dossier.said for doc in one.docs}
    return dossier.held | served | dossier.given | said


def _until(inst: Institution, ended: int) -> int:
    """The last day on which they are kept, of a case that ended on that one."""
    adopted = inst.meaning.values.get("P17")
    years = adopted if isinstance(adopted, int) else YEARS
    return deadline(ended, Period(12 * years, "month")).target
