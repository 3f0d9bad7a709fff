"""What nobody catches by the book alone, as docs/threat-model.md says: `verify` sees nothing, as it must."""

from __future__ import annotations

import pytest

from attacks.forcing import (
    DAY,
    HOUR,
    ballot,
    closed,
    ended,
    letter,
    recovered,
    sealed,
    strayed,
    today,
    verified,
    voting,
)
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.rulings import OutOfTurn
from support.alliance import TWO, Alliance, public_of


def sound(world: Alliance) -> bool:
    """Whether verify says 真实且合规."""
    return verified(world).code == 0


def told(world: Alliance, index: int) -> None:
    """Two officers record a notice that nobody gave, and set the clock on past the delay in three steps of less than 3 days."""
    world.tell(index)
    for _ in range(3):
        world.stage.now += 3 * DAY - 10
        world.anchor()


def test_within_a_slot_the_office_says_when_a_sealed_act_arrived() -> None:
    """A unit revokes a stolen key at 12:00; a ballot that the thief signs after that, of the same slot, "arrived" at 11:00."""
    world = voting()
    world.add_key("u:0005", "stolen")
    world.stage.now += HOUR
    arrived, size, view = world.stage.now, world.inst.size, world.stage.office.view()
    world.stage.now += HOUR
    world.unit("key.revoke/1", "u:0005", {"key": public_of("stolen")})
    world.stage.now += HOUR
    sealed(world, ballot(world, "u:0005", signers=["stolen"], at=arrived, view=view), arrived, size)
    ended(world)
    assert closed(world)["consents"] == 1 and sound(world)


def test_of_two_keys_the_office_says_which_signed_last() -> None:
    """Consent by one key, then against by the other: recorded the other way round."""
    world = voting()
    world.add_key("u:0001", "second key")
    first = ballot(world, "u:0001")
    world.stage.now += HOUR
    world.stage.office.handle(ballot(world, "u:0001", "against", signers=["second key"]))
    world.stage.now += HOUR
    world.stage.office.handle(first)
    ended(world)
    assert closed(world)["consents"] == 1 and sound(world)


def test_a_notice_kept_back_brings_back_the_paper_before() -> None:
    """Paper consent, told; paper against, of which the unit is not told: after the wait the consent counts."""
    world = voting().cast("consent", "u:0001", "u:0002", "u:0003")
    world.stage.now += HOUR
    world.told(world.stage.office.handle(ballot(world, "u:0005", paper=letter(world))))
    world.stage.now += DAY
    world.stage.office.handle(ballot(world, "u:0005", "against", paper=letter(world)))
    ended(world)
    for _ in range(8):
        world.stage.now += DAY
        world.anchor()
    assert closed(world)["outcome"] == "adopted" and sound(world)


def test_a_clock_set_on_in_steps_ends_the_delay_of_a_key_once_it_was_told() -> None:
    """A member's key is "recovered" on an invented letter, a notice invented too, and votes within minutes: three anchors, each just under 3 days on."""
    world = voting()
    body = {"key": public_of("thief"), "alg": "ed25519"}
    forged = world.stage.do("key.recover/1", "u:0005", body, TWO, paper=letter(world))
    told(world, forged.index)
    world.stage.office.handle(ballot(world, "u:0005", signers=["thief"]))
    ended(world)
    assert closed(world)["consents"] == 1 and sound(world)


def test_a_clock_set_on_in_steps_ends_a_disavowal_once_it_was_told() -> None:
    """An invented notice to leave stands within minutes of an invented notice to its unit."""
    world = Alliance(members=5).in_force().on("2026-05-06")
    forged = world.on_paper("membership.withdraw/1", "u:0005", {"effective": None}, today(world), today(world))
    told(world, forged.index)
    with pytest.raises(OutOfTurn, match="window-over"):
        world.unit("key.disavow/1", "u:0005", {"entry": forged.index})
    assert sound(world)


def test_a_recovery_undoes_admissions_and_brings_back_whom_it_ended() -> None:
    """A hundred days later two officers return to before both: the member is none, the one that ended is one."""
    world = Alliance(members=6).in_force().on("2026-05-06")
    world.invite(101)
    back = world.inst.now
    world.stage.now += DAY
    world.grant(world.apply(50))
    world.end("u:0006")
    world.stage.now += 100 * DAY
    world.invite(102)
    recovered(world, back + 60)
    assert world.inst.by_code.get(fictional_code(50)) not in world.inst.members and "u:0006" in world.inst.members
    assert sound(world)


def test_a_recovery_undoes_a_first_key_and_the_withdrawal_signed_with_it() -> None:
    """The key's registration is the office's act: void, and with it every act the unit signed since: it is a member again."""
    world = Alliance(members=5).published().on("2026-04-01")
    world.invite(60)
    world.stage.now += 60
    enrol = {"accepts": True, "activities": ["analysis"], "other": ""}
    world.on_paper("membership.enrol/1", "u:0060", enrol, today(world), today(world))
    back = world.inst.now
    world.stage.now += DAY
    world.register("u:0060")
    world.stage.now += DAY
    world.withdraw("u:0060")
    world.stage.now += DAY
    world.invite(61)
    recovered(world, back + 60)
    assert "u:0060" in world.inst.members and sound(world)


def test_a_recovery_takes_back_a_list_without_a_correction() -> None:
    """List no. 1 said 单位5 had left; void, list no. 1 again says nothing of it, nor 更正."""
    world = Alliance(members=5).in_force().on("2026-06-20")
    world.invite(101)
    back = world.inst.now
    world.stage.now += DAY
    world.on_paper("membership.withdraw/1", "u:0005", {"effective": None}, today(world), today(world))
    world.on("2026-07-01").tick()
    recovered(world, back + 60)
    world.on("2026-07-01").tick()
    assert [one.number for one in world.inst.lists] == [1] and "u:0005" in world.inst.members
    said = world.stage.office.store.object(world.inst.lists[-1].object) or b""
    assert b'"corrected":[]' in said and b"u:0005" not in said.partition(b'"left"')[2] and sound(world)


def test_a_false_future_that_is_confirmed_and_never_recovered() -> None:
    """A vote closed on its first day, with two officers' confirmation: listed by verify, exit 0."""
    world = voting().cast_by(4)
    strayed(world, 40)
    world.tick()
    assert world.vote().outcome == "adopted" and sound(world)


def test_a_count_open_to_members_only_that_names_openings_nobody_is_handed() -> None:
    """All signed against, 5 : 0 is stated, `handed` names nothing anybody has: sound in form; whoever asks for it is given nothing."""
    world = voting(vote__ballots="members")
    cast = [world.unit("vote.ballot/1", unit, {"vote": "p:1", "choice": "against"}) for unit in world.roll]
    ended(world)
    closed(world, False, consents=5, against=0, consents_left=5, outcome="adopted", handed="sha256:" + "7" * 64)
    report = verified(world, disclosures=tuple((f"opening {n}", receipt.opening) for n, receipt in enumerate(cast)))
    assert (report.code, report.recounted) == (0, 0)
