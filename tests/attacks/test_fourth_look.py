"""What a fourth look found, at votes, keys, paper and the institution: books written with all of the office's keys.

Each test says which principle and article it breaks and whom it harms; what is mended bears no mark.
"""

from __future__ import annotations

import pytest

from attacks.forcing import DAY, HOUR, ballot, closed, ended, letter, refused, sealed, today, verified, voting
from attacks.test_second_look import KEYLESS, OTHERS, keyless, on_paper
from gongyue.office.routine_acts import close_vote
from gongyue.transparency import canonical
from support.alliance import SECRETARY, TWO, Alliance, public_of
from support.bases import BRANCH, text_with
from support.sealed import now_reads


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
    body = {
        "name": "回来的单位",
        "code": world.inst.units["u:0005"].code,
        "domestic": True,
        "accepts": True,
        "other": "",
    }
    body |= {"activities": ["vertical"], "key": public_of("u:0005"), "alg": "ed25519"}
    world.grant(world.stage.do("membership.apply/1", "u:0005", body, ["u:0005"]))
    world.on("2026-10-12").vote_open().cast("consent", "u:0001", "u:0002", "u:0003")
    world.told(world.stage.office.handle(ballot(world, "u:0005", paper=letter(world))))
    ended(world)
    assert closed(world)["paper_consents"] == 1 and verified(world).code == 0


# -- votes: who is on the roll of a branch, whose silence keeps a vote open


def branch_vote(unit: str = "u:0006") -> tuple[Alliance, int]:
    """Of six members three declared the annex's branch, which alone has a vote; a unit was "withdrawn" just before it opened."""
    world = Alliance(members=6, initiators=2, text=text_with(consent=BRANCH)).in_force().on("2026-05-06")
    for number in (1, 2, 3):
        world.unit("membership.declare/1", f"u:000{number}", {"activities": ["vertical"], "other": ""})
    world.unit("membership.declare/1", "u:0006", {"activities": ["research"], "other": ""})
    world.initiate_annex(scope=["vertical"])
    world.stage.now += HOUR
    index = on_paper(world, "membership.withdraw/1", unit, {"effective": None})
    world.open_vote("a:health").stage.now += 60
    return world, index


def test_a_friend_outside_the_branch_does_not_come_onto_its_roll_by_way_of_a_disavowal() -> None:
    """The branch alone decides (art. 24): 2 of 3 consent, no; with a friend that is none of it, whose withdrawal was invented for a
    minute and disavowed, it would be 3 of 4."""
    world, index = branch_vote()
    world.unit("key.disavow/1", "u:0006", {"entry": index})
    assert set(world.vote("a:health").roll) == {"u:0001", "u:0002", "u:0003"}
    with world.refused("GY-22-04", unit="u:0006", roll=3):
        world.cast("consent", "u:0006", matter="a:health")


def test_a_unit_of_the_branch_comes_onto_its_roll_as_if_it_had_never_left() -> None:
    """Of the three one was "withdrawn" before the opening: two are on the roll, and once it disavowed that three."""
    world, index = branch_vote("u:0003")
    assert set(world.vote("a:health").roll) == {"u:0001", "u:0002"}
    world.unit("key.disavow/1", "u:0003", {"entry": index})
    vote = world.vote("a:health")
    assert set(vote.roll) == set(vote.branch) == {"u:0001", "u:0002", "u:0003"}
    world.cast("consent", "u:0003", matter="a:health")


def test_nobody_declares_a_branch_while_it_has_left() -> None:
    """A roll that is frozen follows no later declaration (art. 24): declared after the vote was opened, then the withdrawal disavowed."""
    world, index = branch_vote()
    with world.out_of_turn("not-member"):
        world.unit("membership.declare/1", "u:0006", {"activities": ["vertical"], "other": ""})
    world.unit("key.disavow/1", "u:0006", {"entry": index})
    assert "u:0006" not in world.vote("a:health").roll
    world.unit("membership.declare/1", "u:0006", {"activities": ["vertical"], "other": ""})
    assert "u:0006" not in world.vote("a:health").roll


