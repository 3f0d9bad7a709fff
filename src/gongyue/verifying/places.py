"""Where a published book is read from: a directory, a zip file or an address."""

from __future__ import annotations

import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from http.client import HTTPException, IncompleteRead
from pathlib import Path

Fetch = Callable[[str], bytes]
"""path relative to the book → bytes; KeyError where there is nothing."""

LARGEST = 256 * 1024 * 1024
"""Bytes of one file that are read at most."""


class Unreadable(Exception):
    """The place cannot be read at all."""


def open_place(place: str) -> Fetch:
    """A reader of DIR, FILE.zip or http(s)://…; Unreadable if there is no such place."""
    if place.startswith(("http://", "https://")):
        return _from_address(place.rstrip("/"))
    path = Path(place)
    if path.is_dir():
        return _from_directory(path)
    if path.is_file() and zipfile.is_zipfile(path):
        return _from_zip(path)
    raise Unreadable(f"{place}：不是目录、zip 文件或网址 / not a directory, a zip file or an address")


def _from_directory(root: Path) -> Fetch:
    def fetch(path: str) -> bytes:
        try:
            return (root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise KeyError(path) from None
        except OSError as error:
            raise Unreadable(str(error)) from None

    return fetch


def _from_zip(path: Path) -> Fetch:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(f"{path}: {error}") from None
    names = {name.rstrip("/"): name for name in archive.namelist()}
    prefix = (
        "" if "checkpoint" in names else next((n[: -len("checkpoint")] for n in names if n.endswith("/checkpoint")), "")
    )

    def fetch(wanted: str) -> bytes:
        info = archive.getinfo(prefix + wanted)
        if info.file_size > LARGEST:
            raise Unreadable(f"{wanted}: {info.file_size} > {LARGEST}")
        try:
            return archive.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise Unreadable(f"{wanted}: {error}") from None  # a damaged archive, or one this Python cannot unpack

    return fetch


def _from_address(base: str) -> Fetch:
    def fetch(path: str) -> bytes:
        try:
            with urllib.request.urlopen(f"{base}/{path}", timeout=60) as answer:  # noqa: S310  (http and https only)
                data: bytes = answer.read(LARGEST + 1)
                if answer.length and len(data) <= LARGEST:  # broken off: no fault of the book
                    raise IncompleteRead(data, answer.length)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise KeyError(path) from None
            raise Unreadable(f"{base}/{path}: {error}") from None
        except (OSError, HTTPException, ValueError) as error:  # no answer, half of one, no address at all
            raise Unreadable(f"{base}/{path}: {error}") from None
        if len(data) > LARGEST:
            raise Unreadable(f"{base}/{path}: > {LARGEST}")
        return data

    return fetch
