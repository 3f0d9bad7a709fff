"""What the reader assumed of a text's numbers and lines, each at the line of the file where a person finds it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from gongyue.covenant import assumed, assumed_periods
from gongyue.covenant.numbers import Number
from gongyue.covenant.parser import structural
from gongyue.covenant.parser.lines import BLANKS, FENCED_WHY, Line
from gongyue.covenant.text import Article, Chapter, Doubt, Oddity, Outline, Part, StatedShare, heading_of

_LOOK = "请核对"
"""What an oddity says that a person has to decide on."""
_ODD = 12
"""Characters of a line by which it is found again."""
BETWEEN = "……"
"""Between the sentences of a line that are in doubt."""
MOST_TOLD = 8
"""Of one line: a line with more was made to tire its reader, and is in doubt as a whole."""
LEAST_ALIKE = 2
MOST_ALIKE, _QUOTED = 60, 200
"""Places of the same kind that are quoted together, and the characters of each."""
_SENTENCE = 500
"""Characters of a sentence on either side of its number."""
_AHEAD = 300
"""Lines that are looked through for the words of a part: what is not found by then stands where it was looked for."""


def find(found: Outline, odd: Sequence[Oddity], read: Sequence[Line]) -> Iterator[Doubt]:
    """One for each reading of a line: of each number in doubt there, and of the structure that it stands in."""
    told: dict[int, list[Doubt]] = {}

    def tell(doubt: Doubt) -> None:
        own = told.setdefault(doubt.line, [])
        if len(own) <= MOST_TOLD and doubt not in own:
            own.append(doubt)

    lines, whole = _Lines(read), "\n".join(p.text for p in found.parts)
    unsure = {o.words.split("\n")[0]: o.why for o in odd if _LOOK in o.why and o.why != FENCED_WHY}
    numbered: list[tuple[Doubt, Said, str]] = []
    for part in found.parts:
        lines.reach(part)
        for doubt in _unsure(part, unsure, lines):
            tell(doubt)
        numbered += _of_part(part, heading_of(part, found.chapters), whole, lines)
    for doubt in _alike_together(numbered):
        tell(doubt)
    asked = Counter[tuple[str, str]]()
    for quoted, why in structural.asked(odd, found):
        nth = asked[quoted[0], why]  # the same may be odd of several lines with these words: each is told of its own
        asked[quoted[0], why] += 1
        number = structural.line_of(read, quoted[0], why, nth)
        if all(why != known.why for known in told.get(number, ())):
            tell(Doubt(number, _quoted(quoted), structural.part_of(found, quoted[0], why, nth), why, structural=True))
    for _, own in sorted(told.items()):
        yield from _numbered(own) if len(own) <= MOST_TOLD else [_together(own)]


def _unsure(part: Part, why: Mapping[str, str], lines: _Lines) -> Iterator[Doubt]:
    """Lines of a part to be looked at that state a share or a period."""
    for text, begin in lines.each():
        if text in why and any(n.kind in ("share", "period") for n in assumed.stated_in(text)):
            yield Doubt(lines.of(begin), text, part.at, why[text])


def _of_part(part: Part, heading: str, whole: str, lines: _Lines) -> Iterator[tuple[Doubt, Said, str]]:
    """Each number of a part that is in doubt, at its line; what is said of all that are alike, and its own words."""
    for n, zh, en in assumed.doubts(part.text, heading, whole, since=True):
        words, line = part.text[n.begin : n.end], lines.of(n.begin)
        why = f"“{words}”{zh} / “{words}” {en}"
        doubt = Doubt(line, sentence_of(part.text, n.begin), part.at, why, begin=n.begin, end=n.end)
        yield doubt, _said_of_all(n, zh, en), words


Said = tuple[str, str] | None
"""What is said of numbers in doubt together, in Chinese and in English; None where each is asked about on its own."""


def _said_of_all(n: Number, zh: str, en: str) -> Said:
    """Dates that name no era have one; periods counted back, or within which, are alike."""
    return assumed_periods.NO_ERA if n.kind == "date" else assumed_periods.ALIKE.get((zh, en))


def _alike_together(found: Sequence[tuple[Doubt, Said, str]]) -> Iterator[Doubt]:
    """The doubts; several that are alike are asked about once."""
    alike: dict[Said, list[tuple[Doubt, str]]] = {}
    for doubt, said, words in found:
        alike.setdefault(said, []).append((doubt, words))
    for said, own in alike.items():
        if said is None or len(own) < LEAST_ALIKE:
            yield from (doubt for doubt, _ in own)
        else:
            first = own[0][0]
            sentences = tuple(dict.fromkeys(doubt.words for doubt, _ in own))
            yield Doubt(first.line, _quoted(sentences), first.at, _of_all(said, [words for _, words in own]))


def _of_all(said: tuple[str, str], numbers: Sequence[str]) -> str:
    """Why numbers of one text are in doubt, all together."""
    zh, en = said
    shown = "、".join(f"“{n}”" for n in dict.fromkeys(numbers[:MOST_ALIKE]))
    return f"{shown}{zh} / {shown} {en}"


def _numbered(own: list[Doubt]) -> list[Doubt]:
    """Several readings of one line, each to be answered on its own."""
    return own if len(own) == 1 else [msgspec.structs.replace(d, nth=n) for n, d in enumerate(own, 1)]


def _together(own: list[Doubt]) -> Doubt:
    halves = [d.why.partition(" / ") for d in own[:MOST_TOLD]]
    why = "；".join(h[0] for h in halves) + " / " + "; ".join(h[2] for h in halves)
    words = BETWEEN.join(dict.fromkeys(d.words for d in own[:MOST_TOLD]))
    return Doubt(own[0].line, words, own[0].at, why, all(d.structural for d in own))


def shares(found: Outline, read: Sequence[Line]) -> Iterator[StatedShare]:
    """Every share of the parts, at its line: what none of them is bound to, a person is asked about."""
    lines, told = _Lines(read), Counter[int]()
    for part in found.parts:
        lines.reach(part)
        for n in assumed.stated_in(part.text):
            if n.kind == "share":
                line = lines.of(n.begin)
                told[line] += 1
                yield StatedShare(line, told[line], part.at, n.begin, n.end, sentence_of(part.text, n.begin))


def _quoted(words: Sequence[str]) -> str:
    """What is alike and asked once: each quoted, and how many there are of more than are shown."""
    shown = BETWEEN.join(w[:_QUOTED] for w in words[:MOST_ALIKE])
    return shown if len(words) <= MOST_ALIKE else f"{shown}{BETWEEN}（{len(words)}）"


def of_articles(articles: Sequence[Article], chapters: Sequence[Chapter]) -> Iterator[Oddity]:
    """What was assumed of the numbers of a text's articles, as oddities of them."""
    whole = "\n".join(a.text for a in articles)
    alike: dict[Said, list[tuple[Oddity, str]]] = {}
    for article in articles:
        part = Part(str(article.number), "", article.chapter, article.text)
        for n, zh, en in assumed.doubts(article.text, heading_of(part, chapters), whole, since=True):
            words = article.text[n.begin : n.end]
            why = f"“{words}”{zh}，请核对 / “{words}” {en}: look at it"
            odd = Oddity(article.number, sentence_of(article.text, n.begin), why)
            alike.setdefault(_said_of_all(n, zh, en), []).append((odd, words))
    for said, own in alike.items():
        if said is None or len(own) < LEAST_ALIKE:
            yield from (odd for odd, _ in own)
        else:
            zh, _, en = _of_all(said, [words for _, words in own]).partition(" / ")
            quoted = _quoted(tuple(dict.fromkeys(odd.words for odd, _ in own)))
            yield Oddity(own[0][0].article, quoted, f"{zh}，请核对 / {en}: look at it")


