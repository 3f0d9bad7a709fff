"""What parties kept, by docs/formats.md 10.7, 10.8 and 10.11: links, heads, evidence packs; and all of it at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tests.interop.bytes_checker import Entry, Fetch, Found, canonical, digest, note, spelled
from tests.interop.sealed_checker import (
    MEMBERS,
    NOTHING,
    Checked,
    Opened,
    books,
    commitment,
    disclosed,
    dossiers,
    keeps,
)

# -- 10.7, 10.8: links and heads


DECIDED = {"membership.end/1", "case.open/1"}
"""On one target, by dossier and place, each of these once."""


def links_stand(at: Checked, opened: list[Opened], lines: Iterable[dict[str, Any]]) -> None:
    """Links of the open book are all different; each that is opened is carried by an act, and names what stands before it.

    Where a false time was left, what of it is void is not told here: then nothing is called decided twice.
    """
    carried: dict[str, tuple[int, str, int, str]] = {}
    for index, one in enumerate(at.entries):
        if value := one.act["body"].get("link"):
            if value in carried:
                raise Found(3, "out-of-turn/link-twice")
            carried[value] = index, "", 0, one.act["type"]
    for leaf in opened:
        if value := leaf.entry.act["body"].get("link"):
            rx = leaf.entry.rx
            carried[value] = rx["open"], rx["dossier"], rx["n"], leaf.entry.act["type"]
    by_c = {one.c: one.entry.rx for one in opened if "n" in one.entry.rx}
    decided: dict[tuple[str, str, int], str] = {}
    for line in lines:
        if line["link"] not in carried:
            raise Found(2, "tampered/link")
        size, dossier, n, type = carried[line["link"]]
        for one in line["target"]:
            rx = by_c.get(one["c"])
            if rx is not None and (rx["dossier"], rx["n"]) != (one["dossier"], one["n"]):
                raise Found(3, "out-of-turn/bad-link")
            if (rx is not None and rx["open"] > size) or (one["dossier"] == dossier and one["n"] >= n):
                raise Found(3, "out-of-turn/bad-link")
            place = (type, one["dossier"], one["n"])
            if type in DECIDED and not at.recoveries and decided.setdefault(place, line["link"]) != line["link"]:
                raise Found(3, "link/decided-twice")


class Head(NamedTuple):
    """What a head says; `times`: whether its time counts, being of no false time."""

    id: str
    n: int
    last: str
    time: int
    times: bool


HEAD = re.compile(
    r"gongyue/head@1\n([!-~]+)\n(d:(?:[0-9a-f]{64}|members))\n(0|[1-9][0-9]{0,15})\n(sha256:[0-9a-f]{64})\n(0|[1-9][0-9]{0,15})\n"
)


def _head(at: Checked, shelves: Mapping[str, list[Opened]], data: bytes) -> Head:
    try:
        text, names = note(data, at.keys)
    except ValueError:
        raise Found(4, "unreadable/head") from None
    match = HEAD.fullmatch(text)
    empty = match is not None and (match[3] == "0", match[4] == NOTHING)
    if match is None or match[1] not in names or empty not in ((False, False), (True, True)):
        raise Found(4, "unreadable/head")
    id, n, time = match[2], int(match[3]), int(match[5])
    if n == 0 and id != MEMBERS:
        raise Found(4, "unreadable/head")
    last = next((one.entry.rx for one in shelves.get(id, []) if one.entry.rx["n"] == n), None)
    most = max(3 * 86_400, 3 * at.genesis["slot_seconds"])
    false = any(
        made.rx["t"] < time <= at.entries[leaf - 1].rx["t"] + most and (last is None or last["open"] <= leaf)
        for leaf, made in at.recoveries
    )
    return Head(id, n, match[4], time, not false)


def heads_hold(at: Checked, shelves: Mapping[str, list[Opened]], notes: Iterable[bytes]) -> None:
    """No head is contradicted by an entry or by another head; of one of a false time what it ended in counts alone."""
    heads = [_head(at, shelves, data) for data in notes]
    for one in heads:
        for other in (o for o in heads if o.id == one.id):
            shrunk = (other.n < one.n and other.time > one.time) or (other.n > one.n and other.time < one.time)
            if (other.n == one.n and other.last != one.last) or (shrunk and one.times and other.times):
                raise Found(2, "tampered/head")
        rows = {opened.entry.rx["n"]: opened.entry for opened in shelves.get(one.id, [])}
        last, following = rows.get(one.n), rows.get(one.n + 1)
        off = (last is not None and last.digest != one.last) or (
            following is not None and following.rx["prev"] != one.last
        )
        late = last is not None and one.times and not _moved(at, last) and last.rx["t"] > one.time
        back = any(n > one.n and row.rx["t"] < one.time and (one.times or _before(at, row)) for n, row in rows.items())
        if off or late or back:
            raise Found(2, "tampered/head")
        if rows and max(rows) < one.n and one.id != MEMBERS:
            raise Found(2, "tampered/gap")


def _before(at: Checked, one: Entry) -> bool:
    """Whether an entry arrived before every false time that was left."""
    return all(one.rx["t"] <= made.rx["t"] and one.rx["open"] <= made.act["body"]["first"] for _, made in at.recoveries)


def _moved(at: Checked, one: Entry) -> bool:
    """Whether an entry arrived in a false time, and counts as having arrived at another (section 11)."""
    return any(made.rx["t"] < one.rx["t"] and one.rx["open"] <= leaf for leaf, made in at.recoveries)


# -- all of it


def check(
    fetch: Fetch,
    key: str,
    disclosures: Iterable[bytes] = (),
    heads: Iterable[bytes] = (),
    receipts: Iterable[bytes] = (),
    promised: bool = False,
) -> dict[str, int]:
    """Books with what parties kept; how many entries of each dossier were found right. Found says what is wrong."""
    at = books(fetch, key)
    opened: list[Opened] = []
    notes, lines = list(heads), []
    for data in disclosures:
        more, kept, linked = disclosed(at, data, promised)
        opened += more
        notes += kept
        lines += linked
    shelves = dossiers(at, {one.c: one for one in opened}.values())
    for data in receipts:
        if data.startswith(b"gongyue/promise@1\n"):
            keeps(at, data)
    links_stand(at, opened, lines)
    heads_hold(at, shelves, notes)
    return {id: len(rows) for id, rows in shelves.items()}


def check_pack(fetch: Fetch) -> dict[str, list[int]]:
    """An evidence pack (10.11) under its own key: by document the places that name it; "" for the dossier's own."""
    told = canonical(fetch("manifest.json"))
    if told["v"] != "gongyue/pack@1":
        raise Found(4, "unreadable/pack")

    def file(path: str) -> bytes:
        try:
            data = fetch(path)
        except KeyError:
            raise Found(2, "tampered/missing") from None
        if digest(data) != next(one["digest"] for one in told["files"] if one["path"] == path):
            raise Found(2, "tampered/hash")
        return data

    paths = [one["path"] for one in told["files"]]
    under = {folder: [file(p) for p in paths if p.startswith(folder)] for folder in ("heads/", "receipts/")}
    lines, key = file("disclosures.jsonl"), file("log.vkey").decode().strip()
    named: dict[str, list[int]] = {"": []}
    for row in map(json.loads, lines.splitlines()):
        if "entry" in row and row["entry"]["rx"]["dossier"] == told["dossier"]:
            named[""].append(row["entry"]["rx"]["n"])
            for c in set(re.findall(r"sha256:[0-9a-f]{64}", spelled(row["entry"]["act"]).decode())):
                named.setdefault(c, []).append(row["entry"]["rx"]["n"])
    if not named[""]:
        raise Found(2, "tampered/missing")
    for one in told["documents"]:
        if one["c"] not in named:
            raise Found(2, "tampered/document")
        if one["state"] == "here":
            try:
                content = fetch(one["file"])
            except KeyError:
                raise Found(2, "tampered/missing") from None
            if commitment(bytes.fromhex(one["salt"]), content) != one["c"]:
                raise Found(2, "tampered/document")
    check(lambda path: fetch("book/" + path), key, [lines], under["heads/"], under["receipts/"], promised=True)
    return {c: at for c, at in named.items() if c in {one["c"] for one in told["documents"]}}
