"""Sealed acts of a false time count only where they are lawful as of the recovery from it; any other is void, and the book sound."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from attacks.forcing import (
    DAY,
    HOUR,
    application,
    ballot,
    closed,
    ended,
    letter,
    recorded,
    recovered,
    scene,
    sealed,
    strayed,
    today,
    unsigned,
    verified,
    voting,
)
from attacks.forcing import refused as is_refused
from gongyue.book.signing import sign
from gongyue.demo.simulated_office import seed_of
from gongyue.office.routine_acts import statement, system_act, tick
from gongyue.transparency import canonical
from support.alliance import SECRETARY, TWO, Alliance
from support.sealed import now_reads


def three_consent() -> Alliance:
    """Three of five consent; one more adopts."""
    world = voting().cast("consent", "u:0002", "u:0003", "u:0004")
    world.stage.now += HOUR
    world.invite(101)
    return world


def test_ballots_that_nobody_signed() -> None:
    """Articles 4, 22: one against; the other four are silent. Their ballots bear no signature at all: adopted 4 : 1."""
    world = voting().cast("against", "u:0002")
    world.stage.now += HOUR
    world.invite(101)
    back = world.inst.now
    strayed(world)
    for unit in ("u:0001", "u:0003", "u:0004", "u:0005"):
        sealed(world, unsigned(ballot(world, unit, at=back + 60)))
    recovered(world, back + 2 * HOUR)
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


def test_a_disavowal_that_nobody_signed() -> None:
    """Article 22: a unit's lawful paper ballot against is taken away by a disavowal without any signature."""
    world = voting().cast("consent", "u:0002")
    world.stage.now += HOUR
    world.told(world.stage.office.handle(ballot(world, "u:0005", "against", paper=letter(world))))
    world.stage.now += DAY
    world.anchor()
    back = world.inst.now
    strayed(world)
    act = world.stage.signed("vote.disavow/1", "u:0005", {"vote": "p:1"}, ["u:0005"], at=back + 60)
    sealed(world, unsigned(act))
    recovered(world, back + 2 * HOUR)
    ended(world)
    assert closed(world)["paper_against"] == 1
    assert verified(world).code == 0


def test_a_later_ballot_yields_to_one_of_the_false_time() -> None:
    """Article 22: consent (number 1) in the false time, against (number 2) after the recovery: the first one counts, as its clock ran ahead."""
    world = three_consent()
    back = world.inst.now
    strayed(world).cast("consent", "u:0001")
    recovered(world, back + 2 * HOUR)
    world.stage.now += HOUR
    world.cast("against", "u:0001")
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


def test_a_unit_that_has_left_votes() -> None:
    """Articles 22, 23: it left in the right time and votes in the false one; its ballot counts for test (a)."""
    world = three_consent()
    world.withdraw("u:0001")
    back = world.inst.now
    strayed(world)
    sealed(world, ballot(world, "u:0001", at=back))
    recovered(world, back + 2 * HOUR)
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


def test_a_ballot_signed_before_the_vote_was_opened() -> None:
    """Article 22: one consents to a text one can see; sealed in a false time the ballot counts unseen."""
    world = Alliance(members=5).in_force().on("2026-10-12").proposed()
    view = world.stage.office.view()
    world.open_vote().cast("consent", "u:0002", "u:0003", "u:0004")
    world.stage.now += HOUR
    world.invite(101)
    back = world.inst.now
    early = ballot(world, "u:0001", view=view, at=back)
    strayed(world)
    sealed(world, early)
    recovered(world, back + 2 * HOUR)
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


def test_a_ballot_that_a_court_forbids() -> None:
    """Article 20: forbidden in the right time, sealed in the false one, counted."""
    world = three_consent()
    order = {"order": "l:c", "source": "法院", "forbids": ["vote.ballot/1"], "party": "u:0001", "begins": today(world)}
    world.executive("law.order/1", order | {"ends": None}, TWO, paper=letter(world))
    back = world.inst.now
    strayed(world)
    sealed(world, ballot(world, "u:0001", at=back))
    recovered(world, back + 2 * HOUR)
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


@pytest.mark.parametrize(
    "lie", [{"cov": "other.example/c"}, {"rev": "sha256:" + "00" * 32}, {"basis": "第九条"}], ids=str
)
def test_a_ballot_of_another_covenant(lie: dict[str, Any]) -> None:
    """Article 22: the envelope is not judged: a ballot the unit signed in another covenant, or under another meaning, counts here."""
    world = three_consent()
    back = world.inst.now
    cast = ballot(world, "u:0001", at=back)
    cast = sign(replace(cast, act=cast.act | lie, sigs=()), seed_of("u:0001"))
    strayed(world)
    sealed(world, cast)
    recovered(world, back + 2 * HOUR)
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


