"""Whoever follows the README alone founds, adopts and publishes a covenant with two officers: its lines are run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .desk import COVENANT, Desk

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")


def _between(name: str) -> str:
    """What stands between two marks of the README, inside its fence."""
    marked = TEXT.partition(f"<!-- {name}:start -->")[2].partition(f"<!-- {name}:end -->")[0]
    return re.sub(r"\A\s*```\w+\n|```\s*\Z", "", marked)


@pytest.fixture
def shell(empty: Desk, tmp_path: Path) -> dict[str, str]:
    """A folder with the documents the README names, and `gongyue` on the path."""
    from docx import Document

    document = Document()
    for line in COVENANT.read_text("utf-8").splitlines():
        document.add_paragraph(line)
    document.save("公约.docx")
    for name in ("依据.pdf", "登记.pdf", "批复.pdf", "截图.pdf"):
        empty.write(name, "%PDF-1.7\n%%EOF\n")
    empty.write("发起单位.csv", _between("initiators"))
    binary = tmp_path / "bin"
    binary.mkdir()
    program = binary / "gongyue"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gongyue "$@"\n', "utf-8")
    program.chmod(0o755)
    return os.environ | {"PATH": f"{binary}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}


def test_two_officers_found_adopt_and_publish_by_the_readme_alone(shell: dict[str, str], empty: Desk) -> None:
    """One shell runs the blocks as they stand and stops at the first command that fails: in force, sound and lawful, a change adopted."""
    script = "set -eu\n" + _between("founding")
    assert script.count("gongyue ") > 20
    done = subprocess.run(
        ["sh", "-c", script], env=shell, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    status = empty.json("status")
    assert (status["stage"], status["members"]) == ("in_force", 2)
    assert empty.json("verify", "public", "--vkey", "office/log.vkey")["code"] == 0
    voted = subprocess.run(
        ["sh", "-c", "set -eu\n" + _between("vote")],
        env=shell,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert voted.returncode == 0, voted.stdout + voted.stderr
    assert empty.json("amendment", "show", "p:1")["stage"] == "adopted"
