"""A share that stands in the text and that nothing is bound to is asked about, once each, before the text can be frozen."""

from __future__ import annotations

import pytest

from covenant.answering import settle
from gongyue.covenant.binding import sheet
from gongyue.covenant.binding.draft import begin, resume
from gongyue.covenant.binding.questions import questions
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.draft_edition import edition_of
from gongyue.covenant.edition import BadEdition

TEXT = """云帆行业公约
第一条 本公约由发起单位制定，由云帆联盟秘书处负责执行。
第二条 申请加入的，须经全体成员单位百分之六十以上同意。
第三条 修改本公约，须经全体成员单位三分之二以上同意；秘书长的报酬，须有全体成员单位三分之一以上认可。
第四条 本公约自公布之日起施行。
"""


def _unused(d):
    return [q for q in questions(d) if q.kind == "unused"]


def test_every_share_that_nothing_is_bound_to_is_asked_about_once() -> None:
    """Every share that nothing is bound to is asked about once."""
    d, asked = settle(begin(TEXT.encode(), "公约.txt"), [])
    assert asked["unused"] == 2, asked
    shares = {("2", "百分之六十"), ("3", "三分之一")}
    assert d.unused == () and {(s.at, d.read.parts[s.at].text[s.begin : s.end]) for s in d.read.outline.shares} > shares
    listed = {
        (e.at, e.words)
        for e in sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent).beyond
    }
    assert ("2", "第二条 申请加入的，须经全体成员单位百分之六十以上同意。".removeprefix("第二条 ")) in listed
    assert any(at == "3" and "三分之一" in words for at, words in listed)
    edition_of(d)


def test_an_answer_is_kept_with_the_draft_and_one_left_out_keeps_the_text_from_being_frozen() -> None:
    """An answer is kept with the draft and one left out keeps the text from being frozen."""
    d, _ = settle(begin(TEXT.encode(), "公约.txt"), [])
    again, carried = resume(TEXT.encode(), "公约.txt", d.draft)
    assert again.unused == () and not carried.bindings
    dropped = d.drop("amendment.adoption")
    (question,) = _unused(dropped)
    assert "三分之二" in question.zh and question.choices == ("leave", "bind")
    assert any(f.why == "doubt" and "三分之二" in f.zh for f in dropped.faults)
    with pytest.raises(BadEdition, match="三分之二"):
        edition_of(dropped.declare_absent("amendment.adoption", "另一事项"))
    with pytest.raises(BadBinding, match="没有待答"):
        d.resolve(question.line, "-1")


def test_two_shares_of_one_line_are_two_answers() -> None:
    """Of two sentences; those of one sentence are one question."""
    d = begin(TEXT.encode(), "公约.txt")
    of_line = [q for q in _unused(d) if q.at == "3"]
    assert [q.nth for q in of_line] == [1, 2]
    one = d.resolve(of_line[0].line, "-1")
    assert [q.nth for q in _unused(one) if q.at == "3"] == [2]


def test_a_period_that_nothing_is_bound_to_is_listed_and_needs_no_answer() -> None:
    """Three days of hearing are no time that rules go by: the sheet says so with the sentence; a period that is bound is not listed."""
    text = TEXT.replace(
        "第四条 ", "第四条 对决议有异议的，应在收到通知后三日内提出。本公约在生效后的20日内向社会公布。"
    )
    d, asked = settle(begin(text.encode(), "公约.txt"), [])
    assert asked["unused"] == 2
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent)
    said = [e.zh for e in made.beyond if e.at == "4"]
    bound = {b.value for b in d.records.bindings if b.kind == "period"}
    assert (20 in bound) and not any("20日" in zh for zh in said)
    assert [zh for zh in said if "三日" in zh] == ["“三日”没有绑定，不据以执行"]


OWNERS = """竹苑管理规约
第一条 业主委员会负责本规约的实施。
第二条 修改本规约，应当经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意。
第三条 本规约自公布之日起施行。
"""


def test_a_share_by_weight_says_so_where_it_is_left_and_where_it_is_refused() -> None:
    """The question tells the two alike apart and names the weight; binding says what would have heads counted."""
    d = begin(OWNERS.encode(), "规约.txt")
    (asked,) = _unused(d)
    assert "“过半数”（以表决权、面积、出资等权重" in asked.zh and "软件不能代为计算" in asked.zh
    assert "“过半数”（第 2 处）（以" in asked.zh and "(2 of those alike)" in asked.en
    with pytest.raises(BadBinding, match="把以人数计的份额另写成一句"):
        d.bind("amendment.adoption", "并参与表决人数过半数的业主同意".removeprefix("并"))


def test_heads_written_apart_are_bound_and_frozen() -> None:
    """The rewording that is proposed works: the weight is left, the heads are bound to the vote."""
    apart = OWNERS.replace("的业主且", "的业主同意。修改本规约，应当经")
    d = begin(apart.encode(), "规约.txt").bind("amendment.adoption", "应当经参与表决人数过半数的业主同意")
    assert [(b.value, b.inclusive, b.base) for b in d.records.bindings] == [("1/2", False, "voting")]
    d = settle(d, [])[0]
    assert d.faults == ()
