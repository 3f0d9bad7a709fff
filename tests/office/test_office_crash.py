"""SIGKILL in the middle of recording: nothing acknowledged is lost, and there is never a second history."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.world import found

from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.routine_acts import tick
from gongyue.office.store import OPEN, SEALED, Store, open_store
from gongyue.sealing.commitment import sealed_leaf
from support.mortal import mortal
from tests.office.store.places import address_of, to_server

MEMBERS = 6


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store that outlives the processes; for PostgreSQL a schema of its own, dropped after."""
    if request.param == "sqlite":
        yield str(tmp_path / "book.db")
        return
    connection = to_server(autocommit=True)
    name = f"crash_{uuid.uuid4().hex[:12]}"
    with connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield address_of(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.mark.slow(80)
def test_nothing_acknowledged_is_lost_by_two_hundred_kills(url: str, tmp_path: Path) -> None:
    """Expected after each SIGKILL: the office opens, every printed receipt's act stands at its index, seq goes on, every promise is kept."""
    store = open_store(url, create=True)
    stage = SimulatedOffice(store, tmp_path / "guard.json")
    found(stage, MEMBERS)
    stage.office.guard.close()
    store.close()
    rng = random.Random(7)
    acknowledged: dict[tuple[str, str], str] = {}
    with mortal("tests.office.crashing", url, tmp_path, MEMBERS) as process:
        for _ in range(200):
            for line in process.live(rng.uniform(0.0, 0.12)):
                book, place, act = line.split()
                assert acknowledged.setdefault((book, place), act) == act
    assert len(acknowledged) > 200
    _check(open_store(url), stage, tmp_path, acknowledged)


def _check(store: Store, stage: SimulatedOffice, folder: Path, acknowledged: dict[tuple[str, str], str]) -> None:
    assert {book for book, _ in acknowledged} == {OPEN, SEALED}
    for (book, place), act in acknowledged.items():
        number = store.find(book, act)
        assert number is not None
        if book == OPEN:
            assert number == int(place)
        else:
            promised = store.sealed_entry(bytes.fromhex(place))
            assert promised is not None and promised.number == number
    kept = store.snapshot()
    assert kept is not None and kept[0] > 100
    resumed = SimulatedOffice(store)
    with store.writing() as tx:
        tx.put_snapshot(0, b"of no release")
    again = SimulatedOffice(store, folder / "guard.json")  # opens under the guard, folds everything once more
    assert resumed.inst == again.inst
    again.now = again.inst.now + 86_400
    tick(again.office)
    assert store.pending() == []
    for _, place in filter(lambda one: one[0] == SEALED, acknowledged):
        promised = store.sealed_entry(bytes.fromhex(place))
        assert promised is not None and promised.index is not None
        assert store.leaf(SEALED, promised.index) == sealed_leaf(promised.commitment)
    for book in (OPEN, SEALED):
        head = store.head(book)
        assert head is not None and len(list(store.leaves(book, 0, head.size))) == head.size
    assert again.inst.size == store.head(OPEN).size  # type: ignore[union-attr]
    again.office.guard.close()
    store.close()
