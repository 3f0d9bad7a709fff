"""Parquet, Arrow and spreadsheets."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongyue.conduct.auditing.cells import is_text, points_beyond
from gongyue.conduct.scanning.column_headers import BELOW, above, field_names, is_data, is_form, names_of, numbered
from gongyue.conduct.scanning.lines import TOO_WIDE
from gongyue.conduct.scanning.masking import shown_name, valued
from gongyue.conduct.scanning.sources import TEXT, UNPARSED, InputFile, Log, Source, unreadable

READER = (sys.executable, "-P", "-m", "gongyue.conduct.scanning.workbook_worker")
"""Without the folder it is started in among the places modules come from (-P): that may be the folder to scan."""


def parquet(given: InputFile, log: Log) -> Iterator[Source]:
    """The table in a Parquet file; columns of strings keep their dictionaries, so that distinct values are looked at once."""
    stream = given.open()
    try:
        schema = pq.read_schema(stream)
        stream.seek(0)
        strings = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)]
        file = pq.ParquetFile(stream, read_dictionary=strings)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        stream.close()
        why = str(error).split("\n", 1)[0][:160]
        raise unreadable(given.path, f"不是完好的 Parquet 文件（{why}）", f"not a sound Parquet file ({why})") from None
    columns = tuple(field_names(file.schema_arrow))
    yield Source(given.name, given.path, lambda: _groups(file, stream, given, log), columns=columns)


def _groups(file: Any, stream: BinaryIO, given: InputFile, log: Log) -> Iterator[dict[str, Any]]:
    """Column by column, each by its place: names may stand twice, and may look like paths into others."""
    with file, stream:
        columns = list(zip(field_names(file.schema_arrow), _leaves(file.schema_arrow), strict=True))
        for group in range(file.num_row_groups):
            for column, leaves in columns:
                try:
                    cells = file.reader.read_row_group(group, column_indices=leaves).column(0)
                    if pa.types.is_dictionary(cells.type) and any(map(points_beyond, cells.chunks)):
                        raise pa.ArrowInvalid("an index beyond its dictionary")
                except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
                    why = str(error).split("\n", 1)[0][:160]
                    said = (f"第 {group} 组读不出（{why}）", f"row group {group} cannot be read ({why})")
                    log.lost(f"{given.path}:{shown_name(column)}", *said)
                    continue
                for chunk in cells.chunks:
                    yield {column: chunk}


def _leaves(schema: Any) -> Iterator[list[int]]:
    """The places of each column's parts among the columns that the file stores."""
    first = 0
    for place in range(len(schema)):
        last = first + _parts(schema.field(place).type)
        yield list(range(first, last))
        first = last


def _parts(kind: Any) -> int:
    """How many columns a file stores for a type: one for each plain value in it."""
    if isinstance(kind, pa.BaseExtensionType):
        return _parts(kind.storage_type)
    if pa.types.is_dictionary(kind) or not kind.num_fields:
        return 1
    return sum(_parts(kind.field(i).type) for i in range(kind.num_fields))


def arrow(given: InputFile, log: Log) -> Iterator[Source]:
    """The table in an Arrow or Feather file."""
    stream = given.open()
    try:
        reader = pa.ipc.open_file(stream)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        stream.close()
        raise unreadable(given.path, f"不是完好的 Arrow 文件（{error}）", f"not a sound Arrow file ({error})") from None
    yield Source(given.name, given.path, lambda: _batches(reader, stream, given, log))


def _batches(reader: Any, stream: BinaryIO, given: InputFile, log: Log) -> Iterator[dict[str, Any]]:
    """The columns of each batch that hold what they say: pyarrow takes a file's word for where its strings end."""
    with stream:
        names = field_names(reader.schema)
        for number in range(reader.num_record_batches):
            try:
                batch = reader.get_batch(
                    number
                ).to_struct_array()  # whose columns go by place, also without sound names
                columns = [batch.field(place) for place in range(len(names))]
            except (pa.ArrowException, OSError, ValueError) as error:
                why = str(error).split("\n", 1)[0][:160]
                log.lost(given.path, f"第 {number} 批读不出（{why}）", f"batch {number} cannot be read ({why})")
                continue
            yield dict(_whole(zip(names, columns, strict=True), number, given, log))


