"""Whoever did not sign an act disavows it, from the moment it was told and for the delay; untold, without end (article 5)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gongyue.covenant.periods import DAY, day_of, from_iso, iso, moment
from gongyue.governance import papers, snapshot
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.papers import disavowal, duties, may_still_be_disavowed
from gongyue.governance.registry import NEVER
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    FORMER,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    SYSOP,
    TWO,
    Alliance,
    paper,
    public_of,
)

TODAY = "2026-05-01"
WEEK = 7 * DAY
SECOND = "u:0002"
OTHERS = ("o:fan", "o:gu")


def in_force() -> Alliance:
    """Five members on 2026-05-01; the delay is 7 days, P18 is 3 days."""
    return Alliance(members=5).in_force().on(TODAY)


def left(world: Alliance, unit: str = FIRST, signers: Any = TWO) -> int:
    """Two officers record from paper that a unit leaves; the entry."""
    return world.on_paper("membership.withdraw/1", unit, {"effective": None}, TODAY, TODAY, signers).index


def disavows(world: Alliance, entry: int, unit: str = FIRST) -> None:
    """The unit disavows it with its own key."""
    world.unit("key.disavow/1", unit, {"entry": entry})


# -- from when it runs, and until when


@pytest.mark.parametrize("way", ["notice", "receipt"])
@pytest.mark.parametrize(("seconds", "in_time"), [(WEEK - 1, True), (WEEK, False), (WEEK + 1, False)])
def test_a_disavowal_runs_from_the_moment_the_unit_was_told(way: str, seconds: int, in_time: bool) -> None:
    """Ten days after the recording it is told, by notice or its own receipt: 7 days from then, to the second."""
    world = in_force()
    entry = left(world)
    world.stage.now += 10 * DAY
    told = world.stage.now
    if way == "notice":
        world.tell(entry)
    else:
        world.unit("key.receive/1", FIRST, {"entry": entry})
    known = disavowal(world.inst, entry)
    assert known is not None and (known.ends, known.untold) == (told + WEEK, False)
    assert may_still_be_disavowed(world.inst, entry, told + seconds) == (known if in_time else None)
    assert may_still_be_disavowed(world.inst, entry + 1, told) is None  # the notice itself is nobody's paper
    world.stage.now = told + seconds
    if in_time:
        disavows(world, entry)
        assert FIRST in world.inst.members
    else:
        with world.out_of_turn("window-over", ends=moment(told + WEEK)):
            disavows(world, entry)
        assert FIRST not in world.inst.members


def test_without_a_notice_it_stays_open() -> None:
    """Nobody told it for ten years: it disavows on the day on which it learns of it; a snapshot knows it too."""
    world = in_force()
    entry = left(world)
    for inst in (world.inst, snapshot.load(snapshot.dump(world.inst))):
        known = disavowal(inst, entry)
        assert known is not None and known.ends == NEVER and known.untold
    world.stage.now += 10 * 365 * DAY
    disavows(world, entry)
    assert FIRST in world.inst.members


def test_a_day_stated_long_past_takes_no_time_from_the_unit() -> None:
    """The notice says that it was told on the day of the recording, and is recorded eight days later: it has 7 days all the same."""
    world = in_force()
    entry = left(world)
    world.stage.now += 8 * DAY
    world.tell(entry, TODAY)
    world.stage.now += WEEK - 1
    disavows(world, entry)
    assert FIRST in world.inst.members


def test_the_first_word_counts_and_each_is_given_once() -> None:
    """A receipt after the notice moves nothing; after a receipt there is nothing left to notify."""
    world = in_force()
    entry = left(world)
    told = world.stage.now
    world.tell(entry)
    with world.out_of_turn("already"):
        world.tell(entry)
    world.stage.now += DAY
    world.unit("key.receive/1", FIRST, {"entry": entry})
    paper = world.inst.papers[entry]
    assert (paper.told, paper.received, paper.by) == (told, True, TWO)
    with world.out_of_turn("already"):
        world.unit("key.receive/1", FIRST, {"entry": entry})
    other = left(world, SECOND)
    world.unit("key.receive/1", SECOND, {"entry": other})
    with world.out_of_turn("already"):
        world.tell(other)


def test_to_confirm_is_not_to_approve() -> None:
    """Whoever confirmed that it was told disavows it all the same; then there is nothing to tell it."""
    world = in_force()
    entry = left(world)
    world.unit("key.receive/1", FIRST, {"entry": entry})
    disavows(world, entry)
    assert FIRST in world.inst.members
    for act in (lambda: world.tell(entry), lambda: world.unit("key.receive/1", FIRST, {"entry": entry})):
        with world.out_of_turn("already"):
            act()


@pytest.mark.parametrize(("days", "reason"), [(-1, "past-date"), (0, ""), (2, ""), (3, "not-yet")])
def test_nobody_is_told_before_it_was_recorded_nor_tomorrow(days: int, reason: str) -> None:
    """Recorded on 05-01, the notice on 05-03: told from 05-01 to 05-03."""
    world = in_force()
    entry = left(world)
    world.stage.now += 2 * DAY
    day = iso(from_iso(TODAY) + days)
    if reason:
        with world.out_of_turn(reason):
            world.tell(entry, day)
    else:
        world.tell(entry, day)
        assert world.inst.papers[entry].told == world.stage.now


# -- who says so


def test_a_notice_is_two_officers_of_the_secretariats() -> None:
    """Not one, not a publisher, nobody whose term is over, no unit; those who recorded it may."""
    world = in_force()
    entry = left(world)
    with world.refused("GY-05-02", officers=1):
        world.tell(entry, signers=[SECRETARY])
    for signer in (PUBLISHER, CASEWORKER, SYSOP, FORMER):
        with world.refused("GY-05-01", officer=signer):
            world.tell(entry, signers=(SECRETARY, signer))
    with world.refused("GY-05-01", actor=FIRST):
        world.unit("key.notify/1", FIRST, {"entry": entry, "way": "letter", "day": TODAY})
    world.tell(entry, signers=(CLERK, SECRETARY))


def test_a_receipt_is_the_units_own() -> None:
    """No other member's, no officer's, not recorded from paper."""
    world = in_force()
    entry = left(world)
    with world.out_of_turn("not-found"):
        world.unit("key.receive/1", SECOND, {"entry": entry})
    with world.refused("GY-04-01"):
        world.stage.do("key.receive/1", FIRST, {"entry": entry}, TWO)
    with world.refused("GY-04-01"):
        world.on_paper("key.receive/1", FIRST, {"entry": entry}, TODAY, TODAY)
    with world.refused("GY-04-01"):
        world.stage.do("key.receive/1", FIRST, {"entry": entry}, [SECOND])


def test_only_what_was_recorded_from_paper_in_anothers_name_is_told() -> None:
    """Not an act of its own, even with a paper it keeps; not one of the executive body; not one that is not there yet."""
    world = in_force()
    own = world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})
    signed = world.on_paper("membership.withdraw/1", SECOND, {"effective": None}, TODAY, TODAY, [SECOND])
    executive = world.invite(101)
    for index in (own.index, signed.index, executive.index, world.inst.size):
        with world.out_of_turn("not-found", what=f"#{index}"):
            world.tell(index)
        with world.out_of_turn("not-found"):
            world.unit("key.receive/1", FIRST, {"entry": index})
    with world.out_of_turn("not-voidable"):
        disavows(world, signed.index, SECOND)


def test_without_a_key_it_disavows_by_letter_recorded_by_others_and_long_after() -> None:
    """The unit's key was ended; two who did not record the withdrawal record its letter, a year later, for it was not told."""
    world = in_force()
    for name in OTHERS:
        world.appoint(name, "clerk")
    world.on("2026-05-20").unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    day = "2026-05-20"
    entry = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, day, day).index
    world.on("2027-05-20")
    for signers in (TWO, (SECRETARY, OTHERS[0])):
        with world.refused("GY-05-12"):
            world.on_paper("key.disavow/1", FIRST, {"entry": entry}, "2027-05-20", "2027-05-20", signers)
    world.on_paper("key.disavow/1", FIRST, {"entry": entry}, "2027-05-20", "2027-05-20", OTHERS)
    assert FIRST in world.inst.members


