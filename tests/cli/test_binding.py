"""`gongyue founding bind`: every sample bound from the command line, by options and by questions; what is refused, and how."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from gongyue.cli.binding import bind
from gongyue.covenant import edition_json as editions
from gongyue.covenant.assumed_in_edition import of_edition
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file, sentences_left
from gongyue.covenant.binding.question_stages import REASONS
from gongyue.covenant.binding.questions import next_question, of_capability, questions
from gongyue.covenant.parties import fictional_code
from tests.covenant.answering import REASON, settle
from tests.covenant.answering import answer as answered
from tests.covenant.test_samples import EXPECTED, data

from .desk import COVENANT, TWO, Desk
from .test_commands import _examples

SEED = "zgc-big-data.txt"
TEXT = "公约.txt"
BIND = ("founding", "bind", TEXT)
SMALL = "小公约\n第一条 秘书处作为本公约的执行机构。\n第二条 修改本公约须经出席会员三分之二以上同意。\n第三条 本公约自公布之日起施行。\n"
"""A covenant of three articles, all of which are bound."""


def answer(q: dict[str, Any], wanted: list[list[str]]) -> tuple[str, ...]:
    """The options that answer a question as somebody would."""
    choices, name = q["choices"], q["capability"]
    if q["kind"] in ("assumed", "structure"):
        return ("--resolve", f"{q['line']}=={q['nth'] or ''}")
    if q["kind"] == "outline":
        return ("--outline", "as-read")
    if q["kind"] == "unused":
        return ("--resolve", f"{q['line']}=-{q['nth']}")
    if "as-read" in choices:
        return ("--resolve", f"{q['line']}={q['at']}")
    if q["kind"] == "sentence":
        return ("--at", q["at"], "--words", q["words"], "--other", REASON)
    if q["kind"] == "absence":
        return ("--absent", name, *(("--presence",) if name == "vote.presence" else ()))
    proposed = q["proposal"] and q["proposal"]["binding"]
    for capability, at, words in wanted:
        if (
            capability == name
            and not q["refused_zh"]
            and not (proposed and (words in proposed["words"] or proposed["words"] in words))
        ):
            return ("--capability", name, "--words", words, "--at", at)
    if "accept" in choices:
        return ("--accept",)
    if "other" in choices:
        return ("--other", REASON)
    if "presence" in choices:
        return ("--presence",)
    if "absent" in choices:
        return ("--absent", name)
    return ()


@pytest.mark.parametrize(
    "name", ["海燕协会章程.txt", "松果开源社区治理.md", "云集平台公约.txt", "竹苑业主规约.txt", "智谱林自律倡议.txt"]
)
def test_a_sample_is_bound_by_options_alone(name: str, empty: Desk) -> None:
    """Question by question from the JSON that is printed, until it says ready; articles, headings, enumerations, a doubt, weights."""
    Path(name).write_bytes(data(name))
    told = empty.json("founding", "bind", name)
    while told["question"]:
        before = told
        words = answer(told["question"], EXPECTED[name]["bindings"])
        if not words:  # nothing in the text says who executes it: somebody names a clause
            first = next(iter(binding_draft.begin(data(name), name).read.parts.values()))
            words = ("--words", first.text.split("\n")[0].split("，")[0].split("。")[0], "--at", first.at, "--nth", "1")
        told = empty.json("founding", "bind", name, *words)
        assert told != before
    assert told["settled"] == told["total"] == 55 and {f["why"] for f in told["conflicts"]} <= {"beyond"}
    assert told["ready"] == (
        told["conflicts"] == []
    )  # what the rules cannot carry out yet is told, and keeps it from being frozen
    draft = draft_file.load(Path(told["draft"]).read_bytes())
    assert binding_draft.resume(data(name), name, draft)[0].ready


def test_what_cannot_be_frozen_is_told_as_it_is_bound(empty: Desk) -> None:
    """An article on something else as the executive body: bound, and said in the words by which freezing would refuse it; once."""
    empty.write(TEXT, SMALL.replace("第二条 ", "第二条 会员应当守法。\n第三条 ").replace("第三条 本", "第四条 本"))
    empty.run(*BIND)
    wrong = ("--capability", "office.executive", "--words", "会员应当守法")
    told = "这样还不能定稿：执行机构：第2条“会员应当守法”没有说到这一事项"
    assert empty.run(*BIND, *wrong, "--at", "2").count(told) == 1
    assert told not in empty.run(*BIND, "--capability", "conduct.duties", "--words", "会员应当守法", "--at", "2")
    empty.run(*BIND, "--drop", "office.executive")
    assert "这样还不能定稿" not in empty.run(
        *BIND, "--capability", "office.executive", "--words", "秘书处作为本公约的执行机构"
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sample_is_bound_by_answering(name: str, empty: Desk) -> None:
    """What is typed: Enter for a proposal and for the list of absences, a number for a reason, words else."""
    Path(name).write_bytes(data(name))
    typed: list[str] = []

    def somebody(d: binding_draft.Drafting) -> None:
        for before, after in zip([d, *steps], steps, strict=False):
            typed.append(_typed(before, after))

    steps: list[binding_draft.Drafting] = []
    start = binding_draft.begin(data(name), name)
    done, _ = settle(start, EXPECTED[name]["bindings"], steps)
    somebody(start)
    lines = [t for t in typed if t != "absent"]
    told = empty.try_("founding", "bind", name, "--ask", "--json", typed="\n".join([*lines, *[""] * 60]) + "\n")
    assert told.exit_code == 0, told.output
    said = json.loads(told.stdout)
    assert said["question"] is None, said
    draft = draft_file.load(Path(said["draft"]).read_bytes())
    assert {b.capability for b in draft.records.bindings} == done.bound


GUARDS = ("founding.signature", "founding.approval")
ASKED = ("office.executive", "founding.effect", "founding.in_force")
"""What is asked about by itself although the text has no passage of it."""


def _typed(before: binding_draft.Drafting, after: binding_draft.Drafting) -> str:
    """What somebody types for one answer."""
    if (before.draft.resolved, before.draft.outline) != (after.draft.resolved, after.draft.outline):
        return ""
    put = after.draft.steps[-1].put
    if put.bindings:
        made = put.bindings[0]
        offered = of_capability(before, made.capability).proposal
        return "" if offered and offered.binding == made else f"@{made.at} {made.words}"
    if put.absent and put.absent[0].capability in GUARDS:
        return ""  # asked one by one, before the list
    if put.absent:
        return (
            "p"
            if put.absent[0].capability == "vote.presence" and any(b.base == "present" for b in after.records.bindings)
            else ("n" if put.absent[0].capability in ASKED else "absent")
        )
    return str([zh for zh, _ in REASONS].index(REASON) + 1)


def test_the_next_question_is_printed_with_its_sentence_and_how_to_answer(empty: Desk) -> None:
    """How far it is, the quoted sentence, the proposal as a sentence with number, base and example, the options."""
    empty.write(TEXT, COVENANT.read_text("utf-8"))
    empty.run(*BIND, "--outline", "as-read")
    for name in ("office.executive", "interpretation.authority"):
        empty.run(*BIND, "--capability", name, "--accept")
    empty.run(*BIND, "--capability", "修改的通过", "--accept")
    empty.run(*BIND, "--drop", "amendment.adoption")
    told = empty.run(*BIND, "--next", "--draft", TEXT + ".binding.json")
    assert told.startswith("[2/55，未决 ") and "订立 · 制定本文本 founding.covenant" in told
    assert "--accept  采用" in told and "草稿：公约.txt.binding.json" in told
    adoption = empty.run(*BIND, "--capability", "amendment.adoption", "--accept")
    assert "[3/55" in adoption
    sheet = empty.run(*BIND, "--sheet", code=1)
    rest = "（同句另有：“本公约生效期间，经公约执行机构或本公约十分之一以上成员单位提议”）"
    assert (
        f"修改的通过：三分之二，含本数，以全体名册计：37 家须 25 家{rest} 第22条“并经三分之二以上成员单位同意”" in sheet
    )
    assert "of 12" in empty.run(*BIND, "--sheet", "--roll", "12", "--lang", "en", code=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--capability", "amendment.adoption", "--words", "经四分之三以上成员单位同意", "--at", "22"), "最近的是第22条"),
        (("--capability", "amendment.adoption", "--words", "对本公约进行修改"), "不载份额"),
        (("--capability", "amendment.adopt", "--words", "同意"), "是否 amendment.adoption"),
        (("--capability", "founding.approval", "--at", "21", "--words", "并经", "--nth", "3"), "没有第 3 处"),
        (("--absent", "founding.approval"), "须说明它们是何事项"), (("--absent", "founding.approval", "--other", "仅提及"), "不能声明本文无此规定"),
        (("--absent", "office.executive", "--other", "仅提及"), "不能声明"),
        (("--capability", "office.executive", "--other", ""), "须说明理由"),
        (("--capability", "office.executive", "--other", "否"), "须说明理由"),
        (("--accept",), "现在问的是全文的结构"), (("--other", "仅提及"), "现在问的是全文的结构"),
        (("--undo",), "没有可以撤回的"), (("--accept", "--undo"), "只能取一"), (("--resolve", "3=4"), "没有存疑"), (("--resolve", "x"), "写作 9=8"),
        (("--at", "99", "--other", "仅提及"), "没有这样的未决条文"), (("--draft", TEXT), "文本本身"),
        (("--capability", "sanction.list", "--words", "取消公约成员资格的处理", "--item", "罚款"), "没有“罚款”"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_hold_is_refused_and_kept_out_of_the_draft(
    words: tuple[str, ...], said: str, empty: Desk
) -> None:
    """Exit code 2, in the chosen language, in JSON where it is asked for; no draft is written."""
    empty.write(TEXT, COVENANT.read_text("utf-8"))
    told = empty.try_(*BIND, *words)
    assert told.exit_code == 2 and said in told.output and not Path(TEXT + ".binding.json").exists()
    english = empty.json(*BIND, *words, code=2)
    assert "可一并答" not in told.output  # a reason alone makes none of these absent
    unquoted = re.sub("“.*?”", "", english["en"])
    assert unquoted and not re.search("[\u4e00-\u9fff]{4}", unquoted) and said in english["zh"]


def test_a_share_above_one_is_refused(empty: Desk) -> None:
    """三分之四 in the text is a slip, and nobody binds it."""
    empty.write(TEXT, SMALL.replace("三分之二", "三分之四"))
    told = empty.try_(*BIND, "--capability", "amendment.adoption", "--words", "须经出席会员三分之四以上同意")
    assert told.exit_code == 2 and "大于一" in told.output


def test_a_text_or_a_draft_that_cannot_be_read_is_told(empty: Desk) -> None:
    """Exit code 4: not there, not Chinese, a draft that is none."""
    assert empty.try_("founding", "bind", "没有.txt").exit_code == 4
    empty.write("english.txt", "This is an English text of some length. " * 20)
    assert empty.try_("founding", "bind", "english.txt").exit_code == 4
    empty.write(TEXT, SMALL)
    empty.write("坏.json", "{}")
    told = empty.try_(*BIND, "--draft", "坏.json")
    assert told.exit_code == 4 and "不是绑定草稿" in told.output


def test_a_changed_text_says_what_is_undecided_again(empty: Desk) -> None:
    """On standard error, with the words that moved."""
    empty.write(TEXT, SMALL)
    empty.run(*BIND, "--capability", "amendment.adoption", "--accept")
    empty.write(TEXT, SMALL.replace("三分之二", "四分之三"))
    told = empty.try_(*BIND)
    assert "1 处绑定" in told.stderr and "三分之二以上同意" in told.stderr and told.exit_code == 0


def test_second_thoughts_while_answering(empty: Desk) -> None:
    """Accept, take back, skip, help, words that do not stand there, presence declared, absences but one, leave, go on, to the end."""
    empty.write(TEXT, SMALL)
    first = ["", "", "u", "s", "?", "", "没有这句", "p", "8", "q"]
    told = empty.try_(*BIND, "--ask", typed="\n".join(first) + "\n")
    assert told.exit_code == 0 and "文本没有“没有这句”" in told.stderr and "已存入草稿" in told.stderr
    assert "回车 采用" in told.stderr
    told = empty.try_(*BIND, "--ask", typed="\n\n\n" + "p\n" + "1 2\n" + "\n" * 8)
    assert told.exit_code == 0 and "没有提议" in told.stderr
    said = empty.json(*BIND)
    assert said["question"] is None and {f["why"] for f in said["conflicts"]} <= {"beyond"}
    assert ("可以定稿" in told.stderr) == said["ready"]


def test_a_finished_draft_can_be_frozen_and_its_sheet_says_so(empty: Desk) -> None:
    """The outline, three answers, two guards asked by themselves, and the list: nothing left, the sheet without faults ends with 0."""
    empty.write(TEXT, SMALL.replace("出席", "全体"))
    told = empty.try_(*BIND, "--ask", typed="\n" * 7)
    assert told.exit_code == 0 and "可以定稿" in told.stderr and "没有待答的问题了" in told.stdout
    assert "尚不能定稿 (0)" in empty.run(*BIND, "--sheet")


def test_all_absences_are_confirmed_by_the_number_that_was_shown(empty: Desk) -> None:
    """The list has every one in words, by chapter, and no guard; another number confirms nothing; each is taken back by itself."""
    empty.write(TEXT, SMALL)
    shown = empty.run(*BIND, "--absences")
    listed = [q["capability"] for q in empty.json(*BIND, "--absences")["absences"]]
    free = "第2条“修改本公约须经出席会员三分之二以上同意。”"
    assert "这 3 句没有绑定" in shown and free in shown and len(empty.json(*BIND, "--absences")["free"]) == 3
    assert f"以下 {len(listed)} 项" in shown and all(f" {c}" in shown for c in listed) and "成员\n" in shown
    assert not {"founding.signature", "founding.approval", "founding.in_force"} & set(listed)
    for number in (len(listed) - 1, len(listed) + 1):
        refused = empty.try_(*BIND, "--absent-listed", str(number))
        assert refused.exit_code == 2 and f"清单现在有 {len(listed)} 项" in refused.output
        assert not Path(TEXT + ".binding.json").exists()
    empty.run(*BIND, "--absent-listed", str(len(listed)))
    kept = draft_file.load(Path(TEXT + ".binding.json").read_bytes())
    assert sorted(a.capability for a in kept.records.absent) == sorted(listed) and len(kept.steps) == 1
    assert "没有可以一并确认的了" in empty.run(*BIND, "--absences")
    empty.run(*BIND, "--drop", "appeal")
    left = draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records.absent
    assert sorted(a.capability for a in left) == sorted(set(listed) - {"appeal"})
    for _ in range(2):
        empty.run(*BIND, "--undo")
    assert draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records == draft_file.Records()


def test_the_end_of_input_is_no_failure(empty: Desk) -> None:
    """What was answered is kept."""
    empty.write(TEXT, SMALL)
    told = empty.try_(*BIND, "--ask", typed="\n\n")
    assert told.exit_code == 0
    assert len(draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records.bindings) == 1


@pytest.mark.parametrize("example", _examples(bind.help or ""))
def test_the_examples_of_the_help_are_true(example: str, empty: Desk) -> None:
    """Tried as they stand on the seed: each does what it says."""
    empty.write(TEXT, COVENANT.read_text("utf-8"))
    words = shlex.split(example)[1:]
    told = empty.try_(*words)
    assert told.exit_code == (1 if {"--sheet", "--edition"} & set(words) else 0), told.output


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bound_sample_is_imported(name: str, founded: Desk) -> None:
    """The edition that is written loads, leaves nothing open but what is not carried out yet, and is the draft of the office."""
    Path(name).write_bytes(data(name))
    d, _ = settle(binding_draft.begin(data(name), name), EXPECTED[name]["bindings"])
    Path(f"{name}.binding.json").write_bytes(draft_file.dump(d.draft))
    told = json.loads(founded.try_("founding", "bind", name, "--edition", "made.json", "--json").stdout)
    edition = editions.draft(json.loads(Path("made.json").read_bytes()))
    assert {f["why"] for f in told["open"]} <= {"beyond"} and [f.zh for f in edition.open] == [
        f["zh"] for f in told["open"]
    ]
    assert (edition.bindings, edition.decisions, edition.absent) == (d.records.bindings, d.decisions, d.records.absent)
    unsaid = of_edition(edition)
    if unsaid:  # as JSON nobody sees that it was answered: it is asked again, and the command that was told answers it
        assert unsaid[0].words in founded.run("founding", "import", "made.json", *TWO, code=2)
    command = founded.try_("founding", "bind", name, "--edition", "made.json").stdout
    answers = [f"--so {u.at}" for u in unsaid]
    assert all(one in command for one in answers)
    founded.run("founding", "import", "made.json", *" ".join(answers).split(), *TWO)
    status = founded.json("founding", "status")
    assert status["title"] == edition.title and {a["clause"] for a in status["absent"]} == set(d.absences)


def test_an_edition_of_an_unfinished_draft_says_what_is_open(empty: Desk) -> None:
    """It is written, and can be imported, not frozen; a doubt in the numbering keeps it from being written."""
    empty.write(TEXT, SMALL)
    told = empty.json(*BIND, "--edition", "made.json", code=1)
    assert {"undecided", "open"} <= {f["why"] for f in told["open"]} and Path("made.json").exists()
    first, *_, last = empty.run(*BIND, "--edition", "made.json", code=1).splitlines()
    assert (
        first.startswith(f"made.json 只是草案：尚有 {len(told['open'])} 处未决，尚不能定稿")
        and "只能作为草案导入" in last
    )
    Path("云集.txt").write_bytes(data("云集平台公约.txt"))
    told = empty.try_("founding", "bind", "云集.txt", "--edition", "other.json")
    assert (
        told.exit_code == 1 and "GY-01-01" in told.output and "存疑" in told.output and not Path("other.json").exists()
    )
    assert empty.try_(*BIND, "--edition", "made.txt").exit_code == 2


@pytest.mark.parametrize(("name", "approved"), [("湖畔公约.txt", False), ("云集平台公约.txt", False), (SEED, True)])
def test_a_bound_sample_is_frozen(name: str, approved: bool, founded: Desk) -> None:
    """From its text by questions, import and freezing: whoever runs another covenant than the seed gets that far by the command line."""
    Path(name).write_bytes(data(name))
    d, _ = settle(binding_draft.begin(data(name), name), EXPECTED[name]["bindings"])
    Path(f"{name}.binding.json").write_bytes(draft_file.dump(d.draft))
    command = founded.run("founding", "bind", name, "--edition", "made.json")
    founded.run("founding", "import", "made.json", *re.findall(r"--so|(?<=--so )\S+", command), *TWO)
    if approved:
        founded.run("founding", "designate", "--approver", '{"name":"示范主管部门","basis":"basis.txt"}', *TWO)
    rows = [f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2)]
    founded.run(
        "founding", "freeze", "--initiators", founded.write("first.csv", "\n".join(["id,name,code", *rows])), *TWO
    )
    assert founded.json("founding", "status")["stage"] == "frozen"


# -- what is said of an answer


HOUSEHOLD = (
    "小公约\n第一条 秘书处作为本公约的执行机构。\n第二条 修改本公约，须经参加表决的会员四分之三以上同意。"
    "参加表决的会员不足全体会员三分之二的，表决无效。\n第三条 会员违反本公约的，由秘书处给予警告、通报批评；情节严重的，取消其会员资格。\n"
    "第四条 会员可以退出本公约。\n第五条 会员退出本公约，应当提前通知秘书处。\n第六条 本公约自公布之日起施行。\n"
)
"""A quorum by what is not enough, three sanctions in two sentences, two articles on leaving."""


def test_what_was_read_of_the_words_is_said(empty: Desk) -> None:
    """The three kinds in words that somebody binds; the share of a quorum; by whoever answers with options."""
    empty.write(TEXT, HOUSEHOLD)
    words = "由秘书处给予警告、通报批评；情节严重的，取消其会员资格"
    told = empty.try_(*BIND, "--capability", "sanction.list", "--words", words)
    assert "3 项：警告、通报批评、取消其会员资格" in told.stderr
    told = empty.try_(*BIND, "--capability", "vote.quorum", "--accept")
    assert "绑定：法定人数" in told.stderr and "37 家须 25 家" in told.stderr


def test_words_bound_beside_others_say_so_and_how_to_have_them_instead(empty: Desk) -> None:
    """A second place of a capability is added; what stays is quoted, and the way to replace it is named and works."""
    empty.write(TEXT, HOUSEHOLD)
    first = empty.try_(*BIND, "--capability", "membership.withdrawal", "--words", "会员可以退出本公约")
    assert "仍绑定" not in first.stderr
    second = empty.try_(*BIND, "--capability", "membership.withdrawal", "--words", "会员退出本公约")
    assert "另加的一处：第4条“会员可以退出本公约”仍绑定" in second.stderr
    assert "先 --drop membership.withdrawal，再绑定" in second.stderr
    empty.run(*BIND, "--drop", "membership.withdrawal")
    third = empty.try_(*BIND, "--capability", "membership.withdrawal", "--words", "会员退出本公约")
    assert third.exit_code == 0 and "仍绑定" not in third.stderr


def test_not_in_this_text_says_how_it_is_answered_where_there_are_passages(empty: Desk) -> None:
    """n alone is not enough where sentences seem to be about it: the answer is shown, and a reason's number will do."""
    empty.write(TEXT, SMALL)
    told = empty.try_(*BIND, "--ask", typed="\n" * 3 + "n\nq\n")
    assert "如 n 5（仅提及）或 n 理由" in told.stderr
    kept = draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records
    assert not kept.absent and len(kept.bindings) == 2
    empty.try_(*BIND, "--ask", typed="n 5\nq\n")
    kept = draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records
    assert [d.reason for d in kept.decisions] == [REASONS[4][0]] and len(kept.absent) == 1


