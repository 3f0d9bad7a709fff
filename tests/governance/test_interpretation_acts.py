"""Interpretation (article 25): the package, single interpretations, questions."""

from __future__ import annotations

import pytest

from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import DAY, Period
from gongyue.covenant.procedure import ProcedureRule, package
from gongyue.transparency import canonical
from gongyue.verifying.report_lines import lines
from support.alliance import (
    FIRST,
    OUTSIDER,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    text_object,
    three_quarters,
)
from support.published import forced, published_by_force, run
from support.sealed import sealed_openings


def in_force(**other: object) -> Alliance:
    return Alliance(members=5).in_force(**other).on("2026-07-01")


def test_the_package_is_adopted_between_effect_and_publication_and_once() -> None:
    """Before effect it is out of turn, after adoption too; a package nobody knows is not found."""
    world = Alliance(members=5).submitted().on("2026-03-09")
    with world.out_of_turn("not-effective"):
        world.adopt()
    world.approve()
    with world.out_of_turn("not-found"):
        world.executive(
            "interpretation.adopt/1", {"package": "gongyue/interpretations@9", "other": {}}, (SECRETARY, PANEL[0])
        )
    world.adopt()
    with world.out_of_turn("already"):
        world.adopt()
    assert world.inst.meaning.procedure == package().proposed


def counted(rule: ProcedureRule, value: int) -> Period | int:
    """What it comes to: days, the months of years, persons."""
    return {"day": Period(value), "year": Period(12 * value, "month"), "person": value}[rule.unit]


def test_every_p_value_has_its_ceiling() -> None:
    """At the ceiling it is adopted, one above it is GY-25-01: put off for ever, a right is empty too."""
    for name, rule in package().procedure.items():
        world = Alliance(members=3, initiators=3).effective()
        with world.refused("GY-25-01", enough=rule.ceiling, article=25, rule=name, value=rule.ceiling + 1):
            world.adopt(**{name: rule.ceiling + 1})
        world.adopt(**{name: rule.ceiling})
        value = world.inst.meaning.value(name)
        assert value == counted(rule, rule.ceiling)


def test_the_ceilings_are_six_times_the_default_or_less() -> None:
    """A voting window of 90 days at most, an investigation of 180, a panel of seven, 90 days to file or publish an amendment, or to decide
    a review, documents kept five years."""
    ceilings = {name: rule.ceiling for name, rule in package().procedure.items()}
    assert [ceilings.pop(name) for name in ("P6", "P4", "P14", "P17", "P19", "P20")] == [90, 180, 7, 5, 90, 90]
    assert ceilings == {name: 6 * package().procedure[name].value for name in ceilings}


def test_the_bounds_of_paper_in_votes_and_of_filing_and_publishing() -> None:
    """P18 is 3 days, from 2 to 18; P19 is 30 days, from 5 to 90."""
    found = [package().procedure[name] for name in ("P18", "P19")]
    assert [(r.clause, r.unit, r.value, r.floor, r.ceiling) for r in found] == [
        ("amendment.adoption", "day", 3, 2, 18),
        ("amendment.adoption", "day", 30, 5, 90),
    ]


def test_every_p_value_has_its_floor() -> None:
    """At the floor it is adopted, one below it is GY-25-01."""
    for name, rule in package().procedure.items():
        world = Alliance(members=3, initiators=3).effective()
        with world.refused("GY-25-01", enough=rule.floor, article=25, rule=name, value=rule.floor - 1):
            world.adopt(**{name: rule.floor - 1})
        world.adopt(**{name: rule.floor})
        value = world.inst.meaning.value(name)
        assert value == counted(rule, rule.floor)


def test_every_reading_offers_its_choices_and_no_other() -> None:
    """GY-25-01 lists them."""
    world = Alliance(members=3, initiators=3).effective()
    for name, reading in package().readings.items():
        with world.refused("GY-25-01", enough=" | ".join(reading.choices), reading=name, value="other"):
            world.executive(
                "interpretation.adopt/1",
                {"package": "gongyue/interpretations@3", "other": {name: "other"}},
                (SECRETARY, PANEL[0]),
            )
    others = {name: reading.choices[-1] for name, reading in package().readings.items()}
    body = {"package": "gongyue/interpretations@3", "other": others}
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


