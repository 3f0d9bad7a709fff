"""Whose signature an act's file waits for: told before a key signs that is of none of them, and not only once it is handed in."""

from __future__ import annotations

from pathlib import Path

from gongyue.book.entry import SignedAct
from gongyue.cli.act_text import act_name, party_name
from gongyue.cli.book_source import BookSource
from gongyue.cli.errors import InvalidInput
from gongyue.cli.output import pick
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.performers import RECORDERS, signers, signs_itself, who


def require_awaited(file: Path, act: SignedAct, key_file: Path, key: str, place: BookSource | None) -> None:
    """InvalidInput where the key is of none of those who sign the act, saying who they are and whose key it is.

    Whatever cannot be told here passes: without a book, of an act of another covenant, a key that the act itself or its
    dossier brings; so does what is signed to mend the clock, by which alone a term would be told to be over.
    """
    kind, actor = act_type_of(str(act.act["type"])), str(act.act["actor"])
    if place is None or act.act.get("cov") != place.inst.cov or kind.about_the_clock or _brought(place, kind, act, key):
        return
    paper = "paper" in act.act
    wanted = signers(place.inst, kind, actor, paper, place.day)
    known = place.inst.keys.get(key)
    if known is not None and known.holder in wanted:
        return
    waits = _awaited(place, kind, actor, paper, wanted)
    whose = (
        pick(
            f"{key_file} 的密钥在这里的公开簿（前 {place.size} 条）里没有登记（{key}）",
            f"the key in {key_file} is not registered in the first {place.size} entries of the open book that are here ({key})",
        )
        if known is None
        else pick(
            f"{key_file} 是 {_party(place, known.holder)} 的密钥",
            f"{key_file} is the key of {_party(place, known.holder)}",
        )
    )
    raise InvalidInput(
        f"{file}：没有加签。“{act_name(kind.type)}”等待签署的是：{waits}；{whose}。",
        f"{file}: not signed. “{act_name(kind.type)}” waits for {waits}; {whose}.",
    )


def _party(place: BookSource, party: str) -> str:
    return party_name(place.inst, party)


def _brought(place: BookSource, kind: ActType, act: SignedAct, key: str) -> bool:
    """Whether a key that nobody registered may be one that the act, or the application whose dossier it is in, brings along."""
    if key in place.inst.keys:
        return False
    own = kind.own_key and act.act["body"].get("key") == key
    return own or (kind.in_dossier and is_unit(str(act.act["actor"])))


def _awaited(place: BookSource, kind: ActType, actor: str, paper: bool, wanted: frozenset[str]) -> str:
    """Those whose signature it waits for, in words: whose name it is in, or the officers by their offices and ids."""
    own = signs_itself(kind, actor)
    officers = sorted(wanted - {actor})
    if own and not (paper and kind.paper):
        return _party(place, actor)
    listed = pick("、", ", ").join(officers) or pick("现在没有人", "nobody now")
    said = f"{pick(*(RECORDERS if own else who(kind)))}{pick('：', ': ')}{listed}"
    return f"{_party(place, actor)}{pick('，或凭其纸面的', ', or on its paper ')}{said}" if own else said
