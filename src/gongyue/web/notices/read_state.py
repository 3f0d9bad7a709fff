"""What a person has read, and how many notices it has not."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from gongyue.covenant.periods import DAY, start_of
from gongyue.web import request_state
from gongyue.web.accounts.models import Person
from gongyue.web.accounts.seats import seats_of
from gongyue.web.installation import Now
from gongyue.web.notices.feed import feed_for
from gongyue.web.notices.models import ReadMark
from gongyue.web.notices.notification import Notification

SHOWN = 366 * DAY
"""Seconds back to which notices are shown; everything older stays in the book and in the unit's own acts."""
COUNTED = 60 * DAY
"""Seconds back to which unread notices are counted."""


def notices_of(now: Now, person: Person) -> list[Notification]:
    """What a person is told as of now, newest first, from the day its first seat began."""
    seats = list(seats_of(person, now.day))
    if not seats:
        return []
    begins = min(start_of(seat.begins.toordinal()) for seat in seats)
    return [one for one in feed_for(now, seats) if one.time >= max(begins, now.time - SHOWN)]


def read_keys(person: Person) -> set[str]:
    """The notices a person has marked as read."""
    return set(ReadMark.objects.filter(person=person).values_list("key", flat=True))


def mark_read(person: Person, keys: Iterable[str]) -> None:
    """Remember that a person has read them; again is the same."""
    ReadMark.objects.bulk_create([ReadMark(person=person, key=key) for key in keys], ignore_conflicts=True)


def unread(now: Now, told: Iterable[Notification], read: set[str]) -> set[str]:
    """The keys of what a person has not read; what is older than two months counts as read."""
    return {one.key for one in told if one.key not in read and one.time >= now.time - COUNTED}


def unread_count(request: HttpRequest) -> int:
    """How many notices of the last two months the person asking has not read; counted once a request."""
    known: int | None = getattr(request, "_unread_notices", None)
    if known is None:
        now, person = request_state.now(request), request_state.person(request)
        known = len(unread(now, notices_of(now, person), read_keys(person)))
        request._unread_notices = known  # type: ignore[attr-defined]
    return known
