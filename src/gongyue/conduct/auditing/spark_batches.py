"""The kernel on the executors of Spark: batches of coded uses in, their verdicts out, over a packed ledger that all of them reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from gongyue.conduct.auditing.columns import subjects
from gongyue.conduct.auditing.index import packed_in
from gongyue.conduct.auditing.kernel import judged
from gongyue.conduct.auditing.kernel_arrays import Coded
from gongyue.conduct.auditing.packed_ledger import Packed
from gongyue.conduct.auditing.use_encoder import EncoderTables

CODES = ("purpose", "touch", "way")
CODED = ("row", "time", "subject", "state", *CODES)
"""What it takes, as `pushdown` stages and codes it."""
TOLD = "row bigint, kind smallint, nearest bigint, failed smallint, of_terms boolean, time bigint, purpose int, touch int, way int"
"""What it gives."""
BATCH = 1 << 16
"""Rows in a batch."""
Judging = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def batch_judge(folder: Path, seed: int, held: EncoderTables) -> Judging:
    """What an executor does with its batches; `folder`: the packed ledger, by the same path everywhere."""

    def told(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield _judged(batch, _packed(folder), seed, held)

    return told


@cache
def _packed(folder: Path) -> Packed:
    """Read once by each process."""
    return packed_in(folder)


def _judged(batch: pa.RecordBatch, packed: Packed, seed: int, held: EncoderTables) -> pa.RecordBatch:
    whose = subjects(batch.column("subject"), seed)
    time, state = (batch.column(name).to_numpy() for name in ("time", "state"))
    codes = [np.maximum(batch.column(name).to_numpy(), 0) for name in CODES]
    found = judged(packed, held, Coded(time, whose.low, whose.high, state.astype(np.uint8), *codes), cite=True)
    said = {
        "row": batch.column("row"),
        "kind": found.kind.astype(np.int16),
        "nearest": pa.array(found.nearest, mask=found.nearest < 0),
        "failed": found.failed.astype(np.int16),
        "of_terms": found.of_terms.astype(np.bool_),
        **{name: batch.column(name) for name in ("time", *CODES)},
    }
    return pa.record_batch({name: pa.array(column) for name, column in said.items()})
