"""The page cache: a public page is a function of the book's size, the Beijing date and the language.

It stands in front of Django as WSGI. The address carries the language (/en/…), so what was rendered once is given
again until the book grows or the day ends. Only views marked `public` say they may be kept, by `X-Public`. Styles and
scripts are kept beside them. What a page does not heed is cut off its address first, and an address with a question left
in it is asked anew each time: so the cache holds as many pages as the site has, not as many as somebody can think of.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli
import msgspec
from django.conf import settings
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from gongyue import __version__
from gongyue.web import installation
from gongyue.web.access import access_of
from gongyue.web.environ import File
from gongyue.web.settings import Written
from gongyue.web.static_storage import Asset, asset_of

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]
LARGEST = 512 * 1024
"""Bytes of the largest page kept."""
MOST = 64 * 1024 * 1024
"""Bytes of all pages kept, at most."""
SHORTEST = 1024
"""Bytes from which a text is worth compressing."""
TEXTS = ("text/", "application/json", "application/atom+xml", "application/javascript", "image/svg+xml")

STATIC = "/static/"
PUBLIC = "X-Public"
"""The header by which Django says that an answer is the same for everybody."""
PROBES = frozenset({"/healthz", "/readyz"})
"""They are answered without asking the store first: whether the process lives is known also where the store is away."""
At = tuple[int, int, int]
"""What a public page is a function of, besides its language: the book's size, the day, and a clock too far from the book."""
NOW = "gongyue.now"
"""Where a request's environment says what its page is made of: the store is asked once."""

_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: brotli.compress(data, quality=5),
    "gzip": lambda data: gzip.compress(data, 6, mtime=0),
}
"""What a page can be compressed by, the best first."""


class CachedPage:
    """A page as it was answered, compressed once for all who take it so; `asked`: how often it was asked for since."""

    def __init__(self, status: str, headers: Headers, body: bytes, etag: str) -> None:
        self.status, self.etag, self.asked = status, etag, 0
        self.headers = [*headers, ("ETag", etag)]
        self._bodies = {"": body}
        kind = next((value for name, value in headers if name == "Content-Type"), "")
        self._text = kind.startswith(TEXTS) and len(body) >= SHORTEST

    @property
    def size(self) -> int:
        """Bytes it takes at most: its compressed forms together are no longer than itself."""
        return 2 * len(self._bodies[""])

    def in_coding(self, accepted: str) -> tuple[Headers, bytes]:
        """Its headers and body in the best coding of those accepted."""
        taken = {name.strip() for name, _, q in (one.partition(";") for one in accepted.split(",")) if not _none(q)}
        coding = next((name for name in _COMPRESS if self._text and name in taken), "")
        if coding not in self._bodies:
            self._bodies[coding] = _COMPRESS[coding](self._bodies[""])
        body = self._bodies[coding]
        headers = [(n, str(len(body)) if n == "Content-Length" else v) for n, v in self.headers]
        return [*headers, ("Content-Encoding", coding)] if coding else headers, body


