"""How far the office's clock may be from the last entry, and two officers who confirm that it is right."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import DAY, moment
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.clock import FAR, SKEW, clock, far_after
from gongyue.office.routine_acts import tick
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    FORMER,
    SECRETARY,
    SYSOP,
    TWO,
    Alliance,
    beijing,
    public_of,
    unit_id,
)

MONTH = 31 * DAY


def confirm(world: Alliance, signers: tuple[str, ...] = TWO, **other: int) -> None:
    """Two officers confirm that the clock is right."""
    body = {"last": world.inst.now, "time": world.stage.now} | other
    world.executive("clock.confirm/1", body, signers)


def declare(world: Alliance, unit: str = FIRST) -> None:
    """A member declares what it does: an act that can be done at any time."""
    world.unit("membership.declare/1", unit, {"activities": ["analysis"], "other": ""})


@pytest.mark.parametrize(("slot", "limit"), [(60, FAR), (DAY, FAR), (DAY + 1, 3 * DAY + 3), (MONTH, 3 * MONTH)])
def test_a_clock_is_far_past_three_slots_and_three_days(slot: int, limit: int) -> None:
    """At the limit an act is recorded, a second later nothing is; whichever of the two is longer counts."""
    world = Alliance(members=5, initiators=5, slot_seconds=slot)
    last = world.inst.now
    assert far_after(world.inst) == limit
    world.stage.leap(last + limit + 1)
    with world.out_of_turn("clock-ahead", clock=moment(last + limit + 1), last=moment(last)):
        world.appoint(SYSOP, "sysop")
    world.stage.leap(last + limit)
    world.appoint(SYSOP, "sysop")
    assert world.inst.now == last + limit


@pytest.mark.parametrize(("behind", "taken"), [(SKEW - 1, True), (SKEW, True), (SKEW + 1, False)])
def test_a_slow_clock_takes_the_last_entrys_time_within_the_tolerance(behind: int, taken: bool) -> None:
    """300 s behind it still does, 301 s behind nothing is recorded: neither in the open book nor in the sealed one."""
    world = Alliance(members=5).in_force()
    last = world.inst.now
    world.stage.leap(last - behind)
    if taken:
        declare(world)
        world.apply(90)
        assert world.inst.now == last
        return
    for act in (lambda: declare(world), lambda: world.apply(90), lambda: tick(world.stage.office)):
        with world.out_of_turn("clock-behind", clock=moment(last - behind), last=moment(last)):
            act()


def test_a_sealed_act_is_not_taken_by_a_far_clock_either() -> None:
    """An application at the limit is sealed, a second later it is out of turn."""
    world = Alliance(members=5).in_force()
    last = world.inst.now
    world.stage.leap(last + FAR + 1)
    with world.out_of_turn("clock-ahead"):
        world.apply(90)
    world.stage.leap(last + FAR)
    world.apply(90)


def test_a_tick_in_2031_records_nothing() -> None:
    """Unattended, at a clock five years ahead: no list, no anchor, no padding; officers stay in office."""
    world = Alliance(members=5).in_force()
    world.stage.leap(beijing("2031-04-02 09:00"))
    with world.out_of_turn("clock-ahead", clock="2031-04-02 09:00:00", last="2026-04-02 09:00:00"):
        tick(world.stage.office)
    assert not world.inst.lists
    world.stage.leap(beijing("2026-04-02 10:00"))
    world.appoint("o:new", "clerk")


def test_two_officers_confirm_and_the_office_goes_on() -> None:
    """A month of silence: nothing, then the confirmation, then whatever was to be done."""
    world = Alliance(members=5).in_force()
    world.stage.leap(beijing("2026-05-02 09:00"))
    with world.out_of_turn("clock-ahead"):
        declare(world)
    confirm(world)
    assert world.inst.now == beijing("2026-05-02 09:00")
    declare(world)
    world.tick()


@pytest.mark.parametrize(
    ("other", "code"),
    [({"last": -1}, "wrong-statement"), ({"last": 1}, "wrong-statement"), ({"time": 1}, "clock-stated")],
)
def test_what_a_confirmation_states_must_be_so(other: dict[str, int], code: str) -> None:
    """A second beside the last entry's time; a second past the arrival."""
    world = Alliance(members=5).in_force()
    world.stage.leap(beijing("2026-05-02 09:00"))
    stated = {"last": world.inst.now, "time": world.stage.now}
    try:
        with world.out_of_turn(code):
            confirm(world, **{name: stated[name] + by for name, by in other.items()})
    finally:
        confirm(world)


