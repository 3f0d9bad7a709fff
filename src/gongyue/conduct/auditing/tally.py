"""What an audit found: counts by verdict, purpose and dataset; failing rows; rows set aside. Parts add up."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from gongyue.conduct.auditing.kernel_arrays import Bytes, Coded, Judged
from gongyue.conduct.auditing.use_encoder import UseEncoder
from gongyue.conduct.instants import LAST
from gongyue.conduct.jit import entry_point
from gongyue.conduct.rows import Bad
from gongyue.conduct.verdict import CLEAN, KINDS, UNSETTLED, Verdict, kinds_of

SHOWN = 1000
"""Failing rows, and rows set aside, that a result carries; all are counted, and all are in --out."""
_UNPARSED = KINDS.index("UNPARSED")
_FAILING = np.array([kind not in CLEAN and kind != "UNPARSED" for kind in KINDS])


class Failing(msgspec.Struct, frozen=True):
    """A row that may not have happened: its number from 1, verdict, nearest authorisation (or terms), article."""

    row: int
    verdict: str
    article: str
    code: str
    purpose: str
    dataset: str
    failed: list[str] = []
    authorisation: int | None = None
    terms: int | None = None


class Tally(msgspec.Struct):
    """Counts. `purposes` and `datasets`: label → counts in order of KINDS; times in µs, None where there is no use."""

    rows: int = 0
    kinds: list[int] = msgspec.field(default_factory=lambda: [0] * len(KINDS))
    purposes: dict[str, list[int]] = {}
    datasets: dict[str, list[int]] = {}
    failing: list[Failing] = []  # a struct makes each its own
    bad: list[Bad] = []
    first: int | None = None
    last: int | None = None
    passed: int = 0
    """Lines of a log that state no use."""
    doubtful: list[str] = []
    """Columns of rows that nobody reads, and that have nearly the name of one of ours that is not there."""

    @property
    def unparsed(self) -> int:
        """Rows that could not be parsed."""
        return self.kinds[_UNPARSED]

    def add(self, other: Tally) -> None:
        """Add what another part found; parts come in order."""
        self.rows += other.rows
        self.passed += other.passed
        self.doubtful = list(dict.fromkeys((*self.doubtful, *other.doubtful)))
        self.kinds = _sum(self.kinds, other.kinds)
        for mine, theirs in ((self.purposes, other.purposes), (self.datasets, other.datasets)):
            for label, row in theirs.items():
                mine[label] = _sum(mine.get(label, [0] * len(KINDS)), row)
        self.failing += other.failing[: SHOWN - len(self.failing)]
        self.bad += other.bad[: SHOWN - len(self.bad)]
        self.span([t for t in (other.first, other.last) if t is not None])

    def show(self, coder: UseEncoder, coded: Coded, judged: Judged, first: int) -> None:
        """Write out the failing rows of a block whose first row has this number, as far as there is room."""
        room = SHOWN - len(self.failing)
        for place in np.flatnonzero(_FAILING[judged.kind])[:room] if room else ():
            self.failing.append(_failing(coder, coded, judged, int(place), first))

    def span(self, ends: list[int]) -> None:
        """Reach as far as these instants."""
        ends = [*ends, *(t for t in (self.first, self.last) if t is not None)]
        if ends:
            self.first, self.last = min(ends), max(ends)


class Counts:
    """Counts of blocks by code, which cost less than by label."""

    def __init__(self, coder: UseEncoder) -> None:
        self._coded = coder.purposes, coder.touches
        self._tables = [np.zeros((0, len(KINDS)), np.int64) for _ in self._coded]
        self._ends, self._unparsed = np.array([LAST, -LAST]), np.zeros(1, np.int64)

    def add(self, coded: Coded, kind: Bytes) -> None:
        """Count a block, of these verdicts."""
        for counts, table in zip(self._tables, self._coded, strict=True):
            counts.resize((len(table), len(KINDS)), refcheck=False)
        purposes, touches = self._tables
        count_kinds(coded.purpose, coded.touch, coded.time, kind, purposes, touches, self._unparsed, self._ends)

    def into(self, tally: Tally) -> None:
        """Add them to a tally."""
        kinds = self._tables[0].sum(axis=0)
        kinds[_UNPARSED] += self._unparsed[0]
        tally.rows += int(kinds.sum())
        tally.kinds = _sum(tally.kinds, kinds.tolist())
        for counts, table, labelled in zip(self._tables, self._coded, (tally.purposes, tally.datasets), strict=True):
            for code in np.flatnonzero(counts.any(axis=1)):
                label = table.labels[code]
                labelled[label] = _sum(labelled.get(label, [0] * len(KINDS)), counts[code].tolist())
        tally.span([int(t) for t in self._ends] if self._ends[0] <= self._ends[1] else [])


def _failing(coder: UseEncoder, coded: Coded, judged: Judged, place: int, first: int) -> Failing:
    said = Verdict(KINDS[judged.kind[place]])
    nearest = int(judged.nearest[place])
    stated, of_terms = nearest >= 0, bool(judged.of_terms[place])
    return Failing(
        first + place,
        said.kind,
        said.article,
        said.code,
        coder.purposes.labels[coded.purpose[place]],
        coder.touches.labels[coded.touch[place]],
        kinds_of(int(judged.failed[place])),
        nearest if stated and not of_terms else None,
        nearest if stated and of_terms else None,
    )


def _sum(some: list[int], others: list[int]) -> list[int]:
    return [a + b for a, b in zip(some, others, strict=True)]


def violations(tally: Tally) -> int:
    """Rows that broke the promise or lacked an authorisation."""
    return sum(n for kind, n in zip(KINDS, tally.kinds, strict=True) if kind not in CLEAN | UNSETTLED)


def unsettled(tally: Tally) -> int:
    """Rows of which nothing can be claimed."""
    return sum(n for kind, n in zip(KINDS, tally.kinds, strict=True) if kind in UNSETTLED)


@entry_point
def count_kinds(  # pragma: no cover - compiled
    purpose: Any, touch: Any, time: Any, kind: Any, purposes: Any, touches: Any, unparsed: Any, ends: Any
) -> None:
    """Add up how many rows have each kind: by purpose and by touch, but for those that could not be parsed; how many these
    are; and the first and last instant of the others."""
    first, last, aside = ends[0], ends[1], 0
    for row in range(len(kind)):
        k = kind[row]
        if k == _UNPARSED:
            aside += 1
            continue
        purposes[purpose[row], k] += 1
        touches[touch[row], k] += 1
        first, last = min(first, time[row]), max(last, time[row])
    unparsed[0] += aside
    ends[0], ends[1] = first, last
