"""The relational audit on DuckDB: coded uses stream in, verdicts stream out, in the same order and in bounded memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import duckdb
import ibis
import msgspec
import numpy as np
import pyarrow as pa

from gongyue.conduct.auditing import relational
from gongyue.conduct.auditing.coding import Coder
from gongyue.conduct.auditing.index import Index
from gongyue.conduct.auditing.kernel import Coded, Judged
from gongyue.conduct.auditing.reading import Block
from gongyue.conduct.auditing.relational import FIVE, LINE, MASKS, Known, Spilled, covered, known, masks, verdicts

PENDING = 1 << 23
"""Rows that wait until what is not covered among them is explained together."""
OPEN = 255
KEEP_ORDER = "SET disabled_optimizers = 'join_order,build_side_probe_side'"
"""The log stays on the probing side of joins: the ledger is what is held in memory."""
FREE_ORDER = "SET disabled_optimizers = ''"
KEY = ["low", "high", "controller"]
_TYPES = {
    "row": pa.int64(), "time": pa.int64(), "low": pa.int64(), "high": pa.int64(), "controller": pa.int64(),
    "state": pa.int8(), "unknown": pa.bool_(), "ours": pa.bool_(), **dict.fromkeys(FIVE, pa.int64()),
    "purpose": pa.int32(), "touch": pa.int32(), "way": pa.int32(),
}  # fmt: skip
SCHEMA = pa.schema(list(_TYPES.items()))
BRIEF = pa.schema([(name, pa.int64()) for name in ("row", "time", *KEY, "failing")])
Ask = Callable[[Any], Any]
MEMORY = "900MB"
"""What DuckDB may hold before it writes to disk; GONGYUE_DUCKDB_MEMORY sets another."""


@cache
def explaining(promise: bytes, spills: bool) -> str:
    """The SQL of whole verdicts on `coded`, or on `held` where it is read twice."""
    lines = ibis.table(LINE, name="lines")
    spilled = Spilled(lines.filter(~lines.first), {n: ibis.table(c, name=f"masks_{n}") for n, c in MASKS.items()})
    coded = ibis.table(dict(ibis.Schema.from_pyarrow(SCHEMA)), name="held" if spills else "coded")
    said = msgspec.json.decode(promise, type=Known)
    told = verdicts(coded, lines.filter(lines.first), KEY, said, spilled if spills else None)
    return str(ibis.to_sql(told, dialect="duckdb"))


@cache
def covering() -> str:
    """The SQL of what is covered; a pair that has further lines is not settled by its first: a lower id may stand there."""
    lines = ibis.table(LINE, name="lines")
    brief = ibis.table(dict(ibis.Schema.from_pyarrow(BRIEF)), name="coded")
    return str(ibis.to_sql(covered(brief, lines.filter(lines.first & ~lines.more), KEY), dialect="duckdb"))


class DuckDB:
    """One connection; a unit is sixty-four parts, for the ledger's lines are read once more for each."""

    name, workers, parts = "duckdb", 1, 64

    def __init__(self, index: Index, coder: Coder, why: tuple[str, str]) -> None:
        self._coder, self.why = coder, why
        link = self._explaining = duckdb.connect()
        link.execute(f"SET memory_limit = '{os.environ.get('GONGYUE_DUCKDB_MEMORY', MEMORY)}'")
        link.execute("SET enable_progress_bar = false")  # it would be written into the result
        link.execute(f"SET temp_directory = {relational.quoted_path(index.folder / 'spill')}")
        link.execute(f"CREATE VIEW lines AS FROM read_parquet({relational.quoted_path(index.lines())})")
        self._spills = bool(link.execute("SELECT count(*) FROM lines WHERE NOT first").fetchall()[0][0])
        self._explain = explaining(msgspec.json.encode(known(coder.promise, index.contents.scopes)), self._spills)
        self._cover = covering()
        self._covering = link.cursor()

    def judge(self, blocks: Iterator[Block], cite: bool) -> Iterator[tuple[Block, Judged]]:
        """What is covered is found in one query over all blocks, and only the rest explained, block by block; where the
        ids of what covers are asked for, all of it is explained."""
        if cite:
            yield from self._streamed(blocks, self._verdicts, SCHEMA, self._batch)
            return
        pending: list[tuple[Block, Judged, Any, Coded]] = []
        for block, judged in self._streamed(blocks, self._covered, BRIEF, self._brief):
            rest = np.flatnonzero(judged.kind == OPEN)
            pending.append((block.brief(), judged, rest, block.coded.at(rest)))
            if sum(len(one.coded) for one, *_ in pending) >= PENDING:
                yield from self._explained(pending)
                pending = []
        yield from self._explained(pending)

    def _explained(self, pending: list[tuple[Block, Judged, Any, Coded]]) -> Iterator[tuple[Block, Judged]]:
        batches = [self._batch(Block(coded, []), 0) for *_, coded in pending]
        places = np.cumsum([0, *(len(batch) for batch in batches)])
        if places[-1]:
            whole = pa.Table.from_batches(batches)
            whole = whole.set_column(0, "row", pa.array(np.arange(len(whole))))
            found = pa.Table.from_batches(self._verdicts(whole)).sort_by("row")
            for (_, judged, rest, _), begin, end in zip(pending, places, places[1:], strict=False):
                fill(judged, found.slice(begin, end - begin).combine_chunks(), rest)
        for block, judged, _, _ in pending:
            yield block, judged

    def _streamed(
        self, blocks: Iterator[Block], ask: Ask, schema: pa.Schema, made: Callable[[Block, int], pa.RecordBatch]
    ) -> Iterator[tuple[Block, Judged]]:
        waiting = _Waiting()

        def batches() -> Iterator[pa.RecordBatch]:
            for block in blocks:
                yield made(block, waiting.add(block))

        for batch in ask(pa.RecordBatchReader.from_batches(schema, batches())):
            waiting.fill(batch)
            yield from waiting.done()
        yield from waiting.done()
        if waiting.blocks:
            raise RuntimeError("the engine did not answer every use once")

    def _verdicts(self, coded: Any) -> Any:
        """Whole verdicts on `coded`, a table or a stream."""
        link = self._explaining
        link.register("coded", coded)
        link.execute(KEEP_ORDER if isinstance(coded, pa.RecordBatchReader) else FREE_ORDER)
        if self._spills:  # it is read twice
            link.execute("CREATE OR REPLACE TEMP TABLE held AS FROM coded")
            self._masks(link)
        return link.execute(self._explain).to_arrow_reader(1 << 17)

    def _covered(self, coded: Any) -> Any:
        self._covering.register("coded", coded)
        self._covering.execute(KEEP_ORDER)
        return self._covering.execute(self._cover).to_arrow_reader(1 << 17)

    def _brief(self, block: Block, first: int) -> pa.RecordBatch:
        coded, coder = block.coded, self._coder
        failing = coder.purposes.rows[coded.purpose, 0] | coder.touches.rows[coded.touch, 0]
        failing |= np.bitwise_or.reduce(coder.ways.rows.reshape(-1, 3, coder.pages)[:, :, 0], axis=1)[coded.way]
        controller = np.array(coder.controller or [-1])[coded.way]
        controller[(coded.state != 0) | (coded.purpose >= coder.known)] = -1  # no pair's
        columns = [np.arange(first, first + len(coded)), coded.time, coded.low, coded.high, controller, failing]
        return pa.record_batch([pa.array(c) for c in columns], schema=BRIEF)

    def _batch(self, block: Block, first: int) -> pa.RecordBatch:
        coded, coder = block.coded, self._coder
        codes = (coded.purpose, coded.touch, coded.way)
        columns: dict[str, Any] = {
            "row": np.arange(first, first + len(coded)),
            "time": coded.time,
            "low": coded.low,
            "high": coded.high,
            "controller": np.where(coded.state == 0, np.array(coder.controller or [-1])[coded.way], -1),
            "state": coded.state,
            "unknown": coded.purpose >= coder.known,
            "ours": np.array(coder.ours or [False])[coded.way],
            **masks(coder, codes),
            "purpose": coded.purpose,
            "touch": coded.touch,
            "way": coded.way,
        }
        return pa.record_batch([pa.array(columns[f.name], f.type) for f in SCHEMA], schema=SCHEMA)

    def _masks(self, link: duckdb.DuckDBPyConnection) -> None:
        """The masks of every page by code, as tables."""
        for name, table in relational.all_pages(self._coder).items():
            link.register(f"masks_{name}", table)


