"""Texts without 条: divisions by 一、二、三, by headings, or bare paragraphs, each at its address."""

from __future__ import annotations

import re
from itertools import pairwise

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parser import bare_headings, headings, items, part_oddities
from gongyue.covenant.parser.errors import Unreadable
from gongyue.covenant.parser.frame import closes, title_of
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.oddities import LIST_WHY
from gongyue.covenant.text import Chapter, Doubt, Oddity, Outline, Part

_SAID = re.compile("[。；：！？，;:!?,]")
_RULES = re.compile("解[释釋]|生效|施行|[实實]施|[负負][责責]|[应應须須]|不得|可以|有效|[为為][准準]|所有")
_BARE_WHY = "没有标记的短行，读作标题：请核对 / a short line without any mark is read as a heading: look at it"
_TAIL_WHY = "文末的落款、日期，不属于正文 / signatures and dates at the end, not part of the text"


def _body(read: list[Line]) -> tuple[str, list[Line], tuple[Oddity, ...]]:
    """The title, the lines below it, and what was left out: those that only sign and date the text."""
    title, used = title_of([line for line in read if line.bare][:6])
    bare = [line for line in read if line.bare]
    body = [line for i, line in enumerate(bare) if i not in used]
    end = len(body)
    while end > 1 and (closes(body[end - 1].bare) or _only_names(body[end - 2], body[end - 1])):
        end -= 1
    kept, tail = body[:end], body[end:]
    words = "\n".join(line.bare for line in tail)
    return title, kept, (Oddity(None, words, _TAIL_WHY),) if words else ()


def _only_names(above: Line, line: Line) -> bool:
    """Whether a last line names who issued the text: short, without any punctuation, below the end of a sentence."""
    plain = not (line.heading or line.bullet or items.label(line.bare) or _SAID.search(line.bare) or "\t" in line.text)
    return plain and len(line.bare) <= headings.SHORT and above.bare[-1] in "。！" and not _RULES.search(line.bare)


def enumerated(read: list[Line]) -> Outline | None:
    """一、 with 1. or （一） beneath."""
    title, body, left = _body(read)
    marks = [items.label(line.bare) for line in body]
    tops = [i for i, m in enumerate(marks) if m and m.kind == "comma"]
    if len(tops) < 2 or marks[tops[0]].number != 1:  # type: ignore[union-attr]
        return None
    if any(body[i].level > line.level > 0 for i in tops[:1] for line in body):
        return None  # the file's own headings stand above: 一、 only divides one of them
    doubts = []
    for before, i in pairwise(tops):
        expected, number = marks[before].number + 1, marks[i].number  # type: ignore[union-attr]
        if number != expected:
            at = to_chinese(number)
            why = f"应为第{to_chinese(expected)}部分，却是第{at}部分 / part {expected} is expected, {number} is found"
            doubts.append(Doubt(body[i].number, body[i].bare[:40], at, why))
    parts = [
        Part(f"¶{n}", f"第{n}段", None, line.bare, items.split([line.bare]))
        for n, line in enumerate(body[: tops[0]], 1)
    ]
    chapters: list[Chapter] = []
    odd: list[Oddity] = []
    divided = [[line.bare for line in body[start:end]] for start, end in pairwise(tops)]
    named = 0
    if any(map(bare_headings.at_the_end, divided)):  # else a short line above 一、 may be whoever issued the text
        above, heads = _headed(["。", *(p.text for p in parts)], True)
        parts = parts[: len(above) - 1]
        odd += [Oddity(None, t, bare_headings.WHY) for t in heads]
        chapters += [Chapter(None, t) for t in heads[-1:]]
        named = len(chapters)
    for start, end in zip(tops, [*tops[1:], len(body)], strict=True):
        mark = marks[start]
        assert mark is not None
        key = to_chinese(mark.number)
        texts, below = _headed([mark.rest, *(line.bare for line in body[start + 1 : end])], end < len(body))
        if titled := _is_title(mark.rest):
            chapters.append(Chapter(mark.number, mark.rest))
        chapter = len(chapters) if titled or named else None
        new, found = _division(key, chapter, texts[0], texts[1:], sum(p.at[0] == "¶" for p in parts))
        parts += new
        odd += [*found, *(Oddity(None, t, bare_headings.WHY) for t in below)]
        if below:
            chapters.append(Chapter(None, below[-1]))
            named = len(chapters)
    return Outline(title, "enumerated", tuple(chapters), tuple(unique_addresses(parts)), (*left, *odd), tuple(doubts))


def _headed(texts: list[str], more: bool) -> tuple[list[str], list[str]]:
    """Lines, and the headings of what follows at their end."""
    count = bare_headings.at_the_end(texts) if more else 0
    return texts[: len(texts) - count], texts[len(texts) - count :]


def _is_title(head: str) -> bool:
    """Whether what stands beside the number names a division; a sentence or its lead is an article itself (一、会员应当守法。)."""
    return 0 < len(head) <= headings.SHORT and not _SAID.search(head)


