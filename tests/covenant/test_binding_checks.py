"""What may be frozen: every passage decided on, every record as the words say, no guard switched off, nothing counted over nobody."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.binding import requirements, validation
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.passages import placed, proposals, reader
from gongyue.covenant.binding.records import Absence, Binding, Decision, Fault, bind, with_items
from gongyue.covenant.parser import outline
from gongyue.covenant.text import Part

CAPABILITIES = catalogue().capabilities
Bound = tuple[list[Part], list[Binding], list[Decision], list[Absence]]


def decided(parts: list[Part], bindings: list[Binding], *present: str) -> Bound:
    """The rest of it: what is bound is decided as bound, everything else as other matter and absent; `present` is neither."""
    coverage = Coverage({p.at: p for p in parts})
    for b in bindings:
        coverage.add(b)
    decisions = [
        Decision(p.capability, p.at, p.nth, p.words, "bound" if bound else "other", "" if bound else "另一事项")
        for p, s in placed(parts, reader())
        for bound in [coverage.overlaps(p.capability, s)]
    ]
    absent = [
        Absence(n, c.then) for n, c in CAPABILITIES.items() if n not in {b.capability for b in bindings} | {*present}
    ]
    return parts, bindings, decisions, absent


def text(*articles: str) -> list[Part]:
    """Articles 1, 2, …"""
    return [Part(str(i), f"第{i}条", None, t) for i, t in enumerate(articles, 1)]


EXECUTIVE = "秘书处作为本公约的执行机构。"
FORCE = "本公约自公布之日起施行。"


def bound(articles: list[str], *bindings: tuple[str, int, str]) -> Bound:
    """A covenant of these articles after one on the executive body and before one on force, both bound."""
    parts = text(EXECUTIVE, *articles, FORCE)
    given_ = [
        ("office.executive", 1, EXECUTIVE.rstrip("。")),
        *((c, at + 1, words) for c, at, words in bindings),
        ("founding.in_force", len(parts), FORCE.rstrip("。")),
    ]
    return decided(parts, [bind(c, parts[at - 1], words) for c, at, words in given_])


def whys(given_: Bound) -> list[tuple[str, str]]:
    """What does not hold: why, and of which capability."""
    return [(f.why, f.capability) for f in validation.faults(*given_)]


def only(given_: Bound) -> Fault:
    """The one fault there is."""
    (fault,) = validation.faults(*given_)
    return fault


@pytest.fixture(scope="module")
def seed() -> Bound:
    """The Zhongguancun covenant with everything bound that the reader proposes."""
    data = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_bytes()
    parts = list(outline(data, "x.txt").parts)
    by_at = {p.at: p for p in parts}
    bindings = [bind(n, by_at[p.at], p.words, p.nth) for n, p in proposals(parts, reader()).items()]
    sanctions = next(i for i, b in enumerate(bindings) if b.capability == "sanction.list")
    article = by_at["18"]
    words = "内部通报或取消公约成员资格的处理"
    bindings[sanctions] = with_items(bind("sanction.list", article, words), ("内部通报", "取消公约成员资格"))
    return decided(parts, bindings)


# -- what holds


def test_the_seed_bound_as_proposed_may_be_frozen(seed: Bound) -> None:
    """Forty-two capabilities bound, thirteen absent, sixty-seven passages decided on: nothing is amiss."""
    _, bindings, decisions, absent = seed
    assert (len(bindings), len(absent), len(decisions)) == (42, 13, 67)
    assert validation.faults(*seed) == []


def test_words_of_two_capabilities_may_overlap() -> None:
    """Effect and force by one clause."""
    clause = "本公约经全体签署后生效"
    made = bound([clause + "。"], ("founding.effect", 1, clause), ("founding.signature", 1, "本公约经全体签署"))
    assert validation.faults(*made) == []


# -- the properties of the design


def test_removing_any_one_decision_is_refused(seed: Bound) -> None:
    """Each of the sixty-seven, at its place."""
    parts, bindings, decisions, absent = seed
    for i, removed in enumerate(decisions):
        fault = only((parts, bindings, decisions[:i] + decisions[i + 1 :], absent))
        assert (fault.why, fault.capability, fault.at) == ("undecided", removed.capability, removed.at)


def test_a_decision_on_nothing_or_twice_is_refused(seed: Bound) -> None:
    """Words that are no passage; a second decision on one that is."""
    parts, bindings, decisions, absent = seed
    more = Decision("founding.approval", "22", 1, decisions[0].words, "other", "仅提及")
    assert whys((parts, bindings, [*decisions, more], absent)) == [("no-passage", "founding.approval")]
    assert whys((parts, bindings, [*decisions, decisions[5]], absent)) == [("twice", decisions[5].capability)]


def test_removing_any_one_binding_is_refused(seed: Bound) -> None:
    """It leaves its capability open, and its passage bound to nothing."""
    parts, bindings, decisions, absent = seed
    for i, removed in enumerate(bindings):
        found = whys((parts, bindings[:i] + bindings[i + 1 :], decisions, absent))
        assert ("open", removed.capability) in found and ("not-bound", removed.capability) in found


def test_removing_any_one_absence_is_refused(seed: Bound) -> None:
    """Nothing is off without somebody having said so."""
    parts, bindings, decisions, absent = seed
    for i, removed in enumerate(absent):
        fault = only((parts, bindings, decisions, absent[:i] + absent[i + 1 :]))
        assert (fault.why, fault.capability) == ("open", removed.capability)


def _changes(b: Binding) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = [{"inclusive": not b.inclusive}, {"delay": not b.delay}, {"items": ("别的",)}]
    changes += [
        {"base": other} for other in ("", "roll", "voting", "present", "branch", "weight", "body") if other != b.base
    ]
    changes += [
        {"base_words": "出席"},
        {"start": "publication" if b.start != "publication" else ""},
        {"start_words": "起"},
    ]
    changes += [{"unit": u} for u in ("day", "workday", "month") if u != b.unit]
    changes += [
        {"kind": k} for k in ("words", "share", "period", "date", "frequency", "body", "headcount") if k != b.kind
    ]
    if isinstance(b.value, int):
        changes += [{"value": b.value + 1}, {"value": b.value - 1}, {"value": str(b.value)}]
    elif b.kind == "share":
        top, bottom = map(int, b.value.split("/"))
        changes += [
            {"value": f"{top + 1}/{bottom}"},
            {"value": f"{top - 1}/{bottom}"},
            {"value": f"{top}/{bottom + 1}"},
        ]
        changes += [{"value": f"{2 * top}/{2 * bottom}"}]  # the same share written otherwise is another record
    else:
        changes += [{"value": 1}, {"value": "1/2"}]
    return changes


def test_any_number_base_or_start_changed_is_refused(seed: Bound) -> None:
    """Every value by one, inclusive flipped, base, unit, start, kind and items swapped, in every binding."""
    parts, bindings, decisions, absent = seed
    tried = 0
    for i, b in enumerate(bindings):
        for change in _changes(b):
            forged = [*bindings[:i], msgspec.structs.replace(b, **change), *bindings[i + 1 :]]
            found = whys((parts, forged, decisions, absent))
            assert {("number", b.capability), ("items", b.capability)} & set(found), (b.capability, change)
            tried += 1
    assert tried > 700


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_words_moved_or_altered_are_refused(seed: Bound, data: st.DataObject) -> None:
    """To another occurrence, to another article, with a character taken away within or added."""
    parts, bindings, decisions, absent = seed
    i = data.draw(st.integers(0, len(bindings) - 1))
    b = bindings[i]
    texts = {p.at: p.text for p in parts}
    at = data.draw(st.sampled_from([p.at for p in parts if b.words not in p.text] + ["27", ""]))
    cut = data.draw(st.integers(1, len(b.words) - 1))
    moved = data.draw(
        st.sampled_from(
            [
                {"at": at},
                *({"nth": n} for n in (texts[b.at].count(b.words) + 1, 0, -1)),
                *({"words": w} for w in ("", b.words[:cut] + "某" + b.words[cut:])),
            ]
        )
    )
    forged = [*bindings[:i], msgspec.structs.replace(b, **moved), *bindings[i + 1 :]]
    assert ("words", b.capability) in whys((parts, forged, decisions, absent))


# -- verdicts


@pytest.mark.parametrize(
    ("reason", "good"), [("", 0), ("另", 0), ("另事", 1), ("因" * 200, 1), ("因" * 201, 0), ("  ", 0)]
)
def test_another_matter_needs_a_reason_of_two_to_two_hundred_characters(reason: str, good: int) -> None:
    """Below, at and above both bounds; blanks are none."""
    parts, bindings, decisions, absent = bound(["鼓励成员单位合作交流。"])
    given_ = [msgspec.structs.replace(d, reason=reason) if d.verdict == "other" else d for d in decisions]
    assert (
        whys((parts, bindings, given_, absent)) == []
        if good
        else {w for w, _ in whys((parts, bindings, given_, absent))} == {"reason"}
    )


def test_a_verdict_that_the_bindings_belie_is_refused(seed: Bound) -> None:
    """Bound without a binding; other matter although its words are bound."""
    parts, bindings, decisions, absent = seed
    for i, d in enumerate(decisions):
        verdict = "other" if d.verdict == "bound" else "bound"
        turned = msgspec.structs.replace(d, verdict=verdict, reason="" if verdict == "bound" else "仅提及")
        found = whys((parts, bindings, [*decisions[:i], turned, *decisions[i + 1 :]], absent))
        assert ("both" if verdict == "other" else "not-bound", d.capability) in found


# -- once each


def test_bound_and_absent_or_twice_absent_is_refused(seed: Bound) -> None:
    """One of two for every capability, said once; what holds instead is what the catalogue says."""
    parts, bindings, decisions, absent = seed
    assert whys((parts, bindings, decisions, [*absent, Absence("interpretation.authority")])) == [
        ("both", "interpretation.authority"),
    ]
    assert whys((parts, bindings, decisions, [*absent, absent[0]])) == [("twice", absent[0].capability)]
    assert whys((parts, [*bindings, bindings[3]], decisions, absent)) == [("twice", bindings[3].capability)]
    other = [*absent[1:], msgspec.structs.replace(absent[0], then="须经全体同意")]
    assert whys((parts, bindings, decisions, other)) == [("then", absent[0].capability)]


def test_a_name_the_catalogue_has_not_is_refused_with_those_it_may_mean(seed: Bound) -> None:
    """A procedure rule is no capability; 修改的通过 and amendment.adopt mean amendment.adoption."""
    parts, bindings, decisions, absent = seed
    for name, meant in (("P6", ""), ("amendment.adopt", "amendment.adoption"), ("修改的通过", "amendment.adoption")):
        forged = [*bindings, msgspec.structs.replace(bindings[0], capability=name)]
        fault = only((parts, forged, decisions, absent))
        assert fault.why == "unknown" and meant in fault.zh and meant in fault.en


@pytest.mark.parametrize(
    ("share", "why"),
    [("", ""), ("半数以上", ""), ("该分支成员半数以上", ""), ("面积半数以上的", "base"), ("十名以上", "reserved")],
)
def test_the_share_of_an_annex_takes_the_place_of_the_reading_of_its_name(share: str, why: str) -> None:
    """annex.consent is a reading too: the text's own share comes first, over the branch as well; no other number does."""
    words = f"经{share}成员单位同意后作为本公约的附件公布"
    made = bound([words + "。"], ("annex.consent", 1, words), ("annex.publication", 1, words))
    assert whys(made) == ([(why, "annex.consent")] if why else [])


