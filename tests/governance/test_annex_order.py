"""Adopted annexes, changes and repeals enter into force in the order their votes ended, each within P19 (article 24)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import DAY, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.annex import binds, both_texts, duties, present, stage_of
from gongyue.governance.registry import Duty
from gongyue.office.due_list import due
from gongyue.office.facts.duties import published_late
from gongyue.office.routine_acts import close_vote
from support.alliance import FIRST, Alliance, json_object

NEW = {"a:edu": {"text": "教育数据的使用须经监护人同意。"}, "a:geo": {"text": "位置数据逐项取得同意。"}}
CHANGE = {"kind": "amend", "target": "a:health", "text": "健康数据的使用须经用户逐项书面授权。"}
ANOTHER = {"kind": "amend", "target": "a:health", "text": "健康数据的使用须经用户单独授权。"}
REPEAL = {"kind": "repeal", "target": "a:health", "text": "废止附件一。"}


def world_of(**procedure: object) -> Alliance:
    return Alliance(members=5).in_force(**procedure).on("2026-10-12")


def with_annex(**procedure: object) -> Alliance:
    """Annex 1 is in force, signed by the first unit."""
    world = world_of(**procedure).annexed()
    world.unit("annex.sign/1", FIRST, {"annex": "a:health"})
    return world


def voted(world: Alliance, id: str, **annex: object) -> None:
    """All vote for it today; its vote ends with tomorrow's anchor, and is counted then."""
    world.initiate_annex(id, **annex)
    world.open_vote(id).cast_by(5, matter=id)
    world.stage.now += DAY
    world.tick()
    assert world.vote(id).outcome == "adopted"


def stages(world: Alliance, *ids: str) -> list[str]:
    return [stage_of(world.inst, world.inst.annexes[id]) for id in ids]


# -- the order


def test_the_annex_whose_vote_ended_first_is_published_first_and_has_the_first_number() -> None:
    """earlier-first: it is not for the office to say which is annex 1."""
    world = world_of()
    for id, text in NEW.items():
        voted(world, id, **text)
    with world.out_of_turn("earlier-first", matter="a:geo", first="a:edu"):
        world.publish_annex("a:geo")
    world.publish_annex("a:edu")
    world.publish_annex("a:geo")
    assert [world.inst.annexes[id].number for id in NEW] == [1, 2]


@pytest.mark.parametrize("first", ["a:edu", "a:geo"])
def test_of_votes_that_end_at_one_anchor_the_one_opened_first_comes_first(first: str) -> None:
    """In whichever order they are counted."""
    world = world_of()
    for id, text in NEW.items():
        world.initiate_annex(id, **text)
        world.open_vote(id).cast_by(5, matter=id)
    world.stage.now += DAY
    world.anchor()
    for id in (first, *(NEW.keys() - {first})):
        close_vote(world.stage.office, id)
    with world.out_of_turn("earlier-first", first="a:edu"):
        world.publish_annex("a:geo")
    world.publish_annex("a:edu")
    world.publish_annex("a:geo")


def test_an_amendment_and_an_annex_do_not_wait_for_one_another() -> None:
    """Each has its own order: an annex waits for no filing with the authority."""
    world = world_of()
    world.vote_open().cast_by(5)
    world.stage.now += DAY
    world.tick()
    voted(world, "a:edu", **NEW["a:edu"])
    world.publish_annex("a:edu")
    world.report()
    world.publish_amendment()


@pytest.mark.parametrize(("day", "waits"), [("2027-02-09", True), ("2027-02-10", False)])
def test_a_vote_that_is_left_uncounted_keeps_its_place_for_the_longest_p19(day: str, waits: bool) -> None:
    """Its window ended on 11-11, a day before the other's: it is waited for until 02-09, 90 days, and not a day longer."""
    world = world_of()
    world.initiate_annex("a:edu", **NEW["a:edu"])
    world.open_vote("a:edu").cast_by(4, matter="a:edu")
    world.on("2026-10-13").initiate_annex("a:geo", **NEW["a:geo"])
    world.open_vote("a:geo").cast_by(4, matter="a:geo")
    world.after_window("a:geo").anchor()
    close_vote(world.stage.office, "a:geo")
    world.on(day)
    if waits:
        for can in ("vote.close/1", "annex.publish/1"):
            with pytest.raises(OutOfTurn) as told:
                world.publish_annex("a:geo")
            assert (told.value.refusal["code"], told.value.refusal["can"]) == ("out-of-turn/earlier-first", can)
            if can == "vote.close/1":
                world.tick()
    else:
        world.publish_annex("a:geo")


