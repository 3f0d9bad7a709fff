"""Numbers as a text prints them: lists below headings, 1.1 without 1., a mistyped 第—条, tabs, and the title's own numerals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongyue.cli.main import main
from gongyue.covenant.edition_builder import in_doubt
from gongyue.covenant.parser import Gap, outline, read

SHARE = "经三分之二以上成员单位同意可以修改本公约。"


def test_a_list_below_a_markdown_heading_is_no_oddity() -> None:
    """Its items are parts; the second follows the first. One that is missing is odd still."""
    text = f"# 湖畔公约\n\n## 行为\n\n1. 爱护环境。\n2. 不乱扔垃圾。\n\n## 处理\n\n1. 警告。\n{{}}. 除名。\n\n## 修改\n\n{SHARE}\n"
    whole = outline(text.format(2).encode(), "公约.md")
    assert [p.at for p in whole.parts] == ["§1/1", "§1/2", "§2/1", "§2/2", "§3"]
    assert (whole.oddities, whole.assumed) == ((), ())
    broken = outline(text.format(3).encode(), "公约.md")
    assert [(o.words, o.why.partition("：")[0]) for o in broken.oddities] == [("3.", "第2节第2段")]


def test_a_list_with_items_or_a_paragraph_between_goes_on() -> None:
    """1. with （1） and （2） of its own, a paragraph, then 2."""
    listed = (
        "会员应当：\n\n1. 爱护下列环境：\n（1）湖水；\n（2）草地。\n\n湖水不得污染。\n\n2. 不乱扔垃圾。\n3. 不喂鱼。\n"
    )
    text = f"# 湖畔公约\n\n## 行为\n\n{listed}\n## 修改\n\n{SHARE}\n"
    assert [o for o in outline(text.encode(), "公约.md").oddities if "项号" in o.why] == []


def test_an_article_whose_list_begins_elsewhere_is_odd_still() -> None:
    """Its numbers do not go on from the article above, where each chapter begins anew."""
    text = f"湖畔公约\n第一章 甲\n第一条 下列：\n1. 甲。\n2. 乙。\n第二条 下列：\n3. 丙。\n第二章 乙\n第一条 {SHARE}\n"
    assert [o.words for o in outline(text.encode(), "公约.txt").oddities if "项号" in o.why] == ["3."]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "公约.md",
            f"# 湖畔公约\n\n## 1.1 范围\n\n适用于湖区单位。\n\n## 1.2 修改\n\n{SHARE}\n\n## 2.1 处理\n\n警告。\n",
        ),
        ("公约.txt", f"湖畔公约\n1.1 范围\n适用于湖区单位。\n1.2 修改\n{SHARE}\n2.1 处理\n警告。\n"),
    ],
)
def test_headings_of_two_numbers_keep_them(name: str, text: str) -> None:
    """Although no 1. stands above 1.1."""
    found = outline(text.encode(), name)
    assert [(p.at, p.text.split("\n")[0]) for p in found.parts] == [
        ("§1/1", "1.1 范围"), ("§1/2", "1.2 修改"), ("§2/1", "2.1 处理"),
    ]  # fmt: skip
    assert (found.oddities, found.assumed) == ((), ())


@pytest.mark.parametrize("numbers", [("1.2", "1.3"), ("1.1", "1.3"), ("1.1", "2.2"), ("1.1", "3.1")])
def test_two_numbers_that_do_not_count_on_are_no_addresses(numbers: tuple[str, str]) -> None:
    """What is left out or mistyped is told by none of them."""
    found = outline(f"湖畔公约\n{numbers[0]} 适用于湖区的全体单位。\n{numbers[1]} {SHARE}\n".encode(), "公约.txt")
    assert [p.at for p in found.parts] == ["¶1", "¶2"]


@pytest.mark.parametrize("numeral", ["—", "三十ニ", "l0", "十十"])
def test_a_label_that_is_no_numeral_is_where_the_numbering_breaks(numeral: str) -> None:
    """Not the article after it, which is as it should be."""
    text = f"湖畔公约\n第一条 甲方。\n第二条 乙方。\n第{numeral}条 丙方。\n第四条 {SHARE}\n".encode()
    with pytest.raises(Gap) as gap:
        read(text, "公约.txt")
    assert (gap.value.after, gap.value.found, gap.value.line) == (2, numeral, 4)
    found = outline(text, "公约.txt")
    assert [p.at for p in found.parts] == ["1", "2", "3", "4"]
    assert [(d.line, d.at, d.why) for d in found.doubts] == [(4, "3", f"第{numeral}条不是条号，读作第3条 / read as 3")]


@pytest.mark.parametrize("line", ["第—条规定的单位适用。", "第三条的规定适用于全体单位。", "第某条照旧。"])
def test_a_mention_is_no_label_whatever_its_numeral(line: str) -> None:
    """It stays in the article above."""
    text = f"湖畔公约\n第一条 甲方。\n第二条 乙方。\n{line}\n第三条 {SHARE}\n"
    assert [(d.line, d.at) for d in outline(text.encode(), "公约.txt").doubts] == []


def test_articles_that_changed_places_are_in_doubt_and_those_behind_are_not() -> None:
    """1, 3, 2, 4: the fourth follows all of them, and 2 is there once."""
    found = outline(f"湖畔公约\n第一条 甲方。\n第三条 乙方。\n第二条 丙方。\n第四条 {SHARE}\n".encode(), "公约.txt")
    assert [p.at for p in found.parts] == ["1", "3", "2", "4"]
    assert [d.line for d in found.doubts] == [3, 4]


def test_the_refusal_of_a_mistyped_numeral_says_nothing_of_a_later_break() -> None:
    """Line 4 is read as article 3; that 6 is missing further down is another doubt."""
    found = outline(
        "湖畔公约\n第一条 甲。\n第二条 乙。\n第四条 丙。\n第四条 丁。\n第五条 戊。\n第七条 己。\n".encode(), "公约.txt"
    )
    first, second = (in_doubt(d, found.parts) for d in found.doubts)
    assert (first.figures, second.figures) == ({}, {"expected": 6, "found": 7})


def test_tabs_are_called_tabs() -> None:
    """Not U+0009."""
    found = outline(f"湖畔公约\n第一条 甲方。\n项目\t期限\n公布\t15日\n第二条 {SHARE}\n".encode(), "公约.txt")
    assert [o.words for o in found.oddities if "看不见" in o.why] == ["制表符 / tab ×2"]


def test_the_numerals_of_the_title_are_in_the_account(tmp_path: Path) -> None:
    """With a version behind its name it is the title still."""
    path = tmp_path / "公约.md"
    path.write_text(f"# 湖畔公约 2.0\n\n## 一般规则\n\n1. 爱护环境。\n2. {SHARE}\n", encoding="utf-8")
    said = CliRunner().invoke(main, ["read", str(path)]).output
    assert "标题: 湖畔公约 2.0" in said
    assert "  标题  “湖畔公约【2.0】”  没有读出" in said
    data = json.loads(CliRunner().invoke(main, ["read", str(path), "--json"]).output)
    assert data["numerals"][0] == {
        "part": "title",
        "begin": 5,
        "end": 8,
        "words": "2.0",
        "kind": "unread",
        "number": None,
        "itself": "",
        "doubt": "",
    }
