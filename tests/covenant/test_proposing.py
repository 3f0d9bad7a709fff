"""What is proposed says what the capability means: the object and the subject of its words, whole lists, traditional characters."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.questions import of_capability, questions
from gongyue.covenant.binding.records import BadBinding, Binding, bind
from gongyue.covenant.text import Part

EXECUTIVE, FORCE = "秘书处为本公约的执行机构。", "本公约自公布之日起施行。"


def draft(*clauses: str) -> Drafting:
    """A draft on these articles, with one on who carries them out before and one on force behind."""
    lines = [EXECUTIVE, *clauses, FORCE]
    text = "\n".join(["邻里公约", *(f"第{n}条 {line}" for n, line in zip("一二三四五六七八九", lines, strict=False))])
    return binding_draft.begin(text.encode(), "公约.txt")


def proposed(capability: str, *clauses: str) -> Binding | None:
    """What is proposed for a capability."""
    return draft(*clauses).read.proposals.get(capability)


APART = [
    ("amendment.adoption", "修改本公约，由秘书处或者五分之一以上的会员联名提出，报会员大会表决。"),
    ("amendment.adoption", "十分之一以上会员可以请求召开会员大会，就修改本公约进行审议。"),
    ("founding.signature", "签署单位退出本公约的，应当告知秘书处。"),
    ("founding.in_force", "会员退出本公约，自通知到达秘书处满三十日起生效。"),
    ("founding.effect", "会员违反本公约的处理决定自送达之日起生效。"),
    ("membership.invitation", "签署单位鼓励用户指出违反本公约的行为。"),
    ("publication.covenant", "秘书处每年就本公约的执行发布一份报告。"),
    ("publication.covenant", "本公约的执行情况应当予以公布。"),
    ("report.file", "会员单位应当设立投诉电话，处理用户对其违约行为的投诉事项。"),
    ("oversight.complaint", "任何人可以向秘书处举报会员的违约行为。"),
    ("bulletin.issue", "会员单位未经用户同意，不得对外提供用户的信息。"),
    ("membership.practitioner", "会员有下列情形之一的，中止会员资格：（一）拖欠会费的；（二）违反本公约的。"),
    ("membership.practitioner", "严重违反本公约的会员，经理事会表决，其会员资格予以中止。"),
    ("membership.practitioner", "会员不再具备会员资格的，应当告知秘书处。"),
    ("founding.covenant", "本会的业务：制定行业自律公约，规范会员行为。"),
    ("founding.approval", "主管部门可以就本公约的执行采取措施。"),
    ("founding.approval", "本公约报主管部门备案。"),
    ("publication.covenant", "退出本公约的会员应当告知秘书处，由秘书处予以公告。"),
    ("society.supervision", "会员应当接受审计机关对本会用户资金的监督。"),
    ("oversight.complaint", "秘书处应当对会员单位的经营进行监督，会员有申辩的权利。"),
    ("bulletin.issue", "会员单位应当及时向秘书处提供可对外发布的信息。"),
    ("bulletin.issue", "秘书处向社会提供会员的信息技术服务。"),
    ("vote.proxy", "理事应出席理事会议，监事应出席监事会议，理事会、监事会不得委托出席。"),
    ("vote.proxy", "委员会委员不得委托他人参加表决。"),
]
"""What has the words of a capability, whose object or subject is another."""


@pytest.mark.parametrize(("capability", "clause"), APART)
def test_words_with_another_object_or_subject_are_not_proposed(capability: str, clause: str) -> None:
    """Of the passage somebody decides; nothing of it is bound by pressing Enter."""
    d = draft(clause)
    assert any(p.capability == capability and p.at == "2" for p, _ in d.read.seen) or capability == "founding.effect"
    found = d.read.proposals.get(capability)
    assert found is None or found.at != "2"


TOGETHER = [
    ("amendment.adoption", "修改本公约，由五分之一以上的会员提出，经全体会员三分之二以上同意。", "经全体会员三分之二以上同意"),
    ("founding.signature", "本公约由发起的签署单位签字盖章。", "本公约由发起的签署单位签字盖章"),
    ("membership.invitation", "秘书处欢迎同行加入本公约。", "秘书处欢迎同行加入本公约"),
    ("publication.covenant", "本公约由秘书处在网站上公布。", "本公约由秘书处在网站上公布"),
    ("report.file", "会员发现违约行为，可以向秘书处投诉，秘书处为投诉人保密。", "可以向秘书处投诉"),
    ("oversight.complaint", "会员有权对秘书处的工作进行监督。", "会员有权对秘书处的工作进行监督"),
    ("bulletin.issue", "秘书处向会员传递法规信息。", "秘书处向会员传递法规信息"),
    ("membership.practitioner", "凡从事仓储的单位均可申请会员资格。", "凡从事仓储的单位均可申请会员资格"),
    ("founding.covenant", "仓储企业制定本行业自律公约。", "仓储企业制定本行业自律公约"),
    ("founding.approval", "本公约报主管部门审核。", "本公约报主管部门审核"),
    ("publication.covenant", "退出本公约的另行告知，本公约由秘书处公告。", "本公约由秘书处公告"),
    ("society.supervision", "会员接受登记机关、社会公众的监督。", "会员接受登记机关、社会公众的监督"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("会员严重违反本公约的，经理事会表决通过，予以除名。", "经理事会表决通过"),
        ("会员违反本公约的，经秘书处确认，本会取消其会员资格。", "经秘书处确认"),
        ("会员违反本公约的，由理事会予以除名。", "由理事会予以除名"),
        ("会员严重违反本公约，经理事会三分之二以上理事表决通过，予以除名。", "予以除名"),
    ],
)
def test_who_decides_a_sanction_is_proposed_not_what_is_decided(clause: str, words: str) -> None:
    """Unless a share of a body's own keeps that clause from being bound."""
    found = proposed("sanction.decider", clause)
    assert found is not None and found.words == words


