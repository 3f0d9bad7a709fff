"""Text that says what it shows: no character that hides, turns or strikes out others, or only looks like one.

Blanks that come with files (no-break and zero-width ones) are no such characters: the reader looks through them.
"""

from __future__ import annotations

import unicodedata

from gongyue.covenant.numerals import BLANKS

_NEVER = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp", "Mn", "Me"})
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
_JOINERS = "\u200d\ufe0e\ufe0f"
"""Between and after pictures, where they are at home."""
_LOOK_ALIKE = (range(0x2E80, 0x2EF4), range(0x2FF0, 0x3000), range(0x31C0, 0x31F0), range(0x2F800, 0x2FA20))
"""Radicals, strokes and rare compatibility characters: what looks like a character and is none that is folded."""


def hidden_in(text: str, folded: str = "") -> str:
    """The first character that is not what it shows, as U+…; empty where there is none. `folded`: look-alikes that are read."""
    if text.isascii() and text.isprintable():
        return ""
    for i, c in enumerate(text):
        if c in "\n\t\r" or c in BLANKS or "一" <= c <= "鿿" or c in folded:
            continue
        code = ord(c)
        if unicodedata.category(c) in _NEVER or c in _FILLERS or any(code in r for r in _LOOK_ALIKE):
            if c in _JOINERS and i and (text[i - 1] in _JOINERS or unicodedata.category(text[i - 1]) in ("So", "Sk")):
                continue
            return f"U+{code:04X}"
    return ""


def says_something(text: str) -> bool:
    """Whether there are at least two letters or digits in it."""
    return sum(c.isalnum() and c not in _FILLERS for c in text) >= 2
