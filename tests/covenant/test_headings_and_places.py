"""Numbered headings above lists that begin anew, chapters without a number, and lines of which the reader must say that it is unsure."""

from __future__ import annotations

import pytest

from gongyue.covenant.parser import outline, read
from gongyue.covenant.text import Outline


def outlined(text: str, name: str = "x.txt") -> Outline:
    """The outline of a text."""
    return outline(text.encode(), name)


def asked(text: str, name: str = "x.txt") -> list[tuple[int, str]]:
    """The line of each place of the structure that is asked about, and what is said of it first."""
    found = outlined(text, name).assumed
    return [
        (d.line, d.why.partition(" / ")[0].rpartition("条：")[2].split("：请核对")[0]) for d in found if d.structural
    ]


HEADED = "湖区章程\n\n{} 名称\n\n本会名为湖区会。\n\n{} 目的\n\n目的如下：\n1. 护水；\n2. 护岸。\n\n{} 会员\n\n1. 会员守约。\n2. 会员可以退出。\n"


@pytest.mark.parametrize("mark", ["{}", "{}.", "{}、", "**{}"])
def test_numbered_headings_above_lists_that_begin_anew_are_sections(mark: str) -> None:
    """And a person has to look at them: nothing but their order tells them from items."""
    text = HEADED.format(*(mark.format(n) for n in (1, 2, 3))).replace("**1 名称", "**1 名称**")
    text = text.replace("**2 目的", "**2 目的**").replace("**3 会员", "**3 会员**")
    found = outlined(text, "x.md" if "**" in mark else "x.txt")
    assert [(c.number, c.title) for c in found.chapters] == [(1, "名称"), (2, "目的"), (3, "会员")]
    assert [p.at for p in found.parts] == ["§1", "§2", "§3/1", "§3/2"]
    assert [i.label for i in found.parts[1].items] == ["1.", "2."]
    assert [d.line for d in found.assumed if "带编号的短行读作标题" in d.why] == [3]


def test_a_heading_may_have_a_stop_and_say_what_is_valid() -> None:
    """3.决议有效的条件。 names what stands below it, and （1）（2） above 4. are no items of a list that goes on with 4."""
    text = "湖区会议制度\n\n1.召开\n\n理事会每年开会。\n\n2.决议有效的条件。\n\n下列事项须经表决：\n\n(1)章程；\n\n(2)预算。\n\n3.记录\n\n(1)由秘书记录。\n"
    found = outlined(text)
    assert [c.title for c in found.chapters] == ["召开", "决议有效的条件。", "记录"]
    assert [p.at for p in found.parts] == ["§1", "§2", "§3"]
    assert found.parts[1].text == "下列事项须经表决：\n(1)章程；\n(2)预算。"


def test_a_list_of_names_is_no_headings() -> None:
    """A lead goes before it, or its numbers do not count on through the text."""
    assert outlined("湖区公约\n成员分为：\n1. 南岸\n2. 北岸\n成员应当守约。\n").chapters == ()
    assert outlined(HEADED.format(1, 3, 2)).chapters == ()
    assert [d.line for d in outlined(HEADED.format(1, 3, 2)).assumed if "可能是标题" in d.why] == [3, 7, 13]


def test_a_number_and_a_blank_may_begin_a_chapter_above_articles() -> None:
    """1 总则 above article 1, as 1. 总则 does."""
    text = "湖区章程\n1 总则\n第一条 甲守约。\n2 会员\n第二条 乙守约。\n"
    assert [(c.number, c.title) for c in outlined(text).chapters] == [(1, "总则"), (2, "会员")]
    assert [(c.number, c.title) for c in read(text.encode(), "x.txt").chapters] == [(1, "总则"), (2, "会员")]


RESTARTS = (
    "湖区章程\n第一章 总则\n第一条 甲守约。\n第二条 乙守约。\n第二章 会员\n第一条 丙守约。\n{}\n第一条 公布后施行。\n"
)


def test_a_chapter_without_a_number_that_its_address_has_is_asked_about() -> None:
    """附则 stands third and prints no number; 第三章 附则 does."""
    said = "这一章没有印章号，地址里的章号是按次序给的"
    assert [line for line, why in asked(RESTARTS.format("附则")) if why == said] == [8]
    assert [p.at for p in outlined(RESTARTS.format("附则")).parts] == ["1/1", "1/2", "2/1", "3/1"]
    assert said not in [why for _, why in asked(RESTARTS.format("第三章 附则"))]
    counted = "湖区章程\n第一章 总则\n第一条 甲守约。\n附则\n第二条 公布后施行。\n"
    assert asked(counted) == []  # no address has the chapter's number


