"""The office over each kind of store: a false future, restarts and a snapshot in the middle of it, the recovery."""

from __future__ import annotations

from gongyue.covenant.periods import DAY
from gongyue.demo.simulated_office import SimulatedOffice
from support.alliance import TWO, Alliance

from .places import Place

BODY = {"activities": ["service"], "other": ""}


def opened_again(world: Alliance, place: Place) -> Alliance:
    """The office closed and opened from its store, its clock where it was."""
    now, drawn = world.stage.now, world.stage._drawn
    world.stage.office.store.close()
    world.stage = SimulatedOffice(place.open())
    world.stage._drawn = drawn
    world.stage.leap(now)
    return world


def test_an_office_recovers_after_restarts_in_the_middle_of_a_false_time(lasting: Place) -> None:
    """From a snapshot kept in the false time, from entries alone, and again after the recovery: always the same."""
    world = Alliance(members=4, initiators=4, store=lasting.open(create=True)).in_force()
    back, members = world.inst.now, world.inst.members
    world.stage.leap(back + 5 * 366 * DAY)
    world.executive("clock.confirm/1", {"last": back, "time": world.stage.now}, TWO)
    world.stage.office.save()
    opened_again(world, lasting)
    world.tick()
    world.unit("membership.declare/1", "u:0001", BODY)
    opened_again(world, lasting).stage.leap(back + 3600)
    world.executive("clock.recover/1", world.stage.office.false_time(back + 3600), TWO)
    after = world.inst
    assert (after.now, after.members, after.lists) == (back + 3600, members, ())
    assert after.units["u:0001"].activities == ("service",)
    assert opened_again(world, lasting).inst == after
    world.stage.office.save()
    assert opened_again(world, lasting).inst == after
    world.tick()
    world.unit("membership.declare/1", "u:0002", BODY)
    world.stage.office.store.close()


def test_two_offices_over_one_store_see_a_recovery_alike(lasting: Place) -> None:
    """The other process catches up over it, although the time goes back; its own clock is far until then."""
    world = Alliance(members=4, initiators=4, store=lasting.open(create=True)).in_force()
    back = world.inst.now
    world.stage.leap(back + 2 * DAY)
    world.tick()
    other = SimulatedOffice(lasting.open())
    other.leap(back + 3600)
    assert other.office.clock().off == "behind"
    world.stage.leap(back + 3600)
    world.executive("clock.recover/1", world.stage.office.false_time(back + 3600), TWO)
    assert other.office.clock().off == ""
    assert other.inst == world.inst
    other.unit("membership.declare/1", "u:0001", BODY)
    assert world.stage.office.catch_up() == other.inst
    for stage in (world.stage, other):
        stage.office.store.close()
