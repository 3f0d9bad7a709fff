"""Of whom a share is counted: the worked cases, each in a real book that `verify` reads; what cannot be counted (article 22)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, TextEdit
from gongyue.covenant.counting import Share
from gongyue.covenant.edition import Edition
from gongyue.governance.annex import stage_of as stage_of_annex
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import stage_of
from gongyue.office import routine_acts
from gongyue.office.count_text import needed_said, remarks
from support.alliance import FIRST, Alliance, unit_id, wording
from support.bases import (
    ADOPTION,
    BRANCH,
    MORE_PRESENT,
    MOST_ATTEND,
    PRESENCE,
    PRESENT,
    TWO_THIRDS_ATTEND,
    VOTING,
    text_with,
)
from support.editions import REASON
from support.published import files_of, run

OPENED = "2026-10-12"
OF_PRESENT = text_with(PRESENT, PRESENCE)
MORE_OF_PRESENT = text_with(MORE_PRESENT, PRESENCE)
WITH_QUORUM = text_with(PRESENT, PRESENCE + TWO_THIRDS_ATTEND)
WITH_MOST = text_with(PRESENT, PRESENCE + MOST_ATTEND)


@cache
def opened(text: Edition, ballots: str = "public") -> Callable[[], Alliance]:
    """A vote of 37 under that text, told once; each call takes it up anew."""

    def again() -> Alliance:
        return Alliance(text=text).in_force(vote__ballots=ballots).on(OPENED).vote_open()

    return again


def closed(
    text: Edition, consents: int, against: int = 0, abstain: int = 0, gone: tuple[int, ...] = (), **other: Any
) -> Alliance:
    """So many vote, those of these numbers leave before the window ends, and the vote is closed."""
    world = opened(text, **other)()
    world.cast_by(consents, against, abstain)
    for number in gone:
        world.withdraw(unit_id(number))
    return world.close()


def is_verified(world: Alliance) -> bool:
    """Whether `verify` finds the published book lawful, every act fully checked."""
    report, _ = run(files_of(world), world=world)
    return (report.code, report.failure, report.form_only) == (0, None, 0)


def figures(vote: Vote) -> tuple[int, int, int, int, int, int]:
    """C, V, R and c, v, r."""
    return vote.consents, vote.voted, len(vote.roll), vote.consents_left, vote.voted_left, vote.roll_left


# The rows of the design's table: text, consents, against, abstentions, who is gone → figures, outcome, and what refuses it.
WORKED = [
    pytest.param(OF_PRESENT, (8, 4, 0), (), (8, 12, 37, 8, 12, 37), "adopted", None, id="8 of 12 present"),
    pytest.param(MORE_OF_PRESENT, (8, 4, 0), (), (8, 12, 37, 8, 12, 37), "rejected", ("GY-22-02", 9, "3×8=24≤2×12=24"), id="more than 2/3"),
    pytest.param(MORE_OF_PRESENT, (9, 3, 0), (), (9, 12, 37, 9, 12, 37), "adopted", None, id="9 is more"),
    pytest.param(text_with(), (8, 4, 0), (), (8, 12, 37, 8, 12, 37), "rejected", ("GY-22-02", 25, "3×8=24<2×37=74"), id="of the roll"),
    pytest.param(WITH_QUORUM, (8, 4, 0), (), (8, 12, 37, 8, 12, 37), "no_quorum", ("GY-22-12", 25, "3×12=36<2×37=74"), id="quorum 2/3"),
    pytest.param(WITH_MOST, (8, 4, 0), (), (8, 12, 37, 8, 12, 37), "no_quorum", ("GY-22-12", 19, "2×12=24≤37"), id="quorum more than half"),
    pytest.param(WITH_QUORUM, (17, 5, 3), (), (17, 25, 37, 17, 25, 37), "adopted", None, id="17:5:3 of 25"),
    pytest.param(WITH_QUORUM, (16, 6, 3), (), (16, 25, 37, 16, 25, 37), "rejected", ("GY-22-02", 17, "3×16=48<2×25=50"), id="16:6:3 of 25"),
    pytest.param(WITH_QUORUM, (24, 0, 0), (), (24, 24, 37, 24, 24, 37), "no_quorum", ("GY-22-12", 25, "3×24=72<2×37=74"), id="24 all consent"),
    pytest.param(OF_PRESENT, (8, 4, 0), (1,), (8, 12, 37, 7, 11, 36), "rejected", ("GY-22-02", 8, "3×7=21<2×11=22"), id="a consenter gone"),
    pytest.param(OF_PRESENT, (8, 4, 0), (9,), (8, 12, 37, 8, 11, 36), "adopted", None, id="an opponent gone"),
    pytest.param(OF_PRESENT, (7, 5, 0), (8, 9), (7, 12, 37, 7, 10, 35), "rejected", ("GY-22-02", 8, "3×7=21<2×12=24"), id="opponents gone"),
    pytest.param(WITH_QUORUM, (25, 0, 0), (1, 2), (25, 25, 37, 23, 23, 35), "no_quorum", ("GY-22-12", 24, "3×23=69<2×35=70"), id="voters gone"),
    pytest.param(OF_PRESENT, (0, 0, 0), (), (0, 0, 37, 0, 0, 37), "rejected", ("GY-22-02", None, "0/0"), id="nobody votes"),
    pytest.param(OF_PRESENT, (1, 0, 0), (), (1, 1, 37, 1, 1, 37), "adopted", None, id="one decides"),
    pytest.param(OF_PRESENT, (0, 0, 3), (), (0, 3, 37, 0, 3, 37), "rejected", ("GY-22-02", 2, "3×0=0<2×3=6"), id="all abstain"),
    pytest.param(text_with(VOTING), (8, 2, 2), (), (8, 12, 37, 8, 12, 37), "adopted", None, id="8 of 12 voting"),
    pytest.param(text_with(VOTING), (8, 2, 3), (), (8, 13, 37, 8, 13, 37), "rejected", ("GY-22-02", 9, "3×8=24<2×13=26"), id="abstentions are votes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cast", "gone", "counted", "outcome", "refused"), WORKED)
def test_a_share_is_counted_of_those_whom_its_words_name(
    text: Edition, cast: tuple[int, int, int], gone: tuple[int, ...], counted: Any, outcome: str, refused: Any
) -> None:
    """The close states C, V, R and c, v, r; what is not adopted cannot be filed, and the refusal shows the arithmetic."""
    world = closed(text, *cast, gone)
    vote = world.vote()
    assert figures(vote) == counted
    assert vote.outcome == outcome
    assert stage_of(world.inst, world.inst.proposals["p:1"], world.inst.today) == outcome
    if refused is None:
        world.report()
    else:
        code, enough, arithmetic = refused
        with world.refused(code, enough=enough, article=22, arithmetic=arithmetic):  # type: ignore[arg-type]
            world.report()
    assert is_verified(world)


def test_the_worked_refusals_by_their_code() -> None:
    """GY-22-12: 12 of 37 voted, 25 must have; in words, with the arithmetic."""
    world = closed(WITH_QUORUM, 8, 4)
    with world.refused("GY-22-12", enough=25, count=12, roll=37, share="2/3", arithmetic="3×12=36<2×37=74"):
        world.report()
    from gongyue.covenant.rulings import Refused

    with pytest.raises(Refused) as caught:
        world.report()
    said = caught.value.refusal
    assert said["words"] == "表决须有三分之二以上成员单位参加方为有效"
    assert said["zh"] == (
        "未达法定人数：投票单位不足全体成员单位的三分之二（3×12=36<2×37=74），没有通过任何事项，可以重新提起。"
    )
    assert said["en"] == (
        "No quorum. Fewer than 2/3 of all member units voted (3×12=36<2×37=74): nothing is adopted,"
        " the matter may be initiated anew."
    )


def test_what_had_no_quorum_may_be_initiated_anew() -> None:
    """Under a new name, with supporters of its own, and adopted where enough vote."""
    world = closed(WITH_QUORUM, 8, 4)
    world.vote_open(wording(world.edition, text=world.inst.meaning.edition), "p:2").cast_by(
        17, 5, 3, matter="p:2"
    ).close("p:2")
    assert [world.vote(id).outcome for id in ("p:1", "p:2")] == ["no_quorum", "adopted"]
    world.report("p:2")
    world.publish_amendment("p:2")
    assert is_verified(world)


@pytest.mark.parametrize(
    ("consents", "outcome", "gone"),
    [(4, "adopted", ()), (3, "rejected", ()), (4, "rejected", (1, 2)), (4, "adopted", (6,))],
)
def test_a_share_of_a_branch_is_of_the_units_that_declared_it(
    consents: int, outcome: str, gone: tuple[int, ...]
) -> None:
    """Of six declared in the scope 4 must consent (12 ≥ 12); others have no vote; of 4 left, 2 are too few (6 < 8)."""
    world = Alliance(text=text_with(consent=BRANCH)).in_force()
    for number in range(1, 7):
        world.unit("membership.declare/1", unit_id(number), {"activities": ["vertical"], "other": ""})
    world.on(OPENED).initiate_annex()
    world.open_vote("a:health")
    vote = world.vote("a:health")
    assert (vote.share, set(vote.roll)) == (Share("2/3", "branch"), {unit_id(n) for n in range(1, 7)})
    with world.refused("GY-22-04", unit=unit_id(7), roll=6):
        world.cast("consent", unit_id(7), matter="a:health")
    world.cast_by(consents, matter="a:health")
    for number in gone:
        world.withdraw(unit_id(number))
    world.close("a:health")
    assert world.vote("a:health").outcome == outcome
    if outcome == "adopted":
        world.publish_annex()
    else:
        with world.refused("GY-24-03", base="branch", roll=6 - len(gone)):
            world.publish_annex()
    assert is_verified(world)


def test_an_annex_of_a_branch_that_nobody_declared_is_adopted_by_nobody() -> None:
    """The roll is empty: D = 0, nothing passes."""
    world = Alliance(members=5, text=text_with(consent=BRANCH)).in_force().on(OPENED)
    world.initiate_annex(scope=["infrastructure"])
    world.open_vote("a:health").close("a:health")
    assert figures(world.vote("a:health")) == (0, 0, 0, 0, 0, 0)
    with world.refused("GY-24-03", arithmetic="0/0"):
        world.publish_annex()
    assert is_verified(world)


def test_an_annex_without_a_share_of_its_own_goes_by_that_of_a_change_and_its_quorum() -> None:
    """Of those present, and with 25 of 37 voting: 24 have no quorum, whatever they say."""
    world = Alliance(text=WITH_QUORUM).in_force().on(OPENED)
    world.initiate_annex()
    world.open_vote("a:health").cast_by(24, matter="a:health").close("a:health")
    assert stage_of_annex(world.inst, world.inst.annexes["a:health"]) == "no_quorum"
    with world.refused("GY-22-12", enough=25, count=24):
        world.publish_annex()
    assert is_verified(world)


# -- to members only, and early


@pytest.mark.parametrize(
    ("cast", "outcome"), [((8, 4, 0), "adopted"), ((7, 5, 0), "rejected"), ((0, 0, 0), "rejected")]
)
def test_ballots_for_members_only_are_counted_by_the_same_base(cast: tuple[int, int, int], outcome: str) -> None:
    """In form only for the public, and recounted with the openings; the figures stated are those counted."""
    world = closed(OF_PRESENT, *cast, (9,) if cast[1] else (), ballots="members")
    assert world.vote().outcome == outcome
    report, _ = run(files_of(world), world=world)
    assert (report.code, report.form_only) == (0, 1)
    lines = routine_acts.ballot_lines(world.stage.office, "p:1", world.inst.anchors[-1].size)
    report, _ = run(files_of(world), world=world, disclosures=(("handed", lines),))
    assert (report.code, report.form_only, report.recounted) == (0, 0, 1)


def test_a_vote_of_those_voting_is_closed_early_only_once_all_have_signed() -> None:
    """Four of five have, all consent: GY-22-05; whoever leaves is waited for no more, who confirmed its first key long ago."""
    world = Alliance(members=5, text=text_with(VOTING)).in_force()
    first = next(index for index, one in world.inst.papers.items() if one.holder == unit_id(5))
    world.unit("key.receive/1", unit_id(5), {"entry": first})
    world.on(OPENED).vote_open().cast_by(4).next_day()
    with world.refused("GY-22-05", signed=4, members=5):
        routine_acts.close_vote(world.stage.office, "p:1")
    world.withdraw(unit_id(5))
    world.next_day()
    assert figures(world.vote()) == (4, 4, 5, 4, 4, 4)
    assert world.vote().outcome == "adopted"
    assert is_verified(world)


# -- what is told while it is open


@pytest.mark.parametrize(
    ("text", "voted", "needed", "least"),
    [
        (text_with(), 0, 25, None), (text_with(), 12, 25, None),
        (OF_PRESENT, 0, 1, 1), (OF_PRESENT, 12, 8, 1), (MORE_OF_PRESENT, 12, 9, 1),
        (WITH_QUORUM, 0, 17, 17), (WITH_QUORUM, 25, 17, 17), (WITH_QUORUM, 26, 18, 17), (WITH_MOST, 0, 13, 13),
    ],
)  # fmt: skip
def test_the_fewest_consents_that_suffice_are_told_and_that_a_minority_can_decide(
    text: Edition, voted: int, needed: int, least: int | None
) -> None:
    """As many having voted as have: of the roll always 25, of those voting a share of them, and of the quorum's at least."""
    world = opened(text)()
    world.cast_by(0, voted)
    world.stage.now += 86_400
    world.tick()
    vote = world.vote()
    assert (vote.voted, vote.needed) == (voted, needed)
    assert needed_said(vote)[0].startswith(f"须 {needed} 家同意（")
    told = " ".join(zh for zh, _ in remarks(vote))
    assert ("少数单位可以决定" in told) == (least is not None)
    assert least is None or f"名册 37 家，最少 {least} 家同意即可通过" in told


