"""Structure that may have been lost: each kind of disorder is asked about once, with its lines, and an ordinary text is asked nothing."""

from __future__ import annotations

import pytest

from gongyue.covenant.parser import outline, read
from gongyue.covenant.text import Outline

END = "本章程自公布之日起施行。"


def outlined(text: str) -> Outline:
    """A text read for binding."""
    return outline(text.encode(), "小章程.txt")


def asked(text: str) -> list[tuple[str, str]]:
    """The words of each place of structure that is asked about, and how the reason begins."""
    return [(d.words, d.why.partition("：")[0]) for d in outlined(text).assumed if d.structural]


def articles(*texts: str) -> str:
    """A text of articles numbered in order."""
    return "小章程\n" + "\n".join(f"第{n}条 {t}" for n, t in enumerate(texts, 1))


RUN_IN = "一行以章名、标题起首，后面接着句子，没有读作标题"
NUMBER = "正文里有像是下一条起首的编号，没有读作一条"
CLOSING = "文末像是沿革、落款或附注的行，读作条文的一部分"
SHORT = "没有标点的短行，读作正文"
MARKS = "各行开头依次的编号不是认得的项号，没有分作各项"


def test_an_ordinary_text_is_asked_nothing() -> None:
    """Headings, lists, paragraphs and an ending as they should be."""
    text = (
        "小章程\n第一章 总则\n第一条 本会名为小会。\n本会会址设在湖畔。\n第二章 会员\n第二条 会员有下列义务：\n（一）守约；\n（二）交费。\n"
        "第三章 附则\n第三条 本章程经会员大会通过，自公布之日起施行。\n小会\n2020年3月1日\n"
    )
    assert asked(text) == []


@pytest.mark.parametrize(
    "line", ["第二章 会员 会员应当遵守本章程，并交纳会费。", "附则 会员大会可以另定细则。", "附则：会员大会可以另定细则。", "会员 会员应当守约。"]
)  # fmt: skip
def test_a_heading_that_runs_into_a_sentence_is_asked_about(line: str) -> None:
    """Its words were the last paragraph of the article above."""
    assert asked(articles(f"本会名为小会。\n{line}", END)) == [(line, RUN_IN)]


@pytest.mark.parametrize("line", ["第二章规定的会员应当守约。", "会员应当守约。", "会员：会员应当守约。"])
def test_a_mention_of_a_chapter_is_no_heading(line: str) -> None:
    """Nor is a word that is explained."""
    assert asked(articles(f"本会名为小会。\n{line}", END)) == []


def test_a_division_whose_name_runs_into_its_text_is_asked_about() -> None:
    """All the others have a name; and it stands below none of theirs."""
    text = "小章程\n一、宗旨\n1.互助。\n2.守信。\n二、会员\n1.入会。\n2.退会。\n三、组织\n1.大会。\n2.理事会。\n四、本会经费来源于会费，每年公布。\n"
    assert asked(text) == [("本会经费来源于会费，每年公布。", "别的部分有名称，这一部分没有")]
    headed = "小章程\n第一章 总则\n一、宗旨\n会员互助。\n二、会员应当守约，并交会费。\n第二章 附则\n三、细则\n另定。\n"
    found = outlined(headed)
    assert [(p.at, found.chapters[(p.chapter or 0) - 1].title) for p in found.parts if p.at == "二"] == [("二", "总则")]


def test_articles_below_a_bare_heading_stay_in_the_chapter_above_and_that_is_asked_about() -> None:
    """组织机构 without a number between numbered chapters."""
    text = f"小章程\n第一章 总则\n第一条 本会名为小会。\n组织机构\n第二条 本会设秘书处。\n第二章 附则\n第三条 {END}\n"
    assert asked(text) == [("组织机构", "标题，不属于任何一条；没有章号，其下各条仍在上一章")]
    assert [p.chapter for p in outlined(text).parts] == [1, 1, 2]


@pytest.mark.parametrize("line", ["第四版", "第三次修订", "第二届会员大会", "2020年试行版"])
def test_what_tells_an_edition_is_no_name_of_a_chapter(line: str) -> None:
    """A heading of the file's own is read as one all the same, and asked about."""
    text = f"# 小章程\n\n## {line}\n\n会员大会通过。\n\n## 总则\n\n本会名为小会。\n\n## 附则\n\n公布后施行。\n"
    assert asked(text) == [(line, "说的是第几版、第几次修订或第几届，读作标题")]


@pytest.mark.parametrize(
    "line",
    [
        "本章程于二〇二〇年三月一日会员大会通过。", "本規約修訂立於民國一一〇年五月三日。", "附注：会员名册另附。", "注：名册由秘书处保管。",
        "联系人见名册。", "来源：小会网站。",
    ],
)  # fmt: skip
def test_a_closing_line_in_the_last_article_is_asked_about(line: str) -> None:
    """With those beside it; where the line says from when the text holds, it is law."""
    text = articles("本会名为小会。", f"{END}\n{line}")
    assert [why for _, why in asked(text)] == [CLOSING] or outlined(text).parts[-1].text == END
    assert asked(articles("本会名为小会。", "会员可以退会。\n本章程于2020年3月1日通过，自通过之日起施行。")) == []


def test_a_note_below_the_last_article_that_says_something_is_asked_about() -> None:
    """It is no signature."""
    (_, why), *_ = asked(articles("本会名为小会。", f"{END}\n备注：本章程由秘书处解释。"))
    assert why.startswith(("末条之后的文字", CLOSING))


