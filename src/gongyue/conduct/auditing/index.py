"""The kept index: a ledger built once, beside the authorisations, known by the digests of what it was built from."""

from __future__ import annotations

import errno
import mmap
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from gongyue.conduct.auditing.cells import combined
from gongyue.conduct.auditing.columns import subjects
from gongyue.conduct.auditing.file_locks import is_kept, temporary_folder
from gongyue.conduct.auditing.ledger import Ledger, ledger_of
from gongyue.conduct.auditing.packed_ledger import Layout, Packed, packed
from gongyue.conduct.auditing.sources import Source, changed
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import Scope
from gongyue.conduct.promise import Promise
from gongyue.conduct.rows import Bad

FORM = "gongyue-audit-8"
"""The form of what is kept: another form is another index."""
HUGE = 4 << 30
"""Bytes of lines up to which they are copied into huge pages: probing is then a third faster. More stay mapped."""


class Contents(msgspec.Struct, frozen=True):
    """What the numbers of the rows stand for, and what could not be read."""

    scopes: list[Scope]
    controllers: list[str]
    bad: list[Bad]
    unread: int
    rows: int
    unused: list[str] = []


class Index:
    """A folder with `ledger.parquet`, `contents.json` and whatever form an engine made of them."""

    def __init__(self, folder: Path, promise: Promise) -> None:
        self.folder, self.promise = folder, promise
        self.contents = msgspec.json.decode((folder / "contents.json").read_bytes(), type=Contents)
        self.seed = int((folder / "seed").read_text("ascii"))

    def ledger(self) -> Ledger:
        """The ledger itself."""
        rows = pq.read_table(self.folder / "ledger.parquet", memory_map=True)
        return Ledger(rows, self.contents.scopes, self.contents.controllers, self.contents.bad, self.contents.unread)

    def made(self, name: str, make: Callable[[Path], None]) -> Path:
        """A file or folder of the index, made if it is not there; what a killed run leaves half made the next one removes."""
        place = self.folder / name
        if not place.exists():
            with temporary_folder(self.folder.parent, "half") as half:
                make(half / name)
                _settle(half / name, place)
        return place

    def packed(self) -> Packed:
        """The packed form; TooMany where it does not fit."""
        return packed_in(self.packed_folder())

    def packed_folder(self) -> Path:
        """Where the packed form is kept; TooMany where it does not fit."""

        def make(folder: Path) -> None:
            found = packed(self.ledger(), self.promise, self.seed)
            folder.mkdir()
            np.save(folder / "lines.npy", found.lines)
            np.save(folder / "terms.npy", found.terms)
            (folder / "layout.json").write_bytes(msgspec.json.encode(found.layout))

        return self.made("packed", make)

    def lines(self) -> Path:
        """The ledger's lines as Parquet, for engines that join."""
        from gongyue.conduct.auditing.relational import write_lines

        def make(file: Path) -> None:
            rows = self.ledger().rows
            write_lines(rows, subjects(combined(rows.column("subject")), self.seed), file)

        return self.made("lines.parquet", make)

    def partitions(self, memory: str) -> Path:
        """The lines by partition, for DuckDB, which may hold so much."""
        from gongyue.conduct.auditing.partitions import write_partitions

        lines = self.lines()
        return self.made("partitions.arrow", lambda file: write_partitions(lines, file, memory))


def packed_in(folder: Path) -> Packed:
    """The packed form that is kept there."""
    layout = msgspec.json.decode((folder / "layout.json").read_bytes(), type=Layout)
    lines, terms = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("lines", "terms"))
    return Packed(_huge(lines), terms, layout)


def _huge(lines: Any) -> npt.NDArray[np.int64]:
    if not hasattr(mmap, "MADV_HUGEPAGE") or lines.nbytes > HUGE:
        return np.asarray(lines)
    memory = mmap.mmap(-1, lines.nbytes + (2 << 20), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(mmap.MADV_HUGEPAGE)
    start = -np.frombuffer(memory, np.uint8).ctypes.data % (2 << 20)
    found = np.frombuffer(memory, np.int64, lines.size, start).reshape(lines.shape)
    found[:] = lines
    return found


@contextmanager
def index_of(source: Source, stamp: list[list[Any]], promise: Promise, key: str, work: Path) -> Iterator[Index]:
    """The index called `key` of these authorisations, held; built in the work folder if it is not there.

    BadInput where their files have another stamp by then: it would be kept by the name of others.
    """
    folder = work / f"index-{key}"
    while True:
        with is_kept(folder) as there:
            if there:
                yield Index(folder, promise)
                return
        _build(source, stamp, promise, folder)


def _build(source: Source, stamp: list[list[Any]], promise: Promise, folder: Path) -> None:
    with temporary_folder(folder.parent, "half") as half:
        try:
            _write(ledger_of(source, promise), half)
            if source.table is None and source.stamp() != stamp:
                raise changed(source)
            _settle(half, folder)
        except (pa.ArrowException, OSError) as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise  # it is not the input that is at fault
            raise BadInput(f"读不出 {source.name}：{error}", f"{source.name} cannot be read: {error}") from None


def _write(found: Ledger, folder: Path) -> None:
    pq.write_table(found.rows, folder / "ledger.parquet", row_group_size=1 << 20)
    contents = Contents(found.scopes, found.controllers, found.bad, found.unread, len(found.rows), found.unused)
    (folder / "contents.json").write_bytes(msgspec.json.encode(_sorted(contents)))
    (folder / "seed").write_text(str(secrets.randbits(63)), "ascii")


def _settle(half: Path, place: Path) -> None:
    """Put what was made in its place, once it is on the disk; where another process was first, its own stands, for it may be
    read by now."""
    for path in filter(Path.is_file, (half, *half.rglob("*"))):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    if half.is_dir():
        try:
            half.rename(place)
        except OSError:
            if not place.is_dir():
                raise
            shutil.rmtree(half)
        return
    try:
        os.link(half, place)
    except FileExistsError:
        pass
    except OSError:  # a disk that has no links
        half.rename(place)


def _sorted(contents: Contents) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(contents)
    data["scopes"] = [[sorted(names) for names in scope] for scope in contents.scopes]
    return data


def beside(source: Source) -> Path:
    """The work folder: beside the input where that can be written to, else one of the user's own."""
    home = source.files[0] if source.files else None
    if home is not None:
        path = Path(source.name) if Path(source.name).is_dir() else home
        near = path.absolute().parent / ".gongyue-audit"
        if near.is_dir() or os.access(near.parent, os.W_OK):
            near.mkdir(exist_ok=True)
            return near
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongyue-audit"
    cache.mkdir(parents=True, exist_ok=True)
    return cache
