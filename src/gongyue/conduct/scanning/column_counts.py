"""What is counted over the cells of a column: finds by kind and tier, lengths of tokens, years, names."""

from __future__ import annotations

import numpy as np
from msgspec import Struct, field

from gongyue.conduct.jit import entry_point
from gongyue.conduct.scanning import entity_types
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.entity_types import COUNT, REJECTED, VALID
from gongyue.conduct.scanning.pipeline import Spans

FIGURES = 80
"""Up to what length tokens are told apart by it."""


class Counts(Struct):
    """What was counted over the cells of a column."""

    cells: int = 0
    filled: int = 0
    signs: int = 0
    tiers: Array = field(default_factory=lambda: np.zeros((COUNT, 4), dtype=np.int64))  # cells by kind and tier
    whole: Array = field(
        default_factory=lambda: np.zeros(COUNT, dtype=np.int64)
    )  # cells that are one value and nothing else
    tokens: Array = field(default_factory=lambda: np.zeros(FIGURES, dtype=np.int64))  # numbers and codes by length
    good: Array = field(
        default_factory=lambda: np.zeros((COUNT, FIGURES), dtype=np.int64)
    )  # of these the valid, by kind
    leads: set[tuple[int, int]] = field(default_factory=set)  # (kind, first letters) of documents without a check
    years: Array = field(default_factory=lambda: np.zeros(200, dtype=np.int64))  # dates by year from 1900
    first: Array = field(default_factory=lambda: np.full(COUNT, -1, dtype=np.int64))  # the first row with each kind
    octet: int = 0  # the largest number in an IPv4 address
    middle: int = 0  # the largest of the two in the midst of one
    networks: set[int] = field(default_factory=set)  # what they begin with
    distinct: set[int] = field(default_factory=set)  # cells with names, up to a thousand
    full: set[int] = field(
        default_factory=set
    )  # those of them that are sure names of three or four signs and nothing else
    names: set[int] = field(default_factory=set)  # the names in them
    labelled: set[int] = field(default_factory=set)  # those after a label in their cell

    def add(self, found: Spans, empty: Array, row: int = 0) -> None:
        """Count the finds of one piece that begins at `row`; `empty` says which cells hold nothing."""
        self.cells += len(found.length)
        self.filled += int(len(empty) - empty.sum())
        self.signs += int(found.length.sum())
        tally(found, row, self.tiers, self.whole, self.tokens, self.good, self.years, self.first)
        bare = (found.tier == REJECTED) & (
            (found.kind == entity_types.PASSPORT) | (found.kind == entity_types.HKM_PERMIT)
        )
        if bare.any():
            self.leads.update(zip(found.kind[bare].tolist(), found.figure[bare].tolist(), strict=True))
        addresses = found.kind == entity_types.IPV4
        if addresses.any():
            figures = found.figure[addresses]
            self.octet = max(self.octet, int((figures & 255).max()))
            self.middle = max(self.middle, int((figures >> 8 & 255).max()))
            self.networks.update(np.flatnonzero(np.bincount(figures >> 16)).tolist())

    def share(self, kind: int) -> float:
        """The share of filled cells with that type, shapes not counted."""
        return min(1.0, int(self.tiers[kind, 1:].sum()) / self.filled) if self.filled else 0.0

    def ratio(self, kind: int) -> float:
        """Of the tokens as long as the valid ones, the share that is valid; 1 for types without a length."""
        lengths = self.good[kind] > 0
        others = int(self.good[:, lengths].sum() - self.good[kind].sum())
        total = int(self.tokens[lengths].sum()) - others
        return int(self.good[kind].sum()) / total if total else 1.0


@entry_point
def tally(
    found: Spans, row: int, tiers: Array, whole: Array, tokens: Array, good: Array, years: Array, first: Array
) -> None:
    """Count finds by kind and tier, a cell once for each; lengths of tokens, years of dates; the first row of each kind."""
    for i in range(len(found.unit)):
        kind, tier, figure, unit = found.kind[i], found.tier[i], found.figure[i], found.unit[i]
        again = False
        j = i - 1
        while j >= 0 and found.unit[j] == unit and i - j < 12:
            again |= found.kind[j] == kind and found.tier[j] == tier
            j -= 1
        covers = found.end[i] - found.start[i] >= found.length[unit] - 1
        tiers[kind, tier] += not again
        if tier > REJECTED:
            whole[kind] += covers
            if first[kind] < 0:
                first[kind] = row + unit
        if kind == entity_types.DOB:
            if covers and 1900 <= figure < 2100:
                years[figure - 1900] += 1
        elif kind not in (entity_types.IPV4, entity_types.PERSON, entity_types.ADDRESS) and 0 < figure < FIGURES:
            tokens[figure] += 1
            good[kind, figure] += tier == VALID
