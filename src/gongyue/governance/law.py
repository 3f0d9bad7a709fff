"""The law above the covenant: orders recorded, law packs and the holiday calendar logged (article 20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.citing import OutOfTurn, Ruling
from gongyue.covenant.periods import calendar_from, from_iso
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.fields import Date, Digest, MatterId, Name
from gongyue.rules import membership as membership_rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
TypeName = Annotated[str, Meta(pattern=r"\A[a-z]+\.[a-z_]+/\d+\Z")]
ActTypes = Annotated[tuple[TypeName, ...], Meta(min_length=1, max_length=40)]


class Order(Struct, frozen=True):
    """An order or a law pack: the act types it forbids, for one party or all, from a day to a day (0: open)."""

    id: str
    source: str
    types: tuple[str, ...]
    party: str
    begins: int
    ends: int
    lifted: int | None = None

    def forbids(self, type: str, party: str, day: int) -> bool:
        """Whether an act of that type by that party on that day is forbidden."""
        if type not in self.types or self.party not in ("", party):
            return False
        in_time = self.begins <= day and (not self.ends or day <= self.ends)
        return in_time and (self.lifted is None or day < self.lifted)


@act(
    "law.order/1",
    by=office("clerk", "secretary", two=True),
    article=20,
    clause="law.observance",
    undo=True,
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
    """Records an order of a court or regulator, from its paper: the acts it forbids, to whom, from when."""

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
        yield _leaves_the_door_open(self.forbids)

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        ends = from_iso(self.ends) if self.ends else 0
        order = Order(self.order, self.source, self.forbids, self.party, from_iso(self.begins), ends)
        return replace(inst, orders=inst.orders.set(order.id, order))

    def undo(self, inst: Institution, index: int, actor: str, rev: str) -> Institution:
        return _lifted(inst, self.order, inst.today)


@act(
    "law.lift/1",
    by=office("clerk", "secretary", two=True),
    article=20,
    clause="law.observance",
    example={"order": "l:court-2026-7"},
)
class Lift(Body, frozen=True):
    """Records that an order was lifted, from its paper."""

    order: MatterId

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        known = inst.orders.get(self.order)
        if known is None or not known.types or known.lifted is not None:
            raise OutOfTurn("not-found", what=self.order)
        if filing.act.paper is None:
            raise OutOfTurn("needs-paper", "law.lift/1")
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        return _lifted(inst, self.order, filing.governing_day)


def _leaves_the_door_open(types: Sequence[str]) -> Ruling:
    """Whatever is forbidden, members stay free to leave (art. 23), the book goes on and an order can be lifted."""
    if any(type.startswith(("book.", "law.")) for type in types):
        raise OutOfTurn("malformed", "law", why="book.*, law.*")
    return membership_rules.withdrawal_is_not_refused("membership.withdraw/1" in types)


def _lifted(inst: Institution, id: str, day: int) -> Institution:
    return replace(inst, orders=inst.orders.set(id, replace(inst.orders[id], lifted=day)))


class Prohibition(Struct, frozen=True, forbid_unknown_fields=True):
    """Acts a law pack forbids, and the law's name."""

    source: Name
    types: ActTypes


@act(
    "law.pack/1",
    by=office("publisher", "secretary", two=True),
    article=20,
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
    content: Digest
    begins: Date
    ends: Date | None = None
    forbids: tuple[Prohibition, ...] = ()

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        if any(id.startswith(self.pack + "/") or id == self.pack for id in inst.orders):
            raise OutOfTurn("exists", "law.pack/1", what=self.pack)
        if from_iso(self.begins) < filing.day:
            raise OutOfTurn("backdated", "law.pack/1", at=self.begins)
        if self.forbids and filing.act.paper is None:
            raise OutOfTurn("needs-paper", "law.pack/1")
        yield _leaves_the_door_open([type for p in self.forbids for type in p.types])

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        ends = from_iso(self.ends) if self.ends else 0
        orders = {
            f"{self.pack}/{n}": Order(f"{self.pack}/{n}", p.source, p.types, "", from_iso(self.begins), ends)
            for n, p in enumerate(self.forbids, 1)
        }
        orders[self.pack] = Order(self.pack, self.content, (), "", from_iso(self.begins), ends)  # keeps the name
        inst = replace(inst, orders=inst.orders.update(orders))
        meaning = replace(inst.meaning, law=(*inst.meaning.law, self.content))
        return inst.with_meaning(meaning, filing.given.rev)


@act(
    "law.calendar/1",
    by=office("clerk", "secretary", two=True),
    article=20,
    clause="law.observance",
    objects=("calendar",),
    example={"calendar": _DIGEST},
)
class LogCalendar(Body, frozen=True):
    """Logs the statutory holiday calendar; years it does not have are not rolled, and said so."""

    calendar: Digest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        try:
            calendar_from(filing.object(self.calendar)["years"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise OutOfTurn("bad-object", "law.calendar/1", why=repr(error)) from None
        yield from ()

    def apply(self, inst: Institution, filing: Filing) -> Institution:
        calendar = calendar_from(filing.object(self.calendar)["years"])
        meaning = replace(inst.meaning, calendar=calendar, law=(*inst.meaning.law, self.calendar))
        return inst.with_meaning(meaning, filing.given.rev)