# -- guards


@pytest.mark.parametrize(
    ("clause", "guard"),
    [
        ("本公约经发起单位签字盖章", "founding.signature"), ("本公约由主管部门批准", "founding.approval"),
        ("本章程呈准主管機關登記後施行", "founding.approval"), ("本规约送上级机关点头", "founding.approval"),
        ("本公约自签署之日起生效", "founding.in_force"), ("本章程並經系主任及指導老師確認後施行", "founding.approval"),
        ("本章程报请指导单位、团委同意后生效", "founding.approval"),
    ],
)  # fmt: skip
def test_a_guard_with_a_passage_is_not_absent(clause: str, guard: str) -> None:
    """Signature, approval and force: the refusal quotes the passage."""
    parts = text(EXECUTIVE, clause + "。", "本公约发布后起效。")
    made = decided(
        parts,
        [bind("office.executive", parts[0], EXECUTIVE[:-1]), bind("founding.effect", parts[2], "本公约发布后起效")],
    )
    assert any(
        f.why == "guard" and f.capability == guard and clause in f.zh and clause in f.en
        for f in validation.faults(*made)
    )


def test_a_guard_without_a_passage_may_be_absent() -> None:
    """A text that asks for no signature and no approval is one."""
    made = bound(["成员单位应当诚信。"])
    assert validation.faults(*made) == []
    assert {"founding.signature", "founding.approval"} <= {a.capability for a in made[3]}


