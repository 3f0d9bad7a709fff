"""Cells of Arrow columns as they are, also where a file holds what it should not: text of another encoding, far dates."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bools = npt.NDArray[np.bool_]


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array of a column's chunks."""
    if isinstance(column, pa.ChunkedArray):
        if column.num_chunks == 1:
            return column.chunk(0)
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return column


class Unreadable:
    """Stands for a value that Python has no form of, such as a date beyond the year 9999."""


def values_of(column: pa.Array) -> list[Any]:
    """The values as Python has them."""
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError):
        return [value_at(column, place) for place in range(len(column))]


def value_at(column: pa.Array, place: int) -> Any:
    """One value as Python has it."""
    try:
        return column[place].as_py()
    except (ValueError, OverflowError):
        return Unreadable()


def sound(column: pa.Array) -> tuple[pa.Array, Bools | None]:
    """The column with null where its text is no UTF-8, and which rows that is; None where all is well."""
    if pa.types.is_dictionary(column.type):
        texts, wrong = sound(column.dictionary)
        if wrong is None:
            return column, None
        bad = pa.array(wrong).take(column.indices).fill_null(False)
        column = pa.DictionaryArray.from_arrays(column.indices, texts)
        return column, np.asarray(bad.to_numpy(zero_copy_only=False), np.bool_)
    if not is_text(column.type):
        return column, None
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        found = [_decoded(raw) for raw in column.view(_BYTES[str(column.type)]).to_pylist()]
        wrong = np.array([text is None for text in found]) & ~nulls(column)
        return pa.array(found, column.type), wrong
    return column, None


def named_columns(batch: pa.RecordBatch, columns: dict[str, str]) -> tuple[dict[str, pa.Array], Bools]:
    """(the columns that are there, by our names; which rows hold text that is none)."""
    given: dict[str, pa.Array] = {}
    broken = np.zeros(len(batch), np.bool_)
    for ours, theirs in columns.items():
        if theirs in batch.schema.names:
            given[ours], wrong = sound(whole(batch.column(theirs)))
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


def absent(column: pa.Array) -> Bools:
    """Which rows hold nothing: null, or text of no length."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    null = nulls(column)
    if is_text(column.type):
        null = null | np.asarray(pc.equal(pc.fill_null(column, ""), "").to_numpy(zero_copy_only=False), np.bool_)
    return null


def nulls(column: pa.Array) -> Bools:
    """Which rows are null."""
    if not column.null_count:
        return np.zeros(len(column), np.bool_)
    return np.asarray(column.is_null().to_numpy(zero_copy_only=False), np.bool_)
