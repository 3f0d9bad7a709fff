"""Books with a recovery in them: verified from public files alone, from saved states, against witnesses and receipts."""

from __future__ import annotations

import pytest

from gongyue.book.receipts import Receipt, sign_inclusion_promise
from gongyue.covenant.periods import DAY, moment
from gongyue.governance import snapshot
from gongyue.governance.clock import far_after
from gongyue.office.store import OPEN
from gongyue.transparency.notes import Cosigner, add_lines, parse_note
from support.alliance import FIRST, NOBODY, TWO, Alliance, beijing
from support.published import files_of, forced, published_by_force, run, vkey

SECOND = "u:0002"
WITNESS = Cosigner("witness.example", bytes(32))


def in_force() -> Alliance:
    return Alliance(members=4, initiators=4).in_force()


def strayed(world: Alliance) -> Alliance:
    """Two officers confirm 2031; lists are written by the dozen, a member withdraws by its own clock."""
    view, at = world.stage.office.view(), world.inst.now
    world.stage.leap(beijing("2031-04-02 09:00"))
    world.executive("clock.confirm/1", {"last": world.inst.now, "time": world.stage.now}, TWO)
    world.tick()
    act = world.stage.signed("membership.withdraw/1", SECOND, {"effective": None}, [SECOND], at=at + 60, view=view)
    world.stage.office.handle(act)
    return world


def recovered(world: Alliance, at: int) -> int:
    """Two officers return to that time; the index."""
    world.stage.leap(at)
    return world.executive("clock.recover/1", world.stage.office.false_time(at), TWO).index


def test_a_book_with_a_recovery_verifies_from_its_files_alone() -> None:
    """The report names it: where, from and to which times, how many entries are void and how many moved."""
    world = in_force()
    back, first = world.inst.now, world.inst.size
    index = recovered(strayed(world), back + 3600)
    left = world.inst.recoveries[0].left
    world.stage.leap(back + 7200)
    world.invite(101)
    report, _ = run(files_of(world), world=world)
    assert (report.code, report.failure) == (0, None)
    (made,) = report.recoveries
    assert (made.index, made.first, made.void, made.moved) == (index, first, index - first - 1, 1)
    assert (made.back, made.left, made.time) == (moment(back), moment(left), moment(back + 3600))
    assert made.signers == TWO and len(report.confirmations) == 1
    assert {u.unit: u.status for u in report.units}[SECOND] == "left"
    assert {u.unit: u.status for u in report.units}[FIRST] == "member"


def test_a_saved_state_goes_on_across_a_recovery() -> None:
    """Saved before the false time, in the middle of it, and after: the same report and institution as from the beginning."""
    world = in_force()
    back = world.inst.now
    states = [run(files_of(world), world=world)[1]]
    strayed(world)
    states.append(run(files_of(world), world=world)[1])
    recovered(world, back + 3600)
    states.append(run(files_of(world), world=world)[1])
    world.stage.leap(back + 2 * 3600)
    world.invite(101)
    world.stage.leap(back + DAY)
    world.invite(102)
    recovered(world, back + 3 * 3600)
    files = files_of(world)
    whole, state = run(files, world=world)
    assert whole.code == 0 and len(whole.recoveries) == 2
    for earlier in states:
        report, again = run(files, world=world, state=earlier)
        assert (report.code, report.recoveries, again) == (0, whole.recoveries, state)


def test_every_checkpoint_and_receipt_of_the_false_time_still_holds() -> None:
    """The book only grew."""
    world = in_force()
    recovered(strayed(world), beijing("2026-04-02 10:00"))
    office = world.stage.office
    notes = [(f"size {n}", note[1]) for n in range(1, world.inst.size) if (note := office.store.note(OPEN, n))]
    kept = [(f"receipt {n}", r.proof) for n, r in enumerate(world.stage.receipts)]
    report, _ = run(files_of(world), world=world, checkpoints=tuple(notes), receipts=tuple(kept))
    assert (report.code, report.failure) == (0, None)


@pytest.mark.parametrize(("seen", "code"), [(-1, 0), (0, 0), (1, 3)])
def test_a_recovery_returns_to_no_time_before_a_witness_had_seen_the_book(seen: int, code: int) -> None:
    """A cosignature of the false time, stated by the witness's own clock: a second after the recovery it is unlawful."""
    world = in_force()
    now = world.inst.now + 3600
    strayed(world)
    head = world.stage.office.store.head(OPEN)
    assert head is not None
    text, _ = parse_note(head.note)
    cosigned = add_lines(head.note, [WITNESS.cosign(text, now + seen)])
    index = recovered(world, now)
    policy = f"log {vkey(world)}\nwitness w1 {WITNESS.verifier.vkey}\nquorum none\n".encode()
    report, _ = run(files_of(world), world=world, policy=policy, checkpoints=(("kept", cosigned),))
    assert report.code == code
    if code:
        assert report.failure is not None
        assert (report.failure.index, report.failure.type) == (index, "clock.recover/1")
        assert moment(now + seen) in str(report.failure.figures) and "kept" in str(report.failure.figures)
    assert run(files_of(world), world=world, checkpoints=(("kept", cosigned),))[0].code == 0


