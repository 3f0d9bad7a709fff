"""What the server writes down: one plain line an event, without addresses, names, queries or anything a reader typed.

A request is named by its route, never by its address: that may hold a link somebody was sent in confidence. Nobody's
visits are written down at all.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

QUIET = {
    "axes": logging.CRITICAL,
    "allauth": logging.ERROR,
    "django.security": logging.CRITICAL,
    "django.request": logging.ERROR,
}
"""Who would write down accounts, addresses or headers, or a line for whatever anybody sends: an address that is none, a form
that is none."""


class _Plain(logging.Formatter):
    """Time, level, what happened. Of a traceback the places only, unless GONGYUE_DEBUG=1: an error's own text may hold
    what was typed."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record = logging.makeLogRecord(record.__dict__ | {"msg": _request_text(record, request), "args": ()})
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging's own name)
        if os.environ.get("GONGYUE_DEBUG") == "1":
            return super().formatException(ei)
        kind, _, traceback = ei
        lines = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            lines.append(f"  {code.co_filename}:{traceback.tb_lineno} {code.co_name}")
            traceback = traceback.tb_next
        return "\n".join([*lines, f"  {kind.__name__}"])


def _request_text(record: logging.LogRecord, request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return f"{getattr(record, 'status_code', '')} {request.method} —"
    return f"{getattr(record, 'status_code', '')} {request.method} /{match.route}"


def to_standard_error(level: int = logging.WARNING) -> None:
    """Write to standard error: what gongyue says from INFO on, everybody else from `level` on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("gongyue").setLevel(logging.INFO)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(quiet)
