"""Who proposes a change where the text names a body: what is bound, shown and refused (article 22)."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import questions
from gongyue.covenant.binding.binding_text import number_of
from gongyue.covenant.binding.records import Binding, bind
from gongyue.covenant.binding.sheet import otherwise
from gongyue.covenant.proposers import PROPOSAL, body_that_proposes
from gongyue.covenant.text import Part
from gongyue.covenant.unsupported_clauses import beyond
from tests.covenant.test_binding_drafts import small

COUNCIL = "对本会章程的修改，须经理事会提交会员大会表决通过。"


def part(text: str, at: str = "9") -> Part:
    """An article of that text."""
    return Part(at, f"第{at}条", None, text)


def bound(words: str) -> Binding:
    """Those words as the clause on who proposes."""
    return bind(PROPOSAL, part(words), words)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("须经理事会提交会员大会表决通过", "理事会"), ("由理事会提出", "理事会"), (COUNCIL, "理事会"), ("应由會長提出", "会长"),
        ("由秘书处报会员大会审议", "秘书处"),
        ("修改的提案权属于理事会", "理事会"), ("由理事会提出，经三分之二以上会员同意", "理事会"), ("经公约执行机构提议", "执行机构"),
        ("由会员提出", ""), ("由理事会或者会员联名提出", ""), ("由理事会提出，会员也可以提议", ""), ("任何成员均可向理事会提出", ""),
        ("由理事会提出或会员提出", ""),
        ("经公约执行机构或本公约十分之一以上成员单位提议", ""), ("理事会可以提出修改章程的建议", ""), ("须经理事会表决通过后报会员大会审议", ""),
        ("由主管部门提出", ""),
    ],
)  # fmt: skip
def test_a_body_proposes_alone_where_it_must_and_nobody_else_may(words: str, body: str) -> None:
    """须, 由 and 经 before a body of the text's own; not 可以, not what it only passes, not beside members."""
    assert body_that_proposes(words) == body
    assert bool(list(beyond([bound(words)]))) == (not body and "十分之一" not in words)


def test_it_is_bound_and_said_what_is_done() -> None:
    """Proposed with its meaning; where the body is not the one bound as executive, what is not checked is said."""
    d = small(f"秘书处作为本会章程的执行机构。\n{COUNCIL}\n本章程自公布之日起施行。")
    q = questions.of_capability(d, PROPOSAL)
    assert q.proposal is not None and "accept" in q.choices
    assert number_of(q.proposal.binding) == (
        "只由执行机构提出，成员单位不得自行提议",
        "the executive body alone proposes, no member does",
    )
    one = bound("须经理事会提交会员大会表决通过")
    (said,) = otherwise([part(one.words)], [one])
    assert "理事会是否已经提出、通过，由其自行办理，簿册不查" in said.zh
    council = bind("office.executive", part("理事会作为本会的执行机构", "2"), "理事会作为本会的执行机构")
    assert list(otherwise([part(one.words), part(council.words, "2")], [one, council])) == []


def test_a_proposer_that_is_neither_share_nor_body_is_not_bound() -> None:
    """The fault says which words would do."""
    (fault,) = beyond([bound("由会员提出")])
    assert "或写明只由哪一机构提出" in fault.zh and "the body that alone proposes" in fault.en
