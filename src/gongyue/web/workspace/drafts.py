"""Drafts of the unit: seen by their authors and its signatories."""

from __future__ import annotations

from itertools import islice

from django.http import HttpRequest, HttpResponse

from gongyue.web import asking
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.acting import signers
from gongyue.web.acting.models import Draft
from gongyue.web.naming import act_name
from gongyue.web.workspace.side import ours_of, show

SHOWN = 100


@unit(SIGNATORY, OFFICER)
def drafts(request: HttpRequest, unit: str) -> HttpResponse:
    """Open drafts, the latest changed first."""
    me, now = asking.person(request), asking.now(request)
    found = Draft.objects.filter(party=unit, state=Draft.OPEN).select_related("created_by").order_by("-changed_at")
    seen = (draft for draft in found.iterator() if signers.standing_on(me, draft, now, [asking.seat(request)]))
    return show(
        request,
        "drafts",
        "unit_drafts",
        ours_of(request),
        rows=[(draft, act_name(draft.type), draft.created_by == me) for draft in islice(seen, SHOWN)],
        signs=asking.seat(request).role == SIGNATORY,
    )
