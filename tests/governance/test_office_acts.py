"""The executive body (article 5): two officers, offices, terms; and keys."""

from __future__ import annotations

import pytest

from gongyue.book.signing import key_id, sign
from gongyue.covenant.periods import DAY, from_iso, iso
from gongyue.demo.simulated_office import seed_of
from gongyue.governance import snapshot
from gongyue.governance.office import staffing
from gongyue.rules.office import INCOMPATIBLE
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    FORMER,
    NOBODY,
    OUTSIDER,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    SYSOP,
    Alliance,
    entry_of,
    json_object,
    paper,
    public_of,
)


def in_force(members: int = 5) -> Alliance:
    return Alliance(members=members).in_force()


# -- article 5


def test_05_e1_a_member_does_not_act_for_the_executing_body() -> None:
    """GY-05-01 for a circular of membership's end, an invitation, a key."""
    world = in_force()
    with world.refused("GY-05-01", enough="执行机构", article=5, actor=FIRST):
        world.unit("membership.end/1", FIRST, {"unit": "u:0002"})
    roll, data = json_object({"v": "gongyue/roll@1", "units": [entry_of(70)]})
    with world.refused("GY-05-01", actor=FIRST):
        world.unit("membership.invite/1", FIRST, {"roll": roll, "alliance": True, "standing": "invited"}, data)


def test_05_e2_one_officer_alone_does_nothing_weighty() -> None:
    """GY-05-02: publishing, ending, appointing, registering a key; the same officer twice is still one."""
    world = in_force()
    body = {"unit": FIRST}
    for officer in (PUBLISHER, SECRETARY):
        with world.refused("GY-05-02", enough=2, article=5, officers=1):
            world.executive("membership.end/1", body, [officer])
    with world.out_of_turn("malformed"):
        world.executive("membership.end/1", body, [PUBLISHER, PUBLISHER])
    assert FIRST in world.inst.members


def test_one_officer_with_two_keys_is_still_one() -> None:
    """GY-05-02 counts persons, not keys."""
    world = in_force()
    world.stage.do("key.add/1", SECRETARY, {"key": public_of("second"), "alg": "ed25519"}, [SECRETARY])
    act = world.stage.signed("membership.end/1", "exec", {"unit": FIRST}, [SECRETARY])
    act = sign(act, seed_of("second"))
    with world.refused("GY-05-02", enough=2, officers=1):
        world.stage.office.handle(act)


@pytest.mark.parametrize(
    ("day", "serves"),
    [("2026-02-27", True), ("2026-02-28", True), ("2026-03-01", False), ("2026-01-12", False), ("2026-01-13", True)],
)
def test_05_e3_an_officer_serves_from_the_first_to_the_last_day_of_its_term(day: str, serves: bool) -> None:
    """The day after its end and the day before its beginning: GY-05-01."""
    world = Alliance().staffed()
    officer = world.inst.officers[FORMER]
    assert bool(officer.held(from_iso(day))) == serves
    world.on(day)
    body = {"holder": "sys", "key": public_of("second"), "alg": "ed25519"}
    if serves:
        world.executive("key.register/1", body, (FORMER, SECRETARY))
    else:
        with world.refused("GY-05-01", enough="clerk | secretary", officer=FORMER, on=day):
            world.executive("key.register/1", body, (FORMER, SECRETARY))


def test_an_officer_of_another_office_does_not_do_it() -> None:
    """GY-05-01 names the offices that may."""
    world = in_force()
    with world.refused("GY-05-01", enough="publisher | secretary", officer=CASEWORKER):
        world.executive("membership.end/1", {"unit": FIRST}, (PUBLISHER, CASEWORKER))
    with world.refused("GY-05-01", enough="clerk | secretary", officer=PANEL[0]):
        world.executive("founding.submit/1", {"edition": world.edition}, (PANEL[0], CLERK))


def test_an_appointment_for_the_future_does_not_serve_yet() -> None:
    """From its first day on."""
    world = in_force().on("2026-05-01")
    world.appoint("o:neu", "publisher", begins="2026-06-01", ends="2026-12-31")
    world.on("2026-05-31")
    with world.refused("GY-05-01", officer="o:neu", on="2026-05-31"):
        world.executive("membership.end/1", {"unit": FIRST}, ("o:neu", SECRETARY))
    world.on("2026-06-01").executive("membership.end/1", {"unit": FIRST}, ("o:neu", SECRETARY))


