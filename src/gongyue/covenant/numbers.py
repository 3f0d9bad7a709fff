"""The one reader of numbers: every share, period, date, frequency, headcount, age and sum of money that words state.

It reads the clause around a number for what belongs to it: of whom a share is counted, whether the number itself counts
(Civil Code 1259: 以上、以内 include it, 超过、不满、以外 do not), whether a period is a delay, and from what it runs. The same
reader reads a text, checks what is recorded of it, and answers `states`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from gongyue.covenant import forms, parts, qualifiers, starts
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.numerals import parse, parse_share

NumberKind = Literal["share", "part", "period", "date", "frequency", "headcount", "age", "money"]


class Number(msgspec.Struct, frozen=True):
    """A number and its place in the text, with what its clause says of it.

    `value` is "2/3" for a share of people and for a part of anything else (money, a quota, a term), a day for a date (2026-03-31,
    03-31, and 10 for 每月10日), else a count of `unit`: day, workday, month or hour for a period and for the interval of a frequency
    (`times` in each). `base` and `base_words` belong to a share; `delay`, `start` and `start_words` to a period; what does not apply
    is empty.
    """

    begin: int
    end: int
    kind: NumberKind
    value: str | int
    unit: str = ""
    inclusive: bool = True
    base: str = ""
    base_words: str = ""
    delay: bool = False
    start: str = ""
    start_words: str = ""
    times: int = 0


_FACTORS = {"month": 1, "quarter": 3, "year": 12, "day": 1, "week": 7, "workday": 1, "hour": 1}
_UNITS = {
    "month": "month",
    "quarter": "month",
    "year": "month",
    "day": "day",
    "week": "day",
    "workday": "workday",
    "hour": "hour",
}
HALF_A_MONTH = 15


@lru_cache(maxsize=64)
def read(text: str, most: int = 0) -> tuple[Number, ...]:
    """Every number the text states, in order, at its place in the text; none at all beyond `most`, if given."""
    close, places = joined(text)
    found = read_joined(close, most)
    if most and len(found) > most:
        return ()
    return tuple(msgspec.structs.replace(n, begin=places[n.begin], end=places[n.end - 1] + 1) for n in found)


def read_joined(close: str, most: int = 0, *, repeated: bool = False) -> list[Number]:
    """Every number of a text that was joined; one that only repeats another in brackets is left out, unless `repeated`.

    Beyond `most`, if given, it stops: the text is to be refused.
    """
    plain = folded(close)
    taken = bytearray(len(plain))
    found: list[Number] = []
    for finder in (_dates, _ages, _money, _frequencies, _shares, _periods, _headcounts):
        for number in finder(plain, taken):
            found.append(number)
            taken[number.begin : number.end] = b"\1" * (number.end - number.begin)
            if most and len(found) > most:
                return found
    found.sort(key=lambda n: n.begin)
    return [
        _qualified(close, plain, n, found[i + 1 : i + 2])
        for i, n in enumerate(found)
        if repeated or not _repeats(plain, n, found[max(0, i - 1) : i])
    ]


def is_range(text: str, low: Number, high: Number) -> bool:
    """Whether two numbers are the ends of one range: 1-3个工作日, 五日至十日, 每两至三年."""
    one, other = ((n.kind, n.unit, n.times) for n in (low, high))
    if low.kind not in ("period", "frequency") or one != other:
        return False
    return int(low.value) < int(high.value) and bool(forms.TO.fullmatch(text, low.end, high.begin))


def _qualified(close: str, plain: str, n: Number, following: list[Number]) -> Number:
    """The number with what its clause says of it, in the text's own characters; a range goes by what follows its last end."""
    if n.kind == "share":
        base, words = qualifiers.base_of(plain, n.begin, n.end)
        return msgspec.structs.replace(n, base=base, base_words=_as_written(close, plain, n, words))
    if n.kind == "period":
        end = next((high.end for high in following if is_range(plain, n, high)), n.end)
        start, words = starts.start_of(plain, n.begin, end)
        words = _as_written(close, plain, n, words)
        return msgspec.structs.replace(n, delay=starts.delays(plain, end), start=start, start_words=words)
    return n


def _as_written(close: str, plain: str, n: Number, words: str) -> str:
    place = plain.rfind(words, max(0, n.begin - qualifiers.LONGEST), n.begin)
    place = place if place >= 0 else plain.find(words, n.end)
    return close[place : place + len(words)]


