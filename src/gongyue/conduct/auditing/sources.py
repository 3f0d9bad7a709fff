"""Where rows come from: Parquet (files, partitioned folders), CSV, JSON lines, tables of databases; in parts, in order.

A part is what a killed run need not do again: about a million rows of Parquet, or a whole file of another kind.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from gongyue.conduct.auditing.cells import no_parquet
from gongyue.conduct.auditing.postgres_log import PostgresLog
from gongyue.conduct.findings import BadInput
from gongyue.conduct.row_files import COMMAS, JSON, heads_of, rows_of
from gongyue.conduct.rows import Bad, Row, told_apart
from gongyue.conduct.tables import Table, redacted_url, table_of

PARQUET = frozenset({".parquet", ".pq", ".parq"})
LINES = JSON | COMMAS.keys()
"""What ends the names of files that are read column by column, and line by line."""
ROWS = 1 << 20
"""Rows of one part of Parquet, about."""
BATCH = 1 << 16
"""Rows in memory at one time, for each core: few enough for the caches, and for memory to be used again."""
NOTHING = "__HIVE_DEFAULT_PARTITION__"
"""What Hive and Spark call the folder of rows whose column is null."""
PLAIN = frozenset({"subject", "time", "id", "valid_from", "valid_to", "revoked_at"})
"""Columns, by our names, whose values are many: they are not read as dictionaries."""


class ParquetPart(msgspec.Struct, frozen=True):
    """Some row groups of a file; `constants` are what the names of its folders say (dataset=orders/…)."""

    path: Path
    groups: list[int]
    counts: list[int]
    before: int = 0
    """Rows of the same file before it."""
    file: str = ""
    """Its file, below the folder that is the input; "" where that is no folder."""
    constants: dict[str, str | None] = {}
    names: dict[str, str] = {}
    """Its columns: their names without the blanks around them, and as they stand."""
    columnar = True

    @property
    def name(self) -> str:
        """Its file."""
        return str(self.path)

    def heads(self) -> list[list[str]]:
        """The names of its columns, what its folders say among them."""
        return [[*self.names, *self.constants]]

    @property
    def count(self) -> int:
        """How many rows it has."""
        return sum(self.counts)

    def batches(self, columns: list[str], plain: frozenset[str] = PLAIN) -> Iterator[pa.RecordBatch]:
        """The columns that are there, batch by batch; text as dictionaries but for `plain`."""
        for group, count in zip(self.groups, self.counts, strict=True):
            yield from self.group(group, count, columns, plain)

    def group(self, group: int, count: int, columns: list[str], plain: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """The batches of one row group; ArrowException or OSError where it is damaged, also where rows are missing."""
        with pq.ParquetFile(self.path, memory_map=True) as whole:
            schema = whole.schema_arrow
        here = {self.names[name]: name for name in columns if name in self.names}
        texts = [c for c, name in here.items() if name not in plain and pa.types.is_string(schema.field(c).type)]
        made = [name for name in dict.fromkeys(columns) if name in self.constants and name not in self.names]
        read = list(here) or schema.names[:1]  # only to know how many rows there are
        with pq.ParquetFile(self.path, memory_map=True, read_dictionary=texts) as file:
            for batch in file.iter_batches(BATCH, [group], read, use_threads=False):
                count -= len(batch)
                yield self._with(batch.rename_columns([here.get(c, c) for c in batch.schema.names]), made)
        if count > 0:
            raise pa.ArrowInvalid(f"row group {group} has {count} rows less than it says")

    def _with(self, batch: pa.RecordBatch, made: list[str]) -> pa.RecordBatch:
        for name in made:
            constant = pa.repeat(pa.scalar(self.constants[name], pa.string()), len(batch)).dictionary_encode()
            batch = batch.append_column(name, constant)
        return batch


class LinePart(msgspec.Struct, frozen=True):
    """A whole file, or a table, row by row; `count` is not known beforehand.

    `log`: a log of another form, whose rows come by our own names, and which counts the lines that state no use. `file`,
    `constants`: as a ParquetPart's.
    """

    name: str
    read: Callable[[], Iterator[Row]]
    log: PostgresLog | None = None
    head: Callable[[], Iterator[Collection[str]]] | None = None
    file: str = ""
    constants: dict[str, str | None] = {}
    count = None
    columnar = False

    def rows(self) -> Iterator[Row]:
        """Its rows, with their lines, and a Bad for each that is none."""
        if not self.constants:
            return self.read()
        return (row if isinstance(row, Bad) else (row[0], self.constants | row[1]) for row in self.read())

    def heads(self) -> Iterator[Collection[str]]:
        """The names of its columns, what its folders say among them, once or row after row; none of a log of another form."""
        heads = iter(()) if self.head is None else self.head()
        return ([*head, *self.constants] for head in heads) if self.constants else heads


Part = ParquetPart | LinePart


class Source(msgspec.Struct, frozen=True):
    """An input: its parts in order; `files`, to know it again by; `table` where it is a database's."""

    name: str
    parts: list[Part]
    files: list[Path]
    table: Table | None = None
    skipped: list[str] = []
    """What of a folder is not read, below its name: files of other kinds, and links to folders, which end in /; those that begin
    with . or _ are not named."""

    @property
    def count(self) -> int | None:
        """How many rows there are, where that is known before reading."""
        counts = [part.count for part in self.parts]
        return None if None in counts else sum(c for c in counts if c is not None)

    @property
    def columnar(self) -> bool:
        """Whether all of it is Parquet."""
        return all(part.columnar for part in self.parts)

    def stamp(self) -> list[list[Any]]:
        """What changes when a file is written again: name, size, time."""
        return [[str(f), f.stat().st_size, f.stat().st_mtime_ns] for f in self.files]

    def digest(self) -> str:
        """SHA-256 over the bytes of all files in order, each preceded by its size; "" for a table of a database."""
        if self.table is not None:
            return ""
        whole = hashlib.sha256()
        for file in self.files:
            whole.update(file.stat().st_size.to_bytes(8))
            with file.open("rb") as stream:
                while block := stream.read(1 << 20):
                    whole.update(block)
        return "sha256:" + whole.hexdigest()


