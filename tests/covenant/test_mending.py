"""Lines that were read wrongly and a person said what they are: the outline is what was said, and nothing else of it changes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gongyue.covenant import draft_edition, parser
from gongyue.covenant.addresses import label_of
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import Resolved
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.said_headings import no_heading
from gongyue.covenant.binding.whole_outline import ROLE_NAMES, confirm, say
from gongyue.covenant.edition import BadEdition, items_of
from gongyue.covenant.parser import lines
from gongyue.covenant.parser.mending import ROLES, LaidLine, mended
from gongyue.covenant.text import Outline
from tests.covenant.answering import settle
from tests.covenant.test_samples import EXPECTED, data

CLUB = """海风读书会公约
我们在一起读书。
会员应当每月参加一次活动。

如何修改
修改本公约须经全体会员三分之二以上同意。

海风的活动安排如下：
1. 春季读书
2. 秋季读书

其他
本公约自公布之日起施行。
海风读书会
2026年1月1日
"""
LAW = (
    "小公约\n第一条 秘书处执行本公约。\n第二章 会员 会员应当守约！\n会员可以随时退出。\n"
    "第二条 修改本公约须经全体会员三分之二以上同意。\n第三条 本公约自公布之日起施行。\n"
)


ALONE = tuple(role for role in ROLES if role != "on")
"""What a line is by itself; of one that is the rest of the line above see `test_parting`."""


def read(text: str, **said: str) -> Outline:
    """A text with what is said of its lines: l5="heading"."""
    return parser.outline(text.encode(), "小公约.txt", None, {int(n[1:]): role for n, role in said.items()})


def read_lines(text: bytes) -> list[lines.Line]:
    """The lines of a text file."""
    return lines.of_text(text.decode(), False)


def laid(found: Outline, text: str, **said: str) -> dict[int, LaidLine]:
    """Its lines, by number."""
    lines = {int(n[1:]): role for n, role in said.items()}
    return {one.line: one for one in parser.laid_lines(text.encode(), "小公约.txt", found, lines)}


def parts(found: Outline) -> list[tuple[str, int | None, str]]:
    """The parts: address, chapter, text."""
    return [(p.at, p.chapter, p.text) for p in found.parts]


# -- what each role does


def test_a_heading_divides_a_text_without_any() -> None:
    """What stood below it in one row of paragraphs stands in a section; one that was read as two headings is left as it was."""
    plain = "海风公约\n我们在一起读书，互相帮助。\n读书的时候要安静，不得吃东西，\n看完放回原处。\n活动每月一次，自愿参加。\n"
    assert parts(read(plain)) == [
        ("¶1", None, "我们在一起读书，互相帮助。"), ("¶2", None, "读书的时候要安静，不得吃东西，\n看完放回原处。"), ("¶3", None, "活动每月一次，自愿参加。"),
    ]  # fmt: skip
    found = read(plain, l3="heading")
    assert (found.scheme, [c.title for c in found.chapters]) == ("sections", ["读书的时候要安静，不得吃东西，"])
    assert parts(found) == [
        ("¶1", None, "我们在一起读书，互相帮助。"), ("§1/1", 1, "看完放回原处。"), ("§1/2", 1, "活动每月一次，自愿参加。"),
    ]  # fmt: skip
    assert [p.label for p in found.parts] == ["第1段", "第1节第1段", "第1节第2段"]


def test_a_heading_among_articles_names_what_stands_below_it() -> None:
    """Articles keep their numbers; the line below the heading, once the article's, is a paragraph of the chapter."""
    assert read(LAW).parts[0].text == "秘书处执行本公约。\n第二章 会员 会员应当守约！\n会员可以随时退出。"
    found = read(LAW, l3="heading")
    assert [(c.number, c.title) for c in found.chapters] == [(2, "会员 会员应当守约！")]
    assert parts(found) == [
        ("1", None, "秘书处执行本公约。"), ("¶1", 1, "会员可以随时退出。"),
        ("2", 1, "修改本公约须经全体会员三分之二以上同意。"), ("3", 1, "本公约自公布之日起施行。"),
    ]  # fmt: skip


