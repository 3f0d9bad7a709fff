"""Long dossiers are folded from where they were folded last; the due list reads what may still be owed; both say what folding anew says."""

from __future__ import annotations

from contextlib import AbstractContextManager
from unittest import mock

import pytest
from msgspec.structs import replace

from gongyue.book.dossiers import whole
from gongyue.governance import case_duties, petition, question, report
from gongyue.governance.dossier import Dossier
from gongyue.office import dossier_folds, owed_acts
from gongyue.office.office import Office
from gongyue.office.sources import StoreSources
from support.alliance import CASEWORKER, FIRST, NOBODY, SECRETARY, TWO, Alliance
from support.cases import ACCUSED, handled, opened_case, ordered, replied, reported, staffed
from support.dossiers import PETITION, done, folded, id_of, noted, signed
from support.dossiers import petition as petitioned


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier of four is long, and a fold is worth saving from three entries on."""
    monkeypatch.setattr(dossier_folds, "LONG", 4)
    monkeypatch.setattr(dossier_folds, "WORTH_SAVING", 3)


@pytest.fixture
def world() -> Alliance:
    """In force; every story has its own."""
    return Alliance(members=3, initiators=2).in_force().on("2026-05-06")


def long_one(world: Alliance, notes: int = 6) -> str:
    """A petition with so many notes."""
    dossier = petitioned(world)
    for _ in range(notes):
        noted(world, dossier, complete=True)
    return dossier


def another(world: Alliance) -> Office:
    """Another process on the same store."""
    held = world.stage.office
    return Office(held.store, held.keys, held.guard, lambda: world.stage.now, held.entropy)


def read() -> AbstractContextManager[mock.Mock]:
    """How many entries of dossiers are folded meanwhile."""
    return mock.patch.object(dossier_folds, "kept_leaf", wraps=dossier_folds.kept_leaf)


def anew(world: Alliance, dossier: str) -> Dossier:
    """The dossier folded from its first entry."""
    return whole(world.inst, StoreSources(world.stage.office.store), dossier)


def test_what_is_filed_folds_only_what_came_since(world: Alliance) -> None:
    """The same process folds the one entry of before; a new one goes on from the store's fold, three entries back at most."""
    dossier = long_one(world)
    act = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
    with read() as folds:
        world.stage.office.handle(act)
        assert folds.call_count <= 1
    act = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
    office = another(world)
    with read() as folds:
        office.handle(act)
        assert 1 <= folds.call_count <= 4
    assert folded(world, dossier).n == 9
    sources = StoreSources(office.store, office._folds)
    assert sources.whole(world.inst, dossier) == anew(world, dossier)


def test_a_group_that_fails_leaves_no_fold_behind(world: Alliance) -> None:
    """Two notes in a group whose commit fails: the next note stands where they would have, on what is there."""
    dossier = long_one(world)
    acts = [
        signed(world, "dossier.note/1", dossier, {"complete": c}, FIRST, actor=FIRST) for c in (True, True)
    ]  # fmt: skip
    office = world.stage.office
    with mock.patch.object(type(office.guard), "promise", side_effect=OSError), pytest.raises(OSError):
        office.handle_all(acts)
    assert anew(world, dossier).n == 9  # the guard failed after the commit: they are there
    with (
        mock.patch("gongyue.office.office._Group.sign_heads", side_effect=OSError),
        pytest.raises(OSError),
    ):
        office.handle_all([signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)])
    assert anew(world, dossier).n == 9
    assert noted(world, dossier, complete=True) and anew(world, dossier).n == 10


def test_several_in_one_group_stand_one_after_another(world: Alliance) -> None:
    """Each is folded on those before it, which no other process has seen."""
    dossier = long_one(world)
    acts = [signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST) for _ in range(5)]
    assert all(not isinstance(one, Exception) for one in world.stage.office.handle_all(acts))
    assert anew(world, dossier).n == 12


@pytest.mark.parametrize("spoilt", ["release", "number", "entry", "law", "none"])
def test_a_fold_that_is_not_of_this_store_is_made_anew(world: Alliance, spoilt: str) -> None:
    """Of another release, past what the store holds, with another last entry, under another law: it is as if there were none."""
    dossier = long_one(world)
    store, name = world.stage.office.store, f"fold:{dossier}"
    data = store.setting(name)
    assert data is not None
    kept = dossier_folds.snapshot.load_as(data.removeprefix(dossier_folds.HEADER), dossier_folds._Saved)
    changed = {
        "number": {"number": 10_000},
        "entry": {"number": kept.number - 1},
        "law": {"law": (1, 0)},
    }.get(spoilt, {})
    body = dossier_folds.snapshot.dump(replace(kept, **changed))
    lie = {"release": b"gongyue 0\n" + body, "none": b""}.get(spoilt, dossier_folds.HEADER + body)
    with store.writing() as tx:
        tx.put_setting(name, lie)
    with read() as folds:
        assert StoreSources(store).whole(world.inst, dossier) == anew(world, dossier)
        assert folds.call_count == 7
    with store.writing() as tx:
        tx.put_setting(name, data)
    with read() as folds:
        assert StoreSources(store).whole(world.inst, dossier) == anew(world, dossier)
        assert folds.call_count < 7


