"""The store in SQL: what is written, on an `Engine` that brings connections, transactions and the append lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from gongyue.office.store import SEALED, BadStore, Head, NewLeaf, NewSealed
from gongyue.office.store.queries import SqlReading, fold, gap, marks
from gongyue.office.store.schema import (
    ALWAYS,
    KNOWN,
    PRESENT,
    VERSION_SETTING,
    Cursor,
    Dialect,
    Engine,
    create_tables,
    require_version,
)
from gongyue.office.store.words import words_of
from gongyue.transparency.merkle import HASH_SIZE
from gongyue.transparency.tiles import HEIGHT, WIDTH

ROWS_AT_ONCE = 64  # rows in one INSERT


class SqlWriting(SqlReading):
    """`Writing`: one transaction on one cursor; it sees its own writes."""

    def __init__(self, cursor: Cursor, dialect: Dialect) -> None:
        self._cursor, self._mark = cursor, dialect.placeholder
        # True until the end: nobody else appends while the lock is held.
        self._sizes: dict[str, int] = {}
        self._arrived = -1

    def _run(self, sql: str, *args: Any) -> int:
        """Execute; the number of rows written."""
        self._cursor.execute(sql.replace("?", self._mark), args)
        return self._cursor.rowcount

    def _insert(self, table: str, rows: Sequence[Sequence[Any]], unless: str = "") -> int:
        """Insert rows, many in a statement: PostgreSQL pays for each statement. The number of rows written."""
        written = 0
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            values = ", ".join([f"({marks(some[0])})"] * len(some))
            written += self._run(f"INSERT INTO {table} VALUES {values}{unless}", *chain.from_iterable(some))
        return written

    def _rows(self, sql: str, *args: Any) -> list[Any]:
        self._cursor.execute(sql.replace("?", self._mark), args)
        return self._cursor.fetchall()

    def append(self, book: str, leaves: list[NewLeaf]) -> int:
        if any(len(new.hash) != HASH_SIZE for new in leaves):
            raise ValueError(f"a leaf hash has {HASH_SIZE} bytes")
        first = self._size(book)
        placed = list(enumerate(leaves, first))
        self._enter_acts(book, first, [(book, new.act, index) for index, new in placed if new.act is not None])
        self._insert("entry (book, idx, hash, leaf)", [(book, index, new.hash, new.leaf) for index, new in placed])
        self._sizes[book] = first + len(leaves)
        self._complete_tiles(book, first, first + len(leaves))
        return first

    def _enter_acts(self, book: str, first: int, acts: list[tuple[str, str, int]]) -> None:
        """Find out about an act that is there by entering it: a query beforehand would cost as much again."""
        if self._insert("act (book, digest, idx)", acts, " ON CONFLICT DO NOTHING") == len(acts):
            return
        self._run("DELETE FROM act WHERE book = ? AND idx >= ?", book, first)  # what this call entered, and no more
        known = next((digest for _, digest, _ in acts if self.find(book, digest) is not None), None)
        raise ValueError(f"act {known} is in the {book} book already" if known else "an act occurs twice in the list")

    def _size(self, book: str) -> int:
        """The number of leaves, checked once against the head."""
        if book not in self._sizes:
            sql = "SELECT (SELECT max(idx) + 1 FROM entry WHERE book = ?), (SELECT size FROM head WHERE book = ?)"
            leaves, signed = self._first(sql, book, book)
            if (signed or 0) > (leaves or 0):
                raise BadStore(
                    f"簿册“{book}”已签到 {signed} 条，而只存有 {leaves or 0} 条。",
                    f"The {book} book is signed up to {signed} leaves, but holds {leaves or 0}.",
                )
            self._sizes[book] = leaves or 0
        return self._sizes[book]

    def _complete_tiles(self, book: str, start: int, stop: int) -> None:
        """Store the root of each tile that became full, and of the tiles above that this fills."""
        level = 0
        while (start := start // WIDTH) < (stop := stop // WIDTH):
            roots = []
            for tile in range(start, stop):
                hashes = self._hashes(book, level, tile * WIDTH, (tile + 1) * WIDTH)
                if len(hashes) != WIDTH:
                    raise gap(book, tile * WIDTH << level, (tile + 1) * WIDTH << level)
                roots.append((book, level + HEIGHT, tile, fold(hashes)))
            level += HEIGHT
            self._insert("node (book, level, idx, hash)", roots)

    def set_head(self, book: str, head: Head) -> None:
        if head.size != self._size(book):
            raise ValueError(f"a head of {head.size} for {self._size(book)} leaves of the {book} book")
        if len(head.root) != HASH_SIZE:
            raise ValueError(f"a root has {HASH_SIZE} bytes")
        kept = self._run(
            """INSERT INTO checkpoint (book, size, root, note) VALUES (?, ?, ?, ?) ON CONFLICT (book, size)
            DO UPDATE SET note = excluded.note WHERE checkpoint.root = excluded.root""",
            book, head.size, head.root, head.note,
        )  # fmt: skip
        if kept != 1:
            raise ValueError(f"another root of the {book} book is signed at {head.size} leaves")
        self._run(
            """INSERT INTO head (book, size, frontier) VALUES (?, ?, ?)
            ON CONFLICT (book) DO UPDATE SET size = excluded.size, frontier = excluded.frontier""",
            book, head.size, head.frontier,
        )  # fmt: skip

    def put_object(self, digest: str, data: bytes, public: bool) -> None:
        same = self._value("SELECT data = ? FROM object WHERE digest = ?", data, digest)
        if same is None:
            self._run("INSERT INTO object (digest, public, data) VALUES (?, ?, ?)", digest, int(public), data)
        elif not same:
            raise ValueError(f"object {digest} is stored with other bytes")
        elif public:
            self._run("UPDATE object SET public = 1 WHERE digest = ? AND public = 0", digest)

    def arrivals(self) -> int:
        if self._arrived < 0:
            self._arrived = super().arrivals()
        return self._arrived

    def receive(self, entries: Sequence[NewSealed]) -> int:
        words = [words_of(new.entry) for new in entries]
        first = self.arrivals() + 1
        numbered = list(enumerate(entries, first))
        self._enter_acts(SEALED, first, [(SEALED, new.act, number) for number, new in numbered])
        rows = [(n, None, bytes.fromhex(new.commitment[7:]), new.salt, new.entry, new.promise) for n, new in numbered]
        if self._insert("sealed (n, idx, c, salt, entry, promise)", rows, " ON CONFLICT DO NOTHING") != len(rows):
            self._run("DELETE FROM sealed WHERE n >= ?", first)
            self._run("DELETE FROM act WHERE book = ? AND idx >= ?", SEALED, first)
            raise ValueError("a commitment is there already, or twice in the list")
        self._arrived = first + len(rows) - 1
        self.put_words([(word, number) for (number, _), some in zip(numbered, words, strict=True) for word in some])
        return first

    def place(self, places: Sequence[tuple[int, int]]) -> None:
        size = self._size(SEALED)
        for start in range(0, len(places), ROWS_AT_ONCE):
            some = places[start : start + ROWS_AT_ONCE]
            placed = all(0 <= index < size for _, index in some) and self._run(
                f"""WITH placed (number, leaf) AS (VALUES {", ".join(["(?, ?)"] * len(some))})
                UPDATE sealed SET idx = leaf FROM placed WHERE n = number AND idx IS NULL""",
                *chain.from_iterable(some),
            )
            if placed != len(some):
                raise ValueError(f"acts {some[0][0]} … {some[-1][0]} under seal cannot be placed at these leaves")

    def put_words(self, words: Sequence[tuple[str, int]]) -> None:
        """Enter under which words acts under seal are found: (word, number); the same again is no error."""
        self._insert("word (word, n)", words, " ON CONFLICT DO NOTHING")

    def put_setting(self, name: str, value: bytes) -> None:
        if name.startswith("store."):
            raise ValueError("settings beginning with store. are the store's own")
        sql = "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        self._run(sql, name, value)

    def put_snapshot(self, size: int, state: bytes) -> None:
        self._run(
            """INSERT INTO snapshot (one, size, state) VALUES (1, ?, ?)
            ON CONFLICT (one) DO UPDATE SET size = excluded.size, state = excluded.state""",
            size, state,
        )  # fmt: skip


class SqlStore(SqlReading):
    """`Store` on an engine. Any thread may use it at any time."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._mark = engine, engine.dialect.placeholder

    def _rows(self, sql: str, *args: Any) -> list[Any]:
        with self._engine.reading() as cursor:
            cursor.execute(sql.replace("?", self._mark), args)
            return cursor.fetchall()

    @contextmanager
    def writing(self) -> Iterator[SqlWriting]:
        with self._engine.writing() as cursor:
            yield SqlWriting(cursor, self._engine.dialect)

    def layout(self) -> tuple[set[str], bytes | None]:
        """The tables that are there, and the schema version; None if they are not a store's."""
        names = {name for (name,) in self._rows(self._engine.dialect.table_names)}
        return names, self.setting(VERSION_SETTING) if names >= ALWAYS else None

    def close(self) -> None:
        self._engine.close()


def open_sql(engine: Engine, create: bool, older: bool) -> SqlStore:
    """The store behind an engine, made if ``create`` and nothing is there; else NoStore or BadStore."""
    if create:
        with engine.writing() as cursor:  # under the lock: of two that create at once, one does
            cursor.execute(engine.dialect.table_names)
            if not cursor.fetchall():
                create_tables(cursor, engine.dialect)
    store = SqlStore(engine)
    require_version(*store.layout(), KNOWN if older else PRESENT)
    return store
