"""Files of verdicts as an audit writes them, from lists of rows."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gongyue.conduct.attesting.merkle_root import Hashed
from gongyue.conduct.auditing.kernel_arrays import Judged
from gongyue.conduct.auditing.verdict_writer import FORM, batch_of, writer
from gongyue.conduct.verdict import KINDS

Row = tuple[str, int | None]
"""(verdict, authorisation)."""
ROWS: list[Row] = [
    ("OK", 7),
    ("NO_AUTH", None),
    ("STATUTORY", 3),
    ("OK", 7),
    ("WITHDRAWN", 9),
    ("OK", 1),
    ("UNPARSED", None),
]


def about(rows: Sequence[Row], **changed: Any) -> dict[str, Any]:
    """What the file says of its run."""
    said = {"form": FORM, "tool": "gongyue 0.1.0", "engine": "kernel", "promise": "sha256:" + "a" * 64,
            "authorisations": {"digest": "sha256:" + "b" * 64, "rows": 9, "unread": 0, "withdrawals": "column"},
            "uses": {"digest": "sha256:" + "c" * 64, "rows": len(rows)}, "counts": dict(Counter(kind for kind, _ in rows)),
            "period": {"first": "2026-09-01T00:00:00Z", "last": "2026-09-30T12:00:00Z"}}  # fmt: skip
    return said | changed


def write(path: Path, rows: Sequence[Row], first: int = 1, group: int = 3, **changed: Any) -> Path:
    """The file, a few rows a row group."""
    judged = Judged(len(rows))
    judged.kind = np.array([KINDS.index(kind) for kind, _ in rows], np.uint8)
    judged.nearest = np.array([-1 if cited is None else cited for _, cited in rows], np.int64)
    with writer(path, about(rows, **changed)) as out:
        out.write_batch(batch_of(judged, first), row_group_size=group)
    return path


def write_many(path: Path, rows: int, block: int = 1 << 18) -> Path:
    """So many rows, all of them OK, written without holding them."""
    with writer(path, about([], counts={"OK": rows})) as out:
        for first in range(1, rows + 1, block):
            judged = Judged(min(block, rows - first + 1))
            judged.nearest = np.arange(first, first + len(judged.kind))
            out.write_batch(batch_of(judged, first))
    return path


def tree(rows: Sequence[Row]) -> tuple[bytes, list[int]]:
    """The root and its counts from the words of the documentation alone: what every shortcut has to equal."""
    return _tree(list(enumerate(rows, 1))) if rows else (hashlib.sha256(b"").digest(), [0] * 14)


def _tree(rows: list[tuple[int, Row]]) -> tuple[bytes, list[int]]:
    if len(rows) == 1:
        ((row, (kind, cited)),) = rows
        text = json.dumps({"authorisation": cited, "row": row, "verdict": kind}, separators=(",", ":"))
        return hashlib.sha256(b"\0" + text.encode()).digest(), [int(one == kind) for one in KINDS]
    cut, width = 1 << (len(rows) - 1).bit_length() - 1, 1 if len(rows) <= 128 else 8
    sides = [_tree(rows[:cut]), _tree(rows[cut:])]
    records = [of + b"".join(n.to_bytes(width, "big") for n in [*counts, 0, 0]) for of, counts in sides]
    sums = [sum(both) for both in zip(*(counts for _, counts in sides), strict=True)]
    return hashlib.sha256(b"\1" + b"".join(records)).digest(), sums


def same(found: Hashed, rows: Sequence[Row]) -> bool:
    """Whether root, rows and counts are those of the rows."""
    root, counts = tree(rows)
    assert {kind: n for kind, n in zip(KINDS, counts, strict=True) if n} == Counter(kind for kind, _ in rows)
    return (found.root, found.rows, found.counts) == (root, len(rows), dict(Counter(kind for kind, _ in rows)))
