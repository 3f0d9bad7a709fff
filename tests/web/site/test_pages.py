"""What each public page says, in both languages, with its numbers."""

from __future__ import annotations

import re

import msgspec
import pytest

from web.conftest import House
from web.letters.samples import BALLOT
from web.site.walking import text_of

SAYS = [
    ("/", ["施行中", "2026年3月20日", "成员单位36", "第 2 版", "目前没有进行中的表决", "28/36 同意"],
     ["In force", "20 March 2026", "Members36", "No vote is under way", "28 of 36 consent"]),
    ("/covenant/", ["第一章 总则", "不窥视、不转让、不传播、不交易", "示主管函〔2026〕7号", "2026年3月9日生效",
                     "批准：示范主管部门（演示），2026年3月9日，文号 示主管函〔2026〕7号 · #50"],
     ["The Chinese text alone is authoritative", "In effect 9 March 2026"]),
    ("/covenant/22/", ["四分之三，“以上”包括本数", "现有成员单位 36 家，36 家的四分之三为 27，须 27 家",
                       "36 家的十分之一为 3.6，须 4 家", "GY-22-01", "表决期：30日（15 至 90日）", "修改，第 2 版起"],
     ["36 members now: 1/10 of 36 is 3.6, so 4 are needed", "Voting window: 30 days (from 15 to 90 days)",
      "Fewer than 1/10 of all member units propose", "Amended since edition 2"]),
    ("/covenant/21/", ["2026年3月9日生效，末日为2026年4月8日；实于2026年3月20日公布", "期限：30 日，首日不计入"],
     ["In effect on 9 March 2026, so by 8 April 2026; published on 20 March 2026"]),
    ("/covenant/8/", ["解释第 1 号", "承诺之内的改进可以", "2026年8月31日"], ["Interpretation no. 1", "31 August 2026"]),
    ("/covenant/23/", ["公布2027年1月1日至2027年3月31日加入及退出名单", "还有 74 日", "该年节假日安排未载入，未顺延"],
     ["Publish the list of joins and leaves", "74 days left", "that year’s holidays are not loaded: not moved"]),
    ("/covenant/editions/", ["第 2 版 现行有效", "2026年3月20日起，至2026年11月29日", "改动：第二十二条、第二十三条",
                             "历次版本与批准", "批准：示范主管部门（演示），2026年3月9日，文号 示主管函〔2026〕7号 · #50",
                             "备案：示范主管部门（演示），2026年11月27日，文号 演联函〔2026〕31号 · #249"],
     ["Edition 2 in force", "until 29 November 2026", "Changed: Article 22, Article 23", "Approved by", "Filed with"]),
    ("/covenant/editions/1/", ["三分之二以上成员单位同意", "已被第 2 版代替", "文号 示主管函〔2026〕7号"], ["replaced by edition 2", "Approved by"]),
    ("/covenant/compare/1/2/", ["修改的通过 22 三分之二，含本数，以全体名册计 四分之三，含本数，以全体名册计", "没有规则因此停用"],
     ["Clauses and numbers changed", "No rule is suspended by it"]),
    ("/covenant/annexes/a:health/", ["28/36，须 27 4×28=112≥3×36=108", "本分支 6 家中 5 家同意", "现受约束的成员单位 5",
                                     "签署它的成员单位"], ["5 of the branch's 6 consented", "Members bound now 5"]),
    ("/covenant/interpretations/", ["可延长一次）：20 日", "P2", "草案", "按季度", "违约成立的、只在其同意时", "2026年3月12日一次通过"],
     ["It sets procedure rule P2", "by as much): 20 days", "Adopted in one act on 12 March 2026",
      "by quarter", "where a breach was established, only if it wishes"]),
    ("/register/", ["38 家", "云岭数基", "91000000000000019G", "资格终止 (1)"], ["38 units", "data resource services"]),
    ("/register/u:0011/", ["夜航数据", "资格终止", "2026年3月31日 — 2026年11月20日", "数据资源服务"],
     ["membership ended", "31 March 2026 — 20 November 2026"]),
    ("/register/u:0028/", ["退出", "2026年12月7日"], ["left", "7 December 2026"]),
    ("/register/u:0009/", ["计算服务、科研", "补办密钥", "登记的密钥"], ["key recovered"]),
    ("/gazette/", ["第 3 期", "2026年10月1日 — 2026年12月31日", "按期", "公布网址迁移", "下一期：公布2027年1月1日"],
     ["No. 3", "in time", "correction"]),
    ("/gazette/lists/1/", ["加入 37", "索引号gongyue.example/demo #176", "发文机关示范联盟（演示）", "有效性有效", "白鹭影像"],
     ["Joined 37", "Referencegongyue.example/demo #176", "Validityvalid"]),
    ("/gazette/lists/2/", ["本期无变动", "2026年7月1日 — 2026年9月30日", "日志检查点297"],
     ["Nothing changed in this period", "Checkpoint297"]),
    ("/votes/p:2026-01/", ["26家同意，名册 37 家，全体成员单位的三分之二以上须 25 家", "3×26=78≥2×37=74", "3×25=75≥2×36=72", "纸面", "已改投",
                           "2026年11月25日 24:00", "启封的选票 35", "34/37"],
     ["26consents of 37; 2/3 of all member units needs 25", "on paper", "superseded", "25 November 2026, 24:00"]),
    ("/votes/p:2026-01/recount/", ["与公布的结果完全一致", "36 行，每一行都打开密封簿中的一条承诺", "选票与告知记录的签名 38 个，不符 0 个",
                                   "2026年11月26日锚定时公布已投票 34 家（纸面 1），数得 34 家（纸面 1）"], ["Agrees with what was stated, in every number"]),
    ("/proposals/p:2026-01/", ["4/37 十分之一须 4 家 10×4=40≥37", "达到", "北辰数据研究院 发起", "备案2026年11月27日"],
     ["4/37 1/10 needs 4 10×4=40≥37", "Counted once, on filing"]),
    ("/executive/", ["公开的事项没有逾期", "曾经逾期 1", "拾贝科技", "不列", "密封行为的数字年终后记入公开簿", "职员 qin", "有期限的15 其中按期15",
                     "密封行为，据 #279 检举6 答复检举6 不予受理不列 立案4", "现有人员尚不能依法办理的事项 2",
                     "调解争议：须 1 名调解员，现有 0", "删除文书：须 2 名秘书长或系统管理，现有 1"],
     ["No public duty is overdue", "Done late 1", "not told", "are stated after the year's end", "secretary",
      "Under seal, as stated by #279 reports6", "Mediating a dispute: needs 1 × mediator, has 0"]),
    ("/log/", ["共 297 条", "#296", "锚定密封簿"], ["297 entries", "sealed book anchored"]),
    ("/log/?type=vote&actor=sys", ["13 条", "结束表决"], ["13 entries", "vote closed"]),
    ("/log/?actor=云岭", ["3 条", "附议修改提议 修改第二十二条、第二十三条"],
     ["3 entries", "amendment supported amendment of articles 22 and 23"]),
    ("/log/?article=25", ["通过解释与程序规则", "发布解释"], ["interpretation issued"]),
    ("/log/54/", ["本件已更正 2027年1月28日 #295", "公布网址迁移", "https://alliance.example/covenant/1", "有效（已更正）",
                  "A1", "第二十一条"], ["This act was corrected", "valid, as corrected"]),
    ("/log/186/", ["已被该单位否认", "纸面签署或盖章"], ["disavowed by the unit", "on paper, recorded by two officers"]),
    ("/log/295/", ["所涉：执行机构 公布公约 #54", "理由：演示·虚构"], ["Of: Executive body covenant published #54"]),
    ("/log/144/", ["星桥（北京）外企", "准予加入"], ["admitted"]),
    ("/log/279/", ["写明年度数字 2026 年", "检举 6、答复检举 6、不予受理 不列、立案 4"], ["reports 6, answers to reports 6, declined not told"]),
    ("/log/checkpoint/", ["gongyue.example/demo 297", "密封簿的锚定 107"], ["Anchors of the sealed book 107"]),
    ("/log/verify/", ["/book \\ --vkey gongyue.example/demo+", "真实但违规：指出条文与数字"], ["authentic but unlawful"]),
    ("/cheat/", ["forge-tally", "票如实启封，同意数多报两票"], ["forge-tally"]),
]  # fmt: skip


