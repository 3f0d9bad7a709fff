"""Looking: status, due, log, package, staffing, proposals; empty states, both languages, the published book too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongyue.cli.vote import vote_lines
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.office import office_folder

from .desk import COVENANT, TWO, Desk

EMPTY = {
    ("membership", "roll"): ("名册是空的", "The roll is empty"),
    ("membership", "applications"): ("没有待决定的申请", "no applications"),
    ("publication", "lists"): ("还没有公布过名单", "No list"),
    ("vote", "show"): ("还没有表决", "no vote"),
    ("annex", "list"): ("还没有附件", "no annexes"),
    ("amendment", "list"): ("还没有修改提议", "no proposals"),
    ("interpretation", "list"): ("还没有发布过解释", "No interpretation"),
    ("due",): ("没有到期事项", "nothing is due"),
    ("founding", "status"): ("还没有文本", "no text yet"),
    ("log", "show", "--type", "vote"): ("没有这样的条目", "no such entries"),
}


@pytest.mark.parametrize("command", list(EMPTY))
def test_an_empty_state_is_said_in_both_languages(command: tuple[str, ...], founded: Desk) -> None:
    """Nothing to show is told, and JSON is still JSON."""
    zh, en = EMPTY[command]
    assert zh in founded.run(*command)
    assert en in founded.run(*command, "--lang", "en")
    assert founded.json(*command) is not None


def test_a_second_tick_in_a_slot_says_that_nothing_was_due(founded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages, after the first has anchored."""
    now = office_folder.wall_clock()
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now)
    assert "book.anchor/1" in founded.run("tick")
    assert "没有到期的例行事项" in founded.run("tick")
    assert "Nothing was due" in founded.run("tick", "--lang", "en")
    assert founded.json("tick") == []


def test_a_vote_under_way_says_from_when_it_can_be_counted(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the slot is anchored, by the next one's beginning; of a share of those who vote, as many consents as these ask for so far."""
    now = office_folder.wall_clock()
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now)
    words = ("--replace", 4, "积极推进行业自律", "大力推进行业自律")
    in_force.run("amendment", "initiate", "--proposal", "p:1", *words, "--key", "u1.key")
    in_force.run("amendment", "file", "--proposal", "p:1", "--key", "u1.key")
    in_force.run("vote", "open", "p:1")
    in_force.run("tick")
    assert "表决 p:1 还在进行：这一时段已经锚定" in in_force.run("tick")
    assert "Under way: p:1. This slot's anchor is made" in in_force.run("tick", "--lang", "en")
    told = in_force.json("vote", "show", "p:1")
    assert "按已投票的" not in "".join(vote_lines(told))
    assert "按已投票的 0 家计须 2 家同意" in "".join(vote_lines(told | {"base": "voting"}))


def test_status_and_article_name_what_is_not_carried_out(effective: Desk) -> None:
    """The number in the status, the sentences with the text and with their article alone."""
    found = effective.json("status")["not_carried_out"]
    assert [one["at"] for one in found] == ["9"] * 3 and [one["words"][:3] for one in found] == [
        "（二）",
        "（三）",
        "（五）",
    ]
    assert "本公约有而软件不执行的句子：3 处（gongyue article 列出）" in effective.run("status")
    assert "does not carry out: 3 (gongyue article lists them)" in effective.run("status", "--lang", "en")
    for command in (("article",), ("article", "9")):
        told = effective.run(*command)
        assert (
            "本公约有而软件不执行的句子 (3)" in told
            and "第9条“（二） 坚决抵制" in told
            and "没有绑定，也没有决定" in told
        )
    assert "软件不执行的句子" not in effective.run("article", "22")


def test_the_founding_status_follows_the_story(effective: Desk) -> None:
    """Text, authority, signatures, effect, the last day for publication."""
    data = effective.json("founding", "status")
    assert (data["stage"], data["approver"], data["open"]) == ("effective", "示范主管部门", [])
    assert all(i["signed"] for i in data["initiators"])
    assert from_iso(data["publish_by"]) - from_iso(data["effective"]) == 30
    assert "已生效，待公布" in effective.run("founding", "status")
    assert "effective" in effective.run("founding", "status", "--lang", "en")


