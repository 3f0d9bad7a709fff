"""Where the words of a part stand in the file: its lines, found again by the words that the part has of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gongyue.covenant.parser.lines import BLANKS, Line
from gongyue.covenant.parser.parting import Key
from gongyue.covenant.text import Part

_ODD = 12
"""Characters of a line by which it is found again."""
_AHEAD = 300
"""Lines that are looked through for the words of a part: what is not found by then stands where it was looked for."""
_NEAR = 8
"""Lines from the first with these words within which one that ends in them all is that line."""


class LinePlaces:
    """The lines of a file, found again by the words that a part has of them; parts come in the file's order, and so do their lines.

    Of equal lines each is found at its own place, below the line before it.
    """

    def __init__(self, read: Sequence[Line]) -> None:
        self._read = [(line.key, close(line.text)) for line in read if line.bare]
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
        return self.key_of(place)[0]

    def key_of(self, place: int) -> Key:
        """That line, and which piece of it."""
        return self._nth(bisect_right(self._begins, place) - 1)

    def each(self) -> Iterator[tuple[str, int]]:
        """The lines of the part, each with the place where it begins."""
        return zip(self._part, self._begins, strict=True)

    def _nth(self, nth: int) -> Key:
        while len(self._found) <= nth:
            last = self._found[-1]
            self._found.append(self._index(self._part[len(self._found)], last, last + 1, self._found[0]))
        return self._read[self._found[nth]][0] if self._read else (0, 0)

    def _index(self, text: str, otherwise: int, *begins: int) -> int:
        """The place of the first line with these words, looked for from each of these places on."""
        whole = close(text)
        words = whole[:_ODD]
        for begin in dict.fromkeys(begins) if words else ():
            for i in range(begin, min(begin + _AHEAD, len(self._read))):
                if words in self._read[i][1]:
                    return self._exact(whole, i)
        return min(otherwise, max(0, len(self._read) - 1))

    def _exact(self, whole: str, nearest: int) -> int:
        """Of the lines from the nearest on the one that ends in all of the words, where there is one: a heading may say 会员, too."""
        below = range(nearest, min(nearest + _NEAR, len(self._read)))
        return next((i for i in below if self._read[i][1].endswith(whole)), nearest)


_NOT_COMPARED = str.maketrans("", "", BLANKS + "*_`•◦")


def close(text: str) -> str:
    """A line as it is compared: without blanks, bullets and the signs of emphasis."""
    return text.translate(_NOT_COMPARED)