def test_a_heading_that_is_none_goes_on_or_begins_a_part() -> None:
    """其他 was a section's name: as text it belongs to the list above, or stands for itself below the heading before."""
    before = read(CLUB)
    assert [c.title for c in before.chapters] == ["如何修改", "其他"]
    above = read(CLUB, l12="above")
    assert [c.title for c in above.chapters] == ["如何修改"] and parts(above)[-2:] == [
        ("§1/2", 1, "海风的活动安排如下：\n1. 春季读书\n2. 秋季读书\n其他"), ("§1/3", 1, "本公约自公布之日起施行。"),
    ]  # fmt: skip
    part = read(CLUB, l12="part")
    assert parts(part)[-2:] == [("§1/3", 1, "其他"), ("§1/4", 1, "本公约自公布之日起施行。")]


def test_a_part_begins_or_goes_on_where_it_is_said() -> None:
    """An item stands for itself; a paragraph goes into the one above; items follow from the characters."""
    found = read(CLUB, l10="part", l3="above")
    assert parts(found)[0] == ("¶1", None, "我们在一起读书。\n会员应当每月参加一次活动。")
    assert parts(found)[2:4] == [("§1/2", 1, "海风的活动安排如下：\n1. 春季读书"), ("§1/3", 1, "2. 秋季读书")]
    assert all(p.items == items_of(p.text) and p.label == label_of(p.at) for p in found.parts)


def test_what_is_no_text_is_listed_with_who_said_so_and_what_was_left_out_comes_in() -> None:
    """A line said to be no text is left out with why; the signature can be a paragraph; the date stays out with its own reason."""
    found = read(CLUB, l2="out", l14="part")
    left = parser.lines_left_out(CLUB.encode(), "小公约.txt", found)
    assert [(one.line, one.told[0]) for one in left] == [
        (2, "有人说明不属于正文"),
        (15, "文末的落款、日期，不属于正文"),
    ]
    assert parts(found)[-1] == ("§2/2", 2, "海风读书会")


def test_the_title_is_another_line_or_none() -> None:
    """Said to be a heading, the first line is the title no more and the file's name stands for it; another line may be."""
    found = read(CLUB, l1="heading")
    assert (found.title, found.chapters[0].title, found.parts[0].at) == ("小公约", "海风读书会公约", "§1/1")
    found = read(CLUB, l1="part", l2="title")
    assert (found.title, parts(found)[0]) == ("我们在一起读书。", ("¶1", None, "海风读书会公约"))
    assert [one.role for one in laid(found, CLUB, l1="part", l2="title").values()][:3] == ["part", "title", "part"]


def test_an_article_that_was_only_mentioned_goes_into_the_one_above_with_its_label() -> None:
    """Its whole line goes; what stood below it goes with it; the doubt about its number is settled."""
    text = LAW.replace("第三条", "第五条")
    assert [d.line for d in read(text).doubts] == [6]
    found = read(text, l6="above")
    assert found.doubts == () and parts(found)[-1][2].endswith("同意。\n第五条 本公约自公布之日起施行。")


def test_a_part_that_somebody_began_may_be_given_its_printed_number() -> None:
    """第点三条 is no number: said to begin a part and given 3, it is article 3 without its label; a number that is there is refused."""
    text = "小公约\n第一条 秘书处执行本公约。\n第二条 会员应当守约。\n第点三条 会员可以退出。\n第四条 本公约自公布之日起施行。\n"
    d, _ = say(drafted(text), {4: "part"})
    assert [p.at for p in d.read.outline.parts] == ["1", "2", "¶1", "4"]
    given = d.resolve(4, "3")
    assert [(p.at, p.text) for p in given.read.outline.parts][2] == ("3", "会员可以退出。")
    with pytest.raises(BadBinding, match="第2条已有"):
        d.resolve(4, "2")
    with pytest.raises(BadBinding, match="第 4 行不是一条的起首，请先说明它另起一处"):
        say(d, {4: "above"})[0].resolve(4, "7")


def test_what_is_left_of_a_part_keeps_its_address() -> None:
    """Its first line is furniture: the rest stands where it stood, and nothing else is numbered anew."""
    text = "# 社区章程\n\n## 1. 目的\n\n我们互助。\n\n## 2. 修改\n\n须知如下：\n- 三分之二以上成员同意；\n- 公布。\n\n须公示七日。\n"
    before = [p.at for p in read(text).parts]
    found = parser.outline(text.encode(), "小公约.md", None, {9: "out"})
    assert [p.at for p in found.parts] == [p.at for p in parser.outline(text.encode(), "小公约.md").parts] and before
    assert found.parts[1].text.startswith("三分之二以上成员同意")


