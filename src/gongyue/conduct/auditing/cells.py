"""Cells of Arrow columns as they are, also where a file holds what it should not: text of another encoding, far dates."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import Timestamp
from gongyue.conduct.rows import Unreadable

Bools = npt.NDArray[np.bool_]


def combined(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array of a column's chunks."""
    if isinstance(column, pa.ChunkedArray):
        if column.num_chunks == 1:
            return column.chunk(0)
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return column


_NO_FORM = (ValueError, OverflowError, LookupError, NotImplementedError)
"""What Arrow raises where Python has no form of a value."""


def values_of(column: pa.Array) -> list[Any]:
    """The values as Python has them; a Timestamp for a moment, Unreadable for what Python has no form of."""
    column = _stored(column)
    kind = column.type
    if pa.types.is_dictionary(kind):
        known = values_of(column.dictionary)
        return [None if place is None else _known(known, place) for place in column.indices.to_pylist()]
    if pa.types.is_timestamp(kind):
        ticks = column.cast(pa.int64()).to_pylist()
        return [None if n is None else Timestamp(n, kind.unit, kind.tz is not None) for n in ticks]
    try:
        return list(column.to_pylist())
    except _NO_FORM:
        return [_value(scalar) for scalar in column]


def no_parquet(file: Path, error: Exception) -> BadInput:
    """The error for a file that is no Parquet, or not whole."""
    return BadInput(f"{file} 不是完整的 Parquet：{error}", f"{file} is no whole Parquet file: {error}")


def value_at(column: pa.Array, place: int) -> Any:
    """One value as Python has it."""
    return values_of(column.slice(place, 1))[0]


def _stored(column: pa.Array) -> pa.Array:
    """A column of a type beyond Arrow's own as what it is stored as."""
    return column.storage if isinstance(column, pa.ExtensionArray) else column


def _known(values: list[Any], place: int) -> Any:
    return values[place] if 0 <= place < len(values) else Unreadable()


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except _NO_FORM:
        return Unreadable()


def hashable(value: Any) -> Hashable:
    """A value and its type: 1, True and "1" are three things; what is no name anyway stands by how it is written."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return tuple(map(hashable, value))
    return type(value), repr(value)


def sound(column: pa.Array) -> tuple[pa.Array, Bools | None]:
    """The column with null where its text is no UTF-8 or not there, and which rows that is; None where all is well."""
    if pa.types.is_dictionary(column.type):
        texts, wrong = sound(column.dictionary)
        indices, bad = _within(column)
        if wrong is None and bad is None:
            return column, None
        aside = np.zeros(len(column), np.bool_) if bad is None else bad
        if wrong is not None:
            of_text = pa.array(wrong).take(indices).fill_null(False)
            aside = aside | np.asarray(of_text.to_numpy(zero_copy_only=False), np.bool_)
        return pa.DictionaryArray.from_arrays(indices, texts), aside
    if not is_text(column.type):
        return column, None
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        found = [_decoded(raw) for raw in column.view(_BYTES[str(column.type)]).to_pylist()]
        wrong = np.array([text is None for text in found]) & ~nulls(column)
        return pa.array(found, column.type), wrong
    return column, None


def points_beyond(column: pa.DictionaryArray) -> bool:
    """Whether an index points beyond the dictionary, as a damaged file may have it: Arrow does not look, and compiled code
    would read and write memory that is not its own. What stands where it is null is looked at too where that costs less."""
    raw, size = raw_of(column.indices), len(column.dictionary)
    if not len(raw) or 0 <= raw.min() <= raw.max() < size:
        return False
    ends = pc.min_max(column.indices)
    return ends["min"].is_valid and not 0 <= ends["min"].as_py() <= ends["max"].as_py() < size


def raw_of(column: pa.Array) -> npt.NDArray[Any]:
    """An array of numbers as it lies in memory; where it is null, anything."""
    data = column.buffers()[1]
    kind = column.type.to_pandas_dtype()
    return np.frombuffer(data, kind)[column.offset : column.offset + len(column)] if data else np.zeros(0, kind)


def _within(column: pa.DictionaryArray) -> tuple[pa.Array, Bools | None]:
    """The indices with null where they point beyond the dictionary, and which these are; None where all is well."""
    indices, size = column.indices, len(column.dictionary)
    if not points_beyond(column):
        return indices, None
    outside = pc.or_(pc.less(indices, 0), pc.greater_equal(indices, size)).fill_null(False)
    found = np.asarray(outside.to_numpy(zero_copy_only=False), np.bool_)
    return pc.if_else(outside, pa.scalar(None, indices.type), indices), found


def named_columns(batch: pa.RecordBatch, columns: dict[str, str]) -> tuple[dict[str, pa.Array], Bools]:
    """(the columns that are there, by our names; which rows hold text that is none)."""
    given: dict[str, pa.Array] = {}
    broken = np.zeros(len(batch), np.bool_)
    for ours, theirs in columns.items():
        if theirs in batch.schema.names:
            column, wrong = sound(_stored(combined(batch.column(theirs))))
            given[ours] = column.cast(pa.large_string()) if pa.types.is_string_view(column.type) else column
            if wrong is not None:
                broken |= wrong
    return given, broken


_BYTES = {"string": pa.binary(), "large_string": pa.large_binary(), "string_view": pa.binary_view()}


def _decoded(raw: bytes | None) -> str | None:
    try:
        return None if raw is None else raw.decode()
    except UnicodeDecodeError:
        return None


def is_text(kind: Any) -> bool:
    """Whether an Arrow type holds text."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def absent(column: pa.Array, *blanks: str) -> Bools:
    """Which rows hold nothing: null, text of no length, or one of these texts."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    null = nulls(column)
    if is_text(column.type):
        blank = pc.is_in(pc.fill_null(column, ""), pa.array(["", *blanks], column.type))
        null = null | np.asarray(blank.to_numpy(zero_copy_only=False), np.bool_)
    return null


def nulls(column: pa.Array) -> Bools:
    """Which rows are null."""
    if not column.null_count:
        return np.zeros(len(column), np.bool_)
    return np.asarray(column.is_null().to_numpy(zero_copy_only=False), np.bool_)
