"""The sealed half by docs/formats.md, 10.1, 10.2, 10.4 and 10.6: leaves, anchors, padding, promises, openings, dossiers.

It knows no law: of what is opened it checks form, place, chain, order, times and signatures, not whether it was allowed.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.interop.bytes_checker import (
    Book,
    Entry,
    Fetch,
    Found,
    Key,
    book,
    canonical,
    entry,
    note,
    sha,
    signatures_hold,
    spelled,
    vkey,
)

NOTHING = "sha256:" + "0" * 64
MEMBERS = "d:members"
LEAF = re.compile(rb'\{"c":"(sha256:[0-9a-f]{64})","v":"gongyue/sealed@1"\}')
OUTSIDE = {"vote.ballot/1", "vote.disavow/1", "vote.notify/1", "vote.receive/1"}
"""Sealed acts that stand in no dossier."""


class Opened(NamedTuple):
    """An entry under seal that somebody opened: its index, None while it has its promise alone; its commitment."""

    index: int | None
    c: str
    entry: Entry


class Anchor(NamedTuple):
    """An anchor: its leaf, slot, size and time."""

    leaf: int
    slot: int
    size: int
    time: int


class Checked(NamedTuple):
    """Both books, their bytes and anchors right."""

    open: Book
    sealed: Book
    entries: list[Entry]
    anchors: list[Anchor]
    recoveries: list[tuple[int, Entry]]
    places: dict[str, int]
    keys: list[Key]
    genesis: dict[str, Any]


def books(fetch: Fetch, key: str) -> Checked:
    """Both books (sections 2, 3, 10.1); Found where something is wrong."""
    open_ = book(fetch, "", [vkey(key)])
    try:
        entries = [entry(leaf) for leaf in open_.leaves]
    except (ValueError, KeyError, TypeError):
        raise Found(2, "tampered/form") from None
    genesis = entries[0].act["body"]
    rotated = [one.act["body"] for one in entries if one.act["type"] == "book.rotate/1"]
    sealed_keys = [genesis["sealed_vkey"], *(one["verifier"] for one in rotated if one["book"] == "sealed")]
    keys = [vkey(one) for one in sealed_keys]
    try:
        sealed = book(fetch, "sealed/", keys)
    except KeyError:
        sealed = Book([], [])
    places: dict[str, int] = {}
    for index, leaf in enumerate(sealed.leaves):
        if (match := LEAF.fullmatch(leaf)) is None:
            raise Found(2, "tampered/form")
        if places.setdefault(match[1].decode(), index) != index:
            raise Found(2, "tampered/twice")
    anchors, recoveries = _open_acts(open_, sealed, entries, genesis)
    return Checked(open_, sealed, entries, anchors, recoveries, places, keys, genesis)


def _open_acts(
    open_: Book, sealed: Book, entries: list[Entry], genesis: dict[str, Any]
) -> tuple[list[Anchor], list[tuple[int, Entry]]]:
    anchors: list[Anchor] = []
    recoveries: list[tuple[int, Entry]] = []
    for index, one in enumerate(entries):
        view, type = one.act["view"], one.act["type"]
        if view["size"] > index or (view["size"] < 1 and index) or open_.root(view["size"]) != view["root"]:
            raise Found(3, "out-of-turn/view")
        if index and one.rx["t"] < entries[index - 1].rx["t"] and type != "clock.recover/1":
            raise Found(3, "out-of-turn/time-backwards")
        if not signatures_hold(one, genesis["origins"]):
            raise Found(2, "tampered/signature")
        if type == "clock.recover/1":
            recoveries.append((index, one))
        if type == "book.anchor/1":
            anchors.append(_anchor(index, one, anchors, recoveries, sealed, genesis))
    return anchors, recoveries


def _anchor(
    index: int,
    one: Entry,
    anchors: list[Anchor],
    recoveries: list[tuple[int, Entry]],
    sealed: Book,
    genesis: dict[str, Any],
) -> Anchor:
    body, last = one.act["body"], anchors[-1] if anchors else Anchor(-1, -1, 0, 0)
    stops = [r.act["body"]["sealed"] for n, r in recoveries if n > last.leaf]
    made = Anchor(index, body["slot"], body["size"], one.rx["t"])
    if made.slot != made.time // genesis["slot_seconds"] or (made.slot <= last.slot and not stops):
        raise Found(3, "out-of-turn/anchor-slot")
    if made.size % genesis["quantum"] or made.size <= max([last.size, *stops]):
        raise Found(3, "out-of-turn/anchor-size")
    if sealed.root(made.size) != body["root"]:
        raise Found(2, "tampered/content")
    for at in range(last.size + 1, made.size):
        if sealed.leaves[at] <= sealed.leaves[at - 1] and at not in stops:
            raise Found(3, "out-of-turn/leaf-order")
    return made


# -- 10.1: padding


def padding(year: bytes, slot: int, leaves: Iterable[str]) -> int:
    """How many of a slot's commitments are padding: counted from 0 to the first that is missing."""
    key, there, count = hmac.digest(year, slot.to_bytes(8, "big"), "sha256"), set(leaves), 0
    while commitment(hmac.digest(key, count.to_bytes(8, "big"), "sha256"), b"pad") in there:
        count += 1
    return count