def test_presence_is_declared_with_what_the_passages_are(empty: Desk) -> None:
    """The option is printed as it works, with a reason; at the prompt p alone says what is missing, p 5 is taken."""
    empty.write(
        TEXT,
        SMALL.replace("第三条", "第三条 会员大会会议以视频方式举行的，应当提供网络签到，到会会员以签到为准。\n第四条"),
    )
    empty.run(*BIND, "--capability", "amendment.adoption", "--accept")
    while (asked := empty.json(*BIND)["question"])["capability"] != "vote.presence":
        empty.run(*BIND, *answer(asked, []))
    shown = empty.run(*BIND, "--next")
    assert "--presence --other REASON" in shown
    refused = empty.try_(*BIND, "--presence")
    assert refused.exit_code == 2 and "待决定的共 1 处，可一并答：--presence --other 仅提及" in refused.output
    assert "如 p 5（仅提及）或 p 理由" in empty.try_(*BIND, "--ask", typed="p\nq\n").stderr
    empty.try_(*BIND, "--ask", typed="p 5\nq\n")
    told = draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records
    assert [(a.capability, bool(a.then)) for a in told.absent if a.capability == "vote.presence"] == [
        ("vote.presence", True)
    ]
    empty.run(*BIND, "--undo")
    empty.run(*BIND, "--presence", "--other", "仅提及")
    assert draft_file.load(Path(TEXT + ".binding.json").read_bytes()).records.absent == told.absent


