"""A start that stands in a sentence of its own: 任期三年。任期自选举产生之日起计算。

The reader joins a start to a period of its own clause alone. What stands apart is not joined, since nobody can tell of which period
it is for certain: the period nearest to it is in doubt, with the words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from gongyue.covenant.numbers import Number

_SENTENCE = re.compile("[^。；！？\n]+")
_FROM = "[^，。；自从]{1,24}?"
_COUNTED = re.compile(
    f"(?:(?:自|从|由){_FROM}(?:(?:之|当|次)?日|时)?"
    "(?:(?:开始)?起(?:(?:开始)?(?:计算|起算|[计算](?![一-鿿]))|$)|(?:开始|起)(?:计算|起算))"
    f"|以{_FROM}(?:之|当|次)?[日时]为起(?:点|算[日点]?)|起算[日点时]间?[为是]{_FROM}(?=[，。；]|$))"
)
_NAMED = re.compile("[^，。；、的之该此上述前款]{0,2}(?:期[限间]?|时[限间])")
_STOPS = "，。；：！？\n"


def find(plain: str, stated: Sequence[Number]) -> dict[int, str]:
    """Of the periods whose start may stand in another sentence: where each begins, and the words there; `plain` is folded."""
    periods = [n for n in stated if n.kind == "period"]
    found: dict[int, str] = {}
    for sentence in _SENTENCE.finditer(plain) if periods else ():
        i = bisect_left(periods, sentence.start(), key=lambda n: n.begin)
        within = i < len(periods) and periods[i].begin < sentence.end()
        counted = None if within else _COUNTED.search(sentence[0])
        if counted is not None:
            named = _NAMED.search(sentence[0], max(0, counted.start() - _NEAR), counted.start())
            if n := _nearest(plain, periods[max(0, i - _FAR) : i], periods[i : i + 1], named):
                found[n.begin] = counted[0]
    return found


def _nearest(
    plain: str, before: Sequence[Number], after: Sequence[Number], named: re.Match[str] | None
) -> Number | None:
    """The period that a start may be of: one of the same name (任期), else the last before, else the first after.

    One that has a start of its own is meant only where a period is named (上述期限自…起计算).
    """
    may = [n for n in (*after, *before) if named or not n.start]
    same = [n for n in may if named and named[0] in plain[_clause(plain, n.begin) : n.begin]]
    return next(reversed(same or may), None)


def _clause(plain: str, place: int) -> int:
    return max(plain.rfind(c, max(0, place - _NEAR), place) for c in _STOPS) + 1


_NEAR, _FAR = 24, 8
"""Characters before a start or a period in which its name stands, and periods before the sentence that are looked at."""
