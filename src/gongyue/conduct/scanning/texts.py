"""Texts as they come, one a row: finds as an Arrow table; in blocks, so that memory does not grow with the input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.entity_types import COUNT, TIERS, kinds
from gongyue.conduct.scanning.pipeline import Spans, scan_block
from gongyue.conduct.scanning.scan_buffer import BufferPool

BLOCK = 3 << 20
"""Bytes of text looked at at a time."""
SCHEMA = pa.schema(
    [
        ("document", pa.int64()), ("start", pa.int32()), ("end", pa.int32()), ("type", pa.dictionary(pa.int8(), pa.string())),
        ("tier", pa.dictionary(pa.int8(), pa.string())),
    ]
)  # fmt: skip
"""A row a find: the text's number from 0, start and end in code points, end exclusive, type and tier."""


def scan_texts(texts: Any) -> pa.Table:
    """Finds in an array of strings, a chunked one, or anything iterable of strings (None is an empty text)."""
    if not isinstance(texts, pa.Array | pa.ChunkedArray):
        texts = pa.array(texts, pa.large_string())
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    tables, base, room = [], 0, BufferPool()
    for chunk in chunks:
        for first, data, offsets in pieces(chunk):
            tables.append(_table(scan_block(data, offsets, room=room), base + first))
        base += len(chunk)
    return pa.concat_tables(tables) if tables else SCHEMA.empty_table()


def pieces(chunk: Any, size: int = BLOCK) -> Iterator[tuple[int, Array, Array]]:
    """(first row, bytes, offsets) of an array of strings, at most `size` bytes or one string at a time, nothing copied."""
    data, offsets = buffers(chunk)
    first, rows = 0, len(chunk)
    while first < rows:
        last = int(np.searchsorted(offsets, offsets[first] + size, "right")) - 1
        last = min(max(last, first + 1), rows)
        yield first, data, offsets[first : last + 1]
        first = last


def buffers(chunk: Any) -> tuple[Array, Array]:
    """The bytes and the offsets (64 bits) of an array of strings; what is null is empty."""
    if pa.types.is_dictionary(chunk.type):
        chunk = chunk.cast(chunk.type.value_type)
    if not (pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type)):
        chunk = chunk.cast(pa.large_string())
    if chunk.null_count:
        chunk = pc.fill_null(chunk, "")
    wide = pa.types.is_large_string(chunk.type)
    _, places, data = chunk.buffers()
    offsets = (
        np.frombuffer(places, dtype=np.int64 if wide else np.int32, count=chunk.offset + len(chunk) + 1)
        if places
        else np.zeros(1, np.int64)
    )
    raw = np.frombuffer(data, dtype=np.uint8) if data is not None and data.size else np.zeros(1, dtype=np.uint8)
    return raw, offsets[chunk.offset :].astype(np.int64)


def _table(found: Spans, base: int) -> pa.Table:
    types = pa.array([""] + [kinds()[k].name for k in range(1, COUNT)])
    return pa.Table.from_arrays(
        [
            pa.array(found.unit + base),
            pa.array(found.start.astype(np.int32)),
            pa.array(found.end.astype(np.int32)),
            pa.DictionaryArray.from_arrays(pa.array(found.kind.astype(np.int8)), types),
            pa.DictionaryArray.from_arrays(pa.array(found.tier.astype(np.int8)), pa.array(TIERS)),
        ],
        schema=SCHEMA,
    )


def spans(texts: Iterable[str | None]) -> list[list[list[Any]]]:
    """For each text its finds as [start, end, type], in code points and in order."""
    given = list(texts)
    found: list[list[list[Any]]] = [[] for _ in given]
    table = scan_texts(pa.array(given, pa.large_string()))
    columns = [table[name].to_pylist() for name in ("document", "start", "end", "type")]
    for document, start, end, kind in zip(*columns, strict=True):
        found[document].append([start, end, kind])
    return found
