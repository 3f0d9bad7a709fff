"""Amendment (article 22): support, filing, the vote, the authority, publication."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest

from gongyue.book.entry import decode
from gongyue.book.replay import Replay
from gongyue.covenant.changes import Change, TextEdit
from gongyue.covenant.counting import Share
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import DAY, day_of, from_iso, iso, moment, start_of
from gongyue.governance import tally
from gongyue.governance.amendment import duties
from gongyue.governance.poll import still_here
from gongyue.governance.proposal import supporting, suspended_rules
from gongyue.office.due_list import due
from gongyue.office.routine_acts import ballot_lines, close_vote, effective_ballots, open_vote, statement, system_act
from gongyue.office.sources import StoreSources
from gongyue.transparency import canonical
from support.alliance import (
    EVIDENCE_BYTES,
    FIRST,
    OUTSIDER,
    PANEL,
    PLACES,
    PUBLISHER,
    SECRETARY,
    TWO,
    Alliance,
    edition_object,
    paper,
    public_of,
    three_quarters,
    wording,
)
from support.anchoring import anchor
from support.editions import change_of, without_a_share
from support.published import forced
from support.sealed import sealed_openings


def in_force(members: int = 37, **other: Any) -> Alliance:
    return Alliance(members=members).in_force(**other).on("2026-10-12")


# -- proposing


def test_22_e1_three_of_thirty_seven_do_not_suffice_and_four_do() -> None:
    """GY-22-01: 30 < 37; four is the least that suffices."""
    world = in_force()
    world.initiate()
    world.support("u:0002", "u:0003")
    with world.refused("GY-22-01", enough=4, article=22, count=3, roll=37, share="1/10", arithmetic="10×3=30<37"):
        world.file()
    world.support("u:0004").file()
    assert world.inst.proposals["p:1"].counted == "4/37"


def test_22_e3_of_thirty_units_three_propose_and_twenty_consent_exactly() -> None:
    """At the boundary both suffice; one below neither does."""
    world = in_force(30)
    world.initiate()
    world.support("u:0002")
    with world.refused("GY-22-01", enough=3, count=2, roll=30):
        world.file()
    world.support("u:0003").file()
    world.open_vote().cast_by(20).close()
    assert world.vote().outcome == "adopted"
    world = in_force(30).vote_open()
    world.cast_by(19).close()
    assert world.vote().outcome == "rejected"


def test_supporters_are_counted_once_at_filing() -> None:
    """An exit or an admission after filing does not undo the proposal."""
    world = in_force().proposed()
    world.withdraw("u:0002")
    world.grant(world.apply(60))
    world.open_vote()
    assert world.inst.proposals["p:1"].counted == "4/37"
    assert len(world.vote().roll) == 37


def test_a_supporter_that_left_before_filing_does_not_count() -> None:
    """GY-22-01 again: three of 36 members."""
    world = in_force()
    world.initiate()
    world.support("u:0002", "u:0003", "u:0004")
    world.withdraw("u:0004")
    with world.refused("GY-22-01", enough=4, count=3, roll=36):
        world.file()


def supported_on_paper() -> tuple[Alliance, str, int]:
    """A proposal with two supporters of 20, just enough, one of them recorded from paper; that unit, and its entry."""
    world = in_force(20)
    world.initiate()
    unit = world.roll[1]
    receipt = world.on_paper("amendment.support/1", unit, {"proposal": "p:1"}, "2026-10-12", "2026-10-12")
    return world, unit, receipt.index


def test_support_that_is_disavowed_before_filing_does_not_count() -> None:
    """1 of 20 is left, which does not suffice (GY-22-01); the unit may still support the proposal itself."""
    world, unit, entry = supported_on_paper()
    world.unit("key.disavow/1", unit, {"entry": entry})
    with world.refused("GY-22-01", enough=2, count=1, roll=20):
        world.file()
    world.support(unit).file()
    assert world.inst.proposals["p:1"].counted == "2/20"


@pytest.mark.parametrize("stage", range(5))
def test_support_that_is_disavowed_after_filing_leaves_the_proposal_as_it_was_filed(stage: int) -> None:
    """Filed, voted on, adopted, reported, published: the disavowal is recorded, the proposal stays as it is."""
    world, unit, entry = supported_on_paper()
    world.stage.now += 3 * DAY
    with world.refused("GY-22-01", count=1):  # nobody told the unit
        world.file()
    world.tell(entry)
    world.stage.now += 3 * DAY - 1
    with world.refused("GY-22-01", count=1):
        world.file()
    world.stage.now += 1
    for step in (
        world.file,
        world.open_vote,
        lambda: world.cast_by(20).tick(),
        world.report,
        world.publish_amendment,
    )[: stage + 1]:
        step()
    filed = world.inst.proposals["p:1"]
    world.unit("key.disavow/1", unit, {"entry": entry})
    assert world.inst.disavowed[entry] == unit
    assert world.inst.proposals["p:1"] == filed
    assert (filed.counted, set(filed.supporters)) == ("2/20", {FIRST, unit})


def test_the_executive_body_proposes_by_its_panel_without_supporters() -> None:
    """Two panellists initiate and file; one does not suffice, two secretaries do not either."""
    world = in_force()
    with world.refused("GY-05-02", enough=2, officers=1):
        world.initiate(by="exec", signers=[PANEL[0]])
    with world.refused("GY-05-01", enough="panellist"):
        world.initiate(by="exec", signers=TWO)
    world.initiate(by="exec", signers=PANEL)
    world.executive("amendment.file/1", {"proposal": "p:1"}, PANEL)
    assert world.inst.proposals["p:1"].stage == "proposed"


def test_before_effect_nothing_is_amended_and_between_effect_and_force_proposals_may_begin() -> None:
    """GY-22-03 before; 生效期间 after."""
    world = Alliance().submitted()
    with world.refused("GY-22-03", article=22):
        world.initiate(wording(world.edition))
    world = Alliance().adopted()
    world.initiate(wording(world.edition))
    assert world.inst.proposals["p:1"].stage == "collecting"


def test_who_is_no_member_neither_initiates_nor_supports_nor_files() -> None:
    """丙 has left, the outsider never came."""
    world = in_force()
    world.initiate()
    for unit in (world.left, OUTSIDER):
        with world.out_of_turn("not-member"):
            world.initiate(matter="p:2", by=unit)
        with world.out_of_turn("not-member"):
            world.support(unit)
        with world.out_of_turn("not-member"):
            world.file(by=unit)


def test_a_proposal_is_filed_by_one_of_its_own() -> None:
    """A member that did not support it cannot file it."""
    world = in_force()
    world.initiate()
    with world.out_of_turn("not-supporter", proposal="p:1"):
        world.file(by="u:0009")
    with world.out_of_turn("not-found", what="p:9"):
        world.file(matter="p:9")


def test_a_proposals_name_is_used_once_and_begins_with_p() -> None:
    """The same name, a name of another matter."""
    world = in_force()
    world.initiate()
    with world.out_of_turn("exists", what="p:1"):
        world.initiate()
    with world.out_of_turn("exists", what="a:1"):
        world.initiate(matter="a:1")


def test_a_unit_supports_once() -> None:
    """The initiator supports already."""
    world = in_force()
    world.initiate()
    for unit in (FIRST, "u:0002"):
        if unit != FIRST:
            world.support(unit)
        with world.out_of_turn("already"):
            world.support(unit)


@pytest.mark.parametrize(("day", "lapsed"), [("2027-01-09", False), ("2027-01-10", False), ("2027-01-11", True)])
def test_collecting_lapses_after_90_days(day: str, lapsed: bool) -> None:
    """P15: begun on 2026-10-12, the last day is 2027-01-10."""
    world = in_force()
    world.initiate()
    world.support("u:0002", "u:0003").on(day)
    if lapsed:
        with world.out_of_turn("lapsed"):
            world.support("u:0004")
        with world.out_of_turn("lapsed"):
            world.file()
    else:
        world.support("u:0004").file()


def test_a_supporter_that_leaves_is_lost_and_coming_back_gives_its_name_anew() -> None:
    """Article 23, GY-22-01: of eleven two must; the second left and came back, so that one is left, until it supports again."""
    world = Alliance(members=11).in_force().on("2026-04-03")
    world.initiate()
    world.support("u:0011").withdraw("u:0011")
    world.enrol("u:0011")
    with world.refused("GY-22-01"):
        world.file()
    with world.out_of_turn("not-supporter"):
        world.file("u:0011")
    world.support("u:0011")
    assert set(world.inst.proposals["p:1"].supporters) == {FIRST, "u:0011"}
    world.file("u:0011")
    assert world.inst.proposals["p:1"].counted == "2/11"


def test_whoever_did_not_support_it_when_it_was_filed_is_none_of_its_supporters() -> None:
    """It left and came back before: it is not counted, is listed no more, and does not put the change to the vote again.

    Whoever leaves afterwards was counted, and stays so."""
    world = Alliance(members=11).in_force().on("2026-04-03")
    world.initiate()
    for unit in ("u:0010", "u:0011"):
        world.support(unit)
    world.withdraw("u:0011")
    world.enrol("u:0011")
    assert set(supporting(world.inst, world.inst.proposals["p:1"])) == {FIRST, "u:0010"}
    world.file()
    world.withdraw("u:0010")
    filed = world.inst.proposals["p:1"]
    assert filed.counted == "2/11"
    assert set(filed.supporters) == set(supporting(world.inst, filed)) == {FIRST, "u:0010"}


@pytest.mark.parametrize(("day", "owed"), [("2027-01-10", ["amendment.file/1"]), ("2027-01-11", [])])
def test_a_lapsed_collection_is_owed_by_nobody(day: str, owed: list[str]) -> None:
    """P15 ends what it is about: whoever began it is not late with it for ever."""
    world = in_force()
    world.initiate()
    assert [d.act for d in due(world.inst, (), from_iso(day)) if d.matter == "p:1"] == owed


def test_a_shorter_p15_does_not_reach_a_collection_already_begun() -> None:
    """GY-25-02's principle: what is open keeps its periods."""
    world = in_force()
    world.initiate()
    world.issue("P15", 1, article=22)
    world.on("2026-10-20").support("u:0002", "u:0003", "u:0004").file()
    assert world.inst.proposals["p:1"].stage == "proposed"


