"""Sentences that put a change in force some time after it was adopted or published: what is carried out is force on publication."""

from __future__ import annotations

import re

from gongyue.covenant import numbers
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.numerals import CHINESE

_CHANGE = re.compile("修改|修订|修正|变更|增订")
_IN_FORCE = re.compile("生效|起效|施行|实施|执行")
_THEN = re.compile("[以之]?后?(?:起|即|始|方|正式|开始|才)*(?:生效|起效|施行|实施|执行)")
_ON_A_DAY = re.compile(f"第[0-9{CHINESE}]+[个]?(?:工作)?[日天周月年](?:起|后|即|始|正式)*(?:生效|起效|施行|实施|执行)")


def says_so(sentence: Sentence) -> bool:
    """Whether it says that a change is in force some time after, or on a day: 修订后的公约公示七日后生效."""
    change = _CHANGE.search(sentence.plain)
    if not change or not _IN_FORCE.search(sentence.plain, change.end()):
        return False
    found = numbers.read_joined(sentence.close)
    later = (n for n in found if n.kind in ("period", "date") and n.begin >= change.end())
    return any(_THEN.match(sentence.plain, n.end) for n in later) or bool(
        _ON_A_DAY.search(sentence.plain, change.end())
    )
