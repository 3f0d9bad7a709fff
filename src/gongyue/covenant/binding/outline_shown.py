"""The outline as a person sees it before it is confirmed as a whole: heading by heading, part by part, with the figures that show an error.

A doubt is asked about where a rule has one. What was read wrongly without any doubt is seen only by somebody who looks at all of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from statistics import median_low

import msgspec

from gongyue.covenant import addresses
from gongyue.covenant.numerals import NUMERAL, to_chinese
from gongyue.covenant.parser import items, lost_structure, mending, oddities
from gongyue.covenant.parser.part_oddities import STOPS
from gongyue.covenant.text import Chapter, Item, LeftOut, Outline, Part, heading_of

ENDS = 14
"""Characters that are shown of a part's beginning, and of its end."""
LONG, TIMES_LONGER = 300, 6
"""Characters from which a part is long, where it also has so many times more than the middle one of all."""
SHORT = 8
"""Characters below which a part is short."""
USUAL = 2
"""What every second part of a text has, or lacks, is its habit and no error."""
Words = tuple[str, str]
"""The same in Chinese and English."""

_CHINESE = re.compile("[\u3400-\u9fff]")
_INSIDE = re.compile(rf"(?<=[。；！？\s])(第\s*(?:{NUMERAL})\s*[章编編篇]\s*[^。；，]{{0,12}})")


class OutlineRow(msgspec.Struct, frozen=True):
    """A part: where it is, how it begins and ends (`ends` is empty where the beginning is all of it), how many paragraphs and items.

    `first` and `last` are the labels of its first and last items, `below` how many items stand within those. `own` is the number that it prints
    before its own words (3. of a paragraph), which is none of its items. `looks` says in words why it is worth a second look.
    """

    at: str
    label: str
    begins: str
    ends: str
    paragraphs: int
    items: int
    first: str
    last: str
    looks: tuple[Words, ...]
    below: int = 0
    own: str = ""

    @property
    def figures(self) -> Words:
        """How many paragraphs, and how many items with which labels."""
        zh, en = f"{self.paragraphs} 段", _many(self.paragraphs, "paragraph")
        if self.own:
            zh, en = f"编号 {self.own}，{zh}", f"numbered {self.own}, {en}"
        if self.items:
            labels = f"（{self.first}–{self.last}）", f" ({self.first} to {self.last})"
            if not self.first:
                labels = "（没有项号）", " (without marks)"
            elif self.first == self.last:
                labels = f"（{self.first}）", f" ({self.first})"
            zh, en = f"{zh}，{self.items} 项{labels[0]}", f"{en}, {_many(self.items, 'item')}{labels[1]}"
        if self.below:
            zh, en = f"{zh}，其下又 {self.below} 项", f"{en}, {self.below} more below them"
        return zh, en


class OutlineChapter(msgspec.Struct, frozen=True):
    """A heading as it was read, with its parts and their figures; `heading` is empty of what stands under none."""

    heading: str
    rows: tuple[OutlineRow, ...]
    figures: Words
    looks: tuple[Words, ...] = ()


class ShownOutline(msgspec.Struct, frozen=True):
    """All of it: the title, the chapters, the lines of the file that belong to no part. `total` sums it up in a sentence."""

    title: str
    chapters: tuple[OutlineChapter, ...]
    left_out: tuple[LeftOut, ...]
    total: Words

    @property
    def digest(self) -> str:
        """What an answer is kept as: of exactly what was shown."""
        return "sha256:" + hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def shown(outline: Outline, left_out: tuple[LeftOut, ...], levels: Sequence[int] = ()) -> ShownOutline:
    """What is shown of an outline; `levels`: how deep each heading is, where that is known (`parser.heading_levels`)."""
    chapters = tuple(_chapters(outline, _looks(outline), levels))
    zh, en = _counts(outline.parts)
    if headed := sum(bool(c.heading) for c in chapters):
        zh, en = f"{headed} 章 {zh}", f"{_many(headed, 'chapter')}, {en}"
    left = "文件的各行都在其中", "every line of the file is in it"
    if left_out:
        left = (
            f"文件里另有 {len(left_out)} 行不属于任何一处",
            f"{_many(len(left_out), 'more line')} of the file in no part",
        )
    if by_hand := sum(one.why == mending.OUT_WHY for one in left_out):
        said = f"，其中 {by_hand} 行是人说明的", f", {by_hand} of them by what somebody said"
        left = left[0] + said[0], left[1] + said[1]
    seconds = sum(bool(looks) for c in chapters for looks in (c.looks, *(row.looks for row in c.rows)))
    return ShownOutline(outline.title, chapters, left_out, _joined((zh, en), left, _seconds(seconds)))