def test_a_sentence_left_is_quoted_once(empty: Desk) -> None:
    """However many capabilities it may be about."""
    empty.write(TEXT, COVENANT.read_text("utf-8"))
    d = binding_draft.begin(Path(TEXT).read_bytes(), TEXT)
    while (question := next_question(d)) and question.kind != "sentence":
        d = answered(d, question, [])
    assert question is not None
    Path(TEXT + ".binding.json").write_bytes(draft_file.dump(d.draft))
    assert empty.run(*BIND, "--next").count(question.words) == 1


def test_an_unbound_text_can_be_imported_and_says_that_it_cannot_be_frozen(founded: Desk) -> None:
    """Also where it is only tried: how many places are open, and where they are decided."""
    founded.write(TEXT, HOUSEHOLD)
    told = founded.try_("founding", "import", TEXT, *TWO, "--dry-run")
    assert told.exit_code == 0
    assert "这是草案，可以导入，不能定稿" in told.stderr and "gongyue founding bind" in told.stderr
    assert "所导入的是草案，尚不能定稿" in founded.run("founding", "import", TEXT, *TWO)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (SMALL, "《小公约》3 条，", "“小公约”: 3 articles, "),
        (
            SMALL.replace("第一条", "发起单位共同约定。\n第一条"),
            "3 条，条之外 1 段，",
            "3 articles, 1 paragraph besides, ",
        ),
        ("小公约\n本会守约。\n秘书处执行。\n", "2 个部分，", "2 parts, "),
    ],
)
def test_an_import_counts_articles_apart_from_paragraphs(founded: Desk, text: str, zh: str, en: str) -> None:
    """What stands above the first article is none."""
    founded.write(TEXT, text)
    assert zh in founded.try_("founding", "import", TEXT, *TWO, "--dry-run").stderr
    told = founded.try_("founding", "import", TEXT, *TWO, "--dry-run", "--lang", "en").stderr
    assert en.replace("“小公约”", "《小公约》") in told


