"""What can be recorded now from a unit's paper: an act that has nothing to be about is not offered on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongyue.governance.acts import ActType
from gongyue.governance.annex import signs
from gongyue.governance.annex import stage_of as annex_stage
from gongyue.governance.articles import kinds
from gongyue.governance.papers import may_still_be_disavowed
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import stage_of
from gongyue.office import openings
from gongyue.office.store.words import PAPER
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.workspace.own_unit import OwnUnit
from gongyue.web.workspace.paper import DISAVOW_BALLOT, is_on_paper, is_open_to

BALLOT = "vote.ballot/1"


def recordable(now: Now, unit: str) -> Iterator[ActType]:
    """The acts that the desk may record now from that unit's paper, those of dossiers left out: they begin in their dossier."""
    ours = OwnUnit(now, unit)
    for kind in kinds():
        if kind.asks_dossier or not is_on_paper(ours.inst, kind, unit) or not is_open_to(ours, kind):
            continue
        if kind.type not in _ABOUT or any(_ABOUT[kind.type](now, unit)):
            yield kind


def _collecting(now: Now, unit: str) -> Iterator[str]:
    return (one.id for one in now.inst.proposals.values() if stage_of(now.inst, one, now.day) == "collecting")


def _open_votes(now: Now, unit: str) -> Iterator[Vote]:
    return (one for one in now.inst.votes.values() if not one.outcome and unit in one.roll)


def _paper_ballots(now: Now, unit: str) -> Iterator[str]:
    open_to_it = {one.id for one in _open_votes(now, unit)}
    for one in openings.found_by(installation.office().store, PAPER) if open_to_it else ():
        act = one.entry.act
        if act.type == BALLOT and act.actor == unit and act.paper is not None and one.body["vote"] in open_to_it:
            yield one.name


def _disavowable(now: Now, unit: str) -> Iterator[int]:
    return (
        index
        for index, one in now.inst.papers.items()
        if one.holder == unit and may_still_be_disavowed(now.inst, index, now.time) is not None
    )


def _annexes(now: Now, unit: str, signed: bool) -> Iterator[str]:
    for one in now.inst.annexes.values():
        if annex_stage(now.inst, one) == "published" and signs(now.inst, one, unit) is signed:
            yield one.id


_ABOUT: dict[str, Callable[[Now, str], Iterator[object]]] = {
    "amendment.support/1": _collecting,
    "annex.leave/1": lambda now, unit: _annexes(now, unit, True),
    "annex.sign/1": lambda now, unit: _annexes(now, unit, False),
    "key.disavow/1": _disavowable,
    "key.revoke/1": lambda now, unit: (key for key in now.inst.keys_of(unit).values() if key.until is None),
    BALLOT: _open_votes,
    DISAVOW_BALLOT: _paper_ballots,
}
"""What such an act is about: with none of these it would be refused whatever the paper says."""
