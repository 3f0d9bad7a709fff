"""The law above the covenant (article 20): orders, law packs, the holiday calendar."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.covenant.periods import iso
from gongyue.governance.effect import duties
from support.alliance import (
    FIRST,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    json_object,
    paper,
)


def in_force() -> Alliance:
    return Alliance(members=5).in_force().on("2026-05-01")


def order(world: Alliance, id: str = "l:court", party: str = "", begins: str = "2026-05-01", ends: str | None = None,
          forbids: tuple[str, ...] = ("membership.declare/1",), on_paper: bool = True) -> None:  # fmt: skip
    body = {
        "order": id,
        "source": "示范人民法院（演示）",
        "forbids": list(forbids),
        "party": party,
        "begins": begins,
        "ends": ends,
    }
    letter = paper("（2026）示民初7号", "2026-04-30", "2026-05-01") if on_paper else None
    world.executive("law.order/1", body, TWO, paper=letter)


def declare(world: Alliance, unit: str = FIRST) -> None:
    world.unit("membership.declare/1", unit, {"activities": ["analysis"], "other": ""})


@pytest.mark.parametrize(
    ("day", "forbidden"),
    [("2026-05-09", False), ("2026-05-10", True), ("2026-05-20", True), ("2026-05-21", False)],
)
def test_an_order_forbids_from_its_first_to_its_last_day(day: str, forbidden: bool) -> None:
    """GY-20-01 names the order and its source; the day before and the day after it does not."""
    world = in_force()
    order(world, begins="2026-05-10", ends="2026-05-20")
    world.on(day)
    if forbidden:
        with world.refused("GY-20-01", article=20, order="l:court", source="示范人民法院（演示）"):
            declare(world)
    else:
        declare(world)


def test_an_order_against_one_party_forbids_that_party_that_act_only() -> None:
    """Others may, and it may do other things."""
    world = in_force()
    order(world, party=FIRST)
    with world.refused("GY-20-01"):
        declare(world)
    declare(world, "u:0002")
    world.withdraw(FIRST)


@pytest.mark.parametrize(("lifted", "forbidden"), [("2026-05-09", False), ("2026-05-10", False), ("2026-05-11", True)])
def test_a_lifted_order_forbids_until_the_day_its_lifting_arrived(lifted: str, forbidden: bool) -> None:
    """The paper's arrival governs."""
    world = in_force()
    order(world)
    world.on("2026-05-11")
    world.executive("law.lift/1", {"order": "l:court"}, TWO, paper=paper("解除", "2026-05-08", lifted))
    hit = world.inst.orders["l:court"].forbids("membership.declare/1", FIRST, world.inst.today - 1)
    assert hit == (lifted == "2026-05-11")
    assert not world.inst.orders["l:court"].forbids("membership.declare/1", FIRST, world.inst.today)
    declare(world)
    assert forbidden == hit


