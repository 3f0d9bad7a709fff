"""A commit that fails leaves nothing: not in the store, not in memory, not in what anybody was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from benchmarks.world import ANNEX, in_force, unit, vote_on_annex

from gongyue.book.entry import SignedAct
from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.office.fork_guard import ForkGuard
from gongyue.office.office import Office
from gongyue.office.store import OPEN, SEALED, Head, Store
from gongyue.office.store.sql import SqlStore, SqlWriting
from gongyue.transparency import proofs

from .places import Place

DECLARED = {"activities": ["analysis"], "other": ""}
BALLOT = {"vote": ANNEX, "choice": "consent"}
FULL = OSError(28, "No space left on device")


@pytest.fixture
def stage(lasting: Place, tmp_path: Path) -> Iterator[SimulatedOffice]:
    """A covenant in force with six members that vote on an annex, on either store."""
    made = SimulatedOffice(lasting.open(create=True), tmp_path / "guard.json")
    in_force(made, 6)
    vote_on_annex(made)
    yield made
    made.office.guard.close()
    made.office.store.close()


def full_at_the_head_of(book: str) -> Callable[[pytest.MonkeyPatch], None]:
    """The disk is full when that book's head is written."""
    written = SqlWriting.set_head

    def set_head(tx: SqlWriting, named: str, head: Head) -> None:
        if named == book:
            raise FULL
        written(tx, named, head)

    return lambda patched: patched.setattr(SqlWriting, "set_head", set_head)


def full_at_the_commit(patched: pytest.MonkeyPatch) -> None:
    """The disk is full when everything is written and only the commit is to come."""
    begun: Callable[[SqlStore], AbstractContextManager[SqlWriting]] = SqlStore.writing

    @contextmanager
    def writing(store: SqlStore) -> Iterator[SqlWriting]:
        with begun(store) as tx:
            yield tx
            raise FULL

    patched.setattr(SqlStore, "writing", writing)


def full_at_what_is_sealed(patched: pytest.MonkeyPatch) -> None:
    """The disk is full when what arrived under seal is written."""

    def receive(tx: SqlWriting, entries: object) -> int:
        raise FULL

    patched.setattr(SqlWriting, "receive", receive)


FAILURES = {
    "open head": full_at_the_head_of(OPEN),
    "sealed act": full_at_what_is_sealed,
    "commit": full_at_the_commit,
}


def kept(store: Store) -> list[Any]:
    """All that a store holds of either book."""
    found: list[Any] = list(store.public_objects())
    for book in (OPEN, SEALED):
        head = store.head(book)
        assert head is not None
        found += [head, *store.leaves(book, 0, head.size), store.leaf(book, head.size), store.note(book, head.size + 1)]
    return [*found, *store.sealed_entries()]


def group(stage: SimulatedOffice) -> list[SignedAct]:
    """An open act, a sealed one, and another open one."""
    return [
        stage.signed("membership.declare/1", unit(1), DECLARED, [unit(1)]),
        stage.signed("vote.ballot/1", unit(2), BALLOT, [unit(2)]),
        stage.signed("membership.declare/1", unit(3), DECLARED, [unit(3)]),
    ]


def fail(stage: SimulatedOffice, acts: list[SignedAct], failing: str) -> None:
    """Hand acts in while the disk is full: whoever waits for a receipt gets the error."""
    with pytest.MonkeyPatch.context() as patched, pytest.raises(OSError, match="No space"):
        FAILURES[failing](patched)
        stage.office.handle_all(acts)


@pytest.mark.parametrize("failing", FAILURES)
def test_what_a_failed_commit_held_is_nowhere(stage: SimulatedOffice, lasting: Place, failing: str) -> None:
    """No act of the group is in store, memory or guard; a fresh office over the store has the same institution."""
    office, acts = stage.office, group(stage)
    before, inst, shown = kept(office.store), office.inst, dict(office.guard.shown)
    fail(stage, acts, failing)
    assert kept(office.store) == before
    assert [office.receipt(book, act.digest) for book in (OPEN, SEALED) for act in acts] == [None] * 6
    assert office.guard.shown == shown
    assert office.inst == office.catch_up() == inst
    assert stage.signed("vote.ballot/1", unit(2), BALLOT, [unit(2)]).act["seq"] == acts[1].act["seq"] == 1
    fresh = Office(lasting.open(), office.keys, ForkGuard(None), lambda: stage.now, office.entropy)
    assert (fresh.inst, fresh.rev) == (office.inst, office.rev)
    fresh.store.close()


@pytest.mark.parametrize("failing", FAILURES)
def test_after_a_failed_commit_the_next_acts_are_recorded(stage: SimulatedOffice, failing: str) -> None:
    """The same acts handed in again stand where they would have stood, each with its receipt."""
    acts = group(stage)
    size = stage.inst.size
    fail(stage, acts, failing)
    first, asked, third = stage.office.handle_all(acts)
    assert [getattr(one, "index", one) for one in (first, third)] == [size, size + 1]
    assert getattr(asked, "book", asked) == SEALED
    assert stage.inst.size == size + 2
    proven(stage, stage.unit("membership.declare/1", unit(4), DECLARED))


def test_a_receipt_proves_what_another_office_recorded_where_a_failed_commit_stood(
    stage: SimulatedOffice, lasting: Place
) -> None:
    """The failed acts' hashes are forgotten with them: else the next proof would be of a book that never was."""
    fail(stage, group(stage), "commit")
    other = Office(lasting.open(), stage.office.keys, ForkGuard(None), lambda: stage.now, stage.office.entropy)
    for number in (4, 5):
        other.handle(stage.signed("membership.declare/1", unit(number), DECLARED, [unit(number)]))
        stage.office.catch_up()
    other.store.close()
    proven(stage, stage.unit("membership.declare/1", unit(6), DECLARED))


def proven(stage: SimulatedOffice, receipt: Any) -> None:
    leaf = stage.office.store.leaf(OPEN, receipt.index)
    assert leaf is not None
    assert proofs.verify(receipt.proof, leaf, stage.office.keys.open.verifier).size == receipt.index + 1
