"""Any Chinese text as parts at stated addresses; what does not hold in its numbering is a doubt, not the end."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covenant.test_reading_refusals import SCRAPS
from gongyue.covenant import edition_json as editions
from gongyue.covenant import numbers
from gongyue.covenant.binding.passages import passages, reader
from gongyue.covenant.edition_builder import compose, proposed
from gongyue.covenant.parser import Unreadable, outline
from gongyue.covenant.text import Outline
from gongyue.transparency import canonical

TITLE = "甲乙丙丁行业单位自律公约中文示例文本样张\n"


def outlined(text: str, name: str = "x.txt", resolved: dict[int, str] | None = None) -> Outline:
    """A text with a title, read for binding."""
    return outline((TITLE + text if name == "x.txt" else text).encode(), name, resolved)


def addresses(text: str, name: str = "x.txt", resolved: dict[int, str] | None = None) -> list[str]:
    """The addresses of its parts."""
    return [p.at for p in outlined(text, name, resolved).parts]


def test_articles_that_start_again_in_each_chapter_are_addressed_by_both() -> None:
    """第三章第2条 is 3/2."""
    text = "第一章 总则\n第一条 甲。\n第二条 乙。\n第三章 附则\n第一条 丙。\n第二条 丁。"
    assert addresses(text) == ["1/1", "1/2", "3/1", "3/2"]
    assert outlined(text).parts[-1].label == "第三章第2条" and outlined(text).doubts == ()


def test_a_chapter_and_its_first_article_may_stand_together() -> None:
    """第一章总则第一条, and 第二章第三条 without a title."""
    found = outlined("第一章总则第一条 甲。\n第二条 乙。\n第二章第三条 丙。")
    assert [(p.at, p.chapter, p.text) for p in found.parts] == [("1", 1, "甲。"), ("2", 1, "乙。"), ("3", 2, "丙。")]
    assert [c.title for c in found.chapters] == ["总则", ""] and found.doubts == ()


@pytest.mark.parametrize("label", ["第二條之一 丙。", "第 2-1 條\n丙。"])
def test_an_inserted_article_has_an_address_of_its_own(label: str) -> None:
    """第二條之一 is 2.1, also where it is written 2-1."""
    found = outlined(f"第一条 甲。\n第二条 乙。\n{label}\n第三条 丁。")
    assert [(p.at, p.label, p.text) for p in found.parts][2] == ("2.1", "第2条之1", "丙。")
    assert [p.at for p in found.parts] == ["1", "2", "2.1", "3"] and found.doubts == ()


def test_a_label_followed_by_a_comma_opens_the_article_that_is_expected() -> None:
    """第三条，丁… after a full stop; 第三条，从其规定 in the middle does not, nor a number that is not the next."""
    assert addresses("第一条 甲。\n第二条 乙。\n第三条，丁守约。\n第四条 戊。") == ["1", "2", "3", "4"]
    assert addresses("第一条 甲。\n第二条 乙依照\n第三条，从其规定。\n第三条 丙。") == ["1", "2", "3"]
    assert addresses("第一条 甲。\n第二条 乙。\n第九条，从其约定。\n第三条 丙。") == ["1", "2", "3"]


def test_a_mistyped_numeral_is_read_as_the_next_and_asked() -> None:
    """一二四四五: the third is read as 3; a person may say otherwise, and then nothing is in doubt."""
    text = "第一条 甲。\n第二条 乙。\n第四条 丙。\n第四条 丁。\n第五条 戊。"
    found = outlined(text)
    assert [p.at for p in found.parts] == ["1", "2", "3", "4", "5"]
    assert [(d.line, d.at) for d in found.doubts] == [(4, "3")] and "第3条" in found.doubts[0].why
    assert outlined(text, resolved={4: "3"}).doubts == ()
    assert addresses(text, resolved={4: ""}) == ["1", "2", "4", "5"]


def test_a_gap_is_a_doubt_with_its_place() -> None:
    """一二四五: 4 and 5 keep their numbers."""
    found = outlined("第一条 甲。\n第二条 乙。\n第四条 丙。\n第五条 丁。")
    assert [p.at for p in found.parts] == ["1", "2", "4", "5"]
    assert [(d.line, d.at, d.words) for d in found.doubts] == [(4, "4", "第四条 丙。")]


def test_a_number_that_comes_again_is_a_doubt() -> None:
    """一二二三: the second 2 is 2#2."""
    found = outlined("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。")
    assert [p.at for p in found.parts] == ["1", "2", "2#2", "3"] and len(found.doubts) == 1