FILED = (
    "小公约\n第一条 发起单位制定本公约，由秘书处作为本公约的执行机构。\n第二条 修改本公约须经三分之二以上成员单位同意，并报市商务主管部门备案。\n"
    "第三条 本公约经发起单位签署后生效，报市商务主管部门备案。\n第四条 本公约自公布之日起施行。\n"
)
"""A covenant that an authority files and nobody approves."""


def test_a_text_that_is_only_filed_needs_no_authority_to_be_designated(founded: Desk) -> None:
    """Approval is decided to be another matter, filing is bound; the next step is to freeze, and it is frozen."""
    founded.write(TEXT, FILED)
    d, asked = settle(binding_draft.begin(FILED.encode(), TEXT), [])
    assert {"founding.filing", "amendment.approval"} <= d.bound and "founding.approval" in d.absences, asked
    Path(TEXT + ".binding.json").write_bytes(draft_file.dump(d.draft))
    founded.run(*BIND, "--edition", "made.json")
    founded.run("founding", "import", "made.json", *TWO)
    told = founded.json("founding", "status")
    assert not told["approval_asked"] and told["next"]["command"].startswith("gongyue founding freeze")
    rows = ["id,name,code", *(f"u:000{i},单位{i},{fictional_code(i)}" for i in (1, 2))]
    founded.run("founding", "freeze", "--initiators", founded.write("first.csv", "\n".join(rows)), *TWO)


