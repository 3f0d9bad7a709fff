"""Votes: turnout alone while open, everything at close, and a recount that finds out what does not agree."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.change_completion import complete
from gongyue.covenant.changes import TextEdit, amend
from gongyue.covenant.edition_json import to_data
from gongyue.demo.simulated_office import json_object
from support.editions import REASON, change_of
from support.sealed import index_of
from web.conftest import House
from web.going import BEICHEN, PANEL, PROPOSAL, QINGHE, SHIBEI, TASHA, YIWEI, YUNLING, Going
from web.site.walking import text_of

VOTE = f"/votes/{PROPOSAL}/"


def test_while_a_vote_is_open_only_turnout_and_threshold_are_shown(house: House) -> None:
    """Three consents and one against show as four that voted; how they voted shows nowhere (art. 22)."""
    going = Going(house).is_under_vote()
    for unit, choice in ((BEICHEN, "consent"), (YUNLING, "consent"), (TASHA, "consent"), (QINGHE, "against")):
        going.votes(unit, choice)
    going.at("2027-02-08 10:00").ticks()
    client = house.client()
    said = text_of(client.get(VOTE))
    assert "4家已投票，名册 36 家；通过须 27 家同意（全体成员单位的四分之三以上）" in said
    assert "2027年3月4日 24:00" in said
    for path in (VOTE, f"/en{VOTE}", "/votes/", "/", "/covenant/4/"):
        page = client.get(path).content.decode()
        assert "启封的选票" not in page
        assert 'class="key"' not in page
    assert "表决进行中" in text_of(client.get("/"))
    assert client.get(f"{VOTE}recount/").status_code == 404


def test_a_ballot_on_paper_anchored_after_its_unit_left_is_shown_as_not_counted(house: House) -> None:
    """Recorded at 11:00, told, and its unit gone at 12:00: the opened ballot says why; the recount in the page passes it over."""
    going = Going(house).is_under_vote().at("2027-02-03 11:00")
    unit = max(going.inst.votes[PROPOSAL].roll)
    going.compares(unit)
    ballot = going.on_paper("vote.ballot/1", unit, vote=PROPOSAL, choice="consent")
    going.tells(ballot)
    going.at("2027-02-03 12:00").of("membership.withdraw/1", unit, effective=None)
    going.ticks().adopts()
    client = house.client()
    assert "锚定时单位已经离开" in text_of(client.get(VOTE))
    assert "its unit had left when it was anchored" in text_of(client.get(f"/en{VOTE}"))
    assert f'data-void="{index_of(going.office, ballot)}"' in client.get(f"{VOTE}recount/").content.decode()


def test_where_those_voting_decide_the_pages_say_how_few_can(house: House) -> None:
    """With nobody voting 1 is enough, of three that voted 2; a minority can decide; the tests are of those that voted."""
    going, words = Going(house).at("2027-02-01 10:00"), "经参加表决的三分之二以上成员单位同意"
    meaning, edit = going.inst.meaning, TextEdit("22", "经四分之三以上成员单位同意", words)
    others = {(name, "22"): REASON for name in ("vote.quorum", "vote.resolution")}
    change = change_of(meaning.edition_digest, edit, text=meaning.edition, others=others)
    going.proposes(change=change).is_supported().is_filed().at("2027-02-02 10:00").opens_the_vote().adopts()
    going.reports_and_publishes().proposes("exec", "p:2027-02")
    going.do("amendment.file/1", "exec", {"proposal": "p:2027-02"}, PANEL)
    going.at("2027-03-06 10:00").opens_the_vote("p:2027-02")
    client, page = house.client(), "/votes/p:2027-02/"
    said = text_of(client.get(page))
    assert "0家已投票，名册 36 家；通过须 1 家同意（参加表决的成员单位的三分之二以上）" in said
    assert "名册 36 家，最少 1 家同意即可通过，少数单位可以决定" in said
    assert "as few as 1 can adopt it, a minority can decide" in text_of(client.get(f"/en{page}"))
    law = text_of(client.get("/covenant/22/"))
    assert "须参加表决的成员单位的三分之二以上，弃权也算；现有成员单位 36 家，最少 1 家同意即可通过" in law
    assert "amendment.roll" not in law
    for unit, choice in ((BEICHEN, "consent"), (YUNLING, "consent"), (TASHA, "against")):
        going.votes(unit, choice, "p:2027-02")
    going.at("2027-03-08 10:00").ticks()
    assert "3家已投票，名册 36 家；通过须 2 家同意" in text_of(client.get(page))
    vote = client.get("/api/votes/p:2027-02").json()
    told = {"base": "voting", "share": "2/3", "quorum": None, "must_vote": 0, "enough": 2, "voted": 3}
    assert {name: vote[name] for name in told} == told
    (inside, sent) = _call(house)
    assert "须 2 家同意才通过（参加表决的成员单位的三分之二以上）" in inside
    assert "少数单位可以决定" in sent
    going.at("2027-04-07 10:00").ticks()
    said = text_of(client.get(page)).replace(" ", "")
    assert "占投票单位2323×2=6≥2×3=6" in said
    assert "通过" in said
    assert client.get("/api/votes/p:2027-02").json()["voted_left"] == 3


def _call(house: House) -> tuple[str, str]:
    """What a unit of the roll reads of the open vote: at its own pages, and in the letter that calls it to vote."""
    from gongyue.web import installation
    from gongyue.web.desk.letter_catalogue import _calls

    own = text_of(house.client("yiwei@demo.invalid").get(f"/workspace/{YIWEI}/votes/p:2027-02/"))
    letter = next(iter(_calls(installation.now()))).make()
    return own, repr(letter)


def test_an_article_under_a_vote_shows_the_change_and_links_to_the_vote(house: House) -> None:
    """Live status: the article is marked, its proposed words are shown struck out and put in."""
    Going(house).is_under_vote()
    client = house.client()
    page = client.get("/covenant/4/").content.decode()
    assert "修改表决进行中" in page
    assert "<del>积</del><ins>大</ins>" in page or "<del>积极</del><ins>大力</ins>" in page
    assert VOTE in page
    assert 'class="dot"' in client.get("/covenant/5/").content.decode()
    assert "修改表决进行中" in client.get("/covenant/").content.decode()


def test_a_proposal_that_collects_support_shows_the_tenth_it_needs(house: House) -> None:
    """3 of 36 do not reach a tenth and 4 do; the arithmetic is shown as it is done."""
    going = Going(house).at("2027-02-01 10:00").proposes().is_supported([YUNLING, TASHA])
    client = house.client()
    said = text_of(client.get(f"/proposals/{PROPOSAL}/"))
    assert "3/36 十分之一须 4 家 10×3=30<36 未达到" in said
    assert "征集附议" in said
    going.is_supported([QINGHE])
    assert "4/36 十分之一须 4 家 10×4=40≥36 达到" in text_of(client.get(f"/proposals/{PROPOSAL}/"))


def test_what_a_change_is_headed_by_says_whether_it_was_made(house: House) -> None:
    """Would change; changes, once it is adopted; changed, once published: on every page of it, with what follows said in the same tense."""
    going, client = Going(house).is_under_vote(), house.client("yunling@demo.invalid")
    pages = [VOTE, f"/proposals/{PROPOSAL}/", f"/workspace/{YUNLING}/amendments/{PROPOSAL}/"]

    def headed(zh: str, en: str) -> None:
        for page in pages:
            for path, said in ((page, zh), (f"/en{page}", en)):
                headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", client.get(path).content.decode())
                assert said in headings, (path, headings)

    headed("拟作的修改", "What would change")
    course = re.findall(r"<b>([a-z ]+)</b>", client.get(f"/en{VOTE}").content.decode())
    assert course[-6:] == ["initiation", "filing", "vote", "count", "notice to the authority", "publication"]
    going.adopts()
    headed("通过的修改", "What changes")
    going.at("2027-03-06 10:00").reports_and_publishes()
    headed("所作的修改", "What changed")
    for page in pages:
        assert "Once adopted" not in text_of(client.get(f"/en{page}"))
        assert "通过后" not in text_of(client.get(page)).partition("所作的修改")[2]


def test_a_unit_that_left_and_came_back_is_shown_as_a_supporter_no_more(house: House) -> None:
    """Shibei supported it, left, and was admitted anew: neither counted nor named, asked again; supporting anew it is both."""
    going = Going(house).at("2027-02-01 10:00").proposes()
    going.compares(SHIBEI.id)
    going.is_supported([YUNLING, SHIBEI.id])
    name = house.office.inst.units[SHIBEI.id].name
    page = f"/proposals/{PROPOSAL}/"
    client = house.client("shibei@demo.invalid")

    def seen() -> tuple[bool, bool, bool, bool]:
        public = text_of(house.client().get(page))
        supporters = public[public.index("提议与附议") : public.index("拟作的修改")]
        own = text_of(client.get(f"/workspace/{SHIBEI.id}/"))
        leaving = client.get(f"/acts/new/membership.withdraw/1/?as={SHIBEI.id}").content.decode()
        return name in supporters, "3/36" in supporters, "可以附议：修改第四条" in own, PROPOSAL in leaving

    assert seen() == (True, True, False, True)
    going.of("membership.withdraw/1", SHIBEI.id, effective=None)
    application = going.applies(SHIBEI)
    going.at("2027-02-02 10:00").ticks().grants(application)
    assert seen() == (False, False, True, False)
    going.of("amendment.support/1", SHIBEI.id, proposal=PROPOSAL)
    assert seen() == (True, True, False, True)


def test_a_proposal_that_strikes_out_words_names_the_rules_it_would_suspend(house: House) -> None:
    """Striking out 发起制订各分支行业的自律协议 suspends the clause annex.initiation; the page says so beforehand."""
    going = Going(house).at("2027-02-01 10:00")
    edition, digest = going.inst.meaning.edition, going.inst.meaning.edition_digest
    assert edition is not None
    struck = TextEdit("24", "发起制订各分支行业的自律协议", "商议有关事项")
    change = complete(edition, digest, [struck], absent=["annex.initiation"]).change
    result, text = json_object(to_data(amend(edition, change)))
    name, diff = json_object(msgspec.to_builtins(change))
    body = {"proposal": PROPOSAL, "change": name, "edition": result}
    going.do("amendment.initiate/1", BEICHEN, body, [BEICHEN], [diff, text])
    said = text_of(house.client().get(f"/proposals/{PROPOSAL}/"))
    assert "因此停用的规则" in said
    assert catalogue().capabilities["annex.initiation"].zh in said
    assert "条款与数额的改动" in said


def test_a_lapsed_proposal_says_so(house: House) -> None:
    """Support that is not collected in time (P15) leaves a proposal that can no longer become law."""
    Going(house).at("2027-02-01 10:00").proposes().at("2027-06-01 10:00").ticks()
    said = text_of(house.client().get(f"/proposals/{PROPOSAL}/"))
    assert "已失效" in said
    assert "有修改提议" not in text_of(house.client().get("/covenant/4/"))


def test_what_is_adopted_and_not_filed_in_time_is_overdue_in_public(house: House) -> None:
    """P19: adopted on 2027-03-05, to be filed by 04-04; that day it is due, the day after overdue, on the public page."""
    going = Going(house).is_under_vote().adopts().at("2027-04-04 10:00").ticks()
    client = house.client()
    assert "通过的修改报主管部门备案" in text_of(client.get("/executive/"))
    assert "逾期 1 日" not in text_of(client.get("/executive/"))
    going.at("2027-04-05 10:00").ticks()
    said = text_of(client.get("/executive/"))
    assert "通过的修改报主管部门备案" in said and "逾期 1 日" in said


def test_a_superseded_proposal_shows_both_texts_and_may_be_voted_on_again(house: House) -> None:
    """The public page names the one adopted earlier and has both texts; its proposer's page leads to the form, filled in."""
    going = Going(house).is_under_vote()
    going.proposes(QINGHE, "p:2027-02", "扎实推进行业自律")
    going.adopts().reports_and_publishes()
    said = text_of(house.client().get("/proposals/p:2027-02/"))
    assert "已被取代" in said and PROPOSAL in said and "无须重新附议" in said
    assert "大力推进行业自律" in said and "扎实推进行业自律" in said
    assert "superseded" in text_of(house.client().get("/en/proposals/p:2027-02/"))
    client = house.client("qinghe@demo.invalid")
    assert "可以重新提交表决" in text_of(client.get(f"/workspace/{QINGHE}/"))
    assert "贵单位的提议（编号 2027-02）因此被取代" in text_of(client.get("/notices/"))
    page = client.get(f"/workspace/{QINGHE}/amendments/p:2027-02/").content.decode()
    link = re.search(r'href="(/acts/new/amendment.initiate/1/[^"]*renews[^"]*)"', page)
    assert link is not None and "重新提交表决" in page
    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "扎实推进行业自律" in form and 'name="renews" value="p:2027-02"' in form


