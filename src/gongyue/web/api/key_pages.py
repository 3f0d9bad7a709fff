"""Pages on which a unit's signatory, or an officer, makes and revokes API keys; a new key's secret is shown once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongyue.web import names, request_state
from gongyue.web.access import ENGINEER, OFFICER, SIGNATORY, office
from gongyue.web.access import unit as of_unit
from gongyue.web.accounts.views import ROLES, confirmed
from gongyue.web.acting.layout import frame
from gongyue.web.api.keys import SCOPE_WORDS
from gongyue.web.api.models import ALLOWED, SCOPES, ApiKey
from gongyue.web.templatetags.words import pick

LONGEST_DAYS = 3 * 366
"""Days for which a key may be valid at most."""
MOST_KEYS = 50
"""Valid keys of one party at most."""


@of_unit(SIGNATORY)
@require_http_methods(["GET", "POST"])
@confirmed
def unit_keys(request: HttpRequest, unit: str) -> HttpResponse:
    """The keys of a unit; posted, one is made in one of the unit's roles."""
    return _keys(request, unit, (SIGNATORY, OFFICER, ENGINEER), "unit_api_keys")


@office()
@require_http_methods(["GET", "POST"])
@confirmed
def office_keys(request: HttpRequest) -> HttpResponse:
    """The keys of the officer who asks."""
    return _keys(request, request_state.seat(request).party, ("",), "desk_api_keys")


@of_unit(SIGNATORY)
@require_POST
def unit_key_end(request: HttpRequest, unit: str, key: int) -> HttpResponse:
    """Revoke a key of a unit, from now on."""
    return _ended(request, unit, key, reverse("unit_api_keys", args=[unit]))


@office()
@require_POST
def office_key_end(request: HttpRequest, key: int) -> HttpResponse:
    """Revoke a key of one's own."""
    return _ended(request, request_state.seat(request).party, key, reverse("desk_api_keys"))


def _keys(request: HttpRequest, party: str, roles: tuple[str, ...], here: str) -> HttpResponse:
    errors: dict[str, str] = {}
    secret = ""
    if request.method == "POST":
        asked = _posted_key(request, party, roles, errors)
        if asked is not None:
            _, secret = ApiKey.objects.make(party=party, made_by=request_state.person(request), **asked)
    today = date.fromordinal(request_state.now(request).day)
    context = {
        "roles": [(role, names.localise(ROLES, role), _for(ALLOWED[role])) for role in roles],
        "scopes": [(scope, pick(*SCOPE_WORDS[scope])) for scope in SCOPES],
        "rows": [_row(key, today) for key in ApiKey.objects.filter(party=party).order_by("-made_at")[:200]],
        "secret": secret,
        "errors": errors,
        "given": request.POST if errors else {},
        "given_scopes": request.POST.getlist("scopes") if errors else [],
        "end_route": here.replace("_keys", "_key_end"),
        "party": party,
        "is_unit": here == "unit_api_keys",
        "latest": (today + timedelta(days=LONGEST_DAYS)).isoformat(),
    }
    return render(
        request,
        "api/keys.html",
        frame(request, request_state.seat(request), here) | context,
        status=422 if errors else 200,
    )


def _for(scopes: tuple[str, ...]) -> str:
    return pick("、", ", ").join(pick(*SCOPE_WORDS[scope]) for scope in scopes)


def _row(key: ApiKey, today: date) -> dict[str, Any]:
    return {
        "key": key,
        "role": names.localise(ROLES, key.role) if key.role else "",
        "scopes": _for(tuple(key.scopes.split(","))),
        "valid": key.valid_on(today),
    }


def _posted_key(
    request: HttpRequest, party: str, roles: tuple[str, ...], errors: dict[str, str]
) -> dict[str, Any] | None:
    """What a new key is to be; `errors` says what is wrong, by field."""
    today = date.fromordinal(request_state.now(request).day)
    name, role = request.POST.get("name", "").strip(), request.POST.get("role", roles[0] if len(roles) == 1 else "")
    scopes = [scope for scope in request.POST.getlist("scopes") if scope in SCOPES]
    if not 1 <= len(name) <= 60:
        errors["name"] = pick("请填名称，至多 60 字", "Give a name of at most 60 characters")
    if role not in roles:
        errors["role"] = pick("请选择身份", "Choose a role")
    elif not set(scopes) <= set(ALLOWED[role]):
        errors["scopes"] = pick(
            f"该身份的密钥只可用于{_for(ALLOWED[role])}", f"A key of that role is for {_for(ALLOWED[role])} only"
        )
    if not scopes:
        errors["scopes"] = pick("请至少选择一项用途", "Choose at least one use")
    ends = _date(request.POST.get("ends", "").strip())
    if ends is None or not today <= ends <= today + timedelta(days=LONGEST_DAYS):
        errors["ends"] = pick("请填三年以内的一天", "Give a day within three years")
    if not errors and sum(k.valid_on(today) for k in ApiKey.objects.filter(party=party, revoked_on=None)) >= MOST_KEYS:
        errors["name"] = pick(f"至多 {MOST_KEYS} 把密钥，请先作废不用的", f"At most {MOST_KEYS} keys: revoke one first")
    return None if errors else {"role": role, "scopes": scopes, "name": name, "ends": ends}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ended(request: HttpRequest, party: str, key: int, back: str) -> HttpResponse:
    today = date.fromordinal(request_state.now(request).day)
    if not ApiKey.objects.filter(pk=key, party=party).exists():
        raise Http404(key)
    ApiKey.objects.filter(pk=key, party=party, revoked_on=None).update(revoked_on=today)
    messages.success(request, pick("密钥已作废。", "The key is revoked."))
    return redirect(back)
