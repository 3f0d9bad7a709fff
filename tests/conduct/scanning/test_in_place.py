"""A scan in its own folder, its baseline in any clone, and of a commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conduct.scanning.running import scan, scanned

PHONE = "手机 13900000000\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a finding in it and one below, in which the command is run."""
    folder = tmp_path / "clone"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(PHONE)
    (folder / "sub" / "b.txt").write_text(PHONE)
    monkeypatch.chdir(folder)
    return folder


def baseline(path: str = "known.json") -> list[str]:
    """Paths of a baseline."""
    return [f["path"] for f in json.loads(Path(path).read_text("utf-8"))["findings"]]


def test_a_scan_in_place_reads_none_of_its_outputs(clone: Path) -> None:
    """Neither on the first run nor on the next, by whatever name they are given; a file of the same name elsewhere is read."""
    outputs = ("--sarif", "out.sarif", "--html", "./sub/../page.html", "--write-baseline", clone / "known.json")
    (clone / "sub" / "known.json").write_text(f'["{PHONE.strip()}"]')
    for _ in range(2):
        result = scan(".", *outputs, "--json")
        assert result.exit_code == 0
        assert {t["path"] for t in json.loads(result.stdout)["tables"]} == {"a.txt", "sub/b.txt", "sub/known.json"}
        assert baseline() == ["a.txt", "sub/b.txt", "sub/known.json"]
    report = scanned(".", "--baseline", "known.json", "--exclude", "*.html", "--exclude", "*.sarif")
    assert report["new"] == 0 and "known.json" not in {t["path"] for t in report["tables"]}
    os.link("known.json", "other.json")
    assert "other.json" not in {t["path"] for t in scanned(".", "--baseline", "known.json")["tables"]}


def test_an_earlier_output_named_as_an_input_is_none(clone: Path) -> None:
    """As a shell's * names it; any other file that is to be written over is refused."""
    for _ in range(2):
        places = sorted(str(p) for p in Path().iterdir())
        assert scan(*places, "--write-baseline", "known.json").exit_code == 0
        assert baseline() == ["a.txt", "sub/b.txt"]
    assert scan("a.txt", "known.json", "--baseline", "known.json").exit_code == 0
    assert scan("a.txt", "--html", "a.txt").exit_code == 4 and Path("a.txt").read_text() == PHONE


@pytest.mark.parametrize("place", [".", "../clone", "absolute", "../clone/sub/.."])
def test_a_baseline_holds_below_its_root_wherever_that_is(clone: Path, place: str) -> None:
    """In the folder, by another path, in another clone, and file by file from the root."""
    assert scan(".", "--write-baseline", "known.json").exit_code == 0
    where = str(clone) if place == "absolute" else place
    assert scan(where, "--baseline", "known.json").exit_code == 0
    shutil.copytree(clone, clone.parent / "other")
    assert scan("../other", "--baseline", "known.json").exit_code == 0
    assert scan("./a.txt", clone / "sub" / "b.txt", "--baseline", "known.json").exit_code == 0
    (clone / "sub" / "a.txt").write_text(PHONE)
    assert scan(where, "--baseline", "known.json").exit_code == 1


def test_of_several_places_none_answers_for_another(clone: Path) -> None:
    """Folders are told apart below the folder the command is run in; what lies outside keeps its whole path."""
    (clone / "more").mkdir()
    (clone / "more" / "b.txt").write_text(PHONE)
    outside = clone.parent / "b.txt"
    outside.write_text(PHONE)
    assert scan("sub", "--write-baseline", "k1").exit_code == 0 and baseline("k1") == ["b.txt"]
    assert scan("sub", "../b.txt", "--write-baseline", "k2").exit_code == 0
    assert baseline("k2") == [str(outside.resolve()), "sub/b.txt"]
    assert scan("sub", "more", "--baseline", "k2").exit_code == 1


def test_a_baseline_of_before_is_refused_and_can_be_written_anew(clone: Path) -> None:
    """Its paths are as they were given; the message says what to do."""
    old = {
        "schema": "gongyue/scan-baseline/1",
        "findings": [{"path": "a.txt", "table": "a", "column": "text", "type": "CN_MOBILE"}],
    }
    Path("known.json").write_text(json.dumps(old))
    told = scan(".", "--baseline", "known.json")
    assert told.exit_code == 4 and "旧版基线" in told.stderr and "--write-baseline" in told.stderr
    assert scan(".", "--write-baseline", "known.json").exit_code == 0
    assert scan(".", "--baseline", "known.json").exit_code == 0


HELD = {"a.png": PNG, "b.parquet": b"PAR1 broken PAR1", "c.csv": b""}


@pytest.mark.parametrize("also", [(), ("ok.txt",)])
@pytest.mark.parametrize("name", HELD)
def test_what_is_unread_in_a_commit_is_told_and_blocks_nothing(clone: Path, name: str, also: tuple[str, ...]) -> None:
    """A picture, a damaged file, an empty one, alone or beside a text: exit 0 and named; unread it exits 4 with --strict."""
    Path("ok.txt").write_text("没有什么\n")
    Path(name).write_bytes(HELD[name])
    told = scan("--commit", name, *also)
    assert told.exit_code == 0 and name in told.stdout
    assert scan("--commit", "--strict", name, *also).exit_code == (0 if name == "c.csv" else 4)
    assert scan("--commit", name, "a.txt").exit_code == 1
    if not also:
        assert scan(name).exit_code == 5
    else:
        assert scan(name, *also).exit_code == (0 if name == "c.csv" else 4)


