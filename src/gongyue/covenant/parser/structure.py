"""From lines to chapters, articles and items.

第N条 at the start of a line is usually a heading, but not always: a broken line may go on with
“第三条规定的…”. `headings` judges the words after it, this module what stands before it and whether
the number is the next one. A number that is not the next one is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from gongyue.covenant.parser import bare_headings, headings, items
from gongyue.covenant.parser.endings import cut_tail, is_annex
from gongyue.covenant.parser.errors import Gap, Unreadable
from gongyue.covenant.parser.frame import Frame, frame
from gongyue.covenant.parser.headings import Division, Heading
from gongyue.covenant.parser.lines import BLANKS, B, Line, Note
from gongyue.covenant.text import Article, Chapter, Oddity

_SECTION_WHY = "节的标题，不属于任何一条 / a section heading, not part of any article"
_PART_WHY = "编的标题，未列为章 / the heading of a part, not listed as a chapter"
_RESIDUE_WHY = "转换残留的书签标记，不属于条文 / residue of a converted bookmark, not part of any article"
TAIL_WHY = "末条之后的文字（落款、附件等），不属于条文 / after the last article (signatures, annexes), not part of it"

BETWEEN_WHY = "章、节名称之下、条之前的文字，不属于任何一条 / below a chapter's or section's name and above its articles, part of none"

BROKEN = 16
NEAR = 200
"""Characters around a label that tell what it is; no line is copied from end to end for each of its labels."""


class Between(msgspec.Struct, frozen=True):
    """Text right below the name of a chapter or section: how many articles stand before it, and its chapter's position."""

    before: int
    chapter: int | None
    text: str


class Structure(msgspec.Struct, frozen=True):
    """The covenant as it is built, and what was left out of the articles."""

    title: str
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    oddities: tuple[Oddity, ...]
    between: tuple[Between, ...] = ()


def build(lines: Sequence[Line], unit: str = "line") -> Structure:
    """Chapters, articles and items of the text; `unit` is what `Line.number` counts."""
    lines = unfold(list(lines))
    if not any(headings.article(line.text) for line in lines):
        raise _no_covenant()
    framed = frame(lines)
    return Builder(framed, unit).build()


def _no_covenant() -> Unreadable:
    return Unreadable(
        "no_covenant",
        "文中没有“第一条”这样的条文，不是公约或章程；请在每条之前写明“第…条”。",
        "No article (第一条 …) was found; this is not a covenant or charter. Write 第…条 before each article.",
    )


def unfold(lines: list[Line]) -> list[Line]:
    """A chapter and its first article, or several articles, written on one line."""
    own = {h.number for line in lines if (h := headings.article(line.text))}
    out: list[Line] = []
    for line in lines:
        pieces = _pieces(line, own)
        out.extend(pieces if own or len(pieces) > 1 else _flattened(line))
    return out


def _flattened(line: Line) -> list[Line]:
    """The articles of a text that a page has run into one line: three labels at least, each next after the one before."""
    cuts, expected = list[int](), 0
    for found in re.finditer(rf"第{B}*[^第\s]{{1,8}}?{B}*[条條](?={B})", line.text):
        heading = headings.article(line.text[found.start() : found.start() + NEAR])
        before = line.text[max(0, found.start() - NEAR) : found.start()]
        ended = before.rstrip(BLANKS)[-1:] in "。！？；”" or (not cuts and before[-1:] in BLANKS)
        if heading and ended and expected in (0, heading.number):
            cuts.append(found.start())
            expected = heading.number + 1
    if len(cuts) < LEAST_LABELS:
        return [line]
    cuts = [0, *cuts] if cuts[0] else cuts
    texts = [line.text[a:b] for a, b in zip(cuts, [*cuts[1:], len(line.text)], strict=True)]
    return [line.with_text(texts[0]), *(Line(line.number, t) for t in texts[1:])]


