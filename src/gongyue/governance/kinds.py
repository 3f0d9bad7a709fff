"""The text a case is judged by: which kinds of sanction there are in it, and whether it asks for an effect (article 18).

It is the text of the day of its opening, and nobody is judged by what an amendment added since the conduct.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongyue.covenant import sanctions
from gongyue.covenant.sanctions import Sanction, sanctions_in

if TYPE_CHECKING:
    from gongyue.covenant.edition import Edition
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution


def edition_of(inst: Institution, dossier: Dossier) -> Edition | None:
    """The text by which a case is judged: the one in force when the day of its opening began."""
    assert dossier.case is not None
    return inst.meaning_on(dossier.case.opened - 1).edition


def edition_then(inst: Institution, dossier: Dossier) -> Edition | None:
    """The text as it stood when the conduct ended that a case is on: an amendment since is for what comes after it."""
    assert dossier.case is not None
    return inst.meaning_on(min(dossier.case.ends, dossier.case.opened - 1)).edition


def kinds_of(inst: Institution, dossier: Dossier) -> tuple[Sanction, ...]:
    """The kinds of sanction there are in a case, from the lightest to the gravest: what the text named then, and whatever is lighter."""
    text, then = edition_of(inst, dossier), edition_then(inst, dossier)
    kinds = sanctions_in(text)
    if text is not None and then is not None and text.parts == then.parts:
        return kinds  # bound later, perhaps, and in force all the while
    named = {one.words for one in kinds if then is not None and then.says(one.words)}
    least = min((one.weight for one in kinds if one.words in named), default=0)
    return tuple(one for one in kinds if one.words in named or one.weight < least)


def asks_for_an_effect(inst: Institution, dossier: Dossier) -> bool:
    """Whether a case asks for an adverse effect: by the text of its opening, or by that of its conduct."""
    return any(sanctions.asks_for_an_effect(one) for one in (edition_of(inst, dossier), edition_then(inst, dossier)))


def weight_of(inst: Institution, dossier: Dossier, kind: str) -> int:
    """How heavy a kind is: 0 for none, 1 for the lightest."""
    return next((one.weight for one in kinds_of(inst, dossier) if one.words == kind), 0)
