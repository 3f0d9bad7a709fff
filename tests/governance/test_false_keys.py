"""Ballots signed with a first key that never was its unit's (article 22): they fall with it, and nothing stated before does."""

from __future__ import annotations

import pytest

from attacks.forcing import HOUR, ballot, ended, recorded, verified
from attacks.test_second_look import KEYLESS, OTHERS, keyless, on_paper
from gongyue.covenant.periods import DAY
from gongyue.office.ticking import close_vote, statement, system_act
from support.alliance import Alliance


def stolen() -> tuple[Alliance, int]:
    """Three consent; a first key was invented for a fourth, which "consents" with it; the turnout counts four."""
    world = keyless().vote_open().cast("consent", "u:0001", "u:0002", "u:0003")
    registered = world.register(KEYLESS, "thief").index
    world.stage.now += HOUR
    world.stage.office.handle(ballot(world, KEYLESS, signers=["thief"]))
    world.stage.now += DAY
    world.anchor()
    assert world.vote().turnouts[-1].voted == 4
    return world, registered


def test_a_turnout_stated_before_the_disavowal_stays_lawful() -> None:
    """Four had voted, as far as anybody knew; after the disavowal three; the close is lawful, and says three."""
    world, registered = stolen()
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    world.stage.now += DAY
    world.anchor()
    assert [t.voted for t in world.vote().turnouts][-2:] == [4, 3]
    world.close()
    assert (world.vote().consents, world.vote().outcome) == (3, "rejected")
    assert verified(world).code == 0


def test_a_close_follows_a_turnout_that_knows_of_the_disavowal() -> None:
    """Between the last turnout and the close a first key is disavowed: another turnout comes first, at the next anchor."""
    world, registered = stolen()
    ended(world)
    last = world.vote().turnouts[-1]
    world.stage.now += 60
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert last.voted == 4
    with world.out_of_turn("no-turnout"):
        close_vote(world.stage.office, "p:1")
    world.close()
    assert world.vote().consents == 3


def test_a_disavowal_after_the_close_changes_nothing_that_was_counted() -> None:
    """The vote is over: what is opened counts as it did."""
    world, registered = stolen()
    world.close()
    assert world.vote().consents == 4
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert (world.vote().consents, verified(world).code) == (4, 0)


@pytest.mark.parametrize("consents", [3, 4])
def test_the_close_says_what_is_left(consents: int) -> None:
    """Stated with the thief's ballot it is not the count (GY-22-08)."""
    world, registered = stolen()
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    ended(world)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    recorded(world, system_act(world.stage.office, "vote.close/1", body | {"consents": consents}, files))
    report = verified(world)
    assert (report.code, report.failure and report.failure.code) == ((0, None) if consents == 3 else (3, "GY-22-08"))
