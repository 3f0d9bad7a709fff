"""Ballots on paper: that their units were told of them, and when such a ballot counts (article 22, P18)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf as never
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from gongyue.covenant.periods import DAY, Deadline, day_of, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Entry, Filing, Opening, act, act_type_of, decode_body, office
from gongyue.governance.ballots import BALLOTS, NOTICES, Ballot, Cast, cast, casts, standing_choices, stands
from gongyue.governance.fields import Date, MatterId, SealedActDigest
from gongyue.governance.poll import Vote, left_by, vote_on
from gongyue.governance.registry import Duty

if TYPE_CHECKING:
    from gongyue.governance.book import Anchor
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32


@act(
    "vote.notify/1",
    by=office("clerk", "secretary", two=True),
    clause="amendment.adoption",
    sealed="of",
    example={"vote": "p:2026-01", "of": _DIGEST, "way": "letter", "day": "2026-10-28"},
)
class Notify(Body, frozen=True):
    """Two officers record that a unit was told of the ballot recorded from paper in its name: of which, how and when."""

    vote: MatterId
    of: SealedActDigest
    way: Literal["letter", "message", "telephone", "in_person"]
    day: Date

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        ballot = _on_paper(inst, filing, self.vote, self.of)
        told = from_iso(self.day)
        filing.require_not_before(day_of(ballot.rx.t), told)
        if told > filing.day:
            raise OutOfTurn("not-yet", "vote.notify/1", day=self.day, today=iso(filing.day))
        yield from ()


@act(
    "vote.receive/1",
    by=UNIT,
    clause="amendment.adoption",
    sealed="of",
    example={"vote": "p:2026-01", "of": _DIGEST},
)
class Receive(Body, frozen=True):
    """A unit confirms that it was told of the ballot recorded from paper in its name; it admits nothing by it."""

    vote: MatterId
    of: SealedActDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if _on_paper(inst, filing, self.vote, self.of).act.actor != filing.actor:
            raise OutOfTurn("not-found", "vote.receive/1", what=self.of)
        yield from ()


def _on_paper(inst: Institution, filing: Filing, id: str, of: str) -> Entry:
    """The ballot of that commitment, recorded from paper in a vote that is not closed."""
    vote, entry = vote_on(inst, id), filing.given.sealed.get(of)
    if vote.outcome:
        raise OutOfTurn("window-over", filing.act.type, ends=iso(vote.closed_day))
    body = decode_body(act_type_of(entry.act.type), entry.act.body) if entry else None
    if entry is None or entry.act.paper is None or not isinstance(body, Ballot) or body.vote != vote.id:
        raise OutOfTurn("not-found", filing.act.type, what=of)
    return entry


class Counted(Struct, frozen=True):
    """What counts at a close: the choice each unit stands by, and the units whose ballot on paper does not count yet."""

    choices: dict[str, Cast]
    waiting: frozenset[str]


def counted(inst: Institution, vote: Vote, openings: Iterable[Opening], slot: int | None = None) -> Counted:
    """What counts at a close after the last anchor, or after that of a slot.

    A ballot on paper does once its own anchor and that of the notice to its unit are both P18 old; each day is 86,400 s.
    What is not anchored nobody can have seen: a notice may be said to have come at any time since the last anchor, and so
    may a ballot. One on paper that was anchored only after its unit had left does not count, whenever it is said to have come.
    """
    opened = list(openings)
    last = next(a for a in reversed(inst.anchors) if slot is None or a.slot == slot)
    told: dict[str, float] = {}
    for one in opened:
        if one.entry.act.type in NOTICES and one.index < last.size and stands(inst, vote, one):
            of = getattr(decode_body(act_type_of(one.entry.act.type), one.entry.act.body), "of", "")
            told[of] = min(told.get(of, never), _anchored(inst, one.index))
    all_cast = [one for one in casts(inst, vote, opened) if not anchored_too_late(inst, vote, one)]
    due = last.time - vote.paper.n * DAY
    # What disavows on paper needs no notice: nothing is done in the unit's name by it.
    at_once = [not c.paper or not c.choice for c in all_cast]
    since = [max(_anchored(inst, c.index), told.get(c.commitment, never)) for c in all_cast]
    ready = [c for c, now, time in zip(all_cast, at_once, since, strict=True) if now or time <= due]
    choices, later = standing_choices(ready, last.size), standing_choices(all_cast, last.size)
    waiting = frozenset(unit for unit, one in later.items() if one.paper and one != choices.get(unit))
    return Counted(choices, waiting)


def anchored_too_late(inst: Institution, vote: Vote, one: Cast) -> bool:
    """Whether it is a ballot on paper whose unit had left by the time of its anchor; a disavowal is none."""
    anchor = _anchor(inst, one.index)
    return one.paper and bool(one.choice) and anchor is not None and left_by(inst, vote, one.unit, anchor.index)


def sealed_duties(inst: Institution, sealed: Sequence[Opening]) -> Iterator[Duty]:
    """Units not yet told of a ballot on paper in a vote that is open: within P18, or it may not count."""
    told, disavowed, waiting = set(), set(), []
    for one in sealed:
        if one.entry.act.type not in BALLOTS + NOTICES:
            continue
        body = decode_body(act_type_of(one.entry.act.type), one.entry.act.body)
        vote = inst.votes.get(getattr(body, "vote", ""))
        if vote is None or vote.outcome or not stands(inst, vote, one):
            continue
        told.add(getattr(body, "of", ""))
        cast_ = cast(inst, one)
        if one.entry.act.type == "vote.disavow/1":
            disavowed.add((vote.id, cast_.unit))
        elif cast_.paper:
            waiting.append((vote, cast_, day_of(one.entry.rx.t)))
    for vote, paper, day in waiting:
        if paper.commitment not in told and (vote.id, paper.unit) not in disavowed:
            end = Deadline(day + vote.paper.n, day + vote.paper.n, True)
            what = f"告知单位其纸面选票（{vote.id}），并由两人记录 / tell the unit of its ballot on paper ({vote.id}), and record it"
            yield Duty.of(
                what, paper.unit, "exec", inst.meaning.article("amendment.adoption"), "P18", end, "vote.notify/1"
            )


def _anchor(inst: Institution, index: int) -> Anchor | None:
    """The first anchor of the sealed entry; None where there is none yet."""
    place = bisect_right(inst.anchors, index, key=lambda anchor: anchor.size)
    return inst.anchors[place] if place < len(inst.anchors) else None


def _anchored(inst: Institution, index: int) -> float:
    """When the sealed entry was anchored first."""
    anchor = _anchor(inst, index)
    return never if anchor is None else anchor.time


def waits_until(inst: Institution, vote: Vote) -> int:
    """Until when a close waits at most for ballots on paper: recorded by P18 after the window, anchored, and P18 old."""
    assert inst.genesis is not None
    return vote.closes + 2 * vote.paper.n * DAY + inst.genesis.slot_seconds
