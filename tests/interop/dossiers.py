"""Sections 10.6, 10.8 and 10.10: dossiers fold, heads bind them."""

from __future__ import annotations

import collections
import dataclasses
import datetime
from typing import Any

from tests.interop import notes
from tests.interop.canon import ZERO, tampered, unlawful, unreadable
from tests.interop.entries import check_signatures
from tests.interop.open_book import application_of
from tests.interop.sealed_book import Disclosures, Opened, SealedBook, check_arrival
from tests.interop.state import OpenBook, Recovery

OPENS = {
    "interpretation.ask": "question",
    "membership.apply": "application",
    "petition.submit": "petition",
    "report.file": "report",
    "case.open": "case",
    "referral.make": "referral",
}
EVERY = frozenset({"application", "case", "petition", "question", "report"})
WITHIN = {
    **dict.fromkeys(("dossier.note", "dossier.serve", "dossier.receive", "dossier.assign", "dossier.order"), EVERY),
    **dict.fromkeys(("dossier.hold", "dossier.erase"), EVERY | {"members"}),
    **dict.fromkeys(("case.conclude", "case.propose", "case.decide", "case.review"), frozenset({"case"})),
    **dict.fromkeys(("petition.answer", "petition.consent"), frozenset({"petition"})),
    **dict.fromkeys(("bulletin.issue", "bulletin.result"), frozenset({"members"})),
    "interpretation.explain": frozenset({"question"}),
    "membership.refuse": frozenset({"application"}),
    "report.answer": frozenset({"report"}),
}
ANSWERS = {
    "interpretation.explain": {"interpretation.ask"},
    "membership.refuse": {"membership.apply"},
    "dossier.receive": {"dossier.serve"},
    "petition.answer": {"petition.answer", "petition.submit"},
    "petition.consent": {"petition.answer", "petition.submit"},
    "report.answer": {"dossier.note", "report.answer", "report.file"},
    "case.review": {"dossier.note"},
}
BALLOTS = frozenset({"vote.ballot", "vote.disavow", "vote.notify", "vote.receive"})
ALONE, WHOLE = {"t", "open"}, {"t", "open", "dossier", "n", "prev"}


@dataclasses.dataclass
class Dossier:
    id: str
    places: dict[int, Opened] = dataclasses.field(default_factory=dict)
    false: set[int] = dataclasses.field(default_factory=set)
    """Places of a false time; `void` are those of them that nobody did for itself (section 11)."""
    void: set[int] = dataclasses.field(default_factory=set)

    @property
    def kind(self) -> str:
        return "members" if self.id == "d:members" else OPENS[self.places[1].entry.type] if 1 in self.places else ""

    @property
    def last(self) -> int:
        return max(self.places, default=0)


def collect(book: SealedBook, given: Disclosures) -> dict[str, Dossier]:
    """The dossiers that are opened, each entry by itself being judged as section 10.2 says."""
    dossiers: dict[str, Dossier] = {}
    for opened in given.opened:
        entry = opened.entry
        if entry.type not in {*BALLOTS, *OPENS, *WITHIN} or not entry.act["type"].endswith("/1"):
            unlawful("wrong-book or unknown-type")
        if entry.type in BALLOTS:
            if set(entry.rx) != ALONE or {"on", "to"} & set(entry.act):
                unlawful("malformed: a ballot in a dossier")
            if check_arrival(book, opened):
                book.open.authenticate(entry, None)
            continue
        if set(entry.rx) != WHOLE:
            unlawful("malformed: rx")
        dossier = dossiers.setdefault(entry.rx["dossier"], Dossier(entry.rx["dossier"]))
        if entry.rx["n"] < 1:
            unlawful("dossier-place")
        if "seq" in entry.act:
            unlawful("malformed: seq")
        other = dossier.places.setdefault(entry.rx["n"], opened)
        if other is not opened:
            unlawful(f"dossier/two: {dossier.id} {entry.rx['n']}: {other.c} {opened.c}")
    return dossiers


def _keys(book: OpenBook, dossier: Dossier, opened: Opened) -> None:
    brought = dossier.places[1].entry if dossier.kind == "application" else None
    entry = opened.entry
    if brought and entry.act["actor"] == brought.act["actor"]:
        named = {(brought.body["key"], brought.body["alg"])}
        if {(s["key"], s["alg"]) for s in entry.sigs} <= named:
            check_signatures(entry, book.genesis["origins"])
            return
    book.authenticate(entry, None)


