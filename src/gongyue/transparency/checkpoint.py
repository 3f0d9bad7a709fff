"""Checkpoints (C2SP tlog-checkpoint): a log's origin, size and root as the text of a signed note."""

import base64
from dataclasses import dataclass

from gongyue.transparency.merkle import EMPTY_ROOT, HASH_SIZE
from gongyue.transparency.notes import BadNote, Signer, Verified, Verifier, decode_base64, sign_note, verify_note

MAX_SIZE = 2**63 - 1


class BadCheckpoint(BadNote):
    """The text is no checkpoint of ours, or its origin is not the signing key's name; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first ``size`` leaves of the log ``origin`` have the 32-byte ``root``. ``BadCheckpoint`` if impossible."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise BadCheckpoint("origin is empty or has more than one line")
        if not 0 <= self.size <= MAX_SIZE:
            raise BadCheckpoint("size out of range")
        if len(self.root) != HASH_SIZE:
            raise BadCheckpoint("root is not 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise BadCheckpoint("a tree of no leaves has another root")  # RFC 6962 2.1

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse(text: str) -> Checkpoint:
    """The checkpoint of a note's text; ``BadCheckpoint`` if malformed or with extension lines.

    C2SP tlog-checkpoint allows extension lines but advises against them, as no monitor can check them; our books
    have none, so one that appears is refused.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1]:
        raise BadCheckpoint("fewer than three lines, or no newline at the end")
    if len(lines) > 4:
        raise BadCheckpoint("extension lines are not accepted")
    origin, size, root = lines[:3]
    if not (size.isascii() and size.isdigit() and len(size) <= 19) or str(int(size)) != size:
        raise BadCheckpoint(f"size {size!r} is not a decimal without leading zeros")
    try:
        return Checkpoint(origin, int(size), decode_base64(root))
    except BadCheckpoint:
        raise
    except ValueError:
        raise BadCheckpoint("root is not base64") from None


def sign(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The signed note; ``BadCheckpoint`` if the signer's name is not the checkpoint's origin."""
    _require_origin(checkpoint, signer.verifier)
    return sign_note(checkpoint.text(), [signer])


def open(data: bytes, *keys: Verifier | str) -> Checkpoint:
    """The checkpoint in a signed note, under at least one of the log's ``keys`` (vkeys or verifiers).

    ``BadNote`` if no key signed or a signature is wrong; ``BadCheckpoint`` if the text is no checkpoint or the origin
    is not the name of the key that signed; ``BadKey`` for a malformed vkey.
    """
    verifiers = [Verifier.from_vkey(key) if isinstance(key, str) else key for key in keys]
    return of(verify_note(data, verifiers), verifiers)


def of(verified: Verified, logs: list[Verifier]) -> Checkpoint:
    """The checkpoint of a verified note, which one of the keys ``logs`` must have signed under its own name."""
    checkpoint = parse(verified.text)
    signed = [key for key, _ in verified.signatures if key in logs]
    if not signed:
        raise BadNote("no signature by the log")
    for key in signed:
        _require_origin(checkpoint, key)
    return checkpoint


def _require_origin(checkpoint: Checkpoint, key: Verifier) -> None:
    if checkpoint.origin != key.name:
        raise BadCheckpoint(f"origin {checkpoint.origin!r} is not the name of the key, {key.name!r}")