def test_the_command_line_says_of_whom_and_what_became_of_it() -> None:
    """While it is open and closed: 17 of those present, 25 must vote; 12 did."""
    from gongyue.cli.book_source import OfficePlace
    from gongyue.cli.vote import vote_data, vote_lines

    world = opened(WITH_QUORUM)()
    said = "\n".join(vote_lines(vote_data(OfficePlace(world.stage.office), world.vote())))
    assert "须 17 家同意（出席的成员单位的三分之二以上）" in said
    assert "法定人数：须 25 家投票（全体成员单位的三分之二以上），弃权也算" in said
    assert "最少 17 家同意即可通过，少数单位可以决定" in said
    world.cast_by(8, 4).close()
    said = "\n".join(vote_lines(vote_data(OfficePlace(world.stage.office), world.vote())))
    assert "未达法定人数" in said
    assert "在册 37 家中投票 12、同意 8" in said


# -- what is pinned


def made(world: Alliance, old: str, new: str, **said: Any) -> Change:
    """The change of those words of article 22, stated as far as they can be read."""
    meaning = world.inst.meaning
    assert meaning.edition is not None
    return complete(meaning.edition, meaning.edition_digest, [TextEdit("22", old, new)], **said).change


def of_present(world: Alliance) -> Change:
    """An amendment by which those present decide."""
    return made(world, ADOPTION, PRESENT, others={("vote.quorum", "22"): REASON})


