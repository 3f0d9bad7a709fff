from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.cli.scan import scan as command
from tests.conduct.scanning.inventing import Inventor
from tests.conduct.scanning.running import scan, scanned, types

DRAW = Inventor(23)
ROWS = [(DRAW.person(), DRAW.mobile(), DRAW.citizen(), f"{i}") for i in range(80)]
VALUES = {value for *row, _ in ROWS for value in row}


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A table of orders: a name, a telephone number, and a citizen's number where none was promised."""
    path = tmp_path / "orders.csv"
    path.write_text("customer_name,phone,remark,amount\n" + "".join(",".join(row) + "\n" for row in ROWS))
    return path


@pytest.fixture
def promise(tmp_path: Path) -> Path:
    """The example promise: shop.orders holds orders and contact details."""
    path = tmp_path / "promise.toml"
    path.write_bytes(files("gongyue.conduct").joinpath("example.toml").read_bytes())
    return path


def found(report: dict[str, Any]) -> set[tuple[str, str]]:
    """(column, type) of the findings."""
    return {(f["column"], f["type"]) for f in report["findings"]}


def test_the_report_has_the_form_that_is_promised(orders: Path) -> None:
    """Tables with columns with name, types, share and tier; exit 1 for findings."""
    result = scan(orders, "--json")
    assert result.exit_code == 1
    column = json.loads(result.stdout)["tables"][0]["columns"][1]
    assert {k: column[k] for k in ("name", "types", "share", "tier")} == {
        "name": "phone",
        "types": ["CN_MOBILE"],
        "share": 1.0,
        "tier": "valid",
    }


def test_what_the_promise_declares_is_no_finding(orders: Path, promise: Path) -> None:
    """Contact details are declared for shop.orders; the citizen's number in the remark is not."""
    assert found(scanned(orders)) == {("customer_name", "PERSON"), ("phone", "CN_MOBILE"), ("remark", "CN_ID")}
    report = scanned(orders, "--promise", promise)
    assert found(report) == {("remark", "CN_ID")}
    assert report["findings"][0]["declared"] == ["order", "contact"]


def test_a_column_mapped_itself_goes_before_its_dataset(orders: Path, promise: Path) -> None:
    """shop.orders.phone as whereabouts: the telephone number is a finding; as a category of no known kind it is taken at its word."""
    text = promise.read_text()
    for category, flagged in (("contact", False), ("location", True), ("order", False)):
        promise.write_text(text.replace('"shop.orders.phone" = ["contact"]', f'"shop.orders.phone" = ["{category}"]'))
        assert (("phone", "CN_MOBILE") in found(scanned(orders, "--promise", promise))) is flagged


def test_a_dataset_that_the_promise_does_not_know_is_told(orders: Path, promise: Path) -> None:
    """All would else count as undeclared, and nobody learn why; without a promise file it says nothing at all."""
    unknown = scan(orders, "--promise", promise, "--dataset", "shop.nope")
    assert unknown.exit_code == 4 and "shop.nope" in unknown.stderr and "shop.tracks" in unknown.stderr
    assert scan(orders, "--dataset", "shop.tracks").exit_code == 2


def test_a_dataset_can_be_named(orders: Path, promise: Path) -> None:
    """Held against shop.tracks, whose category is whereabouts, the names and numbers are findings."""
    assert found(scanned(orders, "--promise", promise, "--dataset", "shop.tracks")) == found(scanned(orders))


def test_no_output_holds_a_value(orders: Path, tmp_path: Path) -> None:
    """Neither the table, JSON, SARIF, HTML nor the baseline; masked samples only when asked for, and masked."""
    sarif, html, known = tmp_path / "o.sarif", tmp_path / "o.html", tmp_path / "known.json"
    outputs = [
        scan(orders).output,
        scan(orders, "--json", "--sarif", sarif, "--html", html, "--write-baseline", known).output,
    ]
    outputs += [p.read_text() for p in (sarif, html, known)]
    outputs.append(scan(orders, "--show-masked", "--html", html).output + html.read_text())
    assert not [value for value in VALUES for text in outputs if value in text]
    assert re.search(r"\d\d\*+\d\d", outputs[-1])


def _keys(path: Path, heads: list[str]) -> Path:
    path = path / "o.json"
    path.write_text(
        json.dumps([{"部门": "一", "who": {head: i for i, head in enumerate(heads)}}] * 3, ensure_ascii=False)
    )
    return path


def _heading(path: Path, heads: list[str]) -> Path:
    path = path / "o.csv"
    path.write_text(",".join(["部门", *heads, heads[-1]]) + "\n" + ",".join(["一", *("7" * (len(heads) + 1))]) + "\n")
    return path


