"""Annexes (articles 24 and 7): initiated by a member, consented to, published, signed."""

from __future__ import annotations

import pytest

from gongyue.covenant.changes import TextEdit
from gongyue.covenant.periods import day_of, iso
from gongyue.governance.annex import binds, duties
from support.alliance import (
    ANOTHER,
    ANOTHER_BYTES,
    EVIDENCE_BYTES,
    FIRST,
    OUTSIDER,
    PLACES,
    PUBLISHER,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
    json_object,
    wording,
)
from support.editions import change_of, without_a_share


def in_force(members: int = 37, **other: str) -> Alliance:
    return Alliance(members=members).in_force(**other).on("2026-12-01")


def test_24_e1_one_member_initiates_25_of_37_consent_and_annex_1_is_published() -> None:
    """A branch of six, two of which consent and three are against, is shown, and no condition."""
    world = in_force()
    for number in range(26, 30):
        world.unit("membership.declare/1", f"u:{number:04d}", {"activities": ["vertical"], "other": ""})
    for number in (1, 2):
        world.unit("membership.declare/1", f"u:{number:04d}", {"activities": ["vertical"], "other": ""})
    world.initiate_annex()
    world.open_vote("a:health").cast_by(25, against=3, matter="a:health").close("a:health")
    vote = world.vote("a:health")
    assert (len(vote.branch), vote.branch_consents, vote.outcome) == (6, 2, "adopted")
    world.publish_annex()
    annex = world.inst.annexes["a:health"]
    assert (annex.number, annex.stage) == (1, "published")


def test_24_consents_of_37_do_not_publish_an_annex() -> None:
    """GY-24-03: 72 < 74."""
    world = in_force()
    world.initiate_annex()
    world.open_vote("a:health").cast_by(24, against=13, matter="a:health").close("a:health")
    with world.refused("GY-24-03", enough=25, article=24, count=24, roll=37, arithmetic="3×24=72<2×37=74"):
        world.publish_annex()


def test_the_second_test_holds_for_annexes_too() -> None:
    """25/37, two consenters gone: 23/35 do not suffice."""
    world = in_force()
    world.initiate_annex()
    world.open_vote("a:health").cast_by(25, matter="a:health")
    world.withdraw("u:0001")
    world.withdraw("u:0002")
    world.close("a:health")
    with world.refused("GY-24-03", enough=24, count=23, roll=35, arithmetic="3×23=69<2×35=70"):
        world.publish_annex()


@pytest.mark.parametrize(
    "text", ["违反者处以罚款一万元。", "违约者缴纳违约金。", "向社会公开谴责。", "列入黑名单。", "暂停其表决权。"]
)
def test_24_e2_an_annex_adds_no_sanction(text: str) -> None:
    """GY-24-02 names the phrase."""
    world = in_force(5)
    with world.refused("GY-24-02", article=24):
        world.initiate_annex(text=text)


def test_a_title_is_read_like_the_text() -> None:
    """GY-24-02 and GY-07-01 for what only the title says; a title that says nothing of the kind is free."""
    world = in_force(5)
    for title, code in (("违约金自律协议", "GY-24-02"), ("统一调整服务价格协议", "GY-07-01"), ("健康数据自律协议", "")):
        digest, data = json_object({"v": "gongyue/annex@1", "title": title, "text": "健康数据的使用须经用户书面授权。"})
        body = {"annex": "a:title", "text": digest, "scope": ["vertical"], "kind": "new", "target": None}
        if code:
            with world.refused(code):
                world.stage.do("annex.initiate/1", "u:0001", body, ["u:0001"], [data])
        else:
            world.stage.do("annex.initiate/1", "u:0001", body, ["u:0001"], [data])


