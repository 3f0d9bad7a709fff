"""Which units a text names: by what they are or were called, by their code, by their id in the book, however that is drawn apart (article 13)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution
    from gongyue.governance.registry import Unit

_BETWEEN = frozenset("·・‧•∙⋅･*|/\\~")
"""What stands between the characters of a name and says nothing, besides dashes and ties."""


def plain(text: str) -> str:
    """A text as a reader takes in its names: full-width characters as others, without the marks that draw a name apart."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c not in _BETWEEN and not _ties(c))


def named_in(inst: Institution, said: str) -> list[Unit]:
    """The units that a text names, which is closed up already; of names that contain others the longest counts."""
    text = plain(said)
    found: dict[str, Unit] = {}
    names = ((called, unit) for unit in inst.units.values() for called in _called(unit))
    for called, unit in sorted(names, key=lambda one: -len(one[0])):
        if called in text:
            found[unit.id] = unit
            text = text.replace(called, "\0")
    return [found[id] for id in sorted(found)]


def _called(unit: Unit) -> Iterator[str]:
    for one in (unit.name, *unit.former, unit.code, unit.id):
        if called := "".join(plain(one).split()):
            yield called


def _ties(c: str) -> bool:
    return unicodedata.category(c) in ("Pd", "Pc")