def test_an_interpretation_sets_something_else_than_what_stands() -> None:
    """GY-25-04 for the value adopted, and for one set since; withdrawn, it may be set again; a day more is another value."""
    world = in_force()
    with world.refused("GY-25-04", article=25, name="P2", value=15):
        world.issue("P2", 15)
    with world.refused("GY-25-04", name="annex.binds", value="signers"):
        world.issue("annex.binds", "signers")
    world.issue("P2", 16)
    with world.refused("GY-25-04", name="P2", value=16):
        world.issue("P2", 16)
    world.issue("P2", 15)
    world.executive("interpretation.withdraw/1", {"number": 2}, (SECRETARY, PANEL[0]))
    assert world.inst.meaning.values["P2"] == Period(16)
    world.issue("P2", 15)
    report, _ = run(published_by_force(world), world=world)
    assert (report.code, report.failure) == (0, None)


def test_an_answer_that_changes_nothing_is_prose() -> None:
    """The same words without a value are issued."""
    world = in_force()
    world.issue(text="答复期限照旧。")
    assert world.inst.interpretations[0].prose


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
    body = {
        "number": 1,
        "kind": "prose",
        "article": 17,
        "text": REASONS,
        "sets": None,
        "effective": "2026-07-01",
        "answers": None,
    }
    with world.refused("GY-25-03", article=25, actor=FIRST):
        world.unit("interpretation.issue/1", FIRST, body, REASONS_BYTES)
    with world.refused("GY-25-03", actor=FIRST):
        world.unit("interpretation.adopt/1", FIRST, {"package": "gongyue/interpretations@3", "other": {}})
    world.issue("P2", 20)
    with world.refused("GY-25-03", actor=FIRST):
        world.unit("interpretation.withdraw/1", FIRST, {"number": 1})


def test_interpretations_are_numbered_and_of_an_article_that_there_is() -> None:
    """Number 2 first, article 27, article 26."""
    world = in_force()
    body = {
        "number": 2,
        "kind": "prose",
        "article": 17,
        "text": REASONS,
        "sets": None,
        "effective": "2026-07-01",
        "answers": None,
    }
    with world.out_of_turn("wrong-statement", what="number 1"):
        world.executive("interpretation.issue/1", body, (SECRETARY, PANEL[0]), REASONS_BYTES)
    with world.out_of_turn("not-found", what="article 27"):
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
    body = {"entry": receipt.index, "reasons": REASONS, "from_the_beginning": False}
    with world.refused("GY-05-01", officer=PUBLISHER):  # whoever may not withdraw it may not void it either
        world.executive("correction.void/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)
    world.executive("correction.void/1", body, PANEL, REASONS_BYTES)
    assert world.inst.meaning.values["P2"] == Period(15)


def test_25_e3_a_question_is_sealed_and_an_answer_names_it() -> None:
    """Members ask; what is no member's question, or of no article, is out of turn."""
    world = in_force()
    size, sealed = world.sizes()
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to("问题")})
    assert world.sizes() == (size, sealed + 1)
    with world.out_of_turn("not-member"):
        world.unit("interpretation.ask/1", OUTSIDER, {"article": 8, "question": commitment_to("问题")})
    with world.out_of_turn("not-found"):
        world.unit("interpretation.ask/1", FIRST, {"article": 27, "question": commitment_to("问题")})
    commitment = sealed_openings(world.stage.office)[0].commitment
    body = {
        "number": 1,
        "kind": "prose",
        "article": 8,
        "text": REASONS,
        "sets": None,
        "effective": "2026-07-02",
        "answers": commitment,
    }
    with world.out_of_turn("not-anchored"):
        world.executive("interpretation.issue/1", body, (SECRETARY, PANEL[0]), REASONS_BYTES)
    world.stage.now += DAY
    world.tick()
    size = world.inst.size
    world.executive("interpretation.issue/1", body, (SECRETARY, PANEL[0]), REASONS_BYTES)
    assert world.inst.answered[commitment] == size
    with world.out_of_turn("already"):
        world.executive("interpretation.issue/1", body | {"number": 2}, (SECRETARY, PANEL[0]), REASONS_BYTES)


