"""Another covenant on the command line: its conditions, its lists and its founding are told in its own words."""

from __future__ import annotations

import json
import re

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file
from gongyue.covenant.draft_edition import edition_of
from gongyue.covenant.parties import fictional_code
from gongyue.office import office_folder
from gongyue.office.facts import silences
from tests.covenant.answering import settle

from .desk import TWO, Desk
from .own_text import brought_into_force
from .test_binding import answer

TEXT = """竹影读书会章程
第一条 秘书处为本会的执行机构。
第二条 凡热爱读书的单位，均可申请加入本会。
第三条 修改本章程须经全体会员三分之二以上同意。
第四条 本章程自发起单位签署后生效，自公布之日起施行。
第五条 会员可以退出本会，须经秘书处同意并交回图书。
"""
APPLICANT = fictional_code(88)


def bound(desk: Desk) -> None:
    """The text, bound as somebody would, imported."""
    desk.write("章程.txt", TEXT)
    told = desk.json("founding", "bind", "章程.txt")
    while told["question"]:
        words = answer(told["question"], [["membership.withdrawal_condition", "5", "须经秘书处同意并交回图书"]])
        assert words, told["question"]
        told = desk.json("founding", "bind", "章程.txt", *words)
    assert told["ready"], told["conflicts"]
    desk.run("founding", "bind", "章程.txt", "--edition", "made.json")
    desk.run("founding", "import", "made.json", *TWO)


def step(desk: Desk) -> str:
    """The command of the next step, as `founding status` names it."""
    told = desk.json("founding", "status")["next"]
    return "" if told is None else re.sub(r"^gongyue ", "", told["command"])


def in_force(desk: Desk) -> list[str]:
    """The covenant founded by the steps that the status names; returns their names."""
    steps = [step(desk)]
    bound(desk)
    steps.append(step(desk))
    rows = [f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2)]
    desk.run("founding", "freeze", "--initiators", desk.write("first.csv", "\n".join(["id,name,code", *rows])), *TWO)
    for i in (1, 2):
        steps.append(step(desk))
        desk.run("key", "new", f"u{i}.key")
        scan = ("--paper-scan", "basis.txt", "--paper-number", f"k{i}", "--paper-dated", "today")
        desk.run("key", "register", "--holder", f"u:000{i}", "--public-key", f"u{i}.key", *scan, *TWO)
        signing = ("--capacity", "legal_representative", "--signatory", "text:张三", "--key", f"u{i}.key")
        desk.run("founding", "sign", *signing)
    steps.append(step(desk))
    assert "提交生效（本文不要求批准）" in desk.run("founding", "status")
    desk.run("founding", "submit", *TWO)
    steps.append(step(desk))
    desk.run("interpretation", "adopt", "--key", "qin.key", "--key", "mo.key")
    steps.append(step(desk))
    places = json.dumps([{"url": "https://alliance.example/x", "evidence": "basis.txt"}])
    desk.run("founding", "publish", "--places", places, "--key", "lu.key", "--key", "qin.key")
    return [*steps, step(desk)]


def test_a_covenant_without_approval_is_founded_by_the_steps_named(founded: Desk) -> None:
    """Import, freeze, sign twice, submit, adopt, publish; no authority is asked for, and nothing is left to do."""
    steps = [" ".join(one.split()[:2]) for one in in_force(founded)]
    assert steps == [
        "founding import",
        "founding freeze",
        "founding sign",
        "founding sign",
        "founding submit",
        "interpretation adopt",
        "founding publish",
        "",
    ]


def test_who_may_join_is_asked_in_the_words_of_the_text(founded: Desk) -> None:
    """GY-23-01 speaks of the condition and quotes it; an activity that the text does not list is refused, none is needed."""
    in_force(founded)
    founded.run("key", "new", "a.key")
    who = ("--name", "松月书社", "--code", APPLICANT, "--accepts", "--key", "a.key")
    said = founded.try_("membership", "apply", *who, "--no-domestic")
    assert said.exit_code == 1
    assert "加入资格" in said.output and "凡热爱读书的单位" in said.output
    assert "国内" not in said.output
    said = founded.try_("membership", "apply", *who, "--domestic", "--activities", "research")
    assert said.exit_code == 2
    assert "--other" in said.output
    founded.run("membership", "apply", *who, "--domestic")


def test_a_reading_is_cited_as_one_and_not_as_the_words_of_an_article(founded: Desk) -> None:
    """What the text does not say is no quotation of an article: the reading has its name, the article stands beside it."""
    in_force(founded)
    said = founded.run("membership", "withdraw", "--key", "u2.key", "--dry-run")
    assert "解释 executive.keys（第1条）“首把密钥" in said
    assert "第1条“首把密钥" not in said


