"""Columns that are missing, meant as another, or not read; damaged and unusual tables: nothing is lost without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.authorisations import read_authorisations
from gongyue.conduct.csv_rows import csv_head, encoding_of
from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate_service import Service
from gongyue.conduct.gate_stream import load
from gongyue.conduct.input_columns import GRANTED, USED, Unused, require
from gongyue.conduct.row_files import rows_of
from gongyue.conduct.rows import LONGEST, Bad, parsed
from tests.conduct.running import gongyue
from tests.conduct.world import EXAMPLE, example

OURS = {
    name: name for name in ("id", "subject", "terms", "purposes", "regions", "valid_from", "valid_to", "revoked_at")
}
ROW = {"subject": "u-jia", "terms": "core-2026", "valid_from": "2026-01-02T00:00:00+08:00", "revoked_at": ""}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("withdrawn_at", "revoked_at"), ("revokedAt", "revoked_at"), ("revoke", "revoked_at"), ("撤回时间", "revoked_at"),
        ("deleted_at", "revoked_at"), ("expires", "valid_to"), ("end_date", "valid_to"), ("EndDate", "valid_to"),
        ("valid_until", "valid_to"), ("到期日", "valid_to"), ("effective_to", "valid_to"), ("region", "regions"),
        ("purpose", "purposes"), ("Subject", "subject"), ("term", "terms"),
    ],
)  # fmt: skip
def test_a_column_that_seems_to_be_meant_as_one_of_ours_is_refused(name: str, meant: str) -> None:
    """A withdrawal, an end, or a narrowing under another name would be lost without a word."""
    with pytest.raises(BadInput) as told:
        Unused(OURS).look(["id", "valid_from", name])
    assert f'{meant} = "{name}"' in told.value.zh and f'{meant} = "{name}"' in told.value.en


def test_columns_that_are_harmless_are_told_and_not_refused() -> None:
    """A member's table has columns of its own; one that resembles ours is no misspelling where ours is there."""
    unused = Unused(OURS)
    unused.look(["id", "subject", "subject_id", "备注", "endpoint", "status", "uid", "channel"])
    unused.look({"id": 1, "备注": ""}.keys())
    assert list(unused.names) == ["subject_id", "备注", "endpoint", "status", "uid", "channel"]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_withdrawal_under_another_name_stops_the_gate(tmp_path: Path, kind: str) -> None:
    """Exit 4 with the mend; mapped in the promise file it is read; other columns are told."""
    promise, file = tmp_path / "p.toml", tmp_path / f"a.{kind}"
    promise.write_text(EXAMPLE, "utf-8")
    bare = {name: value for name, value in ROW.items() if name != "revoked_at"}
    row = bare | {"withdrawn_at": "2026-03-01T00:00:00+08:00", "note": "x"}
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist([row]), file)
    elif kind == "csv":
        file.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", "utf-8")
    else:
        file.write_text(json.dumps(bare) + "\n" + json.dumps(row) + "\n", "utf-8")
    asked = ("gate", "run", "--promise", promise, "--authorisations", file)
    refused = gongyue(*asked, given=b"")
    assert refused.exit_code == 4 and 'revoked_at = "withdrawn_at"' in refused.stderr
    promise.write_text(EXAMPLE + '\n[columns.authorisations.name]\nrevoked_at = "withdrawn_at"\n', "utf-8")
    told = gongyue(*asked, given=b"")
    assert told.exit_code == 0 and "不读：note" in told.stderr, told.output
    assert load(promise, file).unused == ("note",)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (["when", "action", "dataset"], "time；它的列是：when、action、dataset。请"),
        (["time;action;dataset"], "以“;”分隔"),
        (["2026-05-01", "view", "shop"], "第一行应是列名"),
        (["t\0i\0m\0e"], "UTF-16"),
        (["time", "action", "table"], "dataset 或 category"),
        (["\x1b[31m"], r"\u001b[31m"),
    ],
)
def test_missing_columns_are_told_once_with_those_there_are(head: list[str], says: str) -> None:
    """And how to name them; nothing of it steers a terminal."""
    names = {name: name for name in ("time", "action", "dataset", "category")}
    with pytest.raises(BadInput) as told:
        require("log.csv", [head], names, USED, "uses")
    assert says in told.value.zh and "[columns.uses.name]" in told.value.en and "\x1b" not in told.value.zh


def test_what_json_lines_say_in_some_row_is_not_missing() -> None:
    """Keys may be left out where there is nothing to say; an empty file says nothing about its columns."""
    names = {name: name for names in GRANTED for name in names}
    require("a", [{"subject"}, {"valid_from"}, {"purposes"}, {"revoked_at"}], names, GRANTED, "authorisations")
    require("a", [], names, GRANTED, "authorisations")
    with pytest.raises(BadInput, match="valid_from"):
        require("a", [{"subject"}, {"terms"}], names, GRANTED, "authorisations")


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    """Which of them is meant nobody knows; columns without a name, and without a value, are none."""
    file = tmp_path / "a.csv"
    file.write_text("id,revoked_at, revoked_at\n1,2026-01-01,\n", "utf-8")
    with pytest.raises(BadInput, match="same name: revoked_at"):
        list(rows_of(file))
    file.write_text(" id , subject,,\n1,甲,, \n", "utf-8")
    assert csv_head(file, ",") == ["id", "subject"]
    assert list(rows_of(file)) == [(2, {"id": "1", "subject": "甲"})]


