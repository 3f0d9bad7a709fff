"""The close of a vote judges every ballot that is opened by itself, whatever the office once took in (article 22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from gongyue.book.entry import SignedAct
from gongyue.covenant.counting import Count, Share
from gongyue.covenant.periods import iso
from gongyue.governance.ballots import opened_ballots
from gongyue.governance.vote import duties
from gongyue.office.routine_acts import close_vote, statement, system_act
from gongyue.transparency import canonical
from support.alliance import CASEWORKER, CLERK, FIRST, FORMER, PUBLISHER, SECRETARY, TWO, Alliance, paper, public_of
from support.anchoring import anchor
from support.published import forced_sealed
from support.sealed import index_of, now_reads, sealed_openings

SECOND = "u:0002"
BALLOT = {"vote": "p:1", "choice": "consent"}
ON_PAPER = paper("选票", "2026-10-12", "2026-10-12")


def voting() -> Alliance:
    """Five units, a vote open since 2026-10-12."""
    return Alliance(members=5).in_force().on("2026-10-12").vote_open()


def ballot(
    world: Alliance, signers: Sequence[str] = (FIRST,), paper: Mapping[str, str] | None = None, actor: str = FIRST
) -> SignedAct:
    """A ballot in the name of `actor`, not handed in."""
    return world.stage.signed("vote.ballot/1", actor, BALLOT, list(signers), paper=paper)


def ended(world: Alliance) -> Alliance:
    """The window is over and anchored, the vote not closed."""
    world.after_window().anchor()
    return world


def close(world: Alliance, lines: bytes = b"", **stated: Any) -> None:
    """The office states the close, with further lines among the openings."""
    body, files = statement(world.stage.office, "vote.close/1", "p:1")
    opened = b"".join(files.values()) + lines
    digest = canonical.digest(opened)
    act = system_act(world.stage.office, "vote.close/1", body | {"ballots": digest} | stated, {digest: opened})
    world.stage.office.handle(act)


@pytest.mark.parametrize(("bound", "late", "counts"), [
    ("opened", -1, False), ("opened", 0, True), ("opened", 1, True),
    ("closes", -1, True), ("closes", 0, False), ("closes", 1, False),
])  # fmt: skip
def test_a_ballot_counts_that_arrived_within_the_window_to_the_second(bound: str, late: int, counts: bool) -> None:
    """From the second of opening to the last before the end; any other keeps the vote from closing.

    After the end: window-over. Before the opening, which it is said to have seen: time-backwards.
    """
    world = voting()
    when = getattr(world.vote(), bound) + late
    if bound == "closes":
        world.stage.now = when
        world.anchor()
    world.stage.now = when
    line = forced_sealed(world, ballot(world), when)
    ended(world)
    index = index_of(world.stage.office, line)
    if counts:
        close(world)
        assert world.vote().consents == 1
        return
    with world.out_of_turn("window-over" if late >= 0 else "time-backwards", sealed=index):
        close(world)


def test_a_ballot_beyond_the_anchor_is_not_opened() -> None:
    """Said to be of the window's last second, yet placed by the anchor after: until then not-anchored; the one before it counts."""
    world = voting().cast("consent", SECOND)
    world.stage.now = world.vote().closes - 1
    act, arrived, size = ballot(world), world.stage.now, world.inst.size
    world.stage.now += 60
    world.anchor()
    late = forced_sealed(world, act, arrived, size)
    with world.out_of_turn("not-anchored"):
        close(world, late)
    close(world)
    assert world.vote().consents == 1


def test_a_ballot_placed_right_after_the_leaves_that_were_anchored_is_not_opened() -> None:
    """At leaf n of a sealed book of n + 1 it is; of a book of n or fewer, which holds the leaves 0 to n - 1: bad-object."""
    world = ended(voting().cast("consent", FIRST))
    (opening,) = sealed_openings(world.stage.office)
    inst, vote = world.inst, world.vote()
    assert all(ruling.holds for ruling in opened_ballots(inst, vote, [opening], opening.index + 1))
    for size in (opening.index, opening.index - 1):
        with world.out_of_turn("bad-object", why=f"sealed #{opening.index}"):
            list(opened_ballots(inst, vote, [opening], size))


def test_a_ballot_placed_an_anchor_late_is_not_opened() -> None:
    """Said to be of the window's last second, and placed by the second anchor after it: malformed."""
    world = voting().cast("consent", SECOND)
    world.stage.now = world.vote().closes - 1
    act, arrived, size = ballot(world), world.stage.now, world.inst.size
    world.stage.now += 60
    world.anchor()
    forced_sealed(world, act, arrived, size)
    world.stage.now += 86_400
    world.anchor()
    with world.out_of_turn("malformed", why=f"rx.open {size}"):
        close(world)


