"""Drafts of the unit: seen by their authors and its signatories."""

from __future__ import annotations

from itertools import islice

from django.http import HttpRequest, HttpResponse

from gongyue.web import installation, request_state
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.acting import notes, signers
from gongyue.web.acting.gone_by import gone_by
from gongyue.web.acting.models import Draft
from gongyue.web.workspace.layout import ours_of, render_unit_page

SHOWN = 100


@unit(SIGNATORY, OFFICER)
def drafts(request: HttpRequest, unit: str) -> HttpResponse:
    """Open drafts, the latest changed first."""
    me, now = request_state.person(request), request_state.now(request)
    found = Draft.objects.filter(party=unit, state=Draft.OPEN).select_related("created_by").order_by("-changed_at")
    seen = (draft for draft in found.iterator() if signers.mandate_on(me, draft, now, [request_state.seat(request)]))
    return render_unit_page(
        request,
        "drafts",
        "unit_drafts",
        ours_of(request),
        rows=[
            (draft, notes.title_of(now, draft), draft.created_by == me, gone_by(draft, installation.office(), now))
            for draft in islice(seen, SHOWN)
        ],
        signs=request_state.seat(request).role == SIGNATORY,
    )
