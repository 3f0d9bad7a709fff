"""The institution: what its acts have made of it. `institution = fold(step, acts)`.

`step` returns the next institution or raises `Refused` or `OutOfTurn`. The office calls it before it records an
act; verify calls the same `step` on the recorded acts. All state is frozen, so trying an act costs nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from immutables import Map
from msgspec import Struct
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Refused, Ruling
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM, is_unit
from gongyue.covenant.periods import Deadline, Period, day_of, deadline, from_iso, moment
from gongyue.covenant.values import Meaning
from gongyue.governance import adhering as _adhering
from gongyue.governance import admission as _admission
from gongyue.governance import adoption as _adoption
from gongyue.governance import amendment as _amendment
from gongyue.governance import binding as _binding  # noqa: F401 - nobody else registers its act type
from gongyue.governance import effect as _effect
from gongyue.governance import key as _key
from gongyue.governance import office as _office
from gongyue.governance import papers as _papers
from gongyue.governance import vote as _vote
from gongyue.governance.acts import (
    ACT_VERSION,
    ENTRY_VERSION,
    Act,
    Body,
    Book,
    Entry,
    Filing,
    Given,
    Governing,
    Kind,
    decode_body,
    kind_of,
)
from gongyue.governance.annex import Annex
from gongyue.governance.ballots import Vote
from gongyue.governance.book import Anchor, Genesis
from gongyue.governance.clock import RECOVER, SKEW, Confirmed, require_near
from gongyue.governance.correction import Correction
from gongyue.governance.founding import Founding
from gongyue.governance.interpretation import Interpretation
from gongyue.governance.law import Order
from gongyue.governance.membership import departures
from gongyue.governance.papers import OnPaper, Signed
from gongyue.governance.proposal import OPEN_STAGES, Proposal, stage_of
from gongyue.governance.publication import RollList
from gongyue.governance.recovery import Recovery
from gongyue.governance.standing import Event, Key, Officer, Unit, known
from gongyue.rules import law as law_rules
from gongyue.rules import office as office_rules

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
    officers: Map[str, Officer] = _NOTHING
    units: Map[str, Unit] = _NOTHING
    by_code: Map[str, str] = _NOTHING
    members: Map[str, int] = _NOTHING
    events: Map[int, Event] = _NOTHING
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

    def basis_of(self, kind: Kind) -> str:
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

    def end_membership(self, uid: str, day: int, index: int, how: str) -> Institution:
        """The institution without the member; `how` is left or ended. Its keys stay registered for what it signed."""
        unit = self.units[uid]
        notice = unit.notice if how == "left" else -1
        return replace(
            self,
            units=self.units.set(
                uid, replace(unit, status=how, until=day, notice=notice, before=unit.since, changed=index)
            ),
            members=self.members.delete(uid),
            leaving=self.leaving.delete(uid) if uid in self.leaving else self.leaving,
            events=self.events.set(len(self.events), Event(uid, how, day, index, notice)),
        )

    def restore(self, uid: str) -> Institution:
        """The institution with the unit a member as if it had never left: since the day, and the entry, its last membership began.

        A vote that is open and whose roll was frozen meanwhile has it on its roll: it was a member then.
        """
        number, left = max((n, e) for n, e in self.events.items() if e.unit == uid and e.what == "left")
        joined = max((e.index for n, e in self.events.items() if e.unit == uid and e.what == "joined" and n < number))
        listed = next((one.number for one in self.lists if left.index < one.index and left.day <= one.ends), 0)
        since = self.units[uid].before
        votes = self.votes
        for vote in self.votes.values():
            if not vote.outcome and vote.opened_index >= left.index:
                scope = self.annexes[vote.id].scope if vote.id in self.annexes else ()
                branch = vote.branch | ({uid} if set(scope) & set(self.units[uid].activities) else set())
                votes = votes.set(vote.id, replace(vote, roll=vote.roll.set(uid, since), branch=branch))
        return replace(
            self,
            units=self.units.set(uid, replace(self.units[uid], status="member", since=since, until=0, changed=joined)),
            members=self.members.set(uid, since),
            events=self.events.set(number, replace(left, what="undone", by=self.size, listed=listed)),
            votes=votes,
        )

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

    def open_matters(self) -> frozenset[str]:
        """Votes and proposals that are under way: they keep the values they opened with."""
        votes = {v.id for v in self.votes.values() if v.outcome == ""}
        return frozenset(
            votes | {p.id for p in self.proposals.values() if stage_of(self, p, self.today) in OPEN_STAGES}
        )


def step(inst: Institution, entry: Entry, given: Given = Given()) -> Institution:
    """The institution after the entry; raises Refused (the covenant says no) or OutOfTurn (not a step to take now)."""
    day = day_of(entry.rx.t)
    inst = inst.on(day)
    if not kind_of(entry.act.type).public:
        raise OutOfTurn("wrong-book", entry.act.type, book=Book.SEALED)
    kind, body, filing = _filed(inst, entry, given, day)
    _hold(inst, kind, chain(_common(_judging(inst, given), kind, filing), body.check(inst, filing)))
    after = _papers.noted(body.apply(inst, filing), kind, body, filing)
    if after.meaning is not inst.meaning and given.before is None:  # a recovery returns to what was in force before
        after = replace(after, replaced=(*after.replaced, (day, given.rev)))
    return replace(
        after,
        size=inst.size + 1,
        now=filing.time,
        **_noted(after, filing),
    )


def _noted(after: Institution, filing: Filing) -> dict[str, Map[str, int]]:
    """What keeps the same act from being recorded again: the number of its key, or else its digest."""
    if filing.act.seq is not None:
        return {"seqs": after.seqs.set(filing.keys[0], filing.act.seq)}
    return {"unnumbered": after.unnumbered.set(filing.given.digest, filing.index)}


def judge(inst: Institution, entry: Entry, given: Given = Given()) -> list[Ruling]:
    """Every ruling an act had to satisfy, for a dry run; raises like `step`. Serves both books."""
    day = day_of(entry.rx.t)
    inst = inst.on(day)
    kind, body, filing = _filed(inst, entry, given, day)
    seen: list[Ruling] = []
    _hold(inst, kind, chain(_common(_judging(inst, given), kind, filing), body.check(inst, filing)), seen)
    return seen


def _judging(inst: Institution, given: Given) -> Institution:
    """The institution by which keys and offices are judged: of a recovery, the one before the false time."""
    return inst if given.before is None else given.before


def _hold(inst: Institution, kind: Kind, rulings: Iterable[Ruling], seen: list[Ruling] | None = None) -> None:
    """Refuse by the first ruling that does not hold and whose rule is not suspended; note every other."""
    for ruling in rulings:
        if not ruling.finding.holds and (ruling.rule.always or not inst.meaning.suspended(ruling.rule.provision)):
            raise Refused(_citing(inst).cite(ruling, kind.clause))
        if seen is not None:
            seen.append(ruling)


def _citing(inst: Institution) -> Meaning:
    """The meaning to quote from: the draft's words until a text is frozen."""
    if inst.meaning.edition is None and inst.founding.draft is not None:
        return replace(inst.meaning, edition=inst.founding.draft)
    return inst.meaning


