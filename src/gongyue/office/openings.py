"""What a party may open of the sealed book: its own acts, the decisions on them, its dossiers; and what is under way there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.book import disclosure
from gongyue.book.entry import decode
from gongyue.governance.acts import Entry, Opening, act_type_of
from gongyue.governance.ballots import NOTICES
from gongyue.governance.institution import Institution
from gongyue.governance.petition import PETITIONS
from gongyue.office.store import OPEN, Reading
from gongyue.office.store.words import PAPER, about, by, in_dossier, typed
from gongyue.sealing.commitment import commit


class OpenedEntry(msgspec.Struct, frozen=True):
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
    def opening(self) -> Opening:
        """It as the law reads it."""
        return Opening(self.index, self.commitment, self.entry)

    @property
    def line(self) -> bytes:
        """The disclosure line, for whoever is entitled to it."""
        return disclosure.line(self.index, self.salt, self.data)

    @property
    def body(self) -> dict[str, Any]:
        """What the act says."""
        said: dict[str, Any] = msgspec.json.decode(self.entry.act.body)
        return said


def found_by(store: Reading, *words: str) -> Iterator[OpenedEntry]:
    """The sealed entries that have one of these words (`store.words`), in their order."""
    for index, salt, data in store.openings_with(words):
        yield OpenedEntry(index, salt, data, decode(data).entry)


def of_types(store: Reading, *types: str) -> Iterator[OpenedEntry]:
    """The sealed acts of these types."""
    return found_by(store, *map(typed, types))


def of_party(store: Reading, party: str) -> Iterator[OpenedEntry]:
    """What the party may open: its own sealed acts, the decisions addressed to it, and all of every dossier that it is party to."""
    own = list(found_by(store, by(party), about(party)))
    opened = [o.entry for o in own if o.entry.act.actor == party and act_type_of(o.entry.act.type).opens]
    dossiers = [in_dossier(entry.rx.dossier) for entry in opened if entry.rx.dossier]
    return found_by(store, by(party), about(party), *dossiers)


def handed(inst: Institution, store: Reading, vote: str, unit: str) -> bytes | None:
    """The openings of a vote that its ballots' reading keeps to members, for a unit of its roll; None for anybody else.

    None, too, while the vote is open. The very bytes whose digest the close states: with them anyone counts again.
    """
    found = inst.votes.get(vote)
    if found is None or found.public or found.closed_index is None or unit not in found.roll:
        return None
    closing = store.leaf(OPEN, found.closed_index)
    assert closing is not None
    return store.object(msgspec.json.decode(decode(closing).entry.act.body)["handed"])


def pending(store: Reading) -> list[Opening]:
    """Applications and refusals, petitions and what ends them, ballots on paper and what was said of them: for duties under seal."""
    types = ("membership.apply/1", "membership.refuse/1", *PETITIONS, "vote.disavow/1", *NOTICES)
    return [opened.opening for opened in found_by(store, PAPER, *map(typed, types))]
