"""Joining, how an application stands, the first batch, leaving, the founding."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongyue.office.store import SEALED
from gongyue.web.workspace import own_unit
from gongyue.web.workspace.own_unit import OwnUnit
from support.alliance import Alliance
from web.conftest import House
from web.going import NORTHLAKE, QINGHE, YIWEI, Going
from web.joining.test_joining import GIVEN, signed_elsewhere
from web.workspace.conftest import words

HOME = f"/workspace/{NORTHLAKE.id}/membership/"


def test_whoever_is_no_member_sees_the_two_conditions_and_the_date(house: House) -> None:
    """And a link that fills in what is known: its code."""
    answer = house.client("northlake@demo.invalid").get(HOME)
    text = words(answer)
    assert "尚未加入" in text and "条件只有两项" in text and "20 日" in text
    assert (
        f"/acts/new/membership.apply/1/?as={NORTHLAKE.id.replace(':', '%3A')}&amp;code={NORTHLAKE.code}"
        in answer.content.decode()
    )


def test_an_application_is_followed_step_by_step(house: House, going: Going) -> None:
    """Received, anchored, to be decided by P8; the step under way is marked."""
    client = house.client("northlake@demo.invalid")
    going.at("2027-02-04 10:00").applies()
    html = client.get(HOME).content.decode()
    assert re.search(r'class="now" aria-current="step">\s*<b>申请已存证（锚定）</b>', html)
    going.at("2027-02-05 09:00").ticks()
    answer = client.get(HOME)
    text = words(answer)
    assert re.search(r'class="now" aria-current="step">\s*<b>决定</b>', answer.content.decode())
    assert "2027年2月24日 24:00" in text and "程序规则 P8：加入申请的决定期限，20 日" in text
    assert "填写申请" not in text
    english = words(client.get("/en" + HOME))
    assert "24 February 2027, 24:00" in english and "application received" in english


def test_a_member_is_shown_the_application_that_was_granted(house: House, going: Going) -> None:
    """It applied twice, and the second was withdrawn: the first is what made it a member."""
    going.at("2027-02-04 10:00")
    client, pages = house.client(), []
    for day in ("2027-02-04 10:00", "2027-02-04 11:00"):
        going.at(day)
        form = client.post("/join/apply/", GIVEN).content.decode()
        pages.append(client.post("/join/hand-in/", signed_elsewhere(form))["Location"])
    first = house.office.receipt(SEALED, f"sha256:{pages[0].split('/')[2]}")
    assert first is not None
    note = client.get(f"{pages[1]}withdraw/").content.decode()
    assert client.post(f"{pages[1]}withdraw/", signed_elsewhere(note))["Location"] == pages[1]
    assert "申请已撤回" in words(client.get(pages[1]))
    going.at("2027-02-05 09:00").ticks().grants(first)
    text = words(house.client("northlake@demo.invalid").get(HOME))
    assert "已准予加入" in text and "可以再次申请" not in text and "待决定" not in text


def test_a_late_decision_is_shown_late_and_never_as_an_answer(house: House, going: Going) -> None:
    """Two days past the last day; silence neither admits nor declines."""
    going.at("2027-02-04 10:00").applies()
    going.at("2027-02-26 09:00")
    text = words(house.client("northlake@demo.invalid").get(HOME))
    assert (
        "执行机构逾期未办" in text
        and "2027年2月24日 24:00 北京时间 · 已逾期 2 日" in text
        and "逾期不产生加入，也不产生拒绝" in text
    )


def test_an_amendment_under_way_is_pointed_out_to_an_applicant(house: House, going: Going) -> None:
    """It may change what the applicant joins."""
    going.is_under_vote().at("2027-02-04 10:00").applies()
    assert "有修改提议尚未了结" in words(house.client("northlake@demo.invalid").get(HOME))


def test_a_refusal_is_shown_with_its_ground_and_reasons(house: House, going: Going) -> None:
    """To the applicant alone; it may apply again."""
    application = going.at("2027-02-04 10:00").applies()
    going.at("2027-02-05 09:00").ticks()
    going.refuses(NORTHLAKE.id, application)
    text = words(house.client("northlake@demo.invalid").get(HOME))
    assert "不予加入" in text and "没有接受公约的规则" in text and "未接受自律规则（演示）" in text
    assert "填写申请" in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_first_page_of_whoever_was_refused_says_so(house: House, going: Going, prefix: str) -> None:
    """On which ground, with the reasons, and what it may do: apply again, which is offered and not owed; no engineer's affair."""
    application = going.at("2027-02-04 10:00").applies()
    going.at("2027-02-05 09:00").ticks()
    client, home = house.client("northlake@demo.invalid"), f"{prefix}/workspace/{NORTHLAKE.id}/"
    assert ("was refused" if prefix else "申请未获准") not in words(client.get(home))
    going.refuses(NORTHLAKE.id, application)
    text, page = words(client.get(home)), client.get(home).content.decode()
    said = (
        ("was refused", "has not accepted the rules", "Apply again", "a refusal has none", "not admitted")
        if prefix
        else ("申请未获准", "没有接受公约的规则", "再次申请", "不予加入没有复核", "可以参与 1")
    )
    assert all(one in text for one in (*said, "未接受自律规则（演示）")), text
    assert f"{prefix}/workspace/{NORTHLAKE.id}/membership/#join" in page
    going.at("2027-02-06 09:00").applies()
    assert said[0] not in words(client.get(home))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_whoever_waits_or_was_refused_is_sent_only_to_an_authority_that_there_is(
    house: House, going: Going, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text may have none, and a book may not have adopted the rule on reviews; its days are those in force."""
    client, home = house.client("northlake@demo.invalid"), prefix + HOME
    application = going.at("2027-02-04 10:00").applies()
    turn = "turn to the authority" if prefix else "向主管部门反映"
    assert turn in words(client.get(home))
    with monkeypatch.context() as none:
        none.setattr(own_unit, "overseers", lambda at: [])
        assert turn not in words(client.get(home))
    going.at("2027-02-05 09:00").ticks()
    going.refuses(NORTHLAKE.id, application)
    days = going.office.inst.meaning.period("P5").n
    review = f"P5, to be asked for within {days} days" if prefix else f"P5，{days} 日内请求"
    said = words(client.get(home))
    assert turn in said and review in said
    monkeypatch.setattr(own_unit, "overseers", lambda at: [])
    monkeypatch.setattr(OwnUnit, "review_days", 0)
    said = words(client.get(home))
    assert turn not in said and "P5" not in said and ("A refusal is not reviewed" if prefix else "没有复核") in said


def test_a_granted_application_makes_a_member(house: House) -> None:
    """Shibei, admitted in the story: with the entry that opened its application."""
    shibei = "u:91000000000000385c"
    text = words(house.client("shibei@demo.invalid").get(f"/workspace/{shibei}/membership/"))
    assert "已准予加入，2027年1月25日 10:00" in text and "公开簿第" in text


def test_leaving_is_explained_and_asks_to_be_confirmed(house: House, going: Going) -> None:
    """Without a choice and a confirmation nothing happens; each error stands above and at its field."""
    client, page = house.client("yiwei@demo.invalid"), f"/workspace/{YIWEI}/membership/leave/"
    text = words(client.get(page))
    assert "任何人不得拒绝、拖延或附加条件" in text and "到达即生效" in text
    assert "变更名称" in words(client.get(f"/workspace/{YIWEI}/membership/")) and "变更名称" not in text
    answer = client.post(page, {})
    html = answer.content.decode()
    assert answer.status_code == 422 and "<title>有误：" in html
    assert html.count("请选择何时生效") == 2 and html.count("请确认已了解退出的后果") == 2
    assert 'href="#when"' in html and 'id="when"' in html and 'href="#understood"' in html
    assert YIWEI in going.inst.members


@pytest.mark.parametrize(
    ("day", "fine"), [("2027-01-31", False), ("2027-02-30", False), ("soon", False), ("2027-02-01", True)]
)
def test_a_later_day_of_leaving_is_a_day_after_today(house: House, day: str, fine: bool) -> None:
    """Today, a day that does not exist and no day are refused; tomorrow is taken."""
    page = f"/workspace/{YIWEI}/membership/leave/"
    answer = house.client("yiwei@demo.invalid").post(page, {"when": "later", "day": day, "understood": "yes"})
    if fine:
        assert answer.headers["Location"] == f"/acts/new/membership.withdraw/1/?as=u%3A0009&effective={day}"
    else:
        assert answer.status_code == 422 and "请填写今日以后的日期" in answer.content.decode()


def test_leaving_at_once_leads_to_the_notice_that_is_signed(house: House) -> None:
    """The page before signing shows it in full."""
    page = f"/workspace/{YIWEI}/membership/leave/"
    answer = house.client("yiwei@demo.invalid").post(page, {"when": "now", "understood": "yes"})
    assert answer.headers["Location"] == "/acts/new/membership.withdraw/1/?as=u%3A0009"


def test_what_leaving_touches_is_listed(house: House, going: Going) -> None:
    """An open vote, a proposal it supports, an annex it signed."""
    going.at("2027-02-01 10:00").proposes().is_supported(["u:0008"])
    text = words(house.client("qinghe@demo.invalid").get(f"/workspace/{QINGHE}/membership/leave/"))
    assert "将少一家附议：修改第四条" in text and "医疗健康数据分支自律协议" in text


def test_nobody_leaves_what_it_has_not_joined(house: House) -> None:
    """An applicant has nothing to leave."""
    assert house.client("northlake@demo.invalid").get(f"{HOME}leave/").status_code == 404


# -- before the covenant is in force


@pytest.fixture
def founding(house: House, tmp_path: Path) -> Callable[[Callable[[Alliance], object]], Alliance]:
    """Opens an office whose founding has come as far as the test tells."""
    from gongyue.office.store import open_store
    from gongyue.web import installation

    folder = tmp_path / "young"

    def opened(tell: Callable[[Alliance], object]) -> Alliance:
        folder.mkdir(parents=True)
        (folder / "office.toml").write_text(
            'v = "gongyue/office@1"\norigin = "gongyue.example/zgc-bigdata"\nstore = "sqlite:book.db"\ndemo = true\n',
            "utf-8",
        )
        store = open_store(f"sqlite:{folder / 'book.db'}", create=True)
        alliance = Alliance(members=6, store=store)
        tell(alliance)
        store.close()
        installation.open(folder)
        return alliance

    return opened


def test_an_initiator_is_asked_to_sign_the_frozen_text(
    house: House, founding: Callable[[Callable[[Alliance], object]], Alliance]
) -> None:
    """Three of five have signed; the text is there in full; signing is a task not started."""
    alliance = founding(lambda a: a.frozen() and [a.sign(u) for u in ("u:0002", "u:0003", "u:0005")])
    client = house.client("yunling@demo.invalid")
    text = words(client.get("/workspace/u:0001/"))
    assert "签署公约定稿文本" in text and "已签署 3/5 家" in text
    answer = client.get("/workspace/u:0001/founding/")
    page = words(answer)
    assert "未开始" in page and "每一条，共 26 条" in page and "第二十六条" in page
    assert f"edition=sha256%3A{alliance.edition[7:]}" in answer.content.decode()
    assert page.count("已签") == 3 and page.count("未签") == 2
    english = words(client.get("/en/workspace/u:0001/founding/"))
    assert "not started" in english and "all 26 articles" in english


def test_who_has_signed_waits_for_the_others(
    house: House, founding: Callable[[Callable[[Alliance], object]], Alliance]
) -> None:
    """Nothing to do for it; its signature is dated."""
    founding(lambda a: a.frozen() and a.sign("u:0001"))
    text = words(house.client("yunling@demo.invalid").get("/workspace/u:0001/"))
    assert "等待其余发起单位签署" in text and "现在没有须由贵单位办理的事项" in text
    page = house.client("yunling@demo.invalid").get("/workspace/u:0001/founding/")
    assert "已完成" in words(page) and page.content.count(b'aria-current="step"') == 1


def test_in_force_every_step_of_the_founding_is_done(house: House) -> None:
    """None is where it stands now, and none is to come; the text is compared by words, not by its digest."""
    for prefix in ("", "/en"):
        answer = house.client("yunling@demo.invalid").get(f"{prefix}/workspace/u:0001/founding/")
        page = answer.content.decode()
        assert 'aria-current="step"' not in page and 'class="now"' not in page and 'class="next"' not in page
        assert house.office.inst.founding.digest[7:11] not in words(answer)


def test_a_member_of_the_alliance_may_join_in_the_first_batch(
    house: House, founding: Callable[[Callable[[Alliance], object]], Alliance]
) -> None:
    """Until the first list; the form is not the application's."""
    founding(lambda a: a.published() and a.invite(8, alliance=True))
    client = house.client("qinghe@demo.invalid")
    assert "联盟会员可在首批加入" in words(client.get("/workspace/u:0008/"))
    answer = client.get("/workspace/u:0008/membership/")
    assert "首批加入" in words(answer) and "/acts/new/membership.enrol/1/?as=u%3A0008" in answer.content.decode()
    assert "membership.apply" not in answer.content.decode()


def test_a_young_office_shows_every_page_it_has(
    house: House, founding: Callable[[Callable[[Alliance], object]], Alliance]
) -> None:
    """Before the covenant is in force no page of the workspace breaks."""
    founding(lambda a: a.frozen())
    client = house.client("yunling@demo.invalid")
    for page in (
        "",
        "month/",
        "membership/",
        "founding/",
        "acts/",
        "votes/",
        "amendments/",
        "annexes/",
        "questions/",
        "paper/",
        "drafts/",
    ):
        for prefix in ("", "/en"):
            assert client.get(f"{prefix}/workspace/u:0001/{page}").status_code == 200, page
    assert client.get("/notices/").status_code == 200


def test_leaving_is_read_about_by_an_officer_and_done_by_the_signatory(house: House) -> None:
    """The officer is told who does it, on both pages, and is not given a form that ends in a refusal."""
    signs, drafts = house.client("yunling@demo.invalid"), house.client("yunling-officer@demo.invalid")
    for page in ("/workspace/u:0001/membership/", "/workspace/u:0001/membership/leave/"):
        assert "由签署人办理" in drafts.get(page).content.decode(), page
        assert "由签署人办理" not in signs.get(page).content.decode(), page
    assert 'name="understood"' not in drafts.get("/workspace/u:0001/membership/leave/").content.decode()


def test_whoever_is_no_member_any_more_reads_since_when_and_is_offered_only_what_is_left(house: House) -> None:
    """Its first page, its membership, its paper: the day, the entry, that it may apply again; nothing that members do."""
    from gongyue.web.accounts.models import Person, Seat

    person = Person.objects.get(email="qinghe@demo.invalid")
    Seat.objects.create(person=person, party="u:0011", role="signatory", begins=date(2026, 1, 1))
    client = house.client("qinghe@demo.invalid")
    for page in ("", "membership/", "paper/"):
        said = words(client.get(f"/workspace/u:0011/{page}"))
        assert "自2026年11月20日起，贵单位不再是成员单位，见公开簿 #243" in said.replace("  ", " "), page
        assert "重新申请加入" in said
        english = words(client.get(f"/en/workspace/u:0011/{page}"))
        assert "Since 20 November 2026 your unit is no member any more, by entry #243 of the open book" in english, page
        assert "不再是成员单位" not in words(client.get(f"/workspace/{QINGHE}/{page}")), page
    annexes = client.get("/workspace/u:0011/annexes/").content.decode()
    assert "/acts/new/" not in annexes and "先申报活动" not in annexes
    assert "membership.declare" in client.get(f"/workspace/{QINGHE}/annexes/").content.decode()
