"""The audit pushed down to where the log is: the relational expression sent to Spark or PostgreSQL, and only what it found brought back.

Names are coded here, once for each distinct combination that the engine reports; everything else happens there. An
engine brings the log as `staged`: row (from 1), time (µs, null where it is none), subject (text, null for none), and for
what the use was for, which data, and how, one text each: every column's value behind =, or ~ for null, parted by U+001F;
behind a U+001F of a value's own stands +.
"""

from __future__ import annotations

import re
import time as clock
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import ibis
import ibis.expr.types as ir
import msgspec
import numpy as np
import pyarrow as pa

from gongyue.conduct.auditing import relational
from gongyue.conduct.auditing.file_locks import exclusive_output
from gongyue.conduct.auditing.index import Index
from gongyue.conduct.auditing.kernel import K
from gongyue.conduct.auditing.kernel_arrays import Judged
from gongyue.conduct.auditing.packed_ledger import TooMany
from gongyue.conduct.auditing.relational import FIVE, LINE, MASKS, Spilled, known, verdicts
from gongyue.conduct.auditing.run_inputs import Progress, Request, Result, RunInputs, describe_run, unchanged
from gongyue.conduct.auditing.sources import changed
from gongyue.conduct.auditing.spark_batches import CODED, Judging, batch_judge
from gongyue.conduct.auditing.tally import SHOWN, Failing, Tally
from gongyue.conduct.auditing.use_encoder import UseEncoder
from gongyue.conduct.auditing.verdict_writer import atomic_output, batch_of, set_aside, writer
from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import Bad
from gongyue.conduct.uses import PURPOSE, TOUCH, WAY, Uses
from gongyue.conduct.verdict import CLEAN, KINDS, Verdict, kinds_of

FACTORS = {"purpose": PURPOSE, "touch": TOUCH, "way": WAY}
PART, NULL, VALUE, OWN = "\x1f", "~", "=", "\x1f+"
STAGED = {"row": "int64", "time": "int64", "subject": "string", **dict.fromkeys(FACTORS, "string")}
KEY = ["subject", "controller"]
_UNTOLD = (K["UNPARSED"], *(K[kind] for kind in sorted(CLEAN)))


class Engine(AbstractContextManager["Engine"], Protocol):
    """Where the log is. Tables are known by their names."""

    name: str
    dialect: str

    def stage(self, uses: Uses) -> int:
        """Make the table `staged`; how many rows it has. BadInput where a column's type cannot be judged there."""
        ...

    def upload(self, name: str, table: pa.Table) -> None:
        """Make a table."""
        ...

    def lines(self, path: Path) -> None:
        """Make the table `lines` of a Parquet file."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Make a table of what a query finds, once."""
        ...

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """What a query finds."""
        ...

    def place(self, row: int) -> tuple[str, int]:
        """A row's file below the folder, "" where there is but one, and its number there."""
        ...

    def sorted(self, sql: str, folder: Path) -> Iterator[pa.RecordBatch]:
        """What a query finds in order of its column `row`, however much it is; `folder` may be used on the way."""
        ...


@runtime_checkable
class Mapping(Protocol):
    """An engine that takes the kernel to where the log is."""

    def map(self, name: str, sql: str, judge: Judging) -> None:
        """Make a table of the verdicts on what a query finds, once."""
        ...


def values_of_key(key: str) -> list[str | None]:
    """What the columns hold."""
    return [None if part == NULL else part[1:].replace(OWN, PART) for part in re.split(rf"{PART}(?!\+)", key)]


def audit_elsewhere(request: Request, given: RunInputs, progress: Progress, begun: float) -> Result:
    """As `audit_run.audit`, in the engine that was asked for."""
    coder = UseEncoder(given.promise, given.index.contents.scopes, given.index.contents.controllers)
    with _engine(request.engine, given) as engine, exclusive_output(request.out):
        total = engine.stage(coder.uses)
        progress(0, total)
        for name, columns in FACTORS.items():
            _upload_codes(engine, name, columns, coder)
        if isinstance(engine, Mapping):
            uses = str(ibis.to_sql(_coded().select(*CODED), dialect=engine.dialect))
            engine.map("told", uses, batch_judge(packed_of(given.index), given.index.seed, coder.held()))
        else:
            engine.keep("told", str(ibis.to_sql(_verdict_expression(engine, given, coder), dialect=engine.dialect)))
        tally = _tally(engine, coder, total)
        digest = ""
        if request.out:
            digest = given.uses.digest() if given.uses.files else ""
            if not unchanged(given):
                raise changed(given.uses)
            with atomic_output(request.out) as half:
                _write(engine, half, describe_run(given, tally, engine.name, digest))
                set_aside(request.out, (msgspec.json.encode(bad) + b"\n" for bad in _aside(engine, coder)))
        progress(tally.rows, total)
        about = describe_run(given, tally, engine.name, digest)
    contents = given.index.contents
    why = ("由 --engine 指定", "asked for by --engine")
    return Result(
        tally, engine.name, why, about, contents.rows, contents.unread, contents.bad, 0, clock.monotonic() - begun,
        contents.unused, given.skipped, given.doubtful,
    )  # fmt: skip


