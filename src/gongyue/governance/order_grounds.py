"""On what the course of a dossier may be ordered: a ground is one that the dossier or the open book bears out, and nothing ends that is owed an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.refusal_grounds import grounds_stated
from gongyue.governance.sheet import VALUES
from gongyue.rules import membership as membership_rules
from gongyue.rules import report as report_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

ORDER, EXPLAIN = "dossier.order/1", "interpretation.explain/1"
GROUNDS = {
    "extend": {"complexity", "party_request"},
    "pause": {"authority_request", "recusal_pending"},
    "resume": {"authority_answered", "recusal_decided"},
    "heard": {"held", "not_asked"},
    "terminate": {"settled", "moot", "party_left"},
    "admit": {"necessary"},
}
"""Why each may be ordered: a dossier rests only for an authority, or while a recusal is not decided."""
_ENDS = {"authority_answered": "authority_request", "recusal_decided": "recusal_pending"}
"""What ends a rest, by the ground on which it began."""


def require_fitting(dossier: Dossier, what: str, ground: str) -> None:
    """OutOfTurn for a ground of something else, or for an extension of a report, which has none, or evidence where there is none."""
    pending = ground != "recusal_pending" or bool(dossier.challenged)
    investigated = dossier.report is not None or dossier.case is not None
    none = (dossier.report is not None and what == "extend") or (what == "admit" and not investigated)
    if ground not in GROUNDS[what] or not pending or none:
        raise wrong_ground(what, ground)


def require_borne_out(inst: Institution, dossier: Dossier, what: str, ground: str) -> None:
    """OutOfTurn for a ground that the dossier or the open book contradicts.

    A hearing that was asked for, an extension that nobody asked for, a recusal still to be decided, a party that is a member;
    a rest is ended by what it was for.
    """
    began = dossier.rests[-1].ground if dossier.rests else ""
    true = {
        "not_asked": dossier.case is not None
        or dossier.asked("hearing") is None,  # of a case by each proposal (`hearing`)
        "party_request": dossier.asked("extension") is not None,
        "recusal_decided": not dossier.challenged and began == _ENDS["recusal_decided"],
        "authority_answered": began == _ENDS["authority_answered"],
        "party_left": not set(dossier.parties) & set(inst.members),
    }
    if not true.get(ground, True):
        raise wrong_ground(what, ground)


def nothing_is_owed(inst: Institution, dossier: Dossier, ground: str) -> Iterator[Ruling]:
    """Nothing that a unit is owed an answer to is ended by an order: it is answered, or refused, on the grounds that the text has.

    A report until it was told the outcome, or a decline was reconsidered; an application always; a petition or a question until
    it was answered, unless its unit has left; a case once there are findings, which are neither moot nor undone by leaving, and
    what was proposed on them is decided; before there are any, nothing settles it (article 16: a settlement is no finding).
    """
    report, petition = dossier.report, dossier.petition
    if report is not None and not report.is_answered:
        yield report_rules.decline_has_a_ground(ground)
    if dossier.kind == "application":
        yield membership_rules.refusal_cites_a_ground(ground, grounds_stated(inst))
    waits = petition is not None and not petition.answered
    if dossier.kind == "question":
        waits = not any(one.type == EXPLAIN and not one.void for one in dossier.entries)
    if waits and ground != "party_left":
        raise wrong_ground("terminate", ground)
    case = dossier.case
    if case is not None and (bool(case.concluded) != (ground == "settled") or case.proposals):
        raise wrong_ground("terminate", ground)


def wrong_ground(what: str, ground: str) -> OutOfTurn:
    """That something is not ordered on that ground, each by its name."""
    (what_zh, what_en), (ground_zh, ground_en) = VALUES[what], VALUES[ground]
    found = OutOfTurn("wrong-ground", ORDER, what=what, ground=ground)
    return found.saying(what=(what_zh, what_en), ground=(ground_zh, ground_en))
