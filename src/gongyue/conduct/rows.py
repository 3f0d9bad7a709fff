"""Rows, one at a time, with their line, and what is said of a bad one: a row that is none is a Bad, never an end.

JSON lines, in UTF-8, are read here; CSV in `csv_rows`, and whatever a file's name says in `row_files`.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import orjson

from gongyue.conduct.findings import BadInput
from gongyue.conduct.objects import doubled, exact, inexact, trimmed
from gongyue.conduct.safe_text import listed

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


def told_apart(names: Sequence[str], path: Path) -> None:
    """BadInput where two columns have one name: which of them is meant nobody knows."""
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        raise BadInput(f"{path} 有同名的列：{listed(twice)}", f"{path} has columns of the same name: {listed(twice)}")
