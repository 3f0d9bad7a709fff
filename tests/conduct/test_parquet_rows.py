"""Authorisations as Parquet for the gate: the same rows, whatever file they come in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.authorisations import read_authorisations
from gongyue.conduct.findings import BadInput
from gongyue.conduct.rows import rows_of
from tests.conduct.running import gongyue
from tests.conduct.world import EXAMPLE, example

START = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = [
    {"id": 1, "subject": "u1", "terms": "core-2026", "valid_from": START, "valid_to": None},
    {"id": 2, "subject": "u2", "terms": None, "purposes": ["delivery"], "categories": ["order"], "actions": ["view"],
     "valid_from": START, "valid_to": datetime(2026, 6, 1, tzinfo=UTC)},
    {"id": 3, "subject": None, "terms": "core-2026", "valid_from": START},
]  # fmt: skip


def test_parquet_and_json_lines_are_the_same_authorisations(tmp_path: Path) -> None:
    """Lists, instants and nulls; the row without a subject is set aside with its number."""
    pq.write_table(pa.Table.from_pylist(ROWS, pa.schema([
        ("id", pa.int64()), ("subject", pa.string()), ("terms", pa.string()), ("purposes", pa.list_(pa.string())),
        ("categories", pa.list_(pa.string())), ("actions", pa.list_(pa.string())), ("valid_from", pa.timestamp("us", "UTC")),
        ("valid_to", pa.timestamp("us", "UTC")),
    ])), tmp_path / "a.parquet")  # fmt: skip
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps(row, default=datetime.isoformat) + "\n" for row in ROWS), "utf-8"
    )
    found = [list(read_authorisations(tmp_path / f"a.{kind}", example())) for kind in ("parquet", "jsonl")]
    assert found[0] == found[1] and len(found[0]) == 3


def test_the_gate_decides_on_parquet(tmp_path: Path) -> None:
    """`gongyue gate run` with authorisations from a Parquet file."""
    (tmp_path / "p.toml").write_text(EXAMPLE, "utf-8")
    pq.write_table(pa.Table.from_pylist(ROWS[:1]), tmp_path / "a.parquet")
    use = {
        "time": "2026-05-01T10:00:00+08:00",
        "actor": "etl_delivery",
        "action": "SELECT",
        "dataset": "shop.orders",
        "subject": "u1",
    }
    asked = ["--promise", tmp_path / "p.toml", "--authorisations", tmp_path / "a.parquet"]
    result = gongyue("gate", "run", *asked, given=json.dumps(use))
    assert result.exit_code == 0 and json.loads(result.stdout)["authorisation"] == 1


@pytest.mark.parametrize("kept", [0, 40, -1])
def test_a_truncated_file_is_told(tmp_path: Path, kept: int) -> None:
    """A clear error with the file's name."""
    whole = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), whole)
    whole.write_bytes(whole.read_bytes()[:kept])
    with pytest.raises(BadInput, match=r"a\.parquet cannot be read"):
        list(rows_of(whole))
