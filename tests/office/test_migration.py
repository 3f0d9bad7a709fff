"""An office on a store of schema version 1: it refuses with what to run, is backed up, migrated, and goes on as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from benchmarks.world import unit

from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.office_folder import open_office
from gongyue.office.openings import of_party
from gongyue.office.owed_acts import pending
from gongyue.office.routine_acts import tick
from gongyue.office.store import OPEN, SEALED, BadStore, Store, open_store
from gongyue.office.store.migration import migrate
from gongyue.office.store.queries import SqlReading
from gongyue.office.store.schema import ALWAYS
from gongyue.office.store.words import words_of
from gongyue.sealing.commitment import commit
from gongyue.transparency import canonical
from tests.cli.desk import Desk
from tests.office.keeping import backup, close, database, office_in, rows
from tests.office.store.version_1 import back_to_version_1

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, str, dict[str, Any]]]:
    """An office in `office` whose store is of version 1; the store's address; its rows as of version 2."""
    with ExitStack() as opened:
        url = opened.enter_context(database()) if request.param == "postgres" else ""
        stage = office_in(tmp_path / "office", url)
        stage.now += 86_400
        tick(stage.office)  # in that version everything under seal had its leaf at once
        close(stage)
        url = url or f"sqlite:{tmp_path / 'office' / 'store.db'}"
        store = open_store(url)
        back_to_version_1(store)
        before = as_migrated(store)
        store.close()
        yield Desk(tmp_path), url, before


def as_migrated(store: Store) -> dict[str, Any]:
    """The rows that a store of version 1 has as one of version 2: acts under seal numbered by their leaves, no promise kept."""
    read = store._rows  # type: ignore[attr-defined]
    found = {name: {tuple(row) for row in read(f"SELECT * FROM {name}")} for name in ALWAYS - {"snapshot"}}
    openings = sorted(tuple(row) for row in read("SELECT idx, salt, entry FROM opening"))
    number = {index: n for n, (index, _, _) in enumerate(openings, 1)}
    found["sealed"] = {(number[i], i, bytes.fromhex(commit(s, e)[7:]), s, e, b"") for i, s, e in openings}
    found["word"] = {(word, number[i]) for i, _, e in openings for word in words_of(e)}
    found["act"] = {(book, act, i if book == OPEN else number[i]) for book, act, i in found["act"]}
    found["setting"] = {row for row in found["setting"] if row[0] != "store.version"} | {("store.version", b"2")}
    return found


def interrupt(url: str) -> None:
    """Leave the migration after its first step."""
    store = open_store(url, older=True)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(store, stop)
    assert store.setting("store.version") == b"1-2"
    store.close()


def books(store: Store) -> list[bytes]:
    """Every leaf and head of both books."""
    heads = [store.head(book) for book in (OPEN, SEALED)]
    leaves = [
        leaf for book, head in zip((OPEN, SEALED), heads, strict=True) for leaf in store.leaves(book, 0, head.size)
    ]  # type: ignore[union-attr]
    return [*leaves, *(head.note for head in heads if head)]


def test_an_old_office_refuses_and_says_what_to_run(old: tuple[Desk, str, dict[str, Any]]) -> None:
    """By library and by command line; in the middle of a migration too. Nothing is changed by it."""
    desk, url, _ = old
    for run in ("gongyue backup", "再运行 gongyue migrate"):
        with pytest.raises(BadStore, match=run):
            open_office(desk.folder / "office")
        for command in ("status", "tick", "due"):
            assert run in desk.run(command, "--office", desk.folder / "office", code=4)
        if run == "gongyue backup":
            interrupt(url)


def test_migrated_it_is_the_office_it_was(old: tuple[Desk, str, dict[str, Any]]) -> None:
    """Interrupted, run again, and once more: every row, both books to the byte, what a unit may open; and acts go on."""
    desk, url, before = old
    old_store = open_store(url, older=True)
    bytes_before = books(old_store)
    old_store.close()
    interrupt(url)
    assert desk.json("migrate", "--office", desk.folder / "office") == {"from": "1-2", "to": "2", "indexed": 0}
    assert "无事可做" in desk.run("migrate", "--office", desk.folder / "office")
    assert rows(url) == before
    office = open_office(desk.folder / "office")
    assert books(office.store) == bytes_before
    stage = SimulatedOffice(office.store)
    stage.now = office.now
    asked = len(list(of_party(office.store, unit(5))))
    stage.unit("interpretation.ask/1", unit(5), {"article": 9, "question": canonical.digest(b"5")})
    assert len(list(of_party(office.store, unit(5)))) == asked + 1
    office.guard.close()
    office.store.close()


def test_it_says_how_far_it_came(old: tuple[Desk, str, dict[str, Any]]) -> None:
    """From which version to which, and how many sealed acts were indexed."""
    desk, _, before = old
    count = len(before["sealed"])
    assert f"库从版本 1 升到版本 2：索引了 {count} 件密封行为" in desk.run(
        "migrate", "--office", desk.folder / "office"
    )


@pytest.mark.parametrize("between", [False, True])
def test_an_old_store_is_backed_up_and_comes_back_new(old: tuple[Desk, str, dict[str, Any]], between: bool) -> None:
    """Before the migration or in the middle of it: what is restored is of version 2, with every row and its index."""
    desk, url, before = old
    if between:
        interrupt(url)
    backup(desk.folder / "office", desk.folder / "b.tar.gz")
    keys = ("--keys", desk.folder / "office" / "keys", "--unchecked")
    assert (
        desk.json("restore", desk.folder / "b.tar.gz", "--office", desk.folder / "new", *keys)["verified"]["code"] == 0
    )
    assert rows(f"sqlite:{desk.folder / 'new' / 'store.db'}") == before


def test_the_office_looks_sealed_acts_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody walks through all openings: not who files, counts, asks what is pending, or which are a unit's.

    Notices alone read both books once in a process, then what is new.
    """
    stage = office_in(tmp_path / "office")
    close(stage)

    def walked(*_: object) -> Any:
        raise AssertionError("all openings were read")

    monkeypatch.setattr(SqlReading, "sealed_entries", walked)
    office = open_office(tmp_path / "office", lambda: stage.now)
    again = SimulatedOffice(office.store)
    again.now = stage.now
    again.unit("interpretation.ask/1", unit(6), {"article": 9, "question": canonical.digest(b"6")})
    tick(again.office)
    types = [one.entry.act.type for one in of_party(office.store, unit(6))]
    assert types == ["vote.ballot/1", "interpretation.ask/1"]
    asked = [one.entry.act for one in pending(office.store)]  # questions wait for their explanation
    assert {act.type for act in asked} == {"interpretation.ask/1"}
    assert sorted(act.actor for act in asked) == sorted(map(unit, (1, 2, 3, 4, 6)))
    Desk(tmp_path).run("membership", "applications", "--office", tmp_path / "office")
    close(again)
    office.guard.close()
    office.store.close()
