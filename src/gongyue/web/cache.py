"""The page cache: a public page is a function of the book's size, the Beijing date and the language (house 6).

It stands in front of Django as WSGI. The address carries the language (/en/…), so what was rendered once is given
again until the book grows or the day ends. Only views marked `public` say they may be kept, by `X-Public`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from gongyue import __version__
from gongyue.web import installation

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
LARGEST = 512 * 1024
"""Bytes of the largest page kept."""
MOST = 64 * 1024 * 1024
"""Bytes of all pages kept, at most; all are let go when the book grows or the day ends."""

PROBES = frozenset({"/healthz", "/readyz"})
"""They are answered without asking the store first: whether the process lives is known also where the store is away."""
NOW = "gongyue.now"
"""Where a request's environment says what its page is made of: the store is asked once."""


class _Page(NamedTuple):
    """A page as it was answered."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class PageCache:
    """A WSGI application that answers public pages from memory."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application
        self._at: tuple[int, int] = (-1, -1)
        self._pages: dict[str, _Page] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from memory, or ask Django and remember. HEAD is GET without the body, for the API as for pages."""
        if environ["REQUEST_METHOD"] == "HEAD":
            parts = self({**environ, "REQUEST_METHOD": "GET"}, start)
            close = getattr(parts, "close", None)
            if close is not None:
                close()
            return [b""]
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or path.startswith("/static/") or path in PROBES:
            return self.application(environ, start)
        try:
            now = environ[NOW] = installation.now()
        except Exception:  # noqa: BLE001  (the store is away, say: Django meets it again and says so)
            return self.application(environ, start)
        at = (now.size, now.day)
        key = f"{environ.get('HTTP_HOST')}{path}?{environ.get('QUERY_STRING', '')}"
        known = self._pages.get(key) if self._at == at else None
        if known is None:
            return self._ask(environ, start, at, key)
        if _named(environ.get("HTTP_IF_NONE_MATCH", ""), _etag(at)):
            start("304 Not Modified", known.headers)
            return [b""]
        start(known.status, known.headers)
        return [known.body]

    def _ask(
        self, environ: dict[str, Any], start: Callable[..., Any], at: tuple[int, int], key: str
    ) -> Iterable[bytes]:
        answered: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answered[:] = [status, headers]

        parts = self.application(environ, note)
        status, headers = answered
        kept = [(name, value) for name, value in headers if name != "X-Public"]
        if len(kept) == len(headers) or _length(headers) > LARGEST:
            start(status, kept)
            return parts
        body = b"".join(parts)
        close = getattr(parts, "close", None)
        if close is not None:
            close()
        kept.append(("ETag", _etag(at)))
        self._keep(at, key, _Page(status, kept, body))
        start(status, kept)
        return [body]

    def _keep(self, at: tuple[int, int], key: str, page: _Page) -> None:
        with self._lock:
            if self._at != at:
                self._at, self._pages, self._bytes = at, {}, 0
            if self._bytes + len(page.body) <= MOST:
                self._pages[key] = page
                self._bytes += len(page.body) + len(key)


def _etag(at: tuple[int, int]) -> str:
    return f'"{__version__}-{at[0]}-{at[1]}"'


def _named(header: str, etag: str) -> bool:
    """Whether If-None-Match names it: a list, weak marks left by proxies that compress, or any."""
    return any(name.strip().removeprefix("W/") in (etag, "*") for name in header.split(","))


def _length(headers: list[tuple[str, str]]) -> int:
    """The length an answer states; one that states none is streamed and not kept."""
    return next((int(value) for name, value in headers if name == "Content-Length"), LARGEST + 1)
