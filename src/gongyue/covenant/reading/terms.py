"""The numbers an article states: shares and periods, with the clause they come from.

Numbers are looked for in the text without its blanks (30 日, 三分之\n二), the words are quoted from the text itself.
Calendar dates, mentions of articles, ages, anniversaries and money are no terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

import msgspec

from gongyue.covenant.numerals import CHINESE, parse, parse_share
from gongyue.covenant.reading import items
from gongyue.covenant.reading.lines import BLANKS
from gongyue.covenant.reading.naming import Candidate, name_all
from gongyue.covenant.text import Article, Term

_A = "0-9０-９"
_N = rf"(?:[{_A}]{{1,4}}|[{CHINESE}]{{1,8}})"
_FRACTIONS = "".join(
    chr(c)
    for c in range(0xBC, 0x2190)
    if "VULGAR FRACTION" in unicodedata.name(chr(c), "")
    and c not in {0x2189, 0x215F}  # 0/3, and 1/ without its denominator
)
_BOUND = r"以上|以下|以内|以內|之内|之內|以外|多数|多數|(?=[的之]?(?:成员|成員|会员|會員|代表|委员|委員|理事|监事|監事|单位|單位|同意|票|人))"

_SHARE = re.compile(
    rf"(?P<over>(?:[{_A}]{{1,4}}|[{CHINESE}]{{1,6}})分之(?:[{_A}]{{1,4}}|[{CHINESE}]{{1,6}})(?:[点點][〇零一二三四五六七八九]{{1,4}})?)"
    rf"|(?<![{_A}/／.])(?P<slash>[{_A}]{{1,3}}[/／][{_A}]{{1,3}})(?![{_A}/／月日年])"
    rf"|(?<![{_A}.])(?P<percent>[{_A}]{{1,3}}(?:[.．][{_A}]{{1,4}})?[%％﹪])"
    rf"|(?P<sign>[{_FRACTIONS}])"
    r"|(?P<half>[过過]半[数數]|[过過]半(?=[的之同通出表赞贊会會成代委理]|[，。；、]|$)|半[数數]|(?<!一)一半)"
    rf"|(?P<tenths>[一二三四五六七八九两兩]成)(?:{_BOUND.split('|(?=', maxsplit=1)[0]})"
)
_PAREN = rf"(?:[（(](?:{_N})[）)])?"
_UNIT = (
    r"(?P<workday>[个個]?(?:工作[日天]|[营營][业業]日|上班日|交易日))"
    r"|(?P<month>[个個]月(?:[份])?(?![末初底])|月(?=[以之]?[内內]))"
    r"|(?P<quarter>[个個]季度?)"
    r"|(?P<year>[个個]?(?:自然年度?|年)(?![代级級度满滿]|[规規]划|[计計][划劃]|一度|[纪紀]))"
    r"|(?P<week>[个個]?(?:星期|[礼禮]拜|周(?![岁歲年])|週(?![歲年])))"
    r"|(?P<day>[个個]?(?:自然日|日[历曆]日|日(?![报報常])|天))"
)
_PERIOD = re.compile(rf"(?:(?P<low>{_N})(?P<to>[至到~～—–-]|——))?(?P<n>{_N}|半(?=[年个個])){_PAREN}(?:{_UNIT})")
_DATE = re.compile(
    rf"(?:民[国國]|公元)?(?:{_N}|[〇○零一二三四五六七八九]{{4}})年(?:{_N}月(?:{_N}[日号號])?|度)|(?:{_N}|[每当當次本同])月{_N}[日号號](?:[、和至到~～—–-]{_N}[日号號])*(?![以之]?[内內])"
    rf"|[{_A}]{{4}}[-./／][{_A}]{{1,2}}[-./／][{_A}]{{1,2}}|(?:{_N}|[〇○零一二三四五六七八九]{{4}})年{_N}月"
)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}

# Civil Code 1259: 以上、以下、以内、届满 include the number, 不满、超过、以外 do not.
_OUTSIDE_BEFORE = re.compile(
    r"(?:(?<![不未])(?<!不[得能可应應])(?:超[过過]|逾|[多大高少低小][于於])|不足|[不未][满滿到]|未[达達]到?)"
    r"(?:了|到|其|全[体體](?:[会會][员員]|成[员員])?的?)?$"
)
_OUTSIDE_AFTER = re.compile(r"[以之]外|[（(](?:均|皆|都)?不(?:含|包括|包含)|[内內]?[（(]不(?:含|包括)")
_MONEY_BEFORE = re.compile(r"(?:[费費额額金款价價税稅薪资資]|收入|[利][润潤]|成本)(?:总[额額])?[的之]?(?:百分之)?$")
_MONEY_AFTER = re.compile(
    r"[以之]?[上下内內]?[的之]?(?:[罚罰]|[违違][约約]金|滞[纳納]|滯納|利息|手[续續][费費]|[款金])|元|[万萬亿億]?元"
)


class _Found(msgspec.Struct, frozen=True):
    """A number in the compact text: where it stands and what it says."""

    start: int
    end: int
    value: str | int
    unit: str
    inclusive: bool


def find(articles: tuple[Article, ...]) -> tuple[Term, ...]:
    """All terms of all articles, named, in order."""
    candidates = [candidate for article in articles for candidate in _of_article(article)]
    return name_all(candidates, {a.number: a.text for a in articles})


def _of_article(article: Article) -> list[Candidate]:
    compact, places = _compact(article.text)
    found = _without_repeats(compact, sorted((*_shares(compact), *_periods(compact)), key=lambda f: f.start))
    clauses = [_clause(compact, f, found[max(0, i - 3) : i + 4]) for i, f in enumerate(found)]
    out = []
    for f, (start, end) in zip(found, clauses, strict=True):
        words = article.text[places[start] : places[end - 1] + 1]
        low, high = max(0, f.start - 8 * LONGEST), f.end + 8 * LONGEST
        near = compact[low:high]
        out.append(Candidate(article.number, words, f.value, f.unit, f.inclusive, near, f.start - low, f.end - low))
    return out


def _without_repeats(text: str, found: list[_Found]) -> list[_Found]:
    """Leave out a number that only repeats another in brackets: （不含三分之二）, 十分之一（1/10）."""
    return [
        f for f in found if not re.search(r"[（(](?:均|皆)?不?(?:含|包括|包含)?$", text[max(0, f.start - 8) : f.start])
    ]


def _compact(text: str) -> tuple[str, list[int]]:
    """The text without blanks and without line ends inside a sentence, and where each character stood."""
    kept: list[str] = []
    places: list[int] = []
    lines = text.split("\n")
    position = 0
    for i, line in enumerate(lines):
        for c in line:
            if c not in BLANKS:
                kept.append(c)
                places.append(position)
            position += 1
        if i + 1 < len(lines) and not _runs_on(line, lines[i + 1]):
            kept.append("\n")
            places.append(position)
        position += 1
    return "".join(kept), places


def _runs_on(line: str, below: str) -> bool:
    """Whether a line end only breaks a sentence: a long line without an ending, and no label below."""
    if re.search(rf"[{_A}{CHINESE}]$", line) and re.match("分之|[个個日天]", below):
        return True
    return len(line) >= 12 and line[-1:] not in tuple("。；：，！？,;:、") and not items.label(below)


def _shares(text: str) -> Iterator[_Found]:
    dates = _dated(text)
    for found in _SHARE.finditer(text):
        start, end = found.span()
        if found["tenths"]:
            end = found.end("tenths")
            share: Fraction | None = Fraction(parse(found["tenths"][0]) or 0, 10)
        else:
            share = parse_share(found[0])
        if share is None or dates[start] or _is_money(text, start, end):
            continue
        half = found["half"] is not None and found[0][0] in "过過"
        inclusive = not half and _includes(text, start, end)
        yield _Found(start, end, f"{share.numerator}/{share.denominator}", "share", inclusive)


def _is_money(text: str, start: int, end: int) -> bool:
    return bool(_MONEY_BEFORE.search(text[max(0, start - 10) : start]) or _MONEY_AFTER.match(text[end : end + 10]))


def _includes(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 12) : start], text[end : end + 14]
    return not (
        _OUTSIDE_BEFORE.search(before) or _OUTSIDE_AFTER.match(after) or re.match(r"以[上下内內][（(]不[含包]", after)
    )


def _dated(text: str) -> bytearray:
    """For each character whether it is part of a calendar date."""
    marks = bytearray(len(text))
    for found in _DATE.finditer(text):
        marks[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return marks


def _periods(text: str) -> Iterator[_Found]:
    dates = _dated(text)
    year: _Found | None = None
    for found in _PERIOD.finditer(text):
        start = found.start("n")
        if any(dates[found.start() : found.end()]) or not _is_period(text, found):
            continue
        unit, factor = _unit(found)
        count = _count(found["n"], factor)
        if count is None:
            continue
        if year and unit == "month" and found.start() == year.end and found["month"]:
            year = _Found(
                year.start, found.end(), int(year.value) + count, unit, _includes(text, year.start, found.end())
            )
            continue
        if year:
            yield year
            year = None
        inclusive = _includes(text, found.start(), found.end())
        if found["low"] and (low := _count(found["low"], factor)) is not None:
            yield _Found(found.start(), found.end(), low, unit, inclusive)
        this = _Found(start, found.end(), count, unit, inclusive)
        if found["year"]:
            year = this
        else:
            yield this
    if year:
        yield year


def _unit(found: re.Match[str]) -> tuple[str, int]:
    if found["workday"]:
        return "workday", 1
    for name, factor in _MONTHS.items():
        if found[name]:
            return "month", factor
    return next(("day", factor) for name, factor in _DAYS.items() if found[name])


def _count(numeral: str, factor: int) -> int | None:
    """The period in its unit; half a year is six months."""
    if numeral == "半":
        return 6 if factor == 12 else None
    number = parse(numeral)
    bare = numeral in "百千" or number is None
    if bare or not number or number >= 1000 or (factor == 12 and number >= 100):
        return None
    return number * factor


def _is_period(text: str, found: re.Match[str]) -> bool:
    """Not an ordinal (第三日), part of a longer number, or a day of the month (当月10日)."""
    before = text[max(0, found.start() - 2) : found.start()]
    if before.endswith(("第", "初", "百", "千", "万", "萬", ".", "．")):
        return False
    within = re.match(r"[以之]?[内內]", text[found.end() : found.end() + 2])
    return not before.endswith("月") or found["day"] != "日" or within is not None


LONGEST = 300
"""No clause is longer; a text without punctuation is not searched from end to end for each number."""
_BREAK = "，。；：！？,;:!?\n"
_ALSO = re.compile(r"(?<!合)(?:[并並而]且|[并並]|且|、)")
_LEADING = re.compile(r"^(?:[并並而]且|[并並]|且|但是|但|同[时時])(?=.)")


def _clause(text: str, found: _Found, neighbours: list[_Found]) -> tuple[int, int]:
    """The clause around a number, cut from its neighbours, without a leading 并; longer if it is not unique."""
    near = max(0, found.start - LONGEST)
    start = max(near, *(text.rfind(c, near, found.start) + 1 for c in _BREAK))
    end = _next_break(text, found.end)
    for other in neighbours:
        if other.end <= found.start and other.start >= start:
            cuts = [m.end() if m[0] == "、" else m.start() for m in _ALSO.finditer(text, other.end, found.start)]
            start = cuts[-1] if cuts else start
        if other.start >= found.end and other.end <= end:
            cuts = [m.start() for m in _ALSO.finditer(text, found.end, other.start)]
            end = cuts[-1] if cuts else end
    if leading := _LEADING.match(text[start : found.start]):
        start += leading.end()
    if (mark := items.label(text[start : found.start])) and start + len(mark.printed) <= found.start:
        start += len(mark.printed)
    return _recognisable(text, start, end)


def _next_break(text: str, start: int) -> int:
    """Where the clause ends, at most `LONGEST` characters on."""
    limit = min(len(text), start + LONGEST)
    return min((p for c in _BREAK if (p := text.find(c, start, limit)) >= 0), default=limit)


def _recognisable(text: str, start: int, end: int) -> tuple[int, int]:
    """Words that stand twice in the article, or are too few, take in the next clause."""
    for _ in range(3):
        words = text[start:end]
        around = text[max(0, start - 20 * LONGEST) : end + 20 * LONGEST]
        if (len(words) >= 4 and around.count(words) == 1) or end >= len(text) or text[end] in "。\n":
            break
        end = _next_break(text, end + 1)
    return start, end
