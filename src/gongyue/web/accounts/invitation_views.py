"""Taking an invitation: whoever has the link sets up the account, or signs in, and has the seat."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongyue.web import names, request_state
from gongyue.web.access import anybody
from gongyue.web.accounts import invitations
from gongyue.web.accounts.models import Invitation, Person
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.accounts.views import ROLES
from gongyue.web.templatetags.words import pick


@anybody
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
@limited("invitation", 20, 600)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link."""
    try:
        made = invitations.find_invitation(token)
        if request.method == "POST":
            return _take(request, made)
    except invitations.InvitationInvalid as error:
        return render(request, "accounts/not_taken.html", {"said": pick(error.zh, error.en)}, status=410)
    return _page(request, made)


def _page(request: HttpRequest, made: Invitation, errors: dict[str, str] | None = None) -> HttpResponse:
    now = request_state.now(request)
    known = Person.objects.filter(email=made.email).exists()
    mine = request.user.is_authenticated and request_state.person(request).email == made.email
    return render(
        request,
        "accounts/invitation.html",
        {
            "made": made,
            "party": names.party_name(now.inst, made.party),
            "role": names.localise(ROLES, made.role) if made.role else "",
            "begins": made.begins.isoformat(),
            "ends": made.ends.isoformat() if made.ends else "",
            "way": "take" if mine else "other" if request.user.is_authenticated else "sign-in" if known else "new",
            "errors": errors or {},
            "name": request.POST.get("name", made.name),
            "here": request.get_full_path(),
        },
        status=422 if errors else 200,
    )


def _take(request: HttpRequest, made: Invitation) -> HttpResponse:
    if request.user.is_authenticated:
        person = request_state.person(request)
        if person.email != made.email:
            return _page(request, made)
        invitations.accept(made, person)
        messages.success(request, pick("已取得席位。", "The seat is yours."))
        return redirect("account")
    if Person.objects.filter(email=made.email).exists():
        return _page(request, made)
    return _set_up(request, made)


def _set_up(request: HttpRequest, made: Invitation) -> HttpResponse:
    """Make the account with its password and sign in."""
    name, first, second = (request.POST.get(n, "") for n in ("name", "password1", "password2"))
    errors: dict[str, str] = {}
    if not name.strip():
        errors["name"] = pick("请填姓名", "Give your name")
    try:
        password_validation.validate_password(first, Person(email=made.email, name=name))
    except ValidationError as error:
        errors["password1"] = " ".join(error.messages)
    if first != second:
        errors["password2"] = pick("两次输入不一致", "The two differ")
    if errors:
        return _page(request, made, errors)
    person = invitations.accept(made, None, name, first)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create_from_request(request)  # allauth notes only the sessions it opens itself
    reauthenticate_by_password(request)  # it was given twice just now: setting up the second step does not ask again
    messages.success(
        request, pick("账号已建立。请启用两步验证。", "The account is made. Set up two-step verification.")
    )
    return redirect("account")
