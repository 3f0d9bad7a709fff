"""An adopted amendment: notified to the authority or approved by it, then published and in force (article 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.counting import Count
from gongyue.covenant.edition_json import unlike
from gongyue.covenant.parties import AUTHORITY
from gongyue.covenant.periods import Deadline, from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, GoverningDate, PerformedBy, act, office
from gongyue.governance.fields import Date, MatterId, PublicDigest, Published
from gongyue.governance.office_names import RECORD_PAPER
from gongyue.governance.proposal import (
    Proposal,
    first_before,
    proposal_of,
    rebased,
    refuse_superseded,
    with_proposal,
)
from gongyue.governance.registry import Duty
from gongyue.rules import amendment as rules
from gongyue.rules import founding as founding_rules
from gongyue.rules import vote as vote_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


@act(
    "amendment.notify/1",
    by=office("clerk", "secretary", two=True),
    clause="amendment.adoption",
    objects=("edition",),
    example={"proposal": "p:2026-01", "edition": _DIGEST},
)
class Notify(Body, frozen=True):
    """Notifies the competent authority of an adopted amendment 备案, from the letter that was handed in or its receipt."""

    proposal: MatterId
    edition: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from _heard(inst, proposal_of(inst, self.proposal), self.edition, filing, "file")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _set_notified(inst, self.proposal, self.edition, filing)


@act(
    "amendment.approval/1",
    by=PerformedBy("authority", RECORD_PAPER, True),
    clause="amendment.adoption",
    governing=GoverningDate.INSTRUMENT,
    objects=("edition",),
    example={"proposal": "p:2026-01", "edition": _DIGEST},
)
class Approval(Body, frozen=True):
    """The authority approves an adopted amendment, where the adopted reading asks for approval as for the founding."""

    proposal: MatterId
    edition: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from _heard(inst, proposal_of(inst, self.proposal), self.edition, filing, "approve")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _set_notified(inst, self.proposal, self.edition, filing)


def _heard(inst: Institution, proposal: Proposal, edition: str, filing: Filing, asked: str) -> Iterator[Ruling]:
    """The authority was told of the text adopted, or approved it, after it was adopted and as its reading `asked`."""
    yield from _adopted(inst, proposal)
    refuse_superseded(proposal)
    if proposal.pinned.authority != asked or proposal.notified:
        raise OutOfTurn("not-open", filing.act.type, can=_act_instead(proposal))
    if filing.actor != AUTHORITY and filing.act.paper is None:
        raise OutOfTurn("needs-paper", filing.act.type)
    _require_after_adoption(inst, proposal, filing)
    yield _is_its_text(proposal, edition, filing)


def _act_instead(proposal: Proposal) -> str:
    """The act that is done instead."""
    if proposal.notified:
        return "amendment.publish/1"
    return "amendment.notify/1" if proposal.pinned.authority == "file" else "amendment.approval/1"


def _set_notified(inst: Institution, id: str, edition: str, filing: Filing) -> Institution:
    day, index = filing.governing_day, filing.index
    return with_proposal(
        inst, replace(inst.proposals[id], notified_day=day, notified_index=index, edition_digest=edition)
    )


def _require_after_adoption(inst: Institution, proposal: Proposal, filing: Filing) -> None:
    vote = inst.votes[proposal.id]
    assert vote.closed_index is not None
    filing.require_after(vote.closed_index, vote.closed_day)


def _is_its_text(proposal: Proposal, stated: str, filing: Filing) -> Ruling:
    """Whether the edition stated is what the change makes of the text in force, recomputed."""
    where = unlike(filing.object(stated), proposal.edition)
    return rules.text_is_the_adopted_text(
        stated, proposal.edition_digest or f"{proposal.base} + {proposal.change}", where
    )


def _adopted(inst: Institution, proposal: Proposal) -> Iterator[Ruling]:
    vote = inst.votes.get(proposal.id)
    if vote is None:  # no vote was held: zero consents
        nobody = Count(0, 0, len(inst.members))
        yield rules.is_adopted(inst.meaning.consent(), nobody, nobody)
    elif not vote.outcome:
        raise OutOfTurn("not-ended", "amendment", proposal.stage)
    else:
        yield vote_rules.is_quorate(vote.quorum, vote.whole, vote.left)
        yield rules.is_adopted(vote.share, vote.whole, vote.left)


@act(
    "amendment.publish/1",
    by=office("publisher", "secretary", two=True),
    clause="amendment.adoption",
    outsider=founding_rules.only_the_alliance_publishes,
    objects=("edition",),
    clerical=("places",),
    example={
        "proposal": "p:2026-01",
        "edition": _DIGEST,
        "in_force": "2026-11-30",
        "places": [{"url": "https://alliance.example/amendment-1", "evidence": _DIGEST}],
    },
)
class Publish(Body, frozen=True):
    """Publishes an adopted amendment: the new edition is in force from that day, for the future.

    In the order in which the votes ended; every other proposal then stands on the new text, or is superseded.
    """

    proposal: MatterId
    edition: PublicDigest
    in_force: Date
    places: Annotated[tuple[Published, ...], Meta(min_length=1)]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        proposal = proposal_of(inst, self.proposal)
        if not inst.in_force:  # nothing is in force before the covenant is
            raise OutOfTurn("not-in-force", "amendment.publish/1")
        yield from _adopted(inst, proposal)
        if proposal.stage == "published":
            raise OutOfTurn("already", "amendment.publish/1")
        refuse_superseded(proposal)
        if not proposal.notified:
            raise OutOfTurn("not-open", "amendment.publish/1", can=_act_instead(proposal))
        if (first := first_before(inst, proposal, filing.day)) is not None:
            raise OutOfTurn(
                "earlier-first",
                "amendment.publish/1",
                can=_next(inst, first),
                matter=proposal.id,
                first=first.id,
            )
        yield _is_its_text(proposal, self.edition, filing)
        yield founding_rules.in_force_on_publication(from_iso(self.in_force), filing.day, 0)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        before = inst.meaning.edition
        assert before is not None
        proposal = replace(
            inst.proposals[self.proposal],
            stage="published",
            edition_digest=self.edition,
            published_day=filing.day,
            published_index=filing.index,
        )
        meaning = replace(inst.meaning, edition=proposal.edition, edition_digest=self.edition)
        inst = replace(inst, proposals=rebased(inst, proposal, before, filing.day))
        return inst.with_meaning(meaning, filing.given.rev)


def _next(inst: Institution, proposal: Proposal) -> str:
    """What is to be done with one that comes first."""
    if not inst.votes[proposal.id].outcome:
        return "vote.close/1"
    return _act_instead(proposal)


def notify_by(inst: Institution, proposal: Proposal) -> Deadline:
    """The last day to file an adopted amendment with the authority: P19 from its adoption."""
    return inst.deadline(proposal.pinned.filing, inst.votes[proposal.id].closed_day)


def publish_by(inst: Institution, proposal: Proposal) -> Deadline:
    """The last day to publish it: P19 from its filing or approval, or from its adoption where the text asks for neither."""
    ready = inst.votes[proposal.id].closed_day if proposal.notified_day is None else proposal.notified_day
    return inst.deadline(proposal.pinned.filing, ready)


def duties(inst: Institution) -> Iterator[Duty]:
    """What is adopted is notified to the authority, and published once it is notified or approved, each within P19."""
    for proposal in inst.proposals.values():
        vote = inst.votes.get(proposal.id)
        if proposal.stage != "proposed" or vote is None or vote.outcome != "adopted":
            continue
        if proposal.notified:
            what, end = "公布通过的修改 / publish the adopted amendment", publish_by(inst, proposal)
            yield Duty.of(
                what,
                proposal.id,
                "exec",
                inst.meaning.article("amendment.adoption"),
                "P19",
                end,
                "amendment.publish/1",
            )
        elif proposal.pinned.authority == "file":
            what, end = (
                "通过的修改报主管部门备案 / notify the authority of the adopted amendment",
                notify_by(inst, proposal),
            )
            yield Duty.of(
                what,
                proposal.id,
                "exec",
                inst.meaning.article("amendment.adoption"),
                "P19",
                end,
                "amendment.notify/1",
            )
