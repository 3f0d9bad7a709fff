"""Units, officers and keys: state shared by all matters."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from gongyue.covenant.periods import Deadline, Period
from gongyue.covenant.values import Meaning

NEVER = 253_370_764_800
"""The second at which ends what has no end yet: 9999-01-01, later than any act. Nobody was told from when on it runs."""


def known(time: int | None) -> int:
    """The second, 0 where it is not known yet, or there is none."""
    return 0 if time is None or time >= NEVER else time


class Unit(msgspec.Struct, frozen=True):
    """A unit 单位 as the open book knows it.

    `status`: invited | initiator | member | left | ended; `since` and `until` are Beijing days (ordinals) of the
    present or last membership; `alliance`: it is on the alliance's own roll; `notice`: the entry of its last notice of
    withdrawal, −1 for none; `changed`: the entry by
    which it last became a member or ceased to be one, −1 for none; `former`: the names it had before, the first one first.
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
    changed: int = -1
    former: tuple[str, ...] = ()

    @property
    def known_from(self) -> int:
        """How large the open book was when its last joining or leaving was there to be seen.

        Whoever left on a day stated before had left by the time the next act was recorded, not only after it.
        """
        by_its_day = self.status == "left" and self.notice < self.changed
        return self.changed + (not by_its_day)

    @property
    def stands_by(self) -> int:
        """The entry by which it is a member or is none any more, −1 for none; of whoever left by a notice that notice."""
        return self.notice if self.status == "left" and self.notice >= 0 else self.changed


class Tenure(msgspec.Struct, frozen=True):
    """One office held from a day to a day, both included, by the appointment recorded at `index`."""

    office: str
    begins: int
    ends: int
    index: int


class Officer(msgspec.Struct, frozen=True):
    """A person in the service of the executive body, known by an opaque id, with the offices it holds or held.

    `interests`: the commitment to what it last declared, on the day `declared`; empty and 0 where it never did.
    """

    id: str
    tenures: tuple[Tenure, ...] = ()
    interests: str = ""
    declared: int = 0

    def held(self, day: int) -> set[str]:
        """The offices held on that day."""
        return {t.office for t in self.tenures if t.begins <= day <= t.ends}


class Key(msgspec.Struct, frozen=True):
    """A registered key: whose, its algorithm, from which index and time it is valid, until which; when it was registered.

    `ending`: the paper that will end it, (entry, second): each may be disavowed until then, and then no longer counts.
    `NEVER` is the second from which it is valid, or at which it ends, as long as nobody told its holder of that paper.
    `disavowed`: the entry by which what had brought it was disavowed, −1 for none.
    """

    holder: str
    alg: str
    since: int
    valid_from: int
    registered: int
    until: int | None = None
    valid_to: int | None = None
    ending: tuple[tuple[int, int], ...] = ()
    disavowed: int = -1

    @property
    def was_one(self) -> bool:
        """Whether it ever was its holder's: what registered it was not disavowed."""
        return self.until is None or self.until >= self.since

    def ended(self, time: int) -> bool:
        """Whether it has ended by that time, for good, or never was its holder's."""
        return self.until is not None or (self.valid_to is not None and self.valid_to <= time)

    def stays(self, time: int) -> bool:
        """Valid at that time, and nothing is under way that will end it."""
        return self.valid_when(time) and self.valid_to is None

    def closed(self, index: int, time: int) -> Key:
        """No longer valid from `index` on, and for sealed acts after the second `time`.

        A ballot that arrived in that second was accepted with it, and must still be when it is opened.
        """
        return replace(self, until=index, valid_to=time + 1)

    def disowned(self, index: int, time: int, by: int) -> Key:
        """Never its holder's: what brought it at `index` was disavowed at `time`, by entry `by`; where it was valid, it is no longer."""
        if self.until is not None:
            return replace(self, until=min(self.until, index), disavowed=by)
        return replace(self, until=index, valid_to=time + 1 if self.valid_from <= time else 0, disavowed=by)

    def known_false(self, size: int) -> bool:
        """Whether it was known after `size` entries that it never was its holder's."""
        return 0 <= self.disavowed < size

    def ending_by(self, index: int, time: int) -> Key:
        """Valid until the second `time`, by the paper recorded at `index`."""
        return self._ending((*self.ending, (index, time)))

    def kept_from(self, index: int) -> Key:
        """Without the end that the paper recorded at `index` put to it."""
        return self._ending(tuple([one for one in self.ending if one[0] != index]))

    def told(self, index: int, time: int) -> Key:
        """With what the paper recorded at `index` does to it taking effect at `time`: until now it had no day."""
        if self.since == index + 1 and self.valid_from == NEVER:
            return replace(self, valid_from=time)
        return self._ending(tuple([(one, time if one == index else end) for one, end in self.ending]))

    def run_again(self, back: int, time: int) -> Key:
        """With every delay that ended after `back` and up to `time` running again from `time` on."""

        def later(end: int) -> int:
            return end + time - back if back < end <= time else end

        moved = self._ending(tuple([(index, later(end)) for index, end in self.ending]))
        return replace(moved, valid_from=later(self.valid_from))

    def _ending(self, ending: tuple[tuple[int, int], ...]) -> Key:
        if self.until is not None:  # it has ended otherwise, and stays so
            return self
        return replace(self, ending=ending, valid_to=min((end for _, end in ending), default=None))

    def valid_at(self, index: int, time: int) -> bool:
        """Valid for an open act at `index`, arriving at `time` (revocation works by index)."""
        return self.since <= index and self.valid_when(time) and (self.until is None or index < self.until)

    def valid_when(self, time: int) -> bool:
        """Valid for a sealed act that arrived at `time`: sealed acts have no index in the open book."""
        return self.valid_between(time, time)

    def valid_between(self, begins: int, ends: int) -> bool:
        """Valid at some time between the two, both included."""
        return self.valid_from <= ends and (self.valid_to is None or begins < self.valid_to)