def test_bare_headings_between_and_inside_articles_are_no_law() -> None:
    """A short line after a full stop before an article, and what Markdown marks as a heading."""
    found = outlined("第一章 总则\n第一条 甲。\n会员的权利\n第二条 乙。\n第三条 丙。")
    assert [p.text for p in found.parts] == ["甲。", "乙。", "丙。"]
    assert any(o.words == "会员的权利" for o in found.oddities)
    text = f"# {TITLE}\n第一条 甲守约。\n\n### 说明\n\n乙也守约。\n\n第二条 丙守约。\n"
    assert [p.text for p in outlined(text, "x.md").parts] == ["甲守约。\n乙也守约。", "丙守约。"]


def test_a_bullet_that_mentions_an_article_opens_none() -> None:
    """A list of changes before the text; where all articles are bullets they are articles."""
    text = f"# {TITLE}\n- 第一条：改正错字\n\n第一条 甲守约。\n\n第二条 乙守约。\n"
    assert [p.at for p in outlined(text, "x.md").parts] == ["¶1", "1", "2"]
    assert addresses(f"# {TITLE}\n- 第一条 甲守约。\n- 第二条 乙守约。\n", "x.md") == ["1", "2"]


def test_items_within_a_line_are_taken_apart() -> None:
    """1. 2. 3. after a colon; a decimal is no item."""
    found = outlined("第一条 会员应当：1.守法；2.诚信；3. 缴费。\n第二条 费率为1.5。")
    assert [i.text for i in found.parts[0].items] == ["守法；", "诚信；", "缴费。"] and found.parts[1].items == ()


def test_a_preamble_and_articles_are_both_bindable() -> None:
    """What stands before article 1 is ¶1, ¶2 …"""
    assert addresses("为了行业发展。\n\n共同约定如下。\n\n第一条 甲。\n第二条 乙。") == ["¶1", "¶2", "1", "2"]


LONG = "成员每年向秘书处提交一份自查报告，说明履行本约定的情况、存在的问题以及准备怎样改进，逾期的由秘书处提醒两次"


@pytest.mark.parametrize("clause", ["成员守信。", "成员应当：", "成员守信，互助", LONG])
def test_a_paragraph_that_is_an_article_itself_makes_no_chapter(clause: str) -> None:
    """一、 with a sentence, its lead or a clause beside it is the article: no heading is made of it, whole or cut; a name is one."""
    found = outlined(f"一、{clause}\n二、总则\n1. 守法。\n三、秘书处负责执行。")
    assert [(c.number, c.title) for c in found.chapters] == [(2, "总则")]
    assert [(p.at, p.chapter) for p in found.parts] == [("一", None), ("二", 1), ("二/1", 1), ("三", None)]
    assert found.parts[0].text == clause


def test_a_text_by_yi_er_san_has_parts_and_items() -> None:
    """一、 with 1. or （一） beneath; a gap in it is a doubt; the date below is no part."""
    found = outlined(
        "一、原则\n1. 守法。\n2. 诚信。\n二、义务\n（一）守约；\n（二）缴费。\n四、本公约自公布之日起施行。\n2024年1月1日"
    )
    assert [p.at for p in found.parts] == ["一", "一/1", "一/2", "二", "二/1", "二/2", "四"]
    assert found.parts[2].label == "第一部分第2项" and [(d.line, d.at) for d in found.doubts] == [(8, "四")]
    assert [o.words for o in found.oddities] == ["2024年1月1日"]


def test_a_text_by_headings_has_sections() -> None:
    """§2/1, and §3 where there is one paragraph; a bulleted list belongs to its lead."""
    text = (
        f"# {TITLE}\n前言一句。\n\n## 决策\n\n一般决策：\n\n- 甲\n- 乙\n\n重大决策另议。\n\n## 修改\n\n由维护者修改。\n"
    )
    found = outlined(text, "x.md")
    assert [(p.at, p.label) for p in found.parts] == [
        ("¶1", "第1段"), ("§1/1", "第1节第1段"), ("§1/2", "第1节第2段"), ("§2", "第2节"),
    ]  # fmt: skip
    assert found.parts[1].text == "一般决策：\n甲\n乙"


def test_a_text_of_paragraphs_has_paragraphs() -> None:
    """¶1 to ¶3; nothing but a title has none, and says what would mend it."""
    assert addresses("我们共同守法。\n我们保护用户。\n本倡议自发布之日起施行。") == ["¶1", "¶2", "¶3"]
    with pytest.raises(Unreadable, match="请给出全文"):
        outlined("")


