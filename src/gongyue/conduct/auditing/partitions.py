"""The ledger's lines in partitions, and a log's uses shared out among them: what is then joined fits the nearest caches.

A pair's partition is folded from its key. One number of each authorisation, its `span`, settles most uses:

    35 … 61   its start                    6        whether its basis is statutory
    7 … 33    what is left after its end   0 … 5    the place of its scope

Times are coarse ticks. A use has the like in `when`, with a guard above each time: by which guards subtraction leaves
standing one sees on which side of both ends the use lies, and by those it leaves of one tick less, whether it surely does.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from gongyue.conduct.auditing.kernel import OK, STATUTORY
from gongyue.conduct.auditing.kernel_arrays import Coded, Ints
from gongyue.conduct.auditing.relational import FIGURES, LINE, SLOTS, breaking_off, figures, quoted_path
from gongyue.conduct.auditing.use_encoder import UseEncoder
from gongyue.conduct.instants import LAST
from gongyue.conduct.jit import entry_point, inlined

PAIR = ["low", "high", "controller"]
MOST = 256
"""Partitions there are at most: each is a statement of its own for every unit of the log."""
EACH = 1 << 16
"""Lines in one, about: a table of so many fits a core's own cache."""
BASIS, LATER, SINCE = 6, 7, 35
"""The bits of a span where its parts begin."""
PLACES = (1 << BASIS) - 1
TICKS = (1 << SINCE - LATER - 1) - 1
"""The end of what has none, in ticks."""
GUARDS = (TICKS + 1) << SINCE | (TICKS + 1) << LATER
ONE = 1 << SINCE | 1 << LATER
"""A tick at both ends."""
NEVER = TICKS << SINCE | TICKS << LATER
"""The span of no time at all."""
NONE = -1
PIECE = 1 << 18
"""Uses that are joined, and explained, at one time, about: memory is bounded also where nothing is covered."""


class Layout(msgspec.Struct, frozen=True):
    """How partitions are read: ticks are instants since `base`, shifted; `also` tells pairs apart, beside `low`."""

    base: int
    shift: int
    also: list[str]


