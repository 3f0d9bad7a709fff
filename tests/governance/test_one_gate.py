"""One gate: a sealed act passes the checks of an open one, as the institution stood when it arrived (articles 22, 23)."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.book.entry import SignedAct
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import DAY, day_of, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.demo.simulated_office import public_of
from gongyue.governance.acts import act_type_of
from gongyue.governance.publication import list_content, next_period
from gongyue.office.openings import handed
from gongyue.office.routine_acts import close_vote, statement, system_act
from gongyue.transparency import canonical
from support.alliance import FIRST, OUTSIDER, SECRETARY, TWO, Alliance, paper
from support.anchoring import anchor
from support.published import files_of, forced, forced_sealed, published_by_force, run
from support.sealed import index_of, now_reads

BALLOT = {"vote": "p:1", "choice": "consent"}
OPENED = "2026-10-12"
SECOND, THIRD, FOURTH, FIFTH = "u:0002", "u:0003", "u:0004", "u:0005"


def voting() -> Alliance:
    """Five units, a vote open since 2026-10-12; the last of them has voted against."""
    return Alliance(members=5).in_force().on(OPENED).vote_open().cast("against", "u:0005")


def signed(world: Alliance, unit: str = FIRST, choice: str = "consent", seq: int = 0, **other: Any) -> SignedAct:
    """A unit's ballot, not handed in; `seq`: of the last one it is to follow."""
    world.stage.office.next_seq(act_type_of("vote.ballot/1"), unit, public_of(unit), BALLOT)
    if seq:
        world.stage.office._sealed_seq[public_of(unit), "p:1"] = seq
    signers = TWO if other.get("paper") else [unit]
    return world.stage.signed("vote.ballot/1", unit, BALLOT | {"choice": choice}, signers, **other)


def ended(world: Alliance) -> Alliance:
    """The window is over and anchored, the vote not closed."""
    world.after_window().anchor()
    return world


def refused_at_close(world: Alliance, before: int) -> dict[str, Any]:
    """What the close of the vote meets by the ballot that arrived after so many others, in the office and, by force, in verify."""
    ended(world)
    ballot = world.stage.office.store.sealed_numbered(before + 1)
    assert ballot is not None
    index = ballot.index
    try:
        close_vote(world.stage.office, "p:1")
    except (Refused, OutOfTurn) as error:
        told = error.refusal
    else:
        raise AssertionError("closed")
    forced(world, system_act(world.stage.office, "vote.close/1", *statement(world.stage.office, "vote.close/1", "p:1")))
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3 and report.failure is not None
    assert (
        report.failure.code == told["code"] and report.failure.figures["sealed"] == index == told["figures"]["sealed"]
    )
    return told


def test_one_consents_to_a_text_one_can_see() -> None:
    """Signed with the last entry before the opening in view: unseen, on arrival and at the close; the next one counts."""
    world = Alliance(members=5).in_force().on(OPENED).proposed()
    before = world.stage.office.view()
    world.open_vote()
    assert before.size == world.vote().opened_index
    early = signed(world, view=before)
    with world.out_of_turn("unseen", found=before.size, index=before.size):
        world.stage.office.handle(early)
    index = world.sizes()[1]
    forced_sealed(world, early)
    assert refused_at_close(world, index)["code"] == "out-of-turn/unseen"
    world = voting()
    assert world.stage.office.view().size == world.vote().opened_index + 1
    world.stage.office.handle(signed(world))
    assert world.close().vote().consents == 1


@pytest.mark.parametrize(("dated", "arrived", "code"), [
    ("2026-10-11", OPENED, "past-date"),
    ("2020-10-12", "2020-10-12", "past-date"),
    (OPENED, "2026-10-13", "paper-dates"),
    (OPENED, "2030-01-01", "paper-dates"),
    ("2026-10-13", OPENED, "paper-dates"),
    (OPENED, OPENED, ""),
])  # fmt: skip
def test_a_paper_ballot_is_of_a_day_on_which_there_was_a_vote_and_had_come(dated: str, arrived: str, code: str) -> None:
    """Dated the day before the opening, or arrived the day after its recording: refused on arrival and at the close."""
    world = voting()
    ballot = signed(world, paper=paper("选票", dated, arrived))
    index = world.sizes()[1]
    if not code:
        world.told(world.stage.office.handle(ballot))
        assert world.close().vote().on_paper == (1, 0, 0)
        return
    with world.out_of_turn(code):
        world.stage.office.handle(ballot)
    forced_sealed(world, ballot)
    assert refused_at_close(world, index)["code"] == f"out-of-turn/{code}"


