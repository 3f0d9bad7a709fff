"""The course of dossiers, bent by an office that holds all its keys: its own gate refuses it, and verify names it once it was forced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongyue.book.entry import SignedAct
from gongyue.covenant.rulings import OutOfTurn, Refused
from support.alliance import CASEWORKER, FIRST, NOBODY, PANEL, SECRETARY, Alliance, commitment_to
from support.cases import ACCUSED, concluded, handled, heard, ordered, replied, reported, staffed
from support.dossiers import answered, assigned, done, folded, forced_in, id_of, noted, opened, petition, signed
from support.published import published_by_force, run

PAIR = (SECRETARY, PANEL[0])
REASONS = commitment_to("理由")
Scene = Callable[[Alliance], str]


def found(world: Alliance, *dossiers: str) -> tuple[int, str]:
    """What the parties find with all of their dossiers, by exit code and code."""
    world.stage.now += 86_400
    world.tick()
    mine = b"".join(row for one in dossiers for row in opened(world, one))
    report = run(published_by_force(world), world=world, disclosures=(("mine", mine),))[0]
    return report.code, report.failure.code.removeprefix("out-of-turn/") if report.failure else ""


def caught(world: Alliance, act: SignedAct, code: str, *dossiers: str) -> None:
    """The office's own gate refuses it with that code, and so does verify where it was recorded all the same."""
    with pytest.raises((Refused, OutOfTurn)) as error:
        world.stage.office.handle(act)
    assert error.value.refusal["code"].removeprefix("out-of-turn/") == code
    forced_in(world, act)
    assert found(world, *dossiers) == (3, code)


def order(world: Alliance, dossier: str, what: str, ground: str, *signers: str) -> SignedAct:
    """An order, not handed in."""
    body = {"what": what, "ground": ground, "reasons": REASONS}
    return signed(world, "dossier.order/1", dossier, body, *(signers or PAIR))


def asked(world: Alliance) -> str:
    """A question of the first member."""
    return id_of(world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY}))


def found_on(world: Alliance) -> str:
    """A case with its conclusion."""
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    return dossier


ENDED: dict[str, tuple[Scene, str, str]] = {
    "a report nobody answered": (reported, "moot", "GY-17-07"),
    "a report that was settled behind its reporter": (handled, "settled", "GY-17-07"),
    "an application": (lambda world: id_of(world.apply(50)), "moot", "GY-23-03"),
    "an application of whoever is no member, who left": (
        lambda world: id_of(world.apply(50)), "party_left", "GY-23-03",
    ),
    "a petition nobody forwarded": (petition, "moot", "wrong-ground"),
    "a petition of a member that left, they say": (petition, "party_left", "wrong-ground"),
    "a question": (asked, "settled", "wrong-ground"),
    "what a panel found": (found_on, "moot", "wrong-ground"),
    "a case against a member that left, they say": (heard, "party_left", "wrong-ground"),
}  # fmt: skip


@pytest.mark.parametrize("what", ENDED)
def test_nothing_that_is_owed_an_answer_is_ended_by_an_order(what: str) -> None:
    """Two officers call it moot or settled, or say that its unit left: a report GY-17-07, an application GY-23-03, others wrong-ground."""
    scene, ground, code = ENDED[what]
    world = staffed()
    dossier = scene(world)
    caught(world, order(world, dossier, "terminate", ground), code, dossier)


def declined(world: Alliance) -> str:
    """A report that was declined, once."""
    dossier = handled(world)
    replied(world, dossier, "declined", "no_fact")
    return dossier


def test_a_report_is_ended_once_a_decline_was_reconsidered_and_no_earlier() -> None:
    """After the first decline its reporter may still ask for that: GY-17-07; after the second it is over."""
    world = staffed()
    dossier = declined(world)
    with world.refused("GY-17-07", ground="settled"):
        world.stage.office.handle(order(world, dossier, "terminate", "settled"))
    noted(world, dossier, asks="reconsideration")
    replied(world, dossier, "declined", "no_fact", to=folded(world, dossier).last.digest)
    done_order(world, dossier, "terminate", "settled")


def done_order(world: Alliance, dossier: str, what: str, ground: str) -> None:
    world.stage.office.handle(order(world, dossier, what, ground))


def test_what_was_answered_is_ended_and_what_its_unit_left_behind() -> None:
    """A petition forwarded, a question and a petition of a unit that has left, a case with findings that were dealt with."""
    world = staffed()
    forwarded, left, question, case = petition(world), petition(world, "u:0003"), asked(world), found_on(world)
    answered(world, forwarded)
    world.withdraw("u:0003")
    world.withdraw(FIRST)
    for dossier, ground in ((forwarded, "settled"), (left, "party_left"), (question, "party_left"), (case, "settled")):
        done_order(world, dossier, "terminate", ground)
    assert found(world, forwarded, left, question, case) == (0, "")


def wanting_a_hearing(world: Alliance) -> str:
    dossier = heard(world)
    noted(world, dossier, ACCUSED, asks="hearing")
    return dossier


def resting(ground: str, challenged: bool) -> Scene:
    """A case that rests on that ground, a recusal being asked for."""

    def rests(world: Alliance) -> str:
        dossier = heard(world)
        if challenged:
            noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[1])
        ordered(world, dossier, "pause", ground)
        return dossier

    return rests


CONTRADICTED: dict[str, tuple[Scene, str, str]] = {
    "nobody asked for the hearing": (wanting_a_hearing, "heard", "not_asked"),
    "the accused asked for more time": (heard, "extend", "party_request"),
    "a recusal was decided": (resting("recusal_pending", True), "resume", "recusal_decided"),
    "the authority answered": (resting("recusal_pending", True), "resume", "authority_answered"),
    "a recusal was decided that nobody asked for": (resting("authority_request", False), "resume", "recusal_decided"),
}


@pytest.mark.parametrize("what", CONTRADICTED)
def test_no_ground_is_stated_that_the_dossier_contradicts(what: str) -> None:
    """It is on the file, and stands there for ever: wrong-ground."""
    scene, ordered_, ground = CONTRADICTED[what]
    world = staffed()
    dossier = scene(world)
    caught(world, order(world, dossier, ordered_, ground, CASEWORKER), "wrong-ground", dossier)


def test_a_ground_that_the_dossier_bears_out_is_lawful() -> None:
    """A rest ends by what it was for; nobody asked for a hearing; more time was asked for."""
    world = staffed()
    dossier = heard(world)
    ordered(world, dossier, "heard", "not_asked")
    noted(world, dossier, ACCUSED, asks="extension")
    ordered(world, dossier, "extend", "party_request")
    noted(world, dossier, ACCUSED, asks="recusal", whom=PANEL[1])
    ordered(world, dossier, "pause", "recusal_pending")
    rows: list[dict[str, Any]] = [{"officer": one, "interests": []} for one in (*PANEL, "o:hu")]
    done(world, "dossier.assign/1", dossier, {"role": "panel", "officers": rows}, SECRETARY)
    ordered(world, dossier, "resume", "recusal_decided")
    assert found(world, dossier) == (0, "")


def test_an_order_does_not_undo_the_day_on_which_a_dossier_ended() -> None:
    """A petition was explained: what is ordered in it later leaves that day alone, from which its documents are kept."""
    world = staffed()
    dossier = petition(world)
    assigned(world, dossier)
    answered(world, dossier, "explained")
    ended = folded(world, dossier).ended
    done_order(world, dossier, "heard", "not_asked")
    assert ended and folded(world, dossier).ended == ended
