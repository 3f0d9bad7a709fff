"""The law above the covenant (article 20): orders, law packs, the holiday calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.admission import decide_by
from gongyue.governance.effect import duties
from gongyue.office.due_list import due
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
from support.sealed import sealed_openings


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


@pytest.mark.parametrize(
    ("day", "party", "said"),
    [("2026-05-09", "", ""), ("2026-05-10", "", "l:court"), ("2026-05-21", "", ""), ("2026-05-10", FIRST, "")],
)
def test_a_duty_that_an_order_forbids_says_so_and_stays(day: str, party: str, said: str) -> None:
    """While the order stands and concerns whose duty it is: the list is due all the same, its last day unchanged."""
    world = in_force()
    before = [d for d in due(world.inst, (), from_iso(day)) if d.act == "publication.list/1"]
    order(world, forbids=["publication.list/1"], party=party, begins="2026-05-10", ends="2026-05-20")
    (after,) = [d for d in due(world.inst, (), from_iso(day)) if d.act == "publication.list/1"]
    assert after.order == said
    assert [msgspec.structs.replace(after, order="")] == before


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
    hit = world.inst.orders["l:court"].forbids("membership.declare/1", {FIRST}, world.inst.today - 1)
    assert hit == (lifted == "2026-05-11")
    assert not world.inst.orders["l:court"].forbids("membership.declare/1", {FIRST}, world.inst.today)
    declare(world)
    assert forbidden == hit


def test_an_order_without_end_stands_until_it_is_lifted() -> None:
    """Once, from its paper; two officers alone cannot void what a court ordered."""
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
    with world.out_of_turn("not-voidable"):
        world.executive("correction.void/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)
    world.executive("law.lift/1", {"order": "l:wrong"}, TWO, paper=paper("解除", "2028-12-01", "2028-12-01"))
    declare(world)


@pytest.mark.parametrize("party", ["", "exec", "sys", "authority", FIRST])
def test_an_order_names_a_party_that_exists(party: str) -> None:
    """Everybody, the executive body, its office key, the authority, a unit the book knows; nobody else."""
    world = in_force()
    with world.out_of_turn("not-found", what="u:none"):
        order(world, party="u:none")
    with world.out_of_turn("not-found", what="o:qin"):
        order(world, party="o:qin")
    order(world, party=party)
    assert world.inst.orders["l:court"].party == party


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
        with world.out_of_turn("past-date"):
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


def test_what_a_pack_forbids_is_lifted_by_the_packs_name() -> None:
    """All of it, from paper, once; a pack that forbids nothing cannot be lifted."""
    world = in_force()
    pack(world, "l:pack", "2026-05-01", None, "membership.declare/1")
    pack(world, "l:other")
    letter = paper("废止", "2026-05-01", "2026-05-01")
    world.executive("law.lift/1", {"order": "l:pack"}, TWO, paper=letter)
    declare(world)
    for id in ("l:pack", "l:other"):
        with world.out_of_turn("not-found", what=id):
            world.executive("law.lift/1", {"order": id}, TWO, paper=letter)


@pytest.mark.parametrize(("ends", "taken"), [("2026-05-01", False), ("2026-05-02", True)])
def test_neither_order_nor_pack_ends_before_it_begins(ends: str, taken: bool) -> None:
    """From the 2nd to the 2nd it stands for one day."""
    for record in (order, pack):
        world = in_force()
        if taken:
            record(world, begins="2026-05-02", ends=ends)
        else:
            with world.out_of_turn("past-date", at=ends, since="2026-05-02"):
                record(world, begins="2026-05-02", ends=ends)


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
    notice = paper("n", "2025-11-04", "2025-11-05")
    world.executive("law.calendar/1", {"calendar": digest}, TWO, data, paper=notice)


def test_a_calendar_is_logged_from_the_notice_that_sets_it() -> None:
    """needs-paper: two officers' word alone moves no term."""
    world = in_force()
    digest, data = json_object({"v": "gongyue/calendar@1", "years": HOLIDAYS})
    with world.out_of_turn("needs-paper"):
        world.executive("law.calendar/1", {"calendar": digest}, TWO, data)
    calendar(world, {"v": "gongyue/calendar@1", "years": HOLIDAYS})
    assert world.inst.meaning.law[-1] == digest


