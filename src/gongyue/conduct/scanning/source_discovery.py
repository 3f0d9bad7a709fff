"""From a path or URL to the tables and texts there: folders, files, databases, standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning import databases
from gongyue.conduct.scanning.files import Unknown, named_sources, open_file
from gongyue.conduct.scanning.sources import InputFile, Log, Source
from gongyue.conduct.scanning.stdin_spool import PIPED, piped

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
"""Folders nobody means: named, and not looked at."""
_SERVERS = ("postgresql://", "postgres://")


class Elsewhere(BadInput):
    """What was given is no file and no folder to scan: it is not there, or has to be given otherwise."""


Own = frozenset[tuple[int, int]]
"""Files of the command itself, its outputs and baseline, by device and number: named, and not scanned, whatever they are called."""


def own_files(paths: Iterable[Path]) -> Own:
    """Those of these files that are there."""
    return frozenset(_number(path) for path in paths if path.is_file())


def root_of(places: tuple[str, ...]) -> Path:
    """What paths are relative to in a baseline: the folder, where one alone is given; else the folder that the command is run in."""
    return Path(places[0]) if len(places) == 1 and Path(places[0]).is_dir() else Path()


def _number(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def everything(
    places: tuple[str, ...], log: Log, sample: int | None, exclude: tuple[str, ...], own: Own = frozenset()
) -> Iterator[Source]:
    """The sources at all places; what is lost is logged. BadInput where none of the places is one to scan."""
    seen, wrong = 0, list[BadInput]()
    for place in places:
        before, held = seen, (len(log.unread), len(log.skipped), len(log.empty))
        try:
            called = _called(place, alone=len(places) == 1)
            for source in sources(place, log, sample, exclude, own):
                seen += 1
                source.place = called(source.path)
                yield source
            if seen == before:
                _nothing(shown_place(place), log, held, alone=len(places) == 1)
        except Unknown as error:
            log.unknown(place, error.format, lost=True)
        except BadInput as error:
            if seen == before and (isinstance(error, Elsewhere) or place.startswith(_SERVERS)):
                wrong.append(error)
            log.lost(shown_place(place), error.zh, error.en)
        except OSError as error:
            log.lost(place, *_unopened(error))
    if len(wrong) == len(places):
        raise wrong[0]


def _unopened(error: OSError) -> tuple[str, str]:
    return f"无法打开（{error.strerror}）", f"cannot be opened ({error.strerror})"


def _called(place: str, *, alone: bool) -> Callable[[str], str]:
    """How a path at a place is called below the root of the scan: the folder, where one alone is given; else the folder that the
    command is run in. What lies outside of it keeps its whole path."""
    path = Path(place)
    if place == PIPED or place.startswith(_SERVERS):
        return str
    if path.is_dir():
        base = "" if alone else _below_here(path)
        return lambda inner: (PurePath(base) / PurePath(inner).relative_to(path)).as_posix()
    return lambda inner: _below_here(path) + inner.removeprefix(str(path))


def _below_here(path: Path) -> str:
    """A path as seen from the folder that the command is run in; the whole one where it lies outside."""
    whole, here = path.parent.resolve() / path.name if path.name not in {"", ".."} else path.resolve(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()


def shown_place(place: str) -> str:
    """A path or URL as it may be shown: as it was given, of a database without user and password."""
    return databases.shown_url(place) if place.startswith(_SERVERS) else place


def _nothing(place: str, log: Log, before: tuple[int, int, int], *, alone: bool) -> None:
    """Log that nothing was scanned at a place: an archive of other things is lost beside other places; an empty folder is told."""
    if any(u.lost for u in log.unread[before[0] :]):
        return
    others = any(u.format for u in log.unread[before[0] :]) or len(log.skipped) > before[1]
    if Path(place).is_dir():
        zh, en = ("文件夹里没有可扫描的文件", "no file in the folder can be scanned") if others else (
            "文件夹是空的", "the folder is empty")  # fmt: skip
        log.told(place, f"{zh}，什么也没有扫描", f"{en}; nothing was scanned")
    elif others:
        say = log.told if alone else log.lost
        say(place, "其中没有可扫描的内容，什么也没有扫描", "nothing in it can be scanned, and nothing was")
    elif (len(log.unread), len(log.empty)) == (before[0], before[2]):
        log.told(place, "是空的，什么也没有扫描", "it is empty; nothing was scanned")


def sources(
    where: str, log: Log, sample: int | None = None, exclude: tuple[str, ...] = (), own: Own = frozenset()
) -> Iterator[Source]:
    """The tables and texts at a path or URL. BadInput where a single file cannot be read; in a folder it is logged."""
    if where.startswith(_SERVERS):
        yield from databases.postgres(where, log, databases.SAMPLED if sample is None else sample or None)
        return
    if where == PIPED:
        with piped() as given:
            _refuse_database(given)
            yield from open_file(given, log)
        return
    path = Path(where)
    if not path.exists():
        raise _absent(where)
    if not path.is_dir() and not path.is_file():
        raise Elsewhere(f"{where}：不读管道与设备；请存成文件，或经标准输入送入（gongyue scan -）",
                        f"{where}: pipes and devices are not read; save it as a file, or pipe it in (gongyue scan -)")  # fmt: skip
    if path.is_dir():
        yield from _folder(path, log, sample, exclude, own)
    elif _number(path) in own:
        log.told(
            where, "是这次扫描自己的输出或基线，不作输入", "an output or the baseline of this scan itself; no input"
        )
    else:
        yield from _file(path, path.name, log, sample)


def _folder(path: Path, log: Log, sample: int | None, exclude: tuple[str, ...], own: Own) -> Iterator[Source]:
    for inner in _walk(path, exclude, own, log):
        name = str(inner.relative_to(path))
        try:
            yield from _file(inner, name, log, sample)
        except Unknown as error:
            log.unknown(str(inner), error.format)
        except BadInput as error:
            log.lost(str(inner), error.zh, error.en)
        except OSError as error:
            log.lost(str(inner), *_unopened(error))


def _absent(where: str) -> Elsewhere:
    """What a place that is not there was meant to be."""
    if found := re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", where):
        return Elsewhere(
            f"不读 {found[1]}:// 的网址：只读 postgresql://；SQLite 请直接给文件，网上的文件请先下载",
            f"{found[1]}:// is not read: of URLs only postgresql:// is; give a SQLite file by its path, download what is on the web",
        )
    return Elsewhere(f"{where}：没有这个文件或文件夹", f"{where}: no such file or folder")


def _walk(folder: Path, exclude: tuple[str, ...], own: Own, log: Log) -> Iterator[Path]:
    """Files below a folder, in order. The command's own and folders nobody means are listed instead, as are links, pipes and devices."""

    def shut(error: OSError) -> None:
        log.lost(str(error.filename), *_unopened(error))

    for here, folders, files in os.walk(folder, onerror=shut):
        log.left_out += [str(Path(here, name)) for name in sorted(folders) if name in LEFT_OUT]
        folders[:] = sorted(f for f in folders if f not in LEFT_OUT)
        log.skipped += [str(Path(here, name)) for name in folders if Path(here, name).is_symlink()]
        for name in sorted(files):
            path = Path(here, name)
            if any(PurePath(path).match(pattern) for pattern in exclude):
                log.excluded += 1
            elif path.is_symlink() or not path.is_file():
                log.skipped.append(str(path))
            elif own and _number(path) in own:
                log.own.append(str(path))
            else:
                yield path


def _file(path: Path, name: str, log: Log, sample: int | None) -> Iterator[Source]:
    given = InputFile(str(path), name, lambda: path.open("rb"), path.stat().st_size)
    if database := _database(given):
        rows = databases.SAMPLED if sample is None else sample or None
        yield from named_sources(database(path, log, rows), name)
    else:
        yield from named_sources(open_file(given, log), name)


def _database(given: InputFile) -> Callable[[Path, Log, int | None], Iterator[Source]] | None:
    """What reads a file that is a database."""
    with given.open() as stream:
        head = stream.read(16)
    if head == b"SQLite format 3\0":
        return databases.sqlite
    return databases.ducks if head[8:12] == b"DUCK" else None


def _refuse_database(given: InputFile) -> None:
    """BadInput where a database was piped in: its reader needs its path."""
    if database := _database(given):
        kind = "SQLite" if database is databases.sqlite else "DuckDB"
        raise Elsewhere(
            f"标准输入是 {kind} 数据库：请直接给文件名",
            f"standard input is a {kind} database: give the file by its name",
        )
