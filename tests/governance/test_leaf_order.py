"""Where leaves stand in a slot says nothing: they ascend by their commitments, and an office that lets their order speak is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from benchmarks.world import found, unit

from gongyue.office.fork_guard import Forked, ForkGuard
from gongyue.office.placement import Placement
from gongyue.office.routine_acts import ANCHOR, system_act, tick
from gongyue.sealing.commitment import commitment_of
from support.alliance import NOBODY, Alliance
from support.anchoring import anchor, padded
from support.published import forced, published_by_force, run

DAY = 86_400


def asked() -> Alliance:
    """Three members asked something since the last anchor."""
    world = Alliance(members=5).in_force()
    world.tick()
    world.stage.now += DAY
    for one in world.roll[:3]:
        world.unit("interpretation.ask/1", one, {"article": 8, "question": NOBODY})
    return world


def by_arrival(leaves: Iterable[Any]) -> list[Any]:
    """Acts first, as they came, then the padding."""
    return sorted(leaves, key=lambda leaf: (leaf.number == 0, leaf.number))


def descending(leaves: Iterable[Any]) -> list[Any]:
    """The other way round."""
    return sorted(leaves, reverse=True)


def first_twice(leaves: Iterable[Any]) -> list[Any]:
    """In order, the first one again in the place of the second."""
    in_order = sorted(leaves)
    return [in_order[0]._replace(number=0), *in_order[:1], *in_order[2:]]


@pytest.mark.parametrize("order", [by_arrival, descending, first_twice])
def test_leaves_out_of_order_are_not_anchored(monkeypatch: pytest.MonkeyPatch, order: Callable[..., Any]) -> None:
    """leaf-order, naming the first that stands wrong; the office records no such anchor, and verify refuses one: exit 3, of one leaf twice 2."""
    world = asked()
    office, start = world.stage.office, world.inst.anchors[-1].size
    monkeypatch.setattr("gongyue.office.placement.sorted", order, raising=False)
    placed = [leaf.commitment for leaf in Placement.of(office.store, office.keys.slot_key(0, DAY), 16).leaves]
    assert placed != sorted(set(placed)) and len(placed) == 16
    with world.out_of_turn("leaf-order"):
        anchor(office)
    assert len(office.store.pending()) == 3  # and nothing was placed
    index = forced(world, system_act(office, ANCHOR, padded(office)))
    leaves = list(office.store.leaves("sealed", start, start + 16))
    wrong = next(i for i in range(1, 16) if leaves[i] <= leaves[i - 1])
    report, _ = run(published_by_force(world), world=world)
    assert report.failure is not None
    if order is first_twice:
        assert (report.code, report.failure.code, report.failure.index) == (2, "tampered/twice", start + wrong)
        return
    assert report.code == 3
    assert (report.failure.index, report.failure.code) == (index, "out-of-turn/leaf-order")
    assert report.failure.figures["index"] == start + wrong


def test_receipts_of_a_slot_tell_nothing_but_their_times() -> None:
    """No index, and places that are those of the commitments, in whatever order the acts came; a receipt stays as it was given."""
    world = asked()
    office = world.stage.office
    receipts = world.stage.receipts[-3:]
    assert [receipt.index for receipt in receipts] == [None] * 3
    assert b'"index"' not in b"".join(receipt.opening for receipt in receipts)
    world.tick()
    leaves = [commitment_of(leaf) for leaf in office.store.leaves("sealed", world.inst.anchors[-2].size, 2**40)]
    assert leaves == sorted(leaves) and len(leaves) == 16
    assert {receipt.commitment for receipt in receipts} <= set(leaves)
    assert [office.receipt("sealed", receipt.act) for receipt in receipts] == receipts


def test_what_was_promised_is_remembered_beside_the_store(tmp_path: Any) -> None:
    """Until its slot is anchored; an office restored to a store that never had it does not start."""
    from gongyue.demo.simulated_office import SimulatedOffice
    from gongyue.office.office import Office
    from gongyue.office.store import open_store

    store = open_store(f"sqlite:{tmp_path / 'book.db'}", create=True)
    stage = SimulatedOffice(store, tmp_path / "guard.json")
    found(stage, 8)
    stage.now += DAY
    tick(stage.office)
    before = (tmp_path / "book.db").read_bytes() + b"" if not (tmp_path / "book.db-wal").exists() else None
    question = {"article": 8, "question": NOBODY}
    first = stage.unit("interpretation.ask/1", unit(1), question)
    (promised,) = tmp_path.glob("promised-*.txt")
    assert promised.name == f"promised-{stage.now // DAY + 1}.txt"
    assert promised.read_text("ascii") == f"{first.commitment}\n"
    guard = ForkGuard(tmp_path / "guard.json")
    guard.check(store)
    promised.write_text(promised.read_text("ascii") + f"{NOBODY}\n" + "sha256:12", "ascii")
    with pytest.raises(Forked, match=NOBODY):
        guard.check(store)
    with pytest.raises(Forked, match="已承诺载入"):
        Office(store, stage.office.keys, guard, lambda: stage.now, stage.office.entropy)
    promised.write_text(f"{first.commitment}\nsha256:12", "ascii")  # a line cut short: its promise never left
    guard.check(store)
    stage.now += DAY
    tick(stage.office)
    assert not list(tmp_path.glob("promised-*.txt")) or before is not None
    guard.close()
    stage.office.guard.close()
    store.close()
