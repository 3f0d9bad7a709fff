"""A scan: every source through its columns, every column decided, every type held against the promise and the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa

from gongyue.conduct.findings import BadInput
from gongyue.conduct.safe_text import printable
from gongyue.conduct.scanning.baseline import FindingLocation, gone, is_known, keyed, strongest
from gongyue.conduct.scanning.columns import Decision
from gongyue.conduct.scanning.declarations import Declared
from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.masking import holds_values, shown_name, shown_names, shown_path, valued_columns
from gongyue.conduct.scanning.sources import NAMES, UNPARSED, Log, Source, Unread
from gongyue.conduct.scanning.tables import Column

ARTICLE = "8, 9(一)"
"""第八条：不从事与承诺无关的活动；第九条（一）：未经授权不窥视、不转让、不传播、不交易。"""


class ScanFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One type in one column that is a finding: personal data nobody declared, a key, a marking of a trade secret."""

    table: str
    path: str
    column: str
    type: str
    group: str
    share: float
    tier: str
    cells: int
    row: int
    place: str
    """The path below the root of the scan, as a baseline has it."""
    declared: tuple[str, ...]
    known: bool
    samples: tuple[str, ...] = ()


class ColumnReport(msgspec.Struct, frozen=True, kw_only=True):
    """One column: its types, the largest share first; share and tier are those of the first."""

    name: str
    types: tuple[str, ...]
    share: float
    tier: str
    found: tuple[dict[str, Any], ...] = ()


class TableReport(msgspec.Struct, frozen=True, kw_only=True):
    """One table or text."""

    name: str
    path: str
    rows: int
    columns: tuple[ColumnReport, ...]
    lines: bool = False
    sampled: bool = False
    of: int | None = None
    """Of a sample: how many rows there are in all, None where they were not counted."""

    @property
    def part(self) -> tuple[str, str]:
        """Of a sample: how much of the table was looked at, in Chinese and English."""
        if self.of is None:
            return f"抽样 {self.rows:,} 行，其余没有看", f"a sample of {self.rows:,} row(s); there are more"
        return (f"抽样 {self.rows:,} / 共 {self.of:,} 行（--whole 看全部）",
                f"a sample of {self.rows:,} of {self.of:,} row(s) (--whole looks at all)")  # fmt: skip


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All of a run. No value of any cell is in it, unless masked samples were asked for."""

    tables: tuple[TableReport, ...]
    findings: tuple[ScanFinding, ...]
    unread: tuple[Unread, ...]
    skipped: tuple[str, ...]
    empty: tuple[str, ...]
    """Files without a single byte, members of archives too."""
    excluded: int
    """Files of folders that were to be left out."""
    own: tuple[str, ...]
    """Outputs and the baseline of the command itself, in a folder that was scanned."""
    left_out: tuple[str, ...]
    """Folders that are never looked at, as .git."""
    gone: int
    """Entries of the baseline that no finding is in, and whose file is not there."""
    promise: bool

    @property
    def scanned(self) -> bool:
        """Whether anything was: a table with a row, or at least names of columns."""
        return any(table.rows or table.columns for table in self.tables)

    @property
    def places(self) -> dict[FindingLocation, str]:
        """Where the findings are, with the tier of each, as a baseline keeps them."""
        return strongest((keyed(f.place, f.table, f.column, f.type), f.tier) for f in self.findings)

    @property
    def news(self) -> tuple[ScanFinding, ...]:
        """Findings that the baseline does not know."""
        return tuple(f for f in self.findings if not f.known)


class Decided(NamedTuple):
    """A column, its name as it may be shown, and what it holds."""

    shown: str
    column: Column
    types: list[Decision]


class ScanOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a scan beside its sources."""

    declared: Declared | None = None
    known: dict[FindingLocation, str] = {}
    limit: int = 0
    deep: bool = False
    samples: int = 0
    root: Path = Path()
    """What the paths of `known` are relative to."""
    sampling: bool = True
    """Whether tables of databases are looked at in part."""


def scan(
    found: Iterable[Source],
    log: Log,
    asked: ScanOptions,
    progress: Callable[[str, int], None] = lambda name, rows: None,
) -> Report:
    """Scan sources one after another; `progress` is told the table and its rows so far."""
    tables: list[TableReport] = []
    findings: list[ScanFinding] = []
    alike: Counter[tuple[str, str]] = Counter()
    for source in found:
        source.shown = _called(source, alike)
        rows, columns, cut = _columns(source, log, asked, progress)
        decided = _decided(source, columns)
        whole = source.of() if asked.sampling else None
        sampled = cut or (whole is not None and whole > rows)
        tables.append(_table(source, rows, decided, (sampled, whole if sampled else None)))
        findings += _findings(source, decided, asked)
    return Report(
        tables=tuple(tables), findings=tuple(findings), unread=tuple(log.unread), skipped=tuple(map(printable, log.skipped)),
        empty=tuple(map(printable, log.empty)), excluded=log.excluded,
        own=tuple(map(printable, log.own)), left_out=tuple(map(printable, log.left_out)),
        gone=gone(asked.known, (keyed(f.place, f.table, f.column, f.type) for f in findings), asked.root), promise=asked.declared is not None,
    )  # fmt: skip