def test_a_recovery_that_voids_what_was_right_is_found_out() -> None:
    """Recorded by force, its first wrong entry a right one: exit 3 naming it."""
    world = in_force()
    world.invite(101)
    world.stage.leap(world.inst.now + 3600)
    body = {"first": world.inst.size - 1, "time": world.stage.now, "sealed": 1_000, "root": NOBODY}
    index = forced(world, world.stage.signed("clock.recover/1", "exec", body, TWO))
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3
    assert report.failure is not None
    assert (report.failure.index, report.failure.code) == (index, "out-of-turn/not-recoverable")


def asked(world: Alliance) -> Receipt:
    """A member asks a question, under seal."""
    return world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": "sha256:" + "0" * 64})


def test_a_promise_of_the_false_time_is_kept_by_the_first_anchor_after_the_recovery() -> None:
    """Before that nothing is held against the office; afterwards the true promise is kept, an invented one broken."""
    world = in_force()
    back = world.inst.now
    strayed(world)
    true = asked(world)
    invented = sign_inclusion_promise(
        world.stage.office.keys.sealed, "sha256:" + "77" * 32, true.time, true.time // DAY + 1
    )
    recovered(world, back + 3600)
    for promise in (true.proof, invented):
        assert run(files_of(world), world=world, receipts=(("mine", promise),))[0].code == 0
    world.stage.leap(back + 2 * DAY)
    world.tick()
    files = files_of(world)
    assert run(files, world=world, receipts=(("mine", true.proof),))[0].code == 0
    assert run(files, world=world, receipts=(("mine", invented),))[0].code == 2


def test_a_promise_of_the_false_time_is_broken_two_slots_after_the_recovery_without_an_anchor() -> None:
    """As any promise: its own slot and the next are time to anchor in."""
    world = in_force()
    back = world.inst.now
    strayed(world)
    true = asked(world)
    recovered(world, back + 3600)
    for days, code in ((2, 0), (3, 2)):
        world.stage.leap(back + days * DAY)
        world.invite(100 + days)
        report, _ = run(files_of(world), world=world, receipts=(("mine", true.proof),))
        assert report.code == code, days


@pytest.mark.parametrize(("after", "code"), [(0, 2), (1, 0)])
def test_a_promise_is_of_the_false_time_up_to_where_its_clock_was_believed(after: int, code: int) -> None:
    """Three days past its last entry it is, and due by the first anchor since; a second later it is of a slot yet to come."""
    world = in_force()
    back = world.inst.now
    strayed(world)
    recovered(world, back + 3600)
    time = world.inst.recoveries[0].left + 3 * DAY + after
    invented = sign_inclusion_promise(world.stage.office.keys.sealed, "sha256:" + "77" * 32, time, time // DAY)
    world.stage.leap(back + 2 * DAY)
    world.tick()
    assert run(files_of(world), world=world, receipts=(("mine", invented),))[0].code == code


def test_a_promise_made_in_the_very_second_of_the_last_entry_is_of_no_false_time() -> None:
    """Long after a recovery and an anchor: it is kept by the anchor of its own slot, which is yet to come."""
    world = in_force()
    back = world.inst.now
    strayed(world)
    recovered(world, back + 3600)
    world.stage.leap(back + 2 * DAY)
    world.tick()
    world.invite(101)
    mine = asked(world)
    assert mine.time == world.inst.now
    assert run(files_of(world), world=world, receipts=(("mine", mine.proof),))[0].code == 0


@pytest.mark.parametrize(("after", "code"), [(0, 0), (1, 2)])
def test_a_promise_that_can_have_been_made_since_the_last_entry_is_of_no_false_time(after: int, code: int) -> None:
    """Up to three days past the book's last entry its slot is yet to come; a second later it was due by the anchor since the recovery."""
    world = in_force()
    back = world.inst.now
    strayed(world)
    recovered(world, back + 3600)
    world.stage.leap(back + 2 * DAY)
    world.tick()
    time = world.inst.now + far_after(world.inst) + after
    assert time < world.inst.recoveries[0].left
    invented = sign_inclusion_promise(world.stage.office.keys.sealed, "sha256:" + "77" * 32, time, time // DAY)
    assert run(files_of(world), world=world, receipts=(("mine", invented),))[0].code == code


def test_what_was_sealed_in_the_false_time_is_disclosed_without_accusing_anybody() -> None:
    """A question, a ballot; one that arrived after the last entry of the false time, too."""
    world = in_force().vote_open()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.invite(101)
    world.stage.leap(back + DAY + 60)
    ballot = world.unit("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"})
    question = asked(world)
    recovered(world, back + 3600)
    world.stage.leap(back + DAY)
    world.tick()
    lines = ballot.opening + question.opening
    report, _ = run(files_of(world), world=world, disclosures=(("mine", lines),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 2)
    world.cast("consent", SECOND, "u:0003").close()
    report, _ = run(files_of(world), world=world, disclosures=(("mine", lines),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 2)
    assert world.vote().consents == 3


def test_the_institution_after_it_is_the_same_from_a_snapshot() -> None:
    """Kept in the middle of the false time and loaded again: the office that goes on from it has the same institution."""
    world = in_force()
    back = world.inst.now
    strayed(world)
    world.stage.office.save()
    recovered(world, back + 3600)
    world.stage.office.save()
    assert snapshot.load(snapshot.dump(world.inst)) == world.inst