def test_what_the_reader_could_not_tell_is_shown_before_the_first_question(empty: Desk) -> None:
    """With its place, in either language and in JSON; once something is answered it is not said again."""
    Path(TEXT).write_text(SMALL.replace("第三条", "表决办法\n表决以书面进行。\n第三条"), "utf-8")
    told = empty.json(*BIND)
    assert [(o["article"], o["words"]) for o in told["oddities"]] == [(2, "表决办法")]
    assert "! “表决办法” 第2条：可能是标题" in empty.try_(*BIND).output
    assert "! “表决办法” article 2: this line may be a heading" in empty.try_(*BIND, "--lang", "en").output
    assert "可能是标题" not in empty.try_(*BIND, "--accept").output


def test_an_address_may_be_typed_as_it_is_printed(empty: Desk) -> None:
    """第二条 and 第2条 as well as 2."""
    empty.write(TEXT, SMALL)
    for at in ("第2条", "第二条", "2"):
        told = empty.try_(*BIND, "--capability", "amendment.adoption", "--words", "三分之二以上", "--at", at)
        assert told.exit_code == 0, told.output


def _at_the_rest(empty: Desk) -> binding_draft.Drafting:
    """The seed, answered up to the first sentence that is left."""
    empty.write(TEXT, COVENANT.read_text("utf-8"))
    d = binding_draft.begin(Path(TEXT).read_bytes(), TEXT)
    while (question := next_question(d)) and question.kind != "sentence":
        d = answered(d, question, [])
    Path(TEXT + ".binding.json").write_bytes(draft_file.dump(d.draft))
    return d


