"""What an office keeps back, or dates as it likes, brings no unit in and puts none out (articles 23, 24)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import DAY, day_of, from_iso, iso
from gongyue.demo.simulated_office import public_of, seed_of
from gongyue.office.routine_acts import statement, system_act
from gongyue.sealing.commitment import commitment_of
from support.alliance import CLERK, FIRST, NOBODY, TWO, Alliance, paper
from support.published import forced, forced_sealed, published_by_force, run
from support.sealed import sealed_openings

SPARE = "spare"


def caught(world: Alliance, act: SignedAct, code: str) -> None:
    """The office refuses it; written by force, verify does, under the same code."""
    with world.out_of_turn(code):
        world.stage.office.handle(act)
    index = forced(world, act)
    report, _ = run(published_by_force(world), world=world)
    assert report.failure is not None
    assert (report.code, report.failure.index, report.failure.code) == (3, index, f"out-of-turn/{code}")


def two_keys(world: Alliance) -> Alliance:
    """甲 has a second key: what it signs with one shows no gap where an act signed with the other is missing."""
    world.unit("key.add/1", FIRST, {"key": public_of(SPARE), "alg": "ed25519"})
    return world


def test_a_notice_kept_back_until_the_unit_came_back_puts_it_out_no_more() -> None:
    """Left by another notice, admitted again; signed before that, unseen. A new notice is effective at once."""
    world = two_keys(Alliance(members=5).in_force().on("2026-05-06"))
    kept = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [FIRST])
    world.stage.do("membership.withdraw/1", FIRST, {"effective": None}, [SPARE])
    world.grant(world.apply(1, actor=FIRST))
    caught(world, kept, "unseen")
    world = two_keys(Alliance(members=5).in_force().on("2026-05-06"))
    world.withdraw(FIRST)
    world.grant(world.apply(1, actor=FIRST))
    world.withdraw(FIRST)
    assert FIRST not in world.inst.members


def test_a_declaration_of_the_first_batch_kept_back_until_the_unit_left_brings_it_back_no_more() -> None:
    """Joined and left with another key; the declaration signed before is unseen, one signed since brings it back."""
    world = Alliance(members=5, initiators=2).published()
    unit, body = world.later, {"accepts": True, "activities": ["analysis"], "other": ""}
    world.unit("key.add/1", unit, {"key": public_of(SPARE), "alg": "ed25519"})
    kept = world.stage.signed("membership.enrol/1", unit, body, [unit])
    world.stage.do("membership.enrol/1", unit, body, [SPARE])
    world.stage.do("membership.withdraw/1", unit, {"effective": None}, [SPARE])
    caught(world, kept, "unseen")
    world = Alliance(members=5, initiators=2).in_force()
    world.enrol(world.left)
    assert world.left in world.inst.members


@pytest.mark.parametrize(("arrived", "since"), [("2026-03-08", None), ("2026-03-09", "2026-03-09"), ("2026-03-10", "2026-03-10")])  # fmt: skip
def test_no_declaration_on_paper_arrived_before_the_covenant_took_effect(arrived: str, since: str | None) -> None:
    """In effect from 2026-03-09: arrived the day before, past-date; else a member since it arrived."""
    world = Alliance(members=5, initiators=2).published()
    unit, body = world.later, {"accepts": True, "activities": ["analysis"], "other": ""}
    if since is None:
        with world.out_of_turn("past-date", at=arrived, since="2026-03-09"):
            world.on_paper("membership.enrol/1", unit, body, arrived, arrived)
        return
    world.on_paper("membership.enrol/1", unit, body, "2026-03-01", arrived)  # dated earlier, which it may be
    assert world.inst.units[unit].since == from_iso(since)


@pytest.mark.parametrize(("arrived", "left"), [("2026-03-31", False), ("2026-04-01", True), ("2026-04-02", True)])
def test_no_notice_on_paper_is_from_before_the_unit_joined(arrived: str, left: bool) -> None:
    """A member since 2026-04-01: dated the day before, past-date; on that day or later, it has left since."""
    world = Alliance(members=5, initiators=2).in_force()
    if left:
        world.on_paper("membership.withdraw/1", world.later, {"effective": None}, "2026-04-01", arrived)
        assert world.later not in world.inst.members
        return
    with world.out_of_turn("past-date", at=arrived, since="2026-04-01"):
        world.on_paper("membership.withdraw/1", world.later, {"effective": None}, arrived, arrived)


@pytest.mark.parametrize(("days", "signed"), [(-1, False), (0, True), (1, True)])
def test_no_signature_on_paper_arrived_before_its_annex_was_published(days: int, signed: bool) -> None:
    """Nobody is bound by an annex from a day before there was one; from its publication on, since the paper arrived."""
    world = Alliance(members=5).in_force().on("2026-05-06").annexed()
    published = world.inst.annexes["a:health"].published_day
    assert published is not None
    world.stage.now += 2 * DAY
    arrived = iso(published + days)
    if signed:
        world.on_paper("annex.sign/1", FIRST, {"annex": "a:health"}, arrived, arrived)
        assert world.inst.annexes["a:health"].signers[FIRST] == published + days
        return
    with world.out_of_turn("past-date", at=arrived, since=iso(published)):
        world.on_paper("annex.sign/1", FIRST, {"annex": "a:health"}, arrived, arrived)


def after_the_window(world: Alliance) -> None:
    """The window ends and is anchored; the office does not close the vote for three days, and anchors each."""
    world.after_window().anchor()
    for _ in range(3):
        world.stage.now += DAY
        world.anchor()


def closed_by_force(world: Alliance) -> tuple[int, str]:
    """The next day's anchor, and the close: the exit code of verify and its first failure."""
    world.stage.now += DAY
    world.anchor()
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    forced(world, system_act(world.stage.office, "vote.close/1", body, files))
    report, _ = run(published_by_force(world), world=world)
    return report.code, report.failure.code if report.failure else ""


