"""A member takes another name: itself, from paper too; roll and next list show both, and nothing else changes (2, 23)."""

from __future__ import annotations

import pytest

from gongyue.covenant.periods import from_iso
from gongyue.governance.publication import list_content, next_period
from gongyue.verifying.verify import Request, verify
from support.alliance import FIRST, OUTSIDER, TWO, Alliance, commitment_to
from support.published import published_by_force, vkey

NEW = "云岭数字科技"


def in_force() -> Alliance:
    """Five members, on 2026-06-01."""
    return Alliance(members=5, initiators=2).in_force().on("2026-06-01")


def body(name: str = NEW) -> dict[str, str]:
    """The new name, and what the registry says of it."""
    return {"name": name, "document": commitment_to(name)}


def listed(world: Alliance) -> list[tuple[str, str, str]]:
    """(former, name, day) on the list of the running period as it would be published now."""
    begins, ends = next_period(world.inst)
    return [(r["former"], r["name"], r["on"]) for r in list_content(world.inst, 1, begins, ends)["renamed"]]


def corrected(world: Alliance) -> list[tuple[str, str, str, str, int]]:
    """(unit, its name now, what was said, the name that was stated, in which list), as the running period's list would say."""
    begins, ends = next_period(world.inst)
    lines = list_content(world.inst, len(world.inst.lists) + 1, begins, ends)["corrected"]
    return [(r["unit"], r["name"], r["listed"], r.get("listed_name", ""), r["list"]) for r in lines]


def test_the_same_member_under_another_name() -> None:
    """Code, membership and id stay; the former name is kept; the next list has both; and the book verifies."""
    world = in_force()
    before = world.inst.units[FIRST]
    world.unit("membership.rename/1", FIRST, body())
    unit = world.inst.units[FIRST]
    assert (unit.name, unit.former, unit.code, unit.since) == (NEW, (before.name,), before.code, before.since)
    assert FIRST in world.inst.members and listed(world) == [(before.name, NEW, "2026-06-01")]
    world.on("2026-07-02").tick()
    assert listed(world) == []
    files = published_by_force(world)
    assert verify(files.__getitem__, Request(vkey(world)))[0].code == 0
    assert any(NEW.encode() in data and b'"renamed":[{' in data for data in files.values())


def test_who_renames_what() -> None:
    """An outsider, a unit that left: not-member; officers in its name without paper: GY-04-01; the same name: already."""
    world = in_force()
    for unit in (OUTSIDER, world.left):
        with world.out_of_turn("not-member"):
            world.unit("membership.rename/1", unit, body())
    with world.refused("GY-04-01"):
        world.stage.do("membership.rename/1", FIRST, body(), TWO)
    with world.out_of_turn("already"):
        world.unit("membership.rename/1", FIRST, body(world.inst.units[FIRST].name))


@pytest.mark.parametrize(
    ("name", "code"),
    [("云岭\u3164数基", "malformed"), ("云岭\u2e80数基", "malformed"), ("……", "no-name"), (" 云岭数基 ", "no-name")],
)
def test_a_name_shows_what_it_is(name: str, code: str) -> None:
    """A character that fills or looks like another: malformed; no letter, blanks around it: no name."""
    world = in_force()
    with world.out_of_turn(code):
        world.unit("membership.rename/1", FIRST, body(name))


def test_from_paper_and_disavowed() -> None:
    """Two officers record it by its letter; disavowed, what it stated itself stands, one name following the other."""
    world = in_force()
    first = world.inst.units[FIRST].name
    receipt = world.on_paper("membership.rename/1", FIRST, body("假的名称"), "2026-06-01", "2026-06-01")
    world.unit("membership.rename/1", FIRST, body())
    assert world.inst.units[FIRST].former == (first, "假的名称")
    world.unit("key.disavow/1", FIRST, {"entry": receipt.index})
    unit = world.inst.units[FIRST]
    assert (unit.name, unit.former) == (NEW, (first,))
    assert [(one.former, one.name) for one in world.inst.renamed] == [(first, NEW)]
    assert from_iso("2026-06-01") == world.inst.renamed[0].day


@pytest.mark.parametrize("published", [False, True])
def test_a_name_that_a_list_stated_and_that_was_disavowed_is_corrected_in_the_next(published: bool) -> None:
    """Disavowed before its list: nowhere. After it: a line in the next list alone, with the number of the list and the name it stated."""
    world = in_force()
    first = world.inst.units[FIRST].name
    forged = world.on_paper("membership.rename/1", FIRST, body("假的名称"), "2026-06-01", "2026-06-01")
    if published:
        world.on("2026-07-02").tick()
        assert len(world.inst.lists) == 1
    world.unit("key.disavow/1", FIRST, {"entry": forged.index})
    assert listed(world) == [] and corrected(world) == ([(FIRST, first, "renamed", "假的名称", 1)] if published else [])
    world.on("2026-10-02").tick()
    assert corrected(world) == []
    assert verify(published_by_force(world).__getitem__, Request(vkey(world)))[0].code == 0


def test_several_corrections_stand_in_the_order_in_which_they_were_made() -> None:
    """A later change of the name, disavowed first, stands first; what a unit stated itself is in no correction."""
    world = in_force()
    first = world.inst.units[FIRST].name
    forged = [
        world.on_paper("membership.rename/1", FIRST, body(name), "2026-06-01", "2026-06-01")
        for name in ("假的名称", "更假的名称")
    ]
    world.unit("membership.rename/1", FIRST, body())
    world.on("2026-07-02").tick()
    for one in reversed(forged):
        world.unit("key.disavow/1", FIRST, {"entry": one.index})
    assert [line[3] for line in corrected(world)] == ["更假的名称", "假的名称"]
    unit = world.inst.units[FIRST]
    assert (unit.name, unit.former) == (NEW, (first,))
    assert [(one.former, one.name) for one in world.inst.renamed if one.by < 0] == [(first, NEW)]
    world.on("2026-10-02").tick()
    assert verify(published_by_force(world).__getitem__, Request(vkey(world)))[0].code == 0
