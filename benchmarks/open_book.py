"""Measure the open book: durable acts, replay, full verification. Advisory; every figure beside a baseline of the same run.

python -m benchmarks.open_book handle            # durable acts through office.handle, singly and grouped
python -m benchmarks.open_book verify -n 1000000 # replay, full and incremental verification of a stated mix
python -m benchmarks.open_book help              # start of the command line
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import NamedTuple

from benchmarks.world import ANNEX, Drafter, Made, found, peak_memory, unit
from gongyue.book.entry import SIGNING_PREFIX, Leaf, SignedAct, decode
from gongyue.book.replay import Replay
from gongyue.book.signing import Job, job, verify
from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.publishing import publish
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN, Store, open_store
from gongyue.transparency import checkpoint, merkle, tiles
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request
from gongyue.verifying.verify import verify as verify_book

MIX = "7 in 10 activity declarations, 3 in 10 signing or leaving an annex, 1 signature each; views every 256 acts"


def acts(members: int) -> Iterator[Made]:
    """The mix, for ever."""
    declared = ({"activities": ["analysis"], "other": ""}, {"activities": ["analysis", "research"], "other": ""})
    for n in count():
        actor = unit(n % members + 1)
        turn = n // members
        if n % 10 < 3:
            yield f"annex.{('sign', 'leave')[turn % 2]}/1", actor, {"annex": ANNEX}, [actor], None
        else:
            yield "membership.declare/1", actor, declared[turn % 2], [actor], None


class Taken(NamedTuple):
    """How long something took: seconds by the wall, and of this program's processor time, which load hardly changes."""

    wall: float
    cpu: float


def timed(action: Callable[[], object]) -> Taken:
    """How long it takes."""
    gc.collect()
    begun, worked = time.perf_counter(), time.process_time()
    action()
    return Taken(time.perf_counter() - begun, time.process_time() - worked)


def show(what: str, figure: str, baseline: str = "") -> None:
    """One line of the report."""
    print(f"{what:<66} {figure:>16}  {baseline}".rstrip(), flush=True)


def handle(folder: Path, members: int, number: int) -> None:
    """Durable acts through the office, against bare commits of the same bytes to the same store."""
    stage = SimulatedOffice(open_store(str(folder / "book.db"), create=True), folder / "guard.json")
    found(stage, members)
    made = acts(members)
    bare = _bare_commits(folder, number)
    for size in (1, 32):
        drafter = Drafter(stage)
        ready = [drafter.signed(next(made)) for _ in range(number)]
        groups = [ready[i : i + size] for i in range(0, number, size)]
        check = _check_alone(ready)
        taken = timed(lambda groups=groups: [stage.office.handle_all(g) for g in groups])
        rate, cpu = number / taken.wall, taken.cpu / number
        show(
            f"durable acts through office.handle, {size} to a commit",
            f"{rate:,.0f} acts/s",
            f"{rate / bare:.2f} × bare single commits; {cpu * 1e6:,.0f} µs CPU an act, {cpu / check:.1f} × its signature check",
        )
    show("bare single commits of 700 bytes to the same disk (baseline)", f"{bare:,.0f}/s")


def _check_alone(acts: list[SignedAct]) -> float:
    """Processor seconds of one signature check."""
    jobs = [job(sig, SIGNING_PREFIX + act.act_bytes) for act in acts[:1_000] for sig in act.sigs]
    return timed(lambda: all(map(verify, jobs))).cpu / len(jobs)


def _bare_commits(folder: Path, number: int) -> float:
    import pysqlite3.dbapi2 as sqlite

    connection = sqlite.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, b BLOB)")
    row = os.urandom(700)
    taken = timed(lambda: [connection.execute("INSERT INTO t (b) VALUES (?)", (row,)) for _ in range(number)])
    connection.close()
    return number / taken.wall


class Builder:
    """Writes a large lawful book quickly: the same `step` and signatures, without a database."""

    def __init__(self, stage: SimulatedOffice, store: Store) -> None:
        self.stage = stage
        head = store.head(OPEN)
        assert head is not None
        self.leaves = list(store.leaves(OPEN, 0, head.size))
        self.tree = merkle.Tree(merkle.leaf_hash(leaf) for leaf in self.leaves)
        self.replay = Replay(_Kept(StoreSources(store), self), stage.inst)

    def grow(self, made: Iterator[Made], size: int) -> None:
        """Append acts until the book has that many."""
        while self.tree.size < size:
            drafter = Drafter(self.stage)
            drafter.inst = self.replay.inst
            drafter.view = type(drafter.view)("sha256:" + self.tree.root().hex(), self.tree.size)
            for _ in range(min(256, size - self.tree.size)):
                data = drafter.signed(next(made)).received(self.stage.now)
                self.replay.add(decode(data))
                self.leaves.append(data)
                self.tree.append(merkle.leaf_hash(data))

    def publish(self, folder: Path, old: int) -> None:
        """Write the book as it now is."""
        tiles.publish(folder, lambda a, b: self.leaves[a:b], self.tree.node, old, self.tree.size)
        signer = self.stage.office.keys.open
        note = checkpoint.sign(Checkpoint(signer.verifier.name, self.tree.size, self.tree.root()), signer)
        (folder / "checkpoint").write_bytes(note)


class _Kept(StoreSources):
    def __init__(self, sources: StoreSources, builder: Builder) -> None:
        super().__init__(sources.store)
        self.builder = builder

    def leaf(self, index: int) -> bytes | None:
        return self.builder.leaves[index]

    def root(self, size: int) -> str | None:
        return "sha256:" + merkle.root(self.builder.tree.node, size).hex()


