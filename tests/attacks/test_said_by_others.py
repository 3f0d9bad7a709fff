"""What an office says in the accused's name: on paper it invented, or with a first key that it registered for it once the case was there."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from attacks.forcing import letter, today
from gongyue.covenant.periods import from_iso
from gongyue.governance.preview import may_be_shown
from gongyue.governance.reply import Reply
from gongyue.governance.results import is_named
from support.alliance import FIRST, PANEL, TWO, Alliance, commitment_to
from support.cases import (
    ACCUSED,
    CANCELLATION,
    EVIDENCE,
    FACTORS,
    HU,
    LIGHTER,
    REPORT,
    REVIEWERS,
    USERS,
    again,
    cancelled,
    concluded,
    decided,
    handled,
    heard,
    offered,
    opened_case,
    ordered,
    received,
    replied,
    reviewed,
    reviewing,
    served,
    staffed,
    with_reviewers,
)
from support.dossiers import assigned, done, folded, forced_in, id_of, noted, opened, signed
from support.published import published_by_force, run
from support.told import Told

KEYLESS = "u:0060"
WHISPER = commitment_to("从未给过的")
REASONS = commitment_to("理由")


@cache
def _told() -> Told:
    world = Alliance(members=5, initiators=2).published().on("2026-04-01")
    world.invite(60)
    world.stage.now += 60
    enrol = {"accepts": True, "activities": ["analysis"], "other": ""}
    world.on_paper("membership.enrol/1", KEYLESS, enrol, today(world), today(world))
    for other in ("o:x1", "o:x2"):
        world.appoint(other, "clerk")
    world.on("2026-05-20").appoint(HU, "panellist").on("2026-06-01")
    return Told.of(world.stage)


def keyless() -> Alliance:
    """In force, with three panellists; the sixtieth unit is a member, and has no key."""
    world = Alliance(members=5, initiators=2)
    return world.again(_told())


def said(world: Alliance, dossier: str, unit: str = ACCUSED, **body: Any) -> None:
    """Two officers record a letter of the accused."""
    done(world, "dossier.note/1", dossier, body, *TWO, actor=unit, paper=letter(world))


def lied(world: Alliance, dossier: str, code: str, *evidence: str) -> None:
    """The panel concludes: refused at the office, and by the accused's own file where it was recorded all the same."""
    body = {
        "findings": [USERS | {"evidence": list(evidence or (EVIDENCE,))}],
        "adverse": True,
        "reasons": commitment_to("结论的理由"),
    }
    act = signed(world, "case.conclude/1", dossier, body, *PANEL)
    with world.refused(code):
        world.stage.office.handle(act)
    forced_in(world, act)
    world.stage.now += 86_400
    world.tick()
    mine = b"".join(opened(world, dossier))
    report = run(published_by_force(world), world=world, disclosures=(("mine", mine),))[0]
    assert report.failure is not None
    assert (report.code, report.failure.code) == (3, code)


def test_an_invented_letter_does_not_say_that_the_accused_has_replied() -> None:
    """It received everything on 06-01 by its own key, and is said to have replied: GY-17-04 on the same day."""
    world = staffed()
    dossier = heard(world)
    said(world, dossier, complete=True)
    lied(world, dossier, "GY-17-04")


def test_it_has_replied_once_it_could_deny_it() -> None:
    """Told of the letter on 06-01: until 06-04 not, from 06-05 on; untold the time for the reply runs on, to 06-16."""
    world = staffed()
    dossier = heard(world)
    said(world, dossier, complete=True)
    untold = Reply.to(world.inst, folded(world, dossier), [EVIDENCE])
    assert (untold.last, untold.complete, untold.waits) == (from_iso("2026-06-16"), False, "")
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-06-04")
    with world.refused("GY-17-04", enough="2026-06-05"):
        concluded(world, dossier)
    world.on("2026-06-05")
    concluded(world, dossier)


def test_a_letter_from_before_the_evidence_says_nothing_of_it() -> None:
    """It is told of it all the same: the reply to the evidence that came later has its own time."""
    world = staffed()
    dossier = opened_case(world)
    served(world, dossier)
    received(world, dossier)
    said(world, dossier, complete=True)
    served(world, dossier, "evidence")
    received(world, dossier)
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-06-10")
    with world.refused("GY-17-04", due="2026-06-16"):
        concluded(world, dossier)


def test_an_invented_letter_gives_no_evidence_that_nobody_served() -> None:
    """Said to be the accused's own document: GY-17-04 as long as it was not told of it, however long it waits."""
    world = staffed()
    dossier = heard(world)
    said(world, dossier, docs=[WHISPER])
    noted(world, dossier, ACCUSED, docs=[REASONS])
    world.on("2026-07-20")
    lied(world, dossier, "GY-17-04", WHISPER)


