"""Sanctions: proposed, heard on, decided, by kinds that the text lists (article 18)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import from_iso, iso
from gongyue.governance.hearing import Hearing, sanction_by, settled_on
from gongyue.office.openings import of_party
from support.alliance import CASEWORKER, PANEL, SECRETARY, TWO, Alliance, commitment_to, json_object, paper
from support.bulletins import result
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    FACTORS,
    HU,
    LIGHTER,
    USERS,
    cancelled,
    concluded,
    decided,
    found,
    heard,
    offered,
    ordered,
    proposed,
    received,
    served,
    staffed,
    told,
)
from support.dossiers import commitments, folded, noted

THIRD = "u:0003"


def hearing(world: Alliance, dossier: str) -> Hearing:
    """The hearing as it stands."""
    return Hearing.of(world.inst, folded(world, dossier))


# -- proposed


def test_a_sanction_is_proposed_after_an_established_breach_with_its_effect() -> None:
    """Before a conclusion GY-18-01; of no breach GY-18-01; without an effect GY-18-02, with the figures; then it stands."""
    world = staffed()
    dossier = heard(world)
    with world.refused("GY-18-01", enough=1, article=18, established=0):
        proposed(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    other = found(world)
    concluded(world, dossier, USERS | {"established": False}, adverse=False)
    with world.refused("GY-18-01", established=0):
        proposed(world, dossier)
    proposed(world, dossier, None)
    proposed(world, other)
    case = folded(world, other).case
    assert case is not None and [one.kind for one in case.proposals] == [CANCELLATION]


def test_18_e2_a_breach_without_an_adverse_effect_has_a_result_and_no_sanction() -> None:
    """GY-18-02 of any kind; that there be none may be proposed and decided; the result counts from the decision."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier, adverse=False)
    assert settled_on(world.inst, folded(world, dossier)) == from_iso("2026-06-01")
    for kind in (CIRCULAR, CANCELLATION):
        with world.refused("GY-18-02", enough="造成不良影响"):
            proposed(world, dossier, kind)
        with world.refused("GY-18-02"):
            decided(world, dossier, kind)
    proposed(world, dossier, None)
    assert settled_on(world.inst, folded(world, dossier)) == 0
    world.on("2026-06-03")
    decided(world, dossier, None)
    assert settled_on(world.inst, folded(world, dossier)) == from_iso("2026-06-03")


@pytest.mark.parametrize("kind", ["罚款十万元", "暂停会员权利", "公开谴责", "取消", "内部通报 "])
def test_18_e1_only_what_the_text_lists_is_a_sanction(kind: str) -> None:
    """A fine, a suspension, public shaming, a part of the words, the words with a blank: GY-18-03, which says what there is."""
    world = staffed()
    dossier = offered(world)
    for step in (proposed, decided):
        with world.refused("GY-18-03", enough=f"{CIRCULAR} | {CANCELLATION}", kind=kind):
            step(world, dossier, kind)


def test_the_panel_proposes_and_decides_as_it_concludes() -> None:
    """18 E3: of three with one challenged GY-18-09; one signature GY-05-02; whoever is not of the panel GY-05-15."""
    world = staffed()
    world.appoint("o:liu", "panellist").on("2026-06-10")
    dossier = offered(world)
    for step in (proposed, decided):
        with world.refused("GY-05-02", enough=2):
            step(world, dossier, signers=PANEL[:1])
        with world.refused("GY-05-15", officer="o:liu"):
            step(world, dossier, signers=(PANEL[0], "o:liu"))
        with world.refused("GY-05-01", officer=CASEWORKER):
            step(world, dossier, signers=(PANEL[0], CASEWORKER))
    noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[0], complete=True)
    for step in (proposed, decided):
        with world.refused("GY-05-14", officer=PANEL[0]):
            step(world, dossier)
        with world.refused("GY-18-09", enough=3, count=2):
            step(world, dossier, signers=(PANEL[1], HU))


