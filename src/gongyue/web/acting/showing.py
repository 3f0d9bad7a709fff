"""What every page of drafts shows: from whose seat it is seen, and what the act is called."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, is_unit
from gongyue.governance.acts import Kind
from gongyue.web import asking, naming
from gongyue.web.accounts.models import Seat
from gongyue.web.acting.parties import Standing
from gongyue.web.desk import showing as desk
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace import side
from gongyue.web.workspace.ours import Ours


def title_of(kind: Kind) -> str:
    """What doing the act is called."""
    return pick(kind.sheet.zh, kind.sheet.do)


def show(
    request: HttpRequest, template: str, seat: Seat | None, here: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A page of drafts, with the navigation of the seat it is seen from."""
    return render(request, f"acting/{template}.html", frame(request, seat, here) | context, status=status)


def frame(request: HttpRequest, seat: Seat | None, here: str = "") -> dict[str, Any]:
    """The navigation of a seat."""
    if seat is None:
        return {}
    request.seat = seat  # type: ignore[attr-defined]
    if is_unit(seat.party):
        return side.seat_context(request, Ours(asking.now(request), seat.party), here or "unit_drafts")
    if seat.party == AUTHORITY:
        return {"seat_title": naming.party_name(asking.now(request).inst, AUTHORITY), "seat_nav": []}
    return desk.seat_context(request, here or "desk_confirmations")


def in_whose_name(request: HttpRequest, standing: Standing) -> str:
    """In whose name the act is done, as shown."""
    inst = asking.now(request).inst
    name = naming.party_name(inst, standing.actor)
    if standing.actor in {EXECUTIVE, AUTHORITY}:
        return pick(name, f"the {name.lower()}")
    if name == standing.actor:
        return name
    return pick(f"{name}（{standing.actor}）", f"{name} ({standing.actor})")
