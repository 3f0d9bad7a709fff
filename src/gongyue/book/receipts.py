"""Receipts: a C2SP .tlog-proof for the open book; for the sealed book a signed promise, then the proof (formats §10.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from gongyue.governance.fields import END_OF_TIME
from gongyue.transparency.notes import BadNote, Signer, Verifier, open_note, sign_note

PROMISE = "gongyue/promise@1"
_COMMITMENT = re.compile("sha256:[0-9a-f]{64}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever handed in an act gets: where it stands, and the proof or promise to keep.

    `proof` is the .tlog-proof (open) or the promise note (sealed); `opening` the disclosure line, `commitment` the name
    (sealed only). A sealed act has no `index`: its leaf gets one at the anchor. `head`: of an act in a dossier the note that
    it was where that ended, when it arrived (formats §10.8); of a joining or a leaving that of `d:members` then.
    """

    book: str
    index: int | None
    act: str
    time: int
    proof: bytes
    opening: bytes = b""
    commitment: str = ""
    head: bytes = b""

    @property
    def name(self) -> str:
        """As it is cited: `12`, or of a sealed act the first 16 digits of its commitment."""
        return short(self.commitment) if self.index is None else str(self.index)


def short(commitment: str) -> str:
    """The first 16 of a commitment's 64 digits, by which a sealed act is cited."""
    return commitment[7:23]


class InclusionPromise(NamedTuple):
    """That a commitment, received at `time`, will be in the sealed book by the anchor of `slot` at the latest."""

    origin: str
    commitment: str
    time: int
    slot: int


def sign_inclusion_promise(signer: Signer, commitment: str, time: int, slot: int) -> bytes:
    """The promise, signed with the sealed book's key."""
    return sign_note(f"{PROMISE}\n{signer.verifier.name}\n{commitment}\n{time}\n{slot}\n", [signer])


def parse_inclusion_promise(data: bytes, *verifiers: Verifier) -> InclusionPromise:
    """A promise that one of the sealed book's keys signed under its own name; BadNote otherwise."""
    text, names = open_note(data, verifiers)
    lines = text.split("\n")
    if not names or len(lines) != 6 or lines[0] != PROMISE or not _COMMITMENT.fullmatch(lines[2]):
        raise BadNote("not a promise")
    if not all(_NUMBER.fullmatch(line) for line in lines[3:5]):
        raise BadNote("not a promise: its time or slot is no number")
    if lines[1] not in names or int(lines[3]) >= END_OF_TIME:
        raise BadNote("not a promise: its origin is not the name of a key that signed it, or its time is none")
    return InclusionPromise(lines[1], lines[2], int(lines[3]), int(lines[4]))


def is_promise(data: bytes) -> bool:
    """Whether a receipt is a promise rather than a proof."""
    return data.startswith(PROMISE.encode("ascii") + b"\n")
