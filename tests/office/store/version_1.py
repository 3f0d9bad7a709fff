"""A store as the program with schema version 1 left it."""

from __future__ import annotations

from typing import Any

from gongyue.office.store import SEALED, SealedEntry, Store
from gongyue.office.store.schema import in_dialect
from gongyue.office.store.words import words_of
from gongyue.sealing.commitment import commit

from .places import Place, add, arriving, new, sealed

OPENING = """CREATE TABLE opening (
        idx {integer} NOT NULL PRIMARY KEY, salt {blob} NOT NULL, entry {blob} NOT NULL)"""
"""The table as that version had it."""
NEVER_TOUCHED = ("entry", "node", "checkpoint", "head", "object", "snapshot")


def back_to_version_1(store: Store) -> None:
    """Take the store back: the old table, acts found by their leaves, no index, the old version."""
    engine = store._engine  # type: ignore[attr-defined]
    with engine.writing() as cursor:
        cursor.execute("DROP TABLE word")
        cursor.execute(in_dialect(OPENING, engine.dialect))
        cursor.execute("INSERT INTO opening (idx, salt, entry) SELECT idx, salt, entry FROM sealed")
        cursor.execute(
            "UPDATE act SET idx = (SELECT sealed.idx FROM sealed WHERE sealed.n = act.idx) WHERE book = 'sealed'"
        )
        cursor.execute("DROP TABLE sealed")
        mark = engine.dialect.placeholder
        cursor.execute(f"UPDATE setting SET value = {mark} WHERE name = 'store.version'", (b"1",))


def filled(place: Place, openings: int) -> Store:
    """A new store of version 1 with so many openings, every third leaf padding; open as for a migration."""
    store = place.open(create=True)
    with store.writing() as tx:
        add(tx, [new(f"open {i}") for i in range(9)])
        add(tx, [new(str(i))._replace(act=None) for i in range(openings * 3 // 2 + 1)], SEALED)
        places = [i for i in range(openings * 3 // 2 + 1) if i % 3][:openings]
        tx.receive([arriving(sealed(i, f"u:{i % 4:04}", paper=i % 5 == 0)) for i in places])
        tx.place([(number, index) for number, index in enumerate(places, 1)])
        tx.put_object("sha256:01", b"one", public=True)
        tx.put_setting("colour", b"red")
        tx.put_snapshot(1, b"state")
    back_to_version_1(store)
    store.close()
    return place.open(older=True)


def rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table."""
    return sorted(map(tuple, store._rows(f"SELECT * FROM {table}")))  # type: ignore[attr-defined]


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What a migration must leave as it is: every table, and what opens sealed leaves by whichever name."""
    kept = {table: rows(store, table) for table in NEVER_TOUCHED}
    names, version = store.layout()  # type: ignore[attr-defined]
    kept["settings"] = [row for row in rows(store, "setting") if not row[0].startswith("store.")]
    kept["openings"], kept["acts"] = [], []
    for table in {"opening", "opening_1", "sealed"} & names:
        kept["openings"] += store._rows(f"SELECT idx, salt, entry FROM {table}")  # type: ignore[attr-defined]
    for book, name, found in rows(store, "act"):
        index = found
        if book == "sealed" and version != b"1":
            index = next(iter(store._rows(f"SELECT idx FROM sealed WHERE n = {found}")))[0]  # type: ignore[attr-defined]
        kept["acts"].append(("open" if book == "open" else "sealed", name, index))
    assert ("opening" in names, "sealed" in names, "word" in names) == (version == b"1", *[version != b"1"] * 2)
    return {table: sorted(set(map(tuple, found))) for table, found in kept.items()}


def require_migrated(place: Place, before: dict[str, list[tuple[Any, ...]]]) -> None:
    """The store is of version 2, its content what it was, its index whole, and nothing is left of the migration."""
    store = place.open()
    assert contents(store) == before
    assert rows(store, "word") == sorted(
        (word, n) for n, (_, _, entry) in enumerate(before["openings"], 1) for word in words_of(entry)
    )
    for number, (index, salt, entry) in enumerate(before["openings"], 1):
        assert store.sealed_numbered(number) == SealedEntry(number, index, commit(salt, entry), salt, entry, b"")
    assert "opening_1" not in store.layout()[0]  # type: ignore[attr-defined]
    assert [row for row in rows(store, "setting") if row[0].startswith("store.")] == [("store.version", b"2")]
    store.close()