def test_a_line_that_holds_two_articles_moves_as_one() -> None:
    """第一条…第二条… on one line, said to be no text: both go."""
    text = "小公约\n第一条 秘书处执行本公约。第二条 会员应当守约。\n第三条 本公约自公布之日起施行。\n"
    assert [p.at for p in read(text).parts] == ["1", "2", "3"] and [p.at for p in read(text, l2="out").parts] == ["3"]


# -- laws


@pytest.mark.parametrize("name", EXPECTED)
def test_saying_of_every_line_what_it_is_changes_nothing(name: str) -> None:
    """Every sample, with all of its lines said to be what they were read as: the same parts, chapters and title."""
    found = parser.outline(data(name), name)
    said = {one.line: one.role for one in parser.laid_lines(data(name), name, found, {})}
    again = parser.outline(data(name), name, None, said)
    assert (again.parts, again.chapters, again.title, again.scheme) == (found.parts, found.chapters, found.title, found.scheme)  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_each_line_may_be_anything_and_no_words_are_lost(name: str) -> None:
    """Any line as any role is read as it is said; its words stand in the parts, the headings or what is left out; each address once."""
    text, found = data(name), parser.outline(data(name), name)
    before = parser.laid_lines(text, name, found, {})
    for n, one in enumerate(before):
        role = ALONE[n % len(ALONE)]
        titles = [x.line for x in before if x.role == "title" and x is not one and role == "title"]
        said = dict.fromkeys(titles, "out") | {one.line: role}
        made = parser.outline(text, name, None, said)
        after = {x.line: x for x in parser.laid_lines(text, name, made, said)}
        first = role == "above" and after[one.line].role == "part"  # nothing stands above the first line
        assert (after[one.line].role == role or first) and len({p.at for p in made.parts}) == len(made.parts)
        assert all(p.items == items_of(p.text) and p.label == label_of(p.at) for p in made.parts)
        left = {x.line for x in parser.lines_left_out(text, name, made, said)}
        for x in after.values():
            assert _stands(x, made, left), (one, role, x)


def _stands(one: LaidLine, made: Outline, left: set[int]) -> bool:
    """Whether a line's words are where it is said that they are."""
    words = re.sub("^第.{1,4}章", "", _plain(one.words))[-8:]  # a chapter's number is kept as a number
    if one.role == "out":
        return one.line in left
    if one.role in ("title", "heading"):
        return words[-2:] in _plain("".join([made.title, *(c.title for c in made.chapters)]))
    return words in _plain(next(p.text for p in made.parts if p.at == one.at))


POOL = [
    "第一条 会员守约。", "第二条 可以退出。", "第一章 总则", "第二章 总则", "总则", "一、会员", "二、退出", "1. 守约；", "（二）互助。", "海风社",
    "会员应当守约，互相帮助。", "## 修改", "2026年1月1日", "", "第一条", "第三章 会员 第一条 会员守约。",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(POOL), min_size=3, max_size=10), st.dictionaries(st.integers(1, 11), st.sampled_from(ROLES), max_size=4)
)  # fmt: skip
def test_whatever_is_said_of_whatever_lines_an_outline_comes_of_it(found: list[str], roles: dict[int, str]) -> None:
    """Lines of every kind in any order, any roles: addresses once, items of the characters, chapters that are there."""
    text = "\n".join(["邻里公约会员规约", *found, "会员应当遵守本公约的规定。"]).encode()
    made = parser.outline(text, "小公约.md", None, roles)
    assert len({p.at for p in made.parts}) == len(made.parts)
    assert all(p.items == items_of(p.text) and p.label == label_of(p.at) for p in made.parts)
    assert all(p.chapter is None or 1 <= p.chapter <= len(made.chapters) for p in made.parts)
    parser.lines_left_out(text, "小公约.md", made, roles)
    assert len(parser.laid_lines(text, "小公约.md", made, roles)) <= text.count(b"\n") + 1


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize(
    "line", ["第{0}条 会员应当守约。\n", "第{0}章 会员\n第{0}条 会员应当守约。\n", "## 会员\n会员应当守约。\n"]
)
def test_a_long_text_is_mended_in_proportion(line: str) -> None:
    """Articles, chapters or headings by the thousand: twice the text takes less than four times as long to lay out and to mend."""
    times = []
    for n in (1_000, 2_000):
        text = ("大公约\n" + "".join(line.format(i) for i in range(1, n + 1))).encode()
        found = parser.outline(text, "大公约.txt")
        times.append(min(_to_mend(text, found, n) for _ in range(3)))
    assert times[1] < 4 * times[0] + 0.1