# -- the change


def restated(**fields: Any) -> Change:
    """Two thirds become three quarters, but the clause is bound anew with other fields."""
    change = three_quarters("")
    return msgspec.structs.replace(change, bindings=(msgspec.structs.replace(change.bindings[0], **fields),))


@pytest.mark.parametrize(
    "change",
    [
        Change("sha256:" + "00" * 32, (TextEdit("4", "积极推进行业自律", "大力推进行业自律"),)),
        Change("", (TextEdit("4", "没有这样的字句", "别的字句"),)),
        Change("", (TextEdit("4", "业", "行"),)),
        Change("", (TextEdit("4", "", "别的字句"),)),
        Change("", (TextEdit("27", "积极推进行业自律", "别的字句"),)),
        Change("", (TextEdit("0", "积极推进行业自律", "别的字句"),)),
        Change("", (TextEdit("22", "三分之二", "四分之三"),)),
        restated(value="2/3"),
        restated(value="x"),
        restated(inclusive=False),
        restated(base="voting"),
        restated(at="21"),
        restated(nth=2),
        restated(words="经三分之二以上成员单位同意"),
        restated(capability="amendment.quorum"),
    ],
)
def test_a_change_that_does_not_apply_is_refused(change: Change) -> None:
    """GY-22-06: another base, words that are not there or not once, a number left behind or not stated."""
    world = in_force(5)
    if not change.base:
        change = msgspec.structs.replace(change, base=world.inst.meaning.edition_digest)
    with world.refused("GY-22-06", article=22):
        world.initiate(change)


