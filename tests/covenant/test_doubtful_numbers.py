"""Numbers whose words leave open what they are of or from when they run: each is asked about, its plain neighbour is not."""

from __future__ import annotations

import pytest

from gongyue.covenant import assumed, numbers
from gongyue.covenant.parser import outline, read


def told(text: str) -> list[str]:
    """Why each number in doubt is, in Chinese."""
    return [zh for _, zh, _ in assumed.doubts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "召开会员大会应当于15日前通知全体会员。",
        "会议召开前十五日通知会员。",
        "任期届满前至少一个月改选。",
        "召開會員大會應於七日以前通知。",
    ],
)
def test_a_period_counted_back_from_an_event_is_in_doubt(text: str) -> None:
    """No start was read, and the event is one."""
    assert told(text) == ["向前数，自哪一事向前数没有读出"]
    assert [n.start for n in numbers.read(text) if n.kind == "period"] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "召开会议应当提前十五日通知会员。",  # before whatever its clause does
        "会议召开后十五日内公布结果。",
        "前款所称十五日，自公布之日起计算。",
        "违反十五日前款规定的，除名。",
    ],
)
def test_a_period_that_runs_on_is_not(text: str) -> None:
    """提前 says all there is; 前款 is no direction."""
    assert [t for t in told(text) if "向前数" in t] == []


def test_before_and_after_at_once_is_in_doubt() -> None:
    """年度结束前（后）二个月内 runs one way or the other."""
    assert told("每年度结束前（后）二个月内编造决算。") == ["前、后并写，自该事之后还是向前数不能断定"]
    assert told("每年度结束后二个月内编造决算。") == []


def test_what_is_done_to_an_application_is_no_application() -> None:
    """自受理申请十五日内 runs from its acceptance."""
    assert told("秘书处应当自受理登记申请十五日内完成登记。") == ["自“申请”起算，那也可能只是所办的事，不是起算的事"]
    assert told("秘书处应当自提出申请之日起十五日内答复。") == []


def test_a_period_behind_the_dot_of_a_mark_is_in_doubt() -> None:
    """1. 三十日内 looks like a decimal and is not read; （1）三十日内 is."""
    assert told("程序：\n1. 三十日内公布；\n2. 五日内答复。") == ["紧接项号的点，没有读作期限"] * 2
    assert told("程序：\n（1）三十日内公布；\n（2）五日内答复。") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("持有代币20%以上的持有人可以申请审计。", 1),
        ("持有代币20%以上的持有人有权查阅账目。", 1),
        ("代币的20%归社区所有。", 0),
        ("会费减收20%，由会员申请。", 0),  # of a fee, whoever asks for it
        ("占比20%以上的单位可以提案。", 1),  # each has so much of something
        ("会员人数占比20%以上即可提案。", 0),
        ("过半数业主或业主代表出席。", 1),  # which of the two
        ("出席的业主或业主代表过半数通过。", 1),
        ("过半数业主出席。", 0),
        ("三分之二以上成员同意的，可以修改。", 0),
        ("a. 三分之二以上成员同意的，可以修改。", 0),  # a mark of one letter is no noun
        ("SIG. 三分之二以上成员同意的，可以修改。", 1),
    ],
)
def test_a_share_of_something_else_is_in_doubt(text: str, asked: int) -> None:
    """Where its sentence says what people do by it, or two sorts of people are named."""
    assert len(told(text)) == asked


def test_a_doctrine_is_no_number_of_people() -> None:
    """“三个代表”重要思想 counts nobody; 三个代表 who attend are three."""
    assert [
        n for n in numbers.read("以“三个代表”重要思想为指导，以三个代表重要思想为指导。") if n.kind == "headcount"
    ] == []
    assert [n.value for n in numbers.read("各选三个代表出席。") if n.kind == "headcount"] == [3]


LISTED = "小公约\n第一条 甲守约。\n第二条 委员会于八十九年十一月、九十年三月修订。\n{}第三条 公布后施行。\n"


def test_dates_that_name_no_era_are_one_question() -> None:
    """Of a line, of a list, of the whole text: they have one era."""
    text = LISTED.format("八十九年十二月公布。\n九十一年五月再修订。\n")
    (doubt,) = outline(text.encode(), "x.txt").assumed
    assert doubt.line == 3
    assert doubt.words.split("……") == [
        "委员会于八十九年十一月、九十年三月修订。",
        "八十九年十二月公布。",
        "九十一年五月再修订。",
    ]
    assert doubt.why.startswith(
        "“八十九年十一月”、“九十年三月”、“八十九年十二月”、“九十一年五月”照写读作某年，没有写明是民国还是公元"
    )
    odd = [o for o in read(text.encode(), "x.txt").oddities if "民国" in o.why]
    assert [o.article for o in odd] == [2]


def test_a_single_date_without_an_era_is_asked_at_its_place() -> None:
    """And one that names its era is not."""
    (doubt,) = outline("小公约\n第一条 于八十九年十一月修订。\n第二条 公布后施行。\n".encode(), "x.txt").assumed
    assert doubt.why.startswith("“八十九年十一月”照写读作89年")
    assert (doubt.begin, doubt.end) == (1, 8)
    assert outline("小公约\n第一条 于民国八十九年十一月修订。\n第二条 公布后施行。\n".encode(), "x.txt").assumed == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("理事会成员一年调整一次。", "读作多长的期限，也可能是多久一次"),
        ("执委会产生后，须一个月内召开第一次会议。", "“执委会产生后”在上一分句，没有并入作起算"),
        ("过半数会员（或会员代表）出席。", "以全体名册计：写有两种人，用“或”连接，计的是哪一种不能断定"),
    ],
)
def test_how_often_a_clause_above_and_a_bracket_are_in_doubt(text: str, said: str) -> None:
    """Each as it was read."""
    assert told(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "任期三年，可以连任一次。",
        "三年内两次违规的，除名。",
        "公布后，应当在三十日内答复。",  # joined: 公布 is known to start periods
        "会员大会后，另行通知。",
        "过半数会员（含团体会员）出席。",
    ],
)
def test_their_neighbours_are_not(text: str) -> None:
    """A period, and a start that was read."""
    assert told(text) == []
