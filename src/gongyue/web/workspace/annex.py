"""Annexes as a member sees them: which apply to it, which bind it, and signing or leaving one (article 24)."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse

from gongyue.governance.annex import Annex, as_it_stands, binds, present, stage_of
from gongyue.governance.poll import is_still_here
from gongyue.web.access import unit
from gongyue.web.names import STAGES, activity_names, localise, matter_number
from gongyue.web.workspace.layout import act_url, confidential, ours_of, render_unit_page
from gongyue.web.workspace.membership import declare_url
from gongyue.web.workspace.own_unit import OwnUnit


class Row(msgspec.Struct, frozen=True):
    """An annex to a unit: whether its activities are in the annex's branch, whether it signed, whether it is bound.

    `sign`, `leave`, `amend`, `again`: where it does so; `again`: initiates the same once more, where another, `replaced` by its number, has superseded it.
    """

    annex: Annex
    stage: str
    scope: str
    applies: bool
    signed: int
    bound: bool
    on_roll: bool
    sign: str
    leave: str
    amend: str
    again: str
    replaced: str


@unit()
def annexes(request: HttpRequest, unit: str) -> HttpResponse:
    """Every annex, those of the unit's own branch first."""
    ours = ours_of(request)
    may = confidential(request) and ours.is_member
    found = [_row(ours, as_it_stands(ours.inst, annex), may) for annex in ours.inst.annexes.values()]
    return render_unit_page(
        request,
        "annexes",
        "unit_annexes",
        ours,
        rows=sorted(found, key=lambda r: (not r.applies, r.annex.stage != "published", r.annex.number, r.annex.id)),
        rests=ours.article("annex.initiate/1"),
        initiate=act_url("annex.initiate/1", unit) if may else "",
        activities=activity_names(ours.known.activities) if ours.known else "",
        declare=declare_url(request, ours),
        signers_only=ours.inst.meaning.procedure is None or ours.inst.meaning.choice("annex.binds") == "signers",
    )


def _row(ours: OwnUnit, annex: Annex, may: bool) -> Row:
    known, vote = ours.known, ours.inst.votes.get(annex.id)
    signed = annex.signers.get(ours.unit, 0)
    published, stage = annex.stage == "published", stage_of(ours.inst, annex)
    applies = known is not None and bool(set(annex.scope) & set(known.activities))
    return Row(
        annex,
        localise(STAGES, stage),
        activity_names(annex.scope),
        applies,
        signed,
        binds(ours.inst, annex, ours.unit),
        vote is not None and not vote.outcome and ours.unit in vote.roll and is_still_here(ours.inst, vote, ours.unit),
        act_url("annex.sign/1", ours.unit, annex=annex.id) if may and published and applies and not signed else "",
        act_url("annex.leave/1", ours.unit, annex=annex.id) if may and signed else "",
        act_url("annex.initiate/1", ours.unit, kind="amend", target=annex.id, scope=",".join(annex.scope))
        if may and published
        else "",
        again_url(ours, annex) if may and stage == "superseded" else "",
        matter_number(annex.superseded_by) if annex.superseded_by else "",
    )


def again_url(ours: OwnUnit, annex: Annex) -> str:
    """The form that initiates the same for the annex that stands now, or as a new one where there is none."""
    stands, scope = present(ours.inst, annex), {"scope": ",".join(annex.scope)}
    if stands is not None:
        return act_url("annex.initiate/1", ours.unit, kind=annex.kind, target=stands.id, **scope)
    return act_url("annex.initiate/1", ours.unit, **scope) if annex.kind == "amend" else ""
