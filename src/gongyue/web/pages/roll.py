"""The public roll in memory: who is or was a member, searched by name or code; made once per size and day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

import msgspec

from gongyue.governance.institution import Institution
from gongyue.governance.standing import Event, Unit
from gongyue.web.installation import Now
from gongyue.web.pages.indexing import index_of

PUBLIC = ("member", "left", "ended")
"""The statuses that are on the public roll: who was only invited is on no roll (art. 4)."""


class Found(msgspec.Struct, frozen=True):
    """What a search found: the units, and how many of them there are by activity and by status."""

    units: tuple[Unit, ...]
    sectors: Mapping[str, int]
    statuses: Mapping[str, int]


class Roll:
    """Every unit that is or was a member, in the order of its id, with its history and its keys."""

    def __init__(self, inst: Institution) -> None:
        self.units = sorted((u for u in inst.units.values() if u.since), key=lambda u: u.id)
        keys = [f"{u.name} {u.code} {u.id}".casefold() for u in self.units]
        self._text = "\n".join(keys)
        self._starts = [0, *accumulate(len(key) + 1 for key in keys)]
        self.history: dict[str, list[Event]] = defaultdict(list)
        self.by_entry: dict[int, list[str]] = defaultdict(list)
        for number in range(len(inst.events)):
            event = inst.events[number]
            self.history[event.unit].append(event)
            self.by_entry[event.index].append(event.unit)
        everybody = _counted(self.units)
        self._chosen = lru_cache(64)(lambda status, sector: _chosen(everybody, status, sector))

    def search(self, words: str = "", status: str = "", sector: str = "") -> Found:
        """The units whose name, code or id contains the words, with that status and activity ("" for any)."""
        wanted = " ".join(words.split()).casefold()
        if not wanted:
            return self._chosen(status, sector)
        return _chosen(_counted([self.units[place] for place in self._matching(wanted)]), status, sector)

    def _matching(self, wanted: str) -> Iterator[int]:
        """Which units' lines contain the words: one search through one text is faster than ten thousand."""
        found = self._text.find(wanted)
        while found >= 0:
            place = bisect_right(self._starts, found) - 1
            yield place
            found = self._text.find(wanted, self._starts[place + 1])


def _counted(units: list[Unit]) -> Found:
    sectors: Counter[str] = Counter()
    for unit in units:
        sectors.update(unit.activities)
    return Found(tuple(units), sectors, Counter(u.status for u in units))


def _chosen(found: Found, status: str, sector: str) -> Found:
    """Those of them with that status and activity ("" for any)."""
    units = (u for u in found.units if status in ("", u.status) and (not sector or sector in u.activities))
    return Found(tuple(units), found.sectors, found.statuses)


def roll_of(now: Now) -> Roll:
    """The roll as of the page's size and day: departures announced for that day have fallen due."""
    inst = now.inst
    made_of = (inst.units, inst.events, inst.keys, inst.leaving, now.day)
    return index_of(now).kept("roll", made_of, lambda: Roll(inst.on(now.day)))