@pytest.mark.parametrize("how", ["enrolment", "first key"])
def test_a_vote_is_closed_on_its_second_day_by_disavowing_an_enrolment(how: str) -> None:
    """The window is the members' (art. 22, P6): the silent unit was enrolled from its paper, or signed that with its first key; two
    officers invent the letter by which it never joined, and "every member has signed"."""
    if how == "enrolment":
        world = keyless()
        entry = next(index for index, one in world.inst.papers.items() if one.holder == KEYLESS)
    else:
        world = Alliance(members=5).published().on("2026-04-01")
        world.invite(60)
        entry = world.register(KEYLESS).index
        world.stage.now += 60
        world.unit("membership.enrol/1", KEYLESS, {"accepts": True, "activities": ["analysis"], "other": ""})
        world.appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-10-12")
    world.vote_open().cast("consent", *[f"u:000{n}" for n in range(1, 6)])
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": entry}, OTHERS)
    assert KEYLESS not in world.inst.members
    event = world.inst.events[len(world.inst.events) - 1]
    assert (event.unit, event.what, event.notice) == (KEYLESS, "left", -1)
    world.stage.now += DAY
    world.anchor()
    with world.refused("GY-22-05", signed=5, members=6):
        close_vote(world.stage.office, "p:1")
    world.close()
    assert world.vote().roll_left == 5


# -- members: what was invented one upon another


@pytest.mark.parametrize("first", ["withdrawal", "enrolment"])
def test_whoever_was_withdrawn_and_enrolled_again_on_invented_paper_never_left(first: str) -> None:
    """Members vote (art. 22, 23). A withdrawal is invented, the vote opens without its unit, an enrolment is invented after it; the unit
    disavows both, in either order: a member since its first day, on the roll, and here for both tests: 3 of 4 and 3 of 4, adopted."""
    world = Alliance(members=4, initiators=2).published().on("2026-04-01")
    for unit in world.roll[2:]:
        world.stage.now += 60
        world.enrol(unit)
    world.stage.now += DAY
    unit = world.roll[3]
    since = world.inst.members[unit]
    forged = {"withdrawal": on_paper(world, "membership.withdraw/1", unit, {"effective": None})}
    world.stage.now += DAY
    world.proposed().open_vote()
    world.stage.now += DAY
    body = {"accepts": True, "activities": ["analysis"], "other": ""}
    forged["enrolment"] = on_paper(world, "membership.enrol/1", unit, body)
    world.stage.now += DAY
    for name in (first, *({"withdrawal", "enrolment"} - {first})):
        world.unit("key.disavow/1", unit, {"entry": forged[name]})
    assert (world.inst.members[unit], world.inst.units[unit].since, world.inst.units[unit].status) == (
        since,
        since,
        "member",
    )
    world.cast("consent", world.roll[0], world.roll[1], unit).close()
    vote = world.vote()
    assert (len(vote.roll), vote.consents, vote.consents_left, vote.roll_left) == (4, 3, 3, 4)
    told = [event.what for event in world.inst.events.values() if event.unit == unit]
    assert told == ["joined", "undone", "joined", "undone"][: 3 if first == "withdrawal" else 4]
    assert verified(world).code == 0


def test_what_a_member_did_before_its_present_membership_stays_as_it_was() -> None:
    """It joined, left by its own word and joined again; an invented notice, disavowed, leaves it a member since it joined again."""
    world = Alliance(members=3, initiators=2).published().on("2026-04-01")
    unit = world.roll[2]
    for act in (world.enrol, world.withdraw, world.enrol):
        world.stage.now += DAY
        act(unit)
    since = world.inst.members[unit]
    world.stage.now += DAY
    index = on_paper(world, "membership.withdraw/1", unit, {"effective": None})
    world.stage.now += DAY
    world.unit("key.disavow/1", unit, {"entry": index})
    assert (world.inst.members[unit], world.inst.units[unit].changed) == (since, index - 1)
    told = [event.what for event in world.inst.events.values() if event.unit == unit]
    assert told == ["joined", "left", "joined", "undone"]


