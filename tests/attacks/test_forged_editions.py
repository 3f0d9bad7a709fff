"""Forged editions, changes and what is voted by them: whoever writes them holds every key of the executive body.

Each row is an attempt and what refuses it. An edition is refused where it is opened, by the office and by `verify` alike, so that most
are tried there; some go the whole way into a book. What no reader can tell is named in docs/threat-model.md.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from attacks.forcing import DAY, closed, ended, recorded, refused, today, verified
from gongyue.covenant import addresses, numbers
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.passages import proposals, reader
from gongyue.covenant.binding.reader_name import this_reader
from gongyue.covenant.binding.records import Absence, BadBinding, Decision, bind
from gongyue.covenant.binding.requirements import absence
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, decidable
from gongyue.covenant.edition import BadEdition, Edition, Note
from gongyue.covenant.edition_builder import bundled_choices
from gongyue.covenant.edition_json import draft, listed, load, to_data
from gongyue.covenant.parser import outline
from gongyue.office.routine_acts import statement, system_act
from support.alliance import PANEL, REASONS, SECRETARY, TWO, Alliance, edition_object, wording
from support.bases import BRANCH, PRESENCE, PRESENT, TWO_THIRDS_ATTEND, VOTING, text_with
from support.editions import REASON, TEXT, edition_of

PROPOSAL, ADOPTION, QUORUM, WITHIN = "amendment.proposal", "amendment.adoption", "vote.quorum", "publication.within"
APPROVAL, SIGNATURE, FORCE = "founding.approval", "founding.signature", "founding.in_force"
CONSENT = "annex.consent"
Bound = tuple[str, str, str]


def forged(text: str, *bound: Bound, absent: tuple[str, ...] = ()) -> Edition:
    """What a forger writes of a text: these words bound, these capabilities declared absent, the rest as it was bound, every other
    passage called other matter."""
    read = outline(text.encode(), "x.txt")
    parts = {p.at: p for p in read.parts}
    made = [bind(name, parts[at], words) for name, at, words in bound]
    names = {b.capability for b in made} | set(absent)
    for c in bundled_choices().bound:
        if c.capability not in names and c.at in parts and parts[c.at].text.count(c.words) == 1:
            try:
                made.append(bind(c.capability, parts[c.at], c.words))
            except BadBinding:
                continue
    names |= {b.capability for b in made}
    for name, p in proposals(read.parts, reader()).items():
        if name not in names:
            try:
                made.append(bind(name, parts[p.at], p.words, p.nth))
            except BadBinding:
                continue
    names = {b.capability for b in made}
    decided = (
        Decision(p.capability, p.at, p.nth, p.words, "bound" if over else "other", "" if over else REASON)
        for p, over in decidable(read.parts, made)
    )
    gone = tuple(absence(name) for name in catalogue().capabilities if name not in names)
    numbering = tuple(b.at for b in addresses.breaks(read.parts))
    return Edition(
        read.title, read.digest, read.chapters, read.parts, tuple(made), tuple(decided), gone, this_reader(), numbering
    )


def why(edition: Edition, name: str) -> set[str]:
    """What is said against an edition that concerns a capability: `false` where it is not even a draft."""
    try:
        load(to_data(edition))
    except BadEdition:
        try:
            return {f.why for f in draft(to_data(edition)).open if f.capability == name}
        except BadEdition:
            return {"false"}
    return set()


@cache
def seed() -> Edition:
    """The covenant's own text as it is bound."""
    made = forged(TEXT)
    load(to_data(made))
    return made


def seed_with(old: str, new: str) -> str:
    """The covenant's own text with words replaced."""
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


# -- guards in words of every kind, declared absent

LAKE = """湖畔公约

第一条 为规范行业行为，湖畔联盟与行业内其他从业者制定本公约。
第二条 湖畔联盟作为本公约的执行机构。
第三条 本公约自{start}之日起生效。
第四条 经三分之二以上成员单位同意，可以对本公约进行修改。
第五条 {clause}
"""

