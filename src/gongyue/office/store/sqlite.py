"""The store in an SQLite file.

On pysqlite3, which brings its own SQLite: the one of the interpreter may be in the range of the WAL-reset corruption
bug (sqlite.org/wal.html#walresetbug; repaired in 3.51.3).
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import weakref
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from gongyue.office.store import BadStore, NoStore, Store
from gongyue.office.store.schema import Cursor, Dialect
from gongyue.office.store.sql import open_sql
from gongyue.office.store.write_lock import WriteLock

BUSY_SECONDS = 30.0
PRAGMAS = (
    "mmap_size = 0",  # a damaged file or a full disk is then an error, not a signal
    "fullfsync = ON",  # macOS: fsync alone does not reach the disk
    "wal_autocheckpoint = 4000",  # pages; 1000 cost a fifth of the speed of appending in groups
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
DAMAGED = (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB)

DIALECT = Dialect(
    placeholder="?",
    integer="INTEGER",
    blob="BLOB",
    clustered=" WITHOUT ROWID",
    table_names="SELECT name FROM sqlite_master WHERE type = 'table'",
)

_turns: defaultdict[Path, WriteLock] = defaultdict(WriteLock)


def open_sqlite(path: str | Path, create: bool = False, older: bool = False) -> Store:
    """Open the file; ``:memory:`` is a new store in a temporary file that goes with it.

    With ``create``, makes the store if there is no file or an empty one. NoStore if there is none, BadStore if the
    file is something else or damaged. Open it after forking, not before.
    """
    if str(path) == ":memory:":
        return _open_passing()
    place = Path(path).resolve()
    if create:
        _touch(place)
    elif not place.is_file():
        raise NoStore(f"没有这个库：{place}；新建须明示。", f"No store at {place}; creating one must be asked for.")
    return _open(_Sqlite(place, "FULL"), create, older)


def _open(engine: _Sqlite, create: bool, older: bool = False) -> Store:
    try:
        store = open_sql(engine, create, older)
        engine.use_wal()  # only now: a file that is no store stays as it is
        return store
    except BaseException:
        engine.close()
        raise


def _open_passing() -> Store:
    """A real file: in SQLite's own memory databases readers see, or wait for, the transaction being written."""
    directory = tempfile.mkdtemp(prefix="gongyue-")
    engine = _Sqlite(Path(directory) / "store", "OFF", "rwc")
    engine.remove = weakref.finalize(engine, shutil.rmtree, directory, True)
    return _open(engine, create=True)


def _touch(place: Path) -> None:
    """An empty file that only the owner may read: a store holds private objects and openings."""
    try:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


class _Sqlite:
    """Connections to one file: one that writes, and as many that read as there are reads at the same time."""

    dialect = DIALECT
    remove: weakref.finalize[Any, Any] | None = None

    def __init__(self, place: Path, synchronous: str, mode: str = "rw") -> None:
        self._uri, self._synchronous = f"{place.as_uri()}?mode={mode}", synchronous
        self._turn = _turns[place]
        self._idle: list[Any] = []
        self._closed = False
        with _damage_said():
            self._writer = self._connect()

    def _connect(self) -> Any:
        # Transactions are ours (isolation_level None); a connection is used by one thread at a time, not by one only.
        connection = dbapi2.connect(
            self._uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        for pragma in (f"synchronous = {self._synchronous}", *PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def use_wal(self) -> None:
        """Readers and the writer then do not wait for each other; the file remembers it. Restored backups may not."""
        with self._turn, _damage_said():
            (mode,) = self._waiting("PRAGMA journal_mode = WAL")
        if mode != "wal":
            raise BadStore(f"库文件不能用 WAL：{mode}。", f"The file cannot be used with a WAL, only with: {mode}.")

    def _waiting(self, pragma: str) -> Any:
        """A pragma's row. SQLite does not wait where two that read both ask to write, as two that open a new store do."""
        latest = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return self._writer.execute(pragma).fetchone()
            except dbapi2.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != dbapi2.SQLITE_BUSY or time.monotonic() > latest:
                    raise
                time.sleep(0.01)

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """See `schema.Engine`."""
        if self._closed:
            raise dbapi2.ProgrammingError("the store is closed")
        with _damage_said():
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._connect()
                connection.execute("PRAGMA query_only = ON")
            try:
                yield connection.cursor()
            finally:
                self._idle.append(connection)
                if self._closed:
                    self._close_idle()

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        """See `schema.Engine`. The turn comes first: SQLite's own lock is polled, and unfair among threads."""
        with self._turn, _damage_said():
            cursor = self._writer.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                cursor.close()  # a transaction kept beyond its end must not write on without one

    def close(self) -> None:
        """See `schema.Engine`. Waits for a transaction in progress; reads in progress close their own."""
        with self._turn:
            self._closed = True
            self._writer.close()
        self._close_idle()
        if self.remove:
            self.remove()

    def _close_idle(self) -> None:
        while self._idle:
            try:
                self._idle.pop().close()
            except IndexError:  # another thread took the last one
                return


@contextmanager
def _damage_said() -> Iterator[None]:
    try:
        yield
    except dbapi2.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code, without its extension
        if code not in DAMAGED:
            raise
        raise BadStore(f"库文件已损坏，或不是库：{error}。", f"The file is damaged or no store: {error}.") from error
