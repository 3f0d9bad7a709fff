from __future__ import annotations

import errno
import json
import random
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyspark.errors import PythonException

from gongyue.conduct.auditing import pushdown
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.index import Index
from gongyue.conduct.auditing.packed_ledger import TooMany
from gongyue.conduct.auditing.pushdown import packed_of
from gongyue.conduct.auditing.run_inputs import Request, open_inputs
from gongyue.conduct.auditing.spark import Spark, SparkKernel
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import Authorisation
from gongyue.conduct.instants import AFTER, EARLIEST, SECOND
from gongyue.conduct.uses import Use
from tests.conduct.auditing.logs import GRANT, USE, expected, grant_row, judged, three_scopes_a_page, use_row, write
from tests.conduct.world import AUTHORISATIONS, uses_of, world, world_text
from tests.office.store.places import SERVER, to_server

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
    with to_server(autocommit=True) as link:
        link.execute(f"CREATE SCHEMA {name}".encode())
        yield name
        link.execute(f"DROP SCHEMA {name} CASCADE".encode())


def stored(table: str, uses: list[Use]) -> str:
    """A log as a table; its URL."""
    with to_server() as link, link.cursor() as cursor:
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
    with to_server() as link:
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
    with to_server() as link:
        link.execute(f"UPDATE {table} SET time = NULL WHERE time = 'infinity'".encode())
    here = audit(request(folder, log, "kernel", folder / "k.parquet"))
    assert there.tally.kinds == here.tally.kinds and there.tally.kinds[-1] == 4
    assert [bad.line for bad in there.tally.bad] == [2, 3, 4, 5] and "peek" in there.tally.bad[2].zh


@pytest.mark.postgres
def test_all_rows_set_aside_stand_beside_the_verdicts(
    folder: Path, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many more than a result carries; of an earlier audit none is left where there are none."""
    monkeypatch.setattr(pushdown, "SHOWN", 3)
    write(folder / "grants.jsonl", [grant_row(g) for g in drawn(random.Random(1), 40)[1]], GRANT)
    table, aside = f"{schema}.uses", folder / "v.parquet.quarantine.jsonl"
    with to_server() as link:
        link.execute(
            f"CREATE TABLE {table} (number int PRIMARY KEY, time timestamptz, action text, dataset text)".encode()
        )
        link.execute(f"INSERT INTO {table} SELECT n, '2023-11-14', 'peek', 'k0' FROM generate_series(1, 5) n".encode())
    found = audit(request(folder, f"{SERVER}#{table}", "postgres", folder / "v.parquet"))
    told = [json.loads(line) for line in aside.read_bytes().splitlines()]
    assert len(found.tally.bad) == 3 and [bad["line"] for bad in told] == [1, 2, 3, 4, 5] and "peek" in told[4]["zh"]
    with to_server() as link:
        link.execute(f"UPDATE {table} SET action = 'view'".encode())
    audit(request(folder, f"{SERVER}#{table}", "postgres", folder / "v.parquet"))
    assert not aside.exists()


@pytest.mark.postgres
def test_a_full_disk_leaves_no_half_of_what_the_database_answered(
    folder: Path, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place is named, and nothing is left there."""
    uses, grants = drawn(random.Random(2), 40)
    write(folder / "grants.jsonl", [grant_row(g) for g in grants], GRANT)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pushdown, "batch_of", full)
    with pytest.raises(BadInput, match="磁盘已满") as told:
        audit(request(folder, stored(f"{schema}.uses", uses), "postgres", folder / "v.parquet"))
    assert str(folder / "v.parquet") in told.value.en and not list(folder.glob("v.parquet*"))


