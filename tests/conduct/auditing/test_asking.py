"""Asking for an audit: which engine is taken and why, what is told on the way, what help costs."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.cli.audit import _Progress
from gongyue.conduct.auditing import audit_run
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.auditing.sources import source_of
from gongyue.conduct.findings import BadInput
from tests.conduct.auditing.test_audit import E1, GRANT, USE, asked, gongyue, lines
from tests.conduct.world import EXAMPLE


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with the example's promise, one authorisation and domain 8 E1."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    lines(tmp_path / "auth.jsonl", [GRANT])
    lines(tmp_path / "uses.jsonl", E1)
    return tmp_path


def test_auto_takes_duckdb_where_the_kernel_cannot_hold_the_ledger(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said with its reason; asked for by name, the kernel refuses; the counts are the same."""
    whole = audit(Request(str(given / "promise.toml"), str(given / "auth.jsonl"), str(given / "uses.jsonl")))
    assert whole.engine == "kernel"
    monkeypatch.setattr("gongyue.conduct.auditing.packed_ledger.LIMITS", (0, 0, 0))
    lines(given / "auth.jsonl", [GRANT, GRANT | {"subject": "u-yi"}])
    found = audit(Request(str(given / "promise.toml"), str(given / "auth.jsonl"), str(given / "uses.jsonl")))
    assert found.engine == "duckdb" and "多于 0" in found.why[0] and "more than 0" in found.why[1]
    assert found.tally == whole.tally
    with pytest.raises(BadInput, match="duckdb"):
        audit(Request(str(given / "promise.toml"), str(given / "auth.jsonl"), str(given / "uses.jsonl"), "kernel"))


def test_progress_tells_rows_rate_and_remaining_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of it after ten seconds: ten are left; at the end the whole and its rate."""
    now = iter([100.0, 105.0, 110.0, 120.0])
    monkeypatch.setattr("gongyue.cli.audit.time.monotonic", lambda: next(now))
    progress = _Progress()
    for done in (0, 25, 50, 100):
        progress(done, 100)
    told = capsys.readouterr().err.splitlines()
    assert told == ["50 行，5 行/秒，共 100，尚需 10 秒", "100 行，5 行/秒"]


def test_json_stands_alone_on_standard_output(given: Path) -> None:
    """Nothing of an engine's own is written there."""
    for engine in ("kernel", "duckdb"):
        result = asked(given, given / "uses.jsonl", "--engine", engine, "--json")
        assert json.loads(result.stdout)["engine"]["name"] == engine


