"""Editions whose words say another thing than what would be carried out: forged with every key, refused where they are opened.

Beside `test_forged_editions`: numbers of other matters taken for a notice or a list, presence that no ballot is, an approval cut off,
conditions beside a share, sanctions that are denied, days that nobody can tell. What no reader refuses `verify` quotes.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from attacks.forcing import recorded, refused, verified
from attacks.test_forged_editions import (
    ADOPTED,
    ADOPTION,
    CONSENT,
    END,
    FORCE,
    QUORUM,
    WITHIN,
    Bound,
    forged,
    seed,
    seed_with,
    why,
)
from gongyue.covenant.binding.records import with_items
from gongyue.covenant.binding.said_besides import besides
from gongyue.covenant.binding.sheet import otherwise
from gongyue.covenant.bound_persons import delegates_sign, executive_proposes
from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import load, to_data
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.sanctions import asks_for_an_effect, sanctions_in
from gongyue.covenant.shares import authority_in
from gongyue.covenant.values import Meaning
from support.alliance import PANEL, TWO, Alliance, entry_of, wording
from support.bases import PRESENT
from support.editions import edition_of

NOTICE, DECISION, LISTS = "membership.withdrawal_condition", "membership.decision", "publication.list_period"
PRESENCE, APPROVAL, SANCTIONS = "vote.presence", "amendment.approval", "sanction.list"
PROPOSED = "经公约执行机构或本公约十分之一以上成员单位提议"
SIGNED = "经公约发起单位法定代表人或其委托的代表签字"
ELSEWHERE = seed_with("负责解释。", "负责解释。公约执行机构秘书长任期三年，每年召开一次会议，会费应于九十日内缴清。")
NOTIFIED = "并通知公约执行机构；"
APPLIED = "均可以申请加入本公约；"
PUBLISHED = "由中关村大数据产业联盟向社会公布"

SPOKEN: dict[str, tuple[str, Bound, str]] = {
    "a notice of three years, from a term of office": (ELSEWHERE, (NOTICE, "25", "公约执行机构秘书长任期三年"), "misplaced"),
    "a notice of ninety days, from dues": (ELSEWHERE, (NOTICE, "25", "会费应于九十日内缴清"), "misplaced"),
    "a notice of three years, from a ban in the same sentence": (
        seed_with(NOTIFIED, "并通知公约执行机构，三年内不得再次加入；"), (NOTICE, "23", "三年内不得再次加入"), "misplaced",
    ),
    "the longer of two notices": (
        seed_with(NOTIFIED, "并提前三十日通知公约执行机构，提前一年告知其他成员；"), (NOTICE, "23", "提前一年告知其他成员"), "borrowed",
    ),
    "a decision within a term of office": (ELSEWHERE, (DECISION, "25", "公约执行机构秘书长任期三年"), "misplaced"),
    "a decision within what is for publicity": (
        seed_with(APPLIED, "均可以申请加入本公约，执行机构应在十五日内决定是否接纳，并在一年内公示；"), (DECISION, "23", "并在一年内公示"), "misplaced",
    ),
    "lists as often as meetings": (ELSEWHERE, (LISTS, "25", "每年召开一次会议"), "misplaced"),
    "lists as often as a newsletter": (
        seed_with("公约执行机构定期公布", "公约执行机构每月公布简报，每年公布"), (LISTS, "23", "公约执行机构每月公布简报"), "misplaced",
    ),
    "how often lists appear, left out": (
        seed_with("公约执行机构定期公布", "公约执行机构每季度公布"), (LISTS, "23", "公布加入及退出本公约的单位名单"), "left-out",
    ),
    "approval cut off": (seed_with(END, f"{END}修改后的公约报主管部门备案，并经其批准。"), (APPROVAL, "22", "修改后的公约报主管部门备案"), "left-out"),
    "approval in a sentence of its own": (
        seed_with(END, f"{END}修改后的公约报主管部门备案。修改须经主管部门批准。"), (APPROVAL, "22", "修改后的公约报主管部门备案"), "left-out",
    ),
    "within days before effect": (seed_with("在生效后的30日内", "在生效前的30日内"), (WITHIN, "21", f"并在生效前的30日内{PUBLISHED}"), "beyond"),
    "within days of another event": (
        seed_with("在生效后的30日内", "在生效后首次大会后的30日内"), (WITHIN, "21", f"并在生效后首次大会后的30日内{PUBLISHED}"), "beyond",
    ),
    "no sooner than thirty days": (seed_with("后的30日内", "后不少于30日内"), (WITHIN, "21", f"并在生效后不少于30日内{PUBLISHED}"), "delay"),
    "working days, in brackets": (seed_with("30日内", "30日（指工作日）内"), (WITHIN, "21", f"并在生效后的30日（指工作日）内{PUBLISHED}"), "defined"),
}  # fmt: skip


@pytest.mark.parametrize("attempt", SPOKEN)
def test_a_period_is_carried_out_for_what_its_clause_speaks_of(attempt: str) -> None:
    """Articles 21 to 23: nobody stays a member for three years because a secretary's term lasts as long."""
    text, bound, expected = SPOKEN[attempt]
    assert expected in why(forged(text, bound), bound[0])


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (seed_with(NOTIFIED, "并提前三十日通知公约执行机构；"), (NOTICE, "23", "并提前三十日通知公约执行机构")),
        (seed_with(APPLIED, "均可以申请加入本公约，执行机构应在十五日内决定是否接纳；"), (DECISION, "23", "执行机构应在十五日内决定是否接纳")),
        (seed_with("公约执行机构定期公布", "公约执行机构每季度公布"), (LISTS, "23", "公约执行机构每季度公布加入及退出本公约的单位名单")),
        (seed_with(END, f"{END}修改后的公约报主管部门备案。"), (APPROVAL, "22", "修改后的公约报主管部门备案")),
        (seed_with("30日内", "30个工作日内"), (WITHIN, "21", f"并在生效后的30个工作日内{PUBLISHED}")),
    ],
)  # fmt: skip
def test_what_a_clause_does_say_is_bound(text: str, bound: Bound) -> None:
    """The rows above do not fail for another reason."""
    load(to_data(forged(text, bound)))


