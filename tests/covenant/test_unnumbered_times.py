"""Every unit of time that is part of no number is listed, or belongs to a word that says no time."""

from __future__ import annotations

import pytest

from gongyue.covenant import unnumbered_times


def found(text: str) -> list[str]:
    """The words that say a time without a numeral."""
    return [text[begin:end] for begin, end in unnumbered_times.find(text, ())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("年度大会审议。", ["年度"]), ("每届理事会决定。", ["每届"]), ("会计年度开始前提交。", ["会计年度开始前"]),
        ("隔年召开。", ["隔年"]), ("逐年递增。", ["逐年"]),
        ("换届时公布。", ["换届时"]),
        ("月末公布，学期初招新，季末审计。", ["月", "学期", "季"]), ("届满前办理。", ["届满"]),
        ("及时答复，立即公布，尽快处理。", ["及时", "立即", "尽快"]),
        ("不定期检查，经常自查。", ["不定期", "经常"]), ("下旬举行，每旬一报。", ["旬", "每旬"]),
        ("財年結束後公布。", ["財年結束後"]), ("週末值班，禮拜日休息。", ["週", "禮拜日"]),
        ("PMC年度会议。", ["年度"]),
        ("任期内不得兼职，任期期间述职，离任后移交。", ["任期内", "任期期间", "离任后"]),
        ("活动举行前提前报备，结束后总结。", ["举行前提前", "结束后"]),
        ("下次会议表决，上一届理事移交，下屆改選。", ["下次", "上一届", "下屆"]),
        ("應於合理時限內儘速處理，適當時候公開。", ["合理時限內儘速", "適當時候"]),
        ("第一时间报告。", ["第一时间"]), ("毕业时自动退会，寒假停办。", ["时", "寒假"]),
    ],
)  # fmt: skip
def test_a_time_without_a_numeral_is_listed(text: str, words: list[str]) -> None:
    """Whatever its unit, in either script."""
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "日常事务由秘书处办理。", "年龄不限，青年优先，未成年人除外。", "有疑问的时候可以询问，同时说明。", "天然气与航天企业。", "周边单位，众所周知。",
        "每名成员一票。", "任期三年。", "提前三十日告知。", "审查结束，会议完成。",
        "每个会员单位派人。", "逐条审议。", "召开临时会议。", "会议时间由秘书处通知。", "依《未来三年行动年度计划》办理。", "十五日、两年、三周。",
    ],
)  # fmt: skip
def test_a_word_that_says_no_time_is_not(text: str) -> None:
    """Nor a unit that belongs to a numeral, nor a title."""
    assert found(text) == []


def test_what_is_told_otherwise_is_left_out() -> None:
    """Numbers that were read, and 之日起 right before one."""
    text = "自收到之日起三十日内答复，年度公布。"
    begin = text.index("三十日")
    assert [text[a:b] for a, b in unnumbered_times.find(text, [(begin, begin + 3)])] == ["年度"]