def _write(house: House, digest: str, data: bytes) -> None:
    """Another content in the store's place, as a thief of the database would write it."""
    import pysqlite3

    connection: Any = pysqlite3.connect(str(house.directory / "office" / "book.db"), timeout=20)
    try:
        connection.execute("UPDATE object SET data = ? WHERE digest = ?", (data, digest))
        connection.commit()
    finally:
        connection.close()


def _ballots(house: House) -> tuple[str, bytes]:
    from gongyue.office.facts.shapes import body_at
    from gongyue.web import installation

    at = installation.now()
    closed = at.inst.votes["p:2026-01"].closed_index
    assert closed is not None
    digest = body_at(at, closed)["ballots"]
    return digest, at.object(digest) or b""


def test_a_recount_finds_a_ballot_that_was_altered(house: House) -> None:
    """One choice altered in the disclosure object: neither digest nor opening holds, and nothing is counted."""
    digest, lines = _ballots(house)
    _write(house, digest, lines.replace(b'"choice":"against"', b'"choice":"consent"', 1))
    said = text_of(house.client().get("/votes/p:2026-01/recount/"))
    assert "与公布的结果不一致" in said
    assert "有一行打不开密封簿中的承诺" in said


def test_a_recount_finds_a_ballot_that_was_left_out(house: House) -> None:
    """A line left out still opens every other, but the digest, a turnout and the count no longer agree."""
    digest, lines = _ballots(house)
    rows = lines.splitlines(keepends=True)
    left_out = max(i for i, row in enumerate(rows) if b'"choice":"against"' in row)
    _write(house, digest, b"".join(rows[:left_out] + rows[left_out + 1 :]))
    said = text_of(house.client().get("/en/votes/p:2026-01/recount/"))
    assert "Does not agree with what was stated" in said
    assert "which the closing entry states" in said
    assert "stated2662253336adopted" in said.replace(" ", "")
    assert "counted2652253236adopted" in said.replace(" ", "")


def test_a_closed_vote_names_its_roll_who_was_silent_and_who_left(house: House) -> None:
    """Its ballots are public, so who cast none is too; a unit that left by the end counts in one of the tests alone."""
    said = text_of(house.client().get("/votes/p:2026-01/"))
    assert "未投票的单位 寒山遥感、渔火海洋、白鹭影像" in said
    assert "冻结的名册 云岭数基、踏莎出行" in said
    assert said.count("（只计入全体名册一项：截止前已离开）") == 1
    at_it = said[said.index("启封的选票") :]
    assert "只计入全体" in at_it[at_it.index("夜航数据") :][:60]


def test_a_vote_under_way_has_one_end_on_the_first_page(house: House) -> None:
    """What follows it by a day, the count, is no second end: the executive body's page says what it is."""
    Going(house).is_under_vote()
    client = house.client()
    assert "结束表决" not in client.get("/").content.decode().partition("执行机构</h2>")[2].partition("曾逾期")[0]
    late = text_of(client.get("/en/"))
    assert re.search(r"Times late so far: \d+, listed for ever\.", late) and "永久列明。" in text_of(client.get("/"))
    assert "（投票截止以后计票、公布）" in client.get("/executive/").content.decode()
