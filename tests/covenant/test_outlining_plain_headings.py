"""Texts whose headings have no number, or a Roman one: each keeps its own list, and what is below a list keeps its own place."""

import pytest

from gongyue.covenant.parser import lines_left_out, outline, read
from gongyue.covenant.parser.structural import PRINTED_WHY
from gongyue.covenant.text import Outline


def outlined(text: str, name: str = "x.txt") -> Outline:
    """The outline of a text."""
    return outline(text.encode(), name)


def chapters(found: Outline) -> list[tuple[int | None, str]]:
    """The chapters, with the numbers that they have."""
    return [(c.number, c.title) for c in found.chapters]


def parts(found: Outline) -> list[tuple[str, int | None, str]]:
    """The parts, with the chapters that they are in."""
    return [(p.at, p.chapter, p.text) for p in found.parts]


def asked(found: Outline) -> list[tuple[str, str]]:
    """What is asked about, and why, in Chinese."""
    return [(d.words, d.why.partition(" / ")[0]) for d in found.assumed]


# -- bare headings


def test_a_bare_heading_that_stands_as_the_others_do_is_one_too() -> None:
    """Between blank lines like all others, though the list above it has no stop; two lists marked alike have a heading between them."""
    blanks = "云溪讀書社章程\n\n社員之權利\n\n1. 參加活動。\n2. 提出議案。\n\n社員之義務\n\n1. 遵守章程\n2. 繳納社費\n\n理事會之職權\n\n1. 召集大會。\n"
    expected = [(None, "社員之權利"), (None, "社員之義務"), (None, "理事會之職權")]
    assert chapters(outlined(blanks)) == expected
    close = "云溪讀書社章程\n社員之權利\n1. 參加活動\n2. 提出議案\n社員之義務\n1. 遵守章程\n2. 繳納社費\n"
    assert chapters(outlined(close)) == expected[:2]
    assert asked(outlined(close)) == [("社員之權利……社員之義務", "没有标记的短行，读作标题：请核对")]


def test_lists_that_begin_anew_below_headings_are_the_headings_own() -> None:
    """一、 begins again below each heading: sections, and no number twice; where it counts on through them, headings stand above."""
    for heading in ("", "## "):
        own = f"云溪讀書社章程\n\n{heading}社員之權利\n一、參加活動。\n二、提出議案。\n{heading}社員之義務\n一、遵守章程。\n二、繳納社費。\n"
        found = outlined(own)
        assert found.doubts == ()
        assert chapters(found) == [(None, "社員之權利"), (None, "社員之義務")]
        assert [p[:2] for p in parts(found)] == [("§1/1", 1), ("§1/2", 1), ("§2/1", 2), ("§2/2", 2)]
    through = outlined("# 湖区公约\n\n## 权利\n\n一、可以发言。\n二、可以投票。\n\n## 义务\n\n三、应当守约。\n", "x.md")
    assert chapters(through) == [(None, "权利"), (None, "义务")]
    assert [p[:2] for p in parts(through)] == [("一", 1), ("二", 1), ("三", 2)]


def test_a_short_line_read_as_the_rest_of_one_without_an_end_is_asked_about() -> None:
    """Where sentences have no stops a heading looks like the rest of the one above; so does one between the bullets of two lists."""
    plain = outlined("云溪社章程\n社員之權利\n社員得參加活動，並得提出議案\n社員之義務\n社員應遵守章程，並應繳納社費\n")
    assert asked(plain) == [("社員之義務", "可能是标题，读作正文的一行：请核对")]
    dashed = "湖区公约\n\n### 提倡\n- 友善交流\n- 尊重他人\n{}反对\n- 人身攻击\n"
    (found,) = asked(outlined(dashed.format("")))
    assert found == ("反对", "可能是标题，读作正文的一行：请核对")
    assert asked(outlined(dashed.format("  "))) == []  # set in: the bullet goes on


# -- headings of the file's own


