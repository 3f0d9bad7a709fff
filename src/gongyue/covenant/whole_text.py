"""An edition as a text to read, and a whole new text that somebody hands in: which words of which article it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, pairwise

from gongyue.covenant.addresses import in_chinese, label_of
from gongyue.covenant.changes import NotApplicable, TextEdit
from gongyue.covenant.edition import Edition
from gongyue.covenant.numerals import BLANK, CHINESE, to_chinese
from gongyue.covenant.parser import headings
from gongyue.covenant.redrafting import edits_of
from gongyue.covenant.text import Outline, Part


def text_of(edition: Edition) -> str:
    """Its title, chapters and articles, each article behind its label."""
    lines = [edition.title]
    for heading, part in _printed(edition):
        lines += ["", heading or f"{in_chinese(part.at)}{_APART}{part.text}"]
    return "\n".join(lines) + "\n"


_APART = "　"
"""Between a label and its words."""


def _printed(edition: Edition) -> Iterator[tuple[str, Part]]:
    """The headings, each with the part below it, and the parts, with no heading, in their order."""
    chapter = None
    for part in edition.parts:
        if part.chapter != chapter and part.chapter is not None:
            found = edition.chapters[part.chapter - 1]
            yield f"第{to_chinese(found.number)}章{_APART}{found.title}" if found.number else found.title, part
        chapter = part.chapter
        yield "", part


_ANY_LABEL = re.compile(rf"第[{CHINESE}0-9]{{1,9}}(?:段|节|部分|章)[^\s。；，：]{{0,24}}{BLANK}")


def as_printed(edition: Edition, data: bytes) -> Outline | None:
    """A plain text that is the edition's own as `text_of` prints it, with other words in its articles; None where it is not that.

    So a text whose parts print no numbers, or whose lines somebody said what they are, comes back with the parts that it has.
    """
    try:
        first, *lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        return None
    texts = _texts(edition, list(map(str.rstrip, lines)))
    if texts is None or first.strip() != edition.title:
        return None
    parts = (Part(p.at, p.label, p.chapter, "\n".join(t)) for p, t in zip(edition.parts, texts, strict=True))
    return Outline(edition.title, "articles", edition.chapters, tuple(parts))


def _texts(edition: Edition, lines: Sequence[str]) -> list[list[str]] | None:
    """The lines of each part; None where one is of no part: blank lines are printed only before a label and a heading."""
    left = [(heading, f"{in_chinese(part.at)}{_APART}") for heading, part in _printed(edition)][::-1]
    known, own, texts = {line for part in edition.parts for line in _lines(part)}, set[str](), list[list[str]]()
    given = [(line, not before) for before, line in pairwise(("", *lines)) if line]
    for (line, apart), (following, _) in zip(given, (*given[1:], ("", True)), strict=True):
        heading, label = left[-1] if left else ("", "")
        if heading and line.strip() == heading and following.startswith(label):  # or else it is a line that reads so
            left.pop()
        elif label and not heading and line.startswith(label) and (apart or line not in own):
            left.pop()
            own = set(_lines(edition.parts[len(texts)]))
            texts.append([line.removeprefix(label)])
        elif apart or not texts or (line not in known and _opens(line)):
            return None
        else:
            texts[-1].append(line)
    return None if left else texts


def _lines(part: Part) -> list[str]:
    return part.text.split("\n")


def _opens(line: str) -> bool:
    """Whether a line that the edition does not have begins an article, a paragraph or a chapter of its own."""
    return bool(_ANY_LABEL.match(line) or headings.article(line) or headings.division(line))


_HEAD = re.compile(
    r"^[ \t　]*(?:(?:article|art\.)[ \t]*(\d{1,4})[.:：]?|(\d{1,4})[.、\uff0e])[ \t　]*(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
"""How an article begins where somebody numbers it in another way than the text does: 22. 22、 Article 22."""


def as_labelled(edition: Edition, data: bytes) -> bytes:
    """A plain text whose articles are numbered 22. or Article 22, with the edition's own 第二十二条; unchanged where it is not that.

    Only where every article of the edition begins so and none as the edition writes it: a list within an article is left alone.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    labels = {part.at: in_chinese(part.at) for part in edition.parts}
    heads = [found for found in _HEAD.finditer(text) if (found[1] or found[2]) in labels]
    if [found[1] or found[2] for found in heads] != list(labels):
        return data
    return _HEAD.sub(lambda found: f"{labels.get(found[1] or found[2], found[0])}　", text).encode()


