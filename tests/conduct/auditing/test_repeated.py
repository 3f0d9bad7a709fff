"""Rows of one id: every engine makes of them what the gate makes, whatever file they come in."""

from __future__ import annotations

import itertools
import random
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.gate_stream import answer, load
from tests.conduct.auditing.logs import USE, write
from tests.conduct.world import EXAMPLE

NAMES = ("id", "subject", "terms", "valid_from", "valid_to", "revoked_at")
DAY = 86_400_000_000
START = 1_767_283_200_000_000
"""2026-01-02T00:00:00+08:00."""


def drawn(seed: int) -> list[dict[str, Any]]:
    """Rows of a few ids, persons and days, some of them unreadable."""
    rng = random.Random(seed)

    def row() -> dict[str, Any]:
        start = START + rng.randrange(3) * DAY
        ends = [rng.choice([None, START + rng.randrange(1, 6) * DAY]) for _ in range(2)]
        return dict(zip(NAMES, (rng.choice([1, 2, 3, 4, 5, None]), rng.choice(["u1", "u1", "u1", "u2"]),
                                rng.choice(["core-2026"] * 5 + ["tax-2026", "nowhere"]), start, *ends), strict=True))  # fmt: skip

    return [row() for _ in range(rng.randrange(1, 9))]


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
@pytest.mark.parametrize("engine", ["kernel", "duckdb"])
def test_engines_agree_with_the_gate_on_ids_that_stand_twice(tmp_path: Path, engine: str, kind: str) -> None:
    """Every person, every day: the verdicts, and how many rows were not taken as they stand."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    days = [START + day * DAY + shift for day in range(-1, 7) for shift in (-1, 0)]
    uses = [{"time": t, "action": "view", "category": "order", "subject": s, "purpose": p, "dataset": "shop.orders"}
            for t, s, p in itertools.product(days, ["u1", "u2"], ["delivery"])]  # fmt: skip
    log = write(tmp_path / "uses.parquet", uses, USE)
    for seed in range(25):
        ledger = write(tmp_path / f"grants.{kind}", drawn(seed), NAMES)
        shutil.rmtree(tmp_path / "work", ignore_errors=True)
        out = tmp_path / "v.parquet"
        result = audit(Request(str(tmp_path / "promise.toml"), str(ledger), str(log), engine, out, tmp_path / "work"))
        found = [(r["verdict"], r["authorisation"]) for r in pq.read_table(out).to_pylist()]
        loaded = load(tmp_path / "promise.toml", ledger)
        verdicts = [answer(loaded, use)[0] for use in uses]
        assert found == [(v.kind, None if v.of_terms else v.nearest) for v in verdicts], seed
        assert (result.authorisations, result.unread) == (loaded.gate.size, len(loaded.bad)), seed
        assert sorted(b.line for b in result.unread_rows) == sorted(b.line for b in loaded.bad), seed
