"""Roman numerals, as Word prints them and as headings begin with them: I. 总则, Ⅱ、会员."""

from __future__ import annotations

import re
import unicodedata

from gongyue.covenant.parser.lines import B

_SIGNS = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_MARKED = re.compile(rf"([IVX\u2160-\u216b]{{1,6}})(?:[、.．:：]{B}*|{B}+)(?=\S)")
"""C, D and L begin English words, and number no chapters."""
LARGEST = 40
"""No text has so many chapters."""


def written(number: int) -> str:
    """A positive number as a Roman numeral."""
    words = ""
    for value, sign in _SIGNS:
        count, number = divmod(number, value)
        words += sign * count
    return words


_NUMBERS = {written(number): number for number in range(1, LARGEST)}


def marked(text: str) -> tuple[int, str] | None:
    """The number that a line begins with in Roman numerals, and the words behind it; None where it does not."""
    found = _MARKED.match(text)
    number = _NUMBERS.get(unicodedata.normalize("NFKC", found[1])) if found else None
    return (number, text[found.end() :]) if found and number else None
