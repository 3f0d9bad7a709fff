"""Years of the Republic (民國) as years of the common era: told beside the words, which stay as they are and decide nothing by it."""

from __future__ import annotations

import re

from gongyue.covenant import numbers
from gongyue.covenant.binding.folding import fold

_REPUBLIC = re.compile("(?:中华)?民国(?!前)")
_BEFORE_THE_FIRST = 1911
"""The first year of the Republic is 1912."""
_TOO_LATE = 200
"""A year from which on it is one of the common era, whatever stands before it (民國2024年)."""


def beside(written: str, value: str) -> tuple[str, str]:
    """“（公元2024年）” for 民國一百一十三年六月一日, read as 113-06-01; empty where the date's words do not begin with 民國.

    A year before the first (民國前), or one that is the common era's by its size, is none of them.
    """
    year = value.partition("-")[0]
    if not (year.isdecimal() and int(year) < _TOO_LATE and _REPUBLIC.match(fold(written))):
        return "", ""
    common = int(year) + _BEFORE_THE_FIRST
    return f"（公元{common}年）", f" (the year {common})"


def beside_bound(words: str, value: str) -> tuple[str, str]:
    """The same for bound words with a date among them."""
    dates = (n for n in numbers.read(words) if n.kind == "date" and n.value == value)
    return next((beside(words[n.begin : n.end], value) for n in dates), ("", ""))
