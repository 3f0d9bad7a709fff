"""The arrays that the kernel of an audit reads and fills: uses in codes, and their verdicts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class Coded:
    """Uses as the kernel takes them. `state`: 0 a subject is stated, 1 none is, 2 the row could not be parsed."""

    def __init__(
        self, time: Ints, low: Ints, high: Ints, state: Bytes, purpose: Codes, touch: Codes, way: Codes
    ) -> None:
        self.time, self.low, self.high, self.state = time, low, high, state
        self.purpose, self.touch, self.way = purpose, touch, way

    def __len__(self) -> int:
        return len(self.time)

    def at(self, places: Ints) -> Coded:
        """The uses at these places."""
        codes = (self.purpose[places], self.touch[places], self.way[places])
        return Coded(self.time[places], self.low[places], self.high[places], self.state[places], *codes)


class Judged:
    """Verdicts row by row: the kind's place in KINDS; the nearest's id, -1 for none; its failed conditions, as bits.

    `of_terms`: the id counts the promise's [[terms]]. Ids of what is covered are looked up only where they are asked for.
    """

    def __init__(self, n: int) -> None:
        self.kind, self.failed, self.of_terms = (np.zeros(n, np.uint8) for _ in range(3))
        self.nearest = np.full(n, -1, np.int64)

    def part(self, first: int, last: int) -> Judged:
        """The verdicts from one row up to another."""
        found = Judged(0)
        found.kind, found.failed, found.of_terms = (
            self.kind[first:last],
            self.failed[first:last],
            self.of_terms[first:last],
        )
        found.nearest = self.nearest[first:last]
        return found
