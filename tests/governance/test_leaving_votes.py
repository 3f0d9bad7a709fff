"""Who is still here at a close (article 22), of those that others withdrew on paper, and whose silence keeps a vote open."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import DAY, day_of, iso, start_of
from gongyue.governance.poll import awaited, still_here
from gongyue.office.routine_acts import close_vote
from support.alliance import Alliance

LEAVES = {"effective": None}
OPENED = "2026-10-12"


def voting(told: str = "") -> Alliance:
    """A vote of six, open since 2026-10-12; four consent and two are against. `told`: of its first key, in April."""
    world = Alliance(members=6, initiators=2).in_force()
    if told:
        told_of_its_key(world, told)
    return world.on(OPENED).vote_open().cast_by(4, 2)


def told_of_its_key(world: Alliance, unit: str) -> Alliance:
    """Two officers record that it was told of the registration of its first key."""
    world.stage.now += 60
    world.tell(
        next(index for index, one in world.inst.papers.items() if (one.holder, one.type) == (unit, "key.register/1"))
    )
    return world


def on_paper(world: Alliance, unit: str) -> int:
    """It is withdrawn by a letter of today."""
    today = iso(day_of(world.stage.now))
    return world.on_paper("membership.withdraw/1", unit, LEAVES, today, today).index


@pytest.mark.parametrize(("off", "gone"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("received", [False, True])
def test_a_leaving_from_paper_counts_where_its_unit_was_told_p18_before_the_end(
    off: int, gone: bool, received: bool
) -> None:
    """Told 3 × 86,400 s before the end, by a notice or by its own receipt, it has left; one second later it is still here."""
    world = voting()
    vote = world.vote()
    world.stage.now = vote.closes - 5 * DAY
    index = on_paper(world, "u:0006")
    world.stage.now = vote.closes - 3 * DAY + off
    if received:
        world.unit("key.receive/1", "u:0006", {"entry": index})
    else:
        world.tell(index)
    assert world.inst.papers[index].told == vote.closes - 3 * DAY + off
    for day in (day_of(vote.closes), day_of(vote.closes) + 9):
        assert ("u:0006" not in still_here(world.inst, world.vote(), day)) == gone


def test_a_leaving_from_paper_takes_nobody_out_before_its_unit_was_told() -> None:
    """Not told: it is still here, whenever it is asked. Told: as was known before that entry it is, with it no more."""
    world = voting()
    index, vote = on_paper(world, "u:0006"), world.vote()
    day = day_of(vote.closes)
    assert "u:0006" in still_here(world.inst, vote, day) and "u:0006" in awaited(world.inst, vote, day)
    told = world.tell(index).index
    for known, here in ((told, True), (told + 1, False), (None, False)):
        assert ("u:0006" in still_here(world.inst, vote, day, known)) == here
        assert ("u:0006" in awaited(world.inst, vote, day, known)) == here


def test_a_member_that_leaves_by_its_own_word_has_left_at_once() -> None:
    """No paper stands between: its leaving in the window's last second counts, and it keeps no vote open.

    Of its first key's registration it was told long before, and can no longer disavow it.
    """
    world = voting(told="u:0006")
    world.stage.now = world.vote().closes - 1
    world.withdraw("u:0006")
    day = day_of(world.vote().closes)
    assert "u:0006" not in still_here(world.inst, world.vote(), day)
    assert "u:0006" not in awaited(world.inst, world.vote(), day)


def test_an_early_close_waits_as_long_as_a_leaving_can_be_disavowed() -> None:
    """A silent unit, withdrawn on paper and told, keeps the window open for its seven days; then the vote may be closed."""
    world = Alliance(members=5).in_force().on(OPENED).vote_open().cast("consent", *[f"u:000{n}" for n in range(1, 5)])
    index = on_paper(world, "u:0005")
    world.stage.now = start_of(day_of(world.stage.now) + 1)
    world.tell(index)
    first = day_of(world.stage.now) + 7
    assert "u:0005" in awaited(world.inst, world.vote(), first - 1)
    assert "u:0005" not in awaited(world.inst, world.vote(), first)
    for _ in range(6):
        world.stage.now += DAY
        world.anchor()
    assert not world.vote().outcome
    with world.refused("GY-22-05"):
        close_vote(world.stage.office, "p:1")
    world.stage.now += DAY
    world.anchor()
    close_vote(world.stage.office, "p:1")
    assert (world.vote().outcome, world.vote().roll_left) == ("adopted", 4)


def test_whoever_was_ended_keeps_the_window_open_and_is_not_counted_at_its_end() -> None:
    """Its ground nobody sees: for the second test it is gone, an early close it does not bring about."""
    world = Alliance(members=5).in_force().on(OPENED).vote_open().cast("consent", *[f"u:000{n}" for n in range(1, 5)])
    world.end("u:0005")
    world.stage.now += DAY
    world.anchor()
    with world.refused("GY-22-05"):
        close_vote(world.stage.office, "p:1")
    world.close()
    assert (world.vote().outcome, world.vote().roll_left) == ("adopted", 4)


def test_whoever_leaves_on_the_day_of_an_early_close_has_left_by_its_entry() -> None:
    """A silent unit gave notice for 2026-10-15. Anchored on the 14th: that day it is awaited; closed on the 15th with the next entry: 4 of 4."""
    world = told_of_its_key(Alliance(members=5).in_force(), "u:0005").on(OPENED).vote_open()
    world.cast("consent", *[f"u:000{n}" for n in range(1, 5)])
    world.withdraw("u:0005", "2026-10-15")
    world.on("2026-10-14").anchor()
    with world.refused("GY-22-05", signed=4, members=5):
        close_vote(world.stage.office, "p:1")
    world.on("2026-10-15")
    close_vote(world.stage.office, "p:1")
    vote = world.vote()
    assert (vote.outcome, vote.consents, vote.consents_left, vote.roll_left, len(vote.roll)) == ("adopted", 4, 4, 4, 5)
    assert world.inst.events[len(world.inst.events) - 1].index == vote.closed_index


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_who_signed_out_with_a_first_key_is_awaited_until_it_was_told_of_it_for_the_delay(off: int) -> None:
    """Untold it is awaited on every day; told of the registration 7 × 86,400 s before a day begins, no more on it; one second later, still."""
    world = voting()
    world.stage.now += 60
    world.withdraw("u:0006")
    vote, day = world.vote(), day_of(world.vote().closes) - 3
    assert "u:0006" in awaited(world.inst, vote, day_of(vote.closes))
    world.stage.now = start_of(day) - 7 * DAY + off - 60
    index = world.inst.size
    told_of_its_key(world, "u:0006")
    assert ("u:0006" in awaited(world.inst, vote, day)) == (off > 0)
    assert "u:0006" in awaited(world.inst, vote, day, index)
    assert "u:0006" not in awaited(world.inst, vote, day + 1) and "u:0006" not in still_here(world.inst, vote, day)
