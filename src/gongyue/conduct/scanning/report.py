"""A scan: every source through its columns, every column decided, every type held against the promise and the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import Any

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.printing import printable
from gongyue.conduct.scanning.baseline import Place
from gongyue.conduct.scanning.columns import Decision
from gongyue.conduct.scanning.declared import Declared
from gongyue.conduct.scanning.kinds import kinds
from gongyue.conduct.scanning.sources import Log, Source, Unread
from gongyue.conduct.scanning.tables import Column

ARTICLE = "8, 9(一)"
"""第八条：不从事与承诺无关的活动；第九条（一）：未经授权不窥视、不转让、不传播、不交易。"""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
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


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All of a run. No value of any cell is in it, unless masked samples were asked for."""

    tables: tuple[TableReport, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    skipped: tuple[str, ...]
    promise: bool

    @property
    def places(self) -> list[Place]:
        """Where the findings are, as a baseline keeps them."""
        return [(PurePath(f.path).as_posix(), f.table, f.column, f.type) for f in self.findings]

    @property
    def news(self) -> tuple[Finding, ...]:
        """Findings that the baseline does not know."""
        return tuple(f for f in self.findings if not f.known)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a scan beside its sources."""

    declared: Declared | None = None
    known: frozenset[Place] = frozenset()
    limit: int = 0
    deep: bool = False
    samples: int = 0


def scan(
    found: Iterable[Source], log: Log, asked: Asked, progress: Callable[[str, int], None] = lambda name, rows: None
) -> Report:
    """Scan sources one after another; `progress` is told the table and its rows so far."""
    tables: list[TableReport] = []
    findings: list[Finding] = []
    for source in found:
        rows, columns = _columns(source, log, asked, progress)
        decided = [(column, column.types(text=source.text)) for column in columns]
        tables.append(_table(source, rows, decided))
        findings += _findings(source, decided, asked)
    return Report(
        tables=tuple(tables), findings=tuple(findings), unread=tuple(log.unread), skipped=tuple(map(printable, log.skipped)),
        promise=asked.declared is not None,
    )  # fmt: skip


def _columns(source: Source, log: Log, asked: Asked, progress: Callable[[str, int], None]) -> tuple[int, list[Column]]:
    """The columns of a source, counted; where it breaks off, what was read so far, and the loss is logged."""
    columns: dict[str, Column] = {}
    try:
        for batch in source.batches():
            _add(batch, columns, source, asked)
            progress(source.name, max(c.seen for c in columns.values()))
            if asked.limit and all(c.seen >= asked.limit for c in columns.values()):
                break
    except BadInput as error:
        log.lost(source.path, error.zh, error.en)
    except OSError as error:
        log.lost(source.path, f"读到一半中断（{error}）", f"reading broke off ({error})")
    return max((c.seen for c in columns.values()), default=0), list(columns.values())


def _add(batch: dict[str, Any], columns: dict[str, Column], source: Source, asked: Asked) -> None:
    for name, cells in batch.items():
        column = columns.get(name)
        if column is None:
            column = columns[name] = Column(name, text=source.text, deep=asked.deep, samples=asked.samples)
        if asked.limit:
            cells = cells.slice(0, max(0, asked.limit - column.seen))
        if len(cells):
            column.add(cells)


def _table(source: Source, rows: int, decided: list[tuple[Column, list[Decision]]]) -> TableReport:
    columns = tuple(
        ColumnReport(
            name=printable(column.name),
            types=tuple(kinds()[d.kind].name for d in types),
            share=types[0].share if types else 0.0,
            tier=types[0].tier if types else "",
            found=tuple(
                {"type": kinds()[d.kind].name, "share": d.share, "tier": d.tier, "cells": d.cells} for d in types
            ),
        )
        for column, types in decided
    )
    return TableReport(
        name=printable(source.name), path=printable(source.path), rows=rows, columns=columns, lines=source.lines
    )


def _findings(source: Source, decided: list[tuple[Column, list[Decision]]], asked: Asked) -> Iterator[Finding]:
    for column, types in decided:
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
            yield Finding(
                table=printable(source.name), path=printable(source.path), column=printable(column.name), type=kind.name, group=kind.group, share=d.share,
                tier=d.tier, cells=d.cells, row=d.row,
                declared=asked.declared.categories(source.name, column.name) if asked.declared else (),
                known=(PurePath(printable(source.path)).as_posix(), printable(source.name), printable(column.name), kind.name)
                in asked.known,
                samples=tuple(column.shown.get(d.kind, ())),
            )  # fmt: skip
