"""Rows of a CSV file, with their line; a bad row is a Bad, never an end.

It is read in UTF-8 (with or without a mark), UTF-16 with its mark, or GB18030.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import LONGEST, Bad, Row, told_apart


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