def test_what_was_proposed_is_served_with_its_reasons() -> None:
    """Before there is one not-open; without its reasons wrong-statement; a decision and a review likewise."""
    world = staffed()
    dossier = found(world)
    for what in ("proposal", "decision", "review"):
        with world.out_of_turn("not-open"):
            served(world, dossier, what)
    proposed(world, dossier)
    with world.out_of_turn("wrong-statement", what="docs"):
        served(world, dossier, "proposal", commitment_to("别的理由"))
    told(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    with world.out_of_turn("not-open"):
        served(world, dossier, "proposal", commitment_to(f"拟处理 {CANCELLATION}"))
    with world.out_of_turn("wrong-statement", what="docs"):
        served(world, dossier, "decision", *map(commitment_to, FACTORS))
    served(world, dossier, "decision", *map(commitment_to, FACTORS), LIGHTER)


def test_a_first_proposal_comes_within_p13_and_before_the_result() -> None:
    """On day 10 it may, on day 11 GY-18-14; a lighter one follows whenever; once the result was told, GY-18-14 at once."""
    world = staffed()
    dossier, late, untold = found(world), found(world), found(world)
    result(world, untold)
    with world.refused("GY-18-14", enough="公布结果之前"):
        proposed(world, untold)
    world.on("2026-06-11")
    proposed(world, dossier)
    world.on("2026-06-12")
    with world.refused("GY-18-14", enough="2026-06-11", due="2026-06-11", today="2026-06-12"):
        proposed(world, late)
    proposed(world, dossier, CIRCULAR)


# -- heard


def test_nothing_is_decided_before_the_accused_was_served_and_the_time_to_be_heard_has_passed() -> None:
    """GY-18-06: not proposed, not served, not received; on day 10 still; on day 11 it may."""
    world = staffed()
    dossier = found(world)
    with world.refused("GY-18-06", enough="拟处理告知", received="—"):
        decided(world, dossier)
    proposed(world, dossier)
    with world.refused("GY-18-06", enough="拟处理告知"):
        decided(world, dossier)
    served(world, dossier, "proposal", commitment_to(f"拟处理 {CANCELLATION}"))
    with world.refused("GY-18-06", enough="签收"):
        decided(world, dossier)
    received(world, dossier)
    world.on("2026-06-11")
    with world.refused("GY-18-06", enough="2026-06-12", days=10, due="2026-06-11", received="2026-06-01"):
        decided(world, dossier)
    world.on("2026-06-12")
    decided(world, dossier)


def test_whoever_asks_to_be_heard_is_heard_first() -> None:
    """Asked on the last day: GY-18-06 until it was held; asked on the day after, it is too late to bind, and it is decided."""
    world = staffed()
    dossier, late, unproposed = offered(world), offered(world), found(world, accused=THIRD)
    with world.out_of_turn("not-open"):
        ordered(world, unproposed, "heard", "not_asked")
    world.on("2026-06-11")
    noted(world, dossier, ACCUSED, asks="hearing")
    world.on("2026-06-12")
    noted(world, late, ACCUSED, asks="hearing")
    decided(world, late)
    world.on("2026-07-20")
    with world.refused("GY-18-06", enough="听取申辩"):
        decided(world, dossier)
    with world.out_of_turn("wrong-ground", what="heard", ground="not_asked"):
        ordered(world, dossier, "heard", "not_asked")
    ordered(world, dossier, "heard", "held")
    with world.out_of_turn("already"):
        ordered(world, dossier, "heard", "held")
    assert hearing(world, dossier).over == from_iso("2026-07-20")
    assert iso(sanction_by(world.inst, folded(world, dossier), hearing(world, dossier).over).last) == "2026-07-30"
    decided(world, dossier)


def test_a_note_that_nobody_asked_for_a_hearing_ends_no_period() -> None:
    """Ordered on day 3: the time to ask still runs; the accused itself can say that it has said all."""
    world = staffed()
    dossier = offered(world)
    world.on("2026-06-04")
    with world.out_of_turn("wrong-ground", what="heard", ground="held"):
        ordered(world, dossier, "heard", "held")
    ordered(world, dossier, "heard", "not_asked")
    with world.refused("GY-18-06", enough="2026-06-12"):
        decided(world, dossier)
    noted(world, dossier, ACCUSED, docs=commitments("申辩"), complete=True)
    decided(world, dossier)


def test_to_be_heard_on_is_asked_of_a_proposal_that_was_served_and_not_decided() -> None:
    """Before the service, and after the decision: not-open. What was said before the proposal is no word on it."""
    world = staffed()
    dossier = found(world)
    proposed(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    with world.out_of_turn("not-open"):
        noted(world, dossier, ACCUSED, asks="hearing")
    told(world, dossier)
    with world.refused("GY-18-06", enough="2026-06-12"):
        decided(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    with world.out_of_turn("not-open"):
        noted(world, dossier, ACCUSED, asks="hearing")
    with world.out_of_turn("not-open"):
        ordered(world, dossier, "heard", "not_asked")


def test_another_proposal_is_heard_on_anew() -> None:
    """Heard on cancellation; then a circular is proposed: GY-18-06 until its own time has passed."""
    world = staffed()
    dossier = offered(world)
    noted(world, dossier, ACCUSED, asks="hearing")
    ordered(world, dossier, "heard", "held")
    world.on("2026-06-05")
    proposed(world, dossier, CIRCULAR)
    with world.refused("GY-18-06", enough="拟处理告知"):
        decided(world, dossier, CIRCULAR)
    told(world, dossier)
    world.on("2026-06-15")
    with world.refused("GY-18-06", enough="2026-06-16", received="2026-06-05"):
        decided(world, dossier, CIRCULAR)
    world.on("2026-06-16")
    decided(world, dossier, CIRCULAR)


def test_on_paper_and_over_holidays_and_rests_the_time_to_be_heard_runs_as_any() -> None:
    """Recorded from paper GY-18-06 until the unit was told, and P18 after; days of rest and a holiday at its end do not count."""
    world = staffed()
    digest, data = json_object(
        {"v": "gongyue/calendar@1", "years": {"2026": {"holidays": ["2026-06-15"], "workdays": []}}}
    )
    world.executive("law.calendar/1", {"calendar": digest}, TWO, data, paper=paper("n", "2025-11-04", "2025-11-05"))
    world.on("2026-06-02")
    dossier = found(world)
    proposed(world, dossier)
    served(world, dossier, "proposal", commitment_to(f"拟处理 {CANCELLATION}"))
    world.on("2026-06-04")
    received(world, dossier, paper=paper("EMS 1", "2026-06-03", "2026-06-03"))
    ordered(world, dossier, "pause", "authority_request")
    with world.out_of_turn("dossier-rests", dossier=dossier):
        decided(world, dossier)
    with world.out_of_turn("dossier-rests", dossier=dossier):
        proposed(world, dossier)
    world.on("2026-06-06")
    ordered(world, dossier, "resume", "authority_answered")
    assert iso(hearing(world, dossier).last) == "2026-06-16"
    world.on("2026-07-10")
    with world.refused("GY-18-06", enough="告知记录"):
        decided(world, dossier)
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-07-13")
    with world.refused("GY-18-06", enough="2026-07-14"):
        decided(world, dossier)
    world.on("2026-07-14")
    decided(world, dossier)


# -- decided


def test_18_e4_whoever_has_left_is_not_sanctioned_and_its_result_is_told() -> None:
    """It leaves at 14:00; at 15:00 GY-18-05, and proposed GY-18-05; that there be none is decided, and the result counts."""
    world = staffed()
    dossier = offered(world)
    world.at("2026-06-12 14:00").withdraw(ACCUSED)
    world.at("2026-06-12 15:00")
    for step in (decided, proposed):
        with world.refused("GY-18-05", enough="成员单位", accused=ACCUSED):
            step(world, dossier)
    decided(world, dossier, None)
    assert settled_on(world.inst, folded(world, dossier)) == from_iso("2026-06-12")


def test_whatever_is_heavier_than_the_lightest_says_why_that_does_not_suffice() -> None:
    """GY-18-07 of a cancellation; a circular needs none; one document for two paragraphs: malformed."""
    world = staffed()
    dossier, other = offered(world), offered(world, CIRCULAR)
    for one in (dossier, other):
        noted(world, one, ACCUSED, complete=True)
    with world.refused("GY-18-07", enough=1, weight=2):
        decided(world, dossier, lighter=None)
    for name in (*FACTORS[1:], "lighter"):
        with world.out_of_turn("malformed"):
            decided(world, dossier, **{name: commitment_to("seriousness")})
    decided(world, dossier)
    decided(world, other, CIRCULAR)


def test_a_case_is_decided_once() -> None:
    """GY-18-04 of a second decision, of a further proposal; neither is it ended any more."""
    world = staffed()
    dossier = offered(world)
    world.on("2026-06-12")
    decided(world, dossier, CIRCULAR)
    for step in (decided, proposed):
        for kind in (CIRCULAR, CANCELLATION, None):
            with world.refused("GY-18-04", decided="2026-06-12"):
                step(world, dossier, kind)
    with world.out_of_turn("already"):
        ordered(world, dossier, "terminate", "settled", CASEWORKER, SECRETARY)


def test_nobody_is_worse_off_for_having_spoken() -> None:
    """A circular was served: a cancellation is neither decided nor proposed any more, GY-18-11; unserved, the heavier may be."""
    world = staffed()
    dossier = found(world)
    proposed(world, dossier, CIRCULAR)
    proposed(world, dossier, CANCELLATION)
    proposed(world, dossier, CIRCULAR)
    told(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    with world.refused("GY-18-11", enough=1, weight=2):
        decided(world, dossier)
    with world.refused("GY-18-11", enough=1, weight=2):
        proposed(world, dossier)
    decided(world, dossier, CIRCULAR)


def test_none_proposed_is_the_lightest() -> None:
    """That there be none was served: GY-18-11 of a circular."""
    world = staffed()
    dossier = offered(world, None)
    noted(world, dossier, ACCUSED, complete=True)
    with world.refused("GY-18-11", enough=0, weight=1):
        decided(world, dossier, CIRCULAR)
    decided(world, dossier, None)


def test_a_case_that_was_ended_is_neither_proposed_on_nor_decided() -> None:
    """Ended after its conclusion: dossier-closed."""
    world = staffed()
    dossier = found(world)
    ordered(world, dossier, "terminate", "settled", CASEWORKER, SECRETARY)
    for step in (proposed, decided):
        with world.out_of_turn("dossier-closed", dossier=dossier):
            step(world, dossier)


def test_a_new_p3_reaches_later_cases_only() -> None:
    """P3 = 20 since 06-02: the case of 06-01 keeps 10, the next has 20."""
    world = staffed()
    first = offered(world)
    world.on("2026-06-02").issue("P3", 20)
    world.on("2026-06-03")
    second = offered(world, accused=THIRD)
    assert [iso(hearing(world, one).last) for one in (first, second)] == ["2026-06-11", "2026-06-23"]


def test_each_step_stands_in_the_dossier_that_the_accused_opens() -> None:
    """Concluded, proposed, decided, each with the service and the receipt of it; all of it is the accused's to open."""
    world = staffed()
    dossier = cancelled(world)
    assert [one.type for one in folded(world, dossier).entries[6:]] == [
        "case.conclude/1",
        "case.propose/1",
        "dossier.serve/1",
        "dossier.receive/1",
        "dossier.note/1",
        "case.decide/1",
        "dossier.serve/1",
        "dossier.receive/1",
    ]
    opened = [one.entry.rx.n for one in of_party(world.stage.office.store, ACCUSED) if one.entry.rx.dossier == dossier]
    assert opened == list(range(1, 15))


def test_two_cases_against_one_member_go_their_ways() -> None:
    """Each has its own proposal, hearing and decision; a third member's too."""
    world = staffed()
    one, two = offered(world), offered(world, CIRCULAR)
    for dossier, kind in ((one, CANCELLATION), (two, CIRCULAR)):
        noted(world, dossier, ACCUSED, complete=True)
        decided(world, dossier, kind)
    kinds = [case.stands for dossier in (one, two) if (case := folded(world, dossier).case)]
    assert kinds == [CANCELLATION, CIRCULAR]


def test_the_record_of_a_hearing_is_served_once_somebody_was_heard() -> None:
    """Nobody was heard: there is none; other papers are not the record; then it is served, and no period runs from it."""
    world = staffed()
    dossier = offered(world)
    with world.out_of_turn("not-open"):
        served(world, dossier, "record", commitment_to("heard"))
    noted(world, dossier, ACCUSED, asks="hearing")
    ordered(world, dossier, "heard", "held")
    with world.out_of_turn("wrong-statement"):
        served(world, dossier, "record", commitment_to("something else"))
    before, held = hearing(world, dossier), folded(world, dossier).heard
    assert held is not None
    served(world, dossier, "record", held.record)
    received(world, dossier)
    assert hearing(world, dossier) == before and before.done