def test_what_it_gave_on_paper_is_cited_once_it_could_deny_it() -> None:
    """Told on 06-15: its own time ends on 06-16, that of the letter on 06-18."""
    world = staffed()
    dossier = heard(world)
    said(world, dossier, docs=[WHISPER])
    world.on("2026-06-15")
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-06-18")
    with world.refused("GY-17-04", due="2026-06-18"):
        concluded(world, dossier, USERS | {"evidence": [WHISPER]})
    world.on("2026-06-19")
    concluded(world, dossier, USERS | {"evidence": [WHISPER]})


def invented(world: Alliance) -> tuple[str, int]:
    """A case against whoever has no key; officers register one for it, receive with it, and say that all was said."""
    dossier = opened_case(world, accused=KEYLESS)
    served(world, dossier, "notice")
    served(world, dossier, "evidence")
    receipt = world.register(KEYLESS, key_of="invented")
    assert receipt.index is not None
    world.stage.now += 60
    for place in (2, 3):
        digest = folded(world, dossier).entries[place - 1].digest
        body = {"docs": list(folded(world, dossier).served[digest])}
        done(world, "dossier.receive/1", dossier, body, "invented", actor=KEYLESS, to=digest)
    done(world, "dossier.note/1", dossier, {"complete": True}, "invented", actor=KEYLESS)
    return dossier, receipt.index


@pytest.mark.parametrize("disavowed", [False, True])
def test_a_first_key_registered_in_the_middle_of_a_case_ends_no_time_by_itself(disavowed: bool) -> None:
    """It received and completed: GY-17-04 until the unit was told, also once the key was disavowed as none of its own."""
    world = keyless()
    dossier, index = invented(world)
    world.stage.now += 86_400
    if disavowed:
        world.stage.do("key.disavow/1", KEYLESS, {"entry": index}, ["o:x1", "o:x2"], paper=letter(world))
    lied(world, dossier, "GY-17-04")


def test_a_first_key_counts_like_any_other_once_it_is_its_own_beyond_doubt() -> None:
    """The unit confirmed it, and the delay of seven days is over: what it signs then ends its time at once."""
    world = keyless()
    dossier = opened_case(world, accused=KEYLESS)
    receipt = world.register(KEYLESS)
    world.stage.now += 60
    world.unit("key.receive/1", KEYLESS, {"entry": receipt.index})
    world.on("2026-06-09")
    for what in ("notice", "evidence"):
        served(world, dossier, what)
        received(world, dossier, unit=KEYLESS)
    noted(world, dossier, KEYLESS, complete=True)
    concluded(world, dossier)


def test_a_first_key_from_before_the_case_is_not_doubted_in_it() -> None:
    """Nobody ever told its unit of it: what it signs in a case counts as before."""
    world = again(staffed())
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)


# -- hearings and reviews


def body_of_decision() -> dict[str, Any]:
    """A cancellation with its paragraphs."""
    factors: dict[str, Any] = {name: commitment_to(name) for name in FACTORS}
    return factors | {"kind": CANCELLATION, "lighter": LIGHTER}


def test_a_hearing_that_others_asked_for_and_say_was_held_ends_no_time() -> None:
    """An invented letter asks, the caseworker notes that it was held: GY-18-06 on the same day, and on day 10; told and on day 11 it may."""
    world = staffed()
    dossier = offered(world)
    said(world, dossier, asks="hearing")
    ordered(world, dossier, "heard", "held")
    act = signed(world, "case.decide/1", dossier, body_of_decision(), *PANEL)
    with world.refused("GY-18-06", enough="告知记录"):
        world.stage.office.handle(act)
    served(world, dossier, "recorded", commitment_to("告知信"))
    world.on("2026-06-11")
    with world.refused("GY-18-06", due="2026-06-11"):
        decided(world, dossier)
    world.on("2026-06-12")
    decided(world, dossier)


def test_verify_finds_a_decision_on_a_hearing_that_others_asked_for() -> None:
    """GY-18-06, with all of the accused's own file."""
    world = staffed()
    dossier = offered(world)
    said(world, dossier, asks="hearing")
    ordered(world, dossier, "heard", "held")
    forced_in(world, signed(world, "case.decide/1", dossier, body_of_decision(), *PANEL))
    world.stage.now += 86_400
    world.tick()
    mine = b"".join(opened(world, dossier))
    report = run(published_by_force(world), world=world, disclosures=(("mine", mine),))[0]
    assert report.failure is not None
    assert (report.code, report.failure.code) == (3, "GY-18-06")


