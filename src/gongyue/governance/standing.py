"""Who stands where: units, officers and keys, which every matter shares."""

from __future__ import annotations

import msgspec

from gongyue.covenant.periods import Deadline


class Unit(msgspec.Struct, frozen=True):
    """A unit 单位 as the open book knows it.

    `status`: invited | initiator | member | left | ended; `since` and `until` are Beijing days (ordinals) of the
    present or last membership; `alliance`: it is on the alliance's own roll; `notice`: the entry of its last notice of
    withdrawal, −1 for none; `before`: since when the membership had run that ended last.
    """

    id: str
    name: str
    code: str
    status: str = "invited"
    since: int = 0
    until: int = 0
    activities: tuple[str, ...] = ()
    other: str = ""
    alliance: bool = False
    notice: int = -1
    before: int = 0


class Tenure(msgspec.Struct, frozen=True):
    """One office held from a day to a day, both included."""

    office: str
    begins: int
    ends: int


class Officer(msgspec.Struct, frozen=True):
    """A person in the service of the executing body, known by an opaque id, with the offices it holds or held."""

    id: str
    tenures: tuple[Tenure, ...] = ()

    def held(self, day: int) -> set[str]:
        """The offices held on that day."""
        return {t.office for t in self.tenures if t.begins <= day <= t.ends}


class Key(msgspec.Struct, frozen=True):
    """A registered key: whose, its algorithm, from which index and time it is valid, until which."""

    holder: str
    alg: str
    since: int
    valid_from: int
    until: int | None = None
    valid_to: int | None = None

    def valid_at(self, index: int, time: int) -> bool:
        """Valid for an open act at `index`, arriving at `time` (revocation works by index)."""
        return self.since <= index and self.valid_when(time) and (self.until is None or index < self.until)

    def valid_when(self, time: int) -> bool:
        """Valid for a sealed act that arrived at `time`: sealed acts have no index in the open book."""
        return self.valid_from <= time and (self.valid_to is None or time < self.valid_to)


class Event(msgspec.Struct, frozen=True):
    """A change of the roll: joined | left | ended, on which day, by which entry."""

    unit: str
    what: str
    day: int
    index: int


class Disavowal(msgspec.Struct, frozen=True):
    """How a unit undoes what was recorded from paper in its name: by which act, with which fields, until when.

    `ends` is the first second at which it is too late; `closed`: it is already, whatever the time.
    """

    act: str
    fields: dict[str, int | str]
    ends: int
    closed: bool = False

    def possible(self, time: int) -> bool:
        """Whether the unit can still disavow at that time."""
        return not self.closed and time < self.ends


class Duty(msgspec.Struct, frozen=True):
    """Something due: what, for whom, by which article and value, target and last day, whether the office can do it."""

    what: str
    matter: str
    whose: str
    article: int
    basis: str
    target: int
    last: int
    calendar_known: bool
    act: str

    @classmethod
    def of(cls, what: str, matter: str, whose: str, article: int, basis: str, end: Deadline, act: str) -> Duty:
        """The duty that ends with a deadline."""
        return cls(what, matter, whose, article, basis, end.target, end.last, end.calendar_known, act)
