"""Rows of a table of SQLite or PostgreSQL, streamed: never more than a few thousand are held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import Row, Unreadable

HELD = 10_000


def sqlite_rows(path: Path, table: str) -> Iterator[Row]:
    """The rows in order of rowid, or of the primary key where there is none; OSError or BadInput."""
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as link:
            link.text_factory = _text
            key = [
                r[1] for r in sorted(link.execute("SELECT * FROM pragma_table_info(?)", (table,)), key=_rank) if r[5]
            ]
            order = ", ".join(map(quoted, key)) or "rowid"
            cursor = link.execute(f"SELECT * FROM {quoted(table)} ORDER BY {order}")  # noqa: S608 - quoted
            yield from _rows([d[0] for d in cursor.description], cursor)
    except sqlite3.Error as error:
        raise _unread(table, error) from None


def sqlite_names(path: Path, table: str) -> list[str]:
    """The names of a table's columns; BadInput where there is no such table."""
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as link:
            cursor = link.execute(f"SELECT * FROM {quoted(table)} LIMIT 0")  # noqa: S608 - quoted
            return [column[0] for column in cursor.description]
    except sqlite3.Error as error:
        raise _unread(table, error) from None


def _rank(row: Sequence[Any]) -> int:
    return int(row[5])


def postgres_rows(url: str, table: str) -> Iterator[Row]:
    """The rows in the order of `order_of`, by a cursor of the server's; BadInput."""
    try:
        import psycopg
    except ImportError:
        raise BadInput("读 PostgreSQL 需安装 gongyue[postgres]", "PostgreSQL needs gongyue[postgres]") from None
    try:
        with psycopg.connect(url) as link, link.cursor("gongyue_audit") as cursor:
            link.execute("SET TIME ZONE 'UTC'")  # in which moments are written
            for kind in ("date", "time", "timetz", "timestamp", "timestamptz", "interval"):
                cursor.adapters.register_loader(kind, _moments())
            cursor.itersize = HELD
            name = table_name(table)
            cursor.execute(f"SELECT * FROM {name} {order_of(link, name)}".encode())  # noqa: S608 - quoted
            yield from _rows([d.name for d in cursor.description or ()], cursor)
    except psycopg.Error as error:
        raise _unread(table, error) from None


@cache
def _moments() -> type[Any]:
    """Reads moments, and what Python has none of (infinity, a year of five digits, one before Christ) as it is written."""
    import psycopg
    from psycopg.abc import AdaptContext, Buffer
    from psycopg.adapt import Loader

    class Moments(Loader):
        def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
            super().__init__(oid, context)
            usual = psycopg.adapters.get_loader(oid, self.format)
            assert usual is not None
            self._usual = usual(oid, context)

        def load(self, data: Buffer) -> Any:
            try:
                return self._usual.load(data)
            except psycopg.DataError:
                return bytes(data).decode()

    return Moments


def postgres_names(url: str, table: str) -> list[str]:
    """The names of a table's columns; BadInput where there is no such table."""
    try:
        import psycopg
    except ImportError:
        raise BadInput("读 PostgreSQL 需安装 gongyue[postgres]", "PostgreSQL needs gongyue[postgres]") from None
    try:
        with psycopg.connect(url) as link:
            cursor = link.execute(f"SELECT * FROM {table_name(table)} LIMIT 0".encode())  # noqa: S608 - quoted
            return [column.name for column in cursor.description or ()]
    except psycopg.Error as error:
        raise _unread(table, error) from None


def table_name(table: str) -> str:
    """A table's name, with its schema where one is stated, quoted."""
    return ".".join(map(quoted, table.split(".")))


def order_of(link: Any, name: str) -> str:
    """ORDER BY the primary key, else as rows lie, one partition after the other; nothing for a view, which has its own order."""
    keys = link.execute(
        "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) "
        "WHERE indrelid = to_regclass(%s) AND indisprimary ORDER BY array_position(indkey::int2[], attnum)", (name,)
    ).fetchall()  # fmt: skip
    if keys:
        return "ORDER BY " + ", ".join(quoted(key) for (key,) in keys)
    stored = link.execute("SELECT FROM pg_class WHERE oid = to_regclass(%s) AND relkind IN ('r', 'p', 'm')", (name,))
    return "ORDER BY tableoid, ctid" if stored.fetchone() is not None else ""


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _rows(names: list[str], rows: Any) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield number, dict(zip(names, map(_plain, row), strict=True))


def _text(raw: bytes) -> str | Unreadable:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return Unreadable()


_KEPT = (str, int, float, bool, list, dict, bytes, datetime, date, Unreadable, type(None))


def _plain(value: Any) -> Any:
    """What a row of Parquet could hold; anything else (a UUID) as it is written."""
    return value if isinstance(value, _KEPT) else str(value)


def _unread(table: str, error: Exception) -> BadInput:
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return BadInput(f"读不出表 {table}：{said}", f"table {table} cannot be read: {said}")
