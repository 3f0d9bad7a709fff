"""What a text states is what the rules go by: notice of leaving, lists, the time for a decision, the authority's part in changes."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding.records import bind
from gongyue.covenant.binding.sheet import sheet_of
from gongyue.covenant.edition import Edition
from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.text import Part
from gongyue.governance.membership import notice_ends
from gongyue.governance.proposal import stage_of
from gongyue.office.due_list import due
from support.alliance import FIRST, Alliance, unit_id
from support.editions import TEXT, edition_of
from support.published import files_of, run
from support.sealed import sealed_openings

LEAVES = "本公约成员单位也可以退出本公约，并通知公约执行机构"
LISTS = "公约执行机构定期公布加入及退出本公约的单位名单"


def stating(old: str, new: str, **bound: tuple[str, str]) -> Edition:
    """Our own text with these words in place of those, bound where it says so."""
    assert TEXT.count(old) == 1
    return edition_of(TEXT.replace(old, new), **bound)


def leaving(words: str) -> Edition:
    """Our own text with a condition of leaving."""
    return stating(LEAVES, f"{LEAVES}，{words}", membership__withdrawal_condition=("23", words))


@pytest.mark.parametrize(
    ("words", "last_as_member", "left"),
    [
        ("退出须提前两个月书面通知", "2026-06-08", "2026-06-09"),
        ("退出自通知到达之日起三十日后生效", "2026-05-08", "2026-05-09"),
        ("退出须书面通知", "2026-04-08", "2026-04-09"),
    ],
)
def test_a_unit_that_gives_notice_is_a_member_until_the_notice_is_over(
    words: str, last_as_member: str, left: str
) -> None:
    """Notice on 2026-04-09: two months, thirty days, and none but a letter."""
    world = Alliance(members=6, text=leaving(words)).in_force().on("2026-04-09")
    world.withdraw(FIRST)
    assert FIRST not in world.inst.on(from_iso(left)).members
    assert (FIRST in world.inst.on(from_iso(last_as_member)).members) is (left != "2026-04-09")
    assert run(files_of(world))[0].code == 0


def test_a_later_day_than_the_notice_asks_for_stands_and_an_earlier_does_not() -> None:
    """Two months from 2026-04-09: 2026-12-31 stays, 2026-04-20 becomes 2026-06-09."""
    world = Alliance(members=6, text=leaving("退出须提前两个月书面通知")).in_force().on("2026-04-09")
    world.unit("membership.withdraw/1", unit_id(2), {"effective": "2026-12-31"})
    world.unit("membership.withdraw/1", unit_id(3), {"effective": "2026-04-20"})
    assert [iso(world.inst.leaving[unit_id(n)]) for n in (2, 3)] == ["2026-12-31", "2026-06-09"]
    assert iso(notice_ends(world.inst, world.inst.today)) == "2026-06-09"
    assert notice_ends(Alliance(members=6).in_force().inst, world.inst.today) == 0  # our own text: on arrival


@pytest.mark.parametrize(
    ("often", "periods"),
    [
        ("每半年", ["2026-03-09 2026-12-31", "2027-01-01 2027-06-30", "2027-07-01 2027-12-31"]),
        ("每两个月", ["2026-03-09 2026-06-30", "2026-07-01 2026-08-31", "2026-09-01 2026-10-31"]),
        ("每年", ["2026-03-09 2027-12-31"]),
    ],
)
def test_lists_are_published_as_often_as_the_text_says(often: str, periods: list[str]) -> None:
    """The reading says a quarter; effect was on 2026-03-09, and the part of the year then under way goes with the first whole one."""
    words = LISTS.replace("定期", often)
    text = stating(LISTS, words, publication__list_period=("23", words), publication__list=("23", words))
    world = Alliance(members=6, text=text).in_force().on("2028-01-05")
    world.tick()
    assert [f"{iso(one.begins)} {iso(one.ends)}" for one in world.inst.lists][: len(periods)] == periods
    assert run(files_of(world))[0].code == 0


def test_a_period_of_lists_that_is_no_part_of_a_year_is_said_to_be_beyond_the_software() -> None:
    """每周 is on record; lists go on by quarters."""
    words = LISTS.replace("定期", "每周")
    text = stating(LISTS, words, publication__list_period=("23", words), publication__list=("23", words))
    sheet = sheet_of(text.parts, text.bindings, text.decisions, text.absent)
    assert any(e.capability == "publication.list_period" and "每 7 日一次" in e.zh for e in sheet.beyond)
    assert Alliance(members=6, text=text).in_force().inst.meaning.list_months == 3


def test_an_application_is_decided_within_the_time_of_the_text() -> None:
    """Fifteen working days from 2026-04-10, a Friday, in place of P8's twenty days: 2026-05-01, no calendar loaded."""
    words = "申请由公约执行机构在十五个工作日内审核决定"
    text = stating(LEAVES, f"加入{words}；{LEAVES}", membership__decision=("23", f"加入{words}"))
    world = Alliance(members=6, text=text).in_force().on("2026-04-10")
    world.apply(99)
    (duty,) = [d for d in due(world.inst, sealed_openings(world.stage.office), world.inst.today) if "grant" in d.act]
    assert (duty.target, duty.basis) == ("2026-05-01", "P8")


