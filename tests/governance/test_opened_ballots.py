"""The close of a vote judges every ballot that is opened by itself, whatever the office once took in (article 22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from gongyue.book.entry import SignedAct
from gongyue.office.ticking import close_vote, pad, statement, system_act
from gongyue.transparency import canonical
from support.alliance import CASEWORKER, CLERK, FIRST, FORMER, PUBLISHER, SECRETARY, TWO, Alliance, paper, public_of
from support.published import forced_sealed

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
    """From the second of opening to the last before the end; any other keeps the vote from closing (window-over)."""
    world = voting()
    forced_sealed(world, ballot(world), getattr(world.vote(), bound) + late)
    ended(world)
    if counts:
        close(world)
        assert world.vote().consents == 1
        return
    with world.out_of_turn("window-over", index=0):
        close(world)


def test_a_ballot_beyond_the_anchor_is_not_opened() -> None:
    """Sealed within the window, yet after the last leaf that the anchor fixed: bad-object; the one before it counts."""
    world = voting().cast("consent", SECOND)
    act, arrived = ballot(world), world.stage.now
    ended(world)
    late = forced_sealed(world, act, arrived)
    assert world.sizes()[1] == world.inst.anchors[-1].size + 1
    with world.out_of_turn("bad-object", why=f"sealed #{world.inst.anchors[-1].size}"):
        close(world, late)
    close(world)
    assert world.vote().consents == 1


def test_nothing_but_ballots_of_this_vote_is_opened_with_it() -> None:
    """A question to the alliance, and a ballot of another vote: bad-object, each by its place."""
    world = voting()
    world.initiate_annex()
    world.open_vote("a:health")
    other = world.unit("vote.ballot/1", FIRST, {"vote": "a:health", "choice": "consent"})
    asked = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": "sha256:" + "0" * 64})
    ended(world)
    for receipt, why in ((other, "sealed #0: p:1"), (asked, "sealed #1")):
        with world.out_of_turn("bad-object", why=why):
            close(world, receipt.opening)


def test_a_ballot_is_signed_by_a_key_that_was_valid_when_it_arrived() -> None:
    """One key was never registered, one was exchanged the day before: unknown-key; until then it was good."""
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
            with world.out_of_turn("unknown-key", key=public_of(FIRST)):
                close_vote(world.stage.office, "p:1")


def closed(world: Alliance, counts: bool) -> None:
    """The vote's close: 甲's ballot counts, or it is refused."""
    ended(world)
    if counts:
        close_vote(world.stage.office, "p:1")
        assert world.vote().consents == 1
        return
    with world.refused("GY-22-08", unit=FIRST):
        close_vote(world.stage.office, "p:1")


@pytest.mark.parametrize(
    ("signers", "on_paper", "counts"),
    [
        (TWO, True, True),
        (TWO, False, False),
        ((CLERK,), True, False),
        ((CLERK, PUBLISHER), True, False),
        ((SECRETARY, CASEWORKER), True, False),
        ((CLERK, FORMER), True, False),
        ((SECOND,), False, False),
        ((SECOND,), True, False),
    ],
)
def test_a_ballot_is_cast_by_its_unit_or_recorded_from_paper_by_two_that_may(
    signers: tuple[str, ...], on_paper: bool, counts: bool
) -> None:
    """Secretary and clerk, from paper: it counts. Without paper, one alone, with one that may not, another unit: GY-22-08."""
    world = voting()
    forced_sealed(world, ballot(world, signers, ON_PAPER if on_paper else None))
    closed(world, counts)


@pytest.mark.parametrize(("begins", "ends", "counts"), [
    ("2026-10-01", "2026-10-12", True), ("2026-10-01", "2026-10-11", False), ("2026-10-13", "2026-12-31", False),
])  # fmt: skip
def test_who_recorded_a_ballot_held_office_on_the_day_it_arrived(begins: str, ends: str, counts: bool) -> None:
    """Whose term ended that day may; ended the day before, or begun the day after, it may not, whoever it is at the close."""
    world = voting()
    world.appoint("o:kurz", "clerk", begins=begins, ends=ends)
    world.stage.now += 60
    forced_sealed(world, ballot(world, (SECRETARY, "o:kurz"), ON_PAPER))
    closed(world, counts)


def test_a_vote_is_not_closed_before_a_turnout_was_stated() -> None:
    """Anchored past its end, with none ever stated: no-turnout; stated, it closes."""
    world = voting().cast("consent", FIRST).after_window()
    office = world.stage.office
    size, root = pad(office, 16)
    slot = office.now // 86_400
    office.handle(system_act(office, "book.anchor/1", {"slot": slot, "size": size, "root": "sha256:" + root.hex()}))
    with world.out_of_turn("no-turnout"):
        close_vote(office, "p:1")
    office.handle(system_act(office, "vote.turnout/1", {"matter": "p:1", "anchor": slot, "voted": 1}))
    close_vote(office, "p:1")


def test_after_an_early_close_no_ballot_is_taken_though_the_window_goes_on() -> None:
    """All had voted and it was closed the same day: window-over for a ballot and for a disavowal."""
    world = voting().cast_by(5)
    world.tick()
    assert world.vote().outcome and world.stage.now < world.vote().closes
    with world.out_of_turn("window-over"):
        world.cast("against", FIRST)
    with world.out_of_turn("window-over"):
        world.unit("vote.disavow/1", FIRST, {"vote": "p:1"})
