"""Bound clauses that are negated, forbidden, suspended or unsaid: no edition holds by which they are carried out, `verify` opens none.

Each was lawful once: the words were bound, the verb in them was turned round, and the change was adopted all the same.
"""

from __future__ import annotations

import pytest

from attacks.forcing import verified
from attacks.test_forged_editions import Bound, forged, seed, seed_with, why
from gongyue.covenant.binding.sheet import otherwise, sheet_of
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.edition_json import load, to_data
from support.alliance import Alliance
from support.editions import TEXT

ADOPTION, APPROVAL, SIGNATURE, CONSENT = (
    "amendment.adoption",
    "founding.approval",
    "founding.signature",
    "annex.consent",
)
FORCE, EXECUTIVE, AUTHORITY = "founding.in_force", "office.executive", "interpretation.authority"
SIGNED = "经公约发起单位法定代表人或其委托的代表签字"
TURNED = [
    ("可以对本公约进行修改", "不可以对本公约进行修改", ADOPTION, ()),
    ("第五条 中关村大数据产业联盟作为", "第五条 中关村大数据产业联盟不作为", EXECUTIVE, (EXECUTIVE, "5", "中关村大数据产业联盟不作为本公约的执行机构")),
    ("也可以退出本公约", "也不可以退出本公约", "membership.withdrawal", ()),
    ("均可以申请加入本公约", "均不可以申请加入本公约", "membership.application", ()),
    ("由中关村大数据产业联盟负责解释", "不由中关村大数据产业联盟负责解释", AUTHORITY, (AUTHORITY, "25", "本公约不由中关村大数据产业联盟负责解释")),
    ("本公约自公布之日起施行", "本公约自公布之日起不得施行", FORCE, (FORCE, "26", "本公约自公布之日起不得施行")),
    ("本公约自公布之日起施行", "本公约自公布之日起停止施行", FORCE, (FORCE, "26", "本公约自公布之日起停止施行")),
    ("本公约自公布之日起施行", "本公约自公布之日起暂不施行", FORCE, (FORCE, "26", "本公约自公布之日起暂不施行")),
    ("经三分之二以上成员单位同意", "并非须经三分之二以上成员单位同意", ADOPTION, (ADOPTION, "22", "并非须经三分之二以上成员单位同意")),
    ("经三分之二以上成员单位同意", "纵未经三分之二以上成员单位同意", ADOPTION, (ADOPTION, "22", "纵未经三分之二以上成员单位同意")),
    ("经三分之二以上成员单位同意", "勿论经三分之二以上成员单位同意与否", ADOPTION, (ADOPTION, "22", "勿论经三分之二以上成员单位同意与否")),
    ("并经由主管部门批准后生效", "不经由主管部门批准后生效", APPROVAL, (APPROVAL, "21", "不经由主管部门批准后生效")),
    (SIGNED, f"未{SIGNED}", SIGNATURE, (SIGNATURE, "21", f"未{SIGNED}")),
    ("经公约成员单位同意后，作为", "不经公约成员单位同意，作为", CONSENT, (CONSENT, "24", "不经公约成员单位同意")),
    ("经公约成员单位同意后，作为", "经公约成员单位同意后，不作为", CONSENT, ()),
    ("由公约执行机构视不同情况给予", "公约执行机构不得给予", "sanction.list", ()),
    ("并将调查结果向全体成员单位公布", "并不将调查结果向全体成员单位公布", "result.publish", ()),
    ("任何其他成员单位均有权及时", "任何其他成员单位均无权", "report.file", ()),
    ("可以在本公约之下发起制订", "不可以在本公约之下发起制订", "annex.initiation", ()),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "name", "bound"), TURNED)
def test_a_bound_clause_that_is_turned_round_is_refused(old: str, new: str, name: str, bound: Bound) -> None:
    """A negation, a prohibition, a suspension before the verb that a rule carries out, or in the clause after its condition."""
    text = seed_with(old, new)
    edition = forged(text, bound) if bound else forged(text)
    with pytest.raises(BadEdition):
        load(to_data(edition))
    assert why(edition, name) == {"against"}


def test_a_share_that_is_dispensed_with_is_not_asked() -> None:
    """免经 as 无须经: a draft may say so, and is not frozen (decision 0084)."""
    words = "免经三分之二以上成员单位同意"
    edition = forged(seed_with(words[1:], words), (ADOPTION, "22", words))
    with pytest.raises(BadEdition, match="免除的"):
        load(to_data(edition))
    assert why(edition, ADOPTION) == {"not-asked"}


@pytest.mark.parametrize("before", ["并非", "禁止", "暂缓", "会长愿意时，", "据传"])
@pytest.mark.parametrize(
    ("name", "at", "words"),
    [
        (ADOPTION, "22", "经三分之二以上成员单位同意"),
        (EXECUTIVE, "5", "中关村大数据产业联盟作为本公约的执行机构"),
        (AUTHORITY, "25", "本公约由中关村大数据产业联盟负责解释"),
        (FORCE, "26", "本公约自公布之日起施行"),
        ("sanction.list", "18", "给予在公约成员单位内部通报或取消公约成员资格的处理"),
        ("sanction.conditions", "18", "造成不良影响，经查证属实的"),
    ],
)
def test_what_stands_before_bound_words_turns_them_round(before: str, name: str, at: str, words: str) -> None:
    """The same words of every matter, sanctions with theirs, too."""
    assert "against" in why(forged(seed_with(words, before + words), (name, at, before + words)), name)


@pytest.mark.parametrize("after", ["之说不足为凭", "一节作废"])
def test_what_stands_after_bound_words_unsays_them(after: str) -> None:
    """Behind the verb."""
    words = "本公约由中关村大数据产业联盟负责解释"
    assert why(forged(seed_with(words, words + after), (AUTHORITY, "25", words + after)), AUTHORITY) == {"against"}


DOUBTED = [
    ("本公约成员单位也可以退出", "本公约成员单位在未受调查时也可以退出"),
    ("经查证属实的", "经查证属实而非初犯的"),
]


@pytest.mark.parametrize(("old", "new"), DOUBTED)
def test_a_negation_of_something_else_is_quoted(old: str, new: str) -> None:
    """Nothing is refused by it; the sheet and `verify` quote the clause, and what is bound stays among what is carried out."""
    edition = forged(seed_with(old, new))
    load(to_data(edition))
    told = [e for e in otherwise(edition.parts, edition.bindings) if "所绑定的句子里有否定" in e.zh]
    assert [new in e.zh for e in told] == [True]
    sheet = sheet_of(edition.parts, edition.bindings, edition.decisions, edition.absent)
    assert told[0] in sheet.beyond
    if "退出" in new:
        assert {e.capability for e in sheet.carried_out} >= {"membership.withdrawal", "membership.withdrawal_condition"}


def test_the_covenants_own_text_has_nothing_to_doubt() -> None:
    """不良影响, 视不同情况 and 不正当手段 turn nothing round."""
    made = seed()
    assert not [e for e in otherwise(made.parts, made.bindings) if "否定" in e.zh]


def test_verify_quotes_the_doubt() -> None:
    """Whoever checks the book reads the clause; the verdict is another matter."""
    old, new = DOUBTED[0]
    report = verified(Alliance(members=3, initiators=2, text=forged(TEXT.replace(old, new))).in_force())
    assert report.code == 0
    assert any(new in said.zh for said in report.absent)
