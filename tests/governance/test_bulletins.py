"""Bulletins: to every member in `d:members`, to society in the open book; guards, officers, corrections (articles 7, 13, 14, 18)."""

from __future__ import annotations

import msgspec
import pytest
from immutables import Map

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.covenant.parties import fictional_code
from gongyue.demo.simulated_office import document_of, seed_of, text_object
from gongyue.governance.bulletin import LONGEST, memberships
from gongyue.governance.dossier import MEMBERS
from gongyue.governance.institution import Institution
from gongyue.governance.registry import Event
from gongyue.governance.sheet import VALUES
from gongyue.office.facts.bulletins import of_party
from support.alliance import CASEWORKER, CLERK, FIRST, SECRETARY, SYSOP, TWO, Alliance, commitment_to
from support.bulletins import closed_case, issue, publish, result
from support.cases import ACCUSED, staffed
from support.dossiers import done as done_in
from support.dossiers import folded, signed
from support.editions import TEXT, edition_of

OPINION = commitment_to("法律意见")


def in_force() -> Alliance:
    """Five members, on 2026-05-06."""
    return Alliance(members=5, initiators=2).in_force().on("2026-05-06")


def test_news_of_self_regulation_is_not_called_discipline() -> None:
    """What article 14 calls 自律信息 tells how the industry keeps itself in order: nobody is disciplined by it."""
    assert VALUES["discipline"] == ("自律信息", "news of self-regulation")


def test_the_dossier_of_all_members_is_there_from_genesis_and_its_places_run_on() -> None:
    """Entry 1 is signed on nothing; the second on the first; a bulletin opens no dossier of its own."""
    world = in_force()
    first = signed(
        world, "bulletin.issue/1", "", {"kind": "regulations", "audience": "internal", "text": OPINION}, CLERK
    )
    assert first.act["on"] == {"digest": "sha256:" + "0" * 64, "dossier": MEMBERS, "n": 0}
    issue(world, "第一件")
    issue(world, "第二", kind="policy", audience="society")
    found = folded(world, MEMBERS)
    assert (found.id, found.kind, found.parties, found.n) == (MEMBERS, "members", (), 2)
    assert [(n, one.kind, one.audience) for n, one in sorted(found.issued.items())] == [
        (1, "discipline", "internal"), (2, "policy", "society"),
    ]  # fmt: skip


def test_only_the_first_bulletin_is_signed_on_nothing() -> None:
    """Signed when there was none, handed in when there is one: dossier-unseen; signed on the first, it arrives third: taken."""
    world = in_force()
    commitment, document = document_of("第三")
    body = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": None, "review": None}
    early = world.stage.signed("bulletin.issue/1", "exec", body, [CLERK], [document])
    issue(world, "第一件")
    with world.out_of_turn("dossier-unseen", n=2, on=0):
        world.stage.office.handle(early)
    later = world.stage.signed("bulletin.issue/1", "exec", body, [CLERK], [document])
    issue(world, "第二件")
    world.stage.office.handle(later)
    assert folded(world, MEMBERS).n == 3


def test_nothing_else_is_done_in_the_dossier_of_all_members() -> None:
    """No note, no assignment: neither a unit nor the secretary."""
    world = in_force()
    issue(world)
    for type, body, who, actor in (
        ("dossier.note/1", {"complete": True}, FIRST, FIRST),
        ("dossier.order/1", {"what": "terminate", "ground": "moot", "reasons": OPINION}, SECRETARY, "exec"),
    ):
        act = None
        with world.out_of_turn("not-found" if actor == FIRST else "wrong-dossier"):
            act = signed(world, type, MEMBERS, body, who, actor=actor)
            world.stage.office.handle(act)


