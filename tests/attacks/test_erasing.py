"""Erasing what somebody is owed a word on, or what all members were told: by an invented request (article 20)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attacks.bending import caught, found
from attacks.forcing import letter
from gongyue.book.entry import SignedAct
from gongyue.covenant.periods import Period, from_iso, months_after
from gongyue.governance.document_retention import kept, kept_for
from gongyue.governance.dossier import MEMBERS
from support.alliance import CASEWORKER, NOBODY, PANEL, SECRETARY, SYSOP, TWO, Alliance, commitment_to
from support.bulletins import closed_case, issue, result
from support.cases import (
    ACCUSED,
    REPLY,
    decided,
    handled,
    heard,
    offered,
    opened_case,
    received,
    replied,
    served,
    staffed,
)
from support.dossiers import TEXT, answered, done, folded, noted, petition, signed

PAIR = (SECRETARY, SYSOP)


def erasure(world: Alliance, dossier: str, doc: str, ground: str = "request") -> SignedAct:
    """An erasure, not handed in."""
    return signed(world, "dossier.erase/1", dossier, {"docs": [doc], "ground": ground}, *PAIR)


@pytest.mark.parametrize("ground", ["request", "retention"])
def test_a_petition_is_not_erased_before_it_was_answered(ground: str) -> None:
    """Its text, and what its member added: GY-20-02; answered, or taken back, it may be; as unlawful content at once."""
    world = staffed()
    waits, done_with, back, bad = (petition(world) for _ in range(4))
    noted(world, waits, docs=[REPLY])
    answered(world, done_with, "explained")
    noted(world, back, withdrawn=True)
    for dossier in (done_with, back):
        world.stage.office.handle(erasure(world, dossier, TEXT, ground))
    world.stage.office.handle(erasure(world, bad, TEXT, "unlawful"))
    with world.refused("GY-20-02"):
        world.stage.office.handle(erasure(world, waits, REPLY, ground))
    caught(world, erasure(world, waits, TEXT, ground), "GY-20-02", waits, done_with, back, bad)


def test_a_petition_that_nobody_ever_answers_is_kept_as_long_as_a_case() -> None:
    """P17, three years of it: its last day keeps it, the next does not."""
    world = staffed()
    dossier = folded(world, petition(world))
    for day, stays in (("2029-06-01", True), ("2029-06-02", False)):
        assert kept(world.inst, dossier, "request", from_iso(day)) == (frozenset({TEXT}) if stays else frozenset())


def paper_service(world: Alliance) -> tuple[str, str]:
    """The slip of a service that two officers recorded."""
    dossier, slip = opened_case(world), letter(world)
    served(world, dossier)
    received(world, dossier, paper=slip)
    return dossier, slip["scan"]


def reasons_of_a_conclusion(world: Alliance) -> tuple[str, str]:
    """Nobody has served them yet."""
    return closed_case(world), commitment_to("理由")


def factors(world: Alliance) -> tuple[str, str]:
    """A paragraph of a decision, before that is served."""
    dossier = offered(world)
    noted(world, dossier, ACCUSED, complete=True)
    decided(world, dossier)
    return dossier, commitment_to("fault")


def reasons_of_a_decline(world: Alliance) -> tuple[str, str]:
    """Its reporter may still ask for that to be reconsidered."""
    dossier = handled(world)
    replied(world, dossier, "declined", "no_fact")
    return dossier, commitment_to("declined")


@pytest.mark.parametrize("scene", [paper_service, reasons_of_a_conclusion, factors, reasons_of_a_decline])
@pytest.mark.parametrize("ground", ["request", "retention"])
def test_nothing_is_erased_by_which_an_office_can_be_held_to_its_word(
    scene: Callable[[Alliance], tuple[str, str]], ground: str
) -> None:
    """The carrier's slip of an invented service, reasons that nobody could read yet: GY-20-02."""
    world = staffed()
    dossier, doc = scene(world)
    caught(world, erasure(world, dossier, doc, ground), "GY-20-02", dossier)


