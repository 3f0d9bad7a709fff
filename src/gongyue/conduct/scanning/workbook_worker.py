"""A workbook read by itself: a process of its own writes its sheets as Arrow streams, one after another.

The reader is compiled code that a damaged XLS can make panic, abort, or ask for more memory than there is; here it takes
nobody with it. Run as `python -P -m gongyue.conduct.scanning.workbook_worker < workbook`: first the names of the sheets, then each
sheet; why it cannot be read is the last line of stderr. It imports as little as can be.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa

from gongyue.conduct.scanning.sources import TEXT, WIDE

MEMORY = 6 << 30
"""Bytes of address space."""
SECONDS, SECONDS_PER_MB = 30, 30
"""Time of a processor: for any workbook, and for each MB of it."""
CELLS = 256 << 20
"""Cells of a sheet, height by width."""
BATCH = 1 << 18
"""Cells of a batch."""


def main() -> None:
    """Read a workbook from stdin."""
    data = sys.stdin.buffer.read()
    bounded(SECONDS + SECONDS_PER_MB * (len(data) >> 20))
    write(data, sys.stdout.buffer)


def bounded(seconds: int) -> None:
    """Let this process have no more than MEMORY and so many seconds, where the system knows such bounds."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def write(data: bytes, out: BinaryIO) -> None:
    """The names of the sheets that hold something, then their cells as they are shown: a column `cN` for each of the sheet,
    or one called TEXT where there are too many."""
    import python_calamine as calamine

    book = calamine.load_workbook(io.BytesIO(data))
    sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    filled = [(name, sheet) for name, sheet in sheets if sheet.height]
    _stream(out, pa.schema([("name", pa.large_string())]), [[[name for name, _ in filled]]])
    for _, sheet in filled:
        if sheet.height * sheet.width > CELLS:
            raise ValueError(f"{sheet.height} × {sheet.width} cells")
        rows: Iterator[list[str | None]] = ([_cell(value) for value in row] for row in sheet.iter_rows())
        wide = sheet.width > WIDE
        if wide:
            rows = (["\n".join(filter(None, row))] for row in rows)
        schema = pa.schema([(TEXT if wide else f"c{i}", pa.large_string()) for i in range(1 if wide else sheet.width)])
        _stream(out, schema, _pieces(rows, max(1, BATCH // sheet.width)))


def _stream(out: BinaryIO, schema: Any, batches: Iterable[list[list[str | None]]]) -> None:
    with pa.ipc.new_stream(out, schema) as writer:
        for columns in batches:
            writer.write_batch(pa.record_batch([pa.array(c, pa.large_string()) for c in columns], schema=schema))


def _pieces(rows: Iterator[list[str | None]], size: int) -> Iterator[list[list[str | None]]]:
    """The columns of so many rows at a time."""
    while batch := list(islice(rows, size)):
        yield [list(column) for column in zip(*batch, strict=True)]


def _cell(value: Any) -> str | None:
    """A cell as it is shown: a whole number without its fraction."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e19:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


if __name__ == "__main__":
    main()