def _common(inst: Institution, kind: Kind, filing: Filing) -> Iterator[Ruling]:
    """The rulings common to all acts; the matter's own come after them."""
    if inst.orders:
        for order in sorted(inst.orders.values(), key=lambda o: o.id):  # kept in no order: name the same one always
            hit = order.forbids(kind.type, filing.actor, filing.day)
            yield law_rules.no_order_forbids(order.id if hit else "", order.source)
    if kind.capability and inst.meaning.edition is not None and inst.meaning.clause(kind.clause) is None:
        raise OutOfTurn("capability-off", kind.type, name=kind.clause)
    if inst.genesis is None:
        return
    when = _judged_at(inst, kind, filing)
    for kid in filing.keys:
        key = inst.keys.get(kid)
        if key is not None:  # else a unit not yet known, with the key its application brings
            # Valid by index in the open book, by time in the sealed one.
            valid = (
                key.valid_at(inst.size, when)
                if kind.public
                else key.valid_between(*(filing.given.between or (when, when)))
            )
            yield office_rules.key_is_valid(key.holder, valid, when, known(key.valid_from), known(key.valid_to))
    if kind.outsider is not None:
        yield kind.outsider(filing.actor)
    if kind.by.who != "unit" or filing.actor not in filing.signers:  # a unit that signs for itself is entitled
        yield from _entitled(inst, kind, filing)
    if kind.weighty or filing.act.paper is not None:
        _strong_enough(inst, kind, filing)


