"""Proposed amendments (article 22): supporters with the arithmetic, what would change, the course up to publication."""

from __future__ import annotations

from fractions import Fraction

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.covenant.counting import at_least
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.shares import PROPOSAL
from gongyue.governance.proposal import Proposal, both_texts, supporters_now, supporting, suspended_rules
from gongyue.web import naming
from gongyue.web.asking import now
from gongyue.web.installation import Now
from gongyue.web.pages import standing
from gongyue.web.pages.coursing import steps, title_of
from gongyue.web.pages.describing import party, tell_all
from gongyue.web.pages.editions import changed_articles, changed_terms, suspended_between
from gongyue.web.pages.indexing import index_of, newest_first
from gongyue.web.pages.noting import spoken_share
from gongyue.web.pages.objects import edition_of, path_of
from gongyue.web.pages.showing import page


def changes(proposal: Proposal | None) -> dict[str, object]:
    """What a proposal would change, or changed: words, numbers, rules suspended."""
    if proposal is None:
        return {}
    base = edition_of(proposal.base)
    return {
        "articles": changed_articles(base, proposal.edition),
        "terms": changed_terms(base, proposal.edition),
        "suspended": suspended_between(base, proposal.edition),
    }


class Support(msgspec.Struct, frozen=True):
    """How a proposal's support stands: as counted at filing, or now while it collects; `share` is empty where the text has none."""

    count: int
    roll: int
    share: str
    enough: int
    holds: bool
    arithmetic: str
    filed: bool


def support(at: Now, proposal: Proposal) -> Support:
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
    return Support(count, roll, spoken_share(stated.size) if stated else "", enough, finding.holds, arithmetic, filed)


class Superseded(msgspec.Struct, frozen=True):
    """An article that a superseded proposal would change: as it would read, and as the one it yields to has it."""

    number: int
    name: str
    would: str
    stands: str


def superseded(at: Now, proposal: Proposal) -> list[Superseded]:
    """Both texts of every article that a superseded proposal would change; none of any other."""
    if proposal.stage != "superseded":
        return []
    texts = both_texts(at.inst, proposal)
    return [
        Superseded(n, naming.article_name(proposal.edition.address(n)), would, stands) for n, would, stands in texts
    ]


def may_be_taken_up(at: Now, proposal: Proposal) -> bool:
    """Whether a superseded proposal may be put to the vote again."""
    vote = at.inst.votes.get(proposal.id)
    ended = vote is None or bool(vote.outcome)
    return standing.stage_of(at, proposal) == "superseded" and ended and not proposal.renewed


@page
def proposal(request: HttpRequest, id: str) -> HttpResponse:
    """One proposed amendment: supporters and the arithmetic, what it changes, its course."""
    at = now(request)
    shown = at.inst.proposals.get(id)
    if shown is None:
        raise Http404(id)
    supporters = [
        (party(at, uid), place, index_of(at).day(place), uid == shown.by)
        for uid, place in supporting(at.inst.on(at.day), shown).items()
    ]
    alive = standing.is_alive(at, shown)
    context = {
        "here": "votes",
        "proposal": shown,
        "title": title_of(at, id),
        "stage": naming.said(naming.STAGES, standing.stage_of(at, shown)),
        "alive": alive,
        "by_executive": shown.by == EXECUTIVE,
        "change_path": path_of(shown.change),
        "edition_path": path_of(shown.edition_digest) if shown.edition_digest else "",
        "supporters": sorted(supporters, key=lambda row: row[1]),
        "support": support(at, shown),
        "vote": at.inst.votes.get(id),
        "steps": steps(at, id),
        "superseded": superseded(at, shown),
        "taken_up": may_be_taken_up(at, shown),
        "rules": suspended_rules(at.inst, shown.edition) if alive else [],
        "acts": tell_all(at, newest_first(index_of(at).of("matter", id, at.size), 1, 30).items),
        **changes(shown),
    }
    return render(request, "pages/proposal.html", context)
