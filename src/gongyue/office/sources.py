"""Where what an act names is found: the store and, for an act that arrives, the files that came with it."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.book.entry import kept_leaf
from gongyue.governance.acts import UNPLACED
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.office.dossier_folds import DossierFolds, Fold
from gongyue.office.store import OPEN, SEALED, Head, Reading
from gongyue.office.store.words import cast_in, in_dossier
from gongyue.transparency import merkle

NO_HEAD = Head(0, merkle.EMPTY_ROOT, merkle.Frontier().to_bytes(), b"")


class StoreSources:
    """What acts name, read from the store."""

    def __init__(self, store: Reading, folds: DossierFolds | None = None, asked: dict[str, Fold] | None = None) -> None:
        """`folds`: those kept of the store's dossiers; `asked`: what was folded of it here, which may not be committed."""
        self.store, self._folds = store, folds or DossierFolds()
        self.asked: dict[str, Fold] = {} if asked is None else asked

    def whole(self, inst: Institution, id: str) -> Dossier:
        """The dossier of that id with every entry, folded from where it was folded last."""
        self.asked[id] = self._folds.whole(inst, self.store, id, self.asked.get(id))
        return self.asked[id].dossier

    def object(self, digest: str) -> bytes | None:
        return self.store.object(digest)

    def handed(self, digest: str) -> bytes | None:
        return self.object(digest)

    def leaf(self, index: int) -> bytes | None:
        return self.store.leaf(OPEN, index)

    def sealed_leaf(self, index: int) -> bytes | None:
        return self.store.leaf(SEALED, index)

    def root(self, size: int) -> str | None:
        return self._root(OPEN, size)

    def sealed_root(self, size: int) -> str | None:
        return self._root(SEALED, size)

    opens_all = False
    judged = True
    """What stands in the book was checked when it was recorded."""

    def opened(self, vote: str = "") -> Iterator[tuple[int, str, bytes]]:
        for one in self.store.sealed_with([cast_in(vote)]) if vote else self.store.sealed_entries():
            yield UNPLACED if one.index is None else one.index, one.commitment, one.entry

    def opening(self, commitment: str) -> bytes | None:
        return None

    def dossier(self, id: str) -> list[tuple[int, bytes]]:
        kept = self.store.sealed_with([in_dossier(id)])
        found = [(UNPLACED if one.index is None else one.index, one.entry) for one in kept]
        return sorted(found, key=lambda one: kept_leaf(one[1]).entry.rx.n or 0)

    def _root(self, book: str, size: int) -> str | None:
        """The root of a checkpoint that was signed; an act may have seen no other."""
        if size == 0:
            return "sha256:" + merkle.EMPTY_ROOT.hex()
        known = self.store.note(book, size)
        return "sha256:" + known[0].hex() if known else None


class Arriving(StoreSources):
    """The sources of an act that arrives: the store, the files that came with it, and all that the office can open."""

    opens_all = True
    judged = False

    def __init__(self, sources: StoreSources, files: dict[str, bytes], placed: merkle.Frontier | None = None) -> None:
        """`placed`: the sealed book as it would be once what waits is placed, for whoever only tries."""
        super().__init__(sources.store, sources._folds, sources.asked)
        self.files, self._placed = files, placed

    def sealed_root(self, size: int) -> str | None:
        if self._placed is not None and size == self._placed.size:
            return "sha256:" + self._placed.root().hex()
        return super().sealed_root(size)

    def object(self, digest: str) -> bytes | None:
        return self.files[digest] if digest in self.files else self.store.object(digest)

    def opening(self, commitment: str) -> bytes | None:
        try:
            kept = self.store.sealed_entry(bytes.fromhex(commitment.removeprefix("sha256:")))
        except ValueError:  # no digest at all: refused for its form, once it is read
            return None
        return kept.entry if kept else None
