"""Rows from files: JSON lines, CSV and Parquet, one at a time, with their line; a bad row is a Bad, never an end.

CSV is read in UTF-8 (with or without a mark), UTF-16 with its mark, or GB18030; JSON lines in UTF-8.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import orjson

from gongyue.conduct.findings import BadInput

LONGEST = 1 << 20
"""Bytes of one line: a use or an authorisation is short; what is longer is set aside without being held."""


class Bad(msgspec.Struct, frozen=True):
    """A line that could not be read, and why."""

    line: int
    zh: str
    en: str


class Unreadable:
    """Stands for a cell that Python has no form of: text that is no UTF-8, a date beyond the year 9999."""

    def __str__(self) -> str:
        return "（读不出 not readable）"

    __repr__ = __str__


Row = tuple[int, dict[str, Any]] | Bad


def rows_of(path: str | Path) -> Iterator[Row]:
    """The rows of a file, by its name: .jsonl, .csv, .parquet; BadInput for another kind, OSError if not there."""
    kind = Path(path).suffix.lower()
    if kind in {".jsonl", ".ndjson", ".json"}:
        with Path(path).open("rb") as stream:
            yield from json_lines(stream)
    elif kind in {".csv", ".tsv"}:
        yield from csv_rows(Path(path), "\t" if kind == ".tsv" else ",")
    elif kind == ".parquet":
        yield from _parquet_rows(Path(path))
    else:
        raise BadInput(f"{path}：只读 .jsonl、.csv 与 .parquet", f"{path}: only .jsonl, .csv and .parquet are read")


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
        zh, en = _encoding(line)
        return Bad(number, f"不是 JSON：{zh}{error}", f"not JSON: {en}{error}")
    if not isinstance(row, dict):
        return Bad(number, "每行应为一个 JSON 对象", "each line should be a JSON object")
    return number, row


def _encoding(line: bytes) -> tuple[str, str]:
    """A guess what else it is, in both languages."""
    name = ""
    if line[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or b"\0" in line:
        name = "UTF-16"
    else:
        try:
            line.decode()
        except UnicodeDecodeError:
            name = "GB18030"
    return (f"像是 {name} 编码，请另存为 UTF-8；", f"it looks like {name}, save it as UTF-8; ") if name else ("", "")


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-8 where all of it is, else GB18030; BadInput for neither."""
    with path.open("rb") as stream:
        head = stream.read(4)
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    for name in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    raise BadInput(f"{path} 不是 UTF-8、UTF-16 或 GB18030 文字", f"{path} is not text in UTF-8, UTF-16 or GB18030")


def csv_rows(path: Path, comma: str, names: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a CSV file; its columns by its first line, or by `names` in order where it has no such line."""
    with path.open(encoding=encoding_of(path), newline="") as stream:
        reader = csv.reader(_short(stream), delimiter=comma, strict=True)
        head: list[str] | None = None
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader, None)
            except (csv.Error, UnicodeError) as error:
                yield Bad(
                    reader.line_num,
                    f"CSV 不合格式（自第 {first} 行）：{error}",
                    f"bad CSV (from line {first}): {error}",
                )
                continue
            if cells is None:
                break
            if not cells:
                continue
            if head is None:
                head = list(names[: len(cells)]) or cells
                if not names:
                    continue
            if len(cells) != len(head):
                yield Bad(
                    reader.line_num,
                    f"应有 {len(head)} 列，实有 {len(cells)} 列",
                    f"{len(cells)} columns, not {len(head)}",
                )
            else:
                yield reader.line_num, {name: cell or None for name, cell in zip(head, cells, strict=True)}
    if head is None and not names:
        raise BadInput(f"{path} 是空的，连列名也没有", f"{path} is empty, it has not even column names")


def _short(stream: io.TextIOBase | io.TextIOWrapper) -> Iterator[str]:
    """Lines; the rest of one that is too long is dropped, so that it fails as a ragged row and is not held."""
    while line := stream.readline(LONGEST):
        yield line
        while line and not line.endswith("\n"):
            line = stream.readline(LONGEST)


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
            told_apart(file.schema_arrow.names, path)
            for batch in _batches(file):
                columns = [values_of(column) for column in batch.columns]
                for row in zip(*columns, strict=True) if columns else [()] * len(batch):
                    number += 1
                    yield number, dict(zip(batch.schema.names, row, strict=True))
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
        listed = "、".join(twice)
        raise BadInput(f"{path} 有同名的列：{listed}", f"{path} has columns of the same name: {listed}")
