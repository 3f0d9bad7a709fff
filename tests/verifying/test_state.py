"""A saved state is read where it is whole, of this version and of this book; else there is none."""

from __future__ import annotations

from hashlib import sha256

import msgspec
import pytest

from gongyue.governance.institution import Institution
from gongyue.transparency import merkle
from gongyue.verifying.noted import InForm, Late, Noted
from gongyue.verifying.state import State, dump, is_state, load


def kept() -> bytes:
    """The state of a book x+key with two open leaves and a sealed one, one act judged in form, one late, 4 signatures."""
    open_, sealed = merkle.Frontier(), merkle.Frontier()
    for tree, count in ((open_, 2), (sealed, 1)):
        for n in range(count):
            tree.append(merkle.leaf_hash(b"%d" % n))
    return dump(
        "x+key",
        Institution(now=77),
        open_,
        sealed,
        4,
        Noted((InForm(3, "membership.end/1"),), (Late(9, "membership.grant/1", "2026-06-30", 4),)),
    )


def again(**other: object) -> bytes:
    """The same with other fields, whole."""
    content = msgspec.msgpack.encode(msgspec.structs.replace(msgspec.msgpack.decode(kept()[32:], type=State), **other))
    return sha256(content).digest() + content


def test_a_state_is_read_back_as_it_was_kept() -> None:
    """All of it."""
    state = load(kept(), "x+key")
    assert state is not None and is_state(kept())
    assert (state.vkey, state.signatures, state.inst.now) == ("x+key", 4, 77)
    assert [one.index for one in (*state.noted.in_form, *state.noted.granted)] == [3, 9]
    sizes = [merkle.Frontier.from_bytes(one).size for one in (state.open, state.sealed)]
    assert sizes == [2, 1]


@pytest.mark.parametrize(
    "data",
    [
        again(v="gongyue/verified@1"),
        again(vkey="y+key"),
        again(open=b"\x00"),
        again(sealed=b"\x00"),
        again(institution=b"\xc1"),
        sha256(b"\xc1").digest() + b"\xc1",
    ],
)
def test_another_version_or_book_and_what_cannot_be_decoded_is_none(data: bytes) -> None:
    """It is a state, and of no use here."""
    assert is_state(data) and load(data, "x+key") is None


@pytest.mark.parametrize("data", [kept()[:-1], kept() + b"\x00", b"\x00" + kept()[1:], b"", bytes(32)])
def test_what_was_damaged_is_no_state(data: bytes) -> None:
    """A byte less, a byte more, another digest."""
    assert not is_state(data) and load(data, "x+key") is None
