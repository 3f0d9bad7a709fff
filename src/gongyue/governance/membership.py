"""Membership: invited, first batch, admitted on application, left, ended (articles 2, 4, 23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.parties import EXECUTIVE, is_credit_code
from gongyue.covenant.periods import day_of, deadline, from_iso
from gongyue.governance.acts import UNIT, Body, Book, Entry, Filing, act, decode_body, kind_of, office
from gongyue.governance.fields import Activities, Algorithm, Date, Digest, KeyId, Name, UnitId
from gongyue.governance.standing import Duty, Key, Unit
from gongyue.rules import membership as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

Other = Annotated[str, Meta(max_length=60)]
Code = Annotated[str, Meta(max_length=18)]
_DIGEST = "sha256:" + "00" * 32


class RollUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit on a roll that is imported."""

    id: UnitId
    name: Name
    code: Code


class Roll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An imported roll, as an object."""

    units: tuple[RollUnit, ...]
    v: Literal["gongyue/roll@1"] = "gongyue/roll@1"


def _roll(data: Any) -> Roll:
    try:
        return msgspec.convert(data, Roll)
    except msgspec.ValidationError as error:
        raise OutOfTurn("bad-object", "membership.invite/1", why=str(error)) from None


@act(
    "membership.invite/1",
    by=office("clerk", "secretary"),
    article=4,
    clause="membership.invitation",
    objects=("roll",),
    example={"roll": _DIGEST, "alliance": False, "standing": "invited"},
)
class Invite(Body, frozen=True):
    """Invites the units of a roll; nobody becomes a member by it. `alliance`: they are the alliance's own members."""

    roll: Digest
    alliance: bool
    standing: Literal["invited", "member"] = "invited"

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        units = _roll(filing.object(self.roll)).units
        codes: dict[str, str] = {}
        for unit in units:
            if self.standing == "member":
                yield rules.joins_for_itself(unit.id, EXECUTIVE)
            if not is_credit_code(unit.code):
                yield rules.code_is_valid(unit.code)
            clash = codes.setdefault(unit.code, unit.id) != unit.id or inst.by_code.get(unit.code, unit.id) != unit.id
            known = inst.units.get(unit.id)
            if clash or (known is not None and known.code != unit.code):
                raise OutOfTurn("same-unit", "membership.invite/1", unit=unit.id, code=unit.code)
        if len({u.id for u in units}) != len(units):
            raise OutOfTurn("same-unit", "membership.invite/1", unit="roll")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        units, codes = {}, {}
        for new in _roll(filing.object(self.roll)).units:
            known = inst.units.get(new.id) or Unit(new.id, new.name, new.code)
            units[new.id] = replace(known, alliance=known.alliance or self.alliance)
            codes[new.code] = new.id
        return replace(inst, units=inst.units.update(units), by_code=inst.by_code.update(codes))


@act(
    "membership.enrol/1",
    by=UNIT,
    article=23,
    clause="membership.first_batch",
    paper=True,
    capability=True,
    example={"accepts": True, "activities": ["analysis"], "other": ""},
)
class Enrol(Body, frozen=True):
    """A member of the alliance joins in the first batch, by its own declaration."""

    accepts: bool
    activities: Activities
    other: Other

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        _may_join(inst, filing.actor)
        if inst.lists:
            raise OutOfTurn("first-batch-over", "membership.enrol/1", can="membership.apply/1")
        unit = inst.unit(filing.actor)
        yield rules.is_a_member_of_the_alliance(unit.id, unit.alliance)
        yield rules.accepts_the_rules(self.accepts)
        yield rules.has_declared_an_activity(self.activities, self.other)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        unit = replace(inst.unit(filing.actor), activities=self.activities, other=self.other)
        return inst.with_unit(unit).admit(unit.id, filing.governing_day, filing.index)


