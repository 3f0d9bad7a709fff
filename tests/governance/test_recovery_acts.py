"""Two officers return from a false future that was recorded: what is void, what stands, what runs again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from gongyue.book.entry import decode
from gongyue.book.replay import Replay
from gongyue.book.sealed_judgement import judge_sealed
from gongyue.covenant.periods import DAY, day_of, iso, moment
from gongyue.governance.dossier import Dossier
from gongyue.governance.effect import duties
from gongyue.office.office import BadSignature
from gongyue.office.routine_acts import system_act, tick
from gongyue.office.sources import StoreSources
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    FORMER,
    NOBODY,
    REASONS,
    SECRETARY,
    SYSOP,
    TWO,
    Alliance,
    beijing,
    paper,
    public_of,
    unit_id,
)
from support.published import forced_sealed

FALSE = "2031-04-02 09:00"


def strayed(world: Alliance) -> Alliance:
    """The clock jumps to 2031, two officers confirm it, the office does what is due then: lists by the dozen."""
    world.stage.leap(beijing(FALSE))
    world.executive("clock.confirm/1", {"last": world.inst.now, "time": world.stage.now}, TWO)
    tick(world.stage.office)
    return world


def ahead(world: Alliance, by: int = DAY) -> Alliance:
    """The clock runs a day ahead, which nobody notices: two invitations are recorded by it."""
    world.stage.leap(world.inst.now + by)
    world.invite(101)
    world.invite(102)
    return world


def recover(world: Alliance, at: int, signers: tuple[str, ...] = TWO, **other: Any) -> int:
    """The clock is set right; two officers return to its time. Returns the index."""
    world.stage.leap(at)
    body = world.stage.office.false_time(at) | other
    return world.executive("clock.recover/1", body, signers).index


def declare(world: Alliance, unit: str = FIRST, activity: str = "research", at: int | None = None) -> None:
    """A member declares an activity, by its own clock."""
    body = {"activities": [activity], "other": ""}
    world.stage.office.handle(world.stage.signed("membership.declare/1", unit, body, [unit], at=at))


def test_what_the_office_did_in_the_false_time_is_void() -> None:
    """Lists, anchors and the confirmation; officers have their terms back, and the office goes on from the present."""
    world = Alliance(members=5).in_force()
    before, first = world.inst, world.inst.size
    strayed(world)
    assert len(world.inst.lists) > 15
    with world.refused("GY-05-01"):
        world.appoint(SYSOP, "sysop")
    left = world.inst.now
    now = before.now + 3600
    index = recover(world, now)
    inst = world.inst
    assert (inst.now, inst.size, inst.lists, inst.anchors) == (now, index + 1, before.lists, before.anchors)
    assert (inst.officers, inst.members, inst.meaning, inst.votes) == (
        before.officers,
        before.members,
        before.meaning,
        before.votes,
    )
    assert {i for i, c in inst.corrections.items() if c.what == "void"} == set(range(first, index))
    assert len(inst.confirmed) == 1
    (made,) = inst.recoveries
    assert (made.index, made.first, made.back, made.left, made.time) == (index, first, before.now, left, now)
    assert (made.void, made.moved, made.signers) == (index - first, 0, TWO)
    world.appoint(SYSOP, "sysop")
    world.on("2026-07-01").tick()
    assert len(world.inst.lists) == 1


@pytest.mark.parametrize(("at", "stands_at"), [(-1, 3600), (0, 0), (1800, 1800), (3600, 3600), (3601, 3600)])
def test_a_units_act_stands_at_its_time_if_that_can_be_else_at_the_recovery(at: int, stands_at: int) -> None:
    """Between the last right entry and the recovery, both included; a withdrawal takes effect at that very time."""
    world = Alliance(members=5).in_force()
    back, view = world.inst.now, world.stage.office.view()
    strayed(world)
    body = {"effective": None}
    act = world.stage.signed("membership.withdraw/1", FIRST, body, [FIRST], at=back + at, view=view)
    index = world.stage.office.handle(act).index
    recover(world, back + 3600)
    assert FIRST not in world.inst.members
    assert world.inst.units[FIRST].until == day_of(back + stands_at)
    assert world.inst.arrivals[index] == back + stands_at
    assert index not in world.inst.corrections
    assert (world.inst.recoveries[0].moved, world.inst.now) == (1, back + 3600)


def test_an_act_that_rests_on_a_void_one_is_void_too() -> None:
    """A unit invited and given a key in the false time enrols then: nothing of it is left but the places it took.

    Another's acts stand, in their order, and its next one has the next number.
    """
    world = Alliance(members=5).in_force()
    ahead(world)
    world.register(unit_id(101))
    enrolled = world.enrol(unit_id(101)).index
    index = world.inst.size
    declare(world)
    declare(world, activity="service")
    recover(world, beijing("2026-04-02 10:00"))
    assert unit_id(101) not in world.inst.units
    assert enrolled in world.inst.corrections
    assert world.inst.units[FIRST].activities == ("service",)
    assert {index, index + 1}.isdisjoint(world.inst.corrections)
    declare(world, activity="education")


def test_keys_and_offices_of_the_false_time_recover_nothing() -> None:
    """An officer appointed in it, one of another office, a former one, one alone: refused; a key registered in it is unknown."""
    world = Alliance(members=5).in_force()
    world.stage.leap(world.inst.now + 2 * DAY)
    world.appoint("o:new", "clerk")
    now = beijing("2026-04-02 10:00")
    world.stage.leap(now)
    with world.out_of_turn("unknown-key"):
        recover(world, now, (SECRETARY, "o:new"))
    for signers, code in (
        ((SECRETARY, CASEWORKER), "GY-05-01"),
        ((SECRETARY, FORMER), "GY-05-01"),
        ((CLERK,), "GY-05-02"),
    ):
        with world.refused(code):
            recover(world, now, signers)
    recover(world, now, (CLERK, SYSOP))
    assert "o:new" not in world.inst.officers


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"first": -1}, "not-recoverable"),
        ({"first": 1}, "not-recoverable"),
        ({"time": 1}, "clock-stated"),
        ({"time": -3 * DAY - 1}, "clock-stated"),
        ({"sealed": -1}, "wrong-statement"),
        ({"sealed": 1}, "wrong-statement"),
        ({"sealed": 16}, "wrong-statement"),
        ({"root": NOBODY}, "wrong-statement"),
    ],
)
def test_what_a_recovery_states_must_be_so(other: dict[str, Any], code: str) -> None:
    """The first wrong entry and no other; the time it is; the sealed book's very size and root."""
    world = Alliance(members=5).in_force()
    world.tick()
    ahead(world)
    now = beijing("2026-04-02 10:00")
    office = world.stage.office
    stated = office.false_time(now)
    with world.out_of_turn(code):
        recover(world, now, **{name: by if name == "root" else stated[name] + by for name, by in other.items()})
    recover(world, now)


