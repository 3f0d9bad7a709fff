"""What holders keep of votes that nobody opens and of promises that fell due: when it accuses, and when not yet."""

from __future__ import annotations

import base64

import msgspec
import pytest

from gongyue.book import disclosure
from gongyue.book.receipts import sign_inclusion_promise
from gongyue.covenant.periods import DAY, moment
from gongyue.governance.fields import END_OF_TIME
from gongyue.office.store import SEALED
from gongyue.sealing.commitment import sealed_leaf
from gongyue.transparency import canonical
from gongyue.transparency.notes import sign_note
from gongyue.verifying.report import WaitingPromise
from gongyue.verifying.report_lines import lines
from support.alliance import FIRST, Alliance, commitment_to
from support.passkey import Passkey
from support.published import appended, files_of, forced_sealed, published_by_force, run
from support.sealed import commitment_in, index_of, now_reads


def in_force(**other: str) -> Alliance:
    return Alliance(members=3, initiators=3).in_force(**other).on("2026-05-06")


@pytest.mark.parametrize(("slots", "code"), [(0, 0), (1, 0), (2, 2)])
def test_a_promise_is_broken_once_its_slot_is_two_slots_past_without_an_anchor(slots: int, code: int) -> None:
    """Its own slot and the next are time to anchor in, and until then it is said to wait; the act after shows that none was made: exit 2."""
    world = in_force()
    world.invite(100)
    office = world.stage.office
    slot = office.now // 86_400 + 1
    promised = moment(office.now)
    promise = sign_inclusion_promise(office.keys.sealed, "sha256:" + "77" * 32, office.now, slot)
    world.stage.now = (slot + slots) * 86_400
    if slots:
        world.invite(101)
    report, _ = run(files_of(world), world=world, receipts=(("mine", promise),))
    assert report.code == code
    due = moment((slot + 2) * 86_400)
    waits = [] if code else [WaitingPromise("mine", "sha256:" + "77" * 32, promised, due)]
    assert report.waiting == waits and ("waiting" in report.data()) == bool(waits)
    assert code or f"最迟 {due} 须在其中" in "\n".join(lines(report, "zh"))
    assert code == 0 or (
        report.failure is not None and report.failure.figures["slot"] == slot and report.failure.code == "tampered/late"
    )


def test_a_promise_that_states_a_later_slot_is_kept_by_the_one_after_its_time() -> None:
    """Nine slots on, as an office would put it off: two slots after the first one it is broken all the same."""
    world = in_force()
    world.invite(100)
    office = world.stage.office
    slot = office.now // 86_400 + 1
    promise = sign_inclusion_promise(office.keys.sealed, "sha256:" + "77" * 32, office.now, slot + 9)
    world.stage.now = (slot + 2) * 86_400
    world.invite(101)
    report, _ = run(files_of(world), world=world, receipts=(("mine", promise),))
    assert report.failure is not None and (report.code, report.failure.figures["slot"]) == (2, slot)


def test_a_promise_of_another_origin_or_of_no_time_is_no_promise() -> None:
    """Signed with the sealed key all the same: exit 4, of a time after all calendars too."""
    world = in_force()
    office = world.stage.office
    origin = office.keys.sealed.verifier.name
    for named, time, code in (
        (origin, END_OF_TIME - 1, 0),
        (origin, END_OF_TIME, 4),
        ("gongyue.example/other", office.now, 4),
    ):
        text = f"gongyue/promise@1\n{named}\nsha256:{'77' * 32}\n{time}\n1\n"
        report, _ = run(files_of(world), world=world, receipts=(("mine", sign_note(text, [office.keys.sealed])),))
        assert report.code == code
        assert code == 0 or (report.failure is not None and report.failure.code == "unreadable/receipt")


def test_a_head_of_no_time_is_no_head() -> None:
    """A time after all calendars: exit 4."""
    world = in_force()
    key = world.stage.office.keys.sealed
    for time, code in ((END_OF_TIME - 1, 0), (END_OF_TIME, 4)):
        text = f"gongyue/head@1\n{key.verifier.name}\nd:{'77' * 32}\n1\nsha256:{'77' * 32}\n{time}\n"
        report, _ = run(files_of(world), world=world, heads=(("mine", sign_note(text, [key])),))
        assert report.code == code


