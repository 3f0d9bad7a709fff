"""The relational audit on DuckDB: the log in units, each joined with the ledger partition by partition.

What is covered is found first; only the rest is explained, beside the lines that were found for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import duckdb
import ibis
import msgspec
import numpy as np
import pyarrow as pa

from gongyue.conduct.auditing.index import Index
from gongyue.conduct.auditing.kernel_arrays import Coded, Ints, Judged
from gongyue.conduct.auditing.log_reader import Block
from gongyue.conduct.auditing.partitions import (
    PAIR,
    PIECE,
    Partitions,
    covered,
    fill_covered,
    settling,
    shared,
    verdict_columns,
)
from gongyue.conduct.auditing.relational import (
    FIVE,
    LINE,
    MASKS,
    Known,
    Spilled,
    all_pages,
    breaking_off,
    decided,
    known,
    masks,
    quoted_path,
)
from gongyue.conduct.auditing.sources import ROWS
from gongyue.conduct.auditing.use_encoder import UseEncoder
from gongyue.conduct.findings import BadInput
from gongyue.conduct.jit import cores

KEEP_ORDER = "SET disabled_optimizers = 'join_order,build_side_probe_side'"
"""The log stays on the probing side of joins: the ledger is what is held in memory."""
USES = pa.schema({
    "row": pa.int64(), "time": pa.int64(), "state": pa.int8(), "unknown": pa.bool_(), "ours": pa.bool_(),
    **dict.fromkeys(FIVE, pa.int64()), "purpose": pa.int32(), "touch": pa.int32(), "way": pa.int32(),
})  # fmt: skip
PARTS = 8
"""Parts of the log in memory at one time, about, however many workers share them."""
MEMORY = "900MB"
"""What DuckDB may hold before it writes to disk; GONGYUE_DUCKDB_MEMORY sets another."""
Rest = list[tuple[Ints, pa.RecordBatch]]
"""Rows that nothing covers, and beside each the line of its pair, null where it has none."""


@cache
def explaining(promise: bytes, spills: bool) -> str:
    """The SQL of whole verdicts on `beside`, uses that stand beside the first line of their pair."""
    columns = dict(ibis.Schema.from_pyarrow(USES)) | {name: LINE[name] for name in verdict_columns(spills)}
    lines = ibis.table(LINE, name="lines")
    spilled = Spilled(lines.filter(~lines.first), {n: ibis.table(c, name=f"masks_{n}") for n, c in MASKS.items()})
    said = msgspec.json.decode(promise, type=Known)
    told = decided(ibis.table(columns, name="beside"), PAIR, said, spilled if spills else None)
    return str(ibis.to_sql(told, dialect="duckdb"))


@cache
def covering(also: tuple[str, ...], cite: bool) -> str:
    """The SQL of what is covered, of `uses` against `pairs`, those of one partition."""
    on = ["low", *also]
    uses = ibis.table(dict.fromkeys((*on, "when", "failing"), "int64") | {"row": "int32"}, name="uses")
    pairs = ibis.table(dict.fromkeys((*on, *settling(cite)), "int64") | {"line": "int32"}, name="pairs")
    return str(ibis.to_sql(covered(uses, pairs, on, cite), dialect="duckdb"))


class DuckDB:
    """One database in memory, and a connection for each worker, which judges a unit in one thread."""

    name, parts = "duckdb", 4

    def __init__(self, index: Index, coder: UseEncoder, why: tuple[str, str]) -> None:
        self._coder, self.why, self.workers = coder, why, cores()
        self._rows = ROWS * PARTS // self.workers
        memory = _memory()
        self._partitions = Partitions(index.partitions(memory))
        self._also = tuple(self._partitions.layout.also)
        self._base = duckdb.connect()
        for statement in (
            f"SET memory_limit = '{memory}'",
            "SET threads = 1",  # a worker's own
            "SET preserve_insertion_order = false",  # rows are put in their places here
            "SET enable_progress_bar = false",  # it would be written into the result
            KEEP_ORDER,
            f"CREATE VIEW lines AS FROM read_parquet({quoted_path(index.lines())})",
        ):
            self._base.execute(statement)
        with breaking_off():
            self._spills = bool(self._base.execute("SELECT count(*) FROM lines WHERE NOT first").fetchall()[0][0])
        self._explain = explaining(msgspec.json.encode(known(coder.promise, index.contents.scopes)), self._spills)
        self._telling = verdict_columns(self._spills)
        self._links = [self._base.cursor() for _ in range(self.workers)]
        self._idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for link in self._links:
            self._idle.put(link)

    def begin(self, folder: Path) -> None:
        """Spill into a folder of this run alone: two that wrote into one would read each other's pages."""
        self._base.execute(f"SET temp_directory = {quoted_path(folder / 'spill')}")

    def judge(self, blocks: Iterator[Block], cite: bool) -> Iterator[tuple[Block, Judged]]:
        """So many blocks at a time as memory is meant for: a single row group may have any number of rows."""
        given: list[Block] = []
        held = 0
        for block in blocks:
            given.append(block)
            held += len(block.coded)
            if held >= self._rows:
                yield from self._together(given, cite)
                given, held = [], 0
        yield from self._together(given, cite)

    def _together(self, given: list[Block], cite: bool) -> Iterator[tuple[Block, Judged]]:
        link = self._idle.get()
        try:
            found = self._judged(link, [block.coded for block in given], cite)
        finally:
            self._idle.put(link)
        first = 0
        for block in given:
            last = first + len(block.coded)
            yield block, found.part(first, last)
            first = last

    def stop(self) -> None:
        """Ends statements that run, by an error in their own threads."""
        for link in self._links:
            link.interrupt()

    def _judged(self, link: duckdb.DuckDBPyConnection, unit: list[Coded], cite: bool) -> Judged:
        found = Judged(sum(map(len, unit)))
        rest: Rest = []
        held = 0
        for partition, uses in shared(unit, self._coder, self._partitions).pieces():
            rest.append(self._covered(link, partition, uses, found, cite))
            held += len(rest[-1][0])
            if held >= PIECE:
                self._explained(link, unit, rest, found)
                rest, held = [], 0
        if held:
            self._explained(link, unit, rest, found)
        return found

    def _covered(
        self, link: duckdb.DuckDBPyConnection, partition: int, uses: pa.RecordBatch, found: Judged, cite: bool
    ) -> tuple[Ints, pa.RecordBatch]:
        """Fill in what is covered of some uses of a partition; the rest of them."""
        if partition == self._partitions.count:
            rows = uses.column("row").to_numpy()
            return rows, self._partitions.lines(0).select(self._telling).take(pa.nulls(len(rows), pa.int32()))
        lines = self._partitions.lines(partition)
        link.register("uses", _stream(uses))
        link.register("pairs", _stream(lines.select(["low", *self._also, *settling(cite), "line"])))
        told = link.execute(covering(self._also, cite)).to_arrow_table()
        if len(told) != len(uses):
            raise RuntimeError("the engine did not answer every use once")
        rows, said, line = (told.column(name).to_numpy() for name in ("row", "said", "line"))
        left = np.empty(len(rows), np.int32)
        left = left[: fill_covered(rows, said, found.kind, found.nearest, cite, left)]
        line = line[left]
        return rows[left], lines.select(self._telling).take(pa.array(line, mask=line < 0))

    def _explained(self, link: duckdb.DuckDBPyConnection, unit: list[Coded], rest: Rest, found: Judged) -> None:
        rows = np.concatenate([rows for rows, _ in rest])
        uses, lines = self._uses(_at(unit, rows)), pa.Table.from_batches([lines for _, lines in rest])
        beside = pa.table([*uses.columns, *lines.columns], [*uses.schema.names, *lines.schema.names])
        link.register("beside", beside if self._spills else beside.__arrow_c_stream__())
        if self._spills:  # it is read twice
            for name, table in all_pages(self._coder).items():
                link.register(f"masks_{name}", table)
        told = link.execute(self._explain).to_arrow_table()
        if len(told) != len(rows):
            raise RuntimeError("the engine did not answer every use once")
        fill(found, told, rows[told.column("row").to_numpy()])

    def _uses(self, coded: Coded) -> pa.RecordBatch:
        """What verdicts are found by; `row` counts them from 0."""
        coder = self._coder
        codes = (coded.purpose, coded.touch, coded.way)
        columns: dict[str, Any] = {
            "row": np.arange(len(coded)),
            "time": coded.time,
            "state": coded.state,
            "unknown": coded.purpose >= coder.known,
            "ours": np.array(coder.ours or [False])[coded.way],
            **masks(coder, codes),
            "purpose": coded.purpose,
            "touch": coded.touch,
            "way": coded.way,
        }
        return pa.RecordBatch.from_pydict(
            {field.name: pa.array(columns[field.name], field.type) for field in USES}, USES
        )