def changed(source: Source) -> BadInput:
    """The error for an input that was written to meanwhile: its digest would be that of other rows than were read."""
    return BadInput(
        f"核对期间 {source.name} 被改写了：等它写完，或先复制一份，再核对",
        f"{source.name} was written to while it was audited: wait until it is whole, or audit a copy",
    )


def source_of(text: str) -> Source:
    """The input called so: a path, sqlite:///PATH#TABLE or postgresql://…#TABLE; BadInput or OSError if it is none."""
    if not text.strip():  # it would be the folder one stands in
        raise BadInput(
            "输入的路径是空的：写出文件、文件夹或数据库的表",
            "the path of an input is empty: name a file, a folder or a table",
        )
    if (table := table_of(text)) is not None:
        part = LinePart(table.name, table.rows, head=lambda: iter([table.names()]))
        return Source(redacted_url(text), [part], [table.file] if table.file else [], table)
    if text.startswith("pglog:"):
        root = Path(text.removeprefix("pglog:"))
        files = _log_files(root)
        logs = [PostgresLog(file) for file in files]
        parts: list[Part] = [LinePart(str(log.path), log.rows, log, file=_below(log.path, root)) for log in logs]
        twins = {file.with_suffix(".json") for file in files if file.suffix == ".csv"}
        return Source(text, parts, files, None, _skipped(root, {*files, *twins}))
    path = Path(text)
    files = _files(path)
    parts = [part for file in files for part in _parts(file, path)]
    return Source(text, parts, files, None, _skipped(path, {*files}))