class LeastUsedPages:
    """Pages by address, as many as fit; the one asked for least goes first, so that nobody pushes out what many read."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._pages: dict[str, CachedPage] = {}
        self._lock = threading.Lock()

    def get(self, address: str) -> CachedPage | None:
        """The page at that address."""
        page = self._pages.get(address)
        if page is not None:
            page.asked += 1
        return page

    def put(self, address: str, page: CachedPage) -> None:
        """Keep a page; those asked for least make room, perhaps this very one."""
        with self._lock:
            if address in self._pages:  # two asked at once
                return
            self._pages[address] = page
            self._size += page.size
            while self._size > self._most:
                least = min(self._pages, key=lambda kept: self._pages[kept].asked)
                self._size -= self._pages.pop(least).size


class PageCache:
    """A WSGI application that answers public pages from memory."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application
        self._at: At = (-1, -1, 0)
        self._pages = LeastUsedPages()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from memory, or ask Django and remember. HEAD is GET without the body, for the API as for pages."""
        if environ["REQUEST_METHOD"] == "HEAD":
            parts = self({**environ, "REQUEST_METHOD": "GET"}, start)
            getattr(parts, "close", lambda: None)()
            return [b""]
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or path in PROBES:
            return self.application(environ, start)
        if path.startswith(STATIC) and (asset := asset_of(path.removeprefix(STATIC))):
            return _file(asset, environ, start)
        try:
            now = environ[NOW] = installation.now()
        except Exception:  # noqa: BLE001  (the store is away, say: Django meets it again and says so)
            return self.application(environ, start)
        query = environ["QUERY_STRING"] = canonical(path, environ.get("QUERY_STRING", ""))
        at = (now.size, now.day, now.clock.time if now.clock.off else 0)
        made_by = f"{__version__}-{_shown(settings.WEB.written)}"
        pages, etag = self._pages_at(at), f'W/"{made_by}-{at[0]}-{at[1]}-{at[2]}"'
        host, _ = split_domain_port(environ.get("HTTP_HOST", ""))  # Django lets a known name pass with any port
        if query or not host:
            return self._ask(environ, start, etag, None)
        address = f"{host}{path}"
        known = pages.get(address)
        if known is not None:
            return _respond(known, environ, start)
        return self._ask(environ, start, etag, lambda page: pages.put(address, page))

    def _pages_at(self, at: At) -> LeastUsedPages:
        """The pages as of that; what a request keeps that was overtaken while the book grew, nobody is given."""
        if at != self._at and at[0] >= self._at[0]:  # a day may also go back, with a clock that was mended
            self._at, self._pages = at, LeastUsedPages()
        return self._pages if at == self._at else LeastUsedPages()

    def _ask(
        self, environ: dict[str, Any], start: Callable[..., Any], etag: str, keep: Callable[[CachedPage], None] | None
    ) -> Iterable[bytes]:
        """Django's answer; one that is the same for everybody is given to `keep`, if it is neither too long nor a file already."""
        answered: list[Any] = []

        def note(status: str, headers: Headers, exc_info: Any = None) -> None:
            answered[:] = [status, headers]

        parts = self.application(environ, note)
        status, headers = answered
        rest = [(name, value) for name, value in headers if name != PUBLIC]
        if len(rest) == len(headers) or _length(headers) > LARGEST or isinstance(parts, File):
            start(status, rest)
            return parts
        page = CachedPage(status, rest, b"".join(parts), etag)
        getattr(parts, "close", lambda: None)()
        if keep is not None:
            keep(page)
        return _respond(page, environ, start)


def canonical(path: str, query: str) -> str:
    """The query of an address without what its page does not heed; as it is, where the page is not public or there is none."""
    if not query:
        return ""
    path = path.encode("latin-1").decode("utf-8", "replace")
    try:
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            access = access_of(resolve(path).func)
        if access is None or access.who != "public":
            return query
        return urlencode([(name, value) for name, value in parse_qsl(query, max_num_fields=50) if name in access.asks])
    except (Resolver404, ValueError):
        return query


def _file(asset: Asset, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A style, a script, an icon: to be kept for ever where the address names its content, as then it never changes."""
    named = environ.get("QUERY_STRING", "") == f"v={asset.digest}"
    keep = "public, max-age=31536000, immutable" if named else "public, max-age=3600"

    def begin(status: str, headers: Headers) -> None:
        start(status, [*headers, ("Cache-Control", keep)])

    return _respond(_page_of(asset), environ, begin)


@lru_cache(maxsize=4)
def _shown(written: Written) -> str:
    """A mark of what pages show of the settings, which may be others after a restart: what browsers kept is then out of date."""
    shown = msgspec.json.encode((written.origins, written.source, written.contact))
    return hashlib.sha256(shown).hexdigest()[:12]


@lru_cache(maxsize=256)
def _page_of(asset: Asset) -> CachedPage:
    kind = mimetypes.guess_type(asset.name)[0] or "application/octet-stream"
    headers = [
        ("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind),
        ("Content-Length", str(len(asset.data))),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    return CachedPage("200 OK", headers, asset.data, f'W/"{asset.digest}"')


def _respond(page: CachedPage, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    if _etag_matches(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        start("304 Not Modified", [(n, v) for n, v in page.headers if n not in ("Content-Length", "Content-Type")])
        return [b""]
    headers, body = page.in_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    start(page.status, headers)
    return [body]


def _none(quality: str) -> bool:
    """Whether a coding's quality value says that it is not accepted (RFC 9110 12.5.3)."""
    return re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", quality) is not None


def _etag_matches(header: str, etag: str) -> bool:
    """Whether If-None-Match names it: a list, with or without the mark of weakness, or any."""
    mark = etag.removeprefix("W/")
    return any(name.strip().removeprefix("W/") in (mark, "*") for name in header.split(","))


def _length(headers: Headers) -> int:
    """The length an answer states; one that states none is streamed and not kept."""
    return next((int(value) for name, value in headers if name == "Content-Length"), LARGEST + 1)
