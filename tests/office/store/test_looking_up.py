"""Looking something up costs the same in a large store as in a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongyue.office.store import OPEN, SEALED, Reading, Store, open_store, words

from .places import add, arriving, digest, new, sealed

LARGE, SMALL = 2_000, 20
LAST = str(SMALL - 1)
"""The name of what both have."""
ASKED: dict[str, Callable[[Reading], Any]] = {
    "a leaf": lambda store: store.leaf(OPEN, 7),
    "no leaf": lambda store: store.leaf(OPEN, LARGE),
    "an act": lambda store: store.find(OPEN, digest(LAST)),
    "no act": lambda store: store.find(OPEN, digest("nothing")),
    "a sealed leaf": lambda store: store.find_sealed(new(LAST).hash),
    "no sealed leaf": lambda store: store.find_sealed(new("nothing").hash),
    "a number": lambda store: store.sealed_numbered(7),
    "a commitment": lambda store: store.sealed_entry(bytes(32)),
    "what stands at a place": lambda store: list(store.placed(7, 8)),
    "what a word names": lambda store: list(store.sealed_with([words.typed("nothing")])),
    "a node": lambda store: store.node(OPEN, 1, 3),
    "a head": lambda store: store.head(OPEN),
    "a note": lambda store: store.note(OPEN, SMALL),
    "an object": lambda store: store.object("sha256:00"),
    "how many arrived": lambda store: store.arrivals(),
    "what waits": lambda store: store.pending(),
}


@pytest.fixture(scope="module")
def stores() -> Iterator[list[Store]]:
    """A small one and a large one, in both of whose sealed books an act waits."""
    made = [_of(SMALL), _of(LARGE)]
    yield made
    for store in made:
        store.close()


def _of(size: int) -> Store:
    store = open_store(":memory:", create=True)
    with store.writing() as tx:
        add(tx, [new(str(n)) for n in range(size)])
        add(tx, [new(str(n))._replace(act=None) for n in range(size)], SEALED)
        tx.receive([arriving(sealed(n)) for n in range(size + 1)])
        tx.place([(n, n - 1) for n in range(1, size + 1)])
    return store


def _steps(store: Store, ask: Callable[[Reading], Any]) -> int:
    """The steps of SQLite's machine that a question takes."""
    taken = [0]

    def step() -> int:
        taken[0] += 1
        return 0

    with store.writing() as tx:
        writer = store._engine._writer  # type: ignore[attr-defined]
        writer.set_progress_handler(step, 1)
        ask(tx)
        writer.set_progress_handler(None, 1)
    return taken[0]


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_looked_up_is_found_by_an_index(stores: list[Store], asked: str) -> None:
    """A hundred times as many leaves take no step more: an anchor asks for sealed leaves, whatever the size of the book."""
    small, large = (_steps(store, ASKED[asked]) for store in stores)
    assert 0 < large <= small
