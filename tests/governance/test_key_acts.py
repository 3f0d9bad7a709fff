"""Nobody takes over a key (article 5): paper waits, in the open, and the key it is about disavows it."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.covenant.periods import DAY, from_iso, moment
from gongyue.governance import snapshot
from gongyue.governance.key import able, staying
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    NOBODY,
    OUTSIDER,
    PANEL,
    PUBLISHER,
    SECRETARY,
    TWO,
    Alliance,
    paper,
    public_of,
)
from support.sealed import now_reads

TODAY = "2026-05-01"
WEEK = 7 * DAY
AUTHORITY = "authority"


def in_force() -> Alliance:
    """Five members, on 2026-05-01; the delay is 7 days."""
    return Alliance(members=5).in_force().on(TODAY)


def new(name: str) -> dict[str, str]:
    return {"key": public_of(name), "alg": "ed25519"}


def from_paper(world: Alliance, type: str, holder: str, body: dict[str, Any], signers: Any = TWO) -> int:
    """Two officers record what a letter says in the holder's name, and that it was told the same second; the entry."""
    index = world.on_paper(type, holder, body, TODAY, TODAY, signers).index
    if index in world.inst.papers:
        world.tell(index)
    return index


def declares(world: Alliance, key: str = FIRST) -> None:
    """The first unit declares an activity, signing with that key."""
    world.stage.do("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""}, [key])


# -- a letter that ends a key


@pytest.mark.parametrize(("seconds", "signs"), [(WEEK - 1, True), (WEEK, False), (WEEK + 1, False)])
def test_a_key_revoked_on_paper_signs_until_the_delay_is_over(seconds: int, signs: bool) -> None:
    """A letter silences nobody at once: 7 days to the second."""
    world = in_force()
    start = world.stage.now
    from_paper(world, "key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    world.stage.now = start + seconds
    if signs:
        declares(world)
        return
    with world.refused("GY-05-04", holder=FIRST, valid_to=moment(start + WEEK)):
        declares(world)


@pytest.mark.parametrize("again", [False, True])
def test_a_forged_revocation_is_disavowed_by_the_very_key_it_is_about(again: bool) -> None:
    """In the last second of the delay; the key stays valid afterwards, also as read from a snapshot."""
    world = in_force()
    start = world.stage.now
    forged = from_paper(world, "key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    world.stage.now = start + WEEK - 1
    world.unit("key.disavow/1", FIRST, {"entry": forged})
    if again:
        assert snapshot.load(snapshot.dump(world.inst)) == world.inst
    world.stage.now = start + 30 * DAY
    declares(world)


def test_takeover_by_two_ordinary_commands_is_refused() -> None:
    """Revoked on paper, then a new key registered: GY-05-05 at once, in the delay and for ever after it."""
    world = in_force()
    start = world.stage.now
    from_paper(world, "key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    for after in (0, WEEK - 1, WEEK, 60 * DAY):
        world.stage.now = start + after
        with world.refused("GY-05-05", holder=FIRST, keys=1):
            world.register(FIRST, key_of="thief")


def test_a_revocation_on_paper_and_a_recovery_are_each_disavowed_by_themselves() -> None:
    """Whichever is disavowed, the other still runs; both disavowed, the key stays."""
    for disavowed in ((0,), (1,), (0, 1), (1, 0)):
        world = in_force()
        start = world.stage.now
        forged = [from_paper(world, "key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})]
        world.stage.now += DAY
        forged.append(from_paper(world, "key.recover/1", FIRST, new("thief")))
        for one in disavowed:
            world.unit("key.disavow/1", FIRST, {"entry": forged[one]})
        ends = {(0,): start + DAY + WEEK, (1,): start + WEEK}.get(disavowed)
        assert world.inst.keys[public_of(FIRST)].valid_to == ends
        assert world.inst.keys[public_of("thief")].valid_when(start + 30 * DAY) == (disavowed == (0,))


def test_a_key_that_has_ended_by_paper_is_ended_no_further() -> None:
    """not-found, by its own and on paper, from the second in which it ended."""
    world = in_force()
    world.add_key(FIRST, "second")
    start = world.stage.now
    from_paper(world, "key.revoke/1", FIRST, {"key": public_of(FIRST)})
    world.stage.now = start + WEEK
    with world.out_of_turn("not-found"):
        from_paper(world, "key.revoke/1", FIRST, {"key": public_of(FIRST)})
    declares(world, "second")


# -- the last key


def test_the_last_key_is_ended_by_whoever_says_that_it_is_the_last() -> None:
    """GY-05-08 both ways: not said of the last, said of another; a key that paper is ending is none that stays."""
    world = in_force()
    with world.refused("GY-05-08", enough="last", article=5, holder=FIRST, keys=0):
        world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST)})
    world.add_key(FIRST, "second")
    with world.refused("GY-05-08", holder=FIRST, keys=1):
        world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    from_paper(world, "key.revoke/1", FIRST, {"key": public_of("second")})
    assert staying(world.inst, FIRST, world.stage.now) == 1
    with world.refused("GY-05-08", enough="last", holder=FIRST, keys=0):
        world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST)})
    world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    assert able(world.inst, FIRST, world.stage.now)
    assert not able(world.inst, FIRST, world.stage.now + WEEK)