def _columns(path: Path, heads: list[str]) -> Path:
    path = path / "o.parquet"
    pq.write_table(pa.table({head: [1, 2] for head in heads}), path)
    return path


@pytest.mark.parametrize(
    ("make", "heads"), [(_keys, ["13900000001", "张伟", "u@mail.example"]), (_heading, ["张伟", "王建国"]), (_columns, ["张伟", "13900000001"])]
)  # fmt: skip
def test_a_value_that_is_a_columns_name_is_masked_and_found(
    tmp_path: Path, make: Callable[[Path, list[str]], Path], heads: list[str]
) -> None:
    """In every output: a key, a heading; other names stay as they are."""
    path, html, sarif, known = make(tmp_path, heads), tmp_path / "h", tmp_path / "s", tmp_path / "k"
    report = scan(path, "--json", "--html", html, "--sarif", sarif)
    outputs = [report.stdout, scan(path).output, scan(path, "--write-baseline", known).output]
    outputs += [written.read_text("utf-8") for written in (html, sarif, known)]
    assert not [head for head in heads for text in outputs if head in text]
    wanted = {"13900000001": "CN_MOBILE", "u@mail.example": "EMAIL"}
    assert found(json.loads(report.stdout)) == {("(names)", wanted.get(head, "PERSON")) for head in heads}
    names = [c["name"] for c in json.loads(report.stdout)["tables"][0]["columns"]]
    assert "张*" in "".join(names) and len(set(names)) == len(names)


def test_a_baseline_silences_what_is_known_and_nothing_else(orders: Path, tmp_path: Path) -> None:
    """Writing it exits 0; then the same scan finds nothing new, and a new column is a finding."""
    known = tmp_path / "known.json"
    assert scan(orders, "--write-baseline", known).exit_code == 0
    assert scan(orders, "--baseline", known).exit_code == 0
    orders.write_text(
        "customer_name,phone,remark,amount,email\n"
        + "".join(",".join(row) + f",u{row[3]}@mail.example\n" for row in ROWS)
    )
    result = scan(orders, "--baseline", known, "--json")
    assert (result.exit_code, [f["column"] for f in json.loads(result.stdout)["findings"] if not f["known"]]) == (
        1,
        ["email"],
    )
    known.write_text("{}x")
    assert scan(orders, "--baseline", known).exit_code == 4


def test_sarif_has_what_the_standard_demands(orders: Path, tmp_path: Path) -> None:
    """Version, driver, rules that results point at, lines from 1, levels of the standard (SARIF 2.1.0 3.19, 3.27)."""
    (tmp_path / "note.txt").write_text("第一行\n联系 13900000000\n")
    out = tmp_path / "o.sarif"
    scan(orders, tmp_path / "note.txt", "--sarif", out)
    log = json.loads(out.read_text())
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    assert len(set(rules)) == len(rules)
    assert all(
        rules[r["ruleIndex"]] == r["ruleId"] and r["level"] in {"error", "warning", "note"} for r in run["results"]
    )
    lines = {
        r["ruleId"]: r["locations"][0]["physicalLocation"].get("region")
        for r in run["results"]
        if "note" in r["message"]["text"]
    }
    assert lines == {"CN_MOBILE": {"startLine": 2}}


def test_the_page_fetches_nothing_and_speaks_both_languages(orders: Path, tmp_path: Path) -> None:
    """No script, no link, Chinese and English; names of columns are escaped."""
    orders.write_text("<b>手机</b>,x\n" + "".join(f"{row[1]},1\n" for row in ROWS))
    scan(orders, "--html", tmp_path / "o.html")
    page = (tmp_path / "o.html").read_text()
    assert "<script" not in page and "http" not in page and "<b>手机" not in page
    assert "扫描报告" in page and 'lang="en"' in page and "手机号码" in page
    assert "@media print" in page and "已在基线中<" not in page


def test_the_page_says_in_words_what_was_known(orders: Path, tmp_path: Path) -> None:
    """A printer shows no paleness."""
    page, known = tmp_path / "o.html", tmp_path / "known.json"
    scan(orders, "--write-baseline", known)
    scan(orders, "--baseline", known, "--html", page)
    assert "已在基线中<" in page.read_text() and "in the baseline</small>" in page.read_text()


def test_spans_are_one_line_a_document_in_code_points(tmp_path: Path) -> None:
    """Signs beyond the first plane count as one; a line that is no JSON is scanned as it stands."""
    docs = tmp_path / "docs.jsonl"
    docs.write_text(
        json.dumps({"body": "😀手机13900000000"}) + "\nnot json 13900000000\n" + json.dumps({"body": ""}) + "\n"
    )
    result = scan(docs, "--format", "spans", "--text-field", "body")
    assert result.exit_code == 0
    assert [json.loads(line)["p"] for line in result.stdout.splitlines()] == [
        [[3, 14, "CN_MOBILE"]],
        [[9, 20, "CN_MOBILE"]],
        [],
    ]


