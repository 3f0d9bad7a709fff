"""The ledger: every authorisation as one row of numbers, from Parquet column by column or from other rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.auditing.cells import absent, is_text, named_columns, value_at, values_of
from gongyue.conduct.auditing.columns import SPACES, Combinations, instants
from gongyue.conduct.auditing.duplicate_ids import merge_duplicates
from gongyue.conduct.auditing.sources import PLAIN, LinePart, ParquetPart, Source
from gongyue.conduct.authorisations import ENDLESS, LISTS, Authorisations
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import MAX_ID, Authorisation, Scope, promised
from gongyue.conduct.instants import LAST
from gongyue.conduct.promise import Promise
from gongyue.conduct.rows import Bad

FIELDS = {"controller": pa.int32(), "scope": pa.int32(), "start": pa.int64(), "end": pa.int64(),
          "withdrawn": pa.bool_(), "statutory": pa.bool_(), "id": pa.int64(), "row": pa.int64()}  # fmt: skip
"""Beside `subject`, text or a 64-bit integer. `end`: the first instant not covered, whatever ended it; `withdrawn`: it
was the person's word; `row`: the number of its file, shifted, and its line there. In order of id."""
LINE_BITS = 40
"""Bits for a line within a file."""
WHAT = ("terms", *LISTS, "basis")
FEW = 10_000
"""Rows that could not be read that are kept with their reasons; all are counted."""


class Ledger(msgspec.Struct, frozen=True):
    """The rows; the scopes and controllers their numbers stand for; what could not be read."""

    rows: pa.Table
    scopes: list[Scope]
    controllers: list[str]
    bad: list[Bad]
    unread: int = 0
    unused: list[str] = []
    """Columns that nobody reads."""


class Collected:
    """Scopes, controllers and rows as they are found."""

    def __init__(self, promise: Promise) -> None:
        self.promise = promise
        self.scopes: dict[Scope, int] = {}
        self.controllers: dict[str, int] = {}
        self.files: list[str] = []
        self.batches: list[pa.RecordBatch] = []
        self.bad: list[Bad] = []
        self.unread = 0
        self.lost: list[int] = []
        """Ids that rows state which could not be read."""

    def scope(self, scope: Scope) -> int:
        """The number of a scope."""
        return self.scopes.setdefault(scope, len(self.scopes))

    def controller(self, name: str) -> int:
        """The number of a controller."""
        return self.controllers.setdefault(name, len(self.controllers))

    def start(self, file: str) -> int:
        """The `row` before the first of a file, whose parts follow one another."""
        if self.files[-1:] != [file]:
            self.files.append(file)
        return len(self.files) - 1 << LINE_BITS

    def refuse(self, row: int, bad: BadInput) -> None:
        """Set a row aside with its reason."""
        self.unread += 1
        if len(self.bad) < FEW:
            self.bad.append(Bad(row & (1 << LINE_BITS) - 1, bad.zh, bad.en, self.files[row >> LINE_BITS]))

    def lose(self, id: int | None) -> None:
        """Remember the id of a row that could not be read: another row of it is not believed alone."""
        if id is not None:
            self.lost.append(id)

    def grants(self, grants: list[Authorisation], rows: list[int]) -> pa.RecordBatch:
        """Authorisations as rows."""
        columns: list[Any] = [[self.controller(g.controller) for g in grants], [self.scope(g.scope) for g in grants]]
        columns += [[g.valid_from for g in grants], [min(g.valid_to, g.revoked_at) for g in grants]]
        columns += [[g.revoked_at <= g.valid_to for g in grants], [g.basis != "consent" for g in grants]]
        columns += [[g.id for g in grants], rows]
        return batch_of(pa.array([g.subject for g in grants], pa.string()), columns)


def batch_of(subject: pa.Array, columns: list[Any]) -> pa.RecordBatch:
    """Rows from a column of subjects and the others in order."""
    arrays = [pa.array(values, kind) for values, kind in zip(columns, FIELDS.values(), strict=True)]
    return pa.record_batch([subject, *arrays], names=["subject", *FIELDS])