def test_chapters_stand_above_parts_that_count_on_through_them() -> None:
    """一、二、 in the first chapter and 三、 in the second; nothing of it is a paragraph, nor a signature."""
    text = (
        "湖区公约\n第一章 总则\n一、甲守约。\n二、乙守约。\n第二章 会员\n三、丙守约。\n第三章 附则\n四、公布后施行。\n"
    )
    found = outlined(text)
    assert [(c.number, c.title) for c in found.chapters] == [(1, "总则"), (2, "会员"), (3, "附则")]
    assert [(p.at, p.chapter) for p in found.parts] == [("一", 1), ("二", 1), ("三", 2), ("四", 3)]
    assert asked(text) == []


def test_parts_that_begin_anew_in_each_chapter_stay_below_it() -> None:
    """Two parts 一 would be told apart by nothing but their order."""
    text = "湖区公约\n第一章 总则\n一、甲守约。\n二、乙守约。\n第二章 会员\n一、丙守约。\n"
    assert [(p.at, p.text) for p in outlined(text).parts] == [
        ("§1/1", "一、甲守约。"), ("§1/2", "二、乙守约。"), ("§2", "一、丙守约。")
    ]  # fmt: skip


def test_a_part_whose_first_item_is_missing_is_asked_about() -> None:
    """Below 二、 the items begin at 2."""
    text = "湖区公约\n一、总则\n1. 甲守约。\n2. 乙守约。\n二、会员\n旁注1. 丙守约。\n2. 丁守约。\n"
    assert asked(text) == [(7, "第二部分第2项：编号与前一处不相连")]
    assert asked(text.replace("旁注", "")) == []


def test_a_pages_heading_above_the_title_is_part_of_it() -> None:
    """組織章程, and below it the title in full."""
    text = "组织章程\n\n湖区大学水利社组织章程（2020年修订）\n\n第一章 总则\n本社护水。\n第二章 社员\n社员守约。\n"
    found = outlined(text)
    assert found.title == "湖区大学水利社组织章程（2020年修订）"
    assert [p.at for p in found.parts] == ["§1", "§2"]


def test_marks_of_digits_within_a_line_that_are_no_items_are_asked_about() -> None:
    """1.…2.… without a stop between them; with stops they are items, and 1.5 is a number."""
    text = "小章程\n第一条 会员有二：1.基本会员 2.名誉会员\n第二条 公布后施行。\n"
    assert [line for line, _ in asked(text)] == [2]
    assert asked(text.replace("员 2.", "员；2.")) == []
    assert asked("小章程\n第一条 宽 1.5 米，深 2.5 米。\n第二条 公布后施行。\n") == []


def test_lines_below_a_colon_that_may_be_one_broken_sentence_are_asked_about() -> None:
    """The first has no stop and is long; names are no sentence."""
    broken = "小章程\n第一条〈宗旨〉：\n为保护湖区水源并为沿岸居民提供一个共同议事、互相帮助的场所，走入邻湖居民的\n生活，故设立本会。\n第二条 公布后施行。\n"
    assert [(line, why) for line, why in asked(broken)] == [(3, "冒号之下的各行读作各项，也可能是断成几行的一句")]
    names = "小章程\n第一条 会员分为：\n南岸会员\n北岸会员。\n第二条 公布后施行。\n"
    assert asked(names) == []


def test_lines_a_b_c_are_no_headings() -> None:
    """Each short, without a stop, below a sentence; a single A. may be one."""
    text = "小章程\n第一条 会员的权利如下。\na. 选举权\nb. 提案权。\nc. 表决权\nd. 议事权。\n第二条 公布后施行。\n"
    assert [why for _, why in asked(text) if "可能是标题" in why] == []
    alone = "小章程\n第一条 会员守约。\nA. 权利\n会员可以提案。\n第二条 公布后施行。\n"
    assert [line for line, why in asked(alone) if "可能是标题" in why] == [3]