def test_headings_within_a_division_keep_their_own_lists() -> None:
    """### 提倡 below ## 一、 has its bullets, and no part runs on over it; a list that counts on through headings is the division's."""
    text = "# 湖区公约\n\n## 一、行为\n### 提倡\n- 友善\n- 尊重\n### 反对\n- 攻击\n## 二、处理\n违者警告。\n"
    found = outlined(text, "x.md")
    assert chapters(found) == [(1, "行为"), (None, "提倡"), (None, "反对"), (2, "处理")]
    assert parts(found) == [
        ("一", 1, "行为"), ("¶1", 2, "友善"), ("¶2", 2, "尊重"), ("¶3", 3, "攻击"), ("二", 4, "处理\n违者警告。"),
    ]  # fmt: skip
    numbered = text.replace("- 友善", "1. 友善").replace("- 尊重", "2. 尊重")
    anew = outlined(numbered.replace("- 攻击", "1. 攻击"), "x.md")
    assert [(at, t) for at, _, t in parts(anew)][1:4] == [("¶1", "1. 友善"), ("¶2", "2. 尊重"), ("¶3", "1. 攻击")]
    assert asked(anew) == []
    through = outlined(numbered.replace("- 攻击", "3. 攻击"), "x.md")
    assert [p[0] for p in parts(through)] == ["一", "一/1", "一/2", "一/3", "二"]
    assert [words for words, _ in asked(through)] == ["提倡", "反对"]


def test_headings_above_numbered_ones_divide_the_text() -> None:
    """## 行为 above ### 1. 警告 is no paragraph; one as high as ## 1. has what is below it."""
    deep = "# 湖区公约\n\n## 行为\n\n守约。\n\n## 处理\n\n### 1. 警告\n- 初犯\n### 2. 封禁\n- 再犯\n"
    assert [c for _, c in chapters(outlined(deep, "x.md"))] == ["行为", "处理", "1. 警告", "2. 封禁"]
    alike = outlined(
        "# 湖区公约\n\n## 前言\n\n共守。\n\n## 1. 归属\n\n归村。\n\n## 说明\n\n略。\n\n## 2. 守则\n\n守约。\n", "x.md"
    )
    assert chapters(alike) == [(None, "前言"), (1, "归属"), (None, "说明"), (2, "守则")]
    assert parts(alike) == [("¶1", 1, "共守。"), ("§1", 2, "归村。"), ("¶2", 3, "略。"), ("§2", 4, "守约。")]


def test_one_heading_and_a_list_of_dashes_make_a_text_markdown() -> None:
    """Whatever its file is called; a heading alone, or dashes alone, do not."""
    assert parts(outlined("湖区公约\n\n### 提倡\n- 友善\n- 尊重\n")) == [("§1/1", 1, "友善"), ("§1/2", 1, "尊重")]
    assert [t for _, _, t in parts(outlined("湖区公约\n- 友善\n- 尊重\n"))] == ["- 友善", "- 尊重"]


# -- Roman numerals


def test_roman_numerals_number_chapters() -> None:
    """I. 总则 is no title of the text; chapters above articles, sections of a text without, asked about where lists below count anew."""
    for one, two in (("I. 总则", "II. 会员"), ("Ⅰ、总则", "Ⅱ、会员"), ("I 总则", "II 会员")):
        text = f"{one}\n本社由岸民组成。\n{two}\n会员应当守约。\n"
        found = outlined(text)
        assert chapters(found) == [(1, "总则"), (2, "会员")]
        assert parts(found) == [("§1", 1, "本社由岸民组成。"), ("§2", 2, "会员应当守约。")]
        assert [line.words for line in lines_left_out(text.encode(), "x.txt", found)] == []
        articles = f"湖区章程\n{one}\n第一条 甲守约。\n{two}\n第二条 乙守约。\n"
        assert chapters(outlined(articles)) == [(1, "总则"), (2, "会员")]
        assert [(c.number, c.title) for c in read(articles.encode(), "x.txt").chapters] == [(1, "总则"), (2, "会员")]
    listed = outlined("湖区章程\nI. 总则\n1. 甲守约。\n2. 乙守约。\nII. 会员\n1. 丙守约。\n")
    assert [p[0] for p in parts(listed)] == ["§1/1", "§1/2", "§2"]
    assert [words for words, _ in asked(listed)] == ["I. 总则……II. 会员"]
    sentences = outlined("湖区章程\nI. 甲应当守约。\nII. 乙应当守约。\n")
    assert (sentences.scheme, len(sentences.parts)) == ("paragraphs", 2)


# -- below a list


