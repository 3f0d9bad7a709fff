"""Shares of heads that stand beside a weight and were read with it: 面积占比三分之二以上的业主且人数占比三分之二以上的业主.

How they are read stays as it is; that they could be counted, were they written in a sentence of their own, a person is told.
"""

from __future__ import annotations

import re
from functools import cache

from gongyue.covenant import qualifiers
from gongyue.covenant.base_words import words_of
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.forms import COMPARED
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE

NOT_APART = (
    "以权重计，写的却是人数：同句另有面积等权重，没有分开读，不能用于表决；要按人数计，请把以人数计的份额另写成一句",
    "is counted by weights, though it says heads: a weight stands in the same sentence, they were not read apart, and no vote goes by it;"
    " to have heads counted, write their share in a sentence of its own",
)
_SHARE = re.compile(f"[0-9{CHINESE}]+分之[0-9{CHINESE}]+|[0-9.]+[%﹪]|[0-9]+/[0-9]+|过?半数|过半")
_WHO = "(?:业主|住户|区分所有权人|所有权人|会员|成员|社员|股东|单位)"
_HEADS = re.compile(f"人数|户数|{_WHO}(?:{COMPARED}|[的之占达须应经有且])*+$|[0-9{CHINESE}](?:[人名户家])[并且及]?$")
"""Last before the share, or people right before it."""


def counted(plain: str, n: Number) -> bool:
    """Whether what leads up to a share that is counted by weights says heads last, and no weight after them."""
    if fold(n.base_words) not in words_of("weight"):
        return False
    before = qualifiers.clause_before(plain, n.begin)
    before = before[max((m.end() for m in _SHARE.finditer(before)), default=0) :]
    heads = max((m.start() for m in _HEADS.finditer(before)), default=-1)
    return heads >= 0 and not _weights().search(before, heads)


@cache
def _weights() -> re.Pattern[str]:
    words = sorted(map(re.escape, words_of("weight")), key=len, reverse=True)
    return re.compile(f"{'|'.join(words)}|区分所有权(?!人)")
