"""Dossiers at the office: where an act that arrives gets its place, what whoever drafts one has seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.book.entry import Leaf, SignedAct, decode
from gongyue.book.replay import Replay
from gongyue.book.signing import Job
from gongyue.covenant.parties import is_unit
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ActType, On, Place, act_type_of
from gongyue.governance.dossier import MEMBERS, NOTHING_YET, Dossier, next_place, of_members
from gongyue.governance.institution import Institution
from gongyue.office.sources import StoreSources
from gongyue.sealing.commitment import is_salted


def of_act(inst: Institution, sources: StoreSources, kind: ActType, act: SignedAct) -> Dossier | None:
    """The dossier in which an act is to stand, as it is; None of an act in none. OutOfTurn where there is no such dossier."""
    if not kind.within:
        return Dossier() if kind.opens else None
    on = act.act.get("on")
    if not isinstance(on, dict):
        raise OutOfTurn("malformed", kind.type, why="on")
    found = sources.whole(inst, id := str(on.get("dossier")))
    return found if found.entries else Dossier(id)


def documents_of(kind: ActType, act: SignedAct, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The documents whose text the law reads, each with its salt, as they came with an act; OutOfTurn where one did not come."""
    body = act.act.get("body")
    named = kind.documents(body) if isinstance(body, dict) else ()
    wanted = [one for one in named if isinstance(one, str)]  # what is no text is no digest: the law says so of the body
    for commitment in wanted:
        if commitment not in files:
            raise OutOfTurn("missing-object", kind.type, digest=str(commitment))
        if not is_salted(files[commitment]):
            raise OutOfTurn("bad-object", str(commitment), why="gongyue/commit@1")
    return {commitment: files[commitment] for commitment in wanted}


def judge(replay: Replay, leaf: Leaf, kind: ActType, dossier: Dossier | None) -> tuple[list[Ruling], list[Job]]:
    """As the replay judges; of a dossier that there is not, it is first said what the covenant says of the act."""
    try:
        return replay.judge(leaf, dossier)
    except OutOfTurn:
        if kind.within and dossier is not None and not dossier.entries and dossier.id != MEMBERS:
            raise OutOfTurn("not-found", kind.type, what=leaf.entry.rx.dossier or "d:…") from None
        raise


def place(dossier: Dossier | None, kind: ActType, act: SignedAct) -> Place | None:
    """The place the act gets there."""
    return None if dossier is None else next_place(dossier, kind, act.digest)


def place_now(inst: Institution, sources: StoreSources, act: SignedAct) -> Place | None:
    """The place an act would get if it arrived now; None of one in no dossier."""
    kind = act_type_of(str(act.act.get("type")))
    return place(of_act(inst, sources, kind, act), kind, act)


def known(inst: Institution, sources: StoreSources, id: str) -> Dossier:
    """The dossier of that id; OutOfTurn where there is none. That of all members is there from genesis."""
    found = sources.whole(inst, id)
    if id == MEMBERS and not found.entries:
        return Dossier(MEMBERS, "members")
    if not found.entries:
        raise OutOfTurn("not-found", what=id or "d:…")
    return found


def seen_in(
    inst: Institution, sources: StoreSources, kind: ActType, actor: str, body: Mapping[str, Any], id: str = ""
) -> tuple[On | None, str | None]:
    """What an act of that kind is signed on, and what it answers: the last entries; in the dossier of what its body names.

    OutOfTurn where there is no such dossier, or none that a unit is a party of.
    """
    if not kind.within:
        return None, None
    if of_members(kind):
        id = id or MEMBERS
    if not id and kind.sealed:
        # What it names is nowhere, which is for the covenant to say first. Leaves are public: whoever names one of a
        # dossier in which nothing like this is done learns neither which that is nor that it is no padding.
        data = sources.opening(str(body.get(kind.sealed)))
        found = decode(data).entry.rx.dossier if data is not None else None
        if found is None or sources.whole(inst, found).kind not in kind.within:
            return On(NOTHING_YET, f"d:{'0' * 64}", 1), NOTHING_YET if kind.answers else None
        id = found
    dossier = known(inst, sources, id)
    if is_unit(actor) and actor not in dossier.parties:
        raise OutOfTurn("not-found", what=id)
    return dossier.last, dossier.to_answer(kind) or (dossier.last.digest if kind.answers else None)