def test_marks_that_are_none_known_are_asked_about() -> None:
    """1，2， begin these lines; nobody splits them, and （1）（2） are items."""
    text = "小章程\n第一条 会员的条件：\n1，热心护水。\n2，年满十八岁。\n第二条 公布后施行。\n"
    assert [(line, why) for line, why in asked(text) if "认得的项号" in why] == [
        (3, "各行开头依次的编号不是认得的项号，没有分作各项")
    ]
    assert asked(text.replace("1，", "（1）").replace("2，", "（2）")) == []
    assert asked("小章程\n第一条 会员守约。\n三，不是编号。\n第二条 公布后施行。\n") == []


def test_sentences_behind_the_last_item_of_a_line_are_asked_about() -> None:
    """（三）…。 and a sentence of the article's own; without it none."""
    text = "小章程\n第一条 有下列情形的，召集会议：（一）会长提议；（二）理事提议；（三）监事提议。{}\n第二条 公布后施行。\n"
    assert [line for line, _ in asked(text.format("提议者应当说明事由。"))] == [2]
    assert asked(text.format("")) == []


def test_a_chapters_name_at_the_end_of_a_line_is_asked_about() -> None:
    """。第二章 会员 was run into the article; 第二章的规定 is a mention."""
    text = "小章程\n第一章 总则\n第一条 甲守约。{}\n第二条 公布后施行。\n"
    assert [line for line, _ in asked(text.format("第二章 会员"))] == [3]
    assert asked(text.format("第二章的规定从其规定。")) == []


def test_contents_end_where_the_text_begins() -> None:
    """All chapters listed below 目录, though the text given ends before the third."""
    text = "湖区章程\n目 录\n第一章 总则\n第二章 会员\n第三章 附则\n第一章 总则\n第一条 甲守约。\n第二章 会员\n第二条 乙守约。\n"
    found = outlined(text)
    assert [p.at for p in found.parts] == ["1", "2"]
    assert [(c.number, c.title) for c in found.chapters] == [(1, "总则"), (2, "会员")]


def test_contents_that_list_the_annex_first_take_no_article_with_them() -> None:
    """What comes again first comes at the end: the chapters of the text stay in it."""
    text = "湖区章程\n目录\n附件\n第一章 总则\n第二章 会员\n第一章 总则\n第一条 甲守约。\n第二章 会员\n第二条 公布后施行。\n附件\n名单。\n"
    found = outlined(text)
    assert [(p.at, p.chapter) for p in found.parts if p.at.isdecimal()] == [("1", 1), ("2", 2)]


def test_what_a_page_says_of_itself_is_no_part() -> None:
    """When it was published, how many have read it, its title once more; words of the text's own are a part."""
    text = "湖区公约\n{}\n湖区公约\n第一条 甲守约。\n第二条 公布后施行。\n"
    for line in (
        "2024-01-31    编辑：管理员    浏览：886",
        "[日期：2024-01-31]",
        "湖区管理委员会 阅读量：1050",
        "2024/1/31 14:12:56",
        "最后修改时间：2024-01-31 浏览量：12",
    ):
        assert [p.at for p in outlined(text.format(line)).parts] == ["1", "2"]
        assert asked(text.format(line)) == []
    for line in ("来源于湖，成员应当爱湖。", "提示 来源：经会长同意即修改本公约", "日期：自元旦起施行"):
        assert next(p.text for p in outlined(text.format(line)).parts) == line


def test_two_lines_above_the_articles_that_only_name_something_are_asked_about() -> None:
    """One may be the rest of the title."""
    text = "湖区公约\n湖区联合会\n{}第一条 甲守约。\n第二条 公布后施行。\n"
    assert asked(text.format("")) == []
    assert [line for line, _ in asked(text.format("护水委员会\n"))] == [2]


def test_a_bare_heading_is_not_the_last_paragraph_of_the_article_above() -> None:
    """业务范围, alone between blank lines above 第二条; what ends as a sentence, or states a number, stays with its article."""
    text = "湖区章程\n\n第一章 总则\n\n第一条 甲守约。\n\n{}\n\n第二条 乙守约。\n"
    for line in ("业务范围", "会员", "终止程序及终止后的财产处理"):
        found = read(text.format(line).encode(), "x.txt")
        assert [a.text for a in found.articles] == ["甲守约。", "乙守约。"]
        assert [o.words for o in found.oddities if o.why.startswith("标题，不属于任何一条")] == [line]
        assert [p.text for p in outlined(text.format(line)).parts] == ["甲守约。", "乙守约。"]
        assert [why for _, why in asked(text.format(line))] == ["标题，不属于任何一条；没有章号，其下各条仍在上一章"]
    for line in ("丙也守约。", "会费每年10元"):
        assert read(text.format(line).encode(), "x.txt").articles[0].text == f"甲守约。\n{line}"


