"""Texts without 条 or 一、二、三: divisions by headings, or bare paragraphs, each at its address."""

from __future__ import annotations

import re

from msgspec.structs import replace

from gongyue.covenant.numerals import CHINESE, parse
from gongyue.covenant.parser import bare_headings, headings, items, numbered_headings
from gongyue.covenant.parser.body import body_of
from gongyue.covenant.parser.errors import Unreadable
from gongyue.covenant.parser.lines import B, Line
from gongyue.covenant.parser.paragraphs import joined_short, paragraphed
from gongyue.covenant.text import Chapter, Oddity, Outline, Part

BARE_WHY = "没有标记的短行，读作标题：请核对 / a short line without any mark is read as a heading: look at it"


def unique_addresses(parts: list[Part]) -> list[Part]:
    """Each address once: what comes again under one is counted on (#2)."""
    used = set[str]()
    counts: dict[str, int] = {}
    out = []
    for part in parts:
        at, label = part.at, part.label
        while at in used:
            own = part.at.partition("#")[0]
            counts[own] = again = counts.get(own, 1) + 1
            at, label = f"{own}#{again}", f"{part.label.partition('（重出')[0]}（重出{again}）"
        used.add(at)
        out.append(Part(at, label, part.chapter, part.text, part.items))
    return out


def sections(read: list[Line]) -> Outline | None:
    """Headings of the file's own or chapters, with paragraphs beneath; else, two at least, short lines above sentences."""
    title, body, left = body_of(read)
    heads = [i for i, line in enumerate(body) if line.heading or headings.division(line.text)]
    odd: list[Oddity] = []
    numbered, unsure = ([], False) if heads else numbered_headings.find(body)
    if not heads and not numbered:
        heads = _bare(body)
        if len(heads) < 2:
            return None
        odd = [Oddity(None, body[i].bare, BARE_WHY) for i in heads]
    odd += [Oddity(None, body[i].bare, numbered_headings.WHY) for i in numbered if unsure]
    odd += bare_headings.printed(body[i].bare for i in heads)
    odd += _numbered_otherwise([body[i] for i in heads])
    taken = {body[i].bare for i in heads}
    odd += [Oddity(None, text, bare_headings.UNSURE_WHY) for text in joined_short(body) if text not in taken]
    heads = heads or numbered
    parts = [
        Part(f"¶{n}", f"第{n}段", None, text, items.split(text.split("\n")))
        for n, text in enumerate(paragraphed(body[: heads[0]]), 1)
    ]
    chapters: list[Chapter] = []
    own = headings.own_numbers([headings.division(body[i].text) for i in heads])
    for start, end in zip(heads, [*heads[1:], len(body)], strict=True):
        division, below = headings.division(body[start].text), start + 1
        if division and not division.title and (name := _name_below(body, start, end)):
            division, below = replace(division, title=name), start + 2
        mark = numbered_headings.named(body[start]) if numbered else None
        named = (division.number, division.title) if division else mark or (None, body[start].bare)
        chapters.append(Chapter(*named))
        chapter = len(chapters)
        number = own[chapter - 1] if own else chapter
        texts = paragraphed(body[below:end])
        if len(texts) == 1:
            parts.append(Part(f"§{number}", f"第{number}节", chapter, texts[0], items.split(texts[0].split("\n"))))
            continue
        parts += [
            Part(f"§{number}/{n}", f"第{number}节第{n}段", chapter, t, items.split(t.split("\n")))
            for n, t in enumerate(texts, 1)
        ]
    return Outline(title, "sections", tuple(chapters), tuple(parts), (*left, *odd))


def _name_below(body: list[Line], start: int, end: int) -> str:
    """A chapter's name on the line below its number: short, without a stop, and above text of its own."""
    line = body[start + 1] if start + 2 < end else None
    return (
        line.bare
        if line and not line.bullet and headings.may_name_a_chapter(line.bare) and not items.label(line.bare)
        else ""
    )


def _numbered_otherwise(heads: list[Line]) -> list[Oddity]:
    """Headings of the file's own that print 1., 2. or 三 · where their sections, counted with those that print nothing, have other numbers."""
    printed = {n: number for n, line in enumerate(heads, 1) if line.heading and (number := _printed(line.bare))}
    if all(number == n for n, number in printed.items()):
        return []
    return [Oddity(None, heads[n - 1].bare, bare_headings.PRINTED_WHY) for n in printed]


_DOTTED = re.compile(rf"([{CHINESE}]{{1,3}}){B}*[·•]")


def _printed(text: str) -> int:
    """The number that a heading begins with: 1. 警告, 三 · 会议; 0 where there is none."""
    mark, dotted = items.label(text), _DOTTED.match(text)
    if mark:
        return 0 if mark.kind == "comma" else mark.number  # 零、 and 一、 number divisions, where they can
    return parse(dotted[1]) or 0 if dotted else 0


def _bare(body: list[Line]) -> list[int]:
    """Short lines that nothing marks as headings, each below a sentence or a list that has ended and above another.

    One below a line without an end is a heading too where blank lines set it off as they do all the others.
    """
    found, apart = list[int](), list[int]()
    for i, line in enumerate(body[:-1]):
        above, below = (body[i - 1].bare if i else "。"), body[i + 1]
        opens = below.bare[-1] in (*bare_headings.ENDED, "：", ":") or bool(items.label(below.bare))
        if bare_headings.may_be(line.bare) and not line.bullet and opens:
            ended = above[-1] in bare_headings.ENDED or _between_lists(above, below.bare)
            found += [i] if ended else []
            apart += [i] if not ended and body[i].number > body[i - 1].number + 1 else []
    looks = {_below_blank(body, i) for i in found} if all(_above_blank(body, i) for i in found) else set()
    return sorted([*found, *(i for i in apart if {_below_blank(body, i)} == (looks or {False}))])


def _between_lists(above: str, below: str) -> bool:
    """Whether a list ends above and another, marked alike, begins at one below."""
    ends, begins = items.label(above), items.label(below)
    return bool(ends and begins and begins.number == 1 and ends.kind == begins.kind and above[-1] not in "：:，,、")


def _above_blank(body: list[Line], i: int) -> bool:
    return not i or body[i].number > body[i - 1].number + 1


def _below_blank(body: list[Line], i: int) -> bool:
    return body[i + 1].number > body[i].number + 1


def paragraphs(read: list[Line]) -> Outline:
    """A text of nothing but paragraphs; Unreadable where there is none below the title."""
    title, body, left = body_of(read)
    parts = tuple(
        Part(f"¶{n}", f"第{n}段", None, t, items.split(t.split("\n"))) for n, t in enumerate(paragraphed(body), 1)
    )
    if not parts:
        raise Unreadable(
            "no_covenant", "标题之下没有文字；请给出全文。", "There is no text below the title; give the whole text."
        )
    odd = [
        Oddity(None, body[i].bare, bare_headings.UNSURE_WHY)
        for i in sorted({*_bare(body), *numbered_headings.left_unmarked(body)})
    ]
    odd += [Oddity(None, text, bare_headings.UNSURE_WHY) for text in joined_short(body)]
    return Outline(title, "paragraphs", (), parts, (*left, *odd))