@pytest.mark.parametrize(
    "text",
    ["This covenant binds its members. Article 1. Members keep it.", "本規約は会員のための規約である。会員はこれをまもることとする。会員はやめることができる。",
     "이 규약은 회원을 위한 것이다. 회원은 이를 지켜야 한다."],
)  # fmt: skip
def test_a_text_that_is_not_chinese_is_refused_saying_so(text: str) -> None:
    """English, Japanese, Korean; and how many Chinese characters there are."""
    with pytest.raises(Unreadable, match="Chinese characters") as refusal:
        outline(text.encode(), "x.txt")
    assert refusal.value.reason == "not_chinese"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*SCRAPS, "一、", "## ", "第二条之一 ", "第三条，", "- "]), max_size=50),
    st.sampled_from(["x.txt", "x.md"]),
)
def test_scraps_never_break_the_outline(scraps: list[str], name: str) -> None:
    """Parts with an address each, once, or `Unreadable`; and everything below can be read of them."""
    with contextlib.suppress(Unreadable):
        found = outline((TITLE + "".join(scraps)).encode(), name)
        assert [p for p in found.parts if not p.at or not p.label] == []
        assert len({p.at for p in found.parts}) == len(found.parts)
        assert len(passages(found.parts, reader())) >= 0
        assert all(numbers.read(p.text) is not None for p in found.parts)


def test_sentences_below_the_last_article_are_bindable() -> None:
    """A section after the articles may say how the text is changed; a signature, a date and an annex are no law."""
    text = "# 山风公约\n\n## 前言\n\n共同守约。\n\n**第一条 开放**\n开放登山步道。\n\n## 修改\n\n"
    text += "本公约经公示三十日后修改。\n- 公示在告示栏\n\n附件：名单\n甲一；乙二。\n"
    found = outline(text.encode(), "x.md")
    assert [(p.at, p.text) for p in found.parts if p.at in ("¶2", "¶3", "¶4")] == [
        ("¶2", "共同守约。"),
        ("¶3", "本公约经公示三十日后修改。"),
        ("¶4", "公示在告示栏"),
    ]
    plain = outline(
        "山风公约\n第一条 开放登山步道。\n第二条 本公约自签署之日起生效。\n\n山风协会 秘书处\n2020年1月1日\n".encode(),
        "x.txt",
    )
    assert [p.at for p in plain.parts] == ["1", "2"]


def test_a_preamble_is_no_title_and_neither_is_a_division() -> None:
    """A text that starts without its title keeps its first sentence and its divisions; the file's name stands in."""
    text = "为规范湖区垂钓，保护鱼类，特制定本公约\n一、总则\n1.范围\n适用于湖区。\n2.原则\n取之有度。\n二、垂钓\n1.时间\n白天。\n"
    found = outline(text.encode(), "垂钓.txt")
    assert (found.title, found.scheme, [c.title for c in found.chapters]) == ("垂钓", "enumerated", ["总则", "垂钓"])
    assert [p.at for p in found.parts] == ["¶1", "一", "一/1", "一/2", "二", "二/1"]


def test_a_chapter_may_be_named_on_the_line_above_its_number() -> None:
    """会员 / 第二章: the name is the chapter's, in no article, and no chapter of its own; the title stays the title."""
    text = "总则\n第一章\n第一条 甲乙丙丁。\n会员与退会\n第二章\n第二条 入会须申请。\n附则\n第三章\n第三条 本公约自签署之日起生效。\n"
    found = outline(("湖滨垂钓公约\n" + text).encode(), "x.txt")
    assert (found.title, [(c.number, c.title) for c in found.chapters]) == (
        "湖滨垂钓公约",
        [(1, "总则"), (2, "会员与退会"), (3, "附则")],
    )
    assert [(p.at, p.chapter, p.text) for p in found.parts][:2] == [("1", 1, "甲乙丙丁。"), ("2", 2, "入会须申请。")]


def test_the_files_own_headings_stand_above_an_enumeration_within_one() -> None:
    """一、 below ### divides one section only; where it is the highest heading it divides the text."""
    text = "# 山社公约\n\n## 总则\n\n爱护山林。\n\n## 禁止\n\n### 一、明火\n\n禁止明火。\n\n### 二、喧哗\n\n禁止喧哗。\n\n## 附则\n\n1. 公示七日后生效。\n"
    found = outline(text.encode(), "x.md")
    assert found.scheme == "sections" and [c.title for c in found.chapters][-1] == "附则"
    assert found.parts[-1].text.endswith("公示七日后生效。")
    assert (
        outline(
            text.replace("## 总则\n\n", "").replace("## 禁止\n\n", "").replace("## 附则\n\n", "").encode(), "x.md"
        ).scheme
        == "enumerated"
    )


