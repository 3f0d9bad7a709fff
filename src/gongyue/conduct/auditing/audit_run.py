"""A run: the log in units, each done once; an interrupted run resumes after its last finished unit."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from gongyue.conduct.auditing import sources
from gongyue.conduct.auditing.engines import ELSEWHERE, Engine, engine_of
from gongyue.conduct.auditing.file_locks import WEEK, exclusive_lock, exclusive_output, lock_of, sweep
from gongyue.conduct.auditing.log_reader import Block, Reader
from gongyue.conduct.auditing.run_inputs import (
    Progress,
    Request,
    Result,
    RunInputs,
    describe_run,
    open_inputs,
    refuse_out,
    unchanged,
)
from gongyue.conduct.auditing.sources import LinePart, ParquetPart, Part, Source, changed
from gongyue.conduct.auditing.tally import SHOWN, Counts, Tally
from gongyue.conduct.auditing.use_encoder import UseEncoder
from gongyue.conduct.auditing.verdict_writer import atomic_output, batch_of, joined, set_aside, writer

LINES = 1 << 20
"""Rows of a file that is not Parquet in one unit."""


class Unit(msgspec.Struct, frozen=True):
    """Some whole parts of Parquet, about as many rows as the engine's `parts` have, or a stretch of one other part; `first`: the
    number of its first row. What they are depends on the log and the engine alone: a run goes on on another machine."""

    number: int
    parts: list[Part]
    first: int
    skip: int = 0
    count: int | None = None


def audit(request: Request, progress: Progress = lambda done, total: None) -> Result:
    """Every use judged; see Result. A run that is killed goes on from what it had finished when it is asked again."""
    begun = time.monotonic()
    if request.out:
        refuse_out(request.out, request)
    with ExitStack() as stack:
        return _audited(request, open_inputs(request, stack), progress, begun)


def _audited(request: Request, given: RunInputs, progress: Progress, begun: float) -> Result:
    contents = given.index.contents
    if request.engine in ELSEWHERE:
        from gongyue.conduct.auditing.pushdown import audit_elsewhere

        return audit_elsewhere(request, given, progress, begun)
    coder = UseEncoder(given.promise, contents.scopes, contents.controllers)
    engine = engine_of(request.engine, given.index, coder)
    folder = given.work / f"run-{given.key}-{engine.name}"
    with exclusive_lock(lock_of(folder)), exclusive_output(request.out):
        sweep(given.work, "run", WEEK)
        folder.mkdir(exist_ok=True)
        engine.begin(folder)
        reader = Reader(coder, given.index.seed, None if request.out else SHOWN)
        run = _Run(folder, engine, coder, reader, request.out is not None)
        digest = _Digest(given.uses) if request.out else None
        tally = run.all(given.uses, progress)
        about = describe_run(given, tally, engine.name, digest.value() if digest else "")
        if request.out:
            if not unchanged(given):
                shutil.rmtree(folder)
                raise changed(given.uses)
            finish(folder, request.out, about)
        shutil.rmtree(folder)
    doubtful = list(dict.fromkeys((*given.doubtful, *tally.doubtful)))
    return Result(tally, engine.name, engine.why, about, contents.rows, contents.unread, contents.bad, run.resumed,
                  time.monotonic() - begun, contents.unused, given.skipped, doubtful)  # fmt: skip


class _Digest:
    """The digest of the log, taken while it is judged; a log that goes away meanwhile is told to whoever asks for it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: str | OSError = ""
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def _take(self) -> None:
        try:
            self._found = self._source.digest()
        except OSError as error:
            self._found = error

    def value(self) -> str:
        self._thread.join()
        if isinstance(self._found, OSError):
            raise self._found
        return self._found


def finish(folder: Path, out: Path, about: dict[str, Any]) -> None:
    """Join the units' verdicts, and the rows set aside, which stand beside them as JSON lines."""
    with atomic_output(out, ("；再问一次即接着写", "; asking again goes on from here")) as half:
        joined(sorted(folder.glob("*.parquet")), half, about)
        set_aside(out, _lines(folder))


