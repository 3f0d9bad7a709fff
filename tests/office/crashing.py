"""A process whose children record acts until they are killed, and print each receipt once they have it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.world import unit

from gongyue.demo.simulated_office import SimulatedOffice, beijing
from gongyue.office import office
from gongyue.office.store import open_store
from tests.support.mortal import fork, say

office.WORTH_SAVING = 100  # snapshots are kept while others die: who is born folds some hundred acts and not thousands


def record_for_ever(url: str, folder: str, members: int) -> None:
    """One act after another, by one member after another."""
    stage = SimulatedOffice(open_store(url), Path(folder) / "guard.json")
    stage._drawn = int.from_bytes(os.urandom(6), "big")  # nonces of this life differ from the last one's
    stage.now = max(beijing("2026-04-22 10:00"), stage.inst.now)
    turn = 0
    while True:
        actor = unit(turn % members + 1)
        if turn % 5 == 4:
            body = {"article": 8, "question": "sha256:" + os.urandom(32).hex()}
            receipt = stage.unit("interpretation.ask/1", actor, body)
        else:
            receipt = stage.unit("membership.declare/1", actor, {"activities": ["analysis"], "other": ""})
        say(f"{receipt.book} {receipt.name} {receipt.act}")
        turn += 1


if __name__ == "__main__":
    fork(lambda: record_for_ever(sys.argv[1], sys.argv[2], int(sys.argv[3])))
