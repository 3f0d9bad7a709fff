"""A unit's first page, and the chooser before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from web.conftest import House
from web.going import NORTHLAKE, PROPOSAL, QINGHE, YIWEI, YUNLING, Going
from web.workspace.conftest import words

MEMBER_PAGES = (
    "",
    "month/",
    "month/2026/10/",
    "membership/",
    "membership/leave/",
    "votes/",
    "votes/p:2026-01/",
    "votes/a:health/",
    "amendments/",
    "amendments/p:2026-01/",
    "annexes/",
    "questions/",
    "acts/",
    "drafts/",
    "paper/",
)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_a_member_is_shown_in_both_languages(house: House, prefix: str) -> None:
    """Each page answers and is never kept by anybody."""
    client = house.client("yunling@demo.invalid")
    for page in MEMBER_PAGES:
        answer = client.get(f"{prefix}/workspace/{YUNLING}/{page}")
        assert answer.status_code == 200, (page, answer.status_code)
        assert answer.headers["Cache-Control"] == "no-store"


def test_one_seat_leads_straight_to_its_unit(house: House) -> None:
    """Whoever has one seat need not choose."""
    answer = house.client("yiwei@demo.invalid").get("/workspace/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/workspace/{YIWEI}/")


def test_an_officer_is_led_to_the_desk_and_the_authority_to_its_face(house: House) -> None:
    """The workspace is for units."""
    assert house.client("qin@demo.invalid").get("/workspace/").headers["Location"] == "/desk/"
    assert house.client("authority@demo.invalid").get("/workspace/").headers["Location"] == "/authority/"


def test_several_seats_are_to_be_chosen_from(house: House) -> None:
    """Each with its unit and what the person is to it."""
    from gongyue.web.accounts.models import Person, Seat

    person = Person.objects.get(email="yiwei@demo.invalid")
    Seat.objects.create(person=person, party=QINGHE, role="officer", begins=date(2026, 1, 1))
    text = words(house.client("yiwei@demo.invalid").get("/workspace/"))
    assert "一苇计算" in text and "签署人" in text
    assert "青禾健康" in text and "专员" in text


def test_whoever_has_no_seat_is_told_how_to_get_one(house: House) -> None:
    """By the unit's signatory, by the secretary, or on paper without an account."""
    from gongyue.web.accounts.models import Person

    Person.objects.create_user("nobody@demo.invalid", "a long pass phrase 17")
    text = words(house.client("nobody@demo.invalid").get("/workspace/"))
    assert "您还没有席位" in text and "签署人" in text and "秘书长" in text and "打印表格" in text
    assert "You have no seat yet" in words(house.client("nobody@demo.invalid").get("/en/workspace/"))


def test_an_open_vote_stands_first_with_its_deadline_and_basis(house: House, going: Going) -> None:
    """Beijing date and time, then days and hours, then what the count rests on."""
    going.is_under_vote().at("2027-02-20 09:00")
    text = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))
    assert "2027年3月4日 24:00 北京时间 · 还有 12 日" in text
    assert "表决：修改第四条（编号 2027-01）" in text
    assert "程序规则 P6：表决期，30 日" in text
    assert "尚未投票" in text
    english = words(house.client("yiwei@demo.invalid").get(f"/en/workspace/{YIWEI}/"))
    assert "4 March 2027, 24:00 Beijing time · 12 days left" in english
    assert "Vote: amendment of article 4 (no. 2027-01)" in english


def test_a_vote_already_used_is_done_for_the_unit_alone(house: House, going: Going) -> None:
    """Its own page says so; nobody else's does."""
    going.is_under_vote().votes(YUNLING, "against")
    assert "已投票；截止前可以改投" in words(house.client("yunling@demo.invalid").get(f"/workspace/{YUNLING}/"))
    other = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))
    assert "尚未投票" in other and "已投票；" not in other


def test_what_the_executing_body_does_late_stands_above_everything(house: House, going: Going) -> None:
    """A proposal filed and not put to the vote within P7 is overdue to whoever supported it."""
    going.at("2027-02-01 10:00").proposes().is_supported().is_filed()
    going.at("2027-02-25 10:00")
    text = words(house.client("beichen@demo.invalid").get("/workspace/u:0004/"))
    assert text.index("已逾期 9 日") < text.index("每月约二十分钟")
    assert "执行机构应办：开始表决" in text and "程序规则 P7" in text
    assert "执行机构应办" not in words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))


def test_support_still_needed_is_counted_aloud(house: House, going: Going) -> None:
    """36 members: one tenth is 3.6, so four; the arithmetic is shown."""
    going.at("2027-02-01 10:00").proposes().is_supported(["u:0002"])
    text = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))
    assert "附议 2 家，须 4 家（10×2=20&lt;36），还差 2 家" in text
    assert "2027年5月2日 24:00" in text and "程序规则 P15" in text


