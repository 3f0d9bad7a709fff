"""In which order what members adopted enters into force: amendments one after the other, and annexes (articles 22, 24)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gongyue.covenant.periods import Period, day_of
from gongyue.covenant.procedure import package

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution
    from gongyue.governance.poll import Vote


def first_before(inst: Institution, matter: str, waiting: Iterable[str]) -> str:
    """Of those that wait to be published the one whose vote ended first, if before this one's; empty where none did."""
    own = _ended(inst, inst.votes[matter])
    earlier = {ended: id for id in waiting if (ended := _ended(inst, inst.votes[id])) < own}
    return earlier[min(earlier)] if earlier else ""


def keeps_its_place(inst: Institution, matter: str, day: int) -> bool:
    """Whether others wait for it: adopted, or not counted yet.

    But not for ever for a count: a vote on which a false turnout was forced can never be closed lawfully.
    """
    vote = inst.votes.get(matter)
    if vote is None or vote.outcome:
        return vote is not None and vote.outcome == "adopted"
    longest = Period(package().procedure["P19"].ceiling)  # whatever P19 is: the office sets it, and does not close
    return not inst.deadline(longest, day_of(vote.closes) - 1).overdue(day)


def _ended(inst: Institution, vote: Vote) -> tuple[int, int]:
    """When a vote ended, and of several which was opened first: so that it is not for the office to say.

    With its window, however late it is closed; earlier at the anchor by which everybody had voted, or it was closed.
    """
    over = {t.anchor for t in vote.turnouts if t.voted == len(vote.roll)}
    if vote.outcome and vote.turnouts:
        over.add(vote.turnouts[-1].anchor)
    return min([vote.closes, *(a.time for a in inst.anchors if a.slot in over)]), vote.opened_index
