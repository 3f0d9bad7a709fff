"""Votes: the frozen roll, the window, turnout, the close at which anyone counts again (articles 22, 24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from immutables import Map
from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.counting import Share
from gongyue.covenant.periods import Deadline, day_of, start_of
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import SYSTEM, Body, Filing, act
from gongyue.governance.ballots import casts, standing_choices
from gongyue.governance.fields import Count, Handed, MatterId, Public
from gongyue.governance.poll import Turnout, Vote, vote_on
from gongyue.governance.registry import Duty, Pinned
from gongyue.governance.tally import turnout
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
ShareText = Annotated[str, Meta(pattern=r"\A>?[1-9][0-9]{0,9}/[1-9][0-9]{0,9}\Z")]
QuorumText = Annotated[str, Meta(pattern=r"\A(?:|>?[1-9][0-9]{0,9}/[1-9][0-9]{0,9})\Z")]
_OPENINGS = r"\A(?:|sha256:[0-9a-f]{64})\Z"
Openings = Annotated[Public, Meta(pattern=_OPENINGS)]
HandedOpenings = Annotated[Handed, Meta(pattern=_OPENINGS)]


@act(
    "vote.open/1",
    by=SYSTEM,
    clause="amendment.adoption",
    uses=("amendment.adoption",),
    example={
        "matter": "p:2026-01",
        "closes": 1795622400,
        "roll": 37,
        "share": "2/3",
        "base": "roll",
        "quorum": "",
    },
)
class Open(Body, frozen=True):
    """Opens the vote on a proposed amendment or an initiated annex: the roll is frozen, the window is its P6.

    It states what the vote goes by: the `share` of consent (a leading ">" excludes the number itself), the `base` it is of,
    and the `quorum`, a share of the roll, empty where the text asks for none.
    """

    matter: MatterId
    closes: Count
    roll: Count
    share: ShareText
    base: Literal["roll", "voting", "present", "branch"]
    quorum: QuorumText

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.matter in inst.votes:
            raise OutOfTurn("exists", "vote.open/1", what=self.matter)
        proposal, annex = inst.proposals.get(self.matter), inst.annexes.get(self.matter)
        if (proposal is None or proposal.stage != "proposed") and (annex is None or annex.stage != "consultation"):
            raise OutOfTurn("not-open", "vote.open/1", can="amendment.file/1 | annex.initiate/1")
        true = opening_statement(inst, self.matter, filing.day)
        stated = {name: getattr(self, name) for name in true}
        yield rules.statement_is_the_count(_in_a_line(stated), _in_a_line(true))

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        share, quorum = _goes_by(inst, self.matter)
        vote = Vote(
            self.matter,
            _roll(inst, self.matter, share),
            filing.time,
            self.closes,
            share,
            _pinned(inst, self.matter).ballots == "public",
            filing.index,
            _pinned(inst, self.matter).paper,
            quorum,
            _branch(inst, self.matter),
        )
        return replace(inst, votes=inst.votes.set(self.matter, vote))


def _pinned(inst: Institution, matter: str) -> Pinned:
    """What the matter goes by, as it stood when it was initiated."""
    known = inst.annexes.get(matter) or inst.proposals.get(matter)
    if known is None:
        raise OutOfTurn("not-open", "vote.open/1", can="amendment.file/1 | annex.initiate/1")
    return known.pinned


def _closes(inst: Institution, matter: str, day: int) -> int:
    """The end of the window's last day, 24:00 Beijing."""
    return start_of(inst.deadline(_pinned(inst, matter).window, day).last + 1)


def opening_statement(inst: Institution, matter: str, day: int) -> dict[str, int | str]:
    """What `vote.open` must state on that day of a matter that is there, by its fields."""
    now = inst.on(day)
    share, quorum = _goes_by(now, matter)
    return {
        "closes": _closes(now, matter, day),
        "roll": len(_roll(now, matter, share)),
        "share": share.text,
        "base": share.base,
        "quorum": quorum.text if quorum else "",
    }


def _in_a_line(statement: dict[str, int | str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in statement.items() if value != "")


def _goes_by(inst: Institution, matter: str) -> tuple[Share, Share | None]:
    """The share of consent, of whom, and the quorum, by the text in force now."""
    return inst.meaning.consent(annex=matter in inst.annexes), inst.meaning.quorum


def _branch(inst: Institution, matter: str) -> frozenset[str]:
    """Of an annex the members that declared an activity of its scope."""
    scope = set(inst.annexes[matter].scope) if matter in inst.annexes else set()
    return frozenset(uid for uid in inst.members if scope & set(inst.units[uid].activities))


def _roll(inst: Institution, matter: str, share: Share) -> Map[str, int]:
    """Who has a vote: the members, or those of the branch where the share is of it."""
    if share.base != "branch":
        return inst.members
    branch = _branch(inst, matter)
    return Map({uid: since for uid, since in inst.members.items() if uid in branch})


@act(
    "vote.turnout/1",
    by=SYSTEM,
    clause="amendment.adoption",
    counts="matter",
    example={"matter": "p:2026-01", "anchor": 20500, "voted": 12, "paper": 1},
)
class StateTurnout(Body, frozen=True):
    """States, after an anchor, how many units have voted so far, and how many of them on paper; the split shows only at close.

    The office, which can open the ballots, does not record a false one; everybody else checks it at close.
    """

    matter: MatterId
    anchor: Count
    voted: Count
    paper: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        vote = vote_on(inst, self.matter)
        anchor = inst.anchors[-1] if inst.anchors else None
        if anchor is None or anchor.slot != self.anchor or anchor.time < vote.opened or vote.outcome:
            raise OutOfTurn("anchor-order", "vote.turnout/1", slot=self.anchor)
        if vote.turnouts and vote.turnouts[-1].anchor == self.anchor:
            raise OutOfTurn("already", "vote.turnout/1")
        stated = Turnout(self.anchor, anchor.size, self.voted, self.paper, filing.index)
        if not self.paper <= self.voted <= len(vote.roll):
            yield rules.statement_is_the_count(stated.summary, f"≤ {len(vote.roll)}")
        if filing.given.cast is not None:
            choices = standing_choices(casts(inst, vote, filing.given.cast), anchor.size)
            true = turnout(choices, self.anchor, anchor.size, filing.index)
            yield rules.statement_is_the_count(stated.summary, true.summary)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        vote = inst.votes[self.matter]
        stated = Turnout(self.anchor, inst.anchors[-1].size, self.voted, self.paper, filing.index)
        return replace(inst, votes=inst.votes.set(vote.id, replace(vote, turnouts=(*vote.turnouts, stated))))


def duties(inst: Institution) -> Iterator[Duty]:
    """A vote whose window has ended is closed after the first anchor past its end."""
    for vote in inst.votes.values():
        if not vote.outcome:
            last = day_of(vote.closes)  # the first day on which it can be closed
            what = "结束表决 / close the vote"
            yield Duty.of(
                what,
                vote.id,
                "exec",
                inst.meaning.article("amendment.adoption"),
                "P6",
                Deadline(last, last, True),
                "vote.close/1",
            )
