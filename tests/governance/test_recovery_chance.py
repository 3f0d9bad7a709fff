"""Random acts around a false stretch, against a twin that simply never had it (no seed is special)."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from typing import Any

import pytest
from immutables import Map
from msgspec.structs import replace

from gongyue.covenant.periods import DAY
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.institution import Institution
from support.alliance import REASONS, REASONS_BYTES, TWO, Alliance, public_of, unit_id

UNITS = [unit_id(n) for n in range(1, 7)]
ACTIVITIES = ("analysis", "research", "service", "computing")


def begun() -> Alliance:
    """Six members, an annex in force, a vote under way, a proposal that collects support."""
    world = Alliance(members=6).in_force().annexed().vote_open()
    world.initiate(matter="p:2")
    return world


def of_a_unit(r: random.Random) -> tuple[str, str, dict[str, Any]]:
    """An act that a unit can do at any time: (type, unit, body)."""
    unit = r.choice(UNITS)
    return r.choice([
        ("membership.declare/1", unit, {"activities": [r.choice(ACTIVITIES)], "other": ""}),
        ("membership.declare/1", unit, {"activities": [r.choice(ACTIVITIES)], "other": ""}),
        ("membership.withdraw/1", unit, {"effective": None}),
        ("amendment.support/1", unit, {"proposal": r.choice(["p:2", "p:false"])}),
        ("annex.sign/1", unit, {"annex": "a:health"}),
        ("annex.leave/1", unit, {"annex": "a:health"}),
        ("key.add/1", unit, {"key": public_of(f"{unit}-{r.randrange(4)}"), "alg": "ed25519"}),
    ])  # fmt: skip


def of_the_office(world: Alliance, r: random.Random) -> None:
    """Something that the office does, that is void afterwards."""
    n = r.randrange(1_000, 9_999)
    deeds: list[Callable[[], object]] = [
        world.tick,
        lambda: world.invite(n),
        lambda: world.appoint(f"o:n{n}", "mediator"),
        lambda: world.issue("P2", r.randrange(15, 25)),
        world.issue,
        lambda: world.end(r.choice(UNITS)),
        lambda: world.executive("annex.review/1", {"text": REASONS, "opinion": REASONS}, TWO, REASONS_BYTES),
    ]
    r.choice(deeds)()


def attempt(world: Alliance, act: tuple[str, str, dict[str, Any]], **at: Any) -> bool:
    """Whether the office takes a unit's act."""
    type, unit, body = act
    try:
        world.stage.office.handle(world.stage.signed(type, unit, body, [unit], **at))
    except (Refused, OutOfTurn):
        return False
    return True


def what_counts(inst: Institution) -> dict[str, Any]:
    """The institution without places in the book, which the void entries take up."""
    units = {u.id: (u.status, u.since, u.until, u.activities, u.other, u.notice >= 0) for u in inst.units.values()}
    keys = {kid: (k.holder, k.valid_from, k.valid_to, k.until is None) for kid, k in inst.keys.items()}
    proposals = {p.id: (p.stage, p.lapses, sorted(p.supporters)) for p in inst.proposals.values()}
    events = sorted((e.unit, e.what, e.day) for e in inst.events.values())
    votes = {v.id: replace(v, closed_index=None) for v in inst.votes.values()}
    annexes = {a.id: replace(a, signed=Map(), left=Map()) for a in inst.annexes.values()}
    return {
        "units": units, "keys": keys, "proposals": proposals, "events": events, "votes": votes, "now": inst.now,
        "members": dict(inst.members), "officers": dict(inst.officers), "annexes": annexes,
        "meaning": inst.meaning, "lists": inst.lists, "orders": dict(inst.orders), "leaving": dict(inst.leaving),
        "interpretations": inst.interpretations, "anchors": [(a.slot, a.size, a.root) for a in inst.anchors],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(24))
def test_after_a_recovery_the_institution_is_as_if_the_false_entries_had_never_been(seed: int) -> None:
    """Units' acts at their own time, in their order; nothing of the office's; and it goes on alike."""
    r = random.Random(seed)
    world, twin = begun(), begun()
    for one in (world, twin):
        one.invite(101)
    back, view = world.inst.now, world.stage.office.view()
    false = back + r.choice((DAY, 2 * DAY, 5 * 366 * DAY))
    world.stage.leap(false)
    if false - back > 3 * DAY:
        world.executive("clock.confirm/1", {"last": back, "time": false}, TWO)
    else:
        world.invite(102)
    time = back
    for _ in range(r.randrange(4, 16)):
        if r.random() < 0.4:
            world.stage.leap(world.stage.now + r.randrange(3600))
            with contextlib.suppress(Refused, OutOfTurn):
                of_the_office(world, r)
            continue
        time, act = time + r.randrange(1, 600), of_a_unit(r)
        if attempt(world, act, at=time, view=view):
            twin.stage.leap(time)
            attempt(twin, act)
    now = back + 4 * 3600
    world.stage.leap(now)
    world.executive("clock.recover/1", world.stage.office.false_time(now), TWO)
    twin.stage.leap(now)
    for one in (world, twin):
        one.invite(103)
    assert what_counts(world.inst) == what_counts(twin.inst)
    for _ in range(6):
        act = of_a_unit(r)
        assert attempt(world, act) == attempt(twin, act)
    assert what_counts(world.inst) == what_counts(twin.inst)