@pytest.mark.parametrize(("by", "code"), [(300, ""), (301, "from-the-future"), (30_000_000_000, "from-the-future")])
def test_a_ballot_is_not_signed_after_it_arrived(by: int, code: str) -> None:
    """Five minutes ahead is a clock's error; a second more, or nine hundred years, is refused."""
    world = voting()
    index = world.sizes()[1]
    forced_sealed(world, signed(world, at=world.stage.now + by))
    if code:
        assert refused_at_close(world, index)["code"] == f"out-of-turn/{code}"
    else:
        assert world.close().vote().consents == 1


def test_a_ballot_that_a_court_forbade_is_not_counted() -> None:
    """Ordered before it arrived, GY-20-01 at the close; ordered after it arrived, it counts."""
    ordered = {
        "order": "l:court",
        "source": "示范人民法院（演示）",
        "forbids": ["vote.ballot/1"],
        "party": FIRST,
        "begins": OPENED,
        "ends": None,
    }
    letter = paper("裁定", OPENED, OPENED)
    world = voting()
    world.executive("law.order/1", ordered, TWO, paper=letter)
    index = world.sizes()[1]
    forced_sealed(world, signed(world))
    assert refused_at_close(world, index)["code"] == "GY-20-01"
    world = voting()
    world.stage.office.handle(signed(world))
    world.executive("law.order/1", ordered, TWO, paper=letter)
    assert world.close().vote().consents == 1


@pytest.mark.parametrize(("size", "code"), [(-1, "view"), (0, ""), (1, "malformed")])
def test_where_a_sealed_act_says_it_arrived_lies_between_its_view_and_its_anchor(size: int, code: str) -> None:
    """One entry before what it has seen (view), or after the anchor that fixed it (malformed); where it did arrive, it counts."""
    world = voting()
    index = world.sizes()[1]
    assert world.stage.office.view().size == world.inst.size
    forced_sealed(world, signed(world), size=world.inst.size + size)
    if code:
        assert refused_at_close(world, index)["code"] == f"out-of-turn/{code}"
    else:
        assert world.close().vote().consents == 1


@pytest.mark.parametrize(("size", "code"), [(0, "malformed"), (1, "")])
def test_a_sealed_act_arrived_after_the_anchor_that_does_not_hold_it(size: int, code: str) -> None:
    """Of all anchors before it: not before the last, which would hold it; right after that it counts."""
    world = voting()
    act = signed(world)
    for _ in range(2):
        world.stage.now += DAY
        world.tick()
    index = world.sizes()[1]
    forced_sealed(world, act, size=world.inst.anchors[-1].index + size)
    if code:
        assert refused_at_close(world, index)["code"] == f"out-of-turn/{code}"
    else:
        assert world.close().vote().consents == 1


def test_ballots_of_two_votes_are_judged_as_of_their_arrival_in_whatever_order_the_votes_close() -> None:
    """The one that closes later was voted on earlier: its ballot is judged by an institution that stood before the other's."""
    world = Alliance(members=5).in_force().on(OPENED).vote_open()
    world.stage.now += DAY
    world.initiate_annex()
    world.open_vote("a:health").cast("consent", FIRST, matter="a:health")
    world.add_key(FIRST, "u:0001 other")
    world.cast("consent", SECOND)
    assert world.vote().closes < world.vote("a:health").closes
    assert (world.close().vote().consents, world.close("a:health").vote("a:health").consents) == (1, 1)


def test_a_sealed_act_arrived_before_the_open_act_that_came_next() -> None:
    """A second after it: time-backwards, so no ballot is judged by an institution that was no more; in its second it counts."""
    for late in (0, 1):
        world = voting()
        index, size = world.sizes()[1], world.inst.size
        act = signed(world)
        world.stage.now += 60
        world.add_key(SECOND, "u:0002 other")
        forced_sealed(world, act, world.stage.now + late, size)
        if late:
            assert refused_at_close(world, index)["code"] == "out-of-turn/time-backwards"
        else:
            assert world.close().vote().consents == 1


