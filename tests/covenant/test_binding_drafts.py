"""A draft of bindings: what is asked, in which order, what is proposed; answers, second thoughts, a text that changes."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import draft_file, question_stages, questions, sheet, validation
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.one_question import Question
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.whole_outline import confirm
from tests.covenant.answering import REASON, other_of, settle
from tests.covenant.test_samples import EXPECTED, data

CAPABILITIES = catalogue().capabilities
SEED = "zgc-big-data.txt"
SMALL = "秘书处作为本公约的执行机构。\n修改本公约须经出席会员三分之二以上同意。\n本公约自公布之日起施行。"


def covenant(text: str) -> bytes:
    """A text of one article a line."""
    articles = (f"第{n}条 {line}" for n, line in zip("一二三四五六七八九", text.split("\n"), strict=False))
    return "\n".join(["小公约", *articles]).encode()


def small(text: str = SMALL) -> Drafting:
    """A draft on three articles."""
    return binding_draft.begin(covenant(text), "小公约.txt")


def asked(d: Drafting) -> list[str]:
    """The questions that are open."""
    return [q.id for q in questions.questions(d)]


# -- every sample, to the end


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sample_is_bound_question_by_question(name: str) -> None:
    """Until nothing is open: ready, all fifty-five settled, and what the draft hands on passes every check."""
    d, asked_ = settle(binding_draft.begin(data(name), name), EXPECTED[name]["bindings"])
    assert d.ready and d.progress == (55, 55) and d.conflicts == ()
    records = d.records
    assert validation.faults(d.read.outline.parts, records.bindings, d.decisions, records.absent) == []
    assert asked_["capability"] + asked_["doubt"] + asked_["sentence"] <= 65 and asked_["absence"] <= 55


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_proposed_is_what_a_person_would_bind(name: str) -> None:
    """Of sixty-nine bindings of the samples all but one are proposed at their place."""
    proposed = binding_draft.begin(data(name), name).read.proposals
    missed = [
        capability
        for capability, at, words in EXPECTED[name]["bindings"]
        if not (b := proposed.get(capability)) or b.at != at or not (words in b.words or b.words in words)
    ]
    known = {
        "人民调解委员会组织条例.txt": ["dispute.mediation"],
    }
    assert missed == known.get(name, [])


def test_a_change_is_proposed_by_the_general_share_where_the_text_has_no_other() -> None:
    """Charters change themselves by resolution: its words are proposed for the adoption too; the approval of changes founds nothing."""
    d = small(
        "理事会为本会的常设机构。\n会员大会的决议须经全体会员过半数通过。\n本章程的修改，须经理事会通过后报会员大会审议。\n"
        "修改的章程，须报业务主管单位审查同意，经登记管理机关核准后生效。\n本章程自核准之日起生效。"
    )
    proposed = d.read.proposals
    assert proposed["amendment.adoption"] == replace(proposed["vote.resolution"], capability="amendment.adoption")
    assert proposed["amendment.adoption"].words == "会员大会的决议须经全体会员过半数通过"
    assert (proposed["founding.effect"].at, proposed["amendment.approval"].words) == ("5", "须报业务主管单位审查同意")
    assert proposed["founding.approval"].at == "5"  # not 4, which is on changes alone
    assert settle(d, [])[0].ready


def test_the_general_share_is_offered_where_the_text_only_names_its_own_change() -> None:
    """制定和修改章程 among an assembly's powers is no passage on how; its resolutions' share is offered, a council's is not."""
    powers = "会员大会的职权是：\n（一）制定和修改章程；\n（二）选举理事。\n"
    d = small(
        "秘书处作为本章程的执行机构。\n"
        + powers
        + "会员大会的决议须经到会会员半数以上表决通过方能生效。\n本章程自公布之日起施行。"
    )
    assert "capability:amendment.adoption" in asked(d)
    q = questions.of_capability(d, "amendment.adoption")
    assert q.proposal and (q.proposal.binding.value, q.proposal.binding.base) == ("1/2", "present")
    assert set(q.choices) == {"accept", "bind", "absent"}
    council = small(
        "秘书处作为本章程的执行机构。\n"
        + powers
        + "议事规则：会议表决有三分之二以上参会成员通过有效。\n本章程自公布之日起施行。"
    )
    assert "amendment.adoption" not in council.read.proposals


