"""The first day: what people come for is a few clicks away from the first page, in both languages (`benchmarks/first_day.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benchmarks.first_day import LANGUAGES, TRIALS, Someone

from web.conftest import House
from web.going import Going


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "clicks"), [("late", 1), ("recount", 3), ("join", 9), ("withdraw", 3), ("compare", 4), ("receipt", 4)]
)
def test_what_people_come_for_is_a_few_clicks_away(
    house: House, address: str, chromium: Any, tmp_path: Path, name: str, clicks: int, language: str
) -> None:
    """They get there, and by no longer way than when it was measured."""
    Going(house).at("2027-02-04 10:00")
    someone = Someone(chromium, address, LANGUAGES[language], tmp_path)
    TRIALS[name][2](someone, "")
    assert someone.clicks <= clicks
    someone.context.close()
