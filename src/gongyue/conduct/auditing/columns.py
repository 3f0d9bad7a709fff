"""Arrow columns as arrays: instants, subjects as 128-bit keys, and codes of what several columns hold together.

Values mean what they mean to `Uses` and `instant`, which see each distinct value once.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable
from datetime import timedelta, timezone
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.auditing.cells import Bools, hashable, is_text, nulls, values_of
from gongyue.conduct.auditing.fingerprints import number_keys, text_keys, trimmable
from gongyue.conduct.compiling import entry, maker
from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import AFTER, BEYOND, EARLIEST, FIRST, UNITS, instant

SPACES = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
"""Everything `str.strip` takes away."""
DENSE = 1 << 22
"""Combinations up to which a table of all of them is cheaper than sorting."""
Ints = npt.NDArray[np.int64]
ABSENT, WANTED = -2, -3
KEEPABLE = 1 << 16
KEPT = 64
"""Sets of dictionaries whose codes are kept: a row group has its own."""


def instants(column: pa.Array, unit: str, zone: timezone | None) -> tuple[Ints, Bools]:
    """(microseconds, which of them say no instant)."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    null = nulls(column)
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        return _within(_plain(column.cast(pa.int64())), UNITS[unit], null, FIRST, BEYOND)
    if pa.types.is_timestamp(kind) and (kind.tz is not None or zone is not None):
        return _stamped(column, kind, zone, null)
    return _one_by_one(column, unit, zone)


def _within(ticks: Ints, unit: int, null: Bools, first: int, beyond: int) -> tuple[Ints, Bools]:
    """Microseconds, where they are from `first` to before `beyond`."""
    first, beyond = first // unit, beyond // unit  # whole seconds: every unit divides them
    if not null.any() and (not len(ticks) or (ticks.min() >= first and ticks.max() < beyond)):
        return (ticks if unit == 1 else ticks * unit), null
    bad = null | (ticks < first) | (ticks >= beyond)
    return np.where(bad, 0, ticks) * unit, bad


def _stamped(column: pa.Array, kind: Any, zone: timezone | None, null: Bools) -> tuple[Ints, Bools]:
    ticks = _plain(column.cast(pa.int64()))
    if kind.unit in UNITS:
        found, bad = _within(ticks, UNITS[kind.unit], null, EARLIEST, AFTER)
    else:
        found, bad = ticks // 1000, null | (ticks % 1000 != 0)  # finer than a µs
    if kind.tz is None and zone is not None:
        offset = zone.utcoffset(None)
        found = found - offset // timedelta(microseconds=1)
    return found, bad


def _one_by_one(column: pa.Array, unit: str, zone: timezone | None) -> tuple[Ints, Bools]:
    found, bad = np.zeros(len(column), np.int64), np.zeros(len(column), np.bool_)
    memo: dict[Hashable, int | None] = {}
    for place, value in enumerate(values_of(column)):
        key = hashable(value)
        if key not in memo:
            if len(memo) > 1 << 16:
                memo.clear()
            try:
                memo[key] = instant(value, unit, zone)
            except BadInput:
                memo[key] = None
        ticks = memo[key]
        if ticks is None:
            bad[place] = True
        else:
            found[place] = ticks
    return found, bad


class Subjects:
    """Keys of subjects: `low`, `high` (0 for an integer, else the top bit is set), `none`, `bad`."""

    def __init__(self, low: Ints, high: Ints, none: Bools, bad: Bools) -> None:
        self.low, self.high, self.none, self.bad = low, high, none, bad

    def at(self, places: Ints) -> Subjects:
        """The subjects at these places."""
        return Subjects(self.low[places], self.high[places], self.none[places], self.bad[places])


def subjects(column: pa.Array, seed: int) -> Subjects:
    """The keys of a column of subjects; text that is a number as integers write it is that integer."""
    kind = column.type
    n = len(column)
    if pa.types.is_dictionary(kind):
        indices = column.indices
        none = nulls(indices)
        known = subjects(column.dictionary, seed)
        if not len(known.low):
            return Subjects(np.zeros(n, np.int64), np.zeros(n, np.int64), none, np.zeros(n, np.bool_))
        found = known.at(_plain(indices.cast(pa.int64())))
        return Subjects(found.low, found.high, found.none | none, found.bad & ~none)
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        return Subjects(*number_keys(_plain(column.cast(pa.int64()))), nulls(column), np.zeros(n, np.bool_))
    if pa.types.is_uint64(kind):
        column = column.cast(pa.string())
    elif pa.types.is_null(kind):
        column = pa.nulls(n, pa.string())
    elif not is_text(kind):
        null = nulls(column)
        return Subjects(np.zeros(n, np.int64), np.zeros(n, np.int64), null, ~null)
    return _of_text(column.cast(pa.large_string()), seed)


