"""Admission: applying under seal, granting, refusing on the two textual grounds (articles 2, 23)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.periods import Deadline, day_of, deadline
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Act, Body, Entry, Filing, Opening, act, act_type_of, decode_body, office
from gongyue.governance.dossier_close import closes
from gongyue.governance.fields import (
    Activities,
    Algorithm,
    EnclosedDigest,
    KeyId,
    Name,
    PublicDigest,
    SealedActDigest,
    UnitId,
)
from gongyue.governance.membership import may_join
from gongyue.governance.recovery import arrival, is_void
from gongyue.governance.refusal_grounds import grounds_stated
from gongyue.governance.registry import NEVER, Duty, Key, Unit
from gongyue.governance.unit_names import require_name
from gongyue.rules import dossier as dossier_rules
from gongyue.rules import membership as rules
from gongyue.rules import office as office_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Dossier
    from gongyue.governance.institution import Institution

Other = Annotated[str, Meta(max_length=60)]
Code = Annotated[str, Meta(max_length=18)]
_DIGEST = "sha256:" + "00" * 32


@act(
    "membership.apply/1",
    by=UNIT,
    clause="membership.application",
    own_key=True,
    capability=True,
    opens="application",
    example={
        "name": "拾贝科技",
        "code": "91000000000000078K",
        "domestic": True,
        "accepts": True,
        "activities": ["vertical"],
        "other": "",
        "key": "k:" + "55" * 32,
        "alg": "ed25519",
    },
)
class Apply(Body, frozen=True):
    """A unit applies to join, with the key it will sign with; opened in the open book when granted.

    Not from paper: it is granted on the signature of the key it brings, so that nobody could grant one that officers record.
    """

    name: Name
    code: Code
    domestic: bool
    accepts: bool
    activities: Activities
    other: Other
    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from self.qualifies(inst, filing.actor, inst.by_code.get(self.code, own_id(self.code)))
        require_seen(inst, filing.act, filing.act.type)
        require_name(inst, self.name, filing.actor, filing.act.type)
        yield self.takes_over_no_key(inst, filing.actor, filing.keys, filing.time)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        return replace(dossier, brought=(self.key, self.alg))

    def takes_over_no_key(self, inst: Institution, actor: str, signed_by: Iterable[str], time: int) -> Ruling:
        """A unit that had a key before signs with one that it has: whoever lost them all recovers one first."""
        own = inst.keys_of(actor)
        by_its_own = any(key in own and own[key].valid_when(time) for key in signed_by)
        had = sum(key.was_one for key in own.values())
        return office_rules.further_key_is_signed_for(actor, had, by_its_own)

    def qualifies(self, inst: Institution, actor: str, whose: str) -> Iterator[Ruling]:
        """The two textual grounds, an activity, a valid code; in its own name, `whose` its code is, and not a member already."""
        if not inst.in_force:
            raise OutOfTurn("not-in-force", "membership.apply/1")
        yield rules.is_a_domestic_practitioner(self.domestic)
        yield rules.code_is_valid(self.code)
        yield rules.joins_for_itself(whose, actor)
        yield rules.accepts_the_rules(self.accepts)
        yield rules.has_declared_an_activity(self.activities, self.other)
        may_join(inst, actor, "membership.apply/1")
        if inst.genesis is not None and self.alg not in inst.genesis.algorithms:
            raise OutOfTurn("weak-key", "membership.apply/1", alg=self.alg)


def own_id(code: str) -> str:
    """The id that a unit has of its own, by its code, where it was not invited under another."""
    return f"u:{code.lower()}"


def _whose(inst: Institution, code: str) -> str:
    """Whose a code is where an application is granted: an invitation that came after it, and was not taken up, changes nothing."""
    holder = inst.units.get(inst.by_code.get(code, ""))
    return own_id(code) if holder is None or holder.status == "invited" else holder.id


def require_seen(inst: Institution, application: Act, type: str) -> None:
    """OutOfTurn where whoever applied had not seen that it joined or left: it answers what the unit was before.

    Of what it saw, not of when it arrived: an office that keeps an application back cannot bring the unit back with it.
    """
    unit = inst.units.get(application.actor)
    if unit is not None and application.view.size < unit.known_from:
        raise OutOfTurn("stale", type, unit=unit.id, index=unit.changed, can="membership.apply/1")


def _application(filing: Filing, digest: str) -> tuple[Apply, Entry, str]:
    openings = filing.opening(digest)
    if len(openings) != 1 or openings[0].entry.act.type != "membership.apply/1":
        raise OutOfTurn("bad-object", "membership.grant/1", why="membership.apply/1 × 1")
    entry = openings[0].entry
    body = decode_body(act_type_of(entry.act.type), entry.act.body)
    assert isinstance(body, Apply)
    return body, entry, openings[0].commitment


@act(
    "membership.grant/1",
    by=office("secretary"),
    clause="membership.application",
    opening="application",
    example={"application": _DIGEST},
)
class Grant(Body, frozen=True):
    """Grants an application, which it opens: on the two textual grounds only, never on discretion.

    Not one that was withdrawn or refused before, as whoever can open its dossier sees.
    """

    application: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        applied, entry, commitment = _application(filing, self.application)
        if commitment in inst.answered:
            raise OutOfTurn("already", "membership.grant/1")
        if not inst.anchors or filing.opening(self.application)[0].index >= inst.anchors[-1].size:
            raise OutOfTurn("not-anchored", "membership.grant/1", can="gongyue tick")
        require_seen(inst, entry.act, "membership.grant/1")
        if filing.opening(self.application)[0].index in inst.void:
            raise OutOfTurn("bad-object", "membership.grant/1", why="void")
        if (dossier := filing.given.dossiers.get(self.application)) is not None:
            yield from may_grant(dossier, filing.signers)
        if not any(s.key == applied.key or _holds(inst, s.key, entry.act.actor) for s in entry.sigs):
            raise OutOfTurn("wrong-key", "membership.grant/1")
        known = inst.keys.get(applied.key)
        if known is not None and (known.holder != entry.act.actor or known.valid_to is not None):
            raise OutOfTurn("key-registered", "membership.grant/1", key=applied.key)
        whose = inst.by_code.get(applied.code, own_id(applied.code))
        if entry.act.actor == own_id(applied.code):
            whose = _whose(inst, applied.code)
        yield from applied.qualifies(inst, entry.act.actor, whose)
        # As of now too: when an application arrived between two anchors is the office's word alone.
        yield applied.takes_over_no_key(inst, entry.act.actor, [s.key for s in entry.sigs], filing.time)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        applied, entry, commitment = _application(filing, self.application)
        uid = entry.act.actor
        # A key the unit has already stays as it is: what was done with it before is still verified with it.
        unproven = applied.key not in inst.keys and not any(key.was_one for key in inst.keys_of(uid).values())
        known = inst.units.get(uid) or Unit(uid, applied.name, applied.code)
        # Its own name for itself, whatever name it was invited under.
        stated = replace(known, name=applied.name, activities=applied.activities, other=applied.other)
        inst = inst.with_unit(stated)
        valid_from = filing.time
        if unproven:  # invited or not: whose key that is, two officers say who compared it with the stamped form
            valid_from = NEVER
            inst = replace(inst, uncompared=inst.uncompared.set(applied.key, filing.index))
        key = inst.keys.get(applied.key) or Key(uid, applied.alg, filing.index + 1, valid_from, filing.time)
        inst = replace(inst, answered=inst.answered.set(commitment, filing.index))
        return inst.with_key(applied.key, key).admit(uid, filing.day, filing.index)


def may_grant(dossier: Dossier, signers: Iterable[str]) -> Iterator[Ruling]:
    """An application is granted while it stands, by nobody whose recusal was asked for in it; of its dossier, for whoever can open that."""
    if dossier.closed:
        raise OutOfTurn("dossier-closed", "membership.grant/1", dossier=dossier.id)
    yield dossier_rules.challenged_leaves_it_alone(signers, dossier.challenged)


def _holds(inst: Institution, key: str, unit: str) -> bool:
    known = inst.keys.get(key)
    return known is not None and known.holder == unit


@act(
    "membership.refuse/1",
    by=office("secretary"),
    clause="membership.application",
    sealed="of",
    within=("application",),
    answers=("membership.apply/1",),
    example={"unit": "u:0099", "of": _DIGEST, "ground": "practitioner", "reasons": _DIGEST},
)
class Refuse(Body, frozen=True):
    """Refuses an application, named by its commitment, on a ground that the text in force states; never a withdrawal."""

    unit: UnitId
    of: SealedActDigest
    ground: Annotated[str, Meta(max_length=40)]
    reasons: EnclosedDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        applied, unit = filing.given.sealed.get(self.of), inst.units.get(self.unit)
        has_left = unit is not None and unit.status == "left"
        # Whoever left may apply again : its application is refused on the same grounds as any other.
        yield rules.withdrawal_is_not_refused(self.unit in inst.leaving or (has_left and applied is None))
        yield rules.refusal_cites_a_ground(self.ground, grounds_stated(inst))
        if applied is None or applied.act.type != "membership.apply/1" or applied.act.actor != self.unit:
            raise OutOfTurn("not-found", "membership.refuse/1", what=f"{self.unit} {self.of}").saying(
                what=(f"{self.unit} 的这一申请", f"such application of {self.unit}")
            )
        if self.of in inst.answered:
            raise OutOfTurn("already", "membership.refuse/1")

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        if filing.given.sealed[self.of].rx.dossier != dossier.id:
            raise OutOfTurn("dossier-unanswered", "membership.refuse/1", dossier=dossier.id, to=self.of)
        yield dossier_rules.challenged_leaves_it_alone(filing.signers, dossier.challenged)
        if dossier.closed or any(one.type == "membership.refuse/1" and not one.void for one in dossier.entries):
            raise OutOfTurn("already", "membership.refuse/1")

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        return replace(dossier, closed=True, ended=filing.day)


def sealed_duties(inst: Institution, sealed: Sequence[Opening]) -> Iterator[Duty]:
    """Applications not yet decided, nor withdrawn: P8, as it stood when they were made."""
    over = refused_by(inst, sealed) | set(inst.answered)
    closed = {o.entry.rx.dossier for o in sealed if closes(o.entry) and not is_void(inst, o.index, o.entry)}
    for one in sealed:
        if (
            one.entry.act.type == "membership.apply/1"
            and one.commitment not in over
            and one.entry.rx.dossier not in closed
        ):
            yield to_decide(inst, one)


def to_decide(inst: Institution, application: Opening) -> Duty:
    """The duty to decide on an application, whatever came of it."""
    what, article = "决定加入申请 / decide on an application", inst.meaning.article("membership.application")
    unit, end = application.entry.act.actor, decide_by(inst, application)
    return Duty.of(what, unit, "exec", article, "P8", end, "membership.grant/1")


def refused_by(inst: Institution, sealed: Iterable[Opening]) -> set[str]:
    """The applications refused, by their commitments; a refusal in a false time is none."""
    return {
        _refused(o.entry)
        for o in sealed
        if o.entry.act.type == "membership.refuse/1" and not is_void(inst, o.index, o.entry)
    }


def decide_by(inst: Institution, application: Opening) -> Deadline:
    """By when an application has to be decided: P8 as it was in force when the day of its arrival began.

    Not as under the meaning it was signed under: that may be one of a time before there was a procedure.
    """
    start = day_of(arrival(inst, application.index, application.entry))
    meaning = inst.meaning_on(start - 1)
    return deadline(start, meaning.period("P8"), inst.meaning.calendar_of(start))


def _refused(entry: Entry) -> str:
    body = decode_body(act_type_of(entry.act.type), entry.act.body)
    assert isinstance(body, Refuse)
    return body.of
