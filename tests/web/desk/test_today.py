"""Everybody's first page: an officer's own tasks, whom to invite before a report comes, its dossiers; a member's bulletins to read."""

from __future__ import annotations

import pytest

from gongyue.governance import change_approvals
from gongyue.governance.change_approvals import Awaited
from web.bulletins.test_seen import issue
from web.cases import Casework
from web.conftest import House
from web.going import BEICHEN, CLERK, SECRETARY, Going
from web.rooms import assigns, name_of, petition, text_of

HU, LU, QIN, XU = (f"{one}@demo.invalid" for one in ("hu", "lu", "qin", "xu"))


def test_a_declaration_is_asked_for_a_month_before_it_ends(house: House) -> None:
    """The panellist's was made on 2026-05-12: nothing 31 days before its end, asked for 30 days before, late the day after."""
    for day, said in (
        ("2027-04-11", ""),
        ("2027-04-12", "还有"),
        ("2027-05-12", "今日"),
        ("2027-05-13", "已逾期 1 日"),
    ):
        Going(house).at(f"{day} 10:00")
        own = text_of(house.client(HU), "/desk/").partition("待签")[0]
        assert ("续报您的利害关系" in own) is bool(said), day
        if said not in ("", "今日"):
            assert said in own, day


def test_a_secretary_with_one_assistant_is_told_whom_to_invite(house: House) -> None:
    """Only secretary and clerk are left: caseworker, six panellists, mediator and publisher are named before any report; others are not asked."""
    going = Going(house).at("2027-03-02 10:00")
    for officer in going.inst.officers.values():
        if officer.id not in (SECRETARY, CLERK) and (held := sorted(officer.held(going.inst.today))):
            body = {"officer": officer.id, "offices": held, "ends": "2027-03-02"}
            going.executive("office.end/1", body, [SECRETARY, CLERK])
    going.at("2027-03-03 10:00")
    for email in (QIN, "bai@demo.invalid"):
        own = text_of(house.client(email), "/desk/")
        for words in ("邀请承办人 1 名", "邀请审议人 6 名", "邀请调解员 1 名", "邀请发布人 1 名"):
            assert words in own, (email, words)
    assert "offices=panellist" in house.client(QIN).get("/desk/").content.decode()


def test_whoever_does_not_appoint_is_not_asked_to_invite(house: House) -> None:
    """A mediator is missing in the demonstration; publisher and panellist are told of no such task."""
    Going(house).at("2027-03-02 10:00")
    assert "邀请调解员 1 名" in text_of(house.client(QIN), "/desk/")
    for email in (LU, HU):
        assert "邀请调解员" not in text_of(house.client(email), "/desk/")


def test_officers_find_their_dossiers_on_their_first_page(house: House) -> None:
    """A panellist on its first day sees the case it is to conclude, and of others nothing; what waits for others is not hidden."""
    going = Casework(house)
    going.at("2027-03-02 10:00")
    case = going.opens(going.reports())
    other = petition(going, BEICHEN)
    assigns(going, other, "o:xu")
    page = text_of(house.client(HU), "/desk/")
    assert name_of(case) in page and "审议组作出结论" in page and name_of(other) not in page
    assert name_of(other) in text_of(house.client(XU), "/desk/")


