"""From a path or URL to the tables and texts in it: by what a file begins with, then by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning import archives, databases
from gongyue.conduct.scanning.archives import DEPTH, spooled
from gongyue.conduct.scanning.delimited import delimited
from gongyue.conduct.scanning.encodings import SAMPLE, encoding_of
from gongyue.conduct.scanning.lines import json_document, json_lines, texts
from gongyue.conduct.scanning.masking import identifying
from gongyue.conduct.scanning.piped import PIPED, piped
from gongyue.conduct.scanning.sniffing import form_of
from gongyue.conduct.scanning.sources import Given, Log, Source
from gongyue.conduct.scanning.workbooks import arrow, parquet, workbook

LEFT_OUT = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        "__pycache__",
        "node_modules",
        ".venv",
        ".tox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
    }
)
"""Folders nobody means."""
_BY_NAME: dict[str, Callable[[Given, Log], Iterator[Source]]] = {
    "txt": texts, "csv": delimited, "tsv": delimited, "psv": delimited, "jsonl": json_lines, "ndjson": json_lines, "json": json_document,
}  # fmt: skip
_BOOKS = frozenset({"xlsx", "xlsm", "xlsb", "xls", "ods"})
_OFFICE = frozenset({"docx", "pptx"})
_SERVERS = ("postgresql://", "postgres://")


class Unknown(BadInput):
    """A file of a kind nobody here reads: a picture, a program."""


def everything(places: tuple[str, ...], log: Log, sample: int | None, exclude: tuple[str, ...]) -> Iterator[Source]:
    """The sources at all places. Where only one is given and nothing of it can be read, BadInput; else what is lost is logged."""
    seen = 0
    for place in places:
        before, held = seen, (len(log.unread), len(log.skipped))
        try:
            for source in sources(place, log, sample, exclude):
                seen += 1
                yield source
            if seen == before:
                _nothing(shown_place(place), log, held)
        except BadInput as error:
            if len(places) == 1 and not seen:
                raise
            log.lost(shown_place(place), error.zh, error.en)


def shown_place(place: str) -> str:
    """A path or URL as it may be shown: as it was given, of a database without user and password."""
    return databases.shown_url(place) if place.startswith(_SERVERS) else place


def _nothing(place: str, log: Log, before: tuple[int, int]) -> None:
    """Log that nothing was scanned at a place: an archive of other things is lost, an empty file or folder is told."""
    unread, skipped = len(log.unread) - before[0], len(log.skipped) - before[1]
    if unread:
        return
    if Path(place).is_dir():
        zh, en = ("文件夹是空的", "the folder is empty") if not skipped else (
            "文件夹里没有可扫描的文件", "no file in the folder can be scanned")  # fmt: skip
        log.told(place, f"{zh}，什么也没有扫描", f"{en}; nothing was scanned")
    elif skipped:
        log.lost(place, "其中没有可扫描的内容，什么也没有扫描", "nothing in it can be scanned, and nothing was")
    else:
        log.told(place, "是空的，什么也没有扫描", "it is empty; nothing was scanned")


def sources(where: str, log: Log, sample: int | None = None, exclude: tuple[str, ...] = ()) -> Iterator[Source]:
    """The tables and texts at a path or URL. BadInput where a single file cannot be read; in a folder it is logged."""
    if where.startswith(_SERVERS):
        yield from databases.postgres(where, log, databases.SAMPLED if sample is None else sample or None)
        return
    if where == PIPED:
        with piped() as given:
            _refuse_database(given)
            yield from _opened(given, log, 0)
        return
    path = Path(where)
    if not path.exists():
        raise _absent(where)
    if not path.is_dir() and not path.is_file():
        raise BadInput(f"{where}：不读管道与设备；请存成文件，或经标准输入送入（gongyue scan -）",
                       f"{where}: pipes and devices are not read; save it as a file, or pipe it in (gongyue scan -)")  # fmt: skip
    if not path.is_dir():
        yield from _file(path, path.name, log, sample)
        return
    yield from _folder(path, log, sample, exclude)


def _folder(path: Path, log: Log, sample: int | None, exclude: tuple[str, ...]) -> Iterator[Source]:
    for inner in _walk(path, exclude, log):
        name = str(inner.relative_to(path))
        try:
            if not inner.stat().st_size:
                log.empty.append(str(inner))
                continue
            yield from _file(inner, name, log, sample)
        except Unknown:
            log.skipped.append(str(inner))
        except BadInput as error:
            log.lost(str(inner), error.zh, error.en)
        except OSError as error:
            _lost(log, str(inner), error)


def _lost(log: Log, where: str, error: OSError) -> None:
    log.lost(where, f"无法打开（{error.strerror}）", f"cannot be opened ({error.strerror})")


def _absent(where: str) -> BadInput:
    """What a place that is not there was meant to be."""
    if found := re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", where):
        return BadInput(
            f"不读 {found[1]}:// 的网址：只读 postgresql://；SQLite 请直接给文件，网上的文件请先下载",
            f"{found[1]}:// is not read: of URLs only postgresql:// is; give a SQLite file by its path, download what is on the web",
        )
    return BadInput(f"{where}：没有这个文件或文件夹", f"{where}: no such file or folder")


def _walk(folder: Path, exclude: tuple[str, ...], log: Log) -> Iterator[Path]:
    """Files below a folder, in order; links, pipes and devices are not followed but listed."""
    for here, folders, files in os.walk(folder, onerror=lambda error: _lost(log, str(error.filename), error)):
        folders[:] = sorted(f for f in folders if f not in LEFT_OUT)
        log.skipped += [str(Path(here, name)) for name in folders if Path(here, name).is_symlink()]
        for name in sorted(files):
            path = Path(here, name)
            if any(PurePath(path).match(pattern) for pattern in exclude):
                continue
            if path.is_symlink() or not path.is_file():
                log.skipped.append(str(path))
            else:
                yield path


def _file(path: Path, name: str, log: Log, sample: int | None) -> Iterator[Source]:
    given = Given(str(path), name, lambda: path.open("rb"), path.stat().st_size)
    if database := _database(given):
        rows = databases.SAMPLED if sample is None else sample or None
        yield from _named(database(path, name, log, rows), name)
    else:
        yield from _named(_opened(given, log, 0), name)


def _database(given: Given) -> Callable[[Path, str, Log, int | None], Iterator[Source]] | None:
    """What reads a file that is a database."""
    with given.open() as stream:
        head = stream.read(16)
    if head == b"SQLite format 3\0":
        return databases.sqlite
    return databases.ducks if head[8:12] == b"DUCK" else None


def _refuse_database(given: Given) -> None:
    """BadInput where a database was piped in: its reader needs its path."""
    if database := _database(given):
        kind = "SQLite" if database is databases.sqlite else "DuckDB"
        raise BadInput(
            f"标准输入是 {kind} 数据库：请直接给文件名",
            f"standard input is a {kind} database: give the file by its name",
        )


def _named(found: Iterator[Source], name: str) -> Iterator[Source]:
    """The sources of a file; the first answers for the file's own name too, and those of folders, where they identify somebody."""
    for place, source in enumerate(found):
        if place == 0:
            source.names = (*identifying(name), *source.names)
        yield source


