"""Limits on what people post, and which account a sign-in is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from gongyue.web.errors import too_often
from gongyue.web.rate_limit import Limit, address_of, wait_for

View = Callable[..., HttpResponseBase]


def account_named(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account a sign-in is for, as the lockout counts it: the address, in small letters."""
    given = credentials or {}
    named = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(named).strip().lower()[:254]


def limited(what: str, most: int, seconds: int) -> Callable[[View], View]:
    """Refuse a person, or an address nobody is signed in from, that posts to a page too often (429)."""
    limit = Limit(what, most, seconds)

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            who = f"p{request.user.pk}" if request.user.is_authenticated else address_of(request)
            if request.method == "POST" and (wait := wait_for(limit, who)):
                return too_often(request, wait=wait)
            return view(request, *args, **kwargs)

        return answer

    return decorate
