"""Auditing slots: totals only, at least thirty, leaves as anchored, and padding that a key does not explain."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from gongyue.governance.book import Anchor
from gongyue.governance.institution import Institution
from gongyue.governance.slots import LEAST, auditable, free_of_ballots
from gongyue.sealing.commitment import commitment_of, sealed_leaf
from gongyue.sealing.padding import paddings
from gongyue.transparency import merkle
from gongyue.verifying.slots import BadSlots, NotPadding, SlotKeys, audit, read_keys
from support.alliance import FIRST, NOBODY, TWO, Alliance
from support.anchoring import anchor

DAY = 86_400
Case = tuple[Institution, dict[int, bytes], list[bytes]]


@cache
def audited() -> Case:
    """Thirty-one slots, a question on every third day; their keys and the sealed book."""
    world = Alliance().in_force()
    office, slots = world.stage.office, []
    for day in range(LEAST + 1):
        world.stage.now += DAY
        if day % 3 == 0:
            world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
        slots.append(anchor(office))
    keys = {slot: office.keys.slot_key(slot, DAY) for slot in slots}
    return world.inst, keys, list(office.store.leaves("sealed", 0, world.inst.anchors[-1].size))


def test_the_totals_of_a_batch() -> None:
    """31 slots of 16 leaves, 11 questions; the digest is over the questions' commitments, ascending, a line each."""
    inst, keys, leaves = audited()
    found = audit(inst, keys, leaves)
    assert (len(found.slots), found.padding, found.real) == (31, 31 * 16 - 11, 11)
    start = inst.anchors[-32].size if len(inst.anchors) > 31 else 0
    of_acts = sorted(commitment_of(leaf) for leaf in leaves[start:])
    lines = [c for c in of_acts if c not in padding_of(keys)]
    assert len(lines) == 11
    assert found.rest == "sha256:" + hashlib.sha256("".join(f"{c}\n" for c in lines).encode()).hexdigest()


def padding_of(keys: dict[int, bytes]) -> set[str]:
    """The first sixteen of each slot's padding."""
    return {c for key in keys.values() for c in islice(paddings(key), 16)}


def test_thirty_slots_are_audited_and_twenty_nine_are_not() -> None:
    """The number is said."""
    inst, keys, leaves = audited()
    of_30 = dict(list(keys.items())[:30])
    assert len(audit(inst, of_30, leaves).slots) == 30
    with pytest.raises(BadSlots, match="29"):
        audit(inst, dict(list(keys.items())[:29]), leaves)


def test_a_slot_without_an_anchor_and_leaves_that_were_not_anchored() -> None:
    """Named by its number; one leaf exchanged, one missing."""
    inst, keys, leaves = audited()
    with pytest.raises(BadSlots, match="99999"):
        audit(inst, keys | {99_999: bytes(32)}, leaves)
    other = [*leaves[:-1], sealed_leaf(NOBODY)]
    for wrong in (other, leaves[:-1]):
        with pytest.raises(BadSlots, match=str(len(leaves))):
            audit(inst, keys, wrong)


def test_a_key_that_does_not_explain_its_slot_is_named() -> None:
    """Two keys exchanged: the first of the two slots."""
    inst, keys, leaves = audited()
    one, two = list(keys)[3:5]
    with pytest.raises(NotPadding) as caught:
        audit(inst, keys | {one: keys[two], two: keys[one]}, leaves)
    assert caught.value.slot == one and f"{one}" in caught.value.zh and "0" in caught.value.en


def test_a_slot_that_was_anchored_in_a_false_time_is_padded_on() -> None:
    """Anchored a day too early, then again when its day came: no leaf stands twice, and both days' leaves are told from acts."""
    world = Alliance().in_force()
    office, slots, start = world.stage.office, [anchor(world.stage.office)], world.inst.anchors[-1].size - 16
    back = world.inst.now
    world.stage.leap(back + DAY)
    false = anchor(office)
    world.stage.leap(back + 60)
    world.executive("clock.recover/1", office.false_time(back + 60), TWO)
    for day in range(1, LEAST + 1):
        world.stage.leap(back + day * DAY)
        world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
        slots.append(anchor(office))
    leaves = list(office.store.leaves("sealed", 0, world.inst.anchors[-1].size))
    assert false in slots and len(leaves) == len(set(leaves)) == start + (LEAST + 3) * 16
    keys = {slot: office.keys.slot_key(slot, DAY) for slot in slots}
    found = audit(world.inst, keys, leaves)
    assert (found.padding, found.real) == (
        (LEAST + 1) * 16 - LEAST,
        LEAST,
    )  # what the void anchor and the recovery padded is in no slot
    twice = [*leaves[:-1], leaves[-2]]
    with pytest.raises(BadSlots):
        audit(world.inst, keys, twice)


