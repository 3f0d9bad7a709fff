"""Everything a store holds, as of one moment: what a backup reads while the office goes on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gongyue.office.store import OPEN, SEALED, SealedEntry, open_store
from gongyue.office.store.queries import BATCH, SqlReading
from gongyue.office.store.schema import BETWEEN, FIRST, NAMES, VERSION_SETTING, Cursor
from gongyue.office.store.sql import SqlStore
from gongyue.sealing.commitment import commit

SNAPSHOTS = {"?": "BEGIN", "%s": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"}
"""How a transaction that sees one moment begins, by the dialect's placeholder; in SQLite's WAL any does."""


class StoreDump(SqlReading):
    """`Reading` as of one moment, and the lists no page ever asks for; also of a store that waits to be migrated."""

    def __init__(self, cursor: Cursor, mark: str) -> None:
        self._cursor, self._mark = cursor, mark
        self._older = {FIRST: "opening", BETWEEN: "opening_1"}.get(self.setting(VERSION_SETTING) or b"", "")

    def _rows(self, sql: str, *args: Any) -> list[Any]:
        self._cursor.execute(sql.replace("?", self._mark), args)
        return self._cursor.fetchall()

    def sealed_entries(self, after: int = 0) -> Iterator[SealedEntry]:
        """As of any store; of one whose migration is not finished what was taken over comes first, as it arrived."""
        if self._older != "opening":
            yield from super().sealed_entries(after)
        if not self._older:
            return
        sql = f"SELECT idx, salt, entry FROM {self._older} WHERE idx >= ? ORDER BY idx LIMIT {BATCH}"
        start = 0
        while rows := self._rows(sql, start):
            for index, salt, entry in rows:
                yield SealedEntry(index + 1, index, commit(salt, entry), salt, entry, b"")
            start = rows[-1][0] + 1

    def notes(self, book: str, after: int, to: int) -> list[tuple[int, bytes, bytes]]:
        """(size, root, note) of the checkpoints signed at sizes after + 1 … to."""
        sql = "SELECT size, root, note FROM checkpoint WHERE book = ? AND size > ? AND size <= ? ORDER BY size"
        return self._rows(sql, book, after, to)

    def objects(self) -> Iterator[tuple[str, bool]]:
        """(digest, whether public) of every object."""
        sql = f"SELECT digest, public FROM object WHERE digest > ? ORDER BY digest LIMIT {BATCH}"
        last = ""
        while rows := self._rows(sql, last):
            for last, public in rows:
                yield last, bool(public)

    def object_count(self) -> int:
        """How many objects there are."""
        count: int = self._value("SELECT count(*) FROM object")
        return count

    def settings(self) -> dict[str, bytes]:
        """Every setting but the store's own, and folds, which are made anew."""
        sql = "SELECT name, value FROM setting WHERE substr(name, 1, 6) <> 'store.' AND substr(name, 1, 5) <> 'fold:'"
        return dict(self._rows(f"{sql} ORDER BY name"))


@contextmanager
def read_dump(url: str) -> Iterator[StoreDump]:
    """Everything in the store at `url` as of now. Nobody is kept from writing meanwhile. NoStore, BadStore."""
    store = _opened(url, older=True)
    try:
        mark = store._engine.dialect.placeholder
        with store._engine.reading() as cursor:
            cursor.execute(SNAPSHOTS[mark])
            try:
                yield StoreDump(cursor, mark)
            finally:
                cursor.execute("ROLLBACK")
    finally:
        store.close()


def is_empty(url: str) -> bool:
    """Whether the store at `url` has no leaf in either book. NoStore, BadStore."""
    store = _opened(url)
    try:
        return store.head(OPEN) is None and store.head(SEALED) is None
    finally:
        store.close()


def discard(url: str) -> None:
    """Take away the tables of a store that could not be completed."""
    store = _opened(url)
    try:
        with store._engine.writing() as cursor:
            for name in sorted(NAMES):
                cursor.execute(f"DROP TABLE {name}")
    finally:
        store.close()


def _opened(url: str, older: bool = False) -> SqlStore:
    store = open_store(url, older=older)
    assert isinstance(store, SqlStore)
    return store