def test_what_could_not_be_carried_out_is_not_offered() -> None:
    """A proposer without a share would be refused at freezing: the words are shown with the reason, not offered to accept."""
    d = small("修改本公约由任一会员提出草案，经三分之二以上成员单位同意。\n本公约自公布之日起施行。")
    q = questions.of_capability(d, "amendment.proposal")
    assert q.proposal is None and "须载有份额" in q.refused_zh and "accept" not in q.choices


def test_the_force_is_proposed_beside_a_change_in_the_same_sentence() -> None:
    """本公约自发布之日起生效，…修改公约: its first clause is of the founding."""
    d = small("管理员负责执行本公约。\n本公约自发布之日起生效，管理员保留修改本公约的权利。")
    proposed = binding_draft.begin(
        covenant("管理员负责执行本公约。\n本公约自发布之日起生效，管理员保留修改本公约的权利。"), "x.txt"
    ).read.proposals
    assert proposed["founding.in_force"].words == proposed["founding.effect"].words == "本公约自发布之日起生效"
    assert d.read.proposals["office.executive"].at == "1"


def test_a_guard_says_what_else_its_words_may_be_bound_to() -> None:
    """A citation of a ministry's rules is no approval; the refusal names the making of the text, and binding it there helps."""
    d = small("秘书处负责执行本公约。\n本公约依据民政部《社团管理规定》制定。\n本公约自公布之日起施行。")
    fault = d.guard_fault("founding.approval")
    assert fault and "“制定本文本”" in fault.zh and "“the text is made, by whom”" in fault.en
    assert "founding." not in fault.zh + fault.en  # words, not ids
    d = d.bind("founding.covenant", "本公约依据民政部《社团管理规定》制定", "2")
    assert d.guard_fault("founding.approval") is None


def test_a_sentence_of_the_text_itself_does_not_run_on_from_a_line_without_an_end() -> None:
    """A bullet without a full stop above 本公约自…: the words that are proposed begin with the text."""
    d = binding_draft.begin(
        "湖滨垂钓公约\n一、垂钓\n·垂钓者须守秩序并且不得乱扔任何杂物\n二、其他\n·保持安静并且尊重他人的垂钓位置\n本公约自发布之日起生效".encode(),
        "x.txt",
    )
    assert d.read.proposals["founding.in_force"].words == "本公约自发布之日起生效"


def test_who_executes_is_sought_in_every_sentence_where_no_passage_says() -> None:
    """负责解释与执行本章程 is no passage of the reader's; it is proposed all the same."""
    d = small("成员应当诚信。\n技术委员会负责解释与执行本章程。\n本章程自公布之日起施行。")
    assert not any(p.capability == "office.executive" for p, _ in d.read.seen)
    assert d.read.proposals["office.executive"].words == "技术委员会负责解释与执行本章程"


def test_the_seed_is_proposed_with_its_numbers() -> None:
    """A tenth to propose, two thirds to adopt, thirty days to publish; the sanctions one by one."""
    proposed = binding_draft.begin(data(SEED), SEED).read.proposals
    said = {n: (proposed[n].value, proposed[n].base) for n in ("amendment.proposal", "amendment.adoption")}
    assert said == {"amendment.proposal": ("1/10", "roll"), "amendment.adoption": ("2/3", "roll")}
    within = proposed["publication.within"]
    assert (within.value, within.unit, within.start) == (30, "day", "effect")
    assert proposed["sanction.list"].items == ("在公约成员单位内部通报", "取消公约成员资格")
    assert len(proposed["conduct.duties"].items) == 5


# -- what is asked


def test_questions_come_in_the_order_of_a_texts_life() -> None:
    """The outline, who, birth, change, members, cases, the rest; then sentences; then what is not in the text."""
    d = binding_draft.begin(data(SEED), SEED)
    stages = [q.stage for q in questions.questions(d)]
    order = list(question_stages.STAGE_NAMES)
    first, then = list(questions.questions(d))[:2]
    assert stages == sorted(stages, key=order.index) and (first.kind, then.capability) == (
        "outline",
        "office.executive",
    )
    d = d.accept("office.executive")
    assert [q.words[:4] for q in questions.questions(d) if q.kind == "sentence"] == ["中关村大", "本公约所"]


def test_the_stages_name_capabilities_of_the_catalogue_once() -> None:
    """A mistyped one would never be asked in its place."""
    named = [n for names in question_stages.STAGES.values() for n in names]
    assert set(named) <= set(CAPABILITIES) and len(named) == len(set(named))