def ledger_of(source: Source, promise: Promise) -> Ledger:
    """The ledger of one input; OSError or BadInput if it cannot be read at all."""
    reader, found = Authorisations(promise), Collected(promise)
    first = 1
    for part in source.parts:
        reader.require(part.name, part.heads())
        if isinstance(part, ParquetPart):
            for head in part.heads():
                reader.unused.look(head)
            row = found.start(part.file) + part.before + 1
            for batch in _batches(part, reader.columns):
                found.batches.append(_Batch(batch, first, row, reader, found).read())
                first, row = first + len(batch), row + len(batch)
        else:
            first = _rows(part, first, reader, found)
    for grant in promised(promise):
        found.scope(grant.scope)
    return _finished(found, list(reader.unused.names))


def _batches(part: ParquetPart, columns: dict[str, str]) -> Iterator[pa.RecordBatch]:
    """The part's batches; BadInput where they cannot be decoded: uses would be judged without what they rest on."""
    try:
        yield from part.batches(list(columns.values()), frozenset(columns[ours] for ours in PLAIN & columns.keys()))
    except (pa.ArrowException, OSError) as error:
        said = str(error).splitlines()[0][:200]
        raise BadInput(
            f"{part.path} 损坏，读不出：{said}", f"{part.path} is damaged and cannot be read: {said}"
        ) from None


def _rows(part: LinePart, first: int, reader: Authorisations, found: Collected) -> int:
    held: list[Authorisation] = []
    places: list[int] = []
    start = found.start(part.file)
    for position, row in enumerate(part.rows(), first):
        first = position + 1
        if isinstance(row, Bad):
            found.refuse(start + row.line, BadInput(row.zh, row.en))
            continue
        reader.unused.look(row[1].keys())
        try:
            held.append(reader.read(row[1], position))
            places.append(start + row[0])
        except BadInput as bad:
            found.refuse(start + row[0], bad)
            found.lose(reader.stated(row[1]))
        if len(held) == 1 << 16:
            found.batches.append(found.grants(held, places))
            held, places = [], []
    found.batches.append(found.grants(held, places))
    return first