@pytest.mark.parametrize(("capability", "clause", "words"), TOGETHER)
def test_the_words_are_proposed_where_they_mean_it(capability: str, clause: str, words: str) -> None:
    """Also beside what looks like it."""
    apart = [c for name, c in APART if name == capability]
    found = proposed(capability, *apart[:1], clause)
    assert found is not None and (found.at, found.words) == (str(2 + len(apart[:1])), words)


OBEYING = [
    "社员应当执行本社决议，维护本社权益。",
    "会员履行下列义务：（一）执行本会的决议；（二）按期缴纳会费。",
    "社员的义务：遵守本公约，执行本社决议。",
    "维护者由现任维护者三分之二以上同意产生。",
]


@pytest.mark.parametrize("clause", OBEYING)
def test_whoever_obeys_or_is_elected_executes_nothing(clause: str) -> None:
    """Resolutions that members carry out are a duty of theirs; of whom maintainers are elected says nothing of who executes."""
    text = f"邻里公约\n第一条 {clause}\n第二条 {FORCE}"
    assert "office.executive" not in binding_draft.begin(text.encode(), "公约.txt").read.proposals


@pytest.mark.parametrize(
    "clause", ["理事会执行会员大会的决议，会员应当配合。", "社长主持日常工作，社员应当执行本社决议。"]
)
def test_a_body_beside_members_that_obey_is_proposed(clause: str) -> None:
    """The duty of the members hides no body of the same sentence."""
    text = f"邻里公约\n第一条 {clause}\n第二条 {FORCE}"
    found = binding_draft.begin(text.encode(), "公约.txt").read.proposals.get("office.executive")
    assert found is not None and found.words == clause.partition("，")[0]


@pytest.mark.parametrize(
    "way", ["可以采用视频会议形式", "可以采用视频会议形式，出席的会员应当签到", "可以通讯方式出席"]
)
def test_how_a_meeting_is_held_is_no_presence(way: str) -> None:
    """视频会议 says where people meet and not that whoever casts a ballot is present: asked, nothing proposed."""
    d = draft(f"会员大会须有半数以上会员出席，{way}。", "修改本公约须经出席会员三分之二以上同意。").accept(
        "amendment.adoption"
    )
    asked = next(q for q in questions(d) if q.capability == "vote.presence")
    assert asked.proposal is None and {"bind", "presence", "absent"} <= set(asked.choices)


