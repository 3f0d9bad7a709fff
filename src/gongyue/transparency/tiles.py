"""Tiled logs (C2SP tlog-tiles): a tree and its entries as files that never change.

A *tile* at level L holds up to 256 consecutive node hashes of tree level 8 * L; an *entry bundle* holds the entries
under a tile of level 0. A tile or bundle is partial (width 1 to 255) at the right edge and full (256) elsewhere.
Only ``publish``, ``write_atomically`` and ``from_directory`` touch files, and only under the directory given.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from gongyue.transparency.merkle import HASH_SIZE, NodeReader, leaf_hash, node_hash

WIDTH = 256
HEIGHT = 8  # tree levels from one tile level to the next
MAX_ENTRY = 65_535  # C2SP tlog-tiles: entries carry a length of two bytes
CACHED_TILES = 1024  # 8 MiB at most
JOINED_TILES = 64  # with the nodes above their hashes: 2 MiB at most
TILE_BYTES = WIDTH * HASH_SIZE
BUNDLE_BYTES = WIDTH * (2 + MAX_ENTRY)

Fetch = Callable[[str], bytes]
"""Path below the log's prefix -> content; raises KeyError or FileNotFoundError if there is none."""

LeafReader = Callable[[int, int], Iterable[bytes]]
"""(start, end) -> the entries with index start to end - 1."""


class Missing(LookupError):
    """A file that the log must serve is not there: ``path``."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"missing: {path}")


class BadTile(ValueError):
    """A file of the log has content it cannot have: ``path`` and ``why``."""

    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path}: {why}")


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """``tile/<L>/<N>[.p/<W>]``; ``ValueError`` if level (0-63), index (from 0) or width (1-256) is out of range."""
    if not 0 <= level <= 63:
        raise ValueError(f"no tile level {level}")
    return f"tile/{level}/{_place(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """``tile/entries/<N>[.p/<W>]``; ``ValueError`` as in ``tile_path``."""
    return f"tile/entries/{_place(index, width)}"


def _place(index: int, width: int) -> str:
    """C2SP tlog-tiles: groups of three digits, all but the last marked with x; the width only if partial."""
    if index < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"no tile {index} of width {width}")
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups)) + (f".p/{width}" if width < WIDTH else "")


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of every tile of a tree of ``size`` leaves, level by level."""
    return _tiles_between(0, size)


