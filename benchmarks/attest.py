"""How fast is a root over verdicts, and in how much memory? `python -m benchmarks.attest [--rows 100000000]`.

Writes verdicts as an audit does, then hashes them with proofs of 300 rows. Beside it in the same run: reading the same
columns, and hashing the same leaves one by one by the library.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np

from gongyue.conduct.attesting.leaves import CHUNK, NONE, Rows, hashed
from gongyue.conduct.attesting.merkle_root import hash_verdicts
from gongyue.conduct.attesting.sampling import challenge
from gongyue.conduct.attesting.sumtree import NARROW, NARROW_RECORD, ROOM, leaf, read
from gongyue.conduct.attesting.verdictfile import chunks
from gongyue.conduct.auditing.kernel_arrays import Judged
from gongyue.conduct.auditing.verdict_writer import FORM, batch_of, writer
from gongyue.conduct.verdict import KINDS

BLOCK = 1 << 20


def write(path: Path, rows: int) -> None:
    """Verdicts like an audit's: 97 % OK, 5 million authorisations."""
    rng = np.random.default_rng(8)
    with writer(path, {"form": FORM}) as out:
        for first in range(1, rows + 1, BLOCK):
            n = min(BLOCK, rows - first + 1)
            judged = Judged(n)
            judged.kind = np.where(rng.random(n) < 0.97, 0, rng.integers(0, len(KINDS), n)).astype(np.uint8)
            judged.nearest = np.where(rng.random(n) < 0.99, rng.integers(0, 5_000_000, n), -1)
            out.write_batch(batch_of(judged, first))


def texts(rows: Rows) -> list[tuple[bytes, bytes]]:
    """The leaves of a chunk, and what each counts."""
    cited = [None if id == NONE else id for id in rows.ids.tolist()]
    ones = [bytes(kind) + b"\1" + bytes(ROOM - 1 - kind) for kind in range(len(KINDS))]
    leaves = enumerate(zip(rows.kinds.tolist(), cited, strict=True), rows.first)
    return [(b"\0" + leaf(row, KINDS[kind], id), ones[kind]) for row, (kind, id) in leaves]


def by_library(leaves: list[tuple[bytes, bytes]]) -> bytes:
    """The root over a chunk that is full, as a record; a call for each leaf and node."""
    records = [sha256(text).digest() + one for text, one in leaves]
    while len(records) > 1:
        if len(records[0]) == NARROW_RECORD and sum(records[0][32:]) * 2 > NARROW:
            records = [record[:32] + b"".join(bytes(7) + bytes([n]) for n in record[32:]) for record in records]
        records = [joined(left, right) for left, right in zip(records[::2], records[1::2], strict=True)]
    return records[0]


def joined(left: bytes, right: bytes) -> bytes:
    """The record above two: as no count is carried into the next, they are added as one number."""
    total = int.from_bytes(left[32:], "big") + int.from_bytes(right[32:], "big")
    return sha256(b"\1" + left + right).digest() + total.to_bytes(len(left) - 32, "big")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(seconds by the clock, seconds of processor time of all threads)."""
    begun, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - spent


def main() -> None:
    """Write, read, hash; rows a second and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    print(f"python {platform.python_version()} · {platform.machine()} · {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} · "
          f"{rows:,} rows of verdicts, proofs of 300")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verdicts.parquet"
        write(path, rows)
        asked = challenge("sha256:" + "0" * 64, rows, "benchmark", min(300, rows)).rows
        few = [chunk for chunk in islice(chunks(path), 4) if len(chunk.kinds) == CHUNK]
        leaves = [texts(chunk) for chunk in few]
        assert [read(by_library(some)) for some in leaves] == [hashed(chunk)[0] for chunk in few], "they differ"
        library, alone = (timed(work)[1] / (len(few) * CHUNK) for work in (
            lambda: [by_library(some) for some in leaves], lambda: [hashed(chunk) for chunk in few]))  # fmt: skip
        columns = timed(lambda: [None for _ in chunks(path)])
        took = timed(lambda: hash_verdicts(path, asked))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ns, m = 1e9 / rows, rows / 1e6
    told = (
        ("node by node, hashes by the library, of leaves ready made", library * 1e9, ""),
        (
            "the same eight at a time, compiled, with making the leaves",
            alone * 1e9,
            f" · {library / alone:.1f} × as fast",
        ),
        ("reading the columns", columns[1] * ns, f" · {m / columns[0]:.2f} M rows/s by the clock"),
        (
            "reading, root and proofs",
            took[1] * ns,
            f" · {m / took[0]:.2f} M rows/s by the clock, {took[0]:.0f} s in all",
        ),
    )
    for what, each, more in told:
        print(f"  {what:<60}{each:7,.0f} ns of processor a row{more}")
    print(f"  largest memory of the process {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