def test_a_leaf_that_stands_twice_is_told() -> None:
    """Within a slot, of an earlier one, the very first of all: the slot that has it again."""
    inst, keys, leaves = audited()
    for at in (-2, 16, 0):
        forged = [*leaves[:-1], leaves[at]]
        tree = merkle.Frontier()
        for leaf in forged:
            tree.append(merkle.leaf_hash(leaf))
        last = replace(inst.anchors[-1], root="sha256:" + tree.root().hex())
        with pytest.raises(NotPadding) as caught:
            audit(replace(inst, anchors=(*inst.anchors[:-1], last)), keys, forged)
        assert caught.value.slot == last.slot and "两次" in caught.value.zh


def made(padding: int, acts: int) -> tuple[Any, dict[int, bytes], list[bytes]]:
    """Thirty slots with quantum 3, after another: 29 of three leaves of padding, the last of so many and so many acts."""
    keys = {slot: hashlib.sha256(b"%d" % slot).digest() for slot in range(600, 600 + LEAST)}
    leaves, anchors, tree = [sealed_leaf(NOBODY)], [], merkle.Frontier()
    tree.append(merkle.leaf_hash(leaves[0]))
    anchors.append(Anchor(599, 1, "sha256:" + tree.root().hex(), 1, 0))
    for slot, key in keys.items():
        last = slot == 600 + LEAST - 1
        there = list(islice(paddings(key), padding if last else 3))
        there += ["sha256:" + f"{n:064x}" for n in range(acts if last else 0)]
        for leaf in map(sealed_leaf, sorted(there)):
            leaves.append(leaf)
            tree.append(merkle.leaf_hash(leaf))
        anchors.append(Anchor(slot, len(leaves), "sha256:" + tree.root().hex(), slot, 0))
    return SimpleNamespace(genesis=SimpleNamespace(quantum=3), anchors=anchors, recoveries=()), keys, leaves


@pytest.mark.parametrize(("padding", "acts", "sound"), [(1, 2, True), (3, 0, True), (0, 3, False), (4, 2, False)])
def test_padding_is_one_leaf_to_as_many_as_a_quantum(padding: int, acts: int, sound: bool) -> None:
    """One and three of a quantum of three: counted. None, or four: the slot is named with what was found."""
    inst, keys, leaves = made(padding, acts)
    if sound:
        found = audit(inst, keys, leaves)
        assert (found.padding, found.real) == (29 * 3 + padding, acts)
        return
    with pytest.raises(NotPadding, match=f"of {padding + acts} leaves {padding} are padding") as caught:
        audit(inst, keys, leaves)
    assert caught.value.slot == 629


def test_the_first_of_the_slots_without_an_anchor_is_named() -> None:
    """By its number, in both languages."""
    inst, keys, leaves = made(1, 2)
    with pytest.raises(BadSlots) as caught:
        audit(inst, keys | dict.fromkeys((800, 700, 900), bytes(32)), leaves)
    assert (caught.value.zh, caught.value.en) == ("时段 700 没有锚定。", "there is no anchor of slot 700.")


def test_slots_of_an_open_vote_are_left_out() -> None:
    """From the opening of the vote on; once it is closed they count."""
    world = Alliance(members=5).in_force()
    office = world.stage.office
    before = anchor(office)
    world.on("2026-05-06").vote_open()
    world.stage.now += DAY
    during = anchor(office)
    free = auditable(world.inst, free_of_ballots(world.inst))
    assert before in free and during not in free
    world.after_window().close()
    assert during in auditable(world.inst, free_of_ballots(world.inst))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b'{"keys":{}}', b'{"keys":{"20500":"00"},"v":"gongyue/slotkeys@1"}',
        b'{"keys":{"020500":"' + b"00" * 32 + b'"},"v":"gongyue/slotkeys@1"}',
        b'{"keys":{"x":"' + b"00" * 32 + b'"},"v":"gongyue/slotkeys@1"}',
        b'{"keys":{},"v":"gongyue/slotkeys@2"}', b'{"keys":{},"v":"gongyue/slotkeys@1","more":1}', b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_is_no_file_of_slot_keys_is_said_so(data: bytes) -> None:
    """Empty, half a file, no version or another one, a key too short, a slot that is no number."""
    with pytest.raises(BadSlots):
        read_keys(data)


def test_a_file_of_slot_keys_is_read_back() -> None:
    """As it was written."""
    keys = {20_500: bytes(range(32)), 20_501: bytes(32)}
    assert read_keys(msgspec.json.encode(SlotKeys.of(keys))) == keys
