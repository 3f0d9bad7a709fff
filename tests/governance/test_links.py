"""An act that carries a link, at the office: it comes with what opens it, names what is there, and serves once."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from gongyue.office import links
from gongyue.office.store import OPEN
from gongyue.sealing.link import Target
from support.alliance import FIRST, PUBLISHER, SECRETARY, Alliance, unit_id
from support.cases import cancelled, decision_of, staffed

TWO, OTHER, SALT = (PUBLISHER, SECRETARY), unit_id(2), bytes(range(32))


@cache
def _answer() -> tuple[Alliance, Target]:
    world = staffed()
    return world, decision_of(world, cancelled(world, accused=FIRST))


def ends(world: Alliance, unit: str, salt: bytes, *target: Target) -> None:
    """Two officers end a unit's membership on that ground."""
    link, line = links.made(salt, target)
    world.executive("membership.end/1", {"unit": unit, "link": link}, TWO, line)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"c": "sha256:" + "ab" * 32}, "cannot be opened"),
        ({"n": 1}, "not that entry's"),
        ({"dossier": "d:members"}, "not that entry's"),
    ],
)
def test_what_a_link_may_not_name(changed: dict[str, Any], why: str) -> None:
    """An entry that is nowhere, at another place, in another dossier: both languages say which."""
    world, target = _answer()
    fields = {"c": target.c, "dossier": target.dossier, "n": target.n} | changed
    with world.out_of_turn("bad-link") as told:
        ends(world, FIRST, SALT, Target(**fields))
    assert why in told["en"] and "所指" in told["zh"] or "所写" in told["zh"]


def test_a_link_value_is_used_once() -> None:
    """The same salt for another unit's end: refused, with the entry that bears it."""
    world = Alliance(members=3, initiators=2).in_force().on("2026-05-06")
    ends(world, FIRST, SALT)
    with world.out_of_turn("link-twice", index=world.inst.size - 1):
        ends(world, OTHER, SALT)
    ends(world, OTHER, bytes(32))
    assert world.stage.office.store.leaf(OPEN, world.inst.size - 1) is not None
