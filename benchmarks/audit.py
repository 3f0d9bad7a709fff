"""Measure the audit: the engines over one log, beside a bare scan of the same columns in one run, each in a process.

python -m benchmarks.audit                                        # 200,000 subjects, 5 M uses
python -m benchmarks.audit --subjects 2000000 --uses 50000000     # the shape of the aims: 5 M authorisations
python -m benchmarks.audit --subjects 2000000 --uses 500000000 --engine scan --engine kernel   # is it linear?

The log is in no order, in files of up to 50 M uses, all of them drawn anew; 955 uses in 1,000 are covered.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.gate import DATASETS, HEAD, START, YEAR
from gongyue.conduct.grants import Scope
from gongyue.conduct.promise import ACTIONS

SCOPES, PURPOSES, ROW_GROUP = 60, 200, 1 << 20
COVERED = 0.955
PART = 50_000_000
"""Uses in one file."""


def promise_text() -> str:
    """A tree of 200 purposes three children wide, 20 categories, 100 recipients by name."""
    text = HEAD.format(digest="0" * 64)
    for i in range(PURPOSES):
        parent = f'parent = "p{(i - 1) // 3}"\n' if i else ""
        text += f'[[purpose]]\nid = "p{i}"\nzh = "p"\ndpv = "https://w3id.org/dpv#Purpose"\n{parent}'
    text += "".join(f'[[category]]\nid = "k{i:02}"\nzh = "k"\n' for i in range(20))
    text += "".join(f'[[recipient]]\nid = "r{i}"\nzh = "r"\n' for i in range(100))
    return text + "[map.dataset]\n" + "".join(f'"k{a:02}+k{b:02}" = ["k{a:02}", "k{b:02}"]\n' for a, b in DATASETS)


def scopes(rng: random.Random) -> list[Scope]:
    """Sixty scopes, as the gate's benchmark draws them."""
    return [
        Scope(
            frozenset(f"p{rng.randrange(40)}" for _ in range(4)),
            frozenset(f"k{i:02}" for i in range(20) if rng.random() < 0.7),
            frozenset(rng.sample(ACTIONS, 3)) | {"view"},
            frozenset(f"r{i}" for i in range(100) if rng.random() < 0.5),
            frozenset({"SG"} if rng.random() < 0.5 else ()),
        )
        for _ in range(SCOPES)
    ]


def text(codes: np.ndarray, names: list[str | None]) -> pa.DictionaryArray:
    """A dictionary column; the last name may be None, for null."""
    has_null = names[-1] is None
    kept = names[:-1] if has_null else names
    mask = codes == len(kept) if has_null else None
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=mask), pa.array(kept, pa.string()))


