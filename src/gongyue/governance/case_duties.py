"""What is owed in cases, as their sealed acts show it, by the dossier and never by whom it is against.

A conclusion within P4; of what was proposed a decision within P13 of the hearing; of what was asked a review within P20.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.acts import Body, Filing, Opening, VerifiedInputs
from gongyue.governance.case import Conclude, Open
from gongyue.governance.dossier import HIDDEN, Dossier
from gongyue.governance.dossier_duties import followed
from gongyue.governance.hearing import (
    Hearing,
    Reviewing,
    heard_by,
    review_basis,
    reviewed_by,
    sanction_by,
    settled_on,
    told_by,
)
from gongyue.governance.proceedings import Note, Order
from gongyue.governance.registry import Duty
from gongyue.governance.reply import conclude_by
from gongyue.governance.sanction import Decide, Propose, ReviewDecision
from gongyue.governance.service import Receive, Serve

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

CASES = ("case.open/1", "case.conclude/1", "dossier.order/1")
"""From these is seen which cases wait for their conclusion."""
PROPOSED = "case.propose/1"
"""Of a case in which one of these stands, every entry is looked at: from them is seen what waits for a hearing, a decision, a review."""
_ENTERED = (Open, Conclude, Propose, Decide, ReviewDecision, Serve, Receive, Note)
TYPES = (
    *CASES, PROPOSED, "case.decide/1", "case.review/1", "dossier.serve/1", "dossier.receive/1", "dossier.note/1",
)  # fmt: skip


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """What cases wait for that are neither ended nor resting, by their dossiers, never by whom they are against."""
    opened, article = list(sealed), inst.meaning.article("result.publish")
    told = {str(one.entry.rx.dossier) for one in opened if one.decided}
    for id, dossier in followed(inst, opened, TYPES, followed_case).items():
        case = dossier.case
        if case is None or dossier.paused or (dossier.closed and not case.concluded):
            continue  # what was found is told, whatever closes the case
        if not case.concluded:
            what, of = "作出结论 / conclude a case", inst.meaning.article("investigation")
            yield Duty.of(what, id, "exec", of, "P4", conclude_by(inst, dossier), "case.conclude/1")
            continue
        yield from _sanction(inst, id, dossier)
        if article and id not in told and settled_on(inst, dossier):
            what = "公布调查结果 / tell all members the result"
            due = Duty.of(what, id, "exec", article, "P13", told_by(inst, dossier), "bulletin.result/1")
            yield replace(due, about=(EXECUTIVE, case.accused))


def _sanction(inst: Institution, id: str, dossier: Dossier) -> Iterator[Duty]:
    """A hearing that was asked for, counted as the time to ask for it is; a decision once that is over; a review that was asked for."""
    case, article = dossier.case, inst.meaning.article("sanction.list")
    assert case is not None
    if case.decision is None:
        hearing = Hearing.of(inst, dossier) if case.proposals else None
        if hearing is not None and hearing.asked:
            end = heard_by(inst, dossier, hearing.asked)
            yield Duty.of("听取申辩 / hear the accused", id, "exec", article, "P3", end, "dossier.order/1")
        if hearing is not None and hearing.over and not hearing.waits:
            end = sanction_by(inst, dossier, hearing.over)
            yield Duty.of("作出处理决定 / decide a case", id, "exec", article, "P13", end, "case.decide/1")
    elif case.review is None and (asked := Reviewing.of(inst, dossier).asked) is not None:
        what, basis = "作出复核决定 / review a decision", review_basis(inst, dossier)
        yield Duty.of(what, id, "exec", article, basis, reviewed_by(inst, dossier, asked.day), "case.review/1")


def followed_case(dossier: Dossier | None, body: Body, one: Opening, day: int) -> Dossier | None:
    """The dossier as far as what is owed in it shows, after an act in it; None where that is no case's."""
    if dossier is None and not isinstance(body, Open):
        return None
    found = replace(dossier or Dossier(), entries=(HIDDEN,) * (one.entry.rx.n or 0))
    if isinstance(body, Order):
        return body.ordered(found, day)
    if not isinstance(body, _ENTERED):
        return found
    act, signers = one.entry.act, (one.entry.act.actor,) if len(one.entry.sigs) == 1 else ()
    if isinstance(body, Receive):  # its digest of what it answers is of no use here, where nothing is hashed
        to = next((s.digest for s in reversed(found.services) if s.docs == body.docs and not s.got), None)
        if to is None:
            return found
        act = replace(act, to=to)
    given = VerifiedInputs(recorded=one.commitment)
    others = act.actor != EXECUTIVE and not signers
    return body.enter(found, Filing(act, act.actor, signers, (), one.entry.rx.t, day, day, 0, given, others))
