"""The outline confirmed as a whole: what is shown of it, when it is asked about, and what is refused until somebody says that it is so."""

from __future__ import annotations

import time

import msgspec
import pytest
from msgspec.structs import replace

from gongyue.covenant import draft_edition, parser
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.outline_shown import OutlineRow
from gongyue.covenant.binding.questions import next_question, questions
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.whole_outline import confirm
from gongyue.covenant.edition import BadEdition
from support import pace
from tests.covenant.answering import settle
from tests.covenant.test_samples import EXPECTED, data

SEED = "zgc-big-data.txt"
SMALL = "小公约\n第一条 秘书处执行本公约。\n第二条 修改本公约须经全体会员三分之二以上同意。\n第三条 本公约自公布之日起施行。\n"


def drafted(text: str, name: str = "小公约.txt") -> Drafting:
    """A new draft on a text."""
    return binding_draft.begin(text.encode(), name)


def rows(d: Drafting) -> dict[str, OutlineRow]:
    """The rows by address."""
    return {row.at: row for c in d.read.shown.chapters for row in c.rows}


def looks(d: Drafting) -> dict[str, list[str]]:
    """What is worth a second look, in Chinese."""
    return {at: [zh for zh, _ in row.looks] for at, row in rows(d).items() if row.looks}


# -- what is shown


def test_the_covenants_own_outline_by_its_figures() -> None:
    """Four chapters, 26 articles, one with five items; no line of the file is left out."""
    shown = binding_draft.begin(data(SEED), SEED).read.shown
    assert shown.total == (
        "4 章 26 条（第1条至第26条），其中 1 处分项，共 5 项；文件的各行都在其中；1 处值得再看一眼",
        "4 chapters, 26 articles (第1条 to 第26条), 1 of them with 5 items in all; every line of the file is in it; 1 worth a second look",
    )
    assert [(c.heading, len(c.rows)) for c in shown.chapters] == [
        ("第一章 总则", 5), ("第二章 自律条款", 8), ("第三章 公约的执行", 7), ("第四章 附则", 6),
    ]  # fmt: skip
    second = shown.chapters[1]
    assert second.figures[0] == "8 条（第6条至第13条），其中 1 处分项，共 5 项；1 处值得再看一眼"
    (long,) = [row for row in second.rows if row.looks]
    assert (long.at, long.paragraphs, long.items, long.first, long.last) == ("9", 6, 5, "（一）", "（五）")
    assert long.begins == "大数据行业各类机构应自觉遵守" and long.ends.endswith("活动；。") and len(long.ends) == 14
    assert long.looks == (
        ("特别长：427 字，居中的是 54 字", "very long: 427 characters, where the middle part has 54"),
    )
    assert shown.left_out == ()


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("执行本公约。", "执行本公约。第二章 会员 会员应当守约。", "1", "“第二章 会员 会员应当守约”像标题，读在这里面"),
        ("执行本公约。", "负责：", "1", "以冒号收尾，后面没有内容"),
        ("执行本公约。", "执行。\n（一）召集会议；\n（三）保管簿册。", "1", "项号不接：（三）"),
        ("第三条", "第四条", "4", "编号不接：前面应是第3条"),
        ("第一条 秘书处执行本公约。", "第一条 略。", "1", "特别短：2 字"),
        ("执行本公约。", "执行本公约" + "，并办理各项日常事务" * 40 + "。", "1", "特别长：409 字，居中的是 20 字"),
        ("施行。", "施行", "3", "末段没有以句号一类收尾"),
    ],
)  # fmt: skip
def test_a_row_says_what_is_worth_a_second_look(old: str, new: str, at: str, said: str) -> None:
    """A heading in a sentence, a colon above nothing, items and articles that skip, a part cut off or swollen: each in words, no other row."""
    d = drafted(SMALL.replace(old, new))
    assert said in looks(d)[at] and set(looks(d)) == {at}, looks(d)
    assert "1 处值得再看一眼" in d.read.shown.total[0]


def test_a_long_run_of_blanks_is_looked_through_once() -> None:
    """Twenty thousand in one article took eight seconds: every blank was begun at anew."""
    d = drafted(SMALL.replace("执行本公约。", "执行本公约。" + " " * 20_000 + "第二章 会员 会员应当守约。"))
    assert d.read.outline.parts
    began = time.process_time()
    assert any("像标题" in zh for zh in looks(d)["1"])
    assert pace.seconds_since(began) < 1


def test_a_heading_without_anything_below_it_is_shown_in_its_place() -> None:
    """With its name; the figures say that there is nothing."""
    text = SMALL.replace("第一条", "第一章 总则\n第二章 会员\n第一条").replace("第三条", "第三章 附则\n第三条")
    shown = drafted(text).read.shown
    assert [(c.heading, len(c.rows), c.figures[0]) for c in shown.chapters] == [
        ("第一章 总则", 0, "没有内容"), ("第二章 会员", 2, "2 条（第1条至第2条）"), ("第三章 附则", 1, "1 条"),
    ]  # fmt: skip
    assert shown.chapters[0].looks[0][0] == "标题之下什么也没有" and shown.total[0].startswith("3 章 3 条")


