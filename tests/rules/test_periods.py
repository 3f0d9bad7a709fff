"""Periods: Beijing days, the first day not counted, the last ends at 24:00, rolled where a calendar is loaded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.periods import (
    Calendar,
    Deadline,
    Period,
    calendar_from,
    day_of,
    deadline,
    from_iso,
    iso,
    moment,
    months_after,
    part_end,
    start_of,
)

# The State Council's arrangement for 2026: Labour Day 05-01 to 05-05, 05-09 (Saturday) is worked;
# National Day 10-01 to 10-07, 09-20 (Sunday) and 10-10 (Saturday) are worked.
HOLIDAYS = [f"2026-05-0{d}" for d in range(1, 6)] + [f"2026-10-0{d}" for d in range(1, 8)]
WORKDAYS = ["2026-05-09", "2026-09-20", "2026-10-10"]
CALENDAR = calendar_from({"2026": {"holidays": HOLIDAYS, "workdays": WORKDAYS}})


def end(start: str, n: int, unit: str = "day", calendar: Calendar = CALENDAR) -> Deadline:
    return deadline(from_iso(start), Period(n, unit), calendar)


def test_thirty_days_from_9_march_end_on_8_april() -> None:
    """Art. 21 E2: the day of effect is not counted."""
    found = end("2026-03-09", 30)
    assert (iso(found.target), iso(found.last)) == ("2026-04-08", "2026-04-08")


@pytest.mark.parametrize(("day", "late"), [("2026-04-07", 0), ("2026-04-08", 0), ("2026-04-09", 1), ("2026-04-10", 2)])
def test_the_last_day_is_on_time_and_the_next_is_one_day_late(day: str, late: int) -> None:
    """Below, at and above the last day."""
    assert end("2026-03-09", 30).overdue(from_iso(day)) == late


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [
        ("2026-04-01", 30, "2026-05-06"),  # 05-01 to 05-05 are holidays
        ("2026-04-09", 30, "2026-05-09"),  # a Saturday that is worked
        ("2026-04-10", 30, "2026-05-11"),  # a Sunday rolls to Monday
        ("2026-09-01", 30, "2026-10-08"),  # 10-01 to 10-07 are holidays
        ("2026-08-21", 30, "2026-09-20"),  # a Sunday that is worked
        ("2026-10-10", 30, "2026-11-09"),  # a Monday
    ],
)
def test_a_last_day_on_a_holiday_rolls_to_the_next_working_day(start: str, n: int, last: str) -> None:
    """Civil Code 203; the target stays unrolled."""
    found = end(start, n)
    assert iso(found.last) == last
    assert found.target == from_iso(start) + n
    assert found.calendar_known


def test_a_year_that_is_not_loaded_is_not_rolled_and_said_so() -> None:
    """2027-01-01 is a holiday nobody has told the book of."""
    found = end("2026-12-02", 30)
    assert iso(found.last) == iso(found.target) == "2027-01-01"
    assert not found.calendar_known


def test_rolling_stops_where_the_calendar_ends() -> None:
    """A roll never goes on into a year of which nothing is known."""
    calendar = calendar_from({"2026": {"holidays": ["2026-12-31"], "workdays": []}})
    assert iso(calendar.roll(from_iso("2026-12-31"))) == "2027-01-01"


def test_without_a_calendar_nothing_rolls() -> None:
    """No calendar: unrolled dates."""
    assert iso(end("2026-04-01", 30, calendar=Calendar()).last) == "2026-05-01"


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-10-31", 4, "2027-02-28"),
     ("2026-01-15", 12, "2027-01-15"), ("2026-11-30", 1, "2026-12-30")],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_last_one(start: str, n: int, last: str) -> None:
    """Civil Code 202."""
    assert iso(months_after(from_iso(start), n)) == last
    assert iso(end(start, n, "month", Calendar()).target) == last


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [("2026-04-29", 2, "2026-05-06"), ("2026-05-08", 1, "2026-05-09"), ("2026-05-08", 2, "2026-05-11"),
     ("2026-03-02", 5, "2026-03-09")],
)  # fmt: skip
def test_working_days_leave_out_weekends_and_holidays(start: str, n: int, last: str) -> None:
    """A worked Saturday counts, a holiday Friday does not."""
    found = end(start, n, "workday")
    assert (iso(found.target), iso(found.last)) == (last, last)


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-01-01", "2026-03-31"), ("2026-03-31", "2026-03-31"), ("2026-04-01", "2026-06-30"),
     ("2026-08-15", "2026-09-30"), ("2026-12-31", "2026-12-31"), ("2028-02-29", "2028-03-31")],
)  # fmt: skip
def test_a_quarter_ends_with_its_third_month(day: str, last: str) -> None:
    """The first, a middle and the last day of quarters."""
    assert iso(part_end(from_iso(day), 3)) == last


@pytest.mark.parametrize(
    ("months", "last"),
    [(1, "2026-08-31"), (2, "2026-08-31"), (3, "2026-09-30"), (4, "2026-08-31"), (6, "2026-12-31"), (12, "2026-12-31")],
)
def test_parts_of_a_year_are_counted_from_january(months: int, last: str) -> None:
    """Of the last of August: a month, two, a quarter, four, half a year, a year."""
    assert iso(part_end(from_iso("2026-08-31"), months)) == last


def test_a_beijing_day_begins_at_16_00_utc_of_the_day_before() -> None:
    """One second before midnight is still the old day."""
    midnight = start_of(from_iso("2026-04-09"))
    assert iso(day_of(midnight)) == "2026-04-09"
    assert iso(day_of(midnight - 1)) == "2026-04-08"
    assert midnight % 86_400 == 16 * 3600


def test_a_moment_is_written_to_the_second() -> None:
    """Beijing time; zero is no time."""
    assert moment(start_of(from_iso("2026-04-09")) + 3 * 3600 + 4 * 60 + 5) == "2026-04-09 03:04:05"
    assert moment(0) == "—"


@pytest.mark.parametrize("text", ["2026-02-31", "2026-13-01", "2026-00-10", "20260101", "2026-W01-1", "2026-1-1", "x"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """Only YYYY-MM-DD of a day that exists."""
    with pytest.raises(ValueError, match=r"."):
        from_iso(text)


@pytest.mark.parametrize(
    "years",
    [
        {"2026": {"holidays": ["2027-01-01"], "workdays": []}},
        {"2026": {"holidays": [], "workdays": ["2025-12-31"]}},
        {"2026": {"holidays": ["2026-02-30"], "workdays": []}},
        {"zwanzig": {"holidays": [], "workdays": []}},
        {"10000": {"holidays": [], "workdays": []}},
        {"+202": {"holidays": [], "workdays": []}},
        {"２０２６": {"holidays": [], "workdays": []}},
    ],
)
def test_a_malformed_calendar_is_refused(years: dict[str, dict[str, list[str]]]) -> None:
    """A day of another year, a day that does not exist, a year that is none."""
    with pytest.raises(ValueError, match=r"."):
        calendar_from(years)


def days_from(first: str, count: int) -> list[str]:
    return [iso(from_iso(first) + n) for n in range(count)]


def test_a_calendar_has_no_more_days_off_than_a_year_has() -> None:
    """40 that are no weekend days pass, 41 do not; weekend days that are listed do not count."""
    mondays_to_thursdays = [d for d in days_from("2026-01-01", 120) if date.fromisoformat(d).weekday() < 4]
    weekend = [d for d in days_from("2026-01-01", 120) if date.fromisoformat(d).weekday() >= 5]
    assert len(calendar_from({"2026": {"holidays": mondays_to_thursdays[:40], "workdays": []}}).holidays) == 40
    calendar_from({"2026": {"holidays": mondays_to_thursdays[:40] + weekend, "workdays": []}})
    with pytest.raises(ValueError, match="41 days off"):
        calendar_from({"2026": {"holidays": mondays_to_thursdays[:41], "workdays": []}})


@pytest.mark.parametrize(
    ("years", "rest"),
    [
        ({"2026": {"holidays": days_from("2026-06-01", 7), "workdays": []}}, 9),  # Monday to Sunday, after a weekend
        ({"2026": {"holidays": days_from("2026-06-01", 8), "workdays": []}}, 10),
        ({"2026": {"holidays": days_from("2026-06-01", 9), "workdays": []}}, 11),
        ({"2026": {"holidays": days_from("2026-06-01", 10), "workdays": ["2026-05-30", "2026-05-31"]}}, 10),
        ({"2026": {"holidays": days_from("2026-12-28", 4), "workdays": []},
          "2027": {"holidays": days_from("2027-01-01", 5), "workdays": []}}, 11),
    ],
)  # fmt: skip
def test_nobody_rests_for_longer_than_ten_days(years: dict[str, dict[str, list[str]]], rest: int) -> None:
    """Weekends beside a holiday count, unless they are made up; so does the turn of a year."""
    if rest <= 10:
        calendar_from(years)
    else:
        with pytest.raises(ValueError, match=f"{rest} days off in a row"):
            calendar_from(years)


def slow_end(start: date, period: Period, holidays: set[date], workdays: set[date], years: set[int]) -> date:
    """The end of a period, counted day by day on calendar dates: independent of the code under test."""

    def off(day: date) -> bool:
        return day in holidays or (day.weekday() >= 5 and day not in workdays)

    day = start
    if period.unit == "workday":
        counted = 0
        while counted < period.n:
            day += timedelta(days=1)
            counted += 0 if off(day) else 1
        return day
    if period.unit == "month":
        day = day.replace(day=1)
        for _ in range(period.n):
            day = (day + timedelta(days=31)).replace(day=1)
        length = ((day + timedelta(days=31)).replace(day=1) - day).days
        day = day.replace(day=min(start.day, length))
    else:
        for _ in range(period.n):
            day += timedelta(days=1)
    while day.year in years and off(day):
        day += timedelta(days=1)
    return day


@settings(deadline=None)  # nothing is asserted about time
@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.integers(0, 120),
    st.sampled_from(["day", "workday", "month"]),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
)
def test_deadlines_agree_with_counting_day_by_day(
    start: date, n: int, unit: str, holidays: set[date], workdays: set[date]
) -> None:
    """Any start, length, unit and calendar."""
    n = n % 15 if unit == "month" else n
    off, made_up = (frozenset(d.toordinal() for d in days) for days in (holidays, workdays))
    calendar = Calendar(frozenset({2026}), off, made_up)
    found = deadline(start.toordinal(), Period(n, unit), calendar)
    assert date.fromordinal(found.last) == slow_end(start, Period(n, unit), holidays, workdays, {2026})
    assert found.target <= found.last
    assert found.overdue(found.last) == 0
    assert found.overdue(found.last + 1) == 1


def test_a_moment_is_read_as_it_is_written() -> None:
    """Beijing time, with seconds or without; what is no time, or no day, is refused."""
    from gongyue.covenant.periods import from_moment, moment

    for written in ("2026-04-02 09:00:00", "2026-02-28 23:59:59", "2024-02-29 00:00:00"):
        assert moment(from_moment(written)) == written
    assert from_moment("2026-04-02 09:00") == from_moment("2026-04-02 09:00:00")
    for wrong in ("", "2026-04-02", "2026-04-02 24:00", "2026-04-02 09:60", "2026-04-02 09:00:60", "2026-02-29 09:00",
                  "2026-04-02T09:00", "2026-04-02 9:00", "2026-04-02 09", "2026-04-02 09:00:00:00", "2026-04-02 -1:00"):  # fmt: skip
        with pytest.raises(ValueError, match=r"^"):
            from_moment(wrong)
