"""Reasons that say nothing, and a review of what nobody read, with all of the office's keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from attacks.bending import caught, found
from gongyue.book.entry import SignedAct
from gongyue.governance.case import DECLINED
from support.alliance import CASEWORKER, FIRST, PANEL, SECRETARY, TWO, Alliance, commitment_to, paper
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    FACTORS,
    FACTS,
    LIGHTER,
    NOTICE,
    REPLY,
    REVIEWERS,
    USERS,
    cancelled,
    case_body,
    handled,
    heard,
    linked,
    offered,
    opened_on,
    proposed,
    received,
    replied,
    reviewing,
    served,
    staffed,
    with_reviewers,
)
from support.cases import found as concluded_case
from support.dossiers import TEXT, answered, done, folded, forced_in, noted, petition, signed


def conclusion(world: Alliance) -> tuple[str, SignedAct]:
    """A conclusion whose reasons are the notice."""
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    body = {"findings": [USERS], "adverse": True, "reasons": NOTICE}
    return dossier, signed(world, "case.conclude/1", dossier, body, *PANEL)


def proposal(world: Alliance) -> tuple[str, SignedAct]:
    """A proposal whose reasons are those of the conclusion."""
    dossier = concluded_case(world)
    body = {"kind": CIRCULAR, "reasons": commitment_to("理由")}
    return dossier, signed(world, "case.propose/1", dossier, body, *PANEL)


def decline(world: Alliance, dossier: str, reasons: str) -> SignedAct:
    """A decline for those reasons."""
    link, line = linked(world, (dossier, 1))
    body = {"answer": "declined", "ground": "no_fact", "reasons": reasons, "link": link}
    return signed(world, "report.answer/1", dossier, body, CASEWORKER, files=[line])


def first_decline(world: Alliance) -> tuple[str, SignedAct]:
    """A decline whose reasons are what was reported."""
    dossier = handled(world)
    return dossier, decline(world, dossier, FACTS)


def second_decline(world: Alliance) -> tuple[str, SignedAct]:
    """The decline is reconsidered in the words of the first."""
    dossier = handled(world)
    replied(world, dossier, "declined", "no_fact")
    noted(world, dossier, asks="reconsideration")
    return dossier, decline(world, dossier, commitment_to("declined"))


def hearing(world: Alliance) -> tuple[str, SignedAct]:
    """The record of a hearing is what the accused had written before."""
    dossier = offered(world)
    noted(world, dossier, ACCUSED, asks="hearing", docs=[REPLY])
    body = {"what": "heard", "ground": "held", "reasons": REPLY}
    return dossier, signed(world, "dossier.order/1", dossier, body, CASEWORKER)


@pytest.mark.parametrize("made", [conclusion, proposal, first_decline, second_decline, hearing])
def test_reasons_are_no_paper_that_stood_there_before(made: Callable[[Alliance], tuple[str, SignedAct]]) -> None:
    """Under the very commitment it has in the file: malformed."""
    world = staffed()
    dossier, act = made(world)
    with world.out_of_turn("malformed", why="reasons"):
        world.stage.office.handle(act)
    caught(world, act, "malformed", dossier)


def test_a_petition_is_not_explained_by_its_own_text() -> None:
    """Nor its answer told so: malformed; forwarded it may be as it is, and a paper more explains."""
    world = staffed()
    dossier, other = petition(world), petition(world)
    answered(world, dossier)
    letter, body = paper("函", "2026-06-01", "2026-06-01"), {"answer": "replied", "docs": [TEXT]}
    told = signed(world, "petition.answer/1", dossier, body, *TWO, paper=letter)
    with world.out_of_turn("malformed", why="docs"):
        world.stage.office.handle(told)
    act = signed(world, "petition.answer/1", other, {"answer": "explained", "docs": [TEXT]}, SECRETARY)
    caught(world, act, "malformed", dossier, other)
    world = staffed()
    dossier, other = petition(world), petition(world)
    for one, answer, docs in ((dossier, "forwarded", [TEXT]), (other, "explained", [TEXT, REPLY])):
        done(world, "petition.answer/1", one, {"answer": answer, "docs": docs}, SECRETARY)


def review(world: Alliance, dossier: str, to: str) -> SignedAct:
    """The decision is upheld; not handed in."""
    body: dict[str, Any] = {"outcome": "upheld", "kind": None, "reasons": commitment_to("复核的理由")}
    return signed(world, "case.review/1", dossier, body, *REVIEWERS[:2], to=to)


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-16"])
def test_a_review_has_seen_what_the_accused_wrote_in_its_time(day: str) -> None:
    """Signed upon the request, recorded behind the grounds for it, on the last day too: dossier-unseen."""
    world = with_reviewers()
    dossier = cancelled(world)
    world.on(day)
    to = reviewing(world, dossier)
    act = review(world, dossier, to)
    world.stage.now += 60
    noted(world, dossier, ACCUSED, docs=[REPLY])
    world.stage.now += 60
    caught(world, act, "dossier-unseen", dossier)


def test_what_comes_after_the_time_for_a_review_makes_it_not_stale() -> None:
    """On the next day; and nobody holds a review up by writing on."""
    world = with_reviewers()
    dossier = cancelled(world)
    to = reviewing(world, dossier)
    act = review(world.on("2026-06-17"), dossier, to)
    world.stage.now += 60
    noted(world, dossier, ACCUSED, docs=[REPLY])
    world.stage.office.handle(act)
    assert found(world, dossier) == (0, "")


def opening(world: Alliance, report: str) -> tuple[SignedAct, bytes]:
    """A case on a report, not handed in, and what opens its link."""
    link, line = linked(world, (report, 1))
    return world.stage.signed("case.open/1", "exec", case_body(link=link), [CASEWORKER, SECRETARY], [line]), line


def test_no_case_is_opened_on_a_report_that_was_declined() -> None:
    """Its reporter was told that it was not taken up, and would never hear of it: bad-link; asked to reconsider, it may be."""
    world = staffed()
    report = handled(world)
    replied(world, report, "declined", "no_fact")
    act, _ = opening(world, report)
    with world.out_of_turn("bad-link", why=DECLINED):
        world.stage.office.handle(act)
    noted(world, report, FIRST, asks="reconsideration")
    case = opened_on(world, report)
    replied(world, report, "opened", of=(case, 1))
    assert found(world, report, case) == (0, "")


def test_a_case_that_was_opened_on_a_declined_report_is_found_by_whoever_opens_both() -> None:
    """Recorded all the same: bad-link, exit 3."""
    world = staffed()
    report = handled(world)
    replied(world, report, "declined", "no_fact")
    act, line = opening(world, report)
    forced_in(world, act)
    world.stage.now += 60
    noted(world, report, FIRST, docs=[REPLY])
    case = f"d:{act.digest.removeprefix('sha256:')}"
    assert found(world, report, case, lines=line + b"\n") == (3, "bad-link")


@pytest.mark.parametrize("together", [True, False])
def test_a_lighter_proposal_that_was_shown_counts_however_it_was_served(together: bool) -> None:
    """In one service with the heavier one, or as a mere reply: nothing heavier is decided, or proposed, GY-18-11."""
    world = staffed()
    dossier = concluded_case(world)
    proposed(world, dossier, CIRCULAR)
    (lighter,) = (one.reasons for one in folded(world, dossier).case.proposals)  # type: ignore[union-attr]
    body: dict[str, Any] = {"kind": CANCELLATION, "reasons": commitment_to("较重的理由")}
    if not together:
        served(world, dossier, "reply", lighter)
        caught(world, signed(world, "case.propose/1", dossier, body, *PANEL), "GY-18-11", dossier)
        return
    done(world, "case.propose/1", dossier, body, *PANEL)
    served(world, dossier, "proposal", lighter, commitment_to("较重的理由"))
    received(world, dossier)
    noted(world, dossier, ACCUSED, complete=True)
    decision = {name: commitment_to(name) for name in FACTORS} | {"kind": CANCELLATION, "lighter": LIGHTER}
    caught(world, signed(world, "case.decide/1", dossier, decision, *PANEL), "GY-18-11", dossier)
