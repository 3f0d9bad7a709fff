"""The open book entry by entry: chosen by type, actor and article, and what became of each since."""

from __future__ import annotations

from array import array
from typing import Literal

import msgspec

from gongyue.covenant.values import BASIS
from gongyue.governance.fields import Digest
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import open_arrival
from gongyue.governance.sheet import MATTERS
from gongyue.office.facts.shapes import AsOf, body_at, leaf_at, valid_acts
from gongyue.office.index import ROUTINE, Index

UNROUTINE = "acts"
"""The filter that leaves out what the office does in every slot."""

Became = Literal["", "corrected", "void", "disavowed", "lifted"]


class EntryRow(msgspec.Struct, frozen=True):
    """An entry of the open book in a list: when it arrived (Unix seconds), what became of it since."""

    index: int
    type: str
    actor: str
    basis: str
    arrived: int
    act: Digest
    became: Became


def entry_row(at: AsOf, index: int) -> EntryRow:
    """What is told of an entry in a list; one of a false time counts as having arrived when its recovery says."""
    leaf = leaf_at(at, index)
    act, arrived = leaf.entry.act, open_arrival(at.inst, index, leaf.entry.rx.t)
    return EntryRow(index, act.type, act.actor, act.basis, arrived, leaf.digest, became(at, index)[0])


def became(at: AsOf, index: int) -> tuple[Became, int]:
    """What became of an entry, and by which; empty where it stands as it is, -1 where no act of the book says so.

    A bulletin whose place another took is corrected by that one; an order, or what a law pack forbids, is lifted.
    """
    inst = at.inst
    correction, bulletin = inst.corrections.get(index), inst.bulletins.get(index)
    if correction is not None:
        return correction.what, correction.by  # type: ignore[return-value]
    if bulletin is not None and bulletin.replaced:
        return "corrected", next(at for at, one in inst.bulletins.items() if one.replaces == index)
    if by := lifted(at).get(index):
        return "lifted", by
    return ("disavowed", -1) if index in inst.disavowed else ("", -1)


def signature_void(inst: Institution, index: int) -> tuple[str, str] | None:
    """In words why the signature of the covenant at an index counts no more; None where it counts, or where `became` says why."""
    founding = inst.founding
    if index in inst.disavowed or any(one.index == index for one in founding.signatures.values()):
        return None
    if founding.voided and not founding.stepped:
        return "草案其后重开，已失效", "void: the draft was reopened later"
    return "已失效", "void"


def lifted(at: AsOf) -> dict[int, int]:
    """The entries of orders and law packs of which nothing is forbidden any more, each with the entry that lifted the last of it."""
    if not at.inst.orders:
        return {}
    places = valid_acts(at, "law.order/1", "law.pack/1", "law.lift/1")
    return at.index.kept("lifted", (len(places), *places[-1:]), lambda: _lifted(at, places))


def _lifted(at: AsOf, places: tuple[int, ...]) -> dict[int, int]:
    recorded: dict[str, int] = {}
    found: dict[int, int] = {}
    for place in places:
        body = body_at(at, place)
        name = str(body.get("pack") or body["order"])
        if leaf_at(at, place).entry.act.type != "law.lift/1":
            recorded[name] = place
            continue
        whole = name if name in recorded else name.rpartition("/")[0]
        rest = [one for one in at.inst.orders.values() if one.id == whole or one.id.startswith(f"{whole}/")]
        if all(one.lifted is not None for one in rest if one.types):
            found[recorded[whole]] = place
    return found


def chosen(at: AsOf, type: str, actor: str, article: str) -> range | array[int] | list[int]:
    """The entries of that type (of any version where none is named; or of a matter), actor and article, in order; "" for any."""
    index, size = at.index, at.size
    wanted: list[array[int] | list[int]] = []
    if type:
        wanted.append(_of_type(index, type, size))
    if actor:
        wanted.append(index.of("actor", actor, size))
    if article:
        wanted.append(index.of("article", f"{BASIS}{article}", size))
    if not wanted:
        return range(size)
    first, *others = sorted(wanted, key=len)
    rest = [set(other) for other in others]
    return [place for place in first if all(place in other for other in rest)] if rest else first


def _of_type(index: Index, type: str, size: int) -> array[int] | list[int]:
    """The acts of a type, or of every type of a matter; of every type but the routine ones."""
    if type == UNROUTINE:
        return index.of_types([n for n in index.types(size) if n not in ROUTINE], size)
    if type in MATTERS:
        return index.of_types([n for n in index.types(size) if n.startswith(f"{type}.")], size)
    return index.of_types([n for n in index.types(size) if type in (n, n.partition("/")[0])], size)