def test_24_e3_a_member_that_has_not_signed_is_not_bound() -> None:
    """Signing and leaving are acts of their own; the other choice binds the branch."""
    world = in_force(5).annexed()
    annex = world.inst.annexes["a:health"]
    assert not binds(world.inst, annex, FIRST)
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    assert binds(world.inst, world.inst.annexes["a:health"], FIRST)
    world.unit("annex.leave/1", FIRST, {"annex": "a:health"})
    assert not binds(world.inst, world.inst.annexes["a:health"], FIRST)
    world = in_force(6, annex__binds="scope").annexed(scope=["analysis"])
    annex = world.inst.annexes["a:health"]
    assert binds(world.inst, annex, "u:0006")
    assert not binds(world.inst, annex, FIRST)
    assert not binds(world.inst, annex, OUTSIDER)


def test_only_a_member_initiates() -> None:
    """GY-24-01 for the executive body, one that left, the outsider."""
    world = in_force(5)
    with world.refused("GY-24-01", article=24, actor="exec"):
        world.initiate_annex(by="exec", signers=TWO)
    for unit in (world.left, OUTSIDER):
        with world.refused("GY-24-01", actor=unit):
            world.initiate_annex(by=unit)
    world = Alliance().submitted()
    with world.refused("GY-22-03"):
        world.initiate_annex()


def test_an_annex_says_of_which_branch_it_is() -> None:
    """GY-24-04 without a scope."""
    world = in_force(5)
    with world.refused("GY-24-04", enough=1, article=24, branches=0):
        world.initiate_annex(scope=[])


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("成员不得低于3元/千次报价。", "不得低于3元/千次报价"),
        ("请各成员停止与其合作。", "停止与其合作"),
        ("各成员统一调整服务价格。", "统一调整服务价格"),
        ("各成员划分市场。", "划分市场"),
        ("成员之间交换客户名单。", "交换客户名单"),
    ],
)
def test_07_e1_e2_cartel_terms_need_a_lawyer(text: str, phrase: str) -> None:
    """GY-07-01 until counsel has signed off that very text."""
    world = in_force(5)
    with world.refused("GY-07-01", enough="法律审查", article=7, found=phrase):
        world.initiate_annex(text=text)
    digest, data = json_object({"v": "gongyue/annex@1", "title": "健康数据自律协议", "text": text})
    other, more = json_object({"v": "gongyue/annex@1", "title": "健康数据自律协议", "text": text + "！"})
    world.executive("annex.review/1", {"text": other, "opinion": commitment_to("意见")}, TWO, more)
    with world.refused("GY-07-01"):
        world.initiate_annex(text=text)
    world.executive("annex.review/1", {"text": digest, "opinion": commitment_to("意见")}, TWO, data)
    world.initiate_annex(text=text)


def test_without_a_vote_there_is_no_publication() -> None:
    """GY-24-03 in consultation, while the vote is open; for an annex nobody knows, out of turn."""
    world = in_force(5)
    world.initiate_annex()
    with world.refused("GY-24-03"):
        world.publish_annex()
    world.open_vote("a:health")
    with world.refused("GY-24-03"):
        world.publish_annex()
    with world.out_of_turn("not-found", what="a:none"):
        body = {"annex": "a:none", "text": ANOTHER, "in_force": "2026-12-01", "places": PLACES}
        world.executive("annex.publish/1", body, (PUBLISHER, SECRETARY), EVIDENCE_BYTES, ANOTHER_BYTES)


def test_an_annex_is_published_once_as_it_was_voted_on_and_on_its_day() -> None:
    """GY-24-03 for another text, GY-26-01 for another day, GY-21-05 for another publisher."""
    world = in_force(5)
    world.initiate_annex()
    world.open_vote("a:health").cast_by(5, matter="a:health").close("a:health")
    annex = world.inst.annexes["a:health"]
    today = iso(day_of(world.stage.now))
    body = {"annex": "a:health", "text": ANOTHER, "in_force": today, "places": PLACES}
    with world.refused("GY-24-03", enough=annex.text, text=ANOTHER):
        world.executive("annex.publish/1", body, (PUBLISHER, SECRETARY), EVIDENCE_BYTES, ANOTHER_BYTES)
    with world.refused("GY-26-01", enough=today):
        world.publish_annex(in_force="2027-12-31")
    with world.refused("GY-21-05", actor=FIRST):
        world.unit("annex.publish/1", FIRST, body | {"text": annex.text}, EVIDENCE_BYTES)
    world.publish_annex()
    with world.out_of_turn("already"):
        world.publish_annex()


