"""Recusals asked for in order that nothing is ever decided: each stops a dossier once, and somebody always decides (article 5)."""

from __future__ import annotations

from typing import Any

import pytest

from attacks.bending import caught, found
from attacks.forcing import letter
from gongyue.book.entry import SignedAct
from support.alliance import CASEWORKER, CLERK, FIRST, PANEL, PUBLISHER, SECRETARY, TWO, Alliance
from support.cases import (
    ACCUSED,
    HU,
    REVIEWERS,
    USERS,
    cancelled,
    concluded,
    handled,
    heard,
    opened_case,
    replied,
    reviewing,
    rows,
    staffed,
    with_reviewers,
)
from support.dossiers import assigned, done, folded, noted, petition, signed


def challenged(world: Alliance, dossier: str, *officers: str, unit: str = ACCUSED) -> None:
    """A party asks that these recuse themselves."""
    for one in officers:
        world.stage.now += 1
        noted(world, dossier, unit, asks="recusal", whom=one)


def assignment(world: Alliance, dossier: str, role: str, officers: tuple[str, ...], *signers: str) -> SignedAct:
    """An assignment, not handed in."""
    return signed(world, "dossier.assign/1", dossier, {"role": role, "officers": rows(*officers)}, *signers)


def answered_heard(world: Alliance) -> str:
    """A case whose accused has said that it has said all."""
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    return dossier


def challenged_by_letter(world: Alliance, dossier: str) -> None:
    """Two officers record from a letter that the accused asks for the caseworker's recusal."""
    body = {"asks": "recusal", "whom": CASEWORKER}
    done(world, "dossier.note/1", dossier, body, *TWO, actor=ACCUSED, paper=letter(world))


def test_what_was_decided_stops_nothing_a_second_time() -> None:
    """The caseworker stays: asked for once more, by itself or on paper, that is recorded, and the panel concludes."""
    world = staffed()
    dossier = answered_heard(world)
    challenged(world, dossier, CASEWORKER)
    assigned(world, dossier)
    n = folded(world, dossier).n
    challenged(world, dossier, CASEWORKER)
    challenged_by_letter(world, dossier)
    now = folded(world, dossier)
    assert (now.n, now.challenged) == (n + 2, frozenset())
    concluded(world, dossier)
    assert found(world, dossier) == (0, "")


def test_while_it_waits_it_makes_no_decision_on_it_stale() -> None:
    """Said again and again meanwhile: the secretary decides on what it read."""
    world = staffed()
    dossier = answered_heard(world)
    challenged(world, dossier, PANEL[0])
    act = assignment(world, dossier, "panel", (*PANEL, HU), SECRETARY)
    challenged(world, dossier, PANEL[0], CASEWORKER)  # of another, that is another matter
    world.stage.office.handle(act)
    assert folded(world, dossier).challenged == {CASEWORKER}
    assigned(world, dossier)
    concluded(world, dossier)
    assert found(world, dossier) == (0, "")


def test_an_invented_challenge_takes_none_from_its_unit() -> None:
    """On paper first, and decided: the accused itself still asks, once."""
    world = staffed()
    dossier = answered_heard(world)
    challenged_by_letter(world, dossier)
    assigned(world, dossier)
    challenged(world, dossier, CASEWORKER)
    assert folded(world, dossier).challenged == {CASEWORKER}
    caught(world, conclusion(world, dossier), "GY-05-17", dossier)


def conclusion(world: Alliance, dossier: str) -> SignedAct:
    """The panel's conclusion, not handed in."""
    body: dict[str, Any] = {"findings": [USERS], "adverse": True, "reasons": "sha256:" + "1f" * 32}
    return signed(world, "case.conclude/1", dossier, body, *PANEL)


def test_its_own_challenge_while_an_invented_one_waits_is_its_own() -> None:
    """Both wait, one decision answers both, and then nothing stops any more."""
    world = staffed()
    dossier = answered_heard(world)
    challenged_by_letter(world, dossier)
    challenged(world, dossier, CASEWORKER)
    assigned(world, dossier)
    challenged(world, dossier, CASEWORKER)
    assert folded(world, dossier).challenged == frozenset()