def test_a_notice_of_a_membership_that_never_was_is_disavowed_in_vain() -> None:
    """Enrolled, then withdrawn as of a later day, both invented: with the enrolment the notice is gone, and nothing is restored."""
    world = Alliance(members=3, initiators=2).published().on("2026-04-01")
    unit = world.roll[2]
    enrolled = on_paper(world, "membership.enrol/1", unit, {"accepts": True, "activities": ["analysis"], "other": ""})
    world.stage.now += 60
    notice = on_paper(world, "membership.withdraw/1", unit, {"effective": "2026-04-03"})
    for entry in (enrolled, notice):
        world.stage.now += 60
        world.unit("key.disavow/1", unit, {"entry": entry})
        assert unit not in world.inst.members and world.inst.units[unit].status == "left"
    world.on("2026-04-05").enrol(unit)
    assert unit in world.inst.members and verified(world).code == 0


# -- keys: what a first key signs before its unit was told of it


def registered_to_leave(told: bool) -> Alliance:
    """Five of six have consented; a first key is invented for the silent one, and gives notice at once."""
    world = keyless().vote_open().cast("consent", *[f"u:000{n}" for n in range(1, 6)])
    world.stage.now += HOUR
    registered = world.register(KEYLESS, "thief")
    if told:
        world.tell(registered)
    world.stage.now += 60
    world.stage.do("membership.withdraw/1", KEYLESS, {"effective": None}, ["thief"])
    assert KEYLESS not in world.inst.members
    return world


def test_a_vote_is_closed_on_its_second_day_by_a_first_key_that_gives_notice() -> None:
    """The window is the members' (art. 22, P6): "every member that is left has signed", and the unit had a day to disavow the key. Told of it
    that day it is awaited for the seven days in which it can; untold, to the end."""
    for told in (False, True):
        world = registered_to_leave(told)
        for _ in range(1, 8):
            world.stage.now += DAY
            world.anchor()
            with world.refused("GY-22-05", signed=5, members=6):
                close_vote(world.stage.office, "p:1")
        world.stage.now += DAY
        world.anchor()
        if told:
            close_vote(world.stage.office, "p:1")
            assert (world.vote().outcome, world.vote().roll_left) == ("adopted", 5) and verified(world).code == 0
        else:
            with world.refused("GY-22-05", signed=5, members=6):
                close_vote(world.stage.office, "p:1")


def test_a_stolen_key_that_was_revoked_brings_no_new_one_by_an_application_said_to_be_older() -> None:
    """Nobody takes over a key (art. 5): a unit left, and ended the key that was stolen; the thief signs an application with it that
    "arrived" an hour before that, of the same slot, and brings a key of his own. At the grant the ended key speaks for nobody."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    unit = "u:0005"
    world.add_key(unit, "stolen")
    world.withdraw(unit)
    world.stage.now += HOUR
    arrived, size, view = world.stage.now, world.inst.size, world.stage.office.view()
    world.stage.now += HOUR
    world.unit("key.revoke/1", unit, {"key": public_of("stolen")})
    body = {"name": "回来的单位5", "code": world.inst.units[unit].code, "domestic": True, "accepts": True, "other": ""}
    body |= {"activities": ["vertical"], "key": public_of("thief"), "alg": "ed25519"}
    forged = world.stage.signed("membership.apply/1", unit, body, ["stolen"], at=arrived, view=view)
    line = sealed(world, forged, arrived, size)
    world.stage.now += HOUR
    world.anchor()
    line = now_reads(world.stage.office, line)
    with world.refused("GY-05-05"):
        world.executive("membership.grant/1", {"application": canonical.digest(line)}, [SECRETARY], line)
    assert public_of("thief") not in world.inst.keys
