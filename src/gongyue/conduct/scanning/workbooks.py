"""Parquet, Arrow and spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongyue.conduct.auditing.cells import is_text, points_beyond
from gongyue.conduct.scanning.headings import field_names
from gongyue.conduct.scanning.masking import shown_name
from gongyue.conduct.scanning.sources import ROWS, Given, Log, Source, unreadable


def parquet(given: Given, log: Log) -> Iterator[Source]:
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
    yield Source(given.name, given.path, lambda: _groups(file, stream, given, log))


def _groups(file: Any, stream: BinaryIO, given: Given, log: Log) -> Iterator[dict[str, Any]]:
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


def arrow(given: Given, log: Log) -> Iterator[Source]:
    """The table in an Arrow or Feather file."""
    stream = given.open()
    try:
        reader = pa.ipc.open_file(stream)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        stream.close()
        raise unreadable(given.path, f"不是完好的 Arrow 文件（{error}）", f"not a sound Arrow file ({error})") from None
    yield Source(given.name, given.path, lambda: _batches(reader, stream, given, log))


def _batches(reader: Any, stream: BinaryIO, given: Given, log: Log) -> Iterator[dict[str, Any]]:
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


def _whole(columns: Iterable[tuple[str, Any]], number: int, given: Given, log: Log) -> Iterator[tuple[str, Any]]:
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


def workbook(given: Given, _: Log) -> Iterator[Source]:
    """The sheets of a workbook (xlsx, xls, xlsb, ods); the first row names the columns."""
    import python_calamine as calamine

    try:
        with given.open() as stream:
            book = calamine.load_workbook(io.BytesIO(stream.read()))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except Exception as error:  # noqa: BLE001 (the reader's own errors share no base but this)
        raise unreadable(given.path, f"不是完好的工作簿（{error}）", f"not a sound workbook ({error})") from None
    filled = [(name, sheet) for name, sheet in sheets if sheet.height]
    for name, sheet in filled:
        title = given.name if len(filled) == 1 else f"{given.name}.{name}"
        yield Source(title, given.path, partial(_sheet, sheet))


def _sheet(sheet: Any) -> Iterator[dict[str, Any]]:
    rows = sheet.iter_rows()
    head = [_cell(value) for value in next(rows, [])]
    names: list[str] = []
    for i, value in enumerate(head, 1):
        name = (value or "").strip() or f"c{i}"
        names.append(name if name not in names else f"{name}#{i}")
    batch: list[list[str | None]] = []
    for row in rows:
        batch.append([_cell(value) for value in row])
        if len(batch) >= ROWS:
            yield _columns(names, batch)
            batch = []
    if batch:
        yield _columns(names, batch)


def _columns(names: list[str], batch: list[list[str | None]]) -> dict[str, Any]:
    return {
        name: pa.array([row[i] if i < len(row) else None for row in batch], pa.large_string())
        for i, name in enumerate(names)
    }


def _cell(value: Any) -> str | None:
    """A cell as it is shown: a whole number without its fraction."""
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e19:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
