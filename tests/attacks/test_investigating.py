"""Investigating, proposing, deciding against the covenant with all of the office's keys: its own gate refuses it, and verify names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from attacks.bending import caught, found, order, refused_at_the_gate
from gongyue.book.entry import SignedAct
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.governance.case_duties import sealed_duties
from gongyue.governance.dossier import MEMBERS
from gongyue.governance.hearing import settled_on
from gongyue.governance.reply import Reply
from gongyue.office import links
from gongyue.office.owed_acts import pending
from support.alliance import CASEWORKER, CLERK, PANEL, SECRETARY, SYSOP, TWO, Alliance, commitment_to, paper
from support.bulletins import closed_case, result
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    EVIDENCE,
    FACTORS,
    HU,
    LIGHTER,
    NOTICE,
    REVIEWERS,
    USERS,
    cancelled,
    concluded,
    decided,
    handled,
    heard,
    offered,
    opened_case,
    ordered,
    proposed,
    replied,
    reviewed,
    reviewing,
    served,
    staffed,
    told,
    with_reviewers,
)
from support.cases import found as concluded_case
from support.dossiers import assigned, done, folded, forced_in, noted, signed

NEVER = commitment_to("本卷没有的文书")


def conclusion(world: Alliance, dossier: str, *signers: str) -> SignedAct:
    """The panel's conclusion, not handed in."""
    body = {"findings": [USERS], "adverse": True, "reasons": commitment_to("结论的理由")}
    return signed(world, "case.conclude/1", dossier, body, *(signers or PANEL))


def proposal(world: Alliance, dossier: str, *signers: str) -> SignedAct:
    """A proposal of a circular, not handed in."""
    body = {"kind": CIRCULAR, "reasons": commitment_to("拟处理的理由")}
    return signed(world, "case.propose/1", dossier, body, *(signers or PANEL))


def decision(world: Alliance, dossier: str, *signers: str, **other: Any) -> SignedAct:
    """The panel's decision to cancel, not handed in."""
    body: dict[str, Any] = {name: commitment_to(name) for name in FACTORS}
    body |= {"kind": CANCELLATION, "lighter": LIGHTER} | other
    return signed(world, "case.decide/1", dossier, body, *(signers or PANEL))


# -- who decides


def test_a_panel_of_which_one_term_is_over_is_short() -> None:
    """Three were assigned, one serves no more, two sign: GY-18-09; the secretary replaces it first."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-20").appoint(HU, "panellist", ends="2026-06-19")
    dossier = heard(world.on("2026-06-01"))
    world.on("2026-06-20")
    caught(world, conclusion(world, dossier), "GY-18-09", dossier)


def test_on_the_last_day_of_a_term_the_panel_is_whole() -> None:
    """The day counts."""
    world = Alliance(members=5, initiators=2).in_force().on("2026-05-20").appoint(HU, "panellist", ends="2026-06-19")
    dossier = heard(world.on("2026-06-01"))
    world.on("2026-06-19")
    concluded(world, dossier)
    assert found(world, dossier) == (0, "")


@pytest.mark.parametrize("made", [conclusion, proposal, decision])
def test_nothing_is_decided_while_a_recusal_of_the_caseworker_waits(made: Callable[..., SignedAct]) -> None:
    """GY-05-17, and whoever asked is not answered by what the caseworker prepared; decided, it goes on."""
    world = staffed()
    stage = {conclusion: heard, proposal: concluded_case, decision: offered}[made]
    dossier = stage(world)
    noted(world, dossier, ACCUSED, asks="recusal", whom=CASEWORKER, complete=True)
    act = made(world, dossier)
    refused_at_the_gate(world, act, "GY-05-17")
    assigned(world, dossier)  # the secretary leaves it to the caseworker, and says so for ever
    world.stage.office.handle(made(world, dossier))


def test_a_challenge_is_not_shed_by_what_a_panel_concludes() -> None:
    """The same, recorded all the same: exit 3."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, asks="recusal", whom=CASEWORKER, complete=True)
    caught(world, conclusion(world, dossier), "GY-05-17", dossier)


