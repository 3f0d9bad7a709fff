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
from gongyue.office.facts.shapes import AsOf, leaf_at
from gongyue.office.index import ROUTINE, Index

UNROUTINE = "acts"
"""The filter that leaves out what the office does in every slot."""

Became = Literal["", "corrected", "void", "disavowed"]


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
    return EntryRow(index, act.type, act.actor, act.basis, arrived, leaf.digest, became(at.inst, index)[0])


def became(inst: Institution, index: int) -> tuple[Became, int]:
    """What became of an entry, and by which; empty where it stands as it is, -1 where no act of the book says so.

    A bulletin whose place another took is corrected by that one.
    """
    correction, bulletin = inst.corrections.get(index), inst.bulletins.get(index)
    if correction is not None:
        return correction.what, correction.by  # type: ignore[return-value]
    if bulletin is not None and bulletin.replaced:
        return "corrected", next(at for at, one in inst.bulletins.items() if one.replaces == index)
    return ("disavowed", -1) if index in inst.disavowed else ("", -1)


def signature_void(inst: Institution, index: int) -> tuple[str, str] | None:
    """In words why the signature of the covenant at an index counts no more; None where it counts, or where `became` says why."""
    founding = inst.founding
    if index in inst.disavowed or any(one.index == index for one in founding.signatures.values()):
        return None
    if founding.voided and not founding.stepped:
        return "草案其后重开，已失效", "void: the draft was reopened later"
    return "已失效", "void"


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