def test_two_record_from_paper_and_no_more() -> None:
    """Three or four: GY-05-13, so that two others are left for its disavowal; two record it."""
    world = in_force()
    for name in OTHERS:
        world.appoint(name, "clerk")
    day = world.on("2026-05-20") and "2026-05-20"
    for more in (OTHERS[:1], OTHERS):
        with world.refused("GY-05-13", officers=2 + len(more), enough=2):
            world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, day, day, (*TWO, *more))
            on_paper = paper("示函〔2026〕9号", day, day)
            world.executive(
                "key.register/1",
                {"holder": FIRST, "key": public_of("new"), "alg": "ed25519"},
                (*TWO, *more),
                paper=on_paper,
            )
    assert world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, day, day, OTHERS).index


def test_what_the_executive_body_records_as_its_own_three_may_record() -> None:
    """A court's order is in nobody's name, and nobody's to disavow: three officers sign it, from its paper."""
    world = in_force().appoint(OTHERS[0], "clerk").on("2026-05-20")
    body = {
        "order": "l:court",
        "source": "示范人民法院（演示）",
        "forbids": ["membership.declare/1"],
        "begins": "2026-05-20",
    }
    body |= {"party": "", "ends": None}
    world.executive("law.order/1", body, (*TWO, OTHERS[0]), paper=paper("示函〔2026〕9号", "2026-05-20", "2026-05-20"))
    assert "l:court" in world.inst.orders