def test_a_file_that_may_not_be_opened_ends_no_scan(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named and the others are scanned; a commit goes through."""

    def refused(self: Path, *args: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args)

    real = Path.open
    monkeypatch.setattr(Path, "open", refused)
    report = scanned("a.txt", "sub/b.txt")
    assert [u["where"] for u in report["unread"]] == ["a.txt"] and report["new"] == 1
    assert scan("--commit", "a.txt").exit_code == 0 and scan("a.txt").exit_code == 5


def test_a_commit_is_files_by_their_names(clone: Path) -> None:
    """A folder of which nothing was read must not pass; a name that is no file is no commit; spans judge none."""
    for place in ("sub", "-", "http://localhost/a"):
        told = scan("--commit", place, piped=b"x\n")
        assert told.exit_code == 2 and f"只用于逐个写出的文件，{place} 不是" in told.stderr
    quoted = '"\\351\\200\\232.md"'  # as git writes a Chinese name without -z
    told = scan("--commit", quoted)
    assert told.exit_code == 2 and f"没有文件 {quoted}" in told.stderr and "-z --relative | xargs -0r" in told.stderr
    spans = scan("--commit", "a.txt", "--format", "spans")
    assert spans.exit_code == 2 and "不能与 --commit 同用" in spans.stderr


def test_the_hook_scans_a_commit() -> None:
    """It hands over files, says what it left unread, and leaves none out by its name."""
    text = (Path(__file__).parents[3] / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "entry: gongyue scan --commit\n" in text and "verbose: true" in text and "exclude:" not in text


def _run(*args: str, out: Path, how: str = "a") -> int:
    """The exit code of a scan as a shell starts it, with standard output going to a file."""
    code = "from gongyue.cli.main import Main; Main('gongyue', {'c': {'scan': ('gongyue.cli.scan:scan', '')}}, '')()"
    with out.open(how) as file:
        return subprocess.run([sys.executable, "-c", code, "scan", *args], stdout=file, check=False).returncode


def test_what_stood_where_the_report_goes_is_scanned(clone: Path) -> None:
    """With >> the numbers above it are found; with > there was nothing, and the file is named as the scan's own."""
    (clone / "data.csv").write_text("m\n" + "13900000000\n" * 3)
    assert _run(".", "--json", out=clone / "data.csv") == 1
    report = json.loads((clone / "data.csv").read_text().split("\n", 4)[4])
    assert "data.csv" in {f["place"] for f in report["findings"]} and report["own"] == []
    assert _run(".", "--json", out=clone / "data.csv", how="w") == 1
    report = json.loads((clone / "data.csv").read_text())
    assert "data.csv" not in {t["path"] for t in report["tables"]} and report["own"] == ["data.csv"]


def test_what_is_the_scans_own_is_named(clone: Path) -> None:
    """Outputs and the baseline, in JSON and on the terminal."""
    assert scan(".", "--write-baseline", "known.json").exit_code == 0
    assert scanned(".", "--baseline", "known.json")["own"] == ["known.json"]
    assert "没有扫描自己的输出与基线 1 个：known.json" in scan(".", "--baseline", "known.json").stdout
    assert scanned("sub")["own"] == []


def test_folders_never_looked_at_are_named(clone: Path) -> None:
    """Wherever they are; that changes no exit code, with --strict neither. Alone they are why nothing was scanned."""
    for name in (".git", "sub/node_modules", "sub/.venv"):
        (clone / name).mkdir()
        (clone / name / "a.txt").write_text(PHONE)
    assert scanned(".")["left_out"] == [".git", "sub/.venv", "sub/node_modules"]
    assert scan("sub", "--write-baseline", "known.json", "--strict").exit_code == 0
    told = scan("sub", "--baseline", "known.json", "--strict")
    assert told.exit_code == 0 and "没有看 2 个文件夹" in told.stdout and "sub/node_modules" in told.stdout
    (clone / "sub" / "b.txt").unlink()
    assert "2 个文件夹从不看" in scanned("sub")["nothing"]["zh"]


def test_entries_of_a_baseline_for_no_file_are_counted(clone: Path) -> None:
    """What matches nothing and is not there below the root; a file that is there, or an archive's member, is no such entry."""
    assert scan(".", "--write-baseline", "known.json").exit_code == 0
    kept = json.loads(Path("known.json").read_text("utf-8"))
    entry = kept["findings"][0]
    kept["findings"] += [entry | {"path": "13900000000.txt"}, entry | {"path": "b.txt"}, entry | {"path": "a.txt!x"}]
    kept["findings"] += [entry | {"table": "13900000000"}, entry | {"path": "postgresql://db/x"}, entry | {"path": "-"}]
    Path("known.json").write_text(json.dumps(kept))
    assert scanned(".", "--baseline", "known.json")["gone"] == 2
    told = scan("a.txt", "sub/b.txt", "--baseline", "known.json")
    assert told.exit_code == 0 and "基线有 2 条对不上任何发现，其文件也不在" in told.stdout
    assert scanned(clone / "sub", "--baseline", "known.json")["gone"] == 5
    assert scanned(".")["gone"] == 0 and "基线有" not in scan(".").stdout
