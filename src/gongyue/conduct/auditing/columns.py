"""Arrow columns as arrays: instants, subjects as 128-bit keys, and codes of what several columns hold together.

Values mean what they mean to `Uses` and `instant`, which see each distinct value once.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable
from datetime import timezone
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from gongyue.conduct.auditing.cells import Bools, hashable, is_text, nulls, raw_of, values_of
from gongyue.conduct.auditing.fingerprints import number_keys, text_keys, trimmable
from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import AFTER, BEYOND, EARLIEST, FIRST, UNITS, instant, offset_of
from gongyue.conduct.jit import entry_point, maker

SPACES = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
"""Everything `str.strip` takes away."""
DENSE = 1 << 20
"""Combinations up to which a table of all of them is cheaper than sorting."""
COUNTED = 1 << 62
"""Combinations that have a number."""
Ints = npt.NDArray[np.int64]
ABSENT, WANTED = -2, -3
Bits = npt.NDArray[np.uint8]
ALL: Bits = np.zeros(0, np.uint8)
"""The bits of what has no null."""
Values: TypeAlias = Any
"""Distinct values: an array of Arrow's, or a list."""


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
    return (found if kind.tz is not None else found - offset_of(zone)), bad


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
        self._code, self._kept = code, threading.local()

    def of(self, columns: list[pa.Array]) -> npt.NDArray[np.int32]:
        """The code of each row."""
        parts = [_dictionary(column) for column in columns]
        known = self._known([values for _, _, values in parts])
        if known.total > COUNTED:
            return np.array([self._code(values) for values in zip(*map(values_of, columns), strict=True)], np.int32)
        combined = np.empty(len(columns[0]), np.int64)
        for place, ((digits, (valid, offset), _), names) in enumerate(zip(parts, known.names, strict=True)):
            append_digit(combined, digits, valid, offset, len(names), place > 0)
        if known.codes is None:
            distinct, back = np.unique(combined, return_inverse=True)
            return np.array([self._code(known.named(int(number))) for number in distinct], np.int32)[back]
        if want(combined, known.codes):
            for number in np.flatnonzero(known.codes == WANTED):
                known.codes[number] = self._code(known.named(int(number)))
        return np.asarray(picked(combined, known.codes), np.int32)

    def _known(self, given: list[Values]) -> _Known:
        found: _Known | None = getattr(self._kept, "known", None)
        if found is None or not found.same(given):
            found = self._kept.known = _Known(given)
        return found


class _Known:
    """The dictionaries of some columns, and a table of the codes of their combinations, unless they are too many."""

    def __init__(self, given: list[Values]) -> None:
        self._given = given
        self.names = [[*(values_of(some) if isinstance(some, pa.Array) else some), None] for some in given]
        self.total = math.prod(map(len, self.names))
        self.codes = np.full(self.total, ABSENT, np.int32) if self.total <= DENSE else None

    def same(self, given: list[Values]) -> bool:
        """Whether these are its dictionaries, and of text: of other values equal ones may be written differently."""
        return all(
            isinstance(ours, pa.Array) and isinstance(theirs, pa.Array) and is_text(ours.type) and ours.equals(theirs)
            for ours, theirs in zip(self._given, given, strict=True)
        )

    def named(self, number: int) -> tuple[Any, ...]:
        """The combination of this number."""
        values = []
        for some in reversed(self.names):
            number, place = divmod(number, len(some))
            values.append(some[place])
        return tuple(reversed(values))


@entry_point
def append_digit(  # pragma: no cover - compiled
    numbers: Any, digits: Any, valid: Any, offset: int, size: int, more: bool
) -> None:
    """Write one more digit behind each number, or the first, where there is no `more`. Null stands for the last digit there
    is: a bit of `valid` that is not set, its first `offset` bits left out; without bits no digit is null."""
    last, some = np.int64(size - 1), len(valid) > 0
    for row in range(len(numbers)):
        digit = np.int64(digits[row])
        if some:  # without a branch: nobody foresees which are null
            bit = row + offset
            digit = last + (digit - last) * (np.int64(valid[bit >> 3]) >> (bit & 7) & 1)
        numbers[row] = numbers[row] * size + digit if more else digit


@entry_point
def want(numbers: Any, codes: Any) -> int:  # pragma: no cover - compiled
    """Mark the numbers that occur and have no code yet; how many these are."""
    wanted = 0
    for row in range(len(numbers)):
        if codes[numbers[row]] == ABSENT:
            codes[numbers[row]] = WANTED
            wanted += 1
    return wanted


@maker
def picked(numbers: Any, codes: Any) -> Any:  # pragma: no cover - compiled
    """The code of each number."""
    found = np.empty(len(numbers), np.int32)
    for row in range(len(numbers)):
        found[row] = codes[numbers[row]]
    return found


def _dictionary(column: pa.Array) -> tuple[npt.NDArray[Any], tuple[Bits, int], Values]:
    """(index of each row's value, which of them are not null: see `append_digit`; the distinct values)."""
    if not pa.types.is_dictionary(column.type):
        if not _countable(column.type):
            places, values = _listed(values_of(column))
            return places, (ALL, 0), values
        column = column.dictionary_encode()
    indices = column.indices
    valid = indices.buffers()[0] if indices.null_count else None
    bits = ALL if valid is None else np.frombuffer(valid, np.uint8)
    return raw_of(indices), (bits, indices.offset), column.dictionary


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
    return found, names


def _plain(column: pa.Array) -> Ints:
    """An array of integers; where it is null, 0."""
    if column.null_count:
        column = column.fill_null(0)
    return raw_of(column)
