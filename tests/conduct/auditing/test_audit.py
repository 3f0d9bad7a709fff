from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from gongyue.cli.main import Main
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.auditing.verdict_writer import META, SCHEMA
from gongyue.conduct.gate_stream import answer, load
from gongyue.conduct.instants import AFTER, EARLIEST, SECOND
from gongyue.conduct.row_files import rows_of
from gongyue.conduct.rows import Bad
from tests.conduct.world import EXAMPLE

GRANT = {
    "subject": "u-jia",
    "terms": "core-2026",
    "valid_from": "2026-01-02T00:00:00+08:00",
    "valid_to": "2026-05-01T11:00:00+08:00",
    "revoked_at": "",
}
USE = {
    "time": "2026-05-01T10:00:00+08:00",
    "action": "SELECT",
    "dataset": "shop.orders",
    "subject": "u-jia",
    "purpose": "delivery",
}
E1 = (
    [USE] * 955
    + [USE | {"purpose": "marketing"}] * 25
    + [USE | {"time": "2026-05-01T11:00:00+08:00"}] * 12
    + [USE | {"subject": "u-none"}] * 8
)


def gongyue(*args: object, given: bytes | None = None) -> Result:
    """The result of `gongyue audit ARGS`, with this on standard input."""
    command = Main("gongyue", {"": {"audit": ("gongyue.cli.audit:audit", "")}}, "")
    return CliRunner().invoke(command, ["audit", *map(str, args)], input=given)


def lines(path: Path, rows: list[Any]) -> Path:
    """Rows as JSON lines; bytes as they are."""
    path.write_bytes(
        b"".join(row + b"\n" if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)
    )
    return path


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with the example's promise and one authorisation."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    lines(tmp_path / "auth.jsonl", [GRANT])
    return tmp_path


def asked(folder: Path, uses: object, *more: object, given: bytes | None = None) -> Result:
    """The command on a folder's promise and authorisations."""
    inputs = ("--promise", folder / "promise.toml", "--authorisations", folder / "auth.jsonl", "--uses", uses)
    return gongyue(*inputs, *more, given=given)


