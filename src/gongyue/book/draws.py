"""Drawing slots by lot: the seed made of a checkpoint with its cosignatures, and the slots that come first by it (formats §10.9)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from gongyue.governance.institution import Institution
from gongyue.governance.slots import Seed, auditable
from gongyue.transparency import checkpoint
from gongyue.transparency.checkpoint import Checkpoint
from gongyue.transparency.notes import Line, Verifier, parse_note

SEED, DRAW, CHECKERS = b"gongyue/seed@1\n", b"gongyue/draw@1\n", b"gongyue/checkers@1\n"
MAX_CHECKPOINT = 64 * 1024
TWO = 2


def cosignatures(note: bytes, keys: Sequence[Verifier]) -> list[Line]:
    """The signature lines of a note that are not the log's own, as they stand there."""
    return [line for line in parse_note(note)[1] if not any(key.made(line) for key in keys)]


def seed_of(note: bytes, keys: Sequence[Verifier]) -> tuple[Checkpoint, str]:
    """The checkpoint in a note that the log signed, and the seed of 32 bytes in hex; BadNote where the log did not.

    The log's own signature is no part of the seed: it could make one after the other until it likes the outcome.
    """
    found = checkpoint.open(note, *keys)
    lines = sorted(str(line).encode() for line in cosignatures(note, keys))
    return found, hashlib.sha256(SEED + found.text().encode() + b"".join(lines)).hexdigest()


def rank(seed: str, slot: int) -> bytes:
    """By this slots are put in order: those drawn come first."""
    return hashlib.sha256(DRAW + bytes.fromhex(seed) + slot.to_bytes(8, "big")).digest()


def drawn(inst: Institution, seed: Seed) -> tuple[int, ...]:
    """The slots that a seed draws, ascending."""
    return tuple(sorted(first(seed.seed, seed.count, auditable(inst, seed.before))))


def checkers(seed: str, members: Iterable[str]) -> tuple[str, ...]:
    """The two members, of those there are, that a seed draws to check the padding, in the order of their ids."""
    before = CHECKERS + bytes.fromhex(seed)
    return tuple(sorted(sorted(members, key=lambda unit: hashlib.sha256(before + unit.encode()).digest())[:TWO]))


def first(seed: str, count: int, slots: Iterable[int]) -> list[int]:
    """The first slots by the seed."""
    return sorted(slots, key=lambda slot: rank(seed, slot))[:count]