def _called(source: Source, alike: Counter[tuple[str, str]]) -> str:
    """The name of a table as it may be shown; those of one place that look alike once they are masked are numbered."""
    shown = source.shown or shown_path(source.name)
    if not source.shown and shown != printable(source.name):
        alike[source.path, shown] += 1
        number = alike[source.path, shown]
        return f"{shown}#{number}" if number > 1 else shown
    return shown


def _decided(source: Source, columns: list[Column]) -> list[Decided]:
    """The columns and what they hold; names that hold values themselves, the table's own too, are a text beside them."""
    found = [
        Decided(shown, c, c.types(text=source.text or c.name == UNPARSED))
        for shown, c in zip(shown_names(c.name for c in columns), columns, strict=True)
    ]
    values = [name for name in source.names if holds_values(name)] + valued_columns(c.name for c in columns)
    if values:
        names = Column(NAMES, text=True)
        names.add(pa.array(map(printable, values), pa.large_string()))
        found.append(Decided(NAMES, names, names.types(text=True)))
    return found


def _columns(
    source: Source, log: Log, asked: ScanOptions, progress: Callable[[str, int], None]
) -> tuple[int, list[Column], bool]:
    """(rows, columns, whether there were more than asked for); where it breaks off, what was read so far, and the loss is logged."""
    columns: dict[str, Column] = {}
    cut = False
    try:
        for batch in source.batches():
            if _full(columns, source, asked.limit):
                cut = True
                break
            before = {name: column.seen for name, column in columns.items()}
            _add(batch, columns, source, asked, log)
            cut = cut or any(columns[name].seen < before.get(name, 0) + len(cells) for name, cells in batch.items())
            progress(source.shown, max((c.seen for c in columns.values()), default=0))
            if cut and _full(columns, source, asked.limit):
                break
    except BadInput as error:
        log.lost(source.path, error.zh, error.en)
    except OSError as error:
        log.lost(source.path, f"读到一半中断（{error}）", f"reading broke off ({error})")
    for column in columns.values():
        if column.spoilt:
            said = ("有字节不是 UTF-8，其余照读", "some bytes are no UTF-8; the rest was read")
            log.row(f"{source.path}:{shown_name(column.name)}", 0, *said, rows=column.spoilt)
    return max((c.seen for c in columns.values()), default=0), list(columns.values()), cut


def _full(columns: dict[str, Column], source: Source, limit: int) -> bool:
    """Whether as many rows as asked for were seen of every column; of lines that are no rows nobody asks."""
    held = [column for name, column in columns.items() if name != UNPARSED]
    whole = source.columns is not None and columns.keys() >= set(source.columns)
    return bool(limit and held) and whole and all(column.seen >= limit for column in held)


def _add(batch: dict[str, Any], columns: dict[str, Column], source: Source, asked: ScanOptions, log: Log) -> None:
    """A batch into its columns; cells that nobody can read lose their column's piece only, which is said once."""
    for name, cells in batch.items():
        column = columns.get(name)
        if column is None:
            text = source.text or name == UNPARSED
            column = columns[name] = Column(name, text=text, deep=asked.deep, samples=asked.samples)
        if asked.limit:
            cells = cells.slice(0, max(0, asked.limit - column.seen))
        try:
            if len(cells):
                column.add(cells)
        except BadInput as error:
            if not column.broken:
                log.lost(f"{source.path}:{shown_name(name)}", error.zh, error.en)
            column.broken = True


def _table(source: Source, rows: int, decided: list[Decided], sample: tuple[bool, int | None]) -> TableReport:
    columns = tuple(
        ColumnReport(
            name=shown,
            types=tuple(kinds()[d.kind].name for d in types),
            share=types[0].share if types else 0.0,
            tier=types[0].tier if types else "",
            found=tuple(
                {"type": kinds()[d.kind].name, "share": d.share, "tier": d.tier, "cells": d.cells} for d in types
            ),
        )
        for shown, column, types in decided
    )
    return TableReport(
        name=source.shown, path=printable(source.path), rows=rows, columns=columns, lines=source.lines,
        sampled=sample[0], of=sample[1],
    )  # fmt: skip


def _findings(source: Source, decided: list[Decided], asked: ScanOptions) -> Iterator[ScanFinding]:
    place = printable(source.place or PurePath(source.path).as_posix())
    for shown, column, types in decided:
        for d in types:
            kind = kinds()[d.kind]
            if kind.group == "organisation":
                continue
            if (
                kind.group == "personal"
                and asked.declared is not None
                and asked.declared.covers(source.name, column.name, d.kind)
            ):
                continue
            yield ScanFinding(
                table=source.shown, path=printable(source.path), column=shown, type=kind.name, group=kind.group, share=d.share,
                tier=d.tier, cells=d.cells, row=-1 if column.name == NAMES else d.row,
                declared=asked.declared.categories(source.name, column.name) if asked.declared else (),
                place=place, known=is_known(asked.known, keyed(place, source.shown, shown, kind.name), d.tier),
                samples=tuple(column.shown.get(d.kind, ())),
            )  # fmt: skip