def test_a_review_that_others_asked_for_is_not_decided_before_the_accused_could_deny_it() -> None:
    """Untold it is not-open, whoever asks: so nobody burns it. Told on 06-15, the day before the last of P5: on 06-18 not, on 06-19 it is decided."""
    world = with_reviewers()
    dossier = cancelled(world)
    said(world, dossier, asks="review")
    digest = folded(world, dossier).entries[-1].digest
    assigned(world, dossier, "reviewers", REVIEWERS)
    with world.out_of_turn("not-open"):
        reviewed(world, dossier, digest)
    with world.out_of_turn("already"):
        said(world, dossier, asks="review")
    served(world.on("2026-06-15"), dossier, "recorded", commitment_to("告知信"))
    world.on("2026-06-18")
    with world.out_of_turn("not-open"):
        reviewed(world, dossier, digest)
    world.on("2026-06-19")
    reviewed(world, dossier, digest)


def test_whoever_is_accused_asks_for_its_review_whatever_others_asked_for() -> None:
    """Its own request is the one that is answered, and no second one."""
    world = with_reviewers()
    dossier = cancelled(world)
    said(world, dossier, asks="review")
    others = folded(world, dossier).entries[-1].digest
    own = reviewing(world, dossier)
    with world.out_of_turn("already"):
        noted(world, dossier, ACCUSED, asks="review")
    with world.out_of_turn("dossier-unanswered"):
        reviewed(world, dossier, others)
    reviewed(world, dossier, own)


# -- a reporter's papers, and a wish to be named


def previewed(world: Alliance, **receipt: Any) -> str:
    """A report whose reporter was served, on 06-01, what is to be shown of it."""
    dossier = handled(world)
    served(world, dossier, "preview", REASONS)
    received(world, dossier, unit=FIRST, **receipt)
    return dossier


def shown(world: Alliance, dossier: str, day: str) -> bool:
    """Whether it may be shown on a day."""
    return REASONS in may_be_shown(folded(world, dossier), from_iso(day))


def test_no_invented_letter_shows_a_reporters_papers() -> None:
    """It permits nothing: three days' silence do, from 06-05. Received on paper alone, nothing is shown until it was told, and that again."""
    world = staffed()
    own = previewed(world)
    said(world, own, FIRST, asks="showing")
    assert [shown(world, own, day) for day in ("2026-06-01", "2026-06-04", "2026-06-05")] == [False, False, True]
    carried = previewed(world, paper=letter(world))
    assert not shown(world, carried, "2026-12-31")
    world.on("2026-06-10")
    served(world, carried, "recorded", commitment_to("告知信"))
    assert [shown(world, carried, day) for day in ("2026-06-13", "2026-06-14")] == [False, True]


def test_what_others_file_in_a_reporters_name_it_has_not_seen() -> None:
    """Filed by its own key the version it brings may be shown at once; filed from a letter by two officers it may not."""
    world = staffed()
    own = handled(world, shown=[REASONS])
    assert shown(world, own, "2026-06-01")
    filed = world.stage.do("report.file/1", FIRST, REPORT | {"shown": [REASONS]}, TWO, paper=letter(world))
    carried = id_of(filed)
    assigned(world, carried)
    assert not shown(world, carried, "2026-12-31")


def test_no_invented_letter_wishes_that_the_accused_be_named() -> None:
    """Where nobody is named without a wish: untold it is none; told, or its own, it is one."""
    world = staffed()
    dossier = heard(world)
    said(world, dossier, asks="naming")
    assert not is_named(world.inst, folded(world, dossier))
    served(world, dossier, "recorded", commitment_to("告知信"))
    assert is_named(world.inst, folded(world, dossier))
    other = heard(world)
    noted(world, other, ACCUSED, asks="naming")
    assert is_named(world.inst, folded(world, other))


def test_no_invented_letter_burns_a_reconsideration() -> None:
    """Others ask, and it is declined once more: its reporter asks itself, and is answered; a second time it does not, nor do they."""
    world = staffed()
    dossier = handled(world)
    replied(world, dossier, "declined", "no_fact")
    said(world, dossier, FIRST, asks="reconsideration")
    with world.out_of_turn("already"):
        said(world, dossier, FIRST, asks="reconsideration")
    replied(world, dossier, "declined", "no_fact", to=folded(world, dossier).last.digest)
    with world.refused("GY-17-07", ground="settled"):
        ordered(world, dossier, "terminate", "settled")
    with world.out_of_turn("already"):
        replied(world, dossier, "declined", "no_fact", to=folded(world, dossier).entries[0].digest)
    noted(world, dossier, FIRST, asks="reconsideration")
    with world.out_of_turn("already"):
        said(world, dossier, FIRST, asks="reconsideration")
    replied(world, dossier, "declined", "no_fact", to=folded(world, dossier).last.digest)
    with world.out_of_turn("already"):
        noted(world, dossier, FIRST, asks="reconsideration")
    ordered(world, dossier, "terminate", "settled")