class World:
    """Authorisations of `subjects` people and any number of uses of them, from one seed."""

    def __init__(self, subjects: int, seed: int = 8, as_text: bool = False) -> None:
        self.rng, self.subjects, self.as_text = np.random.default_rng(seed), subjects, as_text
        self.scopes = scopes(random.Random(seed))
        each = self.rng.integers(1, 5, subjects)
        self.subject = np.repeat(np.arange(subjects), each)
        n = len(self.subject)
        self.scope = self.rng.integers(0, SCOPES, n)
        self.start = START + self.rng.integers(0, YEAR, n)
        self.end = np.where(self.rng.random(n) < 0.25, self.start + self.rng.integers(1, YEAR, n), -1)
        self.gone = np.where(self.rng.random(n) < 0.125, self.start + self.rng.integers(1, YEAR, n), -1)
        self.samples = np.stack([self._fitting(scope) for scope in self.scopes])

    def _fitting(self, scope: Scope) -> np.ndarray:
        """4,096 uses that fit a scope: (purpose, data set, action, recipient, region) as codes."""
        below = [i for i in range(PURPOSES) if self._above(i) & {int(p[1:]) for p in scope.purposes}]
        within = [j for j, (a, b) in enumerate(DATASETS) if {f"k{a:02}", f"k{b:02}"} <= scope.categories]
        recipients = sorted(int(r[1:]) for r in scope.recipients)
        verbs = [ACTIONS.index(a) for a in sorted(scope.actions) if a != "export" or scope.regions]
        action = np.where(self.rng.random(4096) < 0.3, self.rng.choice(verbs, 4096), 0)
        recipient = np.where(action == 0, 110, self.rng.choice(recipients, 4096))
        region = np.where(action == ACTIONS.index("export"), 0, 1)
        return np.stack([self.rng.choice(below, 4096), self.rng.choice(within, 4096), action, recipient, region])

    @staticmethod
    def _above(purpose: int) -> set[int]:
        line = {purpose}
        while purpose:
            purpose = (purpose - 1) // 3
            line.add(purpose)
        return line

    def authorisations(self, path: Path) -> int:
        """Write them; their number."""
        lists = {
            name: text(self.scope, ["|".join(sorted(getattr(s, name))) for s in self.scopes])
            for name in ("purposes", "categories", "actions", "recipients", "regions")
        }
        n = len(self.subject)
        table = pa.table(
            {"id": np.arange(n), "subject": self._named(self.subject), **lists, "valid_from": self.start,
             "valid_to": pa.array(self.end, mask=self.end < 0), "revoked_at": pa.array(self.gone, mask=self.gone < 0)}
        )  # fmt: skip
        pq.write_table(table, path, row_group_size=ROW_GROUP)
        return n

    def _named(self, subject: np.ndarray) -> pa.Array:
        numbers = pa.array(subject, pa.int64())
        if not self.as_text:
            return numbers
        return pa.array([f"u{n:08x}" for n in subject.tolist()], pa.string())

    def uses(self, path: Path, n: int, sort: bool, number: int = 0) -> None:
        """Write n uses, a row group at a time; each `number` is another draw. There once it is whole."""
        self.rng, half = np.random.default_rng([8, number]), path.with_suffix(".half")
        with pq.ParquetWriter(half, self._uses(8, sort).schema) as writer:
            for done in range(0, n, ROW_GROUP):
                writer.write_table(self._uses(min(ROW_GROUP, n - done), sort), row_group_size=ROW_GROUP)
        half.rename(path)

    def _uses(self, n: int, sort: bool) -> pa.Table:
        rng = self.rng
        chosen = rng.integers(0, len(self.subject), n)
        scope = self.scope[chosen]
        columns = self.samples[scope, :, rng.integers(0, 4096, n)]
        start = self.start[chosen]
        ends = [np.where(e[chosen] < 0, start + YEAR, e[chosen]) for e in (self.end, self.gone)]
        time = start + (rng.random(n) * (np.minimum(*ends) - start)).astype(np.int64)
        subject = self.subject[chosen]
        stray = rng.random(n) >= COVERED
        many = int(stray.sum())
        subject[stray] = rng.integers(0, int(self.subjects * 1.02), many)
        columns[stray] = self.samples[rng.integers(0, SCOPES, many), :, rng.integers(0, 4096, many)]
        time[stray] = START + rng.integers(0, 2 * YEAR, many)
        if sort:
            order = np.argsort(subject)
            columns, time, subject = columns[order], time[order], subject[order]
        return pa.table(
            {
                "time": time,
                "subject": self._named(subject),
                "purpose": text(columns[:, 0], [f"p{i}" for i in range(PURPOSES)]),
                "dataset": text(columns[:, 1], [f"k{a:02}+k{b:02}" for a, b in DATASETS]),
                "action": text(columns[:, 2], list(ACTIONS)),
                "recipient": text(columns[:, 3], [*(f"r{i}" for i in range(110)), None]),
                "region": text(columns[:, 4], ["SG", None]),
            }
        )