def _whole(columns: Iterable[tuple[str, Any]], number: int, given: InputFile, log: Log) -> Iterator[tuple[str, Any]]:
    for name, cells in columns:
        try:
            _looked_at(cells)
        except (pa.ArrowException, OSError, ValueError) as error:
            why = str(error).split("\n", 1)[0][:160]
            said = (f"第 {number} 批读不出（{why}）", f"batch {number} cannot be read ({why})")
            log.lost(f"{given.path}:{shown_name(name)}", *said)
            continue
        yield name, cells


_BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}


def _looked_at(cells: Any) -> None:
    """ArrowInvalid where an array is damaged; bytes in a text that are no UTF-8 are no damage yet."""
    try:
        cells.validate(full=True)
    except pa.ArrowInvalid:
        if pa.types.is_dictionary(cells.type) and not points_beyond(cells):
            _looked_at(cells.dictionary)
        elif is_text(cells.type):
            cells.view(_BYTES[cells.type]).validate(full=True)
        else:
            raise


def workbook(given: InputFile, log: Log) -> Iterator[Source]:
    """The sheets of a workbook (xlsx, xls, xlsb, ods), read by a process of its own (see `workbook_worker`); its end is this book's only."""
    with ExitStack() as opened:
        stream, said = opened.enter_context(given.open()), opened.enter_context(TemporaryFile())
        child = opened.enter_context(_reader(stream, said))
        opened.callback(child.kill)
        book = Book(child, said, given, log)
        names = [name for batch in book.batches() for name in batch.column(0).to_pylist()]
        for name in names:
            cells = book.cells()
            called = given.name if len(names) == 1 else f"{given.name}.{name}"
            yield Source(called, given.path, partial(iter, cells), names=valued(name))
            for _ in cells:  # what nobody asked for stands before the next sheet
                pass
            if book.ended:
                return


def _reader(stream: BinaryIO, said: IO[bytes]) -> subprocess.Popen[bytes]:
    shown = os.environ | {"RUST_BACKTRACE": "0"}
    return subprocess.Popen(READER, stdin=stream, stdout=subprocess.PIPE, stderr=said, env=shown)


class Book:
    """What the process that reads a workbook writes: one Arrow stream after another."""

    def __init__(self, child: subprocess.Popen[bytes], said: IO[bytes], given: InputFile, log: Log) -> None:
        self.ended = False
        self._child, self._said, self._given, self._log = child, said, given, log

    def batches(self) -> Iterator[Any]:
        """Those of the next stream; BadInput where the process came to grief."""
        try:
            yield from pa.ipc.open_stream(self._child.stdout)
        except (pa.ArrowException, OSError):
            self.ended, why = True, self._why()
            raise unreadable(self._given.path, f"不是完好的工作簿（{why}）", f"not a sound workbook ({why})") from None

    def cells(self) -> Iterator[dict[str, Any]]:
        """The next sheet as a table; its first row names the columns, where it is no data already, or the one below titles;
        those of a form are lines of a text."""
        names: list[str] = []
        form = False
        for batch in self.batches():
            columns, skipped = batch.columns, 0
            if not names and batch.schema.names == [TEXT]:
                self._log.row(self._given.path, 1, *TOO_WIDE)
                names = [UNPARSED]
            elif not names:
                rows = _rows(columns, BELOW + 2)
                skipped = above(rows)
                if titles := [cell for row in rows[:skipped] for cell in row if cell]:
                    yield {UNPARSED: pa.array(titles, pa.large_string())}
                first, *below = rows[skipped:]
                form = is_form(first)
                headless = form or is_data(first, below)
                names = numbered(len(first)) if headless else names_of(first)
                skipped += not headless
            if form and batch.num_rows > skipped:
                lines = ["\t".join(row) for row in _rows([c.slice(skipped) for c in columns], batch.num_rows)]
                yield {UNPARSED: pa.array(lines, pa.large_string())}
            elif batch.num_rows > skipped:
                yield {name: column.slice(skipped) for name, column in zip(names, columns, strict=True)}

    def _why(self) -> str:
        """What the process said last, or the signal that ended it."""
        assert self._child.stdout is not None
        self._child.stdout.close()
        code = self._child.wait()
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip() and not line.startswith("note: ")), "")
        return last[:160] or (f"signal {-code}" if code < 0 else f"exit {code}")


def _rows(columns: list[Any], size: int) -> list[list[str]]:
    cells = [[cell or "" for cell in column.slice(0, size).to_pylist()] for column in columns]
    return [list(row) for row in zip(*cells, strict=True)]