def test_an_approval_of_changes_forces_no_approval_of_the_text() -> None:
    """「修改的章程报…核准」 bound to the approval of changes; bound to less of it, or to nothing, it does."""
    clause = "本章程的修改，报经登记管理机关核准后生效"
    whole = bound([clause + "。"], ("amendment.approval", 1, clause), ("founding.effect", 1, "核准后生效"))
    assert validation.faults(*whole) == []
    less = bound([clause + "。"], ("amendment.approval", 1, "本章程的修改"), ("founding.effect", 1, "后生效"))
    assert ("guard", "founding.approval") in whys(less)


@pytest.mark.parametrize(
    ("clause", "other"),
    [
        ("本公约经主管部门批准后生效", "founding.effect"), ("本公约自主管部门批准之日起施行", "founding.in_force"),
        ("本章程经会员大会通过，报主管机关核备后施行，变更时亦同", "amendment.approval"),
        ("本章程及其修改须经主管机关核准", "amendment.approval"), ("本公约由发起单位制定，报主管部门审核同意后生效", "founding.covenant"),
        ("本公约报主管部门批准并备案", "founding.filing"), ("本公约报主管部门审查同意后备案", "founding.filing"),
        ("本公约经主管部门批准后向社会公布", "publication.covenant"), ("本公约由主管部门批准", "conduct.other"),
        ("本公约由主管部门批准", "interpretation.authority"),
    ],
)  # fmt: skip
def test_naming_an_approval_otherwise_does_not_switch_it_off(clause: str, other: str) -> None:
    """Neither what stands beside it, nor a matter the reader does not see there, nor a change that is meant as well."""
    made = bound([clause + "。"], (other, 1, clause))
    assert ("guard", "founding.approval") in whys(made)


