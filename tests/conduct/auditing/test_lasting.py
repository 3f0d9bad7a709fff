"""What goes wrong with inputs and machines: kills, cuts, damage, wrong encodings, ragged rows, huge lines."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.auditing import audit_run, duckdb_engine, index, partitions, relational, sources
from gongyue.conduct.auditing import run_inputs as asking
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.cells import sound
from gongyue.conduct.auditing.file_locks import exclusive_lock, is_kept, lock_of
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import LONGEST
from gongyue.conduct.verdict import KINDS
from gongyue.transparency.canonical import digest
from tests.conduct.auditing.test_audit import E1, GRANT, TEN, USE, asked, lines
from tests.conduct.world import EXAMPLE

SLOW = """
import sys, time
from pathlib import Path
from gongyue.conduct.auditing import audit_run, sources
sources.ROWS, audit_run.LINES = 50, 50
whole = audit_run._Run._unit
def slowly(self, unit):
    time.sleep(0.1)
    return whole(self, unit)
audit_run._Run._unit = slowly
folder, uses, engine = sys.argv[1:]
audit_run.audit(audit_run.Request(folder + "/promise.toml", folder + "/auth.jsonl", uses, engine, Path(folder, "v.parquet")))
"""

ENDLESS = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts in the background ignore it
from gongyue.cli.main import main
from gongyue.conduct.auditing import duckdb_engine, relational
place, *asked = sys.argv[1:]
never = "FROM range(1000000000000) AS t(i) WHERE i % 7 = 8"
def told(module, name):
    whole = getattr(module, name)
    def begun(*given):
        print("begun", flush=True)
        return whole(*given)
    setattr(module, name, begun)
if place == "covering":
    duckdb_engine.covering = lambda *_: f"SELECT row, 0 AS line, 0 AS said FROM uses, (SELECT 1 {never})"
    told(duckdb_engine.DuckDB, "_covered")
elif place == "explaining":
    duckdb_engine.explaining = lambda *_: f"SELECT row, 0::SMALLINT AS kind FROM beside, (SELECT 1 {never})"
    told(duckdb_engine.DuckDB, "_explained")
else:
    relational.PAGE = f"(62 + (SELECT count(*) {never}))"
    told(relational, "write_lines")
main(["audit", *asked])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the example's promise and one authorisation."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    lines(tmp_path / "auth.jsonl", [GRANT])
    return tmp_path


def parquet(path: Path, n: int = 1000, group: int = 50) -> Path:
    """Domain 8 E1 as Parquet."""
    pq.write_table(pa.Table.from_pylist(E1[-n:]), path, row_group_size=group)
    return path


def request(folder: Path, uses: Path, engine: str = "kernel", out: str = "v.parquet") -> Request:
    """An audit in a folder."""
    return Request(str(folder / "promise.toml"), str(folder / "auth.jsonl"), str(uses), engine, folder / out)


def until_done(folder: Path, units: int) -> None:
    """Wait until a run has finished some units."""
    deadline = time.monotonic() + 60
    while len(list(folder.glob(".gongyue-audit/run-*/*.json"))) < units and time.monotonic() < deadline:
        time.sleep(0.02)


def test_the_same_audit_twice_at_once_is_refused_and_another_is_not(folder: Path) -> None:
    """Two runs would write one folder: the second is told; the first is whole, and so is one of another log meanwhile."""
    log, other = parquet(folder / "uses.parquet", 1000), parquet(folder / "other.parquet", 100)
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder), str(log), "kernel"]) as first:
        until_done(folder, 1)
        with pytest.raises(BadInput) as told:
            audit(request(folder, log))
        assert told.value.zh == "同一核对正在进行：等它结束，或先停下它"
        assert audit(request(folder, other, out="other.verdicts.parquet")).tally.rows == 100
        assert first.wait(60) == 0
    assert pq.read_metadata(folder / "v.parquet").num_rows == 1000
    assert [p.name[:6] for p in (folder / ".gongyue-audit").iterdir()] == ["index-"]
    assert audit(request(folder, log)).tally.rows == 1000


def killed(folder: Path, uses: str, stdin: Any = None, under: str = "") -> Path:
    """The folder that an audit leaves which is killed after some units."""
    before = set(folder.glob(f".gongyue-audit/{under}run-*/"))
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder), uses, "kernel"], stdin=stdin) as run:
        deadline = time.monotonic() + 60
        left: set[Path] = set()
        while not left and time.monotonic() < deadline:
            time.sleep(0.02)
            left = {unit.parent for unit in folder.glob(f".gongyue-audit/{under}run-*/*.json")} - before
        run.kill()
    return left.pop()


def age(run: Path, days: float) -> None:
    """As if nothing had been written in the folder for so long."""
    then = time.time() - days * 86_400
    os.utime(run, (then, then))


def test_what_killed_runs_leave_is_removed_after_a_week_but_for_what_is_gone_on_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an audit of another log: not before, and not while somebody holds it; the run itself goes on however old it is."""
    monkeypatch.setattr(sources, "ROWS", 50)  # as in the run that is killed
    log, other = parquet(folder / "uses.parquet"), parquet(folder / "other.parquet", 100)
    left = killed(folder, str(log))
    age(left, 6.9)
    audit(request(folder, other, out="other.verdicts.parquet"))
    assert left.exists()
    age(left, 7.1)
    with exclusive_lock(lock_of(left)):
        audit(request(folder, other, out="other.verdicts.parquet"))
    assert left.exists()
    result = audit(request(folder, log))
    assert result.resumed and result.tally.rows == 1000
    again = killed(folder, str(log))
    age(again, 7.1)
    audit(request(folder, other, out="other.verdicts.parquet"))
    assert [p.name[:6] for p in (folder / ".gongyue-audit").iterdir()] == ["index-"]


