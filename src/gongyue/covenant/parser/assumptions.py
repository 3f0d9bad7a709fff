"""What the reader assumed of a text's numbers and lines, each at the line of the file where a person finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from gongyue.covenant import assumed, assumed_periods
from gongyue.covenant.numbers import Number
from gongyue.covenant.parser import bare_headings, structural
from gongyue.covenant.parser.line_places import LinePlaces
from gongyue.covenant.parser.lines import FENCED_WHY, Line
from gongyue.covenant.text import Article, Chapter, Doubt, Oddity, Outline, Part, StatedShare, heading_of

_LOOK = "请核对"
"""What an oddity says that a person has to decide on."""
BETWEEN = "……"
"""Between the sentences of a line that are in doubt."""
MOST_TOLD = 8
"""Of one line: a line with more was made to tire its reader, and is in doubt as a whole."""
LEAST_ALIKE = 2
LEAST_UNIFORM = 4
"""Lines to be looked at for the same reason from which they are asked about together."""
_OF_NO_NUMBER = frozenset({FENCED_WHY, structural.PRINTED_WHY, bare_headings.PRINTED_WHY})
"""What is odd about a line and puts none of its shares and periods in doubt: how lines are numbered, that a block was fenced."""
MOST_ALIKE, _QUOTED = 60, 200
"""Places of the same kind that are quoted together, and the characters of each."""
_SENTENCE = 500
"""Characters of a sentence on either side of its number."""


def find(found: Outline, odd: Sequence[Oddity], read: Sequence[Line]) -> Iterator[Doubt]:
    """One for each reading of a line: of each number in doubt there, and of the structure that it stands in."""
    told: dict[int, list[Doubt]] = {}

    def tell(doubt: Doubt) -> None:
        own = told.setdefault(doubt.line, [])
        if len(own) <= MOST_TOLD and doubt not in own:
            own.append(doubt)

    lines, whole = LinePlaces(read), "\n".join(p.text for p in found.parts)
    unsure = {
        o.words.split("\n")[0]: o.why for o in odd if _LOOK in o.why and structural.plain(o.why) not in _OF_NO_NUMBER
    }
    looked: list[Doubt] = []
    numbered: list[tuple[Doubt, Said, str]] = []
    begins: dict[str, int] = {}
    for part in found.parts:
        lines.reach(part)
        begins[part.at] = lines.of(0)
        looked += _unsure(part, unsure, lines)
        numbered += _of_part(part, heading_of(part, found.chapters), whole, lines)
    for doubt in (*_uniform_together(looked), *_alike_together(numbered)):
        tell(doubt)
    asked = Counter[tuple[str, str, str]]()
    for quoted, why, at in structural.asked(odd, found):
        nth = asked[
            quoted[0], why, at
        ]  # the same may be odd of several lines with these words: each is told of its own
        asked[quoted[0], why, at] += 1
        number = structural.line_of(read, quoted[0], why, nth, begins.get(at, 0))
        if all(why != known.why for known in told.get(number, ())):
            at = at if at in begins else structural.part_of(found, quoted[0], why, nth)
            tell(Doubt(number, _quoted(quoted), at, why, structural=True))
    for _, own in sorted(told.items()):
        yield from _numbered(own) if len(own) <= MOST_TOLD else [_together(own)]


def _unsure(part: Part, why: Mapping[str, str], lines: LinePlaces) -> Iterator[Doubt]:
    """Lines of a part to be looked at that state a share or a period."""
    for text, begin in lines.each():
        if text in why and any(n.kind in ("share", "period") for n in assumed.stated_in(text)):
            yield Doubt(lines.of(begin), text, part.at, why[text])


def _uniform_together(found: Sequence[Doubt]) -> Iterator[Doubt]:
    """The lines to be looked at; many for one reason are the text's habit, and are asked about once, each quoted."""
    alike: dict[str, list[Doubt]] = {}
    for doubt in found:
        alike.setdefault(structural.plain(doubt.why), []).append(doubt)
    for why, own in alike.items():
        if len(own) < LEAST_UNIFORM:
            yield from own
            continue
        for begin in range(0, len(own), MOST_ALIKE):  # a number is in doubt where its sentence is quoted
            several = own[begin : begin + MOST_ALIKE]
            first, zh_en = several[0], why.split(" / ", 1)
            said = f"{len(several)} 行都是这样：{zh_en[0]} / {len(several)} lines are alike: {zh_en[-1]}"
            yield Doubt(first.line, BETWEEN.join(d.words for d in several), first.at, said)


def _of_part(part: Part, heading: str, whole: str, lines: LinePlaces) -> Iterator[tuple[Doubt, Said, str]]:
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
    lines, told = LinePlaces(read), Counter[int]()
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
