"""Drawing slots: announced first, made by the first checkpoint past the size announced, never by the office's choice."""

from __future__ import annotations

from functools import cache

import pytest

from gongyue.book.draws import DRAW, SEED, drawn, first, rank, seed_of
from gongyue.book.sources import Tampered
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.slots import LEAST, spans
from gongyue.office.routine_acts import do, draw, statement, system_act, tick
from gongyue.office.store import OPEN
from gongyue.transparency import canonical
from gongyue.transparency.checkpoint import Checkpoint, sign
from gongyue.transparency.notes import Cosigner, add_lines
from support.alliance import CLERK, SECRETARY, SYSOP, Alliance, three_quarters
from support.draws import HOUR, audited, declare, plan, run_on, seed, slots_of
from support.published import published_by_force, run
from support.told import Told


@cache
def _told() -> Told:
    return Told.of(audited().stage)


@pytest.fixture
def world() -> Alliance:
    """34 slots and more anchored; told once."""
    there = Alliance(members=4, initiators=2, slot_seconds=HOUR, quantum=3)
    there.stage = _told().again()
    return there


def test_a_draw_from_announcement_to_slots(world: Alliance) -> None:
    """Thirty of the slots anchored before it, ascending, in the order of H over seed and slot; the same for verify."""
    made = seed(world)
    slots = slots_of(world, made)
    assert len(slots) == LEAST and list(slots) == sorted(set(slots)) and set(slots) <= set(spans(world.inst))
    ranked = sorted(spans(world.inst), key=lambda slot: rank(made.seed, slot))
    assert set(slots) == set(ranked[:LEAST]) == set(first(made.seed, LEAST, spans(world.inst)))
    assert world.inst.drawing is None and run(published_by_force(world), world=world)[0].code == 0
    run_on(world, 3)
    assert slots_of(world, made) == slots, "what is anchored later is not drawn by it"


def test_the_office_draws_by_itself(world: Alliance) -> None:
    """`tick` makes the draw once the book is past the size, before it anchors; not earlier, and once."""
    plan(world, after=2)
    assert draw(world.stage.office) == []
    declare(world)
    declare(world)
    world.stage.now += HOUR
    done = [world.stage.entry(r.index or 0).act.type for r in tick(world.stage.office)]
    assert done[0] == "inspection.seed/1" and "book.anchor/1" in done and draw(world.stage.office) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"count": 29}, "malformed"),
        ({"count": 401}, "malformed"),
        ({"after": 0}, "draw-size"),
        ({"after": 10_001}, "draw-size"),
        ({"signers": (SECRETARY,)}, "GY-05-02"),
        ({"signers": (SECRETARY, SYSOP)}, "GY-05-01"),
    ],
)
def test_what_is_no_lawful_announcement(world: Alliance, changed: dict, code: str) -> None:  # type: ignore[type-arg]
    """Fewer than thirty slots, more than four hundred, a checkpoint there is already, one far away; one officer, or one of another office."""
    with world.refused(code) if code.startswith("GY") else world.out_of_turn(code):
        plan(world, **changed)


def test_counts_and_sizes_at_their_bounds(world: Alliance) -> None:
    """One slot more than there are; all of them, past a size ten thousand entries on, and no second one meanwhile."""
    there, size = len(world.inst.anchors), world.inst.size
    body = {"method": "slots", "count": there, "size": size}
    with world.out_of_turn("draw-size", size=size, least=size + 1, most=size + 10_000):
        world.executive("inspection.plan/1", body, (SECRETARY, CLERK))
    with world.out_of_turn("few-slots", count=there + 1, slots=there):
        plan(world, count=there + 1)
    plan(world, count=there, after=10_000)
    with world.out_of_turn("already"):
        plan(world)


def test_a_slot_that_may_hold_ballots_of_an_open_vote_is_not_drawn(world: Alliance) -> None:
    """What is anchored once a vote is open is left out until that is closed."""
    world.vote_open(three_quarters(world.edition))
    opened = world.inst.size
    run_on(world, 3)
    made = seed(world)
    assert made.before <= opened and max(slots_of(world, made)) < world.inst.anchors[-3].slot
    assert made.count == LEAST and len(slots_of(world, made)) == LEAST


