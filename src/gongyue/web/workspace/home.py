"""A unit's first page: what needs its attention, overdue first; what it may do; what it waits for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.office.facts import bulletins as facts
from gongyue.office.facts.bulletins import BulletinFacts
from gongyue.web import request_state
from gongyue.web.access import unit
from gongyue.web.names import activity_names, localise
from gongyue.web.notices.bulletins import key_of
from gongyue.web.notices.read_state import COUNTED, read_keys
from gongyue.web.workspace.attention import items
from gongyue.web.workspace.item import DONE, OFFER, TODO, WAIT
from gongyue.web.workspace.layout import confidential, ours_of, own_status, render_unit_page, rows
from gongyue.web.workspace.own_unit import GROUNDS, OwnUnit


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
        reading=_to_read(request, ours) if confidential(request) else [],
        own_status=own_status(request, ours),
        refused=ours.refused if confidential(request) else None,
        ground=localise(GROUNDS, ours.refused.ground) if ours.refused else "",
        activities=activity_names(ours.known.activities) if ours.known else "",
    )


def _to_read(request: HttpRequest, ours: OwnUnit) -> list[tuple[BulletinFacts, str]]:
    """The bulletins of the last two months that this person has not opened, what corrects another among them; the newest first."""
    found = facts.listed(facts.of_party(ours.inst, ours.office.store, ours.unit, ours.now.day), ours.now.day)
    since, read = ours.now.time - COUNTED, read_keys(request_state.person(request))
    fresh = [b for b in found if b.time >= since and not b.void and not b.replaced_by and key_of(b.n) not in read]
    return [(one, reverse("unit_bulletin", args=[ours.unit, one.n])) for one in fresh[::-1]]


def _group(shown: str, state: str) -> str:
    """What is overdue stands first, whoever is late."""
    return TODO if shown == "late" else state
