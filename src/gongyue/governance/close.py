"""The close of a vote: its ballots opened, counted anew from what was handed over, and stated (article 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from gongyue.covenant import counting
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import SYSTEM, Body, Filing, act
from gongyue.governance.ballots import casts, opened_ballots, standing_choices
from gongyue.governance.fields import Count, MatterId
from gongyue.governance.paper_ballots import counted, waits_until
from gongyue.governance.poll import Outcome, Vote, awaited, still_here, vote_on
from gongyue.governance.tally import Tally, outcome_of, tally, turnout
from gongyue.governance.vote import HandedOpenings, Openings
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


_DIGEST = "sha256:" + "00" * 32


@act(
    "vote.close/1",
    by=SYSTEM,
    clause="amendment.adoption",
    opening="ballots",
    handed="handed",
    example={
        "matter": "p:2026-01",
        "anchor": 20531,
        "ballots": _DIGEST,
        "handed": "",
        "consents": 26,
        "against": 6,
        "abstain": 2,
        "paper_consents": 1,
        "paper_against": 0,
        "paper_abstain": 0,
        "consents_left": 25,
        "voted_left": 33,
        "roll_left": 36,
        "outcome": "adopted",
    },
)
class Close(Body, frozen=True):
    """Closes the vote after the first anchor past its end: opens every ballot, superseded ones too, and counts.

    `ballots` is the object of openings, published. Where the adopted reading opens ballots to members only it is empty,
    and `handed` the digest of the openings that every unit of the roll is handed: with them anyone counts again, without
    them the count is checked in form only. `paper_…`: how many of each came on paper. `…_left`: of those still members, how
    many consented, voted at all, and are on the roll; units that left count as here where they were members to the end of
    the window, whenever it is closed. `no_quorum`: too few voted, nothing is adopted.
    """

    matter: MatterId
    anchor: Count
    ballots: Openings
    handed: HandedOpenings
    consents: Count
    against: Count
    abstain: Count
    paper_consents: Count
    paper_against: Count
    paper_abstain: Count
    consents_left: Count
    voted_left: Count
    roll_left: Count
    outcome: Outcome

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        vote = vote_on(inst, self.matter)
        if vote.outcome:
            raise OutOfTurn("already", "vote.close/1")
        anchor = inst.anchors[-1] if inst.anchors else None
        if anchor is None or anchor.slot != self.anchor:
            raise OutOfTurn("anchor-order", "vote.close/1", slot=self.anchor)
        if not vote.turnouts or vote.turnouts[-1].anchor != self.anchor or _disavowed_since(inst, vote):
            raise OutOfTurn("no-turnout", "vote.close/1", can="vote.turnout/1")
        stated, still = self.tally, len(still_here(inst, vote, filing.day))
        needed = len(awaited(inst, vote, filing.day))
        signed = min(needed, stated.voted - sum(stated.on_paper))
        yield rules.window_has_ended(vote.closes - anchor.time, signed, needed)
        if bool(self.ballots) != vote.public or bool(self.handed) == vote.public:
            raise OutOfTurn("wrong-statement", "vote.close/1", what="ballots, handed").saying(
                what=("选票向谁公开", "to whom the ballots are opened")
            )
        if vote.public or self.handed in filing.given.openings:
            yield from self._recount(inst, vote, filing)
        else:
            yield from self._possible(vote, still)
            yield from self._as_the_turnout_says(vote, still)

    def _recount(self, inst: Institution, vote: Vote, filing: Filing) -> Iterator[Ruling]:
        anchor = inst.anchors[-1]
        self._none_left_out(inst, filing)
        all_of_it = yield from opened_ballots(inst, vote, filing.opening(self.ballots or self.handed), anchor.size)
        result = counted(inst, vote, filing.opening(self.ballots or self.handed))
        choices, waiting = result.choices, len(result.waiting)
        yield rules.paper_has_waited(waiting, waits_until(inst, vote) - anchor.time)
        needed = awaited(inst, vote, filing.day)
        signed = sum(unit in choices and not choices[unit].paper for unit in needed)
        yield rules.window_has_ended(vote.closes - anchor.time, signed, len(needed))
        for stated in vote.turnouts:
            then = casts(inst, vote, all_of_it, stated.index)
            true = turnout(standing_choices(then, stated.size), stated.anchor, stated.size, stated.index)
            at = f" (anchor {stated.anchor})"
            yield rules.statement_is_the_count(stated.summary + at, true.summary + at)
        yield rules.statement_is_the_count(self.tally.summary, tally(inst, vote, choices, filing.day).summary)

    def _none_left_out(self, inst: Institution, filing: Filing) -> None:
        """OutOfTurn where a void close had opened what is not opened now."""
        now = {opening.index for opening in filing.opening(self.ballots or self.handed)}
        for digest in inst.reopened.get(self.matter, ()):
            if missing := {opening.index for opening in filing.opening(digest)} - now:
                raise OutOfTurn("wrong-statement", "vote.close/1", what=f"ballots: sealed #{min(missing)}").saying(
                    what=(f"选票缺密封簿第 {min(missing)} 条", f"the ballots, without sealed entry {min(missing)}")
                )

    def _possible(self, vote: Vote, still: int) -> Iterator[Ruling]:
        """What can be checked of a count whose ballots are not opened here, `still` being the members to the end."""
        stated = self.tally
        whole = counting.Count(self.consents, stated.voted, len(vote.roll))
        yield rules.statement_is_possible(whole, stated.left)
        paper = tuple(map(min, stated.on_paper, (self.consents, self.against, self.abstain)))
        outcome = outcome_of(vote, whole, replace(stated.left, roll=still))
        counted = replace(stated, roll_left=still, outcome=outcome, on_paper=paper)
        yield rules.statement_is_the_count(stated.summary, counted.summary)

    def _as_the_turnout_says(self, vote: Vote, still: int) -> Iterator[Ruling]:
        """The count agrees with the turnout stated at that very anchor, and with how many of the roll are members still.

        All that was signed counts; of what came on paper, what nobody was told of does not.
        """
        last, stated = vote.turnouts[-1], self.tally
        paper = sum(stated.on_paper)
        signed, gone = stated.voted - paper, len(vote.roll) - still
        agrees = signed == last.voted - last.paper and paper <= last.paper
        # Of the consents it is then true too: no more of those who chose otherwise remain than there were.
        left = stated.voted - gone <= self.voted_left <= still
        known = f"{last.voted - last.paper} + ≤{last.paper}, {still}/{len(vote.roll)}"
        yield rules.statement_is_the_count(known if agrees and left else stated.summary, known)

    @property
    def tally(self) -> Tally:
        """What is stated."""
        paper = (self.paper_consents, self.paper_against, self.paper_abstain)
        left = (self.consents_left, self.voted_left, self.roll_left)
        return Tally(self.consents, self.against, self.abstain, *left, self.outcome, paper)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        vote = inst.votes[self.matter]
        branch = 0
        if vote.public and vote.branch:
            choices = counted(inst, vote, filing.opening(self.ballots)).choices
            branch = sum(uid in choices and choices[uid].choice == "consent" for uid in vote.branch)
        closed = replace(
            vote,
            **asdict(self.tally),
            branch_consents=branch,
            closed_index=filing.index,
            closed_day=filing.day,
        )
        return replace(inst, votes=inst.votes.set(vote.id, closed))


def _disavowed_since(inst: Institution, vote: Vote) -> bool:
    """Whether a first key of the roll was disavowed since the last turnout, which may count ballots that no longer do."""
    last = vote.turnouts[-1].index
    return any(key.disavowed > last for unit in vote.roll for key in inst.keys_of(unit).values())