# -- what was left out


def test_a_line_that_belongs_to_no_part_is_listed() -> None:
    """Signatures with why; what was lost in silence too: front matter and a comment of Markdown leave nothing that is read."""
    ended = drafted(SMALL + "\n小公约秘书处\n2026年1月1日\n").read.shown
    assert [(x.line, x.words, x.why.partition("（")[0]) for x in ended.left_out] == [
        (6, "小公约秘书处", "末条之后的文字"), (7, "2026年1月1日", "末条之后的文字"),
    ]  # fmt: skip
    assert "文件里另有 2 行不属于任何一处" in ended.total[0] and "2 more lines of the file in no part" in ended.total[1]
    marked = "---\nowner: 秘书处\n---\n# " + SMALL.replace("第三条", "<!-- 会员不得退会 -->\n\n第三条")
    left = drafted(marked, "小公约.md").read.shown.left_out
    assert [(x.line, x.words, x.why) for x in left] == [(2, "owner: 秘书处", ""), (7, "<!-- 会员不得退会 -->", "")]


def test_a_line_the_reader_drops_is_found_whatever_drops_it() -> None:
    """Laid beside a reading that lacks one paragraph: that line alone, and short lines are not taken for the words around them."""
    text = SMALL.replace("第二条", "会员\n第二条 会员应当守约。\n第三条").replace("第三条 本公约", "第四条 本公约")
    found = parser.outline(text.encode(), "小公约.txt")
    without = replace(found, parts=tuple(p for p in found.parts if p.at != "3"))
    (lost,) = [x for x in parser.lines_left_out(text.encode(), "小公约.txt", without) if x.line > 3]
    assert (lost.line, lost.words, lost.why) == (5, "第三条 修改本公约须经全体会员三分之二以上同意。", "")


def test_lines_that_hold_several_articles_are_in_all_of_them() -> None:
    """A chapter and two articles on one line; a name of a chapter that begins its article as well; contents that say all of it before."""
    text = "小公约\n目录\n第一章 总则\n第二章 会员\n第一章 总则 第一条 秘书处执行本公约。第二条 会员应当守约。\n第二章 会员\n第三条 会员可以退出。\n"
    left = drafted(text).read.shown.left_out
    assert {x.why.partition("，")[0] for x in left} == {"目录"} and [x.line for x in left] == [2, 3, 4]


@pytest.mark.parametrize("name", EXPECTED)
def test_no_line_of_a_sample_is_lost_in_silence(name: str) -> None:
    """Whatever is left out is said to be so by the reader, and is in no part."""
    d = binding_draft.begin(data(name), name)
    assert not [x for x in d.read.shown.left_out for p in d.read.outline.parts if x.words in p.text]
    assert all(x.why for x in d.read.shown.left_out)
    assert sum(len(c.rows) for c in d.read.shown.chapters) == len(d.read.outline.parts)


# -- asked, answered, asked again


def test_it_is_asked_once_the_lines_in_doubt_are_answered_and_before_anything_is_bound() -> None:
    """An answer before that is refused; afterwards it is asked first, and is not asked again of the same outline."""
    d = binding_draft.begin(data("云集平台公约.txt"), "云集平台公约.txt")
    assert not [q for q in questions(d) if q.kind == "outline"] and d.doubts
    with pytest.raises(BadBinding, match="先答完那些"):
        confirm(d, so=True)
    for doubt in d.doubts:
        d = d.resolve(doubt.line, "=" if doubt in d.read.outline.assumed else doubt.at)
    first = next_question(d)
    assert first is not None and (first.kind, first.stage, first.choices) == (
        "outline",
        "structure",
        ("as-read", "not-so", "mend"),
    )
    assert first.zh.startswith("全文的结构：9 条（第1条至第9条）")
    done = confirm(d, so=True)
    assert done.draft.steps == d.draft.steps and not [q for q in questions(done) if q.kind == "outline"]
    kept, _ = binding_draft.resume(
        data("云集平台公约.txt"), "云集平台公约.txt", draft_file.load(draft_file.dump(done.draft))
    )
    assert kept.outline_said == "=" and kept.draft == done.draft


def test_an_answer_that_changes_the_outline_asks_again() -> None:
    """第八条 is called 第七条 after all: other parts are shown than were confirmed. Binding words asks nothing again."""
    d = binding_draft.begin(data("云集平台公约.txt"), "云集平台公约.txt").resolve(9, "8")
    d = confirm(d, so=True)
    bound = d.accept("amendment.adoption")
    assert bound.draft.steps and (bound.outline_said, bound.undo().outline_said) == ("=", "=")
    other = d.resolve(9, "7")
    assert (d.outline_said, other.outline_said) == ("=", "")
    assert confirm(other.resolve(other.doubts[0].line, other.doubts[0].at), so=True).resolve(9, "8").outline_said == ""


