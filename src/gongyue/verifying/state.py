"""What an earlier run vouches for, so that the next one costs only the new acts."""

from __future__ import annotations

import msgspec

from gongyue.governance import snapshot
from gongyue.governance.institution import Institution
from gongyue.transparency import merkle


class State(msgspec.Struct, frozen=True):
    """The verified prefix: both compact ranges and the institution. It is as trustworthy as the file it lies in."""

    vkey: str
    open: bytes
    sealed: bytes
    institution: bytes
    form_only: int
    signatures: int
    v: str = "gongyue/verified@1"

    @property
    def inst(self) -> Institution:
        """The institution at that size."""
        return snapshot.load(self.institution)


def dump(
    vkey: str, inst: Institution, open_: merkle.Frontier, sealed: merkle.Frontier, form_only: int, signatures: int
) -> bytes:
    """The state as bytes."""
    state = State(vkey, open_.to_bytes(), sealed.to_bytes(), snapshot.dump(inst), form_only, signatures)
    return msgspec.msgpack.encode(state)


def load(data: bytes, vkey: str) -> State | None:
    """The state, or None where it is of another version or another book: then everything is verified anew."""
    try:
        state = msgspec.msgpack.decode(data, type=State)
        merkle.Frontier.from_bytes(state.open)
        merkle.Frontier.from_bytes(state.sealed)
        snapshot.load(state.institution)
        return state if state.vkey == vkey and state.v == "gongyue/verified@1" else None
    except (msgspec.DecodeError, ValueError):
        return None