def without_presence(world: Alliance) -> Change:
    """An amendment that strikes out what presence is."""
    return made(world, PRESENCE, "", absent=["vote.presence"])


def test_a_vote_keeps_the_base_it_opened_with() -> None:
    """An amendment of the base does not reach a vote that is open; no text can be amended to what cannot be counted."""
    world = Alliance(members=7, text=text_with("经参加表决的三分之二以上成员单位同意")).in_force().on(OPENED)
    world.proposed(made(world, VOTING, ADOPTION))
    world.proposed(wording(world.edition, text=world.inst.meaning.edition), matter="p:2")
    world.open_vote("p:1").cast_by(7).open_vote("p:2").next_day()
    world.report()
    world.publish_amendment()
    assert world.inst.meaning.share("amendment.adoption") == Share("2/3")
    world.cast("consent", FIRST, matter="p:2").close("p:2")
    assert (world.vote("p:2").share, world.vote("p:2").outcome) == (Share("2/3", "voting"), "adopted")
    assert is_verified(world)


@pytest.mark.parametrize("text", [text_with("经拥有三分之二以上表决权的成员单位同意"), text_with("经三分之二以上理事同意"),
                                  text_with("经该分支三分之二以上成员单位同意"), text_with(PRESENT), text_with("无须经三分之二以上成员单位同意")],
                         ids=["weight", "body", "branch", "present", "not asked for"])  # fmt: skip