def test_a_paragraph_that_blank_lines_set_off_from_the_last_item_is_its_own() -> None:
    """Below one item, below 1.2, below bullets of a division; where blank lines stand everywhere, it is asked about."""
    closing = "\n本守则自2025年3月1日起施行。\n"
    last = [
        ("晨光守则\n一、学习\n（一）安静\n二、卫生\n（一）带走杂物\n", "二/1", "带走杂物"),
        ("晨光守则\n1 学习\n1.1 安静。\n2 卫生\n2.1 扫地。\n2.2 带走杂物\n", "§2/2", "2.2 带走杂物"),
        ("# 晨光守则\n\n## 一、学习\n- 安静\n\n## 二、卫生\n- 扫地\n- 擦窗\n", "二", "卫生\n• 扫地\n• 擦窗"),
    ]
    for text, at, own in last:
        found = [(p[0], p[2]) for p in parts(outlined(text + closing))]
        assert found[-2:] == [(at, own), ("¶1", closing.strip())]
    spaced = outlined("晨光守则\n\n一、学习\n\n（一）安静\n\n二、卫生\n\n（一）带走杂物\n" + closing)
    assert spaced.parts[-1].at == "二/1"
    assert [words for words, why in asked(spaced) if "列举之后的一段" in why] == [closing.strip()]
    titled = outlined("晨光守则\n一、学习\n1. 安静\n\n大家应当安静。\n二、附则\n1. 施行\n" + closing)
    assert titled.parts[-1].text == "施行\n" + closing.strip()


def test_numbers_that_are_not_those_of_the_address_are_asked_about_once() -> None:
    """1）2） below a heading alone are at §4/1, §4/2; below a lead they are not, and a list within a list is not either."""
    text = "# 晨光守则\n## 目的\n大家学习。\n## 值日\n{}1）开门；\n2）关灯。\n"
    assert asked(outlined(text.format(""), "x.md")) == []
    why = PRINTED_WHY.partition(" / ")[0]
    assert asked(outlined(text.format("每天两件事。\n"), "x.md")) == [("1）开门；……2）关灯。", why)]


def test_a_division_that_leads_up_to_its_items_is_no_list_without_any() -> None:
    """管理： above 1）: what comes after is there."""
    assert asked(outlined("晨光守则\n一、总则\n大家自觉。\n二、管理\n自习室由值日生管理：\n1）开门\n2）关灯\n")) == []


def test_a_heading_is_no_line_of_a_list_that_lacks_its_stop() -> None:
    """A name above a share, in whatever scheme, is not asked about; a line that could be half of the sentence is."""
    long = "本社的活动应当守法，不得损害他人的合法权益，也不得从事以营利为目的的任何活动。" * 2
    name, share = "关于修改本会章程的程序和办法", f"须经三分之二以上会员同意。{long}"
    joined = "列举的上一行没有句末标点"
    for text in (
        f"# 晨光章程\n## 1. 表决\n### 1.1 {name}\n{share}\n### 1.2 解散\n大会决定。\n## 2. 任期\n任期不限。\n",
        f"晨光章程\n一、{name}\n{share}\n二、解散\n大会决定。\n",
        f"晨光章程\n第一条 {name}\n{share}\n第二条 解散\n大会决定。\n",
    ):
        assert [why for _, why in asked(outlined(text, "x.md")) if joined in why] == []
    half = f"晨光章程\n第一条 本章程的修改由大会以到会会员\n三分之二以上同意。{long}\n第二条 大会决定。\n"
    assert [why for _, why in asked(outlined(half)) if joined in why] != []


def test_a_mark_alone_on_its_line_goes_to_the_words_below_it_in_markdown_too() -> None:
    """（一） above its words, blank lines between or none."""
    text = "# 晨光章程\n\n第一条 下列事项：\n\n（一）\n\n修约须经大会同意；\n\n（二）\n解散。\n\n第二条 大会决定。\n"
    assert [(i.label, i.text) for i in outlined(text, "x.md").parts[0].items] == [
        ("（一）", "修约须经大会同意；"),
        ("（二）", "解散。"),
    ]


def test_names_below_a_lead_to_signers_are_no_paragraphs() -> None:
    """倡议单位： and the names below it sign the text; below another lead they are its words."""
    text = "湖区倡议\n守信\n岸民应当守约。\n互助\n岸民应当互助。\n{}\n甲科技公司\n乙网络公司\n2024年5月\n"
    signed = outlined(text.format("倡议单位："))
    assert [p[0] for p in parts(signed)] == ["§1", "§2"]
    assert any(o.words == "倡议单位：\n甲科技公司\n乙网络公司\n2024年5月" for o in signed.oddities)
    assert any("甲科技公司" in t for _, _, t in parts(outlined(text.format("服务范围："))))


