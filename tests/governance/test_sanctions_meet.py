"""A cancellation meets the rest of the institution: open votes, annexes, petitions, other cases, courts, the public roll (articles 18–24)."""

from __future__ import annotations

from functools import cache

import pytest

from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.governance.hearing import takes_effect
from gongyue.governance.poll import is_still_here, still_here
from gongyue.governance.publication import list_content
from support.alliance import FIRST, TWO, Alliance, commitment_to, paper, unit_id
from support.cases import (
    ACCUSED,
    CANCELLATION,
    HU,
    REVIEWERS,
    again,
    cancelled,
    decided,
    ended,
    offered,
    opened_case,
    received,
    reviewed,
    reviewing,
    served,
    told,
    voided,
)
from support.dossiers import answered, folded, noted, petition

THIRD = unit_id(3)


@cache
def _staffed(effect: str, members: int) -> Alliance:
    world = Alliance(members=members, initiators=2).in_force(sanction__effect=effect).on("2026-05-20")
    for officer in (HU, *REVIEWERS):
        world.appoint(officer, "panellist")
    return world.on("2026-06-01")


def staffed(effect: str = "final", members: int = 6) -> Alliance:
    """In force on 2026-06-01, with two panels; cancellations take effect by that reading."""
    return again(_staffed(effect, members))


# -- served, or final


def test_by_the_reading_served_a_cancellation_takes_effect_on_its_receipt() -> None:
    """Decided and unreceived GY-18-13; received it ends that day, a review pending or not; under final it waits."""
    for effect, since in (("served", "2026-06-03"), ("final", "")):
        world = staffed(effect)
        dossier = offered(world)
        noted(world, dossier, ACCUSED, complete=True)
        decided(world, dossier)
        with world.refused("GY-18-13", enough="复核期满"):
            ended(world, dossier)
        world.on("2026-06-03")
        told(world, dossier, "decision")
        reviewing(world, dossier)
        day = takes_effect(world.inst, folded(world, dossier))
        assert (iso(day) if day else "") == since
        if since:
            ended(world, dossier)
            assert ACCUSED not in world.inst.members


def paragraphs(world: Alliance, dossier: str) -> tuple[str, ...]:
    """The documents of the decision in a case."""
    case = folded(world, dossier).case
    assert case is not None and case.decision is not None
    return case.decision.docs


def test_by_the_reading_served_paper_takes_effect_once_its_unit_could_deny_it() -> None:
    """Received on paper on 06-01: untold never; told on 06-02, P18 is over on 06-05: on 06-06 it is in effect. Its own receipt counts at once."""
    world = staffed("served")
    dossier, other = (offered(world, accused=unit) for unit in (ACCUSED, THIRD))
    for one, unit in ((dossier, ACCUSED), (other, THIRD)):
        noted(world, one, unit, complete=True)
        decided(world, one)
        served(world, one, "decision", *paragraphs(world, one))
        received(world, one, unit=unit, paper=paper("回执", "2026-06-01", "2026-06-01"))
    for day in ("2026-06-02", "2026-06-05"):
        with world.on(day).refused("GY-18-13"):
            ended(world, dossier)
        if day == "2026-06-02":
            served(world, dossier, "recorded", commitment_to("告知"))
            served(world, other, "decision", *paragraphs(world, other))
            received(world, other, unit=THIRD)
            ended(world, other, THIRD)
    ended(world.on("2026-06-06"), dossier)


def test_a_new_reading_reaches_later_cases_only() -> None:
    """`served` issued on 06-02: the case of 06-01 goes on as final."""
    world = staffed()
    first = cancelled(world)
    world.on("2026-06-02").issue("sanction.effect", "served")
    world.on("2026-06-03")
    second = cancelled(world, accused=THIRD)
    days = [takes_effect(world.inst, folded(world, one)) for one in (first, second)]
    assert [iso(one) for one in days] == ["2026-06-17", "2026-06-03"]


# -- votes


def voting(effect: str = "final") -> tuple[Alliance, str]:
    """A vote of six is open since 2026-06-10, in which the second consents; its cancellation was served on 06-01."""
    world = staffed(effect)
    dossier = cancelled(world)
    world.on("2026-06-10").vote_open().cast("consent", ACCUSED)
    return world, dossier


