"""The Merkle root over a file of verdicts, and proofs of the rows asked for: one pass, every core, bounded memory.

Held at one time: a few chunks, and 32 bytes for every 65,536 rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np

from gongyue.conduct.attesting.leaves import CHUNK, Drawn, Rows, hashed
from gongyue.conduct.attesting.verdictfile import chunks, count
from gongyue.conduct.compiling import cores
from gongyue.conduct.verdict import KINDS
from gongyue.transparency.merkle import Tree, inclusion_proof

Progress = Callable[[int, int], None]
_Done = tuple[Rows, tuple[bytes, list[Drawn]]]


class Hashed(msgspec.Struct, frozen=True):
    """Root (32 bytes), rows, counts by verdict, and the rows asked for with their whole paths."""

    root: bytes
    rows: int
    counts: dict[str, int]
    drawn: list[Drawn]


def hash_verdicts(path: Path, asked: Sequence[int] = (), progress: Progress = lambda done, total: None) -> Hashed:
    """Hash the whole file; `asked`: row numbers, ascending. BadInput if the file is not whole."""
    total, rows = count(path), 0
    tree, kinds = Tree(), np.zeros(len(KINDS), np.int64)
    drawn: list[Drawn] = []
    for chunk, (root, found) in _hashes(path, asked):
        tree.append(root)
        kinds += np.bincount(chunk.kinds, minlength=len(KINDS))
        rows += len(chunk.kinds)
        drawn += found
        progress(rows, total)
    whole = [one._replace(path=one.path + _above(tree, one.row)) for one in drawn]
    counts = {kind: int(n) for kind, n in zip(KINDS, kinds, strict=True) if n}
    return Hashed(tree.root(), rows, counts, whole)


def _above(tree: Tree, row: int) -> list[bytes]:
    """The path from a chunk's root to the whole tree's: chunks are leaves there, the last one as it is."""
    return inclusion_proof(tree.node, (row - 1) // CHUNK, tree.size)


def _hashes(path: Path, asked: Sequence[int]) -> Iterator[_Done]:
    workers = cores()
    waiting: deque[tuple[Rows, Future[tuple[bytes, list[Drawn]]]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for chunk in chunks(path):
            waiting.append((chunk, pool.submit(hashed, chunk, _within(chunk, asked))))
            if len(waiting) > 2 * workers:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def _within(chunk: Rows, asked: Sequence[int]) -> Sequence[int]:
    return asked[bisect_left(asked, chunk.first) : bisect_left(asked, chunk.first + len(chunk.kinds))]
