"""What the clause around a period says of it: from when it runs, and whether something waits for its end."""

from __future__ import annotations

import re
from functools import cache

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.qualifiers import clause_before

FAR = 12
"""Characters between 收到 and what is received."""
_BY_MEANS = re.compile("通过(?=[^，。；]{1,16}?(?:方式|形式|途径|渠道|手段|平台|网站|系统|程序))")
"""通过电子邮件的方式: by that means, which adopts nothing."""
_BEFOREHAND = re.compile("(?:提前|提早|预先|事先|前)(?:至少|不少于|不得少于|应?至少|最少)?$")
_EARLIER = re.compile("[个]?[以之]?前")
"""A period counted back from what is named does not run from it (期满前三十日, 会议召开十五日前)."""
_PERIOD_NAMED = re.compile("期(?![满间]|届满)|期限|时限|时间")
"""After a start's word: 表决期为五日 says how long that takes, not from when."""
_DELAY = re.compile(
    "(?:起|即|始|方|正式|开始|才)*(?:生效|起效|施行|实施|失效)|(?:期满|届满)?(?:之|以)?后(?![的]?[0-9一二三四五六七八九十]+[个日天]?[日天]?内)"
)
_NO_START = re.compile("[^起后时日内]*(?:[需须应要]|必须|至少|设)[^起后时日内]*")
"""After an event's word: what it takes (重大变更须三十天公示), not from when."""
_ACTOR = re.compile(
    "(?:管理|主管|审批|审核|受理)?(?:人|者|方|机关|机构|单位|部门|会员|成员|栏|平台|网站|书|表|材料|权|稿|大会|会议)"
)
"""After a start's word where it only names somebody or something: 申请人应在三日内补正 runs from no application."""
_LINK = re.compile("起|后|之日|当日|次日|日内|时|以来|的$|满|超过|逾")
_HELD_APART = re.compile("[应须需得可不在于由为延暂停限]|至少|不少|最少")
"""Between a start's word and the period: what the period is of (批准延长一个月, 公告期间不少于三十日), not when it starts."""
_GOES_ON = re.compile("[，,](?:并且?|且)(?:应当?|应该|须|需)?(?:在|于)?")
"""…批准，并于十日内公布."""
_WITHIN = re.compile("[个]?[以之]?内|[以之]?后")
_AFTER_EVENT = re.compile("([^，。；：、自从]{1,24})(?:之|以)?后[的之]?$")
_NO_EVENT = re.compile("(?:今|此|其|最|前|先|然|事|日|[以之])$|^[以之]$")
_LEADS_UP = re.compile(
    "(?:.*(?:(?<![关对由属基高低大小多少])于|(?<![存现实潜])在)|(?:并且?|且|而|应当?|须|可以?|得|的)*)"
)
_OVER = re.compile("[^，。；起后]{0,6}(?:截止|结束|完毕|完成|终止|闭会)(?:之日起|之日|日起|起|之后|以后|后)")
"""表决截止后 is the end of the voting, which adopts nothing."""
_COUNTED_FROM = re.compile(
    "[，,]?(?:均|皆|都)?(?:自|从)(?![每翌次本当该]?年|[0-9一二三四五六七八九十])([^，。；]{1,24}?)((?:之|当|次)?日|时)?起"
    "(?:开始)?(?:计算?|起?算|(?=[。；\n）)]|至[^，。；]{1,20}止))"
)
"""任期三年，自当选之日起计算: what the period runs from may follow it."""
_NOT_DONE = re.compile("(?:[未不]|没有|尚未|未经|拒不|正在|可能)$")
"""Before a start's word: what was not done starts nothing (经费未公示的，停用三十天)."""
_OWN_START = re.compile(
    "(?:自|从)?([^，。；自从]{1,24})((?:之|当|次)?日(?:起|以后|之后|后)|之日)[^，。；]{0,8}$|(?:自|从)([^，。；自从]{1,24})(起)[^，。；]{0,8}$"
)
"""What a period is said to run from (自材料齐备之日起), whether the word for it is known or not: an event that is named."""
_ANOTHER = re.compile("发出|转交|交存|提交|签发|寄出|送交|交付|缴清|齐备|备齐|补正|知悉")
"""Verbs of events of their own: 就通过该附件发出通知之日起 runs from the notice."""
_SINCE = re.compile("(?:之日起|之日|日起|起|之后|以后|后|之时|时|的)*")


