"""Two things on one line, a chapter's number alone on its own, and what the questions on the structure say of them."""

from __future__ import annotations

import pytest

from gongyue.cli.binding_options import roles
from gongyue.covenant import draft_edition, parser
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import Resolved
from gongyue.covenant.binding.questions import questions
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.whole_outline import say
from gongyue.covenant.edition import items_of
from gongyue.covenant.parser.line_places import close
from gongyue.covenant.parser.parting import places
from tests.covenant.answering import settle
from tests.covenant.test_samples import EXPECTED, data

LAW = (
    "小公约\n第一章 总则\n第一条 秘书处执行本公约。\n第二条 本公约自律为先。第二章 会员\n第三条 会员应当守约。\n"
    "第四条 会员可以退出。第三章 附则 第五条 修改本公约须经全体会员三分之二以上同意。第六条 本公约自公布之日起施行。\n"
)
PLAIN = "小公约\n我们一起读书，互相帮助。\n会员\n会员应当守约。\n第二章 会议 会员应当到会！会议每月一次。\n其他\n本公约自公布之日起施行。\n"
MARKED = "# 读书会公约\n\n我们一起读书。\n\n会员应当守约。## 如何修改\n\n修改须经三分之二以上同意。\n\n## 其他 本公约自公布之日起施行。\n"


def drafted(text: str, name: str = "小公约.txt") -> Drafting:
    """A new draft on a text."""
    return binding_draft.begin(text.encode(), name)


def chapters(d: Drafting) -> list[tuple[int | None, str]]:
    """The headings."""
    return [(c.number, c.title) for c in d.read.outline.chapters]


def parts(d: Drafting) -> list[tuple[str, int | None, str]]:
    """The parts: address, chapter, text."""
    return [(p.at, p.chapter, p.text) for p in d.read.outline.parts]


def lines(d: Drafting) -> list[tuple[int, int, str, str]]:
    """Every line and piece with its role and part."""
    return [(one.line, one.piece, one.role, one.at) for one in d.read.laid]


# -- words within a line


def test_a_heading_at_the_end_of_an_article_or_between_two_parts_them() -> None:
    """Articles behind it are read at their numbers; no character is lost; the sheet says what was said, and the edition holds."""
    d, _ = say(drafted(LAW), {4: "heading:第二章 会员", 6: "heading:第三章 附则"})
    assert chapters(d) == [(1, "总则"), (2, "会员"), (3, "附则")]
    assert [(at, chapter) for at, chapter, _ in parts(d)] == [
        ("1", 1),
        ("2", 1),
        ("3", 2),
        ("4", 2),
        ("5", 3),
        ("6", 3),
    ]
    assert parts(d)[1][2] == "本公约自律为先。" and parts(d)[5][2] == "本公约自公布之日起施行。"
    assert lines(d)[3:5] == [(4, 1, "part", "2"), (4, 2, "heading", "")] and d.read.shown.left_out == ()
    assert "由人说明是标题：第 4 行“第二章 会员”第 6 行“第三章 附则”" in d.outline_told[0]
    done, _ = settle(d, [])
    edition = draft_edition.edition_of(done)
    assert edition.open == () and all(p.items == items_of(p.text) for p in d.read.outline.parts)
    kept, _ = binding_draft.resume(LAW.encode(), "小公约.txt", draft_file.load(draft_file.dump(done.draft)))
    assert draft_edition.edition_of(kept) == edition and kept.draft == done.draft


def test_no_other_line_is_read_otherwise() -> None:
    """A chapter's number within a line of a text whose headings print none: they stay headings, and it comes among them."""
    before = drafted(PLAIN)
    assert chapters(before) == [(None, "会员"), (None, "其他")]
    d, _ = say(before, {5: "heading:第二章 会议"})
    assert chapters(d) == [(None, "会员"), (2, "会议"), (None, "其他")]
    assert [one for one in lines(d) if one[0] != 5] == [
        (1, 0, "title", ""), (2, 0, "part", "¶1"), (3, 0, "heading", ""), (4, 0, "part", "§1"), (6, 0, "heading", ""), (7, 0, "part", "§3"),
    ]  # fmt: skip
    assert ("§2", 2, "会员应当到会！会议每月一次。") in parts(d)
    assert say(d, {5: ""})[0].read.outline == before.read.outline