def test_a_question_is_data_for_a_page() -> None:
    """The capability in both languages, its passages with their place in the part, the proposal with its sentence, the choices."""
    d = binding_draft.begin(data(SEED), SEED)
    q = questions.of_capability(d, "amendment.adoption")
    text = d.read.parts["22"].text
    (passage,) = q.passages
    assert q.proposal is not None and text[passage.begin : passage.end] == passage.words
    assert text[q.proposal.begin : q.proposal.end] == q.proposal.binding.words == "并经三分之二以上成员单位同意"
    assert q.proposal.zh == "三分之二，含本数，以全体名册计：37 家须 25 家"
    assert q.proposal.en == "2/3, itself included, of the whole roll: 25 of 37"
    assert q.choices == ("accept", "bind", "other", "absent") and q.zh.endswith("。") and q.en.endswith(".")
    assert msgspec.json.decode(msgspec.json.encode(q), type=Question) == q


def test_what_was_skipped_is_not_asked_again_in_that_sitting() -> None:
    """The next question comes; without the skipping it is the first still."""
    d = confirm(small(), so=True)
    first = questions.next_question(d)
    assert first is not None and first.id == "capability:office.executive"
    assert questions.next_question(d, {first.id}) != first == questions.next_question(d)


def test_a_doubt_is_asked_first_and_resolved() -> None:
    """第八条 after 第六条: as it was read, or another number, or no heading at all."""
    name = "云集平台公约.txt"
    d = binding_draft.begin(data(name), name)
    first = questions.next_question(d)
    assert first is not None and (first.kind, first.line, first.at) == ("doubt", 9, "8")
    assert not d.ready and d.faults[0].why == "doubt"
    kept = d.resolve(9, "8")
    assert kept.read.outline.doubts == () and {"8", "9"} <= kept.read.parts.keys()
    other = kept.resolve(9, "7")
    assert "7" in other.read.parts and [x.at for x in other.read.outline.doubts] == ["9"]  # the next one is a gap now
    none = kept.resolve(9, "")
    assert "8" not in none.read.parts and "第八条" in none.read.parts["6"].text
    assert draft_file.load(draft_file.dump(none.draft)) == none.draft
    assert binding_draft.resume(data(name), name, none.draft)[0].read.parts.keys() == none.read.parts.keys()
    for line, at in ((4, "8"), (9, "第八条"), (9, "x/1"), (9, "5")):
        with pytest.raises(BadBinding):
            d.resolve(line, at)


def test_presence_is_asked_once_a_share_of_those_present_is_bound() -> None:
    """Not before; until it is answered the text cannot be frozen."""
    d = small()
    assert "capability:vote.presence" not in asked(d)
    d = d.accept("amendment.adoption")
    assert "capability:vote.presence" in asked(d)
    undefined = d.declare_absent("vote.presence")
    assert [f.why for f in undefined.conflicts] == ["presence"]
    assert d.declare_absent("vote.presence", presence=True).conflicts == ()


def test_a_weight_is_shown_and_not_offered() -> None:
    """The question says why it cannot be carried out; accepting it does too."""
    d = small(
        "秘书处作为本规约的执行机构。\n修改本规约须经占建筑物面积三分之二以上的业主同意。\n本规约自公布之日起施行。"
    )
    q = questions.of_capability(d, "amendment.adoption")
    assert q.proposal is None and "accept" not in q.choices and "权重" in q.refused_zh and "weights" in q.refused_en
    with pytest.raises(BadBinding, match="权重"):
        d.accept("amendment.adoption")


# -- answers