APPROVALS = [
    "本公约须呈主管部门批准后方可生效。", "本公约报送主管部门，经其同意后生效。", "未经主管部门点头，本公约不生效。",
    "本公约在业务主管单位签发同意文件后产生约束力。", "本公约经主管部门批 准后生效。", "本公约经主管部\n门批准后生效。",
    "本公约经\n主管部门\n批准后\n生效。", "本公约经主管部门批\n准后方可生效。", "本公约经主管部\u200b门批准后生\u200b效。",
    "本公约经主管部\u2060门批\u2060准后生\u2060效。", "本公约经主管部\u00ad门批\u00ad准后生\u00ad效。",
    "本公约经主管部\u202e门批\u202c准后生效。", "本公约经主管部\ufe0f门批\ufe0f准后生效。", "本公约经主管部⾨批准后⽣效。",
    "本公约經主管部門批準後生效。", "本公約經主管機關核准後生效。", "本公约经工信部批准后生效。", "本公约由国家网信办批准后生效。",
    "本文件经主管部门批准后生效。", "本文本须经主管部门批准。", "上述条款经主管部门批准后生效。", "以上各条经主管部门批准后生效。",
    "经主管部门批准后生效。", "须经主管部门批准。", "须经批准后生效。", "本约经主管部门批准后生效。", "本自律规范经主管部门批准后生效。",
    "湖畔公约经主管部门批准后生效。", "《湖畔公约》经批准后生效。", "本公约的效力，以主管部门批准为条件。",
    "本公约以主管部门的批准为生效要件。", "主管部门批准之日为本公约生效之日。", "主管部门不予批准的，本公约不生效。",
    "（本公约经主管部门批准后生效）", "注：本公约经主管部门批准后生效。", "（一）本公约经主管部门批准后生效；", "本公约经省工商局批准后生效。",
    "本公约经主管部门审定后生效。", "本公约经主管部门首肯后生效。", "本公约获主管部门批复后生效。", "本公约待批复后生效。",
    "本公约由上级单位签批后生效。", "本公约经批准始得成立。", "本公约经监管机构核可后，始生效力。", "本公约经有权机关裁可后施行。",
    "本公约自取得批准文号之日起生效。", "本公约经党委批准后生效。", "本公约经国务院批准。", "报批后本公约方产生效力。", "本公约须先报批。",
    "本公约第一条经主管部门批准后按规定生效。", "本公约规定须经主管部门批准后生效。", "本公约所称生效，以主管部门批准为准。",
    "本公约由主管部门公布后生效。", "本公约自主管部门盖章之日起生效。",
]  # fmt: skip
SIGNATURES = [
    "本公约由各发起单位签署后生效。", "本公约须各发起单位画押。", "各发起单位应在本公约上落款并加盖公章。", "各发起单位应签具承诺书，认可本公约。",
    "本公约经发起单位书面确认后生效。", "本公约由发起单位授权代表签\n字。", "本公约由发起单位授权代表签\u2060字。", "本公约由发起单位立约人簽字。",
    "本约由各方签字。", "各方代表签字后，本文件生效。", "各方签字后生效。", "各单位负责人应亲笔签名。", "各单位应当签认本约。",
    "各发起单位按指印为凭。", "各单位在附表中签字确认。", "各发起单位签字盖章。", "本公约应由发起单位的代表签署重要内容后生效。",
    "法定代表人在公约文本上署名。", "发起单位须在本公约正本上钤印。", "本公约由发起单位签署文件确认。",
]  # fmt: skip
FORCES = [
    "自公布之日起施行。", "本公约自公布之日起执行。", "本公约自公布之日起有效。", "本文件自公布之日起施行。", "本约自公布之日起施行。",
    "本公约自公布三十日后施行。", "本公约试行一年后正式施行。", "本公约自发布之日起试行。", "自颁布之日起施行。", "本公约自公佈之日起施行。",
    "本公约自公布之日起开始施行。", "本公约自\n公布之日起\n施行。", "本公约自颁行之日起算。", "本公约何时施行由理事会另定。",
]  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "clause"),
    [(name, c) for name, clauses in ((APPROVAL, APPROVALS), (SIGNATURE, SIGNATURES), (FORCE, FORCES)) for c in clauses],
)
def test_no_wording_of_a_guard_is_declared_absent(guard: str, clause: str) -> None:
    """Approval (art. 21), signature and force are never switched off by how they are written: eighty-nine wordings."""
    text = LAKE.format(start="成立", clause=clause)
    assert why(forged(text, absent=(guard, "amendment.approval")), guard) & {"guard", "broken", "false"}


