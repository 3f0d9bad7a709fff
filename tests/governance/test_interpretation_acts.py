"""Interpretation (article 25): the package, single interpretations, questions."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import Period
from gongyue.covenant.values import package, proposed
from support.alliance import (
    FIRST,
    OUTSIDER,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    Alliance,
    commitment_to,
)


def in_force(**other: object) -> Alliance:
    return Alliance(members=5).in_force(**other).on("2026-07-01")


def test_the_package_is_adopted_between_effect_and_publication_and_once() -> None:
    """Before effect it is out of turn, after adoption too; a package nobody knows is not found."""
    world = Alliance(members=5).submitted()
    with world.out_of_turn("not-effective"):
        world.adopt()
    world.on("2026-03-09").approve()
    with world.out_of_turn("not-found"):
        world.executive(
            "interpretation.adopt/1", {"package": "gongyue/interpretations@2", "other": {}}, (SECRETARY, PANEL[0])
        )
    world.adopt()
    with world.out_of_turn("already"):
        world.adopt()
    assert world.inst.meaning.procedure == proposed()


def test_every_p_value_has_its_floor() -> None:
    """At the floor it is adopted, one below it is GY-25-01."""
    for name, rule in package().procedure.items():
        world = Alliance(members=3, initiators=3).effective()
        with world.refused("GY-25-01", enough=rule.floor, article=25, rule=name, value=rule.floor - 1):
            world.adopt(**{name: rule.floor - 1})
        world.adopt(**{name: rule.floor})
        value = world.inst.meaning.value(name)
        assert value == (Period(rule.floor) if rule.unit == "day" else rule.floor)


def test_every_reading_offers_its_choices_and_no_other() -> None:
    """GY-25-01 lists them."""
    world = Alliance(members=3, initiators=3).effective()
    for name, reading in package().readings.items():
        with world.refused("GY-25-01", enough=" | ".join(reading.choices), reading=name, value="other"):
            world.executive(
                "interpretation.adopt/1",
                {"package": "gongyue/interpretations@1", "other": {name: "other"}},
                (SECRETARY, PANEL[0]),
            )
    others = {name: reading.choices[-1] for name, reading in package().readings.items()}
    body = {"package": "gongyue/interpretations@1", "other": others}
    world.executive("interpretation.adopt/1", body, (SECRETARY, PANEL[0]))
    assert world.inst.meaning.choice("annex.binds") == "scope"


def test_25_e1_two_thirds_of_those_voting_is_an_amendment_not_an_interpretation() -> None:
    """GY-25-01 for the text's own numbers and for a reading that is none."""
    world = in_force()
    for name, value in (("amendment.adoption", "1/2"), ("publication.within", 60), ("P99", 3)):
        with world.refused("GY-25-01", article=25, name=name, value=value):
            world.issue(name, value)
    with world.refused("GY-25-01", reading="amendment.roll", value="those-voting", enough="all-members"):
        world.issue("amendment.roll", "those-voting")
    with world.refused("GY-25-01", rule="P6", value="thirty"):
        world.issue("P6", "thirty")


def test_25_e2_p2_becomes_20_for_the_future() -> None:
    """Issued, in force from that day."""
    world = in_force()
    world.issue("P2", 20)
    assert world.inst.meaning.values["P2"] == Period(20)
    assert world.inst.interpretations[0].stage == "issued"


@pytest.mark.parametrize("effective", ["2026-06-30", "2026-01-01"])
def test_no_interpretation_reaches_back(effective: str) -> None:
    """GY-25-02 for the day before its issue."""
    world = in_force()
    with world.refused("GY-25-02", enough="2026-07-01", article=25, effective=effective, issued="2026-07-01"):
        world.issue("P2", 20, effective=effective)


def test_a_structured_interpretation_counts_from_its_day_and_prose_may_be_announced() -> None:
    """A value set for tomorrow is out of turn; prose beside it has no effect and may have a date."""
    world = in_force()
    with world.out_of_turn("not-yet"):
        world.issue("P2", 20, effective="2026-07-02")
    world.issue(effective="2026-07-02")
    assert world.inst.meaning.values["P2"] == Period(15)