@pytest.mark.parametrize(("one", "other"), INCOMPATIBLE)
def test_offices_that_check_one_another_are_held_by_different_persons(one: str, other: str) -> None:
    """GY-05-03 together, one after the other while the first runs, and whichever comes first."""
    world = Alliance().staffed()
    with world.refused("GY-05-03", article=0, officer="o:neu", offices=f"{one} + {other}"):
        world.appoint("o:neu", other, one)
    world.appoint("o:neu", one, ends="2026-03-31")
    with world.refused("GY-05-03", offices=f"{one} + {other}"):
        world.appoint("o:neu", other, begins="2026-03-31", ends="2026-12-31")
    world.appoint("o:neu", other, begins="2026-04-01", ends="2026-12-31")
    world.appoint("o:alt", other, begins="2026-04-01", ends="2026-12-31")
    with world.refused("GY-05-03"):
        world.appoint("o:alt", one, ends="2026-04-01")


def test_an_appointment_has_an_office_and_a_term_that_runs_forward() -> None:
    """No office, an end before the beginning; a term of one day is one."""
    world = Alliance()
    for offices, begins, ends in (([], "2026-01-13", "2026-12-31"), (["clerk"], "2026-02-02", "2026-02-01")):
        body = {"officer": "o:neu", "offices": offices, "begins": begins, "ends": ends, "interests": NOBODY}
        with world.out_of_turn("malformed"):
            world.executive("office.appoint/1", body)
    world.appoint("o:neu", "clerk", begins="2026-02-02", ends="2026-02-02")


def test_an_office_ends_on_its_day_and_not_earlier_than_it_is_recorded() -> None:
    """Ended yesterday is out of turn, ended today serves today and no longer tomorrow."""
    world = in_force().on("2026-05-01")
    body = {"officer": PUBLISHER, "offices": ["publisher"], "ends": "2026-04-30"}
    with world.out_of_turn("past-date"):
        world.executive("office.end/1", body)
    for offices in (["clerk"], ["publisher", "clerk"]):
        with world.out_of_turn("not-found"):
            world.executive("office.end/1", body | {"offices": offices, "ends": "2026-05-01"})
    with world.out_of_turn("not-found"):
        world.executive("office.end/1", body | {"officer": "o:nobody"})
    world.executive("office.end/1", body | {"ends": "2026-05-01"})
    assert world.inst.officers[PUBLISHER].held(from_iso("2026-05-01")) == {"publisher"}
    assert world.inst.officers[PUBLISHER].held(from_iso("2026-05-02")) == set()


def void(world: Alliance, entry: int) -> None:
    body = {"entry": entry, "reasons": REASONS, "from_the_beginning": False}
    world.executive("correction.void/1", body, (CLERK, SECRETARY), REASONS_BYTES)


def test_a_voided_appointment_no_longer_serves_also_where_its_term_had_not_begun() -> None:
    """撤销: from the next day on, or never."""
    world = in_force().on("2026-05-01")
    size = world.inst.size
    world.appoint("o:neu", "publisher", begins="2026-06-01", ends="2026-12-31")
    void(world, size)
    assert world.inst.officers["o:neu"].held(from_iso("2026-06-01")) == set()
    size = world.inst.size
    world.appoint("o:alt", "publisher", begins="2026-05-09", ends="2026-12-31")
    void(world.on("2026-05-09"), size)
    assert world.inst.officers["o:alt"].held(from_iso("2026-05-09")) == {"publisher"}
    assert world.inst.officers["o:alt"].held(from_iso("2026-05-10")) == set()


def test_what_the_staff_could_not_lawfully_do_is_listed() -> None:
    """With two officers nothing is published or judged; with all offices filled only panels are short."""
    world = Alliance()
    short = {s.what for s in staffing(world.inst, from_iso("2026-01-05"))}
    assert {"founding.publish/1", "interpretation.adopt/1", "case", "case.conclude", "dispute.mediate"} <= short
    assert "key.register/1" not in short
    world.staffed().appoint("o:three", "panellist").appoint("o:mediator", "mediator")
    assert {s.what for s in staffing(world.inst, from_iso("2026-03-01"))} == {"sanction.reconsider"}