def test_due_counts_days_left_and_days_late(effective: Desk) -> None:
    """Publication within 30 days of effect: on the last day, a day before, a day after."""
    status = effective.json("founding", "status")
    last = from_iso(status["publish_by"])
    for shift, left, late in ((-1, 1, 0), (0, 0, 0), (1, 0, 1)):
        (duty,) = effective.json("due", "--on", iso(last + shift))["due"]
        assert (duty["act"], duty["article"], duty["left"], duty["late"]) == ("founding.publish/1", 21, left, late)
        assert "30日内" in duty["words"]
    assert "已逾期 3 日" in effective.run("due", "--on", iso(last + 3))
    assert "3 days overdue" in effective.run("due", "--on", iso(last + 3), "--lang", "en")
    assert effective.json("due", "--all")["done_late"] == []
    assert "--on" in effective.run("due", "--on", "2026-02-31", code=2)


def test_the_log_opens_an_entry_and_filters(effective: Desk) -> None:
    """By index, type, matter and actor."""
    assert effective.json("log", "show", 0)["entry"]["act"]["type"] == "book.genesis/1"
    signed = effective.json("log", "show", "--type", "founding.sign")
    assert [r["entry"]["act"]["actor"] for r in signed] == ["u:0001", "u:0002"]
    assert effective.json("log", "show", "--actor", "u:0001")[0]["index"] == signed[0]["index"]
    assert len(effective.json("log", "show", "--last", 2)) == 2
    assert "公开簿没有 #999" in effective.run("log", "show", 999, code=4)


def test_the_package_shows_defaults_floors_and_what_was_adopted(effective: Desk, tmp_path: Path) -> None:
    """With an office what was adopted, without one the proposal."""
    rules = {r["name"]: r for r in effective.json("interpretation", "package")["rules"]}
    assert (rules["P6"]["value"], rules["P6"]["floor"], rules["P6"]["ceiling"]) == (30, 15, 90)
    assert rules["P6"]["adopted"] == 30
    assert rules["annex.binds"]["choices"] == ["signers", "scope"]
    Path("office").rename(tmp_path / "away")
    assert effective.json("interpretation", "package")["adopted"] is False
    assert "尚未通过" in effective.run("interpretation", "package")


def test_a_value_below_its_floor_is_refused(effective: Desk) -> None:
    """A voting window of one day would empty a right."""
    issue = (
        "interpretation",
        "issue",
        "--kind",
        "value",
        "--article",
        22,
        "--text",
        "basis.txt",
        "--effective",
        "today",
        "--key",
        "qin.key",
    )
    refusal = effective.json(*issue, "--key", "mo.key", "--sets", '{"name":"P6","value":1}', code=1)
    assert refusal["code"] == "GY-25-01"


def test_staffing_says_what_could_not_be_done(effective: Desk) -> None:
    """A case needs a caseworker; a panel three persons."""
    data = effective.json("office", "staffing")
    assert {"case", "case.conclude"} <= {s["what"] for s in data["short"]}
    assert {o["id"] for o in data["officers"]} == {"o:qin", "o:bai", "o:lu", "o:mo"}
    assert all(s["missing"] > 0 <= s["have"] and s["by"] == "office.appoint/1" for s in data["short"])
    missing = {s["what"]: (s["offices"], s["missing"]) for s in data["short"]}
    assert missing["case"] == (["caseworker"], 1) and missing["case.conclude"] == (["panellist"], 1)
    assert missing["sanction.reconsider"] == (["panellist"], 3)
    told = effective.run("office", "staffing")
    assert "办理检举（第17条）：缺承办人 1 名" in told and "缺审议人 1 名" in told and "gongyue office appoint" in told
    assert "1 × panellist missing" in effective.run("office", "staffing", "--lang", "en")


def test_staffing_never_counts_below_nobody(founded: Desk) -> None:
    """Of two panellists none is left for a second panel: 0 there, and not -1."""
    short = founded.json("office", "staffing")["short"]
    assert min(s["have"] for s in short) == 0


def test_an_article_is_read_in_the_office_it_stands_in(effective: Desk) -> None:
    """With office/ here it is that one's text, with what was done under it; the text is named."""
    told = effective.run("article", 21)
    assert "gongyue.example/test 的文本（已生效，待公布）" in told and "依本条作出的公开行为" in told
    Path("office").rename("elsewhere")
    assert effective.json("article", 21, "--office", "elsewhere")["done"]


def test_an_article_of_no_office_is_said_to_be_the_seed_draft(empty: Desk) -> None:
    """In words, in either language, beside the result and not in it; an office named and not there is told."""
    assert "软件所附的草案" in empty.run("article", 21)
    assert "in force nowhere" in empty.run("article", "--lang", "en")
    assert "done" not in json.loads(empty.try_("article", 21, "--json").stdout)
    assert "gongyue init" in empty.run("article", 21, "--office", "office", code=4)