def test_the_copy_that_a_killed_audit_of_a_pipe_leaves_is_removed_by_the_next(folder: Path) -> None:
    """At once, since nothing goes on from it, and so is half an index; not that of an audit which is still at work."""
    log, other = lines(folder / "uses.jsonl", E1), parquet(folder / "other.parquet", 100)
    with log.open("rb") as stdin:
        pipe = killed(folder, "-", stdin, "pipe-*/").parent
    with exclusive_lock(lock_of(pipe)):
        audit(request(folder, other))
    assert (pipe / "stdin.jsonl").read_bytes() == log.read_bytes()
    (pipe.parent / f"half-{'0a1b2c3d' * 3}").mkdir()
    audit(request(folder, other))
    assert [p.name[:6] for p in (folder / ".gongyue-audit").iterdir()] == ["index-"]


OURS = ["half-year", "pipe-line", "once-upon", "run-2025", "index-0a1b2c3d", "half-20251231"]


def test_only_what_audits_made_is_removed_from_a_work_folder(folder: Path) -> None:
    """Folders of the member's own in it stay, whatever they are called and however old they are."""
    for name in OURS:
        (folder / name).mkdir()
        (folder / name / "report.txt").write_text("ours", "utf-8")
        age(folder / name, 400)
    audit(msgspec.structs.replace(request(folder, parquet(folder / "uses.parquet", 10)), work=folder))
    assert [(folder / name / "report.txt").read_text("utf-8") for name in OURS] == ["ours"] * len(OURS)
    assert not list(folder.glob("*.lock"))