WEST = world_text().replace("[[policy]]", '[columns.uses]\ntime_zone = "-08:00"\n[[policy]]', 1)
FAR = ("infinity", "-infinity", "10000-01-01 00:00:00+00", "0001-12-31 23:59:59+00 BC", None)


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["timestamptz", "timestamp"])
@pytest.mark.parametrize("engine", ["postgres", "kernel", "duckdb"])
def test_moments_that_are_none_are_set_aside_wherever_the_table_is_read(
    folder: Path, schema: str, engine: str, kind: str
) -> None:
    """Infinities and years that ISO 8601 does not write: those rows alone; the first and last instants are judged. A column
    that nobody reads may hold any."""
    (folder / "promise.toml").write_text(WEST, "utf-8")
    write(folder / "grants.jsonl", [], GRANT)
    good = ("9999-12-31 23:59:59.999999+00", "0001-01-01 00:00:00+00", "2023-11-14 22:13:20+00")
    with to_server() as link, link.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {schema}.uses (time {kind}, action text, dataset text, subject text, seen date)".encode()
        )
        rows = [
            (time, "view", "k0", "u1", seen)
            for time, seen in zip([*FAR, *good], [*["infinity", "9999-12-31"] * 4], strict=True)
        ]
        cursor.executemany(f"INSERT INTO {schema}.uses VALUES (%s, %s, %s, %s, %s)".encode(), rows)
    found = audit(request(folder, f"{SERVER}#{schema}.uses", engine, folder / "v.parquet"))
    verdicts = pq.read_table(folder / "v.parquet").column("verdict").to_pylist()
    assert [kind == "UNPARSED" for kind in verdicts] == [True] * 5 + [False] * 3
    assert [bad.line for bad in found.tally.bad] == [1, 2, 3, 4, 5] and all(
        bad.zh and bad.en for bad in found.tally.bad
    )
    offset = 0 if kind == "timestamptz" else 8 * 3600 * SECOND
    assert (found.tally.first, found.tally.last) == (EARLIEST + offset, AFTER - 1 + offset)


@pytest.mark.postgres
def test_authorisations_of_a_table_may_have_ends_that_never_come(folder: Path, schema: str) -> None:
    """infinity and null are no end; what else is no instant sets its row aside, and uses that rest on it are not allowed."""
    rows = [("u1", "2023-11-14 22:13:20+00", "infinity", "infinity"), ("u2", "2023-11-14 22:13:20+00", None, None),
            ("u3", "2023-11-14 22:13:20+00", "-infinity", None), ("u4", "2023-11-14 22:13:20+00", "10000-01-01 00:00:00+00", None),
            ("u5", "infinity", None, None), ("u6", "-infinity", None, None), ("u7", "2023-11-14 22:13:20+00", None, "-infinity"),
            ("u8", "2023-11-14 22:13:20+00", "9999-12-31 23:59:59+00", "infinity")]  # fmt: skip
    with to_server() as link, link.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {schema}.grants (subject text, valid_from timestamptz, valid_to timestamptz, revoked_at timestamptz,"
            " purposes text, categories text, actions text)".encode()
        )
        cursor.executemany(f"INSERT INTO {schema}.grants VALUES (%s, %s, %s, %s, 'a', 'k0', 'view')".encode(), rows)
    use = {"time": "9999-12-31T00:00:00Z", "action": "view", "category": "k0", "purpose": "a"}
    write(folder / "uses.jsonl", [use | {"subject": f"u{n}"} for n in range(1, 9)], USE)
    asked = Request(str(folder / "promise.toml"), f"{SERVER}#{schema}.grants", str(folder / "uses.jsonl"), "kernel",
                    folder / "v.parquet", folder / "work")  # fmt: skip
    found = audit(asked)
    verdicts = pq.read_table(folder / "v.parquet").column("verdict").to_pylist()
    assert verdicts == ["OK", "OK", *["NO_AUTH"] * 5, "OK"]
    assert found.unread == 5 and [bad.line for bad in found.unread_rows] == [3, 4, 5, 6, 7]
    assert not list((folder / "work").iterdir())  # nothing of a table is kept


@pytest.mark.postgres
def test_what_postgres_cannot_judge_is_told(folder: Path, schema: str) -> None:
    """Another kind of input, a column of a type whose reading is not certain, a table that is not there."""
    write(folder / "grants.jsonl", [], GRANT)
    log = write(folder / "uses.jsonl", [], USE)
    with to_server() as link:
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