# -- the quorum


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        ("参加表决的会员不足全体会员三分之二的，表决无效。", "2/3"),
        ("投票的会员未达全体会员半数时，本次大会另行召集并重新召开。", "1/2"),
        ("参与表决的会员少于全体会员五分之三的，大会不得决议。", "3/5"),
        ("参加表决的缔约单位不足全体缔约单位半数的，表决无效。", "1/2"),
        ("投票的会员不足应当参加的会员总数的三分之二的，表决无效。", "2/3"),
    ],
)
def test_a_quorum_said_by_what_is_not_enough_is_asked_as_one(clause: str, value: str) -> None:
    """It has a question of its own, with its share of the whole roll, before anything else of the sentence is asked."""
    d = draft("修改本公约，须经参加表决的会员四分之三以上同意。" + clause)
    asked = next(q for q in questions(d) if q.capability == "vote.quorum")
    assert asked.kind == "capability" and "accept" in asked.choices
    assert [p.words for p in asked.passages] == [clause]
    assert asked.proposal is not None
    made = asked.proposal.binding
    assert (made.kind, made.value, made.base, made.inclusive) == ("share", value, "roll", True)
    names = [q.capability for q in questions(d)]
    assert names.index("vote.quorum") < names.index("amendment.adoption")  # whose sentence then counts with it
    adopted = d.read.proposals["amendment.adoption"]
    assert adopted.value == "3/4"


def test_an_absence_says_what_holds_where_the_text_says_nothing() -> None:
    """没有规定时 stands between the name and what holds: no quorum does not read as one."""
    d = draft("会员应当互助。")
    said = next(q.zh for q in questions(d) if q.id == "absence:vote.quorum")
    assert said == "本文没有关于法定人数的规定；没有规定时：投票的再少也算数。是否？"


# -- lists


@pytest.mark.parametrize(
    ("said", "inclusive"),
    [
        ("对决定不满意的会员过半数同意，可以修改本公约", False),
        ("未达到会费标准的成员单位过半数同意，可以修改本公约", False),
        ("同意的不足全体缔约单位半数的，不得修改本公约", True),
    ],
)
def test_more_than_half_of_those_who_fall_short_is_more_than_half(said: str, inclusive: bool) -> None:
    """过半数 leaves the half itself out, whatever somebody else in its clause falls short of."""
    part = Part("1", "第1条", None, f"{said}。")
    assert bind("amendment.adoption", part, said).inclusive is inclusive


def test_every_sanction_of_a_sentence_is_proposed() -> None:
    """Those of its later clauses too; what is no sanction is none of the items."""
    clause = "会员违反本公约的，由秘书处给予警告、通报批评；情节严重的，取消其会员资格，并告知全体会员。受处理的会员可以申诉。"
    found = proposed("sanction.list", clause)
    assert found is not None and found.items == ("警告", "通报批评", "取消其会员资格")
    assert found.words == "由秘书处给予警告、通报批评；情节严重的，取消其会员资格"


GIVEN = "会员违反本公约的，由秘书处给予警告、内部通报。"


@pytest.mark.parametrize(
    ("behind", "items"),
    [
        ("情节严重的，经理事会三分之二以上表决通过，取消会员资格。", ("警告", "内部通报", "取消会员资格")),
        ("情节严重的，予以公开谴责；拒不改正的，予以除名。会员可以申诉。", ("警告", "内部通报", "公开谴责", "除名")),
        ("\n情节严重的，予以除名。", ("警告", "内部通报", "除名")),
        ("会员对警告不服的，可以申诉。", ("警告", "内部通报")),
        ("受到警告的会员，暂停会员资格期间不得投票。", ("警告", "内部通报")),
        ("会员应当改正。情节严重的，予以除名。", ("警告", "内部通报")),  # not next to it: asked about by itself
    ],
)
def test_sanctions_that_follow_in_sentences_of_their_own_are_proposed_with_them(
    behind: str, items: tuple[str, ...]
) -> None:
    """For as long as each sentence imposes one; what only speaks of a sanction ends the list."""
    found = proposed("sanction.list", GIVEN + behind)
    assert found is not None and found.items == items


