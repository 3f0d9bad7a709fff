"""Where the covenant and each article stand today: in force, under a vote, with rules suspended, with duties overdue."""

from __future__ import annotations

import msgspec

from gongyue.covenant.changing import Change
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import ALIVE, Proposal
from gongyue.governance.proposal import stage_of as stage_on
from gongyue.office.duelist import Due, due
from gongyue.web.installation import Now
from gongyue.web.pages.editions import issues
from gongyue.web.pages.objects import change_of


class Suspended(msgspec.Struct, frozen=True):
    """A clause an earlier edition had in this article: the rules that carried it out are suspended."""

    article: int
    name: str
    words: str


def is_alive(now: Now, proposal: Proposal) -> bool:
    """Whether a proposal may still become law: collecting in time, filed, or adopted and not yet published."""
    return stage_of(now, proposal) in ALIVE


def stage_of(now: Now, proposal: Proposal) -> str:
    """Where a proposal stands, in one of the words of `naming.STAGES`."""
    return stage_on(now.inst, proposal, now.day)


def open_votes(now: Now) -> list[Vote]:
    """The votes under way, the earliest to end first."""
    return sorted((v for v in now.inst.votes.values() if not v.outcome), key=lambda v: (v.closes, v.id))


def alive_proposals(now: Now) -> list[tuple[Proposal, Change]]:
    """The proposals that may still become law, with what they change."""
    alive = [p for p in now.inst.proposals.values() if is_alive(now, p)]
    return [(p, change_of(p.change)) for p in sorted(alive, key=lambda p: p.id)]


def touched(proposal: Proposal) -> set[int]:
    """The articles a proposal edits, by their positions."""
    return {proposal.edition.position(edit.at) for edit in proposal.diff.text}


def articles_under_vote(now: Now) -> set[int]:
    """The articles that an open vote would change."""
    return {n for p, _ in alive_proposals(now) if stage_of(now, p) == "open" for n in touched(p)}


def suspended(now: Now) -> list[Suspended]:
    """The clauses that rules carried out and that the present text no longer has."""
    found: dict[str, Suspended] = {}
    for issue in issues(now):
        edition = issue.edition
        for bound in reversed(edition.bindings):
            if now.inst.meaning.suspended(bound.capability):
                place = edition.position(bound.at)
                found[bound.capability] = Suspended(place, bound.capability, bound.words)
    return sorted(found.values(), key=lambda s: (s.article, s.name))


def public_duties(now: Now) -> list[Due]:
    """What the executing body must do, overdue first; what rests on sealed acts is not told."""
    return [d for d in due(now.inst, (), now.day) if d.whose == "exec"]