def is_void(book: OpenBook, opened: Opened) -> bool:
    """Whether it is of a false time, and not what a unit did itself."""
    entry, index = opened.entry, opened.index if opened.index is not None else 2**53
    own = entry.act["actor"].startswith("u:") and "paper" not in entry.act
    return not own and any(index < r.sealed and entry.rx["t"] > r.t for r in book.recoveries)


def fold(book: SealedBook, dossier: Dossier, holes: frozenset[int] = frozenset()) -> None:
    seen: dict[str, tuple[int, int]] = {}
    acts: set[str] = set()
    for n in range(1, dossier.last + 1):
        opened = dossier.places.get(n)
        if opened is None:
            if n not in holes:
                tampered(f"gap: {dossier.id} {n}")
            continue
        if not check_arrival(book, opened):
            dossier.false.add(n)
            if is_void(book.open, opened):
                dossier.void.add(n)
        else:
            _keys(book.open, dossier, opened)
        _place(book.open, dossier, n, opened)
        entry = opened.entry
        if entry.act_digest in acts:
            unlawful("recorded-before")
        acts.add(entry.act_digest)
        on, at = entry.act["on"]["n"] if "on" in entry.act else 0, entry.act["at"]
        for s in entry.sigs:
            earlier = seen.get(s["key"], (0, 0))
            if on < earlier[1] or (at < earlier[0] and not book.open.recoveries):
                unlawful("dossier-order: at or on.n of one key")
            seen[s["key"]] = (at, on)


def _place(book: OpenBook, dossier: Dossier, n: int, opened: Opened) -> None:
    entry, before = opened.entry, dossier.places.get(n - 1)
    act, rx, on = entry.act, entry.rx, entry.act.get("on")
    if entry.type in OPENS:
        if on or "to" in act:
            unlawful("malformed: on in an act that opens a dossier")
        if n != 1 or rx["prev"] != ZERO or rx["dossier"] != "d:" + entry.act_digest[7:]:
            unlawful("wrong-dossier, dossier-place or dossier-prev: of an act that opens one")
        return
    if not on or on["dossier"] != dossier.id or dossier.kind not in WITHIN[entry.type]:
        unlawful("wrong-dossier")
    if before and rx["prev"] != before.entry.digest or (n == 1 and rx["prev"] != ZERO):
        unlawful("dossier-prev")
    if not (1 <= on["n"] < n or (n == 1 and on == {"digest": ZERO, "dossier": "d:members", "n": 0})):
        unlawful("dossier-unseen")
    if (seen := dossier.places.get(on["n"])) and seen.entry.digest != on["digest"]:
        unlawful("dossier-unseen")
    if (entry.type in ANSWERS) != ("to" in act):
        unlawful("malformed: to")
    if "to" in act:
        to = [
            k
            for k, o in dossier.places.items()
            if o.entry.digest == act["to"] and k <= on["n"] and k not in dossier.void
        ]
        if not any(dossier.places[k].entry.type in ANSWERS[entry.type] for k in to):
            unlawful("dossier-unanswered")
    if entry.type == "membership.refuse" and entry.body["of"] not in {o.c for k, o in dossier.places.items() if k < n}:
        unlawful("dossier-unanswered: of")
    if before:
        between = any(before.entry.rx["open"] <= r.leaf < rx["open"] for r in book.recoveries)
        if rx["open"] < before.entry.rx["open"] or (rx["t"] < before.entry.rx["t"] and not between):
            unlawful("dossier-order")


def holes_of_members(book: OpenBook, dossier: Dossier, unit: str, heads: list[notes.Head]) -> frozenset[int]:
    """Places of `d:members` that the unit may lack: it was no member all the while that they can have arrived in (10.10)."""
    last = max([dossier.last, *(h.n for h in heads if h.dossier == "d:members")])
    missing = [n for n in range(1, last + 1) if n not in dossier.places]
    marks = [(o.entry.rx["n"], o.entry.rx["t"]) for o in dossier.places.values()] + [
        (h.n, h.t) for h in heads if h.dossier == "d:members"
    ]
    spans = memberships(book, unit)
    for n in missing:
        after = max((t for k, t in marks if k < n), default=0)
        until = min((t for k, t in marks if k > n), default=2**53)
        if any(start <= after and until <= end for start, end in spans):
            tampered(f"gap: d:members {n}")
    return frozenset(missing)