def test_a_ballot_that_came_after_the_anchor_of_an_early_close_is_not_opened_with_it() -> None:
    """All five signed and were anchored; the first then changes its mind: not-anchored; without it, 5 : 0."""
    world = voting().cast_by(5)
    world.anchor()
    world.stage.now += 60
    late = world.unit("vote.ballot/1", FIRST, BALLOT | {"choice": "against"})
    with world.out_of_turn("not-anchored"):
        close(world, late.opening)
    close(world)
    assert (world.vote().consents, world.vote().against) == (5, 0)


def test_a_ballot_is_opened_once() -> None:
    """The same line twice, the first or the second of two: bad-object, by its place. Once, each counts; of no branch here."""
    world = voting()
    receipts = [world.unit("vote.ballot/1", unit, BALLOT) for unit in (FIRST, SECOND)]
    ended(world)
    for receipt in receipts:
        line = now_reads(world.stage.office, receipt)
        with world.out_of_turn("bad-object", why=f"sealed #{index_of(world.stage.office, receipt)}"):
            close(world, line)
    close(world)
    assert (world.vote().consents, world.vote().branch_consents) == (2, 0)


def test_a_vote_is_closed_from_the_day_after_its_window_by_article_22() -> None:
    """The window's last day is 2026-11-11; once closed, nothing is due."""
    world = voting().cast("consent", FIRST)
    (duty,) = duties(world.inst)
    assert (duty.article, iso(duty.last), duty.calendar_known) == (22, "2026-11-12", True)
    assert not list(duties(world.close().inst))


def test_nothing_but_ballots_of_this_vote_is_opened_with_it() -> None:
    """A question to the alliance, and a ballot of another vote: bad-object, each by its place."""
    world = voting()
    world.initiate_annex()
    world.open_vote("a:health")
    other = world.unit("vote.ballot/1", FIRST, {"vote": "a:health", "choice": "consent"})
    asked = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": "sha256:" + "0" * 64})
    ended(world)
    for receipt, why in ((other, ": p:1"), (asked, "")):
        with world.out_of_turn("bad-object", why=f"sealed #{index_of(world.stage.office, receipt)}{why}"):
            close(world, now_reads(world.stage.office, receipt))


def test_a_ballot_is_signed_by_a_key_that_was_valid_when_it_arrived() -> None:
    """One key was never registered: unknown-key; one was exchanged the day before: GY-05-04; until then it was good."""
    world = voting()
    unknown = world.stage.signed("vote.ballot/1", FIRST, BALLOT, ["u:nobody"])
    forced_sealed(world, unknown)
    ended(world)
    with world.out_of_turn("unknown-key", key=public_of("u:nobody")):
        close_vote(world.stage.office, "p:1")
    for days, good in ((0, True), (1, False)):
        world = voting()
        act, cast_at = ballot(world), world.stage.now + 60
        world.stage.now = cast_at
        world.unit("key.rotate/1", FIRST, {"key": public_of("next"), "alg": "ed25519"})
        forced_sealed(world, act, cast_at + days * 86_400)
        ended(world)
        if good:
            close_vote(world.stage.office, "p:1")
            assert world.vote().consents == 1
        else:
            with world.refused("GY-05-04", holder=FIRST):
                close_vote(world.stage.office, "p:1")


def closed(world: Alliance, refused: str = "") -> None:
    """The vote's close: 甲's ballot, the last sealed act, counts, or it is refused under that code by its place."""
    ended(world)
    place = sealed_openings(world.stage.office)[-1].index
    if not refused:
        close_vote(world.stage.office, "p:1")
        assert world.vote().consents == 1
        return
    with world.refused(refused, sealed=place):
        close_vote(world.stage.office, "p:1")


@pytest.mark.parametrize(
    ("signers", "on_paper", "refused"),
    [
        (TWO, True, ""),
        (TWO, False, "GY-04-01"),
        ((CLERK,), True, "GY-05-02"),
        ((CLERK, PUBLISHER), True, "GY-05-01"),
        ((SECRETARY, CASEWORKER), True, "GY-05-01"),
        ((CLERK, FORMER), True, "GY-05-01"),
        ((SECOND,), False, "GY-04-01"),
        ((SECOND,), True, "GY-05-01"),
    ],
)
def test_a_ballot_is_cast_by_its_unit_or_recorded_from_paper_by_two_that_may(
    signers: tuple[str, ...], on_paper: bool, refused: str
) -> None:
    """Secretary and clerk, from paper: it counts. Without paper, one alone, with one that may not, another unit: refused."""
    world = voting()
    line = forced_sealed(world, ballot(world, signers, ON_PAPER if on_paper else None))
    if not refused:
        world.told(line)
    closed(world, refused)