def amended(text: Edition) -> Alliance:
    """An adopted amendment under that text."""
    return Alliance(members=6, text=text).in_force().on("2026-10-12").vote_open().cast_by(6).close()


def test_an_amendment_waits_for_the_approval_the_text_asks_for() -> None:
    """The reading says that it is filed: filing it is refused, as is publishing it."""
    words = "公约的修改报主管部门审查同意后生效"
    text = stating("可以对本公约进行修改。", f"可以对本公约进行修改。{words}。", amendment__approval=("22", words))
    world = amended(text)
    for act in (world.report, world.publish_amendment):
        with world.out_of_turn("not-open") as told:
            act()
        assert told["can"] == "amendment.approval/1"


def test_an_amendment_of_a_text_that_knows_of_no_authority_is_published_once_it_is_adopted() -> None:
    """Nothing is filed with anybody."""
    text = edition_of(TEXT.replace("并经由主管部门批准后生效", "后生效"))
    assert text.binding("founding.approval") is None
    world = Alliance(members=6, text=text).signed().on("2026-03-09")
    world.submit()
    world.adopt()
    world.on("2026-03-20").publish()
    world.on("2026-10-12").vote_open().cast_by(5).close()
    with world.out_of_turn("not-open") as told:
        world.report()
    assert told["can"] == "amendment.publish/1"
    world.publish_amendment()
    assert stage_of(world.inst, world.inst.proposals["p:1"], world.inst.today) == "published"
    assert run(files_of(world))[0].code == 0


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        ("表决的成员单位不足三分之二的，表决无效", True),
        ("表决的成员单位未达到三分之二的，表决无效", True),
        ("表决的成员单位少于全体成员单位三分之二的，表决无效", True),
        ("表决的成员单位未超过三分之二的，表决无效", False),
        ("表决须有超过三分之二的成员单位参加方为有效", False),
        ("表决须有三分之二以上的成员单位参加方为有效", True),
    ],
)
def test_what_falls_short_asks_for_the_share_itself(words: str, enough: bool) -> None:
    """Two thirds suffice unless the words say that they do not."""
    part = Part(at="18", label="第十八条", text=f"{words}。", chapter=None, items=())
    assert bind("vote.quorum", part, words).inclusive is enough


def test_initiators_of_a_text_without_signatures_sign_and_are_members_from_effect() -> None:
    """Without the last of three nothing is submitted (GY-21-01); with it all three are members, and the book verifies."""
    text = edition_of(TEXT.replace("经公约发起单位法定代表人或其委托的代表签字，并", ""))
    assert text.binding("founding.signature") is None
    world = Alliance(members=6, initiators=3, text=text).signed(but=1)
    with world.refused("GY-21-01", enough=3, signed=2, missing="u:0003"):
        world.submit()
    world.sign("u:0003")
    world.on("2026-03-09").submit()
    world.approve()
    assert set(world.inst.members) == {FIRST, "u:0002", "u:0003"}
    world.adopt()
    world.on("2026-03-20").publish()
    assert run(files_of(world))[0].code == 0