def test_an_open_act_never_arrives_before_a_sealed_one_that_came_first() -> None:
    """The office's clock went back a minute: the open act takes the ballot's time, and the vote closes."""
    world = voting()
    world.stage.now += 100
    world.stage.office.handle(signed(world))
    arrived = world.stage.now
    world.stage.now -= 60
    world.add_key(SECOND, "u:0002 other")
    assert world.inst.now == arrived
    assert world.close().vote().consents == 1


# -- a member is a member


@pytest.mark.parametrize("how", ["withdraw", "end"])
def test_a_unit_that_is_no_member_any_more_casts_no_ballot(how: str) -> None:
    """not-member from the second it left or was ended, on arrival and at the close; what it cast before counts in test (a)."""
    world = voting().cast("consent", FIRST)
    getattr(world, how)(FIRST)
    with world.out_of_turn("not-member", unit=FIRST):
        world.cast("against", FIRST)
    assert (world.close().vote().consents, world.vote().consents_left, world.vote().roll_left) == (1, 0, 4)
    world = voting()
    act, index = signed(world), world.sizes()[1]
    getattr(world, how)(FIRST)
    forced_sealed(world, act)
    assert refused_at_close(world, index)["code"] == "out-of-turn/not-member"


def test_a_unit_that_came_back_is_a_new_member_in_an_open_vote() -> None:
    """It left and was admitted again while the vote was open: not-member; in a vote opened since it votes."""
    world = voting()
    world.withdraw(FIRST)
    world.grant(world.apply(1, actor=FIRST))
    with world.out_of_turn("not-member"):
        world.cast("consent", FIRST)
    world.initiate_annex("a:health", by=SECOND)
    world.open_vote("a:health").cast("consent", FIRST, matter="a:health")


def test_an_application_answers_what_the_unit_was_when_it_made_it() -> None:
    """Two applications, one granted, the unit leaves: the other is stale, in the office and in verify."""
    world = Alliance(members=5).in_force().on(OPENED)
    applied = [world.apply(7), world.apply(7)]
    world.grant(applied[0])
    (unit,) = set(world.inst.members) - set(world.roll)
    world.compare(unit)
    world.withdraw(unit)
    with world.out_of_turn("stale", unit=unit, index=world.inst.size - 1):
        world.grant(applied[1])
    line = now_reads(world.stage.office, applied[1])
    body = {"application": canonical.digest(line)}
    forced(world, world.stage.signed("membership.grant/1", EXECUTIVE, body, [SECRETARY], [line]))
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure and report.failure.code) == (3, "out-of-turn/stale")


def test_who_left_applies_anew_and_is_admitted() -> None:
    """The application made a second after it left is not stale."""
    world = Alliance(members=5).in_force().on(OPENED)
    world.withdraw(FIRST)
    world.grant(world.apply(1, actor=FIRST))
    assert FIRST in world.inst.members


def test_a_withdrawal_that_was_disavowed_stands_in_no_list_and_the_next_corrects_an_earlier_one() -> None:
    """Disavowed before its list: nowhere. Disavowed after it: listed as left, then corrected with the number of that list."""

    def content(world: Alliance) -> dict[str, Any]:
        begins, ends = next_period(world.inst)
        return list_content(world.inst, len(world.inst.lists) + 1, begins, ends)

    world = Alliance(members=5).in_force().on("2026-06-28")
    forged = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-06-28", "2026-06-28")
    assert [line["unit"] for line in content(world)["left"]] == [world.left, FIRST]
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    assert [line["unit"] for line in content(world)["left"]] == [world.left] and not content(world)["corrected"]

    forged = world.on_paper("membership.withdraw/1", SECOND, {"effective": None}, "2026-06-28", "2026-06-28")
    world.on("2026-07-02").tick()
    assert len(world.inst.lists) == 1
    world.unit("key.disavow/1", SECOND, {"entry": forged.index})
    assert SECOND in world.inst.members
    (line,) = content(world)["corrected"]
    assert (line["unit"], line["on"], line["list"], line["listed"]) == (SECOND, "2026-06-28", 1, "left")
    world.on("2026-10-02").tick()
    assert len(world.inst.lists) == 2 and not content(world)["corrected"]
    assert run(files_of(world), world=world)[0].code == 0


# -- paper is weaker than a signature


