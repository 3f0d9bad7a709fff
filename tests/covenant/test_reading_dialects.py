"""Other people's covenants and charters: their layouts, numerals and scripts."""

from pathlib import Path

import pytest

from gongyue.covenant.parser import read
from gongyue.covenant.text import Document

TEXTS = Path(__file__).parent / "texts"


def from_text(text: str, name: str = "x.txt") -> Document:
    """Read a text as a file."""
    return read(text.encode(), name)


def bodies(document: Document) -> list[str]:
    """The texts of the articles."""
    return [a.text for a in document.articles]


@pytest.fixture(scope="module")
def lakeside() -> Document:
    """A simplified covenant with chapters, sections and signatures."""
    return read((TEXTS / "湖畔公约.txt").read_bytes(), "湖畔公约.txt")


@pytest.fixture(scope="module")
def harbour() -> Document:
    """A traditional charter with numbers alone on their lines."""
    return read((TEXTS / "港灣章程.txt").read_bytes(), "港灣章程.txt")


def test_sub_items_stay_inside_their_item(lakeside: Document) -> None:
    """Sub items stay inside their item."""
    assert lakeside.articles[3].items[1].text == "保护读者的借阅记录：\n1. 不出售；\n2. 不转让；"


def test_a_paragraph_after_the_last_item_is_the_articles(lakeside: Document) -> None:
    """A paragraph after the last item is the articles."""
    assert [i.text for i in lakeside.articles[3].items][2] == "按期缴纳会费。"
    assert lakeside.articles[3].text.endswith("由理事会处理。")


def test_a_section_is_neither_chapter_nor_article_text(lakeside: Document) -> None:
    """A section is neither chapter nor article text."""
    assert [c.title for c in lakeside.chapters] == ["总则", "会员", "附则"]
    assert (None, "第一节 入会") in [(o.article, o.words) for o in lakeside.oddities]


def test_signature_and_date_are_not_the_last_articles_words(lakeside: Document) -> None:
    """Signature and date are not the last articles words."""
    assert lakeside.articles[-1].text == "本公约自公布之日起施行。"


def test_the_lakeside_terms_are_named_by_what_their_clauses_say(lakeside: Document) -> None:
    """The lakeside terms are named by what their clauses say."""
    assert [(t.name, t.value, t.unit, t.inclusive) for t in lakeside.terms] == [
        ("art3.1", 15, "workday", True),
        ("amendment.proposal", "1/5", "share", True),
        ("amendment.adoption", "1/2", "share", False),
        ("publication.within", 20, "day", True),
    ]


def test_traditional_characters_and_numbers_alone_on_their_line_are_read(harbour: Document) -> None:
    """Traditional characters and numbers alone on their line are read."""
    assert (harbour.title, len(harbour.articles), harbour.articles[0].text) == (
        "港灣工藝協會章程",
        4,
        "本會定名為港灣工藝協會。",
    )
    assert [(c.number, c.title) for c in harbour.chapters] == [(1, "總　則"), (2, "附　則")]
    assert [i.label for i in harbour.articles[1].items] == ["一、", "二、"]


def test_traditional_terms_get_the_same_names(harbour: Document) -> None:
    """Traditional terms get the same names."""
    assert [(t.name, t.value) for t in harbour.terms] == [
        ("art3.1", "3/4"),
        ("amendment.adoption", "1/2"),
        ("publication.within", 30),
    ]


@pytest.mark.parametrize(
    "label",
    ["第{}条 ", "第{}條　", "第 {} 条 ", "第{}条", "第{}条：", "【第{}条】", "**第{}条** ", "第{}条\n", "　　第{}条\t"],
)
@pytest.mark.parametrize("numbers", ["一二三", "123", "１２３", "壹贰叁", "⼀⼆三"])
def test_every_label_of_an_article_is_recognised(label: str, numbers: str) -> None:
    """Every label of an article is recognised."""
    text = "某某公约\n" + "\n".join(label.format(n) + f"会员守约{i}。" for i, n in enumerate(numbers))
    assert bodies(from_text(text)) == ["会员守约0。", "会员守约1。", "会员守约2。"]


@pytest.mark.parametrize(
    "labels",
    [["（一）", "（二）"], ["(一)", "(二)"], ["（1）", "（2）"], ["一、", "二、"], ["1.", "2."], ["1．", "2．"], ["1、", "2、"],
     ["①", "②"], ["⑴", "⑵"], ["1）", "2）"], ["㈠", "㈡"], ["一）", "二）"]],
)  # fmt: skip
def test_every_label_of_an_item_is_recognised(labels: list[str]) -> None:
    """Every label of an item is recognised."""
    article = from_text(f"某公约\n第一条 会员应当：\n{labels[0]}守法；\n{labels[1]} 诚信。\n第二条 完。").articles[0]
    assert [(i.label, i.text) for i in article.items] == [(labels[0], "守法；"), (labels[1], "诚信。")]