def test_the_edition_stated_must_be_what_the_change_results_in() -> None:
    """GY-22-06 where the resulting text differs, although the change applies."""
    from support.alliance import edition_object, json_object

    world = in_force(5)
    changed, data = json_object(msgspec.to_builtins(wording(world.edition)))
    digest, text = edition_object(world.text)
    body = {"proposal": "p:1", "change": changed, "edition": digest}
    with world.refused("GY-22-06", why="art.4"):
        world.unit("amendment.initiate/1", FIRST, body, data, text)
    nonsense, more = json_object(["no change"])
    with world.out_of_turn("bad-object"):
        world.unit("amendment.initiate/1", FIRST, body | {"change": nonsense}, more, text)
    with world.refused("GY-22-06"):
        world.unit("amendment.initiate/1", FIRST, body | {"edition": nonsense}, data, more)


# -- opening


@pytest.mark.parametrize(("day", "opened"), [("2026-10-26", False), ("2026-10-27", True)])
def test_the_office_opens_the_vote_on_the_last_day_of_p7(day: str, opened: bool) -> None:
    """Filed on 10-12, to be opened by 10-27."""
    world = in_force().proposed()
    (duty,) = duties(world.inst)
    assert (iso(duty.last), duty.basis) == ("2026-10-27", "P7")
    world.on(day).tick()
    assert ("p:1" in world.inst.votes) == opened


def test_the_roll_and_the_window_stated_at_opening_are_recomputed() -> None:
    """GY-22-08 for a roll too small, a window a day too short or too long."""
    world = in_force().proposed()
    closes = start_of(from_iso("2026-11-12"))
    for roll, end in ((36, closes), (38, closes), (37, closes - DAY), (37, closes + DAY), (37, closes - 1)):
        with world.refused("GY-22-08", enough=f"closes {closes}, roll 37, share 2/3, base roll"):
            body = {"matter": "p:1", "closes": end, "roll": roll, "share": "2/3", "base": "roll", "quorum": ""}
            world.stage.office.handle(system_act(world.stage.office, "vote.open/1", body))
    world.open_vote()
    assert world.vote().closes == closes


def test_only_a_filed_proposal_is_voted_on_and_once() -> None:
    """Collecting, unknown, open already."""
    world = in_force()
    world.initiate()
    for matter in ("p:1", "p:9"):
        with world.out_of_turn("not-open"):
            world.open_vote(matter)
    world.support("u:0002", "u:0003", "u:0004").file()
    world.open_vote()
    with world.out_of_turn("exists", what="p:1"):
        world.open_vote()


def test_a_departure_announced_for_that_day_leaves_the_roll_before_it_freezes() -> None:
    """The office states the roll the law computes."""
    world = in_force().proposed()
    world.withdraw("u:0030", "2026-10-20")
    world.on("2026-10-27")
    open_vote(world.stage.office, "p:1")
    assert len(world.vote().roll) == 36


# -- ballots


def test_the_executing_body_has_no_vote() -> None:
    """GY-22-07, with its officers' keys and on paper."""
    world = in_force().vote_open()
    with world.refused("GY-22-07", article=22, actor="exec"):
        world.executive("vote.ballot/1", {"vote": "p:1", "choice": "consent"})
    with world.refused("GY-22-07"):
        world.executive("vote.disavow/1", {"vote": "p:1"})


def test_who_is_not_on_the_frozen_roll_has_no_vote() -> None:
    """GY-22-04: an outsider, one that left, and one admitted after opening."""
    world = in_force().vote_open()
    world.grant(world.apply(60))
    newcomer = world.inst.by_code[fictional_code(60)]
    world.compare(newcomer)
    for unit in (OUTSIDER, world.left, newcomer):
        with world.refused("GY-22-04", article=22, unit=unit, roll=37):
            world.cast("consent", unit)
        with world.refused("GY-22-04", unit=unit):
            world.unit("vote.disavow/1", unit, {"vote": "p:1"})


def test_a_ballot_is_cast_within_the_window() -> None:
    """From opening to the last second of the last day; on a vote that there is."""
    world = in_force().vote_open()
    world.stage.now = world.vote().closes - 1
    world.cast("consent", FIRST)
    world.stage.now += 1
    with world.out_of_turn("window-over", ends=moment(world.vote().closes)):
        world.cast("consent", "u:0002")
    with world.out_of_turn("not-found", what="p:9"):
        world.cast("consent", "u:0002", matter="p:9")


