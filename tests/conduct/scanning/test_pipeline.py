"""The order in which a block's finds are read."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gongyue.conduct.scanning.pipeline import _in_order
from gongyue.conduct.scanning.scan_buffer import BufferPool


@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.integers(0, 30), max_size=3))
def test_later_finds_are_merged_into_the_order_of_earlier_ones(starts: list[int], parts: list[int]) -> None:
    """As if all were put in order at once: of two that begin together the earlier one comes first."""
    finds = np.zeros((len(starts), 5), dtype=np.int64)
    finds[:, 0] = starts
    order, room = finds[:0, 0], BufferPool()
    for i, size in enumerate([*sorted(min(size, len(starts)) for size in parts), len(starts)]):
        order = _in_order(finds[:size], order, room, str(i))
        assert order.tolist() == sorted(range(size), key=lambda place: starts[place])
