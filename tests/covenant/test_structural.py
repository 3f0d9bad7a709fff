"""What the reader alone decided of a text's structure is answered before freezing; what only looks untidy is not asked."""

from __future__ import annotations

import pytest

from gongyue.covenant import draft_edition
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import questions
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.parser import outline

from .test_samples import EXPECTED, data

ARTICLES = "第一条 甲守约。\n第二条 乙守约。\n第三条 本公约自公布之日起施行。\n"
GAPPED = "# 小公约\n\n## 1. 归属\n\n归岸民所有。\n\n## 2. 守则\n\n### 2.1 捕捞\n\n不得滥捕。\n\n### 2.3 航行\n\n船只应当慢行，注意安全。\n"
ASKED_OF_SAMPLES = {
    "海燕协会章程.txt": 1, "青禾读书会章程.txt": 1, "松果开源社区治理.md": 3, "云集平台公约.txt": 1, "湖畔公约.txt": 2,
    "城市居民委员会组织法.txt": 1, "人民團體法.txt": 4, "智谱林自律倡议.txt": 1, "竹苑业主规约.txt": 2,
}  # fmt: skip
"""How many lines of each sample a person answers besides its numbering; of every other none."""
SEVERAL = {"松果开源社区治理.md": [16, 16], "城市居民委员会组织法.txt": [51, 51, 51]}
"""Lines with two readings, each of which may be answered on its own."""


def asked(text: str, name: str = "小公约.txt") -> list[tuple[int, str]]:
    """The line of each place of the structure that is asked about, and why."""
    return [(d.line, d.why.partition(" / ")[0]) for d in outline(text.encode(), name).assumed if d.structural]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_takes_a_handful_of_answers_at_most(name: str) -> None:
    """And the covenant that comes with the software none."""
    assumed = outline(data(name), name).assumed
    assert len({d.line for d in assumed}) == ASKED_OF_SAMPLES.get(name, 0) <= 4
    assert [d.line for d in assumed if d.nth] == SEVERAL.get(name, [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("小公约\n各方应当守约，并自愿加入。\n" + ARTICLES, 2, "第一条之前的文字"),
        ("小公约\n" + ARTICLES + "附件一：会费办法\n会费每年缴纳。\n", 5, "末条之后的文字"),
        ("小公约\n第一章 总则\n为守约而订。\n" + ARTICLES, 3, "章、节名称之下"),
        ("小公约\n第一章 总则\n第一条 甲守约。\n第三章 修改\n第二条 乙守约。\n第三条 本公约自公布之日起施行。\n", 4, "章号不连续"),
        ("小公约\n第一章 总则\n第一条 甲守约。\n第一章 修改\n第二条 乙守约。\n第三条 本公约自公布之日起施行。\n", 4, "章号不连续"),
        ("小公约\n第一章 总则\n第一条 甲守约。\n第二章 修改\n第一条 乙守约。\n第二条 本公约自公布之日起施行。\n", 5, "条号在这一章重新自一起"),
        ("小公约\n第一条 包括：\n（一）守约；\n（三）守法。\n第二条 本公约自公布之日起施行。\n", 4, "项号不连续"),
        ("小公约\n第一条 甲守约。\n（本条依法试行制定。）\n第二条 本公约自公布之日起施行。\n", 3, "整段在括号里"),
        ("小公约\n第一条 甲守约。\n会费\n第二条 本公约自公布之日起施行。\n", 3, "标题"),
        (ARTICLES, 1, "文首没有标题"),
        (GAPPED, 13, "编号与前一处不相连"),
    ],
)  # fmt: skip
def test_a_place_that_the_reader_decided_is_asked(text: str, line: int, said: str) -> None:
    """Once, at its line, with what was decided."""
    name = "小公约.md" if text.startswith("#") else "小公约.txt"
    found = [why for at, why in asked(text, name) if at == line]
    assert len(found) == 1 and said in found[0], asked(text, name)


@pytest.mark.parametrize(
    "text",
    [
        "小公约\n" + ARTICLES,
        "小公约\n（2026年3月1日会员大会通过）\n" + ARTICLES,
        "小公约\n1989年5月5日 国务院第40次常务会议通过\n" + ARTICLES,
        "小公约\n" + ARTICLES + "湖畔书店联盟\n二〇二一年五月四日\n",
        "小公约\n第一章 总则\n第一节 入会\n" + ARTICLES,
        "小公约\n第一条 甲守约，，不 得泄露。\n第二条 乙守约。\n",
    ],
)
def test_what_is_only_untidy_is_shown_and_not_asked(text: str) -> None:
    """Titles, dates of adoption, signatures, sections, doubled punctuation."""
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("小公约\n第一条 甲守约。\n（本条依法试行制定。）\n第二条 乙守约。\n（本条依法试行制定。）\n第三条 本公约自公布之日起施行。\n", [3, 5]),
        ("小公约\n第一条 包括：\n（一）守约；\n（三）守法。\n第二条 又包括：\n（一）守约；\n（三）守法。\n第三条 本公约自公布之日起施行。\n", [4, 7]),
    ],
)  # fmt: skip
def test_of_equal_lines_each_is_asked_at_its_own(text: str, lines: list[int]) -> None:
    """Two lines that read alike and are odd for the same reason: two questions, neither at the other's line."""
    assert [line for line, _ in asked(text)] == lines


def test_headings_that_nothing_marks_are_asked_about_together() -> None:
    """One answer for all that were taken so; each is quoted."""
    text = "小公约\n归属\n湖归岸民所有，岸归村。\n守则\n人人应当守约。\n修改\n修改须经会员三分之二以上同意。\n"
    (doubt,) = [d for d in outline(text.encode(), "x.txt").assumed if d.structural]
    assert doubt.line == 2 and doubt.words == "归属……守则……修改"


def test_more_than_twenty_of_one_kind_are_asked_about_together() -> None:
    """A text made to tire its reader is asked about once."""
    text = "小公约\n" + "".join(f"第{n}条 甲守约。\n（按语{n}：略。）\n" for n in range(1, 31))
    (doubt,) = [d for d in outline(text.encode(), "x.txt").assumed if d.structural]
    assert doubt.words.count("按语") == 30


ODD = "小公约\n第一条 秘书处执行本公约。\n会费\n第二条 本公约自公布之日起施行。\n"


def test_freezing_refuses_until_the_structure_is_confirmed() -> None:
    """The answer is kept in the draft; whoever says that it is not so mends the text first."""
    d = binding_draft.begin(ODD.encode(), "小公约.txt")
    question = questions.next_question(d)
    assert question is not None and (question.kind, question.line) == ("structure", 3)
    assert question.choices == ("as-read", "not-so", "mend") and "doubt" in {f.why for f in d.faults}
    with pytest.raises(BadEdition, match="标题"):
        draft_edition.edition_of(d)
    so = d.resolve(3, AS_READ)
    assert so.doubts == () and draft_edition.edition_of(so).parts
    kept, _ = binding_draft.resume(ODD.encode(), "小公约.txt", so.draft)
    assert kept.doubts == ()
    denied = d.resolve(3, NOT_SO)
    assert [f.why for f in denied.conflicts if f.why == "structure"] == ["structure"]
    with pytest.raises(BadEdition, match="改好文本"):
        draft_edition.edition_of(denied)
    mended, _ = binding_draft.resume(ODD.replace("会费\n", "").encode(), "小公约.txt", denied.draft)
    assert mended.doubts == () and draft_edition.edition_of(mended).parts
