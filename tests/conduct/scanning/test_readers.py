from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tarfile
import tracemalloc
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.scanning import archives
from gongyue.conduct.scanning.delimited import LINES
from gongyue.conduct.scanning.text_encodings import SAMPLE, encoding_of
from tests.conduct.scanning.inventing import Inventor
from tests.conduct.scanning.running import scan, scanned, types
from tests.office.store.places import address_of, to_server

DRAW = Inventor(11)
PEOPLE = [(DRAW.person(), DRAW.mobile(), f"备注{i}") for i in range(60)]
CSV = "姓名,手机号,说明\n" + "".join(",".join(row) + "\n" for row in PEOPLE)
BOTH = {("a", "姓名"): {"PERSON"}, ("a", "手机号"): {"CN_MOBILE"}, ("a", "说明"): set()}


def traditional(text: str) -> str:
    """Signs that Big5 has."""
    return text.translate(str.maketrans("机说刘张陈黄赵吴孙马郑梁谢许韩冯邓萧", "機說劉張陳黃趙吳孫馬鄭梁謝許韓馮鄧蕭"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_csv_in_any_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    """Found out from its first bytes."""
    (tmp_path / "a.csv").write_bytes(CSV.encode(encoding))
    assert types(scanned(tmp_path / "a.csv")) == BOTH


def test_big5_is_told_from_gb18030(tmp_path: Path) -> None:
    """By what its signs would mean in either."""
    text = "姓名,手機號碼,電子郵件,備註\n" + "".join(
        f"陳大文,{m},x{i}@mail.example,請於週末送貨，謝謝您的幫忙\n" for i, (_, m, _) in enumerate(PEOPLE)
    )
    (tmp_path / "a.csv").write_bytes(text.encode("big5"))
    assert types(scanned(tmp_path / "a.csv"))["a", "手機號碼"] == {"CN_MOBILE"}


@pytest.mark.parametrize("name", ["張志強", "劉德明", "黃淑芬", "吳家豪", "鄭美玲", "趙曉軒"])
def test_names_in_traditional_signs_are_names(tmp_path: Path, name: str) -> None:
    """As Taiwan, Hong Kong and Macao write them, by themselves and before what somebody says."""
    (tmp_path / "a.txt").write_bytes(f"{name}\n{name}表示，張開嘴的許多人來了\n".encode("big5"))
    (found,) = scanned(tmp_path / "a.txt")["findings"]
    assert (found["type"], found["cells"]) == ("PERSON", 2)


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_half_a_sign_loses_no_more_than_itself(tmp_path: Path, encoding: str, name: str) -> None:
    """A value that a database cut in the middle of a sign: all else is read, the place is counted."""
    line, half = "備註一".encode(encoding) + b",13900000001,x\n", "備".encode(encoding)[:1] + b",13900000001,x\n"
    (tmp_path / name).write_bytes(b"a,b,c\n" + line * 50 + half + line * 50)
    report = scanned(tmp_path / name)
    assert [(f["type"], f["cells"]) for f in report["findings"]] == [("CN_MOBILE", 101)]
    assert [(u["rows"], u["lost"]) for u in report["unread"]] == [(1, False)] and encoding in report["unread"][0]["zh"]


HONG_KONG = [
    "我哋嘅嘢喺度", "佢哋唔知點解咁樣", "何嘅", "李堃", "黃峯", "新界沙田大圍美林邨", "鴨脷洲邨,筲箕灣,深水埗", "何文田邨冠熹苑", "嗰個客仔噚日嚟過",
    "攞貨時間改咗", "呢批貨爛咗要退", "張𠺢,陳𨋢文", "姓名,手機號碼,備註", "請核對收據並簽收", "臺北市中正區重慶南路",
]  # fmt: skip
MAINLAND = [
    "姓名,手机号,备注", "请周末送货，谢谢", "男", "——班主任", "任务ID", "蓝球", "坡度", "夫妻", "辣椒单独包装", "恭请光临", "卷期", "起飞", "2×4",
    "李堃,张珺,王喆,赵彧", "陳大文,繁體中文", "客户名称,联系电话,收货地址",
]  # fmt: skip


@pytest.mark.parametrize("text", HONG_KONG)
def test_signs_of_hong_kong_are_read_as_big5(text: str) -> None:
    """A few signs are enough, also where some are in no other code of Big5."""
    data = f"{text}\n1,2\n".encode("big5hkscs")
    assert data.decode(str(encoding_of(data))) == f"{text}\n1,2\n"


@pytest.mark.parametrize("text", MAINLAND)
def test_gb18030_is_not_taken_for_big5(text: str) -> None:
    """A few signs are enough, also where they are some in the other code too."""
    assert encoding_of(f"{text}\n1,2\n".encode("gb18030")) == "gb18030"


def test_cantonese_in_big5_is_scanned(tmp_path: Path) -> None:
    """A remark, and names that only the code of Hong Kong can write; nothing is said to be unread."""
    rows = "".join(f"張𠺢,{m},我哋嘅嘢喺度\n" for _, m, _ in PEOPLE)
    (tmp_path / "a.csv").write_bytes(f"姓名,手機號碼,備註\n{rows}".encode("big5hkscs"))
    report = scanned(tmp_path / "a.csv")
    assert types(report)["a", "手機號碼"] == {"CN_MOBILE"}
    assert report["unread"] == []


def test_lines_that_end_as_on_old_macs_are_rows(tmp_path: Path) -> None:
    """A carriage return alone; columns keep their names, a text its lines."""
    (tmp_path / "a.csv").write_bytes(CSV.replace("\n", "\r").encode("gb18030"))
    (tmp_path / "b.txt").write_bytes(CSV.replace("\n", "\r").encode())
    (tmp_path / "c").write_bytes(CSV.replace("\n", "\r").encode())
    report = scanned(tmp_path)
    assert BOTH.items() <= types(report).items() and types(report)["c", "手机号"] == {"CN_MOBILE"}
    assert [t["rows"] for t in report["tables"]] == [60, 61, 60] and report["unread"] == []


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "000000_0"])
def test_text_as_hive_writes_it_is_a_table_where_its_form_is_asked_for(tmp_path: Path, name: str) -> None:
    """U+0001 between cells, in a CSV and a file without an ending; a .txt stays a text."""
    (tmp_path / name).write_text(CSV.replace(",", "\x01"))
    columns = [c["name"] for c in scanned(tmp_path / name)["tables"][0]["columns"]]
    assert columns == (["text"] if name == "a.txt" else ["姓名", "手机号", "说明"])