def test_a_ballot_counts_for_the_unit_that_signed_it() -> None:
    """GY-04-01 for another's key, with or without paper."""
    world = in_force().vote_open()
    body = {"vote": "p:1", "choice": "consent"}
    with world.refused("GY-04-01", unit="u:0002", signed_by=FIRST):
        world.stage.do("vote.ballot/1", "u:0002", body, [FIRST])
    with world.refused("GY-04-01", unit="u:0002", signed_by=SECRETARY):
        world.stage.do("vote.ballot/1", "u:0002", body, TWO)
    with world.refused("GY-05-01"):
        world.on_paper("vote.ballot/1", "u:0002", body, "2026-10-12", "2026-10-12", [FIRST, "u:0003"])
    with world.refused("GY-05-02", enough=2, officers=1):
        world.on_paper("vote.ballot/1", "u:0002", body, "2026-10-12", "2026-10-12", [SECRETARY])


def test_the_last_ballot_of_a_unit_counts() -> None:
    """It may change its mind until close."""
    world = in_force(5).vote_open()
    world.cast("consent", *world.roll).cast("against", *world.roll[:3]).cast("consent", world.roll[0]).close()
    vote = world.vote()
    assert (vote.consents, vote.against, vote.outcome) == (3, 2, "rejected")


def test_a_ballot_recorded_from_paper_can_be_disavowed_until_close() -> None:
    """Disavowed, the unit has not voted; a ballot with its own key stands."""
    world = in_force(5).vote_open()
    for unit in world.roll[:4]:
        body = {"vote": "p:1", "choice": "consent"}
        world.told(world.on_paper("vote.ballot/1", unit, body, "2026-10-12", "2026-10-12"))
    world.cast("consent", world.roll[4])
    world.unit("vote.disavow/1", world.roll[0], {"vote": "p:1"})
    world.unit("vote.disavow/1", world.roll[4], {"vote": "p:1"})
    world.close()
    vote = world.vote()
    assert (vote.consents, vote.against, vote.abstain, vote.outcome) == (4, 0, 0, "adopted")
    assert vote.turnouts[-1].voted == 4


# -- closing


def tallied(world: Alliance) -> tuple[int, int, int, int, int, str]:
    vote = world.vote()
    return vote.consents, vote.against, vote.abstain, vote.consents_left, vote.roll_left, vote.outcome


def test_22_e2_24_consents_of_37_reject_and_25_adopt() -> None:
    """72 < 74, 75 ≥ 74; what was rejected is neither reported nor published."""
    world = in_force().vote_open()
    world.cast_by(24, against=13).close()
    assert tallied(world) == (24, 13, 0, 24, 37, "rejected")
    figures = {"count": 24, "roll": 37, "share": "2/3", "arithmetic": "3×24=72<2×37=74"}
    with world.refused("GY-22-02", enough=25, article=22, **figures):
        world.report()
    with world.refused("GY-22-02", enough=25, **figures):
        world.publish_amendment()
    world = in_force().vote_open()
    world.cast_by(25, against=12).close()
    assert tallied(world) == (25, 12, 0, 25, 37, "adopted")


def test_22_e4a_with_25_consents_and_one_consenter_gone_it_is_adopted() -> None:
    """(a) 25/37 and (b) 24/36: 72 ≥ 72."""
    world = in_force().vote_open()
    world.cast_by(25).end("u:0001")
    world.close()
    assert tallied(world) == (25, 0, 0, 24, 36, "adopted")


def test_22_e4b_with_two_consenters_gone_it_is_rejected() -> None:
    """(b) 23/35: 69 < 70; the refusal shows the second test."""
    world = in_force().vote_open()
    world.cast_by(25).end("u:0001")
    world.withdraw("u:0002")
    world.close()
    assert tallied(world) == (25, 0, 0, 23, 35, "rejected")
    with world.refused("GY-22-02", enough=24, count=23, roll=35, arithmetic="3×23=69<2×35=70"):
        world.report()


def test_22_e5_cancelling_an_opponent_does_not_force_adoption() -> None:
    """24 consents, one opponent gone: (b) 24/36 would do, (a) 72 < 74 does not."""
    world = in_force().vote_open()
    world.cast_by(24, against=13).end("u:0037")
    world.close()
    assert tallied(world) == (24, 13, 0, 24, 36, "rejected")


def test_22_e6_silence_is_never_consent() -> None:
    """24 consents and 13 silent, 24 consents and 13 abstaining: both rejected."""
    for abstain in (0, 13):
        world = in_force().vote_open()
        world.cast_by(24, abstain=abstain).close()
        assert tallied(world) == (24, 0, abstain, 24, 37, "rejected")


def test_admitting_friends_during_the_vote_changes_nothing() -> None:
    """A later joiner neither votes nor counts."""
    world = in_force().vote_open()
    for number in range(60, 65):
        world.grant(world.apply(number))
    world.cast_by(24).close()
    assert tallied(world) == (24, 0, 0, 24, 37, "rejected")


def test_a_unit_that_left_and_came_back_is_not_one_still_here() -> None:
    """Its consent counts in test (a) alone; it is on neither side of (b)."""
    world = in_force().vote_open()
    world.cast_by(25).withdraw("u:0001")
    world.on("2026-10-20")
    world.grant(world.apply(1, actor="u:0001", key=public_of("u:0001 again"), signer="u:0001"))
    world.close()
    assert tallied(world) == (25, 0, 0, 24, 36, "adopted")


def test_a_unit_that_came_back_with_its_old_key_does_not_block_the_close() -> None:
    """The ballot it cast before it left stays verifiable with the key it was cast with."""
    world = in_force().vote_open()
    world.cast_by(25).withdraw("u:0001")
    world.on("2026-10-20")
    world.grant(world.apply(1, actor="u:0001"))
    world.close()
    assert tallied(world) == (25, 0, 0, 24, 36, "adopted")