def test_the_text_of_a_bulletin_is_held_and_erased_in_its_dossier() -> None:
    """Held: GY-20-02; lifted, and erased by a secretary with a system administrator; what only says so takes no bulletin's place."""
    world = in_force()
    issue(world, "第一")
    text = document_of("第一")[0]
    hold = {"docs": [text], "ground": "court", "lifted": False}
    erase = {"docs": [text], "ground": "unlawful"}
    done_in(world, "dossier.hold/1", MEMBERS, hold, *TWO)
    with world.out_of_turn("already"):
        done_in(world, "dossier.hold/1", MEMBERS, hold, *TWO)
    with world.refused("GY-20-02", documents=text):
        done_in(world, "dossier.erase/1", MEMBERS, erase, SECRETARY, SYSOP)
    with world.out_of_turn("not-found", what=f"{MEMBERS} 2"):
        issue(world, "第二", replaces=2)
    done_in(world, "dossier.hold/1", MEMBERS, hold | {"lifted": True}, *TWO)
    done_in(world, "dossier.erase/1", MEMBERS, erase, SECRETARY, SYSOP)
    issue(world, "第二", replaces=1)
    found = folded(world, MEMBERS)
    assert (found.n, found.held, found.erased, sorted(found.issued)) == (5, frozenset(), {text}, [1, 5])
    assert [one.n for one in of_party(world.inst, world.stage.office.store, FIRST, world.inst.today)] == [1, 5]


@pytest.mark.parametrize("signer", [CASEWORKER, SYSOP])
def test_another_officer_issues_none(signer: str) -> None:
    """GY-05-01: it is for a clerk; a secretary alone is none either."""
    with in_force().refused("GY-05-01"):
        issue(in_force(), "第一", signer)


def test_a_secretary_signs_beside_a_clerk_and_not_alone() -> None:
    """The secretary alone: GY-05-01, enough: clerk; both: taken."""
    world = in_force()
    with world.refused("GY-05-01", enough="clerk"):
        issue(world, "第一", SECRETARY)
    issue(world, "第一", *TWO)


def test_a_member_issues_none() -> None:
    """GY-05-01: acts of execution are the executive body's, whatever a unit signs; and it drafts none, for it is not its dossier."""
    world = in_force()
    commitment, document = document_of("第一")
    body = {"kind": "discipline", "audience": "internal", "text": commitment, "replaces": None, "review": None}
    with world.out_of_turn("not-found"):
        world.stage.do("bulletin.issue/1", FIRST, body, [FIRST], [document])
    lawful = world.stage.signed("bulletin.issue/1", "exec", body, [CLERK], [document])
    with world.refused("GY-05-01"):
        world.stage.office.handle(sign(SignedAct(lawful.act | {"actor": FIRST}, (), lawful.objects), seed_of(FIRST)))


def test_what_restores_a_reputation_takes_two_officers() -> None:
    """One: GY-05-02; two: taken."""
    world = staffed()
    result(world, closed_case(world))
    with world.refused("GY-05-02", enough=2):
        issue(world, "第二", CLERK, kind="rehabilitation", replaces=1)
    issue(world, "第二：单位2没有其事。", *TWO, kind="rehabilitation", replaces=1)


def test_07_e2_a_boycott_needs_a_lawyers_review_and_two_officers() -> None:
    """GY-07-01 names the words; with the opinion one officer is GY-05-02, two are enough; published the same."""
    text = "通报\n请各成员停止与其合作。"
    world = in_force()
    with world.refused("GY-07-01", found="停止与其合作"):
        issue(world, text)
    with world.refused("GY-05-02"):
        issue(world, text, review=OPINION)
    issue(world, text, *TWO, review=OPINION)
    with world.refused("GY-07-01", found="停止与其合作"):
        publish(world, text)
    publish(world, text, review=OPINION)


@pytest.mark.parametrize(
    "drawn",
    [
        "停 止 与 其 合 作",
        "停止\n与其合作",
        "停\u200b止与其合作",
        "停止　与其合作",
        "停·止·与·其·合·作",
        "停止——与其合作",
    ],
)
def test_07_no_phrase_hides_by_being_drawn_apart(drawn: str) -> None:
    """Blanks, a line end, a zero-width space, dots and dashes: GY-07-01 all the same."""
    world = in_force()
    for done in (issue, publish):
        with world.refused("GY-07-01", found="停止与其合作"):
            done(world, f"通报\n请各成员{drawn}。")


