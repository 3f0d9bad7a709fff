"""The docket: every dossier of the office, folded once and carried on as entries arrive; of which an officer sees anything."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from gongyue.book.dossiers import after
from gongyue.book.entry import kept_leaf
from gongyue.book.replay import gc_paused
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import Opening
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.office.dossier_access import Sight, sight_of
from gongyue.office.due_list import Due, due
from gongyue.office.openings import OpenedEntry, decision_setting
from gongyue.office.store import Reading, SealedEntry

BY_OFFICE = frozenset({"application", "question"})
"""Kinds of which the offices that decide on them are told whoever is assigned; of the others those alone who see that dossier."""


RESULT = "bulletin.result/1"


class Kept(NamedTuple):
    """A dossier as the docket keeps it: its fold, and the entry that opened it; of a case, whether all members were told its result."""

    dossier: Dossier
    first: OpenedEntry
    told: bool = False


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
            results = False
            with gc_paused():
                for kept in store.sealed_entries(self._read):
                    results = self._add(inst, kept) == RESULT or results
                    self._read = kept.number
            if results:
                self._told(store)
            return dict(self._known)

    def _told(self, store: Reading) -> None:
        """Which cases' results were told: seen from what the link of a result was opened to, which the office keeps."""
        places = {
            decision_setting(RESULT, id, n): id
            for id, kept in self._known.items()
            if kept.dossier.case is not None and kept.dossier.case.concluded and not kept.told
            for n, one in enumerate(kept.dossier.entries, 1)
            if one.type == "case.conclude/1"
        }
        for id in {places[name] for name in store.settings_there(places)}:
            self._known[id] = self._known[id]._replace(told=True)

    def _add(self, inst: Institution, kept: SealedEntry) -> str:
        leaf = kept_leaf(kept.entry)
        id, one = leaf.entry.rx.dossier, OpenedEntry(kept, leaf.entry)
        if id is None:
            return ""
        before = self._known.get(id)
        dossier = after(inst, before.dossier if before else Dossier(), one.opening.index, leaf)
        self._known[id] = Kept(dossier, before.first if before else one, before is not None and before.told)
        return leaf.entry.act.type


def told_by_office(known: Mapping[str, Kept], openings: Iterable[Opening]) -> list[Opening]:
    """Those of these sealed acts that an office is told of as such: they stand in no dossier, or in one of those kinds."""
    return [
        one
        for one in openings
        if (kept := known.get(one.entry.rx.dossier or "")) is None or kept.dossier.kind in BY_OFFICE
    ]


def due_by_office(inst: Institution, known: Mapping[str, Kept], openings: Iterable[Opening], day: int) -> list[Due]:
    """What is due that an office is told of as such, overdue first; the results of settled cases too, which stand in everybody's dossier."""
    openings = list(openings)
    untold = {id for id, kept in known.items() if (case := kept.dossier.case) and case.concluded and not kept.told}
    told = told_by_office(known, openings) + [one for one in openings if one.entry.rx.dossier in untold]
    return [one for one in due(inst, told, day) if one.matter not in untold or one.act == RESULT]


def visible(inst: Institution, known: Mapping[str, Kept], officer: str, day: int) -> Iterator[tuple[Kept, Sight]]:
    """The dossiers of which the officer sees anything, each with what; what a unit sees is not told by the office's docket."""
    if is_unit(officer):
        return
    for kept in known.values():
        seen = sight_of(inst, kept.dossier, officer, day)
        if seen is not Sight.NOTHING:
            yield kept, seen