@pytest.mark.parametrize(
    ("lead", "below"),
    [
        ("签署单位应当：", "按期缴纳会费\n不得泄露商业秘密"),
        ("签约人的义务：", "按期缴纳会费\n不得泄露商业秘密"),
        ("公约人承诺：", "按期缴纳会费\n不泄露秘密"),
        ("签约单位：", "按期缴纳会费\n不得泄露商业秘密"), ("签署单位应当：", "按期缴纳会费。\n不泄露秘密"),
    ],
)  # fmt: skip
def test_duties_below_those_who_sign_are_no_signatures(lead: str, below: str) -> None:
    """Who signs may be bound by what follows: the last lines of a text without 条 are names or its words."""
    found = outlined(f"湖区倡议\n守信\n岸民应当守约。\n互助\n岸民应当互助。\n{lead}\n{below}\n")
    kept = "\n".join(t for _, _, t in parts(found))
    assert all(line in kept for line in (lead, *below.split("\n")))


@pytest.mark.parametrize(
    "lead", ["签署单位（排名不分先后）：", "首批签署单位：", "签约单位名单如下：", "联合发起单位："]
)
def test_names_below_those_who_sign_are_signatures(lead: str) -> None:
    """A bracket or 名单 before the colon, and names below, some with the words of a trade in them."""
    found = outlined(f"湖区倡议\n守信\n岸民应当守约。\n互助\n岸民应当互助。\n{lead}\n甲供应链公司\n乙应用公司\n")
    assert "公司" not in "\n".join(t for _, _, t in parts(found))


def test_bullets_below_an_item_are_no_headings_of_the_next() -> None:
    """Short lines below 2. with a sign before them stay with it; without one they may be headings and are asked about."""
    text = "# 湖区公约\n\n## 一、禁止\n\n1. 违法信息；\n2. 侵权信息；\n   - 侵犯著作权\n   - 侵犯肖像权\n3. 广告。\n\n## 二、附则\n\n即日施行。\n"
    found = outlined(text, "x.md")
    assert [t for at, _, t in parts(found) if at == "一/2"] == ["侵权信息；\n• 侵犯著作权\n• 侵犯肖像权"]
    assert asked(found) == []


def test_a_heading_with_the_words_of_a_bullet_is_another_line() -> None:
    """### 不得违反 between two items is asked about; the bullet below the second that says the same stays with it, and so the other way."""
    text = "# 湖区公约\n\n## 一、禁止\n\n1. 违法信息；\n\n### 不得违反\n\n2. 侵权信息；\n   - 不得违反\n3. 广告。\n\n## 二、附则\n\n即日施行。\n"
    found = outlined(text, "x.md")
    assert [t for at, _, t in parts(found) if at == "一/2"] == ["侵权信息；\n• 不得违反"]
    assert any(o.words == "不得违反" for o in found.oddities)
    plain = "湖区公约\n\n一、禁止\n- 附加说明\n- 违法信息。\n附加说明\n二、附则\n即日施行。\n"
    bare = "湖区公约\n\n一、禁止\n- 违法信息。\n附加说明\n二、附则\n即日施行。\n"
    assert [c.title for c in outlined(plain, "x.md").chapters] == [c.title for c in outlined(bare, "x.md").chapters]


def test_a_sentence_below_the_last_division_is_its_own_where_blank_lines_set_it_off() -> None:
    """四、 of one sentence, a blank line, and what all have adopted; where the last division has a name it is its text."""
    text = "三班公约\n\n一、上课认真听讲，积极发言。\n    发言要先举手。\n二、{}。\n\n全班一致通过，自2024年9月1日起执行。\n"
    assert parts(outlined(text.format("爱护公物，损坏照价赔偿")))[-1][0] == "¶1"
    named = outlined(text.replace("二、{}。", "二、附则"))
    assert parts(named)[-1] == ("二", 1, "附则\n全班一致通过，自2024年9月1日起执行。")


def test_headings_that_print_1_where_others_print_nothing_are_asked_about() -> None:
    """### 1. 警告 at §3 below ## 处理; where all print their own, nothing is asked."""
    text = "# 湖区准则\n\n## 承诺\n\n守约。\n\n## 处理\n\n负责人处理。\n\n### 1. 警告\n\n书面警告。\n\n### 2. 除名\n\n永久除名。\n"
    (found,) = asked(outlined(text, "x.md"))
    assert found[0] == "1. 警告……2. 除名" and "编号没有用作地址" in found[1]


