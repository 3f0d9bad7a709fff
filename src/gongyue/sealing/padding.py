"""Provable padding: leaves of the sealed book that are no acts, which whoever has their slot's key tells from acts (formats §10.1).

`slot key = HMAC-SHA-256(k, u64(slot))`, k being 32 random bytes a year; `salt i = HMAC-SHA-256(slot key, u64(i))` for
i = 0, 1, 2 … without a gap; the leaf commits to `pad`. A slot's key says nothing of other slots, and no padding can
be opened as an act.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Set
from itertools import count, dropwhile, takewhile

from gongyue.sealing.commitment import commit

CONTENT = b"pad"


def slot_key(year_key: bytes, slot: int) -> bytes:
    """The key of a slot's padding, 32 bytes, from the 32 of its year."""
    return hmac.digest(year_key, slot.to_bytes(8, "big"), hashlib.sha256)


def paddings(key: bytes) -> Iterator[str]:
    """The commitments of a slot's padding, in their order, without end."""
    return (commit(hmac.digest(key, i.to_bytes(8, "big"), hashlib.sha256), CONTENT) for i in count())


def padding_in(key: bytes, commitments: Set[str], before: Set[str] = frozenset()) -> list[str]:
    """Those of a slot's commitments that are its padding; what stands `before` them was used when it was anchored in a false time."""
    return list(takewhile(commitments.__contains__, dropwhile(before.__contains__, paddings(key))))


def missing(size: int, quantum: int) -> int:
    """How many leaves of padding follow `size` leaves: up to the next multiple of the quantum, a whole one where it is one."""
    return quantum - size % quantum
