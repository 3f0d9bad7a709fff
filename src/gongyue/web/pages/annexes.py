"""Annexes: branch agreements under the covenant, whom they bind, and the consent they rest on (article 24)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.governance.annex import stage_of
from gongyue.office.facts import annexes as facts
from gongyue.office.facts.numbers_changed import numbers_changed
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import tell_all
from gongyue.web.pages.decorators import page
from gongyue.web.pages.pagination import newest_first
from gongyue.web.pages.text_diff import paragraphs
from gongyue.web.pages.vote_tally import tests_of
from gongyue.web.request_state import now

SHOWN = 200
"""Bound units that a page names; beyond, it says how many more there are."""


def lines_of(at: Now, digest: str) -> list[str]:
    """An annex's text by line, from its object."""
    return facts.words_of(at, digest).split("\n")


@page
def annexes(request: HttpRequest) -> HttpResponse:
    """Every annex, those in force first."""
    at = now(request)
    listed = sorted(facts.annexes(at), key=lambda a: (at.inst.annexes[a.id].stage != "published", -a.number, a.id))
    rows = [(a, names.localise(names.STAGES, a.stage)) for a in listed]
    return render(request, "pages/annexes.html", {"here": "covenant", "rows": rows})


@page
def annex(request: HttpRequest, id: str) -> HttpResponse:
    """One annex: its text, scope, consent, whom it binds, acts done on it."""
    at = now(request)
    shown = at.inst.annexes.get(id)
    if shown is None:
        raise Http404(id)
    bound = facts.bound(at, shown)
    vote = at.inst.votes.get(id)
    context = {
        "here": "covenant",
        "annex": shown,
        "stage": names.localise(names.STAGES, stage_of(at.inst, shown)),
        "text": lines_of(at, shown.text),
        "superseded": facts.superseded(at, shown),
        "scope": names.activity_names(shown.scope),
        "vote": vote,
        "tests": tests_of(vote) if vote and vote.outcome else [],
        "bound": [at.inst.units[uid] for uid in bound[:SHOWN]],
        "bound_count": len(bound),
        "bound_more": len(bound) - SHOWN,
        "signers_only": shown.pinned.binds == "signers",
        "acts": tell_all(at, newest_first(at.index.of("matter", id, at.size), 1, 20).items, on=id),
    }
    target = at.inst.annexes.get(shown.target)
    context |= {"target": target}
    if target is not None and shown.kind == "amend":
        whole = [f"{one.title}\n{facts.words_of(at, one.text)}" for one in (target, shown)]
        heading = names.change_heading(stage_of(at.inst, shown))
        context |= {"diff": paragraphs(*whole), "numbers": numbers_changed(*whole), "change_heading": heading}
    return render(request, "pages/annex.html", context)