def _chapters(
    outline: Outline, looks: Callable[[Part], tuple[Words, ...]], levels: Sequence[int]
) -> Iterator[OutlineChapter]:
    """The parts below their headings, in the text's order; headings with nothing below them in their place."""
    told = 0
    for number, group in groupby(outline.parts, key=lambda p: p.chapter):
        for empty in range(told, (number or 0) - 1):
            yield _empty(outline, empty, levels)
        told = max(told, number or 0)
        name = _heading(outline, outline.chapters[number - 1]) if number else ""
        parts = list(group)
        rows = tuple(_row(p, looks(p)) for p in parts)
        level = _level(levels, number - 1) if number else ("", "")
        yield OutlineChapter(name, rows, _joined(level, _counts(parts), _seconds(sum(bool(row.looks) for row in rows))))
    for empty in range(told, len(outline.chapters)):
        yield _empty(outline, empty, levels)


def _empty(outline: Outline, number: int, levels: Sequence[int]) -> OutlineChapter:
    above = _level_of(levels, number + 1) > _level_of(levels, number) > 0
    said = ("标题之下什么也没有", "there is nothing below this heading")
    figures = _joined(_level(levels, number), ("只有下一级的标题", "only headings below it") if above else _counts([]))
    return OutlineChapter(_heading(outline, outline.chapters[number]), (), figures, () if above else (said,))


def _level_of(levels: Sequence[int], number: int) -> int:
    return levels[number] if 0 <= number < len(levels) else 0


def _level(levels: Sequence[int], number: int) -> Words:
    """How deep a heading is, where the text has some of several depths."""
    depth = _level_of(levels, number)
    return (f"第{to_chinese(depth)}级标题", f"a heading of level {depth}") if depth else ("", "")


def _heading(outline: Outline, chapter: Chapter) -> str:
    number = f"第{to_chinese(chapter.number)}章" if chapter.number and outline.scheme == "articles" else ""
    return f"{number} {chapter.title}".strip() or f"{chapter.number or ''}"


def _row(part: Part, looks: tuple[Words, ...]) -> OutlineRow:
    text = " ".join(part.text.split())
    begins, ends = (text[:ENDS], text[-ENDS:]) if len(text) > 2 * ENDS else (text, "")
    own, listed = _items(part)
    labels = [i.label for i in listed] or [""]
    below = sum(len(_within(i)) for i in listed)
    paragraphs = part.text.count("\n") + 1
    return OutlineRow(
        part.at, part.label, begins, ends, paragraphs, len(listed), labels[0], labels[-1], looks, below, own
    )


def _items(part: Part) -> tuple[str, Sequence[Item]]:
    """The number that a part prints before its own words, and its items: of a paragraph 3. those below 3., which is one by its characters."""
    only = part.items[0] if len(part.items) == 1 else None
    if only and only.label and part.text.startswith(only.label):
        return only.label, _within(only)
    return "", part.items


def _within(item: Item) -> Sequence[Item]:
    """The items of an item."""
    lines = [t for t in item.text.split("\n") if t]
    return items.split(lines) if len(lines) > 1 or len(items.pieces(item.text)) > 1 else ()


