"""Orders of courts and authorities as they bear on acts: which forbids one, and the time in which one could not be done (article 20)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from gongyue.covenant.rulings import Ruling
from gongyue.governance.course import Rest
from gongyue.rules import law as rules

if TYPE_CHECKING:
    from gongyue.governance.institution import Institution


def unforbidden(inst: Institution, type: str, parties: Collection[str], day: int) -> Iterator[Ruling]:
    """That no order forbids an act of that type, by or about these parties, on that day: of each order one ruling."""
    for order in sorted(inst.orders.values(), key=lambda o: o.id):  # kept in no order: name the same one always
        hit = order.forbids(type, parties, day)
        yield rules.no_order_forbids(order.id if hit else "", order.source)


def forbidding(inst: Institution, type: str, parties: Collection[str], day: int) -> str:
    """The order by which such an act is forbidden on that day; empty where none is."""
    return min((one.id for one in inst.orders.values() if one.forbids(type, parties, day)), default="")


def forbidden_days(inst: Institution, type: str, parties: Collection[str]) -> tuple[Rest, ...]:
    """The time, as far as its end is known, in which orders forbade such an act: no day of it counts, nor any of it twice."""
    found: list[Rest] = []
    for one in sorted(inst.orders.values(), key=lambda o: (o.begins, o.id)):
        last = min(filter(None, (one.ends, one.lifted and one.lifted - 1)), default=0)
        begins = max(one.begins - 1, found[-1].ends if found else 0)
        if last > begins and one.forbids(type, parties, last):
            found.append(Rest(begins, last))
    return tuple(found)
