"""The sheet of an act type: what the product knows of it beyond the law, in one place that every face reads.

A matter's sheets stand beside it, in `<matter>.toml`: words are read and translated there without reading code. They are
read once, at import, and into types: a text in one language only, or an entry that nobody reads, stops the start with
the name of the file and of the entry. An act type without its sheet cannot be registered (`acts.act`).
"""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta


class Incomplete(Exception):
    """A sheet lacks an entry, or has one too many: where and which."""


Text = Annotated[str, Meta(min_length=1)]


class Words(NamedTuple):
    """The same in Chinese and in English."""

    zh: Text
    en: Text


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of an act type. `zh`: its name; `do`: doing it, in English; `done`: what was done, in English."""

    zh: Text
    do: Text
    done: Text


class Matter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a matter: its name, what its commands are for, its act types by their stored names."""

    name: Words
    help: Words
    acts: dict[str, Sheet]


_ORDER: Final = (
    "book", "clock", "key", "office", "founding", "interpretation", "membership", "publication", "amendment", "vote",
    "annex", "law", "correction",
)  # fmt: skip


def read(matter: str, data: bytes) -> Matter:
    """The sheets of a matter, from the bytes of its file; Incomplete where one is not whole."""
    try:
        found = msgspec.toml.decode(data, type=Matter)
    except msgspec.DecodeError as error:
        raise Incomplete(f"{matter}.toml: {error}") from None
    for type in found.acts:
        if type.partition(".")[0] != matter:
            raise Incomplete(f"{matter}.toml: {type} is no act type of this matter")
    return found


_FOLDER = files("gongyue.governance")
MATTERS: Final = {matter: read(matter, _FOLDER.joinpath(f"{matter}.toml").read_bytes()) for matter in _ORDER}
"""Every matter by the first word of its act types, in the order of the catalogue."""

SHEETS: Final = {type: sheet for matter in MATTERS.values() for type, sheet in matter.acts.items()}
"""Every sheet by its act type's stored name, in the order of the catalogue."""


def sheet_of(type: str) -> Sheet:
    """The sheet of an act type that is being registered; Incomplete where it has none."""
    try:
        return SHEETS[type]
    except KeyError:
        raise Incomplete(f"{type.partition('.')[0]}.toml: there is no sheet [acts.{type!r}]") from None


def names_of(type: str) -> Words:
    """What an act type is called: 签署附件, "annex signed"; whatever is none, by itself."""
    sheet = SHEETS.get(type)
    return Words(sheet.zh, sheet.done) if sheet else Words(type, type)
