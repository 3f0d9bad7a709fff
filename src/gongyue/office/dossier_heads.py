"""Heads of dossiers: what the office says of where one ends now, signed (formats §10.8)."""

from __future__ import annotations

from gongyue.book.heads import sign_head
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import Received
from gongyue.governance.clock import Clock
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import arrival
from gongyue.office.keys import BookKeys
from gongyue.office.openings import found_by
from gongyue.office.store import SEALED, Reading
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
    if last is None or last.entry.rx.n is None:
        raise OutOfTurn("not-found", what=dossier or "d:…")
    arrived = arrival(inst, last.opening.index, last.entry)  # what arrived in a false time counts as it was put right
    quiet = (clock.believed // HALF_HOUR - 1) * HALF_HOUR
    signers, digest = keys.signers(SEALED), canonical.digest(last.kept.entry)
    return sign_head(signers, dossier, last.entry.rx.n, digest, max(arrived, quiet))


def head_after(keys: BookKeys, entry: bytes, rx: Received) -> bytes:
    """The head of its dossier as an entry arrived, for its receipt: the same act gets the same; empty for an act in no dossier."""
    place = rx.place
    return sign_head(keys.signers(SEALED), place.dossier, place.n, canonical.digest(entry), rx.t) if place else b""
