"""Words put in among those that are bound, and words bound for reading alone over what a rule would have to go by: all are quoted.

Each verified with exit 0, and nobody was told: the clause was carried out as if the words did not stand there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from attacks.forcing import verified
from attacks.test_forged_editions import ADOPTED, ADOPTION, END, FORCE, SIGNATURE, forged, seed, seed_with, why
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import bind
from gongyue.covenant.binding.said_besides import besides
from gongyue.covenant.binding.sheet import otherwise, sheet_of
from gongyue.covenant.binding.words_inside import LONGEST, MOST_NAMES, known, names_in, unknown
from gongyue.covenant.edition import Edition
from gongyue.covenant.edition_json import load, to_data
from gongyue.covenant.shares import authority_in
from gongyue.covenant.text import Part
from gongyue.governance.absences import left_of
from support.alliance import Alliance

TEXTS = Path(__file__).parents[1] / "covenant" / "texts"
SIGNED, APPROVED = "本公约经公约发起单位法定代表人或其委托的代表签字", "并经由主管部门批准后生效"
IN_FORCE, INTERPRETED = "本公约自公布之日起施行", "本公约由中关村大数据产业联盟负责解释"
APPROVAL, AUTHORITY, WITHIN = "founding.approval", "interpretation.authority", "publication.within"
PUBLISHED = "并在生效后的30日内由中关村大数据产业联盟向社会公布"
INSIDE = [
    (SIGNED, "本公约经公约发起单位法定代表人在公证员面前签字", SIGNATURE, "21", "在公证员面前"),
    (SIGNED, "本公约经公约发起单位及其上级公司法定代表人签字", SIGNATURE, "21", "及其上级公司"),
    (APPROVED, "并经由主管部门口头批准后生效", APPROVAL, "21", "口头"),
    (APPROVED, "并经由主管部门会同公安机关批准后生效", APPROVAL, "21", "会同公安"),
    (IN_FORCE, "本公约除第三章外自公布之日起施行", FORCE, "26", "除第三章外"),
    (IN_FORCE, "本公约自公布之日起分批施行", FORCE, "26", "起分批"),
    (INTERPRETED, "本公约第一章由中关村大数据产业联盟负责解释", AUTHORITY, "25", "第一章"),
    (ADOPTED, "经三分之二以上成员单位当场举手同意", ADOPTION, "22", "当场举手"),
    (PUBLISHED, "并在生效后的30日内或者更晚由中关村大数据产业联盟向社会公布", WITHIN, "21", "或者更晚由"),
    ("也可以退出本公约", "也可以凭判决书退出本公约", "membership.withdrawal", "23", "凭判决书"),
    ("经公约成员单位同意后", "经公约成员单位的竞争对手同意后", "annex.consent", "24", "的竞争对手"),
    ("并将调查结果向全体成员单位公布", "并将调查结果的标题向全体成员单位公布", "result.publish", "17", "的标题向"),
]  # fmt: skip


def told(text: Edition) -> list[str]:
    """What is said of words inside."""
    return [e.zh for e in otherwise(text.parts, text.bindings) if "软件不认得" in e.zh]


@pytest.mark.parametrize(("old", "new", "name", "at", "words"), INSIDE)
def test_words_put_in_among_bound_ones_are_quoted(old: str, new: str, name: str, at: str, words: str) -> None:
    """Whatever they are: what is known is listed, and nothing else is."""
    text = forged(seed_with(old, new), (name, at, new))
    load(to_data(text))
    assert any(words in zh for zh in told(text))
    assert told(forged(seed_with(old, old), (name, at, old))) == []


OTHERS = [
    (SIGNED, "本公约经公约发起单位的会员单位签字", SIGNATURE, "21", True), (SIGNED, "本公约经公约发起单位及会员单位签字", SIGNATURE, "21", True),
    (APPROVED, "并经由主管部门许可的机构批准后生效", APPROVAL, "21", True), (SIGNED, "本公约经公约发起单位授权的代表签字", SIGNATURE, "21", False),
    ("均可以申请加入本公约", "均可以向会员申请加入本公约", "membership.application", "23", True),
    ("均可以申请加入本公约", "均可以向秘书处申请加入本公约", "membership.application", "23", False),
    (ADOPTED, "经三分之二以上成员单位“同意”", ADOPTION, "22", True), (ADOPTED, "经三分之二以上成员单位书面同意", ADOPTION, "22", False),
    (IN_FORCE, "本公约自投票公布之日起施行", FORCE, "26", True), (IN_FORCE, "本公约自向社会公布之日起施行", FORCE, "26", False),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "name", "at", "quoted"), OTHERS)
def test_known_words_that_make_it_somebody_else_are_quoted(
    old: str, new: str, name: str, at: str, quoted: bool
) -> None:
    """Signed by an initiator's members, approved by whom the authority licenses, 同意 in quotation marks, force from another event."""
    text = forged(seed_with(old, new), (name, at, new))
    more = besides(text.parts, text.chapters, text.bindings, text.decisions, authority_in(text))
    assert (bool(told(text)) or any(e.capability == FORCE for e in more)) is quoted


