"""Proposed amendments (article 22): supporters with the arithmetic, what would change, the course up to publication."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.proposal import Proposal, supporting, suspended_rules
from gongyue.office.facts.covenant import edition_of
from gongyue.office.facts.proposals import Support, is_alive, may_be_taken_up, stage_of, superseded, support
from gongyue.office.facts.shapes import path_of
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import party, tell_all
from gongyue.web.pages.decorators import page
from gongyue.web.pages.editions import changes_between
from gongyue.web.pages.margin_notes import spoken_share
from gongyue.web.pages.pagination import newest_first
from gongyue.web.pages.timeline import steps, title_of
from gongyue.web.request_state import now


def changes(at: Now, proposal: Proposal | None) -> dict[str, object]:
    """What a proposal would change, or changed: words, numbers, rules suspended."""
    if proposal is None:
        return {}
    stage = stage_of(at, proposal)
    said = {"change_heading": names.change_heading(stage), "changed": stage == "published"}
    return changes_between(edition_of(at, proposal.base), proposal.edition) | said


def share_words(count: Support) -> str:
    """十分之一, the share that supporters need; empty where the text has none."""
    return spoken_share(count.share) if count.share is not None else ""


def shown_of(at: Now, proposal: Proposal) -> dict[str, Any]:
    """What every page of a proposal shows, whoever looks at it."""
    count = support(at, proposal)
    return {
        "proposal": proposal,
        "title": title_of(at, proposal.id),
        "stage": names.proposal_stage(stage_of(at, proposal), proposal.by),
        "by_executive": proposal.by == EXECUTIVE,
        "support": count,
        "share": share_words(count),
        "vote": at.inst.votes.get(proposal.id),
        "steps": steps(at, proposal.id),
        "superseded": [(row, names.article_name(row.at)) for row in superseded(at, proposal)],
        "taken_up": may_be_taken_up(at, proposal),
        **changes(at, proposal),
    }


@page
def proposal(request: HttpRequest, id: str) -> HttpResponse:
    """One proposed amendment: supporters and the arithmetic, what it changes, its course."""
    at = now(request)
    shown = at.inst.proposals.get(id)
    if shown is None:
        raise Http404(id)
    supporters = [
        (party(at, uid), place, at.index.day(place), uid == shown.by)
        for uid, place in supporting(at.inst.on(at.day), shown).items()
    ]
    alive = is_alive(at, shown)
    context = {
        **shown_of(at, shown),
        "here": "votes",
        "alive": alive,
        "change_path": path_of(shown.change),
        "edition_path": path_of(shown.edition_digest) if shown.edition_digest else "",
        "supporters": sorted(supporters, key=lambda row: row[1]),
        "rules": suspended_rules(at.inst, shown.edition) if alive else [],
        "acts": tell_all(at, newest_first(at.index.of("matter", id, at.size), 1, 30).items, on=id),
    }
    return render(request, "pages/proposal.html", context)