def test_characters_nobody_sees_are_left_out_and_counted() -> None:
    """A pasted zero-width space or the tab between a table's cells would make a text no edition can hold; what went of the file is said."""
    text = "# 垂钓公约\n\n第一条 甲乙\u200b丙丁。\n\n第二条 下表为准：\n\n| 鱼 | 长 |\n|---|---|\n| 鲤\u200b | 二十 |\n"
    found = outline(text.encode(), "x.md")
    assert [p.text for p in found.parts] == ["甲乙丙丁。", "下表为准：\n鱼 长\n鲤 二十"]
    assert [o.words for o in found.oddities if "看不见" in o.why] == ["零宽空格 / zero-width space ×2"]
    made = compose(found, proposed(found, "另一事项"))
    assert editions.draft(canonical.decode(canonical.encode(editions.to_data(made)))) == made
    assert not [o for o in outlined("第一条 甲乙丙丁戊己庚辛。\n").oddities if "看不见" in o.why]


def test_a_text_run_into_one_line_has_its_articles() -> None:
    """A page copied without its line ends: title, articles and a mention of one; two labels alone are mentions."""
    text = "湖滨垂钓公约 第一条 为爱护湖岸,制定本公约。 第二条 垂钓者须登记。依照第一条 处理。 第三条 公约每年修订一次。 第四条 本公约自公布之日起施行。"
    found = outline(text.encode(), "x.txt")
    assert (found.title, [p.at for p in found.parts]) == ("湖滨垂钓公约", ["1", "2", "3", "4"])
    assert found.parts[1].text == "垂钓者须登记。依照第一条 处理。"
    two = outline(
        "湖滨的两处说明文字。 第一条 见前文所列。 第二条 见后文所列，仅此两处而已，别无其他。\n".encode(), "x.txt"
    )
    assert two.scheme == "paragraphs"


def test_articles_without_a_blank_after_their_label_open_a_text_that_starts_late() -> None:
    """第十四条会员…, 第十五条会员…: what stands before is preamble, labelled or not, and an edition holds it."""
    text = "湖滨垂钓公约\n(五)会费每年五百元。\n第十四条会员退会应当书面通知。\n第十五条会员应当爱护湖岸。\n第十六条 秘书处负责执行本公约。\n"
    found = outline(text.encode(), "x.txt", {3: "14"})
    assert [p.at for p in found.parts] == ["¶1", "14", "15", "16"] and found.parts[0].items
    made = compose(found, proposed(found, "另一事项"))
    assert editions.draft(canonical.decode(canonical.encode(editions.to_data(made)))) == made


@pytest.mark.parametrize(
    ("closing", "parts"),
    [
        ("感谢每一位参与制定本公约的单位！", ["1", "2"]), ("让我们携手共建清朗湖区！", ["1", "2"]), ("—— 感谢为湖区出力的各位 ——", ["1", "2"]),
        ("欢迎广大单位加入，须于三日内登记。", ["1", "2"]), ("期待各单位应当按时缴费。", ["1", "2"]),
    ],
)  # fmt: skip
def test_a_closing_message_is_not_the_last_articles_text(closing: str, parts: list[str]) -> None:
    """It is an oddity with its words; what asks something of anybody stays where it stands."""
    found = outlined(f"第一条 甲守约。\n第二条 本公约自公布之日起施行。\n{closing}")
    left = [o.words for o in found.oddities if closing in o.words]
    assert [p.at for p in found.parts if not p.at.startswith("¶")] == parts
    if any(w in closing for w in ("须", "应当")):
        assert not left and closing in found.parts[-1].text
    else:
        assert left and closing not in found.parts[1].text


def test_a_closing_line_below_sections_is_no_part() -> None:
    """Nor is one that only takes leave; headings of Markdown may lack their blank."""
    text = "#湖区守则\n\n##范围\n适用于湖区单位。\n\n## 修订\n修订后公布。\n\n— 感谢每一位守约的人 —\n"
    found = outline(text.encode(), "x.md")
    assert (found.scheme, [c.title for c in found.chapters]) == ("sections", ["范围", "修订"])
    assert [p.text for p in found.parts] == ["适用于湖区单位。", "修订后公布。"]
    assert any("感谢每一位" in o.words for o in found.oddities)


