"""What every store keeps, refuses and undoes: memory, SQLite file and PostgreSQL alike."""

from __future__ import annotations

from hashlib import sha256

import pytest

from gongyue.office.store import OPEN, SEALED, BadStore, Head, NewLeaf, SealedEntry, Store, words
from gongyue.transparency.merkle import Frontier, Tree, root

from .places import add, arriving, digest, head_of, new, sealed

ENTRY = sealed(1)
TYPED = words.typed("vote.ballot/1")


def leaf(name: str) -> NewLeaf:
    """A leaf of the sealed book: it says nothing of an act."""
    return new(name)._replace(act=None)


def kept(number: int, index: int | None) -> SealedEntry:
    """What is kept of the one entry, under that number and leaf."""
    return SealedEntry(number, index, *arriving(ENTRY)[1:])


def test_a_new_store_is_empty(store: Store) -> None:
    """Nothing is in it, and asking is no error."""
    assert store.head(OPEN) is None
    assert store.leaf(OPEN, 0) is None
    assert list(store.leaves(OPEN, 0, 10)) == []
    assert store.note(OPEN, 1) is None
    assert store.find(OPEN, digest("a")) is None
    assert store.object("sha256:00") is None
    assert store.find_sealed(new("a").hash) is None
    assert store.sealed_numbered(1) is None
    assert store.sealed_entry(bytes(8)) is None
    assert store.arrivals() == 0
    assert [list(found) for found in (store.sealed_entries(), store.placed(0, 10), store.sealed_with([TYPED]))] == [
        []
    ] * 3
    assert store.pending() == []
    assert list(store.public_objects()) == []
    assert store.setting("a") is None
    assert store.snapshot() is None


def test_appended_leaves_come_back_in_order(store: Store) -> None:
    """By index and streamed, over several transactions and any slice, to the book's end and no further."""
    names = [str(i) for i in range(700)]
    for start, stop in ((0, 1), (1, 300), (300, 700)):
        with store.writing() as tx:
            assert add(tx, [new(name) for name in names[start:stop]]) == start
    all_of_it = [new(name).leaf for name in names]
    assert list(store.leaves(OPEN, 0, 700)) == all_of_it
    for start, stop in ((0, 0), (3, 3), (5, 4), (255, 257), (10, 600), (699, 5000), (800, 900), (-3, 2)):
        assert list(store.leaves(OPEN, start, stop)) == all_of_it[max(start, 0) : stop]
    assert [store.leaf(OPEN, i) for i in (0, 256, 699, 700)] == [all_of_it[0], all_of_it[256], all_of_it[699], None]


def test_the_two_books_count_and_find_apart(store: Store) -> None:
    """The same act may be in both; each book has its own indices and head; under seal an act is found by its number."""
    with store.writing() as tx:
        add(tx, [new("a"), new("b")])
        assert add(tx, [leaf("b")], SEALED) == 0
        assert tx.receive([arriving(sealed(1)), arriving(ENTRY, "b")]) == 1
    assert (store.find(OPEN, digest("b")), store.find(SEALED, digest("b"))) == (1, 2)
    assert [store.find_sealed(new(name).hash) for name in "ba"] == [0, None]
    heads = store.head(OPEN), store.head(SEALED)
    assert [head and head.size for head in heads] == [2, 1]


def test_there_are_only_two_books(store: Store) -> None:
    """A third is refused whatever the database says it with, and leaves nothing."""
    with pytest.raises(Exception, match=r"(?i)check"), store.writing() as tx:
        tx.append("third", [new("a")])
    assert store.leaf("third", 0) is None


def test_a_transaction_sees_its_own_writes(store: Store) -> None:
    """All of them, before they are committed."""
    with store.writing() as tx:
        add(tx, [new("a")])
        add(tx, [new("b")], SEALED)
        tx.receive([arriving(ENTRY)])
        tx.place([(1, 0)])
        tx.put_object("sha256:01", b"one", public=True)
        tx.put_setting("colour", b"red")
        tx.put_snapshot(1, b"state")
        assert list(tx.leaves(OPEN, 0, 9)) == [b"leaf a"]
        assert tx.find(OPEN, digest("a")) == 0
        assert tx.node(OPEN, 0, 0) == new("a").hash
        assert [tx.sealed_numbered(n) for n in (0, 1)] == [None, kept(1, 0)]
        assert list(tx.public_objects()) == ["sha256:01"]
        assert (tx.setting("colour"), tx.snapshot()) == (b"red", (1, b"state"))
        assert tx.append(OPEN, [new("c")]) == 1


