"""Whether any word says that a share itself is enough: 三分之二以上 and 不少于三分之二 say it, 三分之二赞成 does not.

Without one it is read as enough, as 以上 is (Civil Code 1259): that is assumed, and shown as assumed wherever the share is shown.
"""

from __future__ import annotations

import re

from gongyue.covenant import qualifiers
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE

_BEFORE = re.compile(
    "超过?|逾|[少低多高大小]于|至[少多]|最[少多低高]|起码|不[足满到]|未[满达到]|达到?|满(?![意足])|[>\uff1e<\uff1c≥≤≧≦⩾⩽=\uff1d]|&[lg]t;"
)
_AFTER = re.compile(
    "[（(]?[以之](?:上|下|内|外)|[（(]?(?:均|皆|都)?不?(?:含|包括|包含)|[+\uff0b加][一1]|[或及]者?(?:以上|更多)|又一|起|强"
)
_WITHIN = re.compile("过|以上")


def said(plain: str, n: Number) -> bool:
    """Whether its clause says if the number itself counts; `plain` is folded."""
    if not n.inclusive or _WITHIN.search(plain, n.begin, n.end):
        return True
    return bool(_BEFORE.search(qualifiers.clause_before(plain, n.begin)[-BESIDE:]) or _AFTER.match(plain, n.end))


def said_in(plain: str) -> bool:
    """Whether words that state one share say it, wherever in them; `plain` is folded."""
    return bool(_BEFORE.search(plain) or re.search(f"过半|{_AFTER.pattern}", plain))


_LEAVES_OUT = re.compile(
    f"(?<![不未没])(?<!不[得能可应])(?<!没有)(?P<words>超过|高过|多过|胜过|[多大高少低小]于|逾|不足|不到|[未没]有?(?:超过|过|达到?|满)|不满)[^，。；：、0-9{CHINESE}半]{{0,24}}$"
)
_PAST = re.compile("(?<![通超经胜高多不未没])(?P<words>过)$")
"""投票过3/4同意: right before the share, and no end of 通过 or 经过."""


def doubt(plain: str, n: Number) -> tuple[str, str] | None:
    """That words in its clause leave the share itself out (超过实到会代表半数) and it is read with it."""
    counted = n.kind == "share" and n.inclusive
    before = qualifiers.clause_before(plain, n.begin) if counted else ""
    left = _LEAVES_OUT.search(before) or _PAST.search(before)
    if left is None:
        return None
    return READ_WITH[0].format(left["words"]), READ_WITH[1].format(left["words"])


READ_WITH = (
    "前的“{}”不含本数，而读作含本数",
    "stands behind “{}”, which leaves the number itself out, and is read with it",
)
BESIDE = 24
"""Characters before a share in which a word says it."""
UNSAID = ("没有用字说，照此读", "no word says so")