def delays(plain: str, end: int) -> bool:
    """Whether the period is a delay (公告一周后生效), not a time within which something is done."""
    return bool(_DELAY.match(plain[end : end + 8]))


def start_of(plain: str, begin: int, end: int = 0) -> tuple[str, str]:
    """What the period runs from and the words that say so; empty where the clause does not say."""
    before = clause_before(plain, begin, since=True)
    if _BEFOREHAND.search(before) or (end and _EARLIER.match(plain, end)):
        return "", ""
    before = _BY_MEANS.sub("\0\0", before)
    found = _nearest(before, _starts(), within=not end or bool(_WITHIN.match(plain, end)))
    own = _OWN_START.search(before)
    if own and (
        found is None or (found[0] != "receipt" and _ANOTHER.search(before, max(found[1], own.start()), own.end()))
    ):
        return "event", _stated(own[0][: (own.end(2) if own[2] else own.end(4)) - own.start()])
    if found is None:
        return _after_event(before, plain, end) or _counted_from(plain, end) or ("", "")
    name, at, word = found
    if name == "event" and _NO_START.fullmatch(before[at + len(word) :]):
        return "", ""
    if name != "receipt" and (over := _OVER.match(before, at + len(word))):
        return "event", before[at : over.end()]
    tail = _SINCE.match(before, at + len(word))
    return name, before[at : tail.end() if tail else at + len(word)]


def _stated(words: str) -> str:
    """The words of a start without what only leads up to them (并应当在立案之日起)."""
    lead = _LEADS_UP.match(words)
    return words[lead.end() :] if lead and lead.end() < len(words) - 1 else words


def _after_event(before: str, plain: str, end: int) -> tuple[str, str] | None:
    """An event that is named without 之日起: 组庭后三日内, 会后十五日内."""
    found = _AFTER_EVENT.search(before)
    if found is None or not (end and _WITHIN.match(plain, end)):
        return None
    words = _stated(found[0].rstrip("的之"))
    said = words.rstrip("后").rstrip("之以")
    return ("event", words) if said and not _NO_EVENT.search(said) else None


def _counted_from(plain: str, end: int) -> tuple[str, str] | None:
    found = _COUNTED_FROM.match(plain, end) if end else None
    if found is None:
        return None
    near = _nearest(found[1], _starts(), within=True)
    words = found[0].lstrip("，,均皆都")
    return near[0] if near else "event", words


def _nearest(text: str, named: tuple[tuple[str, str], ...], within: bool) -> tuple[str, int, str] | None:
    """The word that stands last and that the period runs from; what is received is no start of its own (收到申请之日起)."""
    found = sorted((text.rfind(word), name, word) for name, word in named if word in text)
    found = [
        (at, name, word)
        for at, name, word in found
        if not (_NOT_DONE.search(text[:at]) or _PERIOD_NAMED.match(text, at + len(word)))
        and (name == "receipt" or _linked(text[at + len(word) :], within))
    ]
    if not found:
        return None
    at, name, word = found[-1]
    received = [f for f in found if f[1] == "receipt" and at - f[0] <= FAR]
    at, name, word = received[-1] if received else (at, name, word)
    return name, at, word


def _linked(rest: str, within: bool) -> bool:
    """Whether the words between a start's word and the period join the two (批准之日起三日, 批准三日内)."""
    joins = _GOES_ON.fullmatch(rest) or not (_ACTOR.match(rest) or _HELD_APART.search(rest))
    return bool(_LINK.search(rest)) or (within and bool(joins))


@cache
def _starts() -> tuple[tuple[str, str], ...]:
    return tuple((name, word) for name, words in catalogue().start.items() for word in words)