def test_rollback_leaves_nothing(store: Store) -> None:
    """After an exception the store is as before, and the next index is the same again."""
    with store.writing() as tx:
        add(tx, [new("a")])
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        add(tx, [new(str(i)) for i in range(300)])
        add(tx, [new("b")], SEALED)
        tx.receive([arriving(ENTRY)])
        tx.place([(1, 0)])
        tx.put_object("sha256:01", b"one", public=True)
        tx.put_setting("colour", b"red")
        tx.put_snapshot(1, b"state")
        raise ZeroDivisionError
    assert list(store.leaves(OPEN, 0, 999)) == [b"leaf a"]
    assert store.head(OPEN) == head_of(frontier_of(["a"]))
    assert (store.head(SEALED), store.sealed_numbered(1), store.find(OPEN, digest("0"))) == (None, None, None)
    assert (store.arrivals(), store.find(SEALED, arriving(ENTRY).act), list(store.sealed_with([TYPED]))) == (
        0,
        None,
        [],
    )
    assert (store.object("sha256:01"), store.setting("colour"), store.snapshot()) == (None, None, None)
    with pytest.raises(LookupError):
        store.node(OPEN, 8, 0)
    with store.writing() as tx:
        assert add(tx, [new("0")]) == 1


def test_an_act_in_the_book_twice_is_refused(store: Store) -> None:
    """With all leaves of its group; the transaction goes on as if it had not been asked."""
    with store.writing() as tx:
        add(tx, [new("a")])
    with store.writing() as tx:
        with pytest.raises(ValueError, match="already"):
            tx.append(OPEN, [new("b"), new("a")])
        with pytest.raises(ValueError, match="twice"):
            tx.append(OPEN, [new("c"), new("c")])
        assert add(tx, [new("b"), new("c")]) == 1
    assert list(store.leaves(OPEN, 0, 9)) == [b"leaf a", b"leaf b", b"leaf c"]
    assert [store.find(OPEN, digest(name)) for name in "abc"] == [0, 1, 2]


def test_padding_has_no_act(store: Store) -> None:
    """Any number of leaves without one; they are not found and open nothing."""
    with store.writing() as tx:
        add(tx, [leaf(name) for name in "pqrs"], SEALED)
        tx.receive([arriving(ENTRY)])
        tx.place([(1, 2)])
    assert store.find(SEALED, digest("p")) is None
    assert list(store.placed(0, 99)) == [kept(1, 2)]
    assert [list(store.placed(i, i + 1)) for i in (1, 2)] == [[], [kept(1, 2)]]


def test_a_leaf_hash_has_32_bytes(store: Store) -> None:
    """One byte less or more is refused."""
    with store.writing() as tx:
        for size in (31, 33):
            with pytest.raises(ValueError, match="32 bytes"):
                tx.append(OPEN, [NewLeaf(b"leaf", bytes(size), None)])
        assert tx.append(OPEN, [NewLeaf(b"leaf", bytes(32), None)]) == 0


def test_node_hashes_equal_those_of_the_tree(store: Store) -> None:
    """At every level, around one tile (255, 256, 257) and around 256 tiles (65,536 + 3), and none beyond the edge."""
    tree = Tree()
    for size in (255, 256, 257, 65_535, 65_536 + 3):
        hashes = [sha256(b"%d" % i).digest() for i in range(tree.size, size)]
        with store.writing() as tx:
            assert tx.append(OPEN, [NewLeaf(b"", hash_, None) for hash_ in hashes]) == tree.size
        for hash_ in hashes:
            tree.append(hash_)
        for level in range(18):
            check_level(store, tree, level)
        assert root(lambda level, index: store.node(OPEN, level, index), size) == tree.root()