def _engine(name: str, given: RunInputs) -> Engine:
    if name in {"spark", "spark-kernel"}:
        from gongyue.conduct.auditing.spark import Spark, SparkKernel

        return Spark(given.uses) if name == "spark" else SparkKernel(given.uses)
    from gongyue.conduct.auditing.postgres import Postgres

    return Postgres(given.uses)


def packed_of(index: Index) -> Path:
    """Where the packed ledger is, for a kernel that goes to where the log is; BadInput where no kernel holds it."""
    try:
        return index.packed_folder().absolute()
    except TooMany as many:
        raise BadInput(
            f"内核装不下：{many.zh}；用 --engine spark", f"the kernel cannot hold: {many.en}; use --engine spark"
        ) from None


def _table(name: str, schema: dict[str, str]) -> ir.Table:
    return ibis.table(schema, name=name)


def _verdict_expression(engine: Engine, given: RunInputs, coder: UseEncoder) -> ir.Table:
    """The verdicts as an expression, once everything it speaks of is there."""
    engine.lines(given.index.lines())
    lines = _table("lines", LINE)
    spilled = None
    if next(engine.rows("SELECT count(*) FROM lines WHERE NOT first"))[0]:
        for name, table in relational.all_pages(coder).items():
            engine.upload(f"masks_{name}", table)
        spilled = Spilled(lines.filter(~lines.first), {n: _table(f"masks_{n}", schema) for n, schema in MASKS.items()})
    coded = _coded()
    told = verdicts(coded, lines.filter(lines.first), KEY, known(given.promise, given.index.contents.scopes), spilled)
    codes = coded.select("row", *FACTORS)
    return told.inner_join(codes, "row")


def _upload_codes(engine: Engine, name: str, columns: tuple[str, ...], coder: UseEncoder) -> None:
    keys = [row[0] for row in engine.rows(f"SELECT DISTINCT {name} FROM staged")]  # noqa: S608 - ours
    codes = np.array([coder.coded(columns, tuple(values_of_key(key))) for key in keys], np.int32)
    safe = np.maximum(codes, 0)
    zeros = np.zeros(len(keys), np.int64)
    if name == "purpose":
        said: dict[str, Any] = {"purposes": coder.purposes.rows[safe, 0], "unknown": codes >= coder.known}
    elif name == "touch":
        said = {"categories": coder.touches.rows[safe, 0]}
    else:
        rows = coder.ways.rows.reshape(len(coder.ways.rows), 3, coder.pages)[safe, :, 0]
        said = {column: rows[:, place] for place, column in enumerate(FIVE[2:])}
        said |= {"controller": np.array(coder.controller or [-1])[safe], "ours": np.array(coder.ours or [False])[safe]}
    said = {k: zeros + v if v.dtype != np.bool_ else v for k, v in said.items()}
    engine.upload(f"codes_{name}", pa.table({f"{name}_key": pa.array(keys, pa.string()), name: codes, **said}))


def _coded() -> ir.Table:
    """The staged log with its codes and masks."""
    staged = _table("staged", STAGED)
    here = {
        "purpose": {"purpose": "int32", "purposes": "int64", "unknown": "boolean"},
        "touch": {"touch": "int32", "categories": "int64"},
        "way": {"way": "int32", **dict.fromkeys(FIVE[2:], "int64"), "controller": "int64", "ours": "boolean"},
    }
    log = staged.rename({f"{name}_key": name for name in FACTORS})
    for name, schema in here.items():
        codes = _table(f"codes_{name}", {f"{name}_key": "string", **schema})
        log = log.left_join(codes, f"{name}_key").drop(f"{name}_key_right")
    good = log.time.notnull() & (log.purpose >= 0) & (log.touch >= 0) & (log.way >= 0)
    good = good.fill_null(False)
    state = ibis.cases((~good, 2), (log.subject.isnull(), 1), else_=0)
    return log.mutate(
        state=state.cast("int16"),
        time=log.time.fill_null(0),
        unknown=log.unknown.fill_null(False),
        ours=log.ours.fill_null(False),
    )


