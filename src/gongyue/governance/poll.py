"""A vote as it stands: its roll, its state, and who on its roll is still here."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING, Literal, get_args

from immutables import Map
from msgspec import Struct

from gongyue.covenant.counting import Count, Share, consents_needed
from gongyue.covenant.periods import DAY, Period, day_of, start_of
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.recovery import runs_until
from gongyue.governance.registry import Event

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

Choice = Literal["consent", "against", "abstain"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
CLOSED = ("consents", "against", "abstain")
"""How many chose each, by the names under which a close states it."""
Outcome = Literal["adopted", "rejected", "no_quorum"]


class Turnout(Struct, frozen=True):
    """How many units had voted, as stated after an anchor of the sealed book; `paper`: how many of them on paper.

    `index`: the entry that states it, by which it is held against what was known then.
    """

    anchor: int
    size: int
    voted: int
    paper: int
    index: int

    @property
    def summary(self) -> str:
        """The turnout in one line, as what is stated is compared with what is counted."""
        return f"turnout {self.voted}" + (f" ({self.paper} paper)" if self.paper else "")


class Vote(Struct, frozen=True):
    """A vote on a matter. `roll` maps each unit to the day it was a member since; where the share is of a branch, its units.

    `share`, of whom, and `quorum` are as they stood at opening. Counts are 0 until close. `branch`: the units of an annex's
    branch at opening; `paper`: P18 as the matter has it; `closed_day`: the day it was closed, from which on what it adopted
    is adopted.
    """

    id: str
    roll: Map[str, int]
    opened: int
    closes: int
    share: Share
    public: bool
    opened_index: int
    paper: Period
    quorum: Share | None = None
    branch: frozenset[str] = frozenset()
    turnouts: tuple[Turnout, ...] = ()
    outcome: str = ""
    consents: int = 0
    against: int = 0
    abstain: int = 0
    consents_left: int = 0
    voted_left: int = 0
    roll_left: int = 0
    on_paper: tuple[int, int, int] = (0, 0, 0)
    branch_consents: int = 0
    closed_index: int | None = None
    closed_day: int = 0

    @property
    def voted(self) -> int:
        """How many units had voted: by the turnout last stated, once it is closed by its ballots."""
        if self.outcome:
            return self.consents + self.against + self.abstain
        return self.turnouts[-1].voted if self.turnouts else 0

    @property
    def whole(self) -> Count:
        """What the first test counts: the whole roll."""
        return Count(self.consents, self.voted, len(self.roll))

    @property
    def left(self) -> Count:
        """What the second test counts: those of the roll that are members still."""
        return Count(self.consents_left, self.voted_left, self.roll_left)

    @property
    def needed(self) -> int:
        """The fewest consents that can suffice, as many having voted as have; of those still members it is another test."""
        return consents_needed(self.share, self.quorum, len(self.roll), max(1, self.voted))


def vote_on(inst: Institution, id: str) -> Vote:
    """The vote on a matter; OutOfTurn if there is none."""
    try:
        return inst.votes[id]
    except KeyError:
        raise OutOfTurn("not-found", "vote", what=id) from None


def still_here(inst: Institution, vote: Vote, day: int, size: int | None = None) -> set[str]:
    """The units of the roll that were members from its freezing to the end of the window, or to `day` where that is earlier.

    As known after `size` entries, by default after all and what falls due that day. What others recorded from paper takes
    nobody out of its vote unless the unit was told of it, as of a ballot on paper, P18 before the end of the window, or
    before the day of an early close: whatever day it bears, its unit could no longer disavow it in time.

    Whoever left meanwhile and came back is a member since a later day; who leaves after the window was here for its vote.
    """
    end, known = min(day_of(vote.closes), day), _known(inst, size)
    waited = start_of(end) - vote.paper.n * DAY
    gone = (
        e
        for e in _endings(inst, vote, min(day, day_of(vote.closes) - 1), known)
        if _told(inst, e.notice, known) <= waited
    )
    return set(vote.roll) - {e.unit for e in gone}


def awaited(inst: Institution, vote: Vote, day: int, size: int | None = None) -> set[str]:
    """The units of the roll whose signed ballots an early close on that day needs: all but those that left by a notice of theirs.

    By one that they can no longer disavow, as they can one that was signed with a first key they were not told of. A membership
    that ended otherwise, its enrolment disavowed say, shortens no window.
    """
    known = _known(inst, size)
    assert inst.genesis is not None
    waited = start_of(day) - inst.genesis.recovery_days * DAY
    by_notice = (e for e in _endings(inst, vote, day, known) if e.what == "left" and e.notice >= 0)
    gone = (
        e for e in by_notice if _told(inst, e.notice, known) <= waited and _key_told(inst, e.notice, known) <= waited
    )
    return set(vote.roll) - {e.unit for e in gone}


def left_by(inst: Institution, vote: Vote, unit: str, index: int) -> bool:
    """Whether a unit of the roll had left, or its membership ended, between the vote's opening and the entry at `index`.

    By a notice that stated a day it had left before the entry at which that day was seen to have come.
    """
    known = _known(inst, vote.closed_index)
    return any(e.unit == unit and vote.opened_index < e.index <= index and e.ends(known) for e in inst.events.values())


def _known(inst: Institution, size: int | None) -> int:
    """How many entries are known: that many, or all and the one to come."""
    return inst.size + 1 if size is None else size


def _endings(inst: Institution, vote: Vote, day: int, known: int) -> Iterator[Event]:
    """What ended a membership since the roll froze, by that day."""
    later = (e for e in inst.events.values() if vote.opened_index < e.index < known and e.day <= day)
    return (e for e in later if e.ends(known))


def _told(inst: Institution, entry: int, known: int) -> float:
    """Since when its unit has known of what others recorded in its name, so that it could disavow it.

    −∞ of what is its own, ∞ where it was not told.
    """
    paper = inst.papers.get(entry)
    if paper is None:
        return -inf
    return runs_until(inst, paper.index, paper.told) if paper.told and paper.index < known else inf


def _key_told(inst: Institution, entry: int, known: int) -> float:
    """Since when its unit has known of the first key that signed that entry; −∞ where that could no longer be disavowed then."""
    return _told(inst, inst.signed[entry].first, known) if entry in inst.signed else -inf


def is_still_here(inst: Institution, vote: Vote, unit: str) -> bool:
    """Whether a unit of the roll has been a member ever since it froze."""
    return unit in inst.members and inst.units[unit].changed <= vote.opened_index
