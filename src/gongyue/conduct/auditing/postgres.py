"""The relational audit within PostgreSQL: the log stays where it is, the ledger is brought to it as temporary tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongyue.conduct.auditing.columns import SPACES
from gongyue.conduct.auditing.pushdown import FACTORS, NULL, OWN, PART, VALUE
from gongyue.conduct.auditing.sources import Source
from gongyue.conduct.findings import BadInput
from gongyue.conduct.instants import BEYOND, FIRST, UNITS, offset_of
from gongyue.conduct.tables import order_of, quoted, table_name
from gongyue.conduct.uses import Uses

_NUMBERS = frozenset({"smallint", "integer", "bigint"})
_NAMES = _NUMBERS | {"text", "character varying", "character", "name", "uuid", "USER-DEFINED"}
_KINDS = {pa.int64(): "bigint", pa.int32(): "integer", pa.bool_(): "boolean", pa.string(): "text"}

_COLUMNS = """
SELECT attname, CASE WHEN kind.typelem <> 0 AND kind.typlen = -1 THEN 'ARRAY'
    WHEN kind.typnamespace = 'pg_catalog'::regnamespace THEN format_type(kind.oid, NULL) ELSE 'USER-DEFINED' END
FROM pg_attribute JOIN pg_type AS said ON said.oid = atttypid
    JOIN pg_type AS kind ON kind.oid = CASE said.typtype WHEN 'd' THEN said.typbasetype ELSE said.oid END
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped"""
"""The columns of a table or a view of any kind and their types, as information_schema has them of some kinds."""


class Postgres:
    """One connection, whose temporary tables are gone with it."""

    name = dialect = "postgres"

    def __init__(self, uses: Source) -> None:
        if uses.table is None or uses.table.file is not None:
            raise BadInput(
                "postgres 引擎核对数据库里的表：--uses postgresql://…#表",
                "the postgres engine audits a table: --uses postgresql://…#TABLE",
            )
        import psycopg

        self._table = uses.table.name
        try:
            self._link = psycopg.connect(uses.table.url)
        except psycopg.Error as error:
            raise BadInput(f"连不上数据库：{error}", f"the database cannot be reached: {error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.rollback()
        self._link.close()

    def stage(self, uses: Uses) -> int:
        """A temporary view on the log, its rows numbered in the order of `order_of`."""
        self._execute("SET LOCAL jit = off")  # compiling the expression takes longer than judging a million rows
        name = table_name(self._table)
        kinds: dict[str, str] = dict(self._link.execute(_COLUMNS, (name,)).fetchall())
        columns = [
            f"row_number() OVER ({order_of(self._link, name)}) AS row",
            f"{_time(uses, kinds)} AS time",
            f"{_subject(uses, kinds)} AS subject",
        ]
        for factor, ours in FACTORS.items():
            columns.append(f"{_key(uses, kinds, ours)} AS {factor}")
        self._execute(f"CREATE TEMPORARY TABLE staged AS SELECT {', '.join(columns)} FROM {name}")  # noqa: S608 - quoted
        self._execute("ANALYZE staged")
        return int(next(self.rows("SELECT count(*) FROM staged"))[0])

    def upload(self, name: str, table: pa.Table) -> None:
        """A temporary table, by COPY."""
        columns = ", ".join(f"{quoted(field.name)} {_KINDS[field.type]}" for field in table.schema)
        self._execute(f"CREATE TEMPORARY TABLE {quoted(name)} ({columns})")
        self._copy(name, table)
        self._execute(f"ANALYZE {quoted(name)}")

    def lines(self, path: Path) -> None:
        """The ledger's lines, a row group at a time."""
        with pq.ParquetFile(path) as file:
            self.upload("lines", file.schema_arrow.empty_table())
            for group in range(file.num_row_groups):
                lines = file.read_row_group(group)
                never = pc.match_substring(lines.column("subject"), "\0")  # which no text of PostgreSQL holds
                self._copy("lines", lines.filter(pc.invert(never)))
        self._execute("ANALYZE lines")

    def keep(self, name: str, sql: str) -> None:
        """A temporary table."""
        self._execute(f"CREATE TEMPORARY TABLE {quoted(name)} AS {sql}")
        self._execute(f"ANALYZE {quoted(name)}")

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """By a cursor of the server's where there may be many."""
        with self._link.cursor() as cursor:
            cursor.execute(sql.encode())
            yield from cursor

    def place(self, row: int) -> tuple[str, int]:
        """A table is no file."""
        return "", row

    def sorted(self, sql: str, folder: Path) -> Iterator[pa.RecordBatch]:
        """A hundred thousand rows at a time."""
        names = ("row", "kind", "nearest", "failed", "of_terms")
        with self._link.cursor("gongyue_verdicts") as cursor:
            cursor.execute(f"SELECT {', '.join(names)} FROM ({sql}) AS told ORDER BY row".encode())  # noqa: S608 - ours
            while rows := cursor.fetchmany(100_000):
                columns = zip(*rows, strict=True)
                kinds = (pa.int64(), pa.int16(), pa.int64(), pa.int16(), pa.bool_())
                yield pa.record_batch([pa.array(c, k) for c, k in zip(columns, kinds, strict=True)], list(names))

    def _execute(self, sql: str) -> None:
        self._link.execute(sql.encode())

    def _copy(self, name: str, table: pa.Table) -> None:
        columns = ", ".join(quoted(n) for n in table.schema.names)
        with self._link.cursor() as cursor, cursor.copy(f"COPY {quoted(name)} ({columns}) FROM STDIN".encode()) as copy:
            for batch in table.to_batches(10_000):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    copy.write_row(row)