def test_a_key_exchanged_in_the_second_of_a_ballot_does_not_block_the_close() -> None:
    """The ballot and the rotation arrived in the same second; both stand."""
    world = in_force().vote_open()
    world.cast_by(25)
    world.unit("key.rotate/1", FIRST, {"key": public_of("u:0001 new"), "alg": "ed25519"})
    world.close()
    assert world.vote().outcome == "adopted"


@pytest.mark.parametrize(("leaves", "left"), [("2026-11-11", (24, 36)), ("2026-11-12", (25, 37))])
def test_a_departure_counts_that_falls_due_by_the_last_day_of_the_window(leaves: str, left: tuple[int, int]) -> None:
    """On 2026-11-11, the last day, 24/36 remain; a day later, before the close, 25/37: test (b) is taken at the end."""
    world = in_force().vote_open()
    world.cast_by(25)
    world.withdraw("u:0001", leaves)
    world.close()
    assert tallied(world) == (25, 0, 0, *left, "adopted")


def test_the_tests_are_taken_at_the_end_of_the_window_whatever_day_it_is_closed() -> None:
    """Closed a week late, after two consenters left and one was ended: 25/37 and 25/37."""
    world = in_force().vote_open()
    world.cast_by(25).after_window()
    world.withdraw("u:0001")
    world.end("u:0002")
    world.stage.now += 7 * DAY
    world.withdraw("u:0003")
    world.tick()
    assert tallied(world) == (25, 0, 0, 25, 37, "adopted")


def test_a_vote_is_not_closed_before_its_window_has_ended_unless_every_member_has_signed() -> None:
    """GY-22-05 with 36 signed of 37, and with the last on paper; once it has signed, it closes after the next anchor."""
    world = in_force().vote_open()
    world.cast_by(36).tick()
    for _ in range(2):
        left = world.vote().closes - world.inst.anchors[-1].time
        with world.refused("GY-22-05", article=22, seconds_left=left, signed=36, members=37):
            close_vote(world.stage.office, "p:1")
        world.on_paper("vote.ballot/1", "u:0037", {"vote": "p:1", "choice": "against"}, "2026-10-12", "2026-10-12")
        world.stage.now += DAY
        world.tick()
    assert not world.vote().outcome
    world.cast("against", "u:0037")
    world.stage.now += DAY
    world.tick()
    assert tallied(world) == (36, 1, 0, 36, 37, "adopted")


def test_a_unit_that_left_is_not_waited_for() -> None:
    """36 signed and the 37th gone, who confirmed its first key long ago: the vote is closed after the next anchor, 36/37 and 36/36."""
    world = in_force()
    first = next(index for index, one in world.inst.papers.items() if one.holder == "u:0037")
    world.unit("key.receive/1", "u:0037", {"entry": first})
    world.stage.now += 7 * DAY
    world.vote_open()
    world.cast_by(36).withdraw("u:0037")
    world.stage.now += DAY
    world.tick()
    assert tallied(world) == (36, 0, 0, 36, 36, "adopted")


@pytest.mark.parametrize(("second", "closed"), [(-1, False), (0, True), (1, True)])
def test_the_first_anchor_at_or_past_the_end_closes(second: int, closed: bool) -> None:
    """The last day ends at 24:00: one second earlier the window is open."""
    world = in_force().vote_open()
    world.cast_by(30)
    world.stage.now = world.vote().closes + second
    world.tick()
    assert bool(world.vote().outcome) == closed


def false_count(world: Alliance, **other: Any) -> None:
    """The office key states another count than the ballots say."""

    office = world.stage.office
    vote, last = office.inst.votes["p:1"], office.inst.anchors[-1]
    lines = ballot_lines(office, "p:1", last.size)
    if "lines" in other:
        lines = other.pop("lines")(lines)
    counted = tally.tally(office.inst, vote, effective_ballots(office, vote, last.size), day_of(office.now))
    digest = canonical.digest(lines)
    body = {"matter": "p:1", "anchor": last.slot, "ballots": digest, "handed": "", **counted.fields}
    office.handle(system_act(office, "vote.close/1", body | other, {digest: lines}))


def anchored(consents: int = 24) -> Alliance:
    """The window is over, the anchor made, the vote not closed."""

    world = in_force().vote_open()
    world.cast_by(consents, against=3, abstain=2).after_window().anchor()
    return world


def test_a_count_that_is_not_the_ballots_is_refused() -> None:
    """GY-22-08 for every figure that is one off, and for the outcome."""
    world = anchored()
    honest = "24+3+2, 24/29/37, rejected"
    for field, value in (
        ("consents", 25),
        ("against", 2),
        ("abstain", 3),
        ("consents_left", 25),
        ("voted_left", 28),
        ("roll_left", 36),
        ("outcome", "adopted"),
        ("outcome", "no_quorum"),
        ("paper_consents", 1),
        ("paper_against", 1),
        ("paper_abstain", 1),
    ):
        with world.refused("GY-22-08", enough=honest, counted=honest):
            false_count(world, **{field: value})
    false_count(world)
    assert world.vote().outcome == "rejected"
    with world.out_of_turn("already"):
        false_count(world)


def test_a_ballot_that_is_left_out_leaves_a_gap() -> None:
    """GY-22-08 where a superseded ballot is withheld: the unit's sequence shows it."""
    world = in_force().vote_open()
    world.cast_by(25).cast("against", FIRST)
    world.after_window().anchor()
    office = world.stage.office
    superseded = next(o for o in sealed_openings(office) if o.entry.act.actor == FIRST).index
    row = b'"index":%d,' % superseded
    with world.refused("GY-22-08", enough=1, unit=FIRST, sequence=2, expected=1):
        false_count(world, lines=lambda rows: b"".join(r for r in rows.splitlines(keepends=True) if row not in r))