def test_signs_of_markup_go_with_the_heading() -> None:
    """A heading glued to a sentence, and a sentence behind a heading of the file's own."""
    d, _ = say(drafted(MARKED, "读书会.md"), {5: "heading:如何修改", 9: "heading:其他"})
    assert chapters(d) == [(None, "如何修改"), (None, "其他")]
    assert parts(d) == [
        ("¶1", None, "我们一起读书。"), ("¶2", None, "会员应当守约。"), ("§1", 1, "修改须经三分之二以上同意。"), ("§2", 2, "本公约自公布之日起施行。"),
    ]  # fmt: skip


def test_a_part_begins_within_a_line_and_several_are_said_of_one() -> None:
    """Said together, in any order; what was said of the line before is replaced."""
    text = "小公约\n我们一起读书。会员应当守约。 会议 会议每月一次。\n本公约自公布之日起施行。\n"
    d, _ = say(drafted(text), {2: "part:会员应当守约\nheading:会议"})
    assert parts(d)[:2] == [("¶1", None, "我们一起读书。"), ("¶2", None, "会员应当守约。")] and chapters(d) == [
        (None, "会议")
    ]
    assert [r.at for r in d.read.resolved] == ["@part:会员应当守约", "@heading:会议"]
    again, _ = say(d, {2: "part:会员应当守约"})
    assert [r.at for r in again.read.resolved] == ["@part:会员应当守约"] and chapters(again) == []


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("heading:不得", "连成一句"), ("heading:会员", "连成一句"), ("heading:章程", "没有“章程”"), ("part:应当守约", "在一句中间"),
        ("out:会员", "种类有 title、heading、part"), ("above:会员应当", "种类有"), ("heading:第二章 会员应当守约。", "没有"),
        ("heading:" + "会" * 61, "至多 60 字"), ("heading:生效日期自公布起 ", "没有"),
    ],
)  # fmt: skip
def test_words_that_would_be_torn_from_a_sentence_are_refused(role: str, why: str) -> None:
    """不得 taken out would turn the sentence round; nothing but a whole line is no text."""
    with pytest.raises(BadBinding, match=why):
        say(drafted("小公约\n第一条 秘书处执行本公约。\n第二条 会员应当守约。会员不得转让会籍。\n"), {3: role})


def test_words_of_a_guard_and_sentences_are_no_heading() -> None:
    """As of a whole line."""
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 会员应当守约。 须经主管部门批准后施行 第三条 会员可以退出。\n"
    with pytest.raises(BadBinding, match="说到“"):
        say(drafted(text), {3: "heading:须经主管部门批准后施行"})


def test_a_draft_written_by_hand_tears_nothing() -> None:
    """Words that cannot be parted part nothing, whatever its file says."""
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 会员不得转让会籍。\n"
    d = drafted(text)
    forged = binding_draft.resume(
        text.encode(), "小公约.txt", draft_file.Draft(d.draft.text, "小公约.txt", (Resolved(3, "@heading:不得"),))
    )[0]
    assert forged.read.outline.parts == d.read.outline.parts and chapters(forged) == []


def test_places_are_told_apart_by_the_ends_of_the_line() -> None:
    """附则 at the beginning, not within; a part by more of its words."""
    assert [m.start() for m in places("附则 本附则自公布起施行。", "heading", "附则")] == [0]
    assert len(places("会员守约。会员到会。会员缴费。", "part", "会员")) == 3
    assert len(places("会员守约。会员到会。", "part", "会员到会")) == 1
    assert len(places("第三章会员会员应当守约。", "heading", "第三章 会员")) == 1
    assert places("会员不得转让", "heading", "不得") == []