def _opened(given: Given, log: Log, depth: int) -> Iterator[Source]:
    """The sources in one file, archives opened."""
    with given.open() as stream:
        head = stream.read(SAMPLE)
    if not head:
        return
    name = given.name.lower()
    ending = name.rsplit(".", 1)[-1]
    members = _members(head, name, ending)
    if members is not None:
        if depth >= DEPTH:
            log.lost(given.path, "压缩包套得太深", "archives nested too deep")
            return
        yield from _inside(given, log, depth, members(given, log))
        return
    stem = Given(given.path, _stem(given.name), given.open, given.size)
    if head[:4] == b"PAR1" or ending == "parquet":
        yield from parquet(_seekable(stem, depth), log)
    elif head[:6] == b"ARROW1":
        yield from arrow(_seekable(stem, depth), log)
    elif head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or (ending in _BOOKS and encoding_of(head) is None):
        book = _seekable(stem, depth)
        _modest(book)
        yield from workbook(book, log)
    elif encoding_of(head) is not None or ending in _BY_NAME:
        form = ending if PurePath(name).suffix and ending not in _BOOKS else form_of(head)  # an .xls may be a text
        yield from _BY_NAME.get(form, texts)(stem, log)
    else:
        raise Unknown(f"{given.path}：不是可扫描的文件", f"{given.path}: not a file that can be scanned")


def _modest(given: Given) -> None:
    """A workbook is a zip: it too may be a bomb."""
    import zipfile

    with given.open() as stream:
        try:
            infos = zipfile.ZipFile(stream).infolist()
        except (*archives.BROKEN, ValueError):
            return
    total, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if total > max(archives.SMALL, packed * archives.RATIO) or total > 2 << 30:
        raise archives.Bomb(f"{given.path}：解开后大得不合常理", f"{given.path}: unfolds to more than it should")


def _stem(name: str) -> str:
    """The name of a table: that of its file without the ending, folders kept."""
    path = PurePath(name.replace("!", "/"))
    stem = str(path.with_suffix("")) if path.suffix else name
    return stem if identifying(stem) or not identifying(name) else name  # u@mail.example has no ending


def _members(head: bytes, name: str, ending: str) -> Callable[[Given, Log], Iterator[Given]] | None:
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"} and ending not in _BOOKS | _OFFICE:
        return archives.zipped
    if head[257:262] == b"ustar" or name.endswith((".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar")):
        return archives.tarred
    if head[:2] == b"\x1f\x8b" or head[:3] == b"BZh" or head[:6] == b"\xfd7zXZ\0":
        return archives.unpacked
    return None


def _inside(given: Given, log: Log, depth: int, members: Iterator[Given]) -> Iterator[Source]:
    for member in members:
        found = _opened(member, log, depth + 1)
        try:
            yield from found if member.path == given.path else _named(found, member.name)
        except Unknown:
            log.skipped.append(member.path)
        except BadInput as error:
            if member.path == given.path:
                raise
            log.lost(member.path, error.zh, error.en)


def _seekable(given: Given, depth: int) -> Given:
    """A file out of an archive, where a reader must seek."""
    return given if depth == 0 else Given(given.path, given.name, partial(_spooled, given), given.size)


def _spooled(given: Given) -> BinaryIO:
    with given.open() as stream:
        return spooled(stream)
