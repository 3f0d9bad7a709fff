"""Heads of dossiers that parties kept, held against what is disclosed and against one another (formats §10.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gongyue.book.disclosure import DisclosedEntry
from gongyue.book.heads import MEMBERS, ChainEntry, Contradiction, DossierHead, contradicted_by, parse_head
from gongyue.covenant.periods import moment
from gongyue.governance.clock import far_after
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import Recovery, arrival
from gongyue.transparency import canonical
from gongyue.transparency.notes import BadNote, Verifier
from gongyue.verifying.failures import Stop, tampered, unreadable
from gongyue.verifying.report import KeptHead

Shelf = Sequence[DisclosedEntry]
"""The entries of one dossier by their places, from 1 without a gap; of `d:members` with holes where a unit was no member."""

HOW = {
    "off-chain": ("第 {n} 位不是它所止的那一条", "what stands at place {n} is not what it ended in"),
    "arrived-later": ("第 {n} 位在它之后才到达（{time}）", "the entry at place {n} arrived after it ({time})"),
    "held-back": ("第 {n} 位在它之前已到达（{time}）", "the entry at place {n} had arrived before it ({time})"),
    "two-digests": ("{file} 同为第 {n} 位，却是另一条", "{file} ends at place {n} too, in another entry"),
    "shrunk": ("{file} 止于第 {n} 位（{time}），次序相反", "{file} ends at place {n} ({time}), the other way round"),
}
"""How a head is contradicted (`Contradiction.how`), by the entry or the other head."""


class NamedHead(NamedTuple):
    """A head with the name of the file it was kept in."""

    file: str
    head: DossierHead


def parsed(file: str, data: bytes, keys: Sequence[Verifier]) -> NamedHead:
    """A head that the sealed book's key signed; Stop where it is none, which accuses nobody."""
    try:
        return NamedHead(file, parse_head(data, *keys))
    except BadNote as error:
        raise unreadable(
            f"{file}：不是本簿的存卷凭证（{error}）", f"{file}: not a head of this book ({error})", "head", file=file
        ) from None


def readable(notes: Iterable[tuple[str, bytes]], keys: Sequence[Verifier]) -> Iterator[DossierHead]:
    """The heads among these notes; what is none is named when they are checked."""
    for _, data in notes:
        try:
            yield parse_head(data, *keys)
        except BadNote:
            continue


def check(inst: Institution, kept: Sequence[NamedHead], shelves: Mapping[str, Shelf]) -> Iterator[KeptHead]:
    """What each head proves of its dossier; Stop where something contradicts one, or what it ended in is not disclosed."""
    for file, head in kept:
        shelf = shelves.get(head.dossier, ())
        _against_others(inst, NamedHead(file, head), kept, shelf)
        if found := contradicted_by(head, _seen_by(inst, head, shelf)):
            raise _contradicted(file, head, found, "")
        if 0 < len(shelf) < head.n and head.dossier != MEMBERS:  # which has lawful holes: see `members`
            raise _not_up_to(file, head, len(shelf) + 1)
        stated = "" if _false_times(inst, head, shelf) else moment(head.time)[:10]
        yield KeptHead(file, head.dossier, head.n, stated, bool(shelf))


def _against_others(inst: Institution, one: NamedHead, kept: Iterable[NamedHead], shelf: Shelf) -> None:
    for file, other in kept:
        false = _false_times(inst, one.head, shelf) or _false_times(inst, other, shelf)
        compared = other._replace(time=one.head.time) if false else other
        if found := contradicted_by(one.head, (), [compared]):
            raise _contradicted(one.file, one.head, found, file)


def _seen_by(inst: Institution, head: DossierHead, shelf: Shelf) -> Iterator[ChainEntry]:
    """The entries as a head is compared with them, their times as the office's clock showed them when it signed.

    Entry N, of a false time, counts as it was put right: a head signed afterwards is right to be earlier than that.
    """
    false = _false_times(inst, head, shelf)
    for one in shelf:
        rx, time, n = one.leaf.entry.rx, one.leaf.entry.rx.t, one.leaf.entry.rx.nth
        if n == head.n:
            time = arrival(inst, one.opening.index, one.leaf.entry)
        elif any(not _came_before(one, recovery) for recovery in false):
            time = max(time, head.time)
        yield ChainEntry(head.dossier, n, canonical.digest(one.leaf.data), rx.prev or "", time)


def _false_times(inst: Institution, head: DossierHead, shelf: Shelf) -> list[Recovery]:
    """The returns from false times in which it may have been signed: nothing follows from its time.

    It was signed after a return where its last entry is known to have arrived after that.
    """
    last = next((one.leaf.entry.rx for one in shelf if one.leaf.entry.rx.n == head.n), None)
    return [
        r
        for r in inst.recoveries
        if r.time < head.time <= r.left + far_after(inst) and (last is None or last.size <= r.index)
    ]


def _came_before(one: DisclosedEntry, recovery: Recovery) -> bool:
    """Whether an entry arrived before the false time began."""
    rx = one.leaf.entry.rx
    return rx.t <= recovery.time and rx.size <= recovery.first


def _not_up_to(file: str, head: DossierHead, missing: int) -> Stop:
    """What is disclosed ends before the head does."""
    zh, en = f"{file} 止于第 {head.n} 位", f"{file} ends at place {head.n}"
    what, place = f"{head.dossier} {missing}", {"dossier": head.dossier, "n": missing, "file": file}
    figures: dict[str, Any] = place | {"head": head.n}
    return tampered("gap", what, en, detail_zh=zh, **figures)


def _contradicted(file: str, head: DossierHead, found: Contradiction, other: str) -> Stop:
    """The office signed that the dossier ended there then, and something says that it did not."""
    zh, en = HOW[found.how]
    said = {"n": found.by.n, "time": moment(found.by.time), "file": other}
    figures: dict[str, Any] = {"dossier": head.dossier, "n": head.n, "contradiction": found.how, "against": found.by.n}
    if other:
        figures["other"] = other
    ends_zh = f"{head.dossier} 止于第 {head.n} 位（{moment(head.time)}）；" + zh.format(**said)
    ends_en = f"{head.dossier} ended at place {head.n} ({moment(head.time)}); " + en.format(**said)
    return tampered("head", file, ends_en, detail_zh=ends_zh, **figures)
