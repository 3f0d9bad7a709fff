"""CSV and its kin: any encoding, delimiter and heading found out; rows that do not fit are counted and scanned as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
from pyarrow import compute

from gongyue.conduct.scanning.column_headers import BELOW, is_data, names_of, numbered
from gongyue.conduct.scanning.lines import text_batches
from gongyue.conduct.scanning.sources import ROWS, TEXT, UNPARSED, WIDE, InputFile, Log, Source, unreadable
from gongyue.conduct.scanning.text_encodings import SAMPLE, Recoded, encoding_of, text_of

BLOCK = 4 << 20
"""Bytes parsed at a time; a row longer than that is no row."""
LINES = 200
"""Line feeds in a cell from which on its quote is taken for one that nobody closed."""
OPEN = (
    f"引号没有关闭？一格有 {LINES} 行以上，逐行按文字扫描",
    f"a quote not closed? {LINES} lines or more in a cell; scanned as text, line by line",
)
ABOVE = 60
"""Lines among which the heading is looked for."""
_DATA = re.compile(r"\s*[+-]?[\d./:年月日-]{5,}\s*|[^@]*@[^.]*\..*|\s*1[3-9]\d{9}\s*|\s*[\d.]+\s*")


def delimited(given: InputFile, log: Log) -> Iterator[Source]:
    """The table in a file of delimited text."""
    with given.open() as stream:
        head = stream.read(SAMPLE)
    encoding = encoding_of(head)
    if encoding is None:
        raise unreadable(
            given.path,
            "不是文字（UTF-8、GB18030、Big5、UTF-16 都不是，也没有 UTF-32 的标记）",
            "not text in UTF-8, GB18030, Big5 or UTF-16, nor marked as UTF-32",
        )
    text = text_of(head, encoding)
    yield Source(given.name, given.path, lambda: _batches(given, log, encoding, text))


def delimiter(first: str) -> str:
    """What stands between the cells of a first line: the sign it has most of; Hive writes U+0001."""
    return max(",\t;|\x01", key=lambda c: (first.count(c), c == ","))


def _batches(given: InputFile, log: Log, encoding: str, head: str) -> Iterator[dict[str, Any]]:
    """Batches of the table; where the parser gives up, the file is read again as lines of text."""
    lines = re.split(r"\r\n|\r|\n", head.lstrip("\ufeff"))
    blank = _heading(lines)
    first = lines[blank]
    comma = delimiter(first)
    if above := [line.strip() for line in lines[:blank] if line.strip()]:
        yield {UNPARSED: pa.array(above, pa.large_string())}
    done = 0
    if not first.strip("\r\n"):
        yield from ({UNPARSED: batch[TEXT]} for batch in text_batches(given, log, encoding))
        return
    if first.count(comma) >= WIDE:
        log.row(given.path, 1, "列数过多，按文字扫描", "too many columns; scanned as text")
        yield from ({UNPARSED: batch[TEXT]} for batch in text_batches(given, log, encoding))
        return
    try:
        with given.open() as raw:
            stream = Recoded(raw, encoding)
            for batch in _reader(cast(BinaryIO, stream), comma, _rows(lines[blank:], comma), blank, given, log):
                columns, lines_inside = _closed(batch, done, given, log)
                done += batch.num_rows
                yield columns
                yield from lines_inside
            stream.told(given.path, log)
    except pa.ArrowInvalid as error:
        zh, en = ("有一行过长", "a row is too long") if "straddl" in str(error) else ("格式有误", "it is malformed")
        log.row(given.path, done + 2, f"{zh}，自此按文字扫描", f"{en}; scanned as text from there on")
        yield from ({UNPARSED: batch[TEXT]} for batch in text_batches(given, log, encoding, after=done))


def _heading(lines: list[str]) -> int:
    """Which line is the first of the table: not blank ones, nor those above the heading in which an export says what it is, of
    one cell each, while all that is seen below has the cells of the heading."""
    filled = [i for i, line in enumerate(lines[:ABOVE]) if line.strip()]
    if not filled:
        return 0
    for place, i in enumerate(filled):
        comma = delimiter(lines[i])
        rows = _rows([lines[k] for k in filled[place:]], comma)
        if sum(bool(cell.strip()) for cell in rows[0]) > 1 and lines[i].rstrip() != f"sep={comma}":
            whole = len(rows) > 2 and {len(row) for row in rows[:-1]} == {len(rows[0])}
            return i if whole and not _headless(rows) else filled[0]
    return filled[0]


def _longest(cells: pa.StringArray) -> int:
    """Bytes of the longest cell."""
    if not len(cells):
        return 0
    offsets = np.frombuffer(cells.buffers()[1], np.int32)[cells.offset : cells.offset + len(cells) + 1]
    return int(np.diff(offsets).max())


def _closed(batch: Any, done: int, given: InputFile, log: Log) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """(the columns of a batch, lines to scan as text): a cell of very many lines is emptied, as what follows a quote that nobody closed."""
    columns, inside = dict(zip(batch.schema.names, batch.columns, strict=True)), []
    for name, cells in columns.items():
        if _longest(cells) < LINES:
            continue
        feeds = compute.count_substring(cells, "\n")
        open_ = compute.greater_equal(feeds, LINES)
        for place in compute.indices_nonzero(open_).to_pylist():
            lines = cells[place].as_buffer().to_pybytes().decode("utf-8", "replace").splitlines()
            log.row(given.path, done + place + 2, *OPEN, rows=len(lines))
            inside += [{UNPARSED: pa.array(lines[i : i + ROWS], pa.large_string())} for i in range(0, len(lines), ROWS)]
        columns[name] = compute.if_else(open_, None, cells)
    return columns, inside


def _reader(
    stream: BinaryIO, comma: str, rows: list[list[str]], blank: int, given: InputFile, log: Log
) -> Iterator[Any]:
    ragged: list[str] = []

    def aside(row: Any) -> str:
        said = (
            f"应有 {row.expected_columns} 列，列数不符，按文字扫描",
            f"not {row.expected_columns} columns; scanned as text",
        )
        inside = (row.text or "").splitlines()
        if len(inside) >= LINES:
            said = OPEN
        log.row(given.path, (row.number or 0), *said, rows=max(1, len(inside)))
        ragged.extend(inside)
        return "skip"

    headless = _headless(rows)
    names = numbered(len(rows[0])) if headless else names_of(rows[0])
    skipped = blank + (not headless)
    read = pc.ReadOptions(block_size=BLOCK, use_threads=False, column_names=names, skip_rows=skipped)
    parse = pc.ParseOptions(delimiter=comma, invalid_row_handler=aside, newlines_in_values=True)
    convert = pc.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
    )
    # Closed as soon as it is read: a reader that is left to the process's end may still hold the stream in another thread then.
    with pc.open_csv(stream, read_options=read, parse_options=parse, convert_options=convert) as batches:
        for batch in batches:
            yield batch
            if len(ragged) > ROWS:
                yield pa.record_batch({UNPARSED: pa.array(ragged, pa.large_string())})
                ragged.clear()
    if ragged:
        yield pa.record_batch({UNPARSED: pa.array(ragged, pa.large_string())})


def _rows(lines: list[str], comma: str) -> list[list[str]]:
    """The first rows of lines; there is always one."""
    import csv

    try:
        rows = [next(csv.reader([line], delimiter=comma), []) for line in lines[: BELOW + 1]]
    except csv.Error:  # longer than a cell may be
        return [[lines[0]]]
    return rows


def _headless(rows: list[list[str]]) -> bool:
    """Whether the first row is data already: most of its cells look like it, or one of them surely is."""
    first = rows[0]
    return sum(bool(_DATA.fullmatch(cell)) for cell in first) * 2 > len(first) or is_data(first, rows[1:])
