"""One's own account: seats, how one signs in, language and name, one's data, and leaving."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.web import names, request_state
from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY
from gongyue.web.access import person as whoever
from gongyue.web.accounts.models import Invitation, Person, Seat
from gongyue.web.accounts.seats import names_of, offices_of, seats_of
from gongyue.web.acting.signers import mandate_on
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick

View = Callable[..., HttpResponse]


def confirmed(view: View) -> View:
    """Ask for the password, or a passkey, again unless it was given a moment ago."""
    return cast("View", reauthentication_required(view))


ROLES = {SIGNATORY: ("签署人", "signatory"), OFFICER: ("专员", "officer"), ENGINEER: ("工程师", "engineer")}
LANGUAGES = ("zh-hans", "en")


@whoever
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The overview; posted, the name and the language are kept."""
    person, now = request_state.person(request), request_state.now(request)
    if request.method == "POST":
        return _kept(request, person)
    ours = {seat.pk for seat in seats_of(person, now.day)}
    seats = list(person.seats.order_by("party", "role"))
    names = names_of(now, {seat.party for seat in seats})
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return render(
        request,
        "accounts/account.html",
        {
            "me": person,
            "seats": [seat_row(now, seat, names[seat.party], seat.pk in ours) for seat in seats],
            "totp": Authenticator.Type.TOTP in kinds,
            "passkeys": Authenticator.Type.WEBAUTHN in kinds,
            "codes": Authenticator.Type.RECOVERY_CODES in kinds,
            "sessions": len(UserSession.objects.purge_and_list(person)),
            "holds_office": any(not is_unit(s.party) for s in seats_of(person, now.day)),
        },
    )


def _kept(request: HttpRequest, person: Person) -> HttpResponse:
    person.name = request.POST.get("name", "").strip()[:60]
    language = request.POST.get("language", "")
    person.language = language if language in LANGUAGES else person.language
    try:
        person.full_clean(exclude=["password", "email"])
    except ValidationError:
        messages.error(request, pick("没有保存：请核对所填。", "Not kept: check what you gave."))
        return redirect("account")
    person.save(update_fields=["name", "language"])
    with override(person.language):
        messages.success(request, pick("已保存。", "Kept."))
        return redirect("account")


def seat_row(now: Now, seat: Seat, name: str, valid: bool) -> dict[str, Any]:
    """A seat as shown: whose, by what `name`, in which role, from when to when, where it leads."""
    held = sorted(offices_of(now.inst, seat, now.day))
    role = names.localise(ROLES, seat.role) if seat.role else pick("、", ", ").join(names.office_name(o) for o in held)
    return {
        "seat": seat,
        "party": name,
        "role": role,
        "valid": valid,
        "begins": seat.begins.isoformat(),
        "ends": seat.ends.isoformat() if seat.ends else "",
        "url": _home(seat) if valid else "",
    }


def _home(seat: Seat) -> str:
    if is_unit(seat.party):
        return reverse("unit_home", args=[seat.party])
    return reverse("authority" if seat.party == AUTHORITY else "desk")


@whoever
@require_GET
@confirmed
def export(request: HttpRequest) -> HttpResponse:
    """Everything the pages keep of the person, as JSON."""
    person = request_state.person(request)
    drafts = [d for d in person.drafts.all() if mandate_on(person, d, request_state.now(request))]
    data = {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "joined": person.date_joined.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
        "seats": [
            {"party": s.party, "role": s.role, "begins": str(s.begins), "ends": str(s.ends or "")}
            for s in person.seats.order_by("pk")
        ],
        "signing_passkeys": list(person.signing_passkeys.values("name", "holder", "key")),
        "authenticators": [{"type": a.type, "added": a.created_at.isoformat()} for a in _authenticators(person)],
        "drafts": [{"id": str(d.pk), "type": d.type, "state": d.state} for d in drafts],
        "drafts_of_ended_seats": person.drafts.count() - len(drafts),
        "sessions": [
            {"ip": s.ip, "agent": s.user_agent, "since": s.created_at.isoformat()}
            for s in UserSession.objects.filter(user_id=person.pk)
        ],
    }
    response = HttpResponse(json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="account.json"'
    return response


def _authenticators(person: Person) -> list[Any]:
    return list(Authenticator.objects.filter(user_id=person.pk).order_by("pk"))


@whoever
@require_http_methods(["GET", "POST"])
@confirmed
def delete(request: HttpRequest) -> HttpResponse:
    """Leave: the account and everything personal in it is erased; acts in the books stay, they name nobody."""
    person = request_state.person(request)
    alone = [seat.party for seat in person.seats.filter(role=SIGNATORY) if is_last_signatory(seat)]
    if request.method == "POST" and request.POST.get("sure") == "yes":
        logout(request)
        Invitation.objects.filter(email=person.email, used_at__isnull=False).delete()
        person.delete()
        messages.success(request, pick("账号与个人信息已删除。", "The account and its personal data are erased."))
        return redirect("account_login")
    return render(
        request, "accounts/delete.html", {"me": person, "alone": alone}, status=200 if request.method == "GET" else 422
    )


def is_last_signatory(seat: Seat) -> bool:
    """Whether the unit would have nobody left who signs for it."""
    others = Seat.objects.filter(party=seat.party, role=SIGNATORY, ends=None).exclude(pk=seat.pk)
    return seat.role == SIGNATORY and not others.exists()


@whoever
@require_POST
def seat_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a seat of one's own."""
    seat = request_state.person(request).seats.filter(pk=pk).first()
    if seat is not None:
        seat.delete()
        messages.success(request, pick("席位已放弃。", "The seat is given up."))
    return redirect("account")
