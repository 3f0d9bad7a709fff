"""From schema version 1 to 2: the same content, a whole index, whenever it is killed; the older program is kept out."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gongyue.office.store import SEALED, BadStore
from gongyue.office.store.migration import migrate
from gongyue.office.store.words import by
from gongyue.transparency.merkle import leaf_hash

from .halting import AT_ONCE
from .places import Place, add, arriving, new, sealed
from .version_1 import back_to_version_1, contents, filled, require_migrated

OPENINGS = 3 * AT_ONCE + 2


def silent(done: int, total: int) -> None:
    """No progress is shown."""


@contextmanager
def halting(place: Place) -> Iterator[Any]:
    """A function that lets a process migrate and kills it at the n-th moment; whether it was killed."""
    command = [sys.executable, "-m", "tests.office.store.halting", *place]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        asks, says = process.stdin, process.stdout
        assert asks
        assert says

        def until(moment: int) -> bool:
            asks.write(f"{moment}\n")
            asks.flush()
            said = says.readline()
            assert said in ("killed\n", "done\n")
            return said == "killed\n"

        yield until
        asks.close()


def version_of(place: Place) -> bytes | None:
    """The schema version."""
    store = place.open(older=True)
    found = store.setting("store.version")
    store.close()
    return found


@pytest.mark.parametrize("openings", [0, 1, OPENINGS])
def test_a_migrated_store_has_what_it_had_and_its_index(lasting: Place, openings: int) -> None:
    """Also an empty one; run again it does nothing; progress ends at the number of openings."""
    store, seen = filled(lasting, openings), []
    before = contents(store)
    assert len(before["openings"]) == openings
    assert migrate(store, lambda done, total: seen.append((done, total))) == openings
    assert seen[-1] == (openings, openings)
    assert migrate(store, silent) == 0
    store.close()
    require_migrated(lasting, before)


def test_afterwards_it_is_like_a_new_store(lasting: Place) -> None:
    """Acts are recorded and found, old and new ones."""
    store = filled(lasting, OPENINGS)
    migrate(store, silent)
    store.close()
    store = lasting.open()
    with store.writing() as tx:
        index = add(tx, [new("later")._replace(act=None)], SEALED)
        number = tx.receive([arriving(sealed(999, "u:0002"))])
        tx.place([(number, index)])
    found = [one.number for one in store.sealed_with([by("u:0002")])]
    assert found == [one.number for one in store.sealed_entries() if b'"u:0002"' in one.entry]
    assert found[-1] == number == OPENINGS + 1
    assert store.find_sealed(leaf_hash(b"leaf later")) == index
    store.close()


def test_killed_at_every_moment_it_is_resumed(lasting: Place) -> None:
    """Before each statement, before each commit and after it: what is left is version 1, or says what to run; then it is whole."""
    left = set()
    store = filled(lasting, OPENINGS)
    before = contents(store)
    store.close()
    with halting(lasting) as until:
        for moment in range(200):
            killed = until(moment)
            version = version_of(lasting)
            left.add(version)
            if version != b"2":
                with pytest.raises(BadStore, match="gongyue migrate"):
                    lasting.open()
            store = lasting.open(older=True)
            assert contents(store) == before
            migrate(store, silent)
            store.close()
            require_migrated(lasting, before)
            if not killed:
                break
            back_to_version_1(store := lasting.open())
            store.close()
    assert not killed
    assert left == {b"1", b"1-2", b"2"}
    assert moment > 20


def test_killed_again_and_again_it_gets_on(lasting: Place) -> None:
    """Each run is killed after its second step: what it did stays done, so that a few runs suffice."""
    store = filled(lasting, OPENINGS)
    before = contents(store)
    store.close()
    runs = 0
    with halting(lasting) as until:
        while until(30):
            runs += 1
            assert runs < 20
    assert runs > 1
    require_migrated(lasting, before)


def test_two_that_migrate_at_once_do_it_once(lasting: Place) -> None:
    """Step by step under the lock, whoever does the next one."""
    store = filled(lasting, 3_500)
    before = contents(store)
    others = [lasting.open(older=True) for _ in range(3)]
    done: list[int] = []
    threads = [threading.Thread(target=lambda s=s: done.append(migrate(s, silent))) for s in [store, *others]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in [store, *others]:
        one.close()
    assert sum(done) == 3_500
    require_migrated(lasting, before)


@pytest.mark.parametrize(
    "sql", ["SELECT salt, entry FROM opening WHERE idx = 1", "INSERT INTO opening VALUES (9, {0}, {0})"]
)
def test_the_older_program_fails_on_a_migrated_store(lasting: Place, sql: str) -> None:
    """A process of it that still runs neither reads nor writes an opening: its very statements find no table."""
    store: Any = filled(lasting, 3)
    with store._engine.reading() as cursor:
        cursor.execute("SELECT salt, entry FROM opening WHERE idx = 1")  # as it did before
        assert cursor.fetchall()
    migrate(store, silent)
    mark = store._engine.dialect.placeholder
    with pytest.raises(Exception, match="opening"), store._engine.writing() as cursor:
        cursor.execute(sql.format(mark), (b"x", b"x") if "{0}" in sql else ())
    store.close()


def test_a_damaged_opening_stops_the_migration(lasting: Place) -> None:
    """What is no entry is said, and nothing counts as migrated."""
    store: Any = filled(lasting, 3)
    with store._engine.writing() as cursor:
        cursor.execute(f"UPDATE opening SET entry = {store._engine.dialect.placeholder} WHERE idx = 2", (b"rubbish",))
    with pytest.raises(BadStore, match="sealed leaf 2"):
        migrate(store, silent)
    assert store.setting("store.version") == b"1-2"
    store.close()