def test_only_so_many_are_kept_and_no_short_one(world: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those asked for last."""
    monkeypatch.setattr(dossier_folds, "MOST", 2)
    long = [long_one(world) for _ in range(3)]
    petitioned(world)
    assert list(world.stage.office._folds._known) == long[1:]


def test_what_a_return_from_a_false_time_leaves_void_is_folded_anew(world: Alliance) -> None:
    """An officer's entry of the false time changes the dossier no more, although it was folded, and saved, with it."""
    dossier = long_one(world, 3)
    world.stage.leap(world.stage.now + 86_400)
    world.invite(101)
    body = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": []}]}
    done(world, "dossier.assign/1", dossier, body, SECRETARY)
    for _ in range(3):
        noted(world, dossier, complete=True)
    office = world.stage.office
    assert StoreSources(office.store, office._folds).whole(world.inst, dossier).assigned
    world.stage.leap(world.stage.now - 43_200)
    world.executive("clock.recover/1", office.false_time(world.stage.now), TWO)
    for sources in (StoreSources(office.store, office._folds), StoreSources(office.store)):
        found = sources.whole(world.inst, dossier)
        assert not found.assigned and found == anew(world, dossier)


# -- what may still be owed


def owed(world: Alliance) -> list[tuple[str, str, int]]:
    """What the matters under seal say is owed."""
    rows = owed_acts.pending(world.stage.office.store)
    duties = [d for m in (petition, question, report, case_duties) for d in m.sealed_duties(world.inst, rows)]
    return sorted((d.act, d.matter, d.last) for d in duties)


def kept(world: Alliance) -> int:
    """What may matter is kept in the store; how many acts that is."""
    store = world.stage.office.store
    with store.writing() as tx:
        owed_acts.save(world.inst, tx)
    return len(owed_acts._kept(store).numbers)


def same(world: Alliance) -> list[tuple[str, str, int]]:
    """What is owed, which is the same as without anything kept."""
    store = world.stage.office.store
    found, data = owed(world), store.setting(owed_acts.SETTING) or b""
    with store.writing() as tx:
        tx.put_setting(owed_acts.SETTING, b"")
    assert owed(world) == found
    with store.writing() as tx:
        tx.put_setting(owed_acts.SETTING, data)
    return found


def test_the_due_list_says_the_same_of_what_was_kept_and_of_all() -> None:
    """Reports, petitions and cases that are over are read no more, until something is done in one: then from its first entry."""
    world = staffed()
    over, declined, open_ = handled(world), handled(world), reported(world)
    noted(world, over, withdrawn=True)
    replied(world, declined, "declined", "no_fact")
    case = opened_case(world)
    ordered(world, case, "pause", "authority_request")
    asked = petitioned(world)
    assert kept(world) == 4  # the petition, the report, and the case with the order by which it rests
    found = same(world)
    assert [one[:2] for one in found] == [("petition.answer/1", FIRST), ("report.answer/1", open_)]
    noted(world, declined, asks="reconsideration")
    ordered(world, case, "resume", "authority_answered")
    noted(world, asked, withdrawn=True)
    found = same(world)
    assert sorted(one[0] for one in found) == ["case.conclude/1", "report.answer/1", "report.answer/1"]
    assert {declined, case, open_} == {one[1] for one in found} and over not in str(found)
    kept(world)
    assert same(world) == found


def test_a_question_that_was_answered_may_be_owed_again() -> None:
    """Its answer stands in the open book, and may be voided there: its rows are kept; an application's too."""
    world = Alliance(members=3, initiators=2).in_force().on("2026-05-06")
    dossier = id_of(world.unit("interpretation.ask/1", FIRST, {"article": 8, "question": PETITION["text"]}))
    assert kept(world) == 1
    noted(world, dossier, withdrawn=True)
    assert kept(world) == 0 and same(world) == []


def test_a_return_from_a_false_time_forgets_what_was_kept(world: Alliance) -> None:
    """A petition withdrawn in it stands withdrawn at its own time; one answered by officers waits again."""
    dossier = petitioned(world)
    world.stage.leap(world.stage.now + 86_400)
    world.invite(101)
    done(world, "petition.answer/1", dossier, {"answer": "explained", "docs": [NOBODY]}, SECRETARY)
    assert kept(world) == 0 and owed(world) == []
    world.stage.leap(world.stage.now - 43_200)
    world.executive("clock.recover/1", world.stage.office.false_time(world.stage.now), TWO)
    assert [one[0] for one in same(world)] == ["petition.answer/1"]


def test_a_list_kept_of_more_than_the_store_holds_is_none(world: Alliance) -> None:
    """As after a restore to less."""
    petitioned(world)
    with world.stage.office.store.writing() as tx:
        tx.put_setting(owed_acts.SETTING, owed_acts.msgspec.msgpack.encode(owed_acts._Kept(99, ())))
    assert len(owed(world)) == 1
    assert ACCUSED not in str(owed(world))


def test_a_round_of_the_office_keeps_it(world: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once so many have arrived since, and not before."""
    petitioned(world)
    monkeypatch.setattr(owed_acts, "WORTH_SAVING", 2)
    world.tick()
    assert world.stage.office.store.setting(owed_acts.SETTING) is None
    petitioned(world)
    world.tick()
    assert owed_acts._kept(world.stage.office.store).read == 2
