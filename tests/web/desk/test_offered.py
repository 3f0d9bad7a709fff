"""What a page offers: what can be done now as buttons, what cannot be folded away, nothing that has nothing to be about."""

from __future__ import annotations

import re
from html import unescape

import pytest

from web.bulletins.test_seen import issue
from web.cases import MO, Casework
from web.conftest import House
from web.desk.test_docket import shut
from web.desk.test_panel import mail
from web.going import BEICHEN, PROPOSAL, QINGHE, SECRETARY, Going
from web.rooms import assigns, name_of, petition, text_of

QIN, BAI, HU = (f"{one}@demo.invalid" for one in ("qin", "bai", "hu"))


def test_the_list_of_dossiers_offers_what_can_be_done_and_each_page_folds_the_rest(house: House) -> None:
    """What cannot be done stands behind one line of the dossier's own page, with its code; the list shows no closed gate."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, SECRETARY)
    client = house.client(QIN)
    listed = client.get("/desk/docket/").content.decode()
    assert "答复诉求：已反映给主管部门" in listed and 'class="gate"' not in listed
    page = client.get(f"/desk/docket/{name_of(dossier)}/").content.decode()
    opened, _, folded = page.partition("现在办不了的")
    assert "答复诉求：已反映给主管部门" in opened and 'class="gate"' not in opened
    assert "尚未反映给主管部门" in shut(folded, "答复诉求：主管部门已答复")


def test_while_a_reply_may_come_the_panel_reads_that_it_concludes_after_it(house: House) -> None:
    """The next step never names what would be refused today: a conclusion before the reply (GY-17-04)."""
    from web.cases import PROMISE

    going = Casework(house).at("2027-03-02 10:00")
    case = going.opens(going.reports())
    going.serves(case, "notice", PROMISE).receives(case, PROMISE)
    at = f"/desk/docket/{name_of(case)}/"
    assert "答复完毕或者期满以后，审议组作出结论" in text_of(house.client(mail(MO)), at)
    going.notes(case, complete=True)
    assert "答复完毕或者期满以后" not in text_of(house.client(mail(MO)), at)


def test_the_grounds_of_an_order_stand_under_what_they_are_grounds_of(house: House) -> None:
    """An extension has two: that the matter is complex, that a party asks; those of a pause are not among them."""
    going = Casework(house).at("2027-03-02 10:00")
    case = going.opens(going.reports())
    page = house.client(mail(MO)).get(f"/acts/new/dossier.order/1/?dossier={case}&what=extend&ground=complexity")
    found = re.search(r'aria-label="延期">(.*?)</div>', page.content.decode(), re.DOTALL)
    assert found is not None
    assert set(re.findall(r'value="(\w+)"', found[1])) == {"complexity", "party_request"}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_caseworker_s_addition_offers_what_a_caseworker_files(house: House, prefix: str) -> None:
    """Documents alone: what parties ask for, withdraw or say of their file is no officer's; left empty it says nothing of them either."""
    case = Casework(house).at("2027-03-02 10:00").opens()
    form, client = f"{prefix}/acts/new/dossier.note/1/?dossier={case}", house.client(mail(MO))
    page = client.get(form).content.decode()
    assert 'name="docs.text"' in page and ("Add documents</h1>" if prefix else "补充材料</h1>") in page
    room = client.get(f"{prefix}/desk/docket/{name_of(case, 'en' if prefix else 'zh')}/").content.decode()
    assert "补充或申请" not in room and ("Add documents" if prefix else "补充材料") in room
    assert not re.findall(r'name="(asks|whom|withdrawn|complete)"', page)
    empty = client.post(form, {})
    assert empty.status_code == 422
    said = re.sub(r"<[^>]+>", " ", empty.content.decode())
    assert ("Nothing is said yet" if prefix else "还没有写什么") in said and "材料已齐" not in said


def test_a_units_page_offers_what_its_paper_can_be_about(house: House) -> None:
    """No vote, no proposal to support, nothing to disavow: none of these; with a vote under way it votes, whoever left does not."""
    going = Going(house)
    client, at = house.client(QIN), f"/desk/members/{BEICHEN}/"
    before = text_of(client, at)
    assert "签署附件" in before and "退出附件" not in before and "否认纸面选票" not in before and "退出公约" in before
    assert "退出附件" in text_of(client, f"/desk/members/{QINGHE}/")  # which signed it
    going.is_under_vote().on_paper("vote.ballot/1", BEICHEN, vote=PROPOSAL, choice="consent")
    after = client.get(at).content.decode()
    assert "vote.ballot/1" in after and "vote.disavow/1" in after


