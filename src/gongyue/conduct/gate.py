"""The gate: may this use happen now? The meaning of `verdict`, compiled.

Shape. controller → subject → a tuple of rows in order of id, each (end, end's fail key, start, scope's bit, id, kind).
A use fails statically in the scopes that `Masks` gives. Most uses are covered: the first row in order of id whose bit
is not among the failing ones, and in whose time the use falls, is the answer. Only what no row covers is explained.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.conduct.grants import Authorisation, Scope, promised, standing
from gongyue.conduct.masks import KEPT, Masks
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Unparsed, Use
from gongyue.conduct.verdict import BITS, COUNT, EXPIRED, ID_MASK, NOT_YET, WITHDRAWN, Verdict, kinds_of

Shape = tuple[tuple[str, ...], str, str | None, str | None, str]
Row = tuple[int, int, int, int, int, str]
_ONE = 1 << COUNT
_NOT_YET = _ONE | NOT_YET << BITS
_KEYS = [bits.bit_count() << COUNT | bits << BITS for bits in range(32)]
_KINDS = ["", *(kinds_of(bits)[0] for bits in range(1, 128))]


class Gate:
    """An index over authorisations, immutable once built: another is made and put in its place."""

    def __init__(self, promise: Promise, authorisations: Iterable[Authorisation] = ()) -> None:
        self.promise, self.size = promise, 0
        self._controller = promise.controller.id
        self._scopes: dict[Scope, int] = {}
        self._index = self._indexed(authorisations)
        self._standing = self._rows(standing(promise))
        self._promised = self._rows(promised(promise))
        self._masks = Masks(list(self._scopes), promise)
        self._purpose = self._masks.purpose
        self._shapes: dict[Shape, int] = {}

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
            grant.revoked_at if withdrawn else grant.valid_to,
            _ONE | (WITHDRAWN if withdrawn else EXPIRED) << BITS,
            grant.valid_from,
            1 << self._scopes.setdefault(grant.scope, len(self._scopes)),
            grant.id,
            "OK" if grant.basis == "consent" else "STATUTORY",
        )

    def decide(self, use: Use | Unparsed) -> Verdict:
        """The verdict on one use: the same as the reference's, always."""
        if isinstance(use, Unparsed):
            return Verdict("UNPARSED")
        failing = self._purpose.get(use.purpose)  # type: ignore[arg-type]  # None is no key
        if failing is None:
            return Verdict("PURPOSE_UNKNOWN")
        subjects = self._index.get(use.controller)
        rows = None if subjects is None else subjects.get(use.subject)  # type: ignore[arg-type]  # as above
        if rows is None:
            return self._uncovered(use, ())
        shape = (use.categories, use.action, use.recipient, use.region, use.controller)
        rest = self._shapes.get(shape)
        if rest is None:
            rest = self._shape(shape, use)
        failing |= rest
        time = use.time
        for end, _, start, bit, id, kind in rows:
            if not failing & bit and start <= time < end:
                return Verdict(kind, id)
        return self._uncovered(use, rows)

    def _shape(self, shape: Shape, use: Use) -> int:
        """The scopes that fail for categories, action, recipient or region."""
        _, categories, action, recipient, region = self._masks.five(use)
        if len(self._shapes) >= KEPT:
            self._shapes.clear()
        return self._shapes.setdefault(shape, categories | action | recipient | region)

    def _uncovered(self, use: Use, rows: tuple[Row, ...]) -> Verdict:
        """What no authorisation of the person covers: a basis standing for everyone, else the nearest miss."""
        five = self._masks.five(use)
        ours = use.controller == self._controller
        if ours:
            for row in self._standing:
                if _key(use.time, five, row) >> COUNT == 0:
                    return Verdict("STATUTORY", row[4], 0, True)
        of_terms = use.subject is None
        if of_terms:
            rows = self._promised if ours else ()
        if not rows:
            return Verdict("NO_AUTH")
        best = min([_key(use.time, five, row) for row in rows])
        if best >> COUNT:
            bits = best >> BITS & 127
            return Verdict(_KINDS[bits], best & ID_MASK, bits, of_terms)
        return Verdict("SUBJECT_UNKNOWN", best & ID_MASK, 0, True)


def _by_id(row: Row) -> int:
    return row[4]


def _key(time: int, five: tuple[int, int, int, int, int], row: Row) -> int:
    """The key of one row: see `verdict.key`."""
    end, ended, start, bit, id, _ = row
    purpose, categories, action, recipient, region = five
    bits = (
        (1 if purpose & bit else 0)
        | (2 if categories & bit else 0)
        | (4 if action & bit else 0)
        | (8 if recipient & bit else 0)
        | (16 if region & bit else 0)
    )
    return _KEYS[bits] + (ended if time >= end else _NOT_YET if time < start else 0) | id