def test_an_order_without_end_stands_until_it_is_lifted_or_voided() -> None:
    """Lifted once; voided by two officers where it was recorded wrongly."""
    world = in_force()
    order(world)
    world.on("2028-12-01")
    with world.refused("GY-20-01"):
        declare(world)
    world.executive("law.lift/1", {"order": "l:court"}, TWO, paper=paper("解除", "2028-12-01", "2028-12-01"))
    with world.out_of_turn("not-found"):
        world.executive("law.lift/1", {"order": "l:court"}, TWO, paper=paper("解除", "2028-12-01", "2028-12-01"))
    index = world.inst.size
    order(world, "l:wrong")
    with world.refused("GY-20-01"):
        declare(world)
    body = {"entry": index, "reasons": REASONS, "from_the_beginning": True}
    world.executive("correction.void/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)
    declare(world)


def test_orders_and_their_lifting_are_recorded_from_paper() -> None:
    """Once each, under a name that begins with l."""
    world = in_force()
    with world.out_of_turn("needs-paper"):
        order(world, on_paper=False)
    order(world)
    with world.out_of_turn("needs-paper"):
        world.executive("law.lift/1", {"order": "l:court"})
    with world.out_of_turn("exists"):
        order(world)
    with world.out_of_turn("exists"):
        order(world, "p:court")
    with world.out_of_turn("not-found", what="l:none"):
        world.executive("law.lift/1", {"order": "l:none"}, TWO, paper=paper("解除", "2026-05-01", "2026-05-01"))


def pack(
    world: Alliance,
    id: str = "l:pack",
    begins: str = "2026-05-01",
    ends: str | None = None,
    *acts: str,
    on_paper: bool = True,
) -> None:
    forbids = [{"source": "示范规定（演示）第三条", "types": list(acts)}] if acts else []
    body = {"pack": id, "content": REASONS, "begins": begins, "ends": ends, "forbids": forbids}
    letter = paper("示范规定（演示）", "2026-05-01", "2026-05-01") if acts and on_paper else None
    world.executive("law.pack/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES, paper=letter)


@pytest.mark.parametrize(("begins", "accepted"), [("2026-04-30", False), ("2026-05-01", True), ("2026-05-02", True)])
def test_a_law_pack_counts_from_the_day_it_is_logged_at_the_earliest(begins: str, accepted: bool) -> None:
    """Effective only once logged: no pack reaches back."""
    world = in_force()
    if accepted:
        pack(world, "l:pack", begins)
    else:
        with world.out_of_turn("backdated"):
            pack(world, "l:pack", begins)


def test_a_law_pack_forbids_what_it_says_and_changes_the_meaning() -> None:
    """GY-20-01 with the law's name; a second pack of that name is out of turn; rev moves on."""
    world = in_force()
    rev = world.stage.office.rev
    pack(world, "l:pack", "2026-05-01", "2026-05-31", "membership.declare/1")
    assert world.stage.office.rev != rev
    with world.refused("GY-20-01", source="示范规定（演示）第三条", order="l:pack/1"):
        declare(world)
    with world.out_of_turn("exists"):
        pack(world)
    world.on("2026-06-01")
    declare(world)


def test_a_pack_that_forbids_acts_is_logged_from_paper() -> None:
    """needs-paper."""
    world = in_force()
    with world.out_of_turn("needs-paper"):
        pack(world, "l:pack", "2026-05-01", None, "membership.declare/1", on_paper=False)


def test_nothing_forbids_a_member_to_leave() -> None:
    """GY-23-04 for an order and for a pack."""
    world = in_force()
    with world.refused("GY-23-04"):
        order(world, forbids=("membership.declare/1", "membership.withdraw/1"))
    with world.refused("GY-23-04"):
        pack(world, "l:pack", "2026-05-01", None, "membership.withdraw/1")


def test_a_pack_that_forbids_nothing_is_still_logged_once() -> None:
    """The same name again is out of turn."""
    world = in_force()
    pack(world)
    with world.out_of_turn("exists"):
        pack(world)


def calendar(world: Alliance, value: Any) -> None:
    digest, data = json_object(value)
    world.executive("law.calendar/1", {"calendar": digest}, TWO, data)


HOLIDAYS = {"2026": {"holidays": [f"2026-05-0{d}" for d in range(1, 6)], "workdays": ["2026-05-09"]}}


def test_once_the_calendar_is_logged_a_last_day_on_a_holiday_rolls() -> None:
    """Effect on 04-01: 05-01 is a holiday, the last day is 05-06; the target stays 05-01."""
    world = Alliance(members=5).submitted().on("2026-04-01")
    world.approve(dated="2026-04-01")
    (duty,) = duties(world.inst)
    assert (iso(duty.target), iso(duty.last), duty.calendar_known) == ("2026-05-01", "2026-05-01", False)
    calendar(world, {"years": HOLIDAYS})
    (duty,) = duties(world.inst)
    assert (iso(duty.target), iso(duty.last), duty.calendar_known) == ("2026-05-01", "2026-05-06", True)
    world.adopt()
    world.on("2026-05-06").publish()
    assert world.inst.founding.late_days == 0


def test_a_voting_window_that_ends_on_a_holiday_rolls_too() -> None:
    """Opened on 04-01 for 30 days."""
    world = Alliance(members=5).in_force().on("2026-04-02")
    calendar(world, {"years": HOLIDAYS})
    world.vote_open(None)
    from gongyue.covenant.periods import day_of

    assert iso(day_of(world.vote().closes - 1)) == "2026-05-06"


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"years": []},
        {"years": {"2026": {}}},
        {"years": {"2026": {"holidays": 5, "workdays": []}}},
        {"years": {"2026": {"holidays": [5], "workdays": []}}},
        {"years": {"2026": {"holidays": ["2026-02-30"], "workdays": []}}},
        {"years": {"2026": {"holidays": ["2027-01-01"], "workdays": []}}},
        {"years": {"year": {"holidays": [], "workdays": []}}},
        {"years": {"10000": {"holidays": [], "workdays": []}}},
        {"years": {"100000000000000000000": {"holidays": [], "workdays": []}}},
        {"years": {"2026": {"holidays": [f"2026-06-{d:02}" for d in range(1, 10)], "workdays": []}}},
    ],
)
def test_what_is_no_calendar_is_not_logged(value: Any) -> None:
    """Out of turn, and nothing changes."""
    world = in_force()
    with world.out_of_turn("bad-object"):
        calendar(world, value)


def test_an_order_cannot_stop_the_book_or_its_own_lifting() -> None:
    """Nor, by a pack or an order, a member's leaving (GY-23-04)."""
    world = in_force()
    body = {"order": "l:x", "source": "示范人民法院（演示）", "begins": "2026-08-01", "party": "", "ends": None}
    letter = paper("裁定", "2026-04-02", "2026-04-02")
    for type in ("law.lift/1", "book.anchor/1"):
        with world.out_of_turn("malformed"):
            world.executive("law.order/1", body | {"forbids": [type]}, paper=letter)
    with world.refused("GY-23-04"):
        world.executive("law.order/1", body | {"forbids": ["membership.withdraw/1"]}, paper=letter)