def edits_of_whole(edition: Edition, read: Outline) -> list[TextEdit]:
    """The words to be replaced so that the edition becomes the text that was read, in the order of the text.

    NotApplicable where articles or headings were added, taken out or moved: an amendment replaces words of articles that are there.
    """
    for doubt in read.doubts:
        zh, _, en = doubt.why.partition(" / ")
        raise NotApplicable(
            doubt.at,
            f"第 {doubt.line} 行“{doubt.words}”存疑，请先理清编号：{zh}。须交全文，不只是改动的条；现行全文：gongyue article --text"
            f" / line {doubt.line} is in doubt: {en or zh}; the whole text is handed in, not the changed article alone, and"
            " gongyue article --text prints the one in force",
        )
    _as_it_stands(edition, read)
    new, old = {p.at: p for p in read.parts}, {p.at: p for p in edition.parts}
    if list(new) != list(old):
        gone, added = _apart(edition.parts, read.parts)
        raise NotApplicable(
            "",
            f"修改只改已有各条的文字，不能增删条：少了 {_named(gone)}，多了 {_named(added)}。要删去的写明“（删去）”，要增加的写进相关条"
            f" / an amendment replaces words of articles that are there: missing {' '.join(gone) or '—'}, added"
            f" {' '.join(added) or '—'}; write （删去） for one to be deleted, and put new rules into an article",
        )
    heads = [(c.number, c.title) for c in edition.chapters], [(c.number, c.title) for c in read.chapters]
    moved = [at for at in old if new[at].chapter != old[at].chapter]
    if heads[0] != heads[1] or read.title != edition.title or moved:
        raise NotApplicable(
            "",
            "标题、章名与各条所在的章不在修改之列 / the title, headings and the chapter of an article are no part of an amendment",
        )
    return [edit for part in edition.parts for edit in edits_of(part, new[part.at].text)]


_PARAGRAPH = re.compile(rf"第[{CHINESE}0-9]{{1,9}}段{BLANK}")


def _as_it_stands(edition: Edition, read: Outline) -> None:
    """NotApplicable where a printed 第…段 was left out, or read into the words: the text was printed, and changed otherwise than in words."""
    known = {line for part in edition.parts for line in _lines(part)}
    lines = chain((one.words for one in read.oddities), (line for part in read.parts for line in _lines(part)))
    words = next((line[:20] for line in lines if _PARAGRAPH.match(line) and line not in known), "")
    if words:
        raise NotApplicable(
            "",
            f"“{words}”读不回原处：多半是添了一段、一个标题，或在空行之后另写了一行。修改只改已有各处的文字；要增加的写进相关的一处，不隔空行"
            f" / “{words}” is read at no place of its own: probably a paragraph, a heading or a line behind an empty one was put in; an"
            " amendment replaces words that are there: write new rules into a part, with no empty line before them",
        )


def _apart(old: Sequence[Part], new: Sequence[Part]) -> tuple[list[str], list[str]]:
    """The articles that were taken out and put in: by their words, since one put in moves the numbers of all that follow."""
    gone, added = list[str](), list[str]()
    for kind, a, b, c, d in SequenceMatcher(
        None, [p.text for p in old], [p.text for p in new], autojunk=False
    ).get_opcodes():
        if kind != "equal":
            alike = min(b - a, d - c)  # rewritten, not taken out
            gone += [p.at for p in old[a + alike : b]]
            added += [p.at for p in new[c + alike : d]]
    return gone, added


def _named(found: list[str]) -> str:
    return "、".join(map(label_of, found)) or "—"
