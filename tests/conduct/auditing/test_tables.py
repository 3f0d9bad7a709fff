"""Tables and views of PostgreSQL: the engine within the database reads of them what the kernel reads, in the same order."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.pushdown import values_of_key
from gongyue.conduct.auditing.run_inputs import Request
from tests.conduct.auditing.test_audit import GRANT, USE, lines
from tests.conduct.auditing.test_pushdown import SERVER, schema
from tests.conduct.world import EXAMPLE
from tests.office.store.places import to_server

__all__ = ["schema"]
ENGINES = ("kernel", "duckdb", "postgres")
COLUMNS = "time timestamptz, action text, dataset text, subject text, purpose text"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with the example's promise and one authorisation."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    lines(tmp_path / "auth.jsonl", [GRANT])
    return tmp_path


def verdicts(folder: Path, table: str, engine: str) -> list[str]:
    """The verdicts row by row, by an engine."""
    out = folder / "v.parquet"
    asked = [str(folder / name) for name in ("promise.toml", "auth.jsonl")]
    found = audit(Request(*asked, f"{SERVER}#{table}", engine, out, folder / "work"))
    assert found.tally == audit(Request(*asked, f"{SERVER}#{table}", "kernel", None, folder / "work")).tally
    return list(pq.read_table(out).column("verdict").to_pylist())


def filled(table: str, rows: list[dict[str, str | None]], *more: str) -> None:
    """Make a table with these rows, and whatever else."""
    with to_server() as link, link.cursor() as cursor:
        for statement in more:
            cursor.execute(statement.encode())
        names = [name.split()[0] for name in COLUMNS.split(", ")]
        insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES (%s, %s, %s, %s, %s)"
        cursor.executemany(insert.encode(), [[row[name] for name in names] for row in rows])


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["VIEW", "MATERIALIZED VIEW"])
def test_views_are_read_as_tables_are(given: Path, schema: str, engine: str, kind: str) -> None:
    """In their own order; a domain and an enum are names there too."""
    view, rows = f"{schema}.seen", [USE, USE | {"purpose": "marketing"}, USE | {"subject": None}]
    filled(f"{schema}.log", rows, f"CREATE TABLE {schema}.log (number serial, {COLUMNS})")
    with to_server() as link:
        link.execute(f"CREATE DOMAIN {schema}.verb AS text".encode())
        link.execute(f"CREATE TYPE {schema}.known AS ENUM ('delivery', 'marketing')".encode())
        link.execute(
            f"CREATE {kind} {view} AS SELECT time, action::{schema}.verb, dataset::varchar(20), subject,"
            f" purpose::{schema}.known FROM {schema}.log ORDER BY number DESC".encode()
        )
    assert verdicts(given, view, engine) == ["SUBJECT_UNKNOWN", "PURPOSE", "OK"]


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ENGINES)
def test_partitions_without_a_key_follow_one_another(given: Path, schema: str, engine: str) -> None:
    """In the order in which they were made, rows of each as they lie."""
    parts = [
        f"CREATE TABLE {schema}.{name} PARTITION OF {schema}.log FOR VALUES IN ('{subject}')"
        for name, subject in (("second", "u-none"), ("first", "u-jia"))
    ]
    filled(
        f"{schema}.log",
        [USE, USE | {"subject": "u-none"}, USE | {"purpose": "marketing"}] * 2,
        f"CREATE TABLE {schema}.log ({COLUMNS}) PARTITION BY LIST (subject)",
        *parts,
    )
    assert verdicts(given, f"{schema}.log", engine) == ["NO_AUTH", "NO_AUTH", "OK", "PURPOSE", "OK", "PURPOSE"]


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ENGINES)
def test_control_characters_of_names_are_what_they_are_everywhere(given: Path, schema: str, engine: str) -> None:
    """U+001F at an end is a blank; within a name it makes another name, and behind it may stand what parts names here."""
    rows = [USE | {"purpose": "\x1fdelivery\x1f"}, USE | {"purpose": "deli\x1fvery"}, USE | {"action": "SELECT\x1f"},
            USE | {"dataset": "shop.orders\x1f"}, USE | {"dataset": "\x1f=shop\x1f~orders"}, USE | {"action": "\x1f+"},
            USE | {"purpose": "\x1f"}, USE | {"dataset": "\x1f"}]  # fmt: skip
    filled(f"{schema}.log", rows, f"CREATE TABLE {schema}.log ({COLUMNS})")
    assert verdicts(given, f"{schema}.log", engine) == [
        "OK", "PURPOSE_UNKNOWN", "OK", "OK", "SCOPE", "UNPARSED", "PURPOSE_UNKNOWN", "UNPARSED",
    ]  # fmt: skip


def test_values_are_told_apart_whatever_they_hold() -> None:
    """What parts them, also within them, at an end, behind itself."""
    assert values_of_key("=a\x1f~\x1f=\x1f=\x1f+=\x1f++\x1f=~\x1f=\x1f+") == ["a", None, "", "\x1f=\x1f+", "~", "\x1f"]


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ENGINES)
def test_a_subject_that_no_text_of_postgresql_can_be_stops_nothing(given: Path, schema: str, engine: str) -> None:
    """An authorisation of a subject with U+0000 is nobody's there; the others are judged by theirs."""
    lines(given / "auth.jsonl", [GRANT | {"subject": "u\0jia"}, GRANT, *[GRANT | {"subject": "\0"}] * 9])
    filled(
        f"{schema}.log",
        [USE, USE | {"subject": "ujia"}, USE | {"subject": "u"}],
        f"CREATE TABLE {schema}.log ({COLUMNS})",
    )
    assert verdicts(given, f"{schema}.log", engine) == ["OK", "NO_AUTH", "NO_AUTH"]
