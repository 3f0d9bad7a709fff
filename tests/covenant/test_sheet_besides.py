"""What stands in a text beside what is carried out is on the sheet: periods within bound words, and when changes are in force."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import later_changes
from gongyue.covenant.binding.records import bind
from gongyue.covenant.binding.said_besides import besides
from gongyue.covenant.binding.sentences import split
from gongyue.covenant.binding.sheet import sheet_of
from gongyue.covenant.text import Part

APPROVAL = "修改后的公约应当在通过后15日内报主管部门批准，批准后15日内通报全体成员单位，10日内存档"


def part(text: str) -> Part:
    """An article."""
    return Part("2", "第2条", None, text)


def test_a_period_within_the_words_bound_to_another_is_on_the_sheet() -> None:
    """Equal in number, of another start: it is not what the words are bound for."""
    whole = part(APPROVAL + "。")
    bound = bind("amendment.approval", whole, APPROVAL.rpartition("，")[0])
    assert (bound.value, bound.start) == (15, "adoption")
    sheet = sheet_of([whole], [bound], [], [], faults=[])
    assert [e.zh for e in sheet.beyond] == [
        "修改后的报批：自通过起 15 日，软件不代为计算，照录备查；向主管部门备案或报其批准，依所通过的解读",
        "“15日”没有绑定，不据以执行",
        "“10日”没有绑定，不据以执行",
    ]


def test_verify_quotes_every_number_in_bound_words_that_no_rule_goes_by() -> None:
    """Not the first alone."""
    words = "经三分之二以上成员单位同意，并在15日内报主管部门批准"
    whole = part(f"公约的修改{words}。")
    said = [e.zh for e in besides([whole], [], [bind("amendment.approval", whole, words)], [], "approval")]
    assert said == ["修改后的报批：“三分之二”照录备查，不据以计算", "修改后的报批：“15日”照录备查，不据以计算"]


@pytest.mark.parametrize(
    ("text", "published", "later"),
    [
        ("更新后的公约发布即生效。", True, False), ("修订后的规则自公布之日起生效。", True, False), ("调整后的条款于公布之日起执行。", True, False),
        ("更新后的公约公示七日后生效。", False, True), ("更新后的守则自2027年1月1日起施行。", False, True),
        ("本公约自公布之日起施行。", False, False), ("修改后的公约经主管部门批准后生效。", False, False), ("变更名称的，自公布之日起生效。", False, False),
    ],
)  # fmt: skip
def test_when_a_change_is_in_force_is_read_whatever_it_is_called(text: str, published: bool, later: bool) -> None:
    """On publication, as is carried out, or later, which is not."""
    sentence = next(iter(split("2", text)))
    assert (later_changes.on_publication(sentence), later_changes.says_so(sentence)) == (published, later)
    sheet = sheet_of([part(text)], [], [], [], faults=[])
    assert [e.zh for e in sheet.carried_out] == ["修改自公布之日起施行"] * published
    assert [e.zh for e in sheet.beyond if "修改" in e.zh] == ["修改自公布之日起施行，不代为延后"] * later
