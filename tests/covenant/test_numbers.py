"""The one reader of numbers: kinds, of whom, itself included or not, from when, after how long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant import numbers
from gongyue.covenant.change_completion import occurrence
from gongyue.covenant.edition_builder import CHOICES_VERSION, Choices, Chosen, compose
from gongyue.covenant.numbers import Number
from gongyue.covenant.parser import outline, read
from gongyue.covenant.periods import Period, deadline


def only(text: str, kind: str) -> Number:
    """The one number of that kind."""
    found = [n for n in numbers.read(text) if n.kind == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("任期三年半。", 42, "month"), ("应在24小时内答复。", 24, "hour"), ("半个月内办理。", 15, "day"), ("一个半月内办理。", 45, "day"),
        ("任期一年半。", 18, "month"), ("两个小时内到场。", 2, "hour"), ("至少半年。", 6, "month"), ("一年六个月。", 18, "month"),
        ("会长任期为一学年。", 12, "month"),
        ("三個月內。", 3, "month"), ("十五個工作日內。", 15, "workday"), ("參拾日內。", 30, "day"),
    ],
)  # fmt: skip
def test_a_period_is_read_whole(text: str, value: int, unit: str) -> None:
    """Halves, hours and traditional numerals belong to the period."""
    found = only(text, "period")
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit", "times"),
    [
        ("每季度公布一次。", 3, "month", 1), ("每半月报告。", 15, "day", 1), ("每年至少召开一次会议。", 12, "month", 1), ("每半年公布名单。", 6, "month", 1),
        ("每三個月至少舉行會議一次。", 3, "month", 1), ("半年一次。", 6, "month", 1), ("每月两次。", 1, "month", 2), ("每两年换届。", 24, "month", 1),
        ("每周例会。", 7, "day", 1), ("委员会至少半年召开一次会议。", 6, "month", 1), ("会长两年改选一次。", 24, "month", 1),
        ("名册三个月更新一次。", 3, "month", 1), ("社员大会每学期至少召开一次。", 1, "term", 1), ("理事会每两个学期召开一次。", 2, "term", 1),
        ("会长会议每年召开2-3次。", 12, "month", 2),
    ],
)  # fmt: skip
def test_a_frequency_is_no_period(text: str, value: int, unit: str, times: int) -> None:
    """每季度 says how often, and no term is made of it."""
    found = only(text, "frequency")
    assert (found.value, found.unit, found.times) == (value, unit, times)
    assert [n for n in numbers.read(text) if n.kind == "period"] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("于每年3月31日前公布。", "date", "03-31"), ("自2016年3月1日起施行。", "date", "2016-03-01"),
        ("民国六十一年创社。", "date", "61"), ("年满十八周岁。", "age", 18),
        ("罚款三十万元。", "money", 300_000), ("会费总额的10%。", "part", "1/10"),
        ("逾任期二分之一。", "part", "1/2"), ("三人以上联名。", "headcount", 3), ("由5家会员发起。", "headcount", 5),
        ("未满16岁。", "age", 16), ("作者得 70%，其余留存。", "part", "7/10"), ("服务质量（40%）计入总分。", "part", "2/5"),
        ("按 1/4 的比例上缴。", "part", "1/4"),
        ("须达原投票同意人数一半以上。", "part", "1/2"), ("会员活跃度（30%）", "part", "3/10"), ("会费新台币壹萬伍仟元。", "money", 15_000),
        ("会费10,000元。", "money", 10_000), ("会费１０，０００元。", "money", 10_000), ("捐款1,000万元。", "money", 10_000_000),
        ("共12,345,678元。", "money", 12_345_678), ("捐款參萬元。", "money", 30_000), ("捐款二十万元。", "money", 200_000), ("捐款3万元。", "money", 30_000),
    ],
)  # fmt: skip
def test_other_kinds_are_kinds_of_their_own(text: str, kind: str, value: int | str) -> None:
    """A date, an age, money and a headcount are neither shares nor periods."""
    assert only(text, kind).value == value
    assert not {n.kind for n in numbers.read(text)} & {"share", "period"}


@pytest.mark.parametrize(
    ("text", "base", "words"),
    [
        ("由会员总额五分之一提议", "roll", "总额"), ("须超过总人数的四分之一", "roll", "总人数"), ("经三分之二以上成员单位同意", "roll", ""),
        ("全体会员三分之二以上同意", "roll", "全体"), ("应有会员四分之三以上之出席", "roll", ""), ("会员三分之二以上出席方能召开", "roll", ""),
        ("經參加表決之會員三分之二以上同意", "voting", "參加表決"), ("须经到会会员半数以上表决通过", "present", "到会"),
        ("三分之二以上到会会员表决通过", "present", "到会"), ("出席会员总数的三分之二", "present", "出席"),
        ("经参加表决的成员三分之二以上同意", "voting", "参加表决"), ("参加投票人数的2/3 以上", "voting", "投票人数"), ("有效票的过半数", "voting", "有效票"),
        ("经该分支会员三分之二以上同意", "branch", "该分支"),
        ("專有部分面積四分之三以上同意", "weight", "專有部分"), ("区分所有权比例合计三分之二以上", "weight", "区分所有权比例"),
        ("理事会须有三分之二以上理事出席", "body", "理事"), ("会员代表过半数之出席", "body", "代表"),
        ("须有三分之二以上理事会成员到场", "body", "理事会成员"), ("经理事会全体成员三分之二以上同意", "body", "理事会全体成员"),
        ("监事会成员过半数同意", "body", "监事会成员"), ("经技术委员会三分之二以上成员同意", "body", "委员会"),
        ("经到会三分之二以上理事表决通过", "body", "理事"), ("三分之二以上出席理事同意", "body", "理事"), ("三分之二以上会员代表同意", "body", "会员代表"),
        ("经全体三分之二以上委员同意", "body", "委员"), ("经常务理事会三分之二以上通过", "body", "常务理事会"),
        ("理事会成员单位过半数同意", "body", "理事会成员单位"),
        ("理事比例不得超过三分之一", "body", "理事"), ("出席理事超过三分之二同意", "body", "理事"), ("PMC 成员 2/3 以上赞成", "body", "PMC成员"),
        ("常务理事会人数不得超过理事会人数的三分之一", "body", "理事会"), ("到会人数超过会员人数的五分之四", "roll", "人数"),
        ("出席人数须达到全体会员总数的三分之二", "roll", "总数"), ("到会理事不足理事总数的三分之二", "body", "理事总数"),
        ("经出席会议的有表决权的会员三分之二以上同意", "present", "出席"), ("经有表决权的四分之三会员同意", "roll", ""),
        ("经三分之二以上有表决权的会员同意", "roll", ""),
        ("实际投票人数须超过应投票人数的二分之一", "roll", "应投票人数"), ("应到会会员三分之二以上同意", "roll", "应到会会员"),
        ("赞成票须超过实际投票人数的二分之一", "voting", "投票人数"),
        ("须经持有表决权三分之二以上的会员同意", "weight", "表决权"), ("由会员以积分为权重表决，半数同意的通过", "weight", "为权重"),
        ("经理事会三分之二以上成员单位同意", "roll", ""), ("理事人数不得超过会员总数的三分之一", "roll", "总数"), ("经会员大会三分之二以上通过", "roll", ""),
        ("理事会每季开会，须有三分之二以上的成员到场", "body", "理事会"), ("会长会议议事，须经2/3以上到会成员通过", "body", "会长会议"),
        ("理事会召集大会，须有三分之二以上会员出席", "roll", ""), ("联盟大会须有三分之二以上成员到场", "roll", ""),
        ("60%以上成员单位赞成", "roll", ""), ("会员的 60%", "roll", ""), ("达到 2/3 以上的个人会员", "roll", ""), ("2/3 以上票数通过", "roll", ""),
        ("经理事会或十分之一以上会员提议", "roll", ""), ("经法定代表人签字的三分之二以上单位", "roll", ""),
    ],
)  # fmt: skip
def test_a_share_is_read_with_its_base(text: str, base: str, words: str) -> None:
    """Of whom it is counted stands in its clause; without such words it is the roll."""
    found = only(text, "share")
    assert (found.base, found.base_words) == (base, words)


def test_quorum_and_adoption_in_one_clause_have_their_own_bases() -> None:
    """A weight word wins over all, also in the share joined by 且; otherwise each share has the nearest."""
    assert [n.base for n in numbers.read("二分之一以上会员出席且出席会员三分之二以上同意")] == ["roll", "present"]
    assert [n.base for n in numbers.read("专有部分四分之三以上的业主且参与表决人数四分之三以上同意")] == [
        "weight",
        "weight",
    ]


@pytest.mark.parametrize(
    ("text", "inclusive"),
    [
        ("三分之二以上会员", True), ("三分之二会员", True), ("不少于三分之二", True), ("不超过三分之一", True), ("半数以上", True), ("过半数", False),
        ("超过总人数的四分之一", False), ("超过全体会员的三分之二", False), ("不足三分之一", False), ("未达到三分之二", False),
    ],
)  # fmt: skip
def test_whether_the_number_itself_counts_is_in_its_words(text: str, inclusive: bool) -> None:
    """以上 and 以内 include the number, 超过, 不满 and 过半数 do not (Civil Code 1259)."""
    assert only(text, "share").inclusive is inclusive


@pytest.mark.parametrize(
    ("text", "delay", "start", "words"),
    [
        ("并在生效后的30日内由联盟公布", False, "effect", "生效后的"), ("自通过之日起15日内报备案", False, "adoption", "通过之日起"),
        ("自通过之日起，15日内报备案", False, "adoption", "通过之日起"), ("收到申请之日起三十日内决定", False, "receipt", "收到"),
        ("公告一周后正式生效", True, "publication", "公告"), ("自公布之日起满三十日后施行", True, "publication", "公布之日起"),
        ("三十日内答复", False, "", ""), ("任期届满前三十日内选举", False, "", ""), ("会议召开十五日前通知会员", False, "", ""),
        ("公布施行五年后，应至少提前一个公历年提出", None, "", ""), ("通过电子邮件的方式于三日内送达", False, "", ""),
        ("自材料齐备之日起二十日内决定", False, "event", "自材料齐备之日起"), ("自知悉起三日内申诉", False, "event", "自知悉起"),
        ("就通过附件发出通知之日起三个月内答复", False, "event", "就通过附件发出通知之日起"), ("收到通知之日后4个月生效", True, "receipt", "收到"),
        ("收到转交的申请之日起十日内决定", False, "receipt", "收到"), ("自公布之日起三十日施行", True, "publication", "公布之日起"),
        ("表决期为五日", False, "", ""), ("公示期不少于七日", False, "", ""), ("公示期满后三日内公布", False, "expiry", "期满后"),
    ],
)  # fmt: skip
def test_a_period_is_read_with_its_start_and_a_delay_is_no_deadline(
    text: str, delay: bool | None, start: str, words: str
) -> None:
    """生效后的30日内 ends a time; 一周后 begins one."""
    found = only(text, "period") if delay is not None else [n for n in numbers.read(text) if n.kind == "period"][-1]
    assert (found.delay, found.start, found.start_words) == (bool(delay), start, words)


def test_a_delay_never_becomes_the_period_for_publishing() -> None:
    """公告一周后正式生效 is no 30日内公布."""
    text = "某公约\n第一条 本公约自公告一周后正式生效。\n第二条 完。"
    assert [t.name for t in read(text.encode(), "x.txt").terms] == ["art1.1"]


def test_a_day_begun_counts_whole() -> None:
    """24 hours end the next day, 25 and 48 the day after, 49 on the third."""
    assert [deadline(10, Period(n, "hour")).target for n in (1, 24, 25, 48, 49)] == [11, 11, 12, 12, 13]


def test_numbers_keep_their_places_across_blanks_and_broken_lines() -> None:
    """The words at a number's place are the number, as it stands."""
    text = "须经全体 三分之\n二 以上成员单位同意。"
    found = numbers.read(text)
    assert [text[n.begin : n.end] for n in found] == ["三分之\n二"]