@pytest.mark.parametrize(("begins", "ends", "refused"), [
    ("2026-10-01", "2026-10-12", ""), ("2026-10-01", "2026-10-11", "GY-05-01"), ("2026-10-13", "2026-12-31", "GY-05-01"),
])  # fmt: skip
def test_who_recorded_a_ballot_held_office_on_the_day_it_arrived(begins: str, ends: str, refused: str) -> None:
    """Whose term ended that day may; ended the day before, or begun the day after, it may not, whoever it is at the close."""
    world = Alliance(members=5).in_force().on("2026-09-20").appoint("o:kurz", "clerk", begins=begins, ends=ends)
    world.on("2026-10-12").vote_open()
    world.stage.now += 60
    line = forced_sealed(world, ballot(world, (SECRETARY, "o:kurz"), ON_PAPER))
    if not refused:
        world.told(line)
    closed(world, refused)


def test_a_vote_is_not_closed_before_a_turnout_was_stated() -> None:
    """Anchored past its end, with none ever stated: no-turnout; by that anchor when there is a later one: anchor-order."""
    world = voting().cast("consent", FIRST).after_window()
    office = world.stage.office
    slot = anchor(office)
    with world.out_of_turn("no-turnout"):
        close_vote(office, "p:1")
    office.handle(system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": 1, "paper": 0}))
    world.stage.now += 86_400
    assert anchor(office) == slot + 1
    with world.out_of_turn("anchor-order", slot=slot):
        close(world, anchor=slot)
    office.handle(system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": slot + 1, "voted": 1, "paper": 0}))
    close_vote(office, "p:1")


def test_a_ballot_on_paper_counts_as_none_signed_for_an_early_close() -> None:
    """Four signed and one on paper, of five: GY-22-05, before anybody counts again."""
    world = voting()
    for unit in world.roll[1:]:
        world.cast("consent", unit)
    world.on_paper("vote.ballot/1", FIRST, BALLOT, "2026-10-12", "2026-10-12")
    world.anchor()
    with world.refused("GY-22-05", signed=4, members=5):
        close_vote(world.stage.office, "p:1")


def test_after_an_early_close_no_ballot_is_taken_though_the_window_goes_on() -> None:
    """All had voted and it was closed the same day: window-over for a ballot and for a disavowal."""
    world = voting().cast_by(5)
    world.tick()
    assert world.vote().outcome and world.stage.now < world.vote().closes
    with world.out_of_turn("window-over", ends=iso(world.vote().closed_day)) as told:
        world.cast("against", FIRST)
    assert told["stands"] == "adopted"
    with world.out_of_turn("window-over"):
        world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})


def test_a_vote_that_is_open_says_no_count() -> None:
    """Two have voted: until the close every figure is 0, none consented of the branch, it was closed on no day."""
    vote = voting().cast("consent", FIRST, SECOND).vote()
    counts = (vote.consents, vote.against, vote.abstain, vote.consents_left, vote.voted_left, vote.roll_left)
    assert counts == (0,) * 6
    assert (vote.on_paper, vote.branch_consents, vote.closed_day) == ((0, 0, 0), 0, 0)
    assert (vote.voted, vote.whole, vote.left) == (0, Count(0, 0, 5), Count(0, 0, 0))


def test_how_many_have_voted_is_what_was_stated_last_and_what_they_need_follows_from_it() -> None:
    """One by the first anchor, three by the second. Of the roll of five 4 consents are needed, of those voting 2 of 1, 2, 3."""
    world = voting().cast("consent", FIRST)
    world.anchor()
    assert (world.vote().voted, world.vote().needed) == (1, 4)
    world.cast("consent", SECOND, "u:0003")
    world.stage.now += 86_400
    world.anchor()
    assert world.vote().voted == 3
    present = replace(world.vote(), share=Share("2/3", "present"))
    assert [replace(present, turnouts=present.turnouts[:count]).needed for count in (0, 1, 2)] == [1, 1, 2]


def test_a_vote_that_is_closed_says_how_many_voted_of_each() -> None:
    """Two consents, one against, one abstention of five; the abstaining one leaves: 4 voted of 5, of those left 3 of 4."""
    world = voting().cast("consent", FIRST, SECOND).cast("against", "u:0003").cast("abstain", "u:0004")
    world.withdraw("u:0004")
    vote = world.close().vote()
    assert (vote.voted, vote.whole, vote.left) == (4, Count(2, 4, 5), Count(2, 3, 4))
