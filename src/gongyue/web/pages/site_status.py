"""What is under way for articles: proposals that would change them, votes on these, clauses whose rules are suspended."""

from __future__ import annotations

import msgspec

from gongyue.governance.proposal import Proposal
from gongyue.office.facts.covenant import edition_of, editions
from gongyue.office.facts.proposals import is_alive, stage_of, touched
from gongyue.web.installation import Now


class Suspended(msgspec.Struct, frozen=True):
    """A clause an earlier edition had in this article: the rules that carried it out are suspended."""

    article: int
    name: str
    words: str


def alive_proposals(now: Now) -> list[Proposal]:
    """The proposals that may still become law."""
    return sorted((p for p in now.inst.proposals.values() if is_alive(now, p)), key=lambda p: p.id)


def articles_under_vote(now: Now) -> set[int]:
    """The articles that an open vote would change."""
    return {n for p in alive_proposals(now) if stage_of(now, p) == "open" for n in touched(p)}


def suspended(now: Now) -> list[Suspended]:
    """The clauses that rules carried out and that the present text no longer has."""
    found: dict[str, Suspended] = {}
    for issue in editions(now):
        edition = edition_of(now, issue.digest)
        for bound in reversed(edition.bindings):
            if now.inst.meaning.suspended(bound.capability):
                place = edition.position(bound.at)
                found[bound.capability] = Suspended(place, bound.capability, bound.words)
    return sorted(found.values(), key=lambda s: (s.article, s.name))