BOUND = {"share": "amendment.adoption", "period": "publication.within"}
PHRASES = ["至少半年", "任期三年半", "三分之二以上", "出席会员过半数", "每季度", "30日内", "24小时内", "一个半月", "超过总人数的四分之一", "两周后",
           "会员", "同意", "，", "。", "并", "的", "经", "第三条", "\n", "三分之", "二", "年", "半", "十", "5", "个月", "、", "（", "）"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=14))
def test_what_is_read_is_accepted(phrases: list[str]) -> None:
    """Whatever is read as a share or a period, an edition of that text accepts as bound to those words, with that number."""
    text = "某公约\n第一条 本公约由某会执行，" + "".join(phrases) + "。\n第二条 完。"
    try:
        found = outline(text.encode(), "x.txt")
    except ValueError:
        return
    if found.doubts:
        return
    for part in found.parts:
        for n in numbers.read(part.text):
            if n.kind in ("share", "period"):
                words, name = part.text[n.begin : n.end], BOUND[n.kind]
                chosen = Chosen(name, part.at, words, occurrence(part.text, words, n.begin))
                (bound,) = compose(found, Choices(CHOICES_VERSION, (chosen,))).bindings
                assert (bound.kind, bound.value, bound.inclusive, bound.base) == (n.kind, n.value, n.inclusive, n.base)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三分之二以上（含三分之二）会员同意。", ["2/3"]), ("会员半数（50%）同意。", ["1/2"]), ("会员半数以上多数（半数）同意。", ["1/2"]),
        ("任期（三年）届满。", [36]), ("会员多数（过半数）同意。", ["1/2"]),
    ],
)  # fmt: skip
def test_a_number_in_brackets_is_left_out_only_where_it_says_one_again(text: str, values: list[object]) -> None:
    """（含三分之二） repeats the share before it; （三年） after a word stands alone."""
    assert [n.value for n in numbers.read(text)] == values


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("重大变更须三十日公示。", ""), ("章程修改至少需要七日公告。", ""), ("变更之日起须在三十日内公示。", "event"), ("变更后应当七日内公示。", "event"),
        ("自受理起三十日内。", "event"), ("未公示的，停用三十日。", ""),
        ("未经批准的停用三十日。", ""), ("批准后三十日内。", "approval"), ("收到申请应在七日内答复。", "receipt"),
    ],
)  # fmt: skip
def test_what_takes_so_long_is_not_what_it_starts_from(text: str, start: str) -> None:
    """A change that takes thirty days of notice does not start them; 之日起 and 后 do."""
    assert only(text, "period").start == start


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("由3-9名监事组成。", "headcount", [3, 9]), ("設委員十九至二十一人。", "headcount", [19, 21]), ("社長、副社長各乙名。", "headcount", [1]),
        ("大会每2至3年召开。", "frequency", [24, 36]), ("三十（30）日内公布。", "period", [30]), ("三十（20）日内公布。", "period", []),
        ("三分之二以上（含三分之二）同意。", "share", ["2/3"]), ("三分之二以上（含五分之三）同意。", "share", ["2/3", "3/5"]),
        ("任期两个会计年度。", "period", [24]),
    ],
)  # fmt: skip
def test_a_range_is_read_at_both_ends_and_brackets_only_repeat_what_is_equal(
    text: str, kind: str, values: list[int | str]
) -> None:
    """What brackets say otherwise is a number of its own, or none."""
    assert [n.value for n in numbers.read(text) if n.kind == kind] == values