@pytest.mark.parametrize(
    ("said", "quoted"), [("，其权可转托他人", True), ("，任期届满为止", True), ("，每年总结工作", False)]
)
def test_an_office_that_may_be_handed_on_is_told(said: str, quoted: bool) -> None:
    """Beside who carries the text out; what it does otherwise is for reading."""
    old = "第五条 中关村大数据产业联盟作为本公约的执行机构"
    assert any(said.strip("，") in e.words for e in left_of(forged(seed_with(old, old + said)))) is quoted


ADVISED = [
    (ADOPTED, f"宜{ADOPTED}", ADOPTION, "22"), (IN_FORCE, "本公约可以自公布之日起施行", FORCE, "26"),
    (SIGNED, "本公约拟由公约发起单位法定代表人签字", SIGNATURE, "21"), (APPROVED, "并最好经由主管部门批准后生效", APPROVAL, "21"),
    (PUBLISHED, "并尽量在生效后的30日内由中关村大数据产业联盟向社会公布", WITHIN, "21"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "name", "at"), ADVISED)
def test_what_is_only_advised_is_said_to_be_carried_out_as_asked(old: str, new: str, name: str, at: str) -> None:
    """宜, 拟, 可以, 最好, 尽量: stricter than the text, and said so; where a text lets somebody do something 可以 is no advice."""
    assert any("只是建议、可以的，照必须执行" in zh for zh in told(forged(seed_with(old, new), (name, at, new))))
    assert not any("只是建议" in zh for zh in told(seed()))


@pytest.mark.parametrize(
    ("name", "count"),
    [("云集平台公约.txt", 3), ("智谱林自律倡议.txt", 1), ("松果开源社区治理.md", 2), ("海燕协会章程.txt", 0), ("港灣章程.txt", 0),
    ("湖畔公约.txt", 0), ("竹苑业主规约.txt", 1), ("青禾读书会章程.txt", 0)],
)  # fmt: skip
def test_of_an_honest_sample_so_much_is_quoted(name: str, count: int) -> None:
    """Whoever binds is asked about few words that mean nothing else."""
    assert len(told(forged((TEXTS / name).read_text("utf-8")))) == count


def test_of_the_covenant_itself_nothing_is_quoted() -> None:
    """Its own bound words are all known."""
    assert told(seed()) == []


def test_verify_and_the_sheet_quote_them() -> None:
    """Exit 0; what is bound stays among what is carried out."""
    new = "本公约经公约发起单位法定代表人在公证员面前签字"
    text = forged(seed_with(SIGNED, new), (SIGNATURE, "21", new))
    report = verified(Alliance(members=3, initiators=2, text=text).published())
    assert report.code == 0 and any("“人在公证员面前”" in s.zh or "“在公证员面前”" in s.zh for s in report.absent)
    sheet = sheet_of(text.parts, text.bindings, text.decisions, text.absent, faults=())
    assert any("在公证员面前" in e.zh for e in sheet.beyond)
    assert any(e.capability == SIGNATURE and e.words == new for e in sheet.carried_out)