def test_a_quote_that_nobody_closed_is_said_and_its_lines_count(tmp_path: Path) -> None:
    """All that follows is one cell of the parser's; each line is scanned. A cell of fewer lines stays one."""
    (tmp_path / "a.csv").write_text('手机\n"' + "13900000001\n" * 1000)
    (tmp_path / "b.csv").write_text('号,说明\n1,"' + "好\n" * (LINES - 1) + '"\n2,"' + "好\n" * LINES + '"\n')
    report = scanned(tmp_path)
    (found,) = report["findings"]
    assert (found["table"], found["column"], found["cells"]) == ("a", "(unparsed)", 1000)
    assert [(Path(u["where"]).name, u["rows"], u["lost"]) for u in report["unread"]] == [
        ("a.csv", 1000, False),
        ("b.csv", LINES, False),
    ]
    assert "引号" in report["unread"][0]["zh"] and "quote" in report["unread"][0]["en"]


def test_what_a_quote_that_nobody_closed_swallowed_counts_where_it_is_no_row(tmp_path: Path) -> None:
    """The text after the quote is one row of too few cells: each line of it is scanned and counted, below the limit too."""
    rows = [f"{name},{m},好\n" for name, m, _ in PEOPLE]
    for called, size in (("few", LINES - 1), ("many", LINES)):
        after = (rows * 10)[: size - 1]
        (tmp_path / f"{called}.csv").write_text("姓名,手机,说明\n" + '"' + rows[0] + "".join(after))
    report = scanned(tmp_path)
    found = {(f["table"], f["type"]): f["cells"] for f in report["findings"]}
    assert (found["few", "CN_MOBILE"], found["many", "CN_MOBILE"]) == (LINES - 1, LINES)
    assert [(u["rows"], u["lines"], "引号" in u["zh"]) for u in report["unread"]] == [
        (LINES - 1, [2], False),
        (LINES, [2], True),
    ]


