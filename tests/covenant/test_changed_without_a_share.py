"""A text that somebody changes without any share of members: asked about, quoted wherever a text is shown, and not carried out by vote."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import unseen_matters
from gongyue.covenant.binding.draft import Drafting, begin
from gongyue.covenant.binding.questions import questions
from gongyue.covenant.binding.sheet_absences import absences
from gongyue.covenant.draft_edition import edition_of
from gongyue.office.facts import silences

from .answering import settle

TEXT = "竹影社区约定\n第一条 管理组为本社区的执行机构。\n第二条 {}\n第三条 本约定自签署之日起生效，自公布之日起施行。\n"
ADOPTION = "amendment.adoption"


def drafted(said: str) -> Drafting:
    """A draft on the text whose second article says so."""
    return begin(TEXT.format(said).encode(), "约定.txt")


@pytest.mark.parametrize(
    "said",
    [
        "管理员可修改规则，修改后在社区公告。",
        "规则的修改由核心维护者决定。",
        "本公约可以由执委会根据需要调整。",
        "社区规则由管理组负责修订。",
        "管理组可以修改本规范。",
    ],
)
def test_who_changes_the_text_without_a_share_is_asked_about_and_quoted(said: str) -> None:
    """Not in the list of what is absent: asked by itself, with what happens then; afterwards its words stand beside the absence."""
    d = drafted(said)
    asked = next(q for q in questions(d) if q.capability == ADOPTION)
    assert asked.kind == "capability" and "absent" in asked.choices
    assert "修改提议一概不受理" in asked.zh and "No proposal of a change is taken" in asked.en
    d, _ = settle(d, [])
    edition = edition_of(d)
    assert edition.open == ()
    shown = [e for e in absences(edition.parts, edition.decisions, edition.absent) if e.capability == ADOPTION]
    assert "不由这里的表决办理" in shown[0].zh and "no vote here changes it" in shown[0].en
    assert [(e.label, e.words) for e in shown[1:]] == [("第2条", said)]
    told = silences.of_changes(edition)
    assert told is not None and said in told[0] and said in told[1]
    assert silences.speaks_of_changes(edition, "2") and not silences.speaks_of_changes(edition, "1")


@pytest.mark.parametrize(
    "said",
    [
        "成员不得擅自修改规则。",
        "成员应当遵守竞赛规则的修改程序。",
        "理事会可以修改会费标准。",
        "单位名称变更的，应当通知秘书处。",
        "未经许可不得修改本协议。",
        "会员可以对规则修改建议发表意见。",
        "本公约所列会员名单变更的，应当公告。",
    ],
)
def test_what_changes_no_text_is_not_taken_for_it(said: str) -> None:
    """A ban, another thing's change, a view on a change."""
    assert not list(unseen_matters.changes(drafted(said).read.parts.values()))


def test_a_council_that_changes_the_charter_is_asked_about_with_what_happens(  # its sentence is a passage of its own
) -> None:
    """章程由理事会修改: no share, nothing proposed; the question says what absence means, and it can be finished."""
    d = drafted("本社区章程由理事会修改。")
    asked = next(q for q in questions(d) if q.capability == ADOPTION)
    assert asked.proposal is None and "声明本文无此规定" in asked.zh
    d, _ = settle(d, [])
    edition = edition_of(d)
    shown = [e for e in absences(edition.parts, edition.decisions, edition.absent) if e.capability == ADOPTION]
    assert edition.open == () and [e.words for e in shown[1:]] == ["本社区章程由理事会修改。"]
