"""One published book: its leaves hashed against its tiles and its signed checkpoint, then read again as needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from gongyue.sealing.commitment import are_sealed_leaves, is_sealed_leaf
from gongyue.transparency import merkle, tiles
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.regular import TooLong
from gongyue.verifying.budget import Budget
from gongyue.verifying.failures import Stop, tampered
from gongyue.verifying.locations import Fetch

BUNDLES = 8
"""Bundles of entries at hand: an act's view is most often a little way back."""


class BookFiles:
    """The files of one book under a signed checkpoint.

    `authenticate` must come first: it hashes every leaf not vouched for by `base`, the compact range of an earlier
    run, and compares tiles and root. After that every leaf and every earlier root can be had, each authenticated.
    """

    def __init__(
        self, name: str, fetch: Fetch, budget: Budget, head: Checkpoint, base: merkle.Frontier | None = None
    ) -> None:
        self.name, self.head, self.budget = name, head, budget
        prefix = "" if name == "open" else f"{name}/"
        self.frontier = base or merkle.Frontier()
        self.start = self.frontier.size
        self._fetch: Fetch = (lambda path: fetch(prefix + path)) if prefix else fetch
        self._tree = merkle.Tree() if self.start == 0 else None
        self._hashed = bytearray()  # without a tree: the hashes of the leaves from `start` on
        self._published = tiles.TileNodes(self._fetch, head.size)
        self._roots: dict[int, str | None] = {}
        self._bundle = lru_cache(BUNDLES)(self._read_bundle)

    def authenticate(self, *wanted: bytes) -> list[bytes]:
        """Hash the leaves, compare them with the tiles and the root; Stop names the first that differs.

        Returns the leaves that contain one of `wanted`: whoever must know some beforehand need not read the book again.
        """
        if self.head.size < self.start:
            raise tampered("shorter", self.name, f"{self.head.size} < {self.start}", book=self.name)
        found: list[bytes] = []
        seen: set[bytes] = set()
        with self._reading():
            for first, entries in tiles.read_bundles(self._fetch, self.head.size, self.start):
                hashes = [merkle.leaf_hash(data) for data in entries]
                if self._published.leaf_hashes(first, first + len(hashes)) != b"".join(hashes):
                    raise self._at(
                        "hash", next(i for i, one in enumerate(hashes, first) if self._published(0, i) != one)
                    )
                if self.name == "sealed":
                    self._are_commitments(entries, hashes, first, seen)
                self._append(hashes)
                self.budget.go_on(f"{self.name} #{first}")
                for one in wanted:
                    found += [data for data in entries if data.find(one) >= 0]  # quicker than `in`
        if self._tree is not None:
            self.frontier = _edge_of(self._tree)
        if self.frontier.root() != self.head.root:
            raise tampered("root", f"{self.name} checkpoint", f"size {self.head.size}", book=self.name)
        if self._tree is not None:
            self._compare_tiles(self._tree)
        return found

    def _are_commitments(self, leaves: list[bytes], hashes: list[bytes], first: int, seen: set[bytes]) -> None:
        """Stop unless these leaves are commitments, none of which stands there twice; `seen`: the hashes of those before them."""
        if not are_sealed_leaves(leaves):
            raise self._at("form", next(i for i, one in enumerate(leaves, first) if not is_sealed_leaf(one)))
        for index, one in enumerate(hashes, first):
            if one in seen:
                raise self._at("twice", index)
            seen.add(one)

    def _append(self, hashes: list[bytes]) -> None:
        if self._tree is not None:
            self._tree.extend(hashes)
        else:
            for one in hashes:
                self.frontier.append(one)
                self._hashed += one

    def _compare_tiles(self, tree: merkle.Tree) -> None:
        for level, index, width in tiles.tiles_of(self.head.size):
            path = tiles.tile_path(level, index, width)
            if level and self._file(path) != tiles.tile(tree.node, level, index, width):
                raise tampered("tile", f"{self.name} {path}", book=self.name)

    def leaves(self, start: int) -> Iterator[bytes]:
        """Leaves from `start` on."""
        for bundle in range(start // tiles.WIDTH, -(-self.head.size // tiles.WIDTH)):
            first = bundle * tiles.WIDTH
            skipped = max(0, start - first)
            for index, data in enumerate(self._bundle(bundle)[skipped:], first + skipped):
                yield self._authentic(index, data)

    def leaf(self, index: int) -> bytes | None:
        """One leaf; None outside the book."""
        if not 0 <= index < self.head.size:
            return None
        return self._authentic(index, self._bundle(index // tiles.WIDTH)[index % tiles.WIDTH])

    def _authentic(self, index: int, data: bytes) -> bytes:
        """The leaf, if it is the one that was hashed: asked again, a place may answer differently."""
        self.budget.go_on(self.name)
        if not self._vouched(index, merkle.leaf_hash(data)):
            raise self._at("hash", index)
        return data

    def _at(self, how: str, index: int) -> Stop:
        return tampered(how, f"{self.name} #{index}", index=index, book=self.name)

    def _read_bundle(self, bundle: int) -> list[bytes]:
        with self._reading():
            return next(tiles.read_bundles(self._fetch, self.head.size, bundle * tiles.WIDTH))[1]

    def _file(self, path: str) -> bytes:
        with self._reading():
            return self._fetch(path)

    def _vouched(self, index: int, hashed: bytes) -> bool:
        if self._tree is not None:
            return self._tree.node(0, index) == hashed
        if index >= self.start:
            place = (index - self.start) * len(hashed)
            return self._hashed[place : place + len(hashed)] == hashed
        with self._reading():
            proof = merkle.inclusion_proof(self._published, index, self.head.size)
        return merkle.verify_inclusion(hashed, index, self.head.size, proof, self.head.root)

    def root(self, size: int) -> str | None:
        """The book's root at an earlier size, `sha256:<hex>`; None outside the book."""
        if size not in self._roots:
            root = self.root_bytes(size)
            self._roots[size] = None if root is None else "sha256:" + root.hex()
        return self._roots[size]

    def root_bytes(self, size: int) -> bytes | None:
        """The root at an earlier size, 32 bytes."""
        if not 0 <= size <= self.head.size:
            return None
        if self._tree is not None:
            return merkle.root(self._tree.node, size)
        with self._reading():
            return self._proven_root(size)

    def _proven_root(self, size: int) -> bytes:
        """From the published tiles, with the proof that the signed head continues it."""
        root = merkle.root(self._published, size)
        proof = merkle.consistency_proof(self._published, size, self.head.size)
        if not merkle.verify_consistency(size, self.head.size, root, self.head.root, proof):
            raise tampered("tile", f"{self.name} tiles", f"size {size}", book=self.name)
        return root

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A file that is missing or not of its form is tampering, and is named."""
        try:
            yield
        except tiles.Missing as error:
            raise tampered("missing", f"{self.name} {error.path}", book=self.name) from None
        except tiles.BadTile as error:
            raise tampered("tile", f"{self.name} {error.path}", error.why, book=self.name) from None
        except TooLong as error:
            raise tampered("oversized", error.path, f"> {error.most:,}", book=self.name) from None
        except KeyError as error:
            raise tampered("missing", f"{self.name} {error.args[0]}", book=self.name) from None


def _edge_of(tree: merkle.Tree) -> merkle.Frontier:
    """The compact range of a whole tree: one complete subtree per set bit of its size, largest first."""
    edge, start = [tree.size.to_bytes(8, "big")], 0
    for level in reversed(range(tree.size.bit_length())):
        if tree.size >> level & 1:
            edge.append(tree.node(level, start >> level))
            start += 1 << level
    return merkle.Frontier.from_bytes(b"".join(edge))
