"""A share or a period stands without doubt only where known words say all of it; what was assumed a person answers before freezing."""

from __future__ import annotations

import random
import time

import pytest

from gongyue.covenant import assumed, draft_edition, numbers
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import questions
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.parser import outline, read
from support import pace

MEMBERS = ["会员", "成员单位", "会员单位", "业主", "社员", "签署单位", "村民", "股东"]
UNKNOWN = ["Committer", "Steering", "共建官", "园丁", "星火使者", "拓荒人士", "掌灯", "巡检员"]
CLAUSES = [
    "修改本公约须经{}三分之二以上同意。",
    "修改本公约须经三分之二以上{}同意。",
    "修改本公约须经全体{}三分之二以上同意。",
    "修改本公约须获得三分之二以上的{}赞成。",
    "经半数以上{}提议，可以修改本公约。",
    "本公约经{}的四分之三以上通过方可修改。",
    "修改本公约须经出席会议的{}三分之二以上同意。",
    "修改本公约须经参加表决的{}过半数通过。",
]


def told(text: str, heading: str = "") -> list[str]:
    """Why each number in doubt is."""
    return [zh for _, zh, _ in assumed.doubts(text, heading)]


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("members", MEMBERS)
def test_a_noun_known_for_the_members_raises_no_doubt(clause: str, members: str) -> None:
    """Plain words drown nobody."""
    assert told(clause.format(members)) == []


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("noun", UNKNOWN)
def test_an_unknown_noun_in_its_place_is_a_doubt(clause: str, noun: str) -> None:
    """Whatever it is, and nowhere is it taken for the members."""
    assert told(clause.format(noun))


@pytest.mark.parametrize("clause", CLAUSES)
def test_random_words_in_the_place_of_the_members_are_a_doubt(clause: str) -> None:
    """Sixty nouns that nobody has written yet: two or three characters that make no known word."""
    by = random.Random(clause)
    for _ in range(60):
        noun = "".join(by.sample("岚砚棠蓟鲸榆柚麓渡筠茸霁钰萤", by.choice((2, 3))))
        stated = [n for n in numbers.read(clause.format(noun)) if n.kind == "share"]
        assert told(clause.format(noun)) or not stated, noun


@pytest.mark.parametrize(
    ("text", "how_many"),
    [
        ("修改本公约须经三分之二以上同意。", 1),  # nobody is named
        ("修改本公约须经会员大会三分之二以上通过。", 1),  # of those present or of all: the assembly does not say
        ("SIG 会议须有三分之二以上成员出席。", 1),  # whose members
        ("修改本公约须经三分之二以上成员同意。", 0),
        ("应有半数以上会员出席，三分之二以上同意方可修改。", 0),  # a known noun in the other clause
        ("应有半数以上掌灯出席，三分之二以上同意方可修改。", 2),
        ("经星火会议三分之二以上成员同意。", 1),  # some meeting's members
        ("经会员大会三分之二以上会员同意。", 0),
        ("章程修改需 2/3 多数。", 1),  # a share or no share
        ("会费的 2/3 用于活动。", 0),
        ("须经会员投票通过（>2/3）。", 1),  # a sign is no word
        ("修改本公约须经会员半数同意。", 1),  # whether half itself is enough
        ("修改本公约须经会员半数以上同意。", 0),
        ("修改本公约须经过半数会员同意。", 0),
        ("修改本公约须经全体管理员和半数以上成员同意。", 1),
    ],
)
def test_what_is_assumed_is_a_doubt(text: str, how_many: int) -> None:
    """Each default there is."""
    assert len(told(text)) == how_many


MEET = [
    "{}须有三分之二以上成员出席。",
    "{}会议须有三分之二以上成员出席，方可作出决议。",
    "{}的决议须经三分之二以上成员同意。",
    "{}每月开会一次，决议须经过半数成员同意。",
    "{}每月开会一次。决议须经过半数成员同意。",
    "{}以三分之二以上成员同意作出决定。",
    "{}由七名成员组成，须有三分之二以上成员出席。",
    "修改本公约，须经{}全体成员三分之二以上同意。",
]


@pytest.mark.parametrize("clause", MEET)
def test_members_in_a_clause_about_a_body_nobody_knows_are_a_doubt(clause: str) -> None:
    """Whatever it is called: sixty names of two or three characters, with the ends that bodies' names have or none."""
    by = random.Random(clause)
    for _ in range(60):
        noun = "".join(by.sample("岚砚棠蓟鲸榆柚麓渡筠茸霁钰萤", by.choice((2, 3)))) + by.choice(
            ["", "会", "堂", "组", "台"]
        )
        stated = [n for n in numbers.read(clause.format(noun)) if n.kind == "share" and n.base in assumed.BASES]
        assert told(clause.format(noun)) or not stated, noun