def test_the_year_before_is_no_date() -> None:
    """上一年度 names no year; 2024年度 does."""
    assert [n.value for n in numbers.read("公布上一年度报告和2024年度决算。") if n.kind == "date"] == ["2024"]


def test_what_brackets_leave_out_of_a_period_is_not_its_own_day() -> None:
    """三十日（不含法定节假日） still ends with its thirtieth day; （不含本数） does not."""
    assert only("三十日（不含法定节假日）内办结。", "period").inclusive
    assert not only("三十日（不含本数）内办结。", "period").inclusive


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("董事会决议须经全体董事的过半数通过", "body"), ("須經學生議會全體議員三分之二以上之出席", "body"), ("由學生議員總額五分之一提議", "body"),
        ("由常务委员会以全体组成人员的过半数通过", "body"), ("评审小组成员过半数通过", "body"), ("不超过执委人数的1/3", "body"),
        ("经三分之二以上干部通过", "body"), ("须经投票人员的过半数通过", "voting"), ("不得少于已投选票总数的三分之一", "voting"),
        ("持有三分之二以上份额的共有人同意", "weight"), ("持有百分之十以上股份的股东请求", "weight"), ("全体成员单位三分之二以上同意", "roll"),
    ],
)  # fmt: skip
def test_those_on_a_body_ballots_and_holdings_are_no_members(text: str, base: str) -> None:
    """Directors, assembly members and officers sit on a body; ballots are those voting; holdings are a weight."""
    assert only(text + "。", "share").base == base


