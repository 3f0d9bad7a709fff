"""The shares and periods a text states, the words they come from and the names they get."""

import pytest

from gongyue.covenant.parser import read
from gongyue.covenant.text import Term


def terms(text: str) -> list[Term]:
    """The terms of a one-article covenant, each quoted from its article."""
    document = read(f"某公约\n第一条 {text}\n第二条 完。".encode(), "x.txt")
    assert all(t.words in document.articles[0].text for t in document.terms)
    return list(document.terms)


@pytest.mark.parametrize(
    ("phrase", "value", "inclusive"),
    [
        ("三分之二以上会员", "2/3", True), ("2/3以上会员", "2/3", True), ("２／３以上会员", "2/3", True), ("⅔以上会员", "2/3", True),
        ("百分之五十以上会员", "1/2", True), ("50%以上会员", "1/2", True), ("50％ 以上会员", "1/2", True), ("半数以上会员", "1/2", True),
        ("二分之一以上会员", "1/2", True), ("过半数会员", "1/2", False), ("過半數會員", "1/2", False), ("超过半数会员", "1/2", False),
        ("会员过半同意", "1/2", False), ("超过三分之一的会员", "1/3", False), ("不足三分之一的会员", "1/3", False),
        ("不少于三分之一的会员", "1/3", True), ("不得少于三分之一的会员", "1/3", True), ("少于三分之一的会员", "1/3", False),
        ("至少三分之一的会员", "1/3", True), ("不超过三分之一的会员", "1/3", True), ("不得超过三分之一的会员", "1/3", True),
        ("三分之二以上（不含三分之二）会员", "2/3", False), ("三分之二（含）以上会员", "2/3", True), ("八成以上会员", "4/5", True),
        ("十分之一（1/10）以上会员", "1/10", True), ("六十六点七%", None, True), ("百分之六十六点七以上会员", "667/1000", True),
    ],
)  # fmt: skip
def test_a_share_is_read_with_whether_it_includes_itself(phrase: str, value: str | None, inclusive: bool) -> None:
    """A share is read with whether it includes itself."""
    found = [(t.value, t.unit, t.inclusive) for t in terms(f"须经{phrase}。")]
    assert found == ([(value, "share", inclusive)] if value else [])


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "inclusive"),
    [
        ("30日内", 30, "day", True), ("三十日内", 30, "day", True), ("30 日 内", 30, "day", True), ("30天内", 30, "day", True),
        ("30个自然日内", 30, "day", True), ("30（三十）日内", 30, "day", True), ("叁拾日内", 30, "day", True), ("廿日内", 20, "day", True),
        ("30个工作日内", 30, "workday", True), ("十五个工作日", 15, "workday", True), ("5工作日内", 5, "workday", True),
        ("十五個工作天內", 15, "workday", True), ("三个月内", 3, "month", True), ("六個月內", 6, "month", True), ("三月内", 3, "month", True),
        ("1年", 12, "month", True), ("一年六个月", 18, "month", True), ("半年", 6, "month", True), ("一个季度", 3, "month", True),
        ("两周", 14, "day", True), ("三个星期", 21, "day", True), ("不满三个月", 3, "month", False), ("超过三十日", 30, "day", False),
        ("逾三十日", 30, "day", False), ("不超过三十日", 30, "day", True), ("不得超过三十日", 30, "day", True), ("三十日以外", 30, "day", False),
        ("提前十五日", 15, "day", True), ("任期五年", 60, "month", True), ("48小时", 48, "hour", True),
        ("三年半", 42, "month", True), ("半个月内", 15, "day", True), ("至少半年", 6, "month", True), ("一个半月", 45, "day", True),
    ],
)  # fmt: skip
def test_a_period_is_read_in_its_unit(phrase: str, value: int, unit: str, inclusive: bool) -> None:
    """A period is read in its unit."""
    assert [(t.value, t.unit, t.inclusive) for t in terms(f"理事会办理期间为{phrase}。")] == [(value, unit, inclusive)]