def test_what_is_open_is_listed_with_what_to_do(founded: Desk) -> None:
    """Of a text nobody has bound every passage and every capability; the covenant's own is bound as it comes."""
    text = COVENANT.read_text("utf-8").replace("第二十六条", "第二十六条 秘书处应当在15日内处理来信。", 1)
    founded.write("text.txt", text)
    told = founded.run("founding", "import", "text.txt", *TWO)
    assert "尚有 122 处" in told and "founding.covenant" in told
    status = founded.json("founding", "status")
    assert {"founding.approval", "amendment.adoption"} <= {one["clause"] for one in status["open"]}
    assert "定稿前尚须决定" in founded.run("founding", "status")
    founded.run("founding", "import", COVENANT, *TWO)
    status = founded.json("founding", "status")
    assert status["open"] == []
    assert "appeal" in {one["clause"] for one in status["absent"]}
    for one in status["absent"]:
        assert one["zh"] in founded.run("founding", "status")


def test_a_text_with_a_gap_is_not_imported(founded: Desk) -> None:
    """GY-01-01, with the place."""
    founded.write("gap.txt", COVENANT.read_text("utf-8").replace("第十四条", "第十五条", 1))
    assert "编号不连续" in founded.run("founding", "import", "gap.txt", *TWO, code=1)
    assert founded.json("founding", "import", "gap.txt", *TWO, code=1)["code"] == "GY-01-01"


def test_an_edition_made_before_is_imported_as_it_is(founded: Desk) -> None:
    """The object of one import is a file of another."""
    founded.run("founding", "import", COVENANT, *TWO)
    digest = founded.json("founding", "status")["edition"]
    from gongyue.office.office_folder import open_office

    office = open_office(Path("office"))
    Path("edition.json").write_bytes(office.store.object(digest) or b"")
    office.store.close()
    office.guard.close()
    other = founded.write("other.txt", COVENANT.read_text("utf-8").replace("第一条", "第一条 为了行业，", 1))
    founded.run("founding", "import", other, *TWO)
    assert founded.json("founding", "status")["edition"] != digest
    founded.run("founding", "import", "edition.json", *TWO)
    assert founded.json("founding", "status")["edition"] == digest


def test_a_proposal_shows_its_diffs_and_what_it_would_suspend(in_force: Desk) -> None:
    """Before it is recorded, and afterwards on request."""
    change = (
        *("--replace", 23, "公约执行机构定期公布加入及退出本公约的单位名单", "公约执行机构整理名单"),
        *("--absent", "publication.list", "--absent", "publication.list_period"),
    )
    told = in_force.run("amendment", "initiate", "--proposal", "p:1", *change, "--key", "u1.key", "--dry-run")
    assert "publication.list" in told and "将暂停" in told
    in_force.run("amendment", "initiate", "--proposal", "p:1", *change, "--key", "u1.key")
    data = in_force.json("amendment", "show", "p:1")
    assert data["change"]["text"][0]["article"] == 23
    assert [s["clause"] for s in data["suspended"]] == ["publication.list", "publication.list_period"]
    assert [c["new"] for c in data["change"]["clauses"]] == [None, None]
    assert (data["counted"], data["need"], data["missing"]) == ("1/2", 1, 0)
    assert in_force.json("amendment", "certificate", "p:1", code=3)["code"] == "out-of-turn/not-ended"
    assert in_force.json("amendment", "show", "p:9", code=3)["code"] == "out-of-turn/not-found"


def test_a_number_that_changes_is_read_from_its_new_words(in_force: Desk) -> None:
    """Both numbers are shown, with of whom they are; what cannot be read is asked for (GY-22-06)."""
    initiate = ("amendment", "initiate", "--proposal", "p:1", "--key", "u1.key")
    told = in_force.run(*initiate, "--replace", 22, "三分之二", "四分之三", "--dry-run")
    assert "- 三分之二，含本数，以全体名册计" in told and "+ 四分之三，含本数，以全体名册计" in told
    lost = ("--replace", 22, "三分之二以上成员单位", "各方")
    refusal = in_force.json(*initiate, *lost, code=1)
    assert refusal["code"] == "GY-22-06" and "amendment.adoption" in refusal["figures"]["why"]
    reason = ("--other", "amendment.adoption", 22, "不再载明份额")
    in_force.run(*initiate, *lost, "--absent", "amendment.adoption", *reason, "--dry-run")
    assert in_force.json(*initiate, *lost, "--bind", "amendment.adoption", 22, "四分之三", code=1)["code"] == "GY-22-06"
    guard = ("--replace", 21, "，并经由主管部门批准后生效", "后，报主管部门批准生效", "--absent", "founding.approval")
    assert in_force.json(*initiate, *guard, code=1)["code"] == "GY-22-06"
    assert "--replace" in in_force.run(*initiate, code=2)


