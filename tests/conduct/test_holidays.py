"""Clocks of working days go by the announced holidays, and say so where a year's are not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongyue.conduct.exports import tally
from gongyue.conduct.facts import Facts
from gongyue.conduct.filed_documents import ComplianceStep
from gongyue.conduct.filings import report
from gongyue.conduct.findings import BadInput
from gongyue.conduct.flows import Flow
from gongyue.conduct.holidays import open_calendar
from gongyue.conduct.lawpack import open_pack
from tests.conduct.running import gongyue

PACK = open_pack()


def steps(facts: Facts, on: date, calendar: str | None = None) -> tuple[ComplianceStep, ...]:
    """What is to be done where one person's sensitive data left."""
    left = Flow("f", on, "SG", False, True, True, "u-jia")
    return report(tally([left], facts, PACK, on), facts, PACK, on, open_calendar(calendar)).steps


def contract(effective: date) -> Facts:
    """A standard contract in effect and not filed yet."""
    return Facts(ciio=False, important=False, contract_effective=effective)


def test_ten_working_days_over_the_national_day() -> None:
    """Effective on Friday 2026-09-18: the make-up Sunday counts, mid-autumn and the national days do not."""
    (due,) = steps(contract(date(2026, 9, 18)), date(2026, 10, 8))
    assert (due.by, due.state) == ("2026-10-09", "todo")
    assert "未收录" not in due.zh


def test_a_clock_into_a_year_not_announced_says_so(tmp_path: Path) -> None:
    """2027 is not known: only weekends are left out, and the step says it; a file brings the year in."""
    (due,) = steps(contract(date(2026, 12, 28)), date(2026, 12, 29))
    assert (
        due.by == "2027-01-11" and "2027 年节假日安排未收录" in due.zh and "holidays of 2027 are not loaded" in due.en
    )
    more = tmp_path / "2027.toml"
    more.write_text('[2027]\nholidays = ["2027-01-01", "2027-01-04"]\nworkdays = []\n', "utf-8")
    (known,) = steps(contract(date(2026, 12, 28)), date(2026, 12, 29), str(more))
    assert known.by == "2027-01-13" and "未收录" not in known.zh


def test_the_window_of_an_extension_says_so_too() -> None:
    """The last sixty working days before an assessment of 2026 lapses lie in 2029."""
    held = Facts(ciio=False, important=False, assessment="P-1", assessment_issued=date(2026, 3, 2))
    said = steps(held, date(2026, 6, 30))
    assert any("2028、2029 年节假日安排未收录" in step.zh for step in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[2027]\nholidays = []\n", "no table of holidays, for its 2027"),
        ('[2027]\nholidays = ["2026-01-01"]\nworkdays = []\n', "no table of holidays, for its 2027"),
        ('[2027]\nholidays = ["2027-13-01"]\nworkdays = []\n', "no table of holidays, for its 2027"),
        ("year = 1\n", "no table of holidays, for its year"),
        ("x", "bad.toml:1: ·: not good TOML"),
        ("x = " + "[" * 5000, "bad.toml:1: ·: not good TOML"),
    ],
)
def test_a_table_that_is_none_is_told(tmp_path: Path, text: str, said: str) -> None:
    """A missing list, a day of another year or of none, no section, no TOML: where, and nothing of Python's."""
    bad = tmp_path / "bad.toml"
    bad.write_text(text, "utf-8")
    with pytest.raises(BadInput) as told:
        open_calendar(str(bad))
    assert said in told.value.en and "month" not in told.value.en
    assert "不是节假日表" in told.value.zh or "不是合格的 TOML" in told.value.zh


def test_the_command_takes_a_calendar(tmp_path: Path) -> None:
    """export-check --calendar; without it the screen names the year that is not known."""
    (tmp_path / "flows.csv").write_text(
        "flow,date,region,person,sensitive,important\nf,2026-12-01,SG,u1,true,false\n", "utf-8"
    )
    facts = "[controller]\nciio = false\nimportant = false\ncontract_effective = 2026-12-28\n"
    (tmp_path / "facts.toml").write_text(facts, "utf-8")
    (tmp_path / "2027.toml").write_text('[2027]\nholidays = ["2027-01-01"]\nworkdays = []\n', "utf-8")
    asked = [
        "export-check",
        "--flows",
        tmp_path / "flows.csv",
        "--facts",
        tmp_path / "facts.toml",
        "--on",
        "2026-12-30",
    ]
    assert "2027 年节假日安排未收录" in gongyue(*asked).stdout
    known = gongyue(*asked, "--calendar", tmp_path / "2027.toml").stdout
    assert "2027-01-12" in known and "未收录" not in known
