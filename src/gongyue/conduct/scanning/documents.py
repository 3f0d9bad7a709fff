"""Texts one by one: for each document of a file the places of what was found, a JSON line each, in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.formats import unread_format
from gongyue.conduct.scanning.lines import loads, pieces_of
from gongyue.conduct.scanning.mails import is_mail
from gongyue.conduct.scanning.pipeline import Spans, scan_block
from gongyue.conduct.scanning.sniffing import form_of
from gongyue.conduct.scanning.sources import InputFile, Log
from gongyue.conduct.scanning.stdin_spool import PIPED, piped
from gongyue.conduct.scanning.text_encodings import SAMPLE, encoding_of
from gongyue.conduct.scanning.texts import pieces

BLOCK = 4 << 20
"""Bytes of documents looked at at a time."""


def document_spans(place: str, key: str, *, deep: bool = False, log: Log | None = None) -> Iterator[bytes]:
    """`{"p": [[start, end, "TYPE"], …]}` a line of a JSONL file, in code points; other files: a line of text is a document.

    A line that is no JSON object, or has no text under `key`, is scanned as it stands and counted in `log`.
    BadInput where there is no file, or where no line has the field.
    """
    if place == PIPED:
        with piped() as given:
            yield from _documents(given, key, deep, log or Log())
        return
    path = Path(place)
    if not path.is_file():
        raise BadInput(f"{place}：没有这个文件（文件夹与网址不读）",
                       f"{place}: no such file (folders and URLs are not read)")  # fmt: skip
    yield from _documents(
        InputFile(place, path.name, lambda: path.open("rb"), path.stat().st_size), key, deep, log or Log()
    )


def _documents(given: InputFile, key: str, deep: bool, log: Log) -> Iterator[bytes]:
    with given.open() as stream:
        head = stream.read(SAMPLE)
    ending = given.name.lower().rsplit(".", 1)[-1]
    if what := unread_format(head, ending) or ("mail" if is_mail(head, ending) else ""):
        raise BadInput(f"{given.path}：是 {what}，不是逐篇的文字", f"{given.path}: {what}, not texts one by one")
    encoding = encoding_of(head)
    if encoding is None:
        raise BadInput(f"{given.path}：不是文字", f"{given.path}: not text")
    batch: list[str] = []
    size = 0
    suffix = PurePath(given.name).suffix.lower()
    as_json = suffix in {".jsonl", ".ndjson", ".json"} if suffix else form_of(head) == "jsonl"
    if as_json:
        _refuse_unknown(given, encoding, key)
    for number, line in pieces_of(given, Log(), encoding):
        said = _field(line, key) if as_json else ""
        if said is None:
            log.row(given.path, number, f"没有 {key} 这一项，按原文扫描", f"no field {key}; scanned as it stands")
        batch.append(said if as_json and said is not None else line.decode("utf-8", "replace"))
        size += len(line)
        if size > BLOCK:
            yield from _spans(batch, deep)
            batch, size = [], 0
    yield from _spans(batch, deep)


def _refuse_unknown(given: InputFile, encoding: str, key: str) -> None:
    """BadInput where there are lines and none of them has the field: places in raw JSON would be of no use."""
    lines = 0
    for _, line in pieces_of(given, Log(), encoding):
        lines += 1
        if _field(line, key) is not None:
            return
    if lines:
        raise BadInput(
            f"{given.path}：{lines} 行里没有一行有文字项 {key}；用 --text-field 指明",
            f"{given.path}: of {lines} line(s) none has the text field {key}; name it with --text-field",
        )


def _field(line: bytes, key: str) -> str | None:
    """The text under the key of a line of JSON, None where there is none."""
    try:
        row: Any = loads(line)
        for part in (key,) if isinstance(row, dict) and key in row else key.split("."):
            row = row[part]
    except (orjson.JSONDecodeError, KeyError, TypeError, IndexError):
        return None
    return row if isinstance(row, str) else None


def _spans(batch: list[str], deep: bool) -> Iterator[bytes]:
    if not batch:
        return
    names = [b""] + [k.name.encode() for k in kinds().values()]
    for _, data, offsets in pieces(pa.array(batch, pa.large_string())):
        found = scan_block(data, offsets)
        if deep:
            from gongyue.conduct.scanning.deep import deepened

            found = deepened(found, data, offsets)
        yield from _written(found, len(offsets) - 1, names)


def _written(found: Spans, units: int, names: list[bytes]) -> Iterator[bytes]:
    ends = np.searchsorted(found.unit, np.arange(units), "right").tolist()
    rows = list(zip(found.start.tolist(), found.end.tolist(), found.kind.tolist(), strict=True))
    first = 0
    for last in ends:
        spans = b", ".join(b'[%d, %d, "%s"]' % (start, end, names[kind]) for start, end, kind in rows[first:last])
        yield b'{"p": [' + spans + b"]}\n"
        first = last
