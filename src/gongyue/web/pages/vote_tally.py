"""Votes in figures: both tests with their arithmetic, every opened ballot, and a recount from the disclosure object."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongyue.book.disclosure import DisclosedEntry, read
from gongyue.book.entry import Malformed
from gongyue.book.signing import job
from gongyue.book.signing import verify as signature_holds
from gongyue.covenant.periods import day_of
from gongyue.governance.ballots import BALLOTS, Cast, cast, casts, standing_choices, stands
from gongyue.governance.paper_ballots import anchored_too_late, counted
from gongyue.governance.poll import Turnout, Vote, still_here
from gongyue.governance.recovery import arrival
from gongyue.governance.tally import Tally, stated_of, tally_of, turnout
from gongyue.office.count_text import tests
from gongyue.office.facts.shapes import body_at
from gongyue.office.store import SEALED
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick


class Test(msgspec.Struct, frozen=True):
    """One of the tests: how many of how many, the smallest number that is enough, the arithmetic as it is done."""

    name: str
    part: int
    whole: int
    enough: int
    holds: bool
    arithmetic: str


class BallotRow(msgspec.Struct, frozen=True):
    """An opened ballot: whose, what, its place in the sealed book, the day it arrived, whether it counts.

    `moved`: when it counts as having arrived where that is not when it was recorded, else 0.
    """

    unit: str
    choice: str
    sealed: int
    day: int
    paper: bool
    standing: str
    moved: int


class Recount(msgspec.Struct, frozen=True):
    """What a recount from the disclosure object found, beside what was stated at close."""

    lines: int
    digest: str
    digest_holds: bool
    opened: bool
    signatures: int
    bad_signatures: int
    units: int
    superseded: int
    paper: int
    counted: Tally | None
    stated: Tally
    turnouts: tuple[tuple[Turnout, Turnout], ...]
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        sound = self.digest_holds and self.opened and not self.bad_signatures
        return sound and self.counted == self.stated and all(stated == found for stated, found in self.turnouts)


def tests_of(vote: Vote) -> list[Test]:
    """The tests of a closed vote, as a page shows them."""
    return [
        Test(
            pick(*t.name),
            t.part,
            t.whole,
            int(t.finding.enough or 0),
            t.finding.holds,
            str(t.finding.figures["arithmetic"]),
        )
        for t in tests(vote)
    ]


def ballots(at: Now, vote: Vote) -> list[BallotRow]:
    """Every opened ballot of a closed public vote, superseded and disavowed ones too, in the order of arrival."""
    if not vote.public or vote.closed_index is None:
        return []
    place = vote.closed_index
    return at.index.kept(f"ballots {vote.id}", (place,), lambda: list(_rows(at, vote, place)))


def choice_of(at: Now, vote: Vote, unit: str) -> str:
    """The choice a unit stood by in a closed public vote; empty if it cast none."""
    known = at.index.kept(
        f"choices {vote.id}",
        (vote.closed_index,),
        lambda: {row.unit: row.choice for row in ballots(at, vote) if row.standing == "counts"},
    )
    return known.get(unit, "")


def _rows(at: Now, vote: Vote, closed: int) -> Iterator[BallotRow]:
    try:
        opened = _opened_ballots(installation.office().store.object(body_at(at, closed)["ballots"]) or b"")
    except Malformed:
        return  # the recount says what is wrong with it
    slot = body_at(at, closed)["anchor"]
    choices = counted(at.inst, vote, (o.opening for o in opened), slot).choices
    last = {unit: one.index for unit, one in choices.items()}
    disavowed = {one.unit for one in casts(at.inst, vote, (o.opening for o in opened)) if not one.choice}
    for opening in (o.opening for o in opened if o.opening.entry.act.type in BALLOTS):
        one, void = cast(at.inst, opening), not stands(at.inst, vote, opening)
        time = arrival(at.inst, opening.index, opening.entry)
        how = "void" if void else _how(one, last.get(one.unit), disavowed)
        how = "left" if how != "void" and anchored_too_late(at.inst, vote, one) else how
        moved = time if time != opening.entry.rx.t else 0
        yield BallotRow(one.unit, one.choice, one.index, day_of(time), one.paper, how, moved)


def _how(one: Cast, last: int | None, disavowed: set[str]) -> str:
    if not one.choice:
        return "disavowal"
    if one.index == last:
        return "counts"
    if one.paper and one.unit in disavowed:
        return "disavowed"
    return "untold" if last is None else "superseded"


def _opened_ballots(lines: bytes) -> list[DisclosedEntry]:
    store = installation.office().store
    return list(read(lines, lambda index: store.leaf(SEALED, index)))


def recount(at: Now, vote: Vote) -> Recount:
    """Count the vote again from its disclosure object: digest, openings, signatures, choices, both tests, turnouts."""
    assert vote.closed_index is not None
    body = body_at(at, vote.closed_index)
    stated = stated_of(vote)
    lines = installation.office().store.object(body["ballots"]) or b""
    digest = canonical.digest(lines)
    found = Recount(len(lines.splitlines()), digest, digest == body["ballots"], False, 0, 0, 0, 0, 0, None, stated, ())
    try:
        opened = _opened_ballots(lines)
    except Malformed as error:
        return msgspec.structs.replace(found, problem=str(error))
    return _counted(at, vote, found, opened)


def _counted(at: Now, vote: Vote, found: Recount, opened: list[DisclosedEntry]) -> Recount:
    genesis = at.inst.genesis
    origins = genesis.origins if genesis else ()
    jobs = [job(sig, o.leaf.signed) for o in opened for sig in o.leaf.entry.sigs]
    bad = sum(not signature_holds(one, origins) for one in jobs)
    on_roll = [o.opening for o in opened if o.leaf.entry.act.actor in vote.roll]
    counting = casts(at.inst, vote, on_roll)
    slot = body_at(at, vote.closed_index or 0)["anchor"]
    choices = counted(at.inst, vote, (o.opening for o in opened), slot).choices
    known = (casts(at.inst, vote, on_roll, t.index) for t in vote.turnouts)
    true = (
        turnout(standing_choices(k, t.size), t.anchor, t.size, t.index)
        for k, t in zip(known, vote.turnouts, strict=True)
    )
    turnouts = tuple(zip(vote.turnouts, true, strict=True))
    given = sum(bool(one.choice) for one in counting)
    return msgspec.structs.replace(
        found,
        opened=True,
        signatures=len(jobs),
        bad_signatures=bad,
        units=len(choices),
        superseded=given - len(choices),
        paper=sum(one.paper for one in counting),
        counted=tally_of(vote, choices, still_at_close(at, vote)),
        turnouts=turnouts,
    )


def still_at_close(at: Now, vote: Vote) -> set[str]:
    """The units of the roll that had been members to the end of the vote, as known by the entry that closed it."""
    closed = vote.closed_index or 0
    return still_here(at.inst, vote, at.index.day(closed), closed)
