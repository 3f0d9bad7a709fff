"""Ballots of a vote: what was cast under seal, which ballots stand, what they add up to (articles 22, 24)."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from immutables import Map
from msgspec import Struct

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.counting import at_least, share_of
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import UNIT, Body, Book, Entry, Filing, Opening, act, decode_body, kind_of
from gongyue.governance.fields import MatterId
from gongyue.governance.standing import Disavowal
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

Choice = Literal["consent", "against", "abstain"]


class Turnout(Struct, frozen=True):
    """How many units had voted, as stated after an anchor of the sealed book."""

    anchor: int
    size: int
    voted: int


class Vote(Struct, frozen=True):
    """A vote on a matter. `roll` maps each unit to the day it was a member since; `share` is the share at opening.

    Counts are 0 until close. `branch`: the units of an annex's branch at opening.
    """

    id: str
    roll: Map[str, int]
    opened: int
    closes: int
    share_text: str
    public: bool
    branch: frozenset[str] = frozenset()
    turnouts: tuple[Turnout, ...] = ()
    outcome: str = ""
    consents: int = 0
    against: int = 0
    abstain: int = 0
    consents_left: int = 0
    roll_left: int = 0
    branch_consents: int = 0
    closed_index: int | None = None

    @property
    def share(self) -> Fraction:
        """The share of consent required, as it stood when the vote opened."""
        return share_of(self.share_text)


def vote_on(inst: Institution, id: str) -> Vote:
    """The vote on a matter; OutOfTurn if there is none."""
    try:
        return inst.votes[id]
    except KeyError:
        raise OutOfTurn("not-found", "vote", what=id) from None


@act(
    "vote.ballot/1",
    by=UNIT,
    article=22,
    clause="amendment.adoption",
    book=Book.SEALED,
    outsider=rules.executive_body_has_no_vote,
    paper=True,
    example={"vote": "p:2026-01", "choice": "consent"},
)
class Ballot(Body, frozen=True):
    """A ballot, sealed until close. A later ballot of the same unit takes the place of an earlier one."""

    vote: MatterId
    choice: Choice

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from _mayvote_on(inst, self.vote, filing.actor, filing.time)


@act(
    "vote.disavow/1",
    by=UNIT,
    article=22,
    clause="amendment.adoption",
    book=Book.SEALED,
    outsider=rules.executive_body_has_no_vote,
    example={"vote": "p:2026-01"},
)
class Disavow(Body, frozen=True):
    """A unit disavows, until close, whatever ballot was recorded from paper in its name: it has not voted."""

    vote: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from _mayvote_on(inst, self.vote, filing.actor, filing.time)


def _mayvote_on(inst: Institution, id: str, unit: str, time: int) -> Iterator[Ruling]:
    vote = vote_on(inst, id)
    yield rules.is_on_the_frozen_roll(unit, unit in vote.roll, len(vote.roll))
    if vote.outcome or not vote.opened <= time < vote.closes:
        raise OutOfTurn("window-over", "vote.ballot/1")


def disavowal(inst: Institution, entry: Entry) -> Disavowal | None:
    """How its unit disavows a ballot recorded from paper, until close; None for any other act."""
    body = decode_body(kind_of(entry.act.type), entry.act.body)
    if entry.act.paper is None or not isinstance(body, Ballot):
        return None
    vote = vote_on(inst, body.vote)
    return Disavowal("vote.disavow/1", {"vote": vote.id}, vote.closes, bool(vote.outcome))


class Cast(Struct, frozen=True):
    """One opened ballot: its unit, choice (empty: disavowal), place in the sealed book, whether it came on paper."""

    unit: str
    choice: str
    index: int
    paper: bool


def cast(opening: Opening) -> Cast:
    """An opened ballot as it counts."""
    act_ = opening.entry.act
    body = decode_body(kind_of(act_.type), act_.body)
    choice = body.choice if isinstance(body, Ballot) else ""
    return Cast(act_.actor, choice, opening.index, act_.paper is not None)


def opened_casts(
    inst: Institution, vote: Vote, openings: Iterable[Opening], size: int
) -> Generator[Ruling, None, list[Cast]]:
    """Every opened ballot, each one lawful by itself: its type and vote, its unit on the roll, its key, its time."""
    casts: list[Cast] = []
    sequence: dict[str, int] = {}
    last = -1
    for opening in openings:
        entry = opening.entry
        if entry.act.type not in ("vote.ballot/1", "vote.disavow/1") or not last < opening.index < size:
            raise OutOfTurn("bad-object", "vote.close/1", why=f"sealed #{opening.index}")
        last = opening.index
        body = decode_body(kind_of(entry.act.type), entry.act.body)
        if getattr(body, "vote", "") != vote.id:
            raise OutOfTurn("bad-object", "vote.close/1", why=f"sealed #{opening.index}: {vote.id}")
        unit = entry.act.actor
        yield rules.is_on_the_frozen_roll(unit, unit in vote.roll, len(vote.roll))
        yield rules.cast_in_its_own_name(unit, _signed_for(inst, opening))
        _in_window(vote, opening)
        # formats §1: in the sealed book `seq` runs per key within this vote, so a withheld ballot leaves a gap.
        first = entry.sigs[0].key
        sequence[first] = sequence.get(first, 0) + 1
        yield rules.none_is_withheld(unit, entry.act.seq, sequence[first])
        casts.append(cast(opening))
    return casts


def _in_window(vote: Vote, opening: Opening) -> None:
    if not vote.opened <= opening.entry.rx.t < vote.closes:
        raise OutOfTurn("window-over", "vote.close/1", index=opening.index)


def _signed_for(inst: Institution, opening: Opening) -> str:
    """For whom the ballot was signed: the unit itself, or two officers recording its paper."""
    entry = opening.entry
    holders = []
    for sig in entry.sigs:
        key = inst.keys.get(sig.key)
        if key is None or not key.valid_when(entry.rx.t):
            raise OutOfTurn("unknown-key", "vote.close/1", key=sig.key)
        holders.append(key.holder)
    if entry.act.paper is not None and len(set(holders)) >= 2 and all(_records(inst, h, entry) for h in holders):
        return entry.act.actor
    return entry.act.actor if entry.act.actor in holders else holders[0]


def _records(inst: Institution, holder: str, entry: Entry) -> bool:
    """Whether the holder was, on that day, one of the officers that record paper."""
    officer = inst.officers.get(holder)
    return officer is not None and bool(officer.held(day_of(entry.rx.t)) & {"clerk", "secretary"})


def standing_choices(casts: Iterable[Cast], size: int) -> dict[str, str]:
    """The choice each unit stands by among the ballots below `size`: its last; a disavowal undoes those on paper."""
    choices: dict[str, Cast] = {}
    for one in casts:
        if one.index >= size:
            break
        if one.choice:
            choices[one.unit] = one
        elif one.unit in choices and choices[one.unit].paper:
            del choices[one.unit]
    return {unit: one.choice for unit, one in choices.items()}


class Tally(Struct, frozen=True):
    """The count of a vote at close, with both tests' numbers."""

    consents: int
    against: int
    abstain: int
    consents_left: int
    roll_left: int
    outcome: str

    @property
    def summary(self) -> str:
        """The tally in one line, as compared with what is stated."""
        return summary_of(self.consents, self.against, self.abstain, self.consents_left, self.roll_left, self.outcome)


