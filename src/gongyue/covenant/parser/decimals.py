"""Texts numbered 1. 1.1 1.1.1: a section for each heading 1., a part for each 1.1 at the number it has."""

from __future__ import annotations

import re
from itertools import pairwise

from gongyue.covenant.parser import bare_headings, headings, items
from gongyue.covenant.parser.body import body_of
from gongyue.covenant.parser.divisions import unique_addresses
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.paragraphs import paragraphed, part_of
from gongyue.covenant.text import Chapter, Oddity, Outline, Part

_HEAD = re.compile(r"([1-9][0-9]?)[.、．]?\s*([^0-9.\s][^。；：！？;:!?]*)")
_CLAUSE = re.compile(r"([1-9][0-9]?)[.．]([1-9][0-9]?)(?![0-9.．%]*[0-9%])")
LEAST = 2


def outline(read: list[Line]) -> Outline | None:
    """None where there are fewer than two such headings, or the file has headings of its own."""
    title, body, left = body_of(read)
    heads = [(i, m) for i, line in enumerate(body) if (m := _opens(line, body[i + 1 : i + 3]))]
    if len(heads) < LEAST or any(line.heading for line in body):
        return None
    first = heads[0][0]
    parts = [
        Part(f"¶{n}", f"第{n}段", None, line.bare, items.split([line.bare])) for n, line in enumerate(body[:first], 1)
    ]
    chapters: list[Chapter] = []
    for (start, head), end in zip(heads, [*(i for i, _ in heads[1:]), len(body)], strict=True):
        chapters.append(Chapter(int(head[1]), head[2]))
        parts += _section(head[1], len(chapters), [line.bare for line in body[start + 1 : end]])
    return Outline(title, "sections", tuple(chapters), tuple(unique_addresses(parts)), left)


def _opens(line: Line, below: list[Line]) -> re.Match[str] | None:
    """Whether a line is 2. 用户规则 with 2.1 right below it, or below its lead."""
    head = _HEAD.fullmatch(line.bare) if len(line.bare) <= headings.SHORT else None
    numbered = next((m for b in below if (m := _CLAUSE.match(b.bare))), None) if head else None
    return head if head and numbered and numbered[1] == head[1] else None


def _section(number: str, chapter: int, texts: list[str]) -> list[Part]:
    """What stands above its first clause is the section itself; what stands below one belongs to it."""
    gathered: list[tuple[str, str, list[str]]] = []
    for text in texts:
        clause = _CLAUSE.match(text)
        if clause and clause[1] == number:
            gathered.append((f"§{number}/{clause[2]}", f"第{number}节第{clause[2]}段", [text]))
        elif gathered:
            gathered[-1][2].append(text)
        else:
            gathered.append((f"§{number}", f"第{number}节", [text]))
    return [Part(at, label, chapter, "\n".join(own), items.split(own)) for at, label, own in gathered]


_NUMBERED = re.compile(r"(?P<top>[1-9][0-9]?)(?:[.．](?P<sub>[1-9][0-9]?))?(?![0-9.．]*[0-9])[.．、]?\s*(?P<name>\D.*)")


