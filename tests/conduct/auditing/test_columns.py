"""Codes of what several columns hold together: whatever dictionaries, indices, nulls and slices the columns have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.conduct.auditing import columns as module
from gongyue.conduct.auditing.cells import points_beyond
from gongyue.conduct.auditing.columns import Combinations

VALUES = st.lists(st.sampled_from([None, "a", "b", "甲", ""]), min_size=1, max_size=40)


class Asked:
    """Gives each combination the next number, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def __call__(self, values: tuple[Any, ...]) -> int:
        self.asked.append(values)
        return len(self.asked) - 1

    def meant(self, codes: Any) -> list[tuple[Any, ...]]:
        """What the codes stand for."""
        return [self.asked[code] for code in codes]


def column(values: list[Any], index: Any = None, skip: int = 0) -> pa.Array:
    """The values, as a dictionary with indices of that type where one is named, sliced out of a longer array."""
    whole = pa.array(["x", None, "a"][:skip] + values, pa.string())
    if index is not None:
        encoded = whole.dictionary_encode()
        whole = pa.DictionaryArray.from_arrays(encoded.indices.cast(index), encoded.dictionary)
    return whole.slice(skip)


@given(st.data(), st.sampled_from([None, pa.int8(), pa.uint8(), pa.int32(), pa.uint64()]), st.integers(0, 3))
def test_each_row_has_the_code_of_its_values(data: st.DataObject, index: Any, skip: int) -> None:
    """Each combination is asked for once, whatever the form of its columns."""
    first = data.draw(VALUES)
    second = data.draw(st.lists(st.sampled_from([None, "1", "2"]), min_size=len(first), max_size=len(first)))
    asked = Asked()
    combinations = Combinations(asked)
    for _ in range(2):
        codes = combinations.of([column(first, index, skip), column(second, skip=skip)])
        assert asked.meant(codes) == list(zip(first, second, strict=True))
    assert len(asked.asked) == len({*zip(first, second, strict=True)})  # the second time nothing is asked


def test_other_dictionaries_of_one_size_are_other_values() -> None:
    """An index means nothing without its own dictionary."""
    asked = Asked()
    combinations = Combinations(asked)
    for values in (["a", "b"], ["b", "a"], ["c", None]):
        assert asked.meant(combinations.of([column(values)])) == [(value,) for value in values]


def test_equal_numbers_of_two_kinds_are_two_values() -> None:
    """1, true and 1.0 are told apart, and so are 0.0 and -0.0."""
    asked = Asked()
    combinations = Combinations(asked)
    for values in (pa.array([1, 0]), pa.array([True, False]), pa.array([1.0, -0.0]), pa.array([1.0, 0.0])):
        found = asked.meant(combinations.of([values]))
        assert [repr(value) for (value,) in found] == [repr(value) for value in values.to_pylist()]


def test_more_combinations_than_a_table_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same codes without the table."""
    monkeypatch.setattr(module, "DENSE", 5)
    asked = Asked()
    codes = Combinations(asked).of([column(["a", "b", "a"]), column(["1", None, "1"])])
    assert asked.meant(codes) == [("a", "1"), ("b", None), ("a", "1")] and len(asked.asked) == 2


def test_more_combinations_than_there_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a log holds, it stops no run."""
    monkeypatch.setattr(module, "COUNTED", 5)
    monkeypatch.setattr(module, "DENSE", 5)
    asked = Asked()
    first = column(["a", "b", None, "a"], pa.int8(), 2)
    found = asked.meant(Combinations(asked).of([first, pa.array([1, None, 1, 1]), pa.array([True, None, False, True])]))
    assert [repr(said) for said in found] == [
        "('a', 1, True)",
        "('b', None, None)",
        "(None, 1, False)",
        "('a', 1, True)",
    ]


@pytest.mark.parametrize(
    ("indices", "beyond"),
    [([0, 1, None], False), ([0, 2], True), ([-1, 0], True), ([None], False), ([], False), ([None, 5], True)],
)
def test_an_index_beyond_its_dictionary_is_seen(indices: list[int | None], beyond: bool) -> None:
    """Before it is read, above and below; a null points nowhere."""
    dictionary = pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), pa.array(["a", "b"]), safe=False)
    assert points_beyond(dictionary) is beyond


def test_what_lies_under_a_null_points_nowhere() -> None:
    """A file may have any bits there."""
    bits = pa.py_buffer(bytes([0b101]))
    indices = pa.Array.from_buffers(pa.int32(), 3, [bits, pa.py_buffer(np.array([0, 77, 1], np.int32))])
    dictionary = pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"]), safe=False)
    assert not points_beyond(dictionary)
    asked = Asked()
    assert asked.meant(Combinations(asked).of([dictionary])) == [("a",), (None,), ("b",)]
