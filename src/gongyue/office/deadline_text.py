"""Deadlines in words, one way everywhere: the Beijing date and time at which it is over, then days.

Pages, command line, letters and mails all take them from here; a midnight is the 24:00 of the day before (Civil Code 203).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from gongyue.covenant.periods import DAY, day_of, from_iso, start_of
from gongyue.governance.sheet import Words

BEIJING = timezone(timedelta(hours=8))


def day_text(day: int) -> Words:
    """A Beijing day (an ordinal): 2026年9月7日, 7 September 2026."""
    at = date.fromordinal(day)
    return Words(f"{at.year}年{at.month}月{at.day}日", f"{at.day} {at:%B} {at.year}")


def end_of(last: int | str) -> int:
    """The second at which a last day is over, that day an ordinal or YYYY-MM-DD."""
    return start_of((from_iso(last) if isinstance(last, str) else last) + 1)


def clock_text(ends: int) -> Words:
    """The moment at which it is over, without saying whose time: 2026年9月7日 24:00, 7 September 2026, 24:00."""
    whole = start_of(day_of(ends)) == ends
    day = day_text(day_of(ends) - whole)
    clock = "24:00" if whole else f"{datetime.fromtimestamp(ends, BEIJING):%H:%M}"
    return Words(f"{day.zh} {clock}", f"{day.en}, {clock}")


def end_text(ends: int) -> Words:
    """The moment at which it is over, in Beijing time."""
    clock = clock_text(ends)
    return Words(f"{clock.zh}（北京时间）", f"{clock.en} Beijing time")


def days_left(ends: int, time: int) -> int:
    """Calendar days from that of `time` to the last one; on the last day 0, negative once it is over."""
    left = day_of(ends - 1) - day_of(time)
    return min(left, -1 - (time - ends) // DAY) if ends <= time else left


def left_text(ends: int, time: int) -> Words:
    """How many days there are from `time` to the end: 还有 7 日, 今日到期, 已逾期 3 日."""
    days = days_left(ends, time)
    if days > 0:
        return Words(f"还有 {days} 日", f"{_counted(days)} left")
    if not days:
        return Words("今日到期", "due today")
    return Words(f"已逾期 {-days} 日", f"{_counted(-days)} overdue")


def deadline_text(ends: int, time: int) -> Words:
    """Both: 2026年9月7日 24:00（北京时间），还有 7 日."""
    end, left = end_text(ends), left_text(ends, time)
    return Words(f"{end.zh}，{left.zh}", f"{end.en}, {left.en}")


def _counted(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