@pytest.mark.parametrize(
    ("clause", "guard"),
    [
        ("本公约经主管部门批准后生效", "founding.approval"), ("本章程报经登记管理机关核准后施行，变更时亦同", "founding.approval"),
        ("本章程的制定和修改须经会员大会表决通过，并报业务主管单位审查同意", "founding.approval"),
        ("本公约的解释权属于联盟，本公约经主管部门批准后生效", "founding.approval"), ("本公约报主管部门备案同意后生效", "founding.approval"),
        ("本公约经发起单位法定代表人签字后生效", "founding.signature"), ("本公约由首批加入单位签署", "founding.signature"),
        ("本公约自公布之日起施行", "founding.in_force"), ("本公约经签署后生效，自公布之日起施行", "founding.in_force"),
        ("本公约自公布之日起实施，修改时亦同", "founding.in_force"),
    ],
)  # fmt: skip
def test_no_capability_nor_all_of_them_switch_a_guard_off(clause: str, guard: str) -> None:
    """The whole clause bound to each of the fifty-four others alone, then to all at once."""
    others = [n for n in CAPABILITIES if n != guard]
    for names in (*([n] for n in others), others):
        parts = text(clause + "。")
        made = decided(
            parts, [bind(n, parts[0], clause) for n in names if n not in (*requirements.SHARES, "annex.consent")], guard
        )
        assert ("guard", guard) in whys((*made[:3], [*made[3], Absence(guard)])), names


def test_a_decision_that_nothing_backs_explains_no_guard() -> None:
    """Decided as bound to the law without a binding of it: refused for that, and for the guard."""
    parts, bindings, decisions, absent = bound(["成员单位应当遵守主管部门和本公约有关法律的规定。"])
    claimed = [
        msgspec.structs.replace(d, verdict="bound", reason="") if d.capability == "law.observance" else d
        for d in decisions
    ]
    assert whys((parts, bindings, claimed, absent)) == [("not-bound", "law.observance"), ("guard", "founding.approval")]


def test_a_mention_of_an_office_may_be_bound_to_what_it_is() -> None:
    """「遵守主管部门的规定」 is observing the law, 「报主管部门备案」 a filing: no approval."""
    law = "成员单位应当遵守主管部门和本公约有关法律的规定"
    assert validation.faults(*bound([law + "。"], ("law.observance", 1, law))) == []
    assert ("guard", "founding.approval") in whys(bound([law + "。"]))
    filed = "本公约报主管部门备案"
    assert validation.faults(*bound([filed + "。"], ("founding.filing", 1, filed))) == []