def test_a_lead_in_a_list_takes_in_what_is_set_in_from_it() -> None:
    """The next bullet of its own list is another paragraph."""
    text = (
        "湖区守则\n\n- 以下事项由全体投票：\n  - 增补成员\n  - 更名\n- 表决期为一周。\n\n公示事项：\n- 名单\n- 账目\n"
    )
    found = outline(text.encode(), "x.md")
    assert [p.text for p in found.parts] == [
        "以下事项由全体投票：\n增补成员\n更名",
        "表决期为一周。",
        "公示事项：\n名单\n账目",
    ]


def test_who_issued_a_text_without_articles_is_no_part() -> None:
    """A last line that only names somebody; one that says who interprets the text is one."""
    text = "一、禁言\n发广告的禁言三日。\n二、申诉\n可以申诉一次。\n湖区管理组\n"
    found = outlined(text)
    assert [p.text for p in found.parts][-1] == "申诉\n可以申诉一次。" and any(
        "湖区管理组" in o.words for o in found.oddities
    )
    assert "湖区管理组负责解释" in outlined(text.replace("湖区管理组", "湖区管理组负责解释")).parts[-1].text


def test_a_numbered_heading_below_an_article_is_no_text_of_it() -> None:
    """2. 会员 where no 1. leads up to it in the article; the last item of a list stays."""
    found = outlined(
        "第一条 甲守约。\n2.  会员\n第二条 乙守约。\n3. 机构的产生、罢免。\n第三条 可以：\n1. 提议；\n2. 退出\n第四条 丁守约。"
    )
    assert [p.text for p in found.parts] == ["甲守约。", "乙守约。", "可以：\n1. 提议；\n2. 退出", "丁守约。"]
    assert [o.words for o in found.oddities if "标题" in o.why] == ["2.  会员", "3. 机构的产生、罢免。"]


def test_an_item_whose_predecessors_are_missing_is_still_law() -> None:
    """四、… at an article's end with a number, or with 者 who is meant, is no heading."""
    found = outlined(
        "第一条 有下列情事之一者，应即解任：\n一、丧失会员资格者。\n四、受停权处分期间逾任期二分之一者。\n第二条 乙守约。"
    )
    assert found.parts[0].text.endswith("四、受停权处分期间逾任期二分之一者。")


def test_chapters_without_articles_keep_their_own_numbers() -> None:
    """第二章 is section 2 also where the text begins with it; where the numbers do not rise, sections are counted."""
    rising = outlined("某某商会章程\n第二章 会员\n会员守约。\n第四章 附则\n本章程自公布之日起施行。")
    assert [p.at for p in rising.parts if p.at[0] == "§"] == ["§2", "§4"]
    falling = outlined("某某商会章程\n第二章 会员\n会员守约。\n第二章 附则\n本章程自公布之日起施行。")
    assert [p.at for p in falling.parts if p.at[0] == "§"] == ["§1", "§2"]


CLOSING = "违反本条的，由秘书处书面提醒并限期改正。"


@pytest.mark.parametrize(
    ("listed", "items", "asked"),
    [
        ("（一）守法；\n（二）诚信。", ["守法；", "诚信。"], False),
        ("（一）守法\n（二）诚信\n（三）互助", ["守法", "诚信", "互助"], False),
        ("守法\n诚信\n互助", ["守法", "诚信", "互助"], False),
        ("1、守法；\n2、诚信；\n（1）说真话；\n（2）守期限。", ["守法；", "诚信；\n（1）说真话；\n（2）守期限。"], True),
        ("（一）守法。\n遇有疑问，先行询问。\n（二）诚信。", ["守法。\n遇有疑问，先行询问。", "诚信。"], True),
    ],
)  # fmt: skip
def test_a_paragraph_behind_a_list_is_the_articles(listed: str, items: list[str], asked: bool) -> None:
    """With stops, without any, without labels; where sub-items or paragraphs of items make it uncertain it is asked."""
    found = outlined(f"第一条 成员应当：\n{listed}\n{CLOSING}\n第二条 乙守约。")
    assert [i.text for i in found.parts[0].items] == items and found.parts[0].text.endswith(CLOSING)
    assert [(o.article, o.words) for o in found.oddities if "列举" in o.why] == ([(1, CLOSING)] if asked else [])


@pytest.mark.parametrize(
    "listed",
    ["（一）守法；\n（二）诚信", "（一）守法", "（一）守法。\n（二）诚信。\n（三）爱护湖岸及其周围的草木与鸟兽"],
)
def test_a_line_behind_an_item_without_its_stop_is_asked(listed: str) -> None:
    """The stop may be missing or the line broken: it stays with the item, and its place is said."""
    found = outlined(f"第一条 成员应当：\n{listed}\n{CLOSING}\n第二条 乙守约。")
    assert found.parts[0].items[-1].text.endswith("\n" + CLOSING)
    assert [(o.article, o.words) for o in found.oddities if "列举" in o.why] == [(1, CLOSING)]