def test_binding_words_decides_the_passages_that_they_meet() -> None:
    """And drops the absence and the reasons that spoke against it."""
    d = other_of(small(), "amendment.adoption").declare_absent("amendment.adoption")
    assert [x.verdict for x in d.decisions] == ["other"] and d.absences
    d = d.bind("amendment.adoption", "须经出席会员三分之二以上同意")
    assert [x.verdict for x in d.decisions] == ["bound"] and not d.absences and d.records.bindings[0].base == "present"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("amendment.adoption", "须经出席会员四分之三以上同意"), "最近的是第2条（--at 2）“须经出席会员三分之二以上同意"),
        (("amendment.adoption", "须經出席會員三分之二"), "最近的是第2条（--at 2）“须经出席会员三分之二"),
        (("amendment.adoption", "三分之二", "3"), "它在第2条（--at 2）"), (("amendment.adoption", "三分之二", "9"), "文本没有 9 处"),
        (("amendment.adoption", "修改本公约"), "不载份额"), (("founding.in_force", "本公约"), "见于 1、2、3 等 3 处"),
        (("amendment.adopt", "同意"), "是否 amendment.adoption"), (("amendment.adoption", "三分之二", "2", 2), "没有第 2 处"),
        (("amendment.adoption", " "), "没有选取字句"), (("amendment.adoption", "饕餮"), "文本没有“饕餮”"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_bound_are_refused_saying_what_would_mend_it(given: tuple[Any, ...], said: str) -> None:
    """In both languages; nothing is changed."""
    d = small()
    with pytest.raises(BadBinding) as refused:
        d.bind(*given)
    assert said in refused.value.zh and refused.value.en and d.draft.steps == ()


def test_a_share_above_one_is_refused() -> None:
    """三分之四 is a slip of the pen, and said to be one."""
    d = small(SMALL.replace("三分之二", "三分之四"))
    with pytest.raises(BadBinding, match="大于一"):
        d.bind("amendment.adoption", "须经出席会员三分之四以上同意")


def test_a_guard_with_a_passage_cannot_be_declared_absent() -> None:
    """The refusal quotes it; bound to the approval of changes, it can."""
    clause = "本章程的修改报登记管理机关核准"
    d = small(f"秘书处作为本章程的执行机构。\n{clause}。\n本章程自公布之日起施行。")
    with pytest.raises(BadBinding, match="不能声明本文无此规定"):
        d.declare_absent("founding.approval", REASON)
    d = d.bind("amendment.approval", clause).declare_absent("founding.approval", REASON)
    assert "founding.approval" in d.absences and not any(f.why == "guard" for f in d.faults)


def test_an_absence_with_passages_needs_a_reason() -> None:
    """Each says so."""
    d = small()
    with pytest.raises(BadBinding, match="须说明它们是何事项"):
        d.declare_absent("amendment.adoption")
    with pytest.raises(BadBinding, match="须说明它们是何事项"):
        d.declare_absent("office.executive")
    with pytest.raises(BadBinding, match="不能声明"):
        d.declare_absent("founding.in_force", REASON)
    with pytest.raises(BadBinding, match="2—200"):
        other_of(d, "amendment.adoption", "否")


def test_every_answer_can_be_taken_back() -> None:
    """Step by step to the beginning, also through the file; further back there is nothing."""
    d, _ = settle(binding_draft.begin(data("湖畔公约.txt"), "湖畔公约.txt"), EXPECTED["湖畔公约.txt"]["bindings"])
    d, carried = binding_draft.resume(data("湖畔公约.txt"), "湖畔公约.txt", draft_file.load(draft_file.dump(d.draft)))
    assert d.ready and carried == binding_draft.Carried()
    steps = len(d.draft.steps)
    for _ in range(steps):
        d = d.undo()
    assert d.records == draft_file.Records() and steps > 50
    with pytest.raises(BadBinding, match="没有可以撤回的"):
        d.undo()


def test_a_capability_can_be_taken_up_again() -> None:
    """Its binding, its decisions and its absence are gone; the others stay."""
    d, _ = settle(small(), [])
    open_ = d.drop("amendment.adoption")
    assert open_.open_capabilities == ("amendment.adoption",) and not open_.ready
    assert open_.accept("amendment.adoption").ready


def test_a_second_binding_that_disagrees_is_a_conflict() -> None:
    """It may be recorded, is shown with both places, and keeps the text from being frozen."""
    text = SMALL.replace("\n本公约自", "\n修订本公约须经全体会员四分之三以上同意。\n本公约自")
    d, _ = settle(small(text), [])
    d = d.bind("amendment.adoption", "须经全体会员四分之三以上同意")
    (fault,) = d.conflicts
    assert fault.why == "disagree" and "第2条" in fault.zh and "第3条" in fault.zh and not d.ready


@settings(max_examples=40, deadline=None)
@given(choices=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=25))
def test_whatever_is_answered_can_be_kept_gone_on_with_and_taken_back(choices: list[tuple[int, int]]) -> None:
    """Any sequence of answers: the file holds all of it, no answer breaks what was bound, and undoing is exact."""
    d = small(SMALL + "\n本公约经发起单位签署后生效，修改本公约经五分之一以上会员提议。")
    names = list(CAPABILITIES)
    for kind, n in choices:
        before, name = d, names[n % len(names)]
        try:
            if kind < 4:
                d = d.accept(name)
            elif kind < 6:
                d = other_of(d, name) if any(p.capability == name for p, _ in d.undecided) else d
            elif kind < 8:
                d = d.declare_absent(name, REASON, presence=kind == 7)
            else:
                d = d.drop(name) if kind == 8 else d.undo()
        except BadBinding:
            continue
        again, carried = binding_draft.resume(d.read.data, d.read.name, draft_file.load(draft_file.dump(d.draft)))
        assert again.draft == d.draft and carried == binding_draft.Carried()
        assert not {f.why for f in d.faults} & {
            "words",
            "number",
            "items",
            "twice",
            "both",
            "not-bound",
            "no-passage",
            "reason",
            "then",
        }
        if kind != 9 and d.draft != before.draft:
            assert d.undo().draft == before.draft


