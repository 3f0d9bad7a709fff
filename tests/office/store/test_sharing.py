"""Many at once: threads, processes, readers beside a writer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from threading import Event

import pytest

from gongyue.office.store import OPEN, Store
from gongyue.transparency.merkle import Tree

from .places import Place, add, beside, digest, new

EACH = 200


def test_readers_during_a_write_see_only_committed_data(store: Store) -> None:
    """In the writing thread and in others, without waiting; and the new state once it is committed."""
    with store.writing() as tx:
        add(tx, [new("a")])
        tx.put_snapshot(1, b"one")
    with ThreadPoolExecutor(4) as threads, store.writing() as tx:
        add(tx, [new(str(i)) for i in range(300)])
        tx.put_snapshot(301, b"many")
        seen = [seen_in(store), *threads.map(lambda _: seen_in(store), range(8))]
        assert set(seen) == {(1, 1, None, (1, b"one"))}
    assert seen_in(store) == (301, 301, 1, (301, b"many"))


def seen_in(store: Store) -> tuple[int, int, int | None, tuple[int, bytes] | None]:
    """(size of the head, number of leaves, index of an act, snapshot) as a reader sees them."""
    head = store.head(OPEN)
    return (
        head.size if head else 0,
        len(list(store.leaves(OPEN, 0, 999))),
        store.find(OPEN, digest("0")),
        store.snapshot(),
    )


def test_a_slow_reader_does_not_hold_up_writers(store: Store) -> None:
    """Leaves are streamed while others are appended; the stream ends where the book ended when it began."""
    with store.writing() as tx:
        add(tx, [new(str(i)) for i in range(600)])
    stream = store.leaves(OPEN, 0, 9999)
    read = [next(stream)]
    for i in range(600, 610):
        with store.writing() as tx:
            add(tx, [new(str(i))])
    read.extend(stream)
    assert read == [new(str(i)).leaf for i in range(600)]


def test_eight_threads_append_without_gap_or_duplicate(store: Store) -> None:
    """Each thread's indices rise, all indices are used once, and every head fits."""

    def work(thread: int) -> list[int]:
        indices = []
        for i in range(25):
            with store.writing() as tx:
                indices.append(add(tx, [new(f"{thread} {i}")]))
            assert store.find(OPEN, digest(f"{thread} {i}")) == indices[-1]
        return indices

    with ThreadPoolExecutor(8) as threads:
        indices = list(threads.map(work, range(8)))
    assert all(each == sorted(each) for each in indices)
    check_whole(store, list(chain.from_iterable(indices)))


def test_two_processes_append_without_gap_or_duplicate(lasting: Place) -> None:
    """Two hundred each, at the same time."""
    store = lasting.open(create=True)
    children = [beside(lasting, name, EACH) for name in ("first", "second")]
    indices = [[int(line) for line in child.communicate(timeout=60)[0].split()] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert [len(each) for each in indices] == [EACH, EACH]
    assert all(each == sorted(each) for each in indices)
    check_whole(store, list(chain.from_iterable(indices)))
    store.close()


def check_whole(store: Store, indices: list[int]) -> None:
    """All indices once; head, leaves and nodes of one tree."""
    assert sorted(indices) == list(range(len(indices)))
    leaves = list(store.leaves(OPEN, 0, 9999))
    tree = Tree(new(leaf.decode().removeprefix("leaf ")).hash for leaf in leaves)
    head = store.head(OPEN)
    assert head
    assert (head.size, head.root) == (len(indices), tree.root())
    assert all(store.note(OPEN, size) for size in range(1, head.size + 1))
    for level in range(head.size.bit_length()):
        assert store.node(OPEN, level, (head.size >> level) - 1) == tree.node(level, (head.size >> level) - 1)


def test_two_stores_on_one_file_take_turns(lasting: Place) -> None:
    """In one process: the second waits for the first, and appends after it."""
    one, two = lasting.open(create=True), lasting.open()
    began = Event()

    def second() -> int:
        began.set()
        with two.writing() as tx:
            return add(tx, [new("b")])

    with ThreadPoolExecutor(1) as thread:
        with one.writing() as tx:
            later = thread.submit(second)
            began.wait(10)
            assert add(tx, [new("a")]) == 0
            assert not later.done()
        assert later.result(30) == 1
    one.close()
    two.close()


def test_writing_while_writing_is_an_error_not_a_deadlock(store: Store) -> None:
    """In the same thread; the transaction that is open goes on."""
    with store.writing() as tx:
        with pytest.raises(RuntimeError, match="already"), store.writing():
            pass
        add(tx, [new("a")])
    assert store.leaf(OPEN, 0) == b"leaf a"


def test_a_transaction_kept_beyond_its_end_writes_nothing(store: Store) -> None:
    """It fails instead of writing outside any transaction."""
    with store.writing() as tx:
        add(tx, [new("a")])
    with pytest.raises(Exception, match="closed"):
        tx.put_setting("colour", b"red")
    assert store.setting("colour") is None


def test_a_closed_store_says_so(store: Store) -> None:
    """Reading and writing fail; closing again does not."""
    store.close()
    with pytest.raises(Exception, match="closed"):
        store.head(OPEN)
    with pytest.raises(Exception, match="closed"), store.writing():
        pass
    store.close()
