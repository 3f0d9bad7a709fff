"""Clauses that ask for another body's decision are listed as beyond the software, with what is done instead."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding.passages import placed, reader
from gongyue.covenant.binding.records import BadBinding, Binding, bind
from gongyue.covenant.binding.sheet import Entry, otherwise, sheet_of
from gongyue.covenant.binding.suggestions import proposed
from gongyue.covenant.text import Part


def part(text: str, at: str = "9") -> Part:
    """An article of that text."""
    return Part(at, f"第{at}条", None, text)


def said(capability: str, text: str, *more: Binding) -> list[Entry]:
    """What is done instead of that clause."""
    one = part(text)
    return list(otherwise([one, *(part(b.words, b.at) for b in more)], [bind(capability, one, text), *more]))


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        ("会员退出须经常务会表决通过", "不待任何机关通过、批准或同意"),
        ("会员退会应书面通知并交回会员证", "交回、结清等由双方自行办理"),
        ("会员退出，經幹部會議同意，並交還借用器材", "也不待其完成"),
    ],
)
def test_leaving_that_asks_for_more_than_a_notice_is_beyond(words: str, zh: str) -> None:
    """The clause stands with its words and with what is done instead; it is not said to be carried out."""
    (entry,) = said("membership.withdrawal_condition", words)
    assert entry.words == words
    assert zh in entry.zh
    text = part(words)
    sheet = sheet_of([text], [bind("membership.withdrawal_condition", text, words)], [], [], faults=())
    assert sheet.carried_out == ()
    assert entry in sheet.beyond


@pytest.mark.parametrize("words", ["会员退出应书面通知秘书处", "退会自由，无须批准", "成员可以随时退出"])
def test_leaving_by_notice_is_carried_out(words: str) -> None:
    """Nothing is asked that is not done; what needs no consent asks for none."""
    assert said("membership.withdrawal_condition", words) == []
    assert said("membership.withdrawal", words) == []


def test_what_the_rest_of_the_sentence_asks_is_asked() -> None:
    """Bound by its first clause alone; what follows in another sentence, or is about joining, is no condition of leaving."""
    one = part("会员可以退出本会，须经常务会同意。")
    (entry,) = otherwise([one], [bind("membership.withdrawal", one, "会员可以退出本会")])
    assert "不待任何机关通过、批准或同意" in entry.zh
    for text in ("入会须经理事会批准，会员可以退出本会。", "会员可以退出本会；入会须经理事会批准。"):
        assert list(otherwise([part(text)], [bind("membership.withdrawal", part(text), "会员可以退出本会")])) == []


def test_joining_by_the_vote_of_another_body_is_beyond() -> None:
    """The executive body signs; a vote of members is neither counted nor checked."""
    executive = bind("office.executive", part("理事会为本会执行机构", "3"), "理事会为本会执行机构")
    (entry,) = said("membership.decision", "入会申请经60%以上的会员投票通过", executive)
    assert "簿册不计其票" in entry.zh
    assert said("membership.decision", "入会申请由理事会审核", executive) == []
    (other,) = said("membership.decision", "入会申请由常务理事会审核", executive)
    assert other.zh == entry.zh


def test_a_period_of_the_decision_is_still_carried_out() -> None:
    """Both are said: the period runs, and the vote is held by that body itself."""
    text = part("会员大会应在收到入会申请后三十日内表决")
    sheet = sheet_of([text], [bind("membership.decision", text, text.text)], [], [], faults=())
    assert len(sheet.carried_out) == 1
    assert [e.capability for e in sheet.beyond] == ["membership.decision"]


def test_a_change_that_another_body_passes_first_is_beyond() -> None:
    """Its passing before is not checked; a change adopted by one body alone is no such case."""
    two = "修改本章程须经理事会表决通过后，报请会员大会审议"
    (entry,) = otherwise([part(two)], [])
    assert (entry.words, "不查另一机关" in entry.zh) == (two, True)
    assert list(otherwise([part("修改本章程须经会员大会三分之二以上表决通过")], [])) == []


def test_equal_numbers_of_different_bases_are_named_with_their_bases() -> None:
    """Not “4/5、4/5”: the clauses say of whom each is."""
    text = part("应有全体会员五分之四以上出席，出席会员五分之四以上同意")
    with pytest.raises(BadBinding, match="全体会员五分之四以上出席、出席会员五分之四以上同意") as caught:
        bind("amendment.adoption", text, text.text)
    assert "以谁计" in str(caught.value)


def test_a_lapse_is_proposed_with_its_condition() -> None:
    """What lapses, and after what: the whole sentence, not its last clause."""
    text = part("会员应按时参加活动。会员两年内不参加任何活动的，视为自动退会。")
    found = proposed([text], list(placed([text], reader())), reader())
    assert found["membership.lapse"].words == "会员两年内不参加任何活动的，视为自动退会"
    assert (found["membership.lapse"].value, found["membership.lapse"].unit) != ("", "")
