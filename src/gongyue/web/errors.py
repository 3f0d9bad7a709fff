"""What is said when a page cannot be shown: what was wrong, how to mend it, and where to go from there.

Under /api/ the same is said as JSON. None of it asks the store or the pages' tables: they may be what is away.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable

import django.db
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gongyue.web.access import anybody
from gongyue.web.api.schemas import Problem, json_response
from gongyue.web.django_settings import WEB
from gongyue.web.failures import (
    AWAY,
    FOREIGN,
    FORGED,
    NO_COOKIE,
    NOT_YOURS,
    NOWHERE,
    ONLY_FORMS,
    OUR_FAULT,
    TOO_LARGE,
    TOO_MANY,
    TOO_OFTEN,
    UNREADABLE,
    Failure,
)
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import moment, pick

SOON = 60
"""Seconds after which it is worth trying again where the store is away."""

_BY_ERROR: tuple[tuple[type[Exception], Failure], ...] = (
    (DisallowedHost, FOREIGN),
    (RequestDataTooBig, TOO_LARGE),
    (TooManyFieldsSent, TOO_MANY),
    (TooManyFilesSent, TOO_MANY),
)


@anybody
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read, or is more than is taken."""
    found = next((failure for kind, failure in _BY_ERROR if isinstance(exception, kind)), UNREADABLE)
    if found is FOREIGN:  # no link of the page would lead anywhere
        return render_failure(request, found, (WEB.address + reverse("home"), WEB.address))
    return render_failure(request, found, _back(request), _home())


@anybody
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of the page it was on."""
    return render_failure(request, NO_COOKIE if reason == REASON_NO_CSRF_COOKIE else FORGED, _back(request), _home())


@anybody
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page for others."""
    return render_failure(request, NOT_YOURS, _seat(), _home())


@anybody
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    ways = (
        (reverse("covenant"), pick("公约正文", "The covenant")),
        (reverse("register"), pick("成员名录", "Members")),
        (reverse("log"), pick("公开簿", "The open book")),
    )
    now: Now | None = getattr(request, "now", None)
    published = now is None or now.inst.in_force
    return render_failure(request, NOWHERE, _home(), *(ways if published else ()), trace=request.path)


@anybody
def too_often(request: HttpRequest, exception: Exception | None = None, wait: int = 0) -> HttpResponse:
    """Too often: wait, and how long where that is known."""
    minutes = -(-wait // 60)
    mend = (f"请在 {minutes} 分钟后再试。", f"Try again in {minutes} minute{'s' if minutes > 1 else ''}.")
    page = render_failure(request, TOO_OFTEN._replace(mend=mend) if wait else TOO_OFTEN, _back(request), _home())
    if wait:
        page.headers["Retry-After"] = str(wait)
    return page


@anybody
def our_fault(request: HttpRequest) -> HttpResponse:
    """Something broke here, or the store is away."""
    away: tuple[type[Exception], ...] = (
        sqlite3.OperationalError,
        django.db.OperationalError,
        django.db.InterfaceError,
        *_POSTGRES,
    )
    if isinstance(sys.exc_info()[1], away):
        page = render_failure(request, AWAY, _again(request), _home())
        page.headers["Retry-After"] = str(SOON)
        return page
    return render_failure(
        request, OUR_FAULT, _again(request), _home(), trace=f"{moment(int(time.time()))} · {request.path}"
    )


def _postgres() -> tuple[type[Exception], ...]:
    try:
        import psycopg
    except ImportError:  # it is installed only where it is used
        return ()
    return (psycopg.OperationalError, psycopg.InterfaceError)


_POSTGRES = _postgres()


class Methods:
    """An answer that only says "another method" says it to readers, too."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        if response.status_code != ONLY_FORMS.status or request.method == "HEAD":
            return response
        page = render_failure(request, ONLY_FORMS, _back(request), _seat(), _home())
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page


Way = tuple[str, str]
"""An address and what it is called; ("", "") for none."""


def render_failure(request: HttpRequest, failure: Failure, *ways: Way, trace: str = "") -> HttpResponse:
    """The failure as a page, or as the API says it."""
    if request.path.startswith("/api/") and request.path != "/api/":
        zh, en = (wrong + ("" if n == 0 else " ") + failure.mend[n] for n, wrong in enumerate(failure.wrong))
        return json_response(Problem(failure.code, zh, en), failure.status)
    shown = {
        "status": failure.status,
        "title": pick(*failure.title),
        "wrong": pick(*failure.wrong),
        "mend": pick(*failure.mend),
        "ways": [way for way in ways if way[0]],
        "trace": trace,
    }
    return render(request, "failing.html", shown, status=failure.status)


def _home() -> Way:
    return reverse("home"), pick("回到首页", "Back to the first page")


def _seat() -> Way:
    return reverse("workspace"), pick("去我的席位", "To my seat")


def _again(request: HttpRequest) -> Way:
    """The same page once more; nothing is posted twice."""
    return (request.get_full_path(), pick("再试一次", "Try again")) if request.method == "GET" else _back(request)


def _back(request: HttpRequest) -> Way:
    """The page of ours the reader came from."""
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}):
        return "", ""
    return came, pick("重新打开原页", "Open the page again")