HOLIDAYS = {"2026": {"holidays": [f"2026-05-0{d}" for d in range(1, 6)], "workdays": ["2026-05-09"]}}


def test_once_the_calendar_is_logged_a_last_day_on_a_holiday_rolls() -> None:
    """Effect on 04-01: 05-01 is a holiday, the last day is 05-06; the target stays 05-01."""
    world = Alliance(members=5).submitted().on("2026-03-31")
    calendar(world, {"v": "gongyue/calendar@1", "years": HOLIDAYS})
    world.on("2026-04-01").approve(dated="2026-04-01")
    (duty,) = duties(world.inst)
    assert (iso(duty.target), iso(duty.last), duty.calendar_known) == ("2026-05-01", "2026-05-06", True)
    world.adopt()
    world.on("2026-05-06").publish()
    assert world.inst.founding.late_days == 0


@pytest.mark.parametrize(("recorded", "last"), [("2026-03-31", "2026-05-06"), ("2026-04-01", "2026-05-01")])
def test_a_calendar_moves_periods_that_begin_on_a_later_day_than_it_was_recorded(recorded: str, last: str) -> None:
    """Effect on 04-01: recorded the day before it moves the end, recorded on that day it does not, and it says so."""
    world = Alliance(members=5).submitted().on(recorded)
    calendar(world, {"v": "gongyue/calendar@1", "years": HOLIDAYS})
    world.on("2026-04-01").approve(dated="2026-04-01")
    (duty,) = duties(world.inst)
    assert (iso(duty.last), duty.calendar_known) == (last, recorded < "2026-04-01")


def effect(world: Alliance, again: bool) -> int:
    """Publishing counts from effect, of which there is one."""
    (duty,) = (d for d in due(world.inst, [], world.inst.today) if d.act == "founding.publish/1")
    return from_iso(duty.last)


def list_due(world: Alliance, again: bool) -> int:
    """The list of the first period, or of the second."""
    if again:
        world.on("2026-07-01").tick()
        world.on("2026-10-01")
    (duty,) = (d for d in due(world.inst, [], world.inst.today) if d.act == "publication.list/1")
    return from_iso(duty.last)


def vote_end(world: Alliance, again: bool) -> int:
    """The window of a vote."""
    matter = f"p:{1 + again}"
    if matter not in world.inst.votes:
        world.vote_open(None, matter)
    return day_of(world.vote(matter).closes - 1)


def support(world: Alliance, again: bool) -> int:
    """The collection of support."""
    matter = f"p:{1 + again}"
    if matter not in world.inst.proposals:
        world.initiate(None, matter)
    return world.inst.proposals[matter].lapses.last


def opening(world: Alliance, again: bool) -> int:
    """Until when the vote on a filed proposal opens."""
    matter = f"p:{1 + again}"
    if matter not in world.inst.proposals:
        world.proposed(None, matter)
    end = world.inst.proposals[matter].open_by
    assert end is not None
    return end.last


def annex_opening(world: Alliance, again: bool) -> int:
    """Until when the vote on an annex opens."""
    matter = f"a:{1 + again}"
    if matter not in world.inst.annexes:
        world.initiate_annex(matter)
    return world.inst.annexes[matter].open_by.last


def application(world: Alliance, again: bool) -> int:
    """By when an application is decided."""
    made = [o for o in sealed_openings(world.stage.office) if o.entry.act.type == "membership.apply/1"]
    if len(made) <= again:
        world.apply(90 + again)
        made = [o for o in sealed_openings(world.stage.office) if o.entry.act.type == "membership.apply/1"]
    return decide_by(world.inst, made[again]).last


