"""The gate: may this use happen now? The meaning of `verdict`, compiled.

Shape. controller → subject → a tuple of rows in order of id, each (end, end's fail key, start, scope's bit, id, kind,
page, scope). Scopes are numbered; PAGE of them share one `Masks`, so that bits stay short however many there are.
A use fails statically in the scopes that `Masks` gives. Most uses are covered: the first row in order of id whose bit
is not among the failing ones, and in whose time the use falls, is the answer. Only what no row covers is explained.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongyue.conduct.grants import Authorisation, Scope, promised, standing
from gongyue.conduct.masks import KEPT, Masks
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Unparsed, Use
from gongyue.conduct.verdict import (
    ACTION,
    BITS,
    COUNT,
    EXPIRED,
    ID_MASK,
    NOT_YET,
    PURPOSE,
    RECIPIENT,
    REGION,
    SCOPE,
    WITHDRAWN,
    Verdict,
    kinds_of,
)

Shape = tuple[tuple[str, ...], str, str | None, str | None, str]
Row = tuple[int, int, int, int, int, str, int, int]
PAGE = 4096
"""Scopes whose bits stand in one integer: members' authorisations rarely have more in all."""
_ONE = 1 << COUNT
_NOT_YET = _ONE | NOT_YET << BITS
_NONE = 1 << 62
_PURPOSE = _ONE | PURPOSE << BITS
_BITS = (0, SCOPE, ACTION, RECIPIENT, REGION)
EXPLAINED = 256
"""Scopes whose fail keys are kept for one shape of use."""
_KEYS = [bits.bit_count() << COUNT | bits << BITS for bits in range(32)]
_KINDS = ["", *(kinds_of(bits)[0] for bits in range(1, 128))]


class Gate:
    """An index over authorisations, immutable once built: another is made and put in its place."""

    def __init__(self, promise: Promise, authorisations: Iterable[Authorisation] = ()) -> None:
        self.promise, self.size = promise, 0
        self._controller = promise.controller.id
        self._scopes: dict[Scope, tuple[int, int, int]] = {}
        self._index = self._indexed(authorisations)
        self._standing = self._rows(standing(promise))
        self._promised = self._rows(promised(promise))
        scopes = list(self._scopes)
        self._pages = [Masks(scopes[i : i + PAGE], promise) for i in range(0, len(scopes), PAGE)]
        self._purpose = self._pages[0].purpose
        self._shapes: dict[Shape, Fails] = {}

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
        page, place = divmod(len(self._scopes), PAGE)
        new = (1 << place, page, len(self._scopes))
        bit, page, number = self._scopes.setdefault(grant.scope, new)  # one integer, shared by all its rows
        withdrawn = grant.revoked_at <= grant.valid_to
        return (
            grant.revoked_at if withdrawn else grant.valid_to,
            _ONE | (WITHDRAWN if withdrawn else EXPIRED) << BITS,
            grant.valid_from,
            bit,
            grant.id,
            "OK" if grant.basis == "consent" else "STATUTORY",
            page,
            number,
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
        shape = (use.categories, use.action, use.recipient, use.region, use.controller)
        fails = self._shapes.get(shape)
        if fails is None:
            fails = self._shape(shape, use)
        if rows is None:
            return self._uncovered(use, (), fails)
        failing |= fails.first
        time = use.time
        for end, _, start, bit, id, kind, page, _ in rows:
            if page:
                break  # its bit is another page's: all rows are compared
            if not failing & bit and start <= time < end:
                return Verdict(kind, id)
        return self._uncovered(use, rows, fails)

    def _shape(self, shape: Shape, use: Use) -> Fails:
        if len(self._shapes) >= KEPT:
            self._shapes.clear()
        return self._shapes.setdefault(shape, Fails(use, self._pages))

    def _uncovered(self, use: Use, rows: tuple[Row, ...], fails: Fails) -> Verdict:
        """What no authorisation of the person covers: a basis standing for everyone, else the nearest miss."""
        best = self._least(use, rows, fails) if rows else _NONE
        if best >> COUNT == 0:  # only beyond the first page: else it was found before
            return Verdict(next(row[5] for row in rows if row[4] == best), best)
        ours = use.controller == self._controller
        if ours and self._standing and (lawful := self._least(use, self._standing, fails)) >> COUNT == 0:
            return Verdict("STATUTORY", lawful, 0, True)
        of_terms = use.subject is None
        if of_terms:
            best = self._least(use, self._promised, fails) if ours else _NONE
        if best == _NONE:
            return Verdict("NO_AUTH")
        if best >> COUNT:
            bits = best >> BITS & 127
            return Verdict(_KINDS[bits], best & ID_MASK, bits, of_terms)
        return Verdict("SUBJECT_UNKNOWN", best & ID_MASK, 0, True)

    def _least(self, use: Use, rows: tuple[Row, ...], fails: Fails) -> int:
        """The least key of these rows: see `verdict.key`."""
        time, purpose, best = use.time, use.purpose or "", _NONE
        purposes = [page.purpose[purpose] for page in self._pages]
        for end, ended, start, bit, id, _, page, number in rows:
            key = fails[number] | id
            if purposes[page] & bit:
                key += _PURPOSE
            if time >= end:
                key += ended
            elif time < start:
                key += _NOT_YET
            if key < best:  # noqa: PLR1730 - min() is slower
                best = key
        return best


class Fails(dict[int, int]):
    """Scope → fail key of one shape for all but purpose and time; `first`: the failing scopes of the first page."""

    def __init__(self, use: Use, pages: list[Masks]) -> None:
        super().__init__()
        self.fives = [page.five(use) for page in pages]
        _, categories, action, recipient, region = self.fives[0]
        self.first = categories | action | recipient | region

    def __missing__(self, number: int) -> int:
        page, place = divmod(number, PAGE)
        bits = sum(bit for bit, mask in zip(_BITS, self.fives[page], strict=True) if mask >> place & 1)
        found = _KEYS[bits]
        if len(self) < EXPLAINED:
            self[number] = found
        return found


def _by_id(row: Row) -> int:
    return row[4]
