"""The antimonopoly guard: phrases in a draft that a lawyer must look at first (Anti-Monopoly Law 17, 21).

It assists and does not certify: a phrase found asks for review, none found proves nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    raw = tomllib.loads(files("gongyue.covenant").joinpath("antitrust.toml").read_text("utf-8"))
    return {name: [re.compile(p) for p in patterns] for name, patterns in raw.items()}


def cartel_terms(text: str) -> list[str]:
    """Phrases that fix prices or output, divide markets, boycott, or exchange sensitive terms, as they stand."""
    return _matches(text, "cartel")


def added_sanctions(text: str) -> list[str]:
    """Phrases that add a kind of sanction to the covenant's two (art. 18)."""
    return _matches(text, "sanction")


def _matches(text: str, kind: str) -> list[str]:
    return [match.group() for pattern in _patterns()[kind] for match in pattern.finditer(text)]