def test_a_text_says_what_it_shows() -> None:
    """A character that turns others round, or one that cannot be seen: bad-object, named."""
    world = in_force()
    for hidden, name in (("\u202e", "U+202E"), ("\u3164", "U+3164")):
        for done in (issue, publish):
            with world.out_of_turn("bad-object", why=name):
                done(world, f"通知{hidden}正文")


def test_13_e2_nobody_is_accused_by_name_but_in_a_result() -> None:
    """A unit's name and words that accuse: GY-13-01 names both; without the name, or as the result of a case, it is taken."""
    world = staffed()
    name = world.inst.units[ACCUSED].name
    for done in (issue, publish):
        with world.refused("GY-13-01", units=name, found="涉嫌 违约"):
            done(world, f"预警\n{name}涉嫌违约。", kind="warning")
        done(world, "预警\n有单位涉嫌违约。", kind="warning")
        done(world, f"动态\n{name}举办了培训。")
    result(world, closed_case(world), f"调查结果\n{name}违约属实。")


def test_18_08_a_circular_is_not_made_public() -> None:
    """A result to society: GY-18-08; a bulletin to all members is no result: malformed, for it has no link."""
    world = in_force()
    with world.out_of_turn("malformed"):
        issue(world, "调查结果", *TWO, kind="result")
    with world.refused("GY-18-08", audience="society"):
        publish(world, kind="result")


@pytest.mark.parametrize(
    ("kind", "audience", "signers", "lawful"),
    [
        ("rehabilitation", "internal", TWO, True),
        ("rehabilitation", "society", TWO, False),
        ("discipline", "internal", TWO, False),
    ],
)
def test_a_correction_is_as_prominent_as_what_it_corrects(
    kind: str, audience: str, signers: tuple[str, ...], lawful: bool
) -> None:
    """Of a result: by a rehabilitation for the same audience, or another result; else GY-14-06."""
    world = staffed()
    result(world, closed_case(world))
    if lawful:
        issue(world, "更正：单位2没有其事。", *signers, kind=kind, audience=audience, replaces=1)
        assert folded(world, MEMBERS).issued[1].replaced
        return
    with world.refused("GY-14-06", enough="result · internal · 2"):
        issue(world, "更正", *signers, kind=kind, audience=audience, replaces=1)


def test_a_correction_is_signed_by_as_many_officers() -> None:
    """By two, corrected by one: GY-14-06."""
    world = in_force()
    issue(world, "第一", *TWO)
    with world.refused("GY-14-06", enough="discipline · internal · 2", stated="discipline · internal · 1"):
        issue(world, "第二", replaces=1)


def test_what_is_corrected_stands_there_and_was_not_corrected() -> None:
    """Place 2 of one: dossier-unseen; corrected once: already; then what corrected it is corrected."""
    world = in_force()
    issue(world, "第一件")
    with world.out_of_turn("dossier-unseen", n=2, on=2):
        issue(world, "第二", replaces=2)
    issue(world, "第二", replaces=1)
    with world.out_of_turn("already"):
        issue(world, "第三", replaces=1)
    issue(world, "第三", replaces=2)


def test_a_rehabilitation_names_what_it_makes_good() -> None:
    """Without it: malformed, sealed and open."""
    world = in_force()
    for done in (issue, publish):
        with world.out_of_turn("malformed", why="replaces"):
            done(world, "恢复名誉", *TWO, kind="rehabilitation")


CODE = fictional_code(2)