@pytest.mark.parametrize("piece", ["单位", "一", "全体", "代表", "（", "会", "的", "一、", "__"])
def test_a_sentence_made_to_tire_its_reader_is_read_at_once(piece: str) -> None:
    """Fifty times words that are known, before each of a hundred shares."""
    text = f"{piece * 50}须有三分之二以上成员出席，{piece * 50}的决议须经三分之二以上成员同意。" * 50
    started = time.process_time()
    list(assumed.doubts(text))
    assert pace.seconds_since(started) < 2


@pytest.mark.parametrize(
    "text",
    [
        "会员大会须有三分之二以上成员出席。",
        "成员大会每年召开一次，须有半数以上成员出席。",
        "全体会议须有过半数成员出席。",
        "联盟会议须有过半数成员出席。",
        "本公约的修改须经三分之二以上成员同意。",
        "会费标准须经三分之二以上成员同意。",
        "接纳新成员，须经三分之二以上成员同意。",
        "重大事项须经出席会议的成员三分之二以上同意。",
        "公约执行机构提议，并经三分之二以上成员同意，可以修改。",
        "成员大会须有过半数成员出席，才能举行。其决议须经出席成员三分之二以上同意。",
    ],
)
def test_members_of_the_text_itself_are_none(text: str) -> None:
    """Its assembly, itself, and what is put to the vote: doubts stay rare."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本公约通过后十五日内公布，五个工作日内报备。", ["日历日"]),
        ("十五日内公布。本公约所称日均指工作日。", ["日历日"]),
        ("通过后十五日内公布。", []),
        ("十五个自然日内公布，五个工作日内报备。", []),
        ("两周内公布，五个工作日内报备。", []),
        ("三月内公布。", ["月份"]),
        ("三个月内公布。", []),
        ("通过的当月十日内公布。", ["该月的某日"]),
        ("有效期为两个会计年度。", ["会计年度"]),
        ("任期两年。", []),
        ("一个半月内公布。", ["十五日"]),
        ("半年内公布。", []),
        ("数日内公布。", ["多少"]),
        ("若干个工作日内公布。", ["多少"]),
        ("任期为年，可以连任。", ["多少"]),
        ("任期__年，可以连任。", ["多少"]),
        ("通过后年内公布。", ["多少"]),
        ("任期一届。", ["一届多长"]),
        ("任期一届，每届三年。", []),
        ("连任不得超过两届。", []),
    ],
)
def test_a_unit_or_a_kind_that_was_assumed_is_a_doubt(text: str, said: list[str]) -> None:
    """Days where there are working days, a month's name, the tenth of a month, business years; no number, no length."""
    assert [any(one in zh for zh in told(text)) for one in said] == [True] * len(said)
    assert len(told(text)) == len(said), told(text)


def test_members_below_a_bodys_heading_may_be_its_own() -> None:
    """成员 of a technical committee; 会员 stay those of the text."""
    assert told("须经三分之二以上成员同意。", "技术委员会委员")
    assert told("须经三分之二以上会员同意。", "技术委员会委员") == []


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("收到通知之日起十五日内答复。", False),
        ("收到通知\n之日起十五日内答复，逾期视为同意，并由秘书处记录在案。", True),
        (
            "任何人收到秘书处发出的书面通知\n十五日内答复，逾期视为同意，并由秘书处记录在案，且在公约网站上予以公布。",
            True,
        ),
        ("（收到通知）之日起十五日内答复。", True),
        ("秘书处公布名单（收到申请之日起十五日内）。", False),
        ("收到（书面申请之日起十五日内）答复。", True),
        ("收到申请之日起|十五日内答复。", True),
    ],
)
def test_a_start_taken_from_beyond_its_own_clause_is_a_doubt(text: str, doubted: bool) -> None:
    """Another line, cell or bracket."""
    assert any(n.start for n in numbers.read(text)) or not doubted
    assert bool(told(text)) is doubted


COVENANT = "小公约\n第一条 秘书处作为本公约的执行机构。\n第二条 修改本公约须经{}三分之二以上同意。\n第三条 本公约自公布之日起施行。\n"


def _drafted(noun: str) -> binding_draft.Drafting:
    return binding_draft.begin(COVENANT.format(noun).encode(), "小公约.txt")


