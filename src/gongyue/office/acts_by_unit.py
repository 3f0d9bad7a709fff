"""Where each unit's acts stand in the two books: one pass at first, afterwards only what is new."""

from __future__ import annotations

import threading
from array import array
from collections import defaultdict
from typing import NamedTuple

import msgspec

from gongyue.book.entry import decode
from gongyue.book.receipts import short
from gongyue.covenant.parties import is_unit
from gongyue.office.store import OPEN, SEALED, Reading


class Position(NamedTuple):
    """Where an act stands: its book, and its index there; under seal the first 64 bits of its commitment."""

    book: str
    number: int

    @property
    def place(self) -> str:
        """As it is cited within its book: 12, 3f9a62d0c1b2e4f5."""
        return str(self.number) if self.book == OPEN else f"{self.number:016x}"

    @property
    def id(self) -> str:
        """As it is cited: open:12, sealed:3f9a62d0c1b2e4f5."""
        return f"{self.book}:{self.place}"

    @classmethod
    def sealed(cls, commitment: str) -> Position:
        """That of an act under seal."""
        return cls(SEALED, int(short(commitment), 16))


class ActsByUnit:
    """Where each unit's acts stand: one pass over both books at first, afterwards only what is new.

    A process that answers often keeps one. Canonical leaves begin with their actor, so nothing is decoded.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read = {OPEN: 0, SEALED: 0}
        """How many open entries were read, and which arrival under seal last."""
        self._acts: dict[str, dict[str, array[int]]] = {OPEN: defaultdict(_indices), SEALED: defaultdict(_indices)}
        self._paper: list[tuple[str, Position]] = []
        self._all_paper: list[Position] = []

    def catch_up(self, store: Reading) -> ActsByUnit:
        """Take note of what was recorded since."""
        with self._lock:
            head = store.head(OPEN)
            if head is not None and head.size > self._read[OPEN]:
                for index, data in enumerate(store.leaves(OPEN, self._read[OPEN], head.size), self._read[OPEN]):
                    self._note(Position(OPEN, index), data)
                    self._read[OPEN] = index + 1
            for one in store.sealed_entries(self._read[SEALED]):
                self._note(Position.sealed(one.commitment), one.entry)
                self._read[SEALED] = one.number
        return self

    def _note(self, place: Position, data: bytes) -> None:
        unit = data[_ACTOR : data.index(b'"', _ACTOR)].decode()
        on_paper = b'"paper":{' in data
        if on_paper and not is_unit(unit) and _TYPE_REGISTER in data:
            unit = str(msgspec.json.decode(decode(data).entry.act.body)["holder"])
        if on_paper:
            self._all_paper.append(place)
        if is_unit(unit):
            self._acts[place.book][unit].append(place.number)
            if on_paper:
                self._paper.append((unit, place))

    def of(self, unit: str) -> list[Position]:
        """Where a unit's acts stand, book by book in their order."""
        return [Position(book, index) for book, acts in self._acts.items() for index in acts.get(unit, ())]

    def from_paper(self) -> list[tuple[str, Position]]:
        """(unit, place) of every act recorded from paper in a unit's name."""
        return list(self._paper)

    def on_paper(self) -> list[Position]:
        """Where every act stands that a paper goes with, whoever's it is, book by book in the order of arrival."""
        return list(self._all_paper)


def _indices() -> array[int]:
    return array("Q")


_ACTOR = len(b'{"act":{"actor":"')
_TYPE_REGISTER = b'"type":"key.register/1"'
