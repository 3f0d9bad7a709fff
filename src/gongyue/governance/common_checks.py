"""What every act must pass whatever its type: its envelope, its time, its signers, who may do it (formats §5.1–§5.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM, is_unit
from gongyue.covenant.periods import day_of, from_iso, moment
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance import papers as _papers
from gongyue.governance.acts import (
    ACT_VERSION,
    ENTRY_VERSION,
    Act,
    ActType,
    Body,
    Entry,
    Filing,
    GoverningDate,
    VerifiedInputs,
    act_type_of,
    decode_body,
)
from gongyue.governance.clock import RECOVER, SKEW, require_near
from gongyue.governance.court_orders import unforbidden
from gongyue.governance.dossier import Dossier
from gongyue.governance.dossier_place import require_fields
from gongyue.governance.institution import Institution
from gongyue.governance.office_names import RECORD_PAPER
from gongyue.governance.open_words import accuses_nobody
from gongyue.governance.registry import known
from gongyue.rules import office as office_rules


def _concerned(body: Body, filing: Filing, dossier: Dossier | None) -> set[str]:
    """Whose act it is, and whom it is about: a court that protects a unit names that unit, not the office."""
    parties = dossier.parties if dossier is not None and dossier.kind == "case" else ()
    return {filing.actor, getattr(body, "unit", ""), getattr(body, "accused", "") or "", *parties}


def judging(inst: Institution, given: VerifiedInputs) -> Institution:
    """The institution by which keys and offices are judged: of a recovery, the one before the false time."""
    return inst if given.before is None else given.before


def common(
    inst: Institution, kind: ActType, body: Body, filing: Filing, dossier: Dossier | None = None
) -> Iterator[Ruling]:
    """The rulings common to all acts; the matter's own come after them. `dossier`: the one it is done in, where it is in one."""
    if inst.orders:
        yield from unforbidden(inst, kind.type, _concerned(body, filing, dossier), filing.day)
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
            compared = kid not in inst.uncompared or key.ended(when)
            spans = known(key.valid_from), known(key.valid_to)
            yield office_rules.key_is_valid(key.holder, valid, when, *spans, compared)
    if kind.outsider is not None:
        yield kind.outsider(filing.actor)
    if kind.by.who != "unit" or filing.actor not in filing.signers:  # a unit that signs for itself is entitled
        yield from _entitled(inst, kind, filing)
    yield from _recorded(inst, kind, body, filing)
    if kind.public:
        yield from accuses_nobody(inst, body, filing)
    if kind.weighty or filing.act.paper is not None:
        _strong_enough(inst, kind, filing)


def _recorded(inst: Institution, kind: ActType, body: Body, filing: Filing) -> Iterator[Ruling]:
    """What others record from paper in somebody's name is recorded by two; and no link stands twice in the books."""
    if kind.linked and (carrier := inst.links.get(kind.link_in(filing.act.body))) is not None:
        raise OutOfTurn("link-twice", kind.type, index=carrier)
    holder = _papers.in_whose_name(filing.actor, body) if filing.act.paper is not None else ""
    if holder and holder not in filing.signers:
        yield office_rules.no_more_than_two_record(set(filing.signers))


def _judged_at(inst: Institution, kind: ActType, filing: Filing) -> int:
    """When whoever signs must have had the key and the office: on arrival, unless the clock itself is in question."""
    return inst.now if kind.about_the_clock else filing.time


def _entitled(inst: Institution, kind: ActType, filing: Filing) -> Iterator[Ruling]:
    """The actor is one who may do acts of this type, and whoever signed may sign for the actor."""
    by, actor, signers = kind.by, filing.actor, filing.signers
    if by.who == "unit" and not (actor == EXECUTIVE and by.offices):
        if actor not in signers:
            if filing.act.paper is None or not kind.paper:
                yield office_rules.signs_for_itself(actor, signers[0])
            yield from _officers(inst, filing, filing.day, RECORD_PAPER, True)
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


def _officers(inst: Institution, filing: Filing, day: int, wanted: frozenset[str], two: bool) -> Iterator[Ruling]:
    for signer in filing.signers:
        officer = inst.officers.get(signer)
        held = officer.held(day) if officer else set()
        yield office_rules.holds_the_office(signer, held, wanted, day)
    if two:
        yield office_rules.two_officers_confirm(set(filing.signers))