def test_what_an_innocent_name_begins_is_not_cut() -> None:
    """会员 at the beginning of a sentence is no heading: a blank or a stop has to follow."""
    assert (
        places("会员应当守约。", "heading", "会员") == [] and len(places("会员 会员应当守约。", "heading", "会员")) == 1
    )


# -- a number alone on its line

ALONE = "小公约\n第一章\n总则\n我们一起读书，互相帮助。\n第二章\n会员\n会员应当守约。\n会员可以退出。\n"


def test_a_number_above_its_name_is_one_heading_in_a_text_without_articles() -> None:
    """Both lines are of the heading; said to be no text the number goes, and is told."""
    d = drafted(ALONE)
    assert chapters(d) == [(1, "总则"), (2, "会员")] and d.read.shown.left_out == ()
    assert [role for line, _, role, _ in lines(d) if line in (2, 3, 5, 6)] == ["heading"] * 4
    assert parts(d)[0] == ("§1", 1, "我们一起读书，互相帮助。")
    bare, _ = say(d, {5: "out"})
    assert chapters(bare) == [(1, "总则"), (None, "会员")] and [x.line for x in bare.read.shown.left_out] == [5]


def test_a_number_alone_above_a_sentence_has_no_name() -> None:
    """会员应当守约。 is text."""
    d = drafted("小公约\n第一章\n我们一起读书，互相帮助。\n第二章\n会员应当守约。\n会员可以退出。\n")
    assert chapters(d) == [(1, ""), (2, "")] and ("§2/1", 2, "会员应当守约。") in parts(d)


def test_a_number_below_its_name_is_one_heading_where_both_are_said_to_be() -> None:
    """会员 / 第二章 below an article without a stop; the number may be said to be no text as well."""
    d = drafted(
        "小公约\n第一章 总则\n第一条 秘书处执行\n会员\n第二章\n第二条 会员应当守约。\n第三条 本公约自公布之日起施行。\n"
    )
    assert chapters(d) == [(1, "总则"), (2, "")]
    both, _ = say(d, {4: "heading", 5: "heading"})
    assert chapters(both) == [(1, "总则"), (2, "会员")]
    bare, _ = say(d, {4: "heading", 5: "out"})
    assert chapters(bare) == [(1, "总则"), (None, "会员")] and [x.line for x in bare.read.shown.left_out] == [5]
    assert [p.at for p in bare.read.outline.parts] == ["1", "2", "3"]


def test_chapters_of_clauses_numbered_by_two_numbers() -> None:
    """第二章 成员 above 2.1 is its chapter, and no line of 1.2; one whose number is another is asked about."""
    text = "小准则\n第一章 总则\n1.1 秘书处执行本准则。\n1.2 本准则适用于全体成员。\n第二章 成员\n2.1 成员应当守约。\n2.2 成员可以退出。\n"
    d = drafted(text)
    assert chapters(d) == [(1, "总则"), (2, "成员")]
    assert [(at, chapter) for at, chapter, _ in parts(d)] == [("§1/1", 1), ("§1/2", 1), ("§2/1", 2), ("§2/2", 2)]
    other = drafted(text.replace("第二章", "第五章"))
    assert chapters(other) == [(1, "总则")]
    assert any("第五章 成员" in q.words and "读作正文" in q.zh for q in questions(other))


# -- what is asked


def structural(d: Drafting) -> list[tuple[str, str]]:
    """The questions on the structure, but for the whole."""
    return [(q.zh, q.en) for q in questions(d) if q.kind == "structure"]


def test_a_question_says_what_the_line_is_read_as_now() -> None:
    """A line read as text, lines read as headings, one of no part."""
    (short,) = structural(say(drafted(PLAIN), {6: "part", 3: "part"})[0])[:1]
    assert "这一行现读作第" in short[0] and short[0].endswith("照这样读，对吗？") and "this line is read as" in short[1]
    heads = structural(drafted("小公约\n我们一起读书。\n会员\n会员应当守约。\n其他\n本公约自公布之日起施行。\n"))[0]
    assert "其中“会员”一行现读作章节的标题，其余各行也照现在所读" in heads[0]


