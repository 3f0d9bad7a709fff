"""Numbers whose words leave open what they are of or from when they run: each is asked about, its plain neighbour is not."""

from __future__ import annotations

import time

import pytest

from gongyue.covenant import assumed, numbers
from gongyue.covenant.parser import outline, read
from support import pace


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
    assert told("秘书处应自受請求之日起三十日內召開會員大會。") == [
        "自“請求之日起”起算，那也可能只是所办的事，不是起算的事"
    ]
    assert told("秘书处应当自提出申请之日起十五日内答复。") == []


BEHIND_A_DOT = "紧接项号的点，没有读作期限；要按它计期限，请把项号改写为（1）一类"


def test_a_period_behind_the_dot_of_a_mark_is_in_doubt() -> None:
    """1. 三十日内 looks like a decimal and is not read; （1）三十日内 is."""
    assert told("程序：\n1. 三十日内公布；\n2. 五日内答复。") == [BEHIND_A_DOT] * 2
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


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("理事长出缺时，应于二个月内补选。", 1),
        ("审核完成后，材料将在六十日内删除。", 1),
        ("近三十天内发布内容在十篇以上；", 1),
        ("未在三十日内缴纳会费的，停止表决。", 1),
        ("冻结期间，30天（含）复效期内可以激活。", 1),
        ("七日公示期间内可以提出异议。", 1),
        ("三年任期内不得转让。", 0),
        ("自出缺之日起二个月内补选。", 0),
        ("公布后十五日内答复。", 0),
        ("三年内两次违规的，除名。", 0),  # looks back
        ("五年内受过刑事处罚的，不得担任理事。", 0),
        ("当月十日内报备。", 0),  # asked about as a day of the month
    ],
)
def test_a_time_within_which_something_is_to_be_done_needs_a_start(text: str, asked: int) -> None:
    """Where a whole text is read: what it runs from is far away or not said at all."""
    found = [zh for _, zh, _ in assumed.doubts(text, since=True) if "自何时起没有读出" in zh]
    assert len(found) == asked
    assert not [zh for zh in told(text) if "自何时起" in zh]  # a binding is asked for its start by its capability


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("理事长或召集人需提前5日通知全体理事。", 1),
        ("修订通知：提前三十天公示。", 1),
        ("召集人应当提前五日通知。", 1),
        ("召开会议应当提前五日通知。", 0),
        ("换届须提前三十日公告。", 0),
    ],
)
def test_ahead_of_nothing_that_is_named_is_in_doubt(text: str, asked: int) -> None:
    """What is ahead may be named in its clause."""
    assert len([zh for zh in told(text) if "向前数" in zh]) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("入社半年以上的社员可以竞选。", 1), ("加入本社满一年的，可以提名。", 1), ("逾期1个月未缴费的，自动退社。", 1), ("逾學期一個月後不再受理。", 1),
        ("满6个月的社员享有表决权。", 1),
        ("连续两年不缴纳会费的，视为退社。", 0), ("从事本行业五年以上。", 0), ("任期三年，连选连任。", 0), ("年满十八周岁。", 0),
        ("自加入之日起满一年的，可以提名。", 0), ("退社后一年内不得再加入。", 0), ("会费每年一百元，成立三周年时减半。", 0),
    ],
)  # fmt: skip
def test_how_long_ago_something_was_needs_its_start(text: str, asked: int) -> None:
    """入社半年以上 counts from an event that no word of a start follows; a time that is filled (连续两年) counts from nothing."""
    assert len([zh for _, zh, _ in assumed.doubts(text, since=True) if "以来的时间" in zh]) == asked