@pytest.mark.parametrize("whom", [CASEWORKER, PANEL[0]])
def test_a_case_is_not_ended_to_shed_a_challenge(whom: str) -> None:
    """Moot, they say, and open it anew with the same persons: GY-05-17; of whoever has no part in it nothing waits."""
    world = staffed()
    dossier, other = heard(world), heard(world)
    noted(world, dossier, ACCUSED, asks="recusal", whom=whom)
    noted(world, other, ACCUSED, asks="recusal", whom=SYSOP)
    world.stage.office.handle(order(world, other, "terminate", "moot", SECRETARY, PANEL[1]))
    caught(world, order(world, dossier, "terminate", "moot", SECRETARY, PANEL[1]), "GY-05-17", dossier)


def swapped(world: Alliance) -> str:
    """The accused was heard on cancellation; on the next day all judges are others."""
    dossier = offered(world)
    noted(world, dossier, ACCUSED, asks="hearing")
    ordered(world, dossier, "heard", "held")
    world.on("2026-06-02")
    assigned(world, dossier, "panel", REVIEWERS)
    return dossier


def test_judges_put_in_the_place_of_others_decide_nothing_at_once() -> None:
    """GY-18-15: nobody could ask that they recuse themselves."""
    world = with_reviewers()
    dossier = swapped(world)
    caught(world, decision(world, dossier, *REVIEWERS[:2]), "GY-18-15", dossier)


def test_judges_put_in_the_place_of_others_hear_the_accused_themselves() -> None:
    """On 06-05 still GY-18-15, on 06-06 GY-18-06: it asked to be heard, and they did not hear it; once they have, they decide."""
    world = with_reviewers()
    dossier = swapped(world)
    refused_at_the_gate(world.on("2026-06-05"), decision(world, dossier, *REVIEWERS[:2]), "GY-18-15")
    refused_at_the_gate(world.on("2026-06-06"), decision(world, dossier, *REVIEWERS[:2]), "GY-18-06")
    ordered(world, dossier, "heard", "held")
    world.stage.office.handle(decision(world, dossier, *REVIEWERS[:2]))
    assert found(world, dossier) == (0, "")


def test_reviewers_changed_on_the_last_day_wait_too() -> None:
    """GY-18-15; and whoever was assigned first when the review was asked for decides it."""
    world = with_reviewers()
    for one in ("o:aa", "o:ab", "o:ac"):
        world.appoint(one, "panellist")
    world.on("2026-06-12")
    dossier, other = cancelled(world), cancelled(world)
    reviewed(world, other, reviewing(world, other))
    asked = reviewing(world, dossier)
    assigned(world, dossier, "reviewers", ("o:aa", "o:ab", "o:ac"))
    body = {"outcome": "upheld", "kind": None, "reasons": commitment_to("复核的理由")}
    act = signed(world, "case.review/1", dossier, body, "o:aa", "o:ab", to=asked)
    caught(world, act, "GY-18-15", dossier, other)


# -- heard


def renewed(world: Alliance) -> str:
    """The accused asked to be heard; the same is proposed once more, served and received."""
    dossier = offered(world)
    noted(world, dossier, ACCUSED, asks="hearing")
    proposed(world, dossier)
    told(world, dossier)
    return dossier


def test_another_proposal_takes_no_hearing_back_that_was_asked_for() -> None:
    """Seven weeks later still GY-18-06."""
    world = staffed()
    dossier = renewed(world)
    world.on("2026-07-20")
    caught(world, decision(world, dossier), "GY-18-06", dossier)


@pytest.mark.parametrize("how", ["heard", "has said all"])
def test_the_hearing_asked_for_before_is_held_or_given_up(how: str) -> None:
    """Held on what is proposed now, or the accused says itself that it has said all."""
    world = staffed()
    dossier = renewed(world)
    if how == "heard":
        ordered(world, dossier, "heard", "held")
    else:
        noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    assert found(world, dossier) == (0, "")


def test_a_hearing_held_on_the_first_proposal_is_not_owed_again_unasked() -> None:
    """Heard once, proposed anew: it may ask again, and else its time passes."""
    world = staffed()
    dossier = offered(world)
    noted(world, dossier, ACCUSED, asks="hearing")
    ordered(world, dossier, "heard", "held")
    proposed(world, dossier, CIRCULAR)
    told(world, dossier)
    world.on("2026-06-12")
    decided(world, dossier, CIRCULAR)