def test_another_text_asks_again_where_it_is_shown_otherwise() -> None:
    """An article more; the answers given before stay."""
    d = confirm(drafted(SMALL), so=True).accept("amendment.adoption")
    same, _ = binding_draft.resume(SMALL.replace("\n", "\r\n").encode(), "小公约.txt", d.draft)
    more, _ = binding_draft.resume((SMALL + "第四条 会员应当守约。\n").encode(), "小公约.txt", d.draft)
    assert (same.outline_said, more.outline_said) == ("=", "") and more.bound == {"amendment.adoption"}
    first = next_question(more)
    assert first is not None and first.kind == "outline"


def test_nothing_is_frozen_until_the_outline_is_confirmed() -> None:
    """All else answered: one fault, of what was not said; said not to be so, a conflict that says how to mend it; then ready."""
    done, _ = settle(drafted(SMALL), [])
    assert done.ready and draft_edition.edition_of(done).open == ()
    unsaid = Drafting(done.read, replace(done.draft, outline=""))
    assert [(f.why, f.zh) for f in draft_edition.faults_of(unsaid)] == [
        ("doubt", "全文的结构还没有整体确认：3 条（第1条至第3条）；文件的各行都在其中")
    ]
    with pytest.raises(BadEdition, match="还没有整体确认"):
        draft_edition.edition_of(unsaid)
    denied = confirm(done, so=False)
    assert [f.why for f in denied.conflicts] == ["outline"] and not denied.ready
    assert "说明读错的行是什么" in denied.conflicts[0].zh and "answer that it is so" in denied.conflicts[0].en
    with pytest.raises(BadEdition, match="不是这样"):
        draft_edition.edition_of(denied)
    assert next_question(denied) is None and confirm(denied, so=True).ready
    assert draft_edition.edition_of(confirm(denied, so=True)) == draft_edition.edition_of(done)


def test_a_draft_of_before_is_gone_on_with_and_asked() -> None:
    """Its file says nothing of the outline."""
    done, _ = settle(drafted(SMALL), [])
    kept = msgspec.json.decode(draft_file.dump(done.draft))
    del kept["outline"]
    old, carried = binding_draft.resume(SMALL.encode(), "小公约.txt", draft_file.load(msgspec.json.encode(kept)))
    assert old.records == done.records and carried == binding_draft.Carried() and old.draft.steps == done.draft.steps
    assert [q.id for q in questions(old)] == ["outline"]


def test_a_file_that_says_neither_confirms_nothing() -> None:
    """A draft's file can be written by hand: a mark that no answer makes is no answer, and the outline is asked about."""
    done, _ = settle(drafted(SMALL), [])
    forged = Drafting(done.read, replace(done.draft, outline="?" + done.read.shown_digest))
    assert forged.outline_said == "" and not forged.ready and [q.id for q in questions(forged)] == ["outline"]
    with pytest.raises(BadEdition, match="没有整体确认"):
        draft_edition.edition_of(forged)


def test_two_megabytes_are_shown_in_less_than_a_tenth_of_the_time_they_take_to_read() -> None:
    """Rows, lines left out and the digest, made once; the least of three, as whatever else goes on only makes it more."""
    long = [line.partition("条")[2] for line in data(SEED).decode().split("\n") if len(line) > 40]
    text = "\n".join(["大公约", *(f"第{n}条 {long[n % len(long)]}" for n in range(1, 5_000))])
    to_read, to_show = list[float](), list[float]()
    for _ in range(3):
        began = time.process_time()
        d = drafted(text)
        read = time.process_time()
        assert len(rows(d)) == 4_999 and d.read.shown_digest
        to_read.append(read - began)
        to_show.append(time.process_time() - read)
    assert min(to_show) < min(to_read) / 10
    assert d.read.shown is d.accept("office.executive").read.shown


def test_a_heading_whose_name_begins_as_a_label_is_no_line_left_out() -> None:
    """1. 项目结构: 项 is its name's. A line of nothing but <br> says nothing; one of a comment does."""
    text = "# 社区章程\n\n## 1. 项目结构\n\n社区由三个项目组成。\n<br>\n<!-- 待议 -->\n## 2. 章程修改\n\n须经三分之二以上成员同意。\n"
    found = parser.outline(text.encode(), "社区.md")
    assert [(c.number, c.title) for c in found.chapters] == [(1, "项目结构"), (2, "章程修改")]
    assert [(one.line, one.words) for one in parser.lines_left_out(text.encode(), "社区.md", found)] == [
        (7, "<!-- 待议 -->")
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [("<p 本公约须经主管部门批准后方可施行>", True), ("<b 违约者除名>", True), ('<p align="center">', False), ("<hr/>", False)],
)  # fmt: skip
def test_a_line_that_is_a_tag_with_words_in_it_is_told(line: str, told: bool) -> None:
    """A tag is nothing where all of it is ASCII."""
    text = f"# 小公约\n\n第一条 秘书处执行本公约。\n\n{line}\n\n第二条 会员应当守约。\n"
    found = parser.outline(text.encode(), "小公约.md")
    left = [one.words for one in parser.lines_left_out(text.encode(), "小公约.md", found)]
    assert left == ([line] if told else [])
