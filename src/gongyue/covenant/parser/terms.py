"""The numbers an article states: shares and periods, with the clause they come from.

They are read by the one reader (`covenant.numbers`); the words are quoted from the text itself. What it reads as a date, a
frequency, a headcount, an age or money is no term.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from gongyue.covenant import numbers
from gongyue.covenant.binding import folding
from gongyue.covenant.binding.folding import joined
from gongyue.covenant.numbers import Number
from gongyue.covenant.parser import items
from gongyue.covenant.parser.errors import too_many
from gongyue.covenant.parser.term_names import Candidate, name_all
from gongyue.covenant.text import Article, Term

MOST_TERMS = 2_000
"""Numbers in a whole text: a long charter has about a hundred."""
MOST_READ = 4 * MOST_TERMS
"""Numbers of every kind in one article."""
_KINDS = ("share", "period")


def find(articles: tuple[Article, ...]) -> tuple[Term, ...]:
    """All terms of all articles, named, in order; Unreadable beyond `MOST_TERMS`."""
    candidates: list[Candidate] = []
    for article in articles:
        candidates += _of_article(article, MOST_TERMS - len(candidates))
    return name_all(candidates, {a.number: a.text for a in articles})


def stated_terms(text: str) -> list[tuple[str, Number]]:
    """The shares and periods of one part with the clauses they stand in; Unreadable beyond `MOST_TERMS`."""
    close, places = joined(text)
    return [(text[places[begin] : places[end - 1] + 1], n) for n, begin, end in _clauses(close, MOST_TERMS)]


def _clauses(close: str, most: int) -> list[tuple[Number, int, int]]:
    read = numbers.read_joined(close, MOST_READ)
    found = [n for i, n in enumerate(read) if n.kind in _KINDS and not _begins(close, n, read[i + 1 : i + 2])]
    if len(found) > most or len(read) > MOST_READ:
        raise too_many("所载数额", "numbers", MOST_TERMS)
    return [(n, *_clause(close, n, found[max(0, i - 3) : i + 4])) for i, n in enumerate(found)]


def _begins(close: str, n: Number, following: list[Number]) -> bool:
    """Whether a number only begins a range, which its later end is taken for."""
    return any(numbers.is_range(close, n, high) for high in following)


def _of_article(article: Article, most: int) -> list[Candidate]:
    close, places = joined(article.text)
    ends, out = _line_ends(article, places), list[Candidate]()
    for n, begin, end in _clauses(close, most):
        at = bisect_right(ends, n.begin)
        first, last = (ends[at - 1] if at else 0), (ends[at] if at < len(ends) else len(close))
        begin, end = max(begin, first), min(end, last)
        words = article.text[places[begin] : places[end - 1] + 1]
        low, high = max(first, n.begin - 8 * LONGEST), min(last, n.end + 8 * LONGEST)
        near = close[low:high]
        unit = n.unit or n.kind
        place = n.begin - low, n.end - low
        out.append(Candidate(article.number, words, n.value, unit, n.inclusive, near, *place, n.delay, n.base))
    return out


def _line_ends(article: Article, places: list[int]) -> list[int]:
    """Where, in the joined text, lines end that are no broken ones: those of items without marks, and short ones."""
    text, listed = article.text, {i.text for i in article.items if not i.label}
    ends, begin = list[int](), 0
    for line, below in pairwise(text.split("\n")):
        end = begin + len(line)
        if not folding.surely_on(line, below) and (line in listed or not folding.only_wrapped(text, end)):
            ends.append(bisect_left(places, end))
        begin = end + 1
    return ends


LONGEST = 300
"""No clause is longer; a text without punctuation is not searched from end to end for each number."""
_BREAK = "，。；：！？,;:!?\n"
_ALSO = re.compile(r"(?<!合)(?:[并並而]且|[并並]|且|、)")
_LEADING = re.compile(r"^(?:[并並而]且|[并並]|且|但是|但|同[时時])(?=.)")


def _clause(text: str, found: Number, neighbours: list[Number]) -> tuple[int, int]:
    """The clause around a number, cut from its neighbours, without a leading 并; longer if it is not unique."""
    near = max(0, found.begin - LONGEST)
    start = max(near, *(text.rfind(c, near, found.begin) + 1 for c in _BREAK))
    end = _next_break(text, found.end)
    for other in neighbours:
        if other.end <= found.begin and other.begin >= start:
            cuts = [m.end() if m[0] == "、" else m.start() for m in _ALSO.finditer(text, other.end, found.begin)]
            start = cuts[-1] if cuts else start
        if other.begin >= found.end and other.end <= end:
            cuts = [m.start() for m in _ALSO.finditer(text, found.end, other.begin)]
            end = cuts[-1] if cuts else end
    if leading := _LEADING.match(text[start : found.begin]):
        start += leading.end()
    if (mark := items.label(text[start : found.begin])) and start + len(mark.printed) <= found.begin:
        start += len(mark.printed)
    return _recognisable(text, start, end)


def _next_break(text: str, start: int) -> int:
    """Where the clause ends, at most `LONGEST` characters on."""
    limit = min(len(text), start + LONGEST)
    return min((p for c in _BREAK if (p := text.find(c, start, limit)) >= 0), default=limit)


def _recognisable(text: str, start: int, end: int) -> tuple[int, int]:
    """Words that stand twice in the article, or are too few, take in the next clause."""
    for _ in range(3):
        words = text[start:end]
        around = text[max(0, start - 20 * LONGEST) : end + 20 * LONGEST]
        if (len(words) >= 4 and around.count(words) == 1) or end >= len(text) or text[end] in "。\n":
            break
        end = _next_break(text, end + 1)
    return start, end