@act(
    "membership.apply/1",
    by=UNIT,
    article=23,
    clause="membership.application",
    book=Book.SEALED,
    own_key=True,
    paper=True,
    capability=True,
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
    """A practitioner applies to join, with the key it will sign with; opened in the open book when granted."""

    name: Name
    code: Code
    domestic: bool
    accepts: bool
    activities: Activities
    other: Other
    key: KeyId
    alg: Algorithm

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        yield from self.qualifies(inst, filing.actor)

    def qualifies(self, inst: Institution, actor: str) -> Iterator[Ruling]:
        """The two textual grounds, an activity, a valid code; in its own name and not a member already."""
        if not inst.in_force:
            raise OutOfTurn("not-in-force", "membership.apply/1")
        yield rules.is_a_domestic_practitioner(self.domestic)
        yield rules.code_is_valid(self.code)
        yield rules.joins_for_itself(inst.by_code.get(self.code, f"u:{self.code.lower()}"), actor)
        yield rules.accepts_the_rules(self.accepts)
        yield rules.has_declared_an_activity(self.activities, self.other)
        _may_join(inst, actor)
        if inst.genesis is not None and self.alg not in inst.genesis.algorithms:
            raise OutOfTurn("weak-key", "membership.apply/1", alg=self.alg)


def _may_join(inst: Institution, uid: str) -> None:
    if not inst.effective:
        raise OutOfTurn("not-effective", "membership")
    if uid in inst.members:
        raise OutOfTurn("is-member", "membership")


def _application(filing: Filing, digest: str) -> tuple[Apply, Entry, str]:
    openings = filing.opening(digest)
    if len(openings) != 1 or openings[0].entry.act.type != "membership.apply/1":
        raise OutOfTurn("bad-object", "membership.grant/1", why="membership.apply/1 × 1")
    entry = openings[0].entry
    body = decode_body(kind_of(entry.act.type), entry.act.body)
    assert isinstance(body, Apply)
    return body, entry, openings[0].commitment


@act(
    "membership.grant/1",
    by=office("secretary"),
    article=23,
    clause="membership.application",
    opening="application",
    undo=True,
    example={"application": _DIGEST},
)
class Grant(Body, frozen=True):
    """Grants an application, which it opens: on the two textual grounds only, never on discretion."""

    application: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        applied, entry, commitment = _application(filing, self.application)
        if commitment in inst.answered:
            raise OutOfTurn("already", "membership.grant/1")
        if not inst.anchors or filing.opening(self.application)[0].index >= inst.anchors[-1].size:
            raise OutOfTurn("not-anchored", "membership.grant/1", can="gongyue tick")
        if not any(s.key == applied.key or _holds(inst, s.key, entry.act.actor) for s in entry.sigs):
            raise OutOfTurn("wrong-key", "membership.grant/1")
        known = inst.keys.get(applied.key)
        if known is not None and (known.holder != entry.act.actor or known.valid_to is not None):
            raise OutOfTurn("key-registered", "membership.grant/1", key=applied.key)
        yield from applied.qualifies(inst, entry.act.actor)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        applied, entry, commitment = _application(filing, self.application)
        uid = entry.act.actor
        known = inst.units.get(uid) or Unit(uid, applied.name, applied.code)
        inst = inst.with_unit(replace(known, activities=applied.activities, other=applied.other))
        # A key the unit has already stays as it is: what was done with it before is still verified with it.
        key = inst.keys.get(applied.key) or Key(uid, applied.alg, filing.index + 1, filing.time)
        answered = inst.answered.set(commitment, filing.index)
        inst = replace(inst, keys=inst.keys.set(applied.key, key), answered=answered)
        return inst.admit(uid, filing.day, filing.index)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        gone = next(e.unit for e in inst.events.values() if e.index == index and e.what == "joined")
        return inst.end_membership(gone, inst.today, inst.size, "ended") if gone in inst.members else inst


def _holds(inst: Institution, key: str, unit: str) -> bool:
    known = inst.keys.get(key)
    return known is not None and known.holder == unit


@act(
    "membership.refuse/1",
    by=office("secretary"),
    article=23,
    clause="membership.application",
    book=Book.SEALED,
    example={"unit": "u:0099", "of": _DIGEST, "ground": "practitioner", "reasons": _DIGEST},
)
class Refuse(Body, frozen=True):
    """Refuses an application on one of the two textual grounds, with reasons; never a withdrawal."""

    unit: UnitId
    of: Digest
    ground: Annotated[str, Meta(max_length=40)]
    reasons: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        unit = inst.units.get(self.unit)
        yield rules.withdrawal_is_not_refused(self.unit in inst.leaving or (unit is not None and unit.status == "left"))
        yield rules.refusal_cites_a_ground(self.ground)


@act(
    "membership.withdraw/1",
    by=UNIT,
    article=23,
    clause="membership.withdrawal",
    paper=True,
    undo=True,
    example={"effective": None},
)
class Withdraw(Body, frozen=True):
    """A member leaves: on arrival of its notice, or on a later day that it states. Nothing else is asked."""

    effective: Date | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "membership.withdraw/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        later = from_iso(self.effective) if self.effective else 0
        if later > filing.day:
            return replace(inst, leaving=inst.leaving.set(filing.actor, later))
        return inst.end_membership(filing.actor, filing.governing_day, filing.index, "left")

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        if actor in inst.leaving:
            return replace(inst, leaving=inst.leaving.delete(actor))
        return inst.admit(actor, inst.today, index) if actor not in inst.members else inst


@act(
    "membership.end/1",
    by=office("publisher", "secretary", two=True),
    article=23,
    clause="publication.list",
    example={"unit": "u:0021", "ground": _DIGEST},
)
class End(Body, frozen=True):
    """Membership ended 资格终止 otherwise than by withdrawal. The ground is a commitment: cancellation and the end
    of the entity have the same shape, and this act is checked in form only."""

    unit: UnitId
    ground: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.unit not in inst.members:
            raise OutOfTurn("not-member", "membership.end/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return inst.end_membership(self.unit, filing.day, filing.index, "ended")


@act(
    "membership.declare/1",
    by=UNIT,
    article=2,
    clause="membership.industry",
    example={"activities": ["analysis", "research"], "other": ""},
)
class Declare(Body, frozen=True):
    """A unit declares its activities anew; a roll already frozen for an annex does not change."""

    activities: Activities
    other: Other

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        inst.unit(filing.actor)
        yield rules.has_declared_an_activity(self.activities, self.other)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        unit = replace(inst.units[filing.actor], activities=self.activities, other=self.other)
        return replace(inst, units=inst.units.set(unit.id, unit))


def departures(inst: Institution, day: int) -> Institution:
    """The institution once notices that stated a later day have fallen due by `day`."""
    for uid, leaves in sorted(inst.leaving.items(), key=lambda pair: (pair[1], pair[0])):
        if leaves <= day:
            inst = replace(inst, leaving=inst.leaving.delete(uid))
            if uid in inst.members:
                inst = inst.end_membership(uid, leaves, inst.size, "left")
    return inst


def sealed_duties(inst: Institution, sealed: list[tuple[str, Entry]]) -> Iterator[Duty]:
    """Applications not yet decided: P8, as it stood when they were made. `sealed`: (commitment, entry) pairs."""
    refused = {_refused(e) for _, e in sealed if e.act.type == "membership.refuse/1"}
    for commitment, entry in sealed:
        if entry.act.type != "membership.apply/1" or commitment in refused or commitment in inst.answered:
            continue
        meaning = inst.revs.get(entry.act.rev, inst.meaning)
        end = deadline(day_of(entry.rx.t), meaning.period("P8"), meaning.calendar)
        what = "决定加入申请 / decide on an application"
        yield Duty.of(what, entry.act.actor, "exec", 23, "P8", end, "membership.grant/1")


def _refused(entry: Entry) -> str:
    body = decode_body(kind_of(entry.act.type), entry.act.body)
    assert isinstance(body, Refuse)
    return body.of
