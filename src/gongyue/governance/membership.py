"""Membership: invited, first batch, admitted on application, left, ended (articles 2, 4, 23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from gongyue.covenant.parties import EXECUTIVE, is_credit_code, is_id_of_another
from gongyue.covenant.periods import day_of, from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import UNIT, Body, Filing, act, office
from gongyue.governance.fields import Activities, Date, LinkDigest, Name, PublicDigest, UnitId
from gongyue.governance.hearing import ending
from gongyue.governance.registry import Unit
from gongyue.rules import membership as rules
from gongyue.rules import sanction as sanction_rules

if TYPE_CHECKING:
    from gongyue.governance.dossier import Linked
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
    v: Literal["gongyue/roll@1"]


def _roll(data: Any) -> Roll:
    try:
        return msgspec.convert(data, Roll)
    except msgspec.ValidationError as error:
        raise OutOfTurn("bad-object", "membership.invite/1", why=str(error)) from None


@act(
    "membership.invite/1",
    by=office("clerk", "secretary"),
    clause="membership.invitation",
    objects=("roll",),
    example={"roll": _DIGEST, "alliance": False, "standing": "invited"},
)
class Invite(Body, frozen=True):
    """Invites the units of a roll; nobody becomes a member by it. `alliance`: they are the alliance's own members."""

    roll: PublicDigest
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
            if clash or (known is not None and known.code != unit.code) or is_id_of_another(unit.id, unit.code):
                raise OutOfTurn("same-unit", "membership.invite/1", unit=unit.id, code=unit.code)
        if len({u.id for u in units}) != len(units):
            raise OutOfTurn("same-unit", "membership.invite/1", unit="roll")

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        units, codes = {}, {}
        for new in _roll(filing.object(self.roll)).units:
            known = inst.units.get(new.id) or Unit(new.id, new.name, new.code)
            # A slip in an earlier roll is mended by inviting anew; whoever is or was a member has the name it gave itself.
            name = new.name if known.status == "invited" and not known.since else known.name
            units[new.id] = replace(known, name=name, alliance=known.alliance or self.alliance)
            codes[new.code] = new.id
        return replace(inst, units=inst.units.update(units), by_code=inst.by_code.update(codes))


@act(
    "membership.enrol/1",
    by=UNIT,
    clause="membership.first_batch",
    capability=True,
    undo=True,
    example={"accepts": True, "activities": ["analysis"], "other": ""},
)
class Enrol(Body, frozen=True):
    """A member of the alliance joins in the first batch, by its own declaration."""

    accepts: bool
    activities: Activities
    other: Other

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        may_join(inst, filing.actor, "membership.enrol/1")
        if inst.lists:
            raise OutOfTurn("first-batch-over", "membership.enrol/1", can="membership.apply/1")
        unit = inst.unit(filing.actor)
        if (
            inst.by_code[unit.code] != unit.id
        ):  # the firm was admitted under its own id, on an application older than the invitation
            raise OutOfTurn("same-unit", "membership.enrol/1", unit=unit.id, code=unit.code)
        filing.require_after(unit.known_from - 1, unit.until)  # kept back until it had left, it would bring it in anew
        filing.require_not_before(inst.founding.effective_day or 0, filing.governing_day)
        yield rules.is_a_member_of_the_alliance(unit.id, unit.alliance)
        yield rules.accepts_the_rules(self.accepts)
        yield rules.has_declared_an_activity(self.activities, self.other)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        unit = replace(inst.unit(filing.actor), activities=self.activities, other=self.other)
        return inst.with_unit(unit).admit(unit.id, filing.governing_day, filing.index)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        if actor not in inst.members or inst.units[actor].changed != index:
            return inst  # it left, or joined otherwise since: that stands
        return inst.end_membership(actor, day_of(inst.now), inst.size, "left", by_notice=False)


