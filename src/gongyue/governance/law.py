"""The law above the covenant: orders recorded, law packs and the holiday calendar logged (article 20)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM
from gongyue.covenant.periods import calendar_from, from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.covenant.values import LoggedCalendar
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Date, MatterId, Name, PublicDigest
from gongyue.rules import membership as membership_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
TypeName = Annotated[str, Meta(pattern=r"\A[a-z]+\.[a-z_]+/\d+\Z")]
ActTypes = Annotated[tuple[TypeName, ...], Meta(min_length=1, max_length=40)]


class Order(Struct, frozen=True):
    """An order or a law pack: the act types it forbids, to or about one party or to all, from a day to a day (0: open).

    `dated`: the day of the paper it was recorded from.
    """

    id: str
    source: str
    types: tuple[str, ...]
    party: str
    begins: int
    ends: int
    dated: int
    lifted: int | None = None

    def forbids(self, type: str, parties: Collection[str], day: int) -> bool:
        """Whether an act of that type by, or about, these parties on that day is forbidden."""
        if type not in self.types or (self.party and self.party not in parties):
            return False
        in_time = self.begins <= day and (not self.ends or day <= self.ends)
        return in_time and (self.lifted is None or day < self.lifted)


@act(
    "law.order/1",
    by=office("clerk", "secretary", two=True),
    clause="law.observance",
    example={
        "order": "l:court-2026-7",
        "source": "示范人民法院（演示）",
        "forbids": ["annex.publish/1"],
        "party": "",
        "begins": "2026-08-01",
        "ends": None,
    },
)
class RecordOrder(Body, frozen=True):
    """Records an order of a court or regulator, from its paper: the acts it forbids, by or about whom, from when. It is lifted, never voided."""

    order: MatterId
    source: Name
    forbids: ActTypes
    begins: Date
    party: Annotated[str, Meta(max_length=44)] = ""
    ends: Date | None = None

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if self.order in inst.orders or not self.order.startswith("l:"):
            raise OutOfTurn("exists", "law.order/1", what=self.order)
        if filing.act.paper is None:
            raise OutOfTurn("needs-paper", "law.order/1")
        if self.party not in ("", EXECUTIVE, AUTHORITY, SYSTEM):
            inst.unit(self.party)  # an order against nobody would stand unseen until somebody has that name
        _ends_after_it_begins("law.order/1", self.begins, self.ends)
        yield _leaves_the_door_open(self.forbids)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        ends = from_iso(self.ends) if self.ends else 0
        order = Order(self.order, self.source, self.forbids, self.party, from_iso(self.begins), ends, filing.dated)
        return replace(inst, orders=inst.orders.set(order.id, order))


@act(
    "law.lift/1",
    by=office("clerk", "secretary", two=True),
    clause="law.observance",
    example={"order": "l:court-2026-7"},
)
class Lift(Body, frozen=True):
    """Records that an order was lifted, or what a law pack forbids, from its paper."""

    order: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        lifted = _forbidding(inst, self.order)
        if not lifted:
            raise OutOfTurn("not-found", what=self.order)
        if filing.act.paper is None:
            raise OutOfTurn("needs-paper", "law.lift/1")
        filing.require_not_before(max(inst.orders[id].dated for id in lifted))
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        for id in _forbidding(inst, self.order):
            inst = _lifted(inst, id, filing.governing_day)
        return inst


def _forbidding(inst: Institution, id: str) -> list[str]:
    """The orders of that name, or of the law pack of that name, that forbid something and were not lifted."""
    named = (order for order in inst.orders.values() if order.id == id or order.id.startswith(f"{id}/"))
    return [order.id for order in named if order.types and order.lifted is None]


def _ends_after_it_begins(type: str, begins: str, ends: str | None) -> None:
    if ends is not None and from_iso(ends) < from_iso(begins):
        raise OutOfTurn("past-date", type, at=ends, since=begins)


ALWAYS_OPEN = frozenset({"disavow", "revoke", "recover", "notify", "receive", "note"})
"""What anybody does to say that it was not itself, to be told in time, and to answer what it is told: no order takes it away."""


def _leaves_the_door_open(types: Sequence[str]) -> Ruling:
    """Whatever is forbidden, members stay free to leave (art. 23) and to disavow; the book, its clock and the law go on."""
    if shut := [t for t in types if _verb(t) in ALWAYS_OPEN or t.startswith(("book.", "law.", "clock."))]:
        raise OutOfTurn("malformed", "law", why=" ".join(shut))
    leaving = any(t.startswith("membership.withdraw/") for t in types)
    return membership_rules.withdrawal_is_not_refused(leaving)


def _verb(type: str) -> str:
    """What is done, in any version of the type."""
    return type.partition(".")[2].partition("/")[0]


def _lifted(inst: Institution, id: str, day: int) -> Institution:
    return replace(inst, orders=inst.orders.set(id, replace(inst.orders[id], lifted=day)))


class Prohibition(Struct, frozen=True, forbid_unknown_fields=True):
    """Acts a law pack forbids, and the law's name."""

    source: Name
    types: ActTypes


