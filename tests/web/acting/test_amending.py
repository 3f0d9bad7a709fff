"""Amending in place: the text itself is edited, and everything the act states is derived from it and shown before it is signed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongyue.office.facts.annexes import words_of
from gongyue.office.facts.numbers_changed import numbers_changed
from tests.web.acting.answers import ARTICLE_4, ARTICLE_22, CHANGE, rewritten
from tests.web.acting.test_drafts import BEICHEN, demo_signs, draft_of, shown
from tests.web.conftest import House
from web.markup import flat
from web.rooms import text_of

FORM = "/acts/new/amendment.initiate/1/?as=u:0004"


def refused(client: Any, data: dict[str, str], address: str = FORM) -> str:
    """The page that answers what cannot be used: whatever was typed is still there."""
    answer = client.post(address, data)
    assert answer.status_code == 422
    return str(answer.content.decode())


def boxes(page: str) -> list[str]:
    """The texts in the boxes of a form, as a browser has them."""
    return re.findall(r'<textarea name="texts\.\d\.text"[^>]*>\n([^<]*)</textarea>', page)


@pytest.mark.parametrize("typed", ["22", "２２", "第22条", "第二十二条", "二十二", "article 22", "Art. 22"])
def test_an_article_is_found_however_it_is_written(house: House, typed: str) -> None:
    """Its text comes into a box as it stands; nothing has been recorded or complained of."""
    client = house.client(BEICHEN)
    answer = client.post(FORM, {"open": typed, "more": "texts"})
    assert (answer.status_code, boxes(answer.content.decode())) == (200, [ARTICLE_22])
    assert boxes(client.get(f"{FORM}&article={typed}").content.decode()) == [ARTICLE_22]


@pytest.mark.parametrize("typed", ["13，二十二", "13、22", "第十三条 22", "13,22"])
def test_several_articles_are_opened_at_once(house: House, typed: str) -> None:
    """With the marks and spaces people put between them; one of them that there is not is said by itself."""
    client = house.client(BEICHEN)
    opened = boxes(client.post(FORM, {"open": typed, "more": "texts"}).content.decode())
    assert len(opened) == 2 and opened[1] == ARTICLE_22
    assert "没有“九十九”这一条" in client.post(FORM, {"open": "13，九十九", "more": "texts"}).content.decode()


def test_what_is_no_article_is_said_beside_the_box(house: House) -> None:
    """28 is the last; the article that is open already is not opened twice, and what was typed in it stays."""
    client = house.client(BEICHEN)
    beyond = client.post(FORM, {"open": "第九十九条", "more": "texts"}).content.decode()
    assert "没有“第九十九条”这一条；最后一条是" in beyond
    twice = client.post(FORM, CHANGE | {"open": "4", "more": "texts"}).content.decode()
    assert "这一条已经取出" in twice
    assert boxes(twice) == [CHANGE["texts.0.text"]]
    nothing = refused(client, {})
    assert "请写明改哪一条" in nothing


def test_the_words_replaced_are_derived_from_the_text_edited(house: House) -> None:
    """The id, the quotation and the diff are the product's; after signing the proposal is there, and its text."""
    client = house.client(BEICHEN)
    address = draft_of(client, "amendment.initiate/1", "u:0004", CHANGE)
    assert "<del>积极</del><ins>大力</ins>" in shown(client, address)
    assert boxes(client.get(address + "edit/").content.decode()) == [CHANGE["texts.0.text"]]
    demo_signs(client, address)
    made = house.office.inst.proposals["p:2027-01"]
    assert [(e.at, e.old, e.new) for e in made.diff.text] == [("4", "积极", "大力")]
    assert "p:2027-02" in shown(client, draft_of(client, "amendment.initiate/1", "u:0004", CHANGE))


