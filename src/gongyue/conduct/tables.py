"""Tables of SQLite and PostgreSQL as inputs, their rows streamed: never more than a few thousand are held."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import Row, Unreadable

HELD = 10_000


class Table(msgspec.Struct, frozen=True):
    """A table or view: of the file of SQLite, or of the server of PostgreSQL at `url` where there is no file."""

    name: str
    url: str = ""
    file: Path | None = None

    def rows(self) -> Iterator[Row]:
        """Its rows, numbered from 1, in order of the primary key, else as they lie (`order_of`); BadInput."""
        return _postgres_rows(self.url, self.name) if self.file is None else _sqlite_rows(self.file, self.name)

    def names(self) -> list[str]:
        """The names of its columns; BadInput where there is no such table."""
        if self.file is not None:
            with _sqlite(self.file, self.name) as link:
                return [one[0] for one in link.execute(f"SELECT * FROM {quoted(self.name)} LIMIT 0").description]  # noqa: S608 - quoted
        with _postgres(self.url, self.name) as link:
            cursor = link.execute(f"SELECT * FROM {table_name(self.name)} LIMIT 0".encode())  # noqa: S608 - quoted
            return [one.name for one in cursor.description or ()]


def table_of(text: str) -> Table | None:
    """The table that an input names: sqlite:///FILE#TABLE or postgresql://…#TABLE; None for a path. BadInput for another URL,
    OSError where the file is not there."""
    if found := re.fullmatch(r"(postgres(?:ql)?://[^#]+)#(.+)", text):
        return Table(found[2], url=found[1])
    if found := re.fullmatch(r"sqlite:///([^#]+)#(.+)", text):
        file = Path(unquote(found[1]))
        file.stat()
        return Table(found[2], file=file)
    if "://" in text:
        scheme = text.partition("://")[0]
        web = scheme not in {"sqlite", "postgres", "postgresql"}
        raise BadInput(
            f"{redacted_url(text)}：{f'不读 {scheme}:// 的网址，网上的文件请先下载；' if web else ''}数据库写作 sqlite:///文件#表 或 postgresql://…#表",
            f"{redacted_url(text)}: {f'{scheme}:// is not read, download what is on the web; ' if web else ''}write a database as "
            "sqlite:///FILE#TABLE or postgresql://…#TABLE",
        )
    return None


def redacted_url(text: str) -> str:
    """An input as it may be shown: the URL of a server without user, password and parameters."""
    return (
        text
        if "://" not in text or text.startswith("sqlite:")
        else re.sub(r"\?[^#]*", "", re.sub(r"//[^/@]*@", "//", text))
    )


@contextmanager
def _sqlite(file: Path, table: str) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as link:
            link.text_factory = _text
            yield link
    except sqlite3.Error as error:
        raise _unread(table, error) from None


def _sqlite_rows(file: Path, table: str) -> Iterator[Row]:
    with _sqlite(file, table) as link:
        key = link.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (table,))
        order = ", ".join(quoted(name) for (name,) in key) or "rowid"
        cursor = link.execute(f"SELECT * FROM {quoted(table)} ORDER BY {order}")  # noqa: S608 - quoted
        yield from _rows([one[0] for one in cursor.description], cursor)


@contextmanager
def _postgres(url: str, table: str) -> Iterator[Any]:
    try:
        import psycopg
    except ImportError:
        raise BadInput("读 PostgreSQL 需安装 gongyue[postgres]", "PostgreSQL needs gongyue[postgres]") from None
    try:
        with psycopg.connect(url) as link:
            yield link
    except psycopg.Error as error:
        raise _unread(table, error) from None


def _postgres_rows(url: str, table: str) -> Iterator[Row]:
    """By a cursor of the server's."""
    with _postgres(url, table) as link, link.cursor("gongyue_rows") as cursor:
        link.execute("SET TIME ZONE 'UTC'")  # in which moments are written
        for kind in ("date", "time", "timetz", "timestamp", "timestamptz", "interval"):
            cursor.adapters.register_loader(kind, _moments())
        cursor.itersize = HELD
        name = table_name(table)
        cursor.execute(f"SELECT * FROM {name} {order_of(link, name)}".encode())  # noqa: S608 - quoted
        yield from _rows([one.name for one in cursor.description or ()], cursor)


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
