"""Whether a fraction is a share of people or a part of something else: fees, a term, a weight in a score."""

from __future__ import annotations

import re

from gongyue.covenant.forms import COMPARED
from gongyue.covenant.qualifiers import LONGEST

_THINGS = "[费额金款价税薪资期]|收入|利润|成本|预算|支出|开支|期间|时间|时长|次数|资产|净值|产值|产量|总量|成绩|总分|分数|课时|学时|营业额"
_JOINED_BY = f"(?:总额|总计)?[的之]?(?:{COMPARED}|按|为|约|至|到|百分之|[的之])*"
_PART_OF = re.compile(f"(?:{_THINGS}){_JOINED_BY}$")
_TAKEN_OFF = re.compile(
    "(?:减免|减收|减征|减按|扣减|扣除|扣除?留|加收|加征|收取|收缴|计提|提取|折扣|上浮|下浮|税率|费率|利率|年息|月息|处以?|并处)"
    "(?:比例|幅度|金额)?[的之]?(?:为|至|到|约|按|不超过)*$"
)
"""What is taken off or added: 减免50% is of a fee, whoever the sentence speaks of besides."""
_DIFFERENCE = re.compile(
    "(?:应选|差额|名额)[^，。；]{0,12}(?:多于?|超过|不少于|不低于|至少|为)[^，。；]{0,12}$|差额(?:比例|率)?[^，。；]{0,8}$"
)
"""By how much more candidates there are than seats (候选人应多于应选名额的五分之一)."""
_OF_VOTES_CAST = re.compile(r"(?:同意|赞成|支持|反对|弃权|得票|获票)(?:票|人|者)?(?:总?数|人数|票数)[的之]?$")
"""Of how many consented in another count: nobody's roll and no turnout."""
_OF_PEOPLE = re.compile(
    rf"(?:(?:[会成社]员|人数|单位|票数|股东|业主)总?额|[员数者民人位东主户表事友生方]总额){_JOINED_BY}$"
)
_WHO = "(?:成员|会员|社员|代表|委员|理事|监事|董事|议员|单位|业主|住户|居民|村民|股东|用户)"
_VOTES = re.compile(
    "同意|赞成|支持|反对|通过|表决|投票|票数|选票|选举票|认可|出席|到会|与会|参会|提议|提出|联名|联署|连署|附议|请求|要求|人数|总数|全体|面积"
)
_WHO_AFTER = re.compile(f"(?:以上|以下|多数)?[的之]?.{{0,4}}{_WHO}")
_WHO_BEFORE = re.compile(f"{_WHO}[的之中]?{COMPARED}*$")
_CONSENT_AFTER = re.compile(
    "(?:以上|多数)?[（(]?(?:的?(?:批准|赞同|多数)|(?i:(?:super|absolute)?majority|LGTM|approv(?:e|al)|consen(?:t|sus)))"
)
_CONSENT_BEFORE = re.compile("(?i:majority)[（(]?[>≥\uff1e]*$")
"""Verbs of consent right beside a fraction: somebody's, though its clause may not say whose (2/3 批准, simple majority (>50%))."""
_RATE = re.compile(
    "(?<!出席)(?<!到会)(?<!参会)(?<!投票)(?<!参与)(?<!表决)(?<!同意)(?<!支持)(?<!赞成)(?<!通过)(?<!得票)(?<!签到)率"
)
_RATE_BEFORE = re.compile(f"{_RATE.pattern}[的之]?{COMPARED}*$")
_OTHER_THINGS = re.compile("罚款|罚金|税|股份|份额|销售|占比|相似|重复|比重|费|价|资产|产量|收入|利润|金额")
_BARE = re.compile(
    "(?:比例|占比|须|需|应|当|经|以|达到?|至少|最少|不得?|[低少高多]于|超过|获得?|有|且|并|其中|即|为|方|可|的|之)*"
)
"""A clause of nothing but its percentage (，比例须达60%) is of what its sentence speaks of."""
_MONEY_AFTER = re.compile(
    r"[以之]?[上下内]?[的之]?(?:罚款|罚金|违约金|滞纳金|利息|手续费|费用|税率|利率|[款金])|[万亿]?元|折"
)


def of_things(plain: str, begin: int, end: int) -> bool:
    """Whether the words right beside it say that it is of money, time or occasions."""
    before = plain[max(0, begin - 24) : begin]
    before = before[max(before.rfind(stop) for stop in "，。；：、\n") + 1 :]
    other = (
        (_PART_OF.search(before) and not _OF_PEOPLE.search(before))
        or _OF_VOTES_CAST.search(before)
        or _TAKEN_OFF.search(before)
        or _DIFFERENCE.search(before)
    )
    return bool(other or _MONEY_AFTER.match(plain, end))


def of_people(plain: str, begin: int, end: int) -> bool:
    """Whether a percentage is of people: members stand right beside it, or its clause tells of a vote or a number."""
    start, stop = _around(plain, begin, end, "，,。；：:\n")
    if _RATE_BEFORE.search(plain[start:begin]):
        return False
    if _CONSENT_AFTER.match(plain, end) or _CONSENT_BEFORE.search(plain[max(0, begin - 16) : begin]):
        return True
    if _WHO_AFTER.match(plain, end) or _WHO_BEFORE.search(plain[start:begin]) or _VOTES.search(plain, start, stop):
        return True
    if _RATE.search(plain, start, stop) or _OTHER_THINGS.search(plain, start, stop):
        return False
    if not _BARE.fullmatch(plain, start, begin):
        return False
    start, stop = _around(plain, begin, end, "。；\n")
    return bool(_VOTES.search(plain, start, stop))


def _around(plain: str, begin: int, end: int, marks: str) -> tuple[int, int]:
    start = max(plain.rfind(mark, max(0, begin - LONGEST), begin) for mark in marks) + 1
    stops = [p for mark in marks if (p := plain.find(mark, end, end + LONGEST)) >= 0]
    return max(start, begin - LONGEST), min(stops, default=end + LONGEST)
