from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys, importlib, pkgutil, gongyue.conduct as room
for found in sorted(m.name for m in pkgutil.iter_modules(room.__path__)):
    if found in {names}:
        importlib.import_module("gongyue.conduct." + found)
print("\\n".join(sys.modules))
"""
OURS = (
    "authorisations", "consents", "consistency", "coverage", "deciding", "evidence", "explaining", "exports", "filings", "findings", "flows", "forms", "gate",
    "grants", "instants", "lawpack", "masks", "opening", "outputs", "places", "promise", "receipts", "regions", "rows", "serving", "uses", "verdict",
)  # fmt: skip


def test_promise_gate_and_export_check_stand_alone() -> None:
    """They load no other floor of ours than covenant and transparency, and neither Django nor a data engine."""
    program = PROGRAM.replace("{names}", repr(set(OURS)))
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name.split(".")[1] for name in loaded if name.startswith("gongyue.")}
    assert ours <= {"conduct", "covenant", "transparency"}
    assert not {"django", "pyarrow", "duckdb", "numpy", "pandas", "polars", "pyspark"} & set(loaded)
