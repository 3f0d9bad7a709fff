"""The institution: what its acts have made of it. `institution = fold(step, acts)`, with `step` in `governance.step`.

All state is frozen, so trying an act costs nothing.
"""

from __future__ import annotations

from immutables import Map
from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.periods import Deadline, Period, day_of, deadline
from gongyue.covenant.rulings import OutOfTurn
from gongyue.covenant.values import Meaning
from gongyue.governance import adherence as _adherence
from gongyue.governance import admission as _admission
from gongyue.governance import adoption as _adoption
from gongyue.governance import amendment as _amendment
from gongyue.governance import annex_publication as _annex_publication
from gongyue.governance import authorities as _authorities
from gongyue.governance import ballots as _ballots
from gongyue.governance import binding as _binding
from gongyue.governance import case as _case
from gongyue.governance import close as _close
from gongyue.governance import effect as _effect
from gongyue.governance import inspection as _inspection
from gongyue.governance import key as _key
from gongyue.governance import key_comparison as _key_comparison
from gongyue.governance import name_change as _name_change
from gongyue.governance import office as _office
from gongyue.governance import oversight as _oversight
from gongyue.governance import paper_ballots as _paper_ballots
from gongyue.governance import papers as _papers
from gongyue.governance import petition as _petition
from gongyue.governance import preservation as _preservation
from gongyue.governance import proceedings as _proceedings
from gongyue.governance import question as _question
from gongyue.governance import referral as _referral
from gongyue.governance import report as _report
from gongyue.governance import results as _results
from gongyue.governance import sanction as _sanction
from gongyue.governance import service as _service
from gongyue.governance import signatures as _signatures
from gongyue.governance import vote as _vote
from gongyue.governance.acts import (
    ActType,
)
from gongyue.governance.annex import Annex
from gongyue.governance.book import Anchor, Genesis
from gongyue.governance.bulletin import Issued
from gongyue.governance.clock import Confirmed
from gongyue.governance.correction import Correction
from gongyue.governance.founding import Founding
from gongyue.governance.interpretation import Interpretation
from gongyue.governance.law import Order
from gongyue.governance.membership import departures
from gongyue.governance.papers import OnPaper, Signed
from gongyue.governance.petition_publication import PublishedPetition
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import Proposal
from gongyue.governance.publication import RollList
from gongyue.governance.recovery import Recovery
from gongyue.governance.registry import Event, Key, Officer, Renamed, Unit
from gongyue.governance.slots import Audit, Auditor, Drawing, Seed, YearlyReport

_NOTHING: Map = Map()  # type: ignore[type-arg]


