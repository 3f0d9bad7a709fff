"""Votes whose ballots only members see, an early close, notices to leave, paper dated before what it answers, support."""

from __future__ import annotations

from typing import Any

import pytest

from attacks.forcing import DAY, HOUR, closed, ended, letter, recorded, scene, today, voting
from attacks.forcing import refused as is_refused
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import day_of, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.office.routine_acts import close_vote, system_act
from support.alliance import Alliance, public_of

NOTHING = "sha256:" + "7" * 64
ENROL = {"accepts": True, "activities": ["analysis"], "other": ""}


def members_only() -> Alliance:
    """A vote of five whose ballots only members see."""
    return voting(vote__ballots="members")


@pytest.mark.parametrize(
    ("voted", "stated"),
    [
        (
            1,
            {"consents": 5, "consents_left": 5, "voted_left": 5, "outcome": "adopted"},
        ),  # five voted, of which one by the last turnout
        (5, {"consents_left": 0, "voted_left": 0, "outcome": "rejected"}),  # nobody left, and no consenter remains
    ],
    ids=["turnout", "left"],
)
def test_a_count_that_the_book_itself_contradicts(voted: int, stated: dict[str, Any]) -> None:
    """Article 22: without the openings a close is checked against what the book says of the same anchor and roll."""
    world = members_only().cast_by(voted)
    ended(world)
    closed(world, False, **stated)
    is_refused(world, "GY-22-08")


def test_more_consenters_remain_than_members() -> None:
    """Article 22: five consent, one of them leaves: 5 of the 4 that remain."""
    world = members_only().cast_by(5)
    world.withdraw("u:0005")
    ended(world)
    scene(closed(world, False, consents_left=5, voted_left=5)["roll_left"] == 4)
    is_refused(world, "GY-22-08")


def test_an_early_close_of_a_vote_in_which_nobody_voted() -> None:
    """Article 22: on the second day, with a turnout of 0 stated at that very anchor, 5 : 0 is closed early."""
    world = members_only()
    world.stage.now += DAY
    world.anchor()
    counts = {"consents": 5, "against": 0, "abstain": 0, "paper_consents": 0, "paper_against": 0, "paper_abstain": 0}
    body = {"matter": "p:1", "anchor": world.inst.anchors[-1].slot, "ballots": "", "handed": NOTHING}
    body |= counts | {"consents_left": 5, "voted_left": 5, "roll_left": 5, "outcome": "adopted"}
    recorded(world, system_act(world.stage.office, "vote.close/1", body, {}))
    is_refused(world)


def test_a_departure_on_the_day_of_an_early_close() -> None:
    """Article 22, test (b): two of 25 consenters leave that day by their own notices; the close is the day's first act: 25/37 for 23/35."""
    world = Alliance(members=37).in_force().on("2026-10-12").vote_open().cast_by(25, 12)
    leaving = iso(day_of(world.stage.now) + 1)
    world.withdraw("u:0001", leaving)
    world.withdraw("u:0002", leaving)
    world.stage.now += HOUR
    world.anchor()
    world.stage.now += DAY
    close_vote(world.stage.office, "p:1")
    vote = world.vote()
    assert (vote.consents_left, vote.roll_left, vote.outcome) == (23, 35, "rejected")


def test_paper_puts_off_a_signed_notice_to_leave() -> None:
    """Article 23: signed to leave on 05-20; a forged paper notice says 2999: it is still a member. Paper is weaker than a signature."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    world.withdraw("u:0003", "2026-05-20")
    with world.out_of_turn("already"):
        world.on_paper("membership.withdraw/1", "u:0003", {"effective": "2999-01-01"}, today(world), today(world))


@pytest.mark.parametrize("effective", [None, "2999-01-01"])
def test_a_signed_notice_to_leave_outlives_a_forged_one(effective: str | None) -> None:
    """Article 23: no forged paper notice takes its place, and the unit leaves on the day it signed for."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    world.withdraw("u:0003", "2026-05-20")
    with world.out_of_turn("already"):
        world.on_paper("membership.withdraw/1", "u:0003", {"effective": effective}, today(world), today(world))
    world.on("2026-05-25").invite(101)
    assert "u:0003" not in world.inst.members


