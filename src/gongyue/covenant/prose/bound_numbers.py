"""The numbers that an edition binds: those its terms and clauses quote, as the one reader finds them in the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

import msgspec

from gongyue.covenant import numbers
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.records import MOST_NUMBERS
from gongyue.covenant.edition import Clause, Edition
from gongyue.covenant.numbers import Number
from gongyue.covenant.prose.sentences import matches
from gongyue.covenant.text import Term

MOST_PLACES = 100
"""Occurrences of bound words in which numbers are looked for."""

SHARED = {"annex.consent": "amendment.adoption"}
"""A clause that states no number, and the one whose number it takes by its reading."""


class BoundNumber(msgspec.Struct, frozen=True):
    """A number that is bound: the clause's name, its article, its words as they stand, the number they state.

    `side`: whether it is a floor ("up") or a ceiling ("down").
    """

    name: str
    article: int
    words: str
    number: Number
    side: str = "up"

    @property
    def plain(self) -> str:
        """The words folded, without blanks."""
        return fold(joined(self.words)[0])


@lru_cache(maxsize=16)
def bound_numbers(edition: Edition) -> tuple[BoundNumber, ...]:
    """Every bound number of an edition; a term's value and whether it counts itself are as the edition has them."""
    quotes: list[Term | Clause] = [*edition.terms, *edition.clauses]
    texts = {number: edition.article(number).text for number in {q.article for q in quotes}}
    read = {number: numbers.read(text, MOST_NUMBERS) for number, text in texts.items()}
    found: list[BoundNumber] = []
    for quoted in quotes:
        text = texts[quoted.article]
        for n in _inside(text, quoted.words, read[quoted.article]):
            if (number := _as_bound(quoted, n)) is not None:
                side = side_of(fold(text), n) or ("down" if n.kind in ("period", "frequency") else "up")
                found.append(BoundNumber(quoted.name, quoted.article, quoted.words, number, side))
    shared = [
        msgspec.structs.replace(b, name=c.name, article=c.article)
        for c in edition.clauses
        for b in found
        if SHARED.get(c.name) == b.name
    ]
    return tuple(dict.fromkeys(found + shared))


def _inside(text: str, words: str, read: tuple[Number, ...]) -> Iterator[Number]:
    """The numbers that stand within an occurrence of the words, of the first hundred."""
    begins, place = [n.begin for n in read], -1
    for _ in range(MOST_PLACES):
        place = text.find(words, place + 1)
        if place < 0:
            return
        end = place + len(words)
        yield from (n for n in read[bisect_left(begins, place) : bisect_left(begins, end)] if n.end <= end)


def _as_bound(quoted: Term | Clause, n: Number) -> Number | None:
    if not isinstance(quoted, Term):
        return n
    same = n.kind == quoted.unit == "share" and Fraction(n.value) == Fraction(str(quoted.value))
    if same or (n.kind == "period" and n.unit == quoted.unit and n.value == quoted.value):
        return msgspec.structs.replace(n, inclusive=quoted.inclusive)
    return None


def side_of(plain: str, n: Number) -> str:
    """Whether the number is a floor ("up") or a ceiling ("down"), as its own words say; empty where they do not."""
    before, after = plain[max(0, n.begin - 14) : n.begin], plain[n.end : n.end + 3]
    if matches("below", before) or re.match("[以之]下|[以之]?内", after):
        return "down"
    return "up" if matches("above", before) or re.match("[以之]上", after) else ""