# -- in a draft


def drafted(text: str) -> Drafting:
    """A new draft on a text."""
    return binding_draft.begin(text.encode(), "小公约.txt")


def test_an_edition_is_made_of_what_was_said() -> None:
    """The outline is asked about again, and what is frozen has the heading; kept in the file, it is there when the draft is opened again."""
    done, _ = settle(drafted(LAW), [])
    assert done.outline_said == "="
    said, _ = say(done, {3: "heading", 4: "above"})
    assert said.outline_said == "" and [c.number for c in said.read.outline.chapters] == [2]
    again, carried = binding_draft.resume(LAW.encode(), "小公约.txt", draft_file.load(draft_file.dump(said.draft)))
    assert again.read.outline == said.read.outline and carried.bindings == ()
    done, _ = settle(again, [])
    made = draft_edition.edition_of(done)
    assert [c.title for c in made.chapters] == ["会员 会员应当守约！"] and [p.at for p in made.parts][:2] == ["1", "¶1"]


def test_what_somebody_took_out_is_quoted_where_the_text_is_frozen() -> None:
    """With its line and words, in both languages: whoever signs sees the clause that the edition does not have."""
    d, _ = say(drafted(CLUB), {3: "out"})
    assert "文件里另有 3 行不属于任何一处，其中 1 行是人说明的" in d.read.shown.total[0]
    assert "由人说明不属于正文：第 3 行“会员应当每月参加一次活动。”" in d.outline_told[0]
    assert (
        "1 of them by what somebody said" in d.read.shown.total[1]
        and "Said to be no text: line 3 “会员" in d.outline_told[1]
    )


def test_what_the_reader_took_for_no_text_is_quoted_where_the_text_is_frozen() -> None:
    """A rule within a drawing is no part, and nothing can be said of it: whoever signs reads it on the sheet; forty lines at most."""
    drawn = "# 湖心规约\n\n## 修改\n\n修改须经全体成员过半数同意。\n\n```mermaid\ngraph TD\n{}```\n"
    d = binding_draft.begin(drawn.format("A --> B[讨论期七天]\n").encode(), "规约.md")
    assert "软件没有读作正文：第 8 行“graph TD”第 9 行“A --> B[讨论期七天]”" in d.outline_told[0]
    assert "Not read as text: line 8 “graph TD”, line 9 “A --> B" in d.outline_told[1]
    with pytest.raises(BadBinding, match="第 9 行没有可以说明的文字：是空行，或是图"):
        say(d, {9: "part"})
    many = binding_draft.begin(drawn.format("A --> B[讨论期七天]\n" * 40).encode(), "规约.md")
    assert many.outline_told[0].endswith("第 47 行“A --> B[讨论期七天]”，另有 1 行")


def test_a_structure_that_is_not_so_is_mended_by_its_line() -> None:
    """第二章 within the first article is asked about; said to be a heading, nothing is denied, and what is asked is where chapter 1 is."""
    d = drafted(LAW)
    (doubt,) = [one for one in d.doubts if one.structural]
    denied = d.resolve(doubt.line, "!")
    assert [f.why for f in denied.denials] == ["structure"] and "请说明这一行是什么" in denied.denials[0].zh
    said, _ = say(denied, {doubt.line: "heading"})
    assert said.denials == () and [(one.line, one.why.partition(" / ")[0]) for one in said.doubts] == [
        (3, "章号不连续")
    ]


def test_it_can_be_as_it_was_read_after_all() -> None:
    """Taken back, the outline is what it was; another text has nothing said of it."""
    d = drafted(CLUB)
    above, _ = say(d, {12: "above"})
    assert say(above, {12: ""})[0].read.outline == d.read.outline
    other, _ = binding_draft.resume((CLUB + "\n补充。\n").encode(), "小公约.txt", above.draft)
    assert other.read.said == {} and other.draft.resolved == ()


APPROVED = "邻里公约\n第一条 秘书处执行本公约。\n第二条 会员应当守约，\n本公约经主管部门批准后方可施行\n第三条 会员可以退出。\n"


