from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys, importlib, pkgutil, gongyue.conduct as room
for found in sorted(m.name for m in pkgutil.iter_modules(room.__path__)):
    if found in {names}:
        importlib.import_module("gongyue.conduct." + found)
print("\\n".join(sys.modules))
"""
OURS = (
    "authorisations", "consents", "consistency", "coverage", "deciding", "evidence", "explaining", "exports", "filings", "findings", "flows", "forms", "gate",
    "grants", "instants", "lawpack", "masks", "opening", "outputs", "places", "promise", "receipts", "regions", "rows", "service", "serving", "uses", "verdict",
)  # fmt: skip


def test_promise_gate_and_export_check_stand_alone() -> None:
    """They load no other floor of ours than covenant and transparency, and neither Django nor a data engine."""
    program = PROGRAM.replace("{names}", repr(set(OURS)))
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name.split(".")[1] for name in loaded if name.startswith("gongyue.")}
    assert ours <= {"conduct", "covenant", "transparency"}
    assert not {"django", "pyarrow", "duckdb", "numpy", "pandas", "polars", "pyspark"} & set(loaded)


BARE = """
import sys
sys.modules.update(dict.fromkeys(("numpy", "numba", "pyarrow", "duckdb", "ibis", "django")))
from gongyue.cli.main import main
sys.exit(main(sys.argv[1:], "gongyue", standalone_mode=False) or 0)
"""
WITH_EXTRA = [
    ["audit", "--promise", "p", "--authorisations", "a", "--uses", "u"], ["scan", "x"], ["toolkit", "demo", "nowhere"],
    ["attest", "make", "v", "--unit", "u", "--covers", "c", "--out", "o"], ["attest", "sign", "d", "--unseen", "--key", "k", "--out", "o"],
    ["attest", "answer", "c", "--attestation", "a", "--verdicts", "v", "--out", "o"], ["attest", "check", "a"],
]  # fmt: skip


@pytest.mark.parametrize("command", WITH_EXTRA, ids=" ".join)
def test_a_tool_without_its_extra_says_which_to_install(command: list[str], tmp_path: Path) -> None:
    """The base install alone: exit 4 and the name of the extra, no internal error."""
    told = subprocess.run(
        [sys.executable, "-c", BARE, *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert told.returncode == 4 and "gongyue[conduct]" in told.stderr
