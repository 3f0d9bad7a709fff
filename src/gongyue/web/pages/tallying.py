"""Votes in figures: both tests with their arithmetic, every opened ballot, and a recount from the disclosure object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from gongyue.book.disclosure import Opened, read
from gongyue.book.entry import Malformed
from gongyue.book.signing import job
from gongyue.book.signing import verify as signature_holds
from gongyue.covenant.counting import at_least
from gongyue.covenant.periods import day_of
from gongyue.governance.ballots import Cast, Tally, Vote, cast, outcome_of, standing_choices
from gongyue.office.store import SEALED
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.pages.indexing import index_of
from gongyue.web.pages.objects import body_at
from gongyue.web.pages.roll import roll_of


class Test(msgspec.Struct, frozen=True):
    """One of the two tests: consents of a roll, the smallest number that is enough, the arithmetic as it is done."""

    part: int
    whole: int
    enough: int
    holds: bool
    arithmetic: str


class BallotRow(msgspec.Struct, frozen=True):
    """An opened ballot: whose, what, its place in the sealed book, the day it arrived, whether it counts."""

    unit: str
    choice: str
    sealed: int
    day: int
    paper: bool
    standing: str


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
    turnouts: tuple[tuple[int, int, int], ...]
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        sound = self.digest_holds and self.opened and not self.bad_signatures
        return sound and self.counted == self.stated and all(stated == found for _, stated, found in self.turnouts)


def tests_of(vote: Vote) -> list[Test]:
    """Both tests of a closed vote: of the whole roll, and of those still on it."""
    pairs = ((vote.consents, len(vote.roll)), (vote.consents_left, vote.roll_left))
    return [_test(vote, part, whole) for part, whole in pairs]


def _test(vote: Vote, part: int, whole: int) -> Test:
    finding = at_least(vote.share, part, of=whole)
    return Test(part, whole, int(finding.enough or 0), finding.holds, str(finding.figures["arithmetic"]))


def ballots(at: Now, vote: Vote) -> list[BallotRow]:
    """Every opened ballot of a closed public vote, superseded and disavowed ones too, in the order of arrival."""
    if not vote.public or vote.closed_index is None:
        return []
    place = vote.closed_index
    return index_of(at).kept(f"ballots {vote.id}", (place,), lambda: list(_rows(at, place)))


def choice_of(at: Now, vote: Vote, unit: str) -> str:
    """The choice a unit stood by in a closed public vote; empty if it cast none."""
    known = index_of(at).kept(
        f"choices {vote.id}",
        (vote.closed_index,),
        lambda: {row.unit: row.choice for row in ballots(at, vote) if row.standing == "counts"},
    )
    return known.get(unit, "")


def _rows(at: Now, closed: int) -> Iterator[BallotRow]:
    try:
        opened = _opened(installation.office().store.object(body_at(at, closed)["ballots"]) or b"")
    except Malformed:
        return  # the recount says what is wrong with it
    casts = [cast(o.opening) for o in opened]
    last = dict(_standing(casts))
    for one, entry in zip(casts, opened, strict=True):
        day = day_of(entry.leaf.entry.rx.t)
        yield BallotRow(one.unit, one.choice, one.index, day, one.paper, _how(one, last.get(one.unit)))


def _how(one: Cast, last: int | None) -> str:
    if not one.choice:
        return "disavowal"
    return "counts" if one.index == last else "superseded" if last is not None else "disavowed"


def _standing(casts: list[Cast]) -> Iterator[tuple[str, int]]:
    """Which ballot each unit stands by: the last one, unless a disavowal undid it."""
    standing = standing_choices(casts, 1 << 62)
    last = {one.unit: one.index for one in casts if one.choice}
    yield from ((unit, last[unit]) for unit in standing)


def _opened(lines: bytes) -> list[Opened]:
    store = installation.office().store
    return list(read(lines, lambda index: store.leaf(SEALED, index)))


def recount(at: Now, vote: Vote) -> Recount:
    """Count the vote again from its disclosure object: digest, openings, signatures, choices, both tests, turnouts."""
    assert vote.closed_index is not None
    body = body_at(at, vote.closed_index)
    stated = Tally(vote.consents, vote.against, vote.abstain, vote.consents_left, vote.roll_left, vote.outcome)
    lines = installation.office().store.object(body["ballots"]) or b""
    digest = canonical.digest(lines)
    found = Recount(len(lines.splitlines()), digest, digest == body["ballots"], False, 0, 0, 0, 0, 0, None, stated, ())
    try:
        opened = _opened(lines)
    except Malformed as error:
        return msgspec.structs.replace(found, problem=str(error))
    return _counted(at, vote, found, opened)


def _counted(at: Now, vote: Vote, found: Recount, opened: list[Opened]) -> Recount:
    genesis = at.inst.genesis
    origins = genesis.origins if genesis else ()
    jobs = [job(sig, o.leaf.signed) for o in opened for sig in o.leaf.entry.sigs]
    bad = sum(not signature_holds(one, origins) for one in jobs)
    casts = [cast(o.opening) for o in opened if o.leaf.entry.act.actor in vote.roll]
    choices = standing_choices(casts, 1 << 62)
    turnouts = tuple((t.anchor, t.voted, len(standing_choices(casts, t.size))) for t in vote.turnouts)
    given = sum(bool(one.choice) for one in casts)
    return msgspec.structs.replace(
        found,
        opened=True,
        signatures=len(jobs),
        bad_signatures=bad,
        units=len(choices),
        superseded=given - len(choices),
        paper=sum(one.paper for one in casts),
        counted=_tally(at, vote, choices),
        turnouts=turnouts,
    )


def _tally(at: Now, vote: Vote, choices: dict[str, str]) -> Tally:
    still = still_at_close(at, vote)
    chosen = Counter(choices.values())
    consents, left = chosen["consent"], sum(choices.get(uid) == "consent" for uid in still)
    outcome = outcome_of(vote.share, consents, len(vote.roll), left, len(still))
    return Tally(consents, chosen["against"], chosen["abstain"], left, len(still), outcome)


def still_at_close(at: Now, vote: Vote) -> set[str]:
    """The units of the roll that had not gone by the entry that closed the vote."""
    history, closed = roll_of(at).history, vote.closed_index or 0
    return {
        uid
        for uid, since in vote.roll.items()
        if not any(e.what != "joined" and e.day >= since and e.index <= closed for e in history.get(uid, ()))
    }