def test_the_next_number_within_an_article_is_asked_about() -> None:
    """第三， without 条 or 三条 without 第, and 第三条 behind a stop; never where that article stands."""
    for line in (
        "第三、会员可以退会。",
        "第3为公开账目，每年公告。",
        "三条 会员可以退会。",
        "会员交费。第三条 会员可以退会。",
    ):
        assert asked(articles("本会名为小会。", f"会员守约。\n{line}")) == [(line, NUMBER)]
    for line in ("第三届理事会已经选出。", "第三、四款另行规定。", "第三和第四款另行规定。"):
        assert asked(articles("本会名为小会。", f"会员守约。\n{line}")) == []
    assert asked(articles("本会名为小会。", "会员守约。\n第三、会员交费。", END)) == []


def test_what_is_behind_a_list_and_no_item_of_it_is_asked_about() -> None:
    """A second list with other marks, or with a lead of its own."""
    second = "会员有下列权利：\n（一）表决；\n（二）退会。\n会员的义务如下：\n1. 守约；\n2. 交费。"
    assert [why for _, why in asked(articles(second, END))] == ["一条之内另有列举，没有分作各项"]
    bare = "会议\n理事会会议：\n每月一次；\n由理事长召集。\n监事会会议：\n每季一次；\n由监事长召集。"
    assert ("监事会会议：", "一条之内另有列举，没有分作各项") in asked(articles(bare, END))


def test_lines_without_marks_that_are_a_list_are_asked_about() -> None:
    """Below 以下情况 without a colon; and a lead whose list became paragraphs of their own."""
    text = articles("出现以下情况之一的，取消会员资格\n不交会费\n违反章程\n损害声誉", END)
    assert ("出现以下情况之一的，取消会员资格", "说到“以下”“下列”之后的各行没有项号，没有分作各项") in asked(text)
    prose = "小倡议\n\n会员应当互助。\n\n出现以下情况的，取消资格：\n\n不交会费的。\n\n违反章程的。\n"
    assert asked(prose) == [("出现以下情况的，取消资格：", "以冒号收尾的一行之下没有读出列举")]


def test_a_list_of_one_item_and_marks_that_come_twice_are_asked_about() -> None:
    """（一） alone, and 1. twice."""
    assert [why for _, why in asked(articles("会员如下：\n（一）个人会员。", END))] == ["只有一项的列举"]
    twice = "会员分为二种：\n1. 个人会员：\n经理事会通过。\n1. 荣誉会员：\n经大会通过。"
    assert "一条之内的项号重新自一起，同一项号有两项" in [why for _, why in asked(articles(twice, END))]


def test_lines_that_begin_with_the_same_sign_are_asked_about() -> None:
    """☆ and ~ make no items; dashes are bullets."""
    for sign in "☆~":
        text = articles(f"会员守约。\n{sign} 按时交费。\n{sign} 参加活动。", END)
        assert asked(text) == [(f"{sign} 按时交费。", "各行以同样的记号起首，没有分作各项")]
    for sign in "-–":
        assert asked(articles(f"会员守约。\n{sign} 按时交费。\n{sign} 参加活动。", END)) == []


def test_a_short_line_between_sentences_is_asked_about() -> None:
    """However little it looks like a heading (禁止行为); paragraphs of a text without articles alike."""
    assert asked(articles("会员守约。\n禁止行为\n会员不得吵闹。", END)) == [("禁止行为", SHORT)]
    assert ("禁止行为", SHORT) in asked(
        "小倡议\n\n会员互助。\n\n禁止行为\n\n会员不得吵闹。\n\n会员守约。\n\n会员交费。\n"
    )


def test_a_part_with_many_more_paragraphs_than_any_other_is_asked_about() -> None:
    """Nobody knows what stands in it."""
    many = "\n".join(f"会员遵守第{n}类规则。" for n in range(7))
    text = articles("甲约。", "乙约。", "丙约。", "丁约。", many, END)
    assert [why for _, why in asked(text)] == ["这一部分不在列举里的段落比别的部分多得多，可能含有没有读出的标题"]


def test_a_chapter_without_articles_is_asked_about() -> None:
    """Its articles may stand elsewhere."""
    text = f"小章程\n第一章 总则\n第一条 本会名为小会。\n第二章 会员\n第三章 附则\n第二条 {END}\n"
    assert asked(text) == [("会员", "这一章之下没有条文")]


def test_paragraphs_numbered_by_marks_that_are_none_are_asked_about_once() -> None:
    """1， 2， 3， make paragraphs and no items."""
    assert asked("小章程\n1，会员守约。\n2，会员交费。\n3，公布后施行。\n") == [("1，会员守约。", MARKS)]


BULLETED = "小章程\n\n  • 第 1 条 会员守约。\n  • 第 2 条 会员如下：\n    • 个人；\n    • 单位。\n\n附则\n\n  • 第 3 条 公布后施行。\n"


def test_articles_behind_bullets_are_articles() -> None:
    """Where they count from one and no others are there; a list of changes is none."""
    assert [p.at for p in outlined(BULLETED).parts] == ["1", "2", "3"]
    assert [a.number for a in read(BULLETED.encode(), "x.txt").articles] == [1, 2, 3]
    changes = articles("会员守约。", END) + "\n· 第1条 改。\n· 第2条 改。\n· 第3条 改。\n"
    assert [p.at for p in outlined(changes).parts][:2] == ["1", "2"]


def test_those_alike_are_one_question_and_reading_alone_tells_them_too() -> None:
    """`gongyue read` lists what binding asks."""
    text = articles("会员守约。\n禁止行为\n会员不得吵闹。", "会员交费。\n负责人的产生\n每年三月。", END)
    assert asked(text) == [("禁止行为……负责人的产生", SHORT)]
    told = read(text.encode(), "x.txt").oddities
    assert {o.words for o in told if o.why.startswith(SHORT)} == {"禁止行为", "负责人的产生"}
