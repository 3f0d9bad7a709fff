"""A change as a person makes it: the words replaced follow from the two wordings, and the addresses of articles from how people write them."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.covenant.addresses import in_chinese, meant_by
from gongyue.covenant.binding.reader_name import this_reader
from gongyue.covenant.changes import NotApplicable, TextEdit, edited
from gongyue.covenant.edition import Edition
from gongyue.covenant.parser import outline
from gongyue.covenant.redrafting import edits_of, runs
from gongyue.covenant.text import Outline, Part
from gongyue.covenant.whole_text import as_labelled, as_printed, edits_of_whole, text_of
from gongyue.governance.articles import bundled_edition
from tests.covenant.test_samples import EXPECTED, outlined

WORDS = st.text("甲乙丙十分之，\n", max_size=40)


def part(text: str, at: str = "4") -> Part:
    return Part(at, "", None, text)


def applied(text: str, edits: list[TextEdit]) -> str:
    """The text with its words replaced one edit after the other, each of which must find its words exactly once."""
    for edit in edits:
        assert text.count(edit.old) == 1
        text = text.replace(edit.old, edit.new)
    return text


@given(WORDS.filter(bool), WORDS)
def test_the_edits_make_the_new_wording_of_the_old(old: str, new: str) -> None:
    """Whatever was edited; the runs are both wordings, each in its order."""
    assert applied(old, edits_of(part(old), new)) == new
    shown = runs(old, new)
    assert "".join(words for kind, words in shown if kind != "+") == old
    assert "".join(words for kind, words in shown if kind != "-") == new


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("经三分之二以上同意", "经四分之三以上同意", [("三分之二", "四分之三")]),
        ("提议，同意", "提议和附议，同意", [("议，", "议和附议，")]),
        ("甲乙，甲丙", "甲乙，乙丙", [("，甲丙", "，乙丙")]),
        ("三十日内，三十日后", "三十日内，六十日后", [("，三十日", "，六十日")]),
        ("一", "二", [("一", "二")]),
        ("一", "", [("一", "")]),
        ("一", "一", []),
    ],
)
def test_what_is_quoted_is_short_and_stands_once(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    """A number is quoted whole; words that stand twice are quoted with what is around the right one."""
    assert [(e.old, e.new) for e in edits_of(part(old), new)] == edits


def test_long_and_monotonous_texts_are_compared_in_no_time() -> None:
    """690,000 characters of one kind, and two thousand at random: one quotation each."""
    long = "一" * 690_000
    assert applied(long, edits_of(part(long), "二" + long[2:])) == "二" + long[2:]
    many, other = (
        "".join("甲乙丙"[n * n % 3] for n in range(3_000)),
        "".join("甲乙丙"[n * n * n % 3] for n in range(3_000)),
    )
    assert len(edits_of(part(many), other)) == 1


def test_an_article_without_words_cannot_be_edited() -> None:
    """There is nothing to quote."""
    with pytest.raises(NotApplicable, match="没有文字可改"):
        edits_of(part(""), "新")


def test_the_whole_text_handed_in_again_changes_nothing() -> None:
    """As it is printed it reads as it was; words replaced in three articles are three edits in the order of the text."""
    edition = bundled_edition()
    text = text_of(edition)
    assert edits_of_whole(edition, outline(text.encode(), "公约.txt")) == []
    new = text.replace("十分之一", "五分之一").replace("积极推进", "大力推进")
    edits = edits_of_whole(edition, outline(new.encode(), "公约.txt"))
    assert [(e.at, e.old, e.new) for e in edits] == [("4", "积极", "大力"), ("22", "十分之一", "五分之一")]
    assert "五分之一" in edited(edition, edits)[21].text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("第二十三条　", "第二十四条　", "应为第23条，却是第24条"),
        ("第二十六条　", "", "少了 第26条，多了 —"),
        ("第四章　附则", "第四章　其他", "标题、章名"),
        ("行业自律公约（草案）", "行业公约", "标题、章名"),
    ],
)
def test_only_words_of_articles_are_amended(old: str, new: str, why: str) -> None:
    """Articles added, taken out or renumbered, headings and the title are refused with what is meant."""
    edition = bundled_edition()
    text = text_of(edition)
    assert old in text
    with pytest.raises(NotApplicable, match=why):
        edits_of_whole(edition, outline(text.replace(old, new, 1).encode(), "公约.txt"))


ONE = [part("", str(n)) for n in range(1, 25)] + [part("", "2.1")]
CHAPTERS = [part("", at) for at in ("1/1", "1/2", "3/2", "4/1")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("22", ["22"]),
        ("２２", ["22"]),
        (" 第 二十二 條 ", ["22"]),
        ("廿二", ["22"]),
        ("Article 22", ["22"]),
        ("art. 22", ["22"]),
        ("第二条之一", ["2.1"]),
        ("2.1", ["2.1"]),
        ("25", []),
        ("0", []),
        ("", []),
        ("条", []),
        ("3/2", []),
    ],
)
def test_an_address_is_written_as_people_write_it(typed: str, found: list[str]) -> None:
    """In a text numbered throughout, of 24 articles and one put in after the second."""
    assert meant_by(typed, ONE) == found


def test_a_number_that_every_chapter_has_means_several() -> None:
    """Whoever means one of them names the chapter; a number only one chapter has is enough."""
    assert meant_by("第二条", CHAPTERS) == ["1/2", "3/2"]
    assert meant_by("第三章第2条", CHAPTERS) == ["3/2"]
    assert meant_by("chapter 3, article 2", CHAPTERS) == ["3/2"]
    assert meant_by("2", CHAPTERS[1:2]) == ["1/2"]
    assert meant_by("第7段", [part("", "¶7")]) == meant_by("7", [part("", "¶7")]) == ["¶7"]


@pytest.mark.parametrize("head", ["{}. ", "{}、", "Article {} ", "article {}: ", "第{}条 "])
def test_a_text_numbered_another_way_is_the_same_text(head: str) -> None:
    """22. , 22、 and Article 22 begin the article that the text calls 第二十二条: what is replaced is found."""
    edition = bundled_edition()
    text = text_of(edition).replace("十分之一", "五分之一")
    for part in edition.parts:
        text = text.replace(f"\n{in_chinese(part.at)}　", f"\n{head.format(part.at)}")
    edits = edits_of_whole(edition, outline(as_labelled(edition, text.encode()), "公约.txt"))
    assert [(e.at, e.old, e.new) for e in edits] == [("22", "十分之一", "五分之一")]


def test_a_text_with_some_articles_numbered_another_way_is_read_as_it_stands() -> None:
    """A list within an article keeps its numbers; so do bytes that are no text."""
    edition = bundled_edition()
    text = text_of(edition) + "1. 甲\n2. 乙\n"
    assert as_labelled(edition, text.encode()) == text.encode()
    assert as_labelled(edition, b"\xff\xfe1. ") == b"\xff\xfe1. "


@pytest.mark.parametrize(("at", "count"), [(10, 1), (27, 1), (5, 2)])
def test_an_article_put_in_is_named_where_it_was_put(at: int, count: int) -> None:
    """Though all that follow moved by as many numbers."""
    edition = bundled_edition()
    texts = [part.text for part in edition.parts]
    texts[at - 1 : at - 1] = [f"新增的第{n}条。" for n in range(count)]
    read = msgspec.structs.replace(
        outline(text_of(edition).encode(), "公约.txt"),
        parts=tuple(Part(str(n), "", None, text) for n, text in enumerate(texts, 1)),
    )
    with pytest.raises(NotApplicable, match=f"少了 —，多了 {'、'.join(f'第{at + n}条' for n in range(count))}。"):
        edits_of_whole(edition, read)


def test_an_article_taken_out_is_named_by_its_old_number() -> None:
    """The tenth, not the last number that is no longer there."""
    edition = bundled_edition()
    kept = [part.text for part in edition.parts if part.at != "10"]
    read = msgspec.structs.replace(
        outline(text_of(edition).encode(), "公约.txt"),
        parts=tuple(Part(str(n), "", None, text) for n, text in enumerate(kept, 1)),
    )
    with pytest.raises(NotApplicable, match="少了 第10条，多了 —。"):
        edits_of_whole(edition, read)


def test_one_article_alone_is_answered_with_where_the_whole_text_is() -> None:
    """Only article 22 was handed in: the whole text is wanted, and the command that prints it is named."""
    edition = bundled_edition()
    alone = f"{edition.title}\n\n第二十二条　{edition.parts[21].text}\n"
    with pytest.raises(NotApplicable, match="gongyue article --text"):
        edits_of_whole(edition, outline(alone.encode(), "公约.txt"))


def unbound(found: Outline) -> Edition:
    """An edition of what was read, nothing of it bound."""
    return Edition(
        title=found.title, original=found.digest, chapters=found.chapters, parts=found.parts, bindings=(), decisions=(), absent=(),
        reader=this_reader(),
    )  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_any_text_comes_back_as_it_is_printed(name: str) -> None:
    """Articles, 一、二、三, sections and paragraphs, as `gongyue article --text` prints them: nothing is changed; other words are one edit."""
    edition = unbound(outlined(name))
    text = text_of(edition)
    read = as_printed(edition, text.encode())
    assert read is not None and edits_of_whole(edition, read) == []
    last = edition.parts[-1]
    new = as_printed(edition, ("\ufeff" + text.rstrip("\n") + "（改）\r\n").encode())
    assert new is not None and [e.at for e in edits_of_whole(edition, new)] == [last.at]


def test_a_text_without_numbers_is_amended_as_a_whole() -> None:
    """Lines somebody said what they are: the parts are those of the edition; two paragraphs are edited, one gets another line."""
    said = {3: "heading", 5: "heading", 6: "above"}
    text = "海风公约\n一起读书，互相帮助。\n会员们\n每月参加一次，\n修改的办法\n须经全体会员三分之二以上同意。\n"
    edition = unbound(outline(text.encode(), "海风公约.txt", None, said))
    new = text_of(edition).replace("一次", "两次").replace("同意。", "同意。\n不得代投。")
    read = as_printed(edition, new.encode())
    assert read is not None
    assert [(e.at, e.new) for e in edits_of_whole(edition, read)] == [("§1", "两"), ("§2", "。\n不得代投。")]
    assert read.chapters == edition.chapters


@pytest.mark.parametrize(
    "more",
    ["第二十七条 新的一条。", "第二十七条　新的一条。", "第五章 其他", "第3段　又一段。", "第一部分第2项　又一项。"],
)
def test_an_article_or_heading_put_in_is_no_line_of_the_one_above(more: str) -> None:
    """It is not read as printed, and refused as ever; so is another title, a heading that is gone, an article twice."""
    edition = bundled_edition()
    text = text_of(edition)
    assert as_printed(edition, (text + more + "\n").encode()) is None
    for old, new in (("（草案）", ""), ("第四章　附则\n", ""), ("第二十六条　", "第二十五条　")):
        assert as_printed(edition, text.replace(old, new, 1).encode()) is None, old
    assert as_printed(edition, b"PK\x03\x04\xff") is None


def handed_in(edition: Edition, text: str) -> list[TextEdit]:
    """What a whole text that is handed in changes, as `gongyue amendment draft` finds it."""
    return edits_of_whole(edition, as_printed(edition, text.encode()) or outline(text.encode(), "公约.txt"))


HEADED = "小公约\n会员互相帮助。\n秘书处执行，如下\n附则\n不得例外。\n附则\n本公约自公布之日起施行。\n"
PARAGRAPHS = "小公约\n会员互相帮助。\n秘书处执行本公约。\n本公约自公布之日起施行。\n"


def headed() -> Edition:
    """¶2 has a line that reads as the heading below it does."""
    return unbound(
        outline(HEADED.encode(), "小公约.txt", None, {2: "part", 3: "part", 4: "above", 5: "above", 6: "heading"})
    )


def test_a_line_that_reads_as_the_next_heading_stays_where_it_stands() -> None:
    """Only the one above the label of its first part is the heading; so with blank lines taken out, and with a label within a part."""
    edition = headed()
    assert [p.text for p in edition.parts][1] == "秘书处执行，如下\n附则\n不得例外。"
    text = text_of(edition)
    assert handed_in(edition, text) == [] and handed_in(edition, text.replace("\n\n", "\n")) == []
    assert [(e.at, e.old, e.new) for e in handed_in(edition, text.replace("不得例外", "没有例外"))] == [
        (edition.parts[1].at, "不得", "没有")
    ]
    first, second, *rest = unbound(
        outline(PARAGRAPHS.encode(), "小公约.txt", None, dict.fromkeys((2, 3, 4), "part"))
    ).parts
    named = msgspec.structs.replace(first, text=f"{first.text}\n{in_chinese(second.at)}　另有规定。")
    odd = msgspec.structs.replace(edition, chapters=(), parts=(named, second, *rest))
    assert handed_in(odd, text_of(odd)) == []


@pytest.mark.parametrize(
    "more",
    [
        "第四段 会员须缴费一万元。",
        "第4段\t会员须缴费一万元。",
        "第四段\u2003会员须缴费一万元。",
        "\n会员须缴费一万元。",
        "\n　\n会员须缴费一万元。",
        "\n费用\n会员须缴费一万元。",
        "\n费用\n\n会员须缴费一万元。",
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_paragraph_put_in_is_refused(more: str, last: bool) -> None:
    """With a label behind any blank, behind a blank line, below a heading: it goes into no paragraph above, last or amid the others."""
    edition = unbound(outline(PARAGRAPHS.encode(), "小公约.txt", None, dict.fromkeys((2, 3, 4), "part")))
    text = text_of(edition)
    assert len(edition.parts) == 3 and handed_in(edition, text) == []
    put = f"{text}{more}\n" if last else text.replace("本公约。\n", f"本公约。\n{more}\n", 1)
    assert put != text and as_printed(edition, put.encode()) is None
    with pytest.raises(NotApplicable):
        handed_in(edition, put)


@pytest.mark.parametrize(
    ("name", "more"),
    [("港灣章程.txt", "第九段 甲。"), ("港灣章程.txt", "\n甲的一段。"), ("竹苑业主规约.txt", "第九段 甲。"), ("竹苑业主规约.txt", "第九段　甲。")],
)  # fmt: skip
def test_a_text_of_articles_that_is_not_as_printed_loses_nothing(name: str, more: str) -> None:
    """No printed label is read into the words of a paragraph, and no paragraph that was put in is left out in silence."""
    edition = unbound(outlined(name))
    text = text_of(edition) + f"{more}\n"
    with pytest.raises(NotApplicable, match="读不回原处"):
        handed_in(edition, text)
