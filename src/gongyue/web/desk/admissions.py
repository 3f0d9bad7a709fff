"""Admissions at the desk: applications opened for those who decide, on the two textual grounds only (articles 2, 23)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.http import HttpRequest, HttpResponse

from gongyue.governance.admission import refused_by, sealed_duties
from gongyue.governance.institution import Institution
from gongyue.governance.standing import Duty
from gongyue.office import openings
from gongyue.office.facts.proposals import is_alive
from gongyue.office.openings import Opened
from gongyue.web import asking, installation
from gongyue.web.access import office
from gongyue.web.desk.showing import DECIDES, Deed, deed, show
from gongyue.web.naming import activity_names


class Application(msgspec.Struct, frozen=True):
    """An application under seal: what it says, until when to decide, and what came of it (waiting, granted, refused).

    `anchored`: it stands under an anchor, so that it can be opened; `before`: the unit was a member before.
    """

    opened: Opened
    name: str
    code: str
    domestic: bool
    accepts: bool
    activities: str
    other: str
    arrived: int
    duty: Duty | None
    late: int
    state: str
    anchored: bool
    before: bool
    deeds: list[Deed]


@office(*DECIDES)
def admissions(request: HttpRequest) -> HttpResponse:
    """Applications that wait, then those decided."""
    now = asking.now(request)
    everything = list(_applications(request, now.inst, now.day))
    return show(
        request,
        "admissions",
        "desk_admissions",
        waiting=[a for a in everything if a.state == "waiting"],
        decided=[a for a in everything if a.state != "waiting"],
        proposals=[p for p in now.inst.proposals.values() if is_alive(now, p)],
        invite=deed(request, "membership.invite/1"),
    )


def _applications(request: HttpRequest, inst: Institution, day: int) -> Iterator[Application]:
    store = installation.office().store
    found = list(openings.containing(store, b'"type":"membership.apply/1"', b'"type":"membership.refuse/1"'))
    refused = refused_by(inst, (o.opening for o in found))
    for opened in found:
        if opened.entry.act.type == "membership.apply/1":
            yield _application(request, inst, day, opened, refused)


def _application(request: HttpRequest, inst: Institution, day: int, opened: Opened, refused: set[str]) -> Application:
    said, unit = opened.body, opened.entry.act.actor
    waits = opened.commitment not in refused and opened.commitment not in inst.answered
    duty = next(sealed_duties(inst, [opened.opening]), None) if waits else None
    state = "waiting" if waits else "refused" if opened.commitment in refused else "granted"
    deeds = [
        deed(request, "membership.grant/1", application=unit),
        deed(request, "membership.refuse/1", unit=unit, of=opened.commitment),
    ]
    known = inst.units.get(unit)
    return Application(
        opened,
        str(said["name"]),
        str(said["code"]),
        bool(said["domestic"]),
        bool(said["accepts"]),
        activity_names(tuple(said["activities"])),
        str(said["other"]),
        opened.entry.rx.t,
        duty,
        max(0, day - duty.last) if duty else 0,
        state,
        bool(inst.anchors) and opened.index < inst.anchors[-1].size,
        known is not None and known.status in {"left", "ended"},
        deeds if waits else [],
    )