def far_moments(folder: Path, engine: str, kind: pa.DataType) -> None:
    """Of two files whose order is not that of their names' letters: the rows that Spark sets aside are the kernel's."""
    (folder / "promise.toml").write_text(WEST, "utf-8")
    times = pa.array([EARLIEST - 1, EARLIEST, AFTER - 1, AFTER, (1 << 63) - 1], kind)
    for name, action in (("dataset=k0", "view"), ("dataset=k0-1", "peek")):
        (folder / "far" / name).mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table({"time": times, "action": [action] * 5}), folder / "far" / name / "part.parquet")
    there, here = (
        audit(request(folder, str(folder / "far"), name, folder / f"{name}.parquet")) for name in (engine, "kernel")
    )
    assert judged(there, folder / f"{engine}.parquet") == judged(here, folder / "kernel.parquet")
    where = [("dataset=k0/part.parquet", line) for line in (1, 4, 5)] + [
        ("dataset=k0-1/part.parquet", line) for line in range(1, 6)
    ]
    for found in (there, here):
        assert [(bad.file, bad.line) for bad in found.tally.bad] == where
    assert (there.tally.first, there.tally.last) == (here.tally.first, here.tally.last)


@pytest.mark.slow(180)
@pytest.mark.filterwarnings("ignore")
def test_spark_on_a_multi_process_cluster_agrees_row_by_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers in processes of their own: thousands of rows in three files, every row as the reference's; by the
    expression, and by the kernel on the executors."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    # Five Java processes that live for a minute: they compile and collect on cores that others need, to no gain of theirs.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    from pyspark.sql import SparkSession

    uses, grants = drawn(random.Random(4), 150)
    log = folder / "log"
    log.mkdir()
    third = len(uses) // 3 + 1
    for i in range(3):
        write(log / f"part-{i}.parquet", [use_row(u) for u in uses[i * third : (i + 1) * third]], USE, group=50)
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.shuffle.partitions", "4").config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:
        compared(folder, "spark", str(log), uses, grants)
        compared(folder, "spark-kernel", str(log), uses, grants)
        pq.write_table(pa.table({"time": [1.5], "action": ["view"], "dataset": ["k0"]}), folder / "odd.parquet")
        with pytest.raises(BadInput, match="kernel"):
            audit(request(folder, str(folder / "odd.parquet"), "spark", None))
        with three_scopes_a_page():  # and where much spills over
            compared(folder, "spark", str(log), uses, grants)
        for engine in ("spark", "spark-kernel"):
            for kind in (pa.timestamp("us", "UTC"), pa.timestamp("us")):
                far_moments(folder, engine, kind)
    finally:
        spark.stop()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ModuleNotFoundError: No module named 'pyarrow'", True),
        ("[PYTHON_VERSION_MISMATCH] 3.12", True),
        ("other", False),
    ],
)
def test_executors_whose_python_lacks_the_kernel_are_told_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, said: str, told: bool
) -> None:
    """What they lack, PYSPARK_PYTHON, and the engine that needs none; what is another fault stays one of ours."""

    def failing(*_: Any) -> Iterator[Any]:
        raise PythonException(message=said)
        yield

    monkeypatch.setattr(Spark, "rows", failing)
    with pytest.raises(BadInput if told else PythonException, match="PYSPARK_PYTHON" if told else "other"):
        list(SparkKernel.__new__(SparkKernel).rows("SELECT 1"))


def test_authorisations_that_no_kernel_holds_are_left_to_spark_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine that can is named."""

    def many(_: Index) -> Path:
        raise TooMany("31,745 种范围", "31,745 scopes")

    monkeypatch.setattr(Index, "packed_folder", many)
    write(folder / "grants.jsonl", [], GRANT)
    with ExitStack() as stack, pytest.raises(BadInput, match="31,745 种范围；用 --engine spark"):
        packed_of(
            open_inputs(request(folder, str(write(folder / "u.jsonl", [], USE)), "spark-kernel", None), stack).index
        )


def test_spark_is_not_asked_of_a_column_that_a_file_and_its_folder_both_state(folder: Path) -> None:
    """It would go by the folder, the others by the file; the kernel is named, and answers."""
    (folder / "log" / "action=view").mkdir(parents=True)
    row = pa.table({"time": [EARLIEST], "action": ["view"], "dataset": ["k0"]})
    pq.write_table(row, folder / "log" / "action=view" / "part.parquet")
    write(folder / "grants.jsonl", [], GRANT)
    with pytest.raises(BadInput, match="列 action 文件里有，文件夹名里也有"):
        audit(request(folder, str(folder / "log"), "spark", None))
    assert audit(request(folder, str(folder / "log"), "kernel", None)).tally.rows == 1
