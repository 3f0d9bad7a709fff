"""Texts by 一、二、三: divisions with 1. or （一） beneath, each at its number; headings without a number stand above or within them."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import pairwise

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parser import bare_headings, headings, items, part_oddities
from gongyue.covenant.parser.body import SAID, body_of
from gongyue.covenant.parser.divisions import BARE_WHY, unique_addresses
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.oddities import LIST_WHY
from gongyue.covenant.parser.paragraphs import BROKEN, goes_on, paragraphed, part_of
from gongyue.covenant.text import Chapter, Doubt, Oddity, Outline, Part


def outline(read: list[Line]) -> Outline | None:
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
    if _anew_below_headings(body, tops):
        return None  # each heading has a list of its own: sections
    doubts = []
    for before, i in pairwise(tops):
        expected, number = marks[before].number + 1, marks[i].number  # type: ignore[union-attr]
        if number != expected:
            at = to_chinese(number)
            why = f"应为第{to_chinese(expected)}部分，却是第{at}部分 / part {expected} is expected, {number} is found"
            doubts.append(Doubt(body[i].number, body[i].bare[:40], at, why))
    divided = [body[a:b] for a, b in zip(tops, [*tops[1:], len(body)], strict=True)]
    texts = [[line.bare for line in lines] for lines in divided]
    built = _Divisions(any(map(_at_the_end, divided[:-1])))
    built.preamble(body[: tops[0]])
    for n, (start, lines) in enumerate(zip(tops, divided, strict=True), 1):
        mark = marks[start]
        assert mark is not None
        alone = n == len(tops) and all(len(t) == 1 for t in texts[:-1])
        cut = _marked_below(lines)
        among = _among_items(lines[1:cut])
        taken = frozenset(line.number for line in among)
        own = [line for line in lines[1:cut] if not (line.heading and line.number in taken)]
        built.add(
            mark, [lines[0].with_text(mark.rest), *own], n < len(tops), [t[0] for t in texts[:-1]] if alone else []
        )
        built.oddities += [Oddity(None, line.bare, bare_headings.WHY) for line in among]
        if cut < len(lines):
            built.headed(lines[cut:])
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
        self._loose_ones = 0

    def preamble(self, lines: list[Line]) -> None:
        """What stands before 一、: paragraphs, headings of the file's own, and short lines that name those below them."""
        texts = [line.bare for line in lines]
        loose = False
        for i, text in enumerate(texts):
            broken = loose and len(texts[i - 1]) >= BROKEN and goes_on(lines[i - 1], lines[i])
            before, last = len(self.parts), i + 1 == len(texts)
            if _names(lines[i]):
                self._marked(text)
            elif headings.division(text) or (
                bare_headings.may_be(text) and (self._headed if last else bare_headings.above(text, texts[i + 1]))
            ):
                self._chapter(text)
            elif broken:
                part = self.parts[-1]
                self.parts[-1] = part_of(part.at, part.label, part.chapter, f"{part.text}\n{text}")
            else:
                self._loose([text])
            loose = broken or len(self.parts) > before

    def add(self, mark: items.Label, lines: list[Line], more: bool, peers: list[str]) -> None:
        """A division; `peers`: all before it, where each is one line, so that what stands below the last closes the text."""
        lines, apart = _restarting(lines)
        lines, below = _cut(lines, more)
        behind: list[str] = []
        if peers and not apart:
            behind = _behind([*([p] for p in peers), _words(lines)])
            lines = lines[: len(lines) - len(behind)]
        if titled := _is_title(mark.rest):
            self.chapters.append(Chapter(mark.number, mark.rest))
        chapter = len(self.chapters) if titled else self._named or None
        self._divide(to_chinese(mark.number), chapter, mark.rest, lines[1:])
        if behind:
            self._named = 0
            self._loose(behind)
        if apart:
            self._chapter(apart[0].bare)
            self._loose(_words(apart[1:]))
        for line in below:
            self._chapter(line.bare)

    def _divide(self, key: str, chapter: int | None, head: str, lines: list[Line]) -> None:
        """A division and its items, and what is odd: the headings among them; without items it is one part."""
        texts = _words(lines)
        deeper = _below_bullets(lines)
        below = [None if i in deeper else items.label(t) or _decimal(t) for i, t in enumerate(texts)]
        first = next((m.kind for m in below if m), "")
        opens = [i for i, m in enumerate(below) if m and m.kind == first and m.number]
        lead = "\n".join(t for t in [head, *texts[: opens[0] if opens else len(texts)]] if t)
        self.parts.append(Part(key, f"第{key}部分", chapter, lead, () if opens else items.split(lead.split("\n"))))
        found: list[list[str]] = []
        for start, end in zip(opens, [*opens[1:], len(texts)], strict=False):  # none: one part
            mark = below[start]
            assert mark is not None
            kept, taken = _cut([lines[start].with_text(mark.rest), *lines[start + 1 : end]], end < len(texts))
            self.oddities += [Oddity(None, line.bare, bare_headings.WHY) for line in taken]
            found.append([t for t in (mark.rest, *_words(kept[1:])) if t])
        behind = _behind(found) if len(found) > 1 else []
        if behind:
            found[-1] = found[-1][: -len(behind)]
        for start, own in zip(opens, found, strict=False):
            number = below[start].number  # type: ignore[union-attr]
            label = f"第{key}部分第{number}项"
            self.parts.append(Part(f"{key}/{number}", label, chapter, "\n".join(own), items.split(own)))
        listed = (
            bool(found) and items.label(found[-1][-1]) is not None
        )  # an item of its own list is no paragraph behind it
        if len(found) > 1 and not behind and not listed and len(found[-1]) > max(len(text) for text in found[:-1]):
            self.oddities.append(part_oddities.of(self.parts[-1], found[-1][-1], LIST_WHY))
        self._paragraphs(behind, chapter)

    def headed(self, lines: list[Line]) -> None:
        """Headings of the file's own without a number, each with what stands below it; the last may stand above the next division."""
        heads = [i for i, line in enumerate(lines) if _names(line)]
        for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            self._marked(lines[start].bare)
            self._loose(paragraphed(lines[start + 1 : end]))
        if heads[-1] + 1 < len(lines):
            self._named = 0

    def _marked(self, text: str) -> None:
        self.chapters.append(Chapter(None, text))
        self._named = len(self.chapters)

    def _chapter(self, text: str) -> None:
        if division := headings.division(text):
            self.chapters.append(Chapter(division.number, division.title))
        else:
            self.oddities.append(Oddity(None, text, BARE_WHY))
            self.chapters.append(Chapter(None, text))
        self._named = len(self.chapters)

    def _loose(self, texts: list[str]) -> None:
        self._paragraphs(texts, self._named or None)

    def _paragraphs(self, texts: list[str], chapter: int | None) -> None:
        for text in texts:
            self._loose_ones += 1
            n = self._loose_ones
            self.parts.append(Part(f"¶{n}", f"第{n}段", chapter, text, items.split(text.split("\n"))))