def test_who_made_room_and_comes_back_is_challenged_anew() -> None:
    """Replaced on the challenge, put there again later: it stops once more, and only once."""
    world = with_reviewers()
    dossier = answered_heard(world)
    challenged(world, dossier, HU)
    assigned(world, dossier, "panel", (*PANEL, REVIEWERS[0]))
    challenged(world, dossier, HU)
    assert folded(world, dossier).challenged == frozenset()  # it has no part in it
    assigned(world, dossier, "panel", (*PANEL, HU))
    for stops in (True, False):
        challenged(world, dossier, HU)
        assert (folded(world, dossier).challenged == {HU}) is stops
        assigned(world, dossier, "panel", (*PANEL, HU))


def test_somebody_decides_where_everybody_is_challenged() -> None:
    """All officers there are: the secretary decides on all the others, one role after the other, and the panel concludes; GY-05-14 of itself."""
    world = staffed()
    dossier = answered_heard(world)
    challenged(world, dossier, *world.inst.officers)
    with world.refused("GY-05-14"):
        world.stage.office.handle(assignment(world, dossier, "panel", (*PANEL, HU), *PANEL))
    with world.refused("GY-05-01"):
        world.stage.office.handle(assignment(world, dossier, "caseworker", (CASEWORKER,), HU))
    assigned(world, dossier)
    assigned(world, dossier, "panel", (*PANEL, HU))
    concluded(world, dossier)
    assert found(world, dossier) == (0, "")


def test_two_of_the_panel_decide_before_a_challenged_secretary_does() -> None:
    """One of three challenged with it: GY-05-14 of the secretary; two of three: the secretary decides on these, and no further."""
    world = staffed()
    dossier = answered_heard(world)
    challenged(world, dossier, SECRETARY, CASEWORKER, PANEL[0])
    caught_here = assignment(world, dossier, "panel", (*PANEL, HU), SECRETARY)
    with world.refused("GY-05-14", officer=SECRETARY):
        world.stage.office.handle(caught_here)
    challenged(world, dossier, HU)
    assigned(world, dossier, "panel", (*PANEL, HU))
    with world.refused("GY-05-14", officer=SECRETARY):  # the panel is free, and decides on the caseworker
        assigned(world, dossier)
    world.stage.office.handle(assignment(world, dossier, "caseworker", (CASEWORKER,), *PANEL))
    assert folded(world, dossier).challenged == {SECRETARY}


def test_a_challenged_secretary_that_decides_although_others_could_is_found() -> None:
    """Recorded all the same: GY-05-14."""
    world = staffed()
    dossier = answered_heard(world)
    challenged(world, dossier, SECRETARY, CASEWORKER)
    caught(world, assignment(world, dossier, "caseworker", (CASEWORKER,), SECRETARY), "GY-05-14", dossier)


def test_nobody_decides_on_itself_where_nobody_else_is_left() -> None:
    """A secretary that handles a petition itself: GY-05-14; on others it decides."""
    world = staffed()
    dossier = petition(world)
    assigned(world, dossier, officers=(SECRETARY,))
    challenged(world, dossier, *world.inst.officers, unit=FIRST)
    caught(world, assignment(world, dossier, "caseworker", (SECRETARY,), SECRETARY), "GY-05-14", dossier)


