"""From act to leaf and back, disclosures, receipts: the bytes."""

from __future__ import annotations

import base64
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.book import disclosure
from gongyue.book.entry import Malformed, SignedAct, decode, draft, signed_act, with_objects
from gongyue.book.receipts import is_promise, parse_inclusion_promise, sign_inclusion_promise
from gongyue.book.signing import sign
from gongyue.governance.acts import ACT_TYPES, View
from gongyue.sealing.commitment import commit, sealed_leaf
from gongyue.transparency import canonical
from gongyue.transparency.notes import BadNote, Signer

TEXT = st.text(st.sampled_from(string.ascii_letters + '公约成员单位，。\n"\\'), max_size=20)
VALUES = st.one_of(TEXT, st.integers(0, 2**53 - 1), st.none(), st.booleans(), st.lists(TEXT, max_size=3))
BODIES = st.dictionaries(st.text(string.ascii_lowercase, min_size=1, max_size=8), VALUES, max_size=5)


def an_act(
    body: dict[str, Any], type: str = "membership.declare/1", at: int = 5, nonce: bytes = bytes(32)
) -> SignedAct:
    return SignedAct(
        draft(
            type,
            "u:0001",
            body,
            cov="gongyue.example/x",
            rev="sha256:" + "00" * 32,
            basis="at:2",
            seq=1,
            at=at,
            nonce=nonce,
            view=View("sha256:" + "11" * 32, 3),
        )
    )


@given(BODIES, st.integers(0, 32_503_651_199), st.binary(min_size=32, max_size=32))
def test_an_act_comes_back_from_its_leaf_as_it_was_signed(body: dict[str, Any], time: int, nonce: bytes) -> None:
    """Bytes, body, digest, time of arrival."""
    act = sign(an_act(body, nonce=nonce), bytes(32))
    leaf = decode(act.received(time))
    assert leaf.act_bytes == act.act_bytes
    assert leaf.digest == act.digest
    assert leaf.entry.rx.t == time
    assert canonical.decode(bytes(leaf.entry.act.body)) == body
    assert leaf.entry.sigs == act.sigs


@given(st.binary(max_size=80))
def test_bytes_that_are_no_leaf_are_malformed(data: bytes) -> None:
    """Anything at all: never another error."""
    with pytest.raises(Malformed):
        decode(data)


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_leaf_with_one_byte_changed_is_another_act_or_malformed(place: int, change: int) -> None:
    """No two leaves of different bytes are the same entry."""
    data = sign(an_act({"activities": ["analysis"], "other": ""}), bytes(32)).received(7)
    place %= len(data)
    changed = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    try:
        leaf = decode(changed)
    except Malformed:
        return
    assert leaf.data != data
    assert leaf.entry != decode(data).entry


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe"])
def test_a_file_that_is_no_signed_act_is_malformed(data: bytes) -> None:
    """Also where it is nested a hundred thousand deep."""
    with pytest.raises(Malformed):
        signed_act(data)


def test_objects_that_are_not_what_they_are_called_are_malformed() -> None:
    """Another digest, no base64."""
    act = with_objects(an_act({}), {canonical.digest(b"one"): b"one"})
    assert act.files() == {canonical.digest(b"one"): b"one"}
    for digest, text in (
        (canonical.digest(b"one"), base64.b64encode(b"two").decode()),
        (canonical.digest(b"one"), "*"),
    ):
        with pytest.raises(Malformed):
            SignedAct({}, (), {digest: text}).files()


@given(st.integers(0, 2**40), st.binary(min_size=32, max_size=32))
def test_a_disclosure_line_opens_its_sealed_leaf_and_no_other(index: int, salt: bytes) -> None:
    """At its index, with its salt, against its leaf."""
    entry = sign(an_act({"vote": "p:1", "choice": "consent"}, "vote.ballot/1"), bytes(32)).received(9)
    leaf = sealed_leaf(commit(salt, entry))
    row = disclosure.line(index, salt, entry)
    (opened,) = disclosure.read(row, lambda i: leaf if i == index else None)
    assert (opened.opening.index, opened.leaf.data) == (index, entry)
    for sealed in (lambda _: None, lambda _: sealed_leaf(commit(bytes(32), entry)) if salt != bytes(32) else None):
        with pytest.raises(Malformed):
            list(disclosure.read(row, sealed))


@pytest.mark.parametrize(
    "data", [b"x\n", b"{}\n", b"[]", b'{"book":"sealed","entry":{},"index":0,"salt":"AA=="}\n', b"\n", b"\xff\n"]
)
def test_a_line_that_does_not_open_is_malformed(data: bytes) -> None:
    """Not canonical, fields missing, a salt too short, an empty line."""
    with pytest.raises(Malformed):
        list(disclosure.read(data, lambda _: b""))


@pytest.mark.parametrize("ends", [b"", b"\r\n"])
def test_what_an_act_opens_ends_its_lines_in_one_way_and_a_partys_file_as_its_editor_does(ends: bytes) -> None:
    """No newline at the end, the two characters of another system: refused in an object that an act names, read in one's own."""
    entry = sign(an_act({"vote": "p:1", "choice": "consent"}, "vote.ballot/1"), bytes(32)).received(9)
    leaf = sealed_leaf(commit(bytes(32), entry))
    row = disclosure.line(3, bytes(32), entry)[:-1] + ends
    (opened,) = disclosure.read(row, lambda i: leaf, lambda commitment: 3)
    assert opened.leaf.data == entry
    with pytest.raises(Malformed, match="newline"):
        list(disclosure.read(row, lambda i: leaf))


def test_a_salt_has_32_bytes() -> None:
    """31 and 33 do not commit."""
    for length in (0, 31, 33):
        with pytest.raises(ValueError, match="32"):
            commit(bytes(length), b"entry")
    assert commit(bytes(32), b"entry") != commit(bytes(32), b"entry2")


def test_a_promise_holds_with_the_key_that_gave_it_only() -> None:
    """Another key, another text, a number that is none."""
    signer, other = Signer("gongyue.example/x/sealed", bytes(32)), Signer("gongyue.example/x/sealed", bytes([1]) * 32)
    note = sign_inclusion_promise(signer, "sha256:" + "00" * 32, 12, 3)
    promise = parse_inclusion_promise(note, signer.verifier)
    assert (promise.commitment, promise.time, promise.slot) == ("sha256:" + "00" * 32, 12, 3)
    assert is_promise(note)
    for wrong in (note.replace(b"\n12\n", b"\n13\n"), sign_inclusion_promise(other, "x", 1, 2)):
        with pytest.raises(BadNote):
            parse_inclusion_promise(wrong, signer.verifier)
    from gongyue.transparency.notes import sign_note

    for text in ("gongyue/promise@1\na\nb\n1\nx\n", "gongyue/promise@1\na\nb\n1\n", "other\na\nb\n1\n2\n"):
        with pytest.raises(BadNote):
            parse_inclusion_promise(sign_note(text, [signer]), signer.verifier)


def test_the_example_of_every_act_type_is_of_its_form() -> None:
    """Examples are shown to people and to clients: each decodes as its type."""
    from gongyue.governance.acts import decode_body

    for kind in ACT_TYPES.values():
        body = decode_body(kind, canonical.encode(dict(kind.example)))
        assert body is not None