def numbered(sections: int, second: str) -> str:
    """A handbook of numbered points with a paragraph below each."""
    text = "# 社区手册\n\n"
    for s in range(sections):
        text += f"## {'甲乙丙丁戊己庚辛'[s]}类事务\n\n本节请大家一起遵守。\n\n"
        text += "".join(f"{i}. 参加者应当在收到之日起{i}日内回复。\n\n{second}\n\n" for i in range(1, 6))
    return text


def test_numbered_points_that_state_a_number_are_asked_about_once() -> None:
    """Forty of them were asked about one by one for their marks alone: nothing of their numbers is in doubt."""
    asked = [q for q in questions(drafted(numbered(8, "这一点由秘书处办理。"), "手册.md")) if q.stage == "structure"]
    assert [q.kind for q in asked if "编号" in q.zh] == ["structure"] and len(asked) <= 2


def test_many_lines_alike_are_asked_about_once_and_their_numbers_stay_in_doubt() -> None:
    """Lists without stops above sentences with a share: one question; denied, none of the shares is bound."""
    text = "小公约\n" + "".join(
        f"处理第{s}类事务时，成员应当做到以下各点，并须经全体会员{s}分之一以上同意。\n1. 第{s}类事务应当公开\n2. 第{s}类事务应当记录\n"
        for s in ("二", "三", "四", "五", "六", "七")
    )
    d = drafted(text)
    assert len([q for q in questions(d) if q.kind == "assumed" and "列举的上一行" in q.zh]) <= 1


def test_a_title_of_two_lines_is_said_of_both() -> None:
    """The refusal says how; said, it is both lines."""
    d = drafted("海风行业\n自律与互助约定\n第一条 秘书处执行本公约。\n第二条 本公约自公布之日起施行。\n")
    first = next(one.line for one in d.read.laid if one.role == "title")
    other = 3 - first
    with pytest.raises(BadBinding, match=f"--line {first}=title --line {other}=title"):
        say(d, {other: "title"})
    assert say(d, {1: "title", 2: "title"})[0].read.outline.title == "海风行业自律与互助约定"


# -- depth


def test_the_depth_of_headings_is_told_where_they_differ() -> None:
    """## and ###; a text whose headings are alike says nothing of it, so that an answer to its outline holds."""
    deep = drafted(
        "# 手册\n\n## 会员\n\n会员应当守约。\n\n### 入会\n\n签字入会。\n\n## 其他\n\n自公布之日起施行。\n", "手册.md"
    )
    assert [c.figures[0].partition("；")[0] for c in deep.read.shown.chapters] == [
        "第一级标题",
        "第二级标题",
        "第一级标题",
    ]
    assert "a heading of level 2" in deep.read.shown.chapters[1].figures[1]
    flat = drafted("# 手册\n\n## 会员\n\n会员应当守约。\n\n## 其他\n\n自公布之日起施行。\n", "手册.md")
    assert all("级标题" not in c.figures[0] for c in flat.read.shown.chapters)


def test_the_highest_heading_of_a_file_is_its_title() -> None:
    """# 手册 above ## 社区的约定; of two as high the one that names its kind stays."""
    text = "# 社区手册\n\n## 会员的约定\n\n会员应当守约。\n\n## 其他\n\n自公布之日起施行。\n"
    assert parser.outline(text.encode(), "手册.md").title == "社区手册"
    alike = text.replace("## ", "# ")
    assert parser.outline(alike.encode(), "手册.md").title == "会员的约定"


def test_a_heading_with_a_number_and_no_stop_is_no_heading_unread() -> None:
    """2 角色 divides the text: nothing is asked."""
    text = "# 手册\n\n## 1 总则\n\n秘书处执行本手册。\n\n## 2 角色\n\n成员应当守约。\n"
    d = drafted(text, "手册.md")
    assert chapters(d) == [(1, "总则"), (2, "角色")] and structural(d) == []


