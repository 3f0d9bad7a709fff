"""The tables of the store, and what a database must bring for `sql` to work on it.

A row of `entry` is a leaf; `act` finds an act by its digest: an open one's leaf, a sealed one's number. `node` has the
levels 8, 16, 24 … only: a row is the root of a full tile of 256 (C2SP tlog-tiles), all other nodes are hashed up from at
most 128 rows. `sealed` has the acts under seal by the order in which they arrived (`n`), each with its commitment `c`, what
opens it, what was promised for it, and its leaf `idx` once an anchor has placed it; `word` finds them (see `words`).

Version 1 had a table `opening` by the leaf, and no `word`. The table has another name now, so that a process of the older
program fails on a store that has been migrated, instead of writing what would be missing there (see `migration`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from gongyue.office.store import BadStore, NoStore

FIRST, BETWEEN, VERSION = b"1", b"1-2", b"2"
"""The versions of the schema: the first, the second with its index still incomplete, and the present one."""
VERSION_SETTING = "store.version"
PRESENT = (VERSION,)
KNOWN = (FIRST, BETWEEN, VERSION)

SINCE_2 = (
    """CREATE TABLE sealed (
        n {integer} NOT NULL PRIMARY KEY, idx {integer} UNIQUE, c {blob} NOT NULL UNIQUE, salt {blob} NOT NULL,
        entry {blob} NOT NULL, promise {blob} NOT NULL)""",
    "CREATE INDEX sealed_pending ON sealed (n) WHERE idx IS NULL",
    """CREATE TABLE word (
        word TEXT NOT NULL, n {integer} NOT NULL, PRIMARY KEY (word, n)){clustered}""",
)
"""What the second version brought."""

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
    *SINCE_2,
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value {blob} NOT NULL)",
    """CREATE TABLE snapshot (
        one {integer} NOT NULL PRIMARY KEY CHECK (one = 1), size {integer} NOT NULL, state {blob} NOT NULL)""",
)
ALWAYS = frozenset(("entry", "act", "node", "checkpoint", "head", "object", "setting", "snapshot"))
"""The tables of every version."""
NAMES = ALWAYS | {"sealed", "word"}


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
        cursor.execute(in_dialect(sql, dialect))
    version = "INSERT INTO setting (name, value) VALUES (?, ?)".replace("?", dialect.placeholder)
    cursor.execute(version, (VERSION_SETTING, VERSION))


def in_dialect(table: str, dialect: Dialect) -> str:
    """A table's definition as one database wants it."""
    return table.format(integer=dialect.integer, blob=dialect.blob, clustered=dialect.clustered)


def require_version(names: set[str], version: bytes | None, known: Collection[bytes]) -> None:
    """NoStore if there are no tables, BadStore if they are not those of a store of a `known` version."""
    if not names:
        raise NoStore("此处没有库；新建须明示。", "There is no store here; creating one must be asked for.")
    if version is None or (version == VERSION and not names >= NAMES):
        raise BadStore("这不是公约的库。", "This database is not a gongyue store.")
    if version in known:
        return
    if version == FIRST:
        raise BadStore(
            "库的版本是 1，本程序用版本 2：请停下办公室的一切进程，先 gongyue backup，再 gongyue migrate。",
            "The store has schema version 1, this program works with 2: stop every process of the office, then run"
            " gongyue backup and gongyue migrate.",
        )
    if version == BETWEEN:
        raise BadStore(
            "库的升级（版本 1 到 2）没有做完：请再运行 gongyue migrate，它从中断处接着做。",
            "The store's migration from schema version 1 to 2 is not finished: run gongyue migrate again, it goes on"
            " where it ended.",
        )
    said = version.decode("utf-8", "replace")
    raise BadStore(
        f"库的版本是“{said}”，本程序只认到版本 2：库由更新的程序写成，请更新程序。",
        f"The store has schema version “{said}”, this program knows up to 2: a later program wrote it, so update this one.",
    )