def test_a_line_of_another_book_accuses_nobody() -> None:
    """Anybody can write it: exit 4, and not that the office's book holds something else."""
    world = in_force()
    petition = world.stage.signed(
        "petition.submit/1", FIRST, {"kind": "wish", "text": commitment_to("a wish")}, [FIRST]
    )
    line = forced_sealed(world, petition)
    world.tick()
    for disclosed, code in ((line, 0), (line.replace(b'"book":"sealed"', b'"book":"open"'), 4)):
        report, _ = run(files_of(world), world=world, disclosures=(("mine", disclosed),))
        assert report.code == code, report.failure


@pytest.mark.parametrize("opened", [False, True])
def test_what_is_published_of_the_sealed_book_after_its_last_anchor_is_of_nothing_yet(opened: bool) -> None:
    """It is neither counted nor opened: whoever opens it is told that it is not published yet, exit 4."""
    world = in_force()
    petition = world.stage.signed(
        "petition.submit/1", FIRST, {"kind": "wish", "text": commitment_to("a wish")}, [FIRST]
    )
    line = forced_sealed(world, petition)
    with world.stage.office.store.writing() as tx:
        index = appended(world, tx, SEALED, sealed_leaf(commitment_in(line)), "")
    row = msgspec.json.decode(line)
    disclosed = disclosure.line(index, base64.b64decode(row["salt"]), canonical.encode(row["entry"]))
    files = published_by_force(world)
    report, _ = run(files, world=world, disclosures=(("mine", disclosed),) if opened else ())
    assert (report.code, report.sealed) == (4 if opened else 0, index)


@pytest.mark.parametrize("ballots", ["public", "members"])
def test_the_opening_of_a_ballot_that_is_not_published_accuses_nobody(ballots: str) -> None:
    """Where members only are handed the openings, a ballot disclosed without them is lawful, and no more is said."""
    world = in_force(vote__ballots=ballots).vote_open().cast("consent", FIRST)
    mine = world.stage.receipts[-1].opening
    world.cast("against", world.roll[1])
    for step in (world.tick, world.close):
        step()
        report, _ = run(files_of(world), world=world, disclosures=(("mine", mine),))
        assert (report.code, report.failure, report.disclosed) == (0, None, 1)


def test_a_disclosed_ballot_signed_with_a_passkey_is_checked_against_the_origins_of_the_genesis() -> None:
    """Exit 0 for the true one; exit 2 for an assertion made on another site."""
    world, key = in_force().vote_open(), Passkey()
    world.unit("key.add/1", FIRST, {"key": key.id, "alg": "webauthn"})
    body = {"vote": "p:1", "choice": "consent"}
    drafts = [
        msgspec.structs.replace(world.stage.signed("vote.ballot/1", FIRST, body, [FIRST]), sigs=()) for _ in range(2)
    ]
    true = forced_sealed(world, key.sign(drafts[0]))
    false = forced_sealed(world, key.sign(drafts[1], origin="https://evil.example"))
    world.tick()
    files = files_of(world)
    assert run(files, world=world, disclosures=(("mine", true),))[0].code == 0
    report, _ = run(files, world=world, disclosures=(("mine", true + false),))
    assert report.code == 2
    assert report.failure is not None and report.failure.code == "tampered/signature"
    assert f"mine sealed #{index_of(world.stage.office, false)}" in report.failure.en


def test_a_notice_disclosed_without_its_ballot_is_checked_in_form_only() -> None:
    """Two without their ballots: two in form only; one with its ballot: none; two with the ballot of one: one. Exit 0 each time."""
    world = in_force().vote_open()
    ballot = {"vote": "p:1", "choice": "consent"}
    cast = [world.on_paper("vote.ballot/1", unit, ballot, "2026-05-06", "2026-05-06") for unit in world.roll[:2]]
    told = [world.told(one) for one in cast]
    world.tick()
    files = files_of(world)
    for kept, disclosed, form_only in ((told, 2, 2), ((cast[0], told[0]), 2, 0), ((*told, cast[0]), 3, 1)):
        lines = b"".join(one.opening for one in kept)
        report, _ = run(files, world=world, disclosures=(("mine", lines),))
        assert (report.code, report.failure) == (0, None)
        assert (report.disclosed, report.disclosed_form_only) == (disclosed, form_only)


