"""The first page: what this covenant is, where it stands, where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.web.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "pages/home.html")