def test_periods_that_are_alike_are_one_question() -> None:
    """Those counted back in one, those within which in another, each with its sentence; a single one at its place."""
    text = "小公约\n第一条 会议应于15日前通知。\n第二条 需提前5日通知理事。\n第三条 出缺时，应于二个月内补选。\n{}第四条 公布后施行。\n"
    more = "监事出缺的，应于一个月内补选。\n"
    back, within = outline(text.format(more).encode(), "x.txt").assumed
    assert (back.line, back.words) == (2, "会议应于15日前通知。……需提前5日通知理事。")
    assert back.why.startswith("“15日”、“5日”向前数，自哪一事向前数没有读出 / “15日”、“5日” are counted back")
    assert (within.line, within.why.partition(" / ")[0]) == (4, "“二个月”、“一个月”是若干时间之内，自何时起没有读出")
    alone = outline(text.format("").encode(), "x.txt").assumed[1]
    assert (alone.line, alone.begin, alone.end) == (4, 6, 9)
    assert [o.article for o in read(text.format(more).encode(), "x.txt").oddities if "没有读出" in o.why] == [1, 3]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("支出不得低于上一年基金余额的8%。", 1),
        ("比照上一个月办理。", 1),
        ("有效期一年。", 0),
        ("经三分之二以上一年会龄的会员提议。", 0),
        ("任期一年，期满改选。", 0),
    ],
)
def test_the_year_before_is_no_length_of_time(text: str, asked: int) -> None:
    """上一年 names a year, and is read as twelve months."""
    assert len([zh for zh in told(text) if "也可能指某一年" in zh]) == asked


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("不得演出低俗二人转。", []),
        ("举办五人制球赛。", []),
        ("由二人转让。", [2]),
        ("由五人制定办法。", [5]),
        ("选二人为代表。", [2]),
    ],
)
def test_an_art_is_no_number_of_people(text: str, counted: list[int]) -> None:
    """二人转 is sung, 五人制 played."""
    assert [n.value for n in numbers.read(text) if n.kind == "headcount"] == counted


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("拖欠一個月管理費者，催告之。", 1),
        ("须缴纳三个月租金。", 1),
        ("退还半年会费。", 1),
        ("处以一个月的物业服务费。", 1),
        ("拖欠三个月以上会费的，除名。", 1),
        ("凡會員一次繳納十五年常年會費者，為永久會員。", 1),
        ("商户可以一次缴纳四年年费。", 1),
        ("三个月未缴会费的，除名。", 0),  # time, in which nothing was paid
        ("试用三个月，会费另定。", 0),
        ("提前三个月通知，退还会费。", 0),
        ("按三个月缴纳会费。", 0),
    ],
)
def test_a_sum_that_a_time_measures_is_in_doubt(text: str, asked: int) -> None:
    """It was taken for a length of time; the days themselves are in doubt as ever."""
    assert told(text).count("读作期限，也可能是以时间写的金额") == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("庙会隔年举办。", ["隔年"]),
        ("摊主会隔月召开，账目按季分别公布。", ["隔月", "按季"]),
        ("会长由各街逐年轮值。", ["逐年"]),
        ("会费按年缴纳。", []),
        ("各街间隔年久失修的，应当修缮。", []),
        ("庙会每年举办一次。", []),
    ],
)
def test_how_often_without_a_number_is_in_doubt(text: str, asked: list[str]) -> None:
    """隔年 is no number that can be bound, and nobody takes it for one that was read."""
    said = "说的是多久一次，没有写数，没有读出"
    assert [text[n.begin : n.end] for n, zh, _ in assumed.doubts(text) if zh == said] == asked


