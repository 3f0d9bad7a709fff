"""`gongyue scan -`: standard input is read as a file without an ending is, by what it begins with."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import sqlite3
import sys
import tracemalloc
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.scanning.sniffing import form_of
from gongyue.conduct.scanning.stdin_spool import piped
from gongyue.conduct.scanning.text_encodings import SAMPLE
from tests.conduct.scanning.running import scan, scanned, types

TABLE = "客户,手机,备注\n" + "".join(f"甲{i},1390000{i:04},无\n" for i in range(40))
LINES = "".join(json.dumps({"text": f"手机1390000{i:04}"}, ensure_ascii=False) + "\n" for i in range(40))


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"m": [f"1390000{i:04}" for i in range(40)]}), out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_table_is_read_in_any_encoding(encoding: str) -> None:
    """As a CSV file is; its table is called stdin and its place -."""
    report = scanned("-", piped=TABLE.encode(encoding))
    assert types(report)["stdin", "手机"] == {"CN_MOBILE"}
    (table,) = report["tables"]
    assert (table["path"], table["rows"], len(table["columns"])) == ("-", 40, 3)


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("csv", TABLE.encode()),
        ("csv", TABLE.replace(",", "\t").encode()),
        ("jsonl", LINES.encode()),
        ("json", json.dumps([{"m": f"1390000{i:04}"} for i in range(40)], indent=1).encode()),
        ("txt", "第一行\n联系 13900000000，好的\n".encode()),
        ("csv.gz", gzip.compress(TABLE.encode())),
        ("parquet", _parquet()),
    ],
)
def test_what_is_piped_in_gives_what_a_file_gives(tmp_path: Path, ending: str, data: bytes) -> None:
    """The same columns and findings, and so does a file that has no ending."""
    (tmp_path / f"stdin.{ending}").write_bytes(data)
    (tmp_path / "stdin").write_bytes(data)
    wanted = types(scanned(tmp_path / f"stdin.{ending}"))
    assert {"CN_MOBILE"} in wanted.values()
    assert types(scanned("-", piped=data)) == types(scanned(tmp_path / "stdin")) == wanted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a,b\n1,2\n", "csv"),
        ('a;b\n"1;1";2\n', "csv"),
        ("a,b\n" + "1,2\n" * 9 + "1,2,3\n", "csv"),
        ("a,b\n" + "1,2\n" * 7 + "1,2,3\n", "txt"),
        ("a,b\n", "txt"),
        ("m\n13900000001\n", "txt"),
        ("x" * 101 + ",b\n1,2\n", "txt"),
        ('\ufeff\n{"a": 1}\n{"a": 2}\n', "jsonl"),
        ('{\n "a": 1}\n', "json"),
        ('[\n {"a": 1}]\n', "json"),
        ("[2024-01-31] begun, and\n[2024-01-31] ended, and\n[2024-02-01] no more\n", "txt"),
        ("{a} is not JSON\n", "txt"),
        ("", "txt"),
    ],
)
def test_the_form_is_told_by_the_beginning(text: str, form: str) -> None:
    """A table needs two rows of two cells, nine of ten as wide as the first, and a heading that is no prose."""
    assert form_of(text.encode()) == form


def test_a_row_cut_off_at_the_end_of_what_is_looked_at_is_not_counted() -> None:
    """The third of three long ones, whose last cell is missing."""
    data = b"a,b,c\n" + b"1,%b,2\n" % (b"x" * 100_000) * 3
    assert form_of(data[:SAMPLE]) == "csv"
    assert form_of(data[: SAMPLE - 1]) == "txt"


def test_spans_of_what_is_piped_in() -> None:
    """Objects by their field, other lines as documents; of objects without the field none is of use."""
    spans = [json.loads(line)["p"] for line in scan("-", "--format", "spans", piped=LINES.encode()).stdout.splitlines()]
    assert spans == [[[2, 13, "CN_MOBILE"]]] * 40
    plain = scan("-", "--format", "spans", piped="手机13900000000\n无\n".encode("gb18030"))
    assert [json.loads(line)["p"] for line in plain.stdout.splitlines()] == [[[2, 13, "CN_MOBILE"]], []]
    wrong = scan("-", "--format", "spans", "--text-field", "txet", piped=LINES.encode())
    assert wrong.exit_code == 4 and "--text-field" in wrong.stderr and not wrong.stdout


def test_empty_input_is_told() -> None:
    """As an empty file is."""
    result = scan("-")
    assert result.exit_code == 5 and "什么也没有扫描" in result.stdout
    assert scan("-", "--format", "spans").stdout == ""


def test_it_is_given_once_and_only_where_something_is_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, a terminal, nothing at all: a usage error that says what to do."""
    twice = scan("-", "-", piped=TABLE.encode())
    assert twice.exit_code == 2 and "只能给一次" in twice.output
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    terminal = scan("-", piped=TABLE.encode())
    assert terminal.exit_code == 2 and "cat users.csv | gongyue scan -" in terminal.output


def test_what_needs_a_path_or_is_no_data_is_said(tmp_path: Path) -> None:
    """A SQLite file by its name; what nobody reads is no success."""
    with closing(sqlite3.connect(tmp_path / "t.db")) as link:
        link.execute("CREATE TABLE t (a TEXT)")
        link.commit()
    piped_in = scan("-", piped=(tmp_path / "t.db").read_bytes())
    assert piped_in.exit_code == 4 and "给文件名" in piped_in.output
    assert scan("-", piped=bytes(range(256)) * 40).exit_code == 5


def test_it_stands_beside_files_and_baselines(tmp_path: Path) -> None:
    """One place among others; what is known of it is not reported again; a page and a log can be written."""
    known, html, sarif = tmp_path / "k", tmp_path / "h", tmp_path / "s"
    (tmp_path / "t.csv").write_text(TABLE)
    report = scanned("-", tmp_path / "t.csv", piped=TABLE.encode())
    assert [t["name"] for t in report["tables"]] == ["stdin", "t"]
    assert scan("-", "--write-baseline", known, "--html", html, "--sarif", sarif, piped=TABLE.encode()).exit_code == 0
    assert scan("-", "--baseline", known, piped=TABLE.encode()).exit_code == 0
    result = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "-"


def test_it_is_kept_outside_memory_and_can_be_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 MB are at hand twice, of which little is held."""

    class Endless(io.RawIOBase):
        left = 100 << 20

        def read(self, size: int = -1) -> bytes:
            size = min(size, self.left)
            self.left -= size
            return b"a" * size

    class Piped:
        buffer = Endless()

    monkeypatch.setattr(sys, "stdin", Piped())
    tracemalloc.start()
    with piped() as given:
        assert given.size == 100 << 20
        for _ in range(2):
            with given.open() as stream:
                assert stream.read(3) == b"aaa"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_a_mark_of_utf_16_alone_is_no_table() -> None:
    """Nothing stands behind it."""
    assert scan("-", piped=codecs.BOM_UTF16_LE).exit_code == 5