@pytest.mark.parametrize(
    "phrase",
    ["自2016年3月1日起施行", "自二〇一六年三月一日起", "2016/3/1", "2016-03-01", "民国一〇八年五月一日", "108年3月1日", "三月一日", "每月10日前",
     "12月1日至5日", "第二十二条", "第一章", "第30日", "第三年", "二十一世纪", "90年代", "500元", "三十万元", "罚款的5%", "会费总额的10%", "十周年",
     "年满18周岁", "五年规划", "一年一度", "三人以上", "2016年度", "第十三届", "每五年", "每季度", "每年至少一次", "百年大计", "公正合理"],
)  # fmt: skip
def test_dates_mentions_ages_and_money_are_no_terms(phrase: str) -> None:
    """Dates mentions ages and money are no terms."""
    assert terms(f"有关{phrase}的事项。") == []


def test_a_quorum_and_a_majority_are_two_terms_and_only_the_majority_adopts() -> None:
    """A quorum and a majority are two terms and only the majority adopts."""
    found = terms("修改本公约，须经全体会员三分之二以上出席，出席会员过半数同意。")
    assert [(t.name, t.words) for t in found] == [
        ("art1.1", "须经全体会员三分之二以上出席"),
        ("amendment.adoption", "出席会员过半数同意"),
    ]


def test_attending_members_are_not_a_quorum() -> None:
    """Attending members are not a quorum."""
    assert terms("修改本章程，须经三分之二以上到会会员表决通过。")[0].name == "amendment.adoption"


def test_two_numbers_in_one_clause_are_quoted_apart() -> None:
    """Two numbers in one clause are quoted apart."""
    found = terms("修改本公约由五分之一以上会员提出并经三分之二以上会员赞成。")
    assert [t.words for t in found] == ["修改本公约由五分之一以上会员提出", "经三分之二以上会员赞成"]
    assert [t.name for t in found] == ["amendment.proposal", "amendment.adoption"]


def test_of_two_majorities_the_one_for_amending_gets_the_name() -> None:
    """Of two majorities the one for amending gets the name."""
    found = terms("一般决议须经会员1/2以上表决通过；制定和修改章程须经会员2/3以上表决通过。")
    assert [(t.name, t.value) for t in found] == [("art1.1", "1/2"), ("amendment.adoption", "2/3")]


def test_a_list_of_powers_that_includes_amending_makes_no_amendment_clause() -> None:
    """A list of powers that includes amending makes no amendment clause."""
    assert terms("会员大会的职权：（一）修改章程；（二）选举理事。决议须经半数以上会员同意。")[0].name == "art1.1"


def test_days_counted_from_publication_are_not_the_days_for_publishing() -> None:
    """Days counted from publication are not the days for publishing."""
    assert terms("本公约生效，自公布之日起三十日内报备案。")[0].name == "art1.1"


def test_publication_in_working_days_is_known_too() -> None:
    """Publication in working days is known too."""
    found = terms("本章程自批准之日起生效，并于30个工作日内向社会公告。")
    assert [(t.name, t.words, t.unit) for t in found] == [("publication.within", "于30个工作日内向社会公告", "workday")]


def test_a_range_is_one_term_of_its_later_end() -> None:
    """Its words have both ends."""
    assert [(t.name, t.value, t.unit, t.words) for t in terms("公示三至五个工作日。")] == [
        ("art1.1", 5, "workday", "公示三至五个工作日"),
    ]


def test_a_numeral_broken_over_two_lines_is_read_and_quoted_as_it_stands() -> None:
    """A numeral broken over two lines is read and quoted as it stands."""
    found = terms("对于本公约的任何修改均须经过全体三分之\n二以上成员单位同意。")
    assert [(t.value, t.words) for t in found] == [
        ("2/3", "对于本公约的任何修改均须经过全体三分之\n二以上成员单位同意")
    ]


def test_a_numeral_broken_on_a_short_line_is_read_too() -> None:
    """A numeral broken on a short line is read too."""
    assert [t.name for t in terms("修改本公约须三\n分之二以上会员同意。")] == ["amendment.adoption"]


def test_unknown_terms_are_counted_within_their_article_and_want_confirming() -> None:
    """Unknown terms are counted within their article and want confirming."""
    found = terms("理事须三分之一以上出席，决议在十日内送达。")
    assert [(t.name, t.confirmed_by_wording) for t in found] == [("art1.1", False), ("art1.2", False)]
