"""The holiday calendar from lines as the yearly notice of the State Council states it: days off, days made up."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any

from gongyue.covenant.periods import LONGEST_REST, Calendar, calendar_from, iso
from gongyue.governance.law import CALENDAR
from gongyue.office.invalid_input import InvalidInput

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_LINE = re.compile(
    rf"{_DAY}(?:\s*(?:至|到|~|—|–|to)\s*{_DAY})?[\s,，:：]*(放假|休|holidays?|off|上班|班|workdays?|work)",
    re.IGNORECASE,
)
_WORKED = ("上班", "班", "work")
_HINT = "每行一段，如：2026-02-15 至 2026-02-23 放假", "a line a stretch, such as: 2026-02-15 to 2026-02-23 holiday"


_JSON = '{"holidays": ["YYYY-MM-DD"], "workdays": ["YYYY-MM-DD"]}'
"""Days in JSON, as they are shown to whoever writes them otherwise."""


def lines_of(value: Any, name: str) -> str:
    """Days in JSON as lines: lists under `holidays` and `workdays`, or `days` of {date, isOffDay}. InvalidInput for any other form."""
    days = value.get("days") if isinstance(value, dict) else None
    if isinstance(days, list) and all(isinstance(d, dict) and {"date", "isOffDay"} <= d.keys() for d in days):
        return "\n".join(f"{d['date']} {'放假' if d['isOffDay'] else '上班'}" for d in days)
    if isinstance(value, dict) and value and value.keys() <= {"holidays", "workdays"}:
        lists = [(value.get(key, []), said) for key, said in (("holidays", "放假"), ("workdays", "上班"))]
        if all(isinstance(listed, list) for listed, _ in lists):
            return "\n".join(f"{day} {said}" for listed, said in lists for day in listed)
    raise InvalidInput(f"{name}：JSON 写作 {_JSON}。", f"{name}: in JSON, write {_JSON}.")


def calendar_of(text: str, name: str, known: Calendar) -> dict[str, Any]:
    """The calendar's object from a line a stretch, such as `2026-02-15 至 2026-02-23 放假` or `2026-02-14 上班`.

    Years loaded before that no line names stay as they are, for a calendar replaces the one before. InvalidInput lists every
    line that cannot be read.
    """
    years: dict[int, dict[str, set[int]]] = defaultdict(lambda: {"holidays": set(), "workdays": set()})
    wrong: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            days, kind = _stretch(line.strip())
        except ValueError as error:
            zh, en = error.args
            wrong.append({"line": number, "zh": zh, "en": en})
            continue
        for day in days:
            years[date.fromordinal(day).year][kind].add(day)
    if wrong:
        at, zh, en = (wrong[0][key] for key in ("line", "zh", "en"))
        raise InvalidInput(f"{name} 第 {at} 行{zh}；{_HINT[0]}", f"{name}, line {at}: {en}; {_HINT[1]}", tuple(wrong))
    if not years:
        raise InvalidInput(f"{name} 没有一日；{_HINT[0]}", f"{name} has no day; {_HINT[1]}")
    if both := [iso(day) for year in years.values() for day in sorted(year["holidays"] & year["workdays"])]:
        raise InvalidInput(f"{name}：{both[0]} 既放假又上班", f"{name}: {both[0]} is both off and made up")
    for year in known.years - years.keys():
        for kind, kept in (("holidays", known.holidays), ("workdays", known.workdays)):
            years[year][kind] |= {day for day in kept if date.fromordinal(day).year == year}
    listed = {
        str(year): {k: [iso(d) for d in sorted(days)] for k, days in years[year].items()} for year in sorted(years)
    }
    _bounded(listed, name)
    return {"v": CALENDAR, "years": listed}


def _bounded(years: dict[str, dict[str, list[str]]], name: str) -> None:
    """InvalidInput where more days are off than any year has."""
    try:
        calendar_from(years)
    except ValueError as error:
        zh, en = error.args
        raise InvalidInput(f"{name}：{zh}", f"{name}: {en}") from None


def _stretch(line: str) -> tuple[range, str]:
    """(its days as ordinals, what they are); ValueError carries both texts."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError("读不出", "it cannot be read")
    begin, end = found.group(1, 2, 3), found.group(4, 5, 6)
    try:
        first = date(*map(int, begin))
        last = date(*map(int, end)) if end[0] else first
    except ValueError:
        raise ValueError("没有这一天", "there is no such day") from None
    if not 0 <= (last - first).days < LONGEST_REST:
        raise ValueError(
            f"一段至多 {LONGEST_REST} 日，自先至后", f"a stretch is {LONGEST_REST} days at most, the first day first"
        )
    if first.year != last.year:
        raise ValueError("跨年的一段分两行写", "write a stretch over the turn of the year as two lines")
    kind = "workdays" if found[7].lower().startswith(_WORKED) else "holidays"
    return range(first.toordinal(), last.toordinal() + 1), kind