@pytest.mark.parametrize(
    "text",
    [
        "税率为百分之二十", "处合同价款百分之二以上百分之四以下的罚款", "管理费减免50%", "候选人应多于应选名额的20%", "AI生成内容占比不得超过30%，否则不予通过",
        "监事名额不得超过理事总额之三分之一", "提取不低于百分之五的收入", "重复率超过30%的不予通过",
    ],
)  # fmt: skip
def test_a_percentage_of_things_is_no_share_of_members(text: str) -> None:
    """百分之 is read as % is: of people only where its clause speaks of people or of a vote."""
    assert {n.kind for n in numbers.read(text + "。")} == {"part"}


@pytest.mark.parametrize(
    "text",
    [
        "申请人应在三日内补正", "登记机关应当在三十日内决定", "经理事会批准可延长三十日", "公示期间不少于三十日", "公示不少于七天", "公示七个工作日",
        "暂停使用许可证三个月", "申请单位最近两年的财务报告", "会员自入会满一年可当选", "此后三年内不得加入",
    ],
)  # fmt: skip
def test_a_word_that_only_names_somebody_or_what_the_period_is_of_starts_nothing(text: str) -> None:
    """A period runs from what its clause joins to it: by 之日起, 起, 后, 时, or right before …内."""
    assert only(text + "。", "period").start == ""


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("应当在组庭后三个工作日内告知", "event", "组庭后"), ("主席于会后十五日内送达", "event", "会后"),
        ("任期三年，自当选之日起计算", "event", "自当选之日起计算"),
        ("公示期七日，自公布之日起计算", "publication", "自公布之日起计算"), ("表决截止后24小时内公布", "event", "表决截止后"),
        ("并应当在立案之日起三十日内办结", "event", "立案之日起"), ("选举结果公布后三日内可以异议", "publication", "公布后"),
        ("批准三日内公布", "approval", "批准"),
        ("收到申请三个工作日予以答复", "receipt", "收到"), ("公示五日后生效", "publication", "公示"),
    ],
)  # fmt: skip
def test_an_event_named_before_or_after_the_period_is_its_start(text: str, start: str, words: str) -> None:
    """…后 with …内, and 自…起计算 behind the period; words that only lead up to the event are not its name."""
    found = only(text + "。", "period")
    assert (found.start, found.start_words) == (start, words)


def test_once_for_all_is_no_frequency_and_the_beginning_of_a_term_no_day() -> None:
    """每年…或一次性 is once a year; 学期初一个月内 is a month, 初一日 a day of the calendar."""
    assert only("每年会费一百元或一次性缴清。", "frequency").times == 1
    assert only("于学期初一个月内选出。", "period").value == 1
    assert [n for n in numbers.read("每月初一日开会。") if n.kind == "period"] == []