def test_a_text_without_such_a_clause_may_say_so() -> None:
    """The rows above do not fail for another reason: without the clause nothing is said against the absence."""
    text = LAKE.format(start="成立", clause="成员单位相互学习。")
    for guard in (APPROVAL, SIGNATURE):
        assert not why(forged(text, absent=(guard, "amendment.approval")), guard)


# -- numbers bound to what they are not of

THREE_QUARTERS = "修改本公约须经四分之三以上成员单位同意"
TWO_SHARES = seed_with("可以对本公约进行修改。", f"可以对本公约进行修改。{THREE_QUARTERS}。")
OWN = (ADOPTION, "22", "经三分之二以上成员单位同意")
ADOPTED, END = "经三分之二以上成员单位同意", "可以对本公约进行修改。"
MISPLACED = {
    "adoption by the share of the proposers": (TEXT, [(ADOPTION, "22", "经公约执行机构或本公约十分之一以上成员单位提议")], "misplaced"),
    "the same, narrower": (TEXT, [(ADOPTION, "22", "十分之一")], "misplaced"),
    "proposal by the share of adoption": (TEXT, [(PROPOSAL, "22", ADOPTED)], "misplaced"),
    "quorum by the share of adoption": (TEXT, [(QUORUM, "22", ADOPTED)], "misplaced"),
    "annexes by the share of the proposers": (TEXT, [(CONSENT, "22", "十分之一以上成员单位提议")], "misplaced"),
    "two passages of changes, the lower bound": (TWO_SHARES, [OWN], "borrowed"),
    **{
        f"the higher swallowed by {name}": (TWO_SHARES, [OWN, (name, "22", THREE_QUARTERS)], "borrowed misplaced")
        for name in ("termination", "vote.resolution", "sanction.decider", "founding.adoption", QUORUM, CONSENT)
    },
    "a second share in the same sentence": (seed_with(ADOPTED, f"{ADOPTED}，其中发起单位须经四分之三以上同意"), [], "borrowed"),
    "unanimity replaced by the share of sanctions": (
        seed_with(ADOPTED, "经全体成员单位一致同意").replace("的处理。", "的处理，处理须经十分之一以上成员单位同意。"),
        [(ADOPTION, "18", "处理须经十分之一以上成员单位同意")], "borrowed",
    ),
    "a ceiling": (seed_with(ADOPTED, "经不超过三分之二成员单位同意"), [(ADOPTION, "22", "经不超过三分之二成员单位同意")], "ceiling"),
    "a ceiling by 以下": (seed_with(ADOPTED, "经三分之二以下成员单位同意"), [(ADOPTION, "22", "经三分之二以下成员单位同意")], "ceiling"),
    "those against": (seed_with(ADOPTED, "三分之一以上成员单位不同意的除外"), [(ADOPTION, "22", "三分之一以上成员单位不同意的除外")], "against"),
    "those silent": (seed_with(ADOPTED, "经三分之二以上成员单位未表示反对"), [(ADOPTION, "22", "经三分之二以上成员单位未表示反对")], "against"),
    "publication within the time for filing": (
        seed_with("向社会公布。", "向社会公布，并在生效后的90日内报主管部门备案。"), [(WITHIN, "21", "并在生效后的90日内报主管部门备案")], "misplaced",
    ),
    "publication within a period of another article": (
        seed_with("自公布之日起施行。", "自公布之日起施行。名单在编制后的二百日内公布。"), [(WITHIN, "26", "在编制后的二百日内公布")], "borrowed",
    ),
    "the number left out": (TEXT, [(PROPOSAL, "22", "提议")], "left-out"),
    "the lower of two quorums": (
        seed_with(END, f"{END}表决须有三分之二以上成员单位参加方为有效。表决须有十分之一以上成员单位参加方为有效。"),
        [(QUORUM, "22", "表决须有十分之一以上成员单位参加方为有效")], "borrowed",
    ),
    "the lower of two consents to annexes": (
        seed_with("经公约成员单位同意后", "经四分之三以上成员单位同意后").replace("附件公布实施。", "附件公布实施。附件须经十分之一以上成员单位同意。"),
        [(CONSENT, "24", "附件须经十分之一以上成员单位同意")], "borrowed",
    ),
    "of the initiators alone": (seed_with(ADOPTED, "经发起单位三分之二以上同意"), [(ADOPTION, "22", "经发起单位三分之二以上同意")], "base"),
    "of those who paid": (seed_with(ADOPTED, "经缴费成员三分之二以上同意"), [(ADOPTION, "22", "经缴费成员三分之二以上同意")], "base"),
    "of those on the list of attendance": (
        seed_with(ADOPTED, "经签到的三分之二以上成员单位同意"), [(ADOPTION, "22", "经签到的三分之二以上成员单位同意")], "presence",
    ),
    "以上 defined without the number": (seed_with("总称。", "总称。本公约所称以上，不含本数。"), [], "defined"),
    "the same in quotation marks": (seed_with("总称。", "总称。本公约所称“以上”“以内”均不包括本数。"), [], "defined"),
    "two thirds defined as one": (seed_with("总称。", "总称。本公约所称三分之二，是指三分之一。"), [], "defined"),
    "the same by article": (seed_with("总称。", "总称。第二十二条所称三分之二，按二分之一计算。"), [], "defined"),
    "above one": (seed_with(ADOPTED, "经超过100%成员单位同意"), [(ADOPTION, "22", "经超过100%成员单位同意")], "false"),
    "the exclusion below a short line": (
        seed_with(ADOPTED, "经\n三分之二以上\n（不含本数）\n成员单位同意"), [(ADOPTION, "22", "三分之二以上")], "broken",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attempt", MISPLACED)
def test_a_number_is_carried_out_for_what_its_own_words_are_of(attempt: str) -> None:
    """Article 22: two thirds adopt, one tenth may propose; no number stands in for another, and none is passed over."""
    text, bound, expected = MISPLACED[attempt]
    name = bound[-1][0] if bound else WITHIN if expected == "defined" else ADOPTION
    found = why(forged(text, *bound), name) | why(forged(text, *bound), ADOPTION)
    assert found & set(expected.split()), found


def test_days_defined_as_working_days_are_not_counted_as_days() -> None:
    """Article 21: 30 days; the text says elsewhere that they are working days."""
    assert "defined" in why(forged(seed_with("总称。", "总称。本公约所称日，均指工作日。")), WITHIN)


@pytest.mark.parametrize(
    "said", ["所称“以上”、“以内”，均包括本数；“以外”、“超过”不包括本数。", "所称成员单位，是指加入本公约的单位。"]
)
def test_the_usual_definitions_are_no_other(said: str) -> None:
    """Civil Code 1259 in the text's own words defines nothing away."""
    load(to_data(forged(seed_with("总称。", f"总称。本公约{said}"))))


INSIDE, OUTSIDE = True, False
SAID = {
    "三分之二以上": INSIDE, "三分之二以上（不含三分之二）": OUTSIDE, "三分之二（不含）以上": OUTSIDE, "三分之二以上（本数除外）": OUTSIDE,
    "三分之二以上，不含本数": OUTSIDE, "三分之二以上不包括三分之二": OUTSIDE, "超三分之二": OUTSIDE, "成员过三分之二": OUTSIDE,
    "经过三分之二以上": INSIDE, "不超过三分之二": INSIDE, "半数以上": INSIDE, "超半数": OUTSIDE, "过半数": OUTSIDE, "半数加一": OUTSIDE,
    "三分之二又一票": OUTSIDE, "不少于三分之二": INSIDE, "大于等于三分之二": INSIDE, "多于三分之二": OUTSIDE, "三份之二以上": INSIDE,
    "三分之二以上，不含缺席者": INSIDE,
}  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_whether_the_number_itself_counts_is_read_from_its_words(said: str) -> None:
    """Exactly one share, itself included or not; half and one is more than half."""
    found = [n for n in numbers.read(f"须{said}成员单位同意") if n.kind == "share"]
    assert found and found[0].inclusive == SAID[said]


# -- false records

RECORDS: list[tuple[str, dict[str, Any]]] = [
    *[(ADOPTION, f) for f in (
        {"value": "1/2"}, {"value": "4/6"}, {"value": "2/3 "}, {"inclusive": False}, {"base": "voting"}, {"base": "present"}, {"base": ""},
        {"base_words": "全体"}, {"nth": 2}, {"nth": 0}, {"at": "23"}, {"kind": "words", "value": "", "base": ""}, {"unit": "share"},
        {"delay": True}, {"start": "effect"}, {"items": ("三分之二",)}, {"words": ""},
    )],
    *[(WITHIN, f) for f in (
        {"value": 31}, {"value": "30"}, {"unit": "month"}, {"unit": "workday"}, {"start": "approval"}, {"start": ""}, {"start_words": ""},
        {"delay": True}, {"inclusive": False},
    )],
    (PROPOSAL, {"value": "1/20"}), (PROPOSAL, {"base": "voting"}), (SIGNATURE, {"at": "20"}), ("founding.effect", {"kind": "body"}),
    ("sanction.list", {"items": ("内部通报", "取消公约成员资格", "罚款")}), ("office.executive", {"kind": "headcount", "value": 5}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "false"), RECORDS)
def test_a_record_says_what_its_words_say(name: str, false: dict[str, Any]) -> None:
    """Every field is read again from the words at that occurrence."""
    bindings = tuple(replace(b, **false) if b.capability == name else b for b in seed().bindings)
    with pytest.raises(BadEdition):
        load(to_data(replace(seed(), bindings=bindings)))


def decisions(kind: str) -> tuple[Decision, ...]:
    """The decisions with one of them forged."""
    said = seed().decisions
    other, bound = (next(d for d in said if d.verdict == v) for v in ("other", "bound"))
    forgeries: dict[str, tuple[Decision, Decision | None]] = {
        "an other left out": (other, None), "a bound left out": (bound, None), "no reason": (other, replace(other, reason="")),
        "a blank reason": (other, replace(other, reason="\u3000\u3000\u3000")), "a zero-width reason": (other, replace(other, reason="\u200b\u200b\u200b")),
        "a joiner for a reason": (other, replace(other, reason="\u2060\u2060\u2060")), "stops for a reason": (other, replace(other, reason="。。。")),
        "fillers for a reason": (other, replace(other, reason="\u3164\u3164")), "a reason that turns": (other, replace(other, reason="\u202e由理")),
        "one letter": (other, replace(other, reason="x")), "too long": (other, replace(other, reason="x" * 201)),
        "bound called other": (bound, replace(bound, verdict="other", reason=REASON)),
        "other called bound": (other, replace(other, verdict="bound", reason="")),
        "words cut": (other, replace(other, words=other.words[:-1])), "another occurrence": (other, replace(other, nth=2)),
        "a reason on what is bound": (bound, replace(bound, reason=REASON)),
    }  # fmt: skip
    added = {
        "twice": other,
        "both": replace(bound, verdict="other", reason=REASON),
        "unknown": replace(other, capability="x.y"),
    }
    if kind in added:
        return (*said, added[kind])
    old, new = forgeries[kind]
    return tuple(d for e in said if (d := new if e is old else e) is not None)


@pytest.mark.parametrize(
    "kind",
    ["an other left out", "a bound left out", "no reason", "a blank reason", "a zero-width reason", "a joiner for a reason",
     "stops for a reason", "fillers for a reason", "a reason that turns", "one letter", "too long", "bound called other",
     "other called bound", "words cut", "another occurrence", "a reason on what is bound", "twice", "both", "unknown"],
)  # fmt: skip
def test_every_passage_is_decided_on_with_a_reason_that_says_something(kind: str) -> None:
    """Passages and decisions correspond, one to one; a reason is read by people."""
    with pytest.raises(BadEdition):
        load(to_data(replace(seed(), decisions=decisions(kind))))


@pytest.mark.parametrize("kind", ["left out", "twice", "of what is bound", "unknown", "something else holds"])
def test_every_capability_is_bound_or_absent(kind: str) -> None:
    """Never both, never neither, and what holds instead is the catalogue's."""
    absent = seed().absent
    said = {
        "left out": absent[1:],
        "twice": (*absent, absent[0]),
        "of what is bound": (*absent, absence(ADOPTION)),
        "unknown": (*absent, Absence("P6", "")),
        "something else holds": (replace(absent[0], then="随便"), *absent[1:]),
    }
    with pytest.raises(BadEdition):
        load(to_data(replace(seed(), absent=said[kind])))


@pytest.mark.parametrize(
    ("where", "value"),
    [(("x",), 1), (("bindings", 0, "x"), 1), (("articles", 0, "x"), 1), (("reader", "digest"), "sha256:" + "0" * 64),
     (("reader", "name"), "gongyue/reader@0"), (("v",), "gongyue/edition@1"), (("numbering",), ["3"]), (("articles", 20, "label"), "第31条"),
     (("articles", 20, "at"), "20"), (("articles", 0, "chapter"), 9), (("articles", 8, "items"), []), (("bindings", 0, "nth"), True),
     (("title",), "公约\u202e约公"), (("chapters", 0, "title"), "总\u2060则"), (("articles", 20, "text"), "本公约\u00ad略。"),
     (("articles", 20, "text"), "略。"), (("articles",), []), (("articles", 12, "text"), "自觉接受⻔监督。")],
)  # fmt: skip
def test_no_other_field_lies(where: tuple[Any, ...], value: Any) -> None:
    """Extra fields, another reader, labels and numbering, characters that are not what they show."""
    data = listed(to_data(seed()))
    inner = data
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    with pytest.raises(BadEdition):
        load(data)


@pytest.mark.parametrize("gone", [0, 12, 21, 25])
def test_no_article_is_left_out(gone: int) -> None:
    """What is bound in it stands nowhere, or the numbering breaks."""
    data = listed(to_data(seed()))
    del data["articles"][gone]
    with pytest.raises(BadEdition):
        load(data)


def test_a_note_beside_the_words_says_no_other_number() -> None:
    """GY-25-01: a note decides nothing, but it is read where the words are."""
    world = Alliance(
        members=3, initiators=2, text=replace(edition_of(TEXT), notes=(Note("22", "三分之二以上", "按三分之一计算"),))
    )
    world.staffed()
    with world.refused("GY-25-01"):
        world.import_text()


# -- changes

EDITED: dict[str, tuple[list[tuple[str, str, str]], list[Bound], list[str]]] = {
    "the proposers' share adopts from now on": ([], [(ADOPTION, "22", "十分之一以上成员单位")], []),
    "approval struck out of the records alone": ([], [], [APPROVAL]),
    "signature struck out of the records alone": ([], [], [SIGNATURE]),
    "force struck out of the records alone": ([], [], [FORCE]),
    "approval in a synonym, declared absent": ([("21", "批准后生效", "首肯后生效")], [], [APPROVAL]),
    "approval moved to another article, declared absent": (
        [("21", "并经由主管部门批准后生效", "即生效"), ("3", "诚信。", "诚信。须经主管部门批准。")], [], [APPROVAL],
    ),
    "a second share in another article": ([("26", "施行。", f"施行。{THREE_QUARTERS}。")], [], []),
    "a second share without the text's name": ([("26", "施行。", "施行。修订须经四分之三以上成员单位同意。")], [], []),
    "two thirds defined as one half": ([("26", "施行。", "施行。第二十二条所称三分之二，按二分之一计算。")], [], []),
    "an article within an article": ([("26", "施行。", "施行。\n第二十七条 本公约修改经十分之一成员单位同意即可。")], [], []),
    "a character that hides": ([("22", ADOPTED, "经超\u2060过三分之二成员单位同意")], [(ADOPTION, "22", "经超\u2060过三分之二成员单位同意")], []),
    "a ceiling": ([("22", ADOPTED, "经不超过三分之二成员单位同意")], [(ADOPTION, "22", "经不超过三分之二成员单位同意")], []),
    "the number gone, the binding kept": ([("22", "并经三分之二以上成员单位同意，", "")], [], []),
    "the words twice": ([("22", "成员单位", "会员")], [], []),
    "present without presence": ([("22", ADOPTED, PRESENT)], [(ADOPTION, "22", PRESENT)], []),
    "another start": ([("21", "并在生效后的30日内", "并在通过后的30日内")], [(WITHIN, "21", "并在通过后的30日内由中关村大数据产业联盟向社会公布")], []),
    "the executive body gone": (
        [("5", "中关村大数据产业联盟作为本公约的执行机构，", ""), ("14", "中关村大数据产业联盟作为公约执行机构负责", "")],
        [], ["office.executive"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("attempt", EDITED)
def test_no_change_moves_or_contradicts_what_is_bound(attempt: str) -> None:
    """Whatever the change decides on every passage that is new: it does not apply, so that verify calls none of it lawful."""
    edits, bound, absent = EDITED[attempt]
    text = seed()
    parts = {p.at: p.text for p in text.parts}
    for at, old, new in edits:
        parts[at] = parts[at].replace(old, new)
    now = {p.at: replace(p, text=parts[p.at]) for p in text.parts}
    change = Change(
        "", tuple(TextEdit(*e) for e in edits), tuple(bind(name, now[at], words) for name, at, words in bound),
        tuple(absence(name) for name in absent),
    )  # fmt: skip
    gone = {*absent, *(name for name, _, _ in bound)}
    kept = [b for b in text.bindings if b.capability not in gone and parts[b.at].count(b.words) >= b.nth]
    known = {(d.capability, d.at, d.words) for d in text.decisions if d.verdict == "other"}
    new = tuple(
        Decision(p.capability, p.at, p.nth, p.words, "other", REASON)
        for p, over in decidable(now.values(), [*kept, *change.bindings])
        if not over and (p.capability, p.at, p.words) not in known
    )
    with pytest.raises(NotApplicable):
        amend(text, replace(change, decisions=new))


def test_a_change_that_the_text_wants_approved_is_not_published_on_filing_alone() -> None:
    """The text comes before its interpretation (art. 25): 修改后须报主管部门核准; the package says "file", as it is proposed."""
    said = "修改后的公约须报主管部门核准"
    text = edition_of(seed_with(END, f"{END}{said}。"), amendment__approval=("22", said))
    world = Alliance(members=3, initiators=2, text=text).in_force().on("2026-10-12")
    assert world.inst.meaning.choice("amendment.authority") == "approve"
    with world.refused("GY-25-01", name="amendment.authority"):
        world.issue("amendment.authority", "file", article=22)
    world.vote_open(wording(world.edition, text=text)).cast_by(3).close()
    with world.out_of_turn("not-open"):
        world.report()
    filed = {"proposal": "p:1", "edition": edition_object(world.inst.proposals["p:1"].edition)[0]}
    letter = {"number": "x", "dated": today(world), "arrived": today(world), "scan": "sha256:" + "ab" * 32}
    recorded(world, world.stage.signed("amendment.notify/1", "exec", filed, TWO, paper=letter))
    refused(world)


@pytest.mark.parametrize(
    ("name", "at", "words"),
    [(APPROVAL, "1", "遵照"), (SIGNATURE, "1", "遵照"), (FORCE, "1", "遵守本公约"), (FORCE, "20", "必须遵守")],
)
def test_a_guard_is_bound_to_words_that_speak_of_it(name: str, at: str, words: str) -> None:
    """Bound to others, it would quote them, and what the text says of it, a date perhaps, would count for nothing."""
    assert "borrowed" in why(forged(TEXT, (name, at, words)), name)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_covenant_is_not_in_force_before_the_day_it_states(narrow: bool) -> None:
    """GY-26-01 (art. 26): 自2027年1月1日起施行 is not in force in March 2026, however few of its words are bound."""
    whole, few = edition_of(seed_with("自公布之日起施行", "自2027年1月1日起施行")), ("26", "施行")
    text = (
        edition_of(seed_with("自公布之日起施行", "自2027年1月1日起施行"), founding__in_force=few) if narrow else whole
    )
    world = Alliance(members=3, initiators=2, text=text).adopted().on("2026-03-20")
    with world.refused("GY-26-01", enough="2027-01-01"):
        world.publish()
    world.on("2027-01-04").publish(reasons=REASONS)
    assert verified(world).code == 0


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [("自公布之日起施行", "自公布三十日后施行", FORCE), ("批准后生效", "批准满三十日后生效", "founding.effect")],
)
def test_a_delay_that_is_not_carried_out_is_told(old: str, new: str, name: str) -> None:
    """verify says so beside the quoted words."""
    world = Alliance(members=3, initiators=2, text=edition_of(seed_with(old, new))).published()
    report = verified(world)
    assert report.code == 0 and [s.at for s in report.absent if s.capability == name and s.words]


# -- votes by a share of those who vote, with a quorum, of a branch

QUORATE, OF_VOTERS, OF_BRANCH = (
    text_with(PRESENT, PRESENCE + TWO_THIRDS_ATTEND),
    text_with(VOTING),
    text_with(consent=BRANCH),
)


@pytest.mark.parametrize(
    "lie",
    [{"quorum": ""}, {"quorum": "1/3"}, {"base": "voting"}, {"base": "roll"}, {"base": "branch"}, {"share": "1/2"}, {"share": ">2/3"},
     {"share": "4/6"}, {"roll": 5}, {"roll": 7}, {"closes": 1}],
)  # fmt: skip
def test_a_vote_is_opened_by_what_the_text_says(lie: dict[str, Any]) -> None:
    """GY-22-08: share, base, quorum, roll and window are recomputed."""
    world = Alliance(members=6, text=QUORATE).in_force().on("2026-10-12").proposed()
    body, _ = statement(world.stage.office, "vote.open/1", "p:1")
    recorded(world, system_act(world.stage.office, "vote.open/1", body | lie))
    refused(world, "GY-22-08")


@pytest.mark.parametrize(
    ("text", "cast", "how", "lie", "code"),
    [
        (QUORATE, (3, 0), "", {"outcome": "adopted"}, "GY-22-08"), (QUORATE, (3, 0), "", {"outcome": "rejected"}, "GY-22-08"),
        (QUORATE, (3, 0), "", {"abstain": 1, "voted_left": 4, "outcome": "adopted"}, "GY-22-08"),
        (QUORATE, (5, 0), "early", {}, "GY-22-05"), (QUORATE, (4, 0), "early", {}, "GY-22-05"),
        (OF_VOTERS, (0, 0), "", {"outcome": "adopted"}, "GY-22-08"),
        (OF_VOTERS, (3, 2), "", {"consents": 4, "against": 1, "consents_left": 4, "outcome": "adopted"}, "GY-22-08"),
        (OF_VOTERS, (3, 2), "", {"against": 1, "voted_left": 4, "outcome": "adopted"}, "GY-22-08"),
        (OF_VOTERS, (3, 2), "", {"voted_left": 4}, "GY-22-08"), (OF_VOTERS, (3, 2), "", {"roll_left": 5}, "GY-22-08"),
        (OF_VOTERS, (3, 2), "", {"paper_consents": 1}, "GY-22-08"),
        (OF_VOTERS, (3, 2), "members", {"consents": 6, "against": 0, "consents_left": 6, "voted_left": 6, "outcome": "adopted"}, "GY-22-08"),
        (OF_VOTERS, (3, 2), "members", {"against": 1, "voted_left": 4, "outcome": "adopted"}, "GY-22-08"),
        (OF_VOTERS, (1, 4), "members", {"outcome": "adopted"}, "GY-22-08"), (QUORATE, (3, 0), "members", {"outcome": "adopted"}, "GY-22-08"),
    ],
)  # fmt: skip
def test_a_vote_is_closed_by_the_count(
    text: Edition, cast: tuple[int, int], how: str, lie: dict[str, Any], code: str
) -> None:
    """Of those who vote, with a quorum, early, to members only: what is stated is counted, or at least possible."""
    adopted = {"vote__ballots": "members"} if how == "members" else {}
    world = Alliance(members=6, text=text).in_force(**adopted).on("2026-10-12").vote_open().cast_by(*cast)
    if how == "early":
        world.stage.now += DAY
        world.anchor()
    else:
        ended(world)
    closed(world, **lie)
    refused(world, code)


# -- procedure rules and interpretations

OUT_OF_BOUNDS: list[dict[str, Any]] = [
    {"P6": 14}, {"P6": 91}, {"P6": "30"}, {"P6": -30}, {"P18": 1}, {"P19": 4}, {"P14": 8}, {"P7": 0}, {"P8": 121}, {"P16": "A0"},
    {"vote.ballots": "secret"}, {"amendment.two_tests": "one"}, {ADOPTION: "1/2"}, {"foo": 1}, {CONSENT: "none"}, {"amendment.roll": "voting"},
    {QUORUM: "1/2"}, {"vote.presence": "x"},
]  # fmt: skip


@pytest.mark.parametrize("other", OUT_OF_BOUNDS)
def test_the_package_is_adopted_within_its_bounds(other: dict[str, Any]) -> None:
    """GY-25-01 for any value outside, and for a name that is the text's."""
    world = Alliance(members=3, initiators=2).effective()
    body = {"package": "gongyue/interpretations@1", "other": other}
    recorded(world, world.stage.signed("interpretation.adopt/1", "exec", body, (SECRETARY, PANEL[0])))
    refused(world, "GY-25-01")