def test_a_text_without_body_effect_and_force_says_what_holds_instead() -> None:
    """Absent, with the reading that the initiators sign; where it says when it is in force, that is not absent."""
    parts = text("成员单位应当诚信。")
    assert [
        w for w in whys(decided(parts, [])) if w[1] in ("founding.effect", "founding.in_force", "office.executive")
    ] == []
    said = text("本公约自公布之日起施行。")
    assert ("guard", "founding.in_force") in whys(decided(said, []))


# -- what is needed


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("修改本公约须经全体成员单位三分之二以上同意", ""), ("修改本公约须经参加表决的成员单位三分之二以上同意", ""),
        ("修改本公约须经出席会员三分之二以上同意", "presence"), ("修改本公约须经专有部分面积三分之二以上的业主同意", "base"),
        ("修改本公约须经理事三分之二以上同意", "base"), ("修改本公约须经该分支成员三分之二以上同意", "base"),
        ("修改本公约须经成员单位同意", "no-share"), ("修改本公约须经十名以上成员单位同意", "no-share"),
        ("修改本公约须经成员单位三分之四以上同意", "above-one"), ("修改本公约须经成员单位120%以上同意", "above-one"),
        ("修改本公约须经成员单位100%同意", ""), ("修改本公约须经超过成员单位100%同意", "above-one"),
    ],
)  # fmt: skip
def test_a_change_is_adopted_by_a_share_of_somebody_who_can_be_counted(words: str, why: str) -> None:
    """The roll and those voting are; those present where presence is said; weights and bodies are not; no share is above one."""
    made = bound([words + "。"], ("amendment.adoption", 1, words))
    made[3][:] = [Absence(a.capability, "") if a.capability == "vote.presence" else a for a in made[3]]
    assert whys(made) == ([(why, "amendment.adoption")] if why else [])


def test_presence_is_said_by_the_text_or_declared() -> None:
    """Then two thirds of those present are counted over the ballots."""
    words = "修改本公约须经出席会员三分之二以上同意"
    assert validation.faults(*bound([words + "。"], ("amendment.adoption", 1, words))) == []
    assert CAPABILITIES["vote.presence"].then == "投票即出席 / casting a ballot is presence"
    said = "会员以线上方式参会的，视为出席"
    made = bound([words + "。", said + "。"], ("amendment.adoption", 1, words), ("vote.presence", 2, said))
    assert validation.faults(*made) == []


def test_proposers_and_a_quorum_are_counted_over_the_roll() -> None:
    """Of those present nobody can say beforehand how many there are."""
    words = "经出席会员五分之一以上提议修改本公约"
    assert whys(bound([words + "。"], ("amendment.proposal", 1, words))) == [("base", "amendment.proposal")]


def test_words_that_leave_out_the_number_of_their_clause_are_refused() -> None:
    """「成员单位提议」 without 五分之一以上 would let anybody propose; with the share bound beside it, it may stand."""
    clause = "经秘书处或五分之一以上成员单位提议修改本公约"
    assert whys(bound([clause + "。"], ("amendment.proposal", 1, "成员单位提议"))) == [
        ("left-out", "amendment.proposal")
    ]
    both = [("amendment.proposal", 1, "五分之一以上成员单位"), ("amendment.proposal", 1, "秘书处")]
    assert validation.faults(*bound([clause + "。"], *both)) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("须经全体会员三分之二以上同意", "须经全体会员四分之三以上同意"), ("须经全体会员三分之二以上同意", "须经参加表决的会员三分之二以上同意"),
        ("须经全体会员半数以上同意", "须经全体会员过半数同意"),
    ],
)  # fmt: skip
def test_two_bindings_that_disagree_are_refused_with_both(one: str, two: str) -> None:
    """In number, in base, in whether it counts itself."""
    made = bound(
        [f"修改本公约{one}。", f"修订本公约{two}。"], ("amendment.adoption", 1, one), ("amendment.adoption", 2, two)
    )
    fault = only(made)
    assert fault.why == "disagree" and all(w in fault.zh and w in fault.en for w in (one, two))