def test_where_no_panel_sits_two_panellists_decide_before_a_challenged_secretary_does() -> None:
    """In a report: with two unchallenged they do, with one the secretary does."""
    world = staffed()
    first, second = handled(world), handled(world)
    challenged(world, first, SECRETARY, CASEWORKER, HU, unit=FIRST)
    challenged(world, second, SECRETARY, CASEWORKER, HU, PANEL[0], unit=FIRST)
    with world.refused("GY-05-14", officer=SECRETARY):
        assigned(world, first)
    world.stage.office.handle(assignment(world, first, "caseworker", (CASEWORKER,), *PANEL))
    with world.refused("GY-05-01"):
        world.stage.office.handle(assignment(world, second, "caseworker", (CASEWORKER,), PANEL[1]))
    assigned(world, second)
    for one in (first, second):
        replied(world, one, "declined", "no_fact")
    assert found(world, first, second) == (0, "")


@pytest.mark.parametrize("whom", [CLERK, HU])
def test_a_challenge_of_whoever_has_no_part_hinders_no_secretary(whom: str) -> None:
    """It is recorded; the secretary goes on."""
    world = staffed()
    dossier = handled(world)
    challenged(world, dossier, whom, unit=FIRST)
    assigned(world, dossier)


def test_a_panel_is_not_cut_down_to_those_who_agree() -> None:
    """Five were assigned, two would not sign: taken off, GY-18-09; replaced they are, and it may grow."""
    world = with_reviewers()
    dossier = opened_case(world, panel=rows(*PANEL, HU, *REVIEWERS[:2]))
    caught(world, assignment(world, dossier, "panel", (*PANEL, HU), SECRETARY), "GY-18-09", dossier)
    dossier = opened_case(world, panel=rows(*PANEL, HU, REVIEWERS[0]))
    with world.refused("GY-18-09", count=3, enough=4):
        assigned(world, dossier, "panel", (*PANEL, HU))
    assigned(world, dossier, "panel", (*PANEL, *REVIEWERS[:2]))
    assigned(world, dossier, "panel", (*PANEL, HU, *REVIEWERS[:2]))
    with world.refused("GY-18-09", count=4, enough=5):
        assigned(world, dossier, "panel", (*PANEL, HU, REVIEWERS[0]))


def test_what_a_report_asks_meanwhile_is_not_what_its_answer_names() -> None:
    """It asked for a recusal, and let a version pass: the answer that the office begins names the report, the outcome the answer."""
    world = staffed()
    dossier = handled(world)
    challenged(world, dossier, PUBLISHER, unit=FIRST)
    replied(world, dossier, "opened")
    challenged(world, dossier, CLERK, unit=FIRST)
    replied(world, dossier, "outcome")


def test_no_other_request_is_taken_for_the_one_that_is_answered() -> None:
    """A reconsideration asked for in a case, a review in a report: the review, and the decline, name what they answer."""
    world = with_reviewers()
    dossier, report = cancelled(world), handled(world)
    reviewing(world, dossier)
    noted(world, dossier, ACCUSED, asks="reconsideration")
    noted(world, report, asks="review")
    body = {"outcome": "upheld", "kind": None, "reasons": "sha256:" + "2f" * 32}
    done(world, "case.review/1", dossier, body, *REVIEWERS[:2])
    replied(world, report, "declined", "no_fact")
    noted(world, report, asks="reconsideration")
    noted(world, report, asks="extension")
    replied(world, report, "declined", "no_fact")


def test_no_panel_assigns_while_a_secretary_is_left_that_nobody_challenged() -> None:
    """Of two secretaries one is challenged: the other assigns, two of the panel do not, GY-05-01."""
    world = staffed().appoint("o:zhao", "secretary").on("2026-06-12")
    dossier = answered_heard(world)
    challenged(world, dossier, SECRETARY)
    caught(world, assignment(world, dossier, "caseworker", (CASEWORKER,), *PANEL), "GY-05-01", dossier)
    world = staffed().appoint("o:zhao", "secretary").on("2026-06-12")
    dossier = answered_heard(world)
    challenged(world, dossier, SECRETARY)
    world.stage.office.handle(assignment(world, dossier, "caseworker", (CASEWORKER,), "o:zhao"))
    challenged(world, dossier, "o:zhao")
    world.stage.office.handle(assignment(world, dossier, "caseworker", (CASEWORKER,), *PANEL))
