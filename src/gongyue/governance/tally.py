"""The tally of a vote: what stands counted whole and of those still here, and the outcome by its share and quorum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.covenant.counting import Count, quorate, reaches
from gongyue.covenant.rulings import Ruling
from gongyue.governance.ballots import Cast
from gongyue.governance.poll import (
    CHOICES,
    CLOSED,
    Outcome,
    Turnout,
    Vote,
    still_here,
)
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


class Tally(Struct, frozen=True):
    """The count of a vote at close, with both tests' numbers; `on_paper`: of each choice, how many came on paper.

    `…_left`: of those that are members still, how many consented, voted at all, and are on the roll.
    """

    consents: int
    against: int
    abstain: int
    consents_left: int
    voted_left: int
    roll_left: int
    outcome: str
    on_paper: tuple[int, int, int]

    @property
    def voted(self) -> int:
        """How many units stood by a ballot."""
        return self.consents + self.against + self.abstain

    @property
    def left(self) -> Count:
        """The same of those that are members still."""
        return Count(self.consents_left, self.voted_left, self.roll_left)

    @property
    def fields(self) -> dict[str, int | str]:
        """As `vote.close` states it."""
        said = {name: getattr(self, name) for name in self.__struct_fields__ if name != "on_paper"}
        paper = {f"paper_{name}": count for name, count in zip(CLOSED, self.on_paper, strict=True)}
        return {**said, **paper}

    @property
    def summary(self) -> str:
        """The tally in one line, as what is stated is compared with what is counted."""
        chosen = f"{self.consents}+{self.against}+{self.abstain}"
        paper = f" ({'+'.join(map(str, self.on_paper))} paper)" if any(self.on_paper) else ""
        return f"{chosen}{paper}, {self.consents_left}/{self.voted_left}/{self.roll_left}, {self.outcome}"


def stated_of(vote: Vote) -> Tally:
    """The count that was stated at its close."""
    return Tally(*(getattr(vote, name) for name in Tally.__struct_fields__))


def turnout(choices: Mapping[str, Cast], anchor: int, size: int, index: int) -> Turnout:
    """How many units stand by a choice among the first `size` sealed leaves, as entry `index` must state it."""
    return Turnout(anchor, size, len(choices), sum(one.paper for one in choices.values()), index)


def all_signed(choices: Mapping[str, Cast], awaited: Set[str]) -> bool:
    """Whether every unit whose ballot an early close needs stands by one it signed."""
    return all(unit in choices and not choices[unit].paper for unit in awaited)


def tally(inst: Institution, vote: Vote, choices: Mapping[str, Cast], day: int) -> Tally:
    """Counts the choices and applies both tests, at a close on that day."""
    return tally_of(vote, choices, still_here(inst, vote, day))


def tally_of(vote: Vote, choices: Mapping[str, Cast], still: Set[str]) -> Tally:
    """The count, `still` being the units of the roll that have been members ever since."""
    chosen = Counter((one.choice, one.paper) for one in choices.values())
    paper = (chosen["consent", True], chosen["against", True], chosen["abstain", True])
    consents, against, abstain = (chosen[c, False] + p for c, p in zip(CHOICES, paper, strict=True))
    left = [one.choice for unit, one in choices.items() if unit in still]
    whole = Count(consents, len(choices), len(vote.roll))
    remaining = Count(left.count("consent"), len(left), len(still))
    outcome = outcome_of(vote, whole, remaining)
    return Tally(consents, against, abstain, *_numbers(remaining), outcome, paper)


def _numbers(count: Count) -> tuple[int, int, int]:
    return count.consents, count.voted, count.roll


def outcome_of(vote: Vote, whole: Count, left: Count) -> Outcome:
    """Adopted if both tests reach the share, else rejected; either only if as many voted as the quorum asks, in both."""
    if vote.quorum is not None and not all(quorate(vote.quorum, count).holds for count in (whole, left)):
        return "no_quorum"
    return "adopted" if all(reaches(vote.share, count).holds for count in (whole, left)) else "rejected"


def opened_at_close(unit: str, index: int, opened: bool) -> Ruling:
    """Whether a ballot that its unit disclosed is among those opened at the close of its vote."""
    return rules.ballot_is_among_those_opened(unit, index, opened)
