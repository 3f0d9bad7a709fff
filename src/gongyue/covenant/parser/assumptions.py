"""What the reader assumed of a text's numbers and lines, each at the line of the file where a person finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from gongyue.covenant import assumed
from gongyue.covenant.parser import structural
from gongyue.covenant.parser.lines import BLANKS, FENCED_WHY, Line
from gongyue.covenant.text import Article, Chapter, Doubt, Oddity, Outline, Part, StatedShare, heading_of

_LOOK = "请核对"
"""What an oddity says that a person has to decide on."""
_LEAST, _ODD = 60, 12
"""Characters of a line by which it is found again."""
BETWEEN = "……"
"""Between the sentences of a line that are in doubt."""
MOST_TOLD = 8
"""Of one line: a line with more was made to tire its reader, and is in doubt as a whole."""
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
    for part in found.parts:
        lines.reach(part)
        for text, why in [(t, unsure[t]) for t in part.text.split("\n") if t in unsure]:
            if any(n.kind in ("share", "period") for n in assumed.stated_in(text)):
                tell(Doubt(lines.of(text), text, part.at, why))
        for n, zh, en in assumed.doubts(part.text, heading_of(part, found.chapters), whole):
            begin, words = part.text.rfind("\n", 0, n.begin) + 1, part.text[n.begin : n.end]
            number = lines.of(part.text[begin : begin + _LEAST].split("\n")[0])
            why = f"“{words}”{zh} / “{words}” {en}"
            tell(Doubt(number, sentence_of(part.text, n.begin), part.at, why, begin=n.begin, end=n.end))
    for quoted, why in structural.asked(odd, found):
        number = structural.line_of(read, quoted[0], why)
        if all(why != known.why for known in told.get(number, ())):
            tell(Doubt(number, _quoted(quoted), structural.part_of(found, quoted[0], why), why, structural=True))
    for _, own in sorted(told.items()):
        yield from _numbered(own) if len(own) <= MOST_TOLD else [_together(own)]


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
                begin = part.text.rfind("\n", 0, n.begin) + 1
                line = lines.of(part.text[begin : begin + _LEAST].split("\n")[0])
                told[line] += 1
                yield StatedShare(line, told[line], part.at, n.begin, n.end, sentence_of(part.text, n.begin))


def _quoted(words: Sequence[str]) -> str:
    """What is alike and asked once: each quoted, and how many there are of more than are shown."""
    shown = BETWEEN.join(w[:_QUOTED] for w in words[:MOST_ALIKE])
    return shown if len(words) <= MOST_ALIKE else f"{shown}{BETWEEN}（{len(words)}）"


def of_articles(articles: Sequence[Article], chapters: Sequence[Chapter]) -> Iterator[Oddity]:
    """What was assumed of the numbers of a text's articles, as oddities of them."""
    whole = "\n".join(a.text for a in articles)
    for article in articles:
        part = Part(str(article.number), "", article.chapter, article.text)
        for n, zh, en in assumed.doubts(article.text, heading_of(part, chapters), whole):
            why = f"“{article.text[n.begin : n.end]}”{zh}，请核对 / “{article.text[n.begin : n.end]}” {en}: look at it"
            yield Oddity(article.number, sentence_of(article.text, n.begin), why)


def sentence_of(text: str, place: int) -> str:
    """The sentence of its line that the place stands in."""
    first, last = max(0, place - _SENTENCE), min(len(text), place + _SENTENCE)
    begin = max(first, *(text.rfind(stop, first, place) + 1 for stop in "。；\n"))
    ends = [e + (stop != "\n") for stop in "。；\n" if (e := text.find(stop, place, last)) >= 0]
    return text[begin : min(ends, default=last)]


class _Lines:
    """The lines of a file, found again by the words that a part has of them; parts come in the file's order."""

    def __init__(self, read: Sequence[Line]) -> None:
        self._read = [(line.number, _close(line.text)) for line in read if line.bare]
        self._from = 0

    def reach(self, part: Part) -> None:
        """Go on to where the part begins."""
        self._from = self._index(part.text.split("\n")[0])

    def of(self, text: str) -> int:
        """The number of the line that has these words."""
        return self._read[self._index(text)][0] if self._read else 0

    def _index(self, text: str) -> int:
        words = _close(text)[:_ODD]
        for i in range(self._from, min(self._from + _AHEAD, len(self._read))):
            if words in self._read[i][1]:
                return i
        return min(self._from, max(0, len(self._read) - 1))


def _close(text: str) -> str:
    return "".join(c for c in text if c not in BLANKS and c not in "*_`")
