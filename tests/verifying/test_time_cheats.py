"""Cheats about time with every key of the executive body: what a recovery may not be used for."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gongyue.book.entry import decode
from gongyue.book.receipts import sign_inclusion_promise
from gongyue.covenant.periods import DAY, moment
from gongyue.demo.simulated_office import seed_of
from gongyue.governance.clock import SKEW
from gongyue.office import routine_acts
from gongyue.office.keys import demo_keys
from gongyue.office.sources import StoreSources
from gongyue.office.store import OPEN
from gongyue.transparency.notes import Cosigner, add_lines, parse_note, sign_note
from gongyue.verifying.verify import Request, verify
from support.alliance import FIRST, NOBODY, SECRETARY, SYSOP, TWO, Alliance, paper, public_of
from support.anchoring import padded
from support.published import files_of, forced, published_by_force, run, vkey


def in_force() -> Alliance:
    return Alliance(members=5, initiators=4).in_force()


def recovered(world: Alliance, at: int) -> int:
    """Two officers return to that time; the index."""
    world.stage.leap(at)
    return world.executive("clock.recover/1", world.stage.office.false_time(at), TWO).index


def recovered_by_force(world: Alliance, at: int, **other: Any) -> int:
    """The same past the law, stating something else; the index."""
    world.stage.leap(at)
    body = world.stage.office.false_time(at) | other
    act = world.stage.signed("clock.recover/1", "exec", body, TWO)
    return forced(world, act, lambda leaf: leaf.replace(f'"t":{world.inst.now}'.encode(), f'"t":{at}'.encode()))


def sealed_root(world: Alliance, size: int) -> str:
    """The sealed book's root at that size."""
    return StoreSources(world.stage.office.store).sealed_root(size) or NOBODY


def test_a_vote_opened_in_the_false_time_is_held_again() -> None:
    """Ballots cast in the vote that never was do not count, and do not keep the true one from closing."""
    world = in_force().proposed()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.open_vote().cast("consent", *world.roll[:3])
    recovered(world, back + 3600)
    world.stage.leap(back + 7200)
    world.open_vote().cast("against", *world.roll[:2])
    world.close()
    assert (world.vote().consents, world.vote().against) == (0, 2)
    assert run(files_of(world), world=world)[0].code == 0


def test_what_arrives_after_the_recovery_cannot_be_said_to_be_of_the_false_time() -> None:
    """A recovery that states a larger sealed book, to void ballots to come, or another root: exit 2 naming it."""
    for larger in (True, False):
        world = in_force()
        back = world.inst.now
        other = {"sealed": world.inst.anchors[-1].size + 64} if larger else {"root": NOBODY}
        world.stage.leap(world.inst.now + DAY)
        world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
        world.invite(101)
        index = recovered_by_force(world, back + 60, **other)
        world.stage.office.catch_up()
        world.stage.leap(back + DAY)
        while (stated := padded(world.stage.office))["size"] < world.inst.recoveries[0].sealed:
            pass
        anchor = forced(world, routine_acts.system_act(world.stage.office, "book.anchor/1", stated))
        report, _ = run(published_by_force(world), world=world)
        assert report.code == 2 and report.failure is not None
        assert (report.failure.index, report.failure.figures["what"]) == (anchor, f"#{anchor} #{index} clock.recover/1")


def test_a_second_recovery_does_not_shrink_the_sealed_book() -> None:
    """What the first stated is in it for ever, anchored or not, and it grows: exit 3 naming the second."""
    world = in_force()
    world.tick()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
    world.invite(101)
    recovered(world, back + 60)
    size = world.inst.recoveries[0].sealed
    world.stage.leap(back + DAY)
    world.invite(102)
    index = recovered_by_force(world, back + 120, sealed=size, root=sealed_root(world, size))
    report, _ = run(published_by_force(world), world=world)
    assert report.code == 3 and report.failure is not None
    assert (report.failure.index, report.failure.code) == (index, "out-of-turn/wrong-statement")


