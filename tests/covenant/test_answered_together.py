"""Answers that settle several questions: sentences left for one reason, the shares of one sentence, the same words for two matters."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import absences, alike_proposals, sentences_left
from gongyue.covenant.binding.draft import Drafting, begin
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.questions import next_question, of_capability, questions
from gongyue.covenant.binding.records import BadBinding

from .answering import answer

LAKE = """湖心公约
第一条 秘书处是本公约的执行机构，负责本公约的执行。
第二条 成员单位应当遵守国家法律、法规。
第三条 成员单位应当自觉遵守法律和行业政策。
第四条 成员单位应当公平竞争。
第五条 成员单位不得不正当竞争。
第六条 秘书处每季度公布成员单位名单。
第七条 理事会会议须有过半数理事出席，所作决定须经出席理事三分之二以上同意。
第八条 本公约经成员单位签字后生效，秘书处应当在生效后十日内向社会公布。
第九条 本公约自公布之日起施行。
"""


def at_the_rest(text: str = LAKE) -> Drafting:
    """Everything answered up to the first sentence that is left."""
    d = begin(text.encode(), "湖心公约.txt")
    while (q := next_question(d)) and q.kind != "sentence":
        d = answer(d, q, [])
    return d


def rest(d: Drafting) -> list[Question]:
    return sentences_left.listed(questions(d))


def test_one_reason_settles_the_sentences_that_are_listed_as_one_step() -> None:
    """What is recorded is what answering one by one records; taken back as one."""
    d = at_the_rest()
    several = rest(d)
    assert len(several) > 1
    made = sentences_left.set_aside(d, [q.id for q in several], "仅提及")
    one_by_one = d
    for q in several:
        wanted = {(p.capability, p.at, p.words) for p in q.passages}
        one_by_one = one_by_one.other(
            [p for p, _ in one_by_one.undecided if (p.capability, p.at, p.words) in wanted], "仅提及"
        )
    assert made.records == one_by_one.records and made.undo().records == d.records
    assert len(made.draft.steps) == len(d.draft.steps) + 1


def test_a_sentence_is_taken_out_of_the_list_and_asked_by_itself() -> None:
    """But for the first: that one stays, alone and in no list."""
    d = at_the_rest()
    first, *others = rest(d)
    made = sentences_left.set_aside(d, [q.id for q in others], "同一事项，已绑定另一处")
    assert rest(made) == [] and first.id in [q.id for q in questions(made)]


def test_a_sentence_on_a_guard_is_on_no_list() -> None:
    """Whoever posts it with the others settles nothing, and is told why."""
    d = at_the_rest()
    guarded = [q for q in questions(d) if q.kind == "sentence" and q.guard]
    assert guarded and all("founding.in_force" in [p.capability for p in q.passages] for q in guarded)
    assert not {q.id for q in guarded} & {q.id for q in rest(d)}
    with pytest.raises(BadBinding, match="签署、批准、施行"):
        sentences_left.set_aside(d, [*[q.id for q in rest(d)], guarded[0].id], "仅提及")
    for ids in ([], ["sentence:99:0"]):
        with pytest.raises(BadBinding):
            sentences_left.set_aside(d, ids, "仅提及")
    with pytest.raises(BadBinding, match="理由"):
        sentences_left.set_aside(d, [q.id for q in rest(d)], "无")


def test_the_list_counts_as_one_decision() -> None:
    """Beside that of absences."""
    d = at_the_rest()
    open_ = list(questions(d))
    assert absences.decisions(open_) == len(open_) - len(rest(d)) - len(absences.listed(open_)) + 2


def test_the_shares_of_one_sentence_are_one_question() -> None:
    """Both named in it; left with one answer; each can still be left by itself."""
    d = begin(LAKE.encode(), "湖心公约.txt")
    (q,) = [q for q in questions(d) if q.kind == "unused"]
    assert "“过半数”" in q.zh and "“三分之二”" in q.zh and q.shares == ((8, 1), (8, 2))
    assert sentences_left.leave(d, q).unused == () and len(d.resolve(8, "-1").unused) == 1


def test_the_same_words_are_accepted_for_two_matters() -> None:
    """The list and how often it appears, as one step; no guard comes with it."""
    d = begin(LAKE.encode(), "湖心公约.txt")
    q = of_capability(d, "publication.list")
    assert [o.capability for o in alike_proposals.of(d, q)] == ["publication.list_period"]
    made = alike_proposals.accept(d, q)
    assert made.bound == {"publication.list", "publication.list_period"} and made.undo().bound == set()
    assert all("founding.signature" not in [o.capability for o in alike_proposals.of(d, of_capability(d, n))] for n in d.read.proposals)  # fmt: skip
    with pytest.raises(BadBinding, match="没有别的事项"):
        alike_proposals.accept(d, of_capability(d, "office.executive"))


def test_a_guard_is_answered_by_itself_alone() -> None:
    """签字后生效 is proposed for the signature and for the effect: neither brings the other."""
    d = begin(LAKE.encode(), "湖心公约.txt")
    same = [n for n, b in d.read.proposals.items() if b.words == d.read.proposals["founding.signature"].words]
    assert "founding.effect" in same
    assert all(alike_proposals.of(d, of_capability(d, n)) == [] for n in ("founding.signature", "founding.approval") if n in d.read.proposals)  # fmt: skip
    with pytest.raises(BadBinding, match="没有别的事项"):
        alike_proposals.accept(d, of_capability(d, "founding.signature"))


def test_a_sentence_that_keeps_the_text_from_being_frozen_is_on_no_list() -> None:
    """Two shares of a change: the other one is asked by itself, with how both are stated."""
    two = "第七条 修改本公约须经全体成员三分之二以上同意。\n第十条 修改本公约第一条的，须经全体成员四分之三以上同意。\n"
    d = begin(LAKE.replace("第七条", two + "第十一条").encode(), "湖心公约.txt")
    while (q := next_question(d)) and q.kind != "sentence":
        d = d.accept(q.capability) if q.proposal else answer(d, q, [])
    (other,) = [q for q in questions(d) if q.kind == "sentence" and "四分之三" in q.words]
    assert other.alone and not other.guard and "绑定较严的一处" in other.zh and len(rest(d)) > 1
    assert other.id not in {q.id for q in rest(d)}


def test_a_share_follows_from_no_other() -> None:
    """The same resolution proposed for general matters and for changes: each is asked."""
    text = "湖心章程\n第一条 秘书处执行本章程。\n第二条 会员大会修改本章程，作出决定须经全体会员三分之二以上同意。\n"
    d = begin(text.encode(), "章程.txt")
    assert {"amendment.adoption"} <= d.read.proposals.keys()
    for name in ("amendment.adoption", "vote.resolution"):
        assert alike_proposals.of(d, of_capability(d, name)) == []
