"""The relational audit on DuckDB: some millions of coded uses at a time, so that memory is bounded however long the log."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import msgspec
import numpy as np
import pyarrow as pa

from gongyue.conduct.auditing import relational
from gongyue.conduct.auditing.coding import Coder
from gongyue.conduct.auditing.index import Index
from gongyue.conduct.auditing.kernel import Ints, Judged
from gongyue.conduct.auditing.reading import Block
from gongyue.conduct.auditing.relational import FIVE, LINE, MASKS, Known, Spilled, covered, known, masks, verdicts
from gongyue.conduct.findings import BadInput

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
ANSWERS = "256MB"
"""What DuckDB may answer ahead: a unit's answers are in memory together anyway."""
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
    """One connection; a unit is eight parts: they are in memory together, and for each the ledger's lines are read once more."""

    name, workers, parts = "duckdb", 1, 8

    def __init__(self, index: Index, coder: Coder, why: tuple[str, str]) -> None:
        self._coder, self.why = coder, why
        link = self._explaining = duckdb.connect()
        _limit(link)
        link.execute("SET preserve_insertion_order = false")  # rows are put in their places here
        link.execute("SET enable_progress_bar = false")  # it would be written into the result
        link.execute(f"CREATE VIEW lines AS FROM read_parquet({relational.quoted_path(index.lines())})")
        with relational.breaking_off():
            self._spills = bool(link.execute("SELECT count(*) FROM lines WHERE NOT first").fetchall()[0][0])
        self._explain = explaining(msgspec.json.encode(known(coder.promise, index.contents.scopes)), self._spills)
        self._cover = covering()
        self._covering = link.cursor()
        for one in (link, self._covering):  # else it waits for answers to be taken, with one thread at work
            one.execute(f"SET streaming_buffer_size = '{ANSWERS}'")

    def begin(self, folder: Path) -> None:
        """Spill into a folder of this run alone: two that wrote into one would read each other's pages."""
        self._spill = folder / "spill"
        self._explaining.execute(f"SET temp_directory = {relational.quoted_path(self._spill)}")

    def judge(self, blocks: Iterator[Block], cite: bool) -> Iterator[tuple[Block, Judged]]:
        """What is covered is found in one query over a unit's blocks, and only the rest explained in another; where the
        ids of what covers are asked for, all of it is explained."""
        given: list[Block] = []
        if cite:
            found = self._answered(self._verdicts, SCHEMA, blocks, given, self._batch)
        else:
            found = self._answered(self._covered, BRIEF, blocks, given, self._brief)
            rest = np.flatnonzero(found.kind == OPEN)
            if len(rest):
                self._explained(given, found, rest)
        first = 0
        for block in given:
            last = first + len(block.coded)
            yield block, found.part(first, last)
            first = last

    def stop(self) -> None:
        """Ends a statement that runs, by an error in its own thread."""
        self._explaining.interrupt()
        self._covering.interrupt()

    def _answered(
        self,
        ask: Ask,
        schema: pa.Schema,
        blocks: Iterator[Block],
        given: list[Block],
        made: Callable[[Block, int], pa.RecordBatch],
    ) -> Judged:
        """What a query says of the blocks, which are read as it asks for them, and kept in `given`."""
        done = 0
        failed: list[Exception] = []

        def batches() -> Iterator[pa.RecordBatch]:
            nonlocal done
            try:
                for block in blocks:
                    given.append(block)
                    done += len(block.coded)
                    yield made(block, done - len(block.coded))
            except Exception as error:
                failed.append(error)
                raise

        try:
            # the stream itself: DuckDB would read a reader through a scanner, which has threads of its own and reads ahead
            stream = pa.RecordBatchReader.from_batches(schema, batches()).__arrow_c_stream__()
            answers = list(ask(stream))
        except (duckdb.Error, pa.ArrowException) as error:
            if failed:  # what reading failed of, and not how DuckDB tells it
                raise failed[0] from None
            raise self._no_room() if re.search("Out of Memory|No space left", str(error)) else error from None
        if sum(map(len, answers)) != done:
            raise RuntimeError("the engine did not answer every use once")
        found = Judged(done)
        for answer in answers:
            fill(found, answer, answer.column("row").to_numpy())
        return found

    def _no_room(self) -> BadInput:
        """The error where neither memory nor the disk beside the index holds what is being joined."""
        memory = _memory()
        return BadInput(
            f"duckdb 的内存（{memory}）与 {self._spill} 所在的磁盘都不够：给磁盘腾出空间，用 --work 换一处，或加大"
            " GONGYUE_DUCKDB_MEMORY；再问一次即接着做",
            f"neither the memory of duckdb ({memory}) nor the disk of {self._spill} suffices: make room there, choose another"
            " place with --work, or set a larger GONGYUE_DUCKDB_MEMORY; asking again goes on from here",
        )

    def _explained(self, given: list[Block], found: Judged, rest: Ints) -> None:
        bounds = np.cumsum([0, *(len(block.coded) for block in given)])
        cuts = np.searchsorted(rest, bounds)
        batches = [
            self._batch(Block(block.coded.at(rest[begin:end] - start), []), int(begin))
            for block, start, begin, end in zip(given, bounds, cuts, cuts[1:], strict=False)
        ]
        for answer in self._verdicts(pa.Table.from_batches(batches)):
            fill(found, answer, rest[answer.column("row").to_numpy()])

    def _verdicts(self, coded: Any) -> Any:
        """Whole verdicts on `coded`, a table or a stream."""
        link = self._explaining
        link.register("coded", coded)
        link.execute(FREE_ORDER if isinstance(coded, pa.Table) else KEEP_ORDER)
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


def _memory() -> str:
    return os.environ.get("GONGYUE_DUCKDB_MEMORY", MEMORY)


def _limit(link: duckdb.DuckDBPyConnection) -> None:
    """Set how much may be held; BadInput where the setting is no size."""
    try:
        link.execute(f"SET memory_limit = '{_memory()}'")
    except duckdb.Error:
        raise BadInput(
            f"GONGYUE_DUCKDB_MEMORY“{_memory()[:40]}”不是大小：写作 {MEMORY}、4GB，或去掉",
            f'GONGYUE_DUCKDB_MEMORY "{_memory()[:40]}" is no size: write {MEMORY}, 4GB, or leave it out',
        ) from None


def fill(judged: Judged, found: Any, places: Any) -> None:
    """Verdicts from the expression's columns, into these places; what has no kind yet is OPEN."""
    judged.kind[places] = found.column("kind").fill_null(OPEN).to_numpy()
    if "nearest" in found.schema.names:
        judged.nearest[places] = found.column("nearest").cast(pa.int64()).fill_null(-1).to_numpy()
        judged.failed[places] = found.column("failed").to_numpy(zero_copy_only=False)
        judged.of_terms[places] = found.column("of_terms").to_numpy(zero_copy_only=False)
