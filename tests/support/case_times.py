"""Cases made up by hand, to count the days in them: P3 10, P5 15, P13 30, P18 3 and P20 20 days, no holidays, nothing told from the start."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from gongyue.covenant.periods import start_of
from gongyue.governance.course import Case, Service
from gongyue.governance.dossier import Dossier
from gongyue.governance.law import Order

DAY = 739_800
"""The day on which the case was opened; it was concluded forty days later."""
DAYS = {"P2": 10, "P3": 10, "P4": 90, "P5": 15, "P13": 30, "P18": 3, "P20": 20}
ACCUSED = "u:0002"


def law(opened: int = DAY, without: str = "", orders: tuple[Order, ...] = (), **read: str) -> Any:
    """The rules as they were when the day of the case's opening began; since then all are of a day, and panels of nine; orders of courts."""
    values = {name: days for name, days in DAYS.items() if name != without} | read
    then = SimpleNamespace(
        period=lambda name: SimpleNamespace(n=DAYS[name]), value=lambda name: {"P14": "3"}[name], values=values
    )
    now = SimpleNamespace(period=lambda name: SimpleNamespace(n=1), value=lambda name: "9", values={})
    meaning = SimpleNamespace(calendar_of=lambda day: None)
    known = {one.id: one for one in orders}
    return SimpleNamespace(meaning_on=lambda day: then if day == opened - 1 else now, meaning=meaning, orders=known)


def counted(start: int, period: Any, calendar: object) -> Any:
    """A deadline where there are no holidays: so many days after the day it runs from."""
    return SimpleNamespace(last=start + period.n)


def case(**other: Any) -> Dossier:
    """A case opened on the day, concluded forty days later; fields of the dossier, or of the case as `of_case`."""
    of_case = {"concluded": DAY + 40} | other.pop("of_case", {})
    return Dossier(parties=(ACCUSED,), case=Case(ACCUSED, ("8",), DAY, **of_case), **other)


def served(what: str, place: int, got: int, *docs: str, n: int = 2, **other: Any) -> Service:
    """A service that was received at a place, on a day; 0 for not yet."""
    return Service(what, docs, f"{what}{place}{docs}{n}", n, DAY, got, place, **other)


def said(*entries: tuple[str, str, int], void: tuple[int, ...] = ()) -> Any:
    """Entries by type, actor and day."""
    return tuple(
        SimpleNamespace(type=type, actor=actor, void=n in void, t=start_of(day), open=n * 10)
        for n, (type, actor, day) in enumerate(entries, 1)
    )
