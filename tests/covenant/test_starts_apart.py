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