def _below_bullets(lines: list[Line]) -> set[int]:
    """Which lines with a number are set in from a bullet right above them, or above their list: items of that bullet."""
    found, bullet = set[int](), -1
    for i, line in enumerate(lines):
        if line.bullet:
            bullet = line.indent
        elif items.label(line.bare) is None or not 0 <= bullet < line.indent:
            bullet = -1 if line.bare else bullet
        else:
            found.add(i)
    return found


def _words(lines: list[Line]) -> list[str]:
    return [line.bare for line in lines]


def _cut(lines: list[Line], more: bool) -> tuple[list[Line], list[Line]]:
    """Lines, and the headings of what follows at their end."""
    count = _at_the_end(lines) if more else 0
    return lines[: len(lines) - count], lines[len(lines) - count :]


def _names(line: Line) -> bool:
    """Whether a line is a heading of the file's own without a number."""
    numbered = items.label(line.bare) or headings.division(line.text) or bare_headings.PRINTED.match(line.bare)
    return line.heading and not numbered


def _anew_below_headings(body: list[Line], tops: list[int]) -> bool:
    """Whether 一、 begins again, and each time right below a heading: the headings divide the text, and none counts on through them."""
    numbers = [items.label(body[i].bare).number for i in tops]  # type: ignore[union-attr]
    begun = [i for i, number in zip(tops, numbers, strict=True) if number == 1]
    goes_on = all(b in (a + 1, 1) for a, b in pairwise(numbers))
    return len(begun) > 1 and goes_on and all(i and _may_name(body[i - 1]) for i in begun)


def _may_name(line: Line) -> bool:
    return _names(line) or (bare_headings.may_be(line.bare) and not line.bullet)


def _marked_below(lines: list[Line]) -> int:
    """Where in a division headings of the file's own without a number begin that have what is below them for their own.

    Those below a division's heading have none where its list counts on through them.
    """
    level = lines[0].level
    named = [i for i, line in enumerate(lines) if i and _names(line)]
    high = next((i for i in named if 0 < lines[i].level <= level), len(lines))
    deep = named[0] if named else len(lines)
    return high if deep < high and _counts_on(lines[1:high]) else min(deep, high)


def _among_items(lines: list[Line]) -> list[Line]:
    """The headings of a division through which its list counts on; one alone above its first item is a line of its own."""
    first = next((i for i, line in enumerate(lines) if items.label(line.bare) or _decimal(line.bare)), len(lines))
    return [line for line in lines if _names(line)] if any(map(_names, lines[first:])) else []


def _counts_on(lines: list[Line]) -> bool:
    """Whether the lines with marks are numbered from the first to the last, without beginning again."""
    marks = [m for line in lines if (m := items.label(line.bare) or _decimal(line.bare))]
    numbers = [m.number for m in marks if m.kind == marks[0].kind]
    sure = len(numbers) > 1 or (
        marks and marks[0].kind == "decimal"
    )  # 2.1 says itself that it is of the second division
    return bool(sure) and numbers == list(range(1, len(numbers) + 1))


def _restarting(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """A division's lines, and from a heading on those of a list that begins at 1 again: they are no items of the division."""
    texts = _words(lines)
    for i in range(2, len(texts) - 1):
        opens = items.label(texts[i + 1])
        if not (opens and opens.number == 1 and not lines[i].bullet and bare_headings.at_the_end(texts[: i + 1])):
            continue
        if any(m and m.kind == opens.kind for m in map(items.label, texts[1:i])):
            return lines[:i], lines[i:]
    return lines, []


def _at_the_end(lines: list[Line]) -> int:
    """How many of the last lines are headings of what follows: chapters, or short lines that nothing marks; no bullets."""
    if lines[-1].bullet:
        return 0
    texts = _words(lines)
    last = next((n for n, t in enumerate(reversed(texts[1:])) if not headings.division(t)), len(texts) - 1)
    return last or bare_headings.at_the_end(texts)


def _is_title(head: str) -> bool:
    """Whether what stands beside the number names a division; a sentence or its lead is an article itself (一、会员应当守法。)."""
    return 0 < len(head) <= headings.SHORT and not SAID.search(head)


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
