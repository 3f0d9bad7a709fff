"""Notices in the pages: derived from the book and the day, read marks, preferences, what each seat is told."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from web.conftest import House
from web.going import PROPOSAL, QINGHE, YIWEI, YUNLING, Going
from web.workspace.conftest import words


def told(email: str) -> list[Any]:
    """What a person is told as of now."""
    from gongyue.web import installation
    from gongyue.web.accounts.models import Person
    from gongyue.web.notices.read_state import notices_of

    return notices_of(installation.now(), Person.objects.get(email=email))


def new_in(page: str) -> int:
    """How many notices a page marks as unread."""
    return page.count('<li class="new">')


def test_the_same_book_and_day_give_the_same_notices_under_the_same_keys(house: House, going: Going) -> None:
    """Nothing is kept that could drift."""
    going.is_under_vote().votes(YIWEI, "consent")
    first = told("yiwei@demo.invalid")
    assert first == told("yiwei@demo.invalid")
    assert len({one.key for one in first}) == len(first)
    going.at("2027-02-12 09:00").ticks()
    assert {one.key for one in first} <= {one.key for one in told("yiwei@demo.invalid")}


def test_a_member_is_told_of_votes_proposals_lists_and_annexes(house: House, going: Going) -> None:
    """With the deadline of what is still open."""
    going.is_under_vote()
    text = words(house.client("yiwei@demo.invalid").get("/notices/"))
    for said in (
        "开始表决：修改第四条（编号 2027-01）",
        "征集附议：修改第四条（编号 2027-01）",
        "第 3 期加入及退出名单已公布",
        "附件《医疗健康数据分支自律协议（演示·虚构）》已公布",
        "表决结束，通过：修改第二十二条、第二十三条（编号 2026-01）",
        "凭纸面以贵单位名义记录：补办密钥",
    ):
        assert said in text, said
    assert "期限 2027年3月4日 24:00" in text
    english = words(house.client("yiwei@demo.invalid").get("/en/notices/"))
    assert "Vote opened: amendment of article 4 (no. 2027-01)" in english
    assert "Recorded from paper in your unit&#x27;s name: key recovered" in english


def test_a_deadline_is_told_a_week_before_and_not_a_day_earlier(house: House, going: Going) -> None:
    """The vote ends on 4 March, 24:00: from 26 February, 00:00 it is near."""
    going.is_under_vote()
    key = f"due:vote:{PROPOSAL}:2027-03-04"
    going.at("2027-02-25 23:59")
    assert key not in {one.key for one in told("yiwei@demo.invalid")}
    going.at("2027-02-26 00:00")
    assert key in {one.key for one in told("yiwei@demo.invalid")}


def test_a_member_that_joined_later_is_not_told_of_what_came_before(house: House) -> None:
    """Shibei was admitted on 25 January 2027: nothing of 2026 but its own."""
    from gongyue.covenant.periods import day_of

    seen = told("shibei@demo.invalid")
    assert any(one.zh == "加入申请已获准，贵单位为成员单位" for one in seen)
    public = [one for one in seen if one.public and one.route != "unit_act"]
    assert all(day_of(one.time) >= date(2027, 1, 25).toordinal() for one in public)
    assert not any("2026-01" in one.zh for one in seen)


def test_an_engineer_is_told_of_public_matters_only(house: House, going: Going) -> None:
    """No act of the unit, no ballot."""
    going.is_under_vote().votes(YUNLING, "against")
    seen = told("yunling-engineer@demo.invalid")
    assert seen and all(one.route != "unit_act" for one in seen)
    going.at("2027-03-01 09:00")
    assert not any("已投票" in one.zh for one in told("yunling-engineer@demo.invalid"))


def test_the_count_in_the_navigation_is_what_is_unread(house: House, going: Going) -> None:
    """Marking one, then all, brings it to nothing; marking again changes nothing."""
    from gongyue.web.notices.models import ReadMark

    going.is_under_vote()
    client = house.client("yiwei@demo.invalid")
    page = client.get("/notices/").content.decode()
    unread = new_in(page)
    assert unread > 3 and f"全部标为已读（{unread}）" in page
    assert f'<span class="count">{unread}</span>' in client.get(f"/workspace/{YIWEI}/").content.decode()
    keys = re.findall(r'name="key" value="((?!all")[^"]+)"', page)
    client.post("/notices/read/", {"key": keys[0]})
    client.post("/notices/read/", {"key": keys[0]})
    assert new_in(client.get("/notices/").content.decode()) == unread - 1
    client.post("/notices/read/", {"key": "all"})
    page = client.get("/notices/").content.decode()
    assert new_in(page) == 0 and "全部标为已读" not in page
    count = ReadMark.objects.count()
    client.post("/notices/read/", {"key": "nothing of ours"})
    assert ReadMark.objects.count() == count


def test_reading_marks_are_each_person_s_own(house: House, going: Going) -> None:
    """The officer of a unit still sees as new what its signatory has read."""
    house.client("yunling@demo.invalid").post("/notices/read/", {"key": "all"})
    assert new_in(house.client("yunling@demo.invalid").get("/notices/").content.decode()) == 0
    assert new_in(house.client("yunling-officer@demo.invalid").get("/notices/").content.decode()) > 0


def test_an_officer_is_told_what_its_office_has_to_do(house: House, going: Going) -> None:
    """A week before the last day, and when it is late; applications to the secretary alone, unnamed in mails."""
    going.at("2027-02-04 10:00").applies()
    going.at("2027-02-20 10:00")
    secretary = {one.key: one for one in told("qin@demo.invalid")}
    key = "due:membership.grant/1:u:910000000000003937:2027-02-24"
    assert key in secretary and "u:91" not in "".join(secretary[key].mail) and secretary[key].mail_ends == 0
    assert key not in {one.key for one in told("lu@demo.invalid")}
    going.at("2027-02-26 10:00")
    assert "late:membership.grant/1:u:910000000000003937:2027-02-24" in {one.key for one in told("qin@demo.invalid")}


def test_an_officer_is_told_of_a_draft_that_waits_for_a_second_signature(house: House) -> None:
    """Those asked who may sign it and have not; nobody else, whatever its office."""
    from gongyue.demo.simulated_office import public_of
    from gongyue.web.acting.models import Draft

    draft = Draft.objects.create(
        type="membership.end/1",
        party="exec",
        actor="exec",
        signers=["o:lu", "o:qin", "o:mo"],
        sigs=[{"key": public_of("o:qin"), "alg": "ed25519", "sig": ""}],
    )
    key = f"draft:{draft.pk}"
    assert key in {one.key for one in told("lu@demo.invalid")}  # the publisher
    assert key not in {one.key for one in told("qin@demo.invalid")}  # has signed
    assert key not in {one.key for one in told("mo@demo.invalid")}  # a panellist does not end memberships
    Draft.objects.update(signers=["o:qin"])
    assert key not in {one.key for one in told("lu@demo.invalid")}  # no longer asked


def test_a_signatory_is_told_of_a_draft_its_officer_prepared(house: House) -> None:
    """Not the officer itself, not the engineer, no other unit."""
    from gongyue.web.accounts.models import Person
    from gongyue.web.acting.models import Draft

    officer = Person.objects.get(email="yunling-officer@demo.invalid")
    draft = Draft.objects.create(type="amendment.support/1", party=YUNLING, actor=YUNLING, created_by=officer)
    key = f"draft:{draft.pk}"
    assert key in {one.key for one in told("yunling@demo.invalid")}
    for email in ("yunling-officer@demo.invalid", "yunling-engineer@demo.invalid", "yiwei@demo.invalid"):
        assert key not in {one.key for one in told(email)}


def test_a_disavowed_act_has_no_deadline_any_more(house: House, going: Going) -> None:
    """It is told still, as an act, but nothing is left to be done."""
    going.is_under_vote().on_paper("vote.ballot/1", QINGHE, vote=PROPOSAL, choice="consent")
    going.at("2027-03-01 09:00")
    assert any(one.key.startswith("due:paper:") for one in told("qinghe@demo.invalid"))
    going.of("vote.disavow/1", QINGHE, vote=PROPOSAL)
    seen = told("qinghe@demo.invalid")
    assert not any(one.key.startswith("due:paper:") for one in seen)
    assert [one.ends for one in seen if one.zh == "凭纸面以贵单位名义记录：投票：修改第四条（编号 2027-01）"] == [0]


def test_a_rhythm_that_is_none_is_an_error_beside_its_field(house: House) -> None:
    """A summary on top, the same words at the field, the title says so; nothing is changed."""
    from gongyue.web.notices.models import Preference

    client = house.client("yiwei@demo.invalid")
    client.get("/notices/preferences/")
    answer = client.post("/notices/preferences/", {"rhythm": "hourly"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>有误：" in html and html.count("请选择一种频率") == 2 and 'href="#rhythm"' in html
    assert Preference.objects.get(person__email="yiwei@demo.invalid").rhythm == "monthly"


def test_notices_ask_to_sign_in(house: House) -> None:
    """They are a person's own."""
    assert house.client().get("/notices/").status_code == 302
    assert house.client().post("/notices/read/", {"key": "all"}).status_code == 302
    assert house.client("yiwei@demo.invalid").get("/notices/read/").status_code == 405


def test_nothing_is_told_of_a_day_to_come(house: House, going: Going) -> None:
    """A week before an officer's deadline, to the day: the notice is of that morning, not of the next."""
    from gongyue.web import installation

    going.at("2027-02-04 10:00").applies()
    for day in ("2027-02-16 09:00", "2027-02-17 09:00", "2027-02-18 09:00"):
        going.at(day)
        found = [one for one in told("qin@demo.invalid") if "决定加入申请" in one.zh]
        assert bool(found) == (day >= "2027-02-17") and all(one.time <= installation.now().time for one in found), day
