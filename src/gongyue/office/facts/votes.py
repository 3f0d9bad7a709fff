"""Votes (articles 22, 24): turnout and threshold while one is open; what was counted once it is closed."""

from __future__ import annotations

from typing import Literal

import msgspec

from gongyue.covenant.counting import voters_needed
from gongyue.covenant.periods import day_of
from gongyue.governance.fields import Digest
from gongyue.governance.poll import Vote
from gongyue.office.facts.shapes import AsOf, body_at, filled


class VoteOut(msgspec.Struct, frozen=True):
    """A vote. While it is open only turnout and threshold are told; the split appears at close.

    `share` of the `base`: whose consents are counted (of the whole roll, of those voting or present, of a branch's roll); `enough`:
    the fewest consents that can suffice now; `quorum`: how many of the roll must vote (`must_vote`, 0 for any number), else
    nothing is adopted; `…_left`: of those members to the end; `ballots`: the object of opened ballots.
    """

    id: str
    opened: int
    closes: int
    roll: int
    share: str
    base: Literal["roll", "voting", "present", "branch"]
    quorum: str | None
    must_vote: int
    enough: int
    voted: int
    outcome: Literal["open", "adopted", "rejected", "no_quorum"]
    consents: int | None
    against: int | None
    abstain: int | None
    consents_left: int | None
    voted_left: int | None
    roll_left: int | None
    ballots: Digest | None
    closed_index: int | None

    @property
    def closed(self) -> bool:
        """Whether it was counted."""
        return self.closed_index is not None

    @property
    def silent(self) -> int:
        """How many of the roll have not voted."""
        return self.roll - self.voted


class Votes(msgspec.Struct, frozen=True):
    """Every vote."""

    items: tuple[VoteOut, ...]


COUNTS = ("consents", "against", "abstain", "consents_left", "voted_left", "roll_left")
"""What is told at close only."""


def closed_early(v: Vote) -> bool:
    """Whether it was counted before its window had ended, since all had voted; `closes` is the first second after it."""
    return bool(v.outcome) and v.closed_day < day_of(v.closes)


def vote_out(at: AsOf, v: Vote) -> VoteOut:
    """What is told of a vote."""
    closed = v.closed_index
    ballots = body_at(at, closed)["ballots"] if closed is not None else ""
    told = dict.fromkeys(COUNTS) if closed is None else {}
    return filled(
        VoteOut,
        v,
        roll=len(v.roll),
        share=v.share.text,
        base=v.share.base,
        quorum=v.quorum.text if v.quorum else None,
        must_vote=voters_needed(v.quorum, len(v.roll)),
        enough=v.needed,
        outcome=v.outcome or "open",
        ballots=ballots or None,
        **told,
    )


def votes(at: AsOf) -> tuple[VoteOut, ...]:
    """Every vote, in the order in which they were opened."""
    return tuple(vote_out(at, v) for v in sorted(at.inst.votes.values(), key=lambda v: (v.opened, v.id)))


def open_votes(at: AsOf) -> list[VoteOut]:
    """The votes under way, the earliest to end first."""
    known = (v for v in at.inst.votes.values() if not v.outcome)
    return [vote_out(at, v) for v in sorted(known, key=lambda v: (v.closes, v.id))]


def closed_votes(at: AsOf) -> list[VoteOut]:
    """The votes counted, the latest first."""
    known = (v for v in at.inst.votes.values() if v.outcome)
    return [vote_out(at, v) for v in sorted(known, key=lambda v: -(v.closed_index or 0))]