def test_a_text_whose_share_cannot_be_counted_is_not_frozen(text: Edition) -> None:
    """Of votes by weight, of a body, of a branch that an amendment has not, of those present without what presence is, of a share
    that is dispensed with: each is imported as a draft."""
    world = Alliance(members=3, initiators=2, text=text).drafted()
    with world.out_of_turn("unworkable-clause"):
        world.freeze()


def test_a_quorum_of_others_than_the_roll_is_not_frozen() -> None:
    """三分之二以上理事 attend: nobody on the roll is one."""
    world = Alliance(members=3, initiators=2, text=text_with(more="表决须有三分之二以上理事参加方为有效。")).drafted()
    with world.out_of_turn("unworkable-clause"):
        world.freeze()


def test_no_amendment_leaves_a_share_that_cannot_be_counted() -> None:
    """GY-22-06: present without presence, and striking out what presence is while those present decide."""
    world = Alliance(members=5, initiators=2).in_force().on(OPENED)
    with world.refused("GY-22-06"):
        world.initiate(of_present(world))
    world = Alliance(members=5, initiators=2, text=text_with(ADOPTION, PRESENCE)).in_force().on(OPENED)
    world.amended(of_present(world))
    assert world.inst.meaning.consent() == Share("2/3", "present")
    with world.refused("GY-22-06"):
        world.initiate(without_presence(world), "p:2")
    assert is_verified(world)