@pytest.mark.parametrize(("days", "stays"), [(29.9, True), (30.1, False)])
def test_an_index_that_nobody_used_for_a_month_is_removed_by_the_next_audit(
    folder: Path, days: float, stays: bool
) -> None:
    """That of authorisations as they were before; not while somebody holds it, and never the one that is used."""
    log, work = parquet(folder / "uses.parquet", 10), folder / ".gongyue-audit"
    audit(request(folder, log))
    (before,) = work.iterdir()
    lines(folder / "auth.jsonl", [GRANT, GRANT | {"id": 99}])
    age(before, days)
    with is_kept(before):
        age(before, days)
        audit(request(folder, log))
    assert before.exists()
    audit(request(folder, log))
    assert before.exists() == stays
    (mine,) = (one for one in work.iterdir() if one != before)
    age(mine, 400)
    audit(request(folder, log))
    assert time.time() - mine.stat().st_mtime < 3600


def test_an_index_that_is_taken_away_while_it_is_looked_up_is_built_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and holding another audit may have removed it: it is not believed to be there."""
    log, flock = parquet(folder / "uses.parquet", 10), fcntl.flock
    found = audit(request(folder, log)).tally

    def late(there: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        (kept,) = (folder / ".gongyue-audit").glob("index-*")
        shutil.rmtree(kept)
        flock(there, how)

    with is_kept(folder / "none") as there:
        assert not there
    monkeypatch.setattr(fcntl, "flock", late)
    with is_kept(next((folder / ".gongyue-audit").glob("index-*"))) as there:
        assert not there
    assert audit(request(folder, log)).tally == found


def test_a_promise_that_is_written_again_meanwhile_is_told_by_what_was_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest is that of the bytes that were judged by, not of what stands there afterwards."""
    log, place, whole = parquet(folder / "uses.parquet", 10), folder / "promise.toml", Path.open
    read = digest(place.read_bytes())

    def opened(self: Path, *more: Any, **named: Any) -> Any:
        stream = whole(self, *more, **named)
        if self == place:
            monkeypatch.setattr(Path, "open", whole)
            other = folder / "other.toml"
            other.write_text(EXAMPLE + "\n# written again\n", "utf-8")
            other.replace(place)
        return stream

    monkeypatch.setattr(Path, "open", opened)
    assert audit(request(folder, log)).about["promise"] == read != digest(place.read_bytes())


