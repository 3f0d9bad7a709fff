"""A change as a person makes it: the words replaced follow from the two wordings, and the addresses of articles from how people write them."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.covenant.addresses import in_chinese, meant_by
from gongyue.covenant.changes import NotApplicable, TextEdit, edited
from gongyue.covenant.parser import outline
from gongyue.covenant.redrafting import as_labelled, edits_of, edits_of_whole, runs
from gongyue.covenant.text import Part
from gongyue.governance.articles import bundled_edition
from gongyue.office.bundle import text_of

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
