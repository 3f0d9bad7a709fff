"""Annexes: branch agreements under the covenant (article 24): where each stands, and whom it binds."""

from __future__ import annotations

import msgspec

from gongyue.governance.annex import Annex, as_it_stands, binds, both_texts, present, stage_of
from gongyue.governance.fields import Date, Digest
from gongyue.office.facts.shapes import AsOf, day_or_none, filled
from gongyue.transparency import canonical


class AnnexOut(msgspec.Struct, frozen=True):
    """A branch annex: `text` is an object, `signers` the units that signed it.

    `superseded_by`: what changed or repealed the annex it was made for, empty where nothing did.
    """

    id: str
    title: str
    text: Digest
    scope: tuple[str, ...]
    by: str
    kind: str
    target: str
    stage: str
    number: int
    in_force: Date | None
    signers: tuple[str, ...]
    superseded_by: str


class Annexes(msgspec.Struct, frozen=True):
    """Every annex."""

    items: tuple[AnnexOut, ...]


def annex_out(at: AsOf, a: Annex) -> AnnexOut:
    """What is told of an annex; its signers are those that stand by it today."""
    inst = at.inst.on(at.day)
    signers = tuple(sorted(as_it_stands(inst, a).signers))
    return filled(AnnexOut, a, stage=stage_of(inst, a), in_force=day_or_none(a.published_day), signers=signers)


def annexes(at: AsOf) -> tuple[AnnexOut, ...]:
    """Every annex, those with a number first, in its order."""
    return tuple(annex_out(at, a) for a in sorted(at.inst.annexes.values(), key=lambda a: (a.number or 9_999, a.id)))


def binding(at: AsOf, unit: str) -> list[Annex]:
    """The annexes that bind a unit today, in the order of ids."""
    inst = at.inst.on(at.day)
    return [a for _, a in sorted(inst.annexes.items()) if binds(inst, a, unit)]


def bound(at: AsOf, annex: Annex) -> list[str]:
    """The members that an annex binds today, in the order of ids."""
    inst = at.inst.on(at.day)
    return sorted(uid for uid in inst.members if binds(inst, annex, uid))


def words_of(at: AsOf, digest: str) -> str:
    """An annex's text from its object; empty where that is not at hand."""
    data = at.object(digest)
    return "" if data is None else str(canonical.decode(data)["text"])


def taken_over(at: AsOf, target: Annex) -> int:
    """How many members a change of the annex goes on binding, without their signing again: those it binds today."""
    return len(bound(at, target))


class Superseded(msgspec.Struct, frozen=True):
    """By which annex a change or repeal was overtaken and why, both texts, the annex that stands now: empty where there is none."""

    by: str
    why: str
    proposed: str
    in_force: str
    present: str


def superseded(at: AsOf, annex: Annex) -> Superseded | None:
    """By what it was overtaken; None where it was not, or was rejected besides."""
    if stage_of(at.inst, annex) != "superseded":
        return None
    would, stands = (words_of(at, digest) for digest in both_texts(at.inst, annex))
    now = present(at.inst, annex)
    return Superseded(annex.superseded_by, annex.conflict, would, stands, now.id if now else "")