def test_of_a_unit_that_is_no_member_any_more_only_what_is_still_possible_is_recorded(house: House) -> None:
    """Put out or left: its keys alone; and the page says since when, and by which entry."""
    client = house.client(QIN)
    for unit, day, entry in (("u:0011", "2026年11月20日", 243), ("u:0028", "2026年12月7日", 254)):
        page = client.get(f"/desk/members/{unit}/").content.decode()
        assert set(re.findall(r"/acts/new/([a-z./]+)1/\?as=", page)) == {"key.recover/", "key.revoke/"}
        said = text_of(client, f"/desk/members/{unit}/")
        assert f"{day} 终止，见 #{entry}" in said and "只列出成员资格终止以后仍可办的" in said
    assert "只列出成员资格终止以后仍可办的" not in text_of(client, f"/desk/members/{BEICHEN}/")
    assert "ended on 20 November 2026, see #243" in text_of(client, "/en/desk/members/u:0011/")


def test_whoever_left_during_a_vote_may_still_disavow_the_ballot_that_others_recorded(house: House) -> None:
    """No ballot any more, but the disavowal of one: it counts until the close."""
    going = Going(house).is_under_vote()
    going.on_paper("vote.ballot/1", BEICHEN, vote=PROPOSAL, choice="consent")
    going.on_paper("membership.withdraw/1", BEICHEN)
    page = house.client(QIN).get(f"/desk/members/{BEICHEN}/").content.decode()
    begun = set(re.findall(r"/acts/new/([a-z./]+)1/\?as=", page))
    assert begun == {
        "vote.disavow/",
        "key.disavow/",
        "key.recover/",
        "key.revoke/",
    }  # the withdrawal can be disavowed, too


def test_an_end_of_membership_says_when_it_takes_effect(house: House) -> None:
    """On the member's page and above its form; of whoever is no member there is nothing to end."""
    client = house.client(QIN)
    said = text_of(client, f"/desk/members/{BEICHEN}/")
    assert "自载入公开簿之时终止，不溯及以前" in said
    form = text_of(client, f"/acts/new/membership.end/1/?unit={BEICHEN}")
    assert "资格自本行为载入公开簿之时终止" in form and "决定生效以后才能办" in form
    assert "没有决定的，须选明主体已经终止" in form  # as the form asks: left empty it is refused, below
    blank = client.post(f"/acts/new/membership.end/1/?unit={BEICHEN}", {"unit": BEICHEN})
    assert blank.status_code == 422 and "终止的理由" in unescape(blank.content.decode())
    drafted = client.post(
        f"/acts/new/membership.end/1/?unit={BEICHEN}", {"unit": BEICHEN, "link": "entity-ended"}, follow=True
    )
    assert "而是声明该单位作为主体已经终止。软件不能核对这一点" in unescape(drafted.content.decode())
    waits = text_of(client, "/en/desk/confirmations/")
    assert (
        "End a membership Your turn" in waits.replace("your turn", "Your turn") and "membership ended" not in waits
    )  # nothing is done yet
    ended = next(one for one in Going(house).inst.units.values() if one.status == "ended")
    assert "membership.end/1" not in client.get(f"/desk/members/{ended.id}/").content.decode()


def test_who_signs_is_said_before_anything_is_written(house: House) -> None:
    """Of an amendment that the executive body proposes, beside its button; of a bulletin, beside its kind."""
    client = house.client(QIN)
    said = "Two officers sign it (panellist); no support is needed. It may be drafted for them (clerk), who then does not sign."
    assert said in text_of(client, "/en/desk/amendments/")
    assert "由经办签署；恢复名誉的，须两人签署，其中一人是经办" in text_of(client, "/acts/new/bulletin.issue/1/")


def test_what_other_offices_do_is_folded_and_counted(house: House) -> None:
    """A panellist reads one line in place of nine closed gates; keys lost by officers are recovered by secretary and clerk alone."""
    page = house.client(HU).get("/desk/offices/").content.decode()
    assert "别的职务办的 6 项" in page and "key.recover/1" not in page and "补办由秘书长或者经办记录" in page
    for email in (QIN, BAI):
        client, form = house.client(email), "/acts/new/key.recover/1/?as=o%3Ahu"
        assert form in client.get("/desk/offices/").content.decode() and "所依的纸面" in text_of(client, form)


def test_a_corrected_bulletin_is_not_posted_and_not_corrected_again(house: House) -> None:
    """Its page names what took its place, and offers neither letters nor another correction."""
    going = Going(house).at("2027-03-02 10:00")
    first = issue(going, "第一")
    assert "须打印寄送" in text_of(house.client(QIN), f"/desk/bulletins/{first}/")
    last = issue(going, "第二", replaces=first)
    page = text_of(house.client(QIN), f"/desk/bulletins/{first}/")
    assert f"寄第 {last} 件" in page and "须打印寄送" not in page and "另发一件代替它" not in page
    assert "另发一件代替它" in text_of(house.client(QIN), f"/desk/bulletins/{last}/")


def test_papers_that_came_in_stand_by_the_day_they_were_recorded(house: House) -> None:
    """The latest first, whichever book they stand in: a ballot under seal of November below an order of January."""
    page = house.client(QIN).get("/desk/paper/").content.decode().partition("收文登记")[2]
    assert page.index("〔2026〕31号") < page.index("选票 feibai") < page.index("砚池函")
    assert page.index("示行保1号") < page.index("选票 feibai")