def on_paper(world: Alliance, unit: str, choice: str, dated: str = OPENED) -> None:
    """A ballot of that unit recorded from paper today."""
    today = iso(world.inst.today)
    world.told(world.on_paper("vote.ballot/1", unit, BALLOT | {"choice": choice}, dated, today))


def test_paper_never_takes_the_place_of_a_signed_ballot() -> None:
    """Signed, then on paper: the signed one counts, the paper is counted nowhere; on paper, then signed: the same."""
    for first, then in ((world_signs, on_paper), (on_paper, world_signs)):
        world = voting()
        first(world, FIRST, "consent" if first is world_signs else "against")
        then(world, FIRST, "consent" if then is world_signs else "against")
        world.close()
        assert (world.vote().consents, world.vote().against, world.vote().on_paper) == (1, 1, (0, 0, 0))


def world_signs(world: Alliance, unit: str, choice: str) -> None:
    world.cast(choice, unit)


def test_disavowing_paper_leaves_the_signed_ballot_standing() -> None:
    """Signed, forged on paper, disavowed: the signed one counts."""
    world = voting().cast("consent", FIRST)
    on_paper(world, FIRST, "against")
    world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    assert (world.close().vote().consents, world.vote().against) == (1, 1)


def test_after_a_disavowal_no_paper_of_that_unit_counts() -> None:
    """Forged, disavowed, forged again: nothing counts; what it signs itself does."""
    world = voting()
    for _ in range(2):
        on_paper(world, FIRST, "against")
        on_paper(world, SECOND, "against")
        world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    world.unit("vote.disavow/1", SECOND, {"vote": "p:1"})
    on_paper(world, FIRST, "against")
    world.cast("consent", SECOND)
    assert (world.close().vote().consents, world.vote().against) == (1, 1)


def test_of_several_papers_the_last_to_arrive_counts_whenever_it_was_recorded() -> None:
    """Arrived on the 13th and recorded first, arrived on the 12th and recorded after it: the 13th's; on one day the later recorded."""
    world = voting()
    world.stage.now += DAY
    for unit, choice, arrived in (
        (FIRST, "consent", "2026-10-13"), (FIRST, "abstain", OPENED), (SECOND, "consent", OPENED), (SECOND, "abstain", OPENED),
    ):  # fmt: skip
        world.stage.now += 1
        world.told(world.on_paper("vote.ballot/1", unit, BALLOT | {"choice": choice}, OPENED, arrived))
    world.close()
    assert world.vote().on_paper == (1, 0, 1)


def test_signed_ballots_follow_their_number_whatever_place_the_office_gave_them() -> None:
    """The second one sealed before the first, in one second: the second counts; said to have arrived before it: refused."""
    for late in (0, 1):
        world = voting()
        first = signed(world, choice="against")
        second = signed(world, seq=1)
        now = world.stage.now
        line = forced_sealed(world, second, now)
        forced_sealed(world, first, now + late)
        if late:
            ended(world)
            with world.out_of_turn("time-backwards", index=index_of(world.stage.office, line)):
                close_vote(world.stage.office, "p:1")
        else:
            assert (world.close().vote().consents, world.vote().against) == (1, 1)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_first_ballot_of_a_key_is_number_one(number: int) -> None:
    """Numbered 0 or 2 it is one of a row in which another was withheld (GY-22-08); 1 counts."""
    world = voting()
    forced_sealed(world, signed(world, seq=number - 1))
    ended(world)
    if number == 1:
        close_vote(world.stage.office, "p:1")
        assert world.vote().consents == 1
        return
    with world.refused("GY-22-08", enough=1, unit=FIRST, sequence=number, expected=1):
        close_vote(world.stage.office, "p:1")


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_signed_with_two_keys_in_one_second_the_place_in_the_book_decides_nothing(first: int) -> None:
    """Consent and against, each the first of its key, either sealed first: that of the greater nonce stands."""
    world = voting()
    world.add_key(FIRST, "another")
    acts = [
        world.stage.signed("vote.ballot/1", FIRST, BALLOT | {"choice": choice}, [signer])
        for choice, signer in (("consent", FIRST), ("against", "another"))
    ]
    assert [act.act["seq"] for act in acts] == [1, 1]
    stands = max(acts, key=lambda act: str(act.act["nonce"])).act["body"]["choice"]
    for act in (acts[first], acts[1 - first]):
        forced_sealed(world, act)
    assert (world.close().vote().consents, world.vote().against) == ((1, 1) if stands == "consent" else (0, 2))


