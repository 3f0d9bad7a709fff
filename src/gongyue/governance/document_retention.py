"""How long documents are kept: what a case, a report, a petition rests on, what all members were told of a unit (article 20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongyue.covenant.periods import Period, day_of, deadline
from gongyue.covenant.rulings import OutOfTurn

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

NOT_ADOPTED = Period(36, "month")
"""P17 where it is not adopted."""


def kept_for(inst: Institution, ended: int | None = None) -> Period:
    """How long the documents of a dossier that ended on that day are kept: P17 as that day began, and no later one; or of one that goes on."""
    meaning = inst.meaning if ended is None else inst.meaning_on(ended - 1)
    adopted = meaning.values.get("P17")
    return adopted if isinstance(adopted, Period) else NOT_ADOPTED


def require_documents(dossier: Dossier, docs: Iterable[str]) -> None:
    """OutOfTurn for a document that no act in the dossier names; where some of it is hidden, nobody can tell."""
    missing = [one for one in docs if one not in dossier.docs | dossier.void_docs]
    if missing and not dossier.has_holes:
        raise OutOfTurn("not-found", what=f"{dossier.id} {missing[0]}").saying(
            what=(f"{dossier.id} 里的这一文书", f"such document in {dossier.id}")
        )


def kept(inst: Institution, dossier: Dossier, ground: str, day: int) -> frozenset[str]:
    """The documents that nobody erases on that day, on that ground: those under hold, and what a case or a report rests on.

    What is unlawful goes at once; a person's request restricts such a document to the parties meanwhile.
    """
    if ground == "unlawful":
        return dossier.held
    return dossier.held | _rested_on(inst, dossier, day) | _told_of_units(inst, dossier, day)


def _rested_on(inst: Institution, dossier: Dossier, day: int) -> set[str]:
    """What acts in a case name, its reasons and its papers too, until P17 after its end; in a report or a petition while a word is owed, so long at most.

    But for what officers laid in it by a note, and nobody served, gave or cited.
    """
    report, petition = dossier.report, dossier.petition
    if report is not None:
        over = dossier.closed or report.told > 0 or day > _until(inst, day_of(dossier.entries[-1].t))
    elif petition is not None:
        over = dossier.closed or petition.answered > 0 or day > _until(inst, petition.since)
    else:
        over = dossier.case is None or (dossier.ended > 0 and day > _until(inst, dossier.ended))
    if over:
        return set()
    if petition is not None:  # what its member gave is what is to be answered
        return set(dossier.given).union(*(one.docs for one in dossier.said))
    return set(dossier.cited)


def _told_of_units(inst: Institution, dossier: Dossier, day: int) -> set[str]:
    """The results that stand, until P17 after they were told; and what restored a reputation, for as long as what it made good."""
    issued = dossier.issued
    results = (one for one in issued.values() if one.kind == "result" and not one.replaced)
    stand = {one.text for one in results if day <= _until(inst, one.day)}
    made = (one for one in issued.values() if one.kind == "rehabilitation" and one.replaces in issued)
    return stand | {one.text for one in made if issued[one.replaces].text not in dossier.erased}


def _until(inst: Institution, ended: int) -> int:
    """The last day on which they are kept, of a case that ended on that one."""
    return deadline(ended, kept_for(inst, ended)).target