@pytest.mark.parametrize(
    ("said", "words", "counts"),
    [
        ("以电子方式投票的，视为出席。", "以电子方式投票的，视为出席", True),
        ("以签到为出席，书面投票不视为出席。", "书面投票不视为出席", False),
        ("出席须法定代表人亲自到场。", "出席须法定代表人亲自到场", False),
        ("", "遵照", False),
    ],
)  # fmt: skip
def test_a_ballot_is_presence_only_where_words_say_so(said: str, words: str, counts: bool) -> None:
    """Of those present the software knows who voted, and nothing else."""
    text = seed_with(ADOPTED, PRESENT).replace(END, END + said)
    found = why(forged(text, (ADOPTION, "22", PRESENT), (PRESENCE, "22" if said else "1", words)), PRESENCE)
    assert ("presence" in found) != counts


BESIDE = [
    "经三分之二以上成员单位同意，且不少于二十家", "经三分之二以上成员单位同意，并有不少于二十家成员单位同意",
    "经三分之二以上成员单位同意（发起单位须全部同意）",
    "经三分之二以上成员单位且全体发起单位同意", "经三分之二以上成员单位同意并经会长同意", "经三分之二以上成员单位同意，会长有一票否决权",
    "经三分之二以上成员单位一致同意", "经三分之二以上成员单位两轮同意", "经三分之二以上成员单位（一企三票）同意",
    "经三分之二以上成员单位同意，理事单位每家三票",
    "经三分之二以上成员单位同意，每万元会费一票", "经三分之二以上成员单位同意，理事单位的票按两票计", "经三分之二以上（每单位按会费计票）成员单位同意",
    "经不足三分之二以上成员单位同意", "经低于三分之二的成员单位同意", "经约三分之二成员单位同意", "经三分之二左右成员单位同意",
    "经至少三分之二再加一家成员单位同意", "经三分之二以上又五家成员单位同意", "经三分之二以上成员单位同意或者会长同意", "经理事会或三分之二以上成员单位同意",
    "经三分之二以上成员单位同意（修改本条须全体一致）",
]  # fmt: skip


@pytest.mark.parametrize("words", BESIDE)
def test_a_condition_beside_a_share_is_not_passed_over(words: str) -> None:
    """Two thirds of all alone would adopt what the text lets nobody adopt so."""
    found = why(forged(seed_with(ADOPTED, words), (ADOPTION, "22", words)), ADOPTION)
    assert found & {"left-out", "against", "ceiling", "base"}