def memberships(book: OpenBook, unit: str) -> list[tuple[float, float]]:
    """From and to which time it was a member; of leavings at once and on a stated day, and of ends."""
    spans: list[tuple[float, float]] = []
    since: float | None = None
    initiators: set[str] = set()
    for entry in book.entries:
        kind, actor, t = entry.type, entry.act["actor"], entry.rx["t"]
        if kind == "founding.freeze":
            initiators = {x["id"] for x in entry.body["initiators"]}
        if kind == "founding.publish" and unit in initiators and since is None and not spans:
            since = t
        if (kind == "membership.enrol" and actor == unit) or (
            kind == "membership.grant" and application_of(book, entry).act["actor"] == unit
        ):
            since = t
        if since is not None and (
            (kind == "membership.withdraw" and actor == unit)
            or (kind == "membership.end" and entry.body["unit"] == unit)
        ):
            spans.append((since, max(t, _stated(entry.body))))
            since = None
    return [*spans, (since, float("inf"))] if since is not None else spans


def _stated(body: dict[str, Any]) -> float:
    day = body.get("effective")
    return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days * 86400 - 28800 if day else 0


def check_heads(book: SealedBook, dossiers: dict[str, Dossier], heads: list[notes.Head], holes: frozenset[int]) -> int:
    """How many are borne out by entries; the others were checked in form alone."""
    by: dict[str, list[notes.Head]] = collections.defaultdict(list)
    for head in heads:
        by[head.dossier].append(head)
    borne = 0
    for name, mine in by.items():
        dossier = dossiers.get(name, Dossier(name))
        for a in mine:
            for b in mine:
                if a.n == b.n and a.digest != b.digest:
                    tampered("head: two-digests")
                excused = any(_false(book.open, x, dossier.places.get(x.n)) for x in (a, b))
                if a.n < b.n and a.t > b.t and not excused:
                    tampered("head: shrunk")
            if dossier.places:
                _against(book.open, dossier, a, holes if name == "d:members" else frozenset())
                borne += 1
    return borne


def _false(book: OpenBook, head: notes.Head, ends: Opened | None) -> Recovery | None:
    """The recovery from the false time in which a head may have been signed: then its own time proves nothing (10.8)."""
    for r in book.recoveries:
        if r.t < head.t <= r.latest_false + book.ahead and (ends is None or ends.entry.rx["open"] <= r.leaf):
            return r
    return None


def _against(book: OpenBook, dossier: Dossier, head: notes.Head, holes: frozenset[int]) -> None:
    want = head.digest
    for n in range(head.n, 0, -1):
        opened = dossier.places.get(n)
        if opened is None:
            if n not in holes:
                tampered(f"gap: {dossier.id} {n}")
            break
        if opened.entry.digest != want:
            tampered("head: off-chain")
        want = opened.entry.rx["prev"]
    after = dossier.places.get(head.n + 1)
    if after and after.entry.rx["prev"] != head.digest:
        tampered("head: off-chain")
    ends = dossier.places.get(head.n)
    recovery = _false(book, head, ends)
    if ends and not recovery and ends.entry.rx["t"] > head.t and head.n not in dossier.false:
        tampered("head: arrived-later")
    for n, one in dossier.places.items():
        counts = recovery is None or (one.entry.rx["t"] <= recovery.t and one.entry.rx["open"] <= recovery.first)
        if n > head.n and one.entry.rx["t"] < head.t and counts:
            tampered("head: held-back")


def judge(book: SealedBook, given: Disclosures, unit: str | None) -> dict[str, Dossier]:
    dossiers = collect(book, given)
    holes: frozenset[int] = frozenset()
    for name, dossier in sorted(dossiers.items()):
        if name == "d:members":
            fold(book, dossier, frozenset(range(1, dossier.last)))
            if unit:
                holes = holes_of_members(book.open, dossier, unit, given.heads)
            elif any(n not in dossier.places for n in range(1, dossier.last + 1)):
                unreadable("members: holes, and nobody said whose disclosures they are")
        else:
            fold(book, dossier)
    check_heads(book, dossiers, given.heads, holes)
    if given.pending:
        unreadable("not-published")
    return dossiers