def commitment(salt: bytes, data: bytes) -> str:
    """What a salt and a content are committed to by."""
    return "sha256:" + sha(b"gongyue/commit@1\n" + salt + data).hex()


# -- 10.4, 10.7: openings


def link(salt: bytes, target: list[dict[str, Any]]) -> str:
    """The value of a link."""
    return "sha256:" + sha(b"gongyue/link@1\n" + salt + spelled(target)).hex()


def disclosed(
    at: Checked, data: bytes, promised: bool = False
) -> tuple[list[Opened], list[bytes], list[dict[str, Any]]]:
    """A party's file: entries, heads, links. `promised`: as in an evidence pack, where a promise stands for a place."""
    opened, heads, links = [], [], []
    for row in data.splitlines():
        try:
            line = canonical(row)
        except ValueError:
            raise Found(4, "unreadable/disclosures") from None
        if set(line) == {"head"}:
            if not isinstance(line["head"], str):
                raise Found(4, "unreadable/disclosures")
            heads.append(line["head"].encode())
        elif set(line) == {"link", "salt", "target"}:
            if link(base64.b64decode(line["salt"]), line["target"]) != line["link"]:
                raise Found(4, "unreadable/disclosures")
            links.append(line)
        else:
            opened.append(_opened(at, line, promised))
    return opened, heads, links


def _opened(at: Checked, line: dict[str, Any], promised: bool) -> Opened:
    data = spelled(line["entry"])
    c = commitment(base64.b64decode(line["salt"], validate=True), data)
    index = line.get("index", at.places.get(c))
    anchored = at.anchors[-1].size if at.anchors else 0
    if index is not None and index >= anchored:
        before = bool(at.anchors) and line["entry"]["rx"]["t"] < at.anchors[-1].time
        raise Found(2, "tampered/form") if before else Found(4, "unreadable/not-published")
    if index is not None and at.places.get(c) != index:
        raise Found(2, "tampered/form")
    if index is None:
        if not promised:
            raise Found(4, "unreadable/not-published")
        keeps(at, line["promise"].encode(), c, line["entry"]["rx"]["t"])
    try:
        return Opened(index, c, entry(data))
    except (ValueError, KeyError, TypeError):
        raise Found(2, "tampered/form") from None


def keeps(at: Checked, data: bytes, c: str = "", arrived: int = 0) -> None:
    """A promise: genuine, of that commitment and time where they are given, and kept once it is due."""
    try:
        form, _, of, time, _, end = note(data, at.keys)[0].split("\n")
        if form != "gongyue/promise@1" or end or (c and of != c):
            raise ValueError("promise")
    except ValueError:
        raise Found(4, "unreadable/receipt") from None
    if arrived and int(time) != arrived:
        raise Found(2, "tampered/arrival")
    if at.recoveries:  # one of a false time is due otherwise (section 11): not judged here
        return
    seconds = at.genesis["slot_seconds"]
    slot = int(time) // seconds + 1
    due = next((one for one in at.anchors if one.slot >= slot), None)
    if due is None and at.entries[-1].rx["t"] // seconds > slot + 1:
        raise Found(2, "tampered/late")
    if due is not None and not at.places.get(of, due.size) < due.size:
        raise Found(2, "tampered/promise")


# -- 10.2, 10.6: dossiers