class Renamed(msgspec.Struct, frozen=True):
    """A unit that took another name, on which day, by which entry.

    It had not where it was undone, by the entry `by`: kept only since list no. `listed` had said so, 0 for none.
    """

    unit: str
    former: str
    name: str
    day: int
    index: int
    by: int = -1
    listed: int = 0


class Event(msgspec.Struct, frozen=True):
    """A change of the roll: joined | left | ended | undone, on which day, by which entry.

    `undone`: the unit had not left, the notice was none of its own, or the end of its membership was voided; since entry `by`,
    and stated as it `was`, left or ended, in list no. `listed`, 0 for none. `notice`: the entry of the notice by which it left, -1 where it was by none.
    """

    unit: str
    what: str
    day: int
    index: int
    notice: int = -1
    by: int = -1
    listed: int = 0
    was: str = ""

    def ends(self, size: int) -> bool:
        """Whether it ends a membership, as known after `size` entries."""
        return self.what in {"left", "ended"} or (self.what == "undone" and self.by >= size)


class Pinned(msgspec.Struct, frozen=True):
    """What a proposal or an annex goes by to its end, as it stood when it was initiated: no later interpretation reaches it.

    `window`: P6; `paper`: P18; `filing`: P19; `ballots` and, of an annex, `binds`: the choices of those readings; `authority`:
    what the text, or its reading, asks of the authority once a change is adopted (`approve`, `file`, `none`).
    """

    window: Period
    paper: Period
    filing: Period
    ballots: str
    authority: str
    binds: str

    @classmethod
    def of(cls, meaning: Meaning) -> Pinned:
        """As it stands now; OutOfTurn before the procedure is adopted."""
        window, paper, filing = (meaning.period(name) for name in ("P6", "P18", "P19"))
        ballots, binds = meaning.choice("vote.ballots"), meaning.choice("annex.binds")
        return cls(window, paper, filing, ballots, meaning.amendment_authority, binds)


VOTING = ("P6", "P18", "vote.ballots")
PINNED = (*VOTING, "P19", "amendment.authority")
"""What is pinned, of any vote and of a proposal: whoever initiates a matter says so under these."""


class Disavowal(msgspec.Struct, frozen=True):
    """How a unit undoes what was recorded from paper in its name: by which act, with which fields, until when.

    `ends` is the first second at which it is too late, `NEVER` while nobody told the unit; `closed`: it is already,
    whatever the time. `days`: how long it lasts from when the unit is told, 0 where it ends with a vote.
    """

    act: str
    fields: dict[str, int | str]
    ends: int
    closed: bool = False
    days: int = 0

    @property
    def untold(self) -> bool:
        """Whether it runs without end, because the unit was not told."""
        return self.ends >= NEVER

    def possible(self, time: int) -> bool:
        """Whether the unit can still disavow at that time."""
        return not self.closed and time < self.ends


class Duty(msgspec.Struct, frozen=True):
    """Something due: what, for whom, by which article and value, target and last day, whether the office can do it.

    `entry`: the entry of the open book that it is about, where there is one. `lapses`: past its last day nothing is owed.
    `about`: by and about whom its act is, where an order may suspend it: kept to the list, and told nobody.
    """

    what: str
    matter: str
    whose: str
    article: int
    basis: str
    target: int
    last: int
    calendar_known: bool
    act: str
    entry: int | None = None
    lapses: bool = False
    about: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        what: str,
        matter: str,
        whose: str,
        article: int,
        basis: str,
        end: Deadline,
        act: str,
        entry: int | None = None,
        lapses: bool = False,
    ) -> Duty:
        """The duty that ends with a deadline."""
        return cls(what, matter, whose, article, basis, end.target, end.last, end.calendar_known, act, entry, lapses)
