"""Formulas and signs among numbers: N+1个工作日, 第(n-2)天, 2n/3, 50%+1, 7×24小时, 2:1, >50%.

A numeral beside a variable, an operator or a bracket of mathematics is no plain figure: nothing here is calculated, and whatever was
read of it is in doubt with the whole expression. ≥ includes the number, as the reader has it; > and < do not, and ≤ and = say of a
share something else than at least: that it is read otherwise is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE

_VAR = "(?<![A-Za-z0-9&/._-])[A-Za-z\u03b1-\u03c9\u0391-\u03a9\u00b5](?![A-Za-z])"
_NAT = "[NnMmXxKkTtDdYy]"
_NUM = f"(?:[0-9]+(?:\\.[0-9]+)?|[{CHINESE}]+)"
_TIME = "个?(?:工作日|交易日|自然日|日历日|营业日|日|天|周|星期|月|季度|学期|年(?!级)|小时|分钟)"
_HEADS = "(?:名|人|票|家|户|位|席|个(?:成员|会员|单位|理事|委员))"
_PLUS = "[+\uff0b*×÷^√²³∑\u03a3±\u2212]"
_DIRECT = f"(?={_TIME}|{_HEADS}|[届次期轮条]|[)）\\]】⌉⌋/+\uff0b%])"
FORMULA = re.compile(
    "|".join(
        (
            "[⌈⌊][^⌈⌊⌉⌋\\n]{1,24}[⌉⌋]",
            r"(?i:(?:ceil(?:ing)?|floor|max|min|round|sqrt|log|abs)[(（][^()（）\n]{1,24}[)）])",
            # n/2, n/2+1, N+1, (n-2), T-3日: a variable, then what is done with it
            f"[(（]?(?:{_VAR}{_PLUS}(?:[0-9A-Za-z]+)|{_VAR}[/][0-9]+|{_VAR}[-\uff0d\u2013][0-9]+{_DIRECT}|(?<=第){_VAR}[-\uff0d\u2013][0-9]+)"
            "(?:[-+\uff0b\uff0d*×/][0-9A-Za-z]+)*(?:[)）](?:[-+*×/][0-9A-Za-z]+)*)?",
            # 2n/3, 3f+1: a coefficient
            r"[(（]?(?<![0-9A-Za-z.])[0-9]+(?:[nxNX\u03c3\u03b4\u03bc\u03c0])(?![A-Za-z0-9])(?:[-+\uff0b\uff0d*×/][0-9A-Za-z]+)*[)）]?",
            r"(?<![0-9A-Za-z.])[0-9]+[A-Za-z][+\uff0b*×/][0-9]+(?:[-+\uff0b\uff0d*×/][0-9A-Za-z]+)*",
            # 50%+1, 7×24, 30+30, (2/3)n
            r"(?<![0-9A-Za-z.+\uff0b])[0-9]+(?:\.[0-9]+)?[%]?(?:/[0-9]+)?(?:[+\uff0b×÷^±](?!86)|\*(?!\*))[0-9]+(?:[-+\uff0b\uff0d*×÷/][0-9]+)*[%]?",
            f"(?<![0-9])[0-9]+[²³]|√{_NUM}",
            r"(?<![0-9A-Za-z])[0-9]{1,3}[:：\u2236][0-9]{1,3}(?![0-9A-Za-z:：])(?![前后至到起开止-])|"
            f"(?<![{CHINESE}0-9]){_NUM}比{_NUM}(?![较])",
            # N日内, 第n次
            f"(?<![A-Za-z0-9&/._-]){_NAT}(?={_TIME}|{_HEADS})|(?<=第){_NAT}(?=[次届条款项])|(?<![A-Za-z0-9&/._-]){_NAT}分之{_NUM}|(?<![0-9.{CHINESE}]){_NUM}分之{_NAT}(?![A-Za-z])",
        )
    )
)
_CLOCK = re.compile("[01]?[0-9]|2[0-4]")
_TIMED = re.compile(_TIME)
_HEADED = re.compile(
    f"{_HEADS}|(?:以上|多数)?[的之]?(?:成员|会员|单位|代表|理事|委员|投票|赞成|同意|支持|通过|出席|表决)"
)
_MORE = re.compile("(?:[>\uff1e](?![=\uff1d])|&gt;(?!=)|≯|≮)$")
_LESS = re.compile("(?:[<\uff1c](?![=\uff1d])|&lt;(?!=))$")
_MOST = re.compile("(?:[≤≦⩽]|(?:[<\uff1c]|&lt;)[=\uff1d])$")
_EXACTLY = re.compile("(?<![<>\uff1c\uff1e=\uff1d!≠;])[=\uff1d]$")
_BESIDE_BEFORE = re.compile(f"(?:{_VAR}[（(]?|[0-9A-Za-z%）)][+\uff0b×÷^/±][（(]?|√[（(]?)$")
_BESIDE_AFTER = re.compile(f"[）)]?(?:{_VAR}|[+\uff0b×÷^±²³][（(]?[0-9A-Za-z]*|[/](?={_TIME}|[0-9A-Za-z]))")
_BEHIND = re.compile("[%]?(?:[<>\uff1c\uff1e]|&[lg]t;)")

IN_FORMULA = (
    "是算式“{}”的一部分，算式没有计算，所读的数未必是它的意思",
    "is part of the formula “{}”, which nobody calculates; what was read of it may not be what it means",
)
FORMULA_UNREAD = (
    "是算式，没有读出",
    "is a formula, and was not read",
)
SIGN = (
    "前的“{}”不含本数，而读作含本数；要不含，请写“超过”",
    "stands behind “{}”, which leaves the number itself out, and is read with it; write 超过 to leave it out",
)
SIGN_LESS = (
    "前的“{}”说的是不到此数，而读作含本数",
    "stands behind “{}”, which says fewer than that, and is read with the number itself",
)
SIGN_MOST = (
    "前的“{}”说的是至多此数，而读作至少",
    "stands behind “{}”, which says at most, and is read as at least",
)
SIGN_EXACTLY = (
    "前的“{}”说的是恰好此数，而读作至少",
    "stands behind “{}”, which says just that, and is read as at least",
)
SIGN_BEHIND = (
    "后的“{}”没有读",
    "stands before “{}”, which was not read",
)


class Formula(NamedTuple):
    """A formula and its place in a folded text, and whether a time or people are counted by it."""

    begin: int
    end: int
    kind: Literal["period", "share", ""]


def find(plain: str) -> Iterator[Formula]:
    """The formulas of a folded text; kind: `period` or `share` where time or people are counted by it, else empty."""
    for m in FORMULA.finditer(plain):
        if (":" in m[0] or "：" in m[0] or "\u2236" in m[0]) and _is_clock(m):
            continue
        yield Formula(m.start(), m.end(), _counts(plain, m.end()))


def _is_clock(m: re.Match[str]) -> bool:
    """Whether it tells the time of day: 9:30, 18:00."""
    hour, _, minute = re.sub("[：\u2236]", ":", m[0]).partition(":")
    return bool(_CLOCK.fullmatch(hour)) and len(minute) == 2 and int(minute) < 60


def _counts(plain: str, end: int) -> Literal["period", "share", ""]:
    rest = plain[end : end + 8].lstrip(")）]】⌉⌋")
    if _TIMED.match(rest):
        return "period"
    return "share" if _HEADED.match(rest) else ""


def of_number(plain: str, n: Number, formulas: Sequence[Formula]) -> list[tuple[str, str]]:
    """Of a number that was read: the formula it is a part of, and a sign of comparison at it that says otherwise."""
    told: list[tuple[str, str]] = []
    i = bisect_left(formulas, n.begin, key=lambda f: f.end)
    near = [(f.begin, f.end) for f in formulas[i : i + 2] if _touches(f, n)] or _operated(plain, n)
    if near:
        whole = plain[min(near[0][0], n.begin) : max(near[-1][1], n.end)]
        told.append((IN_FORMULA[0].format(whole), IN_FORMULA[1].format(whole)))
    told += _of_signs(plain, n)
    return told


def _of_signs(plain: str, n: Number) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    if n.kind not in ("date", "frequency"):
        before = plain[max(0, n.begin - 4) : n.begin]
        for pattern, said in ((_MORE, SIGN), (_LESS, SIGN_LESS)):
            if n.inclusive and (sign := pattern.search(before)):
                shown = sign[0].replace("&gt;", ">").replace("&lt;", "<")
                told.append((said[0].format(shown), said[1].format(shown)))
        for pattern, said in ((_MOST, SIGN_MOST), (_EXACTLY, SIGN_EXACTLY)) if n.kind in ("share", "part") else ():
            if sign := pattern.search(before):
                told.append((said[0].format(sign[0]), said[1].format(sign[0])))
        if behind := _BEHIND.match(plain, n.end):
            told.append((SIGN_BEHIND[0].format(behind[0]), SIGN_BEHIND[1].format(behind[0])))
    return told


def of_nothing_read(formulas: Sequence[Formula], stated: Sequence[Number]) -> Iterator[Formula]:
    """Those by which a time or people are counted and of which no number was read; both in order."""
    for f in formulas:
        i = bisect_left(stated, f.begin, key=lambda n: n.end)
        if f.kind and not any(_touches(f, n) for n in stated[i : i + 3]):
            yield f


def _touches(f: Formula, n: Number) -> bool:
    return f.begin < n.end and n.begin < f.end


def _operated(plain: str, n: Number) -> list[tuple[int, int]]:
    """Where an operator or a variable stands right beside a number that is counted by: (2/3)n, 2小时/天, T1日."""
    if n.kind not in ("share", "part", "period", "headcount"):
        return []
    return [
        m.span()
        for m in (_BESIDE_BEFORE.search(plain, max(0, n.begin - 4), n.begin), _BESIDE_AFTER.match(plain, n.end))
        if m
    ]
