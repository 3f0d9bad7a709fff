"""The audit of dependencies: a known advisory fails, and what was not looked up is never called clean."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "advisories.py"
CLEAN = {"name": "click", "version": "8.5.1", "vulns": []}
ADVISED = {"name": "django", "version": "5.2.0", "vulns": [{"id": "PYSEC-0000-1"}, {"id": "PYSEC-0000-2"}]}
UNKNOWN = {"name": "orjson", "skip_reason": "not found"}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The module of the tool."""
    spec = importlib.util.spec_from_file_location("advisories", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ran(folder: Path, answer: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The tool as CI runs it, with a pip-audit that answers so."""
    fake = folder / "pip-audit"
    fake.write_text(f"#!{sys.executable}\nprint({answer!r})\n", "utf-8")
    fake.chmod(0o755)
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, str(TOOL), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_each_pin_is_counted_once_as_what_it_is(tool: ModuleType) -> None:
    """Looked up, without an answer, advised with every advisory's name."""
    found = tool.found(json.dumps({"dependencies": [CLEAN, ADVISED, UNKNOWN]}))
    assert found == (2, ["orjson"], ["django 5.2.0: PYSEC-0000-1, PYSEC-0000-2"])


@pytest.mark.parametrize(
    ("pins", "plain", "strict"),
    [([CLEAN], 0, 0), ([CLEAN, UNKNOWN], 0, 1), ([UNKNOWN], 0, 1), ([CLEAN, ADVISED], 1, 1)],
)
def test_an_advisory_fails_and_silence_fails_only_where_it_must(
    tmp_path: Path, pins: list[object], plain: int, strict: int
) -> None:
    """Exit 1 for an advisory always, for a pin without an answer under --strict."""
    answer = json.dumps({"dependencies": pins})
    assert ran(tmp_path, answer).returncode == plain
    assert ran(tmp_path, answer, "--strict").returncode == strict


def test_no_answer_at_all_is_said(tmp_path: Path) -> None:
    """What is not JSON is told as nothing looked up, and fails under --strict."""
    asked = ran(tmp_path, "connection refused")
    assert (asked.returncode, "nothing could be looked up" in asked.stderr) == (0, True)
    assert ran(tmp_path, "connection refused", "--strict").returncode == 1


def test_every_pin_is_asked_about(tmp_path: Path) -> None:
    """The lock file named to pip-audit is the one that production installs from."""
    fake = tmp_path / "pip-audit"
    fake.write_text(f"#!{sys.executable}\nimport sys\nprint('asked', sys.argv[1:], file=sys.stderr)\n", "utf-8")
    fake.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    asked = subprocess.run([sys.executable, str(TOOL)], capture_output=True, text=True, env=environment, check=False)
    assert f"--requirement={TOOL.parents[1] / 'requirements.lock'}" in asked.stderr
