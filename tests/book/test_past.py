"""How the institution stood earlier: asked for at any size, in any order, it is what folding the book up to there gives."""

from __future__ import annotations

import random

import pytest

from gongyue.book import sealed_judgement
from gongyue.book.entry import decode
from gongyue.book.replay import Replay
from gongyue.book.sealed_judgement import Past
from gongyue.governance.institution import Institution
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN
from support.published import story


def _folded() -> list[Institution]:
    """The institution after each number of acts, folded from the first."""
    store, found = story().stage.office.store, [Institution()]
    replay = Replay(StoreSources(store)).recorded()
    for leaf in store.leaves(OPEN, 0, story().inst.size):
        replay.add(decode(leaf))
        found.append(replay.inst)
    return found


@pytest.mark.parametrize("most", [1, 3, sealed_judgement.MOST_MARKS])
def test_it_stood_as_folding_says_wherever_it_is_asked_for(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forwards, backwards and at random, with few and with many marks; also after the acts beyond some size were undone."""
    monkeypatch.setattr(sealed_judgement, "MOST_MARKS", most)
    folded, chance, past = _folded(), random.Random(most), Past()
    present, sizes = Replay(StoreSources(story().stage.office.store), folded[-1]), range(1, len(folded) - 1)
    for size in (*sizes, *reversed(sizes), *chance.choices(sizes, k=200)):
        assert past._institution(present, size) == folded[size]
        assert len(past._marks) <= most
        if chance.random() < 0.1:
            past.forget(undone := chance.choice(sizes))
            assert all(at <= undone for at in past._marks)
            assert past._behind is None or past._behind.inst.size <= undone


def test_it_is_folded_again_from_near_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it has come by, fewer than sixteen acts are folded for any size."""
    past, present = Past(), Replay(StoreSources(story().stage.office.store), _folded()[-1])
    past._institution(present, present.inst.size - 1)
    read: list[int] = []
    monkeypatch.setattr(Replay, "add", lambda replay, leaf, add=Replay.add: read.append(1) or add(replay, leaf))
    for size in (50, 17, 90, 3, 64):
        read.clear()
        past._institution(present, size)
        assert len(read) < 16, size


def test_marks_lie_twice_as_far_apart_whenever_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three at most: first at every sixteenth act, then at every 32nd, 64th and so on; all of those are kept."""
    monkeypatch.setattr(sealed_judgement, "MOST_MARKS", 3)
    past, last = Past(), story().inst.size - 1
    past._institution(Replay(StoreSources(story().stage.office.store), _folded()[-1]), last)
    apart = next(16 * 2**n for n in range(20) if last // (16 * 2**n) <= 3)
    assert apart > 16
    assert list(past._marks) == list(range(apart, last + 1, apart))
