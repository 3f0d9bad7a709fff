"""Acts that wait for a commit: one thread records for all that wait, whoever is recorded leaves."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import msgspec
import pytest

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.office.office import BadSignature
from gongyue.web import installation
from gongyue.web.api.group_commit import _Line
from support.alliance import Alliance
from support.passkey import Passkey


class Slow:
    """An office that keeps its first group waiting until it is told to go on."""

    def __init__(self) -> None:
        self.groups: list[int] = []
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.failing = False

    def handle_all(self, acts: Sequence[SignedAct]) -> list[Receipt]:
        self.groups.append(len(acts))
        self.begun.set()
        assert self.go_on.wait(10)
        if self.failing:
            raise OSError("disk full")
        return [Receipt("open", cast("int", act.act["n"]), "", 0, b"") for act in acts]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    """That office in place of the installation's."""
    office = Slow()
    monkeypatch.setattr(installation, "office", lambda: office)
    return office


def handing_in(line: _Line, numbers: Sequence[int], found: dict[int, Any]) -> list[threading.Thread]:
    """Threads that hand in an act each; what becomes of it goes into `found`."""

    def hand_in(number: int) -> None:
        try:
            found[number] = line.handle(SignedAct({"n": number})).index
        except OSError as error:
            found[number] = str(error)

    threads = [threading.Thread(target=hand_in, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    return threads


def waiting(line: _Line, count: int) -> None:
    """Wait until that many wait in line."""
    end = time.monotonic() + 10
    while len(line._waiting) < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def gathered(line: _Line, slow: Slow) -> dict[int, Any]:
    """One act is being recorded; three more come; then the office goes on."""
    found: dict[int, Any] = {}
    threads = handing_in(line, [1], found)
    assert slow.begun.wait(10)
    threads += handing_in(line, [2, 3, 4], found)
    waiting(line, 3)
    slow.go_on.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    return found


def test_hostile_acts_beside_honest_ones_spoil_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: 64 members' acts handed in while four threads hand in passkeys' data nested 30,000 deep: 64 recorded."""
    stage, key = Alliance(members=64).in_force().stage, Passkey()
    unit = "u:{:04d}".format
    stage.unit("key.add/1", unit(1), {"key": key.id, "alg": "webauthn"})
    monkeypatch.setattr(installation, "office", lambda: stage.office)
    declared = {"activities": ["analysis"], "other": ""}
    honest = [stage.signed("membership.declare/1", unit(n), declared, [unit(n)]) for n in range(1, 65)]
    deep = base64.urlsafe_b64encode(b"[" * 30_000).rstrip(b"=").decode()
    hostile = key.sign(msgspec.structs.replace(honest[0], act=honest[0].act | {"seq": 1}, sigs=()))
    hostile = msgspec.structs.replace(hostile, sigs=(msgspec.structs.replace(hostile.sigs[0], cd=deep),))
    line, done = _Line(), threading.Event()
    refused: list[BaseException] = []
    size = stage.inst.size

    def attack() -> None:
        while not done.is_set():
            try:
                line.handle(hostile)
            except BadSignature as error:
                refused.append(error)

    attackers = [threading.Thread(target=attack) for _ in range(4)]
    for thread in attackers:
        thread.start()
    with ThreadPoolExecutor(64) as pool:
        receipts = list(pool.map(line.handle, honest))
    done.set()
    for thread in attackers:
        thread.join(10)
        assert not thread.is_alive()
    assert len({receipt.index for receipt in receipts}) == 64 and stage.inst.size == size + 64
    assert len(refused) >= 4


def test_who_comes_while_one_records_is_recorded_together(slow: Slow) -> None:
    """Expected: a group of one, then a group of three, each with its own receipt."""
    assert gathered(_Line(), slow) == {1: 1, 2: 2, 3: 3, 4: 4}
    assert slow.groups == [1, 3]


def test_a_commit_that_fails_is_said_to_everybody_in_it_and_the_line_goes_on(slow: Slow) -> None:
    """Expected: nobody waits for ever; what is handed in once the disk has room again is recorded."""
    line = _Line()
    slow.failing = True
    assert gathered(line, slow) == dict.fromkeys((1, 2, 3, 4), "disk full")
    slow.failing = False
    assert line.handle(SignedAct({"n": 5})).index == 5