def test_the_general_share_does_not_govern_changes_that_have_their_own() -> None:
    """Half of all by resolution, two thirds for changes: whoever decides the second away and borrows the first is refused."""
    general, own = "大会的决议须经全体会员过半数通过", "修改本公约须经全体会员三分之二以上同意"
    lent = [("vote.resolution", 1, general), ("amendment.adoption", 1, general)]
    assert whys(bound([general + "。", own + "。"], *lent)) == [("borrowed", "amendment.adoption")]
    assert validation.faults(*bound([general + "。", "本公约的修改由大会决议。"], *lent)) == []
    assert validation.faults(*bound([general + "。", own.replace("三分之二以上", "过半数") + "。"], *lent)) == []
    proposed = "本公约的修改经五分之一以上会员提议，由大会决议"
    assert (
        validation.faults(*bound([general + "。", proposed + "。"], *lent, ("amendment.proposal", 2, proposed))) == []
    )
    assert validation.faults(*bound([own + "。"], ("amendment.adoption", 1, own))) == []


@pytest.mark.parametrize(
    ("other", "stands"),
    [
        ("罢免投票之投票率须达选举人总数百分之五十", True), ("会长之罢免案投票率应达全体会员二分之一以上", True),
        ("選舉之投票人數須達會員總數二分之一以上", True),
        ("修约投票之投票率须达会员总数百分之五十", False), ("修约、罢免投票之投票率须达会员总数百分之五十", False), ("投票率须达会员总数百分之五十", False),
        ("罢免与修约的投票率须达会员总数百分之五十", False), ("罢免须经会员总数百分之五十以上出席", False),
    ],
)  # fmt: skip
def test_the_turnout_of_elections_and_recalls_is_no_quorum_of_changes(other: str, stands: bool) -> None:
    """A tenth must attend the assembly, half must vote in a recall; but no other turnout is decided away beside the quorum."""
    quorum = "大会须有全体会员十分之一以上出席"
    made = bound([quorum + "。", other + "。"], ("vote.quorum", 1, quorum))
    assert whys(made) == ([] if stands else [("borrowed", "vote.quorum")])


def test_two_bindings_that_agree_may_stand() -> None:
    """The same share said twice."""
    one = "须经全体会员三分之二以上同意"
    made = bound(
        [f"修改本公约{one}。", f"修订本公约{one}。"], ("amendment.adoption", 1, one), ("amendment.adoption", 2, one)
    )
    assert validation.faults(*made) == []


def test_a_delay_is_no_time_within_which_to_publish() -> None:
    """通过三十日后公布 is not 三十日内."""
    words = "本公约自通过之日起三十日后公布"
    made = bound([words + "。"], ("publication.within", 1, words))
    assert ("delay", "publication.within") in whys(made)


def test_picked_items_stand_in_the_words_in_their_order(seed: Bound) -> None:
    """Parts of the quoted words; an article's own items are the others there are."""
    parts, bindings, decisions, absent = seed
    i = next(i for i, b in enumerate(bindings) if b.capability == "sanction.list")
    for items in (("取消公约成员资格", "内部通报"), ("罚款",), ("内部通报", "内部通报"), ("",)):
        forged = [*bindings[:i], msgspec.structs.replace(bindings[i], items=items), *bindings[i + 1 :]]
        assert {c for _, c in whys((parts, forged, decisions, absent))} == {"sanction.list"}


def test_two_megabytes_are_checked_in_seconds() -> None:
    """Every passage of a long text undecided: each is named once, and nothing takes longer than reading did."""
    parts = text(*(["本公约经主管部门批准后生效，成员单位应当遵守法律。"] * 200))
    found = validation.faults(parts, [], [], [])
    assert sum(f.why == "undecided" for f in found) == len(list(placed(parts, reader())))


CHANGED = "本公约的修改须经{}同意。"