def test_two_drafts_of_one_id_both_can_be_signed(house: House) -> None:
    """Whoever signs second finds the next number on the page, and signs that."""
    client = house.client(BEICHEN)
    first, second = (draft_of(client, "amendment.initiate/1", "u:0004", CHANGE) for _ in range(2))
    demo_signs(client, first)
    assert "p:2027-02" in shown(client, second)
    demo_signs(client, second)
    assert {"p:2027-01", "p:2027-02"} <= set(house.office.inst.proposals)


def test_two_edits_of_one_article_are_two_quotations(house: House) -> None:
    """Both numbers are read anew, each with of whom it is counted; a number is quoted whole."""
    client = house.client(BEICHEN)
    data = rewritten("22", ARTICLE_22.replace("四分之三", "五分之四"), "十分之一", "五分之一")
    data["texts.0.of"] = rewritten("22", ARTICLE_22, "", "")["texts.0.of"]
    address = draft_of(client, "amendment.initiate/1", "u:0004", data)
    text = shown(client, address)
    assert "十分之一，含本数，以全体名册计" in text
    assert "五分之一，含本数，以全体名册计" in text
    demo_signs(client, address)
    edits = [(e.old, e.new) for e in house.office.inst.proposals["p:2027-01"].diff.text]
    assert edits == [("十分之一", "五分之一"), ("四分之三", "五分之四")]


def test_several_articles_are_changed_at_once(house: House) -> None:
    """In the order of the text, whatever the order in which they were opened."""
    client = house.client(BEICHEN)
    data = rewritten("22", ARTICLE_22, "十分之一", "五分之一") | rewritten("4", ARTICLE_4, "积极", "大力", row=1)
    demo_signs(client, draft_of(client, "amendment.initiate/1", "u:0004", data))
    assert [e.at for e in house.office.inst.proposals["p:2027-01"].diff.text] == ["4", "22"]


def test_an_edit_that_changes_nothing_is_no_amendment(house: House) -> None:
    """Nor do blanks at the ends or a browser's line ends make one."""
    client = house.client(BEICHEN)
    for text in (ARTICLE_4, f"  {ARTICLE_4}\r\n"):
        page = refused(client, CHANGE | {"texts.0.text": text})
        assert "与现行文本相同" in page
        assert boxes(page) == [ARTICLE_4]


def test_what_hides_in_a_text_is_found_by_line_and_place(house: House) -> None:
    """A character that turns the text around cannot be recorded: it is named, and the text stays in its box."""
    client = house.client(BEICHEN)
    text = ARTICLE_4 + "\n第二款\u202e。"
    page = refused(client, CHANGE | {"texts.0.text": text})
    assert "第 2 行第 4 字是看不见或会改变显示次序的字符 U+202E" in page
    assert boxes(page) == [text]
    assert "有误：" in page


def test_a_text_too_long_and_a_text_of_nothing_are_refused(house: House) -> None:
    """690,000 characters are the most; what was typed is not lost."""
    client = house.client(BEICHEN)
    page = refused(client, CHANGE | {"texts.0.text": "x" * 690_001})
    assert "690,001 字，至多 690,000 字" in page
    assert len(boxes(page)[0]) == 690_001
    assert "条文不能为空" in refused(client, CHANGE | {"texts.0.text": " "})


def test_an_article_amended_meanwhile_is_not_overwritten(house: House) -> None:
    """What the form was opened with is no more: both texts are shown, and only the second time it goes on."""
    client = house.client(BEICHEN)
    page = refused(client, CHANGE | {"texts.0.of": "0" * 16})
    assert "这一条已另有修改" in page
    assert ARTICLE_4 in page
    assert boxes(page) == [CHANGE["texts.0.text"]]