@pytest.mark.parametrize(("voted", "paper", "counted"), [
    (4, 2, ""), (4, 1, "turnout 4 (2 paper)"), (4, 0, "turnout 4 (2 paper)"), (3, 2, "turnout 4 (2 paper)"),
])  # fmt: skip
def test_a_turnout_that_states_too_little_on_paper_is_not_the_count(voted: int, paper: int, counted: str) -> None:
    """Two signed and two on paper: the office refuses another turnout, and verify one that was forced, at the close."""
    world = voting().cast("consent", FIRST)
    on_paper(world, SECOND, "consent")
    on_paper(world, THIRD, "abstain")
    office, stated = world.stage.office, {"matter": "p:1", "voted": voted, "paper": paper}
    world.after_window()
    slot = anchor(office)
    act = system_act(office, "vote.turnout/1", stated | {"anchor": slot})
    if not counted:
        office.handle(act)
        return
    with world.refused("GY-22-08", counted=counted):
        office.handle(act)
    forced(world, act)
    office.catch_up()
    body, files = statement(office, "vote.close/1", "p:1")
    forced(world, system_act(office, "vote.close/1", body, files))
    report, _ = run(published_by_force(world), world=world)
    assert report.failure is not None
    assert (report.code, report.failure.code) == (3, "GY-22-08")
    assert report.failure.figures["counted"] == f"{counted} (anchor {slot})"


@pytest.mark.parametrize("change", [{"paper_consents": 0}, {"paper_consents": 0, "paper_abstain": 0}])
def test_a_close_that_hides_what_came_on_paper_is_not_the_count(change: dict[str, int]) -> None:
    """The very numbers, said to be all signed: GY-22-08, with the split that was counted."""
    world = voting().cast("consent", FIRST)
    on_paper(world, SECOND, "consent")
    on_paper(world, THIRD, "abstain")
    ended(world)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    with world.refused("GY-22-08", counted="2+1+1 (1+0+1 paper), 2/4/5, rejected"):
        world.stage.office.handle(system_act(world.stage.office, "vote.close/1", body | change, files))


@pytest.mark.parametrize(("hours", "left"), [(-1, 4), (0, 5), (9, 5)])
def test_who_leaves_after_the_window_was_here_for_its_vote(hours: int, left: int) -> None:
    """In its last hour it is gone for the second test, from its end on it is not, though it leaves before the close."""
    world = voting().cast("consent", FIRST)
    world.stage.now = world.vote().closes + hours * 3600
    world.withdraw(FIRST)
    world.close()
    assert (world.vote().roll_left, world.vote().voted_left) == (left, 2 if left == 5 else 1)


def test_a_departure_that_falls_due_with_the_close_is_known_at_it() -> None:
    """Announced for the vote's last day, on which nothing else was recorded: it has left before the window ended."""
    world = voting().cast("consent", FIRST)
    world.withdraw(FIRST, iso(day_of(world.vote().closes) - 1))
    assert (world.close().vote().roll_left, world.vote().consents_left) == (4, 0)


def test_turnout_and_result_state_what_came_on_paper_apart() -> None:
    """Two signed and two on paper: turnout 4 of which 2; the result names them by choice; verify counts the same."""
    world = voting().cast("consent", FIRST)
    on_paper(world, SECOND, "consent")
    on_paper(world, THIRD, "abstain")
    world.tick()
    assert (world.vote().turnouts[-1].voted, world.vote().turnouts[-1].paper) == (4, 2)
    world.close()
    assert (world.vote().consents, world.vote().abstain, world.vote().on_paper) == (2, 1, (1, 0, 1))
    assert run(files_of(world), world=world)[0].code == 0


def test_nobody_outside_the_roll_votes_through_a_paper() -> None:
    """GY-22-04, whoever recorded it."""
    world = voting()
    with world.refused("GY-22-04", unit=OUTSIDER):
        on_paper(world, OUTSIDER, "consent")


# -- ballots open to members only


def members_only() -> tuple[Alliance, bytes]:
    """A vote closed 2 : 1 whose ballots are open to members only, and what every unit of the roll was handed."""
    world = Alliance(members=5).in_force(vote__ballots="members").on(OPENED).vote_open()
    world.cast("consent", FIRST, SECOND).cast("against", THIRD).close()
    lines = handed(world.inst, world.stage.office.store, "p:1", FIRST)
    assert lines is not None
    return world, lines


