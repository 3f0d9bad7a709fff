"""Sets of signs, looked up in a table instead of being compared one after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongyue.conduct.jit import entry_point
from gongyue.conduct.scanning.characters import Array, among, char_set

EVERY = "".join(map(chr, range(1 << 16)))


@entry_point
def _count(first: int, last: int, signs: Array) -> int:
    """How many signs from `first` to before `last` are among them."""
    count = 0
    for sign in range(first, last):
        count += among(sign, signs)
    return count


@given(st.text(st.sampled_from(EVERY), min_size=1, max_size=60))
def test_a_set_holds_its_signs_and_no_other(signs: str) -> None:
    """Of all signs of the first plane, 0 included."""
    table = char_set(signs)
    assert _count(0, 1 << 16, table) == len(set(signs))
    assert all(_count(ord(sign), ord(sign) + 1, table) for sign in signs)


def test_a_set_of_thirty_takes_a_few_kilobytes() -> None:
    """It must stay in the processor's own memory beside the text."""
    assert char_set("找请由让叫给经向与和对把被跟同替问陪派及是有邀代退还欠转写系").nbytes <= 4096