def test_what_cannot_be_read_of_a_change_is_asked_for(house: House) -> None:
    """Words with a share replaced by words without: nothing is chosen beforehand; bound, absent, or another matter with a reason."""
    client = house.client(BEICHEN)
    data = rewritten("22", ARTICLE_22, "十分之一以上成员单位", "若干成员单位")
    page = refused(client, data)
    assert "经公约执行机构或本公约十分之一以上成员单位提议" in page
    assert 'name="clauses.0.says" value="absent">' in flat(page)
    about = re.findall(r'name="(clauses\.0\.\w+)" value="([^"]*)">', page)
    asked = {name: value for name, value in about if not name.endswith("says")}
    assert "请抄下规定它的字句" in refused(client, data | asked | {"clauses.0.says": "bound"})
    absent = data | asked | {"clauses.0.says": "absent"}
    page = refused(client, absent)
    more = {n: v for n, v in re.findall(r'name="(clauses\.1\.\w+)" value="([^"]*)">', page) if not n.endswith("says")}
    assert "请写明理由" in refused(client, absent | more | {"clauses.1.says": "other"})
    reason = {"clauses.1.says": "other", "clauses.1.reason": "不再载明份额"}
    address = draft_of(client, "amendment.initiate/1", "u:0004", absent | more | reason)
    assert "amendment.proposal" in shown(client, address)
    assert "不再载明份额" in client.get(address + "edit/").content.decode()


def test_an_answer_nobody_asks_for_any_more_falls_away(house: House) -> None:
    """Once the words state the number again, what was said of the clause is dropped."""
    client = house.client(BEICHEN)
    stale = {"clauses.0.name": "amendment.proposal", "clauses.0.article": "22", "clauses.0.about": "x"}
    address = draft_of(client, "amendment.initiate/1", "u:0004", CHANGE | stale | {"clauses.0.says": "absent"})
    assert "没有规则因此停用" in shown(client, address)


def test_an_annex_is_amended_in_its_own_text(house: House) -> None:
    """The text as it stands comes into the box, its title first; the same text is no amendment; the difference is shown."""
    client = house.client("qinghe@demo.invalid")
    form = "/acts/new/annex.initiate/1/?as=u:0008"
    target = next(a for a in house.office.inst.annexes.values() if a.stage == "published")
    opened = client.post(form, {"kind": "amend", "target": target.id, "more": "text"}).content.decode()
    found = re.search(r'<textarea name="text\.text"[^>]*>\n([^<]*)</textarea>', opened)
    assert found is not None
    assert found[1].startswith(target.title + "\n")
    data = {"kind": "amend", "target": target.id, "scope": list(target.scope), "text.text": found[1]}
    same = refused(client, data, form)
    assert "与现行附件相同" in same
    address = draft_of(client, "annex.initiate/1", "u:0008", data | {"text.text": found[1] + "\n另加一句。"})
    assert "另加一句。</ins>" in shown(client, address)
    demo_signs(client, address)
    assert house.office.inst.annexes["a:2027-01"].target == target.id


def test_an_annex_says_before_it_is_signed_what_changes_and_for_whom(house: House) -> None:
    """Words, numbers, and the five it goes on binding; then, on its page, that it is a change and of what."""
    from gongyue.web.installation import now

    client = house.client("qinghe@demo.invalid")
    target = house.office.inst.annexes["a:health"]
    text = words_of(now(), target.text).replace("自查声明。", "自查声明，三十日内答复。")
    data = {"kind": "amend", "target": target.id, "scope": list(target.scope), "text.text": f"{target.title}\n\n{text}"}
    address = draft_of(client, "annex.initiate/1", "u:0008", data)
    page = shown(client, address)
    assert "提议修订附件" in page and "现受约束的 5 家不须重签" in page
    assert "<ins>，三十日内答复</ins>" in page
    assert re.search(r"改为</dt>\s*<dd>三十日</dd>", page) and re.search(r"原为</dt>\s*<dd>—</dd>", page)
    assert "没有规则因此停用" in page
    assert "a:2027-01" not in page.split("摘要与原文")[0].split("<main")[1]
    demo_signs(client, address)
    public = house.client().get("/covenant/annexes/a:2027-01/").content.decode()
    assert '<span class="tag">修订</span>' in public and "<ins>，三十日内答复</ins>" in public
    english = house.client().get("/en/covenant/annexes/a:2027-01/").content.decode()
    assert "a change</span>" in english and "After (as written)" in english
    assert '<span class="tag">修订</span>' in client.get("/workspace/u:0008/annexes/").content.decode()