_PART_SIGN = re.compile(f"(?<=[{forms.HAN}0-9])份(?=之[{forms.HAN}0-9])")
"""三份之二 is two thirds, mistyped."""


def folded(text: str) -> str:
    """The text folded, but 參 stays a numeral where it counts (參拾, 分之參)."""
    plain = _PART_SIGN.sub("分", fold(text))
    if "參" not in text:
        return plain
    counts = {m.start() for m in re.finditer(r"參(?=[拾佰仟分年月日天個个萬万元圓])|(?<=[拾佰仟零之])參", text)}
    return "".join("參" if i in counts else c for i, c in enumerate(plain))


def _repeats(plain: str, n: Number, before: list[Number]) -> bool:
    """Whether a number in brackets only says again the one right before them: 三分之二以上（含三分之二）."""
    opened = re.search(r"[（(](?:均|皆)?不?(?:含|包括|包含)?$", plain[max(0, n.begin - 8) : n.begin])
    if opened is None or n.kind not in ("share", "period") or plain[n.end : n.end + 1] not in ("）", ")"):
        return False
    gap = plain[before[0].end : n.begin - len(opened[0])] if before else "，"
    alike = bool(before) and (before[0].kind, before[0].value, before[0].unit) == (n.kind, n.value, n.unit)
    return alike and bool(re.fullmatch(r"[以之]?[上下内外]?(?:多数)?[的之]?", gap))


def _free(taken: bytearray, begin: int, end: int) -> bool:
    return not any(taken[begin:end])


def _dates(plain: str, _: bytearray) -> Iterator[Number]:
    for m in forms.DATE.finditer(plain):
        if m["m3"]:
            month = parse(m["m3"]) or 0
            if 0 < month < 13:
                yield Number(m.start(), m.end(), "date", f"{month:02}-{forms.LAST_DAYS.get(month, 31)}")
            continue
        parts = [m["y"] or m["y4"] or m["y5"], m["m"] or m["m2"], m["d"] or m["d2"] or m["d3"]]
        value = m["iso"] or "-".join(f"{parse(p) or 0:02}" for p in parts if p)
        yield Number(m.start(), m.end(), "date", value)


def _ages(plain: str, _: bytearray) -> Iterator[Number]:
    for m in forms.AGE.finditer(plain):
        if (age := parse(m["n"])) is not None:
            yield Number(m.start(), m.end(), "age", age, "year", qualifiers.includes(plain, m.start(), m.end()))


def _money(plain: str, _: bytearray) -> Iterator[Number]:
    for m in forms.MONEY.finditer(plain):
        amount = parse(re.sub("[,，]", "", m["n"])) if "." not in m["n"] else None
        if amount is not None:
            amount *= {"": 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}[m["large"]]
        said = m[0] if amount is None else amount
        yield Number(m.start(), m.end(), "money", said, "yuan", qualifiers.includes(plain, m.start(), m.end()))


def _frequencies(plain: str, taken: bytearray) -> Iterator[Number]:
    for m in forms.EVERY.finditer(plain):
        if not _free(taken, m.start(), m.end()) or plain[m.start() - 1 : m.start()] in ("第", "任", "满"):
            continue
        unit = m["unit"] or m["unit2"] or ""
        written = m["n"] or m["n2"] or ("半" if m["half"] else "一")
        value, name = _interval(written, m["halved"] or unit, bool(m["and"]))
        times = parse(m["times"]) if m["times"] else 1
        last = "times" if m["to"] else 0 if m["times"] or m["n2"] else "halved" if m["half"] else "unit"
        end = m.end(last)
        if not (value and times) or (m["low"] and not m["n"]):  # a range has two ends
            continue
        begin = m.start()
        if m["low"] and (low := _interval(m["low"], unit, False)[0]):
            yield Number(begin, m.end("low"), "frequency", low, name, True, times=times)
            begin = m.start("n")
        yield Number(begin, end, "frequency", value, name, True, times=times)


def _interval(written: str, unit: str, and_half: bool) -> tuple[int, str]:
    sign = "学期" if "学期" in unit else unit.rstrip("度")[-1:]
    factor, name = forms.INTERVALS.get(sign, (0, ""))
    if written == "半":
        return {"年": (6, "month"), "月": (HALF_A_MONTH, "day")}.get(sign, (0, ""))
    count = parse(written) or 0
    return (count * 30 + HALF_A_MONTH, "day") if and_half else (count * factor, name)


_PERCENT = ("百分之", "千分之", "万分之")


