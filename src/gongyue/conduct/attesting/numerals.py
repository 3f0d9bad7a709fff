"""Signs for numbers in what people write: some are digits in other dress, and some have no place there.

A scan knows digits as they are typed in Chinese and in English. In circles, raised, as Roman numerals or in other scripts
they would spell a telephone number past it; marks and selectors between digits would, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TYPED = frozenset(map(chr, (*range(0x30, 0x3A), *range(0xFF10, 0xFF1A), 0x3007)))
"""0 to 9, in full width too, and the Chinese zero, which is no letter to Unicode."""
_SPOKEN = {"两": "2", "\N{WHITE CIRCLE}": "0"}
"""Written for digits, though Unicode gives them no value."""
_BLANKS = frozenset(" \u00a0\u3000")
"""Blanks as they are typed; those of other widths are as good as unseen."""
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode has shown as nothing (Default_Ignorable_Code_Point: selectors, fillers, tags), and the blank of braille."""
_THOUSANDS = re.compile(r"(?<![0-9])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")
_PARTED = re.compile(r"[0-9]+(?:[\W_]+[0-9]+)*")
_IDEOGRAPHS = range(0x20000, 0x40000)
"""Planes whose signs are ideographs, also those that a version of Unicode does not know yet."""


def odd_sign(text: str) -> str | None:
    """The first sign for a number that is none of the usual, such as "U+2462"; None where there is none.

    Usual are 0 to 9, in full width too, and Chinese numerals. A sign that Unicode does not know yet may be a number.
    """
    return next((f"U+{ord(sign):04X}" for sign in text if not _usual(sign) and _numeric(sign)), None)


def hidden_sign(text: str) -> str | None:
    """The first sign that nobody sees, such as "U+FE0F"; None where there is none. Several of them would spell a number."""
    return next((f"U+{ord(sign):04X}" for sign in text if _hidden(sign)), None)


def joined(text: str) -> str:
    """The numbers of 11 to 19 digits that parts of numbers in a row make, a line each: 139/0000/0000 is one number, whatever parts it
    that is no letter, and whatever stands beside it."""
    whole = _THOUSANDS.sub(lambda count: count[0].replace(",", ""), folded(text))  # a count is one part
    return "\n".join(number for run in _PARTED.findall(whole) for number in _numbers(re.findall("[0-9]+", run)))


def _numbers(parts: list[str]) -> Iterator[str]:
    for first in range(len(parts)):
        number = ""
        for part in parts[first : first + 19]:
            number += part
            if len(number) > 19:
                break
            if len(number) > 10 and number[0] != "0":  # as a month has it
                yield number


def folded(text: str) -> str:
    """The text with 0 to 9 in the place of every usual digit, one by one, and without marks and selectors."""
    bare = (s for s in unicodedata.normalize("NFD", text) if unicodedata.category(s) not in ("Mn", "Mc", "Me", "Cf"))
    return "".join(map(_digit, bare))


def _hidden(sign: str) -> bool:
    return bool(_IGNORABLE.match(sign)) or (unicodedata.category(sign) == "Zs" and sign not in _BLANKS)


def _usual(sign: str) -> bool:
    return sign in _TYPED or (unicodedata.category(sign) == "Lo" and unicodedata.name(sign, "").startswith("CJK"))


def _numeric(sign: str) -> bool:
    if unicodedata.category(sign) == "Cn":
        return ord(sign) not in _IDEOGRAPHS
    # a sign for a day of the month has no value itself, and the day in it has one; with Roman numerals it is the other way
    parts = (sign, *unicodedata.normalize("NFKC", sign))
    return any(unicodedata.numeric(part, None) is not None for part in parts)


def _digit(sign: str) -> str:
    value = unicodedata.numeric(sign, None)
    return str(int(value)) if value is not None and value in range(10) else _SPOKEN.get(sign, sign)