def _judged_at(inst: Institution, kind: Kind, filing: Filing) -> int:
    """When whoever signs must have had the key and the office: on arrival, unless the clock itself is in question."""
    return inst.now if kind.about_the_clock else filing.time


def _entitled(inst: Institution, kind: Kind, filing: Filing) -> Iterator[Ruling]:
    """The actor is one who may do acts of this type, and whoever signed may sign for the actor."""
    by, actor, signers = kind.by, filing.actor, filing.signers
    if by.who == "unit" and not (actor == EXECUTIVE and by.offices):
        if actor not in signers:
            if filing.act.paper is None or not kind.paper:
                yield office_rules.signs_for_itself(actor, signers[0])
            yield from _officers(inst, filing, filing.day, frozenset({"clerk", "secretary"}), True)
            yield office_rules.no_more_than_two_record(set(filing.signers))
    elif by.who == "system" and actor == SYSTEM:
        if set(signers) != {SYSTEM}:
            raise OutOfTurn("wrong-key", kind.type)
    elif by.who == "authority" and actor == AUTHORITY and signers == (AUTHORITY,):
        return
    else:
        if by.who == "authority":
            yield office_rules.authority_signs_while_it_can(bool(inst.valid_keys(AUTHORITY, filing.time)))
        yield office_rules.only_the_executive_body(actor)
        yield from _officers(inst, filing, day_of(_judged_at(inst, kind, filing)), by.offices, by.two)
        if by.who == "authority":
            yield office_rules.no_more_than_two_record(set(filing.signers))


def _officers(inst: Institution, filing: Filing, day: int, wanted: frozenset[str], two: bool) -> Iterator[Ruling]:
    for signer in filing.signers:
        officer = inst.officers.get(signer)
        held = officer.held(day) if officer else set()
        yield office_rules.holds_the_office(signer, held, wanted, day)
    if two:
        yield office_rules.two_officers_confirm(set(filing.signers))


def _strong_enough(inst: Institution, kind: Kind, filing: Filing) -> None:
    if filing.act.paper is not None and not kind.paper and kind.by.who == "unit":
        raise OutOfTurn("no-paper", kind.type)
    if kind.weighty and (filing.act.paper is None or filing.actor in filing.signers):  # A3: two officers saw the paper
        procedure = inst.meaning.procedure
        assert inst.genesis is not None
        if (procedure["P16"] if procedure else inst.genesis.strength) == "A3":
            raise OutOfTurn("needs-paper", kind.type)


def _filed(inst: Institution, entry: Entry, given: Given, day: int) -> tuple[Kind, Body, Filing]:
    """The act as filed, after the checks that every act must pass whatever its type."""
    act = entry.act
    kind = kind_of(act.type)
    body = decode_body(kind, act.body)
    time = entry.rx.t
    first = inst.genesis is None
    if first != (act.type == "book.genesis/1"):
        raise OutOfTurn("not-founded" if first else "founded", act.type)
    if act.v != ACT_VERSION or entry.v != ENTRY_VERSION:
        raise OutOfTurn("malformed", act.type, why="v")
    if not first and act.cov != inst.cov:
        raise OutOfTurn("wrong-covenant", act.type)
    if not given.again:
        _in_time(inst, kind, entry, given.seen)
    if act.view.size > inst.size:
        raise OutOfTurn("view", act.type, found=act.view.size, size=inst.size)
    if not same_meaning(inst, kind, act.rev, given.rev):
        raise OutOfTurn("meaning-changed", kind.type)
    if act.basis != (basis := inst.basis_of(kind)):
        raise OutOfTurn("basis", act.type, expected=basis or "“”")
    _counted(inst, kind, entry, given)
    signers, keys = _signers(_judging(inst, given), kind, body, entry)
    _once(inst, kind, act, signers, keys[0], given)
    counts = _governing(kind, entry, day, signers)
    return kind, body, Filing(act, act.actor, signers, keys, time, day, counts, inst.size, given)


