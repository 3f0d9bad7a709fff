"""What is owed in dossiers, followed from the entries under seal of a few types, without folding them whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, TypeVar

from gongyue.covenant.periods import day_of
from gongyue.governance.acts import Body, Opening, act_type_of, decode_body
from gongyue.governance.recovery import arrival, is_void

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

S = TypeVar("S")


def followed(
    inst: Institution,
    sealed: Iterable[Opening],
    types: Collection[str],
    after: Callable[[S | None, Body, Opening, int], S | None],
) -> dict[str, S]:
    """By dossier, what its entries of these types come to in the order of their places; void ones are passed over.

    `after` gives what an act of a Beijing day makes of it, its body and its opening being given; None where it is of no such dossier.
    """
    found: dict[str, S] = {}
    mine = (o for o in sealed if o.entry.act.type in types and o.entry.rx.dossier)
    for one in sorted(mine, key=lambda o: o.entry.rx.n or 0):
        if not is_void(inst, one.index, one.entry):
            id, day = str(one.entry.rx.dossier), day_of(arrival(inst, one.index, one.entry))
            body = decode_body(act_type_of(one.entry.act.type), one.entry.act.body)
            if (come := after(found.get(id), body, one, day)) is not None:
                found[id] = come
    return found