def test_ballots_are_opened_once_each_in_their_order() -> None:
    """Twice, in another order, or beyond the anchor: not an object of openings."""
    world = anchored()
    with world.out_of_turn("bad-object"):
        false_count(world, lines=lambda rows: rows + rows)
    with world.out_of_turn("bad-object"):
        false_count(world, lines=lambda rows: b"".join(reversed(rows.splitlines(keepends=True))))


def test_turnout_is_stated_once_per_anchor_and_is_what_the_office_can_count() -> None:
    """Not without an anchor, not twice, not more than the roll, not one more or less than have voted: nor by a lone
    secretary in the office key's place. So no slip keeps the vote from closing."""
    world = in_force().vote_open()
    office = world.stage.office

    def state(voted: int, slot: int | None = None) -> None:
        anchor = office.inst.anchors[-1].slot if slot is None else slot
        office.handle(
            system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": anchor, "voted": voted, "paper": 0})
        )

    with world.out_of_turn("anchor-order"):
        state(0, 1)
    world.cast_by(3).tick()
    assert world.vote().turnouts[-1].voted == 3
    with world.out_of_turn("already"):
        state(3)
    world.stage.now += DAY
    slot = anchor(office)
    with world.out_of_turn("no-turnout"):
        close_vote(office, "p:1")
    with world.refused("GY-22-08", enough="≤ 37", stated="turnout 38"):
        state(38)
    for wrong in (2, 4):
        with world.refused("GY-22-08", enough="turnout 3", stated=f"turnout {wrong}"):
            state(wrong)
        with world.refused("GY-22-08", enough="turnout 3"):
            world.executive(
                "vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": wrong, "paper": 0}, [SECRETARY]
            )
    world.cast("consent", world.roll[3])  # after the anchor: not in its turnout
    world.executive("vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": 3, "paper": 0}, [SECRETARY])
    with world.out_of_turn("already"):
        state(3)
    world.close()
    assert tallied(world)[:3] == (4, 0, 0)


@pytest.mark.parametrize("anchored", [-1, 0, 1])
def test_a_turnout_is_stated_of_an_anchor_made_since_the_vote_opened(anchored: int) -> None:
    """Of one in the second of the opening or after it; of one made a second before, or once the vote is closed, never."""
    world = in_force(5).proposed()
    office = world.stage.office

    def state() -> None:
        body = {"matter": "p:1", "anchor": world.inst.anchors[-1].slot, "voted": 0, "paper": 0}
        office.handle(system_act(office, "vote.turnout/1", body))

    if anchored < 0:
        anchor(office)
        world.stage.now += 1
        world.open_vote()
        with world.out_of_turn("anchor-order"):
            state()
        return
    world.open_vote()
    world.stage.now += anchored
    anchor(office)
    state()
    world.close()
    world.stage.now += DAY
    anchor(office)
    with world.out_of_turn("anchor-order"):
        state()


def test_a_disavowed_ballot_is_not_in_the_turnout() -> None:
    """The office counts as the close will: who disavowed has not voted."""
    world = in_force().vote_open()
    for unit in world.roll[:2]:
        world.on_paper("vote.ballot/1", unit, {"vote": "p:1", "choice": "consent"}, "2026-10-12", "2026-10-12")
    world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
    world.tick()
    assert world.vote().turnouts[-1].voted == 1


def test_a_false_turnout_that_went_past_the_office_still_holds_at_close() -> None:
    """Whoever writes it into the book with the office's keys finds that no count agrees with it (GY-22-08)."""
    for false in (2, 4):
        world = in_force().vote_open()
        world.cast_by(3)
        office = world.stage.office
        slot = anchor(office)
        forced(
            world, system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": false, "paper": 0})
        )
        office.catch_up()
        world.after_window().anchor()
        with world.refused("GY-22-08", stated=f"turnout {false} (anchor {slot})", counted=f"turnout 3 (anchor {slot})"):
            close_vote(office, "p:1")


def test_a_unit_whose_forged_withdrawal_is_disavowed_counts_in_both_tests() -> None:
    """Left on a forged paper during the vote, disavowed, and never away: 25/37 and 25/37; its consent stands."""
    world = in_force().vote_open()
    since = world.inst.members[FIRST]
    world.cast_by(25)
    forged = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-10-12", "2026-10-12")
    world.stage.now += DAY
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    assert world.inst.members[FIRST] == world.inst.units[FIRST].since == since
    world.close()
    assert tallied(world) == (25, 0, 0, 25, 37, "adopted")


def test_one_that_had_itself_readmitted_meanwhile_counts_in_both_tests_too() -> None:
    """Of the vote that was open and of one that opened in between: its membership was never interrupted."""
    world = in_force().vote_open()
    forged = world.on_paper("membership.withdraw/1", FIRST, {"effective": None}, "2026-10-12", "2026-10-12")
    world.grant(world.apply(1, actor=FIRST))
    world.initiate_annex("a:health", by=world.roll[1])
    world.open_vote("a:health")
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    for matter in ("p:1", "a:health"):
        assert still_here(world.inst, world.vote(matter), world.inst.today) == set(world.roll)


class Public(StoreSources):
    """What everybody can read: the openings handed to members are not at hand."""

    judged = False

    def handed(self, digest: str) -> bytes | None:
        return None


