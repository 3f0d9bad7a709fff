"""A range of periods has two ends: both are read, what is counted by is the later, and a person is told before freezing."""

from __future__ import annotations

import pytest

from gongyue.cli import numerals
from gongyue.covenant import assumed, numbers
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding.questions import next_question
from gongyue.covenant.binding.records import BadBinding, bind
from gongyue.covenant.binding.said_besides import besides
from gongyue.covenant.parser import read
from gongyue.covenant.text import Part

DECISION = "执行机构应当在收到申请之日起1-3个工作日内审核并决定是否同意加入。"


def part(text: str) -> Part:
    """An article."""
    return Part("2", "第2条", None, text)


@pytest.mark.parametrize("dash", [*"至到~～〜—–-－‐‑‒―−", "——", "--", " - "])
def test_whatever_dash_joins_the_ends_both_are_read(dash: str) -> None:
    """None of them is left out of the account."""
    assert [(n.value, n.unit) for n in numbers.read(f"在1{dash}3个工作日内。")] == [(1, "workday"), (3, "workday")]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("收到申请之日起三至五日内决定。", 5, "五日"), ("自收到之日起15日至30日内决定。", 30, "30日"), ("每届任期3—5年。", 60, "5年"),
        ("每两至三年公布名单。", 36, "三年"), ("半年至一年内公布。", 12, "一年"),
    ],
)  # fmt: skip
def test_the_later_end_is_bound_and_in_doubt(text: str, value: int, words: str) -> None:
    """The words of the whole range can be bound: nothing is late before the text says so."""
    bound = bind("membership.decision", part(text), text[:-1])
    assert bound.value == value
    assert [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text)] == [
        (words, "是范围的后一端，据以计算的是它；前一端不据以计算")
    ]


@pytest.mark.parametrize("text", ["三日、五日内决定。", "五至三日内决定。", "三日至五个工作日内决定。"])
def test_what_is_no_range_is_still_two_numbers(text: str) -> None:
    """Listed, falling, of two units: somebody selects one."""
    with pytest.raises(BadBinding, match="载有不同的数"):
        bind("membership.decision", part(text), text[:-1])


def test_both_ends_run_from_the_same_and_are_delays_alike() -> None:
    """What follows the last end is said of both."""
    assert [(n.start, n.delay) for n in numbers.read("公告1-3日后生效。")] == [("publication", True)] * 2
    assert [n.start for n in numbers.read("批准1-3日内公布。")] == ["approval", "approval"]


def test_a_range_is_proposed_asked_about_and_quoted_and_one_term() -> None:
    """From the text to what `verify` prints."""
    text = f"邻里公约\n第一条 秘书处为本公约的执行机构。\n第二条 {DECISION}\n第三条 本公约自公布之日起施行。"
    drafting = binding_draft.begin(text.encode(), "公约.txt")
    proposed = drafting.read.proposals["membership.decision"]
    assert (proposed.words, proposed.value, proposed.unit) == (DECISION[:-1], 3, "workday")
    asked = next_question(drafting)
    assert asked and (asked.kind, asked.line) == ("assumed", 3)
    quoted = [e.zh for e in besides([part(DECISION)], [], [proposed], [], "")]
    assert "加入的决定：“3个工作日”是范围的后一端，据以计算的是它；前一端不据以计算" in quoted
    assert [(t.value, t.unit) for t in read(text.encode(), "公约.txt").terms] == [(3, "workday")]
    lines = list(numerals.lines(numerals.of([("第2条", DECISION, "")]), "zh"))
    assert lines[1] == "  第2条  “1”  期限 1 个工作日，含本数，自收到起，至“3个工作日”的范围"


@pytest.mark.parametrize("text", ["两三天内答复。", "三五日内答复。", "七八个工作日内答复。"])
def test_about_so_many_is_no_number(text: str) -> None:
    """两三天 is not twenty-three days: it is not read, and a doubt."""
    assert [n for n in numbers.read(text) if n.kind == "period"] == []
    assert [zh for _, zh, _ in assumed.doubts(text)] == ["没有写明多少，不读作期限"]