def test_the_repeal_of_an_annex_says_whom_it_frees(house: House) -> None:
    """Named, with how many it binds now."""
    client = house.client("qinghe@demo.invalid")
    target = house.office.inst.annexes["a:health"]
    data = {
        "kind": "repeal",
        "target": target.id,
        "scope": list(target.scope),
        "text.text": f"{target.title}\n\n废止。",
    }
    page = shown(client, draft_of(client, "annex.initiate/1", "u:0008", data))
    assert "提议废止附件" in page and "现受约束的 5 家不再受其约束" in page


def test_numbers_that_only_moved_did_not_change() -> None:
    """Each is told as it is written, as often as it is more or less."""
    changed = numbers_changed("三十日内答复，十分之一以上同意", "十分之一以上同意，60日内答复，60日内公布")
    assert (changed.before, changed.after) == (("三十日",), ("60日", "60日"))


def test_what_was_assumed_of_the_new_numbers_is_answered_by_the_proposer(house: House) -> None:
    """Nothing is chosen beforehand; not so is refused, so makes the draft, and going back to it the answer stands."""
    client = house.client(BEICHEN)
    data = rewritten("22", ARTICLE_22, "四分之三以上成员单位同意", "掌灯四分之三以上同意")
    page = refused(client, data)
    assert "以全体名册计" in page and "是这样吗" in page
    asked = dict(re.findall(r'name="(clauses\.0\.(?!says)\w+)" value="([^"]*)">', page))
    assert "请改写条文" in refused(client, data | asked | {"clauses.0.says": "not-so"})
    assert "请选择一项" in refused(client, data | asked | {"clauses.0.says": "so", "clauses.0.about": "另一句"})
    address = draft_of(client, "amendment.initiate/1", "u:0004", data | asked | {"clauses.0.says": "so"})
    again = flat(client.get(address + "edit/").content.decode())
    assert re.search(r'name="clauses\.0\.says" value="so"[^>]* checked', again)


def test_who_signs_is_said_before_anything_is_drafted(house: House) -> None:
    """Two panellists: at the desk, to whoever may not why not; in the form, to the clerk who drafts and to a panellist who signs."""
    desk, form = "/desk/amendments/", "/acts/new/amendment.initiate/1/?as=exec"
    for name in ("qin", "bai", "mo"):
        assert "由两名审议人签署，不需附议；经办可以起草" in text_of(house.client(f"{name}@demo.invalid"), desk)
    assert "须由经办、审议人办理，别的职务无权（GY-05-01）" in text_of(house.client("qin@demo.invalid"), desk)
    clerk, panellist = (text_of(house.client(f"{name}@demo.invalid"), form) for name in ("bai", "mo"))
    assert "须 2 人签署（审议人），您起草，不签署：这里至少选 2 人。" in clerk
    assert "须 2 人签署（审议人），其中一人是您：这里至少选 1 人。" in panellist
    english = text_of(house.client("bai@demo.invalid"), f"/en{form}")
    assert "It takes 2 to sign (panellist), you draft it and do not sign: choose 2 at least." in english


def test_an_amendment_to_be_signed_is_told_by_its_article(house: House) -> None:
    """Not by the digest of the file in which the change stands."""
    client = house.client("mo@demo.invalid")
    draft_of(client, "amendment.initiate/1", "exec", CHANGE | {"signers": ["o:ge"]})
    waits = text_of(client, "/desk/confirmations/")
    assert "发起修改提议 待您签署 修改 第四条 执行机构" in waits and "打开文件" not in waits
