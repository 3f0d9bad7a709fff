"""Texts without 条: divisions by 一、二、三, by headings, or bare paragraphs, each at its address."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import pairwise

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parser import bare_headings, headings, items, numbered_headings, part_oddities
from gongyue.covenant.parser.body import SAID, body_of
from gongyue.covenant.parser.errors import Unreadable
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.oddities import LIST_WHY
from gongyue.covenant.parser.paragraphs import paragraphed
from gongyue.covenant.text import Chapter, Doubt, Oddity, Outline, Part

BARE_WHY = "没有标记的短行，读作标题：请核对 / a short line without any mark is read as a heading: look at it"


def enumerated(read: list[Line]) -> Outline | None:
    """一、 with 1. or （一） beneath."""
    title, body, left = body_of(read)
    marks = [items.label(line.bare) for line in body]
    tops = [i for i, m in enumerate(marks) if m and m.kind == "comma"]
    if len(tops) < 2 or marks[tops[0]].number != 1:  # type: ignore[union-attr]
        return None
    if any(body[i].level > line.level > 0 for i in tops[:1] for line in body):
        return None  # the file's own headings stand above: 一、 only divides one of them
    named = [i for i, line in enumerate(body) if headings.division(line.text)]
    through = (bisect(named, a) < bisect(named, b) for a, b in pairwise(tops) if marks[b].number == marks[a].number + 1)  # type: ignore[union-attr]
    if len(named) > 1 and not any(through):
        return None  # chapters divide it, and 一、 does not count on through them
    doubts = []
    for before, i in pairwise(tops):
        expected, number = marks[before].number + 1, marks[i].number  # type: ignore[union-attr]
        if number != expected:
            at = to_chinese(number)
            why = f"应为第{to_chinese(expected)}部分，却是第{at}部分 / part {expected} is expected, {number} is found"
            doubts.append(Doubt(body[i].number, body[i].bare[:40], at, why))
    divided = [[line.bare for line in body[a:b]] for a, b in zip(tops, [*tops[1:], len(body)], strict=True)]
    built = _Divisions(any(map(_at_the_end, divided[:-1])))
    built.preamble([line.bare for line in body[: tops[0]]])
    for n, (start, texts) in enumerate(zip(tops, divided, strict=True), 1):
        mark = marks[start]
        assert mark is not None
        alone = n == len(tops) and all(len(t) == 1 for t in divided[:-1])
        cut = _marked_below(body[start : start + len(texts)])
        built.add(mark, [mark.rest, *texts[1:cut]], n < len(tops), [t[0] for t in divided[:-1]] if alone else [])
        if cut < len(texts):
            built.headed(texts[cut:])
    parts = tuple(unique_addresses(built.parts))
    deep = bare_headings.printed(line.bare for line in body if line.heading and bare_headings.DEEP.match(line.bare))
    return Outline(title, "enumerated", tuple(built.chapters), parts, (*left, *deep, *built.oddities), tuple(doubts))


class _Divisions:
    """The parts of a text by 一、二、三, as they are added; `headed`: short lines without a number stand above them."""

    def __init__(self, headed: bool) -> None:
        self.parts: list[Part] = []
        self.chapters: list[Chapter] = []
        self.oddities: list[Oddity] = []
        self._headed, self._named = headed, 0

    def preamble(self, texts: list[str]) -> None:
        """What stands before 一、: paragraphs, and short lines that name those below them."""
        for i, text in enumerate(texts):
            last = i + 1 == len(texts)
            if headings.division(text) or (
                bare_headings.may_be(text) and (self._headed if last else bare_headings.above(text, texts[i + 1]))
            ):
                self._chapter(text)
            else:
                self._loose([text])

    def add(self, mark: items.Label, texts: list[str], more: bool, peers: list[str]) -> None:
        """A division; `peers`: all before it, where each is one line, so that what stands below the last closes the text."""
        texts, apart = _restarting(texts)
        texts, below = _headed(texts, more)
        behind: list[str] = []
        if peers and not apart:
            behind = _behind([*([p] for p in peers), texts])
            texts = texts[: len(texts) - len(behind)]
        if titled := _is_title(mark.rest):
            self.chapters.append(Chapter(mark.number, mark.rest))
        chapter = len(self.chapters) if titled else self._named or None
        loose = sum(p.at[0] == "¶" for p in self.parts)
        new, found = _division(to_chinese(mark.number), chapter, texts[0], texts[1:], loose)
        self.parts += new
        self.oddities += found
        if behind:
            self._named = 0
            self._loose(behind)
        if apart:
            self._chapter(apart[0])
            self._loose(apart[1:])
        for text in below:
            self._chapter(text)

    def headed(self, texts: list[str]) -> None:
        """A heading of the file's own without a number, and what stands below it."""
        self.chapters.append(Chapter(None, texts[0]))
        self._named = len(self.chapters)
        self._loose(texts[1:])
        self._named = 0

    def _chapter(self, text: str) -> None:
        if division := headings.division(text):
            self.chapters.append(Chapter(division.number, division.title))
        else:
            self.oddities.append(Oddity(None, text, BARE_WHY))
            self.chapters.append(Chapter(None, text))
        self._named = len(self.chapters)

    def _loose(self, texts: list[str]) -> None:
        first = sum(p.at[0] == "¶" for p in self.parts) + 1
        chapter = self._named or None
        self.parts += [Part(f"¶{n}", f"第{n}段", chapter, t, items.split([t])) for n, t in enumerate(texts, first)]


