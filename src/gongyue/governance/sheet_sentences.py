"""Sentences of sheets: `{field:shown}` stands for a field of the act as it is shown; `[…]` falls away where one is empty.

Governance knows the ways of showing by name only; the faces have the hands (`web.pages.act_descriptions`, `web.notices`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple


class Placeholder(NamedTuple):
    """A place in a sentence: the field that is shown there, by its path, and how."""

    field: str
    shown: str


Part = tuple[bool, tuple[str | Placeholder, ...]]
"""Whether it falls away where a place is empty; its words and places."""

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z_.]+):([a-z_]+)\}")


@cache
def parts_of(sentence: str) -> tuple[Part, ...]:
    """A sentence in its parts; ValueError where a brace or a bracket is left over."""
    found = tuple((n % 2 == 1, tuple(_pieces(text))) for n, text in enumerate(_OPTIONAL.split(sentence)) if text)
    for _, pieces in found:
        if any(isinstance(piece, str) and re.search(r"[\[\]{}]", piece) for piece in pieces):
            raise ValueError(f"“{sentence}”: write {{field:shown}} or [words that may fall away]")
    return found


def _pieces(text: str) -> Iterator[str | Placeholder]:
    words = _PLACE.split(text)
    for n in range(0, len(words), 3):
        if words[n]:
            yield words[n]
        if n + 2 < len(words):
            yield Placeholder(words[n + 1], words[n + 2])


def places_of(sentence: str) -> list[Placeholder]:
    """The places of a sentence, in order."""
    return [piece for _, pieces in parts_of(sentence) for piece in pieces if isinstance(piece, Placeholder)]


def fill_sentence(sentence: str, show: Callable[[Placeholder], str]) -> str:
    """The sentence with every place as `show` shows it; its optional parts only where no place of them is empty."""
    made = []
    for optional, pieces in parts_of(sentence):
        words = [show(piece) if isinstance(piece, Placeholder) else piece for piece in pieces]
        if not optional or all(words):
            made += words
    return "".join(made)