def test_a_company_code_is_told_and_no_finding(tmp_path: Path) -> None:
    """It is a unit's, not a person's: exit 0."""
    path = tmp_path / "a.csv"
    path.write_text("信用代码,x\n" + "".join(f"{DRAW.company()},1\n" for _ in range(50)))
    result = scan(path, "--json")
    assert (result.exit_code, types(json.loads(result.stdout))["a", "信用代码"]) == (0, {"USCC"})


def test_a_sample_is_no_more_than_asked_for(orders: Path) -> None:
    """Ten rows of each table; together with --whole it is a usage error."""
    assert scanned(orders, "--sample", 10)["tables"][0]["rows"] == 10
    assert scan(orders, "--sample", 10, "--whole").exit_code == 2


def test_the_help_has_an_example() -> None:
    """And the exit codes, in both languages."""
    assert command.help is not None
    assert "gongyue scan export/ --promise promise.toml" in command.help
    assert "退出码 / Exit" in command.help


def test_english_is_spoken_when_asked_for(orders: Path) -> None:
    """No Chinese in the summary but names of the data."""
    said = scan(orders, "--lang", "en").stdout.splitlines()[-1]
    assert "finding(s)" in said and not re.search(r"[\u4e00-\u9fff]", said)


def test_the_deep_tier_finds_a_name_that_no_label_tells(tmp_path: Path) -> None:
    """The model reads sentences; without it the name is missed."""
    docs = tmp_path / "docs.jsonl"
    docs.write_text(json.dumps({"text": "下午两点，钱平就到了公司。"}) + "\n")
    fast, deep = (json.loads(scan(docs, "--format", "spans", *extra).stdout)["p"] for extra in ((), ("--deep",)))
    assert (fast, deep) == ([], [[5, 7, "PERSON"]])


def database(path: Path, rows: int) -> Path:
    """A table of that many rows."""
    with closing(sqlite3.connect(path)) as link:
        link.execute("CREATE TABLE t (a TEXT)")
        link.executemany("INSERT INTO t VALUES (?)", [(f"x{n}",) for n in range(rows)])
        link.commit()
    return path


def test_a_sample_is_called_one(tmp_path: Path) -> None:
    """Of a database with how many rows there are; of a file that is cut; the whole is none."""
    path = database(tmp_path / "t.db", 300)
    said = scanned(path, "--sample", 100)["tables"][0]
    assert (said["rows"], said["sampled"], said["of"]) == (100, True, 300)
    assert "抽样 100 / 共 300 行" in scan(path, "--sample", 100).stdout
    for more in (("--whole",), (), ("--sample", 300)):
        said = scanned(path, *more)["tables"][0]
        assert (said["rows"], said["sampled"], said["of"]) == (300, False, None)
    lines = tmp_path / "a.csv"
    lines.write_text("a,b\n" + "x,1\n" * 50)
    cut, whole = (scanned(lines, "--sample", n)["tables"][0] for n in (20, 50))
    assert (cut["rows"], cut["sampled"], whole["rows"], whole["sampled"]) == (20, True, 50, False)


def test_a_page_and_a_log_say_what_was_only_sampled(tmp_path: Path) -> None:
    """As the terminal does: how many rows of how many, in both languages; nothing of the kind where every row was looked at."""
    path, html, sarif = database(tmp_path / "t.db", 1300), tmp_path / "o.html", tmp_path / "o.sarif"
    for rows, said in ((1200, True), (1300, False)):
        scan(path, "--sample", rows, "--html", html, "--sarif", sarif)
        page = html.read_text("utf-8")
        (told,) = json.loads(sarif.read_text("utf-8"))["runs"][0]["invocations"]
        for words in ("抽样 1,200 / 共 1,300 行", "a sample of 1,200 of 1,300 row(s)"):
            assert (words in page, words in json.dumps(told, ensure_ascii=False)) == (said, said)
        assert ("1 个表只看了抽样的行" in page) is said
        assert told["executionSuccessful"] and {n["level"] for n in told["toolExecutionNotifications"]} <= {"note"}


def test_no_input_of_a_scan_is_written_over(orders: Path, promise: Path, tmp_path: Path) -> None:
    """By any output; one inside a folder that is scanned is no input; a baseline may be renewed."""
    whole = orders.read_bytes()
    for option in ("--html", "--sarif", "--write-baseline"):
        assert scan(orders, option, orders).exit_code == 4
        assert scan(orders, "--promise", promise, option, promise).exit_code == 4
        out = tmp_path / f"{option[2:]}.out"
        for _ in range(2):
            assert scan(tmp_path, option, out).exit_code == (0 if option == "--write-baseline" else 1)
        out.unlink()
        assert "没有文件夹" in scan(orders, option, tmp_path / "no" / "o").stderr
    assert orders.read_bytes() == whole
    known = tmp_path / "known.json"
    scan(orders, "--write-baseline", known)
    assert scan(orders, "--baseline", known, "--write-baseline", known).exit_code == 0