def test_where_the_text_has_no_lists_nobody_owes_one(founded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """No next list is promised, none is published; a clock far ahead is said first, as `tick` says it."""
    in_force(founded)
    assert founded.json("publication", "lists") == {"lists": [], "next": None, "owed": False}
    for where in (("publication", "lists"), ("status",)):
        said = founded.run(*where)
        assert "没有人须公布名单" in said and "gongyue membership roll" in said and "/register/" in said
    assert [s["zh"][:8] for s in founded.json("status")["silences"]] == ["本文没有公布名单"]
    said = founded.try_("publication", "list")
    assert said.exit_code == 3
    assert "没有关于“名单”的条款" in said.output and "publication.list\n" not in said.output
    real = office_folder.wall_clock
    monkeypatch.setattr(office_folder, "wall_clock", lambda: real() + 5 * 86_400)
    far, tick = founded.try_("publication", "list"), founded.try_("tick")
    assert far.exit_code == tick.exit_code == 3
    assert far.output.split()[0] == tick.output.split()[0]


COUNCIL = TEXT.replace("修改本章程须经全体会员三分之二以上同意", "修改本章程由理事会决定，须经理事三分之二以上同意")


def test_where_a_body_changes_the_text_it_is_said_that_this_cannot_be_counted_and_what_to_do(empty: Desk) -> None:
    """The sentence is quoted with its reason, in the list of articles, at its own article and at no other."""
    d, _ = settle(binding_draft.begin(COUNCIL.encode(), "章程.txt"), [])
    said = silences.of_changes(edition_of(d))
    assert said is not None and edition_of(d).open == ()
    zh, en = said
    assert "第3条“修改本章程由理事会决定，须经理事三分之二以上同意。”（另一事项）" in zh and "修改提议一概不受理" in zh
    assert "article 3 “修改本章程由理事会决定" in en and "no proposal of a change is taken" in en
    for word in ("gongyue init", "gongyue founding bind", "三分之二以上成员单位同意"):
        assert word in zh and word in en
    assert silences.of_changes(None) is None
    counted, _ = settle(binding_draft.begin(TEXT.encode(), "章程.txt"), [])
    assert silences.of_changes(edition_of(counted)) is None


def test_article_and_status_say_that_the_text_cannot_be_changed_here(founded: Desk) -> None:
    """Once it is frozen: in the list, at the article that speaks of changes, in status; not at any other article."""
    d, _ = settle(binding_draft.begin(COUNCIL.encode(), "章程.txt"), [])
    founded.write("章程.txt", COUNCIL)
    founded.write("章程.txt.binding.json", draft_file.dump(d.draft).decode())
    founded.run("founding", "bind", "章程.txt", "--edition", "made.json")
    founded.run("founding", "import", "made.json", *TWO)
    rows = "\n".join(["id,name,code", *(f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2))])
    founded.run("founding", "freeze", "--initiators", founded.write("first.csv", rows), *TWO)
    for words in (("article",), ("article", "3"), ("status",)):
        assert "本文在这里不能修改" in founded.run(*words), words
        assert "This text cannot be changed here" in founded.run(*words, "--lang", "en"), words
    assert "不能修改" not in founded.run("article", "2")


def test_who_proposes_a_change_of_such_a_text_is_told_that_it_cannot_be_changed_here(founded: Desk) -> None:
    """The refusal does not leave it at “once an amendment binds one”: no amendment can."""
    brought_into_force(founded, COUNCIL, ("mo.key", "lu.key"))
    said = founded.try_("amendment", "initiate", "--replace", "2", "读书", "阅读", "--key", "u1.key").output
    assert "在这里不能修改：所写的原话与办法见 gongyue status" in said
    assert "本文在这里不能修改" in founded.run("status")


def test_what_is_not_in_force_yet_says_what_can_be_done(founded: Desk) -> None:
    """An application before publication: not-in-force, and publishing is what can be done."""
    founded.run("key", "new", "a.key")
    words = ("--name", "松月书社", "--code", APPLICANT, "--domestic", "--accepts", "--key", "a.key", "--json")
    said = founded.try_("membership", "apply", *words)
    assert said.exit_code == 3
    assert json.loads(said.stdout)["can"] == "founding.publish/1"


def test_a_change_before_effect_is_told_what_comes_first(founded: Desk) -> None:
    """GY-22-03 points to the next step of the founding."""
    bound(founded)
    rows = "\n".join(["id,name,code", f"u:0001,单位1,{fictional_code(1)}", f"u:0002,单位2,{fictional_code(2)}"])
    founded.run("founding", "freeze", "--initiators", founded.write("first.csv", rows), *TWO)
    founded.run("key", "new", "u1.key")
    scan = ("--paper-scan", "basis.txt", "--paper-number", "k1", "--paper-dated", "today")
    founded.run("key", "register", "--holder", "u:0001", "--public-key", "u1.key", *scan, *TWO)
    words = ("--proposal", "p:1", "--replace", "3", "三分之二", "四分之三", "--as", "u:0001", "--key", "u1.key")
    said = founded.try_("amendment", "initiate", *words)
    assert said.exit_code == 1
    assert "GY-22-03" in said.output and "gongyue founding status" in said.output


def test_what_may_be_absent_is_offered_to_be_declared_so(founded: Desk) -> None:
    """An amendment that takes words away: others may be bound, or, of what a text can do without, none."""
    in_force(founded)
    initiate = ("amendment", "initiate", "--proposal", "p:1", "--key", "u1.key", "--replace")
    said = founded.try_(*initiate, "4", "，自公布之日起施行", "")
    assert said.exit_code == 1
    assert "--bind founding.in_force" in said.output and "--absent founding.in_force" in said.output
    said = founded.try_(*initiate, "2", "，均可申请加入本会", "")
    assert "--absent membership.application" in said.output


def test_an_application_written_to_a_file_says_where_it_is_handed_in(founded: Desk) -> None:
    """An applicant has no office to submit it to: the site takes the file; an office is told how with its folder."""
    in_force(founded)
    founded.run("key", "new", "a.key")
    who = ("--name", "松月书社", "--code", APPLICANT, "--accepts", "--key", "a.key", "--domestic")
    said = founded.run("membership", "apply", *who, "--out", "application.json")
    assert "在联盟网站的加入页（/join/apply/）交上" in said and "application.json --office 办公室目录" in said
