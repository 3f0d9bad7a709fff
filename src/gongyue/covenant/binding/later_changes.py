"""Sentences on when a change is in force: what is carried out is force on publication, whether the text says so or some time after."""

from __future__ import annotations

import re

from gongyue.covenant import numbers
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.numerals import CHINESE

_CHANGE = re.compile("修改|修订|修正|变更|增[订删补]|更新|更改|调整|改版|修编")
_CHANGED = re.compile(
    f"(?:{_CHANGE.pattern})(?:之?后的?|过的|的|案|稿|版|内容|条款|部分|文本|决定){{0,3}}[^，。；自从经由]{{0,12}}?"
    "(?:(?:自|从|于)?(?:公[布告示]|发布|颁布|公开|刊登)(?:之|当)?日?(?:起|时|后)?(?:即刻?|立即|同时|便|方|始|正式|开始)?(?:生效|起效|施行|实施|执行))"
)
ON_PUBLICATION = "修改自公布之日起施行", "a change is in force on the day of its publication"
AT_ONCE = f"{ON_PUBLICATION[0]}，不代为延后", f"{ON_PUBLICATION[1]}, not later"
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


def on_publication(sentence: Sentence) -> bool:
    """Whether it says that a change is in force once it is published, as is carried out: 更新后的公约发布即生效."""
    return bool(_CHANGED.search(sentence.plain)) and not says_so(sentence)