def test_a_list_set_in_below_an_item_is_its_own() -> None:
    """Bullets below a bullet: they keep them, and nothing is asked; one row of bullets is four items."""
    text = "# 手册\n\n## 范围\n\n本手册适用于：\n\n- 代码仓库\n  - 主仓库\n  - 插件仓库\n- 邮件列表\n\n## 其他\n\n自公布之日起施行。\n"
    made = drafted(text, "手册.md")
    assert [i.text for i in made.read.outline.parts[0].items] == ["代码仓库\n◦ 主仓库\n◦ 插件仓库", "邮件列表"]
    assert not any("缩进" in zh for zh, _ in structural(made))
    flat = drafted(text.replace("  - ", "- "), "手册.md")
    assert len(flat.read.outline.parts[0].items) == 4 and not any("缩进" in zh for zh, _ in structural(flat))


def test_a_list_at_the_end_of_the_last_item_is_no_paragraph_behind_it() -> None:
    """3. below （三） is an item of its own list; a paragraph there is asked about as before."""
    text = (
        "小规约\n一、总则\n（一）本规约适用于会员。\n（二）秘书处执行本规约。\n（三）会员应当遵守：\n1. 诚实信用；\n2. 公平竞争。\n"
        "二、其他\n（一）本规约由秘书处解释。\n（二）自公布之日起施行。\n"
    )
    assert not any("列举之后的一段" in zh for zh, _ in structural(drafted(text)))
    assert any(
        "列举之后的一段" in zh
        for zh, _ in structural(drafted(text.replace("2. 公平竞争。\n", "2. 公平竞争。\n以上由会员签字。\n")))
    )


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("第二条 会员可以退出。附则 第三条 本公约由秘书处解释。", True), ("第二条 会员可以退出。第二章 附则 第三条 本公约由秘书处解释。", True),
        ("第二条 会员可以退出。附则", True), ("第二条 会员可以退出。具体办法依照 第三条的规定。", False), ("第二条 会员可以退出。秘书处办理会员", False),
        ("第二条 会员可以退出。退出的会员名单 第九条 已经载明。", False),
    ],
)  # fmt: skip
def test_a_heading_or_an_article_glued_to_a_sentence_is_asked_about(line: str, asked: bool) -> None:
    """Nothing was: the last article was lost within the one before. A mention of it, and an unusual name, are none."""
    text = f"小公约\n第一条 秘书处执行本公约。\n{line}\n第四条 会员应当守约。\n"
    found = [
        zh for zh, _ in structural(drafted(text.replace("\n第四条 会员应当守约。", "") if "附则" in line else text))
    ]
    assert any("像是下一条" in zh or "行末另有章名" in zh for zh in found) == asked, found


def test_a_part_of_the_text_with_articles_of_its_own_is_no_chapter_of_the_one_before() -> None:
    """第二编 附则 right above an article: its articles stood in 第一章. 第一编 above a chapter stays what it was."""
    text = "小章程\n第一编 总则\n第一章 名称\n第一条 本社定名为小社。\n第二编 附则\n第二条 本章程自公布之日起施行。\n"
    d = drafted(text)
    assert chapters(d) == [(1, "名称"), (None, "附则")] and [p.chapter for p in d.read.outline.parts] == [1, 2]
    assert [x.words for x in d.read.shown.left_out] == ["第一编 总则"]


def test_a_preamble_broken_into_lines_is_one_paragraph_above_divisions() -> None:
    """Lines without an end go on; a short line, one that has ended and a list do not."""
    text = (
        "小公约\n我们住在湖心岛的居民为了共同生活得更好，\n经过三次讨论一致同意订立下面的公约，请大\n家共同遵守。\n以下各项都由居民商定。\n"
        "一、环境\n垃圾分类投放。\n二、其他\n自公布之日起施行。\n"
    )
    assert [p.text.count("\n") for p in drafted(text).read.outline.parts[:2]] == [2, 0]


