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
from gongyue.governance.reply import conclude_by

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

CASES = ("case.open/1", "case.conclude/1", "dossier.order/1")
"""From these is seen which cases wait for their conclusion."""


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """Cases neither concluded nor ended, nor resting, by their dossiers, never by whom they are against: P4."""
    what, article = "作出结论 / conclude a case", inst.meaning.article("investigation")
    for id, dossier in followed(inst, sealed, CASES, followed_case).items():
        if dossier.case is not None and not dossier.case.concluded and not dossier.closed and not dossier.paused:
            yield Duty.of(what, id, "exec", article, "P4", conclude_by(inst, dossier), "case.conclude/1")


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