class _Batch:
    """One batch of columns, read as authorisations; of its first row, the position among all, and `row`."""

    def __init__(self, batch: pa.RecordBatch, first: int, row: int, reader: Authorisations, found: Collected) -> None:
        self.first, self.row, self.reader, self.found = first, row, reader, found
        self.given, self.broken = named_columns(batch, reader.columns)
        self.bad = self.broken.copy()

    def read(self) -> pa.RecordBatch:
        """Its good rows; the others are refused, each with its reason."""
        start, end, gone = (self.time(name) for name in ("valid_from", "valid_to", "revoked_at"))
        self.bad |= end <= start
        what = self.coded(WHAT, self.what)
        controllers = self.coded(("controller",), lambda row: self.found.controller(self.reader.to_whom(row)))
        ids, subject = self.ids(), self.subject()
        self.bad |= (what < 0) | (controllers < 0)
        for place in np.flatnonzero(self.bad):
            self.explain(int(place))
        rows = self.row + np.arange(len(self.bad))
        columns = [
            controllers,
            what >> 1,
            start,
            np.minimum(end, gone),
            gone <= end,
            (what & 1).astype(np.bool_),
            ids,
            rows,
        ]
        made = batch_of(subject, columns)
        return made.filter(pa.array(~self.bad)) if self.bad.any() else made

    def time(self, name: str) -> npt.NDArray[np.int64]:
        """Instants; an end that is not stated is LAST."""
        column, optional = self.given.get(name), name != "valid_from"
        if column is None:
            self.bad |= not optional
            return np.full(len(self.bad), LAST, np.int64)
        blank = absent(column, ENDLESS) if optional else absent(column)
        found, wrong = instants(column, self.reader.unit, self.reader.zone)
        self.bad |= wrong & ~blank if optional else wrong
        return np.where(blank, LAST, found)

    def coded(self, names: tuple[str, ...], code: Callable[[dict[str, Any]], int]) -> npt.NDArray[np.int32]:
        """For each row the code of what these columns say; -1 where it is refused."""
        here = [name for name in names if name in self.given]

        def of(values: tuple[Any, ...]) -> int:
            try:
                return code({self.reader.columns[k]: v for k, v in zip(here, values, strict=True)})
            except BadInput:
                return -1

        if not here:
            return np.full(len(self.bad), of(()), np.int32)
        return Combinations(of).of([self.given[name] for name in here])

    def what(self, row: dict[str, Any]) -> int:
        """A scope's number, doubled, and whether the basis is another than consent."""
        scope, basis = self.reader.what(row)
        return 2 * self.found.scope(scope) + (basis != "consent")

    def ids(self) -> npt.NDArray[np.int64]:
        """The ids stated, else the row's position."""
        places = self.first + np.arange(len(self.bad), dtype=np.int64)
        column = self.given.get("id")
        if column is None:
            return places
        if pa.types.is_integer(column.type):
            blank = absent(column)
            stated = np.asarray(column.fill_null(0).cast(pa.int64(), safe=False).to_numpy(), np.int64)
            found = np.where(blank, places, stated)
            self.bad |= (found < 0) | (found > MAX_ID)
            return found
        found = places.copy()
        for place, value in enumerate(values_of(column)):
            try:
                found[place] = self.reader.numbered(value, int(places[place]))
            except BadInput:
                self.bad[place] = True
        return found

    def subject(self) -> pa.Array:
        """Subjects as integers where the column has integers, else as text without the spaces around it."""
        column = self.given.get("subject")
        if column is None:
            self.bad[:] = True
            return pa.nulls(len(self.bad), pa.string())
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_integer(column.type) and not pa.types.is_uint64(column.type):
            column = column.cast(pa.int64())
        elif pa.types.is_uint64(column.type) or is_text(column.type):
            column = pc.utf8_trim(column.cast(pa.string()), characters=SPACES)
        else:
            column = pa.nulls(len(column), pa.string())
        self.bad |= absent(column)
        return column

    def explain(self, place: int) -> None:
        """Refuse a row with the reason the reader gives."""
        row = {self.reader.columns[ours]: value_at(column, place) for ours, column in self.given.items()}
        self.found.lose(self.reader.stated(row))
        try:
            if self.broken[place]:
                raise BadInput("文字不是 UTF-8", "the text is not UTF-8")
            Authorisations(self.found.promise).read(row, self.first + place)
        except BadInput as bad:
            self.found.refuse(self.row + place, bad)
        else:
            self.found.refuse(self.row + place, BadInput("读不出", "not readable"))


def _finished(found: Collected, unused: list[str]) -> Ledger:
    """In order of id, each id once; scopes the promise's own first, then by how common they are."""
    kind = (
        pa.int64()
        if found.batches and all(pa.types.is_int64(b.schema.field(0).type) for b in found.batches)
        else pa.string()
    )
    names = ["subject", *FIELDS]
    schema = pa.schema([("subject", kind), *FIELDS.items()])
    table = pa.Table.from_batches([b.cast(schema) for b in found.batches], schema).combine_chunks()
    table = merge_duplicates(table, np.unique(np.array(found.lost, np.int64)), found.refuse)
    scope = table.column("scope").to_numpy()
    counts = np.bincount(scope, minlength=len(found.scopes))
    counts[[found.scope(grant.scope) for grant in promised(found.promise)]] = len(scope) + 1  # these come first
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    table = table.set_column(names.index("scope"), "scope", pa.array(rank[scope]))
    scopes = list(found.scopes)
    return Ledger(
        table,
        [scopes[i] for i in order],
        list(found.controllers),
        sorted(found.bad, key=lambda b: (b.file, b.line)),
        found.unread,
        unused,
    )