def test_a_second_list_in_a_division_is_asked_about() -> None:
    """As within an article; one list alone is not."""
    text = "# 小准则\n\n## 一、标准\n\n鼓励的行为：\n\n* 尊重；\n* 友善。\n\n不可接受的行为：\n\n* 骚扰；\n* 侮辱。\n\n## 二、其他\n\n自公布之日起施行。\n"
    assert any("另有列举" in zh for zh, _ in structural(drafted(text, "准则.md")))
    one = text.replace("不可接受的行为：\n\n* 骚扰；\n* 侮辱。\n\n", "")
    assert not any("另有列举" in zh for zh, _ in structural(drafted(one, "准则.md")))


# -- a line that was broken

BROKEN = (
    "小公约\n第一条 会员应当遵守以下规定：\n诚实守信，不得以次充\n好；\n按时缴费，不得拖\n欠；\n互相帮助。\n"
    "第二条 会员可以退出，退出的应当提前三十\n日通知。\n第三条 本公约自公布之日起施行。\n"
)


def test_an_item_broken_in_two_is_asked_about_and_is_one_again() -> None:
    """Five items were three, in silence; one answer for all lines takes those alone that go on; as read again, all is as it was."""
    d = drafted(BROKEN)
    assert len(d.read.outline.parts[0].items) == 5 and any("断成几行" in zh for zh, _ in structural(d))
    said = roles(["2-10=on"], d)
    assert said == {4: "on", 6: "on", 9: "on"}
    made, _ = say(d, said)
    assert [i.text for i in made.read.outline.parts[0].items] == [
        "诚实守信，不得以次充好；",
        "按时缴费，不得拖欠；",
        "互相帮助。",
    ]
    assert parts(made)[1] == ("2", None, "会员可以退出，退出的应当提前三十日通知。") and structural(made) == []
    assert [(n, role) for n, _, role, _ in lines(made) if role == "on"] == [(4, "on"), (6, "on"), (9, "on")]
    assert made.read.shown.left_out == () and made.read.laid[2].words == "诚实守信，不得以次充"
    back, _ = say(made, dict.fromkeys(said, ""))
    assert back.read.outline == d.read.outline


def test_items_that_all_end_or_none_are_not_asked_about() -> None:
    """Names without any stop, and a list of which every line has one."""
    for items in ("苹果\n梨子\n桃子\n", "守约；\n到会；\n缴费。\n"):
        text = f"小公约\n第一条 会员应当遵守以下规定：\n{items}第二条 本公约自公布之日起施行。\n"
        assert not any("断成几行" in zh for zh, _ in structural(drafted(text))), items


def test_the_first_line_is_the_rest_of_none() -> None:
    """Nothing stands above it."""
    with pytest.raises(BadBinding):
        say(drafted("本公约如下\n第一条 秘书处执行本公约。\n第二条 自公布之日起施行。\n"), {1: "on", 2: "title"})


@pytest.mark.parametrize("name", EXPECTED)
def test_no_words_are_lost_where_a_line_is_the_rest_of_the_one_above(name: str) -> None:
    """Every fifth line of a sample, each by itself: the end of every line stands in the title, a heading, a part or what is left out."""
    text, found = data(name), parser.outline(data(name), name)
    before = parser.laid_lines(text, name, found, {})
    for one in before[2::5]:
        said = {one.line: "on"}
        made = parser.outline(text, name, None, said)
        kept = [made.title, *(c.title for c in made.chapters), *(p.text for p in made.parts)]
        kept += [x.words for x in parser.lines_left_out(text, name, made, said)]
        whole = close("\n".join(kept))
        assert all(close(x.words)[-6:] in whole for x in before if x.role != "heading"), one
        assert len({p.at for p in made.parts}) == len(made.parts)
        assert all(p.items == items_of(p.text) for p in made.parts)