def _pieces(line: Line, own: set[int]) -> list[Line]:
    start = headings.without_residue(line.text)[0]
    if not start.startswith(("第", "【第")) or len(line.text) < 8:
        return [line]
    cuts = [0]
    current = headings.article(line.text)
    expected = current.number + 1 if current else None
    for found in re.finditer(rf"第{B}*[^第\s]{{1,8}}?{B}*[条條](?={B}|【)", line.text):
        if not found.start():
            continue
        heading = headings.article(line.text[found.start() : found.start() + NEAR])
        if heading is None or heading.number in own:
            continue
        before = line.text[max(0, found.start() - NEAR) : found.start()]
        opens = len(cuts) == 1 and current is None and found.start() <= NEAR and (before[-1] in BLANKS or heading.firm)
        after_chapter = opens and headings.division(before)
        if after_chapter or (heading.number == expected and before.rstrip(BLANKS)[-1:] in "。！？；”"):
            cuts.append(found.start())
            expected = heading.number + 1
    texts = [line.text[a:b] for a, b in zip(cuts, [*cuts[1:], len(line.text)], strict=True)]
    return [line.with_text(texts[0]), *(Line(line.number, t) for t in texts[1:])]


LEAST_LABELS = 3
"""Labels in one line that make it a text run together; fewer may be mentions."""


