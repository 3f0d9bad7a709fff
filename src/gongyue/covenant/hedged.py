"""Numbers that their words make less plain than they look: 三日左右, 一小时三十分钟, 每隔一年, 最后一个星期五, 每年春秋各一次.

Each is read by its figure and its unit; what stands right beside them takes some of that back, and a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongyue.covenant import heads_beside, qualifiers
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE

_N = f"[0-9{CHINESE}]"
_WEEKDAY = re.compile("(?:周|星期|礼拜)(?=[一二三四五六日天末](?!内))")
_ABOUT_BEFORE = re.compile("(?:大?约(?:为|是|占|莫)?|大概(?:为|是)?|将近|接近|差不多|几乎|大致(?:为|是)?|大体)$")
"""约三日; a 公约, 违约, 约定 or 续约 before a number is none."""
_NO_ABOUT = re.compile("[公规违签续契合守条协解毁履预失制节相特邀缔立订盟大]约$")
_NEARLY = re.compile("(?<![靠附临最邻])近$")
_ABOUT_AFTER = re.compile(
    f"[以之]?(?:左右|上下(?![级班楼水游半])|前后(?!各)|有?余(?![额款])|多(?![数次个{CHINESE}于少方家种人]))"
)
_GOES_ON = re.compile(f"[零又加另]?(?:{_N}{{1,4}}|半)个?(?:小时|分钟?|刻钟|秒钟?|工作日|日|天|星期|周|月|年)")
_ACTOR = re.compile("人|者|方(?!可|能)|机关|机构|单位|部门|会员|成员|书|表(?!决)|材料|权|栏|稿|平台|网站")
"""Behind the word that a period is taken to run from: 申请人加入满一年 runs from no application."""
_FROM_TO = re.compile(f"{_N}个?(?:日|天|月|年|周|小时)起至?(?:第|至|到)?$")
_DELEGATES = re.compile("[^，。；：]{0,6}户代表")
_BOTH = re.compile(
    "(?:人|户|票)数[^，。；：、]{0,4}[和及与、][^，。；：]{0,6}(?:面积|股份|股权|份额|出资)[^，。；：]{0,8}$"
)
"""人数和面积均达到三分之二: one share of two counts."""
_ORDINALS = re.compile(f"第{_N}{{1,3}}(?:[、，和及与或至到~—–-]|以及)+$")
_ANOTHER_WORD = re.compile("周[期边围转刊]|日[程志记历报]|月[报刊]|年[报龄检鉴薪费]|天[然津气]|时[代期]")
"""两个周期 are no two weeks."""
_DATES = re.compile(f"月的?{_N}{{1,3}}[日号]?(?:[至到~—–、和及与或-]|以及)+$")
"""每月1日至5日 are two days of the month."""
_SENT = re.compile("(?:会议|大会)?[的之]?(?:会员|成员|社员|业主|单位|会员单位|成员单位)代表(?!大会|会)")
"""Behind the word for those present: delegates, and not the members themselves."""
_ONCE = re.compile("一(?:换|选|评|届|度|审|检|报|签|轮|改|聘|会|访|查|修|更新)(?![^，。；：、\n]{0,2}次)")
"""三年一换 says how often."""
_BETWEEN = re.compile(f"(?<!第){_N}{{1,4}}个?(?:工作日|日|天|周|星期|月|年|小时)(?:[之以]?后|届满|期满|满)")
"""提案公示满七日后的三十日内 runs from the seventh day and not from the publication."""
_SINCE = re.compile("(?:以后|之后|后)?起(?![诉草])")
_EVERY_OTHER = re.compile("每间?隔")
_SHARED_OUT = re.compile("每|各|分别|均|[春夏秋冬]")
_SHARED_BEHIND = re.compile("[^，。；：\\n]{1,16}?(?:各|分别)[^，。；：\\n]{0,8}次")
"""每年清明、冬至各议事一次."""
_COUNTS_OTHERS = re.compile(f"[^，。；：\n]{{0,12}}?{_N}{{1,4}}(?:场|期(?![限满间])|篇|条|批|轮|回|节|堂|遍|趟|档)")


_COMPARED = re.compile(
    "(?:出席|到会|参会|与会|参加|参与|投票|表决|到场)[^，。；：、]{0,8}?(?:超过|[未没]?有?达到?|不?[少低多高大小]于|不足|不到|未?满|占|过)"
    "[^，。；：、]{0,8}?(?:会员|成员|社员|代表|单位|业主|住户|居民|村民|股东|用户|全体|应到|在册|理事|委员)[^，。；：、]{0,5}$"
)
"""出席人数未达到会员二分之一: compared with all."""
_ATTENDING = re.compile(
    "(?<![经由以需])(?:(?:实际)?(?:出席|到会|与会|参会|到场|在场|实到)|(?:参加|参与)(?:投票|表决)?|投票|表决)[^，。；：、]{0,12}?"
    f"(?:[须需应]|超?过|[未没]有?|达|不|[少低多高大小]于|满|占)[^，。；：、]{{0,6}}?(?:[0-9{CHINESE}]+(?:分之|/|成|[.%])|半|[½-⅞])[^，。；：、]*$"
)
_DECIDES = re.compile(
    "(?<![不无][得能可法])(?:同意|赞[成同]|支持|反对|弃权|通过|认可|可决|决[议定]|当选|选[举票]|推[选举]|得票|票数|多数|批准|核准|否决|罢免|修改|之决|签[字名署]|表决(?![权人者]))"
)
"""What those present do: then the share is of them (到会会员赞成票超过半数)."""
_NEAR = 14

_ON_A_WEEKDAY = (
    "读作每周一次，写的是星期几",
    "is taken for once a week; the words name days of the week",
)
_SEVERAL = (
    "读作的次数可能只是其中之一，写的是分开各几次",
    "is read as so many times in all; the words tell them apart",
)
_HOW_MANY = (
    "读作一次，后面写的数没有读",
    "is taken for once; the count behind it was not read",
)
_A_WEEKDAY = (
    "读作几周，也可能是星期几",
    "is taken for a number of weeks; it may name a day of the week",
)
_ABOUT = (
    "前后有“{}”，是约数，照写的数读",
    "has “{}” beside it and is about so many; the figure is read as written",
)
_A_START = (
    "读作期限，也可能是另一期限的起点",
    "is taken for a length of time; it may be where another begins",
)
_HOW_OFTEN = (
    "读作多长的期限，也可能是多久一次",
    "is taken for a length of time; it may say how often",
)
_STEP = (
    "与起算之间另有“{}”，没有算进去",
    "has “{}” between it and its start, which was not counted in",
)
_OF_SOMEBODY = (
    "的起算读自“{}”，那里说的是人或物，不是起算的事",
    "is taken to run from a word in “{}”, which names somebody or something and no event",
)
_HOUSEHOLDS = (
    "读作一个机构里的户，也可能以全体的户计",
    "is read as of the households in a body; it may be of all of them",
)
_ORDINAL = (
    "读作多长的期限，也可能是第几",
    "is taken for a length of time; it may say which in a row",
)
_OTHER_WORD = (
    "读作期限，末字也可能属于“{}”",
    "is taken for a length of time; its last character may belong to “{}”",
)
_A_DATE = (
    "读作若干日的期限，也可能是该月的某日",
    "is taken for a number of days; it may be a day of that month",
)
_SENT_THERE = (
    "读作以出席的成员计，到会的写的是代表",
    "is read as of the members present; those who come are delegates",
)
_COMPOUND = (
    "后面紧接另一个数“{}”，没有合起来读",
    "is followed by another number, “{}”, and the two were not added up",
)
_OTHER = (
    "“每隔”读作“每”，也可能多隔一个",
    "is read as every so much; 每隔 may mean one more in between",
)
_OF_ALL = (
    "读作以出席或投票的人计；“{}”可能是与全体相比",
    "is read as of those present or voting; “{}” may compare them with all",
)


def of_number(plain: str, n: Number) -> Iterator[tuple[str, str]]:
    """What words right beside a number take back of it, in Chinese and in English."""
    if n.kind in ("share", "period", "headcount", "part") and (about := _about(plain, n)):
        yield _ABOUT[0].format(about), _ABOUT[1].format(about)
    if n.kind == "period":
        yield from _of_period(plain, n)
    elif n.kind == "frequency":
        if why := of_frequency(plain, n):
            yield why
    elif n.kind == "share" and n.base in ("present", "voting"):
        yield from _of_all(plain, n)
        at = plain.rfind(fold(n.base_words), max(0, n.begin - qualifiers.LONGEST), n.begin) if n.base_words else -1
        if at >= 0 and _SENT.match(plain, at + len(n.base_words)):
            yield _SENT_THERE
    elif n.kind == "share" and n.base == "body" and fold(n.base_words) == "户" and not _DELEGATES.match(plain, n.end):
        yield _HOUSEHOLDS
    elif n.kind == "share" and n.base == "weight" and _BOTH.search(qualifiers.clause_before(plain, n.begin)):
        yield heads_beside.NOT_APART


def _of_all(plain: str, n: Number) -> Iterator[tuple[str, str]]:
    before = qualifiers.clause_before(plain, n.begin)
    compared = _COMPARED.search(before)
    if compared is None and not _DECIDES.search(qualifiers.clause_after(plain, n.end)[:_NEAR]):
        counted = _ATTENDING.search(before + plain[n.begin : n.end])
        compared = counted if counted and not _DECIDES.search(counted[0]) else None
    if compared:
        yield _OF_ALL[0].format(compared[0]), _OF_ALL[1].format(compared[0])


def _about(plain: str, n: Number) -> str:
    """The words that make it about so many; empty where there are none."""
    before = plain[max(0, n.begin - 4) : n.begin]
    about = _ABOUT_BEFORE.search(before)
    if about and not _NO_ABOUT.search(before):
        return about[0]
    if n.kind != "period" and (nearly := _NEARLY.search(before)):
        return nearly[0]
    after = _ABOUT_AFTER.match(plain, n.end)
    return after[0] if after else ""


def _of_period(plain: str, n: Number) -> Iterator[tuple[str, str]]:
    if (more := _GOES_ON.match(plain, n.end)) and not plain.startswith(("一次", "两次"), n.end):
        yield _COMPOUND[0].format(more[0]), _COMPOUND[1].format(more[0])
    if n.unit == "day" and _DATES.search(plain, max(0, n.begin - _NEAR), n.begin):
        yield _A_DATE
    if _ORDINALS.search(plain, max(0, n.begin - _NEAR), n.begin):
        yield _ORDINAL
    if word := _ANOTHER_WORD.match(plain, n.end - 1):
        yield _OTHER_WORD[0].format(word[0]), _OTHER_WORD[1].format(word[0])
    if _ONCE.match(plain, n.end):
        yield _HOW_OFTEN
    if n.start and (between := _BETWEEN.search(plain, _start_end(plain, n), n.begin)):
        yield _STEP[0].format(between[0]), _STEP[1].format(between[0])
    if n.start not in ("", "receipt", "event") and (actor := _ACTOR.match(plain, _start_end(plain, n))):
        yield (
            _OF_SOMEBODY[0].format(fold(n.start_words) + actor[0]),
            _OF_SOMEBODY[1].format(fold(n.start_words) + actor[0]),
        )
    if _SINCE.match(plain, n.end) or _FROM_TO.search(plain, max(0, n.begin - _NEAR), n.begin):
        yield _A_START
    if any(_WEEKDAY.match(plain, n.end - back) for back in (1, 2)):
        yield _A_WEEKDAY


def _start_end(plain: str, n: Number) -> int:
    """Where the words end that a period runs from, if they stand before it; else where it begins."""
    words = fold(n.start_words)
    at = plain.rfind(words, max(0, n.begin - qualifiers.LONGEST), n.begin) if words else -1
    return at + len(words) if at >= 0 else n.begin


def of_frequency(plain: str, n: Number) -> tuple[str, str] | None:
    """每星期二、四, 每年春秋各一次, 每天限发3条: how often is not what the words say, or not all of it."""
    weekly = n.unit == "day" and int(n.value) % 7 == 0 and _WEEKDAY.search(plain, n.begin, n.end + 1)
    if weekly and weekly.end() == n.end:
        return _ON_A_WEEKDAY
    if _EVERY_OTHER.match(plain, n.begin) or plain[n.begin - 1 : n.begin] == "隔":
        return _OTHER
    if _SHARED_OUT.search(plain, n.begin + 1, n.end):
        return _SEVERAL
    if "次" not in plain[n.begin : n.end] and _SHARED_BEHIND.match(plain, n.end):
        return _SEVERAL
    return _HOW_MANY if "次" not in plain[n.begin : n.end] and _COUNTS_OTHERS.match(plain, n.end) else None