def test_what_refers_to_a_list_is_no_item_of_it_and_neither_is_the_lead_of_another() -> None:
    """前款各项…, also behind an item without its stop; 义务包括： between two lists."""
    text = (
        "第一条 权利包括：\n（一）提议；\n（二）表决\n前款各项权利不得转让。\n义务包括：\n（一）缴费；\n（二）守约。\n"
    )
    found = outlined(text + "第二条 乙守约。")
    assert [i.text for i in found.parts[0].items] == ["提议；", "表决", "缴费；", "守约。"]
    assert not [o for o in found.oddities if "列举" in o.why]
    two = outlined("第一条 权利：\n（一）提议。\n（二）表决。\n义务：\n（一）缴费。\n（二）守约。")
    assert [i.text for i in two.parts[0].items] == ["提议。", "表决。", "缴费。", "守约。"]


def test_a_broken_line_of_a_last_item_goes_on() -> None:
    """A line as long as another that is broken, without a stop."""
    broken = (
        "（二）不以明示或者默示的方式约定价格、数量、地域以及其他足以影响竞争的交易条\n件，也不互相交换这一类消息。"
    )
    first = "（一）守法，不以本约定或者秘书处的任何通知为理由推迟履行法律所规定的各项义务\n与责任；"
    found = outlined(f"第一条 成员应当：\n{first}\n{broken}\n第二条 乙守约。")
    assert [i.text for i in found.parts[0].items][1] == broken.removeprefix("（二）")
    assert not [o for o in found.oddities if "列举" in o.why]


def test_a_paragraph_behind_the_last_item_of_a_division_is_a_paragraph_of_its_own() -> None:
    """一、 with 1. 2. beneath and a paragraph: no words of item 2; where the items have paragraphs too it is asked."""
    found = outlined(f"一、义务\n1. 守法。\n2. 诚信。\n{CLOSING}\n二、附则\n1. 守约。\n2. 本公约自公布之日起施行。")
    assert [(p.at, p.chapter) for p in found.parts] == [
        ("一", 1), ("一/1", 1), ("一/2", 1), ("¶1", 1), ("二", 2), ("二/1", 2), ("二/2", 2),
    ]  # fmt: skip
    assert found.parts[2].text == "诚信。" and found.parts[3].text == CLOSING
    titled = outlined(f"一、义务\n1.守法\n不得违法。\n2.诚信\n说真话。\n{CLOSING}\n二、附则\n本公约自公布之日起施行。")
    assert titled.parts[2].text.endswith(CLOSING)
    assert [(o.words, o.why.split("：")[0]) for o in titled.oddities] == [(CLOSING, "第一部分第2项")]


@pytest.mark.parametrize("heads", [["会员的权利、义务"], ["第二部分", "会员（单位）"], ["会员", "权利与义务", "权利"]])
def test_bare_headings_between_articles_are_no_law_however_many(heads: list[str]) -> None:
    """With a mark within it, or one below the other: none stays in the article before."""
    found = outlined("第一章 总则\n第一条 成员应当：\n（一）守法；\n（二）诚信。\n" + "\n".join(heads[-1:]) + "\n第二条 乙守约。\n第三条 丙守约。")  # fmt: skip
    assert [p.text.split("\n")[-1] for p in found.parts] == ["（二）诚信。", "乙守约。", "丙守约。"]
    assert heads[-1] in [o.words for o in found.oddities]
    several = outlined(
        "第一章 总则\n第一条 甲守约。\n" + "\n".join(h for h in heads if h[0] != "第") + "\n第二条 乙守约。"
    )
    assert [p.text for p in several.parts] == ["甲守约。", "乙守约。"]


def test_a_line_that_may_be_a_heading_and_is_left_in_the_text_is_asked() -> None:
    """Inside an article, or below an item without its stop; no item of a list without labels is."""
    inside = outlined("第一条 甲守约。\n会费标准\n会费由全体成员议定。\n第二条 乙守约。")
    assert inside.parts[0].text == "甲守约。\n会费标准\n会费由全体成员议定。"
    assert [(o.article, o.words) for o in inside.oddities if "可能是标题" in o.why] == [(1, "会费标准")]
    listed = outlined("第一条 可以：\n（一）提议；\n（二）表决\n会员资格\n第二条 乙守约。")
    assert [(o.article, o.words) for o in listed.oddities] == [(1, "会员资格")]
    assert not outlined("第一条 成员有：\n甲公司\n乙公司\n丙公司\n第二条 乙守约。").oddities


