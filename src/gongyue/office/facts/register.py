"""The register and the periodic lists (articles 4, 23): who is or was a member, searched by name or code; made once a size and day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any, Literal

import msgspec

from gongyue.covenant.periods import iso, start_of
from gongyue.governance.fields import Date, Digest
from gongyue.governance.institution import Institution
from gongyue.governance.publication import LISTED, RollList
from gongyue.governance.registry import Event, Unit
from gongyue.office.facts.annexes import binding
from gongyue.office.facts.shapes import AsOf, day_or_none, filled
from gongyue.transparency import canonical

Status = Literal["member", "left", "ended"]

PUBLIC = ("member", "left", "ended")
"""The statuses that are on the public roll: who was only invited is on no roll (art. 4)."""


class SearchResult(msgspec.Struct, frozen=True):
    """What a search found: the units, and how many of them there are by activity and by status."""

    units: tuple[Unit, ...]
    sectors: Mapping[str, int]
    statuses: Mapping[str, int]


class Roll:
    """Every unit that is or was a member, in the order of its id, with its history and its keys."""

    def __init__(self, inst: Institution) -> None:
        self.units = sorted((u for u in inst.units.values() if u.since), key=lambda u: u.id)
        keys = [" ".join((u.name, *u.former, u.code, u.id)).casefold() for u in self.units]
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

    def search(self, words: str = "", status: str = "", sector: str = "") -> SearchResult:
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


def _counted(units: list[Unit]) -> SearchResult:
    sectors: Counter[str] = Counter()
    for unit in units:
        sectors.update(unit.activities)
    return SearchResult(tuple(units), sectors, Counter(u.status for u in units))


def _chosen(found: SearchResult, status: str, sector: str) -> SearchResult:
    """Those of them with that status and activity ("" for any)."""
    units = (u for u in found.units if status in ("", u.status) and (not sector or sector in u.activities))
    return SearchResult(tuple(units), found.sectors, found.statuses)


def roll_of(at: AsOf) -> Roll:
    """The roll as of that size and day: departures announced for that day have fallen due."""
    inst = at.inst
    made_of = (inst.units, inst.events, inst.keys, inst.leaving, at.day)
    return at.index.kept("roll", made_of, lambda: Roll(inst.on(at.day)))


# -- one unit


class UnitOut(msgspec.Struct, frozen=True):
    """A unit on the public roll; `joined` and `left` are of its present or last membership."""

    id: str
    name: str
    code: str
    status: Status
    joined: Date
    left: Date | None
    activities: tuple[str, ...]
    other: str
    former: tuple[str, ...]


class EventOut(msgspec.Struct, frozen=True):
    """A change of the roll, its day and its entry."""

    what: Literal["joined", "left", "ended", "undone"]
    day: Date
    index: int


class KeyOut(msgspec.Struct, frozen=True):
    """A registered key: its algorithm, whether it can sign now."""

    key: str
    alg: str
    valid: bool


class UnitCard(msgspec.Struct, frozen=True):
    """A unit with its history, its keys, the annexes that bind it, its announced departure, and how many acts it did."""

    unit: UnitOut
    history: tuple[EventOut, ...]
    keys: tuple[KeyOut, ...]
    annexes: tuple[str, ...]
    leaving: Date | None
    acts: int


def public_unit(at: AsOf, id: str) -> Unit | None:
    """A unit that is on the public roll, as it stands today; None for any other."""
    known = at.inst.on(at.day).units.get(id)
    return known if known is not None and known.status in PUBLIC and known.since else None


def unit_out(u: Unit) -> UnitOut:
    """What is told of a unit in a list."""
    return filled(UnitOut, u, joined=iso(u.since), left=day_or_none(u.until))


def unit_card(at: AsOf, u: Unit) -> UnitCard:
    """What is told of a unit."""
    return UnitCard(
        unit_out(u),
        history(at, u.id),
        keys(at, u.id, start_of(at.day + 1) - 1),  # told to everybody for a whole day
        tuple(a.id for a in binding(at, u.id)),
        day_or_none(at.inst.on(at.day).leaving.get(u.id)),
        len(at.index.of("actor", u.id, at.size)),
    )


def history(at: AsOf, unit: str) -> tuple[EventOut, ...]:
    """How a unit came and went, the first change first."""
    return tuple(filled(EventOut, e, day=iso(e.day)) for e in roll_of(at).history.get(unit, ()))


def keys(at: AsOf, unit: str, time: int) -> tuple[KeyOut, ...]:
    """A unit's keys, and whether each can sign at that time."""
    return tuple(KeyOut(key, k.alg, k.valid_at(at.size, time)) for key, k in at.inst.keys_of(unit).items())


# -- lists


class ListInfo(msgspec.Struct, frozen=True):
    """A periodic list as published."""

    number: int
    begins: Date
    ends: Date
    object: Digest
    index: int
    day: Date
    late_days: int


class Lists(msgspec.Struct, frozen=True):
    """Every periodic list, the first one first."""

    items: tuple[ListInfo, ...]


class Listed(msgspec.Struct, frozen=True):
    """A unit on a list, and since or until when; `former`: of one that took another name, what it was called.

    Of a correction: which earlier list, `list`, had it `listed` wrongly, as what (left, ended, renamed to `listed_name`).
    """

    unit: str
    name: str
    code: str
    on: Date
    list: int | None = None
    former: str = ""
    listed: Literal["", "left", "ended", "renamed"] = ""
    listed_name: str = ""


class ListOut(msgspec.Struct, frozen=True):
    """A list with its content."""

    info: ListInfo
    joined: tuple[Listed, ...]
    left: tuple[Listed, ...]
    ended: tuple[Listed, ...]
    renamed: tuple[Listed, ...]
    corrected: tuple[Listed, ...]


def list_info(x: RollList) -> ListInfo:
    """A list without its content."""
    return filled(ListInfo, x, begins=iso(x.begins), ends=iso(x.ends), day=iso(x.day))


def lists(at: AsOf) -> tuple[ListInfo, ...]:
    """Every list, the first one first."""
    return tuple(map(list_info, at.inst.lists))


def list_out(at: AsOf, number: int) -> ListOut | None:
    """One list as it was published; None where there is none of that number."""
    if not 1 <= number <= len(at.inst.lists):
        return None
    shown = at.inst.lists[number - 1]
    content: dict[str, Any] = canonical.decode(at.object(shown.object) or b"")
    return ListOut(
        list_info(shown),
        *(tuple(msgspec.convert(content.get(part, []), list[Listed])) for part in LISTED),
    )
