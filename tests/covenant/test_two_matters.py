"""Two numbers for two matters, shares that say another matter, and what a text leaves unsaid: each at its boundary."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import sheet, sheet_absences
from gongyue.covenant.binding.draft import begin
from gongyue.covenant.binding.draft_file import AS_READ
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.draft_edition import edition_of, faults_of

from .answering import settle

HALVES = """湖区学会章程
第一条 秘书处作为本章程的执行机构。
第二条 {other}
第三条 修改本章程，须有会员半数以上出席，并经出席会员三分之二以上同意。
第四条 本章程自公布之日起施行。
"""


@pytest.mark.parametrize(
    ("other", "stands"),
    [
        ("重要提案的表决须有会员三分之二以上出席方可进行。", True),
        ("会员大会须有会员三分之二以上出席方可召开。", False),  # of every meeting
        ("重要提案的表决须有会员三分之二以上出席方可进行，修改章程属重要提案。", False),
    ],
)
def test_a_quorum_of_another_matter_may_be_decided_to_be_so(other: str, stands: bool) -> None:
    """A quorum of another matter may be decided to be so."""
    d = begin(HALVES.format(other=other).encode(), "x.txt").bind("vote.quorum", "须有会员半数以上出席", "3")
    done, _ = settle(d, [])
    assert (faults_of(done) == ()) is stands
    if stands:
        shown = sheet.sheet_of(done.read.outline.parts, done.records.bindings, done.decisions, done.records.absent)
        assert any("重要提案" in e.words for e in shown.other)


@pytest.mark.parametrize(
    ("general", "words"),
    [
        ("提前支取定期存款，须经与会会员过半数同意。会员大会的决议须经到会会员四分之三以上通过。", "3/4"),
        ("会员大会须有三分之二以上会员出席，其决议须经到会会员半数以上通过。", "1/2"),
    ],
)
def test_what_is_proposed_for_changes_is_neither_another_matters_nor_the_quorum(general: str, words: str) -> None:
    """What is proposed for changes is neither another matters nor the quorum."""
    text = f"湖区学会章程\n第一条 秘书处作为本章程的执行机构，会员大会修改章程。\n第二条 {general}\n第三条 本章程自公布之日起施行。\n"
    proposals = begin(text.encode(), "x.txt").read.proposals
    assert proposals["amendment.adoption"].value == words and proposals["vote.resolution"].value == words


BARE = """湖区公约
第一条 公约由各商户共同遵守。
第二条 商户不得欺客。
第三条 修改本公约，须经全体商户三分之二以上同意。
"""


def test_a_text_that_says_neither_force_nor_body_declares_both_absent() -> None:
    """A text that says neither force nor body declares both absent."""
    d = begin(BARE.encode(), "x.txt")
    for name in ("founding.effect", "founding.in_force", "office.executive"):
        d = d.declare_absent(name, "另一事项") if name not in d.absences else d
    done, _ = settle(d, [])
    assert faults_of(done) == ()
    absent = {a.capability: a.then for a in edition_of(done).absent}
    assert "公布之日起施行" in absent["founding.in_force"] and "创立时指定" in absent["office.executive"]
    shown = sheet_absences.absences(done.read.outline.parts, done.decisions, done.records.absent)
    assert any("公布之日起施行" in e.zh for e in shown)


@pytest.mark.parametrize("name", ["founding.in_force", "office.executive"])
def test_words_that_say_nothing_of_force_or_body_are_refused(name: str) -> None:
    """Words that say nothing of force or body are refused."""
    d = begin(BARE.encode(), "x.txt").bind(name, "商户不得欺客", "2")
    assert any(f.why == "misplaced" and f.capability == name for f in faults_of(d))


@pytest.mark.parametrize("said", ["本公约自公布之日起施行。", "本公约经全体商户签字后生效。"])
def test_a_text_that_says_when_it_is_in_force_cannot_do_without(said: str) -> None:
    """A text that says when it is in force cannot do without."""
    with pytest.raises(BadBinding):
        begin(f"{BARE}第四条 {said}\n".encode(), "x.txt").declare_absent("founding.in_force", "仅提及")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("商户违反本公约规定的，市场管理部门可以劝告。", "founding.approval"),
        ("秘书处保管章程、会议记录和签名簿。", "founding.signature"),
    ],
)
def test_a_guard_is_not_hit_by_what_only_looks_like_it(said: str, name: str) -> None:
    """A guard is not hit by what only looks like it."""
    assert begin(f"{BARE}第四条 {said}\n".encode(), "x.txt").declare_absent(name).absences[name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("违反本公约的，不予接纳，本公约经主管部门批准后生效。", "founding.approval"),
        ("本公约经各商户在签名簿上签名后生效。", "founding.signature"),
    ],
)
def test_a_guard_still_stands_beside_such_words(said: str, name: str) -> None:
    """A guard still stands beside such words."""
    with pytest.raises(BadBinding):
        begin(f"{BARE}第四条 {said}\n".encode(), "x.txt").declare_absent(name, "仅提及")


def test_representatives_at_an_assembly_of_members_are_a_doubt() -> None:
    """Representatives at an assembly of members are a doubt."""
    text = BARE.replace("须经全体商户三分之二以上同意。", "由会员大会决定，其决议须经到会代表三分之二以上同意。")
    d = begin(text.encode(), "x.txt")
    (doubt,) = [q for q in d.doubts if "三分之二" in q.why]
    assert "出席者" in doubt.why and d.resolve(doubt.line, AS_READ).doubts == ()


@pytest.mark.parametrize(
    "said",
    [
        "制定和修改本公约以及罢免干事，须经全体商户三分之二以上通过方能生效。",
        "对本公约的修改，须经全体商户三分之二以上表决通过后生效。",
    ],
)
def test_the_force_of_a_change_is_not_that_of_the_text(said: str) -> None:
    """The force of a change is not that of the text."""
    text = BARE.replace("修改本公约，须经全体商户三分之二以上同意。", said)
    d = begin(text.encode(), "x.txt")
    assert "founding.in_force" not in d.read.proposals
    assert d.declare_absent("founding.in_force").absences["founding.in_force"].then


def test_a_turnout_beside_the_share_of_consents_is_the_quorum() -> None:
    """A turnout beside the share of consents is the quorum."""
    text = BARE.replace(
        "修改本公约，须经", "修改本公约的表决，参与表决者不少于全体会员三成、赞成者过半数的，方为有效。修改本公约另须经"
    )
    d = begin(text.encode(), "x.txt").bind("vote.quorum", "参与表决者不少于全体会员三成", "3")
    (quorum,) = d.records.bindings
    assert (quorum.value, quorum.base) == ("3/10", "roll")
    assert not [f for f in d.conflicts if f.capability == "vote.quorum" and f.why == "misplaced"]


def test_a_second_way_without_a_comma_is_left_where_the_stricter_is_bound() -> None:
    """A second way without a comma is left where the stricter is bound."""
    said = "章程之变更以出席会员四分之三以上之同意或全体会员三分之二以上书面之同意行之。"
    d = begin(
        f"湖区学会章程\n第一条 秘书处作为本章程的执行机构。\n第二条 {said}\n第三条 本章程自公布之日起施行。\n".encode(),
        "x.txt",
    )
    done, _ = settle(d.bind("amendment.adoption", "以出席会员四分之三以上之同意", "2"), [])
    assert [f.why for f in faults_of(done)] == []


TWO_THIRDS = "修改本章程须经全体会员三分之二以上同意"
ENDS = """湖区学会章程
第一条 秘书处作为本章程的执行机构。
第二条 {said}
第三条 本章程自公布之日起施行。
"""


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (f"{TWO_THIRDS}；解散本会，须经全体会员四分之三以上同意。", True),
        (f"{TWO_THIRDS}。本会的终止，须经全体会员四分之三以上同意。", True),
        (f"{TWO_THIRDS}；解散本会、变更宗旨，须经全体会员四分之三以上同意。", False),
        (f"{TWO_THIRDS}；解散本会，须经全体会员四分之三以上同意，修改亦同。", False),
        (f"{TWO_THIRDS}；修改章程{'，本会诚信' * 90}，解散本会，须经全体会员四分之三以上同意。", False),
        (f"{TWO_THIRDS}；终止会员资格，须经全体会员四分之三以上同意。", False),
        (f"{TWO_THIRDS}；本章程第三条的终止，须经全体会员四分之三以上同意。", False),
    ],
)
def test_the_end_of_the_association_is_another_matter_than_its_change(said: str, stands: bool) -> None:
    """By other matter with a reason, or by its own capability; what is of a change as well, or of another end, is neither."""
    d = begin(ENDS.format(said=said).encode(), "x.txt")
    assert d.read.proposals["amendment.adoption"].value == "2/3"
    other, _ = settle(d.accept("amendment.adoption"), [])
    assert (faults_of(other) == ()) is stands
    own, _ = settle(d.accept("amendment.adoption").bind("termination", "须经全体会员四分之三以上同意"), [])
    assert (faults_of(own) == ()) is stands


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (f"{TWO_THIRDS}，解散本会须经全体会员四分之三以上同意。", True),
        (f"解散本会须经全体会员四分之三以上同意，{TWO_THIRDS}。", True),
        ("解散本会须经全体会员三分之二以上同意，修改本章程须经全体会员四分之三以上同意。", False),
    ],
)  # fmt: skip
def test_in_one_sentence_the_end_is_bound_to_what_it_is_of(said: str, stands: bool) -> None:
    """Declared absent it would be passed over; a share of a change is never bound to the end."""
    d = begin(ENDS.format(said=said).encode(), "x.txt")
    changes = "解散本会须经全体会员三分之二以上同意" if "三分之二以上同意，修改" in said else TWO_THIRDS
    bound = d.bind("amendment.adoption", changes, "2")
    left, _ = settle(bound.declare_absent("termination", "另一事项"), [])
    assert "borrowed" in {f.why for f in faults_of(left)}
    end = next(c for c in said.rstrip("。").split("，") if "四分之三" in c)
    own, _ = settle(bound.bind("termination", end, "2"), [])
    assert (faults_of(own) == ()) is stands