def test_names_and_targets_of_annexes() -> None:
    """A name used twice, of another matter; a target where none belongs, none where one does, one that is not in force."""
    world = in_force(5)
    world.initiate_annex()
    with world.out_of_turn("exists"):
        world.initiate_annex()
    with world.out_of_turn("exists"):
        world.initiate_annex("p:health")
    with world.out_of_turn("malformed"):
        world.initiate_annex("a:2", target="a:health")
    with world.out_of_turn("malformed"):
        world.initiate_annex("a:2", kind="repeal")
    with world.out_of_turn("not-open"):
        world.initiate_annex("a:2", kind="repeal", target="a:health")
    with world.out_of_turn("not-found"):
        world.initiate_annex("a:2", kind="amend", target="a:none")
    for value in ({"v": "gongyue/annex@1", "title": "", "text": ""}, {"title": "附件", "text": "没有写明格式。"}):
        digest, data = json_object(value)
        body = {"annex": "a:2", "text": digest, "scope": ["vertical"], "kind": "new", "target": None}
        with world.out_of_turn("bad-object"):
            world.unit("annex.initiate/1", FIRST, body, data)


def test_a_change_keeps_number_and_signers_and_a_repeal_ends_it() -> None:
    """Amended on the same path; the new text binds those that signed the old."""
    world = in_force(5).annexed()
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    world.annexed("a:health-2", kind="amend", target="a:health", text="健康数据的使用须经用户单独同意。")
    old, new = world.inst.annexes["a:health"], world.inst.annexes["a:health-2"]
    assert (old.stage, new.stage, new.number) == ("replaced", "published", 1)
    assert binds(world.inst, new, FIRST)
    assert not binds(world.inst, old, FIRST)
    world.annexed("a:end", kind="repeal", target="a:health-2", text="废止附件一。")
    assert world.inst.annexes["a:health-2"].stage == "repealed"
    world.annexed("a:edu", text="教育数据的使用须经同意。")
    assert world.inst.annexes["a:edu"].number == 2


def test_two_changes_of_one_annex_do_not_both_come_into_force() -> None:
    """The second finds its target replaced; a repeal of what was replaced repeals nothing."""
    world = in_force(5).annexed()
    for name, kind in (("a:one", "amend"), ("a:two", "amend"), ("a:end", "repeal")):
        world.initiate_annex(name, kind=kind, target="a:health", text=f"健康数据的使用须经同意（{name}）。")
        world.open_vote(name).cast_by(5, matter=name)
    world.close("a:end")
    world.publish_annex("a:one")
    for name in ("a:two", "a:end"):
        with world.out_of_turn(
            "superseded", matter=name, by="a:one", why="附件 a:health 已修订 / a:health was changed"
        ):
            world.publish_annex(name)
    assert world.inst.annexes["a:health"].stage == "replaced"


def test_only_members_sign_a_published_annex_and_once() -> None:
    """The outsider, an annex in consultation, a second signature; leaving without having signed."""
    world = in_force(5)
    world.initiate_annex("a:new")
    with world.out_of_turn("not-open"):
        world.unit("annex.sign/1", FIRST, {"annex": "a:new"})
    world.annexed()
    for unit in (OUTSIDER, world.left):
        with world.out_of_turn("not-member"):
            world.unit("annex.sign/1", unit, {"annex": "a:health"})
    with world.out_of_turn("not-signer", unit=FIRST, annex="a:health"):
        world.unit("annex.leave/1", FIRST, {"annex": "a:health"})
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    with world.out_of_turn("already"):
        world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    with world.out_of_turn("not-found", what="a:none"):
        world.unit("annex.sign/1", FIRST, {"annex": "a:none"})


