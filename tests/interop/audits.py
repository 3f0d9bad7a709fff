"""Sections 10.1 and 10.9: padding, draws, and audits of drawn slots."""

from __future__ import annotations

import dataclasses
import hmac
import json
from typing import Any

from tests.interop import notes
from tests.interop.canon import digest, sha, tampered, unlawful, unreadable
from tests.interop.dossiers import collect, fold
from tests.interop.sealed_book import Disclosures, SealedBook, commitment


@dataclasses.dataclass(frozen=True)
class Draw:
    leaf: int
    slots: list[int]


def u64(n: int) -> bytes:
    return n.to_bytes(8, "big")


def padding_of(slot_key: bytes, i: int) -> str:
    return commitment(hmac.digest(slot_key, u64(i), "sha256"), b"pad")


def leaves_of(book: SealedBook, slot: int) -> list[str]:
    anchor = next((a for a in book.open.anchors if a.slot == slot), None)
    if anchor is None:
        unreadable(f"slot-keys: slot {slot} has no anchor")
    return book.c[max(anchor.starts) : anchor.size]


def seed_of(checkpoint: bytes, keys: list[notes.Vkey]) -> bytes:
    note = notes.note(checkpoint)
    mine = {(k.name, k.id) for k in keys}
    rows = checkpoint.decode().split("\n\n")[-1].encode().splitlines(keepends=True)
    lines = [row for row, (name, number, _) in zip(rows, note.lines, strict=True) if (name, number) not in mine]
    return sha(b"gongyue/seed@1\n", note.text.encode(), b"".join(sorted(lines)))


def order(seed: bytes, slots: list[int]) -> list[int]:
    return sorted(slots, key=lambda s: sha(b"gongyue/draw@1\n", seed, u64(s)))


def draws(book: SealedBook) -> list[Draw]:
    found, opened = [], {}
    for leaf, entry in enumerate(book.open.entries):
        if entry.type == "vote.open":
            opened[entry.body["matter"]] = leaf
        elif entry.type == "vote.close":
            opened.pop(entry.body["matter"], None)
        elif entry.type == "inspection.seed":
            below = min([leaf, *opened.values()])
            plan = book.open.entries[entry.body["plan"]].body
            data = book.open.object(entry.body["checkpoint"])
            size, root = notes.checkpoint(data, book.open.open_keys)
            if (size, "sha256:" + root.hex()) != (entry.body["size"], entry.body["root"]):
                unlawful("wrong-statement: seed")
            if root != book.open.tree.root(size):
                tampered("seed")
            views = (e.act["view"]["size"] for e in book.open.entries[entry.body["plan"] : leaf + 1])
            if not plan["size"] < size <= leaf or any(plan["size"] < view < size for view in views):
                unlawful("draw-checkpoint")
            slots = [a.slot for a in book.open.anchors if a.leaf < below]
            found.append(Draw(leaf, sorted(order(seed_of(data, book.open.open_keys), slots)[: plan["count"]])))
    return found


def check_draws(book: SealedBook) -> None:
    """What the open book says of draws: which slots, and how many leaves they have."""
    drawn = {d.leaf: d.slots for d in draws(book)}
    for entry in book.open.entries:
        if entry.type == "oversight.check":
            body = entry.body
            if body["slots"] != drawn.get(body["seed"]):
                unlawful("not-drawn")
            if body["padding"] + body["real"] != sum(len(leaves_of(book, s)) for s in body["slots"]):
                unlawful("wrong-statement: leaves")


def rest_of(commitments: list[str]) -> str:
    return digest("".join(c + "\n" for c in sorted(commitments)).encode())


def slot_keys(data: bytes) -> dict[int, bytes]:
    try:
        value = json.loads(data)
        keys = {int(k): bytes.fromhex(v) for k, v in value["keys"].items()}
    except (ValueError, KeyError, AttributeError, TypeError):
        unreadable("slot-keys")
    if set(value) != {"keys", "v"} or value["v"] != "gongyue/slotkeys@1" or any(len(k) != 32 for k in keys.values()):
        unreadable("slot-keys")
    return keys


def check_padding(book: SealedBook, data: bytes, floor: int = 30) -> dict[str, Any]:
    """The members' half: totals, and the digest of what is no padding."""
    keys = slot_keys(data)
    if len(keys) < floor:
        unreadable("slot-keys: fewer than 30")
    padding, rest = 0, []
    for slot, key in keys.items():
        leaves = leaves_of(book, slot)
        mine = set()
        while (c := padding_of(key, len(mine))) in leaves:
            mine.add(c)
        if not 1 <= len(mine) <= book.open.genesis["quantum"]:
            tampered("audit: padding that the leaves do not bear out")
        padding += len(mine)
        rest += [c for c in leaves if c not in mine]
    return {"padding": padding, "real": len(rest), "rest": rest_of(rest)}


def check_content(book: SealedBook, files: list[bytes], keys: bytes | None, leaf: int | None) -> dict[str, Any]:
    """The content half: every dossier from openings alone, each slot with 1 to a quantum of leaves not opened."""
    every = draws(book)
    draw = next((d for d in reversed(every) if leaf in (None, d.leaf)), None)
    if draw is None:
        unreadable("draw")
    given = Disclosures()
    for data in files:
        given.read(book, data)
    for dossier in collect(book, given).values():
        fold(book, dossier)
    digests: dict[str, str] = {}
    for opened in given.opened:
        if digests.setdefault(opened.entry.act_digest, opened.c) != opened.c:
            unlawful("dossier/act-twice")
    known = {o.c for o in given.opened}
    padding, rest = 0, []
    held = slot_keys(keys) if keys else {}
    for slot in draw.slots:
        leaves = leaves_of(book, slot)
        closed = [c for c in leaves if c not in known]
        if not 1 <= len(closed) <= book.open.genesis["quantum"]:
            tampered("audit: leaves that are not opened")
        if slot in held and {padding_of(held[slot], i) for i in range(len(closed))} != set(closed):
            tampered("audit: neither padding nor act")
        padding += len(closed)
        rest += [c for c in leaves if c in known]
    totals = {"padding": padding, "real": len(rest), "rest": rest_of(rest)}
    for entry in book.open.entries:
        if (
            entry.type == "oversight.check"
            and entry.body["seed"] == draw.leaf
            and any(entry.body[k] != v for k, v in totals.items())
        ):
            tampered("audit: not as stated")
    return totals