def test_where_nothing_was_scanned_it_is_said(tmp_path: Path) -> None:
    """An archive of what is no data, an empty folder, an empty file: exit 5 with a reason."""
    (tmp_path / "zeros.gz").write_bytes(gzip.compress(bytes(1000)))
    result = scan(tmp_path / "zeros.gz")
    assert result.exit_code == 5 and "什么也没有扫描" in result.output
    for name in ("folder", "empty.csv"):
        (tmp_path / name).mkdir() if name == "folder" else (tmp_path / name).write_bytes(b"")
        result = scan(tmp_path / name)
        assert result.exit_code == 5 and "什么也没有扫描" in result.stdout


@pytest.mark.parametrize("place", ["http://localhost/a.csv", "mysql://localhost/shop", "/dev/null"])
def test_what_is_not_read_is_told(place: str) -> None:
    """Devices, other URLs: not as a file that is missing."""
    result = scan(place)
    assert result.exit_code == 4 and "没有这个文件" not in result.output and "不读" in result.output


def test_a_field_that_no_line_has_is_an_error(tmp_path: Path) -> None:
    """Places in the raw line would be of no use; lines without it among others are counted."""
    docs = tmp_path / "docs.jsonl"
    docs.write_text(json.dumps({"text": "a"}) + "\n" + json.dumps({"other": "b"}) + "\n")
    wrong = scan(docs, "--format", "spans", "--text-field", "txet")
    assert wrong.exit_code == 4 and "--text-field" in wrong.output and not wrong.stdout.startswith("{")
    some = scan(docs, "--format", "spans")
    assert some.exit_code == 0 and len(some.stdout.splitlines()) == 2 and "1 行没有 text" in some.stderr


OUTPUTS = ("--html", "--sarif", "--write-baseline")


def test_an_output_is_written_over_an_earlier_one_of_its_kind_alone(orders: Path, tmp_path: Path) -> None:
    """Twice over its own and over an empty file; over any other exit 4 before any work, and it stands."""
    outs = [tmp_path / name for name in ("r.html", "r.sarif", "known.json")]
    given = [word for pair in zip(OUTPUTS, outs, strict=True) for word in pair]
    outs[0].write_bytes(b"")
    for _ in range(2):
        assert scan(orders, *given).exit_code == 0
    key = tmp_path / "unit.key"
    key.write_text("00" * 32, "utf-8")
    (tmp_path / "live.json").write_text('{"version": "2.1.0", "schema": "live/1", "findings": []}', "utf-8")
    (tmp_path / "page.html").write_text("<!doctype html><html><title>年报</title></html>", "utf-8")
    for option, own in zip(OUTPUTS, outs, strict=True):
        for other in {*outs, key, tmp_path / "live.json", tmp_path / "page.html"} - {own}:
            before = other.read_bytes()
            told = scan(orders, option, other)
            assert told.exit_code == 4 and f"{other} 已存在" in told.stderr and not told.stdout
            assert "换一个文件名，或先移走它" in told.stderr and other.read_bytes() == before


def test_a_baseline_laid_out_otherwise_is_still_one(orders: Path, tmp_path: Path) -> None:
    """By whoever keeps it under version control: four blanks, or one line."""
    known = tmp_path / "known.json"
    scan(orders, "--write-baseline", known)
    for indent in (4, None):
        known.write_text(json.dumps(json.loads(known.read_text("utf-8")), indent=indent), "utf-8")
        assert scan(orders, "--baseline", known, "--write-baseline", known).exit_code == 0


def test_what_does_not_go_together_is_a_usage_error(orders: Path, tmp_path: Path) -> None:
    """Spans with what bears on a report, and one file for two outputs by whatever name: exit 2, nothing written."""
    out = tmp_path / "x.html"
    told = scan(orders, "--format", "spans", "--html", out, "--promise", "p", "--exclude", "*.x", "--whole")
    assert told.exit_code == 2 and not out.exists()
    assert "--format spans 不能与 --promise --html --whole --exclude 同用" in told.stderr
    told = scan(orders, "--html", out, "--sarif", tmp_path / "." / "sub" / ".." / "x.html", "--lang", "en")
    assert told.exit_code == 2 and "two outputs go to one file" in told.stderr and not out.exists()
    assert scan(orders, "--format", "spans", "--text-field", "text").exit_code == 0
