"""Texts and JSON lines: units of a line each; a line of any length is cut, so that it is never held whole."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

import orjson
import pyarrow as pa

from gongyue.conduct.scanning.sources import ROWS, TEXT, UNPARSED, WIDE, InputFile, Log, Source, unreadable
from gongyue.conduct.scanning.text_encodings import SAMPLE, Recoded, encoding_of

PIECE = 1 << 20
"""Bytes of a line held at a time."""
NEAR = 1 << 16
"""How near its end a piece of a longer line may be cut."""
_APART = re.compile(r'.*(?:[\t\r,;|"<>{}\[\]]|，|。|；|、)'.encode(), re.DOTALL)
WHOLE = 256 << 20
"""A JSON document is read whole, up to this size."""
DEEP = 32
"""How deep JSON is taken apart."""
NO_JSON = ("不是 JSON，按文字扫描", "not JSON; scanned as text")
TOO_WIDE = ("列名过多，按文字扫描", "too many names of columns; scanned as text")
_NO_NUMBER = re.compile(rb"(?<=[:,\[])\s*(?:NaN|-?Infinity)(?=\s*[,}\]])")
"""What Python and pandas write into JSON that is none."""
CELLS = 1 << 20
"""Cells of a batch, those left empty too."""
HELD = 8 << 20
"""Bytes of lines in a batch."""


def texts(given: InputFile, log: Log) -> Iterator[Source]:
    """A text, line by line."""
    with given.open() as stream:
        encoding = encoding_of(stream.read(SAMPLE))
    if encoding is None:
        raise unreadable(given.path, "不是文字", "not text")
    yield Source(given.name, given.path, lambda: text_batches(given, log, encoding), text=True, lines=True)


def text_batches(given: InputFile, log: Log, encoding: str, after: int = 0) -> Iterator[dict[str, Any]]:
    """Lines of a text from line `after` on, as batches of the column `text`."""
    batch: list[str] = []
    size = 0
    for number, line in pieces_of(given, log, encoding):
        if number <= after:
            continue
        batch.append(line.decode("utf-8", "replace"))
        size += len(line)
        if len(batch) >= ROWS or size > PIECE * 4:
            yield {TEXT: pa.array(batch, pa.large_string())}
            batch, size = [], 0
    if batch:
        yield {TEXT: pa.array(batch, pa.large_string())}


def pieces_of(given: InputFile, log: Log, encoding: str) -> Iterator[tuple[int, bytes]]:
    """(line number from 1, UTF-8 bytes without the line feed); a line longer than PIECE comes in several."""
    with given.open() as raw:
        recoded = Recoded(raw, "utf-8" if encoding == "utf-8-sig" else encoding)
        stream = cast(BinaryIO, io.BufferedReader(recoded, PIECE))
        number, begun, rest = 1, True, b""
        while line := stream.readline(PIECE):
            line, rest = rest + line, b""
            if len(line) >= PIECE and not line.endswith(b"\n"):
                end = _cut(line)
                line, rest = line[:end], line[end:]
            if begun and number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            yield number, line.rstrip(b"\r\n")
            begun = line.endswith(b"\n")
            number += begun
        if rest:
            yield number, rest
        recoded.told(given.path, log)


def _cut(piece: bytes) -> int:
    """Where to end a piece of a long line: after a sign that stands in no value, near its end; else before a whole sign."""
    near = len(piece) - NEAR
    if found := _APART.match(piece, near):
        return found.end()
    whole = max(len(piece) - 4, 0)
    return next((i for i in range(len(piece) - 1, whole, -1) if piece[i] & 0xC0 != 0x80), len(piece))


def json_lines(given: InputFile, log: Log) -> Iterator[Source]:
    """The table of objects, one a line; keys of objects inside are joined with dots."""
    with given.open() as stream:
        encoding = encoding_of(stream.read(SAMPLE))
    if encoding is None:
        raise unreadable(given.path, "不是文字", "not text")
    yield Source(given.name, given.path, lambda: _objects(given, log, encoding), lines=True)


def _objects(given: InputFile, log: Log, encoding: str) -> Iterator[dict[str, Any]]:
    table, held = Objects(), 0
    for number, line in pieces_of(given, log, encoding):
        if not line.strip():
            continue
        try:
            row = loads(line)
        except orjson.JSONDecodeError:
            log.row(given.path, number, *NO_JSON)
            row = {UNPARSED: line.decode("utf-8", "replace")}
        if not table.add(row):
            log.row(given.path, number, *TOO_WIDE)
        held += len(line)
        if held > HELD or table.full():
            held = 0
            yield table.batch()
    if table.rows:
        yield table.batch()


def loads(line: bytes) -> Any:
    """A JSON value, also where numbers in it are NaN or Infinity; JSONDecodeError where it is none."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        mended = _NO_NUMBER.sub(b"null", line)
        if mended == line:
            raise
        return orjson.loads(mended)