def test_one_that_is_rejected_still_open_or_not_voted_on_holds_up_none() -> None:
    """A rejected one is out of the way; a window that ends later is not waited for, nor one that has not begun."""
    world = world_of()
    world.initiate_annex("a:no", text="一。")
    world.open_vote("a:no").cast("against", *world.roll, matter="a:no")
    world.initiate_annex("a:later", text="二。")
    world.open_vote("a:later")
    world.initiate_annex("a:none", text="三。")
    voted(world, "a:edu", **NEW["a:edu"])
    world.publish_annex("a:edu")
    assert stages(world, "a:no", "a:later", "a:none", "a:edu") == ["rejected", "open", "consultation", "published"]


# -- one annex changed and repealed


@pytest.mark.parametrize("order", [("a:one", "a:two"), ("a:two", "a:one")])
def test_of_two_changes_of_one_annex_the_later_is_superseded(order: tuple[str, str]) -> None:
    """By whichever ended first: its number and signers go on with it; the later shows by which, why, and both texts."""
    world = with_annex()
    changes = {"a:one": CHANGE, "a:two": ANOTHER}
    first, later = order
    for id in order:
        voted(world, id, **changes[id])
    with world.out_of_turn("earlier-first", matter=later, first=first):
        world.publish_annex(later)
    world.publish_annex(first)
    inst = world.inst
    done, gone = inst.annexes[first], inst.annexes[later]
    assert stages(world, "a:health", first, later) == ["replaced", "published", "superseded"]
    assert (done.number, binds(inst, done, FIRST)) == (1, True)
    assert (gone.superseded_by, gone.conflict) == (first, "附件 a:health 已修订 / a:health was changed")
    assert both_texts(inst, gone) == (gone.text, done.text)
    with world.out_of_turn("superseded", matter=later, by=first):
        world.publish_annex(later)
    assert not list(duties(inst))


@pytest.mark.parametrize("repeal_first", [True, False])
def test_of_a_repeal_and_a_change_the_later_is_superseded(repeal_first: bool) -> None:
    """Repealed first there is nothing left to change; changed first, what was to be repealed is another text."""
    world = with_annex()
    both = [("a:end", REPEAL), ("a:one", CHANGE)]
    (first, _), (later, _) = order = both if repeal_first else both[::-1]
    for id, what in order:
        voted(world, id, **what)
    with world.out_of_turn("earlier-first", matter=later, first=first):
        world.publish_annex(later)
    world.publish_annex(first)
    gone = world.inst.annexes[later]
    assert (stages(world, later), gone.superseded_by) == (["superseded"], first)
    expected = ["repealed", "repealing"] if repeal_first else ["replaced", "published"]
    assert stages(world, "a:health", first) == expected
    stands = present(world.inst, gone)
    assert (stands.id if stands else None) == (None if repeal_first else "a:one")
    with world.out_of_turn("superseded", matter=later, by=first):
        world.publish_annex(later)


@pytest.mark.parametrize("open_", [False, True])
def test_a_change_under_way_when_the_repeal_is_published_is_superseded(open_: bool) -> None:
    """In consultation its vote never opens; one under way is counted to its end, and publishes nothing."""
    world = with_annex()
    world.initiate_annex("a:one", **CHANGE)
    if open_:
        world.open_vote("a:one")
    voted(world, "a:end", **REPEAL)
    assert stages(world, "a:one") == ["open" if open_ else "consultation"]
    world.publish_annex("a:end")
    assert stages(world, "a:one") == ["superseded"]
    if not open_:
        with world.out_of_turn("not-open"):
            world.open_vote("a:one")
        return
    world.cast_by(5, matter="a:one").close("a:one")
    assert stages(world, "a:one") == ["superseded"]
    with world.out_of_turn("superseded", matter="a:one", by="a:end"):
        world.publish_annex("a:one")