def test_what_is_overdue_stands_first_dossiers_too(house: House) -> None:
    """The day after a petition was due its row stands under Overdue and is counted there, above all that has no deadline."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, BEICHEN)
    assigns(going, dossier, SECRETARY)
    going.at("2027-03-20 10:00")
    page = text_of(house.client(QIN), "/desk/")
    late, _, rest = page.partition("您自己要办的")
    assert name_of(dossier) in late and "没有逾期事项" not in page and name_of(dossier) not in rest
    assert "邀请调解员" in rest


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_bulletin_stands_on_the_first_page_until_it_was_opened(house: House, prefix: str) -> None:
    """Unread it is there, as what corrects it is, in its place; opened by one person, it stays for another; an engineer has neither."""
    going = Going(house).at("2027-03-02 10:00")
    n = issue(going)
    client, home = house.client("yunling@demo.invalid"), f"{prefix}/workspace/u:0001/"
    link = f"{prefix}/workspace/u:0001/bulletins/"
    assert f'href="{link}{n}/"' in client.get(home).content.decode()
    mended = issue(going.at("2027-03-03 10:00"), "自律信息第七期（更正）", replaces=n)
    page = client.get(home).content.decode()
    assert f'href="{link}{mended}/"' in page and f'href="{link}{n}/"' not in page
    assert (f"更正第 {n} 件" if not prefix else f"corrects no. {n}") in page
    assert client.get(f"{link}{mended}/").status_code == 200
    assert f'href="{link}{mended}/"' not in client.get(home).content.decode()
    assert f'href="{link}{mended}/"' in house.client("yunling-officer@demo.invalid").get(home).content.decode()
    assert "bulletins/" not in house.client("yunling-engineer@demo.invalid").get(home).content.decode()


def test_an_application_is_called_by_the_applicants_name(house: House) -> None:
    """On the list of what is due, for those who decide on it: not by an id."""
    going = Going(house).at("2027-03-02 10:00")
    going.applies()
    page = text_of(house.client(QIN), "/desk/")
    due = page.partition("到期")[2]
    assert "决定加入申请" in due and "u:91" not in due


@pytest.mark.parametrize(
    ("day", "asked"), [("2026-10-31", ""), ("2026-11-01", "2027"), ("2027-02-02", "2027"), ("2027-11-01", "2027、2028")]
)
def test_the_holidays_of_a_coming_year_are_asked_for_from_november(house: House, day: str, asked: str) -> None:
    """2026 is loaded: nothing on 31 October, 2027 from 1 November on and for as long as it is missing."""
    from gongyue.covenant.periods import from_iso
    from gongyue.web.desk.own_tasks import years_near

    loaded = house.office.inst.meaning.calendar
    assert loaded is not None and sorted(loaded.years) == [2026]
    assert "、".join(str(y) for y in years_near(from_iso(day)) if y not in loaded.years) == asked
    if day.startswith("2027"):
        Going(house).at(f"{day} 10:00")
        for email, told in ((QIN, True), (LU, False)):  # whoever publishes does not load it
            assert (f"载入 {asked} 年的节假日历" in text_of(house.client(email), "/desk/")) is told, email


def test_a_vote_under_way_stands_once_with_its_end(house: House) -> None:
    """Its close by the office key is no second line a day later, until it is late."""
    Going(house).is_under_vote()
    page = text_of(house.client(QIN), "/desk/")
    assert "表决中" in page and "结束表决" not in page


def test_what_was_answered_long_ago_is_not_offered(house: House) -> None:
    """The covenant is approved and in force and no amendment is adopted: nothing of the authority's is recorded, no form of the founding is printed."""
    client = house.client(QIN)
    page = text_of(client, "/desk/authority/")
    assert "另行指定主管部门" in page
    assert not any(one in page for one in ("主管部门批复", "主管部门批准修改", "修改报备案"))
    forms = text_of(client, "/desk/letters/").partition("纸面表格")[2]
    assert "退出公约" in forms
    assert not any(one in forms for one in ("首批加入", "主管部门批复", "签署公约", "通过解释与程序规则"))


def test_an_adopted_amendment_is_filed_from_the_authoritys_page(house: House) -> None:
    """Once a vote adopted it, filing it is offered there, and not an approval, which the reading adopted here does not ask for."""
    Going(house).is_under_vote().adopts()
    page = text_of(house.client(QIN), "/desk/authority/")
    assert "修改报备案" in page and "主管部门批准修改" not in page and "主管部门批复" not in page


def test_a_corrected_bulletin_is_not_posted_any_more(house: House) -> None:
    """Where nobody gets mail its correction is posted in its place; before there was one, the first was."""
    going = Going(house).at("2027-02-02 10:00")
    first = issue(going)
    assert f"致全体成员第 {first} 件" in text_of(house.client(QIN), "/desk/paper/")
    second = issue(going, replaces=first)
    page = text_of(house.client(QIN), "/desk/paper/")
    assert f"致全体成员第 {second} 件" in page and f"致全体成员第 {first} 件" not in page


def test_the_pages_of_the_founding_name_the_edition_in_force(house: House) -> None:
    """The demonstration's text was changed: desk and initiator are told which edition stands there, and which is in force."""
    for client, page in (
        (house.client(QIN), "/desk/founding/"),
        (house.client("yunling@demo.invalid"), "/workspace/u:0001/founding/"),
    ):
        assert "这里是订立时的第 1 版；第 2 版自2026年11月30日起施行" in text_of(client, page)
        assert "This is edition 1, as it was founded; edition 2 is in force since 30 November 2026" in text_of(
            client, f"/en{page}"
        )


def test_what_was_recorded_lately_says_of_whom_as_the_book_does(house: House) -> None:
    """Actor, act and what it is about, as in the open book."""
    client = house.client("qin@demo.invalid")
    said, english = text_of(client, "/desk/"), text_of(client, "/en/desk/")
    lately = said.partition("最近入簿")[2]
    assert "#295 执行机构 更正 #54 公布公约 2027年1月28日" in lately and "#292 执行机构 准予加入 拾贝科技" in lately
    assert "#292 Executive body: admitted 拾贝科技 25 January 2027" in english.partition("Recorded lately")[2]


def test_an_awaited_approval_of_a_change_is_among_what_is_due(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """With who gives it, or that nobody is designated, and that there is no last day; nothing where none is awaited."""
    assert "待批准" not in text_of(house.client(QIN), "/desk/")
    for authority, said, english in (
        ("示范主管部门", "待示范主管部门批准；没有期限", "has to approve it"),
        ("", "待批准；没有指定主管部门", "no authority is designated"),
    ):
        one = Awaited(next(iter(Going(house).inst.proposals)), 20_000, authority)
        monkeypatch.setattr(change_approvals, "awaited", lambda inst, day, one=one: iter([one]))
        assert said in text_of(house.client(QIN), "/desk/")
        assert english in text_of(house.client(QIN), "/en/desk/")