def test_a_paper_act_to_be_checked_is_a_task(house: House, going: Going) -> None:
    """With the moment until which it can be disavowed."""
    receipt = going.at("2027-02-01 10:30").on_paper("membership.withdraw/1", YIWEI, effective="2027-06-30")
    text = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))
    assert "核对凭纸面记录的行为：退出公约" in text
    assert "请确认获知；如非贵单位所为，可否认：确认或被告知后 7 日内，此前没有截止" in text
    going.informs(receipt)
    text = words(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/"))
    assert "2027年2月8日 10:30" in text and "如非贵单位所为，可在此前否认" in text
    assert "已通知退出，尚未到所定之日" in text


def test_an_engineer_sees_no_ballot_no_application_and_no_draft(house: House, going: Going) -> None:
    """What signatory and officers alone see is not shown, and its pages are refused."""
    going.is_under_vote().votes(YUNLING, "against")
    engineer = house.client("yunling-engineer@demo.invalid")
    text = words(engineer.get(f"/workspace/{YUNLING}/"))
    assert "已投票" not in text and "由签署人投票；投了没有，这里不显示" in text
    for page in (f"votes/{PROPOSAL}/", "acts/", "drafts/", "questions/", "paper/", "membership/leave/"):
        assert engineer.get(f"/workspace/{YUNLING}/{page}").status_code == 403, page
    assert engineer.get(f"/workspace/{YUNLING}/acts/disclosures.jsonl").status_code == 403


@pytest.mark.parametrize("email", ["yiwei@demo.invalid", "qin@demo.invalid", "authority@demo.invalid"])
def test_no_page_of_a_unit_is_open_to_anybody_else(house: House, email: str) -> None:
    """Another member, an officer, the authority: refused; a stranger is sent to sign in."""
    for page in (*MEMBER_PAGES, "acts/sealed/3/", "acts/sealed/3/receipt", "acts/disclosures.jsonl"):
        path = f"/workspace/{YUNLING}/{page}"
        assert house.client(email).get(path).status_code == 403, page
        assert house.client().get(path).status_code == 302, page
    assert house.client(email).get(f"/workspace/{YUNLING}/paper/vote.ballot/1/form.pdf").status_code == 403


def test_a_seat_that_has_ended_opens_nothing(house: House) -> None:
    """The day after its last day it is over."""
    from gongyue.web.accounts.models import Seat

    Seat.objects.filter(party=YIWEI).update(ends=date(2027, 1, 30))
    assert house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/").status_code == 403


def test_the_month_in_one_page(house: House, going: Going) -> None:
    """What happened, deadlines ahead, acts in the unit's name; earlier months can be read."""
    going.is_under_vote().at("2027-02-20 09:00").votes(YIWEI, "consent")
    client = house.client("yiwei@demo.invalid")
    text = words(client.get(f"/workspace/{YIWEI}/month/"))
    assert "2027年2月摘要" in text and "今后 45 天的期限" in text
    assert "开始表决：修改第四条" in text and "已以贵单位名义记录：投票" in text
    earlier = words(client.get(f"/workspace/{YIWEI}/month/2026/11/"))
    assert "表决结束，通过：修改第二十二条、第二十三条（编号 2026-01）" in earlier
    assert client.get(f"/workspace/{YIWEI}/month/2027/3/").status_code == 404
    assert client.get(f"/workspace/{YIWEI}/month/2027/13/").status_code == 404
    assert "November 2026" in words(client.get(f"/en/workspace/{YIWEI}/month/2026/11/"))


def test_an_applicant_sees_its_own_pages_and_no_member_s(house: House, going: Going) -> None:
    """No votes, no questions in its navigation; the application in its attention."""
    going.at("2027-02-04 10:00").applies()
    text = words(house.client("northlake@demo.invalid").get(f"/workspace/{NORTHLAKE.id}/"))
    assert "等待执行机构决定加入申请" in text and "2027年2月24日 24:00" in text
    assert "请求解释" not in text


def test_another_covenant_has_its_own_numbers_and_only_what_its_text_has(house: House, tmp_path: Path) -> None:
    """Seven articles: amendments rest on the sixth, a fifth proposes; there are no annexes and no questions."""
    from gongyue.covenant.parser import outline
    from gongyue.demo.demo_folder import build
    from gongyue.web import installation
    from tests.demo.test_other_covenants import SMALL

    build(tmp_path / "small", outline(SMALL.encode(), "公约.txt"), lambda told: None, ["http://localhost:8000"])
    installation.open(tmp_path / "small" / "office")
    client = house.client("yunling@demo.invalid")
    for page in MEMBER_PAGES:
        if "2026-01" not in page and "health" not in page:
            for prefix in ("", "/en"):
                assert client.get(f"{prefix}/workspace/{YUNLING}/{page}").status_code == 200, page
    text = words(client.get(f"/workspace/{YUNLING}/amendments/"))
    assert "成员单位的五分之一以上" in text and "五分之四以上同意" in text and "第六条" in text
    home = words(client.get(f"/workspace/{YUNLING}/"))
    assert "请求解释" not in home and "附件" not in home and "修改提议" in home
    assert client.get("/notices/").status_code == 200
