"""The same act twice, and the same act in two forms: replays with the victim's own signature."""

from __future__ import annotations

from attacks.forcing import (
    DAY,
    HOUR,
    application,
    ballot,
    closed,
    countersigned,
    ended,
    letter,
    recorded,
    scene,
    sealed,
    today,
    voting,
)
from attacks.forcing import refused as is_refused
from gongyue.transparency import canonical
from support.alliance import SECRETARY, TWO, Alliance
from support.sealed import now_reads

ENROL = {"accepts": True, "activities": ["analysis"], "other": ""}


def test_a_superseded_ballot_comes_back() -> None:
    """Article 22: consent, then against; an officer signs the first one too, before the unit: another key's number 1, the last to arrive."""
    world = voting()
    first = ballot(world, "u:0001")
    world.stage.office.handle(first)
    world.cast("against", "u:0001").cast("consent", "u:0002", "u:0003", "u:0004")
    world.stage.now += HOUR
    sealed(world, countersigned(first))
    ended(world)
    scene(closed(world)["outcome"] == "adopted")
    is_refused(world)


def test_a_withdrawal_comes_back() -> None:
    """Article 23: a unit left and came back; its old notice, an officer's signature before its own, expels it."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    unit, applied = application(world)
    world.grant(world.stage.office.handle(applied))
    world.compare(unit)
    notice = world.stage.signed("membership.withdraw/1", unit, {"effective": None}, [unit])
    world.stage.office.handle(notice)
    world.stage.now += DAY
    world.tick()
    world.grant(world.apply(50))
    world.stage.now += DAY
    recorded(world, countersigned(notice))
    is_refused(world, "out-of-turn/wrong-key")


def test_an_enrolment_comes_back() -> None:
    """Articles 4, 23: joined, left; its enrolment with an officer's signature before its own makes it a member again."""
    world = Alliance(members=5).published().on("2026-04-01")
    joined = world.stage.signed("membership.enrol/1", "u:0006", ENROL, ["u:0006"])
    world.stage.office.handle(joined)
    world.stage.now += HOUR
    world.withdraw("u:0006")
    world.stage.now += HOUR
    recorded(world, countersigned(joined))
    is_refused(world, "out-of-turn/wrong-key")


def test_a_units_number_is_counted_under_an_officers_key() -> None:
    """formats §5.2: its first act, an officer's signature before its own, does not move its number: its own client's next is refused."""
    world = Alliance(members=5).published().on("2026-04-01")
    recorded(world, countersigned(world.stage.signed("membership.enrol/1", "u:0006", ENROL, ["u:0006"])))
    is_refused(world, "out-of-turn/wrong-key")


def test_nobody_but_the_unit_signs_its_own_act() -> None:
    """sealed.md §12: none but the actor's signs; one digest, two leaves: an officer's signature behind the unit's."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    act = countersigned(world.stage.signed("membership.withdraw/1", "u:0005", {"effective": None}, ["u:0005"]))
    recorded(world, type(act)(act.act, act.sigs[::-1]))
    is_refused(world)


def test_an_application_comes_back() -> None:
    """Article 23: applied, admitted, left; the very same application, sealed again, admits it again."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    unit, applied = application(world)
    world.grant(world.stage.office.handle(applied))
    world.compare(unit)
    world.stage.now += DAY
    world.withdraw(unit)
    world.stage.now += DAY
    world.tick()
    line = sealed(world, applied)
    world.stage.now += DAY
    world.anchor()
    opened = now_reads(world.stage.office, line)
    with world.out_of_turn("stale", unit=unit):
        world.executive("membership.grant/1", {"application": canonical.digest(opened)}, [SECRETARY], opened)


def test_a_second_application_held_back() -> None:
    """Article 23: it signed two (a retry); one admitted it; it left; the other, a month old, is sealed now and admits it again."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    unit, first = application(world)
    _, second = application(world)
    world.grant(world.stage.office.handle(first))
    world.compare(unit)
    world.stage.now += DAY
    world.withdraw(unit)
    world.stage.now += 30 * DAY
    with world.out_of_turn("stale", unit=unit):
        world.stage.office.handle(second)


def test_a_paper_ballot_twice() -> None:
    """sealed.md §12: no act digest occurs twice. A paper consent sealed again takes the place of the later paper against."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.stage.now += HOUR
    first = ballot(world, "u:0005", paper=letter(world))
    world.told(world.stage.office.handle(first))
    world.stage.now += 60
    world.told(world.stage.office.handle(ballot(world, "u:0005", "against", paper=letter(world))))
    world.stage.now += 60
    again = sealed(world, first)
    told = {"vote": "p:1", "of": world.commitment(again), "way": "letter", "day": today(world)}
    sealed(world, world.stage.signed("vote.notify/1", "exec", told, TWO))
    ended(world)
    scene(closed(world)["paper_consents"] == 1)
    is_refused(world)


def test_a_units_two_signatures_in_another_order() -> None:
    """Article 22: signed with both its keys, the other order would count under the other key: one signature, one number."""
    world = voting()
    world.add_key("u:0001", "second key")
    with world.out_of_turn("wrong-key"):
        world.stage.office.handle(ballot(world, "u:0001", signers=["u:0001", "second key"]))


def test_an_annex_signed_again() -> None:
    """Article 24: signed, left; the signing with an officer's signature before its own binds the unit again."""
    world = Alliance(members=5).in_force().on("2026-10-12").annexed()
    world.grant(world.apply(50))
    unit, _ = application(world)
    world.compare(unit)
    act = world.stage.signed("annex.sign/1", unit, {"annex": "a:health"}, [unit])
    world.stage.office.handle(act)
    world.stage.now += 60
    world.unit("annex.leave/1", unit, {"annex": "a:health"})
    world.stage.now += 60
    recorded(world, countersigned(act))
    is_refused(world)
