"""A static mirror of the public site: every page in both languages as plain files, with the books beside.

It works from any plain file server, in any subfolder, and from a folder without a server: links are relative and name
files. What needs a server is told on the page; the receipt checker and the recount run in the reader's browser as ever.
The caller has started the pages (`web.bootstrap`).
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterable, Iterator
from os.path import relpath
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from wsgiref.util import setup_testing_defaults

from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIHandler
from django.utils.translation import override

from gongyue.office.publishing import publish
from gongyue.transparency.tiles import write_atomically
from gongyue.web import installation
from gongyue.web.django_settings import WEB
from gongyue.web.pages.catalogue import addresses

FLAG = "gongyue.mirror"
"""In a request's environ: the page is made for the mirror."""

LANGUAGES = ("zh-hans", "en")
Progress = Callable[[int, int], None]

_LINK = re.compile(r'\b(href|src|data-url)="(/[^"]*)"')
_ASSET = re.compile(r'url\("([^"]+)"\)')


class NotAMirror(Exception):
    """The folder holds something that is not a mirror: `zh` and `en` say so."""

    def __init__(self, folder: Path) -> None:
        self.zh = f"{folder} 已有别的内容；请换一个目录。"
        self.en = f"{folder} holds something else: take another folder."
        super().__init__(f"{self.zh} / {self.en}")


class BrokenPage(RuntimeError):
    """A page of the public site that does not answer."""


def mirror(folder: Path, progress: Progress | None = None) -> int:
    """Write the mirror, or bring it up to date; returns the number of pages. NotAMirror, OutOfTurn before publication."""
    if folder.is_file() or (
        folder.is_dir() and any(folder.iterdir()) and not (folder / "book" / "checkpoint").exists()
    ):
        raise NotAMirror(folder)
    publish(installation.office(), folder / "book")
    pages = list(_addresses())
    site = Site(folder, pages)
    for done, address in enumerate(pages, 1):
        site.write(address)
        if progress is not None:
            progress(done, len(pages))
    return len(pages)


def _addresses() -> Iterator[str]:
    at = installation.now()
    for language in LANGUAGES:
        with override(language):
            yield from addresses(at)


class Site:
    """A mirror being written: which pages it has, and where each stands."""

    def __init__(self, folder: Path, pages: Iterable[str]) -> None:
        self.folder = folder
        self.files = {page: file_of(page) for page in pages}
        self._assets: set[str] = set()

    def write(self, address: str) -> None:
        """Write one page, and whatever static files it uses."""
        kind, body = answer(address)
        if kind.startswith("text/html"):
            body = self._relative(body.decode(), self.files[address]).encode()
        write_atomically(self.folder / self.files[address], body)

    def _relative(self, page: str, file: str) -> str:
        """The page with every link relative to its own file; a link to what the mirror does not have loses its target."""

        def link(found: re.Match[str]) -> str:
            name, target = found[1], html.unescape(found[2])
            path, mark, fragment = target.partition("#")
            known = self._file(unquote(path))
            if known is None:
                return ""
            away = quote(relpath(known, Path(file).parent))
            return f'{name}="{html.escape(away + mark + fragment)}"'

        return _LINK.sub(link, page)

    def _file(self, path: str) -> str | None:
        if path.startswith("/static/"):  # its query says only which version it is
            return self._asset(path.removeprefix("/static/").partition("?")[0])
        if path.startswith("/book/"):
            return path[1:] if (self.folder / path[1:]).is_file() else None
        return self.files.get(path) or self.files.get(quote(path, safe="/:"))

    def _asset(self, name: str) -> str | None:
        """Copy a static file, and what a stylesheet names."""
        target = f"static/{name}"
        if name not in self._assets:
            self._assets.add(name)
            source = finders.find(name)
            if source is None:
                raise BrokenPage(f"/static/{name}")
            data = Path(source).read_bytes()
            write_atomically(self.folder / target, data)
            if name.endswith(".css"):
                for used in _ASSET.findall(data.decode()):
                    self._asset((Path(name).parent / used).as_posix())
        return target


def file_of(address: str) -> str:
    """The file of a page: folders have an index.html, so that links work without a server too; no system forbids _."""
    path = unquote(address).lstrip("/").replace(":", "_")
    return f"{path}index.html" if not path or path.endswith("/") else path


_handler: list[WSGIHandler] = []


def answer(address: str) -> tuple[str, bytes]:
    """(media type, body) of a page made for the mirror."""
    if not _handler:
        _handler.append(WSGIHandler())
    environ: dict[str, Any] = {
        "PATH_INFO": unquote(address).encode().decode("latin-1"),
        "HTTP_HOST": WEB.hosts[0],
        "wsgi.url_scheme": "https" if WEB.secure else "http",
        "wsgi.input": io.BytesIO(),
        FLAG: True,
    }
    setup_testing_defaults(environ)
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
        said[:] = [status, dict(headers)]
        return said.append

    parts = _handler[0](environ, start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    status, headers = said
    if not status.startswith("200"):
        raise BrokenPage(f"{address}: {status}")
    return headers["Content-Type"], body