@pytest.mark.parametrize("engine", ["auto", "kernel", "duckdb"])
def test_domain_8_e1_counts_sum_and_exit(given: Path, engine: str) -> None:
    """1,000 rows: 955 OK, 25 PURPOSE, 12 EXPIRED, 8 NO_AUTH → exit 1, sum 1,000, 45 violations."""
    result = asked(given, lines(given / "uses.jsonl", E1), "--engine", engine, "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert data["verdicts"] == {"OK": 955, "NO_AUTH": 8, "PURPOSE": 25, "EXPIRED": 12}
    assert (data["rows"], sum(data["verdicts"].values()), data["violations"], data["unsettled"]) == (1000, 1000, 45, 0)
    assert data["purposes"] == {"delivery": {"OK": 955, "NO_AUTH": 8, "EXPIRED": 12}, "marketing": {"PURPOSE": 25}}
    assert data["datasets"] == {"shop.orders": data["verdicts"]}
    first = data["failing"][0]
    assert len(data["failing"]) == 45
    assert (first["row"], first["verdict"], first["authorisation"], first["article"]) == (956, "PURPOSE", 1, "8")


def test_all_clean_exits_0_and_says_which_engine(given: Path) -> None:
    """Three good uses: exit 0; the engine and its reason stand in the first line, in both languages."""
    log = lines(given / "uses.jsonl", [USE] * 3)
    zh, en = asked(given, log), asked(given, log, "--lang", "en")
    assert zh.exit_code == en.exit_code == 0
    assert zh.stdout.startswith("引擎 kernel：") and en.stdout.startswith("engine kernel: ")


@pytest.mark.parametrize("engine", ["kernel", "duckdb"])
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_a_recipient_declared_abroad_is_where_a_use_without_region_went(given: Path, engine: str, kind: str) -> None:
    """Two transfers to one in the US: without a region it went there, which was not told; a region that is stated holds."""
    text = EXAMPLE.replace('region = "CN"\ncontact', 'region = "US"\ncontact')
    (given / "promise.toml").write_text(text, "utf-8")
    sent = USE | {"action": "transfer", "recipient": "suda"}
    rows = [sent | {"region": None}, sent | {"region": "CN"}]
    uses = given / f"uses.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), uses)
    else:
        lines(uses, rows)
    data = json.loads(asked(given, uses, "--engine", engine, "--json").stdout)
    assert data["verdicts"] == {"OK": 1, "REGION": 1}


def test_bad_rows_are_set_aside_and_all_compliant_is_not_claimed(given: Path) -> None:
    """A line that is no JSON, one without time, another verb: UNPARSED with line and reason; the rest is judged."""
    rows = [USE, b"{", USE | {"time": None}, USE | {"action": "peek"}, USE]
    result = asked(given, lines(given / "uses.jsonl", rows), "--out", given / "v.parquet")
    assert result.exit_code == 1 and "GY-08-03" in result.stdout and "第 2 行未解析" in result.stdout
    verdicts = pq.read_table(given / "v.parquet").column("verdict").to_pylist()
    assert verdicts == ["OK", "UNPARSED", "UNPARSED", "UNPARSED", "OK"]
    aside = [json.loads(line) for line in (given / "v.parquet.quarantine.jsonl").read_text("utf-8").splitlines()]
    assert [row["line"] for row in aside] == [2, 3, 4] and all(row["zh"] and row["en"] for row in aside)


def test_rows_set_aside_name_their_file(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a folder: the file below it, and the line within that file, of rows of Parquet too, whatever they are read in."""
    monkeypatch.setattr("gongyue.conduct.auditing.sources.ROWS", 2)
    log = given / "log"
    for name in ("b", "c=1"):
        (log / name).mkdir(parents=True)
    rows = [USE, b"{", USE | {"time": None}]
    lines(log / "a.jsonl", rows)
    lines(log / "b" / "a.jsonl", rows[1:])
    pq.write_table(
        pa.table(same(5, action=pa.array(["view", "peek", "view", "view", "peek"]))),
        log / "c=1" / "d.parquet",
        row_group_size=2,
    )
    (log / "e.csv").write_text(",".join(USE) + "\n" + ",".join(USE.values()) + "\na,b\n", "utf-8")
    where = [
        ("a.jsonl", 2),
        ("a.jsonl", 3),
        ("b/a.jsonl", 1),
        ("b/a.jsonl", 2),
        ("c=1/d.parquet", 2),
        ("c=1/d.parquet", 5),
        ("e.csv", 3),
    ]
    for engine in ("kernel", "duckdb"):
        result = asked(given, log, "--out", given / "v.parquet", "--json", "--engine", engine)
        told = json.loads(result.stdout)["quarantine"]
        aside = [json.loads(line) for line in (given / "v.parquet.quarantine.jsonl").read_text("utf-8").splitlines()]
        assert told == aside and [(row["file"], row["line"]) for row in told] == where
    verdicts = pq.read_table(given / "v.parquet").column("verdict").to_pylist()
    assert [row for row, kind in enumerate(verdicts, 1) if kind == "UNPARSED"] == [2, 3, 4, 5, 7, 10, 12]
    assert "b/a.jsonl 第 2 行未解析" in asked(given, log).stdout
    assert "c=1/d.parquet, line 5 was not parsed" in asked(given, log, "--lang", "en").stdout
    alone = json.loads(asked(given, log / "a.jsonl", "--json").stdout)["quarantine"]
    assert [row["line"] for row in alone] == [2, 3] and not any("file" in row for row in alone)


def test_statements_set_aside_name_their_log(given: Path) -> None:
    """Of a folder of PostgreSQL's own logs."""
    logged = {"timestamp": "2026-05-01 02:00:00.000 UTC", "user": "etl_delivery", "session_id": "1"}
    (given / "pg").mkdir()
    for name, statements in (("a.json", ["SELECT amount FROM shop.orders", "DO $$ $$"]), ("b.json", ["DO $$ $$"])):
        lines(given / "pg" / name, [logged | {"message": f"statement: {text}"} for text in statements])
    data = json.loads(asked(given, f"pglog:{given / 'pg'}", "--json").stdout)
    assert [(row["file"], row["line"]) for row in data["quarantine"]] == [("a.json", 2), ("b.json", 1)]


def test_unread_authorisations_name_their_file(given: Path) -> None:
    """Also of an id that stands twice in two files; a folder named anew, or whose files are, is not told by its old names."""
    folder = given / "auth"
    folder.mkdir()
    bad = GRANT | {"terms": "nowhere"}
    lines(folder / "a.jsonl", [GRANT | {"id": 1}, bad])
    pq.write_table(
        pa.Table.from_pylist([GRANT | {"id": 1}, bad | {"id": 2}, bad | {"id": 3}]),
        folder / "b.parquet",
        row_group_size=1,
    )
    log = lines(given / "uses.jsonl", [USE])

    def told() -> list[tuple[str, int]]:
        said = gongyue(
            "--promise",
            given / "promise.toml",
            "--authorisations",
            folder,
            "--uses",
            log,
            "--work",
            given / "work",
            "--json",
        )
        assert "b.parquet 第 3 行" in said.stderr or "c.parquet 第 3 行" in said.stderr
        return [(row["file"], row["line"]) for row in json.loads(said.stdout)["authorisations"]["quarantine"]]

    assert told() == [("a.jsonl", 2), ("b.parquet", 1), ("b.parquet", 2), ("b.parquet", 3)]
    (folder / "b.parquet").rename(folder / "c.parquet")
    assert told() == [("a.jsonl", 2), ("c.parquet", 1), ("c.parquet", 2), ("c.parquet", 3)]


def test_what_cannot_be_read_exits_4(given: Path) -> None:
    """No such file, another kind, a truncated Parquet, a folder with nothing, a broken promise, a table that is not there."""
    good = lines(given / "uses.jsonl", [USE])
    (given / "uses.txt").write_text("x", "utf-8")
    (given / "cut.parquet").write_bytes(b"PAR1" + b"\0" * 100)
    (given / "empty").mkdir()
    sqlite3.connect(given / "log.sqlite").close()
    for uses in ("none.jsonl", "uses.txt", "cut.parquet", "empty"):
        result = asked(given, given / uses)
        assert result.exit_code == 4 and result.stderr, uses
    assert asked(given, f"sqlite:///{given / 'log.sqlite'}#uses").exit_code == 4
    assert asked(given, "mysql://here/there#uses").exit_code == 4
    (given / "promise.toml").write_text("schema = 1", "utf-8")
    assert asked(given, good).exit_code == 4


def test_verdicts_carry_what_they_were_found_by(given: Path) -> None:
    """The form of the file, and in its metadata tool, digests, counts and period."""
    out = given / "v.parquet"
    asked(given, lines(given / "uses.jsonl", E1), "--out", out)
    schema = pq.read_schema(out)
    assert schema.remove_metadata() == SCHEMA
    about = json.loads(schema.metadata[META])
    assert about["form"] == "gongyue/verdicts/2" and about["tool"].startswith("gongyue ")
    assert all(about[k].startswith("sha256:") for k in ("promise",)) and about["uses"]["digest"].startswith("sha256:")
    assert about["counts"] == {"OK": 955, "NO_AUTH": 8, "PURPOSE": 25, "EXPIRED": 12} and about["uses"]["rows"] == 1000
    assert about["period"] == {"first": "2026-05-01T02:00:00Z", "last": "2026-05-01T03:00:00Z"}


def test_the_index_is_kept_and_known_by_its_inputs(given: Path) -> None:
    """A second run finds it; another promise or other authorisations make another."""
    log = lines(given / "uses.jsonl", [USE])
    kept = given / ".gongyue-audit"
    asked(given, log)
    first = set(kept.iterdir())
    asked(given, log)
    assert set(kept.iterdir()) == first and len(first) == 1
    lines(given / "auth.jsonl", [GRANT, GRANT | {"subject": "u-yi"}])
    asked(given, log)
    assert len(set(kept.iterdir())) == 2


def test_unread_authorisations_are_told(given: Path) -> None:
    """Their rows and reasons; a use that rests on one is not allowed, and of two that contradict neither is believed."""
    contradicted = [GRANT | {"id": 7, "subject": "u-yi"}, GRANT | {"id": 7, "subject": "u-bing"}]
    lines(given / "auth.jsonl", [GRANT | {"terms": "nowhere"}, GRANT | {"id": 9}, *contradicted])
    data = json.loads(asked(given, lines(given / "uses.jsonl", [USE, USE | {"subject": "u-yi"}]), "--json").stdout)
    assert data["verdicts"] == {"OK": 1, "NO_AUTH": 1}
    assert data["authorisations"]["unread"] == 3
    assert [row["line"] for row in data["authorisations"]["quarantine"]] == [1, 3, 4]


def columns_of(given: Path, **columns: pa.Array) -> list[str]:
    """The verdicts on a Parquet log of these columns."""
    pq.write_table(pa.table(columns), given / "uses.parquet")
    out = given / "v.parquet"
    audit(Request(str(given / "promise.toml"), str(given / "auth.jsonl"), str(given / "uses.parquet"), "kernel", out))
    return list(pq.read_table(out).column("verdict").to_pylist())


TEN = 1_777_600_800_000_000


def same(n: int, **changed: pa.Array) -> dict[str, pa.Array]:
    """n good uses as columns, some of them changed."""
    said: dict[str, Any] = {"action": "view", "dataset": "shop.orders", "subject": "u-jia", "purpose": "delivery"}
    return {"time": pa.array([TEN] * n)} | {k: pa.array([v] * n) for k, v in said.items()} | changed


@pytest.mark.parametrize(
    ("times", "kinds"),
    [
        (pa.array([TEN, None, 1 << 62]), ["OK", "UNPARSED", "UNPARSED"]),
        (pa.array([TEN, TEN + 3_600_000_000, None], pa.timestamp("us", "UTC")), ["OK", "EXPIRED", "UNPARSED"]),
        (pa.array([TEN * 1000, TEN * 1000 + 1, 0], pa.timestamp("ns", "Asia/Shanghai")), ["OK", "UNPARSED", "NOT_YET"]),
        (pa.array([TEN // 1000 + 28_800_000, 0, None], pa.timestamp("ms")), ["OK", "NOT_YET", "UNPARSED"]),
        (pa.array([AFTER - 1, AFTER, (1 << 63) - 1], pa.timestamp("us", "UTC")), ["EXPIRED", "UNPARSED", "UNPARSED"]),
        (pa.array([EARLIEST, EARLIEST - 1, -(1 << 63)], pa.timestamp("us")), ["NOT_YET", "UNPARSED", "UNPARSED"]),
        (
            pa.array([AFTER // 1000 - 1, AFTER // 1000, EARLIEST // 1000 - 1], pa.timestamp("ms")),
            ["EXPIRED", "UNPARSED", "UNPARSED"],
        ),
        (
            pa.array([AFTER // SECOND - 1, 1 << 53, EARLIEST // SECOND - 1], pa.timestamp("s", "UTC")),
            ["EXPIRED", "UNPARSED", "UNPARSED"],
        ),
        (pa.array(["2026-05-01 10:00:00", "2026-05-01T02:00:00Z", "soon"]), ["OK", "OK", "UNPARSED"]),
        (pa.array([20_575, 20_574, None], pa.date32()), ["EXPIRED", "OK", "UNPARSED"]),
        (pa.array([TEN + 0.5, float(TEN), float("nan")]), ["UNPARSED", "OK", "UNPARSED"]),
        (pa.array([True, False, None]), ["UNPARSED"] * 3),
        (pa.array([[TEN], [], None]), ["UNPARSED"] * 3),
        (pa.array([{"at": TEN}, {"at": 0}, None]), ["UNPARSED"] * 3),
        (pa.array(["9" * 5000, "9" * 1_100_000, "1"]), ["UNPARSED"] * 3),
        (pa.array(["2026-05-01 10:00:00", "soon", None], pa.string_view()), ["OK", "UNPARSED", "UNPARSED"]),
    ],
)
def test_times_of_any_column_type(given: Path, times: pa.Array, kinds: list[str]) -> None:
    """Integers, timestamps with and without zone, text, dates, numbers: as `instant` reads them, row by row as well."""
    assert columns_of(given, **same(3, time=times)) == kinds
    gate = load(given / "promise.toml", given / "auth.jsonl")
    rows = [row[1] for row in rows_of(given / "uses.parquet") if not isinstance(row, Bad)]
    assert [answer(gate, row)[0].kind for row in rows] == kinds


@pytest.mark.parametrize(
    ("grants", "subjects", "kinds"),
    [
        (["7", "007", "x"], pa.array([7, 8, None]), ["OK", "NO_AUTH", "SUBJECT_UNKNOWN"]),
        ([7, "007", "x"], pa.array(["7", "007", "07"]), ["OK", "OK", "NO_AUTH"]),
        (
            ["甲", "　乙 ", "9223372036854775808"],
            pa.array([" 甲\u3000", "乙", "9223372036854775808"]),
            ["OK", "OK", "OK"],
        ),
        (
            ["9223372036854775808", -5, "-0"],
            pa.array([9223372036854775808, 0, 5], pa.uint64()),
            ["OK", "NO_AUTH", "NO_AUTH"],
        ),
        ([-9223372036854775808, "-0", 1], pa.array(["-9223372036854775808", "-0", "0"]), ["OK", "OK", "NO_AUTH"]),
        (["a", "b", "c"], pa.array(["a", "b", ""]).dictionary_encode(), ["OK", "OK", "SUBJECT_UNKNOWN"]),
        (["a", "b", "c"], pa.array([1.0, 2.0, None]), ["UNPARSED", "UNPARSED", "SUBJECT_UNKNOWN"]),
        (
            ["ab" * 40, "ab" * 40 + "c", "x"],
            pa.array(["ab" * 40, "ab" * 41, "x"], pa.large_string()),
            ["OK", "NO_AUTH", "OK"],
        ),
    ],
)
def test_subjects_of_any_column_type(given: Path, grants: list[Any], subjects: pa.Array, kinds: list[str]) -> None:
    """A number and its text are one subject; 007 and 7 are two; spaces around do not count; blank is none."""
    lines(given / "auth.jsonl", [GRANT | {"subject": subject} for subject in grants])
    assert columns_of(given, **same(3, subject=subjects)) == kinds


BAD_LISTS = pa.ListArray.from_arrays(pa.array([0, 1, 2, 2]), pa.array([b"order", b"\xff"]).view(pa.string()))


@pytest.mark.parametrize(
    ("column", "values", "kinds"),
    [
        ("category", pa.array([["order", "contact"], ["order", "location"], []]), ["OK", "SCOPE", "OK"]),
        ("category", pa.array(["order|contact", "location", None]), ["OK", "SCOPE", "OK"]),
        ("category", pa.array([[["order"]], [[]], None]), ["UNPARSED", "UNPARSED", "OK"]),
        ("category", pa.array([[{"a": 1}], [{"a": None}], None]), ["UNPARSED", "UNPARSED", "OK"]),
        ("category", BAD_LISTS, ["OK", "UNPARSED", "OK"]),
        ("purpose", pa.array([["delivery"], [], None]), ["UNPARSED", "UNPARSED", "PURPOSE_UNKNOWN"]),
        ("action", pa.array([{"a": 1}, {"a": 2}, None]), ["UNPARSED"] * 3),
        ("columns", pa.array([["phone"], ["amount", "phone"], None]), ["OK", "OK", "OK"]),
        ("dataset", pa.array([None, "elsewhere", "shop.tracks"]), ["UNPARSED", "SCOPE", "SCOPE"]),
        ("purpose", pa.array([1.5, 2.5, None]), ["UNPARSED", "UNPARSED", "PURPOSE_UNKNOWN"]),
        ("purpose", pa.array([1, 2, None]), ["PURPOSE_UNKNOWN"] * 3),
        ("actor", pa.array(["etl_delivery", "crm_campaign", "nobody"]), ["OK"] * 3),
        ("region", pa.array(["CN", "SG", None]), ["OK", "REGION", "OK"]),
        ("controller", pa.array(["xingtai", "another", ""]), ["OK", "NO_AUTH", "OK"]),
        ("action", pa.array(["SELECT", "transfer", "peek"]), ["OK", "RECIPIENT", "UNPARSED"]),
    ],
)
def test_names_of_any_column_type(given: Path, column: str, values: pa.Array, kinds: list[str]) -> None:
    """Lists and text parted by |; numbers as names; what is no name is UNPARSED; null is not stated."""
    assert columns_of(given, **same(3, **{column: values})) == kinds


def test_partitioned_folders_name_their_columns(given: Path) -> None:
    """dataset=…/ stands for the column; files in order of their names; hidden ones are passed over."""
    log = given / "log"
    for name in ("dataset=shop.orders", "dataset=shop.tracks", "_temporary"):
        (log / name).mkdir(parents=True)
        columns = {k: v for k, v in same(2).items() if k != "dataset"}
        pq.write_table(pa.table(columns), log / name / "part-0.parquet")
    data = json.loads(asked(given, log, "--json").stdout)
    assert data["datasets"] == {"shop.orders": {"OK": 2}, "shop.tracks": {"SCOPE": 2}}


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_partition_says_the_same_of_any_kind_of_file(given: Path, kind: str) -> None:
    """Of CSV and JSON lines too: what a folder says is not passed over. What Hive writes for null is nothing."""
    for region in ("SG", "__HIVE_DEFAULT_PARTITION__"):
        folder = given / "log" / f"region={region}"
        folder.mkdir(parents=True)
        if kind == "parquet":
            pq.write_table(pa.Table.from_pylist([USE]), folder / "a.parquet")
        elif kind == "csv":
            (folder / "a.csv").write_text(f"{','.join(USE)}\n{','.join(USE.values())}\n")
        else:
            lines(folder / "a.jsonl", [USE, USE | {"region": "CN"}])  # the row goes first
    data = json.loads(asked(given, given / "log", "--json").stdout)
    assert data["verdicts"] == ({"OK": 3, "REGION": 1} if kind == "jsonl" else {"OK": 1, "REGION": 1})


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_partition_of_authorisations_may_say_when_they_end(given: Path, kind: str) -> None:
    """A day of withdrawal in the name of a folder counts, and one under another name is refused."""
    for name in ("revoked_at=2026-04-01", "revoked_at=__HIVE_DEFAULT_PARTITION__", "withdrawn_on=2026-04-01"):
        folder = given / "grants" / name
        folder.mkdir(parents=True)
        row = {name: value for name, value in GRANT.items() if name != "revoked_at"}
        row["subject"] = "u-jia" if "04" in name else "u-yi"
        if kind == "csv":
            (folder / "a.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
        else:
            lines(folder / "a.jsonl", [row])
    uses = lines(given / "uses.jsonl", [USE, USE | {"subject": "u-yi"}])
    inputs = ("--promise", given / "promise.toml", "--authorisations", given / "grants", "--uses", uses, "--json")
    refused = gongyue(*inputs)
    assert refused.exit_code == 4 and "withdrawn_on" in refused.output
    (given / "grants" / name / f"a.{kind}").unlink()
    assert json.loads(gongyue(*inputs).stdout)["verdicts"] == {"OK": 1, "WITHDRAWN": 1}


@pytest.mark.parametrize("engine", ["kernel", "duckdb"])
@pytest.mark.parametrize("more", [(), ("--out", "v.parquet")])
def test_a_log_that_fails_while_it_is_read_is_told_by_any_engine(
    given: Path, engine: str, more: tuple[str, ...]
) -> None:
    """A row of a view that cannot be computed: exit 4 and the database's words, never a fault of ours."""
    link = sqlite3.connect(given / "log.sqlite")
    link.execute("CREATE TABLE held (number, time, action, dataset, subject, purpose)")
    link.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", [(i, *USE.values()) for i in range(10)])
    link.execute("CREATE VIEW uses AS SELECT time, action, dataset, subject, purpose || abs(CASE number WHEN 7 THEN"
                 " -9223372036854775807 - 1 ELSE 0 END) AS purpose FROM held")  # fmt: skip
    link.commit()
    link.close()
    out = [given / name if name.endswith("parquet") else name for name in more]
    result = asked(given, f"sqlite:///{given / 'log.sqlite'}#uses", "--engine", engine, *out)
    assert result.exit_code == 4 and "integer overflow" in result.output


@pytest.mark.parametrize("engine", ["kernel", "duckdb"])
def test_of_many_bad_rows_a_thousand_are_told_and_all_counted(given: Path, engine: str) -> None:
    """With --out or without: the very same result."""
    log = given / "uses.parquet"
    n = 5000
    columns = {**same(n), "action": [f"peek{i % 7}" if i % 2 else "view" for i in range(n)]}
    pq.write_table(pa.table(columns), log, row_group_size=700)
    inputs = (str(given / "promise.toml"), str(given / "auth.jsonl"), str(log), engine)
    told, counted = audit(Request(*inputs, given / "v.parquet")).tally, audit(Request(*inputs)).tally
    assert (
        told == counted and len(told.bad) == 1000 and [bad.line for bad in told.bad] == [2 * i + 2 for i in range(1000)]
    )
    aside = (given / "v.parquet.quarantine.jsonl").read_bytes().splitlines()
    assert len(aside) == n // 2


@pytest.mark.parametrize("empty", ["--uses", "--authorisations"])
def test_an_input_without_a_name_is_not_the_folder_one_stands_in(
    given: Path, monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    """As from a variable that is not set: it is told, and nothing is read."""
    monkeypatch.chdir(given)
    named = {"--uses": lines(given / "uses.jsonl", [USE]), "--authorisations": "auth.jsonl"} | {empty: ""}
    told = gongyue("--promise", "promise.toml", *(part for pair in named.items() for part in pair))
    assert told.exit_code == 4 and "输入的路径是空的" in told.stderr


def test_a_pipe_is_told_by_its_name_and_no_device_is_replaced(given: Path) -> None:
    """What is wrong with standard input is not told of a file that is gone; verdicts take the place of plain files only."""
    told = asked(given, "-", given=b"time,when\n")
    assert told.exit_code == 4 and "标准输入 缺少列" in told.stderr and "pipe-" not in told.stderr
    os.mkfifo(given / "fifo")
    told = asked(given, lines(given / "uses.jsonl", [USE]), "--out", given / "fifo")
    assert told.exit_code == 4 and "不是普通的文件" in told.stderr and (given / "fifo").is_fifo()


def test_lists_of_names_are_parted_as_each_language_does(given: Path) -> None:
    """、 in Chinese, a comma in English."""
    told = asked(given, lines(given / "uses.jsonl", [USE | {"action": "peek"}]), "--json")
    (bad,) = json.loads(told.stdout)["quarantine"]
    assert "view、transfer、disseminate" in bad["zh"] and "view, transfer, disseminate" in bad["en"]
    lines(given / "uses.jsonl", [{"subject": "u-jia"}])
    lacking = json.loads(asked(given, given / "uses.jsonl", "--json").stdout)
    assert "缺少列：time、action、dataset 或 category" in lacking["zh"]
    assert "lacks columns: time, action, dataset or category" in lacking["en"]


def test_a_table_of_sqlite(given: Path) -> None:
    """Uses and authorisations from a database file, in order of rowid."""
    link = sqlite3.connect(given / "log.sqlite")
    link.execute("CREATE TABLE uses (time, action, dataset, subject, purpose)")
    link.executemany("INSERT INTO uses VALUES (?, ?, ?, ?, ?)", [tuple(row.values()) for row in E1])
    link.execute("CREATE TABLE auth (subject, terms, valid_from, valid_to, revoked_at)")
    link.execute("INSERT INTO auth VALUES (?, ?, ?, ?, ?)", tuple(GRANT.values()))
    link.commit()
    link.close()
    url = f"sqlite:///{given / 'log.sqlite'}"
    result = gongyue(
        "--promise", given / "promise.toml", "--authorisations", f"{url}#auth", "--uses", f"{url}#uses", "--json"
    )
    assert result.exit_code == 1, result.output
    assert json.loads(result.stdout)["verdicts"] == {"OK": 955, "NO_AUTH": 8, "PURPOSE": 25, "EXPIRED": 12}


def test_text_of_another_encoding_within_sqlite(given: Path) -> None:
    """Its row is set aside, and the others are judged."""
    link = sqlite3.connect(given / "log.sqlite")
    link.execute("CREATE TABLE uses (time, action, dataset, subject, purpose)")
    for subject in ("CAST(x'752d6a6961' AS TEXT)", "CAST(x'ff' AS TEXT)", "'u-jia'"):
        said = [USE[name] for name in ("time", "action", "dataset", "purpose")]
        link.execute(f"INSERT INTO uses (time, action, dataset, purpose, subject) VALUES (?, ?, ?, ?, {subject})", said)
    link.commit()
    link.close()
    data = json.loads(asked(given, f"sqlite:///{given / 'log.sqlite'}#uses", "--json").stdout)
    assert data["verdicts"] == {"OK": 2, "UNPARSED": 1}


@pytest.mark.parametrize("engine", ["kernel", "duckdb"])
def test_no_uses_at_all(given: Path, engine: str) -> None:
    """Nothing was judged, which is no pass: exit 4, the reason, no rows."""
    pq.write_table(pa.table(same(0, time=pa.array([], pa.int64()))), given / "none.parquet")
    for log in (lines(given / "none.jsonl", []), given / "none.parquet"):
        result = asked(given, log, "--engine", engine, "--json", "--out", given / "v.parquet")
        assert (result.exit_code, json.loads(result.stdout)["rows"]) == (4, 0), result.output
        assert "一行使用也没有" in result.stderr
        assert pq.read_table(given / "v.parquet").num_rows == 0


def test_text_of_another_encoding_within_parquet(given: Path) -> None:
    """A value that is no UTF-8 is set aside with its row, in plain and in dictionary columns; the others are judged."""
    raw = pa.array([b"u-jia", "甲".encode("gb18030"), b"u-jia"]).cast(pa.binary()).view(pa.string())
    assert columns_of(given, **same(3, subject=raw)) == ["OK", "UNPARSED", "OK"]
    raw = pa.array([b"delivery", b"delivery", "配".encode("gb18030")]).cast(pa.binary()).view(pa.string())
    assert columns_of(given, **same(3, purpose=raw)) == ["OK", "OK", "UNPARSED"]
    lines(given / "auth.jsonl", [GRANT])
    kept = {
        "subject": pa.array([b"u-jia", b"\xff"]).view(pa.string()),
        "terms": pa.array(["core-2026"] * 2),
        "valid_from": pa.array([TEN - 1, TEN - 1]),
        "revoked_at": pa.nulls(2, pa.int64()),
    }
    pq.write_table(pa.table(kept), given / "auth.parquet")
    found = audit(
        Request(str(given / "promise.toml"), str(given / "auth.parquet"), str(lines(given / "uses.jsonl", [USE])))
    )
    assert (found.unread, found.tally.kinds[0]) == (1, 1) and found.unread_rows[0].line == 2
