"""The docket: every dossier of the office, folded once and carried on as entries arrive; of which an officer sees anything."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from gongyue.book.dossiers import after
from gongyue.book.entry import kept_leaf
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import Opening
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.office.dossier_access import Sight, sight_of
from gongyue.office.openings import OpenedEntry
from gongyue.office.store import Reading, SealedEntry

BY_OFFICE = frozenset({"application", "question"})
"""Kinds of which the offices that decide on them are told whoever is assigned; of the others those alone who see that dossier."""


class Kept(NamedTuple):
    """A dossier as the docket keeps it: its fold, and the entry that opened it."""

    dossier: Dossier
    first: OpenedEntry


class Docket:
    """The dossiers by their ids. Threads share it; what has been read of the store is never read again."""

    def __init__(self) -> None:
        self._known: dict[str, Kept] = {}
        self._read = 0
        self._law: Hashable = None
        self._lock = threading.Lock()

    def catch_up(self, inst: Institution, store: Reading) -> dict[str, Kept]:
        """Every dossier with all that has arrived; a return from a false time makes them anew."""
        law = (len(inst.recoveries), len(inst.void))
        with self._lock:
            if law != self._law:
                self._known, self._read, self._law = {}, 0, law
            for kept in store.sealed_entries(self._read):
                self._add(inst, kept)
                self._read = kept.number
            return dict(self._known)

    def _add(self, inst: Institution, kept: SealedEntry) -> None:
        leaf = kept_leaf(kept.entry)
        id, one = leaf.entry.rx.dossier, OpenedEntry(kept, leaf.entry)
        if id is None:
            return
        before = self._known.get(id)
        dossier = after(inst, before.dossier if before else Dossier(), one.opening.index, leaf)
        self._known[id] = Kept(dossier, before.first if before else one)


def told_by_office(known: Mapping[str, Kept], openings: Iterable[Opening]) -> list[Opening]:
    """Those of these sealed acts that an office is told of as such: they stand in no dossier, or in one of those kinds."""
    return [
        one
        for one in openings
        if (kept := known.get(one.entry.rx.dossier or "")) is None or kept.dossier.kind in BY_OFFICE
    ]


def visible(inst: Institution, known: Mapping[str, Kept], officer: str, day: int) -> Iterator[tuple[Kept, Sight]]:
    """The dossiers of which the officer sees anything, each with what; what a unit sees is not told by the office's docket."""
    if is_unit(officer):
        return
    for kept in known.values():
        seen = sight_of(inst, kept.dossier, officer, day)
        if seen is not Sight.NOTHING:
            yield kept, seen
