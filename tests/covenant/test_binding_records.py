"""What a binding says is read from the words: a number, of whom, from when, and items."""

import pytest

from gongyue.covenant.binding.records import BadBinding, Binding, bind
from gongyue.covenant.text import Item, Part


def part(text: str, *items: str) -> Part:
    """Article 22 with items."""
    return Part("22", "第22条", None, text, tuple(Item(f"（{i}）", t) for i, t in enumerate(items, 1)))


def test_a_share_is_recorded_with_its_base_and_whether_it_counts_itself() -> None:
    """出席会员过半数 is more than half of those present."""
    words = "出席會員過半數之同意行之"
    assert bind("amendment.adoption", part("應有會員四分之三以上之出席，" + words + "。"), words) == Binding(
        "amendment.adoption", "22", 1, words, "share", "1/2", inclusive=False, base="present", base_words="出席"
    )


def test_a_base_outside_the_words_still_counts() -> None:
    """The number is read from the clause around the words, so that short words hide no base."""
    text = "修改本章程，须经出席会员三分之二以上同意。"
    assert bind("amendment.adoption", part(text), "三分之二以上同意").base == "present"


def test_a_period_is_recorded_with_its_start_and_a_frequency_with_its_interval() -> None:
    """生效后的30日内, and 每季度 for a list."""
    within = bind("publication.within", part("并在生效后的30日内由联盟公布。"), "在生效后的30日内")
    assert (within.kind, within.value, within.unit, within.delay, within.start, within.start_words) == (
        "period", 30, "day", False, "effect", "生效后的",
    )  # fmt: skip
    often = bind("publication.list_period", part("每季度公布名单。"), "每季度公布名单")
    assert (often.kind, often.value, often.unit) == ("frequency", 3, "month")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("本公约经会员大会通过后生效，并在二十日内公布", "effect"), ("本章程經主管機關核備後生效，並於三十日內公告之", "effect"),
        ("本公约经主管部门批准，并于十日内公布", "approval"), ("本公约经会员大会通过，秘书处在十日内公布", ""),
        ("本公约生效，秘书处应在十日内公布", ""), ("本公约自签署之日起，十日内公布", "signature"),
    ],
)  # fmt: skip
def test_a_period_runs_from_the_moment_before_a_comma_only_where_the_sentence_goes_on_with_it(
    text: str, start: str
) -> None:
    """生效，并在 runs from effect; with another subject after the comma the text does not say from when."""
    assert bind("publication.within", part(text + "。"), text).start == start


def test_ten_members_are_a_headcount() -> None:
    """由十人以上会员联名 proposes by heads, not by a share."""
    bound = bind("amendment.proposal", part("由十人以上会员联名提出修改。"), "由十人以上会员联名提出修改")
    assert (bound.kind, bound.value, bound.inclusive) == ("headcount", 10, True)


def test_items_are_the_articles_own() -> None:
    """A list bound by its lead has the items of the article."""
    bound = bind("sanction.list", part("给予下列处理：\n（1）警告；\n（2）除名。", "警告；", "除名。"), "给予下列处理")
    assert (bound.kind, bound.items) == ("list", ("警告；", "除名。"))


@pytest.mark.parametrize(("words", "nth"), [("四分之三以上同意", 1), ("三分之二", 2), ("", 1)])
def test_words_that_do_not_stand_there_are_refused(words: str, nth: int) -> None:
    """Neither other words, nor a second occurrence where there is one, nor none at all."""
    with pytest.raises(BadBinding, match="第22条"):
        bind("amendment.adoption", part("经三分之二以上同意。"), words, nth)


def test_words_with_two_numbers_are_refused_with_both() -> None:
    """A person selects one of them."""
    text = "应有会员四分之三以上之出席，出席会员过半数之同意行之。"
    with pytest.raises(BadBinding, match=r"3/4、1/2"):
        bind("amendment.adoption", part(text), text)


def test_the_occurrence_says_which_of_two_equal_words_is_meant() -> None:
    """三分之二以上同意 of those present, then of all."""
    text = "须经出席会员三分之二以上同意；解散须经全体会员三分之二以上同意。"
    assert [bind("amendment.adoption", part(text), "三分之二以上同意", n).base for n in (1, 2)] == ["present", "roll"]
