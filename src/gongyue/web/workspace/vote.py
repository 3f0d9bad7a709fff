"""Votes as a unit of the roll sees them: turnout and threshold, its own ballot, three choices of equal weight."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.governance.poll import is_still_here
from gongyue.office.facts.votes import vote_out
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.names import CHOICES, localise
from gongyue.web.pages.annexes import lines_of
from gongyue.web.pages.timeline import title_of
from gongyue.web.pages.votes import shown_of
from gongyue.web.workspace.layout import act_url, confidential, ours_of, render_unit_page
from gongyue.web.workspace.own_unit import OwnUnit


@unit()
def votes(request: HttpRequest, unit: str) -> HttpResponse:
    """The votes on whose roll the unit stands: open ones first, then those closed."""
    ours = ours_of(request)
    mine = [vote_out(ours.now, v) for v in ours.inst.votes.values() if unit in v.roll]
    listed = sorted(mine, key=lambda v: (v.closed, v.closes if not v.closed else -v.closes))
    return render_unit_page(
        request,
        "votes",
        "unit_votes",
        ours,
        rows=[(v, title_of(ours.now, v.id), _own(request, ours, v.id), _is_gone(ours, v.id)) for v in listed],
    )


def _is_gone(ours: OwnUnit, vote: str) -> bool:
    """Whether it has left, or was put out, since the roll froze: it votes no more, joined anew or not."""
    return not is_still_here(ours.inst, ours.inst.votes[vote], ours.unit)


def _own(request: HttpRequest, ours: OwnUnit, vote: str) -> str:
    """The unit's own choice in words, for those who may see it; empty where it has none."""
    ballot = ours.ballot(vote) if confidential(request) else None
    return localise(CHOICES, ballot.fields["choice"]) if ballot else ""


@unit(SIGNATORY, OFFICER)
def vote(request: HttpRequest, unit: str, id: str) -> HttpResponse:
    """One vote. The split appears at close; the unit's own ballot is shown to nobody else."""
    ours = ours_of(request)
    shown = ours.inst.votes.get(id)
    if shown is None or unit not in shown.roll:
        raise Http404(id)
    ballot, annex = ours.ballot(id), ours.inst.annexes.get(id)
    return render_unit_page(
        request,
        "vote",
        "unit_votes",
        ours,
        open=not shown.outcome and ours.now.time < shown.closes,
        gone=_is_gone(ours, id),
        ballot=ballot,
        choice=localise(CHOICES, ballot.fields["choice"]) if ballot else "",
        cast=act_url("vote.ballot/1", unit),  # posted, not linked: nobody else's link may bring a choice along
        choices=[(name, localise(CHOICES, name)) for name in CHOICES],
        disavow=act_url("vote.disavow/1", unit, vote=id) if ballot and not ballot.own else "",
        annex_text=lines_of(ours.now, annex.text) if annex else [],
        **shown_of(ours.now, shown),
    )
