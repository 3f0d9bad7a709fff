"""Digests: one mail for a month or a week, for those who have twenty minutes; and the deadlines that lie ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import DAY, months_after, start_of
from gongyue.web.accounts.models import Seat
from gongyue.web.installation import Now
from gongyue.web.notices.models import MONTHLY, WEEKLY
from gongyue.web.notices.notification import SEALED_DUE
from gongyue.web.workspace.attention import items
from gongyue.web.workspace.own_unit import OwnUnit

AHEAD = 45
"""Days ahead whose deadlines a digest names."""


class Period(msgspec.Struct, frozen=True):
    """The latest whole month or week before today: its name, its first day, the day after its last (ordinals)."""

    key: str
    begins: int
    ends: int


class Ahead(msgspec.Struct, frozen=True):
    """A deadline that lies ahead, as a mail may say it; `ends` 0 where even that is nobody else's business.

    `at`: the address of what it rests on.
    """

    words: tuple[str, str]
    ends: int
    at: str = ""


DIGEST = "digest:"


def is_digest(key: str) -> bool:
    """Whether a mail is a digest: what it says of a month or a week is its addressee's."""
    return key.startswith(DIGEST)


def period(rhythm: str, day: int) -> Period | None:
    """The period whose digest may be written on that day; None for a rhythm without digests."""
    today = date.fromordinal(day)
    if rhythm == MONTHLY:
        ends = today.replace(day=1).toordinal()
        begins = months_after(ends, -1)
        return Period(f"{DIGEST}{date.fromordinal(begins):%Y-%m}", begins, ends)
    if rhythm == WEEKLY:
        monday = today - timedelta(days=today.weekday() + 7)
        year, week, _ = monday.isocalendar()
        return Period(f"{DIGEST}{year}-W{week:02}", monday.toordinal(), monday.toordinal() + 7)
    return None


def ahead(now: Now, seats: Iterable[Seat]) -> list[Ahead]:
    """The deadlines of the next weeks for the units of these seats. An open vote is named whether or not it was used."""
    found: dict[str, Ahead] = {}
    for unit in sorted({seat.party for seat in seats if is_unit(seat.party)}):
        for item in items(OwnUnit(now, unit)):
            if item.ends and now.time < item.ends <= start_of(now.day) + AHEAD * DAY:
                told = Ahead(SEALED_DUE, 0) if item.sealed else Ahead((item.zh, item.en), item.ends, item.at)
                found["sealed" if item.sealed else item.key] = told
    return sorted(found.values(), key=lambda a: (not a.ends, a.ends))
