"""Drafts of the unit: private to it until they are signed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongyue.web import asking
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.acting.models import Draft
from gongyue.web.naming import act_name
from gongyue.web.workspace.side import ours_of, show

SHOWN = 100


@unit(SIGNATORY, OFFICER)
def drafts(request: HttpRequest, unit: str) -> HttpResponse:
    """Open drafts, the latest changed first."""
    found = Draft.objects.filter(party=unit, state=Draft.OPEN).select_related("created_by").order_by("-changed_at")
    me = asking.person(request)
    return show(
        request,
        "drafts",
        "unit_drafts",
        ours_of(request),
        rows=[(draft, act_name(draft.type), draft.created_by == me) for draft in found[:SHOWN]],
        signs=asking.seat(request).role == SIGNATORY,
    )