def test_it_does_not_return_to_before_the_last_right_entry_nor_past_the_first_wrong_one() -> None:
    """At the last right entry's time it may; a second earlier there is an entry that is not wrong by then."""
    world = Alliance(members=5).in_force()
    back, first = world.inst.now, world.inst.size
    ahead(world)
    for now in (back - 1, back + DAY):
        with world.out_of_turn("not-recoverable", begins=moment(back), ends=moment(back + DAY)):
            recover(world, now, first=first)
    world.stage.leap(back)
    for none in (0, world.inst.size, world.inst.size + 1):
        with world.out_of_turn("not-found", what=f"#{none}"):
            recover(world, back, first=none)
    recover(world, back)


@pytest.mark.parametrize("after", [0, 1])
def test_from_the_last_entrys_arrival_on_nothing_is_to_be_returned_from(after: int) -> None:
    """Nothing arrived later: nothing is false."""
    world = Alliance(members=5).in_force()
    now = world.inst.now + after
    with world.out_of_turn("nothing-false", time=moment(now)):
        recover(world, now, first=world.inst.size)


def test_a_second_before_the_last_entrys_arrival_it_is_the_last_entry_that_is_false() -> None:
    """What comes after it is not there."""
    world = Alliance(members=5).in_force()
    with world.out_of_turn("not-found"):
        recover(world, world.inst.now - 1, first=world.inst.size)


