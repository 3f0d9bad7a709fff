"""Reading a store in SQL: every query, in plain DB-API, for SQLite and PostgreSQL alike.

Queries mark parameters with ``?``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from gongyue.office.store import SEALED, BadStore, Head, SealedEntry
from gongyue.transparency.merkle import node_hash
from gongyue.transparency.tiles import HEIGHT

LARGEST = 2**63 - 1  # an index, in either database
BATCH = 256  # rows held at once while streaming
LENGTH = 32  # bytes of a commitment


class SqlReading:
    """`Reading` over rows, wherever they come from."""

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
                raise gap(book, place, end)
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
        return fold(hashes)

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
        # The book is named, not a parameter: only then does SQLite use the index, which is of that book alone. Nor is it
        # asked for the first: it would look for that by going through all of the book.
        found = self._rows("SELECT idx FROM entry WHERE book = 'sealed' AND hash = ?", leaf_hash)
        return min((index for (index,) in found), default=None)

    def object(self, digest: str) -> bytes | None:
        found: bytes | None = self._value("SELECT data FROM object WHERE digest = ?", digest)
        return found

    def public_objects(self) -> Iterator[str]:
        sql = f"SELECT digest FROM object WHERE public = 1 AND digest > ? ORDER BY digest LIMIT {BATCH}"
        last = ""
        while rows := self._rows(sql, last):
            for (last,) in rows:
                yield last

    def _sealed(self, where: str, *args: Any) -> list[SealedEntry]:
        sql = f"SELECT n, idx, c, salt, entry, promise FROM sealed WHERE {where}"
        return [
            SealedEntry(n, index, "sha256:" + bytes(c).hex(), salt, entry, promise)
            for n, index, c, salt, entry, promise in self._rows(sql, *args)
        ]

    def sealed_entry(self, commitment: bytes) -> SealedEntry | None:
        found = self._sealed("c >= ? AND c <= ? ORDER BY c LIMIT 1", commitment, commitment.ljust(LENGTH, b"\xff"))
        return found[0] if found else None

    def sealed_numbered(self, number: int) -> SealedEntry | None:
        found = self._sealed("n = ?", number) if number <= LARGEST else []
        return found[0] if found else None

    def arrivals(self) -> int:
        last: int = self._value("SELECT coalesce(max(n), 0) FROM sealed")
        return last

    def sealed_entries(self, after: int = 0) -> Iterator[SealedEntry]:
        while rows := self._sealed(f"n > ? ORDER BY n LIMIT {BATCH}", after):
            yield from rows
            after = rows[-1].number

    def placed(self, start: int, stop: int) -> Iterator[SealedEntry]:
        stop = min(stop, self._count(SEALED))
        for place in range(max(start, 0), stop, BATCH):
            yield from self._sealed("idx >= ? AND idx < ? ORDER BY idx", place, min(place + BATCH, stop))

    def pending(self) -> list[SealedEntry]:
        return self._sealed("idx IS NULL ORDER BY n")

    def sealed_with(self, words: Collection[str], after: int = 0) -> Iterator[SealedEntry]:
        yield from self.sealed_numbers(self.numbers_with(words, after))

    def numbers_with(self, words: Collection[str], after: int = 0) -> list[int]:
        if not words:
            return []
        sql = f"SELECT DISTINCT n FROM word WHERE word IN ({marks(words)}) AND n > ? ORDER BY n"
        return [number for (number,) in self._rows(sql, *words, after)]

    def sealed_numbers(self, numbers: Collection[int]) -> Iterator[SealedEntry]:
        found = sorted(numbers)
        for place in range(0, len(found), BATCH):
            some = found[place : place + BATCH]
            yield from self._sealed(f"n IN ({marks(some)}) ORDER BY n", *some)

    def setting(self, name: str) -> bytes | None:
        found: bytes | None = self._value("SELECT value FROM setting WHERE name = ?", name)
        return found

    def settings_there(self, names: Collection[str]) -> set[str]:
        asked, found = list(names), set[str]()
        for place in range(0, len(asked), BATCH):
            some = asked[place : place + BATCH]
            found |= {name for (name,) in self._rows(f"SELECT name FROM setting WHERE name IN ({marks(some)})", *some)}
        return found

    def snapshot(self) -> tuple[int, bytes] | None:
        row = self._first("SELECT size, state FROM snapshot")
        return (row[0], row[1]) if row else None


def marks(values: Collection[Any]) -> str:
    """A mark for each value."""
    return ", ".join("?" * len(values))


def gap(book: str, start: int, stop: int) -> BadStore:
    """A book has a gap between these leaves."""
    return BadStore(
        f"簿册“{book}”在第 {start} 条至第 {stop - 1} 条之间有缺。",
        f"The {book} book has a gap between leaves {start} and {stop - 1}.",
    )


def fold(hashes: list[bytes]) -> bytes:
    """The root over 1, 2, 4 … complete subtrees of one level."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]