def _lines(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as stream:
            yield from stream


class _Run:
    def __init__(self, folder: Path, engine: Engine, coder: UseEncoder, reader: Reader, rows: bool) -> None:
        self.folder, self.engine, self.coder, self.reader, self.rows = folder, engine, coder, reader, rows
        self.resumed = 0
        self.shown = False
        """Whether earlier units have as many failing rows as a result carries."""

    def all(self, source: Source, progress: Progress) -> Tally:
        """Every unit in order, `workers` of them at a time; what they found, added up."""
        tally, total = Tally(), source.count
        waiting: list[Future[Tally]] = []
        with ThreadPoolExecutor(self.engine.workers) as pool, ExitStack() as stack:
            stack.callback(self._stop, pool, waiting)
            progress(self._rows_done(), total)
            for unit in self._units(source):
                waiting.append(pool.submit(self._unit, unit))
                while len(waiting) > self.engine.workers or (waiting and unit.count is None):
                    self._take(waiting, tally, progress, total)
            while waiting:
                self._take(waiting, tally, progress, total)
        return tally

    def _take(self, waiting: list[Future[Tally]], tally: Tally, progress: Progress, total: int | None) -> None:
        tally.add(waiting[0].result())
        del waiting[0]
        self.shown = len(tally.failing) >= SHOWN
        progress(tally.rows, total)

    def _stop(self, pool: ThreadPoolExecutor, waiting: list[Future[Tally]]) -> None:
        """Where some still work, the run was broken off: they work for nothing, and end at once."""
        self.reader.stopping.set()
        pool.shutdown(wait=False, cancel_futures=True)
        while not all(unit.done() for unit in waiting):
            self.engine.stop()  # again and again: one may be between two statements
            time.sleep(0.05)

    def _units(self, source: Source) -> Iterator[Unit]:
        number = count = 0
        first = 1
        held: list[Part] = []
        for part in source.parts:
            if isinstance(part, ParquetPart):
                held.append(part)
                count += part.count
                if count < self.engine.parts * sources.ROWS and part is not source.parts[-1]:
                    continue
            if held:
                yield Unit(number, held, first, 0, count)
                number, first, held, count = number + 1, first + count, [], 0
            while isinstance(part, LinePart):
                yield Unit(number, [part], first, count)
                done = self._done(number)
                assert done is not None  # such a unit is waited for: only now is it known how many rows it had
                number, first, count = number + 1, first + done.rows, count + done.rows
                if done.rows < LINES:
                    count = 0
                    break

    def _path(self, number: int, kind: str) -> Path:
        return self.folder / f"{number:08}{kind}"

    def _done(self, number: int) -> Tally | None:
        path = self._path(number, ".json")
        return msgspec.json.decode(path.read_bytes(), type=Tally) if path.exists() else None

    def _rows_done(self) -> int:
        """Rows of the units that a run before this one finished: they say nothing of how fast this one is."""
        finished = (self._done(int(path.stem)) for path in self.folder.glob("*.json"))
        return sum(tally.rows for tally in finished if tally is not None)

    def _unit(self, unit: Unit) -> Tally:
        done = self._done(unit.number)
        if done is not None:
            self.resumed += 1
            return done
        tally, counts, first = Tally(), Counts(self.coder), unit.first
        with ExitStack() as stack:
            aside = stack.enter_context(self._path(unit.number, ".jsonl").open("wb")) if self.rows else None
            out = stack.enter_context(writer(self._path(unit.number, ".parquet"))) if self.rows else None
            for block, judged in self.engine.judge(self._blocks(unit), self.rows):
                counts.add(block.coded, judged.kind)
                tally.bad += block.bad[: SHOWN - len(tally.bad)]
                if not self.shown:  # it takes long
                    tally.show(self.coder, block.coded, judged, first)
                if out is not None and aside is not None:
                    out.write_batch(batch_of(judged, first))
                    aside.writelines(msgspec.json.encode(bad) + b"\n" for bad in block.bad)
                first += len(block.coded)
        counts.into(tally)
        tally.passed, tally.doubtful = self.reader.passed, list(self.reader.doubtful)
        half = self._path(unit.number, ".half")
        half.write_bytes(msgspec.json.encode(tally))
        half.rename(self._path(unit.number, ".json"))
        return tally

    def _blocks(self, unit: Unit) -> Iterator[Block]:
        for part in unit.parts:
            if isinstance(part, LinePart):
                yield from self.reader.lines(part, unit.skip, LINES)
            else:
                yield from self.reader.columns(part)