@pytest.mark.parametrize(
    "said",
    ["修改本公约须全体成员单位一致同意。", "修改本公约须有三十家成员单位同意。", "修改本公约须六成七的成员单位同意。", "修改本公约须绝大多数成员单位同意。"],
)  # fmt: skip
def test_what_another_article_asks_for_a_change_is_no_other_matter(said: str) -> None:
    """Neither when the text is frozen nor by a change: all, most, or thirty units are not two thirds."""
    assert "borrowed" in why(forged(seed_with("起施行。", f"起施行。{said}")), ADOPTION)
    change = Change("", (TextEdit("26", "施行。", f"施行。{said}"),))
    with pytest.raises(NotApplicable):
        amend(seed(), change)


@pytest.mark.parametrize(
    "words",
    ["成员单位三分之二以上缺席的，表决无效", "三分之一以上成员单位未参加的，表决无效", "未参加表决的成员单位超过三分之一的，表决无效",
    "未投票的成员单位达到三分之一的，表决不成立"],
)  # fmt: skip
def test_how_many_may_be_absent_is_no_quorum(words: str) -> None:
    """A third that may stay away would be a third that has to come."""
    assert "against" in why(forged(seed_with(END, f"{END}{words}。"), (QUORUM, "22", words)), QUORUM)


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("经公约成员单位同意后", True), ("经四分之三以上公约成员单位同意后", True), ("经公约成员单位一致同意后", False), ("经全体公约成员单位同意后", False),
        ("经公约成员单位多数同意后", False), ("经公约成员单位同意且无异议后", False), ("经该分支全体成员单位同意后", False),
        ("经该分支行业成员单位同意后", False),
    ],
)  # fmt: skip
def test_the_consent_to_an_annex_is_of_all_by_a_share(words: str, stands: bool) -> None:
    """Article 24: without a number it is that of a change, of the whole roll, and so nothing else may stand there."""
    found = why(forged(seed_with("经公约成员单位同意后", words), (CONSENT, "24", words)), CONSENT)
    assert ("left-out" in found) != stands


# -- sanctions

WHOLE = "给予在公约成员单位内部通报或取消公约成员资格的处理"
LISTED: list[tuple[str, tuple[str, ...]]] = [
    ("给予警告、内部通报或取消公约成员资格的处理", ("内部通报", "取消公约成员资格")),
    ("给予内部通报，但不得取消公约成员资格，的处理", ("内部通报", "取消公约成员资格")),
    ("给予内部通报或建议取消公约成员资格的处理", ("内部通报", "取消公约成员资格")),
    ("给予内部通报或向法院申请取消公约成员资格的处理", ("内部通报", "取消公约成员资格")),
    ("给予内部通报或取消公约成员资格的处理", ("取消公约成员资格",)),
    ("给予内部通报或取消公约成员资格的处理", ("成员资格",)),
    ("给予内部通报或不再保留公约成员资格的处理", ("内部通报", "保留公约成员资格")),
]


@pytest.mark.parametrize(("words", "items"), LISTED)
def test_the_items_of_sanctions_are_all_of_them_and_none_that_is_denied(words: str, items: tuple[str, ...]) -> None:
    """Article 18 lists what may be imposed: nothing is left out, nothing taken from 不得 or 建议."""
    made = forged(seed_with(WHOLE, words), (SANCTIONS, "18", words))
    bindings = tuple(with_items(b, items) if b.capability == SANCTIONS else b for b in made.bindings)
    assert "left-out" in why(replace(made, bindings=bindings), SANCTIONS)


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("取消公约成员资格", True), ("取消成員資格", True), ("终止其会员资格", True), ("除名", True), ("劝退", True), ("取消资格", True),
        ("取消公约成员评优资格", False),
        ("撤销其成员单位荣誉", False), ("终止其公约成员试点资格", False), ("取消成员表决资格", False), ("暂停会员权利", False), ("取消会员优惠", False),
    ],
)  # fmt: skip
def test_a_membership_ends_by_a_kind_that_takes_it_away(kind: str, ends: bool) -> None:
    """An honour, a trial or a vote is no membership."""
    words = f"给予内部通报或{kind}的处理"
    made = forged(seed_with(WHOLE, words), (SANCTIONS, "18", words))
    bindings = tuple(with_items(b, ("内部通报", kind)) if b.capability == SANCTIONS else b for b in made.bindings)
    assert [s.ends for s in sanctions_in(replace(made, bindings=bindings))] == [False, ends]


# -- the day of force

