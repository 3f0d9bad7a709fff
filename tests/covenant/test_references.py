"""A share that says what it is of by naming an article's items is that matter's: it is proposed for changes, and it alone is taken."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding.draft import begin
from gongyue.covenant.draft_edition import faults_of

from .answering import settle

TEXT = """湖区商户协会章程
第一条 秘书处作为本章程的执行机构。
第二条 会员大会的职权是：
（一）制定和修改章程；
（二）决定业务范围；
（三）罢免理事。
第三条 会员大会作出的决议须经全体会员半数以上表决通过。{special}
第四条 本章程自公布之日起施行。
"""
SPECIAL = (
    "但对第二条第（一）、（三）项事项作出决议，应当经全体会员2/3以上表决通过。",
    "但对第二条第一项、第三项事项作出决议，应当经全体会员2/3以上表决通过。",
    "但对第二条(一)至(三)项作出决议，应当经全体会员2/3以上表决通过。",
    "但就第二条所列事项作出决议，应当经全体会员2/3以上表决通过。",
)


@pytest.mark.parametrize("special", SPECIAL)
def test_the_share_of_what_is_named_is_that_of_changes(special: str) -> None:
    """The share of what is named is that of changes."""
    d = begin(TEXT.format(special=special).encode(), "x.txt")
    assert d.read.proposals["amendment.adoption"].value == "2/3"
    done, _ = settle(d, [])
    assert faults_of(done) == () and done.records.bindings


@pytest.mark.parametrize("special", SPECIAL)
def test_the_general_share_is_not_taken_where_a_special_one_names_changes(special: str) -> None:
    """The general share is not taken where a special one names changes."""
    d = begin(TEXT.format(special=special).encode(), "x.txt")
    done, _ = settle(d.bind("amendment.adoption", "须经全体会员半数以上表决通过", "3"), [])
    assert "borrowed" in {f.why for f in faults_of(done) if f.capability == "amendment.adoption"}


def test_items_of_another_matter_leave_the_general_share() -> None:
    """Items of another matter leave the general share."""
    other = "但对第二条第（二）、（三）项事项作出决议，应当经全体会员2/3以上表决通过。"
    d = begin(TEXT.format(special=other).encode(), "x.txt")
    assert all(p.capability != "amendment.adoption" or "2/3" not in p.words for p, _ in d.read.seen)