def test_a_recovered_key_that_is_not_valid_yet_is_none_that_stays() -> None:
    """Ending the old one now leaves the unit without a voice for the rest of the delay: it says last."""
    world = in_force()
    from_paper(world, "key.recover/1", FIRST, new("new"))
    with world.refused("GY-05-08", enough="last", keys=0):
        world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST)})
    world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    world.stage.now += WEEK
    declares(world, "new")


def test_to_register_and_to_end_is_one_step() -> None:
    """key.rotate leaves exactly one key, and asks for no `last`."""
    world = in_force()
    world.unit("key.rotate/1", FIRST, new("new"))
    assert staying(world.inst, FIRST, world.stage.now) == 1
    declares(world, "new")


# -- recovery


def test_there_is_nothing_to_recover_where_there_never_was_a_key() -> None:
    """no-first-key: two officers register one from paper, and only then."""
    world = in_force()
    world.invite(101)
    with world.out_of_turn("no-first-key", holder="u:0101"):
        from_paper(world, "key.recover/1", "u:0101", new("u:0101"))
    world.register("u:0101")


def test_whoever_has_left_brings_no_new_key_with_an_application() -> None:
    """GY-05-05 unless one of its own keys signs: left on forged paper, nobody comes back in its name."""
    world = in_force()
    from_paper(world, "membership.withdraw/1", FIRST, {"effective": None})
    with world.refused("GY-05-05", holder=FIRST, keys=1):
        world.apply(1, actor=FIRST, key=public_of("thief"), signer="thief")
    world.grant(world.apply(1, actor=FIRST, key=public_of("new")))
    assert FIRST in world.inst.members
    declares(world, "new")


def test_an_application_opened_is_judged_by_the_same_rule() -> None:
    """Taken by a dishonest office under seal, it is refused when it is granted."""
    from support.published import forced_sealed

    world = in_force()
    world.withdraw(FIRST)
    body = {"name": "甲科技公司", "code": world.inst.units[FIRST].code, "domestic": True, "accepts": True}
    body |= {"activities": ["analysis"], "other": "", **new("thief")}
    act = world.stage.signed("membership.apply/1", FIRST, body, ["thief"])
    line = forced_sealed(world, act)
    world.stage.now += DAY
    world.tick()
    from gongyue.transparency import canonical

    line = now_reads(world.stage.office, line)
    digest = canonical.digest(line)
    with world.refused("GY-05-05", holder=FIRST, keys=1):
        world.executive("membership.grant/1", {"application": digest}, [SECRETARY], line)


# -- disavowed on paper, by whoever has no key

OTHERS = ("o:fan", "o:gu")


def with_others() -> Alliance:
    """Two more clerks are in office, beside the two who record what is forged."""
    world = Alliance(members=5).in_force()
    for name in OTHERS:
        world.appoint(name, "clerk")
    return world.on(TODAY)


def invented(world: Alliance) -> int:
    """Two officers register a first key for a unit that never had one; the entry."""
    world.invite(101)
    return world.register("u:0101", key_of="invented").index


def never_ours(world: Alliance, entry: int, signers: Any = OTHERS, unit: str = "u:0101") -> None:
    """The unit's letter says that it was not it."""
    from_paper(world, "key.disavow/1", unit, {"entry": entry}, signers)


