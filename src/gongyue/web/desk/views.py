"""The first page of this face."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.web.access import office as may


@may()
def desk(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "work.html")
