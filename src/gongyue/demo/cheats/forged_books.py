"""The two books in the hands of whoever holds their keys: leaves, openings, objects; appended to without asking."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.governance.acts import act_type_of
from gongyue.office.store import OPEN, SEALED, Reading
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import checkpoint, merkle, tiles
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Signer


class ForgedBooks:
    """Copies of the books' first leaves, with all that opens them; the sources a `Replay` reads from.

    `kept`: what opens each act under seal, (salt, entry) by its commitment, as they arrived; `places`: their leaves, once anchored.
    """

    def __init__(self, store: Reading, size: int, sealed: int) -> None:
        self._store = store
        self.tree, self.sealed_tree = merkle.Tree(), merkle.Tree()
        self.leaves: list[bytes] = []
        self.sealed: list[bytes] = []
        self.kept: dict[str, tuple[bytes, bytes]] = {}
        self.places: dict[str, int] = {}
        self.objects: dict[str, bytes] = {}
        for data in store.leaves(OPEN, 0, size):
            self.append(data)
        last = decode(self.leaves[-1]).entry.rx.t
        for one in store.sealed_entries():
            rx = decode(one.entry).entry.rx
            if (rx.open or 0) <= size and rx.t <= last:
                self.kept[one.commitment] = one.salt, one.entry
        self.take_sealed(sealed)

    def append(self, data: bytes) -> int:
        """One more leaf of the open book."""
        self.leaves.append(data)
        return self.tree.append(merkle.leaf_hash(data))

    def take_sealed(self, size: int) -> None:
        """Take over the true sealed book up to an anchor's size."""
        start = len(self.sealed)
        self._place(self._store.leaves(SEALED, start, size))
        for one in self._store.placed(start, size):
            self.kept.setdefault(one.commitment, (one.salt, one.entry))
            self.places[one.commitment] = one.index or 0

    def take_slot(self, size: int, swallowed: str, instead: bytes) -> None:
        """Take over the true leaves up to the next anchor's size, another in the place of one that is never heard of again."""
        start, gone = len(self.sealed), sealed_leaf(swallowed)
        self._place(sorted(instead if data == gone else data for data in self._store.leaves(SEALED, start, size)))
        self.kept.pop(swallowed, None)
        for one in self._store.placed(start, size):
            if one.commitment != swallowed:
                self.kept.setdefault(one.commitment, (one.salt, one.entry))
                self.places[one.commitment] = self.sealed.index(sealed_leaf(one.commitment))

    def waiting(self) -> list[str]:
        """The acts under seal that no anchor has placed."""
        return [commitment for commitment in self.kept if commitment not in self.places]

    def place(self, padding: Iterable[bytes]) -> int:
        """Place what waits among padding, as an anchor does; the sealed book's size."""
        waiting = {sealed_leaf(commitment): commitment for commitment in self.waiting()}
        leaves = sorted([*waiting, *padding])
        for index, data in enumerate(leaves, len(self.sealed)):
            if data in waiting:
                self.places[waiting[data]] = index
        self._place(leaves)
        return len(self.sealed)

    def _place(self, leaves: Iterable[bytes]) -> None:
        for data in leaves:
            self.sealed_tree.append(merkle.leaf_hash(data))
            self.sealed.append(data)

    def line(self, commitment: str) -> bytes:
        """The disclosure line of an act under seal that is anchored."""
        return disclosure.line(self.places[commitment], *self.kept[commitment])

    # -- what a replay reads

    def object(self, digest: str) -> bytes | None:
        """An object, ours or the office's."""
        return self.objects.get(digest) or self._store.object(digest)

    def handed(self, digest: str) -> bytes | None:
        """Openings handed to some: a forger has them all."""
        return self.object(digest)

    def leaf(self, index: int) -> bytes | None:
        """A leaf of the open book."""
        return self.leaves[index] if 0 <= index < len(self.leaves) else None

    def sealed_leaf(self, index: int) -> bytes | None:
        """A leaf of the sealed book."""
        return self.sealed[index] if 0 <= index < len(self.sealed) else None

    def root(self, size: int) -> str | None:
        """The open book's root at any size: whoever holds the key can sign any of them."""
        return _root(self.tree, size)

    def sealed_root(self, size: int) -> str | None:
        """The sealed book's root at any size."""
        return _root(self.sealed_tree, size)

    opens_all = False
    judged = True
    """A forger asks nobody whether what it opens is lawful."""
    """Whoever cheats asks no ballots."""

    def opened(self, vote: str = "") -> Iterable[tuple[int, str, bytes]]:
        """Nothing: whatever it writes, it does not check against what is sealed."""
        return ()

    def dossier(self, id: str) -> Iterable[tuple[int, bytes]]:
        """Nor here."""
        return ()

    def opening(self, commitment: str) -> bytes | None:
        """Nothing either."""
        return None

    # -- showing it

    def publish(self, out: Path, open_: Signer, sealed: Signer, anchored: int) -> None:
        """Write both books as an honest office would: the sealed one up to its last anchor, the objects named."""
        for digest in self._named():
            data = self.object(digest)
            if data is not None:
                tiles.write_atomically(out / "objects" / "sha256" / digest.removeprefix("sha256:"), data)
        if anchored:
            _write(out / "sealed", self.sealed, self.sealed_tree, anchored, sealed)
        _write(out, self.leaves, self.tree, len(self.leaves), open_)

    def _named(self) -> Iterable[str]:
        return dict.fromkeys(
            digest
            for act in (decode(leaf).entry.act for leaf in self.leaves)
            for digest in act_type_of(act.type).public_digests(msgspec.json.decode(bytes(act.body)))
        )


def _root(tree: merkle.Tree, size: int) -> str | None:
    return "sha256:" + merkle.root(tree.node, size).hex() if 0 <= size <= tree.size else None


def _write(folder: Path, leaves: list[bytes], tree: merkle.Tree, size: int, signer: Signer) -> None:
    tiles.publish(folder, lambda start, stop: leaves[start:stop], tree.node, 0, size)
    head = Checkpoint(signer.verifier.name, size, merkle.root(tree.node, size))
    tiles.write_atomically(folder / "checkpoint", checkpoint.sign(head, signer))