# -- what is worth a second look


def _looks(outline: Outline) -> Callable[[Part], tuple[Words, ...]]:
    """What is unusual about a part, in this text."""
    parts = outline.parts
    middle = median_low([len(p.text) for p in parts])
    stops = STOPS.replace("；", "").replace(";", "") if outline.scheme == "articles" else STOPS
    unended = [p.at for p in parts if p.text.rstrip()[-1:] not in stops]
    led = addresses.leading(parts)
    cut = set(unended) - led if len(unended) * USUAL < len(parts) else set()
    skips = {b.at: b for b in addresses.breaks(parts)}

    def looks(part: Part) -> Iterator[Words]:
        if part.text == heading_of(part, outline.chapters):
            return  # 一、会员: its heading is all of it
        yield from _of_its_words(part, middle)
        if found := skips.get(part.at):
            zh, en = f"第{found.expected}条", f"article {found.expected}"
            yield f"编号不接：前面应是{zh}", f"its number does not follow: {en} is expected here"
        if words := _like_a_heading(part):
            yield f"“{words}”像标题，读在这里面", f"“{words}” looks like a heading and is read as part of this"
        if part.text.rstrip()[-1:] in ("：", ":") and part.at not in led:
            yield "以冒号收尾，后面没有内容", "it ends with a colon and nothing comes after"
        elif part.at in cut:
            yield "末段没有以句号一类收尾", "its last paragraph ends without a full stop or the like"
        own = items.label(part.text)  # a point numbered 5. is no list that begins there
        if labels := list(oddities.labels_apart(part.items, own.number - 1 if own and own.number else 0)):
            yield f"项号不接：{'、'.join(labels[:3])}", f"the items' labels do not run on: {', '.join(labels[:3])}"

    return lambda part: tuple(looks(part))


def _of_its_words(part: Part, middle: int) -> Iterator[Words]:
    """Whether a part is very long or short beside the middle one, or in another language."""
    size = len(part.text)
    if size >= LONG and size >= TIMES_LONGER * middle:
        yield (
            f"特别长：{size} 字，居中的是 {middle} 字",
            f"very long: {size} characters, where the middle part has {middle}",
        )
    if size < SHORT and size * USUAL < middle:
        yield f"特别短：{size} 字", f"very short: {_many(size, 'character')}"
    if not _CHINESE.search(part.text):
        yield "没有中文，可能不属于正文", "no Chinese in it: it may be no part of the text"


def _like_a_heading(part: Part) -> str:
    """The beginning of a line, or of a sentence, that looks like a chapter's heading; empty where none does."""
    lines = [t for t in part.text.split("\n") if t]
    words = next((text for _, text in lost_structure.run_in(lines, articles=False)), "")
    if not words and (inside := _INSIDE.search(part.text)):
        words = inside[1]
    return " ".join(words[:ENDS].split())


# -- how many of what


def _counts(parts: Sequence[Part]) -> Words:
    """26 条（第1条至第26条），其中 5 条分项共 27 项."""
    if not parts:
        return "没有内容", "nothing"
    zh, en = addresses.counted(parts)
    if len(parts) > 1:
        zh, en = f"{zh}（{parts[0].label}至{parts[-1].label}）", f"{en} ({parts[0].label} to {parts[-1].label})"
    if several := [own for part in parts if (own := _items(part)[1])]:
        listed = sum(len(own) for own in several)
        zh += f"，其中 {len(several)} 处分项，共 {listed} 项"
        en += f", {len(several)} of them with {_many(listed, 'item')} in all"
    return zh, en


def _seconds(number: int) -> Words:
    return (f"{number} 处值得再看一眼", f"{number} worth a second look") if number else ("", "")


def _joined(*said: Words) -> Words:
    return "；".join(zh for zh, _ in said if zh), "; ".join(en for _, en in said if en)


def _many(number: int, one: str) -> str:
    return f"{number} {one}{'s' * (number != 1)}"
