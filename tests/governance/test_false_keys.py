"""What was signed with a first key that never was its unit's (articles 5, 22): it falls with it, and nothing else does."""

from __future__ import annotations

import pytest

from attacks.forcing import HOUR, ballot, ended, recorded, verified
from attacks.test_second_look import KEYLESS, OTHERS, keyless, on_paper
from gongyue.covenant.periods import DAY, day_of
from gongyue.governance.papers import duties
from gongyue.office.routine_acts import close_vote, statement, system_act
from support.alliance import Alliance, public_of


def stolen() -> tuple[Alliance, int]:
    """Three consent; a first key was invented for a fourth, which "consents" with it; the turnout counts four."""
    world = keyless().vote_open().cast("consent", "u:0001", "u:0002", "u:0003")
    registered = world.register(KEYLESS, "thief").index
    world.stage.now += HOUR
    world.stage.office.handle(ballot(world, KEYLESS, signers=["thief"]))
    world.stage.now += DAY
    world.anchor()
    assert world.vote().turnouts[-1].voted == 4
    return world, registered


def test_a_turnout_stated_before_the_disavowal_stays_lawful() -> None:
    """Four had voted, as far as anybody knew; after the disavowal three; the close is lawful, and says three."""
    world, registered = stolen()
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    world.stage.now += DAY
    world.anchor()
    assert [t.voted for t in world.vote().turnouts][-2:] == [4, 3]
    world.close()
    assert (world.vote().consents, world.vote().outcome) == (3, "rejected")
    assert verified(world).code == 0


def test_a_close_follows_a_turnout_that_knows_of_the_disavowal() -> None:
    """Between the last turnout and the close a first key is disavowed: another turnout comes first, at the next anchor."""
    world, registered = stolen()
    ended(world)
    last = world.vote().turnouts[-1]
    world.stage.now += 60
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert last.voted == 4
    with world.out_of_turn("no-turnout"):
        close_vote(world.stage.office, "p:1")
    world.close()
    assert world.vote().consents == 3


def test_a_disavowal_after_the_close_changes_nothing_that_was_counted() -> None:
    """The vote is over: what is opened counts as it did."""
    world, registered = stolen()
    world.close()
    assert world.vote().consents == 4
    world.stage.now += HOUR
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert (world.vote().consents, verified(world).code) == (4, 0)


@pytest.mark.parametrize("consents", [3, 4])
def test_the_close_says_what_is_left(consents: int) -> None:
    """Stated with the thief's ballot it is not the count (GY-22-08)."""
    world, registered = stolen()
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    ended(world)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    recorded(world, system_act(world.stage.office, "vote.close/1", body | {"consents": consents}, files))
    report = verified(world)
    assert (report.code, report.failure and report.failure.code) == ((0, None) if consents == 3 else (3, "GY-22-08"))


def invented() -> tuple[Alliance, int]:
    """Of five members one has no key; an annex can be signed, a proposal supported; a thief's first key is registered for it."""
    world = keyless().annexed()
    world.initiate()
    registered = world.register(KEYLESS, "thief").index
    world.stage.now += 60
    return world, registered


def test_what_an_invented_key_signed_and_took_back_binds_nobody() -> None:
    """It signs an annex, leaves it and signs it again: undone from the last to the first, its unit is bound by nothing."""
    for types in (
        ("annex.sign/1",),
        ("annex.sign/1", "annex.leave/1"),
        ("annex.sign/1", "annex.leave/1", "annex.sign/1"),
    ):
        world, registered = invented()
        for type in types:
            world.stage.now += 60
            world.stage.do(type, KEYLESS, {"annex": "a:health"}, ["thief"])
        on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
        assert KEYLESS not in world.inst.annexes["a:health"].signers
        assert verified(world).code == 0


def test_with_an_invented_key_nothing_of_another_unit_falls() -> None:
    """Another that nobody told of its own key has signed too, before and after: of it nothing is disavowed.

    Nor is what can be said anew at any time and is undone by no act: a declaration of activities.
    """
    world, registered = invented()
    world.support("u:0002")
    world.stage.do("membership.declare/1", KEYLESS, {"activities": ["research"], "other": ""}, ["thief"])
    world.stage.now += 60
    forged = world.stage.do("amendment.support/1", KEYLESS, {"proposal": "p:1"}, ["thief"]).index
    world.support("u:0003")
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    assert dict(world.inst.disavowed) == {registered: KEYLESS, forged: KEYLESS}
    assert {"u:0002", "u:0003"} < set(world.inst.proposals["p:1"].supporters)


def test_the_keys_that_an_invented_key_brought_and_ended_fall_with_it() -> None:
    """It adds a key, which ends it; neither is valid after the disavowal, and what they did to keys is not undone one by one."""
    world, registered = invented()
    for signer, type, body in (
        ("thief", "key.add/1", {"key": public_of("second"), "alg": "ed25519"}),
        ("second", "key.revoke/1", {"key": public_of("thief")}),
    ):
        world.stage.now += 60
        world.stage.do(type, KEYLESS, body, [signer])
    assert not any(one.holder == KEYLESS for one in world.inst.signed.values())
    on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
    keys = world.inst.keys_of(KEYLESS).values()
    assert len(keys) == 2
    assert not any(key.valid_at(world.inst.size, world.stage.now) or key.was_one for key in keys)
    assert dict(world.inst.disavowed) == {registered: KEYLESS}


@pytest.mark.parametrize(("late", "falls"), [(-1, True), (0, False)])
def test_what_is_signed_once_the_key_can_no_longer_be_disavowed_stands(late: int, falls: bool) -> None:
    """Told of its key, its unit has 7 × 86,400 s: what is signed a second before that may fall with it, from then on nothing does."""
    world, registered = invented()
    world.tell(registered)
    world.stage.now += 7 * DAY + late
    index = world.stage.do("annex.sign/1", KEYLESS, {"annex": "a:health"}, ["thief"]).index
    assert (index in world.inst.signed) == falls


def test_whoever_recorded_a_key_tells_its_unit_until_it_was_told_disavowed_it_or_signed() -> None:
    """Within P18, three days, of which the calendar decides nothing; then it is due no more."""
    for done in ("", "told", "disavowed", "signed"):
        world, registered = invented()
        recorded = day_of(world.stage.now)
        if done == "told":
            world.tell(registered)
        if done == "disavowed":
            on_paper(world, "key.disavow/1", KEYLESS, {"entry": registered}, OTHERS)
        if done == "signed":
            world.stage.do("annex.sign/1", KEYLESS, {"annex": "a:health"}, ["thief"])
        due = [duty for duty in duties(world.inst) if duty.entry == registered]
        assert len(due) == (not done)
        assert all((duty.article, duty.last, duty.calendar_known) == (5, recorded + 3, True) for duty in due)
