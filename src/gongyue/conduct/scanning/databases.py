"""Databases: the tables of a SQLite or DuckDB file or of PostgreSQL, a sample of each or whole; read only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from gongyue.conduct.findings import BadInput
from gongyue.conduct.scanning.column_headers import unique_names
from gongyue.conduct.scanning.masking import shown_name, shown_path, valued
from gongyue.conduct.scanning.sources import ROWS, Log, Source, unreadable

SAMPLED = 10_000
"""Rows looked at in each table where nothing else is asked for."""
COUNTED = 10_000_000
"""Rows up to which a table of a server is counted; beyond it the server's estimate has to do."""
AS_WRITTEN = ("date", "time", "timetz", "timestamp", "timestamptz", "interval", "numeric", "json", "jsonb")
"""Types of a server whose values are taken as it writes them: Python has no infinite day, and none before the year 1."""
SPOILT = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What sqlite3 raises for a damaged file; names of columns and messages it decodes itself."""
GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, modulo 1, lie evenly, also those of every third number, or every fifteenth."""


def sqlite(path: Path, log: Log, sample: int | None) -> Iterator[Source]:
    """The tables of a SQLite file; `sample` rows spread over each, None for all."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as link:
        link.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            tables = _tables(link, str(path), log)
        except SPOILT as error:
            why = _why(error)
            raise unreadable(
                str(path), f"不是完好的 SQLite 数据库（{why}）", f"not a sound SQLite database ({why})"
            ) from None
        if _cut_off(path):
            said = (
                "文件比它自己说的短（被截断？），缺的部分没有看",
                "the file is shorter than it says (cut off?); what it lacks was not looked at",
            )
            log.lost(str(path), *said)
        for table, shown in zip(tables, unique_names(map(shown_path, tables)), strict=True):
            batches = partial(_sqlite, link, table, f"{path}:{shown}", log, sample)
            rows = partial(_sqlite_rows, link, table)
            yield Source(table, f"{path}:{shown}", batches, of=rows, names=valued(table), shown=shown)


def _cut_off(path: Path) -> bool:
    """Whether a SQLite file ends within a page: SQLite reads zeros for the rest, and finds whole pages that are missing itself."""
    with path.open("rb") as stream:
        page = int.from_bytes(stream.read(18)[16:], "big")
    return path.stat().st_size % (1 << 16 if page == 1 else max(page, 1)) > 0


def _why(error: Exception) -> str:
    """What a database said, the values in it masked: it quotes names, and what it could not read."""
    return shown_name(" ".join(str(error).split()))


def _tables(link: sqlite3.Connection, path: str, log: Log) -> list[str]:
    """The names of the tables; views are left aside, and what the schema holds and should not, or does not hold, is told."""
    held = [(_shown(kind), _shown(name) or "") for kind, name in link.execute("SELECT type, name FROM sqlite_master")]
    for kind, name in sorted(held, key=lambda part: part[1]):
        if kind == "view":
            log.skipped.append(f"{path}:{shown_path(name)}")
        if kind not in {"table", "index", "view", "trigger"}:
            log.lost(
                f"{path}:{shown_name(name)}",
                "目录损坏：不知是不是表",
                "the schema is damaged: no telling whether it is a table",
            )
    if not held and _filled(link):
        log.lost(path, "有数据页，但目录里没有表", "there are pages of data, but no table in the schema")
    return sorted(name for kind, name in held if kind == "table" and not name.startswith("sqlite_"))


def _filled(link: sqlite3.Connection) -> bool:
    """Whether pages hold something beside the first, which holds the schema, and those that say where pages belong."""
    pages, free, maps = (
        int(link.execute(f"PRAGMA {of}").fetchone()[0]) for of in ("page_count", "freelist_count", "auto_vacuum")
    )
    return pages - free > 1 + (1 + pages // 100 if maps else 0)


def _sqlite(link: sqlite3.Connection, table: str, where: str, log: Log, sample: int | None) -> Iterator[dict[str, Any]]:
    quoted = '"' + table.replace('"', '""') + '"'
    query = f"SELECT * FROM {quoted}"  # noqa: S608 (the name is quoted)
    try:
        if sample is not None:
            query += _spread(link, quoted, sample)
        cursor = link.execute(query)
        yield from _fetched(cursor)
    except SPOILT as error:
        log.lost(where, f"表读不出（{_why(error)}）", f"the table cannot be read ({_why(error)})")


def _sqlite_rows(link: sqlite3.Connection, table: str) -> int | None:
    quoted = '"' + table.replace('"', '""') + '"'
    try:
        return int(link.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # noqa: S608 (the name is quoted)
    except SPOILT:
        return None


def _spread(link: sqlite3.Connection, quoted: str, sample: int) -> str:
    """A row of each of `sample` equal parts of a table, whatever its keys are, and in step with no rhythm of its rows; the
    first ones of a table that cannot be counted."""
    try:
        (rows,) = link.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608
    except SPOILT:
        return f" LIMIT {sample}"
    if rows <= sample:
        return ""
    numbers = count()

    def chosen() -> bool:
        row = next(numbers)
        part = row * sample // rows
        begin, end = (-(-place * rows // sample) for place in (part, part + 1))
        return bool(row == begin + int(part * GOLDEN % 1 * (end - begin)))

    link.create_function("gongyue_row", 0, chosen)
    return f" WHERE gongyue_row() LIMIT {sample}"


def _fetched(cursor: Any) -> Iterator[dict[str, Any]]:
    names: list[str] = []
    while rows := cursor.fetchmany(ROWS):
        names = names or unique_names(part[0] for part in cursor.description)
        yield {name: pa.array([_shown(row[i]) for row in rows], pa.large_string()) for i, name in enumerate(names)}


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def ducks(path: Path, log: Log, sample: int | None) -> Iterator[Source]:
    """The tables of a DuckDB file; `sample` rows spread over each, None for all; views are left aside. It reads no other file."""
    import duckdb

    try:
        link = duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false", "threads": "1"})
        held = link.execute(
            "SELECT schema_name, table_name, true FROM duckdb_tables() WHERE NOT internal UNION ALL"
            " SELECT schema_name, view_name, false FROM duckdb_views() WHERE NOT internal ORDER BY 1, 2"
        ).fetchall()
    except duckdb.Error as error:
        why = _why(error)
        raise unreadable(
            str(path),
            f"不是完好的 DuckDB 数据库，或正被占用（{why}）",
            f"not a sound DuckDB database, or in use ({why})",
        ) from None
    with link:
        log.skipped += [f"{path}:{shown_path(called(*part[:2]))}" for part in held if not part[2]]
        tables = [part[:2] for part in held if part[2]]
        names = [called(*part) for part in tables]
        for part, table, shown in zip(tables, names, unique_names(map(shown_path, names)), strict=True):
            quoted = ".".join('"' + word.replace('"', '""') + '"' for word in part)
            batches = partial(_duck, link, quoted, f"{path}:{shown}", log, sample)
            rows = partial(_duck_rows, link, quoted)
            yield Source(table, f"{path}:{shown}", batches, of=rows, names=valued(table), shown=shown)


def _duck(link: Any, quoted: str, where: str, log: Log, sample: int | None) -> Iterator[dict[str, Any]]:
    import duckdb

    part = "" if sample is None else f" USING SAMPLE reservoir({sample} ROWS) REPEATABLE (1)"
    try:
        for batch in link.execute(f"SELECT * FROM {quoted}{part}").to_arrow_reader(ROWS):  # noqa: S608 (quoted)
            yield dict(zip(unique_names(batch.schema.names), batch.columns, strict=True))
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        log.lost(where, f"表读不出（{_why(error)}）", f"the table cannot be read ({_why(error)})")


def _duck_rows(link: Any, quoted: str) -> int | None:
    import duckdb

    try:
        return int(link.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # noqa: S608 (quoted)
    except duckdb.Error:
        return None


def postgres(url: str, log: Log, sample: int | None) -> Iterator[Source]:
    """The tables of a PostgreSQL database that its user may read; `sample` rows spread over each, None for all; views are left
    aside."""
    try:
        import psycopg
        from psycopg.types.string import TextLoader
    except ImportError:
        raise BadInput("读 PostgreSQL 须装 gongyue[postgres]", "PostgreSQL needs gongyue[postgres]") from None
    place = shown_url(url)
    try:
        link = psycopg.connect(url, autocommit=False, options="-c default_transaction_read_only=on -c datestyle=ISO")
        for kind in AS_WRITTEN:
            link.adapters.register_loader(kind, TextLoader)
        with link.cursor() as cursor:
            cursor.execute(
                "SELECT n.nspname, c.relname, greatest(c.reltuples, 0)::bigint, c.relkind = 'v' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.relkind IN ('r', 'p', 'm', 'f', 'v') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
                " AND n.nspname NOT LIKE 'pg_toast%' AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1, 2"
            )
            held = cursor.fetchall()
    except psycopg.Error as error:
        raise unreadable(
            place, f"连不上或读不了（{_why(error)}）", f"cannot be connected to or read ({_why(error)})"
        ) from None
    with link:
        tables = [part[:3] for part in held if not part[3]]
        log.skipped += [f"{place}:{shown_path(called(*part[:2]))}" for part in held if part[3]]
        names = [called(schema, table) for schema, table, _ in tables]
        for (schema, table, rows), name, shown in zip(tables, names, unique_names(map(shown_path, names)), strict=True):
            part, where = (schema, table, int(rows)), f"{place}:{shown}"
            batches = partial(_postgres, link, part, where, log, sample)
            yield Source(name, where, batches, of=partial(_postgres_rows, link, part), names=valued(name), shown=shown)


def called(schema: str, table: str) -> str:
    """A table by its schema, where it is not in the one that everything is in."""
    return table if schema in ("public", "main") else f"{schema}.{table}"


def shown_url(url: str) -> str:
    """The URL of a database as it may be shown: without its user and password."""
    return f"postgresql://{urlsplit(url).hostname or ''}{urlsplit(url).path}"


def _postgres_rows(link: Any, part: tuple[str, str, int]) -> int | None:
    """The server's own estimate for a large table, counted for others."""
    import psycopg
    from psycopg import sql

    schema, table, rows = part
    if rows > COUNTED:
        return rows
    try:
        with link.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table)))
            found = int(cursor.fetchone()[0])
        link.rollback()
        return found
    except psycopg.Error:
        link.rollback()
        return None


def _postgres(
    link: Any, part: tuple[str, str, int], where: str, log: Log, sample: int | None
) -> Iterator[dict[str, Any]]:
    import psycopg
    from psycopg import sql

    schema, table, rows = part
    query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, table))
    held = None if sample is None else _postgres_rows(link, part)
    if sample is not None and (held is None or held > sample):
        if rows > 20 * sample:
            way = sql.SQL("BERNOULLI" if rows <= COUNTED else "SYSTEM")  # row by row, or pages, which costs less
            query += sql.SQL(" TABLESAMPLE {} ({}) REPEATABLE (1)").format(way, sql.Literal(200.0 * sample / rows))
        query += sql.SQL(" ORDER BY random() LIMIT {}").format(sql.Literal(sample))
    try:
        link.execute("SELECT setseed(0.5)")  # the same rows in every run
        with link.cursor(name="gongyue_scan") as cursor:
            cursor.itersize = ROWS
            cursor.execute(query)
            yield from _fetched(cursor)
        link.rollback()
    except psycopg.Error as error:
        link.rollback()
        log.lost(where, f"表读不出（{_why(error)}）", f"the table cannot be read ({_why(error)})")
