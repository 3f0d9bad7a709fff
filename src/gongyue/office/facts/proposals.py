"""Proposed amendments (article 22): where each stands, and its support with the arithmetic."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from gongyue.covenant.counting import at_least
from gongyue.covenant.periods import iso
from gongyue.covenant.shares import PROPOSAL
from gongyue.governance import proposal as proposals_
from gongyue.governance.fields import Date, Digest
from gongyue.governance.proposal import ALIVE, Proposal, supporters_now
from gongyue.office.facts.shapes import AsOf, filled
from gongyue.office.objects import text_of_proposal


class ProposalOut(msgspec.Struct, frozen=True):
    """A proposed amendment: who began it, what it changes, how far it has come.

    `edition`: the text it results in, an object of the book once an act has named it; `superseded_by`: the one that
    changed the same words; `renews`, `renewed`: what it puts to the vote again, and what does so with it.
    """

    id: str
    by: str
    change: Digest
    edition: Digest
    stage: str
    supporters: int
    lapses: Date
    open_by: Date | None
    articles: tuple[int, ...]
    published_index: int | None
    superseded_by: str
    renews: str
    renewed: str


class Proposals(msgspec.Struct, frozen=True):
    """Every proposal."""

    items: tuple[ProposalOut, ...]


def proposal_out(at: AsOf, p: Proposal) -> ProposalOut:
    """What is told of a proposal."""
    return filled(
        ProposalOut,
        p,
        edition=text_of_proposal(p)[0],
        stage=stage_of(at, p),
        supporters=support(at, p).count,
        lapses=iso(p.lapses.last),
        open_by=iso(p.open_by.last) if p.open_by else None,
        articles=tuple(sorted(touched(p))),
    )


def proposals(at: AsOf) -> tuple[ProposalOut, ...]:
    """Every proposal, in the order of ids."""
    return tuple(proposal_out(at, p) for p in sorted(at.inst.proposals.values(), key=lambda p: p.id))


def stage_of(at: AsOf, proposal: Proposal) -> str:
    """Where a proposal stands, in one of the words of `governance.stage_names.STAGES`."""
    return proposals_.stage_of(at.inst, proposal, at.day)


def is_alive(at: AsOf, proposal: Proposal) -> bool:
    """Whether a proposal may still become law: collecting in time, filed, or adopted and not yet published."""
    return stage_of(at, proposal) in ALIVE


def touched(proposal: Proposal) -> set[int]:
    """The articles a proposal edits, by their positions."""
    return {proposal.edition.position(edit.at) for edit in proposal.diff.text}


class Support(msgspec.Struct, frozen=True):
    """How a proposal's support stands: as counted at filing, or now while it collects; `share`: None where the text has none."""

    count: int
    roll: int
    share: Fraction | None
    enough: int
    holds: bool
    arithmetic: str
    filed: bool

    @property
    def missing(self) -> int:
        """How many more it needs."""
        return max(0, self.enough - self.count)


def support(at: AsOf, proposal: Proposal) -> Support:
    """The share of the roll that a proposal needs, with the arithmetic; one member where the text asks for no share."""
    filed = bool(proposal.counted)
    if filed:
        count, roll = map(int, proposal.counted.split("/"))
    else:
        inst = at.inst.on(at.day)
        count, roll = supporters_now(inst, proposal), len(inst.members)
    stated = at.inst.meaning.share_or_none(PROPOSAL)
    finding = at_least(stated.size if stated else Fraction(1, max(roll, 1)), count, of=roll)
    enough, arithmetic = int(finding.enough or 0), str(finding.figures["arithmetic"])
    return Support(count, roll, stated.size if stated else None, enough, finding.holds, arithmetic, filed)


def enough_to_file(at: AsOf) -> tuple[int, int]:
    """How many members a proposal would need today to be filed, and of how many."""
    roll, stated = len(at.inst.on(at.day).members), at.inst.meaning.share_or_none(PROPOSAL)
    finding = at_least(stated.size if stated else Fraction(1, max(roll, 1)), 0, of=roll)
    return int(finding.enough or 0), roll


def may_be_taken_up(at: AsOf, proposal: Proposal) -> bool:
    """Whether a superseded proposal may be put to the vote again."""
    vote = at.inst.votes.get(proposal.id)
    ended = vote is None or bool(vote.outcome)
    return stage_of(at, proposal) == "superseded" and ended and not proposal.renewed


class Superseded(msgspec.Struct, frozen=True):
    """An article that a superseded proposal would change: as it would read, and as the one it yields to has it."""

    article: int
    at: str
    proposed: str
    in_force: str


def superseded(at: AsOf, proposal: Proposal) -> list[Superseded]:
    """Both texts of every article that a superseded proposal would change; none of any other."""
    if proposal.stage != "superseded":
        return []
    texts = proposals_.both_texts(at.inst, proposal)
    return [Superseded(n, proposal.edition.address(n), would, stands) for n, would, stands in texts]
