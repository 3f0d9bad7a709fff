"""Checkpoints: three lines, one spelling, signed under the origin's own name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.transparency import checkpoint
from gongyue.transparency.checkpoint import MAX_SIZE, BadCheckpoint, Checkpoint
from gongyue.transparency.merkle import EMPTY_ROOT
from gongyue.transparency.notes import BadKey, BadNote, Cosigner, Signer, add_lines, sign_note, verify_note

LOG = Signer("gongyue.example/log", b"l" * 32)
WITNESS = Cosigner("gongyue.example/log", b"w" * 32)
HEAD = Checkpoint("gongyue.example/log", 20852163, bytes(range(32)))


@given(st.integers(1, MAX_SIZE), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_survives_signing(size, root):
    """Signed and opened by vkey or by verifier it is the same."""
    head = Checkpoint("gongyue.example/log", size, root)
    note = checkpoint.sign(head, LOG)
    assert checkpoint.parse(head.text()) == head
    assert checkpoint.open(note, LOG.verifier) == checkpoint.open(note, LOG.verifier.vkey) == head


def test_the_text_is_that_of_the_specification():
    """The example of C2SP tlog-checkpoint reads and writes to the same bytes."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    head = checkpoint.parse(text)
    assert (head.origin, head.size, head.root[:2].hex()) == ("example.com/behind-the-sofa", 20852163, "0ac5")
    assert head.text() == text


GOOD = HEAD.text()
ROOT_LINE = GOOD.split("\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        GOOD[:-1],
        GOOD + "\n",
        "\n" + GOOD,
        GOOD.replace("20852163", "020852163"),
        GOOD.replace("20852163", "+1"),
        GOOD.replace("20852163", "-1"),
        GOOD.replace("20852163", ""),
        GOOD.replace("20852163", "1_0"),
        GOOD.replace("20852163", "１"),
        GOOD.replace("20852163", "9223372036854775808"),
        GOOD.replace("20852163", "9" * 5000),
        GOOD.replace("20852163", "0"),
        GOOD.replace("=", ""),
        GOOD.replace(ROOT_LINE, "QUJD"),
        GOOD.replace(ROOT_LINE, "!"),
    ],
)
def test_a_malformed_checkpoint_is_refused(text):
    """Lines, size, root; the root of nothing is checked explicitly."""
    with pytest.raises(BadCheckpoint):
        checkpoint.parse(text)


def test_an_extension_line_is_refused_by_name():
    """Allowed by the specification, but nobody can check it."""
    with pytest.raises(BadCheckpoint, match="extension lines"):
        checkpoint.parse(GOOD + "more\n")


def test_the_empty_tree_has_its_own_root():
    """Size 0 goes with the hash of nothing only."""
    assert checkpoint.parse(Checkpoint("a", 0, EMPTY_ROOT).text()).size == 0
    with pytest.raises(BadCheckpoint, match="no leaves"):
        Checkpoint("a", 0, bytes(32))


def test_the_origin_must_be_the_name_of_the_key():
    """On signing and on opening: a log's key does not speak for another log."""
    foreign = Checkpoint("other.example", 1, bytes(32))
    with pytest.raises(BadCheckpoint, match="not the name"):
        checkpoint.sign(foreign, LOG)
    with pytest.raises(BadCheckpoint, match="not the name"):
        checkpoint.open(sign_note(foreign.text(), [LOG]), LOG.verifier)


def test_two_keys_of_one_log_may_overlap():
    """While a key is rotated, either is enough."""
    new = Signer("gongyue.example/log", b"n" * 32)
    note = sign_note(HEAD.text(), [LOG, new])
    assert checkpoint.open(note, new.verifier) == checkpoint.open(note, LOG.verifier, new.verifier) == HEAD


def test_a_checkpoint_needs_the_logs_signature():
    """No key given, another key, or a witness's line alone: refused."""
    note = checkpoint.sign(HEAD, LOG)
    with pytest.raises(BadNote):
        checkpoint.open(note)
    with pytest.raises(BadNote):
        checkpoint.open(note, Signer("gongyue.example/log", b"x" * 32).verifier)
    with pytest.raises(BadNote, match="by the log"):
        checkpoint.of(
            verify_note(add_lines(note, [WITNESS.cosign(HEAD.text(), 5)]), [WITNESS.verifier]), [LOG.verifier]
        )
    with pytest.raises(BadKey):
        checkpoint.open(note, "not a key")


def test_cosignatures_do_not_disturb():
    """A witness, even of the same name, adds its line and the checkpoint opens as before."""
    note = add_lines(checkpoint.sign(HEAD, LOG), [WITNESS.cosign(HEAD.text(), 5)])
    assert checkpoint.open(note, LOG.verifier) == HEAD
