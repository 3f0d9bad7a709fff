"""Votes: the frozen roll, the window, turnout, the close at which anyone counts again (articles 22, 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.counting import share_text
from gongyue.covenant.periods import Deadline, day_of, start_of
from gongyue.governance.acts import SYSTEM, Body, Filing, Opening, act
from gongyue.governance.ballots import (
    Turnout,
    Vote,
    cast,
    opened_casts,
    outcome_of,
    standing_choices,
    still_here,
    summary_of,
    tally,
    vote_on,
)
from gongyue.governance.fields import Count, MatterId
from gongyue.governance.standing import Duty
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


@act(
    "vote.open/1",
    by=SYSTEM,
    article=22,
    clause="amendment.adoption",
    uses=("amendment.adoption", "P6", "vote.ballots"),
    example={"matter": "p:2026-01", "closes": 1795622400, "roll": 37},
)
class Open(Body, frozen=True):
    """Opens the vote on a proposed amendment or an initiated annex: the roll is frozen, the window set by P6."""

    matter: MatterId
    closes: Count
    roll: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.matter in inst.votes:
            raise OutOfTurn("exists", "vote.open/1", what=self.matter)
        proposal, annex = inst.proposals.get(self.matter), inst.annexes.get(self.matter)
        if (proposal is None or proposal.stage != "proposed") and (annex is None or annex.stage != "consultation"):
            raise OutOfTurn("not-open", "vote.open/1", can="amendment.file/1 | annex.initiate/1")
        yield rules.statement_is_the_count(
            f"roll {self.roll}, closes {self.closes}", f"roll {len(inst.members)}, closes {_closes(inst, filing.day)}"
        )

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        scope = set(inst.annexes[self.matter].scope) if self.matter in inst.annexes else set()
        branch = {uid for uid in inst.members if scope & set(inst.units[uid].activities)} if scope else set()
        vote = Vote(
            self.matter,
            inst.members,
            filing.time,
            self.closes,
            share_text(inst.meaning.share("amendment.adoption")),
            inst.meaning.choice("vote.ballots") == "public",
            frozenset(branch),
        )
        return replace(inst, votes=inst.votes.set(self.matter, vote))


def _closes(inst: Institution, day: int) -> int:
    """The end of the window's last day, 24:00 Beijing."""
    return start_of(inst.deadline("P6", day).last + 1)


def opening_statement(inst: Institution, day: int) -> tuple[int, int]:
    """What `vote.open` must state on that day: (closes, roll)."""
    return _closes(inst, day), len(inst.on(day).members)


@act(
    "vote.turnout/1",
    by=SYSTEM,
    article=22,
    clause="amendment.adoption",
    counts="matter",
    example={"matter": "p:2026-01", "anchor": 20500, "voted": 12},
)
class StateTurnout(Body, frozen=True):
    """States, after an anchor, how many units have voted so far; the split shows only at close.

    The office, which can open the ballots, does not record a false one; everybody else checks it at close.
    """

    matter: MatterId
    anchor: Count
    voted: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        vote = vote_on(inst, self.matter)
        anchor = inst.anchors[-1] if inst.anchors else None
        if anchor is None or anchor.slot != self.anchor or anchor.time < vote.opened or vote.outcome:
            raise OutOfTurn("anchor-order", "vote.turnout/1", slot=self.anchor)
        if vote.turnouts and vote.turnouts[-1].anchor == self.anchor:
            raise OutOfTurn("already", "vote.turnout/1")
        if self.voted > len(vote.roll):
            yield rules.statement_is_the_count(f"turnout {self.voted}", f"≤ {len(vote.roll)}")
        if filing.given.cast is not None:
            counted = len(standing_choices(map(cast, filing.given.cast), anchor.size))
            yield rules.statement_is_the_count(f"turnout {self.voted}", f"turnout {counted}")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        vote = inst.votes[self.matter]
        stated = Turnout(self.anchor, inst.anchors[-1].size, self.voted)
        return replace(inst, votes=inst.votes.set(vote.id, replace(vote, turnouts=(*vote.turnouts, stated))))