def test_each_page_says_what_the_book_says(house: House) -> None:
    """Every page has its facts and figures, in Chinese and in English."""
    client, missing = house.client(), []
    for path, zh, en in SAYS:
        for address, wanted in ((path, zh), (f"/en{path}", en)):
            answer = client.get(address)
            assert answer.status_code == 200, address
            said = text_of(answer)
            missing += [(address, words) for words in wanted if words not in said]
    assert not missing


@pytest.mark.parametrize(
    "path",
    ["/covenant/0/", "/covenant/27/", "/covenant/editions/3/", "/covenant/compare/1/9/", "/register/u:9999/",
     "/register/u:nobody/", "/gazette/lists/4/", "/votes/p:none/", "/proposals/p:none/", "/covenant/annexes/a:none/",
     "/log/297/", "/log/297/leaf.json", "/votes/p:none/recount/", "/book/nothing", "/book/../office/keys/open.key"],
)  # fmt: skip
def test_what_there_is_not_is_not_found(house: House, path: str) -> None:
    """An article, unit, list, vote or entry that does not exist gives 404, never an error of ours."""
    assert house.client().get(path).status_code == 404


def test_an_editors_note_is_shown_as_one_that_decides_nothing(house: House) -> None:
    """Doubtful words have the edition's note in the margin, kept apart from interpretations (article 9)."""
    from gongyue.governance.articles import article_card, bundled_edition
    from gongyue.web import installation
    from gongyue.web.pages.margin_notes import notes

    made = notes(installation.now(), article_card(bundled_edition(), 9))
    editors = [note for note in made if note.kind == "edition"]
    assert [str(note.source) for note in editors] == ["不具效力", "不具效力"]
    assert "标点重复，原样保留" in str(editors[1].body)