def cited(world: Alliance, dossier: str) -> Reply:
    """The reply as it stands."""
    return Reply.to(world.inst, folded(world, dossier), [EVIDENCE])


def test_an_extension_asked_for_is_not_ignored() -> None:
    """Asked on the last day: no conclusion on 06-17, nor on 07-01: GY-17-04; on 07-02 it may be."""
    world = staffed()
    dossier, other = heard(world), heard(world)
    world.on("2026-06-16")
    for one in (dossier, other):
        noted(world, one, ACCUSED, asks="extension")
    refused_at_the_gate(world.on("2026-07-01"), conclusion(world, dossier), "GY-17-04")
    concluded(world.on("2026-07-02"), other)
    assert found(world, other) == (0, "")


def test_an_extension_ignored_and_concluded_all_the_same() -> None:
    """Exit 3 on the day after the time that it has without."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, asks="extension")
    world.on("2026-06-17")
    caught(world, conclusion(world, dossier), "GY-17-04", dossier)


def test_an_extension_asked_for_too_late_or_by_others_extends_nothing() -> None:
    """On the day after the last; by a letter that two officers recorded."""
    world = staffed()
    late, forged = heard(world), heard(world)
    day = iso(day_of(world.stage.now))
    letter = paper("来信", day, day)
    done(world, "dossier.note/1", forged, {"asks": "extension"}, *TWO, actor=ACCUSED, paper=letter)
    noted(world.on("2026-06-17"), late, ACCUSED, asks="extension")
    for one in (late, forged):
        assert cited(world, one).last == from_iso("2026-06-16")
        concluded(world, one)


# -- what is proposed, decided, and told


def test_a_sanction_is_proposed_within_the_time_for_the_result() -> None:
    """P13 from 06-01: on 06-11 it may be; on 06-12 GY-18-14, and nobody lives under a finding that may come back; lighter ones follow later."""
    world = staffed()
    dossier, late = concluded_case(world), concluded_case(world)
    world.on("2026-06-11")
    proposed(world, dossier)
    told(world, dossier)
    world.on("2026-06-12")
    proposed(world, dossier, CIRCULAR)
    caught(world, proposal(world, late), "GY-18-14", dossier, late)


def test_nothing_is_proposed_once_all_members_were_told_the_result() -> None:
    """GY-18-14 at the office; exit 3 for the accused, which opens its case, the result and its link; without the link nobody is accused."""
    world = staffed()
    case = closed_case(world)
    result(world, case)
    world.stage.now += 60
    act = proposal(world, case)
    refused_at_the_gate(world, act, "GY-18-14")
    forced_in(world, act)
    lines = b"".join(links.of_party(world.inst, world.stage.office.store, ACCUSED))
    assert found(world, case, MEMBERS) == (0, "")
    assert found(world, case, MEMBERS, lines=lines) == (3, "GY-18-14")


def test_what_was_proposed_before_the_result_stands() -> None:
    """Proposed, decided that there be nothing, told: lawful, link and all."""
    world = staffed()
    case = closed_case(world)
    proposed(world, case, None)
    decided(world, case, None)
    world.stage.now += 60
    result(world, case)
    lines = b"".join(links.of_party(world.inst, world.stage.office.store, ACCUSED))
    assert found(world, case, MEMBERS, lines=lines) == (0, "")


@pytest.mark.parametrize(("stage", "ground"), [(heard, "settled"), (offered, "settled"), (offered, "moot")])
def test_a_case_is_not_ended_to_bury_it(stage: Callable[[Alliance], str], ground: str) -> None:
    """Settled behind the reporter's back before a conclusion; with a proposal open, so that no result is ever due: wrong-ground."""
    world = staffed()
    dossier = stage(world)
    caught(world, order(world, dossier, "terminate", ground), "wrong-ground", dossier)


def test_what_was_found_is_told_although_the_case_was_closed() -> None:
    """Closed on the day of the conclusion: its result is due all the same, by 06-11."""
    world = staffed()
    dossier = concluded_case(world)
    ordered(world, dossier, "terminate", "settled", CASEWORKER, SECRETARY)
    due = [(d.matter, d.act, iso(d.last)) for d in sealed_duties(world.inst, pending(world.stage.office.store))]
    assert due == [(dossier, "bulletin.result/1", "2026-06-11")]
    assert settled_on(world.inst, folded(world, dossier)) == from_iso("2026-06-01")