def test_the_same_may_be_voted_on_again_for_what_stands_by_then() -> None:
    """The change on the changed annex, then the repeal of that; what was repealed is no more, and may be made anew."""
    world = with_annex()
    for id, what in (("a:one", CHANGE), ("a:two", ANOTHER), ("a:end", REPEAL)):
        voted(world, id, **what)
    world.publish_annex("a:one")
    assert stages(world, "a:two", "a:end") == ["superseded"] * 2
    with world.out_of_turn("not-open", what="a:health"):
        world.initiate_annex("a:again", **ANOTHER)
    voted(world, "a:again", **ANOTHER | {"target": "a:one"})
    world.publish_annex("a:again")
    assert world.inst.annexes["a:again"].text == world.inst.annexes["a:two"].text
    voted(world, "a:end-2", **REPEAL | {"target": "a:again"})
    world.publish_annex("a:end-2")
    assert present(world.inst, world.inst.annexes["a:two"]) is None
    world.annexed("a:new", text=ANOTHER["text"])
    assert world.inst.annexes["a:new"].number == 2


# -- what is due (P19)


def test_an_adopted_annex_is_published_within_p19_of_its_adoption() -> None:
    """Adopted on 10-13: by 11-12; on 11-13 it is a day overdue, in public. Nothing is filed or approved."""
    world = world_of(amendment__authority="approve")
    voted(world, "a:edu", **NEW["a:edu"])
    (duty,) = duties(world.inst)
    assert (duty.matter, iso(duty.last), duty.basis, duty.act, duty.whose, duty.article) == (
        "a:edu",
        "2026-11-12",
        "P19",
        "annex.publish/1",
        "exec",
        24,
    )
    late = [
        [d.late for d in due(world.inst, (), from_iso(day)) if d.article == 24] for day in ("2026-11-12", "2026-11-13")
    ]
    assert late == [[0], [1]]


@pytest.mark.parametrize(("what", "word"), [(CHANGE, "修订"), (REPEAL, "废止")])
def test_a_change_and_a_repeal_are_due_as_such(what: dict[str, str], word: str) -> None:
    """The list says whether an annex is published, changed or repealed."""
    world = with_annex()
    voted(world, "a:one", **what)
    (duty,) = duties(world.inst)
    assert word in duty.what


@pytest.mark.parametrize("late", [-1, 0, 1, 3])
def test_what_is_published_late_is_taken_and_shows_late_for_ever(late: int) -> None:
    """A day before, and on the last day it is in time, one day later one day late; also once it is replaced."""
    world = world_of()
    voted(world, "a:health")
    world.on(iso(from_iso("2026-11-12") + late)).publish_annex("a:health")
    index = world.inst.size - 1
    voted(world, "a:one", **CHANGE)
    world.publish_annex("a:one")
    shown = [(x.matter, x.article, x.act, x.index, x.late) for x in published_late(world.inst) if x.article == 24]
    assert shown == [("a:health", 24, "annex.publish/1", index, late)] * (late > 0)


def test_p19_is_that_of_the_day_on_which_it_was_initiated() -> None:
    """P19 of 5 days issued meanwhile binds the next annex, not this one."""
    world = world_of()
    world.initiate_annex("a:edu", **NEW["a:edu"])
    world.issue("P19", 5, article=22)
    world.initiate_annex("a:geo", **NEW["a:geo"])
    for id in NEW:
        world.open_vote(id).cast_by(5, matter=id)
    world.stage.now += DAY
    world.tick()
    found: list[Duty] = sorted(duties(world.inst), key=lambda d: d.matter)
    assert [(d.matter, iso(d.last)) for d in found] == [("a:edu", "2026-11-12"), ("a:geo", "2026-10-18")]


def test_an_initiation_signed_under_another_p19_is_out_of_turn() -> None:
    """meaning-changed: whoever initiates knows by what its annex goes."""
    world = world_of()
    digest, data = json_object({"v": "gongyue/annex@1", "title": "一", "text": "二。"})
    body = {"annex": "a:edu", "text": digest, "scope": ["vertical"], "kind": "new", "target": None}
    signed = world.stage.signed("annex.initiate/1", FIRST, body, [FIRST], [data])
    world.issue("P19", 5, article=22)
    with world.out_of_turn("meaning-changed"):
        world.stage.office.handle(signed)