# -- what waits for it


@pytest.mark.parametrize("type", ["key.recover/1", "key.revoke/1"])
def test_no_key_begins_or_ends_by_paper_of_which_its_holder_was_not_told(type: str) -> None:
    """A year after a forged letter the unit's key still signs, and the thief's does not; told, it has 7 days to the second."""
    world = in_force()
    body: dict[str, Any] = {"key": public_of("thief"), "alg": "ed25519"}
    if type == "key.revoke/1":
        body = {"key": public_of(FIRST), "last": True}
    entry = world.on_paper(type, FIRST, body, TODAY, TODAY).index
    world.stage.now += 365 * DAY
    declared = {"activities": ["analysis"], "other": ""}
    world.unit("membership.declare/1", FIRST, declared)
    with world.refused("GY-05-04", valid_from="—") if type == "key.recover/1" else world.out_of_turn("unknown-key"):
        world.stage.do("membership.declare/1", FIRST, declared, ["thief"])
    world.tell(entry)
    told = world.stage.now
    world.stage.now = told + WEEK - 1
    world.unit("membership.declare/1", FIRST, declared)
    world.stage.now = told + WEEK
    with world.refused("GY-05-04", holder=FIRST):
        world.unit("membership.declare/1", FIRST, declared)
    if type == "key.recover/1":
        world.stage.do("membership.declare/1", FIRST, declared, ["thief"])


def test_two_recoveries_are_told_each_for_itself() -> None:
    """The one told takes effect after its delay; the other stays as it is."""
    world = in_force()
    day = world.stage.now
    first = world.on_paper("key.recover/1", FIRST, {"key": public_of("a"), "alg": "ed25519"}, TODAY, TODAY).index
    second = world.on_paper("key.recover/1", FIRST, {"key": public_of("b"), "alg": "ed25519"}, TODAY, TODAY).index
    world.tell(second)
    keys = world.inst.keys
    assert (keys[public_of("a")].valid_from, keys[public_of("b")].valid_from) == (NEVER, day + WEEK)
    assert [keys[public_of(name)].valid_to for name in (FIRST, "a", "b")] == [day + WEEK, day + WEEK, None]
    disavows(world, first)
    disavows(world, second)
    assert world.inst.keys[public_of(FIRST)].valid_to is None


# -- acts that could not be disavowed before