def test_bare_items_follow_a_colon() -> None:
    """Bare items follow a colon."""
    article = from_text("某公约\n第一条 会员应当：\n守法；\n诚信。\n违者除名。\n第二条 完。").articles[0]
    assert [(i.label, i.text) for i in article.items] == [("", "守法；"), ("", "诚信。")]


def test_items_in_one_paragraph_are_taken_apart() -> None:
    """Items in one paragraph are taken apart."""
    article = from_text("某公约\n第一条 会员应当：（一）守法；（二）依本条第（一）项行事。\n第二条 完。").articles[0]
    assert [(i.label, i.text) for i in article.items] == [("（一）", "守法；"), ("（二）", "依本条第（一）项行事。")]


def test_several_paragraphs_belong_to_one_article() -> None:
    """Several paragraphs belong to one article."""
    assert bodies(from_text("某公约\n第一条 甲。\n\n　　乙。\n丙。\n第二条 完。"))[0] == "甲。\n乙。\n丙。"


@pytest.mark.parametrize(
    "mention",
    ["第三条规定的会员不在此限。", "第三条的规定不适用。", "第三条、第四条另有约定的除外。", "第一条第二款所列情形除外。",
     "第九条所称会员指单位。", "第二十二条，从其约定。", "第三条至第五条适用之。", "第三章规定的会员除外。", "第一条件成就的，适用本条。"],
)  # fmt: skip
def test_a_line_that_mentions_an_article_is_no_heading(mention: str) -> None:
    """A line that mentions an article is no heading."""
    assert bodies(from_text(f"某公约\n第一条 甲。\n{mention}\n第二条 乙。")) == [f"甲。\n{mention}", "乙。"]


@pytest.mark.parametrize("before", ["修改程序依照", "违反本公约", "按照本章程第一条、"])
def test_a_broken_line_that_goes_on_with_an_article_number_is_no_heading(before: str) -> None:
    """A broken line that goes on with an article number is no heading."""
    text = f"某公约\n第一条会员{before}\n第二条追究其责任。\n第二条会员平等。\n第三条完。"
    assert len(from_text(text).articles) == 3


def test_a_mention_in_mid_line_is_no_heading() -> None:
    """A mention in mid line is no heading."""
    assert bodies(from_text("某公约\n第一条 依第二十二条修改。\n第二条 乙。")) == ["依第二十二条修改。", "乙。"]


def test_a_covenant_without_chapters_has_none() -> None:
    """A covenant without chapters has none."""
    document = from_text("某公约\n第一条 甲。")
    assert document.chapters == () and document.articles[0].chapter is None


def test_unnumbered_chapters_have_a_null_number() -> None:
    """Unnumbered chapters have a null number."""
    document = from_text("某公约\n总则\n第一条 甲。\n会员的权利\n第二条 乙。\n附则\n第三条 丙。")
    assert [(c.number, c.title) for c in document.chapters] == [(None, "总则"), (None, "会员的权利"), (None, "附则")]
    assert [a.chapter for a in document.articles] == [1, 2, 3]


def test_a_bare_last_item_is_not_taken_for_a_chapter() -> None:
    """A bare last item is not taken for a chapter."""
    document = from_text("某公约\n第一条 会员的权利：\n选举权\n被选举权\n第二条 完。")
    assert document.chapters == () and [i.text for i in document.articles[0].items] == ["选举权", "被选举权"]


def test_chapters_may_be_enumerated_and_items_too() -> None:
    """Chapters may be enumerated and items too."""
    document = from_text("某公约\n一、总则\n第一条 甲：\n一、子；\n二、丑。\n二、附则\n第二条 乙。")
    assert [(c.number, c.title) for c in document.chapters] == [(1, "总则"), (2, "附则")]
    assert len(document.articles[0].items) == 2


def test_a_chapters_title_may_stand_on_the_next_line() -> None:
    """A chapters title may stand on the next line."""
    assert from_text("某公约\n第一章\n总则\n第一条 甲。").chapters[0].title == "总则"


def test_a_chapter_and_its_first_article_may_share_a_line() -> None:
    """A chapter and its first article may share a line."""
    document = from_text("某公约\n第一章 总则　第一条 甲。\n第二条 乙。")
    assert document.chapters[0].title == "总则" and bodies(document) == ["甲。", "乙。"]


@pytest.mark.parametrize(
    "contents",
    ["目录\n第一章 总则\n第二章 附则\n", "目　錄\n第一章 总则……1\n第二章 附则……2\n", "第一章 总则\t1\n第二章 附则\t2\n",
     "第一章 总则\n第二章 附则\n", "目录\n第一章 总则\n第一条 名称 1\n第二章 附则\n第二条 施行 2\n"],
)  # fmt: skip
def test_a_table_of_contents_makes_no_chapters(contents: str) -> None:
    """A table of contents makes no chapters."""
    document = from_text(f"某公约\n{contents}\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。")
    assert [c.title for c in document.chapters] == ["总则", "附则"] and bodies(document) == ["甲。", "乙。"]


