"""Votes: the frozen roll, ballots in the sealed book until close, turnout, the count anyone repeats (articles 22, 24)."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from immutables import Map
from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.counting import at_least
from gongyue.covenant.periods import Deadline, day_of, start_of
from gongyue.governance.acts import SYSTEM, UNIT, Body, Book, Filing, Opening, act, decode_body, kind_of
from gongyue.governance.fields import Count, MatterId
from gongyue.governance.standing import Duty
from gongyue.rules import vote as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

Choice = Literal["consent", "against", "abstain"]
_DIGEST = "sha256:" + "00" * 32


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
        return Fraction(self.share_text)


def _vote(inst: Institution, id: str) -> Vote:
    try:
        return inst.votes[id]
    except KeyError:
        raise OutOfTurn("not-found", "vote", what=id) from None


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
        share = inst.meaning.share("amendment.adoption")
        scope = set(inst.annexes[self.matter].scope) if self.matter in inst.annexes else set()
        branch = {uid for uid in inst.members if scope & set(inst.units[uid].activities)} if scope else set()
        vote = Vote(
            self.matter,
            inst.members,
            filing.time,
            self.closes,
            f"{share.numerator}/{share.denominator}",
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
        yield from _may_vote(inst, self.vote, filing.actor, filing.time)


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
        yield from _may_vote(inst, self.vote, filing.actor, filing.time)


def _may_vote(inst: Institution, id: str, unit: str, time: int) -> Iterator[Ruling]:
    vote = _vote(inst, id)
    yield rules.is_on_the_frozen_roll(unit, unit in vote.roll, len(vote.roll))
    if vote.outcome or not vote.opened <= time < vote.closes:
        raise OutOfTurn("window-over", "vote.ballot/1")


@act(
    "vote.turnout/1",
    by=SYSTEM,
    article=22,
    clause="amendment.adoption",
    example={"matter": "p:2026-01", "anchor": 20500, "voted": 12},
)
class StateTurnout(Body, frozen=True):
    """States, after an anchor, how many units have voted so far; the split shows only at close, which checks this."""

    matter: MatterId
    anchor: Count
    voted: Count

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        vote = _vote(inst, self.matter)
        anchor = inst.anchors[-1] if inst.anchors else None
        if anchor is None or anchor.slot != self.anchor or anchor.time < vote.opened or vote.outcome:
            raise OutOfTurn("anchor-order", "vote.turnout/1", slot=self.anchor)
        if vote.turnouts and vote.turnouts[-1].anchor == self.anchor:
            raise OutOfTurn("already", "vote.turnout/1")
        if self.voted > len(vote.roll):
            yield rules.statement_is_the_count(f"turnout {self.voted}", f"≤ {len(vote.roll)}")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        vote = inst.votes[self.matter]
        stated = Turnout(self.anchor, inst.anchors[-1].size, self.voted)
        return replace(inst, votes=inst.votes.set(vote.id, replace(vote, turnouts=(*vote.turnouts, stated))))


class Cast(Struct, frozen=True):
    """One opened ballot: its unit, choice (empty: disavowal), place in the sealed book, whether it came on paper."""

    unit: str
    choice: str
    index: int
    paper: bool


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
        vote = _vote(inst, self.matter)
        if vote.outcome:
            raise OutOfTurn("already", "vote.close/1")
        anchor = inst.anchors[-1] if inst.anchors else None
        if anchor is None or anchor.slot != self.anchor:
            raise OutOfTurn("anchor-order", "vote.close/1", slot=self.anchor)
        voted = self.consents + self.against + self.abstain
        yield rules.window_has_ended(vote.closes - anchor.time, voted, len(vote.roll))
        if vote.public:
            yield from self._recount(inst, vote, filing.opening(self.ballots), anchor.size)
        elif self.ballots:
            raise OutOfTurn("wrong-statement", "vote.close/1", what="ballots")
        else:
            yield rules.statement_is_possible(voted, len(vote.roll), self.consents, self.consents_left)
            roll_left = len(still_here(inst, vote))
            outcome = _outcome(vote.share, self.consents, len(vote.roll), self.consents_left, roll_left)
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
        return _summary(self.consents, self.against, self.abstain, self.consents_left, self.roll_left, self.outcome)

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
    if entry.act.paper is not None and len(set(holders)) >= 2 and all(h in inst.officers for h in holders):
        return entry.act.actor
    return entry.act.actor if entry.act.actor in holders else holders[0]


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
        return _summary(self.consents, self.against, self.abstain, self.consents_left, self.roll_left, self.outcome)


def _summary(consents: int, against: int, abstain: int, consents_left: int, roll_left: int, outcome: str) -> str:
    return f"{consents}+{against}+{abstain}, {consents_left}/{roll_left}, {outcome}"


def still_here(inst: Institution, vote: Vote) -> set[str]:
    """The units of the roll that have been members ever since it froze."""
    return {uid for uid, since in vote.roll.items() if inst.members.get(uid) == since}


def tally(inst: Institution, vote: Vote, choices: dict[str, str]) -> Tally:
    """Counts the choices and applies both tests; a unit that left and came back is not one still here."""
    still = still_here(inst, vote)
    chosen = list(choices.values())
    consents = chosen.count("consent")
    left = sum(choices.get(uid) == "consent" for uid in still)
    outcome = _outcome(vote.share, consents, len(vote.roll), left, len(still))
    return Tally(consents, chosen.count("against"), chosen.count("abstain"), left, len(still), outcome)


def _outcome(share: Fraction, consents: int, roll: int, consents_left: int, roll_left: int) -> str:
    both = at_least(share, consents, of=roll).holds and at_least(share, consents_left, of=roll_left).holds
    return "adopted" if both else "rejected"


def duties(inst: Institution) -> Iterator[Duty]:
    """A vote whose window has ended is closed after the first anchor past its end."""
    for vote in inst.votes.values():
        if not vote.outcome:
            last = day_of(vote.closes)  # the first day on which it can be closed
            what = "结束表决 / close the vote"
            yield Duty.of(what, vote.id, "exec", 22, "P6", Deadline(last, last, True), "vote.close/1")