class Builder:
    """Goes through the lines once; `expected` is the next article's number."""

    def __init__(self, framed: Frame, unit: str) -> None:
        self._frame, self._unit = framed, unit
        self._lines = framed.lines
        self._chapters: list[Chapter] = []
        self._open: list[tuple[int, int | None, list[Line]]] = []
        self._oddities: list[Oddity] = list(framed.oddities)
        self._between: list[Between] = []
        self._last, self._below_name = "", True
        self._later = [h.number if (h := headings.article(line.text)) else 0 for line in self._lines]

    def build(self) -> Structure:
        """Read all lines, then close the articles."""
        i = 0
        while i < len(self._lines) and not self._ends_at(i):
            i += self._take(i)
        after = [line for line in self._lines[i:] if line.bare]
        if not self._open:
            raise _no_covenant()
        number, chapter, body = self._open[-1]
        body, tail = cut_tail(body)
        tail.extend(after)
        self._open[-1] = (number, chapter, body)
        outside = [note for line in tail for note in line.notes]
        self._oddities = [
            Oddity(None, o.words, o.why) if o.article == number and (o.words, o.why) in outside else o
            for o in self._oddities
        ]
        if words := "\n".join(line.bare for line in tail):
            self._oddities.append(Oddity(None, words, TAIL_WHY))
        marked = {line.bare for line in self._lines if line.heading}
        last = len(self._open) - 1
        articles = tuple(self._close(*entry, marked, n < last) for n, entry in enumerate(self._open))
        self._oddities.extend(Oddity(None, b.text, BETWEEN_WHY) for b in self._between)
        return Structure(
            self._frame.title, tuple(self._chapters), articles, tuple(self._oddities), tuple(self._between)
        )

    @property
    def _expected(self) -> int:
        return self._open[-1][0] + 1 if self._open else 1

    def _take(self, index: int) -> int:
        """Deal with one line; how many lines that used up."""
        line = self._lines[index]
        text, residue = headings.without_residue(line.text)
        heading = headings.article(text)
        if heading is not None and self._is_heading(heading, index):
            self._start_article(line, heading, residue)
            return 1
        self._report(line.notes)
        division = self._frame.divisions.get(index)
        if division is not None and not headings.RUNS_ON.search(self._last):
            where = f"（在“{text}”之前）"
            self._oddities.extend(Oddity(None, r, where + _RESIDUE_WHY) for r in residue)
            return self._start_division(index, division, text)
        if line.bare:
            if self._below_name:
                self._between.append(Between(len(self._open), len(self._chapters) or None, line.bare))
            else:
                self._open[-1][2].append(line)
            self._last = line.bare
        return 1

    def _ends_at(self, index: int) -> bool:
        """Whether an annex with articles of its own begins here (附件一：会费办法 … 第一条)."""
        if not self._open or not is_annex(self._lines[index].bare):
            return False
        return next((n for n in self._later[index + 1 :] if n), 0) == 1

    def _is_heading(self, heading: Heading, index: int) -> bool:
        """Whether the label opens an article; a label out of order that opens one is refused."""
        expected = self._expected
        next_one = heading.number == expected and heading.inserted is None
        if next_one and (heading.firm or not headings.RUNS_ON.search(self._last)):
            loose = not heading.firm and headings.MAY_RUN_ON.search(self._last)
            return not (loose and expected in self._later[index + 1 :])
        # Only a long line is a broken one: “第二条遵纪守法” has come to its end although 守法 could go on.
        loose = not heading.firm and len(self._last) >= BROKEN and headings.MAY_RUN_ON.search(self._last)
        if loose or headings.RUNS_ON.search(self._last):
            return False
        if above := self._mistyped_above(index):
            raise Gap(expected - 1, headings.mistyped(above.text), above.number, self._unit)
        raise Gap(expected - 1, heading.number, self._lines[index].number, self._unit, heading.inserted)

    def _mistyped_above(self, index: int) -> Line | None:
        """A line since the last article that opens one by what is no number (第—条): there the numbering breaks."""
        for line in reversed(self._lines[:index]):
            if headings.mistyped(line.text) or headings.article(line.text):
                return line if headings.mistyped(line.text) else None
        return None

    def _start_article(self, line: Line, heading: Heading, residue: list[str]) -> None:
        chapter = len(self._chapters) or None
        self._below_name = False
        self._open.append((heading.number, chapter, [line.with_text(heading.rest)]))
        self._report(line.notes)
        self._report((r, _RESIDUE_WHY) for r in residue)
        self._last = heading.rest

    def _start_division(self, index: int, division: Division, text: str) -> int:
        self._last, self._below_name, used = "", True, 1
        title = division.title
        if not title:
            title, used = self._title_below(index)
        if division.kind == "章" or (division.kind in "编編篇" and title and self._opens_at(index + used)):
            self._chapters.append(Chapter(division.number or None if division.kind == "章" else None, title))
        else:
            why = _SECTION_WHY if division.kind == "节" else _PART_WHY
            self._oddities.append(Oddity(None, text if used == 1 else f"{text} {title}", why))
        return used

    def _opens_at(self, index: int) -> bool:
        """Whether an article stands right below: 第三编 附则 without a chapter of its own is where its articles are."""
        below = next((line for line in self._lines[index:] if line.bare), None)
        return below is not None and headings.article(below.text) is not None

    def _title_below(self, index: int) -> tuple[str, int]:
        """A chapter's title on the line after its number."""
        for step, line in enumerate(self._lines[index + 1 : index + 4], 1):
            if not line.bare:
                continue
            opens = headings.article(line.text) or index + step in self._frame.divisions
            if opens or len(line.bare) > headings.SHORT or line.bare[-1] in "。；：":
                break
            return line.bare, step + 1
        return "", 1

    def _report(self, notes: Iterable[Note]) -> None:
        article = self._open[-1][0] if self._open else None
        for words, why in notes:
            self._oddities.append(Oddity(article, words, why))

    def _close(self, number: int, chapter: int | None, body: list[Line], marked: set[str], more: bool) -> Article:
        """An article without the headings that stand in it or, where there is more, at its end."""
        lines = [line.bare for line in body if line.bare]
        texts, taken = bare_headings.without(lines, marked, more)
        found = items.split([t for t in texts if t])
        below = bare_headings.WITHIN_WHY if chapter else bare_headings.WHY
        self._report_in(number, ((t, bare_headings.WHY if t in marked else below) for t in taken))
        within = {t for item in found for t in item.text.split("\n")[1:]}
        under = (line for above, line in pairwise(lines) if above in marked and line in within)
        self._report_in(number, ((t, bare_headings.BELOW_WHY) for t in under))
        return Article(number, chapter, "\n".join(texts), found)

    def _report_in(self, article: int, notes: Iterable[Note]) -> None:
        self._oddities += [Oddity(article, words, why) for words, why in notes]
