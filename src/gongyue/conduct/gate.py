"""The gate: may this use happen now? The meaning of `verdict`, compiled.

Shape. controller → subject → the rows in order of id, packed into one object: waiting for memory is most of a decision.
Scopes are numbered, and have five bits each in one integer: what a use fails there. The integers of its purpose, its
categories and its way, put together, say so for all scopes. Most uses are covered: the first row in order of id whose
scope has no bit set, and in whose time the use falls, is the answer. Only what no row covers is explained.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from gongyue.conduct.grants import Authorisation, Scope, promised, statutory_grants
from gongyue.conduct.instants import LAST
from gongyue.conduct.masks import Masks
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Unparsed, Use
from gongyue.conduct.verdict import BITS, COUNT, EXPIRED, ID_MASK, NOT_YET, WITHDRAWN, Verdict, kinds_of

K = TypeVar("K")
V = TypeVar("V")
ROW = struct.Struct("<QqqL")
"""Its id with two marks; start, end; where its scope's bits begin."""
_unpacked = ROW.iter_unpack
STATUTORY_MARK, WITHDRAWN_MARK = 1 << BITS, 2 << BITS
KEPT = 4096
"""Sets of categories, and ways, whose bits are kept: a promise gives few, but a log may hold any text."""
_NOBODY: dict[str, bytes] = {}
_NONE = 1 << 62
_EXPIRED, _WITHDRAWN, _NOT_YET = (1 << COUNT | bits << BITS for bits in (EXPIRED, WITHDRAWN, NOT_YET))
_KEYS = [bits.bit_count() << COUNT | bits << BITS for bits in range(32)]
_KINDS = ["", *(kinds_of(bits)[0] for bits in range(1, 128))]
_UNPARSED, _PURPOSE_UNKNOWN, _NO_AUTH = map(Verdict, ("UNPARSED", "PURPOSE_UNKNOWN", "NO_AUTH"))


class Span(NamedTuple):
    """From when to when an authorisation is in force, and whether it was a withdrawal that ended it."""

    start: int
    end: int
    withdrawn: bool


