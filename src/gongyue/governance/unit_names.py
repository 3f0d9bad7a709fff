"""Which units a text names: by what they are or were called, by their code, by their id in the book, however that is drawn apart (article 13)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongyue.covenant import allegations
from gongyue.covenant.parties import is_credit_code
from gongyue.covenant.rulings import OutOfTurn
from gongyue.covenant.visible_text import hidden_in

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution
    from gongyue.governance.registry import Unit

NOBODY = "某成员单位"
"""Who is spoken of where nobody is named."""
SHORTEST = 4
"""Letters and digits of a name, at least: no firm is registered under a shorter one, and shorter ones are words."""
_BETWEEN = frozenset("·・‧•∙⋅･*|/\\~.、'\"‘’“”「」『』《》〈〉()[]【】{}^+=&#")
"""What stands between the characters of a name and says nothing, besides dashes and ties."""


def plain(text: str) -> str:
    """A text as a reader takes in its names: full-width characters as others, without the marks that draw a name apart."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c not in _BETWEEN and not _ties(c))


def named_in(inst: Institution, said: str) -> list[Unit]:
    """The units that a text names, which is closed up already; of names that contain others the longest counts.

    Of a name that several bear whoever's code or id stands in the text too; all of them where nobody's does.
    """
    return _read(inst, said)[0]


def besides_names(inst: Institution, said: str) -> str:
    """What a text says besides the names of units in it, of which one can have any word."""
    return _read(inst, said)[1]


def _read(inst: Institution, said: str) -> tuple[list[Unit], str]:
    text = whole = plain(said)
    found: dict[str, Unit] = {}
    bearers: dict[str, list[Unit]] = {}
    for unit in inst.units.values():
        for called in _called(unit):
            bearers.setdefault(called, []).append(unit)
    for called in sorted(bearers, key=lambda one: (-len(one), one)):
        if called in text:
            told = [unit for unit in bearers[called] if plain(unit.code) in whole or plain(unit.id) in whole]
            found |= {unit.id: unit for unit in told or bearers[called]}
            text = text.replace(called, "\0")
    return [found[id] for id in sorted(found)], text


def require_name(inst: Institution, name: str, unit: str, type: str) -> None:
    """OutOfTurn for a name that hides something, is too short for one, is a code, an id, or words of the covenant's own, or accuses another.

    A member that were called “违约”, or what the covenant says of all of them, would be named wherever nobody is.
    """
    if hidden := hidden_in(name):
        raise OutOfTurn("malformed", type, why=hidden)
    said, text = plain(name), inst.meaning.edition
    common = [NOBODY, *(plain(one.text) for one in (text.parts if text is not None else ()))]
    code = is_credit_code(name.strip().upper()) or name.strip().lower().startswith("u:")
    short = sum(c.isalnum() for c in said) < SHORTEST
    others = (
        [one for one in named_in(inst, "".join(name.split())) if one.id != unit] if allegations.alleged(said) else []
    )
    if short or name != name.strip() or code or others or any(said in one for one in common):
        raise OutOfTurn("no-name", type)


def _called(unit: Unit) -> Iterator[str]:
    for one in (unit.name, *unit.former, unit.code, unit.id):
        if called := "".join(plain(one).split()):
            yield called


def _ties(c: str) -> bool:
    return unicodedata.category(c) in ("Pd", "Pc")
