"""Opening: what is created, what is refused, and what is said."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2

from gongyue.office.store import OPEN, BadStore, NoStore, Store, open_store
from gongyue.office.store.sqlite import _Sqlite, open_sqlite

from .places import Place, add, beside, new


def test_what_was_written_is_there_after_reopening(lasting: Place) -> None:
    """With and without asking to create; creating again empties nothing."""
    store = lasting.open(create=True)
    with store.writing() as tx:
        add(tx, [new("a")])
    store.close()
    for create in (False, True):
        store = lasting.open(create)
        assert list(store.leaves(OPEN, 0, 9)) == [b"leaf a"]
        store.close()


def test_opening_without_create_is_refused_where_there_is_no_store(lasting: Place) -> None:
    """And makes none: the second time it is refused again."""
    for _ in range(2):
        with pytest.raises(NoStore) as refused:
            lasting.open()
        assert "新建" in refused.value.zh
        assert "creating" in refused.value.en


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    """Nothing appears in the directory."""
    with pytest.raises(NoStore, match="missing"):
        open_sqlite(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_another_version_is_refused(lasting: Place) -> None:
    """A later one, by name; also by whoever would migrate it: nobody here knows what it means."""
    store = lasting.open(create=True)
    set_version(store, b"3")
    store.close()
    for create, older in ((False, False), (True, False), (False, True)):
        with pytest.raises(BadStore, match="“3”, this program knows up to 2"):
            lasting.open(create, older)


@pytest.mark.parametrize(("version", "says"), [(b"1", "run gongyue backup"), (b"1-2", "run gongyue migrate again")])
def test_a_store_of_an_earlier_version_is_refused_with_what_to_run(lasting: Place, version: bytes, says: str) -> None:
    """And nothing is changed, whether or not it may create."""
    store = lasting.open(create=True)
    set_version(store, version)
    store.close()
    for create in (False, True):
        with pytest.raises(BadStore, match="gongyue migrate") as refused:
            lasting.open(create)
        assert says in " ".join(refused.value.en.split())
    store = lasting.open(older=True)
    assert store.setting("store.version") == version
    store.close()


def test_a_store_without_a_table_of_its_version_is_refused(lasting: Place) -> None:
    """It says it is of this version, but is not."""
    store = lasting.open(create=True)
    with store._engine.writing() as cursor:  # type: ignore[attr-defined]
        cursor.execute("DROP TABLE word")
    store.close()
    with pytest.raises(BadStore, match="not a gongyue store"):
        lasting.open()


def set_version(store: Store, version: bytes) -> None:
    """As a later release would."""
    mark = store._engine.dialect.placeholder  # type: ignore[attr-defined]
    with store._engine.writing() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"UPDATE setting SET value = {mark} WHERE name = 'store.version'", (version,))


def test_a_file_that_is_no_database_is_refused_and_stays(tmp_path: Path) -> None:
    """In both languages, whether or not it may create."""
    file = tmp_path / "notes.txt"
    file.write_text("公约\n" * 2000, "utf-8")
    for create in (False, True):
        with pytest.raises(BadStore) as refused:
            open_sqlite(file, create)
        assert "损坏" in refused.value.zh
        assert "no store" in refused.value.en
    assert file.read_text("utf-8") == "公约\n" * 2000


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    """All pages but the first overwritten, as after a fault of the disk."""
    file = tmp_path / "store"
    store = open_sqlite(file, create=True)
    with store.writing() as tx:
        add(tx, [new(str(i)) for i in range(300)])
    store.close()
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(BadStore, match="damaged"):
        open_sqlite(file)


def test_damage_met_while_reading_is_said(tmp_path: Path) -> None:
    """Only the leaves overwritten: the store opens, and reading them is a BadStore, never wrong bytes."""
    file = tmp_path / "store"
    store = open_sqlite(file, create=True)
    with store.writing() as tx:
        add(tx, [new(str(i)) for i in range(5000)])
    store.close()
    data = bytearray(file.read_bytes())
    pages = [at for at in range(4096, len(data), 4096) if b"leaf " in data[at : at + 4096]]
    for at in pages:
        data[at : at + 4096] = b"\xff" * 4096
    file.write_bytes(data)
    store = open_sqlite(file)
    with pytest.raises(BadStore, match="damaged"):
        list(store.leaves(OPEN, 0, 5000))
    store.close()


def test_a_database_of_something_else_is_refused_and_stays(tmp_path: Path) -> None:
    """Not a byte of it changes, whether or not it may create."""
    file = tmp_path / "other.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE setting (name TEXT, value TEXT)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    for create in (False, True):
        with pytest.raises(BadStore, match="not a gongyue store"):
            open_sqlite(file, create)
    assert file.read_bytes() == before


def test_an_empty_file_becomes_a_store_only_when_asked(tmp_path: Path) -> None:
    """As a creation that was cut short leaves it."""
    file = tmp_path / "store"
    file.touch()
    with pytest.raises(NoStore):
        open_sqlite(file)
    open_sqlite(file, create=True).close()
    open_sqlite(file).close()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    """A store holds private objects and openings; its log has the same mode."""
    store = open_sqlite(tmp_path / "store", create=True)
    with store.writing() as tx:
        add(tx, [new("a")])
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    store.close()


def test_an_sqlite_store_is_durable_by_its_settings(tmp_path: Path) -> None:
    """WAL, synchronous FULL (2), no mmap; on a library with the WAL-reset bug repaired."""
    from pysqlite3 import dbapi2

    assert dbapi2.sqlite_version_info >= (3, 51, 3)
    store = open_sqlite(tmp_path / "store", create=True)
    with store._engine.writing() as cursor:  # type: ignore[attr-defined]
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("mmap_size", 0)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchall() == [(value,)]
    store.close()


def test_a_backup_restored_without_wal_is_used_with_it(tmp_path: Path) -> None:
    """VACUUM INTO makes a file in the old mode; opening it puts that right."""
    open_sqlite(tmp_path / "store", create=True).close()
    connection = sqlite3.connect(tmp_path / "store")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    open_sqlite(tmp_path / "store").close()
    connection = sqlite3.connect(tmp_path / "store")
    assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    connection.close()


def test_a_memory_store_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither closed nor dropped."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = open_store(":memory:")
    assert list(tmp_path.iterdir())
    store.close()
    assert list(tmp_path.iterdir()) == []
    del store
    dropped = open_store("sqlite::memory:")
    del dropped
    assert list(tmp_path.iterdir()) == []


def test_stores_are_opened_by_url(tmp_path: Path) -> None:
    """sqlite:PATH and a plain path are the same; another kind is refused without repeating its password."""
    open_store(f"sqlite:{tmp_path / '簿 #1?'}", create=True).close()
    open_store(str(tmp_path / "簿 #1?")).close()
    with pytest.raises(ValueError, match="a store is") as refused:
        open_store("mysql://user:secret@host/db")
    assert "secret" not in str(refused.value)


def test_two_processes_may_create_at_once(lasting: Place) -> None:
    """One makes the store, all use it."""
    children = [beside(lasting, str(i), 1) for i in range(6)]
    indices = [child.communicate(timeout=60)[0] for child in children]
    assert sorted(indices) == [f"{i}\n" for i in range(6)]
    assert [child.returncode for child in children] == [0] * 6


class Locked:
    """A connection that finds the file locked the first time, as one of two that both change it to a WAL does at once."""

    def __init__(self, connection: Any) -> None:
        self._connection, self.asked = connection, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str) -> Any:
        """Locked, then as it is."""
        self.asked += 1
        if self.asked == 1:
            error = dbapi2.OperationalError("database is locked")
            error.sqlite_errorcode = dbapi2.SQLITE_BUSY
            raise error
        return self._connection.execute(statement)


def test_a_file_locked_by_another_that_opens_it_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait there, whatever its timeout; what is no lock is told at once."""
    place = tmp_path / "store"
    open_sqlite(place, create=True).close()
    engine = _Sqlite(place, "FULL")
    locked = engine._writer = Locked(engine._writer)
    engine.use_wal()
    assert locked.asked == 2
    with pytest.raises(dbapi2.OperationalError, match="syntax"):
        engine._waiting("PRAGMA (")
    engine.close()


