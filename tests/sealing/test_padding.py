"""Padding of the sealed book: the published test vector, no gap, no key that explains another slot's."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.sealing import padding
from gongyue.sealing.commitment import commit, commitment_of, is_sealed_leaf, sealed_leaf

YEAR = bytes(range(32))
KEYS = st.binary(min_size=32, max_size=32)


def test_the_vector_of_the_formats() -> None:
    """k = 00…1f, slot 20500."""
    key = padding.slot_key(YEAR, 20_500)
    assert key.hex() == "a3d721a20eccbaaf8290ce9b953e3ab0bd99208a81b524b7baf88ae87fadd23a"
    first = next(padding.paddings(key))
    assert first == "sha256:72664892f428f50a6490e3cf5c3f56c85cd0eaf86f3db019a4449a084c13465d"


@given(KEYS, st.integers(0, 40), st.lists(KEYS, max_size=8))
def test_padding_is_told_from_acts_whatever_their_order(key: bytes, n: int, salts: list[bytes]) -> None:
    """n leaves of padding among acts: exactly they are found."""
    made = list(islice(padding.paddings(key), n))
    acts = {commit(salt, b"an entry") for salt in salts}
    assert padding.padding_in(key, acts | set(made)) == made


def test_after_a_gap_nothing_is_padding() -> None:
    """0, 1 and 3 of a slot: two."""
    made = list(islice(padding.paddings(YEAR), 4))
    assert padding.padding_in(YEAR, {made[0], made[1], made[3]}) == made[:2]


@given(KEYS, st.integers(0, 2**40), st.integers(1, 1000))
def test_a_slot_key_explains_no_other_slot(year: bytes, slot: int, off: int) -> None:
    """Nor does another year's key explain this slot."""
    made = set(islice(padding.paddings(padding.slot_key(year, slot)), 16))
    assert padding.padding_in(padding.slot_key(year, slot + off), made) == []
    assert padding.padding_in(padding.slot_key(bytes(32) if any(year) else YEAR, slot), made) == []


@pytest.mark.parametrize(
    ("size", "quantum", "more"), [(0, 16, 16), (1, 16, 15), (15, 16, 1), (16, 16, 16), (17, 16, 15), (5, 1, 1)]
)
def test_a_book_grows_by_one_leaf_of_padding_at_least(size: int, quantum: int, more: int) -> None:
    """Up to the next multiple of the quantum, and by a whole quantum where it is at one."""
    assert padding.missing(size, quantum) == more


def test_the_commitment_of_a_leaf() -> None:
    """Read back from the leaf; of nothing else."""
    leaf = sealed_leaf(commit(YEAR, b"pad"))
    assert is_sealed_leaf(leaf) and commitment_of(leaf) == commit(YEAR, b"pad")
    with pytest.raises(ValueError, match="sealed"):
        commitment_of(leaf + b" ")