@pytest.mark.parametrize(
    ("ends", "day"),
    [(list_due, "2026-07-01"), *((e, "2026-04-02") for e in (vote_end, support, opening, annex_opening, application))],
)
def test_a_running_period_keeps_the_calendar_it_began_with(ends: Callable[[Alliance, bool], int], day: str) -> None:
    """A holiday recorded for its last day leaves it there; a period that begins later rolls past a holiday on its own."""
    world, twin = (Alliance(members=5).in_force().on(day) for _ in range(2))
    last = ends(world, False)
    ends(twin, False)
    unrolled = ends(twin.on("2026-04-03"), True)
    holidays = sorted({iso(last), iso(unrolled), iso(unrolled + 1)})
    calendar(world, {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": holidays, "workdays": []}}})
    assert ends(world, False) == last
    assert ends(world.on("2026-04-03"), True) == world.inst.meaning.calendar.roll(unrolled) > unrolled


def test_the_term_of_publication_keeps_the_calendar_of_effect() -> None:
    """Effect on 03-09, a calendar in which the last day and the next are off recorded while it runs: it stays, unrolled."""
    world = Alliance(members=5).effective()
    last = effect(world, False)
    calendar(
        world, {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": [iso(last), iso(last + 1)], "workdays": []}}}
    )
    assert effect(world, False) == last
    (duty,) = duties(world.inst)
    assert not duty.calendar_known


def test_a_voting_window_that_ends_on_a_holiday_rolls_too() -> None:
    """Opened on 04-02 for 30 days."""
    world = Alliance(members=5).in_force()
    calendar(world, {"v": "gongyue/calendar@1", "years": HOLIDAYS})
    world.on("2026-04-03").vote_open(None)
    assert iso(day_of(world.vote().closes - 1)) == "2026-05-06"


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"years": HOLIDAYS},
        {"v": "gongyue/calendar@2", "years": HOLIDAYS},
        {"v": "gongyue/calendar@1", "years": HOLIDAYS, "of": "2026"},
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": [], "workdays": [], "half": []}}},
        {"v": "gongyue/calendar@1", "years": []},
        {"v": "gongyue/calendar@1", "years": {"2026": {}}},
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": 5, "workdays": []}}},
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": [5], "workdays": []}}},
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2026-02-30"], "workdays": []}}},
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2027-01-01"], "workdays": []}}},
        {"v": "gongyue/calendar@1", "years": {"year": {"holidays": [], "workdays": []}}},
        {"v": "gongyue/calendar@1", "years": {"10000": {"holidays": [], "workdays": []}}},
        {"v": "gongyue/calendar@1", "years": {"100000000000000000000": {"holidays": [], "workdays": []}}},
        {
            "v": "gongyue/calendar@1",
            "years": {"2026": {"holidays": [f"2026-06-{d:02}" for d in range(1, 10)], "workdays": []}},
        },
    ],
)
def test_what_is_no_calendar_is_not_logged(value: Any) -> None:
    """Out of turn, and nothing changes."""
    world = in_force()
    with world.out_of_turn("bad-object"):
        calendar(world, value)


