"""Offline proofs (C2SP tlog-proof): an entry's place in a log with the checkpoint that covers it, in one file."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from gongyue.transparency import checkpoint as checkpoints
from gongyue.transparency.checkpoint import MAX_SIZE, Checkpoint
from gongyue.transparency.merkle import HASH_SIZE, leaf_hash, verify_inclusion
from gongyue.transparency.notes import Verifier, decode_base64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63


class BadProof(ValueError):
    """The file is malformed or does not prove what it should; the message says why."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Index of the entry, sibling hashes from the leaf upwards, the signed checkpoint, and unauthenticated extra data.

    Nothing in it is verified.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None


def make(index: int, proof: Sequence[bytes], checkpoint_note: bytes, extra: bytes | None = None) -> bytes:
    """The ``.tlog-proof`` file for the entry at ``index`` under the signed note of a checkpoint."""
    lines = [HEADER]
    if extra is not None:
        lines.append("extra " + base64.b64encode(extra).decode())
    lines.append(f"index {index}")
    lines += [base64.b64encode(sibling).decode() for sibling in proof]
    return "\n".join(lines).encode() + b"\n\n" + checkpoint_note


def parse(data: bytes) -> Proof:
    """The parts of a proof file, not verified; ``BadProof`` if malformed."""
    head, separator, note = data.partition(b"\n\n")  # no line of the head is empty
    try:
        header, *lines = head.decode().split("\n")
    except UnicodeDecodeError:
        raise BadProof("not UTF-8") from None
    if header != HEADER or not separator:
        raise BadProof("not a proof file of version 1")
    extra = _base64(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        raise BadProof("no index line")
    hashes = tuple(map(_base64, lines[1:]))
    if len(hashes) > MAX_HASHES or any(len(sibling) != HASH_SIZE for sibling in hashes):
        raise BadProof("too many hashes, or one that is not 32 bytes")
    return Proof(_decimal(lines[0][6:]), hashes, note, extra)


def verify(data: bytes, leaf: bytes, *verifiers: Verifier) -> Checkpoint:
    """The checkpoint under which ``leaf`` (the entry's bytes, not its hash) is proven to be in the log.

    ``verifiers`` are the log's keys. ``BadProof`` if malformed or not proving it; ``BadNote`` or ``BadCheckpoint`` if
    the checkpoint is not soundly signed. Cosignatures are weighed by ``policy.evaluate`` on ``parse(data).checkpoint``.
    """
    proof = parse(data)
    checkpoint = checkpoints.open(proof.checkpoint, *verifiers)
    if not verify_inclusion(leaf_hash(leaf), proof.index, checkpoint.size, proof.hashes, checkpoint.root):
        raise BadProof(f"the entry is not proven to be at index {proof.index} of {checkpoint.size}")
    return checkpoint


def _decimal(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 19) or str(int(text)) != text or int(text) >= MAX_SIZE:
        raise BadProof(f"index {text!r} is not a decimal without leading zeros")
    return int(text)


def _base64(text: str) -> bytes:
    try:
        return decode_base64(text)
    except ValueError:
        raise BadProof(f"malformed base64 {text!r}") from None