def test_help_loads_no_engine() -> None:
    """`gongyue audit --help` answers without the data stack."""
    program = (
        "import sys\nfrom gongyue.cli.main import main\n"
        "try:\n    main(['audit', '--help'])\n"
        "except SystemExit:\n    print(sorted({'numba', 'pyarrow', 'duckdb', 'ibis', 'pyspark', 'numpy'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "gongyue audit --promise" in out and out.rstrip().endswith("[]")


def test_the_failing_list_is_bounded_and_the_counts_are_not(given: Path) -> None:
    """3,000 violations: all counted, a thousand listed in --json, twenty in the terminal."""
    lines(given / "uses.jsonl", [USE | {"purpose": "marketing"}] * 3000)
    data = json.loads(asked(given, given / "uses.jsonl", "--json").stdout)
    assert (data["violations"], len(data["failing"])) == (3000, 1000)
    text = asked(given, given / "uses.jsonl").stdout
    assert text.count("PURPOSE  8") == 20


def test_no_input_is_written_over(given: Path) -> None:
    """By its own name, by a link, as the rows set aside, inside a folder that is read: refused, and the file as it was."""
    uses = given / "uses.jsonl"
    whole = uses.read_bytes()
    (given / "link.jsonl").symlink_to(uses)
    aside = lines(given / "v.parquet.quarantine.jsonl", E1)
    (given / "log").mkdir()
    lines(given / "log" / "a.jsonl", E1)
    for log, out in (
        (uses, uses), (uses, given / "link.jsonl"), (uses, given / "promise.toml"), (uses, given / "auth.jsonl"),
        (aside, given / "v.parquet"), (given / "log", given / "log" / "v.parquet"),
    ):  # fmt: skip
        result = asked(given, log, "--out", out, "--lang", "en")
        assert result.exit_code == 4 and ("is the input" in result.stderr or "lies inside" in result.stderr)
    assert uses.read_bytes() == whole and not (given / ".gongyue-audit").exists()


@pytest.mark.parametrize(("out", "says"), [("none/v.parquet", "没有文件夹"), ("folder", "那是文件夹")])
def test_where_nothing_can_be_written_is_told_at_once(given: Path, out: str, says: str) -> None:
    """The path and the reason, and nothing about a book."""
    (given / "folder").mkdir()
    result = asked(given, given / "uses.jsonl", "--out", given / out)
    assert result.exit_code == 4 and says in result.stderr and out in result.stderr and "log show" not in result.stderr


def test_an_interruption_is_no_violation(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 130, and that asking again goes on; the file of verdicts is not there."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongyue.conduct.auditing.audit_run._Run.all", stopped)
    zh, en = (
        asked(given, given / "uses.jsonl", "--out", given / "v.parquet", *more) for more in ((), ("--lang", "en"))
    )
    assert zh.exit_code == en.exit_code == 130 and not (given / "v.parquet").exists()
    assert "再问一次" in zh.stderr and "asking again" in en.stderr


def test_what_steers_a_terminal_is_spelled_out(given: Path) -> None:
    """Escape, bell and zero from a log's values: in reasons and in the names of data sets."""
    lines(given / "uses.jsonl", [USE | {"dataset": "\x1b[32mds\x07"}, USE | {"action": "\x1b]0;pwn\x07" + "x" * 500}])
    told = asked(given, given / "uses.jsonl").stdout
    assert not {"\x1b", "\x07"} & set(told) and r"\u001b[32mds\u0007" in told
    assert r"\u001b]0;pwn\u0007xxx" in told and "x" * 50 not in told


def test_files_of_a_folder_that_are_not_read_are_told(given: Path) -> None:
    """A compressed log, a backup, a text; hidden files and empty parts are not named."""
    folder = given / "log"
    folder.mkdir()
    lines(folder / "a.jsonl", [USE])
    for name in ("b.csv.gz", "c.txt", "d.CSV.bak", "_SUCCESS", ".crc"):
        (folder / name).write_text("x", "utf-8")
    result = asked(given, folder, "--json")
    assert json.loads(result.stdout)["skipped"] == ["log/b.csv.gz", "log/c.txt", "log/d.CSV.bak"]
    assert "log/b.csv.gz" in result.stderr and "_SUCCESS" not in result.stderr


def test_the_same_in_another_format_and_linked_folders_are_told_as_not_read(given: Path) -> None:
    """Beside a file of that name that is read: it may hold other rows. A link to a folder is not followed; a hidden one is not named."""
    folder, there = given / "log", given / "elsewhere"
    folder.mkdir()
    there.mkdir()
    lines(folder / "a.jsonl", [USE])
    lines(there / "more.jsonl", [USE])
    for name in ("a.xlsx", "a.orc"):
        (folder / name).write_text("x", "utf-8")
    for name in ("linked", ".linked"):
        (folder / name).symlink_to(there)
    result = asked(given, folder, "--json")
    data = json.loads(result.stdout)
    assert (data["skipped"], data["rows"]) == (["log/a.orc", "log/a.xlsx", "log/linked/"], 1)
    assert "指向文件夹的链接（不跟随），没有读：log/a.orc、log/a.xlsx、log/linked/" in result.stderr


def test_of_a_server_that_writes_both_forms_the_other_is_the_same_log(tmp_path: Path) -> None:
    """The json beside its csv is not told; what is beside it in a third form is."""
    for name in ("a.csv", "a.json", "a.orc"):
        (tmp_path / name).write_text("", "utf-8")
    assert source_of(f"pglog:{tmp_path}").skipped == [f"{tmp_path.name}/a.orc"]


def test_missing_and_unused_columns_are_told(given: Path) -> None:
    """A log without times: exit 4 with the columns there are; columns of authorisations that nobody reads: in JSON."""
    lines(given / "auth.jsonl", [GRANT | {"备注": "x"}])
    data = json.loads(asked(given, given / "uses.jsonl", "--json").stdout)
    assert data["authorisations"]["unused_columns"] == ["备注"]
    lines(given / "uses.jsonl", [USE | {"regions": "SG", "note": ""}])
    told = asked(given, given / "uses.jsonl", "--json")
    assert (
        json.loads(told.stdout)["doubtful_columns"] == ["regions"]
        and "相近" in told.stderr
        and "regions" in told.stderr
    )
    lines(given / "uses.jsonl", [{k: v for k, v in USE.items() if k != "time"}] * 3)
    refused = asked(given, given / "uses.jsonl")
    assert refused.exit_code == 4 and "缺少列：time" in refused.stderr and "subject" in refused.stderr
    lines(given / "auth.jsonl", [GRANT | {"expires_at": "2026-03-01"}])
    assert asked(given, given / "uses.jsonl").exit_code == 4


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([USE, USE | {"Region": "SG"}], ["Region"]),
        ([USE, USE | {"region": "CN"}, USE | {"Region": "SG"}, USE | {"regoin": "SG"}], ["Region", "regoin"]),
        ([USE, USE | {"region": "CN", "Region": "SG"}, USE | {"note": 1}], []),
        ([USE, USE | {"account": "etl_delivery"}, USE | {"账号": "x"}], ["account", "账号"]),
        ([USE, USE | {"actor": "etl_delivery", "account": "x"}], []),
    ],
)
def test_a_key_of_any_row_that_is_nearly_ours_is_told(
    given: Path, rows: list[dict[str, Any]], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Objects of JSON have the keys they have: not those of the first row alone are looked at, nor of the first unit."""
    monkeypatch.setattr(audit_run, "LINES", 2)
    lines(given / "uses.jsonl", rows)
    result = asked(given, given / "uses.jsonl", "--json")
    assert json.loads(result.stdout)["doubtful_columns"] == told
    assert all(name in result.stderr for name in told)


def test_a_list_of_which_one_is_not_known_is_unparsed_in_columns_too(given: Path) -> None:
    """As row by row: the kernel and duckdb say so of a column of lists."""
    rows = [USE | {"category": listed} for listed in (["order"], ["order", None], ["order", ""], None)]
    pq.write_table(pa.Table.from_pylist(rows), given / "uses.parquet")
    for engine in ("kernel", "duckdb"):
        data = json.loads(asked(given, given / "uses.parquet", "--engine", engine, "--json").stdout)
        assert [row["line"] for row in data["quarantine"]] == [2, 3] and data["verdicts"]["UNPARSED"] == 2


def test_compact_numbers_are_no_instants_in_any_column(given: Path) -> None:
    """20260601 as an integer of Parquet, or as text of another length, is a bad row, and never the year 1970."""
    columns = {k: pa.array([v] * 3) for k, v in USE.items()} | {
        "time": pa.array([20260501, 1_777_600_800_000_000, 4 * 10**18])
    }
    pq.write_table(pa.table(columns), given / "uses.parquet")
    data = json.loads(asked(given, given / "uses.parquet", "--json").stdout)
    assert data["verdicts"] == {"OK": 1, "UNPARSED": 2} and data["period"]["last"] == "2026-05-01T02:00:00Z"
    assert "1970-01-01" in data["quarantine"][0]["en"] and data["quarantine"][1]["zh"]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "tsv", "empty"])
def test_a_log_from_a_pipe_is_audited_as_its_file_is(given: Path, kind: str) -> None:
    """Counts, lines set aside, the digest of the bytes, verdicts row by row; nothing of it is left behind."""
    log = given / f"log.{'jsonl' if kind == 'empty' else kind}"
    if kind in {"csv", "tsv"}:
        rows = [USE.values(), ["a", "b"], USE.values()]
        log.write_text("\n".join(map({"csv": ",", "tsv": "\t"}[kind].join, [USE, *rows])), "utf-8-sig")
    else:
        lines(log, [b"", *E1, b"{", USE] if kind == "jsonl" else [])
    told = []
    for uses, piped in ((log, None), ("-", log.read_bytes())):
        result = asked(given, uses, "--json", "--out", given / "v.parquet", given=piped)
        data = json.loads(result.stdout) | {"seconds": 0}
        told.append((result.exit_code, data, pq.read_table(given / "v.parquet").to_pylist()))
    assert told[0] == told[1] and told[1][0] == (4 if kind == "empty" else 1)
    assert [path.name[:6] for path in (given / ".gongyue-audit").iterdir()] == ["index-"]


@pytest.mark.parametrize(("head", "says"), [(b"\x1f\x8b\x08", "zcat"), (b"PAR1", "Parquet"), (b"a,b\n1,2\n", "缺少列")])
def test_what_a_pipe_cannot_give_is_told(given: Path, head: bytes, says: str) -> None:
    """Compressed, Parquet, without the columns: exit 4 with the reason, and nothing kept."""
    result = asked(given, "-", given=head)
    assert result.exit_code == 4 and says in result.stderr
    assert not list((given / ".gongyue-audit").iterdir())


def test_a_terminal_is_no_pipe(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for: the mend is told."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with pytest.raises(BadInput, match="zcat"):
            audit(Request(str(given / "promise.toml"), str(given / "auth.jsonl"), "-"))
    os.close(ours)


def test_an_interruption_over_a_table_of_authorisations_leaves_nothing_to_go_on_from(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows whether the table is as it was: it is said that all is done again, and no copy of the table is kept."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with closing(sqlite3.connect(given / "auth.sqlite")) as link, link:
        link.execute(f"CREATE TABLE auth ({', '.join(GRANT)})")
        link.execute(f"INSERT INTO auth VALUES ({', '.join('?' * len(GRANT))})", tuple(GRANT.values()))
    monkeypatch.setattr("gongyue.conduct.auditing.audit_run._Run.all", stopped)
    auth = f"sqlite:///{given / 'auth.sqlite'}#auth"
    result = gongyue(
        "--promise",
        given / "promise.toml",
        "--authorisations",
        auth,
        "--uses",
        given / "uses.jsonl",
        "--out",
        given / "v.parquet",
    )
    assert result.exit_code == 130 and "整次重做" in result.stderr
    assert not list((given / ".gongyue-audit").iterdir())


def test_an_interruption_of_a_pipe_leaves_nothing_to_go_on_from(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 130, and that all of it is done again; neither the log nor what was found of it is kept."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gongyue.conduct.auditing.audit_run._Run.all", stopped)
    result = asked(given, "-", "--out", given / "v.parquet", given=(given / "uses.jsonl").read_bytes())
    assert result.exit_code == 130 and "整次重做" in result.stderr
    assert [path.name[:6] for path in (given / ".gongyue-audit").iterdir()] == ["index-"]


@pytest.mark.parametrize("name", ["k2", "v.parquet.quarantine.jsonl", "v.parquet.half"])
def test_verdicts_are_not_written_over_what_no_audit_wrote(given: Path, name: str) -> None:
    """At --out, beside it, or where it is made: exit 4 before any work, the file named and untouched."""
    (given / name).write_text("00" * 32, "utf-8")
    out = given / (name if name == "k2" else "v.parquet")
    told = asked(given, given / "uses.jsonl", "--out", out)
    assert told.exit_code == 4 and f"{given / name} 已存在" in told.stderr and "换一个文件名，或先移走它" in told.stderr
    assert (given / name).read_text("utf-8") == "00" * 32 and not (given / ".gongyue-audit").exists()


def test_verdicts_are_written_over_earlier_ones_and_over_no_other_parquet(given: Path) -> None:
    """With rows set aside beside them, twice; a table of others stands."""
    out, table = given / "v.parquet", given / "table.parquet"
    lines(given / "uses.jsonl", [USE, b"{"])
    for _ in range(2):
        assert asked(given, given / "uses.jsonl", "--out", out).exit_code == 1
        assert (given / "v.parquet.quarantine.jsonl").exists() and pq.read_metadata(out).num_rows == 2
    pq.write_table(pa.table({"row": [1]}), table)
    assert asked(given, given / "uses.jsonl", "--out", table).exit_code == 4
    assert pq.read_table(table).to_pydict() == {"row": [1]}


def test_a_closed_standard_input_is_no_pipe(given: Path) -> None:
    """`<&-`: a usage error with the mend, exit 2, as JSON where that is asked for."""
    words = ["audit", "--promise", "promise.toml", "--authorisations", "auth.jsonl", "--uses", "-"]
    script = "import sys; sys.stdin = None; from gongyue.cli.main import main; main()"
    for more in ([], ["--json"]):
        command = [sys.executable, "-c", script, *words, *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=given)
        assert done.returncode == 2 and "zcat log.jsonl.gz | gongyue audit" in (done.stdout if more else done.stderr)


def test_an_address_of_the_web_is_said_not_to_be_read(given: Path) -> None:
    """And a database that lacks its table is told how it is written, alone."""
    told = asked(given, "http://x.example/y.csv", "--json")
    said = json.loads(told.stdout)
    assert told.exit_code == 4 and "不读 http:// 的网址" in said["zh"] and "http:// is not read" in said["en"]
    told = asked(given, "sqlite:///x")
    assert told.exit_code == 4 and "数据库写作 sqlite:///" in told.stderr and "不读" not in told.stderr


def test_verdicts_written_through_a_link_leave_it(given: Path) -> None:
    """What it leads to is the result, of /dev/stdout too; nothing half is left beside either."""
    (given / "out").mkdir()
    (given / "link.parquet").symlink_to(given / "out" / "v.parquet")
    paths = [str(given / name) for name in ("promise.toml", "auth.jsonl", "uses.jsonl")]
    for _ in range(2):
        audit(Request(*paths, "kernel", given / "link.parquet"))
        assert (given / "link.parquet").is_symlink() and [p.name for p in (given / "out").iterdir()] == ["v.parquet"]
