"""Proof files: a receipt that anyone can check offline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.transparency import checkpoint, proofs
from gongyue.transparency.checkpoint import BadCheckpoint, Checkpoint
from gongyue.transparency.merkle import Tree, inclusion_proof, leaf_hash
from gongyue.transparency.notes import BadNote, Signer, sign_note
from gongyue.transparency.proofs import BadProof

LOG = Signer("gongyue.example/log", b"l" * 32)
ENTRIES = [b"entry %d" % i for i in range(100)]
TREE = Tree(map(leaf_hash, ENTRIES))
HEAD = Checkpoint("gongyue.example/log", 100, TREE.root())
NOTE = checkpoint.sign(HEAD, LOG)


def receipt(index: int, extra: bytes | None = None) -> bytes:
    return proofs.make(index, inclusion_proof(TREE.node, index, 100), NOTE, extra)


@given(st.integers(0, 99), st.none() | st.binary(max_size=50))
def test_a_proof_file_proves_its_entry(index, extra):
    """Made, read back and verified."""
    data = receipt(index, extra)
    assert proofs.verify(data, ENTRIES[index], LOG.verifier) == HEAD
    assert proofs.parse(data).extra == extra
    assert proofs.parse(data).checkpoint == NOTE


def test_the_first_entry_of_a_log_has_an_empty_proof():
    """One leaf is its own root."""
    head = Checkpoint("gongyue.example/log", 1, leaf_hash(b"first"))
    data = proofs.make(0, [], checkpoint.sign(head, LOG))
    assert data.startswith(b"c2sp.org/tlog-proof@v1\nindex 0\n\ngongyue.example/log\n1\n")
    assert proofs.verify(data, b"first", LOG.verifier) == head


@given(st.integers(0, 99), st.data())
def test_one_flipped_bit_spoils_a_proof_file(index, data):
    """Anywhere in it: no extra data, so everything counts."""
    good = receipt(index)
    changed = bytearray(good)
    changed[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((BadProof, BadNote)):
        proofs.verify(bytes(changed), ENTRIES[index], LOG.verifier)


def test_a_proof_file_proves_no_other_entry():
    """Neither another entry, nor the entry's hash in its place."""
    for other in (ENTRIES[8], leaf_hash(ENTRIES[7]), b""):
        with pytest.raises(BadProof, match="not proven"):
            proofs.verify(receipt(7), other, LOG.verifier)


def test_a_proof_file_under_a_foreign_log_is_refused():
    """Another key, or our key under another origin."""
    with pytest.raises(BadNote):
        proofs.verify(receipt(7), ENTRIES[7], Signer("gongyue.example/log", b"x" * 32).verifier)
    foreign = Checkpoint("other.example", 100, TREE.root())
    data = proofs.make(7, inclusion_proof(TREE.node, 7, 100), sign_note(foreign.text(), [LOG]))
    with pytest.raises(BadCheckpoint):
        proofs.verify(data, ENTRIES[7], LOG.verifier)


GOOD = receipt(7)
FIRST = GOOD.split(b"\n")[2]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD.replace(b"@v1", b"@v2"),
        GOOD.replace(b"index 7", b"index 07"),
        GOOD.replace(b"index 7", b"index -7"),
        GOOD.replace(b"index 7", b"index"),
        GOOD.replace(b"index 7", b"index " + b"9" * 5000),
        GOOD.replace(b"index 7", b"index 9223372036854775807"),
        GOOD.replace(b"index 7", b"index 7\nextra QQ=="),
        GOOD.replace(b"index 7", b"extra QQ=\nindex 7"),
        GOOD.replace(b"index 7", b"extra QQ==\nextra QQ==\nindex 7"),
        GOOD.replace(b"index 7\n", b""),
        GOOD.replace(b"index 7", b"index 7\nQUJD"),
        GOOD.replace(b"index 7", b"index 7" + (b"\n" + FIRST) * 60),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(FIRST, FIRST.replace(b"=", b"")),
        GOOD.replace(FIRST, b"\xff"),
        GOOD.partition(b"\n\n")[0],
    ],
)
def test_a_malformed_proof_file_is_refused(data):
    """Header, extra, index, hashes, separator."""
    with pytest.raises(BadProof):
        proofs.parse(data)
