"""Rows from files: JSON lines, CSV and Parquet, one at a time, with their line; a bad row is a Bad, never an end.

CSV is read in UTF-8 (with or without a mark), UTF-16 with its mark, or GB18030; JSON lines in UTF-8.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import orjson

from gongyue.conduct.findings import BadInput
from gongyue.conduct.objects import doubled, exact, inexact, trimmed
from gongyue.conduct.safe_text import listed

JSON = frozenset({".jsonl", ".ndjson", ".json"})
COMMAS = {".csv": ",", ".tsv": "\t"}
"""What ends the names of files of JSON lines, and of those of fields, with what parts these."""
LONGEST = 1 << 20
"""Bytes of one line: a use or an authorisation is short; what is longer is set aside without being held."""


class Bad(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line that could not be read, and why; `file`: of which file of a folder, below it."""

    line: int
    zh: str
    en: str
    file: str = ""


class Unreadable:
    """Stands for a cell that Python has no form of: text that is no UTF-8, a date beyond the year 9999."""

    def __str__(self) -> str:
        return "（读不出 not readable）"

    __repr__ = __str__


Row = tuple[int, dict[str, Any]] | Bad


def rows_of(path: str | Path) -> Iterator[Row]:
    """The rows of a file, by its name: .jsonl, .csv, .tsv, .parquet; BadInput for another kind, OSError if not there."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind in JSON:
        with path.open("rb") as stream:
            yield from json_lines(stream)
    elif kind in COMMAS:
        yield from csv_rows(path, COMMAS[kind])
    elif kind == ".parquet":
        yield from _parquet_rows(path)
    else:
        raise BadInput(
            f"{path}：只读 .jsonl、.csv、.tsv 与 .parquet", f"{path}: only .jsonl, .csv, .tsv and .parquet are read"
        )


def heads_of(path: str | Path) -> Iterator[Collection[str]]:
    """The names of a file's columns: once, or the keys of one JSON object after another."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind in COMMAS:
        yield csv_head(path, COMMAS[kind])
    elif kind == ".parquet":
        yield from (row[1] for row in islice(rows_of(path), 1) if not isinstance(row, Bad))
    else:
        yield from (row[1] for row in rows_of(path) if not isinstance(row, Bad))


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their number; None for one that is too long. At most LONGEST bytes are held."""
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) <= LONGEST:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST)
        yield number, None


def json_lines(stream: BinaryIO) -> Iterator[Row]:
    """JSON objects, one a line; blank lines are passed over."""
    for number, line in lines_of(stream):
        if line is None:
            yield Bad(number, "一行超过 1 MiB", "a line of more than 1 MiB")
        elif line.strip():
            yield parsed(number, line)


def parsed(number: int, line: bytes) -> Row:
    """One line as an object, or why it is none."""
    if number == 1:
        line = line.removeprefix(codecs.BOM_UTF8)
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Bad(number, *no_json(line, error, first=number == 1))
    if not isinstance(row, dict):
        return Bad(number, "每行应为一个 JSON 对象", "each line should be a JSON object")
    (twice,) = doubled(line, [row])
    if twice is not None:
        return Bad(number, twice.zh, twice.en)
    try:
        return number, trimmed(exact(line) or row if inexact(row) else row)
    except BadInput as bad:
        return Bad(number, bad.zh, bad.en)


def no_json(line: bytes, error: orjson.JSONDecodeError, first: bool = False) -> tuple[str, str]:
    """Why a line is no JSON, in both languages: what it looks like, or where it breaks off; `first`: of its file."""
    zh, en = _instead(first, line)
    if not zh:
        zh, en = f"第 {error.colno} 列起不合写法", f"malformed from column {error.colno} on"
        if error.doc and error.pos >= len(error.doc.rstrip()):
            zh, en = "没有写完", "it breaks off"
    return f"不是 JSON：{zh}", f"not JSON: {en}"


def _instead(first: bool, line: bytes) -> tuple[str, str]:
    """A guess what else it is, in both languages; empty for none."""
    name = ""
    if line[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or b"\0" in line:
        name = "UTF-16"
    else:
        try:
            line.decode()
        except UnicodeDecodeError:
            name = "GB18030"
    if name:
        return f"像是 {name} 编码，请另存为 UTF-8", f"it looks like {name}, save it as UTF-8"
    if first and not line.lstrip().startswith((b"{", b"[")) and (b"," in line or b"\t" in line):
        return (
            "像是 CSV 或 TSV 的列名，而这里读 JSON 行：存成 .csv 或 .tsv，用 gongyue audit 核对",
            "it looks like the head of a CSV or TSV, and JSON lines are read here: save it as .csv or .tsv and use gongyue audit",
        )
    return "", ""


def encoding_of(path: Path) -> str:
    """The encoding of a text file: UTF-16 by its mark, else UTF-8 or GB18030, whichever reads more of its lines."""
    with path.open("rb") as stream:
        if stream.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        stream.seek(0)
        utf8 = others = neither = 0
        for line in iter(lambda: stream.readline(LONGEST), b""):
            if line.isascii():
                continue
            if _reads(line, "utf-8"):
                utf8 += 1
            else:
                others += 1
                neither += not _reads(line, "gb18030")
    return "utf-8-sig" if utf8 >= others or neither == others else "gb18030"


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


MARK = "\udcff"
"""Stands in a decoded line where bytes are no text: no text holds it."""
codecs.register_error("gongyue.mark", lambda error: (MARK, error.end))  # type: ignore[attr-defined]  # of decoding


def csv_rows(path: Path, comma: str, names: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a CSV file; its columns by its first line, or by `names` in order where it has no such line.

    BadInput for a value in a column without a name: a withdrawal may stand there, and nobody would read it.
    """
    with _text(path) as stream:
        cells = _Cells(stream, comma)
        head = [] if names else _head(cells, path)
        for row in cells:
            if isinstance(row, Bad):
                yield row
                continue
            head = head or list(names[: len(row)])
            if len(row) != len(head):
                zh, en = f"应有 {len(head)} 列，实有 {len(row)} 列", f"{len(row)} columns, not {len(head)}"
                yield Bad(cells.line, zh, en)
            else:
                if not all(head):
                    _named(path, cells.line, head, row)
                yield cells.line, {name: cell or None for name, cell in zip(head, row, strict=True) if name}


