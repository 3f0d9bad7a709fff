"""Several amendments at once, through the command line alone: what is due, what comes first, what is superseded."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from gongyue.covenant.edition_json import to_data
from gongyue.covenant.whole_text import text_of
from gongyue.governance.articles import bundled_edition
from gongyue.transparency import canonical
from support.editions import TEXT, edition_of

from .desk import TWO, Desk, paper

FIRST, SAME, OTHER = ("大力推进行业自律", "扎实推进行业自律", "捍卫国家")
PLACES = '[{"url":"https://alliance.example/a","evidence":"basis.txt"}]'


@pytest.fixture
def adopted(in_force: Desk) -> Desk:
    """Three amendments are adopted: p:1 and p:2 of the same words, p:3 of others."""
    desk = in_force
    for number, old, new in ((1, "积极推进行业自律", FIRST), (2, "积极推进行业自律", SAME), (3, "维护国家", OTHER)):
        desk.run("amendment", "initiate", "--proposal", f"p:{number}", "--replace", 4, old, new, "--key", "u1.key")
        desk.run("amendment", "file", "--proposal", f"p:{number}", "--key", "u1.key")
        desk.run("vote", "open", f"p:{number}")
        for unit in (1, 2):
            ballot = ("--vote", f"p:{number}", "--choice", "consent", "--key", f"u{unit}.key")
            desk.run("vote", "ballot", *ballot)
    desk.run("tick")
    return desk


def _report(desk: Desk, proposal: str, code: int = 0) -> str:
    return desk.run("amendment", "notify", "--proposal", proposal, *paper("备案函"), *TWO, code=code)


def _publish(desk: Desk, proposal: str, code: int = 0, *more: str) -> str:
    keys = ("--key", "lu.key", "--key", "qin.key")
    return desk.run("amendment", "publish", "--proposal", proposal, "--places", PLACES, *keys, *more, code=code)


def test_what_is_adopted_is_due_to_be_filed_and_then_to_be_published(adopted: Desk) -> None:
    """P19, thirty days each; the list says which act does it, in both languages."""
    rows = {(d["matter"], d["act"], d["basis"], d["left"]) for d in adopted.json("due")["due"] if d["basis"] == "P19"}
    assert rows == {(f"p:{n}", "amendment.notify/1", "P19", 30) for n in (1, 2, 3)}
    _report(adopted, "p:1")
    assert "公布通过的修改（修改第四条（编号 1））" in adopted.run("due")
    assert "publish the adopted amendment" in adopted.run("due", "--lang", "en")


def test_a_unit_that_left_and_came_back_is_listed_as_a_supporter_no_more(in_force: Desk) -> None:
    """The third supported it, withdrew and enrolled anew: it is not counted, so it is not named, until it supports again."""
    desk = in_force
    enrol = ("membership", "enrol", "--accepts", "--activities", "analysis", "--key", "u3.key")
    desk.run(*enrol)
    desk.run("amendment", "initiate", "--proposal", "p:1", "--replace", 4, "维护国家", OTHER, "--key", "u1.key")
    found = []
    for words in (
        ("amendment", "support", "--proposal", "p:1", "--key", "u3.key"),
        ("membership", "withdraw", "--yes", "--key", "u3.key"),
        enrol,
        ("amendment", "support", "--proposal", "p:1", "--key", "u3.key"),
    ):
        desk.run(*words)
        shown = desk.json("amendment", "show", "p:1")
        found.append((shown["supporters"], shown["counted"]))
    one, two = ["u:0001"], ["u:0001", "u:0003"]
    assert found == [(two, "2/3"), (one, "1/2"), (one, "1/3"), (two, "2/3")]


def test_adopted_amendments_are_published_one_on_another_and_the_book_verifies(adopted: Desk) -> None:
    """The third waits for the first; the second is superseded, shown with both texts, and taken up again."""
    desk = adopted
    _report(desk, "p:3")
    assert "p:1 的表决先结束，须先于 p:3 公布" in _publish(desk, "p:3", 3)
    _report(desk, "p:1")
    _publish(desk, "p:1")
    shown = desk.json("amendment", "show", "p:2")
    assert (shown["stage"], shown["superseded"]["by"]) == ("superseded", "p:1")
    (texts,) = shown["superseded"]["texts"]
    assert texts["article"] == 4 and FIRST in texts["in_force"] and SAME in texts["proposed"]
    for lang, words in (("zh", ("已被取代", "无须重新附议")), ("en", ("superseded by p:1", "without new supporters"))):
        told = desk.run("amendment", "show", "p:2", "--lang", lang)
        assert all(w in told for w in (*words, FIRST, SAME, "--renews p:2"))
    assert "已被先通过的 p:1 取代" in _report(desk, "p:2", 3)
    words = ("--replace", 4, FIRST, SAME)
    desk.run("amendment", "initiate", "--proposal", "p:4", "--renews", "p:2", *words, "--key", "u1.key")
    again = desk.json("amendment", "show", "p:4")
    assert (again["stage"], again["renews"], again["counted"]) == ("proposed", "p:2", shown["counted"])
    assert "已由 p:4 重新表决" in desk.run("amendment", "show", "p:2")
    assert "重新表决的是 p:2" in desk.run("amendment", "show", "p:4")
    stages = {d["proposal"]: d["stage"] for d in desk.json("amendment", "list")}
    assert stages == {"p:1": "published", "p:2": "superseded", "p:3": "adopted", "p:4": "proposed"}
    assert "p:2 已被取代" in desk.run("status")
    _publish(desk, "p:3")
    text = desk.run("article", "4", "--office", "office").replace("【", "").replace("】", "")
    assert FIRST in text and OTHER in text
    desk.run("export", "public")
    assert desk.json("verify", "public", "--vkey", "office/log.vkey")["code"] == 0


def test_the_whole_new_text_is_drafted_and_says_what_changed(in_force: Desk) -> None:
    """Without a key it is only shown, in both languages; with one it is initiated under the year's next number."""
    desk = in_force
    text = text_of(bundled_edition()).replace("十分之一", "五分之一")
    Path("新.txt").write_text(text, "utf-8")
    shown = desk.run("amendment", "draft", "新.txt")
    assert "- 十分之一" in shown
    assert "五分之一，含本数，以全体名册计" in shown
    assert "没有记录" in shown
    assert "nothing was recorded" in desk.run("amendment", "draft", "新.txt", "--lang", "en")
    before = len(desk.json("amendment", "list"))
    desk.run("amendment", "draft", "新.txt", "--key", "u1.key")
    listed = desk.json("amendment", "list")
    assert len(listed) == before + 1
    made = next(d["proposal"] for d in listed if d["proposal"].startswith("p:2"))
    assert desk.json("amendment", "show", made)["change"]["text"][0]["old"] == "十分之一"


