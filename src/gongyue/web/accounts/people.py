"""People and delegations: a unit's, by its signatory; signatories, officers and the authority's, by the office."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.web import names as web_names
from gongyue.web import request_state
from gongyue.web.access import SIGNATORY, office, seated
from gongyue.web.access import unit as of_unit
from gongyue.web.accounts import invitations
from gongyue.web.accounts.invitation_lists import named, party_named
from gongyue.web.accounts.models import Invitation, Seat
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.accounts.seats import names_of, offices_of, seats_of
from gongyue.web.accounts.views import ROLES, is_last_signatory, seat_row
from gongyue.web.templatetags.words import pick

Errors = dict[str, tuple[str, str]]
OFFICES = ("secretary", "clerk")
"""Offices that invite signatories, officers and the authority."""
MOST_NAMED = 500
"""Names offered while one types; any other is typed in full."""


@of_unit(SIGNATORY)
@require_http_methods(["GET", "POST"])
@limited("invite", 30, 3600)
def unit_people(request: HttpRequest, unit: str) -> HttpResponse:
    """The people of a unit: who signs, who drafts, who runs its tools, from when to when."""
    roles = [(role, web_names.localise(ROLES, role)) for role in invitations.ROLES]
    return _people(request, [unit], roles, "unit_people")


@office(*OFFICES)
@require_http_methods(["GET", "POST"])
@limited("invite", 120, 3600)
def office_people(request: HttpRequest) -> HttpResponse:
    """Signatories of units, officers of the executive body, the authority."""
    return _people(request, [], [], "office_people")


def _people(request: HttpRequest, parties: list[str], roles: list[tuple[str, str]], here: str) -> HttpResponse:
    from gongyue.web.acting import layout

    errors: Errors = {}
    given = request.POST.dict() or {"party": request.GET.get("party", "")}
    if request.method == "POST":
        made = _invited(request, parties, given, errors)
        if made is not None:
            messages.success(request, pick(f"已邀请 {made.email}。", f"{made.email} is invited."))
            return redirect(request.path)
    now = request_state.now(request)
    today = date.fromordinal(now.day)
    seats = Seat.objects.select_related("person").order_by("party", "role", "begins")
    pending = Invitation.objects.filter(used_at=None).order_by("-made_at")
    if parties:
        seats, pending = seats.filter(party__in=parties), pending.filter(party__in=parties)
    else:
        pending = pending.filter(invited_by=request_state.person(request))
        seats = seats.exclude(party__startswith="u:") | seats.filter(role=SIGNATORY)
    valid = {s.pk for s in seats if s.begins <= today and (s.ends is None or today <= s.ends)}
    listed, sent = list(seats[:500]), list(pending[:100])
    names = names_of(now, {*(s.party for s in listed), *(i.party for i in sent)})
    return layout.render_draft_page(
        request,
        "people",
        request_state.seat(request),
        here,
        422 if errors else 200,
        parties=parties,
        roles=roles,
        rows=[seat_row(now, s, names[s.party], s.pk in valid) | {"person": s.person} for s in listed],
        pending=[
            (i, invitations.link(i), names[i.party], web_names.localise(ROLES, i.role) if i.role else "") for i in sent
        ],
        errors={name: pick(*said) for name, said in errors.items()},
        given=given,
        named=[] if parties else list(named(request_state.now(request).inst))[:MOST_NAMED],
        today=today.isoformat(),
        days=invitations.DAYS,
        kept=invitations.KEPT,
        now=timezone.now(),
        mine=request_state.person(request).pk,
    )


def _invited(request: HttpRequest, parties: list[str], given: dict[str, str], errors: Errors) -> Invitation | None:
    """The invitation that was posted; None where `errors` say what is wrong with it."""
    email = given.get("email", "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        errors["email"] = ("请填电子邮箱", "Give an email address")
    party = parties[0] if parties else _party_named(request, given.get("party", "").strip())
    role = given.get("role", "") if parties else (SIGNATORY if is_unit(party) else "")
    if parties and role not in invitations.ROLES:
        errors["role"] = ("请选择身份", "Choose a role")
    if not parties and not _party_exists(request, party):
        errors["party"] = (
            "没有这个单位或职员：填单位全称或信用代码、职员的称呼，或者“主管部门”",
            "No such unit or officer: give a unit’s whole name or credit code, what an officer is called, or “authority”",
        )
    begins = _day(given.get("begins", ""), errors, "begins")
    ends = _day(given.get("ends", ""), errors, "ends")
    begins = begins or date.fromordinal(request_state.now(request).day)
    if ends is not None and ends < begins:
        errors["ends"] = ("截止日在起始日之前", "The last day is before the first")
    if errors:
        return None
    return invitations.invite(email, party, role, begins, ends, request_state.person(request))


def _party_named(request: HttpRequest, text: str) -> str:
    inst = request_state.now(request).inst
    return party_named(inst, text, named(inst))


_UNIT = re.compile(r"u:[0-9a-z][0-9a-z-]{0,39}")


def _party_exists(request: HttpRequest, party: str) -> bool:
    """A unit may not be in the book yet, when it is about to apply; officers are, by their appointment."""
    return bool(_UNIT.fullmatch(party)) or party == AUTHORITY or party in request_state.now(request).inst.officers


def _day(text: str, errors: Errors, name: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        errors[name] = ("没有这一天，请写作 2026-03-20", "No such day; write it as 2026-03-20")
        return None


def _may_manage(request: HttpRequest, party: str, role: str) -> bool:
    """Whether the person manages that seat: as the unit's signatory, or at the office for what the office gives."""
    person, now = request_state.person(request), request_state.now(request)
    for seat in seats_of(person, now.day):
        if is_unit(seat.party) and seat.party == party and seat.role == SIGNATORY:
            return True
        if offices_of(now.inst, seat, now.day) & set(OFFICES) and invitations.may_invite_for_office(party, role):
            return True
    return False


@seated
@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat: from today it opens nothing more."""
    seat = Seat.objects.filter(pk=pk).first()
    if seat is None:
        raise Http404
    if not _may_manage(request, seat.party, seat.role):
        raise PermissionDenied
    if is_last_signatory(seat) and is_unit(seat.party) and seat.person_id == request_state.person(request).pk:
        messages.error(
            request,
            pick("您是最后一位签署人：先邀请另一位。", "You are the last signatory: invite another one first."),
        )
        return redirect("unit_people", unit=seat.party)
    yesterday = date.fromordinal(request_state.now(request).day) - timedelta(days=1)
    if seat.begins > yesterday:
        seat.delete()
    else:
        seat.ends = yesterday
        seat.save(update_fields=["ends"])
    messages.success(request, pick("席位已结束。", "The seat has ended."))
    return _back(request, seat.party)


@seated
@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation: its link no longer works."""
    made = Invitation.objects.filter(pk=pk, used_at=None).first()
    if made is None:
        raise Http404
    if not _may_manage(request, made.party, made.role):
        raise PermissionDenied
    made.delete()
    messages.success(request, pick("邀请已收回。", "The invitation is withdrawn."))
    return _back(request, made.party)


def _back(request: HttpRequest, party: str) -> HttpResponse:
    person, now = request_state.person(request), request_state.now(request)
    own = any(s.party == party and s.role == SIGNATORY for s in seats_of(person, now.day))
    return redirect("unit_people", unit=party) if own and is_unit(party) else redirect("office_people")
