"""Draws of slots in tests: a world with more slots anchored than are drawn, the announcement, the seed, the keys handed out."""

from __future__ import annotations

from typing import Any

from gongyue.book.draws import drawn
from gongyue.governance.slots import Seed
from gongyue.office.routine_acts import do
from support.alliance import FIRST, SECRETARY, Alliance, commitment_to

ZHAO = "o:zhao"
HOUR = 3_600
ASKED = 7
"""Every so many slots a member asks something."""


def audited(slots: int = 34, quantum: int = 3) -> Alliance:
    """In force, two secretaries; that many slots of an hour, in every seventh a question of a member."""
    world = Alliance(members=4, initiators=2, slot_seconds=HOUR, quantum=quantum).in_force().on("2026-05-06")
    world.appoint(ZHAO, "secretary").on("2026-05-20")
    return run_on(world, slots)


def run_on(world: Alliance, slots: int) -> Alliance:
    """So many more slots, each anchored."""
    for number in range(slots):
        if number % ASKED == 0:
            world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": commitment_to(f"问 {world.stage.now}")})
        world.stage.now += HOUR
        world.anchor()
    return world


def plan(world: Alliance, count: int = 30, after: int = 1, signers: tuple[str, ...] = (SECRETARY, ZHAO), **other: Any) -> int:
    """Two secretaries announce a draw; its entry."""
    body = {"method": "slots", "count": count, "size": world.inst.size + after} | other
    receipt = world.executive("inspection.plan/1", body, signers)
    assert receipt.index is not None
    return receipt.index


def declare(world: Alliance) -> None:
    """An act by which the open book grows."""
    world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})


def seed(world: Alliance) -> Seed:
    """The draw is made by the checkpoint that comes next."""
    plan(world)
    declare(world)
    receipt = do(world.stage.office, "inspection.seed/1")
    assert receipt.index is not None
    return world.inst.seeds[receipt.index]


def slots_of(world: Alliance, one: Seed) -> tuple[int, ...]:
    """The slots it drew."""
    return drawn(world.inst, one)
