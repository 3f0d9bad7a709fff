"""Cells of any Arrow type as sound text: structures opened, distinct values once, bytes of no encoding replaced and counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.auditing.cells import values_of
from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.characters import Array

_IS = pa.types
_TEXTS = (_IS.is_string, _IS.is_large_string, _IS.is_string_view)
_BYTES = (_IS.is_binary, _IS.is_large_binary, _IS.is_binary_view, _IS.is_fixed_size_binary)
_LISTS = (_IS.is_list, _IS.is_large_list, _IS.is_fixed_size_list, _IS.is_list_view, _IS.is_large_list_view)
_SILENT = (_IS.is_boolean, _IS.is_null, _IS.is_duration, _IS.is_time, _IS.is_interval)


def texts_of(cells: Any) -> Iterator[tuple[Any, Array | None, int]]:
    """The cells as text, structures opened; see `_text`. BadInput for cells that are damaged, or of a type Arrow cannot hand over."""
    try:
        for part in _flat(cells):
            yield _text(part)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        why = str(error).split("\n", 1)[0][:160]
        raise BadInput(f"有单元格读不出（{why}）", f"some cells cannot be read ({why})") from None


def _flat(cells: Any) -> Iterator[Any]:
    """Arrays of plain values: lists and structures are opened."""
    kind = cells.type
    if isinstance(cells, pa.ChunkedArray):
        for chunk in cells.chunks:
            yield from _flat(chunk)
    elif _IS.is_struct(kind):
        for part in cells.flatten():
            yield from _flat(part)
    elif _among(kind, _LISTS):
        yield from _flat(cells.flatten())
    elif _IS.is_map(kind):
        yield from _flat(cells.keys)
        yield from _flat(cells.items)
    elif isinstance(kind, pa.BaseExtensionType):
        yield from _flat(cells.storage)
    elif _IS.is_run_end_encoded(kind):
        yield from _flat(pc.run_end_decode(cells))
    else:
        yield cells


def _text(cells: Any) -> tuple[Any, Array | None, int]:
    """(the cells as strings, how often each stands where distinct ones are given, how many of them are no UTF-8);
    the strings are None for what cannot hold identifiers."""
    if _IS.is_dictionary(cells.type):
        return _distinct(cells)
    if _among(cells.type, _TEXTS):
        texts, wrong = _decoded(cells)
        return texts, None, int(wrong.sum())
    if _among(cells.type, _BYTES):
        return _decoded(cells)[0], None, 0
    return _written(cells), None, 0


def _among(kind: Any, of: tuple[Any, ...]) -> bool:
    return any(is_it(kind) for is_it in of)


def _decoded(cells: Any) -> tuple[Any, Array]:
    """(text or bytes as text that is UTF-8, which cells were not: their stray bytes are replaced)."""
    raw = cells.cast(pa.large_binary())
    texts = raw.view(pa.large_string())
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        found = [None if value is None else _replaced(value) for value in raw.to_pylist()]
        wrong = np.array([pair is not None and pair[1] for pair in found])
        return pa.array([pair and pair[0] for pair in found], pa.large_string()), wrong
    return texts, np.zeros(len(cells), np.bool_)


def _replaced(value: bytes) -> tuple[str, bool]:
    """(the text, whether some of it was no UTF-8)."""
    try:
        return value.decode(), False
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace"), True


def _written(cells: Any) -> Any:
    """Numbers, days and what else there is, written out; None for what cannot hold identifiers."""
    kind = cells.type
    if _among(kind, _SILENT):
        return None
    if _IS.is_floating(kind):
        return _floats(cells.cast(pa.float32()) if _IS.is_float16(kind) else cells)
    if _IS.is_timestamp(kind):
        return _days(cells).cast(pa.string())
    if _IS.is_union(kind):
        return pa.array([None if value is None else str(value) for value in values_of(cells)], pa.large_string())
    return cells.cast(pa.string())


def _days(cells: Any) -> Any:
    """The day of each moment; by universal time where nobody knows the time zone."""
    try:
        return cells.cast(pa.date32(), safe=False)
    except pa.ArrowInvalid:
        return cells.cast(pa.timestamp(cells.type.unit)).cast(pa.date32(), safe=False)


def _floats(cells: Any) -> Any:
    """Numbers that lost their form on the way are written out whole: 1.38001e10 is 13800100000."""
    whole = pc.all(pc.or_kleene(pc.equal(pc.floor(cells), cells), pc.is_nan(cells))).as_py()
    if whole and len(cells) and (pc.max(pc.abs(cells)).as_py() or 0) < 2**63:
        return pc.if_else(pc.is_nan(cells), None, cells).cast(pa.int64(), safe=False).cast(pa.string())
    return cells.cast(pa.string())


def _distinct(cells: Any) -> tuple[Any, Array | None, int]:
    """The distinct values of a dictionary and how often each stands."""
    values = cells.dictionary
    if not _among(values.type, _TEXTS):
        return _text(values.take(cells.indices))
    values, wrong = _decoded(values)
    indices = cells.indices.drop_null() if cells.null_count else cells.indices
    weights = np.bincount(indices.to_numpy(zero_copy_only=False), minlength=len(values))
    used = np.flatnonzero(weights)
    spoilt = int(weights[wrong].sum())
    if len(used) < len(values):
        values, weights = values.take(pa.array(used)), weights[used]
    return values, weights, spoilt
