"""The lines of a file that belong to no part of its text, each with why where the reader says so: nothing that was left out is unseen.

The parts' own words are laid beside the file's lines once more, in their order. So a line that was lost is found whatever lost it,
also where no rule knows about it; signs and blanks are not compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gongyue.covenant.numerals import NUMERAL
from gongyue.covenant.parser import headings
from gongyue.covenant.parser.frame import CONTENTS_WHY
from gongyue.covenant.parser.lines import B, Line
from gongyue.covenant.parser.structure import unfold
from gongyue.covenant.text import LeftOut, Outline

_SIGNS = re.compile(r"[\W_]+")
_LABEL = re.compile(
    rf"第?(?:{NUMERAL}){{1,12}}(?:[条條章節节部項项](?:之(?:{NUMERAL}){{1,4}})?)?|[0-9]{{1,12}}|[A-Za-zivxIVX]{{1,6}}"
)
"""What an address is made of and no words of the part: 第三条, 3.1 without its point."""
AHEAD = 4_000
"""Characters within which a line that does not go on from the one before is looked for."""
SURE = 8
"""Characters from which a line found further on is that line, and no other that says the same by chance."""
_AGAIN = re.compile(rf"第{B}*[^第\s]{{1,8}}?{B}*[条條](?={B}|【)")
"""An article's label within a line, without which no line holds several articles."""
_TOLD_ELSEWHERE = re.compile(r"\s{0,3}(?:```|~~~|\[\^)")
"""The fence of a block of code, and a footnote, which is told where its sign stands."""


def find(found: Outline, read: Sequence[Line], raw: Sequence[str] = ()) -> Iterator[LeftOut]:
    """The lines left out, in their order; `raw`: the lines of a Markdown file, of which markup leaves nothing at all now and then."""
    told = defaultdict[str, list[str]](list)
    for oddity in found.oddities:
        for words in oddity.words.split("\n"):
            told[_plain(words)].append(oddity.why)
    emptied = _emptied(read, raw) if raw else {}
    words_of = _Words(found)
    several = found.scheme == "articles" and any(_AGAIN.search(line.text, 1) for line in read)
    for line in unfold(list(read)) if several else read:
        text = headings.without_residue(line.text)[0]
        words = _plain(text)
        yield from (LeftOut(line.number, said, why) for said, why in line.notes if _plain(said) not in words)
        if line.number in emptied:
            yield LeftOut(line.number, emptied.pop(line.number))
        if not words or words_of.entitle(words) or words_of.go_on(words, text):
            continue
        whys = told[words]
        if CONTENTS_WHY in whys or not words_of.heads(words, text):
            yield LeftOut(line.number, line.bare, whys.pop(0) if whys else "")


class _Words:
    """The words of all parts in a row, the place up to which the file's lines were found there, and the chapters' names."""

    def __init__(self, found: Outline) -> None:
        paragraphs = [_plain(t) for p in found.parts for t in p.text.split("\n")]
        self._kept, self._ends, self.at = "".join(paragraphs), frozenset(accumulate(map(len, paragraphs))), 0
        self._title = _plain(found.title)
        self._titles = Counter(_plain(c.title) for c in found.chapters if c.title)

    def go_on(self, words: str, text: str) -> bool:
        """Whether the parts' words go on with this line, which is passed then. What is short goes on only to a paragraph's end."""
        label = _LABEL.match(words)
        own = words[label.end() :] if label else words
        if not own and (headings.article(text) or headings.mistyped(text)):
            return True
        starts = [(self.at, some) for some in (words, own) if self._starts(some)]
        further = [own, own[-2 * SURE :], own[: 2 * SURE]] if not starts else []
        starts += [(self._kept.find(some, self.at, self.at + AHEAD), some) for some in further if self._is_sure(some)]
        begin, some = next((start for start in starts if start[0] >= 0), (-1, ""))
        self.at = max(self.at, begin + len(some))
        return begin >= 0

    def _starts(self, some: str) -> bool:
        ends = self.at + len(some) in self._ends or self._is_sure(some)
        return bool(some) and ends and self._kept.startswith(some, self.at)

    def _is_sure(self, some: str) -> bool:
        return len(some) >= SURE and not self._titles[some]

    def entitle(self, words: str) -> bool:
        """Whether a line above all of them is the title, or a half of it."""
        return not self.at and words in self._title

    def heads(self, words: str, text: str) -> bool:
        """Whether a line is a chapter's heading, and shown as one. Each name is counted once, so that one said again is seen."""
        label = _LABEL.match(words)
        for own in (words, words[label.end() :] if label else ""):
            if own and self._titles[own]:
                self._titles[own] -= 1
                return True
        division = headings.division(text)
        return division is not None and not division.title


def _plain(text: str) -> str:
    return _SIGNS.sub("", text)


def _emptied(read: Sequence[Line], raw: Sequence[str]) -> dict[int, str]:
    """Lines of Markdown with words, of which its markup left none, and of which nothing is noted: front matter, comments."""
    some = {line.number for line in read if line.notes or line.text}
    return {n: t.strip() for n, t in enumerate(raw, 1) if n not in some and _plain(t) and not _TOLD_ELSEWHERE.match(t)}