@act(
    "law.pack/1",
    by=office("publisher", "secretary", two=True),
    clause="law.observance",
    example={
        "pack": "l:pack-2026-1",
        "content": _DIGEST,
        "begins": "2026-04-01",
        "ends": "2027-03-31",
        "forbids": [],
    },
)
class Pack(Body, frozen=True):
    """Logs a dated law pack: effective from the day it is logged at the earliest; from paper where it forbids acts."""

    pack: MatterId
    content: PublicDigest
    begins: Date
    ends: Date | None = None
    forbids: tuple[Prohibition, ...] = ()

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        known = any(id.startswith(self.pack + "/") or id == self.pack for id in inst.orders)
        if known or not self.pack.startswith("l:"):
            raise OutOfTurn("exists", "law.pack/1", what=self.pack)
        filing.require_not_before(filing.day, from_iso(self.begins))
        _ends_after_it_begins("law.pack/1", self.begins, self.ends)
        if self.forbids and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "law.pack/1")
        yield _leaves_the_door_open([type for p in self.forbids for type in p.types])

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        begins, ends = from_iso(self.begins), from_iso(self.ends) if self.ends else 0
        orders = {
            f"{self.pack}/{n}": Order(f"{self.pack}/{n}", p.source, p.types, "", begins, ends, filing.dated)
            for n, p in enumerate(self.forbids, 1)
        }
        orders[self.pack] = Order(self.pack, self.content, (), "", begins, ends, filing.dated)  # keeps the name
        inst = replace(inst, orders=inst.orders.update(orders))
        meaning = replace(inst.meaning, law=(*inst.meaning.law, self.content))
        return inst.with_meaning(meaning, filing.given.rev)


CALENDAR = "gongyue/calendar@1"


def _years(value: Any) -> Any:
    """The years of a calendar's object, which says its form and has nothing else in it; ValueError, KeyError of any other."""
    if value.get("v") != CALENDAR or len(value) != 2 or any(len(days) != 2 for days in value["years"].values()):
        raise ValueError(f"{CALENDAR}: v, years, and of each its holidays and workdays")
    return value["years"]


@act(
    "law.calendar/1",
    by=office("clerk", "secretary", two=True),
    clause="law.observance",
    objects=("calendar",),
    example={"calendar": _DIGEST},
)
class LogCalendar(Body, frozen=True):
    """Logs the statutory holiday calendar, from the notice that sets it, for periods that begin on a later day.

    Years it does not have are not rolled, and said so.
    """

    calendar: PublicDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        try:
            calendar_from(_years(filing.object(self.calendar)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise OutOfTurn("bad-object", "law.calendar/1", why=repr(error)) from None
        if filing.act.paper is None:
            raise OutOfTurn("needs-paper", "law.calendar/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        logged = LoggedCalendar(filing.day, calendar_from(_years(filing.object(self.calendar))))
        calendars, law = (*inst.meaning.calendars, logged), (*inst.meaning.law, self.calendar)
        meaning = replace(inst.meaning, calendars=calendars, law=law)
        return inst.with_meaning(meaning, filing.given.rev)