def _tiles_between(old: int, new: int) -> Iterator[tuple[int, int, int]]:
    """The tiles of the new tree that the old one did not have."""
    level = 0
    while count := new >> HEIGHT * level:
        before = old >> HEIGHT * level
        for index in range(before // WIDTH, -(-count // WIDTH)):
            width = min(WIDTH, count - index * WIDTH)
            if index * WIDTH + width > before:
                yield level, index, width
        level += 1


def tile(node: NodeReader, level: int, index: int, width: int = WIDTH) -> bytes:
    """The content of a tile: ``width`` hashes of 32 bytes, read from the tree."""
    start = index * WIDTH
    return b"".join(node(HEIGHT * level, place) for place in range(start, start + width))


def encode_entries(entries: Iterable[bytes]) -> bytes:
    """An entry bundle; ``ValueError`` if an entry is longer than 65,535 bytes."""
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise ValueError(f"entry of {len(entry)} bytes; at most {MAX_ENTRY}")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def decode_entries(data: bytes) -> list[bytes]:
    """The entries of a bundle; ``ValueError`` if it ends inside an entry."""
    entries, place, size = [], 0, len(data)
    try:
        while place < size:
            start = place + 2
            place = start + (data[place] << 8) + data[place + 1]
            entries.append(data[start:place])
    except IndexError:  # of a length that one byte is left of
        place = size + 1
    if place != size:
        raise ValueError("bundle ends inside an entry")
    return entries


def publish(directory: Path, leaves: LeafReader, node: NodeReader, old_size: int, new_size: int) -> list[str]:
    """Write the tiles and bundles by which the tree of ``new_size`` leaves exceeds that of ``old_size``.

    Returns the paths written, relative to ``directory``. A bundle comes before the tile of its entries, so that whoever
    sees the tile finds them; the caller writes the checkpoint last. Partial files of earlier sizes stay. With ``old_size`` 0 all
    is written anew, which repairs a damaged directory. ``ValueError`` if sizes go backwards, or entries are missing.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError(f"cannot publish from {old_size} to {new_size}")
    written = []
    for level, index, width in _tiles_between(old_size, new_size):
        if level == 0:
            entries = list(leaves(index * WIDTH, index * WIDTH + width))
            if len(entries) != width:
                raise ValueError(f"{len(entries)} entries from index {index * WIDTH}; {width} needed")
            written.append(entries_path(index, width))
            write_atomically(directory / written[-1], encode_entries(entries))
            hashes = b"".join(
                map(leaf_hash, entries)
            )  # at hand: to ask for each by itself takes longer than all the rest
        else:
            hashes = tile(node, level, index, width)
        written.append(tile_path(level, index, width))
        write_atomically(directory / written[-1], hashes)
    return written


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part; one writer at a time.

    Against power loss nothing is forced to disk: what a directory lacks after one is published again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(data)
    temporary.replace(path)


def from_directory(directory: Path) -> Fetch:
    """Fetch from a published directory."""
    return lambda path: (directory / path).read_bytes()


def read_entries(fetch: Fetch, size: int, start: int = 0) -> Iterator[bytes]:
    """Entries ``start`` to ``size - 1`` in order, not yet compared with any hash; raises ``Missing`` or ``BadTile``."""
    for _, entries in read_bundles(fetch, size, start):
        yield from entries


def read_bundles(fetch: Fetch, size: int, start: int = 0) -> Iterator[tuple[int, list[bytes]]]:
    """The same, a bundle at a time: the index of its first entry, and the entries."""
    for index in range(start // WIDTH, -(-size // WIDTH)):
        first = index * WIDTH
        entries = _read_bundle(fetch, index, min(WIDTH, size - first))
        skipped = max(0, start - first)
        yield first + skipped, entries[skipped:]


class TileNodes:
    """Reads nodes of a tree of ``size`` leaves from published tiles: a ``NodeReader``.

    Nothing read is authentic by itself: compute the root, compare it with a signed checkpoint's, and verify proofs
    against that. Raises ``Missing`` or ``BadTile``; ``IndexError`` for a node the tree does not have.
    """

    def __init__(self, fetch: Fetch, size: int) -> None:
        self._fetch = fetch
        self._size = size
        self._tile = lru_cache(CACHED_TILES)(self._read_tile)
        self._nodes = lru_cache(JOINED_TILES)(self._joined)

    def __call__(self, level: int, index: int) -> bytes:
        """The 32-byte hash of a complete subtree."""
        if level < 0 or not 0 <= index < self._size >> level:
            raise IndexError(f"no node {index} at level {level} in a tree of {self._size}")
        tile_level, rise = divmod(level, HEIGHT)
        first = index << rise  # of the hashes of the tile that lie under the node
        place = first % WIDTH
        if rise:
            return self._nodes(tile_level, first // WIDTH)[rise][place >> rise]
        return self._tile(tile_level, first // WIDTH)[place * HASH_SIZE : (place + 1) * HASH_SIZE]

    def _joined(self, level: int, index: int) -> list[list[bytes]]:
        """The hashes of a tile, and the nodes above them by how many levels they rise: found once for all proofs that meet it."""
        content = self._tile(level, index)
        hashes = [content[i : i + HASH_SIZE] for i in range(0, len(content), HASH_SIZE)]
        nodes = [hashes]
        while len(hashes) > 1:
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
            nodes.append(hashes)
        return nodes

    def leaf_hashes(self, start: int, stop: int) -> bytes:
        """The hashes of leaves ``start`` to ``stop - 1``, which stand in one tile, joined."""
        content = self._tile(0, start // WIDTH)
        place = start % WIDTH * HASH_SIZE
        return content[place : place + (stop - start) * HASH_SIZE]

    def _read_tile(self, level: int, index: int) -> bytes:
        width = min(WIDTH, (self._size >> HEIGHT * level) - index * WIDTH)
        path, data = _fetch_either(self._fetch, tile_path(level, index, width), tile_path(level, index))
        expected = HASH_SIZE * (width if path == tile_path(level, index, width) else WIDTH)
        if len(data) != expected:
            raise BadTile(path, f"{len(data)} bytes, expected {expected}")
        return data[: HASH_SIZE * width]


def _read_bundle(fetch: Fetch, index: int, width: int) -> list[bytes]:
    path, data = _fetch_either(fetch, entries_path(index, width), entries_path(index))
    expected = width if path == entries_path(index, width) else WIDTH
    try:
        entries = decode_entries(data)
    except ValueError as error:
        raise BadTile(path, str(error)) from None
    if len(entries) != expected:
        raise BadTile(path, f"{len(entries)} entries, expected {expected}")
    return entries[:width]


def _fetch_either(fetch: Fetch, path: str, full: str) -> tuple[str, bytes]:
    """C2SP tlog-tiles: a log may delete a partial tile once the full one is there."""
    for candidate in dict.fromkeys((path, full)):
        try:
            return candidate, fetch(candidate)
        except (KeyError, FileNotFoundError):
            continue
    raise Missing(path)
