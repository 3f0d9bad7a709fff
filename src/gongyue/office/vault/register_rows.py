"""What a row of the vault's register says: a document, a line of the log, a request, what waits for an act."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["coming", "here", "erased"]
Done = Literal[
    "put", "read", "denied", "used", "closed", "hold", "release", "restrict", "unrestrict", "erase", "asked", "answered",
    "backup", "restore",
]  # fmt: skip
"""What the log says was done."""


class Document(msgspec.Struct, frozen=True):
    """What is known of a document. Days are ordinals, moments Unix seconds.

    `used`: it was served or cited. `due`: the last day it is kept, once its dossier is closed. `restricted`: to the parties,
    for a person asked for its erasure. `holds`: the numbers of the holds on it. Of an erased one, kind and size are gone too.
    `act`: of one that is coming with an act, the digest of that: it is here once the act is recorded.
    """

    c: str
    slot: int
    dossier: str
    by: str
    put: int
    readers: tuple[str, ...]
    state: State
    kind: str | None
    size: int | None
    used: bool
    due: int | None
    restricted: bool
    erased: int | None
    ground: str | None
    replaced: str | None
    act: str
    holds: tuple[int, ...] = ()


class Intended(msgspec.Struct, frozen=True):
    """What is done to a document once the act of that digest is recorded: its use is noted, it is held, released or erased."""

    act: str
    what: Literal["use", "hold", "release", "erase"]
    c: str
    ground: str
    by: str


class LogLine(msgspec.Struct, frozen=True):
    """Who did what to which document, and when (Unix seconds); `c` is empty where it was to all."""

    seq: int
    t: int
    who: str
    what: Done
    c: str


class Request(msgspec.Struct, frozen=True):
    """A person's request: the letter is a document, so that no name stands here. Days are ordinals."""

    number: int
    kind: str
    letter: str
    documents: tuple[str, ...]
    received: int
    due: int
    answered: int | None = None
    outcome: str | None = None
    reply: str | None = None