def _key(uses: Uses, kinds: dict[str, str], columns: tuple[str, ...]) -> str:
    parts = []
    for ours in columns:
        theirs = uses.columns[ours]
        kind = kinds.get(theirs)
        if kind is not None and kind not in _NAMES:
            raise unsuited(theirs, kind)
        value = f"replace({quoted(theirs)}::text, '{PART}', '{OWN}')"
        parts.append(f"'{NULL}'" if kind is None else f"coalesce('{VALUE}' || {value}, '{NULL}')")
    return f" || '{PART}' || ".join(parts)


def unsuited(column: str, kind: str) -> BadInput:
    """A column whose type only the engines on this machine read."""
    return BadInput(
        f"列 {column} 的类型是 {kind}，须用 --engine kernel", f"column {column} is of type {kind}; use --engine kernel"
    )


def _subject(uses: Uses, kinds: dict[str, str]) -> str:
    theirs = uses.columns["subject"]
    kind = kinds.get(theirs)
    if kind is None:
        return "NULL::text"
    if kind not in _NAMES:
        raise unsuited(theirs, kind)
    spaces = "".join(f"\\u{ord(c):04x}" for c in SPACES)
    return f"NULLIF(btrim({quoted(theirs)}::text, E'{spaces}'), '')"


def _time(uses: Uses, kinds: dict[str, str]) -> str:
    theirs = uses.columns["time"]
    kind, name = kinds.get(theirs), quoted(theirs)
    if kind is None:
        return "NULL::bigint"
    if kind in _NUMBERS:
        worth = UNITS[uses.unit]
        return f"CASE WHEN {name} BETWEEN {FIRST // worth} AND {BEYOND // worth - 1} THEN {name}::bigint * {worth} END"
    zoned = kind == "timestamp with time zone"
    if zoned or (kind == "timestamp without time zone" and uses.zone is not None):
        offset = 0 if zoned else offset_of(uses.zone)
        within = f"{name} >= {kind} '0001-01-01 00:00:00+00' AND {name} < {kind} '10000-01-01 00:00:00+00'"
        return f"CASE WHEN {within} THEN (extract(epoch FROM {name}) * 1000000)::bigint - {offset} END"
    raise unsuited(theirs, kind)
