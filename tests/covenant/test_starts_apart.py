"""A start that stands in a sentence of its own is joined to no period, and nobody freezes it unseen."""

from __future__ import annotations

import pytest

from gongyue.covenant import assumed


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("会长任期三年。任期自选举产生之日起计算。", "三年", "自选举产生之日起计算"),
        ("会长任期三年；任期由选举产生之日开始计算。", "三年", "由选举产生之日开始计算"),
        ("会长任期三年。任期以选举产生之日为起点。", "三年", "以选举产生之日为起点"),
        ("会长任期三年。起算日为当选之日。", "三年", "起算日为当选之日"),
        ("会长任期三年。\n任期自换届之日起计。", "三年", "自换届之日起计"),
        ("三十日内公布。自生效之日起。", "三十日", "自生效之日起"),
        ("会长任期三年，罢免须提前三十日通知。任期从当选之日起算。", "三年", "从当选之日起算"),  # of the same name
        ("期限自材料齐备之日起计算。执行机构应当在三十日内决定。", "三十日", "自材料齐备之日起计算"),  # before it
        ("收到申请三十日内决定。上述期限自材料齐备之日起计算。", "三十日", "自材料齐备之日起计算"),  # two starts
    ],
)
def test_the_period_is_in_doubt_with_the_words_of_the_other_sentence(text: str, period: str, words: str) -> None:
    """Whichever way it is written, before or behind."""
    assert [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text)] == [
        (period, f"起算写在另一句“{words}”，没有并入")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "会长任期三年，自选举产生之日起计算。", "公布期限为三十日，自生效之日起计算。", "会长任期三年。罢免应自提出之日起三十日内表决。",
        "本公约自公布之日起施行。执行机构应当在三十日内公布。", "会长任期三年。会费自签署之日起计收。", "会费自签署之日起计算。",
    ],
)  # fmt: skip
def test_what_has_its_own_start_or_counts_no_time_raises_none(text: str) -> None:
    """A sentence with its own period, of force, or of money."""
    assert list(assumed.doubts(text)) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("受处罚执行完毕、免予执行或者获减免后未满二年的，不得担任干事。", "二年"),
        ("因售假被查处未满4年的商户不得加入。", "4年"),
        ("近6年内有欠薪情形的，不得加入。", "6年"),
        ("近2年内未缴清会费的，不得担任干事。", "2年"),
        ("过去三年内有售假记录的，不得加入。", "三年"),
        ("退出後未滿一年的商戶，不得再加入。", "一年"),
    ],
)
def test_how_long_ago_is_asked_like_any_time_within_which(text: str, period: str) -> None:
    """未满二年 and 近二年内 look back, and from which day was not read."""
    assert [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text, since=True)] == [
        (period, "是若干时间之内，自何时起没有读出")
    ]


def test_several_such_times_of_one_paragraph_are_all_asked() -> None:
    """Whatever the words behind them."""
    text = "近6年内有欠薪情形的，不得加入；近2年内未缴清会费的，不得担任干事。"
    assert [text[n.begin : n.end] for n, _, _ in assumed.doubts(text, since=True)] == ["6年", "2年"]


@pytest.mark.parametrize(
    "text", ["未满十八周岁的不得加入。", "自处罚生效之日起未满三年的，不得加入。", "附近三年内两次违规的，不得加入。"]
)
def test_an_age_a_start_that_was_read_and_a_place_nearby_are_not(text: str) -> None:
    """Of these the day is known, or nothing is counted from one."""
    assert list(assumed.doubts(text, since=True)) == []