def test_it_makes_no_late_act_timely() -> None:
    """Publishing fell due while the book was false: it shows overdue after the recovery, and is recorded late."""
    world = Alliance(members=5).adopted().on("2026-04-07")
    world.invite(101)
    world.stage.leap(world.inst.now + 2 * DAY)
    world.publish(reasons=REASONS)
    assert world.inst.founding.late_days == 1
    recover(world, beijing("2026-04-08 23:00"))
    assert not world.inst.in_force
    world.stage.leap(beijing("2026-04-10 09:00"))
    (due,) = duties(world.inst)
    assert due.last < world.inst.today + 2
    world.publish(reasons=REASONS)
    assert world.inst.founding.late_days == 2


def voting() -> Alliance:
    """A vote whose window ends tonight."""
    world = Alliance(members=5).in_force().vote_open()
    world.stage.now = world.vote().closes - 3600
    world.invite(101)
    return world


def test_a_window_that_ended_in_the_false_time_runs_again() -> None:
    """An hour was left: it runs again from the recovery, to the end of its day; a vote closed meanwhile is open again."""
    world = voting()
    closes, back = world.vote().closes, world.inst.now
    strayed(world)
    assert world.vote().outcome == "rejected"
    now = closes + 5 * 3600
    recover(world, now)
    vote = world.vote()
    assert vote.outcome == ""
    assert vote.closes == closes + DAY and vote.closes >= now + (closes - back)
    world.cast_by(5).close()
    assert world.vote().outcome == "adopted"


def test_a_window_that_did_not_end_keeps_its_end() -> None:
    """Recovered a second before the close: nothing is given back."""
    world = voting()
    closes = world.vote().closes
    recover(strayed(world), closes - 1)
    assert world.vote().closes == closes


@pytest.mark.parametrize(
    ("further", "early", "lawful"),
    [(-1, False, True), (0, False, True), (1, False, False), (-1, True, False), (0, True, False), (1, True, True)],
)
def test_the_first_leaf_after_those_of_a_recovery_arrived_after_it(further: int, early: bool, lawful: bool) -> None:
    """A ballot at leaf n, of before the false time or of the recovery's very second; any other is malformed.

    Where the recovery stated n - 1 or n leaves, the ballot came after it; where n + 1, before it.
    """
    world = Alliance(members=5).in_force().vote_open()
    back, first = world.inst.now, world.inst.size
    act = world.stage.signed("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"}, [FIRST])
    ahead(world)
    recover(world, back + 3600)
    arrived, size = (back, first) if early else (back + 3600, world.inst.size)
    forced_sealed(world, act, arrived, size)
    world.stage.now = back + DAY
    world.anchor()
    (kept,) = world.stage.office.store.sealed_entries()
    assert kept.index is not None
    made = replace(world.inst.recoveries[0], sealed=kept.index + further)
    replay = Replay(StoreSources(world.stage.office.store), replace(world.inst, recoveries=(made,)))
    if lawful:
        judge_sealed(replay, kept.index, decode(kept.entry), Dossier())
        return
    with world.out_of_turn("malformed", why=f"rx.open {size}", sealed=kept.index):
        judge_sealed(replay, kept.index, decode(kept.entry), Dossier())