def _shares(plain: str, taken: bytearray) -> Iterator[Number]:
    for m in forms.SHARE.finditer(plain):
        begin, end = m.span()
        if m["tenths"]:
            end = m.end("tenths")
            if m["bound"] is None and not forms.AT_LEAST.search(plain[max(0, begin - 16) : begin]):
                continue
            tenths, _, more = m["tenths"].partition("成")
            value = parse_share(f"百分之{parse(tenths)}{5 if more == '半' else parse(more) or 0}")
        else:
            value = parse_share(m[0].replace("分", "分之") if m["short"] else m[0])
        if value is None or not _free(taken, begin, end):
            continue
        said = f"{value.numerator}/{value.denominator}"
        inclusive = m[0] not in ("过半数", "过半") and qualifiers.includes(plain, begin, end)
        if parts.of_things(plain, begin, end) or (
            (m["percent"] or m["slash"] or m[0].startswith(_PERCENT)) and not parts.of_people(plain, begin, end)
        ):
            yield Number(begin, end, "part", said, "", inclusive)
        else:
            yield Number(begin, end, "share", said, "", inclusive)


def _periods(plain: str, taken: bytearray) -> Iterator[Number]:
    year: Number | None = None
    for m in forms.PERIOD.finditer(plain):
        begin, end = m.start("n"), m.end()
        if not (_free(taken, m.start(), end) and _is_period(plain, m)):
            continue
        name = next(unit for unit in _FACTORS if m[unit])
        count = _count(m, name)
        if count is None:
            continue
        value, unit = count
        if year and unit == "month" and m.start() == year.end and m["month"]:
            begin, value, year = year.begin, int(year.value) + value, None
        if year:
            yield year
            year = None
        inclusive = qualifiers.includes(plain, begin, end)
        if m["low"] and (low := parse(m["low"])) is not None:
            yield Number(m.start(), m.end("low"), "period", low * _FACTORS[name], unit, inclusive)
        this = Number(begin, end, "period", value, unit, inclusive)
        if name == "year" and not m["more"]:
            year = this
        else:
            yield this
    if year:
        yield year


def _count(m: re.Match[str], name: str) -> tuple[int, str] | None:
    """How many of which unit; half a year is six months, half a month fifteen days, half an hour no period."""
    half, factor, unit = bool(m["more"] or m["and"]), _FACTORS[name], _UNITS[name]
    if m["n"] == "半":
        return {"year": (6, "month"), "month": (HALF_A_MONTH, "day")}.get(name)
    number = parse(m["n"])
    again = number if m["again"] is None else parse(m["again"])
    if m["n"] in "百千" or not number or again != number or number >= 1000 or (factor == 12 and number >= 100):
        return None
    if forms.ROUGHLY.fullmatch(m["n"]):
        return None
    if half and name == "year":
        return number * 12 + 6, "month"
    if half and name == "month":
        return number * 30 + HALF_A_MONTH, "day"
    return None if half else (number * factor, unit)  # 两周半, 三天半 are no whole days


def _is_period(plain: str, m: re.Match[str]) -> bool:
    """Not an ordinal (第三日), part of a longer number, a day of the month (当月10日) or the year before (前一学年)."""
    before = plain[max(0, m.start() - 2) : m.start()]
    if (
        before[-1:] in ("前", "上", "次", "翌", "下")
        and before != "提前"
        and m["n"] == "一"
        and (m["year"] or "").endswith(("学年", "年度"))
    ):
        return False
    if forms.OF_MONEY.match(plain, m.end()):
        return False
    if before.endswith(("第", "百", "千", "万", ".")) or (before.endswith("初") and m["day"]):
        return False
    within = re.match(r"[以之]?内", plain[m.end() : m.end() + 2])
    return not before.endswith("月") or m["day"] != "日" or within is not None


def _headcounts(plain: str, taken: bytearray) -> Iterator[Number]:
    for m in forms.HEADS.finditer(plain):
        if m["n"] in "百千" or not _free(taken, m.start(), m.end()) or plain[m.start() - 1 : m.start()] == "第":
            continue
        end = m.end("n") + 1
        inclusive = qualifiers.includes(plain, m.start(), end)
        for begin, until, written in ((m.start(), m.end("low"), m["low"]), (m.start("n"), end, m["n"])):
            if count := 1 if written == "乙" else parse(written or ""):
                yield Number(begin, until, "headcount", count, "", inclusive)
