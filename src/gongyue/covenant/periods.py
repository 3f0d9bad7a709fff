"""Periods: Beijing dates, counted as the Civil Code counts them (articles 200–204, 1259).

Days are ordinals (`datetime.date.toordinal`); times are Unix seconds. Nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count

import msgspec

BEIJING = 8 * 3600
DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()


def day_of(time: int) -> int:
    """The Beijing day (ordinal) on which a Unix time falls."""
    return _EPOCH + (time + BEIJING) // DAY


def start_of(day: int) -> int:
    """The Unix time at which a Beijing day begins."""
    return (day - _EPOCH) * DAY - BEIJING


def iso(day: int) -> str:
    """A day as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()


def moment(time: int) -> str:
    """A Unix time as Beijing date and time to the second; — for 0."""
    if not time:
        return "—"
    seconds = (time + BEIJING) % DAY
    return f"{iso(day_of(time))} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def from_moment(text: str) -> int:
    """The Unix time of a Beijing date and time YYYY-MM-DD HH:MM or HH:MM:SS; ValueError for anything else."""
    day, _, clock = text.partition(" ")
    hour, minute, second = map(_two_digits, (clock if clock.count(":") == 2 else f"{clock}:00").split(":"))
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(text)
    return start_of(from_iso(day)) + hour * 3600 + minute * 60 + second


def _two_digits(text: str) -> int:
    if not (len(text) == 2 and text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def from_iso(text: str) -> int:
    """The day written as YYYY-MM-DD; ValueError for anything else."""
    parsed = date.fromisoformat(text)
    if parsed.isoformat() != text:
        raise ValueError(text)
    return parsed.toordinal()


class Period(msgspec.Struct, frozen=True):
    """A length of time as a text states it: n natural days, working days, months or hours (a day begun counts whole)."""

    n: int
    unit: str = "day"


class Calendar(msgspec.Struct, frozen=True):
    """A year's statutory holidays and make-up working days, as ordinals; years not loaded are not rolled."""

    years: frozenset[int] = frozenset()
    holidays: frozenset[int] = frozenset()
    workdays: frozenset[int] = frozenset()

    def knows(self, day: int) -> bool:
        """Whether the calendar of that day's year is loaded."""
        return date.fromordinal(day).year in self.years

    def is_off(self, day: int) -> bool:
        """Whether the day is a statutory rest day: a listed holiday, or a weekend not made up."""
        if day in self.holidays:
            return True
        return day not in self.workdays and date.fromordinal(day).weekday() >= 5

    def roll(self, day: int) -> int:
        """The next working day if `day` is a rest day and its year is loaded (Civil Code 203)."""
        while self.knows(day) and self.is_off(day):
            day += 1
        return day


NO_CALENDAR = Calendar()


class Deadline(msgspec.Struct, frozen=True):
    """The day aimed at (unrolled) and the last lawful day (rolled); `calendar_known` is False where no calendar was loaded."""

    target: int
    last: int
    calendar_known: bool

    def overdue(self, day: int) -> int:
        """Whole days past the last lawful day; 0 on or before it (the last day ends at 24:00, Civil Code 203)."""
        return max(0, day - self.last)


def months_after(day: int, months: int) -> int:
    """The same day of a later month, or its last day (Civil Code 202)."""
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last)).toordinal()


def deadline(start: int, period: Period, calendar: Calendar = NO_CALENDAR) -> Deadline:
    """The end of `period` counted from `start`; the first day is not counted (Civil Code 201)."""
    if period.unit == "workday":
        day, left = start, period.n
        while left:
            day += 1
            left -= not calendar.is_off(day)
        return Deadline(day, day, calendar.knows(day))
    days = -(-period.n // 24) if period.unit == "hour" else period.n
    target = months_after(start, period.n) if period.unit == "month" else start + days
    return Deadline(target, calendar.roll(target), calendar.knows(target))


def part_end(day: int, months: int) -> int:
    """The last day of the part of the year, of so many months counted from January, in which `day` falls: of 3, the quarter."""
    parsed = date.fromordinal(day)
    return months_after(date(parsed.year, (parsed.month - 1) // months * months + 1, 1).toordinal(), months) - 1


MOST_HOLIDAYS = 40
"""Days off in a year that are no weekend days: statutory ones are 13, with those moved to and from weekends under 30."""
MOST_WORKDAYS = 12
"""Weekend days worked in a year: seven or eight so far."""
LONGEST_REST = 10
"""Days off in a row: the longest so far had nine."""


def calendar_from(years: Mapping[str, Mapping[str, list[str]]]) -> Calendar:
    """Build a calendar from {"2026": {"holidays": ["2026-01-01", …], "workdays": […]}}.

    ValueError if malformed, or, in both languages, if more days are off, or more weekends worked, than any year has: an
    invented one moves every period that ends on it.
    """
    days = {kind: {from_iso(d) for year in years.values() for d in year[kind]} for kind in ("holidays", "workdays")}
    for year, listed in years.items():
        if not (year.isascii() and year.isdecimal() and len(year) == 4):
            raise ValueError(f"{year} is no year")
        if any(not d.startswith(f"{year}-") for kind in listed.values() for d in kind):
            raise ValueError(f"a day outside {year}")
        off = sum(date.fromordinal(from_iso(d)).weekday() < 5 for d in set(listed["holidays"]))
        if off > MOST_HOLIDAYS:
            raise ValueError(
                f"{year} 年周末以外有 {off} 日放假，至多 {MOST_HOLIDAYS} 日",
                f"{year} has {off} days off besides weekends, at most {MOST_HOLIDAYS}",
            )
        if len(set(listed["workdays"])) > MOST_WORKDAYS:
            worked = len(set(listed["workdays"]))
            raise ValueError(
                f"{year} 年有 {worked} 个周末上班，至多 {MOST_WORKDAYS} 个",
                f"{year} has {worked} weekend days worked, at most {MOST_WORKDAYS}",
            )
    calendar = Calendar(frozenset(map(int, years)), frozenset(days["holidays"]), frozenset(days["workdays"]))
    for day in sorted(calendar.holidays):
        before = next(day - n for n in count(1) if not calendar.is_off(day - n))
        rest = next(day + n for n in count(1) if not calendar.is_off(day + n)) - before - 1
        if rest > LONGEST_REST:
            raise ValueError(
                f"自 {iso(before + 1)} 起连休 {rest} 日，至多 {LONGEST_REST} 日",
                f"{rest} days off in a row from {iso(before + 1)} on, at most {LONGEST_REST}",
            )
    return calendar
