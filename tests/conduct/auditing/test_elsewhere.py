from __future__ import annotations

import os
import random
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gongyue.conduct.auditing.running import Request, audit
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import Authorisation
from gongyue.conduct.uses import Use
from tests.conduct.auditing.logs import GRANT, USE, expected, grant_row, judged, three_scopes_a_page, use_row, write
from tests.conduct.world import AUTHORISATIONS, uses_of, world, world_text

SERVER = os.environ.get("GONGYUE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
LOGS = st.lists(uses_of(1), min_size=20, max_size=80)
FEW = settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the promise of many purposes and recipients."""
    (tmp_path / "promise.toml").write_text(world_text(), "utf-8")
    return tmp_path


@pytest.fixture
def schema() -> Iterator[str]:
    """A schema of its own on the test server, dropped afterwards."""
    name = f"audit_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as link:
        link.execute(f"CREATE SCHEMA {name}".encode())
        yield name
        link.execute(f"DROP SCHEMA {name} CASCADE".encode())


def stored(table: str, uses: list[Use]) -> str:
    """A log as a table; its URL."""
    with psycopg.connect(SERVER) as link, link.cursor() as cursor:
        kinds = ", ".join(f"{name} {'bigint' if name == 'time' else 'text'}" for name in USE)
        cursor.execute(f"DROP TABLE IF EXISTS {table}".encode())
        cursor.execute(f"CREATE TABLE {table} (number bigserial PRIMARY KEY, {kinds})".encode())
        marks = ", ".join(["%s"] * len(USE))
        rows = [[use_row(use).get(name) for name in USE] for use in uses]
        cursor.executemany(f"INSERT INTO {table} ({', '.join(USE)}) VALUES ({marks})".encode(), rows)
    return f"{SERVER}#{table}"


def kept(grants: list[Authorisation]) -> list[Authorisation]:
    """Those that a ledger can hold."""
    return [g for g in grants if g.valid_to > g.valid_from]


def request(folder: Path, log: str, engine: str, out: Path | None) -> Request:
    """An audit of a log by an engine."""
    return Request(str(folder / "promise.toml"), str(folder / "grants.jsonl"), log, engine, out, folder / "work")


def compared(folder: Path, engine: str, log: str, uses: list[Use], grants: list[Authorisation]) -> None:
    """The engine's rows are the reference's, and its counts and failing rows the kernel's."""
    shutil.rmtree(folder / "work", ignore_errors=True)
    write(folder / "grants.jsonl", [grant_row(g) for g in grants], GRANT)
    found = audit(request(folder, log, engine, folder / "v.parquet"))
    assert judged(found, folder / "v.parquet") == expected(uses, grants, world())
    assert found.tally == audit(request(folder, log, "kernel", None)).tally


@pytest.mark.postgres
@FEW
@given(LOGS, AUTHORISATIONS)
def test_postgres_agrees_with_the_reference_row_by_row(
    folder: Path, schema: str, uses: list[Use], grants: list[Authorisation]
) -> None:
    """Within the database: verdict, nearest and all failures of every row, in order of the primary key."""
    compared(folder, "postgres", stored(f"{schema}.uses", uses), uses, kept(grants))


@pytest.mark.postgres
@FEW
@given(LOGS, st.lists(AUTHORISATIONS, min_size=2, max_size=3))
def test_postgres_agrees_where_much_spills_over(
    folder: Path, schema: str, uses: list[Use], many: list[list[Authorisation]]
) -> None:
    """Three scopes a page, more authorisations of one pair than a line holds."""
    grants = kept(list({g.id: g for some in many for g in some}.values()))
    with three_scopes_a_page():
        compared(folder, "postgres", stored(f"{schema}.uses", uses), uses, grants)


@pytest.mark.postgres
def test_postgres_times_subjects_and_bad_rows(folder: Path, schema: str) -> None:
    """Timestamps, spaces of every kind around a subject, an unknown verb: as the kernel reads them from the same table."""
    write(folder / "grants.jsonl", [grant_row(g) for g in drawn(random.Random(1), 40)[1]], GRANT)
    with psycopg.connect(SERVER) as link:
        table = f"{schema}.uses"
        link.execute(
            f"CREATE TABLE {table} (time timestamptz, action text, dataset text, subject text, purpose text, controller text)".encode()
        )
        rows = [("2023-11-14T22:13:20.000007Z", "view", "k0", "\u3000u1\t", "d3", "c"), ("infinity", "view", "k0", "u1", "d3", "c"),
                (None, "view", "k0", "u1", "d3", "c"), ("2023-11-14T22:13:20Z", "peek", "k0", "u1", "d3", "c"),
                ("2023-11-14T22:13:20.000007Z", "view", None, "u1", "d3", "c"), ("2023-11-15T06:13:20.000007+08", "view", "k0", "", "d3", " ")]  # fmt: skip
        with link.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} VALUES (%s, %s, %s, %s, %s, %s)".encode(), rows)
    log = f"{SERVER}#{table}"
    there = audit(request(folder, log, "postgres", folder / "p.parquet"))
    with psycopg.connect(SERVER) as link:
        link.execute(f"UPDATE {table} SET time = NULL WHERE time = 'infinity'".encode())
    here = audit(request(folder, log, "kernel", folder / "k.parquet"))
    assert there.tally.kinds == here.tally.kinds and there.tally.kinds[-1] == 4
    assert [bad.line for bad in there.tally.bad] == [2, 3, 4, 5] and "peek" in there.tally.bad[2].zh