# -- a text that changes


def test_where_the_text_changed_what_moved_is_undecided_again() -> None:
    """Three quarters in the place of two thirds: that binding goes, the rest stays."""
    d, _ = settle(small(), [])
    changed = covenant(SMALL.replace("三分之二", "四分之三"))
    again, carried = binding_draft.resume(changed, "小公约.txt", d.draft)
    assert [b.capability for b in carried.bindings] == ["amendment.adoption"] and again.draft.steps == ()
    assert again.open_capabilities == ("amendment.adoption",)
    assert confirm(again, so=True).accept("amendment.adoption").ready  # its words are shown: they are looked at again


def test_words_that_stand_but_say_something_else_are_undecided_again() -> None:
    """三分之二以上同意 was of those present and is now of all."""
    d = small().bind("amendment.adoption", "三分之二以上同意")
    again, carried = binding_draft.resume(covenant(SMALL.replace("出席", "全体")), "小公约.txt", d.draft)
    assert len(carried.bindings) == 1 and again.bound == frozenset()


def test_words_that_only_moved_within_their_article_stay() -> None:
    """A sentence put before them moves no binding."""
    d, _ = settle(small(), [])
    again, carried = binding_draft.resume(covenant(SMALL.replace("修改本", "诚信为本。修改本")), "小公约.txt", d.draft)
    assert carried == binding_draft.Carried() and again.bound == d.bound


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "不是绑定草稿"), (b"{}", "不是绑定草稿"), (b'{"text":"a","name":"b","v":"gongyue/binding-draft@9"}', "未知的草稿版式"),
        (b"[" * 100_000, "不是绑定草稿"), (b" " * (draft_file.LARGEST + 1), "过大"), (b"\xff\xfe", "不是绑定草稿"),
    ],
)  # fmt: skip
def test_what_is_no_draft_is_refused(file: bytes, said: str) -> None:
    """In both languages."""
    with pytest.raises(draft_file.BadDraft, match=said):
        draft_file.load(file)


def test_a_forged_draft_brings_nothing_in() -> None:
    """Bindings that say other numbers, unknown capabilities, decisions on nothing, absences of nothing: dropped on opening."""
    d, _ = settle(small(), [])
    adoption = next(b for b in d.records.bindings if b.capability == "amendment.adoption")
    forged = [
        replace(adoption, value="1/3"),
        replace(adoption, base="roll"),
        replace(adoption, capability="P6"),
        replace(adoption, at="9"),
    ]
    draft = replace(d.draft, records=replace(d.records, bindings=tuple(forged)))
    again, carried = binding_draft.resume(covenant(SMALL), "小公约.txt", draft)
    assert again.records.bindings == () and len(carried.bindings) == 4
    stepped = replace(d.draft, steps=(draft_file.DraftStep(took=draft_file.Records(tuple(forged))),))
    undone = binding_draft.resume(covenant(SMALL), "小公约.txt", stepped)[0].undo()
    assert undone.records == d.records


@pytest.mark.parametrize(
    "piece",
    [
        "经三分之二以上会员同意、", "修改本公约须经三分之二以上会员同意，", "本公约经主管部门批准后生效、", "（一）给予警告或除名；", "出席",
        "本公约自公布之日起施行。", "第三分之二条", "由秘书处、由理事会", "每年至少一次",
    ],
)  # fmt: skip
def test_nothing_repeated_without_end_tires_whoever_drafts(piece: str) -> None:
    """Read, proposed, asked, answered and checked: an article of 40,000 characters takes ten times as long as one of 4,000.

    Twice that is allowed: what grows with the square takes a hundred times as long. What is read first compiles the patterns.
    """

    def took(length: int) -> float:
        text = f"秘书处作为本公约的执行机构。\n{piece * (length // len(piece))}"
        begun = time.process_time()
        d = small(text)
        for question in questions.questions(d):
            if question.proposal:
                d = d.accept(question.capability)
                break
        assert d.faults and not d.ready
        return time.process_time() - begun

    took(400)
    assert took(40_000) < 20 * max(took(4_000), 0.05)