def test_an_annex_is_made_of_a_text_file(in_force: Desk) -> None:
    """First line the title, the rest the text."""
    in_force.write("annex.txt", "健康数据分支协议\n第一条 本分支成员单位应当……")
    words = (
        "annex",
        "initiate",
        "--annex",
        "a:health",
        "--text",
        "annex.txt",
        "--scope",
        "vertical",
        "--key",
        "u1.key",
    )
    in_force.run(*words)
    (annex,) = in_force.json("annex", "list", "--unit", "u:0001")
    assert (annex["title"], annex["stage"], annex["binds"]) == ("健康数据分支协议", "consultation", False)


def test_views_read_a_published_book_too(in_force: Desk) -> None:
    """Whoever has no office sees the same; which notices the office still owes, and its clock, it alone knows."""
    in_force.run("notices", "--sent", "all")
    in_force.run("export", "public")
    published = ("--public", "public", "--vkey", "office/log.vkey")
    for command in (
        ("membership", "roll"),
        ("founding", "status"),
        ("log", "show"),
        ("publication", "lists"),
    ):
        assert in_force.json(*command, *published) == in_force.json(*command)
    assert in_force.json("status", *published) == in_force.json("status") | {"clock": None}


def test_english_says_one_day_and_two_days(effective: Desk) -> None:
    """Bounds and periods of an article, and what is counted elsewhere."""
    told = effective.run("article", 22, "--lang", "en")
    assert "(from 1 to 90 days)" in told and "= 30 days" in told and "1 days" not in told
    assert "from 3 to 7 persons" in effective.run("article", 18, "--lang", "en")
    last = from_iso(effective.json("founding", "status")["publish_by"])
    assert "1 day overdue" in effective.run("due", "--on", iso(last + 1), "--lang", "en")
    assert "2 units" in effective.run("membership", "roll", "--all", "--lang", "en")


def test_a_receipt_is_had_again(founded: Desk) -> None:
    """By index or by the act's file; said so where there is none."""
    assert founded.json("receipt", 0)["index"] == 0
    assert "没有 9" in founded.run("receipt", 9, code=4)


def test_disclosures_of_an_unknown_unit_are_told(in_force: Desk) -> None:
    """A known unit without sealed acts has only the line that says from where what goes to all members is its own."""
    assert in_force.json("disclosures", "--as", "u:0001", "--out", "x.jsonl")["lines"] == 1
    (line,) = Path("x.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line).keys() == {"head"}
    in_force.json("disclosures", "--as", "u:0001", "--dossier", "d:" + "0" * 64, "--out", "y.jsonl")
    assert Path("y.jsonl").read_bytes() == b""
    assert "u:7777" in in_force.run("disclosures", "--as", "u:7777", code=4)


def test_the_office_may_be_named_by_the_environment(founded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """GONGYUE_OFFICE, so that nobody types it again and again."""
    Path("office").rename("elsewhere")
    founded.run("status", code=4)
    monkeypatch.setenv("GONGYUE_OFFICE", "elsewhere")
    assert founded.json("status")["size"] == 1


def test_on_the_day_it_leaves_a_unit_is_on_no_roll(in_force: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An announced departure falls due without an act: on the roll, in the figures and of the unit itself, as on the pages."""
    now = office_folder.wall_clock()
    leaves = iso(day_of(now) + 3)
    members = in_force.json("status")["members"]
    in_force.run("membership", "withdraw", "--effective", leaves, "--yes", "--key", "u2.key")
    assert in_force.json("membership", "show", "u:0002")["leaves"] == leaves
    assert in_force.json("status")["members"] == members
    monkeypatch.setattr(office_folder, "wall_clock", lambda: now + 3 * 86_400)
    assert in_force.json("status")["members"] == members - 1
    assert "u:0002" not in {unit["id"] for unit in in_force.json("membership", "roll")}
    shown = in_force.json("membership", "show", "u:0002")
    assert (shown["status"], shown["leaves"], shown["history"][-1]["what"]) == ("left", "", "left")
    assert "退出" in in_force.run("membership", "show", "u:0002")
