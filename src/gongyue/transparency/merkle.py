"""The Merkle tree of RFC 6962: roots, proofs and their verification.

Hashes are 32 bytes (SHA-256). The *node* (level, index) is the hash of the complete subtree over the leaves
``index * 2**level`` to ``(index + 1) * 2**level - 1``. Every root and proof is computed from such nodes, so the same
functions serve a tree in memory, in a database or in published tiles.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()  # RFC 6962 2.1: the hash of an empty list is the hash of an empty string

NodeReader = Callable[[int, int], bytes]
"""(level, index) -> 32-byte hash of that complete subtree; raises LookupError if it does not exist."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry. RFC 6962 2.1: the prefix 0x00 keeps a leaf from passing for a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two children. RFC 6962 2.1."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree kept in memory: every complete node, 64 bytes a leaf."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self.extend(tuple(leaf_hashes))

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self._levels[0]) // HASH_SIZE

    def append(self, leaf_hash: bytes) -> int:
        """Add a 32-byte leaf hash and return its index; ``ValueError`` if it is not 32 bytes."""
        index = self.size
        self.extend((leaf_hash,))
        return index

    def extend(self, leaf_hashes: Sequence[bytes]) -> None:
        """Add 32-byte leaf hashes in their order, and every node they complete."""
        for leaf_hash in leaf_hashes:
            _require_hash(leaf_hash)
        added, level = b"".join(leaf_hashes), 0
        while added:
            if level == len(self._levels):
                self._levels.append(bytearray())
            below, pair = self._levels[level], 2 * HASH_SIZE
            start = len(below) // pair * pair  # the pair that was not complete, or begins now
            below += added
            stop = len(below) // pair * pair
            added = b"".join([sha256(b"\x01" + below[i : i + pair]).digest() for i in range(start, stop, pair)])
            level += 1

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree; ``IndexError`` if there is none. A ``NodeReader``."""
        if not 0 <= level < len(self._levels):
            raise IndexError(f"no node at level {level}")
        start = index * HASH_SIZE
        found = bytes(self._levels[level][start : start + HASH_SIZE]) if index >= 0 else b""
        if not found:
            raise IndexError(f"no node {index} at level {level}")
        return found

    def root(self) -> bytes:
        """The root over all leaves."""
        return root(self.node, self.size)

    def truncate(self, size: int) -> None:
        """Forget all leaves from index ``size`` on; ``ValueError`` if there are fewer."""
        if not 0 <= size <= self.size:
            raise ValueError(f"cannot cut a tree of {self.size} leaves to {size}")
        for level, hashes in enumerate(self._levels):
            del hashes[(size >> level) * HASH_SIZE :]


class Frontier:
    """The right edge of a tree: enough to append and to give the root, at most 64 hashes however large the tree."""

    def __init__(self) -> None:
        self._size = 0
        self._edge: list[bytes] = []  # one complete subtree per set bit of the size, largest first

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    def append(self, leaf_hash: bytes) -> int:
        """Add a leaf hash and return its index. The length is the caller's care: a million are folded here."""
        edge, index = self._edge, self._size
        self._size = index + 1
        place, current = index, leaf_hash
        while place & 1:
            current = sha256(b"\x01" + edge.pop() + current).digest()
            place >>= 1
        edge.append(current)
        return index

    def root(self) -> bytes:
        """The root over all leaves."""
        return _fold(self._edge)

    def to_bytes(self) -> bytes:
        """Size (8 bytes, big-endian) and the edge hashes, largest subtree first."""
        return self._size.to_bytes(8, "big") + b"".join(self._edge)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Frontier":
        """The inverse of ``to_bytes``; ``ValueError`` if the length does not fit the size."""
        frontier = cls()
        frontier._size = int.from_bytes(data[:8], "big")
        frontier._edge = [data[i : i + HASH_SIZE] for i in range(8, len(data), HASH_SIZE)]
        if len(data) != 8 + HASH_SIZE * frontier._size.bit_count():
            raise ValueError("frontier has the wrong length for its size")
        return frontier


