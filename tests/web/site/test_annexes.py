"""Annexes on the pages: what is due of an adopted one, and what of one that another has superseded."""

from __future__ import annotations

import re
from html import unescape

import pytest

from gongyue.covenant.periods import day_of, iso
from gongyue.demo.simulated_office import json_object
from gongyue.transparency import canonical
from web.conftest import House
from web.going import BEICHEN, QINGHE, SECRETARY, YUNLING, Going
from web.site.walking import text_of

CHANGED, AGAIN = "健康数据的使用须经用户逐项书面授权。", "健康数据的使用须经用户单独授权。"


def initiates(going: Going, id: str, by: str, text: str, kind: str = "amend") -> None:
    """A change or repeal of annex 1, put to the vote at once."""
    digest, data = json_object({"v": "gongyue/annex@1", "title": "医疗健康数据分支自律协议", "text": text})
    body = {"annex": id, "text": digest, "scope": ["vertical"], "kind": kind, "target": "a:health"}
    going.do("annex.initiate/1", by, body, [by], [data])
    going.opens_the_vote(id)
    for unit in sorted(going.inst.votes[id].roll)[:30]:
        going.votes(unit, "consent", id)


def publishes(going: Going, id: str) -> None:
    evidence = "网页快照".encode()
    places = [{"url": "https://alliance.example/annex", "evidence": canonical.digest(evidence)}]
    body = {"annex": id, "text": going.inst.annexes[id].text, "in_force": iso(day_of(going.now)), "places": places}
    going.executive("annex.publish/1", body, ["o:lu", SECRETARY], [evidence])


@pytest.fixture
def adopted(house: House) -> Going:
    """Two changes and a repeal of annex 1 are adopted on 2027-03-04, in this order."""
    going = Going(house).at("2027-02-01 10:00")
    initiates(going, "a:one", BEICHEN, CHANGED)
    initiates(going, "a:two", QINGHE, AGAIN)
    initiates(going, "a:end", YUNLING, "废止附件一。", "repeal")
    return going.at("2027-03-04 10:00").ticks()


def test_what_is_adopted_and_not_published_in_time_is_overdue_in_public(house: House, adopted: Going) -> None:
    """P19: adopted on 03-04, to be published by 04-03; that day it is due, the day after overdue; late for ever then."""
    adopted.at("2027-04-03 10:00").ticks()
    said = text_of(house.client().get("/executive/"))
    assert all(words in said for words in ("公布通过的附件修订", "公布通过的附件废止")) and "逾期 1 日" not in said
    adopted.at("2027-04-04 10:00").ticks()
    assert "逾期 1 日" in text_of(house.client().get("/executive/"))
    publishes(adopted, "a:one")
    said = text_of(house.client().get("/executive/"))
    assert "公布通过的附件修订" not in said and "公布附件" in said[said.index("曾经逾期") :]
    late = [(x["matter"], x["late"]) for x in house.client().get("/api/due").json()["done_late"] if x["article"] == 24]
    assert late == [("a:one", 1)]


def test_an_annex_says_whether_its_change_was_made(house: House, adopted: Going) -> None:
    """Adopted, it changes; what another overtook would have changed; what another replaced since, changed it."""
    page, en = "/covenant/annexes/a:one/", "/en/covenant/annexes/a:one/"
    assert "通过的修改" in text_of(house.client().get(page)) and "What changes" in text_of(house.client().get(en))
    publishes(adopted, "a:one")
    other = text_of(house.client().get("/en/covenant/annexes/a:two/"))
    assert "What would have changed" in other and "What would change" not in other


def test_a_superseded_one_shows_both_texts_and_may_be_initiated_again(house: House, adopted: Going) -> None:
    """The public page names what was published first and has both texts; its initiator is told, and led to the form."""
    publishes(adopted, "a:one")
    said = text_of(house.client().get("/covenant/annexes/a:two/"))
    assert all(words in said for words in ("已被取代", "编号 one", CHANGED, AGAIN, "重新发起同一内容"))
    assert all(w in text_of(house.client().get("/en/covenant/annexes/a:end/")) for w in ("Superseded", "no. one"))
    assert "已被取代" not in text_of(house.client().get("/covenant/annexes/a:one/"))
    assert house.client().get("/api/annexes/a:two").json()["superseded_by"] == "a:one"
    client = house.client("qinghe@demo.invalid")
    assert "可以重新发起：附件《医疗健康数据分支自律协议》" in text_of(client.get(f"/workspace/{QINGHE}/"))
    assert "贵单位发起的附件（编号 two）因此被取代" in text_of(client.get("/notices/"))
    page = client.get(f"/workspace/{QINGHE}/annexes/").content.decode()
    assert "已被表决先结束的 编号 one 取代" in page
    links = re.findall(r'href="(/acts/new/annex.initiate/1/[^"]*target[^"]*)"', page)
    forms = [client.get(unescape(link)).content.decode() for link in sorted(set(links))]
    assert len(forms) == 2 and all('value="a:one" selected' in form for form in forms)
    assert sorted(kind for form in forms for kind in re.findall(r'value="(amend|repeal)" checked', form)) == [
        "amend",
        "repeal",
    ]
    initiates_again(adopted)
    assert "可以重新发起" not in text_of(client.get(f"/workspace/{QINGHE}/"))


def initiates_again(going: Going) -> None:
    digest, data = json_object({"v": "gongyue/annex@1", "title": "医疗健康数据分支自律协议", "text": AGAIN})
    body = {"annex": "a:again", "text": digest, "scope": ["vertical"], "kind": "amend", "target": "a:one"}
    going.do("annex.initiate/1", QINGHE, body, [QINGHE], [data])


def test_what_was_to_change_a_repealed_annex_says_that_it_is_no_more(house: House) -> None:
    """Nothing is left to change; a new annex may be initiated."""
    going = Going(house).at("2027-02-01 10:00")
    initiates(going, "a:end", YUNLING, "废止附件一。", "repeal")
    initiates(going, "a:two", QINGHE, AGAIN)
    publishes(going.at("2027-03-04 10:00").ticks(), "a:end")
    said = text_of(house.client().get("/covenant/annexes/a:two/"))
    assert "该附件已废止；任何一家成员单位都可以另行发起新的附件" in said
    assert "可以重新发起" not in text_of(house.client("qinghe@demo.invalid").get(f"/workspace/{QINGHE}/"))


def test_the_history_of_a_matter_does_not_name_it_on_every_line(house: House) -> None:
    """Below the title of an annex or of a proposal each line says what was done, with its figures, in both languages."""
    for path, title in (
        ("covenant/annexes/a:health", "医疗健康数据分支自律协议"),
        ("proposals/p:2026-01", "修改第二十二条"),
    ):
        for prefix, voted in (("", "家中已投票"), ("/en", " voted")):
            page = house.client().get(f"{prefix}/{path}/").content.decode()
            lines = re.findall(r'<span class="what">(.*?)</span>\s*<span class="n">', page, re.DOTALL)
            said = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", line)) for line in lines]
            assert any(voted in line for line in said), (path, prefix)
            assert not [line for line in said if title in line or "article 22" in line or " ：" in line], said
