"""Ballots of a vote: what was cast under seal, which ballots stand, what they add up to (articles 22, 24)."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Set
from typing import TYPE_CHECKING

from msgspec import Struct

from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import DAY, day_of, from_iso, iso, moment
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Act, Body, Entry, Filing, Opening, Paper, act, act_type_of, decode_body
from gongyue.governance.fields import MatterId
from gongyue.governance.poll import (
    Choice,
    Vote,
    is_still_here,
    vote_on,
)
from gongyue.governance.recovery import arrival, of_false_time, own_act
from gongyue.governance.registry import Disavowal
from gongyue.rules import office as office_rules
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


@act(
    "vote.ballot/1",
    by=UNIT,
    clause="amendment.adoption",
    outsider=rules.executive_body_has_no_vote,
    example={"vote": "p:2026-01", "choice": "consent"},
)
class Ballot(Body, frozen=True):
    """A ballot, sealed until close. A later ballot of the same unit takes the place of an earlier one."""

    vote: MatterId
    choice: Choice

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from _may_vote(inst, vote_on(inst, self.vote), filing)


@act(
    "vote.disavow/1",
    by=UNIT,
    clause="amendment.adoption",
    outsider=rules.executive_body_has_no_vote,
    counts="vote",
    example={"vote": "p:2026-01"},
)
class Disavow(Body, frozen=True):
    """A unit disavows, until close, whatever ballot was recorded from paper in its name: it has not voted.

    It signs; without a key it disavows on paper, which two officers record who recorded none of those ballots.
    """

    vote: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from _on_the_roll(vote_on(inst, self.vote), filing)
        if filing.actor in filing.signers:
            return
        yield office_rules.keyless_disavow_on_paper(filing.actor, bool(inst.valid_keys(filing.actor, filing.time)))
        if filing.given.cast is not None:  # else it is seen at the close
            yield _disavows_paper(inst, filing.actor, set(filing.signers), filing.given.cast)


def _disavows_paper(inst: Institution, unit: str, signers: Set[str], before: Iterable[Opening]) -> Ruling:
    """Whether those who record a disavowal recorded none of the unit's ballots on paper; OutOfTurn where `before` it there is none."""
    ballots = [o for o in before if o.entry.act.type == "vote.ballot/1" and o.entry.act.actor == unit]
    recorders = [who for who in (_signers(inst, o) for o in ballots) if unit not in who]
    if not recorders:  # it would shut out the ballot that the unit is yet to hand in
        raise OutOfTurn("not-found", "vote.disavow/1", what=f"vote.ballot/1 {unit}").saying(
            what=(f"{unit} 的纸面选票", f"ballot of {unit} on paper")
        )
    return office_rules.others_record_a_disavowal(signers & set().union(*recorders))


BALLOTS = ("vote.ballot/1", "vote.disavow/1")
NOTICES = ("vote.notify/1", "vote.receive/1")
"""That a unit was told of a ballot on paper: officers say so, or it does itself."""


def _on_the_roll(vote: Vote, filing: Filing) -> Iterator[Ruling]:
    """A unit of the roll, in time; else it is told when the vote ended, and how."""
    yield rules.is_on_the_frozen_roll(filing.actor, filing.actor in vote.roll, len(vote.roll))
    if vote.outcome or not _in_time(vote, filing.act, filing.signers, filing.time):
        ended = iso(vote.closed_day) if vote.outcome else moment(vote.closes)
        raise OutOfTurn("window-over", filing.act.type, vote.outcome, ends=ended)


def recorded(act_: Act, signers: Collection[str]) -> Paper | None:
    """The paper from which others recorded it; None where the unit signed it itself, whatever paper it keeps of it."""
    return None if act_.actor in signers else act_.paper


def _in_time(vote: Vote, act_: Act, signers: Collection[str], time: int) -> bool:
    """Whether it arrived in time: a ballot in the window, one on paper in it too and recorded by P18 after it.

    A disavowal, and that the unit was told, until the close.
    """
    if act_.type != "vote.ballot/1":
        return vote.opened <= time
    paper = recorded(act_, signers)
    if paper is None:
        return vote.opened <= time < vote.closes
    return vote.opened <= time < vote.closes + vote.paper.n * DAY and from_iso(paper.arrived) < day_of(vote.closes)


def _may_vote(inst: Institution, vote: Vote, filing: Filing) -> Iterator[Ruling]:
    """A unit of the roll that is a member still, within the window, with the vote's opening before its eyes."""
    yield from _on_the_roll(vote, filing)
    unit, type = filing.actor, filing.act.type
    if not is_still_here(inst, vote, unit):
        raise OutOfTurn("not-member", type, unit=unit)
    filing.require_after(vote.opened_index, day_of(vote.opened))  # one consents to a text that one can see


def disavowal(inst: Institution, entry: Entry) -> Disavowal | None:
    """How its unit disavows a ballot recorded from paper, until close; None for any other act."""
    body = decode_body(act_type_of(entry.act.type), entry.act.body)
    if entry.act.paper is None or not isinstance(body, Ballot):
        return None
    vote = vote_on(inst, body.vote)
    return Disavowal("vote.disavow/1", {"vote": vote.id}, vote.closes + vote.paper.n * DAY, bool(vote.outcome))


class Cast(Struct, frozen=True):
    """One opened ballot: its unit, choice (empty: disavowal), place in the sealed book, whether it came on paper.

    `order`: after which other of its unit it comes: (when it arrived, `seq`, `nonce`) if signed, else (the paper's arrival,
    when recorded, `nonce`): whatever place the office gives it.
    """

    unit: str
    choice: str
    index: int
    paper: bool
    order: tuple[int, int, str]
    commitment: str = ""


