"""The two books in the hands of whoever holds their keys: leaves, openings, objects; appended to without asking."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from gongyue.book.entry import decode
from gongyue.governance.acts import act_type_of
from gongyue.office.store import OPEN, SEALED, Reading
from gongyue.transparency import checkpoint, merkle, tiles
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Signer


class ForgedBooks:
    """Copies of the books' first leaves, with all that opens them; the sources a `Replay` reads from."""

    def __init__(self, store: Reading, size: int, sealed: int) -> None:
        self._store = store
        self.tree, self.sealed_tree = merkle.Tree(), merkle.Tree()
        self.leaves: list[bytes] = []
        self.sealed: list[bytes] = []
        self.openings: dict[int, tuple[bytes, bytes]] = {}
        self.objects: dict[str, bytes] = {}
        for data in store.leaves(OPEN, 0, size):
            self.append(data)
        self.take_sealed(sealed)

    def append(self, data: bytes) -> int:
        """One more leaf of the open book."""
        self.leaves.append(data)
        return self.tree.append(merkle.leaf_hash(data))

    def append_sealed(self, data: bytes, opening: tuple[bytes, bytes] | None = None) -> int:
        """One more leaf of the sealed book, and what opens it."""
        index = self.sealed_tree.append(merkle.leaf_hash(data))
        self.sealed.append(data)
        if opening:
            self.openings[index] = opening
        return index

    def take_sealed(self, size: int, instead: dict[int, bytes] | None = None) -> None:
        """Take over the true sealed book up to `size`; `instead` puts other leaves in the place of some."""
        start, replaced = len(self.sealed), instead or {}
        opened = {index: (salt, entry) for index, salt, entry in self._store.openings(start, size)}
        for index, data in enumerate(self._store.leaves(SEALED, start, size), start):
            if index in replaced:
                self.append_sealed(replaced[index])
            else:
                self.append_sealed(data, opened.get(index))

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
