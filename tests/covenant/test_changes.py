"""What a change carries over and what it must say: bindings, decisions, absences; and what a person need not say."""

from __future__ import annotations

import msgspec
import pytest

from gongyue.covenant.binding.catalogue import zh_of
from gongyue.covenant.binding.records import Absence, Decision, bind
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, rebase
from gongyue.covenant.edition import Edition
from support.editions import change_of, edition

OURS = edition()
SHARE = TextEdit("22", "三分之二", "四分之三")
LIST = TextEdit("23", "单位名单", "单位名单及其日期")
"""In a sentence of article 23 that was decided to be no publication of the covenant."""


def decided(text: Edition, name: str, at: str) -> list[Decision]:
    """What was decided on the passages of a capability in an article."""
    return [d for d in text.decisions if (d.capability, d.at) == (name, at)]


def test_what_stands_as_it_was_need_not_be_said() -> None:
    """An edit of article 4 carries every binding over, and every decision but that on its own sentence."""
    edit = TextEdit("10", "加强沟通协作", "加强沟通与协作")
    change = change_of("", edit)
    after = amend(OURS, change)
    assert [b for b in after.bindings if b.at != "10"] == [b for b in OURS.bindings if b.at != "10"]
    assert [d for d in after.decisions if d.at != "10"] == [d for d in OURS.decisions if d.at != "10"]
    assert after.absent == OURS.absent
    assert change.decisions == ()


def test_a_clause_whose_words_changed_is_bound_anew_or_the_change_does_not_apply() -> None:
    """The refusal names the capability; what a person need not say is read from the new words and stated in the change."""
    with pytest.raises(NotApplicable, match=r"22: .*三分之二.*amendment\.adoption"):
        amend(OURS, Change("", (SHARE,)))
    (bound,) = change_of("", SHARE).bindings
    assert (bound.words, bound.value, bound.inclusive, bound.base) == (
        "经四分之三以上成员单位同意",
        "3/4",
        True,
        "roll",
    )


@pytest.mark.parametrize(
    ("new", "inclusive", "value"), [("超过三分之二", False, "2/3"), ("过半数", False, "1/2"), ("三分之二", True, "2/3")]
)
def test_whether_a_number_counts_itself_follows_its_words(new: str, inclusive: bool, value: str) -> None:
    """经超过三分之二 excludes two thirds; the same words as before need not be said anew."""
    made = complete(OURS, "", [TextEdit("22", "经三分之二以上", f"经{new}" if not inclusive else f"须经{new}以上")])
    assert not made.missing
    bound = amend(OURS, made.change).binding("amendment.adoption")
    assert bound is not None
    assert (bound.inclusive, bound.value) == (inclusive, value)


def test_other_matter_is_said_again_of_a_sentence_that_changed() -> None:
    """In the change, with its reason; not in it, the change does not apply. The same sentence elsewhere keeps its decision."""
    with pytest.raises(NotApplicable, match=r"23: .*publication\.covenant"):
        amend(OURS, msgspec.structs.replace(change_of("", LIST), decisions=()))
    (said,) = change_of("", LIST).decisions
    (before,) = decided(OURS, "publication.covenant", "23")
    assert (said.capability, said.verdict, said.reason) == ("publication.covenant", "other", before.reason)
    assert decided(amend(OURS, change_of("", LIST)), "publication.covenant", "23") == [said]


def test_a_decision_on_what_is_no_passage_is_not_stated() -> None:
    """Whoever states one states something else than what the text has."""
    change = change_of("", SHARE)
    false = Decision("founding.filing", "22", 1, "本公约", "other", "没有这一句")
    with pytest.raises(NotApplicable, match=r"founding\.filing"):
        amend(OURS, msgspec.structs.replace(change, decisions=(false,)))


GUARDS = [
    ("founding.approval", TextEdit("21", "，并经由主管部门批准后生效", "，报主管部门批准后生效")),
    ("founding.signature", TextEdit("21", "法定代表人或其委托的代表签字", "法定代表人签署")),
    ("founding.in_force", TextEdit("26", "自公布之日起施行", "公布后施行")),
]


@pytest.mark.parametrize(("guard", "edit"), GUARDS, ids=[name for name, _ in GUARDS])
def test_a_guard_is_not_dropped_while_its_passage_stands(guard: str, edit: TextEdit) -> None:
    """However the change says so."""
    said = {(guard, edit.at): "不再要求", ("publication.covenant", edit.at): "何日施行"}
    made = complete(OURS, "", [edit], absent=[guard], others=said)
    with pytest.raises(NotApplicable, match=f"{zh_of(guard)}.*不能声明本文无此规定"):
        amend(OURS, made.change)


