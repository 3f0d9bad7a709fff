"""An independent implementation of the same specifications reads what we write, and refuses what was altered."""

import pytest

from gongyue.transparency import checkpoint
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.merkle import (
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from gongyue.transparency.notes import Cosigner, Signer, Verifier, add_lines, open_note, sign_note
from gongyue.transparency.tiles import TileNodes, entries_path, publish, tile_path

aics = pytest.importorskip("aics_tlog")  # needs Python 3.12

SIZE = 66_000
ENTRIES = [b"entry %d" % i for i in range(SIZE)]
TREE = Tree(map(leaf_hash, ENTRIES))
LOG = Signer("gongyue.example/log", b"l" * 32)
WITNESS = Cosigner("witness.example/w1", b"w" * 32)
HEAD = Checkpoint("gongyue.example/log", SIZE, TREE.root())
NOTE = add_lines(checkpoint.sign(HEAD, LOG), [WITNESS.cosign(HEAD.text(), 1795530000)])
LOG_KEY, WITNESS_KEY = aics.parse_vkey(LOG.verifier.vkey), aics.parse_vkey(WITNESS.verifier.vkey)


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The log as published by us."""
    place = tmp_path_factory.mktemp("log")
    publish(place, lambda start, end: ENTRIES[start:end], TREE.node, 0, SIZE)
    return place


def test_it_reads_our_keys():
    """Name, id, type and key, and writes them as we do."""
    assert LOG_KEY.public_key == LOG.verifier.public
    assert WITNESS_KEY.key_type == 4
    assert aics.format_vkey(LOG_KEY) == LOG.verifier.vkey


def test_it_verifies_our_notes():
    """Any text; altered by one byte it is refused."""
    note = sign_note("一\n\n二\n", [LOG])
    assert aics.verify_note(aics.parse_note(note), [LOG_KEY])
    assert not aics.verify_note(aics.parse_note(note.replace("二".encode(), "三".encode())), [LOG_KEY])


def test_it_verifies_our_checkpoints_and_cosignatures():
    """Size, root, witness and time; a changed size is refused."""
    result = aics.verify_checkpoint(aics.parse_note(NOTE), LOG_KEY, [WITNESS_KEY], quorum=1)
    assert (result.ok, result.size, result.root) == (True, SIZE, TREE.root())
    assert result.timestamps == {"witness.example/w1": 1795530000}
    forged = aics.parse_note(NOTE.replace(b"\n66000\n", b"\n66001\n"))
    assert not aics.verify_checkpoint(forged, LOG_KEY, [WITNESS_KEY], quorum=1).ok


def test_we_verify_its_checkpoints_and_cosignatures():
    """Signed with its own code over the same keys."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    log, witness = Ed25519PrivateKey.from_private_bytes(b"L" * 32), Ed25519PrivateKey.from_private_bytes(b"W" * 32)
    head = aics.Checkpoint("gongyue.example/log", SIZE, TREE.root())
    note = aics.sign_checkpoint(head, log, head.origin)
    _, line = aics.sign_cosignature(witness, "w", 77, head.origin, head.size, head.root)
    both = aics.Note(note.text, (*note.signatures, line)).to_bytes()
    log_key = Verifier(head.origin, log.public_key().public_bytes_raw())
    witness_key = Verifier("w", witness.public_key().public_bytes_raw(), 4)
    assert checkpoint.open(both, log_key) == HEAD
    assert open_note(both, [witness_key, log_key])[1] == [head.origin, "w"]


def test_it_verifies_our_inclusion_proofs():
    """At the boundaries of tiles; a neighbour's leaf is refused."""
    for size in (1, 2, 255, 256, 257, 65535, 65536, SIZE):
        head = root(TREE.node, size)
        for index in {0, 1 % size, size // 2, size - 1}:
            proof = inclusion_proof(TREE.node, index, size)
            assert aics.verify_leaf_inclusion(ENTRIES[index], index, size, proof, head)
            assert not aics.verify_leaf_inclusion(ENTRIES[index] + b"x", index, size, proof, head)


def test_it_makes_and_verifies_the_same_proofs():
    """Every pair of sizes up to 70: identical proofs, crosswise verified."""
    other = aics.MerkleTree(ENTRIES[:70])
    roots = [root(TREE.node, size) for size in range(71)]
    for new in range(71):
        assert other.root(new) == roots[new]
        for old in range(new + 1):
            proof = consistency_proof(TREE.node, old, new)
            assert proof == other.consistency_proof(old, new)
            assert aics.verify_consistency(old, new, roots[old], roots[new], proof)
            assert verify_consistency(old, new, roots[old], roots[new], other.consistency_proof(old, new))
            assert not aics.verify_consistency(old, new, roots[old], roots[new], [*proof, roots[1]])
        for index in range(new):
            assert inclusion_proof(TREE.node, index, new) == other.inclusion_proof(index, new)
            assert verify_inclusion(
                leaf_hash(ENTRIES[index]), index, new, other.inclusion_proof(index, new), roots[new]
            )


def test_it_audits_our_tiles(directory):
    """Every tile and bundle of the published log, and every partial one of an earlier size."""
    report = aics.audit_tiles(aics.FileSystemTileReader(directory), SIZE, TREE.root())
    assert (report.size, report.tiles, report.bundles) == (SIZE, 258 + 2 + 1, 258)


@pytest.mark.parametrize("path", [entries_path(3), tile_path(0, 3), tile_path(1, 0), tile_path(2, 0, 1)])
def test_it_refuses_our_tiles_once_altered(directory, path):
    """One bit in a bundle or in a tile of any level."""
    good = (directory / path).read_bytes()
    (directory / path).write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    try:
        with pytest.raises(aics.TileVerificationError):
            aics.audit_tiles(aics.FileSystemTileReader(directory), SIZE, TREE.root())
    finally:
        (directory / path).write_bytes(good)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 65536, SIZE])
def test_we_read_the_tiles_it_writes(size):
    """The same files under the same paths, and the same root from them."""
    files = aics.tiles.materialise_tiles(ENTRIES[:size])
    assert root(TileNodes(files.__getitem__, size), size) == root(TREE.node, size)


def test_both_write_the_same_files(directory):
    """Byte for byte."""
    ours = {p.relative_to(directory).as_posix(): p.read_bytes() for p in directory.rglob("*") if p.is_file()}
    assert ours == aics.tiles.materialise_tiles(ENTRIES)
