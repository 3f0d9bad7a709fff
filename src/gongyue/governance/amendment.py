"""Amending the covenant: supporters, proposal, vote, filing with the authority, publication (article 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.citing import RULES, OutOfTurn, Ruling
from gongyue.covenant.edition import BadEdition, Change, Clause, Edition, NotApplicable, amend, dropped, load
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import Deadline, from_iso
from gongyue.governance.acts import Body, By, Filing, Governing, act, office
from gongyue.governance.fields import Date, Digest, MatterId, Published
from gongyue.governance.standing import Duty
from gongyue.rules import amendment as rules
from gongyue.rules import founding as founding_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
MEMBER_OR_PANEL = By("unit", frozenset({"panellist"}), True)
"""A member unit, or the executing body by decision of its panel."""


class Proposal(Struct, frozen=True):
    """A proposed amendment: collecting → proposed → (vote) → reported or approved → published; or lapsed, rejected.

    `lapses` and `open_by` are fixed when their period begins (P15, P7): a change of procedure does not bind them.
    `reported`: filed with, or approved by, the authority, as the reading amendment.authority asks.
    """

    id: str
    by: str
    change: str
    base: str
    edition: Edition
    edition_digest: str
    lapses: Deadline
    supporters: Map[str, int]
    stage: str = "collecting"
    open_by: Deadline | None = None
    counted: str = ""
    reported: bool = False
    published_index: int | None = None


def _proposal(inst: Institution, id: str) -> Proposal:
    try:
        return inst.proposals[id]
    except KeyError:
        raise OutOfTurn("not-found", "amendment", what=id) from None


def _change(data: Any) -> Change:
    try:
        return msgspec.convert(data, Change)
    except msgspec.ValidationError as error:
        raise OutOfTurn("bad-object", "amendment.initiate/1", why=str(error)) from None


def _member_or_executive(inst: Institution, actor: str) -> None:
    if actor != EXECUTIVE and actor not in inst.members:
        raise OutOfTurn("not-member", "amendment")


@act(
    "amendment.initiate/1",
    by=MEMBER_OR_PANEL,
    article=22,
    clause="amendment.proposal",
    objects=("change", "edition"),
    example={"proposal": "p:2026-01", "change": _DIGEST, "edition": _DIGEST},
)
class Initiate(Body, frozen=True):
    """Begins to collect support for a change: its text diff and term diff, and the edition they result in."""

    proposal: MatterId
    change: Digest
    edition: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield rules.covenant_is_effective(inst.effective)
        _member_or_executive(inst, filing.actor)
        if self.proposal in inst.proposals or not self.proposal.startswith("p:"):
            raise OutOfTurn("exists", "amendment.initiate/1", what=self.proposal)
        change = _change(filing.object(self.change))
        yield rules.change_applies(_problem(inst, change, filing.object(self.edition)))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        assert inst.meaning.edition is not None
        change = _change(filing.object(self.change))
        supporters: Map[str, int] = Map() if filing.actor == EXECUTIVE else Map({filing.actor: filing.index})
        proposal = Proposal(
            self.proposal,
            filing.actor,
            self.change,
            change.base,
            amend(inst.meaning.edition, change),
            self.edition,
            inst.deadline("P15", filing.day),
            supporters,
        )
        return replace(inst, proposals=inst.proposals.set(self.proposal, proposal))


def _problem(inst: Institution, change: Change, edition: Any) -> str:
    """Why the change does not fit the present text or does not result in the stated edition; empty if it does."""
    if change.base != inst.meaning.edition_digest or inst.meaning.edition is None:
        return f"{change.base} ≠ {inst.meaning.edition_digest}"
    try:
        return "" if amend(inst.meaning.edition, change) == load(edition) else "edition"
    except (NotApplicable, BadEdition) as error:
        return str(error)


@act(
    "amendment.support/1",
    by=By("unit"),
    article=22,
    clause="amendment.proposal",
    paper=True,
    undo=True,
    example={"proposal": "p:2026-01"},
)
class Support(Body, frozen=True):
    """A member unit adds its name to a proposal that is collecting support."""

    proposal: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "amendment.support/1")
        proposal = _proposal(inst, self.proposal)
        _still_collecting(proposal, filing.day)
        if filing.actor in proposal.supporters:
            raise OutOfTurn("already", "amendment.support/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        proposal = inst.proposals[self.proposal]
        proposal = replace(proposal, supporters=proposal.supporters.set(filing.actor, filing.index))
        return replace(inst, proposals=inst.proposals.set(self.proposal, proposal))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        proposal = inst.proposals[self.proposal]
        if proposal.stage != "collecting" or actor not in proposal.supporters:
            return inst
        proposal = replace(proposal, supporters=proposal.supporters.delete(actor))
        return replace(inst, proposals=inst.proposals.set(self.proposal, proposal))


def _still_collecting(proposal: Proposal, day: int) -> None:
    if proposal.stage != "collecting":
        raise OutOfTurn("not-open", "amendment", proposal.stage)
    if proposal.lapses.overdue(day):
        raise OutOfTurn("lapsed", "amendment", proposal.stage)


def supporters_now(inst: Institution, proposal: Proposal) -> int:
    """Supporters that are members still: an unfiled proposal loses a supporter that leaves."""
    return sum(uid in inst.members for uid in proposal.supporters)


@act(
    "amendment.file/1",
    by=MEMBER_OR_PANEL,
    article=22,
    clause="amendment.proposal",
    uses=("amendment.proposal",),
    example={"proposal": "p:2026-01"},
)
class File(Body, frozen=True):
    """Files the proposal. The supporters are counted now, once; later joining and leaving does not undo it."""

    proposal: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        proposal = _proposal(inst, self.proposal)
        _member_or_executive(inst, filing.actor)
        if filing.actor not in proposal.supporters and filing.actor != proposal.by:
            raise OutOfTurn("not-supporter", "amendment.file/1", unit=filing.actor, proposal=self.proposal)
        _still_collecting(proposal, filing.day)
        by_executive_body = proposal.by == EXECUTIVE
        supporters, roll = supporters_now(inst, proposal), len(inst.members)
        yield rules.may_be_proposed(inst.meaning, by_executive_body, supporters, roll)
        if proposal.base != inst.meaning.edition_digest:
            yield rules.change_applies(f"{proposal.base} ≠ {inst.meaning.edition_digest}")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        proposal = inst.proposals[self.proposal]
        counted = f"{supporters_now(inst, proposal)}/{len(inst.members)}"
        proposal = replace(proposal, stage="proposed", open_by=inst.deadline("P7", filing.day), counted=counted)
        return replace(inst, proposals=inst.proposals.set(self.proposal, proposal))


@act(
    "amendment.report/1",
    by=office("clerk", "secretary", two=True),
    article=22,
    clause="amendment.adoption",
    paper=True,
    uses=("amendment.authority",),
    example={"proposal": "p:2026-01", "edition": _DIGEST},
)
class Report(Body, frozen=True):
    """Files an adopted amendment with the competent authority 备案."""

    proposal: MatterId
    edition: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        proposal = _proposal(inst, self.proposal)
        yield _adopted(inst, proposal)
        if inst.meaning.choice("amendment.authority") != "file" or proposal.reported:
            raise OutOfTurn("not-open", "amendment.report/1", can="amendment.approval/1")
        yield rules.text_is_the_adopted_text(self.edition, proposal.edition_digest)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _set_reported(inst, self.proposal)


@act(
    "amendment.approval/1",
    by=By("authority", frozenset({"clerk", "secretary"}), True),
    article=22,
    clause="amendment.adoption",
    paper=True,
    governing=Governing.INSTRUMENT,
    uses=("amendment.authority",),
    example={"proposal": "p:2026-01", "edition": _DIGEST},
)
class Approval(Body, frozen=True):
    """The authority approves an adopted amendment, where the adopted reading asks for approval as for the founding."""

    proposal: MatterId
    edition: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        proposal = _proposal(inst, self.proposal)
        yield _adopted(inst, proposal)
        if inst.meaning.choice("amendment.authority") != "approve" or proposal.reported:
            raise OutOfTurn("not-open", "amendment.approval/1", can="amendment.report/1")
        if filing.actor != "authority" and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "amendment.approval/1")
        yield rules.text_is_the_adopted_text(self.edition, proposal.edition_digest)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _set_reported(inst, self.proposal)


def _set_reported(inst: Institution, id: str) -> Institution:
    return replace(inst, proposals=inst.proposals.set(id, replace(inst.proposals[id], reported=True)))


def _adopted(inst: Institution, proposal: Proposal) -> Ruling:
    vote = inst.votes.get(proposal.id)
    if vote is None:  # nobody was asked, so nobody consented
        roll = len(inst.members)
        return rules.is_adopted(inst.meaning.share("amendment.adoption"), 0, roll, 0, roll)
    if not vote.outcome:
        raise OutOfTurn("not-ended", "amendment", proposal.stage)
    return rules.is_adopted(vote.share, vote.consents, len(vote.roll), vote.consents_left, vote.roll_left)


@act(
    "amendment.publish/1",
    by=office("publisher", "secretary", two=True),
    article=22,
    clause="amendment.adoption",
    outsider=founding_rules.only_the_alliance_publishes,
    clerical=("places",),
    example={
        "proposal": "p:2026-01",
        "edition": _DIGEST,
        "in_force": "2026-11-30",
        "places": [{"url": "https://alliance.example/amendment-1", "evidence": _DIGEST}],
    },
)
class Publish(Body, frozen=True):
    """Publishes an adopted amendment: the new edition is in force from that day, for the future."""

    proposal: MatterId
    edition: Digest
    in_force: Date
    places: Annotated[tuple[Published, ...], Meta(min_length=1)]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        proposal = _proposal(inst, self.proposal)
        yield _adopted(inst, proposal)
        if proposal.stage == "published":
            raise OutOfTurn("already", "amendment.publish/1")
        if not proposal.reported:
            raise OutOfTurn("not-open", "amendment.publish/1", can="amendment.report/1 | amendment.approval/1")
        if proposal.base != inst.meaning.edition_digest:
            yield rules.change_applies(f"{proposal.base} ≠ {inst.meaning.edition_digest}")
        yield rules.text_is_the_adopted_text(self.edition, proposal.edition_digest)
        yield founding_rules.in_force_on_publication(from_iso(self.in_force), filing.day)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        proposal = replace(inst.proposals[self.proposal], stage="published", published_index=filing.index)
        meaning = replace(inst.meaning, edition=proposal.edition, edition_digest=proposal.edition_digest)
        inst = replace(inst, proposals=inst.proposals.set(proposal.id, proposal))
        return inst.with_meaning(meaning, filing.given.rev)


def suspended_rules(inst: Institution, proposal: Proposal) -> list[tuple[Clause, list[str]]]:
    """The clauses the proposal strikes out, each with the rules (module:function) it would suspend."""
    assert inst.meaning.edition is not None
    gone = dropped(inst.meaning.edition, proposal.edition)
    return [(c, sorted(r.name for r in RULES.values() if r.provision == c.name)) for c in gone]


def duties(inst: Institution) -> Iterator[Duty]:
    """Support is collected before it lapses; a filed proposal is voted on."""
    for proposal in inst.proposals.values():
        if proposal.stage == "collecting":
            what, end = "征集提议，逾期失效 / collect support, or lapse", proposal.lapses
            yield Duty.of(what, proposal.id, proposal.by, 22, "P15", end, "amendment.file/1")
        if proposal.open_by is not None and proposal.id not in inst.votes:
            what, end = "开始表决 / open the vote", proposal.open_by
            yield Duty.of(what, proposal.id, "exec", 22, "P7", end, "vote.open/1")
