"""Papers and applications answer what there is: a membership (article 23), a signature, an order, a key, a text."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import iso
from support.alliance import TWO, Alliance, paper, public_of

BACK = {"accepts": True, "activities": ["analysis"], "other": ""}
LAST = "u:0004"


def world() -> Alliance:
    """Four members, the last of them since 2026-04-01; 丙 left on 2026-04-02."""
    return Alliance(members=4, initiators=2).in_force().on("2026-04-10")


@pytest.mark.parametrize(("dated", "taken"), [("2026-03-31", False), ("2026-04-01", True)])
def test_a_withdrawal_on_paper_is_not_dated_before_the_membership_it_ends(dated: str, taken: bool) -> None:
    """A letter of the day before it joined puts no member out; of the day it joined, it does."""
    alliance = world()
    if taken:
        alliance.on_paper("membership.withdraw/1", LAST, {"effective": None}, dated, dated)
        assert alliance.inst.units[LAST].status == "left"
    else:
        with alliance.out_of_turn("past-date", at=dated, since="2026-04-01"):
            alliance.on_paper("membership.withdraw/1", LAST, {"effective": None}, dated, "2026-04-09")


@pytest.mark.parametrize(("dated", "taken"), [("2026-04-01", False), ("2026-04-02", True)])
def test_a_declaration_on_paper_from_before_it_left_brings_no_unit_back(dated: str, taken: bool) -> None:
    """Two officers cannot record again what a unit declared before it left; what it declared since, they can."""
    alliance = world()
    if taken:
        alliance.on_paper("membership.enrol/1", alliance.left, BACK, dated, dated)
        assert alliance.inst.units[alliance.left].status == "member"
    else:
        with alliance.out_of_turn("past-date", at=dated, since="2026-04-02"):
            alliance.on_paper("membership.enrol/1", alliance.left, BACK, dated, "2026-04-09")


@pytest.mark.parametrize("between", [False, True])
def test_whoever_left_on_a_stated_day_may_apply_from_that_day(between: bool) -> None:
    """Also where nothing was recorded yet in the open book since the day began: its application is not stale."""
    alliance = world()
    alliance.withdraw(LAST, "2026-04-12")
    alliance.at("2026-04-12 00:00")
    if between:
        alliance.invite(50)
    alliance.grant(alliance.apply(4))
    assert alliance.inst.units[LAST].status == "member"


def test_an_application_from_before_it_joined_and_left_again_stays_stale() -> None:
    """It applied, joined in the first batch, left on a stated day: what it applied for then never re-admits it."""
    alliance = world()
    applied = alliance.apply(5)
    alliance.enrol(alliance.left)
    alliance.withdraw(alliance.left, "2026-04-12")
    alliance.at("2026-04-12 00:00").anchor()
    with alliance.out_of_turn("stale", unit=alliance.left):
        alliance.open_application(applied)


# -- other papers: of the day of what they answer, never of the day before

SINCE = "2026-07-06"
DAYS = pytest.mark.parametrize(("dated", "taken"), [("2026-07-05", False), (SINCE, True), ("2026-07-07", True)])
OTHERS = ("o:a", "o:b")


def recorded(
    alliance: Alliance, type: str, body: dict[str, object], dated: str, taken: bool, by: tuple[str, ...]
) -> None:
    """What the last unit's paper of that day does, recorded on 07-08."""
    actor = "exec" if type == "law.lift/1" else LAST
    letter = paper(f"{type} {dated}", dated, "2026-07-08")
    if taken:
        alliance.stage.do(type, actor, body, by, paper=letter)
        return
    with alliance.out_of_turn("past-date", at=dated, since=SINCE):
        alliance.stage.do(type, actor, body, by, paper=letter)


def later(alliance: Alliance) -> Alliance:
    return alliance.on("2026-07-08")