def test_a_first_batch_membership_on_forged_paper_ends_by_disavowing_it() -> None:
    """From then on it is no member; where it left and came back since, that stands."""
    world = Alliance(members=6).published().on("2026-04-01")
    body = {"accepts": True, "activities": ["analysis"], "other": ""}
    unit = world.roll[-1]
    entry = world.on_paper("membership.enrol/1", unit, body, "2026-04-01", "2026-04-01").index
    assert unit in world.inst.members
    world.stage.now += 90 * DAY
    world.unit("key.disavow/1", unit, {"entry": entry})
    assert (unit in world.inst.members, iso(world.inst.units[unit].until)) == (False, iso(day_of(world.stage.now)))
    world.grant(world.apply(6, actor=unit))
    assert unit in world.inst.members


def test_an_annex_left_on_forged_paper_binds_again_and_a_new_signature_is_not_undone() -> None:
    """Left by paper, disavowed: it is a signer since its day. Signed by paper, left and signed by itself: that stands."""
    world = in_force().annexed()
    today = world._today()
    since = world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    day = world.inst.annexes["a:health"].signers[FIRST]
    world.stage.now += DAY
    entry = world.on_paper("annex.leave/1", FIRST, {"annex": "a:health"}, today, world._today()).index
    disavows(world, entry)
    annex = world.inst.annexes["a:health"]
    assert (annex.signers[FIRST], annex.signed[FIRST]) == (day, since.index)
    forged = world.on_paper("annex.sign/1", SECOND, {"annex": "a:health"}, today, world._today()).index
    world.unit("annex.leave/1", SECOND, {"annex": "a:health"})
    own = world.unit("annex.sign/1", SECOND, {"annex": "a:health"}).index
    disavows(world, forged, SECOND)
    assert world.inst.annexes["a:health"].signed[SECOND] == own
    assert SECOND in world.inst.annexes["a:health"].signers


def test_a_signature_of_the_covenant_on_forged_paper_is_taken_back_until_it_takes_effect() -> None:
    """What was submitted with it is frozen again, and waits for its true signature; once effective it stands, and the unit leaves."""
    world = Alliance(members=5).signed(but=1)
    unit = world.roll[4]
    body = {"edition": world.edition, "capacity": "legal_representative", "signatory": "sha256:" + "12" * 32}
    day = world._today()
    entry = world.on_paper("founding.sign/1", unit, body, day, day).index
    world.submit()
    disavows(world, entry, unit)
    founding = world.inst.founding
    assert (founding.stage, unit in founding.signatures, unit in founding.initiators) == ("frozen", False, True)
    with world.refused("GY-21-01", missing=unit):
        world.submit()
    world.sign(unit)
    world.submit()


def test_an_initiator_stepped_out_on_forged_paper_is_one_again() -> None:
    """It signs again; not where the text was frozen anew meanwhile."""
    world = Alliance(members=5).signed()
    unit, day = world.roll[4], world._today()
    entry = world.on_paper("founding.step_out/1", unit, {}, day, day).index
    assert unit not in world.inst.founding.initiators
    disavows(world, entry, unit)
    assert unit in world.inst.founding.initiators and unit not in world.inst.founding.signatures
    assert world.inst.units[unit].status == "initiator"
    again = world.on_paper("founding.step_out/1", unit, {}, day, day).index
    world.executive("founding.reopen/1", {"reasons": REASONS}, TWO, REASONS_BYTES)
    world.freeze(1, 2, 3, 4)
    disavows(world, again, unit)
    assert unit not in world.inst.founding.initiators


# -- what the officers have to do


def test_the_officers_have_p18_to_tell_and_are_shown_late_after_it() -> None:
    """Recorded on 05-01: until 05-04; done by notice, receipt or disavowal, each for itself."""
    world = in_force()
    before = len(list(duties(world.inst)))
    entries = {unit: left(world, unit) for unit in world.roll[:3]}
    due = [d for d in duties(world.inst) if d.matter in entries]
    assert [(d.whose, d.article, d.basis, iso(d.last), d.calendar_known, d.act) for d in due] == 3 * [
        ("exec", 5, "P18", "2026-05-04", True, "key.notify/1")
    ]
    assert len(list(duties(world.inst))) == before + 3
    world.tell(entries[FIRST])
    world.unit("key.receive/1", SECOND, {"entry": entries[SECOND]})
    disavows(world, entries["u:0003"], "u:0003")
    assert len(list(duties(world.inst))) == before