def test_a_doubt_is_asked_first_and_freezing_refuses_until_it_is_answered() -> None:
    """With its line, its sentence and the base that was assumed, in both languages."""
    assert not [q for q in questions.questions(_drafted("会员")) if q.kind == "assumed"]
    d = _drafted("掌灯")
    question = questions.next_question(d)
    assert question is not None and (question.id, question.kind, question.at) == ("assumed:3", "assumed", "2")
    assert question.words == "修改本公约须经掌灯三分之二以上同意。" and question.choices == ("as-read", "not-so")
    assert "全体名册" in question.zh and "the whole roll" in question.en
    assert "doubt" in {f.why for f in d.faults}
    with pytest.raises(BadEdition, match="以全体名册计"):
        draft_edition.edition_of(d)
    done = d.resolve(3, AS_READ)
    assert done.doubts == () and draft_edition.edition_of(done).parts
    kept, _ = binding_draft.resume(COVENANT.format("掌灯").encode(), "小公约.txt", done.draft)
    assert kept.doubts == ()


def test_what_is_not_so_is_bound_to_nothing() -> None:
    """Whoever says that it is not meant so cannot bind the number, nor is it proposed; what was bound before holds no more until it is taken back."""
    denied = _drafted("掌灯").resolve(3, NOT_SO)
    for bound in (
        lambda: denied.bind("amendment.adoption", "经掌灯三分之二以上同意"),
        lambda: denied.accept("amendment.adoption"),
    ):
        with pytest.raises(BadBinding, match="不是所读的意思，其中的数不能绑定"):
            bound()
    assert questions.of_capability(denied, "amendment.adoption").proposal is None
    d = _drafted("掌灯").bind("amendment.adoption", "经掌灯三分之二以上同意").resolve(3, NOT_SO)
    assert [(f.why, f.capability) for f in d.conflicts if f.why == "assumed"] == [("assumed", "amendment.adoption")]
    with pytest.raises(BadEdition, match="不是所读的意思"):
        draft_edition.edition_of(d)  # nor is it written as an edition that could be imported
    assert "assumed" not in {f.why for f in d.resolve(3, AS_READ).conflicts}
    assert "assumed" not in {f.why for f in d.drop("amendment.adoption").conflicts}


def test_only_a_line_in_doubt_is_answered() -> None:
    """And its numbers only where they are what is in doubt."""
    with pytest.raises(BadBinding, match="没有存疑"):
        _drafted("掌灯").resolve(2, AS_READ)
    broken = COVENANT.replace("第三条", "第五条").format("会员").encode()
    d = binding_draft.begin(broken, "小公约.txt")
    (doubt,) = d.doubts
    with pytest.raises(BadBinding, match="数没有存疑"):
        d.resolve(doubt.line, AS_READ)


def test_a_line_with_both_doubts_keeps_both_answers() -> None:
    """Its number as a heading, and what was assumed of the number in it."""
    text = "小公约\n第一条 秘书处执行本公约。\n第四条 修改本公约须经掌灯三分之二以上同意。\n第五条 本公约自公布之日起施行。\n"
    d = binding_draft.begin(text.encode(), "小公约.txt")
    d = d.resolve(3, AS_READ).resolve(3, "4")
    assert [(r.line, r.at) for r in d.draft.resolved] == [(3, AS_READ), (3, "4")]
    assert not [x for x in d.doubts if x.line == 3] and "4" in d.read.parts


def test_reading_shows_what_was_assumed() -> None:
    """With its article; a text without articles by its line."""
    found = read(COVENANT.format("掌灯").encode(), "小公约.txt")
    assert [(o.article, o.words) for o in found.oddities if "全体名册" in o.why] == [
        (2, "修改本公约须经掌灯三分之二以上同意。")
    ]
    text = "# 小公约\n\n## 成员\n\n任何人可以加入。\n\n## 修改\n\n修改须经园丁三分之二以上同意。\n\n公布后生效。\n"
    assert [(d.line, d.words) for d in outline(text.encode(), "x.md").assumed] == [
        (9, "修改须经园丁三分之二以上同意。")
    ]


def test_lists_that_may_run_together_are_a_doubt_where_they_state_numbers() -> None:
    """Items without marks and stops, read as one sentence: whoever founds says whether that is so."""
    text = (
        "# 小公约\n\n## 会议\n\n会议规则如下：\n\n- 任何会员都可以在会议上提出自己的议案\n- 重大变更需要三分之二以上会员投票通过\n\n"
        "## 施行\n\n本公约自公布之日起施行。\n"
    )
    (doubt,) = outline(text.encode(), "x.md").assumed
    assert doubt.line == 8 and "连成一句" in doubt.why
