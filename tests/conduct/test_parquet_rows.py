"""Authorisations as Parquet for the gate: the same rows, whatever file they come in."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.auditing.ledger import Ledger, ledger_of
from gongyue.conduct.auditing.sources import source_of
from gongyue.conduct.authorisations import read_authorisations
from gongyue.conduct.findings import BadInput
from gongyue.conduct.grants import Authorisation
from gongyue.conduct.instants import AFTER, LAST, SECOND, micros
from gongyue.conduct.row_files import rows_of
from gongyue.conduct.rows import Bad
from tests.conduct.running import gongyue
from tests.conduct.world import EXAMPLE, example

START = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = [
    {"id": 1, "subject": "u1", "terms": "core-2026", "valid_from": START, "valid_to": None, "revoked_at": None},
    {"id": 2, "subject": "u2", "terms": None, "purposes": ["delivery"], "categories": ["order"], "actions": ["view"],
     "valid_from": START, "valid_to": datetime(2026, 6, 1, tzinfo=UTC)},
    {"id": 3, "subject": None, "terms": "core-2026", "valid_from": START},
]  # fmt: skip


def test_parquet_and_json_lines_are_the_same_authorisations(tmp_path: Path) -> None:
    """Lists, instants and nulls; the row without a subject is set aside with its number."""
    pq.write_table(pa.Table.from_pylist(ROWS, pa.schema([
        ("id", pa.int64()), ("subject", pa.string()), ("terms", pa.string()), ("purposes", pa.list_(pa.string())),
        ("categories", pa.list_(pa.string())), ("actions", pa.list_(pa.string())), ("valid_from", pa.timestamp("us", "UTC")),
        ("valid_to", pa.timestamp("us", "UTC")), ("revoked_at", pa.timestamp("us", "UTC")),
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


FAR = 1 << 60
"""In microseconds: the year 38505."""
ZONED = pa.timestamp("us", "Asia/Shanghai")
BAD_TEXT = pa.array([b"order", b"\xff\xfe"]).view(pa.string())


def both(path: Path, **columns: pa.Array) -> tuple[dict[int, tuple[int, int]], dict[int, str]]:
    """The authorisations of such a Parquet (id → start, end) and why rows were set aside, the same for gate and audit."""
    n = len(next(iter(columns.values())))
    plain = {
        "id": pa.array(range(1, n + 1)),
        "subject": pa.array([f"u{row}" for row in range(n)]),
        "terms": pa.array(["core-2026"] * n),
        "valid_from": pa.array([START] * n, pa.timestamp("us", "UTC")),
        "revoked_at": pa.nulls(n, pa.timestamp("us", "UTC")),
    }
    pq.write_table(pa.table(plain | columns), path / "a.parquet")
    rows = list(read_authorisations(path / "a.parquet", example()))
    gate = {
        row.id: (row.valid_from, min(row.valid_to, row.revoked_at)) for row in rows if isinstance(row, Authorisation)
    }
    ledger = ledger_of(source_of(str(path / "a.parquet")), example())
    audited = {row["id"]: (row["start"], row["end"]) for row in ledger.rows.to_pylist()}
    assert gate == audited
    aside = {row.line: row.en for row in rows if isinstance(row, Bad)}
    assert aside.keys() == {bad.line for bad in ledger.bad}
    return gate, aside


@pytest.mark.parametrize("column", [
    pa.array([AFTER - 1, AFTER, FAR, (1 << 63) - 1], ZONED),
    pa.array([AFTER // 1000 - 1, AFTER // 1000, FAR, (1 << 63) - 1], pa.timestamp("ms", "UTC")),
    pa.array([253_402_300_799, 253_402_300_800, 1 << 50, 1 << 53], pa.timestamp("s", "UTC")),
])  # fmt: skip
def test_an_end_beyond_the_year_9999_is_set_aside_and_one_within_stands(tmp_path: Path, column: pa.Array) -> None:
    """Of timestamps in any unit, for the gate as for the audit: what ISO 8601 does not write is no end."""
    found, aside = both(tmp_path, valid_to=column)
    assert list(found) == [1] and AFTER - SECOND <= found[1][1] < AFTER
    assert aside.keys() == {2, 3, 4} and all(
        why.startswith("valid_to: ") and "1 to 9999" in why for why in aside.values()
    )


@pytest.mark.parametrize("name", ["valid_to", "revoked_at"])
@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_the_word_infinity_is_no_end(tmp_path: Path, name: str, kind: str) -> None:
    """As PostgreSQL writes it, in text; -infinity and infinity as a start are no instants."""
    said: list[dict[str, str]] = [
        {name: "infinity"},
        {name: "-infinity"},
        {"valid_from": "infinity"},
        {name: "Infinity day"},
    ]
    plain = {"subject": "u", "terms": "core-2026", "valid_from": START.isoformat(), "valid_to": "", "revoked_at": ""}
    rows = [plain | one for one in said]
    file = tmp_path / f"a.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    else:
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    good, *bad = read_authorisations(file, example())
    assert isinstance(good, Authorisation) and (good.valid_to, good.revoked_at) == (LAST, LAST)
    ledger = ledger_of(source_of(str(file)), example())
    assert ledger.rows.column("end").to_pylist() == [LAST]
    assert [row.line for row in bad if isinstance(row, Bad)] == [row.line for row in ledger.bad] == [2, 3, 4]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_moment_without_zone_is_read_in_the_promises(tmp_path: Path, unit: str) -> None:
    """Whatever the column's unit."""
    found, aside = both(tmp_path, valid_to=pa.array([datetime.fromisoformat("2026-06-01"), None], pa.timestamp(unit)))
    assert found[1][1] == micros(datetime(2026, 5, 31, 16, tzinfo=UTC)) and not aside