def summary_of(consents: int, against: int, abstain: int, consents_left: int, roll_left: int, outcome: str) -> str:
    """A count in one line, as what is stated is compared with what is counted."""
    return f"{consents}+{against}+{abstain}, {consents_left}/{roll_left}, {outcome}"


def still_here(inst: Institution, vote: Vote) -> set[str]:
    """The units of the roll that have been members ever since it froze: whoever came back is one since a later day."""
    members = inst.members
    return {uid for uid, since in vote.roll.items() if uid in members and members[uid] <= since}


def tally(inst: Institution, vote: Vote, choices: dict[str, str]) -> Tally:
    """Counts the choices and applies both tests; a unit that left and came back is not one still here."""
    still = still_here(inst, vote)
    chosen = list(choices.values())
    consents = chosen.count("consent")
    left = sum(choices.get(uid) == "consent" for uid in still)
    outcome = outcome_of(vote.share, consents, len(vote.roll), left, len(still))
    return Tally(consents, chosen.count("against"), chosen.count("abstain"), left, len(still), outcome)


def outcome_of(share: Fraction, consents: int, roll: int, consents_left: int, roll_left: int) -> str:
    """Adopted if both tests reach the share, else rejected."""
    both = at_least(share, consents, of=roll).holds and at_least(share, consents_left, of=roll_left).holds
    return "adopted" if both else "rejected"


def opened_at_close(unit: str, index: int, opened: bool) -> Ruling:
    """Whether a ballot that its unit disclosed is among those opened at the close of its vote."""
    return rules.ballot_is_among_those_opened(unit, index, opened)