def test_a_column_without_a_name_that_has_values_is_refused_by_gate_and_audit(tmp_path: Path) -> None:
    """A withdrawal could stand there: exit 4 with the line, the place and the mend."""
    promise, grants, uses = tmp_path / "p.toml", tmp_path / "a.csv", tmp_path / "u.csv"
    promise.write_text(EXAMPLE, "utf-8")
    uses.write_text("time,action,dataset,subject\n2026-05-01T10:00:00+08:00,view,shop.orders,u-jia\n", "utf-8")
    head, row = ",".join(ROW), ",".join(ROW.values())
    grants.write_text(f"{head}, \n{row},\n{row},2026-03-01\n", "utf-8")
    for asked, log in (("gate run", "--input"), ("audit", "--uses")):
        told = gongyue(*asked.split(), "--promise", promise, "--authorisations", grants, log, uses)
        assert told.exit_code == 4 and "第 5 列没有列名，却有值（第 3 行）" in told.stderr, told.output
    uses.write_text("time,action,,dataset\n2026-05-01T10:00:00+08:00,view,SG,shop.orders\n", "utf-8")
    grants.write_text(f"{head}\n{row}\n", "utf-8")
    told = gongyue("audit", "--promise", promise, "--authorisations", grants, "--uses", uses, "--lang", "en")
    assert told.exit_code == 4 and "column 3 has values (line 2) and no name" in told.stderr, told.output


@pytest.mark.parametrize("line", [b'{"a": 1, "a": 2}', b'{"a":1,"\\u0061":2}', b'{"x": {"a": 1, "a" : 2}}'])
def test_a_key_that_stands_twice_makes_a_bad_row(line: bytes) -> None:
    """The last of them would win: a withdrawal could be written over."""
    found = parsed(1, line)
    assert isinstance(found, Bad) and "两次" in found.zh
    assert parsed(1, b'{"a": "\\":", "b": {"a": "x\\":"}}') == (1, {"a": '":', "b": {"a": 'x":'}})


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_any_end_of_line_ends_a_row(tmp_path: Path, end: str) -> None:
    """Files of an old Mac too, and mixed ones; lines are numbered as they end."""
    file = tmp_path / "a.csv"
    file.write_bytes(f"a,b{end}1,2{end}3,4\r5,6\n7,8{end}".encode())
    assert list(rows_of(file)) == [(n, {"a": a, "b": b}) for n, a, b in zip(range(2, 6), "1357", "2468", strict=True)]


def test_a_line_that_is_too_long_is_no_row_although_its_columns_are_right(tmp_path: Path) -> None:
    """Cut short it would be another value."""
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1," + "x" * (2 * LONGEST) + "\n3,4\n", "utf-8")
    bad, good = rows_of(file)
    assert isinstance(bad, Bad) and (bad.line, "1 MiB" in bad.zh) == (2, True) and good == (3, {"a": "3", "b": "4"})


@pytest.mark.parametrize(
    ("encoding", "rows", "noise"),
    [
        ("utf-8", "甲乙", b"\xff"),
        ("utf-8", "ab", b"\xff\xfe"),
        ("gb18030", "甲乙", b"\xff"),
        ("utf-8", "甲乙丙丁", b"\xe9"),
    ],
)
def test_bytes_that_are_no_text_cost_their_row_alone(tmp_path: Path, encoding: str, rows: str, noise: bytes) -> None:
    """The encoding is that which reads more of the lines: one bad byte makes no Chinese of another sort out of all others."""
    file = tmp_path / "a.csv"
    lines = [f"{name},1\n".encode(encoding) for name in rows]
    file.write_bytes(b"name,n\n" + lines[0] + b"x" + noise + b",1\n" + b"".join(lines[1:]))
    found = list(rows_of(file))
    assert isinstance(found[1], Bad) and found[1].line == 3 and "不是文字" in found[1].zh
    assert [row[1]["name"] for row in found if not isinstance(row, Bad)] == list(rows)


def test_a_head_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A picture called .csv has no columns."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"\x89PNG\xff\xff\r\n\x1a\n\x00\x00")
    assert encoding_of(file) == "utf-8-sig"
    with pytest.raises(BadInput, match=r"no column names \(line 1\)"):
        list(rows_of(file))


@pytest.mark.parametrize("text", ['{"a": 1}\n', "nothing\n"])
def test_a_reload_of_a_file_with_none_of_our_columns_keeps_the_old_index(tmp_path: Path, text: str) -> None:
    """Nothing that can be read does not take the place of what is in force."""
    promise, file = tmp_path / "p.toml", tmp_path / "a.jsonl"
    promise.write_text(EXAMPLE, "utf-8")
    file.write_text(json.dumps(ROW), "utf-8")
    service = Service(promise, file)
    file.write_text(text, "utf-8")
    assert not service.reload() and service.loaded.gate.size == 1 and service.reload_error
    file.write_text("", "utf-8")
    assert not service.reload() and service.loaded.gate.size == 1 and service.reload_error


def test_rows_of_one_id_are_one_or_none(tmp_path: Path) -> None:
    """A grant and its withdrawal are one; what contradicts, or has a row that cannot be read, is believed in no row."""
    file = tmp_path / "a.jsonl"
    gone = {"revoked_at": "2026-03-01T00:00:00+08:00"}
    rows = [ROW | {"id": 3}, ROW | {"id": 4}, ROW | {"id": 5}, ROW | {"id": 6}, ROW | {"id": 3} | gone,
            ROW | {"id": 4, "subject": "u-yi"}, ROW | {"id": 5, "revoked_at": "soon"}]  # fmt: skip
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = list(read_authorisations(file, example()))
    good = [grant for grant in found if not isinstance(grant, Bad)]
    assert [(g.id, g.revoked_at < 1 << 60) for g in good] == [(6, False), (3, True)]
    assert sorted(bad.line for bad in found if isinstance(bad, Bad)) == [2, 3, 5, 6, 7]
