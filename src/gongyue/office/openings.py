"""What a party may open of the sealed book: its own acts and the decisions on them; and the admissions under way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.governance.acts import Entry
from gongyue.office.store import SEALED, Reading
from gongyue.sealing.commitment import commit


class Opened(msgspec.Struct, frozen=True):
    """A sealed entry the office can open: its place, its salt, the bytes committed to, and the entry they are."""

    index: int
    salt: bytes
    data: bytes
    entry: Entry

    @property
    def commitment(self) -> str:
        """The commitment in the sealed leaf."""
        return commit(self.salt, self.data)

    @property
    def line(self) -> bytes:
        """The disclosure line, for whoever is entitled to it."""
        return disclosure.line(self.index, self.salt, self.data)

    @property
    def body(self) -> dict[str, Any]:
        """What the act says."""
        said: dict[str, Any] = msgspec.json.decode(self.entry.act.body)
        return said


def containing(store: Reading, *words: bytes) -> Iterator[Opened]:
    """The sealed entries whose bytes contain one of `words`; only those are decoded."""
    head = store.head(SEALED)
    for index, salt, data in store.openings(0, head.size if head else 0):
        if any(word in data for word in words):
            yield Opened(index, salt, data, decode(data).entry)


def of_party(store: Reading, party: str) -> Iterator[Opened]:
    """What the party may open: its own sealed acts, and the decisions addressed to it."""
    for opened in containing(store, b'"%s"' % party.encode()):
        if party in (opened.entry.act.actor, opened.body.get("unit")):
            yield opened


def admissions(store: Reading) -> list[tuple[str, Entry]]:
    """(commitment, entry) of every application and refusal, from which the duties to decide are counted."""
    types = (b'"type":"membership.apply/1"', b'"type":"membership.refuse/1"')
    return [(opened.commitment, opened.entry) for opened in containing(store, *types)]
