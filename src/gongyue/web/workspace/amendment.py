"""Amendments as a member sees them: what is proposed, how many support it and how many must, and the next step."""

from __future__ import annotations

from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.covenant.bound_persons import body_alone_proposes
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import start_of
from gongyue.governance.proposal import Proposal, supports
from gongyue.office.facts.proposals import is_alive, may_be_taken_up, stage_of, support
from gongyue.office.facts.silences import of_changes
from gongyue.web.access import unit
from gongyue.web.names import party_name, proposal_stage
from gongyue.web.pages.margin_notes import spoken_share
from gongyue.web.pages.proposals import shown_of
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.deadlines import basis
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import act_url, confidential, ours_of, render_unit_page
from gongyue.web.workspace.own_unit import OwnUnit
from gongyue.web.workspace.titles import support_words


@unit()
def proposals(request: HttpRequest, unit: str) -> HttpResponse:
    """Proposals that may still become law, then the others."""
    ours = ours_of(request)
    cannot = of_changes(ours.inst.meaning.edition)
    body = body_alone_proposes(ours.inst.meaning.edition)
    listed = sorted(ours.inst.proposals.values(), key=lambda p: (not is_alive(ours.now, p), p.id))
    return render_unit_page(
        request,
        "proposals",
        "unit_proposals",
        ours,
        rows=[_row(ours, p) for p in listed],
        rests=ours.article("amendment.initiate/1"),
        proposing=_share(ours, "amendment.proposal"),
        adopting=_share(ours, "amendment.adoption"),
        body=body,
        initiate=""
        if cannot
        else act_url("amendment.initiate/1", unit)
        if confidential(request) and ours.is_member and not body
        else "",
        unchanging=pick(*cannot) if cannot else "",
    )


def _share(ours: OwnUnit, name: str) -> str:
    """A share the present text states, in words; empty where it states none."""
    share = ours.inst.meaning.values.get(name)
    return spoken_share(share) if isinstance(share, Fraction) else ""


def _row(ours: OwnUnit, p: Proposal) -> tuple[Proposal, str, str, str, bool]:
    stage = proposal_stage(stage_of(ours.now, p), p.by)
    collecting = p.stage == "collecting" and is_alive(ours.now, p)
    words = pick(*support_words(support(ours.now, p), p)) if collecting else ""
    return p, title_of(ours.now, p.id), stage, words, supports(ours.inst, p, ours.unit)


@unit()
def proposal(request: HttpRequest, unit: str, id: str) -> HttpResponse:
    """One proposal: the change, the arithmetic still needed, and what this unit can do about it now."""
    ours = ours_of(request)
    shown = ours.inst.proposals.get(id)
    if shown is None:
        raise Http404(id)
    collecting = shown.stage == "collecting" and is_alive(ours.now, shown)
    mine = supports(ours.inst, shown, unit) or unit == shown.by
    may = confidential(request) and collecting and ours.is_member
    count = support(ours.now, shown)
    return render_unit_page(
        request,
        "proposal",
        "unit_proposals",
        ours,
        by=party_name(ours.inst, shown.by),
        collecting=collecting,
        mine=mine,
        words=pick(*support_words(count, shown)),
        ends=start_of(shown.lapses.last + 1),
        basis=basis(ours.inst, ours.at("amendment.support/1"), "P15"),
        on_roll=id in ours.inst.votes and unit in ours.inst.votes[id].roll,
        to_renew=act_url("amendment.initiate/1", unit, renews=id)
        if confidential(request) and mine and ours.is_member and may_be_taken_up(ours.now, shown)
        else "",
        to_support=act_url("amendment.support/1", unit, proposal=id)
        if may and not mine and shown.by != EXECUTIVE
        else "",
        to_file=act_url("amendment.file/1", unit, proposal=id) if may and mine and count.holds else "",
        **shown_of(ours.now, shown),
    )
