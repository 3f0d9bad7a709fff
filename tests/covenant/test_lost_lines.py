"""What only the lines of a file tell: short ones that stand as headings do, lists below a full stop, a title that is none."""

from __future__ import annotations

import pytest

from gongyue.covenant.parser import outline, read
from gongyue.covenant.parser.structural import NO_TITLE_WHY
from gongyue.covenant.text import Outline

SHORT = "没有标点的短行，读作正文"
STOPPED = "说到“以下”“下列”的一句以句号收尾，其下各行没有读作它的列举"
TITLED = "首行读作全文的标题，却与其下各标题同级、同样"
BEYOND = "没有项号的列举读到以句号收尾的一行为止，其下一行可能也是一项"


def outlined(text: str, name: str = "小社.txt") -> Outline:
    """A text read for binding."""
    return outline(text.encode(), name)


def asked(text: str, why: str, name: str = "小社.txt") -> list[str]:
    """The words of each question of structure whose reason begins so."""
    found = outlined(text, name).assumed
    return [d.words for d in found if d.structural and d.why.partition("：")[0].endswith(why)]


def test_lines_that_stand_as_the_headings_do_are_asked_about_in_one_question() -> None:
    """Whatever they say, and whether what is below ends in a stop: 茶友的加入, 不许带入的东西, 禁止携带."""
    text = "小茶社守约\n\n茶席\n茶席每周一开。\n\n茶具\n茶具由社里出。\n\n茶友的加入\n填写茶帖\n缴纳茶钱\n\n禁止携带\n明火\n宠物\n\n散席\n散席自九点起。\n"
    assert [c.title for c in outlined(text).chapters] == ["茶席", "茶具", "散席"]
    assert asked(text, SHORT) == ["茶友的加入……禁止携带"]


def test_lines_behind_a_sign_are_asked_about() -> None:
    """☂ and ♨ lead headings, whatever stands below; one such line alone tells nothing."""
    text = "小茶社守约\n\n大家守约，互相照应。\n\n☂ 违约处理\n轻微的：提醒\n严重的：退社\n\n♨ 生效时间\n本约自三月起施行。\n"
    assert asked(text, SHORT) == ["☂ 违约处理……♨ 生效时间"]
    assert asked(text.replace("♨ 生效时间\n", ""), SHORT) == []


def test_a_text_whose_headings_are_marked_is_asked_nothing_of_its_short_lines() -> None:
    """Nor where no line is read as a heading, or may be one: names one below the other."""
    marked = "# 小茶社守约\n\n## 茶席\n\n周一\n\n茶席每周一开。\n\n## 茶具\n\n由社里出。\n"
    plain = "小茶社守约\n\n大家守约。\n\n东山茶号\n\n西山茶号\n\n南山茶号。\n"
    for text, name in ((marked, "小社.md"), (plain, "小社.txt")):
        assert asked(text, SHORT, name) == []


def test_a_list_below_a_sentence_with_a_full_stop_is_asked_about() -> None:
    """Bullets and （一） alike; the items are parts of their own."""
    lead = "茶会之决议由到会的茶友作出。但下列各事由全体茶友作出。"
    for items in ("- 迁社\n- 散社\n", "（一）迁社；\n（二）散社。\n", "• 迁社\n• 散社\n"):
        text = f"# 小茶社守约\n\n## 茶会\n\n茶会每季一次。\n\n{lead}\n\n{items}\n## 散席\n\n九点散席。\n"
        assert asked(text, STOPPED, "小社.md") == [lead]
    for lead in ("三人以下不开席。", "小茶社（以下简称本社）在山下。", "茶友应当守约。"):
        text = f"# 小茶社守约\n\n## 茶会\n\n茶会每季一次。\n\n{lead}\n\n- 迁社\n- 散社\n\n## 散席\n\n九点散席。\n"
        assert asked(text, STOPPED, "小社.md") == []
    led = "# 小茶社守约\n\n## 茶会\n\n茶会每季一次。\n\n下列各事须经茶会：\n\n- 迁社\n- 散社\n\n## 散席\n\n九点散席。\n"
    assert asked(led, STOPPED, "小社.md") == []


@pytest.mark.parametrize(
    "lines", ["迟到的；\n早退的。\n吵闹的茶友，一并计入。", "迟到\n早退；\n旷席。\n吵闹的茶友一并计入。", "迟到的；\n早退的；\n旷席的。\n打翻茶具。"]
)  # fmt: skip
def test_a_line_below_a_list_that_a_full_stop_ended_early_is_asked_about(lines: str) -> None:
    """It may be one more item; `gongyue read` tells it too."""
    text = f"小茶社守约\n第一条 失约分以下几种：\n{lines}\n第二条 本约自公布之日起施行。\n"
    assert asked(text, BEYOND) == [lines.rsplit("\n", maxsplit=1)[-1]]
    assert [o.words for o in read(text.encode(), "x.txt").oddities if o.why.startswith(BEYOND)]