class Partitions:
    """The first lines of all pairs as they are kept, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self._file = pa.ipc.open_file(pa.memory_map(str(path)))
        self.layout = msgspec.json.decode(self._file.schema.metadata[b"layout"], type=Layout)
        self.count = self._file.num_record_batches

    def lines(self, partition: int) -> pa.RecordBatch:
        """Those of one partition; `line` counts them from 0."""
        return self._file.get_batch(partition)


class Shared:
    """The uses of a unit in order of partition, of which each has those from one bound to the next; what can have no line
    comes last. `row` counts within the unit."""

    def __init__(self, columns: dict[str, npt.NDArray[Any]], bounds: Ints) -> None:
        self._columns, self._bounds = columns, bounds

    def pieces(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        """The uses of each partition, so many at a time; those of none last, by the number of partitions."""
        for partition, (first, last) in enumerate(pairwise(self._bounds.tolist())):
            for begin in range(first, last, PIECE):
                piece = slice(begin, min(begin + PIECE, last))
                columns = {name: pa.array(column[piece]) for name, column in self._columns.items()}
                yield partition, pa.RecordBatch.from_pydict(columns)


def shared(blocks: list[Coded], coder: UseEncoder, partitions: Partitions) -> Shared:
    """The uses of these blocks, which are one unit, shared out."""
    layout, held = partitions.layout, coder.held()
    wide, several = "high" in layout.also, "controller" in layout.also
    controllers = np.array(held.controller or [-1], np.int64)
    numbers = np.array([held.known, layout.base, layout.shift, partitions.count, wide], np.int64)
    counts = np.zeros(partitions.count + 1, np.int64)
    places = [np.empty(len(block), np.uint16) for block in blocks]
    for block, place in zip(blocks, places, strict=True):
        _place(block.low, block.high, block.state, block.purpose, block.way, controllers, numbers, place, counts)
    bounds = np.concatenate([[0], np.cumsum(counts)])
    n = int(bounds[-1])
    columns: dict[str, npt.NDArray[Any]] = {"row": np.empty(n, np.int32)}
    columns |= {name: np.empty(n, np.int64) for name in ("low", "when", "failing")}
    also = {name: np.empty(n if name in layout.also else 0, np.int64) for name in PAIR[1:]}
    together = np.bitwise_or.reduce(held.ways.reshape(len(held.ways), 3, held.pages)[:, :, 0], axis=1)
    masks = (np.ascontiguousarray(held.purposes[:, 0]), np.ascontiguousarray(held.touches[:, 0]), together)
    out: list[Any] = [*columns.values(), *also.values()]
    free, first = bounds[:-1].copy(), 0
    for block, place in zip(blocks, places, strict=True):
        _share(block.time, block.low, block.high, block.purpose, block.touch, block.way, controllers, *masks, numbers,
               place, free, first, several, *out)  # fmt: skip
        first += len(block)
    return Shared(columns | {name: also[name] for name in layout.also}, bounds)


@entry_point
def _place(  # pragma: no cover - compiled
    low: Any, high: Any, state: Any, purpose: Any, way: Any, controllers: Any, numbers: Any, place: Any, counts: Any
) -> None:
    """The partition of each use, the number of partitions for none; and how many each has."""
    known, count, wide = numbers[0], numbers[3], numbers[4]
    for row in range(len(low)):
        controller = controllers[way[row]]
        none = (state[row] != 0) | (purpose[row] >= known) | (controller < 0) | ((wide == 0) & (high[row] != 0))
        found = count if none else _folded(low[row], high[row], controller, count)
        place[row] = found
        counts[found] += 1


@inlined
def _folded(low: Any, high: Any, controller: Any, count: Any) -> Any:  # pragma: no cover - compiled
    """The partition of a pair, as `write_partitions` says it in SQL."""
    key = low ^ high ^ controller
    key ^= key >> 32
    key ^= key >> 16
    key ^= key >> 8
    return key & (count - 1)


@entry_point
def _share(  # pragma: no cover - compiled
    time: Any, low: Any, high: Any, purpose: Any, touch: Any, way: Any, controllers: Any, purposes: Any, touches: Any, ways: Any,
    numbers: Any, place: Any, free: Any, first: int, several: bool, rows: Any, lows: Any, whens: Any, failing: Any, highs: Any,
    many: Any,
) -> None:  # fmt: skip
    """Put each use into its partition, of which `free` says where the next one goes."""
    base, shift, wide = numbers[1], numbers[2], numbers[4]
    for row in range(len(low)):
        at = free[place[row]]
        free[place[row]] = at + 1
        tick = min(max((time[row] - base) >> shift, 0), TICKS - 1)
        rows[at], lows[at] = first + row, low[row]
        whens[at] = GUARDS | tick << SINCE | (TICKS - tick) << LATER | (1 << LATER) - 1
        failing[at] = purposes[purpose[row]] | touches[touch[row]] | ways[way[row]]
        if wide:
            highs[at] = high[row]
        if several:
            many[at] = controllers[way[row]]


def settling(cite: bool) -> list[str]:
    """The columns of a line by which what is covered is found; `cite`: and by which authorisation."""
    names = ("span", "cite") if cite else ("span",)
    return [f"{name}{slot}" for slot in range(SLOTS) for name in names]


def verdict_columns(spills: bool) -> list[str]:
    """The columns of a line by which whole verdicts are found; `spills`: some pairs have further lines."""
    return [*PAIR, "more", *figures(FIGURES)] if spills else figures(FIGURES)


def covered(uses: ir.Table, lines: ir.Table, on: list[str], cite: bool) -> ir.Table:
    """row → line, -1 where the pair has none; said, of the first authorisation that covers: its id doubled, + 1 where its
    basis is statutory, or without `cite` that alone; -1 where none does, or coarse ticks do not settle it.

    What may cover is asked for in order of id: behind one that is not sure no other counts.
    """
    both = uses.left_join(lines, on)
    cases = []
    for slot in range(SLOTS):
        span = both[f"span{slot}"]
        left = both.when - span
        may = ((both.failing >> (span & PLACES)) & 1 == 0) & ((left & GUARDS) == GUARDS)
        said = both[f"cite{slot}"] if cite else span >> BASIS & 1
        cases.append((may, (((left - ONE) & GUARDS) == GUARDS).ifelse(said, NONE)))
    return both.select("row", line=both.line.fill_null(NONE), said=ibis.cases(*cases, else_=NONE))


@entry_point
def fill_covered(  # pragma: no cover - compiled
    rows: Any, said: Any, kind: Any, nearest: Any, cite: bool, left: Any
) -> int:
    """Put what was said of these rows in its place; which of them are left, and how many these are."""
    many = 0
    for i in range(len(rows)):
        row = rows[i]
        if said[i] < 0:
            left[many] = i
            many += 1
            continue
        kind[row] = STATUTORY if said[i] & 1 else OK
        if cite:
            nearest[row] = said[i] >> 1
    return many


def write_partitions(lines: Path, out: Path, memory: str) -> None:
    """The ledger's first lines by partition, a record batch each, as an Arrow file that is mapped into memory."""
    with breaking_off(), duckdb.connect() as link:
        link.execute(f"SET memory_limit = '{memory}'")
        link.execute(f"SET temp_directory = {quoted_path(out.with_name('spill'))}")
        link.execute("SET enable_progress_bar = false")
        first = f"(FROM read_parquet({quoted_path(lines)}) WHERE first)"
        (many,) = _one(link, f"SELECT count(*) FROM {first}")  # noqa: S608 - our own path
        count = 1 << min(max(0, (many - 1) // EACH).bit_length(), MOST.bit_length() - 1)
        link.execute(f"""
            CREATE TEMP TABLE placed AS
            SELECT *, xor(xor(low, high), controller) AS a, xor(a, a >> 32) AS b, xor(b, b >> 16) AS c,
                xor(c, c >> 8) & {count - 1} AS part
            FROM {first} ORDER BY part""")  # noqa: S608 - numbers, and our own path
        layout = _layout(link)
        schema = _schema().with_metadata({"layout": msgspec.json.encode(layout)})
        with pa.OSFile(str(out), "wb") as file, pa.ipc.new_file(file, schema) as writer:
            for partition in range(count):
                named = ", ".join(f'"{name}"' for name in verdict_columns(True))
                found = link.execute(f"SELECT {named} FROM placed WHERE part = ?", [partition]).to_arrow_table()  # noqa: S608
                writer.write_batch(_settled(found, layout, schema))


def _one(link: duckdb.DuckDBPyConnection, sql: str) -> Any:
    return link.execute(sql).fetchall()[0]


def _layout(link: duckdb.DuckDBPyConnection) -> Layout:
    """Ticks so that all that is finite lies in the lower half of those there are: a log goes on after its ledger."""
    starts = ", ".join(f"start{slot}" for slot in range(SLOTS))
    ends = ", ".join(f"CASE WHEN end{slot} < {LAST} THEN end{slot} END" for slot in range(SLOTS))
    first, last, wide, several = _one(
        link,
        f"SELECT min(least({starts})), max(greatest({starts}, {ends})), max(high <> 0), max(controller) > 0 FROM placed",  # noqa: S608
    )
    base = first or 0
    also = [name for name, needed in (("high", wide), ("controller", several)) if needed]
    return Layout(base, max(0, ((last or base) - base).bit_length() - TICKS.bit_length() + 1), also)


def _schema() -> pa.Schema:
    kinds = {name: pa.bool_() if LINE[name] == "boolean" else pa.int64() for name in verdict_columns(True)}
    return pa.schema({"line": pa.int32()} | dict.fromkeys(settling(False), pa.int64()) | kinds)


def _settled(found: pa.Table, layout: Layout, schema: pa.Schema) -> pa.RecordBatch:
    """The lines with what settles most uses: nothing does where a pair has more lines, for a lower id may stand there."""
    columns: dict[str, Any] = {"line": np.arange(len(found), dtype=np.int32)}
    more = found.column("more").to_numpy()
    for slot in range(SLOTS):
        cite, bit, start, end = (found.column(f"{name}{slot}") for name in ("cite", "bit", "start", "end"))
        empty = more | cite.is_null().to_numpy()
        cite, bit, start, end = (some.fill_null(0).to_numpy() for some in (cite, bit, start, end))
        begin = ticks(start, layout)
        stop = np.where(end >= LAST, TICKS, ticks(end, layout))
        place = np.log2(np.maximum(bit, 1)).astype(np.int64)
        span = begin << SINCE | (TICKS - stop) << LATER | (cite & 1) << BASIS | place
        columns[f"span{slot}"] = np.where(empty, NEVER, span)
    columns |= {name: found.column(name).combine_chunks() for name in verdict_columns(True)}
    return pa.RecordBatch.from_pydict(columns, schema)


def ticks(instants: Ints, layout: Layout) -> Ints:
    """Coarse ticks of instants; the first and the last stand for all that lie beyond, and settle nothing."""
    return np.asarray(np.clip((instants - layout.base) >> layout.shift, 0, TICKS - 1), np.int64)