def test_every_act_type_is_shown_field_by_field(house: House) -> None:
    """Whatever an act says has a name and a value on its page, for every type there is; commitments are named as such."""
    from gongyue.governance.acts import ACT_TYPES
    from gongyue.web import installation
    from gongyue.web.pages.fields import _shown_fields

    at = installation.now()
    for kind in ACT_TYPES.values():
        shown = list(_shown_fields(at, kind, kind.example, "", None))
        assert all(one.label and one.value for one in shown), kind.type
    appointed = {
        one.label: str(one.value)
        for one in _shown_fields(at, ACT_TYPES["office.appoint/1"], {"interests": "sha256:" + "00" * 32}, "", None)
    }
    assert "只载承诺值" in next(iter(appointed.values()))


def test_what_is_written_is_shown_as_written(house: House) -> None:
    """A text that is spelt like a choice stays what it is, beside a choice in words: on the page of the entry and in the unit's own."""
    from gongyue.governance.acts import ACT_TYPES
    from gongyue.web import installation
    from gongyue.web.pages.fields import _shown_fields
    from gongyue.web.workspace.field_texts import said_by

    at, apply = installation.now(), ACT_TYPES["membership.apply/1"]
    body = {"name": "service", "activities": ["research"], "other": "education"}
    shown = [re.sub("<.*?>", "", str(one.value)) for one in _shown_fields(at, apply, body, "", None)]
    assert shown == ["service", "科研", "education"]
    notice = msgspec.structs.replace(BALLOT, type=apply.type, fields=body)
    assert [one.value for one in said_by(at.inst, notice)] == shown
    adopt = ACT_TYPES["interpretation.adopt/1"]
    chosen = list(_shown_fields(at, adopt, {"other": {"result.naming": "consent"}}, "", None))
    assert [str(one.value) for one in chosen] == ["只在其同意时"]


def test_nonsense_in_a_query_is_no_error(house: House) -> None:
    """Page numbers and filters that make no sense give the first page or an empty one."""
    client = house.client()
    for query in ("/register/?page=x", "/register/?page=999", "/register/?status=cancelled", "/log/?page=-1",
                  "/log/?type=nothing", "/log/?article=abc", "/log/?actor=<script>", "/register/?q=%00%ff"):  # fmt: skip
        assert client.get(query).status_code == 200, query
    assert client.get("/covenant/compare/?old=x&new=2").status_code == 404
    assert client.get("/covenant/compare/?old=1&new=2").headers["Location"] == "/covenant/compare/1/2/"


def test_before_publication_nothing_is_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the covenant is published the site says so and shows neither text nor roll nor book (art. 21)."""
    import msgspec

    from gongyue.web import installation

    real = installation.now()
    founding = msgspec.structs.replace(real.inst.founding, published_day=None)
    early = msgspec.structs.replace(real, inst=msgspec.structs.replace(real.inst, founding=founding))
    monkeypatch.setattr(installation, "now", lambda: early)
    client = house.client()
    first = client.get("/")
    assert first.status_code == 200
    assert "本公约尚未公布" in first.content.decode()
    for path in ("/covenant/", "/covenant/22/", "/register/", "/register/register.csv", "/log/", "/log/0/",
                 "/log/book.zip", "/book/checkpoint", "/executive/"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "云岭数基" not in answer.content.decode()
    for page in (first, client.get("/nowhere/"), client.get("/en/")):
        links = set(re.findall(r'href="(/[^"#]*)"', page.content.decode()))
        dead = {link for link in links if not link.startswith("/static/") and client.get(link).status_code == 404}
        assert dead <= {page.request["PATH_INFO"], "/en/nowhere/"}, "nothing leads to what is not there yet"


def test_a_published_text_is_opened_by_a_word_not_by_its_digest(house: House) -> None:
    """Whoever reads an entry is told that there is a file to open; its digest stands beside it, for those who compare."""
    entry = house.client().get("/log/54/").content.decode()
    opened = re.findall(r'<a href="/book/[^"]*">([^<]*)</a>', entry)
    assert "打开文件" in opened and "open the file" in house.client().get("/en/log/54/").content.decode()
    assert [words for words in opened if re.search("[0-9a-f]{4} [0-9a-f]{4}", words)] == []


def test_a_margin_note_without_a_refusal_does_not_promise_one(house: House) -> None:
    """Words that are carried out but by which nothing is refused: done as they say."""
    page = house.client().get("/covenant/23/").content.decode()
    notes = re.findall(r'<div class="note rule"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert len(notes) == 8
    assert all(("不合则不予办理" in one) == ("GY-" in one) for one in notes)
    assert sum("照此办理" in one for one in notes) == 2