def _division(
    key: str, chapter: int | None, head: str, texts: list[str], loose: int
) -> tuple[list[Part], list[Oddity]]:
    """A division and its items, and what is odd: the headings among them; without items it is one part.

    `loose`: how many paragraphs outside of any division there are before; one behind the last item is another.
    """
    below = [items.label(t) for t in texts]
    first = next((m.kind for m in below if m), "")
    opens = [i for i, m in enumerate(below) if m and m.kind == first and m.number]
    lead = "\n".join(t for t in [head, *texts[: opens[0] if opens else len(texts)]] if t)
    parts = [Part(key, f"第{key}部分", chapter, lead, () if opens else items.split(lead.split("\n")))]
    found: list[list[str]] = []
    odd: list[Oddity] = []
    for start, end in zip(opens, [*opens[1:], len(texts)], strict=False):  # none: one part
        mark = below[start]
        assert mark is not None
        kept, taken = _headed([mark.rest, *texts[start + 1 : end]], end < len(texts))
        odd += [Oddity(None, t, bare_headings.WHY) for t in taken]
        found.append([t for t in kept if t])
    behind = _behind(found) if len(found) > 1 else []
    if behind:
        found[-1] = found[-1][: -len(behind)]
    for start, own in zip(opens, found, strict=False):
        number = below[start].number  # type: ignore[union-attr]
        parts.append(Part(f"{key}/{number}", f"第{key}部分第{number}项", chapter, "\n".join(own), items.split(own)))
    if found and not behind and len(found[-1]) > max((len(text) for text in found[:-1]), default=1):
        odd.append(part_oddities.of(parts[-1], found[-1][-1], LIST_WHY))
    parts += [Part(f"¶{n}", f"第{n}段", chapter, t, items.split([t])) for n, t in enumerate(behind, loose + 1)]
    return parts, odd


def _behind(found: list[list[str]]) -> list[str]:
    """The paragraphs below the last item that are the division's own: the items before it are one line each."""
    *peers, own = found
    for i, line in enumerate(own[1:], 1):
        if items.label(line):
            return []
        if all(len(text) == 1 for text in peers):
            within, _ = items.after_list(line, own[i - 1], [*peers, own[:i]], [t for text in found for t in text])
            if not within:
                return own[i:]
    return []


def unique_addresses(parts: list[Part]) -> list[Part]:
    """Each address once: what comes again under one is counted on (#2)."""
    counts: dict[str, int] = {}
    out = []
    for part in parts:
        counts[part.at] = counts.get(part.at, 0) + 1
        again = counts[part.at]
        at, label = (part.at, part.label) if again == 1 else (f"{part.at}#{again}", f"{part.label}（重出{again}）")
        out.append(Part(at, label, part.chapter, part.text, part.items))
    return out


def sections(read: list[Line]) -> Outline | None:
    """Headings of the file's own or chapters, with paragraphs beneath; else, two at least, short lines above sentences."""
    title, body, left = _body(read)
    heads = [i for i, line in enumerate(body) if line.heading or headings.division(line.text)]
    odd: list[Oddity] = []
    if not heads:
        heads = _bare(body)
        if len(heads) < 2:
            return None
        odd = [Oddity(None, body[i].bare, _BARE_WHY) for i in heads]
    parts = [
        Part(f"¶{n}", f"第{n}段", None, text, items.split(text.split("\n")))
        for n, text in enumerate(_paragraphed(body[: heads[0]]), 1)
    ]
    chapters: list[Chapter] = []
    own = _own_numbers([headings.division(body[i].text) for i in heads])
    for start, end in zip(heads, [*heads[1:], len(body)], strict=True):
        division = headings.division(body[start].text)
        chapters.append(
            Chapter(division.number if division else None, division.title if division else body[start].bare)
        )
        chapter = len(chapters)
        number = own[chapter - 1] if own else chapter
        texts = _paragraphed(body[start + 1 : end])
        if len(texts) == 1:
            parts.append(Part(f"§{number}", f"第{number}节", chapter, texts[0], items.split(texts[0].split("\n"))))
            continue
        parts += [
            Part(f"§{number}/{n}", f"第{number}节第{n}段", chapter, t, items.split(t.split("\n")))
            for n, t in enumerate(texts, 1)
        ]
    return Outline(title, "sections", tuple(chapters), tuple(parts), (*left, *odd))


def _bare(body: list[Line]) -> list[int]:
    """Short lines that nothing marks as headings, each below a sentence that has ended and above another sentence."""
    found = []
    for i, line in enumerate(body[:-1]):
        above, below = (body[i - 1].bare if i else "。"), body[i + 1]
        opens = below.bare[-1] in (*bare_headings.ENDED, "：", ":") or bool(items.label(below.bare))
        if bare_headings.may_be(line.bare) and not line.bullet and above[-1] in bare_headings.ENDED and opens:
            found.append(i)
    return found


def _own_numbers(divisions: list[headings.Division | None]) -> list[int]:
    """The numbers that the chapters themselves have, where all have one and they rise: an address agrees with what is printed."""
    numbers = [d.number for d in divisions if d and d.kind == "章"]
    rising = len(numbers) == len(divisions) and all(a < b for a, b in pairwise(numbers))
    return numbers if rising and numbers[0] else []


def _paragraphed(body: list[Line]) -> list[str]:
    """Paragraphs: a lead that ends in a colon takes the labelled or bulleted lines below it in, one in a list those set in from it."""
    out: list[str] = []
    lead: Line | None = None
    for line in body:
        below = line.bullet or bool(items.label(line.bare))
        if lead and below and not (lead.bullet and line.bullet and line.indent <= lead.indent):
            out[-1] += "\n" + line.bare
            continue
        out.append(line.bare)
        lead = line if line.bare[-1] in "：:" else None
    return out


def paragraphs(read: list[Line]) -> Outline:
    """A text of nothing but paragraphs; Unreadable where there is none below the title."""
    title, body, left = _body(read)
    parts = tuple(
        Part(f"¶{n}", f"第{n}段", None, t, items.split(t.split("\n"))) for n, t in enumerate(_paragraphed(body), 1)
    )
    if not parts:
        raise Unreadable(
            "no_covenant", "标题之下没有文字；请给出全文。", "There is no text below the title; give the whole text."
        )
    odd = [Oddity(None, body[i].bare, bare_headings.UNSURE_WHY) for i in _bare(body)]
    return Outline(title, "paragraphs", (), parts, (*left, *odd))