@pytest.mark.parametrize(
    ("said", "words", "items"),
    [
        ("由秘书处视情节给予警告、内部通报。情节严重的，经会员会议评议，公开通报或者取消会员资格。",
         "由秘书处视情节给予警告、内部通报。情节严重的，经会员会议评议，公开通报或者取消会员资格", ("警告", "内部通报", "公开通报", "取消会员资格")),
        ("由秘书处调查。情节严重的，予以公开通报或者取消会员资格。", "予以公开通报或者取消会员资格", ("公开通报", "取消会员资格")),
    ],
)  # fmt: skip
def test_a_list_begins_with_the_sentence_before_its_gravest(said: str, words: str, items: tuple[str, ...]) -> None:
    """For as long as each sentence imposes one; a sentence that imposes nothing is none of the list."""
    found = proposed("sanction.list", f"经查实违反本公约的，{said}")
    assert found is not None and (found.words, found.items) == (words, items)


@pytest.mark.parametrize(
    ("said", "is_proposed"),
    [
        ("理事会会议可以采用视频方式召开，理事以视频方式参加的，视为出席会议。", False),
        ("理事会会议可以采用视频方式召开。以视频方式参加的，视为出席会议。", False),
        ("理事会全体成员以通讯方式表决的，视为出席会议。", False),
        ("会员以通讯方式表决的，视为出席会议。", True),
        ("会员大会可以采用线上方式召开，投票的视为出席；理事会会议亦同。", True),
    ],
)
def test_how_a_board_meets_says_nothing_of_how_members_are_present(said: str, is_proposed: bool) -> None:
    """Of the passage somebody decides; a board's own sentence is not bound by pressing Enter."""
    d = draft(said)
    assert ("vote.presence" in d.read.proposals) is is_proposed
    assert any(p.capability == "vote.presence" for p, _ in d.read.seen)


def test_effect_by_signing_is_proposed_before_the_day_of_force() -> None:
    """签字后生效，自公布之日起施行: each capability gets its own clause."""
    d = draft("本公约由全体发起单位签字后生效，自公布之日起施行。")
    assert d.read.proposals["founding.effect"].words == "本公约由全体发起单位签字后生效"
    assert "施行" in d.read.proposals["founding.in_force"].words


def test_a_deadline_of_publication_is_no_force() -> None:
    """Where a text holds by signing and is published within a time, the clause on signing is proposed for force, not the deadline."""
    text = "邻里公约\n第一条 秘书处为本公约的执行机构。\n第二条 本公约经全体发起单位签字后生效，并在生效后十个工作日内公布。"
    made = binding_draft.begin(text.encode(), "公约.txt").read.proposals
    assert made["publication.within"].words == "并在生效后十个工作日内公布"
    assert made["founding.in_force"].words == made["founding.effect"].words == "本公约经全体发起单位签字后生效"


def test_sanctions_are_read_from_longer_words_that_somebody_binds() -> None:
    """As many as stand in them, in their order."""
    clause = "会员违反本公约的，给予警告或者通报批评；屡教不改的，予以除名。"
    d = draft(clause).bind("sanction.list", clause.rstrip("。"))
    bound = next(b for b in d.records.bindings if b.capability == "sanction.list")
    assert bound.items == ("警告", "通报批评", "除名")


# -- traditional characters


def test_a_text_in_traditional_characters_is_proposed_as_in_simplified_ones() -> None:
    """申請、決定、名冊、義務、申訴、除名、說明: the same capabilities, at the same places, in their own characters."""
    clauses = (
        "認同本公約的單位提出書面申請，經秘書處審查決定，成為會員單位。", "會員單位履行下列義務：守約；誠信；互助。",
        "秘書處每年公開會員單位的名冊。", "會員單位違反本公約的，給予警告、除名的處分。",
        "對處分決定不服的會員單位，可以在三十日內提出申訴。", "會員單位可以退出本公約，應當以書面通知，並說明理由。",
        "修改本公約，須經全體會員單位過半數同意。",
    )  # fmt: skip
    traditional, simplified = draft(*clauses).read.proposals, draft(*(fold(c) for c in clauses)).read.proposals
    assert {n: (b.at, b.nth, fold(b.words), b.value, tuple(map(fold, b.items))) for n, b in traditional.items()} == {
        n: (b.at, b.nth, b.words, b.value, b.items) for n, b in simplified.items()
    }
    expected = {"membership.application", "membership.decision", "publication.list", "conduct.duties", "appeal"}
    assert expected | {"membership.withdrawal", "membership.acceptance", "amendment.adoption"} <= traditional.keys()
    assert traditional["sanction.list"].items == ("警告", "除名")