def test_closed_to_members_only_the_count_must_still_be_possible() -> None:
    """The other choice of vote.ballots: whoever was not handed them cannot recount, yet no more than can be may be stated."""
    world = in_force(vote__ballots="members").vote_open()
    world.cast_by(25).after_window()
    office = world.stage.office
    world.anchor()
    body, files = statement(office, "vote.close/1", "p:1")
    possible = body | {"consents": 24, "against": 1, "consents_left": 24, "outcome": "rejected"}

    def judged(stated: dict[str, Any]) -> None:
        act = system_act(office, "vote.close/1", stated, files)
        Replay(Public(office.store), office.inst).judge(decode(act.received(office.now)))

    for change in (
        {"paper_consents": 25},
        {"paper_against": 1},
        {"paper_abstain": 1},
        {"consents": 25},
        {"against": 2},
        {"consents_left": 23},
        {"consents_left": 25},
        {"voted_left": 24},
        {"voted_left": 26},
        {"roll_left": 36},
        {"roll_left": 38},
        {"outcome": "no_quorum"},
        {"outcome": "adopted"},
    ):
        with world.refused("GY-22-08"):
            judged(possible | change)
    judged(possible)
    with world.refused("GY-22-08", enough="25+0+0, 25/25/37, adopted"):
        office.handle(system_act(office, "vote.close/1", possible, files))
    office.handle(system_act(office, "vote.close/1", body, files))
    assert tallied(world) == (25, 0, 0, 25, 37, "adopted")


# -- after adoption


def test_an_adopted_amendment_is_reported_published_and_in_force_from_that_day() -> None:
    """With the very text that was voted on, on the very day, once."""
    world = in_force(5).vote_open()
    for step in (world.report, world.publish_amendment):
        with world.out_of_turn("not-ended"):
            step()
    world.cast_by(5).close()
    with world.out_of_turn("not-open"):
        world.publish_amendment()
    edition = world.inst.proposals["p:1"].edition_digest
    other, text = edition_object(world.text)
    body = {"proposal": "p:1", "edition": other}
    with world.out_of_turn("needs-paper"):
        world.executive("amendment.notify/1", body, TWO, text)
    letter = paper("备案函", world._today(), world._today())
    with world.refused("GY-22-09", enough=edition, text=other, adopted=edition, where="art.4"):
        world.executive("amendment.notify/1", body, TWO, text, paper=letter)
    world.report()
    with world.out_of_turn("not-open"):
        world.report()
    with world.refused("GY-26-01"):
        world.publish_amendment(in_force="2027-01-01")
    published = body | {"in_force": iso(day_of(world.stage.now)), "places": PLACES}
    with world.refused("GY-22-09", text=other):
        world.executive("amendment.publish/1", published, (PUBLISHER, SECRETARY), EVIDENCE_BYTES, text)
    world.publish_amendment()
    assert world.inst.meaning.edition_digest == edition
    with world.out_of_turn("already"):
        world.publish_amendment()


def test_nobody_but_the_alliance_publishes_an_amendment() -> None:
    """GY-21-05 for a member."""
    world = in_force(5).vote_open()
    world.cast_by(5).close()
    world.report()
    body = {
        "proposal": "p:1",
        "edition": world.inst.proposals["p:1"].edition_digest,
        "in_force": iso(day_of(world.stage.now)),
        "places": PLACES,
    }
    with world.refused("GY-21-05", actor=FIRST):
        world.unit("amendment.publish/1", FIRST, body, EVIDENCE_BYTES)


def test_where_the_reading_asks_for_approval_a_filing_does_not_do() -> None:
    """amendment.authority = approve."""
    world = in_force(5, amendment__authority="approve").vote_open()
    world.cast_by(5).close()
    with world.out_of_turn("not-open"):
        world.report()
    edition = world.inst.proposals["p:1"].edition_digest
    body = {"proposal": "p:1", "edition": edition}
    letter = paper("示主管函〔2026〕9号", "2026-11-12", "2026-11-12")
    with world.refused("GY-22-09"):
        other, text = edition_object(world.text)
        world.executive("amendment.approval/1", body | {"edition": other}, TWO, text, paper=letter)
    world.executive("amendment.approval/1", body, paper=letter)
    world.publish_amendment()
    world = in_force(5).vote_open()
    world.cast_by(5).close()
    with world.out_of_turn("not-open"):
        world.executive("amendment.approval/1", body, paper=letter)


def test_officers_record_an_amendments_approval_from_paper_only() -> None:
    """As at the founding: without the letter there is nothing to record."""
    world = in_force(5, amendment__authority="approve").vote_open()
    world.cast_by(5).close()
    body = {"proposal": "p:1", "edition": world.inst.proposals["p:1"].edition_digest}
    with world.out_of_turn("needs-paper"):
        world.executive("amendment.approval/1", body)


def test_after_the_change_to_three_quarters_the_next_vote_needs_28_of_37() -> None:
    """27 reject (108 < 111), 28 adopt; the amendment itself was judged by two thirds."""
    world = in_force()
    world.vote_open(three_quarters(world.edition)).cast_by(25).close()
    world.report()
    world.publish_amendment()
    assert world.inst.meaning.values["amendment.adoption"] == Fraction(3, 4)
    for consents, outcome in ((27, "rejected"), (28, "adopted")):
        matter = f"p:{consents}"
        world.vote_open(wording(world.inst.meaning.edition_digest), matter)
        world.cast_by(consents, matter=matter).close(matter)
        assert (world.vote(matter).share, world.vote(matter).outcome) == (Share("3/4"), outcome)
    with world.refused("GY-22-02", enough=28, count=27, share="3/4", arithmetic="4×27=108<3×37=111") as _:
        world.report("p:27")