@pytest.mark.parametrize("when", ["in time", "three days late"])
def test_a_ballot_put_in_after_the_window_did_not_arrive_within_it(when: str) -> None:
    """Signed and said to have arrived an hour before the end, it is in the sealed book only after three more anchors."""
    world = Alliance(members=5).in_force().on("2026-05-06").vote_open().cast("consent", FIRST, "u:0002", "u:0003")
    world.stage.now = world.vote().closes - 3600
    ballot = world.stage.signed("vote.ballot/1", "u:0004", {"vote": "p:1", "choice": "consent"}, ["u:0004"])
    time, size = world.stage.now, world.inst.size
    if when == "in time":
        forced_sealed(world, ballot, time, size)
        after_the_window(world)
        assert closed_by_force(world) == (0, "")
        return
    after_the_window(world)
    forced_sealed(world, ballot, time, size)
    assert closed_by_force(world) == (3, "out-of-turn/malformed")


def test_a_notice_put_in_at_the_close_was_not_given_days_before() -> None:
    """The unit had no days to disavow its ballot on paper: the notice is of a day of which the anchors know nothing."""
    world = Alliance(members=5).in_force().on("2026-05-06").vote_open().cast("consent", FIRST, "u:0002", "u:0003")
    world.stage.now = world.vote().closes - DAY
    ballot = world.on_paper("vote.ballot/1", "u:0004", {"vote": "p:1", "choice": "consent"}, "2026-05-06", "2026-05-06")
    world.anchor()
    body = {"vote": "p:1", "of": world.commitment(ballot), "way": "letter", "day": iso(day_of(world.stage.now))}
    notice = world.stage.signed("vote.notify/1", EXECUTIVE, body, TWO)
    time, size = world.stage.now, world.inst.size
    after_the_window(world)
    forced_sealed(world, notice, time, size)
    assert closed_by_force(world) == (3, "out-of-turn/malformed")


@pytest.mark.parametrize(("invented", "code"), [(False, ""), (True, "out-of-turn/not-found")])
def test_a_notice_opened_without_the_ballot_that_it_tells_of(invented: bool, code: str) -> None:
    """Of a ballot in the sealed book it stands, in form only; of one that is nowhere it is refused."""
    world = Alliance(members=5).in_force().on("2026-05-06").vote_open()
    ballot = world.on_paper("vote.ballot/1", "u:0004", {"vote": "p:1", "choice": "consent"}, "2026-05-06", "2026-05-06")
    world.anchor()
    of = NOBODY if invented else world.commitment(ballot)
    body = {"vote": "p:1", "of": of, "way": "letter", "day": iso(day_of(world.stage.now))}
    line = forced_sealed(world, world.stage.signed("vote.notify/1", EXECUTIVE, body, TWO))
    world.stage.now += DAY
    world.anchor()
    report, _ = run(published_by_force(world), world=world, disclosures=(("kept", line),))
    assert (report.failure.code if report.failure else "") == code
    assert report.code == (3 if invented else 0)