def test_common_traditional_characters_fold() -> None:
    """Of these none stays as it is; one that is written alike in both does."""
    written = "祕書處說請決冊義務訴標準實際資訊檢舉條讓與徵餘爲説"
    assert fold(written) == "秘书处说请决册义务诉标准实际资讯检举条让与征余为说"
    assert fold("面利款") == "面利款"


def test_leaving_runs_from_the_arrival_of_the_notice() -> None:
    """自通知到达之日起三十日后生效 is part of what leaving takes: thirty days from receipt."""
    found = proposed(
        "membership.withdrawal_condition", "签署机构可以书面通知秘书处退出本公约，自通知到达之日起三十日后生效。"
    )
    assert found is not None
    assert (found.kind, found.value, found.unit, found.delay, found.start) == ("period", 30, "day", True, "receipt")
    assert found.words == "签署机构可以书面通知秘书处退出本公约，自通知到达之日起三十日后生效"


# -- what could not be frozen


def test_a_number_of_proposers_is_not_proposed_and_what_can_be_done_is_said() -> None:
    """The software counts shares: three households are shown, refused with both ways out, and never bound to be refused later."""
    d = draft("三家以上会员单位可以提议修改本公约。")
    asked = of_capability(d, "amendment.proposal")
    assert asked.proposal is None and "accept" not in asked.choices
    assert "按家数定（3）" in asked.refused_zh and "十分之一以上成员单位" in asked.refused_zh
    assert "a number of members (3)" in asked.refused_en
    for answer in (d.accept, lambda name: d.bind(name, "三家以上会员单位可以提议修改本公约")):
        with pytest.raises(BadBinding, match="按家数定"):
            answer("amendment.proposal")
    absent = d.declare_absent("amendment.proposal", "按家数定，由秘书处核对")
    assert "amendment.proposal" in absent.absences


def test_of_resolutions_the_one_that_can_be_counted_is_proposed() -> None:
    """A council's share stands where the reader looks, the assembly's in 其他决议…: the assembly's is proposed."""
    assembly = "成员大会须有三分之二以上的成员出席方能召开。其他决议须经到会成员半数以上表决通过方能生效。"
    made = proposed("vote.resolution", assembly, "理事会决议须经到会理事半数以上表决通过方能生效。")
    assert made and (made.at, made.base) == ("2", "present")


def test_what_a_decision_takes_to_count_is_no_force_of_the_text() -> None:
    """罢免…的决议须经…通过方能生效 says nothing of when the text takes effect; 制定和修改章程须经… does."""
    made = proposed("founding.in_force", "罢免理事与修改本公约的决议须经全体成员三分之二以上通过方能生效。")
    assert made and made.words == FORCE.rstrip("。")


def test_an_office_that_executes_and_keeps_house_is_the_executive_body() -> None:
    """日常执行与办事机构, not 执行大会的决议 among a council's powers."""
    text = "湖区章程\n第一条 理事会的职权是：\n（一）执行大会的决议；\n（二）起草草案。\n第二条 执委会是本会的日常执行与办事机构，实行执行长负责制。\n"
    d = binding_draft.begin((text + "第三条 本章程自公布之日起施行。\n").encode(), "x.txt")
    assert d.read.proposals["office.executive"].at == "2"


