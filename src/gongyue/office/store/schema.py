"""The tables of the store, and what a database must bring for `sql` to work on it.

A row of `entry` is a leaf; `act` finds it by the digest of its act. `node` has the levels 8, 16, 24 … only: a row is
the root of a full tile of 256 (C2SP tlog-tiles), all other nodes are hashed up from at most 128 rows. Sealed leaves
are found by their hash; a store made before that index was there answers the same, only slower.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from gongyue.office.store import BadStore, NoStore

VERSION = b"1"
VERSION_SETTING = "store.version"

TABLES = (
    """CREATE TABLE entry (
        book TEXT NOT NULL CHECK (book IN ('open', 'sealed')), idx {integer} NOT NULL CHECK (idx >= 0),
        hash {blob} NOT NULL, leaf {blob} NOT NULL, PRIMARY KEY (book, idx))""",
    "CREATE INDEX entry_hash ON entry (hash) WHERE book = 'sealed'",
    """CREATE TABLE act (
        book TEXT NOT NULL, digest TEXT NOT NULL, idx {integer} NOT NULL, PRIMARY KEY (book, digest)){clustered}""",
    """CREATE TABLE node (
        book TEXT NOT NULL, level {integer} NOT NULL, idx {integer} NOT NULL, hash {blob} NOT NULL,
        PRIMARY KEY (book, level, idx)){clustered}""",
    """CREATE TABLE checkpoint (
        book TEXT NOT NULL, size {integer} NOT NULL, root {blob} NOT NULL, note {blob} NOT NULL,
        PRIMARY KEY (book, size)){clustered}""",
    """CREATE TABLE head (
        book TEXT NOT NULL PRIMARY KEY, size {integer} NOT NULL, frontier {blob} NOT NULL){clustered}""",
    """CREATE TABLE object (
        digest TEXT NOT NULL PRIMARY KEY, public {integer} NOT NULL CHECK (public IN (0, 1)), data {blob} NOT NULL)""",
    "CREATE INDEX object_public ON object (digest) WHERE public = 1",
    """CREATE TABLE opening (
        idx {integer} NOT NULL PRIMARY KEY, salt {blob} NOT NULL, entry {blob} NOT NULL)""",
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value {blob} NOT NULL)",
    """CREATE TABLE snapshot (
        one {integer} NOT NULL PRIMARY KEY CHECK (one = 1), size {integer} NOT NULL, state {blob} NOT NULL)""",
)
NAMES = frozenset(("entry", "act", "node", "checkpoint", "head", "object", "opening", "setting", "snapshot"))


class Dialect(NamedTuple):
    """All in which the two databases differ."""

    placeholder: str
    integer: str
    blob: str
    clustered: str  # how a table is kept in its key's order, if that needs to be said
    table_names: str  # a query for the tables that are there
    before_tables: tuple[str, ...] = ()


class Cursor(Protocol):
    """The part of a DB-API cursor that is used here."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, sql: str, args: Sequence[Any] = ..., /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Engine(Protocol):
    """Connections to one database."""

    dialect: Dialect

    def reading(self) -> AbstractContextManager[Cursor]:
        """A cursor outside any transaction: each statement sees what is committed."""

    def writing(self) -> AbstractContextManager[Cursor]:
        """A cursor in a transaction that holds the append lock; commits at the end, rolls back on an exception."""

    def close(self) -> None:
        """Release all connections."""


def create_tables(cursor: Cursor, dialect: Dialect) -> None:
    """All tables, and the version they have."""
    for sql in dialect.before_tables:
        cursor.execute(sql)
    for sql in TABLES:
        cursor.execute(sql.format(integer=dialect.integer, blob=dialect.blob, clustered=dialect.clustered))
    version = "INSERT INTO setting (name, value) VALUES (?, ?)".replace("?", dialect.placeholder)
    cursor.execute(version, (VERSION_SETTING, VERSION))


def require_current(names: set[str], version: bytes | None) -> None:
    """NoStore if there are no tables, BadStore if they are not those of a store of this version."""
    if not names:
        raise NoStore("此处没有库；新建须明示。", "There is no store here; creating one must be asked for.")
    if version is None:
        raise BadStore("这不是公约的库。", "This database is not a gongyue store.")
    if version != VERSION:
        raise BadStore(
            f"库的版本是 {version!r}，本程序只认 {VERSION!r}。",
            f"The store has schema version {version!r}; this program knows {VERSION!r}.",
        )
