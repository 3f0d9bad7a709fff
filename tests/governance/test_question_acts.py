"""Questions: answered by an interpretation or explained with reasons, within P10, late recorded as late (article 25)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import day_of, iso
from gongyue.governance.question import answer_by, questions, sealed_duties
from gongyue.office import questions as office_questions
from gongyue.office.owed_acts import pending
from support.alliance import (
    CASEWORKER,
    CLERK,
    FIRST,
    NOBODY,
    PANEL,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    text_object,
)
from support.dossiers import done, folded, id_of, noted

WHY = "条文已经写明；联盟不另发布解释。"


def asking(members: int = 5) -> tuple[Alliance, str, str]:
    """甲 asks how article 8 is read, on 2026-06-01: the world, the dossier, the question's commitment."""
    world = Alliance(members=members, initiators=2).in_force().on("2026-06-01")
    receipt = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to("问题")})
    return world, id_of(receipt), receipt.commitment


def explained(world: Alliance, dossier: str, of: str, *signers: str) -> None:
    """An officer explains."""
    digest, data = text_object(WHY)
    body = {"of": of, "reasons": digest}
    done(world, "interpretation.explain/1", dossier, body, *(signers or (SECRETARY,)), files=[data])


def owed(world: Alliance) -> list[tuple[str, str]]:
    """(who asked, last day) of what is owed."""
    return [(d.matter, iso(d.last)) for d in sealed_duties(world.inst, pending(world.stage.office.store))]


def test_a_question_is_owed_an_answer_within_p10() -> None:
    """Asked 06-01: until 06-16; on the 16th in time, on the 17th a day late; P10 changed later reaches later questions only."""
    world, _, _ = asking()
    assert owed(world) == [(FIRST, "2026-06-16")]
    (one,) = questions(world.inst, pending(world.stage.office.store))
    assert [one.late(day_of(world.on(f"2026-06-{d}").stage.now)) for d in (10, 16, 17, 20)] == [0, 0, 1, 4]
    world.issue("P10", 30, article=14)
    world.on("2026-06-22")
    world.unit("interpretation.ask/1", "u:0002", {"article": 9, "question": commitment_to("又一问")})
    assert owed(world) == [(FIRST, "2026-06-16"), ("u:0002", "2026-07-22")]


def test_p10_is_that_in_force_when_the_day_began() -> None:
    """Changed to 30 days on a day: what came on that day has the 15 of before, what came on the next one 30."""
    world, _, _ = asking()
    world.issue("P10", 30, article=14)
    changed, _ = world.inst.replaced[-1]
    lasts = [(end.last - day) // 15 for day in range(changed - 1, changed + 3) if (end := answer_by(world.inst, day))]
    assert lasts == [1, 1, 2, 2]


def test_what_was_explained_in_a_false_time_waits_again() -> None:
    """By an officer, whose act is void then; the question stands."""
    world, dossier, of = asking()
    world.invite(101)
    world.stage.leap(world.stage.now + 86_400)
    world.invite(102)
    explained(world, dossier, of)
    assert owed(world) == []
    world.stage.leap(world.stage.now - 43_200)
    world.executive("clock.recover/1", world.stage.office.false_time(world.stage.now), TWO)
    assert owed(world) == [(FIRST, "2026-06-16")]


def test_an_explanation_ends_it_and_whoever_asked_reads_the_reasons() -> None:
    """Late or not it is taken; the reasons are with the office for that unit, and in no public object."""
    world, dossier, of = asking()
    world.on("2026-06-20")
    explained(world, dossier, of)
    assert owed(world) == []
    store = world.stage.office.store
    (asked,) = office_questions.questions(world.inst, store, FIRST)
    assert asked.reasons == WHY and asked.question.late(day_of(world.stage.now)) == 0
    assert list(office_questions.questions(world.inst, store, "u:0002")) == []
    digest, _ = text_object(WHY)
    assert digest not in store.public_objects()
    assert folded(world, dossier).n == 2


def test_an_interpretation_ends_it_too_and_then_nothing_is_explained() -> None:
    """Answered by an interpretation that names its commitment: nothing is owed; to explain it then: already."""
    world, dossier, of = asking()
    world.on("2026-06-03").tick()
    world.issue("P2", 20, answers=of)
    assert owed(world) == []
    with world.out_of_turn("already"):
        explained(world, dossier, of)


def test_withdrawn_it_is_owed_nothing_and_nothing_is_explained() -> None:
    """Whoever asked withdraws: off the list; dossier-closed."""
    world, dossier, of = asking()
    noted(world, dossier, withdrawn=True)
    assert owed(world) == []
    with world.out_of_turn("dossier-closed"):
        explained(world, dossier, of)


@pytest.mark.parametrize("officer", [CLERK, CASEWORKER, "u:0002"])
def test_who_explains(officer: str) -> None:
    """The secretary or a panellist; nobody else, and none whose recusal is pending: GY-05-01, GY-05-14."""
    world, dossier, of = asking()
    with world.refused("GY-05-01"):
        explained(world, dossier, of, officer)
    noted(world, dossier, asks="recusal", whom=SECRETARY)
    with world.refused("GY-05-14", officer=SECRETARY):
        explained(world, dossier, of)
    explained(world, dossier, of, PANEL[0])


def test_it_is_explained_once_and_in_its_own_dossier() -> None:
    """A second time: already; what is no question, nowhere or of another dossier: not-found, dossier-unanswered."""
    world, dossier, of = asking()
    explained(world, dossier, of)
    with world.out_of_turn("already"):
        explained(world, dossier, of)
    with world.out_of_turn("not-found"):
        explained(world, dossier, NOBODY)
    other = world.unit("interpretation.ask/1", "u:0002", {"article": 9, "question": commitment_to("又一问")})
    with world.out_of_turn("dossier-unanswered"):
        explained(world, dossier, other.commitment)
    wish = world.unit("petition.submit/1", FIRST, {"kind": "wish", "text": NOBODY}).commitment
    with world.out_of_turn("not-found"):
        explained(world, dossier, wish)


def test_before_there_is_a_procedure_no_day_is_stated() -> None:
    """Effective, nothing adopted: asked, and due on no day that anybody could know."""
    world = Alliance(members=5, initiators=2).effective()
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to("问题")})
    assert answer_by(world.inst, day_of(world.stage.now)) is None
    assert owed(world) == []
