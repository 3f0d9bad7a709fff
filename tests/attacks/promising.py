"""A process whose children promise and anchor until they are killed, and print each promise once they have it."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

from benchmarks.world import unit

from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.routine_acts import tick
from gongyue.office.store import open_store
from tests.support.mortal import fork, say

HALF = 43_200


def promise_for_ever(url: str, folder: str, members: int) -> None:
    """Two questions, half a day, an anchor where one is due; and again."""
    stage = SimulatedOffice(open_store(url), Path(folder) / "guard.json")
    stage._drawn = int.from_bytes(os.urandom(6), "big")  # nonces of this life differ from the last one's
    last = stage.office.store.sealed_numbered(stage.office.store.arrivals())
    arrived = 0 if last is None else int(last.promise.split(b"\n")[3])
    stage.leap(max(stage.inst.now, arrived) + 1)
    turn = 0
    while True:
        question = {"article": 8, "question": "sha256:" + os.urandom(32).hex()}
        receipt = stage.unit("interpretation.ask/1", unit(turn % members + 1), question)
        say(f"{receipt.commitment} {base64.b64encode(receipt.proof).decode()}")
        turn += 1
        if turn % 2 == 0:
            stage.leap(stage._now + HALF)
            tick(stage.office)


if __name__ == "__main__":
    fork(lambda: promise_for_ever(sys.argv[1], sys.argv[2], int(sys.argv[3])))
