"""Signed notes and cosignatures: what is signed, by whom, and what is refused."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.transparency import ed25519
from gongyue.transparency.notes import (
    COSIGNATURE,
    MAX_TIMESTAMP,
    BadKey,
    BadNote,
    Cosigner,
    Line,
    Signer,
    Verifier,
    add_lines,
    decode_base64,
    open_note,
    parse_note,
    sign_note,
    verify_note,
    write_note,
)

LOG = Signer("gongyue.example/log", bytes(range(32)))
OTHER = Signer("other.example", bytes(32))
WITNESS = Cosigner("witness.example/w1", b"w" * 32)
TEXT = "gongyue.example/log\n5\nQUJD\n"
NOTE = sign_note(TEXT, [LOG])

# The example in C2SP signed-note, and a key and note published with Go's note package.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_by_another_implementation_verifies():
    """The example published with the original implementation in Go."""
    text, names = open_note(GO_NOTE.encode(), [Verifier.from_vkey(GO_VKEY)])
    assert names == ["PeterNeumann"]
    assert text.endswith("problem is.\n")


def test_a_key_survives_being_written():
    """vkey strings read back to the same key, for both types."""
    for verifier in (LOG.verifier, WITNESS.verifier):
        assert Verifier.from_vkey(verifier.vkey) == verifier
    assert Verifier.from_vkey(GO_VKEY).vkey == GO_VKEY


@given(st.text("ab\n \u2014公约", max_size=30).map(lambda text: text + "\n"))
def test_any_text_comes_back_as_signed(text):
    """Also with empty lines and dashes of its own."""
    assert open_note(sign_note(text, [OTHER, LOG]), [LOG.verifier]) == (text, ["gongyue.example/log"])


@given(st.integers(0, len(NOTE) * 8 - 1))
def test_one_flipped_bit_spoils_a_note(bit):
    """Anywhere: in the text, in the name, in the id or in the signature."""
    changed = bytearray(NOTE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadNote):
        verify_note(bytes(changed), [LOG.verifier])


def test_lines_by_unknown_keys_are_ignored():
    """Also if they share name or id, but not both, with a known key."""
    same_name = Line(LOG.verifier.name, b"\0\0\0\0", b"x")
    same_id = Line("else.example", LOG.verifier.key_id, b"x")
    verified = verify_note(add_lines(NOTE, [same_name, same_id, OTHER.sign(TEXT)]), [LOG.verifier])
    assert verified.names == ["gongyue.example/log"]


def test_a_wrong_signature_by_a_known_key_spoils_the_note():
    """Even beside a right one by another known key, or by the same key."""
    wrong = Line(LOG.verifier.name, LOG.verifier.key_id, bytes(64))
    with pytest.raises(BadNote, match="wrong signature by gongyue"):
        verify_note(write_note(TEXT, [OTHER.sign(TEXT), wrong]), [LOG.verifier, OTHER.verifier])
    with pytest.raises(BadNote, match="wrong signature"):
        verify_note(add_lines(NOTE, [wrong]), [LOG.verifier])


def test_a_note_without_a_known_signature_is_refused():
    """Nobody we know signed it."""
    with pytest.raises(BadNote, match="no signature by a known key"):
        verify_note(NOTE, [OTHER.verifier])
    with pytest.raises(BadNote, match="no signature by a known key"):
        verify_note(NOTE, [])


def test_sixteen_signatures_are_accepted_and_a_hundred_and_one_refused():
    """C2SP signed-note: at least 16; we stop at 100."""
    for count, fine in ((16, True), (100, True), (101, False)):
        data = TEXT.encode() + b"\n" + str(LOG.sign(TEXT)).encode() * count
        if fine:
            assert open_note(data, [LOG.verifier])[1] == ["gongyue.example/log"]
        else:
            with pytest.raises(BadNote, match="101 signature lines"):
                verify_note(data, [LOG.verifier])


SIGNED = str(LOG.sign(TEXT))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "\n",
        "\n\n",
        TEXT,
        TEXT + "\n",
        TEXT + SIGNED,
        TEXT + "\n" + SIGNED[:-1],
        TEXT + "\n" + SIGNED + "\n",
        TEXT + "\n" + SIGNED + "trailing\n",
        TEXT + "\n" + SIGNED.replace("\u2014", "-"),
        TEXT + "\n" + SIGNED.replace(" ", "  "),
        TEXT + "\n" + SIGNED.replace("=", ""),
        TEXT + "\n" + "\u2014 a+b AAAAAAAA\n" + SIGNED,
        TEXT + "\n" + "\u2014 a\u00a0b AAAAAAAA\n" + SIGNED,
        TEXT + "\n" + "\u2014 a AAAA\n" + SIGNED,
        TEXT.replace("\n", "\r\n") + "\n" + SIGNED,
        "\t" + TEXT + "\n" + SIGNED,
        "x" * 1_000_000 + TEXT + "\n" + SIGNED,
    ],
)
def test_a_malformed_note_is_refused(data):
    """Never an error of another kind, whatever is wrong."""
    with pytest.raises(BadNote):
        parse_note(data.encode())


def test_a_note_that_is_not_utf_8_is_refused():
    """C2SP signed-note requires UTF-8."""
    with pytest.raises(BadNote, match="UTF-8"):
        parse_note(NOTE.replace(b"example", b"ex\xff\xfele"))


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "return\r\n", "\ud800\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text):
    """Neither by a log nor by a witness."""
    with pytest.raises(BadNote):
        LOG.sign(text)
    with pytest.raises(BadNote):
        WITNESS.cosign(text, 0)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u3000b", "a\x01b", "\ud800"])
def test_a_name_that_no_line_could_carry_is_refused(name):
    """Empty, spaces of any script, plus, control characters."""
    with pytest.raises(BadKey):
        Signer(name, bytes(32))


def vkey(name="a", kind=1, key=LOG.verifier.public, key_id=None) -> str:
    key_id = Verifier(name, LOG.verifier.public).key_id.hex() if key_id is None else key_id
    return f"{name}+{key_id}+{base64.b64encode(bytes([kind]) + key).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a++",
        vkey(key_id="00000000"),
        vkey(key_id=Verifier("a", LOG.verifier.public).key_id.hex().upper()),
        vkey(kind=2),
        vkey(kind=4),
        vkey(key=bytes(31)),
        vkey(key=bytes(32)),
        vkey(key=b"\x01" + bytes(31)),
        vkey(key=b"\xee" + b"\xff" * 30 + b"\x7f"),
        vkey() + "\n",
        vkey(name="a b", key_id="00000000"),
    ],
)
def test_a_malformed_or_weak_vkey_is_refused(text):
    """Wrong id, type, length, base64 or name; keys of small order; non-canonical keys."""
    with pytest.raises(BadKey):
        Verifier.from_vkey(text)


@given(st.integers(0, MAX_TIMESTAMP))
def test_a_cosignature_states_its_time(timestamp):
    """The time is signed, read back exactly, and another time is refused."""
    line = WITNESS.cosign(TEXT, timestamp)
    verified = verify_note(add_lines(NOTE, [line]), [LOG.verifier, WITNESS.verifier])
    assert verified.names == ["gongyue.example/log", "witness.example/w1"]
    assert verified.timestamps() == {"witness.example/w1": timestamp}
    moved = Line(line.name, line.key_id, (timestamp ^ 1).to_bytes(8, "big") + line.signature[8:])
    with pytest.raises(BadNote, match="wrong signature by witness"):
        verify_note(add_lines(NOTE, [moved]), [WITNESS.verifier])


def test_of_two_cosignatures_the_later_time_counts():
    """Whichever line comes first."""
    for times in ((5, 9), (9, 5)):
        note = write_note(TEXT, [WITNESS.cosign(TEXT, time) for time in times])
        assert verify_note(note, [WITNESS.verifier]).timestamps() == {"witness.example/w1": 9}


def test_a_cosignature_signs_the_bytes_of_the_specification():
    """Header, time and the whole text. C2SP tlog-cosignature."""
    line = WITNESS.cosign(TEXT, 1679315147)
    message = b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    assert ed25519.verify(WITNESS.verifier.public, message, line.signature[8:])


def test_a_time_out_of_range_is_refused():
    """0 and 2**63 - 1 can be cosigned, -1 and 2**63 cannot; a line that states 2**63 does not verify."""
    for wrong in (-1, MAX_TIMESTAMP + 1):
        with pytest.raises(ValueError, match="timestamp"):
            WITNESS.cosign(TEXT, wrong)
    message = b"cosignature/v1\ntime %d\n%s" % (2**63, TEXT.encode())
    signature = (2**63).to_bytes(8, "big") + ed25519.sign(b"w" * 32, message)
    assert not WITNESS.verifier.verify(TEXT, signature)


def test_one_type_of_signature_does_not_pass_for_the_other():
    """The same key as log and as witness has two ids and two messages."""
    both = Verifier(LOG.verifier.name, LOG.verifier.public, COSIGNATURE)
    assert both.key_id != LOG.verifier.key_id
    assert not both.verify(TEXT, LOG.sign(TEXT).signature)
    assert not both.verify(TEXT, bytes(8) + LOG.sign(TEXT).signature)
    assert not LOG.verifier.verify(TEXT, WITNESS.cosign(TEXT, 0).signature)


@pytest.mark.parametrize("text", ["QQ", "QR==", "QQ==\n", "Q Q=", "QQ=", "-_==", "QQ==QQ==", "公"])
def test_base64_has_one_spelling(text):
    """Padding, stray bits, white space and the other alphabet are refused."""
    with pytest.raises(ValueError, match=r"."):
        decode_base64(text)
