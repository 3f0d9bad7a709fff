"""The store in a PostgreSQL schema, on psycopg 3 with its pool (the extra ``postgres``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from gongyue.office.store import BadStore, Store
from gongyue.office.store.schema import Cursor, Dialect
from gongyue.office.store.sql import open_sql
from gongyue.office.store.write_lock import WriteLock

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

CONNECTIONS = 8  # at most, per process; one writes
WAIT = 10  # seconds for one of them; then the database is said to be away
LOCK_SECONDS = 30
NOT_INSTALLED = (
    "PostgreSQL 需要安装：pip install 'gongyue[postgres]'。 PostgreSQL needs: pip install 'gongyue[postgres]'."
)


def open_postgres(dsn: str, create: bool = False, schema: str = "gongyue", older: bool = False) -> Store:
    """Open the store in that schema of a database.

    With ``create``, makes schema and tables if there are none. NoStore if there is none, BadStore if the schema holds
    something else or the server cannot be reached, ImportError if psycopg is not installed,
    ValueError if the schema's name is not plain. Open it after forking, not before.
    """
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"a schema has a name of a-z, 0-9 and _, not {schema!r}")
    try:
        import psycopg
        import psycopg_pool
    except ImportError as error:
        raise ImportError(NOT_INSTALLED) from error

    def configure(connection: Connection[Any]) -> None:
        # READ COMMITTED: each statement after the append lock sees what the holder before committed.
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        connection.execute(f"SET search_path TO {schema}")
        connection.execute(f"SET lock_timeout TO '{LOCK_SECONDS}s'")
        # Acknowledged means durable; stricter modes (remote_apply) stay as the server has them.
        connection.execute("""SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') IN ('off', 'local')""")

    try:
        with psycopg.connect(dsn, autocommit=True):  # says at once, and why, if it cannot; the pool would try on and on
            pass
    except psycopg.OperationalError as error:
        raise _unreachable(*[" ".join(str(error).split())] * 2) from None
    except psycopg.ProgrammingError:  # its words repeat the address, which may hold a password
        raise _unreachable("地址不合格式", "its address is malformed") from None
    pool = psycopg_pool.ConnectionPool(
        dsn, min_size=1, max_size=CONNECTIONS, open=True, kwargs={"autocommit": True}, configure=configure,
        name=f"gongyue-{schema}", timeout=WAIT,
    )  # fmt: skip
    engine = _Postgres(pool, schema)
    try:
        return open_sql(engine, create, older)
    except BaseException:
        engine.close()
        raise


def _unreachable(zh: str, en: str) -> BadStore:
    return BadStore(
        f"连不上 PostgreSQL 数据库：{zh}。请看它是否在运行，并核对 office.toml 的 store（或 store_file、--store）。",
        f"The PostgreSQL database cannot be reached: {en}. See that it runs, and check store in office.toml (or"
        " store_file, --store).",
    )


def _dialect(schema: str) -> Dialect:
    return Dialect(
        placeholder="%s",
        integer="BIGINT",
        blob="BYTEA",
        clustered="",
        table_names="SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
        before_tables=(  # not IF NOT EXISTS: that asks for the right to create even where the schema is there
            f"""DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{schema}')
            THEN CREATE SCHEMA {schema}; END IF; END $$""",
        ),
    )


class _Postgres:
    """A pool of connections to one schema."""

    def __init__(self, pool: ConnectionPool, schema: str) -> None:
        self.dialect = _dialect(schema)
        self._pool, self._turn = pool, WriteLock()
        self._key = int.from_bytes(sha256(f"gongyue store {schema}".encode()).digest()[:8], "big", signed=True)

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """See `schema.Engine`."""
        with self._pool.connection() as connection, connection.cursor(binary=True) as cursor:
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        """See `schema.Engine`. The turn comes first: threads waiting for the lock would use up the pool."""
        with (
            self._turn,
            self._pool.connection() as connection,
            connection.transaction(),
            connection.cursor(binary=True) as cursor,
        ):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (self._key,))
            yield cursor

    def close(self) -> None:
        """See `schema.Engine`."""
        self._pool.close()
