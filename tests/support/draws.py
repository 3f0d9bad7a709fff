"""Draws of slots in tests: a world with more slots anchored than are drawn, the announcement, the seed, the keys handed out."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.book.draws import drawn
from gongyue.book.entry import SignedAct
from gongyue.governance.slots import Seed, auditable, free_of_ballots
from gongyue.office.routine_acts import do
from gongyue.office.store import SEALED, Store
from gongyue.verifying import slots
from support.alliance import FIRST, TWO, Alliance, commitment_to

HOUR = 3_600
ASKED = 7
"""Every so many slots a member asks something."""


def audited(number: int = 34, quantum: int = 3, store: Store | None = None) -> Alliance:
    """In force, the authority with a key; that many slots of an hour, in every seventh three questions."""
    world = Alliance(members=4, initiators=2, store=store, slot_seconds=HOUR, quantum=quantum).in_force()
    world.on("2026-05-06")
    world.register("authority")
    world.on("2026-05-20")
    return run_on(world, number)


def run_on(world: Alliance, number: int) -> Alliance:
    """So many more slots, each anchored."""
    for one in range(number):
        for _ in range(0 if one % ASKED else 3):
            body = {"article": 8, "question": commitment_to(f"问 {world.stage.now}")}
            world.unit("interpretation.ask/1", FIRST, body)
        world.stage.now += HOUR
        world.anchor()
    return world


def plan(world: Alliance, count: int = 30, after: int = 1, signers: tuple[str, ...] = TWO, **other: Any) -> int:
    """Two officers announce a draw; its entry."""
    body = {"method": "slots", "count": count, "size": world.inst.size + after} | other
    receipt = world.executive("inspection.plan/1", body, signers)
    assert receipt.index is not None
    return receipt.index


def declare(world: Alliance) -> None:
    """An act by which the open book grows."""
    world.unit("membership.declare/1", FIRST, {"activities": ["analysis"], "other": ""})


def seed(world: Alliance, count: int = 30) -> Seed:
    """The draw is made by the checkpoint that comes next."""
    plan(world, count)
    declare(world)
    receipt = do(world.stage.office, "inspection.seed/1")
    assert receipt.index is not None
    return world.inst.seeds[receipt.index]


def all_drawn(world: Alliance) -> Seed:
    """Every slot that may be drawn is."""
    return seed(world, len(auditable(world.inst, free_of_ballots(world.inst))))


def slots_of(world: Alliance, one: Seed) -> tuple[int, ...]:
    """The slots it drew."""
    return drawn(world.inst, one)


def slot_keys(world: Alliance, one: Seed) -> bytes:
    """The file of keys that members are given."""
    office, genesis = world.stage.office, world.inst.genesis
    assert genesis is not None
    keys = {slot: office.keys.slot_key(slot, genesis.slot_seconds) for slot in slots_of(world, one)}
    return msgspec.json.encode(slots.SlotKeys.of(keys))


def found_by_keys(world: Alliance, one: Seed) -> slots.SlotAudit:
    """What whoever has the keys of the slots drawn finds in the published leaves."""
    store = world.stage.office.store
    head = store.head(SEALED)
    leaves = list(store.leaves(SEALED, 0, head.size if head else 0))
    return slots.audit(world.inst, slots.read_keys(slot_keys(world, one)), leaves)


def state(world: Alliance, one: Seed, actor: str = "", half: str = "members", **changed: Any) -> SignedAct:
    """What was found so is stated of a half, by the first member drawn unless said otherwise, with what is changed; not handed in."""
    actor = actor or one.members[0]
    found = found_by_keys(world, one)
    body = {"half": half, "seed": one.index, "slots": list(found.slots), "padding": found.padding, "real": found.real}
    body |= {"rest": found.rest, "verdict": "lawful", "code": "", "link": ""}
    return world.stage.signed("oversight.check/1", actor, body | changed, [actor])
