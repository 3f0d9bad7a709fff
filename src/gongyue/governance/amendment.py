"""Proposing an amendment of the covenant: support, filing (article 22); what follows its adoption is in `adoption`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from gongyue.covenant.changes import Change, NotApplicable, amend
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import unlike
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.covenant.shares import ADOPTION
from gongyue.governance.acts import Body, Filing, PerformedBy, act
from gongyue.governance.fields import MatterId, PublicDigest
from gongyue.governance.proposal import (
    Proposal,
    proposal_of,
    refuse_superseded,
    stage_of,
    supporters_now,
    supporting,
    supports,
    with_proposal,
)
from gongyue.governance.registry import PINNED, Duty, Pinned
from gongyue.rules import amendment as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
MEMBER_OR_PANEL = PerformedBy("unit", frozenset({"panellist"}), True)
"""A member unit, or the executive body by decision of its panel."""


def _change(data: Any) -> Change:
    try:
        return msgspec.convert(data, Change)
    except msgspec.ValidationError as error:
        raise OutOfTurn("bad-object", "amendment.initiate/1", why=str(error)) from None


def _member_or_executive(inst: Institution, filing: Filing) -> None:
    if filing.actor != EXECUTIVE and filing.actor not in inst.members:
        raise OutOfTurn("not-member", filing.act.type)


@act(
    "amendment.initiate/1",
    by=MEMBER_OR_PANEL,
    clause="amendment.proposal",
    objects=("change", "edition"),
    uses=("P15", *PINNED),
    example={"proposal": "p:2026-01", "change": _DIGEST, "edition": _DIGEST, "renews": None},
)
class Initiate(Body, frozen=True):
    """Begins to collect support for a change: words replaced, clauses bound anew, and the edition they result in.

    `renews`: the superseded proposal that is put to the vote again, the same change without new supporters.
    """

    proposal: MatterId
    change: PublicDigest
    edition: PublicDigest
    renews: MatterId | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.covenant_is_effective(inst.effective)
        _member_or_executive(inst, filing)
        yield rules.proposer_is_the_body_named(inst.meaning, filing.actor == EXECUTIVE)
        inst.meaning.share(ADOPTION)  # a change that no share could adopt is not begun
        if self.proposal in inst.proposals or not self.proposal.startswith("p:"):
            raise OutOfTurn("exists", "amendment.initiate/1", what=self.proposal)
        change = _change(filing.object(self.change))
        yield rules.change_applies(_problem(inst, change, filing.object(self.edition)))
        if self.renews is not None:
            old = _renewable(inst, self.renews, filing)
            assert inst.meaning.edition is not None
            names = {b.capability for b in (*change.bindings, *old.diff.bindings)}
            again = _essence(change, amend(inst.meaning.edition, change), names)
            before = _essence(old.diff, old.edition, names)
            same = again == before and _in_its_place(inst, old, change)
            yield rules.is_the_same_change(again if same else change, before)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        assert inst.meaning.edition is not None
        change = _change(filing.object(self.change))
        supporters: Map[str, int] = Map() if filing.actor == EXECUTIVE else Map({filing.actor: filing.index})
        proposal = Proposal(
            self.proposal,
            filing.actor,
            self.change,
            change.base,
            change,
            amend(inst.meaning.edition, change),
            self.edition,
            inst.deadline("P15", filing.day),
            supporters,
            Pinned.of(inst.meaning),
            filing.index,
            filing.day,
        )
        if self.renews is None:
            return with_proposal(inst, proposal)
        return _renewed(inst, inst.proposals[self.renews], proposal, filing.day)


def _renewable(inst: Institution, id: str, filing: Filing) -> Proposal:
    """The superseded proposal; OutOfTurn where it is none, was renewed already, or the actor is none of its own."""
    old = proposal_of(inst, id)
    vote = inst.votes.get(id)
    stage = stage_of(inst, old, filing.day)
    if stage != "superseded" or (vote is not None and not vote.outcome):
        raise OutOfTurn("not-open", "amendment.initiate/1", stage)
    if old.renewed:
        raise OutOfTurn("already", "amendment.initiate/1", can=old.renewed)
    if not old.counted and old.lapses.overdue(filing.day):
        raise OutOfTurn("lapsed", "amendment.initiate/1", stage)
    _of_its_own(inst, old, filing)
    return old


def _renewed(inst: Institution, old: Proposal, new: Proposal, day: int) -> Institution:
    """It stands where the old one stood when it was superseded: filed if that was, with its supporters and its time."""
    new = replace(new, by=old.by, supporters=old.supporters, renews=old.id, lapses=old.lapses, counted=old.counted)
    if old.counted:
        new = replace(new, stage="proposed", open_by=inst.deadline("P7", day))
    return with_proposal(with_proposal(inst, new), replace(old, renewed=new.id))


def _essence(change: Change, after: Edition, names: set[str]) -> tuple[object, ...]:
    """What makes it the change it is: where, with which words, and what the clauses bound anew say; not what it takes the place of."""
    bound = ((name, b) for name in sorted(names) for b in after.bindings_of(name))
    return (
        tuple((e.at, e.new) for e in change.text),
        tuple((name, b.words, b.value, b.unit, b.inclusive, b.base, b.start) for name, b in bound),
        change.absent,
    )


def _in_its_place(inst: Institution, old: Proposal, change: Change) -> bool:
    """Whether what a renewed change takes the place of is what the old one did, but where the text was changed since.

    There it may reach as far as the old words, or the change of the text, and no further: it deletes nothing else.
    """
    stood = next(m.edition for m in inst.revs.values() if m.edition is not None and m.edition_digest == old.base)
    assert inst.meaning.edition is not None
    before, now = ({p.at: p.text for p in e.parts} for e in (stood, inst.meaning.edition))
    for was, edit in zip(old.diff.text, change.text, strict=True):
        then, text = before[was.at], now[edit.at]
        if edit.old != was.old:
            begins, ends = then.find(was.old), then[::-1].find(was.old[::-1])
            at, left = text.find(edit.old), text[::-1].find(edit.old[::-1])
            outside = at < min(begins, _alike(then, text)) or left < min(ends, _alike(then[::-1], text[::-1]))
            if outside or text.count(was.old) == 1:
                return False
        before[was.at], now[edit.at] = then.replace(was.old, was.new), text.replace(edit.old, edit.new)
    return True


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if one[:middle] == other[:middle] else (least, middle - 1)
    return least


def _problem(inst: Institution, change: Change, edition: Any) -> str:
    """Why the change does not fit the present text or does not result in the stated edition; empty if it does."""
    if change.base != inst.meaning.edition_digest or inst.meaning.edition is None:
        return f"{change.base} ≠ {inst.meaning.edition_digest}"
    try:
        return unlike(edition, amend(inst.meaning.edition, change))
    except NotApplicable as error:
        return str(error)


@act(
    "amendment.support/1",
    by=PerformedBy("unit"),
    clause="amendment.proposal",
    undo=True,
    example={"proposal": "p:2026-01"},
)
class Support(Body, frozen=True):
    """A member unit adds its name to a proposal that is collecting support."""

    proposal: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "amendment.support/1")
        proposal = proposal_of(inst, self.proposal)
        _still_collecting(proposal, filing.day)
        filing.require_after(proposal.index, proposal.day)
        unit = inst.units[filing.actor]
        filing.require_after(unit.known_from - 1, unit.since)
        if supports(inst, proposal, filing.actor):
            raise OutOfTurn("already", "amendment.support/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        proposal = inst.proposals[self.proposal]
        proposal = replace(proposal, supporters=proposal.supporters.set(filing.actor, filing.index))
        return replace(inst, proposals=inst.proposals.set(self.proposal, proposal))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        for proposal in _course(inst, self.proposal):
            if not proposal.counted and proposal.supporters.get(actor) == index:
                inst = with_proposal(inst, replace(proposal, supporters=proposal.supporters.delete(actor)))
        return inst


def _course(inst: Institution, id: str) -> Iterator[Proposal]:
    """The proposal and whatever puts it to the vote again, one after the other."""
    while id:
        yield (proposal := inst.proposals[id])
        id = proposal.renewed


def _of_its_own(inst: Institution, proposal: Proposal, filing: Filing) -> None:
    if not supports(inst, proposal, filing.actor) and filing.actor != proposal.by:
        raise OutOfTurn("not-supporter", filing.act.type, unit=filing.actor, proposal=proposal.id)


def _still_collecting(proposal: Proposal, day: int) -> None:
    refuse_superseded(proposal)
    if proposal.stage != "collecting":
        raise OutOfTurn("not-open", "amendment", proposal.stage)
    if proposal.lapses.overdue(day):
        raise OutOfTurn("lapsed", "amendment", proposal.stage)


@act(
    "amendment.file/1",
    by=MEMBER_OR_PANEL,
    clause="amendment.proposal",
    uses=("amendment.proposal",),
    example={"proposal": "p:2026-01"},
)
class File(Body, frozen=True):
    """Files the proposal. The supporters are counted now, once; later joining and leaving does not undo it."""

    proposal: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        proposal = proposal_of(inst, self.proposal)
        _member_or_executive(inst, filing)
        _of_its_own(inst, proposal, filing)
        _still_collecting(proposal, filing.day)
        by_executive_body = proposal.by == EXECUTIVE
        yield rules.proposer_is_the_body_named(inst.meaning, by_executive_body and filing.actor == EXECUTIVE)
        supporters, roll = supporters_now(inst, proposal, filing.time), len(inst.members)
        yield rules.may_be_proposed(inst.meaning, by_executive_body, supporters, roll)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        proposal = inst.proposals[self.proposal]
        counted = f"{supporters_now(inst, proposal, filing.time)}/{len(inst.members)}"
        names, open_by = supporting(inst, proposal), inst.deadline("P7", filing.day)
        proposal = replace(proposal, stage="proposed", open_by=open_by, counted=counted, supporters=names)
        return with_proposal(inst, proposal)


def duties(inst: Institution) -> Iterator[Duty]:
    """Support is collected before it lapses; a filed proposal is voted on."""
    for proposal in inst.proposals.values():
        if proposal.stage == "collecting":
            what, end = "征集提议，逾期失效 / collect support, or lapse", proposal.lapses
            yield Duty.of(
                what,
                proposal.id,
                proposal.by,
                inst.meaning.article("amendment.proposal"),
                "P15",
                end,
                "amendment.file/1",
                lapses=True,
            )
        elif proposal.stage == "proposed" and proposal.id not in inst.votes:
            assert proposal.open_by is not None
            what = "开始表决 / open the vote"
            yield Duty.of(
                what,
                proposal.id,
                "exec",
                inst.meaning.article("amendment.adoption"),
                "P7",
                proposal.open_by,
                "vote.open/1",
            )
