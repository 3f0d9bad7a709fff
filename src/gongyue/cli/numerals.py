"""Every numeral of a text as `gongyue read` lists it: what it was read as, article by article, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from gongyue.covenant import numbers, numeral_account
from gongyue.covenant.binding.binding_text import STARTS
from gongyue.covenant.binding.requirements import BASE_WORDS
from gongyue.covenant.numbers import Number
from gongyue.covenant.numeral_account import Numeral

Read = list[tuple[str, str, tuple[Numeral, ...]]]
"""Of each part how it is cited, its text, and its numerals."""
_KINDS = {
    "share": ("份额", "share"), "part": ("部分", "part"), "period": ("期限", "period"), "date": ("日期", "date"),
    "frequency": ("频率", "frequency"), "headcount": ("人数", "heads"), "age": ("年龄", "age"), "money": ("金额", "money"),
    "ordinal": ("序数", "ordinal"), "citation": ("条款号", "citation"), "unread": ("没有读出", "NOT READ"),
}  # fmt: skip
_UNITS = {
    "day": ("日", "day(s)"), "workday": ("个工作日", "working day(s)"), "month": ("个月", "month(s)"), "hour": ("小时", "hour(s)"),
    "term": ("个学期", "school term(s)"), "year": ("周岁", "years"), "yuan": ("元", "yuan"),
}  # fmt: skip
BESIDE = 6
"""Characters on either side of a numeral that was not read."""


def of(parts: Iterable[tuple[str, str]]) -> Read:
    """The numerals of each part, given as it is cited and its text."""
    return [(label, text, numeral_account.account(text)) for label, text in parts]


def lines(read: Read, lang: str) -> Iterator[str]:
    """How many there are and how many were not read, then one line for each; marks of items, names and mere words only count."""
    en = lang == "en"
    every = [n for _, _, numerals in read for n in numerals]
    left = sum(n.kind == "unread" for n in every)
    silent = sum(n.kind not in ("number", "ordinal", "citation", "unread") for n in every)
    yield (
        f"numerals, one by one: {len(every)}; not read: {left}; item marks, names, mere words: {silent}"
        if en
        else f"逐一所见的数: {len(every)}；没有读出: {left}；项号、名称与不表数的词: {silent}"
    )
    for label, text, numerals in read:
        for n, after in pairwise([*numerals, None]):
            if n and (said := _said(n, en)):
                said += _of_a_range(text, n, after, en)
                quoted = text[n.begin : n.end] if n.kind != "unread" else _around(text, n)
                yield f"  {label}  “{''.join(quoted.split())}”  {said}"


def data(read: Read) -> list[dict[str, Any]]:
    """The same for machines: each numeral's part, place in its text, words, kind, and the number it was read as."""
    return [
        {
            "part": label,
            "begin": n.begin,
            "end": n.end,
            "words": text[n.begin : n.end],
            "kind": n.kind,
            "number": n.number,
        }
        for label, text, numerals in read
        for n in numerals
    ]


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


def _said(n: Numeral, en: bool) -> str:
    if n.number is None:
        return _KINDS[n.kind][en] if n.kind in _KINDS else ""
    return f"{_KINDS[n.number.kind][en]} {_value(n.number, en)}"


def _value(n: Number, en: bool) -> str:
    unit = f" {_UNITS[n.unit][en]}" if n.unit else ""
    if n.kind == "frequency":
        return f"{n.times} × / {n.value}{unit}" if en else f"每 {n.value}{unit} {n.times} 次"
    if n.kind == "date":
        return str(n.value)
    said = [f"{n.value}{unit}"]
    if n.kind != "part":
        said.append(
            ("itself included" if n.inclusive else "itself excluded")
            if en
            else ("含本数" if n.inclusive else "不含本数")
        )
    if n.base:
        said.append(f"of {BASE_WORDS[n.base][1]}" if en else f"以{BASE_WORDS[n.base][0]}计")
    if n.start:
        said.append(f"from {STARTS[n.start][1]}" if en else f"自{STARTS[n.start][0]}起")
    if n.delay:
        said.append("a delay" if en else "之后")
    return ", ".join(said) if en else "，".join(said)
