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
    assert set(found["terms"][0]) == {"name", "article", "words", "value", "unit", "inclusive"}


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
