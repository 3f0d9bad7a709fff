"""Sentences of a text that nothing carries out: whatever words they choose, `verify` lists them, and of the honest text no more than there is.

Each stood in a forged edition that verified with exit 0, and nobody was told of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from attacks.forcing import verified
from attacks.test_forged_editions import ADOPTED, ADOPTION, END, FORCE, REASON, Bound, forged, seed, seed_with
from gongyue.covenant.binding import not_carried_out
from gongyue.covenant.binding.not_carried_out import FIRST, SECTION, say_more
from gongyue.covenant.binding.sheet import sheet_of
from gongyue.covenant.edition import Edition, Note
from gongyue.covenant.edition_json import load, to_data
from gongyue.governance.absences import left_of
from gongyue.verifying.report import Report, Silent
from gongyue.verifying.report_lines import lines
from support.alliance import Alliance

TEXTS = Path(__file__).parents[1] / "covenant" / "texts"
FORCES = "起施行。"
IN_FORCE = "本公约自公布之日起施行"


def listed(text: Edition) -> list[str]:
    """The sentences that are listed."""
    return [e.words for e in left_of(load(to_data(text)))]


PLAIN = [
    (END, "会长对修改有否决权。"),
    (END, "任何一家成员单位反对的，修改不成立。"),
    (END, "修改须成员单位人人赞成。"),
    (END, "本条及第三条永不修改。"),
    (END, "前款表决，普通成员单位只有发言权而没有投票权。"),
    (END, "废票与空白票归入赞成一方。"),
    (END, "本公约施行后三年内不得修改。"),
    (END, "发起单位享有一票否决权。"),
    (END, "修改本公约须会长同意。"),
    (END, "修改须经两次表决。"),
    (END, "修改须两度表决，中隔半载。"),
    (END, "前款不适用于发起单位提出的修改。"),
    (FORCES, "成员单位不足三十家时，本公约停止适用。"),
    (FORCES, "遇重大公共事件，本公约中止执行，由执行机构宣布恢复。"),
    (FORCES, "本公约有效期为三年，届期未续展的自动失效。"),
    (FORCES, "第二十二条的程序，改依《联盟议事规则》。"),
    ("向社会公布。", "本公约另须经国家数据局批准后方可生效。"),
    ("单位名单。", "处于调查之中的成员单位不得退出。"),
    ("单位名单。", "加入未满三年的，不得退出。"),
    ("的处理。", "另可责令其停业整顿。"),
    ("负责解释。", "解释以秘书长口头答复为准。"),
]


@pytest.mark.parametrize(("after", "said"), PLAIN)
def test_a_sentence_that_nothing_carries_out_is_told(after: str, said: str) -> None:
    """In its own words, whether nobody decided on it or it was called other matter."""
    assert said in listed(forged(seed_with(after, after + said)))


WITHIN: list[tuple[str, str, Bound, str]] = [
    (ADOPTED, f"{ADOPTED}，发起单位得予搁置", (ADOPTION, "22", ADOPTED), "发起单位得予搁置"),
    (ADOPTED, f"{ADOPTED}，发起单位得予搁置", (ADOPTION, "22", f"{ADOPTED}，发起单位得予搁置"), "发起单位得予搁置"),
    (ADOPTED, f"{ADOPTED}，其中须有会长单位", (ADOPTION, "22", ADOPTED), "其中须有会长单位"),
    (ADOPTED, f"{ADOPTED}，总则各条不在此限", (ADOPTION, "22", ADOPTED), "总则各条不在此限"),
    (END, END.replace("。", "（第三条的修改须一致同意）。"), (ADOPTION, "22", ADOPTED), "第三条的修改须一致同意"),
    (FORCES, "起施行，第四章除外。", (FORCE, "26", IN_FORCE), "第四章除外"),
    (FORCES, "起施行，直至联盟解散。", (FORCE, "26", IN_FORCE), "直至联盟解散"),
    (FORCES, "起施行，遇国庆顺延。", (FORCE, "26", IN_FORCE), "遇国庆顺延"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "bound", "said"), WITHIN)
def test_what_a_bound_sentence_says_besides_is_told(old: str, new: str, bound: Bound, said: str) -> None:
    """Behind the words that are bound, or among those bound for a number: 同句另有."""
    [one] = [e for e in left_of(load(to_data(forged(seed_with(old, new), bound)))) if said in e.words]
    assert f"同句另有：“{said}”" in one.zh and f"the same sentence also says: “{said}”" in one.en and one.at == bound[1]


def test_the_covenant_itself_has_three_such_sentences() -> None:
    """Two that nobody decided on, and one called other matter: nothing else of it is told, and of no bound sentence the rest."""
    found = left_of(seed())
    assert [(e.capability, e.at, e.words[:7], e.zh) for e in found] == [
        ("", "9", "（二） 坚决抵", "没有绑定，也没有决定"),
        ("", "9", "（三） 树立正", "没有绑定，也没有决定"),
        ("bulletin.issue", "9", "（五）引导大数", f"传递信息：已由两名职员定为另一事项：“{REASON}”"),
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [("云集平台公约.txt", 5), ("智谱林自律倡议.txt", 13), ("松果开源社区治理.md", 5), ("海燕协会章程.txt", 8), ("港灣章程.txt", 7),
    ("湖畔公约.txt", 7), ("竹苑业主规约.txt", 1), ("青禾读书会章程.txt", 4)],
)  # fmt: skip
def test_a_sample_has_so_many(name: str, count: int) -> None:
    """With every proposal taken, of matters without a passage too, and every other passage called other matter."""
    assert len(left_of(forged((TEXTS / name).read_text("utf-8")))) == count


def test_of_a_sample_it_is_these() -> None:
    """The rest of the bound sentence comes first, since it may decide how the text holds."""
    found = left_of(forged((TEXTS / "竹苑业主规约.txt").read_text("utf-8")))
    assert [(e.at, e.words, e.zh) for e in found] == [
        ("6", "业主因故不能参加会议的，可以书面委托代理人投票。", "委托投票：只执行所绑定的字句（同句另有：“业主因故不能参加会议的”）")
    ]  # fmt: skip


def test_verify_prints_the_number_and_the_words() -> None:
    """Exit 0 as before; the sentence stands in the report and is printed."""
    said = "会长对修改有否决权。"
    world = Alliance(members=3, initiators=2, text=forged(seed_with(END, END + said))).published()
    report = verified(world)
    assert report.code == 0 and [s.at for s in report.not_carried_out if s.words == said] == ["22"]
    printed = lines(report, "zh")
    assert f"{SECTION[0]}：4 处" in printed and f"　第22条“{said}”：没有绑定，也没有决定" in printed


@pytest.mark.parametrize(("count", "more"), [(0, 0), (FIRST, 0), (FIRST + 1, 1)])
def test_of_a_long_list_the_first_are_printed(count: int, more: int) -> None:
    """How the rest is seen is said; all of it is in the data."""
    found = [Silent("", "9", f"第{n}句。", "没有绑定", "not bound") for n in range(count)]
    report = Report(code=0, not_carried_out=found)
    printed = [line for line in lines(report, "zh") if line.startswith("　")]
    assert len(printed) == min(count, FIRST) + bool(more)
    assert (f"　另有 {more} 处：--json 列出全部，绑定单亦然" in printed) == bool(more)
    assert len(report.data()["not_carried_out"]) == count


def test_what_decides_how_the_text_holds_comes_first() -> None:
    """No length of other sentences before it keeps it from what is printed."""
    said = "修改须成员单位人人赞成。"
    text = seed_with(FORCES, FORCES + "成员单位爱护树木。" * (FIRST + 1) + said)
    assert listed(forged(text))[0] == said


def test_a_reason_is_shown_as_what_officers_wrote() -> None:
    """It cannot close its quotation marks and go on as a verdict."""
    text = forged(seed_with(END, f"{END}修改本公约须会长同意。"))
    reason = "见前”；此句已由第二十二条执行，按三分之一计算“"
    made = replace(
        text, decisions=tuple(replace(d, reason=reason) if d.verdict == "other" else d for d in text.decisions)
    )
    said = "“见前’；此句已由第二十二条执行，按三分之一计算‘”"
    [zh] = {e.zh for e in left_of(load(to_data(made))) if "会长" in e.words and e.capability == ADOPTION}
    assert zh == f"修改的通过：已由两名职员定为另一事项：{said}"
    sheet = sheet_of(made.parts, made.bindings, made.decisions, made.absent, faults=())
    assert {e.zh.partition("：")[2] for e in sheet.other} == {said}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("附则（须经四分之三以上成员单位同意）", True), ("附则（本章条文永不修改）", True), ("附则 发起单位对修改有一票否决权", True),
        ("行业自律公约（仅适用于理事单位）", True), ("本章适用前须经发起单位逐一确认", True), ("附则（经会长批准）", True), ("附则——改动另有门道", True),
        ("公约的执行（会长在时）", True),
        ("总则", False), ("公约的执行", False), ("修改与表决程序", False), ("行业自律公约（草案）", False), ("公约（2026年修订）", False),
        ("反不正当竞争公约", False), ("人工智能应用自律公约", False), ("未成年人保护公约", False), ("[English](GOVERNANCE.md)", False),
    ],
)  # fmt: skip
def test_a_heading_that_says_more_than_a_name_is_told(name: str, more: bool) -> None:
    """What only names a chapter, a trade, a draft or a day is a name."""
    assert say_more(name) == more


def test_titles_headings_and_notes_are_told() -> None:
    """None of them is bound; a note explains words and asks for nothing."""
    text = forged(seed_with("第四章 附则", "第四章 附则（须经四分之三以上成员单位同意）"))
    assert "附则（须经四分之三以上成员单位同意）" in listed(text)
    assert "公约（修改须经四分之三以上成员单位同意）" in listed(
        replace(text, title="公约（修改须经四分之三以上成员单位同意）")
    )
    noted = replace(seed(), notes=(Note("22", "三分之二以上", "修改还须会长同意"), Note("9", "大数据", "指海量数据")))
    assert [(e.at, e.words) for e in left_of(noted) if e.zh == not_carried_out.NAMED[0]] == [("22", "修改还须会长同意")]


def test_words_that_are_only_read_hide_no_law() -> None:
    """Bound to what principles say, a sentence on changes is still told."""
    said = "倡导修改本公约时须会长首肯"
    text = forged(seed_with(FORCES, f"{FORCES}{said}。"), ("conduct.other", "26", said))
    assert any(said in e.words and e.zh.endswith(not_carried_out.READ[0]) for e in left_of(text))


def test_the_sheet_lists_the_same_and_quotes_every_rest() -> None:
    """Signed with the edition: the section has what `verify` says, and bound words are followed by what else their sentence says."""
    text = forged(seed_with(ADOPTED, f"{ADOPTED}，发起单位得予搁置"), (ADOPTION, "22", ADOPTED))
    sheet = sheet_of(
        text.parts, text.bindings, text.decisions, text.absent, faults=(), chapters=text.chapters, title=text.title
    )
    assert sheet.not_carried_out == left_of(text)
    assert sum("同句另有" in e.zh for e in sheet.carried_out) > 1
    assert any("“发起单位得予搁置" in e.zh for e in sheet.carried_out if e.at == "22")