@pytest.mark.parametrize("role", ["heading", "title"])
def test_a_clause_of_a_guard_is_no_heading(role: str) -> None:
    """Approval in a line that somebody calls a heading or the title: refused; written into a draft's file it is in the way of freezing."""
    d = drafted(APPROVED)
    with pytest.raises(BadBinding, match="说到“主管部门批准”，不能是标题"):
        say(d, {4: role})
    forged = replace(d.draft, resolved=(Resolved(4, f"@{role}"),))
    again, _ = binding_draft.resume(APPROVED.encode(), "小公约.txt", forged)
    for doubt in again.doubts:
        again = again.resolve(
            doubt.line, doubt.at if doubt in again.read.outline.doubts else "=" + str(doubt.nth or "")
        )
    assert any(f.why == "outline" and "说到“主管部门批准”" in f.zh for f in again.conflicts)
    with pytest.raises(BadEdition, match="说到“主管部门批准”"):
        draft_edition.edition_of(again)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("本公约的签署与生效", True), ("章程的批准、备案和施行", True), ("生效与解释", True), ("本公约经批准生效", False), ("本公约批准后施行", False),
        ("主管部门批准本公约", False), ("本公约自公布之日起施行", False),
    ],
)  # fmt: skip
def test_a_heading_may_name_a_guards_matter_and_say_nothing_of_it(words: str, names: bool) -> None:
    """签署与生效 above its clauses is a heading; whatever says who approves, or from when, is none."""
    d = drafted(APPROVED.replace("本公约经主管部门批准后方可施行", words))
    assert (no_heading(4, words, d.read.by) is None) is names


def test_a_draft_that_takes_out_every_line_is_read_as_if_it_had_not() -> None:
    """Whoever wrote such a file by hand: there is a text to show, and to discard."""
    d = drafted(CLUB)
    forged = replace(d.draft, resolved=tuple(Resolved(n, "@out") for n in range(1, 16)))
    again, _ = binding_draft.resume(CLUB.encode(), "小公约.txt", forged)
    assert again.read.outline.parts == d.read.outline.parts and again.read.shown == d.read.shown


def test_what_is_bound_goes_with_its_part() -> None:
    """Paragraphs count on where one above is no text; what was bound in the one that is gone is undecided again, and nothing else moves."""
    text = "小公约\n会员应当守约，互相帮助。\n秘书处执行本公约，会长任期二年。\n副会长同前，会长任期二年，可以连任。\n"
    d = drafted(text)
    for doubt in d.doubts:
        d = d.resolve(doubt.line, "=" + str(doubt.nth or ""))
    bound = d.bind("office.term", "会长任期二年", "¶2")
    said, carried = say(bound, {2: "out"})
    assert [(b.at, b.words) for b in said.records.bindings] == [("¶1", "会长任期二年")] and carried.bindings == ()
    assert said.read.parts["¶1"].text.startswith("秘书处") and said.draft.steps == ()
    gone, carried = say(bound, {3: "out"})
    assert gone.records.bindings == () and len(carried.bindings) == 1
    later = d.bind("office.term", "会长任期二年", "¶3")
    kept, _ = say(later, {3: "above"})
    assert [(b.at, b.nth) for b in kept.records.bindings] == [("¶2", 1)] and "副会长" in kept.read.parts["¶2"].text


def test_chapters_named_alike_are_each_its_own_line() -> None:
    """Two chapters of the same name, both empty: each is found at its own line, and said to be no text it is gone alone."""
    text = "小公约\n第一条 秘书处执行本公约。\n第四章 附则\n第五章 附则\n"
    d = drafted(text)
    assert [(x.line, x.role) for x in d.read.laid][2:] == [(3, "heading"), (4, "heading")]
    assert [c.number for c in say(d, {3: "out"})[0].read.outline.chapters] == [5]
    assert [c.number for c in say(d, {4: "out"})[0].read.outline.chapters] == [4]


def test_a_title_that_is_said_twice_hides_no_line() -> None:
    """The second is a paragraph and the name between them was read as a heading: each at its own line, and the heading can be denied."""
    text = "湖心会办理要点\n\n湖心会\n\n湖心会办理要点\n\n一、会员应当守法。\n二、会员应当守信。\n三、会费每年缴纳。\n"
    d = drafted(text)
    assert [(x.line, x.role) for x in d.read.laid][:3] == [(1, "title"), (3, "heading"), (5, "part")]
    assert say(d, {3: "out"})[0].read.outline.chapters == ()