def _memory() -> str:
    """How much may be held; BadInput where the setting is no size."""
    said = os.environ.get("GONGYUE_DUCKDB_MEMORY")
    if said is None:
        return MEMORY
    try:
        duckdb.connect(config={"memory_limit": said}).close()
    except duckdb.Error:
        raise BadInput(
            f"GONGYUE_DUCKDB_MEMORY“{said[:40]}”不是大小：写作 {MEMORY}、4GB，或去掉",
            f'GONGYUE_DUCKDB_MEMORY "{said[:40]}" is no size: write {MEMORY}, 4GB, or leave it out',
        ) from None
    return said


def _stream(rows: pa.RecordBatch) -> Any:
    """Rows as a stream: DuckDB would read a table through a scanner, which has threads of its own."""
    return pa.Table.from_batches([rows]).__arrow_c_stream__()


def _at(unit: list[Coded], rows: Ints) -> Coded:
    """The uses of these rows."""
    order = np.argsort(rows)
    inner = rows[order]
    starts = np.cumsum([0, *map(len, unit)])
    cuts = np.searchsorted(inner, starts)
    some = [one.at(inner[a:b] - start) for one, start, a, b in zip(unit, starts, cuts, cuts[1:], strict=False) if a < b]
    fields = ("time", "low", "high", "state", "purpose", "touch", "way")
    back = np.empty(len(rows), np.int64)
    back[order] = np.arange(len(rows))
    return Coded(*(np.concatenate([getattr(one, field) for one in some])[back] for field in fields))


def fill(judged: Judged, found: Any, places: Any) -> None:
    """Verdicts from the expression's columns, into these places."""
    judged.kind[places] = found.column("kind").to_numpy()
    judged.nearest[places] = found.column("nearest").cast(pa.int64()).fill_null(-1).to_numpy()
    judged.failed[places] = found.column("failed").to_numpy(zero_copy_only=False)
    judged.of_terms[places] = found.column("of_terms").to_numpy(zero_copy_only=False)