@DAYS
def test_an_annex_is_left_on_paper_not_dated_before_it_was_signed(dated: str, taken: bool) -> None:
    """Signed on 07-06."""
    alliance = world().annexed().on(SINCE)
    alliance.unit("annex.sign/1", LAST, {"annex": "a:health"})
    recorded(later(alliance), "annex.leave/1", {"annex": "a:health"}, dated, taken, TWO)
    assert (LAST in alliance.inst.annexes["a:health"].signers) is not taken


@DAYS
def test_an_order_is_lifted_by_a_letter_not_dated_before_its_own(dated: str, taken: bool) -> None:
    """The order is dated 07-06, though it runs since June and arrived on 07-07."""
    alliance = world().on("2026-07-07")
    order = {"order": "l:1", "source": "法院", "forbids": ["annex.publish/1"], "party": "", "begins": "2026-06-01"}
    alliance.executive("law.order/1", order | {"ends": None}, paper=paper("o", SINCE, "2026-07-07"))
    recorded(later(alliance), "law.lift/1", {"order": "l:1"}, dated, taken, TWO)
    assert (alliance.inst.orders["l:1"].lifted is not None) is taken


@DAYS
@pytest.mark.parametrize("type", ["key.revoke/1", "key.recover/1"])
def test_a_letter_ends_no_key_registered_after_it_was_written(type: str, dated: str, taken: bool) -> None:
    """The unit replaced its key on 07-06: what it wrote before was about the old one."""
    alliance = world().on(SINCE)
    alliance.unit("key.rotate/1", LAST, {"key": public_of("new"), "alg": "ed25519"})
    revoked = {"key": public_of("new"), "last": True}
    body = revoked if type == "key.revoke/1" else {"key": public_of("newest"), "alg": "ed25519"}
    recorded(later(alliance), type, body, dated, taken, TWO)
    assert bool(alliance.inst.keys[public_of("new")].ending) is taken


def test_a_recovery_that_somebody_else_asked_for_keeps_out_no_earlier_letter() -> None:
    """The key that an invented letter of 07-08 brings is not there yet: the true letter of 07-07 still counts."""
    alliance = later(world())
    forged = {"key": public_of("thief"), "alg": "ed25519"}
    alliance.on_paper("key.recover/1", LAST, forged, "2026-07-08", "2026-07-08")
    alliance.on_paper("key.recover/1", LAST, {"key": public_of("own"), "alg": "ed25519"}, "2026-07-07", "2026-07-08")
    assert public_of("own") in alliance.inst.keys


@DAYS
def test_a_letter_disavows_nothing_that_was_recorded_after_it(dated: str, taken: bool) -> None:
    """An invented withdrawal of 07-06; the unit, which has no key, disavows it by letter."""
    alliance = world().appoint("o:a", "clerk").appoint("o:b", "secretary").on("2026-07-06")
    alliance.unit("key.revoke/1", LAST, {"key": public_of(LAST), "last": True})
    entry = alliance.on_paper("membership.withdraw/1", LAST, {"effective": None}, SINCE, SINCE).index
    recorded(later(alliance), "key.disavow/1", {"entry": entry}, dated, taken, OTHERS)
    assert (LAST in alliance.inst.members) is taken


@pytest.mark.parametrize(("dated", "taken"), [(-1, False), (0, True), (1, True)])
def test_an_initiator_steps_out_by_paper_not_dated_before_it_was_named(dated: int, taken: bool) -> None:
    """Named when the text was frozen."""
    alliance = Alliance(members=4, initiators=3).frozen()
    frozen = alliance.inst.founding.frozen_day
    alliance.on(iso(frozen + 2))
    letter = paper("step out", iso(frozen + dated), iso(frozen + 2))
    if taken:
        alliance.stage.do("founding.step_out/1", "u:0003", {}, TWO, paper=letter)
    else:
        with alliance.out_of_turn("past-date", at=iso(frozen - 1), since=iso(frozen)):
            alliance.stage.do("founding.step_out/1", "u:0003", {}, TWO, paper=letter)
    assert ("u:0003" in alliance.inst.founding.initiators) is not taken