def test_a_chapters_line_that_was_moved_leaves_no_gap() -> None:
    """A heading that was read of a line with others, said to be text: what is below it stands below the heading before."""
    text = "邻里公约\n第一章 总则\n第一节 入会\n第一章 总则\n一、会员\n海风社\n一、会员\n秘书处执行本公约的规定。"
    found = parser.outline(text.encode(), "小公约.txt", None, {5: "part", 4: "out"})
    assert all(p.chapter is None or p.chapter <= len(found.chapters) for p in found.parts)


@pytest.mark.parametrize("name", ["仲裁委员会登记暂行办法.txt", "人民调解委员会组织条例.txt", "zgc-big-data.txt"])
def test_a_line_taken_out_is_listed_by_its_own_number(name: str) -> None:
    """Whatever other line says the same."""
    d = binding_draft.begin(data(name), name)
    before = {one.line for one in d.read.shown.left_out}
    for one in [x for x in d.read.laid if x.role in ("part", "above")][::7]:
        said, _ = say(d, {one.line: "out"})
        assert {x.line for x in said.read.shown.left_out} - before == {one.line}
        assert "其中 1 行是人说明的" in said.read.shown.total[0]


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        ({5: "title"}, "第 1 行原是标题，请一并说明它是什么"),
        ({3: "heading"}, "像一句话，不能是标题"),
        ({3: "title"}, "像一句话，不能是标题"),
        ({99: "out"}, "第 99 行没有可以说明的文字"),
        ({4: "out"}, "第 4 行没有可以说明的文字"),
        ({12: "chapter"}, "没有“chapter”这一种"),
        (dict.fromkeys(range(2, 4), "out") | dict.fromkeys([5, 6, 8, 9, 10, 12, 13], "out"), "就没有条文了"),
    ],
)
def test_what_cannot_be_said(roles: dict[int, str], says: str) -> None:
    """A line without words, a role there is none of, a text of which nothing is left."""
    with pytest.raises(BadBinding, match=says):
        say(drafted(CLUB), roles)


def test_a_made_up_role_in_a_draft_says_nothing() -> None:
    """A draft whose file has been written by hand: what is no role is no answer, and the outline is what it was."""
    d = drafted(CLUB)
    forged = replace(d.draft, resolved=(Resolved(12, "@chapter"), Resolved(2, "@")))
    again, _ = binding_draft.resume(CLUB.encode(), "小公约.txt", forged)
    assert again.read.outline == d.read.outline


def test_every_role_has_a_name() -> None:
    """In Chinese and English."""
    assert tuple(ROLE_NAMES) == ROLES and all(zh and en for zh, en in ROLE_NAMES.values())


def test_a_numbers_answer_and_a_lines_role_stand_beside_each_other() -> None:
    """An address given for a line in doubt leaves what was said of it, and the other way round."""
    text = LAW.replace("第三条", "第五条")
    both, _ = say(drafted(text).resolve(6, "3"), {6: "part"})
    assert both.read.resolved == (Resolved(6, "3"), Resolved(6, "@part")) and both.read.outline.parts[-1].at == "3"
    assert confirm(say(both.resolve(3, "="), {})[0], so=True).outline_said == "="


def test_a_heading_that_is_named_in_the_line_above_is_still_the_heading() -> None:
    """PMC stands in the paragraph above it, too."""
    text = "# 社区章程\n\n社区设 PMC 与会员。\n\n## PMC\n\nPMC 管理社区。\n"
    found = parser.outline(text.encode(), "小公约.md")
    roles = [(x.line, x.role) for x in parser.laid_lines(text.encode(), "小公约.md", found, {})]
    assert roles == [(1, "title"), (3, "part"), (5, "heading"), (7, "part")]


def _to_mend(text: bytes, found: Outline, n: int) -> float:
    """Seconds of processor; what others do on the machine only makes them more, so that the least of several tells."""
    start = time.process_time()
    said = {one.line: one.role for one in parser.laid_lines(text, "大公约.txt", found, {})}
    assert len(said) >= n
    mended(found, read_lines(text), said | {n // 2: "above"})
    return time.process_time() - start
