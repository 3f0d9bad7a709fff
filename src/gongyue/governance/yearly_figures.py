"""A year's figures of what is under seal, by name, and how they are told: none that would point at somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

FEWEST = 3
"""A yearly figure of sealed acts below this is not told: with few members it would point at somebody."""
Figure = Literal[
    "reports", "answered", "declined", "cases", "concluded", "established", "recusals", "sanctions", "reviews", "due", "overdue",
    "applications", "not_admitted", "questions", "petitions",
]  # fmt: skip
"""What is counted, by name."""
FIGURES: tuple[Figure, ...] = get_args(Figure)
PARTS: dict[Figure, Figure] = {"declined": "answered", "established": "concluded", "overdue": "due"}
"""Of which figure another is a part."""


def year_of(day: int) -> int:
    """The calendar year of a day."""
    return date.fromordinal(day).year


def told(counts: Mapping[str, int]) -> dict[Figure, int | None]:
    """The figures as they are told: None for fewer than `FEWEST`, and for a part that leaves fewer than that of its whole."""
    found = {name: counts[name] if counts[name] >= FEWEST else None for name in FIGURES}
    rests = {part: counts[whole] - counts[part] for part, whole in PARTS.items()}
    return {name: None if rests.get(name, FEWEST) < FEWEST else count for name, count in found.items()}


def beyond(stated: Mapping[str, int | None], opened: Mapping[str, int]) -> str:
    """The first figure of which more was opened than was stated, or that was left out and had to be told; empty if there is none."""
    return next((name for name in FIGURES if opened[name] > most(stated, name) or _hidden(stated, opened, name)), "")


def _hidden(stated: Mapping[str, int | None], opened: Mapping[str, int], name: Figure) -> bool:
    """Whether a part was not told that is neither small nor nearly its whole, whatever was not opened of that."""
    whole = PARTS.get(name)
    if whole is None or stated[name] is not None or (total := stated[whole]) is None:
        return False
    return opened[name] >= FEWEST and opened[name] + max(0, total - opened[whole]) <= total - FEWEST


def most(stated: Mapping[str, int | None], name: Figure) -> int:
    """How many there are at most by what was stated."""
    if (count := stated[name]) is not None:
        return count
    whole = stated[PARTS[name]] if name in PARTS else None
    return FEWEST - 1 if whole is None else whole
