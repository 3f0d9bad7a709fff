"""Adopted amendments enter into force in the order their votes closed, each on the text the one before left (article 22)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from gongyue.covenant.changes import Change, NotApplicable, TextEdit, amend, rebase
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.edition_json import load, to_data, unlike
from gongyue.covenant.periods import DAY, Period, day_of, from_iso, iso
from gongyue.governance import adoption, amendment
from gongyue.governance.annex import stage_of as annex_stage
from gongyue.governance.proposal import both_texts, stage_of
from gongyue.governance.registry import Duty
from gongyue.office.due_list import due
from gongyue.office.facts.duties import published_late
from gongyue.office.routine_acts import close_vote
from support.alliance import (
    ANOTHER_BYTES,
    FIRST,
    PANEL,
    TWO,
    Alliance,
    edition_object,
    paper,
    public_of,
    three_quarters,
    wording,
)
from support.editions import change_of
from support.published import files_of, run

A = ("积极推进行业自律", "大力推进行业自律")
B = ("维护国家", "捍卫国家")
AGAIN = ("积极推进行业自律", "扎实推进行业自律")
"""The same words as A, another change."""


def world_of(members: int = 5, **other: Any) -> Alliance:
    return Alliance(members=members).in_force(**other).on("2026-10-12")


def change(world: Alliance, words: tuple[str, str]) -> Change:
    return wording(world.inst.meaning.edition_digest, *words, text=world.inst.meaning.edition)


def stage(world: Alliance, matter: str) -> str:
    inst = world.inst
    return stage_of(inst, inst.proposals[matter], day_of(world.stage.now))


def adopt(world: Alliance, **changes: Change) -> Alliance:
    """Every change is voted on and adopted, in that order, a day after the other."""
    matters = {f"p:{name}": one for name, one in changes.items()}
    for matter, one in matters.items():
        world.vote_open(one, matter)
    for matter in matters:
        world.cast_by(len(world.roll), matter=matter)
        world.stage.now += DAY
        world.tick()
        assert world.vote(matter).outcome == "adopted"
    return world


def enters(world: Alliance, matter: str) -> None:
    world.report(matter)
    world.publish_amendment(matter)


def two_adopted(one: tuple[str, str] = A, other: tuple[str, str] = B, **adopted: Any) -> Alliance:
    world = world_of(**adopted)
    return adopt(world, one=change(world, one), two=change(world, other))


# -- in the order of the votes


def test_two_adopted_amendments_enter_into_force_one_after_the_other() -> None:
    """The second is applied to the text that the first left; both their words stand, and the book verifies."""
    world = two_adopted()
    enters(world, "p:one")
    first = world.inst.meaning.edition
    enters(world, "p:two")
    assert first is not None and world.inst.meaning.edition is not None
    text = world.inst.meaning.edition.article(4).text
    assert A[1] in text and B[1] in text and B[1] not in first.article(4).text
    assert [stage(world, m) for m in ("p:one", "p:two")] == ["published", "published"]
    assert world.inst.proposals["p:two"].base == world.inst.proposals["p:one"].edition_digest
    report, _ = run(files_of(world), world)
    assert report.failure is None and report.code == 0


def test_what_is_reported_before_another_is_published_needs_no_second_report() -> None:
    """Both are filed, then both published; the text of the second is recomputed, the one it was filed with is not taken."""
    world = two_adopted()
    world.report("p:one")
    world.report("p:two")
    filed = world.inst.proposals["p:two"].edition_digest
    world.publish_amendment("p:one")
    with world.refused("GY-22-09", text=filed, where="art.4"):
        world.publish_amendment("p:two", edition=filed)
    world.publish_amendment("p:two")
    assert stage(world, "p:two") == "published"


def test_the_vote_that_closed_first_is_published_first() -> None:
    """earlier-first: nobody chooses which of two comes into force; once the first is published the second may be."""
    world = two_adopted()
    world.report("p:two")
    with world.out_of_turn("earlier-first", first="p:one", matter="p:two"):
        world.publish_amendment("p:two")
    world.report("p:one")
    with world.out_of_turn("earlier-first", first="p:one"):
        world.publish_amendment("p:two")
    world.publish_amendment("p:one")
    world.publish_amendment("p:two")


def test_of_votes_closed_at_one_anchor_the_one_opened_first_comes_first() -> None:
    """Both end with all ballots cast, counted in either order: the second waits for the first."""
    for order in (("p:one", "p:two"), ("p:two", "p:one")):
        world = world_of()
        world.vote_open(change(world, A), "p:one").vote_open(change(world, B), "p:two")
        world.cast_by(5, matter="p:one").cast_by(5, matter="p:two")
        world.stage.now += DAY
        world.anchor()
        for matter in order:
            close_vote(world.stage.office, matter)
        for matter in order:
            world.report(matter)
        with world.out_of_turn("earlier-first", first="p:one", matter="p:two"):
            world.publish_amendment("p:two")
        world.publish_amendment("p:one")
        world.publish_amendment("p:two")


def test_a_vote_that_is_left_uncounted_keeps_its_place() -> None:
    """Its window ended a day earlier: closed late or not yet, it comes first; nobody puts it off by not counting it."""
    world = world_of()
    world.vote_open(change(world, A), "p:one").cast_by(4, matter="p:one")
    world.on("2026-10-13").vote_open(change(world, B), "p:two").cast_by(4, matter="p:two")
    world.after_window("p:two")
    world.anchor()
    close_vote(world.stage.office, "p:two")
    world.report("p:two")
    with world.out_of_turn("earlier-first", first="p:one"):
        world.publish_amendment("p:two")
    world.stage.now += DAY
    world.tick()
    assert world.vote("p:one").outcome == "adopted"
    with world.out_of_turn("earlier-first", first="p:one"):
        world.publish_amendment("p:two")
    enters(world, "p:one")
    world.publish_amendment("p:two")


def test_a_vote_in_which_all_have_voted_is_over_though_it_is_not_counted() -> None:
    """All have voted on the first, a day later on the second, which alone is counted: the first comes first all the same."""
    world = world_of()
    world.vote_open(change(world, A), "p:one").vote_open(change(world, B), "p:two")
    for matter in ("p:one", "p:two"):
        world.cast_by(5, matter=matter)
        world.stage.now += DAY
        world.anchor()
    close_vote(world.stage.office, "p:two")
    world.report("p:two")
    with world.out_of_turn("earlier-first", first="p:one"):
        world.publish_amendment("p:two")
    close_vote(world.stage.office, "p:one")
    with world.out_of_turn("earlier-first", first="p:one"):
        world.publish_amendment("p:two")


@pytest.mark.parametrize(("day", "waits"), [("2027-02-09", True), ("2027-02-10", False)])
def test_what_can_never_be_counted_does_not_hold_up_the_others_for_ever(day: str, waits: bool) -> None:
    """Its window ended on 11-11: it keeps its place for the longest P19 there can be, 90 days, to 02-09, and not a day longer."""
    world = world_of()
    world.vote_open(change(world, A), "p:one").cast_by(4, matter="p:one")
    world.on("2026-10-13").vote_open(change(world, B), "p:two").cast_by(4, matter="p:two")
    world.after_window("p:two")
    world.anchor()
    close_vote(world.stage.office, "p:two")
    world.report("p:two")
    world.on(day)
    if waits:
        with world.out_of_turn("earlier-first", first="p:one"):
            world.publish_amendment("p:two")
    else:
        world.publish_amendment("p:two")


def test_one_whose_vote_is_rejected_or_still_open_holds_up_none() -> None:
    """A rejected one is out of the way, a window that ends later is not waited for."""
    world = world_of()
    world.vote_open(change(world, A), "p:no").cast("against", *world.roll, matter="p:no")
    world.vote_open(change(world, A), "p:later")
    adopt(world, two=change(world, B))
    assert stage(world, "p:no") == "rejected"
    enters(world, "p:two")
    assert stage(world, "p:later") == "open"


def test_of_several_earlier_ones_the_first_is_named() -> None:
    """With five adopted, the last waits for the one whose vote closed first, whatever they are called."""
    words = ("积极推进行业自律", "创造良好的行业发展环境", "维护国家", "全行业整体利益", "联盟倡议")
    world = world_of()
    adopt(world, **{name: change(world, (old, f"{old}（{name}）")) for name, old in zip("eacbd", words, strict=True)})
    for name in "dbcae":
        world.report(f"p:{name}")
    for first in "eacb":
        with world.out_of_turn("earlier-first", first=f"p:{first}"):
            world.publish_amendment("p:d")
        world.publish_amendment(f"p:{first}")
    world.publish_amendment("p:d")


def test_one_that_waits_for_the_authoritys_approval_holds_up_none() -> None:
    """Where approval is asked, an approved one is published before an earlier one that is not approved; that comes later."""
    world = two_adopted(amendment__authority="approve")
    approve(world, "p:two")
    world.publish_amendment("p:two")
    approve(world, "p:one")
    world.publish_amendment("p:one")
    assert world.inst.meaning.edition is not None
    assert all(new in world.inst.meaning.edition.article(4).text for _, new in (A, B))


def test_one_that_is_approved_is_not_passed_over() -> None:
    """earlier-first also where approval is asked, once the earlier one has it."""
    world = two_adopted(amendment__authority="approve")
    approve(world, "p:one")
    approve(world, "p:two")
    with world.out_of_turn("earlier-first", first="p:one"):
        world.publish_amendment("p:two")


def approve(world: Alliance, matter: str, dated: str = "") -> None:
    from gongyue.office.objects import text_of_proposal

    today = iso(day_of(world.stage.now))
    body = {"proposal": matter, "edition": text_of_proposal(world.inst.proposals[matter])[0]}
    letter = paper("示主管函〔2026〕9号", dated or today, today)
    world.executive("amendment.approval/1", body, TWO, ANOTHER_BYTES, paper=letter)


# -- conflicts


def test_of_two_that_change_the_same_words_the_later_is_superseded() -> None:
    """It shows by which, what no longer stands, and both texts; it is neither filed nor published any more."""
    world = two_adopted(A, AGAIN)
    world.report("p:two")
    enters(world, "p:one")
    later = world.inst.proposals["p:two"]
    assert (stage(world, "p:two"), later.superseded_by) == ("superseded", "p:one")
    assert "积极推进行业自律" in later.conflict and "应为 1 次" in later.conflict
    ((article, would, stands),) = both_texts(world.inst, later)
    assert article == 4 and AGAIN[1] in would and A[1] in stands
    for step in (world.report, world.publish_amendment):
        with world.out_of_turn("superseded", matter="p:two", by="p:one"):
            step("p:two")
    assert not in_order(world)


def test_of_two_that_change_the_same_number_the_later_is_superseded() -> None:
    """Three quarters, then four fifths: the number was changed meanwhile."""
    world = world_of()
    base = world.inst.meaning.edition_digest
    fifths = change_of(base, TextEdit("22", "三分之二", "五分之四"))
    adopt(world, one=three_quarters(base), two=fifths)
    enters(world, "p:one")
    assert stage(world, "p:two") == "superseded"
    assert "amendment.adoption" in world.inst.proposals["p:two"].conflict
    assert world.inst.meaning.values["amendment.adoption"] == Fraction(3, 4)


def test_a_number_restated_is_not_put_back_by_words_beside_it() -> None:
    """A change that restates a number meets it as it was, although its own words would still apply."""
    before = Alliance(members=5).text
    reason = {("amendment.proposal", "22"): "提议另行规定"}
    struck = amend(
        before, change_of("", TextEdit("22", "经公约执行机构或", "经"), absent=["amendment.proposal"], others=reason)
    )
    other = TextEdit("22", "本公约生效期间", "本公约有效期间")
    again = change_of("", other, absent=["amendment.proposal"], others=reason)
    assert rebase(again, before, before).values.keys() == {"amendment.adoption", "publication.within"}
    with pytest.raises(NotApplicable, match=r"amendment\.proposal"):
        rebase(again, before, struck)


def test_words_that_stand_twice_by_then_are_a_conflict() -> None:
    """Every `old` must stand exactly once in the text in force."""
    before = Alliance(members=5).text
    doubled = TextEdit("4", "创造良好的行业发展环境", "创造良好的行业发展环境，积极推进行业自律")
    twice = amend(before, change_of("", doubled))
    once = change_of("", TextEdit("4", *A))
    assert A[1] in rebase(once, before, before).article(4).text
    with pytest.raises(NotApplicable, match="出现 2 次"):
        rebase(once, before, twice)


@pytest.mark.parametrize("extra", ["unknown", "article"])
def test_an_edition_is_stated_to_the_letter(extra: str) -> None:
    """What no reader of an edition looks at is not its own, and it is not opened with it: a digest names one text."""
    text = Alliance(members=5).text
    data = as_json(to_data(text))
    assert unlike(data, text) == ""
    (data if extra == "unknown" else data["articles"][3])["note"] = "一句"
    with pytest.raises(BadEdition):
        load(data)
    assert unlike(data, text) == ("edition" if extra == "unknown" else "art.4")


def as_json(data: Any) -> Any:
    from gongyue.transparency import canonical

    return canonical.decode(canonical.encode(data))


# -- those not yet adopted


def test_a_proposal_under_way_stands_on_the_text_in_force() -> None:
    """Collecting and filed when another is published: they go on, are voted on, and come into force on the new text."""
    world = world_of()
    adopt(world, one=change(world, A))
    world.initiate(change(world, B), "p:collecting")
    world.proposed(change(world, ("创造良好", "营造良好")), "p:filed")
    enters(world, "p:one")
    present = world.inst.meaning.edition_digest
    assert {world.inst.proposals[m].base for m in ("p:collecting", "p:filed")} == {present}
    world.file(matter="p:collecting")
    for matter in ("p:filed", "p:collecting"):
        world.open_vote(matter).cast_by(5, matter=matter)
        world.stage.now += DAY
        world.tick()
        enters(world, matter)
    assert world.inst.meaning.edition is not None
    text = world.inst.meaning.edition.article(4).text
    assert all(words in text for words in (A[1], B[1], "营造良好"))


@pytest.mark.parametrize("filed", [False, True])
def test_a_proposal_under_way_whose_words_are_changed_is_superseded(filed: bool) -> None:
    """Neither supported nor filed nor voted on any more; said so with what no longer stands."""
    world = world_of()
    adopt(world, one=change(world, A))
    (world.proposed if filed else world.initiate)(change(world, AGAIN), "p:two")
    enters(world, "p:one")
    assert stage(world, "p:two") == "superseded"
    with world.out_of_turn("superseded", by="p:one"):
        world.support("u:0003", matter="p:two")
    with world.out_of_turn("superseded"):
        world.file(matter="p:two")
    with world.out_of_turn("not-open"):
        world.open_vote("p:two")


def test_a_vote_under_way_on_words_that_are_changed_ends_superseded() -> None:
    """It is counted to its end; adopted, it is superseded all the same; rejected, it is rejected."""
    for choice, ends in (("consent", "superseded"), ("against", "rejected")):
        world = world_of()
        adopt(world, one=change(world, A))
        world.vote_open(change(world, AGAIN), "p:two")
        enters(world, "p:one")
        assert stage(world, "p:two") == "superseded"
        with world.out_of_turn("not-open"):
            world.initiate(change(world, (A[1], AGAIN[1])), "p:again", renews="p:two")
        world.cast(choice, *world.roll, matter="p:two")
        world.stage.now += DAY
        world.tick()
        assert (world.vote("p:two").outcome, stage(world, "p:two")) == (
            "adopted" if choice == "consent" else "rejected",
            ends,
        )


# -- voted on again


def superseded(counted: bool = True) -> Alliance:
    """p:two of 11 members, with two supporters just enough, is superseded by p:one; filed and adopted, or still collecting."""
    world = world_of(11)
    adopt(world, one=change(world, A))
    if counted:
        world.vote_open(change(world, AGAIN), "p:two").cast_by(11, matter="p:two")
        world.stage.now += DAY
        world.tick()
    else:
        world.initiate(change(world, AGAIN), "p:two")
        world.support("u:0002", matter="p:two")
    enters(world, "p:one")
    return world


def test_a_superseded_change_is_voted_on_again_without_new_supporters() -> None:
    """The same new words in place of those that stand now; filed at once, with the supporters counted then, and adopted."""
    world = superseded()
    world.initiate(change(world, (A[1], AGAIN[1])), "p:again", by="u:0002", renews="p:two")
    again = world.inst.proposals["p:again"]
    assert (again.stage, again.counted, again.by, set(again.supporters)) == (
        "proposed",
        "2/11",
        FIRST,
        {FIRST, "u:0002"},
    )
    assert world.inst.proposals["p:two"].renewed == "p:again"
    world.open_vote("p:again").cast_by(11, matter="p:again")
    world.stage.now += DAY
    world.tick()
    enters(world, "p:again")
    assert world.inst.meaning.edition is not None and AGAIN[1] in world.inst.meaning.edition.article(4).text


def test_a_change_still_collecting_goes_on_with_its_supporters_and_its_time() -> None:
    """Superseded before it was filed, it has the supporters it had, and no day more to collect others."""
    world = superseded(counted=False)
    ends = world.inst.proposals["p:two"].lapses
    world.initiate(change(world, (A[1], AGAIN[1])), "p:again", renews="p:two")
    again = world.inst.proposals["p:again"]
    assert (again.stage, again.lapses, set(again.supporters)) == ("collecting", ends, {FIRST, "u:0002"})
    world.file(matter="p:again")
    assert world.inst.proposals["p:again"].counted == "2/11"


def test_after_its_time_a_superseded_collection_is_not_taken_up_again() -> None:
    """lapsed: on the last day it is, on the day after it is not."""
    for more, lapsed in ((0, False), (1, True)):
        world = superseded(counted=False)
        world.on(iso(world.inst.proposals["p:two"].lapses.last + more))
        if lapsed:
            with world.out_of_turn("lapsed"):
                world.initiate(change(world, (A[1], AGAIN[1])), "p:again", renews="p:two")
        else:
            world.initiate(change(world, (A[1], AGAIN[1])), "p:again", renews="p:two")


def test_only_the_same_change_is_voted_on_again_without_supporters() -> None:
    """GY-22-10 for other new words, another article, one place more, or a character more in its place: it takes that of what changed."""
    world = superseded()
    base = world.inst.meaning.edition_digest
    same, more = TextEdit("4", A[1], AGAIN[1]), TextEdit("4", *B)
    for other in (
        (TextEdit("4", A[1], "认真推进行业自律"),),
        (same, more),
        (more,),
        (TextEdit("13", "共同抵制", AGAIN[1]),),
        (TextEdit("4", A[1] + "，", AGAIN[1]),),
        (TextEdit("4", "，" + A[1], AGAIN[1]),),
    ):
        with world.refused("GY-22-10", article=22):
            world.initiate(change_of(base, *other, text=world.inst.meaning.edition), "p:again", renews="p:two")
    world.initiate(change_of(base, same, text=world.inst.meaning.edition), "p:again", renews="p:two")


def test_it_is_taken_up_again_by_one_of_its_own_and_once() -> None:
    """Neither by a member that did not support it, nor twice, nor where it is not superseded."""
    world = superseded()
    again = change(world, (A[1], AGAIN[1]))
    with world.out_of_turn("not-supporter", unit="u:0009", proposal="p:two"):
        world.initiate(again, "p:again", by="u:0009", renews="p:two")
    with world.out_of_turn("not-open"):
        world.initiate(again, "p:again", renews="p:one")
    with world.out_of_turn("not-found", what="p:none"):
        world.initiate(again, "p:again", renews="p:none")
    world.initiate(again, "p:again", renews="p:two")
    with world.out_of_turn("already"):
        world.initiate(again, "p:third", renews="p:two")


def test_the_panels_proposal_is_taken_up_again_by_the_panel() -> None:
    """The executive body needs no supporters; a member cannot do it in its place."""
    world = world_of()
    adopt(world, one=change(world, A))
    world.initiate(change(world, AGAIN), "p:two", by="exec", signers=PANEL)
    enters(world, "p:one")
    again = change(world, (A[1], AGAIN[1]))
    with world.out_of_turn("not-supporter", unit=FIRST):
        world.initiate(again, "p:again", renews="p:two")
    world.initiate(again, "p:again", by="exec", signers=PANEL, renews="p:two")
    assert world.inst.proposals["p:again"].by == "exec"


def test_support_disavowed_later_is_gone_from_the_proposal_that_renews_it() -> None:
    """Recorded from paper for the one superseded: it counts for the one that takes it up, until it is disavowed."""
    world = world_of(11)
    adopt(world, one=change(world, A))
    world.initiate(change(world, AGAIN), "p:two")
    today = iso(day_of(world.stage.now))
    entry = world.on_paper("amendment.support/1", "u:0002", {"proposal": "p:two"}, today, today).index
    enters(world, "p:one")
    world.initiate(change(world, (A[1], AGAIN[1])), "p:again", renews="p:two")
    world.unit("key.disavow/1", "u:0002", {"entry": entry})
    assert set(world.inst.proposals["p:again"].supporters) == {FIRST}
    with world.refused("GY-22-01", enough=2, count=1, roll=11):
        world.file(matter="p:again")


# -- stages


def test_a_proposal_is_rejected_as_its_vote_closes_and_lapses_the_day_after() -> None:
    """A rejected one as soon as its vote closed, a lapsed one from the day after its last."""
    world = world_of()
    world.vote_open(change(world, A), "p:no").cast("against", *world.roll, matter="p:no")
    world.initiate(change(world, B), "p:late")
    world.stage.now += DAY
    world.tick()
    assert stage(world, "p:no") == "rejected"
    world.on(iso(world.inst.proposals["p:late"].lapses.last)).tick()
    assert stage(world, "p:late") == "collecting"
    world.on(iso(world.inst.proposals["p:late"].lapses.last + 1)).tick()
    assert stage(world, "p:late") == "lapsed"


def test_a_rejected_annex_says_so_and_one_made_for_an_annex_that_is_no_more_is_superseded() -> None:
    """Two changes of one annex are adopted: the one published first replaces it, the other has nothing left to change."""
    world = world_of()
    world.annexed()
    for name in ("a:one", "a:two", "a:no"):
        world.initiate_annex(
            name, kind="amend", target="a:health", text=f"健康数据的使用须经用户书面授权（{name[2:]}）。"
        )
        world.open_vote(name).cast("against" if name == "a:no" else "consent", *world.roll, matter=name)
    assert annex_stage(world.inst, world.inst.annexes["a:no"]) == "open"
    world.stage.now += DAY
    world.tick()
    stages = {name: annex_stage(world.inst, world.inst.annexes[name]) for name in ("a:one", "a:two", "a:no")}
    assert stages == {"a:one": "adopted", "a:two": "adopted", "a:no": "rejected"}
    world.publish_annex("a:one")
    stages = {
        name: annex_stage(world.inst, world.inst.annexes[name]) for name in ("a:health", "a:one", "a:two", "a:no")
    }
    assert stages == {"a:health": "replaced", "a:one": "published", "a:two": "superseded", "a:no": "rejected"}
    with world.out_of_turn("superseded", matter="a:two", by="a:one"):
        world.publish_annex("a:two")


# -- what is pinned


def test_a_proposal_goes_by_the_procedure_it_was_initiated_under() -> None:
    """A window of 15 days, members-only ballots and approval adopted meanwhile bind the next one, not this one."""
    world = world_of()
    world.initiate(change(world, A))
    world.initiate_annex("a:old")
    for name, value in (
        ("P6", 15),
        ("P18", 2),
        ("P19", 5),
        ("vote.ballots", "members"),
        ("amendment.authority", "approve"),
    ):
        world.issue(name, value, article=22)
    world.initiate(change(world, B), "p:2")
    world.initiate_annex("a:new")
    for matter in ("p:1", "p:2"):
        world.file(matter=matter)
    for matter, window, public, paper_days in (
        ("p:1", 30, True, 3),
        ("a:old", 30, True, 3),
        ("p:2", 15, False, 2),
        ("a:new", 15, False, 2),
    ):
        vote = world.open_vote(matter).vote(matter)
        assert (day_of(vote.closes - 1) - day_of(vote.opened), vote.public) == (window, public)
        assert vote.paper == Period(paper_days)
    world.cast_by(5).cast_by(5, matter="p:2")
    world.stage.now += DAY
    world.tick()
    (duty,) = in_order(world)
    assert (duty.matter, duty.last - day_of(world.stage.now)) == ("p:1", 30)
    with world.out_of_turn("not-open"):
        approve(world, "p:1")
    with world.out_of_turn("not-open"):
        world.report("p:2")
    world.report("p:1")
    approve(world, "p:2")


def test_a_change_of_what_is_pinned_makes_an_initiative_signed_before_out_of_turn() -> None:
    """meaning-changed: whoever initiates knows by what its proposal goes; a change of another rule is no matter."""
    import msgspec

    from support.alliance import json_object

    for name, value, stands in (("P6", 15, False), ("P7", 10, True)):
        world = world_of()
        made, data = json_object(msgspec.to_builtins(change(world, A)))
        digest, text = edition_object(amend(world.text, change(world, A)))
        body = {"proposal": "p:1", "change": made, "edition": digest}
        signed = world.stage.signed("amendment.initiate/1", FIRST, body, [FIRST], [data, text])
        world.issue(name, value, article=22)
        if stands:
            world.stage.office.handle(signed)
            continue
        with world.out_of_turn("meaning-changed"):
            world.stage.office.handle(signed)


# -- what is due (P19)


def test_an_adopted_amendment_is_filed_within_p19_and_published_within_p19_of_that() -> None:
    """Adopted on 10-13: filed by 11-12; filed on 11-10: published by 12-10. Overdue the day after, and public."""
    world = two_adopted()
    found = [(d.matter, iso(d.last), d.basis, d.act, d.whose) for d in in_order(world)]
    assert found == [
        ("p:one", "2026-11-12", "P19", "amendment.notify/1", "exec"),
        ("p:two", "2026-11-13", "P19", "amendment.notify/1", "exec"),
    ]
    late = {
        iso(day): [d.late for d in due(world.inst, (), day) if d.matter == "p:one"] for day in _days("2026-11-12", 2)
    }
    assert late == {"2026-11-12": [0], "2026-11-13": [1]}
    world.on("2026-11-10").report("p:one")
    first, _ = in_order(world)
    assert (first.act, iso(first.last)) == ("amendment.publish/1", "2026-12-10")
    assert not [x for x in published_late(world.inst) if x.article == 22]


def in_order(world: Alliance) -> list[Duty]:
    found = [*amendment.duties(world.inst), *adoption.duties(world.inst)]
    return sorted(found, key=lambda d: d.matter)


def _days(first: str, count: int) -> list[int]:
    return [from_iso(first) + n for n in range(count)]


@pytest.mark.parametrize(("report", "publish"), [(0, 0), (1, 0), (0, 1), (2, 3)])
def test_what_is_filed_or_published_late_is_taken_and_shows_late_for_ever(report: int, publish: int) -> None:
    """On the last day it is in time, one day later one day late."""
    world = adopt(world_of(), one=change(world_of(), A))
    world.on(iso(from_iso("2026-11-12") + report)).report("p:one")
    world.on(iso(day_of(world.stage.now) + 30 + publish)).publish_amendment("p:one")
    shown = {x.act: x.late for x in published_late(world.inst) if x.matter == "p:one"}
    expected = {"amendment.notify/1": report, "amendment.publish/1": publish}
    assert shown == {act: days for act, days in expected.items() if days}


def test_where_approval_is_asked_publication_is_due_from_the_letters_date() -> None:
    """Nothing is due of the executive body before; a letter of 10-20 recorded on 10-25: published by 11-19."""
    world = adopt(world_of(amendment__authority="approve"), one=change(world_of(), A))
    assert not in_order(world)
    world.on("2026-10-25")
    approve(world, "p:one", "2026-10-20")
    (duty,) = in_order(world)
    assert (duty.act, iso(duty.last)) == ("amendment.publish/1", "2026-11-19")


# -- nothing is dated before what it answers


@pytest.mark.parametrize(("dated", "lawful"), [("2026-10-12", False), ("2026-10-13", True), ("2026-10-14", True)])
@pytest.mark.parametrize("authority", ["file", "approve"])
def test_a_filing_or_an_approval_is_not_dated_before_the_adoption(dated: str, lawful: bool, authority: str) -> None:
    """past-date: adopted on 2026-10-13."""
    world = adopt(world_of(amendment__authority=authority), one=change(world_of(), A)).on("2026-10-20")

    def answered() -> None:
        if authority == "approve":
            approve(world, "p:one", dated)
            return
        body = {"proposal": "p:one", "edition": world.inst.proposals["p:one"].edition_digest}
        letter = paper("示联函〔2026〕9号", dated, "2026-10-20")
        world.executive("amendment.notify/1", body, TWO, ANOTHER_BYTES, paper=letter)

    if lawful:
        answered()
        return
    with world.out_of_turn("past-date", at=dated, since="2026-10-13"):
        answered()


@pytest.mark.parametrize(("dated", "lawful"), [("2026-10-11", False), ("2026-10-12", True), ("2026-10-13", True)])
def test_support_is_not_dated_before_the_proposal(dated: str, lawful: bool) -> None:
    """past-date: initiated on 2026-10-12; nobody supports what is not there."""
    world = world_of()
    world.initiate(change(world, A))
    world.on("2026-10-14")
    if lawful:
        world.on_paper("amendment.support/1", "u:0002", {"proposal": "p:1"}, dated, "2026-10-14")
        return
    with world.out_of_turn("past-date", at=dated, since="2026-10-12"):
        world.on_paper("amendment.support/1", "u:0002", {"proposal": "p:1"}, dated, "2026-10-14")


def test_support_is_signed_with_the_proposal_in_sight() -> None:
    """unseen: a book that ends before the proposal's entry does not do, the one that holds it does."""
    world = world_of()
    office = world.stage.office
    before = office.view()
    index = world.initiate(change(world, A)).index
    assert before.size == index
    early = world.stage.signed("amendment.support/1", "u:0002", {"proposal": "p:1"}, ["u:0002"], view=before)
    with world.out_of_turn("unseen", found=index, index=index):
        office.handle(early)
    world.support("u:0002")
    assert set(world.inst.proposals["p:1"].supporters) == {FIRST, "u:0002"}


def test_an_approval_is_signed_with_the_adoption_in_sight() -> None:
    """unseen: signed while the vote was open, in the expectation that it would be adopted."""
    world = world_of(amendment__authority="approve")
    body = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    world.executive("key.register/1", body, paper=paper("示主管函〔2026〕8号", "2026-10-12", "2026-10-12"))
    world.on("2026-10-25").vote_open(change(world, A)).cast_by(5)
    early = world.stage.office.view()
    world.stage.now += DAY
    world.tick()
    closed = world.vote().closed_index
    body = {"proposal": "p:1", "edition": world.inst.proposals["p:1"].edition_digest}
    signed = world.stage.signed("amendment.approval/1", "authority", body, ["authority"], view=early)
    with world.out_of_turn("unseen", found=early.size, index=closed):
        world.stage.office.handle(signed)
    world.stage.do("amendment.approval/1", "authority", body, ["authority"])
    assert world.inst.proposals["p:1"].notified
