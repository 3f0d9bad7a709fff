"""What every page of drafts shows: from whose seat it is seen, and what the act is called."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, is_unit
from gongyue.governance.acts import ActType
from gongyue.web import names, request_state
from gongyue.web.accounts.models import Seat
from gongyue.web.accounts.officers import called
from gongyue.web.acting.mandates import Mandate
from gongyue.web.desk import layout as desk
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace import layout
from gongyue.web.workspace.own_unit import OwnUnit


def title_of(kind: ActType) -> str:
    """What doing the act is called."""
    return pick(kind.sheet.zh, kind.sheet.do)


def render_draft_page(
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
        return layout.seat_context(request, OwnUnit(request_state.now(request), seat.party), here or "unit_drafts")
    if seat.party == AUTHORITY:
        return authority_context(request)
    return desk.seat_context(request, here or "desk_confirmations")


def authority_context(request: HttpRequest, here: bool = False) -> dict[str, Any]:
    """The navigation of the authority's seat: its one page."""
    title = names.party_name(request_state.now(request).inst, AUTHORITY)
    page = {"url": reverse("authority"), "text": pick("主管部门", "Authority"), "here": here, "count": 0}
    return {"seat_title": title, "seat_nav": [page]}


def in_whose_name(request: HttpRequest, mandate: Mandate) -> str:
    """In whose name the act is done, as shown; an applicant goes by the name it gave itself."""
    now = request_state.now(request)
    if is_unit(mandate.actor):
        return OwnUnit(now, mandate.actor).name
    name = called(now.inst, mandate.actor)
    return pick(name, f"the {name.lower()}") if mandate.actor in {EXECUTIVE, AUTHORITY} else name
