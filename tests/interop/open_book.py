"""Sections 2 to 5 and 10.1: the open book as far as the sealed one rests on it.

Keys, times, anchors and recoveries of every leaf. Whether what a type asks for (section 9) was there is not looked at.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from tests.interop import notes
from tests.interop.canon import KEY, Fetch, Wrong, digest, is_form, read, tampered, unlawful, unreadable, write
from tests.interop.entries import Entry, check_signatures, read_entry
from tests.interop.trees import Tree, read_tree

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
            good = paper and len(officers) >= 2 and len(officers) == len(set(holders))
        elif actor == "exec":
            good = len(officers) == len(set(holders)) > 0
        else:
            good = len(officers) == len(set(holders)) >= 1
        if not good:
            unlawful(f"who signs: {actor} by {sorted(set(holders))}")


def read_vkey(text: str) -> notes.Vkey:
    try:
        return notes.vkey(text)
    except ValueError:
        unreadable("key")


def _start(fetch: Fetch, key: notes.Vkey) -> tuple[Tree, Entry]:
    try:
        size, root = notes.checkpoint(fetch("checkpoint"), [key])
    except KeyError:
        unreadable("book")
    except ValueError as error:
        tampered(f"checkpoint: {error}")
    tree = read_tree(fetch, "", size)
    if tree.root(size) != root:
        tampered("root")
    return tree, read_entry(tree.leaves[0])


def read_open(fetch: Fetch, key: notes.Vkey) -> OpenBook:
    tree, first = _start(fetch, key)
    if first.type != "book.genesis":
        unlawful("not-founded")
    genesis = first.body
    book = OpenBook(tree, [], fetch, genesis, [notes.vkey(genesis["open_vkey"])], [notes.vkey(genesis["sealed_vkey"])])
    for officer in genesis["officers"]:
        book.keys[officer["key"]] = Key(officer["id"], "ed25519", 0, 0)
    book.keys[genesis["system_key"]] = Key("sys", "ed25519", 0, 0)
    for index, leaf in enumerate(tree.leaves):
        try:
            _step(book, index, first if index == 0 else read_entry(leaf))
        except Wrong as wrong:
            raise Wrong(wrong.exit, f"{wrong.what}: leaf {index}") from wrong
    if key not in book.open_keys or first.act["cov"] != key.name:
        tampered("key: not one that the book names")
    return book


def _step(book: OpenBook, index: int, entry: Entry) -> None:
    act, body = entry.act, entry.body
    if set(entry.rx) != {"t"} or {"on", "to"} & set(act):
        unlawful("malformed: rx, on or to in the open book")
    if act["cov"] != book.open_keys[0].name:
        unlawful("wrong-covenant")
    if (entry.type == "book.genesis") != (index == 0):
        unlawful("founded")
    book.check_times(act, entry.rx["t"], index)
    holders = book.authenticate(entry, index)
    book.entries.append(entry)
    if act["actor"] in holders and act["actor"].startswith("u:"):
        first = entry.sigs[0]["key"]
        book.counters[first] = book.counters.get(first, 0) + 1
        if act.get("seq") != book.counters[first]:
            unlawful("sequence")
    elif "seq" in act:
        unlawful("malformed: seq")
    elif entry.act_digest in book.digests:
        unlawful("recorded-before")
    book.digests.add(entry.act_digest)
    if entry.type in STEPS:
        STEPS[entry.type](book, index, entry)
    if link := body.get("link"):
        if link in book.links:
            unlawful("link-twice")
        book.links[link] = index


def _anchor(book: OpenBook, index: int, entry: Entry) -> None:
    body, t = entry.body, entry.rx["t"]
    before = book.anchors[-1] if book.anchors else Anchor(-1, 0, "", -1, 0, ())
    placed = [r.sealed for r in book.recoveries if r.leaf > before.leaf]
    good = body["slot"] == t // book.slot_seconds > before.slot or (
        book.recoveries and book.recoveries[-1].leaf > before.leaf
    )
    floor = max([before.size, *placed])
    if (
        not good
        or body["slot"] != t // book.slot_seconds
        or body["size"] % book.genesis["quantum"]
        or body["size"] <= floor
    ):
        unlawful("anchor")
    starts = (before.size, *placed)
    book.anchors.append(Anchor(body["slot"], body["size"], body["root"], index, t, starts))


def _recover(book: OpenBook, index: int, entry: Entry) -> None:
    body, t = entry.body, entry.rx["t"]
    false = [e.rx["t"] for e in book.entries[body["first"] : index]]
    if not false or not book.entries[body["first"] - 1].rx["t"] <= t < false[0] or t >= false[-1]:
        unlawful("recover")
    book.recoveries.append(Recovery(index, t, body["first"], body["sealed"], false[-1]))


def _put(book: OpenBook, key: str, holder: str, alg: str, since: int, valid_from: float) -> None:
    if key in book.keys or not is_form(KEY, key):
        unlawful("key-registered")
    book.keys[key] = Key(holder, alg, valid_from, since)


def _register(book: OpenBook, index: int, entry: Entry) -> None:
    holder, t = entry.body["holder"], entry.rx["t"]
    delay = book.genesis["recovery_days"] * DAY
    at_once = holder.startswith("u:") and all(k.holder != holder for k in book.keys.values())
    _put(book, entry.body["key"], holder, entry.body["alg"], index + 1, t if at_once else t + delay)


def _add(book: OpenBook, index: int, entry: Entry) -> None:
    _put(book, entry.body["key"], entry.act["actor"], entry.body["alg"], index + 1, entry.rx["t"])


def _end(book: OpenBook, index: int, entry: Entry, key: str) -> None:
    book.keys[key].until, book.keys[key].valid_to = index + 1, entry.rx["t"] + 1


def _rotate(book: OpenBook, index: int, entry: Entry) -> None:
    _end(book, index, entry, next(s["key"] for s in entry.sigs if book.keys[s["key"]].holder == entry.act["actor"]))
    _put(book, entry.body["key"], entry.act["actor"], entry.body["alg"], index + 1, entry.rx["t"])


def _revoke(book: OpenBook, index: int, entry: Entry) -> None:
    if "paper" in entry.act:
        book.plain = False
    else:
        _end(book, index, entry, entry.body["key"])


def _retire(book: OpenBook, index: int, entry: Entry) -> None:
    _end(book, index, entry, entry.body["key"])


def _paper(book: OpenBook, index: int, entry: Entry) -> None:
    """A recovered key is not valid before it was told and the delay is over; who signs with it is not judged here."""
    book.plain = False
    if entry.type == "key.recover":
        _put(
            book,
            entry.body["key"],
            entry.act["actor"],
            entry.body["alg"],
            index + 1,
            entry.rx["t"] + book.genesis["recovery_days"] * DAY,
        )


def application_of(book: OpenBook, grant: Entry) -> Entry:
    """The one application that a grant opens; whether it stands at its place is seen once the sealed book is read."""
    try:
        rows = book.object(grant.body["application"]).split(b"\n")
        entry = read_entry(write(read(rows[0])["entry"]))
    except (ValueError, KeyError, TypeError) as error:
        tampered(f"content: {error}")
    if rows[1:] != [b""] or entry.type != "membership.apply":
        unlawful("bad-object: not one application")
    return entry


def _grant(book: OpenBook, index: int, entry: Entry) -> None:
    apply = application_of(book, entry)
    key, unit, t = apply.body["key"], apply.act["actor"], entry.rx["t"]
    had = [k for k in book.keys.values() if k.holder == unit]
    if key in book.keys and book.keys[key].holder == unit:
        return
    delay = book.genesis["recovery_days"] * DAY if had and not any(k.until >= k.since for k in had) else 0
    _put(book, key, unit, apply.body["alg"], index + 1, t + delay)


def _book(book: OpenBook, index: int, entry: Entry) -> None:
    mine = book.open_keys if entry.body["book"] == "open" else book.sealed_keys
    new = notes.vkey(entry.body["verifier"])
    if new.name != mine[0].name or new in mine:
        unlawful("wrong-book")
    mine.append(new)


STEPS = {
    "book.anchor": _anchor,
    "book.rotate": _book,
    "membership.grant": _grant,
    "clock.recover": _recover,
    "key.register": _register,
    "key.add": _add,
    "key.rotate": _rotate,
    "key.revoke": _revoke,
    "key.retire": _retire,
    "key.recover": _paper,
    "key.disavow": _paper,
}