def test_what_a_change_writes_that_nothing_carries_out_is_shown(in_force: Desk) -> None:
    """A new sentence with a period that is bound to nothing: said before it is proposed, with the sentence; of the rest nothing."""
    text = in_force.run("article", "--text")
    new = "秘书处应当于九十日内组织联谊。"
    Path("新.txt").write_text(
        text.replace("共同抵制和纠正行业不正之风。", f"共同抵制和纠正行业不正之风。{new}"), "utf-8"
    )
    assert f"第13条“{new}”" in in_force.run("amendment", "draft", "新.txt").partition("写进正文而软件不执行的")[2]
    assert [e["words"] for e in in_force.json("amendment", "draft", "新.txt")["not_carried_out"]] == [new]


def test_a_text_that_is_no_amendment_is_refused(in_force: Desk) -> None:
    """The same text (4), an article taken out (GY-22-06): nothing is recorded."""
    desk = in_force
    text = text_of(bundled_edition())
    Path("同.txt").write_text(text, "utf-8")
    desk.run("amendment", "draft", "同.txt", code=4)
    Path("少.txt").write_text(text[: text.rindex("第二十")], "utf-8")
    assert "GY-22-06" in desk.run("amendment", "draft", "少.txt", code=1)


def test_the_text_in_force_is_printed_to_be_rewritten(in_force: Desk) -> None:
    """`article --text` prints what `draft` reads: as it stands it changes nothing; it takes no article besides."""
    printed = in_force.run("article", "--text", "--office", "office")
    Path("现.txt").write_text(printed, "utf-8")
    assert "没有改动" in in_force.run("amendment", "draft", "现.txt", code=4)
    in_force.run("article", "22", "--text", "--office", "office", code=2)


def test_a_number_that_moves_to_another_article_is_asked_for_with_the_options_to_add(in_force: Desk) -> None:
    """From article 22 to article 24: refused with what to add to the same command; with that it is shown."""
    text = text_of(bundled_edition()).replace("或本公约十分之一以上成员单位提议", "提议")
    moved = "修改本公约，亦可由本公约十分之一以上成员单位提议。"
    Path("移.txt").write_text(text.replace("附件公布实施。", f"附件公布实施。{moved}"), "utf-8")
    told = in_force.run("amendment", "draft", "移.txt", code=1)
    assert f"--bind amendment.proposal 24 '{moved}'；或 --absent amendment.proposal" in told
    assert "--other amendment.adoption 24 理由" in told
    more = ("--bind", "amendment.proposal", "24", moved, "--other", "amendment.adoption", "24", "规定谁可提议")
    told = in_force.run("amendment", "draft", "移.txt", *more, code=1)
    assert "--other amendment.proposal 22 理由" in told
    shown = in_force.run("amendment", "draft", "移.txt", *more, "--other", "amendment.proposal", "22", "执行机构的提议")
    assert "没有记录" in shown and "第24条" in shown


def test_an_article_is_named_as_people_write_it(in_force: Desk) -> None:
    """第四条, 4 and article 4 are one; a word that stands nowhere is refused."""
    desk = in_force
    for number, at in enumerate(("第四条", "article 4"), 5):
        words = ("--replace", at, "创造良好", "营造良好", "--key", "u1.key")
        desk.run("amendment", "initiate", "--proposal", f"p:{number}", *words)
        assert desk.json("amendment", "show", f"p:{number}")["change"]["text"][0]["at"] == "4"