def _tally(engine: Engine, coder: UseEncoder, total: int) -> Tally:
    tally = Tally()
    grouped = "SELECT kind, purpose, touch, count(*), min(time), max(time) FROM told GROUP BY kind, purpose, touch"
    for kind, purpose, touch, n, first, last in engine.rows(grouped):
        tally.add(_group(coder, kind, purpose, touch, n, first, last))
    if tally.rows != total:
        raise BadInput(
            f"核对期间记录变了：{total} 行成了 {tally.rows} 行", f"the log changed: {total} rows became {tally.rows}"
        )
    columns = "row, kind, nearest, failed, of_terms, purpose, touch"
    untold = ", ".join(map(str, _UNTOLD))
    failing = f"SELECT {columns} FROM told WHERE kind NOT IN ({untold}) ORDER BY row LIMIT {SHOWN}"  # noqa: S608 - numbers
    tally.failing = [_failing(coder, *row) for row in engine.rows(failing)]
    tally.bad = list(_aside(engine, coder, f"ORDER BY row LIMIT {SHOWN}"))
    return tally


def _aside(engine: Engine, coder: UseEncoder, some: str = "") -> Iterator[Bad]:
    """The rows that could not be parsed, in order; `some` of them, all where it is not said."""
    unparsed = f"SELECT row FROM told WHERE kind = {K['UNPARSED']} {some}"  # noqa: S608 - a number
    asked = f"SELECT {', '.join(STAGED)} FROM staged WHERE row IN ({unparsed}) ORDER BY row"  # noqa: S608 - ours
    for row in engine.rows(asked):
        file, line = engine.place(row[0])
        why = _why(coder.uses, row)
        yield Bad(line, why.zh, why.en, file)


def _group(coder: UseEncoder, kind: int, purpose: int, touch: int, n: int, first: int, last: int) -> Tally:
    """What a group of rows adds."""
    counts = [n if place == kind else 0 for place in range(len(KINDS))]
    if kind == K["UNPARSED"]:
        return Tally(n, counts)
    return Tally(
        n,
        counts,
        {coder.purposes.labels[purpose]: counts},
        {coder.touches.labels[touch]: counts},
        first=first,
        last=last,
    )


def _failing(
    coder: UseEncoder, row: int, kind: int, nearest: int | None, failed: int, of_terms: bool, purpose: int, touch: int
) -> Failing:
    said = Verdict(KINDS[kind])
    ids = (None, nearest) if of_terms else (nearest, None)
    labels = coder.purposes.labels[purpose], coder.touches.labels[touch]
    return Failing(row, said.kind, said.article, said.code, *labels, kinds_of(failed), *ids)


def _why(uses: Uses, row: tuple[Any, ...]) -> BadInput:
    """Why a row could not be parsed: what it says is read once more, here."""
    _, time, subject, *keys = row
    said = {"time": time, "subject": subject}
    for columns, key in zip(FACTORS.values(), keys, strict=True):
        said |= dict(zip(columns, values_of_key(key), strict=True))
    if time is None:
        return BadInput("时间缺少、无法辨认或超出范围", "the time is missing, not understood or out of range")
    try:
        uses.read({uses.columns[ours]: value for ours, value in said.items()})
    except BadInput as bad:
        return bad
    return BadInput("无法辨认", "not understood")


def _write(engine: Engine, half: Path, about: dict[str, Any]) -> None:
    done = 0
    sql = "SELECT row, kind, nearest, failed, of_terms FROM told"
    with writer(half, about) as file:
        for batch in engine.sorted(sql, half.with_suffix(".rows")):
            row = batch.column("row").to_numpy()
            if len(row) and (row[0] != done + 1 or row[-1] != done + len(row)):
                raise RuntimeError("the engine did not answer every use once")
            judged = Judged(len(batch))
            judged.kind[:] = batch.column("kind").to_numpy()
            judged.nearest[:] = batch.column("nearest").fill_null(-1).to_numpy()
            judged.failed[:] = batch.column("failed").to_numpy()
            judged.of_terms[:] = batch.column("of_terms").to_numpy(zero_copy_only=False)
            file.write_batch(batch_of(judged, done + 1))
            done += len(batch)
