"""The store in SQL: every query, in plain DB-API, for SQLite and PostgreSQL alike.

Queries mark parameters with ``?``. An ``Engine`` brings connections, transactions and the append lock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from gongyue.office.store import SEALED, BadStore, Head, NewLeaf
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
from gongyue.transparency.merkle import HASH_SIZE, node_hash
from gongyue.transparency.tiles import HEIGHT, WIDTH

LARGEST = 2**63 - 1  # an index, in either database
BATCH = 256  # rows held at once while streaming
ROWS_AT_ONCE = 64  # rows in one INSERT


class SqlReading:
    """`Reading` over rows, wherever they come from."""

    opened = "opened"
    """The table of what opens sealed leaves."""

    def _rows(self, sql: str, *args: Any) -> list[Any]:
        raise NotImplementedError

    def _first(self, sql: str, *args: Any) -> Any:
        rows = self._rows(sql, *args)
        return rows[0] if rows else None

    def _value(self, sql: str, *args: Any) -> Any:
        rows = self._rows(sql, *args)
        return rows[0][0] if rows else None

    def head(self, book: str) -> Head | None:
        row = self._first(
            """SELECT head.size, checkpoint.root, head.frontier, checkpoint.note FROM head
            JOIN checkpoint ON checkpoint.book = head.book AND checkpoint.size = head.size WHERE head.book = ?""",
            book,
        )
        return Head(*row) if row else None

    def leaf(self, book: str, index: int) -> bytes | None:
        if index > LARGEST:  # no database can even look for it
            return None
        found: bytes | None = self._value("SELECT leaf FROM entry WHERE book = ? AND idx = ?", book, index)
        return found

    def leaves(self, book: str, start: int, stop: int) -> Iterator[bytes]:
        # A query a batch, not one open cursor: a slow reader then holds no connection and no old snapshot of the file.
        sql = "SELECT leaf FROM entry WHERE book = ? AND idx >= ? AND idx < ? ORDER BY idx"
        stop = min(stop, self._count(book))
        for place in range(max(start, 0), stop, BATCH):
            end = min(place + BATCH, stop)
            rows = self._rows(sql, book, place, end)
            if len(rows) != end - place:
                raise _gap(book, place, end)
            for (leaf,) in rows:
                yield leaf

    def _count(self, book: str) -> int:
        """The number of leaves. Counted from the leaves themselves: a sequence would leave gaps after rollbacks."""
        count: int = self._value("SELECT coalesce(max(idx) + 1, 0) FROM entry WHERE book = ?", book)
        return count

    def node(self, book: str, level: int, index: int) -> bytes:
        if level < 0 or index < 0:
            raise LookupError(f"no node {index} at level {level}")
        base = level - level % HEIGHT
        width = 1 << (level - base)
        hashes = self._hashes(book, base, index * width, (index + 1) * width)
        if len(hashes) != width:
            raise LookupError(f"node {index} at level {level} of the {book} book is not complete")
        return _fold(hashes)

    def _hashes(self, book: str, level: int, start: int, stop: int) -> list[bytes]:
        """The stored hashes start … stop-1 of a level divisible by 8, fewer at the right edge."""
        if level == 0:
            sql = "SELECT hash FROM entry WHERE book = ? AND idx >= ? AND idx < ? ORDER BY idx"
            return [row[0] for row in self._rows(sql, book, start, stop)]
        sql = "SELECT hash FROM node WHERE book = ? AND level = ? AND idx >= ? AND idx < ? ORDER BY idx"
        return [row[0] for row in self._rows(sql, book, level, start, stop)]

    def note(self, book: str, size: int) -> tuple[bytes, bytes] | None:
        row = self._first("SELECT root, note FROM checkpoint WHERE book = ? AND size = ?", book, size)
        return (row[0], row[1]) if row else None

    def find(self, book: str, act: str) -> int | None:
        found: int | None = self._value("SELECT idx FROM act WHERE book = ? AND digest = ?", book, act)
        return found

    def find_sealed(self, leaf_hash: bytes) -> int | None:
        # The book is named, not a parameter: only then does SQLite use the index, which is of that book alone.
        found: int | None = self._value("SELECT min(idx) FROM entry WHERE book = 'sealed' AND hash = ?", leaf_hash)
        return found

    def object(self, digest: str) -> bytes | None:
        found: bytes | None = self._value("SELECT data FROM object WHERE digest = ?", digest)
        return found

    def public_objects(self) -> Iterator[str]:
        sql = f"SELECT digest FROM object WHERE public = 1 AND digest > ? ORDER BY digest LIMIT {BATCH}"
        last = ""
        while rows := self._rows(sql, last):
            for (last,) in rows:
                yield last

    def opening(self, index: int) -> tuple[bytes, bytes] | None:
        if index > LARGEST:
            return None
        row = self._first(f"SELECT salt, entry FROM {self.opened} WHERE idx = ?", index)
        return (row[0], row[1]) if row else None

    def openings(self, start: int, stop: int) -> Iterator[tuple[int, bytes, bytes]]:
        sql = f"SELECT idx, salt, entry FROM {self.opened} WHERE idx >= ? AND idx < ? ORDER BY idx"
        stop = min(stop, self._count(SEALED))
        for place in range(max(start, 0), stop, BATCH):
            yield from self._rows(sql, place, min(place + BATCH, stop))

    def last_opening(self) -> tuple[int, bytes, bytes] | None:
        row = self._first(f"SELECT idx, salt, entry FROM {self.opened} ORDER BY idx DESC LIMIT 1")
        return (row[0], row[1], row[2]) if row else None

    def openings_with(
        self, words: Collection[str], start: int = 0, stop: int = LARGEST
    ) -> Iterator[tuple[int, bytes, bytes]]:
        if not words:
            return
        sql = f"SELECT DISTINCT idx FROM word WHERE word IN ({_marks(words)}) AND idx >= ? AND idx < ? ORDER BY idx"
        found = [index for (index,) in self._rows(sql, *words, start, min(stop, LARGEST))]
        for place in range(0, len(found), BATCH):
            some = found[place : place + BATCH]
            yield from self._rows(
                f"SELECT idx, salt, entry FROM opened WHERE idx IN ({_marks(some)}) ORDER BY idx", *some
            )

    def setting(self, name: str) -> bytes | None:
        found: bytes | None = self._value("SELECT value FROM setting WHERE name = ?", name)
        return found

    def snapshot(self) -> tuple[int, bytes] | None:
        row = self._first("SELECT size, state FROM snapshot")
        return (row[0], row[1]) if row else None


class SqlWriting(SqlReading):
    """`Writing`: one transaction on one cursor; it sees its own writes."""

    def __init__(self, cursor: Cursor, dialect: Dialect) -> None:
        self._cursor, self._mark = cursor, dialect.placeholder
        self._sizes: dict[str, int] = {}  # true until the end: nobody else appends while the lock is held

    def _run(self, sql: str, *args: Any) -> int:
        """Execute; the number of rows written."""
        self._cursor.execute(sql.replace("?", self._mark), args)
        return self._cursor.rowcount

    def _insert(self, table: str, rows: Sequence[Sequence[Any]], unless: str = "") -> int:
        """Insert rows, many in a statement: PostgreSQL pays for each statement. The number of rows written."""
        written = 0
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            marks = f"({_marks(some[0])})"
            values = ", ".join([marks] * len(some))
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
                    raise _gap(book, tile * WIDTH << level, (tile + 1) * WIDTH << level)
                roots.append((book, level + HEIGHT, tile, _fold(hashes)))
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

    def put_openings(self, openings: list[tuple[int, bytes, bytes]]) -> None:
        for index, _, _ in openings:
            if not 0 <= index < self._size(SEALED):
                raise ValueError(f"no sealed leaf {index} to open")
        words = [(word, index) for index, _, entry in openings for word in words_of(entry)]
        if self._insert("opened (idx, salt, entry)", openings, " ON CONFLICT DO NOTHING") != len(openings):
            for index, salt, entry in openings:
                if not self._value("SELECT salt = ? AND entry = ? FROM opened WHERE idx = ?", salt, entry, index):
                    raise ValueError(f"sealed leaf {index} has another opening")
        self.put_words(words)

    def put_words(self, words: Sequence[tuple[str, int]]) -> None:
        """Enter under which words openings are found: (word, index); the same again is no error."""
        self._insert("word (word, idx)", words, " ON CONFLICT DO NOTHING")

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


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))


def _gap(book: str, start: int, stop: int) -> BadStore:
    return BadStore(
        f"簿册“{book}”在第 {start} 条至第 {stop - 1} 条之间有缺。",
        f"The {book} book has a gap between leaves {start} and {stop - 1}.",
    )


def _fold(hashes: list[bytes]) -> bytes:
    """The root over 1, 2, 4 … complete subtrees of one level."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]
