"""Limits on how often something is tried, counted in the database: atomic, and shared by every process."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.web.accounts.models import Hits
from gongyue.web.django_settings import WEB

View = Callable[..., HttpResponse]

KEPT = 10
"""Windows after which counts are let go."""


def within(what: str, who: str, most: int, seconds: int) -> bool:
    """Count one try; whether `who` is still within `most` tries of `what` in this window of so many seconds."""
    window = int(time.time()) // seconds
    name = f"{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}:{seconds}"
    with transaction.atomic():
        Hits.objects.filter(what=name, window__lt=window - KEPT).delete()
        hits, _ = Hits.objects.get_or_create(what=name, window=window)
        Hits.objects.filter(pk=hits.pk).update(count=F("count") + 1)
        hits.refresh_from_db()
    return hits.count <= most


def client_ip(request: HttpRequest) -> str:
    """Where a request comes from: behind a proxy, what the nearest one says."""
    if WEB.written.behind_proxy:
        said = request.headers.get("x-forwarded-for", "").split(",")[-1].strip()
        if said:
            return said
    return str(request.META.get("REMOTE_ADDR", ""))


def account_named(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account a sign-in is for, as the lockout counts it: the address, in small letters."""
    given = credentials or {}
    named = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(named).strip().lower()[:254]


def limited(what: str, most: int, seconds: int) -> Callable[[View], View]:
    """Refuse a person, or an address nobody is signed in from, that posts to a page too often (429)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = f"p{request.user.pk}" if request.user.is_authenticated else client_ip(request)
            if request.method == "POST" and not within(what, who, most, seconds):
                return too_often(request)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def too_often(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page that says: too often, wait."""
    return render(request, "429.html", status=429)