def test_a_second_recovery_does_not_put_off_a_promise_of_the_first_false_time() -> None:
    """Not in the sealed book when two officers returned from it: broken at the first anchor after that."""
    world = in_force()
    back, false = world.inst.now, world.inst.now + 300 * DAY
    world.stage.leap(false)
    world.executive("clock.confirm/1", {"last": back, "time": false}, TWO)
    promise = sign_inclusion_promise(world.stage.office.keys.sealed, "sha256:" + "77" * 32, false, false // DAY + 1)
    recovered(world, back + 3600)
    world.stage.leap(back + 2 * DAY)
    world.tick()
    for hours in (0, 2):
        assert run(files_of(world), world=world, receipts=(("mine", promise),))[0].code == 2
        world.stage.leap(back + 2 * DAY + hours * 3600 + 7200)
        world.invite(101 + hours)
        recovered(world, back + 2 * DAY + hours * 3600 + 60)


WITNESS = Cosigner("witness.example", bytes(32))


def witnessed(world: Alliance, time: int) -> dict[str, Any]:
    """What a member kept: the book's present checkpoint, which a witness saw at that time by its own clock."""
    head = world.stage.office.store.head(OPEN)
    assert head is not None
    text, _ = parse_note(head.note)
    policy = f"log {vkey(world)}\nwitness w1 {WITNESS.verifier.vkey}\nquorum none\n".encode()
    return {"policy": policy, "checkpoints": (("kept", add_lines(head.note, [WITNESS.cosign(text, time)])),)}


def walked_ahead(world: Alliance) -> None:
    """Within a minute the clock is set on by three days, again and again, past the end of the vote: nobody confirms it."""
    closes = world.vote().closes
    while world.inst.now < closes:
        world.stage.leap(world.inst.now + 3 * DAY)
        world.tick()


def test_a_clock_walked_ahead_in_small_steps_is_found_out_by_a_witness_alone() -> None:
    """It ends a vote early without a confirmation. By itself the book is lawful; a witness who saw it before is exit 3."""
    world = in_force().vote_open()
    began = world.inst.now
    walked_ahead(world)
    assert world.vote().outcome == "rejected"
    files = files_of(world)
    report, _ = run(files, world=world)
    assert (report.code, report.confirmations, report.recoveries) == (0, [], [])
    now = world.inst.now
    for seen, code in ((now, 0), (now - SKEW, 0), (now - SKEW - 1, 3), (began + 60, 3)):
        report, _ = run(files, world=world, **witnessed(world, seen))
        assert report.code == code, seen
        if code:
            assert report.failure is not None
            assert (report.failure.index, report.failure.code) == (world.inst.size - 1, "out-of-turn/wrong-statement")
            assert moment(now) in str(report.failure.figures) and moment(seen) in str(report.failure.figures)


def test_a_witness_of_a_false_time_accuses_nobody_once_it_was_left() -> None:
    """Neither by what is void nor by a unit's act, which counts at the recovery, hours after the witness had seen it."""
    for by_a_unit in (False, True):
        world = in_force()
        back = world.inst.now
        world.stage.leap(back + DAY)
        world.invite(101)
        if by_a_unit:
            world.unit("membership.declare/1", FIRST, {"activities": ["research"], "other": ""})
        kept = witnessed(world, back + 30)
        assert run(files_of(world), world=world, **kept)[0].code == 3
        recovered(world, back + 7200)
        assert run(files_of(world), world=world, **kept)[0].code == 0


def test_the_authoritys_own_answer_of_the_false_time_stands() -> None:
    """Its refusal, signed with its own key: two officers cannot undo it by returning to an earlier time."""
    world = Alliance(members=5).submitted().on("2026-03-02")
    key = {"holder": "authority", "key": public_of("authority"), "alg": "ed25519"}
    world.executive("key.register/1", key, paper=paper("authority key", "2026-03-02", "2026-03-02"))
    world.on("2026-03-09").invite(100)
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.invite(101)
    world.stage.do("founding.approval/1", "authority", {"outcome": "refused", "edition": world.edition}, ["authority"])
    recovered(world, back + 60)
    assert world.inst.founding.stage == "refused"
    assert run(published_by_force(world), world=world)[0].code == 0


def test_a_mirror_that_forgets_an_object_does_not_make_a_units_act_void() -> None:
    """Asked again while everything is folded once more, it has the object no longer: exit 2, not another history."""
    world = in_force()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.initiate()
    recovered(world, back + 60)
    assert "p:1" in world.inst.proposals
    files, asked = files_of(world), set()
    leaf = decode(world.stage.office.store.leaf(OPEN, world.inst.size - 2) or b"")
    change = msgspec.json.decode(leaf.entry.act.body)["change"].removeprefix("sha256:")

    def fetch(path: str) -> bytes:
        if path.endswith(change) and path in asked:
            raise KeyError(path)
        asked.add(path)
        return files[path]

    report, _ = verify(fetch, Request(vkey(world)))
    assert report.code == 2 and report.failure is not None
    assert change in str(report.failure.figures)


def test_what_was_disclosed_of_a_vote_that_never_was_accuses_nobody() -> None:
    """A ballot that arrived after the last entry of the false time, in a vote that was opened in it."""
    world = in_force().proposed()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.open_vote()
    world.stage.leap(back + DAY + 60)
    ballot = world.unit("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"})
    recovered(world, back + 60)
    world.stage.leap(back + 2 * DAY)
    world.tick()
    assert run(files_of(world), world=world, disclosures=(("mine", ballot.opening),))[0].code == 0