UNTOLD = [
    "自2027年元旦起施行", "自明年一月一日起施行", "自次年1月1日起施行", "自1月1日起施行", "自公布之次月起施行", "自公布之日起第三十日施行",
    "自2027年第一季度起施行",
    "自民国一一六年一月一日起施行", "自丁未年正月初一起施行", "自廿七年一月一日起施行", "自2O27年1月1日起施行", "自Jan 1, 2027起施行",
]  # fmt: skip


@pytest.mark.parametrize("words", UNTOLD)
def test_a_day_that_nobody_can_tell_is_not_frozen(words: str) -> None:
    """Article 26: it would be in force on publication, whatever day the text means."""
    assert "beyond" in why(forged(seed_with("自公布之日起施行", words)), FORCE)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("自2027.1.1起施行", "2027-01-01"), ("自2027/1/1起施行", "2027-01-01"), ("自二〇二七年一月一日起施行", "2027-01-01"), ("自2027年1月起施行",
        "2027-01-01"),
        ("自2027年起施行", "2027-01-01"),
    ],
)  # fmt: skip
def test_a_day_in_any_spelling_is_waited_for(words: str, day: str) -> None:
    """GY-26-01: not on 2026-12-31, on the day itself."""
    world = Alliance(members=3, initiators=2, text=forged(seed_with("自公布之日起施行", words))).adopted()
    world.on("2026-12-31")
    with world.refused("GY-26-01", enough=day):
        world.publish(reasons=None)


# -- who signs, who proposes


@pytest.mark.parametrize(
    ("words", "delegates"),
    [
        (SIGNED, True), ("经公约发起单位法定代表人签字", False), ("由发起单位法定代表人亲笔签字，不得委托", False), ("由发起单位签署", True),
        ("由发起单位法定代表人或者授权代表签字", True),
    ],
)  # fmt: skip
def test_a_delegate_signs_where_the_text_allows_one(words: str, delegates: bool) -> None:
    """GY-21-06: of the representative alone nobody else signs."""
    text = forged(seed_with(SIGNED, words), ("founding.signature", "21", f"本公约{words}"))
    assert delegates_sign(text) == delegates
    world = Alliance(members=3, initiators=2, text=text).frozen()
    attorney = {"document": "sha256:" + "ab" * 32, "begins": "2026-01-01", "ends": "2026-12-31"}
    if delegates:
        world.sign(world.roll[0], "delegate", **attorney)
    else:
        with world.refused("GY-21-06", enough="法定代表人"):
            world.sign(world.roll[0], "delegate", **attorney)
        world.sign(world.roll[0])


@pytest.mark.parametrize(
    ("words", "proposes"),
    [(PROPOSED, True), ("经本公约十分之一以上成员单位提议", False), ("经理事会或十分之一以上成员单位提议", True)],
)
def test_the_executive_body_proposes_where_the_text_lets_it(words: str, proposes: bool) -> None:
    """GY-22-01, article 22: a text that lets members propose, and names no body, gives it no such right."""
    text = forged(seed_with(PROPOSED, words), ("amendment.proposal", "22", words))
    assert executive_proposes(text) == proposes
    world = Alliance(members=3, initiators=2, text=text).in_force().on("2026-10-12")
    world.initiate(wording(world.edition, text=text), by=EXECUTIVE, signers=PANEL[:2])
    filed = {"proposal": "p:1"}
    if proposes:
        world.executive("amendment.file/1", filed, PANEL[:2])
    else:
        with world.refused("GY-22-01"):
            world.executive("amendment.file/1", filed, PANEL[:2])
        recorded(world, world.stage.signed("amendment.file/1", EXECUTIVE, filed, PANEL[:2]))
        refused(world, "GY-22-01")


# -- interpretations that say one number and set another


@pytest.mark.parametrize(
    ("name", "value", "text", "stands"),
    [
        ("P6", 15, "表决期为十五日。", True), ("P6", 15, "表决期由三十日改为十五日。", True), ("P6", 15, "另行说明。", True), ("P6", 15,
        "表决期为六十日。", False),
        ("P6", 15, "表决期为十六日。", False), ("P6", 15, "本项不作变动，仍为三十日。", False), ("P14", 5, "审议组由五人组成。", True),
        ("P14", 5, "审议组由七人组成。", False), ("P6", 60, "表决期为两个月。", False),
    ],
)  # fmt: skip
def test_an_interpretation_names_the_number_it_sets(name: str, value: int, text: str, stands: bool) -> None:
    """GY-25-05: nobody reads sixty days and is held to fifteen."""
    world = Alliance(members=3, initiators=2).in_force().on("2026-10-12")
    if stands:
        world.issue(name, value, article=22, text=text)
    else:
        with world.refused("GY-25-05", enough=value):
            world.issue(name, value, article=22, text=text)