def test_a_ballot_disclosed_beside_a_saved_state_is_judged_as_of_its_arrival() -> None:
    """Verified up to the close and beyond: it was cast in time all the same, for which the whole history is read."""
    world = in_force().vote_open().cast("consent", FIRST)
    mine = world.stage.receipts[-1].opening
    files = files_of(world.close())
    _, state = run(files, world=world)
    report, _ = run(files, world=world, state=state, disclosures=(("mine", mine),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 1)


def test_a_sealed_act_is_judged_before_what_came_after_it_though_it_was_not_yet_anchored() -> None:
    """Asked by a member that left an hour later and before the next anchor: the question was its own to ask."""
    world = in_force().vote_open()
    asked = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": "sha256:" + "0" * 64})
    world.stage.now += 3600
    world.withdraw(FIRST)
    world.tick()
    report, _ = run(files_of(world), world=world, disclosures=(("mine", asked.opening),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 1)


def test_an_opening_that_is_not_published_yet_accuses_nobody() -> None:
    """Exit 4, not-published: the published sealed book ends before it; after the next publication the same opening holds."""
    world = Alliance(members=3, initiators=2).in_force()
    before = files_of(world)
    mine = world.apply(50)
    report, _ = run(before, world=world, disclosures=(("mine", mine.opening),))
    assert (report.code, report.failure and report.failure.code) == (4, "unreadable/not-published")
    assert (
        report.failure
        and "还不在已公布的簿册里" in report.failure.zh
        and "not in the published book yet" in report.failure.en
    )
    world.next_day()
    assert run(files_of(world), world=world, disclosures=(("mine", mine.opening),))[0].code == 0


def test_an_opening_accuses_nobody_where_no_sealed_book_is_published_yet() -> None:
    """The very first act under seal, by its promise and by the index it got after: exit 4, not-published; nothing broke down."""
    world = Alliance(members=3, initiators=3, slot_seconds=31 * DAY).in_force()
    assert world.sizes()[1] == 0
    mine = world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to("question")}).opening
    files = files_of(world)
    assert "sealed/checkpoint" not in files
    world.stage.now += 31 * DAY
    world.tick()
    for line in (mine, now_reads(world.stage.office, mine)):  # by its promise, and by its index
        report, _ = run(files, world=world, disclosures=(("mine", line),))
        assert (report.code, report.failure and report.failure.code) == (4, "unreadable/not-published")


def test_what_arrived_before_the_last_anchor_should_be_there() -> None:
    """Between two anchors, and said to stand beyond the book's end: exit 2. In the last anchor's own second or later, promised or placed since: exit 4."""
    world = Alliance(members=3, initiators=2).in_force().next_day()
    before, mine = files_of(world), world.apply(50)
    assert mine.time == world.inst.anchors[-1].time
    assert run(before, world=world, disclosures=(("mine", mine.opening),))[0].code == 4
    world.stage.now += 1
    later = world.apply(51)
    world.next_day()
    assert world.inst.anchors[-2].time < later.time < world.inst.anchors[-1].time
    for one in (mine, later):
        placed = now_reads(world.stage.office, one)
        assert run(before, world=world, disclosures=(("mine", placed),))[0].code == 4
    index, line = index_of(world.stage.office, later), now_reads(world.stage.office, later)
    beyond = line.replace(b'"index":%d' % index, b'"index":9999')
    assert run(files_of(world), world=world, disclosures=(("mine", beyond),))[0].code == 2
    files, newest = files_of(world), ("newest", world.apply(52).opening)
    assert run(files, world=world, disclosures=(newest,))[0].code == 4
    for both in ((newest, ("mine", beyond)), (("mine", beyond), newest)):  # whichever is due first tells
        assert run(files, world=world, disclosures=both)[0].code == 2
