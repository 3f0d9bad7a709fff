"""Signs for numbers in what people write: some are digits in other dress, and some have no place there.

A scan knows digits as they are typed in Chinese and in English. In circles, raised, as Roman numerals or in other scripts
they would spell a telephone number past it; marks and selectors between digits would, too.
"""

from __future__ import annotations

import re
import unicodedata

_TYPED = frozenset(map(chr, (*range(0x30, 0x3A), *range(0xFF10, 0xFF1A), 0x3007)))
"""0 to 9, in full width too, and the Chinese zero, which is no letter to Unicode."""
_SPOKEN = {"两": "2", "\N{WHITE CIRCLE}": "0"}
"""Written for digits, though Unicode gives them no value."""
_BLANKS = frozenset(" \u00a0\u3000")
"""Blanks as they are typed; those of other widths are as good as unseen."""
_IGNORABLE = tuple(
    range(int(first, 16), int(last or first, 16) + 1)
    for first, _, last in (
        part.partition("-")
        for part in (
            "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 2800 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8"
            " 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
        ).split()
    )
)
"""What Unicode has shown as nothing (Default_Ignorable_Code_Point: selectors, fillers, tags), and the blank of braille."""
_BETWEEN = re.compile(r"(?<=[0-9])[\W_]+(?=[0-9])")
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
    """The text as `folded` has it, without whatever parts two digits and is no letter: 139/0000/0000 is one number."""
    return _BETWEEN.sub("", folded(text))


def folded(text: str) -> str:
    """The text with 0 to 9 in the place of every usual digit, one by one, and without marks and selectors."""
    bare = (s for s in unicodedata.normalize("NFD", text) if unicodedata.category(s) not in ("Mn", "Mc", "Me", "Cf"))
    return "".join(map(_digit, bare))


def _hidden(sign: str) -> bool:
    return any(ord(sign) in signs for signs in _IGNORABLE) or (
        unicodedata.category(sign) == "Zs" and sign not in _BLANKS
    )


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
