"""What an applicant is asked comes from the words of the text in force; so do the activities that are offered."""

from __future__ import annotations

from gongyue.covenant.changes import TextEdit
from gongyue.covenant.edition_builder import compose
from gongyue.office.facts.joining import PRACTITIONER, activities_listed, condition, hint
from gongyue.office.labels import ACTIVITIES
from support import second
from support.alliance import Alliance
from support.editions import change_of


def test_the_condition_is_quoted_from_the_text_in_force() -> None:
    """Ours asks for its own, the second covenant for another, each at its article; of a sentence with two conditions the question quotes its own."""
    ours = Alliance(5, 2).in_force().inst
    other = Alliance(5, 2, text=compose(second.OUTLINE, second.choices())).in_force().inst
    for inst, words, own in (
        (ours, "国内其他大数据行业从业者", "国内其他大数据行业从业者"),
        (other, "國內其他數據行業從業者接受本公約的自律規則，均可以申請加入本公約", "均可以申請加入本公約"),
    ):
        said = condition(inst, PRACTITIONER)
        assert said is not None and words in said.words
        assert own in (hint(inst, "domestic") or ("",))[0]
        assert activities_listed(inst) == tuple(ACTIVITIES)
    assert hint(ours, "name") is None


def test_an_activity_that_the_text_no_longer_lists_is_not_offered() -> None:
    """After an amendment that leaves two of them: those two, and nothing that only contains a word of them."""
    world = Alliance(5, 2).in_force()
    old = "大数据基础设施、应用服务、分析服务、计算服务、数据资源服务和垂直行业融合及其他与大数据有关的科研、教育、服务等活动"
    world.amended(change_of(world.edition, TextEdit("2", old, "大数据分析服务、科研")))
    assert activities_listed(world.inst) == ("analysis", "research")


def test_where_the_text_states_no_condition_none_is_quoted() -> None:
    """Its words struck out: the question says that nothing is asked."""
    world = Alliance(5, 2).in_force()
    bound = world.inst.meaning.clause(PRACTITIONER)
    assert bound is not None
    at = world.inst.meaning.at(bound.article)
    world.amended(change_of(world.edition, TextEdit(at, bound.words, "有意者"), absent=[PRACTITIONER]))
    assert condition(world.inst, PRACTITIONER) is None
    assert "没有写加入资格" in (hint(world.inst, "domestic") or ("",))[0]
