"""Rooms, due list and docket: how often the store is asked does not grow with what it holds, and no entry is fetched twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

import pytest
from msgspec.structs import replace

from gongyue.office import dossier_folds, owed_acts
from gongyue.office.docket import Docket
from gongyue.office.facts import dossiers as facts
from gongyue.office.facts.docket import OfficersDocket
from gongyue.office.openings import found_by, of_party
from gongyue.office.store.sql import SqlStore, SqlWriting
from gongyue.office.store.words import in_dossier
from support.alliance import CASEWORKER, FIRST, SECRETARY, Alliance
from support.cases import ACCUSED, opened_case, served, staffed
from support.cases import found as concluded_case
from support.dossiers import done, noted, signed
from support.dossiers import petition as petitioned

MANY = 12


class Asked(NamedTuple):
    """The statements that stores were asked meanwhile, and how often each entry under seal was fetched, by its number."""

    statements: list[str]
    fetched: Counter[int]


@contextmanager
def asking(of: type[SqlStore | SqlWriting] = SqlStore) -> Iterator[Asked]:
    """Take note of what any store, or any transaction, is asked."""
    plain, asked = of._rows, Asked([], Counter())

    def noting(self: Any, sql: str, *args: Any) -> list[Any]:
        rows = plain(self, sql, *args)
        asked.statements.append(sql.replace("?", "{}").format(*args))
        if "entry" in sql.partition("FROM sealed")[0]:
            asked.fetched.update(row[0] for row in rows)
        return rows

    with mock.patch.object(of, "_rows", noting):
        yield asked


@pytest.fixture
def world() -> Alliance:
    """In force; every story has its own."""
    return Alliance(members=3, initiators=2).in_force().on("2026-05-06")


def test_a_room_reads_each_entry_once_however_many_dossiers_there_are(world: Alliance) -> None:
    """One dossier or thirteen: the same statements; a case against the unit, which is not its own, asks for what was served in it."""
    store, counts = world.stage.office.store, []
    for many in (1, MANY):
        for _ in range(many):
            noted(world, petitioned(world), complete=True)
        with asking() as asked:
            found = facts.of_unit(world.inst, store, FIRST, world.inst.today)
        assert set(asked.fetched.values()) == {1}
        assert sum(asked.fetched.values()) == 2 * len(found)
        counts.append(len(asked.statements))
    assert counts[0] == counts[1] <= 4


def test_a_room_with_a_case_shows_what_was_read_before_and_beside_it() -> None:
    """What the unit did itself in the case is found by its name, the rest of it by the dossier: in the order of arrival, each once."""
    world = staffed()
    case = opened_case(world)
    served(world, case)
    noted(world, case, ACCUSED, complete=True)
    own = petitioned(world, ACCUSED)
    rows = list(of_party(world.stage.office.store, ACCUSED))
    assert [one.entry.rx.dossier for one in rows if one.entry.rx.dossier in (case, own)][-1] == own
    numbers = [one.kept.number for one in rows]
    assert numbers == sorted(set(numbers))
    assert [one.entry.rx.n for one in rows if one.entry.rx.dossier == case] == [1, 2, 3]


def test_a_room_asks_as_often_for_many_cases_against_a_unit_as_for_one() -> None:
    """Of all of them at once it is asked in which something was served."""
    world, counts = staffed(), []
    store = world.stage.office.store
    for many in (1, 3):
        for _ in range(many):
            served(world, opened_case(world))
            opened_case(world)
        with asking() as asked:
            rows = list(of_party(store, ACCUSED))
        assert len({one.entry.rx.dossier for one in rows}) == len(rows) // 2
        counts.append(len(asked.statements))
    assert counts[0] == counts[1] and len(rows) == 8


def test_the_due_list_asks_as_often_for_many_dossiers_as_for_one(world: Alliance) -> None:
    """With what was kept, and what came since; nothing is fetched twice."""
    store, counts = world.stage.office.store, []
    for many in (1, MANY):
        for _ in range(many):
            noted(world, petitioned(world), complete=True)
        with store.writing() as tx:
            owed_acts.save(world.inst, tx)
        noted(world, petitioned(world), complete=True)
        with asking() as asked:
            owed_acts.pending(store)
        assert set(asked.fetched.values()) == {1}
        counts.append(len(asked.statements))
    assert counts[0] == counts[1]


def test_lists_ask_as_often_for_many_concluded_cases_as_for_one() -> None:
    """Whether results were told is asked of all cases at once, by the room, by the due list and by the docket."""
    world, counts = staffed(), []
    store = world.stage.office.store
    for many in (1, 3):
        for _ in range(many):
            concluded_case(world)
        with asking() as room:
            assert not facts.results_told(store, of_party(store, ACCUSED))
            facts.of_unit(world.inst, store, ACCUSED, world.inst.today)
        with asking() as due:
            owed_acts.pending(store)
        docket = Docket()
        with asking() as folded:
            known = docket.catch_up(world.inst, store)
            docket._told(store)
        assert not any(kept.told for kept in known.values())
        counts.append((len(room.statements), len(due.statements), len(folded.statements)))
    assert counts[0] == counts[1]


def test_the_due_list_leaves_unread_what_only_adds_to_a_dossier(world: Alliance) -> None:
    """Notes that take nothing back and ask for nothing are not kept, however many; what was withdrawn or asked for is."""
    store = world.stage.office.store
    dossier = petitioned(world)
    for _ in range(MANY):
        noted(world, dossier, complete=True)
    with store.writing() as tx:
        owed_acts.save(world.inst, tx)
    with asking() as asked:
        assert len(owed_acts.pending(store)) == 1
    assert sum(asked.fetched.values()) == 1
    noted(world, dossier, withdrawn=True)
    assert [one.entry.act.type for one in owed_acts.pending(store)] == ["petition.submit/1", "dossier.note/1"]


def test_the_due_list_keeps_every_note_of_a_case() -> None:
    """There what a party hands in, and that its file is complete, says from when something is owed."""
    world = staffed()
    case = opened_case(world)
    served(world, case)
    noted(world, case, ACCUSED, complete=True)
    with world.stage.office.store.writing() as tx:
        owed_acts.save(world.inst, tx)
    types = [one.entry.act.type for one in owed_acts.pending(world.stage.office.store)]
    assert types.count("dossier.note/1") == 1


def test_a_long_dossier_is_shown_from_where_the_store_keeps_it_folded(
    world: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as folded anew, of fewer entries; a fold that was kept after they were read is not used."""
    monkeypatch.setattr(dossier_folds, "WORTH_SAVING", 3)
    store, dossier = world.stage.office.store, petitioned(world)
    for _ in range(6):
        noted(world, dossier, complete=True)
    rows = list(found_by(store, in_dossier(dossier)))
    anew = facts.fold(world.inst, rows)
    with mock.patch.object(dossier_folds, "kept_leaf", wraps=dossier_folds.kept_leaf) as folds:
        assert facts.folded_on(world.inst, store, rows) == anew
        assert 0 < folds.call_count < len(rows)
    for some in (rows[:3], rows[:2]):
        assert facts.folded_on(world.inst, store, some) == facts.fold(world.inst, some)
    told = facts.facts_of(world.inst, rows, world.inst.today)
    (shown,) = facts.of_unit(world.inst, store, FIRST, world.inst.today)
    assert replace(shown, name=told.name) == told


