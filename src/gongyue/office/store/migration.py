"""From version 1 of the schema to version 2: acts under seal get their commitment and their words. The books are not touched.

Each step is one transaction under the append lock, and the version in the store says which step is next: killed at any
moment, or run twice at once, it goes on where it was by being run again.
"""

from __future__ import annotations

from collections.abc import Callable

from gongyue.office.store import SEALED, BadStore, NewSealed, Store
from gongyue.office.store.schema import BETWEEN, FIRST, SINCE_2, VERSION, VERSION_SETTING, Dialect, in_dialect
from gongyue.office.store.sql import SqlStore, SqlWriting
from gongyue.office.store.words import words_of
from gongyue.sealing.commitment import commit

AT_ONCE = 1_000
"""Openings taken over in one step."""

Progress = Callable[[int, int], None]
"""Called with how many openings are taken over, of how many."""


def migrate(store: Store, progress: Progress) -> int:
    """Bring a store, opened as ``older``, to the present version; the number of openings this run took over."""
    assert isinstance(store, SqlStore)
    taken = 0
    while True:
        with store.writing() as tx:
            version = tx.setting(VERSION_SETTING)
            waiting = 0
            if version == FIRST:
                _begin(tx, store._engine.dialect)
            elif version == BETWEEN:
                taken += (step := _take_over(tx))
                waiting = tx._value("SELECT count(*) FROM opening_1") if step else 0
            else:
                return taken
        if version == BETWEEN:
            progress(done := store.arrivals(), done + waiting)


def _begin(tx: SqlWriting, dialect: Dialect) -> None:
    """From here on no process of the older program reads or writes an opening."""
    tx._run("ALTER TABLE opening RENAME TO opening_1")
    for sql in SINCE_2:
        tx._run(in_dialect(sql, dialect))
    tx._run("UPDATE act SET book = 'opening_1' WHERE book = ?", SEALED)  # entered anew, by the order of arrival
    _say(tx, VERSION_SETTING, BETWEEN)


def _take_over(tx: SqlWriting) -> int:
    """Take over the next openings, in the order of their leaves; where there are none left, it is done. How many there were."""
    rows = tx._rows(
        f"""SELECT opening_1.idx, salt, entry, digest FROM opening_1
        LEFT JOIN act ON act.book = 'opening_1' AND act.idx = opening_1.idx ORDER BY opening_1.idx LIMIT {AT_ONCE}"""
    )
    if not rows:
        tx._run("DROP TABLE opening_1")
        tx._run("DELETE FROM act WHERE book = 'opening_1'")
        _say(tx, VERSION_SETTING, VERSION)
        return 0
    first = tx.receive([_sealed(*row) for row in rows])
    tx.place([(first + i, row[0]) for i, row in enumerate(rows)])
    tx._run("DELETE FROM opening_1 WHERE idx <= ?", rows[-1][0])
    return len(rows)


def _sealed(index: int, salt: bytes, entry: bytes, act: str | None) -> NewSealed:
    try:
        words_of(entry)
        if act is None:
            raise ValueError("its act is not entered")
        return NewSealed(act, commit(salt, entry), salt, entry, b"")
    except ValueError as error:
        raise BadStore(
            f"密封簿第 {index} 条的启封内容已损坏（{error}）。", f"What opens sealed leaf {index} is damaged ({error})."
        ) from None


def _say(tx: SqlWriting, name: str, value: bytes) -> None:
    tx._run("DELETE FROM setting WHERE name = ?", name)
    tx._run("INSERT INTO setting (name, value) VALUES (?, ?)", name, value)