@pytest.mark.parametrize(
    ("name", "value", "old", "new", "bound"),
    [
        ("P8", 120, APPLIED, "均可以申请加入本公约，执行机构应在十五日内决定是否接纳；", ("membership__decision", "23", "执行机构应在十五日内决定是否接纳")),
        (
            "list.period", "year", "公约执行机构定期公布", "公约执行机构每季度公布",
            ("publication__list_period", "23", "公约执行机构每季度公布加入及退出本公约的单位名单"),
        ),
        ("annex.consent", "as-amendment", "经公约成员单位同意后", "经四分之三以上公约成员单位同意后", ("annex__consent", "24",
        "经四分之三以上公约成员单位同意后")),
    ],
)  # fmt: skip
def test_what_the_text_states_itself_no_interpretation_sets(
    name: str, value: int | str, old: str, new: str, bound: Bound
) -> None:
    """GY-25-01 (art. 25): it would stand beside the text as if it held; a text that does not say leaves it open."""
    text = edition_of(seed_with(old, new), **{bound[0]: (bound[1], bound[2])})
    world = Alliance(members=3, initiators=2, text=text).in_force().on("2026-10-12")
    with world.refused("GY-25-01"):
        world.issue(name, value, article=25, text="另行说明。")
    other = Alliance(members=3, initiators=2).in_force().on("2026-10-12")
    if name == "annex.consent":  # of which there is one choice, in force
        with other.refused("GY-25-04"):
            other.issue(name, value, article=25, text="另行说明。")
    else:
        other.issue(name, value, article=25, text="另行说明。")


# -- what is not refused is quoted


def told(text: Edition) -> set[str]:
    """The capabilities of which `verify` says that the text says more."""
    return {e.capability for e in besides(text.parts, text.chapters, text.bindings, text.decisions, authority_in(text))}


def test_of_the_covenant_itself_nothing_is_left_to_say() -> None:
    """The text of the demonstration says what is carried out."""
    assert told(seed()) == set()


QUOTED: list[tuple[str, str, list[Bound], str]] = [
    *[
        (ADOPTED, words, [(ADOPTION, "22", words)], ADOPTION)
        for words in (
            "经三分之二以上甲级成员单位同意", "经三分之二以上A类成员单位同意", "经三分之二以上在京成员单位同意", "经三分之二以上已缴费成员单位同意",
            "经三分之二以上入会满一年的成员单位同意", "经三分之二以上回函成员单位同意", "经三分之二以上成员单位的员工同意",
            "经三分之二以上成员单位同意（紧急情况由会长决定）",
            "经三分之二以上成员单位同意，未回复视为同意",
        )
    ],
    (END, f"{END}采用无记名投票表决。", [("vote.secret", "22", "采用无记名投票表决")], "vote.secret"),
    (END, f"{END}修改后的公约报主管部门点头。", [(APPROVAL, "22", "修改后的公约报主管部门点头")], APPROVAL),
    ("自公布之日起施行", "自主管部门通知之日起施行", [], FORCE),
    ("起施行。", "起施行，2027年1月1日以前不施行。", [], FORCE),
    ("起施行。", "起施行至2026年12月31日。", [(FORCE, "26", "本公约自公布之日起施行")], FORCE),
    (SIGNED, "经不少于二十家发起单位签字", [("founding.signature", "21", "本公约经不少于二十家发起单位签字")], "founding.signature"),
    ("由主管部门批准", "由两个以上主管部门批准", [("founding.approval", "21", "并经由两个以上主管部门批准后生效")], "founding.approval"),
    (PROPOSED, f"{PROPOSED}，并经理事会同意", [("amendment.proposal", "22", PROPOSED)], "amendment.proposal"),
    ("起施行。", "起施行。修改本公约须理事四分之三以上同意。", [], ADOPTION),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "bound", "name"), QUOTED)
def test_what_is_assumed_or_not_carried_out_is_quoted(old: str, new: str, bound: list[Bound], name: str) -> None:
    """An edition written by hand asks nobody: `verify` says what a person would have been asked."""
    text = forged(seed_with(old, new), *bound)
    load(to_data(text))
    assert name in told(text)