def test_a_ballot_of_the_false_time_does_not_block_the_close_by_a_key_that_was_changed() -> None:
    """By one clock the ballot came, by another, which was right, the key was rotated before it: it was valid at some time."""
    world = in_force().vote_open()
    back = world.inst.now
    world.stage.leap(back + DAY)
    world.cast("consent", FIRST)
    key = {"key": public_of("another"), "alg": "ed25519"}
    world.stage.office.handle(world.stage.signed("key.rotate/1", FIRST, key, [FIRST], at=back + 60))
    recovered(world, back + 3600)
    world.cast("consent", "u:0002").close()
    assert world.vote().consents == 2
    assert run(files_of(world), world=world)[0].code == 0


@pytest.mark.parametrize("ahead", [DAY, 2_000 * DAY])
def test_what_is_sealed_after_a_recovery_is_judged_after_it_whatever_the_false_time_was(ahead: int) -> None:
    """A ballot disclosed of a vote opened after it: by its time it came before the false entries, by its place it did not."""
    world = in_force().proposed()
    back = world.inst.now
    world.stage.leap(back + ahead)
    world.executive("clock.confirm/1", {"last": back, "time": world.stage.now}, TWO)
    recovered(world, back + 60)
    world.stage.leap(back + 3600)
    world.open_vote()
    world.stage.leap(back + 7200)
    ballot = world.unit("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "consent"})
    world.close()
    report, _ = run(files_of(world), world=world, disclosures=(("mine", ballot.opening),))
    assert (report.code, report.failure, report.disclosed) == (0, None, 1)


def test_a_ballot_of_the_false_time_that_is_left_out_is_found_out_by_what_its_unit_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The recovery places all but one ballot, so that this is none of the false time's, and the close never opens it.

    By itself the book is lawful; while the false time lies ahead the promise is broken, afterwards the opening tells.
    """
    world = in_force().vote_open()
    store = world.stage.office.store
    world.stage.now = world.vote().closes - 7200
    world.invite(101)
    back = world.inst.now
    world.stage.leap(back + 3600)
    ballot = world.unit("vote.ballot/1", FIRST, {"vote": "p:1", "choice": "against"})
    world.invite(102)
    with monkeypatch.context() as kept_back:
        kept_back.setattr("gongyue.office.store.sql.SqlWriting.pending", lambda tx: [])
        placed = padded(world.stage.office)
    recovered_by_force(world, back + 60, sealed=placed["size"], root=placed["root"])
    found = store.sealed_with
    monkeypatch.setattr(
        store, "sealed_with", lambda *a, **k: [one for one in found(*a, **k) if one.commitment != ballot.commitment]
    )
    monkeypatch.setattr(
        "gongyue.book.replay.Replay._cast", lambda self, vote, entry: None
    )  # nobody counts before it is stated
    world.stage.office.catch_up()
    world.close()
    assert (world.vote().outcome, world.vote().against) == ("rejected", 0)
    files = published_by_force(world)
    assert run(files, world=world)[0].code == 0
    report, _ = run(files, world=world, disclosures=(("mine", ballot.opening),))
    assert report.code == 3 and report.failure is not None
    assert report.failure.code == "out-of-turn/malformed"  # it arrived before that recovery


def test_a_books_key_that_was_named_in_the_false_time_stays_known() -> None:
    """A sealed head signed with it alone is read from the beginning and from every saved state alike."""
    world = in_force()
    world.appoint(SYSOP, "sysop").tick()
    back = world.inst.now
    states = [None, run(files_of(world), world=world)[1]]
    world.stage.leap(back + DAY)
    further = demo_keys(world.stage.origin, lambda name: seed_of(name + "2")).sealed
    named = {"book": "sealed", "verifier": further.verifier.vkey}
    world.executive("book.rotate/1", named, (SECRETARY, SYSOP))
    states.append(run(files_of(world), world=world)[1])
    recovered(world, back + 60)
    states.append(run(files_of(world), world=world)[1])
    world.stage.leap(back + 2 * DAY)
    world.tick()
    files = files_of(world)
    text, _ = parse_note(files["sealed/checkpoint"])
    files["sealed/checkpoint"] = sign_note(text, [further])
    for state in states:
        report, _ = run(files, world=world, state=state)
        assert (report.code, report.failure) == (0, None)