def test_a_moment_finer_than_a_microsecond_is_refused_and_never_cut(tmp_path: Path) -> None:
    """Also where a library is installed that would cut it."""
    whole = micros(START) * 1000
    found, aside = both(tmp_path, valid_from=pa.array([whole, whole + 1], pa.timestamp("ns", "UTC")))
    assert list(found) == [1] and "finer than a µs" in aside[2]


def test_text_that_is_no_utf_8_sets_its_row_aside(tmp_path: Path) -> None:
    """Alone, in a list, in a dictionary."""
    for column in (BAD_TEXT, pa.ListArray.from_arrays(pa.array([0, 1, 2]), BAD_TEXT), BAD_TEXT.dictionary_encode()):
        found, aside = both(tmp_path, categories=column)
        assert list(found) == [1] and '"categories" cannot be read' in aside[2]


@pytest.mark.parametrize("name", ["purposes", "subject", "valid_from", "valid_to", "id", "basis", "controller"])
@pytest.mark.parametrize(
    "column",
    [
        pa.array([[{"a": 1}], None]),
        pa.array([[["x"]], None]),
        pa.array([{"a": 1}, None]),
        pa.array([[FAR], None], pa.list_(pa.timestamp("us"))),
        pa.array([b"x", None]),
        pa.array(["x", None], pa.string_view()),
        pa.ExtensionArray.from_storage(pa.json_(), pa.array(["[", None])),
        pa.array([FAR, None], pa.timestamp("us", "Nowhere/Bad")),
    ],
)
def test_a_column_of_any_type_sets_rows_aside_at_most(tmp_path: Path, name: str, column: pa.Array) -> None:
    """What is no name, no instant or no number is told with its row, and both read the same."""
    found, aside = both(tmp_path, **{name: column})
    assert len(found) + len(aside) == 2 and all(aside.values())


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_an_id_of_many_digits_is_set_aside(tmp_path: Path, kind: str) -> None:
    """More than Python reads as a number; an id with zeros before it is that number."""
    ids = ["9" * 5000, "0" * 5000 + "7"]
    file = tmp_path / f"a.{kind}"
    plain = {"subject": "u", "terms": "core-2026", "valid_from": START.isoformat(), "revoked_at": ""}
    rows = [{"id": id, **plain} for id in ids]
    if kind == "csv":
        file.write_text("".join(",".join(row) + "\n" for row in [rows[0].keys(), *(row.values() for row in rows)]))
    elif kind == "jsonl":
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        pq.write_table(pa.Table.from_pylist(rows), file)
    bad, good = read_authorisations(file, example())
    assert isinstance(bad, Bad) and "exceeds 40 bits" in bad.en and len(bad.en) < 100
    assert isinstance(good, Authorisation) and good.id == 7
    assert ledger_of(source_of(str(file)), example()).unread == 1


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    """By the gate and by the audit."""
    table = pa.Table.from_pylist(ROWS[:1])
    pq.write_table(table.append_column("subject", table.column("subject")), tmp_path / "a.parquet")
    with pytest.raises(BadInput, match="of the same name: subject"):
        list(rows_of(tmp_path / "a.parquet"))
    with pytest.raises(BadInput, match="of the same name: subject"):
        source_of(str(tmp_path / "a.parquet"))


def test_damage_within_authorisations_is_told_by_gate_and_audit(tmp_path: Path) -> None:
    """Bytes changed anywhere: BadInput for both, or both read as many rows."""
    file, drawn = tmp_path / "a.parquet", random.Random(7)
    pq.write_table(pa.Table.from_pylist(ROWS * 20), file, row_group_size=20)
    whole, told = file.read_bytes(), 0
    for _ in range(120):
        data, noise = bytearray(whole), drawn.randbytes(drawn.randint(1, 8))
        place = drawn.randrange(len(data) - 8)
        data[place : place + len(noise)] = noise
        file.write_bytes(data)
        counts = [_or_told(lambda: len(list(read_authorisations(file, example()))))]
        counts.append(_or_told(lambda: _seen(ledger_of(source_of(str(file)), example()))))
        assert counts[0] == counts[1]
        told += counts[0] is None
    assert told > 60


def _seen(ledger: Ledger) -> int:
    return ledger.unread + len(ledger.rows)


def _or_told(count: Callable[[], int]) -> int | None:
    try:
        return count()
    except BadInput:
        return None
