"""What follows a decision: a review by others, its effect, the end of the membership and its restoring (articles 18, 23)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.governance.case_duties import sealed_duties
from gongyue.governance.hearing import Reviewing, reviewed_by, settled_on, takes_effect
from gongyue.office.facts.dossier_steps import steps_of
from gongyue.office.facts.sanction_steps import sanction_steps
from gongyue.office.openings import found_by
from gongyue.office.owed_acts import pending
from gongyue.office.store.words import in_dossier
from support.alliance import CASEWORKER, PANEL, PUBLISHER, SECRETARY, Alliance, commitment_to, paper
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    HU,
    REVIEWERS,
    cancelled,
    decided,
    ended,
    found,
    linked,
    offered,
    ordered,
    proposed,
    received,
    reviewed,
    reviewing,
    rows,
    served,
    told,
    voided,
    with_reviewers,
)
from support.dossiers import assigned, done, folded, noted

THIRD, RESULT = "u:0003", "bulletin.result/1"


def window(world: Alliance, dossier: str) -> Reviewing:
    """The time for a review as it stands."""
    return Reviewing.of(world.inst, folded(world, dossier))


def effect(world: Alliance, dossier: str) -> str:
    """From which day the decision is in effect, empty while none is known."""
    day = takes_effect(world.inst, folded(world, dossier))
    return iso(day) if day else ""


# -- asked for


def test_a_review_is_asked_for_within_p5_of_the_service() -> None:
    """Before it is decided and before it is served not-open; on day 15 it may, once; on day 16 window-over."""
    world = with_reviewers()
    dossier, late = offered(world), cancelled(world, accused=THIRD)
    noted(world, dossier, ACCUSED, complete=True)
    with world.out_of_turn("not-open"):
        noted(world, dossier, ACCUSED, asks="review")
    decided(world, dossier)
    with world.out_of_turn("not-open"):
        noted(world, dossier, ACCUSED, asks="review")
    told(world, dossier, "decision")
    world.on("2026-06-16")
    noted(world, dossier, ACCUSED, asks="review")
    with world.out_of_turn("already"):
        noted(world, dossier, ACCUSED, asks="review")
    world.on("2026-06-17")
    with world.out_of_turn("window-over", ends="2026-06-16"):
        noted(world, late, THIRD, asks="review")
    assert settled_on(world.inst, folded(world, late)) == from_iso("2026-06-17")
    assert settled_on(world.inst, folded(world, dossier)) == 0


def test_what_was_not_received_is_reviewed_at_any_time_and_a_decision_of_none_is_not() -> None:
    """Served and unreceived for months, it may still be asked; of no sanction not-open."""
    world = with_reviewers()
    dossier, none = offered(world), found(world, accused=THIRD)
    decided(world, none, None)
    with world.out_of_turn("not-open"):
        noted(world, none, THIRD, asks="review")
    world.on("2026-06-12")
    decided(world, dossier, CIRCULAR)
    served(world, dossier, "decision", *_paragraphs(world, dossier))
    world.on("2026-09-30")
    assert window(world, dossier).waits == "签收"
    noted(world, dossier, ACCUSED, asks="review")


def _paragraphs(world: Alliance, dossier: str) -> tuple[str, ...]:
    case = folded(world, dossier).case
    assert case is not None and case.decision is not None
    return case.decision.docs


def test_paper_ends_no_time_for_a_review_before_the_unit_was_told() -> None:
    """Recorded from paper on day 2: on day 40 it may still be asked, and nothing takes effect; P18 after it was told it is over."""
    world = with_reviewers()
    dossier = offered(world)
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    served(world, dossier, "decision", *_paragraphs(world, dossier))
    world.on("2026-06-03")
    received(world, dossier, paper=paper("EMS 2", "2026-06-02", "2026-06-02"))
    world.on("2026-07-10")
    assert (window(world, dossier).waits, effect(world, dossier)) == ("告知记录", "")
    served(world, dossier, "recorded", commitment_to("告知信"))
    assert effect(world, dossier) == "2026-07-14"
    world.on("2026-07-13")
    noted(world, dossier, ACCUSED, asks="review")
    assert effect(world, dossier) == ""


# -- by others


def test_others_review_and_make_nothing_worse() -> None:
    """GY-18-12: assigned or signing, whoever judged; as heavy, heavier; GY-18-03 of what is not listed; then lighter it is."""
    world = with_reviewers()
    dossier = cancelled(world)
    to = reviewing(world, dossier)
    for one in PANEL:
        with world.refused("GY-18-12", officer=one):
            assigned(world, dossier, "reviewers", (one, *REVIEWERS[:2]))
    with world.refused("GY-05-03"):
        assigned(world, dossier, "reviewers", (HU, *REVIEWERS[:2]))
    with world.refused("GY-18-09", enough=3, count=2):
        assigned(world, dossier, "reviewers", REVIEWERS[:2])
    with world.refused("GY-18-09", parties=ACCUSED):
        body = {"role": "reviewers", "officers": rows(*REVIEWERS, interests=(ACCUSED,))}
        done(world, "dossier.assign/1", dossier, body, SECRETARY)
    with world.refused("GY-18-12", officer=PANEL[0]):
        reviewed(world, dossier, to, signers=(PANEL[0], REVIEWERS[0]))
    with world.refused("GY-05-15", officer=HU):
        reviewed(world, dossier, to, signers=(HU, REVIEWERS[0]))
    with world.refused("GY-05-02", enough=2):
        reviewed(world, dossier, to, signers=REVIEWERS[:1])
    with world.refused("GY-18-12", enough=1, weight=2):
        reviewed(world, dossier, to, "lighter", CANCELLATION)
    with world.refused("GY-18-03", kind="罚款"):
        reviewed(world, dossier, to, "lighter", "罚款")
    for outcome, kind in (("lighter", None), ("upheld", CIRCULAR), ("revoked", CIRCULAR)):
        with world.out_of_turn("malformed", why="kind"):
            reviewed(world, dossier, to, outcome, kind)
    reviewed(world, dossier, to, "lighter", CIRCULAR)
    case = folded(world, dossier).case
    assert case is not None and case.stands == CIRCULAR
    with world.out_of_turn("already"):
        reviewed(world, dossier, to)


def test_a_circular_is_not_reviewed_into_a_cancellation() -> None:
    """GY-18-12, with what would be enough: nothing is lighter than the lightest but to revoke it."""
    world = with_reviewers()
    dossier = cancelled(world, CIRCULAR)
    to = reviewing(world, dossier)
    for kind in (CANCELLATION, CIRCULAR):
        with world.refused("GY-18-12", enough=0):
            reviewed(world, dossier, to, "lighter", kind)
    reviewed(world, dossier, to, "revoked")


def test_a_review_answers_what_asked_for_it() -> None:
    """Unasked not-open; answering another note dossier-unanswered; while the dossier rests not at all."""
    world = with_reviewers()
    dossier = cancelled(world)
    noted(world, dossier, ACCUSED, docs=[commitment_to("另一份")])
    other = folded(world, dossier).entries[-1].digest
    assigned(world, dossier, "reviewers", REVIEWERS)
    with world.out_of_turn("not-open"):
        reviewed(world, dossier, other)
    to = reviewing(world, dossier)
    with world.out_of_turn("dossier-unanswered"):
        reviewed(world, dossier, other)
    ordered(world, dossier, "pause", "authority_request")
    with world.out_of_turn("dossier-rests"):
        reviewed(world, dossier, to)


def test_a_late_review_is_late_and_taken() -> None:
    """Asked on 06-01: due within P20; months later it is decided all the same."""
    world = with_reviewers()
    dossier = cancelled(world)
    to = reviewing(world, dossier)
    last = reviewed_by(world.inst, folded(world, dossier), from_iso("2026-06-01")).last
    assert iso(last) == "2026-07-01"
    world.on("2026-09-01")
    reviewed(world, dossier, to)
    told(world, dossier, "review")
    assert settled_on(world.inst, folded(world, dossier)) == from_iso("2026-09-01")


# -- in effect


def test_a_cancellation_takes_effect_when_its_review_is_over() -> None:
    """Unasked on the day after P5; asked once it is upheld; lighter or revoked never; of a circular it ends nothing."""
    world = with_reviewers()
    quiet, upheld, lighter = cancelled(world), cancelled(world), cancelled(world)
    for dossier in (upheld, lighter):
        to = reviewing(world, dossier)
        assert effect(world, dossier) == ""
        world.on("2026-06-05")
        outcome, kind = ("upheld", None) if dossier == upheld else ("lighter", CIRCULAR)
        reviewed(world, dossier, to, outcome, kind)
    assert (effect(world, quiet), effect(world, upheld)) == ("2026-06-17", "2026-06-05")
    with world.refused("GY-18-13", enough="2026-06-17", today="2026-06-05"):
        ended(world, quiet)
    with world.refused("GY-18-13", enough="取消资格的决定"):
        ended(world, lighter)
    with world.refused("GY-18-13", enough="对该单位的决定"):
        ended(world, upheld, THIRD)
    world.on("2026-06-16")
    with world.refused("GY-18-13", enough="2026-06-17"):
        ended(world, quiet)
    world.on("2026-06-17")
    ended(world, quiet)
    assert ACCUSED not in world.inst.members


@pytest.mark.parametrize("kind", ["unserved", "asked", "circular", "conclusion"])
def test_no_membership_ends_on_what_ends_none(kind: str) -> None:
    """A decision not served, one under review, a circular: GY-18-13; the conclusion alone: bad-link."""
    world = with_reviewers()
    dossier = offered(world, CIRCULAR if kind == "circular" else CANCELLATION)
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier, CIRCULAR if kind == "circular" else CANCELLATION)
    if kind != "unserved":
        told(world, dossier, "decision")
    if kind == "asked":
        reviewing(world, dossier)
    world.on("2026-07-20")
    if kind == "conclusion":
        n = next(n for n, one in enumerate(folded(world, dossier).entries, 1) if one.type == "case.conclude/1")
        link, line = linked(world, (dossier, n))
        with world.out_of_turn("bad-link"):
            world.executive("membership.end/1", {"unit": ACCUSED, "link": link}, (PUBLISHER, SECRETARY), line)
        return
    enough = "取消资格的决定" if kind == "circular" else "复核期满"
    with world.refused("GY-18-13", enough=enough):
        ended(world, dossier)


# -- restored


def test_18_e5_a_revoked_cancellation_restores_the_member() -> None:
    """Ended, then voided by two officers: a member again as if nothing had ended, on the roll of the open vote too; twice already."""
    world = with_reviewers()
    dossier = cancelled(world)
    world.on("2026-06-17")
    since = world.inst.members[ACCUSED]
    index = ended(world, dossier).index
    assert index is not None and world.inst.units[ACCUSED].status == "ended"
    with world.refused("GY-05-01", officer=CASEWORKER):
        voided(world, index, (CASEWORKER, SECRETARY))
    world.on("2026-06-20")
    voided(world, index)
    assert world.inst.members[ACCUSED] == since and world.inst.units[ACCUSED].status == "member"
    with world.out_of_turn("already"):
        voided(world, index)
    event = next(one for one in world.inst.events.values() if one.index == index)
    assert event.what == "undone" and not event.ends(world.inst.size)
    assert event.ends(index + 1), "whoever looks at the book as it was then sees it ended"


# -- owed


def due(world: Alliance) -> list[tuple[str, str, str, str]]:
    """What is owed in cases but their results: its act, its dossier, by what it is counted, until when."""
    found = sealed_duties(world.inst, pending(world.stage.office.store))
    return [(one.act, one.matter, one.basis, iso(one.last)) for one in found if one.act != RESULT]


def steps(world: Alliance, dossier: str) -> list[tuple[str, str, str]]:
    """What comes next in a dossier: whose turn, which act, until when."""
    store, today = world.stage.office.store, day_of(world.stage.now)
    first = next(one for one in found_by(store, in_dossier(dossier)) if one.entry.rx.n == 1)
    return [(one.whose, one.act, one.last) for one in steps_of(world.inst, folded(world, dossier), first, today)]


def test_what_is_owed_in_a_case_follows_its_course_by_its_dossier_alone() -> None:
    """A hearing within P3 of its request, a decision within P13 of it, a review within P20 of its request; neither before, nor once done, nor at rest."""
    world = with_reviewers()
    dossier = found(world)
    assert due(world) == []
    result = ("exec", "bulletin.result/1", "2026-06-11")
    assert steps(world, dossier) == [("exec", "case.propose/1", "2026-06-11"), result]
    proposed(world, dossier)
    assert steps(world, dossier) == [("exec", "dossier.serve/1", "")]
    told(world, dossier)
    assert due(world) == [("case.decide/1", dossier, "P13", "2026-06-21")]
    assert steps(world, dossier) == [(ACCUSED, "dossier.note/1", "2026-06-11"), ("exec", "case.decide/1", "2026-06-21")]
    noted(world, dossier, ACCUSED, asks="hearing")
    assert due(world) == [("dossier.order/1", dossier, "P3", "2026-06-11")]
    assert steps(world, dossier) == [("exec", "dossier.order/1", "2026-06-11")]
    world.on("2026-06-05")
    ordered(world, dossier, "heard", "held")
    assert due(world) == [("case.decide/1", dossier, "P13", "2026-06-15")]
    assert steps(world, dossier) == [("exec", "dossier.serve/1", ""), ("exec", "case.decide/1", "2026-06-15")]
    ordered(world, dossier, "pause", "authority_request")
    assert due(world) == []
    world.on("2026-06-07")
    ordered(world, dossier, "resume", "authority_answered")
    assert due(world) == [("case.decide/1", dossier, "P13", "2026-06-17")]
    world.on("2026-08-01")
    decided(world, dossier)
    assert due(world) == [] and steps(world, dossier) == [("exec", "dossier.serve/1", "")]
    told(world, dossier, "decision")
    assert steps(world, dossier) == [(ACCUSED, "dossier.note/1", "2026-08-16")]
    to = reviewing(world, dossier)
    assert due(world) == [("case.review/1", dossier, "P20", "2026-08-31")]
    assert steps(world, dossier) == [("exec", "case.review/1", "2026-08-31")]
    world.on("2026-09-01")
    reviewed(world, dossier, to)
    assert due(world) == []
    serve, end = ("exec", "dossier.serve/1", ""), ("exec", "membership.end/1", "")
    result = ("exec", "bulletin.result/1", "2026-09-11")
    assert steps(world, dossier) == [serve, end, result]
    ended(world, dossier)
    assert steps(world, dossier) == [serve, result]


def test_who_is_lacking_for_a_review_is_said_before_it_is_assigned() -> None:
    """Three who took no part suffice for a panel of three; of two, one more has to be appointed first."""
    world = with_reviewers()
    dossier = cancelled(world)
    noted(world, dossier, ACCUSED, asks="review")
    assert [one.zh for one in sanction_steps(world.inst, folded(world, dossier), day_of(world.stage.now))] == [
        "指派没有参与过的复核人；复核人作出复核决定"
    ]
    ends = {"officer": REVIEWERS[0], "offices": ["panellist"], "ends": iso(day_of(world.stage.now))}
    world.executive("office.end/1", ends)
    world.next_day()
    (step,) = sanction_steps(world.inst, folded(world, dossier), day_of(world.stage.now))
    assert step.zh.startswith("没有参与过的审议人还少 1 名，须先任命；") and step.en.startswith("1 more panellists")