@pytest.mark.parametrize(("worked", "taken"), [(12, True), (13, False)])
def test_a_year_has_twelve_weekend_days_worked_at_most(worked: int, taken: bool) -> None:
    """Seven or eight are usual; more would shorten every period counted in working days."""
    world = in_force()
    days = [iso(day) for day in range(from_iso("2026-07-01"), from_iso("2026-12-31")) if (day - 1) % 7 >= 5][:worked]
    value = {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": [], "workdays": days}}}
    if taken:
        calendar(world, value)
    else:
        with world.out_of_turn("bad-object"):
            calendar(world, value)


def test_an_order_cannot_stop_the_book_or_its_own_lifting() -> None:
    """Nor the clock, nor a unit's disavowal, revocation or recovery; nor, by a pack or an order, its leaving (GY-23-04)."""
    world = in_force()
    body = {"order": "l:x", "source": "示范人民法院（演示）", "begins": "2026-08-01", "party": "", "ends": None}
    letter = paper("裁定", "2026-04-02", "2026-04-02")
    free = {"disavow", "revoke", "recover", "notify", "receive", "note"}
    barred = [kind.type for kind in ACT_TYPES.values() if kind.matter in ("law", "book", "clock") or kind.verb in free]
    assert {"key.disavow/1", "key.revoke/1", "key.recover/1", "vote.disavow/1", "law.lift/1"} < set(barred)
    for type in (*barred, "key.disavow/2", "vote.disavow/9"):  # of whatever version, those to come too
        with world.out_of_turn("malformed", why=type):
            world.executive("law.order/1", body | {"forbids": ["annex.publish/1", type]}, paper=letter)
        if type in ACT_TYPES:
            forbids = [{"source": "某法", "types": [type]}]
            pack = {"pack": "l:p", "content": REASONS, "begins": "2026-05-01", "ends": None, "forbids": forbids}
            with world.out_of_turn("malformed", why=type):
                world.executive("law.pack/1", pack, (PUBLISHER, SECRETARY), REASONS_BYTES, paper=letter)
    with world.refused("GY-23-04"):
        world.executive("law.order/1", body | {"forbids": ["membership.withdraw/1"]}, paper=letter)


def test_of_several_orders_the_refusal_names_the_first_by_its_id() -> None:
    """Whatever the hashes of their ids are: all of l:a to l:h forbid it, l:a is named."""
    world = in_force()
    for letter in "hgfedcba":
        order(world, id=f"l:{letter}")
    with world.refused("GY-20-01", order="l:a"):
        declare(world)


WORDS = "关于甲欺诈用户一案"


@pytest.mark.parametrize(
    ("said", "number", "refused"),
    [
        ("示范人民法院（演示）", "（2026）示民初7号", False),
        ("示范人民法院（演示）", WORDS, True),
        (f"示范人民法院（演示）{WORDS}", "（2026）示民初7号", True),
        (
            "示范人民法院（演示）关于某某涉嫌违法一案",
            "（2026）示民初7号",
            True,
        ),  # also where nobody here knows who that is
        ("示范人民法院（演示）关于甲停止公布一案", "（2026）示民初7号", False),
    ],
)
def test_an_order_in_public_says_who_gave_it_and_accuses_nobody(said: str, number: str, refused: bool) -> None:
    """GY-13-01: the court and the number of its letter are named; of what somebody is accused stands in the letter, behind its commitment."""
    world = in_force()
    body = {"order": "l:court", "source": said, "forbids": ["annex.publish/1"], "party": FIRST, "begins": "2026-05-01"}
    letter = paper(number, "2026-04-30", "2026-05-01")
    if refused:
        with world.refused("GY-13-01", article=13):
            world.executive("law.order/1", body, TWO, paper=letter)
    else:
        world.executive("law.order/1", body, TWO, paper=letter)


def test_the_letter_of_any_public_act_accuses_nobody_by_its_number() -> None:
    """GY-13-01 of a withdrawal on paper, as of an order: its number too is read by everybody."""
    world = in_force()
    leaves = lambda number: world.stage.do(  # noqa: E731
        "membership.withdraw/1", FIRST, {}, TWO, paper=paper(number, "2026-05-01", "2026-05-01")
    )
    with world.refused("GY-13-01", article=13):
        leaves(WORDS)
    leaves("（2026）函7号")


def test_a_law_may_have_such_words_in_its_name_so_long_as_it_names_no_member() -> None:
    """A statute against fraud is one; GY-13-01 where a member stands beside the words."""
    world = in_force()
    logs = lambda source: world.executive(  # noqa: E731
        "law.pack/1",
        {"pack": "l:pack", "content": REASONS, "begins": "2026-05-02", "ends": None}
        | {"forbids": [{"source": source, "types": ["annex.publish/1"]}]},
        (PUBLISHER, SECRETARY),
        REASONS_BYTES,
        paper=paper("示范令第6号", "2026-04-30", "2026-05-01"),
    )
    with world.refused("GY-13-01", article=13):
        logs(f"关于{world.inst.units[FIRST].name}欺诈用户的决定")
    logs("反网络欺诈规定（演示）第三条")