def test_a_preamble_is_reported_and_in_no_article() -> None:
    """A preamble is reported and in no article."""
    document = from_text("某公约\n（2020年3月1日通过）\n\n我们共同约定如下。\n第一章 总则\n第一条 甲。")
    assert document.title == "某公约" and bodies(document) == ["甲。"]
    assert any("我们共同约定如下。" in o.words and o.article is None for o in document.oddities)


def test_page_numbers_and_running_headers_are_left_out_and_reported() -> None:
    """Page numbers and running headers are left out and reported."""
    pages = "某某公约\n第一条 甲\n- 1 -\n某某公约\n乙。\n第 2 页 共 3 页\n某某公约\n第二条 丙。\n3\n"
    document = from_text(pages)
    assert bodies(document) == ["甲\n乙。", "丙。"] and any(o.words == "- 1 -" for o in document.oddities)


def test_an_annex_with_its_own_articles_is_not_the_covenants() -> None:
    """An annex with its own articles is not the covenants."""
    document = from_text("某公约\n第一条 甲。\n第二条 乙。\n附件一：会费办法\n第一条 会费。\n第二条 缴费。")
    assert bodies(document) == ["甲。", "乙。"]


def test_parts_above_chapters_are_not_counted_as_chapters() -> None:
    """Parts above chapters are not counted as chapters."""
    document = from_text("某章程\n第一编 总编\n第一章 总则\n第一条 甲。\n第二编 分编\n第二章 附则\n第二条 乙。")
    assert [c.title for c in document.chapters] == ["总则", "附则"]


def test_more_than_a_hundred_articles_are_read() -> None:
    """More than a hundred articles are read."""
    from gongyue.covenant.numerals import to_chinese

    document = from_text("某章程\n" + "\n".join(f"第{to_chinese(n)}条 文{n}。" for n in range(1, 131)))
    assert document.articles[100].text == "文101。" and len(document.articles) == 130


def test_markdown_is_read_without_its_markup() -> None:
    """Markdown is read without its markup."""
    text = (
        "---\nlayout: page\n---\n# 山谷社区公约\n\n> 缘起。\n\n## 第一章 总则\n\n### 第一条 宗旨\n\n本公约主张**开放**。\n\n"
        "**第二条** 成员应当：\n\n- 守法；\n- 诚信。\n\n<!-- 草 -->\n## 附则\n\n第三条　见[网站](https://example.org)。\n"
    )
    document = from_text(text, "x.md")
    assert (document.title, [(c.number, c.title) for c in document.chapters]) == (
        "山谷社区公约",
        [(1, "总则"), (None, "附则")],
    )
    assert bodies(document) == ["宗旨\n本公约主张开放。", "成员应当：\n守法；\n诚信。", "见网站。"]
    assert len(document.articles[1].items) == 2


def test_markdown_under_another_name_is_read_as_markdown() -> None:
    """Two headings tell; one # before a line may be the text's own sign."""
    text = "# 山谷社区公约\n\n## 第一章 总则\n\n第一条 **开放**。\n\n第二条 守法。\n"
    as_text, as_markdown = from_text(text, "x.txt"), from_text(text, "x.md")
    assert (
        (as_text.title, bodies(as_text))
        == (as_markdown.title, bodies(as_markdown))
        == ("山谷社区公约", ["开放。", "守法。"])
    )
    assert bodies(from_text("公约\n第一条 话题写作：\n# 开放\n", "x.txt")) == ["话题写作：\n# 开放"]


def test_without_a_title_the_files_name_stands_in_and_it_is_said() -> None:
    """Without a title the files name stands in and it is said."""
    document = from_text("第一条 甲。", "/tmp/社区公约.txt")
    assert document.title == "社区公约" and any("文件名" in o.why for o in document.oddities)


def test_a_title_on_two_lines_is_one_title() -> None:
    """A title on two lines is one title."""
    assert from_text("湖畔书店联盟\n行业自律公约（草案）\n第一条 甲。").title == "湖畔书店联盟行业自律公约（草案）"


def test_a_clean_covenant_has_no_oddities() -> None:
    """A clean covenant has no oddities."""
    assert from_text("某公约\n第一章 总则\n第一条 会员应当：\n（一）守法；\n（二）诚信。\n第二条 完。").oddities == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("会员，，守约。", "，，"), ("会员，应当 守约。", "应当 守约"), ("会员“守约。", "“守约。"), ("会员[bookmark: a1]守约", "[bookmark: a1]"),
     ("会员，守约,诚信，勤勉。", "守约,诚信")],
)  # fmt: skip
def test_mechanical_oddities_are_reported_and_kept(text: str, words: str) -> None:
    """Mechanical oddities are reported and kept."""
    document = from_text(f"某公约\n第一条 {text}\n第二条 守约，诚信，勤勉。")
    assert document.articles[0].text == text
    assert any(words in o.words and o.article == 1 for o in document.oddities)