def test_authorisations_that_are_written_to_meanwhile_are_not_indexed_by_the_name_of_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A withdrawal that comes between the digest and the reading: told, nothing kept; asked again, each has its own."""
    log, read = parquet(folder / "uses.parquet", 100), index.ledger_of
    before = (folder / "auth.jsonl").read_bytes()

    def late(*given: Any) -> Any:
        lines(folder / "auth.jsonl", [GRANT | {"revoked_at": "2026-01-02T00:00:00+08:00"}])
        return read(*given)

    with monkeypatch.context() as patch, pytest.raises(BadInput, match=r"auth\.jsonl"):
        patch.setattr(index, "ledger_of", late)
        audit(request(folder, log))
    assert not list((folder / ".gongyue-audit").iterdir())
    withdrawn = audit(request(folder, log)).tally
    (folder / "auth.jsonl").write_bytes(before)
    assert audit(request(folder, log)).tally.kinds != withdrawn.kinds


def test_what_is_half_made_of_an_index_is_not_left_in_it(folder: Path) -> None:
    """Killed while the ledger is packed: the next audit removes what there is of it, and the index is as it should be."""
    log = parquet(folder / "uses.parquet", 10)
    program = "import os, signal, sys\n" + SLOW.replace(
        "whole = ", "from gongyue.conduct.auditing import index\n"
        "index.np.save = lambda place, _: (place.write_bytes(b'half'), os.kill(os.getpid(), signal.SIGKILL))\nwhole = ", 1,
    )  # fmt: skip
    subprocess.run([sys.executable, "-c", program, str(folder), str(log), "kernel"], check=False)
    assert list(folder.glob(".gongyue-audit/half-*/packed/lines.npy"))
    assert audit(request(folder, log)).tally.rows == 10
    (kept,) = (folder / ".gongyue-audit").iterdir()
    assert {one.name for one in kept.iterdir()} == {"contents.json", "ledger.parquet", "packed", "seed"}


def test_two_audits_do_not_write_one_file_at_once(folder: Path) -> None:
    """Of another log, by another engine: the second is told, and the first is whole; afterwards it may be written anew."""
    log, other = parquet(folder / "uses.parquet", 1000), parquet(folder / "other.parquet", 100)
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder), str(log), "kernel"]) as first:
        until_done(folder, 1)
        first.send_signal(signal.SIGSTOP)  # it would else be done before the engine of the second is loaded
        for asked in (request(folder, other), request(folder, log, "duckdb")):
            with pytest.raises(BadInput) as told:
                audit(asked)
            assert told.value.zh == f"另一次核对正在写 {folder / 'v.parquet'}：换一个文件名，或等它结束"
        first.send_signal(signal.SIGCONT)
        assert first.wait(60) == 0
    assert pq.read_metadata(folder / "v.parquet").num_rows == 1000
    assert audit(request(folder, other)).tally.rows == 100 and not list(folder.glob("*.lock"))


def test_a_log_that_is_written_to_meanwhile_is_not_vouched_for(folder: Path) -> None:
    """Its digest would be of other uses than were judged: no verdicts are written, and nothing is kept of the run."""
    log = lines(folder / "uses.jsonl", E1)

    def appended(done: int, total: int | None) -> None:
        if done:
            with log.open("ab") as file:
                file.write(json.dumps(USE).encode() + b"\n")

    with pytest.raises(BadInput, match="被改写了"):
        audit(request(folder, log), appended)
    assert not list(folder.glob("v.parquet*"))
    assert [p.name[:6] for p in (folder / ".gongyue-audit").iterdir()] == ["index-"]
    assert audit(request(folder, log)).tally.rows == 1001


@pytest.mark.parametrize("made", ["lines", "packed", "unit", "contents"])
def test_a_work_folder_whose_disk_is_full_is_named_and_left_clean(
    folder: Path, monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    """Whatever was being written there; it is not the input that is blamed, and the next run does it."""
    log = parquet(folder / "uses.parquet", 100)
    asked = request(folder, log, "duckdb" if made == "lines" else "kernel")

    def full(*given: Any, **_: Any) -> None:
        for place in given:
            if isinstance(place, Path) and "." in place.name:
                place.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    place = {
        "lines": (relational, "write_lines"),
        "packed": (index.np, "save"),
        "unit": (audit_run, "batch_of"),
        "contents": (index.pq, "write_table"),
    }[made]
    with monkeypatch.context() as patch:
        patch.setattr(*place, full)
        with pytest.raises(BadInput) as told:
            audit(asked)
    assert f"工作文件夹 {folder / '.gongyue-audit'} 所在的磁盘已满" in told.value.zh
    left = [p.name for p in (folder / ".gongyue-audit").glob("index-*/*")]
    assert set(left) <= {"ledger.parquet", "contents.json", "seed", "packed"}
    assert audit(asked).tally.rows == 100


def test_where_duckdb_finds_no_room_it_is_told_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither memory nor the disk suffices: the folder, and the setting, and no fault of ours."""

    def full(*_: Any) -> None:
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to offload data block of size 256.0 KiB")

    monkeypatch.setattr(duckdb_engine.DuckDB, "_covered", full)
    with pytest.raises(BadInput, match="GONGYUE_DUCKDB_MEMORY") as told:
        audit(request(folder, parquet(folder / "uses.parquet", 100), "duckdb"))
    assert str(folder / ".gongyue-audit") in told.value.zh and "--work" in told.value.en


