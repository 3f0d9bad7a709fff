"""Saved state that lets the next run verify only new acts."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256

import msgspec

from gongyue.governance import snapshot
from gongyue.governance.institution import Institution
from gongyue.transparency import merkle
from gongyue.verifying.noted import Noted

VERSION = "gongyue/verified@2"
MOST_STATE = 268_435_456
"""Bytes of a state file: 256 MiB."""


class State(msgspec.Struct, frozen=True, dict=True):
    """The verified prefix: both compact ranges and the institution. It is as trustworthy as the file it lies in."""

    vkey: str
    open: bytes
    sealed: bytes
    institution: bytes
    signatures: int
    noted: Noted
    v: str = VERSION

    @cached_property
    def inst(self) -> Institution:
        """The institution at that size."""
        return snapshot.load(self.institution)


def dump(
    vkey: str,
    inst: Institution,
    open_: merkle.Frontier,
    sealed: merkle.Frontier,
    signatures: int,
    noted: Noted,
) -> bytes:
    """The state as bytes."""
    state = State(vkey, open_.to_bytes(), sealed.to_bytes(), snapshot.dump(inst), signatures, noted)
    content = msgspec.msgpack.encode(state)
    return sha256(content).digest() + content


def is_state(data: bytes) -> bool:
    """Whether those are the bytes of a state, undamaged, of whatever version or book."""
    size = sha256().digest_size
    return sha256(data[size:]).digest() == data[:size]


def load(data: bytes, vkey: str) -> State | None:
    """The state, or None where it is damaged, of another version or of another book: then everything is verified anew."""
    if not is_state(data):
        return None
    content = data[sha256().digest_size :]
    try:
        state = msgspec.msgpack.decode(content, type=State)
        merkle.Frontier.from_bytes(state.open)
        merkle.Frontier.from_bytes(state.sealed)
        _ = state.inst  # which is read here or nowhere
        return state if state.vkey == vkey and state.v == VERSION else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
