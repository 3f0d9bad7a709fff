"""The authority reads: by its seat, or by a link that expires and can be taken back."""

from __future__ import annotations

import re
from datetime import timedelta

from web.conftest import House
from web.going import Going
from web.workspace.conftest import words


def _link(house: House) -> str:
    answer = house.client("qin@demo.invalid").post("/desk/authority/")
    found = re.search(r"/authority/read/([A-Za-z0-9_-]{32})/", answer.content.decode())
    assert found is not None
    return found[0]


def test_a_link_opens_the_page_without_an_account_until_it_is_taken_back(house: House) -> None:
    """It is read-only, kept by nobody, and gone when the secretary takes it back."""
    from gongyue.web.authority.models import Link

    path = _link(house)
    answer = house.client().get(path)
    assert answer.status_code == 200
    assert "示主管函〔2026〕7号" in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer.headers["Cache-Control"]
    assert house.client().post(path).status_code == 405
    taken = house.client("qin@demo.invalid").post(f"/desk/authority/{Link.objects.get().pk}/end/")
    assert taken.status_code == 302
    assert house.client().get(path).status_code == 404


def test_a_link_ends_after_ninety_days(house: House) -> None:
    """Its last moment is counted from when it was made."""
    from django.utils import timezone

    from gongyue.web.authority.models import Link

    path = _link(house)
    link = Link.objects.get()
    assert link.ends_at - link.made_at > timedelta(days=90) - timedelta(minutes=1)
    Link.objects.update(ends_at=timezone.now())
    assert house.client().get(path).status_code == 404


def test_the_table_of_links_opens_nothing(house: House) -> None:
    """Only a digest of the token is kept."""
    from gongyue.web.authority.models import Link

    token = _link(house).split("/")[-2]
    assert token not in str(Link.objects.values())


def test_a_wrong_token_finds_nothing(house: House) -> None:
    """As any page that does not exist."""
    assert house.client().get("/authority/read/" + "x" * 32 + "/").status_code == 404


def test_only_the_secretary_makes_links(house: House) -> None:
    """The clerk, members and strangers cannot."""
    for name in ("bai", "lu", "yunling", "authority"):
        assert house.client(f"{name}@demo.invalid").post("/desk/authority/").status_code == 403
    assert house.client().post("/desk/authority/").status_code == 302


def test_the_authority_s_seat_opens_its_page_and_no_other_does(house: House) -> None:
    """Officers and members have theirs."""
    page = house.client("authority@demo.invalid").get("/authority/")
    assert page.status_code == 200 and "<h1>主管部门：示范" in page.content.decode(), "it says which one"
    for name in ("qin", "yunling", "shibei"):
        assert house.client(f"{name}@demo.invalid").get("/authority/").status_code == 403


def test_what_was_answered_and_done_late_is_named(house: House) -> None:
    """The change that was filed by its articles, who was admitted late; sealed petitions are said not to be listed."""
    text = words(house.client("authority@demo.invalid").get("/authority/"))
    assert re.search(r"#\d+ 主管部门批复 · 批准 · 示主管函〔2026〕7号", text)
    assert "修改报备案 · 修改 第二十二条 、 第二十三条 ·" in text
    assert "准予加入： 拾贝科技 · 曾逾期 1 日办结" in text
    assert "公开簿里没有等待答复的事项。" in text and "诉求在答复和公开以前密封，不列于此" in text


def test_the_days_of_a_link_are_those_of_the_offices_clock(house: House) -> None:
    """A demonstration's clock is not this computer's: made on its day, for ninety days; the page it opens speaks of the same day."""
    going = Going(house).at("2027-02-03 10:00")
    path = _link(house)
    qin = house.client("qin@demo.invalid")
    assert "2027年2月3日 – 2027年5月4日" in words(qin.get("/desk/authority/"))
    assert "3 February 2027 – 4 May 2027" in words(qin.get("/en/desk/authority/"))
    assert "2027年2月3日" in words(house.client().get(path)) and going.now
