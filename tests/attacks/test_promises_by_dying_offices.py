"""SIGKILL of an office between promise and anchor: every promise that left it is kept, and its file says what is owed."""

from __future__ import annotations

import base64
import os
import random
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks.world import found

from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.fork_guard import Forked, ForkGuard
from gongyue.office.routine_acts import tick
from gongyue.office.store import open_store
from gongyue.sealing.commitment import commitment_of
from support.mortal import mortal
from support.published import published_by_force, run
from tests.office.test_office_crash import url

__all__ = ["url"]  # the two stores
MEMBERS, DAY = 6, 86_400
KILLS = int(os.environ.get("GONGYUE_KILLS", "25"))
"""How many offices die on each store; more where they are asked for."""


@pytest.mark.slow(20)
def test_every_promise_of_an_office_killed_before_its_anchor_is_kept(url: str, tmp_path: Path) -> None:
    """After each SIGKILL the office opens; after one more anchor the book holds every promise given, once, exit 0."""
    store = open_store(url, create=True)
    stage = SimulatedOffice(store, tmp_path / "guard.json")
    found(stage, MEMBERS)
    stage.now += DAY
    tick(stage.office)
    stage.office.guard.close()
    store.close()
    rng, promised = random.Random(27), dict[str, bytes]()
    with mortal("tests.attacks.promising", url, tmp_path, MEMBERS) as process:
        for _ in range(KILLS):
            for line in process.live(rng.uniform(0.0, 0.15)):
                commitment, note = line.split()
                promised[commitment] = base64.b64decode(note)
    assert len(promised) >= KILLS
    again = SimulatedOffice(open_store(url), tmp_path / "guard.json")
    owed = [line for path in tmp_path.glob("promised-*.txt") for line in path.read_text("ascii").splitlines()]
    pending = {one.commitment for one in again.office.store.pending()}
    assert pending & set(promised) <= set(owed)
    again.leap(max(again.inst.now, *(int(note.split(b"\n")[3]) for note in promised.values())) + DAY)
    tick(again.office)
    head = again.office.store.head("sealed")
    assert head is not None and not list(again.office.store.pending())
    leaves = [commitment_of(leaf) for leaf in again.office.store.leaves("sealed", 0, head.size)]
    assert len(set(leaves)) == len(leaves) and promised.keys() <= set(leaves)
    receipts = tuple(promised.items())
    world = SimpleNamespace(stage=again)
    report, _ = run(published_by_force(world), world=world, receipts=receipts)  # type: ignore[arg-type]
    assert (report.code, report.failure) == (0, None)
    again.office.guard.close()
    again.office.store.close()


def test_the_file_of_promises_deleted_cut_short_or_another_offices(tmp_path: Path) -> None:
    """Deleted: the book still anchors what it has. Cut short, whatever follows: each whole commitment counts. Another's: no start."""
    store = open_store(f"sqlite:{tmp_path / 'book.db'}", create=True)
    stage = SimulatedOffice(store, tmp_path / "guard.json")
    found(stage, MEMBERS)
    stage.now += DAY
    tick(stage.office)
    question = {"article": 8, "question": "sha256:" + "11" * 32}
    mine = stage.unit("interpretation.ask/1", stage.inst.members and min(stage.inst.members), question).commitment
    (path,) = tmp_path.glob("promised-*.txt")
    guard, foreign = ForkGuard(tmp_path / "guard.json"), "sha256:" + "ab" * 32
    for text in (
        "",
        mine[:20],
        f"{mine}\n",
        f"{mine[:20]}{mine}\n",
        f"{mine}\n{foreign[:40]}",
        "\0" * 512 + f"{mine}\n",
        "密\n",
    ):
        path.write_text(text, "utf-8")
        guard.check(store)
    for text in (
        f"{foreign}\n",
        f"{mine}\n{foreign}\n",
        f"{mine[:20]}{foreign}\n{mine}\n",
        "\0" * 512 + f"{foreign}\n",
        f"{foreign}\r\n",
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(Forked, match=foreign):
            guard.check(store)
    path.unlink()
    guard.check(store)
    stage.now += DAY
    tick(stage.office)
    head = store.head("sealed")
    assert head is not None and mine in [commitment_of(leaf) for leaf in store.leaves("sealed", 0, head.size)]
    guard.close()
    stage.office.guard.close()
    store.close()