def test_bare_headings_divide_a_text_without_articles() -> None:
    """Above sentences two short lines make sections, each said; one alone stays a paragraph and is asked."""
    text = "湖区守则\n我们共同守护湖区。\n垂钓\n垂钓须登记。\n每人一竿。\n处罚与申诉\n违者由湖区管理组提醒。\n"
    found = outline(text.encode(), "x.txt")
    assert (found.scheme, [c.title for c in found.chapters]) == ("sections", ["垂钓", "处罚与申诉"])
    assert [(p.at, p.text) for p in found.parts] == [
        ("¶1", "我们共同守护湖区。"), ("§1/1", "垂钓须登记。"), ("§1/2", "每人一竿。"), ("§2", "违者由湖区管理组提醒。"),
    ]  # fmt: skip
    assert [o.words for o in found.oddities if "读作标题" in o.why] == ["垂钓", "处罚与申诉"]
    one = outline(text.replace("处罚与申诉\n", "").encode(), "x.txt")
    assert one.scheme == "paragraphs" and [o.words for o in one.oddities if "可能是标题" in o.why] == ["垂钓"]


def test_bare_headings_between_numbered_paragraphs_are_chapters() -> None:
    """总则 / 一、… 二、… / 会员 / 三、…: no words of 二 and no paragraph; a name alone above 一、 is one."""
    text = "总则\n一、成员应当守法。\n二、成员应当：\n1. 诚信。\n2. 互助。\n会员资格\n三、入会须书面申请。"
    found = outlined(text)
    assert [(p.at, p.chapter) for p in found.parts] == [("一", 1), ("二", 1), ("二/1", 1), ("二/2", 1), ("三", 2)]
    assert [c.title for c in found.chapters] == ["总则", "会员资格"] and found.parts[3].text == "互助。"
    issued = outlined("湖区管理组\n一、成员应当守法。\n二、成员应当诚信。")
    assert [p.at for p in issued.parts] == ["¶1", "一", "二"]


def test_what_a_page_does_to_a_text_is_undone() -> None:
    """第1条 · 标题, a mark on a line of its own, a name below the last bracket, 第四章，会员 and 第七条，…."""
    dotted = outlined("第1条 · 互相尊重\n不得辱骂。\n第2条 · 守约\n应当守约。")
    assert [(p.text, p.items) for p in dotted.parts] == [("互相尊重\n不得辱骂。", ()), ("守约\n应当守约。", ())]
    assert not dotted.oddities
    apart = outlined("1.\n热爱家乡，助人为乐。\n2.\n年满十八岁的都可以入会。\n3.\n①守法；②诚信。")
    assert [p.text for p in apart.parts] == [
        "1. 热爱家乡，助人为乐。",
        "2. 年满十八岁的都可以入会。",
        "3. ①守法；②诚信。",
    ]
    signed = outlined("第一条 甲守约。\n第二条 乙守约。\n（本公约依据法律制定。）\n湖区管理委员会")
    assert signed.parts[1].text == "乙守约。\n（本公约依据法律制定。）" and "湖区管理委员会" in [
        o.words for o in signed.oddities
    ]
    commas = outlined(
        "第一章，总则\n第一条 分为〔南岸〕〔北岸〕\n第二条，各岸自理。\n第二章，会员的义务\n第三条 缴费。"
    )
    assert [(p.at, p.chapter) for p in commas.parts] == [("1", 1), ("2", 1), ("3", 2)]
    assert [c.title for c in commas.chapters] == ["总则", "会员的义务"] and not commas.doubts


def test_a_drawing_in_markdown_is_no_law_and_is_said() -> None:
    """mermaid is left out line by line; an article that stands in a plain fence is one."""
    text = f"# {TITLE}\n第一条 甲守约。\n\n```mermaid\nA --> B[讨论期 7天]\n```\n\n```\n第二条 乙守约。\n```\n"
    found = outlined(text, "x.md")
    assert [p.text for p in found.parts] == ["甲守约。", "乙守约。"]
    assert [o.words for o in found.oddities if "图的代码" in o.why] == ["A --> B[讨论期 7天]"]


