"""Whether a fraction is a share of people or a part of something else: fees, a term, a weight in a score."""

from __future__ import annotations

import re

from gongyue.covenant.qualifiers import COMPARED, LONGEST

_PART_OF = re.compile(r"(?:[费额金款价税薪资期]|收入|利润|成本|预算|期间|时间|次数)(?:总额)?[的之]?(?:百分之)?$")
_OF_VOTES_CAST = re.compile(r"(?:同意|赞成|支持|反对|弃权|得票|获票)(?:票|人|者)?(?:总?数|人数|票数)[的之]?$")
"""Of how many consented in another count: nobody's roll and no turnout."""
_OF_PEOPLE = re.compile(r"(?:[会成]员|人数|单位|票数|股东|业主)总?额[的之]?$")
_WHO = "(?:成员|会员|社员|代表|委员|理事|监事|单位|业主|住户|居民|村民|股东|用户)"
_VOTES = re.compile(
    "同意|赞成|支持|反对|通过|表决|投票|票数|出席|到会|与会|参会|提议|提出|联名|联署|附议|请求|要求|人数|总数|全体|面积"
)
_WHO_AFTER = re.compile(f"(?:以上|以下|多数)?[的之]?.{{0,4}}{_WHO}")
_WHO_BEFORE = re.compile(f"{_WHO}[的之中]?{COMPARED}*$")
_MONEY_AFTER = re.compile(r"[以之]?[上下内]?[的之]?(?:罚金|违约金|滞纳金|利息|手续费|[款金])|[万亿]?元")


def of_things(plain: str, begin: int, end: int) -> bool:
    """Whether the words right beside it say that it is of money, time or occasions."""
    before = plain[max(0, begin - 10) : begin]
    other = (_PART_OF.search(before) and not _OF_PEOPLE.search(before)) or _OF_VOTES_CAST.search(before)
    return bool(other or _MONEY_AFTER.match(plain, end))


def of_people(plain: str, begin: int, end: int) -> bool:
    """Whether a percentage is of people: its sentence tells of a vote or a number, or members stand right beside it."""
    start = max(plain.rfind(stop, max(0, begin - LONGEST), begin) for stop in "。；\n") + 1
    stops = [p for stop in "。；\n" if (p := plain.find(stop, end, end + LONGEST)) >= 0]
    start, stop = max(start, begin - LONGEST), min(stops, default=end + LONGEST)
    beside = _WHO_AFTER.match(plain, end) or _WHO_BEFORE.search(plain[start:begin])
    return bool(beside or _VOTES.search(plain, start, stop))