def test_where_duckdb_finds_no_room_for_the_index_it_is_told_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, and nothing half made is left."""

    def full(*_: Any) -> None:
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr(partitions, "write_partitions", full)
    with pytest.raises(BadInput, match="GONGYUE_DUCKDB_MEMORY"):
        audit(request(folder, parquet(folder / "uses.parquet", 100), "duckdb"))
    (kept,) = (folder / ".gongyue-audit").glob("index-*")
    assert not (kept / "partitions.arrow").exists() and not list((folder / ".gongyue-audit").glob("half-*/*"))


def test_a_file_of_the_index_is_not_replaced_while_others_read_it(tmp_path: Path) -> None:
    """Of two processes that make the same one the first stands."""
    for text in ("first", "second"):
        (tmp_path / "half").write_text(text)
        index._settle(tmp_path / "half", tmp_path / "lines.parquet")
        (tmp_path / "half").unlink()
    assert (tmp_path / "lines.parquet").read_text() == "first"


def test_many_small_files_are_one_unit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every unit is joined with the whole ledger; rows are numbered through all files."""
    (folder / "log").mkdir()
    for number in range(40):
        pq.write_table(
            pa.Table.from_pylist(E1[number * 25 : number * 25 + 25]), folder / "log" / f"{number:02}.parquet"
        )
    units, whole = [], audit_run._Run._unit

    def seen(self: Any, unit: Any) -> Any:
        units.append((unit.first, sum(part.count for part in unit.parts)))
        return whole(self, unit)

    monkeypatch.setattr(audit_run._Run, "_unit", seen)
    assert audit(request(folder, folder / "log", "duckdb")).tally.kinds[KINDS.index("OK")] == 955
    assert units == [(1, 1000)]


@pytest.mark.parametrize("said", ["foo", "", "900", "1'; SELECT '2"])
def test_a_memory_of_duckdb_that_is_no_size_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """By the name of the setting, before anything is judged, and no fault of ours."""
    monkeypatch.setenv("GONGYUE_DUCKDB_MEMORY", said)
    with pytest.raises(BadInput, match="GONGYUE_DUCKDB_MEMORY"):
        audit(request(folder, parquet(folder / "uses.parquet", 10), "duckdb"))


def test_two_runs_of_duckdb_never_spill_into_one_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the same authorisations they may go on side by side, and one would read what the other wrote over: each has a
    folder of its own, which is gone with its run."""
    places, covered = [], duckdb_engine.DuckDB._covered

    def seen(self: duckdb_engine.DuckDB, link: Any, *given: Any) -> Any:
        (place,) = link.execute("SELECT current_setting('temp_directory')").fetchall()[0]
        places.append(Path(place))
        assert places[-1].parent.is_dir()
        return covered(self, link, *given)

    monkeypatch.setattr(duckdb_engine.DuckDB, "_covered", seen)
    for name in ("a", "b"):
        audit(request(folder, parquet(folder / f"{name}.parquet", 10), "duckdb", f"{name}.verdicts.parquet"))
    assert len(set(places)) == len(places) == 2
    assert {place.parent.parent for place in places} == {folder / ".gongyue-audit"}
    assert not any(place.parent.exists() for place in places)


@pytest.mark.parametrize("work", ["log", "log/work"])
def test_the_work_folder_is_not_inside_what_is_read(folder: Path, work: str) -> None:
    """Its files would be read as uses the next time; a hidden folder is passed over, and may be there."""
    (folder / "log").mkdir()
    asked = request(folder, parquet(folder / "log" / "uses.parquet", 10).parent)
    with pytest.raises(BadInput, match="下次会被当作输入"):
        audit(msgspec.structs.replace(asked, work=folder / work))
    for _ in range(2):
        assert audit(msgspec.structs.replace(asked, work=folder / "log" / ".work")).tally.rows == 10


def test_what_was_done_before_does_not_count_as_speed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that goes on begins its progress where it goes on."""
    log = parquet(folder / "uses.parquet")
    monkeypatch.setattr(sources, "ROWS", 50)
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder), str(log), "kernel"]) as process:
        until_done(folder, 3)
        os.kill(process.pid, signal.SIGKILL)
    told: list[tuple[int, int | None]] = []
    found = audit(request(folder, log), lambda done, total: told.append((done, total)))
    assert found.resumed >= 3 and told[0][0] >= 150 and told[0][0] % 50 == 0 and told[-1] == (1000, 1000)