def test_only_a_question_is_answered() -> None:
    """An application done away with as one, and a commitment to nothing: not-found; by force, its applicant's opening finds it."""
    world = in_force()
    applied = world.apply(7)
    world.stage.now += DAY
    world.tick()
    body = {"number": 1, "kind": "prose", "article": 8, "text": REASONS, "sets": None, "effective": world._today()}
    for named in (world.commitment(applied), commitment_to("无")):
        with world.out_of_turn("not-found"):
            issued = body | {"answers": named}
            world.executive("interpretation.issue/1", issued, (SECRETARY, PANEL[0]), REASONS_BYTES)
    issued = body | {"answers": world.commitment(applied)}
    act = world.stage.signed("interpretation.issue/1", EXECUTIVE, issued, (SECRETARY, PANEL[0]), [REASONS_BYTES])
    index = forced(world, act)
    world.stage.office.catch_up()
    world.stage.now += DAY
    world.tick()
    assert run(published_by_force(world), world=world)[0].code == 0
    report, _ = run(published_by_force(world), world=world, disclosures=(("mine", applied.opening),))
    assert (report.code, report.failure and report.failure.index) == (3, index)
    assert report.failure is not None and report.failure.code == "out-of-turn/not-found"


@pytest.mark.parametrize("value", [3_651, 10**12, 2**53 - 1])
def test_a_period_beyond_ten_years_is_no_value(value: int) -> None:
    """It would leave the calendar; the form itself forbids it."""
    world = in_force()
    with world.out_of_turn("malformed"):
        world.issue("P6", value, article=22)


def test_ten_years_are_no_value() -> None:
    """The largest the form allows is above every ceiling; the longest window still has a last day."""
    world = in_force()
    with world.refused("GY-25-01", enough=90, rule="P6", value=3_650):
        world.issue("P6", 3_650, article=22)
    world.issue("P6", 90, article=22)
    world.vote_open()
    assert world.vote().closes > world.stage.now


def test_prose_that_changes_a_number_of_its_article_is_refused_with_both_quoted() -> None:
    """GY-25-01 with the sentence and the clause; the clause's own number, in other numerals, is issued."""
    world = in_force()
    said = {"says": "同意以参加表决者的三分之二计。", "binds": "经三分之二以上成员单位同意"}
    with world.refused("GY-25-01", article=25, **said):
        world.issue(article=22, text="修改公约的，分两步。同意以参加表决者的三分之二计。")
    with world.refused("GY-25-01", article=25, says="公布期限为六十日。"):
        world.issue("P6", 40, article=21, text="公布期限为六十日。")
    world.issue(article=22, text="修改公约须2/3以上成员单位同意，以全体成员单位计。")
    assert world.inst.interpretations[0].prose


@pytest.mark.parametrize(("name", "value", "says"), [("P6", 60, "表决期为两个月。"), ("P14", 5, "审议组由七人组成。")])
def test_the_text_of_a_setting_names_the_number_it_sets(name: str, value: int, says: str) -> None:
    """GY-25-05: nobody reads one number and is held to another."""
    world = in_force()
    with world.refused("GY-25-05", enough=value, value=value):
        world.issue(name, value, article=22, text=says)


def test_prose_of_a_value_says_the_value() -> None:
    """Also of the article that states a period of its own: the one it sets and the one it replaces, and no third."""
    world = in_force()
    world.issue("P6", 40, article=21, text="表决期由 30 日改为 40 日。")
    with world.refused("GY-25-01", says="表决期由 30 日改为 41 日。"):
        world.issue("P6", 50, article=21, text="表决期由 30 日改为 41 日。")
    assert not world.inst.interpretations[0].prose