class Objects:
    """Rows of objects gathered into columns; names beyond WIDE are no columns, their values are scanned as text."""

    def __init__(self) -> None:
        self.rows = 0
        self._names: set[str] = set()
        self._columns: dict[str, list[str | None]] = {}

    def add(self, row: Any) -> bool:
        """Add a row; False where it had to become text."""
        flat: dict[str, str | None] = {}
        flatten(row, "", flat)
        fits = len(self._names | flat.keys()) <= WIDE if flat.keys() - self._names else True
        if not fits:
            flat = {UNPARSED: leaves(row)}
        self._names |= flat.keys()
        for name, value in flat.items():
            column = self._columns.setdefault(name, [])
            column.extend([None] * (self.rows - len(column)))
            column.append(value)
        self.rows += 1
        return fits

    def full(self) -> bool:
        """Whether it is time for a batch."""
        return self.rows >= ROWS or self.rows * len(self._columns) >= CELLS

    def batch(self) -> dict[str, Any]:
        """The columns so far; the next begin anew."""
        columns, rows = self._columns, self.rows
        self._columns, self.rows = {}, 0
        return {
            name: pa.array(cells + [None] * (rows - len(cells)), pa.large_string()) for name, cells in columns.items()
        }


def flatten(value: Any, name: str, into: dict[str, str | None], depth: int = 0) -> None:
    """The plain values inside a JSON value, by their path; those of a list, and what is very deep, together, a line each."""
    if depth == DEEP and isinstance(value, dict | list):
        value = leaves(value)
    if isinstance(value, dict):
        for key, inner in value.items():
            flatten(inner, f"{name}.{key}" if name else str(key), into, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            flatten(inner, name, into, depth + 1)
    elif value is not None:
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        known = into.get(name or TEXT)
        into[name or TEXT] = text if known is None else f"{known}\n{text}"


def leaves(value: Any) -> str:
    """The plain values inside a JSON value however deep, a line each."""
    found, left = [], [value]
    while left:
        inner = left.pop()
        if isinstance(inner, dict | list):
            left += reversed(list(inner.values()) if isinstance(inner, dict) else inner)
        elif inner is not None:
            found.append(str(inner))
    return "\n".join(found)


def unrolled(value: dict[str, Any], name: str, lists: dict[str, list[Any]], depth: int = 0) -> dict[str, Any]:
    """An object without the lists in it, which go into `lists` by their paths."""
    rest: dict[str, Any] = {}
    for key, inner in value.items():
        path = f"{name}.{key}" if name else key
        if isinstance(inner, list):
            lists.setdefault(path, []).extend(inner)
        else:
            deeper = isinstance(inner, dict) and depth < DEEP
            rest[key] = unrolled(inner, path, lists, depth + 1) if deeper else inner
    return rest


def json_document(given: InputFile, log: Log) -> Iterator[Source]:
    """One JSON document: a list of objects is a table; of an object each list in it is, so that its elements are cells of their
    own; larger than memory allows is text."""
    if given.size > WHOLE:
        log.row(given.path, 1, "JSON 文档过大，按文字扫描", "too large a JSON document; scanned as text")
        yield from texts(given, log)
        return
    with given.open() as stream:
        data = stream.read(WHOLE + 1)
    encoding = encoding_of(data[:SAMPLE])
    try:
        value = loads(data.decode(encoding or "utf-8").removeprefix("\ufeff").encode())
    except (orjson.JSONDecodeError, UnicodeDecodeError):
        if b"\n{" in data[:SAMPLE]:
            yield from json_lines(given, log)
            return
        if encoding is not None:
            log.row(given.path, 1, *NO_JSON)
        yield from texts(given, log)
        return
    rows = value if isinstance(value, list) else [value]
    groups: list[Iterable[Any]] = [rows]
    if len(rows) == 1 and isinstance(rows[0], dict):
        lists: dict[str, list[Any]] = {}
        groups = [[unrolled(rows[0], "", lists)]]
        groups += [[{path: inner} for inner in cells] for path, cells in lists.items()]
    yield Source(given.name, given.path, lambda: _groups(groups, given, log), columns=None)


def _groups(groups: Iterable[Iterable[Any]], given: InputFile, log: Log) -> Iterator[dict[str, Any]]:
    """Batches of rows; each group has columns of its own."""
    table = Objects()
    for rows in groups:
        for row in rows:
            if not table.add(row):
                log.row(given.path, 0, *TOO_WIDE)
            if table.full():
                yield table.batch()
        if table.rows:
            yield table.batch()