def test_22_e4_a_consenter_that_is_cancelled_counts_in_the_first_test_and_no_more_in_the_second() -> None:
    """Four of six consent, one of them cancelled mid-vote: (a) 4/6, (b) 3/5, rejected; a fifth, and (b) is 4/5. It casts no ballot more."""
    for others, outcome in ((3, "rejected"), (4, "adopted")):
        world, dossier = voting()
        world.on("2026-06-17")
        ended(world, dossier)
        with world.out_of_turn("not-member"):
            world.cast("against", ACCUSED)
        world.cast("consent", FIRST, *(unit_id(n) for n in range(3, 2 + others)))
        world.close()
        vote = world.vote()
        assert (vote.outcome, vote.consents, len(vote.roll)) == (outcome, others + 1, 6)
        assert (vote.consents_left, vote.roll_left) == (others, 5)


def test_22_e5_an_opponent_that_is_cancelled_brings_nothing_about() -> None:
    """Three of six consent and one opponent is struck off: (a) 3/6 fails whatever (b) says."""
    world, dossier = voting()
    world.cast("against", ACCUSED)
    world.on("2026-06-17")
    ended(world, dossier)
    world.cast("consent", FIRST, *(unit_id(n) for n in (3, 4)))
    world.close()
    assert world.vote().outcome == "rejected"


def test_a_member_restored_while_the_vote_is_open_is_still_here_and_votes() -> None:
    """By `served` ended on 06-11, revoked and restored on 06-20: its ballot counts, it may cast another, both tests have it."""
    world, dossier = voting("served")
    to = reviewing(world, dossier)
    world.on("2026-06-11")
    index = ended(world, dossier).index
    assert index is not None
    today = day_of(world.stage.now)
    assert ACCUSED not in still_here(world.inst, world.vote(), today)
    world.on("2026-06-20")
    reviewed(world, dossier, to, "revoked")
    with world.out_of_turn("not-member"):
        world.cast("against", ACCUSED)
    voided(world, index)
    assert is_still_here(world.inst, world.vote(), ACCUSED)
    world.cast("against", ACCUSED).cast("consent", FIRST, *(unit_id(n) for n in (3, 4, 5)))
    world.close()
    vote = world.vote()
    assert (vote.outcome, vote.consents, vote.against, vote.roll_left) == ("adopted", 4, 1, 6)


def test_a_vote_that_was_closed_meanwhile_stays_as_it_was() -> None:
    """Closed while it was out, restored later: the figures stay."""
    world, dossier = voting("served")
    to = reviewing(world, dossier)
    index = ended(world, dossier).index
    assert index is not None
    world.close()
    before = world.vote()
    reviewed(world, dossier, to, "revoked")
    voided(world, index)
    assert world.vote() == before and before.roll_left == 5
    assert world.vote().outcome == "rejected"


# -- what else is open


def test_what_its_unit_had_begun_goes_its_way() -> None:
    """Its petition is answered, its other case concluded on; its unfiled proposal loses it; a new case against it GY-17-08."""
    world = staffed()
    asked, dossier = petition(world, ACCUSED), cancelled(world)
    other = offered(world)
    world.initiate(by=ACCUSED)
    world.initiate_annex(by=ACCUSED)
    world.on("2026-06-17")
    ended(world, dossier)
    answered(world, asked)
    with world.out_of_turn("not-member"):
        world.unit("amendment.file/1", ACCUSED, {"proposal": "p:1"})
    with world.refused("GY-18-05", accused=ACCUSED):
        decided(world, other)
    decided(world, other, None)
    with world.refused("GY-17-08", accused=ACCUSED):
        opened_case(world)
    assert world.inst.annexes["a:health"]


def test_whoever_was_cancelled_may_apply_again() -> None:
    """No bar in the text, and none is invented (domain 3.17): it applies, is granted, and its end stays where it is."""
    world = staffed()
    dossier = cancelled(world)
    world.on("2026-06-17")
    index = ended(world, dossier).index
    assert index is not None
    world.on("2026-06-20")
    applied = world.apply(2)
    world.grant(applied)
    assert ACCUSED in world.inst.members
    since = world.inst.members[ACCUSED]
    voided(world, index)
    assert world.inst.members[ACCUSED] == since, "it joined anew: that stands"


