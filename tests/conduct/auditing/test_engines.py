from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gongyue.conduct.auditing import duckdb_engine, partitions, sources, use_encoder
from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.grants import Authorisation, Scope
from gongyue.conduct.instants import AFTER, EARLIEST, LAST
from gongyue.conduct.uses import Use
from gongyue.conduct.verdict import KINDS
from tests.conduct.auditing.logs import GRANT, USE, expected, grant_row, run, three_scopes_a_page, use_row, write
from tests.conduct.world import AUTHORISATIONS, START, uses_of, world, world_text

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # no shrinking: an audit takes too long for it
ENGINES = ("kernel", "duckdb")
LOGS = st.lists(uses_of(1), min_size=20, max_size=100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the promise of many purposes and recipients."""
    (tmp_path / "promise.toml").write_text(world_text(), "utf-8")
    return tmp_path


def compared(folder: Path, engine: str, uses: list[Use], grants: list[Authorisation], kind: str = ".parquet") -> None:
    """The engine's rows are the reference's."""
    grants = [g for g in grants if g.valid_to > g.valid_from]
    shutil.rmtree(folder / "work", ignore_errors=True)
    ledger = write(folder / f"grants{kind}", [grant_row(g) for g in grants], GRANT)
    log = write(folder / f"uses{kind}", [use_row(u) for u in uses], USE)
    found = run(folder, folder / "promise.toml", ledger, log, engine)
    assert found == expected(uses, grants, world())


KEPT = settings(phases=PHASES, max_examples=40)


@KEPT
@given(LOGS, AUTHORISATIONS)
def test_the_kernel_agrees_with_the_reference_row_by_row(
    folder: Path, uses: list[Use], grants: list[Authorisation]
) -> None:
    """Verdict, nearest and all failures: ties, overlaps, equal instants, deep purposes, nulls, 150 recipients."""
    compared(folder, "kernel", uses, grants)


@settings(KEPT, max_examples=15)
@given(LOGS, AUTHORISATIONS)
def test_duckdb_agrees_with_the_reference_row_by_row(
    folder: Path, uses: list[Use], grants: list[Authorisation]
) -> None:
    """The very same."""
    compared(folder, "duckdb", uses, grants)


@settings(KEPT, max_examples=8)
@given(LOGS, AUTHORISATIONS)
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_also_where_scopes_fill_many_pages(
    folder: Path, engine: str, uses: list[Use], grants: list[Authorisation]
) -> None:
    """Three scopes a page, the promise's own on the first: the same verdicts."""
    with three_scopes_a_page():
        compared(folder, engine, uses, grants)


@settings(KEPT, max_examples=8)
@given(LOGS, st.lists(AUTHORISATIONS, min_size=2, max_size=3))
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_where_one_person_gave_many(
    folder: Path, engine: str, uses: list[Use], many: list[list[Authorisation]]
) -> None:
    """More authorisations of one pair than a line holds."""
    grants = {g.id: g for some in many for g in some}
    compared(folder, engine, uses, list(grants.values()))


@settings(KEPT, max_examples=12)
@given(LOGS, AUTHORISATIONS)
@pytest.mark.parametrize("bits", [20, 28])
def test_duckdb_agrees_where_there_are_many_partitions_units_and_pieces(
    folder: Path, bits: int, uses: list[Use], grants: list[Authorisation]
) -> None:
    """A line or two a partition, a few uses a unit, five a piece; ticks of one microsecond, and of eight, within which
    lie both ends of some authorisations."""
    scope = Scope(frozenset({"d0"}), frozenset({"k0"}), frozenset({"view"}))
    far = [Authorisation((1 << 40) - 1, "u9", "c", scope, START + (1 << bits), LAST)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "EACH", 1)
        patch.setattr(sources, "ROWS", 3)
        for module in (partitions, duckdb_engine):
            patch.setattr(module, "PIECE", 5)
        patch.setattr(duckdb_engine, "ROWS", 2)
        compared(folder, "duckdb", uses, [*(g for g in grants if g.id != far[0].id), *far])


@pytest.mark.parametrize("out", [True, False])
def test_duckdb_explains_only_what_is_not_covered(folder: Path, monkeypatch: pytest.MonkeyPatch, out: bool) -> None:
    """Of two thousand uses the four after an end."""
    explained, whole = [], duckdb_engine.DuckDB._explained

    def seen(self: duckdb_engine.DuckDB, link: Any, unit: Any, rest: duckdb_engine.Rest, found: Any) -> None:
        explained.extend(row for rows, _ in rest for row in rows.tolist())
        whole(self, link, unit, rest, found)

    monkeypatch.setattr(duckdb_engine.DuckDB, "_explained", seen)
    scope = Scope(frozenset({"d0"}), frozenset({"k0"}), frozenset({"view"}))
    ends = {"u1": START + 997, "u2": LAST}
    grants = [Authorisation(i, u, "c", scope, START, end) for i, (u, end) in enumerate(ends.items())]
    ledger = write(folder / "grants.parquet", [grant_row(g) for g in grants], GRANT)
    some = [Use(START + i, "view", ("k0",), u, "c", "d20") for u in ("u1", "u2") for i in range(1, 1001)]
    log = write(folder / "uses.parquet", [use_row(u) for u in some], USE, group=300)
    asked = Request(
        str(folder / "promise.toml"), str(ledger), str(log), "duckdb", folder / "v.parquet" if out else None
    )
    assert audit(asked).tally.kinds[KINDS.index("EXPIRED")] == 4
    assert sorted(explained) == [996, 997, 998, 999]


@settings(KEPT, max_examples=15)
@given(LOGS, AUTHORISATIONS)
@pytest.mark.parametrize("kind", [".csv", ".jsonl"])
def test_the_kernel_agrees_on_csv_and_json_lines(
    folder: Path, kind: str, uses: list[Use], grants: list[Authorisation]
) -> None:
    """Rows that are read one by one are judged alike."""
    compared(folder, "kernel", uses, grants, kind)


@pytest.mark.parametrize("engine", ENGINES)
def test_far_instants_and_the_greatest_id(folder: Path, engine: str) -> None:
    """The first and the last instant of timestamps, a microsecond beside a boundary, and ids of forty bits."""
    scope = Scope(frozenset({"d0"}), frozenset({"k0"}), frozenset({"view"}))
    far = [(EARLIEST, AFTER - 1), (-5, 5), (10**15, 10**15 + 1), (10**15 + 1, LAST)]
    grants = [Authorisation((1 << 40) - 1 - i, "u1", "c", scope, a, b) for i, (a, b) in enumerate(far)]
    times = sorted({t + d for pair in far for t in pair for d in (-1, 0, 1) if EARLIEST <= t + d < AFTER})
    uses = [Use(t, "view", ("k0",), "u1", "c", "d20") for t in times]
    compared(folder, engine, uses, grants)


def test_pages_are_within_a_mark() -> None:
    """A page's bits fit a signed word and a mark's six bits for the place."""
    assert use_encoder.PAGE <= 62