class Institution(Struct, frozen=True):
    """The whole institution after `size` acts; matters keep their own state in the slots below."""

    cov: str = ""
    size: int = 0
    now: int = 0
    genesis: Genesis | None = None
    meaning: Meaning = Meaning()
    revs: Map[str, Meaning] = _NOTHING
    replaced: tuple[tuple[int, str], ...] = ()
    """On which days the meaning changed, each with the digest of the one in force until then."""
    keys: Map[str, Key] = _NOTHING
    held: Map[str, tuple[str, ...]] = _NOTHING
    seqs: Map[str, int] = _NOTHING
    unnumbered: Map[str, int] = _NOTHING
    """Where each act without a number stands, by its digest: none is recorded twice."""
    links: Map[str, int] = _NOTHING
    """Which open entry carries each link, by its value: none is used twice."""
    officers: Map[str, Officer] = _NOTHING
    units: Map[str, Unit] = _NOTHING
    by_code: Map[str, str] = _NOTHING
    members: Map[str, int] = _NOTHING
    events: Map[int, Event] = _NOTHING
    uncompared: Map[str, int] = _NOTHING
    """First keys of units, brought by their applications, by the grant: two officers have not compared them yet."""
    renamed: tuple[Renamed, ...] = ()
    disavowed: Map[int, str] = _NOTHING
    papers: Map[int, OnPaper] = _NOTHING
    signed: Map[int, Signed] = _NOTHING
    """What falls with the registration of a first key where that is disavowed."""
    anchors: tuple[Anchor, ...] = ()
    rotated: tuple[tuple[str, str], ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    recoveries: tuple[Recovery, ...] = ()
    arrivals: Map[int, int] = _NOTHING
    reopened: Map[str, tuple[str, ...]] = _NOTHING
    """The ballots that void closes of a vote published: what was opened once is not left out later."""
    void: frozenset[int] = frozenset()
    """Sealed acts of a false time that do not stand as of the recovery, as far as they were opened here."""
    founding: Founding = Founding()
    proposals: Map[str, Proposal] = _NOTHING
    votes: Map[str, Vote] = _NOTHING
    annexes: Map[str, Annex] = _NOTHING
    reviewed: Map[str, int] = _NOTHING
    interpretations: tuple[Interpretation, ...] = ()
    adopted: dict[str, int | str] = {}
    supplements: Map[int, tuple[str, ...]] = _NOTHING
    answered: Map[str, int] = _NOTHING
    leaving: Map[str, int] = _NOTHING
    lists: tuple[RollList, ...] = ()
    orders: Map[str, Order] = _NOTHING
    corrections: Map[int, Correction] = _NOTHING
    bulletins: Map[int, Issued] = _NOTHING
    """Bulletins published to society, by their entries."""
    petitions: Map[str, PublishedPetition] = _NOTHING
    """Published with their members' consent, by dossier."""
    drawing: Drawing | None = None
    seeds: Map[int, Seed] = _NOTHING
    audits: Map[int, tuple[Audit, ...]] = _NOTHING
    """What was stated of the slots that each seed drew, by the seed's entry."""
    yearly: Map[int, YearlyReport] = _NOTHING
    """By its year, what was stated of all that is under seal."""
    auditors: Map[str, tuple[Auditor, ...]] = _NOTHING
    """Units outside that audit the content, each with the terms it was registered for."""

    @property
    def effective(self) -> bool:
        """Whether the covenant has taken effect 生效 (art. 21)."""
        return self.founding.effective_day is not None

    @property
    def in_force(self) -> bool:
        """Whether the covenant is in force 施行 (art. 26)."""
        return self.founding.published_day is not None

    @property
    def today(self) -> int:
        """The Beijing day of the last act."""
        return day_of(self.now)

    def unit(self, uid: str) -> Unit:
        """The unit of that id; OutOfTurn if there is none."""
        try:
            return self.units[uid]
        except KeyError:
            raise OutOfTurn("not-found", what=uid) from None

    def keys_of(self, holder: str) -> dict[str, Key]:
        """The holder's keys in the order of their registration, those that ended too."""
        return {kid: self.keys[kid] for kid in self.held.get(holder, ())}

    def valid_keys(self, holder: str, time: int) -> dict[str, Key]:
        """Those of the holder's keys with which an act could be signed at that time."""
        return {kid: key for kid, key in self.keys_of(holder).items() if key.valid_at(self.size, time)}

    def with_key(self, kid: str, key: Key) -> Institution:
        """The institution with a key registered, or changed."""
        held = self.held
        if kid not in self.keys:
            held = held.set(key.holder, (*held.get(key.holder, ()), kid))
        return replace(self, keys=self.keys.set(kid, key), held=held)

    def basis_of(self, kind: ActType) -> str:
        """What an act of this type rests on in the present edition, as it writes it."""
        return self.meaning.basis(kind.clause)

    def deadline(self, period: str | Period, start: int) -> Deadline:
        """The end of a period, or of the one of that name now, counted from a day under the calendar of that day."""
        length = self.meaning.period(period) if isinstance(period, str) else period
        return deadline(start, length, self.meaning.calendar_of(start))

    def with_unit(self, unit: Unit) -> Institution:
        """The institution with a unit entered or changed."""
        return replace(self, units=self.units.set(unit.id, unit), by_code=self.by_code.set(unit.code, unit.id))

    def admit(self, uid: str, day: int, index: int) -> Institution:
        """The institution with the unit a member from that day."""
        return replace(
            self,
            units=self.units.set(uid, replace(self.units[uid], status="member", since=day, until=0, changed=index)),
            members=self.members.set(uid, day),
            events=self.events.set(len(self.events), Event(uid, "joined", day, index)),
        )

    def end_membership(self, uid: str, day: int, index: int, how: str, by_notice: bool) -> Institution:
        """The institution without the member; `how` is left or ended, `by_notice`: by the unit's last notice of withdrawal.

        Its keys stay registered for what it signed.
        """
        unit = self.units[uid]
        notice = unit.notice if how == "left" else -1
        event = Event(uid, how, day, index, notice if by_notice else -1)
        return replace(
            self,
            units=self.units.set(uid, replace(unit, status=how, until=day, notice=notice, changed=index)),
            members=self.members.delete(uid),
            leaving=self.leaving.delete(uid) if uid in self.leaving else self.leaving,
            events=self.events.set(len(self.events), event),
        )

    def restore(self, uid: str, ended: int = -1) -> Institution:
        """The institution with the unit a member as if its last notice had never been given: since its membership began.

        `ended`: the entry that ended its membership otherwise, and was voided: then as if that had not.

        An enrolment that came after it, and was disavowed, ended nothing then either. A vote that is open and whose roll was
        frozen meanwhile has it on its roll: it was a member then. Where the branch alone votes, only if it is of the branch;
        whoever has left declares no other meanwhile.
        """
        own = {n: e for n, e in self.events.items() if e.unit == uid}
        what, notice = ("left", self.units[uid].notice) if ended < 0 else ("ended", -1)
        number = next(
            (n for n, e in own.items() if e.what == what and e.notice == notice and (ended < 0 or e.index == ended)),
            None,
        )
        if number is None:  # what it was a notice of never was a membership
            return self
        joined = own[max(n for n, e in own.items() if e.what == "joined" and n < number)]
        since, events = joined.day, self.events
        for n, left in own.items():
            if n >= number and left.what == what:
                listed = self.listed_in(left.index, left.day)
                events = events.set(n, replace(left, what="undone", by=self.size, listed=listed, was=what))
        votes = self.votes
        for vote in self.votes.values():
            if not vote.outcome and vote.opened_index >= own[number].index:
                scope = self.annexes[vote.id].scope if vote.id in self.annexes else ()
                branch = vote.branch | ({uid} if set(scope) & set(self.units[uid].activities) else set())
                votes_on_it = vote.share.base != "branch" or uid in branch
                roll = vote.roll.set(uid, since) if votes_on_it else vote.roll
                votes = votes.set(vote.id, replace(vote, roll=roll, branch=branch))
        unit = replace(self.units[uid], status="member", since=since, until=0, changed=joined.index)
        return replace(
            self, units=self.units.set(uid, unit), members=self.members.set(uid, since), events=events, votes=votes
        )

    def listed_in(self, index: int, day: int) -> int:
        """The number of the list that named what the entry did, dated that day; 0 for none."""
        return next((one.number for one in self.lists if index < one.index and day <= one.ends), 0)

    def with_meaning(self, meaning: Meaning, rev: str) -> Institution:
        """The institution under a new meaning; the old one stays known under the digest `rev` it had."""
        return replace(self, meaning=meaning, revs=self.revs.set(rev, self.meaning))

    def meaning_on(self, day: int) -> Meaning:
        """The meaning in force at the end of that day; of a day before there was a procedure, the first that had one."""
        then = (self.revs[rev] for until, rev in self.replaced if day < until)
        return next((meaning for meaning in then if meaning.procedure is not None), self.meaning)

    def on(self, day: int) -> Institution:
        """The institution once the departures that were announced for that day or before have fallen due."""
        return departures(self, day) if self.leaving else self


REGISTERS = (
    _adherence,
    _admission,
    _adoption,
    _amendment,
    _annex_publication,
    _authorities,
    _ballots,
    _binding,
    _case,
    _close,
    _key_comparison,
    _effect,
    _inspection,
    _key,
    _office,
    _oversight,
    _papers,
    _paper_ballots,
    _petition,
    _preservation,
    _proceedings,
    _referral,
    _report,
    _sanction,
    _results,
    _service,
    _question,
    _name_change,
    _signatures,
    _vote,
)
"""Modules whose state stands elsewhere: imported so that their act types are known."""