def test_verify_prints_it() -> None:
    """Exit 0, the words quoted."""
    words = "经三分之二以上在京成员单位同意"
    world = Alliance(
        members=3, initiators=2, text=forged(seed_with(ADOPTED, words), (ADOPTION, "22", words))
    ).published()
    report = verified(world)
    assert report.code == 0 and [s.at for s in report.absent if s.capability == ADOPTION and words in s.words]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        SPOKEN["a notice of three years, from a term of office"][:2],
        (seed_with(ADOPTED, f"无须{ADOPTED}"), (ADOPTION, "22", ADOPTED)),
    ],
    ids=["misplaced", "not asked for"],
)
def test_a_forged_freeze_is_refused(text: str, bound: Bound) -> None:
    """Exit 3: the edition is imported as a draft, which is lawful, and frozen by force."""
    world = Alliance(members=3, initiators=2, text=forged(text, bound)).drafted()
    assert verified(world).code == 0
    digest = world.inst.founding.digest
    initiators = [{name: entry_of(n)[name] for name in ("id", "name", "code")} for n in (1, 2)]
    recorded(
        world, world.stage.signed("founding.freeze/1", EXECUTIVE, {"edition": digest, "initiators": initiators}, TWO)
    )
    refused(world, "out-of-turn/unworkable-clause")


@pytest.mark.parametrize(
    "days",
    ["2个30日", "30+30日", "数十日", "30日乘二", "1月30日", "30日 0日"],
)
def test_a_numeral_beside_a_number_makes_it_another(days: str) -> None:
    """Article 21: two times thirty days are not thirty."""
    words = f"并在生效后的{days}内{PUBLISHED}"
    assert "left-out" in why(forged(seed_with("30日内", f"{days}内"), (WITHIN, "21", words)), WITHIN)


@pytest.mark.parametrize("days", ["30天半", "四周半"])
def test_half_a_day_is_no_number_of_days(days: str) -> None:
    """It is not read, so that nothing is carried out by it."""
    words = f"并在生效后的{days}内{PUBLISHED}"
    assert "beyond" in why(forged(seed_with("30日内", f"{days}内"), (WITHIN, "21", words)), WITHIN)


def test_the_later_of_two_days_of_force_is_waited_for() -> None:
    """GY-26-01: whichever of two clauses is bound first."""
    later = "本公约自2027年1月1日起施行"
    text = seed_with("起施行。", f"起施行。{later}。")
    world = Alliance(
        members=3, initiators=2, text=forged(text, (FORCE, "26", "本公约自公布之日起施行"), (FORCE, "26", later))
    ).adopted()
    with world.on("2026-12-31").refused("GY-26-01", enough="2027-01-01"):
        world.publish()


def test_an_effect_that_another_sentence_asks_for_is_asked_for() -> None:
    """Article 18: 经查证属实 is bound, 以造成不良影响为限 stands in the next sentence and was called other matter."""
    text = seed_with("造成不良影响，经查证属实的", "经查证属实的").replace(
        "取消公约成员资格的处理。", "取消公约成员资格的处理。违反本公约的，处理以造成不良影响为条件。"
    )
    made = forged(text, ("sanction.conditions", "18", "经查证属实的"))
    said = [d for d in made.decisions if d.capability == "sanction.conditions" and "不良影响" in d.words]
    assert asks_for_an_effect(made) == bool(said)


QUORUMS = [
    "须有三分之二以上成员单位到席方可议事",
    "参会率须达三分之二",
    "赞否相加须逾全体成员单位之半",
    "须过半成员单位交卷",
]


@pytest.mark.parametrize("words", QUORUMS)
def test_a_number_that_no_reader_takes_for_anything_is_quoted(words: str) -> None:
    """A quorum in words of its own is not carried out, and `verify` says so."""
    text = forged(seed_with(END, f"{END}{words}。"), absent=(QUORUM,))
    found = besides(text.parts, text.chapters, text.bindings, text.decisions, authority_in(text))
    assert any(words in e.words for e in found)