def test_another_version_does_not_go_on_where_one_was_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it finds may be another thing, and its units of another size: it does all of it."""
    log = parquet(folder / "uses.parquet")
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder), str(log), "kernel"]) as process:
        until_done(folder, 1)
        os.kill(process.pid, signal.SIGKILL)
    monkeypatch.setattr(asking, "version", lambda _: "0.2.0")
    found = audit(request(folder, log))
    assert (found.resumed, found.tally.rows) == (0, 1000)


def test_two_that_build_one_index_at_once_share_the_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is second takes the index that stands, its seed too, and leaves nothing half made."""
    log, build, seeds = parquet(folder / "uses.parquet", 100), index.ledger_of, []

    def overtaken(*given: Any) -> Any:
        monkeypatch.setattr(index, "ledger_of", build)
        found = build(*given)
        assert audit(request(folder, log, out="first.parquet")).tally.rows == 100
        seeds.append(next((folder / ".gongyue-audit").glob("index-*/seed")).read_text())
        return found

    monkeypatch.setattr(index, "ledger_of", overtaken)
    second = audit(request(folder, log))
    assert second.tally == audit(request(folder, log)).tally
    (left,) = (folder / ".gongyue-audit").iterdir()
    assert left.name.startswith("index-") and [(left / "seed").read_text()] == seeds


@pytest.mark.parametrize(
    ("engine", "kind"), [("kernel", "parquet"), ("kernel", "jsonl"), ("duckdb", "parquet"), ("duckdb", "jsonl")]
)
def test_a_killed_run_goes_on_where_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, engine: str, kind: str
) -> None:
    """SIGKILL after some units: the next run, on other processors, does only the others, and finds the very same."""
    monkeypatch.setattr("gongyue.conduct.auditing.duckdb_engine.cores", lambda: 3)
    log = parquet(folder / "uses.parquet") if kind == "parquet" else lines(folder / "uses.jsonl", E1)
    with subprocess.Popen([sys.executable, "-c", SLOW, str(folder), str(log), engine]) as process:
        until_done(folder, 3)
        os.kill(process.pid, signal.SIGKILL)
    assert not (folder / "v.parquet").exists()
    for module in ("sources.ROWS", "audit_run.LINES"):
        monkeypatch.setattr(f"gongyue.conduct.auditing.{module}", 50)
    gone_on = audit(request(folder, log, engine))
    assert 3 <= gone_on.resumed < 20
    whole = audit(request(folder, log, engine, "again.parquet"))
    assert whole.resumed == 0 and whole.tally == gone_on.tally
    assert pq.read_table(folder / "v.parquet").equals(pq.read_table(folder / "again.parquet"))
    assert gone_on.tally.kinds[KINDS.index("OK")] == 955
    assert not list(folder.glob(".gongyue-audit/run-*"))


@pytest.mark.parametrize("place", ["covering", "explaining", "lines"])
def test_an_interruption_breaks_off_a_statement_of_duckdb(folder: Path, place: str) -> None:
    """SIGINT while a statement runs that would take hours: exit 130 within ten seconds, also while the index is built."""
    log, out = lines(folder / "uses.jsonl", E1), ["--out", str(folder / "v.parquet")] if place == "explaining" else []
    asked = ["--promise", folder / "promise.toml", "--authorisations", folder / "auth.jsonl", "--uses", log]
    command = [sys.executable, "-c", ENDLESS, place, *map(str, asked), "--engine", "duckdb", *out]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "begun\n"
            time.sleep(1)
            assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=10)
        finally:
            process.kill()
    assert process.returncode == 130 and "再问一次" in told
    assert not (folder / "v.parquet").exists()