def dossiers(at: Checked, opened: Iterable[Opened]) -> dict[str, list[Opened]]:
    """The dossiers, each whole up to its last place, its chain, order, times and signatures right."""
    shelves: dict[str, dict[int, Opened]] = {}
    for one in opened:
        if one.entry.act["type"] in OUTSIDE:
            _arrived(at, one)
            _signed(at, one)
            continue
        place = one.entry.rx
        shelf = shelves.setdefault(place["dossier"], {})
        if shelf.setdefault(place["n"], one).c != one.c:
            raise Found(3, "dossier/two")
    for id, shelf in shelves.items():
        if id != MEMBERS and any(n not in shelf for n in range(1, max(shelf) + 1)):
            raise Found(2, "tampered/gap")
    found = {id: [shelf[n] for n in sorted(shelf)] for id, shelf in shelves.items()}
    for id, rows in found.items():
        for n, one in enumerate(rows):
            _arrived(at, one)
            _in_place(at, id, rows[:n], one)
            _signed(at, one)
    return found


def _signed(at: Checked, one: Opened) -> None:
    if not signatures_hold(one.entry, at.genesis["origins"]):
        raise Found(2, "tampered/signature")


def _arrived(at: Checked, one: Opened) -> None:
    """Its `open` and `t` fit the anchors and leaves about it (10.2); not judged where a false time was left."""
    if at.recoveries:
        return
    size, t, act = one.entry.rx["open"], one.entry.rx["t"], one.entry.act
    index = len(at.sealed.leaves) if one.index is None else one.index
    before = [a for a in at.anchors if a.size <= index]
    after = [a for a in at.anchors if a.size > index]
    if not (before[-1].leaf + 1 if before else 0) <= size <= (after[0].leaf if after else len(at.entries)):
        raise Found(3, "out-of-turn/malformed")
    if act["view"]["size"] > size or at.open.root(act["view"]["size"]) != act["view"]["root"]:
        raise Found(3, "out-of-turn/view")
    if t < at.entries[size - 1].rx["t"] or (size < len(at.entries) and at.entries[size].rx["t"] < t):
        raise Found(3, "out-of-turn/time-backwards")


def _in_place(at: Checked, id: str, before: list[Opened], one: Opened) -> None:
    act, rx = one.entry.act, one.entry.rx
    on, known = act.get("on"), {o.entry.rx["n"]: o.entry for o in before}
    if on is None:
        if id != "d:" + sha(one.entry.act_bytes).hex():
            raise Found(3, "out-of-turn/wrong-dossier")
        if (rx["n"], rx["prev"]) != (1, NOTHING):
            raise Found(3, "out-of-turn/dossier-place" if rx["n"] != 1 else "out-of-turn/dossier-prev")
        return
    if on["dossier"] != id:
        raise Found(3, "out-of-turn/wrong-dossier")
    last = known.get(rx["n"] - 1)
    if rx["n"] > 1 and last is None and id != MEMBERS:
        raise Found(3, "out-of-turn/dossier-place")
    if (last is not None and rx["prev"] != last.digest) or (rx["n"] == 1 and rx["prev"] != NOTHING):
        raise Found(3, "out-of-turn/dossier-prev")
    if sha(one.entry.act_bytes) in {sha(o.act_bytes) for o in known.values()}:
        raise Found(3, "out-of-turn/recorded-before")
    seen = known.get(on["n"])
    first = id == MEMBERS and (on["n"], on["digest"]) == (0, NOTHING)
    if not on["n"] < rx["n"] or (seen is not None and seen.digest != on["digest"]) or (on["n"] < 1 and not first):
        raise Found(3, "out-of-turn/dossier-unseen")
    if (to := act.get("to")) and to not in [o.digest for n, o in known.items() if n <= on["n"]]:
        raise Found(3, "out-of-turn/dossier-unanswered")
    _in_order(at, known, one.entry)


def _in_order(at: Checked, known: Mapping[int, Entry], one: Entry) -> None:
    """Neither `t` nor `open` falls, nor by signing key `at` and `on.n`; across a return from a false time no time is compared."""
    for other in known.values():
        across = any(other.rx["open"] <= n < one.rx["open"] for n, _ in at.recoveries)
        same = {s["key"] for s in other.sigs} & {s["key"] for s in one.sigs}
        on, seen = one.act["on"]["n"], (other.act.get("on") or {"n": 0})["n"]
        falls = other.rx["open"] > one.rx["open"] or (other.rx["t"] > one.rx["t"] and not across)
        if falls or (same and (seen > on or (other.act["at"] > one.act["at"] and not across))):
            raise Found(3, "out-of-turn/dossier-order")