def test_only_the_alliance_interprets() -> None:
    """GY-25-03 for a member that adopts, issues or withdraws."""
    world = in_force()
    body = {"number": 1, "article": 17, "text": REASONS, "sets": None, "effective": "2026-07-01", "answers": None}
    with world.refused("GY-25-03", article=25, actor=FIRST):
        world.unit("interpretation.issue/1", FIRST, body, REASONS_BYTES)
    with world.refused("GY-25-03", actor=FIRST):
        world.unit("interpretation.adopt/1", FIRST, {"package": "gongyue/interpretations@1", "other": {}})
    world.issue("P2", 20)
    with world.refused("GY-25-03", actor=FIRST):
        world.unit("interpretation.withdraw/1", FIRST, {"number": 1})


def test_interpretations_are_numbered_and_of_an_article_that_there_is() -> None:
    """Number 2 first, article 27, article 26."""
    world = in_force()
    body = {"number": 2, "article": 17, "text": REASONS, "sets": None, "effective": "2026-07-01", "answers": None}
    with world.out_of_turn("wrong-statement", what="number 1"):
        world.executive("interpretation.issue/1", body, (SECRETARY, PANEL[0]), REASONS_BYTES)
    with world.out_of_turn("not-found", what="art.27"):
        world.issue(article=27)
    world.issue(article=26)


def test_before_the_package_is_adopted_nothing_is_issued() -> None:
    """no-procedure."""
    world = Alliance(members=5).effective()
    with world.out_of_turn("no-procedure"):
        world.issue("P2", 20)


def withdraw(world: Alliance, number: int) -> None:
    world.executive("interpretation.withdraw/1", {"number": number}, (SECRETARY, PANEL[0]))


def test_withdrawn_the_value_before_it_applies_again() -> None:
    """15, then 20, then 25: withdrawn step by step, back to 15."""
    world = in_force()
    world.issue("P2", 20)
    world.issue("P2", 25)
    assert [i.stage for i in world.inst.interpretations] == ["superseded", "issued"]
    withdraw(world, 2)
    assert world.inst.meaning.values["P2"] == Period(20)
    withdraw(world, 1)
    assert world.inst.meaning.values["P2"] == Period(15)
    with world.out_of_turn("not-found"):
        withdraw(world, 1)
    with world.out_of_turn("not-found"):
        withdraw(world, 3)


def test_a_voided_interpretation_is_withdrawn() -> None:
    """correction.void undoes it, for the future."""
    world = in_force()
    receipt = world.issue("P2", 20)
    world.executive(
        "correction.void/1",
        {"entry": receipt.index, "reasons": REASONS, "from_the_beginning": False},
        (PUBLISHER, SECRETARY),
        REASONS_BYTES,
    )
    assert world.inst.meaning.values["P2"] == Period(15)


def test_25_e3_a_question_is_sealed_and_an_answer_names_it() -> None:
    """Members ask; what is no member's question, or of no article, is out of turn."""
    world = in_force()
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to("问题")})
    size = world.inst.size
    assert world.sizes() == (size, 1)
    with world.out_of_turn("not-member"):
        world.unit("interpretation.ask/1", OUTSIDER, {"article": 8, "question": commitment_to("问题")})
    with world.out_of_turn("not-found"):
        world.unit("interpretation.ask/1", FIRST, {"article": 27, "question": commitment_to("问题")})
    commitment, _ = world.stage.office.sealed_entries()[0]
    body = {"number": 1, "article": 8, "text": REASONS, "sets": None, "effective": "2026-07-01", "answers": commitment}
    world.executive("interpretation.issue/1", body, (SECRETARY, PANEL[0]), REASONS_BYTES)
    assert world.inst.answered[commitment] == size


@pytest.mark.parametrize("value", [3_651, 10**12, 2**53 - 1])
def test_a_period_beyond_ten_years_is_no_value(value: int) -> None:
    """It would leave the calendar; the form itself forbids it."""
    world = in_force()
    with world.out_of_turn("malformed"):
        world.issue("P6", value, article=22)


def test_ten_years_are_a_value() -> None:
    """The largest the form allows still has a last day."""
    world = in_force()
    world.issue("P6", 3_650, article=22)
    world.vote_open()
    assert world.vote().closes > world.stage.now
