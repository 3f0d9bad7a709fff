"""The lines of a report, one by one: what is counted, who is named, in which language, what is left out."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gongyue.covenant.periods import iso
from gongyue.governance.office_names import PROSE
from gongyue.verifying.failures import Failure
from gongyue.verifying.noted import InForm, Late
from gongyue.verifying.pack_report import PackReport
from gongyue.verifying.report import (
    Interpreted,
    Ordered,
    Report,
    Silent,
    UnitStatus,
    WaitingPromise,
    absent,
    interpretations,
    orders,
    unit_statuses,
)
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST, TWO, Alliance, paper

ROOT = "sha256:" + "00" * 32


def sound(**other: Any) -> Report:
    """A report of one act that was checked."""
    return Report(**({"code": 0, "acts": 1, "size": 1, "root": ROOT, "did": ["bytes", "hashes"]} | other))


def test_a_report_that_nobody_finished_says_that_nothing_was_read() -> None:
    """Its code is that of what cannot be read, and every count is nought: nothing is sound before all is checked."""
    data = Report().data()
    assert data.pop("code") == 4
    counts = {name for name, value in data.items() if value == 0 and type(value) is int}
    disclosed = {"disclosed", "disclosed_form_only"}
    assert counts == disclosed | {"acts", "form_only", "recounted", "signatures", "objects", "sealed", "size", "fully"}
    assert not any(data.values())


def test_only_the_report_of_a_pack_speaks_of_one() -> None:
    """Of a book alone it says what it always said."""
    pack = PackReport("d:x", "u:0001", ("甲", "alpha"), True, (), (), (), 2)
    assert "pack" not in Report().data() and Report(pack=pack).data()["pack"]["foreign"] == 2


def test_only_a_report_with_a_promise_that_is_not_due_speaks_of_one() -> None:
    """It names the receipt, and by when an anchor must hold what was promised."""
    waits = WaitingPromise("mine", ROOT, "2027-03-01T09:00:00+08:00", "2027-03-04T00:00:00+08:00")
    told = {"file": "mine", "commitment": ROOT, "arrived": waits.arrived, "until": waits.until}
    assert "waiting" not in Report().data() and Report(waiting=[waits]).data()["waiting"] == [told]


def test_the_lines_of_a_sound_report_in_each_language_and_in_both() -> None:
    """One act is an act, no unit is no units; nothing is said of what there was none of."""
    assert lines(sound(), "en") == [
        "checked: bytes, hashes",
        "1 act: 1 fully, 0 in form only (rest on undisclosed acts)",
        "signatures 0, objects 0, sealed 0, opened besides the ballots of votes 0",
        f"checkpoint: 1 {ROOT} · unwitnessed",
        "0 member units",
        "outcome: sound and lawful",
    ]
    assert lines(sound(), "zh") == [
        "已核验: 字节、哈希",
        "1 项行为：1 项完全核验，0 项仅核验形式（依据未公开的行为）",
        "签名 0，文件 0，密封簿 0 条，另交启封的 0 条（随公开簿启封的选票不计）",
        f"检查点: 1 {ROOT} · 未见证",
        "成员单位 0 家",
        "结论：真实且合规",
    ]
    both = [f"{zh} / {en}" for zh, en in zip(lines(sound(), "zh"), lines(sound(), "en"), strict=True)]
    both[0] = "已核验 / checked: 字节、哈希 / bytes, hashes"
    both[3] = f"检查点 / checkpoint: 1 {ROOT} · 未见证 / unwitnessed"
    both[5] = "结论：真实且合规 / sound and lawful"
    assert lines(sound()) == both
    assert lines(sound(did=[]))[0] == "已核验 / checked: — / —"


def test_no_more_acts_in_form_only_are_named_than_anybody_reads() -> None:
    """Twelve by their entries and names; of the others how many, for the JSON has them all."""
    told = lines(sound(acts=20, in_form=[InForm(n, "membership.end/1") for n in range(14)]), "zh")
    assert told[2].count("资格终止") == 12 and told[2].endswith("#11 资格终止、另有 2 项")


def test_what_came_late_is_told_in_one_line_and_makes_nothing_unlawful() -> None:
    """How many, the most days and of which act, by when that was due; in each language, the outcome as it was."""
    late = [Late(3, "vote.open/1", "2026-05-01", 1), Late(9, "membership.grant/1", "2026-06-30", 4)]
    zh, en = (lines(sound(late=late), lang) for lang in ("zh", "en"))
    assert zh[2] == "执行机构逾期办理 2 件，最多逾期 4 日（#9 准予加入，末日 2026-06-30）；照样有效，以公开簿所见为限"
    assert en[2] == (
        "done late by the executive body: 2, by 4 days at most (#9 admitted, due by 2026-06-30);"
        " valid all the same, and as far as the open book shows"
    )
    assert (zh[-1], en[-1]) == ("结论：真实且合规", "outcome: sound and lawful")
    assert "by 1 day at most" in lines(sound(late=late[:1]), "en")[2]


def test_what_was_recounted_who_saw_it_and_whom_an_order_binds_is_told() -> None:
    """Two acts, one of them in form only; one member of three units; an order for all without an end, one that was lifted."""
    told = lines(
        sound(
            acts=2,
            in_form=[InForm(1, "membership.end/1")],
            recounted=1,
            witnesses=["w1", "w2"],
            units=[UnitStatus("u:1", "甲", "member", "2026-01-01", None), UnitStatus("u:2", "乙", "left", "2026-01-01", "2026-02-01"),
                UnitStatus("u:3", "乙", "left", "2026-01-01", "2026-02-01")],
            orders=[
                Ordered("l:1", "法院", "", ("vote.ballot/1",), "2026-01-01", "", ""),
                Ordered("l:2", "法院", "u:1", ("vote.ballot/1", "vote.disavow/1"), "2026-01-01", "2026-02-01", "2026-01-15"),
            ],
        )
    )  # fmt: skip
    assert told[1].endswith("2 acts: 1 fully, 1 in form only (rest on undisclosed acts)")
    assert told[2] == "　仅核验形式的：#1 资格终止 /   in form only: #1 membership ended"
    del told[2]
    assert told[3] == (
        "只向成员公开的表决，凭所交的选票重新计票 1 次 / "
        "votes open to members only, counted again from the ballots handed in: 1"
    )
    assert told[4].endswith("· w1、w2")
    assert told[5] == "成员单位 1 家 / 1 member unit"
    assert (
        told[6]
        == "命令 l:1（法院）：全体，vote.ballot/1，2026-01-01– / order l:1 (法院): all, vote.ballot/1, 2026-01-01–"
    )
    assert told[7] == (
        "命令 l:2（法院）：u:1，vote.ballot/1、vote.disavow/1，2026-01-01–2026-02-01，2026-01-15 解除 / "
        "order l:2 (法院): u:1, vote.ballot/1, vote.disavow/1, 2026-01-01–2026-02-01, lifted 2026-01-15"
    )
    assert len(told) == 9


def test_what_the_text_leaves_out_and_how_it_was_interpreted_is_told() -> None:
    """A capability without words, a passage with its own; an interpretation that sets a value, and one of words, withdrawn."""
    told = lines(
        sound(
            absent=[Silent("law", "", "", "无规定", "none"), Silent("law", "22", "另行规定", "另定", "elsewhere")],
            interpretations=[
                Interpreted(1, 17, "17", 7, "2026-01-01", "issued", "P3=5"),
                Interpreted(2, 8, "8", 9, "2026-01-02", "withdrawn", ""),
            ],
        )
    )
    assert told[5:9] == [
        "无规定 / none",
        "　第22条“另行规定”：另定 / elsewhere",
        "#7 解释第 1 号（第17条，2026-01-01）：P3=5 / #7 interpretation 1 (article 17, 2026-01-01): P3=5",
        f"#9 解释第 2 号（第8条，2026-01-02，已撤回）：{PROSE[0]} / "
        f"#9 interpretation 2 (article 8, 2026-01-02, withdrawn): {PROSE[1]}",
    ]


def test_interpretations_are_reported_as_they_were_issued_and_a_book_without_a_text_lacks_nothing() -> None:
    """One of words sets nothing, one of a value says which; before a text is imported nothing is said of what it leaves out."""
    assert absent(Alliance().inst) == []
    world = Alliance(members=3, initiators=3).in_force()
    assert absent(world.inst)
    world.issue()
    world.issue("P3", 6)
    assert [(i.number, i.sets) for i in interpretations(world.inst)] == [(1, ""), (2, "P3=6")]


@pytest.mark.parametrize("code", [0, 2, 3, 4])
def test_each_code_has_its_verdict(code: int) -> None:
    """0 sound, 2 tampered, 3 unlawful, 4 unreadable, as docs/formats.md numbers them."""
    verdicts = {0: "sound and lawful", 2: "tampered or missing", 3: "authentic but unlawful", 4: "cannot be read"}
    assert lines(sound(code=code), "en")[-1] == f"outcome: {verdicts[code]}"


FAILED = Failure(
    "unlawful", "不足", "too few", 7, "vote.close/1", "GY-22-01", 22, "三分之二", {"what": "x", "count": 1}, 3, at="22"
)


def test_a_failure_is_told_in_the_order_in_which_one_asks() -> None:
    """What was checked, the verdict, where, the code and why, the words, the figures but those said already, what is enough."""
    report = sound(code=3, failure=FAILED)
    assert lines(report, "en") == [
        "checked: bytes, hashes",
        "outcome: authentic but unlawful",
        "#7 vote.close/1",
        "GY-22-01 too few",
        "article 22 “三分之二”",
        "there are 1",
        "enough: 3",
    ]
    assert lines(report, "zh")[2:] == ["#7 vote.close/1", "GY-22-01 不足", "第22条“三分之二”", "现有 1", "须: 3"]
    assert lines(report)[3:6] == ["GY-22-01 不足", "too few", "第22条“三分之二” / article 22 “三分之二”"]
    labelled = sound(code=3, failure=replace(FAILED, at="¶7"))
    assert lines(labelled)[5] == "第7段“三分之二” / paragraph 7 “三分之二”"
    bare = sound(code=4, did=[], failure=Failure("unreadable", "无法读取", "cannot be read"))
    assert lines(bare, "en") == ["outcome: cannot be read", "cannot be read"]
    assert lines(bare) == ["结论：无法读取 / cannot be read", "无法读取", "cannot be read"]


def test_units_and_orders_are_reported_as_the_book_has_them() -> None:
    """Every unit that is or was a member, with its last day if it has one; orders by their ids, with an end and with none."""
    world = Alliance(members=3, initiators=3).in_force()
    left = world.inst.units[world.left]
    assert [(s.unit, s.status, s.until) for s in unit_statuses(world.inst)] == [
        *((unit, "member", None) for unit in world.roll),
        (world.left, "left", iso(left.until)),
    ]
    today = iso(world.inst.today)
    for number, ends in ((2, "2026-12-31"), *((n, None) for n in (1, *range(3, 9)))):
        order = {"order": f"l:{number}", "source": "法院（演示）", "forbids": ["vote.ballot/1"], "party": FIRST}
        letter = paper("裁定", today, today)
        world.executive("law.order/1", order | {"begins": today, "ends": ends}, TWO, paper=letter)
    assert [(o.id, o.party, o.begins, o.ends, o.lifted) for o in orders(world.inst)] == [
        (f"l:{number}", FIRST, today, "2026-12-31" if number == 2 else "", "") for number in range(1, 9)
    ]
