"""Admissions at the desk: applications opened for those who decide, on the two textual grounds only (articles 2, 23)."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse

from gongyue.office.applications import Application, applications
from gongyue.office.facts.proposals import is_alive
from gongyue.web import installation, request_state
from gongyue.web.access import office
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, render_desk_page
from gongyue.web.names import activity_names


class Row(msgspec.Struct, frozen=True):
    """An application with what can be done about it; `late`: days past the last; `before`: the unit was a member before."""

    one: Application
    activities: str
    late: int
    before: bool
    deeds: list[AvailableAct]


@office(*DECIDES)
def admissions(request: HttpRequest) -> HttpResponse:
    """Applications that wait, then those decided."""
    now = request_state.now(request)
    rows = [_row(request, one) for one in applications(now.inst, installation.office().store)]
    return render_desk_page(
        request,
        "admissions",
        "desk_admissions",
        waiting=[row for row in rows if row.one.state == "waiting"],
        decided=[row.one for row in rows if row.one.state != "waiting"],
        proposals=[p for p in now.inst.proposals.values() if is_alive(now, p)],
        invite=deed(request, "membership.invite/1"),
    )


def _row(request: HttpRequest, one: Application) -> Row:
    now, waits = request_state.now(request), one.state == "waiting"
    deeds = [
        deed(request, "membership.grant/1", application=one.unit),
        deed(request, "membership.refuse/1", unit=one.unit, of=one.opened.commitment),
    ]
    known = now.inst.units.get(one.unit)
    return Row(
        one,
        activity_names(one.said.activities),
        max(0, now.day - one.due.last),
        known is not None and known.status in {"left", "ended"},
        deeds if waits else [],
    )