# -- the sheet


def test_the_sheet_says_in_words_what_will_be_carried_out() -> None:
    """The share of those present with its example, the least that suffices, the start of the force, what is absent."""
    d, _ = settle(small(), [])
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent)
    zh, en = ("\n".join(sheet.lines(made, x)) for x in ("zh", "en"))  # type: ignore[arg-type]
    assert (
        "修改的通过：三分之二，含本数，以出席者计：37 家投票时须 25 家；没有法定人数时，只有 1 家投票，1 家同意即够"
        in zh
    )
    assert "2/3, itself included, of those present: 25 where 37 vote" in en
    for said in (
        "本文不要求主管部门批准",
        "本文不要求发起单位签署；全体签署才算通过，所以仍须签署",
        "投票即出席",
        "将执行",
        "本文未规定",
        "未采用的条文",
        "不能代为执行",
        "尚不能定稿",
    ):
        assert said in zh, said
    assert "this text asks for no approval" in en and made.faults == ()


def test_a_share_of_ballots_beside_a_quorum_says_how_many_consents_suffice() -> None:
    """Three quarters of those who vote, two thirds of 37 must: 28 of 37, and 19 of the 25 that must vote; never one."""
    d = small(
        "秘书处作为本公约的执行机构。\n修改本公约须经参加表决的会员四分之三以上同意。\n会员大会须有全体会员三分之二以上出席方能召开。\n"
        "本公约自公布之日起施行。"
    ).accept("vote.quorum")
    asked_ = questions.of_capability(d, "amendment.adoption")
    assert asked_.proposal is not None
    assert "37 家都投票时须 28 家；依法定人数，至少须 25 家投票，那时须 19 家" in asked_.proposal.zh
    assert "at least 25 must, and then 19 suffice" in asked_.proposal.en
    d = d.accept("amendment.adoption")
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent)
    said = "\n".join(e.zh for e in made.carried_out)
    assert "至少须 25 家投票，那时须 19 家" in said and "1 家同意即够" not in said


def test_what_cannot_be_carried_out_is_not_said_to_be() -> None:
    """Each binding stands in one of the two sections."""
    d = binding_draft.begin(data(SEED), SEED)
    for name in d.read.proposals:
        d = d.accept(name)
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent)
    done = {(e.capability, e.at, e.words) for e in made.carried_out}
    beyond = {(e.capability, e.at, e.words) for e in made.beyond}
    assert done and not done & beyond
    assert {(b.capability, b.at, b.words) for b in d.records.bindings} <= done | beyond
    assert "dispute.mediation" in {c for c, _, _ in beyond} and "amendment.adoption" in {c for c, _, _ in done}


@pytest.mark.parametrize(
    ("sentence", "later"),
    [
        ("修订后的公约将通过网站公示，公示之日起7日后正式生效。", True), ("修改后的章程自公布之日起三十日后施行。", True), ("修正案于通过后一个月生效。", True),
        ("经修改的条款自2026年1月1日起执行。", True), ("本公约的修订自发布之日起第三十日生效。", True),
        ("修改的章程在通过后15日内报登记机关核准后生效。", False),
        ("修改后的公约自公布之日起施行。", False), ("本公约公布三十日后施行，可以修改。", False),
    ],
)  # fmt: skip
def test_a_change_that_is_in_force_later_is_said_to_be_in_force_at_once(sentence: str, later: bool) -> None:
    """Whatever it is bound to: the software puts a change in force as it is published."""
    d = small(f"秘书处作为本公约的执行机构。\n{sentence}\n本公约自公布之日起施行。")
    said = [e.words for e in sheet.otherwise(d.read.parts.values(), []) if e.zh.startswith("修改自公布")]
    assert said == ([sentence] if later else [])


