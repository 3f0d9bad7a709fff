"""A unit's first page: what needs its attention, overdue first; what it may do; what it waits for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongyue.web.access import unit
from gongyue.web.names import activity_names
from gongyue.web.workspace.attention import items
from gongyue.web.workspace.item import DONE, OFFER, TODO, WAIT
from gongyue.web.workspace.layout import confidential, ours_of, own_status, render_unit_page, rows


@unit()
def home(request: HttpRequest, unit: str) -> HttpResponse:
    """Everything that concerns the unit now, each with its deadline and what it rests on."""
    ours = ours_of(request)
    found = rows(ours, items(ours, confidential(request)))
    return render_unit_page(
        request,
        "home",
        "unit_home",
        ours,
        groups=[
            (name, [r for r in found if _group(r.state, r.item.state) == name]) for name in (TODO, OFFER, WAIT, DONE)
        ],
        standing=own_status(request, ours),
        activities=activity_names(ours.known.activities) if ours.known else "",
        confidential=confidential(request),
    )


def _group(shown: str, state: str) -> str:
    """What is overdue stands first, whoever is late."""
    return TODO if shown == "late" else state
