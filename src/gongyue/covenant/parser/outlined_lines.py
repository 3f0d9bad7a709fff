"""The lines of a file as the outline has them: which begins a part, which goes on with it, which names a chapter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

import msgspec

from gongyue.covenant.parser import headings
from gongyue.covenant.parser.frame import CONTENTS_WHY
from gongyue.covenant.parser.line_places import LinePlaces, close
from gongyue.covenant.parser.lines import Line
from gongyue.covenant.parser.parting import Key
from gongyue.covenant.text import Chapter, Outline

Role = Literal["title", "heading", "part", "above", "on", "out"]


class OutlinedLine(msgspec.Struct, frozen=True):
    """A line of a part (`part`), a chapter's heading (`chapter`), both counted from 0; neither: a line that was in none."""

    key: Key
    text: str
    part: int = -1
    chapter: int = -1
    first: bool = False

    @property
    def role(self) -> Role:
        """What it was read as."""
        return "heading" if self.chapter >= 0 else "out" if self.part < 0 else "part" if self.first else "above"


def words_of(read: Sequence[Line]) -> dict[Key, str]:
    """The words of each line, or piece of one; of a line with breaks all of them."""
    return {n: " ".join(x.bare for x in own) for n, own in groupby((x for x in read if x.bare), key=lambda x: x.key)}


def outlined_lines(found: Outline, read: Sequence[Line], names: Sequence[Line]) -> list[OutlinedLine]:
    """The chapters' headings, which are among `names`, and the lines of the parts, in the text's order."""
    contents = _contents(found, read) | _title_said_again(found, read)
    places, out, told = LinePlaces([x for x in read if x.number not in contents]), list[OutlinedLine](), 0
    headed = _Headings(found.chapters, [x for x in names if x.number not in contents])
    for i, part in enumerate(found.parts):
        places.reach(part)
        own = [(places.key_of(begin), text) for text, begin in places.each()]
        while told < (part.chapter or 0):
            out.append(headed.line_of(told, out[-1].key if out else (0, 0), own[0][0]))
            told += 1
        out += [OutlinedLine(line, text, i, first=n == 0) for n, (line, text) in enumerate(own)]
    for chapter in range(told, len(found.chapters)):
        out.append(headed.line_of(chapter, out[-1].key if out else (0, 0), (read[-1].number + 1, 0)))
    return out


def _title_said_again(found: Outline, read: Sequence[Line]) -> set[int]:
    """The title's own line where a line below has the same words, which may be a part's: the first of them is none."""
    title = close(found.title)
    near = (x for x in read if title and x.bare and len(x.bare) <= 2 * len(title))
    same = [x.number for x in near if close(x.text) == title]
    return {same[0]} if len(same) > 1 else set()


def _contents(found: Outline, read: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: the first that say what its lines say, which the headings say again."""
    left = Counter(t for o in found.oddities if o.why == CONTENTS_WHY for t in o.words.split("\n"))
    left -= Counter(words for line in read for words, why in line.notes if why == CONTENTS_WHY)  # emptied already
    lines = set[int]()
    for line in read if left else ():
        if left[line.bare]:
            left[line.bare] -= 1
            lines.add(line.number)
    return lines


class _Headings:
    """Where the chapters' headings stand in the file."""

    def __init__(self, chapters: Sequence[Chapter], read: Sequence[Line]) -> None:
        self._chapters, self._read = chapters, [x for x in read if x.bare]
        self._keys = [x.key for x in self._read]

    def line_of(self, chapter: int, above: Key, below: Key) -> OutlinedLine:
        """A heading below one line and above another, by its title; where none has it, right above what it heads."""
        title = close(self._chapters[chapter].title)
        apart = self._read[bisect_right(self._keys, above) : bisect_left(self._keys, below)]
        beside = self._read[bisect_left(self._keys, below) : bisect_right(self._keys, below)]  # 一、会员 is both
        for lines in (apart, beside):
            exact = [x.key for x in lines if title and close(x.text).endswith(title)]
            having = [x.key for x in lines if title and title in close(x.text)]
            number = self._chapters[chapter].number
            numbered = [x.key for x in lines if (d := headings.known_division(x.text)) and d.number == number]
            both = [n for n in exact if n in numbered]
            if found := both or exact or having or numbered:
                return OutlinedLine(found[0], self._chapters[chapter].title, chapter=chapter)
        return OutlinedLine(below, self._chapters[chapter].title, chapter=chapter)


def labels(found: Outline, read: Sequence[Line], lines: Sequence[OutlinedLine]) -> dict[Key, int]:
    """Lines with nothing but a chapter's number (第三章) whose name stands on the line above or below, each with the chapter, from 0."""
    bare = [x for x in read if x.bare]
    heads = {e.key: e.chapter for e in lines if e.chapter >= 0}
    out: dict[Key, int] = {}
    for i, line in enumerate(bare):
        division = headings.division(line.text)
        if division is None or division.title or line.key in heads:
            continue
        for near in (*bare[i + 1 : i + 2], *bare[max(0, i - 1) : i]):
            chapter = heads.get(near.key, -1)
            if chapter >= 0 and found.chapters[chapter].number == division.number:
                out[line.key] = chapter
                break
    return out