@act(
    "vote.close/1",
    by=SYSTEM,
    article=22,
    clause="amendment.adoption",
    opening="ballots",
    example={
        "matter": "p:2026-01",
        "anchor": 20531,
        "ballots": _DIGEST,
        "consents": 26,
        "against": 6,
        "abstain": 2,
        "consents_left": 25,
        "roll_left": 36,
        "outcome": "adopted",
    },
)
class Close(Body, frozen=True):
    """Closes the vote after the first anchor past its end: opens every ballot, superseded ones too, and counts.

    `ballots` is the object of openings; empty where the adopted reading opens ballots to members only: then the
    count is checked by whoever holds the openings, and by others in form only.
    """

    matter: MatterId
    anchor: Count
    ballots: Annotated[str, Meta(pattern=r"\A(?:|sha256:[0-9a-f]{64})\Z")]
    consents: Count
    against: Count
    abstain: Count
    consents_left: Count
    roll_left: Count
    outcome: Literal["adopted", "rejected"]

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        vote = vote_on(inst, self.matter)
        if vote.outcome:
            raise OutOfTurn("already", "vote.close/1")
        anchor = inst.anchors[-1] if inst.anchors else None
        if anchor is None or anchor.slot != self.anchor:
            raise OutOfTurn("anchor-order", "vote.close/1", slot=self.anchor)
        if not vote.turnouts or vote.turnouts[-1].anchor != self.anchor:
            raise OutOfTurn("no-turnout", "vote.close/1", can="vote.turnout/1")
        voted = self.consents + self.against + self.abstain
        yield rules.window_has_ended(vote.closes - anchor.time, voted, len(vote.roll))
        if vote.public:
            yield from self._recount(inst, vote, filing.opening(self.ballots), anchor.size)
        elif self.ballots:
            raise OutOfTurn("wrong-statement", "vote.close/1", what="ballots")
        else:
            yield rules.statement_is_possible(voted, len(vote.roll), self.consents, self.consents_left)
            roll_left = len(still_here(inst, vote))
            outcome = outcome_of(vote.share, self.consents, len(vote.roll), self.consents_left, roll_left)
            yield rules.statement_is_the_count(f"{self.roll_left}, {self.outcome}", f"{roll_left}, {outcome}")

    def _recount(self, inst: Institution, vote: Vote, openings: tuple[Opening, ...], size: int) -> Iterator[Ruling]:
        casts = yield from opened_casts(inst, vote, openings, size)
        for turnout in vote.turnouts:
            counted = len(standing_choices(casts, turnout.size))
            yield rules.statement_is_the_count(
                f"turnout {turnout.voted} (anchor {turnout.anchor})", f"turnout {counted} (anchor {turnout.anchor})"
            )
        yield rules.statement_is_the_count(self._statement(), tally(inst, vote, standing_choices(casts, size)).summary)

    def _statement(self) -> str:
        return summary_of(self.consents, self.against, self.abstain, self.consents_left, self.roll_left, self.outcome)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        vote = inst.votes[self.matter]
        branch = 0
        if vote.public and vote.branch:
            casts = [cast(o) for o in filing.opening(self.ballots)]
            choices = standing_choices(casts, inst.anchors[-1].size)
            branch = sum(choices.get(uid) == "consent" for uid in vote.branch)
        closed = replace(
            vote,
            outcome=self.outcome,
            consents=self.consents,
            against=self.against,
            abstain=self.abstain,
            consents_left=self.consents_left,
            roll_left=self.roll_left,
            branch_consents=branch,
            closed_index=filing.index,
        )
        return replace(inst, votes=inst.votes.set(vote.id, closed))


def duties(inst: Institution) -> Iterator[Duty]:
    """A vote whose window has ended is closed after the first anchor past its end."""
    for vote in inst.votes.values():
        if not vote.outcome:
            last = day_of(vote.closes)  # the first day on which it can be closed
            what = "结束表决 / close the vote"
            yield Duty.of(what, vote.id, "exec", 22, "P6", Deadline(last, last, True), "vote.close/1")
