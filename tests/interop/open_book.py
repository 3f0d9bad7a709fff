"""Sections 2 to 5 and 10.1: the open book as far as the sealed one rests on it.

Keys, times, anchors and recoveries of every leaf. Whether what a type asks for (section 9) was there is not looked at.
"""

from __future__ import annotations

from tests.interop import notes
from tests.interop.canon import KEY, Fetch, Wrong, is_form, read, tampered, unlawful, unreadable, write
from tests.interop.entries import Entry, read_entry
from tests.interop.state import DAY, Anchor, Key, OpenBook, Recovery
from tests.interop.trees import Tree, read_tree


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
