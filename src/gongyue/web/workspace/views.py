"""The first page of this face."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.web.access import person as may


@may
def choose(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "work.html")