@pytest.mark.parametrize("ends", ["\r\n|\n|\r", "\n|\r\n", "\r|\n", "\r\r\n|\r\r\n"])
def test_line_ends_of_all_kinds_in_one_file_end_rows(tmp_path: Path, ends: str) -> None:
    """The heading keeps its columns, whichever comes first."""
    kinds = ends.split("|")
    lines = CSV.splitlines()
    path = tmp_path / "a.csv"
    path.write_bytes("".join(line + kinds[i % len(kinds)] for i, line in enumerate(lines)).encode())
    report = scanned(path)
    assert types(report) == BOTH and report["tables"][0]["rows"] == 60 and report["unread"] == []


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
@pytest.mark.parametrize("plain", [0, 3 * SAMPLE])
def test_lines_in_another_encoding_are_read_in_it(tmp_path: Path, first: str, plain: int) -> None:
    """Two exports joined, or a beginning that is ASCII alone and tells nothing: no name is lost, and how many lines were in the other is said."""
    second = "gb18030" if first == "utf-8" else "utf-8"
    rows = "".join(f"{m},{name}\n" for name, m, _ in PEOPLE)
    filler = b"1,x\n" * (plain // 4)
    path = tmp_path / "a.txt"
    path.write_bytes(f"手机,姓名\n{rows}".encode(first) + filler + rows.encode(second))
    report = scanned(path)
    found = {f["type"]: f["cells"] for f in report["findings"]}
    assert found["CN_MOBILE"] == 120 and found["PERSON"] >= 115  # some are sure only near where they stand again
    (said,) = report["unread"]
    assert said["rows"] == 60 and not said["lost"] and said["zh"].startswith("不合")


def test_a_value_across_blocks_in_a_file_of_two_encodings_is_whole(tmp_path: Path) -> None:
    """Whatever stands where a block of the file ends: a sign, a number, a line."""
    rows = "".join(f"{'x' * (i % 7)}张伟,1390000{i:04}\n" for i in range(9000)).encode("gb18030")
    (tmp_path / "a.txt").write_bytes("手机\n".encode() + rows + "赵晓军\n".encode() * 9)
    (report,) = scanned(tmp_path / "a.txt")["tables"]
    assert report["rows"] == 9010
    assert {f["type"]: f["cells"] for f in report["columns"][0]["found"]}["CN_MOBILE"] == 9000


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", "\n\n\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_of_nothing_is_no_malformed_one(tmp_path: Path, text: str, encoding: str) -> None:
    """A mark of order alone is an empty file, empty lines are a text: nothing is found and nothing complained of."""
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    done = scan(tmp_path / "a.csv", "--json")
    assert done.exit_code == (0 if text else 5) and json.loads(done.stdout)["unread"] == []


def test_a_title_above_the_heading_of_a_sheet_is_no_heading(tmp_path: Path) -> None:
    """The second row names the columns, the title is scanned; a first row with one more cell, or a table of one column, has no title."""
    rows = [["姓名", "手机号"], *[[n, m] for n, m, _ in PEOPLE]]
    workbook(tmp_path / "a.xlsx", [["客户名单 13900000001", ""], *rows])
    workbook(tmp_path / "b.xlsx", [["客户", "名单"], *rows])
    workbook(tmp_path / "c.xlsx", [["客户名单"], *[row[1:] for row in rows]])
    report = scanned(tmp_path)
    assert {c: held for (t, c), held in types(report).items() if t == "a"} == {
        "(unparsed)": {"CN_MOBILE"}, "姓名": {"PERSON"}, "手机号": {"CN_MOBILE"},
    }  # fmt: skip
    assert [[c["name"] for c in t["columns"]] for t in report["tables"][1:]] == [["客户", "名单"], ["客户名单"]]


@pytest.mark.parametrize("rows", [0, 1, 2, 4])
def test_empty_rows_and_names_of_groups_above_the_heading_of_a_sheet_are_no_heading(tmp_path: Path, rows: int) -> None:
    """A table that begins further down, and one below merged cells; an unnamed first column (half of two is no group) keeps its heading."""
    head = ["姓名", "手机号", "qq", "说明"]
    people = [[n, m, f"8{i:07}", "好"] for i, (n, m, _) in enumerate(PEOPLE)]
    groups = [["2024 年度登记表", "", "", ""], ["基本信息", "", "账户", ""], ["", "", "", ""], ["续", "", "", ""]][
        :rows
    ]
    workbook(tmp_path / "a.xlsx", [*[["", "", "", ""]] * rows, head, *people])
    workbook(tmp_path / "b.xlsx", [*groups, head, *people])
    workbook(tmp_path / "c.xlsx", [["", "品名", "价格"], *[[str(i), "石榴", "9"] for i in range(9)]])
    report = scanned(tmp_path)
    for table in report["tables"][:2]:
        assert [c["name"] for c in table["columns"] if c["name"] != "(unparsed)"] == head and table["rows"] == 60
    assert types(report)[("a", "qq")] == types(report)[("b", "qq")] == {"QQ"}
    assert [c["name"] for c in report["tables"][2]["columns"]] == ["c1", "品名", "价格"]


def test_a_form_that_somebody_filled_in_has_no_heading(tmp_path: Path) -> None:
    """Labels with their values beside them: the name is found and never shown as a column's; a heading of labels stays one."""
    name, mobile, _ = PEOPLE[0]
    workbook(tmp_path / "a.xlsx", [["姓名", name], ["手机", mobile], ["QQ", "83412345"]])
    workbook(tmp_path / "b.xlsx", [["姓名", "性别"], *[[n, "男"] for n, _, _ in PEOPLE]])
    done = scan(tmp_path, "--json")
    assert name not in done.stdout
    found = types(json.loads(done.stdout))
    assert found == {
        ("a", "(unparsed)"): {"PERSON", "CN_MOBILE", "QQ"},
        ("b", "姓名"): {"PERSON"},
        ("b", "性别"): set(),
    }


@pytest.mark.parametrize(("name", "text"), [("a.xls", CSV.replace(",", "\t")), ("a.xlsx", CSV), ("a.xls", CSV)])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_text_called_a_workbook_is_read_as_what_it_is(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    """As many systems export it."""
    (tmp_path / name).write_bytes(text.encode(encoding))
    assert types(scanned(tmp_path / name)) == BOTH


def test_a_name_in_a_row_that_does_not_fit_is_found(tmp_path: Path) -> None:
    """Such a row is a text: one is enough, as in a text of its own."""
    (tmp_path / "a.csv").write_text("品名,数量\n" + "石榴,1\n" * 50 + "联系人：张建国,1,急\n")
    assert types(scanned(tmp_path / "a.csv"))["a", "(unparsed)"] == {"PERSON"}


@pytest.mark.parametrize(
    "above",
    [
        "客户名单 13900000001",
        "客户名单 13900000001,,",
        "# 导出 13900000001\n# 共 60 行",
        "起始时间：今日\n电话：13900000001\n\n----明细----,,",
        "\n13900000001\n",
    ],
)
def test_what_stands_above_the_heading_of_a_csv_is_no_heading(tmp_path: Path, above: str) -> None:
    """Titles, comments and what an export says of itself are scanned as text; the columns keep their names and rows."""
    (tmp_path / "a.csv").write_text(f"{above}\n{CSV}")
    report = scanned(tmp_path / "a.csv")
    assert types(report) == {("a", "(unparsed)"): {"CN_MOBILE"}} | BOTH
    assert report["tables"][0]["rows"] == 60 and report["unread"] == []


def test_the_line_that_names_the_separator_is_no_heading(tmp_path: Path) -> None:
    """sep=; as Excel wants it."""
    (tmp_path / "a.csv").write_text("sep=;\n" + CSV.replace(",", ";"))
    assert BOTH.items() <= types(scanned(tmp_path / "a.csv")).items()


def test_a_heading_above_rows_of_other_lengths_stays_the_first_line(tmp_path: Path) -> None:
    """Lines of a text with commas in some of them, or rows that are data, have no title."""
    (tmp_path / "a.csv").write_text("说明\n好，a,b\nc,d\n好\n好\n好\n")
    (tmp_path / "b.csv").write_text("客户,,\n" + CSV.split("\n", 1)[1])
    columns = [[c["name"] for c in t["columns"]] for t in scanned(tmp_path)["tables"]]
    assert columns == [["说明", "(unparsed)"], ["客户", "c2", "c3"]]


def test_each_element_of_a_list_in_a_document_is_a_cell(tmp_path: Path) -> None:
    """Of an object around lists, as interfaces answer: names keep their paths, rows are the elements of the longest."""
    people = [{"name": n, "tel": [m, "无"]} for n, m, _ in PEOPLE]
    answer = {"code": 0, "data": {"list": people, "tags": ["新", "旧"], "total": {"rows": 60}}}
    (tmp_path / "a.json").write_text(json.dumps(answer))
    (tmp_path / "b.json").write_text(json.dumps([{"姓名": [n for n, _, _ in PEOPLE]}]))
    report = scanned(tmp_path)
    held = {key: kinds for key, kinds in types(report).items() if kinds}
    assert held == {
        ("a", "data.list.name"): {"PERSON"},
        ("a", "data.list.tel"): {"CN_MOBILE"},
        ("b", "姓名"): {"PERSON"},
    }
    assert [t["rows"] for t in report["tables"]] == [60, 60] and {f["cells"] for f in report["findings"]} == {60}
    assert [c["name"] for c in report["tables"][0]["columns"]][:2] == ["code", "data.total.rows"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_with_numbers_that_are_none_keeps_its_columns(tmp_path: Path, name: str) -> None:
    """NaN and Infinity, as Python and pandas write them; words that hold NaN stay."""
    rows = [{"tel": m, "x": float("nan"), "y": [-float("inf"), 1], "z": ":NaN"} for _, m, _ in PEOPLE]
    (tmp_path / name).write_text("\n".join(map(json.dumps, rows)) if name == "a.jsonl" else json.dumps(rows))
    report = scanned(tmp_path / name)
    assert (
        types(report) == {("a", "tel"): {"CN_MOBILE"}, ("a", "y"): set(), ("a", "z"): set()} and report["unread"] == []
    )


def test_views_are_left_aside_and_listed(tmp_path: Path) -> None:
    """What they show is scanned where it stands; a database of views alone has nothing to scan."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as link:
        link.execute("CREATE TABLE users (phone TEXT)")
        link.execute("CREATE VIEW seen AS SELECT phone FROM users")
        link.execute('CREATE VIEW "13900000001" AS SELECT phone FROM users')
        link.executemany("INSERT INTO users VALUES (?)", [(m,) for _, m, _ in PEOPLE])
        link.commit()
    report = scanned(tmp_path / "a.db")
    assert [t["name"] for t in report["tables"]] == ["users"]
    assert [s.removeprefix(str(tmp_path)) for s in report["skipped"]] == ["/a.db:13*******01", "/a.db:seen"]


def test_ragged_rows_are_counted_and_scanned_all_the_same(tmp_path: Path) -> None:
    """Nothing is lost: what is no row is scanned as text, and the report says how many there are."""
    (tmp_path / "a.csv").write_text("号,说明\n1,好\n2,有人,电话13900000000,多了\n3,好\n4\n")
    report = scanned(tmp_path / "a.csv")
    assert types(report)["a", "(unparsed)"] == {"CN_MOBILE"}
    assert [(u["rows"], u["lost"]) for u in report["unread"]] == [(2, False)]


@pytest.mark.parametrize(("bad", "code"), [(1, 0), (9, 0), (40, 4)])
def test_a_text_of_which_too_much_is_in_no_encoding_is_lost(tmp_path: Path, bad: int, code: int) -> None:
    """One byte in fifty may be damaged; beyond that nobody may say that nothing was there."""
    (tmp_path / "a.txt").write_bytes(b"abcd efgh\n" * 50_000 + b"\xff\n" * 600 * bad + b"ok\n")
    done = scan(tmp_path / "a.txt", "--json")
    (said,) = json.loads(done.stdout)["unread"]
    assert (done.exit_code, said["lost"]) == (code, code == 4)


def test_bytes_of_no_encoding_are_counted(tmp_path: Path) -> None:
    """A UTF-8 text with stray bytes is read, and says how many were not."""
    (tmp_path / "a.txt").write_bytes(
        "第一行\n手机 13900000000\n".encode() * 20 + b"\xff\xfe\xff\n" + "最后一行\n".encode()
    )
    report = scanned(tmp_path / "a.txt")
    assert types(report)["a", "text"] == {"CN_MOBILE"}
    assert report["unread"]


def test_a_huge_line_stays_out_of_memory(tmp_path: Path) -> None:
    """A line of 60 MB is scanned in pieces; what stands at its end is found."""
    with (tmp_path / "a.csv").open("w") as out:
        out.write("a,b\n1,2\n")
        for _ in range(60):
            out.write("x" * 1_000_000)
        out.write(" 手机13900000000 \n")
    tracemalloc.start()
    report = scanned(tmp_path / "a.csv")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {"CN_MOBILE"} in types(report).values()
    assert peak < 200 << 20


def test_json_lines_say_which_lines_are_none(tmp_path: Path) -> None:
    """Nested keys become columns; a broken line is scanned as text."""
    rows = [json.dumps({"user": {"phone": m, "tags": ["a", "b"]}, "n": i}) for i, (_, m, _) in enumerate(PEOPLE)]
    (tmp_path / "a.jsonl").write_text("\n".join([*rows[:30], "{broken", *rows[30:]]))
    report = scanned(tmp_path / "a.jsonl")
    assert types(report)["a", "user.phone"] == {"CN_MOBILE"}
    assert report["unread"][0]["lines"] == [31]


def test_a_json_document_is_a_table(tmp_path: Path) -> None:
    """A list of objects."""
    (tmp_path / "a.json").write_text(json.dumps([{"tel": m} for _, m, _ in PEOPLE], ensure_ascii=False))
    assert types(scanned(tmp_path / "a.json")) == {("a", "tel"): {"CN_MOBILE"}}


@pytest.mark.parametrize("cut", [4, 100, 900, -8, -1])
def test_a_truncated_parquet_file_is_a_clear_error(tmp_path: Path, cut: int) -> None:
    """Exit 5 as nothing was scanned, the file named, no traceback."""
    pq.write_table(pa.table({"a": [m for _, m, _ in PEOPLE] * 20}), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(data[:cut])
    result = scan(tmp_path / "a.parquet")
    assert result.exit_code == 5
    assert "a.parquet" in result.stdout


def test_a_damaged_page_loses_its_column_only(tmp_path: Path) -> None:
    """The other columns are scanned, the lost one is named, the exit code says so."""
    pq.write_table(
        pa.table({"x": ["q" * 50 + str(i) for i in range(5000)], "手机": [DRAW.mobile() for _ in range(5000)]}),
        tmp_path / "a.parquet",
        compression="snappy",
        use_dictionary=False,
    )
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[60:400] = bytes(340)
    (tmp_path / "a.parquet").write_bytes(data)
    report = scanned(tmp_path / "a.parquet")
    assert types(report)["a", "手机"] == {"CN_MOBILE"}
    assert report["unread"][0]["lost"]


def test_an_index_beyond_its_dictionary_loses_its_column_only(tmp_path: Path) -> None:
    """Arrow reads such a page without a word; the kernels are not handed it."""
    table = pa.table({"x": ["北辰"] * 50, "手机": [DRAW.mobile() for _ in range(50)]})
    pq.write_table(table, tmp_path / "a.parquet", compression="none")
    column = pq.read_metadata(tmp_path / "a.parquet").row_group(0).column(0)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    run = data.index(b"\x64\x00", column.data_page_offset)  # fifty times the index 0
    data[run + 1] = 7
    (tmp_path / "a.parquet").write_bytes(data)
    report = scanned(tmp_path / "a.parquet")
    assert types(report)["a", "手机"] == {"CN_MOBILE"}
    assert "beyond its dictionary" in str(report["unread"])


def test_parquet_of_every_type_is_read(tmp_path: Path) -> None:
    """Dictionaries, numbers, nested values, nulls."""
    phones = [m for _, m, _ in PEOPLE]
    table = pa.table({
        "d": pa.array(phones).dictionary_encode(), "i": pa.array([int(p) for p in phones]), "f": pa.array([float(p) for p in phones]),
        "s": pa.array([{"m": p, "n": 1} for p in phones]), "l": pa.array([[p, "x"] for p in phones]), "b": pa.array([p.encode() for p in phones]),
        "o": pa.array([True] * len(phones)), "t": pa.array([i * 86400 for i in range(len(phones))], pa.timestamp("s")), "z": pa.nulls(len(phones)),
        "e": pa.array(["", None] * (len(phones) // 2)),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    found = types(scanned(tmp_path / "a.parquet"))
    assert {c for (_, c), held in found.items() if held == {"CN_MOBILE"}} == {"d", "i", "f", "s", "l", "b"}
    assert {c for (_, c), held in found.items() if not held} == {"o", "t", "z", "e"}


def ipc(table: pa.Table, path: Path) -> None:
    """An Arrow file."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


@pytest.mark.parametrize("write", [pq.write_table, ipc])
def test_columns_of_one_name_are_all_read(tmp_path: Path, write: Callable[[pa.Table, Path], None]) -> None:
    """As CSV names them: the second by its place; what looks like a path into another column is no path."""
    phones, nothing = [m for _, m, _ in PEOPLE], ["-"] * len(PEOPLE)
    parts = [nothing, phones, [{"b": "-", "c": "-"}] * len(PEOPLE), phones]
    write(pa.table(parts, ["x", "x", "a", "a.b"]), tmp_path / "a.arrow")
    assert types(scanned(tmp_path / "a.arrow")) == {
        ("a", "x"): set(), ("a", "x#2"): {"CN_MOBILE"}, ("a", "a"): set(), ("a", "a.b"): {"CN_MOBILE"},
    }  # fmt: skip


def test_arrow_of_rare_types_is_read(tmp_path: Path) -> None:
    """Unions, runs, views, half floats, time zones nobody knows: all valid."""
    phones = [m for _, m, _ in PEOPLE]
    n = len(phones)
    union = pa.UnionArray.from_sparse(pa.array([0, 1] * (n // 2), pa.int8()), [pa.array(phones), pa.array(range(n))])
    runs = pa.RunEndEncodedArray.from_arrays(pa.array(range(1, n + 1), pa.int32()), pa.array(phones))
    views = pa.ListViewArray.from_arrays(
        pa.array(range(n), pa.int32()), pa.array([1] * n, pa.int32()), pa.array(phones)
    )
    moments = pa.array(range(n), pa.timestamp("us", tz="Nowhere/Bad"))
    half = pa.array([1.5] * n, pa.float32()).cast(pa.float16())
    made = {"u": union, "r": runs, "l": views, "s": pa.array(phones, pa.string_view()), "t": moments, "h": half}
    ipc(pa.table(made), tmp_path / "a.arrow")
    report = scanned(tmp_path / "a.arrow")
    assert {c for (_, c), held in types(report).items() if held == {"CN_MOBILE"}} == {"u", "r", "l", "s"}
    assert not report["unread"]


def test_a_column_whose_name_is_no_text_is_called_by_its_place(tmp_path: Path) -> None:
    """In an Arrow file; its cells are read all the same."""
    ipc(pa.table({"x": ["-"] * 60, "qqqq": [m for _, m, _ in PEOPLE]}), tmp_path / "a.arrow")
    (tmp_path / "a.arrow").write_bytes((tmp_path / "a.arrow").read_bytes().replace(b"qqqq", b"qq\xffq"))
    assert types(scanned(tmp_path / "a.arrow")) == {("a", "x"): set(), ("a", "c2"): {"CN_MOBILE"}}


def packed(kind: str, path: Path) -> Path:
    """An archive with the table in it."""
    data = CSV.encode("gb18030")
    if kind == "zip":
        with zipfile.ZipFile(path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("in/a.csv", data)
        return path / "x.zip"
    if kind == "tar.gz":
        with tarfile.open(path / "x.tar.gz", "w:gz") as archive:
            info = tarfile.TarInfo("in/a.csv")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        return path / "x.tar.gz"
    (path / "a.csv.gz").write_bytes(gzip.compress(data))
    return path / "a.csv.gz"


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "gz"])
def test_archives_are_opened(tmp_path: Path, kind: str) -> None:
    """And what is in them is read as if it lay outside."""
    found = types(scanned(packed(kind, tmp_path)))
    assert {column: held for (_, column), held in found.items()} == {c: held for (_, c), held in BOTH.items()}


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "gz"])
@pytest.mark.parametrize("cut", [20, 150, -30])
def test_a_broken_archive_is_a_clear_error(tmp_path: Path, kind: str, cut: int) -> None:
    """Exit 5 or the finds so far with the loss told; never a traceback."""
    path = packed(kind, tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    result = scan(path)
    assert result.exit_code in {1, 5}
    assert result.exit_code == 5 or "未照常读取" in result.stdout


@pytest.mark.parametrize("kind", ["zip", "gz", "tar.gz"])
def test_a_bomb_is_refused_within_bounded_memory(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """300 MB of zeros in 300 kB: refused, and never held."""
    monkeypatch.setattr(archives, "SMALL", 8 << 20)
    zeros = bytes(1 << 20)
    if kind == "zip":
        path = tmp_path / "b.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("b.txt", "w") as member:
            for _ in range(300):
                member.write(b"a" * 1000 + zeros[1000:])
    elif kind == "gz":
        path = tmp_path / "b.txt.gz"
        with gzip.open(path, "wb") as member:
            for _ in range(300):
                member.write(b"a" * (1 << 20))
    else:
        path = tmp_path / "b.tar.gz"
        (tmp_path / "z").write_bytes(b"a" * (300 << 20))
        with tarfile.open(path, "w:gz") as archive:
            archive.add(tmp_path / "z", "b.txt")
        (tmp_path / "z").unlink()
    tracemalloc.start()
    result = scan(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.exit_code == (4 if kind == "gz" else 5), result.output
    assert peak < 120 << 20


def test_a_folder_tells_its_empty_files(tmp_path: Path) -> None:
    """Nothing is passed over in silence, though nothing is lost: they are named, and the exit is that of the rest."""
    (tmp_path / "a.csv").write_text("order,price\nA,1\n")
    for name in ("b.csv", "c.parquet", "d.txt"):
        (tmp_path / name).touch()
    found = scan(tmp_path)
    assert found.exit_code == 0 and "另有 3 个空文件" in found.stdout and "c.parquet" in found.stdout
    assert [Path(p).name for p in scanned(tmp_path)["empty"]] == ["b.csv", "c.parquet", "d.txt"]


def test_tables_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    """A table on disk and one in an archive, both called users."""
    (tmp_path / "users.csv").write_text(CSV)
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("users.csv", CSV)
        archive.writestr("others.csv", CSV)
    first = {line.split()[0] for line in scan(tmp_path).stdout.splitlines() if "CN_MOBILE" in line}
    assert first == {f"{tmp_path}/users.csv", f"{tmp_path}/z.zip!users.csv", "others"}


def test_a_folder_tells_what_it_could_not_read(tmp_path: Path) -> None:
    """Good files are scanned, pictures and broken ones named; the order is that of names."""
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.parquet").write_bytes(b"PAR1 broken PAR1")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.csv").write_text(CSV)
    report = scanned(tmp_path)
    assert [t["name"] for t in report["tables"]] == ["a"]
    broken, picture = report["unread"]
    assert (Path(picture["where"]).name, picture["format"], picture["lost"]) == ("c.png", "PNG", False)
    assert Path(broken["where"]).name == "b.parquet" and broken["zh"].startswith("不是完好的 Parquet 文件")
    assert broken["en"].startswith("not a sound Parquet file")


def test_a_spreadsheet_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    """Numbers without their fraction, empty sheets left out."""
    workbook(tmp_path / "a.xlsx", [["姓名", "手机号"], *[[n, float(m)] for n, m, _ in PEOPLE]])
    found = types(scanned(tmp_path / "a.xlsx"))
    assert found == {("a", "姓名"): {"PERSON"}, ("a", "手机号"): {"CN_MOBILE"}}


def workbook(path: Path, rows: list[list[object]]) -> None:
    """A minimal workbook of one sheet (ECMA-376)."""
    from xml.sax.saxutils import escape

    def cell(value: object) -> str:
        return (
            f"<c><v>{value:.0f}</v></c>"
            if isinstance(value, float)
            else f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
        )

    ns = "http://schemas.openxmlformats.org"
    office, kind = (
        f"{ns}/officeDocument/2006/relationships",
        "application/vnd.openxmlformats-officedocument.spreadsheetml",
    )
    sheet = "".join(f"<row>{''.join(cell(v) for v in row)}</row>" for row in rows)

    def related(name: str, target: str) -> str:
        link = f'<Relationship Id="r1" Type="{office}/{name}" Target="{target}"/>'
        return f'<Relationships xmlns="{ns}/package/2006/relationships">{link}</Relationships>'

    parts = {
        "[Content_Types].xml": f'<Types xmlns="{ns}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{ns}/spreadsheetml/2006/main" xmlns:r="{office}">'
        '<sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{ns}/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def test_a_sqlite_file_is_sampled_or_whole(tmp_path: Path) -> None:
    """Some rows of a large table; all of them when asked for."""
    link = sqlite3.connect(tmp_path / "a.db")
    link.execute('CREATE TABLE users (id INTEGER PRIMARY KEY, phone TEXT, "奇 怪""名" TEXT)')
    link.executemany("INSERT INTO users (phone) VALUES (?)", [(m,) for _, m, _ in PEOPLE] * 500)
    link.commit()
    link.close()
    sampled, whole = scanned(tmp_path / "a.db"), scanned(tmp_path / "a.db", "--whole")
    assert types(sampled)["users", "phone"] == types(whole)["users", "phone"] == {"CN_MOBILE"}
    assert (sampled["tables"][0]["rows"], whole["tables"][0]["rows"]) == (10_000, 30_000)
    (tmp_path / "a.db").write_bytes((tmp_path / "a.db").read_bytes()[:5000])
    assert scan(tmp_path / "a.db", "--whole").exit_code == 5


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ("id INTEGER PRIMARY KEY, phone TEXT", lambda i: 1_700_000_000_000_000_000 + i * 4096),
        ("rowid TEXT, phone TEXT", lambda i: f"R{i % 10}"),
        ("rowid REAL, phone TEXT", lambda i: float("inf")),
        ("rowid BLOB, _rowid_ TEXT, oid TEXT, phone TEXT", lambda i: b"\xff"),
        ("id TEXT PRIMARY KEY, phone TEXT) WITHOUT ROWID --", lambda i: f"{i:09}"),
    ],
)
def test_a_sample_is_spread_over_a_table_whatever_its_keys(
    tmp_path: Path, columns: str, key: Callable[[int], object]
) -> None:
    """Sparse ones, and columns called as SQLite calls its row numbers; the last rows are in it too."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as link:
        link.execute(f"CREATE TABLE users ({columns}\n)".replace("--\n)", ""))
        first = columns.split(maxsplit=1)[0]
        rows = [(key(i), "-" if i < 900 else "13900000001") for i in range(1000)]
        link.executemany(f"INSERT INTO users ({first}, phone) VALUES (?, ?)", rows)
        link.commit()
    report = scanned(tmp_path / "a.db", "--sample", 50)
    assert report["tables"][0]["rows"] == 50
    assert report["findings"][0]["cells"] == 5


def test_a_sample_keeps_step_with_no_rhythm_and_leaves_out_no_end(tmp_path: Path) -> None:
    """Every third of 30,000 rows holds a number: of each of 2,000 parts, fifteen rows long, one row is looked at, and a
    third of these hold one. Of 1,999 rows, 1,000 reach from the first to the last."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as link:
        for name, rows, held in (("a", 30_000, lambda i: i % 3 == 1), ("b", 1_999, lambda i: i >= 999)):
            link.execute(f"CREATE TABLE {name} (phone TEXT)")
            numbers = ((f"138000{i:05}" if held(i) else "-",) for i in range(rows))
            link.executemany(f"INSERT INTO {name} VALUES (?)", numbers)
        link.commit()
    cells = {f["table"]: f["cells"] for f in scanned(tmp_path / "a.db", "--sample", 2000)["findings"]}
    assert 640 <= cells["a"] <= 693
    assert cells["b"] == 1000
    report = scanned(tmp_path / "a.db", "--sample", 1000)
    assert [t["rows"] for t in report["tables"]] == [1000, 1000]
    assert 499 <= {f["table"]: f["cells"] for f in report["findings"]}["b"] <= 501


@pytest.mark.parametrize(
    ("damage", "tables", "lost"),
    [
        ("UPDATE sqlite_master SET type = x'7461626c65'", ["sqlitely"], 0),  # 'table', but as bytes
        ("DELETE FROM sqlite_master", [], 1),
        ("DROP TABLE sqlitely", [], 1),  # that it is empty
    ],
)
def test_a_damaged_schema_is_said(tmp_path: Path, damage: str, tables: list[str], lost: int) -> None:
    """A table whose entry is none any more, and pages without any table; an empty database is called empty."""
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as link:
        link.execute("PRAGMA auto_vacuum = 2")
        link.execute("CREATE TABLE sqlitely (m TEXT)")
        link.executemany("INSERT INTO sqlitely VALUES (?)", [("13900000001" * 90,)] * 20)
        link.execute("PRAGMA writable_schema = 1")
        link.execute(damage)
    report = scanned(tmp_path / "a.db")
    assert ([t["name"] for t in report["tables"]], len(report["unread"])) == (tables, lost)


@pytest.mark.parametrize("less", [0, 100, 3000])
def test_a_sqlite_file_that_is_cut_off_says_so(tmp_path: Path, less: int) -> None:
    """Within a page: what is left is scanned, exit 4 where nothing is found in it."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA page_size = 4096")
        link.execute("CREATE TABLE a (v TEXT)")
        link.execute("CREATE TABLE b (v TEXT)")
        link.executemany("INSERT INTO b VALUES (?)", [("好" * 50,)] * 400)
        link.commit()
    path.write_bytes(path.read_bytes()[: path.stat().st_size - less])
    result = scan(path, "--json")
    assert result.exit_code == (4 if less else 0)
    assert any("shorter" in u["en"] for u in json.loads(result.stdout)["unread"]) is (less > 0)


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of its own: what other tests keep on the server meanwhile is not scanned."""

    name = f"scan_{uuid.uuid4().hex[:12]}"
    with to_server(autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        yield address_of(name)
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_a_postgresql_database_is_scanned_without_being_written(database: str) -> None:
    """Its tables by schema; the report shows no password."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as link:
        link.execute("CREATE SCHEMA scan_check")
        link.execute("CREATE TABLE scan_check.users (id int, phone text, extra jsonb)")
        with link.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO scan_check.users VALUES (%s, %s, NULL)", [(i, m) for i, (_, m, _) in enumerate(PEOPLE)]
            )
        link.execute("CREATE VIEW scan_check.seen AS SELECT phone FROM scan_check.users")
        link.execute("CREATE MATERIALIZED VIEW scan_check.kept AS SELECT phone FROM scan_check.users")
        link.execute('CREATE TABLE scan_check."13900000001" (a text)')
    report = scanned(database.replace("@", ":geheim@", 1) if "@" in database else f"{database}&password=geheim")
    assert types(report)["scan_check.users", "phone"] == {"CN_MOBILE"}
    assert types(report)["scan_check.kept", "phone"] == {"CN_MOBILE"}
    assert [s.rsplit(":", 1)[1] for s in report["skipped"]] == ["scan_check.seen"]
    assert types(report)["scan_check.13*******01", "(names)"] == {"CN_MOBILE"}
    assert "geheim" not in json.dumps(report)


@pytest.mark.parametrize("sample", [1, 5, 19, 20, 21, 59, 60, 61])
@pytest.mark.parametrize("kind", ["parquet", "json", "jsonl", "csv"])
def test_a_sample_sees_every_column(tmp_path: Path, kind: str, sample: int) -> None:
    """Also where columns come one after another, in groups of rows (20) or as lists of a document, and below a title of their table."""
    table = pa.table(
        {"说明": [str(i) for i in range(60)], "手机": [m for _, m, _ in PEOPLE], "q": [n for n, _, _ in PEOPLE]}
    )
    path = tmp_path / f"a.{kind}"
    if kind == "parquet":
        pq.write_table(table, path, row_group_size=20)
    elif kind == "json":
        path.write_text(json.dumps({"ok": 1} | {name: table[name].to_pylist() for name in table.column_names}))
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in table.to_pylist()))
    else:
        path.write_text(
            "标题\n第一行\n说明,手机,q\n" + "".join(",".join(row.values()) + "\n" for row in table.to_pylist())
        )
    report = scanned(path, "--sample", sample)
    found = {name: held for (_, name), held in types(report).items()}
    assert (found["手机"], found["q"]) == ({"CN_MOBILE"}, {"PERSON"})
    (table_report,) = report["tables"]
    assert (table_report["rows"], table_report["sampled"]) == (min(sample, 60), sample < 60)


def test_a_duckdb_file_is_sampled_or_whole_and_reads_no_other(tmp_path: Path) -> None:
    """Each table by its name; a view, which may read any file, is left aside; one cut off is a clear error, in a folder as by itself."""
    import duckdb

    path, other = tmp_path / "t.db", tmp_path / "other.csv"
    other.write_text(CSV)
    with duckdb.connect(str(path)) as link:
        link.execute(
            'CREATE TABLE people (m VARCHAR, ends DATE, "a ""b" VARCHAR); CREATE SCHEMA s; CREATE TABLE s."13900000001" (a INT)'
        )
        link.executemany("INSERT INTO people VALUES (?, 'infinity', 'x')", [[m] for _, m, _ in PEOPLE])
        link.execute(f"CREATE VIEW seen AS SELECT * FROM read_csv('{other}')")
    part, whole = scanned(path, "--sample", 20), scanned(path, "--whole")
    assert [t["name"] for t in whole["tables"]] == ["people", "s.13*******01"]
    assert [(r["tables"][0]["rows"], r["tables"][0]["sampled"], r["tables"][0]["of"]) for r in (part, whole)] == [
        (20, True, 60),
        (60, False, None),
    ]
    assert types(whole)["people", "m"] == {"CN_MOBILE"} and [s.rsplit(":", 1)[1] for s in whole["skipped"]] == ["seen"]
    assert whole["unread"] == [] and scan("-", piped=path.read_bytes()).exit_code == 4
    path.write_bytes(path.read_bytes()[:5000])
    assert scan(path).exit_code == 5 and [u["lost"] for u in scanned(tmp_path)["unread"]] == [True]


@pytest.mark.postgres
@pytest.mark.parametrize("value", ["infinity", "-infinity", "0044-03-15 BC", "2026-01-01"])
def test_a_day_without_end_loses_no_table_of_postgresql(database: str, value: str) -> None:
    """As validity that never ends is written, and days that Python has not; birthdays stay days."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as link:
        link.execute("CREATE SCHEMA scan_check")
        link.execute("CREATE TABLE scan_check.users (phone text, born date, until date, at timestamptz)")
        with link.cursor() as cursor:
            rows = [(m, f"19{60 + i % 40}-01-02", value, value) for i, (_, m, _) in enumerate(PEOPLE)]
            cursor.executemany("INSERT INTO scan_check.users VALUES (%s, %s, %s, %s)", rows)
    report = scanned(database)
    assert report["unread"] == []
    found = types(report)
    assert (found["scan_check.users", "phone"], found["scan_check.users", "born"]) == ({"CN_MOBILE"}, {"DOB"})


@pytest.mark.postgres
@pytest.mark.parametrize("sample", [100, 2000])
def test_a_sample_of_a_postgresql_table_is_spread_over_it(database: str, sample: int) -> None:
    """A tenth of the rows, the last ones, is found as a tenth, the same in every run; a sample that holds all keeps their order."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as link:
        link.execute("CREATE SCHEMA scan_spread")
        link.execute(
            "CREATE TABLE scan_spread.t AS SELECT i, CASE WHEN i > 9000 THEN 13900000000 + i * 7919 ELSE 0 END AS v"
            " FROM generate_series(1, 10000) AS g (i)"
        )
        link.execute("ANALYZE scan_spread.t")
    first, again = (scanned(database, "--sample", sample) for _ in range(2))
    (found,) = first["findings"]
    assert 0.05 * sample < found["cells"] < 0.2 * sample and first == again
    (counted,) = scanned(database, "--sample", 10000)["findings"]
    assert (counted["cells"], counted["row"]) == (1000, 9000)


def test_what_is_not_there_or_empty_is_said(tmp_path: Path) -> None:
    """Exit 4 for no such file, 5 for an empty one."""
    assert scan(tmp_path / "none.csv").exit_code == 4
    for name in ("a.csv", "a.jsonl", "a.txt"):
        (tmp_path / name).write_bytes(b"")
        assert scan(tmp_path / name).exit_code == 5


def test_a_table_without_a_heading_shows_no_values_as_names(tmp_path: Path) -> None:
    """The first row is data when it looks like it: columns are numbered, and the row is scanned."""
    (tmp_path / "a.csv").write_text("".join(f"{m},{i},{i}@mail.example\n" for i, (_, m, _) in enumerate(PEOPLE)))
    result = scan(tmp_path / "a.csv", "--json")
    assert types(json.loads(result.stdout))["a", "c1"] == {"CN_MOBILE"}
    assert PEOPLE[0][1] not in result.stdout


@pytest.mark.parametrize("rows", [1, 2, 60])
def test_one_sure_cell_tells_that_the_first_row_is_data(tmp_path: Path, rows: int) -> None:
    """A name and a remark beside a telephone number: the row is scanned, and none of it is a column's name."""
    (tmp_path / "a.csv").write_text("\n\n" + "".join(",".join(row) + "\n" for row in PEOPLE[:rows]))
    result = scan(tmp_path / "a.csv", "--json")
    (table,) = json.loads(result.stdout)["tables"]
    assert (table["rows"], [c["name"] for c in table["columns"]]) == (rows, ["c1", "c2", "c3"])
    assert table["columns"][1]["types"] == ["CN_MOBILE"]
    assert not [cell for row in PEOPLE for cell in row[:2] if cell in result.output]


def test_a_name_above_names_is_no_heading(tmp_path: Path) -> None:
    """But one above figures is: a rota."""
    people = [p for p, _, _ in PEOPLE]
    (tmp_path / "a.csv").write_text("张伟,好\n" + "".join(f"{p},好\n" for p in people))
    (tmp_path / "b.csv").write_text("日期,张伟\n" + "".join(f"{i},{i}\n" for i in range(60)))
    report = scanned(tmp_path)
    assert types(report)["a", "c1"] == {"PERSON"}
    assert types(report)["b", "日期"] == set()


def test_bytes_of_no_encoding_in_a_ragged_row_are_read(tmp_path: Path) -> None:
    """The row is scanned as text, the others stay a table, and nothing else is said."""
    good = "".join(",".join(row) + "\n" for row in PEOPLE).encode()
    (tmp_path / "a.csv").write_bytes("姓名,手机号,说明\n".encode() + good + b"\xff\xe5,13900000000\n" + good)
    report = scanned(tmp_path / "a.csv")
    assert types(report) == BOTH | {("a", "(unparsed)"): {"CN_MOBILE"}}
    assert {u["zh"] for u in report["unread"]} == {"应有 3 列，列数不符，按文字扫描", "2 处字节不合 utf-8 编码"}


HIDDEN: list[tuple[str, Callable[[str], str]]] = [
    ("stars", lambda name: name[0] + "*" * (len(name) - 1)),
    ("wide stars", lambda name: name[0] + "＊" * (len(name) - 1)),
    ("so-and-so", lambda name: name[0] + "某" * (len(name) - 1)),
    ("roles", lambda name: "值班员" if len(name) == 2 else "系统管理员"),
]


@pytest.mark.parametrize(("how", "other"), HIDDEN, ids=[how for how, _ in HIDDEN])
def test_names_among_masked_ones_and_roles_are_names(tmp_path: Path, how: str, other: Callable[[str], str]) -> None:
    """张建军, 李**, 王某, 值班员: a column of people; what is no name at all is none."""
    people = [p for p, _, _ in PEOPLE]
    (tmp_path / "a.csv").write_text("处理\n" + "".join(f"{p if i % 2 else other(p)}\n" for i, p in enumerate(people)))
    (tmp_path / "b.csv").write_text("处理\n" + "".join(f"{other('一' * len(p))}\n" for p in people))
    report = types(scanned(tmp_path))
    assert report == {("a", "处理"): {"PERSON"}, ("b", "处理"): set()}