# -- keys


def test_a_units_key_is_registered_from_its_paper() -> None:
    """Without paper not; of an unknown unit or officer not; twice not."""
    world = in_force()
    body = {"holder": FIRST, "key": public_of("new"), "alg": "ed25519"}
    with world.out_of_turn("needs-paper"):
        world.executive("key.register/1", body)
    for holder in ("u:7777", "o:nobody"):
        with world.out_of_turn("not-found", what=holder):
            world.executive("key.register/1", body | {"holder": holder})
    world.invite(101)
    with world.out_of_turn("key-registered"):
        world.register("u:0101", key_of=FIRST)


def test_a_unit_that_had_a_key_gets_no_second_one_from_officers() -> None:
    """GY-05-05: a second key on paper would go round the visible delay of recovery; it adds one itself."""
    world = in_force()
    with world.refused("GY-05-05", enough=0, article=5, holder=FIRST, keys=1):
        world.register(FIRST, key_of="third")
    world.add_key(FIRST, "second")
    world.stage.do("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, ["second"])
    with world.out_of_turn("key-registered"):
        world.add_key("u:0002", "second")


@pytest.mark.parametrize(
    "key",
    [
        bytes(32),
        bytes([1]) + bytes(31),
        bytes([0xEC]) + b"\xff" * 30 + b"\x7f",
        b"\xff" * 32,
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        b"\x02" + b"\xff" * 32,
    ],
)
def test_weak_and_non_canonical_keys_are_not_registered(key: bytes) -> None:
    """Small order, no canonical point, the wrong length for the algorithm."""
    world = in_force()
    today = paper("key", "2026-04-02", "2026-04-02")
    for alg in ("ed25519", "webauthn"):
        with world.out_of_turn("weak-key"):
            world.executive("key.register/1", {"holder": FIRST, "key": key_id(key), "alg": alg}, paper=today)


def test_an_algorithm_the_genesis_does_not_allow_is_not_registered() -> None:
    """A passkey where only Ed25519 is allowed; in an application too."""
    world = Alliance(members=5, algorithms=["ed25519"]).in_force()
    point = "k:02" + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    point = "k:03" + point[4:]
    with world.out_of_turn("weak-key", alg="webauthn"):
        world.executive(
            "key.register/1",
            {"holder": FIRST, "key": point, "alg": "webauthn"},
            paper=paper("key", "2026-04-02", "2026-04-02"),
        )
    with world.out_of_turn("weak-key", alg="webauthn"):
        world.apply(50, key=point, alg="webauthn", signer=OUTSIDER, actor=OUTSIDER, code=entry_of(99)["code"])


def test_a_unit_rotates_the_key_it_signs_with() -> None:
    """The old key signs nothing more, the new one does, and past acts stay what they were."""
    world = in_force()
    world.unit("key.rotate/1", FIRST, {"key": public_of("new"), "alg": "ed25519"})
    with world.refused("GY-05-04", article=5, holder=FIRST):
        world.withdraw(FIRST)
    world.stage.do("membership.withdraw/1", FIRST, {"effective": None}, ["new"])
    assert FIRST not in world.inst.members
    with world.out_of_turn("key-registered"):
        world.unit("key.rotate/1", "u:0002", {"key": public_of("new"), "alg": "ed25519"})


def test_the_office_key_does_not_change_itself_and_an_officers_is_retired_by_two() -> None:
    """not-found for whoever signs with the office key; GY-05-02 for one officer alone."""
    world = in_force()
    body = {"key": public_of("sys new"), "alg": "ed25519"}
    for type in ("key.rotate/1", "key.add/1"):
        with world.out_of_turn("not-found", what="sys"):
            world.stage.do(type, "sys", body, ["sys"])
    with world.out_of_turn("not-found", what="sys"):
        world.stage.do("key.revoke/1", "sys", {"key": public_of("sys")}, ["sys"])
    with world.refused("GY-05-02", enough=2):
        world.executive("key.retire/1", {"key": public_of(PUBLISHER)}, [SECRETARY])
    world.executive("key.retire/1", {"key": public_of(PUBLISHER)})
    with world.refused("GY-05-04", holder=PUBLISHER):
        world.end(FIRST)


def test_officers_never_retire_a_units_key() -> None:
    """GY-05-07 for a unit's key; not-found for one that there is not or no longer."""
    world = in_force()
    with world.refused("GY-05-07", enough=FIRST, article=5, holder=FIRST):
        world.executive("key.retire/1", {"key": public_of(FIRST)})
    with world.out_of_turn("not-found"):
        world.executive("key.retire/1", {"key": public_of("nobody")})


def test_a_revoked_key_signs_nothing_more() -> None:
    """By itself, by another key of the unit; never by another unit; the last one by whoever says that it is."""
    world = in_force()
    world.add_key(FIRST, "second")
    with world.out_of_turn("not-found"):
        world.unit("key.revoke/1", "u:0002", {"key": public_of(FIRST)})
    world.stage.do("key.revoke/1", FIRST, {"key": public_of(FIRST)}, ["second"])
    with world.refused("GY-05-04", holder=FIRST):
        world.withdraw(FIRST)
    with world.out_of_turn("not-found"):
        world.stage.do("key.revoke/1", FIRST, {"key": public_of(FIRST)}, ["second"])
    world.stage.do("key.revoke/1", FIRST, {"key": public_of("second"), "last": True}, ["second"])
    with world.refused("GY-05-04"):
        world.stage.do("membership.withdraw/1", FIRST, {"effective": None}, ["second"])


def test_a_recovered_key_is_valid_after_the_delay_and_the_old_one_until_then() -> None:
    """recovery_days = 7: one second before, at, and after."""
    world = in_force().on("2026-05-01")
    world.tell(
        world.on_paper("key.recover/1", FIRST, {"key": public_of("new"), "alg": "ed25519"}, "2026-04-30", "2026-05-01")
    )
    start = world.stage.now
    change = {"activities": ["analysis"], "other": ""}
    world.stage.now = start + 7 * DAY - 1
    with world.refused("GY-05-04", holder=FIRST, arrived="2026-05-08 08:59:59", valid_from="2026-05-08 09:00:00"):
        world.stage.do("membership.declare/1", FIRST, change, ["new"])
    world.unit("membership.declare/1", FIRST, change)
    world.stage.now = start + 7 * DAY
    with world.refused("GY-05-04", holder=FIRST, valid_to="2026-05-08 09:00:00"):
        world.unit("membership.declare/1", FIRST, change)
    world.stage.do("membership.declare/1", FIRST, change, ["new"])


def test_recovery_needs_the_units_paper_and_a_unit() -> None:
    """With its own key it rotates instead; nobody unknown recovers."""
    world = in_force()
    body = {"key": public_of("new"), "alg": "ed25519"}
    with world.out_of_turn("needs-paper"):
        world.unit("key.recover/1", FIRST, body)
    with world.out_of_turn("not-found"):
        world.on_paper("key.recover/1", "u:7777", body, "2026-04-02", "2026-04-02")


@pytest.mark.parametrize(("seconds", "in_time"), [(-1, True), (0, False), (1, False)])
def test_a_forged_recovery_is_disavowed_within_the_delay(seconds: int, in_time: bool) -> None:
    """With the key that was said to be lost; afterwards the window is over."""
    world = in_force().on("2026-05-01")
    receipt = world.on_paper(
        "key.recover/1", FIRST, {"key": public_of("new"), "alg": "ed25519"}, "2026-04-30", "2026-05-01"
    )
    world.add_key(FIRST, "spare")
    world.tell(receipt)
    world.stage.now += 7 * DAY + seconds
    signer = FIRST if in_time else "spare"
    if not in_time:
        with world.out_of_turn("window-over"):
            world.stage.do("key.disavow/1", FIRST, {"entry": receipt.index}, [signer])
        return
    world.stage.do("key.disavow/1", FIRST, {"entry": receipt.index}, [signer])
    with world.out_of_turn("already"):
        world.stage.do("key.disavow/1", FIRST, {"entry": receipt.index}, [signer])
    world.stage.now += 2 * DAY
    change = {"activities": ["analysis"], "other": ""}
    world.unit("membership.declare/1", FIRST, change)
    with world.refused("GY-05-04", holder=FIRST):
        world.stage.do("membership.declare/1", FIRST, change, ["new"])


def test_only_what_was_recorded_from_paper_in_its_name_is_disavowed() -> None:
    """Not its own act, not another's, not one of the executive body, not one that cannot be undone."""
    world = in_force().on("2026-05-01")
    own = world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})
    other = world.on_paper("membership.withdraw/1", "u:0002", {"effective": None}, "2026-05-01", "2026-05-01")
    executive = world.invite(101)
    for index in (own.index, other.index, executive.index):
        with world.out_of_turn("not-voidable"):
            world.unit("key.disavow/1", FIRST, {"entry": index})
    with world.out_of_turn("not-found"):
        world.unit("key.disavow/1", FIRST, {"entry": world.inst.size})


