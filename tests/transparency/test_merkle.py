"""The Merkle tree: every true proof verifies, every altered one fails."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.transparency.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

MOST = 70
LEAVES = [leaf_hash(b"entry %d" % i) for i in range(MOST)]
TREE = Tree(LEAVES)
ROOTS = [root(TREE.node, size) for size in range(MOST + 1)]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962 2.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(by_definition(leaves[:k]), by_definition(leaves[k:]))


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_the_hashes_of_rfc_6962_are_reproduced():
    """Roots published with the reference implementation of certificate transparency for its eight test leaves."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = Tree(leaf_hash(bytes.fromhex(entry)) for entry in inputs)
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(tree.node, 1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root(tree.node, 2).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert tree.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_every_root_is_the_one_by_definition():
    """Tree and frontier agree with the recursive definition at every size up to 70."""
    frontier = Frontier()
    for size in range(MOST + 1):
        assert ROOTS[size] == frontier.root() == by_definition(LEAVES[:size])
        if size < MOST:
            assert frontier.append(LEAVES[size]) == size


@given(st.lists(st.integers(0, 17), max_size=12))
def test_leaves_added_many_at_a_time_make_the_same_tree(counts):
    """However they are divided, the roots at every size are those of the tree that grew leaf by leaf."""
    tree = Tree()
    for count in counts:
        tree.extend(LEAVES[tree.size : tree.size + count])
    assert [root(tree.node, size) for size in range(tree.size + 1)] == ROOTS[: tree.size + 1]


def test_every_inclusion_proof_verifies():
    """Every leaf of every tree up to 70, and no other leaf, index, size or root."""
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion_proof(TREE.node, index, size)
            assert verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])
            assert not verify_inclusion(LEAVES[index - 1] if size > 1 else b"", index, size, proof, ROOTS[size])
            assert not verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size - 1])
            assert not verify_inclusion(LEAVES[index], size, size, proof, ROOTS[size])
            assert not verify_inclusion(LEAVES[index], index, size, [*proof, ROOTS[size]], ROOTS[size])
            assert not proof or not verify_inclusion(LEAVES[index], index, size, proof[:-1], ROOTS[size])


def test_every_pair_of_sizes_up_to_70_is_shown_consistent():
    """And the roots may not be exchanged for those of neighbouring sizes."""
    for new in range(MOST + 1):
        for old in range(new + 1):
            proof = consistency_proof(TREE.node, old, new)
            assert verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)
            assert not verify_consistency(old, new, ROOTS[old], ROOTS[new], [*proof, LEAVES[0]])
            assert not verify_consistency(old, new, ROOTS[old - 1], ROOTS[new], proof)
            assert old in (0, new) or not verify_consistency(old, new, ROOTS[old], ROOTS[new - 1], proof)
            assert not proof or not verify_consistency(old, new, ROOTS[old], ROOTS[new], proof[:-1])


@given(st.integers(1, MOST), st.data())
def test_one_flipped_bit_spoils_an_inclusion_proof(size, data):
    """In the leaf, in any hash of the proof, or in the root."""
    index = data.draw(st.integers(0, size - 1))
    parts = [LEAVES[index], ROOTS[size], *inclusion_proof(TREE.node, index, size)]
    which = data.draw(st.integers(0, len(parts) - 1))
    parts[which] = flipped(parts[which], data.draw(st.integers(0, 255)))
    leaf, head, *proof = parts
    assert not verify_inclusion(leaf, index, size, proof, head)


@given(st.integers(1, MOST), st.data())
def test_one_flipped_bit_spoils_a_consistency_proof(old, data):
    """In either root or in any hash of the proof."""
    new = data.draw(st.integers(old, MOST))
    parts = [ROOTS[old], ROOTS[new], *consistency_proof(TREE.node, old, new)]
    which = data.draw(st.integers(0, len(parts) - 1))
    parts[which] = flipped(parts[which], data.draw(st.integers(0, 255)))
    old_root, new_root, *proof = parts
    assert not verify_consistency(old, new, old_root, new_root, proof)


def test_a_rewritten_history_is_not_consistent():
    """A tree that exchanged its third leaf cannot continue the old one, whatever proof it offers."""
    forged = Tree([*LEAVES[:2], leaf_hash(b"forged"), *LEAVES[3:]])
    for old in range(3, MOST):
        for nodes in (TREE.node, forged.node):
            assert not verify_consistency(old, MOST, ROOTS[old], forged.root(), consistency_proof(nodes, old, MOST))


def test_the_empty_root_is_checked():
    """Nothing but the hash of nothing is the root of no leaves."""
    assert verify_consistency(0, 5, EMPTY_ROOT, ROOTS[5], [])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(0, 5, ROOTS[1], ROOTS[5], [])
    assert not verify_consistency(0, 0, ROOTS[1], ROOTS[1], [])
    assert not verify_inclusion(EMPTY_ROOT, 0, 0, [], EMPTY_ROOT)


def test_a_proof_may_not_stop_short_of_the_root():
    """A leaf is not the root of a larger tree, and a tree does not continue itself without growing."""
    assert not verify_inclusion(LEAVES[0], 0, 4, [], LEAVES[0])
    assert not verify_inclusion(LEAVES[0], 0, 4, [LEAVES[1]], ROOTS[2])
    assert not verify_consistency(2, 4, ROOTS[2], ROOTS[2], [])
    assert not verify_consistency(3, 8, ROOTS[3], ROOTS[4], consistency_proof(TREE.node, 3, 4))


def test_a_hash_of_the_wrong_length_proves_nothing():
    """False, not an error."""
    assert not verify_inclusion(b"x", 0, 1, [], b"x")
    assert not verify_inclusion(LEAVES[0], 0, 2, [b""], ROOTS[2])
    assert not verify_consistency(1, 1, b"x", b"x", [])


@given(st.integers(0, MOST))
def test_a_frontier_survives_storage(size):
    """Stored and read back it goes on to the same root; cut short it is refused."""
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    stored = frontier.to_bytes()
    again = Frontier.from_bytes(stored)
    for leaf in LEAVES[size:]:
        again.append(leaf)
    assert (again.size, again.root()) == (MOST, ROOTS[MOST])
    for wrong in (stored[:-1], stored + bytes(32), b""):
        with pytest.raises(ValueError, match="wrong length"):
            Frontier.from_bytes(wrong)


@given(st.integers(0, MOST))
def test_a_truncated_tree_is_as_if_never_longer(size):
    """Same root, and it grows again to the same tree."""
    tree = Tree(LEAVES)
    tree.truncate(size)
    assert (tree.size, tree.root()) == (size, ROOTS[size])
    for leaf in LEAVES[size:]:
        tree.append(leaf)
    assert tree.root() == ROOTS[MOST]
    assert tree.node(6, 0) == TREE.node(6, 0)


@pytest.mark.parametrize(("level", "index"), [(0, MOST), (0, -1), (-1, 0), (6, 1), (7, 0), (1, MOST // 2)])
def test_a_node_that_is_not_complete_does_not_exist(level, index):
    """IndexError, never a wrong hash."""
    with pytest.raises(IndexError):
        TREE.node(level, index)


def test_impossible_requests_are_errors():
    """Proofs of leaves and sizes that are not there."""
    for wrong in (
        lambda: inclusion_proof(TREE.node, 5, 5),
        lambda: consistency_proof(TREE.node, 6, 5),
        lambda: Tree().truncate(1),
        lambda: Tree().append(b"short"),
    ):
        with pytest.raises(ValueError, match=r"no leaf|no consistency|cannot cut|32 bytes"):
            wrong()
