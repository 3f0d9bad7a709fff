"""What happens to every request: the institution as of now, who is asking, and whether the page is theirs to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils.html import format_html

from gongyue.web import installation
from gongyue.web.access import Access, access_of
from gongyue.web.accounts import seats
from gongyue.web.accounts.mfa_policy import must_enrol
from gongyue.web.cache import NOW, PROBES, PUBLIC, TEXTS
from gongyue.web.templatetags.words import pick

Respond = Callable[[HttpRequest], HttpResponseBase]


class Compressed(GZipMiddleware):
    """What is not the same for everybody is compressed here, with a random length added (BREACH); the rest once, in the cache."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Texts only, and none that is streamed."""
        kind = response.headers.get("Content-Type", "")
        if PUBLIC in response.headers or response.streaming or not kind.startswith(TEXTS):
            return response
        return super().process_response(request, response)


class Headers:
    """Headers that no page changes."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _same_for_everybody(request, response):
            response.headers[PUBLIC] = "1"
            response.headers["Cache-Control"] = "public, no-cache"
            response.headers["Vary"] = "Accept-Encoding"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def _same_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer may be kept and given to anybody: a public page that was found and sets no cookie."""
    access: Access | None = getattr(request, "access", None)
    public = access is not None and access.who == "public"
    return public and request.method == "GET" and response.status_code == 200 and not response.cookies


class Present:
    """Every request but the probes is answered from one state: `request.now` (the institution, its size, time, day)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in PROBES:
            request.now = request.META.get(NOW) or installation.now()  # type: ignore[attr-defined]
        return self.respond(request)


class DenyByDefault:
    """A page is shown to those its view names; a view that names nobody is shown to nobody.

    Accounts' own pages come from allauth, which asks for itself.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, send to the sign-in page, or let the view answer."""
        if view.__module__.startswith(("allauth.", "ninja.", "django.views.static", "django.contrib.staticfiles")):
            return None
        access = access_of(view)
        if access is None:
            raise PermissionDenied
        request.access = access  # type: ignore[attr-defined]
        if access.who in {"public", "anybody"}:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not allowed(request, access, kwargs):
            raise PermissionDenied
        if must_enrol(request, access):
            said = pick(
                "办事的页面须先启用两步验证：任选下面一种，一次即可。启用之后再打开：",
                "Pages that do something ask for two-step verification: set up one of these, once; then open again: ",
            )
            messages.warning(request, format_html('{}<a href="{}">{}</a>', said, request.path, request.path))
            return redirect("mfa_index")
        return None


def allowed(request: HttpRequest, access: Access, kwargs: dict[str, Any]) -> bool:
    """Whether the signed-in person may see a page of that access; notes the seat it is seen from."""
    if access.who in {"person", "seated"}:
        return True
    seat = seats.seat_for(request, access, kwargs.get("unit"))
    request.seat = seat  # type: ignore[attr-defined]
    return seat is not None
