"""Every numeral of a text as `gongyue read` lists it: what it was read as, article by article, and what was not read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from gongyue.covenant import assumed, eras, formulas, itself, numbers, numeral_account, unnumbered_times
from gongyue.covenant.binding.binding_text import STARTS
from gongyue.covenant.binding.folding import joined
from gongyue.covenant.binding.requirements import BASE_WORDS
from gongyue.covenant.numbers import Number
from gongyue.covenant.numeral_account import Numeral

Doubted = dict[tuple[int, int], tuple[str, str]]
"""Why numbers are in doubt, in Chinese and in English, by their places."""
Read = list[tuple[str, str, tuple[Numeral, ...], Doubted]]
"""Of each part how it is cited, its text, its numerals, and which are in doubt."""
_KINDS = {
    "share": ("份额", "share"), "part": ("部分", "part"), "period": ("期限", "period"), "date": ("日期", "date"),
    "frequency": ("频率", "frequency"), "headcount": ("人数", "heads"), "age": ("年龄", "age"), "money": ("金额", "money"),
    "ordinal": ("序数", "ordinal"), "citation": ("条款号", "citation"), "unread": ("没有读出", "NOT READ"),
}  # fmt: skip
_UNITS = {
    "day": ("日", "day(s)"), "workday": ("个工作日", "working day(s)"), "month": ("个月", "month(s)"), "hour": ("小时", "hour(s)"),
    "term": ("个学期", "school term(s)"), "year": ("周岁", "years"), "yuan": ("元", "yuan"),
}  # fmt: skip
FAR = 200
"""Characters on either side of a period in which the words stand that it runs from."""
BESIDE = 6
"""Characters on either side of a numeral that was not read."""


def of(parts: Sequence[tuple[str, str, str]]) -> Read:
    """The numerals of each part, given as it is cited, its text, and the heading it stands under."""
    whole = "\n".join(text for _, text, _ in parts)
    return [
        (label, text, numeral_account.account(text), _doubted(text, heading, whole)) for label, text, heading in parts
    ]


def _doubted(text: str, heading: str, whole: str) -> Doubted:
    return {(n.begin, n.end): (zh, en) for n, zh, en in assumed.doubts(text, heading, whole, since=True)}


def lines(read: Read, lang: str) -> Iterator[str]:
    """How many there are and how many were not read, then one line for each; marks of items, names and mere words only count."""
    en = lang == "en"
    every = [n for _, _, numerals, _ in read for n in numerals]
    left = sum(n.kind == "unread" for n in every)
    silent = sum(n.kind not in ("number", "ordinal", "citation", "unread") for n in every)
    yield (
        f"numerals, one by one: {len(every)}; not read: {left}; item marks, names, mere words: {silent}"
        if en
        else f"逐一所见的数: {len(every)}；没有读出: {left}；项号、名称与不表数的词: {silent}"
    )
    for label, text, numerals, doubted in read:
        for n, after in pairwise([*numerals, None]):
            if n and (said := _said(text, n, en)):
                said += _of_a_range(text, n, after, en)
                if (n.begin, n.end) in doubted:
                    said += " (in doubt)" if en else "（存疑）"
                quoted = text[n.begin : n.end] if n.kind != "unread" else _around(text, n)
                yield f"  {label}  “{''.join(quoted.split())}”  {said}"
        yield from _besides(label, text, numerals, en)


def _besides(label: str, text: str, numerals: Iterable[Numeral], en: bool) -> Iterator[str]:
    """Formulas, and times without a numeral: of each part what was not read, with the words around it."""
    for begin, end in _formulas(text):
        told = "a formula, not calculated" if en else "算式，没有计算"
        yield f"  {label}  “{_beside(text, begin, end)}”  {told}"
    if times := unnumbered_times.find(text, _told(text, numerals)):
        told = "times without a numeral, not read" if en else "没有数字的时间，没有读"
        words = list(dict.fromkeys(_beside(text, *place) for place in times))
        shown = [f"“{w}”" for w, other in pairwise([*words, ""]) if w not in other]
        yield f"  {label}  {(', ' if en else '、').join(shown)}  {told}"


def _formulas(text: str) -> list[tuple[int, int]]:
    plain, places = _folded(text)
    return [(places[f.begin], places[f.end - 1] + 1) for f in formulas.find(plain)]


def _told(text: str, numerals: Iterable[Numeral]) -> list[tuple[int, int]]:
    """The places of the numbers that were read, and of the words they were read to run from."""
    found = []
    for n in numerals:
        if n.number is not None:
            found.append((n.begin, n.end))
            if words := n.number.start_words:
                at = text.rfind(words, max(0, n.begin - FAR), n.begin)
                at = at if at >= 0 else text.find(words, n.end, n.end + FAR)
                found += [(at, at + len(words))] if at >= 0 else []
    return found


def _beside(text: str, begin: int, end: int) -> str:
    """The words with what stands right beside them in their clause."""
    before = re.split("[，。；：、,;\\n]", text[max(0, begin - BESIDE) : begin])[-1]
    after = re.split("[，。；：、,;\\n]", text[end : end + BESIDE])[0]
    return "".join((before + text[begin:end] + after).split())


def data(read: Read) -> list[dict[str, Any]]:
    """The same for machines: each numeral's part, place in its text, words, kind, and the number it was read as.

    itself: of a share, whether its words say if the number itself counts (`said`, `assumed`); doubt: why it is asked about.
    """
    return [
        {
            "part": label,
            "begin": n.begin,
            "end": n.end,
            "words": text[n.begin : n.end],
            "kind": n.kind,
            "number": n.number,
            "itself": _itself(text, n),
            "doubt": " / ".join(doubted.get((n.begin, n.end), ())),
        }
        for label, text, numerals, doubted in read
        for n in numerals
    ]


def others(read: Read) -> list[dict[str, Any]]:
    """What states a number and is none that was read, for machines: formulas and times without a numeral, with their places."""
    found = []
    for label, text, numerals, _ in read:
        placed = [("formula", place) for place in _formulas(text)]
        placed += [("time", place) for place in unnumbered_times.find(text, _told(text, numerals))]
        found += [
            {"part": label, "begin": begin, "end": end, "words": text[begin:end], "kind": kind}
            for kind, (begin, end) in placed
        ]
    return found


def _itself(text: str, n: Numeral) -> str:
    if n.number is None or n.number.kind != "share":
        return ""
    plain, places = _folded(text)
    begin, end = bisect_left(places, n.begin), bisect_left(places, n.end)
    here = msgspec.structs.replace(n.number, begin=begin, end=end)
    return "said" if itself.said(plain, here) else "assumed"


@lru_cache(maxsize=4)  # of every share of one text
def _folded(text: str) -> tuple[str, list[int]]:
    close, places = joined(text)
    return numbers.folded(close), places


def _around(text: str, n: Numeral) -> str:
    return f"{text[max(0, n.begin - BESIDE) : n.begin]}【{text[n.begin : n.end]}】{text[n.end : n.end + BESIDE]}"


def _of_a_range(text: str, n: Numeral, after: Numeral | None, en: bool) -> str:
    """Behind the first end of a range (1-3个工作日): where it ends is what may be counted by."""
    if not (n.number and after and after.number and numbers.is_range(text, n.number, after.number)):
        return ""
    return (
        f", up to “{text[after.begin : after.end]}”: one range"
        if en
        else f"，至“{text[after.begin : after.end]}”的范围"
    )


def _said(text: str, n: Numeral, en: bool) -> str:
    if n.number is None:
        return _KINDS[n.kind][en] if n.kind in _KINDS else ""
    unsaid = f"（{itself.UNSAID[0]}）", f" ({itself.UNSAID[1]})"
    bound = unsaid[en] if _itself(text, n) == "assumed" else ""
    return f"{_KINDS[n.number.kind][en]} {_value(n.number, text[n.begin : n.end], bound, en)}"


def _value(n: Number, written: str, unsaid: str, en: bool) -> str:
    unit = f" {_UNITS[n.unit][en]}" if n.unit else ""
    if n.kind == "frequency":
        unsaid = "" if "次" in written else " (how many times is not said)" if en else "（没有写几次）"
        return f"{n.times} × / {n.value}{unit}{unsaid}" if en else f"每 {n.value}{unit} {n.times} 次{unsaid}"
    if n.kind == "date":
        return f"{n.value}{eras.beside(written, str(n.value))[en]}"
    said = [f"{n.value}{unit}"]
    if n.kind != "part":
        bound = ("含本数", "itself included") if n.inclusive else ("不含本数", "itself excluded")
        said.append(bound[en] + unsaid)
    if n.base:
        said.append(f"of {BASE_WORDS[n.base][1]}" if en else f"以{BASE_WORDS[n.base][0]}计")
    if n.start:
        said.append(f"from {STARTS[n.start][1]}" if en else f"自{STARTS[n.start][0]}起")
    if n.delay:
        said.append("a delay" if en else "之后")
    return ", ".join(said) if en else "，".join(said)