def test_a_heading_of_the_file_within_a_list_is_no_part_of_an_item() -> None:
    """### 题库 between 1. and 2. goes; a line below one that is read as part of the item above it is asked about."""
    text = "# 湖区公约\n\n## 第一条 禁止\n\n以下行为：\n\n### 数据\n\n1. 虚报\n\n### 题库\n\n{}\n\n## 第二条 生效\n\n公布后施行。\n"
    goes_on, below = text.format("2. 泄题"), text.format("不得泄题")
    assert [i.text for i in outlined(goes_on, "x.md").parts[0].items] == ["虚报", "泄题"]
    assert [i.text for i in read(goes_on.encode(), "x.md").articles[0].items] == ["虚报", "泄题"]
    said = "上面是文件自己的标题，这一行却读作标题之前那一项的一部分"
    assert [line for line, why in asked(below, "x.md") if why == said] == [13]
    assert [line for line, why in asked(goes_on, "x.md") if why == said] == []


def test_a_text_with_headings_of_markdown_is_markdown_whatever_its_name() -> None:
    """Two lines with # are enough; one may be a number, or a sign of anything."""
    text = "# 湖区公约\n\n## 第一条 禁止\n\n- **虚报**水位。\n\n## 第二条 生效\n\n公布后施行。\n"
    assert outlined(text, "x.txt").parts == outlined(text, "x.md").parts
    assert outlined(text).title == "湖区公约"
    once = "湖区公约\n第一条 编号如下：\n# 一号**闸**\n二号闸。\n第二条 公布后施行。\n"
    assert "# 一号**闸**" in outlined(once).parts[0].text


def test_lists_below_lead_lines_that_are_read_as_one_are_asked_about() -> None:
    """职责： below the names of 组成：, none with a mark; a colon above the list alone leads up to it."""
    text = "湖区公约\n第一条 委员会的组成：\n岸民三人\n船户二人\n{}审理投诉\n裁决争议\n第二条 公布后施行。\n"
    said = "以冒号收尾的一行之下另有列举，都读作同一列举的各项"
    assert [line for line, why in asked(text.format("职责：\n")) if why == said] == [5]
    assert [line for line, why in asked(text.format("")) if why == said] == []
    lead = (
        "湖区公约\n第一条 退出机制：\n主动退出；\n有以下情况即失去资格：\n谋取私利；\n违反公约。\n第二条 公布后施行。\n"
    )
    assert [(line, why) for line, why in asked(lead) if why == said] == [(4, said)]


def test_items_whose_numbers_begin_anew_within_an_article_are_asked_about() -> None:
    """Two items have the number one; numbers of their own below each item do not begin anew."""
    text = "湖区公约\n第一条 会长：\n（一）召集会议；\n（二）签署文件。\n{}\n第二条 公布后施行。\n"
    said = "一条之内的项号重新自一起，同一项号有两项"
    again = text.format("秘书长：\n（一）办理日常工作；\n（二）保管档案。")
    assert [line for line, why in asked(again) if why == said] == [5]
    assert [o.article for o in read(again.encode(), "x.txt").oddities if said in o.why] == [1]
    assert [line for line, why in asked(text.format("（一）保管档案。")) if why == said] == [5]
    assert [line for line, why in asked(text.format("（三）下列事项：\n1. 账目；\n2. 档案。")) if why == said] == []


def test_an_article_whose_label_has_a_stop_behind_it_counts_on() -> None:
    """第二条。… where it is its turn and the line above has ended; in a sentence that goes on over lines it is a mention."""
    text = "小公约\n第一条 本公约适用于会员。\n{}第二条。会员应当守约。\n第三条 本公约自公布之日起施行。\n"
    parts = outline(text.format("").encode(), "x.txt").parts
    assert [(p.at, p.text) for p in parts[1:]] == [("2", "会员应当守约。"), ("3", "本公约自公布之日起施行。")]
    mentioned = outline(text.format("秘书处依照\n第三条。的规定办理。\n").encode(), "x.txt").parts
    assert [p.at for p in mentioned] == ["1", "2", "3"] and "第三条。的规定办理。" in mentioned[0].text
