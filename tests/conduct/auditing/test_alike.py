"""The same said in another form of file, column or folder: it is judged alike, and what it is known by changes with it."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.auditing.audit_run import audit
from gongyue.conduct.auditing.run_inputs import Request
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate_stream import answer, load
from gongyue.conduct.instants import AFTER, EARLIEST
from gongyue.conduct.row_files import rows_of
from gongyue.conduct.rows import Bad
from tests.conduct.auditing.test_audit import GRANT, TEN, USE, lines
from tests.conduct.world import EXAMPLE

ENGINES = pytest.mark.parametrize("engine", ["kernel", "duckdb"])


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with the example's promise and one authorisation."""
    (tmp_path / "promise.toml").write_text(EXAMPLE, "utf-8")
    lines(tmp_path / "auth.jsonl", [GRANT])
    return tmp_path


def verdicts(folder: Path, grants: object, uses: object, engine: str = "kernel") -> list[str]:
    """The verdicts row by row."""
    out, promise = folder / "v.parquet", folder / "promise.toml"
    audit(Request(str(promise), str(grants), str(uses), engine, out, folder / "work"))
    return list(pq.read_table(out).column("verdict").to_pylist())


@ENGINES
def test_a_partition_named_anew_is_another_input(given: Path, engine: str) -> None:
    """The name of a folder is data: no index and no unit of a run is kept for the other one."""
    for name, row in (("auth", GRANT), ("uses", USE)):
        (given / name / "controller=xingtai").mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist([row]), given / name / "controller=xingtai" / "a.parquet")
    assert verdicts(given, given / "auth", given / "uses", engine) == ["OK"]
    (given / "auth" / "controller=xingtai").rename(given / "auth" / "controller=other")
    assert verdicts(given, given / "auth", given / "uses", engine) == ["NO_AUTH"]
    (given / "uses" / "controller=xingtai").rename(given / "uses" / "controller=other")
    assert verdicts(given, given / "auth", given / "uses", engine) == ["OK"]


@ENGINES
@pytest.mark.parametrize("zone", ["+08:00", "-14:00"])
@pytest.mark.parametrize("ticks", [1 - (1 << 62), -(1 << 63), (1 << 63) - 1, EARLIEST, AFTER - 1])
@pytest.mark.parametrize("kind", [pa.timestamp("us"), pa.timestamp("ns"), pa.int64()])
def test_no_row_changes_the_verdicts_on_another_subject(
    given: Path, engine: str, zone: str, ticks: int, kind: pa.DataType
) -> None:
    """However far its start or end: before or after the years there are, less an offset, or a number that is no moment."""
    head = "[columns.authorisations]\n"
    told = EXAMPLE.replace(f'{head}time_zone = "+08:00"', f'{head}time_zone = "{zone}"')
    (given / "promise.toml").write_text(told, "utf-8")
    starts, ends = [TEN - 10**11, TEN + 1, ticks, TEN], [None, TEN + 10**12, TEN + 10**12, ticks]
    if kind == pa.timestamp("ns"):
        starts, ends = ([t if t is None or abs(t) >= 1 << 53 else t * 1000 for t in some] for some in (starts, ends))
    columns = {"subject": ["u-jia", "u-yi", "u-far", "u-end"], "terms": ["core-2026"] * 4}
    times = {"valid_from": pa.array(starts, kind), "valid_to": pa.array(ends, kind), "revoked_at": pa.nulls(4, kind)}
    pq.write_table(pa.table(columns | times), given / "auth.parquet")
    offset = 0 if kind == pa.int64() else int(zone[:3]) * 3_600_000_000
    uses = [USE | {"time": TEN - offset, "subject": s} for s in ("u-jia", "u-yi", "u-yi")]
    uses[2]["time"] += 2
    assert verdicts(given, given / "auth.parquet", lines(given / "uses.jsonl", uses), engine) == ["OK", "NOT_YET", "OK"]


@ENGINES
@pytest.mark.parametrize("index", [pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(), pa.int8()])
def test_dictionaries_of_any_index_may_have_nulls(given: Path, engine: str, index: pa.DataType) -> None:
    """In every column that is text, of uses and of authorisations."""
    kind = pa.dictionary(index, pa.string())

    def table(rows: list[dict[str, Any]]) -> pa.Table:
        columns = {name: pa.array([row[name] for row in rows]).dictionary_encode() for name in rows[0]}
        return pa.table(
            {k: pa.DictionaryArray.from_arrays(v.indices.cast(index), v.dictionary) for k, v in columns.items()}
        )

    uses = [USE, USE | {"purpose": None}, USE | {"subject": None}, USE | {"time": None}, USE | {"action": None}]
    grants = [
        GRANT | {"basis": "consent"},
        GRANT | {"basis": None, "subject": "u-yi"},
        GRANT | {"basis": None, "terms": None},
    ]
    pq.write_table(table(uses), given / "uses.parquet")
    pq.write_table(table(grants), given / "auth.parquet")
    assert pq.read_schema(given / "uses.parquet").field("purpose").type == kind
    found = verdicts(given, given / "auth.parquet", given / "uses.parquet", engine)
    assert found == verdicts(given, lines(given / "a.jsonl", grants), lines(given / "u.jsonl", uses), engine)
    assert found == ["OK", "PURPOSE_UNKNOWN", "SUBJECT_UNKNOWN", "UNPARSED", "UNPARSED"]


