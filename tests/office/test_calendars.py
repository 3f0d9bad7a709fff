"""The holiday calendar from lines, as the yearly notice states it."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.covenant.periods import NO_CALENDAR, Calendar, calendar_from, from_iso, iso
from gongyue.office.calendars import calendar_of, lines_of
from gongyue.office.invalid_input import InvalidInput

SPRING = """# 春节
2026-02-15 至 2026-02-23 放假
2026年2月14日上班
2026/2/28 workday
"""


def made(text: str, known: Calendar = NO_CALENDAR) -> Calendar:
    """The calendar the object stands for."""
    return calendar_from(calendar_of(text, "notice.txt", known)["years"])


def test_stretches_and_single_days_in_either_language() -> None:
    """Nine days off, two made up; the Saturday made up is a working day, the Monday within is not."""
    calendar = made(SPRING)
    assert (len(calendar.holidays), len(calendar.workdays), calendar.years) == (9, 2, {2026})
    assert not calendar.is_off(date(2026, 2, 14).toordinal())
    assert calendar.is_off(date(2026, 2, 16).toordinal())
    assert calendar.roll(date(2026, 2, 15).toordinal()) == date(2026, 2, 24).toordinal()


def test_years_loaded_before_are_kept_and_a_year_named_again_is_replaced() -> None:
    """A calendar replaces the one before: what the lines do not name is carried over."""
    both = made("2027-01-01 放假", made(SPRING))
    assert both.years == {2026, 2027} and len(both.holidays) == 10
    again = made("2026-10-01 to 2026-10-08 holiday", both)
    assert again.years == {2026, 2027} and len(again.holidays) == 9 and not again.workdays


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("春节放假", "cannot be read"),
        ("2026-02-15", "cannot be read"),
        ("2026-02-30 放假", "no such day"),
        ("2026-02-15 至 2026-02-25 放假", "10 days"),
        ("2026-02-23 至 2026-02-15 放假", "10 days"),
        ("2026-12-31 至 2027-01-03 放假", "turn of the year"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line: str, why: str) -> None:
    """All of them, and nothing is used."""
    with pytest.raises(InvalidInput) as caught:
        made(f"2026-01-01 放假\n{line}\n\n{line}")
    assert "line 2" in caught.value.en and why in caught.value.en
    assert [row["line"] for row in caught.value.rows] == [2, 4]


def test_the_longest_stretch_is_ten_days_with_the_weekends_beside_it() -> None:
    """One more is refused above; so are more days off in a year than any has had."""
    assert len(made("2026-06-01 至 2026-06-08 放假").holidays) == 8  # from a Monday on, after a weekend
    with pytest.raises(InvalidInput, match="自 2026-05-30 起连休 11 日"):
        made("2026-06-01 至 2026-06-09 放假")
    fours = "\n".join(
        f"{iso(from_iso('2026-01-05') + 7 * n)} 至 {iso(from_iso('2026-01-08') + 7 * n)} 放假" for n in range(11)
    )
    with pytest.raises(InvalidInput, match="周末以外有 44 日放假"):
        made(fours)


@pytest.mark.parametrize("text", ["", "# 说明\n", "2026-01-01 放假\n2026-01-01 上班"])
def test_no_day_or_a_day_both_off_and_made_up_is_refused(text: str) -> None:
    """Neither says when a last day is."""
    with pytest.raises(InvalidInput):
        made(text)


@pytest.mark.parametrize(
    "value",
    [
        {"holidays": ["2026-02-15"], "workdays": ["2026-02-14"]},
        {"year": 2026, "days": [{"date": "2026-02-15", "isOffDay": True}, {"date": "2026-02-14", "isOffDay": False}]},
    ],
)
def test_days_in_json_are_read_as_lines_are(value: object) -> None:
    """Lists of days off and made up, or days with a mark each, as calendars are handed around."""
    made = calendar_of(lines_of(value, "calendar.json"), "calendar.json", NO_CALENDAR)
    assert made == {
        "v": "gongyue/calendar@1",
        "years": {"2026": {"holidays": ["2026-02-15"], "workdays": ["2026-02-14"]}},
    }


@pytest.mark.parametrize("value", [[], {}, "x", {"holidays": "2026-02-15"}, {"feiertage": []}, {"days": [1]}])
def test_json_of_another_form_is_refused_with_the_form(value: object) -> None:
    """The form is shown."""
    with pytest.raises(InvalidInput, match="holidays"):
        lines_of(value, "calendar.json")
