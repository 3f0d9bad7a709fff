"""What is kept of the open book (section 13), as far as the sealed one rests on it: keys, times, anchors, recoveries."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from tests.interop import notes
from tests.interop.canon import Fetch, digest, tampered, unlawful
from tests.interop.entries import Entry, check_signatures
from tests.interop.trees import Tree

S, DAY = 300, 86400


@dataclasses.dataclass
class Key:
    holder: str
    alg: str
    valid_from: float
    since: int
    until: float = float("inf")
    valid_to: float = float("inf")


@dataclasses.dataclass(frozen=True)
class Anchor:
    slot: int
    size: int
    root: str
    leaf: int
    t: int
    starts: tuple[int, ...]
    """Where its leaves begin, and again after each recovery among them."""


@dataclasses.dataclass(frozen=True)
class Recovery:
    leaf: int
    t: int
    first: int
    sealed: int
    latest_false: int


@dataclasses.dataclass
class OpenBook:
    tree: Tree
    entries: list[Entry]
    fetch: Fetch
    genesis: dict[str, Any]
    open_keys: list[notes.Vkey]
    sealed_keys: list[notes.Vkey]
    keys: dict[str, Key] = dataclasses.field(default_factory=dict)
    anchors: list[Anchor] = dataclasses.field(default_factory=list)
    recoveries: list[Recovery] = dataclasses.field(default_factory=list)
    links: dict[str, int] = dataclasses.field(default_factory=dict)
    digests: set[str] = dataclasses.field(default_factory=set)
    counters: dict[str, int] = dataclasses.field(default_factory=dict)
    plain: bool = True
    """No key of it was recovered, disavowed, or revoked from paper: of such ones section 12 says more than is checked here."""

    @property
    def now(self) -> int:
        return self.entries[-1].rx["t"] if self.entries else 0

    @property
    def slot_seconds(self) -> int:
        return int(self.genesis["slot_seconds"])

    @property
    def ahead(self) -> int:
        return max(3 * DAY, 3 * self.slot_seconds)

    def object(self, name: str) -> bytes:
        try:
            data = self.fetch("objects/" + name.replace(":", "/"))
        except KeyError:
            tampered(f"missing: object {name}")
        return data if digest(data) == name else tampered(f"hash: object {name}")

    def check_times(self, act: dict[str, Any], t: int, size: int) -> None:
        """Section 5.3, of an act that arrived at t when the book had this size."""
        now = self.entries[size - 1].rx["t"] if size else 0
        view = act["view"]
        if view["size"] > size or bytes.fromhex(view["root"][7:]) != self.tree.root(view["size"]):
            unlawful("view")
        if (view["size"] == 0) != (act["type"] == "book.genesis/1"):
            unlawful("view")
        seen = self.entries[view["size"] - 1].rx["t"] if view["size"] else 0
        for recovery in self.recoveries:
            if recovery.first < view["size"] <= recovery.leaf:
                seen = self.entries[recovery.first - 1].rx["t"]
        if t < now and act["type"] != "clock.recover/1":
            unlawful("time-backwards")
        if t > now + self.ahead and not act["type"].startswith(("clock.", "book.genesis/")):
            unlawful("clock-ahead")
        if act["at"] > t + S:
            unlawful("from-the-future")
        if act["at"] < seen - S and act["type"] != "clock.recover/1":
            unlawful("backdated")

    def check_keys(self, entry: Entry, index: int | None) -> list[str]:
        """The holders; by index and time in the open book, by time alone under seal."""
        t, holders = entry.rx["t"], []
        for s in entry.sigs:
            key = self.keys.get(s["key"])
            if key is None or (index is None and key.since > entry.rx["open"]):
                if index is None and entry.body.get("key") == s["key"] and entry.type == "membership.apply":
                    holders.append(entry.act["actor"])
                    continue
                unlawful("unknown-key")
            if key.alg != s["alg"]:
                unlawful("wrong-key")
            early = t < key.valid_from or (index is not None and index < key.since)
            late = t >= key.valid_to or (index is not None and index >= key.until)
            if early or late:
                unlawful(f"GY-05-04: {s['key']} at {t}")
            holders.append(key.holder)
        return holders

    def authenticate(self, entry: Entry, index: int | None) -> list[str]:
        """Whose keys, whether they were valid, whether they signed, and whether those may sign for the actor."""
        holders = self.check_keys(entry, index)
        check_signatures(entry, self.genesis["origins"])
        self.check_actor(entry, holders)
        return holders

    def check_actor(self, entry: Entry, holders: list[str]) -> None:
        """Section 4.3 as far as it is about whose keys: a unit signs alone, or officers do for it, from paper."""
        actor, paper = entry.act["actor"], "paper" in entry.act
        if not re.match(r"(?:[uo]:[0-9a-z][0-9a-z-]{0,39}|exec|sys|authority)\Z", actor):
            unlawful("malformed: actor")
        officers = {h for h in holders if h.startswith("o:")}
        if actor in holders:
            good = set(holders) == {actor}
        elif actor.startswith("u:"):
            good = paper and len(officers) == 2 == len(set(holders))
        elif actor == "exec":
            good = len(officers) == len(set(holders)) > 0
        else:
            good = len(officers) == len(set(holders)) >= 1
        if not good:
            unlawful(f"who signs: {actor} by {sorted(set(holders))}")