def _strong_enough(inst: Institution, kind: ActType, filing: Filing) -> None:
    if filing.act.paper is not None and not kind.paper and kind.by.who == "unit":
        raise OutOfTurn("no-paper", kind.type)
    if kind.weighty and (filing.act.paper is None or filing.actor in filing.signers):  # A3: two officers saw the paper
        procedure = inst.meaning.procedure
        assert inst.genesis is not None
        if (procedure["P16"] if procedure else inst.genesis.strength) == "A3":
            raise OutOfTurn("needs-paper", kind.type)


def filed(
    inst: Institution, entry: Entry, given: VerifiedInputs, day: int, dossier: Dossier | None = None
) -> tuple[ActType, Body, Filing]:
    """The act as filed, after the checks that every act must pass whatever its type; `dossier`: the one it is done in."""
    act = entry.act
    kind = act_type_of(act.type)
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
    if act.view.size > inst.size or (act.view.size == 0) != first:  # who acts has seen what was founded
        raise OutOfTurn("view", act.type, found=act.view.size, size=inst.size)
    if not same_meaning(inst, kind, act.rev, given.rev):
        raise OutOfTurn("meaning-changed", kind.type)
    if act.basis != (basis := inst.basis_of(kind)):
        raise OutOfTurn("basis", act.type, expected=basis or "“”")
    require_fields(kind, entry)
    if not kind.public and not given.again and entry.rx.open != inst.size:  # where it is judged
        raise OutOfTurn("malformed", act.type, why=f"rx.open {entry.rx.open} ≠ {inst.size}")
    signers, keys = signers_of(judging(inst, given), kind, body, entry, dossier)
    _once(inst, kind, act, signers, keys[0], given)
    counts = governing_day(kind, entry, day, signers)
    others = _papers.by_others(inst, dossier, act.actor, signers, time)
    return kind, body, Filing(act, act.actor, signers, keys, time, day, counts, inst.size, given, others)


def _once(
    inst: Institution, kind: ActType, act: Act, signers: Collection[str], key: str, given: VerifiedInputs
) -> None:
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


def _in_time(inst: Institution, kind: ActType, entry: Entry, seen: int) -> None:
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


def same_meaning(inst: Institution, kind: ActType, rev: str, present: str) -> bool:
    """Whether an act done under the meaning `rev` was done under the present one, or one whose governing values still stand."""
    if rev == present:
        return True
    then = inst.revs.get(rev)
    if then is None or then.rules != inst.meaning.rules:
        return False
    return all(then.values.get(name) == inst.meaning.values.get(name) for name in kind.uses)


def signers_of(
    inst: Institution, kind: ActType, body: Body, entry: Entry, dossier: Dossier | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who signed, by the keys registered at this point; the caller has checked the signatures themselves.

    Whoever applies has none registered yet: within its own dossier the key counts that its application brings.
    """
    signers = []
    for sig in entry.sigs:
        if sig.alg == "ed25519" and (sig.ad is not None or sig.cd is not None):  # nobody signs them there
            raise OutOfTurn("malformed", kind.type, why="sigs: ad, cd")
        key = inst.keys.get(sig.key)
        if key is not None:
            if key.alg != sig.alg:
                raise OutOfTurn("wrong-key", kind.type, key=sig.key)
            signers.append(key.holder)
        elif (
            kind.type == "book.genesis/1"
            or (kind.own_key and getattr(body, "key", None) == sig.key)
            or _brought(dossier, entry.act.actor) == (sig.key, sig.alg)
        ):
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


def _brought(dossier: Dossier | None, actor: str) -> tuple[str, str]:
    """The key that whoever applies brings and signs with in its own dossier, and its algorithm; empty where there is none."""
    return dossier.brought if dossier is not None and dossier.parties == (actor,) else ("", "")


def governing_day(kind: ActType, entry: Entry, day: int, signers: tuple[str, ...]) -> int:
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
        if kind.governing is GoverningDate.INSTRUMENT:
            return dated
        if entry.act.actor not in signers:
            return arrived
    return day_of(entry.act.at) if kind.own_date else day
