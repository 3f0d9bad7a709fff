"""Mechanical oddities of the articles themselves: doubled punctuation, uneven blanks, unpaired quotes, wrong labels.

They are reported with the words they concern and never altered; what the words should mean is no matter of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongyue.covenant.parser import items
from gongyue.covenant.parser.lines import BLANKS, RESIDUE, B, Line
from gongyue.covenant.text import Article, Chapter, Item, Oddity

LIST_WHY = (
    "列举之后的一段，属末项还是属本条，难以断定：请核对 / a paragraph behind a list, "
    "its last item's or the article's: it cannot be told, look at it"
)
LABELS_WHY = "项号不连续 / item numbers are not continuous"
CHAPTERS_WHY = "章号不连续 / chapter numbers are not continuous"
_DOUBLED = re.compile(r"(?:[，。；：、,;:]{2,}|[。；，、：][.]|[！？!?][，。；：、]|[，；：、][！？!?])(?<!\.\.)")
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\u200b-\u200f\u00ad\u2060\ufeff]")
_HAN = "\u3400-\u9fff"
_GAP = "[ \u3000\xa0\u2002\u2003\u2009]"
_INNER = re.compile(rf"[{_HAN}，。；：、！？”》）]{_GAP}+[{_HAN}“《（]|\S{_GAP}{{2,}}\S")
_HALF = re.compile(rf"(?<=[{_HAN}”》）])[,;:?!](?=[{_HAN}“《（]|$)", re.MULTILINE)
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("《", "》"), ("「", "」"), ("『", "』"), ("【", "】"))
_REPEATABLE = {"（": "(", "）": ")"}


def find(articles: tuple[Article, ...], chapters: tuple[Chapter, ...]) -> Iterator[Oddity]:
    """The oddities of all articles, in order, then those of the chapters' numbers."""
    text = "".join(a.text for a in articles)
    full_width = sum(text.count(c) for c in "，；：？！") >= sum(text.count(c) for c in ",;:?!")
    for article in articles:
        yield from _of_article(article, full_width)
    yield from chapter_numbers(chapters)


def _of_article(article: Article, full_width: bool) -> Iterator[Oddity]:
    def odd(words: str, why: str) -> Oddity:
        return Oddity(article.number, words, why)

    text = article.text
    if not text:
        yield odd(f"第{article.number}条", "只有条号，没有内容 / a number without any text")
    for found in RESIDUE.finditer(text):
        yield odd(found[0], "转换残留的标记 / residue of a conversion")
    for found in _DOUBLED.finditer(text):
        yield odd(found[0], "标点重复 / doubled punctuation")
    for words in dict.fromkeys(_STRANGE.findall(text)):
        yield odd(words, f"无法显示的字符 U+{ord(words):04X} / a character that does not show, U+{ord(words):04X}")
    if full_width and (half := _HALF.search(text)):
        words = text[max(0, half.start() - 4) : half.end() + 4]
        yield odd(words.replace("\n", ""), "半角标点混用 / half-width punctuation among full-width")
    yield from (odd(w, "引号或括号不成对 / an unpaired quote or bracket") for w in _unpaired(text))
    yield from (odd(w, "空格不匀 / uneven spaces") for w in _blanks(article))
    yield from (odd(w, LIST_WHY) for w in items.unsure(text.split("\n")) if w)
    yield from (odd(w, LABELS_WHY) for w in labels_apart(article.items))


def _unpaired(text: str) -> Iterator[str]:
    """One sample for each kind of bracket that does not pair up; （一) pairs half with full width."""
    for left, right in _PAIRS:
        half_left, half_right = _REPEATABLE.get(left, left), _REPEATABLE.get(right, right)
        if not any(c in text for c in (left, right, half_left, half_right)):
            continue
        depth, opened = 0, 0
        plain = re.sub(r"(?m)^[0-9０-９一二三四五六七八九十]{1,3}[)）]", lambda m: " " * len(m[0]), text)
        for i, c in enumerate(plain):
            if c in (left, half_left):
                depth, opened = depth + 1, (i if depth == 0 else opened)
            elif c in (right, half_right):
                depth -= 1
                if depth < 0:
                    yield text[max(0, i - 6) : i + 1]
                    break
        if depth > 0:
            yield text[opened : opened + 7]


def _blanks(article: Article) -> Iterator[str]:
    """Blanks inside a sentence, and item labels of which some have a blank behind them and some have none."""
    lines = article.text.split("\n")
    for i, line in enumerate(lines):
        mark = items.label(line)
        body = mark.rest if mark else line
        if i == 0:  # an article's own title before its text is set off by a blank: 宗旨　本公约……
            body = re.sub(rf"^[^，。；：、\s]{{1,16}}{B}+", "", body)
        for found in _INNER.finditer(body):
            yield body[max(0, found.start() - 3) : found.end() + 3]
    spaced: list[str] = []
    close: list[str] = []
    for line in lines:
        if (mark := items.label(line)) and mark.kind != "bullet":
            rest = line[len(mark.printed) :]
            (spaced if rest[:1] and rest[0] in BLANKS else close).append(mark.printed + rest[:6])
    if spaced and close:
        yield from (close if len(close) <= len(spaced) else spaced)


def labels_apart(found: Iterable[Item], before: int = 0) -> Iterator[str]:
    """Labels of items that do not follow the one before; `before`: the last number of the part above, of the same list."""
    expected = before
    for item in found:
        mark = items.label(item.label) if item.label and item.label not in "●○•·◆◇■□" else None
        if mark is None or not mark.number:
            continue
        if mark.number not in (expected + 1, 1) or (expected == 0 and mark.number != 1):
            yield item.label
        expected = mark.number


def chapter_numbers(chapters: tuple[Chapter, ...]) -> Iterator[Oddity]:
    """Chapters whose number does not follow the one before."""
    expected = 1
    for chapter in chapters:
        if chapter.number is not None:
            if chapter.number != expected:
                yield Oddity(
                    None,
                    f"第{chapter.number}章 {chapter.title}".strip(),
                    CHAPTERS_WHY,
                )
            expected = chapter.number + 1


_TITLE_BLANK = re.compile(r"[ \xa0](?=\S)")


def of_lines(lines: list[Line], title: str) -> Iterator[Oddity]:
    """Oddities of the lines as such: a stray blank before the title."""
    first = next((line for line in lines if line.bare), None)
    if first and _TITLE_BLANK.match(first.text) and title and title in first.text:
        yield Oddity(None, first.text[:12], "标题前有多余空格 / a stray space before the title")
