"""A Merkle sum tree over verdicts: its root commits to every row and to how often each verdict stands there.

The shape is RFC 6962's. A node is a hash and counts, one for each of KINDS in its order. A leaf is hashed as there, and
counts its own verdict. Above, the hash is SHA-256(0x01 ‖ left record ‖ right record), the counts are the sums, and a
record is the hash and ROOM counts, unsigned and big-endian, those beyond KINDS zero: of one byte each below a node over
at most NARROW rows, of eight bytes below others. The two messages differ in length, so none passes for another.

Both children's counts are hashed, never their sum alone: with the sum, a prover can show each row a neighbour as small
as it likes (Hu, Zhang, Guo, "Breaking the Binding: Attacks on the Merkle Approach to Prove Liabilities and its
Applications", IACR ePrint 2018/1139, on the summation tree of Maxwell and Todd). No count is below zero by its form, and
each side has to count as many rows as it holds, so that no row counts for less than one and none for more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

from gongyue.conduct.verdict import KINDS
from gongyue.transparency.canonical import encode
from gongyue.transparency.merkle import EMPTY_ROOT, HASH_SIZE, leaf_hash

ROOM = 16
"""Counts in a record: there is room for verdicts yet to come."""
NARROW = 128
"""Rows of the largest node whose children's counts are a byte each: its own still fit, and it is most nodes by far."""
_ONE, _EIGHT = (Struct(f">{len(KINDS)}{form}{(ROOM - len(KINDS)) * size}x") for form, size in (("B", 1), ("Q", 8)))
NARROW_RECORD, WIDE_RECORD = HASH_SIZE + _ONE.size, HASH_SIZE + _EIGHT.size
"""Bytes of a record: 48 and 160."""


class Node(NamedTuple):
    """A hash (32 bytes) and how often each of KINDS stands below it."""

    hash: bytes
    counts: tuple[int, ...]


EMPTY = Node(EMPTY_ROOT, (0,) * len(KINDS))


def leaf(row: int, verdict: str, authorisation: int | None) -> bytes:
    """The canonical bytes of one row's verdict; rows count from 1, and leaf `row - 1` is theirs."""
    return encode({"authorisation": authorisation, "row": row, "verdict": verdict})


def leaf_node(row: int, verdict: str, authorisation: int | None) -> Node:
    """The leaf of one row."""
    return Node(leaf_hash(leaf(row, verdict, authorisation)), tuple(int(kind == verdict) for kind in KINDS))


def join(left: Node, right: Node) -> Node:
    """The node above two. No count may be below zero."""
    counts = tuple(map(sum, zip(left.counts, right.counts, strict=True)))
    form = _ONE if sum(counts) <= NARROW else _EIGHT
    below = b"".join(node.hash + form.pack(*node.counts) for node in (left, right))
    return Node(sha256(b"\x01" + below).digest(), counts)


def read(record: bytes) -> Node:
    """The node of a record, narrow or wide by its length."""
    form = _ONE if len(record) == NARROW_RECORD else _EIGHT
    return Node(record[:HASH_SIZE], form.unpack(record[HASH_SIZE:]))


def levels(nodes: Sequence[Node]) -> list[Sequence[Node]]:
    """The nodes and every level above them, the root's last; one without a neighbour goes up as it is."""
    found = [nodes or [EMPTY]]
    while len(below := found[-1]) > 1:
        above = [join(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]
        found.append([*above, *below[len(above) * 2 :]])
    return found


def siblings(place: int, size: int) -> Iterator[tuple[int, int]]:
    """Where the siblings of a leaf's path stand, lowest first: (level, place there)."""
    level = 0
    while size > 1:
        if (place ^ 1) < size:
            yield level, place ^ 1
        place, size, level = place >> 1, (size + 1) >> 1, level + 1


def climb(leaf: Node, place: int, size: int, path: Sequence[Node]) -> Node | None:
    """The root that a path of siblings leads to from the leaf at that place of `size`; None where the path is none: longer
    or shorter, or a sibling that does not count as many rows as stand below it."""
    steps = list(siblings(place, size)) if 0 <= place < size else []
    if len(steps) != len(path) or not 0 <= place < size:
        return None
    node = leaf
    for (level, at), sibling in zip(steps, path, strict=True):
        rows = min(at + 1 << level, size) - (at << level)
        if sum(sibling.counts) != rows or min(sibling.counts) < 0:
            return None
        node = join(node, sibling) if at & 1 else join(sibling, node)
    return node


def counted(counts: Mapping[str, int]) -> tuple[int, ...]:
    """Counts by name as a node has them."""
    return tuple(counts.get(kind, 0) for kind in KINDS)


def counts_by_name(counts: Sequence[int]) -> dict[str, int]:
    """A node's counts by name, those that are not zero."""
    return {kind: n for kind, n in zip(KINDS, counts, strict=True) if n}