def test_a_refusal_after_the_change_speaks_of_four_quarters_thirds_no_more() -> None:
    """The texts take the share from the edition in force."""
    from gongyue.covenant.rulings import Refused

    world = in_force()
    world.vote_open(three_quarters(world.edition)).cast_by(25).close()
    world.report()
    world.publish_amendment()
    world.vote_open(wording(world.inst.meaning.edition_digest), "p:2").cast_by(27, matter="p:2").close("p:2")
    with pytest.raises(Refused) as caught:
        world.report("p:2")
    refusal = caught.value.refusal
    assert refusal["zh"] == "同意单位不足全体成员单位的四分之三（4×27=108<3×37=111），不得公布为通过。"
    assert refusal["words"] == "经四分之三以上成员单位同意"


def test_a_vote_already_open_keeps_the_share_it_opened_with() -> None:
    """Opened under 2/3, closed after 3/4 came into force: 25 of 37 still adopt; an annex opened later needs 28."""
    world = in_force()
    world.vote_open(three_quarters(world.edition))
    world.proposed(wording(world.edition), matter="p:2")
    world.initiate_annex("a:old")
    world.on("2026-10-20").open_vote("p:2").open_vote("a:old")
    world.cast_by(25).cast_by(25, matter="p:2").cast_by(25, matter="a:old").close("p:1")
    world.report()
    world.publish_amendment()
    world.close("p:2")
    assert (world.vote("p:2").share, world.vote("p:2").outcome) == (Share("2/3"), "adopted")
    assert world.vote("a:old").outcome == "adopted"
    world.publish_annex("a:old")
    world.initiate_annex("a:new")
    world.open_vote("a:new").cast_by(27, matter="a:new").close("a:new")
    with world.refused("GY-24-03", enough=28, count=27, roll=37, share="3/4"):
        world.publish_annex("a:new")


@pytest.mark.parametrize(("days", "valid"), [(14, False), (15, True), (16, True)])
def test_p6_has_a_floor_of_15_days(days: int, valid: bool) -> None:
    """14 would empty the right; with 15 the window ends on the 15th day."""
    world = in_force(5)
    if not valid:
        with world.refused("GY-25-01", enough=15, rule="P6", value=days):
            world.issue("P6", days, article=22)
        return
    world.issue("P6", days, article=22)
    world.vote_open()
    assert iso(day_of(world.vote().closes - 1)) == iso(from_iso("2026-10-12") + days)


def test_a_proposal_lists_the_rules_it_would_suspend() -> None:
    """Striking out the words of the periodic list names its rules."""
    world = in_force(5)
    words = "；公约执行机构定期公布加入及退出本公约的单位名单"
    text = world.text.article(23).text
    assert words in text
    gone = ["publication.list", "publication.list_period"]
    world.initiate(change_of(world.edition, TextEdit("23", words, ""), absent=gone))
    found = suspended_rules(world.inst, world.inst.proposals["p:1"].edition)
    assert [clause.name for clause, _ in found] == ["publication.list", "publication.list_period"]
    assert "gongyue.rules.membership:list_is_contiguous" in found[0][1]


def test_who_may_vote_and_what_is_counted_stand_whatever_the_text_says() -> None:
    """Striking the share out of article 22 while an annex is voted on does not make a forged count lawful."""
    world = in_force(5)
    world.initiate_annex()
    change = without_a_share(world.edition)
    world.vote_open(change).on("2026-10-20").open_vote("a:health")
    world.cast_by(5).cast_by(2, against=2, matter="a:health").close("p:1")
    world.report()
    world.publish_amendment()
    assert "amendment.adoption" not in world.inst.meaning.values
    with world.refused("GY-22-04", unit=OUTSIDER):
        world.cast("consent", OUTSIDER, matter="a:health")
    with world.refused("GY-22-07"):
        world.executive("vote.ballot/1", {"vote": "a:health", "choice": "consent"})
    world.after_window("a:health")
    office = world.stage.office
    slot = world.anchor()
    size = world.inst.anchors[-1].size
    lines = ballot_lines(office, "a:health", size)
    forged = {
        "matter": "a:health", "anchor": slot, "ballots": canonical.digest(lines), "handed": "", "consents": 5, "against": 0,
        "abstain": 0, "paper_consents": 0, "paper_against": 0, "paper_abstain": 0,
        "consents_left": 5, "voted_left": 5, "roll_left": 5, "outcome": "adopted",
    }  # fmt: skip
    with world.refused("GY-22-08", enough="2+2+0, 2/4/5, rejected"):
        office.handle(system_act(office, "vote.close/1", forged, {forged["ballots"]: lines}))
    close_vote(office, "a:health")
    with world.refused("GY-24-03"):
        world.publish_annex()


def test_a_change_is_not_begun_and_its_vote_not_opened_where_the_text_states_no_share() -> None:
    """capability-off: without the words there is no share to count by; what was filed before waits, and the clock goes on."""
    world = in_force(5)
    world.vote_open(without_a_share(world.edition)).cast_by(5).close()
    world.proposed(wording(world.edition), matter="p:2")
    world.report()
    world.publish_amendment()
    with world.out_of_turn("capability-off", name="amendment.adoption"):
        world.open_vote("p:2")
    with world.out_of_turn("capability-off", name="amendment.adoption"):
        world.initiate(wording(world.inst.meaning.edition_digest), matter="p:3")
    world.stage.now += 200 * 86_400
    assert world.tick() and "p:2" not in world.inst.votes