def test_what_an_officer_laid_in_is_erased_on_request_until_something_rests_on_it() -> None:
    """Held and let go it rests on nothing still; served it stays."""
    world = staffed()
    dossier = heard(world)
    for doc in (NOBODY, REPLY):
        done(world, "dossier.note/1", dossier, {"docs": [doc]}, CASEWORKER)
        for lifted in (False, True):
            body = {"docs": [doc], "ground": "court", "lifted": lifted}
            done(world, "dossier.hold/1", dossier, body, *TWO)
    served(world, dossier, "evidence", REPLY)
    world.stage.office.handle(erasure(world, dossier, NOBODY))
    caught(world, erasure(world, dossier, REPLY), "GY-20-02", dossier)


def told_of(world: Alliance) -> str:
    """The result of a case, told to all members on the day; the commitment to its text."""
    result(world, closed_case(world))
    return folded(world, MEMBERS).issued[1].text


def test_a_result_is_not_erased_on_the_day_after() -> None:
    """A friend's circular is gone from everybody's file: GY-20-02; as unlawful content, or once another took its place, it goes."""
    world = staffed()
    text = told_of(world)
    caught(world, erasure(world, MEMBERS, text), "GY-20-02", MEMBERS)


def test_a_result_that_was_made_good_may_be_erased() -> None:
    """And so may any other bulletin."""
    world = staffed()
    text = told_of(world)
    issue(world)
    issue(world, f"恢复名誉\n{world.inst.units[ACCUSED].name}没有其事。", *TWO, kind="rehabilitation", replaces=1)
    for doc in (text, folded(world, MEMBERS).issued[2].text):
        done(world, "dossier.erase/1", MEMBERS, {"docs": [doc], "ground": "request"}, *PAIR)
    assert found(world, MEMBERS) == (0, "")


def test_unlawful_words_of_a_result_are_erased_at_once() -> None:
    """By the two officers, who state that ground."""
    world = staffed()
    world.stage.office.handle(erasure(world, MEMBERS, told_of(world), "unlawful"))


def test_a_result_stays_as_long_as_its_case() -> None:
    """P17 since the day on which it was told: the last day keeps it, the next does not."""
    world = staffed()
    text, dossier = told_of(world), folded(world, MEMBERS)
    for day, stays in (("2029-06-01", True), ("2029-06-02", False)):
        assert kept(world.inst, dossier, "retention", from_iso(day)) == (frozenset({text}) if stays else frozenset())


def test_documents_are_kept_as_long_as_the_alliance_adopted() -> None:
    """P17 of two years: what ended while it stood is kept two years to the day, whatever is set since; what ends later goes by that."""
    world = staffed()
    world.issue("P17", 2)
    world.on("2026-06-02")
    text, dossier = told_of(world), folded(world, MEMBERS)
    assert kept_for(world.inst, from_iso("2026-06-01")) == Period(36, "month")
    world.on("2026-06-03")
    world.issue("P17", 1)
    told = dossier.issued[1].day
    for day, stays in ((months_after(told, 24), True), (months_after(told, 24) + 1, False)):
        assert kept(world.inst, dossier, "retention", day) == (frozenset({text}) if stays else frozenset())
    assert kept_for(world.inst, from_iso("2026-06-04")) == Period(12, "month")


def test_a_book_that_has_not_adopted_it_keeps_documents_three_years() -> None:
    """And goes on doing so with what ended before it did."""
    world = Alliance(members=5)
    world.submitted().on("2026-03-09").approve()
    world.adopt("gongyue/interpretations@2")
    assert kept_for(world.inst, from_iso("2026-06-01")) == Period(36, "month")
    world.on("2026-06-02")
    added = {"package": "gongyue/interpretations@3", "other": {"P17": 1}}
    world.executive("interpretation.supplement/1", added, (SECRETARY, PANEL[0]))
    assert [kept_for(world.inst, from_iso(day)).n for day in ("2026-06-02", "2026-06-03")] == [36, 12]
