"""A change that waits for an approval stands in the due list; recorded from paper while nobody was designated, it is said that nobody signed."""

from __future__ import annotations

import pytest

from gongyue.governance.change_approvals import Awaited

from .desk import TWO, Desk, paper
from .own_text import brought_into_force, voted

TEXT = """云溪协会章程
第一条 秘书处为本会的执行机构。
第二条 会员应当公平竞争。
第三条 理事会可以提出修改本章程的议案，经全体会员三分之二以上同意通过，并报业务主管单位批准后生效。
第四条 本章程自发起会员全体签字之日起生效，自公布之日起施行。
"""
APPROVAL = ("amendment", "approval", "--proposal", "p:1", *paper("示函〔2026〕9号"), *TWO)


@pytest.fixture
def adopted(founded: Desk) -> Desk:
    """The text, in force without any authority; a change of it is adopted."""
    desk = founded
    brought_into_force(desk, TEXT, ("mo.key", "lu.key"))
    desk.run("amendment", "initiate", "--proposal", "p:1", "--replace", "2", "竞争", "诚信竞争", "--key", "u1.key")
    desk.run("amendment", "file", "--proposal", "p:1", "--key", "u1.key")
    assert "批准" not in desk.run("due")
    assert "通过" in voted(desk, "p:1", "consent", "consent")
    return desk


def test_an_awaited_approval_is_in_the_due_list_until_it_is_recorded(adopted: Desk) -> None:
    """With who gives it, that there is no last day, and the command that records it."""
    said = adopted.run("due")
    assert (
        "修改 p:1 已经通过，待批准：没有指定主管部门；没有期限" in said
        and "gongyue amendment approval --proposal p:1" in said
    )
    assert "no authority is designated" in adopted.run("due", "--lang", "en")
    (one,) = adopted.json("due")["awaited"]
    assert (one["proposal"], one["act"], one["authority"]) == ("p:1", "amendment.approval/1", "")
    adopted.run(*APPROVAL)
    assert adopted.json("due")["awaited"] == [] and "待批准" not in adopted.run("due")


def test_an_approval_recorded_while_nobody_is_designated_says_that_nobody_signed(adopted: Desk) -> None:
    """Before it is recorded, as it is, and by whoever verifies the book; of a book without one nothing is said."""
    adopted.run("export", "public")
    verify = ("verify", "public", "--vkey", "office/log.vkey")
    assert "没有主管部门自己签署" not in adopted.run(*verify)
    for words in ((*APPROVAL, "--dry-run"), APPROVAL):
        said = adopted.run(*words)
        assert "簿册没有指定主管部门：这一批准只凭纸面由两名职员记录" in said and "gongyue founding redesignate" in said
    adopted.run("export", "public")
    assert "修改 p:1 的批准（#" in (told := adopted.run(*verify)) and "没有主管部门自己签署" in told
    assert "and none signed" in adopted.run(*verify, "--lang", "en")


def test_where_an_authority_is_designated_nothing_of_the_kind_is_said(effective: Desk) -> None:
    """The seed's own founding, whose change is filed and not approved: no word of either."""
    assert effective.json("due")["awaited"] == []
    zh, en = Awaited("p:1", 0, "示范主管部门").said
    assert "待示范主管部门批准" in zh and "示范主管部门 has to approve it" in en and "没有指定" not in zh


def test_an_authority_named_with_effect_later_signed_nothing_earlier(adopted: Desk) -> None:
    """Named before the approval was recorded, with effect a month after: nobody was designated on that day."""
    named, later = '{"name":"示范业务主管单位","basis":"basis.txt"}', adopted.day(31)
    adopted.run("founding", "redesignate", "--role", "approver", "--authority", named, "--effective", later, *TWO)
    adopted.run(*APPROVAL)
    adopted.run("export", "public")
    assert "没有主管部门自己签署" in adopted.run("verify", "public", "--vkey", "office/log.vkey")
