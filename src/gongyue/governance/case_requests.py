"""What a party may ask for in a case after its conclusion, and what an officer may order there (articles 17, 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.hearing import UNSERVED, Hearing, Reviewing, said_by_others
from gongyue.governance.order_grounds import wrong_ground

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution


def require_may_ask(inst: Institution, dossier: Dossier, what: str, day: int, by_others: bool) -> None:
    """OutOfTurn where a party of a case asks to be heard on nothing, or for a review of nothing, too late or again."""
    case, type = dossier.case, "dossier.note/1"
    if case is None or what not in ("hearing", "review"):
        return
    if what == "hearing":
        if case.decision is not None or not any(one.what == "proposal" for one in dossier.services):
            raise OutOfTurn("not-open", type)
        return
    if case.decision is None or not case.decision.kind:
        raise OutOfTurn("not-open", type)
    found = Reviewing.of(inst, dossier)
    if found.asked is not None and (by_others or case.review is not None or not said_by_others(dossier, found.asked)):
        raise OutOfTurn("already", type)
    if found.waits == UNSERVED:
        raise OutOfTurn("not-open", type)
    if not found.waits and day > found.last:
        raise OutOfTurn("window-over", type, ends=iso(found.last))


def require_may_order(inst: Institution, dossier: Dossier, what: str, ground: str) -> None:
    """OutOfTurn where a case is to be ended that was decided, or a hearing noted that nobody was offered, or asked for."""
    case, type = dossier.case, "dossier.order/1"
    if case is None:
        return
    if what == "terminate" and case.decision is not None:
        raise OutOfTurn("already", type)
    if what != "heard":
        return
    found = Hearing.of(inst, dossier)
    if not found.received or case.decision is not None:
        raise OutOfTurn("not-open", type)
    asked = bool(found.asked) or any(one.what == "hearing" and one.n > case.proposals[-1].n for one in dossier.asks)
    if asked != (ground == "held"):
        raise wrong_ground(what, ground)
    if found.done:
        raise OutOfTurn("already", type)