def _of_text(column: pa.Array, seed: int) -> Subjects:
    none, (offsets, data) = nulls(column), _buffers(column)
    if trimmable(offsets, data):
        column = pc.utf8_trim(column, characters=SPACES)
        offsets, data = _buffers(column)
    low, high = text_keys(offsets, data, np.uint64(seed))
    return Subjects(low, high, none | (offsets[1:] == offsets[:-1]), np.zeros(len(column), np.bool_))


def _buffers(column: pa.Array) -> tuple[Ints, npt.NDArray[np.uint8]]:
    _, offsets, data = column.buffers()
    start = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    return start, np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)


class Combinations:
    """Codes of what several columns hold together, each asked for once as long as the columns' dictionaries stay the same.

    `code` gives the code, at least -1, of one combination of values. Threads do not share what they keep.
    """

    def __init__(self, code: Callable[[tuple[Any, ...]], int]) -> None:
        self._code = code
        self._kept: dict[Any, npt.NDArray[np.int32]] = {}

    def of(self, columns: list[pa.Array]) -> npt.NDArray[np.int32]:
        """The code of each row."""
        parts = [_dictionary(column) for column in columns]
        names = [values for _, values in parts]
        total = math.prod(map(len, names))
        if total > 1 << 62:
            raise BadInput("不同取值的组合太多", "too many combinations of distinct values")
        combined = np.zeros(len(columns[0]), np.int64)
        for indices, values in parts:
            append_digit(combined, indices, len(values))
        if total > DENSE:
            distinct, back = np.unique(combined, return_inverse=True)
            return np.array([self._made(int(number), names) for number in distinct], np.int32)[back]
        codes = self._codes(names, total)
        want(combined, codes)
        for number in np.flatnonzero(codes == WANTED):
            codes[number] = self._made(int(number), names)
        return np.asarray(picked(combined, codes), np.int32)

    def _made(self, number: int, names: list[list[Any]]) -> int:
        values = []
        for some in reversed(names):
            number, place = divmod(number, len(some))
            values.append(some[place])
        return self._code(tuple(reversed(values)))

    def _codes(self, names: list[list[Any]], total: int) -> npt.NDArray[np.int32]:
        made = np.full(total, ABSENT, np.int32)
        if total > KEEPABLE or not all(value is None or isinstance(value, str) for some in names for value in some):
            return made
        if len(self._kept) >= KEPT:
            self._kept.clear()
        return self._kept.setdefault((threading.get_ident(), *map(tuple, names)), made)


@entry
def append_digit(numbers: Any, digits: Any, size: int) -> None:  # pragma: no cover - compiled
    """Write one more digit behind each number; -1 stands for the last digit there is."""
    for row in range(len(numbers)):
        digit = np.int64(digits[row])
        numbers[row] = numbers[row] * size + (digit if digit >= 0 else size - 1)


@entry
def want(numbers: Any, codes: Any) -> None:  # pragma: no cover - compiled
    """Mark the numbers that occur and have no code yet."""
    for row in range(len(numbers)):
        if codes[numbers[row]] == ABSENT:
            codes[numbers[row]] = WANTED


@maker
def picked(numbers: Any, codes: Any) -> Any:  # pragma: no cover - compiled
    """The code of each number."""
    found = np.empty(len(numbers), np.int32)
    for row in range(len(numbers)):
        found[row] = codes[numbers[row]]
    return found


def _dictionary(column: pa.Array) -> tuple[npt.NDArray[Any], list[Any]]:
    """(index of each row's value, the distinct values and None); -1 for null."""
    if not pa.types.is_dictionary(column.type):
        if not _countable(column.type):
            return _listed(values_of(column))
        column = column.dictionary_encode()
    names = [*values_of(column.dictionary), None]
    indices = column.indices
    if indices.null_count:
        indices = indices.cast(pa.int64()).fill_null(-1)  # they may be unsigned
    return np.asarray(indices.to_numpy()), names


def _countable(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
                or pa.types.is_boolean(kind) or pa.types.is_null(kind))  # fmt: skip


def _listed(values: list[Any]) -> tuple[Ints, list[Any]]:
    places: dict[Hashable, int] = {}
    names: list[Any] = []
    found = np.zeros(len(values), np.int64)
    for row, value in enumerate(values):
        key = hashable(value)
        if key not in places:
            places[key] = len(names)
            names.append(value)
        found[row] = places[key]
    return found, [*names, None]


def _plain(column: pa.Array) -> Ints:
    """An array of integers; where it is null, 0."""
    if column.null_count:
        column = column.fill_null(0)
    return np.asarray(column.to_numpy(zero_copy_only=False), np.int64)