def _once(inst: Institution, kind: Kind, act: Act, signers: Collection[str], key: str, given: Given) -> None:
    """A unit's own act has the next number of its key; any other is the first of its digest, and has none.

    So an act that waits for a second signature stays as it is, whatever the same officers record meanwhile.
    """
    if act.seq is None:
        if kind.numbered and is_unit(act.actor) and act.actor in signers:
            raise OutOfTurn("malformed", act.type, why="seq")
        if given.digest in inst.unnumbered and not given.again:
            raise OutOfTurn("recorded-before", act.type, index=inst.unnumbered[given.digest])
    elif not (kind.numbered and is_unit(act.actor) and act.actor in signers):
        raise OutOfTurn("malformed", act.type, why="seq")
    elif kind.public and act.seq != (due := inst.seqs.get(key, 0) + 1):
        raise OutOfTurn("sequence", act.type, expected=due, found=act.seq)


def _in_time(inst: Institution, kind: Kind, entry: Entry, seen: int) -> None:
    """It arrived after the last entry and not too long after it, was done before it arrived and after what it has seen."""
    at, time, type = entry.act.at, entry.rx.t, kind.type
    returns = type == RECOVER  # from a false time, which is judged by its own rules
    if time < inst.now and not returns:
        raise OutOfTurn("time-backwards", type, found=moment(time), expected=moment(inst.now))
    if inst.genesis is not None and not kind.about_the_clock:
        require_near(inst, time)
    if at > time + SKEW:
        raise OutOfTurn("from-the-future", type, at=moment(at), arrived=moment(time))
    if at < seen - SKEW and not returns:
        raise OutOfTurn("backdated", type, at=moment(at), seen=moment(seen))


def _counted(inst: Institution, kind: Kind, entry: Entry, given: Given) -> None:
    """A sealed act says how large the open book was when it arrived, which is where it is judged; an open one stands there."""
    if kind.public or given.again:
        if kind.public and entry.rx.open is not None:
            raise OutOfTurn("malformed", kind.type, why="rx.open")
    elif entry.rx.open != inst.size:
        raise OutOfTurn("malformed", kind.type, why=f"rx.open {entry.rx.open} ≠ {inst.size}")


def same_meaning(inst: Institution, kind: Kind, rev: str, present: str) -> bool:
    """Whether an act done under the meaning `rev` was done under the present one, or one whose governing values still stand."""
    if rev == present:
        return True
    then = inst.revs.get(rev)
    if then is None or then.rules != inst.meaning.rules:
        return False
    return all(then.values.get(name) == inst.meaning.values.get(name) for name in kind.uses)


def _signers(inst: Institution, kind: Kind, body: Body, entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who signed, by the keys registered at this point; the caller has checked the signatures themselves."""
    signers = []
    for sig in entry.sigs:
        key = inst.keys.get(sig.key)
        if key is not None:
            if key.alg != sig.alg:
                raise OutOfTurn("wrong-key", kind.type, key=sig.key)
            signers.append(key.holder)
        elif kind.type == "book.genesis/1" or (kind.own_key and getattr(body, "key", None) == sig.key):
            signers.append(entry.act.actor)
        else:
            raise OutOfTurn("unknown-key", kind.type, key=sig.key)
    keys = tuple([sig.key for sig in entry.sigs])
    if len(set(keys)) != len(keys) or not keys:
        raise OutOfTurn("malformed", kind.type, why="sigs")
    if entry.act.actor in signers and (len(set(signers)) > 1 or (entry.act.seq is not None and len(signers) > 1)):
        # another key would give what it signed another number
        raise OutOfTurn("wrong-key", kind.type)
    return tuple(signers), keys


def _governing(kind: Kind, entry: Entry, day: int, signers: tuple[str, ...]) -> int:
    """The day that governs the act: arrival, the instrument's date, or the act's own time.

    Of what its actor signs itself that of its signature, whatever paper it keeps of it: nobody leaves before today.
    """
    paper = entry.act.paper
    if paper is not None:
        try:
            dated, arrived = from_iso(paper.dated), from_iso(paper.arrived)
        except ValueError as error:
            raise OutOfTurn("malformed", kind.type, why=f"paper: {error}") from None
        if not dated <= arrived <= day:
            raise OutOfTurn("paper-dates", kind.type, dated=paper.dated, arrived=paper.arrived)
        if kind.governing is Governing.INSTRUMENT:
            return dated
        if entry.act.actor not in signers:
            return arrived
    return day_of(entry.act.at) if kind.own_date else day


REGISTERS = (_adhering, _admission, _adoption, _amendment, _effect, _key, _office, _papers, _vote)
"""Modules whose state stands elsewhere: imported so that their act types are known."""
