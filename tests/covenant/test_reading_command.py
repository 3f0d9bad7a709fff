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
    assert set(found["numerals"][0]) == {"part", "begin", "end", "words", "kind", "number", "itself", "doubt"}
    assert set(found["terms"][0]) == {"name", "article", "words", "value", "unit", "inclusive", "base"}


def test_the_report_says_what_wants_confirming() -> None:
    """The report says what wants confirming."""
    result = CliRunner().invoke(read, [str(TEXT)])
    assert result.exit_code == 0 and "待确认" in result.stdout and "第2章 会员  第3—4条" in result.stdout


def test_the_report_speaks_english_too() -> None:
    """The report speaks english too."""
    assert "needs confirming" in CliRunner().invoke(read, [str(TEXT), "--lang", "en"]).stdout


def test_a_gap_exits_1_with_code_and_place(tmp_path: Path) -> None:
    """A gap exits 1 with code and place, and the articles are listed at their addresses."""
    (tmp_path / "x.txt").write_text("某公约\n第一条 甲。\n第三条 丙。", "utf-8")
    result = CliRunner().invoke(read, [str(tmp_path / "x.txt")])
    assert (
        result.exit_code == 1
        and "  3  丙。" in result.stdout
        and "GY-01-01" in result.stderr
        and "第3行" in result.stderr
    )


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


def test_every_numeral_is_listed_with_what_it_was_read_as(tmp_path: Path) -> None:
    """Article by article, in both languages; what was not read says so, and is counted; what stands outside the articles too."""
    text = (
        "某公约\n第一条 会长连任不超过两届，任期三年，每学期述职一次。\n第二条 修改须经出席会员过半数同意，依第一条办理，第三次未到会的除名。\n"
        "第三条 甲乙丙丁。\n某协会\n附件：名额 80 个\n"
    )
    (tmp_path / "x.txt").write_text(text, "utf-8")
    said = CliRunner().invoke(read, [str(tmp_path / "x.txt")]).stdout
    assert "逐一所见的数: 7；没有读出: 2；项号、名称与不表数的词: 0" in said
    for line in (
        "第1条  “长连任不超过【两】届，任期三年”  没有读出",
        "第1条  “三年”  期限 36 个月，含本数",
        "第1条  “每学期述职一次”  频率 每 1 个学期 1 次",
        "第2条  “过半数”  份额 1/2，不含本数，以出席者计",
        "第2条  “一”  条款号",
        "第2条  “三”  序数",
        "条文之外  “附件：名额【80】个”  没有读出",
    ):
        assert line in said, (line, said)
    english = CliRunner().invoke(read, [str(tmp_path / "x.txt"), "--lang", "en"]).stdout
    assert (
        "not read: 2" in english and "NOT READ" in english and "share 1/2, itself excluded, of those present" in english
    )


def test_a_time_without_a_numeral_is_listed_as_not_read(tmp_path: Path) -> None:
    """年度预算, 逐月 and 学期注册, in both languages; 每年度 that was read as once a year is not among them."""
    (tmp_path / "x.txt").write_text(
        "某公约\n第一条 本会编列年度预算，逐月公布，每年度开会一次。\n第二条 社团须学期注册。\n", "utf-8"
    )
    said = CliRunner().invoke(read, [str(tmp_path / "x.txt")]).stdout
    assert [line.count("没有数字的时间，没有读") for line in said.splitlines() if "没有数字" in line] == [1, 1]
    assert "“本会编列年度预算”、“逐月公布”  没有数字的时间，没有读" in said
    assert "频率 每 12 个月 1 次" in said
    english = CliRunner().invoke(read, [str(tmp_path / "x.txt"), "--lang", "en"]).stdout
    assert english.count("times without a numeral, not read") == 2


def test_what_stands_in_a_part_is_not_told_again_as_outside(tmp_path: Path) -> None:
    """A table's row is quoted as an oddity, its numbers are those of its part alone; a line below the last part has none."""
    (tmp_path / "x.md").write_text(
        "# 湖心规约\n\n## 表决\n\n| 事项 | 份额 |\n|---|---|\n| 修改 | 成员三分之二 |\n\n## 期限\n\n任期三年。\n",
        "utf-8",
    )
    said = CliRunner().invoke(read, [str(tmp_path / "x.md")]).stdout
    assert said.count("“三分之二”  份额") == 1 and "条文之外" not in said
