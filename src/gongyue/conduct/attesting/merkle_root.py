"""The root over a file of verdicts, and proofs of the rows asked for: one pass, every core, bounded memory.

Held at one time: a few chunks, and a node for every 65,536 rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from gongyue.conduct.attesting.leaves import CHUNK, Drawn, Rows, hashed
from gongyue.conduct.attesting.sumtree import Node, counts_by_name, levels, siblings
from gongyue.conduct.attesting.verdictfile import chunks, count
from gongyue.conduct.jit import cores

Progress = Callable[[int, int], None]
_Done = tuple[Rows, tuple[Node, list[Drawn]]]


def silent(done: int, total: int) -> None:
    """Progress that nobody is told of."""


class Hashed(msgspec.Struct, frozen=True):
    """Root (32 bytes), rows, the counts it commits to, and the rows asked for with their whole paths."""

    root: bytes
    rows: int
    counts: dict[str, int]
    drawn: list[Drawn]


def hash_verdicts(path: Path, asked: Sequence[int] = (), progress: Progress = silent) -> Hashed:
    """Hash the whole file; `asked`: row numbers, ascending. BadInput if the file is not whole."""
    total, rows = count(path), 0
    roots: list[Node] = []
    drawn: list[Drawn] = []
    for chunk, (root, found) in _hashes(path, asked):
        roots.append(root)
        rows += len(chunk.kinds)
        drawn += found
        progress(rows, total)
    tree = levels(roots)
    (root,) = tree[-1]
    return Hashed(root.hash, rows, counts_by_name(root.counts), [_whole(one, tree) for one in drawn])


def _whole(one: Drawn, tree: list[Sequence[Node]]) -> Drawn:
    """With the path from its chunk's root to the whole tree's: chunks are leaves there, the last one as it is."""
    above = siblings((one.row - 1) // CHUNK, len(tree[0]))
    return one._replace(path=[*one.path, *(tree[level][at] for level, at in above)])


def _hashes(path: Path, asked: Sequence[int]) -> Iterator[_Done]:
    workers = cores()
    waiting: deque[tuple[Rows, Future[tuple[Node, list[Drawn]]]]] = deque()
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
