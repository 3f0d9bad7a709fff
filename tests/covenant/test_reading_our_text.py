"""The covenant of the Zhongguancun big data alliance, read: the figures we promise."""

import hashlib
from importlib.resources import files

import pytest

from gongyue.covenant.parser import Gap, read
from gongyue.covenant.text import Document

DATA = files("gongyue.covenant").joinpath("texts/zgc-big-data.txt").read_bytes()


@pytest.fixture(scope="module")
def covenant() -> Document:
    """Our covenant, read."""
    return read(DATA, "公约.txt")


def test_it_has_four_chapters_with_their_titles(covenant: Document) -> None:
    """It has four chapters with their titles."""
    assert [(c.number, c.title) for c in covenant.chapters] == [
        (1, "总则"),
        (2, "自律条款"),
        (3, "公约的执行"),
        (4, "附则"),
    ]


def test_it_has_26_articles_in_order(covenant: Document) -> None:
    """It has 26 articles in order."""
    assert [a.number for a in covenant.articles] == list(range(1, 27))


def test_its_articles_stand_in_their_chapters(covenant: Document) -> None:
    """Its articles stand in their chapters."""
    assert [sum(a.chapter == c for a in covenant.articles) for c in (1, 2, 3, 4)] == [5, 8, 7, 6]


def test_five_items_stand_under_article_9_and_none_elsewhere(covenant: Document) -> None:
    """Five items stand under article 9 and none elsewhere."""
    assert [i.label for i in covenant.articles[8].items] == ["（一）", "（二）", "（三）", "（四）", "（五）"]
    assert sum(len(a.items) for a in covenant.articles) == 5


def test_its_terms_are_these_three(covenant: Document) -> None:
    """Its terms are these three."""
    assert [(t.name, t.article, t.words, t.value, t.unit, t.inclusive) for t in covenant.terms] == [
        ("publication.within", 21, "在生效后的30日内由中关村大数据产业联盟向社会公布", 30, "day", True),
        ("amendment.proposal", 22, "经公约执行机构或本公约十分之一以上成员单位提议", "1/10", "share", True),
        ("amendment.adoption", 22, "经三分之二以上成员单位同意", "2/3", "share", True),
    ]


def test_its_oddities_are_reported(covenant: Document) -> None:
    """Its oddities are reported."""
    found = [(o.article, o.words) for o in covenant.oddities]
    assert (None, "[bookmark: _GoBack]") in found and (9, "；。") in found
    assert any(o.article == 9 and "空格不匀" in o.why for o in covenant.oddities)
    assert all(" / " in o.why for o in covenant.oddities)


def test_its_oddities_are_not_altered(covenant: Document) -> None:
    """Its oddities are not altered."""
    assert covenant.articles[8].text.endswith("等活动；。")
    assert "或其他工作人员" in covenant.articles[18].text


def test_the_bookmark_belongs_to_no_article(covenant: Document) -> None:
    """The bookmark belongs to no article."""
    assert not any("bookmark" in a.text for a in covenant.articles)


def test_every_character_of_the_articles_is_the_originals(covenant: Document) -> None:
    """Every character of the articles is the originals."""
    original = DATA.decode()
    assert all(line in original for a in covenant.articles for line in a.text.split("\n"))


def test_the_digest_is_of_the_original_bytes_and_the_same_twice(covenant: Document) -> None:
    """The digest is of the original bytes and the same twice."""
    assert covenant.digest == "sha256:" + hashlib.sha256(DATA).hexdigest() == read(DATA, "again.txt").digest


def test_without_article_14_it_is_refused_with_the_place() -> None:
    """Without article 14 it is refused with the place."""
    lines = DATA.decode().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("第十四条"))
    with pytest.raises(Gap, match=r"GY-01-01.*第13条之后应为第14条") as refusal:
        read("\n".join(lines[:at] + lines[at + 1 :]).encode(), "x.txt")
    assert (refusal.value.after, refusal.value.found, refusal.value.line) == (13, 15, at + 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_reads_the_same_in_every_encoding_and_with_every_line_end(
    covenant: Document, encoding: str, end: str
) -> None:
    """It reads the same in every encoding and with every line end."""
    again = read(DATA.decode().replace("\n", end).encode(encoding), "x.txt")
    assert (again.articles, again.chapters, again.terms) == (covenant.articles, covenant.chapters, covenant.terms)