def check_level(store: Store, tree: Tree, level: int) -> None:
    """The nodes at both ends and in the middle of a level, and that there is none after the last."""
    count = tree.size >> level
    for index in {0, 1, 255, 256, count // 2, count - 2, count - 1} & set(range(count)):
        assert store.node(OPEN, level, index) == tree.node(level, index)
    for missing in (count, -1):
        with pytest.raises(LookupError):
            store.node(OPEN, level, missing)


def test_a_head_must_fit_the_leaves(store: Store) -> None:
    """One leaf fewer or more is refused, and so is a root that is no hash."""
    with store.writing() as tx:
        tx.append(OPEN, [new("a"), new("b")])
        right = head_of(frontier_of(["a", "b"]))
        for size in (1, 3):
            with pytest.raises(ValueError, match="2 leaves"):
                tx.set_head(OPEN, right._replace(size=size))
        with pytest.raises(ValueError, match="32 bytes"):
            tx.set_head(OPEN, right._replace(root=b"short"))
        tx.set_head(OPEN, right)
    assert store.head(OPEN) == right


def test_notes_are_kept_by_size(store: Store) -> None:
    """Every checkpoint that was signed stays; sizes inside a group have none."""
    heads: dict[int, Head] = {}
    for names in (["a"], ["b", "c", "d"], ["e"]):
        with store.writing() as tx:
            add(tx, [new(name) for name in names])
        head = store.head(OPEN)
        assert head
        heads[head.size] = head
    assert [store.note(OPEN, size) is not None for size in range(7)] == [False, True, False, False, True, True, False]
    assert all(store.note(OPEN, size) == (head.root, head.note) for size, head in heads.items())


def test_a_note_may_gain_signatures_but_never_another_root(store: Store) -> None:
    """The same size and root replaces the note; another root would be a fork, and is refused."""
    with store.writing() as tx:
        add(tx, [new("a")])
    head = head_of(frontier_of(["a"]))
    with store.writing() as tx:
        tx.set_head(OPEN, head._replace(note=b"cosigned"))
    with pytest.raises(ValueError, match="another root"), store.writing() as tx:
        tx.set_head(OPEN, head._replace(root=bytes(32)))
    assert store.note(OPEN, 1) == (head.root, b"cosigned")
    assert store.head(OPEN) == head._replace(note=b"cosigned")


def test_an_empty_book_can_be_signed(store: Store) -> None:
    """A head of size 0 before any leaf, and others after it."""
    with store.writing() as tx:
        tx.set_head(SEALED, head_of(Frontier()))
    assert store.head(SEALED) == head_of(Frontier())
    with store.writing() as tx:
        assert add(tx, [new("a")], SEALED) == 0


def test_a_private_object_may_become_public_never_the_other_way(store: Store) -> None:
    """The same again is no error; private again after public changes nothing."""
    for public, listed in ((False, []), (False, []), (True, ["sha256:01"]), (False, ["sha256:01"])):
        with store.writing() as tx:
            tx.put_object("sha256:01", b"one", public)
        assert list(store.public_objects()) == listed
        assert store.object("sha256:01") == b"one"


def test_objects_keep_any_bytes(store: Store) -> None:
    """None, all values, a megabyte."""
    kept = {digest(str(len(data))): data for data in (b"", bytes(range(256)), bytes(range(256)) * 4096)}
    with store.writing() as tx:
        for name, data in kept.items():
            tx.put_object(name, data, public=False)
    assert {name: store.object(name) for name in kept} == kept


def test_other_bytes_under_a_digest_are_refused(store: Store) -> None:
    """The first stay."""
    with store.writing() as tx:
        tx.put_object("sha256:01", b"one", public=False)
        with pytest.raises(ValueError, match="other bytes"):
            tx.put_object("sha256:01", b"two", public=True)
    assert store.object("sha256:01") == b"one"
    assert list(store.public_objects()) == []


def test_public_objects_are_all_listed(store: Store) -> None:
    """More than a batch, each once, the private ones left out."""
    names = {digest(str(i)) for i in range(600)}
    with store.writing() as tx:
        for name in names:
            tx.put_object(name, b"", public=True)
        tx.put_object(digest("private"), b"", public=False)
    listed = list(store.public_objects())
    assert len(listed) == 600
    assert set(listed) == names


def test_what_arrives_under_seal_waits_for_its_place(store: Store) -> None:
    """Numbered as it arrives; placed once, under a leaf that is there; found by its number, act and commitment before and after."""
    new_ones = [arriving(sealed(i)) for i in range(3)]
    with store.writing() as tx:
        assert (tx.arrivals(), tx.pending(), tx.sealed_numbered(1)) == (0, [], None)
        assert tx.receive(new_ones[:2]) == 1
        assert tx.receive(new_ones[2:]) == 3
    assert (store.arrivals(), [one.number for one in store.pending()]) == (3, [1, 2, 3])
    assert all(one.index is None for one in store.pending())
    with store.writing() as tx:
        for number, index in ((1, 0), (1, -1), (4, 0)):
            with pytest.raises(ValueError, match="cannot be placed"):
                tx.place([(number, index)])
        add(tx, [leaf("a"), leaf("b")], SEALED)
    for places in ([(1, 0), (1, 1)], [(1, 0), (4, 1)], [(1, 0), (2, 2)], [(1, 0), *((2, 1) for _ in range(70))]):
        with pytest.raises(ValueError, match="cannot be placed"), store.writing() as tx:
            tx.place(places)
    assert all(one.index is None for one in store.pending()) and len(store.pending()) == 3
    with store.writing() as tx:
        tx.place([(2, 0), (1, 1)])
        for number, index in ((1, 0), (1, 1), (2, 1), (4, 1), (3, 2)):
            with pytest.raises(ValueError, match="cannot be placed"):
                tx.place([(number, index)])
    assert [(one.number, one.index) for one in store.sealed_entries()] == [(1, 1), (2, 0), (3, None)]
    assert [one.number for one in store.placed(0, 99)] == [2, 1]
    assert [one.number for one in store.pending()] == [3]
    for number, made in enumerate(new_ones, 1):
        found = store.sealed_numbered(number)
        assert found is not None
        assert (found.commitment, found.salt, found.entry, found.promise) == made[1:]
        assert store.find(SEALED, made.act) == number
        named = bytes.fromhex(made.commitment[7:])
        assert store.sealed_entry(named) == store.sealed_entry(named[:8]) == found
    assert store.sealed_entry(bytes(32)) is None
    assert [store.sealed_numbered(number) for number in (0, 4, 2**70)] == [None, None, None]


@pytest.mark.parametrize("same", ["act", "commitment", "act within", "commitment within"])
def test_nothing_arrives_under_seal_twice(store: Store, same: str) -> None:
    """Neither an act nor a commitment, in the store or in the list: then nothing of the list is kept, and the next is."""
    first, other = arriving(sealed(1)), arriving(sealed(2))
    again = other._replace(act=first.act) if same.startswith("act") else other._replace(commitment=first.commitment)
    fresh = arriving(sealed(3))
    with store.writing() as tx:
        if not same.endswith("within"):
            tx.receive([first])
        with pytest.raises(ValueError, match=r"already|twice"):
            tx.receive([fresh, first, again] if same.endswith("within") else [fresh, again])
        before = tx.arrivals()
        assert tx.find(SEALED, fresh.act) is None
        assert tx.receive([fresh]) == tx.arrivals() == before + 1
    assert before == (0 if same.endswith("within") else 1)
    assert [one.entry for one in store.sealed_with([words.by("u:0001")])][-1] == sealed(3)


def test_acts_under_seal_are_streamed_in_both_orders(store: Store) -> None:
    """Over batches: as they arrived, and as they stand, with gaps where there is padding."""
    made = [arriving(sealed(i)) for i in range(600)]
    places = [(i + 1, 3 * (599 - i) % 1800) for i in range(600)]
    with store.writing() as tx:
        tx.receive(made)
        add(tx, [leaf(str(i)) for i in range(1800)], SEALED)
        tx.place(places)
    assert [one.entry for one in store.sealed_entries()] == [one.entry for one in made]
    assert [one.number for one in store.sealed_entries(597)] == [598, 599, 600]
    for start, stop in ((0, 1800), (1, 400), (255, 260), (1700, 9999)):
        expected = sorted((index, number) for number, index in places if start <= index < stop)
        assert [(one.index, one.number) for one in store.placed(start, stop)] == expected


def test_acts_under_seal_are_found_by_their_words(store: Store) -> None:
    """By type, actor, unit, vote, paper; each once, as they arrived, from a number on; over batches; without a word none."""
    kinds = {"vote.ballot/1": words.cast_in("p:1"), "membership.refuse/1": words.about("u:0099")}
    types = [list(kinds)[i % 3 % 2] for i in range(900)]
    made = [sealed(i, f"u:000{i % 2}", type, paper=i % 300 == 5) for i, type in enumerate(types)]
    with store.writing() as tx:
        tx.receive([arriving(entry) for entry in made])

    def found(*asked: str, after: int = 0) -> list[int]:
        rows = list(store.sealed_with(asked, after))
        assert [one.entry for one in rows] == [made[one.number - 1] for one in rows]
        assert store.numbers_with(asked, after) == [one.number for one in rows]
        return [one.number - 1 for one in rows]

    for type, word in kinds.items():
        expected = [i for i in range(900) if types[i] == type]
        assert found(word) == found(words.typed(type)) == found(word, words.typed(type)) == expected
        assert found(word, after=300) == [i for i in expected if i >= 300]
    assert found(words.by("u:0001")) == list(range(1, 900, 2))
    assert found(words.by("u:0001"), *map(words.typed, kinds)) == list(range(900))
    assert found(words.PAPER) == [5, 305, 605]
    assert found() == found("type=vote.ballot") == found(words.by("u:00")) == []


@pytest.mark.parametrize("entry", [b"pad", b"{}", b'{"act":{"actor":1,"body":{},"type":"a"}}', b"\xff", b"[" * 9999])
def test_what_is_no_entry_is_not_kept(store: Store, entry: bytes) -> None:
    """Nothing that cannot be found again is stored as an act under seal."""
    with store.writing() as tx, pytest.raises(ValueError, match="no entry"):
        tx.receive([arriving(entry, "x")])
    assert (store.arrivals(), store.find(SEALED, digest("x"))) == (0, None)


def test_settings_are_replaced_but_not_the_stores_own(store: Store) -> None:
    """The last value counts; the schema version cannot be set."""
    with store.writing() as tx:
        tx.put_setting("colour", b"red")
        tx.put_setting("colour", b"blue")
        with pytest.raises(ValueError, match="own"):
            tx.put_setting("store.version", b"2")
    assert store.setting("colour") == b"blue"


def test_it_is_asked_at_once_which_settings_are_there(store: Store) -> None:
    """Over batches; of none, none."""
    names = [f"name {i}" for i in range(600)]
    with store.writing() as tx:
        for name in names[::2]:
            tx.put_setting(name, b"")
        assert tx.settings_there(names) == set(names[::2])
    assert store.settings_there(names) == set(names[::2])
    assert store.settings_there([]) == store.settings_there(["name"]) == set()


def test_a_snapshot_replaces_the_one_before(store: Store) -> None:
    """There is one, the latest."""
    for size in (1, 2):
        with store.writing() as tx:
            tx.put_snapshot(size, b"state %d" % size)
    assert store.snapshot() == (2, b"state 2")


def test_a_gap_in_a_book_is_said(store: Store) -> None:
    """A leaf taken out behind the store's back: streaming stops, its node is missing, and a full tile is not made."""
    with store.writing() as tx:
        add(tx, [new(str(i)) for i in range(255)])
    tamper(store, "DELETE FROM entry WHERE idx = 77")
    with pytest.raises(BadStore, match="gap"):
        list(store.leaves(OPEN, 0, 255))
    with pytest.raises(LookupError):
        store.node(OPEN, 0, 77)
    with pytest.raises(BadStore, match="gap"), store.writing() as tx:
        tx.append(OPEN, [new("255")])


def test_leaves_lost_below_the_head_are_said(store: Store) -> None:
    """Nothing is appended in the place of a signed leaf."""
    with store.writing() as tx:
        add(tx, [new("a"), new("b")])
    tamper(store, "DELETE FROM entry WHERE idx = 1")
    with pytest.raises(BadStore, match="holds 1"), store.writing() as tx:
        tx.append(OPEN, [new("c")])


def frontier_of(names: list[str]) -> Frontier:
    """The right edge of a book of these leaves."""
    frontier = Frontier()
    for name in names:
        frontier.append(new(name).hash)
    return frontier


def tamper(store: Store, sql: str) -> None:
    """Change rows as no store does."""
    with store._engine.writing() as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql)