# -- what is asked, and where


def test_a_mark_that_is_odd_is_asked_about_at_its_own_line() -> None:
    """3. of the second list, though another 3. stands above it."""
    text = "# 湖区公约\n\n## 权利\n\n1. 发言。\n2. 投票。\n3. 退出。\n\n## 义务\n\n1. 守约。\n3. 缴费。\n"
    (found,) = outlined(text, "x.md").assumed
    assert (found.line, found.words, found.at) == (12, "3.", "§2/2")


def test_bullets_below_a_numbered_line_are_no_paragraph_behind_a_list() -> None:
    """1. 决策层 and the bullets below it are one item."""
    text = "# 湖区章程\n\n## 角色\n\n1. 决策层\n   * 召集人：召集会议。\n   * 成员：参加会议。\n2. 规则层\n   * 起草人：起草规则。\n"
    assert asked(outlined(text, "x.md")) == []


def test_the_second_line_of_a_bullet_read_as_an_item_is_asked_about() -> None:
    """Set in below its bullet it is the rest of it, and items follow from the characters alone."""
    text = "# 湖区公约\n\n## 承诺\n\n参与者应当：\n\n- 守约；\n- 区分个人的意见与本会\n  的立场；\n- 互助。\n"
    (found,) = outlined(text, "x.md").assumed
    assert (found.line, found.words) == (8, "区分个人的意见与本会\n的立场；") and "断成几行的一句" in found.why


def test_headings_that_contents_name_too_are_not_left_out() -> None:
    """Only the lines of the contents are."""
    text = "# 湖区公约\n\n* [权利](#权利)\n* [义务](#义务)\n\n## 权利\n\n可以发言。\n\n## 义务\n\n应当守约。\n"
    assert [line.line for line in lines_left_out(text.encode(), "x.md", outlined(text, "x.md"))] == [3, 4]


def test_the_day_a_page_was_updated_is_no_paragraph() -> None:
    """最后更新：2025-10-14 above the text; from when it holds is one."""
    text = "## 湖区公约\n\n{}\n\n岸民共守。\n\n## 权利\n\n可以发言。\n"
    for line in ("最后更新：2025-10-14", "更新于 2025年10月14日", "发布：2025/10/14"):
        assert [t for at, _, t in parts(outlined(text.format(line), "x.md")) if at[0] == "¶"] == ["岸民共守。"]
    assert "自2025-10-14起生效" in [t for _, _, t in parts(outlined(text.format("自2025-10-14起生效"), "x.md"))]


def test_headings_numbered_with_a_dot_in_the_middle_are_asked_about_where_sections_differ() -> None:
    """三 · 会议 at §4, since 二点五 stands between."""
    text = "# 班规\n\n## 一 · 来意\n\n守约。\n\n## 二 · 层级\n\n听从。\n\n## 二点五 · 技能\n\n申请。\n\n## 三 · 会议\n\n发言。\n"
    (found,) = asked(outlined(text, "x.md"))
    assert found[0] == "一 · 来意……二 · 层级……三 · 会议" and "编号没有用作地址" in found[1]
    assert asked(outlined(text.replace("## 二点五 · 技能\n\n", ""), "x.md")) == []


def test_names_that_stand_alike_above_articles_are_chapters_where_no_article_has_a_stop() -> None:
    """社員之義務 and 社員之獎懲 as 社員之權利; each is asked about, and so is another short line there; with stops, only what stands below one is."""
    text = "云溪讀書社章程\n社員之權利\n第一條 社員得參加活動{0}\n社員之義務\n第二條 社員應繳納社費{0}\n{1}\n第三條 社員違章者懲之{0}\n"
    plain = outlined(text.format("", "社員之獎懲"))
    assert [title for _, title in chapters(plain)] == ["社員之權利", "社員之義務", "社員之獎懲"]
    assert [t for _, _, t in parts(plain)] == ["社員得參加活動", "社員應繳納社費", "社員違章者懲之"]
    assert asked(plain) == [("社員之義務……社員之獎懲", "没有标记的短行，读作标题：请核对")]
    other = outlined(text.format("", "理事會"))
    assert ("理事會", "可能是标题，读作正文的一行：请核对") in asked(other)
    stops = outlined(text.format("。", "理事會"))
    assert [title for _, title in chapters(stops)] == ["社員之權利", "社員之義務", "理事會"]
