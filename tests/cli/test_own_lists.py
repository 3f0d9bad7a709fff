"""A text that provides for a list in words of its own: bound, due, published by the routine of a day; lists of another sort are told apart."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding.questions import questions
from gongyue.office import office_folder

from .desk import Desk
from .own_text import brought_into_force

TEXT = """云溪商会章程
第一条 秘书处是本会的执行机构。
第二条 会员应当公平竞争；违反的，可以警告，并列入失信名单，失信名单按年公布。
第三条 诚信会员名录载明加入及退出的会员，每月公示一次。
第四条 修改本章程须经全体会员三分之二以上同意。
第五条 本章程自发起会员全体签署之日起生效，自公布之日起施行。
"""


def _days_later(monkeypatch: pytest.MonkeyPatch, desk: Desk, days: int) -> None:
    """So many days pass, of which each has its round."""
    begun = office_folder.wall_clock()
    for day in range(1, days + 1):
        monkeypatch.setattr(office_folder, "wall_clock", lambda now=begun + day * 86_400: now)
        desk.run("tick")


def test_a_register_under_another_name_is_due_and_published(founded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound as proposed, shown with its day, published by `tick` once the month is over; the book verifies with 0."""
    brought_into_force(founded, TEXT, ("mo.key", "lu.key"))
    assert "publication.list/1" in founded.run("due")
    assert founded.json("publication", "lists")["next"] is not None
    assert "期满之后，由 gongyue tick 公布" in founded.run("publication", "list")
    _days_later(monkeypatch, founded, 64)
    (first, *_) = founded.json("publication", "lists")["lists"]
    assert first
    founded.run("export", "public")
    assert founded.json("verify", "public", "--vkey", "office/log.vkey")["code"] == 0


@pytest.mark.parametrize("other", ["失信名单每年公布一次", "失信会员名单每年公布一次", "红名单、黑名单每半年公布一次"])
def test_a_list_of_another_sort_is_not_proposed_for_that_of_members(other: str) -> None:
    """What is said of it names the list, and what to answer; nothing of it is refused to whoever binds it all the same."""
    text = TEXT.replace("诚信会员名录载明加入及退出的会员，每月公示一次", other)
    d = binding_draft.begin(text.encode(), "章程.txt")
    asked = next(q for q in questions(d) if q.capability == "publication.list_period")
    assert asked.proposal is None and "软件只公布加入及退出的名单" in asked.refused_zh
    assert "only the list of who joined and left is published here" in asked.refused_en


@pytest.mark.parametrize(
    "own",
    [
        "诚信会员名录每年公示一次",
        "秘书处每季度公布加入及退出的会员名单",
        "会员名册每年公布一次，失信会员名单另行公布",
        "入会单位公示名单每年公布一次",
    ],
)
def test_a_list_of_members_is_proposed_whatever_it_is_called(own: str) -> None:
    """No word that praises or posts the list makes it another."""
    d = binding_draft.begin(TEXT.replace("诚信会员名录载明加入及退出的会员，每月公示一次", own).encode(), "章程.txt")
    asked = next(q for q in questions(d) if q.capability == "publication.list_period")
    assert asked.proposal is not None and asked.proposal.binding.at == "3"


def test_two_lists_with_a_number_each_are_told_as_one_is_bound() -> None:
    """Freezing refuses them; the proposal says so in the same words, and what to write."""
    text = TEXT.replace("失信名单按年公布", "失信名单每年公布一次")
    d = binding_draft.begin(text.encode(), "章程.txt")
    asked = next(q for q in questions(d) if q.capability == "publication.list_period")
    assert asked.proposal is not None and "另写有“每年公布一次”" in asked.proposal.zh
    assert "改为“按年公布”" in asked.proposal.zh and "the text has to change too" in asked.proposal.en
    bound = d.accept("publication.list_period")
    assert bound.others and bound.others[0][0] in bound.faults