def test_a_member_that_left_the_covenant_is_bound_by_no_annex() -> None:
    """Exit ends rights and duties under the covenant."""
    world = in_force(5).annexed()
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    world.withdraw(FIRST)
    assert not binds(world.inst, world.inst.annexes["a:health"], FIRST)


def test_of_ballots_open_to_members_only_the_branch_is_not_counted() -> None:
    """Whoever is not handed them could not count it again: 0, though the unit of the branch consented."""
    world = in_force(5, vote__ballots="members")
    world.unit("membership.declare/1", FIRST, {"activities": ["vertical"], "other": ""})
    world.initiate_annex()
    world.open_vote("a:health").cast_by(5, matter="a:health").close("a:health")
    vote = world.vote("a:health")
    assert (FIRST in vote.branch, vote.outcome, vote.branch_consents) == (True, "adopted", 0)


def test_the_vote_on_an_annex_opens_by_p7() -> None:
    """15 days from initiation, by the office key."""
    world = in_force(5)
    world.initiate_annex()
    (duty,) = duties(world.inst)
    assert (iso(duty.last), duty.article) == ("2026-12-16", 24)
    world.on("2026-12-15").tick()
    assert "a:health" not in world.inst.votes
    world.on("2026-12-16").tick()
    assert "a:health" in world.inst.votes


def test_a_branch_frozen_at_opening_does_not_follow_later_declarations() -> None:
    """activity.update does not alter a frozen annex tally."""
    world = in_force(7)
    world.initiate_annex(scope=["analysis"])
    world.open_vote("a:health")
    world.unit("membership.declare/1", "u:0006", {"activities": ["vertical"], "other": ""})
    world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})
    assert world.vote("a:health").branch == {"u:0006", "u:0007"}


def test_where_the_text_has_no_annexes_the_capability_is_off() -> None:
    """capability-off names the clause."""
    world = in_force(5)
    world.amended(
        change_of(
            world.edition, TextEdit("24", "发起制订各分支行业的自律协议", "商议有关事项"), absent=["annex.initiation"]
        )
    )
    with world.out_of_turn("capability-off", name="annex.initiation"):
        world.initiate_annex()


def test_without_the_words_of_consent_an_annex_still_needs_its_vote() -> None:
    """Striking 经公约成员单位同意后 out does not publish what nobody voted on, nor what was voted down."""
    world = in_force(5)
    world.initiate_annex("a:down", text="教育数据的使用须经同意。")
    world.open_vote("a:down").cast_by(2, against=3, matter="a:down").close("a:down")
    world.amended(change_of(world.edition, TextEdit("24", "经公约成员单位同意后，", ""), absent=["annex.consent"]))
    assert world.inst.meaning.clause("annex.consent") is None
    world.initiate_annex()
    for name in ("a:health", "a:down"):
        with world.refused("GY-24-03"):
            world.publish_annex(name)


def test_without_the_words_of_interpretation_a_floor_is_still_a_floor() -> None:
    """Striking article 25 out does not make a voting window of one day lawful."""
    world = in_force(5)
    clause = world.text.clause("interpretation.authority")
    assert clause is not None
    struck = TextEdit("25", clause.words, "本公约由全体成员协商适用")
    world.amended(change_of(world.edition, struck, absent=["interpretation.authority"]))
    assert world.inst.meaning.clause("interpretation.authority") is None
    with world.refused("GY-25-01", enough=15):
        world.issue("P6", 1, article=22)


def test_a_rejected_amendment_is_not_published_once_the_share_is_struck_out() -> None:
    """GY-22-02 stands with the share the vote opened with."""
    world = in_force(5)
    world.vote_open(wording(world.edition), "p:2").cast_by(2, against=3, matter="p:2").close("p:2")
    change = without_a_share(world.edition)
    world.amended(change)
    with world.refused("GY-22-02"):
        world.report("p:2")
