"""Whether words state a number: a term's value must be the one its own words write (house §2)."""

from __future__ import annotations

import re
from fractions import Fraction

from gongyue.covenant import numerals

_LONGEST = 16
_AFTER = {
    "day": r"\s*(?:个)?\s*(?:自然)?\s*(?:日|天|周|週|星期)",
    "workday": r"\s*(?:个|個)?\s*工作日",
    "month": r"\s*(?:个|個)?\s*(?:月|年)",
}
_SIGN = re.compile(rf"[\d{numerals.CHINESE}万萬]")
_TIMES = {"周": 7, "週": 7, "星期": 7, "年": 12}


def states(words: str, value: str | int, unit: str) -> bool:
    """Whether `words` write `value` (a share as "2/3", or a count) of `unit`, in Chinese or Arabic numerals."""
    if unit == "share":
        try:
            share = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            return False
        return any(numerals.parse_share(part) == share for part in _parts(words))
    pattern = re.compile(_AFTER.get(unit, r"(?!)"))
    for start in _edges(words)[:-1]:
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            after = pattern.match(words, end)
            number = numerals.parse(words[start:end]) if after else None
            if number is not None and after is not None and number * _factor(after.group()) == value:
                return True
    return False


def _factor(unit_words: str) -> int:
    return next((times for sign, times in _TIMES.items() if unit_words.endswith(sign)), 1)


def _parts(words: str) -> list[str]:
    edges = _edges(words)
    return [words[i:j] for i in edges for j in edges if i < j <= i + _LONGEST]


def _edges(words: str) -> list[int]:
    """Where a number may begin or end: never inside a longer numeral (六分之二 is not said by 八十六分之二十九)."""
    ends = (0, len(words))
    return [i for i in range(len(words) + 1) if i in ends or not (_SIGN.match(words[i]) and _SIGN.match(words[i - 1]))]
