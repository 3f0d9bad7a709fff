"""What has the words of a capability and means another thing is not proposed; a change that no passage speaks of is asked about."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import spoken_of
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.questions import of_capability, questions
from gongyue.covenant.binding.records import stated_in

EXECUTIVE, FORCE = "秘书处为本公约的执行机构。", "本公约自公布之日起施行。"


def draft(*clauses: str) -> Drafting:
    """A draft on these articles alone."""
    text = "\n".join(["集市公约", *(f"第{n}条 {c}" for n, c in zip("一二三四五六", clauses, strict=False))])
    return binding_draft.begin(text.encode(), "公约.txt")


def words_for(capability: str, *clauses: str) -> str:
    """What is proposed for a capability; empty where nothing is."""
    found = draft(*clauses).read.proposals.get(capability)
    return found.words if found else ""


@pytest.mark.parametrize(
    ("capability", "clause"),
    [
        ("office.executive", "理事长综理会务，并任大会主席。"),
        ("office.executive", "理事長綜理會務，對外代表本會。"),
        ("office.executive", "秘书长主持秘书处开展日常工作。"),
        ("founding.in_force", "理事会负责本制度的解释及实施。"),
        ("founding.in_force", "商户自登记之日起，遵守本协会章程，按本章程实施的规定缴费。"),
        ("publication.covenant", "本会依本章程之規定，得公開發行公司債。"),
        ("publication.covenant", "按本章程公开招标的结果须报理事会。"),
        ("sanction.decider", "商户退会须经理事会确认，被除名的会员不退会费。"),
        ("sanction.decider", "会员一年不缴会费或者被警告的，经理事会确认，视为自动退会。"),
        ("founding.approval", "会员损害本公约声誉的，给予通报批评。"),
        ("office.term", "补选的干事，其任期以补足原任者任期为限。"),
    ],
)
def test_what_means_another_thing_is_not_proposed(capability: str, clause: str) -> None:
    """Nor does another clause of its sentence take its place, which says still less."""
    assert words_for(capability, clause) == ""


@pytest.mark.parametrize(
    ("capability", "clauses", "words"),
    [
        ("office.executive", ("理事长综理会务。", "理事会为本公约的执行机构。"), "理事会为本公约的执行机构"),
        ("office.executive", ("秘书长主持秘书处开展日常工作。", EXECUTIVE), "秘书处为本公约的执行机构"),
        ("founding.in_force", ("理事会负责本公约的解释及实施。", FORCE), "本公约自公布之日起施行"),
        ("founding.in_force", ("本公约由理事会负责解释，自公布之日起施行。",), "自公布之日起施行"),
        ("office.term", ("干事任期四年，补选者其任期以补足原任者任期为限。",), "干事任期四年"),
        ("sanction.decider", ("会员违反本公约的，经理事会确认，予以除名。",), "经理事会确认"),
        ("sanction.decider", ("连续一年不缴会费的，经理事会确认，自动退会；违反本公约的，经会员大会通过，予以除名。",), "经会员大会通过"),
        ("founding.approval", ("会员损害本公约声誉的，给予通报批评。", "本公约报批后生效。"), "本公约报批后生效"),
    ],
)  # fmt: skip
def test_what_says_it_is_proposed_beside(capability: str, clauses: tuple[str, ...], words: str) -> None:
    """The better clause, wherever it stands."""
    assert words_for(capability, *clauses) == words


LEAVING = "membership.withdrawal_condition"
LAPSED = "会员退会应书面通知秘书处，并交回会员证；会员如果连续二年不缴纳会费，视为自动退会。"


def test_a_notice_does_not_take_in_a_lapse() -> None:
    """二年 of those that do not pay is no notice: such words would be refused in the end."""
    d = draft(EXECUTIVE, LAPSED, FORCE)
    assert d.read.proposals[LEAVING].words == "会员退会应书面通知秘书处"
    assert d.read.proposals["membership.lapse"].value == 24
    assert not [f for f in d.accept(LEAVING).faults if f.capability == LEAVING and f.why == "misplaced"]


def test_a_notice_goes_on_to_when_it_takes_effect() -> None:
    """In its own sentence, as ever."""
    said = "会员退会应书面通知秘书处，自通知送达之日起三十日后退出生效。"
    assert words_for(LEAVING, EXECUTIVE, said) == "会员退会应书面通知秘书处，自通知送达之日起三十日后退出生效"


def test_a_number_that_could_not_be_frozen_is_not_proposed() -> None:
    """What is at odds with its own clause is a fault whatever else is bound, and a fault of that kind is never proposed."""
    d = draft(EXECUTIVE, LAPSED, FORCE)
    by_hand = d.bind(LEAVING, LAPSED.rpartition("，")[0]).records.bindings[0]
    for made, why in ((by_hand, ["misplaced"]), (d.read.proposals[LEAVING], [])):
        part = d.read.parts[made.at]
        assert [f.why for f in spoken_of.of_itself(made, part, stated_in(part))] == why


LINES = "理事会的职权：\n{}\n决定聘请专家担任集市公约的顾问\n决定集市公约的日常管理与卫生检查事项"


@pytest.mark.parametrize("first", ["负责执行会员大会各项决议并向其报告", "负责执行会员大会决议"])
def test_a_line_of_a_list_without_marks_is_proposed_alone(first: str) -> None:
    """However long: nothing ends it, and the next line says something else. The lead that names the body stands with it."""
    assert words_for("office.executive", LINES.format(first)) == f"理事会的职权：\n{first}"


def test_a_broken_line_below_no_lead_is_proposed_whole() -> None:
    """Lines broken by whoever set the text belong together."""
    clause = "会员违反本公约的，由理事会在查明全部事实之后\n决定予以除名。"
    assert words_for("sanction.decider", clause) == "由理事会在查明全部事实之后\n决定予以除名"


# -- a change of the text that no passage speaks of

ADOPTION = "amendment.adoption"


@pytest.mark.parametrize(
    "clause",
    [
        "管理中心可视情况对本公约进行修改或补充。",
        "集市每五年应组织进行宪章修订。",
        "商户大会负责公约的制定与修改。",
        "商户可以参与公约的修订。",
    ],
)
def test_a_change_that_no_passage_speaks_of_is_asked_by_itself(clause: str) -> None:
    """With the sentence, and not in the list of what the text lacks; it may be declared absent by whoever has seen it."""
    d = draft(EXECUTIVE, clause, FORCE)
    assert not any(p.capability == ADOPTION for p, _ in d.read.seen)
    (asked,) = [q for q in questions(d) if q.capability == ADOPTION]
    assert (asked.kind, asked.choices) == ("capability", ("bind", "absent"))
    assert f"第2条“{clause}”说到本文的修改" in asked.refused_zh and "speaks of changing the text" in asked.refused_en
    assert not [q for q in questions(d.declare_absent(ADOPTION)) if q.capability == ADOPTION]


@pytest.mark.parametrize("clause", ["修改后的公约另行公布。", "合同的修改由双方商定。", "管理办法可以修改。"])
def test_what_was_changed_already_or_is_not_the_text_is_not(clause: str) -> None:
    """It stays among the absences."""
    assert [q.kind for q in questions(draft(EXECUTIVE, clause, FORCE)) if q.capability == ADOPTION] == ["absence"]


GRAVE = "重大事项须经全体成员单位三分之二以上同意。"


def test_the_share_of_grave_matters_is_proposed_where_the_change_is_one() -> None:
    """Whichever article says so; where grave matters are others nothing is."""
    d = draft(EXECUTIVE, GRAVE, "重大事项指集市宪章的制定与修改、商户的加入。", FORCE)
    made = of_capability(d, ADOPTION).proposal
    assert made is not None
    assert (made.binding.at, made.binding.value, made.binding.base) == ("2", "2/3", "roll")
    assert not [f for f in d.accept(ADOPTION).faults if f.capability == ADOPTION]
    assert not words_for(ADOPTION, EXECUTIVE, GRAVE, "重大事项指商户的加入。", FORCE)