def test_a_number_of_another_kind_beside_a_bound_share_is_said_not_to_be_carried_out() -> None:
    """过半数且不少于10家: the share is counted, the ten are not."""
    words = "须经全体会员过半数且不少于10家同意"
    d = small(f"秘书处作为本公约的执行机构。\n修改本公约{words}。\n本公约自公布之日起施行。").bind(
        "amendment.adoption", words, "2"
    )
    made = sheet.sheet_of(d.read.parts.values(), d.records.bindings, [], [], faults=())
    assert made.carried_out[0].zh.endswith("（同一分句还有“10家”，不据以执行）")


def test_a_share_under_a_bodys_heading_is_shown_with_it() -> None:
    """Its words name nobody of the council, its heading does: whoever binds it is asked of whom; not under the assembly's."""
    rule = "修改本守则须经三分之二以上参会成员同意，投票即为出席。"
    for heading, said in (("理事会议事规则", True), ("会员大会", False), ("修改", False)):
        text = f"# 湖区守则\n\n## 总则\n秘书处为本守则的执行机构。\n\n## {heading}\n{rule}\n\n## 附则\n本守则自公布之日起施行。\n"
        d = binding_draft.begin(text.encode(), "x.md")
        proposal = questions.of_capability(d, "amendment.adoption").proposal
        assert proposal and (f"在“{heading}”标题之下：请核对以谁计" in proposal.zh) is said, proposal
        d, _ = settle(d, [])
        made = sheet.sheet_of(
            d.read.parts.values(), d.records.bindings, d.decisions, d.records.absent, chapters=d.read.outline.chapters
        )
        share = next(e for e in made.carried_out if e.capability == "amendment.adoption")
        assert ("请核对以谁计" in share.zh) is said and ("of whom is it counted?" in share.en) is said


def test_the_sheet_lists_every_numeral_nobody_has_read() -> None:
    """With its place and words, counted in its heading; in the clause of bound words it is said beside them, at the question too."""
    d = small(
        "秘书处作为本公约的执行机构，任期不超过两届。\n修改本公约须经全体会员三分之二以上同意且得票达到9票。\n本公约自公布之日起施行。"
    )
    asked_ = questions.of_capability(d, "amendment.adoption")
    assert asked_.proposal is not None and "（同一分句还有“9”，不据以执行）" in asked_.proposal.zh
    assert "(the same clause has also “9”, which is not carried out)" in asked_.proposal.en
    d, _ = settle(d, [])
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent)
    assert [(e.at, e.words) for e in made.unread] == [
        ("1", "执行机构，任期不超过两届。"),
        ("2", "二以上同意且得票达到9票。"),
    ]
    zh, en = ("\n".join(sheet.lines(made, x)) for x in ("zh", "en"))  # type: ignore[arg-type]
    assert "没有读出的数 (2)\n  没有读出“两”，不据以执行 第1条" in zh and "Numerals not read (2)" in en
    assert next(e for e in made.carried_out if e.capability == "amendment.adoption").zh.endswith("“9”，不据以执行）")


def test_the_sheet_shows_words_that_are_bound_twice() -> None:
    """Effect and approval on one clause: allowed, and said on both lines; clauses beside each other are not."""
    d = binding_draft.begin(data(SEED), SEED)
    for name in ("founding.approval", "founding.effect", "founding.signature"):
        d = d.accept(name)
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent, faults=())
    assert [e.zh for e in made.carried_out] == [
        "签署（同句另有：“并在生效后的30日内由中关村大数据产业联盟向社会公布”）",
        "主管部门批准（字句也绑定了生效）",
        "生效（字句也绑定了主管部门批准）",
    ]


def test_the_sheet_shows_guards_first_and_what_is_beyond() -> None:
    """Of what was set aside; weights, proxies and dues are beyond the software."""
    d = small(
        "秘书处作为本规约的执行机构，业主可以委托他人投票。\n修改本规约须经占建筑物面积三分之二以上的业主同意。\n"
        "本规约自公布之日起施行；本规约自公布之日起施行。\n会员应当缴纳会费一百元。"
    )
    d = d.bind("founding.in_force", "本规约自公布之日起施行", "3", 1).accept("vote.proxy")
    d = other_of(d, "amendment.adoption")
    second = next(p for p, _ in d.undecided if p.capability == "founding.in_force")
    d = d.other([second], "同一事项，已绑定另一处")
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent, faults=d.faults)
    assert [e.capability for e in made.other] == ["founding.in_force", "amendment.adoption"]
    beyond = {(e.capability, e.at) for e in made.beyond}
    assert {("vote.proxy", "1"), ("amendment.adoption", "2"), ("", "4")} <= beyond and made.faults


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sheet_of_every_sample_has_every_binding_and_absence(name: str) -> None:
    """In both languages, with the quoted words; each binding under what will be carried out or under what cannot be."""
    d, _ = settle(binding_draft.begin(data(name), name), EXPECTED[name]["bindings"])
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent, roll=9)
    done = [(e.capability, e.at, e.words) for e in made.carried_out]
    beyond = {(e.capability, e.at, e.words) for e in made.beyond}
    bound = [(b.capability, b.at, b.words) for b in d.records.bindings]
    assert done == [b for b in bound if b not in beyond] and beyond >= set(bound) - set(done) and made.faults == ()
    assert {e.capability for e in made.absent} == set(d.absences)
    assert [e.at for e in made.unread] == [at for at, _ in EXPECTED[name]["unread"]]
    assert all(
        e.zh and e.en
        for section in (made.carried_out, made.absent, made.other, made.beyond, made.unread)
        for e in section
    )


