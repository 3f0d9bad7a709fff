"""Rows of verdicts as Merkle leaves: their bytes, and the hashes of a chunk of them (RFC 6962 2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gongyue.conduct.verdict import KINDS
from gongyue.transparency.canonical import encode
from gongyue.transparency.merkle import Tree, inclusion_proof

CHUNK = 1 << 16
"""Leaves hashed at one time: a power of two, so that chunks are complete subtrees, all but the last."""
NONE = -1
"""No authorisation, in an array of ids."""
_CITED = [b'\x00{"authorisation":%d,"row":%d,"verdict":"' + kind.encode() + b'"}' for kind in KINDS]
_UNCITED = [b'\x00{"authorisation":null,"row":%d,"verdict":"' + kind.encode() + b'"}' for kind in KINDS]


class Rows(NamedTuple):
    """A chunk: the number of its first row, kinds as places in KINDS, ids of authorisations."""

    first: int
    kinds: npt.NDArray[np.uint8]
    ids: npt.NDArray[np.int64]


class Drawn(NamedTuple):
    """A row that was asked for, with its path inside its chunk, lowest sibling first."""

    row: int
    verdict: str
    authorisation: int | None
    path: list[bytes]


def leaf(row: int, verdict: str, authorisation: int | None) -> bytes:
    """The canonical bytes of one row's verdict; rows count from 1, and leaf `row - 1` is theirs."""
    return encode({"authorisation": authorisation, "row": row, "verdict": verdict})


def hashed(rows: Rows, asked: Sequence[int] = ()) -> tuple[bytes, list[Drawn]]:
    """The root over a chunk, and the asked rows of it. The bytes are those of `leaf`, made without a step between."""
    numbers = range(rows.first, rows.first + len(rows.kinds))
    hashes = [
        sha256(_CITED[kind] % (cited, row) if cited != NONE else _UNCITED[kind] % row).digest()
        for kind, cited, row in zip(rows.kinds.tolist(), rows.ids.tolist(), numbers, strict=True)
    ]
    return _root(hashes), _drawn(rows, hashes, asked) if asked else []


def _root(hashes: list[bytes]) -> bytes:
    """Level by level; a last hash without a neighbour goes up as it is, which is RFC 6962's tree."""
    while len(hashes) > 1:
        last = hashes[-1:] if len(hashes) & 1 else []
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + last
    return hashes[0]


def _drawn(rows: Rows, hashes: list[bytes], asked: Sequence[int]) -> list[Drawn]:
    tree, found = Tree(hashes), []
    for row in asked:
        place = row - rows.first
        cited = int(rows.ids[place])
        path = inclusion_proof(tree.node, place, len(hashes))
        found.append(Drawn(row, KINDS[rows.kinds[place]], None if cited == NONE else cited, path))
    return found