@pytest.mark.parametrize(
    ("article", "words", "why"),
    [
        ("本公约的修改无须经三分之二以上成员单位同意。", "经三分之二以上成员单位同意", ["not-asked"]),
        ("例如，某公约的修改须经三分之二以上成员单位同意，本公约不采用。", "须经三分之二以上成员单位同意", ["not-asked"]),
        ("原规定修改须经三分之二以上成员单位同意的，自本公约施行之日起废止。", "修改须经三分之二以上成员单位同意", ["not-asked"]),
        ("本公约的修改须经三分之二以上成员单位或者五十家以上成员单位同意。", "须经三分之二以上成员单位", ["left-out"]),
        ("本公约的修改须经三分之二以上成员单位同意，但第三条的修改须经全体成员单位一致同意。", "须经三分之二以上成员单位同意", ["left-out"]),
        ("本公约的修改须经两次会议各三分之二以上成员单位同意。", "须经两次会议各三分之二以上成员单位同意", ["left-out"]),
        ("会费办法的修改须经三分之二以上成员单位同意。", "会费办法的修改须经三分之二以上成员单位同意", ["misplaced"]),
        ("本办法的修改须经三分之二以上成员单位同意。", "本办法的修改须经三分之二以上成员单位同意", []),
        ("本公约的修改须经三分之二以上成员单位同意，但应当先公示三十日。", "须经三分之二以上成员单位同意", []),
        ("未经三分之二以上成员单位同意，不得修改本公约。", "未经三分之二以上成员单位同意", []),
        ("本公约的修改须经三分之二以上成员单位同意，修改后原公约废止。", "须经三分之二以上成员单位同意", []),
        ("本公约的修改须经参加表决的成员单位三分之二以上同意。\n弃权票不计入表决总数。", "须经参加表决的成员单位三分之二以上同意", ["defined"]),
        ("本公约的修改须经参加表决的成员单位三分之二以上同意。\n弃权不计为同意。", "须经参加表决的成员单位三分之二以上同意", []),
        ("本公约的修改须经三分之二以上成员单位同意，且其所持表决权过半数。", "须经三分之二以上成员单位同意", ["base"]),
        ("本公约的修改须经持有表决权三分之二以上者同意，且成员单位过半数同意。", "且成员单位过半数同意", ["base"]),
        ("本公约的修改须分别经各类成员单位的三分之二以上同意。", "须分别经各类成员单位的三分之二以上同意", ["base"]),
    ],
)  # fmt: skip
def test_a_share_that_the_text_does_not_ask_for_is_refused(article: str, words: str, why: list[str]) -> None:
    """Dispensed with, an example, repealed; over ballots without abstentions; of a weight besides; in each class apart."""
    found = whys(bound([article], ("amendment.adoption", 1, words)))
    assert [w for w, name in found if name == "amendment.adoption"] == why


def test_abstentions_left_out_in_another_article_are_found() -> None:
    """The share stands in one article, what is not counted in the next: it is refused with that place."""
    articles = ["本公约的修改须经参加表决的成员单位三分之二以上同意。", "表决时弃权票不计入总数。"]
    (fault,) = validation.faults(*bound(articles, ("amendment.adoption", 1, articles[0].rstrip("。"))))
    assert (fault.why, fault.at) == ("defined", "3") and "弃权票不计" in fault.zh


@pytest.mark.parametrize(
    ("written", "value", "inclusive"),
    [
        ("不少于三分之二的成员单位", "2/3", True), ("不低于三分之二的成员单位", "2/3", True), ("超过三分之二的成员单位", "2/3", False),
        ("过半数成员单位", "1/2", False), ("半数以上成员单位", "1/2", True), ("半数成员单位", "1/2", True), ("成员单位过半", "1/2", False),
        ("叁分之贰以上成员单位", "2/3", True), ("２／３以上成员单位", "2/3", True), ("66.6%以上成员单位", "333/500", True),
        ("三分之二以上（不含本数）成员单位", "2/3", False),
    ],
)  # fmt: skip
def test_a_share_in_any_wording_is_bound_as_it_says_and_not_otherwise(
    written: str, value: str, inclusive: bool
) -> None:
    """The record is what the words say; with the number itself in or out against them, above or below, it is refused."""
    article = CHANGED.format(written)
    parts, bindings, decisions, absent = bound([article], ("amendment.adoption", 1, article.rstrip("。")))
    at = next(i for i, b in enumerate(bindings) if b.capability == "amendment.adoption")
    assert (bindings[at].value, bindings[at].inclusive) == (value, inclusive)
    for lie in ({"inclusive": not inclusive}, {"value": "4/5"}, {"value": "1/3"}, {"base": "voting"}, {"nth": 2}):
        forged = [*bindings[:at], msgspec.structs.replace(bindings[at], **lie), *bindings[at + 1 :]]
        assert whys((parts, forged, decisions, absent)), lie