def test_words_bound_first_do_not_hide_the_number_bound_second() -> None:
    """Article 24: 同意 is bound first, three quarters second; the vote is counted by three quarters, the notice by its days."""
    more = "附件须经四分之三以上成员单位同意"
    text = seed_with("附件公布实施。", f"附件公布实施。{more}。").replace(
        NOTIFIED, "并通知公约执行机构，提前三十日通知；"
    )
    made = forged(
        text,
        (CONSENT, "24", "经公约成员单位同意后"),
        (CONSENT, "24", more),
        (NOTICE, "23", "并通知公约执行机构"),
        (NOTICE, "23", "提前三十日通知"),
    )
    load(to_data(made))
    meaning = Meaning(made, "sha256:" + "00" * 32, {})
    assert meaning.consent(annex=True).text == "3/4"
    assert meaning.notice is not None and meaning.notice.n == 30


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("自2027年1月1日前施行", False), ("2027年1月1日以前施行", False), ("自2027年1月1日之前施行", False), ("不迟于2027年1月1日施行", False),
        ("最迟在2027年1月1日施行", False), ("至迟2027年1月施行", False), ("自2027年前施行", False), ("自二〇二七年一月一日前施行", False),
        ("自2027年1月1日起施行", True), ("不早于2027年1月1日施行", True), ("自2027年1月1日施行", True), ("自2027年1月起施行", True),
    ],
)  # fmt: skip
def test_a_date_by_which_it_is_in_force_is_no_day_to_wait_for(words: str, stands: bool) -> None:
    """Dates are read as the first day: 2027年1月1日前 would be no earlier than the text's last."""
    assert (
        "beyond" not in why(forged(seed_with("自公布之日起施行", words), (FORCE, "26", f"本公约{words}")), FORCE)
    ) is stands


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("经公约发起单位全体员工签字", False), ("经公约发起单位每一名职工签字", False), ("经公约发起单位过半数员工签字", False),
        ("经公约发起单位员工逐一签字", False),
        ("经公约发起单位法定代表人及全体股东签字", False), (SIGNED, True), ("经公约发起单位员工代表签字", True), ("经公约发起单位盖章", True),
    ],
)  # fmt: skip
def test_the_people_of_a_unit_do_not_sign_for_it(words: str, stands: bool) -> None:
    """One signature of each unit is kept, and of nobody else's."""
    assert (
        "beyond" not in why(forged(seed_with(SIGNED, words), ("founding.signature", "21", words)), "founding.signature")
    ) is stands


HALF = "经半数以上参加表决的成员单位同意"


@pytest.mark.parametrize(
    ("words", "behind", "stands"),
    [
        (f"{HALF}，同票时会长决定", "", False), (HALF, "同票时由会长决定。", False), (HALF, "可否同数时，取决于会长。", False),
        (HALF, "选举会长时同票的，抽签决定。", True),
        ("经全体成员单位半数以上同意", "同票时由会长决定。", False), ("经全体成员单位过半数同意", "同票时由会长决定。", True),
        (HALF, "", True), ("经过半数参加表决的成员单位同意", "同票时由会长决定。", True),
        (f"{ADOPTED}，执行机构也可以径行修改", "", False), (f"{ADOPTED}，执行机构可以不经表决对公约作出必要的修改", "", False),
        (f"{ADOPTED}，会费标准由执行机构自行调整", "", True), (f"{ADOPTED}，执行机构不得自行修改", "", True),
    ],
)  # fmt: skip
def test_who_decides_or_changes_alone_stands_beside_no_share(words: str, behind: str, stands: bool) -> None:
    """A tie is half: where half is enough the change would be adopted although the text leaves it to somebody."""
    share = words.partition("，")[0]
    text = seed_with(ADOPTED, words).replace(END, END + behind)
    assert ("left-out" not in why(forged(text, (ADOPTION, "22", share)), ADOPTION)) is stands


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        ("同票时由会长决定。", "“同票时由会长决定”不据以执行：没有达到份额的就没有通过"),
        ("执行机构可以径行修改本公约。", "“径行修改”不据以执行：修改都须提议并经表决"),
        ("本公约可以无须表决随时修改。", "“无须表决随时修改”不据以执行：修改都须提议并经表决"), ("执行机构不得径行修改本公约。", ""),
        ("执行机构可以自行修改会费标准。", ""),
    ],
)  # fmt: skip
def test_what_somebody_decides_alone_elsewhere_is_on_the_sheet(behind: str, said: str) -> None:
    """Two thirds of all are never a tie: nothing passes that the text keeps from passing, and everybody is told what does not."""
    text = forged(seed_with(END, END + behind))
    assert [e.zh for e in otherwise(text.parts, text.bindings) if "不据以执行" in e.zh] == [said] * bool(said)