def test_a_forged_withdrawal_is_disavowed_and_the_unit_is_a_member_again() -> None:
    """Whether it had taken effect or was announced for later."""
    for effective in (None, "2026-06-01"):
        world = in_force().on("2026-05-01")
        receipt = world.on_paper("membership.withdraw/1", FIRST, {"effective": effective}, "2026-05-01", "2026-05-01")
        world.unit("key.disavow/1", FIRST, {"entry": receipt.index})
        world.on("2026-06-02").invite(101)
        assert FIRST in world.inst.members


def left_on_paper(effective: str | None = None) -> tuple[Alliance, int]:
    """A forged withdrawal is recorded from paper; its entry."""
    world = in_force().on("2026-05-01")
    receipt = world.on_paper("membership.withdraw/1", FIRST, {"effective": effective}, "2026-05-01", "2026-05-01")
    return world, receipt.index


def test_a_membership_is_restored_since_the_day_it_began() -> None:
    """Also from a snapshot, and where the unit had been admitted again meanwhile: it was never away."""
    for readmitted in (False, True):
        world, forged = left_on_paper()
        if readmitted:
            world.grant(world.apply(1, actor=FIRST))
            assert iso(world.inst.members[FIRST]) == "2026-05-02"
        world.unit("key.disavow/1", FIRST, {"entry": forged})
        for inst in (world.inst, snapshot.load(snapshot.dump(world.inst))):
            unit = inst.units[FIRST]
            assert (inst.members[FIRST], unit.since, unit.until) == (from_iso("2026-03-09"), from_iso("2026-03-09"), 0)
            assert unit.status == "member"


