"""Where a published book is read from: a directory, a zip file or an address; each file within its bound and the budget."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from weakref import finalize

from gongyue.book import pack
from gongyue.book.entry import MAX_OBJECT
from gongyue.transparency import tiles
from gongyue.transparency.notes import MAX_NOTE_SIZE
from gongyue.transparency.regular import NotRegular, TooLong, gather, read_regular
from gongyue.verifying.budget import Budget
from gongyue.verifying.failures import Unreadable

Fetch = Callable[[str], bytes]
"""path relative to the book → bytes; KeyError where there is nothing, TooLong where there is more than can be."""

MOST_LISTED = 12 * 1024**2
"""Bytes of a zip file's list of contents: about 80,000 files, as a million acts have in one export."""


def bound_of(path: str) -> int:
    """Bytes that a file of a published book, or of an evidence pack, has at most, by what it is."""
    if (most := pack.bound_of(path)) is not None:
        return most
    path = path.removeprefix(pack.BOOK).removeprefix("sealed/")
    if path.startswith("tile/entries/"):
        return tiles.BUNDLE_BYTES
    if path.startswith("tile/"):
        return tiles.TILE_BYTES
    return MAX_OBJECT if path.startswith("objects/") else MAX_NOTE_SIZE


def open_place(place: str, budget: Budget | None = None) -> Fetch:
    """A reader of DIR, FILE.zip or http(s)://…; Unreadable if there is no such place, Spent beyond the budget."""
    budget = budget or Budget()
    if place.startswith(("http://", "https://")):
        from gongyue.verifying.addresses import from_address

        return from_address(place.rstrip("/"), budget)
    path = Path(place)
    if path.is_dir():
        return _from_directory(path, budget)
    if path.is_file() and zipfile.is_zipfile(path):
        return _from_zip(path, budget)
    raise _no_place(place, path.exists())


def _no_place(place: str, there: bool) -> Unreadable:
    if there:
        zh, en = "不是目录，也不是完整的 zip 文件", "neither a folder nor a whole zip file"
    elif "://" in place:
        zh, en = "只读 http:// 或 https:// 的网址", "only addresses that begin with http:// or https:// are read"
    else:
        zh, en = "没有这个目录或文件；请核对路径", "there is no such folder or file; see whether the path is right"
    return Unreadable(f"{place}：{zh}", f"{place}: {en}", "place")


def _from_directory(root: Path, budget: Budget) -> Fetch:
    def fetch(path: str) -> bytes:
        file = root / path
        try:
            return read_regular(file, bound_of(path), lambda count: budget.take(str(file), count))
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise KeyError(path) from None
        except NotRegular:
            raise Unreadable(
                f"{file} 是设备、管道或套接字，不是文件",
                f"{file} is a device, a pipe or a socket and no file",
                "no-file",
                file=str(file),
            ) from None
        except OSError as error:
            raise unread(str(file), error) from None

    return fetch


def _from_zip(path: Path, budget: Budget) -> Fetch:
    file = _Listed(path)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        file.close()
        raise unread(str(path), error) from None
    finalize(archive, file.close)  # a reader has no end of its own
    prefix = _top(archive.NameToInfo)

    def fetch(wanted: str) -> bytes:
        info = archive.getinfo(prefix + wanted)
        name = f"{path}:{info.filename}"
        if info.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):  # others may ask for memory without end
            raise unread(name, f"compression {info.compress_type}")
        if info.file_size > bound_of(wanted):
            raise TooLong(name, bound_of(wanted))
        try:
            with archive.open(info) as member:  # whatever its header says, it is cut off at the bound
                return gather(member.read, name, bound_of(wanted), lambda count: budget.take(name, count))
        except TooLong:
            raise
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise unread(name, error) from None  # a damaged archive, or one this Python cannot unpack

    return fetch


def _top(names: Iterable[str]) -> str:
    """The folder in a zip file in which an evidence pack or a book lies, empty at the top."""
    known = list(names)
    for first in (pack.MANIFEST, "checkpoint"):
        if first in known:
            return ""
        if found := next((name for name in known if name.endswith(f"/{first}")), ""):
            return found.removesuffix(first)
    return ""


def listed(path: Path) -> list[str]:
    """The names in a zip file, each as often as it is there, below the folder where a pack or a book lies."""
    file = _Listed(path)
    try:
        with zipfile.ZipFile(file) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise unread(str(path), error) from None
    finally:
        file.close()
    prefix = _top(names)
    return [name.removeprefix(prefix) for name in names]


class _Listed(io.FileIO):
    """A zip file whose list of contents, which is read at once, has a bound; a file within is read in pieces."""

    def read(self, count: int | None = -1) -> bytes:
        all_there_is = count is None or count < 0  # the last 64 KiB, in which the list's place is looked for
        data = super().read(MOST_LISTED + 1 if all_there_is else min(count or 0, MOST_LISTED + 1)) or b""
        if len(data) > MOST_LISTED:
            raise ValueError(f"a list of contents of more than {MOST_LISTED:,} bytes")
        return data


def unread(name: str, error: object) -> Unreadable:
    """What could not be read, in the words of whoever tried."""
    return Unreadable(f"{name}：{error}", f"{name}: {error}", "file", file=name)