def test_a_new_membership_does_not_end_by_the_decision_of_the_former() -> None:
    """Decided, left before it took effect, admitted anew: GY-18-13; a decision of the new membership ends it."""
    world = staffed()
    dossier = cancelled(world)
    world.on("2026-06-10").withdraw(ACCUSED)
    world.grant(world.apply(2))
    world.on("2026-06-20")
    assert ACCUSED in world.inst.members
    with world.refused("GY-18-13", enough="现在的成员期内的决定"):
        ended(world, dossier)


def test_whoever_was_put_out_asks_for_a_review_with_its_own_key() -> None:
    """By `served` it is no member any more: it asks, is told, and receives; nobody else asks for it."""
    world = staffed("served")
    dossier = cancelled(world)
    ended(world, dossier)
    with world.out_of_turn("not-found"):
        noted(world, dossier, THIRD, asks="review")
    to = reviewing(world, dossier)
    reviewed(world, dossier, to, "revoked")
    told(world, dossier, "review")


def test_a_court_s_order_suspends_a_cancellation() -> None:
    """membership.end/1 is forbidden from 06-16: GY-20-01 with its source, until it is lifted; then it ends on the same decision."""
    world = staffed()
    dossier = cancelled(world)
    world.on("2026-06-16")
    letter = paper("（2026）京01行保1号", "2026-06-16", "2026-06-16")
    order = {
        "order": "l:court-2026-1", "source": "示范人民法院（演示）", "forbids": ["membership.end/1"], "party": "",
        "begins": "2026-06-16", "ends": None,
    }  # fmt: skip
    world.executive("law.order/1", order, TWO, paper=letter)
    world.on("2026-06-17")
    with world.refused("GY-20-01"):
        ended(world, dossier)
    world.on("2026-07-01")
    lifted = paper("（2026）京01行保1号之一", "2026-07-01", "2026-07-01")
    world.executive("law.lift/1", {"order": "l:court-2026-1"}, TWO, paper=lifted)
    ended(world, dossier)
    assert ACCUSED not in world.inst.members


# -- what the public sees


def test_a_cancelled_and_a_dissolved_unit_are_alike_to_the_byte_but_for_their_ids() -> None:
    """On the roll, in the events, in the list of the period; and so is the act but for unit, link and nonce."""
    world = staffed()
    dossier = cancelled(world, accused=THIRD)
    world.on("2026-06-17")
    ended(world, dossier, THIRD)
    world.end(unit_id(4))
    inst = world.inst
    a, b = inst.units[THIRD], inst.units[unit_id(4)]
    assert (a.status, a.until, a.notice, a.alliance) == (b.status, b.until, b.notice, b.alliance)
    content = list_content(inst, 1, from_iso("2026-03-09"), from_iso("2026-06-30"))
    rows = [{k: v for k, v in row.items() if k not in ("unit", "name", "code")} for row in content["ended"]]
    assert rows == [{"on": "2026-06-17"}] * 2
    events = [one for one in inst.events.values() if one.what == "ended"]
    assert [(one.day, one.notice, one.listed) for one in events] == [(from_iso("2026-06-17"), -1, 0)] * 2
    acts = [world.stage.entry(one.index) for one in events]
    assert len({len(bytes(one.act.body)) for one in acts}) == 1
    assert len({(one.act.type, one.act.actor, one.act.basis, one.act.view.size - n) for n, one in enumerate(acts)}) == 1
    assert CANCELLATION not in "".join(bytes(one.act.body).decode() for one in acts)


@pytest.mark.parametrize("listed", [False, True])
def test_a_restored_member_is_corrected_in_the_list_where_a_list_said_it_had_ended(listed: bool) -> None:
    """Voided before the list: no word of it; after: `corrected` in the next one, with the number of the list that said so."""
    world = staffed()
    dossier = cancelled(world)
    world.on("2026-06-17")
    index = ended(world, dossier).index
    assert index is not None
    if listed:
        world.on("2026-07-01").tick()
        assert world.inst.lists, "the first list is published"
    voided(world, index)
    number, ends = (2, "2026-09-30") if listed else (1, "2026-06-30")
    begins = "2026-07-01" if listed else "2026-03-09"
    content = list_content(world.inst, number, from_iso(begins), from_iso(ends))
    assert content["ended"] == []
    assert [(r["unit"], r["list"], r["listed"]) for r in content["corrected"]] == (
        [(ACCUSED, 1, "ended")] if listed else []
    )