def test_a_ballot_sealed_by_a_clock_a_day_ahead_counts() -> None:
    """The window has weeks to go: own ballots of the false day count, those on paper do not, the close opens them all."""
    world = Alliance(members=5).in_force().vote_open().cast("consent", "u:0001")
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.cast("consent", "u:0002", "u:0003")
    day = iso(day_of(world.stage.now))
    letter = paper("选票", day, day)
    world.stage.do("vote.ballot/1", "u:0004", {"vote": "p:1", "choice": "against"}, TWO, paper=letter)
    world.invite(101)
    recover(world, back + 3600)
    world.cast("consent", "u:0005")
    world.close()
    vote = world.vote()
    assert (vote.consents, vote.against, vote.outcome) == (4, 0, "adopted")


def test_the_delay_of_a_recovered_key_runs_again_and_may_be_disavowed_in_it() -> None:
    """Recorded a week before; the false time swallows the last day of it: the unit still has that day."""
    world = Alliance(members=5).in_force()
    letter = paper("补办", "2026-04-02", "2026-04-02")
    body = {"key": public_of("thief"), "alg": "ed25519"}
    index = world.stage.do("key.recover/1", FIRST, body, TWO, paper=letter).index
    world.tell(index)
    world.on("2026-04-05").invite(101)
    world.on("2026-04-08").invite(102)
    strayed(world)
    now = beijing("2026-04-09 12:00")
    recover(world, now)
    assert world.inst.keys[public_of("thief")].valid_from == now + DAY
    world.stage.leap(now + DAY - 1)
    world.unit("key.disavow/1", FIRST, {"entry": index})
    assert not world.inst.keys[public_of("thief")].valid_when(now + 2 * DAY)
    declare(world)


def test_what_is_void_is_neither_disavowed_nor_voided_nor_corrected() -> None:
    """It never was."""
    world = Alliance(members=5).in_force()
    world.stage.leap(world.inst.now + DAY)
    letter = paper("退出", "2026-04-02", "2026-04-02")
    index = world.stage.do("membership.withdraw/1", FIRST, {"effective": None}, TWO, paper=letter).index
    recover(world, beijing("2026-04-02 10:00"))
    assert FIRST in world.inst.members
    with world.out_of_turn("not-voidable"):
        world.unit("key.disavow/1", FIRST, {"entry": index})


def test_a_second_recovery_reaches_back_to_the_first_at_most() -> None:
    """What the first left is not undone again; the false time after it is. A third reaches back to the second."""
    world = strayed(Alliance(members=5).in_force())
    first = recover(world, beijing("2026-04-02 10:00"))
    world.stage.leap(beijing("2026-04-02 11:00"))
    declare(world)
    second = world.inst.size
    ahead(world)
    now = beijing("2026-04-02 12:00")
    world.stage.leap(now)
    with world.out_of_turn("not-found"):
        world.executive("clock.recover/1", world.stage.office.false_time(now) | {"first": first})
    recover(world, now)
    assert [r.first for r in world.inst.recoveries] == [world.inst.recoveries[0].first, second]
    assert world.inst.units[FIRST].activities == ("research",)
    assert not world.inst.lists
    ahead(world)
    world.stage.leap(now + 60)
    with world.out_of_turn("not-found"):
        world.executive("clock.recover/1", world.stage.office.false_time(now + 60) | {"first": second})