def _kept() -> draft_file.Draft:
    return draft_file.load(Path(TEXT + ".binding.json").read_bytes())


def test_sentences_left_are_answered_by_the_number_that_was_shown(empty: Desk) -> None:
    """Each quoted under what it may be about, with what that is bound to; another number settles nothing; one may be left out."""
    d = _at_the_rest(empty)
    several = sentences_left.listed(questions(d))
    shown = empty.run(*BIND, "--rest")
    assert (
        f"其余条文 {len(several)} 句" in shown and all(f"“{q.words}”" in shown for q in several) and "已绑定：" in shown
    )
    assert [q["id"] for q in empty.json(*BIND, "--rest")["rest"]] == [q.id for q in several]
    number = str(len(several))
    for given in (
        ("--rest-listed", str(len(several) + 1), "--other", "仅提及"),
        ("--rest-listed", number, "--without", str(len(several) + 1), "--other", "仅提及"),
        ("--rest-listed", number),
        ("--without", "3"),
        ("--rest-listed", number, "--other", "无"),
        ("--leave",),
    ):
        assert empty.try_(*BIND, *given).exit_code == 2 and _kept() == d.draft, given
    empty.run(*BIND, "--rest-listed", number, "--without", "3", "--other", "同一事项，已绑定另一处")
    left = [q.id for q in questions(binding_draft.resume(Path(TEXT).read_bytes(), TEXT, _kept())[0])]
    assert several[2].id in left and not {q.id for i, q in enumerate(several) if i != 2} & set(left)
    assert "没有可以一并答的句子" in empty.run(*BIND, "--rest")
    empty.run(*BIND, "--undo")
    assert _kept().records == d.draft.records