def test_two_changes_that_leave_no_countable_share_together_overtake_one_another() -> None:
    """One makes those present decide, another strikes out what presence is: whichever comes later is superseded."""
    world = Alliance(members=5, initiators=2, text=text_with(ADOPTION, PRESENCE)).in_force().on(OPENED)
    world.proposed(without_presence(world))
    world.proposed(of_present(world), matter="p:2")
    world.open_vote().cast_by(5).next_day()
    world.report()
    world.publish_amendment()
    other = world.inst.proposals["p:2"]
    assert (other.stage, other.superseded_by) == ("superseded", "p:1")
    assert is_verified(world)


def test_the_reading_on_the_roll_is_of_a_share_that_names_nobody() -> None:
    """Where the text says of whom, the reading has nothing to fill: it does not apply, and to set it is GY-25-01."""
    plain, other = (Alliance(members=3, initiators=2, text=t).in_force() for t in (text_with(), OF_PRESENT))
    with plain.refused("GY-25-04", name="amendment.roll"):  # which is what stands
        plain.issue("amendment.roll", "all-members", article=22)
    assert plain.inst.meaning.choice("amendment.roll") == "all-members"
    assert "amendment.roll" not in other.inst.meaning.values
    with other.refused("GY-25-01", name="amendment.roll", value="all-members"):
        other.issue("amendment.roll", "all-members", article=22)


def test_what_a_vote_goes_by_is_stated_and_recomputed() -> None:
    """GY-22-08 for another share, base or quorum than the text's."""
    world = Alliance(members=5, text=WITH_QUORUM).in_force().on(OPENED).proposed()
    office = world.stage.office
    body, _ = routine_acts.statement(office, "vote.open/1", "p:1")
    assert {name: body[name] for name in ("share", "base", "quorum")} == {
        "share": "2/3",
        "base": "present",
        "quorum": "2/3",
    }
    for lie in (
        {"share": ">1/2"},
        {"share": ">2/3"},
        {"base": "roll"},
        {"base": "voting"},
        {"quorum": ""},
        {"quorum": ">1/2"},
    ):
        with world.refused("GY-22-08"):
            office.handle(routine_acts.system_act(office, "vote.open/1", body | lie))
    office.handle(routine_acts.system_act(office, "vote.open/1", body))
    assert (world.vote().share, world.vote().quorum) == (Share("2/3", "present"), Share("2/3"))