def test_a_guard_goes_with_its_words() -> None:
    """Where the text does not ask for approval any more, its absence is stated and nothing else of it."""
    struck = TextEdit("21", "，并经由主管部门批准后生效", "后生效")
    after = amend(OURS, change_of("", struck, absent=["founding.approval"]))
    assert Absence("founding.approval") in after.absent
    assert after.binding("founding.approval") is None


def test_a_clause_the_text_had_not_is_decided_on_when_words_for_it_come() -> None:
    """A quorum written into article 22 is bound, or said to be other matter; bound, it cannot be counted yet."""
    words = "须有三分之二以上成员单位参加表决方可进行，"
    edit = TextEdit("22", "可以对本公约进行修改", f"{words}可以对本公约进行修改")
    made = complete(OURS, "", [edit])
    assert {m.capability for m in made.missing} >= {"vote.quorum"}
    with pytest.raises(NotApplicable):
        amend(OURS, made.change)
    bound = complete(OURS, "", [edit], {"vote.quorum": ("22", words.rstrip("，"))})
    with pytest.raises(NotApplicable):
        amend(OURS, bound.change)


def test_words_that_come_to_stand_twice_are_bound_by_their_place() -> None:
    """The second 经公约成员单位同意后 in article 24 is nothing the binding meant: the change says which."""
    edit = TextEdit("24", "作为本公约的附件公布实施", "作为本公约的附件公布实施；修订的，经公约成员单位同意后重新公布")
    with pytest.raises(NotApplicable, match=r"annex\.consent"):
        amend(OURS, Change("", (edit,)))
    made = complete(OURS, "", [edit], others={("annex.consent", "24"): "修订附件的同意"})
    assert [(b.capability, b.nth) for b in made.change.bindings] == [("annex.consent", 1)]
    missing = {m.capability: "修订附件" for m in made.missing}
    said = {("annex.consent", "24"): "修订附件的同意"} | {(name, "24"): why for name, why in missing.items()}
    after = amend(OURS, complete(OURS, "", [edit], others=said).change)
    bound = after.binding("annex.consent")
    assert bound is not None
    assert bound.nth == 1


def test_bound_to_other_words_the_old_passage_is_other_matter_or_nothing_is_said() -> None:
    """A capability moved from one article to another leaves a passage behind that somebody must answer for."""
    part = next(p for p in OURS.parts if p.at == "14")
    moved = bind("office.executive", part, "中关村大数据产业联盟作为公约执行机构负责组织实施本公约")
    with pytest.raises(NotApplicable, match=r"office\.executive"):
        amend(OURS, Change("", (), (moved,)))
    (left,) = decided(OURS, "office.executive", "5")
    other = msgspec.structs.replace(left, verdict="other", reason="已由第十四条规定")
    after = amend(OURS, Change("", (), (moved,), (), (other,)))
    assert after.bindings.index(moved) == OURS.bindings.index(OURS.binding("office.executive"))  # type: ignore[arg-type]
    assert decided(after, "office.executive", "5") == [other]


def test_two_changes_of_one_sentence_stand_together() -> None:
    """Each said that the sentence is no publication of the covenant: on the text of both it is none, in either order."""
    other = TextEdit("23", "定期公布", "定期向社会公布")
    one, two = change_of("", LIST), change_of("", other)
    both = rebase(two, OURS, amend(OURS, one))
    assert both.article(23) == rebase(one, OURS, amend(OURS, two)).article(23)
    assert "定期向社会公布加入及退出本公约的单位名单及其日期" in both.article(23).text
    (said,) = decided(both, "publication.covenant", "23")
    assert said.verdict == "other"


def test_two_changes_of_one_number_do_not() -> None:
    """The one that binds it anew meets it as it was, or not at all."""
    fifths = change_of("", TextEdit("22", "三分之二", "五分之四"))
    with pytest.raises(NotApplicable):
        rebase(fifths, OURS, amend(OURS, change_of("", SHARE)))


def test_a_change_of_another_version_does_not_apply() -> None:
    """change@1 had terms."""
    with pytest.raises(NotApplicable, match="change@1"):
        amend(OURS, msgspec.structs.replace(change_of("", SHARE), v="gongyue/change@1"))