def test_sentences_left_are_answered_at_the_prompt(empty: Desk) -> None:
    """Two are left out and asked one by one, the others settled by a reason's number; what is none is refused."""
    d = _at_the_rest(empty)
    several = sentences_left.listed(questions(d))
    told = empty.try_(*BIND, "--ask", typed="- 2 99\n好\n- 2 4\n5\nq\n")
    assert told.stderr.count("请写清单里的数字") == 1 and told.stderr.count("请写理由的数字") == 1
    reasons = {(one.at, one.words) for one in _kept().records.decisions if one.reason == "仅提及"}
    assert {(q.at, q.words) for i, q in enumerate(several, 1) if i not in (2, 4)} <= reasons
    assert not {(several[1].at, several[1].words), (several[3].at, several[3].words)} & reasons
    empty.run(*BIND, "--undo")
    assert empty.try_(*BIND, "--ask", typed="-\nq\n").stderr.count(f"“{several[0].words}”") == 2


def test_shares_of_a_sentence_and_the_same_words_take_one_answer(empty: Desk) -> None:
    """Printed with their option, and taken at the prompt; where nothing is alike it is refused."""
    empty.write(TEXT, "湖心公约\n第一条 秘书处每季度公布成员单位名单。\n第二条 秘书处执行本公约，自公布之日起施行。\n"
                      "第三条 理事会会议须有过半数理事出席，决定须经出席理事三分之二以上同意。\n")  # fmt: skip
    empty.run(*BIND, "--outline", "as-read")
    assert empty.try_(*BIND, "--capability", "office.executive", "--accept-alike").exit_code == 2
    empty.run(*BIND, "--capability", "publication.list", "--accept-alike")
    assert {b.capability for b in _kept().records.bindings} == {"publication.list", "publication.list_period"}
    empty.run(*BIND, "--undo")
    d = binding_draft.resume(Path(TEXT).read_bytes(), TEXT, _kept())[0]
    while (question := next_question(d)) and question.capability != "publication.list":
        d = answered(d, question, [])
    Path(TEXT + ".binding.json").write_bytes(draft_file.dump(d.draft))
    assert "--accept-alike" in empty.run(*BIND) and "同样的字句也提议给 名单期间" in empty.run(*BIND)
    empty.try_(*BIND, "--ask", typed="+\nq\n")
    assert "publication.list_period" in {b.capability for b in _kept().records.bindings}
    d = binding_draft.resume(Path(TEXT).read_bytes(), TEXT, _kept())[0]
    while (question := next_question(d)) and question.kind != "unused":
        d = answered(d, question, [])
    assert len(question.shares) == 2
    Path(TEXT + ".binding.json").write_bytes(draft_file.dump(d.draft))
    assert "--leave" in empty.run(*BIND)
    empty.run(*BIND, "--leave")
    assert [r.at for r in _kept().resolved if r.at.startswith("-")] == ["-1", "-2"]
