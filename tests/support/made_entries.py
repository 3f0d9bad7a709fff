"""Sealed and open entries made up by hand, to try by themselves what decides on them: nothing signs or hashes them."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import msgspec

from gongyue.governance.acts import Act, Entry, Received, View
from gongyue.sealing.link import OpenedLink, Target

NOTHING = "sha256:" + "0" * 64


def digest(name: str) -> str:
    """A digest told by a name of at most eight letters."""
    return "sha256:" + name.encode().hex().rjust(64, "0")


def entry(
    type: str,
    body: Mapping[str, Any],
    dossier: str = "",
    n: int = 0,
    *,
    size: int = 10,
    t: int = 1_000,
    actor: str = "exec",
) -> Entry:
    """An act that arrived after so many open ones, at a place of a dossier; without one an open act."""
    raw = msgspec.Raw(msgspec.json.encode(body))
    act = Act(actor, t, "law:22", raw, "c1", "0" * 32, NOTHING, type, "gongyue/act@1", View(NOTHING, 0))
    rx = Received(t, size, dossier, n, NOTHING) if dossier else Received(t)
    return Entry(act, rx, (), "gongyue/entry@1")


def shown(one: Entry, commitment: str, index: int = 0) -> Any:
    """It, disclosed: under a commitment, at an index of the sealed book."""
    leaf = SimpleNamespace(entry=one, data=commitment.encode())
    return SimpleNamespace(opening=SimpleNamespace(commitment=commitment, index=index, entry=one), leaf=leaf)


def link(value: str, *target: tuple[str, str, int]) -> OpenedLink:
    """A link of that value, opened, to entries by commitment, dossier and place."""
    return OpenedLink(value, bytes(32), tuple(Target(*one) for one in target))