ENGINES = ("scan", "kernel", "kernel --out", "duckdb", "duckdb --out")
ONE = """
import json, resource, sys, time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
engine, folder, cite = sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "--out"
paths = [str(folder / name) for name in ("promise.toml", "auth.parquet", "uses")]
marks = []
mark = lambda done: marks.append((time.perf_counter(), time.process_time(), done))
if engine == "scan":
    from gongyue.conduct.auditing.sources import source_of
    parts = source_of(str(folder / "uses")).parts
    names = ["time", "subject", "purpose", "dataset", "action", "recipient", "region"]
    read = lambda part: sum(len(batch) for batch in part.batches(names))
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):  # the second time from memory
            marks, rows = [], 0
            mark(0)
            for found in pool.map(read, parts):
                rows += found
                mark(rows)
    counts = {}
elif sys.argv[3] == "--index":
    from gongyue.conduct.auditing.use_encoder import UseEncoder
    from gongyue.conduct.auditing.engines import engine_of
    from gongyue.conduct.auditing.run_inputs import Request, open_inputs
    mark(0)
    index = open_inputs(Request(*paths), ExitStack()).index
    engine_of(engine, index, UseEncoder(index.promise, index.contents.scopes, index.contents.controllers))
    mark(index.contents.rows)
    counts = {}
else:
    from gongyue.conduct.auditing.run_inputs import Request
    from gongyue.conduct.auditing.audit_run import audit
    request = Request(*paths, engine, folder / "verdicts.parquet" if cite else None)
    found = audit(request, lambda done, total: mark(done))
    counts = found.about["counts"]
rows, tenths = marks[-1][2], [marks[0]]
for one in marks:
    if one[2] >= len(tenths) * rows / 10:
        tenths.append(one)
each = [(b[1] - a[1]) / max(b[2] - a[2], 1) * 1e9 for a, b in zip(tenths, tenths[1:])]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"rows": rows, "seconds": marks[-1][0] - marks[0][0], "cpu": marks[-1][1] - marks[0][1], "peak": peak,
                  "tenths": [each[0], min(each), max(each), each[-1]], "counts": counts}))
"""


def measured(engine: str, folder: Path) -> dict[str, Any]:
    """One engine in a process of its own."""
    name, _, cite = engine.partition(" ")
    ran = subprocess.run(
        [sys.executable, "-c", ONE, name, str(folder), cite], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(f"{engine} ended with {ran.returncode}: {ran.stderr}")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def made(folder: Path, subjects: int, uses: int, sort: bool) -> int:
    """Write promise, authorisations and the log, whatever of them is not there; how many authorisations."""
    log, auth = folder / "uses", folder / "auth.parquet"
    log.mkdir(parents=True, exist_ok=True)
    (folder / "promise.toml").write_text(promise_text(), "utf-8")
    world = World(subjects)
    if not auth.exists():
        world.authorisations(auth)
    for number, first in enumerate(range(0, uses, PART)):
        part = log / f"part-{number:03}.parquet"
        if not part.exists():
            world.uses(part, min(PART, uses - first), sort, number)
    return int(pq.read_metadata(auth).num_rows)


def main() -> None:
    """Make the log, build each engine's index, run it, print rates and ratios to the scan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subjects", type=int, default=200_000)
    parser.add_argument("--uses", type=int, default=5_000_000)
    parser.add_argument("--sorted", action="store_true", help="each row group by subject")
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--dir", type=Path, help="where the log is kept between runs")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.dir or Path(passing)
        n = made(folder, asked.subjects, asked.uses, asked.sorted)
        print(
            f"python {platform.python_version()} · {platform.machine()} · {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} · "
            f"{n:,} authorisations of {asked.subjects:,} subjects · {asked.uses:,} uses"
        )
        small = Path(passing) / "small"
        made(small, 1000, 1000, False)
        for engine in (
            "kernel --out",
            "duckdb",
        ):  # an installation compiles once, at its first audit: that is not measured
            measured(engine, small)
        floor, cores = 0.0, os.cpu_count() or 1
        for engine in asked.engine or ENGINES:
            if engine in {"kernel", "duckdb"}:
                built = measured(f"{engine} --index", folder)
                print(
                    f"  {engine}: its index, built where it is not kept from another run: {built['cpu']:.1f} s of processor,"
                    f" peak {built['peak']:,.0f} MiB"
                )
            found = measured(engine, folder)
            rate, each = found["rows"] / found["seconds"] / 1e6, found["cpu"] / found["rows"] * 1e9
            floor = each if engine == "scan" else floor
            ratio = f" ({each / floor:.1f} × the scan)" if floor else ""
            first, least, most, last = found["tenths"]
            print(
                f"  {engine:<13}{rate:7.2f} M uses/s by the clock · {each:4.0f} ns of processor a use{ratio}, which is"
                f" {cores * 1e3 / each:6.2f} M/s on {cores} free cores · tenths of the log: first {first:.0f}, last {last:.0f},"
                f" least {least:.0f}, most {most:.0f} ns · peak {found['peak']:,.0f} MiB"
            )
    print(f"  {found['counts']}")


if __name__ == "__main__":
    main()
