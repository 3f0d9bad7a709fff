"""Votes as a unit sees them."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from gongyue.covenant.periods import day_of
from web.conftest import House
from web.going import PROPOSAL, QINGHE, YIWEI, YUNLING, Going
from web.workspace.conftest import words

PAGE = f"/workspace/{YIWEI}/votes/{PROPOSAL}/"


def test_while_it_is_open_only_turnout_and_threshold_are_shown(house: House, going: Going) -> None:
    """36 on the roll, three quarters are 27; three have voted, how is nobody's business."""
    going.is_under_vote()
    for unit, choice in ((YUNLING, "consent"), ("u:0002", "against"), ("u:0003", "abstain")):
        going.votes(unit, choice)
    going.at("2027-02-03 09:00").ticks()
    answer = house.client("yiwei@demo.invalid").get(PAGE)
    text = words(answer)
    assert "3 家已投票，名册 36 家；须 27 家同意才通过" in text
    assert "通过线" not in text and "须 27 家同意" in text
    assert "已投票 3 家，名册 36 家，须 27 家同意" in answer.content.decode()
    assert not re.search(r"同意 1\b|不同意 1\b|弃权 1\b", text)
    english = words(house.client("yiwei@demo.invalid").get("/en" + PAGE))
    assert "3 of 36 have voted; 27 must consent" in english


def test_three_choices_of_equal_weight_and_none_is_preselected(house: House, going: Going) -> None:
    """The form asks, and leads to the page where the whole text is signed."""
    going.is_under_vote()
    html = house.client("yiwei@demo.invalid").get(PAGE).content.decode()
    radios = re.findall(r'<input type="radio" name="choice" value="(\w+)" required>', html)
    assert radios == ["consent", "against", "abstain"]
    assert "checked" not in html
    assert 'action="/acts/new/vote.ballot/1/?as=u%3A0009" method="post"' in html
    assert f'name="vote" value="{PROPOSAL}"' in html and "csrfmiddlewaretoken" in html


def test_the_change_is_shown_word_by_word(house: House, going: Going) -> None:
    """What is struck out and what is put in."""
    going.is_under_vote()
    html = house.client("yiwei@demo.invalid").get(PAGE).content.decode()
    assert "<del>积极</del><ins>大力</ins>" in html


def test_its_own_ballot_is_shown_to_the_unit_alone(house: House, going: Going) -> None:
    """And the last one counts."""
    going.is_under_vote().votes(YIWEI, "against")
    going.at("2027-02-05 11:00").votes(YIWEI, "abstain")
    text = words(house.client("yiwei@demo.invalid").get(PAGE))
    assert "贵单位现在的票 弃权" in text and "2027年2月5日 11:00" in text
    other = words(house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/votes/{PROPOSAL}/"))
    assert "贵单位现在的票" not in other and "贵单位尚未投票" in other


def test_a_paper_ballot_can_be_disavowed_from_here(house: House, going: Going) -> None:
    """The link fills in the disavowal; afterwards the unit has not voted."""
    going.is_under_vote().on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="consent")
    client, page = house.client("qinghe@demo.invalid"), f"/workspace/{QINGHE}/votes/{PROPOSAL}/"
    assert "/acts/new/vote.disavow/1/?as=u%3A0008&amp;vote=p%3A2027-01" in client.get(page).content.decode()
    going.of("vote.disavow/1", QINGHE, vote=PROPOSAL)
    text = words(client.get(page))
    assert "贵单位尚未投票" in text and "贵单位现在的票" not in text


def test_after_the_close_the_split_and_both_tests_are_shown(house: House) -> None:
    """The story's amendment: 26 of 37 and 25 of 36."""
    text = words(house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/votes/p:2026-01/"))
    assert "26 家同意" in text and "37 家中 26 家，须 25 家，达到" in text and "36 家中 25 家，须 24 家，达到" in text
    assert "核对并签署" not in text


def test_a_vote_that_closed_early_is_over_on_the_day_it_was_counted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the window's last day it is early, on the day after it is not: the public page and the unit's name that day."""
    from gongyue.office.facts import votes
    from gongyue.web.pages import votes as pages

    vote = house.office.inst.votes["p:2026-01"]
    after = day_of(vote.closes)
    assert [votes.closed_early(replace(vote, closed_day=day)) for day in (after - 1, after)] == [True, False]
    assert not votes.closed_early(vote) and not votes.closed_early(replace(vote, outcome="", closed_day=0))
    addresses = ("/votes/p:2026-01/", f"/workspace/{YUNLING}/votes/p:2026-01/")
    for early in (False, True):
        monkeypatch.setattr(pages, "closed_early", lambda _, early=early: early)
        for address in addresses:
            told = words(house.client("yunling@demo.invalid").get(address))
            ends = [end for end in ("都已投票，提前结束于", "截止于", "已于此时截止") if end in told]
            assert len(ends) == 1 and ("提前" in ends[0]) is early, address


def test_a_vote_on_an_annex_goes_by_its_title(house: House) -> None:
    """An amendment has a number to be cited by; the annex's name is its title, and its id is nobody's word."""
    text = words(house.client("qinghe@demo.invalid").get(f"/workspace/{QINGHE}/votes/"))
    assert "医疗健康数据分支自律协议" in text and "编号 2026-01" in text and "health" not in text


def test_a_vote_on_whose_roll_the_unit_is_not_is_not_there(house: House, going: Going) -> None:
    """Shibei joined after the story's votes."""
    shibei = "u:91000000000000385c"
    client = house.client("shibei@demo.invalid")
    assert client.get(f"/workspace/{shibei}/votes/p:2026-01/").status_code == 404
    assert "还没有在任何表决的名册上" in words(client.get(f"/workspace/{shibei}/votes/"))


def test_once_the_window_is_over_nobody_is_asked_any_more(house: House, going: Going) -> None:
    """It ended, and waits for the count."""
    going.is_under_vote().at("2027-03-05 00:00")
    text = words(house.client("yiwei@demo.invalid").get(PAGE))
    assert "已截止，待计票" in text and "核对并签署" not in text and "贵单位没有投票" in text


def test_nobody_is_asked_to_support_what_the_executive_body_proposes(house: House, going: Going) -> None:
    """On its page, in the list of votes, at the desk, in a unit's tasks and notices: none is needed; the form says so beforehand."""
    desk = house.client("qin@demo.invalid")
    form = words(house.client("mo@demo.invalid").get("/acts/new/amendment.initiate/1/?as=exec"))
    assert "不需附议：发起后即可正式提出" in form and "发起后征集附议" not in form
    going.proposes("exec")
    unit = house.client("yiwei@demo.invalid")
    for client, path in (
        (house.client(), f"/proposals/{PROPOSAL}/"),
        (house.client(), "/votes/"),
        (desk, "/desk/amendments/"),
        (unit, f"/workspace/{YIWEI}/amendments/"),
        (unit, f"/workspace/{YIWEI}/amendments/{PROPOSAL}/"),
    ):
        said = words(client.get(path))
        assert "待提出，不需附议" in said, path
        assert "征集附议" not in said and "核对并附议" not in said and "附议 0" not in said, path
    home = words(unit.get(f"/workspace/{YIWEI}/"))
    assert "待执行机构提出：修改第四条" in home and "可以附议" not in home
    assert "执行机构提议修改，不需附议：修改第四条" in words(unit.get("/notices/"))
    assert "征集附议" in words(unit.get(f"/acts/new/amendment.initiate/1/?as={YIWEI}"))
