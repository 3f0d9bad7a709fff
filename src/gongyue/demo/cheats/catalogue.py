"""The register of cheats: what each does, what catches it, with which exit code and refusal."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import Forger

Perform = Callable[[Desk], Forger]


class Cheat(msgspec.Struct, frozen=True):
    """A way to cheat.

    `option` and `kept`: what must be given to verify beside the book: an earlier checkpoint, a member's receipt or
    opening, by its path in the demonstration's folder. Empty where verify alone catches it.
    """

    name: str
    zh: str
    en: str
    caught_zh: str
    caught_en: str
    exit: int
    code: str
    perform: Perform
    option: str = ""
    kept: str = ""


CHEATS: dict[str, Cheat] = {}
"""Every cheat by name, in the order of the story."""


def cheat(
    name: str, zh: str, en: str, *, caught: tuple[str, str], code: str, exits: int = 3, option: str = "", kept: str = ""
) -> Callable[[Perform], Perform]:
    """Register a cheat: what it does, and what catches it, in both languages."""

    def register(perform: Perform) -> Perform:
        CHEATS[name] = Cheat(name, zh, en, *caught, exits, code, perform, option, kept)
        return perform

    return register