@pytest.mark.parametrize("announced", [False, True])
def test_a_unit_that_never_left_is_on_the_roll_of_every_open_vote_opened_meanwhile(announced: bool) -> None:
    """Of an annex whose scope it declared also in the branch; a vote that was closed, or opened before, stays as it was.

    Announced, it fell due with the very entry that opened the first of those votes: that roll was without it too.
    """
    world = in_force().on("2026-05-01")
    others = world.roll[1:]
    world.unit("membership.declare/1", FIRST, {"activities": ["vertical"], "other": ""})
    world.initiate_annex("a:before", scope=["vertical"])
    world.open_vote("a:before")
    world.unit("membership.declare/1", FIRST, {"activities": ["research"], "other": ""})
    before = world.vote("a:before")
    for matter, scope in (("a:other", "vertical"), ("a:own", "research"), ("a:closed", "research")):
        world.initiate_annex(matter, by=others[0], scope=[scope])
    effective = "2026-05-20" if announced else None
    forged = world.on_paper("membership.withdraw/1", FIRST, {"effective": effective}, "2026-05-01", "2026-05-01")
    world.on("2026-05-20")
    for matter in ("a:own", "a:other", "a:closed"):
        world.open_vote(matter)
        assert FIRST not in world.vote(matter).roll
    if announced:
        assert world.vote("a:own").opened_index == max(e.index for e in world.inst.events.values())
    world.cast("consent", *others, matter="a:closed").tick()
    assert world.vote("a:closed").outcome
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    since = world.inst.members[FIRST]
    vote = world.vote("a:before")
    assert (vote.roll, vote.branch) == (before.roll, before.branch) and FIRST in before.branch
    assert FIRST not in world.vote("a:closed").roll
    for matter, declared in (("a:own", True), ("a:other", False)):
        vote = world.vote(matter)
        assert (vote.roll[FIRST], FIRST in vote.branch) == (since, declared)
        world.cast("consent", FIRST, matter=matter)


