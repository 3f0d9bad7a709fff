"""The demonstration's world as plain data: who there is in `world.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from gongyue.book.signing import key_id
from gongyue.office.keys import demo_seed
from gongyue.transparency import ed25519

ORIGIN = "gongyue.example/demo"
WATERMARK = "演示·虚构"


class Person(msgspec.Struct, frozen=True):
    """An officer of the executive body: opaque id, how it is called in the story, its offices, whether it is there from the founding."""

    id: str
    zh: str
    en: str
    offices: tuple[str, ...]
    founds: bool = True


class Company(msgspec.Struct, frozen=True):
    """A fictional unit: its id and code, its names, what it does, and how it joins."""

    slug: str
    id: str
    zh: str
    en: str
    code: str
    activities: tuple[str, ...]
    joins: str


class World(msgspec.Struct, frozen=True):
    """Everybody in the story, and the holiday calendar it logs."""

    executive: str
    executive_en: str
    authority: str
    approval: str
    court: str
    officer: tuple[Person, ...]
    unit: tuple[Company, ...]
    calendar: dict[str, Any]

    def joining(self, how: str) -> list[Company]:
        """The units that join in that way, in their order."""
        return [u for u in self.unit if u.joins == how]

    def named(self, slug: str) -> Company:
        """The unit of that short name."""
        return next(u for u in self.unit if u.slug == slug)

    def called(self, party: str) -> tuple[str, str]:
        """How a party is called, in Chinese and in English."""
        offices = {
            "exec": ("执行机构", "Executive body"),
            "sys": ("办公密钥", "Office key"),
            "authority": (self.authority, "Authority"),
        }
        known = {u.id: (u.zh, u.en) for u in self.unit} | {p.id: (p.zh, p.en) for p in self.officer} | offices
        return known.get(party, (party, party))


@cache
def public_keys() -> frozenset[str]:
    """The names of every key derived from the public demonstration seed: everybody holds them."""
    people = (*(p.id for p in world().officer), *(u.id for u in world().unit))
    offices = ("book", "sealed", "sys", "authority")
    numbered = (f"u:{number:04d}" for number in range(1000))
    holders = {*offices, *people, *numbered, *(f"{holder}#2" for holder in people)}
    return frozenset(key_id(ed25519.public(demo_seed(holder))) for holder in holders)


@cache
def world() -> World:
    """The world of the demonstration."""
    return msgspec.convert(tomllib.loads(files("gongyue.demo").joinpath("world.toml").read_text("utf-8")), World)