class _Waiting:
    """Blocks whose verdicts are still coming: threads of the engine overtake each other, so each goes to its place."""

    def __init__(self) -> None:
        self.blocks: deque[tuple[Block, Judged]] = deque()
        self._starts: deque[int] = deque()
        self._missing: deque[int] = deque()
        self._next = 0

    def add(self, block: Block) -> int:
        """A block was sent; the number of its first row."""
        first, n = self._next, len(block.coded)
        self._starts.append(first)
        self._missing.append(n)
        self.blocks.append((block, Judged(n)))
        self._next += n
        return first

    def fill(self, batch: pa.RecordBatch) -> None:
        """Verdicts have come."""
        row = batch.column("row").to_numpy()
        starts = np.array(self._starts)
        which = np.searchsorted(starts, row, "right") - 1
        for number in np.unique(which):
            here = np.flatnonzero(which == number)
            part = batch if len(here) == len(batch) else batch.take(pa.array(here))
            fill(self.blocks[number][1], part, row[here] - starts[number])
            self._missing[number] -= len(here)

    def done(self) -> Iterator[tuple[Block, Judged]]:
        """The next blocks in order that are whole."""
        while self.blocks and self._missing[0] == 0:
            self._starts.popleft()
            self._missing.popleft()
            yield self.blocks.popleft()


def fill(judged: Judged, found: Any, places: Any) -> None:
    """Verdicts from the expression's columns, into these places; what has no kind yet is OPEN."""
    judged.kind[places] = found.column("kind").fill_null(OPEN).to_numpy()
    if "nearest" in found.schema.names:
        judged.nearest[places] = found.column("nearest").cast(pa.int64()).fill_null(-1).to_numpy()
        judged.failed[places] = found.column("failed").to_numpy(zero_copy_only=False)
        judged.of_terms[places] = found.column("of_terms").to_numpy(zero_copy_only=False)
