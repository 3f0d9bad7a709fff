"""Which places of `d:members` a unit may lack: to the entry and to the second at which a membership begins and ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gongyue.covenant.periods import start_of
from gongyue.governance.acts import Received
from gongyue.governance.bulletin import Membership
from gongyue.verifying.failures import Stop
from gongyue.verifying.members import holes

LASTS = Membership(5)
"""Since entry 5, and it lasts."""
TWICE = (Membership(5, left=10), Membership(20))
"""From entry 5 until entry 10, and again since entry 20."""
TWICE_OVER = (Membership(5, left=10), Membership(20, left=30))
UNTIL = 719_170
BY_NOTICE = (Membership(5, left=10, until=UNTIL),)
"""From entry 5 until that day, as its notice said, which nothing in the book marks but a later entry."""


def arrival(index: int) -> int:
    """Open entries arrive a thousand seconds apart."""
    return 1_000 * index


def entry(n: int, size: int, time: int | None = None) -> Any:
    """The entry at a place, which arrived after so many open ones, by default half way to the next."""
    at = arrival(size) - 500 if time is None else time
    rx = Received(max(at, 0), size, "d:members", n, "sha256:" + "0" * 64)
    return SimpleNamespace(leaf=SimpleNamespace(entry=SimpleNamespace(rx=rx)))


def found(shelf: list[Any], heads: list[tuple[int, int]], *own: Membership) -> list[tuple[int, int]] | str:
    """The lawful holes, or the place that is missing unlawfully."""
    try:
        return holes(shelf, heads, own, arrival)
    except Stop as stop:
        return f"{stop.failure.code} {stop.failure.figures['n']}"


@pytest.mark.parametrize(
    ("shelf", "heads", "own", "what"),
    [
        ([], [], (LASTS,), []),
        ([entry(1, 6), entry(2, 7)], [(2, 9_000)], (LASTS,), []),
        # before it joined: nothing is known of it, or what is came before entry 5
        ([entry(3, 6)], [], (LASTS,), [(1, 2)]),
        ([entry(1, 5), entry(3, 6)], [], (LASTS,), [(2, 2)]),
        ([entry(1, 6), entry(3, 7)], [], (LASTS,), "tampered/gap 2"),
        ([entry(3, 6)], [(1, 4_999)], (LASTS,), [(1, 2)]),
        ([entry(3, 6)], [(1, 5_000)], (LASTS,), "tampered/gap 2"),
        ([entry(1, 0), entry(3, 6)], [], (LASTS,), [(2, 2)]),
        ([entry(1, 0, 9_000), entry(3, 6)], [], (LASTS,), [(2, 2)]),
        # after it left: what is known behind the hole came after entry 10
        ([entry(1, 6), entry(3, 11)], [], TWICE[:1], [(2, 2)]),
        ([entry(1, 6), entry(3, 10)], [], TWICE[:1], "tampered/gap 2"),
        ([entry(1, 6)], [(2, 10_001)], TWICE[:1], [(2, 2)]),
        ([entry(1, 6)], [(2, 10_000)], TWICE[:1], "tampered/gap 2"),
        ([entry(1, 6), entry(2, 0, 11_000), entry(4, 11)], [], TWICE[:1], [(3, 3)]),
        ([entry(1, 6), entry(3, 0, 11_000)], [], TWICE[:1], "tampered/gap 2"),
        # by its notice with a day, whatever was recorded next
        ([entry(1, 6), entry(3, 9, start_of(UNTIL))], [], BY_NOTICE, [(2, 2)]),
        ([entry(1, 6), entry(3, 9, start_of(UNTIL) - 1)], [], BY_NOTICE, "tampered/gap 2"),
        ([entry(1, 6), entry(3, 9, start_of(UNTIL))], [], (Membership(5, until=UNTIL),), [(2, 2)]),
        # in between: some moment must be left at which it was no member
        ([entry(1, 6), entry(4, 21)], [], TWICE, [(2, 3)]),
        ([entry(1, 20), entry(3, 21)], [], TWICE, [(2, 2)]),
        ([entry(1, 21), entry(3, 22)], [], TWICE, "tampered/gap 2"),
        ([entry(1, 11), entry(3, 12)], [], TWICE, [(2, 2)]),
        ([entry(1, 21)], [(3, 30_000)], TWICE, "tampered/gap 2"),
        ([entry(1, 6), entry(3, 10)], [], TWICE, "tampered/gap 2"),
        ([entry(1, 22), entry(3, 31)], [], TWICE_OVER, [(2, 2)]),
        ([entry(1, 22), entry(3, 25)], [], TWICE_OVER, "tampered/gap 2"),
        # a head that ends in a hole parts none; an entry does
        ([entry(1, 6), entry(5, 21)], [(3, 15_000)], TWICE, [(2, 4)]),
        ([entry(1, 6), entry(3, 15), entry(5, 21)], [], TWICE, [(2, 2), (4, 4)]),
        ([entry(1, 6), entry(3, 15), entry(7, 21)], [(5, 16_000)], TWICE, [(2, 2), (4, 6)]),
        ([entry(1, 6), entry(5, 21)], [(3, 10_000)], TWICE, "tampered/gap 2"),
        ([entry(1, 6), entry(5, 21)], [(3, 20_000)], TWICE, "tampered/gap 4"),
        ([entry(2, 6)], [], (), [(1, 1)]),
    ],
)  # fmt: skip
def test_a_place_may_be_missing_where_the_unit_was_no_member(
    shelf: list[Any], heads: list[tuple[int, int]], own: tuple[Membership, ...], what: list[tuple[int, int]] | str
) -> None:
    """Lawful holes as (first, last); else the first place that it could have opened."""
    assert found(shelf, heads, *own) == what
    assert found(shelf[::-1], heads[::-1], *own) == what