def test_a_number_that_was_amended_may_be_quoted_as_the_former_one() -> None:
    """Before the amendment 原为三分之二 is no other number than the text's; after it, it stood; three fifths never did."""
    world = in_force()
    with world.refused("GY-25-01", says="原为四分之三。"):
        world.issue(article=22, text="原为四分之三。")
    world.amended(three_quarters(world.edition))
    world.issue(article=22, text="现为四分之三，原为三分之二。")
    for text in ("原为五分之三。", "原为三分之二，仍适用。", "三分之二以上同意。"):
        with world.refused("GY-25-01", says=text):
            world.issue(article=22, text=text)


def test_an_interpretation_says_whether_it_sets_a_value() -> None:
    """A value that sets nothing, and prose that sets something, are misstated; one of no kind is malformed."""
    world = in_force()
    body = {"number": 1, "article": 17, "text": REASONS, "effective": "2026-07-01", "answers": None}
    for kind, sets in (("value", None), ("prose", {"name": "P2", "value": 20})):
        with world.out_of_turn("wrong-statement", what=f"kind {kind}"):
            issued = body | {"kind": kind, "sets": sets}
            world.executive("interpretation.issue/1", issued, (SECRETARY, PANEL[0]), REASONS_BYTES)
    with world.out_of_turn("malformed"):
        world.executive("interpretation.issue/1", body | {"sets": None}, (SECRETARY, PANEL[0]), REASONS_BYTES)


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe\x00",
        b"%PDF-1.7\x00",
        "\u202e一之分三".encode(),  # turned round
        "三\u2062分之一".encode(),  # a sign that nobody sees
        "。".encode(),
        ("字" * 1001).encode(),
        ("字" * 999 + "。").encode() * 10 + "字".encode(),
    ],
)
def test_a_text_that_cannot_be_read_as_it_is_shown_is_none(text: bytes) -> None:
    """Not UTF-8, hidden or turning characters, nothing said, a sentence of 1,001 characters, 10,001 in all."""
    world = in_force()
    with world.out_of_turn("bad-object"):
        world.issue(text=text)


def test_a_text_of_ten_thousand_characters_is_read() -> None:
    """In sentences of a thousand."""
    world = in_force()
    world.issue(text=("字" * 999 + "。") * 10)


def test_verify_says_what_each_interpretation_sets_or_that_it_explains_words() -> None:
    """And refuses a book into which such prose was forced."""
    world = in_force()
    world.issue(text="检举须写明事实。")
    world.issue("P2", 20)
    world.stage.now += DAY
    world.tick()
    report, _ = run(published_by_force(world), world=world)
    assert [(i.number, i.article, i.sets) for i in report.interpretations] == [(1, 17, ""), (2, 17, "P2=20")]
    zh, en = "\n".join(lines(report, "zh")), "\n".join(lines(report, "en"))
    assert "解释第 1 号（第17条，2026-07-01）：文字说明，不改变数额、期限或权利" in zh
    assert "interpretation 1 (article 17, 2026-07-01): explains words; changes no number, period or right" in en
    assert "解释第 2 号（第17条，2026-07-01）：P2=20" in zh
    data = "过半数同意即可。".encode()
    body = {"number": 3, "kind": "prose", "article": 22, "text": canonical.digest(data), "sets": None}
    issued = body | {"effective": world._today(), "answers": None}
    act = world.stage.signed("interpretation.issue/1", EXECUTIVE, issued, (SECRETARY, PANEL[0]), [data])
    index = forced(world, act)
    report, _ = run(published_by_force(world), world=world)
    assert report.failure is not None
    assert (report.code, report.failure.index, report.failure.code) == (3, index, "GY-25-01")
    assert report.failure.figures == {"says": "过半数同意即可。", "binds": "经三分之二以上成员单位同意"}


def test_13_no_interpretation_accuses_a_unit() -> None:
    """It explains words to society: a unit that it says has breached them, GY-13-01; with a lawyer's review it is taken."""
    world = in_force()
    text = "第八条所称侵权，如单位2的做法。"
    with world.refused("GY-13-01", units="单位2"):
        world.issue(text=text)
    digest, data = text_object(text)
    world.executive("annex.review/1", {"text": digest, "opinion": commitment_to("律师意见")}, TWO, data)
    world.issue(text=text)
    world.issue(text="第八条所称侵权，如倒卖用户数据。")