def headed(read: list[Line]) -> Outline | None:
    """Headings of the file's own that print 2. and 2.1: a section for each 2., a part for each 2.1, at the number it has.

    None where the numbers of the headings do not count on from 1, a 2.1 stands below another, or headings without a number stand
    above them and divide the text.
    """
    title, body, left = body_of(read)
    heads = {i: m for i, line in enumerate(body) if line.heading and (m := _NUMBERED.fullmatch(line.bare))}
    tops = [i for i, m in heads.items() if not m["sub"]]
    if len(tops) < LEAST or [int(heads[i]["top"]) for i in tops] != list(range(1, len(tops) + 1)):
        return None
    highest = min(body[i].level for i in tops)
    if any(line.heading and i not in heads and line.level < highest for i, line in enumerate(body)):
        return None
    parts, chapters = _loose(body[: tops[0]], 0, 0)
    odd: list[Oddity] = []
    for start, end in zip(tops, [*tops[1:], len(body)], strict=True):
        number = heads[start]["top"]
        chapters.append(Chapter(int(number), heads[start]["name"]))
        subs = [i for i in heads if start < i < end]
        if [heads[i]["top"] for i in subs] != [number] * len(subs):
            return None
        plain = [i for i in range(start + 1, end) if i not in subs and body[i].heading]
        stop = next((i for i in plain if 0 < body[i].level <= body[start].level and i > max(subs, default=0)), end)
        odd += [Oddity(None, body[i].bare, bare_headings.WHY) for i in plain if i < stop]
        kept = [i for i in range(start + 1, stop) if i not in plain]
        if not subs:
            texts = paragraphed([body[i] for i in kept])
            parts += [
                part_of(*_place(number, n if len(texts) > 1 else 0), len(chapters), t) for n, t in enumerate(texts, 1)
            ]
        for first, last in zip([start, *subs], [*subs, stop], strict=True) if subs else ():
            own = [body[i].bare for i in kept if first <= i < last]
            if own:
                parts.append(part_of(*_place(number, int(heads[first]["sub"] or 0)), len(chapters), "\n".join(own)))
        loose, named = _loose(body[stop:end], sum(p.at[0] == "¶" for p in parts), len(chapters))
        parts, chapters = parts + loose, chapters + named
    return Outline(title, "sections", tuple(chapters), tuple(unique_addresses(parts)), (*left, *odd))


def _loose(body: list[Line], before: int, above: int) -> tuple[list[Part], list[Chapter]]:
    """Paragraphs in no numbered section, each below the heading without a number that it has, if any; how many of either stand before."""
    parts: list[Part] = []
    chapters: list[Chapter] = []
    heads = [i for i, line in enumerate(body) if line.heading]
    for start, end in zip([-1, *heads], [*heads, len(body)], strict=True):
        chapters += [Chapter(None, body[start].bare)] if start >= 0 else []
        for text in paragraphed(body[start + 1 : end]):
            n = before + len(parts) + 1
            parts.append(part_of(f"¶{n}", f"第{n}段", above + len(chapters) if chapters else None, text))
    return parts, chapters


def _place(number: str, own: int) -> tuple[str, str]:
    return (f"§{number}/{own}", f"第{number}节第{own}段") if own else (f"§{number}", f"第{number}节")


def pairs(read: list[Line]) -> Outline | None:
    """Lines 1.1, 1.2, 2.1 and no 1. above them: a part for each at the number it prints, its heading its first line.

    None where they do not count on from 1.1, or the file has other headings of its own. 第二章 成员 right above 2.1 is their chapter.
    """
    title, body, left = body_of(read)
    headed = any(line.heading for line in body)
    heads = {i: m for i, line in enumerate(body) if (line.heading or not headed) and (m := _CLAUSE.match(line.bare))}
    if len(heads) < LEAST or any(line.heading and i not in heads for i, line in enumerate(body)):
        return None
    numbers = [(int(m[1]), int(m[2])) for m in heads.values()]
    if numbers[0] != (1, 1) or any(b not in ((a[0], a[1] + 1), (a[0] + 1, 1)) for a, b in pairwise(numbers)):
        return None
    named = _chapters(body, heads)
    first = min([*heads, *named])
    parts = [part_of(f"¶{n}", f"第{n}段", None, t) for n, t in enumerate(paragraphed(body[:first]), 1)]
    for (start, mark), end in zip(heads.items(), [*list(heads)[1:], len(body)], strict=True):
        own = "\n".join(line.bare for i, line in enumerate(body[start:end], start) if i not in named)
        above = sum(i < start for i in named) or None
        parts.append(part_of(*_place(mark[1], int(mark[2])), above, own))
    return Outline(title, "sections", tuple(named.values()), tuple(parts), left)


def _chapters(body: list[Line], heads: dict[int, re.Match[str]]) -> dict[int, Chapter]:
    """The lines 第二章 成员 right above 2.1, whose number is theirs."""
    found = ((i, headings.division(body[i - 1].text)) for i, mark in heads.items() if i and int(mark[2]) == 1)
    return {i - 1: Chapter(d.number, d.title) for i, d in found if d and d.title and d.number == int(heads[i][1])}