def test_anchors_go_on_from_the_last_that_stands_and_never_shrink() -> None:
    """The next slot of the true time; larger than the sealed book was at the recovery, which placed all there was."""
    world = Alliance(members=5).in_force()
    world.tick()
    strayed(world)
    world.apply(90)
    recover(world, beijing("2026-04-02 10:00"))
    office, sealed = world.stage.office, world.inst.recoveries[0].sealed
    head = office.store.head("sealed")
    assert head is not None and head.size == sealed and sealed % 16 == 0 and not office.store.pending()
    world.stage.leap(beijing("2026-04-03 10:00"))
    stated = {"slot": world.stage.now // DAY, "size": sealed, "root": StoreSources(office.store).sealed_root(sealed)}
    with world.out_of_turn("anchor-order", size=sealed):
        office.handle(system_act(office, "book.anchor/1", stated))
    world.tick()
    assert world.inst.anchors[-1].size == sealed + 16


def test_a_recovery_that_fails_leaves_nothing_behind() -> None:
    """Signed with another's signature it is not recorded; the true one is, and voids the same entries."""
    world = ahead(Alliance(members=5).in_force())
    first, now = world.inst.size - 2, world.inst.now - DAY + 60
    world.stage.leap(now)
    body = world.stage.office.false_time(now)
    act = world.stage.signed("clock.recover/1", "exec", body, TWO)
    forged = msgspec.structs.replace(act, sigs=(act.sigs[0], msgspec.structs.replace(act.sigs[1], sig=act.sigs[0].sig)))
    before, inst = world.sizes(), world.inst
    with pytest.raises(BadSignature):
        world.stage.office.handle(forged)
    assert (world.sizes(), world.inst) == (before, inst)
    recover(world, now)
    assert [r.first for r in world.inst.recoveries] == [first]
    assert set(world.inst.corrections) == {first, first + 1}


def test_a_recovery_where_no_time_is_false_folds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever hands it in, however often: it is turned away by two entries' times."""
    world = Alliance(members=5).in_force()
    monkeypatch.setattr("gongyue.book.sealed_judgement.returned", lambda before, time: pytest.fail("folded"))
    world.stage.leap(world.inst.now + 60)
    for first in (1, world.inst.size - 1):
        with world.out_of_turn("not-recoverable"):
            recover(world, world.stage.now, (FIRST,), first=first)


def test_a_ballot_signed_with_a_key_of_the_false_time_keeps_no_vote_from_closing() -> None:
    """Two officers gave a member a key and moved on past its delay: as of the recovery nobody had it. The true ballot counts."""
    world = Alliance(members=5).in_force().vote_open()
    back = world.inst.now
    for days in (1, 4, 7, 10):
        world.stage.leap(back + days * DAY)
        world.invite(100 + days)
        if days == 1:
            letter = paper("补办", iso(day_of(world.stage.now)), iso(day_of(world.stage.now)))
            key = {"key": public_of("thief"), "alg": "ed25519"}
            world.tell(world.stage.do("key.recover/1", FIRST, key, TWO, paper=letter).index)
    ballot = {"vote": "p:1", "choice": "against"}
    world.stage.office.handle(world.stage.signed("vote.ballot/1", FIRST, ballot, ["thief"]))
    recover(world, back + 3600)
    world.cast("consent", "u:0002").close()
    assert (world.vote().consents, world.vote().against) == (1, 0)


def test_whoever_saw_a_false_entry_may_have_seen_it_right_after_the_last_true_one() -> None:
    """The first one, and the last: an act that has it in view, signed after the recovery by a right clock, is not too early."""
    world = Alliance(members=5).in_force()
    back = world.inst.now
    world.stage.leap(back + DAY)
    views = []
    for number in (101, 102):
        world.invite(number)
        views.append(world.stage.office.view())
    recover(world, back + 3600)
    for view, activity in zip(views, ("research", "service"), strict=True):
        body = {"activities": [activity], "other": ""}
        world.stage.office.handle(world.stage.signed("membership.declare/1", FIRST, body, [FIRST], view=view))
        assert world.inst.units[FIRST].activities == (activity,)


def test_a_ballot_of_the_false_time_is_judged_as_of_the_recovery_and_not_of_the_end_of_the_false_time() -> None:
    """Its unit's membership was ended after it in the false time, which is void: it is a member, and its ballot counts."""
    world = Alliance(members=5).in_force().vote_open()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.cast("consent", FIRST).end(FIRST)
    recover(world, back + 3600)
    assert FIRST in world.inst.members
    assert world.close().vote().consents == 1