HEADS = "以权重计，写的却是人数：同句另有面积等权重，没有分开读，不能用于表决；要按人数计，请把以人数计的份额另写成一句"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决。", ["三分之二"]),
        ("经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意。", ["过半数"]),
        ("经专有部分占建筑物总面积20%以上且占总人数20%以上的业主提议。", ["20%"]),
        ("區分所有權人三分之二以上及其區分所有權比例合計三分之二以上出席。", ["三分之二"]),
        ("以出席人數四分之三以上及其區分所有權比例占出席人數區分所有權四分之三以上之同意行之。", ["四分之三"]),
        ("應有區分所有權人至少三人並五分之一以上及其區分所有權比例合計五分之一以上出席。", ["五分之一"]),
        ("经占建筑物面积三分之二以上的业主同意。", []),  # a weight alone says what it is
        ("持有三分之二以上表决权的股东同意。", []),
        ("按出资比例行使表决权，经三分之二以上成员同意。", []),
    ],
)
def test_heads_that_were_read_with_a_weight_are_in_doubt(text: str, asked: list[str]) -> None:
    """Which of the two shares it is, and what would have it counted."""
    found = [text[n.begin : n.end] for n, zh, _ in assumed.doubts(text) if zh == HEADS]
    assert found == asked
    first = next((n for n, zh, _ in assumed.doubts(text) if zh == HEADS), None)
    assert first is None or first.base == "weight"


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("须经专有部分面积三分之二以上的业主同意。须经人数占比三分之二以上的业主同意。", ["weight", "roll"]),
        ("须经参与表决专有部分面积过半数的业主同意。须经参与表决人数过半数的业主同意。", ["weight", "voting"]),
    ],
)
def test_heads_in_a_sentence_of_their_own_are_counted(text: str, bases: list[str]) -> None:
    """As the doubt says: and then nothing is in doubt."""
    assert [n.base for n in numbers.read(text)] == bases
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("會員(會員代表)大會以會員（會員代表）過半數之出席。", 1),
        ("或經會員(會員代表)五分之一以上之請求。", 1),
        ("过半数会员（会员代表）同意。", 1),
        ("过半数会员同意。", 0),
    ],
)
def test_delegates_in_brackets_behind_members_are_in_doubt(text: str, asked: int) -> None:
    """As 会员（或会员代表） is: the members or whom they sent."""
    assert told(text) == ["以全体名册计：会员之后的括号里写着代表，计的是哪一种不能断定"] * asked


@pytest.mark.parametrize("text", ["维护者 2/3 批准的，合并。", "支持率>50%的，通过。", "章程修改需 2/3 多数。"])
def test_shares_in_short_hand_are_in_doubt(text: str) -> None:
    """Taken for shares of the whole roll, and nobody has said so."""
    (why,) = told(text)
    assert why.startswith("以全体名册计")


def test_heads_beside_a_weight_tire_nobody() -> None:
    """须经 repeated behind the owners, and then another word: read within a second of processor."""
    text = (
        "公约\n第一条 修改本公约，应当经专有面积占比三分之二以上的业主"
        + "须经" * 2_000
        + "会三分之二以上同意。\n第二条 甲。\n"
    )
    begun = time.process_time()
    outline(text.encode(), "x.txt")
    assert pace.seconds_since(begun) < 1


def test_a_long_blank_to_be_filled_in_tires_nobody() -> None:
    """Sixty thousand strokes took a minute, each begun at anew; a short one is in doubt as ever."""
    begun = time.process_time()
    text = f"公约\n第一条 签名：{'_' * 60_000}好。\n第二条 秘书处执行本公约，应在____日内答复会员的询问。\n"
    (doubt,) = outline(text.encode(), "x.txt").assumed
    assert doubt.at == "2" and "____日内" in doubt.why and pace.seconds_since(begun) < 2


def test_of_equal_lines_each_doubt_is_at_its_own() -> None:
    """The same sentence in two articles, and twice within one: four lines, each where it stands in the file, and its own article."""
    counted = "会员（会员代表）大会应有会员（会员代表）过半数之出席。"
    text = f"章程\n第一条 {counted}\n第二条 宗旨是自律。\n{counted}\n中间一句。\n{counted}\n第三条 {counted}\n"
    doubts = [d for d in outline(text.encode(), "x.txt").assumed if "过半数" in d.why]
    assert [(d.line, d.at, d.nth) for d in doubts] == [(2, "1", 0), (4, "2", 0), (6, "2", 0), (7, "3", 0)]
    shares = outline(text.encode(), "x.txt").shares
    assert [(one.line, one.nth) for one in shares] == [(2, 1), (4, 1), (6, 1), (7, 1)]


def test_lines_that_begin_alike_are_told_apart() -> None:
    """A dozen first characters in common, as of two articles on one meeting: each doubt at its own line."""
    begins = "人民团体会员（会员代表）大会之"
    text = f"章程\n第一条 {begins}决议，以多数定之。\n第二条 {begins}召集，应于十五日前通知各会员。\n"
    (doubt,) = outline(text.encode(), "x.txt").assumed
    assert (doubt.line, doubt.at) == (3, "2")
