"""Dossiers in every store: two parties file at once, nothing is taken twice or moved, and only the dossier's entries are read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import pytest

from gongyue.book.entry import decode
from gongyue.book.signing import sign
from gongyue.covenant.rulings import OutOfTurn
from gongyue.demo.simulated_office import seed_of
from gongyue.office import dossier_folds
from gongyue.office.office import BadSignature
from gongyue.office.store import SEALED, Store
from support.alliance import FIRST, Alliance
from support.dossiers import answered, commitments, folded, noted, petition, signed

SECOND = "u:0002"
DOCS = commitments(*(f"{n}" for n in range(12)))


@pytest.fixture
def world(store: Store) -> Alliance:
    """Five members, on 2026-05-06, in that store."""
    return Alliance(members=5, initiators=2, store=store).in_force().on("2026-05-06")


def test_acts_done_at_once_make_each_other_no_staler(world: Alliance) -> None:
    """Six notes and an answer, all signed on entry 1, handed in at once: places 2 to 8, in whatever order, each with its receipt."""
    dossier = petition(world)
    acts = [signed(world, "dossier.note/1", dossier, {"docs": [DOCS[n]]}, FIRST, actor=FIRST) for n in range(6)]
    acts.append(signed(world, "petition.answer/1", dossier, {"answer": "forwarded", "docs": [DOCS[7]]}, "o:qin"))
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(world.stage.office.handle, acts))
    found = folded(world, dossier)
    assert found.n == 8 and {one.act for one in found.entries[1:]} == {act.digest for act in acts}
    assert {receipt.act for receipt in receipts} == {act.digest for act in acts}
    rows = [decode(data).entry for _, data in world.stage.office._sources.dossier(dossier)]
    assert [row.rx.n for row in rows] == list(range(1, 9))
    assert {row.act.on.n for row in rows[1:] if row.act.on} == {1}


def test_acts_of_one_commit_take_places_one_after_the_other(world: Alliance) -> None:
    """Two of one dossier and one of another in a group, the second's twin among them: 2, 3, 2, and the same receipt again."""
    one, other = petition(world), petition(world, SECOND)
    notes = [signed(world, "dossier.note/1", one, {"docs": [DOCS[n]]}, FIRST, actor=FIRST) for n in range(2)]
    theirs = signed(world, "dossier.note/1", other, {"docs": [DOCS[3]]}, SECOND, actor=SECOND)
    results = world.stage.office.handle_all([*notes, theirs, notes[1]])
    assert not [result for result in results if isinstance(result, Exception)]
    assert results[1] == results[3]
    assert (folded(world, one).n, folded(world, other).n) == (3, 2)


def test_the_same_act_gets_the_same_receipt_and_another_dossier_none(world: Alliance) -> None:
    """Handed in again after the dossier went on; signed for one and named into another, or signed there on what stands here: nothing is recorded."""
    dossier, other = petition(world), petition(world)
    note = signed(world, "dossier.note/1", dossier, {"docs": [DOCS[0]]}, FIRST, actor=FIRST)
    first = world.stage.office.handle(note)
    answered(world, dossier)
    assert world.stage.office.handle(note) == first
    on = dict(note.act["on"]) | {"dossier": other}
    moved = type(note)(note.act | {"on": on}, note.sigs, {})
    before = world.sizes()
    with pytest.raises(BadSignature):  # before anything is said of the other
        world.stage.office.handle(moved)
    with pytest.raises(OutOfTurn, match="dossier-unseen"):
        world.stage.office.handle(sign(type(note)(moved.act), seed_of(FIRST)))
    assert world.sizes() == before and folded(world, other).n == 1


def test_what_is_taken_is_looked_up_by_its_dossier_alone(world: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside forty other dossiers, taking a note reads the three entries there are, and no other opening."""
    for number in range(40):
        world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": DOCS[number % 12]})
    dossier = petition(world)
    noted(world, dossier, docs=[DOCS[0]])
    noted(world, dossier, docs=[DOCS[1]])
    note = signed(world, "dossier.note/1", dossier, {"docs": [DOCS[2]]}, FIRST, actor=FIRST)
    from gongyue.office.sources import StoreSources

    def scanned(self: StoreSources, vote: str = "") -> Iterator[tuple[int, str, bytes]]:
        raise AssertionError("every opening was read")

    monkeypatch.setattr(StoreSources, "opened", scanned)
    with mock.patch.object(dossier_folds, "kept_leaf", wraps=dossier_folds.kept_leaf) as folds:
        world.stage.office.handle(note)
    assert folds.call_count == 3
    head = world.stage.office.store.head(SEALED)
    assert head is not None and head.size > 43
