"""The register of cheats: what each does, what catches it, with which exit code and refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from gongyue.demo.cheats.desk import Desk
from gongyue.demo.cheats.forger import HANDED, Forger

Perform = Callable[[Desk], Forger]


class Principle(NamedTuple):
    """What a cheat breaks, in words."""

    zh: str
    en: str


TEXT = Principle("生效的就是商定的", "What binds is what was agreed")
TIME = Principle("时间不由记录者挑选", "Whoever records does not choose the time")
NAME = Principle("谁的行为由谁签署", "Nobody acts in another's name")
ROLL = Principle("在册者才是成员", "A member is a member")
COUNT = Principle("票数人人可复算", "What is counted is recounted by anybody")
CASE = Principle("被检举者先得申辩，检举者必得答复", "Whoever is accused is heard, whoever reports is answered")
BOOK = Principle("入簿者不改、不缺、不重", "What is recorded stays, is all there, and once")
PRINCIPLES = (TEXT, TIME, NAME, ROLL, COUNT, CASE, BOOK)


class Cheat(msgspec.Struct, frozen=True):
    """A way to cheat.

    `option` and `kept`: what must be given to verify beside the book: an earlier checkpoint, a member's receipt or
    opening, by its path in the demonstration's folder. Empty where verify alone catches it. `handed`: what a party was handed
    together with the forged books, by its path among them. `pack`: the evidence pack it was handed, which alone is verified.
    """

    name: str
    principle: Principle
    zh: str
    en: str
    caught_zh: str
    caught_en: str
    exit: int
    code: str
    perform: Perform
    option: str = ""
    kept: str = ""
    handed: str = ""
    pack: str = ""

    def given(self, demo: Path, out: Path) -> Path:
        """The file that is given to verify beside the book."""
        return out / self.handed if self.handed else demo / self.kept


CHEATS: dict[str, Cheat] = {}
"""Every cheat by name, in the order of the story."""


def cheat(
    name: str,
    principle: Principle,
    zh: str,
    en: str,
    *,
    caught: tuple[str, str],
    code: str,
    exits: int = 3,
    option: str = "",
    kept: str = "",
    handed: str = "",
    pack: str = "",
) -> Callable[[Perform], Perform]:
    """Register a cheat: what it does, and what catches it, in both languages."""

    def register(perform: Perform) -> Perform:
        CHEATS[name] = Cheat(name, principle, zh, en, *caught, exits, code, perform, option, kept, handed, pack)
        return perform

    return register


PARTY = ("须当事方所得的启封文件：", "needs what the party was handed: ")


def by_its_party(
    name: str, zh: str, en: str, caught: tuple[str, str], code: str, exits: int = 3
) -> Callable[[Perform], Perform]:
    """A cheat that a party finds out by verify with its disclosures."""
    said = (PARTY[0] + caught[0], PARTY[1] + caught[1])
    return cheat(name, CASE, zh, en, caught=said, code=code, exits=exits, option="--disclosures", handed=HANDED)