def test_whoever_was_handed_the_ballots_counts_again_and_nobody_else_is_handed_them() -> None:
    """Without them one act in form only; with them none, and one vote counted again. They are no public object."""
    world, lines = members_only()
    files = files_of(world)
    assert not any(lines == data for data in files.values())
    report, _ = run(files, world=world)
    assert (report.code, report.form_only, report.recounted) == (0, 1, 0)
    report, _ = run(files, world=world, disclosures=(("handed", lines),))
    assert (report.code, report.form_only, report.recounted) == (0, 0, 1)
    for unit, matter in ((OUTSIDER, "p:1"), (FIRST, "p:2")):
        assert handed(world.inst, world.stage.office.store, matter, unit) is None
    public = voting().close()
    assert handed(public.inst, public.stage.office.store, "p:1", FIRST) is None


def test_more_ballots_than_units_are_found_by_whoever_cannot_count_again() -> None:
    """Of two consents and one against: one abstention more than the turnout says is GY-22-08, in form only; another split is not."""
    for against, abstain, code in ((0, 1, 0), (1, 1, 3), (2, 2, 3)):
        world = Alliance(members=5).in_force(vote__ballots="members").on(OPENED).vote_open()
        world.cast("consent", FIRST, SECOND).cast("against", THIRD)
        ended(world)
        body, files = statement(world.stage.office, "vote.close/1", "p:1")
        forced(
            world,
            system_act(world.stage.office, "vote.close/1", body | {"against": against, "abstain": abstain}, files),
        )
        book = published_by_force(world)
        (lines,) = files.values()
        report, _ = run({path: data for path, data in book.items() if data != lines}, world=world)
        assert (report.code, report.failure and report.failure.code) == (code, "GY-22-08" if code else None)


def partly_on_paper(*against: str) -> Alliance:
    """Five may vote, members only see it: 甲, 丁 consent, 乙 is against, for 丙 paper consents, 丁 leaves; it is over and anchored.

    An anchor after the first ballot has a turnout of its own. `against`: more that are.
    """
    world = Alliance(members=5).in_force(vote__ballots="members").on(OPENED).vote_open().cast("consent", FIRST)
    world.stage.now += DAY
    world.anchor()
    world.cast("against", SECOND, *against).cast("consent", FOURTH).withdraw(FOURTH)
    on_paper(world, THIRD, "consent")
    return ended(world)


@pytest.mark.parametrize(("against", "change", "said"), [
    ((), {}, ""),
    ((), {"consents": 2, "voted_left": 2, "consents_left": 1, "paper_consents": 0}, ""),
    ((), {"consents_left": 3}, ""),
    ((), {"consents_left": 1, "voted_left": 2}, "3 + ≤1, 4/5"),
    ((), {"consents_left": 3, "voted_left": 4}, ""),
    ((), {"voted_left": 2}, "3 + ≤1, 4/5"),
    ((), {"paper_consents": 0}, "3 + ≤1, 4/5"),
    ((), {"against": 2, "paper_against": 1}, "3 + ≤1, 4/5"),
    ((), {"against": 2}, "3 + ≤1, 4/5"),
    ((FIFTH,), {}, ""),
    ((FIFTH,), {"consents_left": 3, "voted_left": 5}, "4 + ≤1, 4/5"),
])  # fmt: skip
def test_what_nobody_counts_again_agrees_with_the_last_turnout_and_with_who_left(
    against: tuple[str, ...], change: dict[str, Any], said: str
) -> None:
    """Three signed and one on paper, one of four gone: all that was signed counts, of paper no more, and one at most is missing.

    GY-22-08 says what is known: so many signed, at most so many on paper, so many of the roll still here.
    """
    world = partly_on_paper(*against)
    office = world.stage.office
    body, files = statement(office, "vote.close/1", "p:1")
    forced(world, system_act(office, "vote.close/1", body | change, files))
    (lines,) = files.values()
    report, _ = run({path: data for path, data in published_by_force(world).items() if data != lines}, world=world)
    assert (report.code, report.failure and report.failure.code) == ((3, "GY-22-08") if said else (0, None))
    assert not said or (report.failure is not None and report.failure.figures["counted"] == said)


