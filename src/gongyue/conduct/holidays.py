"""Holidays 节假日: the calendar that clocks of working days go by, as announced year by year; never a guess."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongyue.conduct.findings import BadInput
from gongyue.conduct.promise_loader import toml_of
from gongyue.covenant.periods import Calendar, calendar_from


def open_calendar(path: str | None = None) -> Calendar:
    """The years that come with the tool, and those of a file, which stand before them; BadInput says what is wrong."""
    shipped = files("gongyue.conduct").joinpath("holidays.toml").read_text("utf-8")
    years: dict[str, Any] = tomllib.loads(shipped)
    if path is None:
        return calendar_from(years)
    given = toml_of(Path(path).read_bytes(), path)
    for year, listed in given.items():
        try:
            calendar_from({year: listed})
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadInput(
                f'{path} 不是节假日表，问题在 {year}：每年一节 [2027]，holidays 与 workdays 各列该年的日期，写作 "2027-01-01"',
                f"{path} is no table of holidays, for its {year}: a section [2027] a year, with that year's dates in holidays and"
                ' workdays, written "2027-01-01"',
            ) from None
    try:
        return calendar_from(years | given)
    except ValueError as error:  # a rest over the turn of a year
        zh, en = error.args
        raise BadInput(f"{path}：{zh}", f"{path}: {en}") from None


def gap(calendar: Calendar, first: int, last: int) -> tuple[str, str]:
    """What to add to a clock that runs through a year of which nothing is known; empty where all is known."""
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    unknown = [str(year) for year in years if year not in calendar.years]
    if not unknown:
        return "", ""
    return (f"（{'、'.join(unknown)} 年节假日安排未收录，只扣了周末）",
            f" (the holidays of {', '.join(unknown)} are not loaded: only weekends were left out)")  # fmt: skip