MILD = [
    (
        "会员违反本公约的，给予提醒谈话、约谈、警告、除名等处理。",
        "给予提醒谈话、约谈、警告、除名等处理",
        ("警告", "除名"),
    ),
    (
        "会员违反本公约，情节轻微的，给予提醒谈话；情节严重的，予以除名。",
        "给予提醒谈话；情节严重的，予以除名",
        ("除名",),
    ),
    (
        "会员违反本公约的，先行约谈。情节严重的，给予警告、除名。",
        "先行约谈。情节严重的，给予警告、除名",
        ("警告", "除名"),
    ),
    (
        "对违反本公约的会员，进行诫勉、责令改正，情节严重的予以除名。",
        "进行诫勉、责令改正，情节严重的予以除名",
        ("责令改正", "除名"),
    ),
]


@pytest.mark.parametrize(("clause", "words", "items"), MILD)
def test_what_is_milder_than_a_penalty_stands_in_the_proposal_and_is_named(
    clause: str, words: str, items: tuple[str, ...]
) -> None:
    """The words begin with it; it cannot be picked as an item, and the question says how it could be imposed."""
    d = draft(clause)
    question = of_capability(d, "sanction.list")
    assert question.proposal is not None
    assert (question.proposal.binding.words, question.proposal.binding.items) == (words, items)
    assert "不在各项之中，不能作出；要能作出，请把各种处理逐项写成（一）（二）" in question.proposal.zh


def test_what_is_listed_item_by_item_is_imposed_however_mild() -> None:
    """（一）提醒谈话 is an item of the article's own."""
    d = draft("会员违反本公约的，给予下列处理：\n（一）提醒谈话；\n（二）警告；\n（三）除名。")
    proposal = of_capability(d, "sanction.list").proposal
    assert proposal is not None and len(proposal.binding.items) == 3 and "不能作出" not in proposal.zh
    assert not [f for f in d.accept("sanction.list").faults if f.capability == "sanction.list"]


@pytest.mark.parametrize(
    ("clause", "words", "days"),
    [
        ("收到入会申请后，理事会应当在三十日内作出决定是否准予加入。", "理事会应当在三十日内作出决定是否准予加入", 30),
        ("会员大会可以讨论并决定是否接纳。", "会员大会可以讨论并决定是否接纳", ""),
        (
            "秘书处应当自收到申请之日起十五日内决定是否接纳其为会员。",
            "秘书处应当自收到申请之日起十五日内决定是否接纳其为会员",
            15,
        ),
    ],
)
def test_a_decision_on_joining_in_other_words_is_proposed_and_asked(clause: str, words: str, days: int | str) -> None:
    """No passage says so; the question is asked with a proposal, not as an absence."""
    d = draft(clause)
    (question,) = [q for q in questions(d) if q.capability == "membership.decision"]
    assert question.kind == "capability" and not question.passages
    assert {"accept", "absent"} <= set(question.choices)
    bound = d.accept("membership.decision").records.bindings[0]
    assert (bound.words, bound.value) == (words, days)
    assert [
        q for q in questions(d.declare_absent("membership.decision")) if q.capability == "membership.decision"
    ] == []


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("会员单位承诺：诚信经营，不做虚假宣传。", "会员单位承诺：诚信经营，不做虚假宣传"),
        ("各单位郑重承诺如下：\n（一）诚信经营；\n（二）不压价。", "各单位郑重承诺如下"),
        ("签约单位承诺不使用来源不明的数据。", "签约单位承诺不使用来源不明的数据"),
    ],
)
def test_promised_duties_are_proposed_and_asked(clause: str, words: str) -> None:
    """What members promise is a duty of theirs."""
    d = draft(clause)
    (question,) = [q for q in questions(d) if q.capability == "conduct.duties"]
    assert question.kind == "capability" and question.proposal is not None
    assert question.proposal.binding.words == words


@pytest.mark.parametrize(
    "clause",
    [
        "理事会决定是否同意延期。",
        "秘书处收到举报后决定是否受理。",
        "申请单位应当承诺遵守本公约。",
        "登记机关应当作出是否准予登记的决定。",
    ],
)
def test_other_decisions_and_promises_are_no_such_matters(clause: str) -> None:
    """They stay among the absences."""
    kinds = {q.capability: q.kind for q in questions(draft(clause))}
    assert (kinds["membership.decision"], kinds["conduct.duties"]) == ("absence", "absence")