def root(node: NodeReader, size: int) -> bytes:
    """The root of the first ``size`` leaves. RFC 6962 2.1."""
    return _range_hash(node, 0, size)


def inclusion_proof(node: NodeReader, index: int, size: int) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves, lowest sibling first. RFC 6962 2.1.1."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    siblings = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            siblings.append((middle, high))
            high = middle
        else:
            siblings.append((low, middle))
            low = middle
    return [_range_hash(node, *sibling) for sibling in reversed(siblings)]


def consistency_proof(node: NodeReader, old: int, new: int) -> list[bytes]:
    """The proof that the tree of ``new`` leaves continues the tree of ``old`` leaves. RFC 6962 2.1.2.

    From the empty tree everything is consistent and the proof is empty (C2SP tlog-witness).
    """
    if not 0 <= old <= new:
        raise ValueError(f"no consistency from {old} to {new} leaves")
    if old in (0, new):
        return []
    hashes = []
    low, high = 0, new
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            hashes.append((middle, high))
            high = middle
        else:
            hashes.append((low, middle))
            low = middle
    if low > 0:  # RFC 6962 2.1.2: the old tree itself is left out of its own proof
        hashes.append((low, high))
    return [_range_hash(node, *part) for part in reversed(hashes)]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True if ``proof`` shows the leaf at ``index`` of the tree of ``size`` leaves with this root. RFC 9162 2.1.3.2."""
    if not 0 <= index < size or not _all_hashes(leaf_hash, root, *proof):
        return False
    place, last, current = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False  # longer than the path
        if place & 1 or place == last:
            current = node_hash(sibling, current)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and current == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """True if ``proof`` shows that the new tree continues the old one. RFC 9162 2.1.4.2.

    The root of an empty tree is compared with ``EMPTY_ROOT``; equal sizes need equal roots and an empty proof.
    """
    if not 0 <= old <= new or not _all_hashes(old_root, new_root, *proof):
        return False
    if old == 0 and old_root != EMPTY_ROOT:
        return False
    if old in (0, new):
        return not proof and (old == 0 < new or old_root == new_root)
    return _verify_growth(old, new, old_root, new_root, proof)


def _verify_growth(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 2.1.4.2 for 0 < old < new."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    hashes = iter(proof)
    start = old_root if place == 0 else next(hashes, None)  # an old tree that is one complete subtree starts itself
    if start is None:
        return False
    old_hash = new_hash = start
    for part in hashes:
        if last == 0:
            return False  # longer than the path
        if place & 1 or place == last:
            old_hash, new_hash = node_hash(part, old_hash), node_hash(part, new_hash)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_hash = node_hash(new_hash, part)
        place, last = place >> 1, last >> 1
    return last == 0 and old_hash == old_root and new_hash == new_root


def _range_hash(node: NodeReader, low: int, high: int) -> bytes:
    """The hash over leaves ``low`` to ``high - 1``, where ``low`` is a start that RFC 6962's splits can reach."""
    return _fold([node(level, index) for level, index in _complete_subtrees(low, high)])


def _complete_subtrees(low: int, high: int) -> Iterator[tuple[int, int]]:
    """(level, index) of the complete subtrees that make up the range, largest first."""
    while low < high:
        level = (high - low).bit_length() - 1
        yield level, low >> level
        low += 1 << level


def _fold(hashes: Sequence[bytes]) -> bytes:
    """Join complete subtrees, largest first, from the right."""
    if not hashes:
        return EMPTY_ROOT
    *rest, current = hashes
    for left in reversed(rest):
        current = node_hash(left, current)
    return current


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``, which is at least 2. RFC 6962 2.1."""
    return 1 << (count - 1).bit_length() - 1


def _all_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in values)


def _require_hash(value: bytes) -> None:
    if len(value) != HASH_SIZE:
        raise ValueError(f"a hash has {HASH_SIZE} bytes, not {len(value)}")
