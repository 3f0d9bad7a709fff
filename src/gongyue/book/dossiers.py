"""Folding a dossier from entries that were judged when they were recorded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from gongyue.book.entry import Leaf, kept_leaf
from gongyue.book.sources import Sources
from gongyue.governance.acts import Entry, VerifiedInputs
from gongyue.governance.dossier import MEMBERS, Dossier, with_hole
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import is_void
from gongyue.governance.step import recorded_in
from gongyue.transparency import canonical


def given_of(leaf: Leaf) -> VerifiedInputs:
    """What the fold of a recorded entry is given: the digests of its act and of its bytes."""
    return VerifiedInputs(digest=leaf.digest, recorded=canonical.digest(leaf.data))


def folded(inst: Institution, entries: Iterable[tuple[int, bytes]]) -> Dossier:
    """The dossier after these entries (index in the sealed book, bytes), which follow one another; none of them is judged again.

    What a false time left void only takes its place.
    """
    found = Dossier()
    for index, data in entries:
        found = after(inst, found, index, kept_leaf(data))
    return found


def after(inst: Institution, dossier: Dossier, index: int, leaf: Leaf) -> Dossier:
    """The dossier after one entry more, which stands at that index of the sealed book."""
    void = index in inst.void or is_void(inst, index, leaf.entry)
    return recorded_in(inst, past_hole(dossier, leaf.entry), leaf.entry, given_of(leaf), void)


def past_hole(dossier: Dossier, entry: Entry) -> Dossier:
    """The dossier up to an entry's place: of `d:members` a unit opens not all of it, and what it lacks only takes its place."""
    place = entry.rx.place
    return with_hole(dossier, place.n - 1, place.prev) if place is not None and place.dossier == MEMBERS else dossier


def whole(inst: Institution, sources: Sources, id: str) -> Dossier:
    """The dossier of that id with every entry that can be opened here."""
    return folded(inst, sources.dossier(id))


def before(inst: Institution, sources: Sources, entry: Entry) -> Dossier:
    """The dossier of an entry as it stood before that, as far as it can be opened here."""
    place = entry.rx.place
    if place is None:
        return Dossier()
    return folded(inst, takewhile(lambda one: kept_leaf(one[1]).entry.rx.nth < place.n, sources.dossier(place.dossier)))