def test_a_unit_that_never_left_has_been_a_member_since_it_last_joined() -> None:
    """By that entry: not by another's, which came later, nor by that of a membership it had left itself."""
    world = in_force().on("2026-05-01")
    first = max(e.index for e in world.inst.events.values() if (e.unit, e.what) == (FIRST, "joined"))
    assert world.inst.units[FIRST].changed == first < max(e.index for e in world.inst.events.values())
    forged = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-05-01", "2026-05-01")
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    assert world.inst.units[FIRST].changed == first
    world.withdraw(FIRST)
    joined = world.grant(world.apply(1, actor=FIRST)).index
    today = iso(world.inst.today)
    forged = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, today, today)
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    assert world.inst.units[FIRST].changed == joined > first


def test_a_notice_of_its_own_stands_whatever_the_unit_disavows() -> None:
    """It left by its own act after the forged one, announced or at once: it has left all the same."""
    world, forged = left_on_paper("2026-06-01")
    world.withdraw(FIRST, "2026-05-20")
    world.unit("key.disavow/1", FIRST, {"entry": forged})
    assert FIRST in world.inst.members
    world.on("2026-05-20").invite(101)
    assert FIRST not in world.inst.members
    world, forged = left_on_paper()
    world.grant(world.apply(1, actor=FIRST))
    world.withdraw(FIRST)
    world.unit("key.disavow/1", FIRST, {"entry": forged})
    assert (world.inst.units[FIRST].status, FIRST in world.inst.members) == ("left", False)


def test_a_membership_that_was_ended_is_not_got_back_by_disavowing_a_notice() -> None:
    """Announced on paper, ended before the day, disavowed: ended it stays; nor is a later membership backdated."""
    world, forged = left_on_paper("2026-06-01")
    world.end(FIRST)
    world.unit("key.disavow/1", FIRST, {"entry": forged})
    assert (world.inst.units[FIRST].status, FIRST in world.inst.members) == ("ended", False)
    world, forged = left_on_paper("2026-06-01")
    world.end(FIRST)
    world.grant(world.apply(1, actor=FIRST))
    world.unit("key.disavow/1", FIRST, {"entry": forged})
    assert iso(world.inst.members[FIRST]) == "2026-05-02"


def test_keys_that_are_not_registered_or_not_the_actors_sign_nothing() -> None:
    """An unknown key, and the algorithm of another kind of key."""
    world = in_force()
    with world.out_of_turn("unknown-key", key=public_of("stranger")):
        world.stage.do("membership.withdraw/1", FIRST, {"effective": None}, ["stranger"])
    act = world.stage.signed("membership.withdraw/1", FIRST, {"effective": None}, [FIRST])
    import msgspec

    forged = msgspec.structs.replace(act, sigs=(msgspec.structs.replace(act.sigs[0], alg="webauthn", ad="", cd=""),))
    with world.out_of_turn("wrong-key"):
        world.stage.office.handle(forged)


# -- the books' own keys


def test_a_books_key_is_rotated_by_secretary_and_sysop_under_the_books_own_name() -> None:
    """The further key stands beside the first; one that is known, or of another name, is none."""
    from gongyue.governance.book import book_vkeys
    from gongyue.transparency.notes import Signer

    world = in_force()
    first = world.stage.office.keys.open.verifier.vkey
    further = Signer(world.stage.origin, bytes([7]) * 32).verifier.vkey
    two = (SECRETARY, SYSOP)
    with world.out_of_turn("key-registered"):
        world.executive("book.rotate/1", {"book": "open", "verifier": first}, two)
    with world.out_of_turn("wrong-book"):
        world.executive("book.rotate/1", {"book": "sealed", "verifier": further}, two)
    with world.refused("GY-05-01", enough="secretary | sysop", officer=CLERK):
        world.executive("book.rotate/1", {"book": "open", "verifier": further}, (SECRETARY, CLERK))
    world.executive("book.rotate/1", {"book": "open", "verifier": further}, two)
    assert book_vkeys(world.inst, "open") == [first, further]
    assert len(book_vkeys(world.inst, "sealed")) == 1
    with world.out_of_turn("key-registered"):
        world.executive("book.rotate/1", {"book": "open", "verifier": further}, two)
