"""From version 1 of the schema to version 2: openings get the index of their words. The books are not touched.

Each step is one transaction under the append lock, and the version in the store says which step is next: killed at any
moment, or run twice at once, it goes on where it was by being run again.
"""

from __future__ import annotations

from collections.abc import Callable

from gongyue.office.store import BadStore, Store
from gongyue.office.store.schema import BETWEEN, FIRST, VERSION, VERSION_SETTING, WORD, Dialect, in_dialect
from gongyue.office.store.sql import SqlStore, SqlWriting
from gongyue.office.store.words import words_of

DONE = "store.indexed"
"""The store's setting that says, between the versions, below which index openings have their words."""
AT_ONCE = 1_000
"""Openings indexed in one step."""

Progress = Callable[[int, int], None]
"""Called with how many openings are indexed, of how many."""


def migrate(store: Store, progress: Progress) -> int:
    """Bring a store, opened as ``older``, to the present version; the number of openings this run indexed."""
    assert isinstance(store, SqlStore)
    total: int = store._value("SELECT count(*) FROM opened") if store.layout()[1] != FIRST else 0
    indexed = done = 0
    while True:
        with store.writing() as tx:
            version = tx.setting(VERSION_SETTING)
            if version == FIRST:
                _begin(tx, store._engine.dialect)
            elif version == BETWEEN:
                indexed += (step := _index(tx))
            else:
                return indexed
        if version == FIRST:
            total = store._value("SELECT count(*) FROM opened")
        else:
            done = min(done + step, total)
            progress(done, total)


def _begin(tx: SqlWriting, dialect: Dialect) -> None:
    """From here on no process of the older program reads or writes an opening."""
    tx._run("ALTER TABLE opening RENAME TO opened")
    tx._run(in_dialect(WORD, dialect))
    _say(tx, DONE, b"0")
    _say(tx, VERSION_SETTING, BETWEEN)


def _index(tx: SqlWriting) -> int:
    """Enter the words of the next openings; where there are none left, it is done. How many there were."""
    done = int(tx.setting(DONE) or b"0")
    rows = tx._rows("SELECT idx, entry FROM opened WHERE idx >= ? ORDER BY idx LIMIT ?", done, AT_ONCE)
    if rows:
        tx.put_words([(word, index) for index, entry in rows for word in _words(index, entry)])
        _say(tx, DONE, b"%d" % (rows[-1][0] + 1))
    else:
        tx._run("DELETE FROM setting WHERE name = ?", DONE)
        _say(tx, VERSION_SETTING, VERSION)
    return len(rows)


def _words(index: int, entry: bytes) -> list[str]:
    try:
        return words_of(entry)
    except ValueError as error:
        raise BadStore(
            f"密封簿第 {index} 条的启封内容已损坏（{error}）。", f"What opens sealed leaf {index} is damaged ({error})."
        ) from None


def _say(tx: SqlWriting, name: str, value: bytes) -> None:
    tx._run("DELETE FROM setting WHERE name = ?", name)
    tx._run("INSERT INTO setting (name, value) VALUES (?, ?)", name, value)