def test_whoever_signs_with_its_first_key_need_not_be_told_of_it() -> None:
    """Registered from paper: to be told until it signs; another's key that signs says nothing of it."""
    world = in_force()
    world.invite(101, 102)
    first, second = (world.register(unit).index for unit in ("u:0101", "u:0102"))
    assert {first, second} <= {d.entry for d in duties(world.inst)}
    world.add_key("u:0101", "second")
    assert {first, second} & {d.entry for d in duties(world.inst)} == {second}


def test_every_act_on_paper_in_a_units_name_can_be_disavowed_but_a_disavowal() -> None:
    """A new act type that paper may record has its `undo`, or a reason here."""
    open_ones = {k.type for k in ACT_TYPES.values() if k.paper and k.public and k.by.who == "unit" and not k.undo}
    assert open_ones == {"key.disavow/1"}
    sealed = {k.type for k in ACT_TYPES.values() if k.paper and not k.public}
    # A question changes nothing; a report its unit withdraws, as it does a petition.
    in_dossiers = {"interpretation.ask/1", "petition.submit/1", "report.file/1", "dossier.note/1", "dossier.receive/1"}
    assert sealed == {"vote.ballot/1", "vote.disavow/1"} | in_dossiers


def test_a_key_ended_by_a_key_of_its_holder_ends_at_once_whatever_paper_is_kept_of_it() -> None:
    """It waits for nobody to be told; and whoever can still sign recovers nothing."""
    world = in_force()
    world.unit("key.add/1", FIRST, {"key": public_of("spare"), "alg": "ed25519"})
    kept = paper("revocation", TODAY, TODAY)
    with world.out_of_turn("wrong-key"):
        world.stage.do("key.recover/1", FIRST, {"key": public_of("new"), "alg": "ed25519"}, [FIRST], paper=kept)
    world.stage.do("key.revoke/1", FIRST, {"key": public_of(FIRST)}, ["spare"], paper=kept)
    assert world.inst.keys[public_of(FIRST)].valid_to == world.inst.now + 1  # not after that second


def registered(since: int, type: str = "key.register/1") -> SimpleNamespace:
    """As much of an institution as is asked: a unit's one key, from that entry on, registered from a paper it disavowed."""
    papers = {since - 1: SimpleNamespace(type=type)} if type else {}
    return SimpleNamespace(keys_of=lambda _: {"k": SimpleNamespace(since=since)}, papers=papers, disavowed={since - 1})


@pytest.mark.parametrize(
    ("inst", "said"),
    [
        (registered(5), False),  # the dossier began when the open book had five entries: the key was there
        (registered(6), True),
        (registered(6, "key.recover/1"), False),
        (registered(6, ""), False),  # with its own signature
    ],
)
def test_a_key_that_others_registered_since_the_dossier_began_is_none_of_its_units(
    inst: SimpleNamespace, said: bool
) -> None:
    """From the entry after its beginning on, from paper, as a first one."""
    dossier: Any = SimpleNamespace(entries=[SimpleNamespace(open=5), SimpleNamespace(open=9)])
    asked: Any = inst
    assert papers.by_others(asked, dossier, FIRST, {FIRST}, 0) is said
    assert papers.by_others(asked, dossier, FIRST, set(), 0)
    assert papers.by_others(asked, None, FIRST, set(), 0) is False
    assert papers.by_others(asked, dossier, "exec", set(), 0) is False
    nothing: Any = SimpleNamespace(entries=[])
    assert papers.by_others(asked, nothing, FIRST, {FIRST}, 0) is False
    assert papers.by_others(asked, nothing, FIRST, set(), 0)
