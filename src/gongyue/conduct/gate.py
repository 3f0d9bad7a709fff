"""The gate: may this use happen now? The meaning of `verdict`, compiled.

Shape. controller → subject → a tuple of rows in order of id. Scopes are numbered, and have five bits each in one integer:
what a use fails there. The integers of its purpose, its categories and its way, put together, say so for all scopes.
Most uses are covered: the first row in order of id whose scope has no bit set, and in whose time the use falls, is the
answer, and its verdict was made with the index. Only what no row covers is explained.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from gongyue.conduct.grants import Authorisation, Scope, promised, standing
from gongyue.conduct.masks import Masks
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Unparsed, Use
from gongyue.conduct.verdict import BITS, COUNT, EXPIRED, ID_MASK, NOT_YET, WITHDRAWN, Verdict, kinds_of

K = TypeVar("K")
Row = tuple[int, int, int, Verdict, int, int]
"""Where its scope's bits begin; start, end; the verdict where it covers; its id; what its end adds to the key once past."""
KEPT = 4096
"""Sets of categories, and ways, whose bits are kept: a promise gives few, but a log may hold any text."""
_NOBODY: dict[str, tuple[Row, ...]] = {}
_NONE = 1 << 62
_EXPIRED, _WITHDRAWN, _NOT_YET = (1 << COUNT | bits << BITS for bits in (EXPIRED, WITHDRAWN, NOT_YET))
_KEYS = [bits.bit_count() << COUNT | bits << BITS for bits in range(32)]
_KINDS = ["", *(kinds_of(bits)[0] for bits in range(1, 128))]
_UNPARSED, _PURPOSE_UNKNOWN, _NO_AUTH = map(Verdict, ("UNPARSED", "PURPOSE_UNKNOWN", "NO_AUTH"))


class Gate:
    """An index over authorisations, immutable once built: another is made and put in its place."""

    def __init__(self, promise: Promise, authorisations: Iterable[Authorisation] = ()) -> None:
        self.promise, self.size = promise, 0
        self._controller = promise.controller.id
        self._scopes: dict[Scope, int] = {}
        self._index = self._indexed(authorisations)
        self._standing, self._promised = (self._rows(made(promise)) for made in (standing, promised))
        self._masks = Masks(list(self._scopes), promise)
        self._purposes = {name: _spread(mask, 0) for name, mask in self._masks.purpose.items()}
        self._touches: dict[tuple[str, ...], int] = {}
        self._ways: dict[tuple[str | None, ...], int] = {}

    def _indexed(self, authorisations: Iterable[Authorisation]) -> dict[str, dict[str, tuple[Row, ...]]]:
        grouped: dict[str, dict[str, tuple[Row, ...]]] = {}
        for grant in authorisations:
            subjects = grouped.setdefault(grant.controller, {})
            subjects[grant.subject] = (*subjects.get(grant.subject, ()), self._row(grant))
            self.size += 1
        for subjects in grouped.values():
            for subject, rows in subjects.items():
                if len(rows) > 1:
                    subjects[subject] = tuple(sorted(rows, key=_by_id))
        return grouped

    def _rows(self, grants: Iterable[Authorisation]) -> tuple[Row, ...]:
        return tuple(sorted(map(self._row, grants), key=_by_id))

    def _row(self, grant: Authorisation) -> Row:
        withdrawn = grant.revoked_at <= grant.valid_to
        return (
            self._scopes.setdefault(grant.scope, 5 * len(self._scopes)),
            grant.valid_from,
            grant.revoked_at if withdrawn else grant.valid_to,
            Verdict("OK" if grant.basis == "consent" else "STATUTORY", grant.id),
            grant.id,
            _WITHDRAWN if withdrawn else _EXPIRED,
        )

    def decide(self, use: Use | Unparsed) -> Verdict:
        """The verdict on one use: the same as the reference's, always."""
        if type(use) is Unparsed:  # isinstance asks the class of the class, and takes a third of a decision
            return _UNPARSED
        purpose = self._purposes.get(use.purpose)  # type: ignore[arg-type]  # None is no key
        if purpose is None:
            return _PURPOSE_UNKNOWN
        touch = self._touches.get(use.categories)
        if touch is None:
            touch = _kept(self._touches, use.categories, _spread(self._masks.touching(use.categories), 1))
        how = (use.action, use.recipient, use.controller, use.region)
        way = self._ways.get(how)
        if way is None:
            way = _kept(self._ways, how, self._way(use))
        rows = self._index.get(use.controller, _NOBODY).get(use.subject, ())  # type: ignore[arg-type]  # as above
        failing, time = purpose | touch | way, use.time
        for place, start, end, covered, _, _ in rows:
            if not failing >> place & 31 and start <= time < end:
                return covered
        return self._uncovered(use, rows, failing)

    def _way(self, use: Use) -> int:
        action, recipient, region = self._masks.three(use)
        return _spread(action, 2) | _spread(recipient, 3) | _spread(region, 4)

    def _uncovered(self, use: Use, rows: tuple[Row, ...], failing: int) -> Verdict:
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


def _least(time: int, rows: tuple[Row, ...], failing: int) -> int:
    """The least key of these rows, _NONE for no row: see `verdict.key`."""
    best = _NONE
    for place, start, end, _, id, ended in rows:
        key = _KEYS[failing >> place & 31] | id
        if time >= end:
            key += ended
        elif time < start:
            key += _NOT_YET
        if key < best:  # noqa: PLR1730 - min() is slower
            best = key
    return best


def _spread(mask: int, condition: int) -> int:
    """A bit a scope as five bits a scope, of which it is this condition's (in the order of `verdict.failures`)."""
    return int("0000".join(f"{mask:b}"), 2) << condition


def _kept(held: dict[K, int], key: K, bits: int) -> int:
    if len(held) >= KEPT:
        held.clear()
    return held.setdefault(key, bits)


def _by_id(row: Row) -> int:
    return row[4]