def test_the_page_says_how_many_questions_a_sample_takes() -> None:
    """docs/binding.md has the numbers that come out here; the list of absences is one question."""
    answers = []
    for name in EXPECTED:
        _, kinds = settle(binding_draft.begin(data(name), name), EXPECTED[name]["bindings"])
        answers.append(kinds["doubt"] + kinds["capability"] + kinds["sentence"] + bool(kinds["absence"]))
    said = f"中位 {statistics.median(answers):g}，最少 {min(answers)}，最多 {max(answers)}"
    page = Path(__file__).parents[2].joinpath("docs", "binding.md").read_text("utf-8")
    assert said in page, said


def test_what_was_said_to_be_another_matter_is_not_proposed_again() -> None:
    """Its sentence decided on, the capability has no proposal; taken back, it has."""
    d = binding_draft.begin(
        "小公约\n第一条 秘书处为本公约的执行机构。\n第二条 本公约自公布之日起施行。\n".encode(), "小公约.txt"
    )
    assert questions.of_capability(d, "office.executive").proposal is not None
    other = d.other([p for p, _ in d.undecided if p.capability == "office.executive"], "仅提及")
    assert questions.of_capability(other, "office.executive").proposal is None
    assert questions.of_capability(other.undo(), "office.executive").proposal is not None


def test_an_item_that_is_no_sanction_is_refused_as_it_is_picked() -> None:
    """注销账号 is none that may be imposed, 警告 left out is said at once, and both picked are taken."""
    text = "小公约\n第一条 秘书处为本公约的执行机构。\n第二条 违反本公约的，由秘书处给予警告、除名或注销账号的处理。\n第三条 本公约自公布之日起施行。\n"
    d = binding_draft.begin(text.encode(), "小公约.txt")
    words = "给予警告、除名或注销账号的处理"
    with pytest.raises(BadBinding, match="“注销账号”不是一种处理"):
        d.bind("sanction.list", words, items=["警告", "除名", "注销账号"])
    with pytest.raises(BadBinding, match="“警告”漏选了"):
        d.bind("sanction.list", words, items=["除名"])
    assert d.bind("sanction.list", words, items=["警告", "除名"]).records.bindings[-1].items == ("警告", "除名")


def test_a_share_that_may_be_of_some_changes_alone_says_so() -> None:
    """修改本公约第二章 beside it: proposed and on the sheet with those words, since every change is counted by it."""
    text = "小公约\n第一条 秘书处为本公约的执行机构。\n第二条 修改本公约第二章，须经全体会员四分之三以上同意。\n第三条 本公约自公布之日起施行。\n"
    d = binding_draft.begin(text.encode(), "小公约.txt")
    d = d.bind("amendment.adoption", "须经全体会员四分之三以上同意", "2")
    told = questions.of_capability(d.drop("amendment.adoption"), "amendment.adoption").proposal
    assert told is not None and "“修改本公约第二章”" in told.zh and "every change is counted by it" in told.en
    made = sheet.sheet_of(
        d.read.outline.parts, d.records.bindings, d.decisions, (), d.read.by, chapters=(), title="小公约", roll=37
    )
    assert any("“修改本公约第二章”，可能只说修改其中一些部分" in line for line in sheet.lines(made, "zh"))
    plain = binding_draft.begin(text.replace("第二章，", "，").encode(), "小公约.txt")
    other = questions.of_capability(plain, "amendment.adoption").proposal
    assert other is not None and "可能只说" not in other.zh
