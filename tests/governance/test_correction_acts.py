"""Correcting and voiding: both versions stay, nothing is deleted."""

from __future__ import annotations

from typing import Any

import msgspec

from support.alliance import EVIDENCE, FIRST, NOBODY, PANEL, PUBLISHER, REASONS, REASONS_BYTES, SECRETARY, Alliance


def in_force() -> Alliance:
    return Alliance(members=5).in_force()


def correct(world: Alliance, entry: int, **fields: Any) -> None:
    body = {"entry": entry, "fields": fields, "reasons": REASONS}
    world.executive("correction.correct/1", body, (PUBLISHER, SECRETARY), REASONS_BYTES)


def void(world: Alliance, entry: int) -> None:
    body = {"entry": entry, "reasons": REASONS, "from_the_beginning": False}
    world.executive("correction.void/1", body, PANEL, REASONS_BYTES)


def index_of(world: Alliance, type: str) -> int:
    return next(i for i in range(world.inst.size) if world.stage.entry(i).act.type == type)


def test_a_slip_in_a_place_of_publication_is_corrected_and_the_original_stays() -> None:
    """The correction names the fields; the leaf is the same as before."""
    world = in_force()
    index = index_of(world, "founding.publish/1")
    before = world.stage.entry(index)
    correct(world, index, places=[{"url": "https://alliance.example/other", "evidence": EVIDENCE}])
    assert world.inst.corrections[index].fields == ("places",)
    assert world.stage.entry(index) == before


def test_signatures_dates_and_counts_are_never_corrected() -> None:
    """Fields that are not clerical, no field, an act that is itself a correction, the genesis."""
    world = in_force()
    published, signed = index_of(world, "founding.publish/1"), index_of(world, "founding.sign/1")
    for entry, fields in (
        (published, {"in_force": "2026-03-21"}),
        (published, {"places": []}),
        (published, {"places": [], "in_force": "2026-03-21"}),
        (published, {}),
        (signed, {"capacity": "delegate"}),
        (0, {"demo": False}),
    ):
        with world.out_of_turn("not-correctable"):
            correct(world, entry, **fields)
    with world.out_of_turn("not-found"):
        correct(world, world.inst.size, places=[])
    with world.out_of_turn("malformed"):
        correct(world, published, places="nowhere")


def test_only_acts_that_can_be_undone_are_voided_and_once() -> None:
    """Not a publication, not a unit's act, not the genesis; twice is out of turn."""
    world = in_force()
    index = world.inst.size
    world.issue("P2", 20)
    for entry in (index_of(world, "founding.publish/1"), index_of(world, "membership.enrol/1"), 0):
        with world.out_of_turn("not-voidable"):
            void(world, entry)
    with world.out_of_turn("not-found"):
        void(world, world.inst.size)
    void(world, index)
    with world.out_of_turn("already"):
        void(world, index)


def test_a_member_corrects_nothing() -> None:
    """GY-05-01."""
    world = in_force()
    body = {"entry": 3, "reasons": NOBODY, "from_the_beginning": False}
    with world.refused("GY-05-01", actor=FIRST):
        world.unit("correction.void/1", FIRST, body | {"reasons": REASONS}, REASONS_BYTES)


def test_a_correction_corrects_something() -> None:
    """The very places once more: not-correctable; corrected, and corrected back to what they were, is another matter."""
    world = in_force()
    index = index_of(world, "founding.publish/1")
    places = msgspec.json.decode(world.stage.entry(index).act.body)["places"]
    with world.out_of_turn("not-correctable", fields="places"):
        correct(world, index, places=places)
    correct(world, index, places=[{"url": "https://alliance.example/other", "evidence": EVIDENCE}])
    correct(world, index, places=places)
