"""What is said when a page cannot be shown: what was wrong, and where to go from there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.web.access import anybody


@anybody
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read."""
    return render(request, "failing/400.html", status=400)


@anybody
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page for others."""
    return render(request, "failing/403.html", status=403)


@anybody
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    return render(request, "failing/404.html", status=404)


@anybody
def our_fault(request: HttpRequest) -> HttpResponse:
    """Something broke here."""
    return render(request, "failing/500.html", status=500)
