"""How a page of the open book is answered: for everybody the same, and only once the covenant is published."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gongyue.web.access import asks
from gongyue.web.request_state import now

View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """A page of the open book, which is shown to nobody before the covenant is published (art. 21)."""
    return page_of()(view)


def page_of(*names: str) -> Callable[[View], View]:
    """The same for a page that heeds these names in its query."""

    def marked(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not now(request).inst.in_force:
                return unpublished(request)
            return view(request, *args, **kwargs)

        return asks(*names)(shown)

    return marked


def unpublished(request: HttpRequest) -> HttpResponse:
    """What is said before publication: that there is nothing to see yet."""
    first = request.resolver_match is not None and request.resolver_match.url_name == "home"
    return render(request, "pages/unpublished.html", status=200 if first else 404)


def number_in(request: HttpRequest, name: str = "page") -> int:
    """A page number from the query; 1 for anything that is none."""
    given = request.GET.get(name, "1")
    return int(given) if given.isascii() and given.isdigit() and 1 <= len(given) <= 6 and int(given) else 1