UNSAID = ("--replace", 22, "三分之二以上成员单位同意", "掌灯三分之二以上同意")
"""Of whom the share is counted is said by no word that is known."""


def test_what_was_assumed_of_the_new_numbers_is_answered_before_it_is_filed(in_force: Desk) -> None:
    """Refused with the words in doubt and the option that answers; what was not asked of the old text is asked once."""
    said = in_force.run("amendment", "initiate", "--proposal", "p:7", *UNSAID, "--key", "u1.key", code=2)
    assert "掌灯三分之二以上同意" in said and "以全体名册计" in said and "--so 22" in said
    assert "p:7" not in {d["proposal"] for d in in_force.json("amendment", "list")}
    in_force.run("amendment", "initiate", "--proposal", "p:7", *UNSAID, "--so", "4", "--key", "u1.key", code=2)
    in_force.run("amendment", "initiate", "--proposal", "p:7", *UNSAID, "--so", "第二十二条", "--key", "u1.key")
    assert "p:7" in {d["proposal"] for d in in_force.json("amendment", "list")}


def test_a_new_text_that_is_only_shown_tells_what_is_to_be_answered(in_force: Desk) -> None:
    """In both languages; with a key it is refused until it is answered."""
    text = text_of(bundled_edition()).replace(str(UNSAID[2]), str(UNSAID[3]))
    Path("新.txt").write_text(text, "utf-8")
    assert "正是本意的，加 --so 22" in in_force.run("amendment", "draft", "新.txt")
    assert "is in doubt" in in_force.run("amendment", "draft", "新.txt", "--lang", "en")
    assert in_force.json("amendment", "draft", "新.txt")["doubts"][0]["at"] == "22"
    in_force.run("amendment", "draft", "新.txt", "--key", "u1.key", code=2)
    in_force.run("amendment", "draft", "新.txt", "--so", "22", "--key", "u1.key")


def test_whoever_hands_in_a_file_answers_for_what_its_text_assumes(in_force: Desk) -> None:
    """Signed elsewhere and answered there, it is asked about again: nothing of the two files is filed before, a trial is refused too."""
    plain = ("--replace", 4, "维护国家", OTHER)
    for n, words, key in ((7, (*UNSAID, "--so", "22"), "u1.key"), (8, plain, "u2.key")):
        in_force.run("amendment", "initiate", "--proposal", f"p:{n}", *words, "--key", key, "--out", f"{n}.json")
    before = in_force.json("status")["size"]
    for more in ((), ("--dry-run",), ("--so", "4")):
        said = in_force.run("submit", "8.json", "7.json", *more, code=2)
        assert "7.json：" in said and "以全体名册计" in said and "--so 22" in said
    assert "is in doubt" in in_force.run("submit", "7.json", "--lang", "en", code=2)
    assert in_force.json("status")["size"] == before
    in_force.run("submit", "8.json")
    in_force.run("submit", "7.json", "--so", "第二十二条")
    in_force.run("submit", "7.json")  # recorded already: the same receipt, and no question
    assert {"p:7", "p:8"} <= {d["proposal"] for d in in_force.json("amendment", "list")}


def test_an_imported_text_is_asked_about_where_its_file_is_handed_in(founded: Desk) -> None:
    """As `founding import` asks; a text whose words say all of it is not."""
    unclear = edition_of(
        TEXT.replace("三分之二以上成员单位", "三分之二以上组员"), amendment__adoption=("22", "并经三分之二以上组员同意")
    )
    for name, text in (("明", bundled_edition()), ("疑", unclear)):
        Path(f"{name}.json").write_bytes(canonical.encode(to_data(text)))
        founded.run("founding", "import", f"{name}.json", "--so", "22", *TWO, "--out", f"{name}-act.json")
    assert "--so 22" in founded.run("submit", "疑-act.json", code=2)
    founded.run("submit", "明-act.json")
    founded.run("submit", "疑-act.json", "--so", "22")


def test_a_refusal_for_what_was_assumed_says_how_to_go_on(founded: Desk) -> None:
    """Each place on its own line with the option that answers it, and the command that was typed with all of them added."""
    unclear = edition_of(
        TEXT.replace("三分之二以上成员单位", "三分之二以上组员"), amendment__adoption=("22", "并经三分之二以上组员同意")
    )
    Path("疑 稿.json").write_bytes(canonical.encode(to_data(unclear)))
    said = founded.run("founding", "import", "疑 稿.json", *TWO, code=2)
    (place,) = [line for line in said.splitlines() if "存疑" in line]
    assert place.startswith("  第22条“") and place.endswith("正是本意的：--so 22")
    (command,) = [line.strip() for line in said.splitlines() if line.startswith("  gongyue ")]
    assert (
        "选项 --so" in said
        and command.startswith("gongyue founding import '疑 稿.json' ")
        and command.endswith(" --so 22")
    )
    assert "--so ARTICLE" in founded.run("founding", "import", "--help")
    founded.run(*shlex.split(command)[1:])
