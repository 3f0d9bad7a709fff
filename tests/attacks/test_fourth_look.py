"""What a fourth look found, at votes, keys, paper and the institution: books written with all of the office's keys.

Each test says which principle and article it breaks and whom it harms; what is mended bears no mark.
"""

from __future__ import annotations

import pytest

from attacks.forcing import DAY, HOUR, ballot, closed, ended, letter, refused, sealed, today, verified, voting
from support.alliance import TWO, Alliance, public_of


def without_anchors(world: Alliance, days: int) -> None:
    """The office records open acts and anchors nothing: overdue, and not unlawful."""
    for number in range(200, 200 + days // 2):
        world.stage.leap(world.stage.now + 2 * DAY)
        world.invite(number)


# -- votes: a ballot on paper of a unit that has left


@pytest.mark.parametrize("how", ["withdrew", "ended", "on a day it stated"])
@pytest.mark.parametrize("days", [0, 16])
def test_a_ballot_on_paper_anchored_after_its_unit_left_does_not_count(how: str, days: int) -> None:
    """Members vote (art. 22, 23): it leaves at 12:00, and a ballot on paper is invented that "arrived" at 11:00, of the same slot, or of one
    of 16 days in which nothing was anchored. Before its anchor nobody but the office has seen it: it never counts."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.stage.now += HOUR
    world.anchor()
    world.stage.now += HOUR
    arrived, size, day = world.stage.now, world.inst.size, today(world)
    forged = ballot(world, "u:0005", paper=letter(world))
    world.stage.now += HOUR
    if how == "ended":
        world.end("u:0005")
    else:
        world.unit("membership.withdraw/1", "u:0005", {"effective": None if how == "withdrew" else "2026-10-13"})
    world.stage.now += DAY
    without_anchors(world, days)
    line = sealed(world, forged, arrived, size)
    told = {"vote": "p:1", "of": world.commitment(line), "way": "letter", "day": day}
    sealed(world, world.stage.signed("vote.notify/1", "exec", told, TWO))
    world.anchor()
    ended(world)
    assert "u:0005" not in world.inst.members
    closed(world, consents=4, paper_consents=1)
    refused(world, "GY-22-08")


def test_a_ballot_on_paper_anchored_before_its_unit_left_counts() -> None:
    """What it cast before counts as the first test says: 3 signed, 1 on paper of 5 on the roll; 3 of the 4 that are left."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.told(world.stage.office.handle(ballot(world, "u:0005", paper=letter(world))))
    world.anchor()
    world.stage.now += DAY
    world.withdraw("u:0005")
    ended(world)
    stated = closed(world)
    assert (stated["consents"], stated["paper_consents"], stated["consents_left"], stated["roll_left"]) == (4, 1, 3, 4)
    assert verified(world).code == 0


def test_a_ballot_on_paper_counts_where_the_leaving_was_disavowed() -> None:
    """An invented withdrawal, recorded between a true ballot on paper and its anchor, takes nothing from its unit once it disavows it."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.told(world.stage.office.handle(ballot(world, "u:0005", paper=letter(world))))
    world.stage.now += HOUR
    index = world.on_paper("membership.withdraw/1", "u:0005", {"effective": None}, today(world), today(world)).index
    world.anchor()
    world.stage.now += DAY
    world.unit("key.disavow/1", "u:0005", {"entry": index})
    ended(world)
    assert closed(world)["paper_consents"] == 1 and verified(world).code == 0


def test_whoever_left_before_the_vote_and_came_back_votes_on_paper() -> None:
    """A leaving before the roll froze is none of the vote's: back before it opened, its ballot on paper counts."""
    world = Alliance(members=5).in_force().on("2026-10-01")
    world.withdraw("u:0005")
    world.stage.now += DAY
    body = {"name": "单位", "code": world.inst.units["u:0005"].code, "domestic": True, "accepts": True, "other": ""}
    body |= {"activities": ["vertical"], "key": public_of("u:0005"), "alg": "ed25519"}
    world.grant(world.stage.do("membership.apply/1", "u:0005", body, ["u:0005"]))
    world.on("2026-10-12").vote_open().cast("consent", "u:0001", "u:0002", "u:0003")
    world.told(world.stage.office.handle(ballot(world, "u:0005", paper=letter(world))))
    ended(world)
    assert closed(world)["paper_consents"] == 1 and verified(world).code == 0
