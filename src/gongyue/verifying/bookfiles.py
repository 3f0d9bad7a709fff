"""One published book: its leaves hashed against its tiles and its signed checkpoint, then read again as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from gongyue.transparency import merkle, tiles
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.verifying.failures import tampered
from gongyue.verifying.places import Fetch

T = TypeVar("T")


class BookFiles:
    """The files of one book under a signed checkpoint.

    `authenticate` must come first: it hashes every leaf not vouched for by `base`, the compact range of an earlier
    run, and compares tiles and root. After that every leaf and every earlier root can be had, each authenticated.
    """

    def __init__(self, name: str, fetch: Fetch, prefix: str, head: Checkpoint, base: merkle.Frontier | None) -> None:
        self.name, self.head = name, head
        self.frontier = base or merkle.Frontier()
        self.start = self.frontier.size
        self._fetch: Fetch = (lambda path: fetch(prefix + path)) if prefix else fetch
        self._tree = merkle.Tree() if self.start == 0 else None
        self._published = tiles.TileNodes(self._fetch, head.size)
        self._roots: dict[int, str | None] = {}
        self._bundle: tuple[int, list[bytes]] = (-1, [])

    def authenticate(self) -> None:
        """Hash the leaves, compare them with the tiles and the root; Stop names the first that differs."""
        if self.head.size < self.start:
            raise tampered(self.name, f"{self.head.size} < {self.start}")
        for index, data in enumerate(self.leaves(self.start), self.start):
            hashed = merkle.leaf_hash(data)
            if self._published_hash(index) != hashed:
                raise tampered(f"{self.name} #{index}", "hash", index if self.name == "open" else None)
            self.frontier.append(hashed)
            if self._tree is not None:
                self._tree.append(hashed)
        if self.frontier.root() != self.head.root:
            raise tampered(f"{self.name} checkpoint", f"root at {self.head.size}")
        if self._tree is not None:
            self._compare_tiles(self._tree)

    def _compare_tiles(self, tree: merkle.Tree) -> None:
        for level, index, width in tiles.tiles_of(self.head.size):
            path = tiles.tile_path(level, index, width)
            if level and self._file(path) != tiles.tile(tree.node, level, index, width):
                raise tampered(f"{self.name} {path}", "tile")

    def leaves(self, start: int) -> Iterator[bytes]:
        """Leaves from `start` on."""
        rows = tiles.read_entries(self._fetch, self.head.size, start)
        while True:
            row = self._read(lambda: next(rows, None))
            if row is None:
                return
            yield row

    def leaf(self, index: int) -> bytes | None:
        """One leaf, authenticated; None outside the book."""
        if not 0 <= index < self.head.size:
            return None
        bundle = index // tiles.WIDTH
        if self._bundle[0] != bundle:
            stop = min(self.head.size, (bundle + 1) * tiles.WIDTH)
            self._bundle = (bundle, self._read(lambda: self._rows(bundle * tiles.WIDTH, stop)))
        data = self._bundle[1][index % tiles.WIDTH]
        if not self._vouched(index, merkle.leaf_hash(data)):
            raise tampered(f"{self.name} #{index}", "hash", index if self.name == "open" else None)
        return data

    def _rows(self, start: int, stop: int) -> list[bytes]:
        return list(islice(tiles.read_entries(self._fetch, self.head.size, start), stop - start))

    def _published_hash(self, index: int) -> bytes:
        return self._read(lambda: self._published(0, index))

    def _file(self, path: str) -> bytes:
        return self._read(lambda: self._fetch(path))

    def _vouched(self, index: int, hashed: bytes) -> bool:
        if self._tree is not None:
            return self._tree.node(0, index) == hashed
        proof = self._read(lambda: merkle.inclusion_proof(self._published, index, self.head.size))
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
        return self._read(lambda: self._proven_root(size))

    def _proven_root(self, size: int) -> bytes:
        """From the published tiles, with the proof that the signed head continues it."""
        root = merkle.root(self._published, size)
        proof = merkle.consistency_proof(self._published, size, self.head.size)
        if not merkle.verify_consistency(size, self.head.size, root, self.head.root, proof):
            raise tampered(f"{self.name} tiles", f"size {size}")
        return root

    def _read(self, get: Callable[[], T]) -> T:
        try:
            return get()
        except tiles.Missing as error:
            raise tampered(f"{self.name} {error.args[0]}", "missing") from None
        except tiles.BadTile as error:
            raise tampered(f"{self.name} {error}", "tile") from None
        except KeyError as error:
            raise tampered(f"{self.name} {error.args[0]}", "missing") from None