COPIED = {
    "the conclusion's": {"seriousness": commitment_to("理由")},
    "the proposal's": {"remedy": commitment_to(f"拟处理 {CANCELLATION}")},
    "the evidence": {"fault": EVIDENCE},
    "the notice": {"lighter": NOTICE},
}


@pytest.mark.parametrize("whose", COPIED)
def test_factors_are_not_copied_from_what_stands_there(whose: str) -> None:
    """A paper of the file in the place of a weighing: malformed."""
    world = staffed()
    dossier = offered(world)
    noted(world, dossier, ACCUSED, complete=True)
    caught(world, decision(world, dossier, **COPIED[whose]), "malformed", dossier)


def test_a_review_does_not_repeat_the_decisions_paper() -> None:
    """Its reasons are of its own: malformed."""
    world = with_reviewers()
    dossier = cancelled(world)
    asked = reviewing(world, dossier)
    body = {"outcome": "upheld", "kind": None, "reasons": commitment_to("seriousness")}
    caught(world, signed(world, "case.review/1", dossier, body, *REVIEWERS[:2], to=asked), "malformed", dossier)


def test_the_outcome_is_not_told_to_the_reporter_before_a_review_is_over() -> None:
    """GY-18-10 while a cancellation is only proposed; once it is decided that there be none, it is told."""
    world = staffed()
    report = handled(world)
    replied(world, report, "opened")
    case = next(d.matter for d in sealed_duties(world.inst, pending(world.stage.office.store)))
    for what in ("notice", "evidence"):
        served(world, case, what)
        done(
            world,
            "dossier.receive/1",
            case,
            {"docs": list(folded(world, case).services[-1].docs)},
            ACCUSED,
            actor=ACCUSED,
            to=folded(world, case).services[-1].digest,
        )
    noted(world, case, ACCUSED, complete=True)
    concluded(world, case)
    n = folded(world, case).n
    proposed(world, case)
    to = folded(world, report).last.digest
    with world.refused("GY-18-10", enough="复核已毕"):
        replied(world, report, "outcome", of=(case, n), to=to)
    decided(world, case, None)
    replied(world, report, "outcome", of=(case, n), to=to)


# -- papers


@pytest.mark.parametrize("type", ["dossier.hold/1", "dossier.erase/1"])
def test_nothing_is_held_or_erased_that_the_dossier_never_had(type: str) -> None:
    """not-found: a hold of another's papers, an erasure that never was; of what stands there both are lawful."""
    world = staffed()
    dossier = heard(world)
    done(world, "dossier.note/1", dossier, {"docs": [commitment_to("内部")]}, CASEWORKER)
    hold = type == "dossier.hold/1"
    rest: dict[str, Any] = {"ground": "court", "lifted": False} if hold else {"ground": "request"}
    signers = (SECRETARY, CLERK) if hold else (SECRETARY, SYSOP)
    done(world, type, dossier, {"docs": [commitment_to("内部")]} | rest, *signers)
    caught(world, signed(world, type, dossier, {"docs": [NEVER]} | rest, *signers), "not-found", dossier)


@pytest.mark.parametrize("fresh", [True, False])
def test_a_paper_of_a_report_stands_in_its_case_under_a_salt_of_its_own(fresh: bool) -> None:
    """One commitment in both tells the accused whose it is: exit 3 for whoever opens both; with a fresh salt 0; the accused finds nothing."""
    world = staffed()
    shown = commitment_to("同一份" if fresh else "还款数据用于营销")
    report = handled(world, evidence=[shown])
    dossier = heard(world)
    assert found(world, dossier) == (0, "")
    assert found(world, report, dossier) == ((0, "") if fresh else (3, "dossier/same-document"))


def test_what_a_case_and_a_report_say_themselves_may_be_alike() -> None:
    """The accused's own note is its own affair: nobody but the office moves papers."""
    world = staffed()
    report, dossier = handled(world, evidence=[NEVER]), opened_case(world)
    served(world, dossier)
    noted(world, dossier, ACCUSED, docs=[NEVER])
    assert found(world, report, dossier) == (0, "")
