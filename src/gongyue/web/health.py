"""Whether the process lives, and whether it can answer: the office's store and the pages' tables."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse

from gongyue.web import installation
from gongyue.web.access import anybody


@anybody
def healthz(request: HttpRequest) -> JsonResponse:
    """The process lives."""
    return JsonResponse({"ok": True})


@anybody
def readyz(request: HttpRequest) -> JsonResponse:
    """It can answer: says the size of the open book, and the clock where it keeps anything from being recorded; 503 with what is missing."""
    try:
        now = installation.now()
        connection.ensure_connection()
    except Exception as error:  # noqa: BLE001 - whatever stands in the way, it cannot answer
        return JsonResponse({"ok": False, "missing": type(error).__name__}, status=503)
    clock = {"clock": now.clock.data()} if now.clock.off else {}
    return JsonResponse({"ok": True, "size": now.size} | clock)
