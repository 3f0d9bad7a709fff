"""Both books as files, as `gongyue export` writes them: published into the office's folder, kept up to date, served."""

from __future__ import annotations

import fcntl
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

from gongyue.office.publishing import archive, publish
from gongyue.transparency.tiles import write_atomically
from gongyue.web import installation
from gongyue.web.pages.decorators import page
from gongyue.web.request_state import now

FOLDER = "published"
"""In the office's folder: `book/` and `book.zip`, which can be deleted and are made again."""

_lock = threading.Lock()
_PATH = re.compile(
    r"(?:sealed/)?(?:checkpoint|tile/(?:entries|\d{1,2})(?:/x\d{3})*/\d{3}(?:\.p/\d{1,3})?)|objects/sha256/[0-9a-f]{64}"
)


def place() -> Path:
    """Where this office's published files are."""
    guard = installation.office().guard.path
    assert guard is not None, "the office of an installation has a folder"
    return guard.parent / FOLDER


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time, in this process and among processes."""
    folder.mkdir(parents=True, exist_ok=True)
    with _lock, (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def published(size: int) -> Path:
    """The folder of the books, with everything up to `size` at least."""
    folder = place()
    if _size_at(folder / "book") < size:
        with _alone(folder):
            if _size_at(folder / "book") < size:
                publish(installation.office(), folder / "book")
    return folder / "book"


def _size_at(book: Path) -> int:
    try:
        return int((book / "checkpoint").read_bytes().split(b"\n", 2)[1])
    except (OSError, IndexError, ValueError):
        return 0


def zipped(size: int) -> Path:
    """The whole of both books as one zip file, with everything up to `size` at least."""
    book, folder = published(size), place()
    target, made = folder / "book.zip", folder / "book.zip.size"
    with _alone(folder):
        if not target.exists() or not made.exists() or int(made.read_text()) < size:
            archive(book, target)
            write_atomically(made, str(_size_at(book)).encode())
    return target


@contextmanager
def held_still(size: int) -> Iterator[Path]:
    """The folder of the books, which nobody writes to meanwhile, with everything up to `size` at least."""
    book = published(size)
    with _alone(place()):
        yield book


@page
def file(request: HttpRequest, path: str) -> HttpResponse:
    """One file of the books."""
    if not _PATH.fullmatch(path):
        raise Http404(path)
    found = published(now(request).size) / path
    try:
        data = found.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404(path) from None
    return HttpResponse(data, kind_of_file(path, data), headers={"Access-Control-Allow-Origin": "*"})


def kind_of_file(path: str, data: bytes) -> str:
    """The media type of a file of the books; objects are whatever their authors wrote, so never run or rendered."""
    if path.endswith("checkpoint"):
        return "text/plain; charset=utf-8"
    if path.startswith("objects/"):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "application/octet-stream"
        return "text/plain; charset=utf-8"
    return "application/octet-stream"


@page
def download(request: HttpRequest) -> HttpResponseBase:
    """Both books in one file."""
    target = zipped(now(request).size)
    return FileResponse(target.open("rb"), as_attachment=True, filename="gongyue-book.zip")