@pytest.mark.postgres
def test_what_postgres_cannot_judge_is_told(folder: Path, schema: str) -> None:
    """Another kind of input, a column of a type whose reading is not certain, a table that is not there."""
    write(folder / "grants.jsonl", [], GRANT)
    log = write(folder / "uses.jsonl", [], USE)
    with psycopg.connect(SERVER) as link:
        link.execute(f"CREATE TABLE {schema}.uses (time text, action text, dataset text)".encode())
    for uses, says in (
        (str(log), "#TABLE"),
        (f"{SERVER}#{schema}.uses", "kernel"),
        (f"{SERVER}#{schema}.none", "none"),
    ):
        with pytest.raises(BadInput, match=says):
            audit(request(folder, uses, "postgres", None))


def drawn(rng: random.Random, n: int) -> tuple[list[Use], list[Authorisation]]:
    """Uses and authorisations from one seed, many of them."""
    uses, grants = [], {}
    kinds: dict[str, list[Any]] = {"uses": [], "grants": []}

    @settings(max_examples=n, database=None, derandomize=True, phases=(Phase.generate,))
    @given(LOGS, AUTHORISATIONS)
    def draw(some: list[Use], others: list[Authorisation]) -> None:
        kinds["uses"].append(some)
        kinds["grants"].append(others)

    draw()
    for some, others in zip(kinds["uses"], kinds["grants"], strict=True):
        uses += some
        grants |= {g.id: g for g in kept(others)}
    rng.shuffle(uses)
    return uses, list(grants.values())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_spark_on_a_multi_process_cluster_agrees_row_by_row(folder: Path) -> None:
    """Two workers in processes of their own: thousands of rows in three files, every row as the reference's."""
    from pyspark.sql import SparkSession

    uses, grants = drawn(random.Random(4), 150)
    log = folder / "log"
    log.mkdir()
    third = len(uses) // 3 + 1
    for i in range(3):
        write(log / f"part-{i}.parquet", [use_row(u) for u in uses[i * third : (i + 1) * third]], USE)
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "4").config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:
        compared(folder, "spark", str(log), uses, grants)
        pq.write_table(pa.table({"time": [1.5], "action": ["view"], "dataset": ["k0"]}), folder / "odd.parquet")
        with pytest.raises(BadInput, match="kernel"):
            audit(request(folder, str(folder / "odd.parquet"), "spark", None))
        with three_scopes_a_page():  # and where much spills over
            compared(folder, "spark", str(log), uses, grants)
    finally:
        spark.stop()