@pytest.mark.postgres
def test_a_schema_of_something_else_is_refused_and_stays(schema: Place) -> None:
    """No table is added to it."""
    import psycopg

    with psycopg.connect(schema.url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema.schema}")
        connection.execute(f"CREATE TABLE {schema.schema}.setting (name TEXT)")
        for create in (False, True):
            with pytest.raises(BadStore, match="not a gongyue store"):
                schema.open(create)
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema.schema,))
        assert tables.fetchall() == [("setting",)]


@pytest.mark.postgres
def test_an_empty_schema_that_is_there_is_used(schema: Place) -> None:
    """As an administrator prepares it for a role that may not create schemas."""
    import psycopg

    with psycopg.connect(schema.url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema.schema}")
    with pytest.raises(NoStore):
        schema.open()
    schema.open(create=True).close()


@pytest.mark.postgres
def test_a_session_is_durable_and_reads_what_is_committed(schema: Place) -> None:
    """Even where the database or the role says otherwise."""
    schema.open(create=True).close()
    lax = f"{schema.url}{'&' if '?' in schema.url else '?'}options=-csynchronous_commit%3Doff%20-cdefault_transaction_isolation%3Dserializable"
    store = schema._replace(url=lax).open()
    with store._engine.writing() as cursor:  # type: ignore[attr-defined]
        for setting, value in (("synchronous_commit", "on"), ("transaction_isolation", "read committed")):
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchall() == [(value,)]
    store.close()


def test_a_server_that_cannot_be_reached_is_said_at_once() -> None:
    """Not after the pool has tried for half a minute."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with pytest.raises(BadStore, match=r"office\.toml"):
        open_store("postgresql://nobody@127.0.0.1:1/none")


def test_a_malformed_address_is_said_without_its_password() -> None:
    """What the driver says of it would repeat it."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with pytest.raises(BadStore) as said:
        open_store("postgresql://nobody:geheim@[::1/none")
    assert "geheim" not in str(said.value)


def test_a_missing_driver_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra to install is named."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ImportError, match=r"gongyue\[postgres\]"):
        open_store("postgresql://nobody@127.0.0.1:1/none")


def test_a_schema_has_a_plain_name() -> None:
    """Nothing that would need quoting."""
    from gongyue.office.store.postgres import open_postgres

    for name in ("", "a-b", 'a"; DROP', "Caps", "1a", "a" * 64):
        with pytest.raises(ValueError, match="a schema has a name"):
            open_postgres("postgresql://nobody@127.0.0.1:1/none", schema=name)