def test_a_list_set_in_belongs_to_the_item_above_and_a_sibling_does_not() -> None:
    """1. with 1. 2. set in below it, then 2.; dashes below a line make it a heading."""
    text = "湖区社团章程\n=====\n\n第一章 会员\n-----\n\n1.  入会资格：\n\n    1.  年满十八岁。\n\n    2.  守约。\n\n"
    text += "2.  退会程序：\n\n    3.  书面提出。\n\n参考\n-----\n\n1.  以准则为准。\n"
    found = outline(text.encode(), "x.md")
    assert [c.title for c in found.chapters] == ["会员", "参考"]
    assert [(p.at, p.text.split("\n")[0], p.text.count("\n")) for p in found.parts] == [
        ("§1/1", "1.  入会资格：", 2), ("§1/2", "2.  退会程序：", 1), ("§2", "1.  以准则为准。", 0),
    ]  # fmt: skip


def test_a_text_by_decimals_has_its_own_numbers() -> None:
    """2.5 is §2/5, and 2.5.1 belongs to it; a heading without clauses below it opens no section."""
    text = "湖区服务规则\n请先阅读。\n1. 范围\n1.1适用于湖区。\n2. 用户规则\n2.1 用户应当登记。\n2.5 不得有下列行为：\n2.5.1 辱骂；\n2.5.2 刷屏。\n"
    found = outline(text.encode(), "x.txt")
    assert [(c.number, c.title) for c in found.chapters] == [(1, "范围"), (2, "用户规则")]
    assert [(p.at, p.text.split("\n")[0]) for p in found.parts] == [
        ("¶1", "请先阅读。"), ("§1/1", "1.1适用于湖区。"), ("§2/1", "2.1 用户应当登记。"), ("§2/5", "2.5 不得有下列行为："),
    ]  # fmt: skip
    assert found.parts[3].text.endswith("2.5.2 刷屏。")


def test_what_stands_below_the_last_numbered_paragraph_is_no_part_of_it() -> None:
    """三、… and a closing paragraph; 附则 with 1. 2. after items of 四 begins anew."""
    closed = outlined(
        "公告如下：\n一、删除广告；\n二、屡犯者封禁3-30天；\n三、举报有奖。\n家园是大家的，请一起守护！\n湖区客服团"
    )
    assert [(p.at, p.text) for p in closed.parts][-2:] == [("三", "举报有奖。"), ("¶2", "家园是大家的，请一起守护！")]
    anew = outlined(
        "一、守法\n1. 不得违法。\n二、诚信\n1. 说真话。\n2. 守期限。\n附则\n1. 公示七日后生效。\n2. 由秘书处解释。"
    )
    assert [p.at for p in anew.parts] == ["一", "一/1", "二", "二/1", "二/2", "¶1", "¶2"]
    assert [c.title for c in anew.chapters] == ["守法", "诚信", "附则"] and anew.parts[-1].chapter == 3


def test_short_lines_below_the_last_article_name_what_follows() -> None:
    """附则 and 违规处理 below the articles are no paragraphs; they stand among what was left out."""
    found = outlined(
        "第1条 守法\n不得违法。\n第2条 诚信\n说真话。\n违规处理\n轻微违规\n行为：离题\n处理：提醒\n附则\n本公约自发布之日起生效。\n如有疑问，请联系管理员。"
    )
    assert [p.text for p in found.parts if p.at[0] == "¶"] == [
        "行为：离题", "处理：提醒", "本公约自发布之日起生效。", "如有疑问，请联系管理员。",
    ]  # fmt: skip


def test_lines_led_by_an_item_are_its_own() -> None:
    """（二）会费标准： and its lines with semicolons, up to the stop; what comes then is the article's."""
    found = outlined(
        "第一条 义务：\n（一）守法；\n（二）会费标准：\n甲类每年二千元；\n乙类每年一千元。\n欠缴的催告。\n第二条 乙守约。"
    )
    assert [i.text for i in found.parts[0].items] == ["守法；", "会费标准：\n甲类每年二千元；\n乙类每年一千元。"]


def test_decimals_beneath_a_division_are_its_items_and_a_pages_date_is_no_law() -> None:
    """1.2 beneath 一、 is 一/2; 发布时间：… below the title is said and left out."""
    found = outlined(
        "发布时间：2021-12-24 10:22:43\n一、卫生\n1.1 环境\n保持整洁。\n1.2 个人\n勤洗手。\n二、秩序\n2.1 安静\n晚上不喧哗。"
    )
    assert [(p.at, p.text) for p in found.parts] == [
        ("一", "卫生"), ("一/1", "环境\n保持整洁。"), ("一/2", "个人\n勤洗手。"), ("二", "秩序"), ("二/1", "安静\n晚上不喧哗。"),
    ]  # fmt: skip
    assert [o.words for o in found.oddities] == ["发布时间：2021-12-24 10:22:43"]