def _marked_below(lines: list[Line]) -> int:
    """Where in a division that is a heading of the file's own another, as high as it and without a number, begins."""
    level = lines[0].level
    below = (i for i, line in enumerate(lines) if i and level and 0 < line.level <= level)
    return next((i for i in below if not items.label(lines[i].bare)), len(lines))


def _restarting(texts: list[str]) -> tuple[list[str], list[str]]:
    """A division's lines, and from a heading on those of a list that begins at 1 again: they are no items of the division."""
    for i in range(2, len(texts) - 1):
        opens = items.label(texts[i + 1])
        if not (opens and opens.number == 1 and bare_headings.at_the_end(texts[: i + 1])):
            continue
        if any(m and m.kind == opens.kind for m in map(items.label, texts[1:i])):
            return texts[:i], texts[i:]
    return texts, []


def _headed(texts: list[str], more: bool) -> tuple[list[str], list[str]]:
    """Lines, and the headings of what follows at their end."""
    count = _at_the_end(texts) if more else 0
    return texts[: len(texts) - count], texts[len(texts) - count :]


def _at_the_end(texts: list[str]) -> int:
    """How many of the last lines are headings of what follows: chapters, or short lines that nothing marks."""
    last = next((n for n, t in enumerate(reversed(texts[1:])) if not headings.division(t)), len(texts) - 1)
    return last or bare_headings.at_the_end(texts)


def _is_title(head: str) -> bool:
    """Whether what stands beside the number names a division; a sentence or its lead is an article itself (一、会员应当守法。)."""
    return 0 < len(head) <= headings.SHORT and not SAID.search(head)


def _division(
    key: str, chapter: int | None, head: str, texts: list[str], loose: int
) -> tuple[list[Part], list[Oddity]]:
    """A division and its items, and what is odd: the headings among them; without items it is one part.

    `loose`: how many paragraphs outside of any division there are before; one behind the last item is another.
    """
    below = [items.label(t) or _decimal(t) for t in texts]
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
    if len(found) > 1 and not behind and len(found[-1]) > max(len(text) for text in found[:-1]):
        odd.append(part_oddities.of(parts[-1], found[-1][-1], LIST_WHY))
    parts += [Part(f"¶{n}", f"第{n}段", chapter, t, items.split([t])) for n, t in enumerate(behind, loose + 1)]
    return parts, odd


_DECIMAL = re.compile(r"[1-9][0-9]?[.．]([1-9][0-9]?)(?![0-9.．%])[.、\s]*")


def _decimal(text: str) -> items.Label | None:
    """1.2 beneath 一、: the second item of the first division."""
    found = _DECIMAL.match(text)
    return items.Label(found[0].strip(), "decimal", int(found[1]), text[found.end() :]) if found else None


def _behind(found: list[list[str]]) -> list[str]:
    """The paragraphs below the last item that are the division's own: the items before it are one line each."""
    *peers, own = found
    if any(len(text) > 1 for text in peers):
        return []
    before = items.before_last(peers, [t for text in found for t in text])
    for i, line in enumerate(own[1:], 1):
        if items.label(line):
            return []
        if not items.after_list(line, own[i - 1], False, before)[0]:
            return own[i:]
    return []


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
    heads = heads or numbered
    parts = [
        Part(f"¶{n}", f"第{n}段", None, text, items.split(text.split("\n")))
        for n, text in enumerate(paragraphed(body[: heads[0]]), 1)
    ]
    chapters: list[Chapter] = []
    own = headings.own_numbers([headings.division(body[i].text) for i in heads])
    for start, end in zip(heads, [*heads[1:], len(body)], strict=True):
        division = headings.division(body[start].text)
        mark = numbered_headings.named(body[start]) if numbered else None
        named = (division.number, division.title) if division else mark or (None, body[start].bare)
        chapters.append(Chapter(*named))
        chapter = len(chapters)
        number = own[chapter - 1] if own else chapter
        texts = paragraphed(body[start + 1 : end])
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
    found, apart = list[int](), list[int]()
    for i, line in enumerate(body[:-1]):
        above, below = (body[i - 1].bare if i else "。"), body[i + 1]
        opens = below.bare[-1] in (*bare_headings.ENDED, "：", ":") or bool(items.label(below.bare))
        if bare_headings.may_be(line.bare) and not line.bullet and opens:
            ended = above[-1] in bare_headings.ENDED
            found += [i] if ended else []
            apart += [i] if not ended and _apart(body, i) else []
    return sorted([*found, *apart]) if all(_apart(body, i) for i in found) else found


def _apart(body: list[Line], i: int) -> bool:
    """Whether blank lines set it off from what stands above, and nothing from what stands below."""
    return (not i or body[i].number > body[i - 1].number + 1) and body[i + 1].number == body[i].number + 1


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
    return Outline(title, "paragraphs", (), parts, (*left, *odd))
