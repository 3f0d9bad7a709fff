"""Heads of dossiers: what the office says of where one ends now, signed (formats §10.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongyue.book.entry import decode
from gongyue.book.heads import NOTHING, sign_head
from gongyue.covenant.periods import day_of, start_of
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import Received
from gongyue.governance.bulletin import memberships
from gongyue.governance.clock import Clock
from gongyue.governance.dossier import MEMBERS
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import arrival, open_arrival
from gongyue.office.keys import BookKeys
from gongyue.office.openings import OpenedEntry, bulletins, found_by
from gongyue.office.store import OPEN, SEALED, Reading
from gongyue.office.store.words import in_dossier
from gongyue.transparency import canonical

HALF_HOUR = 1800
"""Seconds. A head states the half hour before the one that runs: it is signed anew twice an hour, by every process the same."""


def head_note(inst: Institution, store: Reading, keys: BookKeys, clock: Clock, dossier: str) -> bytes:
    """The head of a dossier, under every key that signs the sealed book's heads now; OutOfTurn where there is no such dossier.

    Its time is that of the last entry, or half an hour to an hour ago where that is later: were it the clock's own, a clock
    put right by a minute would let the next entry arrive before it, and the office would have contradicted itself.
    """
    last = max(found_by(store, in_dossier(dossier)), key=lambda one: one.entry.rx.n or 0, default=None)
    quiet = (clock.believed // HALF_HOUR - 1) * HALF_HOUR
    if dossier == MEMBERS and last is None and inst.genesis is not None:
        return sign_head(keys.signers(SEALED), MEMBERS, 0, NOTHING, quiet)
    if last is None or last.entry.rx.n is None:
        raise OutOfTurn("not-found", what=dossier or "d:…")
    arrived = arrival(inst, last.opening.index, last.entry)  # what arrived in a false time counts as it was put right
    signers, digest = keys.signers(SEALED), canonical.digest(last.kept.entry)
    return sign_head(signers, dossier, last.entry.rx.n, digest, max(arrived, quiet))


def is_joining_or_leaving(inst: Institution, index: int) -> bool:
    """Whether by the open entry at that index a unit became a member or ceased to be one, then and there."""
    for number in reversed(range(len(inst.events))):
        event = inst.events[number]
        if event.index < index:
            return False
        if (
            event.index == index and not 0 <= event.notice < index
        ):  # by an earlier notice it left on its day, whatever was recorded next
            return True
    return False


def members_head(store: Reading, keys: BookKeys, index: int, time: int) -> bytes:
    """Where the dossier of all members ended when the open entry at `index` arrived, at `time`: of those it concerns, for ever the same."""
    return _members_head(keys, [one for one in bulletins(store) if (one.entry.rx.open or 0) <= index], time)


def heads_of_member(inst: Institution, store: Reading, keys: BookKeys, unit: str, day: int) -> Iterator[bytes]:
    """Where the dossier of all members ended as each membership of the unit began, and as it ended, if it had by that day."""
    entries = bulletins(store)
    for one in memberships(inst, unit).get(unit, ()):
        joined = [e for e in entries if (e.entry.rx.open or 0) <= one.joined]
        yield _members_head(keys, joined, _arrived(inst, store, one.joined))
        if one.left >= 0 or 0 < one.until <= day:
            before = [e for e in entries if not one.over(e.entry.rx.open or 0, day_of(e.entry.rx.t))]
            yield _members_head(keys, before, start_of(one.until) if one.until else _arrived(inst, store, one.left))


def _members_head(keys: BookKeys, entries: Sequence[OpenedEntry], time: int) -> bytes:
    signers = keys.signers(SEALED)
    if not entries:
        return sign_head(signers, MEMBERS, 0, NOTHING, time)
    last = entries[-1]
    return sign_head(signers, MEMBERS, last.entry.rx.n or 0, canonical.digest(last.kept.entry), time)


def _arrived(inst: Institution, store: Reading, index: int) -> int:
    leaf = store.leaf(OPEN, index)
    assert leaf is not None
    return open_arrival(inst, index, decode(leaf).entry.rx.t)


def head_after(keys: BookKeys, entry: bytes, rx: Received) -> bytes:
    """The head of its dossier as an entry arrived, for its receipt: the same act gets the same; empty for an act in no dossier."""
    place = rx.place
    return sign_head(keys.signers(SEALED), place.dossier, place.n, canonical.digest(entry), rx.t) if place else b""
