"""Whether words state a number: a term's value must be the one its own words write (house §2).

The one reader of numbers (`covenant.numbers`) answers, so that what was read from a text is what is accepted of it.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from gongyue.covenant import numbers
from gongyue.covenant.numbers import Number

MOST_PLACES = 100
"""Occurrences of the words that are looked at, from the first."""
MOST_NUMBERS = 8_000
"""Numbers of one article; one with more states none: it was made to tire whoever opens the edition."""


def states(words: str, value: str | int, unit: str) -> bool:
    """Whether `words`, read alone, state `value` (a share as "2/3", or a count) of `unit`."""
    return any(_is(n, value, unit) for n in numbers.read(words))


class Stated:
    """The numbers of one text, to look up what its words state."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._numbers = numbers.read(text, MOST_NUMBERS)
        self._begins = [n.begin for n in self._numbers]

    def states(self, words: str, value: str | int, unit: str) -> bool:
        """Whether one of the first hundred places where `words` stand holds a number of that value and unit."""
        place = -1
        for _ in range(MOST_PLACES):
            place = self._text.find(words, place + 1)
            if place < 0:
                return False
            if any(_is(n, value, unit) for n in self._between(place, place + len(words))):
                return True
        return False

    def _between(self, begin: int, end: int) -> list[Number]:
        first = bisect_left(self._begins, begin)
        last = bisect_left(self._begins, end)
        return [n for n in self._numbers[first:last] if n.end <= end]


def _is(n: Number, value: str | int, unit: str) -> bool:
    if n.kind == "share" and unit == "share":
        return Fraction(n.value) == _share(value)
    return n.kind == "period" and n.unit == unit and n.value == value


def _share(value: str | int) -> Fraction | None:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None
