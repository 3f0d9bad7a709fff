"""How fast is a root over verdicts, and in how much memory? `python -m benchmarks.attest [--rows 100000000]`.

Writes verdicts as an audit does, then hashes them with proofs of 300 rows; the floor is reading the same columns.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from gongyue.conduct.attesting.drawing import challenge
from gongyue.conduct.attesting.hashing import hash_verdicts
from gongyue.conduct.attesting.verdictfile import chunks
from gongyue.conduct.auditing.kernel import Judged
from gongyue.conduct.auditing.writing import FORM, batch_of, writer
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


def main() -> None:
    """Write, read, hash; rows a second and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verdicts.parquet"
        write(path, rows)
        asked = challenge("sha256:" + "0" * 64, rows, "benchmark", 300).rows
        begun = time.perf_counter()
        for _ in chunks(path):
            pass
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        found = hash_verdicts(path, asked)
        took = time.perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"{rows:,} rows, root {found.root.hex()[:16]}…, {len(found.drawn)} proofs")
    print(
        f"read {rows / read:,.0f}/s · root and proofs {rows / took:,.0f}/s ({took:.1f} s) · largest process {peak:,.0f} MiB"
    )


if __name__ == "__main__":
    main()
