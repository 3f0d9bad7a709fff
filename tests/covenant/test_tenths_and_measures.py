"""Tenths are shares; what a span of years costs, how old somebody is and which year comes next are no periods."""

from __future__ import annotations

import pytest

from gongyue.covenant.numbers import read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("须经全体会员六成同意", "3/5"),
        ("参加表决的会员不少于三成，", "3/10"),
        ("须经七成半以上会员同意", "3/4"),
        ("须有会员七成五以上出席", "3/4"),
    ],
)
def test_tenths_are_shares(text: str, value: str) -> None:
    """Tenths are shares."""
    assert [(n.kind, n.value) for n in read(text)] == [("share", value)]


@pytest.mark.parametrize(
    "text", ["收益六成平均分配", "会员三成群结队", "於次一學年度開始", "欠繳達二年之管理費用", "缴纳四年的费用"]
)
def test_what_is_none(text: str) -> None:
    """What is none."""
    assert [n for n in read(text) if n.kind in ("share", "period")] == []


def test_an_age_with_two_ends_and_the_end_of_a_month() -> None:
    """An age with two ends and the end of a month."""
    assert [(n.kind, n.value) for n in read("满90周至99周岁的")] == [("age", 90), ("age", 99)]
    assert [(n.kind, n.value) for n in read("三月底前公布，二月末报告")] == [("date", "03-31"), ("date", "02-28")]


def test_the_period_beside_money_is_still_one() -> None:
    """The period beside money is still one."""
    assert [(n.kind, n.value, n.unit) for n in read("二年内缴清管理费用，下一次会议在三年后召开")] == [
        ("period", 24, "month"),
        ("period", 36, "month"),
    ]
