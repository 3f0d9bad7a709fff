"""Logs and ledgers as files, from uses and authorisations; and the reference's verdicts on them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.auditing import packed_ledger, relational, use_encoder
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request, Result
from gongyue.conduct.grants import Authorisation
from gongyue.conduct.instants import BEYOND, FIRST, LAST
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Use
from gongyue.conduct.verdict import verdict

Row = tuple[str, int | None, int | None, tuple[str, ...]]
"""(verdict, authorisation, terms, failed)."""


@contextmanager
def three_scopes_a_page() -> Iterator[None]:
    """So that few scopes fill many pages. All modules are there before any is changed: one imported later would keep the 3."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (use_encoder, packed_ledger, relational):
            patch.setattr(module, "PAGE", 3)
        yield


def use_row(use: Use) -> dict[str, Any]:
    """A use as a log writes it."""
    said = {
        "time": use.time,
        "action": use.action,
        "category": "|".join(use.categories) or None,
        "subject": use.subject,
    }
    said |= {"controller": use.controller, "purpose": use.purpose, "recipient": use.recipient, "region": use.region}
    return said | {"dataset": "log"} if use.categories else said | {"dataset": "unmapped.set"}


def grant_row(grant: Authorisation) -> dict[str, Any]:
    """An authorisation as a ledger writes it."""
    scope = {name: "|".join(sorted(names)) or "|" for name, names in grant.scope._asdict().items()}
    ends = {"valid_to": grant.valid_to, "revoked_at": grant.revoked_at}
    return {"id": grant.id, "subject": grant.subject, "controller": grant.controller, **scope, "valid_from": grant.valid_from,
            **{k: None if v == LAST else v for k, v in ends.items()}, "basis": grant.basis}  # fmt: skip


def write(path: Path, rows: Sequence[dict[str, Any]], columns: Iterable[str], group: int = 3) -> Path:
    """A file of its kind: .jsonl, .csv or .parquet (so many rows a row group)."""
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(columns))
            writer.writeheader()
            writer.writerows(rows)
    else:
        times = {"time", "valid_from", "valid_to", "revoked_at"}
        plain = all(FIRST <= row[name] < BEYOND for row in rows for name in times & row.keys() if row[name] is not None)
        kinds: dict[str, Any] = {name: pa.string() for name in columns} | {"id": pa.int64()}
        kinds |= dict.fromkeys(times, pa.int64() if plain else pa.timestamp("us", "UTC"))
        kinds = {name: kinds[name] for name in columns}
        table = pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in kinds.items()})
        pq.write_table(table, path, row_group_size=group)
    return path


USE = ("time", "action", "category", "subject", "controller", "purpose", "recipient", "region", "dataset")
GRANT = ("id", "subject", "controller", "purposes", "categories", "actions", "recipients", "regions", "valid_from", "valid_to",
         "revoked_at", "basis")  # fmt: skip


def expected(uses: Sequence[Use], grants: Sequence[Authorisation], promise: Promise) -> list[Row]:
    """What the reference says, row by row."""
    found = [verdict(use, grants, promise) for use in uses]
    return [(v.kind, None if v.of_terms else v.nearest, v.nearest if v.of_terms else None, v.all_failed) for v in found]


def judged(result: Result, out: Path) -> list[Row]:
    """What the audit wrote, row by row; the counts agree with it."""
    from gongyue.conduct.verdict import KINDS, kinds_of

    rows = pq.read_table(out).to_pylist()
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    kinds = [row["verdict"] for row in rows]
    assert result.tally.kinds == [kinds.count(kind) for kind in KINDS]
    return [(r["verdict"], r["authorisation"], r["terms"], tuple(kinds_of(r["failed"]))) for r in rows]


def run(folder: Path, promise: Path, grants: Path, uses: Path, engine: str) -> list[Row]:
    """An audit from files to rows."""
    out = folder / f"verdicts-{engine}.parquet"
    result = audit(Request(str(promise), str(grants), str(uses), engine, out, folder / "work"))
    counted = audit(Request(str(promise), str(grants), str(uses), engine, None, folder / "work"))
    assert counted.tally == result.tally  # with verdicts row by row or without
    return judged(result, out)
