"""Paragraphs of a text without articles: lists go to what leads up to them, broken lines to the line above."""

from __future__ import annotations

import re

from gongyue.covenant.parser import bare_headings, items
from gongyue.covenant.parser.lines import BLANKS, Line
from gongyue.covenant.text import Part


def part_of(at: str, label: str, chapter: int | None, text: str) -> Part:
    """A part with the items that its lines have."""
    return Part(at, label, chapter, text, items.split(text.split("\n")))


def paragraphed(body: list[Line]) -> list[str]:
    """Paragraphs: a lead that ends in a colon takes the labelled or bulleted lines below it in, one in a list those set in from it.

    A list of (1), (2) ends where the paragraphs' own numbers go on (4. below 3.).
    """
    out: list[str] = []
    opened: Line | None = None
    last: Line | None = None
    outer: dict[str, int] = {}
    listed = set[str]()
    for line in body:
        mark = items.label(line.bare)
        lettered = (
            opened
            and last
            and items.LETTER.match(line.bare)
            and (last.bare[-1] in "：:" or items.LETTER.match(last.bare))
        )
        closes = (
            mark and mark.kind not in listed and listed and mark.number > 1 and outer.get(mark.kind) == mark.number - 1
        )
        if opened and not closes and (lettered or ((line.bullet or mark) and _is_below(line, opened))):
            out[-1] += "\n" + line.bare
            listed |= {mark.kind} if mark else set()
            last = line
            continue
        if last and goes_on(last, line):
            out[-1] += "\n" + line.bare
            last = line
            continue
        out.append(line.bare)
        opened = last = line
        outer |= {mark.kind: mark.number} if mark else {}
        listed = set()
    return out


def joined_short(body: list[Line]) -> list[str]:
    """Lines that could be headings and are read as the rest of the one above, which has no end: that a text has no stops tells nothing.

    One set in below a bullet goes on with it.
    """
    found = []
    for above, line, below in zip(body, body[1:], body[2:], strict=False):
        if not (bare_headings.may_be(line.bare) and goes_on(above, line)) or (above.bullet and line.text[:1] in BLANKS):
            continue
        short = len(line.bare) < min(len(above.bare), len(below.bare))
        found += [line.bare] if short or (above.bullet and below.bullet) else []
    return found


BROKEN = 16
_NAMED = re.compile("[^，。；：:]{1,8}[：:]")


def goes_on(above: Line, line: Line) -> bool:
    """Whether a line is the rest of the one right above it, which has no end: a paragraph that is broken into lines."""
    if (
        line.number != above.number + 1
        or line.bullet
        or line.heading
        or "\t" in line.text + above.text
        or items.label(line.bare)
    ):
        return False
    if above.bare[-1] in (*bare_headings.ENDED, "：", ":", "…", "—", "-", "”", "」") or (
        bare_headings.may_be(above.bare) and not above.bullet
    ):
        return False
    return not (_NAMED.match(above.bare) and (_NAMED.match(line.bare) or len(above.bare) < BROKEN))


def _is_below(line: Line, opened: Line) -> bool:
    """Whether a line of a list belongs to the one that opened the paragraph: set in from it, or led by it and no sibling."""
    own, mark = items.label(opened.bare), items.label(line.bare)
    if opened.bullet or own:
        if line.indent != opened.indent:
            return line.indent > opened.indent
        if opened.bullet and line.bullet:
            return False
        if own and mark and own.kind == mark.kind and mark.number in (own.number + 1, 0):
            return False
    return opened.bare[-1] in "：:"