def test_a_notice_of_what_only_fills_a_slot() -> None:
    """Padding is no ballot, and the office, which opens every act, says so: not-found."""
    world = Alliance(members=5).in_force().on("2026-05-06").vote_open().cast("consent", FIRST)
    world.stage.now += DAY
    world.anchor()
    store = world.stage.office.store
    known = {one.commitment for one in sealed_openings(world.stage.office)}
    padding = next(c for c in map(commitment_of, store.leaves("sealed", 0, 16)) if c not in known)
    body = {"vote": "p:1", "of": padding, "way": "letter", "day": iso(day_of(world.stage.now))}
    with world.out_of_turn("not-found"):
        world.executive("vote.notify/1", body, TWO)


@pytest.mark.parametrize(("after", "code"), [(0, "out-of-turn/malformed"), (1, "")])
def test_what_is_sealed_arrived_after_the_anchor_that_does_not_hold_it(after: int, code: str) -> None:
    """With the anchor among the open acts that were there, it is lawful; without it, it would have been in that anchor."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    world.stage.now += 3600
    asked = world.stage.signed("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY}, [FIRST])
    world.tick()
    anchor = world.inst.anchors[-1]
    line = forced_sealed(world, asked, anchor.time, anchor.index + after)
    world.stage.now += DAY
    world.tick()
    report, _ = run(published_by_force(world), world=world, disclosures=(("kept", line),))
    assert (report.failure.code if report.failure else "") == code


def test_a_signature_kept_back_until_its_unit_had_left_binds_it_to_no_annex_again() -> None:
    """Signed twice, one kept back; on paper, one dated before the unit left: what it signs having left does bind it."""
    world, annex = two_keys(Alliance(members=5).in_force().on("2026-05-06").annexed()), {"annex": "a:health"}
    kept = world.stage.signed("annex.sign/1", FIRST, annex, [SPARE])
    world.unit("annex.sign/1", FIRST, annex)
    left = world.unit("annex.leave/1", FIRST, annex).index
    with world.out_of_turn("unseen", index=left):
        world.stage.office.handle(kept)
    day = iso(world.inst.today)
    world.stage.now += DAY
    with world.out_of_turn("past-date", since=day):
        world.on_paper("annex.sign/1", FIRST, annex, "2026-05-06", iso(world.inst.today + 1))
    world.unit("annex.sign/1", FIRST, annex)


@pytest.mark.parametrize("type", ["membership.withdraw/1", "membership.enrol/1", "annex.sign/1"])
def test_nobody_backdates_what_it_signs_itself_by_a_paper_of_its_own(type: str) -> None:
    """Left, joined or bound from the day its signature arrived, not from that of a paper that it says arrived before."""
    world = Alliance(members=5, initiators=2)
    if type == "membership.enrol/1":
        world.published()
    else:
        world.in_force().on("2026-05-06").annexed()
    day, unit = "2026-03-20" if type == "membership.enrol/1" else iso(day_of(world.stage.now)), world.later
    body = {
        "membership.withdraw/1": {"effective": None},
        "membership.enrol/1": {"accepts": True, "activities": ["analysis"], "other": ""},
        "annex.sign/1": {"annex": "a:health"},
    }[type]
    world.stage.do(type, unit, body, [unit], paper=paper("己方留底", "2026-03-10", "2026-03-15"))
    stands = world.inst.units[unit]
    counts = {
        "membership.withdraw/1": stands.until,
        "membership.enrol/1": stands.since,
        "annex.sign/1": world.inst.annexes["a:health"].signers.get(unit) if world.inst.annexes else None,
    }[type]
    assert counts == from_iso(day)


@pytest.mark.parametrize("first", [True, False])
def test_no_officers_key_signs_beside_a_units(first: bool) -> None:
    """It would give what was kept back another number: its key's own, which no act of that number stands against."""
    world = Alliance(members=5).in_force().on("2026-05-06").vote_open()
    ballot = {"vote": "p:1", "choice": "consent"}
    kept = {
        "vote.ballot/1": world.stage.signed("vote.ballot/1", FIRST, ballot, [FIRST]),
        "membership.withdraw/1": world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [FIRST]),
    }
    world.cast("against", FIRST).unit("membership.declare/1", FIRST, {"activities": ["research"], "other": ""})
    for act in kept.values():
        both = sign(act, seed_of(CLERK))
        both = replace(both, sigs=both.sigs[::-1] if first else both.sigs)
        with world.out_of_turn("wrong-key"):
            world.stage.office.handle(both)
    world.cast("consent", *world.roll[1:])
    both = sign(kept["vote.ballot/1"], seed_of(CLERK))
    forced_sealed(world, replace(both, sigs=both.sigs[::-1] if first else both.sigs))
    assert closed_by_force(world) == (3, "out-of-turn/wrong-key")