@pytest.mark.parametrize(("seconds", "in_time"), [(WEEK - 1, True), (WEEK, False)])
def test_a_first_key_that_was_invented_is_disavowed_on_paper_by_other_officers(seconds: int, in_time: bool) -> None:
    """Within 7 days to the second; then the unit never had one, and its own is registered as its first."""
    world = with_others()
    entry = invented(world)
    world.tell(entry)
    world.stage.now += seconds
    if not in_time:
        with world.out_of_turn("window-over"):
            never_ours(world, entry)
        return
    for signers in (TWO, (SECRETARY, OTHERS[0])):
        with world.refused("GY-05-12", article=5, officer=" ".join(sorted(set(signers) & set(TWO)))):
            never_ours(world, entry, signers)
    with world.refused("GY-05-02"):
        never_ours(world, entry, OTHERS[:1])
    never_ours(world, entry)
    with world.refused("GY-05-04", holder="u:0101"):
        world.stage.do("key.add/1", "u:0101", new("more"), ["invented"])
    with world.out_of_turn("no-first-key"):
        from_paper(world, "key.recover/1", "u:0101", new("other"))
    world.register("u:0101", key_of="true")
    start = world.stage.now
    world.stage.now = start + WEEK - 1  # nobody is taken over at once, by however many
    with world.refused("GY-05-04", valid_from=moment(start + WEEK)):
        world.stage.do("key.add/1", "u:0101", new("more"), ["true"])
    world.stage.now = start + WEEK
    world.stage.do("key.add/1", "u:0101", new("more"), ["true"])


def test_a_key_made_with_an_invented_one_does_not_speak_against_the_letter() -> None:
    """Rotated and added to meanwhile, they are still no keys of the unit: all end with it, and none counts as having been."""
    world = with_others()
    entry = invented(world)
    world.stage.do("key.rotate/1", "u:0101", new("next"), ["invented"])
    rotated = world.inst.keys[public_of("invented")].valid_to
    world.stage.now += 60
    world.stage.do("key.add/1", "u:0101", new("more"), ["next"])
    never_ours(world, entry)
    assert entry in world.inst.disavowed
    assert not able(world.inst, "u:0101", world.stage.now)
    assert world.inst.keys[public_of("invented")].valid_to == rotated
    world.register("u:0101", key_of="true")


def test_whoever_has_a_key_signs_its_disavowal() -> None:
    """GY-05-11 for a letter in its name: of a forged withdrawal, of a forged end of that very key."""
    world = with_others()
    body = {"key": public_of(FIRST), "last": True}
    for type, what in (("key.revoke/1", body), ("membership.withdraw/1", {"effective": None})):
        entry = from_paper(world, type, FIRST, what)
        with world.refused("GY-05-11", enough=FIRST, article=5, holder=FIRST):
            never_ours(world, entry, unit=FIRST)
        world.unit("key.disavow/1", FIRST, {"entry": entry})


def test_a_unit_that_ended_its_last_key_disavows_a_forged_withdrawal_on_paper() -> None:
    """It has no other way."""
    world = with_others()
    world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    entry = from_paper(world, "membership.withdraw/1", FIRST, {"effective": None})
    with world.refused("GY-05-12"):
        never_ours(world, entry, TWO, FIRST)
    never_ours(world, entry, unit=FIRST)
    assert FIRST in world.inst.members


def test_an_authoritys_first_key_is_disavowed_by_its_letter_before_it_is_valid() -> None:
    """Recorded by two who did not record it; its letters count as before."""
    world = Alliance().submitted()
    for name in OTHERS:
        world.appoint(name, "clerk")
    world.on(TODAY)
    letter = paper("主管部门密钥", TODAY, TODAY)
    entry = world.executive("key.register/1", {"holder": AUTHORITY, **new(AUTHORITY)}, paper=letter).index
    never_ours(world, entry, unit=AUTHORITY)
    world.stage.now += WEEK
    with world.refused("GY-05-04", holder=AUTHORITY):
        granted(world)
    world.approve(dated=TODAY)


def test_one_officer_registers_no_key() -> None:
    """GY-05-02: of a unit, with its paper, and of an officer."""
    world = in_force()
    world.invite(101)
    for holder, letter in (("u:0101", paper("key", TODAY, TODAY)), ("o:fan", None)):
        if letter is None:
            body = {"officer": holder, "offices": ["clerk"], "begins": "2026-05-10", "ends": "2026-12-31"}
            world.executive("office.appoint/1", body | {"interests": NOBODY})
        with world.refused("GY-05-02"):
            world.executive("key.register/1", {"holder": holder, **new(holder)}, [CLERK], paper=letter)