@pytest.mark.parametrize("column", ["subject", "purpose", "time", "action"])
def test_bytes_of_a_table_are_no_text(given: Path, column: str) -> None:
    """A BLOB is set aside, as binary of Parquet is; an authorisation too."""
    rows = [USE, USE | {column: USE[column].encode()}]
    link = sqlite3.connect(given / "log.sqlite")
    link.execute(f"CREATE TABLE uses ({', '.join(USE)})")
    link.execute("CREATE TABLE auth (subject, terms, valid_from, revoked_at)")
    link.executemany("INSERT INTO uses VALUES (?, ?, ?, ?, ?)", [tuple(row.values()) for row in rows])
    link.execute("INSERT INTO auth VALUES (?, 'core-2026', ?, NULL)", (b"u-jia", GRANT["valid_from"]))
    link.commit()
    link.close()
    table = pa.table({name: pa.array([USE[name]], pa.binary() if name == column else pa.string()) for name in USE})
    pq.write_table(table, given / "uses.parquet")
    log = f"sqlite:///{given / 'log.sqlite'}"
    assert verdicts(given, given / "auth.jsonl", f"{log}#uses") == ["OK", "UNPARSED"]
    assert verdicts(given, given / "auth.jsonl", given / "uses.parquet") == ["UNPARSED"]
    assert verdicts(given, f"{log}#auth", lines(given / "uses.jsonl", [USE])) == ["NO_AUTH"]


GREAT = 1 << 64
"""Beyond 64 bits; as a float it would be the one before, too."""


@ENGINES
def test_integers_beyond_64_bits_are_names_by_their_digits(given: Path, engine: str) -> None:
    """Of JSON: number and text are one subject, the next number another; what has a fraction or an exponent is no name."""
    lines(given / "auth.jsonl", [GRANT | {"subject": GREAT}, GRANT | {"subject": str(-GREAT)}])
    subjects = [GREAT, str(GREAT), GREAT - 1, GREAT + 1, -GREAT, 10**300, 1e30, 1.5]
    uses = [USE | {"subject": subject} for subject in subjects] + [USE | {"time": GREAT}, USE | {"note": GREAT}]
    found = verdicts(given, given / "auth.jsonl", lines(given / "uses.jsonl", uses[:-1]), engine)
    assert found == ["OK", "OK", "NO_AUTH", "NO_AUTH", "OK", "NO_AUTH", "UNPARSED", "UNPARSED", "UNPARSED"]
    lines(given / "auth.jsonl", [GRANT])
    assert verdicts(given, given / "auth.jsonl", lines(given / "uses.jsonl", uses[-1:]), engine) == ["OK"]


@ENGINES
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_blanks_at_both_ends_of_a_columns_name_do_not_count(given: Path, engine: str, kind: str) -> None:
    """In any form, of uses and of authorisations; two columns that differ in nothing else are one name."""
    wide = {f" {name}\u3000\t": value for name, value in USE.items()}
    uses = written(given / f"uses.{kind}", [wide, wide | {" time\u3000\t": "soon"}])
    grants = written(given / f"auth.{kind}", [{f" {name} ": value for name, value in GRANT.items()}])
    assert verdicts(given, grants, uses, engine) == ["OK", "UNPARSED"]
    gate = load(given / "promise.toml", grants)
    assert [answer(gate, row[1])[0].kind for row in rows_of(uses) if not isinstance(row, Bad)] == ["OK", "UNPARSED"]
    twice = written(given / f"twice.{kind}", [USE | {"time ": USE["time"]}])
    if kind == "jsonl":
        assert verdicts(given, grants, twice, engine) == ["UNPARSED"]
    else:
        with pytest.raises(BadInput, match="same name: time"):
            verdicts(given, grants, twice, engine)
        with pytest.raises(BadInput, match="same name: time"):
            list(rows_of(twice))


@ENGINES
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_blank_list_of_an_authorisation_states_nothing(given: Path, engine: str, kind: str) -> None:
    """As an empty one, and as blanks elsewhere; a list that is stated and holds no name narrows to nothing."""
    grants = [
        GRANT | {"subject": f"u{n}", "purposes": said} for n, said in enumerate((" ", "\u3000\t", "", "|", "marketing"))
    ]
    uses = lines(given / "uses.jsonl", [USE | {"subject": f"u{n}"} for n in range(5)])
    found = verdicts(given, written(given / f"auth.{kind}", grants), uses, engine)
    assert found == ["OK", "OK", "OK", "PURPOSE", "PURPOSE"]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as a file of its kind."""
    if path.suffix == ".jsonl":
        return lines(path, rows)
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([rows[0], *(row.values() for row in rows)])
    return path
