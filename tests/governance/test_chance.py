"""Random stories: whatever is handed in, the office and verify agree, and nothing but refusals ever escapes."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest

from gongyue.book.entry import Malformed, decode
from gongyue.book.replay import Replay
from gongyue.book.sources import Tampered
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance import snapshot
from gongyue.governance.institution import Institution
from gongyue.office.office import BadSignature
from gongyue.office.publishing import publish
from gongyue.office.store import OPEN
from gongyue.verifying.locations import open_place
from gongyue.verifying.verify import Request, verify
from support.alliance import Alliance
from support.chance import Chance

ANSWERS = (Refused, OutOfTurn, Malformed, BadSignature, Tampered)


def situation(seed: int) -> Alliance:
    world = Alliance(members=4 + seed % 3, initiators=2)
    match seed % 12:
        case 0:
            return world.drafted()
        case 1:
            return world.frozen()
        case 2:
            return world.submitted()
        case 3:
            return world.adopted()
        case 4 | 5 | 6 | 7:
            return world.in_force()
        case _:
            world.in_force().vote_open()
            world.initiate_annex("a:1")
            return world


def play(seed: int, steps: int) -> tuple[Alliance, Counter[str], dict[int, Institution]]:
    """A random story; returns what was answered and the institution after every size."""
    world = situation(seed)
    chance = Chance(world, seed)
    answers: Counter[str] = Counter()
    states = {world.inst.size: world.inst}
    for n in range(steps):
        world.stage.now += chance.random.choice((0, 0, 1, 60, 3600, 86_400, 86_400 * 9)) - (n % 97 == 96) * 7200
        if n % 10 == 9:
            chance.lines()
        try:
            if chance.random.random() < 0.08:
                world.tick()
            else:
                world.stage.office.handle(chance.act())
            answers["recorded"] += 1
        except ANSWERS as error:
            answers[
                type(error).__name__
                if isinstance(error, (Malformed, BadSignature, Tampered))
                else error.refusal["code"]
            ] += 1
        states[world.inst.size] = world.inst
    return world, answers, states


def agree(world: Alliance, states: dict[int, Institution]) -> None:
    """A fold of the leaves alone gives the office's institution at every size, and the published book verifies."""
    replay = Replay(world.stage.office._sources)
    for size, data in enumerate(world.stage.office.store.leaves(OPEN, 0, world.inst.size), 1):
        replay.add(decode(data))
        if size in states:
            assert replay.inst == states[size], size
    assert snapshot.load(snapshot.dump(replay.inst)) == world.inst
    if not world.inst.in_force:
        return
    with tempfile.TemporaryDirectory() as folder:
        publish(world.stage.office, Path(folder))
        report, _ = verify(open_place(folder), Request(world.stage.office.keys.open.verifier.vkey))
        assert report.code == 0, report.failure
        assert report.size == world.inst.size


@pytest.mark.short
@pytest.mark.parametrize("seed", range(12))
def test_office_and_verify_agree_on_every_prefix_of_a_random_story(seed: int) -> None:
    """120 random acts: whatever is recorded is lawful to the last verifier too."""
    world, answers, states = play(seed, 120)
    assert answers["recorded"]
    agree(world, states)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_office_and_verify_agree_on_long_random_stories(seed: int) -> None:
    """400 random acts."""
    world, answers, states = play(seed, 400)
    assert answers["recorded"]
    agree(world, states)