class Gate:
    """An index over authorisations, immutable once built: another is made and put in its place."""

    def __init__(self, promise: Promise, authorisations: Iterable[Authorisation] = ()) -> None:
        self.promise = promise
        self.size = self.withdrawn = 0
        """Authorisations, and those of them that were withdrawn."""
        self._controller = promise.controller.id
        self._scopes: dict[Scope, int] = {}
        self._index = self._indexed(authorisations)
        self._standing, self._promised = (self._rows(made(promise)) for made in (statutory_grants, promised))
        self._masks = Masks(list(self._scopes), promise)
        self._purposes = {name: _spread(mask, 0) for name, mask in self._masks.purpose.items()}
        self._touches: dict[tuple[str, ...], int] = {}
        self._ways: dict[tuple[str | None, ...], tuple[int, dict[str, bytes]]] = {}

    def _indexed(self, authorisations: Iterable[Authorisation]) -> dict[str, dict[str, bytes]]:
        grouped: dict[str, dict[str, bytes]] = {}
        for grant in authorisations:
            subjects = grouped.setdefault(grant.controller, {})
            subjects[grant.subject] = subjects.get(grant.subject, b"") + self._row(grant)
            self.size += 1
            self.withdrawn += grant.revoked_at <= grant.valid_to and grant.revoked_at < LAST
        return {
            controller: {_beside_others(subject): _in_order(rows) for subject, rows in subjects.items()}
            for controller, subjects in grouped.items()
        }

    def people(self) -> Iterator[tuple[str, str, bytes]]:
        """(controller, subject, their rows: see `spans`), in no order."""
        for controller, subjects in self._index.items():
            for subject, rows in subjects.items():
                yield controller, subject, rows

    def rows_of(self, controller: str, subject: str) -> bytes:
        """The rows of these two: see `spans`."""
        return self._index.get(controller, _NOBODY).get(subject, b"")

    def _rows(self, grants: Iterable[Authorisation]) -> bytes:
        return _in_order(b"".join(map(self._row, grants)))

    def _row(self, grant: Authorisation) -> bytes:
        place = self._scopes.setdefault(grant.scope, 5 * len(self._scopes))
        withdrawn = grant.revoked_at <= grant.valid_to
        marks = STATUTORY_MARK * (grant.basis != "consent") | WITHDRAWN_MARK * withdrawn
        return ROW.pack(grant.id | marks, grant.valid_from, grant.revoked_at if withdrawn else grant.valid_to, place)

    def decide(self, use: Use | Unparsed) -> Verdict:
        """The verdict on one use: the same as the reference's, always."""
        asked: Any = use
        try:  # all in one: asking first whether each is there takes longer
            way, subjects = self._ways[asked.action, asked.recipient, asked.controller, asked.region]
            failing = self._purposes[asked.purpose] | self._touches[asked.categories] | way
            rows = subjects[asked.subject]
        except (AttributeError, KeyError):
            return self._first_met(use)
        time = asked.time
        for id, start, end, place in _unpacked(rows):
            if not failing >> place & 31 and start <= time < end:
                return Verdict("STATUTORY" if id & STATUTORY_MARK else "OK", id & ID_MASK)
        return self._uncovered(asked, rows, failing)

    def _first_met(self, use: Use | Unparsed) -> Verdict:
        """The verdict on what is no use, or has a purpose, categories, a way or a subject that was not met before."""
        if isinstance(use, Unparsed):
            return _UNPARSED
        purpose = self._purposes.get(use.purpose)  # type: ignore[arg-type]  # None is no key
        if purpose is None:
            return _PURPOSE_UNKNOWN
        touch, how = self._touches.get(use.categories), (use.action, use.recipient, use.controller, use.region)
        if touch is None:
            touch = _kept(self._touches, use.categories, _spread(self._masks.touching(use.categories), 1))
        way, subjects = self._ways.get(how) or _kept(self._ways, how, self._way(use))
        if use.subject in subjects:
            return self.decide(use)
        return self._uncovered(use, b"", purpose | touch | way)

    def _way(self, use: Use) -> tuple[int, dict[str, bytes]]:
        action, recipient, region = self._masks.three(use)
        failing = _spread(action, 2) | _spread(recipient, 3) | _spread(region, 4)
        return failing, self._index.get(use.controller, _NOBODY)

    def _uncovered(self, use: Use, rows: bytes, failing: int) -> Verdict:
        """What no authorisation of the person covers: a basis standing for everyone, else the nearest miss."""
        ours, of_terms = use.controller == self._controller, use.subject is None
        if ours and self._standing and (lawful := _least(use.time, self._standing, failing)) >> COUNT == 0:
            return Verdict("STATUTORY", lawful, 0, True)
        if of_terms and ours:
            rows = self._promised
        best = _least(use.time, rows, failing)
        if best == _NONE:
            return _NO_AUTH
        if best >> COUNT:
            bits = best >> BITS & 127
            return Verdict(_KINDS[bits], best & ID_MASK, bits, of_terms)
        return Verdict("SUBJECT_UNKNOWN", best, 0, True)


def spans(rows: bytes) -> list[Span]:
    """The spans of a person's rows."""
    return [Span(start, end, bool(id & WITHDRAWN_MARK) and end < LAST) for id, start, end, _ in _unpacked(rows)]


def _least(time: int, rows: bytes, failing: int) -> int:
    """The least key of these rows, _NONE for no row: see `verdict.key`."""
    best = _NONE
    for id, start, end, place in _unpacked(rows):
        key = _KEYS[failing >> place & 31] | id & ID_MASK
        if time >= end:
            key += _WITHDRAWN if id & WITHDRAWN_MARK else _EXPIRED
        elif time < start:
            key += _NOT_YET
        if key < best:  # noqa: PLR1730 - min() is slower
            best = key
    return best


def _spread(mask: int, condition: int) -> int:
    """A bit a scope as five bits a scope, of which it is this condition's (in the order of `verdict.failures`)."""
    return int("0000".join(f"{mask:b}"), 2) << condition


def _kept(held: dict[K, V], key: K, value: V) -> V:
    if len(held) >= KEPT:
        held.clear()
    return held.setdefault(key, value)


def _beside_others(subject: str) -> str:
    """A copy, which lies beside the other keys: the text given lies among the authorisations it was read with, and every
    look-up would wait for a page of memory of its own."""
    return subject.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")


def _in_order(rows: bytes) -> bytes:
    """The rows in order of id."""
    if len(rows) == ROW.size:
        return rows
    return b"".join(ROW.pack(*row) for row in sorted(_unpacked(rows), key=_by_id))


def _by_id(row: tuple[int, ...]) -> int:
    return row[0] & ID_MASK
