"""What is owed in cases, as their sealed acts show it: a conclusion within P4, by the dossier and never by whom it is against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.governance.acts import Body, Opening
from gongyue.governance.case import Conclude, Open
from gongyue.governance.course import Case
from gongyue.governance.dossier import Dossier
from gongyue.governance.dossier_duties import followed
from gongyue.governance.proceedings import Order
from gongyue.governance.registry import Duty
from gongyue.governance.reply import conclude_by, result_by, settled_on

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

CASES = ("case.open/1", "case.conclude/1", "dossier.order/1")
"""From these is seen which cases wait for their conclusion."""


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """Cases neither concluded nor ended, nor resting, by their dossiers, never by whom they are against: P4; their results: P13."""
    opened = list(sealed)
    what, article = "作出结论 / conclude a case", inst.meaning.article("investigation")
    told, publishing = "公布调查结果 / tell all members the result", inst.meaning.article("result.publish")
    decided = {str(one.entry.rx.dossier) for one in opened if one.decided}
    for id, dossier in followed(inst, opened, CASES, followed_case).items():
        if dossier.case is None or dossier.closed or dossier.paused:
            continue
        if not dossier.case.concluded:
            yield Duty.of(what, id, "exec", article, "P4", conclude_by(inst, dossier), "case.conclude/1")
        elif id not in decided and publishing and settled_on(inst, dossier):
            yield Duty.of(told, id, "exec", publishing, "P13", result_by(inst, dossier), "bulletin.result/1")


def followed_case(dossier: Dossier | None, body: Body, day: int) -> Dossier | None:
    """The dossier as far as what is owed in it shows, after an act in it; None where that is no case's."""
    if isinstance(body, Open):
        return Dossier(case=Case(body.accused, body.articles, day))
    if dossier is None or dossier.case is None:
        return None
    if isinstance(body, Conclude):
        return replace(dossier, case=replace(dossier.case, concluded=day))
    assert isinstance(body, Order)
    return body.ordered(dossier, day)