@pytest.mark.parametrize(
    "change", [{"consents": 3, "consents_left": 3, "against": 0}, {"consents": 1, "consents_left": 1, "against": 2}]
)
def test_a_forged_count_of_ballots_open_to_members_only_is_found_by_any_member(change: dict[str, Any]) -> None:
    """Possible, and false: in form only nobody can tell; with the openings GY-22-08. The office itself refuses it."""
    world = Alliance(members=5).in_force(vote__ballots="members").on(OPENED).vote_open()
    world.cast("consent", FIRST, SECOND).cast("against", THIRD)
    ended(world)
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    act = system_act(world.stage.office, "vote.close/1", body | change, files)
    with world.refused("GY-22-08"):
        world.stage.office.handle(act)
    forced(world, act)
    (lines,) = files.values()
    book = published_by_force(world)
    book = {path: data for path, data in book.items() if data != lines}
    assert run(book, world=world)[0].code == 0
    report, _ = run(book, world=world, disclosures=(("handed", lines),))
    assert (report.code, report.failure and report.failure.code) == (3, "GY-22-08")


def test_a_ballot_that_is_not_among_those_handed_out_is_found_by_its_unit() -> None:
    """Its own opening beside what it was handed: GY-22-08, naming the unit; by either alone nobody can tell."""
    world = Alliance(members=5).in_force(vote__ballots="members").on(OPENED).vote_open()
    world.cast("consent", FIRST, SECOND).cast("against", THIRD)
    mine = world.stage.receipts[-1].opening
    world.after_window()
    office = world.stage.office
    slot = anchor(office)
    mine = now_reads(office, mine)
    forced(world, system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": 2, "paper": 0}))
    office.catch_up()
    body, files = statement(office, "vote.close/1", "p:1")
    lines = b"".join(row for row in next(iter(files.values())).splitlines(keepends=True) if row != mine)
    body |= {"handed": canonical.digest(lines), "against": 0, "voted_left": 2}
    office.handle(system_act(office, "vote.close/1", body, {body["handed"]: lines}))
    book = files_of(world)
    for alone in (mine, lines):
        assert run(book, world=world, disclosures=(("one", alone),))[0].code == 0
    report, _ = run(book, world=world, disclosures=(("handed", lines), ("mine", mine)))
    assert (report.code, report.failure and report.failure.code) == (3, "GY-22-08")
    assert report.failure is not None and report.failure.figures["unit"] == THIRD


def test_a_close_opens_its_ballots_to_all_or_hands_them_to_members_as_the_reading_says() -> None:
    """Published where only members may see them, handed where all may, both or neither: wrong-statement."""
    for reading, right in (("public", "ballots"), ("members", "handed")):
        world = Alliance(members=5).in_force(vote__ballots=reading).on(OPENED).vote_open().cast("consent", FIRST)
        ended(world)
        body, files = statement(world.stage.office, "vote.close/1", "p:1")
        digest, wrong = body[right], "handed" if right == "ballots" else "ballots"
        for other in ({right: "", wrong: digest}, {wrong: digest}, {right: ""}):
            with world.out_of_turn("wrong-statement"):
                world.stage.office.handle(system_act(world.stage.office, "vote.close/1", body | other, files))
        close_vote(world.stage.office, "p:1")


@pytest.mark.parametrize(("on_paper", "code"), [(0, 0), (1, 3)])
def test_a_vote_open_to_members_only_is_not_closed_early_by_what_is_stated_to_be_on_paper(
    on_paper: int, code: int
) -> None:
    """Five voted, stated before the end of the window: all signed, and it may be; one on paper, four signed of five: GY-22-05."""
    world = Alliance(members=5).in_force(vote__ballots="members").on(OPENED).vote_open().cast_by(5)
    world.anchor()
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    assert (body["consents"], body["paper_consents"]) == (5, 0)
    forced(world, system_act(world.stage.office, "vote.close/1", body | {"paper_consents": on_paper}, files))
    (lines,) = files.values()
    report, _ = run({path: data for path, data in published_by_force(world).items() if data != lines}, world=world)
    assert report.code == code
    if report.failure is not None:
        assert (report.failure.code, report.failure.figures["signed"], report.failure.figures["members"]) == (
            "GY-22-05", 4, 5,
        )  # fmt: skip
