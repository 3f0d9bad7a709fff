"""What is owed in cases, as their sealed acts show it: a conclusion within P4, by the dossier and never by whom it is against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gongyue.covenant.periods import day_of
from gongyue.governance.acts import Body, Opening, act_type_of, decode_body
from gongyue.governance.case import Conclude, Open
from gongyue.governance.course import Case
from gongyue.governance.dossier import Dossier
from gongyue.governance.proceedings import Order
from gongyue.governance.recovery import arrival, is_void
from gongyue.governance.registry import Duty
from gongyue.governance.reply import conclude_by

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

CASES = ("case.open/1", "case.conclude/1", "dossier.order/1")
"""From these is seen which cases wait for their conclusion."""


def sealed_duties(inst: Institution, sealed: Iterable[Opening]) -> Iterator[Duty]:
    """Cases neither concluded nor ended, nor resting, by their dossiers, never by whom they are against: P4."""
    found: dict[str, Dossier] = {}
    mine = (o for o in sealed if o.entry.act.type in CASES and o.entry.rx.dossier)
    for one in sorted(mine, key=lambda o: o.entry.rx.n or 0):
        if not is_void(inst, one.index, one.entry):
            id, day = str(one.entry.rx.dossier), day_of(arrival(inst, one.index, one.entry))
            body = decode_body(act_type_of(one.entry.act.type), one.entry.act.body)
            if (after := _followed(found.get(id), body, day)) is not None:
                found[id] = after
    what, article = "作出结论 / conclude a case", inst.meaning.article("investigation")
    for id, dossier in found.items():
        if dossier.case is not None and not dossier.case.concluded and not dossier.closed and not dossier.paused:
            yield Duty.of(what, id, "exec", article, "P4", conclude_by(inst, dossier), "case.conclude/1")


def _followed(dossier: Dossier | None, body: Body, day: int) -> Dossier | None:
    """The dossier as far as what is owed in it shows, after an act in it; None where that is no case's."""
    if isinstance(body, Open):
        return Dossier(case=Case(body.accused, body.articles, day))
    if dossier is None or dossier.case is None:
        return None
    if isinstance(body, Conclude):
        return replace(dossier, case=replace(dossier.case, concluded=day))
    assert isinstance(body, Order)
    return body.ordered(dossier, day)
