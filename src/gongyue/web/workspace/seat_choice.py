"""Where a person works: straight to its one seat, a choice of several, or how to be given one."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.web import request_state
from gongyue.web.access import person
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.accounts.seats import offices_of, seats_of
from gongyue.web.installation import Now
from gongyue.web.names import localise, office_name
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import ROLES
from gongyue.web.workspace.own_unit import OwnUnit


class SeatOption(msgspec.Struct, frozen=True):
    """A place to work: whose, in what capacity, and its address."""

    name: str
    role: str
    url: str
    chinese: bool


@person
def choose(request: HttpRequest) -> HttpResponse:
    """One seat: straight there. Several: choose. None: how to get an invitation."""
    now = request_state.now(request)
    places = [_place(now, seat) for seat in seats_of(request_state.person(request), now.day)]
    found = [place for place in places if place is not None]
    if len({place.url for place in found}) == 1:
        return HttpResponseRedirect(found[0].url)
    coming = _coming(now, request_state.person(request))
    idle = 0 if coming else len(places) - len(found)
    return render(request, "workspace/choose.html", {"places": found, "idle": idle, "coming": coming})


def _coming(now: Now, whose: Person) -> list[tuple[str, int]]:
    """The offices to which the person is appointed from a later day on, each with that day."""
    officers = (now.inst.officers.get(seat.party) for seat in seats_of(whose, now.day))
    tenures = [t for officer in officers if officer for t in officer.tenures if t.begins > now.day]
    return [(office_name(t.office), t.begins) for t in sorted(tenures, key=lambda t: t.begins)]


def _place(now: Now, seat: Seat) -> SeatOption | None:
    if is_unit(seat.party):
        return SeatOption(
            OwnUnit(now, seat.party).name, localise(ROLES, seat.role), reverse("unit_home", args=[seat.party]), True
        )
    if seat.party == AUTHORITY:
        return SeatOption(pick("主管部门", "Authority"), "", reverse("authority"), False)
    held = offices_of(now.inst, seat, now.day)
    if not held:
        return None
    offices = pick("、", ", ").join(office_name(office) for office in sorted(held))
    return SeatOption(pick("执行机构", "Executive body"), offices, reverse("desk"), False)