def test_a_draw_that_was_put_off_lapses(world: Alliance) -> None:
    """An anchor past the size comes before the draw: more slots stand to be drawn, so it is announced anew."""
    plan(world)
    declare(world)
    world.stage.now += HOUR
    world.anchor()
    assert draw(world.stage.office) == []
    with world.out_of_turn("draw-lapsed"):
        do(world.stage.office, "inspection.seed/1")
    plan(world)


def test_no_draw_without_an_announcement(world: Alliance) -> None:
    """Neither where none was announced, nor by another's number."""
    with world.out_of_turn("not-found"):
        do(world.stage.office, "inspection.seed/1")
    number = plan(world)
    declare(world)
    body, files = statement(world.stage.office, "inspection.seed/1")
    with world.out_of_turn("not-found"):
        world.stage.office.handle(
            system_act(world.stage.office, "inspection.seed/1", body | {"plan": number + 1}, files)
        )


def test_a_later_checkpoint_than_the_first(world: Alliance) -> None:
    """The office waits until it likes a checkpoint: an act that had an earlier one in view gives it away, in the office and to verify."""
    plan(world)
    declare(world)
    declare(world)  # whose view is the checkpoint of the entry before
    office = world.stage.office
    body, _ = statement(office, "inspection.seed/1")
    root, note = office.store.note(OPEN, office.inst.size) or (b"", b"")
    later = {"size": office.inst.size, "root": "sha256:" + root.hex(), "checkpoint": canonical.digest(note)}
    assert later["size"] > body["size"]
    with world.out_of_turn("draw-checkpoint"):
        office.handle(system_act(office, "inspection.seed/1", body | later, {canonical.digest(note): note}))


def test_a_checkpoint_that_is_not_the_books(world: Alliance) -> None:
    """Of another size or root than stated, signed by another key, or no checkpoint at all."""
    plan(world)
    declare(world)
    office = world.stage.office
    body, files = statement(office, "inspection.seed/1")
    note = files[body["checkpoint"]]
    for wrong, why in (
        ({"size": body["size"] - 1}, "wrong-statement"),
        ({"root": "sha256:" + "ab" * 32}, "wrong-statement"),
        ({"checkpoint": canonical.digest(b"x")}, "bad-object"),
    ):
        given = files | {canonical.digest(b"x"): b"x"}
        with pytest.raises(OutOfTurn, match=why):
            office.handle(system_act(office, "inspection.seed/1", body | wrong, given))
    assert seed_of(note, [office.keys.open.verifier])[0].size == body["size"]


@pytest.mark.parametrize("last", [False, True])
def test_a_checkpoint_of_another_book_by_the_books_own_key(world: Alliance, last: bool) -> None:
    """Signed by the key for a root that the book never had, at the first checkpoint past the draw or at its last: a fork."""
    plan(world)
    declare(world)
    declare(world)
    office = world.stage.office
    body, _ = statement(office, "inspection.seed/1")
    size, root = office.inst.size if last else body["size"], bytes(32)
    note = sign(Checkpoint(office.keys.open.verifier.name, size, root), office.keys.open)
    body |= {"size": size, "root": "sha256:" + root.hex(), "checkpoint": canonical.digest(note)}
    with pytest.raises(Tampered):
        office.handle(system_act(office, "inspection.seed/1", body, {canonical.digest(note): note}))


def test_the_seed_is_made_of_text_and_cosignatures() -> None:
    """A witness's line changes it, the log's own does not; the draw orders slots by H("gongyue/draw@1" ‖ seed ‖ u64)."""
    from gongyue.transparency.notes import Signer

    log, witness = Signer("example.org/log", bytes(32)), Cosigner("example.org/witness", bytes([1]) * 32)
    text = Checkpoint("example.org/log", 7, bytes(32))
    note = sign(text, log)
    cosigned = add_lines(note, [witness.cosign(text.text(), 1_780_000_000)])
    plain, seen = seed_of(note, [log.verifier])[1], seed_of(cosigned, [log.verifier])[1]
    assert plain != seen and seed_of(add_lines(note, []), [log.verifier])[1] == plain
    import hashlib

    assert plain == hashlib.sha256(SEED + text.text().encode()).hexdigest()
    assert rank(plain, 20500) == hashlib.sha256(DRAW + bytes.fromhex(plain) + (20500).to_bytes(8, "big")).digest()


def test_a_seed_of_a_book_folded_again(world: Alliance) -> None:
    """Another process folds to the same draw."""
    made = seed(world)
    world.stage.office.save()
    assert drawn(world.inst, world.inst.seeds[made.index]) == slots_of(world, made)
