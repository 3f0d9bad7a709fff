"""A figure beside a variable, an operator or a sign is never read as a plain one in silence."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from gongyue.cli.read import read as read_command
from gongyue.covenant import assumed, formulas, itself, numbers
from gongyue.covenant.binding.binding_text import number_of
from gongyue.covenant.binding.records import bind
from gongyue.covenant.text import Part
from support import pace


def doubts(text: str) -> list[tuple[str, str]]:
    """Each number in doubt, and why."""
    return [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text)]


@pytest.mark.parametrize(
    ("text", "quoted", "whole"),
    [
        ("结算在T+3日完成。", "3日", "T+3日"), ("应在N+1个工作日内答复。", "1个工作日", "N+1个工作日"), ("至少n/2+1名成员到场。", "1名", "n/2+1名"),
        ("(n+1)/2名成员到场。", "2名", "(n+1)/2名"), ("提供7×24小时服务。", "24小时", "7×24小时"), ("公示30+30日。", "30日", "30+30日"),
    ],
)  # fmt: skip
def test_a_number_in_a_formula_is_in_doubt_with_the_whole_of_it(text: str, quoted: str, whole: str) -> None:
    """What was read of it may not be what it means."""
    assert doubts(text) == [(quoted, f"是算式“{whole}”的一部分，算式没有计算，所读的数未必是它的意思")]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("第(n-2)天提交。", "(n-2)"),
        ("需2n/3同意。", "2n/3"),
        ("⌈2n/3⌉名成员到场。", "⌈2n/3⌉"),
        ("X日内答复。", "X"),
        ("3f+1票通过。", "3f+1"),
    ],
)
def test_a_formula_of_which_nothing_was_read_is_in_doubt(text: str, whole: str) -> None:
    """A time or people are counted by it."""
    assert (whole, "是算式，没有读出") in doubts(text)


@pytest.mark.parametrize(
    "text",
    [
        "依ISO9001与GB/T19001-2016。", "用GPT-4与PM2.5。", "A-1栋、B-3座。", "版本v1.2与Apache-2.0。", "9:30开会，18:00前结束。", "电话+86-10-1234。",
        "2026-01-01起。", "3~5天或3-5日。", "C++11与B2B。", "COVID-19与RFC2119。", "**7**天。",
    ],
)  # fmt: skip
def test_names_clocks_dates_and_ranges_are_none(text: str) -> None:
    """What only looks like one."""
    assert list(formulas.find(numbers.folded(text))) == []


@pytest.mark.parametrize("sign", [">", "＞", "&gt;"])
def test_more_than_a_share_by_its_sign_is_told(sign: str) -> None:
    """The reader has the number itself in it, and the sign has not."""
    why = f"前的“{sign.replace('&gt;', '>')}”不含本数，而读作含本数；要不含，请写“超过”"
    assert any(why in zh for _, zh in doubts(f"须{sign}50%成员同意。"))


@pytest.mark.parametrize(
    ("sign", "means"), [("≤", "至多"), ("<=", "至多"), ("≦", "至多"), ("＜=", "至多"), ("=", "恰好"), ("＝", "恰好")]
)
def test_at_most_a_share_and_just_a_share_are_told(sign: str, means: str) -> None:
    """They are read as at least; of a period (≤30天) the sign says what 以内 says."""
    for share in ("1/3", "50%"):
        assert any(
            f"说的是{means}此数，而读作至少" in zh for _, zh in doubts(f"全体会员反对票{sign}{share}的，视为通过。")
        )
    assert doubts(f"公示期{sign}30天。") == []


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("组外投票过 3/4 同意后通过", True),
        ("赞成票过三分之二方可通过", True),
        ("表决通过三分之二的事项", False),
        ("同意票不少于三分之二方可通过", False),
    ],
)
def test_past_a_share_leaves_it_out(words: str, asked: bool) -> None:
    """过 right before the share says what 超过 says, and the reader has the number in it."""
    assert any("前的“过”不含本数，而读作含本数" in zh for _, zh in doubts(f"全体成员{words}。")) is asked


def test_digits_without_end_cost_no_more_than_they_are_many() -> None:
    """Each is looked at once: a hundred thousand of them in a second."""
    for run in ("1" * 100_000, "一" * 100_000, "²" * 100_000):
        begun = time.process_time()
        assert list(formulas.find(run)) == []
        assert pace.seconds_since(begun) < 1


@pytest.mark.parametrize("sign", ["≥", ">=", "≧"])
def test_a_sign_that_has_the_number_in_it_is_read(sign: str) -> None:
    """As the reader has it."""
    assert doubts(f"须{sign}2/3成员同意。") == []
    assert doubts(f"须{sign}50%成员同意。") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("得票超过实到会员的半数者当选。", []),
        ("得票超过全体会员各组半数者当选。", ["半数"]),
        ("不得超过全体会员各组半数。", []),
        ("须全体会员半数以上。", []),
    ],
)
def test_more_than_a_share_that_was_read_with_it_is_in_doubt(text: str, words: list[str]) -> None:
    """超过 with words unknown to the reader between it and its share."""
    assert [quoted for quoted, zh in doubts(text) if "不含本数，而读作" in zh] == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("三分之二成员赞成。", False), ("2/3成员通过。", False), ("三分之二多数。", False), ("三分之二以上成员赞成。", True), ("不少于三分之二的成员。", True),
        ("过半数成员赞成。", True), ("≥2/3成员赞成。", True), ("超过三分之二成员赞成。", True), ("成员赞成达三分之二。", True),
    ],
)  # fmt: skip
def test_whether_a_share_itself_is_enough_is_said_or_assumed(text: str, said: bool) -> None:
    """三分之二赞成 says nothing of it."""
    plain = numbers.folded(text)
    (n,) = (n for n in numbers.read(plain) if n.kind == "share")
    assert itself.said(plain, n) is said
    assert itself.said_in(plain) is said


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("修改本公约，须经三分之二成员同意", "三分之二，含本数（所选的字没有说，照此读），以全体名册计"),
        ("修改本公约，须经三分之二以上成员同意", "三分之二，含本数，以全体名册计"),
        ("修改本公约，须经过半数成员同意", "半数，不含本数，以全体名册计"),
    ],
)
def test_binding_shows_whether_a_word_says_it(words: str, shown: str) -> None:
    """The question, the sheet and `verify` tell a share in the same words."""
    part = Part("3", "第3条", 0, f"{words}。")
    assert number_of(bind("amendment.adoption", part, words))[0] == shown


TEXT = "小公约\n第一条 修改须经成员三分之二赞成。\n第二条 须>50%成员同意。\n第三条 应在N+1个工作日内答复，年度大会另定。\n第四条 本公约自公布之日起施行。\n"


def test_read_shows_what_was_assumed_and_what_is_in_doubt(tmp_path: Path) -> None:
    """Nothing is printed as certain that is asked about; formulas and times stand in the list."""
    path = tmp_path / "小公约.txt"
    path.write_text(TEXT, "utf-8")
    shown = CliRunner().invoke(read_command, [str(path)]).stdout
    assert "“三分之二”  份额 2/3，含本数（没有用字说，照此读），以全体名册计\n" in shown
    assert "2/3 (含本数（没有用字说，照此读），全体名册)" in shown
    assert "“50%”  份额 1/2，含本数，以全体名册计（存疑）\n" in shown
    assert "“应在N+1个工作日内答”  算式，没有计算\n" in shown
    assert "“年度大会另定”  没有数字的时间，没有读\n" in shown
    found = msgspec.json.decode(CliRunner().invoke(read_command, [str(path), "--json"]).stdout)
    shares = {n["words"]: n for n in found["numerals"] if n["itself"]}
    assert {words: n["itself"] for words, n in shares.items()} == {"三分之二": "assumed", "50%": "said"}
    assert shares["三分之二"]["doubt"] == ""
    assert "不含本数，而读作含本数" in shares["50%"]["doubt"]
    assert [(o["kind"], o["words"]) for o in found["others"]] == [("formula", "N+1"), ("time", "年度"), ("time", "日")]
