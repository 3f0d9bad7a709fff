"""Heads of dossiers: what the office says a dossier ends in, signed; whoever keeps one can prove silence and back-filling (formats §10.8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gongyue.governance.fields import END_OF_TIME
from gongyue.transparency.notes import BadNote, Signer, Verifier, open_note, sign_note

HEAD = "gongyue/head@1"
MEMBERS = "d:members"
NOTHING = "sha256:" + "0" * 64
"""The digest of no entry: `prev` of entry 1, and the head of `d:members` before it has one."""
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_DOSSIER = re.compile(r"d:(?:[0-9a-f]{64}|members)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


class DossierHead(NamedTuple):
    """That a dossier ended in its entry n at a time: `digest` is that of the entry's bytes, `time` Unix seconds."""

    origin: str
    dossier: str
    n: int
    digest: str
    time: int

    @property
    def text(self) -> str:
        """The note's text."""
        return f"{HEAD}\n{self.origin}\n{self.dossier}\n{self.n}\n{self.digest}\n{self.time}\n"


class ChainEntry(NamedTuple):
    """An entry of a dossier as a head sees it: `digest` of its bytes, `prev` that of the entry before, `time` its `rx.t`."""

    dossier: str
    n: int
    digest: str
    prev: str
    time: int


class Contradiction(NamedTuple):
    """What contradicts a head: how, and the entry or the other head that does.

    off-chain      an entry n ≤ N that is not among those the head ends, or an entry N + 1 that follows another
    arrived-later  entry N arrived after the head's time
    held-back      an entry n > N arrived before the head's time
    two-digests    another head has the same N
    shrunk         another head has a smaller N at a later time, or a larger one at an earlier
    """

    how: str
    by: ChainEntry | DossierHead


def sign_head(signers: Sequence[Signer], dossier: str, n: int, digest: str, time: int) -> bytes:
    """The head as a note, signed with the sealed book's keys, the present one first; BadNote unless it is of the form."""
    head = DossierHead(signers[0].verifier.name, dossier, n, digest, time)
    _require_form(head.text.split("\n"))
    return sign_note(head.text, signers)


def parse_head(data: bytes, *verifiers: Verifier) -> DossierHead:
    """A head that one of the sealed book's keys signed under its own name; BadNote otherwise."""
    text, names = open_note(data, verifiers)
    lines = text.split("\n")
    _require_form(lines)
    if lines[1] not in names:
        raise BadNote("not a head: its origin is not the name of a key that signed it")
    return DossierHead(lines[1], lines[2], int(lines[3]), lines[4], int(lines[5]))


def _require_form(lines: list[str]) -> None:
    if len(lines) != 7 or lines[0] != HEAD or not _DOSSIER.fullmatch(lines[2]) or not _DIGEST.fullmatch(lines[4]):
        raise BadNote("not a head")
    if not _NUMBER.fullmatch(lines[3]) or not _NUMBER.fullmatch(lines[5]) or int(lines[5]) >= END_OF_TIME:
        raise BadNote("not a head: its place or time is no number")
    if (lines[3] == "0") != (lines[4] == NOTHING) or (lines[3] == "0" and lines[2] != MEMBERS):
        raise BadNote("not a head: only d:members may be empty, and then its digest is that of nothing")


def is_head(data: bytes) -> bool:
    """Whether a note is a head rather than a promise or a proof."""
    return data.startswith(HEAD.encode("ascii") + b"\n")


def contradicted_by(
    head: DossierHead, entries: Iterable[ChainEntry], heads: Iterable[DossierHead] = ()
) -> Contradiction | None:
    """What among a dossier's entries and other heads contradicts this one, None for nothing.

    Entries may be given in any order, with gaps and of other dossiers; what a gap leaves open contradicts nothing.
    """
    return next(_contradictions(head, [e for e in entries if e.dossier == head.dossier], heads), None)


def _contradictions(
    head: DossierHead, entries: Sequence[ChainEntry], heads: Iterable[DossierHead]
) -> Iterator[Contradiction]:
    for other in heads:
        if (other.origin, other.dossier) == (head.origin, head.dossier) and (how := _against_head(head, other)):
            yield Contradiction(how, other)
    chain = _chain(head, entries)
    for entry in entries:
        if how := _against_entry(head, chain, entry):
            yield Contradiction(how, entry)


def _against_head(head: DossierHead, other: DossierHead) -> str:
    if other.n == head.n:
        return "two-digests" if other.digest != head.digest else ""
    smaller, larger = sorted((head, other), key=lambda one: one.n)
    return "shrunk" if smaller.time > larger.time else ""


def _against_entry(head: DossierHead, chain: dict[int, str], entry: ChainEntry) -> str:
    if chain.get(entry.n, entry.digest) != entry.digest:
        return "off-chain"
    if entry.n == head.n + 1 and entry.prev != head.digest:  # it follows another entry N
        return "off-chain"
    if entry.digest == head.digest and entry.n != head.n:
        return "off-chain"
    if entry.n == head.n and entry.time > head.time:
        return "arrived-later"
    return "held-back" if entry.n > head.n and entry.time < head.time else ""


def _chain(head: DossierHead, entries: Sequence[ChainEntry]) -> dict[int, str]:
    """Place → the digest it must have: from entry N down along `prev`, as far as no entry is missing."""
    by_digest = {entry.digest: entry for entry in entries}
    chain = {head.n: head.digest}
    n, digest = head.n, head.digest
    while (entry := by_digest.get(digest)) is not None and entry.n == n:  # entry 1 follows nothing
        n, digest = n - 1, entry.prev
        chain[n] = digest
    return chain
