"""Sections 10.1, 10.2 and 10.4: the sealed book, what opens it, and what was promised."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from tests.interop import notes
from tests.interop.canon import DIGEST, b64, digest, is_count, is_form, read, tampered, unlawful, unreadable, write
from tests.interop.entries import Entry, read_entry
from tests.interop.state import Anchor, OpenBook
from tests.interop.trees import Tree, read_tree

LEAF = re.compile(rb'\{"c":"(sha256:[0-9a-f]{64})","v":"gongyue/sealed@1"\}\Z')
FALSE_TIME = "not judged: of a false time"


def commitment(salt: bytes, content: bytes) -> str:
    return digest(b"gongyue/commit@1\n", salt, content)


@dataclasses.dataclass
class SealedBook:
    open: OpenBook
    tree: Tree
    c: list[str]
    """The commitments as far as they are anchored."""
    places: dict[str, int]


def read_sealed(book: OpenBook) -> SealedBook:
    if not book.anchors:
        return SealedBook(book, Tree([]), [], {})
    try:
        size, root = notes.checkpoint(book.fetch("sealed/checkpoint"), book.sealed_keys)
    except KeyError:
        tampered("missing: sealed checkpoint")
    except ValueError as error:
        tampered(f"checkpoint: {error}")
    tree = read_tree(book.fetch, "sealed/", size)
    if tree.root(size) != root or size < book.anchors[-1].size:
        tampered("root: sealed")
    c: list[str] = []
    for i, leaf in enumerate(tree.leaves):
        found = LEAF.match(leaf) or tampered(f"form: sealed leaf {i}")
        c.append(found[1].decode())
    if len(set(c)) != len(c):
        tampered("twice")
    for anchor in book.anchors:
        if "sha256:" + tree.root(anchor.size).hex() != anchor.root:
            tampered(f"anchor {anchor.slot}")
        for start, stop in zip(anchor.starts, (*anchor.starts[1:], anchor.size), strict=True):
            if any(tree.leaves[i] >= tree.leaves[i + 1] for i in range(start, stop - 1)):
                unlawful(f"leaf-order: slot {anchor.slot}")
    c = c[: book.anchors[-1].size]
    return SealedBook(book, tree, c, {name: i for i, name in enumerate(c)})


@dataclasses.dataclass(frozen=True)
class Opened:
    entry: Entry
    c: str
    index: int | None
    """None: promised, and not anchored yet."""


@dataclasses.dataclass(frozen=True)
class LinkLine:
    link: str
    target: list[dict[str, Any]]


@dataclasses.dataclass
class Disclosures:
    opened: list[Opened] = dataclasses.field(default_factory=list)
    links: list[LinkLine] = dataclasses.field(default_factory=list)
    heads: list[notes.Head] = dataclasses.field(default_factory=list)
    pending: list[Opened] = dataclasses.field(default_factory=list)

    def read(self, book: SealedBook, data: bytes, *, may_wait: bool = False) -> None:
        if data.startswith(b"gongyue/commit@1\n"):
            return
        rows = data.split(b"\n")
        if rows[-1] == b"":
            rows.pop()
        for row in (one.removesuffix(b"\r") for one in rows):
            try:
                line = read(row)
            except ValueError:
                unreadable("disclosures: a line that is not canonical")
            self._line(book, line if isinstance(line, dict) else {}, may_wait)

    def _line(self, book: SealedBook, line: dict[str, Any], may_wait: bool) -> None:
        try:
            if set(line) == {"head"}:
                self.heads.append(read_head(book, line["head"].encode()))
            elif set(line) == {"link", "salt", "target"}:
                self.links.append(_link(line))
            elif (
                set(line) in ({"book", "entry", "index", "salt"}, {"book", "entry", "promise", "salt"})
                and line["book"] == "sealed"
            ):
                salt = b64(line["salt"])
                if len(salt) != 32:
                    raise ValueError("no salt")
                raw = write(line["entry"])
                promise = read_promise(book, line["promise"].encode()) if "promise" in line else None
                found = self._open(book, salt, raw, line.get("index"), promise)
                if found.index is None and not may_wait:
                    self.pending.append(found)
                elif found.c not in {o.c for o in self.opened}:
                    self.opened.append(found)
            else:
                raise ValueError("no line")
        except (ValueError, AttributeError, TypeError) as error:
            unreadable(f"disclosures: {error}")

    def _open(self, book: SealedBook, salt: bytes, raw: bytes, index: Any, promise: notes.Promise | None) -> Opened:
        c = commitment(salt, raw)
        if promise is None:
            if not is_count(index):
                raise ValueError("no index")
            if index < len(book.c):
                if book.c[index] != c:
                    tampered(f"form: salt or entry of {index}")
                return Opened(read_entry(raw), c, index)
            entry = read_entry(raw)
            if book.open.anchors and entry.rx["t"] < book.open.anchors[-1].t:
                tampered("promise: arrived before the last anchor, and not in it")
            return Opened(entry, c, None)
        if promise.c != c:
            unreadable("receipt: the promise of another commitment")
        entry = read_entry(raw)
        if entry.rx["t"] != promise.t:
            tampered("arrival")
        check_promise(book, promise)
        return Opened(entry, c, book.places.get(c))


def read_head(book: SealedBook, data: bytes) -> notes.Head:
    try:
        return notes.head(data, book.open.sealed_keys)
    except ValueError as error:
        unreadable(f"head: {error}")


def read_promise(book: SealedBook, data: bytes) -> notes.Promise:
    try:
        return notes.promise(data, book.open.sealed_keys)
    except ValueError as error:
        unreadable(f"receipt: {error}")


def _link(line: dict[str, Any]) -> LinkLine:
    target = line["target"]
    for x in target:
        if set(x) != {"c", "dossier", "n"} or not is_form(DIGEST, x["c"]) or not is_count(x["n"]) or x["n"] < 1:
            raise ValueError("no target")
    if [x["c"] for x in target] != sorted({x["c"] for x in target}) or len(
        {(x["dossier"], x["n"]) for x in target}
    ) != len(target):
        raise ValueError("no target")
    salt = b64(line["salt"])
    if len(salt) != 32 or line["link"] != digest(b"gongyue/link@1\n", salt, write(target)):
        raise ValueError("not what the link is of")
    return LinkLine(line["link"], target)


def check_promise(book: SealedBook, promise: notes.Promise) -> None:
    """Kept at the first anchor whose slot is not below the one after arrival (10.1, section 11)."""
    due = promise.t // book.open.slot_seconds + 1
    after = -1
    for recovery in book.open.recoveries:
        if recovery.t < promise.t <= recovery.latest_false + book.open.ahead:
            after, due = recovery.leaf, 0
    first = next((a for a in book.open.anchors if a.slot >= due and a.leaf > after), None)
    place = book.places.get(promise.c)
    if first is None:
        if place is None and book.open.now // book.open.slot_seconds > due + 1 and after < 0:
            tampered("late")
    elif place is None or place >= first.size:
        tampered("promise")


def check_arrival(book: SealedBook, opened: Opened) -> bool:
    """Section 10.2 (`rx.open`, times, keys); False where it is of a false time, and only signatures were looked at."""
    entry, open_book = opened.entry, book.open
    rx, t = entry.rx, entry.rx["t"]
    if entry.act["cov"] != open_book.open_keys[0].name:
        unlawful("wrong-covenant")
    if "open" not in rx:
        unlawful("malformed: no rx.open")
    at, index = rx["open"], opened.index if opened.index is not None else 2**53
    taken = next((a for a in open_book.anchors if a.size > index), None)
    before: Anchor | None = next((a for a in reversed(open_book.anchors) if a.size <= index), None)
    limits = [
        taken.leaf if taken else len(open_book.entries),
        *(r.leaf for r in open_book.recoveries if r.sealed > index),
    ]
    if at > min(limits):
        unlawful("malformed: rx.open after its anchor")
    if any(index < r.sealed and t > r.t for r in open_book.recoveries):
        return False
    if before is not None and (at <= before.leaf or t < before.t - 300):
        unlawful("malformed: rx.open before the anchor that was past")
    if (
        at < len(open_book.entries)
        and open_book.entries[at].rx["t"] < t
        and open_book.entries[at].type != "clock.recover"
    ):
        unlawful("time-backwards")
    open_book.check_times(entry.act, t, at)
    return True


OPENINGS = {"membership.grant": "application", "vote.close": "ballots", "petition.publish": "course"}


def check_openings(book: SealedBook) -> int:
    """What acts of the open book open (10.4): each line by its leaf, its arrival and its signatures; how many there were."""
    count = 0
    for leaf, act in enumerate(book.open.entries):
        name = act.body.get(OPENINGS.get(act.type, ""), "")
        if not name:
            continue
        data = book.open.object(name)
        taken = max((a.size for a in book.open.anchors if a.leaf < leaf), default=0)
        if not data.endswith(b"\n"):
            tampered("content: the last line does not end")
        for row in data.split(b"\n")[:-1]:
            try:
                line = read(row)
                if isinstance(line, dict) and "promise" in line:
                    unlawful("not-anchored")
                if (
                    set(line) != {"book", "entry", "index", "salt"}
                    or line["book"] != "sealed"
                    or not is_count(line["index"])
                ):
                    raise ValueError("no line of openings")
                salt, raw, index = b64(line["salt"]), write(line["entry"]), line["index"]
            except (ValueError, TypeError) as error:
                tampered(f"content: {error}")
            if index >= taken:
                unlawful("not-anchored")
            c = commitment(salt, raw)
            if c != book.c[index] or len(salt) != 32:
                tampered(f"form: salt or entry of {index}")
            opened = Opened(read_entry(raw), c, index)
            if check_arrival(book, opened):
                book.open.authenticate(opened.entry, None)
            count += 1
    return count
