"""What a reader may not misread: how a membership ended, an order that was lifted, what came late and by when it was due."""

from __future__ import annotations

import pytest

from gongyue.web import installation
from web.conftest import House
from web.site.walking import text_of

ALIKE = "公开簿有意把两者记得一样，理由只向该单位公开，公众看不出是哪一种"
ENDING = "/log/243/"


@pytest.mark.parametrize("path", [ENDING, "/register/u:0011/", "/covenant/18/", "/executive/", "/executive/2026/"])
def test_an_ended_membership_is_explained_wherever_it_stands(house: House, path: str) -> None:
    """Cancelled or come to an end: alike on purpose, which its entry, the unit, the article and the figures all say; never which it was."""
    client = house.client()
    said, english = text_of(client.get(path)), text_of(client.get(f"/en{path}"))
    assert said.count(ALIKE) == 1 and "第十八条" in said
    assert "both alike on purpose" in english
    assert ALIKE not in text_of(client.get("/register/u:0028/"))  # it left of its own will


def test_the_article_on_sanctions_does_not_say_that_there_were_none(house: House) -> None:
    """What is done under seal is neither listed nor counted there, and the ended memberships are one link away."""
    page = house.client().get("/covenant/18/")
    said = text_of(page)
    assert "依本条作出的公开行为 0" in said and "有一部分在密封簿里，不公开，不列在这里，也不计入上面的数" in said
    assert "资格终止的，公开簿现有 1 件" in said and b"/log/?type=membership.end" in page.content
    assert "密封簿" not in text_of(house.client().get("/covenant/1/"))
    assert b'href="/log/?type=membership.end">1' in house.client().get("/executive/2026/").content


def test_an_entry_names_its_basis_once(house: House) -> None:
    """The ground that only the unit sees is called otherwise than the article that every act rests on."""
    said = text_of(house.client().get(ENDING))
    assert "终止的理由只载承诺值" in said and "依据 第二十三条" in said


def test_an_order_that_was_lifted_says_so_and_by_which_entry(house: House) -> None:
    """At both ends, in the list and in the head."""
    at, client = installation.now(), house.client()
    (order,), (lift,) = at.index.of("type", "law.order/1", at.size), at.index.of("type", "law.lift/1", at.size)
    said = text_of(client.get(f"/log/{order}/"))
    assert f"有效性已解除，见 #{lift}" in said and "本件所载的命令已解除" in said
    assert f"所解除的：记录法律命令 示范人民法院（演示） #{order}" in text_of(client.get(f"/log/{lift}/"))
    assert "已解除" in text_of(client.get("/log/?type=law.order"))
    assert f"lifted, see #{lift}" in text_of(client.get(f"/en/log/{order}/"))
    (row,) = client.get("/api/log?type=law.order/1").json()["items"]
    assert row["became"] == "lifted"


def test_what_came_late_says_by_when_it_was_due(house: House) -> None:
    """The entry itself, the executive body's page and the API: the last day, and how many days after it."""
    client = house.client()
    (late,) = client.get("/api/due").json()["done_late"]
    assert (late["last"], late["late"]) == ("2027-01-24", 1)
    said = text_of(client.get(f"/log/{late['index']}/"))
    assert "逾期 1 日办理：末日为2027年1月24日" in said
    assert "Done 1 day late: the last day was 24 January 2027" in text_of(client.get(f"/en/log/{late['index']}/"))
    assert "拾贝科技 2027年1月24日 2027年1月25日 1" in text_of(client.get("/executive/"))
    assert "办理：末日" not in text_of(client.get(ENDING))