def test_a_name_that_stands_for_nobody_stays_unknown() -> None:
    """以下简称 names bodies: a condition that is given a short name, or a body that only the clause itself names, is quoted."""
    new = "本公约经公约发起单位法定代表人在公证员面前签字"
    short = seed_with(SIGNED, new).replace("第六条 自觉", "第六条 在公证员面前（以下简称“见证”）。自觉")
    assert any("在公证员面前" in zh for zh in told(forged(short, (SIGNATURE, "21", new))))
    court = seed_with(APPROVED, "并经由主管部门经法院批准后生效").replace(
        "第六条 自觉", "第六条 海淀法院（以下简称“法院”）。自觉"
    )
    assert any("法院" in zh for zh in told(forged(court, (APPROVAL, "21", "并经由主管部门经法院批准后生效"))))
    chair = "中关村大数据产业联盟轮值主席作为本公约的执行机构"
    text = forged(
        seed_with("第五条 中关村大数据产业联盟作为本公约的执行机构", f"第五条 {chair}"),
        ("office.executive", "5", chair),
    )
    assert any("轮值主席" in zh for zh in told(text))
    assert "中关村大数据产业联盟" in names_in(seed().parts, seed().bindings)


def test_every_stretch_of_long_words_is_quoted_and_so_is_the_cut() -> None:
    """No number of words tires who reads them, and none is hidden behind others."""
    many = "签字".join(f"用{c}笔" for c in "红黄蓝白黑青紫")
    part = Part("1", "第1条", None, f"本公约经发起单位{many}签字" + "签字" * LONGEST + "宣誓")
    found = unknown(bind(SIGNATURE, part, part.text), part)
    assert found[:7] == tuple(f"用{c}笔" for c in "红黄蓝白黑青紫") and found[-1].endswith("…")


def test_a_string_of_joining_words_keeps_nobody_waiting() -> None:
    """必须 over and over, and a word that joins nothing behind it: quoted at once."""
    string = "必须" * 500
    part = Part("1", "第1条", None, f"本公约经发起单位{string}甲签字")
    assert unknown(bind(SIGNATURE, part, part.text), part) == (f"{string}甲",)
    joined = Part("1", "第1条", None, f"本公约经发起单位{string}签字")
    assert unknown(bind(SIGNATURE, joined, joined.text), joined) == ()


def test_so_many_names_are_known_and_no_more() -> None:
    """A text made to tire its reader shortens a thousand bodies."""
    several = [
        Part("1", "第1条", None, "".join(f"湖区{c}公司（以下简称“湖{c}”）。" for c in chars)) for chars in ("甲乙", "")
    ]
    assert names_in(several, ()) == ("湖区甲公司", "湖甲", "湖区乙公司", "湖乙")
    many = Part("1", "第1条", None, "".join(f"湖区{n}号公司（以下简称“湖{n}”）。" for n in range(MOST_NAMES)))
    assert len(names_in([many], ())) == MOST_NAMES


def test_every_list_is_of_a_capability() -> None:
    """Of nothing else would anything be looked at."""
    assert set(known()) <= set(catalogue().capabilities)


# -- words bound for reading alone


@pytest.mark.parametrize(
    ("said", "bound", "quoted"),
    [
        ("总则的修改比照立法程序办理。", "总则的修改比照立法程序办理", True), ("前述份额按上一年度营业收入折合。", "前述份额按上一年度营业收入折合", True),
        ("鼓励成员单位加强合作交流。", "鼓励成员单位加强合作交流", False),
    ],
)  # fmt: skip
def test_a_sentence_bound_to_what_it_does_not_say_is_told(said: str, bound: str, quoted: bool) -> None:
    """Called a principle, it would be neither carried out nor listed."""
    text = forged(seed_with(END, END + said), ("conduct.other", "22", bound))
    assert any(said.strip("。") in e.words for e in left_of(text)) is quoted


def test_words_for_reading_hide_nothing_of_a_rule() -> None:
    """The condition is bound as a principle, the rest as the rule: the condition is the rest of its sentence."""
    new = f"{ADOPTED}并付清评审费"
    text = forged(seed_with(ADOPTED, new), (ADOPTION, "22", ADOPTED), ("conduct.other", "22", "并付清评审费"))
    assert why(text, ADOPTION) == set()
    assert any("并付清评审费" in e.zh for e in left_of(text))