@pytest.mark.parametrize(
    "said",
    [
        f"统一社会信用代码{CODE}的单位涉嫌违法。",
        f"代码 {CODE.lower()} 的单位涉嫌违法。",
        "u:0002 涉嫌违法。",
        "单位２涉嫌违法。",
        "单·位·2涉嫌违法。",
        "单位-2涉嫌违法。",
        "单位2涉・嫌・违・法。",
        "单位2被投訴，竊取數據。",
        "单位2受到內部批評。",
        "单位2曾受过处罚。",
        "单位2违背公约，被約談。",
        "单位2被警告，有不良影響。",
        "单位2被通报，贩卖数据，不诚信。",
    ],
)
def test_13_no_accusation_hides_whom_it_names_or_of_what(said: str) -> None:
    """By its code or id, in full-width digits, drawn apart, in traditional characters: GY-13-01, to members and to society."""
    world = in_force()
    for done in (issue, publish):
        with world.refused("GY-13-01", units="单位2"):
            done(world, f"通报\n{said}")


@pytest.mark.parametrize(
    "said", ["单位2接受委托处理个人信息。", "预警告知单位2。", "单位2售卖数据产品。", "单位2承诺抵制数据黑市。"]
)
def test_13_neutral_words_accuse_nobody(said: str) -> None:
    """Of a processor's trade, of a warning passed on, of a product, of a pledge."""
    world = in_force()
    for done in (issue, publish):
        done(world, f"公告\n{said}")


def test_13_a_unit_is_named_by_what_it_was_called_too() -> None:
    """It took another name: the former one accuses it all the same."""
    world = in_force()
    world.unit("membership.rename/1", "u:0002", {"name": "新名称科技", "document": OPINION})
    with world.refused("GY-13-01", units="新名称科技"):
        publish(world, "通报\n单位2涉嫌违法。")


ACCUSING = "恢复名誉\n单位2涉嫌违法窃取数据，经查属实。"


def test_13_no_rehabilitation_accuses_another_where_nobody_was_found_on() -> None:
    """Of a bulletin that was no result, and of anything said to society: GY-13-01; with a lawyer's opinion it is taken."""
    world = in_force()
    issue(world)
    made = publish(world)
    with world.refused("GY-13-01", units="单位2"):
        issue(world, ACCUSING, *TWO, kind="rehabilitation", replaces=1)
    with world.refused("GY-13-01", units="单位2"):
        publish(world, ACCUSING, kind="rehabilitation", replaces=made.index)
    issue(world, ACCUSING, *TWO, kind="rehabilitation", replaces=1, review=OPINION)
    publish(world, ACCUSING, kind="rehabilitation", replaces=made.index, review=OPINION)


def test_a_rehabilitation_says_of_what_its_unit_is_cleared() -> None:
    """What takes the place of a result names the unit and what it was accused of: taken."""
    world = staffed()
    result(world, closed_case(world))
    issue(world, "恢复名誉\n单位2涉嫌违法一事，经复核不成立。", *TWO, kind="rehabilitation", replaces=1)


def test_a_bulletin_is_published_to_society_by_two() -> None:
    """One officer: GY-05-02; two: its text is an object that anybody reads."""
    world = in_force()
    digest, data = text_object("行业指引第一号")
    body = {"kind": "guidance", "text": digest, "replaces": None, "review": None}
    with world.refused("GY-05-02"):
        world.stage.do("bulletin.publish/1", "exec", body, [CLERK], [data])
    made = world.stage.do("bulletin.publish/1", "exec", body, TWO, [data])
    assert made.index in world.inst.bulletins
    assert digest in set(world.stage.office.store.public_objects())


def test_a_published_bulletin_is_corrected_as_prominently_too() -> None:
    """Another kind: GY-14-06; the same: it takes its place, once; an entry that is none: not-found."""
    world = in_force()
    first = publish(world)
    with world.refused("GY-14-06"):
        publish(world, "第二", kind="policy", replaces=first.index)
    with world.out_of_turn("not-found"):
        publish(world, "第二", replaces=1)
    publish(world, "第二", replaces=first.index)
    assert first.index is not None and world.inst.bulletins[first.index].replaced
    with world.out_of_turn("already"):
        publish(world, "第三", replaces=first.index)