def test_a_log_written_again_is_judged_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run had found of another log is not taken for this one's."""
    log = lines(folder / "uses.jsonl", E1)
    monkeypatch.setattr("gongyue.conduct.auditing.audit_run.LINES", 50)
    real, calls = Path.rename, []

    def stopping(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", stopping)
    with pytest.raises(KeyboardInterrupt):
        audit(request(folder, log))
    monkeypatch.setattr(Path, "rename", real)
    lines(log, [USE])
    found = audit(request(folder, log))
    assert (found.tally.rows, found.resumed) == (1, 0)


def test_a_truncated_parquet_is_told_and_not_guessed(folder: Path) -> None:
    """Cut anywhere, it is no Parquet file: exit 4 and its name, before anything is judged."""
    whole = parquet(folder / "whole.parquet", 100).read_bytes()
    for share in range(20):
        cut = folder / "cut.parquet"
        cut.write_bytes(whole[: len(whole) * share // 20])
        with pytest.raises(BadInput, match=r"cut\.parquet"):
            audit(request(folder, cut))


def test_damage_within_a_parquet_loses_no_row(folder: Path) -> None:
    """The rows of a row group that cannot be decoded are UNPARSED, counted, and told; the others are judged."""
    log = parquet(folder / "uses.parquet", 1000, 200)
    group = pq.read_metadata(log).row_group(2).column(0)
    data = bytearray(log.read_bytes())
    start = group.dictionary_page_offset or group.data_page_offset
    data[start : start + group.total_compressed_size] = b"\xff" * group.total_compressed_size
    log.write_bytes(data)
    found = audit(request(folder, log))
    assert found.tally.rows == 1000 and pq.read_table(folder / "v.parquet").num_rows == 1000
    assert found.tally.kinds[KINDS.index("UNPARSED")] >= 200
    assert found.tally.kinds[KINDS.index("EXPIRED")] == 12 and "uses.parquet" in found.tally.bad[0].zh


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_parquet_is_told_or_survived(folder: Path, place: int, noise: bytes) -> None:
    """Bytes changed anywhere: BadInput, or every row is there, judged or set aside."""
    log = parquet(folder / "uses.parquet", 100, 30)
    data = bytearray(log.read_bytes())
    place %= len(data) - 8
    data[place : place + len(noise)] = noise
    log.write_bytes(bytes(data))
    try:
        found = audit(request(folder, log))
    except BadInput as bad:
        told = bad
        assert told.zh
        return
    assert found.tally.rows == sum(found.tally.kinds) == pq.read_metadata(log).num_rows


def test_a_parquet_whose_column_name_is_no_utf_8_is_told(folder: Path) -> None:
    """By the audit and by the scan."""
    from gongyue.cli.main import main

    log = parquet(folder / "uses.parquet", 100, 30)
    log.write_bytes(log.read_bytes().replace(b"dataset", b"data\x80et"))
    with pytest.raises(BadInput) as told:
        audit(request(folder, log))
    assert told.value.zh.startswith(f"{log} 不是完整的 Parquet：") and told.value.en.startswith(
        f"{log} is no whole Parquet"
    )
    scanned = CliRunner().invoke(main, ["scan", str(log)])
    assert scanned.exit_code == 5 and "不是完好的 Parquet 文件" in scanned.output


def test_an_index_beyond_its_dictionary_sets_its_row_aside(folder: Path) -> None:
    """Arrow reads such a file without a word; compiled code must not be handed it."""
    column = pa.DictionaryArray.from_arrays(pa.array([0, 3, -5, 1, None], pa.int32()), pa.array(["a", "b"]), safe=False)
    found, wrong = sound(column)
    assert wrong is not None and wrong.tolist() == [False, True, True, False, False]
    assert found.to_pylist() == ["a", None, None, "b", None]
    found.validate(full=True)


def test_many_damaged_parquets_crash_nothing(folder: Path) -> None:
    """Two hundred files with some bytes changed, footers too: told, or every row is there."""
    log = parquet(folder / "uses.parquet", 100, 30)
    whole, drawn = log.read_bytes(), random.Random(3)
    for _ in range(200):
        data, noise = bytearray(whole), drawn.randbytes(drawn.randint(1, 8))
        place = drawn.randrange(len(data) - 8)
        data[place : place + len(noise)] = noise
        log.write_bytes(data)
        try:
            found = audit(request(folder, log))
        except BadInput:
            continue
        assert found.tally.rows == pq.read_metadata(log).num_rows


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_csv_in_any_chinese_encoding_with_ragged_rows_and_a_huge_line(folder: Path, encoding: str) -> None:
    """Every line is a row: good ones judged, the ragged and the huge set aside with their lines."""
    lines(folder / "auth.jsonl", [GRANT | {"subject": "甲"}])
    head, good = "time,action,dataset,subject,purpose\n", "2026-05-01 10:00:00,SELECT,shop.orders,甲,delivery\n"
    text = head + good + "一,二\n" + good + "x" * (3 * LONGEST) + "\n" + good + ",,,,,,,\n" + good
    (folder / "uses.csv").write_bytes(text.encode(encoding))
    found = audit(request(folder, folder / "uses.csv"))
    assert found.tally.kinds[KINDS.index("OK")] == 4 and found.tally.kinds[KINDS.index("UNPARSED")] == 3
    assert [bad.line for bad in found.tally.bad] == [3, 5, 7]


def test_a_huge_line_of_json_is_not_held(folder: Path) -> None:
    """200 MB without an end of line: UNPARSED within 200 MB more than without it."""
    log = folder / "uses.jsonl"
    program = (
        "import re, sys; from pathlib import Path; from gongyue.conduct.auditing.run_inputs import Request; "
        "from gongyue.conduct.auditing.audit_run import audit; "
        "folder = sys.argv[1]; found = audit(Request(folder + '/promise.toml', folder + '/auth.jsonl', folder + '/uses.jsonl')); "
        "peak = re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text()); "  # ru_maxrss begins with the parent's
        "print(found.tally.rows, found.tally.kinds[-1], int(peak[1]) // 1024)"
    )

    def peak() -> list[int]:
        ran = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True)
        return [int(word) for word in ran.stdout.split()]

    lines(log, [USE])
    usual = peak()[2]
    with log.open("wb") as stream:
        stream.write(b'{"x": "')
        for _ in range(200):
            stream.write(b"a" * 1_000_000)
        stream.write(b'"}\n' + json.dumps(USE).encode() + b"\n")
    rows, unparsed, most = peak()
    assert (rows, unparsed) == (2, 1) and most < usual + 100


def test_bytes_that_are_no_text_are_told(folder: Path) -> None:
    """A CSV whose head is neither UTF-8, UTF-16 nor GB18030: exit 4; such a line of JSON, or of CSV, is set aside."""
    head = b"time,action,dataset,subject,purpose\n"
    good = b"2026-05-01 10:00:00,SELECT,shop.orders,u-jia,delivery\n"
    (folder / "uses.csv").write_bytes(head + good + b"\xff\xff\xff\xff\n" + good)
    found = audit(request(folder, folder / "uses.csv"))
    assert [found.tally.kinds[KINDS.index(k)] for k in ("OK", "UNPARSED")] == [2, 1] and found.tally.bad[0].line == 3
    (folder / "uses.csv").write_bytes(b"\xff\xff\xff\xff\n" + good)
    assert asked(folder, folder / "uses.csv").exit_code == 4
    found = audit(request(folder, lines(folder / "uses.jsonl", [USE, b"\xff\xfe\xff", USE])))
    assert [found.tally.kinds[KINDS.index(k)] for k in ("OK", "UNPARSED")] == [2, 1]
    assert found.tally.first == TEN
