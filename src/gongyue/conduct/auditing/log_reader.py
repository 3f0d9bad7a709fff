"""Parts of a log as coded uses: column by column where the part is columnar, by the rows' own reader elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from gongyue.conduct.auditing.cells import named_columns, value_at
from gongyue.conduct.auditing.columns import Combinations, Subjects, instants, subjects
from gongyue.conduct.auditing.kernel_arrays import Coded, Codes
from gongyue.conduct.auditing.sources import LinePart, ParquetPart
from gongyue.conduct.auditing.use_encoder import BAD, UseEncoder
from gongyue.conduct.findings import BadInput
from gongyue.conduct.input_columns import KEPT
from gongyue.conduct.rows import Bad, Row
from gongyue.conduct.uses import COLUMNS, PURPOSE, TOUCH, WAY

LINES = 1 << 16
"""Rows of other files that are judged at one time."""


class Block(msgspec.Struct, frozen=True):
    """Some uses in order: coded, and of those that could not be parsed the file, the line within it, and why."""

    coded: Coded
    bad: list[Bad]


class Stopped(Exception):
    """The run was broken off: what is read is of no use any more."""


class Reader:
    """Reads one input's parts as blocks, until it is told to stop. `most`: of how many rows of a block that could not be
    parsed it is said why, where not of all: it takes long."""

    def __init__(self, coder: UseEncoder, seed: int, most: int | None = None) -> None:
        self.coder, self.uses, self.seed, self.most = coder, coder.uses, seed, most
        self._combinations: dict[tuple[str, ...], Combinations] = {}
        self.passed = 0
        """Lines of the last stretch that stated no use."""
        self.doubtful: dict[str, None] = {}
        """Columns of rows that nobody reads, and that have nearly the name of one of ours: JSON may have any in any row."""
        self.stopping = threading.Event()
        """Set where the run is broken off: workers end within a row, not within a unit."""
        self._open: tuple[str, int, Iterator[Row]] | None = None

    def columns(self, part: ParquetPart) -> Iterator[Block]:
        """A part of Parquet. What is damaged is counted and set aside."""
        theirs = self.uses.columns
        names, plain = list(theirs.values()), frozenset({theirs["subject"], theirs["time"]})
        first = part.before + 1
        for group, count in zip(part.groups, part.counts, strict=True):
            done = 0
            try:
                for batch in part.group(group, count, names, plain):
                    yield self._block(batch, first + done, part.file)
                    done += len(batch)
            except (pa.ArrowException, OSError) as error:
                yield self._damaged(part, first + done, count - done, error)
            first += count

    @staticmethod
    def _damaged(part: ParquetPart, first: int, rest: int, error: Exception) -> Block:
        """The rest cannot be decoded: it is counted, and set aside."""
        said = str(error).splitlines()[0][:200]
        where = Bad(first, f"{part.path} 损坏，由此 {rest} 行读不出：{said}",
                    f"{part.path} is damaged, {rest} rows from here cannot be read: {said}", part.file)  # fmt: skip
        return Block(_unparsed(rest), [where])

    def _block(self, batch: pa.RecordBatch, first: int, file: str) -> Block:
        self._go_on()
        n = len(batch)
        given, broken = named_columns(batch, self.uses.columns)
        time, bad = _time(given.get("time"), self.uses, n)
        whose = _whose(given.get("subject"), self.seed, n)
        purpose, touch, way = (self._together(given, names, n) for names in (PURPOSE, TOUCH, WAY))
        bad = bad | broken | whose.bad | (purpose == BAD) | (touch == BAD) | (way == BAD)
        state = np.where(bad, 2, whose.none).astype(np.uint8)
        told = np.flatnonzero(bad)[: self.most]
        reasons = ((int(place), self._why(given, int(place), bool(broken[place]))) for place in told)
        found = [Bad(first + place, why.zh, why.en, file) for place, why in reasons]
        if found:
            purpose, touch, way = (np.maximum(codes, 0) for codes in (purpose, touch, way))
        return Block(Coded(time, whose.low, whose.high, state, purpose, touch, way), found)

    def _together(self, given: dict[str, pa.Array], names: tuple[str, ...], n: int) -> Codes:
        here = tuple(name for name in names if name in given)
        if not here:
            return np.full(n, self.coder.coded(names, (None,) * len(names)), np.int32)
        if here not in self._combinations:
            self._combinations[here] = Combinations(self._code(names, here))
        return self._combinations[here].of([given[name] for name in here])

    def _code(self, names: tuple[str, ...], here: tuple[str, ...]) -> Callable[[tuple[Any, ...]], int]:
        places = [names.index(name) for name in here]

        def code(values: tuple[Any, ...]) -> int:
            full: list[Any] = [None] * len(names)
            for place, value in zip(places, values, strict=True):
                full[place] = value
            return self.coder.coded(names, tuple(full))

        return code

    def _go_on(self) -> None:
        if self.stopping.is_set():
            raise Stopped

    def _why(self, given: dict[str, pa.Array], place: int, broken: bool) -> BadInput:
        self._go_on()
        if broken:
            return BadInput("文字不是 UTF-8", "the text is not UTF-8")
        row = {self.uses.columns[ours]: value_at(column, place) for ours, column in given.items()}
        try:
            self.uses.read(row)
        except BadInput as bad:
            return bad
        return BadInput("读不出", "not readable")

    def lines(self, part: LinePart, skip: int, most: int) -> Iterator[Block]:
        """At most so many rows of another part, after those that are skipped; where it goes on, it is not read again."""
        if self._open is None or self._open[:2] != (part.name, skip):
            rows = part.rows()
            for _ in islice(rows, skip):
                pass
        else:
            rows = self._open[2]
        self.passed = part.log.passed if part.log else 0
        before, done = self.passed, 0
        while held := list(islice(rows, min(LINES, most - done))):
            done += len(held)
            yield self._rows(held, part)
        self.passed = (part.log.passed if part.log else 0) - before
        self._open = (part.name, skip + done, rows)

    def _rows(self, rows: list[Row], part: LinePart) -> Block:
        n = len(rows)
        time, texts = np.zeros(n, np.int64), [""] * n
        state = np.zeros(n, np.uint8)
        codes = np.zeros((3, n), np.int32)
        bad: list[Bad] = []
        raw = dict.fromkeys(COLUMNS)
        named = self.uses.columns["dataset"]
        for place, row in enumerate(rows):
            self._go_on()
            try:
                if isinstance(row, Bad):
                    raise BadInput(row.zh, row.en)
                said = {self.uses.columns[k]: v for k, v in row[1].items()} if part.log else row[1]
                if not part.log and (doubts := self.uses.doubtful(said)) and len(self.doubtful) < KEPT:
                    self.doubtful |= dict.fromkeys(doubts)
                use = self.uses.read(said)
            except BadInput as why:
                state[place] = 2
                bad.append(Bad(row.line if isinstance(row, Bad) else row[0], why.zh, why.en, part.file))
                continue
            raw["dataset"] = said.get(named)
            codes[:, place] = self.coder.use(use, self.uses.dataset(raw))
            time[place] = use.time
            if use.subject is None:
                state[place] = 1
            else:
                texts[place] = use.subject
        keys = subjects(pa.array(texts, pa.string()), self.seed)
        return Block(Coded(time, keys.low, keys.high, state, *codes), bad)


def _time(column: pa.Array | None, uses: Any, n: int) -> tuple[Any, Any]:
    if column is None:
        return np.zeros(n, np.int64), np.ones(n, np.bool_)
    return instants(column, uses.unit, uses.zone)


def _whose(column: pa.Array | None, seed: int, n: int) -> Subjects:
    return subjects(pa.nulls(n, pa.string()) if column is None else column, seed)


def _unparsed(n: int) -> Coded:
    zeros, codes = np.zeros(n, np.int64), np.zeros(n, np.int32)
    return Coded(zeros, zeros, zeros, np.full(n, 2, np.uint8), codes, codes, codes)
