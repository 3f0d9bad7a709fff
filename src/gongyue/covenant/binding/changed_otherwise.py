"""Changes that a text lets somebody make, or decide, without the members' share: a casting vote, 执行机构可以径行修改.

Neither is carried out: what does not reach the share is not adopted, and every change is proposed and voted on. Beside the share that
is bound they keep the text from being frozen; elsewhere the sheet and `verify` say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

_TIE = re.compile(
    "(?:同票|平票|票数(?:相同|相等|相当|持平)|(?:可否|正反|赞成(?:与|和|、)?反对)(?:双方)?(?:票数?)?(?:同数|相同|相等)|相持不下)[^。；]{0,12}?"
    "(?:决定|裁决|裁定|取决|决之|决断|定夺|为准|加投|再投|多投|投[^。；，]{0,4}票|[一1]票)"
)
_ELECTS = re.compile("选举|当选|候选|抽签")
_ALONE = re.compile(
    "(?:径行|径自|径直|直接|自行|单方面?|随时|酌情|视情况?|自主|不经[^，。；]{1,10}|无[须需][^，。；]{1,10}|不必[^，。；]{1,10})"
    "(?:即|可以?|予以|作出|进行|对[^，。；]{1,10}|必要的?|适当的?|相应的?|部分){0,4}(?P<verb>修改|修订|修正|变更|调整|更新|增删|更改)"
)
_NOT = re.compile("(?:不得|不能|不可|不应|无权|不准|不许|禁止|严禁|任何[^，。；]{0,8}不)[^，。；]{0,6}$")
_OTHER_THINGS = re.compile("标准|会费|费用|预算|名单|名称|地址|行为|计划|草案|建议|意见|方案|错别字|文字错误")
_STOPS = "，。；：！？"
NEAR, MOST = 60, 200
"""Characters of a clause on either side, and places of one sentence, that are looked at."""
Said = tuple[str, str]


@lru_cache(maxsize=64)  # the same sentence may be bound, and made long, a thousand times
def tie_in(plain: str) -> str:
    """The folded words by which somebody decides a tie, but in an election; empty where there are none."""
    found = _TIE.search(plain)
    return found[0] if found and not _ELECTS.search(plain[max(0, found.start() - 30) : found.end()]) else ""


@lru_cache(maxsize=64)
def alone_in(plain: str) -> str:
    """The folded words by which the text is changed without a vote; empty where there are none."""
    texts = catalogue().words["text"]
    for m in islice(_ALONE.finditer(plain), MOST):
        start = max(max(plain.rfind(c, max(0, m.start() - NEAR), m.start()) for c in _STOPS) + 1, m.start() - NEAR, 0)
        near = (p for c in _STOPS if (p := plain.find(c, m.end(), m.end() + NEAR)) >= 0)
        end = min(near, default=min(len(plain), m.end() + NEAR))
        clause = plain[start:end]
        of_the_text = any(w in clause for w in texts) or (m["verb"].startswith("修") and end == m.end())
        if of_the_text and not _NOT.search(plain[start : m.start()]) and not _OTHER_THINGS.search(clause):
            return m[0]
    return ""


def beside(n: Number, part: Part, sentence: Sentence) -> str:
    """What stands beside an adopting share: a change without a vote in its sentence; who decides a tie, where a tie reaches it."""
    if words := alone_in(sentence.plain):
        return words
    reached = n.inclusive and Fraction(n.value) <= Fraction(1, 2)
    return _tie_in_part(part.text) if reached else ""


@lru_cache(maxsize=64)
def _tie_in_part(text: str) -> str:
    return tie_in(fold(joined(text)[0]))


def of_sentence(sentence: Sentence) -> Iterator[Said]:
    """What a sentence says of either, and what is done instead."""
    if words := tie_in(sentence.plain):
        yield (
            f"“{words}”不据以执行：没有达到份额的就没有通过",
            f"“{words}” is not carried out: what does not reach the share is not adopted",
        )
    if words := alone_in(sentence.plain):
        yield (
            f"“{words}”不据以执行：修改都须提议并经表决",
            f"“{words}” is not carried out: every change is proposed and voted on",
        )