def sentence_of(text: str, place: int) -> str:
    """The sentence of its line that the place stands in."""
    first, last = max(0, place - _SENTENCE), min(len(text), place + _SENTENCE)
    begin = max(first, *(text.rfind(stop, first, place) + 1 for stop in "。；\n"))
    ends = [e + (stop != "\n") for stop in "。；\n" if (e := text.find(stop, place, last)) >= 0]
    return text[begin : min(ends, default=last)]


class _Lines:
    """The lines of a file, found again by the words that a part has of them; parts come in the file's order, and so do their lines.

    Of equal lines each is found at its own place, below the line before it.
    """

    def __init__(self, read: Sequence[Line]) -> None:
        self._read = [(line.number, _close(line.text)) for line in read if line.bare]
        self._part: list[str] = []
        self._begins: list[int] = []
        self._found: list[int] = []

    def reach(self, part: Part) -> None:
        """Go on to where the part begins: below all lines of the one before it, so far as its words are found there."""
        first, last = (self._found[0], self._found[-1]) if self._found else (0, -1)
        below = last + 1 + len(self._part) - len(self._found)
        self._part = part.text.split("\n")
        self._begins = list(accumulate((len(line) + 1 for line in self._part[:-1]), initial=0))
        self._found = [self._index(self._part[0], first, below, last + 1, first)]

    def of(self, place: int) -> int:
        """The number of the line in which a place of the part stands."""
        return self._nth(bisect_right(self._begins, place) - 1)

    def each(self) -> Iterator[tuple[str, int]]:
        """The lines of the part, each with the place where it begins."""
        return zip(self._part, self._begins, strict=True)

    def _nth(self, nth: int) -> int:
        while len(self._found) <= nth:
            last = self._found[-1]
            self._found.append(self._index(self._part[len(self._found)], last, last + 1, self._found[0]))
        return self._read[self._found[nth]][0] if self._read else 0

    def _index(self, text: str, otherwise: int, *begins: int) -> int:
        """The place of the first line with these words, looked for from each of these places on."""
        words = _close(text)[:_ODD]
        for begin in dict.fromkeys(begins) if words else ():
            for i in range(begin, min(begin + _AHEAD, len(self._read))):
                if words in self._read[i][1]:
                    return i
        return min(otherwise, max(0, len(self._read) - 1))


_NOT_COMPARED = str.maketrans("", "", BLANKS + "*_`")


def _close(text: str) -> str:
    return text.translate(_NOT_COMPARED)
