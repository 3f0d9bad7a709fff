"""The clause catalogue 条款目录: what a text can be bound to, and the words by which its passages are found.

Nothing here reads a text: `folding` folds it, `covenant.numbers` reads its numbers, `passages` finds what must be decided.

Catalogues stand side by side by version, and an edition names the one it was decided under. A later one only adds
capabilities: what an earlier one says stays to the letter, so that an old edition is complete for ever as it was.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from itertools import product
from typing import Any, Literal

import msgspec

Need = Literal["words", "body", "share", "period", "list"]
Absence = Literal["refused", "off", "default", "unsaid", "named"]
CATALOGUE_VERSION = "gongyue/capabilities@1"
FILES = ("capabilities.toml",)
"""What each version brings, the first one first."""


class Confusable(msgspec.Struct, frozen=True):
    """A passage a capability is kept apart from, why, and by what it is kept out."""

    words: str
    why: str
    by: Literal["mask", "number", "find", "prefer"]


class Capability(msgspec.Struct, frozen=True):
    """A capability 事项: what it means, what it needs, what its absence means, what depends on it, how passages are found."""

    zh: str
    en: str
    means_zh: str
    means_en: str
    needs: tuple[Need, ...]
    absent: Absence
    acts: tuple[str, ...]
    find: tuple[tuple[tuple[str, ...], ...], ...]
    apart: Confusable = msgspec.field(name="not")
    then: str = ""
    alternatives: tuple[str, ...] = msgspec.field(default=(), name="or")
    guard: bool = False
    unless: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    also: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    number: Literal["", "share", "period"] = ""
    prefer: tuple[str, ...] = ()


class Catalogue(msgspec.Struct, frozen=True, dict=True):
    """All capabilities in their order, and the words shared by them; `reader` is its version."""

    v: str
    reader: str
    fold: str
    words: dict[str, tuple[str, ...]]
    base: dict[str, tuple[str, ...]]
    number: dict[str, tuple[str, ...]]
    start: dict[str, tuple[str, ...]]
    capabilities: dict[str, Capability]

    def normative(self) -> dict[str, Any]:
        """The part that decides what is a passage and what a number says: the digest of its canonical form names a reader."""
        found = {
            name: {"find": c.find, "mask": c.mask, "number": c.number, "guard": c.guard, "unless": c.unless}
            for name, c in self.capabilities.items()
        }
        shared = {"fold": self.fold, "words": self.words, "base": self.base, "number": self.number, "start": self.start}
        data: dict[str, Any] = msgspec.to_builtins({"reader": self.reader, "capabilities": found, **shared})
        return data

    @cached_property
    def canonical(self) -> bytes:
        """The normative part's canonical JSON."""
        return json.dumps(self.normative(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


_SHARED = ("v", "reader", "fold", "words", "base", "number", "start")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def load(text: str, before: Catalogue | None = None) -> Catalogue:
    """A catalogue from its TOML; ValueError where it is none or names a list of words that it does not have.

    One after another has a `reader` of its own and further capabilities, and nothing else; ValueError otherwise.
    """
    data = tomllib.loads(text)
    shared = {name: data.pop(name, None) for name in _SHARED}
    if before is None:
        shared["fold"] = (shared["fold"] or {}).get("pairs")
    else:
        if again := [*(data.keys() & before.capabilities), *(n for n in _SHARED[2:] if shared[n] is not None)]:
            raise ValueError(f"{shared['reader']}: {again}")
        if not data or shared["reader"] == before.reader:
            raise ValueError(f"{shared['reader']}: nothing new")
        kept = msgspec.to_builtins(before)
        shared |= {name: kept[name] for name in _SHARED[2:]}
        data = kept["capabilities"] | data
    read = msgspec.convert({**shared, "capabilities": data}, Catalogue)
    if read.v != CATALOGUE_VERSION or len(read.fold) % 2:
        raise ValueError(read.v)
    for name, capability in read.capabilities.items():
        beside = [other for others, _ in capability.unless for other in others if other != "*"]
        named = (*capability.alternatives, *capability.also, *beside)
        if unknown := [other for other in named if other not in read.capabilities]:
            raise ValueError(f"{name}: {unknown}")
    return read


def spelled_out(expression: str, words: dict[str, tuple[str, ...]]) -> list[str]:
    """The expression with each {name} replaced by every one of its words; ValueError for a name there is not."""
    names = _PLACEHOLDER.findall(expression)
    if unknown := [name for name in names if name not in words]:
        raise ValueError(f"{expression}: {unknown}")
    pattern = _PLACEHOLDER.sub("{}", expression)
    return [pattern.format(*chosen) for chosen in product(*(words[name] for name in names))]


@cache
def catalogues() -> tuple[Catalogue, ...]:
    """Every catalogue, the first one first; each has all that those before it have."""
    here = files("gongyue.covenant.binding")
    return grown(here.joinpath(name).read_text("utf-8") for name in FILES)


def grown(texts: Iterable[str]) -> tuple[Catalogue, ...]:
    """The catalogues from what each version brings."""
    found: list[Catalogue] = []
    for text in texts:
        found.append(load(text, found[-1] if found else None))
    return tuple(found)


def catalogue() -> Catalogue:
    """The latest catalogue: every capability that this program knows."""
    return catalogues()[-1]


def zh_of(name: str) -> str:
    """What a capability is called in Chinese: faults and lists say the name, commands take the id beside it."""
    known = catalogue().capabilities.get(name)
    return known.zh if known else name


def en_of(name: str) -> str:
    """What a capability is called in English."""
    known = catalogue().capabilities.get(name)
    return known.en if known else name