def _log_files(path: Path) -> list[Path]:
    """The log, or a folder of them; where a server writes both forms, the csv alone."""
    if not path.is_dir():
        path.stat()
        return [path]
    found = [
        f
        for f in _within(path, hidden=True)
        if f.suffix == ".csv" or (f.suffix == ".json" and not f.with_suffix(".csv").exists())
    ]
    if not found:
        raise BadInput(f"文件夹 {path} 里没有 csvlog 或 jsonlog", f"no csvlog or jsonlog in folder {path}")
    return found


def _within(path: Path, hidden: bool = False) -> list[Path]:
    """Everything below a folder, in order. OSError where a folder is closed: what is in it would be left out unsaid."""

    def closed(error: OSError) -> None:
        raise error

    found: list[Path] = []
    for here, folders, files in os.walk(path, onerror=closed):
        folders[:] = [name for name in folders if hidden or not name.startswith((".", "_"))]
        found += [Path(here, name) for name in (*folders, *files)]
    return sorted(found)


def _skipped(path: Path, known: Collection[Path]) -> list[str]:
    """What of a folder is not read, but for hidden files and these; a link to a folder is not followed."""
    if not path.is_dir():
        return []
    return [
        str(file.relative_to(path.parent)) + "/" * file.is_dir()
        for file in _within(path)
        if (file.is_symlink() or not file.is_dir()) and not _hidden(file, path) and file not in known
    ]


def _below(file: Path, root: Path) -> str:
    return str(file.relative_to(root)) if root.is_dir() else ""


def _constants(file: Path, root: Path) -> dict[str, str | None]:
    """What the names of a file's folders say (dataset=orders/…); None where that is nothing."""
    said = dict(p.split("=", 1) for p in file.relative_to(root).parts[:-1] if "=" in p) if root.is_dir() else {}
    return {unquote(name): None if value == NOTHING else unquote(value) for name, value in said.items()}


def _hidden(file: Path, root: Path) -> bool:
    return any(part.startswith((".", "_")) for part in file.relative_to(root).parts)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        path.stat()
        return [path]
    found = [file for file in _within(path) if file.suffix.lower() in PARQUET | LINES and not _hidden(file, path)]
    if not found:
        raise BadInput(
            f"文件夹 {path} 里没有 Parquet、CSV 或 JSON 行", f"no Parquet, CSV or JSON lines in folder {path}"
        )
    return found


def _require_stated_rows(said: Any) -> None:
    """ArrowInvalid where a damaged footer states rows that are not there: room would be made for all of them."""
    groups = [said.row_group(number).num_rows for number in range(said.num_row_groups)]
    if min(groups, default=0) < 0 or sum(groups) != said.num_rows:
        raise pa.ArrowInvalid(f"the row groups have other rows than the {said.num_rows} stated")


def _parts(file: Path, root: Path) -> Iterator[Part]:
    if file.suffix.lower() in LINES:
        if file.stat().st_size or not root.is_dir():  # an engine that writes in parallel leaves empty parts
            said = _constants(file, root)
            yield LinePart(str(file), lambda: rows_of(file), None, lambda: heads_of(file), _below(file, root), said)
        return
    if file.suffix.lower() not in PARQUET:
        raise BadInput(
            f"{file}：只读 .parquet .csv .tsv .jsonl", f"{file}: only .parquet, .csv, .tsv and .jsonl are read"
        )
    try:
        whole = pq.ParquetFile(file)
        _require_stated_rows(whole.metadata)
        names = {name.strip(): name for name in whole.schema_arrow.names}
        told_apart([name.strip() for name in whole.schema_arrow.names], file)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise no_parquet(file, error) from None
    constants = _constants(file, root)
    with whole:
        below, before = _below(file, root), 0
        groups: list[int] = []
        counts: list[int] = []
        for group in range(whole.num_row_groups):
            groups.append(group)
            counts.append(whole.metadata.row_group(group).num_rows)
            if sum(counts) >= ROWS:
                yield ParquetPart(file, groups, counts, before, below, constants, names)
                before += sum(counts)
                groups, counts = [], []
        if groups:
            yield ParquetPart(file, groups, counts, before, below, constants, names)