def test_an_officer_is_shown_a_dossier_as_the_docket_folded_it(world: Alliance) -> None:
    """It is not folded once more, but where something came since the docket was."""
    store, dossier = world.stage.office.store, petitioned(world)
    taken = {"role": "caseworker", "officers": [{"officer": CASEWORKER, "interests": []}]}
    done(world, "dossier.assign/1", dossier, taken, SECRETARY)
    listed = OfficersDocket(world.inst, Docket().catch_up(world.inst, store), CASEWORKER, world.inst.today)
    with mock.patch.object(facts, "fold", wraps=facts.fold) as folds:
        for entries, folded in ((2, 0), (3, 1)):
            found = listed.find(store, dossier)
            assert found is not None and found[1] is not None
            assert (len(found[1].entries), folds.call_count) == (entries, folded)
            noted(world, dossier, complete=True)


def test_what_is_filed_asks_nothing_twice_and_as_much_in_a_dossier_of_many_entries(world: Alliance) -> None:
    """Each statement goes to a database and back, under the lock for which all others wait."""
    dossier, office, counts = petitioned(world), world.stage.office, []
    noted(world, dossier, complete=True)
    for many in (1, MANY):
        for _ in range(many):
            noted(world, dossier, complete=True)
        act = signed(world, "dossier.note/1", dossier, {"complete": True}, FIRST, actor=FIRST)
        with asking(SqlWriting) as asked:
            office.handle(act)
        assert len(set(asked.statements)) == len(asked.statements)
        counts.append(len(asked.statements))
    assert counts[0] == counts[1]


def test_an_anchor_places_what_waits_in_few_statements(world: Alliance) -> None:
    """Nobody files meanwhile."""
    for _ in range(MANY):
        petitioned(world)
    world.stage.now += 86_400
    with mock.patch.object(SqlWriting, "_run", autospec=True, side_effect=SqlWriting._run) as run:
        world.tick()
    placing = [one.args[1] for one in run.call_args_list if "UPDATE sealed" in one.args[1]]
    assert len(placing) == 1 and not world.stage.office.store.pending()
