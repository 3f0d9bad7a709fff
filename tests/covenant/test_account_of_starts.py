"""Every expression that says from when something is counted is some period's own, or puts the nearest one in doubt."""

from __future__ import annotations

import pytest

from gongyue.covenant import assumed


def doubts(text: str) -> list[tuple[str, str]]:
    """Each number in doubt, and why."""
    return [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text)]


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("讨论期不少于72小时，从完整提案进入约定渠道时开始。", "72小时", "从完整提案进入约定渠道时开始"),
        ("会长任期两年，以换届大会为起点。", "两年", "以换届大会为起点"),
        ("会长任期两年，始于换届大会闭幕。", "两年", "始于换届大会闭幕"),
        ("停权三个月，从公告之日算。", "三个月", "从公告之日算"),
        ("公示三十日，于全体表决通过后开始计算。", "三十日", "于全体表决通过后开始计算"),
        ("试用期为三个月，入会之日开始计算。", "三个月", "入会之日开始计算"),
        ("试用期为三个月，入会即开始。", "三个月", "入会即开始"),
        ("投票期7天，提案公布后开始计时。", "7天", "提案公布后开始计时"),
        ("答复期限五日，以邮戳日期为准。", "五日", "以邮戳日期为准"),
        ("会长任期两年，自2026年1月1日起。", "两年", "自2026年1月1日起"),
        ("试行一年，自2026年1月1日至12月31日。", "一年", "自2026年1月1日至12月31日"),
        ("停止其权利三个月，自公告之日起执行。", "三个月", "自公告之日起"),
        ("本公约有效期三年，自发布之日起施行。", "三年", "自发布之日起"),
        ("自签署之日起生效，三十日内公布。", "三十日", "自签署之日起"),
        ("收到申请三十日内决定，上述期限自材料齐备之日起计算。", "三十日", "自材料齐备之日起计算"),
        ("自材料齐备之日起，收到申请的秘书处应当在三十日内决定。", "三十日", "自材料齐备之日起"),
        ("会籍自缴费当日生效，有效期一年。", "一年", "自缴费当日"),
        ("会长任期三年，计算时间从当选后的首个一月一日。", "三年", "从当选后的首个一月一日"),
        ("合同期三年，生效日为双方盖章日。", "三年", "生效日为双方盖章日"),
        ("答复期限以收件日为始，计十个工作日。", "十个工作日", "以收件日为始"),
        ("投票开放五天，含发布当日。", "五天", "含发布当日"),
        ("會長任期兩年，以換屆大會為起點。", "兩年", "以换届大会为起点"),
    ],
)
def test_one_in_another_clause_is_told_of_the_nearest_period(text: str, period: str, words: str) -> None:
    """Whichever way it is written."""
    assert doubts(text) == [(period, f"起算写在同一句别处“{words}”，没有并入")]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("公示七日、异议三日，自发布之日起算。", ["七日"]),
        ("公示7天，自发布起，异议3天内提出。", ["7天"]),
        ("公示期（七日）与申诉期（五日）均从公告次日起算。", ["七日", "五日"]),
        ("首次违规停权7日，再犯停权30日，自通知之日起执行。", ["7日", "30日"]),
    ],
)
def test_of_two_periods_and_one_start_none_is_left_without_it_in_silence(text: str, periods: list[str]) -> None:
    """Nobody can tell whether it is of both."""
    assert [words for words, _ in doubts(text)] == periods


@pytest.mark.parametrize(
    "text",
    [
        "本公约自发布之日起施行。会长任期三年。", "本公约自2026年1月1日起施行。会长任期三年。", "本公约应公布七日，自公布之日起施行。",
        "成员应从自身做起，停业整改三十日。", "从消费者角度出发，公示三日。", "由三名会员发起，公示三日。", "秘书处自行公示三日。",
        "会长任期三年，以北京时间为准。", "会长任期三年，自愿连任。", "会长任期三年，从事行业五年以上。", "会长任期三年，自选举产生之日起计算。",
        "应当自收到申请之日起十五日内审查，自审查通过之日起公示。", "应当自收到本规约第六条第二款规定的文件、证书之日起10日内登记。",
        "公示期自公告张贴之时起三十日。", "从双方选定仲裁员那天算起四十五天。", "讨论期为14天，首日不计入。",
    ],
)  # fmt: skip
def test_what_counts_nothing_or_was_joined_raises_none(text: str) -> None:
    """The force of the text itself, other uses of 自 and 从, and starts that a period took."""
    assert doubts(text) == []