def _named(path: Path, line: int, head: list[str], row: list[str]) -> None:
    """BadInput where a cell that says something has no name above it."""
    for place, (name, cell) in enumerate(zip(head, row, strict=True), 1):
        if not name and cell.strip():
            raise BadInput(
                f"{path} 第 {place} 列没有列名，却有值（第 {line} 行）：请在第一行写上列名，不需要的，去掉这一列",
                f"{path}: column {place} has values (line {line}) and no name: name it in the first line, or drop it",
            )


def csv_head(path: Path, comma: str) -> list[str]:
    """The names of a CSV file's columns, without the spaces around them; BadInput where they are none."""
    with _text(path) as stream:
        return [name for name in _head(_Cells(stream, comma), path) if name]


def _text(path: Path) -> io.TextIOWrapper:
    return path.open(encoding=encoding_of(path), errors="gongyue.mark", newline="")


def _head(cells: _Cells, path: Path) -> list[str]:
    row = next(iter(cells), None)
    if row is None:
        raise BadInput(f"{path} 是空的，连列名也没有", f"{path} is empty, it has not even column names")
    if isinstance(row, Bad):
        raise BadInput(
            f"{path} 的列名读不出（第 {row.line} 行）：{row.zh}", f"{path}: no column names (line {row.line}): {row.en}"
        )
    head = [name.strip() for name in row]
    told_apart([name for name in head if name], path)
    return head


class _Cells:
    """The rows of a CSV file as they are parted, and a Bad for each that is none; blank lines are passed over."""

    def __init__(self, stream: io.TextIOWrapper, comma: str) -> None:
        self._lines = _Lines(stream)
        self._reader = csv.reader(self._lines, delimiter=comma, strict=True)

    @property
    def line(self) -> int:
        """The last line that was read."""
        return self._reader.line_num

    def __iter__(self) -> Iterator[list[str] | Bad]:
        while True:
            first = self.line + 1
            try:
                row = next(self._reader, None)
            except csv.Error as error:
                self._lines.told()
                zh, en = f"CSV 不合格式（自第 {first} 行）：{error}", f"bad CSV (from line {first}): {error}"
                yield Bad(self.line, zh, en)
                continue
            if row is None:
                return
            if why := self._lines.told():
                yield Bad(self.line, *why)
            elif row:
                yield row


class _Lines:
    """Lines, ended by LF, CR or both; one that is too long is not held, and one that is no text is remembered."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._why: tuple[str, str] | None = None

    def told(self) -> tuple[str, str] | None:
        """What was wrong with the lines since this was last asked."""
        why, self._why = self._why, None
        return why

    def __iter__(self) -> Iterator[str]:
        while line := self._stream.readline(LONGEST):
            if len(line) == LONGEST and not line.endswith(("\n", "\r")):
                self._why = ("一行超过 1 MiB", "a line of more than 1 MiB")
                while line and not line.endswith(("\n", "\r")):
                    line = self._stream.readline(LONGEST)
                line = "\n"
            elif MARK in line:
                self._why = ("有字节不是文字（编码不对）", "it has bytes that are no text (another encoding)")
            yield line


def _parquet_rows(path: Path) -> Iterator[Row]:
    """Numbered from 1; a few thousand are held. BadInput where the file is not whole, Unreadable where a cell is not."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from gongyue.conduct.auditing.cells import values_of
    except ImportError:
        raise BadInput("读 Parquet 需安装 gongyue[conduct]", "Parquet needs gongyue[conduct]") from None
    path.stat()
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names = [name.strip() for name in file.schema_arrow.names]
            told_apart(names, path)
            for batch in _batches(file):
                columns = [values_of(column) for column in batch.columns]
                for row in zip(*columns, strict=True) if columns else [()] * len(batch):
                    number += 1
                    yield number, dict(zip(names, row, strict=True))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput(f"{path} 读不出：{error}", f"{path} cannot be read: {error}") from None


def _batches(file: Any) -> Iterator[Any]:
    """Group by group, so that what was read of one is let go with its reader; OSError where rows are missing."""
    for group in range(file.num_row_groups):
        stated = file.metadata.row_group(group).num_rows
        for batch in file.iter_batches(10_000, [group]):
            stated -= len(batch)
            yield batch
        if stated > 0:
            raise OSError(f"row group {group} has {stated} rows less than it says")


def told_apart(names: Sequence[str], path: Path) -> None:
    """BadInput where two columns have one name: which of them is meant nobody knows."""
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        raise BadInput(f"{path} 有同名的列：{listed(twice)}", f"{path} has columns of the same name: {listed(twice)}")