@act(
    "membership.withdraw/1",
    by=UNIT,
    clause="membership.withdrawal",
    undo=True,
    example={"effective": None},
)
class Withdraw(Body, frozen=True):
    """A member leaves: on arrival of its notice, once the time is over that the text asks for, or on a later day that it states."""

    effective: Date | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if filing.actor not in inst.members:
            raise OutOfTurn("not-member", "membership.withdraw/1")
        unit = inst.units[filing.actor]
        filing.require_after(unit.known_from - 1, unit.since)  # of this membership: one kept back would put it out anew
        if filing.actor not in filing.signers and filing.actor in inst.leaving and unit.notice not in inst.papers:
            raise OutOfTurn("already", "membership.withdraw/1")  # paper takes the place of no signed notice
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        later = max(from_iso(self.effective) if self.effective else 0, leaves_at(inst, filing.governing_day))
        unit = replace(inst.units[filing.actor], notice=filing.index)
        inst = replace(inst, units=inst.units.set(unit.id, unit))
        if later > filing.day:
            return replace(inst, leaving=inst.leaving.set(filing.actor, later))
        # A letter that was recorded only after the day it states: it left on that day, and not when the letter came.
        return inst.end_membership(filing.actor, max(filing.governing_day, later), filing.index, "left", by_notice=True)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        unit = inst.units[actor]
        if unit.notice != index:
            return inst  # another notice came after it, or the membership ended otherwise: that stands
        if actor in inst.leaving:
            return replace(inst, leaving=inst.leaving.delete(actor))
        return inst.restore(actor)


@act(
    "membership.end/1",
    form_only=True,
    undo=True,
    by=office("publisher", "secretary", two=True),
    clause="publication.list",
    empty_link=True,
    link_once=True,
    example={"unit": "u:0021", "link": _DIGEST},
)
class End(Body, frozen=True):
    """Membership ended 资格终止 otherwise than by withdrawal. The ground is a link: cancellation and the end of the entity,
    which names no decision, have the same shape, and this act is checked in form only until its link is opened.

    Voided, as when a review revokes the decision, the unit is a member again, with its votes that are still open.
    """

    unit: UnitId
    link: LinkDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.unit not in inst.members:
            raise OutOfTurn("not-member", "membership.end/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return inst.end_membership(self.unit, filing.day, filing.index, "ended", by_notice=False)

    def links_to(self) -> tuple[str, ...]:
        """The decision by which it ends."""
        return ("case.decide/1",)

    def check_linked(self, inst: Institution, linked: Sequence[Linked], filing: Filing) -> Iterator[Ruling]:
        for one in linked:
            wrong, since = ending(inst, one.dossier, self.unit, one.n)
            yield sanction_rules.cancellation_is_in_effect(wrong, since, filing.day)

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        unit = inst.units[self.unit]
        if unit.id in inst.members or unit.changed != index:
            return inst  # it joined anew since: that stands
        return inst.restore(unit.id, index)


@act(
    "membership.declare/1",
    by=UNIT,
    clause="membership.industry",
    example={"activities": ["analysis", "research"], "other": ""},
)
class Declare(Body, frozen=True):
    """A unit declares its activities anew; a roll already frozen for an annex does not change."""

    activities: Activities
    other: Other

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if inst.unit(filing.actor).status in (
            "left",
            "ended",
        ):  # restored, it would come into a branch that voted without it
            raise OutOfTurn("not-member", "membership.declare/1", unit=filing.actor)
        yield rules.has_declared_an_activity(self.activities, self.other)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        unit = replace(inst.units[filing.actor], activities=self.activities, other=self.other)
        return replace(inst, units=inst.units.set(unit.id, unit))


def notice_ends(inst: Institution, day: int) -> int:
    """When notice given on `day` is over, where the text asks for notice in advance; 0 where it takes effect on arrival."""
    return leaves_at(inst, day) if inst.meaning.notice else 0


def leaves_at(inst: Institution, day: int) -> int:
    """The first day on which a unit that gives notice on `day` has left: that day, or once the notice the text asks for is over."""
    notice = inst.meaning.notice
    return inst.deadline(notice, day).target if notice else day


def departures(inst: Institution, day: int) -> Institution:
    """The institution once notices that stated a later day have fallen due by `day`."""
    for uid, leaves in sorted(inst.leaving.items(), key=lambda pair: (pair[1], pair[0])):
        if leaves <= day:
            inst = replace(inst, leaving=inst.leaving.delete(uid))
            if uid in inst.members:
                inst = inst.end_membership(uid, leaves, inst.size, "left", by_notice=True)
    return inst


def may_join(inst: Institution, uid: str, step: str) -> None:
    """Whether the unit may join at all: the covenant is effective and it is no member yet."""
    if not inst.effective:
        raise OutOfTurn("not-effective", step)
    if uid in inst.members:
        raise OutOfTurn("is-member", step)