def test_a_stale_application() -> None:
    """Article 23: in a false time `rx.open` is what one likes (2 ** 40): the application of before its leaving admits a unit again."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    unit, first = application(world)
    _, second = application(world)
    world.grant(world.stage.office.handle(first))
    world.compare(unit)
    world.stage.now += DAY
    world.withdraw(unit)
    back = world.inst.now
    strayed(world)
    line = sealed(world, second, size=2**40)
    recovered(world, back + 2 * HOUR)
    world.stage.now += DAY
    world.anchor()
    opened = now_reads(world.stage.office, line)
    with world.out_of_turn("stale", unit=unit):
        world.executive("membership.grant/1", {"application": canonical.digest(opened)}, [SECRETARY], opened)


def test_the_authority_votes() -> None:
    """Article 22: no unit, on no roll: its ballot, which nobody signed, is counted; of five units two consents where one voted."""
    world = voting().cast("consent", "u:0001")
    world.stage.now += HOUR
    world.invite(101)
    back = world.inst.now
    cast = world.stage.signed("vote.ballot/1", "authority", {"vote": "p:1", "choice": "consent"}, ["u:0001"])
    strayed(world)
    sealed(world, unsigned(cast))
    recovered(world, back + HOUR)
    ended(world)
    assert closed(world)["consents"] == 1
    assert verified(world).code == 0


def test_a_receipt_that_nobody_signed() -> None:
    """Article 22, P18: no officer told the unit of its paper ballot; its own receipt, unsigned, lets it count."""
    world = three_consent()
    receipt = world.stage.office.handle(ballot(world, "u:0001", paper=letter(world)))
    world.stage.now += 60
    world.anchor()
    back = world.inst.now
    strayed(world)
    told = {"vote": "p:1", "of": world.commitment(receipt)}
    sealed(world, unsigned(world.stage.signed("vote.receive/1", "u:0001", told, ["u:0001"], at=back)))
    recovered(world, back + HOUR)
    ended(world)
    assert closed(world)["paper_consents"] == 0
    is_refused(world, "GY-22-11")  # it waits until the unit is told


def test_a_ballot_that_a_void_close_opened_is_left_out() -> None:
    """Article 22: closed in the false time, 3 : 2, all ballots published; after the recovery one of them is no longer there: 4 : 0."""
    world = voting()
    world.stage.now += HOUR
    world.cast("consent", "u:0001", "u:0002", "u:0003", "u:0004")
    world.stage.now += 60
    world.cast("against", "u:0004").invite(101)
    back = world.inst.now
    world.stage.leap(world.vote().closes + 9 * HOUR)
    world.executive("clock.confirm/1", {"last": back, "time": world.stage.now}, TWO)
    tick(world.stage.office)
    scene(world.vote().outcome == "rejected")
    recovered(world, back + HOUR)
    ended(world)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    fewer = b"".join(next(iter(files.values())).splitlines(True)[:-1])
    digest = canonical.digest(fewer)
    body |= {"ballots": digest, "against": 0, "consents": 4, "consents_left": 4, "outcome": "adopted"}
    recorded(world, system_act(world.stage.office, "vote.close/1", body, {digest: fewer}))
    is_refused(world, "out-of-turn/wrong-statement")


def test_one_second_of_false_time_is_enough() -> None:
    """Articles 4, 22: no clock jumped, nothing was confirmed: one entry a second early, one recovery, four unsigned ballots."""
    world = voting().cast("against", "u:0002")
    world.stage.now += HOUR
    world.invite(101)
    back = world.inst.now
    world.stage.leap(back + 2)
    world.invite(102)
    for unit in ("u:0001", "u:0003", "u:0004", "u:0005"):
        sealed(world, unsigned(ballot(world, unit, at=back)))
    recovered(world, back + 1)
    ended(world)
    assert closed(world)["outcome"] == "rejected"
    assert verified(world).code == 0


def test_officers_ballots_sealed_after_the_recovery_as_of_the_false_time() -> None:
    """Article 22: of the false time officers' paper is void; sealed later with `rx.open` before the recovery's entry it counts."""
    world = three_consent()
    back = world.inst.now
    strayed(world)
    false, size, view = world.stage.now, world.inst.size, world.stage.office.view()
    forged = ballot(world, "u:0001", paper=letter(world))
    told_on = today(world)
    recovered(world, back + 2 * HOUR)
    world.stage.office.since_sealed = lambda inst, time: time  # type: ignore[method-assign]
    line = sealed(world, forged, false, size)
    told = {"vote": "p:1", "of": world.commitment(line), "way": "letter", "day": told_on}
    sealed(world, world.stage.signed("vote.notify/1", "exec", told, TWO, at=false, view=view), false, size)
    ended(world)
    scene(closed(world)["paper_consents"] == 1)
    is_refused(world)


def test_what_cannot_be_judged_yet_of_a_false_time_is_not_taken_for_void() -> None:
    """A unit confirms in a false time that it was told of its ballot on paper. Whoever discloses the receipt without the ballot
    that it answers is told that its form alone was checked, as nobody can judge it; with the ballot, in whatever order, it is lawful. Once the vote
    is closed its openings show both, so the receipt stands, and the ballot on paper counts, for that holder as for anybody."""
    world = voting().cast("consent", "u:0002", "u:0003")
    cast = world.stage.office.handle(ballot(world, "u:0005", paper=letter(world)))
    world.stage.now += DAY
    world.anchor()
    back = world.inst.now
    strayed(world)
    told = world.unit("vote.receive/1", "u:0005", {"vote": "p:1", "of": world.commitment(cast)})
    recovered(world, back + 2 * HOUR)
    world.stage.now += DAY
    world.anchor()
    alone = verified(world, disclosures=(("told", told.opening),))
    assert (alone.code, alone.failure, alone.disclosed, alone.disclosed_form_only) == (0, None, 1, 1)
    for both in ((told, cast), (cast, told)):
        report = verified(world, disclosures=tuple((f"{n}", one.opening) for n, one in enumerate(both)))
        assert (report.code, report.failure, report.disclosed) == (0, None, 2)
    ended(world)
    assert closed(world)["paper_consents"] == 1
    report = verified(world, disclosures=(("told", told.opening),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 1)
