"""Section 2: RFC 6962 trees, read from C2SP tiles."""

from __future__ import annotations

from collections.abc import Iterator

from tests.interop.canon import Fetch, sha, tampered, unreadable


class Tree:
    """Leaves, the hashes above them, and the root of any size."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.leaves = leaves
        self.levels = [[sha(b"\0", leaf) for leaf in leaves]]
        while len(self.levels[-1]) > 1:
            row = self.levels[-1]
            self.levels.append([sha(b"\1", row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)])

    def root(self, size: int) -> bytes:
        if size == 0:
            return sha()
        at, parts = 0, []
        for level in reversed(range(len(self.levels))):
            if size >> level & 1:
                parts.append(self.levels[level][at >> level])
                at += 1 << level
        root = parts.pop()
        while parts:
            root = sha(b"\1", parts.pop(), root)
        return root


def name_of(n: int) -> str:
    groups = [f"{n % 1000:03d}"]
    while n := n // 1000:
        groups.append(f"x{n % 1000:03d}")
    return "/".join(reversed(groups))


def _tile(fetch: Fetch, folder: str, n: int, width: int) -> tuple[bytes, bool]:
    """A tile, and whether it is the full one in which a narrower stands first."""
    name = f"{folder}/{name_of(n)}"
    try:
        return (fetch(f"{name}.p/{width}"), False) if width < 256 else (fetch(name), False)
    except KeyError:
        pass
    try:
        return fetch(name), True
    except KeyError:
        tampered(f"missing: {name}")


def _entries(fetch: Fetch, base: str, size: int) -> Iterator[bytes]:
    for n in range((size + 255) // 256):
        width = min(256, size - 256 * n)
        data, longer = _tile(fetch, f"{base}tile/entries", n, width)
        at = 0
        for _ in range(width):
            length = int.from_bytes(data[at : at + 2], "big")
            if len(data) < at + 2 + length:
                tampered("form: a tile of entries that ends early")
            yield data[at + 2 : at + 2 + length]
            at += 2 + length
        if at != len(data) and not longer:
            tampered("form: a tile of entries with something after them")


def read_tree(fetch: Fetch, base: str, size: int) -> Tree:
    """Its leaves, held against every tile of hashes."""
    if not 0 < size < 2**32:
        unreadable("empty")
    tree = Tree(list(_entries(fetch, base, size)))
    for level in range(0, len(tree.levels), 8):
        row = tree.levels[level]
        for n in range((len(row) + 255) // 256):
            part = b"".join(row[256 * n : 256 * n + 256])
            data, longer = _tile(fetch, f"{base}tile/{level // 8}", n, len(part) // 32)
            if (data[: len(part)] if longer else data) != part:
                tampered(f"hash: level {level}, tile {n}")
    return tree