def test_a_notice_to_leave_older_than_the_membership() -> None:
    """Article 23: left on 01-02, joined on 04-01: a letter from before (or of an earlier membership) ends this one."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    with pytest.raises(OutOfTurn, match="past-date"):
        world.on_paper("membership.withdraw/1", "u:0006", {"effective": None}, "2026-01-02", "2026-01-02")


def test_a_member_since_before_there_was_a_covenant() -> None:
    """Articles 21, 23: enrolled from a paper of 2025-06-01; the covenant took effect on 2026-03-09."""
    world = Alliance(members=5).published().on("2026-04-01")
    with pytest.raises(OutOfTurn, match="past-date"):
        world.on_paper("membership.enrol/1", "u:0006", ENROL, "2025-06-01", "2025-06-01")


def test_support_on_paper_of_a_unit_that_was_no_member() -> None:
    """Article 22: the support is dated and arrived before its unit was admitted."""
    world = Alliance(members=11).in_force().on("2026-10-12")
    world.initiate()
    before = today(world)
    world.stage.now += DAY
    world.grant(world.apply(50))
    unit = world.inst.by_code[fictional_code(50)]
    with world.out_of_turn("past-date", at=before):
        world.on_paper("amendment.support/1", unit, {"proposal": "p:1"}, before, before)


def test_a_supporter_that_left_and_came_back() -> None:
    """domain art. 23: an unfiled proposal loses the supporter that leaves; back again it is counted without having said so."""
    world = Alliance(members=11).in_force().on("2026-10-12")
    world.grant(world.apply(50))
    unit = world.inst.by_code[fictional_code(50)]
    world.compare(unit)
    world.initiate()
    world.support(unit).withdraw(unit)
    world.stage.now += DAY
    world.tick()
    world.grant(world.apply(50))
    recorded(world, world.stage.signed("amendment.file/1", "u:0001", {"proposal": "p:1"}, ["u:0001"]))
    is_refused(world, "GY-22-01")


def test_a_unit_without_a_key_disavows_a_paper_ballot_on_paper() -> None:
    """Recorded by two officers who did not record what it disavows."""
    others = ("o:a", "o:b")
    world = Alliance(members=5).in_force().on("2026-09-20").appoint("o:a", "clerk").appoint("o:b", "secretary")
    world.on("2026-10-12").vote_open()
    world.unit("key.revoke/1", "u:0005", {"key": public_of("u:0005"), "last": True})
    world.stage.now += 60
    world.told(
        world.on_paper("vote.ballot/1", "u:0005", {"vote": "p:1", "choice": "consent"}, today(world), today(world))
    )
    world.stage.do("vote.disavow/1", "u:0005", {"vote": "p:1"}, others, paper=letter(world))
    assert closed(ended(world))["consents"] == 0


def test_without_a_notice_a_disavowal_stays_open() -> None:
    """A withdrawal was invented and nobody told its unit; eight days later it still disavows."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    forged = world.on_paper("membership.withdraw/1", "u:0005", {"effective": None}, today(world), today(world))
    world.stage.now += 8 * DAY
    world.unit("key.disavow/1", "u:0005", {"entry": forged.index})


def test_a_unit_disavows_whatever_was_recorded_in_its_name_from_paper() -> None:
    """Any act: it was enrolled by an invented paper, and disavows it."""
    world = Alliance(members=5).published().on("2026-04-01")
    forged = world.on_paper("membership.enrol/1", "u:0006", ENROL, today(world), today(world))
    world.unit("key.disavow/1", "u:0006", {"entry": forged.index})
