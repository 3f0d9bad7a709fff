"""`gongyue read`: what it prints and how it ends."""

import json
from pathlib import Path

from click.testing import CliRunner

from gongyue.cli.read import read

TEXT = Path(__file__).parent / "texts" / "湖畔公约.txt"
KEYS = ["title", "digest", "chapters", "articles", "terms", "oddities"]


def test_json_has_the_promised_keys() -> None:
    """Json has the promised keys."""
    result = CliRunner().invoke(read, [str(TEXT), "--json"])
    found = json.loads(result.stdout)
    assert (result.exit_code, [k for k in found if k in KEYS]) == (0, KEYS)
    assert set(found["articles"][0]) == {"number", "chapter", "text", "items"}
    assert set(found["terms"][0]) == {"name", "article", "words", "value", "unit", "inclusive", "base"}


def test_the_report_says_what_wants_confirming() -> None:
    """The report says what wants confirming."""
    result = CliRunner().invoke(read, [str(TEXT)])
    assert result.exit_code == 0 and "待确认" in result.stdout and "第2章 会员  第3—4条" in result.stdout


def test_the_report_speaks_english_too() -> None:
    """The report speaks english too."""
    assert "needs confirming" in CliRunner().invoke(read, [str(TEXT), "--lang", "en"]).stdout


def test_a_gap_exits_1_with_code_and_place(tmp_path: Path) -> None:
    """A gap exits 1 with code and place."""
    (tmp_path / "x.txt").write_text("某公约\n第一条 甲。\n第三条 丙。", "utf-8")
    result = CliRunner().invoke(read, [str(tmp_path / "x.txt")])
    assert result.exit_code == 1 and result.stdout == "" and "GY-01-01" in result.stderr and "第3行" in result.stderr


def test_what_cannot_be_read_exits_4() -> None:
    """What cannot be read exits 4."""
    result = CliRunner().invoke(read, ["-", "--name", "x.txt"], input=b"")
    assert result.exit_code == 4 and "空" in result.stderr


def test_a_missing_file_exits_4() -> None:
    """A missing file exits 4."""
    assert CliRunner().invoke(read, ["no-such-file.txt"]).exit_code == 4


def test_standard_input_is_read_by_the_given_name() -> None:
    """Standard input is read by the given name."""
    result = CliRunner().invoke(read, ["-", "--name", "x.md"], input="# 某公约\n\n### 第一条 甲。\n".encode())
    assert result.exit_code == 0 and "某公约" in result.stdout


def test_a_text_without_articles_is_shown_by_its_addresses(tmp_path: Path) -> None:
    """What binding goes by, and each share with the word at it and its base; a far 之外 is not taken for it."""
    text = "湖滨倡议\n一、目的\n共同爱护湖岸。\n二、修改\n在湖区之外任职的不计，经到会成员三分之二以上同意，可以修改本倡议。\n公示期为七日。\n"
    (tmp_path / "x.txt").write_text(text, "utf-8")
    result = CliRunner().invoke(read, [str(tmp_path / "x.txt")])
    assert result.exit_code == 0 and "部分: 2" in result.stdout and "founding bind" in result.stdout
    assert "二  “经到会成员三分之二以上同意”  2/3 (以上，含本数，出席者)" in result.stdout
    assert "二  “公示期为七日”  7日 (含本数)" in result.stdout and "之外，" not in result.stdout
    found = json.loads(CliRunner().invoke(read, [str(tmp_path / "x.txt"), "--json"]).stdout)
    assert [p["at"] for p in found["parts"]] == ["一", "二"]


def test_a_gap_names_both_ways_out(tmp_path: Path) -> None:
    """Correct the number, or bind the text as it stands."""
    (tmp_path / "x.txt").write_text("某公约\n第七条 甲乙丙丁。\n第八条 丙。", "utf-8")
    result = CliRunner().invoke(read, [str(tmp_path / "x.txt")])
    assert result.exit_code == 1 and "请改正" in result.stderr and "gongyue founding bind" in result.stderr