@pytest.mark.parametrize("below", ["前款所列的茶友应当赔偿。", "茶友应当赔偿所损茶具，并向众人道歉。", ""])
def test_a_list_that_ends_as_lists_do_is_asked_nothing(below: str) -> None:
    """Semicolons, a full stop, and the article goes on or does not."""
    text = (
        f"小茶社守约\n第一条 失约分以下几种：\n迟到的；\n早退的；\n旷席的。\n{below}\n第二条 本约自公布之日起施行。\n"
    )
    assert asked(text, BEYOND) == []


@pytest.mark.parametrize("head", ["前言", "引言", "总则", "1.1 小茶社简介", "本社概述", "第一部分 缘起", "1 缘起"])
def test_the_name_of_a_part_is_no_title(head: str) -> None:
    """The title is asked for, and the line stays among what stands above."""
    text = f"{head}\n山下有茶，众人共饮。\n第一条 茶友守约。\n第二条 本约自公布之日起施行。\n"
    found = outlined(text, "茶社.txt")
    assert found.title == "茶社" and [d.line for d in found.assumed if d.why == NO_TITLE_WHY] == [1]
    assert head in "\n".join([*(o.words for o in found.oddities), *(c.title for c in found.chapters)])


def test_a_heading_of_the_file_that_names_a_part_is_no_title_either() -> None:
    """# 前言 opens the first section; a title that only has such a word in it is one."""
    found = outlined("# 前言\n\n山下有茶。\n\n# 茶席\n\n每周一开。\n", "茶社.md")
    assert (found.title, [c.title for c in found.chapters]) == ("茶社", ["前言", "茶席"])
    assert outlined("前言与守约\n第一条 茶友守约。\n第二条 公布后施行。\n").title == "前言与守约"
    assert outlined("前言\n小茶社公约\n第一条 茶友守约。\n第二条 公布后施行。\n").title == "小茶社公约"


def test_a_title_that_stands_as_the_headings_below_do_is_asked_about() -> None:
    """It may be the first of them; one that says what the text is, or stands above all others, is a title."""
    for title, mark, asks in (("茶席", "#", True), ("茶席", "##", False), ("小茶社公约", "#", False)):
        text = f"# {title}\n\n每周一开。\n\n{mark} 茶具\n\n由社里出。\n\n{mark} 散席\n\n九点散席。\n"
        assert asked(text, TITLED, "小社.md") == [title] * asks
    bare = "{}\n茶席每周一开。\n\n茶具\n茶具由社里出。\n\n散席\n散席自九点起。\n"
    assert asked(bare.format("茶席"), TITLED) == ["茶席"] and asked(bare.format("小茶社公约"), TITLED) == []


def test_places_of_one_question_are_all_quoted() -> None:
    """Twenty-six paragraphs behind lists, in one question."""
    text = "小茶社守约\n" + "".join(
        f"第{n}条 第{n}席分为：\n（一）上席；\n（二）下席\n第{n}席另有茶点。\n" for n in range(1, 27)
    )
    (words,) = [d.words for d in outlined(text).assumed if "列举之后的一段" in d.why]
    assert words.split("……") == [f"第{n}席另有茶点。" for n in range(1, 27)]


def test_tabs_between_the_cells_of_a_table_are_none_of_the_files() -> None:
    """Only those that somebody typed are counted."""
    table = "# 小茶社守约\n\n第一条 席位如下：\n\n| 席 | 位 |\n|---|---|\n| 上 | 二 |\n\n第二条 茶友{}守约。\n"
    for typed, said in (("", []), ("\t", ["制表符 / tab ×1"])):
        found = outlined(table.format(typed), "小社.md")
        assert [o.words for o in found.oddities if "看不见" in o.why] == said
        assert not any("\t" in p.text for p in found.parts)


def test_a_heading_of_the_files_own_that_names_nothing_is_asked_about() -> None:
    """Above and below the articles of a Markdown file, quoted together; the article's own, a chapter's and a signature's are not."""
    text = (
        "# 数据公约\n\n## 前言\n\n我们相信数据应当善用。\n\n## 第一条 秘书处\n\n秘书处执行本公约。\n\n## 第二条 修改\n\n须经三分之二以上成员同意。\n\n"
        "## 签署方式\n\n在清单里写上名字，即为签署本公约。\n\n## 附则说明\n\n本公约自公布之日起施行。\n"
    )
    (asked,) = [d for d in outline(text.encode(), "数据公约.md").assumed if "文件标作标题的行" in d.why]
    assert asked.words == "前言……签署方式……附则说明" and asked.structural and asked.line == 3
    plain = "# 数据公约\n\n## 总则\n\n我们相信数据应当善用。\n\n## 修改\n\n须经三分之二以上成员同意。\n"
    assert all("文件标作标题的行" not in d.why for d in outline(plain.encode(), "数据公约.md").assumed)