def test_a_confirmation_arrives_no_more_than_far_after_the_time_it_states() -> None:
    """At the limit it counts; a second later it would carry the clock on to a time nobody stated."""
    world = Alliance(members=5).in_force()
    world.stage.leap(beijing("2026-06-02 09:00"))
    stated = moment(world.stage.now - FAR - 1)
    with world.out_of_turn("clock-stated", stated=stated, clock="2026-06-02 09:00:00"):
        confirm(world, time=world.stage.now - FAR - 1)
    confirm(world, time=world.stage.now - FAR)


def test_a_confirmation_takes_two_officers_in_office_as_of_the_last_entry() -> None:
    """One alone; one whose term had ended; a caseworker: refused. Whose term ends before the clock's day may confirm."""
    world = Alliance(members=5).in_force().appoint("o:brief", "sysop", begins="2026-04-10", ends="2026-04-10")
    declare(world.on("2026-04-10"))
    world.stage.leap(beijing("2026-05-02 09:00"))
    with world.refused("GY-05-02"):
        confirm(world, (SECRETARY,))
    with world.refused("GY-05-01", officer=FORMER):
        confirm(world, (SECRETARY, FORMER))
    with world.refused("GY-05-01", officer=CASEWORKER):
        confirm(world, (SECRETARY, CASEWORKER))
    confirm(world, (CLERK, "o:brief"))


def test_an_officer_appointed_from_a_later_day_does_not_confirm() -> None:
    """As of the last entry it holds no office yet, although it does by the clock in question."""
    world = Alliance(members=5).in_force().appoint("o:next", "clerk", begins="2026-04-11")
    declare(world.on("2026-04-10"))
    world.stage.leap(beijing("2026-05-02 09:00"))
    with world.refused("GY-05-01", officer="o:next"):
        confirm(world, (SECRETARY, "o:next"))


def test_a_slow_clock_is_not_confirmed() -> None:
    """What lies before the last entry cannot be: time-backwards."""
    world = Alliance(members=5).in_force()
    world.stage.leap(world.inst.now - SKEW - 1)
    with world.out_of_turn("time-backwards"):
        confirm(world)


def test_no_order_forbids_the_clock() -> None:
    """As with anchors: the book goes on."""
    world = Alliance(members=5).in_force()
    body = {"order": "l:x", "source": "示范人民法院（演示）", "begins": "2026-04-02", "party": "", "ends": None}
    from support.alliance import paper

    with world.out_of_turn("malformed"):
        letter = paper("裁定", "2026-04-02", "2026-04-02")
        world.executive("law.order/1", body | {"forbids": ["clock.confirm/1"]}, paper=letter)


def test_before_the_genesis_act_no_clock_is_far() -> None:
    """There is nothing to hold it against."""
    from gongyue.governance.institution import Institution

    assert clock(Institution(), 2_000_000_000).off == ""


def test_a_bad_clock_fails_every_act_of_a_group_alike_and_nothing_else() -> None:
    """Each is out of turn; a confirmation among them is recorded and lets those after it pass."""
    world = Alliance(members=5).in_force()
    world.stage.leap(beijing("2026-05-02 09:00"))
    body = {"activities": ["analysis"], "other": ""}
    first, second = (world.stage.signed("membership.declare/1", unit_id(n), body, [unit_id(n)]) for n in (1, 2))
    stated = {"last": world.inst.now, "time": world.stage.now}
    right = world.stage.signed("clock.confirm/1", "exec", stated, TWO)
    results = world.stage.office.handle_all([first, right, second])
    assert isinstance(results[0], OutOfTurn)
    assert results[0].refusal["code"] == "out-of-turn/clock-ahead"
    assert not any(isinstance(r, Exception) for r in results[1:])


def test_an_anchor_is_due_in_every_slot_from_the_genesis_act_on() -> None:
    """With an empty sealed book and no vote; a second tick in the slot does nothing; what was missed is not made up."""
    world = Alliance(members=5)
    assert [r.book for r in world.tick()] == ["open"]
    assert not world.tick()
    world.stage.leap(world.stage.now + 3 * DAY)
    assert len(world.tick()) == 1
    assert [a.slot for a in world.inst.anchors] == [world.inst.anchors[0].slot, world.inst.anchors[0].slot + 3]
    assert public_of("sys") not in world.inst.seqs
