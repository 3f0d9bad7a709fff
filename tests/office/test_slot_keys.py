"""The keys of padding at the office: made once a Beijing year, for its owner alone; padded and anchored in one commit."""

from __future__ import annotations

import os
import random
import stat
import threading
from pathlib import Path

import pytest

from gongyue.covenant.rulings import OutOfTurn
from gongyue.office.keys import YearKeys, year_of
from gongyue.office.routine_acts import ANCHOR, system_act
from gongyue.sealing.commitment import commitment_of
from gongyue.sealing.padding import padding_in
from support.alliance import FIRST, NOBODY, Alliance, beijing
from support.anchoring import anchor

DAY = 86_400


def test_a_years_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    """Asked again, by another process too, it is the same; another year has another; only the owner reads the file."""
    keys, others = YearKeys(tmp_path / "keys", os.urandom), YearKeys(tmp_path / "keys", os.urandom)
    first = keys(2026)
    assert len(first) == 32 and keys(2026) == others(2026) == first != keys(2027)
    path = tmp_path / "keys" / "slots-2026.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(p.name for p in path.parent.iterdir()) == ["slots-2026.key", "slots-2027.key"]


def test_of_many_that_make_a_years_key_at_once_all_have_the_same(tmp_path: Path) -> None:
    """Sixteen threads, each as a process of its own would."""
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(YearKeys(tmp_path, os.urandom)(2026))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16 and len(set(found)) == 1 and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("text", ["", "gongyue-slot-key 00\n", "gongyue-ed25519-seed " + "00" * 32 + "\n"])
def test_a_spoilt_key_file_is_said_so_and_left_alone(tmp_path: Path, text: str) -> None:
    """Half a file, or another sort of key: its name, and nothing is written in its place."""
    path = tmp_path / "slots-2026.key"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"slots-2026\.key"):
        YearKeys(tmp_path, os.urandom)(2026)
    assert path.read_text() == text


def test_the_year_of_a_slot_is_that_of_its_beginning_in_beijing() -> None:
    """A day's slot begins at 08:00; a minute's one second before the new year is the old year's."""
    assert year_of(beijing("2026-12-31 08:00") // DAY, DAY) == 2026
    assert year_of(beijing("2027-01-01 08:00") // DAY, DAY) == 2027
    assert (year_of(beijing("2026-12-31 23:59") // 60, 60), year_of(beijing("2027-01-01 00:00") // 60, 60)) == (
        2026,
        2027,
    )


def sealed_size(world: Alliance) -> int:
    """How many leaves the sealed book has."""
    head = world.stage.office.store.head("sealed")
    return head.size if head else 0


def test_every_slot_grows_alike_whatever_was_filed() -> None:
    """Sixty days with none to three acts a day: a quantum each, of which all but the acts are padding of that slot's key."""
    world, chance = Alliance().in_force(), random.Random(1)
    office, last = world.stage.office, 0
    filed: list[int] = []
    for _ in range(60):
        world.stage.now += DAY
        start = sealed_size(world)
        for unit in world.roll[: chance.randrange(4)]:
            world.unit("interpretation.ask/1", unit, {"article": 8, "question": NOBODY})
        filed.append(len(office.store.pending()))
        slot = anchor(office)
        size = office.inst.anchors[-1].size
        leaves = list(office.store.leaves("sealed", start, size))
        there = {commitment_of(leaf) for leaf in leaves}
        assert leaves == sorted(leaves)
        assert last in (0, start) and len(there) == size - start == 16
        assert len(padding_in(office.keys.slot_key(slot, DAY), there)) == 16 - filed[-1]
        last = size
    assert set(filed) == {0, 1, 2, 3}


def test_more_acts_than_a_quantum_take_a_multiple_of_it() -> None:
    """Sixteen: thirty-two leaves, sixteen of padding; fifteen: one of padding."""
    for acts, grown in ((15, 16), (16, 32), (17, 32)):
        world = Alliance().in_force()
        anchor(world.stage.office)
        world.stage.now += DAY
        start = sealed_size(world)
        for n in range(acts):
            world.unit("interpretation.ask/1", world.roll[n % len(world.roll)], {"article": 8, "question": NOBODY})
        anchor(world.stage.office)
        assert sealed_size(world) - start == grown


def test_an_anchor_that_is_refused_leaves_no_padding_behind() -> None:
    """The slot was anchored already, or the act names another: out of turn, and both books are as they were."""
    world = Alliance().in_force()
    office = world.stage.office
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
    anchor(office)
    world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": NOBODY})
    before, inst, size = world.sizes(), office.inst, sealed_size(world)

    def made(size: int, root: bytes) -> object:
        return system_act(office, ANCHOR, {"slot": office.now // DAY, "size": size, "root": "sha256:" + root.hex()})

    with pytest.raises(OutOfTurn):
        office.anchor(office.now // DAY, made)  # type: ignore[arg-type]
    assert (world.sizes(), sealed_size(world)) == (before, size) and office.inst is inst
    assert len(office.store.pending()) == 1
    world.stage.now += DAY
    assert anchor(office) == office.now // DAY
    assert sealed_size(world) == size + 16 and not office.store.pending()