def verification(folder: Path, members: int, number: int, more: int = 1000) -> None:
    """Replay without signatures, full verification against bare signature checks, then `more` new acts."""
    stage = SimulatedOffice(open_store(str(folder / "book.db"), create=True), folder / "guard.json")
    found(stage, members)
    public, made = folder / "public", acts(members)
    publish(stage.office, public)
    builder = Builder(stage, stage.office.store)
    start = builder.tree.size
    taken = timed(lambda: builder.grow(made, number))
    builder.publish(public, start)
    print(f"the mix: {MIX}")
    show(f"building {number:,} acts", f"{taken.wall:,.0f} s")
    sample = builder.leaves[start : start + 200_000]
    bare, count = _bare_signatures(sample[:40_000])
    _replay(builder, start, sample, bare.cpu / count)
    bare = Taken(bare.wall * number / count, bare.cpu * number / count)
    show(
        f"bare signature checks of {number:,} acts on all cores (baseline)",
        f"{bare.wall:,.1f} s",
        f"{number / bare.wall:,.0f}/s; {bare.cpu * 1e6 / number:,.0f} µs CPU an act",
    )
    before = builder.tree.size
    builder.leaves, leaves = builder.leaves[:0], builder.leaves
    state = _verify_apart(public, stage.office.keys.open.verifier.vkey, number, bare)
    builder.leaves = leaves
    builder.grow(made, number + more)
    builder.publish(public, before)
    times = [
        timed(
            lambda: verify_book(open_place(str(public)), Request(stage.office.keys.open.verifier.vkey, state=state))
        ).wall
        for _ in range(5)
    ]
    show(f"verify {more:,} new acts from a saved state (median of 5)", f"{statistics.median(times):.3f} s")


def _replay(builder: Builder, start: int, sample: list[bytes], check: float) -> None:
    """Step over decoded acts, and decode them; `check`: processor seconds of one signature check."""
    decoded: list[Leaf] = [decode(data) for data in sample]
    sources = builder.replay.sources
    fresh = Replay(sources)
    for data in builder.leaves[:start]:
        fresh.add(decode(data))
    gc.disable()
    fold = timed(lambda: [fresh.add(leaf) for leaf in decoded])
    read = timed(lambda: [decode(data) for data in sample])
    gc.enable()
    for what, taken in (
        ("replay without signatures (step over decoded acts)", fold),
        ("decoding and canonical form, which come on top", read),
    ):
        cpu = taken.cpu / len(sample)
        figures = f"{cpu * 1e6:,.1f} µs CPU an act, {cpu / check:.2f} × its signature check"
        show(what, f"{len(sample) / taken.wall:,.0f} acts/s", figures)


def _bare_signatures(sample: list[bytes]) -> tuple[Taken, int]:
    """How long the signatures alone take on all cores, and of how many acts."""
    jobs = [job(sig, leaf.signed) for leaf in map(decode, sample) for sig in leaf.entry.sigs]
    cores = os.cpu_count() or 1
    parts = [jobs[i::cores] for i in range(cores)]

    def check(part: list[Job]) -> bool:
        return all(verify(j) for j in part)

    with ThreadPoolExecutor(cores) as pool:
        return timed(lambda: list(pool.map(check, parts))), len(sample)


def _verify_apart(public: Path, vkey: str, number: int, bare: Taken) -> bytes:
    """In a process of its own, so that its peak memory is its own."""
    state = public.parent / "state"
    command = [sys.executable, "-m", "benchmarks.open_book", "one", str(public), vkey, str(state)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, cpu, megabytes = map(float, done.stdout.split())
    ratios = f"{wall / bare.wall:.2f} × bare signature checks by the wall, {cpu / bare.cpu:.2f} × by CPU"
    show(f"full verify of {number:,} acts", f"{wall:,.1f} s", ratios)
    show("  its peak memory", f"{megabytes:,.0f} MiB")
    return state.read_bytes()


def one(public: str, vkey: str, state: str) -> None:
    """Verify once; print seconds by the wall and of the processor, and peak MiB."""
    found = []
    taken = timed(lambda: found.append(verify_book(open_place(public), Request(vkey))))
    report, kept = found[0]
    assert report.code == 0 and kept is not None, report.failure
    Path(state).write_bytes(kept)
    print(taken.wall, taken.cpu, peak_memory())


def command_line() -> None:
    """Start of `gongyue --help`, against a bare interpreter."""
    commands = {
        "gongyue --help": ["-c", "from gongyue.cli.main import main; main()", "--help"],
        "bare interpreter (baseline)": ["-c", "pass"],
    }
    for name, arguments in commands.items():
        runs = [
            timed(lambda a=arguments: subprocess.run([sys.executable, *a], check=True, capture_output=True)).wall
            for _ in range(11)
        ]
        show(f"{name} (median of 11)", f"{statistics.median(runs) * 1000:,.0f} ms")


def main() -> None:
    """Choose what to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["handle", "verify", "help", "one"])
    parser.add_argument("rest", nargs="*")
    parser.add_argument("-n", type=int, default=0, help="acts (default 5,000 for handle, 1,000,000 for verify)")
    parser.add_argument("--members", type=int, default=1_000)
    given = parser.parse_args()
    if given.what == "one":
        one(*given.rest)
        return
    if given.what == "help":
        command_line()
        return
    with tempfile.TemporaryDirectory(dir=".") as folder:
        if given.what == "handle":
            handle(Path(folder), given.members, given.n or 5_000)
        else:
            verification(Path(folder), given.members, given.n or 1_000_000)


if __name__ == "__main__":
    main()
