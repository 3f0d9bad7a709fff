"""The page cache: a public page is a function of the book's size, the Beijing date and the language (house 6).

It stands in front of Django as WSGI. The address carries the language (/en/…), so what was rendered once is given
again until the book grows or the day ends. Only views marked `public` say they may be kept, by `X-Public`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from gongyue import __version__
from gongyue.web import installation

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
MOST = 4_000
"""Pages kept at most; all are let go when the book grows."""
LARGEST = 512 * 1024
"""Bytes of the largest page kept."""


class PageCache:
    """A WSGI application that answers public pages from memory."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application
        self._at: tuple[int, int] = (-1, -1)
        self._pages: dict[str, tuple[str, list[tuple[str, str]], bytes]] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from memory, or ask Django and remember."""
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"].startswith("/static/"):
            return self.application(environ, start)
        now = installation.now()
        at = (now.size, now.day)
        key = f"{environ.get('HTTP_HOST')}{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        known = self._known(at, key)
        if known is None:
            return self._ask(environ, start, at, key)
        status, headers, body = known
        if environ.get("HTTP_IF_NONE_MATCH") == dict(headers)["ETag"]:
            start("304 Not Modified", headers)
            return [b""]
        start(status, headers)
        return [body]

    def _known(self, at: tuple[int, int], key: str) -> tuple[str, list[tuple[str, str]], bytes] | None:
        if self._at != at:
            with self._lock:
                self._at, self._pages = at, {}
            return None
        return self._pages.get(key)

    def _ask(
        self, environ: dict[str, Any], start: Callable[..., Any], at: tuple[int, int], key: str
    ) -> Iterable[bytes]:
        answered: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answered[:] = [status, headers]

        parts = self.application(environ, note)
        status, headers = answered
        kept = [(name, value) for name, value in headers if name != "X-Public"]
        if len(kept) == len(headers) or not status.startswith("200"):
            start(status, headers)
            return parts
        body = b"".join(parts)
        close = getattr(parts, "close", None)
        if close is not None:
            close()
        kept.append(("ETag", f'"{__version__}-{at[0]}-{at[1]}"'))
        if len(body) <= LARGEST and len(self._pages) < MOST and self._at == at:
            self._pages[key] = (status, kept, body)
        start(status, kept)
        return [body]
