"""`gongyue toolkit demo`: every verb really run on the same fictional member, and what each found."""

from __future__ import annotations

import hashlib
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongyue.cli import toolkit
from gongyue.cli.main import main
from gongyue.cli.toolkit import AGAIN
from gongyue.conduct import jit
from gongyue.conduct.member import LEAKS, USES, WRONG
from tests.conduct.running import gongyue

VERBS = [
    "promise check", "gate run", "audit", "scan", "export-check", "attest make", "attest sign", "attest challenge", "attest answer",
    "attest check",
]  # fmt: skip


def again(*args: str) -> Result:
    """The result of a command as it stands on the screen."""
    return CliRunner().invoke(main, args)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("toolkit") / "member"
    result = gongyue("toolkit", "demo", folder, "--json")
    assert result.exit_code == 0, result.output
    assert [line for line in result.stderr.splitlines() if line.startswith("$ ")] == [
        f"$ {step['command']}" for step in json.loads(result.stdout)["steps"]
    ]
    return folder, json.loads(result.stdout)


def test_every_verb_is_run_and_says_what_it_found(shown: tuple[Path, dict[str, Any]]) -> None:
    """In both languages; the wrongs planted in the log, the leak in the remarks, the missing filing are all found."""
    steps = shown[1]["steps"]
    assert [step["command"].startswith(f"gongyue {verb}") for step, verb in zip(steps, VERBS, strict=True)] == [
        True
    ] * 10
    found = {verb: step["en"] for verb, step in zip(VERBS, steps, strict=True)}
    assert "OK · PURPOSE · WITHDRAWN · OK" in found["gate run"]
    assert all(f"{kind} {n}" in found["audit"] for kind, n in WRONG.items())
    assert found["audit"].startswith(f"{USES:,} rows")
    assert found["scan"] == f"1 not declared in the promise file: {LEAKS} × Chinese citizen ID in orders.remark"
    assert "GY-09-03: 240 ordinary, 3 sensitive" in found["export-check"]
    assert "checks hold" in found["attest check"] and "does not prove" in found["attest check"]


def test_its_files_stay_and_a_command_can_be_run_again(shown: tuple[Path, dict[str, Any]]) -> None:
    """The check of the attestation, typed by hand on the files that are left."""
    folder = shown[0]
    files = ["attestation.json", "--challenge", "challenge.json", "--answer", "answer.json"]
    typed = [folder / f if f.endswith(".json") else f for f in files]
    assert gongyue("attest", "check", *typed, "--verdicts", folder / "verdicts.parquet").exit_code == 0


def test_every_command_on_the_screen_can_be_typed_again(
    shown: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All ten as they stand; the four that the last line names write over nothing, and want the old output gone."""
    folder, said = shown
    monkeypatch.chdir(folder)
    for step in said["steps"]:
        args = shlex.split(step["command"])[1:]
        named = args[0] == "attest" and args[1] in AGAIN[1] and "--out" in args
        result = again(*args)
        assert result.exit_code == (4 if named else step["exit"]), result.output
        if named:
            out = Path(args[args.index("--out") + 1])
            out.unlink()
            assert again(*args).exit_code == 0 and out.exists()


@pytest.mark.parametrize("kept", [True, False])
def test_the_first_run_says_that_it_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    """On standard error before the first step: of the demonstration, and of an audit; not once the kernels are kept."""
    monkeypatch.setattr(jit, "is_compiled", lambda function: kept)
    result = gongyue("toolkit", "demo", tmp_path / "member", "--lang", "en", "--json")
    assert result.stderr.splitlines()[0].startswith("$ gongyue promise" if kept else "The kernels are compiled")
    for engine, told in (("kernel", not kept), ("postgres", False)):
        asked = ["--promise", "no.toml", "--authorisations", "no.csv", "--uses", "no.csv", "--engine", engine]
        assert ("编译" in again("audit", *asked).stderr) == told


def test_its_data_is_the_same_every_time(shown: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """One screen in Chinese, of files that are byte for byte those of another run."""
    result = gongyue("toolkit", "demo", tmp_path / "again")
    assert result.exit_code == 0 and len(result.stdout.splitlines()) <= 40
    assert result.stdout.splitlines()[-1] == AGAIN[0]
    assert "不能认定 5" in result.stdout and "不证明：记录完整" in result.stdout

    def digests(folder: Path) -> dict[str, str]:
        found = [p.relative_to(folder) for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".parquet"]
        shown_ones = [p for p in found if not p.parts[0].startswith(".")]  # the index an audit keeps has its own seed
        return {str(p): hashlib.sha256((folder / p).read_bytes()).hexdigest() for p in shown_ones}

    assert digests(shown[0]) == digests(tmp_path / "again")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written into it."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    result = gongyue("toolkit", "demo", tmp_path, "--lang", "en")
    assert result.exit_code == 4 and "not empty" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_demonstration_that_is_interrupted_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever tool Ctrl+C stops: exit 130, and no fault of a step."""
    monkeypatch.setattr(toolkit, "_run_command", lambda command: (130, "", ""))
    result = gongyue("toolkit", "demo", tmp_path / "member")
    assert result.exit_code == 130 and "已中断" in result.stderr and "未成" not in result.stderr


def test_a_file_is_no_place_for_the_demo(tmp_path: Path) -> None:
    """It is said to be a file, and stands."""
    place = tmp_path / "promise.toml"
    place.write_text("x", "utf-8")
    told = gongyue("toolkit", "demo", place)
    assert told.exit_code == 4 and "是文件，不是文件夹" in told.stderr and place.read_text("utf-8") == "x"