def test_officers_void_no_registration() -> None:
    """not-voidable: a key is its holder's to disavow."""
    from support.alliance import REASONS, REASONS_BYTES

    world = with_others()
    body = {"entry": invented(world), "reasons": REASONS, "from_the_beginning": False}
    with world.out_of_turn("not-voidable"):
        world.executive("correction.void/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)


# -- officers


def test_an_officer_adds_rotates_and_revokes_its_own_keys_and_nobody_elses() -> None:
    """Signed with a key of its own; two others register it a first one only (GY-05-05)."""
    world = in_force()
    with world.refused("GY-05-05", holder=PUBLISHER, keys=1):
        world.executive("key.register/1", {"holder": PUBLISHER, **new("puppet")})
    with world.refused("GY-04-01", enough=PUBLISHER, signed_by=SECRETARY):
        world.stage.do("key.add/1", PUBLISHER, new("puppet"), [SECRETARY])
    world.stage.do("key.add/1", PUBLISHER, new("phone"), [PUBLISHER])
    world.stage.do("key.rotate/1", PUBLISHER, new("card"), ["phone"])
    world.stage.do("key.revoke/1", PUBLISHER, {"key": public_of(PUBLISHER)}, ["card"])
    body = {"unit": FIRST}
    for gone in (PUBLISHER, "phone"):
        with world.refused("GY-05-04", holder=PUBLISHER):
            world.executive("membership.end/1", body, (gone, SECRETARY))
    world.executive("membership.end/1", body, ("card", SECRETARY))


@pytest.mark.parametrize(("seconds", "signs"), [(WEEK - 1, False), (WEEK, True), (WEEK + 1, True)])
def test_an_officers_key_that_two_others_recover_waits_and_is_disavowed(seconds: int, signs: bool) -> None:
    """7 days to the second; meanwhile the old one signs, and disavows it."""
    world = in_force()
    start = world.stage.now
    forged = from_paper(world, "key.recover/1", PUBLISHER, new("puppet"))
    world.stage.now = start + seconds
    body = {"unit": FIRST}
    if signs:
        world.executive("membership.end/1", body, ("puppet", SECRETARY))
        return
    with world.refused("GY-05-04", holder=PUBLISHER, valid_from=moment(start + WEEK)):
        world.executive("membership.end/1", body, ("puppet", SECRETARY))
    world.stage.do("key.disavow/1", PUBLISHER, {"entry": forged}, [PUBLISHER])
    world.stage.now += WEEK
    world.executive("membership.end/1", body, (PUBLISHER, SECRETARY))


@pytest.mark.parametrize(("seconds", "signs"), [(WEEK - 1, False), (WEEK, True)])
def test_an_officers_first_key_is_valid_after_the_delay(seconds: int, signs: bool) -> None:
    """Appointed long ago and without a key until now: nobody speaks for it today."""
    world = in_force()
    body = {"officer": "o:neu", "offices": ["publisher"], "begins": "2026-05-09", "ends": "2026-12-31"}
    world.executive("office.appoint/1", body | {"interests": NOBODY})
    world.on("2026-06-01")
    world.executive("key.register/1", {"holder": "o:neu", **new("o:neu")})
    world.stage.now += seconds
    ends = {"unit": FIRST}
    if signs:
        world.executive("membership.end/1", ends, ("o:neu", SECRETARY))
        return
    with world.refused("GY-05-04", holder="o:neu"):
        world.executive("membership.end/1", ends, ("o:neu", SECRETARY))


@pytest.mark.parametrize(
    ("at", "earliest"),
    [("2026-05-01 00:00", "2026-05-08"), ("2026-05-01 09:00", "2026-05-09"), ("2026-05-01 23:59", "2026-05-09")],
)
def test_an_appointment_serves_from_the_first_day_after_the_whole_delay(at: str, earliest: str) -> None:
    """GY-05-10 the day before; 7 times 86,400 seconds have passed when that day begins, and not one less."""
    world = Alliance(members=5).in_force().on("2026-04-30").at(at)
    before = f"2026-05-{int(earliest[-2:]) - 1:02}"
    for begins in ("2026-05-01", before):
        with world.refused("GY-05-10", enough=earliest, article=5, officer="o:neu", begins=begins):
            world.appoint("o:neu", "panellist", begins=begins)
    world.appoint("o:neu", "panellist", begins=earliest)
    assert world.inst.officers["o:neu"].held(from_iso(earliest)) == {"panellist"}


# -- the authority


def with_authority() -> Alliance:
    """The text is with an authority whose first key has been registered and is valid."""
    world = Alliance().submitted().on(TODAY)
    letter = paper("主管部门密钥", TODAY, TODAY)
    world.executive("key.register/1", {"holder": AUTHORITY, **new(AUTHORITY)}, paper=letter)
    return world


def granted(world: Alliance, key: str = AUTHORITY) -> None:
    """The authority approves, signing with that key."""
    body = {"outcome": "granted", "edition": world.edition}
    world.stage.do("founding.approval/1", AUTHORITY, body, [key])


@pytest.mark.parametrize(("seconds", "signs"), [(WEEK - 1, False), (WEEK, True), (WEEK + 1, True)])
def test_the_authoritys_first_key_is_valid_after_the_delay(seconds: int, signs: bool) -> None:
    """Two officers with a letter do not approve in its name today, 7 days to the second."""
    world = with_authority()
    start = world.stage.now
    world.stage.now = start + seconds
    if signs:
        granted(world)
        return
    with world.refused("GY-05-04", holder=AUTHORITY, valid_from=moment(start + WEEK)):
        granted(world)


@pytest.mark.parametrize(("seconds", "on_paper"), [(WEEK - 1, True), (WEEK, False), (WEEK + 1, False)])
def test_while_the_authority_has_a_valid_key_nobody_records_its_acts_from_paper(seconds: int, on_paper: bool) -> None:
    """GY-05-06 from the first second of validity on, however old the letter; the second before, paper is all there is."""
    world = with_authority()
    world.stage.now += seconds
    if on_paper:
        world.approve(dated=TODAY)
        return
    with world.refused("GY-05-06", enough=AUTHORITY, article=5):
        world.approve(dated=TODAY)
    granted(world)


def test_a_further_key_of_the_authority_is_its_own_to_add() -> None:
    """GY-05-05 for two officers with a letter; GY-05-07 for their ending the one it has."""
    world = with_authority()
    world.stage.now += WEEK
    letter = paper("主管部门密钥", TODAY, TODAY)
    with world.refused("GY-05-05", holder=AUTHORITY, keys=1):
        world.executive("key.register/1", {"holder": AUTHORITY, **new("puppet")}, paper=letter)
    with world.refused("GY-05-07", enough=AUTHORITY, holder=AUTHORITY):
        world.executive("key.retire/1", {"key": public_of(AUTHORITY)})
    world.stage.do("key.add/1", AUTHORITY, new("second"), [AUTHORITY])
    world.stage.do("key.revoke/1", AUTHORITY, {"key": public_of(AUTHORITY)}, ["second"])
    granted(world, "second")


def test_a_lost_key_of_the_authority_is_recovered_by_its_letter_and_the_old_one_disavows_it() -> None:
    """Without paper not; in the delay the old key signs, afterwards the new one does."""
    for forged in (False, True):
        world = with_authority()
        world.stage.now += WEEK
        with world.out_of_turn("needs-paper"):
            world.stage.do("key.recover/1", AUTHORITY, new("puppet"), [AUTHORITY])
        entry = from_paper(world, "key.recover/1", AUTHORITY, new("puppet"))
        world.stage.now += WEEK - 1
        if forged:
            world.stage.do("key.disavow/1", AUTHORITY, {"entry": entry}, [AUTHORITY])
        with world.refused("GY-05-06"):
            world.approve(dated=TODAY)
        world.stage.now += 1
        gone, valid = ("puppet", AUTHORITY) if forged else (AUTHORITY, "puppet")
        with world.refused("GY-05-04", holder=AUTHORITY):
            granted(world, gone)
        granted(world, valid)


def test_an_authority_without_a_valid_key_is_recorded_from_paper_again() -> None:
    """It ended its last one itself, and said so."""
    world = with_authority()
    world.stage.now += WEEK
    world.stage.do("key.revoke/1", AUTHORITY, {"key": public_of(AUTHORITY), "last": True}, [AUTHORITY])
    world.approve(dated=TODAY)


# -- the office key


def test_the_office_key_changes_with_overlap_only() -> None:
    """GY-05-09 while the further one is not valid: 7 days to the second; the one that is valid then stays."""
    world = in_force()
    with world.refused("GY-05-09", enough=1, article=5, holder="sys", keys=0):
        world.executive("key.retire/1", {"key": public_of("sys")})
    start = world.stage.now
    world.executive("key.register/1", {"holder": "sys", **new("sys new")})
    for seconds in (0, WEEK - 1):
        world.stage.now = start + seconds
        with world.refused("GY-05-09", keys=0):
            world.executive("key.retire/1", {"key": public_of("sys")})
    world.stage.now = start + WEEK
    world.executive("key.retire/1", {"key": public_of("sys")})
    with world.refused("GY-05-09", keys=0):
        world.executive("key.retire/1", {"key": public_of("sys new")})


# -- after a false time


@pytest.mark.parametrize("type", ["key.revoke/1", "key.recover/1"])
def test_what_paper_is_to_end_runs_again_after_a_false_time(type: str) -> None:
    """A day of the delay was left when the clock went wrong: the key signs and disavows for that day again."""
    world = in_force()
    body: dict[str, Any] = {"key": public_of(FIRST), "last": True} if type == "key.revoke/1" else new("thief")
    forged = from_paper(world, type, FIRST, body)
    world.stage.now += 6 * DAY
    world.invite(101)
    back = world.inst.now
    world.stage.leap(back + 40 * DAY)
    world.executive("clock.confirm/1", {"last": back, "time": world.stage.now}, TWO)
    now = back + 2 * DAY
    world.stage.leap(now)
    world.executive("clock.recover/1", world.stage.office.false_time(now), TWO)
    assert world.inst.keys[public_of(FIRST)].valid_to == now + DAY
    world.stage.leap(now + DAY - 1)
    world.unit("key.disavow/1", FIRST, {"entry": forged})
    world.stage.leap(now + 2 * DAY)
    declares(world)


def test_the_caseworker_records_no_paper_about_keys() -> None:
    """GY-05-01: secretary and clerk alone do."""
    world = in_force()
    for signers in ((SECRETARY, CASEWORKER), (CLERK, PANEL[0])):
        with world.refused("GY-05-01"):
            from_paper(world, "key.recover/1", FIRST, new("thief"), signers)
    with world.refused("GY-04-01", unit=FIRST, signed_by=OUTSIDER):
        world.stage.do("key.rotate/1", FIRST, new("thief"), [OUTSIDER])


def test_a_key_is_valid_from_the_entry_after_the_one_that_brings_it_to_the_one_that_ends_it() -> None:
    """Added or rotated at n, it signs n + 1 and not n; rotated, revoked or retired at n, it signs n and not n + 1."""
    world = in_force()

    def signs(name: str, index: int) -> list[bool]:
        return [world.inst.keys[public_of(name)].valid_at(at, world.inst.now) for at in (index, index + 1)]

    index = world.add_key(FIRST, "phone").index
    assert signs("phone", index) == [False, True]
    index = world.unit("key.rotate/1", FIRST, new("card")).index
    assert (signs(FIRST, index), signs("card", index)) == ([True, False], [False, True])
    index = world.stage.do("key.revoke/1", FIRST, {"key": public_of("phone")}, ["card"]).index
    assert signs("phone", index) == [True, False]
    index = world.executive("key.retire/1", {"key": public_of(PUBLISHER)}).index
    assert signs(PUBLISHER, index) == [True, False]


@pytest.mark.parametrize(("dated", "taken"), [("2026-04-30", False), ("2026-05-01", True)])
def test_a_letter_ends_no_key_that_was_registered_after_it(dated: str, taken: bool) -> None:
    """A second key since 05-01: a recovery that ends both is not of the day before."""
    world = Alliance(members=5).in_force().on("2026-05-01")
    world.unit("key.add/1", FIRST, {"key": public_of("spare"), "alg": "ed25519"})
    new = {"key": public_of("new"), "alg": "ed25519"}
    if taken:
        world.on_paper("key.recover/1", FIRST, new, dated, "2026-05-01")
    else:
        with world.out_of_turn("past-date", at=dated, since="2026-05-01"):
            world.on_paper("key.recover/1", FIRST, new, dated, "2026-05-01")


def test_where_no_key_is_valid_any_more_the_letter_is_of_a_day_since_the_first() -> None:
    """Both have ended: the letter may be older than the second, which it ends no more."""
    world = Alliance(members=5).in_force().on("2026-05-01")
    world.unit("key.add/1", FIRST, {"key": public_of("spare"), "alg": "ed25519"})
    world.unit("key.revoke/1", FIRST, {"key": public_of("spare")})
    world.unit("key.revoke/1", FIRST, {"key": public_of(FIRST), "last": True})
    world.stage.now += 60
    world.on_paper("key.recover/1", FIRST, {"key": public_of("new"), "alg": "ed25519"}, "2026-04-30", "2026-05-01")
    assert public_of("new") in world.inst.keys
