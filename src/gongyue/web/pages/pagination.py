"""Pages of a list: which of how many, and the ones to link."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import msgspec


class ResultPage(msgspec.Struct, frozen=True):
    """One page of many: which, of how many, and its items."""

    number: int
    count: int
    total: int
    items: tuple[int, ...]

    @property
    def numbers(self) -> Iterator[int]:
        """The page numbers to link: the first, the last, and those around this one; 0 for a gap."""
        shown = sorted({1, self.count, *range(max(1, self.number - 2), min(self.count, self.number + 2) + 1)})
        before = 0
        for number in shown:
            if number > before + 1:
                yield 0
            yield number
            before = number


def newest_first(places: range | array[int] | list[int], number: int, per: int) -> ResultPage:
    """Page `number` of places, the newest first; beyond the last page it is empty."""
    total = len(places)
    count = max(1, -(-total // per))
    stop = total - (number - 1) * per
    items = tuple(places[max(0, stop - per) : stop][::-1]) if stop > 0 else ()
    return ResultPage(number, count, total, items)
