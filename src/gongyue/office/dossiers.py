"""Dossiers at the office: where an act that arrives gets its place, what whoever drafts one has seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.book.dossiers import whole
from gongyue.book.entry import SignedAct, decode
from gongyue.book.sources import Sources
from gongyue.covenant.parties import is_unit
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ActType, On, Place, act_type_of
from gongyue.governance.dossier import Dossier, next_place
from gongyue.governance.institution import Institution


def of_act(inst: Institution, sources: Sources, kind: ActType, act: SignedAct) -> Dossier | None:
    """The dossier in which an act is to stand, as it is; None of an act in none. OutOfTurn where there is no such dossier."""
    if not kind.within:
        return Dossier() if kind.opens else None
    on = act.act.get("on")
    if not isinstance(on, dict):
        raise OutOfTurn("malformed", kind.type, why="on")
    return known(inst, sources, str(on.get("dossier")))


def place(dossier: Dossier | None, kind: ActType, act: SignedAct) -> Place | None:
    """The place the act gets there."""
    return None if dossier is None else next_place(dossier, kind, act.digest)


def place_now(inst: Institution, sources: Sources, act: SignedAct) -> Place | None:
    """The place an act would get if it arrived now; None of one in no dossier."""
    kind = act_type_of(str(act.act.get("type")))
    return place(of_act(inst, sources, kind, act), kind, act)


def known(inst: Institution, sources: Sources, id: str) -> Dossier:
    """The dossier of that id; OutOfTurn where there is none."""
    found = whole(inst, sources, id)
    if not found.entries:
        raise OutOfTurn("not-found", what=id or "d:…")
    return found


def seen_in(
    inst: Institution, sources: Sources, kind: ActType, actor: str, body: Mapping[str, Any], id: str = ""
) -> tuple[On | None, str | None]:
    """What an act of that kind is signed on, and what it answers: the last entries; in the dossier of what its body names.

    OutOfTurn where there is no such dossier, or none that a unit is a party of.
    """
    if not kind.within:
        return None, None
    if not id and kind.sealed and (data := sources.opening(str(body.get(kind.sealed)))) is not None:
        id = decode(data).entry.rx.dossier or ""
    dossier = known(inst, sources, id)
    if is_unit(actor) and actor not in dossier.parties:
        raise OutOfTurn("not-found", what=id)
    return dossier.last, dossier.to_answer(kind)