def test_bulletins_begin_in_force_and_where_the_text_has_them() -> None:
    """Before publication: not-in-force; a text without the words of article 14: capability-off."""
    before = Alliance(members=5, initiators=2).adopted()
    for done in (issue, publish):
        with before.out_of_turn("not-in-force"):
            done(before)
    silent = edition_of(TEXT.replace("负责向公约成员单位传递大数据行业管理的法规、政策及行业自律信息，", ""))
    world = Alliance(members=3, initiators=3, text=silent).in_force()
    for done in (issue, publish):
        with world.out_of_turn("capability-off", name="bulletin.issue"):
            done(world)


def test_a_bulletin_without_its_text_is_not_taken() -> None:
    """Nothing handed in: missing-object, nothing recorded; blank, or longer than the limit: bad-object."""
    world = in_force()
    body = {"kind": "discipline", "audience": "internal", "text": OPINION, "replaces": None, "review": None}
    with world.out_of_turn("missing-object", digest=OPINION):
        world.stage.do("bulletin.issue/1", "exec", body, [CLERK])
    for text in (" \n", "字" * (LONGEST + 1)):
        for done in (issue, publish):
            with world.out_of_turn("bad-object"):
                done(world, text)
    issue(world, "字" * LONGEST)


def test_the_texts_of_bulletins_are_not_among_the_offices_objects() -> None:
    """Neither the store nor what is published has them: they are the vault's, which erases."""
    world = in_force()
    commitment, _ = document_of("只给成员的话")
    issue(world, "只给成员的话")
    assert world.stage.office.store.object(commitment) is None


def test_a_membership_ends_however_many_events_there_are() -> None:
    """The map of events has no order of its own: of each of ninety units that joined and left, the membership is over."""
    units = [f"u:{n:04}" for n in range(1, 91)]
    told = [Event(unit, what, day, day) for day, what in ((10, "joined"), (20, "ended")) for unit in units]
    inst = msgspec.structs.replace(Institution(), events=Map(enumerate(told)))
    for unit in units:
        (own,) = memberships(inst, unit)[unit]
        assert (own.joined, own.left) == (10, 20), unit
        assert own.covers(15, 12) and not own.covers(30, 25)


SLANDER = "贩卖用户数据，严重违约，涉嫌犯罪。"


def test_what_restores_a_reputation_accuses_nobody_else() -> None:
    """GY-13-01 in the place of a result, of another unit; of the one that the result named it may say what it was accused of."""
    world = staffed()
    result(world, closed_case(world))
    third, accused = world.inst.units["u:0003"].name, world.inst.units[ACCUSED].name
    with world.refused("GY-13-01", units=third):
        issue(world, f"恢复名誉\n{accused}没有违约。{third}{SLANDER}", *TWO, kind="rehabilitation", replaces=1)
    issue(world, f"恢复名誉\n前一公告说{accused}违约，不实。", *TWO, kind="rehabilitation", replaces=1)
    with world.refused("GY-13-01", units=third):  # nor in the place of that
        issue(world, f"恢复名誉\n{third}{SLANDER}", *TWO, kind="rehabilitation", replaces=2)
    issue(world, f"恢复名誉\n{accused}没有违约。", *TWO, kind="rehabilitation", replaces=2)


def test_what_restores_a_reputation_after_a_piece_of_news_accuses_nobody_in_two_steps_either() -> None:
    """GY-13-01 in the place of what restored one that no result had touched."""
    world = staffed()
    issue(world, "动态", *TWO)
    issue(world, "恢复名誉\n前一公告所载不实。", *TWO, kind="rehabilitation", replaces=1)
    with world.refused("GY-13-01"):
        issue(world, f"{world.inst.units[ACCUSED].name}{SLANDER}", *TWO, kind="rehabilitation", replaces=2)


def test_the_very_text_corrects_nothing() -> None:
    """To society the same object in its own place: already."""
    world = in_force()
    publish(world)
    index = next(iter(world.inst.bulletins))
    with world.out_of_turn("already"):
        publish(world, replaces=index)
    publish(world, "行业指引第一号\n接口规范，更正。", replaces=index)
