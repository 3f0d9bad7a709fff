"""The day that a clause names: a date in any spelling as a day, and words for a day that nobody can tell from the calendar."""

from __future__ import annotations

import re

from gongyue.covenant import numbers
from gongyue.covenant.numerals import CHINESE
from gongyue.covenant.periods import from_iso

_DATE = re.compile(r"([0-9]{4})(?:[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?)?\Z")
_WORDS = re.compile(
    "元旦|春节|清明|端午|中秋|重阳|国庆|正月|腊月|初[一二三四五六七八九十]|农历|夏历|阴历|除夕"
    "|明年|来年|次年|翌年|后年|当年|本年|今年|次月|翌月|下个?月|当月|本月|次日|翌日|[年月季][初底末中]|[上中下]旬|[上下]半年|季度?(?![节风])|学年|学期"
    f"|第[0-9{CHINESE}]+个?(?:工作)?[日天周月年]"
    "|(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]*)"
)
"""Words for a day that only somebody who decides on it can tell."""
_BOUND_BEFORE = re.compile(
    "(?:不(?:得|能|应)?(?:迟|晚)于|[最至]迟(?:于|在|不超过)?|最晚(?:于|在)?|早于(?<!不早于)(?<!不得早于))$"
)
_BOUND_AFTER = re.compile("[日月年]?(?:之|以)?(?:前|止|内)")
"""By a date, not on it: 2027年1月1日前施行 would be in force on that day or later, as dates are read."""
_ZEROES = "\u3007○零"
_YEAR = re.compile(f"(?<![0-9])([0-9]{{4}}|[{_ZEROES}一二三四五六七八九]{{4}})年(?!度|[内之以后])")
_UNTIL = re.compile("[至到]$")
_DIGITS = str.maketrans(f"{_ZEROES}一二三四五六七八九", "000123456789")


def first_day(value: str) -> int:
    """The first day (ordinal) of a date that the reader of numbers found, 0 where it has no year, month or day that there is."""
    found = _DATE.match(value)
    if found is None:
        return 0
    try:
        return from_iso(f"{found[1]}-{int(found[2] or 1):02}-{int(found[3] or 1):02}")
    except ValueError:
        return 0


def days_in(clause: str) -> list[int]:
    """The days that a folded clause names, until which it says nothing (至…止) left out; a month or a year by its first."""
    read = numbers.read_joined(clause)
    found = [first_day(str(n.value)) for n in read if n.kind == "date" and not _UNTIL.search(clause[: n.begin])]
    taken = [(n.begin, n.end) for n in read]
    years = (m for m in _YEAR.finditer(clause) if not any(a <= m.start() < z for a, z in taken))
    return [day for day in (*found, *(first_day(m[1].translate(_DIGITS)) for m in years)) if day]


def says_a_day_nobody_counts(clause: str) -> str:
    """The words of a folded clause that name a day which cannot be told; empty where there are none."""
    if words := _WORDS.search(clause):
        return words[0]
    dates = [n for n in numbers.read_joined(clause) if n.kind == "date"]
    for begin, end in ((n.begin, n.end) for n in dates if not first_day(str(n.value))):
        return clause[begin:end]
    for begin, end in [*((n.begin, n.end) for n in dates), *(m.span() for m in _YEAR.finditer(clause))]:
        before, after = _BOUND_BEFORE.search(clause[:begin]), _BOUND_AFTER.match(clause, end)
        if before or after:
            return clause[before.start() if before else begin : after.end() if after else end]
    return ""
