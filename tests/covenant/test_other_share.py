"""Two shares for changes: what freezing would refuse is told as one of them is bound, and how both are stated truthfully."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding.draft import Drafting, begin
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.questions import questions
from gongyue.covenant.draft_edition import edition_of

from .answering import settle

TWO = "修改本章程须经全体会员三分之二以上同意{}重大修改须经全体会员四分之三以上同意"
TEXT = "云山商会章程\n第一条 秘书处为本会的执行机构。\n第二条 {}。\n第三条 本章程自发起会员签署之日起生效，自公布之日起施行。\n"
WEAKER, GRAVER = "修改本章程须经全体会员三分之二以上同意", "重大修改须经全体会员四分之三以上同意"
ADOPTION = "amendment.adoption"


def drafted(said: str) -> Drafting:
    """A draft on the text whose second article says so."""
    return begin(TEXT.format(said).encode(), "章程.txt")


def asked(d: Drafting) -> Question:
    """The question on the adoption of a change."""
    return next(q for q in questions(d) if q.capability == ADOPTION)


def test_the_weaker_of_two_shares_is_told_as_it_is_bound_in_the_words_of_the_refusal() -> None:
    """The same words keep the edition from being frozen; the question on the sentence that is left has them, too."""
    d = drafted(TWO.format("；")).bind(ADOPTION, WEAKER)
    ((fault, (zh, en)),) = d.others
    assert fault in d.faults and zh.startswith(fault.zh) and en.startswith(fault.en)
    assert "绑定较严的一处，另一句记为另一事项" in zh and "write two of it first" in en
    left = next(q for q in questions(d) if q.kind == "sentence" and GRAVER in q.words)
    assert fault.zh in left.zh and fault.en in left.en


def test_of_grave_changes_and_others_the_stricter_is_proposed_and_can_be_frozen() -> None:
    """What is proposed leaves nothing that is told, and the text is frozen by it."""
    d = drafted(TWO.format("；"))
    proposal = asked(d).proposal
    assert proposal is not None and proposal.binding.words == GRAVER
    assert "如实写明两个份额" not in proposal.zh
    d, _ = settle(d, [])
    assert edition_of(d).open == () and not d.others


def test_two_shares_in_one_sentence_are_told_with_the_proposal() -> None:
    """Neither can be left there; the proposal says that two sentences have to be written of it."""
    proposal = asked(drafted(TWO.format("，"))).proposal
    assert proposal is not None and "先把条文改成两句" in proposal.zh and "write two of it first" in proposal.en


@pytest.mark.parametrize(
    "said",
    [
        WEAKER,
        f"{WEAKER}。解散本会须经全体会员四分之三以上同意",
        f"{WEAKER}。重大事项须经全体会员四分之三以上同意",
    ],
)
def test_a_share_of_another_matter_is_no_other_share_of_changes(said: str) -> None:
    """Nothing is told, and what is proposed is the share of changes."""
    proposal = asked(drafted(said)).proposal
    assert proposal is not None and proposal.binding.words == WEAKER
    assert "如实写明两个份额" not in proposal.zh and not drafted(said).bind(ADOPTION, WEAKER).others
