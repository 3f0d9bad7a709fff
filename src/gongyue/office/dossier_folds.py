"""Long dossiers as they were folded last, in memory and in the store, so that what is filed in one folds only what came since."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from gongyue import __version__
from gongyue.book.dossiers import after
from gongyue.book.entry import kept_leaf
from gongyue.governance import snapshot
from gongyue.governance.acts import UNPLACED
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.office.store import Reading, SealedEntry, Writing
from gongyue.office.store.words import in_dossier
from gongyue.transparency import canonical

LONG = 64
"""Entries from which a fold is kept in memory: a shorter dossier is folded as fast as it is found."""
MOST = 64
"""Dossiers that are kept in memory."""
WORTH_SAVING = 512
"""Entries since the fold that the store has from which it is given a new one."""
HEADER = f"gongyue {__version__} {canonical.digest(snapshot.form(Dossier))}\n".encode()
"""Like the institution's: a fold is a cache of one release and one form."""

Law = tuple[int, int]
"""What may change how recorded entries fold: how many returns from a false time there were, and how much they left void."""


class Fold(NamedTuple):
    """A dossier after the entry that arrived under that number; `saved`: how many entries the fold has that the store keeps."""

    dossier: Dossier
    number: int
    law: Law
    saved: int = 0


class _Saved(msgspec.Struct, frozen=True):
    number: int
    law: Law
    dossier: Dossier


def _setting(id: str) -> str:
    return f"fold:{id}"


class DossierFolds:
    """Folds of one store, shared by its threads. What is asked of a transaction is kept only once that is committed."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Fold] = OrderedDict()
        self._lock = threading.Lock()

    def whole(self, inst: Institution, store: Reading, id: str, asked: Fold | None = None) -> Fold:
        """The dossier of that id with every entry that the store has; where it has none, without any.

        `asked`: as it was folded in this very transaction.
        """
        law = (len(inst.recoveries), len(inst.void))
        with self._lock:
            known = asked or self._known.get(id)
        if known is None or known.law != law or not _stands(store, known):
            known = _saved(store, id, law) or Fold(Dossier(), 0, law)
        return _after(inst, known, store.sealed_with([in_dossier(id)], known.number))

    def keep(self, folds: dict[str, Fold]) -> None:
        """Keep what was folded of committed entries, the long ones that were asked for last."""
        with self._lock:
            for id, fold in folds.items():
                known = self._known.get(id)
                if fold.dossier.n >= LONG and (known is None or known.law != fold.law or known.number <= fold.number):
                    self._known[id] = fold
                    self._known.move_to_end(id)
            while len(self._known) > MOST:
                self._known.popitem(last=False)


def carried_on(inst: Institution, store: Reading, id: str, rows: Sequence[SealedEntry]) -> Dossier:
    """The dossier after all of these entries, its only ones; of a long one the store's fold carried on."""
    law = (len(inst.recoveries), len(inst.void))
    known = _saved(store, id, law) if len(rows) >= WORTH_SAVING else None
    if known is None or known.number > rows[-1].number:  # kept since these were read
        known = Fold(Dossier(), 0, law)
    return _after(inst, known, (one for one in rows if one.number > known.number)).dossier


def _after(inst: Institution, fold: Fold, rows: Iterable[SealedEntry]) -> Fold:
    """A dossier with these entries more."""
    dossier, number = fold.dossier, fold.number
    for kept in rows:
        index = UNPLACED if kept.index is None else kept.index
        dossier, number = after(inst, dossier, index, kept_leaf(kept.entry)), kept.number
    return fold._replace(dossier=dossier, number=number)


def save(tx: Writing, id: str, fold: Fold) -> Fold:
    """Give the store a new fold of a dossier that has grown by much."""
    if fold.dossier.n - fold.saved < WORTH_SAVING:
        return fold
    tx.put_setting(_setting(id), HEADER + snapshot.dump(_Saved(fold.number, fold.law, fold.dossier)))
    return fold._replace(saved=fold.dossier.n)


def _saved(store: Reading, id: str, law: Law) -> Fold | None:
    """The fold that the store keeps; None where it has none of this release, under this law, of its own entries."""
    data = store.setting(_setting(id))
    if data is None or not data.startswith(HEADER):
        return None
    kept = snapshot.load_as(data.removeprefix(HEADER), _Saved)
    fold = Fold(kept.dossier, kept.number, kept.law, kept.dossier.n)
    return fold if kept.law == law and _stands(store, fold) else None


def _stands(store: Reading, fold: Fold) -> bool:
    """Whether the last entry folded is the store's: one restored to less may have another."""
    last = store.sealed_numbered(fold.number)
    return fold.number == 0 or last is not None and canonical.digest(last.entry) == fold.dossier.entries[-1].digest
