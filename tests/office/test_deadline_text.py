"""Deadlines are spelt one way: the Beijing date and time, then days; everything that tells one takes it from here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gongyue
from gongyue.demo.simulated_office import beijing
from gongyue.office.deadline_text import deadline_text, end_of, end_text, left_text

LAST = end_of("2026-09-07")


def test_the_end_of_a_day_is_its_24_00() -> None:
    """A midnight belongs to the day before; another hour is said as it is."""
    assert end_text(LAST) == ("2026年9月7日 24:00（北京时间）", "7 September 2026, 24:00 Beijing time")
    assert end_text(beijing("2026-09-07 10:05")) == (
        "2026年9月7日 10:05（北京时间）",
        "7 September 2026, 10:05 Beijing time",
    )


@pytest.mark.parametrize(
    ("now", "zh", "en"),
    [
        ("2026-08-31 23:59", "还有 7 日", "7 days left"),
        ("2026-09-06 00:00", "还有 1 日", "1 day left"),
        ("2026-09-07 00:00", "今日到期", "due today"),
        ("2026-09-07 23:59", "今日到期", "due today"),
        ("2026-09-08 00:00", "已逾期 1 日", "1 day overdue"),
        ("2026-09-10 12:00", "已逾期 3 日", "3 days overdue"),
    ],
)
def test_days_are_those_of_the_calendar(now: str, zh: str, en: str) -> None:
    """On the last day it is due; from its 24:00 on it is overdue, by the day."""
    assert left_text(LAST, beijing(now)) == (zh, en)
    assert deadline_text(LAST, beijing(now))[0] == f"2026年9月7日 24:00（北京时间），{zh}"


def test_what_is_over_at_noon_is_not_due_today_any_more() -> None:
    """A vote that ended at noon: overdue from then on."""
    assert left_text(beijing("2026-09-07 12:00"), beijing("2026-09-07 12:00")).zh == "已逾期 1 日"
    assert left_text(beijing("2026-09-07 12:00"), beijing("2026-09-07 11:59")).zh == "今日到期"


def test_no_page_spells_one_itself() -> None:
    """Templates neither count days nor say whose time it is: they ask for the deadline."""
    pages = Path(gongyue.__file__).parent / "web" / "templates"
    own = re.compile(r"北京时间|还有 \{n\} 日|days left")
    found = [str(p.relative_to(pages)) for p in pages.rglob("*.html") if own.search(p.read_text("utf-8"))]
    assert found == []