def cast(inst: Institution, opening: Opening) -> Cast:
    """An opened ballot as it counts."""
    act_, time = opening.entry.act, arrival(inst, opening.index, opening.entry)
    body = decode_body(act_type_of(act_.type), act_.body)
    choice = body.choice if isinstance(body, Ballot) else ""
    paper = recorded(act_, _signers(inst, opening))
    order = (from_iso(paper.arrived), time, act_.nonce) if paper else (time, act_.seq or 0, act_.nonce)
    return Cast(act_.actor, choice, opening.index, paper is not None, order, opening.commitment)


def _signers(inst: Institution, opening: Opening) -> set[str]:
    return {inst.keys[sig.key].holder for sig in opening.entry.sigs if sig.key in inst.keys}


def stands(inst: Institution, vote: Vote, opening: Opening, known: int | None = None) -> bool:
    """Whether an opened ballot counts: of a false time, a unit's own does that is lawful as of the recovery.

    Any other was judged as of its arrival. A vote of that name that was opened in the false time never was. What was signed
    with a key that was never its unit's does not, once that is known: after `known` entries, by default those before its close.
    """
    closed = inst.size if vote.closed_index is None else vote.closed_index
    size = closed if known is None else known
    if any((key := inst.keys.get(sig.key)) is not None and key.known_false(size) for sig in opening.entry.sigs):
        return False
    recovery = of_false_time(inst, opening.index, opening.entry)
    if recovery is None:
        return True
    return own_act(opening.entry) and vote.opened_index < recovery.first and opening.index not in inst.void


def casts(inst: Institution, vote: Vote, openings: Iterable[Opening], known: int | None = None) -> list[Cast]:
    """The opened ballots that count, as was known after `known` entries, by default at the close."""
    return [cast(inst, o) for o in openings if o.entry.act.type in BALLOTS and stands(inst, vote, o, known)]


def opened_ballots(
    inst: Institution, vote: Vote, openings: Iterable[Opening], size: int
) -> Generator[Ruling, None, list[Opening]]:
    """Every opened ballot: of this vote, in time, none of a unit's withheld. Who cast it was judged on arrival."""
    counted = _of_this_vote(vote, openings, size)
    for opening in counted:
        act_, signers = opening.entry.act, _signers(inst, opening)
        if stands(inst, vote, opening):
            if is_unit(act_.actor):
                yield rules.is_on_the_frozen_roll(act_.actor, act_.actor in vote.roll, len(vote.roll))
            if not _in_time(vote, act_, signers, arrival(inst, opening.index, opening.entry)):
                raise OutOfTurn("window-over", "vote.close/1", index=opening.index, ends=moment(vote.closes))
        if act_.type == "vote.disavow/1" and act_.actor not in signers:
            yield _disavows_paper(inst, act_.actor, signers, [o for o in counted if o.arrived < opening.arrived])
    yield from _without_a_gap(inst, [o for o in counted if o.entry.act.seq is not None])
    return counted


def _of_this_vote(vote: Vote, openings: Iterable[Opening], size: int) -> list[Opening]:
    """The openings, which must be of this vote, each once and in their order, before `size`."""
    found: list[Opening] = []
    for opening in openings:
        entry, index = opening.entry, opening.index
        if entry.act.type not in BALLOTS + NOTICES or index >= size or (found and index <= found[-1].index):
            raise OutOfTurn("bad-object", "vote.close/1", why=f"sealed #{index}")
        if getattr(decode_body(act_type_of(entry.act.type), entry.act.body), "vote", "") != vote.id:
            raise OutOfTurn("bad-object", "vote.close/1", why=f"sealed #{index}: {vote.id}")
        found.append(opening)
    return found


def _without_a_gap(inst: Institution, numbered: list[Opening]) -> Iterator[Ruling]:
    """What a unit signs in a vote is numbered by key (formats §5.2), so that one withheld leaves a gap; in the order it arrived."""
    sequence: dict[str, tuple[int, int]] = {}
    for opening in sorted(numbered, key=lambda o: o.entry.act.seq or 0):
        entry, key = opening.entry, opening.entry.sigs[0].key
        due, since = sequence.get(key, (1, 0))
        yield rules.none_is_withheld(entry.act.actor, entry.act.seq or 0, due)
        was_false = of_false_time(inst, opening.index, entry) is not None
        if entry.rx.t < since and not was_false:
            figures = {"found": moment(entry.rx.t), "expected": moment(since)}
            raise OutOfTurn("time-backwards", "vote.close/1", **figures, index=opening.index)
        sequence[key] = due + 1, since if was_false else entry.rx.t


def standing_choices(casts: Iterable[Cast], size: int) -> dict[str, Cast]:
    """What each unit stands by among the ballots below `size` of the sealed book: the last it signed, else the last on paper.

    Paper is weaker than a signature: it takes no signed ballot's place, and none is taken of a unit that disavowed one.
    """
    signed: dict[str, Cast] = {}
    paper: dict[str, Cast] = {}
    disavowed: set[str] = set()
    for one in casts:
        if one.index >= size:
            continue
        if not one.choice:
            disavowed.add(one.unit)
            continue
        chosen = paper if one.paper else signed
        before = chosen.get(one.unit)
        if before is None or before.order <= one.order:
            chosen[one.unit] = one
    return {unit: one for unit, one in paper.items() if unit not in disavowed} | signed
