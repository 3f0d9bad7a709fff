"""What middleware has noted on a request, typed: the institution as of now, and the seat a page is seen from."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from gongyue.web.accounts.models import Person, Seat
from gongyue.web.installation import Now


def now(request: HttpRequest) -> Now:
    """The institution this request is answered from, its size, time and day."""
    return cast("Now", request.now)  # type: ignore[attr-defined]


def seat(request: HttpRequest) -> Seat:
    """The seat this page is seen from; only on pages of a unit, the office or the authority."""
    return cast("Seat", request.seat)  # type: ignore[attr-defined]


def person(request: HttpRequest) -> Person:
    """Whoever is signed in; only where the page asks for it."""
    return cast("Person", request.user)
